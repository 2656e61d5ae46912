"""Looks after the media of the open project: what is missing or was replaced is asked for, once, and put in place as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from engine.core.jobs import Job
from engine.project.collect import file_hash
from engine.project.media import MediaState, MissingMedia
from studio.jobs import Task
from studio.relink_dialog import RelinkDialog, broken, relink_edit

if TYPE_CHECKING:
    from studio.window import MainWindow

AT_ONCE = 256 << 20  # bytes that are compared before anything is said


def _size(states: list[MediaState]) -> int:
    """Bytes of the files that are there."""
    return sum(s.path.stat().st_size for s in states if s.path is not None and s.path.is_file())


def _verified(state: MediaState, job: Job) -> MediaState:
    """A state whose file was compared with what the project knows of it."""
    if state.state != "found" or state.path is None or file_hash(state.path, lambda _: job.check()) == state.media.sha256:
        return state
    return replace(state, state="replaced")


class Relinker(QObject):
    """Looks after the media of a window's project: on opening, and when one cannot be read.

    Signals:
        relinked(): media lie elsewhere now, and may be read again.
    """

    relinked = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.dialog: RelinkDialog | None = None
        self._left: frozenset[str] = frozenset()  # hashes that a person left as they are
        self._unseen = False  # another project is open, whose media nobody looked at

    def check(self, verify: bool = True) -> None:
        """See whether the media of the open project are there, and what they were; ask where they are not.

        Args:
            verify: compare contents too, which reads every file.
        """
        session = self._window.session
        project, document = session.project, session.document
        if project is None:
            return

        def look(job: Job) -> list[MediaState]:
            states = project.media.report(document)
            # Where something is missing, a person is not kept waiting for gigabytes to be compared.
            if not verify or (broken(states) and _size(states) > AT_ONCE):
                return states
            return [_verified(state, job) for state in states]

        def done(states: list[MediaState]) -> None:
            if session.project is project:
                self._on_states(states)

        self._window.jobs.submit(Task("relink", self.tr("Looking for the media"), "media check", visible=False), look, done)

    def _on_states(self, states: list[MediaState]) -> None:
        found = broken(states)
        if not found:
            self._window.banner.tell("media", "")
        elif frozenset(found) <= self._left:
            self._tell(len(found))
        else:
            self.show(states)

    def show(self, states: list[MediaState]) -> None:
        """Show the dialog, once."""
        window = self._window
        if self.dialog is not None:
            return
        if window.session.read_only:
            self._tell(len(broken(states)))
            return
        folder = window.session.project.folder if window.session.project is not None and not window.session.untitled else None
        self.dialog = RelinkDialog(window.session.document, states, window.jobs, folder, window)
        self.dialog.finished.connect(lambda result: self._on_finished(result, frozenset(broken(states))))
        self.dialog.open()

    def _on_finished(self, result: int, wanted: frozenset[str]) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        choices = dialog.choices if result == QDialog.DialogCode.Accepted else {}
        self._left = wanted - frozenset(choices)
        if choices and self._window.session.apply(relink_edit(self._window.session.document, choices)):
            self.relinked.emit()
        if self._left:
            self._tell(len(self._left))
        else:
            self._window.banner.tell("media", "")
        dialog.deleteLater()

    def _tell(self, count: int) -> None:
        one, many = self.tr("One sound of this project is missing or was replaced."), self.tr("{count} sounds of this project are missing or were replaced.")
        text = one if count == 1 else many.format(count=count)
        actions = () if self._window.session.read_only else ((self.tr("Find…"), self.find),)
        self._window.banner.tell("media", text, "warning", *actions)

    def on_failed(self, error: BaseException) -> None:
        """Look after what work beside the window ran into: a sound that is missing is asked for, all else is told."""
        if isinstance(error, MissingMedia) and self._window.session.project is not None:
            if not self._window.jobs.busy("media check"):
                self.check()
        else:
            self._window.faults.show(error)

    def find(self) -> None:
        """Look again, and ask even for what was left as it is."""
        self._left = frozenset()
        self.check()

    def on_opening(self, another: bool) -> None:
        """What was asked about the project before is of no use for another one."""
        if another:
            self._left = frozenset()
            self._unseen = True
            self._window.banner.tell("media", "")
            if self.dialog is not None:
                dialog, self.dialog = self.dialog, None
                dialog.reject()

    def on_changed(self) -> None:
        """Look at the media of a project that was opened."""
        if self._unseen:
            self._unseen = False
            self.check()
