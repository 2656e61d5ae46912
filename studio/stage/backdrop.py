"""The section for what is behind the characters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from engine.project.edits import SetStage
from engine.project.media import file_digest
from engine.project.stage import BACKGROUNDS as KINDS
from engine.project.stage import Picture
from studio import theme
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.panels.levels import Level
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.session import PICTURES
from studio.settings import Preferences
from studio.stage.backing import is_missing, stored
from studio.stage.colours import ColourButton
from studio.stage.light import retitle
from studio.stage.rows import NAME_PX, PartRow, choose, combo, put_part
from studio.stage.words import BACKGROUNDS, WHAT

MOST_SIDE = 8192  # as `engine.render.pictures` has it, which is not loaded for a tooltip
_COLOURED = {"gradient": ("colour", "edge"), "colour": ("colour",)}


class BackgroundSection(Section):
    """What is behind.

    Signals:
        refused(error): a file that is no picture, or too large a one.
    """

    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._desk = desk
        retitle(self, self.tr("Background"), "background")
        self.setAcceptDrops(True)
        self.kind = combo(self, "backgroundBox", self.tr("Shows"), self.tr("What is behind the characters; a transparent one is kept by PNG and MOV files"))
        for name in KINDS:
            self.kind.addItem(translated("Background", BACKGROUNDS[name]), name)
        self.kind.activated.connect(lambda _: self.choose(str(self.kind.currentData())))
        self.colours = {
            "colour": self._colour("colour", self.tr("Colour"), self.tr("Of the background; of a gradient's middle")),
            "edge": self._colour("edge", self.tr("Edge"), self.tr("Of a gradient at the picture's edge")),
        }
        self._build_picture()
        tip = self.tr("How far picture or surroundings are out of focus")
        self.blur = PartRow(desk, "background", "blur", Level(self.tr("Blur"), 1.0, 0.3, tip, key="backgroundblur"))
        self.column.addWidget(self.blur)

    def _colour(self, field: str, name: str, tip: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(name)
        label.setFixedWidth(NAME_PX)
        row.addWidget(label)
        button = ColourButton(f"{field}Colour", name, tip)
        row.addWidget(button, 1)
        session = self._desk.session
        button.began.connect(lambda: session.begin_drag(f"Change {WHAT['background', field]}"))
        button.changed.connect(lambda colour: put_part(session, "background", **{field: colour}))
        button.ended.connect(session.end_drag)
        self.column.addWidget(line)
        setattr(self, f"{field}_button", button)
        return line

    def _build_picture(self) -> None:
        self.picture_line = QWidget()
        row = QHBoxLayout(self.picture_line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(self.tr("File"))
        label.setFixedWidth(NAME_PX)
        self.file = QLabel()
        self.file.setObjectName("backgroundFile")
        self.file.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open = QPushButton(self.tr("Choose…"))
        self.open.setObjectName("choosePicture")
        self.open.setToolTip(self.tr("A picture file, up to {side} pixels on a side; it may be dropped here, too").format(side=MOST_SIDE))
        self.open.clicked.connect(self.ask)
        row.addWidget(label)
        row.addWidget(self.file, 1)
        row.addWidget(self.open)
        self.column.addWidget(self.picture_line)
        self.missing = QLabel(self.tr("The picture is missing: a gradient is shown in its place."))
        self.missing.setObjectName("pictureMissing")
        self.missing.setProperty("role", "warning")
        self.missing.setWordWrap(True)
        self.column.addWidget(self.missing)

    # Showing.

    def refresh(self) -> None:
        """Show the document's."""
        why, background = self._desk.read_only, self._desk.session.document.stage.background
        choose(self.kind, background.kind)
        self.kind.setEnabled(not why)
        for field, line in self.colours.items():
            line.setVisible(field in _COLOURED.get(background.kind, ()))
            button: ColourButton = getattr(self, f"{field}_button")
            button.setEnabled(not why)
            if button.dialog is None:
                button.set_colour(getattr(background, field))
        shown = background.kind == "picture" and background.picture is not None
        self.picture_line.setVisible(shown)
        self.open.setEnabled(not why)
        name = Path(background.picture.path).name if background.picture is not None else ""
        self.file.setText(name)
        self.file.setToolTip(background.picture.path if background.picture is not None else "")
        self.missing.setVisible(shown and is_missing(self._desk.session))
        self.blur.setVisible(background.kind in ("picture", "surroundings"))
        self.blur.refresh(why)

    # Doing.

    def choose(self, kind: str) -> None:
        """Another kind of background; a picture is asked for where there is none."""
        background = self._desk.session.document.stage.background
        if kind == "picture" and background.picture is None:
            self.ask()
        elif kind != background.kind:
            put_part(self._desk.session, "background", kind=kind)

    def ask(self) -> None:
        """Ask for a picture file."""
        preferences = Preferences()
        dialog = QFileDialog(self, self.tr("Background Picture"), preferences.folder())
        dialog.setObjectName("pictureDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{ending}" for ending in PICTURES)
        dialog.setNameFilter(self.tr("Pictures ({endings})").format(endings=endings))
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.rejected.connect(self.refresh)
        dialog.open()

    def take(self, path: Path) -> None:
        """Show a picture file behind, once it is known to be one; nothing changes where it is not."""
        session = self._desk.session

        def done(sha256: str) -> None:
            picture = Picture(stored(session, path), sha256)
            background = replace(session.document.stage.background, kind="picture", picture=picture)
            session.apply(SetStage(replace(session.document.stage, background=background), WHAT["background", "picture"]))
            self.refresh()

        def failed(error: BaseException) -> None:
            self.refresh()
            self.refused.emit(error)

        task = Task("media", self.tr("Reading {name}").format(name=path.name), "background picture", brief=True)
        self._desk.jobs.submit(task, lambda _: _checked(path), done, failed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture file may be dropped."""
        if not self._desk.read_only and any(url.isLocalFile() and is_picture(Path(url.toLocalFile())) for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        found = next((p for p in paths if is_picture(p)), None)
        if found is not None:
            event.acceptProposedAction()
            self.take(found)


def _checked(path: Path) -> str:
    """The SHA-256 of a picture file that can be drawn; runs on a lane.

    Raises:
        InvalidInput: it cannot.
    """
    from engine.render.pictures import read_picture

    read_picture(path)
    return file_digest(path)


def is_picture(path: Path) -> bool:
    """True for the name of a picture file."""
    return path.suffix.lower() in PICTURES
