"""Lanes of things with a start and an end: instructions, take clips, edit layers."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from engine.core.errors import InvalidInput
from engine.project.parts import LAYER_TRACK, Instruction, Layer, Take, TakeClip
from engine.systems.instruction import read
from studio import theme
from studio.timeline.axis import TimeAxis, format_time
from studio.timeline.curve_picture import draw_pixels, key_sprite, stamp_keys
from studio.timeline.lane import GRAB_PX, Canvas, Content, Found, Hit, Lane, is_silent
from studio.timeline.titles import translate

_ROW_PX = 16  # for each further row of clips
_TAKE_SHADES = ("KG", "CH", "AA", "FV", "SZ", "TH", "R", "EI")


def layer_colour(content: Content, layer_id: str) -> str:
    """A layer's colour, by its place."""
    ids = [layer.id for layer in content.parts_of("layers")]
    shades = tuple(theme.VISEMES[name] for name in ("CH", "KG", "EI", "TH", "R", "SZ", "FV", "AA"))
    return shades[ids.index(layer_id) % len(shades)] if layer_id in ids else theme.FAINT


class ClipLane(Lane):
    """Clips in rows, so that those which overlap are all seen."""

    kind = ""
    buttons = "ML"
    usual_px = 28
    least_px = 22
    scrolls = False  # text stays in view where its clip reaches beyond it

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The clips and what of them is selected."""
        muted = content.line is not None and content.line.track_state(self.name).mute
        return (content.parts_of(self.kind), content.selected_ids(self.kind), muted)

    def wanted_px(self, content: Content) -> int:
        """Higher where clips overlap."""
        return self.usual_px + _ROW_PX * max(_rows(content.parts_of(self.kind)).values(), default=0)

    def boxes(self, content: Content, height: float) -> list[tuple[Any, QRectF]]:
        """Each clip with where it lies."""
        rows = _rows(content.parts_of(self.kind))
        count = max(rows.values(), default=0) + 1
        step = (height - 3) / count
        out = []
        for clip in content.parts_of(self.kind):
            left, right = content.axis.x(clip.start_s), content.axis.x(clip.end_s)
            out.append((clip, QRectF(left, 1 + rows[clip.id] * step, max(right - left, 2.0), step - 1)))
        return out

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """Every clip in view."""
        canvas.fill(theme.FIELD)
        painter = canvas.painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if content.line is not None and content.line.track_state(self.name).mute:
            painter.setOpacity(0.35)
        chosen = content.selected_ids(self.kind)
        for clip, box in self.boxes(content, canvas.height):
            if box.right() >= 0 and box.left() <= canvas.width:
                self.paint_clip(canvas, content, clip, box, clip.id in chosen)
        painter.setOpacity(1.0)

    def paint_clip(self, canvas: Canvas, content: Content, clip: Any, box: QRectF, chosen: bool) -> None:
        """One clip."""
        raise NotImplementedError

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """A clip or its edge."""
        for clip, box in reversed(self.boxes(content, height)):
            found = _clip_hit(self.kind, clip.id, box, point, (clip.start_s, clip.end_s))
            if found is not None:
                return found
        return Hit("", self.name, time_s=content.axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """Clips that the box touches."""
        return Found(parts=frozenset((self.kind, clip.id) for clip, where in self.boxes(content, height) if where.intersects(box)))


class InstructionLane(ClipLane):
    """How to play a stretch, in words."""

    kind = "instructions"

    def colour(self, content: Content) -> str:
        """Of the clips."""
        return theme.VISEMES["R"]

    def paint_clip(self, canvas: Canvas, content: Content, clip: Instruction, box: QRectF, chosen: bool) -> None:
        """The words; the bar below is as long as the instruction is strong."""
        colour = self.colour(content)
        _plate(canvas, box, theme.colour(colour, 0.32), colour, chosen)
        room = box
        if unknown_words(clip.text):
            room = _badge(canvas.painter, box.intersected(QRectF(0, 0, canvas.width, canvas.height)).adjusted(0, 0, -4, -3), "?", theme.WARNING)
        bar = QRectF(box.left() + 1, box.bottom() - 3, (box.width() - 2) * min(clip.strength / 1.5, 1.0), 2)
        canvas.painter.fillRect(bar, QColor(colour))
        _text(canvas, room.adjusted(6, 0, -4, -2), clip.text)

    def tooltip(self, content: Content, hit: Hit) -> str:
        """The words whole."""
        clip = next((c for c in content.parts_of(self.kind) if c.id == hit.id), None) if hit.kind == self.kind else None
        if clip is None:
            return translate("Timeline", "<b>Instructions</b>: double-click and say how to play this stretch")
        span = f"{format_time(clip.start_s, content.rate, content.unit)} – {format_time(clip.end_s, content.rate, content.unit)}"
        unknown = unknown_words(clip.text)
        notes = "<br>" + translate("Timeline", "not understood: {}").format(", ".join(unknown)) if unknown else ""
        return f"<b>{clip.text}</b><br>{span}<br>" + translate("Timeline", "strength {}").format(f"{clip.strength:.2f}") + notes


@lru_cache(maxsize=512)
def unknown_words(text: str) -> tuple[str, ...]:
    """Words of an instruction that nobody understood; of a text that cannot be read at all, the text."""
    try:
        return read(text, 0.0, 1.0).unknown
    except InvalidInput:
        return (text,)


class TakeLane(ClipLane):
    """Which take plays when, and for which part of the face."""

    kind = "take_clips"
    usual_px = 28

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The takes too, and which of them are older than their inputs."""
        return (*super().stamp(content, folded), content.parts_of("takes"), content.stale)

    def paint_clip(self, canvas: Canvas, content: Content, clip: TakeClip, box: QRectF, chosen: bool) -> None:
        """The take's name, its regions as a badge, its fades as slopes, a mark where it is stale."""
        take = take_of(content, clip)
        colour = take_colour(content, clip)
        painter = canvas.painter
        _plate(canvas, box, theme.colour(colour, 0.4), colour, chosen)
        fade = min(clip.fade_s * content.axis.px_per_s, box.width() / 2)
        if fade > 3:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.FIELD, 0.6))
            for x, way in ((box.left(), 1), (box.right(), -1)):
                path = QPainterPath(QPointF(x, box.bottom()))
                path.lineTo(QPointF(x, box.top()))
                path.lineTo(QPointF(x + way * fade, box.top()))
                painter.drawPath(path)
        inner = box.intersected(QRectF(0, 0, canvas.width, canvas.height)).adjusted(6, 0, -4, 0)
        if take is not None and f"takes/{take.id}" in content.stale:
            draw_stale(painter, QPointF(inner.left() + 4, inner.center().y()))
            inner.adjust(13, 0, 0, 0)
        badge = ", ".join(clip.regions)
        if badge:
            inner = _badge(painter, inner, badge)
        _text(canvas, inner, take.name if take is not None else translate("Timeline", "Live"))

    def colour(self, content: Content) -> str:
        """Of the lane."""
        return theme.VISEMES["KG"]

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """A clip, its edge, or the upper corner that holds its fade."""
        for clip, box in reversed(self.boxes(content, height)):
            fade = min(clip.fade_s * content.axis.px_per_s, box.width() / 2)
            if point.y() < box.top() + 8 and box.top() <= point.y() and box.width() > 30 and fade > GRAB_PX:
                for x in (box.left() + fade, box.right() - fade):
                    if abs(point.x() - x) <= GRAB_PX:
                        return Hit(self.kind, clip.id, "fade_in" if x < box.center().x() else "fade_out", clip.start_s)
        return super().hit(content, point, height, folded)

    def tooltip(self, content: Content, hit: Hit) -> str:
        """The take and where it plays."""
        clip = next((c for c in content.parts_of(self.kind) if c.id == hit.id), None) if hit.kind == self.kind else None
        if clip is None:
            return translate("Timeline", "<b>Takes</b>: right-click to place one")
        take = take_of(content, clip)
        span = f"{format_time(clip.start_s, content.rate, content.unit)} – {format_time(clip.end_s, content.rate, content.unit)}"
        where = ", ".join(clip.regions) or translate("Timeline", "whole face")
        name = take.name if take is not None else translate("Timeline", "Live performance")
        old = "<br>" + translate("Timeline", "older than its inputs") if take is not None and f"takes/{take.id}" in content.stale else ""
        return f"<b>{name}</b>, {where}<br>{span}{old}"


def take_of(content: Content, clip: TakeClip) -> Take | None:
    """The take that a clip plays; None for the live performance."""
    return next((t for t in content.parts_of("takes") if t.id == clip.take_id), None)


def take_colour(content: Content, clip: TakeClip) -> str:
    """The take's own colour, or one by its place."""
    take = take_of(content, clip)
    if take is None:
        return theme.FAINT
    ids = [t.id for t in content.parts_of("takes")]
    return take.colour or theme.VISEMES[_TAKE_SHADES[ids.index(take.id) % len(_TAKE_SHADES)]]


class LayerLane(Lane):
    """One edit layer: where it acts, and when it has keys."""

    buttons = "MSL"
    usual_px = 26
    least_px = 22
    scrolls = False
    drops = True

    def __init__(self, layer_id: str, title: str) -> None:
        super().__init__(LAYER_TRACK + layer_id, title)
        self.layer_id = layer_id

    def layer(self, content: Content) -> Layer | None:
        """The layer; None where it is gone."""
        return next((layer for layer in content.parts_of("layers") if layer.id == self.layer_id), None)

    def colour(self, content: Content) -> str:
        """By its place."""
        return layer_colour(content, self.layer_id)

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The layer itself and what of it is selected."""
        chosen = tuple((track, times) for track, times in content.keys.items() if track.startswith(self.name + "/"))
        silent = content.line is None or is_silent(content.line, self.name)
        return (self.layer(content), ("layers", self.layer_id) in content.parts, chosen, content.axis.duration_s, self.colour(content), silent)

    def _box(self, axis: TimeAxis, layer: Layer, height: float) -> QRectF:
        end_s = axis.duration_s if layer.end_s is None else layer.end_s
        return QRectF(axis.x(layer.start_s), 2, max(2.0, (end_s - layer.start_s) * axis.px_per_s), height - 5)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """A bar with the layer's mode, weight and keys."""
        canvas.fill(theme.PANEL)
        layer = self.layer(content)
        if layer is None or content.axis.duration_s <= 0:
            return
        painter, colour = canvas.painter, self.colour(content)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box(content.axis, layer, canvas.height)
        painter.setOpacity(0.4 if content.line is None or is_silent(content.line, self.name) else 1.0)
        _plate(canvas, box, theme.colour(colour, 0.08 + 0.14 * layer.weight), colour, ("layers", layer.id) in content.parts)
        mode = translate("Timeline", "override") if layer.mode == "override" else translate("Timeline", "additive")
        text = mode if layer.weight == 1.0 else f"{mode} {layer.weight * 100:.0f} %"
        if layer.source:
            text = f"{text} · {layer.source.split(':', 1)[0]}"
        times = key_times(layer)
        x = (content.axis.x(0.0) + times * content.axis.px_per_s) * canvas.ratio
        _paint_mode(canvas, box, text, x / canvas.ratio)
        pixels = np.zeros((round((canvas.height - 1) * canvas.ratio), round(canvas.width * canvas.ratio)), np.uint32)
        stamp_keys(pixels, x, np.full(len(x), len(pixels) / 2), key_sprite(colour, theme.FIELD, canvas.ratio, 3.5))
        chosen = {t for track, ts in content.keys.items() if track.startswith(self.name + "/") for t in ts}
        if chosen:
            picked = np.isin(times, np.fromiter(chosen, np.float64, len(chosen)))
            stamp_keys(pixels, x[picked], np.full(int(picked.sum()), len(pixels) / 2), key_sprite(theme.TEXT, theme.ACCENT, canvas.ratio, 4.3))
        draw_pixels(painter, pixels, 0, 0, canvas.ratio)
        painter.setOpacity(1.0)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """A moment with keys, an edge of the bar, or the bar."""
        layer = self.layer(content)
        if layer is None:
            return Hit("", self.name)
        times = key_times(layer)
        if len(times):
            at = times[int(np.argmin(np.abs(times - (content.axis.start_s + point.x() / content.axis.px_per_s))))]
            if abs(content.axis.x(float(at)) - point.x()) <= 4.5 and abs(point.y() - height / 2) <= 6:
                return Hit("moment", self.layer_id, time_s=float(at))
        end_s = content.axis.duration_s if layer.end_s is None else layer.end_s
        found = _clip_hit("layers", layer.id, self._box(content.axis, layer, height), point, (layer.start_s, end_s))
        return found if found is not None else Hit("", self.name, time_s=content.axis.time(point.x()))

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """All keys of the layer at moments in the box."""
        layer = self.layer(content)
        if layer is None or not box.top() <= height / 2 <= box.bottom():
            return Found()
        start_s, end_s = (content.axis.start_s + x / content.axis.px_per_s for x in (box.left(), box.right()))
        return Found(frozenset((f"{self.name}/{n}", c.keys[i].time_s) for n, c in layer.curves.items() for i in c.indices_between(start_s, end_s)))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """The layer's settings."""
        layer = self.layer(content)
        if layer is None:
            return ""
        when = format_time(hit.time_s, content.rate, content.unit)
        if hit.kind == "moment":
            names = [n for n, c in layer.curves.items() if c.index_near(hit.time_s) >= 0]
            return f"<b>{layer.name}</b>: {', '.join(names[:6])}{' …' if len(names) > 6 else ''}<br>{when}"
        return translate("Timeline", "<b>{0}</b>, {1}, weight {2} %, {3} curves<br>{4}").format(
            layer.name, layer.mode, f"{layer.weight * 100:.0f}", len(layer.curves), when)  # fmt: skip


def _paint_mode(canvas: Canvas, box: QRectF, text: str, keys: np.ndarray) -> None:
    """What a layer does, at the right or the left end of its bar in view, where no key (x, pixels) is in the way."""
    seen = box.intersected(QRectF(0, 0, canvas.width, canvas.height)).adjusted(8, 0, -8, 0)
    width = QFontMetricsF(canvas.painter.font()).horizontalAdvance(text) + 2
    for left in (seen.right() - width, seen.left()):
        if width < seen.width() and not np.any((keys > left - 8) & (keys < left + width + 8)):
            canvas.painter.setPen(QColor(theme.DIM))
            canvas.painter.drawText(QRectF(left, seen.top(), width, seen.height()), Qt.AlignmentFlag.AlignVCenter, text)
            return


def key_times(layer: Layer) -> np.ndarray:
    """Moments at which any curve of a layer has a key, float64, in order."""
    return np.unique(np.concatenate([c.times_s for c in layer.curves.values()])) if layer.curves else np.zeros(0)


def draw_stale(painter: QPainter, at: QPointF) -> None:
    """The mark of a result that is older than its inputs: an amber dot with a gap."""
    painter.setPen(QPen(QColor(theme.WARNING), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(at.x() - 4, at.y() - 4, 8, 8), 40 * 16, 280 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.WARNING))
    painter.drawEllipse(at, 1.6, 1.6)


def _rows(clips: tuple[Any, ...]) -> dict[str, int]:
    """A row for each clip, by id, so that none in a row overlap."""
    ends: list[float] = []
    out: dict[str, int] = {}
    for clip in sorted(clips, key=lambda c: c.start_s):
        row = next((i for i, end in enumerate(ends) if end <= clip.start_s + 1e-9), len(ends))
        if row == len(ends):
            ends.append(-math.inf)
        ends[row] = clip.end_s
        out[clip.id] = row
    return out


def _clip_hit(kind: str, part_id: str, box: QRectF, point: QPointF, span: tuple[float, float]) -> Hit | None:
    if not box.top() - 1 <= point.y() <= box.bottom() + 1:
        return None
    reach = min(GRAB_PX, max(2.0, box.width() / 4))
    if abs(point.x() - box.left()) <= reach:
        return Hit(kind, part_id, "start", span[0])
    if abs(point.x() - box.right()) <= reach:
        return Hit(kind, part_id, "end", span[1])
    return Hit(kind, part_id, time_s=span[0]) if box.left() < point.x() < box.right() else None


def _plate(canvas: Canvas, box: QRectF, fill: QColor, edge: str, chosen: bool) -> None:
    """A rounded plate; what lies far outside is not drawn."""
    box = box.intersected(QRectF(-20, 0, canvas.width + 40, canvas.height))
    canvas.painter.setPen(QPen(QColor(theme.TEXT if chosen else edge), 1.6 if chosen else 1.0))
    canvas.painter.setBrush(fill)
    canvas.painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _text(canvas: Canvas, box: QRectF, text: str) -> None:
    seen = box.intersected(QRectF(4, 0, canvas.width - 8, canvas.height))
    if seen.width() < 12:
        return
    shown = QFontMetricsF(canvas.painter.font()).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, seen.width())
    canvas.painter.setPen(QColor(theme.TEXT))
    canvas.painter.drawText(seen, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _badge(painter: QPainter, box: QRectF, text: str, ink: str = "") -> QRectF:
    """A badge at the right end of a box; what of the box is left."""
    width = min(QFontMetricsF(painter.font()).horizontalAdvance(text) + 10, box.width() * 0.5)
    if width < min(26, 10 + 6 * len(text)):
        return box
    plate = QRectF(box.right() - width, box.center().y() - 8, width, 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(theme.FIELD, 0.75))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(QColor(ink or theme.DIM))
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width - 8)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, shown)
    return box.adjusted(0, 0, -width - 6, 0)
