"""What a pressed mouse button does in graph and dope sheet: one class for each gesture, from press to release."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from engine.core import curve_ops
from engine.core.curves import Curve, Key
from studio.curves import paint
from studio.curves.model import Operation
from studio.selection import KeyAt

if TYPE_CHECKING:
    from studio.curves.graph import GraphView
    from studio.curves.view import KeyView

STARTS_PX = 3.0  # how far the pointer goes before a press is a drag
_LEAST_FACTOR = 1e-3
_SHIFT, _ALT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Gesture:
    """A press that goes on.

    Args:
        view: where.
        start: the pressed point.
    """

    cursor = Qt.CursorShape.ArrowCursor
    goes_on_beyond = False  # the view moves along where the pointer leaves it

    def __init__(self, view: KeyView, start: QPointF) -> None:
        self.view, self.start = view, start

    def panned(self, by: QPointF) -> None:
        """What is in view has moved by so many pixels under the pointer."""
        self.start = self.start + by

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The pointer is here."""

    def end(self, keep: bool) -> None:
        """The button is up; without `keep` all is as before."""

    def paint(self, painter: QPainter) -> None:
        """What belongs on top while it lasts."""


class Scrub(Gesture):
    """The pointer moves the playhead."""

    def __init__(self, view: KeyView, start: QPointF) -> None:
        super().__init__(view, start)
        view.model.player.begin_scrub()
        self.move(start, Qt.KeyboardModifier.NoModifier)

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The time here is heard."""
        self.view.model.player.scrub(self.view.time_at(point.x()))

    def end(self, keep: bool) -> None:
        """What played goes on."""
        self.view.model.player.end_scrub()


class Pan(Gesture):
    """The pointer moves what is in view."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, view: KeyView, start: QPointF) -> None:
        super().__init__(view, start)
        self._last = start

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Along with the pointer."""
        self.view.pan(self._last.x() - point.x(), self._last.y() - point.y())
        self._last = point


class BoxSelect(Gesture):
    """A frame catches keys; with Shift besides those selected."""

    goes_on_beyond = True
    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: KeyView, start: QPointF, add: bool) -> None:
        super().__init__(view, start)
        self._before: frozenset[KeyAt] = view.model.selection.keys
        self._add = add
        self._rect = QRectF(start, start)

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """What the frame holds is selected."""
        self._rect = QRectF(self.start, point).normalized()
        self.view.model.select({*self.view.keys_in(self._rect), *(self._before if self._add else ())})
        self.view.update()

    def end(self, keep: bool) -> None:
        """A mere click selects nothing."""
        if not keep:
            self.view.model.select(self._before)
        elif self._rect.width() < STARTS_PX and self._rect.height() < STARTS_PX and not self._add:
            self.view.model.selection.select()
        self.view.update()

    def paint(self, painter: QPainter) -> None:
        """The frame."""
        paint.rubber_band(painter, self._rect)


class _Drag(Gesture):
    """Changes the document from the moment the pointer has left the place."""

    goes_on_beyond = True

    name = ""

    def __init__(self, view: KeyView, start: QPointF) -> None:
        super().__init__(view, start)
        self.begun = False

    def move(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Begin, then go on."""
        moved = point - self.start
        if not self.begun and max(abs(moved.x()), abs(moved.y())) < STARTS_PX:
            return
        if not self.begun:
            self.begun = True
            self.view.model.begin_drag(self.name)
        self.drag(point, modifiers)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """One step of it."""

    def end(self, keep: bool) -> None:
        """One undo step, or none."""
        if self.begun:
            self.view.model.end_drag(keep)


class MoveKeys(_Drag):
    """Selected keys follow the pointer. Shift locks the axis, Alt leaves a copy, times snap to frames.

    Args:
        view: where.
        start: the pressed point.
        grabbed: the key under it.
        click: what a mere click does: `select` the keys alone, `toggle` them, or `keep` the selection.
        keys: what was under the pointer.
    """

    name = "Move keys"
    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, view: KeyView, start: QPointF, grabbed: tuple[str, Key], click: str, keys: list[KeyAt]) -> None:
        super().__init__(view, start)
        self._track, self._key = grabbed
        self._click, self._keys = click, keys

    def end(self, keep: bool) -> None:
        """A mere click selects the one key, or with Shift takes it out."""
        super().end(keep)
        if not self.begun and keep:
            if self._click == "toggle":
                self.view.model.selection.toggle(self._keys)
            elif self._click == "select":
                self.view.model.select(self._keys)

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Put the keys here."""
        model, moved = self.view.model, point - self.start
        if modifiers & _SHIFT:
            moved = QPointF(moved.x(), 0.0) if abs(moved.x()) >= abs(moved.y()) else QPointF(0.0, moved.y())
        delta_s = moved.x() / self.view.axis.px_per_s if abs(moved.x()) >= STARTS_PX else 0.0
        if delta_s and model.snap_frames:
            delta_s = model.frame_time(self._key.time_s + delta_s) - self._key.time_s
        times = [t for _, t in model.picked]
        delta_s = max(min(delta_s, model.extent_s - max(times)), -min(times))
        delta = -moved.y() * self.view.value_per_px  # as it is drawn
        if delta and model.snap_values:
            drawn, step = self._key.value * model.factor(self._track), self.view.value_step
            delta = round((drawn + delta) / step) * step - drawn
        copy = bool(modifiers & _ALT)

        def moved_by(track: str) -> Operation:
            delta_value = delta / model.factor(track)

            def moved_curve(curve: Curve, of: list[float]) -> Curve:
                if not copy:
                    return curve_ops.offset(curve, of, delta_s, delta_value)
                keys = [curve.keys[i] for i in curve_ops.chosen(curve, of)]
                return curve_ops.put(curve, [replace(k, time_s=k.time_s + delta_s, value=k.value + delta_value) for k in keys])

            return moved_curve

        model.change_each("Copy keys" if copy else self.name, moved_by, keep_picked=not copy)


class ScaleKeys(_Drag):
    """A grip of the frame about the selected keys scales them about the other side, with Ctrl about the middle.

    Args:
        view: where.
        start: the pressed point.
        side: -1, 0 or 1 for left, none, right, and for top, none, bottom.
        box: the keys' own bounds in pixels.
    """

    name = "Scale keys"

    def __init__(self, view: KeyView, start: QPointF, side: tuple[int, int], box: QRectF) -> None:
        super().__init__(view, start)
        self._side, self._box = side, box

    def panned(self, by: QPointF) -> None:
        """The keys' bounds move along."""
        super().panned(by)
        self._box.translate(by)

    def _factor(self, side: int, low: float, high: float, moved: float, middle: bool) -> tuple[float, float]:
        """Pivot in pixels and factor along one axis."""
        if side == 0 or high - low < 1e-6:
            return low, 1.0
        held, dragged = (low, high) if side > 0 else (high, low)
        held = (low + high) / 2 if middle else held
        factor = (dragged + moved - held) / (dragged - held)
        return held, factor if abs(factor) >= _LEAST_FACTOR else _LEAST_FACTOR

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Stretch the keys to here."""
        model, view, box, moved = self.view.model, self.view, self._box, point - self.start
        middle = bool(modifiers & _CTRL)
        dx = moved.x()
        if self._side[0] and model.snap_frames:
            edge = box.right() if self._side[0] > 0 else box.left()
            dx = view.x_of(model.frame_time(view.raw_time(edge + dx))) - edge
        x, in_time = self._factor(self._side[0], box.left(), box.right(), dx, middle)
        y, in_value = self._factor(self._side[1], box.top(), box.bottom(), moved.y(), middle)
        pivot = (view.raw_time(x), view.value_at(y))
        span = (max(t for _, t in model.picked), min(t for _, t in model.picked))
        ends = [pivot[0] + (t - pivot[0]) * in_time for t in span]
        if min(ends) < -1e-9 or max(ends) > model.extent_s + 1e-9:
            return
        factors = (in_time, in_value)

        def scaled_about(track: str) -> Operation:
            about = (pivot[0], pivot[1] / model.factor(track))
            return lambda curve, times: curve_ops.scale(curve, times, about, factors)

        model.change_each(self.name, scaled_about)


class BendTangent(_Drag):
    """A handle of a key sets its slope; with Shift, or where it is broken, that of the one side.

    Args:
        view: where.
        start: the pressed point.
        grabbed: track and key.
        out: the handle to the right.
    """

    name = "Bend tangent"

    def __init__(self, view: GraphView, start: QPointF, grabbed: tuple[str, Key], out: bool) -> None:
        super().__init__(view, start)
        self._graph = view
        self._track, self._key = grabbed
        self._out = out
        curve = view.model.curve(self._track)
        at = curve.index_near(self._key.time_s)
        self._slopes = [float(s[at]) for s in curve.slopes()]

    def drag(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Point the handle here."""
        view, key = self._graph, self._key
        dx = point.x() - view.x_of(key.time_s)
        dx = max(dx, 2.0) if self._out else min(dx, -2.0)
        value = view.value_at(point.y()) / view.model.factor(self._track)
        slope = (value - key.value) / (dx / view.axis.px_per_s)
        if modifiers & _SHIFT or key.tangent == "broken":
            into, out = (self._slopes[0], slope) if self._out else (slope, self._slopes[1])
            new = Key(key.time_s, key.value, "broken", into, out)
        else:
            new = Key(key.time_s, key.value, "free", slope, slope)
        view.model.put(self.name, {self._track: curve_ops.put(view.model.base_curve(self._track), [new])})
