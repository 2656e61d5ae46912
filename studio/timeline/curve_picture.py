"""A curve with its keys as an image, worked out in numpy: a thousand keys cost less than a millisecond."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

KEY_PX = 4.5  # from the middle of a key to its corner
Pixels = NDArray[np.uint32]


def curve_pixels(rows: NDArray[np.float64], base: float, height: int, colour: QColor, ratio: float = 1.0) -> Pixels:
    """A line with what lies between it and a base tinted.

    Args:
        rows: where the curve runs at the edges of each column, pixels from the top: float64 [W + 1].
        base: row of the value that the tint reaches to.
        height: of the image.
        colour: of the line.
        ratio: device pixels per pixel, for the line's width.

    Returns:
        Premultiplied ARGB, uint32 [height, W].
    """
    y = rows.astype(np.float32)
    grid = np.arange(height, dtype=np.float32)[:, None]

    def cover(top: NDArray[np.float32], bottom: NDArray[np.float32]) -> NDArray[np.float32]:
        out: NDArray[np.float32] = np.clip(np.minimum(grid + 1, bottom) - np.maximum(grid, top), 0.0, 1.0)
        return out

    low, high, middle = np.minimum(y[:-1], y[1:]), np.maximum(y[:-1], y[1:]), (y[:-1] + y[1:]) / 2
    half = np.float32(0.8 * ratio)
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


class Sprite(NamedTuple):
    """A small picture: where its opaque pixels are, beside its middle, and what they are."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    colours: Pixels
    reach: int


@lru_cache(maxsize=128)
def key_sprite(colour: str, rim: str, ratio: float, size: float = KEY_PX) -> Sprite:
    """A diamond with a rim."""
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
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(n, n)
    rows, columns = np.nonzero(pixels >> np.uint32(24) > 90)
    return Sprite(rows - radius, columns - radius, pixels[rows, columns].copy(), radius)


def stamp_keys(pixels: Pixels, x: NDArray[np.float64], y: NDArray[np.float64], sprite: Sprite) -> None:
    """Put a sprite with its middle at each place.

    Args:
        pixels: to draw into, uint32 [H, W].
        x: columns, may lie outside.
        y: rows, float64 [N] like `x`.
        sprite: what to put.
    """
    height, width = pixels.shape
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    edge = sprite.reach
    there = (column > -edge - 1) & (column < width + edge) & (row > -edge - 1) & (row < height + edge)
    column, row = column[there], row[there]
    if len(column) > 2 * width:  # more keys than columns: one for each pixel is enough
        keep = np.unique(column * 65536 + row, return_index=True)[1]
        column, row = column[keep], row[keep]
    inner = (column >= edge) & (column < width - edge) & (row >= edge) & (row < height - edge)
    at = row[inner] * width + column[inner]
    pixels.reshape(-1)[at[:, None] + (sprite.rows * width + sprite.columns)] = sprite.colours
    for c, r in zip(column[~inner].tolist(), row[~inner].tolist(), strict=True):
        rows, columns = sprite.rows + r, sprite.columns + c
        seen = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        pixels[rows[seen], columns[seen]] = sprite.colours[seen]


def draw_pixels(painter: QPainter, pixels: Pixels, left: float, top: float, ratio: float) -> None:
    """Draw premultiplied pixels with their top left at a place."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(QRectF(left, top, width / ratio, height / ratio), image)
