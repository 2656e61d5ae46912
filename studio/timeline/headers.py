"""The left column: name, colour, triangle, and the buttons for mute, solo and lock of each track."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from engine.project.parts import TrackState
from studio import theme
from studio.timeline.clip_lanes import LayerLane, draw_stale
from studio.timeline.lane import Content, Lane, is_locked
from studio.timeline.stack import HEADER_PX, Place
from studio.timeline.titles import translate

_BUTTON_PX = 18.0
_EDGE_PX = 4  # how near to its lower edge the pointer takes hold of a track's height


def state_of(content: Content, lane: Lane) -> TrackState:
    """Mute, solo and lock of a lane's track."""
    if content.line is None:
        return TrackState()
    if isinstance(lane, LayerLane):
        layer = lane.layer(content)
        return TrackState() if layer is None else TrackState(layer.mute, layer.solo, layer.lock)
    return content.line.track_state(lane.track)


def part_at(place: Place, point: QPointF) -> str:
    """What of a header is under a point of the widget: `M`, `S`, `L`, `fold`, `edge` or `name`."""
    if place.lane.name != "ruler" and point.y() >= place.top + place.height - _EDGE_PX and not (place.lane.folded_px and place.folded):
        return "edge"
    for letter, box in button_boxes(place):
        if box.contains(point):
            return letter
    left = _fold_left(place.lane)
    if (place.lane.folded_px or place.lane.drops) and left - 4 <= point.x() <= left + 14:
        return "fold"
    return "name"


def button_boxes(place: Place) -> list[tuple[str, QRectF]]:
    """Where each button of a header is."""
    letters = place.lane.buttons
    size = min(_BUTTON_PX, place.height - 2.0)
    top = place.top + min((place.height - size) / 2, 6.0) - 0.5
    left = HEADER_PX - 6 - len(letters) * (_BUTTON_PX + 1)
    return [(letter, QRectF(round(left + i * (_BUTTON_PX + 1)), round(top), _BUTTON_PX, size)) for i, letter in enumerate(letters)]


def stamp(place: Place, content: Content, hovered: str) -> tuple[object, ...]:
    """What the picture of a header depends on beside size and theme."""
    lane = place.lane
    looks = (lane.colour(content), lane.track in content.tracks, is_stale(content, lane), place.folded)
    return (lane.title, lane.indent, state_of(content, lane), *looks, hovered)


def paint(painter: QPainter, place: Place, content: Content, hovered: str) -> None:
    """Draw one header at its height; `hovered` is the button under the pointer."""
    lane = place.lane
    box = QRectF(0, place.top, HEADER_PX, place.height)
    selected = lane.track in content.tracks
    painter.fillRect(box, QColor(theme.RAISED if selected else theme.PANEL))
    if selected:
        painter.fillRect(QRectF(HEADER_PX - 3, place.top, 2, place.height - 1), QColor(theme.ACCENT))
    if lane.name != "ruler":
        painter.fillRect(QRectF(12 * lane.indent, place.top, 4, place.height - 1), QColor(lane.colour(content)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if lane.folded_px or lane.drops:
        _triangle(painter, QPointF(_fold_left(lane) + 4, _middle(place)), place.folded, hovered == "fold")
    state = state_of(content, lane)
    boxes = [(letter, box) for letter, box in button_boxes(place) if not lane.indent or hovered or _on(state, letter)]  # names of channels are long
    right = boxes[0][1].left() if boxes else HEADER_PX - 4
    if is_stale(content, lane):
        right -= 13
        draw_stale(painter, QPointF(right + 5, _middle(place)))
    for letter, button in boxes:
        _button(painter, button, letter, _on(state, letter), hovered == letter)
    left = _fold_left(lane) + (14 if lane.folded_px or lane.drops else 2)
    painter.setPen(QColor(theme.FAINT if state.mute else theme.TEXT if selected else theme.DIM))
    metrics = QFontMetricsF(painter.font())
    title = metrics.elidedText(lane.title, Qt.TextElideMode.ElideRight, right - left - 2)
    painter.drawText(QRectF(left, _middle(place) - 10, right - left, 20), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QColor(theme.BORDER))
    painter.drawLine(QPointF(HEADER_PX - 0.5, box.top()), QPointF(HEADER_PX - 0.5, box.bottom()))
    painter.drawLine(QPointF(0, box.bottom() - 0.5), QPointF(HEADER_PX, box.bottom() - 0.5))


def tooltip(content: Content, place: Place, part: str) -> str:
    """What a part of a header does."""
    words = {
        "M": translate("Timeline", "Mute {}"), "S": translate("Timeline", "Solo {}"), "L": translate("Timeline", "Lock {}"),
        "fold": translate("Timeline", "Expand {}") if place.folded else translate("Timeline", "Collapse {}"),
        "edge": translate("Timeline", "Drag for the height of {}"),
    }  # fmt: skip
    if part in words:
        return words[part].format(place.lane.title)
    notes = [f"<b>{place.lane.title}</b>"]
    if is_stale(content, place.lane):
        notes.append(translate("Timeline", "older than its inputs"))
    if content.line is not None and is_locked(content.line, place.lane.track):
        notes.append(translate("Timeline", "locked"))
    return "<br>".join(notes)


def is_stale(content: Content, lane: Lane) -> bool:
    """True if something on a track is older than what it was made from."""
    if lane.name == "takes":
        return any(name.startswith("takes/") for name in content.stale)
    return lane.name in content.stale


def _on(state: TrackState, letter: str) -> bool:
    return {"M": state.mute, "S": state.solo, "L": state.lock}[letter]


def _fold_left(lane: Lane) -> float:
    return 8.0 + 12 * lane.indent


def _middle(place: Place) -> float:
    return place.top + min(place.height / 2 - 0.5, 15.0)


def _triangle(painter: QPainter, at: QPointF, folded: bool, hovered: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.TEXT if hovered else theme.FAINT))
    if folded:
        points = [QPointF(at.x() - 2.5, at.y() - 4), QPointF(at.x() + 3, at.y()), QPointF(at.x() - 2.5, at.y() + 4)]
    else:
        points = [QPointF(at.x() - 4, at.y() - 2.5), QPointF(at.x() + 4, at.y() - 2.5), QPointF(at.x(), at.y() + 3)]
    painter.drawPolygon(QPolygonF(points))


def _button(painter: QPainter, box: QRectF, letter: str, on: bool, hovered: bool) -> None:
    shade = {"M": theme.WARNING, "S": theme.GOOD, "L": theme.ACCENT}[letter]
    plate = box.adjusted(1, 1, -1, -1)
    if on or hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shade if on else theme.HOVER))
        painter.drawRoundedRect(plate, 3, 3)
    ink = QColor(theme.ON_MARK if on else theme.TEXT if hovered else theme.FAINT)
    if letter == "L":
        _padlock(painter, plate.center(), ink, on)
        return
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.86)
    font.setBold(True)
    before = painter.font()
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, letter)
    painter.setFont(before)


def _padlock(painter: QPainter, at: QPointF, ink: QColor, shut: bool) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(at.x() - 4, at.y() - 0.5, 8, 5.5), 1, 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.4))
    bow = QPainterPath(QPointF(at.x() - 2.5, at.y() - 0.5))
    bow.lineTo(QPointF(at.x() - 2.5, at.y() - 2.5))
    bow.arcTo(QRectF(at.x() - 2.5, at.y() - 5, 5, 5), 180, -180)
    if shut:
        bow.lineTo(QPointF(at.x() + 2.5, at.y() - 0.5))
    painter.drawPath(bow)
