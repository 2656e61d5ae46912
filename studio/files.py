"""What a person does with files: open, drop, save, import, export. Asks; the session and the conductor do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from engine.core import assets
from engine.core.errors import EngineError, InvalidInput, OutputError
from engine.core.text import read_text
from engine.project.collect import Collected
from engine.project.document import Media
from engine.project.storage import SUFFIX
from studio.export_dialog import ExportDialog
from studio.importing import Importer
from studio.relink import Relinker
from studio.session import kind_of, left_behind, throw_away

if TYPE_CHECKING:
    from studio.window import MainWindow

PROJECTS = str(QT_TRANSLATE_NOOP("Files", "Projects (*.viva)"))
SOUNDS = str(
    QT_TRANSLATE_NOOP(
        "Files",
        "Sound and video (*.wav *.flac *.mp3 *.ogg *.opus *.m4a *.aac *.aif *.aiff *.wma *.webm *.mp4 *.mov *.mkv *.avi);;All files (*)",
    )
)
TEXTGRIDS = str(QT_TRANSLATE_NOOP("Files", "TextGrids (*.TextGrid *.textgrid);;All files (*)"))
MOTIONS = str(QT_TRANSLATE_NOOP("Files", "Motion (*.npz *.csv *.glb);;All files (*)"))
SCRIPTS = str(QT_TRANSLATE_NOOP("Files", "Subtitles and text (*.srt *.vtt *.txt);;All files (*)"))
_ON_A_LINE = (".textgrid", ".npz", ".csv", ".glb", ".txt")  # what is put on the line of a sound
_VERSION = re.compile(r"^(.*)_v(\d{1,6})$")
LARGEST_TEXT = 200_000  # bytes of a text file that is dropped as a transcript


class Files(QObject):
    """The file flows of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.ask_unsaved: Callable[[], str] = self._ask_unsaved
        window.conductor.sound_opened.connect(self._remember)
        self.keep_untitled = False  # on leaving, for the next start, without asking
        self.importer = Importer(self._session, window.conductor, window.jobs, self)
        self.relinker = Relinker(window)
        self.importer.notices.connect(lambda text: window.banner.tell("import", text, "info"))
        self.importer.collected.connect(self._on_collected)

    def _try(self, do: Callable[[], object]) -> bool:
        """Do something with a file; what goes wrong is shown, and nothing has changed."""
        try:
            do()
        except EngineError as error:
            self._window.faults.show(error)
            return False
        return True

    # Opening.

    def open_any(self, path: Path) -> None:
        """Open a project, a sound, motion, a TextGrid, subtitles or a text, by what it is."""
        try:
            kind = kind_of(path)
        except InvalidInput as error:
            self._window.faults.show(error)
            return
        if kind == "project":
            if self.may_leave():
                self.open_project(path)
        elif kind == "avatar":
            self._window.people_panel.files.open(path)
        elif kind == "video":
            self.take_video(path)
        elif kind == "picture":
            self._window.stage_panel.background.take(path)
        elif kind == "textgrid":
            self._try(lambda: self._window.conductor.import_textgrid(path))
        elif kind == "motion":
            self.import_motion(path)
        elif kind == "script" or (kind == "text" and not self._wants_transcript()):
            self.importer.script(path)
        elif kind == "text":
            self._try(lambda: self._read_transcript(path))
        else:
            self.open_sound(path)

    def open_project(self, path: Path) -> None:
        """Open a project in place of the one that is open."""
        recovery = ""

        def do() -> None:
            nonlocal recovery
            recovery = self._session.open(path)

        if self._try(do):
            self._remember(path)
            self._window.banner.tell("recovery", recovery, "info")

    def open_sound(self, path: Path) -> None:
        """Make a recording a new line."""
        self._window.conductor.add_sound(path)

    def take_video(self, path: Path) -> None:
        """Show a video beside the avatar, from the playhead on; without a line, its sound becomes one."""
        self._window.actions_by_name["show_reference"].setChecked(True)
        self._window.capture.opening.take_video(path, self._window.player.position_s)

    def open_sample(self) -> None:
        """Make the line that comes with the studio, performed, a new one."""
        self._window.conductor.add_sample()

    @property
    def _sounding(self) -> tuple[str, ...]:
        """Kinds of files that become lines: of videos the sound, where there is no line yet."""
        return ("sound", "video") if self._session.line is None else ("sound",)

    def _wants_transcript(self) -> bool:
        """True where a text that is dropped says what the current recording says; else it is lines to speak."""
        return self._session.line is not None and isinstance(self._session.line.source, Media)

    def _read_transcript(self, path: Path) -> None:
        if path.stat().st_size > LARGEST_TEXT:
            raise InvalidInput(self.tr("{name} is too long for a transcript").format(name=path.name), self.tr("drop the text of this line alone"))
        self._window.line_panel.set_text(read_text(path)[0].strip())

    def dropped(self, data: QMimeData) -> bool:
        """Open what was dropped; False if it is no file. What belongs to a sound that was dropped with it waits for that."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        later = [path for path in paths if path.suffix.lower() in _ON_A_LINE]
        first = [path for path in paths if path not in later]
        sounds = [path for path in first if path.is_file() and kind_of(path) in self._sounding]
        if sounds and later:
            self._after(sounds, later)
        for path in first if sounds else [*first, *later]:
            self.open_any(path)
        return bool(paths)

    def _after(self, sounds: list[Path], later: list[Path]) -> None:
        """Open files once one of these sounds is a line: the one of their name, else the first."""
        waiting = list(later)

        def opened(sound: Path) -> None:
            if sound not in sounds:  # those that were dropped could not be opened
                self._window.conductor.sound_opened.disconnect(opened)
                return
            mine = [path for path in waiting if path.stem == sound.stem or len(sounds) == 1 or not any(path.stem == s.stem for s in sounds)]
            for path in mine:
                waiting.remove(path)
                self.open_any(path)
            sounds.remove(sound)
            if not waiting or not sounds:
                self._window.conductor.sound_opened.disconnect(opened)

        self._window.conductor.sound_opened.connect(opened)

    # Importing.

    def import_motion(self, path: Path) -> None:
        """Put a file's motion onto a layer of the current line, from the playhead on."""
        self._try(lambda: self.importer.motion(path, self._window.player.position_s))

    def ask_motion(self) -> None:
        """Ask for motion and put it onto a layer."""
        name = self._ask_open(self.tr("Import Motion"), MOTIONS)
        if name:
            self.import_motion(name)

    def ask_script(self) -> None:
        """Ask for subtitles or a text and make lines of it."""
        name = self._ask_open(self.tr("Import Subtitles or Text"), SCRIPTS)
        if name:
            self.importer.script(name)

    def collect(self) -> None:
        """Take all media into the project's file."""
        self._try(self.importer.collect)

    def _on_collected(self, what: Collected) -> None:
        if what.left:
            text = self.tr("{count} sounds could not be collected: they are missing, or are not what they were.").format(count=len(what.left))
            self._window.banner.tell("collect", text, "warning", (self.tr("Find…"), self.relinker.find))
            return
        if what.files:
            self._window.say(self.tr("{count} sounds are in the project now: {size:.1f} MB").format(count=what.files, size=what.size / 2**20))
        else:
            self._window.say(self.tr("All sounds are in the project already"))

    def ask_project(self) -> None:
        """Ask for a project and open it."""
        name = self._ask_open(self.tr("Open Project"), PROJECTS)
        if name:
            self.open_any(name)

    def ask_sound(self) -> None:
        """Ask for a recording and make it a line."""
        name = self._ask_open(self.tr("Open Sound"), SOUNDS)
        if name:
            self.open_sound(name)

    def ask_replacement(self) -> None:
        """Ask for a recording and give it to the current line."""
        name = self._ask_open(self.tr("Replace Sound"), SOUNDS)
        if name:
            self._window.conductor.replace_sound(name)

    def ask_textgrid(self) -> None:
        """Ask for a TextGrid and take its phonemes."""
        name = self._ask_open(self.tr("Import TextGrid"), TEXTGRIDS)
        if name:
            self.open_any(name)

    # Leaving and saving.

    def new(self) -> None:
        """Begin an empty project."""
        if self.may_leave():
            self._session.new()

    def may_leave(self) -> bool:
        """True once an untitled project is saved, or a person does not want it."""
        if not self._session.unsaved or self.keep_untitled:
            return True
        answer = self.ask_unsaved()
        return answer == "discard" or (answer == "save" and self.ask_save_as())

    def _ask_unsaved(self) -> str:
        box = QMessageBox(self._window)
        box.setObjectName("unsaved")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("This project has no name yet. Save it?"))
        box.setInformativeText(self.tr("Otherwise it is thrown away."))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        return {buttons.Save: "save", buttons.Discard: "discard"}.get(buttons(box.exec()), "cancel")

    def save(self) -> None:
        """Give an untitled project a name; others are saved at every step."""
        if self._session.untitled:
            self.ask_save_as()
        else:
            self._try(self._session.history.mark_clean)
            self._window.say(self.tr("Everything is saved, as it is after every step"))

    def ask_save_as(self) -> bool:
        """Ask for a name and work on there; False if a person changed their mind or it could not be."""
        path = self._ask_save(self.tr("Save Project As"), PROJECTS, SUFFIX)
        return path is not None and self.save_as(path)

    def save_as(self, path: Path) -> bool:
        """Work on under this name; False if it could not be written."""
        done = self._try(lambda: self._session.save_as(path))
        if done:
            self._remember(path)
            self._window.say(self.tr("Saved as {name}").format(name=path.name))
        return done

    def ask_save_copy(self) -> None:
        """Ask for a name and write a copy there."""
        path = self._ask_save(self.tr("Save a Copy"), PROJECTS, SUFFIX)
        if path is not None and self._try(lambda: self._session.save_copy(path)):
            self._window.say(self.tr("A copy was saved as {name}").format(name=path.name))

    def save_version(self) -> None:
        """Work on in the next version, NAME_v002.viva; the one before stays as it is."""
        project = self._session.project
        if project is None or self._session.untitled:
            self.ask_save_as()
        else:
            self._try(lambda: self.save_as(next_version(project.path)))

    def ask_export_textgrid(self) -> None:
        """Ask for a name and write the phonemes there."""
        path = self._ask_save(self.tr("Export TextGrid"), TEXTGRIDS, ".TextGrid")
        if path is not None and self._try(lambda: self._window.conductor.export_textgrid(path)):
            self._window.say(self.tr("{name} is written").format(name=path.name))

    def export(self) -> ExportDialog | None:
        """Show the export dialog for the current line."""
        line = self._session.line
        if line is None:
            return None
        window = self._window
        folder = Path(window.preferences.folder())
        suggestion = (folder if folder.is_dir() else Path.home()) / f"{_file_name(line.name)}.mp4"
        dialog = ExportDialog(self._session.document, line.id, window.conductor, window.jobs, window.viewport.camera, suggestion, window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def offer_left_behind(self) -> None:
        """Tell of an untitled project that a killed process left."""
        left = left_behind()
        if left:
            text = self.tr("An untitled project was not saved before the studio ended last time; nothing of it is lost.")
            open_it = (self.tr("Open It"), lambda: self.open_any(left[0]))
            self._window.banner.tell("left", text, "info", open_it, (self.tr("Throw It Away"), lambda: throw_away(left[0])))

    # Asking.

    def _ask_open(self, title: str, kinds: str) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self._window, title, self._window.preferences.folder(), QCoreApplication.translate("Files", kinds))
        return Path(name) if name else None

    def _ask_save(self, title: str, kinds: str, suffix: str) -> Path | None:
        line = self._session.line
        name = _file_name(line.name) if line is not None else self.tr("Untitled")
        suggestion = str(Path(self._window.preferences.folder()) / f"{name}{suffix}")
        name, _ = QFileDialog.getSaveFileName(self._window, title, suggestion, QCoreApplication.translate("Files", kinds))
        if not name:
            return None
        return Path(name) if Path(name).suffix.lower() == suffix.lower() else Path(name + suffix)

    def _remember(self, path: Path) -> None:
        if assets.root() in path.parents:
            return  # the sample is no file of the person's
        self._window.preferences.set_folder(path)
        if path.exists():
            self._window.preferences.add_recent(path)


def next_version(path: Path) -> Path:
    """The file of the version after a project's: one more than the highest in its folder.

    Raises:
        OutputError: its folder cannot be read.
    """
    found = _VERSION.match(path.stem)
    stem = found[1] if found else path.stem
    try:
        names = [each.stem for each in path.parent.iterdir() if each.suffix.lower() == SUFFIX]
    except OSError as error:
        what = QCoreApplication.translate("Files", "the folder {folder} cannot be read ({why})").format(folder=path.parent, why=error.strerror)
        raise OutputError(what, QCoreApplication.translate("Files", "see that its drive is there")) from error
    numbers = [int(m[2]) for m in map(_VERSION.match, names) if m and m[1] == stem]
    return path.with_name(f"{stem}_v{max([1, *numbers]) + 1:03d}{SUFFIX}")


def _file_name(name: str) -> str:
    """A line's name as a file's: without what no system allows."""
    return "".join(c if c.isprintable() and c not in '<>:"/\\|?*' else "_" for c in name).strip(" .")[:80] or "line"
