"""MotionClip: channel values over time at a rational frame rate; the one currency between systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput


@dataclass(frozen=True, eq=False)
class MotionClip:
    """Channel values per frame.

    Args:
        values: float32 [T, K], finite; T >= 1.
        rate: frames per second.
        names: the K channel names, native order by default.
    """

    values: NDArray[np.float32]
    rate: Fraction
    names: tuple[str, ...] = CHANNELS

    def __post_init__(self) -> None:
        v = self.values
        if v.ndim != 2 or v.shape[1] != len(self.names) or v.shape[0] < 1:
            raise InvalidInput(f"motion must be [T, {len(self.names)}] with T >= 1, got {list(v.shape)}", "give one column per channel name")
        if v.dtype != np.float32:
            raise InvalidInput(f"motion must be float32, got {v.dtype}", "convert it with .astype(np.float32)")
        if self.rate <= 0:
            raise InvalidInput(f"frame rate {self.rate} is not positive", "give frames per second as a Fraction")

    def __len__(self) -> int:
        return int(self.values.shape[0])

    @property
    def duration_s(self) -> float:
        """Length in seconds; the last frame lasts one frame."""
        return float(len(self) / self.rate)

    @property
    def times_s(self) -> NDArray[np.float64]:
        """Time of each frame, float64 [T]."""
        return np.arange(len(self), dtype=np.float64) * self.rate.denominator / self.rate.numerator

    def channel(self, name: str) -> NDArray[np.float32]:
        """Values of one channel, float32 [T] (a view)."""
        return self.values[:, self._index(name)]

    def _index(self, name: str) -> int:
        try:
            return self.names.index(name)
        except ValueError:
            raise InvalidInput(f"channel {name!r} is not in this clip", "its channels are " + ", ".join(self.names)) from None

    def select(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Columns of `names` in that order, float32 [T, len(names)]."""
        return self.values[:, [self._index(n) for n in names]]

    def with_channels(self, names: Sequence[str], values: NDArray[np.float32]) -> MotionClip:
        """The clip with the columns of `names` replaced by `values` [T, len(names)]."""
        out = self.values.copy()
        out[:, [self._index(n) for n in names]] = values
        return replace(self, values=out)

    def slice(self, start: int, stop: int) -> MotionClip:
        """Frames `start` to `stop` (exclusive)."""
        return replace(self, values=self.values[start:stop])

    def sample(self, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
        """Values at any times, linear between frames, held outside: float32 [N, K]."""
        position = np.clip(np.asarray(times_s) * self.rate.numerator / self.rate.denominator, 0, len(self) - 1)
        low = np.floor(position).astype(np.int64)
        high = np.minimum(low + 1, len(self) - 1)
        share = (position - low)[:, None]
        out: NDArray[np.float32] = ((1 - share) * self.values[low] + share * self.values[high]).astype(np.float32)
        return out

    def resampled(self, rate: Fraction) -> MotionClip:
        """The same motion at another rate, linear between frames.

        Motion slower than half the new rate keeps its shape; linear because a keyed closure must stay closed, which a
        ringing low-pass would not keep.
        """
        if rate == self.rate:
            return self
        count = max(1, int(Fraction(len(self)) / self.rate * rate))
        times = np.arange(count, dtype=np.float64) * rate.denominator / rate.numerator
        return MotionClip(self.sample(times), rate, self.names)
