"""Where the passes of one picture are taken: fixed sequences that fill pixel, lens and lamp evenly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Jitter:
    """One pass.

    Args:
        pixel: shift of the picture right and up, pixels.
        lens: place on the lens, a disc of radius 1.
        lamp: place on the key lamp, a disc of radius 1.
        turn: of patterns that hide steps, 0 to 1, so that the passes do not repeat one another's.
    """

    pixel: tuple[float, float] = (0.0, 0.0)
    lens: tuple[float, float] = (0.0, 0.0)
    lamp: tuple[float, float] = (0.0, 0.0)
    turn: float = 0.0


CENTRE = Jitter()
_FILTER = 0.62  # pixels; a little wider than one, which is softer on hairs


def halton(index: int, base: int) -> float:
    """Number `index` of the sequence in this base, 0 to 1."""
    share, out = 1.0, 0.0
    while index:
        share /= base
        index, digit = divmod(index, base)
        out += digit * share
    return out


def on_disc(a: float, b: float) -> tuple[float, float]:
    """Two numbers of 0 to 1 as a place on the disc of radius 1, areas kept."""
    r, angle = math.sqrt(a), 2 * math.pi * b
    return r * math.cos(angle), r * math.sin(angle)


@lru_cache(maxsize=8)
def passes(count: int) -> tuple[Jitter, ...]:
    """The passes of a picture; their pixel shifts sum to about 0."""
    if count <= 1:
        return (CENTRE,)
    points: NDArray[np.float64] = np.array([[halton(k + 1, base) for base in (2, 3, 5, 7, 11)] for k in range(count)])
    pixel = (points[:, :2] - points[:, :2].mean(0)) * 2 * _FILTER
    golden = (math.sqrt(5) - 1) / 2
    out = []
    for k in range(count):
        # Even rings from the middle outwards, in an order that the lamp does not share.
        lens = on_disc((k + 0.5) / count, (k * golden) % 1.0)
        lamp = on_disc((((k * 7) % count) + 0.5) / count, points[k, 2])
        out.append(Jitter((float(pixel[k, 0]), float(pixel[k, 1])), lens, lamp, (k + 0.5) / count))
    return tuple(out)
