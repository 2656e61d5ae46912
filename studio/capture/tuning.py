"""The section for neutral, and for gain and range of each channel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.core.channels import ARKIT
from studio import theme
from studio.capture.capturer import Capturer
from studio.capture.layers import CHANNELS_OF
from studio.capture.profile import LEAST_RANGE
from studio.capture.words import REGIONS
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.numbers import NumberField
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.stage.light import retitle
from studio.stage.rows import combo

_NAME_PX = 108
_MOST_GAIN = 3.0  # of its slider
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
        self.gain = LevelRow(Level(channel, _MOST_GAIN, 1.0, f"{channel}\n{tip}", unit="", key=f"gain{channel}"), None, "", _NAME_PX)
        self.gain.label.setToolTip(channel)
        column.addWidget(self.gain)
        self.range_line = QWidget()
        row = QHBoxLayout(self.range_line)
        row.setContentsMargins(_NAME_PX + theme.SPACE // 2, 0, 0, 2)
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(self.tr("from"))
        label.setProperty("role", "dim")
        between = QLabel(self.tr("to"))
        between.setProperty("role", "dim")
        self.low, self.high = NumberField(0.0, 1.0, 2), NumberField(0.0, 1.0, 2)
        tip = self.tr("The captured values of {channel} that become 0 and 1: for an actor who does little they lie close together")
        for field, name, text in ((self.low, "rangeLow", self.tr("Start of the range")), (self.high, "rangeHigh", self.tr("End of the range"))):
            field.setObjectName(f"{name}{channel}")
            field.setAccessibleName(self.tr("{what} of {channel}").format(what=text, channel=channel))
            field.setToolTip(tip.format(channel=channel))
            field.setFixedWidth(_RANGE_PX)
        for widget in (label, self.low, between, self.high):
            row.addWidget(widget)
        row.addStretch(1)
        column.addWidget(self.range_line)

    def refresh(self, ranges: bool) -> None:
        """Show its numbers; the range too, or where it is not the rig's own."""
        settings = self._profile.settings
        low, high = settings.ranges.get(self.channel, (0.0, 1.0))
        if not self.gain.dragging:
            self.gain.set_value(settings.gains.get(self.channel, 1.0))
        self.low.show_value(low)
        self.high.show_value(high)
        self.range_line.setVisible(self.channel in ARKIT and (ranges or self.channel in settings.ranges))


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
        self.ranges.setToolTip(self.tr("Show which captured values become 0 and 1"))
        self.ranges.toggled.connect(lambda _: self.refresh())
        self.reset = QPushButton(self.tr("Reset All"))
        self.reset.setObjectName("resetTuning")
        self.reset.setToolTip(self.tr("Gain 1 and the whole range for every channel; neutral stays"))
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
        row.low.valueChanged.connect(lambda value: self._set_range(channel, value, row.high.value()))
        row.high.valueChanged.connect(lambda value: self._set_range(channel, min(row.low.value(), value - LEAST_RANGE), value))
        self.box.addWidget(row)
        return row

    def _set_gain(self, channel: str, gain: float) -> None:
        self._profile.set_gain(channel, gain)
        self._later.start()

    def _set_range(self, channel: str, low: float, high: float) -> None:
        self._profile.set_range(channel, low, high)
        self._later.start()

    def _on_reset(self) -> None:
        self._profile.reset()
        self._later.start()

    def refresh(self) -> None:
        """Show the numbers."""
        settings = self._profile.settings
        self.clear.setEnabled(bool(settings.neutral))
        own = self.tr("The tracker's own face at rest is used.")
        self.hint.setText(self.tr("A face of this performance is taken as the face at rest.") if settings.neutral else own)
        self.neutral.setToolTip(self.tr("The face in the picture at the playhead, or in the camera's, is the face at rest: captured motion begins there"))
        self.reset.setEnabled(bool(settings.gains or settings.ranges))
        for row in self.rows.values():
            if not row.isHidden():
                row.refresh(self.ranges.isChecked())
