"""Edits of who is seen and how: a character's person and place, and the stage."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import ClassVar

from engine.core.person import Person
from engine.project.change import Applied, Change, Edit
from engine.project.document import Document
from engine.project.stage import Placement, Stage


@dataclass(frozen=True)
class SetPerson(Edit):
    """How a character looks.

    Args:
        character_id: whose looks.
        person: the looks; None for those of the avatar as it comes.
        avatar: name of the avatar they come from; None leaves it.
        what: what was changed, for the history's words and so that the steps of one drag merge.
    """

    character_id: str
    person: Person | None
    avatar: str | None = None
    what: str = ""
    label: ClassVar[str] = "Change avatar"

    @property
    def merge_key(self) -> Hashable:
        """One slider, dragged."""
        return ("SetPerson", self.character_id, self.what) if self.what else None

    @property
    def title(self) -> str:
        """Names what was changed."""
        return f"Change {self.what}" if self.what else self.label

    def apply(self, document: Document) -> Applied:
        """The document with the character looking so."""
        old = document.character(self.character_id)
        new = replace(old, person=self.person, avatar=old.avatar if self.avatar is None else self.avatar)
        change = Change(frozenset({"person"} | ({"character"} if new.avatar != old.avatar else set())) if new != old else frozenset())
        return Applied(document.with_character(new), SetPerson(old.id, old.person, old.avatar, self.what), change)


@dataclass(frozen=True)
class SetPlacement(Edit):
    """Where a character stands."""

    character_id: str
    placement: Placement
    label: ClassVar[str] = "Move character"

    @property
    def merge_key(self) -> Hashable:
        """One character, dragged."""
        return ("SetPlacement", self.character_id)

    def apply(self, document: Document) -> Applied:
        """The document with the character there."""
        old = document.character(self.character_id)
        change = Change(frozenset({"placement"}) if self.placement != old.placement else frozenset())
        return Applied(document.with_character(replace(old, placement=self.placement)), SetPlacement(old.id, old.placement), change)


@dataclass(frozen=True)
class SetStage(Edit):
    """Light, background, lens and camera as a whole.

    Args:
        stage: all of it.
        what: what was changed, for the history's words and so that the steps of one drag merge.
    """

    stage: Stage
    what: str = ""
    label: ClassVar[str] = "Change stage"

    @property
    def merge_key(self) -> Hashable:
        """One control, dragged."""
        return ("SetStage", self.what) if self.what else None

    @property
    def title(self) -> str:
        """Names what was changed."""
        return f"Change {self.what}" if self.what else self.label

    def apply(self, document: Document) -> Applied:
        """The document on this stage."""
        change = Change(frozenset({"stage"}) if self.stage != document.stage else frozenset())
        return Applied(replace(document, stage=self.stage), SetStage(document.stage, self.what), change)
