"""One panel in a window of its own, with all that it works with: for the panels' tests, quicker than the studio's whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from engine.core.motion import MotionClip
from studio.conductor import Conductor
from studio.jobs import Jobs
from studio.keying import Keying
from studio.panels import docks
from studio.panels.desk import Desk
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session
from studio.viewport.view import Viewport
from tests.studio.activation import activate


class Bench(QMainWindow):
    """What the studio's window is to a panel.

    Args:
        name: of the panel in the studio's window, such as `takes_panel`.
        make: makes it.
    """

    compared_a: MotionClip | None = None

    def __init__(self, name: str, make: Callable[[Desk, Viewport], QWidget]) -> None:
        super().__init__()
        self.session = Session(self)
        self.jobs = Jobs(self)
        self.player = Player(self, SilentClock("a test"))
        self.conductor = Conductor(self.session, self.jobs, self)
        self.conductor.sound_changed.connect(self._follow_sound)
        self.selection = Selection(self.session, self)
        self.keying = Keying(self.session, self.player, self.selection, self)
        self.viewport = Viewport(self.player)
        self.viewport.setParent(self)
        self.viewport.hide()
        panel = make(docks.desk_of(self), self.viewport)  # type: ignore[arg-type]
        setattr(self, name, panel)
        self.setCentralWidget(panel)
        self.resize(310, 900)

    def _follow_sound(self) -> None:
        if self.conductor.sound is not None:
            self.player.set_line(self.conductor.duration_s, self.session.document.settings.rate, self.conductor.sound)

    def undo(self) -> None:
        """One step back."""
        self.session.undo()

    def redo(self) -> None:
        """One step on."""
        self.session.redo()


def bench(qtbot, name: str, make: Callable[[Desk, Viewport], QWidget]) -> Iterator[Bench]:
    """A bench on screen, closed afterwards."""
    made = Bench(name, make)
    made.show()
    qtbot.waitExposed(made)
    try:
        activate(qtbot, made)
        yield made
    finally:
        made.player.stop()
        made.jobs.close()
        made.viewport.close_renderer()
        made.player.close()
        made.session.close()
        made.close()
        made.deleteLater()
        QApplication.processEvents()
