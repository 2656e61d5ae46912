"""Paints the strand picture: eight locks side by side, from full to a few hairs, roots at the bottom."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, smoothstep
from scipy.ndimage import gaussian_filter1d

SIDE, COLUMNS = 1024, 8
# Of each column: hairs, width of one in texels, how far they spread at the tip, where the first end, where the last begin, how they gather.
_LOCKS = ((60, 3.4, 1.0, 0.86, 0.06, 0.45), (56, 3.4, 0.9, 0.78, 0.06, 0.55), (46, 3.2, 1.0, 0.30, 0.14, 0.12), (36, 3.1, 1.0, 0.22, 0.18, 0.22),
          (30, 3.2, 0.9, 0.60, 0.08, 0.50), (14, 2.8, 1.0, 0.45, 0.10, 0.45), (10, 2.6, 1.0, 0.35, 0.12, 0.40), (5, 2.6, 1.0, 0.35, 0.12, 0.30))  # fmt: skip


def _paths(rng: np.random.Generator, hairs: int, spread: float, gather: float, wide: int) -> Array:
    """Columns of hairs by row, texels [hairs, SIDE]."""
    t = np.linspace(0, 1, SIDE)
    start = (np.arange(hairs) + rng.uniform(0.2, 0.8, hairs)) / hairs
    tufts = rng.uniform(0.15, 0.85, max(2, hairs // 9))
    tuft = tufts[np.argmin(np.abs(start[:, None] - tufts), 1)]
    drift = gaussian_filter1d(rng.standard_normal((hairs, SIDE)), 150, axis=1) * 150**0.5 * 0.055
    x = start[:, None] + (tuft - start)[:, None] * gather * t**1.6 + drift * t**0.7
    x = 0.5 + (x - 0.5) * (1 - (1 - spread) * t)
    return (0.06 + 0.88 * np.clip(x, 0, 1)) * wide


def strand_picture() -> Array:
    """Tone, coverage and identity of the hairs, float [SIDE, SIDE, 3], first row at the bottom."""
    rng = np.random.default_rng(41)
    wide = SIDE // COLUMNS
    picture = np.zeros((SIDE, SIDE, 3))
    picture[..., 0] = picture[..., 2] = 0.5
    rows = np.arange(SIDE)
    t = rows / (SIDE - 1)
    for c, (hairs, width, spread, first_end, last_begin, gather) in enumerate(_LOCKS):
        part = picture[:, c * wide : (c + 1) * wide]
        path = _paths(rng, hairs, spread, gather, wide)
        for i in rng.permutation(hairs):
            deep = rng.random()
            tone, name = 0.30 + 0.5 * deep + 0.12 * rng.standard_normal(), rng.random()
            end, begin = rng.uniform(first_end, 1.0), rng.uniform(0.0, last_begin)
            thick = width * rng.uniform(0.8, 1.25) * (1 - 0.75 * smoothstep(t, end - 0.22, end)) * (0.6 + 0.4 * smoothstep(t, begin, begin + 0.1))
            there = smoothstep(t, begin, begin + 0.03) * (1 - smoothstep(t, end - 0.03, end))
            middle = np.floor(path[i]).astype(int)
            for dx in range(-3, 4):
                column = middle + dx
                inside = (column >= 0) & (column < wide)
                r, col = rows[inside], column[inside]
                distance = (col + 0.5 - path[i][inside]) / (0.5 * thick[inside] + 0.35)
                cover = np.clip(1.35 - 1.1 * distance**2, 0, 1) * there[inside]
                shade = tone * (1 - 0.35 * np.clip(np.abs(distance), 0, 1) ** 2) + 0.10 * distance
                old = part[r, col]
                part[r, col, 0] = old[:, 0] * (1 - cover) + shade * cover
                part[r, col, 1] = np.maximum(old[:, 1], cover)
                part[r, col, 2] = old[:, 2] * (1 - cover) + name * cover
        _bleed(part)
    return np.clip(picture, 0, 1)


def _bleed(part: Array) -> None:
    """Give gaps the tone of the hairs beside them, so that smaller pictures keep it."""
    cover = part[..., 1] + 1e-3
    for channel in (0, 2):
        near = gaussian_filter1d(part[..., channel] * cover, 6, axis=1) / gaussian_filter1d(cover, 6, axis=1)
        part[..., channel] = part[..., channel] * part[..., 1] + near * (1 - part[..., 1])
