"""What graph and dope sheet have in common: a time axis, two cached layers and the playhead over them, gestures of the mouse.

The lower layer holds what does not change in a drag and is painted once; the upper one holds the tracks that are selected or
dragged. A playhead move paints neither.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.core.curves import Key
from studio import theme
from studio.curves import paint
from studio.curves.gestures import BoxSelect, Gesture, MoveKeys, Pan, ScaleKeys, Scrub
from studio.curves.model import CurveModel
from studio.selection import KeyAt
from studio.timeline.axis import TimeAxis

RULER_PX = 28
EDGE_PX = 10  # room before the first and after the last time, for the marks of keys there
GRAB_PX = 7.0
BOX_ROOM_PX = 13.0  # between selected keys and the frame about them
ZOOM_PER_NOTCH = 1.25
FOLLOW_MS = 30  # between two steps of a view that follows the pointer beyond its sides


class KeyView(QWidget):
    """Keys over time.

    Signals:
        axis_changed(axis): another stretch is in view.
    """

    axis_changed = Signal(object)
    gutter_px = 0

    def __init__(self, model: CurveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.axis = TimeAxis()
        self.position_s = model.player.position_s
        self.gesture: Gesture | None = None
        self.hovered: tuple[str, Key] | None = None
        self._beyond = 0.0
        self._pointer = (QPointF(), Qt.KeyboardModifier.NoModifier)
        self._follower = QTimer(self)
        self._follower.setInterval(FOLLOW_MS)
        self._follower.timeout.connect(self._go_on)
        self._lower: QPixmap | None = None
        self._upper: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        model.changed.connect(self.refresh)
        model.selected.connect(self.on_selected)
        model.player.moved.connect(self.set_position)

    # Where things are.

    @property
    def plot(self) -> QRect:
        """Where keys are drawn."""
        return QRect(self.gutter_px, RULER_PX, max(1, self.width() - self.gutter_px), max(1, self.height() - RULER_PX))

    @property
    def left(self) -> float:
        """Where the time axis begins."""
        return float(self.gutter_px + EDGE_PX)

    @property
    def value_per_px(self) -> float:
        """How much a pixel up adds to a value; 0 where values have no place."""
        return 0.0

    @property
    def value_step(self) -> float:
        """To which multiples values snap."""
        return 0.05

    def x_of(self, time_s: float) -> float:
        """Pixels of a time."""
        return self.left + self.axis.x(time_s)

    def time_at(self, x: float) -> float:
        """The time at a pixel, within the line."""
        return self.axis.time(x - self.left)

    def raw_time(self, x: float) -> float:
        """The time at a pixel, wherever it lies."""
        return self.axis.start_s + (x - self.left) / self.axis.px_per_s

    def value_at(self, y: float) -> float:
        """The value at a pixel."""
        return 0.0

    def key_at(self, point: QPointF) -> tuple[str, Key] | None:
        """The key under a point, with its track."""
        raise NotImplementedError

    def keys_in(self, rect: QRectF) -> set[KeyAt]:
        """The keys in a frame."""
        raise NotImplementedError

    def selected_bounds(self) -> QRectF | None:
        """Where the selected keys are; None for fewer than two."""
        raise NotImplementedError

    # What is in view.

    def refresh(self) -> None:
        """Paint anew after a change; in a drag only what is dragged."""
        self._upper = None
        if not self.model.dragging:
            self._lower = None
            if self.axis.duration_s != self.model.extent_s:
                scale = 0.0 if self.axis.fits else self.axis.px_per_s
                self.set_axis(TimeAxis(self.model.extent_s, self._axis_width(), self.axis.start_s, scale))
        self.update()

    def on_selected(self) -> None:
        """What is selected is drawn in the upper layer."""
        self._upper = None
        if not self.model.dragging:
            self._lower = None
        self.update()

    def set_axis(self, axis: TimeAxis) -> None:
        """Look at another stretch."""
        self._lower = self._upper = None
        if axis != self.axis:
            self.axis = axis
            self.axis_changed.emit(axis)
        self.update()

    def pan(self, dx: float, dy: float) -> None:
        """Move what is in view."""
        self.set_axis(self.axis.panned(dx))

    def zoom_other(self, notches: float, y: float) -> None:
        """Ctrl and the wheel: the other axis."""

    def frame(self, start_s: float, end_s: float) -> None:
        """Bring a stretch into view, with some room."""
        span = max(end_s - start_s, 4 / float(self.model.rate))
        room = 0.08 * span
        self.set_axis(replace(self.axis, px_per_s=self._axis_width() / (span + 2 * room), start_s=(start_s + end_s - span) / 2 - room))

    def copy_view(self, other: KeyView) -> None:
        """Look at the stretch of time that another view shows."""
        self.set_axis(replace(self.axis, start_s=other.axis.start_s, px_per_s=0.0 if other.axis.fits else other.axis.px_per_s))

    def set_position(self, time_s: float) -> None:
        """Put the playhead at a time."""
        old, self.position_s = self.position_s, time_s
        for time in (old, time_s):
            self.update(round(self.x_of(time)) - 8, 0, 17, self.height())
        player = self.model.player
        if player.playing and self.gesture is None and self.isVisible():
            axis = self.axis.revealing(time_s)
            if axis != self.axis:
                self.set_axis(axis)

    def _axis_width(self) -> float:
        return max(1.0, self.width() - self.gutter_px - 2.0 * EDGE_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the stretch in view."""
        self.set_axis(self.axis.resized(self._axis_width()))

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew with another font or theme."""
        self._lower = self._upper = None
        super().changeEvent(event)

    # Painting.

    def paint_lower(self, painter: QPainter, ratio: float) -> None:
        """Draw what does not change in a drag; the painter draws device pixels."""
        raise NotImplementedError

    def paint_upper(self, painter: QPainter, ratio: float) -> None:
        """Draw what is selected or dragged."""
        raise NotImplementedError

    def paint_top(self, painter: QPainter) -> None:
        """Draw what moves with the playhead or the pointer."""

    def _layer(self, lower: bool) -> QPixmap:
        ratio = self.devicePixelRatioF()
        out = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        out.fill(QColor(theme.FIELD) if lower else QColor(0, 0, 0, 0))
        painter = QPainter(out)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        (self.paint_lower if lower else self.paint_upper)(painter, ratio)
        painter.end()
        out.setDevicePixelRatio(ratio)
        return out

    def paintEvent(self, event: QPaintEvent) -> None:
        """The two layers, what is hot, and the playhead."""
        if self._lower is None:
            self._lower = self._layer(lower=True)
        if self._upper is None:
            self._upper = self._layer(lower=False)
        painter = QPainter(self)
        ratio, area = self.devicePixelRatioF(), QRectF(event.rect())
        source = QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio)
        for layer in (self._lower, self._upper):
            painter.drawPixmap(area, layer, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_top(painter)
        if self.gesture is not None:
            self.gesture.paint(painter)
        x = self.x_of(self.position_s)
        if self.axis.duration_s > 0 and self.gutter_px <= x <= self.width():
            paint.playhead(painter, x, RULER_PX, self.height())

    def paint_box(self, painter: QPainter) -> None:
        """The frame about the selected keys, with its grips."""
        box = self.scale_box()
        if box is not None:
            paint.scale_box(painter, box, [self._grip(box, side) for side in self._sides()])

    def scale_box(self) -> QRectF | None:
        """The frame about the selected keys; None where it would not help."""
        bounds = self.selected_bounds()
        if bounds is None:
            return None
        return bounds.adjusted(-BOX_ROOM_PX, -BOX_ROOM_PX, BOX_ROOM_PX, BOX_ROOM_PX)

    def _sides(self) -> list[tuple[int, int]]:
        """The grips that scale something."""
        bounds = self.selected_bounds()
        flat = bounds is not None and bounds.height() < 0.5
        across = [0] if bounds is not None and bounds.width() < 0.5 else [-1, 0, 1]
        down = [0] if flat or not self.value_per_px else [-1, 0, 1]
        return [(x, y) for x in across for y in down if (x, y) != (0, 0)]

    def _grip(self, box: QRectF, side: tuple[int, int]) -> QPointF:
        return QPointF(box.center().x() + side[0] * box.width() / 2, box.center().y() + side[1] * box.height() / 2)

    def grip_at(self, point: QPointF) -> tuple[int, int] | None:
        """The grip of the frame under a point."""
        box = self.scale_box()
        if box is None:
            return None
        near = [s for s in self._sides() if (self._grip(box, s) - point).manhattanLength() <= GRAB_PX]
        return near[0] if near else None

    # The mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        point, button = event.position(), event.button()
        if self.gesture is not None:
            return
        if button == Qt.MouseButton.MiddleButton:
            self.gesture = Pan(self, point)
        elif button == Qt.MouseButton.LeftButton and self.axis.duration_s > 0:
            self.gesture = Scrub(self, point) if point.y() < RULER_PX else self.press(point, event.modifiers())
        if self.gesture is not None:
            self.setCursor(self.gesture.cursor)

    def press(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """What a press of the left button in the plot begins."""
        add = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        found = self.key_at(point)
        if found is not None:
            return self.press_keys(point, found, [(found[0], found[1].time_s)], add)
        side = self.grip_at(point)
        bounds = self.selected_bounds()
        if side is not None and bounds is not None:
            return ScaleKeys(self, point, side, bounds)
        return BoxSelect(self, point, add)

    def press_keys(self, point: QPointF, grabbed: tuple[str, Key], keys: list[KeyAt], add: bool) -> Gesture | None:
        """Take hold of keys: those selected, if the one under the pointer is among them."""
        if not self.model.editable(grabbed[0]):
            self.model.noticed.emit(self.tr("This track is locked."))
            return None
        selected = set(keys) <= self.model.selection.keys
        if not selected:
            self.model.select(keys, add=add)
        click = ("toggle" if selected else "keep") if add else "select"
        return MoveKeys(self, point, grabbed, click, keys)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or show what is under the pointer."""
        if self.gesture is not None:
            self.gesture.move(event.position(), event.modifiers())
            self._follow_pointer(event.position(), event.modifiers())
            return
        hovered = self.key_at(event.position()) if event.position().y() >= RULER_PX else None
        if hovered != self.hovered:
            self.hovered = hovered
            self.update()
        self.setCursor(self.cursor_at(event.position()))

    def _follow_pointer(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Beyond the sides of the plot the view goes on, the faster the further."""
        plot = self.plot
        self._beyond = min(point.x() - plot.left(), 0.0) + max(point.x() - plot.right(), 0.0)
        self._pointer = (point, modifiers)
        if self._beyond and self.gesture is not None and self.gesture.goes_on_beyond:
            self._follower.start()
        else:
            self._follower.stop()

    def _go_on(self) -> None:
        """One step along with a pointer that is outside."""
        if self.gesture is None:
            self._follower.stop()
            return
        before = self.axis.start_s
        self.set_axis(self.axis.panned(0.25 * self._beyond))
        by = (before - self.axis.start_s) * self.axis.px_per_s
        if by:
            self.gesture.panned(QPointF(by, 0.0))
            self.gesture.move(*self._pointer)

    def cursor_at(self, point: QPointF) -> Qt.CursorShape:
        """What a press here would do, as a pointer."""
        if point.y() < RULER_PX or self.hovered is not None:
            return Qt.CursorShape.ArrowCursor if self.hovered is None else Qt.CursorShape.SizeAllCursor
        side = self.grip_at(point)
        if side is None:
            return Qt.CursorShape.ArrowCursor
        if 0 in side:
            return Qt.CursorShape.SizeHorCursor if side[0] else Qt.CursorShape.SizeVerCursor
        return Qt.CursorShape.SizeFDiagCursor if side[0] == side[1] else Qt.CursorShape.SizeBDiagCursor

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self.end_gesture(True)

    def end_gesture(self, keep: bool) -> bool:
        """End what the mouse began; False where nothing was."""
        gesture, self.gesture = self.gesture, None
        self._follower.stop()
        if gesture is None:
            return False
        self.unsetCursor()
        gesture.end(keep)
        self.update()
        return True

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self.hovered = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom time to the pointer; with Ctrl the other axis; sideways or with Shift, pan."""
        delta, point = event.angleDelta(), event.position()
        if self.gesture is not None:  # what it holds by pixels must stay there
            event.accept()
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_other(delta.y() / 120, point.y())
        elif abs(delta.x()) > abs(delta.y()) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            notches = (delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y()) / 120
            self.pan(-notches * 0.1 * self._axis_width(), 0.0)
        else:
            self.set_axis(self.axis.zoomed(ZOOM_PER_NOTCH ** (delta.y() / 120), point.x() - self.left))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Tooltips of keys."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tooltip_at(event.pos()), self)
            return True
        return super().event(event)

    def tooltip_at(self, point: QPoint) -> str:
        """What is under a point, in words."""
        return ""
