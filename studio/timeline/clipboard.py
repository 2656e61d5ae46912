"""Keys and parts as text on the clipboard, and back: typed JSON, so that nothing else is taken for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.project import codec
from engine.project.change import Composite, Edit
from engine.project.document import LineDoc, new_id
from engine.project.edits import PutPart, SetParts
from engine.project.key_edits import by_track, put_keys
from engine.project.lines import layer_address
from engine.project.parts import EMOTION_TRACK, INTENSITY_TRACK, KIND_OF, LAYER_TRACK, Instruction, Layer, Part, moved
from engine.systems.instruction import instruction_edit
from studio.timeline.lane import Found, is_locked, track_of_part
from studio.timeline.verbs import Scope

MIME = "application/x-vivavoce-timeline+json"
_FORMAT = 1
_SLACK_S = 1e-6
_REMEDY = "copy keys or clips in the timeline first"


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
    """

    edit: Composite | None
    found: Found
    outside: int
    locked: int


def write(scope: Scope, found: Found) -> str:
    """A selection as text."""
    line = scope.line
    keys = {}
    for track, times in by_track(found.keys).items():
        wanted = set(times)
        keys[track] = [k for k in line.curve(track).keys if k.time_s in wanted]
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
            raise InvalidInput("it is nothing of a timeline")
        keys = {_known(str(track)): Curve.from_json(rows).keys for track, rows in data["keys"].items()}
        parts: tuple[tuple[str, Any], ...] = tuple((str(row["kind"]), codec.fields_from_json(KIND_OF[row["kind"]], row["part"])) for row in data["parts"])
        return Clip(float(data["origin_s"]), keys, parts)
    except InvalidInput as error:
        raise InvalidInput(f"the clipboard cannot be used: {error.what}", _REMEDY) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise InvalidInput(f"the clipboard's text cannot be read ({error})", _REMEDY) from error


def paste(scope: Scope, clip: Clip, at_s: float, layer_id: str, tracks: frozenset[str]) -> Pasted:
    """What was copied, put with its first moment at a time. What would lie beyond the line is left out and counted.

    Args:
        scope: what is worked on.
        clip: what was copied.
        at_s: where it goes.
        layer_id: the layer that keys of unknown layers go to; "" for a new one.
        tracks: the selected tracks: keys of a single track go to a single selected one.
    """
    delta_s = at_s - clip.origin_s
    inside = lambda start_s, end_s: start_s >= -_SLACK_S and end_s <= scope.duration_s + _SLACK_S  # noqa: E731
    outside = locked = 0
    edits: list[Edit] = []
    chosen: set[tuple[str, str]] = set()
    fresh: dict[str, list[Part]] = {}
    for kind, part in clip.parts:
        new = replace(moved(part, delta_s), id=new_id())
        if not inside(_start(new), getattr(new, "end_s", None) or _start(new)):
            outside += 1
        elif kind != "layers" and is_locked(scope.line, track_of_part(kind, "")):
            locked += 1
        else:
            fresh.setdefault(kind, []).append(new)
            chosen.add((kind, new.id))
    for kind, parts in fresh.items():
        if kind == "instructions":
            edits += [instruction_edit(scope.document, scope.line_id, p) for p in parts if isinstance(p, Instruction)]
            continue
        old = scope.parts(kind)
        frozen = getattr(scope.line, kind) is None
        edits += [SetParts(scope.line_id, kind, (*old, *parts))] if frozen or len(parts) > 16 else [PutPart(scope.line_id, p) for p in parts]
    keys: dict[str, list[Key]] = {}
    made = ""
    for track, source in clip.keys.items():
        target = _target(scope.line, track, clip, layer_id or made, tracks)
        if not target:
            made = new_id()
            edits.insert(0, PutPart(scope.line_id, Layer(made, "Pasted")))
            target = f"{LAYER_TRACK}{made}/{layer_address(track)[1]}"
        if is_locked(scope.line, target):
            locked += len(source)
            continue
        kept = [replace(k, time_s=max(0.0, k.time_s + delta_s)) for k in source if inside(k.time_s + delta_s, k.time_s + delta_s)]
        outside += len(source) - len(kept)
        if kept:
            keys.setdefault(target, []).extend(kept)
    if made and not keys:
        edits.pop(0)
    document = Composite(tuple(edits)).apply(scope.document).document if edits else scope.document
    if keys:
        edits.append(put_keys(document, scope.line_id, keys, "Paste"))
    found = Found(frozenset((track, k.time_s) for track, ks in keys.items() for k in ks), frozenset(chosen))
    return Pasted(Composite(tuple(edits), "Paste") if edits else None, found, outside, locked)


def _target(line: LineDoc, track: str, clip: Clip, layer_id: str, tracks: frozenset[str]) -> str:
    """The track that keys go to; "" where a layer has to be made for them."""
    if len(clip.keys) == 1 and len(tracks) == 1:
        only = next(iter(tracks))
        if only.startswith(EMOTION_TRACK) or only == INTENSITY_TRACK or (only.startswith(LAYER_TRACK) and only.count("/") >= 2):
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
    elif track != INTENSITY_TRACK and track.removeprefix(EMOTION_TRACK) not in EMOTIONS:
        raise InvalidInput(f"no line has a track {track!r}")
    return track


def _start(part: Any) -> float:
    return float(getattr(part, "time_s", getattr(part, "start_s", 0.0)))
