"""Slower and faster sound at its own pitch: waveform-similarity overlap-add, with every piece in its place in time.

The output is laid together from overlapping pieces of the input. Each piece is taken near where the speed wants it, shifted by up to
a few milliseconds to where it continues the one before best. The shift is small and never adds up, so that sound and picture stay
in step: ffmpeg's `atempo`, which looks further, puts a click up to 64 ms from where it belongs at quarter speed and loses clicks
at double speed.

Source: Verhelst and Roelands, "An overlap-add technique based on waveform similarity (WSOLA)", ICASSP 1993.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SLOWEST, FASTEST = 0.1, 8.0
_PIECE_S = 0.030
_SEARCH_S = 0.006  # to either side: a whole period of a voice down to 83 Hz
_COARSE = 4  # samples taken together in the first, rough search

Source = Callable[[int, int], NDArray[np.float32]]


class Stretch:
    """Sound at another speed, one hop after another.

    Args:
        source: gives `count` samples [count, channels] from sample `first` on, along the way that is played; both may lie outside.
        speed: seconds of the source per second heard, 0.1 to 8.
        rate: samples per second.
    """

    def __init__(self, source: Source, speed: float, rate: int) -> None:
        self._source, self._speed = source, min(max(speed, SLOWEST), FASTEST)
        overlap = 2 if self._speed <= 1.0 else 4 if self._speed <= 3.0 else 8  # so that no sample of the source is skipped
        self.hop = round(_PIECE_S * rate / overlap)
        self._size = self.hop * overlap
        self._search = round(_SEARCH_S * rate)
        # Slowly, a piece goes on where the one before ended, which is ahead of its place: speech came 10 ms early at quarter speed.
        self._early = round(0.2 * self._search) if self._speed < 1.0 else 0
        window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(self._size) / self._size)
        self._window = (window * 2.0 / overlap).astype(np.float32)[:, None]
        self._half = overlap // 2  # hops from a piece's start to its middle, which lies where the speed wants it
        self._number = 1 - self._half  # of the next piece: the first that reaches the first sample heard
        self._follows: int | None = None  # where in the source the piece before would go on
        self._sum: NDArray[np.float32] | None = None  # what is laid together so far, from the next piece's start on

    def next(self) -> NDArray[np.float32]:
        """The next `hop` samples [hop, channels]; the first of all is the source's sample 0."""
        out = self._lay()
        while self._number <= self._half:
            out = self._lay()
        return out

    def _lay(self) -> NDArray[np.float32]:
        """Add one piece; the hop that no later piece reaches."""
        wanted = round(self._number * self.hop * self._speed) - self._half * self.hop - self._early
        first = wanted if self._follows is None else self._best(wanted, self._follows)
        piece = self._source(first, self._size) * self._window
        total = piece if self._sum is None else self._sum + piece
        self._sum = np.concatenate([total[self.hop :], np.zeros_like(total[: self.hop])])
        self._follows = first + self.hop
        self._number += 1
        return total[: self.hop]

    def _best(self, wanted: int, follows: int) -> int:
        """Where near `wanted` the source is most like it is at `follows`."""
        if abs(wanted - follows) <= 1:
            return follows
        search = self._search
        target = self._source(follows, self._size).sum(1)
        around = self._source(wanted - search, self._size + 2 * search).sum(1)
        coarse = _COARSE
        small, large = (a[: len(a) // coarse * coarse].reshape(-1, coarse).mean(1) for a in (target, around))
        rough = int(np.argmax(_likeness(small, large))) * coarse
        low = max(0, rough - coarse)
        high = min(2 * search, rough + coarse)
        fine = int(np.argmax(_likeness(target, around[low : high + self._size])))
        return wanted - search + low + fine


def _likeness(target: NDArray[np.float32], around: NDArray[np.float32]) -> NDArray[np.float64]:
    """Normalised correlation of `target` [n] with each stretch of `around` [m] that long, [m - n + 1]; a little for the middle one."""
    n = len(target)
    product = np.correlate(around, target, "valid").astype(np.float64)
    energy = np.concatenate([[0.0], np.cumsum(around.astype(np.float64) ** 2)])
    size = np.sqrt(np.maximum(energy[n:] - energy[:-n], 0.0)) + 1e-6
    middle = np.abs(np.linspace(-1.0, 1.0, len(product)))
    return product / size / (float(np.linalg.norm(target)) + 1e-6) - 0.02 * middle
