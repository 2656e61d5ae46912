"""The switch that says what a slider does: set a key at the playhead, or move the whole curve."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio import theme
from studio.keying import Keying

SHORTCUT = "Shift+K"


class AutoKeyButton(QAbstractButton):
    """A switch with a lamp, red while auto-key is on, and what that means beside it.

    Args:
        keying: whose switch it is.
    """

    def __init__(self, keying: Keying, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("autoKeyButton")
        self.setCheckable(True)
        self.setChecked(keying.auto)
        self.setText(self.tr("Auto Key"))
        self.setAccessibleName(self.tr("Auto key"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(keying.set_auto)
        keying.auto_changed.connect(self.setChecked)
        keying.auto_changed.connect(lambda _: self._say())
        self._say()

    @property
    def meaning(self) -> str:
        """What it does now."""
        return self.tr("sets keys at the playhead") if self.isChecked() else self.tr("moves the whole curve")

    def _say(self) -> None:
        on = self.tr("On: a slider, the wheel or a handle sets a key at the playhead.")
        off = self.tr("Off: it moves the whole curve up or down.")
        self.setToolTip(f"{on}\n{off} ({SHORTCUT})")
        self.setAccessibleDescription(self.meaning)
        self.update()

    def sizeHint(self) -> QSize:
        """A row."""
        return QSize(240, theme.ROW + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lamp, name, meaning."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, able = self.isChecked(), self.isEnabled()
        box = self.rect().adjusted(0, 1, -1, -2)
        red = QColor(theme.ERROR)
        painter.setPen(QPen(QColor(theme.ACCENT) if self.hasFocus() else red if on else QColor(theme.BORDER), 1))
        fill = theme.colour(theme.ERROR, 0.2) if on else QColor(theme.HOVER if self.underMouse() and able else theme.RAISED)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 4, 4)
        middle = box.center().y() + 0.5
        painter.setPen(QPen(red if on else QColor(theme.FAINT), 1.6))
        painter.setBrush(red if on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(box.left() + 14, middle), 5, 5)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.TEXT if able else theme.FAINT))
        name = box.adjusted(27, 0, 0, 0)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        width = painter.fontMetrics().horizontalAdvance(self.text())
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(theme.DIM if able else theme.FAINT))
        rest = name.adjusted(width + 10, 0, -6, 0)
        text = painter.fontMetrics().elidedText(self.meaning, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
