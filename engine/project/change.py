"""What an edit is: a frozen value that changes a document, knows its inverse, and says what it touched."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, ClassVar

from engine.core.errors import InvalidInput
from engine.project import codec
from engine.project.document import Document, LineDoc
from engine.project.parts import TOPIC_OF

_TOPIC_OF_FIELD = {
    "name": "line", "start_s": "line", "source": "media", "transcript": "transcript", "language": "transcript", "ears": "transcript",
    "words": "words", "phonemes": "phonemes", "phonemes_edited": "phonemes", "method": "phonemes", "notices": "phonemes",
    "emotions": "emotions", "amounts": "amounts", "seed": "seed", "intensity": "intensity", **TOPIC_OF,
    "in_s": "range", "out_s": "range", "trim_start_s": "placing", "trim_end_s": "placing", "gain_db": "placing", "sync_offset_s": "placing",
    "track_states": "tracks",
}  # fmt: skip
# What a change may be about. `line` is a line's name, place or existence; `media` its sound or typed text; `events` its blinks
# and gaze targets; `range` its in and out points; `placing` its trim, gain and lip-sync offset; `tracks` their switches.
TOPICS: frozenset[str] = frozenset(("settings", "character", "person", "placement", "stage", "visemes", "poses", "queue", *_TOPIC_OF_FIELD.values()))


@dataclass(frozen=True)
class Change:
    """What an edit touched, so that views refresh only if concerned and the pipeline knows what is stale.

    Args:
        what: topics out of `TOPICS`; empty where the edit changed nothing.
        line_id: the one line concerned; None for the document or several lines.
        start_s: start of the range concerned, seconds of that line.
        end_s: its end, exclusive; inf to the end of the line.
    """

    what: frozenset[str] = frozenset()
    line_id: str | None = None
    start_s: float = 0.0
    end_s: float = math.inf

    def __bool__(self) -> bool:
        return bool(self.what)

    def concerns(self, *topics: str, line_id: str | None = None) -> bool:
        """True if one of `topics` changed and, where `line_id` is given, on that line or on the whole document."""
        return not self.what.isdisjoint(topics) and (line_id is None or self.line_id in (None, line_id))

    def __or__(self, other: Change) -> Change:
        """Both changes as one."""
        if not (self and other):
            return self or other
        what = self.what | other.what
        if self.line_id != other.line_id or self.line_id is None:
            return Change(what)
        return Change(what, self.line_id, min(self.start_s, other.start_s), max(self.end_s, other.end_s))


@dataclass(frozen=True)
class Applied:
    """Result of an edit: the new document, the edit that takes it back, what changed."""

    document: Document
    inverse: Edit
    change: Change


@dataclass(frozen=True)
class Edit:
    """Base of all edits. A subclass is a frozen dataclass; its name is its name in the journal.

    The inverse restores the document exactly: `edit.apply(d).inverse.apply(edit.apply(d).document).document == d`.
    """

    label: ClassVar[str] = "Edit"
    _kinds: ClassVar[dict[str, type[Edit]]] = {}

    def __init_subclass__(cls) -> None:
        Edit._kinds[cls.__name__] = cls

    @property
    def merge_key(self) -> Hashable:
        """Edits with equal keys replace each other while a drag goes on; None never merges.

        An edit that merges must say where the thing ends up, not by how much it moves: in a drag each is applied to the
        document as it was before the one it replaces.
        """
        return None

    @property
    def title(self) -> str:
        """What the person did, for "Undo ..." and the history list."""
        return self.label

    def apply(self, document: Document) -> Applied:
        """The document with this edit made.

        Raises:
            InvalidInput: it cannot be made on this document, which stays as it is.
        """
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values, for the journal."""
        return {"edit": type(self).__name__, **codec.fields_to_json(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Edit:
        """The inverse of `to_json`, for any kind of edit.

        Raises:
            InvalidInput: an unknown kind, or fields that do not fit.
        """
        data = dict(data)
        kind = Edit._kinds.get(str(data.pop("edit", None)))
        if kind is None:
            raise InvalidInput("the journal holds an edit this version does not know", "use the version of Viva Voce that wrote it")
        return codec.fields_from_json(kind, data)


@dataclass(frozen=True)
class Composite(Edit):
    """Several edits as one step, made in order.

    Args:
        edits: what to make.
        name: title of the step; the last edit's where empty.
        key: equal keys merge in a drag, `""` never.
    """

    edits: tuple[Edit, ...] = field(default=())
    name: str = ""
    key: str = ""

    @property
    def merge_key(self) -> Hashable:
        """The key given."""
        return ("Composite", self.key) if self.key else None

    @property
    def title(self) -> str:
        """The name given, or what the last edit is called."""
        return self.name or (self.edits[-1].title if self.edits else "Nothing")

    def apply(self, document: Document) -> Applied:
        """All edits made in order; none is if one cannot be."""
        inverses: list[Edit] = []
        changes: list[Change] = []
        for edit in self.edits:
            applied = edit.apply(document)
            document = applied.document
            inverses.append(applied.inverse)
            changes.append(applied.change)
        return Applied(document, Composite(tuple(reversed(inverses)), self.name), union(changes))


@dataclass(frozen=True)
class PutLine(Edit):
    """A line replaced as a whole by another state of it: the inverse of edits that touch many fields."""

    line: LineDoc
    label: ClassVar[str] = "Change line"

    def apply(self, document: Document) -> Applied:
        """The document with the line's state set; the change names the fields that differ."""
        old = document.line(self.line.id)
        if old == self.line:
            return Applied(document, PutLine(old), Change())
        what = frozenset(topic for name, topic in _TOPIC_OF_FIELD.items() if getattr(old, name) != getattr(self.line, name))
        return Applied(document.with_line(self.line), PutLine(old), Change(what, old.id))


def union(changes: Iterable[Change]) -> Change:
    """All changes as one."""
    return reduce(lambda a, b: a | b, changes, Change())


def set_fields(document: Document, line_id: str, inverse: Edit, topic: str, **fields: Any) -> Applied:
    """A line with some fields set, for edits that carry the new values; nothing changes where they are already so."""
    line = document.line(line_id)
    new = replace(line, **fields)
    if new == line:
        return Applied(document, inverse, Change())
    return Applied(document.with_line(new), inverse, Change(frozenset({topic}), line_id))
