"""What a double click or Enter opens: text typed over the lanes, and things added where the pointer is."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect

from engine.core.curves import Curve
from engine.core.timing import frame_time, nearest_frame
from engine.project.document import LineDoc
from engine.project.edits import PutPart, SetLayer
from engine.project.parts import Marker, Pin
from engine.speech.phonemes import INVENTORY, canonical, from_arpabet
from studio.timeline.clip_lanes import LayerLane
from studio.timeline.curve_lanes import CurveLane
from studio.timeline.lane import Content, Hit, KeyAt, PartAt
from studio.timeline.stack import HEADER_PX, Place
from studio.timeline.titles import translate

if TYPE_CHECKING:
    from studio.timeline.view import TimelineView

_DIPHTHONGS = ("aɪ", "aʊ", "eɪ", "oʊ", "ɔɪ", "tʃ", "dʒ", "iː", "uː", "ɑː", "ɔː", "ɜː")
_WIDE = 200


def activate(view: TimelineView, place: Place, hit: Hit, point: QPointF) -> None:
    """A double click: play what is spoken, edit what is there, add where nothing is."""
    line = view.session.line
    if line is None:
        return
    if hit.kind in ("phoneme", "boundary") and line.phonemes is not None:
        index = line.phonemes.index_at(view.axis.time(point.x() - HEADER_PX))
        view.span_activated.emit(line.phonemes.bounds_s[index], line.phonemes.bounds_s[index + 1])
    elif hit.kind == "word":
        word = view.content.words[hit.index]
        view.span_activated.emit(word.start_s, word.end_s)
    elif hit.kind == "key":
        edit_value(view, hit.id, hit.time_s)
    elif hit.kind == "markers":
        rename_marker(view, hit.id)
    elif hit.kind == "instructions":
        edit_instruction(view, hit.id)
    elif hit.kind == "pins":
        rename_pin(view, hit.id)
    elif hit.kind == "layers":
        rename_layer(view, hit.id)
    elif hit.kind == "":
        _add(view, place, hit, point)


def _add(view: TimelineView, place: Place, hit: Hit, point: QPointF) -> None:
    time_s = framed(view, view.axis.time(point.x() - HEADER_PX))
    add = view.editor.add
    if isinstance(place.lane, CurveLane):
        value = None if place.folded else place.lane.value(place.local(point).y(), view.content, place.height)
        first = not place.lane.curve(view.content).keys
        add.key(place.lane.name, time_s, value)
        if first and place.folded:  # its curve is wanted now
            view.hands.fold(place, False)
    elif place.lane.name == "events":
        add.blink(time_s) if hit.id == "blinks" else add.gaze(time_s)
    elif place.lane.name == "pins":
        add.pin(time_s)
    elif place.lane.name == "camera":
        add.camera(time_s)
    elif place.lane.name == "instructions":
        new_instruction(view, time_s)


def framed(view: TimelineView, time_s: float) -> float:
    """A time on its frame, where snapping is on."""
    if not view.snapping:
        return time_s
    rate = view.content.rate
    return min(frame_time(nearest_frame(time_s, rate), rate), view.axis.duration_s)


def edit_selected(view: TimelineView) -> bool:
    """Open the text of what is selected; False where it has none."""
    selection = view.selection
    if selection.phonemes:
        relabel(view)
        return True
    if len(selection.keys) == 1:
        edit_value(view, *next(iter(selection.keys)))
        return True
    openers = {"markers": rename_marker, "instructions": edit_instruction, "pins": rename_pin, "layers": rename_layer}
    if len(selection.parts) == 1:
        kind, part_id = next(iter(selection.parts))
        if kind in openers:
            openers[kind](view, part_id)
            return True
    return False


def relabel(view: TimelineView, typed: str = "") -> None:
    """Type another label for the selected phonemes; `typed` is what was typed already."""
    line = view.editor.may_change("phonemes")
    if line is None or line.phonemes is None or not view.selection.phonemes:
        return
    first = min(view.selection.phonemes)
    bounds = line.phonemes.bounds_s
    rect = _over(view, "phonemes", bounds[first], bounds[first + 1])
    known = sorted({*line.phonemes.labels, *INVENTORY, *_DIPHTHONGS} - {""}, key=lambda s: (len(s), s))

    def commit(text: str) -> None:
        label = label_of(text)
        if label is None:
            view.said.emit(translate("Timeline", "“{}” is no phoneme: type IPA such as ɑ or tʃ, or ARPAbet such as AA").format(text))
        else:
            view.editor.relabel(label)

    view.inline.begin(rect, typed or line.phonemes.labels[first], translate("Timeline", "Phoneme"), commit, known, chosen=not typed)


def label_of(text: str) -> str | None:
    """The phoneme that a text names in IPA or, in capitals, in ARPAbet; "" for a pause, None for none."""
    if not text:
        return ""
    if text.isascii() and text.isupper():
        from engine.core.errors import InvalidInput

        try:
            return from_arpabet(text)
        except InvalidInput:
            pass  # a capital that IPA has a look-alike for
    return canonical(text) or None


def edit_value(view: TimelineView, track: str, time_s: float) -> None:
    """Type the value of a key."""
    line = view.editor.may_change(track)
    if line is None:
        return
    curve = view.content.curve(track)
    i = curve.index_near(time_s)
    if i < 0:
        return

    def commit(text: str) -> None:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            view.said.emit(translate("Timeline", "“{}” is no number").format(text))
            return
        view.editor.add.set_value(track, time_s, value)

    x = view.axis.x(time_s) / view.axis.px_per_s + view.axis.start_s
    view.inline.begin(_over(view, track, x, x), f"{curve.keys[i].value:.4g}", translate("Timeline", "Value"), commit)


def new_instruction(view: TimelineView, time_s: float) -> None:
    """Type how to play the stretch from a time on."""
    if view.editor.may_change("instructions") is None:
        return

    def commit(text: str) -> None:
        if text:
            view.editor.add.instruction(time_s, text)

    rect = _over(view, "instructions", time_s, time_s + 1.5)
    view.inline.begin(rect.adjusted(0, 0, _WIDE, 0), "", translate("Timeline", "How to play it, such as: warm, then doubtful"), commit)


def edit_instruction(view: TimelineView, part_id: str) -> None:
    """Type an instruction anew."""
    line = view.editor.may_change("instructions")
    if line is None:
        return
    part = next(p for p in line.instructions if p.id == part_id)

    def commit(text: str) -> None:
        if text and text != part.text:
            view.editor.add.replaced(replace(part, text=text), "instructions")

    view.inline.begin(_over(view, "instructions", part.start_s, part.end_s), part.text, translate("Timeline", "Instruction"), commit)


def rename_marker(view: TimelineView, part_id: str) -> None:
    """Type a marker's name."""
    _rename(view, "markers", "ruler", part_id, translate("Timeline", "Marker's name"))


def rename_pin(view: TimelineView, part_id: str) -> None:
    """Type a pin's name."""
    _rename(view, "pins", "pins", part_id, translate("Timeline", "Pin's name"))


def _rename(view: TimelineView, kind: str, lane: str, part_id: str, title: str) -> None:
    line = view.editor.may_change(kind)
    if line is None:
        return
    part = line.part(kind, part_id)
    assert isinstance(part, (Marker, Pin))

    def commit(text: str) -> None:
        if text != part.name:
            view.session.apply(PutPart(line.id, replace(part, name=text)))

    view.inline.begin(_over(view, lane, part.time_s, part.time_s), part.name, title, commit)


def rename_layer(view: TimelineView, layer_id: str) -> None:
    """Type a layer's name."""
    line = view.editor.may_change(f"layers/{layer_id}")
    place = view.stack.place(f"layers/{layer_id}")
    if line is None or place is None:
        return
    name = line.layer(layer_id).name

    def commit(text: str) -> None:
        if text and text != name:
            view.session.apply(SetLayer(line.id, layer_id, name=text))

    view.inline.begin(QRect(4, place.top, HEADER_PX - 8, place.height), name, translate("Timeline", "Layer's name"), commit)


def rename_track(view: TimelineView, place: Place) -> None:
    """A double click on a header: rename a layer, collapse or expand any other track."""
    if isinstance(place.lane, LayerLane):
        rename_layer(view, place.lane.layer_id)
    elif place.lane.folded_px:
        view.hands.fold(place, False)


def phonemes_of_word(line: LineDoc, index: int) -> frozenset[int]:
    """Phonemes within a word."""
    if line.phonemes is None or not line.words or not 0 <= index < len(line.words):
        return frozenset()
    word, bounds = line.words[index], line.phonemes.bounds_s
    middles = [(a + b) / 2 for a, b in itertools.pairwise(bounds)]
    return frozenset(i for i, t in enumerate(middles) if word.start_s <= t < word.end_s)


def things_of(content: Content, hit: Hit) -> tuple[frozenset[KeyAt], frozenset[PartAt]]:
    """Keys and parts that a hit stands for."""
    if hit.kind == "key":
        return frozenset({(hit.id, hit.time_s)}), frozenset()
    if hit.kind == "moment" and hit.id == "camera":
        return frozenset((track, hit.time_s) for track, c in content.camera.items() if c.index_near(hit.time_s, 0.0) >= 0), frozenset()
    if hit.kind == "moment" and content.line is not None:
        curves: dict[str, Curve] = content.line.layer(hit.id).curves
        return frozenset((f"layers/{hit.id}/{n}", hit.time_s) for n, c in curves.items() if c.index_near(hit.time_s, 0.0) >= 0), frozenset()
    return frozenset(), frozenset({(hit.kind, hit.id)})


def moments(content: Content, tracks: frozenset[str]) -> dict[float, tuple[set[KeyAt], set[PartAt]]]:
    """Everything on some tracks (on all where none is named) by its time."""
    out: dict[float, tuple[set[KeyAt], set[PartAt]]] = {}
    line = content.line
    if line is None:
        return out
    for track in content.tracks_with_keys():
        if not tracks or not tracks.isdisjoint((track, "/".join(track.split("/")[:2]), track.split("/")[0])):
            for key in content.curve(track).keys:
                out.setdefault(key.time_s, (set(), set()))[0].add((track, key.time_s))
    kinds = {"blinks": "events", "gazes": "events", "instructions": "instructions", "pins": "pins", "take_clips": "takes", "markers": "markers"}
    for kind, track in kinds.items():
        if not tracks or track in tracks:
            for part in content.parts_of(kind):
                time_s = part.time_s if hasattr(part, "time_s") else part.start_s
                out.setdefault(time_s, (set(), set()))[1].add((kind, part.id))
    return out


def _over(view: TimelineView, name: str, start_s: float, end_s: float) -> QRect:
    """The part of a lane between two times, in the widget."""
    rect = view.stack.rect(name)
    left, right = round(view.axis.x(start_s)), round(view.axis.x(end_s))
    return QRect(HEADER_PX + left, rect.top(), max(right - left, 1), max(rect.height(), 1))
