"""How tracked points are drawn over a picture: the face's outlines as lines, the rest as dots."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from studio import theme

# Outlines of the 468-point mesh, by the mesh's own numbering; True for closed ones.
OUTLINES: dict[str, tuple[tuple[int, ...], bool]] = {
    "oval": (
        (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127,
         162, 21, 54, 103, 67, 109), True,
    ),
    "lips": ((61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185), True),
    "mouth": ((78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191), True),
    "right eye": ((33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246), True),
    "left eye": ((263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466), True),
    "right brow": ((70, 63, 105, 66, 107, 55, 65, 52, 53, 46), True),
    "left brow": ((300, 293, 334, 296, 336, 285, 295, 282, 283, 276), True),
    "nose": ((168, 6, 197, 195, 5, 4, 1), False),
    "nostrils": ((98, 97, 2, 326, 327), False),
}  # fmt: skip
_MESH = 468
_IRIS = 5  # points of each iris after the mesh's: its middle, then four on its edge
_FAINT = ("oval", "nose", "nostrils")
_CLEAR = tuple(name for name in OUTLINES if name not in _FAINT)
_EDGES = {name: [*pairwise(path), *(((path[-1], path[0]),) if closed else ())] for name, (path, closed) in OUTLINES.items()}


def paint_face(painter: QPainter, points: NDArray[np.float32], place: QTransform) -> None:
    """Draw the points of one face.

    Args:
        painter: with antialiasing.
        points: float32 [P, 2] pixels of the picture: a mesh of 468, then the irises of the right and the left eye where they are; others
            are drawn as dots.
        place: from the picture's pixels to the painter's.
    """
    if not np.isfinite(points).all():
        return
    linear = np.array([[place.m11(), place.m12()], [place.m21(), place.m22()]])
    shown = [QPointF(x, y) for x, y in (points[:, :2] @ linear + (place.dx(), place.dy())).tolist()]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # of hundreds of dots nobody sees the edges
    painter.setPen(QPen(theme.colour("#ffffff", 0.4), 1))
    painter.drawPoints(QPolygonF(shown[:_MESH]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if len(shown) < _MESH:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    faint, clear = ([QLineF(shown[a], shown[b]) for name in names for a, b in _EDGES[name]] for names in (_FAINT, _CLEAR))
    for lines, colour, width in (
        (faint, theme.colour("#ffffff", 0.45), 1.0),
        (clear, theme.colour("#0c0e12", 0.5), 2.4),
        (clear, theme.colour(theme.ACCENT, 0.95), 1.3),
    ):
        painter.setPen(QPen(colour, width))
        painter.drawLines(lines)
    painter.setPen(QPen(QColor(theme.WARNING), 1.4))
    for start in range(_MESH, len(shown) - _IRIS + 1, _IRIS):
        middle, edge = shown[start], shown[start + 1 : start + _IRIS]
        radius = sum(float(np.hypot(p.x() - middle.x(), p.y() - middle.y())) for p in edge) / len(edge)
        painter.drawEllipse(middle, radius, radius)


def paint_box(painter: QPainter, box: QRectF, chosen: bool, text: str) -> None:
    """Draw the corners of a face's place, with a word above it."""
    arm = min(box.width(), box.height()) * 0.2
    colour = QColor(theme.ACCENT if chosen else "#ffffff")
    for ink, width in ((theme.colour("#0c0e12", 0.55), 4.4), (colour, 2.2)):
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for corner, dx, dy in ((box.topLeft(), 1, 1), (box.topRight(), -1, 1), (box.bottomLeft(), 1, -1), (box.bottomRight(), -1, -1)):
            painter.drawLine(corner, corner + QPointF(dx * arm, 0))
            painter.drawLine(corner, corner + QPointF(0, dy * arm))
    if text:
        plate(painter, QPointF(box.center().x(), box.top() - 14), text, colour if chosen else QColor("#f2f3f5"))


def plate(painter: QPainter, middle: QPointF, text: str, ink: QColor, dot: QColor | None = None) -> QRectF:
    """Write words on a dark plate about a point, after a coloured dot where one is given; where it lies."""
    box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -4, 8, 4)
    room = 14.0 if dot is not None else 0.0
    box.setWidth(box.width() + room)
    box.moveCenter(middle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("#101216", 0.72))
    painter.drawRoundedRect(box, 5, 5)
    if dot is not None:
        painter.setBrush(dot)
        painter.drawEllipse(QPointF(box.left() + 12, box.center().y()), 4.5, 4.5)
    painter.setPen(ink)
    painter.drawText(box.adjusted(room + (4 if dot is not None else 0), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, text)
    return box
