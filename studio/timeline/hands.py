"""Mouse and keys on the timeline: what is under the pointer decides which drag or verb begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent

from studio.timeline import drags, headers, typing_in
from studio.timeline.clip_lanes import LayerLane
from studio.timeline.curve_lanes import CurveLane
from studio.timeline.drags import Drag
from studio.timeline.lane import Hit, is_locked, track_of_part
from studio.timeline.stack import HEADER_PX, Place

if TYPE_CHECKING:
    from studio.timeline.view import TimelineView

_CURSORS = {"boundary": Qt.CursorShape.SplitHCursor, "range": Qt.CursorShape.SizeHorCursor}
_PARTS = ("blinks", "gazes", "instructions", "pins", "take_clips", "layers", "markers")
_ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_REPEAT_MS = 30
_VALUE_STEP = 0.05  # of Alt+Up and Alt+Down


class Hands(QObject):
    """Turns events into drags and verbs.

    Args:
        view: whose events they are.
    """

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self._view = view
        self._drag: Drag | None = None
        self._click: Callable[[], None] | None = None  # done at the release if nothing was dragged
        self._last = (QPointF(), Qt.KeyboardModifier.NoModifier)
        self._timer = QTimer(self)  # a drag that rests at an edge goes on
        self._timer.setInterval(_REPEAT_MS)
        self._timer.timeout.connect(self._repeat)
        self._anchor = -1  # the phoneme that Shift selects from

    @property
    def dragging(self) -> bool:
        """True between a press and its release."""
        return self._drag is not None

    # The mouse.

    def press(self, event: QMouseEvent) -> None:
        """Begin."""
        point, view = event.position(), self._view
        self.cancel()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._begin(drags.Pan(view, point))
        elif event.button() != Qt.MouseButton.LeftButton:
            return
        elif point.x() < HEADER_PX - 2:
            self._press_header(point, event.modifiers())
        elif view.axis.duration_s > 0:
            found = view.stack.hit(view.content, point)
            if found is not None:
                self._press_lane(*found, point, event.modifiers())

    def _begin(self, drag: Drag) -> None:
        self._drag = drag
        self._view.setCursor(drag.cursor)

    def _press_header(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        view = self._view
        place = view.stack.at(point.y())
        if place is None or place.lane.name == "ruler":
            return
        part = headers.part_at(place, point)
        if part == "edge":
            self._begin(drags.HeightDrag(view, point, place))
        elif part == "fold":
            self.fold(place, bool(modifiers & Qt.KeyboardModifier.AltModifier))
        elif part in ("M", "S", "L"):
            view.editor.switch(place.lane.track, part)
        else:
            self._select_track(place, bool(modifiers & _ADDING))

    def fold(self, place: Place, family: bool) -> None:
        """Collapse or expand a track; with `family` all of its kind."""
        view, lane = self._view, place.lane
        lanes = [p.lane for p in view.stack.places if type(p.lane) is type(lane) and p.lane.indent == lane.indent] if family else [lane]
        view.stack.set_folded(lanes, not place.folded)
        view.relayout()

    def _select_track(self, place: Place, add: bool) -> None:
        selection = self._view.selection
        track = place.lane.track
        selection.select_tracks(selection.tracks ^ {track} if add else {track})
        if isinstance(place.lane, LayerLane):
            selection.set_active_layer(place.lane.layer_id)

    def _press_lane(self, place: Place, hit: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        view, line = self._view, self._view.session.line
        adding = bool(modifiers & _ADDING)
        if hit.kind == "scrub" or line is None:
            self._begin(drags.Scrub(view, point))
        elif hit.kind == "range":
            if view.editor.line() is not None:
                self._begin(drags.RangeDrag(view, point, line, hit))
        elif hit.kind == "boundary":
            if view.editor.may_change("phonemes") is not None:
                self._begin(drags.BoundaryDrag(view, point, line, hit.index))
        elif hit.kind in ("phoneme", "word"):
            self._press_speech(hit, point, modifiers)
        elif hit.kind in ("key", "moment", *_PARTS):
            self._press_thing(place, hit, point, modifiers)
        else:
            if not adding:
                view.selection.select_tracks({place.lane.track})
            self._begin(drags.BoxDrag(view, point, adding))

    def _press_speech(self, hit: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        view, selection, line = self._view, self._view.selection, self._view.session.line
        assert line is not None
        chosen = typing_in.phonemes_of_word(line, hit.index) if hit.kind == "word" else frozenset({hit.index})
        if modifiers & Qt.KeyboardModifier.AltModifier and hit.kind == "phoneme":
            if not chosen & selection.phonemes:
                selection.select(phonemes=chosen)
            if view.editor.may_change("phonemes") is not None:
                self._begin(drags.StrengthDrag(view, point, line, selection.phonemes))
            return
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor >= 0 and selection.phonemes:
            ends = (self._anchor, min(chosen, default=0), max(chosen, default=0))
            selection.select(phonemes=range(min(ends), max(ends) + 1))
            return
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            selection.toggle(phonemes=chosen)
        else:
            selection.select(phonemes=chosen)
        self._anchor = min(chosen, default=-1)
        self._begin(drags.BoxDrag(view, point, True) if modifiers & _ADDING else drags.BoxDrag(view, point, False, clears=False))

    def _press_thing(self, place: Place, hit: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        view, selection, line = self._view, self._view.selection, self._view.session.line
        assert line is not None
        keys, parts = typing_in.things_of(view.content, hit)
        chosen = bool(keys <= selection.keys and parts <= selection.parts)
        adding = bool(modifiers & _ADDING)
        if not chosen:
            selection.select(keys, parts, add=adding)
        elif adding:
            self._click = lambda: selection.toggle(keys, parts)
        else:
            self._click = lambda: selection.select(keys, parts)
        if hit.kind in ("layers", "moment") and place.lane.name != "camera":
            selection.set_active_layer(hit.id)
        if not adding:
            selection.select_tracks({place.lane.track} if place.lane.name != "ruler" else ())
        if view.session.read_only:
            return
        if hit.edge and not is_locked(line, place.lane.track) and not view.content.automatic_kind(hit.kind):
            self._begin(drags.EdgeDrag(view, point, line, hit))
        elif hit.edge and is_locked(line, place.lane.track):
            view.editor.refuse_locked(place.lane.track)
        else:
            copy = bool(modifiers & Qt.KeyboardModifier.AltModifier)
            self._begin(drags.MoveDrag(view, point, line, place, hit, copy))

    def move(self, event: QMouseEvent) -> None:
        """Go on."""
        point = event.position()
        if self._drag is None:
            self._hover(point)
            return
        self._last = (point, event.modifiers())
        self._drag.move(point, event.modifiers())
        if self._view.at_edge(point):
            self._timer.start()
        else:
            self._timer.stop()

    def _repeat(self) -> None:
        if self._drag is None or isinstance(self._drag, drags.Pan | drags.HeightDrag):
            self._timer.stop()
        else:
            self._drag.move(*self._last)

    def _hover(self, point: QPointF) -> None:
        view = self._view
        if point.x() < HEADER_PX - 2:
            place = view.stack.at(point.y())
            part = headers.part_at(place, point) if place is not None and place.lane.name != "ruler" else ""
            view.setCursor(Qt.CursorShape.SplitVCursor if part == "edge" else Qt.CursorShape.ArrowCursor)
            view.show_hover(None, (place.lane.name, part) if place is not None and part else ("", ""))
            return
        found = view.stack.hit(view.content, point) if view.axis.duration_s > 0 else None
        if found is None:
            view.unsetCursor()
            view.show_hover(None)
            return
        place, hit = found
        editable = not view.session.read_only and not is_locked(view.session.line, place.lane.track) if view.session.line is not None else False
        shape = Qt.CursorShape.SizeHorCursor if hit.edge else _CURSORS.get(hit.kind)
        if shape is not None and editable:
            view.setCursor(shape)
        else:
            view.unsetCursor()
        shown = hit.kind in ("key", "boundary", "range") or bool(hit.edge)
        view.show_hover((place.lane.name, hit) if shown and editable else None)

    def release(self, event: QMouseEvent) -> None:
        """End."""
        self._timer.stop()
        drag, self._drag = self._drag, None
        click, self._click = self._click, None
        if drag is None:
            if click is not None:
                click()
            return
        self._view.unsetCursor()
        begun = getattr(drag, "begun", True)
        drag.end(True)
        if click is not None and not begun:
            click()

    def cancel(self) -> bool:
        """Take a drag back; True if there was one."""
        self._timer.stop()
        drag, self._drag, self._click = self._drag, None, None
        if drag is None:
            return False
        drag.end(False)
        self._view.unsetCursor()
        return True

    def double_click(self, event: QMouseEvent) -> None:
        """Play, add, or edit."""
        point, view = event.position(), self._view
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self.cancel()
        if point.x() < HEADER_PX - 2:
            place = view.stack.at(point.y())
            if place is not None and place.lane.name != "ruler" and headers.part_at(place, point) == "name":
                typing_in.rename_track(view, place)
            elif place is not None and place.lane.name != "ruler":
                self._press_header(point, event.modifiers())
            return
        found = view.stack.hit(view.content, point)
        if found is not None and view.axis.duration_s > 0:
            typing_in.activate(view, *found, point)

    # The keys.

    def wants(self, event: QKeyEvent) -> bool:
        """True for a key that the lanes take from the window's shortcuts: a letter for a phoneme, any in a drag of theirs."""
        if isinstance(self._drag, drags.EditDrag):
            return True
        if event.key() == Qt.Key.Key_Escape:
            return self.dragging
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        selection = self._view.selection
        return plain and event.text().isalpha() and bool(selection.phonemes) and not selection.keys and not selection.parts

    def key(self, event: QKeyEvent) -> bool:
        """Take a key; False where it is none of ours."""
        view, key = self._view, event.key()
        if key == Qt.Key.Key_Escape:
            if not self.cancel():
                view.selection.select()
            return True
        if isinstance(self._drag, drags.EditDrag):  # an undo or another edit would pull away what is dragged
            return True
        if event.type() == QEvent.Type.KeyPress and self.wants(event):
            typing_in.relabel(view, event.text())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            return typing_in.edit_selected(view)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            way = 1 if key == Qt.Key.Key_Up else -1
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                view.editor.raise_values(way * _VALUE_STEP * (0.2 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0))
                return True
            return self.step_track(-way)
        return False

    def step_track(self, way: int) -> bool:
        """Select the next track down or up; False beyond the last."""
        view = self._view
        lanes = [p.lane for p in view.stack.places[1:]]
        if view.session.line is None:
            return False
        at = next((i for i, lane in enumerate(lanes) if lane.track in view.selection.tracks), -1 if way > 0 else len(lanes))
        if not 0 <= at + way < len(lanes):
            view.selection.select_tracks(())
            return False
        lane = lanes[at + way]
        view.selection.select_tracks({lane.track})
        if isinstance(lane, LayerLane):
            view.selection.set_active_layer(lane.layer_id)
        view.reveal_track(lane.name)
        return True

    def step_key(self, way: int) -> None:
        """Select the next or previous key or event of the selected tracks, and go there."""
        view, line = self._view, self._view.session.line
        if line is None:
            return
        here = view.player.position_s
        found = typing_in.moments(view.content, view.selection.tracks)
        times = sorted({t for t in found if (t > here + 1e-4 if way > 0 else t < here - 1e-4)})
        if not times:
            view.said.emit(self.tr("No further key"))
            return
        time_s = times[0] if way > 0 else times[-1]
        keys, parts = found[time_s]
        view.selection.select(keys, parts)
        view.player.seek(time_s)
        view.set_position(time_s, follow=True)

    def selected_point(self) -> QPoint:
        """Where the menu of the selection opens when a key asks for it: on what is selected, else on the selected track's header."""
        view, selection = self._view, self._view.selection
        names = [track for track, _ in selection.keys] + [track_of_part(*part) for part in selection.parts] + ["phonemes"] * bool(selection.phonemes)
        spots: list[float] = [time_s for _, time_s in selection.keys]
        if selection.phonemes and view.content.phonemes is not None:
            bounds = view.content.phonemes.bounds_s
            spots += [(bounds[i] + bounds[i + 1]) / 2 for i in selection.phonemes]
        spots += [time_s for time_s, (_, parts) in typing_in.moments(view.content, frozenset()).items() if parts & selection.parts]
        name = min(names, default=next(iter(selection.tracks), "sound"))
        rect = view.stack.rect("ruler" if name == "markers" else name)
        if not spots:
            return QPoint(40, rect.top() + min(9, rect.height() // 2))
        x = HEADER_PX + round(view.axis.x(min(spots)))
        return QPoint(x + 3, rect.top() + 5) if name == "markers" else QPoint(x, rect.top() + rect.height() // 2)

    def selection_words(self) -> str:
        """The selection, for screen readers."""
        view = self._view
        selection = view.selection
        words = []
        if len(selection.keys) == 1:
            track, time_s = next(iter(selection.keys))
            lane = view.stack.place(track)
            value = lane.lane.curve(view.content).evaluate(time_s) if lane is not None and isinstance(lane.lane, CurveLane) else 0.0
            words.append(self.tr("key on {0} at {1}, value {2}").format(view.editor.track_name(track), view.time_words(time_s), f"{float(value):.2f}"))
        elif selection.keys:
            words.append(self.tr("{} keys").format(len(selection.keys)))
        words += [self.tr("{} clips, pins, events or markers").format(len(selection.parts))] if selection.parts else []
        if selection.phonemes and view.content.phonemes is not None:
            labels = [view.content.phonemes.labels[i] or self.tr("pause") for i in sorted(selection.phonemes)[:8] if i < len(view.content.phonemes)]
            words.append(self.tr("phonemes {}").format(" ".join(labels)))
        track_words = ", ".join(sorted(view.editor.track_name(t) for t in selection.tracks))
        chosen = "; ".join(words) if words else self.tr("nothing selected")
        return f"{track_words}: {chosen}" if track_words else chosen
