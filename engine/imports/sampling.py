"""Keys at any times to frames at a standard rate."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput

STANDARD_RATES: tuple[Fraction, ...] = tuple(
    Fraction(*r) for r in ((24, 1), (24000, 1001), (25, 1), (30, 1), (30000, 1001), (48, 1), (50, 1), (60, 1), (60000, 1001), (100, 1), (120, 1))
)  # fmt: skip
_OFF = 0.03  # of a frame: how far keys may lie from frames of a rate that is theirs
_USUAL = Fraction(60)


def rate_of(times_s: NDArray[np.float64], sample: Callable[[NDArray[np.float64]], NDArray[np.float64]], most: int) -> tuple[NDArray[np.float64], Fraction]:
    """Motion with keys at `times_s` as frames from time 0 to the last key.

    Args:
        times_s: rising times of all keys.
        sample: gives values [N, K] at times [N].
        most: frames.

    Returns:
        Values [T, K] and their rate: the lowest standard one on whose frames all keys lie, else 60.

    Raises:
        InvalidInput: longer than `most` frames.
    """
    for rate in (*STANDARD_RATES, _USUAL):
        frames = times_s * float(rate)
        if np.abs(frames - frames.round()).max() <= _OFF:
            break
    count = float(times_s[-1]) * float(rate) + 1.5
    if not count <= most:
        raise InvalidInput(f"the animation lasts {times_s[-1]:,.0f} s", f"cut it to at most {most:,} frames")
    times = np.arange(max(1, int(count)), dtype=np.float64) * rate.denominator / rate.numerator
    return sample(times), rate
