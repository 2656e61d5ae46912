"""The open project: its history, its file, and the line a person works on. Views listen to it; nobody else opens or saves.

A project without a name lives in a file of its own in the cache from its first edit on, so that a killed process loses
nothing; saving it gives it a name.
"""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from engine.core import assets
from engine.core.errors import EngineError, InvalidInput
from engine.project.change import Change, Edit
from engine.project.database import journal_file
from engine.project.document import Document, LineDoc, new_document
from engine.project.history import History
from engine.project.lock import Refusal, acquire
from engine.project.media import rebased
from engine.project.storage import SUFFIX, ProjectFile

log = logging.getLogger(__name__)
VIDEOS = (".mp4", ".mov", ".m4v", ".mkv", ".avi", ".webm", ".mpg", ".mpeg", ".wmv", ".mts", ".3gp")  # endings of files with a moving picture
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff")  # endings of files that may be shown behind


def untitled_folder() -> Path:
    """Where projects live that have no name yet."""
    folder = assets.user_cache() / "untitled"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Session(QObject):
    """One project at a time.

    Signals:
        changed(change): the document changed; after `line_changed` where both happen.
        line_changed(): another line is worked on, or none.
        project_opening(another): the project has another file; `project` is it already. Where it is another project, `document` is
            still the old one.
        project_changed(): another project is open, or the same one under another name.
        stepped(): there is another step to undo or redo.
        failed(error): an edit could not be made; the document is as before.
    """

    changed = Signal(object)
    line_changed = Signal()
    project_opening = Signal(bool)
    project_changed = Signal()
    stepped = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history = History(new_document())
        self.project: ProjectFile | None = None
        self._line_id: str | None = None
        self.history.subscribe(self._on_change)

    # What is open.

    @property
    def document(self) -> Document:
        """The document as it stands."""
        return self.history.document

    @property
    def line(self) -> LineDoc | None:
        """The line a person works on."""
        return self.document.line(self._line_id) if self._line_id is not None and self.document.has_line(self._line_id) else None

    @property
    def untitled(self) -> bool:
        """True until the project has been given a name."""
        return self.project is None or _has_no_name(self.project.path)

    @property
    def name(self) -> str:
        """For the title."""
        return self.tr("Untitled") if self.untitled or self.project is None else self.project.path.name

    @property
    def read_only(self) -> str:
        """Why nothing may be changed; "" where it may."""
        return self.project.read_only if self.project is not None else ""

    @property
    def unsaved(self) -> bool:
        """True for an untitled project with something in it."""
        return self.untitled and any(True for _ in self.document.lines())

    # Changing it.

    def apply(self, edit: Edit) -> Change:
        """Make an edit; what cannot be made is told by `failed`."""
        try:
            self._give_file()
            change = self.history.apply(edit)
        except EngineError as error:
            self.failed.emit(error)
            return Change()
        self.stepped.emit()
        return change

    def extend(self, edit: Edit, cursor: int) -> Change:
        """Make an edit part of step `cursor`, where nothing was done since; what cannot be made is told by `failed`."""
        try:
            change = self.history.extend(edit, cursor)
        except EngineError as error:
            self.failed.emit(error)
            return Change()
        self.stepped.emit()
        return change

    @property
    def cursor(self) -> int:
        """Steps that are done."""
        return self.history.journal.cursor

    def begin_drag(self, name: str = "") -> None:
        """From here to `end_drag` all edits are one step."""
        self._give_file()
        self.history.begin_drag(name)

    def end_drag(self, keep: bool = True) -> None:
        """Keep what was dragged as one step, or take it back."""
        try:
            if keep:
                self.history.end_drag()
            else:
                self.history.cancel_drag()
        except EngineError as error:
            self.failed.emit(error)
        self.stepped.emit()

    def undo(self) -> None:
        """Take the last step back."""
        self._travel(self.history.undo)

    def redo(self) -> None:
        """Make it again."""
        self._travel(self.history.redo)

    def _travel(self, go: Callable[[], Change]) -> None:
        try:
            go()
        except EngineError as error:
            self.failed.emit(error)
        self.stepped.emit()

    def select(self, line_id: str | None) -> None:
        """Work on another line."""
        if line_id != self._line_id:
            self._line_id = line_id
            self.line_changed.emit()

    def _on_change(self, document: Document, change: Change) -> None:
        if change.concerns("line", "character"):
            self._keep_a_line(document)
        self.changed.emit(change)

    def _keep_a_line(self, document: Document) -> None:
        if self._line_id is None or not document.has_line(self._line_id):
            ids = [line.id for line in document.lines()]
            # On opening the first; where a line has gone, the last.
            self.select(ids[0 if self._line_id is None else -1] if ids else None)

    # Files.

    def _give_file(self) -> None:
        """A file of its own for an untitled project, before its first edit."""
        if self.project is not None:
            return
        name = f"untitled-{time.strftime('%Y%m%d-%H%M%S')}-{self.document.id}{SUFFIX}"
        try:
            project = ProjectFile.create(untitled_folder() / name, self.document)
        except (EngineError, OSError):
            log.warning("the untitled project has no file: a crash would lose it", exc_info=True)
            return
        self._adopt(project, another=False)

    def _adopt(self, project: ProjectFile | None, another: bool) -> None:
        """Go on with a project, or the same one in another file; the file before is closed."""
        old, self.project = self.project, project
        self.project_opening.emit(another)
        if project is not None:
            self.history.load(project.document, project)
        else:
            self.history.load(new_document())
        if old is not None and old is not project:
            old.close()
        # A large document is tens of thousands of objects: looked through by every full collection, a tenth of a second each.
        if old is not None:
            gc.unfreeze()  # or what was frozen with the project before would stay for good
        gc.collect()
        gc.freeze()
        self.project_changed.emit()

    def new(self) -> None:
        """Begin an empty project; an untitled one before it is thrown away."""
        self._drop_untitled()
        self._adopt(None, another=True)

    def open(self, path: Path) -> str:
        """Open a project; an untitled one before it is thrown away.

        Returns:
            What was recovered, in words; "" where the last session ended well.

        Raises:
            InvalidInput: missing, damaged, or no project. What was open stays open.
        """
        if self.project is not None and path.resolve() == self.project.path:
            return ""
        project = ProjectFile.open(path)
        self._drop_untitled()
        self._line_id = None
        self._adopt(project, another=True)
        return project.recovery

    def save_as(self, path: Path) -> None:
        """Give the project this name; it is worked on there from now on.

        Raises:
            OutputError: it cannot be written. What was open stays open.
        """
        self.history.end_drag()
        if self.project is not None and path.resolve() == self.project.path:
            return
        project = self._copied_to(path)
        if self.untitled:
            self._drop_untitled()
        self._adopt(project, another=False)
        self.history.mark_clean()

    def save_copy(self, path: Path) -> None:
        """Write the project to another file and go on with this one.

        Raises:
            OutputError: it cannot be written.
        """
        self.history.end_drag()
        self._copied_to(path).close()

    def _copied_to(self, path: Path) -> ProjectFile:
        if self.project is None:
            return ProjectFile.create(path, self.document, self.history.journal, overwrite=True)
        try:
            return self.project.save_as(path, overwrite=True)
        except EngineError:
            if _is_there(self.project.path):
                raise
            # The drive is gone: the document is in memory, the steps before it and what was kept in the file are not.
            document = Document.from_json(rebased(self.document.to_json(), self.project.media.moved_to(path.resolve().parent)))
            return ProjectFile.create(path, document, overwrite=True)

    def _drop_untitled(self) -> None:
        if self.project is None or not self.untitled:
            return
        project, self.project = self.project, None
        project.close()
        project.path.unlink(missing_ok=True)

    def close(self, keep_untitled: bool = False) -> None:
        """End: what is titled is whole on the disk; an untitled project is thrown away unless it is kept for another time."""
        self.history.cancel_drag()
        if not keep_untitled:
            self._drop_untitled()
        if self.project is not None:
            self.project.close()
            self.project = None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _has_no_name(path: Path) -> bool:
    try:
        return path.parent == untitled_folder().resolve()
    except OSError:  # a cache that cannot be made holds no project
        return False


def left_behind() -> list[Path]:
    """Untitled projects that nobody has open and that were never saved, the latest first: a process was killed."""
    out = []
    try:
        found = list(untitled_folder().glob(f"*{SUFFIX}"))
    except OSError:
        return []
    for path in found:
        held = acquire(path.resolve())
        if not isinstance(held, Refusal):
            held.release()
            out.append(path)
    return sorted(out, key=lambda p: p.stat().st_mtime, reverse=True)


def throw_away(path: Path) -> None:
    """Remove a project that was left behind, and what a killed commit left of it."""
    for file in (path, journal_file(path)):
        file.unlink(missing_ok=True)


def kind_of(path: Path) -> str:
    """What a dropped or named file is to the studio: `project`, `textgrid`, `motion`, `script` (subtitles), `text`, `avatar`, `picture`,
    `video` or `sound`.

    Raises:
        InvalidInput: a folder, or not there.
    """
    if path.is_dir():
        what = QCoreApplication.translate("Session", "{path} is a folder").format(path=path)
        raise InvalidInput(what, QCoreApplication.translate("Session", "drop the sound file itself"))
    if not path.exists():
        what = QCoreApplication.translate("Session", "{path} does not exist").format(path=path)
        raise InvalidInput(what, QCoreApplication.translate("Session", "check the name and the folder"))
    kinds = {
        SUFFIX: "project", ".viva-avatar": "avatar",
        ".textgrid": "textgrid", ".txt": "text", ".srt": "script", ".vtt": "script", ".npz": "motion", ".csv": "motion", ".glb": "motion",
        ".gltf": "motion", ".fbx": "motion", ".bvh": "motion",  # which are refused with a word on what can be read
        **dict.fromkeys(PICTURES, "picture"), **dict.fromkeys(VIDEOS, "video"),
    }  # fmt: skip
    return kinds.get(path.suffix.lower(), "sound")
