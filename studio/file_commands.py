"""What the window's actions on files and the render queue do, one short method each; and how their parts are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow

from engine.core.errors import OutputError

if TYPE_CHECKING:
    from studio.files import Files
    from studio.queue import RenderQueue
    from studio.window import MainWindow


class FileCommands(QMainWindow):
    """The actions of a window that import, collect, find and queue."""

    files: Files
    render_queue: RenderQueue
    queue_dock: QDockWidget

    def import_motion(self) -> None:
        """Ask for motion and put it onto a layer."""
        self.files.ask_motion()

    def import_script(self) -> None:
        """Ask for subtitles or a text and make lines of it."""
        self.files.ask_script()

    def collect_media(self) -> None:
        """Take all media into the project's file."""
        self.files.collect()

    def find_media(self) -> None:
        """See whether all media are there, and ask for those that are not."""
        self.files.relinker.find()

    def save_version(self) -> None:
        """Work on in the next version."""
        self.files.save_version()

    def show_queue(self) -> None:
        """Bring the render queue to the front."""
        self.queue_dock.show()
        self.queue_dock.raise_()
        self.render_queue.table.setFocus()

    def queue_range(self) -> None:
        """Queue the current line from its in to its out point."""
        self.show_queue()
        self.render_queue.add_range()


def connect(window: MainWindow) -> None:
    """Connect files, media and the queue with the rest of a window."""
    relinker = window.files.relinker
    window.session.project_opening.connect(relinker.on_opening)
    window.session.project_changed.connect(relinker.on_changed)
    relinker.relinked.connect(window.conductor.sound_moved)
    window.session.failed.connect(lambda error: _offer_another_place(window, error))


def _offer_another_place(window: MainWindow, error: Exception) -> None:
    """Where the project's own file cannot be written any more, say what helps: nothing is lost while the window is open."""
    if isinstance(error, OutputError) and window.session.project is not None and not window.session.read_only:
        text = QCoreApplication.translate(
            "FileCommands", "The last change could not be saved and was not made. If the drive does not come back, go on in another file."
        )
        window.banner.tell("unwritable", text, "warning", (QCoreApplication.translate("FileCommands", "Save As…"), window.files.ask_save_as))
