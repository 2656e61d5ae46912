"""Edits of what lies on a line beside its curves (events, instructions, pins, takes, layers, markers), of its place and switches, of the
pose library, the render queue and the viseme table, and the exchange of a line's sound.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from engine.core.errors import InvalidInput
from engine.project.carry import carried, with_strengths
from engine.project.change import Applied, Change, Edit, PutLine, set_fields
from engine.project.document import Document
from engine.project.lines import Media, Typed
from engine.project.parts import FIELD_OF, KIND_OF, NAME_OF, TOPIC_OF, Part, Pose, RenderJob, TrackState, span_of
from engine.project.tracks import PhonemeTrack, Word


@dataclass(frozen=True)
class PutPart(Edit):
    """A part added to a line, or put in the place of the one with its id.

    Args:
        line_id: the line.
        part: a blink, gaze target, instruction, pin, take, take clip, layer or marker.
        index: where a new one goes in a list whose order counts; -1 puts it last. None leaves a known one where it is.
    """

    line_id: str
    part: Part
    index: int = -1
    label: ClassVar[str] = "Change part"

    @property
    def merge_key(self) -> Hashable:
        """One drag of one part."""
        return ("PutPart", self.line_id, FIELD_OF[type(self.part)], self.part.id)

    @property
    def title(self) -> str:
        """Names the kind."""
        return f"Change {NAME_OF[FIELD_OF[type(self.part)]]}"

    def apply(self, document: Document) -> Applied:
        """The document with the part set."""
        line = document.line(self.line_id)
        kind = FIELD_OF[type(self.part)]
        parts: tuple[Any, ...] = getattr(line, kind) or ()
        at = next((i for i, p in enumerate(parts) if p.id == self.part.id), None)
        start_s, end_s = span_of(self.part)
        if at is None:
            index = len(parts) if self.index < 0 else min(self.index, len(parts))
            new = (*parts[:index], self.part, *parts[index:])
            inverse: Edit = SetParts(self.line_id, kind, None) if getattr(line, kind) is None else RemovePart(self.line_id, kind, self.part.id)
        else:
            if parts[at] == self.part:
                return Applied(document, self, Change())
            new = (*parts[:at], self.part, *parts[at + 1 :])
            inverse = PutPart(self.line_id, parts[at])
            before = span_of(parts[at])
            start_s, end_s = min(start_s, before[0]), max(end_s, before[1])
        fields: dict[str, Any] = {kind: new}
        changed = replace(line, **fields)
        return Applied(document.with_line(changed), inverse, Change(frozenset({TOPIC_OF[kind]}), line.id, max(start_s, 0.0), end_s))


@dataclass(frozen=True)
class RemovePart(Edit):
    """A part taken off a line. Of a take its clips go too, of an instruction the layer that was made from it."""

    line_id: str
    kind: str
    part_id: str
    label: ClassVar[str] = "Remove part"

    @property
    def title(self) -> str:
        """Names the kind."""
        return f"Remove {NAME_OF.get(self.kind, 'part')}"

    def apply(self, document: Document) -> Applied:
        """The document with one part less."""
        check_kind(self.kind)
        line = document.line(self.line_id)
        part = line.part(self.kind, self.part_id)
        parts: tuple[Any, ...] = getattr(line, self.kind)
        index = parts.index(part)
        rest = (*parts[:index], *parts[index + 1 :])
        if self.kind == "takes" and any(c.take_id == part.id for c in line.take_clips):
            clips = tuple(c for c in line.take_clips if c.take_id != part.id)
            return PutLine(replace(line, takes=rest, take_clips=clips)).apply(document)
        if self.kind == "instructions" and any(layer.source == f"instruction:{part.id}" for layer in line.layers):
            layers = tuple(layer for layer in line.layers if layer.source != f"instruction:{part.id}")
            return PutLine(replace(line, instructions=rest, layers=layers)).apply(document)
        start_s, end_s = span_of(part)
        fields: dict[str, Any] = {self.kind: rest}
        changed = replace(line, **fields)
        change = Change(frozenset({TOPIC_OF[self.kind]}), line.id, max(start_s, 0.0), end_s)
        return Applied(document.with_line(changed), PutPart(self.line_id, part, index), change)


@dataclass(frozen=True)
class SetParts(Edit):
    """All parts of one kind at once, in this order; None leaves blinks or gaze to the performer again."""

    line_id: str
    kind: str
    parts: tuple[Part, ...] | None
    label: ClassVar[str] = "Change parts"

    @property
    def merge_key(self) -> Hashable:
        """One drag of several parts of a kind."""
        return ("SetParts", self.line_id, self.kind)

    @property
    def title(self) -> str:
        """Names the kind."""
        return f"Change {NAME_OF.get(self.kind, 'part')}s"

    def apply(self, document: Document) -> Applied:
        """The document with these parts."""
        check_kind(self.kind)
        if self.parts is None and self.kind not in ("blinks", "gazes"):
            raise InvalidInput(f"{self.kind} cannot be automatic", "give an empty list to remove them all")
        wrong = next((p for p in self.parts or () if not isinstance(p, KIND_OF[self.kind])), None)
        if wrong is not None:
            raise InvalidInput(f"{type(wrong).__name__} {wrong.id} is none of the {self.kind}", "give parts of one kind")
        line = document.line(self.line_id)
        inverse = SetParts(self.line_id, self.kind, getattr(line, self.kind))
        return set_fields(document, self.line_id, inverse, TOPIC_OF[self.kind], **{self.kind: self.parts})


@dataclass(frozen=True)
class SetLayer(Edit):
    """Settings of a layer without its curves; None leaves one as it is.

    Args:
        line_id: the line.
        layer_id: the layer.
        name: what the person calls it.
        mode: `additive` or `override`.
        weight: 0 to 1.
        mute: it does nothing.
        solo: only soloed layers do something.
        lock: the studio does not change it.
        span: start and end (None for the line's end), seconds.
        fade_s: over which it comes and goes.
    """

    line_id: str
    layer_id: str
    name: str | None = None
    mode: str | None = None
    weight: float | None = None
    mute: bool | None = None
    solo: bool | None = None
    lock: bool | None = None
    span: tuple[float, float | None] | None = None
    fade_s: float | None = None
    label: ClassVar[str] = "Change layer"

    @property
    def merge_key(self) -> Hashable:
        """One slider of one layer, dragged."""
        given = tuple(n for n in (*_LAYER_SETTINGS, "span") if getattr(self, n) is not None)
        return ("SetLayer", self.line_id, self.layer_id, given)

    def apply(self, document: Document) -> Applied:
        """The document with the layer changed."""
        line = document.line(self.line_id)
        old = line.layer(self.layer_id)
        given: dict[str, Any] = {n: getattr(self, n) for n in _LAYER_SETTINGS if getattr(self, n) is not None}
        before: dict[str, Any] = {n: getattr(old, n) for n in given}
        new = replace(old, **given)
        if self.span is not None:
            new = replace(new, start_s=self.span[0], end_s=self.span[1])
            before["span"] = (old.start_s, old.end_s)
        inverse = SetLayer(self.line_id, self.layer_id, **before)
        if new == old:
            return Applied(document, inverse, Change())
        layers = tuple(new if layer is old else layer for layer in line.layers)
        return Applied(document.with_line(replace(line, layers=layers)), inverse, Change(frozenset({"layers"}), line.id))


_LAYER_SETTINGS = ("name", "mode", "weight", "mute", "solo", "lock", "fade_s")


@dataclass(frozen=True)
class SetInOut(Edit):
    """In and out points of a line; None for its start and end."""

    line_id: str
    in_s: float | None
    out_s: float | None
    label: ClassVar[str] = "Change in and out"

    @property
    def merge_key(self) -> Hashable:
        """One drag."""
        return ("SetInOut", self.line_id)

    def apply(self, document: Document) -> Applied:
        """The document with the points set."""
        line = document.line(self.line_id)
        return set_fields(document, self.line_id, SetInOut(self.line_id, line.in_s, line.out_s), "range", in_s=self.in_s, out_s=self.out_s)


@dataclass(frozen=True)
class SetTrim(Edit):
    """What of a line is heard and performed; `end_s` None for its end."""

    line_id: str
    start_s: float
    end_s: float | None
    label: ClassVar[str] = "Trim line"

    @property
    def merge_key(self) -> Hashable:
        """One drag."""
        return ("SetTrim", self.line_id)

    def apply(self, document: Document) -> Applied:
        """The document with the line trimmed."""
        line = document.line(self.line_id)
        inverse = SetTrim(self.line_id, line.trim_start_s, line.trim_end_s)
        return set_fields(document, self.line_id, inverse, "placing", trim_start_s=self.start_s, trim_end_s=self.end_s)


@dataclass(frozen=True)
class SetGain(Edit):
    """Loudness of a line's sound, decibels."""

    line_id: str
    gain_db: float
    label: ClassVar[str] = "Change gain"

    @property
    def merge_key(self) -> Hashable:
        """One slider, dragged."""
        return ("SetGain", self.line_id)

    def apply(self, document: Document) -> Applied:
        """The document with the gain set."""
        return set_fields(document, self.line_id, SetGain(self.line_id, document.line(self.line_id).gain_db), "placing", gain_db=self.gain_db)


@dataclass(frozen=True)
class SetSyncOffset(Edit):
    """How much later than its sound a line's face moves, seconds; negative for earlier."""

    line_id: str
    offset_s: float
    label: ClassVar[str] = "Change lip-sync offset"

    @property
    def merge_key(self) -> Hashable:
        """One slider, dragged."""
        return ("SetSyncOffset", self.line_id)

    def apply(self, document: Document) -> Applied:
        """The document with the offset set."""
        inverse = SetSyncOffset(self.line_id, document.line(self.line_id).sync_offset_s)
        return set_fields(document, self.line_id, inverse, "placing", sync_offset_s=self.offset_s)


@dataclass(frozen=True)
class SetTrackState(Edit):
    """Mute, solo and lock of one track."""

    line_id: str
    track: str
    state: TrackState
    label: ClassVar[str] = "Switch track"

    def apply(self, document: Document) -> Applied:
        """The document with the track switched."""
        line = document.line(self.line_id)
        inverse = SetTrackState(self.line_id, self.track, line.track_state(self.track))
        return set_fields(document, self.line_id, inverse, "tracks", track_states={**line.track_states, self.track: self.state})


@dataclass(frozen=True)
class ReplaceSound(Edit):
    """Another recording or text of the same line (ADR): what was found in it, with the edits of the old one carried over.

    Keys, events, pins, layers, markers and ranges move to where their phonemes are now.
    """

    line_id: str
    source: Media | Typed
    words: tuple[Word, ...]
    phonemes: PhonemeTrack
    method: str
    notices: tuple[str, ...] = ()
    label: ClassVar[str] = "Replace sound"

    def apply(self, document: Document) -> Applied:
        """The document with the sound exchanged."""
        line = document.line(self.line_id)
        new = carried(line, self.phonemes) if line.phonemes is not None else line
        phonemes = self.phonemes if line.phonemes is None else with_strengths(self.phonemes, line.phonemes)
        found: dict[str, Any] = {"words": self.words, "phonemes": phonemes, "method": self.method, "notices": self.notices}
        return PutLine(replace(new, source=self.source, phonemes_edited=False, **found)).apply(document)


@dataclass(frozen=True)
class SetVisemes(Edit):
    """What the articulators of one phoneme do on a character, 0 to 1 by articulator; None goes back to the table."""

    character_id: str
    phoneme: str
    values: dict[str, float] | None
    label: ClassVar[str] = "Change viseme"

    @property
    def merge_key(self) -> Hashable:
        """One phoneme, dragged."""
        return ("SetVisemes", self.character_id, self.phoneme)

    def apply(self, document: Document) -> Applied:
        """The document with the viseme set."""
        character = document.character(self.character_id)
        old = character.visemes.get(self.phoneme)
        visemes = {k: v for k, v in character.visemes.items() if k != self.phoneme}
        if self.values:
            visemes[self.phoneme] = dict(self.values)
        visemes = {k: visemes[k] for k in sorted(visemes)}
        change = Change(frozenset({"visemes"}) if visemes != character.visemes else frozenset())
        return Applied(document.with_character(replace(character, visemes=visemes)), SetVisemes(self.character_id, self.phoneme, old), change)


@dataclass(frozen=True)
class PutPose(Edit):
    """A pose added to the library, or put in the place of the one with its id."""

    pose: Pose
    index: int = -1
    label: ClassVar[str] = "Change pose"

    def apply(self, document: Document) -> Applied:
        """The document with the pose in its library."""
        poses, old = _put(document.poses, self.pose, self.index)
        inverse: Edit = PutPose(old) if old is not None else RemovePose(self.pose.id)
        return Applied(replace(document, poses=poses), inverse, Change(frozenset({"poses"} if old != self.pose else ())))


@dataclass(frozen=True)
class RemovePose(Edit):
    """A pose taken out of the library."""

    pose_id: str
    label: ClassVar[str] = "Remove pose"

    def apply(self, document: Document) -> Applied:
        """The document with one pose less."""
        rest, pose, index = _taken(document.poses, self.pose_id, "pose")
        return Applied(replace(document, poses=rest), PutPose(pose, index), Change(frozenset({"poses"})))


@dataclass(frozen=True)
class PutRenderJob(Edit):
    """A job added to the render queue, or put in the place of the one with its id."""

    job: RenderJob
    index: int = -1
    label: ClassVar[str] = "Change render queue"

    def apply(self, document: Document) -> Applied:
        """The document with the job in its queue."""
        queue, old = _put(document.queue, self.job, self.index)
        inverse: Edit = PutRenderJob(old) if old is not None else RemoveRenderJob(self.job.id)
        return Applied(replace(document, queue=queue), inverse, Change(frozenset({"queue"} if old != self.job else ())))


@dataclass(frozen=True)
class RemoveRenderJob(Edit):
    """A job taken out of the render queue."""

    job_id: str
    label: ClassVar[str] = "Remove from render queue"

    def apply(self, document: Document) -> Applied:
        """The document with one job less."""
        rest, job, index = _taken(document.queue, self.job_id, "render job")
        return Applied(replace(document, queue=rest), PutRenderJob(job, index), Change(frozenset({"queue"})))


def check_kind(kind: str) -> None:
    """Refuse what is no kind of part.

    Raises:
        InvalidInput: it is none.
    """
    if kind not in KIND_OF:
        raise InvalidInput(f"a line holds no {kind!r}", "use one of " + ", ".join(KIND_OF))


def _put(items: tuple[Any, ...], item: Any, index: int) -> tuple[tuple[Any, ...], Any]:
    """Items with `item` added or replaced by id, and the replaced one or None."""
    for i, old in enumerate(items):
        if old.id == item.id:
            return (*items[:i], item, *items[i + 1 :]), old
    at = len(items) if index < 0 else min(index, len(items))
    return (*items[:at], item, *items[at:]), None


def _taken(items: tuple[Any, ...], item_id: str, name: str) -> tuple[tuple[Any, ...], Any, int]:
    for i, item in enumerate(items):
        if item.id == item_id:
            return (*items[:i], *items[i + 1 :]), item, i
    raise InvalidInput(f"there is no {name} {item_id}", "it may have been removed")
