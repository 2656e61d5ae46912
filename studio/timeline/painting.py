"""Paints the timeline: each lane into a picture that is kept until what it shows changes, the playhead and the rest over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from studio import theme
from studio.timeline import headers
from studio.timeline.axis import TimeAxis
from studio.timeline.lane import Canvas, Content, Hit, Lane, same
from studio.timeline.overlay import Overlay
from studio.timeline.ruler import BAND_PX, range_of
from studio.timeline.stack import HEADER_PX, Place, Stack

_OVERLAP_PX = 14  # of the strip painted anew when a picture is shifted: as wide as what reaches over its time


@dataclass
class Picture:
    """A lane as it was painted."""

    pixmap: QPixmap
    stamp: tuple[object, ...]
    axis: TimeAxis
    look: tuple[object, ...]


class Painting:
    """Keeps the lanes' pictures.

    Args:
        stack: where the lanes are.
        on_painted: called with a lane's name whenever its picture is painted, whole or in part.
    """

    def __init__(self, stack: Stack, on_painted: Callable[[str], None] = lambda _: None) -> None:
        self._stack = stack
        self._pictures: dict[str, Picture] = {}
        self._headers: dict[str, tuple[tuple[object, ...], QPixmap]] = {}
        self.on_painted = on_painted

    def forget(self) -> None:
        """Paint everything anew: another theme or font."""
        self._pictures.clear()
        self._headers.clear()

    def prune(self) -> None:
        """Let go of the pictures of lanes that are gone or out of sight."""
        shown = {p.lane.name for p in self._stack.visible}
        for name in [n for n in self._pictures if n not in shown]:
            del self._pictures[name]
        for name in [n for n in self._headers if n not in shown]:
            del self._headers[name]

    def outdated(self, content: Content) -> list[Place]:
        """Lanes in sight whose contents are not what was painted."""
        out = []
        for place in self._stack.visible:
            kept = self._pictures.get(place.lane.name)
            if kept is None or kept.axis != content.axis or not same(kept.stamp, place.lane.stamp(content, place.folded)):
                out.append(place)
        return out

    def picture(self, place: Place, content: Content, font: QFont, ratio: float) -> QPixmap:
        """A lane's picture, painted where it has to be."""
        lane, width = place.lane, self._stack.size[0] - HEADER_PX
        look = (width, place.height, ratio, theme.PANEL, font.key())
        stamp = lane.stamp(content, place.folded)
        kept = self._pictures.get(lane.name)
        fresh = kept is not None and kept.look == look and same(kept.stamp, stamp)
        if fresh and kept is not None and kept.axis == content.axis:
            return kept.pixmap
        self.on_painted(lane.name)
        shift = self._shift(kept.axis, content.axis, ratio, width) if fresh and kept is not None and lane.scrolls else None
        if shift is not None and kept is not None:
            left, right = self._scrolled(kept.pixmap, shift, width, ratio)
            self._paint(kept.pixmap, place, content, (left, right), (font, ratio))
            kept.axis = content.axis
            return kept.pixmap
        size = (round(width * ratio), round(place.height * ratio))
        reusable = kept is not None and (kept.pixmap.width(), kept.pixmap.height()) == size and kept.look == look
        pixmap = kept.pixmap if reusable and kept is not None else QPixmap(max(1, size[0]), max(1, size[1]))
        pixmap.setDevicePixelRatio(ratio)
        self._paint(pixmap, place, content, (0.0, float(width)), (font, ratio))
        self._pictures[lane.name] = Picture(pixmap, stamp, content.axis, look)
        return pixmap

    def _header(self, place: Place, content: Content, hovered: str, look: tuple[QFont, float]) -> QPixmap:
        """A header's picture, painted where it has to be."""
        font, ratio = look
        stamp = (*headers.stamp(place, content, hovered), place.height, ratio, theme.PANEL, font.key())
        kept = self._headers.get(place.lane.name)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        pixmap = QPixmap(round(HEADER_PX * ratio), max(1, round(place.height * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(pixmap)
        painter.setFont(font)
        headers.paint(painter, replace(place, top=0), content, hovered)
        painter.end()
        self._headers[place.lane.name] = (stamp, pixmap)
        return pixmap

    def _shift(self, old: TimeAxis, new: TimeAxis, ratio: float, width: int) -> int | None:
        """Device pixels by which the old picture lies too far to the right; None where it does not serve."""
        if (old.px_per_s, old.duration_s, old.width_px) != (new.px_per_s, new.duration_s, new.width_px):
            return None
        pixels = (new.start_s - old.start_s) * new.px_per_s * ratio
        if abs(pixels - round(pixels)) > 0.02 or abs(pixels) > 0.8 * width * ratio:
            return None
        return round(pixels)

    def _scrolled(self, pixmap: QPixmap, shift: int, width: int, ratio: float) -> tuple[float, float]:
        """Shift a picture; what has to be painted then, pixels."""
        pixmap.scroll(-shift, 0, pixmap.rect())
        strip = abs(shift) / ratio + _OVERLAP_PX
        return (max(0.0, width - strip), float(width)) if shift > 0 else (0.0, min(float(width), strip))

    def _paint(self, pixmap: QPixmap, place: Place, content: Content, part: tuple[float, float], look: tuple[QFont, float]) -> None:
        font, ratio = look
        left, right = int(part[0]), int(-(-part[1] // 1))  # whole pixels
        painter = QPainter(pixmap)
        painter.setFont(font)
        painter.setClipRect(QRect(left, 0, right - left, place.height))
        place.lane.paint(Canvas(painter, pixmap.width() / ratio, place.height, left, right, ratio), content, place.folded)
        painter.end()

    # The whole widget.

    def paint(self, painter: QPainter, area: QRect, content: Content, overlay: Overlay) -> None:
        """Everything within an area of the widget."""
        ratio = painter.device().devicePixelRatio()
        font = painter.font()
        ruler = self._stack.places[0]
        for place in [*self._stack.visible[1:], ruler]:
            top = place.top if place is ruler else max(place.top, ruler.height)
            rect = QRect(0, top, self._stack.size[0], place.top + place.height - top)
            if not rect.intersects(area):
                continue
            painter.save()
            painter.setClipRect(rect.intersected(area))
            if area.right() >= HEADER_PX:
                painter.drawPixmap(QPointF(HEADER_PX, place.top), self.picture(place, content, font, ratio))
            if area.left() < HEADER_PX:
                hovered = overlay.header[1] if overlay.header[0] == place.lane.name else ""
                painter.drawPixmap(QPointF(0, place.top), self._header(place, content, hovered, (font, ratio)))
            painter.restore()
        self._paint_rest(painter, area)
        painter.setClipRect(QRect(HEADER_PX, 0, self._stack.size[0] - HEADER_PX, self._stack.size[1]))
        self._paint_over(painter, content, overlay)

    def _paint_rest(self, painter: QPainter, area: QRect) -> None:
        last = self._stack.places[-1]
        bottom = last.top + last.height
        if bottom < self._stack.size[1]:
            rest = QRect(0, bottom, self._stack.size[0], self._stack.size[1] - bottom)
            painter.fillRect(rest.intersected(area), QColor(theme.WINDOW))

    def _paint_over(self, painter: QPainter, content: Content, overlay: Overlay) -> None:
        axis, (width, height) = content.axis, self._stack.size
        ruler = self._stack.places[0].height
        if axis.duration_s <= 0:
            return
        span = range_of(content)
        if span is not None:
            veil = theme.colour(theme.WINDOW, 0.45)
            left, right = HEADER_PX + axis.x(span[0]), HEADER_PX + axis.x(span[1])
            painter.fillRect(QRectF(HEADER_PX, ruler, max(0.0, left - HEADER_PX), height), veil)
            painter.fillRect(QRectF(right, ruler, max(0.0, width - right), height), veil)
        for marker in content.parts_of("markers"):
            x = HEADER_PX + axis.x(marker.time_s)
            if HEADER_PX <= x <= width:
                painter.fillRect(QRectF(round(x) - 0.5, ruler, 1, height), theme.colour(marker.colour or theme.WARNING, 0.5))
        self._paint_hover(painter, content, overlay)
        if overlay.snap_s is not None:
            painter.setPen(QPen(QColor(theme.GOOD), 1, Qt.PenStyle.DashLine))
            x = round(HEADER_PX + axis.x(overlay.snap_s)) + 0.5
            painter.drawLine(QPointF(x, BAND_PX), QPointF(x, height))
        if overlay.box is not None:
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            painter.fillRect(overlay.box, theme.colour(theme.ACCENT, 0.15))
            painter.drawRect(overlay.box)
        self._paint_playhead(painter, HEADER_PX + round(axis.x(overlay.position_s)))
        if overlay.note is not None:
            _paint_note(painter, *overlay.note, width)

    def _paint_hover(self, painter: QPainter, content: Content, overlay: Overlay) -> None:
        """A ring around the key under the pointer, a bright edge at a boundary."""
        if overlay.hovered is None:
            return
        name, hit = overlay.hovered
        place = self._stack.place(name)
        if place is None:
            return
        x = HEADER_PX + content.axis.x(hit.time_s)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if hit.kind in ("boundary", "range") or hit.edge:
            painter.fillRect(QRectF(x - 1, place.top + 1, 2, (BAND_PX if hit.kind == "range" else place.height) - 2), QColor(theme.TEXT))
        elif hit.kind == "key":
            painter.setPen(QPen(QColor(theme.TEXT), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, place.top + key_row(place.lane, content, hit, place)), 7.5, 7.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_playhead(self, painter: QPainter, x: int) -> None:
        if not HEADER_PX <= x <= self._stack.size[0]:
            return
        painter.setPen(QColor(theme.PLAYHEAD))
        top = self._stack.places[0].height - 17
        painter.drawLine(QPointF(x + 0.5, top + 6), QPointF(x + 0.5, self._stack.size[1]))
        painter.setBrush(QColor(theme.PLAYHEAD))
        points = [(x - 5, top), (x + 6, top), (x + 6, top + 6), (x + 0.5, top + 11), (x - 5, top + 6)]
        painter.drawPolygon(QPolygonF([QPointF(*p) for p in points]))


def key_row(lane: Lane, content: Content, hit: Hit, place: Place) -> float:
    """Where a key lies in its lane, pixels from its top."""
    from studio.timeline.curve_lanes import CurveLane

    if not isinstance(lane, CurveLane) or place.folded:
        return (place.height - 1) / 2
    curve = lane.curve(content)
    i = curve.index_near(hit.time_s)
    return lane.y(curve.keys[i].value, content, place.height) if i >= 0 else place.height / 2


def _paint_note(painter: QPainter, text: str, at: QPointF, width: int) -> None:
    """Words on a plate beside the pointer."""
    metrics = painter.fontMetrics()
    size = metrics.size(0, text)
    left = min(at.x() + 14, width - size.width() - 14)
    plate = QRectF(left, max(2.0, at.y() - size.height() - 14), size.width() + 12, size.height() + 6)
    painter.setPen(QColor(theme.BORDER))
    painter.setBrush(QColor(theme.RAISED))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(QColor(theme.TEXT))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
