"""The animator's document: characters, their lines, and everything a person set or a stage found out about them.

Frozen values only. The one way to change a document is an edit (`engine.project.edits`) applied through a history.
Times inside a line are seconds from its first sample; `LineDoc.start_s` places the line in the scene. Dicts in these
classes are copied on construction and must not be written to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from engine.core.errors import InvalidInput
from engine.core.person import Person
from engine.core.timing import DEFAULT_RATE
from engine.project import codec
from engine.project.lines import (
    AMOUNT_LIMITS,
    ANALYSIS_PARTS,
    FORMAT,
    MAX_SEED,
    PERFORMANCE_PARTS,
    LineDoc,
    Media,
    Typed,
    check_amount,
    check_emotion,
    check_id,
    emotion_track,
    line_fingerprint,
    new_id,
    value_limits,
)
from engine.project.parts import AMOUNTS, EMOTION_TRACK, Pose, RenderJob
from engine.project.stage import Placement, Stage

__all__ = [
    "AMOUNTS", "AMOUNT_LIMITS", "ANALYSIS_PARTS", "EMOTION_TRACK", "FORMAT", "MAX_SEED", "PERFORMANCE_PARTS", "Character", "Document", "LineDoc",
    "Media", "Settings", "Typed", "check_amount", "check_emotion", "emotion_track", "export_json", "import_json", "line_fingerprint", "new_document",
    "new_id", "value_limits",
]  # fmt: skip


@dataclass(frozen=True)
class Character:
    """Somebody who speaks: a head and its lines, in the order the person keeps them.

    Args:
        id: unique in the document.
        name: what the person calls them.
        avatar: their head.
        lines: what they say.
        visemes: by phoneme, what its articulators do instead of what the table says (0 to 1 by articulator).
        person: how they look where it differs from the avatar as it comes; None where it does not.
        placement: where they stand.
    """

    id: str
    name: str
    avatar: str = "ada"
    lines: tuple[LineDoc, ...] = ()
    visemes: dict[str, dict[str, float]] = field(default_factory=dict)
    person: Person | None = None
    placement: Placement = Placement()  # noqa: RUF009  frozen

    def __post_init__(self) -> None:
        for label, targets in self.visemes.items():
            if not label or not targets or not all(0.0 <= v <= 1.0 for v in targets.values()):
                raise InvalidInput(f"the viseme of {label!r} is {targets}", "give articulators from 0 to 1")
        check_id(self.id, "character")
        if not self.avatar:
            raise InvalidInput(f"character {self.name!r} has no avatar", "name one, such as ada")


@dataclass(frozen=True)
class Settings:
    """What holds for the whole project.

    Args:
        rate: frames per second, 1 to 240.
        width: of the picture in pixels, 16 to 8192.
        height: of the picture in pixels, 16 to 8192.
        avatar: head of new characters.
        language: of new lines.
    """

    rate: Fraction = DEFAULT_RATE
    width: int = 512
    height: int = 512
    avatar: str = "ada"
    language: str = "en"

    def __post_init__(self) -> None:
        if not 1 <= self.rate <= 240:
            raise InvalidInput(f"frame rate {self.rate} is outside 1 to 240", "give it as 30 or 30000/1001")
        for name, size in (("width", self.width), ("height", self.height)):
            if not 16 <= size <= 8192:
                raise InvalidInput(f"{name} {size} is outside 16 to 8192 pixels", "give a size such as 512 or 1920x1080")
        if not self.avatar or not self.language:
            raise InvalidInput("settings need an avatar and a language", "give names such as ada and en")


@dataclass(frozen=True)
class Document:
    """The whole project."""

    id: str
    settings: Settings = Settings()
    characters: tuple[Character, ...] = ()
    poses: tuple[Pose, ...] = ()
    queue: tuple[RenderJob, ...] = ()
    stage: Stage = Stage()  # noqa: RUF009  frozen

    def __post_init__(self) -> None:
        check_id(self.id, "document")
        ids = [c.id for c in self.characters] + [line.id for line in self.lines()]
        if len(set(ids)) != len(ids):
            twice = next(i for i in ids if ids.count(i) > 1)
            raise InvalidInput(f"the id {twice} is used twice", "make ids with new_id")

    def lines(self) -> Iterator[LineDoc]:
        """Every line, character by character."""
        for character in self.characters:
            yield from character.lines

    def line(self, line_id: str) -> LineDoc:
        """The line with this id.

        Raises:
            InvalidInput: there is none.
        """
        owner, index = self._owner(line_id)
        return self.characters[owner].lines[index]

    def has_line(self, line_id: str) -> bool:
        """True if a line with this id is there."""
        return any(line.id == line_id for line in self.lines())

    def character(self, character_id: str) -> Character:
        """The character with this id.

        Raises:
            InvalidInput: there is none.
        """
        for character in self.characters:
            if character.id == character_id:
                return character
        raise InvalidInput(f"there is no character {character_id}", "it may have been removed")

    def character_of(self, line_id: str) -> Character:
        """The character that speaks a line.

        Raises:
            InvalidInput: there is no such line.
        """
        return self.characters[self._owner(line_id)[0]]

    def with_line(self, line: LineDoc) -> Document:
        """The document with the line of the same id replaced; edits call this, nobody else."""
        owner, index = self._owner(line.id)
        character = self.characters[owner]
        lines = (*character.lines[:index], line, *character.lines[index + 1 :])
        return self.with_character(replace(character, lines=lines))

    def with_character(self, character: Character) -> Document:
        """The document with the character of the same id replaced; edits call this, nobody else."""
        self.character(character.id)
        return replace(self, characters=tuple(character if c.id == character.id else c for c in self.characters))

    def _owner(self, line_id: str) -> tuple[int, int]:
        for i, character in enumerate(self.characters):
            for j, line in enumerate(character.lines):
                if line.id == line_id:
                    return i, j
        raise InvalidInput(f"there is no line {line_id}", "it may have been removed")

    def to_json(self) -> dict[str, Any]:
        """The document as plain JSON values, with the format's number."""
        return {"format": FORMAT, **codec.fields_to_json(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Document:
        """The inverse of `to_json`.

        Raises:
            InvalidInput: another format, or values that do not fit.
        """
        data = dict(data)
        number = data.pop("format", None)
        if number != FORMAT:
            raise InvalidInput(f"the document has format {number}, this version reads {FORMAT}", "use the version of Viva Voce that wrote it")
        return codec.fields_from_json(cls, data)


def new_document(settings: Settings | None = None, character: str = "Ada") -> Document:
    """A document with one character and no lines."""
    settings = settings or Settings()
    return Document(new_id(), settings, (Character(new_id(), character, settings.avatar),))


def export_json(document: Document) -> str:
    """The document as JSON text; equal documents give equal text."""
    return codec.fields_to_text(document, format=FORMAT)


def import_json(text: str) -> Document:
    """The inverse of `export_json`.

    Raises:
        InvalidInput: not JSON, or not a document of this format.
    """
    data = codec.loads(text)
    if not isinstance(data, dict):
        raise InvalidInput("the text holds no document", "give what export_json wrote")
    return Document.from_json(data)
