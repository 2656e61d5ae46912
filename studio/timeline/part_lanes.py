"""Lanes of things with a moment: blinks and gaze targets, pins."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from engine.project.parts import Blink, Gaze, Pin
from studio import theme
from studio.timeline.axis import format_time
from studio.timeline.lane import GRAB_PX, Canvas, Content, Found, Hit, Lane
from studio.timeline.titles import translate

_REACH_PX = 7.0


class EventLane(Lane):
    """Blinks above, gaze targets below; those the performer makes are ghosts until somebody touches them."""

    buttons = "ML"
    usual_px = 42
    least_px = 34
    folded_px = 18

    def colour(self, content: Content) -> str:
        """Of what is edited."""
        return theme.VISEMES["SZ"]

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """Both kinds and what of them is selected."""
        chosen = (content.selected_ids("blinks"), content.selected_ids("gazes"))
        muted = content.line is not None and content.line.track_state("events").mute
        return (content.parts_of("blinks"), content.parts_of("gazes"), content.automatic("blinks"), content.automatic("gazes"), chosen, muted, folded)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """A lid for each blink, an arrow the way each gaze goes."""
        canvas.fill(theme.PANEL if folded else theme.FIELD)
        painter = canvas.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if content.line is not None and content.line.track_state("events").mute:
            painter.setOpacity(0.35)
        rows = self._rows(canvas.height, folded)
        self._paint_spans(canvas, content, rows["gazes"], folded)
        for kind, draw in (("blinks", _draw_lid), ("gazes", _draw_arrow)):
            chosen = content.selected_ids(kind)
            ghost = content.automatic(kind)
            for part in content.parts_of(kind):
                x = content.axis.x(part.time_s)
                if canvas.left - 12 <= x <= canvas.right + 12:
                    colour = QColor(theme.TEXT if part.id in chosen else theme.FAINT if ghost else self.colour(content))
                    draw(painter, QPointF(x, rows[kind]), part, colour, ghost)
        painter.setOpacity(1.0)

    def _rows(self, height: float, folded: bool) -> dict[str, float]:
        middle = (height - 1) / 2
        return {"blinks": middle, "gazes": middle} if folded else {"blinks": middle / 2 + 1, "gazes": middle * 1.5}

    def _paint_spans(self, canvas: Canvas, content: Content, row: float, folded: bool) -> None:
        """A thin line from where the eyes go somewhere to where they leave."""
        gazes = content.parts_of("gazes")
        if folded or not gazes:
            return
        colour = QColor(theme.BORDER if content.automatic("gazes") else theme.colour(self.colour(content), 0.5))
        canvas.painter.setPen(QPen(colour, 1.5))
        ends = [*(g.time_s for g in gazes[1:]), content.axis.duration_s]
        for gaze, end_s in zip(gazes, ends, strict=True):
            left, right = max(canvas.left, content.axis.x(gaze.time_s) + 8), min(canvas.right, content.axis.x(end_s) - 8)
            if right > left:
                canvas.painter.drawLine(QPointF(left, row), QPointF(right, row))

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """The event under a point; for the lane itself the kind that is added there."""
        rows = self._rows(height, folded)
        best, nearest = None, _REACH_PX + 1
        for kind in ("blinks", "gazes"):
            if not folded and abs(point.y() - rows[kind]) > height / 4 + 1:
                continue
            for part in content.parts_of(kind):
                distance = abs(content.axis.x(part.time_s) - point.x())
                if distance < nearest:
                    best, nearest = Hit(kind, part.id, time_s=part.time_s), distance
        if best is not None:
            return best
        return Hit("", "blinks" if point.y() < height / 2 else "gazes", time_s=content.axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """Events whose middle lies in the box."""
        rows = self._rows(height, folded)
        kinds = [k for k in rows if folded or box.top() - 4 <= rows[k] <= box.bottom() + 4]
        return Found(parts=frozenset((k, p.id) for k in kinds for p in content.parts_of(k) if box.left() <= content.axis.x(p.time_s) <= box.right()))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """What the event does, and who made it."""
        part = next((p for p in content.parts_of(hit.kind) if p.id == hit.id), None) if hit.kind in ("blinks", "gazes") else None
        if part is None:
            row = translate("Timeline", "Blinks") if hit.id == "blinks" else translate("Timeline", "Gaze targets")
            return f"<b>{row}</b><br>{format_time(hit.time_s, content.rate, content.unit)}"
        maker = "<br>" + translate("Timeline", "automatic: editing one keeps them all") if content.automatic(hit.kind) else ""
        when = format_time(part.time_s, content.rate, content.unit)
        if isinstance(part, Blink):
            return (
                translate("Timeline", "<b>Blink</b>, strength {0}, {1} ms<br>{2}").format(f"{part.strength:.2f}", f"{part.length_s * 1000:.0f}", when) + maker
            )
        return f"<b>{gaze_words(part)}</b><br>{when}{maker}"


def gaze_words(gaze: Gaze) -> str:
    """Where a gaze goes, in degrees."""
    yaw, pitch = math.degrees(gaze.yaw_rad), math.degrees(gaze.pitch_rad)
    if abs(yaw) < 0.5 and abs(pitch) < 0.5:
        return translate("Timeline", "Looks at the viewer")
    words = []
    if abs(yaw) >= 0.5:
        words.append((translate("Timeline", "{}° to the left") if yaw > 0 else translate("Timeline", "{}° to the right")).format(f"{abs(yaw):.0f}"))
    if abs(pitch) >= 0.5:
        words.append((translate("Timeline", "{}° down") if pitch > 0 else translate("Timeline", "{}° up")).format(f"{abs(pitch):.0f}"))
    return translate("Timeline", "Looks {}").format(", ".join(words))


def _draw_lid(painter: QPainter, at: QPointF, blink: Blink, colour: QColor, ghost: bool) -> None:
    """A shut eye: a lid and lashes; lower where the blink is weaker."""
    path = QPainterPath(QPointF(at.x() - 6, at.y() - 2))
    path.quadTo(QPointF(at.x(), at.y() - 2 + 9 * max(blink.strength, 0.2)), QPointF(at.x() + 6, at.y() - 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.2 if ghost else 2.0))
    painter.drawPath(path)
    painter.setPen(QPen(colour, 1.0 if ghost else 1.4))
    for dx, dy in ((-4, 3.2), (0, 5.2), (4, 3.2)):
        painter.drawLine(QPointF(at.x() + dx * 0.9, at.y() - 2 + dy * blink.strength), QPointF(at.x() + dx * 1.2, at.y() + dy * blink.strength))


def _draw_arrow(painter: QPainter, at: QPointF, gaze: Gaze, colour: QColor, ghost: bool) -> None:
    """An eye's disc; in it a pupil where the eyes look, as the viewer sees it."""
    painter.setPen(QPen(colour, 1.2 if ghost else 1.8))
    painter.setBrush(QColor(theme.FIELD))
    painter.drawEllipse(at, 6.0, 6.0)
    far = min(math.hypot(gaze.yaw_rad, gaze.pitch_rad) / 0.35, 1.0)
    angle = math.atan2(gaze.pitch_rad, gaze.yaw_rad)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(at.x() + 3.4 * far * math.cos(angle), at.y() + 3.4 * far * math.sin(angle)), 2.4, 2.4)


class PinLane(Lane):
    """Moments the motion passes through, each with its reach."""

    buttons = "ML"
    usual_px = 26

    def colour(self, content: Content) -> str:
        """Of the pins."""
        return theme.WARNING

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The pins and what of them is selected."""
        return (content.parts_of("pins"), content.selected_ids("pins"), content.line is not None and content.line.track_state("pins").mute)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """A drop at the moment, a bar as wide as its reach."""
        canvas.fill(theme.FIELD)
        painter, chosen = canvas.painter, content.selected_ids("pins")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if content.line is not None and content.line.track_state("pins").mute:
            painter.setOpacity(0.35)
        middle = (canvas.height - 1) / 2
        for pin in content.parts_of("pins"):
            x, reach = content.axis.x(pin.time_s), pin.reach_s * content.axis.px_per_s
            if x + reach < canvas.left - 12 or x - reach > canvas.right + 12:
                continue
            bar = QRectF(x - reach, middle - 4, 2 * reach, 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self.colour(content), 0.22))
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(QPen(QColor(theme.colour(self.colour(content), 0.8)), 1))
            for edge in (bar.left(), bar.right()):
                painter.drawLine(QPointF(edge, bar.top()), QPointF(edge, bar.bottom()))
            _draw_pin(painter, QPointF(x, middle), QColor(theme.TEXT if pin.id in chosen else self.colour(content)))
            if pin.name and reach > 40:
                painter.setPen(QColor(theme.TEXT))
                painter.drawText(QRectF(x + 8, 0, reach - 10, canvas.height - 1), Qt.AlignmentFlag.AlignVCenter, pin.name)
        painter.setOpacity(1.0)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """A pin, or an end of its reach."""
        axis = content.axis
        pins: tuple[Pin, ...] = content.parts_of("pins")
        for pin in reversed(pins):
            if abs(axis.x(pin.time_s) - point.x()) <= _REACH_PX:
                return Hit("pins", pin.id, time_s=pin.time_s)
        for pin in reversed(pins):
            for edge, at in (("start", pin.time_s - pin.reach_s), ("end", pin.time_s + pin.reach_s)):
                if abs(axis.x(at) - point.x()) <= GRAB_PX:
                    return Hit("pins", pin.id, edge, at)
        return Hit("", self.name, time_s=axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """Pins."""
        return Found(parts=frozenset(("pins", p.id) for p in content.parts_of("pins") if box.left() <= content.axis.x(p.time_s) <= box.right()))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """What is pinned."""
        pin = next((p for p in content.parts_of("pins") if p.id == hit.id), None) if hit.kind == "pins" else None
        if pin is None:
            return translate("Timeline", "<b>Pins</b>: double-click to pin the face as it is here")
        when = format_time(pin.time_s, content.rate, content.unit)
        return translate("Timeline", "<b>{0}</b>, {1} channels, reach {2} s<br>{3}").format(
            pin.name or translate("Timeline", "Pin"), len(pin.values), f"{pin.reach_s:.2f}", when)  # fmt: skip


def _draw_pin(painter: QPainter, at: QPointF, colour: QColor) -> None:
    painter.setPen(QPen(QColor(theme.FIELD), 1))
    painter.setBrush(colour)
    points = [QPointF(at.x() - 5, at.y() - 7), QPointF(at.x() + 5, at.y() - 7), QPointF(at.x() + 5, at.y() + 1), QPointF(at.x(), at.y() + 8)]
    painter.drawPolygon(QPolygonF([*points, QPointF(at.x() - 5, at.y() + 1)]))
