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
    def looping(self) -> bool:
        """True if the line begins again at its end."""

    def position_after(self, delay_s: float) -> float:
        """Where the line will be in a while."""

    def frame_of(self, time_s: float) -> int:
        """The frame on screen at a time."""


class Playout:
    """One playback's queue of frames. Frames are counted on through loops: the first frame of the second round is `frame_count`."""

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
        """A playback begins at the player's position, whose frame is on screen."""
        self._ready.clear()
        self._round = 0
        self._last = self._asked = self._player.frame_of(self._player.position_s)

    def next_frame(self) -> tuple[int, int] | None:
        """The frame to draw next: its count through loops, and which frame of the line it is; None for now."""
        now = self._now()
        if len(self._ready) >= AHEAD or self._asked - now >= AHEAD:
            return None
        wanted = max(self._asked + 1, self._at(self._player.position_after(self.cost_s)))
        if not self._player.looping and wanted >= self._player.frame_count:
            return None
        self._asked = wanted
        return wanted, wanted % max(1, self._player.frame_count)

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
        self._last = self._player.frame_of(here)
        return self._at(self._player.position_after(early_s) if early_s else here)

    def _at(self, time_s: float) -> int:
        """Counted frame of a position now or soon."""
        return (self._round + self._wrapped(time_s)) * self._player.frame_count + self._player.frame_of(time_s)

    def _wrapped(self, time_s: float) -> bool:
        """True if a time belongs to the round after the last position seen. A little back is the device's clock put right."""
        return self._player.looping and self._last - self._player.frame_of(time_s) > self._player.frame_count / 2
