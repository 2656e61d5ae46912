"""What can be done to a selection of keys, parts and phonemes, worked out as one edit. No Qt, no view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engine.core.curves import Key
from engine.project.addresses import curve_at
from engine.project.change import Composite, Edit
from engine.project.document import Document, LineDoc, new_id
from engine.project.edits import MergePhonemes, PutPart, RemovePart, SetParts
from engine.project.key_edits import by_track, move_keys, put_keys, remove_keys
from engine.project.parts import FIELD_OF, LAYER_TRACK, Instruction, Layer, Part, moved
from engine.systems.instruction import SOURCE, instruction_edit, layer_of
from studio.timeline.lane import Found, KeyAt, PartAt, is_locked, track_of_part

_FEW = 16  # parts put one by one, so that only their stretch is performed anew
Automatic = dict[str, tuple[Any, ...]]  # blinks and gaze targets that the performer makes, for kinds the line does not name


@dataclass(frozen=True)
class Scope:
    """What a verb works on.

    Args:
        document: as it is before.
        line_id: the line.
        duration_s: of the line.
        automatic: events of the performer, which become the line's own when one of them is changed.
    """

    document: Document
    line_id: str
    duration_s: float
    automatic: Automatic

    @property
    def line(self) -> LineDoc:
        """The line."""
        return self.document.line(self.line_id)

    def parts(self, kind: str) -> tuple[Any, ...]:
        """All parts of a kind, those of the performer where the line names none."""
        own = getattr(self.line, kind)
        return self.automatic.get(kind, ()) if own is None else tuple(own)


def without_locked(line: LineDoc, found: Found) -> tuple[Found, str]:
    """What of a selection may be changed, and a locked track in it or ""."""
    keys = frozenset(k for k in found.keys if not is_locked(line, k[0]))
    parts = frozenset(p for p in found.parts if not is_locked(line, track_of_part(*p)))
    phonemes = frozenset() if is_locked(line, "phonemes") else found.phonemes
    held = [k[0] for k in found.keys - keys] + [track_of_part(*p) for p in found.parts - parts]
    if phonemes != found.phonemes:
        held.append("phonemes")
    return Found(keys, parts, phonemes), min(held, default="")


def span_of(scope: Scope, found: Found) -> tuple[float, float] | None:
    """First and last moment of what is selected; None where nothing has a time."""
    times = [t for _, t in found.keys]
    for part in _chosen(scope, found.parts):
        if isinstance(part, Layer):
            times += [part.start_s] + [k.time_s for c in part.curves.values() for k in c.keys] + ([] if part.end_s is None else [part.end_s])
        else:
            times += [getattr(part, n) for n in ("time_s", "start_s", "end_s") if hasattr(part, n)]
    return (min(times), max(times)) if times else None


def held_within(scope: Scope, found: Found, delta_s: float) -> float:
    """A shift in time, so much of it that nothing leaves the line."""
    span = span_of(scope, found)
    if span is None:
        return delta_s
    return min(max(delta_s, -max(span[0], 0.0)), max(0.0, scope.duration_s - span[1]))


def move(scope: Scope, found: Found, delta_s: float, delta_value: float = 0.0) -> tuple[Composite, Found]:
    """Everything selected moved in time, keys also in value; the edit, and where the selection is then."""
    keys = _free_keys(scope.line, found)
    chosen = _chosen(scope, found.parts)
    edits = put_parts(scope, [moved(p, delta_s) for p in chosen if not isinstance(p, Instruction)])
    for part in (p for p in chosen if isinstance(p, Instruction)):
        edits += moved_instruction(scope, part, delta_s)
    if keys:
        edits.append(move_keys(scope.document, scope.line_id, keys, delta_s, delta_value))
    after = frozenset((track, max(t + delta_s, 0.0)) for track, t in keys)
    return Composite(tuple(edits), "Move", f"timeline move {scope.line_id}"), replace(found, keys=after)


def copied(scope: Scope, found: Found, delta_s: float, delta_value: float, ids: dict[PartAt, str]) -> tuple[Composite, Found]:
    """Copies of everything selected at another time.

    Args:
        scope: what is worked on.
        found: the selection.
        delta_s: how much later the copies are.
        delta_value: how much larger copied keys are.
        ids: for the copies of parts; filled where one is missing, so that a drag gives the same each time.
    """
    fresh: list[Part] = []
    for kind, part_id in sorted(found.parts):
        ids.setdefault((kind, part_id), new_id())
        part = next((p for p in scope.parts(kind) if p.id == part_id), None)
        if part is not None:
            fresh.append(replace(moved(part, delta_s), id=ids[kind, part_id]))
    edits = put_parts(scope, fresh)
    keys = _free_keys(scope.line, found)
    new = {
        track: [replace(k, time_s=k.time_s + delta_s, value=k.value + delta_value) for k in _keys_at(scope, track, times)]
        for track, times in by_track(keys).items()
    }
    if new:
        edits.append(put_keys(scope.document, scope.line_id, new, "Duplicate"))
    after = Found(frozenset((track, t + delta_s) for track, t in keys), frozenset((kind, ids[kind, i]) for kind, i in found.parts))
    return Composite(tuple(edits), "Duplicate", f"timeline copy {scope.line_id}"), after


def remove(scope: Scope, found: Found) -> Composite:
    """Everything selected taken away; a phoneme's time goes to its neighbour."""
    edits: list[Edit] = []
    keys = _free_keys(scope.line, found)
    if keys:
        edits.append(remove_keys(scope.line_id, keys))
    taken = {layer.id for kind, i in found.parts if kind == "instructions" for layer in [layer_of(scope.document, scope.line_id, i)] if layer is not None}
    for kind in sorted({k for k, _ in found.parts}):
        gone = {i for k, i in found.parts if k == kind}
        if kind in scope.automatic and getattr(scope.line, kind) is None:
            edits.append(SetParts(scope.line_id, kind, tuple(p for p in scope.parts(kind) if p.id not in gone)))
        else:
            left = sorted(gone - taken) if kind == "layers" else sorted(gone)  # a layer goes with its instruction
            edits += [RemovePart(scope.line_id, kind, part_id) for part_id in left if scope.line.has_part(kind, part_id)]
    edits += _removed_phonemes(scope.line, found.phonemes)
    return Composite(tuple(edits), "Delete")


def merged(line: LineDoc, phonemes: Iterable[int]) -> Composite:
    """Each run of neighbouring phonemes made one."""
    edits = [MergePhonemes(line.id, run[0], len(run)) for run in reversed(runs(phonemes)) if len(run) > 1]
    return Composite(tuple(edits), "Merge phonemes")


def runs(indices: Iterable[int]) -> list[list[int]]:
    """Indices in runs without gaps."""
    out: list[list[int]] = []
    for i in sorted(indices):
        if out and out[-1][-1] == i - 1:
            out[-1].append(i)
        else:
            out.append([i])
    return out


def moved_instruction(scope: Scope, part: Instruction, delta_s: float) -> list[Edit]:
    """An instruction at another time; its layer's keys go along as they are, edited or not."""
    layer, there = layer_of(scope.document, scope.line_id, part.id), moved(part, delta_s)
    assert isinstance(there, Instruction)
    if layer is None:
        return [PutPart(scope.line_id, there)]
    if any(k.time_s + delta_s < 0.0 for curve in layer.curves.values() for k in curve.keys):
        return [instruction_edit(scope.document, scope.line_id, there)]
    curves = {name: curve.moved(delta_s) for name, curve in layer.curves.items()}
    return [PutPart(scope.line_id, there), PutPart(scope.line_id, replace(layer, curves=curves))]


def put_parts(scope: Scope, parts: Sequence[Part]) -> list[Edit]:
    """Edits that put parts: those of an automatic kind freeze all of that kind, instructions become keys."""
    by_kind: dict[str, dict[str, Any]] = {}
    for part in parts:
        if not isinstance(part, Instruction):
            by_kind.setdefault(FIELD_OF[type(part)], {})[part.id] = part
    edits: list[Edit] = [instruction_edit(scope.document, scope.line_id, p) for p in parts if isinstance(p, Instruction)]
    for kind, new in by_kind.items():
        old = scope.parts(kind)
        if getattr(scope.line, kind) is None or (len(new) > _FEW and kind != "layers"):
            known = {p.id for p in old}
            edits.append(SetParts(scope.line_id, kind, (*(new.get(p.id, p) for p in old), *(p for i, p in new.items() if i not in known))))
        else:
            edits += [PutPart(scope.line_id, part) for part in new.values()]
    return edits


def put_part(scope: Scope, part: Part, kind: str, name: str = "") -> Edit:
    """A part set; where it is an event and the events are the performer's, all of them become the line's own."""
    if isinstance(part, Instruction):
        return instruction_edit(scope.document, scope.line_id, part)
    if kind in scope.automatic and getattr(scope.line, kind) is None:
        others = tuple(p for p in scope.parts(kind) if p.id != part.id)
        return Composite((SetParts(scope.line_id, kind, (*others, part)),), name, f"timeline {kind} {part.id}")
    return Composite((PutPart(scope.line_id, part),), name, f"timeline {kind} {part.id}")


def _chosen(scope: Scope, parts: frozenset[PartAt]) -> list[Any]:
    kinds = {kind for kind, _ in parts}
    return [p for kind in sorted(kinds) for p in scope.parts(kind) if (kind, p.id) in parts]


def _free_keys(line: LineDoc, found: Found) -> list[KeyAt]:
    """Selected keys but those of selected layers and instructions, which go with them."""
    sources = {SOURCE + i for kind, i in found.parts if kind == "instructions"}
    layers = {LAYER_TRACK + layer.id for layer in line.layers if ("layers", layer.id) in found.parts or layer.source in sources}
    return sorted(k for k in found.keys if "/".join(k[0].split("/")[:2]) not in layers)


def _keys_at(scope: Scope, track: str, times: list[float]) -> list[Key]:
    wanted = set(times)
    return [k for k in curve_at(scope.document, scope.line_id, track).keys if k.time_s in wanted]


def _removed_phonemes(line: LineDoc, phonemes: frozenset[int]) -> list[Edit]:
    track = line.phonemes
    if track is None or not phonemes:
        return []
    edits: list[Edit] = []
    for run in reversed(runs(phonemes)):
        if len(run) == len(track):
            continue  # a line keeps at least one
        if run[0] > 0:
            edits.append(MergePhonemes(line.id, run[0] - 1, len(run) + 1, track.labels[run[0] - 1]))
        else:
            edits.append(MergePhonemes(line.id, 0, len(run) + 1, track.labels[len(run)]))
    return edits
