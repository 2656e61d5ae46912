"""The handles over the picture, painted: round, small, out of the way until the pointer comes near."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio import theme
from studio.viewport.handles import HANDLES
from studio.viewport.landmarks import NAMES, Places, facing, projected

if TYPE_CHECKING:
    from engine.render.camera import Camera

RADIUS_PX = 5.5
_NEAR_PX = 12.0  # the pointer takes a handle from this far
_INK, _LIGHT = QColor(12, 14, 18), QColor(255, 255, 255)  # on skin of any theme


class HandleOverlay(QWidget):
    """Lies over the picture and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("handles")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._pixels: NDArray[np.float32] | None = None
        self._eyes: NDArray[np.float32] | None = None
        self._seen = np.zeros(len(NAMES), bool)
        self._hovered = ""
        self._caption = ""
        self.hide()

    @property
    def hovered(self) -> str:
        """The handle under the pointer; "" for none."""
        return self._hovered

    def place(self, places: Places | None, camera: Camera | None, frame: QRect) -> None:
        """Put the handles where the head is now, in a picture that lies here."""
        if places is None or camera is None or frame.isEmpty():
            self._pixels = None
        else:
            size, corner = (frame.width(), frame.height()), np.array([frame.x(), frame.y()], np.float32)
            self._pixels = projected(places.points, camera, size) + corner
            self._eyes = projected(places.eyes, camera, size) + corner
            self._seen = facing(places, camera)
        self.update()

    def position(self, name: str) -> QPointF | None:
        """Where a handle is; None where it is not seen."""
        i = NAMES.index(name)
        if self._pixels is None or not self._seen[i]:
            return None
        return QPointF(float(self._pixels[i, 0]), float(self._pixels[i, 1]))

    def at(self, point: QPointF) -> str:
        """The handle under a point; "" for none."""
        if self._pixels is None:
            return ""
        away = np.hypot(*(self._pixels - (point.x(), point.y())).T)
        away[~self._seen] = np.inf
        nearest = int(np.argmin(away))
        return NAMES[nearest] if away[nearest] <= _NEAR_PX else ""

    def hover(self, name: str, caption: str = "") -> None:
        """Show that a handle would be taken or is, with a word beside it."""
        if (name, caption) != (self._hovered, self._caption):
            self._hovered, self._caption = name, caption
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All handles; the hovered one larger, with its name."""
        if self._pixels is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_gaze(painter)
        for i, name in enumerate(NAMES):
            if self._seen[i] and name != self._hovered:
                self._paint_handle(painter, name, False)
        if self._hovered and self._seen[NAMES.index(self._hovered)]:
            self._paint_handle(painter, self._hovered, True)
            self._paint_caption(painter, self._hovered)
        painter.end()

    def _paint_gaze(self, painter: QPainter) -> None:
        """Thin lines from the pupils to where they look."""
        target = self.position("gaze")
        if target is None or self._eyes is None:
            return
        for colour, width in ((theme.colour("#0c0e12", 0.35), 2.4), (theme.colour("#ffffff", 0.55), 1.0)):
            painter.setPen(QPen(colour, width))
            for x, y in self._eyes:
                painter.drawLine(QPointF(float(x), float(y)), target)

    def _paint_handle(self, painter: QPainter, name: str, hovered: bool) -> None:
        where = self.position(name)
        if where is None:
            return
        radius = RADIUS_PX + (2.0 if hovered else 0.0)
        painter.setPen(QPen(_with_alpha(_INK, 0.75), 3.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(where, radius, radius)
        fill = QColor(theme.ACCENT) if hovered else QColor(theme.WARNING) if name in ("head", "gaze", "jaw") else QColor(theme.ACCENT)
        painter.setPen(QPen(_with_alpha(_LIGHT, 0.95), 1.5))
        painter.setBrush(_with_alpha(fill, 0.95 if hovered else 0.6))
        painter.drawEllipse(where, radius, radius)
        if name == "head":  # it turns: a second ring
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(where, radius + 4, radius + 4)

    def _paint_caption(self, painter: QPainter, name: str) -> None:
        where = self.position(name)
        if where is None:
            return
        title = QCoreApplication.translate("Handles", HANDLES[name].title)
        text = f"{title}   {self._caption}" if self._caption else title
        box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -4, 8, 4)
        box.moveCenter(QPointF(where.x(), where.y() - RADIUS_PX - 12 - box.height() / 2))
        box.moveLeft(min(max(box.left(), 4), max(4, self.width() - box.width() - 4)))
        if box.top() < 4:
            box.moveTop(where.y() + RADIUS_PX + 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_with_alpha(_INK, 0.82))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(_LIGHT)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _with_alpha(colour: QColor, alpha: float) -> QColor:
    out = QColor(colour)
    out.setAlphaF(alpha)
    return out
