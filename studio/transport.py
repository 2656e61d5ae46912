"""The transport: play, step, loop; timecode, dropped frames, and what keeps the time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolBar, QWidget

from engine.core.timing import frame_at
from studio import icons, theme
from studio.playback.player import Player
from studio.timeline.axis import UNITS, format_time


class Timecode(QLabel):
    """The position; a click counts in the next unit."""

    clicked = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Count otherwise."""
        self.clicked.emit()


class Transport(QWidget):
    """A tool bar with its read-outs.

    Args:
        player: what it shows and moves.
        actions: by name: first, previous, play, next, last, loop, fit.

    Signals:
        unit_changed(unit): a person counts in timecode, seconds or frames.
    """

    unit_changed = Signal(str)

    def __init__(self, player: Player, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._play = actions["play"]
        self.unit = UNITS[0]
        self.setAutoFillBackground(True)
        self.bar = QToolBar("Transport")
        self.bar.setObjectName("transportBar")
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for name in ("first", "previous", "play", "next", "last", "loop", "fit"):
            if name in ("loop", "fit"):
                self.bar.addSeparator()
            self.bar.addAction(actions[name])
        for button in self.bar.findChildren(QWidget):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.time = Timecode("00:00:00:00")
        self.time.setObjectName("timecode")
        self.time.setToolTip("Position; click to count in timecode, seconds or frames")
        self.time.setFont(theme.numbers_font(self.font(), 1.35))
        self.time.setCursor(Qt.CursorShape.PointingHandCursor)
        self.time.clicked.connect(self._next_unit)
        self.length = self._note("lineLength")
        self.dropped = self._note("droppedFrames")
        self.dropped.setToolTip("Frames of this playback that came too late to be shown; the sound is never held up for them")
        self.sound = self._note("soundStatus")  # the window puts it into its status bar
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 12, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self.bar)
        row.addSpacing(4)
        row.addWidget(self.time)
        row.addWidget(self.length)
        row.addStretch(1)
        row.addWidget(self.dropped)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        player.moved.connect(lambda _: self._show_position())
        player.playing_changed.connect(self._on_playing)
        player.clock_changed.connect(self._show_clock)
        self._show_clock()
        self.refresh()

    def _note(self, name: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setProperty("role", "dim")
        return label

    def refresh(self) -> None:
        """Show another line's length."""
        player = self._player
        there = player.duration_s > 0
        whole = format_time(player.duration_s, player.rate, self.unit)
        self.length.setText(f"/ {whole}   {_rate_words(player)}" if there else "")
        self._show_position()
        self._show_dropped()

    def _show_position(self) -> None:
        player = self._player
        position_s = player.position_s
        if self.unit != "seconds":  # the frame that is on screen
            position_s = frame_at(position_s, player.rate) / float(player.rate)
        text = format_time(position_s, player.rate, self.unit)
        if text != self.time.text():
            self.time.setText(text)
        self._show_dropped()

    def _show_dropped(self) -> None:
        count = self._player.dropped
        text = "No dropped frames" if count == 0 else "1 dropped frame" if count == 1 else f"{count} dropped frames"
        text = text if self._player.duration_s > 0 else ""
        if text != self.dropped.text():
            self.dropped.setText(text)
            role = "warning" if count else "dim"
            if self.dropped.property("role") != role:
                self.dropped.setProperty("role", role)
                self.dropped.style().polish(self.dropped)

    def _on_playing(self, playing: bool) -> None:
        self._play.setIcon(icons.icon("stop" if playing else "play"))
        self._play.setText("Stop" if playing else "Play")
        self._show_position()

    def _show_clock(self) -> None:
        clock = self._player.clock
        self.sound.setText(clock.description)
        self.sound.setToolTip("What keeps the time" if clock.audible else "No sound is heard: the picture follows the system's clock")

    def _next_unit(self) -> None:
        self.set_unit(UNITS[(UNITS.index(self.unit) + 1) % len(UNITS)])

    def set_unit(self, unit: str) -> None:
        """Count in this unit."""
        self.unit = unit
        self.refresh()
        self.unit_changed.emit(unit)


def _rate_words(player: Player) -> str:
    rate = player.rate
    number = str(rate.numerator) if rate.denominator == 1 else f"{float(rate):.2f}"
    return f"{number} fps"
