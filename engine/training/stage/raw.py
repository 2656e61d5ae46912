"""What a synthesiser gives before it becomes a `Spoken`."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np

Row = tuple[str, float, float]


@dataclass(frozen=True)
class RawSpeech:
    """Sound and times as an engine made them.

    Args:
        samples: float32 [S], full scale 1.
        rate: samples per second.
        phones: (IPA label, start_s, end_s) in order; "" is a pause.
        words: (word, start_s, end_s) in order.
    """

    samples: np.ndarray
    rate: int
    phones: tuple[Row, ...]
    words: tuple[Row, ...]


def seed_c_random(seed: int = 1) -> None:
    """Seed the C library's `rand`, from which flite draws its excitation, so that speech comes out the same."""
    ctypes.CDLL(None).srand(ctypes.c_uint(seed))
