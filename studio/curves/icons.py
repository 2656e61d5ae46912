"""Icons of the curve editor: the tangents as small curves through a key, snapping, framing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from studio import theme

_UNITS = 18.0
_SIZES = (18, 36, 54)


def _path(p: QPainter, *points: tuple[float, float]) -> None:
    """A cubic through start, two handles and end, or a polyline through more."""
    path = QPainterPath(QPointF(*points[0]))
    if len(points) == 4:
        path.cubicTo(QPointF(*points[1]), QPointF(*points[2]), QPointF(*points[3]))
    else:
        for point in points[1:]:
            path.lineTo(QPointF(*point))
    p.drawPath(path)


def _key(p: QPainter, x: float, y: float) -> None:
    p.save()
    p.setBrush(QColor(theme.ACCENT))
    p.setPen(Qt.PenStyle.NoPen)
    p.drawPolygon(QPolygonF([QPointF(x, y - 2.9), QPointF(x + 2.9, y), QPointF(x, y + 2.9), QPointF(x - 2.9, y)]))
    p.restore()


def _auto(p: QPainter) -> None:
    _path(p, (2, 15), (7, 14), (6, 4), (16, 3))
    _key(p, 8.3, 8.4)


def _flat(p: QPainter) -> None:
    _path(p, (2, 15), (5, 15), (5, 7), (9, 7))
    _path(p, (9, 7), (13, 7), (13, 15), (16, 15))
    _key(p, 9, 7)


def _linear(p: QPainter) -> None:
    _path(p, (2, 14), (9, 5), (16, 13))
    _key(p, 9, 5)


def _stepped(p: QPainter) -> None:
    _path(p, (2, 14), (9, 14), (9, 5), (16, 5))
    _key(p, 9, 14)


def _handles(p: QPainter, left: tuple[float, float], right: tuple[float, float]) -> None:
    pen = p.pen()
    p.setPen(QPen(QColor(theme.FAINT), 1.1))
    p.drawLine(QPointF(*left), QPointF(9, 9))
    p.drawLine(QPointF(9, 9), QPointF(*right))
    p.setPen(pen)
    p.setBrush(pen.color())
    for end in (left, right):
        p.drawEllipse(QPointF(*end), 1.9, 1.9)
    p.setBrush(Qt.BrushStyle.NoBrush)
    _key(p, 9, 9)


def _free(p: QPainter) -> None:
    _handles(p, (2.8, 13), (15.2, 5))


def _broken(p: QPainter) -> None:
    _handles(p, (3.2, 4.2), (15.2, 6.5))


def _snap_frames(p: QPainter) -> None:
    for x, top in ((3.5, 8), (9, 3), (14.5, 8)):
        _path(p, (x, top), (x, 15))
    _key(p, 9, 9.5)


def _snap_values(p: QPainter) -> None:
    for y, left in ((3.5, 8), (9, 3), (14.5, 8)):
        _path(p, (left, y), (15, y))
    _key(p, 9, 9)


def _frame_selection(p: QPainter) -> None:
    for x, y, dx, dy in ((2.5, 2.5, 1, 1), (15.5, 2.5, -1, 1), (2.5, 15.5, 1, -1), (15.5, 15.5, -1, -1)):
        _path(p, (x + 3.5 * dx, y), (x, y), (x, y + 3.5 * dy))
    _key(p, 9, 9)


def _frame_all(p: QPainter) -> None:
    for x, y, dx, dy in ((2.5, 2.5, 1, 1), (15.5, 2.5, -1, 1), (2.5, 15.5, 1, -1), (15.5, 15.5, -1, -1)):
        _path(p, (x + 3.5 * dx, y), (x, y), (x, y + 3.5 * dy))
    _path(p, (4.5, 12), (8, 12), (9, 5), (13.5, 7))


def _selected_only(p: QPainter) -> None:
    p.save()
    p.setPen(QPen(QColor(theme.FAINT), 1.3))
    _path(p, (2, 6), (8, 1), (9, 14), (16, 9))
    p.restore()
    _path(p, (2, 13), (9, 14), (8, 3), (16, 4))


def _normalise(p: QPainter) -> None:
    p.save()
    p.setPen(QPen(QColor(theme.FAINT), 1.1))
    for y in (3, 15):
        _path(p, (2, y), (16, y))
    p.restore()
    _path(p, (3, 15), (7, 15), (6, 3), (9, 3))
    _path(p, (9, 3), (12, 3), (11, 15), (15, 15))


_DRAWERS: dict[str, Callable[[QPainter], None]] = {
    "auto": _auto, "flat": _flat, "linear": _linear, "stepped": _stepped, "free": _free, "broken": _broken, "snap frames": _snap_frames,
    "snap values": _snap_values, "frame selection": _frame_selection, "frame all": _frame_all, "selected only": _selected_only,
    "normalise": _normalise,
}  # fmt: skip


def icon(name: str) -> QIcon:
    """An icon by name, in the theme of the moment.

    Raises:
        KeyError: no such icon.
    """
    out = QIcon()
    for size in _SIZES:
        for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, 0.35)):
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(size / _UNITS, size / _UNITS)
            painter.setOpacity(opacity)
            painter.setPen(QPen(QColor(theme.TEXT), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            _DRAWERS[name](painter)
            painter.end()
            out.addPixmap(pixmap, mode)
    return out


def swatch(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """A track's colour as a small field."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(rect, 2, 2)
