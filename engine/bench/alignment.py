"""Phoneme tracks against labels set by hand: boundary errors, insertions, deletions, frame accuracy; lip closures are scored by `engine.speech`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.core.errors import InvalidInput
from engine.speech.closure_score import HOP_S, closed_frames, closure_counts, closure_figures
from engine.speech.labels import Labels
from engine.speech.phonemes import PHONEME_DTYPE, VISEME_CLASSES, visemes_of

__all__ = [
    "HOP_S", "BoundaryScore", "boundary_score", "closed_frames", "closure_counts", "closure_figures", "frame_classes", "match_runs", "viseme_runs",
]  # fmt: skip


def viseme_runs(ipa: Sequence[str], spans: np.ndarray) -> list[tuple[str, float, float]]:
    """(class, start, end) of the runs of equal viseme class; diphthongs that change class are cut in half."""
    pieces: list[tuple[str, float, float]] = []
    for label, (start, end) in zip(ipa, spans, strict=True):
        if label == "+":
            if pieces:
                pieces[-1] = (pieces[-1][0], pieces[-1][1], float(end))
            continue
        classes = visemes_of(label)
        edges = np.linspace(start, end, len(classes) + 1)
        pieces += [(name, float(a), float(b)) for name, a, b in zip(classes, edges[:-1], edges[1:], strict=True)]
    runs: list[tuple[str, float, float]] = []
    for name, start, end in pieces:
        if runs and runs[-1][0] == name:
            runs[-1] = (name, runs[-1][1], end)
        else:
            runs.append((name, start, end))
    return runs


def match_runs(truth: Sequence[tuple[str, float, float]], answer: Sequence[tuple[str, float, float]]) -> list[tuple[int, int]]:
    """Pairs of equal class in the best alignment in sequence; among equals the nearest in time.

    The cost of a pair is its distance in time (at most 0.5), of an insertion or deletion 0.6, of an unequal pair 1.
    """
    n, m = len(truth), len(answer)
    cost = np.zeros((n + 1, m + 1))
    step = np.zeros((n + 1, m + 1), np.int8)
    cost[1:, 0], cost[0, 1:] = 0.6 * np.arange(1, n + 1), 0.6 * np.arange(1, m + 1)
    step[1:, 0], step[0, 1:] = 1, 2
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            same = truth[i - 1][0] == answer[j - 1][0]
            pair = min(0.5, abs(truth[i - 1][1] - answer[j - 1][1])) if same else 1.0
            options = (cost[i - 1, j - 1] + pair, cost[i - 1, j] + 0.6, cost[i, j - 1] + 0.6)
            step[i, j] = int(np.argmin(options))
            cost[i, j] = options[step[i, j]]
    pairs = []
    i, j = n, m
    while i and j:
        if step[i, j] == 0:
            if truth[i - 1][0] == answer[j - 1][0]:
                pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif step[i, j] == 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


@dataclass(frozen=True)
class BoundaryScore:
    """How well onsets are met.

    Args:
        errors_s: float64 [P], answer minus truth of each matched onset.
        deletions: runs of the truth without a match.
        insertions: runs of the answer without a match.
        frame_accuracy: share of the labelled 10 ms frames with the right viseme class.
    """

    errors_s: np.ndarray
    deletions: int
    insertions: int
    frame_accuracy: float


def boundary_score(labels: Labels, phonemes: np.ndarray) -> BoundaryScore:
    """Onsets of the same viseme class, matched in sequence, and frame accuracy over the twelve classes.

    Args:
        labels: by hand.
        phonemes: `PHONEME_DTYPE` track of the same sound.
    """
    if phonemes.dtype != PHONEME_DTYPE:
        raise InvalidInput(f"phonemes must be {PHONEME_DTYPE}, got {phonemes.dtype}")
    truth = viseme_runs(labels.ipa, labels.spans)
    answer = viseme_runs([str(x) for x in phonemes["label"]], np.stack([phonemes["start_s"], phonemes["end_s"]], 1))
    pairs = match_runs(truth, answer)
    # The onset at the very start of the file is no boundary.
    errors = np.array([answer[j][1] - truth[i][1] for i, j in pairs if i > 0])
    grid = (np.arange(int(labels.spans[-1, 1] / HOP_S)) + 0.5) * HOP_S
    right = (frame_classes(truth, grid) == frame_classes(answer, grid)).mean() if len(grid) else 0.0
    return BoundaryScore(errors, len(truth) - len(pairs), len(answer) - len(pairs), float(right))


def frame_classes(runs: Sequence[tuple[str, float, float]], times_s: np.ndarray) -> np.ndarray:
    """Index into `VISEME_CLASSES` at each time; sil outside the runs."""
    out = np.zeros(len(times_s), int)
    for name, start, end in runs:
        out[(times_s >= start) & (times_s < end)] = VISEME_CLASSES.index(name)
    return out
