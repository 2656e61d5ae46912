"""What is wet round an eyeball: the tears that stand along the lower lid, and the caruncle in the inner corner."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.head import eyeball
from engine.head.lash import column_weights
from engine.head.lids import rims

Array = NDArray[np.float32]

COLUMNS, ROWS = 33, 4  # of the tears
_HEIGHT_MM = 0.62  # how far up the eyeball they stand
_DOME = (7, 14)  # rings and spokes of the caruncle
_SIZE_MM, _SHIFT_MM = (1.8, 1.0, 1.0), (1.1, -0.1, -1.95)  # of the caruncle: radii; from the lids' corner outwards, up, forwards


def dome() -> Array:
    """Unit directions of the caruncle's points, float32 [N, 3], towards +z."""
    rings, spokes = _DOME
    angle = np.radians(100.0) * np.linspace(0, 1, rings + 1)[1:]
    around = 2 * np.pi * np.arange(spokes) / spokes
    body = np.stack([np.sin(angle)[:, None] * np.cos(around), np.sin(angle)[:, None] * np.sin(around), np.cos(angle)[:, None] + 0 * around], -1)
    return np.concatenate([[[0.0, 0.0, 1.0]], body.reshape(-1, 3)]).astype(np.float32)


def triangles() -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Triangles of one eye's tears and of its caruncle, each numbered from its own first point."""
    a = (np.arange(COLUMNS - 1)[:, None] * ROWS + np.arange(ROWS - 1)).ravel()
    strip = np.stack([a, a + ROWS, a + ROWS + 1, a, a + ROWS + 1, a + 1], -1).reshape(-1, 3)
    rings, spokes = _DOME
    here, after = np.arange(spokes), (np.arange(spokes) + 1) % spokes
    lump = [np.stack([0 * here, 1 + here, 1 + after], -1)]
    for ring in range(rings - 1):
        b, c = 1 + ring * spokes + here, 1 + ring * spokes + after
        lump += [np.stack([b, b + spokes, c + spokes], -1), np.stack([b, c + spokes, c], -1)]
    return strip.astype(np.uint16), np.concatenate(lump).astype(np.uint16)


class TearShape:
    """Tears and caruncle of one eye.

    Args:
        side: of the eye.
    """

    def __init__(self, side: str) -> None:
        rim = rims()[side, "lower"].rows
        self._sign = 1.0 if side == "left" else -1.0
        self.vertices = rim[2:4] if side == "left" else rim[2:4, ::-1]  # [2, K] ridge and inner edge, from the nose outwards
        count = self.vertices.shape[1]
        self._weight = np.stack([column_weights(count, x) for x in np.linspace(0, count - 1, COLUMNS)]).astype(np.float32)
        self._dome = dome()

    def tears(self, ridge: Array, edge: Array, gaze: Array, scale: float) -> tuple[Array, Array]:
        """Points and normals [COLUMNS, ROWS, 3].

        Args:
            ridge: float32 [K, 3] millimetres from the eye's centre in the head's own frame.
            edge: as `ridge`, the rim's inner edge.
            gaze: float32 [3] unit direction.
            scale: the eyeball's size, as a share of the model's.
        """
        ridge, edge = self._weight @ ridge, self._weight @ edge
        off = edge / np.linalg.norm(edge, axis=1, keepdims=True)
        up = np.array([0.0, 1.0, 0.0], np.float32) - off[:, 1:2] * off
        up /= np.linalg.norm(up, axis=1, keepdims=True)
        foot = 0.5 * ridge + 0.5 * edge + 0.06 * up
        high = edge + _HEIGHT_MM * up
        high /= np.linalg.norm(high, axis=1, keepdims=True)
        high = high * (scale * (eyeball.height(high @ gaze) + 0.03).astype(np.float32))[:, None]
        deep = 0.5 * (edge + high) + 0.10 * off
        t = np.linspace(0, 1, ROWS, dtype=np.float32)[None, :, None]
        points = (1 - t) ** 2 * foot[:, None] + 2 * t * (1 - t) * deep[:, None] + t**2 * high[:, None]
        normals = (1 - t) * (up + 0.25 * off)[:, None] + t * off[:, None]
        return points.astype(np.float32), (normals / np.linalg.norm(normals, axis=-1, keepdims=True)).astype(np.float32)

    def caruncle(self, corner: Array, scale: float) -> tuple[Array, Array]:
        """Points and normals [N, 3] for the lids' inner corner, float32 [3], millimetres from the eye's centre."""
        outward = np.array([self._sign, 1.0, 1.0], np.float32)
        size = np.array(_SIZE_MM, np.float32) * scale
        middle = corner + outward * np.array(_SHIFT_MM, np.float32) * scale
        normals = self._dome / np.array(_SIZE_MM, np.float32)
        return middle + self._dome * size, normals / np.linalg.norm(normals, axis=1, keepdims=True)
