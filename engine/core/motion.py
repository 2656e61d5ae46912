"""MotionClip: channel values over time at a rational frame rate; the one currency between systems."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput

_PACKED = b"VVM1"
_MAX_PACKED_FRAMES = 24 * 3600 * 240  # a day at the highest rate


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


def pack_motion(clip: MotionClip) -> bytes:
    """A clip as compressed bytes, for the project's blobs; the same clip gives the same bytes."""
    header = json.dumps({"rate": [clip.rate.numerator, clip.rate.denominator], "names": clip.names, "frames": len(clip)}).encode()
    # Channel by channel, each value less the one before in bits: what hardly moves packs to nearly nothing.
    bits = np.ascontiguousarray(clip.values.T).view(np.uint32)
    bits = np.concatenate([bits[:, :1], np.diff(bits, axis=1)], 1)
    planes = np.ascontiguousarray(bits.view(np.uint8).reshape(-1, 4).T)
    return _PACKED + len(header).to_bytes(4, "little") + header + zlib.compress(planes.tobytes(), 6)


def unpack_motion(data: bytes) -> MotionClip:
    """The inverse of `pack_motion`.

    Raises:
        InvalidInput: the bytes hold no motion, or not as much as they say.
    """
    damaged = InvalidInput("the stored motion cannot be read", "it is damaged, or was made by another version of Viva Voce: make the take again")
    try:
        if data[:4] != _PACKED:
            raise damaged
        start = 8 + int.from_bytes(data[4:8], "little")
        header = json.loads(data[8:start])
        rate, names, frames = Fraction(*header["rate"]), tuple(map(str, header["names"])), int(header["frames"])
        size = frames * len(names) * 4
        if not (0 < frames <= _MAX_PACKED_FRAMES and 0 < len(names) <= 1024):
            raise damaged
        inflate = zlib.decompressobj()
        raw = inflate.decompress(data[start:], size)
        if len(raw) != size or inflate.decompress(inflate.unconsumed_tail, 1) or not inflate.eof:
            raise damaged
    except (ValueError, KeyError, TypeError, ZeroDivisionError, zlib.error) as error:
        raise damaged from error
    bits = np.ascontiguousarray(np.frombuffer(raw, np.uint8).reshape(4, -1).T).view(np.uint32).reshape(len(names), frames)
    values = np.cumsum(bits, axis=1, dtype=np.uint32).view(np.float32).T
    if not np.isfinite(values).all():
        raise damaged
    return MotionClip(np.ascontiguousarray(values), rate, names)
