"""Whether a voice's labels sit on its sound: silences quiet, sibilants high, closures soft, and all of it best without a shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.speech.phonemes import features
from engine.training.stage.spoken import RATE, Spoken

HOP_S = 0.0025
_HOP, _WINDOW, _FFT = round(HOP_S * RATE), 256, 256
# Low (voicing, nasals), middle (vowels), high (hiss), in hertz.
_BANDS = ((80, 900), (900, 3500), (3500, 7500))
_FARTHEST = 24  # hops to either side
_FLOOR_DB = -60.0
CLASSES: tuple[str, ...] = ("pause", "vowel", "nasal", "stop", "voiced stop", "sibilant", "fricative", "other")


@dataclass(frozen=True)
class Sitting:
    """Measures of one voice.

    Args:
        voice: its name.
        phones: how many labels were looked at.
        pause_db: level of labelled pauses against vowels, their inner half.
        closure_db: softest moment of voiceless stops against vowels.
        nasal_high_db: of nasals, level above 3.5 kHz against their own below 0.9 kHz.
        sibilant_db: of s and the like, level above 3.5 kHz against their own below 0.9 kHz.
        offset_ms: shift of the labels that explains the sound best; positive if they come too early.
        explained: share of the bands' variance that the labels explain without a shift.
        explained_best: and with the best shift.
    """

    voice: str
    phones: int
    pause_db: float
    closure_db: float
    nasal_high_db: float
    sibilant_db: float
    offset_ms: float
    explained: float
    explained_best: float


def bands_db(samples: np.ndarray) -> np.ndarray:
    """Level of the three bands every `HOP_S`, against the loudest moments: float64 [T, 3], at least -60 dB."""
    count = len(samples) // _HOP
    padded = np.pad(samples.astype(np.float64), (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[_HOP // 2 :: _HOP][:count]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), _FFT)) ** 2
    hertz = np.fft.rfftfreq(_FFT, 1 / RATE)
    levels = np.stack([power[:, (hertz >= low) & (hertz < high)].sum(1) for low, high in _BANDS], 1)
    return np.maximum(10 * np.log10(levels / max(np.quantile(levels.sum(1), 0.95), 1e-12) + 1e-12), _FLOOR_DB)


def class_of(label: str) -> int:
    """Index into `CLASSES` of a label."""
    phone = features(label)
    if phone.kind == "pause":
        return 0
    if phone.kind == "vowel":
        return 1
    if any(s in label for s in "szʃʒɕʑʂʐ") and phone.manner == "fricative":
        return 5
    return {"nasal": 2, "stop": 4 if phone.voiced else 3, "fricative": 6}.get(phone.manner, 7)


def _explained(levels: list[np.ndarray], classes: list[np.ndarray], shift: int) -> float:
    """Share of the variance of all bands that the classes explain when the labels are taken `shift` hops later."""
    margin = _FARTHEST
    x = np.concatenate([level[margin : len(level) - margin] for level in levels])
    y = np.concatenate([c[margin - shift : len(c) - margin - shift] for c in classes])
    total = ((x - x.mean(0)) ** 2).sum()
    within = sum(((x[y == k] - x[y == k].mean(0)) ** 2).sum() for k in np.unique(y))
    return float(1 - within / total)


def sitting(spoken: Sequence[Spoken]) -> Sitting:
    """How well the labels of one voice sit.

    Args:
        spoken: some sentences, at least ten for steady figures; each longer than a fifth of a second.
    """
    levels = [bands_db(s.samples) for s in spoken]
    classes = [np.array([class_of(str(label)) for label in s.phones["label"]])[s.frames(HOP_S)] for s in spoken]
    size = [min(len(a), len(b)) for a, b in zip(levels, classes, strict=True)]
    levels, classes = [a[:n] for a, n in zip(levels, size, strict=True)], [c[:n] for c, n in zip(classes, size, strict=True)]
    shifts = np.arange(-_FARTHEST, _FARTHEST + 1)
    curve = np.array([_explained(levels, classes, int(shift)) for shift in shifts])
    best = int(np.argmax(curve))
    x, y = np.concatenate(levels), np.concatenate(classes)
    level = 10 * np.log10((10 ** (x / 10)).sum(1))
    vowel = float(np.median(level[y == 1])) if (y == 1).any() else 0.0

    def tilt(kind: int) -> float:
        return float(np.median(x[y == kind, 2] - x[y == kind, 0])) if (y == kind).any() else float("nan")

    return Sitting(
        spoken[0].voice,
        sum(len(s.phones) for s in spoken),
        _middle(spoken, levels, 0) - vowel,
        _softest(spoken, levels, 3) - vowel,
        tilt(2),
        tilt(5),
        float(shifts[best]) * HOP_S * 1000,
        float(curve[_FARTHEST]),
        float(curve[best]),
    )


def _pieces(spoken: Sequence[Spoken], levels: list[np.ndarray], kind: int) -> list[np.ndarray]:
    """Whole level over time of every label of a class."""
    out = []
    for one, level in zip(spoken, levels, strict=True):
        whole = 10 * np.log10((10 ** (level / 10)).sum(1))
        for row in one.phones:
            if class_of(str(row["label"])) == kind:
                piece = whole[int(row["start_s"] / HOP_S) : int(row["end_s"] / HOP_S)]
                if len(piece) > 3:
                    out.append(piece)
    return out


def _middle(spoken: Sequence[Spoken], levels: list[np.ndarray], kind: int) -> float:
    pieces = [p[len(p) // 4 : max(len(p) // 4 + 1, 3 * len(p) // 4)] for p in _pieces(spoken, levels, kind)]
    return float(np.median(np.concatenate(pieces))) if pieces else float("nan")


def _softest(spoken: Sequence[Spoken], levels: list[np.ndarray], kind: int) -> float:
    return float(np.median([p.min() for p in _pieces(spoken, levels, kind)] or [np.nan]))
