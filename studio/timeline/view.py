"""The timeline: one widget that paints every lane into a pixmap once, and the playhead over it.

Wheel zooms to the pointer, Shift with the wheel and the middle button pan, a click or drag scrubs, a drag on a phoneme's
edge moves it (with Ctrl what follows moves along), a double click plays a phoneme.
"""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygon, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.project.tracks import PhonemeTrack, Word
from engine.speech.phonemes import viseme_of
from studio import theme
from studio.timeline.axis import TimeAxis, format_time
from studio.timeline.lanes import Content, Lane, PhonemeLane, RulerLane, WaveLane, WordLane
from studio.timeline.waveform import Pyramid

HEADER_PX = 84
GRAB_PX = 4  # how near to a boundary the pointer takes hold of it
_ZOOM_PER_NOTCH = 1.25
_CLASS_WORDS = {
    "sil": "pause", "PBM": "lips shut", "FV": "lip to teeth", "TH": "tongue between teeth", "DTNL": "tongue tip up", "KG": "tongue back up",
    "SZ": "teeth close", "CH": "teeth close, lips forward", "R": "tongue drawn back", "AA": "open vowel", "EI": "spread vowel", "OU": "rounded vowel",
}  # fmt: skip


class TimelineView(QWidget):
    """Shows one line over time.

    Signals:
        scrub_began, scrubbed(time_s), scrub_ended: the pointer moves the playhead.
        boundary_began(index), boundary_moved(index, time_s, ripple), boundary_ended(kept): the boundary before a phoneme is dragged.
        span_activated(start_s, end_s): a phoneme was double-clicked.
        axis_changed(axis): another part is in view.
    """

    scrub_began = Signal()
    scrubbed = Signal(float)
    scrub_ended = Signal()
    boundary_began = Signal(int)
    boundary_moved = Signal(int, float, bool)
    boundary_ended = Signal(bool)
    span_activated = Signal(float, float)
    axis_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = Content()
        self.position_s = 0.0
        self.editable = True
        self._wave, self._words, self._phonemes = WaveLane(), WordLane(), PhonemeLane()
        self._lanes: list[Lane] = [RulerLane(), self._wave, self._words, self._phonemes]
        self._cache: QPixmap | None = None
        self._drag = ""  # "", "scrub", "pan" or "boundary"
        self._grabbed = 0
        self._last = QPoint()
        self.setObjectName("timelineView")
        self.setAccessibleName("Timeline")
        self.setMinimumHeight(RulerLane.height + 40 + WordLane.height + PhonemeLane.height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What is shown.

    @property
    def axis(self) -> TimeAxis:
        """The part in view."""
        return self.content.axis

    def show_line(self, duration_s: float, rate: Fraction, keep_view: bool = False) -> None:
        """Begin with another line, or the same one with another length."""
        self.content.rate = rate
        if keep_view and duration_s == self.axis.duration_s:
            self._repaint_all()
            return
        self.set_axis(TimeAxis(duration_s, self._lane_width()))

    def set_pyramid(self, pyramid: Pyramid | None) -> None:
        """Show these levels; call again as they fill."""
        self.content.pyramid = pyramid
        self._repaint_all()

    def set_phonemes(self, phonemes: PhonemeTrack | None, words: tuple[Word, ...] | None, hint: str = "") -> None:
        """Show this track; `hint` in its place where there is none."""
        self.content.phonemes, self.content.words, self.content.hint = phonemes, words or (), hint
        self._repaint_all()

    def set_unit(self, unit: str) -> None:
        """Count in timecode, seconds or frames."""
        self.content.unit = unit
        self._repaint_all()

    def set_axis(self, axis: TimeAxis) -> None:
        """Look at another part."""
        if axis != self.axis:
            self.content.axis = axis
            self.axis_changed.emit(axis)
        self._repaint_all()

    def set_position(self, time_s: float, follow: bool = False) -> None:
        """Put the playhead at a time; with `follow` the view turns the page where it leaves."""
        if follow and not self._drag:
            axis = self.axis.revealing(time_s)
            if axis != self.axis:
                self.position_s = time_s
                self.set_axis(axis)
                return
        old, self.position_s = self.position_s, time_s
        for time in (old, time_s):
            x = HEADER_PX + round(self.axis.x(time))
            self.update(x - 7, 0, 15, self.height())

    def fit(self) -> None:
        """The whole line in view."""
        self.set_axis(self.axis.fitted())

    def zoom(self, factor: float) -> None:
        """Closer by `factor`, about the playhead if it is in view, else about the middle."""
        x = self.axis.x(self.position_s)
        self.set_axis(self.axis.zoomed(factor, x if 0 <= x <= self._lane_width() else self._lane_width() / 2))

    # Painting.

    def _lane_width(self) -> float:
        return max(1.0, self.width() - HEADER_PX)

    def lane_rect(self, lane: Lane) -> QRect:
        """Where a lane is, without its header."""
        fixed = sum(each.height for each in self._lanes)
        top = 0
        for each in self._lanes:
            height = each.height or max(20, self.height() - fixed)
            if each is lane:
                return QRect(HEADER_PX, top, round(self._lane_width()), height)
            top += height
        raise ValueError(f"no lane {lane.name}")

    @property
    def phoneme_rect(self) -> QRect:
        """Where the phonemes are."""
        return self.lane_rect(self._phonemes)

    def _repaint_all(self) -> None:
        self._cache = None
        self.update()

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(theme.FIELD))
        painter = QPainter(pixmap)
        for lane in self._lanes:
            rect = self.lane_rect(lane)
            painter.save()
            painter.setFont(self.font())
            painter.setClipRect(rect)
            lane.paint(painter, rect, self.content, ratio)
            painter.restore()
            self._paint_header(painter, QRect(0, rect.top(), HEADER_PX, rect.height()), lane.name)
        painter.end()
        return pixmap

    def _paint_header(self, painter: QPainter, rect: QRect, name: str) -> None:
        painter.fillRect(rect, QColor(theme.PANEL))
        painter.setPen(QColor(theme.DIM))
        painter.drawText(rect.adjusted(10, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(theme.BORDER))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cached lanes and the playhead."""
        if self._cache is None:
            self._cache = self._painted()
        painter = QPainter(self)
        ratio = self._cache.devicePixelRatio()
        area = QRectF(event.rect())
        painter.drawPixmap(area, self._cache, QRectF(area.x() * ratio, area.y() * ratio, area.width() * ratio, area.height() * ratio))
        x = HEADER_PX + round(self.axis.x(self.position_s))
        if self.axis.duration_s > 0 and HEADER_PX <= x <= self.width():
            painter.setPen(QColor(theme.PLAYHEAD))
            painter.drawLine(x, RulerLane.height - 8, x, self.height())
            painter.setBrush(QColor(theme.PLAYHEAD))
            top = RulerLane.height - 12
            painter.drawPolygon(QPolygon([QPoint(x - 5, top), QPoint(x + 5, top), QPoint(x + 5, top + 6), QPoint(x, top + 11), QPoint(x - 5, top + 6)]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the part in view."""
        self.set_axis(self.axis.resized(self._lane_width()))

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew with another font or theme."""
        self._repaint_all()
        super().changeEvent(event)

    # The mouse.

    def boundary_at(self, point: QPoint) -> int:
        """The movable boundary under a point, by the phoneme it begins; 0 where there is none."""
        track = self.content.phonemes
        if track is None or not self.phoneme_rect.contains(point):
            return 0
        time_s = self.axis.time(point.x() - HEADER_PX)
        here = track.index_at(time_s)
        near = [i for i in (here, here + 1) if 1 <= i < len(track)]
        best = min(near, key=lambda i: abs(track.bounds_s[i] - time_s), default=0)
        return best if best and abs(self.axis.x(track.bounds_s[best]) - self.axis.x(time_s)) <= GRAB_PX else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan, to drag a boundary or to scrub."""
        point = event.position().toPoint()
        self._last = point
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag = "pan"
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton and self.axis.duration_s > 0 and point.x() >= HEADER_PX - GRAB_PX:
            self._grabbed = self.boundary_at(point) if self.editable else 0
            if self._grabbed:
                self._drag = "boundary"
                self.boundary_began.emit(self._grabbed)
            else:
                self._drag = "scrub"
                self.scrub_began.emit()
                self.scrubbed.emit(self.axis.time(point.x() - HEADER_PX))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        point = event.position().toPoint()
        if self._drag == "pan":
            self.set_axis(self.axis.panned(self._last.x() - point.x()))
        elif self._drag == "scrub":
            self.scrubbed.emit(self.axis.time(point.x() - HEADER_PX))
        elif self._drag == "boundary":
            ripple = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.boundary_moved.emit(self._grabbed, self.axis.time(point.x() - HEADER_PX), ripple)
        elif self.editable and self.boundary_at(point):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self.unsetCursor()
        self._last = point

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        drag, self._drag = self._drag, ""
        self.unsetCursor()
        if drag == "scrub":
            self.scrub_ended.emit()
        elif drag == "boundary":
            self.boundary_ended.emit(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play the phoneme under the pointer."""
        point = event.position().toPoint()
        track = self.content.phonemes
        if event.button() == Qt.MouseButton.LeftButton and track is not None and self.phoneme_rect.contains(point):
            i = track.index_at(self.axis.time(point.x() - HEADER_PX))
            self.span_activated.emit(track.bounds_s[i], track.bounds_s[i + 1])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; sideways or with Shift, pan."""
        delta = event.angleDelta()
        sideways = delta.x() if abs(delta.x()) > abs(delta.y()) else delta.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        if sideways:
            self.set_axis(self.axis.panned(-sideways / 120 * 0.1 * self._lane_width()))
        else:
            self.set_axis(self.axis.zoomed(_ZOOM_PER_NOTCH ** (delta.y() / 120), event.position().x() - HEADER_PX))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes a boundary back to where it was."""
        if event.key() == Qt.Key.Key_Escape and self._drag == "boundary":
            self._drag = ""
            self.boundary_ended.emit(False)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tooltips."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tooltip_at(event.pos()), self)
            return True
        return super().event(event)

    def tooltip_at(self, point: QPoint) -> str:
        """What is under a point, in words."""
        track = self.content.phonemes
        if point.x() < HEADER_PX or self.axis.duration_s <= 0:
            return ""
        time_s = self.axis.time(point.x() - HEADER_PX)
        if track is None or not self.phoneme_rect.contains(point):
            return format_time(time_s, self.content.rate, self.content.unit)
        i = track.index_at(time_s)
        start_s, end_s = track.bounds_s[i], track.bounds_s[i + 1]
        kind = viseme_of(track.labels[i])
        name = f"<b>{track.labels[i]}</b>, {_CLASS_WORDS[kind]} ({kind})" if track.labels[i] else "<b>pause</b>"
        word = next((w.text for w in self.content.words if w.start_s - 1e-6 <= start_s < w.end_s), "") if track.labels[i] else ""
        within = f", in “{word}”" if word else ""
        return f"{name}{within}<br>{start_s:.3f} to {end_s:.3f} s, {(end_s - start_s) * 1000:.0f} ms"
