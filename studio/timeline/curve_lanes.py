"""Lanes of curves: the intensity, the seven emotions, the channels of an edit layer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor

from engine.core.channels import REGIONS
from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.project.addresses import camera_field, is_camera
from engine.project.document import LineDoc, value_limits
from engine.project.parts import AMOUNT_TRACK, EMOTION_TRACK, INTENSITY_TRACK, LAYER_TRACK
from engine.project.stage import SHOT_LIMITS
from studio import theme
from studio.timeline.axis import format_time
from studio.timeline.curve_picture import KEY_PX, curve_pixels, draw_pixels, key_sprite, stamp_keys
from studio.timeline.lane import GRAB_PX, Canvas, Content, Found, Hit, Lane, is_silent
from studio.timeline.titles import TANGENTS, said, track_title, translate

_PAD_PX = 6.0  # above the largest and below the smallest value, so that a key there is whole
_PARTS_OF_RANGE = (0.05, 0.1, 0.25, 0.5, 1.0)
# Visemes' colours, by what they stand for here.
_SHADE_OF = {
    "angry": "PBM", "contempt": "OU", "disgusted": "DTNL", "fear": "AA", "happy": "TH", "sad": "CH", "surprised": "FV",
    "lips": "PBM", "brows": "TH", "eyes": "CH", "cheeks and nose": "EI", "head": "KG",
}  # fmt: skip


_SHADE_OF_CAMERA = {"yaw": "CH", "pitch": "TH", "roll": "PBM", "distance": "FV", "right": "EI", "up": "KG", "focal": "OU"}
_LEAST_SHOWN = 0.02  # of its limits: so much of a number of the camera a lane shows at least


def track_colour(track: str) -> str:
    """The colour of a curve, out of the theme."""
    if is_camera(track):
        return theme.VISEMES[_SHADE_OF_CAMERA[camera_field(track)]]
    name = track.split("/", 2)[2] if track.startswith(LAYER_TRACK) and track.count("/") >= 2 else track
    if name.startswith(EMOTION_TRACK):
        return theme.VISEMES[_SHADE_OF[name.removeprefix(EMOTION_TRACK)]]
    if name == INTENSITY_TRACK:
        return theme.VISEMES["R"]
    if name.startswith(AMOUNT_TRACK):
        return theme.VISEMES["SZ"]
    region = next((region for region, names in REGIONS.items() if name in names), "lips")
    return theme.VISEMES[_SHADE_OF[region]]


def value_range(line: LineDoc, track: str) -> tuple[float, float]:
    """The values a lane shows: the whole range of inputs, of a channel as much as its keys need."""
    low, high = value_limits(line, track)
    if not track.startswith(LAYER_TRACK):
        return low, high
    values = line.curve(track).values if line.curve(track).keys else np.zeros(1)
    part = next((p for p in _PARTS_OF_RANGE if values.min() >= low * p - 1e-9 and values.max() <= high * p + 1e-9), 1.0)
    return low * part, high * part


def camera_range(curve: Curve, name: str, rest: float) -> tuple[float, float]:
    """The values a lane of the camera shows: as much as its keys need, with some room."""
    low, high = SHOT_LIMITS[name]
    values = curve.values if curve.keys else np.array([rest])
    room = max(0.15 * float(np.ptp(values)), _LEAST_SHOWN * (high - low))
    return max(low, float(values.min()) - room), min(high, float(values.max()) + room)


class CurveLane(Lane):
    """One curve with its keys; collapsed, its keys alone."""

    buttons = "MSL"
    usual_px = 46
    least_px = 28
    folded_px = 18

    def __init__(self, track: str, title: str, indent: int = 0) -> None:
        super().__init__(track, title)
        self.indent = indent
        self.buttons = "" if is_camera(track) else "ML" if track == INTENSITY_TRACK else "MSL"

    def colour(self, content: Content) -> str:
        """The curve's."""
        return track_colour(self.name)

    def curve(self, content: Content) -> Curve:
        """What is drawn; empty where its layer is gone."""
        return content.curve(self.name)

    def range(self, content: Content) -> tuple[float, float]:
        """Values at the lane's bottom and top."""
        if self.name in content.ranges:
            return content.ranges[self.name]
        if is_camera(self.name):
            return camera_range(self.curve(content), camera_field(self.name), self.rest(content))
        if content.line is None or (self.name.startswith(LAYER_TRACK) and not content.line.has_part("layers", self.name.split("/")[1])):
            return 0.0, 1.0
        return value_range(content.line, self.name)

    def rest(self, content: Content) -> float:
        """What the track is worth without keys."""
        if is_camera(self.name):
            return float(getattr(content.shot, camera_field(self.name)))
        return 1.0 if self.name == INTENSITY_TRACK else 0.0

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The curve, its range and what of it is selected."""
        silent = content.line is not None and is_silent(content.line, self.name)
        return (self.curve(content), self.range(content), content.keys.get(self.name, frozenset()), silent, folded)

    def y(self, value: float, content: Content, height: float) -> float:
        """The row of a value."""
        low, high = self.range(content)
        return _PAD_PX + (high - value) / (high - low) * (height - 1 - 2 * _PAD_PX)

    def value(self, y: float, content: Content, height: float) -> float:
        """The value of a row."""
        low, high = self.range(content)
        return min(max(high - (y - _PAD_PX) / max(1.0, height - 1 - 2 * _PAD_PX) * (high - low), low), high)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """The curve over its range, its keys as diamonds."""
        canvas.fill(theme.PANEL if folded else theme.FIELD)
        line, curve = content.line, self.curve(content)
        if line is None or content.axis.duration_s <= 0:
            return
        low, high = self.range(content)
        rest = min(max(self.rest(content), low), high)
        if not folded:
            canvas.painter.setPen(QColor(theme.BORDER))
            row = round(self.y(rest, content, canvas.height)) + 0.5
            canvas.painter.drawLine(QPointF(canvas.left, row), QPointF(canvas.right, row))
        if not curve.keys:
            return
        shown = QColor(theme.FAINT if is_silent(line, self.name) else self.colour(content))
        ratio = canvas.ratio
        width, rows = round((canvas.right - canvas.left) * ratio), round((canvas.height - 1) * ratio)
        edges = content.axis.start_s + (canvas.left + np.arange(width + 1) / ratio) / content.axis.px_per_s
        scale = (canvas.height - 1 - 2 * _PAD_PX) / (high - low)
        if folded:
            pixels = np.zeros((rows, width), np.uint32)
        else:
            y = (_PAD_PX + (high - curve.evaluate(edges)) * scale) * ratio
            pixels = curve_pixels(y, (_PAD_PX + (high - rest) * scale) * ratio, rows, shown, ratio)
        near = (KEY_PX + 2) / content.axis.px_per_s
        found = curve.indices_between(float(edges[0]) - near, float(edges[-1]) + near)
        times, values = curve.times_s[found.start : found.stop], curve.values[found.start : found.stop]
        x = (times - edges[0]) * content.axis.px_per_s * ratio
        at = np.full(len(x), rows / 2) if folded else (_PAD_PX + (high - values) * scale) * ratio
        stamp_keys(pixels, x, at, key_sprite(shown.name(), theme.FIELD, ratio))
        chosen = content.keys.get(self.name)
        if chosen:
            picked = np.isin(times, np.fromiter(chosen, np.float64, len(chosen)))
            stamp_keys(pixels, x[picked], at[picked], key_sprite(theme.TEXT, theme.ACCENT, ratio, KEY_PX + 0.8))
        draw_pixels(canvas.painter, pixels, canvas.left, 0, ratio)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """The key under a point."""
        axis, curve = content.axis, self.curve(content)
        time_s = axis.start_s + point.x() / axis.px_per_s
        reach = (KEY_PX + 2) / axis.px_per_s
        best, nearest = None, (KEY_PX + 2.5) ** 2
        for i in curve.indices_between(time_s - reach, time_s + reach):
            key = curve.keys[i]
            y = (height - 1) / 2 if folded else self.y(key.value, content, height)
            distance = (axis.x(key.time_s) - point.x()) ** 2 + (0.0 if folded else (y - point.y()) ** 2)
            if distance <= nearest:
                best, nearest = key, distance
        if best is not None:
            return Hit("key", self.name, time_s=best.time_s)
        return Hit("", self.name, time_s=axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """Keys whose middle lies in the box."""
        curve, axis = self.curve(content), content.axis
        start_s, end_s = (axis.start_s + x / axis.px_per_s for x in (box.left(), box.right()))
        keys = [curve.keys[i] for i in curve.indices_between(start_s, end_s)]
        if not folded:
            keys = [k for k in keys if box.top() - GRAB_PX <= self.y(k.value, content, height) <= box.bottom() + GRAB_PX]
        return Found(keys=frozenset((self.name, k.time_s) for k in keys))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """A key's time and value; else the curve's value."""
        curve = self.curve(content)
        when = format_time(hit.time_s, content.rate, content.unit)
        if not curve.keys:
            rest = f"{self.rest(content):g}"
            return translate("Timeline", "<b>{0}</b><br>{1}, no keys: {2} throughout").format(self.title, when, rest)
        value = float(curve.evaluate(hit.time_s))
        if hit.kind == "key":
            i = curve.index_near(hit.time_s)
            tangent = said(TANGENTS, curve.keys[i].tangent) if i >= 0 else ""
            return f"<b>{self.title} {value:.3f}</b><br>{when}, {tangent}"
        return f"<b>{self.title}</b> {value:.3f}<br>{when}"


def emotion_lanes() -> list[CurveLane]:
    """The intensity and the seven."""
    tracks = (INTENSITY_TRACK, *(EMOTION_TRACK + name for name in EMOTIONS))
    return [CurveLane(track, track_title(track)) for track in tracks]
