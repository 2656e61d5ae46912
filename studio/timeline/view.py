"""The timeline: one widget that shows a line over time and in which it is edited.

The lanes are in their own files; `stack` knows where they are, `painting` keeps their pictures, `hands` turns mouse and keys
into drags and verbs, `editing` carries the verbs out. This one holds them together and knows what is in view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from engine.project.addresses import camera_curves
from engine.project.change import Change
from engine.project.parts import Blink, Gaze
from studio import theme
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session
from studio.timeline import headers
from studio.timeline.axis import TimeAxis, format_time
from studio.timeline.editing import Editor
from studio.timeline.hands import Hands
from studio.timeline.inline import InlineEditor
from studio.timeline.lane import Content
from studio.timeline.menus import Menus
from studio.timeline.overlay import Overlaid, Overlay
from studio.timeline.painting import Painting
from studio.timeline.stack import HEADER_PX, Stack
from studio.timeline.time_field import TimeField
from studio.timeline.waveform import Pyramid

FOLLOW: tuple[str, ...] = ("page", "smooth", "off")
_ZOOM_PER_NOTCH = 1.25
_WHEEL_PX = 60  # up and down over the tracks, per notch
_EDGE_PX = 16  # so near to an edge a drag moves the view
_EDGE_SPEED = 2.0  # pixels for each that it is over it, every 30 ms
_SCROLL_BAR_PX = 11


class TimelineView(Overlaid):
    """Shows and edits one line over time.

    Args:
        session: the project, whose current line is shown.
        player: where the playhead is.
        selection: shared with the other views.

    Signals:
        scrub_began, scrubbed(time_s), scrub_ended: the pointer moves the playhead.
        span_activated(start_s, end_s): a phoneme or word was double-clicked.
        reanalyse_wanted(start_s, end_s): find the phonemes of a stretch anew.
        axis_changed(axis): another part is in view.
        snapping_changed(on), follow_changed(mode): how it behaves.
        said(text): a word for the status bar.
    """

    scrub_began = Signal()
    scrubbed = Signal(float)
    scrub_ended = Signal()
    span_activated = Signal(float, float)
    reanalyse_wanted = Signal(float, float)
    axis_changed = Signal(object)
    snapping_changed = Signal(bool)
    follow_changed = Signal(str)
    said = Signal(str)

    def __init__(self, session: Session, player: Player, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.player, self.selection = session, player, selection
        self.content = Content()
        self.editor = Editor(session, player, selection, self.content, self.said.emit)
        self.stack = Stack()
        self.painting = Painting(self.stack)
        self.overlay = Overlay()
        self.snapping, self.follow = True, "page"
        self.keys_of: Callable[[str], str] = lambda _: ""  # shortcut of one of the window's actions, for the menus
        self._shape: tuple[object, ...] = ()
        self._over: tuple[object, ...] = ()
        self.hands = Hands(self)
        self.menus = Menus(self)
        self._build()
        session.changed.connect(self._on_changed)
        session.line_changed.connect(self._on_line_changed)
        selection.changed.connect(self.refresh)
        self.refresh()

    def _build(self) -> None:
        self.setObjectName("timelineView")
        self.setAccessibleName(self.tr("Timeline"))
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.inline = InlineEditor(self)
        self.time_field = TimeField(self)
        self.time_field.setGeometry(6, 7, HEADER_PX - 13, 26)
        self.time_field.typed.connect(self._on_typed)
        self.time_field.refused.connect(self.said)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.setAccessibleName(self.tr("Scroll the tracks"))
        self.bar.valueChanged.connect(self.scroll_to)

    # What is shown.

    @property
    def phoneme_rect(self) -> QRect:
        """Where the phonemes are."""
        return self.stack.rect("phonemes")

    def show_line(self, duration_s: float, rate: Fraction, keep_view: bool = False) -> None:
        """Begin with another line, or the same one with another length."""
        changed = rate != self.content.rate
        self.content.rate = rate
        if not (keep_view and duration_s == self.axis.duration_s):
            self.set_axis(TimeAxis(duration_s, self._lane_width()))
        elif changed:
            self.update()
        self._show_time()

    def set_pyramid(self, pyramid: Pyramid | None) -> None:
        """Show these levels; call again as they fill."""
        self.content.pyramid = pyramid
        self._update_lanes()

    def set_hint(self, hint: str) -> None:
        """What the phoneme strip says where there are none."""
        self.content.hint = hint
        self._update_lanes()

    def set_events(self, blinks: Iterable[Blink], gazes: Iterable[Gaze]) -> None:
        """What the performer does of its own with lids and eyes: drawn as ghosts while the line names none."""
        self.content.auto_blinks, self.content.auto_gazes = tuple(blinks), tuple(gazes)
        self._update_lanes()

    def set_stale(self, names: Iterable[str]) -> None:
        """What is older than its inputs: `takes/ID`, or the name of a track."""
        self.content.stale = frozenset(names)
        self.update()

    def set_unit(self, unit: str) -> None:
        """Count in timecode, seconds or frames."""
        self.content.unit = unit
        self._show_time()
        self.update()

    def set_axis(self, axis: TimeAxis) -> None:
        """Look at another part; it begins at a whole pixel, so that what is painted can be shifted."""
        step = axis.px_per_s * self.devicePixelRatioF()
        axis = replace(axis, start_s=round(axis.start_s * step) / step)
        if axis != self.axis:
            self.content.axis = axis
            self.axis_changed.emit(axis)
            self.update(HEADER_PX, 0, self.width() - HEADER_PX, self.height())

    def set_position(self, time_s: float, follow: bool = False) -> None:
        """Put the playhead at a time; with `follow` the view goes along as it is set to."""
        old = self.position_s
        self.overlay = replace(self.overlay, position_s=time_s)
        if follow and self.follow != "off" and not self.hands.dragging:
            axis = self.axis.revealing(time_s) if self.follow == "page" else self.axis.centred(time_s)
            self.set_axis(axis)
        for time in (old, time_s):
            x = HEADER_PX + round(self.axis.x(time))
            self.update(x - 7, 0, 15, self.height())
        self._show_time()

    def _show_time(self) -> None:
        self.time_field.show_time(self.position_s, self.content.rate, self.content.unit)

    def time_words(self, time_s: float) -> str:
        """A time in the unit that is shown."""
        return format_time(time_s, self.content.rate, self.content.unit)

    def fit(self) -> None:
        """The whole line in view."""
        self.set_axis(self.axis.fitted())

    def zoom(self, factor: float) -> None:
        """Closer by `factor`, about the playhead if it is in view, else about the middle."""
        x = self.axis.x(self.position_s)
        self.set_axis(self.axis.zoomed(factor, x if 0 <= x <= self._lane_width() else self._lane_width() / 2))

    def set_snapping(self, on: bool) -> None:
        """Whether what is dragged snaps."""
        if on != self.snapping:
            self.snapping = on
            self.snapping_changed.emit(on)

    def set_follow(self, mode: str) -> None:
        """How the view follows the playhead: one of `FOLLOW`."""
        if mode != self.follow:
            self.follow = mode
            self.follow_changed.emit(mode)

    # Following the document.

    def _on_changed(self, change: Change) -> None:
        line = self.session.line
        if change and (line is None or change.line_id in (None, line.id)):
            self.refresh()

    def _on_line_changed(self) -> None:
        self.hands.cancel()
        self.content.auto_blinks, self.content.auto_gazes = (), ()
        self.refresh()

    def refresh(self) -> None:
        """Show the line and the selection as they are; only lanes that differ are painted."""
        content, selection = self.content, self.selection
        content.line = self.session.line
        content.camera = camera_curves(self.session.document, content.line.id) if content.line is not None else {}
        content.shot = self.session.document.stage.shot
        keys: dict[str, set[float]] = {}
        for track, time_s in selection.keys:
            keys.setdefault(track, set()).add(time_s)
        content.keys = {track: frozenset(times) for track, times in keys.items()}
        content.parts, content.phonemes_selected = selection.parts, selection.phonemes
        line = content.line
        shape = (line.id, tuple((layer.id, layer.name, tuple(layer.curves)) for layer in line.layers)) if line is not None else ()
        heads = (selection.tracks, content.stale, *((line.track_states, [(x.mute, x.solo, x.lock) for x in line.layers]) if line is not None else ()))
        content.tracks = selection.tracks
        if shape != self._shape or not (self.hands.dragging or self.stack.fits(content)):
            self._shape = shape
            self.relayout()
        over = (heads, *((line.in_s, line.out_s, line.markers) if line is not None else ()))
        if over != self._over:
            self._over = over
            self.update()
        self._update_lanes()
        self.setAccessibleDescription(self.hands.selection_words())

    def relayout(self) -> None:
        """Lanes came, went, or have other heights."""
        self.stack.rebuild(self.content)
        self._fit_bar()
        self.painting.prune()
        self.update()

    def _update_lanes(self) -> None:
        for place in self.painting.outdated(self.content):
            self.update(HEADER_PX, place.top, self.width() - HEADER_PX, place.height)

    # Scrolling.

    def _lane_width(self) -> float:
        return max(1.0, self.stack.size[0] - HEADER_PX)

    def scroll_to(self, offset: int) -> None:
        """Scroll the tracks to an offset from the top, pixels."""
        if self.stack.scroll_to(offset):
            self.bar.blockSignals(True)
            self.bar.setValue(self.stack.offset)
            self.bar.blockSignals(False)
            self.painting.prune()
            self.update()

    def _fit_bar(self) -> None:
        self.stack.resize(self.width(), self.height())
        hidden = self.stack.hidden_px
        ruler = self.stack.places[0].height
        if hidden:
            self.stack.resize(self.width() - _SCROLL_BAR_PX, self.height())
        self.bar.setVisible(hidden > 0)
        self.bar.setGeometry(self.width() - _SCROLL_BAR_PX, ruler, _SCROLL_BAR_PX, self.height() - ruler)
        self.bar.blockSignals(True)
        self.bar.setRange(0, hidden)
        self.bar.setPageStep(max(1, self.height() - ruler))
        self.bar.setSingleStep(20)
        self.bar.setValue(self.stack.offset)
        self.bar.blockSignals(False)
        if self.axis.width_px != self._lane_width():
            self.set_axis(self.axis.resized(self._lane_width()))

    def reveal_edge(self, point: QPointF, upright: bool = False) -> None:
        """Move the view along with a drag that reaches an edge; with `upright` the upper and lower one too."""
        right = HEADER_PX + self._lane_width()
        over = min(0.0, point.x() - HEADER_PX - _EDGE_PX) + max(0.0, point.x() - right + _EDGE_PX)
        if over and not self.axis.fits:
            self.set_axis(self.axis.panned(_EDGE_SPEED * over))
        if upright:
            top = self.stack.places[0].height
            self.scroll_to(self.stack.offset + round(min(0.0, point.y() - top) + max(0.0, point.y() - self.height() + _EDGE_PX)))

    def at_edge(self, point: QPointF) -> bool:
        """True where a drag moves the view along."""
        return not HEADER_PX + _EDGE_PX <= point.x() <= HEADER_PX + self._lane_width() - _EDGE_PX or point.y() > self.height() - _EDGE_PX

    def reveal_track(self, name: str) -> None:
        """Scroll so that a lane is in sight."""
        place, ruler = self.stack.place(name), self.stack.places[0].height
        if place is not None and place.top < ruler:
            self.scroll_to(self.stack.offset - (ruler - place.top))
        elif place is not None and place.top + place.height > self.height():
            self.scroll_to(self.stack.offset + place.top + place.height - self.height())

    def _on_typed(self, time_s: float) -> None:
        self.player.seek(min(time_s, self.axis.duration_s))
        self.set_position(self.player.position_s, follow=True)

    # Events.

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lanes and what lies over them."""
        painter = QPainter(self)
        self.painting.paint(painter, event.rect(), self.content, self.overlay)
        right = self.stack.size[0]
        painter.setClipping(False)
        painter.fillRect(right, 0, self.width() - right, self.height(), QColor(theme.PANEL))  # above and behind the scroll bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the part in view."""
        self._fit_bar()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew with another font or theme."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.painting.forget()
            self.update()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag, or select."""
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with it, or show what is under the pointer."""
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play, add or edit what is under the pointer."""
        self.hands.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self.show_hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done here."""
        self.hands.cancel()
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        point = self.hands.selected_point() if by_keys else event.pos()
        menu = self.menus.at(QPointF(point))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not menu.isEmpty():
            menu.popup(self.mapToGlobal(point))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; with Shift or sideways, pan; over the headers or with Ctrl, up and down the tracks."""
        delta, modifiers = event.angleDelta(), event.modifiers()
        sideways = delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y() if modifiers & Qt.KeyboardModifier.ShiftModifier else 0
        if sideways:
            self.set_axis(self.axis.panned(-sideways / 120 * 0.1 * self._lane_width()))
        elif event.position().x() < HEADER_PX or modifiers & Qt.KeyboardModifier.ControlModifier:
            self.scroll_to(self.stack.offset - round(delta.y() / 120 * _WHEEL_PX))
        else:
            self.set_axis(self.axis.zoomed(_ZOOM_PER_NOTCH ** (delta.y() / 120), event.position().x() - HEADER_PX))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that are no action of the window."""
        if not self.hands.key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from track to track, and on from the last."""
        return self.hands.step_track(1 if forward else -1) or super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A drag does not outlive the focus of its window."""
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.hands.cancel()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tooltips, and keys that the lanes take before the window's shortcuts do."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tooltip_at(event.pos()), self)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.hands.wants(event):
            event.accept()
            return True
        return super().event(event)

    def tooltip_at(self, point: QPoint) -> str:
        """What is under a point, in words."""
        where = QPointF(point)
        if point.x() < HEADER_PX:
            place = self.stack.at(where.y())
            return headers.tooltip(self.content, place, headers.part_at(place, where)) if place is not None and place.lane.name != "ruler" else ""
        found = self.stack.hit(self.content, where)
        if found is None or self.axis.duration_s <= 0:
            return ""
        place, hit = found
        return place.lane.tooltip(self.content, hit) or self.time_words(self.axis.time(point.x() - HEADER_PX))
