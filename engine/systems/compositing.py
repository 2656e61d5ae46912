"""What the animator lays over the live performance: takes by region, pins, edit layers; then trim and lip-sync offset. Numpy only.

Worked out for any range of frames by itself; a frame's value does not depend on the range it is asked in.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, INDEX, REGIONS, indices, limits
from engine.core.curves import Curve
from engine.core.motion import MotionClip
from engine.project.lines import LineDoc
from engine.project.parts import Layer, Pin, TakeClip
from engine.systems.inputs import active, digest, layer_span, layer_weight, ramp

Frames = NDArray[np.float32]
Live = Callable[[int, int], Frames]
_LOW, _HIGH = (np.array([limits(name)[side] for name in CHANNELS], np.float32) for side in (0, 1))


def composite(base: MotionClip, line: LineDoc, rate: Fraction, takes: Mapping[str, MotionClip]) -> MotionClip:
    """The motion that is seen.

    Args:
        base: the live performance.
        line: whose takes, pins and layers are laid over it.
        rate: of the result and of `base`.
        takes: motion of the takes by their ids; where one is missing, the live performance plays.

    Returns:
        As long as `base`, inside the channels' limits.
    """
    final, _ = Composer(line, rate, len(base), takes, lambda a, b: base.values[a:b]).frames(0, len(base))
    return MotionClip(final, rate)


def composite_key(line: LineDoc) -> str:
    """A hash of all that decides what is laid over the live performance of a line."""
    motion = {take.id: take.motion for take in line.takes}
    parts = [
        [[motion.get(c.take_id, ""), c.start_s, c.end_s, c.regions, c.fade_s] for c in line.take_clips] if not line.track_state("takes").mute else [],
        [[p.time_s, p.values, p.reach_s] for p in line.pins] if not line.track_state("pins").mute else [],
        [[layer_span(layer), {name: digest(curve) for name, curve in curves.items()}] for layer, curves in active(line, performers=False)],
        [line.trim_start_s, line.trim_end_s, line.sync_offset_s],
    ]
    return digest(parts)


@dataclass(frozen=True, eq=False)
class _Lane:
    """What plays in some channels: a row of takes, each from a moment on, "" for the live performance."""

    columns: list[int]
    takes: list[str]
    begins_s: list[float]  # of every take but the first
    fades_s: list[float]  # over which it comes in, around its beginning


class Composer:
    """Lays takes, pins and layers over the live performance of one line.

    Args:
        line: of the document.
        rate: frames per second.
        count: frames of the line, T.
        takes: motion by the takes' ids.
        live: frames of the live performance, float32 [stop - start, 63].
        sample: values of a curve at all frames' times [T]; None evaluates it.
    """

    def __init__(
        self,
        line: LineDoc,
        rate: Fraction,
        count: int,
        takes: Mapping[str, MotionClip],
        live: Live,
        sample: Callable[[Curve], NDArray[np.float64]] | None = None,
    ) -> None:
        self._rate, self._count, self._takes, self._live = rate, count, takes, live
        self._times = np.arange(count, dtype=np.float64) * rate.denominator / rate.numerator
        self._lanes = [] if line.track_state("takes").mute else _lanes(line, takes, count / float(rate))
        self._pins = {} if line.track_state("pins").mute else _pins(line.pins, self._times)
        self._missing: dict[tuple[int, int], float] = {}
        sample = sample or (lambda curve: curve.evaluate(self._times))
        self._layers = [self._driven(layer, curves, sample) for layer, curves in active(line, performers=False)]
        offset = line.sync_offset_s * float(rate)
        self._offset = float(round(offset)) if abs(offset - round(offset)) < 1e-4 else offset
        first = min(max(math.ceil(line.trim_start_s * float(rate) - 1e-6), 0), count - 1)
        end = count if line.trim_end_s is None else math.ceil(line.trim_end_s * float(rate) - 1e-6)
        self._span = (first, min(max(end - 1, first), count - 1))

    @property
    def plain(self) -> bool:
        """True if nothing is laid over the live performance."""
        return not (self._lanes or self._pins or self._layers or self._moved)

    @property
    def _moved(self) -> bool:
        return self._offset != 0.0 or self._span != (0, self._count - 1)

    def frames(self, start: int, stop: int) -> tuple[Frames, Frames]:
        """Frames `start` to `stop` (exclusive): what is seen, and what is seen without the edit layers; two float32 [stop - start, 63]."""
        if not self._moved:
            return self._edited(start, stop)
        # What is trimmed away holds the nearest pose that is left.
        position = np.clip(np.arange(start, stop) - self._offset, *self._span)
        low = np.floor(position + 1e-6).astype(np.int64)
        share = np.maximum(position - low, 0.0).astype(np.float32)
        share[share < 1e-5] = 0.0
        high = np.where(share > 0.0, low + 1, low)
        first = int(low[0])
        final, base = self._edited(first, int(high[-1]) + 1)
        mixed = lambda v: v[low - first] + share[:, None] * (v[high - first] - v[low - first])  # noqa: E731
        return mixed(final), (mixed(base) if base is not final else mixed(final))

    def _edited(self, start: int, stop: int) -> tuple[Frames, Frames]:
        below = self._pinned(start, stop)
        if not self._layers:
            return below, below
        out = below.copy()
        for additive, weight, columns, values in self._layers:
            w = weight[start:stop, None]
            out[:, columns] = (1.0 - (0.0 if additive else w)) * out[:, columns] + w * values[start:stop]
        return np.clip(out, _LOW, _HIGH), below

    def _driven(self, layer: Layer, curves: dict[str, Curve], sample: Callable[[Curve], NDArray[np.float64]]) -> tuple[bool, Frames, list[int], Frames]:
        """Whether a layer adds, its weight [T], and the columns it drives with their values [T, len(columns)]."""
        weight = layer_weight(layer, self._times).astype(np.float32)
        return layer.mode == "additive", weight, indices(tuple(curves)), np.stack([sample(c) for c in curves.values()], -1).astype(np.float32)

    # Takes.

    def _taken(self, start: int, stop: int) -> Frames:
        """Takes and live performance as the take lane has them, float32 [stop - start, 63]."""
        if not self._lanes:
            return self._live(start, stop)
        out = np.empty((stop - start, len(CHANNELS)), np.float32)
        sources: dict[str, Frames] = {}
        for lane in self._lanes:
            out[:, lane.columns] = self._row(lane, start, stop, sources)
        return out

    def _row(self, lane: _Lane, start: int, stop: int, sources: dict[str, Frames]) -> Frames:
        times = self._times[start:stop]
        begins = np.array(lane.begins_s)
        half = np.array(lane.fades_s) / 2
        at = int(np.searchsorted(begins + half, times[0], side="right"))  # what is fully in already
        until = int(np.searchsorted(begins - half, times[-1], side="right"))
        out = self._source(lane.takes[at], start, stop, sources)[:, lane.columns]
        for i in range(at, until):
            weight = ramp(times, begins[i] - half[i], begins[i] + half[i]).astype(np.float32)[:, None]
            # So that a weight of 0 or 1 leaves either to the bit.
            out = (1.0 - weight) * out + weight * self._source(lane.takes[i + 1], start, stop, sources)[:, lane.columns]
        return out

    def _source(self, take_id: str, start: int, stop: int, sources: dict[str, Frames]) -> Frames:
        if take_id not in sources:
            sources[take_id] = self._live(start, stop) if not take_id else self._played(self._takes[take_id], start, stop)
        return sources[take_id]

    def _played(self, take: MotionClip, start: int, stop: int) -> Frames:
        """Frames of a take, the last one held where it is shorter; channels it does not have are the live performance's."""
        same = take.rate == self._rate
        values = take.values[np.minimum(np.arange(start, stop), len(take) - 1)] if same else take.sample(self._times[start:stop])
        if take.names == CHANNELS:
            return values
        out = self._live(start, stop).copy()
        known = [i for i, name in enumerate(take.names) if name in INDEX]
        out[:, [INDEX[take.names[i]] for i in known]] = values[:, known]
        return out

    # Pins.

    def _pinned(self, start: int, stop: int) -> Frames:
        below = self._taken(start, stop)
        times = self._times[start:stop]
        out = None
        for column, pins in self._pins.items():
            at_s, value, before, after, low, high = pins
            for i in np.flatnonzero((at_s - low < times[-1] + 1e-9) & (at_s + high > times[0] - 1e-9)).tolist():
                out = below.copy() if out is None else out
                away = times - at_s[i]
                whole, end = (np.where(away < 0.0, side[0][i], side[1][i]) for side in ((before, after), (low, high)))
                weight = 1.0 - _smooth((np.abs(away) - whole - 1e-9) / np.maximum(end - whole, 1e-9))
                out[:, column] += (weight * self._correction(column, i, at_s[i], value[i])).astype(np.float32)
        return below if out is None else np.clip(out, _LOW, _HIGH)

    def _correction(self, column: int, i: int, at_s: float, value: float) -> float:
        """How far the motion at a pin is from what it wants."""
        if (column, i) not in self._missing:
            position = min(max(at_s * float(self._rate), 0.0), self._count - 1.0)
            low = min(int(position + 1e-6), self._count - 1)
            high = min(low + 1, self._count - 1)
            both = self._taken(low, high + 1)[:, column].astype(np.float64)
            self._missing[column, i] = value - (both[0] + (position - low) * (both[-1] - both[0]))
        return self._missing[column, i]


def _smooth(x: NDArray[np.float64]) -> NDArray[np.float64]:
    x = np.clip(x, 0.0, 1.0)
    return x * x * (3.0 - 2.0 * x)


def _pins(pins: tuple[Pin, ...], times_s: NDArray[np.float64]) -> dict[int, NDArray[np.float64]]:
    """By channel: time and value of each pin, and where its weight is whole and where it ends, before and after it, float64 [6, P].

    A pin between two frames holds both, so that the line between them meets it. Its reach ends where the next pin of its channel
    stands, so that each is met exactly and between two near ones the motion passes from the one to the other. Pins that
    would share a frame stand on their nearest frames; of several on one frame the latest counts.
    """
    step = float(times_s[1]) if len(times_s) > 1 else 1.0
    rows: dict[int, dict[float, tuple[float, float]]] = {}
    for pin in pins:
        if not -step < pin.time_s < times_s[-1] + step:
            continue  # the line is shorter than it was
        time_s = min(max(pin.time_s, 0.0), float(times_s[-1]))
        for name, value in pin.values.items():
            rows.setdefault(INDEX[name], {})[time_s] = (value, pin.reach_s)
    found: dict[int, NDArray[np.float64]] = {}
    for column, by_time in rows.items():
        order = sorted(by_time)
        place = np.array(order) / step
        place = np.where(np.abs(place - np.round(place)) < 1e-6, np.round(place), place)
        shared = np.ceil(place[:-1]) >= np.floor(place[1:])
        place = np.where(np.append(shared, False) | np.append(False, shared), np.round(place), place)
        last = np.append(np.diff(place) > 0.5, True)
        place = place[last]
        value, reach = np.array([by_time[t] for t in order])[last].T
        before, after = (place - np.floor(place)) * step, (np.ceil(place) - place) * step
        gap = np.diff(place) * step
        low, high = np.maximum(reach, before + step), np.maximum(reach, after + step)
        low[1:] = np.minimum(low[1:], gap - after[:-1])
        high[:-1] = np.minimum(high[:-1], gap - before[1:])
        found[column] = np.stack([place * step, value, before, after, low, high])
    return found


def _lanes(line: LineDoc, takes: Mapping[str, MotionClip], end_s: float) -> list[_Lane]:
    """The take lane as rows of takes, channels that have the same row together; nothing where no take plays at all."""
    clips = [c for c in line.take_clips if not c.take_id or c.take_id in takes]
    if not any(c.take_id for c in clips):
        return []
    by_clips: dict[tuple[str, ...], list[str]] = {}
    for region in REGIONS:
        mine = tuple(c.id for c in clips if not c.regions or region in c.regions)
        by_clips.setdefault(mine, []).append(region)
    by_id = {c.id: c for c in clips}
    return [_lane([INDEX[n] for region in regions for n in REGIONS[region]], [by_id[i] for i in mine], end_s) for mine, regions in by_clips.items()]


def _lane(columns: list[int], clips: list[TakeClip], end_s: float) -> _Lane:
    edges = sorted({0.0, end_s, *(min(max(t, 0.0), end_s) for c in clips for t in (c.start_s, c.end_s))})
    takes: list[str] = []
    begins: list[float] = []
    owners: list[int] = []
    for begin, end in itertools.pairwise(edges):
        middle = (begin + end) / 2
        owner = next((i for i in reversed(range(len(clips))) if clips[i].start_s <= middle < clips[i].end_s), -1)
        take = clips[owner].take_id if owner >= 0 else ""
        if takes and take == takes[-1]:
            owners[-1] = max(owners[-1], owner)
            continue
        takes.append(take)
        begins.append(begin)
        owners.append(owner)
    lengths = np.diff([*begins, end_s])
    fades = []
    for i in range(1, len(takes)):
        upper = max(owners[i - 1], owners[i])  # the clip on top says how it meets what is around it
        fades.append(min(clips[upper].fade_s, float(lengths[i - 1]), float(lengths[i])))
    return _Lane(columns, takes, begins[1:], fades)
