"""The transport: play, step, loop, record; timecode that can be typed, speed, dropped frames, and what keeps the time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from engine.core.errors import InvalidInput
from engine.core.timing import frame_at, frame_time
from studio import icons, theme
from studio.playback.player import SPEEDS, Player
from studio.playback.typed import parse_time
from studio.timeline.axis import UNITS, format_time

_BUTTONS = ("first", "previous", "play", "next", "last", None, "loop", "record", None, "fit")
_SPEED_ACTIONS = {0.25: "speed_quarter", 0.5: "speed_half", 1.0: "speed_normal", 2.0: "speed_double"}


class TimeField(QLineEdit):
    """The position; a click begins to type another one.

    Signals:
        typed(text): a person typed a time and pressed Enter.
        left(): without one; the position is to be shown again.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fresh = False  # nothing has been clicked since the keys came here
        self.setObjectName("timecode")
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFont(theme.numbers_font(self.font(), 1.35))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Escape leaves all as it is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typed.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Give the keys back to the window."""
        self.clearFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The first click takes all of it, so that what is typed replaces it."""
        super().mousePressEvent(event)
        if self._fresh:
            self._fresh = False
            self.selectAll()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what is selected."""
        if not self.selectedText():
            super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed now is new."""
        super().focusInEvent(event)
        self._fresh = True
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the position again."""
        super().focusOutEvent(event)
        self.deselect()
        self.left.emit()

    def fit(self, text: str) -> None:
        """As wide as a text like this needs."""
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(text) + 22)


class Note(QLabel):
    """A word beside the buttons that gives way where there is little room: it is cut with three dots."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "dim")
        self.setMinimumWidth(0)

    def minimumSizeHint(self) -> QSize:
        """Nothing wide."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much of the text as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, text)


class SpeedButton(QToolButton):
    """Shows how fast it plays, and offers other speeds.

    Args:
        player: what it shows and sets.
        actions: of the speeds, by name.
    """

    def __init__(self, player: Player, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self.setObjectName("speedButton")
        self.setAccessibleName(self.tr("Speed"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(self)
        self._actions = {speed: actions[_SPEED_ACTIONS[speed]] for speed in SPEEDS}
        for action in self._actions.values():
            menu.addAction(action)
        self.setMenu(menu)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("−0.25×") + 26)
        self.setStyleSheet(
            "QToolButton { padding-right: 15px; }"
            "QToolButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; right: 4px; width: 9px; }"
        )
        self.setToolTip(self.tr("Playing speed, with the pitch kept. J, K and L shuttle: backwards, stop, forwards; again is faster"))
        player.speed_changed.connect(lambda _: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Show the player's speed."""
        speed = self._player.speed
        self.setText(speed_words(speed))
        for each, action in self._actions.items():
            action.setChecked(each == speed)


def speed_words(speed: float) -> str:
    """A speed as people write it: `½×`, `−2×`."""
    words = {0.25: "¼", 0.5: "½"}.get(abs(speed), f"{abs(speed):g}")
    return f"{'−' if speed < 0 else ''}{words}×"


class Transport(QWidget):
    """A tool bar with its read-outs.

    Args:
        player: what it shows and moves.
        actions: by name: those of the buttons, and of the speeds.

    Signals:
        unit_changed(unit): a person counts in timecode, seconds or frames.
        refused(text): what was typed is no time, and what would be.
    """

    unit_changed = Signal(str)
    refused = Signal(str)

    def __init__(self, player: Player, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._play = actions["play"]
        self.unit = UNITS[0]
        self.setAutoFillBackground(True)
        self.recording = Note("recording")
        self._build_bar(actions)
        self.speed = SpeedButton(player, actions)
        self._build_time()
        self.length = Note("lineLength")
        self.dropped = Note("droppedFrames")
        self.dropped.setToolTip(self.tr("Frames of this playback that came too late to be shown; the sound is never held up for them"))
        self.sound = Note("soundStatus")  # the window puts it into its status bar
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 12, 0)
        row.setSpacing(theme.SPACE)
        for widget in (self.bar, self.speed, self.time, self.units, self.length):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.recording)
        row.addWidget(self.dropped)
        self.recording.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        player.moved.connect(lambda _: self._show_position())
        player.playing_changed.connect(self._on_playing)
        player.clock_changed.connect(self._show_clock)
        self._show_clock()
        self.refresh()

    def _build_bar(self, actions: dict[str, QAction]) -> None:
        self.bar = QToolBar(self.tr("Transport"))
        self.bar.setObjectName("transportBar")
        self.bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        for name in _BUTTONS:
            if name is None:
                self.bar.addSeparator()
                continue
            self.bar.addAction(actions[name])
            button = self.bar.widgetForAction(actions[name])
            button.setObjectName(f"{name}Button")
            button.setAccessibleName(actions[name].text().replace("&", ""))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space is Play, wherever the last click was
        self.bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # no button gives way to a word
        self._record = actions["record"]
        self._record.toggled.connect(lambda _: self._show_armed())
        theme.changed.connect(self._show_armed)
        self._show_armed()

    def _build_time(self) -> None:
        self.time = TimeField()
        self.time.setAccessibleName(self.tr("Position"))
        self.time.setToolTip(self.tr("Position. Type a timecode, frames (36f), seconds (1.5s) or a step (+10), then Enter"))
        self.time.typed.connect(self._on_typed)
        self.time.left.connect(self._show_position)
        self.units = QToolButton()
        self.units.setObjectName("unitButton")
        self.units.setAccessibleName(self.tr("Unit of time"))
        self.units.setToolTip(self.tr("Count in timecode, seconds or frames"))
        self.units.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.units.clicked.connect(self._next_unit)

    def refresh(self) -> None:
        """Show another line's length."""
        player = self._player
        there = player.duration_s > 0
        whole = format_time(player.duration_s, player.rate, self.unit)
        self.length.setText(f"/ {whole}   {_rate_words(player)}" if there else "")
        self.time.fit(max(("00:00:00:00", whole), key=len))
        self._make_room()
        self.units.setText({"timecode": self.tr("TC"), "seconds": self.tr("s"), "frames": self.tr("fr")}[self.unit])
        self._show_position()
        self._show_dropped()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the length is left out first."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        wanted = (self.bar, self.speed, self.time, self.units, self.recording if self.recording.text() else self.dropped, self.length)
        need = sum(widget.sizeHint().width() + theme.SPACE for widget in wanted) + 2 * theme.SPACE
        self.length.setVisible(self.width() >= need)

    def _show_position(self) -> None:
        player = self._player
        position_s = player.position_s
        if self.unit != "seconds":  # the frame that is on screen
            position_s = frame_at(position_s, player.rate) / float(player.rate)
        text = format_time(position_s, player.rate, self.unit)
        if text != self.time.text() and not self.time.hasFocus():
            self.time.setText(text)
        self._show_dropped()

    def _on_typed(self, text: str) -> None:
        player = self._player
        try:
            time_s = parse_time(text, player.rate, self.unit, frame_time(player.frame, player.rate))
        except InvalidInput as error:
            self.time.selectAll()
            self.refused.emit(str(error))
            return
        self.time.leave()
        player.seek(time_s)

    def _show_dropped(self) -> None:
        count = self._player.dropped
        words = {0: self.tr("No dropped frames"), 1: self.tr("1 dropped frame")}
        text = words.get(count) or self.tr("{count} dropped frames").format(count=count)
        text = text if self._player.duration_s > 0 else ""
        if text != self.dropped.text():
            self.dropped.setText(text)
            role = "warning" if count else "dim"
            if self.dropped.property("role") != role:
                self.dropped.setProperty("role", role)
                self.dropped.style().polish(self.dropped)

    def _show_armed(self) -> None:
        """Red once what is moved is recorded."""
        self._record.setIcon(icons.icon("record", "ON_MARK" if self._record.isChecked() else "ERROR"))
        self.recording.setStyleSheet(f"color: {theme.ERROR}; font-weight: 600;")
        self.bar.setStyleSheet(f"QToolButton#recordButton:checked {{ background: {theme.ERROR}; }}")

    def show_recording(self, tracks: tuple[str, ...]) -> None:
        """Say what is being recorded; nothing where nothing is."""
        names = ", ".join(track.rsplit("/", 1)[-1] for track in tracks)
        self.recording.setText(self.tr("● Recording {names}").format(names=names) if names else "")
        self.recording.setVisible(bool(names))
        self.dropped.setVisible(not names)
        self._make_room()

    def _on_playing(self, playing: bool) -> None:
        self._play.setIcon(icons.icon("stop" if playing else "play"))
        self._play.setText(self.tr("Stop") if playing else self.tr("Play"))
        self._show_position()

    def _show_clock(self) -> None:
        clock = self._player.clock
        self.sound.setText(clock.description)
        silent = self.tr("No sound is heard: the picture follows the system's clock")
        self.sound.setToolTip(self.tr("What keeps the time") if clock.audible else silent)

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
    return QCoreApplication.translate("Rate", "{rate} fps").format(rate=number)
