"""Drawing for graph and dope sheet: ruler, grid, curves as thin polylines, keys as marks. Fast: many curves in a few milliseconds.

Curves are drawn in device pixels with pens one pixel wide, which Qt strokes directly; wider ones would go through its general
stroker, a hundred times slower. A stronger line is drawn twice, shifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from studio import theme
from studio.timeline.axis import TimeAxis, ticks

_FAR = 30_000.0  # pixels: what lies further out is drawn there
Array = NDArray[np.float64]
_memory: Any = shiboken6.VoidPtr  # its type stub knows less than it does


def polygon(x: Array, y: Array) -> QPolygonF:
    """Points as Qt draws them, filled in one go."""
    out = QPolygonF()
    out.resize(len(x))
    if len(x):
        points = np.frombuffer(_memory(out.data(), len(x) * 16, True), np.float64).reshape(-1, 2)
        points[:, 0] = x
        points[:, 1] = np.clip(y, -_FAR, _FAR)
    return out


def line(painter: QPainter, x: Array, y: Array, colour: QColor, strong: bool, ratio: float) -> None:
    """A polyline in device pixels.

    Args:
        painter: without scaling.
        x: device pixels, float64 [N].
        y: device pixels, float64 [N].
        colour: of the line.
        strong: wider.
        ratio: device pixels per pixel.
    """
    shape = polygon(x, y)
    pen = QPen(colour, 1)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for i in range(round(ratio) + (1 if strong else 0)):
        painter.drawPolyline(shape)
        # Down and aside in turn, so that flat and steep stretches get wider.
        shape.translate(*((0.0, 1.0) if i % 2 == 0 else (1.0, 0.0)))


def marks(painter: QPainter, x: Array, y: Array, size: float, fill: QColor, edge: QColor) -> None:
    """Diamonds about points; `size` from the middle to a corner. Many are drawn as plain squares."""
    if len(x) > 400:
        for colour, width in ((edge, 1.6 * size + 1), (fill, 1.6 * size - 1)):
            pen = QPen(colour, max(1.0, width))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.drawPoints(polygon(x, y))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        return
    painter.setPen(QPen(edge, max(1.0, size / 5)))
    painter.setBrush(fill)
    diamond = QPolygonF([QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0)])
    for px, py in zip(x.tolist(), np.clip(y, -_FAR, _FAR).tolist(), strict=True):
        painter.drawPolygon(diamond.translated(px, py))


def ruler(painter: QPainter, rect: QRect, left: float, axis: TimeAxis, rate: Fraction, unit: str, font: QFont) -> None:
    """Times along the top, as the timeline shows them; `left` is where the axis begins."""
    painter.fillRect(rect, QColor(theme.PANEL))
    painter.setFont(theme.numbers_font(font, 0.86))
    painter.save()
    painter.setClipRect(rect)
    for tick in ticks(axis, rate, unit):
        x = round(left + tick.x) + 0.5
        if x < rect.left() - 1:
            continue
        painter.setPen(QColor(theme.FAINT if tick.label else theme.BORDER))
        painter.drawLine(QPointF(x, rect.bottom() - (9 if tick.label else 4)), QPointF(x, rect.bottom()))
        if tick.label:
            painter.setPen(QColor(theme.DIM))
            painter.drawText(QPointF(x + 4, rect.bottom() - 9), tick.label)
    painter.restore()
    painter.setPen(QColor(theme.BORDER))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def grid(painter: QPainter, rect: QRect, times: Sequence[float], values: Sequence[tuple[float, bool]]) -> None:
    """Lines at pixels across for times and down for values; those of values that are marked are stronger."""
    faint, strong = theme.colour(theme.BORDER, 0.45), QColor(theme.BORDER)
    painter.setPen(faint)
    for x in times:
        painter.drawLine(round(x), rect.top(), round(x), rect.bottom())
    for y, marked in values:
        painter.setPen(strong if marked else faint)
        painter.drawLine(rect.left(), round(y), rect.right(), round(y))


def playhead(painter: QPainter, x: float, ruler_height: int, bottom: int) -> None:
    """The line of the playhead with its grip on the ruler."""
    x = round(x) + 0.5
    painter.setPen(QColor(theme.PLAYHEAD))
    painter.drawLine(QPointF(x, ruler_height - 8), QPointF(x, bottom))
    painter.setBrush(QColor(theme.PLAYHEAD))
    top = ruler_height - 12
    grip = [QPointF(x - 5, top), QPointF(x + 5, top), QPointF(x + 5, top + 6), QPointF(x, top + 11), QPointF(x - 5, top + 6)]
    painter.drawPolygon(QPolygonF(grip))


def rubber_band(painter: QPainter, rect: QRectF) -> None:
    """The frame with which keys are caught."""
    painter.setPen(QPen(QColor(theme.ACCENT), 1))
    painter.setBrush(theme.colour(theme.ACCENT, 0.14))
    painter.drawRect(rect)


def scale_box(painter: QPainter, rect: QRectF, grips: Sequence[QPointF]) -> None:
    """The frame about selected keys by which they are scaled."""
    painter.setPen(QPen(theme.colour(theme.ACCENT, 0.7), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)
    painter.setPen(QPen(QColor(theme.ACCENT), 1))
    painter.setBrush(QColor(theme.FIELD))
    for grip in grips:
        painter.drawRect(QRectF(grip.x() - 3.5, grip.y() - 3.5, 7, 7))
