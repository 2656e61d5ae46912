"""The looks of the character that is worked on: every verb of the people panel, without a widget."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from engine.avatars.axes import by_name, mirrored, with_ancestry
from engine.avatars.file import Avatar, check_axes, read, write
from engine.avatars.people import BUILT_IN, built_in, keep, person_of
from engine.avatars.sections import usual_of, with_sections, with_value
from engine.core.errors import EngineError
from engine.core.person import Person
from engine.project import codec
from engine.project.change import Change, Composite, Edit
from engine.project.document import Character
from engine.project.edits import SetCharacter, SetPerson
from studio.panels.desk import Desk
from studio.people.words import ANCESTRY, what_of

MIME = "application/x-vivavoce-person"
LARGEST_PASTE = 256 * 1024  # bytes


class Looks(QObject):
    """Reads and changes how the current character looks; every change is a step.

    Args:
        desk: the document, and who is worked on.

    Signals:
        changed(): other looks, or another character.
        shown_before(person): instead of the looks these are to be seen for now; None for the looks as they are.
    """

    changed = Signal()
    shown_before = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = desk.session
        self._before: dict[str, Person] = {}  # by character: as they were when their shaping began
        self._showing_before = False
        self._session.line_changed.connect(self._on_line_changed)
        self._session.changed.connect(self._on_changed)
        self._session.project_opening.connect(lambda another: self._before.clear() if another else None)
        self._session.project_changed.connect(self._on_other)
        desk.conductor.speaker_changed.connect(self._on_other)

    # Who.

    @property
    def character(self) -> Character | None:
        """Who is worked on: the one chosen in the cast, else who speaks the current line."""
        document = self._session.document
        speaker = self._desk.conductor.speaker
        for character in document.characters:
            if character.id == speaker:
                return character
        line = self._session.line
        if line is not None:
            return document.character_of(line.id)
        return document.characters[0] if document.characters else None

    @property
    def person(self) -> Person:
        """How they look."""
        character = self.character
        return person_of(character) if character is not None else Person()

    def work_on(self, character_id: str) -> None:
        """Work on another character."""
        if character_id != self._desk.conductor.speaker:
            self._desk.conductor.speaker = character_id

    def _on_other(self) -> None:
        self.show_before(False)
        self.changed.emit()

    def _on_line_changed(self) -> None:
        line = self._session.line
        if line is not None:
            self._desk.conductor.speaker = self._session.document.character_of(line.id).id

    def _on_changed(self, change: Change) -> None:
        if change.concerns("person", "character"):
            self._on_other()

    # Changing.

    @property
    def steps(self) -> tuple[Callable[[], int], Callable[[], object]]:
        """The number of steps in the history, and what takes the last one back."""
        return lambda: self._session.cursor, self._session.undo

    def begin(self) -> None:
        """From here to `end` all is one step."""
        self._remember()
        self._session.begin_drag()

    def end(self, keep_it: bool = True) -> None:
        """Keep what was dragged, or take it back."""
        self._session.end_drag(keep_it)

    def _remember(self) -> None:
        character = self.character
        if character is not None:
            self._before.setdefault(character.id, person_of(character))

    def _apply(self, person: Person, what: str) -> None:
        """One value: a step that merges with the same one made shortly before."""
        character = self.character
        if character is not None and person != person_of(character):
            self._remember()
            self._session.apply(SetPerson(character.id, person, what=what))

    def put(self, section: str, values: dict[str, Any], one_side: bool = False) -> None:
        """Set values by address; they are one thing to the history.

        Args:
            section: they are in.
            values: by address; the two sides of one axis, or one value.
            one_side: only one of two sides is meant.
        """
        person = self.person
        try:
            for address, value in values.items():
                person = with_value(person, address, value)
        except EngineError as error:
            self._session.failed.emit(error)
            return
        self._apply(person, what_of(section, next(iter(values)), one_side))

    def put_ancestry(self, shares: tuple[float, float, float]) -> None:
        """Set the shares of African, Asian and European ancestry."""
        self._apply(with_ancestry(self.person, shares), f"Person: {ANCESTRY}")

    def rename(self, name: str) -> None:
        """Call the person something else; a character called as they were is called so too."""
        character, name = self.character, name.strip()
        if character is None or not name or name == self.person.name:
            return
        edits: list[Edit] = [SetPerson(character.id, with_value(self.person, "name", name))]
        if character.name == self.person.name:
            edits.append(SetCharacter(character.id, name=self._free_name(name, character.id)))
        self._session.apply(Composite(tuple(edits), "Rename person"))

    def _free_name(self, name: str, character_id: str) -> str:
        """The name, with a number where another character is called so."""
        taken = {c.name for c in self._session.document.characters if c.id != character_id}
        return next(n for n in (name, *(f"{name} {i}" for i in range(2, len(taken) + 3))) if n not in taken)

    def become(self, person: Person, step: str, avatar: str | None = None) -> None:
        """Look like somebody else; what was before is what one compares with from now on.

        Args:
            person: who.
            step: what it is called in the history.
            avatar: the name of the built-in person they are, as they come.
        """
        character = self.character
        if character is None:
            return
        plain = avatar is not None and avatar in BUILT_IN and built_in(avatar).person == person
        edits: list[Edit] = [SetPerson(character.id, None if plain else person, avatar if plain else None)]
        if character.name == person_of(character).name:
            edits.append(SetCharacter(character.id, name=self._free_name(person.name, character.id)))
        started = self._before.get(character.id)
        self._before[character.id] = person_of(character)
        if not self._session.apply(Composite(tuple(edits), step)) and started is not None:
            self._before[character.id] = started

    def reset(self, addresses: Iterable[str], step: str = "Reset person") -> None:
        """Set values as Ada has them; ancestry as a whole."""
        person = self.person
        for address in addresses:
            person = with_value(person, address, usual_of(address))
        known = by_name()
        shape = {n: v for n, v in person.shape.items() if n not in known or v != known[n].usual}
        self.become_quietly(replace(person, shape=shape), step)

    def become_quietly(self, person: Person, step: str) -> None:
        """As `become`, but what one compares with stays."""
        character = self.character
        if character is not None and person != person_of(character):
            self._remember()
            self._session.apply(Composite((SetPerson(character.id, person),), step))

    def mirror(self) -> None:
        """Exchange left and right."""
        self.become_quietly(mirrored(self.person), "Mirror person")

    def take_over(self, other: Person, sections: Collection[str], step: str) -> None:
        """Look as another does in some sections."""
        self.become_quietly(with_sections(self.person, other, sections), step)

    # Before and after.

    @property
    def before(self) -> Person | None:
        """How the character looked when its shaping began; None where it has not been changed since."""
        character = self.character
        found = self._before.get(character.id) if character is not None else None
        return found if found is not None and found != self.person else None

    @property
    def showing_before(self) -> bool:
        """True while the looks of before are seen."""
        return self._showing_before

    def show_before(self, on: bool) -> None:
        """Let the looks of before be seen, until something changes; the document stays as it is."""
        on = on and self.before is not None
        if on != self._showing_before:
            self._showing_before = on
            self.shown_before.emit(self.before if on else None)

    # The clipboard.

    def copy(self) -> None:
        """Put the looks on the clipboard."""
        data = QMimeData()
        text = codec.dumps(codec.encode(self.person))
        data.setData(MIME, text.encode())
        data.setText(text)
        QGuiApplication.clipboard().setMimeData(data)

    @staticmethod
    def copied() -> Person | None:
        """The looks on the clipboard; None where there are none."""
        data = QGuiApplication.clipboard().mimeData()
        if data is None or not data.hasFormat(MIME):
            return None
        raw = bytes(data.data(MIME).data())
        try:
            person = codec.fields_from_json(Person, codec.loads(raw.decode())) if len(raw) <= LARGEST_PASTE else None
            if person is not None:
                check_axes(person, "the clipboard")
        except (EngineError, UnicodeDecodeError):
            return None
        return person

    def paste(self) -> None:
        """Look as what is on the clipboard, under the same name."""
        found = self.copied()
        if found is not None:
            self.become_quietly(with_value(found, "name", self.person.name), "Paste looks")

    # Files.

    def open(self, path: Path) -> Avatar:
        """Look as an avatar file says.

        Raises:
            InvalidInput: not as an avatar file must be; nothing has changed.
        """
        avatar = read(path)
        self.become(avatar.person, "Open avatar file")
        return avatar

    def save(self, path: Path, thumbnail: bytes | None) -> None:
        """Write the looks to an avatar file.

        Raises:
            OutputError: it cannot be written.
        """
        write(path, self.person, thumbnail)

    def keep(self, thumbnail: bytes | None) -> Path:
        """Put the person among the user's own.

        Raises:
            OutputError: the library cannot be written.
        """
        return keep(Avatar(self.person, thumbnail))
