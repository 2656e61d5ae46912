"""The people panel: who a character is. A gallery to choose from, chance and variations, and every slider of the looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.avatars.axes import years_of
from engine.avatars.chance import random_person
from engine.avatars.file import SUFFIX, read
from engine.avatars.people import BUILT_IN, built_in, own, person_of
from engine.avatars.sections import SECTIONS
from engine.core.errors import EngineError
from engine.core.person import MAX_NAME, Person
from studio import icons, theme
from studio.panels.desk import Desk
from studio.panels.panel import MARGIN_PX, Panel, Section
from studio.people.files import PersonFiles
from studio.people.gallery import Entry, Gallery
from studio.people.looks import Looks
from studio.people.portraits import Portraits
from studio.people.sections import PeopleSection
from studio.people.variations import Variations

OPENED = ("Person",)  # at first
ORIGINS = ("all", "built-in", "project", "own")


class PeoplePanel(Panel):
    """Edits how characters look.

    Args:
        desk: what it works with.

    Signals:
        failed(error): a file could not be read or written.
        said(text): a word for the status bar.
    """

    failed = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("person", "character", "line"), parent)
        self.setObjectName("peoplePanel")
        self.setAcceptDrops(True)
        self.looks = Looks(desk, self)
        self.portraits = Portraits.of(desk.jobs)
        self.files = PersonFiles(self.looks, self.portraits, self)
        self._seed = 0
        self._before_search: dict[str, bool] | None = None
        self._own_read: dict[tuple[str, int], Entry] = {}
        self._build_top()
        self._build_gallery()
        self.varying = Variations(self.looks, self.portraits, self.locked)
        self.column.addWidget(self.varying)
        self.sections = {name: PeopleSection(name, self.looks, name in OPENED) for name in SECTIONS}
        for section in self.sections.values():
            section.locked.connect(lambda _: self.varying.refresh(self.desk.read_only))
            section.folded.connect(lambda _, s=section: self._refresh_section(s))
            self.column.addWidget(section)
        self.nothing = QLabel(self.tr("Nothing is called so."))
        self.nothing.setProperty("role", "dim")
        self.nothing.hide()
        self.column.addWidget(self.nothing)
        self.column.addStretch(1)
        self.looks.changed.connect(self.later)
        self.files.failed.connect(self.failed)
        self.files.said.connect(self.said)
        self.files.library_changed.connect(self.later)
        self.listen()

    # Building.

    def _build_top(self) -> None:
        """What stays in place while the rest scrolls: who it is, and the search."""
        self.top = QWidget(self)
        self.top.setObjectName("peopleTop")
        column = QVBoxLayout(self.top)
        column.setContentsMargins(MARGIN_PX, theme.SPACE, MARGIN_PX, theme.SPACE // 2)
        column.setSpacing(theme.SPACE // 2)
        first = QHBoxLayout()
        first.setSpacing(theme.SPACE // 2)
        self.who = QComboBox()
        self.who.setObjectName("characterBox")
        self.who.setAccessibleName(self.tr("Character"))
        self.who.setToolTip(self.tr("Whose looks are shown here"))
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who.setMinimumContentsLength(6)
        self.who.activated.connect(lambda _: self.looks.work_on(str(self.who.currentData())))
        self.name = QLineEdit()
        self.name.setObjectName("personName")
        self.name.setAccessibleName(self.tr("Name of the person"))
        self.name.setToolTip(self.tr("What the person is called"))
        self.name.setMaxLength(MAX_NAME)
        self.name.editingFinished.connect(self._on_name)
        first.addWidget(self.who, 1)
        first.addWidget(self.name, 1)
        self.compare = self._tool(
            "beforeAfter", "before", self.tr("Before"), self.tr("See how the person looked before (hold the pointer down, or press Space)")
        )
        self.compare.pressed.connect(lambda: self.looks.show_before(True))
        self.compare.released.connect(lambda: self.looks.show_before(False))
        self.symmetry = self._tool("symmetry", "symmetry", self.tr("Both sides"), self.tr("One slider for both sides of the face, or one for each"))
        self.symmetry.setCheckable(True)
        self.symmetry.setChecked(True)
        self.symmetry.toggled.connect(self.set_symmetrical)
        self.more = self._tool("personMenu", "more", self.tr("More"), self.tr("Copy, paste, mirror, save …"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._menu())
        for tool in (self.compare, self.symmetry, self.more):
            first.addWidget(tool)
        column.addLayout(first)
        self.search = QLineEdit()
        self.search.setObjectName("peopleSearch")
        self.search.setPlaceholderText(self.tr("Search: nose, hair colour, lip …"))
        self.search.setAccessibleName(self.tr("Search the looks"))
        self.search.setToolTip(self.tr("Show only what has all these words in its name; Escape shows everything again"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        everything = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        everything.setContext(Qt.ShortcutContext.WidgetShortcut)  # given to the constructor, it would be the whole window's
        everything.activated.connect(self.search.clear)
        column.addWidget(self.search)

    def _tool(self, name: str, icon: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(text)
        button.setToolTip(tip)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self.verbs = {
            name: menu.addAction(text, do)
            for name, text, do in (
                ("copy", self.tr("Copy Looks"), self.looks.copy),
                ("paste", self.tr("Paste Looks"), self.looks.paste),
                ("mirror", self.tr("Mirror Left and Right"), self.looks.mirror),
                ("reset", self.tr("Reset All to Ada"), lambda: self.looks.become_quietly(Person(name=self.looks.person.name), "Reset person")),
                ("open", self.tr("Open Avatar File…"), self.files.ask_open),
                ("save", self.tr("Save as Avatar File…"), self.files.ask_save),
                ("keep", self.tr("Add to My People"), self.files.keep),
            )
        }
        menu.aboutToShow.connect(self._show_verbs)
        return menu

    def _build_gallery(self) -> None:
        section = Section(self.tr("Gallery"))
        section.button.setObjectName("gallerySection")
        chooser = QHBoxLayout()
        chooser.setSpacing(1)
        self.origins = QButtonGroup(self)
        words = {"all": self.tr("All"), "built-in": self.tr("Built-in"), "project": self.tr("Project"), "own": self.tr("Mine")}
        for i, origin in enumerate(ORIGINS):
            button = QToolButton()
            button.setObjectName(f"gallery{origin.capitalize()}")
            button.setText(words[origin])
            button.setCheckable(True)
            button.setChecked(origin == "all")
            button.setToolTip(self.tr("Which people are shown"))
            self.origins.addButton(button, i)
            chooser.addWidget(button)
        chooser.addStretch(1)
        self.origins.idToggled.connect(lambda _, on: self.refresh() if on else None)
        section.column.addLayout(chooser)
        self.gallery = Gallery("peopleGallery", self.portraits)
        self.gallery.setAccessibleName(self.tr("People"))
        self.gallery.chosen.connect(self._on_chosen)
        self.gallery.remove_wanted.connect(self.files.ask_remove)
        section.column.addWidget(self.gallery)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.random = self._button("randomPerson", self.tr("Random"), self.tr("Somebody by chance; locked sections stay as they are"), self.randomise)
        self.random.setIcon(icons.icon("shuffle"))
        self.open_file = self._button("openAvatar", self.tr("Open…"), self.tr("Look as an avatar file says; or drop the file here"), self.files.ask_open)
        self.save_file = self._button(
            "saveAvatar", self.tr("Save…"), self.tr("Save the person as an avatar file, to use in other projects"), self.files.ask_save
        )
        for verb in (self.random, self.open_file, self.save_file):
            row.addWidget(verb, 1)
        section.column.addLayout(row)
        section.folded.connect(lambda opened: self.later() if opened else None)
        self.gallery_section = section
        self.column.addWidget(section)

    def _button(self, name: str, text: str, tip: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setStyleSheet("QPushButton { padding: 4px 6px; }")
        button.setToolTip(tip)
        button.clicked.connect(lambda: do())
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The top keeps its place above what scrolls."""
        height = self.top.sizeHint().height()
        self.setViewportMargins(0, height, 0, 0)
        super().resizeEvent(event)
        self.top.setGeometry(0, 0, self.viewport().width(), height)

    def showEvent(self, event: QShowEvent) -> None:
        """The user's own people may have changed meanwhile."""
        self._stale = True
        super().showEvent(event)

    # Showing.

    def locked(self) -> list[str]:
        """Sections that chance leaves as they are."""
        return [name for name, section in self.sections.items() if section.lock.isChecked()]

    def refresh(self) -> None:
        """Show the character's looks."""
        why = self.desk.read_only
        person, character = self.looks.person, self.looks.character
        self._show_who(character.id if character is not None else "", why)
        for section in self.sections.values():
            section.set_reason(why)
            section.show_person(person)
        if self.desk.session.history.dragging:
            return
        if self.gallery_section.opened:
            self.gallery.show_entries(self._entries(ORIGINS[self.origins.checkedId()]), person)
        self.varying.refresh(why)
        for widget in (self.random, self.open_file, self.gallery, self.name):
            widget.setEnabled(not why)
        self.compare.setEnabled(self.looks.before is not None)

    def _refresh_section(self, section: PeopleSection) -> None:
        section.set_reason(self.desk.read_only)
        section.show_person(self.looks.person)

    def _show_who(self, current: str, why: str) -> None:
        characters = self.desk.session.document.characters
        names = [(c.id, c.name) for c in characters]
        if [(self.who.itemData(i), self.who.itemText(i)) for i in range(self.who.count())] != names:
            self.who.clear()
            for character_id, name in names:
                self.who.addItem(name, character_id)
        self.who.setCurrentIndex(self.who.findData(current))
        self.who.setVisible(len(names) > 1)
        if not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(self.looks.person.name)
        self.name.setReadOnly(bool(why))

    def _entries(self, origin: str) -> list[Entry]:
        """Who is in the gallery: built-in, the user's own, and those of the project that are neither."""
        out: list[Entry] = []
        for name in BUILT_IN:
            found = built_in(name)
            out.append(Entry(found.person, "built-in", self._about(found.person, self.tr("built-in")), avatar=name, offered=found.thumbnail))
        out += [entry for file in own() if (entry := self._own_entry(file)) is not None]
        known = {entry.person for entry in out}
        for character in self.desk.session.document.characters:
            person = person_of(character)
            if person not in known or origin == "project":
                known.add(person)
                tip = self._about(person, self.tr("{name} of this project").format(name=character.name))
                out.append(Entry(person, "project", tip))
        return out if origin == "all" else [entry for entry in out if entry.origin == origin]

    def _own_entry(self, file: Path) -> Entry | None:
        """One of the user's own; None for a file that cannot be read."""
        try:
            key = (str(file), file.stat().st_mtime_ns)
            if key not in self._own_read:
                avatar = read(file)
                self._own_read[key] = Entry(
                    avatar.person, "own", self._about(avatar.person, self.tr("yours; Delete removes")), file=file, offered=avatar.thumbnail
                )
        except (EngineError, OSError):
            return None
        return self._own_read[key]

    def _about(self, person: Person, origin: str) -> str:
        return self.tr("{name}, {years:.0f} years ({origin})").format(name=person.name, years=years_of(person), origin=origin)

    def _show_verbs(self) -> None:
        why = self.desk.read_only
        for name, action in self.verbs.items():
            action.setEnabled(name in ("copy", "save", "keep") or not why)
        self.verbs["paste"].setEnabled(not why and self.looks.copied() is not None)

    # Doing.

    def _on_chosen(self, entry: Entry) -> None:
        self.looks.become(entry.person, "Choose person", entry.avatar)

    def randomise(self) -> None:
        """Somebody by chance."""
        person = self.looks.person
        self._seed += 1
        seed = (self.desk.session.cursor << 20) + self._seed  # the same again after an undo is of no use
        locked = self.locked()
        self.looks.become(random_person(seed, person, locked), "Random person")

    def _on_name(self) -> None:
        if self.name.isModified():
            self.name.setModified(False)
            self.looks.rename(self.name.text())
            self.name.setText(self.looks.person.name)

    def set_symmetrical(self, on: bool) -> None:
        """One slider for both sides of the face, or one for each."""
        if self.symmetry.isChecked() != on:
            self.symmetry.setChecked(on)
        for section in self.sections.values():
            section.set_symmetrical(on)

    # Searching.

    def _on_search(self, text: str) -> None:
        words = text.lower().split()
        if not words:
            self._end_search()
            return
        if self._before_search is None:
            self._before_search = {name: section.opened for name, section in self.sections.items()}
        found = 0
        for section in self.sections.values():
            wanted = section.matches(words)
            found += len(wanted)
            section.setVisible(bool(wanted))
            if wanted:
                section.show_only(wanted)
                section.button.setChecked(True)
        for widget in (self.gallery_section, self.varying):
            widget.setVisible(False)
        self.nothing.setVisible(not found)

    def _end_search(self) -> None:
        before, self._before_search = self._before_search, None
        if before is None:
            return
        for name, section in self.sections.items():
            section.show_only(None)
            section.setVisible(True)
            section.button.setChecked(before[name])
        for widget in (self.gallery_section, self.varying):
            widget.setVisible(True)
        self.nothing.hide()
        self.set_symmetrical(self.symmetry.isChecked())

    # Dropping.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An avatar file may be dropped here."""
        if self._dropped(event) is not None and not self.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look as it says."""
        path = self._dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open(path)

    @staticmethod
    def _dropped(event: QDropEvent) -> Path | None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return next((path for path in paths if path.suffix.lower() == SUFFIX), None)
