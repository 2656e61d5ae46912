"""Which frame is drawn next and which one is on screen while a line plays. Plain values: no widgets, no threads.

Frames are drawn ahead of the clock and held back until their time has come, so that the picture is in step with the sound however
long drawing takes. Where drawing is slower than the frames follow each other, frames are left out, evenly.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Protocol

AHEAD = 3  # frames drawn and not yet shown, at most
EARLY_S = 0.003  # a frame is shown this much before its time rather than a tick after it


class Position(Protocol):
    """What the playout asks of the player."""

    @property
    def position_s(self) -> float:
        """Seconds of the line heard now."""

    @property
    def frame_count(self) -> int:
        """Frames of the line."""

    @property
    def loop_frames(self) -> tuple[int, int] | None:
        """First frame and end of what repeats; None where nothing does."""

    @property
    def direction(self) -> int:
        """1 forwards, -1 backwards."""

    @property
    def stride(self) -> int:
        """Of so many frames one is shown."""

    def position_after(self, delay_s: float) -> float:
        """Where the line will be in a while."""

    def frame_of(self, time_s: float) -> int:
        """The frame on screen at a time."""


class Playout:
    """One playback's queue of frames.

    Frames are counted along the way that is played and on through loops: forwards the first frame of a loop's second round comes
    after its last, backwards frame 7 counts as -7.
    """

    def __init__(self, player: Position) -> None:
        self._player = player
        self._ready: deque[tuple[int, Any]] = deque()
        self._asked = -1
        self._round = 0
        self._last = 0  # frame of the last position seen
        self._mean_s, self._spread_s = 0.03, 0.01  # of what drawing a frame takes, from asking to having it

    @property
    def cost_s(self) -> float:
        """What drawing a frame takes, on the safe side: a frame that comes late is worse than one that waits."""
        return self._mean_s + 1.5 * self._spread_s

    def begin(self) -> None:
        """A playback begins at the player's position, whose frame is on screen, or goes on another way."""
        self._ready.clear()
        self._round = 0
        self._last = self._asked = self._along(self._player.position_s)

    def next_frame(self) -> tuple[int, int] | None:
        """The frame to draw next: its count, and which frame of the line it is; None for now."""
        now, stride = self._now(), self._player.stride
        if len(self._ready) >= AHEAD or self._asked - now >= AHEAD * stride:
            return None
        wanted = max(self._asked + stride, self._at(self._player.position_after(self.cost_s)))
        first, last, looping = self._bounds()
        if wanted > last and not looping:
            return None
        self._asked = wanted
        there = wanted if wanted <= last else first + (wanted - first) % (last + 1 - first)
        return wanted, self._player.direction * there

    def arrived(self, count: int, picture: Any, took_s: float) -> None:
        """A frame asked for is drawn.

        Args:
            count: as `next_frame` gave it.
            picture: of it.
            took_s: from asking to having it.
        """
        self._ready.append((count, picture))
        off_s = min(took_s, 1.0) - self._mean_s
        self._mean_s += 0.2 * off_s
        self._spread_s += 0.1 * (abs(off_s) - self._spread_s)

    def due(self) -> Any | None:
        """The picture to put on screen now; None to leave what is there."""
        now = self._now(EARLY_S)
        found = None
        while self._ready and self._ready[0][0] <= now:
            found = self._ready.popleft()[1]
        return found

    def _now(self, early_s: float = 0.0) -> int:
        here = self._player.position_s
        if self._wrapped(here):
            self._round += 1
        self._last = self._along(here)
        return self._at(self._player.position_after(early_s) if early_s else here)

    def _along(self, time_s: float) -> int:
        """The frame at a time, counted along the way."""
        return self._player.direction * self._player.frame_of(time_s)

    def _bounds(self) -> tuple[int, int, bool]:
        """First and last frame along the way, and whether they repeat."""
        loop = self._player.loop_frames
        first, end = loop or (0, self._player.frame_count)
        return (first, end - 1, loop is not None) if self._player.direction > 0 else (1 - end, -first, loop is not None)

    def _at(self, time_s: float) -> int:
        """Count of a position now or soon."""
        first, last, _ = self._bounds()
        return (self._round + self._wrapped(time_s)) * (last + 1 - first) + self._along(time_s)

    def _wrapped(self, time_s: float) -> bool:
        """True if a time belongs to the round after the last position seen. A little back is the device's clock put right."""
        first, last, looping = self._bounds()
        return looping and self._last - self._along(time_s) > (last + 1 - first) / 2
