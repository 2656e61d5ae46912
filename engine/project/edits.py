"""Every way to change a document: lines, characters, settings, analysis, emotion curves, amounts.

The phoneme edits live in `engine.project.phoneme_edits` and are named here too, so that reading a journal knows them all.
To add an edit: a frozen dataclass whose `apply` returns the inverse; its fields are stored by themselves.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.project.addresses import curve_at, is_camera, limits_at, with_camera_curve
from engine.project.change import Applied, Change, Composite, Edit, PutLine, set_fields, union
from engine.project.document import Character, Document, LineDoc, Media, Settings, Typed, check_amount
from engine.project.part_edits import (
    PutPart,
    PutPose,
    PutRenderJob,
    RemovePart,
    RemovePose,
    RemoveRenderJob,
    ReplaceSound,
    SetGain,
    SetInOut,
    SetLayer,
    SetParts,
    SetSyncOffset,
    SetTrackState,
    SetTrim,
    SetVisemes,
)
from engine.project.phoneme_edits import (
    MIN_PHONEME_S,
    MergePhonemes,
    MoveBoundary,
    RelabelPhoneme,
    SetPhonemeStrength,
    SpliceTrack,
    SplitPhoneme,
)
from engine.project.stage_edits import SetPerson, SetPlacement, SetStage
from engine.project.tracks import PhonemeTrack, Word

__all__ = [
    "MIN_PHONEME_S", "AddCharacter", "AddLine", "Applied", "Change", "Composite", "Edit", "MergePhonemes",
    "MoveBoundary", "MoveKey", "PutLine", "PutPart", "PutPose", "PutRenderJob", "RelabelPhoneme", "RemoveCharacter",
    "RemoveKey", "RemoveLine", "RemovePart", "RemovePose", "RemoveRenderJob", "RenameLine", "ReplaceSound",
    "ReplaceSource", "SetAmount", "SetAnalysis", "SetCharacter", "SetCurve", "SetGain", "SetInOut", "SetKey",
    "SetLayer", "SetLineStart", "SetParts", "SetPerson", "SetPhonemeStrength", "SetPlacement", "SetSeed",
    "SetSettings", "SetStage", "SetSyncOffset", "SetTrackState",
    "SetTranscript", "SetTrim", "SetVisemes", "SpliceKeys", "SpliceTrack", "SplitPhoneme", "union",
]  # fmt: skip

SAME_KEY_S = 1e-6  # two keys nearer than this are one


@dataclass(frozen=True)
class AddLine(Edit):
    """A new line given to a character, at `index` of its lines; -1 puts it last."""

    character_id: str
    line: LineDoc
    index: int = -1
    label: ClassVar[str] = "Add line"

    def apply(self, document: Document) -> Applied:
        """The document with one line more."""
        character = document.character(self.character_id)
        index = len(character.lines) if self.index < 0 else min(self.index, len(character.lines))
        lines = (*character.lines[:index], self.line, *character.lines[index:])
        new = document.with_character(replace(character, lines=lines))
        return Applied(new, RemoveLine(self.line.id), Change(frozenset({"line"}), self.line.id))


@dataclass(frozen=True)
class RemoveLine(Edit):
    """A line taken away with all that is on it."""

    line_id: str
    label: ClassVar[str] = "Remove line"

    def apply(self, document: Document) -> Applied:
        """The document with one line less."""
        character = document.character_of(self.line_id)
        line = document.line(self.line_id)
        index = character.lines.index(line)
        new = document.with_character(replace(character, lines=(*character.lines[:index], *character.lines[index + 1 :])))
        return Applied(new, AddLine(character.id, line, index), Change(frozenset({"line"}), self.line_id))


@dataclass(frozen=True)
class AddCharacter(Edit):
    """A new character, at `index`; -1 puts it last."""

    character: Character
    index: int = -1
    label: ClassVar[str] = "Add character"

    def apply(self, document: Document) -> Applied:
        """The document with one character more."""
        index = len(document.characters) if self.index < 0 else min(self.index, len(document.characters))
        characters = (*document.characters[:index], self.character, *document.characters[index:])
        return Applied(replace(document, characters=characters), RemoveCharacter(self.character.id), Change(frozenset({"character", "line"})))


@dataclass(frozen=True)
class RemoveCharacter(Edit):
    """A character taken away with its lines."""

    character_id: str
    label: ClassVar[str] = "Remove character"

    def apply(self, document: Document) -> Applied:
        """The document with one character less."""
        character = document.character(self.character_id)
        index = document.characters.index(character)
        characters = (*document.characters[:index], *document.characters[index + 1 :])
        return Applied(replace(document, characters=characters), AddCharacter(character, index), Change(frozenset({"character", "line"})))


@dataclass(frozen=True)
class SetCharacter(Edit):
    """A character's name and avatar; None leaves one as it is."""

    character_id: str
    name: str | None = None
    avatar: str | None = None
    label: ClassVar[str] = "Change character"

    def apply(self, document: Document) -> Applied:
        """The document with the character changed."""
        old = document.character(self.character_id)
        new = replace(old, name=old.name if self.name is None else self.name, avatar=old.avatar if self.avatar is None else self.avatar)
        change = Change(frozenset({"character"}) if new != old else frozenset())
        return Applied(document.with_character(new), SetCharacter(old.id, old.name, old.avatar), change)


@dataclass(frozen=True)
class SetSettings(Edit):
    """The project's settings as a whole. Times stay as they are when the rate changes."""

    settings: Settings
    label: ClassVar[str] = "Change settings"

    def apply(self, document: Document) -> Applied:
        """The document with these settings."""
        change = Change(frozenset({"settings"}) if self.settings != document.settings else frozenset())
        return Applied(replace(document, settings=self.settings), SetSettings(document.settings), change)


@dataclass(frozen=True)
class RenameLine(Edit):
    """What the person calls a line."""

    line_id: str
    name: str
    label: ClassVar[str] = "Rename line"

    def apply(self, document: Document) -> Applied:
        """The document with the line renamed."""
        return set_fields(document, self.line_id, RenameLine(self.line_id, document.line(self.line_id).name), "line", name=self.name)


@dataclass(frozen=True)
class SetLineStart(Edit):
    """When a line starts in the scene, in seconds."""

    line_id: str
    start_s: float
    label: ClassVar[str] = "Move line"

    @property
    def merge_key(self) -> Hashable:
        """One drag of one line."""
        return ("SetLayer", "SetLineStart", self.line_id)

    def apply(self, document: Document) -> Applied:
        """The document with the line moved."""
        inverse = SetLineStart(self.line_id, document.line(self.line_id).start_s)
        return set_fields(document, self.line_id, inverse, "line", start_s=self.start_s)


@dataclass(frozen=True)
class ReplaceSource(Edit):
    """Another sound or text for a line. What was found in the old one (words, phonemes, notices) goes with it."""

    line_id: str
    source: Media | Typed
    label: ClassVar[str] = "Replace sound"

    def apply(self, document: Document) -> Applied:
        """The document with the line's source replaced."""
        line = document.line(self.line_id)
        if line.source == self.source:
            return Applied(document, self, Change())
        return PutLine(replace(line, source=self.source, words=None, phonemes=None, phonemes_edited=False, method="", notices=())).apply(document)


@dataclass(frozen=True)
class SetTranscript(Edit):
    """What is said in a recording, in which language, and who listens (None leaves either). The analysis is then for somebody to renew."""

    line_id: str
    transcript: str
    language: str | None = None
    ears: str | None = None
    label: ClassVar[str] = "Change transcript"

    def apply(self, document: Document) -> Applied:
        """The document with the transcript set."""
        line = document.line(self.line_id)
        language = line.language if self.language is None else self.language
        ears = line.ears if self.ears is None else self.ears
        inverse = SetTranscript(self.line_id, line.transcript, line.language, line.ears)
        return set_fields(document, self.line_id, inverse, "transcript", transcript=self.transcript, language=language, ears=ears)


@dataclass(frozen=True)
class SetAnalysis(Edit):
    """What the analysis found, as one step: words, phonemes with their closures, method, notices."""

    line_id: str
    words: tuple[Word, ...]
    phonemes: PhonemeTrack
    method: str
    notices: tuple[str, ...] = ()
    label: ClassVar[str] = "Analyse line"

    def apply(self, document: Document) -> Applied:
        """The document with the analysis set."""
        line = document.line(self.line_id)
        new = replace(line, words=self.words, phonemes=self.phonemes, phonemes_edited=False, method=self.method, notices=self.notices)
        return PutLine(new).apply(document)


@dataclass(frozen=True)
class SpliceKeys(Edit):
    """Keys at exactly these times taken away, these put in: the inverse of the key edits.

    Args:
        line_id: the line.
        track: address of the curve, such as `emotions/happy`.
        remove: times of keys that are there.
        add: keys for times that are free then.
    """

    line_id: str
    track: str
    remove: tuple[float, ...] = ()
    add: tuple[Key, ...] = ()
    label: ClassVar[str] = "Change keys"

    def apply(self, document: Document) -> Applied:
        """The document with the keys exchanged."""
        old = curve_at(document, self.line_id, self.track)
        gone = set(self.remove)
        removed = tuple(k for k in old.keys if k.time_s in gone)
        added = {k.time_s for k in self.add}
        free = added - gone
        if len(removed) != len(gone) or len(added) != len(self.add) or (free and any(k.time_s in free for k in old.keys)):
            raise InvalidInput(f"the keys of {self.track} are not where they should be", "reload the line")
        if removed == self.add:
            return Applied(document, self, Change())
        _check_values(document, self.line_id, self.track, self.add)
        new = old.spliced(self.remove, self.add)
        if is_camera(self.track):
            return _filmed(document, with_camera_curve(document, self.line_id, self.track, new))
        line = document.line(self.line_id)
        inverse = SpliceKeys(self.line_id, self.track, tuple(k.time_s for k in self.add), removed)
        touched = [*self.remove, *added]
        (a, b), (c, d) = _reach(old, touched), _reach(new, touched)
        start_s, end_s = min(a, c), max(b, d)
        return Applied(document.with_line(line.with_curve(self.track, new)), inverse, Change(_topic(self.track), self.line_id, start_s, end_s))


@dataclass(frozen=True)
class SetKey(Edit):
    """A key set on a curve; one at its time is replaced."""

    line_id: str
    track: str
    key: Key
    label: ClassVar[str] = "Set key"

    @property
    def merge_key(self) -> Hashable:
        """One key, dragged up and down."""
        return ("SetKey", self.line_id, self.track, self.key.time_s)

    def apply(self, document: Document) -> Applied:
        """The document with the key set."""
        times = _times_near(curve_at(document, self.line_id, self.track), self.key.time_s)
        return SpliceKeys(self.line_id, self.track, times, (self.key,)).apply(document)


@dataclass(frozen=True)
class RemoveKey(Edit):
    """The key at a time taken away."""

    line_id: str
    track: str
    time_s: float
    label: ClassVar[str] = "Remove key"

    def apply(self, document: Document) -> Applied:
        """The document with one key less."""
        times = _times_near(curve_at(document, self.line_id, self.track), self.time_s)
        _check_there(times, self.track, self.time_s)
        return SpliceKeys(self.line_id, self.track, times).apply(document)


@dataclass(frozen=True)
class MoveKey(Edit):
    """The key at `from_s` becomes `key`, at its time and value; a key already there gives way.

    In a drag give the place the key had when the drag began: each edit is applied to the document as it was then.
    """

    line_id: str
    track: str
    from_s: float
    key: Key
    label: ClassVar[str] = "Move key"

    @property
    def merge_key(self) -> Hashable:
        """One drag of one key."""
        return ("MoveKey", self.line_id, self.track, self.from_s)

    def apply(self, document: Document) -> Applied:
        """The document with the key moved."""
        curve = curve_at(document, self.line_id, self.track)
        times = _times_near(curve, self.from_s)
        _check_there(times, self.track, self.from_s)
        return SpliceKeys(self.line_id, self.track, tuple(sorted({*times, *_times_near(curve, self.key.time_s)})), (self.key,)).apply(document)


@dataclass(frozen=True)
class SetCurve(Edit):
    """A curve as a whole; one without keys removes it."""

    line_id: str
    track: str
    curve: Curve
    label: ClassVar[str] = "Change curve"

    @property
    def merge_key(self) -> Hashable:
        """One slider, dragged."""
        return ("SetCurve", self.line_id, self.track)

    def apply(self, document: Document) -> Applied:
        """The document with the curve set."""
        _check_values(document, self.line_id, self.track, self.curve.keys)
        if is_camera(self.track):
            return _filmed(document, with_camera_curve(document, self.line_id, self.track, self.curve))
        line = document.line(self.line_id)
        old = line.curve(self.track)
        change = Change(_topic(self.track), self.line_id) if old != self.curve else Change()
        return Applied(document.with_line(line.with_curve(self.track, self.curve)), SetCurve(self.line_id, self.track, old), change)


@dataclass(frozen=True)
class SetAmount(Edit):
    """Strength of one part of the performance, 0 to 2."""

    line_id: str
    name: str
    value: float
    label: ClassVar[str] = "Change amount"

    @property
    def merge_key(self) -> Hashable:
        """One slider, dragged."""
        return ("SetAmount", self.line_id, self.name)

    @property
    def title(self) -> str:
        """Names the amount."""
        return f"Change {self.name}"

    def apply(self, document: Document) -> Applied:
        """The document with the amount set."""
        check_amount(self.name, self.value)
        amounts = document.line(self.line_id).amounts
        inverse = SetAmount(self.line_id, self.name, amounts[self.name])
        return set_fields(document, self.line_id, inverse, "amounts", amounts={**amounts, self.name: self.value})


@dataclass(frozen=True)
class SetSeed(Edit):
    """The seed of everything random on a line."""

    line_id: str
    seed: int
    label: ClassVar[str] = "Change seed"

    def apply(self, document: Document) -> Applied:
        """The document with the seed set."""
        return set_fields(document, self.line_id, SetSeed(self.line_id, document.line(self.line_id).seed), "seed", seed=self.seed)


def _times_near(curve: Curve, time_s: float) -> tuple[float, ...]:
    return tuple(k.time_s for k in curve.keys if abs(k.time_s - time_s) <= SAME_KEY_S)


def _check_there(times: tuple[float, ...], track: str, time_s: float) -> None:
    if not times:
        raise InvalidInput(f"{track} has no key at {time_s:g} s", "it may have been moved or removed")


def _filmed(document: Document, new: Document) -> Applied:
    """Another stage; taken back by the one before as a whole, so that every key has its very time again."""
    change = Change(frozenset({"stage"}) if new.stage != document.stage else frozenset())
    return Applied(new, SetStage(document.stage), change)


def _check_values(document: Document, line_id: str, track: str, keys: tuple[Key, ...]) -> None:
    low, high = limits_at(document, line_id, track)
    wrong = next((k for k in keys if not low <= k.value <= high), None)
    if wrong is not None:
        raise InvalidInput(f"a key of {track} has the value {wrong.value:g}", f"give a level from {low:g} to {high:g}")


def _topic(track: str) -> frozenset[str]:
    return frozenset({track.split("/", 1)[0]})


def _reach(curve: Curve, times_s: list[float]) -> tuple[float, float]:
    """How far a change of the keys at `times_s` shows: a key's value reaches its neighbours, its pull on their auto tangents one further."""
    keys = curve.times_s
    before, after = int(np.searchsorted(keys, min(times_s), "left")) - 2, int(np.searchsorted(keys, max(times_s), "right")) + 1
    return (float(keys[before]) if before >= 0 else 0.0, float(keys[after]) if after < len(keys) else math.inf)
