"""What a lane of the timeline is: it paints itself, tells what lies under a point, and what lies in a box.

To add a lane: a subclass with its `name`, `paint`, `stamp` and `hit`, listed by `stack.lanes_of`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.core.timing import DEFAULT_RATE
from engine.project.addresses import is_camera
from engine.project.document import LineDoc
from engine.project.parts import EMOTION_TRACK, LAYER_TRACK, Blink, Gaze
from engine.project.stage import Shot
from engine.project.tracks import PhonemeTrack, Word
from studio import theme
from studio.timeline.axis import TimeAxis
from studio.timeline.waveform import Pyramid

NO_KEYS = Curve()  # one and the same, so that an empty lane is known to be as it was
GRAB_PX = 5.0  # how near to an edge or a key the pointer takes hold of it
KeyAt = tuple[str, float]  # address of a track, time of a key
PartAt = tuple[str, str]  # kind (`pins`, `layers`, ...) and id


@dataclass
class Content:
    """What the timeline shows.

    Args:
        axis: the part in view.
        rate: frames per second.
        unit: of the ruler.
        pyramid: levels of the sound; None until they are read.
        line: the line; None where there is none.
        hint: a sentence in place of the phonemes where there are none.
        auto_blinks: what the performer makes of its own, shown while the line names no blinks.
        auto_gazes: likewise.
        keys: times of the selected keys by track.
        parts: selected parts.
        phonemes: selected phonemes.
        tracks: selected tracks.
        ranges: ranges of values that stand still while a key is dragged, by track.
        stale: what is older than its inputs: `phonemes`, `takes/ID`, `performance`.
        camera: the camera's curves that have keys, by address, in the line's time.
        shot: the camera where it has no keys.
    """

    axis: TimeAxis = field(default_factory=TimeAxis)
    rate: Fraction = DEFAULT_RATE
    unit: str = "timecode"
    pyramid: Pyramid | None = None
    line: LineDoc | None = None
    hint: str = ""
    auto_blinks: tuple[Blink, ...] = ()
    auto_gazes: tuple[Gaze, ...] = ()
    keys: dict[str, frozenset[float]] = field(default_factory=dict)
    parts: frozenset[PartAt] = frozenset()
    phonemes_selected: frozenset[int] = frozenset()
    tracks: frozenset[str] = frozenset()
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    camera: dict[str, Curve] = field(default_factory=dict)
    shot: Shot = Shot()  # noqa: RUF009  frozen

    def curve(self, track: str) -> Curve:
        """The curve at an address, the camera's too; without keys where there is none any more."""
        if is_camera(track):
            return self.camera.get(track, NO_KEYS)
        line = self.line
        if line is None or (track.startswith(LAYER_TRACK) and not line.has_part("layers", track.split("/")[1])):
            return NO_KEYS
        curve = line.curve(track)
        return curve if curve.keys else NO_KEYS

    def tracks_with_keys(self) -> list[str]:
        """Addresses of all curves that have keys, the camera's last."""
        return [*(self.line.tracks_with_keys() if self.line is not None else ()), *self.camera]

    @property
    def phonemes(self) -> PhonemeTrack | None:
        """The line's phonemes."""
        return self.line.phonemes if self.line is not None else None

    @property
    def words(self) -> tuple[Word, ...]:
        """The line's words."""
        return (self.line.words or ()) if self.line is not None else ()

    def parts_of(self, kind: str) -> tuple[Any, ...]:
        """Parts of a kind; of blinks and gaze targets the automatic ones where the line names none."""
        if self.line is None:
            return ()
        own = getattr(self.line, kind)
        if own is None:
            return self.auto_blinks if kind == "blinks" else self.auto_gazes
        return tuple(own)

    def automatic(self, kind: str) -> bool:
        """True for blinks or gaze targets that the performer makes."""
        return self.line is not None and getattr(self.line, kind) is None

    def automatic_kind(self, kind: str) -> bool:
        """True for a kind of part that is the performer's now."""
        return kind in ("blinks", "gazes") and self.automatic(kind)

    def selected_ids(self, kind: str) -> frozenset[str]:
        """Ids of the selected parts of a kind."""
        return frozenset(part_id for each, part_id in self.parts if each == kind)


@dataclass(frozen=True)
class Hit:
    """What lies under a point.

    Args:
        kind: `scrub`, `range`, `boundary`, `phoneme`, `word`, `key`, a kind of part (`pins`, `layers`, ...), or "" for the lane itself.
        id: of the part; the track of a key.
        edge: `start`, `end`, `fade` or `in`, `out`; "" for the whole.
        time_s: of the key, part or edge; of the pointer where there is none.
        index: of the phoneme or word.
    """

    kind: str
    id: str = ""
    edge: str = ""
    time_s: float = 0.0
    index: int = -1


@dataclass(frozen=True)
class Found:
    """What lies in a box."""

    keys: frozenset[KeyAt] = frozenset()
    parts: frozenset[PartAt] = frozenset()
    phonemes: frozenset[int] = frozenset()

    def __or__(self, other: Found) -> Found:
        return Found(self.keys | other.keys, self.parts | other.parts, self.phonemes | other.phonemes)


@dataclass(frozen=True)
class Canvas:
    """Where a lane paints: all its own coordinates begin at its top left.

    Args:
        painter: with the widget's font.
        width: of the lane.
        height: of the lane.
        left: of the part to paint.
        right: of the part to paint.
        ratio: device pixels per pixel.
    """

    painter: QPainter
    width: float
    height: float
    left: float
    right: float
    ratio: float

    @property
    def rect(self) -> QRectF:
        """The part to paint."""
        return QRectF(self.left, 0.0, self.right - self.left, self.height)

    def fill(self, colour: str) -> None:
        """The part to paint, in one colour, with the line below the lane."""
        self.painter.fillRect(self.rect, QColor(colour))
        self.painter.fillRect(QRectF(self.left, self.height - 1, self.right - self.left, 1), QColor(theme.BORDER))


class Lane:
    """One horizontal band of the timeline.

    Args:
        name: by which its height, its collapse and its picture are kept.
        title: in its header.
    """

    buttons = ""  # out of M, S and L: mute, solo, lock
    usual_px = 24
    least_px = 16
    folded_px = 0  # height when collapsed; 0 for a lane that cannot be
    folds_first = False  # it begins collapsed
    flexible = False  # it takes what height is left
    scrolls = True  # its picture may be shifted sideways and the rest painted
    indent = 0
    drops = False  # its triangle shows and hides other lanes

    def __init__(self, name: str, title: str) -> None:
        self.name = name
        self.title = title

    @property
    def track(self) -> str:
        """Address of its switches."""
        return self.name

    def wanted_px(self, content: Content) -> int:
        """Its height where nobody has dragged it."""
        return self.usual_px

    def colour(self, content: Content) -> str:
        """Of its stripe and its contents."""
        return theme.FAINT

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """What its picture depends on beside axis, size and theme; compared by identity, then by value."""
        return ()

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """Draw the part of the lane that is asked for, opaque."""
        raise NotImplementedError

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """What lies under a point of the lane."""
        return Hit("", self.name, time_s=content.axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """What of the lane lies in a box."""
        return Found()

    def tooltip(self, content: Content, hit: Hit) -> str:
        """What is hit, in words; "" for the time alone."""
        return ""


def is_locked(line: LineDoc, track: str) -> bool:
    """True if a track, or the group it belongs to, is locked."""
    if line.track_state(track).lock or line.track_state(track.split("/", 1)[0]).lock:
        return True
    if track.startswith(LAYER_TRACK):
        layer_id = track.split("/")[1]
        return line.track_state(LAYER_TRACK + layer_id).lock or (line.has_part("layers", layer_id) and line.layer(layer_id).lock)
    return False


def is_silent(line: LineDoc, track: str) -> bool:
    """True if a curve does nothing now: it is muted, or another of its kind is soloed."""
    state = line.track_state(track)
    if track.startswith(EMOTION_TRACK):
        return state.mute or (not state.solo and any(line.track_state(EMOTION_TRACK + name).solo for name in EMOTIONS))
    if not track.startswith(LAYER_TRACK):
        return state.mute
    layer_id, _, name = track.removeprefix(LAYER_TRACK).partition("/")
    if not line.has_part("layers", layer_id):
        return True
    layer = line.layer(layer_id)
    if layer.mute or (not layer.solo and any(other.solo for other in line.layers)):
        return True
    others = any(line.track_state(f"{LAYER_TRACK}{layer_id}/{other}").solo for other in layer.curves)
    return bool(name) and (state.mute or (others and not state.solo))


_TRACK_OF_KIND = {"blinks": "events", "gazes": "events", "take_clips": "takes", "phonemes": "phonemes"}


def track_of_part(kind: str, part_id: str) -> str:
    """Address of the switches that hold for a part."""
    return LAYER_TRACK + part_id if kind == "layers" else _TRACK_OF_KIND.get(kind, kind)


def same(a: tuple[object, ...], b: tuple[object, ...]) -> bool:
    """True if two stamps stand for the same picture."""
    if len(a) != len(b):
        return False
    simple = (str, int, float, bool, frozenset, tuple)
    return all(x is y or (isinstance(x, simple) and type(x) is type(y) and x == y) for x, y in zip(a, b, strict=True))
