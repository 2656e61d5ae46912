"""The graph: curves over time and value, their keys, and the handles of the selected ones."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.core import curve_ops
from engine.core.curves import Curve, Key
from studio import theme
from studio.curves import paint
from studio.curves.gestures import BendTangent, Gesture
from studio.curves.model import CurveModel
from studio.curves.tracks import Track
from studio.curves.value_axis import ValueAxis
from studio.curves.view import GRAB_PX, RULER_PX, ZOOM_PER_NOTCH, KeyView
from studio.selection import KeyAt
from studio.timeline.axis import format_time, ticks

HANDLE_PX = 42.0
MOST_HANDLES = 60  # keys whose handles are shown at once
DENSE_PX = 3.5  # nearer keys than this on average are not drawn one by one
CURVE_GRAB_PX = 6.0


class GraphView(KeyView):
    """Curves of values.

    Signals:
        framed_values(axis): another stretch of values is in view.
    """

    framed_values = Signal(object)
    gutter_px = 52

    def __init__(self, model: CurveModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.values = ValueAxis()
        self.setObjectName("curveGraph")
        self.setAccessibleName(self.tr("Curve graph"))
        self.setMinimumHeight(120)

    # Where things are.

    @property
    def value_per_px(self) -> float:
        """How much a pixel up adds to a value."""
        return 1.0 / self.values.px_per_unit

    @property
    def value_step(self) -> float:
        """Half the distance of two labels."""
        return self.values.step() / 2

    def y_of(self, value: float) -> float:
        """Pixels of a value."""
        return RULER_PX + self.values.y(value)

    def value_at(self, y: float) -> float:
        """The value at a pixel."""
        return self.values.value(y - RULER_PX)

    def place(self, track: str, key: Key) -> QPointF:
        """Where a key is drawn."""
        return QPointF(self.x_of(key.time_s), self.y_of(key.value * self.model.factor(track)))

    def _places(self, track: str, curve: Curve) -> tuple[paint.Array, paint.Array]:
        x = self.left + (curve.times_s - self.axis.start_s) * self.axis.px_per_s
        return x, self._drawn_y(curve.values * self.model.factor(track))

    def _drawn_y(self, values: paint.Array) -> paint.Array:
        return RULER_PX + (self.values.high - values) * self.values.px_per_unit

    def set_values(self, values: ValueAxis) -> None:
        """Look at another stretch of values."""
        self.values = values
        self._lower = self._upper = None
        self.framed_values.emit(values)
        self.update()

    def pan(self, dx: float, dy: float) -> None:
        """Move what is in view."""
        if dy:
            self.set_values(self.values.panned(dy))
        super().pan(dx, dy)

    def zoom_other(self, notches: float, y: float) -> None:
        """Zoom values to the pointer."""
        self.set_values(self.values.zoomed(ZOOM_PER_NOTCH**notches, y - RULER_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is in view."""
        self.values = self.values.resized(float(self.plot.height()))
        super().resizeEvent(event)

    def frame_keys(self, keys: dict[str, list[Key]]) -> None:
        """Bring these keys into view."""
        every = [(k.time_s, k.value * self.model.factor(track)) for track, found in keys.items() for k in found]
        if every:
            times, values = zip(*every, strict=True)
            self.set_values(self.values.framed(min(values), max(values)))
            self.frame(min(times), max(times))

    def frame_all(self) -> None:
        """Bring the whole line and all values shown into view."""
        low, high = [], []
        for track in self.model.shown():
            curve = self.model.curve(track.address)
            sampled = curve.evaluate(np.linspace(0.0, self.model.extent_s, 500))
            drawn = np.concatenate([sampled, curve.values]) * self.model.factor(track.address)
            low.append(float(drawn.min()))
            high.append(float(drawn.max()))
        self.set_values(self.values.framed(min(low), max(high)) if low else ValueAxis(height_px=self.values.height_px))
        self.set_axis(self.axis.fitted())

    # Finding.

    def key_at(self, point: QPointF) -> tuple[str, Key] | None:
        """The nearest key under a point; those of selected tracks come first."""
        active = self.model.active
        best: tuple[float, str, int] | None = None
        for track in self.model.shown():
            curve = self.model.curve(track.address)
            x, y = self._places(track.address, curve)
            near = curve.indices_between(self.raw_time(point.x() - GRAB_PX), self.raw_time(point.x() + GRAB_PX))
            for i in near:
                far = max(abs(x[i] - point.x()), abs(y[i] - point.y()))
                rank = far + (0.0 if track.address in active else 0.5 * GRAB_PX)
                if far <= GRAB_PX and (best is None or rank < best[0]):
                    best = (rank, track.address, i)
        return None if best is None else (best[1], self.model.curve(best[1]).keys[best[2]])

    def keys_in(self, rect: QRectF) -> set[KeyAt]:
        """The keys in a frame."""
        out: set[KeyAt] = set()
        for track in self.model.shown():
            curve = self.model.curve(track.address)
            x, y = self._places(track.address, curve)
            inside = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
            out.update((track.address, t) for t in curve.times_s[inside].tolist())
        return out

    def selected_bounds(self) -> QRectF | None:
        """Where the selected keys are; None for fewer than two."""
        shown = {t.address for t in self.model.shown()}
        selected = self.model.selected_keys().items()
        every = [self.place(track, k) for track, keys in selected if track in shown for k in keys]
        if len(every) < 2:
            return None
        x, y = [p.x() for p in every], [p.y() for p in every]
        return QRectF(QPointF(min(x), min(y)), QPointF(max(x), max(y)))

    def curve_at(self, point: QPointF) -> str:
        """Address of the curve under a point; "" where there is none."""
        times = self.raw_time(point.x()) + np.arange(-3, 4) / self.axis.px_per_s
        best, found = CURVE_GRAB_PX, ""
        for track in self.model.shown():
            y = self._drawn_y(self.model.curve(track.address).evaluate(times) * self.model.factor(track.address))
            far = 0.0 if y.min() <= point.y() <= y.max() else float(np.abs(y - point.y()).min())
            if far < best or (far == best and track.address in self.model.active):
                best, found = far, track.address
        return found

    def handles(self) -> list[tuple[str, Key, bool, QPointF]]:
        """The handles shown: track, key, whether it is the right one, and where its end is."""
        out: list[tuple[str, Key, bool, QPointF]] = []
        shown = {t.address for t in self.model.shown()}
        selected = {track: keys for track, keys in self.model.selected_keys().items() if track in shown}
        if sum(map(len, selected.values())) > MOST_HANDLES:
            return out
        for track, keys in selected.items():
            curve = self.model.curve(track)
            slope_in, slope_out = curve.slopes()
            for key in keys:
                i = curve.index_near(key.time_s)
                if i > 0 and curve.keys[i - 1].tangent != "stepped":
                    out.append((track, key, False, self._handle_end(track, key, float(slope_in[i]), -1.0)))
                if i + 1 < len(curve.keys) and key.tangent != "stepped":
                    out.append((track, key, True, self._handle_end(track, key, float(slope_out[i]), 1.0)))
        return out

    def _handle_end(self, track: str, key: Key, slope: float, side: float) -> QPointF:
        across, down = self.axis.px_per_s, -slope * self.model.factor(track) * self.values.px_per_unit
        scale = side * HANDLE_PX / max(np.hypot(across, down), 1e-9)
        return self.place(track, key) + QPointF(across * scale, down * scale)

    def handle_at(self, point: QPointF) -> tuple[str, Key, bool] | None:
        """The handle under a point."""
        for track, key, out, end in self.handles():
            if (end - point).manhattanLength() <= GRAB_PX + 1:
                return track, key, out
        return None

    # Painting.

    def paint_lower(self, painter: QPainter, ratio: float) -> None:
        """Grid, ghost, the curves that are not selected, ruler and labels."""
        painter.scale(ratio, ratio)
        self._paint_ground(painter)
        painter.resetTransform()
        active, tracks = self.model.active, self.model.shown()
        painter.setClipRect(_scaled(self.plot, ratio))
        self._paint_ghosts(painter, tracks, ratio)
        for track in tracks:
            if track.address not in active:
                self._paint_curve(painter, track, ratio, dim=bool(active))
        painter.setClipping(False)
        painter.scale(ratio, ratio)
        if not tracks:
            painter.setPen(QColor(theme.FAINT))
            painter.drawText(self.plot, Qt.AlignmentFlag.AlignCenter, self.hint())
        left = QRect(0, RULER_PX, self.gutter_px, self.height())
        painter.fillRect(left, QColor(theme.PANEL))
        painter.setFont(theme.numbers_font(self.font(), 0.86))
        for value, label in self.values.ticks():
            painter.setPen(QColor(theme.DIM))
            y = self.y_of(value)
            if y > RULER_PX + 6:
                painter.drawText(QRectF(0, y - 9, self.gutter_px - 7, 18), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, label)
        painter.setPen(QColor(theme.BORDER))
        painter.drawLine(self.gutter_px - 1, 0, self.gutter_px - 1, self.height())
        paint.ruler(painter, QRect(0, 0, self.width(), RULER_PX), self.left, self.axis, self.model.rate, self.model.unit, self.font())

    def hint(self) -> str:
        """What to do where there is nothing to see."""
        if self.model.line is None:
            return self.tr("Open a sound or type a line first.")
        if any(self.model.curve(t.address).keys for t in self.model.tracks):
            return self.tr("All curves with keys are hidden.")
        return self.tr("No keys yet. Select a track in the list and double-click here, or move a slider.")

    def _paint_ground(self, painter: QPainter) -> None:
        """Grid, the limits of what is selected, and shade outside the line, where nothing can be."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        times = [self.left + tick.x for tick in ticks(self.axis, self.model.rate, self.model.unit) if tick.label]
        values = [(self.y_of(value), abs(value) < 1e-9) for value, _ in self.values.ticks()]
        paint.grid(painter, self.plot, times, values)
        shade = theme.colour(theme.WINDOW, 0.55)
        for x0, x1 in ((self.plot.left(), self.x_of(0.0)), (self.x_of(self.model.duration_s), self.plot.right() + 1)):
            if x1 > x0:
                painter.fillRect(QRectF(x0, self.plot.top(), x1 - x0, self.plot.height()), shade)
        limits = {tuple(v * self.model.factor(address) for v in self.model.limits(address)) for address in self.model.active}
        if len(limits) == 1:
            painter.setPen(QPen(theme.colour(theme.FAINT, 0.7), 1, Qt.PenStyle.DotLine))
            for value in limits.pop():
                painter.drawLine(self.plot.left(), round(self.y_of(value)), self.plot.right(), round(self.y_of(value)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_ghosts(self, painter: QPainter, tracks: list[Track], ratio: float) -> None:
        """The performance beneath, behind the curves of the layers."""
        ghost = self.model.ghost
        if ghost is None:
            return
        x, times = self._columns(ratio, max(1, round(ratio)))
        share = np.clip(times * ghost.rate.numerator / ghost.rate.denominator, 0, len(ghost) - 1)
        colour = theme.colour(theme.FAINT, 0.75)
        for name, factor in {t.channel: self.model.factor(t.address) for t in tracks if t.channel in ghost.names}.items():
            values = np.interp(share, np.arange(len(ghost)), ghost.channel(name)) * factor
            paint.line(painter, x, self._device_y(values, ratio), colour, False, ratio)

    def _columns(self, ratio: float, step: int) -> tuple[paint.Array, paint.Array]:
        """Device pixels across the plot, and their times."""
        x = np.arange(self.gutter_px * ratio, self.width() * ratio + step, step)
        return x, self.axis.start_s + (x / ratio - self.left) / self.axis.px_per_s

    def _device_y(self, values: paint.Array, ratio: float) -> paint.Array:
        return self._drawn_y(values) * ratio

    def _is_dense(self, curve: Curve) -> bool:
        inside = curve.indices_between(self.axis.start_s, self.axis.end_s)
        return len(inside) * DENSE_PX > self.plot.width()

    def _paint_curve(self, painter: QPainter, track: Track, ratio: float, dim: bool = False, strong: bool = False) -> None:
        """A curve with the marks of its keys."""
        curve, colour = self.model.curve(track.address), track.colour
        dim = dim or not self.model.acts(track)
        colour.setAlphaF(0.5 if dim else 1.0)
        dense = self._is_dense(curve)
        x, times = self._columns(ratio, (2 if dense else 1) * max(1, round(ratio)))
        # Smooth edges cost twice as much, and do nothing for a scribble.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not dense)
        paint.line(painter, x, self._device_y(curve.evaluate(times) * self.model.factor(track.address), ratio), colour, strong, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not dense:
            inside = curve.indices_between(self.raw_time(self.gutter_px), self.raw_time(self.width()))
            px, py = (a[inside.start : inside.stop] * ratio for a in self._places(track.address, curve))
            paint.marks(painter, px, py, 3.6 * ratio, colour, QColor(theme.FIELD))

    def paint_upper(self, painter: QPainter, ratio: float) -> None:
        """The curves that are selected, their keys, handles, and the frame about them."""
        active = self.model.active
        painter.setClipRect(_scaled(self.plot, ratio))
        tracks = [t for t in self.model.shown() if t.address in active]
        for track in tracks:
            self._paint_curve(painter, track, ratio, strong=True)
        painter.scale(ratio, ratio)
        self._paint_handles(painter)
        painter.resetTransform()
        selected = self.model.selected_keys()
        for track in tracks:
            keys = selected.get(track.address, [])
            px = np.array([self.x_of(k.time_s) for k in keys]) * ratio
            py = self._device_y(np.array([k.value for k in keys]) * self.model.factor(track.address), ratio)
            paint.marks(painter, px, py, 5.0 * ratio, QColor(theme.TEXT), QColor(theme.ACCENT))
        painter.scale(ratio, ratio)
        self.paint_box(painter)

    def _paint_handles(self, painter: QPainter) -> None:
        for track, key, _, end in self.handles():
            broken = key.tangent == "broken"
            painter.setPen(QPen(theme.colour(theme.DIM, 0.9), 1, Qt.PenStyle.DashLine if broken else Qt.PenStyle.SolidLine))
            painter.drawLine(self.place(track, key), end)
            own = key.tangent in ("free", "broken")
            painter.setPen(QPen(QColor(theme.DIM), 1.2))
            painter.setBrush(QColor(theme.ACCENT if own else theme.FIELD))
            painter.drawEllipse(end, 3.4, 3.4)

    def paint_top(self, painter: QPainter) -> None:
        """The values at the playhead, and the key under the pointer."""
        painter.setClipRect(self.plot)
        active = self.model.active
        for track in self.model.shown():
            if track.address in active:
                value = float(self.model.curve(track.address).evaluate(self.position_s)) * self.model.factor(track.address)
                painter.setPen(QPen(QColor(theme.FIELD), 1))
                painter.setBrush(track.colour)
                painter.drawEllipse(QPointF(self.x_of(self.position_s), self.y_of(value)), 4.0, 4.0)
        if self.hovered is not None and self.gesture is None:
            painter.setPen(QPen(QColor(theme.TEXT), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.place(*self.hovered), 7.5, 7.5)
        painter.setClipping(False)

    # The mouse.

    def press(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """Handles come before keys; Ctrl on a curve puts a key there."""
        if point.x() < self.gutter_px:
            return None
        if self.key_at(point) is not None or self.grip_at(point) is not None:
            return super().press(point, modifiers)
        grabbed = self.handle_at(point)
        if grabbed is not None:
            return BendTangent(self, point, (grabbed[0], grabbed[1]), grabbed[2])
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.insert_at(point)
            return None
        under = self.curve_at(point)
        if under and not modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.model.selection.select_tracks([under])
        return super().press(point, modifiers)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A key on the curve here, or on the selected track at this value."""
        point = event.position()
        if event.button() != Qt.MouseButton.LeftButton or not self.plot.contains(point.toPoint()) or self.key_at(point) is not None:
            return
        if not self.insert_at(point):
            self.add_at(point)

    def insert_at(self, point: QPointF) -> bool:
        """A key on the curve under a point, which keeps its shape; False where there is no curve."""
        track = self.curve_at(point)
        if not track or not self.model.editable(track):
            return False
        time_s = self.snapped(point.x())
        self.model.put("Insert key", {track: curve_ops.inserted(self.model.curve(track), time_s)})
        self.model.select([(track, time_s)])
        return True

    def add_at(self, point: QPointF) -> bool:
        """A key at this time and value on the one selected track; False where several are, or none."""
        tracks = [a for a in (self.model.selection.tracks or self.model.active) if self.model.editable(a)]
        if len(tracks) != 1:
            self.model.noticed.emit(self.tr("Select one track in the list first, or double-click on a curve."))
            return False
        key = Key(self.snapped(point.x()), self.value_at(point.y()) / self.model.factor(tracks[0]))
        return self.model.put("Add key", {tracks[0]: curve_ops.put(self.model.curve(tracks[0]), [key])}, keep_picked=False)

    def snapped(self, x: float) -> float:
        """The time at a pixel, on a frame where times snap."""
        time_s = self.time_at(x)
        return min(self.model.frame_time(time_s), self.model.extent_s) if self.model.snap_frames else time_s

    def cursor_at(self, point: QPointF) -> Qt.CursorShape:
        """A hand over handles."""
        if self.hovered is None and self.handle_at(point) is not None:
            return Qt.CursorShape.PointingHandCursor
        return super().cursor_at(point)

    def tooltip_at(self, point: QPoint) -> str:
        """Name, time and value of what is under a point."""
        found = self.key_at(QPointF(point))
        names = {t.address: t.name for t in self.model.tracks}
        if found is not None:
            track, key = found
            when = format_time(key.time_s, self.model.rate, self.model.unit)
            return f"<b>{names.get(track, track)}</b><br>{when}, {key.value:.3f}<br>{key.tangent}"
        under = self.curve_at(QPointF(point)) if self.plot.contains(point) else ""
        return names.get(under, "")


def _scaled(rect: QRect, ratio: float) -> QRectF:
    return QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)
