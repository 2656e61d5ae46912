"""What is written over the picture while two motions are compared: which is which, and the scale of their difference."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio import theme

_INK = QColor(12, 14, 18, 205)
_PAPER = QColor(255, 255, 255)
_MARGIN, _SCALE_H, _SCALE_W = 12, 150, 12


class CompareOverlay(QWidget):
    """Lies over the picture and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("comparing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._mode = ""
        self._names = ("A", "B")
        self._flipped = False
        self._apart_mm = 0.0
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """What is written, from left to right."""
        a, b = self._names
        if self._mode == "flip":
            return (b if self._flipped else a,)
        if self._mode == "difference":
            return (self.tr("{a} against {b}, heads aligned: at most {apart:.1f} mm").format(a=a, b=b, apart=self._apart_mm),)
        return (a, b) if self._mode else ()

    def show_mode(self, mode: str, names: tuple[str, str]) -> None:
        """Write for a way of comparing; "" for none."""
        self._mode, self._names, self._flipped = mode, names, False
        self.setVisible(bool(mode))
        self.raise_()
        self.update()

    def show_flipped(self, flipped: bool) -> None:
        """B is shown, or A."""
        self._flipped = flipped
        self.update()

    def show_apart(self, apart_mm: float) -> None:
        """How far the two are apart in the picture on screen."""
        if self._mode == "difference" and abs(apart_mm - self._apart_mm) >= 0.05:
            self._apart_mm = apart_mm
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, a line between the two, the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        half = self.width() // 2
        for k, text in enumerate(self.texts):
            on_b = (self._mode == "flip" and self._flipped) or k == 1
            self._paint_name(painter, text, _MARGIN + k * half, on_b)
        if self._mode == "side":
            painter.setPen(QPen(_INK, 2))
            painter.drawLine(half, 0, half, self.height())
        elif self._mode == "difference":
            self._paint_scale(painter)
        painter.end()

    def _paint_name(self, painter: QPainter, text: str, left: int, on_b: bool) -> None:
        box = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-9, -4, 9, 4)
        box.moveTopLeft(QPointF(left, _MARGIN))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.ACCENT_DEEP, 0.92) if on_b else _INK)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(_PAPER)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_scale(self, painter: QPainter) -> None:
        """From nothing below to the most above, in millimetres, at the right edge."""
        from engine.render.heat import HEAT_MM

        top = max(_MARGIN, (self.height() - _SCALE_H) // 2)
        bar = QRectF(self.width() - _MARGIN - 76, top, _SCALE_W, _SCALE_H)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_INK)
        painter.drawRoundedRect(bar.adjusted(-10, -13, 64, 13), 5, 5)
        painter.drawImage(bar, _scale())
        painter.setPen(_PAPER)
        for share, text in ((0.0, "0"), (0.5, f"{HEAT_MM / 2:g}"), (1.0, self.tr("{most:g} mm").format(most=HEAT_MM))):
            y = bar.bottom() - share * bar.height()
            painter.drawText(QRectF(bar.right() + 6, y - 9, 58, 18), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


@lru_cache(maxsize=1)
def _scale() -> QImage:
    """The colours of the scale, one pixel wide, the most above."""
    import numpy as np

    from engine.render.heat import HEAT_MM, heat_colours

    colours = (heat_colours(np.linspace(HEAT_MM, 0.0, 128)) * 255).astype(np.uint8)
    image = QImage(1, 128, QImage.Format.Format_RGB32)
    for y, (red, green, blue) in enumerate(colours.tolist()):
        image.setPixelColor(0, y, QColor(red, green, blue))
    return image
