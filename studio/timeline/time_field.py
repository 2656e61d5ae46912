"""The field in the ruler's corner: where the playhead is, and where it is sent."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.core.errors import InvalidInput
from engine.core.timing import frame_at, frame_time
from studio import theme
from studio.playback.typed import parse_time
from studio.timeline.axis import format_time


class TimeField(QLineEdit):
    """The playhead's time, to read and to type.

    Signals:
        typed(time_s): a person asked for a time.
        refused(text): what was typed is none.
    """

    typed = Signal(float)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._back_to = parent
        self._rate, self._unit, self._time_s = Fraction(30), "timecode", 0.0
        self.setObjectName("timeField")
        self.setAccessibleName(self.tr("Playhead"))
        self.setToolTip(self.tr("Playhead: type a timecode, frames (40), seconds (1.5 s) or a step (+10)"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFont(theme.numbers_font(self.font()))
        self.returnPressed.connect(self._take)

    def show_time(self, time_s: float, rate: Fraction, unit: str) -> None:
        """Show where the playhead is; what is being typed stays."""
        self._rate, self._unit, self._time_s = rate, unit, time_s
        if self.hasFocus() and self.isModified():
            return
        shown = time_s if unit == "seconds" else frame_time(frame_at(time_s, rate), rate)
        text = format_time(shown, rate, unit)
        if text != self.text():
            self.setText(text)

    def _take(self) -> None:
        try:
            time_s = parse_time(self.text(), self._rate, self._unit, self._time_s)
        except InvalidInput as error:
            self.refused.emit(str(error))
            self.selectAll()
            return
        self.setModified(False)
        self._back_to.setFocus()
        self.typed.emit(max(time_s, 0.0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces what is there."""
        super().focusInEvent(event)
        self.setModified(False)
        self.selectAll()

    def mouseReleaseEvent(self, event: object) -> None:
        """The click that gave the focus leaves everything selected."""
        super().mouseReleaseEvent(event)  # type: ignore[arg-type]
        if not self.isModified():
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the lanes."""
        if event.key() == Qt.Key.Key_Escape:
            self.setModified(False)
            self._back_to.setFocus()
            self.show_time(self._time_s, self._rate, self._unit)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was not taken is forgotten."""
        super().focusOutEvent(event)
        self.setModified(False)
        self.show_time(self._time_s, self._rate, self._unit)
