"""Real speech for the encoder: recordings with the phonemes our aligner, or people, found in them.

Which recordings there are, and what is held out, says `engine.training.recordings`; what is only for the encoder is listed here.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engine.speech.aligner import align_piece, prepare
from engine.speech.encoder import Encoder
from engine.speech.files import Sound, open_sound, sound_from_samples
from engine.speech.line import analyse
from engine.speech.normalise import normalise_text
from engine.speech.phonemes import PHONEME_DTYPE, track
from engine.speech.sounds import PHONES
from engine.training import recordings
from engine.training.recordings import labelled_rows

RATE = 16000
# Languages that are kept out of all training.
UNHEARD = ("it", "fi")
# Of the Debian packages asterisk-core-sounds-*-g722: language of our aligner, folder, transcripts.
PROMPTS = {
    "en": ("en_US_f_Allison", "core-sounds-en"),
    "es": ("es_MX_f_Allison", "core-sounds-es"),
    "fr": ("fr_CA_f_June", "core-sounds-fr"),
    "ru": ("ru_RU_f_IvrvoiceRU", "core-sounds-ru"),
}
# What is read in recordings that come with a credit instead of a transcript (LibriSpeech's own text, out of copyright).
_READ = {
    "198-209-0000": "Mrs. Allen, said Catherine the next morning, will there be any harm in my calling on Miss Tilney today? I shall not be easy till I "
    "have explained everything. Go, by all means, my dear; only put on a white gown; Miss Tilney always wears white.",
    "3436-172162-0000": "The adventure of the cart. It befell in the month of May, Queen Guenever called unto her knights of the Table Round, and gave "
    "them warning that early upon the morrow she would ride a maying into the woods and fields beside Westminster.",
}
_HEARD_PEAK = 0.5
_SURE = 0.6  # probability of a phone that is believed
_QUIET, _LOUD = 10, 95  # hundredths of a recording's moments
_DIED_AWAY_DB = 30.0  # below the loud ones nothing sounds, however quiet the rest is


@dataclass(frozen=True)
class Clip:
    """A stretch of speech with its phonemes.

    Args:
        name: unique, "grid_s1/bbaf2n".
        speaker: "grid_s1", "emodb03", "espeak:en-us+f3".
        samples: float32 [S] at 16 kHz.
        phones: `PHONEME_DTYPE`, covering the stretch.
        known: whether each phoneme counts, bool [L]; a stretch nobody labelled does not.
    """

    name: str
    speaker: str
    samples: np.ndarray
    phones: np.ndarray
    known: np.ndarray


def _clip(name: str, speaker: str, sound: Sound, phones: np.ndarray, unknown_from_s: float = np.inf) -> Clip:
    starts: NDArray[np.float64] = phones["start_s"]
    return Clip(name, speaker, sound.mono(RATE), phones, starts < unknown_from_s - 1e-6)


def _aligned(name: str, speaker: str, sound: Sound, text: str, language: str = "en") -> Iterator[Clip]:
    """The recording if the transcript fits all of it."""
    line = analyse(sound, text, language)
    if line.method == "alignment" and not any("recognised" in notice for notice in line.notices):
        yield _clip(name, speaker, sound, line.phonemes)


def _foreign(name: str, speaker: str, sound: Sound, text: str, language: str) -> Iterator[Clip]:
    """The recording if the transcript fits, without trying what else was said where it does not."""
    found = align_piece(sound.mono(RATE), prepare(normalise_text(text, language), language))
    if found is not None and found.segments:
        yield _clip(name, speaker, sound, track([(s.label, s.start_s, s.end_s) for s in found.segments], sound.duration_s))


def grid(data: Path) -> Iterator[Clip]:
    """The clips of grid_s1 that training may see."""
    for entry in recordings.grid(data):
        if not entry.held_out:
            yield from _aligned(f"grid_s1/{entry.stem}", "grid_s1", open_sound(entry.path), entry.text)


def readings(data: Path) -> Iterator[Clip]:
    """jfk, librivox and librispeech: read English with text."""
    for entry in recordings.readings(data):
        said = _READ.get(entry.stem) or entry.text
        if said:
            speaker = f"librispeech{entry.speaker}" if entry.source == "librispeech_librosa" else entry.speaker
            yield from _aligned(f"{entry.source}/{entry.stem}", speaker, open_sound(entry.path), said)


def conversation(data: Path) -> Iterator[Clip]:
    """autovot's excerpts of conversation, with the phones its authors' aligner set."""
    for entry in recordings.conversation(data):
        rows = labelled_rows(entry)
        if rows:
            sound = open_sound(entry.path)
            yield _clip(f"autovot/{entry.stem}", "autovot", sound, track(rows, sound.duration_s))


def articulography(data: Path) -> Iterator[Clip]:
    """ema_de: German with segments. The last one reaches far into the silence after it: what follows the last sound is unknown."""
    for entry in recordings.ema(data):
        sound = open_sound(entry.path)
        until_s = sounding_until_s(sound.mono(RATE))
        rows = [(label, start, min(end, until_s)) for label, start, end in labelled_rows(entry) if start < until_s]
        if rows:
            yield _clip(f"ema_de/{entry.stem}", "ema_de", sound, track(rows, sound.duration_s), rows[-1][2])


def sounding_until_s(samples: np.ndarray) -> float:
    """The end of the last 10 ms that sound: that are nearer to the recording's loud moments than to its quiet ones, in decibels.

    Args:
        samples: float32 [S] at 16 kHz.
    """
    hop = RATE // 100
    count = len(samples) // hop
    level = 10 * np.log10((samples[: count * hop].reshape(count, hop).astype(np.float64) ** 2).mean(1) + 1e-12)
    if not count:
        return 0.0
    quiet, loud = np.percentile(level, (_QUIET, _LOUD))
    sounding = np.flatnonzero(level > max((quiet + loud) / 2, loud - _DIED_AWAY_DB))
    return float(sounding[-1] + 1) * 0.01 if len(sounding) else 0.0


def acted(data: Path) -> Iterator[Clip]:
    """EmoDB with its labels set by hand; a plosive's burst belongs to it."""
    for entry in recordings.emodb(data):
        rows = labelled_rows(entry)
        if len(rows) > 4:
            sound = open_sound(entry.path)
            yield _clip(f"emodb/{entry.stem}", f"emodb{entry.speaker}", sound, track(rows, sound.duration_s), rows[-1][2])


def _g722(path: Path) -> np.ndarray:
    """float32 [S] at 16 kHz of a raw G.722 file."""
    with av.open(str(path), format="g722") as file:
        blocks = [frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)]
    return (np.concatenate(blocks).astype(np.float32) / 32768.0) if blocks else np.zeros(0, np.float32)


def prompts(root: Path, languages: Sequence[str] = tuple(PROMPTS)) -> Iterator[Clip]:
    """The telephone prompts of Debian's asterisk-core-sounds packages (one woman in English and Spanish, others in French, Russian).

    To measure with, never to train on what we ship: most are under CC BY-SA.

    Args:
        root: "/" or wherever the packages were unpacked.
        languages: of `PROMPTS`.
    """
    for language in languages:
        voice, name = PROMPTS[language]
        texts = root / f"usr/share/doc/asterisk-{name}/{name}.txt.gz"
        folder = root / "usr/share/asterisk/sounds" / voice
        if not texts.exists() or not folder.exists():
            continue
        with gzip.open(texts, "rt", encoding="utf-8", errors="replace") as file:
            rows = [line.strip().partition(":") for line in file if ":" in line and not line.startswith(";")]
        for key, _, text in rows if language == "en" else rows[::2]:
            path = folder / f"{key.strip()}.g722"
            if path.exists() and "[" not in text and "(" not in text and re.search(r"\w", text):
                samples = _g722(path)
                if len(samples) > RATE // 2:
                    aligned = _aligned if language == "en" else _foreign
                    yield from aligned(f"asterisk-{language}/{key}", voice, sound_from_samples(samples, RATE), text.strip(), language)


SOURCES: dict[str, Callable[[Path], Iterator[Clip]]] = {
    "emodb": acted, "ema_de": articulography, "readings": readings, "grid_s1": grid, "autovot": conversation,
}  # fmt: skip


def unlabelled(data: Path) -> Iterator[tuple[str, Path]]:
    """(speaker, path) of the recordings without labels: acted English and Mandarin, captured Mandarin."""
    for entry in (*recordings.acted(data), *recordings.captures(data)):
        yield f"{entry.source}-{entry.stem.split('_')[0]}", entry.path


def heard(recordings: Iterable[tuple[str, Path]], teacher: Encoder) -> Iterator[Clip]:
    """Recordings without labels as an earlier encoder hears them; what it is not sure of is unknown.

    Args:
        recordings: speaker and path of each.
        teacher: weights of an earlier training.
    """
    for speaker, path in recordings:
        samples = open_sound(path).mono(RATE)
        samples = samples * np.float32(_HEARD_PEAK / max(float(np.abs(samples).max()), 1e-3))
        tokens = teacher.encode(samples)
        best, sure = tokens.phones.argmax(1), tokens.phones.max(1) >= _SURE
        edges = np.flatnonzero(np.concatenate([[True], (np.diff(best) != 0) | (np.diff(sure.astype(int)) != 0), [True]]))
        rows = [(PHONES[best[a]], a * 0.01, min(b * 0.01, len(samples) / RATE)) for a, b in pairwise(edges)]
        known = np.array([bool(sure[a]) for a in edges[:-1]])
        yield Clip(f"{speaker}/{path.stem}", speaker, samples, np.array(rows, PHONEME_DTYPE), known)
