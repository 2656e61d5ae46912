"""Where a line stands and what of its sound counts: start in the scene, trim, gain, lip-sync offset in frames."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.core.timing import frame_time, nearest_frame
from engine.project.edits import SetGain, SetLineStart, SetSyncOffset, SetTrim
from engine.project.lines import GAIN_LIMITS_DB, SYNC_LIMITS_S
from studio import theme
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.numbers import NumberField

MOST_FRAMES = 24  # of the offset's slider; more can be typed


class Placing(QWidget):
    """Numbers of the current line."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        session = desk.session
        self.setStyleSheet("NumberField { padding: 0 4px; min-height: 0; }")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        self.start = self._field("lineStart", self.tr("Start in the scene"))
        self.start.valueChanged.connect(lambda value: self._apply(SetLineStart, value))
        self._row(self.tr("Start"), self.start)
        self.trim_start, self.trim_end = self._field("trimStart", self.tr("Heard from")), self._field("trimEnd", self.tr("Heard up to"))
        for field in (self.trim_start, self.trim_end):
            field.valueChanged.connect(lambda _: self._set_trim(self.trim_start.value(), self.trim_end.value()))
        self.trim_range = QToolButton()
        self.trim_range.setObjectName("trimToRange")
        self.trim_range.setText(self.tr("In–Out"))
        self.trim_range.setToolTip(self.tr("Trim to the in and out points; times do not move"))
        self.trim_range.clicked.connect(self._on_trim_range)
        self.trim_all = QToolButton()
        self.trim_all.setObjectName("trimAll")
        self.trim_all.setText(self.tr("All"))
        self.trim_all.setToolTip(self.tr("The whole sound is heard and performed"))
        self.trim_all.clicked.connect(self._on_trim_all)
        self._row(self.tr("Trim"), self.trim_start, self.trim_end, self.trim_range, self.trim_all)
        steps = (lambda: session.cursor, session.undo)
        low, high = GAIN_LIMITS_DB
        self.gain = LevelRow(Level(self.tr("Gain"), high, 0.0, self.tr("Loudness of the sound, decibels"), low, 1, "dB", "lineGain"), steps)
        tip = self.tr("Lip-sync offset in frames: above 0 the lips come later than the sound")
        self.sync = LevelRow(Level(self.tr("Lip sync"), MOST_FRAMES, 0.0, tip, -MOST_FRAMES, 0, "fr", "lineSync"), steps)
        for row in (self.gain, self.sync):
            row.number.setFixedWidth(62)
            row.began.connect(session.begin_drag)
            row.ended.connect(session.end_drag)
            self.column.addWidget(row)
        self.gain.changed.connect(lambda value: self._apply(SetGain, round(value, 1)))
        self.sync.changed.connect(self._set_sync)

    def _field(self, name: str, text: str) -> NumberField:
        field = NumberField(0.0, 1e6, 2, "s")
        field.setObjectName(name)
        field.setAccessibleName(text)
        field.setToolTip(self.tr("{what}, seconds").format(what=text))
        return field

    def _row(self, name: str, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(name)
        label.setFixedWidth(40)
        row.addWidget(label)
        for widget in widgets:
            row.addWidget(widget, 1 if isinstance(widget, NumberField) else 0)
        self.column.addLayout(row)

    def refresh(self) -> None:
        """Show the current line's."""
        line, why = self._desk.line, self._desk.no_line()
        for widget in (self.start, self.trim_start, self.trim_end, self.trim_range, self.trim_all):
            widget.setEnabled(not why)
        for row in (self.gain, self.sync):
            row.set_reason(why)
        if line is None:
            return
        self.trim_range.setEnabled(not why and (line.in_s is not None or line.out_s is not None))
        self.trim_all.setEnabled(not why and (line.trim_start_s > 0 or line.trim_end_s is not None))
        self.start.show_value(line.start_s)
        self.trim_start.show_value(line.trim_start_s)
        length_s = line.duration_s or self._desk.conductor.duration_s
        self.trim_end.show_value(length_s if line.trim_end_s is None else line.trim_end_s)
        if not self.gain.dragging:
            self.gain.set_value(line.gain_db)
        if not self.sync.dragging:
            rate = float(self._desk.session.document.settings.rate)
            reach = max(MOST_FRAMES, abs(line.sync_offset_s) * rate)
            self.sync.set_range(-reach, reach, 0.0)
            self.sync.number.set_range(SYNC_LIMITS_S[0] * rate, SYNC_LIMITS_S[1] * rate)
            self.sync.set_value(round(line.sync_offset_s * rate, 3))

    # Doing.

    def _apply(self, kind: type[SetLineStart] | type[SetGain], value: float) -> None:
        line = self._desk.line
        if line is not None:
            self._desk.session.apply(kind(line.id, value))

    def _set_sync(self, frames: float) -> None:
        line, rate = self._desk.line, self._desk.session.document.settings.rate
        if line is not None:
            whole = round(frames)
            offset = frame_time(abs(whole), rate) * (1 if whole >= 0 else -1)
            self._desk.session.apply(SetSyncOffset(line.id, min(max(offset, SYNC_LIMITS_S[0]), SYNC_LIMITS_S[1])))

    def _set_trim(self, start_s: float, end_s: float | None) -> None:
        line = self._desk.line
        if line is None:
            return
        length_s = line.duration_s or self._desk.conductor.duration_s
        end = None if end_s is None or (length_s and end_s >= length_s - 1e-6) else end_s
        self._desk.session.apply(SetTrim(line.id, start_s, end))
        self.refresh()  # what was refused is shown as it is

    def _on_trim_range(self) -> None:
        line, rate = self._desk.line, self._desk.session.document.settings.rate
        if line is not None:
            start_s = frame_time(nearest_frame(line.in_s or 0.0, rate), rate)
            self._set_trim(start_s, line.out_s)

    def _on_trim_all(self) -> None:
        self._set_trim(0.0, None)
