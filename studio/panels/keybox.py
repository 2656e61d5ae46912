"""The keys of one level: to the key before, a key here or none, to the key after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio import theme

KEYED, BETWEEN, NO_KEYS = "keyed", "between", "none"
_ARROW_PX, _KEY_PX = 13, 18


class KeyBox(QWidget):
    """A diamond, full where there is a key at the playhead, with arrows to the keys beside it.

    Args:
        arrows: with them.

    Signals:
        previous(), next(): go there.
        toggled(): set a key, or take it away.
    """

    previous = Signal()
    next = Signal()
    toggled = Signal()

    def __init__(self, arrows: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrows = arrows
        self._state = NO_KEYS
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Three small targets, or one."""
        return QSize(_KEY_PX + 2 * _ARROW_PX if self._arrows else _KEY_PX, theme.ROW)

    @property
    def state(self) -> str:
        """`KEYED`, `BETWEEN` or `NO_KEYS`."""
        return self._state

    def set_state(self, state: str) -> None:
        """Show whether there is a key here, elsewhere, or none."""
        if state != self._state:
            self._state = state
            words = {KEYED: self.tr("key at the playhead"), BETWEEN: self.tr("between keys"), NO_KEYS: self.tr("no keys")}
            self.setAccessibleDescription(words[state])
            self.update()

    def zone(self, x: float) -> int:
        """-1 for the arrow to the left, 0 for the diamond, 1 for the arrow to the right."""
        if not self._arrows:
            return 0
        return -1 if x < _ARROW_PX else 1 if x >= _ARROW_PX + _KEY_PX else 0

    def centre(self, zone: int) -> QPointF:
        """Middle of a zone."""
        first = _ARROW_PX if self._arrows else 0
        x = {-1: _ARROW_PX / 2, 0: first + _KEY_PX / 2, 1: first + _KEY_PX + _ARROW_PX / 2}[zone]
        return QPointF(x, self.height() / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Arrow, diamond, arrow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for zone in (-1, 1) if self._arrows else ():
            able = self.isEnabled() and self._state != NO_KEYS
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.TEXT if able and self._hover == zone else theme.DIM if able else theme.BORDER))
            c = self.centre(zone)
            painter.drawPolygon(QPolygonF([c + QPointF(zone * 3.5, 0), c + QPointF(-zone * 2.5, -4), c + QPointF(-zone * 2.5, 4)]))
        c, r = self.centre(0), 5.2
        edge = theme.ERROR if self._state != NO_KEYS else theme.FAINT
        painter.setPen(QPen(QColor(theme.TEXT if self._hover == 0 and self.isEnabled() else edge if self.isEnabled() else theme.BORDER), 1.4))
        painter.setBrush(QColor(theme.ERROR) if self._state == KEYED else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)]))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 3, -1, -4), 3, 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Do it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._do(self.zone(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what is under the pointer."""
        self._set_hover(self.zone(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is."""
        self._set_hover(-2)

    def _set_hover(self, zone: int) -> None:
        if zone != self._hover:
            self._hover = zone
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, right, and Space or Return for the key."""
        zone = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Space: 0, Qt.Key.Key_Return: 0}.get(Qt.Key(event.key()))
        if zone is None:
            super().keyPressEvent(event)
        else:
            self._do(zone)

    def _do(self, zone: int) -> None:
        if zone == 0:
            self.toggled.emit()
        elif self._state != NO_KEYS:
            (self.previous if zone < 0 else self.next).emit()

    def event(self, event: QEvent) -> bool:
        """Tooltips by zone; its keys are no shortcuts of the window while it has the focus."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = self.tr("Remove the key at the playhead") if self._state == KEYED else self.tr("Set a key at the playhead")
            text = {-1: self.tr("To the previous key"), 0: here, 1: self.tr("To the next key")}
            QToolTip.showText(event.globalPos(), text[self.zone(event.pos().x())], self)
            return True
        mine = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in mine:
            event.accept()
            return True
        return super().event(event)
