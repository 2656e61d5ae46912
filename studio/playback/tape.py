"""Sound at another speed or backwards, made ahead of the device on a thread: pieces that know where in the line they lie."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.playback.feed import Feed
from studio.playback.stretch import Stretch

_PIECES = 60  # made before they are wanted, each at least 3.75 ms: more than the device's buffer and a look
_LOOK_S = 0.02
_FIRST_S = 0.15  # made before the device is started
_SEAM_S = 0.004  # faded at the end of a loop's round and at its beginning


@dataclass(frozen=True, eq=False)
class Piece:
    """Some samples to be heard.

    Args:
        samples: float32 [n, channels].
        frame: sample of the line that is heard with the first of them.
    """

    samples: NDArray[np.float32]
    frame: float


class Tape:
    """Plays a feed from one place at one speed, for ever or round and round.

    Args:
        feed: the line's samples.
        frame: of the line, where it begins.
        speed: seconds of the line per second heard; negative is backwards, and is heard backwards. Not 0.
        loop: first sample and end of a range that repeats, or None.
    """

    def __init__(self, feed: Feed, frame: int, speed: float, loop: tuple[int, int] | None) -> None:
        self.speed = speed
        self._feed, self._loop = feed, loop
        self._start = frame
        self.frame = float(frame)  # sample of the line that comes next
        self._way = 1 if speed > 0 else -1
        self._made: deque[Piece] = deque()
        self._room = threading.Condition()
        self._ended = False
        self._rest: Piece | None = None  # what the last `take` left of a piece; the device's thread alone uses it
        self._thread = threading.Thread(target=self._run, name="sound stretcher", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        with self._room:
            self._ended = True
            self._room.notify_all()
        self._thread.join()

    def prepare(self, timeout_s: float = 1.0) -> bool:
        """Wait until there is enough to fill a device's buffer; False where that took too long."""
        enough = _FIRST_S * self._feed.rate
        with self._room:
            return self._room.wait_for(lambda: len(self._made) >= _PIECES or sum(len(p.samples) for p in self._made) >= enough, timeout_s)

    def take(self, out: NDArray[np.float32]) -> tuple[list[tuple[int, float]], int]:
        """Write what comes next into `out` [n, channels]; never waits.

        Returns:
            Where in `out` which sample of the line is heard, for each piece in it, and how many samples were not there in time.
        """
        places: list[tuple[int, float]] = []
        done = 0
        while done < len(out):
            piece = self._rest or self._next()
            if piece is None:
                out[done:] = 0.0
                return places, len(out) - done
            n = min(len(out) - done, len(piece.samples))
            out[done : done + n] = piece.samples[:n]
            places.append((done, piece.frame))
            self.frame = piece.frame + n * self.speed
            self._rest = Piece(piece.samples[n:], self.frame) if n < len(piece.samples) else None
            done += n
        return places, 0

    def _next(self) -> Piece | None:
        if not self._made:
            return None
        return self._made.popleft()

    # On its own thread.

    def _run(self) -> None:
        start = self._start
        while not self._ended:
            self._play(start, self._round_from(start))
            if self._loop is None:
                return
            start = self._loop[0] if self._way > 0 else self._loop[1]

    def _round_from(self, start: int) -> int | None:
        """Samples of the line until the loop's end; None without one."""
        if self._loop is None:
            return None
        return max(1, self._loop[1] - start if self._way > 0 else start - self._loop[0])

    def _play(self, start: int, length: int | None) -> None:
        """One way through; without an end it goes on past the line's, into silence."""
        speed = abs(self.speed)
        stretch = Stretch(lambda first, count: self._read(start, first, count), speed, self._feed.rate) if speed != 1.0 else None
        size = stretch.hop if stretch is not None else round(0.03 * self._feed.rate)
        left = None if length is None else max(1, round(length / speed))
        at = 0
        fade = round(_SEAM_S * self._feed.rate)
        while not self._ended and (left is None or left > 0):
            samples = stretch.next() if stretch is not None else self._read(start, at, size)
            samples = samples if left is None else samples[:left]
            if left is not None:
                if at == 0:
                    samples = _faded(samples, fade, rising=True)
                left -= len(samples)
                if left == 0:
                    samples = _faded(samples, fade, rising=False)
            self._put(Piece(samples, start + self._way * at * speed))
            at += len(samples)

    def _put(self, piece: Piece) -> None:
        with self._room:
            while not self._ended and len(self._made) >= _PIECES:
                self._room.wait(_LOOK_S)  # looked at, not told: the device's thread takes no locks
            self._made.append(piece)
            self._room.notify_all()

    def _read(self, start: int, first: int, count: int) -> NDArray[np.float32]:
        """Samples along the way that is played, `first` counted from `start`."""
        low = start + first if self._way > 0 else start - first - count
        out = np.zeros((count, self._feed.channels), np.float32)
        skip = max(0, -low)
        if skip < count:
            for frame in (low + skip, low + count - 1):
                self._feed.prepare(frame)
            self._feed.take(low + skip, out[skip:])
        if self._way > 0:
            self._feed.aim(max(0, low), self._loop[0] if self._loop else None)
            return out
        self._feed.aim(max(0, low), self._loop[1] - 1 if self._loop else None, back=True)
        return out[::-1]


def _faded(samples: NDArray[np.float32], count: int, rising: bool) -> NDArray[np.float32]:
    """The beginning or the end faded over `count` samples."""
    n = min(count, len(samples))
    ramp = np.linspace(0.0, 1.0, n, dtype=np.float32)[:, None]
    out = samples.copy()
    if rising:
        out[:n] *= ramp
    else:
        out[len(out) - n :] *= ramp[::-1]
    return out
