"""Where the skin texture lies on the head: a cylinder about the vertical axis, and drawing tools on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ada_parts import Array
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator
from scipy.ndimage import gaussian_filter, zoom

AXIS_Z_M = -0.07
MOST_AZIMUTH = np.radians(125.0)
BOTTOM_M, TOP_M = -0.20, 0.11
SIDE = 2048


def texture_uv(points: Array, azimuth: Array | None = None) -> Array:
    """Texture coordinates of points on the skin, [N, 2], clamped at the sides."""
    if azimuth is None:
        azimuth = np.arctan2(points[:, 0], points[:, 2] - AXIS_Z_M)
    u = np.clip(0.5 + 0.5 * azimuth / MOST_AZIMUTH, 0, 1)
    return np.stack([u, np.clip((points[:, 1] - BOTTOM_M) / (TOP_M - BOTTOM_M), 0, 1)], -1)


def noise(sigma_mm: tuple[float, float], seed: int) -> NDArray[np.float32]:
    """Smooth noise over the texture, unit variance; sigma across and up, millimetres on the face."""
    per_mm = pixels_per_mm()
    field = np.random.default_rng(seed).standard_normal((SIDE, SIDE)).astype(np.float32)
    field = gaussian_filter(field, (sigma_mm[1] * per_mm[1], sigma_mm[0] * per_mm[0]), mode="wrap")
    return field / field.std()


def pixels_per_mm() -> tuple[float, float]:
    """Across and up, at the face's distance from the axis."""
    return SIDE / (2 * MOST_AZIMUTH * 95.0), SIDE / (1000 * (TOP_M - BOTTOM_M))


@dataclass
class Face:
    """The face's front surface, smoothed, over the texture, first row at the bottom.

    Args:
        x: float32 [SIDE, SIDE] millimetres to the character's left.
        y: float32 [SIDE, SIDE] millimetres above the eyes.
        z: float32 [SIDE, SIDE] millimetres towards the viewer.
    """

    x: NDArray[np.float32]
    y: NDArray[np.float32]
    z: NDArray[np.float32]

    @classmethod
    def of(cls, skin: Array, outside: NDArray[np.bool_]) -> Face:
        """From the skin's vertices, metres [V, 3], and which of them lie outside (not in mouth, nostrils, sockets)."""
        p = skin[outside]
        azimuth = np.arctan2(p[:, 0], p[:, 2] - AXIS_Z_M)
        radius = np.hypot(p[:, 0], p[:, 2] - AXIS_Z_M)
        coarse = 512
        a = (np.arange(coarse) + 0.5) / coarse * 2 * MOST_AZIMUTH - MOST_AZIMUTH
        h = (np.arange(coarse) + 0.5) / coarse * (TOP_M - BOTTOM_M) + BOTTOM_M
        grid = np.stack(np.meshgrid(a, h), -1)
        found = LinearNDInterpolator(np.stack([azimuth, p[:, 1]], -1), radius, fill_value=0.08)(grid)
        # Smooth on purpose: what is painted in x and y must not follow every fold of the mesh.
        big = zoom(gaussian_filter(found, 7.0), SIDE // coarse, order=1, grid_mode=True, mode="nearest")
        a = (np.arange(SIDE) + 0.5) / SIDE * 2 * MOST_AZIMUTH - MOST_AZIMUTH
        h = (np.arange(SIDE) + 0.5) / SIDE * (TOP_M - BOTTOM_M) + BOTTOM_M
        x, z = big * np.sin(a), big * np.cos(a) + AXIS_Z_M
        y = np.repeat(h[:, None], SIDE, 1)
        return cls(*(np.float32(1000 * field) for field in (x, y, z)))

    def spot(self, centre: tuple[float, float], sigma: tuple[float, float], mirrored: bool = True) -> NDArray[np.float32]:
        """A soft spot about (x, y), millimetres, on both sides of the face."""
        x = np.abs(self.x) if mirrored else self.x
        return np.exp(-0.5 * (((x - centre[0]) / sigma[0]) ** 2 + ((self.y - centre[1]) / sigma[1]) ** 2)) * np.clip((self.z + 60) / 40, 0, 1)

    def flat(self, points: Array) -> Array:
        """Where points of the skin [N, 3], millimetres, lie in this map's x and y, [N, 2]."""
        uv = texture_uv(points / 1000)
        column, row = np.clip((uv * SIDE).astype(int), 0, SIDE - 1).T
        return np.stack([self.x[row, column], points[:, 1]], -1).astype(np.float64)

    def pixel(self, points: Array) -> Array:
        """Texture pixels (column, row) of points (x, y) on the front, millimetres [N, 2]."""
        row = (points[:, 1] / 1000 - BOTTOM_M) / (TOP_M - BOTTOM_M) * SIDE - 0.5
        r = np.clip(row.round().astype(int), 0, SIDE - 1)
        order = self.x[r]
        column = np.array([np.interp(x, line, np.arange(SIDE)) for x, line in zip(points[:, 0], np.maximum.accumulate(order, 1), strict=True)])
        return np.stack([column, row], -1)


def stroke(canvas: NDArray[np.float32], path: Array, width: Array, strength: float) -> None:
    """Draw one tapering hair into a coverage map, in place.

    Args:
        canvas: [H, W]; keeps the larger of what is there and what is drawn.
        path: [P, 2] pixels (column, row).
        width: [P] full width in pixels.
        strength: coverage at the core.
    """
    low = np.maximum(np.floor(path.min(0) - 3).astype(int), 0)
    high = np.minimum(np.ceil(path.max(0) + 4).astype(int), canvas.shape[::-1])
    if (high <= low).any():
        return
    column, row = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    best = np.zeros(column.shape, np.float32)
    for k in range(len(path) - 1):
        a, b = path[k], path[k + 1]
        d = b - a
        t = np.clip(((column - a[0]) * d[0] + (row - a[1]) * d[1]) / max(d @ d, 1e-9), 0, 1)
        distance = np.hypot(column - a[0] - t * d[0], row - a[1] - t * d[1])
        w = width[k] + t * (width[k + 1] - width[k])
        best = np.maximum(best, np.clip(0.5 * w + 0.5 - distance, 0, 1) * np.minimum(w, 1.0))
    part = canvas[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, best * strength, out=part)
