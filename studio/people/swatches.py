"""Colours to choose from: a block of small fields, by pointer or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.core.person import Colour
from studio import theme
from studio.panels.panel import keeps

SWATCH_PX, GAP_PX, MOST_WIDE = 15, 1, 1.8
Swatch = tuple[str, Colour | None]  # a word for it, and the colour; None for the hair's own


class Swatches(QWidget):
    """Colours to click, or to walk through with the arrows and choose with the space bar.

    Args:
        swatches: the colours, with a word for each.

    Signals:
        chosen(index): one was.
    """

    chosen = Signal(int)

    def __init__(self, swatches: Sequence[Swatch], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.swatches = tuple(swatches)
        self.current = -1
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _columns(self, width: int) -> int:
        return max(1, min(len(self.swatches), (width + GAP_PX) // (SWATCH_PX + GAP_PX)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its rows."""
        super().resizeEvent(event)
        rows = -(-len(self.swatches) // self._columns(self.width()))
        self.setFixedHeight(rows * (SWATCH_PX + GAP_PX) + 2)

    def sizeHint(self) -> QSize:
        """Room for a row of eight."""
        return QSize(8 * (SWATCH_PX + GAP_PX), SWATCH_PX + GAP_PX + 2)

    def minimumSizeHint(self) -> QSize:
        """Room for a few."""
        return QSize(4 * (SWATCH_PX + GAP_PX), SWATCH_PX + GAP_PX + 2)

    def place_of(self, index: int) -> QRectF:
        """Where a swatch is: wider than high where there is room."""
        columns = self._columns(self.width())
        row, column = divmod(index, columns)
        wide = min(max((self.width() - 2) / columns - GAP_PX, SWATCH_PX), MOST_WIDE * SWATCH_PX)
        return QRectF(1 + column * (wide + GAP_PX), 1 + row * (SWATCH_PX + GAP_PX), wide, SWATCH_PX)

    def _index_at(self, point: QPointF) -> int:
        return next((i for i in range(len(self.swatches)) if self.place_of(i).contains(point)), -1)

    def set_current(self, index: int) -> None:
        """Mark the one that is worn; -1 for none of them."""
        if index != self.current:
            self.current = index
            self._at = max(index, 0)
            self.setAccessibleDescription(self.swatches[index][0] if index >= 0 else "")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of them; the current one in a ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.35)
        for i, (_, colour) in enumerate(self.swatches):
            place = self.place_of(i)
            ring = i == self.current
            focus = self.hasFocus() and i == self._at
            painter.setPen(QPen(QColor(theme.TEXT if ring else theme.ACCENT if focus else theme.BORDER), 2.0 if ring or focus else 1.0))
            painter.setBrush(QColor.fromRgbF(*colour) if colour is not None else QColor(theme.FIELD))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
            if colour is None:
                painter.setPen(QPen(QColor(theme.DIM), 1.4))
                painter.drawLine(place.topRight() + QPointF(-4, 4), place.bottomLeft() + QPointF(4, -4))
            elif focus and ring:
                painter.setPen(QPen(QColor(theme.ACCENT), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(place, 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose one."""
        index = self._index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._at = index
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and choose."""
        columns = self._columns(self.width())
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}.get(Qt.Key(event.key()))
        if step is not None:
            self._at = min(max(self._at + step, 0), len(self.swatches) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The word for the one under the pointer; its keys are no shortcuts of the window."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._index_at(QPointF(event.pos()))
            if index >= 0:
                QToolTip.showText(event.globalPos(), self.swatches[index][0], self)
                return True
        mine = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return)
        return keeps(event, mine) or super().event(event)
