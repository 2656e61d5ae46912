"""Media that are missing, or that are not what they were: shown in a dialog, searched for, and put in their place as one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.project.change import Composite, Edit, PutLine
from engine.project.collect import SAME_LENGTH_S, Found, name_of, search_folder
from engine.project.document import Document, Media
from engine.project.edits import ReplaceSource
from engine.project.media import MediaState
from studio import theme
from studio.faults import words
from studio.jobs import Jobs, Task
from studio.queue import MiddleElided

if TYPE_CHECKING:
    pass

BROKEN = ("missing", "replaced")


@dataclass(frozen=True)
class Choice:
    """What a person wants in the place of a sound.

    Args:
        media: as the document will have it.
        path: where it is.
        same: True for the same recording.
    """

    media: Media
    path: Path
    same: bool


def broken(states: list[MediaState]) -> dict[str, list[MediaState]]:
    """What is missing or replaced, by the sound's hash."""
    out: dict[str, list[MediaState]] = {}
    for state in states:
        if state.state in BROKEN:
            out.setdefault(state.media.sha256, []).append(state)
    return out


def relink_edit(document: Document, choices: dict[str, Choice]) -> Composite:
    """The step that puts other files in the place of sounds.

    The same recording keeps all that was found in it, and so does another one of the same length; else the line is analysed anew.

    Args:
        document: as it stands.
        choices: by the hash of the sound that the document has.
    """
    edits: list[Edit] = []
    for line in document.lines():
        choice = choices.get(line.source.sha256) if isinstance(line.source, Media) else None
        if choice is None or not isinstance(line.source, Media):
            continue
        if choice.same or abs(choice.media.duration_s - line.source.duration_s) <= SAME_LENGTH_S:
            edits.append(PutLine(replace(line, source=choice.media)))
        else:
            edits.append(ReplaceSource(line.id, choice.media))
    return Composite(tuple(edits), "Relink media")


class RelinkDialog(QDialog):
    """Missing media, and where they are now. Nothing changes until it is accepted.

    Args:
        document: as it is now.
        states: of its media.
        jobs: does the searching.
        folder: of the project, which paths are stored relative to; None where it has no name.
    """

    def __init__(self, document: Document, states: list[MediaState], jobs: Jobs, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices: dict[str, Choice] = {}
        self._document = document
        self._broken = broken(states)
        self._jobs = jobs
        self._folder = folder
        self._task: Task | None = None
        self.setObjectName("relinkDialog")
        self.setWindowTitle(self.tr("Find Missing Media"))
        self.resize(820, 380)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(theme.SPACE + 2)
        intro = QLabel(self.tr("These sounds are not where the project left them, or are no longer what they were. Everything you made on them is kept."))
        intro.setWordWrap(True)
        column.addWidget(intro)
        column.addWidget(self._build_table(), 1)
        column.addLayout(self._build_verbs())
        column.addWidget(self._build_progress())
        column.addWidget(self._build_buttons())
        self._fill()
        self.table.selectRow(0)

    def _build_table(self) -> QTableWidget:
        self.table = QTableWidget(len(self._broken), 4)
        self.table.setObjectName("mediaTable")
        self.table.setAccessibleName(self.tr("Missing media"))
        self.table.setHorizontalHeaderLabels([self.tr("Line"), self.tr("File"), self.tr("State"), self.tr("New place")])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        for column in (1, 3):
            self.table.setItemDelegateForColumn(column, MiddleElided(self.table))
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for index, width in enumerate((150, 170, 200)):
            header.resizeSection(index, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._show_able)
        self.table.itemDoubleClicked.connect(lambda _: self.ask_file())
        return self.table

    def _build_verbs(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.locate_button = self._verb(self.tr("&Locate…"), "locateButton", self.tr("Name the file of the selected sound"))
        self.locate_button.clicked.connect(self.ask_file)
        self.search_button = self._verb(self.tr("&Search Folder…"), "searchButton", self.tr("Look for all of them in a folder and those in it"))
        self.search_button.clicked.connect(self.ask_folder)
        self.use_button = self._verb(
            self.tr("&Use the One Found"), "useButton", self.tr("Take the file that lies under the old name now, though it is another one")
        )
        self.use_button.clicked.connect(self.use_found)
        for button in (self.locate_button, self.search_button, self.use_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _verb(self, text: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.setToolTip(tip)
        return button

    def _build_progress(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        self.message = QLabel()
        self.message.setObjectName("relinkMessage")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setMaximumWidth(180)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the search"))
        self.stop_button = self._verb(self.tr("S&top"), "stopButton", self.tr("Stop searching; what was found stays"))
        self.stop_button.clicked.connect(self.stop)
        row.addWidget(self.message, 1)
        row.addWidget(self.progress)
        row.addWidget(self.stop_button)
        self.progress.hide()
        self.stop_button.hide()
        return whole

    def _build_buttons(self) -> QDialogButtonBox:
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.buttons.button(kinds.Ok).setText(self.tr("Relink"))
        self.buttons.button(kinds.Ok).setDefault(True)
        self.buttons.button(kinds.Cancel).setAutoDefault(False)
        self.buttons.button(kinds.Cancel).setText(self.tr("Leave as It Is"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        return self.buttons

    # What is shown.

    def _fill(self) -> None:
        names = {line.id: line.name for line in self._document.lines()}
        for row, (digest, states) in enumerate(self._broken.items()):
            choice = self.choices.get(digest)
            texts = (
                ", ".join(names.get(s.line_id, "") for s in states), name_of(states[0].media), self._state_words(states[0], choice),
                "" if choice is None else str(choice.path),
            )  # fmt: skip
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(states[0].media.path if column == 1 else text)
                self.table.setItem(row, column, item)
        self._show_able()

    def _state_words(self, state: MediaState, choice: Choice | None) -> str:
        if choice is not None:
            return self.tr("Found: the same recording") if choice.same else self.tr("Another recording, chosen")
        if state.state == "missing":
            return self.tr("Missing")
        return self.tr("Another file lies there now")

    def _show_able(self) -> None:
        digest = self._selected()
        busy = self._task is not None
        replaced = digest is not None and self._broken[digest][0].state == "replaced" and digest not in self.choices
        self.locate_button.setEnabled(digest is not None and not busy)
        self.search_button.setEnabled(not busy)
        self.use_button.setEnabled(replaced and not busy)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.choices) and not busy)

    def _selected(self) -> str | None:
        row = self.table.currentRow()
        return list(self._broken)[row] if 0 <= row < len(self._broken) else None

    # What a person does.

    def ask_file(self) -> None:
        """Ask where the selected sound is."""
        digest = self._selected()
        if digest is None or self._task is not None:
            return
        wanted = self._broken[digest][0].media
        title = self.tr("Where is {name}?").format(name=name_of(wanted))
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder or ""), self.tr("All files (*)"))
        if name:
            self.locate(Path(name))

    def locate(self, path: Path) -> None:
        """Take a file for the selected sound."""
        digest = self._selected()
        if digest is None:
            return
        folder = self._folder

        def work(job: Job) -> Choice:
            job.report(0, 0, self.tr("reading {name}").format(name=path.name))
            return _choice(path, digest, folder)

        self._begin(self.tr("Reading {name}").format(name=path.name), work, lambda choice: self._put({digest: choice}))

    def use_found(self) -> None:
        """Take the file that lies under the selected sound's name now."""
        digest = self._selected()
        if digest is not None and self._broken[digest][0].path is not None:
            self.locate(self._broken[digest][0].path)  # type: ignore[arg-type]

    def ask_folder(self) -> None:
        """Ask for a folder and look for everything in it."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Search Folder"), str(self._folder or ""))
        if name:
            self.search(Path(name))

    def search(self, folder: Path) -> None:
        """Look in a folder for what has no new place yet."""
        wanted = [states[0].media for digest, states in self._broken.items() if digest not in self.choices]
        project = self._folder

        def work(job: Job) -> dict[str, Choice]:
            found: tuple[Found, ...] = search_folder(folder, wanted, job, _duration_s)
            return {f.media.sha256: _choice(f.path, f.media.sha256, project) for f in found}

        def done(choices: dict[str, Choice]) -> None:
            self._put(choices)
            self.message.setText(self.tr("{found} of {wanted} found in {folder}.").format(found=len(choices), wanted=len(wanted), folder=folder))

        self._begin(self.tr("Searching {name}").format(name=folder.name or folder), work, done)

    def stop(self) -> None:
        """Break the search off."""
        if self._task is not None:
            self._task.cancel()
            self._end()
            self.message.setText(self.tr("Stopped."))

    def _begin(self, label: str, work, done) -> None:
        def finish(result) -> None:
            self._end()
            done(result)

        def fail(error: BaseException) -> None:
            self._end()
            self.message.setText(" ".join(words(error)[:2]))

        self._task = Task("relink", label, "relink", visible=False)
        self.message.setText(label + "…")
        self.progress.show()
        self.stop_button.show()
        self._jobs.changed.connect(self._on_progress)
        self._jobs.submit(self._task, work, finish, fail)
        self._show_able()

    def _on_progress(self) -> None:
        if self._task is not None:
            self.progress.setRange(0, 1000 if self._task.done >= 0 else 0)
            self.progress.setValue(round(max(0.0, self._task.done) * 1000))
            self.message.setText(self._task.label + "…")

    def _end(self) -> None:
        self._jobs.changed.disconnect(self._on_progress)
        self._task = None
        self.progress.hide()
        self.stop_button.hide()
        self.message.clear()
        self._show_able()

    def _put(self, choices: dict[str, Choice]) -> None:
        self.choices.update(choices)
        self._fill()
        for digest, choice in choices.items():
            if not choice.same:
                old = self._broken[digest][0].media.duration_s
                text = self.tr("{name} is another recording: {new:.2f} s instead of {old:.2f} s.")
                self.message.setText(text.format(name=choice.path.name, new=choice.media.duration_s, old=old))

    def done(self, result: int) -> None:
        """Closing stops the search."""
        self.stop()
        super().done(result)


def _choice(path: Path, digest: str, folder: Path | None) -> Choice:
    """What a file is as a sound of the project."""
    from engine.pipeline import recorded_line
    from engine.speech.files import open_sound

    media = recorded_line(open_sound(path), folder=folder).source
    assert isinstance(media, Media)
    return Choice(media, path, media.sha256 == digest)


def _duration_s(path: Path) -> float | None:
    from engine.speech.files import open_sound

    try:
        return open_sound(path).duration_s
    except InvalidInput:
        return None
