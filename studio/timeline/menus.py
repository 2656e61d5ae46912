"""What a right click on the timeline offers, for what lies under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QMenu

from engine.core.channels import REGIONS
from engine.core.curves import TANGENTS
from engine.project.change import Composite
from engine.project.document import LineDoc
from engine.project.edits import RemovePart, SetInOut, SetLayer
from studio.timeline import headers, titles, typing_in
from studio.timeline.adding import degrees
from studio.timeline.clip_lanes import LayerLane
from studio.timeline.curve_lanes import CurveLane
from studio.timeline.lane import Hit
from studio.timeline.ruler import range_of
from studio.timeline.stack import HEADER_PX, Place
from studio.timeline.titles import said

if TYPE_CHECKING:
    from studio.timeline.view import TimelineView


class Menus(QObject):
    """Makes the menus.

    Args:
        view: the timeline.
    """

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view

    def at(self, point: QPointF) -> QMenu:
        """The menu for a point of the widget; empty where there is nothing to do."""
        view = self._view
        menu = QMenu(view)
        line = view.session.line
        if line is None:
            return menu
        if point.x() < HEADER_PX:
            place = view.stack.at(point.y())
            if place is not None and place.lane.name != "ruler":
                self._header(menu, place, line)
            return menu
        found = view.stack.hit(view.content, point)
        if found is not None:
            self._lane(menu, *found, line, view.axis.time(point.x() - HEADER_PX))
        return menu

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], name: str = "", on: bool = True) -> None:
        """An entry; `name` is the window's action that does the same, whose shortcut is shown."""
        keys = self._view.keys_of(name) if name else ""
        action = menu.addAction(f"{text}\t{keys}" if keys else text)
        action.triggered.connect(lambda _=False: do())
        action.setEnabled(on)

    def _check(self, menu: QMenu, text: str, on: bool, do: Callable[[], object]) -> None:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda _=False: do())

    # Headers.

    def _header(self, menu: QMenu, place: Place, line: LineDoc) -> None:
        view, lane = self._view, place.lane
        state = headers.state_of(view.content, lane)
        names = {"M": (self.tr("Mute"), state.mute), "S": (self.tr("Solo"), state.solo), "L": (self.tr("Lock"), state.lock)}
        for letter in lane.buttons:
            self._check(menu, *names[letter], partial(view.editor.switch, lane.track, letter))
        menu.addSeparator()
        if lane.folded_px or lane.drops:
            self._add(menu, self.tr("Expand") if place.folded else self.tr("Collapse"), lambda: view.hands.fold(place, False))
            self._add(menu, self.tr("Expand All Like It") if place.folded else self.tr("Collapse All Like It"), lambda: view.hands.fold(place, True))
            menu.addSeparator()
        if isinstance(lane, LayerLane):
            self._layer(menu, lane.layer_id, line)
        elif lane.name == "events":
            self._automatic(menu)
        elif isinstance(lane, CurveLane) and lane.curve(view.content).keys:
            keys = [(lane.name, k.time_s) for k in lane.curve(view.content).keys]
            self._add(menu, self.tr("Select All Keys"), lambda: view.selection.select(keys))
        self._add(menu, self.tr("New Layer"), lambda: view.editor.add.layer())

    def _layer(self, menu: QMenu, layer_id: str, line: LineDoc) -> None:
        view, layer = self._view, line.layer(layer_id)
        self._add(menu, self.tr("Rename Layer"), lambda: typing_in.rename_layer(view, layer_id))
        for mode, text in (("additive", self.tr("Additive")), ("override", self.tr("Override"))):
            self._check(menu, text, layer.mode == mode, partial(self._set_layer, layer_id, mode=mode))
        weights = menu.addMenu(self.tr("Weight"))
        for percent in (100, 75, 50, 25, 0):
            chosen = round(layer.weight * 100) == percent
            self._check(weights, f"{percent} %", chosen, partial(self._set_layer, layer_id, weight=percent / 100))
        channels = menu.addMenu(self.tr("Add Channel"))
        for region, names in REGIONS.items():
            part = channels.addMenu(said(titles.REGIONS, region))
            for name in names:
                self._add(part, name, partial(view.editor.add.channel, layer_id, name), on=name not in layer.curves)
        at = [each.id for each in line.layers].index(layer_id)
        self._add(menu, self.tr("Move Up"), partial(view.editor.move_layer, layer_id, 1), on=at + 1 < len(line.layers))
        self._add(menu, self.tr("Move Down"), partial(view.editor.move_layer, layer_id, -1), on=at > 0)
        self._add(menu, self.tr("Whole Line"), lambda: self._set_layer(layer_id, span=(0.0, None)))
        self._add(menu, self.tr("Remove Layer"), lambda: self._remove("layers", layer_id))

    def _set_layer(self, layer_id: str, **values: object) -> None:
        line = self._view.editor.may_change(f"layers/{layer_id}")
        if line is not None:
            self._view.session.apply(SetLayer(line.id, layer_id, **values))  # type: ignore[arg-type]

    def _remove(self, kind: str, part_id: str) -> None:
        line = self._view.editor.may_change(f"layers/{part_id}" if kind == "layers" else kind)
        if line is not None:
            self._view.session.apply(RemovePart(line.id, kind, part_id))

    def _automatic(self, menu: QMenu) -> None:
        content, editor = self._view.content, self._view.editor
        for kind, back, keep in (
            ("blinks", self.tr("Blinks Back to Automatic"), self.tr("Edit the Automatic Blinks")),
            ("gazes", self.tr("Gaze Back to Automatic"), self.tr("Edit the Automatic Gaze")),
        ):
            automatic = content.automatic(kind)
            self._add(menu, keep if automatic else back, partial(editor.set_automatic, kind, not automatic))

    # Lanes.

    def _lane(self, menu: QMenu, place: Place, hit: Hit, line: LineDoc, time_s: float) -> None:
        view = self._view
        framed = typing_in.framed(view, time_s)
        self._choose(hit)
        if hit.kind in ("phoneme", "boundary"):
            self._phonemes(menu, line, time_s)
        elif hit.kind in ("scrub", "range") or place.lane.name == "ruler":
            self._ruler(menu, line, hit, framed)
        elif hit.kind in ("key", "moment"):
            self._keys(menu, hit)
        elif hit.kind == "gazes":
            self._gazes(menu)
        elif hit.kind == "instructions":
            self._instruction(menu, line, hit.id)
        elif hit.kind == "take_clips":
            self._take_clip(menu, line, hit.id)
        elif hit.kind == "layers":
            self._layer(menu, hit.id, line)
        elif hit.kind == "" and place.lane.name == "takes":
            self._place_take(menu, line, framed)
        if place.lane.name == "events":
            add = view.editor.add
            self._add(menu, self.tr("Add Blink"), lambda: add.blink(framed))
            self._add(menu, self.tr("Add Gaze Target"), lambda: add.gaze(framed))
            self._automatic(menu)
        elif hit.kind == "" and isinstance(place.lane, CurveLane):
            self._add(menu, self.tr("Add Key"), lambda: view.editor.add.key(place.lane.name, framed))
        elif hit.kind == "" and place.lane.name == "camera":
            self._add(menu, self.tr("Add Camera Keys"), lambda: view.editor.add.camera(framed))
        elif hit.kind == "" and place.lane.name == "pins":
            self._add(menu, self.tr("Pin the Face Here"), lambda: view.editor.add.pin(framed))
        elif hit.kind == "" and place.lane.name == "instructions":
            self._add(menu, self.tr("Add Instruction…"), lambda: typing_in.new_instruction(view, framed))
        self._common(menu)

    def _choose(self, hit: Hit) -> None:
        """A right click on something that is not selected selects it."""
        selection = self._view.selection
        if hit.kind in ("phoneme", "boundary"):
            if hit.index not in selection.phonemes:
                selection.select(phonemes=[hit.index])
        elif hit.kind in ("key", "moment") or (hit.id and hit.kind and hit.kind not in ("word", "range", "scrub")):
            keys, parts = typing_in.things_of(self._view.content, hit)
            if not (keys <= selection.keys and parts <= selection.parts):
                selection.select(keys, parts)

    def _common(self, menu: QMenu) -> None:
        editor, selection = self._view.editor, self._view.selection
        something = bool(selection.keys or selection.parts)
        menu.addSeparator()
        self._add(menu, self.tr("Cut"), editor.cut, "cut", something)
        self._add(menu, self.tr("Copy"), editor.copy, "copy", something)
        self._add(menu, self.tr("Paste at Playhead"), editor.paste, "paste")
        self._add(menu, self.tr("Duplicate"), editor.duplicate, "duplicate", something)
        self._add(menu, self.tr("Delete"), editor.delete, "delete", not selection.empty)

    def _phonemes(self, menu: QMenu, line: LineDoc, time_s: float) -> None:
        view, editor = self._view, self._view.editor
        chosen = sorted(view.selection.phonemes)
        assert line.phonemes is not None
        bounds = line.phonemes.bounds_s
        span = (bounds[chosen[0]], bounds[min(chosen[-1] + 1, len(bounds) - 1)]) if chosen else (time_s, time_s)
        self._add(menu, self.tr("Play"), lambda: view.span_activated.emit(*span))
        self._add(menu, self.tr("Relabel…"), lambda: typing_in.relabel(view))
        self._add(menu, self.tr("Make a Pause"), lambda: editor.relabel(""))
        self._add(menu, self.tr("Split Here"), lambda: editor.split(time_s))
        self._add(menu, self.tr("Merge"), editor.merge, "merge_phonemes", len(chosen) > 1)
        strengths = menu.addMenu(self.tr("Strength"))
        now = line.phonemes.strength(chosen[0]) if chosen else 1.0
        for value in (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0):
            self._check(strengths, f"{value:.2f}", abs(now - value) < 0.005, partial(editor.set_strength, value))
        self._add(menu, self.tr("Analyse This Stretch Again"), lambda: view.reanalyse_wanted.emit(*span))

    def _ruler(self, menu: QMenu, line: LineDoc, hit: Hit, time_s: float) -> None:
        view = self._view
        if hit.kind == "markers":
            marker = next(m for m in line.markers if m.id == hit.id)
            self._add(menu, self.tr("Rename Marker…"), lambda: typing_in.rename_marker(view, marker.id))
            colours = menu.addMenu(self.tr("Colour"))
            for name, colour in titles.marker_colours().items():
                self._check(colours, name, marker.colour == colour, partial(view.editor.add.replaced, replace(marker, colour=colour), "markers"))
        self._add(menu, self.tr("Add Marker Here"), lambda: view.editor.add.marker(time_s))
        duration_s = view.axis.duration_s
        self._add(menu, self.tr("Set In Here"), lambda: self._set_range(time_s, line.out_s if line.out_s is None or line.out_s > time_s else None))
        self._add(menu, self.tr("Set Out Here"), lambda: self._set_range(line.in_s if line.in_s is None or line.in_s < time_s else None, time_s))
        self._add(menu, self.tr("Clear In and Out"), lambda: self._set_range(None, None), on=range_of(view.content) is not None)
        chosen = self._chosen_span(line, duration_s)
        if chosen is not None:
            self._add(menu, self.tr("In and Out Around the Selection"), lambda: self._set_range(*chosen))

    def _chosen_span(self, line: LineDoc, duration_s: float) -> tuple[float, float] | None:
        from studio.timeline import verbs

        span = verbs.span_of(self._view.editor.scope(line), self._view.editor.found())
        return span if span is not None and span[0] < min(span[1], duration_s) else None

    def _set_range(self, in_s: float | None, out_s: float | None) -> None:
        line = self._view.editor.line()
        if line is not None:
            self._view.session.apply(Composite((SetInOut(line.id, in_s, out_s),), "Change in and out"))  # a step of its own

    def _keys(self, menu: QMenu, hit: Hit) -> None:
        view = self._view
        if hit.kind == "key":
            self._add(menu, self.tr("Value…"), lambda: typing_in.edit_value(view, hit.id, hit.time_s))
        tangents = menu.addMenu(self.tr("Tangent"))
        for tangent in TANGENTS:
            self._add(tangents, said(titles.TANGENTS, tangent), partial(view.editor.add.set_tangent, tangent))

    def _gazes(self, menu: QMenu) -> None:
        add = self._view.editor.add
        for text, angles in (
            (self.tr("Look at the Viewer"), (0.0, 0.0)), (self.tr("Look to the Left"), (15.0, 0.0)), (self.tr("Look to the Right"), (-15.0, 0.0)),
            (self.tr("Look Up"), (0.0, -10.0)), (self.tr("Look Down"), (0.0, 12.0)),
        ):  # fmt: skip
            self._add(menu, text, partial(add.turn_gazes, *degrees(*angles)))
        menu.addSeparator()

    def _instruction(self, menu: QMenu, line: LineDoc, part_id: str) -> None:
        view = self._view
        part = next(p for p in line.instructions if p.id == part_id)
        self._add(menu, self.tr("Edit Text…"), lambda: typing_in.edit_instruction(view, part_id))
        strengths = menu.addMenu(self.tr("Strength"))
        for value in (0.25, 0.5, 0.75, 1.0, 1.25, 1.5):
            stronger = replace(part, strength=value)
            self._check(strengths, f"{value:.2f}", abs(part.strength - value) < 0.005, partial(view.editor.add.replaced, stronger, "instructions"))

    def _take_clip(self, menu: QMenu, line: LineDoc, part_id: str) -> None:
        view = self._view
        clip = next(p for p in line.take_clips if p.id == part_id)
        regions = menu.addMenu(self.tr("Regions"))
        put = lambda chosen: view.editor.add.replaced(replace(clip, regions=chosen), "take_clips")  # noqa: E731
        self._check(regions, self.tr("Whole Face"), not clip.regions, lambda: put(()))
        for region in REGIONS:
            on = region in clip.regions
            chosen = tuple(r for r in REGIONS if (r in clip.regions) != (r == region))
            self._check(regions, said(titles.REGIONS, region), on, partial(put, chosen))
        takes = menu.addMenu(self.tr("Take"))
        for take_id, name in [("", self.tr("Live Performance")), *((t.id, t.name) for t in line.takes)]:
            other = replace(clip, take_id=take_id)
            self._check(takes, name, clip.take_id == take_id, partial(view.editor.add.replaced, other, "take_clips"))

    def _place_take(self, menu: QMenu, line: LineDoc, time_s: float) -> None:
        add = self._view.editor.add
        takes = menu.addMenu(self.tr("Place Take"))
        for take in line.takes:
            self._add(takes, take.name, partial(add.take_clip, take.id, time_s))
        self._add(takes, self.tr("Live Performance"), lambda: add.take_clip("", time_s), on=bool(line.takes))
        takes.setEnabled(bool(line.takes))
