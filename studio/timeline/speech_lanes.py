"""Lanes of what is spoken: waveform, words, phonemes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPen

from engine.project.tracks import PhonemeTrack
from engine.speech.phonemes import viseme_of
from studio import theme
from studio.timeline.lane import GRAB_PX, Canvas, Content, Found, Hit, Lane
from studio.timeline.titles import VISEMES, said, translate

_LEAST_TEXT_PX = 14  # where a word is narrower, there is no room for a letter of it


class WaveLane(Lane):
    """The sound's picture: extremes light, mean level strong."""

    buttons = "M"
    usual_px = 56
    least_px = 24
    flexible = True

    def colour(self, content: Content) -> str:
        """The waveform's."""
        return theme.WAVE

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The levels there are, and how they sound."""
        pyramid, line = content.pyramid, content.line
        place = () if line is None else (line.gain_db, line.trim_start_s, line.trim_end_s, line.track_state("sound").mute)
        return (pyramid, pyramid.filled if pyramid is not None else 0, place)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """The levels in view, scaled so that a quiet recording can be seen; what is trimmed or muted is dim."""
        canvas.fill(theme.FIELD)
        painter, axis, pyramid, line = canvas.painter, content.axis, content.pyramid, content.line
        middle = round(canvas.height / 2) + 0.5
        painter.setPen(QColor(theme.BORDER))
        painter.drawLine(QPointF(canvas.left, middle), QPointF(canvas.right, middle))
        if pyramid is None or axis.duration_s <= 0:
            return
        right = min(canvas.right, axis.x(axis.duration_s))
        count = max(1, round((right - canvas.left) * canvas.ratio))
        levels = pyramid.columns(axis.start_s + canvas.left / axis.px_per_s, axis.px_per_s * canvas.ratio, count)
        gain = min(0.96 / max(pyramid.peak, 1e-3), 12.0)
        painter.setOpacity(0.3 if line is not None and line.track_state("sound").mute else 1.0)
        image = wave_image(levels * np.float32(gain), round((canvas.height - 1) * canvas.ratio))
        painter.drawImage(QRectF(canvas.left, 0, count / canvas.ratio, canvas.height - 1), image)
        painter.setOpacity(1.0)
        if not pyramid.complete:
            x = max(canvas.left, axis.x(pyramid.filled / pyramid.bins_per_s))
            if x < canvas.right:
                painter.fillRect(QRectF(x, 0, canvas.right - x, canvas.height), theme.colour(theme.PANEL, 0.7))
        if line is not None:
            _shade_trimmed(canvas, content)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """The time."""
        return Hit("scrub", time_s=content.axis.time(point.x()))


def _shade_trimmed(canvas: Canvas, content: Content) -> None:
    line = content.line
    assert line is not None
    veil = theme.colour(theme.WINDOW, 0.72)
    start = content.axis.x(line.trim_start_s)
    if line.trim_start_s > 0 and start > canvas.left:
        canvas.painter.fillRect(QRectF(canvas.left, 0, start - canvas.left, canvas.height - 1), veil)
    if line.trim_end_s is not None:
        end = max(canvas.left, content.axis.x(line.trim_end_s))
        if end < canvas.right:
            canvas.painter.fillRect(QRectF(end, 0, canvas.right - end, canvas.height - 1), veil)


def wave_image(levels: np.ndarray, height: int) -> QImage:
    """Levels [W, 3] (smallest, largest, mean in -1 to 1) drawn with smooth edges, one column each."""
    rows = np.arange(height, dtype=np.float32)[:, None]
    half = height / 2

    def cover(low: np.ndarray, high: np.ndarray) -> np.ndarray:
        top, bottom = half - high * half, half - low * half
        grow = np.maximum(0.0, 1.0 - (bottom - top)) / 2  # never thinner than a pixel
        return np.clip(np.minimum(rows + 1, bottom + grow) - np.maximum(rows, top - grow), 0.0, 1.0)

    outer = cover(levels[:, 0], levels[:, 1])
    inner = cover(-levels[:, 2], levels[:, 2]) * outer
    out = np.zeros((height, len(levels), 4), np.float32)
    for channel, name in enumerate(("blue", "green", "red")):
        a, b = (getattr(QColor(c), name)() for c in (theme.WAVE, theme.WAVE_CORE))
        out[:, :, channel] = outer * a * (1 - inner) + inner * b
    out[:, :, 3] = np.maximum(outer, inner) * 255
    pixels = np.ascontiguousarray(out.astype(np.uint8))
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.shape[1] * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()


class WordLane(Lane):
    """The words over their phonemes."""

    usual_px = 22
    scrolls = False  # a word's text stays in view where the word reaches beyond it

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The words."""
        return (content.line.words if content.line is not None else None,)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """Each word between its bounds, shortened where it does not fit."""
        canvas.fill(theme.PANEL)
        painter, axis, words = canvas.painter, content.axis, content.words
        first = max(0, bisect_left(words, axis.start_s, key=lambda w: w.end_s))
        last = bisect_right(words, axis.end_s, key=lambda w: w.start_s)
        if last - first > canvas.width / 3:
            return
        metrics = QFontMetricsF(painter.font())
        view = QRectF(0, 0, canvas.width, canvas.height)
        for word in words[first:last]:
            left, right = axis.x(word.start_s), axis.x(word.end_s)
            box = QRectF(left, 2, right - left - 1, canvas.height - 4)
            painter.fillRect(box, QColor(theme.RAISED))
            seen = box.intersected(view)
            if seen.width() < _LEAST_TEXT_PX:
                continue
            text = metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, seen.width() - 4)
            if len(text) > 2 or text == word.text:
                painter.setPen(QColor(theme.TEXT))
                painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, text)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """The word under a point."""
        time_s = content.axis.time(point.x())
        words = content.words
        i = bisect_right(words, time_s, key=lambda w: w.start_s) - 1
        if 0 <= i < len(words) and time_s < words[i].end_s:
            return Hit("word", time_s=words[i].start_s, index=i)
        return Hit("", self.name, time_s=time_s)

    def tooltip(self, content: Content, hit: Hit) -> str:
        """The word and its length."""
        if hit.kind != "word" or hit.index >= len(content.words):
            return ""
        word = content.words[hit.index]
        return f"<b>{word.text}</b><br>{_span_words(word.start_s, word.end_s)}"


class PhonemeLane(Lane):
    """The phonemes, coloured by viseme class; a bar below marks where the lips are shut, the height how strongly."""

    buttons = "ML"
    usual_px = 38
    least_px = 24

    def stamp(self, content: Content, folded: bool) -> tuple[object, ...]:
        """The track and what of it is selected."""
        state = () if content.line is None else (content.line.track_state("phonemes").mute,)
        return (content.phonemes, content.hint, content.phonemes_selected, state)

    def paint(self, canvas: Canvas, content: Content, folded: bool) -> None:
        """Blocks with labels; where several share a pixel, their colours alone."""
        canvas.fill(theme.FIELD)
        painter, track, axis = canvas.painter, content.phonemes, content.axis
        if track is None:
            painter.setPen(QColor(theme.FAINT))
            painter.drawText(QRectF(10, 0, canvas.width - 20, canvas.height), Qt.AlignmentFlag.AlignVCenter, content.hint)
            return
        first = max(0, bisect_right(track.bounds_s, axis.start_s + canvas.left / axis.px_per_s) - 1)
        last = min(len(track), bisect_left(track.bounds_s, axis.start_s + canvas.right / axis.px_per_s))
        if last - first > (canvas.right - canvas.left) / 2:
            _paint_dense(canvas, track, content)
            return
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 1.06)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.8)
        fonts = [(font, QFontMetricsF(font)), (small, QFontMetricsF(small))]
        for i in range(first, last):
            left, right = axis.x(track.bounds_s[i]), axis.x(track.bounds_s[i + 1])
            box = QRectF(left, 3, max(right - left - 1.0, 0.6), canvas.height - 7)
            self._paint_one(canvas, box, track, i, fonts)
            if i in content.phonemes_selected:
                painter.setPen(QPen(QColor(theme.TEXT), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(1, 1, -1, -1))
            span = track.closures[i] if track.closures is not None else None
            if span is not None:
                shut = QRectF(axis.x(span[0]), box.bottom() - 4, max(1.0, (span[1] - span[0]) * axis.px_per_s), 3)
                painter.fillRect(shut.intersected(box), QColor(theme.ON_VISEME))
        if content.line is not None and content.line.track_state("phonemes").mute:
            painter.fillRect(canvas.rect, theme.colour(theme.FIELD, 0.6))

    def _paint_one(self, canvas: Canvas, box: QRectF, track: PhonemeTrack, index: int, fonts: list[tuple[QFont, QFontMetricsF]]) -> None:
        """A block, its label in the largest of the fonts that fits; filled to half its height where its strength is half."""
        painter, label, strength = canvas.painter, track.labels[index], track.strength(index)
        colour = QColor(theme.VISEMES[viseme_of(label)])
        if strength < 1.0:
            painter.fillRect(box, theme.colour(colour.name(), 0.45))
            painter.fillRect(QRectF(box.left(), box.bottom() - box.height() * strength, box.width(), box.height() * strength), colour)
        else:
            painter.fillRect(box, colour)
        if strength > 1.0:
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1 + 3 * (strength - 1.0)), QColor(theme.TEXT))
        fitting = next((font for font, metrics in fonts if metrics.horizontalAdvance(label) + 2 <= box.width()), None)
        if label and fitting is not None:
            painter.setFont(fitting)
            painter.setPen(QPen(QColor(theme.ON_VISEME)))
            painter.drawText(box.adjusted(-2, 0, 2, -2), Qt.AlignmentFlag.AlignCenter, label)

    def hit(self, content: Content, point: QPointF, height: float, folded: bool) -> Hit:
        """A boundary near the point, or the phoneme under it."""
        axis, track = content.axis, content.phonemes
        time_s = axis.time(point.x())
        if track is None or axis.duration_s <= 0:
            return Hit("scrub", time_s=time_s)
        here = track.index_at(time_s)
        near = [i for i in (here, here + 1) if 1 <= i < len(track)]
        best = min(near, key=lambda i: abs(track.bounds_s[i] - time_s), default=0)
        reach = min(GRAB_PX, 0.3 * (track.bounds_s[here + 1] - track.bounds_s[here]) * axis.px_per_s)  # a short phoneme keeps a middle
        if best and abs(axis.x(track.bounds_s[best]) - point.x()) <= max(reach, 1.5):
            return Hit("boundary", time_s=track.bounds_s[best], index=best)
        return Hit("phoneme", time_s=track.bounds_s[here], index=here)

    def inside(self, content: Content, box: QRectF, height: float, folded: bool) -> Found:
        """Phonemes."""
        track, axis = content.phonemes, content.axis
        if track is None:
            return Found()
        return Found(phonemes=frozenset(range(track.index_at(axis.time(box.left())), track.index_at(axis.time(box.right())) + 1)))

    def tooltip(self, content: Content, hit: Hit) -> str:
        """The phoneme, its viseme, its word and its length."""
        track = content.phonemes
        if track is None or hit.kind not in ("phoneme", "boundary") or hit.index >= len(track):
            return ""
        i = hit.index
        start_s, end_s = track.bounds_s[i], track.bounds_s[i + 1]
        kind = viseme_of(track.labels[i])
        name = f"<b>{track.labels[i]}</b>, {said(VISEMES, kind)} ({kind})" if track.labels[i] else f"<b>{said(VISEMES, kind)}</b>"
        word = next((w.text for w in content.words if w.start_s - 1e-6 <= start_s < w.end_s), "") if track.labels[i] else ""
        within = translate("Timeline", ", in “{}”").format(word) if word else ""
        strength = track.strength(i)
        more = "" if strength == 1.0 else "<br>" + translate("Timeline", "strength {}").format(f"{strength:.2f}")
        return f"{name}{within}<br>{_span_words(start_s, end_s)}{more}"


def _span_words(start_s: float, end_s: float) -> str:
    return translate("Timeline", "{0} to {1} s, {2} ms").format(f"{start_s:.3f}", f"{end_s:.3f}", f"{(end_s - start_s) * 1000:.0f}")


def _paint_dense(canvas: Canvas, track: PhonemeTrack, content: Content) -> None:
    axis, width = content.axis, round(canvas.right - canvas.left)
    times = axis.start_s + (canvas.left + np.arange(width) + 0.5) / axis.px_per_s
    found = np.clip(np.searchsorted(np.array(track.bounds_s), times, side="right") - 1, 0, len(track) - 1)
    shown = int(np.count_nonzero(times < axis.duration_s))
    rgb = {name: QColor(value).rgba() for name, value in theme.VISEMES.items()}
    colours = np.array([rgb[viseme_of(track.labels[i])] for i in found[:shown]], np.uint32)
    if shown:
        image = QImage(colours.tobytes(), shown, 1, shown * 4, QImage.Format.Format_RGB32)
        canvas.painter.drawImage(QRectF(canvas.left, 3, shown, canvas.height - 7), image)
