"""What the mouse does from a press to a release, one small class each. Every one is a single undo step, and Escape takes it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from engine.project.addresses import curve_at
from engine.project.change import Composite, Edit
from engine.project.document import LineDoc
from engine.project.edits import MoveBoundary, PutPart, SetInOut, SetLayer, SetPhonemeStrength
from engine.project.parts import Instruction, Layer, Pin, TakeClip
from engine.systems.instruction import instruction_edit
from studio.timeline import verbs
from studio.timeline.curve_lanes import CurveLane
from studio.timeline.lane import Found, Hit
from studio.timeline.ruler import range_of
from studio.timeline.snapping import Snapper
from studio.timeline.stack import HEADER_PX, Place
from studio.timeline.titles import translate

if TYPE_CHECKING:
    from studio.timeline.view import TimelineView

Modifiers = Qt.KeyboardModifier
START_PX = 3.0  # a press that moves less is a click
LEAST_S = 0.02  # shortest clip that a drag leaves


class Drag:
    """Base of all.

    Args:
        view: the timeline.
        point: of the press, in the widget.
    """

    cursor = Qt.CursorShape.ArrowCursor
    moves_playhead = False

    def __init__(self, view: TimelineView, point: QPointF) -> None:
        self.view, self.press = view, point

    def time(self, point: QPointF) -> float:
        """The time under a point, not held within the line."""
        axis = self.view.axis
        return axis.start_s + (point.x() - HEADER_PX) / axis.px_per_s

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """The pointer is elsewhere."""

    def end(self, kept: bool) -> None:
        """Released, or cancelled."""


class Pan(Drag):
    """The view follows the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: TimelineView, point: QPointF) -> None:
        super().__init__(view, point)
        self._last = point

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """Sideways in time, up and down over the tracks."""
        self.view.set_axis(self.view.axis.panned(self._last.x() - point.x()))
        self.view.scroll_to(self.view.stack.offset + round(self._last.y() - point.y()))
        self._last = point


class Scrub(Drag):
    """The playhead follows the pointer, with sound."""

    moves_playhead = True

    def __init__(self, view: TimelineView, point: QPointF) -> None:
        super().__init__(view, point)
        view.scrub_began.emit()
        view.scrubbed.emit(view.axis.time(point.x() - HEADER_PX))

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """To the time under the pointer; beyond an edge the view goes along."""
        self.view.reveal_edge(point)
        self.view.scrubbed.emit(self.view.axis.time(point.x() - HEADER_PX))

    def end(self, kept: bool) -> None:
        """Silence again."""
        self.view.scrub_ended.emit()


class HeightDrag(Drag):
    """The height of one track."""

    cursor = Qt.CursorShape.SplitVCursor

    def __init__(self, view: TimelineView, point: QPointF, place: Place) -> None:
        super().__init__(view, point)
        self._place = place

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """As high as the pointer is low."""
        self.view.stack.set_height(self._place.lane, self._place.height + round(point.y() - self.press.y()))
        self.view.relayout()

    def end(self, kept: bool) -> None:
        """Back to what it was, where cancelled."""
        if not kept:
            self.view.stack.set_height(self._place.lane, self._place.height)
            self.view.relayout()


class BoxDrag(Drag):
    """Everything in a box is selected; with Shift or Ctrl besides what was."""

    def __init__(self, view: TimelineView, point: QPointF, add: bool, clears: bool = True) -> None:
        super().__init__(view, point)
        self._clears = clears
        selection = view.selection
        self._before = Found(selection.keys, selection.parts, selection.phonemes)
        self._add = add
        self._moved = False
        self._from_s, self._offset = self.time(point), view.stack.offset

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """The box reaches to the pointer."""
        if not self._moved and (point - self.press).manhattanLength() < START_PX:
            return
        self._moved = True
        self.view.reveal_edge(point, upright=True)
        corner = QPointF(HEADER_PX + self.view.axis.x(self._from_s), self.press.y() + self._offset - self.view.stack.offset)
        box = QRectF(corner, point).normalized()
        self.view.show_box(box.toRect())
        found = self._before if self._add else Found()
        ruler = self.view.stack.places[0]
        for place in self.view.stack.places[1:]:
            if place.top + place.height <= max(box.top(), ruler.height) or place.top >= box.bottom():
                continue
            local = QRectF(place.local(box.topLeft()), place.local(box.bottomRight()))
            found |= place.lane.inside(self.view.content, local, place.height, place.folded)
        self.view.selection.select(found.keys, found.parts, found.phonemes)

    def end(self, kept: bool) -> None:
        """A click in the empty clears the selection."""
        self.view.show_box(None)
        if not kept:
            self.view.selection.select(self._before.keys, self._before.parts, self._before.phonemes)
        elif not self._moved and not self._add and self._clears:
            self.view.selection.select()


class EditDrag(Drag):
    """Base of those that change the document: nothing begins before the pointer has moved."""

    name = ""
    snaps_frames = True

    def __init__(self, view: TimelineView, point: QPointF, line: LineDoc, found: Found | None = None) -> None:
        super().__init__(view, point)
        self.line = line
        self.scope = view.editor.scope(line)
        self.snapper = Snapper(view.content, found or Found(), view.position_s, self.snaps_frames)
        self.begun = False

    def snapped(self, time_s: float, modifiers: Modifiers, suspend: Modifiers) -> float:
        """A time, snapped unless snapping is off or suspended; the line at what attracted is shown."""
        if not self.view.snapping or modifiers & suspend:
            self.view.show_snap(None)
            return time_s
        time_s, at = self.snapper.snap(time_s)
        self.view.show_snap(at)
        return time_s

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """Begin once the pointer has moved, then change."""
        if not self.begun:
            if (point - self.press).manhattanLength() < START_PX:
                return
            self.begun = True
            self.view.session.begin_drag(self.name)
        self.view.reveal_edge(point)
        self.change(point, modifiers)

    def change(self, point: QPointF, modifiers: Modifiers) -> None:
        """The document for a place of the pointer."""

    def end(self, kept: bool) -> None:
        """One step, or none."""
        self.view.show_snap(None)
        self.view.show_note("")
        if self.begun:
            self.view.session.end_drag(kept)
        self.view.refresh()


class MoveDrag(EditDrag):
    """Selected keys and parts in time, keys also in value; with Alt from the start, copies of them."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: TimelineView, point: QPointF, line: LineDoc, place: Place, hit: Hit, copy: bool) -> None:
        selection = view.selection
        self._found, self._held = verbs.without_locked(line, Found(selection.keys, selection.parts))
        super().__init__(view, point, line, Found() if copy else self._found)
        self.name = "Duplicate" if copy else "Move"
        self._copy, self._hit, self._place = copy, hit, place
        self._ids: dict[tuple[str, str], str] = {}
        lane = place.lane
        self._curve_lane = lane if hit.kind == "key" and isinstance(lane, CurveLane) and not place.folded else None
        self._offset_s = hit.time_s - self.time(point)

    def move(self, point: QPointF, modifiers: Modifiers) -> None:
        """Refuse where all of it is locked."""
        if not (self._found.keys or self._found.parts):
            if self._held and (point - self.press).manhattanLength() >= START_PX:
                self.view.editor.refuse_locked(self._held)
            return
        if not self.begun and self._held and (point - self.press).manhattanLength() >= START_PX:
            self.view.editor.refuse_locked(self._held)
        if not self.begun and self._curve_lane is not None:
            for track in {t for t, _ in self._found.keys}:
                place = self.view.stack.place(track)
                if place is not None and isinstance(place.lane, CurveLane):
                    self.view.content.ranges[track] = place.lane.range(self.view.content)
        super().move(point, modifiers)

    def change(self, point: QPointF, modifiers: Modifiers) -> None:
        """Snap what was taken hold of; the rest goes along."""
        across, down = point.x() - self.press.x(), point.y() - self.press.y()
        lock = bool(modifiers & Modifiers.ShiftModifier)
        suspend = Modifiers.ControlModifier if self._copy else Modifiers.ControlModifier | Modifiers.AltModifier
        delta_s = 0.0
        if not (lock and self._curve_lane is not None and abs(down) > abs(across)):
            delta_s = self.snapped(self.time(point) + self._offset_s, modifiers, suspend) - self._hit.time_s
        else:
            self.view.show_snap(None)
        delta_s = verbs.held_within(self.scope, self._found, delta_s)
        delta_value = self._value_change(down) if self._curve_lane is not None and not (lock and abs(across) >= abs(down)) else 0.0
        if self._copy:
            edit, found = verbs.copied(self.scope, self._found, delta_s, delta_value, self._ids)
        else:
            edit, found = verbs.move(self.scope, self._found, delta_s, delta_value)
        self.view.session.apply(edit)
        self.view.selection.select(found.keys, found.parts)
        self._tell(point, delta_s)

    def _value_change(self, down: float) -> float:
        lane = self._curve_lane
        assert lane is not None
        content, height = self.view.content, self._place.height
        # From the key's own row, so that it stays under the pointer; outside the lane it stops at the limit.
        key = self._key_value()
        return lane.value(lane.y(key, content, height) + down, content, height) - key

    def _key_value(self) -> float:
        curve = curve_at(self.scope.document, self.line.id, self._hit.id)
        i = curve.index_near(self._hit.time_s)
        return curve.keys[i].value if i >= 0 else 0.0

    def _tell(self, point: QPointF, delta_s: float) -> None:
        text = self.view.time_words(self._hit.time_s + delta_s)
        line = self.view.session.line
        if self._curve_lane is not None and line is not None:
            curve = curve_at(self.view.session.document, line.id, self._hit.id)
            i = curve.index_near(self._hit.time_s + delta_s)
            if i >= 0:
                text += f"   {curve.keys[i].value:.3f}"
        self.view.show_note(text, point)

    def end(self, kept: bool) -> None:
        """The ranges may follow the keys again."""
        self.view.content.ranges.clear()
        super().end(kept)
        if self.begun and not kept:
            self.view.selection.select(self._found.keys, self._found.parts)


class EdgeDrag(EditDrag):
    """An edge of a clip, of a layer, of a pin's reach, or a fade."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, view: TimelineView, point: QPointF, line: LineDoc, hit: Hit) -> None:
        super().__init__(view, point, line, Found(parts=frozenset({(hit.kind, hit.id)})))
        self._hit = hit
        self._part = line.part(hit.kind, hit.id)
        self._offset_s = 0.0 if hit.edge.startswith("fade") else hit.time_s - self.time(point)
        self.name = "Change fade" if hit.edge.startswith("fade") else "Resize"

    def change(self, point: QPointF, modifiers: Modifiers) -> None:
        """The edge goes to the pointer."""
        time_s = self.snapped(self.time(point) + self._offset_s, modifiers, Modifiers.ControlModifier | Modifiers.AltModifier)
        time_s = min(max(time_s, 0.0), self.view.axis.duration_s)
        edit = self._edit(time_s, modifiers)
        if edit is not None:
            self.view.session.apply(edit)
            self.view.show_note(self.view.time_words(time_s), point)

    def _edit(self, time_s: float, modifiers: Modifiers) -> Edit | None:
        part, edge, line_id = self._part, self._hit.edge, self.line.id
        if isinstance(part, Layer):
            end_s = self.view.axis.duration_s if part.end_s is None else part.end_s
            if edge == "start":
                return SetLayer(line_id, part.id, span=(min(time_s, end_s - LEAST_S), part.end_s))
            whole = time_s >= self.view.axis.duration_s - 1e-6
            return SetLayer(line_id, part.id, span=(part.start_s, None if whole else max(time_s, part.start_s + LEAST_S)))
        if isinstance(part, Pin):
            return PutPart(line_id, replace(part, reach_s=min(max(abs(time_s - part.time_s), LEAST_S), 60.0)))
        if isinstance(part, TakeClip) and edge.startswith("fade"):
            fade = time_s - part.start_s if edge == "fade_in" else part.end_s - time_s
            return PutPart(line_id, replace(part, fade_s=min(max(fade, 0.0), (part.end_s - part.start_s) / 2)))
        if isinstance(part, Instruction):
            span = (min(time_s, part.end_s - LEAST_S), part.end_s) if edge == "start" else (part.start_s, max(time_s, part.start_s + LEAST_S))
            return instruction_edit(self.scope.document, line_id, replace(part, start_s=span[0], end_s=span[1]))
        if isinstance(part, TakeClip):
            if edge == "start":
                return PutPart(line_id, replace(part, start_s=min(time_s, part.end_s - LEAST_S)))
            return PutPart(line_id, replace(part, end_s=max(time_s, part.start_s + LEAST_S)))
        return None


class BoundaryDrag(EditDrag):
    """The boundary before a phoneme; with Ctrl what follows goes along. It keeps off the frames: speech knows none."""

    cursor = Qt.CursorShape.SplitHCursor
    snaps_frames = False

    def __init__(self, view: TimelineView, point: QPointF, line: LineDoc, index: int) -> None:
        super().__init__(view, point, line, Found(phonemes=frozenset({index})))
        self._index, self._ripple = index, False
        assert line.phonemes is not None
        self._offset_s = line.phonemes.bounds_s[index] - self.time(point)

    def change(self, point: QPointF, modifiers: Modifiers) -> None:
        """To the pointer, or as far as its neighbours allow."""
        ripple = bool(modifiers & Modifiers.ControlModifier)
        if ripple != self._ripple:  # another kind of edit: begin again from where it was
            self.view.session.end_drag(False)
            self.view.session.begin_drag()
            self._ripple = ripple
        time_s = self.snapped(self.time(point) + self._offset_s, modifiers, Modifiers.AltModifier)
        self.view.session.apply(MoveBoundary(self.line.id, self._index, time_s, ripple))
        self.view.show_note(f"{time_s:.3f} s", point)


class StrengthDrag(EditDrag):
    """How strongly the selected phonemes are articulated, up and down."""

    cursor = Qt.CursorShape.SizeVerCursor

    def __init__(self, view: TimelineView, point: QPointF, line: LineDoc, indices: frozenset[int]) -> None:
        super().__init__(view, point, line)
        self._indices = sorted(indices)
        self.name = "Change phoneme strength"

    def change(self, point: QPointF, modifiers: Modifiers) -> None:
        """A hundred pixels are one."""
        track = self.line.phonemes
        assert track is not None
        delta = (self.press.y() - point.y()) / 100.0
        values = [round(min(max(track.strength(i) + delta, 0.0), 2.0), 2) for i in self._indices]
        edits = tuple(SetPhonemeStrength(self.line.id, i, v) for i, v in zip(self._indices, values, strict=True))
        self.view.session.apply(Composite(edits, self.name, f"strengths {self.line.id}"))
        self.view.show_note(translate("Timeline", "strength {}").format(f"{values[0]:.2f}"), point)


class RangeDrag(EditDrag):
    """The bracket from in to out, or one of its ends."""

    cursor = Qt.CursorShape.SizeHorCursor

    def __init__(self, view: TimelineView, point: QPointF, line: LineDoc, hit: Hit) -> None:
        super().__init__(view, point, line)
        self._hit = hit
        self._span = range_of(view.content) or (0.0, view.axis.duration_s)
        self._offset_s = hit.time_s - self.time(point)

    def change(self, point: QPointF, modifiers: Modifiers) -> None:
        """Within the line, in before out."""
        duration_s = self.view.axis.duration_s
        time_s = self.snapped(self.time(point) + self._offset_s, modifiers, Modifiers.ControlModifier | Modifiers.AltModifier)
        start_s, end_s = self._span
        if self._hit.edge == "in":
            start_s = min(max(time_s, 0.0), end_s - LEAST_S)
        elif self._hit.edge == "out":
            end_s = max(min(time_s, duration_s), start_s + LEAST_S)
        else:
            shift = min(max(time_s - start_s, -start_s), duration_s - end_s)
            start_s, end_s = start_s + shift, end_s + shift
        self.view.session.apply(SetInOut(self.line.id, start_s, end_s))
        self.view.show_note(f"{self.view.time_words(start_s)} – {self.view.time_words(end_s)}", point)
