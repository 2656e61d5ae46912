"""Paints the small texture of the hair's strands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

STRANDS_SIZE = (256, 1024)


def strand_picture() -> NDArray[np.float32]:
    """Strands, rows along them, tiling in both directions: brightness, thickness towards the hairline, shift of the highlight."""
    rng = np.random.default_rng(23)

    def strands(width: float, length: float) -> NDArray[np.float64]:
        field = gaussian_filter(rng.standard_normal(STRANDS_SIZE), (length, width), mode="wrap")
        return field / field.std()

    bright = 0.55 * strands(0.8, 30) + 0.45 * strands(2.2, 40) + 0.35 * strands(7, 60)
    cover = 0.7 * strands(0.9, 16) + 0.45 * strands(2.6, 24) + 0.3 * strands(9, 30)
    shift = 0.6 * strands(1.2, 24) + 0.5 * strands(5, 40)
    return np.float32(np.clip(np.stack([0.5 + 0.17 * bright, 0.5 + 0.17 * cover, 0.5 + 0.17 * shift], -1), 0, 1))
