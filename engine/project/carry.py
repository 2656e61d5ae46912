"""What was edited on one reading of a line, carried over to another: times follow their phonemes.

The labels of both readings are aligned at least cost (Needleman and Wunsch 1970); where phonemes correspond, their boundaries do.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.curves import Curve, Key
from engine.project.lines import LineDoc
from engine.project.parts import Instruction, Layer, TakeClip, moved
from engine.project.tracks import PhonemeTrack

# Costs of putting two labels beside each other, and of one that has no partner.
SAME_BASE, SAME_KIND, OTHER_KIND, WITH_PAUSE = 0.2, 0.8, 1.7, 1.9
ALONE, PAUSE_ALONE = 1.0, 0.6
LEAST_SHARED = 0.25  # of the phonemes of the shorter reading: below, there is nothing to go by but its length
_VOWELS = frozenset("iyɨʉɯuɪʏʊᵻeøɘɵɤoəɚɛœɜɝɞʌɔæɐaɶɑɒ")
_MOST_CELLS = 40_000_000  # of the table; longer readings are aligned near the diagonal only
_STEEPEST = 8.0  # how much a tangent may change where a phoneme is far shorter or longer
_PAIR, _OLD_ALONE, _NEW_ALONE = 0, 1, 2
_SHORTEST_S = 0.01


class TimeMap:
    """A rising map of times from one reading to another, linear between its points.

    Where the new reading has something more, times jump over it: what is at that moment goes behind it, what ends there (`before`)
    stays in front. Past the ends it goes on at the speed of the clock.

    Args:
        old_s: rising times of the old reading, each at most twice.
        new_s: theirs in the new one, rising.
    """

    def __init__(self, old_s: tuple[float, ...], new_s: tuple[float, ...]) -> None:
        self._old, self._new = old_s, new_s

    def __call__(self, time_s: float) -> float:
        """Where a moment is now."""
        return self._at(time_s, bisect_right(self._old, time_s))

    def before(self, time_s: float) -> float:
        """Where a stretch that ended at this moment ends now."""
        return self._at(time_s, bisect_left(self._old, time_s))

    def _at(self, time_s: float, after: int) -> float:
        old, new = self._old, self._new
        if time_s < old[0]:
            return time_s - old[0] + new[0]
        if time_s > old[-1]:
            return time_s - old[-1] + new[-1]
        i = min(max(after - 1, 0), len(old) - 2)
        if old[i + 1] == old[i]:
            i = max(i - 1, 0)
        if time_s == old[i + 1]:
            return new[i + 1]
        if (old[i], old[i + 1]) == (new[i], new[i + 1]):
            return time_s
        return new[i] + (time_s - old[i]) / (old[i + 1] - old[i]) * (new[i + 1] - new[i])

    def rate(self, time_s: float, before: bool = False) -> float:
        """New seconds per old second just after (or before) a moment."""
        step = 1e-4
        return max((self.before(time_s) - self(time_s - step) if before else self.before(time_s + step) - self(time_s)) / step, 1e-3)


def time_map(old: PhonemeTrack, new: PhonemeTrack) -> TimeMap:
    """A rising map of times from one reading to the other, exact at the boundaries of phonemes that correspond."""
    pairs = aligned(old.labels, new.labels)
    spoken = min(sum(map(bool, old.labels)), sum(map(bool, new.labels)))
    shared = sum(1 for i, j in pairs if old.labels[i] and _base(old.labels[i]) == _base(new.labels[j]))
    if not spoken or shared < LEAST_SHARED * spoken:
        points = [(0.0, 0.0), *zip(_speech(old), _speech(new), strict=True), (old.duration_s, new.duration_s)]
    else:
        points = _points(old, new, pairs)
    out = [points[0]]
    for a, b in points[1:]:
        if a >= out[-1][0] and b > out[-1][1] and (a > out[-1][0] or len(out) < 2 or out[-2][0] < a):
            out.append((a, b))
    if len(out) < 2 or out[-1] != points[-1]:
        out = [p for p in out if p[0] < old.duration_s and p[1] < new.duration_s] + [points[-1]]
    return TimeMap(tuple(a for a, _ in out), tuple(b for _, b in out))


def _points(old: PhonemeTrack, new: PhonemeTrack, pairs: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Times that correspond, rising; the old time twice where the new reading has something more.

    Where the old one has something more, the phonemes around it share their new time with it, so that nothing falls together.
    """
    points: list[tuple[float, float]] = []
    last = (-1, -1)
    for i, j in [*pairs, (len(old), len(new))]:
        old_gap, new_gap = i > last[0] + 1, j > last[1] + 1
        ends, starts = (old.bounds_s[last[0] + 1], new.bounds_s[last[1] + 1]), (old.bounds_s[i], new.bounds_s[j])
        at_an_end = ends[0] == 0.0 or starts[0] == old.duration_s  # there is nothing to jump from or to
        if old_gap == new_gap or (new_gap and not at_an_end):
            points += [ends] if ends == starts else [ends, starts]
        last = (i, j)
    return [(0.0, 0.0), *(p for p in points if 0.0 < p[0] < old.duration_s and 0.0 < p[1] < new.duration_s), (old.duration_s, new.duration_s)]


def _speech(track: PhonemeTrack) -> tuple[float, float]:
    """When a reading begins to speak, and when it has spoken."""
    spoken = [i for i, label in enumerate(track.labels) if label] or [0]
    return track.bounds_s[spoken[0]], track.bounds_s[spoken[-1] + 1]


def aligned(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[int, int]]:
    """Pairs of positions whose labels correspond, rising; identical stretches at either end are taken as they are."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _aligned(old[head : len(old) - tail], new[head : len(new) - tail])
    ends = [(len(old) - k, len(new) - k) for k in range(tail, 0, -1)]
    return [(k, k) for k in range(head)] + [(head + i, head + j) for i, j in middle] + ends


def _aligned(old: tuple[str, ...], new: tuple[str, ...]) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    kinds = sorted({*old, *new})
    code = {label: k for k, label in enumerate(kinds)}
    costs = np.array([[_cost(a, b) for b in kinds] for a in kinds])
    columns = np.array([code[label] for label in new])
    alone = np.array([_alone(label) for label in new])
    upto = np.concatenate([[0.0], np.cumsum(alone)])  # cost of the new labels before each, all alone
    width = len(new) + 1 if len(old) * len(new) <= _MOST_CELLS else max(64, _MOST_CELLS // len(old))
    moves: list[tuple[int, NDArray[np.int8]]] = []
    row, low = upto, 0
    for i, label in enumerate(old):
        # A window of the row around the diagonal: the whole row but for very long readings.
        centre = round((i + 1) * len(new) / len(old))
        first = max(low, min(centre - width // 2, len(new) + 1 - width), 0)
        last = min(first + width, len(new) + 1)
        before = np.full(last - first + 1, math.inf)  # of columns first - 1 to last - 1
        seen = row[max(0, first - 1 - low) : last - low]
        start = max(0, low - (first - 1))
        before[start : start + len(seen)] = seen
        pair = before[:-1] + np.concatenate([[math.inf] if first == 0 else [], costs[code[label]][columns[max(first - 1, 0) : last - 1]]])
        gone = before[1:] + _alone(label)
        best = np.minimum(pair, gone)
        here = upto[first:last]
        row, low = np.minimum.accumulate(best - here) + here, first
        moves.append((first, np.where(row < best - 1e-12, _NEW_ALONE, np.where(pair <= gone, _PAIR, _OLD_ALONE)).astype(np.int8)))
    return _traced(moves, len(new))


def _traced(moves: list[tuple[int, NDArray[np.int8]]], columns: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    i, j = len(moves), columns
    while i > 0 and j >= 0:
        first, row = moves[i - 1]
        move = int(row[j - first]) if 0 <= j - first < len(row) else _OLD_ALONE
        if move == _NEW_ALONE:
            j -= 1
            continue
        if move == _PAIR:
            pairs.append((i - 1, j - 1))
            j -= 1
        i -= 1
    return pairs[::-1]


def _base(label: str) -> str:
    return label[:1]


def _alone(label: str) -> float:
    return ALONE if label else PAUSE_ALONE


def _cost(a: str, b: str) -> float:
    if a == b:
        return 0.0
    if not a or not b:
        return WITH_PAUSE
    if _base(a) == _base(b):
        return SAME_BASE
    return SAME_KIND if (_base(a) in _VOWELS) == (_base(b) in _VOWELS) else OTHER_KIND


# What is on the line.


def carried(line: LineDoc, new: PhonemeTrack) -> LineDoc:
    """The line with all that is edited on it moved to where its phonemes are in `new`; its own phonemes stay.

    Takes stay too, as they were made; their clips move. A line without phonemes is as it was.
    """
    if line.phonemes is None or (line.phonemes.bounds_s == new.bounds_s and line.phonemes.labels == new.labels):
        return line
    to = time_map(line.phonemes, new)
    curves = {name: _curve(curve, to) for name, curve in line.emotions.items()}
    parts: dict[str, Any] = {}
    for kind in ("blinks", "gazes", "pins", "markers"):
        found = getattr(line, kind)
        parts[kind] = None if found is None else tuple(moved(p, to(p.time_s) - p.time_s) for p in found)
    for kind in ("instructions", "take_clips"):
        parts[kind] = tuple(_span(part, to) for part in getattr(line, kind))
    ranges: dict[str, Any] = {
        "in_s": None if line.in_s is None else to(line.in_s), "out_s": None if line.out_s is None else to.before(line.out_s),
        "trim_start_s": to(line.trim_start_s) if line.trim_start_s > 0 else 0.0,
        "trim_end_s": None if line.trim_end_s is None else to.before(line.trim_end_s),
    }  # fmt: skip
    layers = tuple(_layer(layer, to) for layer in line.layers)
    return replace(line, emotions=curves, intensity=_curve(line.intensity, to), layers=layers, **parts, **ranges)


def with_strengths(new: PhonemeTrack, old: PhonemeTrack) -> PhonemeTrack:
    """The new reading with the strengths that a person gave to the phonemes of the old one."""
    if old.strengths is None:
        return new
    strengths = [1.0] * len(new)
    for i, j in aligned(old.labels, new.labels):
        if _base(old.labels[i]) == _base(new.labels[j]):
            strengths[j] = old.strengths[i]
    return replace(new, strengths=tuple(strengths))


def _curve(curve: Curve, to: TimeMap) -> Curve:
    return Curve.from_keys(_key(key, to) for key in curve.keys)


def _key(key: Key, to: TimeMap) -> Key:
    if key.in_slope == 0.0 and key.out_slope == 0.0:
        return replace(key, time_s=to(key.time_s))
    slower = [min(max(1.0 / to.rate(key.time_s, before), 1.0 / _STEEPEST), _STEEPEST) for before in (True, False)]
    if key.tangent == "free":  # one slope on both sides stays one
        slower = [math.sqrt(slower[0] * slower[1])] * 2
    return replace(key, time_s=to(key.time_s), in_slope=key.in_slope * slower[0], out_slope=key.out_slope * slower[1])


def _span(part: Instruction | TakeClip, to: TimeMap) -> Instruction | TakeClip:
    start_s = to(part.start_s)
    return replace(part, start_s=start_s, end_s=max(to.before(part.end_s), start_s + _SHORTEST_S))


def _layer(layer: Layer, to: TimeMap) -> Layer:
    start_s = to(layer.start_s) if layer.start_s > 0 else layer.start_s
    end_s = None if layer.end_s is None else max(to.before(layer.end_s), start_s + _SHORTEST_S)
    return replace(layer, start_s=start_s, end_s=end_s, curves={name: _curve(curve, to) for name, curve in layer.curves.items()})
