"""What the timeline draws, lane by lane: ruler, waveform, words, phonemes. Lanes paint; the view handles the mouse.

To add a lane: a class with `name`, `height` (0 takes what is left) and `paint`, listed in `TimelineView`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from engine.core.timing import DEFAULT_RATE
from engine.project.tracks import PhonemeTrack, Word
from engine.speech.phonemes import viseme_of
from studio import theme
from studio.timeline.axis import TimeAxis, ticks
from studio.timeline.waveform import Pyramid

_VISEME_COLOURS = {name: QColor(value) for name, value in theme.VISEMES.items()}


@dataclass
class Content:
    """What the timeline shows.

    Args:
        axis: the part in view.
        rate: frames per second.
        unit: of the ruler.
        pyramid: levels of the sound; None until they are read.
        phonemes: None until the line is analysed.
        words: none until the line is analysed.
        hint: a sentence in place of the phonemes where there are none.
    """

    axis: TimeAxis = field(default_factory=TimeAxis)
    rate: Fraction = DEFAULT_RATE
    unit: str = "timecode"
    pyramid: Pyramid | None = None
    phonemes: PhonemeTrack | None = None
    words: tuple[Word, ...] = ()
    hint: str = ""


class Lane:
    """One horizontal band of the timeline."""

    name = ""
    height = 0

    def paint(self, painter: QPainter, rect: QRect, content: Content, ratio: float) -> None:
        """Draw the content within `rect`; `ratio` is device pixels per pixel."""
        raise NotImplementedError


class RulerLane(Lane):
    """Times along the top."""

    name = ""
    height = 24

    def paint(self, painter: QPainter, rect: QRect, content: Content, ratio: float) -> None:
        """Marks with labels."""
        painter.fillRect(rect, QColor(theme.PANEL))
        font = theme.numbers_font(painter.font(), 0.86)
        painter.setFont(font)
        for tick in ticks(content.axis, content.rate, content.unit):
            x = rect.left() + round(tick.x) + 0.5
            painter.setPen(QColor(theme.FAINT if tick.label else theme.BORDER))
            painter.drawLine(QPointF(x, rect.bottom() - (9 if tick.label else 4)), QPointF(x, rect.bottom()))
            if tick.label:
                painter.setPen(QColor(theme.DIM))
                painter.drawText(QPointF(x + 4, rect.bottom() - 8), tick.label)
        painter.setPen(QColor(theme.BORDER))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class WaveLane(Lane):
    """The sound's picture: extremes light, mean level strong."""

    name = "Sound"

    def paint(self, painter: QPainter, rect: QRect, content: Content, ratio: float) -> None:
        """The levels in view, scaled so that a quiet recording can be seen."""
        painter.fillRect(rect, QColor(theme.FIELD))
        middle = rect.top() + rect.height() / 2
        painter.setPen(QColor(theme.BORDER))
        painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.right() + 1, middle))
        axis, pyramid = content.axis, content.pyramid
        if pyramid is None or axis.duration_s <= 0:
            return
        count = max(1, round(min(rect.width(), axis.x(axis.duration_s)) * ratio))
        levels = pyramid.columns(axis.start_s, axis.px_per_s * ratio, count)
        gain = min(0.96 / max(pyramid.peak, 1e-3), 12.0)
        image = wave_image(levels * np.float32(gain), round(rect.height() * ratio))
        painter.drawImage(QRectF(rect.left(), rect.top(), count / ratio, rect.height()), image)
        if not pyramid.complete:
            x = axis.x(pyramid.filled / pyramid.bins_per_s)
            if x < rect.width():
                rest = QRectF(rect.left() + max(0.0, x), rect.top(), rect.width() - max(0.0, x), rect.height())
                painter.fillRect(rest, theme.colour(theme.PANEL, 0.7))


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

    name = "Words"
    height = 22

    def paint(self, painter: QPainter, rect: QRect, content: Content, ratio: float) -> None:
        """Each word between its bounds, shortened where it does not fit."""
        painter.fillRect(rect, QColor(theme.PANEL))
        axis, words = content.axis, content.words
        first = max(0, bisect_left(words, axis.start_s, key=lambda w: w.end_s))
        last = bisect_right(words, axis.end_s, key=lambda w: w.start_s)
        if last - first > rect.width() / 3:
            return
        metrics = QFontMetricsF(painter.font())
        for word in words[first:last]:
            left, right = axis.x(word.start_s), axis.x(word.end_s)
            box = QRectF(rect.left() + left, rect.top() + 2, right - left - 1, rect.height() - 3)
            painter.fillRect(box, QColor(theme.RAISED))
            seen = box.intersected(QRectF(rect))  # the text stays in view where the word reaches beyond it
            text = metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, seen.width() - 4)
            if len(text) > 2 or text == word.text:
                painter.setPen(QColor(theme.TEXT))
                painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, text)


class PhonemeLane(Lane):
    """The phonemes, coloured by viseme class; a bar below marks where the lips are shut."""

    name = "Phonemes"
    height = 36

    def paint(self, painter: QPainter, rect: QRect, content: Content, ratio: float) -> None:
        """Blocks with labels; where several share a pixel, their colours alone."""
        painter.fillRect(rect, QColor(theme.FIELD))
        track, axis = content.phonemes, content.axis
        if track is None:
            painter.setPen(QColor(theme.FAINT))
            painter.drawText(rect.adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, content.hint)
            return
        first = max(0, bisect_right(track.bounds_s, axis.start_s) - 1)
        last = min(len(track), bisect_left(track.bounds_s, axis.end_s))
        if last - first > rect.width() / 2:
            self._paint_dense(painter, rect, track, axis)
            return
        font = QFont(painter.font())
        font.setPointSizeF(font.pointSizeF() * 1.06)
        painter.setFont(font)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.8)
        fonts = [(font, QFontMetricsF(font)), (small, QFontMetricsF(small))]
        for i in range(first, last):
            left, right = axis.x(track.bounds_s[i]), axis.x(track.bounds_s[i + 1])
            box = QRectF(rect.left() + left, rect.top() + 3, max(right - left - 1.0, 0.6), rect.height() - 6)
            self._paint_one(painter, box, track.labels[i], fonts)
            span = track.closures[i] if track.closures is not None else None
            if span is not None:
                shut = QRectF(rect.left() + axis.x(span[0]), box.bottom() - 4, max(1.0, (span[1] - span[0]) * axis.px_per_s), 3)
                painter.fillRect(shut.intersected(box), QColor(theme.ON_VISEME))

    def _paint_one(self, painter: QPainter, box: QRectF, label: str, fonts: list[tuple[QFont, QFontMetricsF]]) -> None:
        """A block, its label in the largest of the fonts that fits."""
        painter.fillRect(box, _VISEME_COLOURS[viseme_of(label)])
        fitting = next((font for font, metrics in fonts if metrics.horizontalAdvance(label) + 2 <= box.width()), None)
        if label and fitting is not None:
            painter.setFont(fitting)
            painter.setPen(QPen(QColor(theme.ON_VISEME)))
            painter.drawText(box.adjusted(-2, 0, 2, -2), Qt.AlignmentFlag.AlignCenter, label)

    def _paint_dense(self, painter: QPainter, rect: QRect, track: PhonemeTrack, axis: TimeAxis) -> None:
        times = axis.start_s + (np.arange(rect.width()) + 0.5) / axis.px_per_s
        found = np.clip(np.searchsorted(np.array(track.bounds_s), times, side="right") - 1, 0, len(track) - 1)
        shown = int(np.count_nonzero(times < axis.duration_s))
        colours = np.array([_VISEME_COLOURS[viseme_of(track.labels[i])].rgba() for i in found[:shown]], np.uint32)
        if shown:
            image = QImage(colours.tobytes(), shown, 1, shown * 4, QImage.Format.Format_RGB32)
            painter.drawImage(QRectF(rect.left(), rect.top() + 3, shown, rect.height() - 6), image)
