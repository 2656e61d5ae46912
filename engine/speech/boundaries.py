"""Sharper phoneme boundaries: each is moved to where the sound changes as it does between such phonemes.

An aligner places boundaries on its 10 ms frames, with errors that depend on what meets what. Here every boundary becomes a choice
among moments 2 ms apart within 36 ms: the energy changes in five bands around a moment, and its distance from the aligner's,
are weighed by a conditional logit model for the pair of sound classes; the answer is the expected moment.

Source: conditional logit, McFadden 1974; weights fitted by `packaging/fit_boundaries.py` on the hand labels of EmoDB (CC0).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.core import assets
from engine.speech.phonemes import features

SAMPLE_RATE = 16000
HOP_S = 0.002
_HOP, _WINDOW, _FFT = 32, 192, 256
_BANDS_HZ = ((60, 400), (400, 1000), (1000, 2500), (2500, 4500), (4500, 8000))
_FLOOR_DB = 50.0
# Frames averaged on each side of a moment to see the change there.
_SCALES = (5, 12)
REACH = 18
FEATURE_COUNT = len(_BANDS_HZ) * len(_SCALES) + 3
# Shorter than any phoneme that is labelled by hand.
_LEAST_S = 0.012
_GAP_S = 0.015


def sound_class(label: str) -> str:
    """One letter for how a label sounds: # pause, V vowel, S stop or affricate, N nasal, F Z H fricatives, T tap, L the rest."""
    phone = features(label)
    if phone.kind == "pause":
        return "#"
    if phone.kind == "vowel" or label == "ʔ":
        return "V"
    if phone.manner in ("stop", "affricate", "click"):
        return "S"
    if phone.manner == "fricative":
        return "H" if phone.place in ("glottal", "pharyngeal") else "Z" if phone.voiced else "F"
    return {"nasal": "N", "tap": "T"}.get(phone.manner, "L")


def band_changes(samples: np.ndarray) -> np.ndarray:
    """How each band's level changes at moments 2 ms apart, in bels, right minus left.

    Args:
        samples: float32 [S] at 16 kHz.

    Returns:
        float32 [T, bands * scales].
    """
    count = len(samples) // _HOP + 1
    padded = np.pad(samples.astype(np.float32), (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:count]
    window = np.hanning(_WINDOW).astype(np.float32)
    hertz = np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE)
    levels = np.empty((count, len(_BANDS_HZ)), np.float32)
    for at in range(0, count, 5000):
        power = np.abs(np.fft.rfft(frames[at : at + 5000] * window, _FFT)) ** 2
        for band, (low, high) in enumerate(_BANDS_HZ):
            levels[at : at + 5000, band] = 10 * np.log10(power[:, (hertz >= low) & (hertz < high)].sum(1) + 1e-7)
    relative = np.maximum(levels - np.percentile(levels, 95, axis=0), -_FLOOR_DB) / 10
    sums = np.concatenate([np.zeros((1, levels.shape[1])), np.cumsum(relative, axis=0, dtype=np.float64)])
    moment = np.arange(count)
    out = []
    for scale in _SCALES:
        before, after = np.maximum(moment - scale, 0), np.minimum(moment + scale, count)
        left = (sums[moment] - sums[before]) / np.maximum(moment - before, 1)[:, None]
        right = (sums[after] - sums[moment]) / np.maximum(after - moment, 1)[:, None]
        out.append(right - left)
    return np.concatenate(out, axis=1).astype(np.float32)


def candidates(changes: np.ndarray, time_s: float) -> tuple[np.ndarray, np.ndarray]:
    """The moments around an aligned boundary and what speaks for each.

    Args:
        changes: from `band_changes`.
        time_s: the aligner's boundary.

    Returns:
        features [2 * REACH + 1, FEATURE_COUNT] and offsets in seconds from `time_s`.
    """
    step = round(time_s / HOP_S) + np.arange(-REACH, REACH + 1)
    offset = step * HOP_S - time_s
    distance = offset * 100
    prior = np.stack([distance, distance**2, np.abs(distance)], axis=1)
    return np.concatenate([changes[np.clip(step, 0, len(changes) - 1)], prior], axis=1), offset


@lru_cache(maxsize=1)
def _weights() -> dict[str, np.ndarray]:
    with np.load(assets.path("models/boundaries.npz"), allow_pickle=False) as stored:
        return {str(name): weights.astype(np.float64) for name, weights in zip(stored["pairs"], stored["weights"], strict=True)}


def _moved(changes: np.ndarray, left: str, right: str, time_s: float) -> float:
    weights = _weights().get(sound_class(left) + sound_class(right))
    if weights is None:
        return time_s
    evidence, offset = candidates(changes, time_s)
    score = evidence @ weights
    share = np.exp(score - score.max())
    return time_s + float(share @ offset / share.sum())


def refine(rows: Sequence[tuple[str, float, float]], samples: np.ndarray) -> list[tuple[str, float, float]]:
    """Move the boundaries of aligned phonemes to where the sound changes; their order and number stay.

    Args:
        rows: (label, start_s, end_s) in order, pauses left out.
        samples: float32 [S] at 16 kHz, in which the times are.
    """
    if not rows or len(samples) < _WINDOW:
        return list(rows)
    changes = band_changes(samples)
    edges = [[start, end] for _, start, end in rows]
    for i, (label, start, end) in enumerate(rows):
        joined = i > 0 and start - rows[i - 1][2] < _GAP_S
        edges[i][0] = _moved(changes, rows[i - 1][0] if joined else "", label, start)
        if joined:
            edges[i - 1][1] = edges[i][0]
        if i + 1 == len(rows) or rows[i + 1][1] - end >= _GAP_S:
            edges[i][1] = _moved(changes, label, "", end)
    for i, edge in enumerate(edges):
        edge[1] = max(edge[1], edge[0] + _LEAST_S)
        if i + 1 < len(edges):
            edges[i + 1][0] = max(edges[i + 1][0], edge[1])
    return [(label, start, end) for (label, _, _), (start, end) in zip(rows, edges, strict=True)]
