"""Where a time lies on the screen: the part of a line that is in view and at which scale. A value, without Qt."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.core.timing import frame_time, nearest_frame, timecode

MOST_PX_PER_S = 4000.0  # a quarter of a millisecond per pixel
_SECONDS_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)
_FRAME_STEPS = (1, 2, 5, 10)
_WHOLE_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)
UNITS: tuple[str, ...] = ("timecode", "seconds", "frames")


@dataclass(frozen=True)
class TimeAxis:
    """Maps seconds of a line to pixels of a lane, both ways.

    Args:
        duration_s: length of the line, 0 where there is none.
        width_px: of the lane.
        start_s: time at the left edge.
        px_per_s: scale; 0 to fit the whole line.
    """

    duration_s: float = 0.0
    width_px: float = 100.0
    start_s: float = 0.0
    px_per_s: float = 0.0

    def __post_init__(self) -> None:
        least = self.fitting_px_per_s
        scale = min(max(self.px_per_s, least), max(MOST_PX_PER_S, least))
        object.__setattr__(self, "px_per_s", scale)
        last = max(0.0, self.duration_s - self.width_px / scale)
        object.__setattr__(self, "start_s", min(max(self.start_s, 0.0), last))

    @property
    def fitting_px_per_s(self) -> float:
        """The scale at which the whole line fills the lane."""
        return max(self.width_px, 1.0) / max(self.duration_s, 0.05)

    @property
    def end_s(self) -> float:
        """Time at the right edge."""
        return self.start_s + self.width_px / self.px_per_s

    @property
    def fits(self) -> bool:
        """True if the whole line is in view."""
        return self.px_per_s <= self.fitting_px_per_s * 1.0001

    def x(self, time_s: float) -> float:
        """Pixels from the lane's left edge."""
        return (time_s - self.start_s) * self.px_per_s

    def time(self, x: float) -> float:
        """Seconds at `x` pixels, within the line."""
        return min(max(self.start_s + x / self.px_per_s, 0.0), self.duration_s)

    def zoomed(self, factor: float, x: float) -> TimeAxis:
        """Closer by `factor`, with the time under pixel `x` kept under it."""
        scale = min(max(self.px_per_s * factor, self.fitting_px_per_s), max(MOST_PX_PER_S, self.fitting_px_per_s))
        return replace(self, px_per_s=scale, start_s=self.start_s + x / self.px_per_s - x / scale)

    def panned(self, pixels: float) -> TimeAxis:
        """Moved so that what was `pixels` to the right comes to the left edge."""
        return replace(self, start_s=self.start_s + pixels / self.px_per_s)

    def fitted(self) -> TimeAxis:
        """The whole line in view."""
        return replace(self, start_s=0.0, px_per_s=0.0)

    def resized(self, width_px: float) -> TimeAxis:
        """Another width; a line that filled the lane still does."""
        return replace(self, width_px=width_px, px_per_s=0.0 if self.fits else self.px_per_s)

    def revealing(self, time_s: float) -> TimeAxis:
        """Moved by a page if `time_s` is out of view, so that it is near the left edge."""
        if self.start_s <= time_s <= self.end_s:
            return self
        return replace(self, start_s=time_s - 0.1 * self.width_px / self.px_per_s)

    def centred(self, time_s: float) -> TimeAxis:
        """Moved so that `time_s` is in the middle, as far as the line reaches."""
        return replace(self, start_s=time_s - 0.5 * self.width_px / self.px_per_s)


@dataclass(frozen=True)
class Tick:
    """One mark on the ruler; without a label it is a small one."""

    x: float
    label: str


def format_time(time_s: float, rate: Fraction, unit: str) -> str:
    """A time as people read it, in one of `UNITS`."""
    if unit == "seconds":
        return f"{time_s:.3f} s"
    frame = nearest_frame(time_s, rate)
    return str(frame) if unit == "frames" else timecode(frame, rate)


def ticks(axis: TimeAxis, rate: Fraction, unit: str, label_px: float = 92.0) -> list[Tick]:
    """The ruler's marks in view.

    Args:
        axis: what is in view.
        rate: frames per second of the project.
        unit: one of `UNITS`.
        label_px: least distance of two labels.
    """
    if axis.duration_s <= 0:
        return []
    wanted_s = label_px / axis.px_per_s
    if unit == "seconds":
        step_s = _SECONDS_STEPS[min(bisect.bisect_left(_SECONDS_STEPS, wanted_s), len(_SECONDS_STEPS) - 1)]
        return _marks(axis, step_s, step_s / (5 if _leading(step_s) != 2 else 4), lambda t: _seconds_label(t, step_s))
    frames = next((n for n in _FRAME_STEPS if n / float(rate) >= wanted_s and n < rate), None)
    if frames is not None:
        return _frame_marks(axis, rate, unit, frames)
    step_s = _WHOLE_SECONDS[min(bisect.bisect_left(_WHOLE_SECONDS, wanted_s), len(_WHOLE_SECONDS) - 1)]
    return _marks(axis, step_s, step_s / (5 if _leading(step_s) in (1, 5) else 4), lambda t: format_time(t, rate, unit))


def _frame_marks(axis: TimeAxis, rate: Fraction, unit: str, step: int) -> list[Tick]:
    first, last = nearest_frame(axis.start_s, rate), nearest_frame(min(axis.end_s, axis.duration_s), rate)
    small = 1 if axis.px_per_s / float(rate) >= 6 else step
    out = []
    for frame in range(first - first % step, last + 1, small):
        label = "" if frame % step else str(frame) if unit == "frames" else timecode(frame, rate)
        out.append(Tick(axis.x(frame_time(frame, rate)), label))
    return out


def _marks(axis: TimeAxis, step_s: float, small_s: float, label: Callable[[float], str]) -> list[Tick]:
    per_step = round(step_s / small_s)
    first = math.floor(axis.start_s / step_s) * per_step
    last = math.ceil(min(axis.end_s, axis.duration_s) / small_s)
    return [Tick(axis.x(i * small_s), "" if i % per_step else label(i * small_s)) for i in range(first, last + 1)]


def _leading(value: float) -> int:
    return int(f"{value:e}"[0])


def _seconds_label(time_s: float, step_s: float) -> str:
    places = max(0, -math.floor(math.log10(step_s) + 1e-9))
    minutes, seconds = divmod(round(time_s, 6), 60)
    if time_s < 60:
        return f"{seconds:.{places}f} s"
    return f"{int(minutes)}:{seconds:0{3 + places if places else 2}.{places}f}"
