"""The ruler: times, the bracket from in to out, and markers as flags."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPolygonF

from studio import theme
from studio.timeline.axis import format_time, ticks
from studio.timeline.lane import GRAB_PX, Canvas, Content, Found, Hit, Lane
from studio.timeline.titles import translate

BAND_PX = 15  # the upper band, with the bracket and the flags
_FLAG_PX = 9.0


class RulerLane(Lane):
    """Times along the top; above them the range and the markers."""

    usual_px = 40
    least_px = 40
    scrolls = False  # the names of markers are laid out anew

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """Range, markers, unit."""
        line = content.line
        span = () if line is None else (line.in_s, line.out_s, line.trim_start_s, line.trim_end_s)
        return (content.rate, content.unit, span, content.parts_of("markers"), content.selected_ids("markers"))

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """Marks with labels, then what lies above them."""
        painter = canvas.painter
        canvas.fill(theme.PANEL)
        painter.fillRect(QRectF(canvas.left, 0, canvas.right - canvas.left, BAND_PX), QColor(theme.FIELD))
        painter.setFont(theme.numbers_font(painter.font(), 0.86))
        bottom = canvas.height - 1
        for tick in ticks(content.axis, content.rate, content.unit):
            x = round(tick.x) + 0.5
            painter.setPen(QColor(theme.FAINT if tick.label else theme.BORDER))
            painter.drawLine(QPointF(x, bottom - (9 if tick.label else 4)), QPointF(x, bottom))
            if tick.label:
                painter.setPen(QColor(theme.DIM))
                painter.drawText(QPointF(x + 4, bottom - 8), tick.label)
        self._paint_range(canvas, content)
        self._paint_markers(canvas, content)

    def _paint_range(self, canvas: Canvas, content: Content) -> None:
        span = range_of(content)
        if span is None:
            return
        painter, left, right = canvas.painter, content.axis.x(span[0]), content.axis.x(span[1])
        painter.fillRect(QRectF(left, 0, right - left, BAND_PX - 1), theme.colour(theme.ACCENT, 0.28))
        painter.fillRect(QRectF(left, BAND_PX - 3, right - left, 2), QColor(theme.ACCENT))
        for x, way in ((left, 1), (right, -1)):
            painter.fillRect(QRectF(x if way > 0 else x - 3, 0, 3, BAND_PX - 1), QColor(theme.ACCENT))
            painter.fillRect(QRectF(x if way > 0 else x - 7, 0, 7, 2), QColor(theme.ACCENT))

    def _paint_markers(self, canvas: Canvas, content: Content) -> None:
        painter = canvas.painter
        font = QFont(painter.font())
        font.setFamily(QFont().family())
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        chosen = content.selected_ids("markers")
        markers = content.parts_of("markers")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, marker in enumerate(markers):
            x = content.axis.x(marker.time_s)
            if not -200 <= x <= canvas.width:
                continue
            colour = QColor(marker.colour or theme.WARNING)
            flag = [QPointF(x - 1, 1), QPointF(x + _FLAG_PX, 1), QPointF(x + _FLAG_PX - 3, 5.5), QPointF(x + _FLAG_PX, 10), QPointF(x - 1, 10)]
            painter.setPen(QColor(theme.TEXT) if marker.id in chosen else Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF(flag))
            painter.fillRect(QRectF(x - 1, 1, 2, canvas.height - 1), colour)
            room = (content.axis.x(markers[i + 1].time_s) if i + 1 < len(markers) else canvas.width) - x - _FLAG_PX - 6
            text = metrics.elidedText(marker.name, Qt.TextElideMode.ElideRight, room)
            if len(text) > 1:
                painter.setPen(QColor(theme.TEXT))
                painter.drawText(QPointF(x + _FLAG_PX + 3, 10.5), text)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """A flag, an end of the bracket, the bracket; else the time."""
        axis, time_s = content.axis, content.axis.time(point.x())
        if point.y() < BAND_PX:
            for marker in reversed(content.parts_of("markers")):
                if -GRAB_PX <= point.x() - axis.x(marker.time_s) <= _FLAG_PX + 1:
                    return Hit("markers", marker.id, time_s=marker.time_s)
            span = range_of(content)
            if span is not None:
                for edge, at in zip(("in", "out"), span, strict=True):
                    if abs(point.x() - axis.x(at)) <= GRAB_PX + 2:
                        return Hit("range", edge=edge, time_s=at)
                if span[0] <= time_s <= span[1]:
                    return Hit("range", time_s=span[0])
        return Hit("scrub", time_s=time_s)

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """Markers."""
        return Found(parts=frozenset(("markers", m.id) for m in content.parts_of("markers") if box.left() <= content.axis.x(m.time_s) <= box.right()))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """A marker's name and time, or the range."""
        when = format_time(hit.time_s, content.rate, content.unit)
        if hit.kind == "markers" and content.line is not None and content.line.has_part("markers", hit.id):
            marker = next(m for m in content.line.markers if m.id == hit.id)
            return f"<b>{marker.name or translate('Timeline', 'Marker')}</b><br>{when}"
        if hit.kind == "range":
            words = {"in": translate("Timeline", "In point"), "out": translate("Timeline", "Out point")}.get(hit.edge, translate("Timeline", "In to out"))
            return f"<b>{words}</b><br>{when}"
        return ""


def range_of(content: Content) -> tuple[float, float] | None:
    """In and out of the line; None where neither is set."""
    line = content.line
    if line is None or (line.in_s is None and line.out_s is None):
        return None
    return line.in_s or 0.0, content.axis.duration_s if line.out_s is None else line.out_s
