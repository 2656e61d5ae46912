"""Text to sound with exact phoneme and word times, by eSpeak NG."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.speech import espeak
from engine.speech.espeak import Event, Voice
from engine.speech.files import Sound, sound_from_samples
from engine.speech.markup import plain_text
from engine.speech.phonemes import PAUSE, WORD_DTYPE, features, split_label, stress_of, track

DEFAULT_VOICE = "en-us"
# What people type, by the tag the library lists.
_ALIASES = {
    "en": "en-us", "en-uk": "en-gb", "en-rp": "en-gb-x-rp", "american": "en-us", "british": "en-gb", "english": "en-us", "fr": "fr-fr", "zh": "cmn",
    "zh-cn": "cmn",    "zh-hk": "yue", "mandarin": "cmn", "cantonese": "yue", "vi-vn": "vi", "no": "nb", "nn": "nb",
    "pt-pt": "pt", "es-es": "es", "es-mx": "es-419",
    "es-us": "es-419", "gsw": "de", "iw": "he", "in": "id", "tl": "id", "fil": "id", "sh": "hr",
}  # fmt: skip
# (label, start_s, end_s, stress)
_Row = tuple[str, float, float, int]
# Of 32768: the library writes exact silence into closures.
_SILENT_SAMPLE = 8
_LONGEST_CLOSURE_S, _LEAST_CLOSURE_S, _LEAST_BEFORE_S = 0.12, 0.01, 0.03
# A written word: what stands between spaces; one character where the script writes none.
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\s\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_PUNCTUATION = "\"'“”‘’«»„‚()[]{}<>.,;:!?…–—¿¡。，、！？；：「」（）"


@dataclass(frozen=True)
class VoiceStyle:
    """How a voice speaks.

    Args:
        rate_wpm: words a minute, 80 to 450.
        pitch: 0 to 100, 50 is the voice's own.
        pitch_range: liveliness of the melody, 0 to 100.
        volume: 0 to 200, 100 is the voice's own.
    """

    rate_wpm: int = 165
    pitch: int = 50
    pitch_range: int = 50
    volume: int = 100

    def __post_init__(self) -> None:
        for name, least, most in (("rate_wpm", 80, 450), ("pitch", 0, 100), ("pitch_range", 0, 100), ("volume", 0, 200)):
            value = getattr(self, name)
            if not least <= value <= most:
                raise InvalidInput(f"{name} of the voice is {value}", f"give a number from {least} to {most}")


@dataclass(frozen=True)
class Utterance:
    """A spoken text.

    Args:
        sound: mono, at the voice's own rate (22 050 Hz).
        phonemes: `PHONEME_DTYPE`, covering the sound.
        stress: uint8 [L], 2 primary, 1 secondary, 0 none, for each phoneme.
        words: `WORD_DTYPE`.
        notices: what was done to the text.
    """

    sound: Sound
    phonemes: np.ndarray
    stress: np.ndarray
    words: np.ndarray
    notices: tuple[str, ...]


def list_voices() -> tuple[Voice, ...]:
    """Every voice there is, by language."""
    return espeak.voices()


def _resolve(name: str) -> Voice | None:
    """The voice a person means by a tag, an identifier or a name; None if there is none."""
    wanted = name.strip().lower().replace("_", "-")
    listed = espeak.voices()
    for candidate in (wanted, _ALIASES.get(wanted, "")):
        for voice in listed:
            if candidate and candidate in (voice.language.lower(), voice.identifier.lower(), voice.name.lower()):
                return voice
    return None


def find_voice(name: str) -> Voice:
    """The voice for a language tag (`en-gb`), an identifier (`gmw/en-US`) or a name ("English (America)"), in any case.

    Args:
        name: may carry a variant of the speaker after a plus sign, as in `en-us+f3`.

    Raises:
        InvalidInput: no such voice, with the nearest names.
    """
    base, plus, variant = name.partition("+")
    found = _resolve(base)
    if found is None:
        raise InvalidInput(f"there is no voice {name!r}", _suggest(base))
    return Voice(found.name, found.language, f"{found.identifier}+{variant}") if plus and variant else found


def find_language(tag: str) -> str:
    """The language tag as the library writes it, for any tag or name that means a language.

    An unknown region falls back to its language: `de-at` is `de`.

    Raises:
        InvalidInput: no such language, with the nearest tags.
    """
    name = tag.strip().lower().replace("_", "-")
    while name:
        found = _resolve(name)
        if found is not None:
            return found.language
        name = name.rpartition("-")[0]
    raise InvalidInput(f"there is no language {tag!r}", _suggest(tag))


def _suggest(name: str) -> str:
    names = {v.language for v in espeak.voices()} | {v.name for v in espeak.voices()}
    near = difflib.get_close_matches(name, sorted(names), n=4, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else "use a language tag such as en-us, en-gb, de, fr-fr, es or cmn"


def _phoneme_rows(events: list[Event], sample_rate: int, duration_s: float) -> list[_Row]:
    """(label, start, end, stress) of every phoneme event; what the library names as one but is several comes apart."""
    marks = [(e.sample / sample_rate, e.label) for e in events if e.kind == "phoneme"]
    rows: list[_Row] = []
    for i, (start, label) in enumerate(marks):
        end = marks[i + 1][0] if i + 1 < len(marks) else duration_s
        parts = split_label(label)
        if not parts:
            if label.strip("ˈˌ ") and rows:
                # A tone or a length mark: it is part of the phoneme before.
                rows[-1] = (rows[-1][0], rows[-1][1], end, rows[-1][3])
            else:
                rows.append((PAUSE, start, end, 0))
            continue
        weights = np.array([1.5 if features(part).kind == "vowel" else 1.0 for part in parts])
        edges = start + (end - start) * np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
        for part, a, b in zip(parts, edges[:-1], edges[1:], strict=True):
            rows.append((part, float(a), float(b), stress_of(label) if features(part).syllabic else 0))
    return rows


def _with_silent_closures(rows: list[_Row], samples: np.ndarray, sample_rate: int) -> list[_Row]:
    """Stops from where the sound stops: the library dates voiceless ones at the burst and leaves their closure to the phoneme before."""
    out = list(rows)
    for i in range(1, len(out)):
        label, start, end, stress = out[i]
        before = out[i - 1]
        if before[0] == PAUSE or features(label).manner not in ("stop", "affricate"):
            continue
        earliest = max(start - _LONGEST_CLOSURE_S, before[1] + _LEAST_BEFORE_S)
        quiet = np.abs(samples[int(earliest * sample_rate) : int(start * sample_rate)].astype(np.int32)) <= _SILENT_SAMPLE
        loud = np.flatnonzero(~quiet)
        closed = start - (len(quiet) - 1 - loud[-1]) / sample_rate if len(loud) else earliest
        if len(quiet) and start - closed > _LEAST_CLOSURE_S:
            out[i - 1] = (before[0], before[1], closed, before[3])
            out[i] = (label, closed, end, stress)
    return out


def _word_rows(events: list[Event], phonemes: np.ndarray, text: str, sample_rate: int) -> np.ndarray:
    """Written words with the times of their first and last phoneme; what the library says of parts of a word is joined."""
    marks = [e for e in events if e.kind == "word"]
    starts = [token.start() for token in _TOKEN.finditer(text)]
    of_mark = [bisect_right(starts, mark.text_start) - 1 for mark in marks]
    spoken = phonemes[phonemes["label"] != PAUSE]
    rows: list[tuple[str, float, float]] = []
    last = -1
    for i, (mark, token) in enumerate(zip(marks, of_mark, strict=True)):
        start = mark.sample / sample_rate
        stop = marks[i + 1].sample / sample_rate if i + 1 < len(marks) else np.inf
        first, past = np.searchsorted(spoken["end_s"], start + 1e-4, "right"), np.searchsorted(spoken["start_s"], stop - 1e-4)
        if first >= past or token < 0:
            continue
        begin, end = max(start, float(spoken["start_s"][first])), min(stop, float(spoken["end_s"][past - 1]))
        if token == last:
            rows[-1] = (rows[-1][0], rows[-1][1], end)
            continue
        following = next((starts[t] for t in of_mark[i + 1 :] if t > token), len(text))
        rows += _shared([w.strip(_PUNCTUATION) for w in text[starts[token] : following].split()], begin, end)
        last = token
    return np.array(rows, dtype=WORD_DTYPE)


def _shared(words: list[str], start_s: float, end_s: float) -> list[tuple[str, float, float]]:
    """Written words that the library speaks as one ("for a"), with shares of its time by their letters."""
    said = [word for word in words if word]
    edges = start_s + (end_s - start_s) * np.concatenate([[0.0], np.cumsum([len(word) for word in said]) / max(sum(map(len, said)), 1)])
    return [(word, float(a), float(b)) for word, a, b in zip(said, edges[:-1], edges[1:], strict=True)]


def synthesise(text: str, voice: str = DEFAULT_VOICE, style: VoiceStyle | None = None, job: Job = SILENT) -> Utterance:
    """Speak a text of any length.

    Args:
        text: what to say; markup and emoji are left out, numbers and abbreviations are read by the voice's own rules.
        voice: as for `find_voice`.
        style: rate, pitch and volume.
        job: cancelling stops within a tenth of a second.

    Raises:
        InvalidInput: nothing to say, or no such voice.
    """
    found = find_voice(voice)
    plain, notices = plain_text(text)
    if not plain:
        raise InvalidInput("there is nothing to say in the text", "write at least one word")
    manner = style or VoiceStyle()
    blocks: list[np.ndarray] = []
    events: list[Event] = []

    def collect(block: np.ndarray, new: list[Event]) -> bool:
        blocks.append(block)
        events.extend(new)
        return not job.cancelled

    job.report(0.0, 1.0, "speaking")
    settings = {"rate": manner.rate_wpm, "pitch": manner.pitch, "range": manner.pitch_range, "volume": manner.volume}
    espeak.synthesize(plain, found.identifier, collect, settings)
    job.report(0.9, 1.0, "speaking")
    samples = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    if not len(samples):
        raise InvalidInput(f"the voice {voice!r} has no sound for this text", "write words of its language")
    rate = espeak.sample_rate()
    duration = len(samples) / rate
    rows = _with_silent_closures(_phoneme_rows(events, rate, duration), samples, rate)
    phonemes = track([row[:3] for row in rows], duration)
    stress = _stress(phonemes, rows)
    words = _word_rows(events, phonemes, plain, rate)
    sound = sound_from_samples(samples.astype(np.float32) / 32768.0, rate)
    return Utterance(sound, phonemes, stress, words, notices)


def _stress(phonemes: np.ndarray, rows: list[_Row]) -> np.ndarray:
    """Stress of each phoneme of the finished track, found again by its start."""
    stressed = {round(start, 6): level for label, start, _, level in rows if label != PAUSE and level}
    return np.array([stressed.get(round(float(start), 6), 0) for start in phonemes["start_s"]], np.uint8)


def say(text: str, voice: str = DEFAULT_VOICE, style: VoiceStyle | None = None, job: Job = SILENT) -> tuple[Sound, np.ndarray, np.ndarray]:
    """Speak a text: its sound, phonemes (`PHONEME_DTYPE`) and words (`WORD_DTYPE`).

    Raises:
        InvalidInput: nothing to say, or no such voice.
    """
    spoken = synthesise(text, voice, style, job)
    return spoken.sound, spoken.phonemes, spoken.words
