"""The studio's icons, drawn with paths so that they are sharp at any size and take the theme's colours."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QApplication

from studio import theme

# Icons are drawn on a square of this many units.
UNITS = 18.0
_SIZES = (18, 36, 54)


def _triangle(painter: QPainter, left: float, right: float) -> None:
    """A triangle from its base at `left` to its point at `right`, filled."""
    painter.drawPolygon(QPolygonF([QPointF(left, 4), QPointF(right, 9), QPointF(left, 14)]))


def _play(p: QPainter) -> None:
    _triangle(p, 5, 14.5)


def _stop(p: QPainter) -> None:
    p.drawRoundedRect(QRectF(4.5, 4.5, 9, 9), 1, 1)


def _previous(p: QPainter) -> None:
    _triangle(p, 12.5, 5)
    p.drawRect(QRectF(13.2, 4, 1.4, 10))


def _next(p: QPainter) -> None:
    _triangle(p, 5.5, 13)
    p.drawRect(QRectF(3.4, 4, 1.4, 10))


def _first(p: QPainter) -> None:
    p.drawRect(QRectF(3.5, 4, 1.8, 10))
    _triangle(p, 14, 6.5)


def _last(p: QPainter) -> None:
    p.drawRect(QRectF(12.7, 4, 1.8, 10))
    _triangle(p, 4, 11.5)


def _stroke(p: QPainter, width: float = 1.6) -> None:
    p.setPen(QPen(p.brush().color(), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    p.setBrush(Qt.BrushStyle.NoBrush)


def _loop(p: QPainter) -> None:
    fill = p.brush()
    p.drawPolygon(QPolygonF([QPointF(10.5, 1.8), QPointF(14.2, 5), QPointF(10.5, 8.2)]))
    p.drawPolygon(QPolygonF([QPointF(7.5, 9.8), QPointF(3.8, 13), QPointF(7.5, 16.2)]))
    _stroke(p)
    path = QPainterPath(QPointF(3, 9.5))
    path.quadTo(QPointF(3, 5), QPointF(7, 5))
    path.lineTo(QPointF(11, 5))
    path.moveTo(QPointF(15, 8.5))
    path.quadTo(QPointF(15, 13), QPointF(11, 13))
    path.lineTo(QPointF(7, 13))
    p.drawPath(path)
    p.setBrush(fill)


def _record(p: QPainter) -> None:
    p.drawEllipse(QPointF(9, 9), 5.2, 5.2)


def _fit(p: QPainter) -> None:
    _stroke(p)
    for x in (3.0, 15.0):
        p.drawLine(QPointF(x, 4), QPointF(x, 14))
    p.drawLine(QPointF(5.5, 9), QPointF(12.5, 9))
    for x, d in ((5.5, 2.5), (12.5, -2.5)):
        p.drawLine(QPointF(x, 9), QPointF(x + d, 6.8))
        p.drawLine(QPointF(x, 9), QPointF(x + d, 11.2))


def _shuffle(p: QPainter) -> None:
    dots = p.brush()
    _stroke(p, 1.4)
    p.drawRoundedRect(QRectF(3, 3, 12, 12), 2.5, 2.5)
    p.setBrush(dots)
    p.setPen(Qt.PenStyle.NoPen)
    for x, y in ((6.2, 6.2), (11.8, 6.2), (9, 9), (6.2, 11.8), (11.8, 11.8)):
        p.drawEllipse(QPointF(x, y), 1.15, 1.15)


def _close(p: QPainter) -> None:
    _stroke(p)
    p.drawLine(QPointF(5, 5), QPointF(13, 13))
    p.drawLine(QPointF(13, 5), QPointF(5, 13))


def _reset(p: QPainter) -> None:
    fill = p.brush()
    p.drawPolygon(QPolygonF([QPointF(3, 2.6), QPointF(8.2, 4.2), QPointF(4.2, 7.6)]))
    _stroke(p)
    p.drawArc(QRectF(4, 4, 10, 10), 120 * 16, -290 * 16)
    p.setBrush(fill)


def _sound(p: QPainter) -> None:
    p.drawPolygon(QPolygonF([QPointF(2.5, 7), QPointF(5.5, 7), QPointF(9, 3.8), QPointF(9, 14.2), QPointF(5.5, 11), QPointF(2.5, 11)]))
    _stroke(p, 1.4)
    p.drawArc(QRectF(7, 5.5, 6, 7), -60 * 16, 120 * 16)
    p.drawArc(QRectF(6, 3.2, 10, 11.6), -55 * 16, 110 * 16)


def _silent(p: QPainter) -> None:
    p.drawPolygon(QPolygonF([QPointF(2.5, 7), QPointF(5.5, 7), QPointF(9, 3.8), QPointF(9, 14.2), QPointF(5.5, 11), QPointF(2.5, 11)]))
    _stroke(p, 1.4)
    p.drawLine(QPointF(11.5, 7), QPointF(15.5, 11))
    p.drawLine(QPointF(15.5, 7), QPointF(11.5, 11))


def _padlock(p: QPainter, opened: bool) -> None:
    fill = p.brush()
    p.drawRoundedRect(QRectF(4.2, 8.2, 9.6, 7), 1.4, 1.4)
    _stroke(p)
    path = QPainterPath(QPointF(6.2, 8.2))
    path.lineTo(QPointF(6.2, 6.0))
    path.arcTo(QRectF(6.2, 3.0, 5.6, 5.6), 180, -180)
    path.lineTo(QPointF(11.8, 5.8 if opened else 8.2))
    p.drawPath(path)
    p.setBrush(fill)


def _lock(p: QPainter) -> None:
    _padlock(p, True)


def _locked(p: QPainter) -> None:
    _padlock(p, False)


def _symmetry(p: QPainter) -> None:
    """Two halves of one thing."""
    p.drawPolygon(QPolygonF([QPointF(7, 4.5), QPointF(7, 13.5), QPointF(2.5, 13.5)]))
    _stroke(p, 1.3)
    p.drawPolygon(QPolygonF([QPointF(11, 4.5), QPointF(11, 13.5), QPointF(15.5, 13.5)]))
    p.drawLine(QPointF(9, 2.5), QPointF(9, 15.5))


def _before(p: QPainter) -> None:
    """A disc, half of it seen otherwise."""
    fill = p.brush()
    path = QPainterPath(QPointF(9, 3))
    path.arcTo(QRectF(3, 3, 12, 12), 90, 180)
    path.closeSubpath()
    p.drawPath(path)
    _stroke(p, 1.4)
    p.drawEllipse(QRectF(3, 3, 12, 12))
    p.setBrush(fill)


def _more(p: QPainter) -> None:
    for y in (4.5, 9.0, 13.5):
        p.drawEllipse(QPointF(9, y), 1.5, 1.5)


def _app(p: QPainter) -> None:
    """A speaking profile: the product's mark."""
    p.setBrush(QColor(theme.ACCENT_DEEP))
    p.drawRoundedRect(QRectF(0.5, 0.5, 17, 17), 4, 4)
    p.setBrush(QColor("#ffffff"))
    for x, height in ((3.2, 3.0), (6.0, 7.5), (8.8, 11.0), (11.6, 6.0), (14.4, 3.6)):
        p.drawRoundedRect(QRectF(x - 0.8, 9 - height / 2, 1.6, height), 0.8, 0.8)


_DRAWERS: dict[str, Callable[[QPainter], None]] = {
    "play": _play, "stop": _stop, "previous": _previous, "next": _next, "first": _first, "last": _last, "loop": _loop, "record": _record, "fit": _fit,
    "shuffle": _shuffle, "close": _close, "reset": _reset, "sound": _sound, "silent": _silent, "app": _app,
    "lock": _lock, "locked": _locked, "symmetry": _symmetry, "before": _before, "more": _more,
}  # fmt: skip


def pixmap(name: str, size: int, ink: str = "") -> QPixmap:
    """An icon as a square of `size` device pixels, in the colour of text where no other is given."""
    out = QPixmap(size, size)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / UNITS, size / UNITS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink or theme.TEXT))
    _DRAWERS[name](painter)
    painter.end()
    return out


def icon(name: str, role: str = "TEXT") -> QIcon:
    """An icon by name, with its disabled look; buttons and actions that have it follow the theme.

    Args:
        name: of what is drawn.
        role: the theme's name of its colour.

    Raises:
        KeyError: no such icon.
    """
    out = _icon(name, role, getattr(theme, role), theme.BORDER)
    _given[out.cacheKey()] = (name, role)
    return out


_given: dict[int, tuple[str, str]] = {}  # by the icon's key in Qt


@lru_cache(maxsize=128)
def _icon(name: str, role: str, ink: str, disabled: str) -> QIcon:
    out = QIcon()
    for size in _SIZES:
        out.addPixmap(pixmap(name, size, ink), QIcon.Mode.Normal)
        out.addPixmap(pixmap(name, size, disabled), QIcon.Mode.Disabled)
    return out


def follow_theme() -> None:
    """Draw the icons of all buttons and actions anew, in the colours of the theme that has come."""
    for widget in QApplication.allWidgets():
        owners: list[QAbstractButton | QAction] = [widget] if isinstance(widget, QAbstractButton) else []
        for owner in [*owners, *widget.actions()]:
            known = _given.get(owner.icon().cacheKey())
            if known is not None:
                owner.setIcon(icon(*known))


theme.changed.connect(follow_theme)
