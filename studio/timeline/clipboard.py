"""Keys and parts as text on the clipboard, and back: typed JSON, so that nothing else is taken for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.project import codec
from engine.project.addresses import camera_field, curve_at, is_camera
from engine.project.change import Composite
from engine.project.document import LineDoc, new_id
from engine.project.edits import PutPart
from engine.project.key_edits import by_track, put_keys
from engine.project.lines import layer_address
from engine.project.parts import EMOTION_TRACK, FIELD_OF, INTENSITY_TRACK, KIND_OF, LAYER_TRACK, Layer, Part, TakeClip, moved
from engine.project.stage import CAMERA_TRACK
from studio.timeline.lane import Found, is_locked, track_of_part
from studio.timeline.verbs import Scope, put_parts

MIME = "application/x-vivavoce-timeline+json"
_FORMAT = 1
_SLACK_S = 1e-6


@dataclass(frozen=True)
class Clip:
    """What was copied.

    Args:
        origin_s: its first moment, which comes to the playhead.
        keys: by track.
        parts: with their kind.
    """

    origin_s: float
    keys: dict[str, tuple[Key, ...]]
    parts: tuple[tuple[str, Any], ...]

    @property
    def count(self) -> int:
        """Keys and parts in it."""
        return sum(len(k) for k in self.keys.values()) + len(self.parts)


@dataclass(frozen=True)
class Pasted:
    """What pasting comes to.

    Args:
        edit: as one step; None where nothing can be pasted.
        found: what it makes, to be selected.
        outside: how many lie beyond the line.
        locked: how many belong on a locked track.
        homeless: how many play a take that the line does not have.
    """

    edit: Composite | None
    found: Found
    outside: int
    locked: int
    homeless: int


def write(scope: Scope, found: Found) -> str:
    """A selection as text."""
    keys = {}
    for track, times in by_track(found.keys).items():
        wanted = set(times)
        keys[track] = [k for k in curve_at(scope.document, scope.line_id, track).keys if k.time_s in wanted]
    parts = [(kind, p) for kind in sorted({k for k, _ in found.parts}) for p in scope.parts(kind) if (kind, p.id) in found.parts]
    starts = [k.time_s for ks in keys.values() for k in ks] + [_start(p) for _, p in parts]
    return codec.dumps({
        "vivavoce": _FORMAT, "origin_s": min(starts, default=0.0),
        "keys": {track: Curve(tuple(ks)).to_json() for track, ks in keys.items()},
        "parts": [{"kind": kind, "part": codec.fields_to_json(p)} for kind, p in parts],
    })  # fmt: skip


def read(text: str) -> Clip:
    """What was copied, from its text.

    Raises:
        InvalidInput: it is nothing of ours, or damaged.
    """
    try:
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("vivavoce") != _FORMAT:
            raise InvalidInput(QCoreApplication.translate("Clipboard", "it is nothing of a timeline"))
        keys = {_known(str(track)): Curve.from_json(rows).keys for track, rows in data["keys"].items()}
        parts: tuple[tuple[str, Any], ...] = tuple((str(row["kind"]), codec.fields_from_json(KIND_OF[row["kind"]], row["part"])) for row in data["parts"])
        return Clip(float(data["origin_s"]), keys, parts)
    except InvalidInput as error:
        what = QCoreApplication.translate("Clipboard", "the clipboard cannot be used: {why}").format(why=error.what)
        raise InvalidInput(what, QCoreApplication.translate("Clipboard", "copy keys or clips in the timeline first")) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        what = QCoreApplication.translate("Clipboard", "the clipboard's text cannot be read ({why})").format(why=error)
        raise InvalidInput(what, QCoreApplication.translate("Clipboard", "copy keys or clips in the timeline first")) from error


def paste(scope: Scope, clip: Clip, at_s: float, layer_id: str, tracks: frozenset[str]) -> Pasted:
    """What was copied, put with its first moment at a time. What would lie beyond the line is left out and counted.

    Args:
        scope: what is worked on.
        clip: what was copied.
        at_s: where it goes.
        layer_id: the layer that keys of unknown layers go to; "" for a new one.
        tracks: the selected tracks: keys of a single track go to a single selected one.
    """
    work = _Pasting(scope, clip, at_s - clip.origin_s)
    work.take_parts()
    work.take_keys(layer_id, tracks)
    return work.done()


class _Pasting:
    """Collects what is pasted, and counts what is not."""

    def __init__(self, scope: Scope, clip: Clip, delta_s: float) -> None:
        self._scope, self._clip, self._delta_s = scope, clip, delta_s
        self._outside = self._locked = self._homeless = 0
        self._parts: list[Part] = []
        self._keys: dict[str, list[Key]] = {}
        self._layer = ""  # made for keys whose layer is not there

    def _inside(self, start_s: float, end_s: float) -> bool:
        return start_s >= -_SLACK_S and end_s <= self._scope.duration_s + _SLACK_S

    def take_parts(self) -> None:
        """Parts that have a place, under new ids."""
        line = self._scope.line
        for kind, part in self._clip.parts:
            new = replace(moved(part, self._delta_s), id=new_id())
            if not self._inside(_start(new), getattr(new, "end_s", None) or _start(new)):
                self._outside += 1
            elif kind != "layers" and is_locked(line, track_of_part(kind, "")):
                self._locked += 1
            elif isinstance(new, TakeClip) and new.take_id and not line.has_part("takes", new.take_id):
                self._homeless += 1
            else:
                self._parts.append(new)

    def take_keys(self, layer_id: str, tracks: frozenset[str]) -> None:
        """Keys that have a place, by the track they go to."""
        for track, source in self._clip.keys.items():
            target = _target(self._scope.line, track, self._clip, layer_id or self._layer, tracks)
            if not target:
                self._layer = new_id()
                target = f"{LAYER_TRACK}{self._layer}/{layer_address(track)[1]}"
            if is_locked(self._scope.line, target):
                self._locked += len(source)
                continue
            times = [k.time_s + self._delta_s for k in source]
            kept = [replace(k, time_s=max(0.0, t)) for k, t in zip(source, times, strict=True) if self._inside(t, t)]
            self._outside += len(source) - len(kept)
            if kept:
                self._keys.setdefault(target, []).extend(kept)

    def done(self) -> Pasted:
        """The edit for all of it."""
        scope = self._scope
        edits = put_parts(scope, self._parts)
        if any(track.startswith(f"{LAYER_TRACK}{self._layer}/") for track in self._keys if self._layer):
            edits.append(PutPart(scope.line_id, Layer(self._layer, "Pasted")))
        if self._keys:
            document = Composite(tuple(edits)).apply(scope.document).document
            edits.append(put_keys(document, scope.line_id, self._keys, "Paste"))
        keys = frozenset((track, k.time_s) for track, ks in self._keys.items() for k in ks)
        found = Found(keys, frozenset((FIELD_OF[type(p)], p.id) for p in self._parts))
        return Pasted(Composite(tuple(edits), "Paste") if edits else None, found, self._outside, self._locked, self._homeless)


def _target(line: LineDoc, track: str, clip: Clip, layer_id: str, tracks: frozenset[str]) -> str:
    """The track that keys go to; "" where a layer has to be made for them."""
    if len(clip.keys) == 1 and len(tracks) == 1:
        only = next(iter(tracks))
        if only.startswith((EMOTION_TRACK, CAMERA_TRACK)) or only == INTENSITY_TRACK or (only.startswith(LAYER_TRACK) and only.count("/") >= 2):
            return only
    if not track.startswith(LAYER_TRACK):
        return track
    owner, name = layer_address(track)
    if line.has_part("layers", owner):
        return track
    return f"{LAYER_TRACK}{layer_id}/{name}" if layer_id else ""


def _known(track: str) -> str:
    """The address of a curve; raises where no line can have it."""
    if track.startswith(LAYER_TRACK):
        layer_address(track)
    elif is_camera(track):
        camera_field(track)
    elif track != INTENSITY_TRACK and track.removeprefix(EMOTION_TRACK) not in EMOTIONS:
        raise InvalidInput(QCoreApplication.translate("Clipboard", "no line has a track “{track}”").format(track=track))
    return track


def _start(part: Any) -> float:
    return float(getattr(part, "time_s", getattr(part, "start_s", 0.0)))
