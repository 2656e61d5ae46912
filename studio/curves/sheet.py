"""The dope sheet: the same keys as rows of diamonds, one row for each row of the track list beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from engine.core import curve_ops
from engine.core.curves import Key
from studio import theme
from studio.curves import paint
from studio.curves.gestures import Gesture
from studio.curves.model import CurveModel
from studio.curves.tracks import Track
from studio.curves.view import GRAB_PX, RULER_PX, KeyView
from studio.selection import KeyAt
from studio.timeline.axis import format_time, ticks


@dataclass(frozen=True)
class SheetRow:
    """A row of the track list as it lies on the screen.

    Args:
        top: pixels below the ruler.
        height: pixels.
        name: for people.
        tracks: one for a track's own row, all within for a group's.
        group: True for a group's row.
    """

    top: int
    height: int
    name: str
    tracks: tuple[Track, ...]
    group: bool = False


class SheetView(KeyView):
    """Keys as diamonds.

    Args:
        model: the curves.
        rows: gives the rows of the track list that are on the screen.
        scroll: called with pixels to scroll the list down.
    """

    def __init__(self, model: CurveModel, rows: Callable[[], list[SheetRow]], scroll: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._rows, self._scroll = rows, scroll
        self.setObjectName("dopeSheet")
        self.setAccessibleName(self.tr("Dope sheet"))

    def rows_moved(self) -> None:
        """The list was scrolled, or rows came and went."""
        self._lower = self._upper = None
        self.update()

    def pan(self, dx: float, dy: float) -> None:
        """Move what is in view."""
        if dy:
            self._scroll(round(dy))
        super().pan(dx, dy)

    def zoom_other(self, notches: float, y: float) -> None:
        """Ctrl and the wheel scroll the rows."""
        self._scroll(round(-40 * notches))

    # Finding.

    def _times(self, row: SheetRow) -> paint.Array:
        found = [self.model.curve(t.address).times_s for t in row.tracks]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found)) if found else np.zeros(0)

    def row_at(self, y: float) -> SheetRow | None:
        """The row at a height."""
        return next((r for r in self._rows() if r.top <= y - RULER_PX < r.top + r.height), None)

    def middle(self, row: SheetRow) -> float:
        """Height of a row's diamonds."""
        return RULER_PX + row.top + row.height / 2

    def _column_at(self, point: QPointF) -> tuple[SheetRow, float] | None:
        """The row and the time of the diamond under a point."""
        row = self.row_at(point.y())
        times = self._times(row) if row is not None else np.zeros(0)
        if row is None or not len(times):
            return None
        nearest = float(times[np.argmin(np.abs(times - self.raw_time(point.x())))])
        return (row, nearest) if abs(self.x_of(nearest) - point.x()) <= GRAB_PX else None

    def _keys_of(self, row: SheetRow, time_s: float) -> list[tuple[str, Key]]:
        out = []
        for track in row.tracks:
            curve = self.model.curve(track.address)
            i = curve.index_near(time_s)
            if i >= 0:
                out.append((track.address, curve.keys[i]))
        return out

    def key_at(self, point: QPointF) -> tuple[str, Key] | None:
        """The key under a point; of a group's row one of those at the time."""
        found = self._column_at(point)
        keys = self._keys_of(*found) if found is not None else []
        return keys[0] if keys else None

    def keys_in(self, rect: QRectF) -> set[KeyAt]:
        """The keys whose diamonds are in a frame."""
        out: set[KeyAt] = set()
        for row in self._rows():
            if rect.top() <= self.middle(row) <= rect.bottom():
                for track in row.tracks:
                    times = self.model.curve(track.address).times_s
                    x = self.left + (times - self.axis.start_s) * self.axis.px_per_s
                    out.update((track.address, t) for t in times[(x >= rect.left()) & (x <= rect.right())].tolist())
        return out

    def selected_bounds(self) -> QRectF | None:
        """Where the selected diamonds are; None for fewer than two."""
        selected = {track: times for track, times in self._selected_times().items() if times}
        rows = [r for r in self._rows() if not r.group and r.tracks[0].address in selected]
        times = [t for found in selected.values() for t in found]
        if len(times) < 2 or not rows:
            return None
        top, bottom = min(self.middle(r) for r in rows), max(self.middle(r) for r in rows)
        return QRectF(QPointF(self.x_of(min(times)), top), QPointF(self.x_of(max(times)), bottom))

    def _selected_times(self) -> dict[str, list[float]]:
        out: dict[str, list[float]] = {}
        for track, time_s in self.model.selection.keys:
            out.setdefault(track, []).append(time_s)
        return out

    # Painting.

    def paint_lower(self, painter: QPainter, ratio: float) -> None:
        """Rows, lines between them, the diamonds, the ruler."""
        painter.scale(ratio, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        rows = self._rows()
        for row in rows:
            rect = QRect(0, RULER_PX + row.top, self.width(), row.height)
            painter.fillRect(rect, QColor(theme.PANEL if row.group else theme.FIELD))
            painter.setPen(theme.colour(theme.BORDER, 0.5))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour(theme.BORDER, 0.45))
        for tick in ticks(self.axis, self.model.rate, self.model.unit):
            if tick.label:
                painter.drawLine(round(self.left + tick.x), RULER_PX, round(self.left + tick.x), self.height())
        shade = theme.colour(theme.WINDOW, 0.55)
        for x0, x1 in ((0.0, self.x_of(0.0)), (self.x_of(self.model.duration_s), float(self.width()))):
            if x1 > x0:
                painter.fillRect(QRectF(x0, RULER_PX, x1 - x0, self.height()), shade)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.resetTransform()
        active = self.model.active
        for row in rows:
            if row.group or row.tracks[0].address not in active:
                self._paint_row(painter, row, ratio)
        painter.scale(ratio, ratio)
        paint.ruler(painter, QRect(0, 0, self.width(), RULER_PX), self.left, self.axis, self.model.rate, self.model.unit, self.font())

    def _paint_row(self, painter: QPainter, row: SheetRow, ratio: float) -> None:
        """A row's diamonds; bars between keys of one value and held ones, as long as they are."""
        if not -row.height < row.top < self.height():
            return
        times = self._times(row)
        low, high = np.searchsorted(times, [self.raw_time(-8.0), self.raw_time(self.width() + 8.0)])
        x = (self.left + (times[low:high] - self.axis.start_s) * self.axis.px_per_s) * ratio
        colour = QColor(theme.FAINT) if row.group else row.tracks[0].colour
        if not row.group:
            self._paint_holds(painter, row, ratio)
        if not row.group and not self.model.acts(row.tracks[0]):
            colour.setAlphaF(0.4)
        # Of several on one pixel one is enough.
        x = np.unique(np.round(x))
        paint.marks(painter, x, np.full(len(x), self.middle(row) * ratio), (4.2 if row.group else 5.0) * ratio, colour, QColor(theme.FIELD))

    def _paint_holds(self, painter: QPainter, row: SheetRow, ratio: float) -> None:
        curve = self.model.curve(row.tracks[0].address)
        inside = curve.indices_between(self.axis.start_s, self.axis.end_s)
        if len(inside) > self.width() / 4:
            return
        colour = row.tracks[0].colour
        colour.setAlphaF(0.35)
        for i in range(max(0, inside.start - 1), min(inside.stop, len(curve.keys) - 1)):
            a, b = curve.keys[i], curve.keys[i + 1]
            if a.tangent == "stepped" or a.value == b.value:
                x0, x1 = self.x_of(a.time_s), self.x_of(b.time_s)
                painter.fillRect(QRectF(x0 * ratio, (self.middle(row) - 2) * ratio, (x1 - x0) * ratio, 4 * ratio), colour)

    def paint_upper(self, painter: QPainter, ratio: float) -> None:
        """Rows of selected tracks, the selected diamonds, the frame about them."""
        active = self.model.active
        selected = self._selected_times()
        painter.setClipRect(QRectF(0, RULER_PX * ratio, self.width() * ratio, self.height() * ratio))
        for row in self._rows():
            if not row.group and row.tracks[0].address in active:
                self._paint_row(painter, row, ratio)
            times = np.array(sorted({t for track in row.tracks for t in selected.get(track.address, ())}))
            if len(times):
                x = np.unique(np.round((self.left + (times - self.axis.start_s) * self.axis.px_per_s) * ratio))
                paint.marks(painter, x, np.full(len(x), self.middle(row) * ratio), 5.6 * ratio, QColor(theme.TEXT), QColor(theme.ACCENT))
        painter.scale(ratio, ratio)
        self.paint_box(painter)

    def paint_top(self, painter: QPainter) -> None:
        """The diamond under the pointer."""
        if self.hovered is None or self.gesture is not None:
            return
        painter.setPen(QPen(QColor(theme.TEXT), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row in self._rows():
            if not row.group and row.tracks[0].address == self.hovered[0]:
                painter.drawEllipse(QPointF(self.x_of(self.hovered[1].time_s), self.middle(row)), 7.5, 7.5)

    # The mouse.

    def press(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """On a group's diamond all keys at that time are taken."""
        found = self._column_at(point)
        keys = self._keys_of(*found) if found is not None else []
        keys = [k for k in keys if self.model.editable(k[0])] or keys
        if not keys:
            return super().press(point, modifiers)
        add = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        return self.press_keys(point, keys[0], [(track, key.time_s) for track, key in keys], add)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A key on the curve of this row."""
        row = self.row_at(event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or row is None or row.group or self.key_at(event.position()) is not None:
            return
        address = row.tracks[0].address
        curve = self.model.curve(address)
        time_s = self.time_at(event.position().x())
        time_s = min(self.model.frame_time(time_s), self.model.extent_s) if self.model.snap_frames else time_s
        new = curve_ops.inserted(curve, time_s) if curve.keys else curve_ops.put(curve, [Key(time_s, self.model.rest_value(address))])
        if self.model.editable(address):
            self.model.put("Insert key", {address: new})
            self.model.select([(address, time_s)])

    def tooltip_at(self, point: QPoint) -> str:
        """Name, time and value of the key under a point."""
        found = self.key_at(QPointF(point))
        if found is None:
            return ""
        row, key = self.row_at(point.y()), found[1]
        when = format_time(key.time_s, self.model.rate, self.model.unit)
        name = row.name if row is not None else ""
        return f"<b>{name}</b><br>{when}" if row is not None and row.group else f"<b>{name}</b><br>{when}, {key.value:.3f}<br>{key.tangent}"
