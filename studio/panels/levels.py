"""A level: a name, a slider, a number and its keys, which are one control to its listeners."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from studio import theme
from studio.panels.keybox import BETWEEN, KEYED, NO_KEYS, KeyBox
from studio.panels.numbers import NumberField

__all__ = ["BETWEEN", "KEYED", "NO_KEYS", "STEPS", "Level", "LevelRow", "LevelSlider", "heading"]

STEPS = 1000  # positions of a slider over its whole range
NAME_PX, NUMBER_PX = 74, 48
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_FINE = 10.0  # how much slower a slider follows while Shift is held


@dataclass(frozen=True)
class Level:
    """What a level is.

    Args:
        name: shown to its left.
        high: largest value.
        usual: value that a double click returns to.
        tip: what it does.
        low: smallest value.
        decimals: of its number.
        unit: after its number.
        key: by which its widgets are found; the name where it is not given.
    """

    name: str
    high: float
    usual: float
    tip: str
    low: float = 0.0
    decimals: int = 2
    unit: str = ""
    key: str = ""


class LevelSlider(QSlider):
    """A slider whose knob comes to where one clicks; Shift drags finely, Escape takes a drag back, a double click resets.

    Args:
        usual: position it returns to, marked with a notch where it is not at the end.

    Signals:
        reset(): a double click.
        escaped(): Escape while it was dragged.
    """

    reset = Signal()
    escaped = Signal()

    def __init__(self, usual: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.usual = usual
        self.ghost: int | None = None  # another value to be seen beside it, such as the table's
        self._from = (0.0, 0.0)  # where the drag was last absolute: place of the pointer, position
        self._fine = False
        self.setRange(0, STEPS)
        self.setPageStep(STEPS // 10)
        self.setSingleStep(STEPS // 100)
        # Not by a click: after a drag, Left and Right go on to step frames.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Room for the knob."""
        return QSize(120, theme.ROW - 4)

    def minimumSizeHint(self) -> QSize:
        """Room for the knob."""
        return QSize(48, theme.ROW - 4)

    def set_ghost(self, position: int | None) -> None:
        """Mark another value; None for none."""
        if position != self.ghost:
            self.ghost = position
            self.update()

    def _left(self) -> float:
        return 7.0

    def _span(self) -> float:
        return max(1.0, self.width() - 2 * self._left())

    def _x(self, value: float) -> float:
        return self._left() + self._span() * value / STEPS

    def paintEvent(self, event: QPaintEvent) -> None:
        """A groove filled up to the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        on = self.isEnabled()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.GROOVE))
        painter.drawRoundedRect(QRectF(self._left() - 3, middle - 2.5, self._span() + 6, 5), 2.5, 2.5)
        start, x = self._x(self.usual), self._x(self.value())
        painter.setBrush(QColor(theme.ACCENT if on else theme.BORDER))
        painter.drawRoundedRect(QRectF(min(start, x), middle - 2.5, abs(x - start), 5), 2, 2)
        if 0 < self.usual < STEPS:
            painter.setBrush(QColor(theme.FAINT))
            painter.drawRect(QRectF(start - 0.75, middle - 6, 1.5, 12))
        if self.ghost is not None:
            painter.setBrush(QColor(theme.WARNING if on else theme.FAINT))
            painter.drawRoundedRect(QRectF(self._x(self.ghost) - 1.25, middle - 7, 2.5, 14), 1.2, 1.2)
        hot = on and (self.isSliderDown() or self.underMouse() or self.hasFocus())
        painter.setBrush(QColor(theme.TEXT if hot else theme.DIM if on else theme.FAINT))
        painter.drawEllipse(QPointF(x, middle), 6.0, 6.0)
        if self.hasFocus():
            painter.setPen(QColor(theme.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, middle), 8.0, 8.0)

    def _value_at(self, x: float) -> int:
        return round(min(max((x - self._left()) / self._span(), 0.0), 1.0) * STEPS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the knob here and drag it."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        self._fine = False
        self._from = (0.0, 0.0)
        self.setSliderDown(True)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        on_knob = abs(x - self._x(self.value())) <= 7
        if not on_knob:
            self.setSliderPosition(self._value_at(x))
        self._grip = x - self._x(self.value()) if on_knob else 0.0
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the knob; near its usual value it stays there."""
        if not self.isSliderDown():
            return
        x = event.position().x() - self._grip
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if fine != self._fine:
            self._fine, self._from = fine, (x, float(self.value()))
        if fine:
            self.setSliderPosition(round(self._from[1] + (x - self._from[0]) / self._span() * STEPS / _FINE))
            return
        value = self._value_at(x)
        near = 0 < self.usual < STEPS and abs(self._x(value) - self._x(self.usual)) < 4
        self.setSliderPosition(self.usual if near else value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the knob go."""
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self._let_go()

    def _let_go(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.setSliderDown(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is dragged, Escape takes the drag back, whoever has the keys."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if self.isSliderDown():
                self.escaped.emit()
                self._let_go()
            return True
        return False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the usual value."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only where it has the focus, or with Ctrl: the panel scrolls else."""
        if self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = event.angleDelta().y() / 120 * (STEPS / 200 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEPS / 50)
            self.setValue(self.value() + round(steps))
            event.accept()
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Keep the arrows from the window's shortcuts while the slider has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            event.accept()
            return True
        return super().event(event)


class LevelRow(QWidget):
    """One level.

    Args:
        level: what it is.
        steps: gives the number of steps in the history, and takes the last one back, so that the click before a double click leaves
            none; None where there is no history.
        keys: with buttons for its keys: `full` with those to the one before and after, `small` without, "" with none.
        name_px: width of its name.

    Signals:
        began(), changed(value), ended(keep): a drag; a step by keys or the number alone sends `changed` only.
        previous_key(), next_key(), key_toggled(): the buttons of its keys.
    """

    began = Signal()
    changed = Signal(float)
    ended = Signal(bool)
    previous_key = Signal()
    next_key = Signal()
    key_toggled = Signal()

    def __init__(
        self,
        level: Level,
        steps: tuple[Callable[[], int], Callable[[], object]] | None = None,
        keys: str = "",
        name_px: int = NAME_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.level = level
        self.low, self.high = level.low, level.high
        self._steps = steps
        self._clicked: tuple[int, int] | None = None  # steps before and after the last press
        self._value = math.nan
        self._tip, self._reason = level.tip, ""
        key = (level.key or level.name).lower()
        self.label = QLabel(level.name)
        self.label.setFixedWidth(name_px)
        self.slider = LevelSlider(self._position(level.usual))
        self.slider.setObjectName(f"{key}Slider")
        self.slider.setAccessibleName(level.name)
        self.number = NumberField(level.low, level.high, level.decimals, level.unit)
        self.number.setObjectName(f"{key}Number")
        self.number.setAccessibleName(self.tr("{name}, number").format(name=level.name))
        self.number.setFixedWidth(NUMBER_PX)
        self.setFixedHeight(theme.ROW)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.SPACE // 2)
        self.row.addWidget(self.label)
        self.row.addWidget(self.slider, 1)
        self.row.addWidget(self.number)
        self.keybox: KeyBox | None = None
        if keys:
            self._add_keys(key, keys == "full")
        self._connect()
        self.set_value(level.usual)
        self.set_reason("")

    def _add_keys(self, key: str, full: bool) -> None:
        self.keybox = KeyBox(full)
        self.keybox.setObjectName(f"{key}Keys")
        self.keybox.setAccessibleName(self.tr("{name}, keys").format(name=self.level.name))
        self.keybox.previous.connect(self.previous_key)
        self.keybox.next.connect(self.next_key)
        self.keybox.toggled.connect(self.key_toggled)
        self.row.addWidget(self.keybox)

    def _connect(self) -> None:
        self.slider.sliderPressed.connect(self._on_pressed)
        self.slider.sliderReleased.connect(self._on_released)
        self.slider.escaped.connect(self._on_escaped)
        self.slider.valueChanged.connect(lambda v: self._emit(self.low + v / STEPS * (self.high - self.low)))
        self.slider.reset.connect(self._on_reset)
        self.number.valueChanged.connect(self._emit)

    @property
    def value(self) -> float:
        """What it shows."""
        return self._value

    @property
    def dragging(self) -> bool:
        """True while its knob is held."""
        return self.slider.isSliderDown()

    def set_value(self, value: float) -> None:
        """Show a value; nobody is told."""
        if value == self._value and self.number.value() == value:
            return
        self._value = value
        position = self._position(value)
        if position != self.slider.value():
            self.slider.blockSignals(True)
            self.slider.setValue(position)
            self.slider.blockSignals(False)
            self.slider.update()
        self.number.show_value(value)

    def set_range(self, low: float, high: float, usual: float) -> None:
        """Another range, such as that of another layer's mode."""
        if (low, high) != (self.low, self.high):
            self.low, self.high = low, high
            self.slider.usual = self._position(usual)
            self.number.set_range(low, high)
            value, self._value = self._value, math.nan
            self.set_value(value)

    def set_ghost(self, value: float | None) -> None:
        """Mark another value on the slider, such as the one without the edit."""
        self.slider.set_ghost(None if value is None else self._position(min(max(value, self.low), self.high)))

    def set_keys(self, state: str) -> None:
        """Show whether it has a key at the playhead (`KEYED`), keys elsewhere (`BETWEEN`), or none."""
        self.number.set_state(state)
        if self.keybox is not None:
            self.keybox.set_state(state)

    def set_reason(self, reason: str) -> None:
        """Why it may not be changed; "" where it may."""
        self._reason = reason
        if self.isEnabled() != (not reason):
            self.setEnabled(not reason)
        tip = f"{self._tip}\n{reason}" if reason else self._tip
        if tip != self.toolTip():
            self.setToolTip(tip)

    def _position(self, value: float) -> int:
        return round((value - self.low) / (self.high - self.low) * STEPS)

    def _count(self) -> int:
        return self._steps[0]() if self._steps is not None else 0

    def _on_pressed(self) -> None:
        self._clicked = (self._count(), -1)
        self.began.emit()

    def _on_released(self) -> None:
        self.ended.emit(True)
        if self._clicked is not None:
            self._clicked = (self._clicked[0], self._count())

    def _on_escaped(self) -> None:
        self._clicked = None
        self.slider.blockSignals(True)  # its release says no more
        self.slider.setSliderDown(False)
        self.slider.blockSignals(False)
        self.ended.emit(False)
        self.slider.update()

    def take_back_click(self) -> None:
        """The first click of a double click moved the knob: that step goes, so that what follows is the only one."""
        clicked, self._clicked = self._clicked, None
        if clicked is not None and self._steps is not None and clicked[1] == clicked[0] + 1 == self._count():
            self._steps[1]()

    def _on_reset(self) -> None:
        self.take_back_click()
        self._emit(self.level.usual)

    def _emit(self, value: float) -> None:
        value = round(value, 4)
        if abs(value - self._value) > 1e-9:
            self.set_value(value)
            self.changed.emit(value)


def heading(text: str) -> QLabel:
    """A section's title."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
