"""Paints the small textures: the eye's front and the hair's strands."""

from __future__ import annotations

import numpy as np
from ada_parts import smoothstep
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

EYE_SIDE = 512
EYE_RADIUS_MM, IRIS_MM, PUPIL_MM = 15.25, 6.0, 1.9
STRANDS_SIZE = (256, 1024)


def _ring_noise(rng: np.random.Generator, around: int, rings: int, sigma: tuple[float, float]) -> NDArray[np.float64]:
    """Noise over (ring, angle), unit variance, closed in angle."""
    field = gaussian_filter(rng.standard_normal((rings, around)), sigma, mode=("nearest", "wrap"))
    return field / field.std()


def eye_picture() -> NDArray[np.float32]:
    """Linear colour of the eye's front hemisphere, seen along its axis, [EYE_SIDE, EYE_SIDE, 3], first row at the bottom."""
    rng = np.random.default_rng(17)
    axis = (np.arange(EYE_SIDE) + 0.5) / EYE_SIDE * 2 - 1
    x, y = np.meshgrid(axis * EYE_RADIUS_MM, axis * EYE_RADIUS_MM)
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    around, rings = 1024, 128
    column = ((angle / (2 * np.pi)) % 1 * around).astype(int) % around

    def on_iris(field: NDArray[np.float64], wave: float = 0.0) -> NDArray[np.float64]:
        row = np.clip((r / IRIS_MM) * rings, 0, rings - 1).astype(int)
        turned = (column + (wave * np.sin(8 * r)).astype(int)) % around
        return field[row, turned]

    fibres = 0.7 * on_iris(_ring_noise(rng, around, rings, (14, 1.6)), 3) + 0.5 * on_iris(_ring_noise(rng, around, rings, (7, 4)), 5)
    clouds = on_iris(_ring_noise(rng, around, rings, (10, 24)))
    t = r / IRIS_MM
    # Hazel brown: darker and greener outside, amber round the collarette.
    outer, inner, amber = np.array([0.052, 0.028, 0.014]), np.array([0.105, 0.050, 0.020]), np.array([0.185, 0.086, 0.030])
    share = smoothstep(t, 0.42, 0.85)[..., None]
    iris = inner * (1 - share) + outer * share
    collar = np.exp(-0.5 * ((t - 0.50 - 0.02 * clouds) / 0.09) ** 2)[..., None]
    iris = iris + (amber - iris) * 0.55 * collar
    iris = iris * np.exp(0.42 * fibres + 0.18 * clouds)[..., None]
    iris *= (1 - 0.82 * smoothstep(t, 0.84, 1.0))[..., None]  # limbal ring
    pupil = smoothstep(r, PUPIL_MM - 0.18 + 0.04 * clouds, PUPIL_MM + 0.14)
    iris = iris * pupil[..., None] + 0.0025 * (1 - pupil[..., None])
    white = np.array([0.60, 0.545, 0.50]) * np.exp(-0.03 * gaussian_filter(rng.standard_normal(r.shape), 9) * 30)[..., None]
    white = white * (1 - 0.30 * smoothstep(r, 9.5, 15))[..., None] * np.array([1, 1, 1])
    redden = 0.55 * smoothstep(np.abs(x) + 0.25 * np.abs(y), 8.0, 13.0) + 0.30 * smoothstep(r, 7, 12)
    veins = _veins(rng) * smoothstep(r, 7.0, 10.5)
    white = white * np.exp(-redden[..., None] * [0.04, 0.20, 0.20] - 0.55 * veins[..., None] * [0.10, 0.60, 0.55])
    edge = smoothstep(r, IRIS_MM - 0.42, IRIS_MM + 0.40)[..., None]
    return np.float32(iris * (1 - edge) + white * edge)


def _veins(rng: np.random.Generator) -> NDArray[np.float64]:
    """Thin wandering vessels that run in towards the iris, 0 to 1."""
    out = np.zeros((EYE_SIDE, EYE_SIDE))
    scale = EYE_SIDE / 2 / EYE_RADIUS_MM
    for _ in range(46):
        angle = rng.choice([0.0, np.pi]) + rng.normal(0, 0.55)
        r, heading, strength = 14.6, angle + np.pi + rng.normal(0, 0.3), rng.uniform(0.25, 1.0)
        x, y = r * np.cos(angle), r * np.sin(angle)
        for k in range(int(rng.uniform(40, 150))):
            heading += rng.normal(0, 0.22)
            x, y = x + 0.055 * np.cos(heading), y + 0.055 * np.sin(heading)
            c, row = round((x * scale) + EYE_SIDE / 2), round((y * scale) + EYE_SIDE / 2)
            if not (0 <= c < EYE_SIDE and 0 <= row < EYE_SIDE):
                break
            out[row, c] = max(out[row, c], strength * (1 - k / 150))
    return np.clip(gaussian_filter(out, 0.7) * 2.2, 0, 1)


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
