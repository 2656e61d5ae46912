"""A curve with its keys as an image, worked out in numpy: a thousand keys cost less than a millisecond."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

KEY_PX = 4.5  # from the middle of a key to its corner
Pixels = NDArray[np.uint32]


def curve_pixels(rows: NDArray[np.float64], base: float, height: int, colour: QColor) -> Pixels:
    """A line with what lies between it and a base tinted.

    Args:
        rows: where the curve runs at the edges of each column, pixels from the top: float64 [W + 1].
        base: row of the value that the tint reaches to.
        height: of the image.
        colour: of the line.

    Returns:
        Premultiplied ARGB, uint32 [height, W].
    """
    y = rows.astype(np.float32)
    grid = np.arange(height, dtype=np.float32)[:, None]

    def cover(top: NDArray[np.float32], bottom: NDArray[np.float32]) -> NDArray[np.float32]:
        out: NDArray[np.float32] = np.clip(np.minimum(grid + 1, bottom) - np.maximum(grid, top), 0.0, 1.0)
        return out

    low, high, middle = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:]), (y[:-1] + y[1:]) / 2
    half = np.float32(0.8)
    line = cover(low - half, high + half)
    tint = cover(np.minimum(middle, base), np.maximum(middle, base)) * np.float32(0.2)
    alpha = (np.maximum(line, tint) * 255).astype(np.uint8)
    return _shades(colour.rgb())[alpha]


@lru_cache(maxsize=64)
def _shades(rgb: int) -> Pixels:
    """A colour premultiplied by every alpha: uint32 [256]."""
    alpha = np.arange(256, dtype=np.uint32)
    out: Pixels = alpha << np.uint32(24)
    for shift in (16, 8, 0):
        out |= ((((rgb >> shift) & 255) * alpha + 127) // 255).astype(np.uint32) << np.uint32(shift)
    return out


@lru_cache(maxsize=128)
def key_sprite(colour: str, rim: str, ratio: float, size: float = KEY_PX) -> Pixels:
    """A diamond with a rim, uint32 [n, n] premultiplied, n odd."""
    radius = math.ceil((size + 1) * ratio)
    n = 2 * radius + 1
    image = QImage(n, n, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    middle = n / 2
    for reach, shade in ((size + 1.0, rim), (size - 0.4, colour)):
        r = reach * ratio
        painter.setBrush(QColor(shade))
        painter.drawPolygon(QPolygonF([QPointF(middle, middle - r), QPointF(middle + r, middle), QPointF(middle, middle + r), QPointF(middle - r, middle)]))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint32).reshape(n, n).copy()


def stamp_keys(pixels: Pixels, x: NDArray[np.float64], y: NDArray[np.float64], sprite: Pixels) -> None:
    """Put a sprite with its middle at each place.

    Args:
        pixels: to draw into, uint32 [H, W].
        x: columns, may lie outside.
        y: rows.
        sprite: uint32 [n, n].
    """
    height, width = pixels.shape
    n = len(sprite)
    if not len(x) or not width:
        return
    left, top = np.floor(x).astype(np.int64) - n // 2, np.floor(y).astype(np.int64) - n // 2
    if len(x) > 2 * width:  # more keys than columns: one for each column and row is enough
        keep = np.unique(left * 65536 + top, return_index=True)[1]
        left, top = left[keep], top[keep]
    margin = n
    padded = np.zeros((height + 2 * margin, width + 2 * margin), np.uint32)
    padded[margin:-margin, margin:-margin] = pixels
    inside = (left > -n) & (left < width) & (top > -n) & (top < height)
    flat, stride = padded.reshape(-1), padded.shape[1]
    start = (top[inside] + margin) * stride + left[inside] + margin
    for row, column in np.argwhere(sprite >> 24 > 90):
        flat[start + row * stride + column] = sprite[row, column]
    pixels[:] = padded[margin:-margin, margin:-margin]


def draw_pixels(painter: QPainter, pixels: Pixels, left: float, top: float, ratio: float) -> None:
    """Draw premultiplied pixels with their top left at a place."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(QRectF(left, top, width / ratio, height / ratio), image)
