"""Dialogs of the curve editor: one number, whose effect is seen at once and taken back by Cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from engine.core.curves import Curve
from studio import theme
from studio.curves.model import CurveModel, Operation

_STEPS = 200
AT_ONCE = 600  # keys that are worked out without another thread


@dataclass(frozen=True)
class Amount:
    """What a dialog asks for.

    Args:
        name: of the step.
        title: of the dialog.
        label: of the number.
        low: smallest.
        high: largest.
        start: at first.
        decimals: shown.
        operation: from the number to what it does.
    """

    name: str
    title: str
    label: str
    low: float
    high: float
    start: float
    decimals: int
    operation: Callable[[float], Operation]


class _Relay(QObject):
    """Brings a result from a thread to whoever still listens; the thread may outlive the dialog."""

    ready = Signal(int, object)


class AmountDialog(QDialog):
    """Asks for a number; the curves follow it while it is open.

    Args:
        model: whose selected keys change.
        amount: what is asked.
        parent: of the dialog.
    """

    def __init__(self, model: CurveModel, amount: Amount, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._amount = model, amount
        self.setWindowTitle(amount.title)
        self.setObjectName("amountDialog")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.number = QDoubleSpinBox()
        self.number.setDecimals(amount.decimals)
        self.number.setRange(amount.low, amount.high)
        self.number.setSingleStep(10.0**-amount.decimals)
        self.number.setAccessibleName(amount.label)
        self.number.setValue(amount.start)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setAccessibleName(amount.label)
        self.slider.setValue(self._position(amount.start))
        self.result_label = QLabel()
        self.result_label.setProperty("role", "dim")
        self._buttons = buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(QLabel(amount.label))
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE)
        for part in (row, self.result_label, buttons):
            column.addLayout(part) if isinstance(part, QHBoxLayout) else column.addWidget(part)
        self.setMinimumWidth(380)
        # Not at every pixel of the slider: the last one counts.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._apply)
        self.number.valueChanged.connect(self._on_number)
        self.slider.valueChanged.connect(lambda at: self.number.setValue(self._value(at)))
        self._ticket = 0  # of the latest work
        self._relay = _Relay()
        self._relay.ready.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._before = sum(map(len, model.selected_keys().values()))
        model.begin_drag(amount.name)
        self._apply()

    def _position(self, value: float) -> int:
        """On a slider whose steps grow with the number: small ones need care."""
        share = (value - self._amount.low) / (self._amount.high - self._amount.low)
        return round(_STEPS * share**0.5)

    def _value(self, position: int) -> float:
        return self._amount.low + (self._amount.high - self._amount.low) * (position / _STEPS) ** 2

    def _on_number(self, value: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(self._position(value))
        self.slider.blockSignals(False)
        self._timer.start()

    def _apply(self, wait: bool = False) -> None:
        """Work it out; where there are many keys, on another thread, so that the window goes on, unless it must `wait`."""
        operation = self._amount.operation(self.number.value())
        work = self._model.job_of(lambda _: operation)
        self._ticket += 1
        if wait or self._before <= AT_ONCE:
            self._show(self._ticket, work())
            return
        self.result_label.setText(self.tr("Working…"))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)
        ticket, relay = self._ticket, self._relay
        QThreadPool.globalInstance().start(lambda: relay.ready.emit(ticket, work()))

    def _show(self, ticket: int, curves: dict[str, Curve]) -> None:
        """Put the result on the line, if nothing newer was asked for."""
        if ticket != self._ticket or not self._model.dragging:
            return
        self._model.put(self._amount.name, curves)
        now = sum(map(len, self._model.selected_keys().values()))
        self.result_label.setText(self.tr("{before} keys become {after}.").format(before=self._before, after=now))
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(True)

    def done(self, result: int) -> None:
        """Keep what is seen, or take it back."""
        if self._timer.isActive():
            self._timer.stop()
            self._apply(wait=True)
        self._ticket += 1
        if self._model.dragging:
            self._model.end_drag(result == QDialog.DialogCode.Accepted)
        super().done(result)
