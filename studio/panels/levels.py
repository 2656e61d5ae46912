"""A level: a name, a slider and a number, which are one control to its listeners."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from studio import theme

STEPS = 1000  # positions of a slider over its whole range
NAME_PX, NUMBER_PX = 74, 52
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)


class LevelSlider(QSlider):
    """A slider whose knob comes to where one clicks; a double click goes to its usual value.

    Args:
        usual: position it returns to, marked with a notch where it is not at the end.
    """

    reset = Signal()

    def __init__(self, usual: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.usual = usual
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
        return QSize(60, theme.ROW - 4)

    def _left(self) -> float:
        return 7.0

    def _span(self) -> float:
        return max(1.0, self.width() - 2 * self._left())

    def _x(self, value: int) -> float:
        return self._left() + self._span() * value / STEPS

    def paintEvent(self, event: QPaintEvent) -> None:
        """A groove filled up to the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        on = self.isEnabled()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.FIELD))
        painter.drawRoundedRect(QRectF(self._left() - 3, middle - 2.5, self._span() + 6, 5), 2.5, 2.5)
        start, x = self._x(self.usual), self._x(self.value())
        painter.setBrush(QColor(theme.ACCENT if on else theme.BORDER))
        painter.drawRoundedRect(QRectF(min(start, x), middle - 2.5, abs(x - start), 5), 2, 2)
        if 0 < self.usual < STEPS:
            painter.setBrush(QColor(theme.FAINT))
            painter.drawRect(QRectF(start - 0.75, middle - 6, 1.5, 12))
        hot = on and (self.isSliderDown() or self.underMouse() or self.hasFocus())
        painter.setBrush(QColor("#ffffff" if hot else "#c9ced6" if on else theme.FAINT))
        painter.drawEllipse(QPointF(x, middle), 6.0, 6.0)
        if self.hasFocus():
            painter.setPen(QColor(theme.ACCENT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, middle), 8.0, 8.0)

    def _value_at(self, x: float) -> int:
        return round(min(max((x - self._left()) / self._span(), 0.0), 1.0) * STEPS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the knob here and drag it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setSliderPosition(self._value_at(event.position().x()))
            event.accept()
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the knob; near its usual value it stays there."""
        if self.isSliderDown():
            value = self._value_at(event.position().x())
            near = 0 < self.usual < STEPS and abs(self._x(value) - self._x(self.usual)) < 4
            self.setSliderPosition(self.usual if near else value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the knob go."""
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the usual value."""
        self.reset.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with Ctrl: the panel scrolls else."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
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
        name: shown to its left.
        most: largest value; the smallest is 0.
        usual: value that a double click returns to.
        tip: what it does.

    Signals:
        began(), changed(value), ended(): a drag; a step by keys or the number alone sends `changed` only.
    """

    began = Signal()
    changed = Signal(float)
    ended = Signal()

    def __init__(self, name: str, most: float, usual: float, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.most = most
        self.label = QLabel(name)
        self.label.setFixedWidth(NAME_PX)
        self.slider = LevelSlider(round(usual / most * STEPS))
        self.slider.setObjectName(f"{name.lower()}Slider")
        self.slider.setAccessibleName(name)
        self.number = QDoubleSpinBox()
        self.number.setObjectName(f"{name.lower()}Number")
        self.number.setAccessibleName(f"{name}, number")
        self.number.setRange(0.0, most)
        self.number.setDecimals(2)
        self.number.setSingleStep(0.05)
        self.number.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(NUMBER_PX)
        self.number.setKeyboardTracking(False)
        self.number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(tip)
        self.setFixedHeight(theme.ROW)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.slider.sliderPressed.connect(self.began)
        self.slider.sliderReleased.connect(self.ended)
        self.slider.valueChanged.connect(lambda v: self._emit(v / STEPS * self.most))
        self.slider.reset.connect(lambda: self._emit(usual))
        self.number.valueChanged.connect(self._emit)
        self._value = 0.0
        self.set_value(usual)

    @property
    def value(self) -> float:
        """What it shows."""
        return self._value

    def set_value(self, value: float) -> None:
        """Show a value; nobody is told."""
        self._value = value
        for widget in (self.slider, self.number):
            widget.blockSignals(True)
        self.slider.setValue(round(value / self.most * STEPS))
        self.number.setValue(value)
        for widget in (self.slider, self.number):
            widget.blockSignals(False)
        self.slider.update()

    def set_note(self, note: str) -> None:
        """A remark on the value, such as that it changes over the line; "" for none."""
        self.label.setText(self.slider.accessibleName() + (" ~" if note else ""))
        self.label.setToolTip(note)

    def _emit(self, value: float) -> None:
        value = round(value, 3)
        if abs(value - self._value) > 1e-9:
            self.set_value(value)
            self.changed.emit(value)


def heading(text: str) -> QLabel:
    """A section's title."""
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
