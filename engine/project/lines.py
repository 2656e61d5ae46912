"""One spoken line with all that is edited on it, as an immutable value. Addresses of its curves are read here too.

Dicts in these classes are copied on construction and must not be written to.
"""

from __future__ import annotations

import hashlib
import math
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from engine.core.channels import limits
from engine.core.curves import Curve
from engine.core.ears import AUTO, check_ears
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.project import codec
from engine.project.parts import (
    AMOUNT_TRACK,
    AMOUNTS,
    EMOTION_TRACK,
    FIELD_OF,
    INTENSITY_TRACK,
    LAYER_NAMES,
    LAYER_TRACK,
    Blink,
    Gaze,
    Instruction,
    Layer,
    Marker,
    Part,
    Pin,
    Take,
    TakeClip,
    TrackState,
    ordered,
)
from engine.project.tracks import PhonemeTrack, Word

FORMAT = 4  # of the JSON; raised together with the schema of the .viva file
_LINE_FORMAT = 2  # of what a line holds: results keep while it stays
AMOUNT_LIMITS = (0.0, 2.0)
GAIN_LIMITS_DB = (-60.0, 24.0)
SYNC_LIMITS_S = (-5.0, 5.0)
MAX_SEED = 2**64 - 1
_SWITCHED_TRACKS = frozenset(("sound", "words", "phonemes", "intensity", "instructions", "pins", "takes", "events", "markers", "layers"))
# What the analysis of a line depends on, and what its performance depends on.
ANALYSIS_PARTS: tuple[str, ...] = ("source", "transcript", "language", "ears")
PERFORMANCE_PARTS: tuple[str, ...] = (
    "source", "transcript", "language", "words", "phonemes", "method", "emotions", "amounts", "seed",
    "intensity", "blinks", "gazes", "layers", "track_states",
)  # fmt: skip


def new_id() -> str:
    """A short identifier that does not change for the life of the thing it names."""
    return uuid.uuid4().hex[:10]


@dataclass(frozen=True)
class Media:
    """A sound or video file.

    Args:
        path: with forward slashes; relative to the project's folder, or absolute.
        sha256: of the file's bytes, hexadecimal; it tells a moved file from a replaced one.
        duration_s: length of its sound.
        sample_rate: samples per second of the file.
    """

    path: str
    sha256: str
    duration_s: float
    sample_rate: int

    def __post_init__(self) -> None:
        if not self.path:
            raise InvalidInput("a sound needs a path", "give the file's name")
        if not (math.isfinite(self.duration_s) and self.duration_s > 0 and self.sample_rate > 0):
            raise InvalidInput(f"{self.path} lasts {self.duration_s} s at {self.sample_rate} Hz", "give a sound that has samples")


@dataclass(frozen=True)
class Typed:
    """Text to be spoken by a synthetic voice."""

    text: str
    voice: str = "en-us"


@dataclass(frozen=True)
class LineDoc:
    """One spoken line with all that is edited on it.

    Args:
        id: unique in the document.
        name: what the person calls it.
        source: a recording or typed text.
        start_s: when it starts in the scene.
        transcript: what is said in the recording, as the person gave it; `""` where nobody did.
        language: of the speech, such as `en`.
        words: None until analysed.
        phonemes: None until analysed.
        phonemes_edited: True once a person changed the track.
        method: how the phonemes were found (`alignment`, `recognition`, ...), `""` until analysed.
        notices: what the analysis wants the person to know.
        emotions: intensity curves 0 to 1 by MEAD name; a missing one is zero.
        amounts: strength per part of the performance, 0 to 2; 1 where not given.
        seed: 64-bit seed of everything random.
        intensity: factor on all emotions, 0 to 2; 1 where it has no keys.
        blinks: None for those the performer makes; else exactly these.
        gazes: None for what the performer does; else exactly these targets.
        instructions: how to play stretches of the line.
        pins: moments the motion passes through.
        takes: performances that were kept.
        take_clips: which take plays when and for which region; a later one wins.
        layers: edits on top, bottom to top.
        markers: moments worth remembering.
        in_s: in point; None for the start.
        out_s: out point; None for the end.
        trim_start_s: what lies before is neither heard nor performed; times do not move.
        trim_end_s: nor what lies after; None for the end.
        gain_db: of the sound.
        sync_offset_s: how much later than the sound the face moves.
        track_states: switches by track; one without any is left out.
        ears: who listens where no transcript says what is spoken, one of `engine.core.ears.EARS`.
    """

    id: str
    name: str
    source: Media | Typed
    start_s: float = 0.0
    transcript: str = ""
    language: str = "en"
    words: tuple[Word, ...] | None = None
    phonemes: PhonemeTrack | None = None
    phonemes_edited: bool = False
    method: str = ""
    notices: tuple[str, ...] = ()
    emotions: dict[str, Curve] = field(default_factory=dict)
    amounts: dict[str, float] = field(default_factory=dict)
    seed: int = 0
    intensity: Curve = field(default_factory=Curve)
    blinks: tuple[Blink, ...] | None = None
    gazes: tuple[Gaze, ...] | None = None
    instructions: tuple[Instruction, ...] = ()
    pins: tuple[Pin, ...] = ()
    takes: tuple[Take, ...] = ()
    take_clips: tuple[TakeClip, ...] = ()
    layers: tuple[Layer, ...] = ()
    markers: tuple[Marker, ...] = ()
    in_s: float | None = None
    out_s: float | None = None
    trim_start_s: float = 0.0
    trim_end_s: float | None = None
    gain_db: float = 0.0
    sync_offset_s: float = 0.0
    track_states: dict[str, TrackState] = field(default_factory=dict)
    ears: str = AUTO

    def __post_init__(self) -> None:
        check_id(self.id, "line")
        self._check_places()
        for kind in FIELD_OF.values():
            self._order(kind)
        if not (math.isfinite(self.start_s) and self.start_s >= 0):
            raise InvalidInput(f"line {self.name!r} starts at {self.start_s} s", "give a time from 0 on")
        check_ears(self.ears)
        if not self.language:
            raise InvalidInput(f"line {self.name!r} has no language", "give one such as en")
        if not 0 <= self.seed <= MAX_SEED:
            raise InvalidInput(f"seed {self.seed} is outside 0 to 2^64 - 1", "give a 64-bit number")
        for name in self.emotions:
            check_emotion(name)
        for name, value in self.amounts.items():
            check_amount(name, value)
        # Frozen, so the normal forms are set past it: no empty curve, every amount, each in its fixed order.
        object.__setattr__(self, "emotions", {n: self.emotions[n] for n in EMOTIONS if n in self.emotions and self.emotions[n].keys})
        object.__setattr__(self, "amounts", {n: float(self.amounts.get(n, 1.0)) for n in AMOUNTS})
        states = {n: self.track_states[n] for n in sorted(self.track_states) if self.track_states[n] != TrackState()}
        object.__setattr__(self, "track_states", states)

    def _check_places(self) -> None:
        _check_order(f"the in and out points of line {self.name!r}", self.in_s, self.out_s)
        _check_order(f"the trim of line {self.name!r}", self.trim_start_s, self.trim_end_s)
        for what, value, (low, high) in (("gain", self.gain_db, GAIN_LIMITS_DB), ("lip-sync offset", self.sync_offset_s, SYNC_LIMITS_S)):
            if not low <= value <= high:
                raise InvalidInput(f"the {what} of line {self.name!r} is {value:g}", f"give one from {low:g} to {high:g}")
        for track in self.track_states:
            if track not in _SWITCHED_TRACKS and not track.startswith((EMOTION_TRACK, LAYER_TRACK)):
                raise InvalidInput(f"there is no track {track!r} to switch", "use emotions/NAME or one of " + ", ".join(sorted(_SWITCHED_TRACKS)))

    def _order(self, kind: str) -> None:
        parts = getattr(self, kind)
        if not parts:
            return
        ids = [p.id for p in parts]
        if len(set(ids)) != len(ids):
            raise InvalidInput(f"two {kind} of line {self.name!r} have the same id", "make ids with new_id")
        object.__setattr__(self, kind, ordered(kind, parts))

    @property
    def analysed(self) -> bool:
        """True once the line has phonemes."""
        return self.phonemes is not None

    @property
    def duration_s(self) -> float | None:
        """Length of the line in seconds; None for typed text that was not spoken yet."""
        if isinstance(self.source, Media):
            return self.source.duration_s
        return self.phonemes.duration_s if self.phonemes is not None else None

    @property
    def text(self) -> str:
        """What is said: the typed text, or the transcript."""
        return self.source.text if isinstance(self.source, Typed) else self.transcript

    def curve(self, track: str) -> Curve:
        """The curve at an address: `emotions/happy`, `intensity`, `layers/ID/jawOpen`; without keys where there is none.

        Raises:
            InvalidInput: no such track.
        """
        if track == INTENSITY_TRACK:
            return self.intensity
        if track.startswith(LAYER_TRACK):
            layer_id, name = layer_address(track)
            return self.layer(layer_id).curves.get(name, Curve())
        return self.emotions.get(_emotion_of(track), Curve())

    def with_curve(self, track: str, curve: Curve) -> LineDoc:
        """The line with the curve at `track` replaced."""
        if track == INTENSITY_TRACK:
            return replace(self, intensity=curve)
        if track.startswith(LAYER_TRACK):
            layer_id, name = layer_address(track)
            layer = self.layer(layer_id)
            new = replace(layer, curves={**layer.curves, name: curve})
            return replace(self, layers=tuple(new if each.id == layer_id else each for each in self.layers))
        return replace(self, emotions={**self.emotions, _emotion_of(track): curve})

    def tracks_with_keys(self) -> list[str]:
        """Addresses of all curves that have keys, emotions first, then layers from the bottom."""
        found = [EMOTION_TRACK + name for name in self.emotions]
        if self.intensity.keys:
            found.append(INTENSITY_TRACK)
        return found + [f"{LAYER_TRACK}{layer.id}/{name}" for layer in self.layers for name in layer.curves]

    def layer(self, layer_id: str) -> Layer:
        """The layer with this id.

        Raises:
            InvalidInput: there is none.
        """
        found = self.part("layers", layer_id)
        assert isinstance(found, Layer)
        return found

    def part(self, kind: str, part_id: str) -> Part:
        """The part of a kind (`pins`, `takes`, ...) with this id.

        Raises:
            InvalidInput: there is none.
        """
        for part in getattr(self, kind) or ():
            if part.id == part_id:
                found: Part = part
                return found
        raise InvalidInput(f"line {self.name!r} has no {part_id} among its {kind}", "it may have been removed")

    def has_part(self, kind: str, part_id: str) -> bool:
        """True if a part of a kind with this id is there."""
        return any(part.id == part_id for part in getattr(self, kind) or ())

    def track_state(self, track: str) -> TrackState:
        """The switches of a track."""
        return self.track_states.get(track, TrackState())


def layer_address(track: str) -> tuple[str, str]:
    """Layer id and curve name of an address such as `layers/ID/jawOpen` or `layers/ID/emotions/happy`.

    Raises:
        InvalidInput: not such an address.
    """
    parts = track.split("/", 2)
    if len(parts) != 3 or parts[2] not in LAYER_NAMES:
        raise InvalidInput(f"there is no track {track!r}", "tracks of a layer are named layers/ID/CHANNEL")
    return parts[1], parts[2]


def value_limits(line: LineDoc, track: str) -> tuple[float, float]:
    """Smallest and largest value a key of a track may have."""
    if track == INTENSITY_TRACK:
        return AMOUNT_LIMITS
    if not track.startswith(LAYER_TRACK):
        return (0.0, 1.0)
    layer_id, name = layer_address(track)
    if name.startswith(AMOUNT_TRACK):
        return (-2.0, 2.0)
    low, high = (0.0, 1.0) if name.startswith(EMOTION_TRACK) else limits(name)
    if name.startswith(EMOTION_TRACK) or line.layer(layer_id).mode == "additive":
        return (low - high, high - low)
    return low, high


def emotion_track(name: str) -> str:
    """Address of an emotion's curve, for the curve edits: `emotions/happy`."""
    check_emotion(name)
    return EMOTION_TRACK + name


def line_fingerprint(line: LineDoc, parts: tuple[str, ...] = PERFORMANCE_PARTS) -> str:
    """A hash of those fields of a line that a stage's result depends on, for its cache.

    A recording counts by its content, not by where it lies, so that moving the file recomputes nothing.

    Args:
        line: the line.
        parts: names of fields; `ANALYSIS_PARTS` for the analysis, `PERFORMANCE_PARTS` for the motion.

    Returns:
        SHA-256, hexadecimal.
    """
    values: dict[str, Any] = {name: getattr(line, name) for name in parts}
    if "source" in values and isinstance(line.source, Media):
        values["source"] = {"sha256": line.source.sha256}
    return hashlib.sha256(codec.text_of({"format": _LINE_FORMAT, "values": values}).encode()).hexdigest()


def check_emotion(name: str) -> None:
    """Refuse a name that is not one of the seven.

    Raises:
        InvalidInput: it is not.
    """
    if name not in EMOTIONS:
        raise InvalidInput(f"emotion {name!r} is not known", "use one of " + ", ".join(EMOTIONS))


def check_amount(name: str, value: float) -> None:
    """Refuse an unknown amount or one outside 0 to 2.

    Raises:
        InvalidInput: it is.
    """
    if name not in AMOUNTS:
        raise InvalidInput(f"amount {name!r} is not known", "use one of " + ", ".join(AMOUNTS))
    if not AMOUNT_LIMITS[0] <= value <= AMOUNT_LIMITS[1]:
        raise InvalidInput(f"amount {name} = {value:g} is outside 0 to 2", "1 is the usual strength")


def _check_order(what: str, start_s: float | None, end_s: float | None) -> None:
    for value in (start_s, end_s):
        if value is not None and not 0.0 <= value < math.inf:
            raise InvalidInput(f"{what} lie at {value} s", "give times from 0 on")
    if start_s is not None and end_s is not None and not start_s < end_s:
        raise InvalidInput(f"{what} run from {start_s:g} to {end_s:g} s", "give a start before its end")


def check_id(value: str, kind: str) -> None:
    """Refuse an id that is empty or endless.

    Raises:
        InvalidInput: it is.
    """
    if not value or len(value) > 64:
        raise InvalidInput(f"{kind} id {value!r} must have 1 to 64 characters", "make ids with new_id")


def _emotion_of(track: str) -> str:
    name = track.removeprefix(EMOTION_TRACK)
    if name == track:
        raise InvalidInput(f"there is no track {track!r}", "tracks are named emotions/NAME")
    check_emotion(name)
    return name
