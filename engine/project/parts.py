"""What an animator puts on a line beside its emotion curves: events, instructions, pins, takes, edit layers, markers.

Frozen values; an id names a part for as long as it lives. Times are seconds of the line, from its sound's first sample.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, get_args

from engine.core.channels import CHANNELS, REGIONS, limits
from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput

AMOUNTS: tuple[str, ...] = ("lips", "jaw", "blink", "gaze", "brows", "head", "breath")
LAYER_MODES: tuple[str, ...] = ("additive", "override")
EMOTION_TRACK, AMOUNT_TRACK, LAYER_TRACK, INTENSITY_TRACK = "emotions/", "amounts/", "layers/", "intensity"
# What a layer's curves may drive: the rig's channels, and the inputs of the performance.
LAYER_NAMES: frozenset[str] = frozenset((*CHANNELS, *(EMOTION_TRACK + n for n in EMOTIONS), *(AMOUNT_TRACK + n for n in AMOUNTS)))
GAZE_LIMIT_RAD = 0.8
_P = TypeVar("_P")


@dataclass(frozen=True)
class Blink:
    """Both eyes shut for a moment.

    Args:
        id: unique on the line.
        time_s: when the lids are shut.
        strength: 1 shuts them, less leaves them ajar.
        length_s: from the first movement to the last.
    """

    id: str
    time_s: float
    strength: float = 1.0
    length_s: float = 0.27

    def __post_init__(self) -> None:
        _check_part(self.id, "blink", self.time_s, self.strength, self.length_s)
        _check_range("a blink's strength", self.strength, 0.0, 1.0)
        _check_range("a blink's length", self.length_s, 0.05, 10.0)


@dataclass(frozen=True)
class Gaze:
    """Where the eyes look from a moment on, until the next target.

    Args:
        id: unique on the line.
        time_s: when the eyes jump there.
        yaw_rad: to the character's left, relative to the viewer.
        pitch_rad: down.
    """

    id: str
    time_s: float
    yaw_rad: float = 0.0
    pitch_rad: float = 0.0

    def __post_init__(self) -> None:
        _check_part(self.id, "gaze target", self.time_s, self.yaw_rad, self.pitch_rad)
        _check_range("a gaze target's yaw", self.yaw_rad, -GAZE_LIMIT_RAD, GAZE_LIMIT_RAD)
        _check_range("a gaze target's pitch", self.pitch_rad, -GAZE_LIMIT_RAD, GAZE_LIMIT_RAD)


@dataclass(frozen=True)
class Instruction:
    """How to play a stretch, in plain language.

    Args:
        id: unique on the line.
        text: the person's words.
        start_s: where it begins.
        end_s: where it ends.
        strength: 0 not at all, 1 as said, up to 1.5.
    """

    id: str
    text: str
    start_s: float
    end_s: float
    strength: float = 1.0

    def __post_init__(self) -> None:
        _check_part(self.id, "instruction", self.start_s, self.end_s, self.strength)
        _check_span("an instruction", self.start_s, self.end_s)
        _check_range("an instruction's strength", self.strength, 0.0, 1.5)


@dataclass(frozen=True)
class Pin:
    """A moment the motion must pass through.

    Args:
        id: unique on the line.
        time_s: when.
        values: channel values that hold there, by channel name; others stay free.
        reach_s: how far to either side the motion bends towards them.
        name: what the person calls it.
    """

    id: str
    time_s: float
    values: dict[str, float] = field(default_factory=dict)
    reach_s: float = 0.25
    name: str = ""

    def __post_init__(self) -> None:
        _check_part(self.id, "pin", self.time_s, self.reach_s, *self.values.values())
        _check_range("a pin's reach", self.reach_s, 0.0, 60.0)
        check_pose(self.values)


@dataclass(frozen=True)
class Take:
    """One performance of the line, kept as it was made.

    Args:
        id: unique on the line.
        name: what the person calls it.
        system: that made it, such as `performer`, or where it came from.
        seed: 64-bit.
        parameters: of the system, by name.
        motion: SHA-256 of the blob with its motion.
        inputs: fingerprint of what it was made from; another one now means that the take is older than its inputs.
        score: of the system's own judgement, higher is better; None where it gives none.
        colour: `#rrggbb`, or "".
        comment: the person's.
        thumbnail: SHA-256 of the blob with a picture, or "".
    """

    id: str
    name: str
    system: str
    seed: int = 0
    parameters: dict[str, float] = field(default_factory=dict)
    motion: str = ""
    inputs: str = ""
    score: float | None = None
    colour: str = ""
    comment: str = ""
    thumbnail: str = ""

    def __post_init__(self) -> None:
        _check_part(self.id, "take", *self.parameters.values(), *(() if self.score is None else (self.score,)))
        if not 0 <= self.seed < 2**64:
            raise InvalidInput(f"seed {self.seed} of take {self.name!r} is outside 0 to 2^64 - 1", "give a 64-bit number")


@dataclass(frozen=True)
class TakeClip:
    """A stretch in which a take plays.

    Args:
        id: unique on the line.
        take_id: the take; "" for the live performance, to cut a hole into an earlier clip.
        start_s: where it begins.
        end_s: where it ends.
        regions: of the face, out of `channels.REGIONS`; none for the whole face.
        fade_s: over which it passes into what lies around it.
    """

    id: str
    take_id: str
    start_s: float
    end_s: float
    regions: tuple[str, ...] = ()
    fade_s: float = 0.15

    def __post_init__(self) -> None:
        _check_part(self.id, "take clip", self.start_s, self.end_s, self.fade_s)
        _check_span("a take clip", self.start_s, self.end_s)
        _check_range("a fade", self.fade_s, 0.0, 60.0)
        wrong = next((r for r in self.regions if r not in REGIONS), None)
        if wrong is not None:
            raise InvalidInput(f"the face has no region {wrong!r}", "use " + ", ".join(REGIONS))


@dataclass(frozen=True)
class Layer:
    """Edits on top of the performance.

    Args:
        id: unique on the line.
        name: what the person calls it.
        mode: `additive` adds its curves, `override` puts them in the place of what is below.
        weight: 0 to 1.
        mute: it does nothing.
        solo: only soloed layers do something.
        lock: the studio does not change it.
        start_s: where it begins to act.
        end_s: where it ends; None for the end of the line.
        fade_s: over which it comes and goes at a start after 0 and at an end.
        curves: by name out of `LAYER_NAMES`; a curve without keys is left out.
        source: where it came from, such as `instruction:ID` or a file's name.
    """

    id: str
    name: str
    mode: str = "additive"
    weight: float = 1.0
    mute: bool = False
    solo: bool = False
    lock: bool = False
    start_s: float = 0.0
    end_s: float | None = None
    fade_s: float = 0.15
    curves: dict[str, Curve] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        _check_part(self.id, "layer", self.weight, self.start_s, self.fade_s, *(() if self.end_s is None else (self.end_s,)))
        if self.mode not in LAYER_MODES:
            raise InvalidInput(f"a layer cannot be {self.mode!r}", "make it additive or override")
        _check_range("a layer's weight", self.weight, 0.0, 1.0)
        _check_range("a fade", self.fade_s, 0.0, 60.0)
        if self.end_s is not None:
            _check_span("a layer", self.start_s, self.end_s)
        wrong = next((n for n in self.curves if n not in LAYER_NAMES), None)
        if wrong is not None:
            raise InvalidInput(f"a layer cannot drive {wrong!r}", "give a channel of the rig, emotions/NAME or amounts/NAME")
        # Frozen, so the normal form is set past it: no empty curve, one order.
        object.__setattr__(self, "curves", {n: self.curves[n] for n in sorted(self.curves) if self.curves[n].keys})


@dataclass(frozen=True)
class Marker:
    """A moment worth remembering."""

    id: str
    time_s: float
    name: str = ""
    colour: str = ""

    def __post_init__(self) -> None:
        _check_part(self.id, "marker", self.time_s)


@dataclass(frozen=True)
class TrackState:
    """Switches of one track: muted, heard alone, locked against changes."""

    mute: bool = False
    solo: bool = False
    lock: bool = False


@dataclass(frozen=True)
class Pose:
    """A pose of the library: channel values by name, and a picture."""

    id: str
    name: str
    values: dict[str, float] = field(default_factory=dict)
    thumbnail: str = ""

    def __post_init__(self) -> None:
        _check_part(self.id, "pose", *self.values.values())
        check_pose(self.values)


@dataclass(frozen=True)
class RenderJob:
    """One film or file of the render queue.

    Args:
        id: unique in the document.
        name: what the person calls it.
        path: of the file, whose suffix says the format.
        line_id: of a line; "" for the whole scene.
        start_s: of the line or scene.
        end_s: None for its end.
        width: pixels.
        height: pixels.
        quality: `draft`, `standard`, `high` or `final`.
    """

    id: str
    name: str
    path: str
    line_id: str = ""
    start_s: float = 0.0
    end_s: float | None = None
    width: int = 512
    height: int = 512
    quality: str = "standard"

    def __post_init__(self) -> None:
        _check_part(self.id, "render job", self.start_s)
        if not self.path:
            raise InvalidInput(f"the render job {self.name!r} has no file", "give the file's name")
        if self.end_s is not None:
            _check_span("a render job", self.start_s, self.end_s)


Part = Blink | Gaze | Instruction | Pin | Take | TakeClip | Layer | Marker
# Field of the line that holds each kind, and what a change of it is about.
FIELD_OF: dict[type, str] = {
    Blink: "blinks", Gaze: "gazes", Instruction: "instructions", Pin: "pins", Take: "takes", TakeClip: "take_clips", Layer: "layers", Marker: "markers",
}  # fmt: skip
KIND_OF: dict[str, type] = {name: kind for kind, name in FIELD_OF.items()}
TOPIC_OF: dict[str, str] = {
    "blinks": "events", "gazes": "events", "instructions": "instructions", "pins": "pins", "takes": "takes", "take_clips": "takes", "layers": "layers",
    "markers": "markers",
}  # fmt: skip
NAME_OF: dict[str, str] = {
    "blinks": "blink", "gazes": "gaze target", "instructions": "instruction", "pins": "pin", "takes": "take", "take_clips": "take clip", "layers": "layer",
    "markers": "marker",
}  # fmt: skip
assert set(FIELD_OF) == set(get_args(Part))


def span_of(part: Part) -> tuple[float, float]:
    """The stretch of the line that a part concerns, seconds."""
    if isinstance(part, (Instruction, TakeClip)):
        return part.start_s, part.end_s
    if isinstance(part, Layer):
        return part.start_s, math.inf if part.end_s is None else part.end_s
    if isinstance(part, Pin):
        return part.time_s - part.reach_s, part.time_s + part.reach_s
    return (0.0, math.inf) if isinstance(part, Take) else (part.time_s, math.inf)


def ordered(kind: str, parts: tuple[_P, ...]) -> tuple[_P, ...]:
    """Parts of one kind in their normal order: by time where their order says nothing else.

    Layers lie bottom to top, takes as they were made, and of two take clips the later one in the list wins.
    """
    if kind in ("layers", "takes", "take_clips"):
        return parts
    return tuple(sorted(parts, key=lambda p: (getattr(p, "time_s", getattr(p, "start_s", 0.0)), getattr(p, "id", ""))))


def moved(part: Part, delta_s: float) -> Part:
    """The part at another time; a layer takes its curves along."""
    if isinstance(part, (Instruction, TakeClip)):
        return replace(part, start_s=part.start_s + delta_s, end_s=part.end_s + delta_s)
    if isinstance(part, Layer):
        curves = {n: c.moved(delta_s) for n, c in part.curves.items()}
        return replace(part, start_s=part.start_s + delta_s, end_s=None if part.end_s is None else part.end_s + delta_s, curves=curves)
    return part if isinstance(part, Take) else replace(part, time_s=part.time_s + delta_s)


def check_pose(values: dict[str, float]) -> None:
    """Refuse channel values that the rig does not have.

    Raises:
        InvalidInput: an unknown channel, or a value outside its limits.
    """
    for name, value in values.items():
        if name not in CHANNELS:
            raise InvalidInput(f"the rig has no channel {name!r}", "use the names of engine.core.channels")
        low, high = limits(name)
        _check_range(name, value, low, high)


def _check_part(part_id: str, kind: str, *numbers: float) -> None:
    if not part_id or len(part_id) > 64:
        raise InvalidInput(f"{kind} id {part_id!r} must have 1 to 64 characters", "make ids with new_id")
    wrong: Any = next((n for n in numbers if not math.isfinite(n)), None)
    if wrong is not None:
        raise InvalidInput(f"a {kind} holds {wrong}", "give finite numbers")


def _check_span(what: str, start_s: float, end_s: float) -> None:
    if not start_s < end_s:
        raise InvalidInput(f"{what} runs from {start_s:g} to {end_s:g} s", "give a start before its end")


def _check_range(what: str, value: float, low: float, high: float) -> None:
    if not low - 1e-9 <= value <= high + 1e-9:
        raise InvalidInput(f"{what} is {value:g}, outside {low:g} to {high:g}", "give a value inside it")
