"""What time it is in a line that plays: the clock's face, and the silent clock that runs where there is no sound device.

A clock counts seconds of the line that are heard now. All clocks wrap at the end of a loop; without one they run on, and who
uses them stops.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class Loop:
    """A range that plays again and again, seconds; the end is exclusive."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Seconds of one round."""
        return self.end_s - self.start_s

    def wrapped(self, time_s: float, backwards: bool = False) -> float:
        """Where a time lies once it ran past the end, or going backwards past the start."""
        if self.length_s <= 0:
            return time_s
        if backwards:
            return time_s if time_s >= self.start_s else self.end_s - (self.start_s - time_s) % self.length_s
        return time_s if time_s < self.end_s else self.start_s + (time_s - self.start_s) % self.length_s


class Clock(Protocol):
    """Tells the position while a line plays."""

    @property
    def audible(self) -> bool:
        """True if it plays sound."""

    @property
    def description(self) -> str:
        """For the status bar, in words."""

    @property
    def trouble(self) -> str:
        """Why it cannot be relied on any more; "" while it can."""

    def start(self, position_s: float, loop: Loop | None, speed: float = 1.0) -> None:
        """Run from a position, at so many seconds of the line per second; a negative speed runs backwards."""

    def set_loop(self, loop: Loop | None) -> None:
        """Change the loop while running."""

    def stop(self) -> None:
        """Stand still."""

    def position(self) -> float:
        """Seconds of the line heard now; where it was started until the first sample is heard."""


class SilentClock:
    """Keeps time by the system's clock alone.

    Args:
        reason: why there is no sound, for the status bar.
        now: seconds that never go back.
    """

    audible = False
    trouble = ""

    def __init__(self, reason: str = "", now: Callable[[], float] = time.monotonic) -> None:
        self._reason = reason
        self._now = now
        self._started: tuple[float, float] | None = None
        self._held_s = 0.0
        self._speed = 1.0
        self._loop: Loop | None = None

    @property
    def description(self) -> str:
        """Says that nothing is heard, and why."""
        name = QCoreApplication.translate("Clock", "Silent clock")
        return f"{name}: {self._reason}" if self._reason else name

    def start(self, position_s: float, loop: Loop | None, speed: float = 1.0) -> None:
        """Run from a position, at so many seconds of the line per second; a negative speed runs backwards."""
        self._loop, self._speed = loop, speed
        self._started = (self._now(), position_s)

    def set_loop(self, loop: Loop | None) -> None:
        """Change the loop while running."""
        here = self.position()
        self._loop = loop
        if self._started is not None:
            self._started = (self._now(), here)

    def stop(self) -> None:
        """Stand still."""
        self._held_s = self.position()
        self._started = None

    def position(self) -> float:
        """Seconds since the start, on from where it was started."""
        if self._started is None:
            return self._held_s
        since, position_s = self._started
        here = position_s + self._speed * (self._now() - since)
        return self._loop.wrapped(here, self._speed < 0) if self._loop is not None else here
