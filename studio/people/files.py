"""Avatar files in the studio: asking for names, opening, saving, the user's own people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.avatars.file import SUFFIX
from engine.avatars.people import stem_of
from engine.core.errors import EngineError, OutputError
from studio.people.gallery import Entry
from studio.people.looks import Looks
from studio.people.portraits import Portraits
from studio.settings import Preferences


class PersonFiles(QObject):
    """The file flows of the people panel.

    Args:
        looks: whose they are.
        portraits: gives the picture in a file.
        parent: of the dialogs.

    Signals:
        failed(error): a file could not be read or written; nothing has changed.
        said(text): what was done, for the status bar.
        library_changed(): the user's own people are others.
    """

    failed = Signal(object)
    said = Signal(str)
    library_changed = Signal()

    def __init__(self, looks: Looks, portraits: Portraits, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks, self._portraits, self._widget = looks, portraits, parent
        self._preferences = Preferences()

    def _try(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except EngineError as error:
            self.failed.emit(error)
            return False
        return True

    def _picture(self) -> bytes | None:
        return self._portraits.png(self._looks.person)

    # Opening.

    def ask_open(self) -> None:
        """Ask for an avatar file and open it."""
        words = self.tr("Avatars (*{suffix})").format(suffix=SUFFIX)
        name, _ = QFileDialog.getOpenFileName(self._widget, self.tr("Open Avatar File"), self._preferences.folder(), words)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Look as an avatar file says; what is wrong with it is told, and nothing has changed."""

        def do() -> None:
            avatar = self._looks.open(path)
            self._preferences.set_folder(path)
            if avatar.offsets is None:
                self.said.emit(self.tr("{name} is put on").format(name=avatar.person.name))
            else:
                self.said.emit(self.tr("{name} has a shape beyond the sliders, which this version does not show").format(name=avatar.person.name))

        self._try(do)

    # Saving.

    def ask_save(self) -> None:
        """Ask for a name and save the person there."""
        folder = Path(self._preferences.folder())
        words = self.tr("Avatars (*{suffix})").format(suffix=SUFFIX)
        suggested = str(folder / f"{stem_of(self._looks.person.name)}{SUFFIX}")
        name, _ = QFileDialog.getSaveFileName(self._widget, self.tr("Save as Avatar File"), suggested, words)
        if name:
            path = Path(name)
            self.save(path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX))

    def save(self, path: Path) -> None:
        """Save the person, with its picture where there is one."""

        def do() -> None:
            self._looks.save(path, self._picture())
            self._preferences.set_folder(path)
            self.said.emit(self.tr("Saved {name}").format(name=path.name))

        self._try(do)

    def keep(self) -> None:
        """Put the person among the user's own."""

        def do() -> None:
            self._looks.keep(self._picture())
            self.said.emit(self.tr("{name} is now among your people").format(name=self._looks.person.name))
            self.library_changed.emit()

        self._try(do)

    def ask_remove(self, entry: Entry) -> None:
        """Remove one of the user's own from the library, once they say so."""
        if entry.file is None:
            return
        box = QMessageBox(self._widget)
        box.setObjectName("removePersonBox")
        box.setText(self.tr("Remove {name} from your people?").format(name=entry.person.name))
        box.setInformativeText(self.tr("The file {file} is deleted. Projects keep the person.").format(file=entry.file.name))
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self.remove(entry.file) if button is remove else None)
        box.open()

    def remove(self, file: Path | None) -> None:
        """Delete a file of the library."""

        def do() -> None:
            assert file is not None
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise OutputError(f"{file} cannot be deleted ({error.strerror})", "see that you may write to its folder") from error
            self.library_changed.emit()

        self._try(do)
