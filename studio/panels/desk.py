"""What the panels of the inspector work with, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.project.document import EMOTION_TRACK, LineDoc
from engine.project.parts import LAYER_TRACK
from studio.conductor import Conductor
from studio.jobs import Jobs
from studio.keying import Keying
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session

BEAT_MS = 33  # between two looks at the playhead while it moves


@dataclass(frozen=True)
class Desk:
    """The parts of the window that panels share.

    Args:
        session: the document and the current line.
        player: the playhead.
        selection: what is selected, and the active layer.
        keying: turns values into keys.
        jobs: long work.
        conductor: the motion, and the pipeline that makes it.
    """

    session: Session
    player: Player
    selection: Selection
    keying: Keying
    jobs: Jobs
    conductor: Conductor

    @property
    def line(self) -> LineDoc | None:
        """The line a person works on."""
        return self.session.line

    @property
    def read_only(self) -> str:
        """Why nothing may be changed, in words; "" where it may."""
        reason = self.session.read_only
        return QCoreApplication.translate("Desk", "This project is open for reading only: {reason}.").format(reason=reason) if reason else ""

    def no_line(self) -> str:
        """Why nothing of the line may be changed; "" where it may."""
        return self.read_only or ("" if self.line is not None else QCoreApplication.translate("Desk", "Open a sound or type a line first."))

    def locked(self, track: str) -> str:
        """Why a track may not be changed; "" where it may."""
        line = self.line
        reason = self.no_line()
        if reason or line is None:
            return reason
        address = self.keying.address(track)
        if address.startswith(LAYER_TRACK):
            layer_id = address.split("/")[1]
            if line.has_part("layers", layer_id) and line.layer(layer_id).lock:
                return QCoreApplication.translate("Desk", "The layer “{name}” is locked.").format(name=line.layer(layer_id).name)
        elif address and line.track_state(address).lock:
            return QCoreApplication.translate("Desk", "This track is locked in the timeline.")
        elif address.startswith(EMOTION_TRACK) and line.track_state("emotions").lock:
            return QCoreApplication.translate("Desk", "The emotion tracks are locked in the timeline.")
        return ""


class Pulse(QObject):
    """Tells a widget that the playhead moved: at once, then no more often than its beat, and only while it is seen.

    Signals:
        beat(): look at the playhead.
    """

    beat = Signal()

    def __init__(self, player: Player, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_timeout)
        player.moved.connect(self._on_moved)
        widget.installEventFilter(self)

    def _on_moved(self, _time_s: float) -> None:
        if self._timer.isActive():
            self._again = True
        elif self._widget.isVisible():
            self._timer.start()
            self.beat.emit()

    def _on_timeout(self) -> None:
        if self._again:
            self._again = False
            if self._widget.isVisible():
                self._timer.start()
                self.beat.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A widget that comes into view looks at once."""
        if event.type() == QEvent.Type.Show:
            self.beat.emit()
        return False
