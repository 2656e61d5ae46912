"""The animator's document: characters, their lines, and everything a person set or a stage found out about them.

Frozen values only. The one way to change a document is an edit (`engine.project.edits`) applied through a history.
Times inside a line are seconds from its first sample; `LineDoc.start_s` places the line in the scene. Dicts in these
classes are copied on construction and must not be written to.
"""

from __future__ import annotations

import hashlib
import math
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.core.timing import DEFAULT_RATE
from engine.project import codec
from engine.project.tracks import PhonemeTrack, Word

FORMAT = 1  # of the JSON; raised together with the schema of the .viva file
AMOUNTS: tuple[str, ...] = ("lips", "jaw", "blink", "gaze", "brows", "head", "breath")
AMOUNT_LIMITS = (0.0, 2.0)
MAX_SEED = 2**64 - 1
EMOTION_TRACK = "emotions/"
# What the analysis of a line depends on, and what its performance depends on.
ANALYSIS_PARTS: tuple[str, ...] = ("source", "transcript", "language")
PERFORMANCE_PARTS: tuple[str, ...] = ("source", "transcript", "language", "words", "phonemes", "method", "emotions", "amounts", "seed")


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

    def __post_init__(self) -> None:
        _check_id(self.id, "line")
        if not (math.isfinite(self.start_s) and self.start_s >= 0):
            raise InvalidInput(f"line {self.name!r} starts at {self.start_s} s", "give a time from 0 on")
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
        """The curve at an address such as `emotions/happy`; without keys where there is none.

        Raises:
            InvalidInput: no such track.
        """
        return self.emotions.get(_emotion_of(track), Curve())

    def with_curve(self, track: str, curve: Curve) -> LineDoc:
        """The line with the curve at `track` replaced."""
        return replace(self, emotions={**self.emotions, _emotion_of(track): curve})


def emotion_track(name: str) -> str:
    """Address of an emotion's curve, for the curve edits: `emotions/happy`."""
    check_emotion(name)
    return EMOTION_TRACK + name


@dataclass(frozen=True)
class Character:
    """Somebody who speaks: a head and its lines, in the order the person keeps them."""

    id: str
    name: str
    avatar: str = "ada"
    lines: tuple[LineDoc, ...] = ()

    def __post_init__(self) -> None:
        _check_id(self.id, "character")
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

    def __post_init__(self) -> None:
        _check_id(self.id, "document")
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
    return codec.dumps(document.to_json())


def import_json(text: str) -> Document:
    """The inverse of `export_json`.

    Raises:
        InvalidInput: not JSON, or not a document of this format.
    """
    data = codec.loads(text)
    if not isinstance(data, dict):
        raise InvalidInput("the text holds no document", "give what export_json wrote")
    return Document.from_json(data)


def line_fingerprint(line: LineDoc, parts: tuple[str, ...] = PERFORMANCE_PARTS) -> str:
    """A hash of those fields of a line that a stage's result depends on, for its cache.

    A recording counts by its content, not by where it lies, so that moving the file recomputes nothing.

    Args:
        line: the line.
        parts: names of fields; `ANALYSIS_PARTS` for the analysis, `PERFORMANCE_PARTS` for the motion.

    Returns:
        SHA-256, hexadecimal.
    """
    values = {name: codec.encode(getattr(line, name)) for name in parts}
    if "source" in values and isinstance(line.source, Media):
        values["source"] = {"sha256": line.source.sha256}
    return hashlib.sha256(codec.dumps([FORMAT, values]).encode()).hexdigest()


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


def _check_id(value: str, kind: str) -> None:
    if not value or len(value) > 64:
        raise InvalidInput(f"{kind} id {value!r} must have 1 to 64 characters", "make ids with new_id")


def _emotion_of(track: str) -> str:
    name = track.removeprefix(EMOTION_TRACK)
    if name == track:
        raise InvalidInput(f"there is no track {track!r}", "tracks are named emotions/NAME")
    check_emotion(name)
    return name
