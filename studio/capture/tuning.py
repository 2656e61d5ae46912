"""The section for neutral, and for gain and range of each channel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.core.channels import limits
from studio import theme
from studio.capture.capturer import Capturer
from studio.capture.layers import CHANNELS_OF
from studio.capture.profile import MOST_GAIN
from studio.capture.words import REGIONS
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.numbers import NumberField
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.stage.light import retitle
from studio.stage.rows import combo

_NAME_PX = 108
_WAIT_MS = 120  # after the last move of a slider, the layer is made anew
_RANGE_PX = 44


class GainRow(QWidget):
    """Gain and range of one channel.

    Args:
        channel: which.
        capturer: has its numbers.
    """

    def __init__(self, channel: str, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channel, self._profile = channel, capturer.profile
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tip = self.tr("How much of the captured movement comes through: 1 is all of it, 2 is twice as much; a double click resets it")
        self.gain = LevelRow(Level(channel, MOST_GAIN, 1.0, f"{channel}\n{tip}", unit="", key=f"gain{channel}"), None, "", _NAME_PX)
        self.gain.label.setToolTip(channel)
        column.addWidget(self.gain)
        low, high = limits(channel)
        self.range_line = QWidget()
        row = QHBoxLayout(self.range_line)
        row.setContentsMargins(_NAME_PX + theme.SPACE // 2, 0, 0, 2)
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(self.tr("from"))
        label.setProperty("role", "dim")
        between = QLabel(self.tr("to"))
        between.setProperty("role", "dim")
        decimals = 0 if high > 10 else 2
        self.low, self.high = NumberField(low, high, decimals), NumberField(low, high, decimals)
        for field, name, text in ((self.low, "rangeLow", self.tr("Least value")), (self.high, "rangeHigh", self.tr("Largest value"))):
            field.setObjectName(f"{name}{channel}")
            field.setAccessibleName(self.tr("{what} of {channel}").format(what=text, channel=channel))
            field.setToolTip(self.tr("What {channel} may reach").format(channel=channel))
            field.setFixedWidth(_RANGE_PX)
        for widget in (label, self.low, between, self.high):
            row.addWidget(widget)
        row.addStretch(1)
        column.addWidget(self.range_line)

    def refresh(self, ranges: bool) -> None:
        """Show its numbers; the range too, or where it is not the rig's own."""
        tuning = self._profile.tuning
        low, high = tuning.ranges.get(self.channel, limits(self.channel))
        if not self.gain.dragging:
            self.gain.set_value(tuning.gains.get(self.channel, 1.0))
        self.low.show_value(low)
        self.high.show_value(high)
        self.range_line.setVisible(ranges or self.channel in tuning.ranges)


class TuningSection(Section):
    """Neutral, gain and range. What is changed here makes the take that plays anew, and holds for the next ones."""

    def __init__(self, desk: Desk, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__("", False, parent)
        self._desk, self._capturer, self._profile = desk, capturer, capturer.profile
        retitle(self, self.tr("Neutral, gain and range"), "tuning")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT_MS)
        self._later.timeout.connect(capturer.retune_playing)
        self.rows: dict[str, GainRow] = {}
        self._build_neutral()
        self.region = combo(self, "tuningRegion", self.tr("Channels"), self.tr("The channels of which region are shown below"))
        for region, (text, _) in REGIONS.items():
            self.region.addItem(translated("Capture", text), region)
        self.region.setCurrentIndex(self.region.findData("brows"))
        self.region.activated.connect(lambda _: self._show_rows())
        self.box = QVBoxLayout()
        self.box.setSpacing(0)
        self.column.addLayout(self.box)
        self._build_buttons()
        self.folded.connect(lambda opened: self._show_rows() if opened else None)

    def _build_neutral(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.neutral = QPushButton(self.tr("Neutral from Here"))
        self.neutral.setObjectName("neutralHere")
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setObjectName("neutralClear")
        self.clear.setToolTip(self.tr("Take the tracker's own idea of a face at rest"))
        self.clear.clicked.connect(lambda _=False: self._capturer.set_neutral({}))
        row.addWidget(self.neutral, 1)
        row.addWidget(self.clear)
        self.column.addLayout(row)
        self.hint = QLabel()
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.column.addWidget(self.hint)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.ranges = QPushButton(self.tr("Ranges"))
        self.ranges.setObjectName("showRanges")
        self.ranges.setCheckable(True)
        self.ranges.setToolTip(self.tr("Show the least and the largest value of each channel"))
        self.ranges.toggled.connect(lambda _: self.refresh())
        self.reset = QPushButton(self.tr("Reset All"))
        self.reset.setObjectName("resetTuning")
        self.reset.setToolTip(self.tr("Gain 1 and the rig's own range for every channel; neutral stays"))
        self.reset.clicked.connect(self._on_reset)
        row.addWidget(self.ranges, 1)
        row.addWidget(self.reset, 1)
        self.column.addLayout(row)

    def _show_rows(self) -> None:
        """The chosen region's channels; their rows are made when they are first seen."""
        wanted = CHANNELS_OF[str(self.region.currentData())]
        for channel in wanted:
            if channel not in self.rows:
                self.rows[channel] = self._row(channel)
        for channel, row in self.rows.items():
            row.setVisible(channel in wanted)
        self.refresh()

    def _row(self, channel: str) -> GainRow:
        row = GainRow(channel, self._capturer)
        row.gain.changed.connect(lambda value: self._set_gain(channel, value))
        row.low.valueChanged.connect(lambda value: self._set_range(channel, value, max(row.high.value(), value + 0.01)))
        row.high.valueChanged.connect(lambda value: self._set_range(channel, min(row.low.value(), value - 0.01), value))
        self.box.addWidget(row)
        return row

    def _set_gain(self, channel: str, gain: float) -> None:
        self._profile.set_gain(channel, gain)
        self._later.start()

    def _set_range(self, channel: str, low: float, high: float) -> None:
        least, most = limits(channel)
        self._profile.set_range(channel, max(low, least), min(high, most))
        self._later.start()

    def _on_reset(self) -> None:
        self._profile.reset()
        self._later.start()

    def refresh(self) -> None:
        """Show the numbers."""
        tuning = self._profile.tuning
        self.clear.setEnabled(bool(tuning.neutral))
        own = self.tr("The tracker's own face at rest is used.")
        self.hint.setText(self.tr("A face of this performance is taken as the face at rest.") if tuning.neutral else own)
        self.neutral.setToolTip(self.tr("The face in the picture at the playhead, or in the camera's, is the face at rest: captured motion begins there"))
        self.reset.setEnabled(bool(tuning.gains or tuning.ranges))
        for row in self.rows.values():
            if not row.isHidden():
                row.refresh(self.ranges.isChecked())
