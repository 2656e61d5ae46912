"""The voices of the stage: every synthesiser found on this machine behind one door, with exact phoneme times.

To make some minutes of speech at once:

    from engine.training.stage import voices, words
    rng = np.random.default_rng(0)
    entry = voices.choose(voices.available().entries, "en", rng)
    spoken = voices.speak(entry, words.sentence(entry.language, rng), rng)

eSpeak NG is always there; flite and festival only where the system has them (Debian: `apt install flite libflite1 festival`
and voices), which is at build time: what is missing is listed with its reason and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import soxr

from engine.core.errors import InvalidInput
from engine.speech import espeak
from engine.speech import voices as espeak_voices
from engine.speech.phonemes import WORD_DTYPE, track
from engine.speech.voices import VoiceStyle
from engine.training.stage import festival, flite, words
from engine.training.stage.raw import RawSpeech
from engine.training.stage.spoken import RATE, Spoken

# Speakers of eSpeak that sound like one person each; the rest are robots, effects or near copies, and caleb, whose noise goes on from one
# sentence to the next and so depends on what was said before.
ESPEAK_VARIANTS: tuple[str, ...] = (
    "", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "f1", "f2", "f3", "f4", "f5", "klatt", "klatt2", "klatt3", "klatt4", "klatt6",
    "Andy", "Annie", "Alex", "Denis", "Gene", "Jacky", "Lee", "Mario", "Michael", "Mr serious", "adam", "anika", "aunty", "belinda", "benjamin",
    "david", "ed", "grandma", "grandpa", "iven", "john", "linda", "max", "paul", "pedro", "quincy", "rob", "steph", "travis", "victor", "whisper",
)  # fmt: skip
# Not a word of speech is louder or softer than this when it leaves here; microphones and rooms come later.
_PEAK = 0.5
_SIZES = (0.88, 1.14)


@dataclass(frozen=True)
class VoiceEntry:
    """A voice that can speak.

    Args:
        engine: "espeak", "flite" or "festival".
        name: as the engine calls it; of eSpeak the language's tag, the speaker is drawn for each sentence.
        language: tag of what it speaks, as `words.sentence` takes it.
    """

    engine: str
    name: str
    language: str

    @property
    def label(self) -> str:
        """Engine and name, "flite:slt"."""
        return f"{self.engine}:{self.name}"


@dataclass(frozen=True)
class Available:
    """What this machine can say.

    Args:
        entries: the voices, eSpeak's first.
        left_out: (voice, why it is not among them).
    """

    entries: tuple[VoiceEntry, ...]
    left_out: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def available() -> Available:
    """The voices that work here, and those that do not with the reason."""
    entries = [VoiceEntry("espeak", tag, tag) for short in words.languages() for tag in words.texts(short).tags]
    left_out = []
    installed = [(VoiceEntry("flite", name, "en-us"), flite.missing(name)) for name in flite.VOICES]
    installed += [(VoiceEntry("festival", name, voice.language), festival.missing(name)) for name, voice in festival.VOICES.items()]
    for entry, reason in installed:
        if not reason and entry.language.partition("-")[0] not in words.languages():
            reason = f"the stage has no texts in {entry.language}"
        if reason:
            left_out.append((entry.label, reason))
        else:
            entries.append(entry)
    left_out += [(f"festival:{name}", reason) for name, reason in festival.REFUSED.items()]
    return Available(tuple(entries), tuple(left_out))


def choose(entries: Sequence[VoiceEntry], language: str, rng: np.random.Generator) -> VoiceEntry:
    """One of the voices of a language: first an engine, then a voice of it, each as likely as the others.

    Args:
        entries: to choose from.
        language: short name or tag; "en" takes every English.
        rng: random stream.

    Raises:
        InvalidInput: no voice speaks it.
    """
    fitting = [e for e in entries if e.language == language or e.language.partition("-")[0] == language]
    if not fitting:
        raise InvalidInput(f"no voice of the stage speaks {language!r}", "use one of " + ", ".join(sorted({e.language for e in entries})))
    engines = sorted({e.engine for e in fitting})
    engine = engines[int(rng.integers(len(engines)))]
    voices = [e for e in fitting if e.engine == engine]
    return voices[int(rng.integers(len(voices)))]


def _by_espeak(entry: VoiceEntry, text: str, rng: np.random.Generator) -> tuple[str, RawSpeech]:
    variant = ESPEAK_VARIANTS[int(rng.integers(len(ESPEAK_VARIANTS)))]
    style = VoiceStyle(int(rng.integers(120, 230)), int(rng.integers(25, 80)), int(rng.integers(20, 85)))
    said = espeak_voices.synthesise(text, f"{entry.name}+{variant}" if variant else entry.name, style)
    rate = espeak.sample_rate()
    rows = tuple((str(p["label"]), float(p["start_s"]), float(p["end_s"])) for p in said.phonemes)
    spoken_words = tuple((str(w["text"]), float(w["start_s"]), float(w["end_s"])) for w in said.words)
    return f"espeak:{entry.name}+{variant or 'default'}", RawSpeech(said.sound.mono(rate), rate, rows, spoken_words)


def _by_flite(entry: VoiceEntry, text: str, rng: np.random.Generator) -> tuple[str, RawSpeech]:
    stretch, pitch = float(rng.uniform(0.75, 1.3)), float(rng.uniform(0.8, 1.25))
    return entry.label, _another_size(flite.speak(text, entry.name, stretch, pitch), rng)


def _by_festival(entry: VoiceEntry, text: str, rng: np.random.Generator) -> tuple[str, RawSpeech]:
    return entry.label, _another_size(festival.speak(text, entry.name, float(rng.uniform(0.8, 1.25))), rng)


def _another_size(raw: RawSpeech, rng: np.random.Generator) -> RawSpeech:
    """The voice of a smaller or larger person: played faster or slower, which moves formants and pitch together."""
    factor = float(rng.uniform(*_SIZES))
    rows, spoken_words = (tuple((label, a / factor, b / factor) for label, a, b in part) for part in (raw.phones, raw.words))
    return RawSpeech(raw.samples, round(raw.rate * factor), rows, spoken_words)


_ENGINES = {"espeak": _by_espeak, "flite": _by_flite, "festival": _by_festival}


def finished(raw: RawSpeech, text: str, language: str, voice: str) -> Spoken:
    """A synthesiser's speech at our rate, its times kept within the sound, its loudest sample at -6 dB."""
    samples = raw.samples.astype(np.float32)
    if raw.rate != RATE:
        samples = soxr.resample(samples, raw.rate, RATE)
    samples = np.ascontiguousarray(samples * (_PEAK / max(float(np.abs(samples).max(initial=0.0)), 1e-4)), np.float32)
    duration = len(samples) / RATE
    return Spoken(samples, track(raw.phones, duration), np.array(list(raw.words), dtype=WORD_DTYPE), text, language, voice)


def speak(entry: VoiceEntry, text: str, rng: np.random.Generator) -> Spoken:
    """Say a text, at a rate and pitch drawn for it.

    Args:
        entry: one of `available().entries`.
        text: what to say, in the entry's language.
        rng: random stream; the same stream gives the same bytes.

    Raises:
        InvalidInput: an engine that does not exist, or a text it cannot say.
        MissingAsset: the engine is not installed.
    """
    if entry.engine not in _ENGINES:
        raise InvalidInput(f"there is no engine {entry.engine!r}", "use one of " + ", ".join(_ENGINES))
    voice, raw = _ENGINES[entry.engine](entry, text, rng)
    return finished(raw, text, entry.language, voice)
