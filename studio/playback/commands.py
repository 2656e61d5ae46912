"""What the window's playback actions do, and how playback follows the document."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from engine.core.timing import frame_time
from engine.project.change import Change, Composite
from engine.project.edits import SetInOut
from studio.recording import Recorder

if TYPE_CHECKING:
    from studio.playback.player import Player
    from studio.session import Session
    from studio.timeline.view import TimelineView
    from studio.transport import Transport
    from studio.window import MainWindow

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_HELD = ("shuttle_back", "shuttle_stop", "shuttle_forward")


class PlaybackCommands:
    """Shuttle, speeds, in and out points."""

    session: Session
    player: Player
    timeline: TimelineView
    transport: Transport
    actions_by_name: dict[str, QAction]
    shuttle_keys: ShuttleKeys
    recorder: Recorder

    if TYPE_CHECKING:

        def say(self, text: str) -> None:
            """A word in the status bar."""

    def shuttle_forward(self) -> None:
        """Play; if it does, twice as fast. While K is held, slowly."""
        self._shuttle(1)

    def shuttle_back(self) -> None:
        """Play backwards; if it does, twice as fast. While K is held, slowly."""
        self._shuttle(-1)

    def _shuttle(self, direction: int) -> None:
        if self.shuttle_keys.held("shuttle_stop"):
            self.player.creep(direction)
        else:
            self.player.shuttle(direction)

    def shuttle_stop(self) -> None:
        """Stand still; with J or L held too, go slowly."""
        for name, direction in (("shuttle_back", -1), ("shuttle_forward", 1)):
            if self.shuttle_keys.held(name):
                self.player.creep(direction)
                return
        self.player.stop()

    def play_quarter_speed(self, on: bool) -> None:
        """A quarter as fast."""
        self._play_at(0.25, on)

    def play_half_speed(self, on: bool) -> None:
        """Half as fast."""
        self._play_at(0.5, on)

    def play_normal_speed(self, on: bool) -> None:
        """As it was spoken."""
        self._play_at(1.0, on)

    def play_double_speed(self, on: bool) -> None:
        """Twice as fast."""
        self._play_at(2.0, on)

    def _play_at(self, speed: float, on: bool) -> None:
        if on and self.player.speed != speed:
            self.player.set_speed(speed)
        elif not on:
            self.transport.speed.refresh()  # the one that holds stays checked

    def arm_recording(self, on: bool) -> None:
        """Record what is moved while playing, or no more."""
        if on:
            self.recorder.arm()
            self.say(QCoreApplication.translate("PlaybackCommands", "Armed: play, and move a slider or a handle; it becomes keys when you stop"))
        else:
            self.recorder.disarm()

    def set_in_point(self) -> None:
        """The in point at the playhead; an out point before it goes."""
        line = self.session.line
        if line is not None:
            in_s = frame_time(self.player.frame, self.player.rate)
            out_s = line.out_s if line.out_s is not None and line.out_s > in_s else None
            self._set_range(SetInOut(line.id, in_s, out_s), "Set in point")

    def set_out_point(self) -> None:
        """The out point after the frame at the playhead; an in point behind it goes."""
        line = self.session.line
        if line is not None:
            out_s = min(frame_time(self.player.frame + 1, self.player.rate), self.player.duration_s)
            in_s = line.in_s if line.in_s is not None and line.in_s < out_s else None
            self._set_range(SetInOut(line.id, in_s, out_s), "Set out point")

    def clear_in_out(self) -> None:
        """The whole line again."""
        line = self.session.line
        if line is not None and (line.in_s, line.out_s) != (None, None):
            self._set_range(SetInOut(line.id, None, None), "Clear in and out")

    def _set_range(self, edit: SetInOut, name: str) -> None:
        if edit.apply(self.session.document).document != self.session.document:
            self.session.apply(Composite((edit,), name))  # a step of its own: In and Out pressed in a row do not merge

    def go_to_in(self) -> None:
        """To the in point, or the line's start."""
        self._go_to(self.player.in_s or 0.0)

    def go_to_out(self) -> None:
        """To the last frame before the out point, or the line's last."""
        out_s = self.player.duration_s if self.player.out_s is None else self.player.out_s
        last = math.ceil(out_s * float(self.player.rate) - 1e-6) - 1
        self._go_to(frame_time(max(0, last), self.player.rate))

    def _go_to(self, time_s: float) -> None:
        self.player.seek(time_s)
        self.timeline.set_position(self.player.position_s, follow=True)


class ShuttleKeys(QObject):
    """Knows which of J, K and L are down, by the keys that their actions have; a slow shuttle ends when one is let go.

    Args:
        player: stopped then.
        actions: by name.
    """

    def __init__(self, player: Player, actions: dict[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._actions = {name: actions[name] for name in _HELD}
        self._down: set[str] = set()
        for action in self._actions.values():
            action.setAutoRepeat(False)  # holding L plays, it does not run away
        parent.installEventFilter(self)

    def held(self, name: str) -> bool:
        """True while the key of an action is down."""
        return name in self._down

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the keys that nobody else took go down and up."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate:
            self._down.clear()
        elif kind in _KEYS and isinstance(event, QKeyEvent):
            name = self._name(event)
            if name and kind != QEvent.Type.KeyRelease:
                self._down.add(name)
            elif name and not event.isAutoRepeat() and name in self._down:
                creeping = "shuttle_stop" in self._down and len(self._down) > 1
                self._down.discard(name)
                if creeping:
                    self._player.stop()
        return False

    def _name(self, event: QKeyEvent) -> str:
        pressed = QKeySequence(event.keyCombination())
        return next((name for name, action in self._actions.items() if pressed in action.shortcuts()), "")


def connect(window: MainWindow) -> None:
    """Let playback follow the document, and the transport the rest."""
    player, session = window.player, window.session
    window.shuttle_keys = ShuttleKeys(player, window.actions_by_name, window)

    recorder = window.recorder = window.keying.recorder = Recorder(session, player, window)
    recorder.armed_changed.connect(window.actions_by_name["record"].setChecked)
    recorder.recording_changed.connect(window.transport.show_recording)
    recorder.recorded.connect(lambda tracks: window.say(_recorded_words(tracks)))

    def follow(change: Change | None = None) -> None:
        line = session.line
        if line is None:
            player.set_range(None, None)
            player.set_heard(0.0)
        elif change is None or change.concerns("range", "placing", "line", line_id=line.id):
            player.set_range(line.in_s, line.out_s)
            player.set_heard(line.gain_db, line.trim_start_s, line.trim_end_s)

    session.changed.connect(follow)
    session.line_changed.connect(follow)
    window.transport.refused.connect(window.say)
    follow()


def _recorded_words(tracks: tuple[str, ...]) -> str:
    names = ", ".join(track.rsplit("/", 1)[-1] for track in tracks)
    return QCoreApplication.translate("PlaybackCommands", "Recorded {names}").format(names=names)
