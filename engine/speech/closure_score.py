"""Lip closures against labels: how many p, b and m are met by shut lips, and how many closures are at one.

Source: re-states the project's `lip_closure.py` measure, after F1_lips of AV-Flow (arXiv 2502.13133).
"""

from __future__ import annotations

import numpy as np

from engine.speech.labels import SILENT, Labels

HOP_S = 0.010
_NEAR_S, _LEAST_S, _SHARE = 0.040, 0.030, 0.30
_BILABIAL = frozenset(("p", "b", "m", "em", "bm", "Bm", "b^"))


def labels_of(phonemes: np.ndarray) -> Labels:
    """A phoneme track as labels.

    Args:
        phonemes: `PHONEME_DTYPE`.
    """
    names = tuple(str(label) for label in phonemes["label"])
    return Labels(np.stack([phonemes["start_s"], phonemes["end_s"]], 1), names, names)


def _stretches(mask: np.ndarray) -> list[tuple[int, int]]:
    edge = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return list(zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True))


def closure_counts(labels: Labels, closed: np.ndarray) -> np.ndarray:
    """Counts of one utterance: bilabials, found, stretches, right stretches, frames both, frames only closed, frames only true.

    Args:
        labels: by hand.
        closed: bool [N], whether the lips are shut at the middle of each 10 ms frame from 0.
    """
    n = int(labels.spans[-1, 1] / HOP_S)
    t = (np.arange(n) + 0.5) * HOP_S
    truth, near, speech = (np.zeros(n, bool) for _ in range(3))
    events = []
    for name, (start, end) in zip(labels.names, labels.spans, strict=True):
        if name not in SILENT:
            speech |= (t >= start) & (t < end)
        if name in _BILABIAL:
            events.append((start, end))
            truth |= (t >= start) & (t < end)
            near |= (t >= start - _NEAR_S) & (t < end + _NEAR_S)
    shut = np.zeros(n, bool)
    shut[: min(n, len(closed))] = closed[:n]
    shut &= speech | near
    runs = [(a, b) for a, b in _stretches(shut) if (b - a) * HOP_S >= _LEAST_S - 1e-9 or near[a:b].any()]
    right = [(a, b) for a, b in runs if near[a:b].mean() >= _SHARE]
    found = sum(any(a * HOP_S < end + _NEAR_S and b * HOP_S > start - _NEAR_S for a, b in right) for start, end in events)
    counted = speech | truth
    frames = [(truth & shut & counted).sum(), (~truth & shut & counted).sum(), (truth & ~shut & counted).sum()]
    return np.array([len(events), found, len(runs), len(right), *frames], int)


def closure_figures(counts: np.ndarray) -> tuple[float, float]:
    """(event F1, frame F1) of summed `closure_counts`."""
    events, found, runs, right, both, only_shut, only_true = (int(x) for x in counts)
    recall, precision = found / max(events, 1), right / max(runs, 1)
    return 2 * precision * recall / max(precision + recall, 1e-9), 2 * both / max(2 * both + only_shut + only_true, 1)


def closed_frames(spans: np.ndarray, duration_s: float) -> np.ndarray:
    """bool [N] at 10 ms: whether a frame's middle lies in one of the closed spans [K, 2] (seconds)."""
    grid = (np.arange(int(duration_s / HOP_S) + 2) + 0.5) * HOP_S
    closed = np.zeros(len(grid), bool)
    for start, end in spans:
        closed |= (grid >= start) & (grid < end)
    return closed
