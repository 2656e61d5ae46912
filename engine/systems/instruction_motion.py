"""What a read instruction does over time: values that come, are held and go, and the movements of head, eyes and lids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from engine.core.channels import limits
from engine.core.curves import Curve, Key

# Head channels whose sign is for the left; the other side negates them.
TURNS = frozenset(("headRotY", "headRotZ", "headPosX"))
EMOTION_S, FACE_S = (0.35, 0.45), (0.22, 0.35)  # onset and offset; onsets are quicker (Cohn and Schmidt 2004)
MOST_KEYS = 400  # of one movement that goes on and on
Stroke = list[tuple[float, float]]  # (time_s, value), rising in time


def share_of(level: float) -> float:
    """Share of an action unit's strongest value at a MEAD level of 0.6 to 3."""
    known = ((0.6, 0.22), (1.0, 0.4), (2.0, 0.75), (3.0, 1.0))
    for (a, low), (b, high) in pairwise(known):
        if level <= b:
            return low + (max(level, a) - a) / (b - a) * (high - low)
    return 1.0


@dataclass(frozen=True)
class Window:
    """When something is done.

    Args:
        start_s: first moment.
        end_s: last moment.
        cross_in_s: how far its onset reaches back into the step before.
        cross_out_s: how far its offset reaches on into the next step.
        settled: it is there from the line's start, without an onset.
        lasting: it stays to the line's end, without an offset.
    """

    start_s: float
    end_s: float
    cross_in_s: float = 0.0
    cross_out_s: float = 0.0
    settled: bool = False
    lasting: bool = False

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end_s - self.start_s

    def third(self, place: str) -> Window:
        """The `start`, `middle` or `end` of it."""
        third = self.length_s / 3
        if place == "start":
            return replace(self, end_s=self.start_s + third, cross_out_s=0.0, lasting=False)
        if place == "end":
            return replace(self, start_s=self.end_s - third, cross_in_s=0.0, settled=False)
        return Window(self.start_s + third, self.end_s - third)

    def part(self, from_s: float, to_s: float | None) -> Window:
        """The part from so many seconds after its start to so many; it keeps some length."""
        start = min(self.start_s + from_s, self.end_s - 0.1 * self.length_s)
        end = self.end_s if to_s is None else min(self.end_s, max(start + 0.05, self.start_s + to_s))
        cut, short = start > self.start_s, end < self.end_s
        return Window(
            start, end, 0.0 if cut else self.cross_in_s, 0.0 if short else self.cross_out_s, self.settled and not cut, self.lasting and not short
        )  # fmt: skip


def step_window(span_s: tuple[float, float], index: int, count: int, duration_s: float | None, edge_s: float) -> Window:
    """The window of one of several steps that share a range evenly; neighbours pass into each other."""
    start, end = span_s
    length = (end - start) / count
    cross = min(0.3, 0.3 * length)
    lasting = duration_s is not None and index == count - 1 and end >= duration_s - edge_s
    return Window(
        start + index * length, end if index == count - 1 else start + (index + 1) * length, cross if index else 0.0,
        cross if index < count - 1 else 0.0, index == 0 and start <= edge_s, lasting,
    )  # fmt: skip


def sided(name: str, value: float, side: str) -> list[tuple[str, float]]:
    """Tracks and values of a name of the tables: `*` is the side, or both where it is ""."""
    if name.endswith("*"):
        return [(name[:-1] + s, value) for s in ((side,) if side else ("Left", "Right"))]
    return [(name, -value if side == "Right" and name in TURNS else value)]


class Strokes:
    """Collects what phrases do, and adds it up by track.

    Args:
        strength: factor on every value.
    """

    def __init__(self, strength: float) -> None:
        self._strength = strength
        self._by_track: dict[str, list[Curve]] = {}

    def add(self, track: str, stroke: Stroke) -> None:
        """Add a stroke; times that coincide keep the later value."""
        if stroke and self._strength > 0.0 and any(v for _, v in stroke):
            self._by_track.setdefault(track, []).append(Curve.from_keys(Key(t, v * self._strength) for t, v in stroke))

    def hold(self, track: str, value: float, window: Window, pace: str = "") -> None:
        """Let a value come, stay, and go."""
        on, off = EMOTION_S if track.startswith("emotions/") else FACE_S
        if track.startswith("amounts/"):
            on = off = 0.3
        start, end = window.start_s - window.cross_in_s, window.end_s + window.cross_out_s
        if pace == "brief":
            end = min(end, start + 1.0)
        length = end - start
        on = {"sudden": 0.08, "slow": 0.7 * length}.get(pace, on + window.cross_in_s)
        off = 0.75 * length if pace == "fade" else off + window.cross_out_s
        on, off = min(on, (0.9 if pace == "slow" else 0.45) * length), min(off, 0.45 * length if pace != "fade" else 0.85 * length)
        lasting = window.lasting and pace not in ("fade", "brief")
        settled = window.settled and pace not in ("sudden", "slow", "brief")
        if on + off > 0.95 * length:
            on, off = (on, 0.1 * length) if pace == "slow" else (0.1 * length, off)
        rise = [(start, value)] if settled else [(start, 0.0), (start + on, value)]
        fall = [(end, value)] if lasting else [(end - off, value), (end, 0.0)]
        self.add(track, rise + fall)

    def curves(self) -> dict[str, Curve]:
        """The sum on every track, kept within what an additive key may hold."""
        return {track: _summed(track, parts) for track, parts in sorted(self._by_track.items())}


def _summed(track: str, parts: list[Curve]) -> Curve:
    low, high = (-1.0, 1.0) if track.startswith("emotions/") else (-2.0, 2.0) if track.startswith("amounts/") else limits(track)
    least, most = (low, high) if "/" in track else (low - high, high - low)
    times = sorted({round(k.time_s, 6) for part in parts for k in part.keys})
    total = np.sum([part.evaluate(times) for part in parts], axis=0)
    return Curve(tuple(Key(t, float(v)) for t, v in zip(times, np.clip(total, least, most).round(6) + 0.0, strict=True)))


@dataclass(frozen=True)
class Gesture:
    """A movement.

    Args:
        name: of `MOVEMENTS`.
        side: `Left` or `Right`.
        size: 1 as usual.
        pace: "", `sudden`, `slow` ...
        count: how often; 0 on and on, None as is usual.
        text: the words, whose form tells "nod" from "nodding".
    """

    name: str
    side: str
    size: float
    pace: str
    count: int | None
    text: str

    @property
    def tempo(self) -> float:
        """Factor on its times."""
        return {"sudden": 0.7, "slow": 1.8}.get(self.pace, 1.0)


def play(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    """Put a movement into a window."""
    if gesture.name.startswith("look "):
        _look(gesture, window, strokes)
    else:
        MOVEMENTS[gesture.name](gesture, window, strokes)


def _cycles(gesture: Gesture, window: Window, period_s: float, usual: int, goes_on: bool = False) -> tuple[int, float]:
    """How many cycles fit, and how long each is."""
    period = period_s * gesture.tempo
    on_and_on = gesture.count == 0 or (gesture.count is None and goes_on)
    wanted = max(1, int(window.length_s / period)) if on_and_on else gesture.count or usual
    wanted = min(wanted, MOST_KEYS // 4, max(1, int(window.length_s / 0.2)))
    return wanted, min(period, window.length_s / wanted)


def _nod(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    count, period = _cycles(gesture, window, 0.55, 1 if gesture.text.strip() == "nod" else 2)
    size, stroke = 0.17 * gesture.size, [(window.start_s, 0.0)]
    for i in range(count):
        at = window.start_s + i * period
        fading = max(0.5, 0.85**i)
        stroke += [(at + 0.42 * period, size * fading), (at + (0.86 if i < count - 1 else 0.82) * period, -0.2 * size * fading)]
    strokes.add("headRotX", [*stroke, (window.start_s + count * period, 0.0)])


def _shake(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    count, period = _cycles(gesture, window, 0.62, 2)
    size, stroke = 0.2 * gesture.size, [(window.start_s, 0.0)]
    for i in range(count):
        at = window.start_s + i * period
        fading = max(0.5, 0.88**i)
        stroke += [(at + 0.27 * period, size * fading), (at + 0.76 * period, -size * fading)]
    strokes.add("headRotY", [*stroke, (window.start_s + count * period, 0.0)])


def _sway(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    count, period = _cycles(gesture, window, 2.6, 1, goes_on=True)
    for track, size in (("headRotZ", 0.075), ("headPosX", -9.0), ("headRotY", 0.03)):
        stroke = [(window.start_s, 0.0)]
        for i in range(count):
            at = window.start_s + i * period
            stroke += [(at + 0.25 * period, -size * gesture.size), (at + 0.75 * period, size * gesture.size)]
        strokes.add(track, [*stroke, (window.start_s + count * period, 0.0)])


def _bob(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    count, period = _cycles(gesture, window, 0.6, 3, goes_on=True)
    stroke = [(window.start_s, 0.0)]
    for i in range(count):
        at = window.start_s + i * period
        stroke += [(at + 0.45 * period, 0.07 * gesture.size), (at + 0.9 * period, -0.02 * gesture.size)]
    strokes.add("headRotX", [*stroke, (window.start_s + count * period, 0.0)])


def _quiver(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    count, period = _cycles(gesture, window, 0.17, 1, goes_on=True)
    stroke = [(window.start_s, 0.0)]
    for i in range(count):
        at = window.start_s + i * period
        stroke += [(at + 0.4 * period, (0.45 if i % 3 else 0.35) * gesture.size), (at + 0.9 * period, 0.2 * gesture.size)]
    strokes.add("mouthShrugLower", [*stroke, (window.start_s + count * period, 0.0)])


def _lids(at_s: float, scale: float = 1.0) -> Stroke:
    """One blink: shut in 75 ms, open in 160 ms (VanderWerf et al. 2003)."""
    return [(at_s, 0.0), (at_s + 0.08 * scale, 1.0), (at_s + 0.11 * scale, 1.0), (at_s + 0.27 * scale, 0.0)]


def _blink(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    rapid = gesture.name == "blink rapidly"
    period_s = 0.38 if rapid else 0.5
    count, period = _cycles(gesture, window, period_s, 1, goes_on=rapid)
    scale = min(1.6 if gesture.pace == "slow" else 1.0, 0.9 * period / 0.27)
    # Uneven, or it looks like a machine.
    late = (0.0, 0.05, -0.03, 0.08, 0.01)
    stroke = [key for i in range(count) for key in _lids(window.start_s + i * period + (max(0.0, late[i % 5]) * period if count > 1 else 0.0), 0.85 * scale)]
    for side in ("Left", "Right"):
        strokes.add(f"eyeBlink{side}", stroke)


def _wink(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    scale = min(1.4 * gesture.tempo, window.length_s / 0.27)
    for track, size in (("eyeBlink", 1.0), ("cheekSquint", 0.6), ("mouthSmile", 0.2)):
        strokes.add(track + gesture.side, [(t, v * size) for t, v in _lids(window.start_s, scale)])


def _look(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    """Eyes to a side, and the head a little after them."""
    where = gesture.name.removeprefix("look ")
    if where == "around":
        third = window.length_s / 3
        for index, side in enumerate(("left", "right")):
            part = Window(window.start_s + index * 1.5 * third, window.start_s + (index + 1) * 1.5 * third - 0.1 * third)
            _look(replace(gesture, name=f"look {side}"), part, strokes)
        return
    ways = where.split()
    yaw = sum({"left": 1.0, "right": -1.0, "away": 0.9 if gesture.side == "Left" else -0.9}.get(way, 0.0) for way in ways)
    pitch = sum({"up": -1.0, "down": 1.0, "away": 0.25}.get(way, 0.0) for way in ways)
    pace = "brief" if "glanc" in gesture.text else gesture.pace
    size = 0.75 * min(1.3, gesture.size)
    eyes = replace(window, settled=False)
    for track, value in (
        ("eyeLookOutLeft", yaw), ("eyeLookInRight", yaw), ("eyeLookInLeft", -yaw), ("eyeLookOutRight", -yaw),
        ("eyeLookUpLeft", -pitch), ("eyeLookUpRight", -pitch), ("eyeLookDownLeft", pitch), ("eyeLookDownRight", pitch),
    ):  # fmt: skip
        if value > 0:
            strokes.hold(track, value * size, eyes, pace or "sudden")
    strokes.hold("amounts/gaze", -0.8, eyes, pace)
    for track, value in (("headRotY", 0.14 * yaw), ("headRotX", 0.1 * pitch)):
        if value:
            strokes.hold(track, value * size, eyes, pace)


def _roll_eyes(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    length = min(1.3 * gesture.tempo, window.length_s)
    at = [window.start_s + share * length for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    up = list(zip(at, (0.0, 0.7, 1.0, 0.7, 0.0), strict=True))
    for side in ("Left", "Right"):
        strokes.add(f"eyeLookUp{side}", up)
        strokes.add(f"browOuterUp{side}", [(t, 0.25 * v) for t, v in up])
    for track in ("eyeLookOutLeft", "eyeLookInRight"):
        strokes.add(track, [(at[0], 0.0), (at[1], 0.7), (at[2], 0.0)])
    for track in ("eyeLookInLeft", "eyeLookOutRight"):
        strokes.add(track, [(at[2], 0.0), (at[3], 0.7), (at[4], 0.0)])


def _sigh(gesture: Gesture, window: Window, strokes: Strokes) -> None:
    length = min(2.2 * gesture.tempo, window.length_s)
    start = window.start_s
    strokes.add("breath", [(start, 0.0), (start + 0.4 * length, 0.9), (start + length, 0.0)])
    for track, size in (("jawOpen", 0.1), ("mouthFunnel", 0.15), ("headRotX", 0.05)):
        strokes.add(track, [(start + 0.4 * length, 0.0), (start + 0.6 * length, size * gesture.size), (start + length, 0.0)])


MOVEMENTS = {
    "nod": _nod, "shake": _shake, "sway": _sway, "bob": _bob, "quiver": _quiver, "blink": _blink, "blink rapidly": _blink, "wink": _wink,
    "roll eyes": _roll_eyes, "sigh": _sigh,
}  # fmt: skip
