"""What a playback was like: frames shown and dropped, and how far the picture was from the sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_KEPT = 20_000  # offsets, eleven minutes at 30 frames a second


@dataclass(frozen=True)
class PlaybackStatistics:
    """One playback in numbers.

    Args:
        shown: frames that were on screen.
        dropped: frames that were due and never shown.
        played_s: seconds of the line that were heard.
        offset_ms: median of how long after it was due, by the sound, a frame came on screen; positive is a late picture.
        offset_p95_ms: 95th percentile of its size.
        offset_worst_ms: its largest size.
        silent_samples: samples of sound that were not there in time.
        clock: what kept the time, in words.
    """

    shown: int
    dropped: int
    played_s: float
    offset_ms: float
    offset_p95_ms: float
    offset_worst_ms: float
    silent_samples: int
    clock: str


class FrameLog:
    """Counts the frames of one playback as they come on screen."""

    def __init__(self) -> None:
        self.shown = 0
        self.dropped = 0
        self._way, self._stride = 1, 1
        self._expected = 0  # the next frame along the way if none is dropped
        self._offsets_s: list[float] = []

    def begin(self, frame: int, way: int = 1, stride: int = 1) -> None:
        """A playback begins at a frame, which is on screen already.

        Args:
            frame: which.
            way: 1 forwards, -1 backwards.
            stride: of so many frames one is to be shown; those between are not dropped.
        """
        self.shown, self.dropped = 1, 0
        self._offsets_s.clear()
        self.turn(frame, way, stride)

    def turn(self, frame: int, way: int, stride: int) -> None:
        """It goes on from a frame another way or at another speed."""
        self._way, self._stride = way, stride
        self._expected = way * frame + 1

    def note_shown(self, frame: int, offset_s: float, first: int, last: int) -> None:
        """A frame came on screen.

        Args:
            frame: which.
            offset_s: how long after it was due.
            first: first frame of the range that plays.
            last: its last frame.
        """
        low, high = (first, last) if self._way > 0 else (-last, -first)
        missed = self._way * frame - self._expected
        if missed < -(high - low) / 2:  # it began again; a little back is a frame shown twice
            missed = max(0, high + 1 - self._expected) + max(0, self._way * frame - low)
        if missed >= 0:
            self.dropped += missed // self._stride
            self.shown += 1
            self._expected = self._way * frame + 1
        if len(self._offsets_s) < _KEPT:
            self._offsets_s.append(offset_s)

    def note_end(self, frame: int) -> None:
        """The playback ends while `frame` is due: those before it that were not shown are lost."""
        self.dropped += max(0, self._way * frame - self._expected) // self._stride
        self._expected = max(self._expected, self._way * frame)

    def summary(self, played_s: float, silent_samples: int, clock: str) -> PlaybackStatistics:
        """The numbers so far."""
        offsets = np.array(self._offsets_s or [0.0]) * 1000.0
        size = np.abs(offsets)
        return PlaybackStatistics(
            self.shown, self.dropped, played_s, float(np.median(offsets)), float(np.percentile(size, 95)), float(size.max()), silent_samples, clock
        )  # fmt: skip
