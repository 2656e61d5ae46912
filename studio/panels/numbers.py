"""A number that is typed: plainly, or relative to what it was."""

from __future__ import annotations

import math
import re

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from studio import theme
from studio.panels.keybox import KEYED, NO_KEYS

_TYPED = re.compile(r"^\s*([-+*/]=)?\s*([-+]?(?:\d+[.,]?\d*|[.,]\d+))\s*(%?)\s*\S{0,4}\s*$")


class NumberField(QLineEdit):
    """A number within limits; `+=0.1`, `-=0.1`, `*=2`, `/=2` and `50 %` (of its range) are understood too.

    Args:
        low: smallest.
        high: largest.
        decimals: shown.
        unit: shown after it.

    Signals:
        valueChanged(value): a person gave another one.
    """

    valueChanged = Signal(float)  # noqa: N815 - as in Qt's own boxes

    def __init__(self, low: float, high: float, decimals: int = 2, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high, self._decimals, self._unit = low, high, decimals, unit
        self._value = math.nan
        self._state = NO_KEYS
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedHeight(theme.ROW - 2)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.show_value(min(max(0.0, low), high))

    def value(self) -> float:
        """What it shows, as exactly as it was given."""
        return self._value

    def set_range(self, low: float, high: float) -> None:
        """Other limits."""
        self._low, self._high = low, high

    def show_value(self, value: float) -> None:
        """Show a value; nobody is told, and what is being typed stays."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            text = self._text(value)
            if text != self.text():
                self.setText(text)

    def setValue(self, value: float) -> None:
        """As if a person had typed it."""
        value = min(max(value, self._low), self._high)
        if value != self._value:
            self.setModified(False)
            self.show_value(value)
            self.valueChanged.emit(value)

    def set_state(self, state: str) -> None:
        """Tint it as a field with keys is."""
        if state != self._state:
            self._state = state
            self.update()

    def _text(self, value: float) -> str:
        shown = f"{value:.{self._decimals}f}"
        if float(shown) == 0.0:
            shown = shown.lstrip("-")
        return f"{shown} {self._unit}" if self._unit else shown

    def _commit(self) -> None:
        text, typed = self.text(), self.isModified()
        self.setModified(False)
        found = _TYPED.match(text)
        if typed and found is not None:
            number = float(found[2].replace(",", "."))
            if found[3]:
                number = self._low + (self._high - self._low) * number / 100
            self.setValue(self._meant(found[1] or "", number))
        self.show_value(self._value)

    def _meant(self, how: str, number: float) -> float:
        if how == "/=":
            return self._value / number if number else self._value
        return {"": number, "+=": self._value + number, "-=": self._value - number, "*=": self._value * number}[how]

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, tinted where there are keys."""
        super().paintEvent(event)
        if self._state == NO_KEYS or not self.isEnabled():
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.ERROR, 0.42 if self._state == KEYED else 0.16))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return takes it, Escape leaves it, up and down step."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._commit()
            self.selectAll()
        elif key == Qt.Key.Key_Escape:
            self.setModified(False)
            self.show_value(self._value)
            self.clearFocus()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._commit()
            self._step(1 if key == Qt.Key.Key_Up else -1, event.modifiers())
        else:
            super().keyPressEvent(event)

    def _step(self, direction: float, modifiers: Qt.KeyboardModifier) -> None:
        size = (self._high - self._low) / 100
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            size *= 10
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            size /= 10
        self.setValue(round(self._value + direction * size, 6))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Steps where it has the focus; else the panel scrolls."""
        if self.hasFocus():
            self._commit()
            self._step(event.angleDelta().y() / 120, event.modifiers())
            event.accept()
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces all of it."""
        super().focusInEvent(event)
        self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A first click selects all of it."""
        super().mouseReleaseEvent(event)
        if not self.hasSelectedText() and not self.isModified():
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts."""
        self._commit()
        self.deselect()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys that type and step here are no shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if plain or event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                event.accept()
                return True
        return super().event(event)
