"""Acted emotions for the mood network: what sums up each clip, as it is and as other voices in other places would sound.

EmoDB (Burkhardt et al., Interspeech 2005, CC0) is acted to be recognised: full-blown emotions. Read speech of other recordings stands beside it
as neutral, so that a voice or a microphone that is not EmoDB's is no emotion.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import parselmouth
from numpy.typing import NDArray
from parselmouth.praat import call, run

from engine.core.errors import InvalidInput
from engine.speech.files import open_sound, sound_from_samples
from engine.speech.mood import CLASSES, WINDOW_S
from engine.speech.mood_cues import cues, features
from engine.speech.pitch import RATE
from engine.training import recordings
from engine.training.stage.rooms import Acoustics

LETTERS = {"W": "angry", "E": "disgusted", "A": "fear", "F": "happy", "T": "sad", "N": "neutral", "L": "bored"}  # sixth of an EmoDB name
_ACTED = {"anger": "angry", "joy": "happy", "neutral": "neutral", "sadness": "sad"}
_READ_CLIPS = 12  # of each reader
_VOICE_HZ = (60.0, 600.0)
_LEAST_S = 1.3  # of a stretch cut out of a clip


@dataclass(frozen=True, eq=False)
class Clips:
    """Clips of speech with their emotions, each in several variants; the first of them is the clip itself.

    Args:
        features: float32 [N, V, F].
        labels: int64 [N], index in `CLASSES`.
        speakers: [N] names.
        scored: bool [N], whether a score may count it: EmoDB's.
    """

    features: NDArray[np.float32]
    labels: NDArray[np.int64]
    speakers: NDArray[np.str_]
    scored: NDArray[np.bool_]

    def taken(self, where: NDArray[np.bool_]) -> Clips:
        """Those of a mask [N]."""
        return Clips(self.features[where], self.labels[where], self.speakers[where], self.scored[where])


def data_folder(given: str = "") -> Path:
    """The folder of real recordings: `given`, or `VIVAVOCE_DATA`.

    Raises:
        InvalidInput: there is none, or it holds no EmoDB.
    """
    name = given or os.environ.get("VIVAVOCE_DATA", "")
    folder = Path(name)
    if not name or not (folder / "emotion/emodb/wav").is_dir():
        raise InvalidInput(f"there is no emotion/emodb/wav in {name or '(nothing)'!r}", "set VIVAVOCE_DATA to the folder of the real recordings")
    return folder


@lru_cache(maxsize=2)
def clips(folder: Path, variants: int) -> Clips:
    """All clips with `variants` besides themselves. The same each time; takes a tenth of a second for each.

    Args:
        folder: from `data_folder`.
        variants: 0 or more.
    """
    found = [*_emodb(folder), *_others(folder)]
    rows = []
    for name, _, _, samples in found:
        key = [ord(c) for c in name]
        heard = [samples, *(vary(samples, np.random.default_rng((k, *key))) for k in range(variants))]
        rows.append([features(cues(sound_from_samples(each, RATE))) for each in heard])
    speakers = np.array([speaker for _, speaker, _, _ in found])
    labels = np.array([CLASSES.index(emotion) for _, _, emotion, _ in found], np.int64)
    return Clips(np.array(rows, np.float32), labels, speakers, np.char.startswith(speakers, "emodb"))


def vary(samples: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The same words and emotion by somebody else, somewhere else: vocal tract, pitch, pace, room, noise and microphone differ.

    Args:
        samples: float32 [S] at 16 kHz.
        rng: random stream.
    """
    tract, pace = np.exp(rng.normal(0.0, 0.07)), np.exp(rng.normal(0.0, 0.06))
    height = tract**0.8 * np.exp(rng.normal(0.0, 0.06))  # a smaller head goes with a higher voice
    sound = parselmouth.Sound(samples.astype(np.float64), RATE)
    pitch = sound.to_pitch(None, *_VOICE_HZ).selected_array["frequency"]
    out = samples
    if (pitch > 0).sum() > 5:
        run(f"random_initializeWithSeedUnsafelyButPredictably({int(rng.integers(1, 1 << 30))})")  # what is unvoiced is put together by chance
        changed = call(sound, "Change gender", *_VOICE_HZ, float(tract), float(np.median(pitch[pitch > 0]) * height), 1.0, float(pace))
        out = changed.values[0].astype(np.float32)
    if rng.random() < 0.5:
        size = min(len(out), round(rng.uniform(_LEAST_S, WINDOW_S) * RATE))
        start = int(rng.integers(0, len(out) - size + 1))
        out = out[start : start + size]
    return Acoustics.draw(rng, 0.6).apply(out)


def _emodb(folder: Path) -> Iterator[tuple[str, str, str, NDArray[np.float32]]]:
    for entry in recordings.emodb(folder):
        if entry.act in LETTERS:
            yield entry.stem, f"emodb{entry.speaker}", LETTERS[entry.act], open_sound(entry.path).mono(RATE)[: round(WINDOW_S * RATE)]


def _others(folder: Path) -> Iterator[tuple[str, str, str, NDArray[np.float32]]]:
    """Acted lines of other people, and people reading, in stretches of `WINDOW_S`."""
    for entry in recordings.acted(folder):
        if entry.act in _ACTED:
            yield from _stretches(entry.path, entry.speaker.lower(), _ACTED[entry.act])
    for entry in recordings.readings(folder):
        if entry.source == "librispeech_librosa":
            yield from _stretches(entry.path, entry.path.stem, "neutral")
    grid = [entry.path for entry in recordings.grid(folder) if not entry.held_out]
    for path in grid[:: max(1, len(grid) // _READ_CLIPS)][:_READ_CLIPS]:
        yield from _stretches(path, "grid", "neutral")


def _stretches(path: Path, speaker: str, emotion: str) -> Iterator[tuple[str, str, str, NDArray[np.float32]]]:
    """Up to `_READ_CLIPS` stretches that are mostly as loud as the recording is."""
    samples = open_sound(path).mono(RATE)
    size = round(WINDOW_S * RATE)
    cut = [samples[start : start + size] for start in range(0, max(1, len(samples) - size), size)]
    loud = [float(np.sqrt(np.mean(each**2))) for each in cut]
    kept = [n for n, level in enumerate(loud) if level > 0.4 * max(loud)]
    for n in kept[:: max(1, len(kept) // _READ_CLIPS)][:_READ_CLIPS]:
        yield f"{path.stem}.{n}", speaker, emotion, cut[n]
