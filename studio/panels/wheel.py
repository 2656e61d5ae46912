"""The emotion wheel: a puck between neutral in the middle and seven emotions on the rim."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QConicalGradient,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QRadialGradient,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from studio import theme
from studio.comfort.names import named
from studio.curves.tracks import EMOTION_HUES, hue_colour

# Clockwise from the top; neighbours are those that are met together. Source: the order of Plutchik's wheel (1980), contempt between
# disgust and anger as its blend.
RIM: tuple[str, ...] = ("happy", "surprised", "fear", "sad", "disgusted", "contempt", "angry")
STEP_RAD = math.tau / len(RIM)
CENTRE = 0.04  # of the radius: nearer to the middle is neutral
CLING = 0.07  # of the way between two emotions
_LABEL_PX, _LEAST_RADIUS = 62, 40
_PUCK_PX = 8.0


def emotion_colour(name: str) -> QColor:
    """The colour an emotion has in all views."""
    return hue_colour(EMOTION_HUES[name])


def mixed(x: float, y: float) -> dict[str, float]:
    """Emotions at a place on the wheel: the direction mixes two neighbours, the distance is their intensity together.

    Args:
        x: to the right, in radii.
        y: down, in radii.
    """
    r = min(math.hypot(x, y), 1.0)
    if r < CENTRE:
        return {}
    turn = (math.atan2(y, x) + math.pi / 2) % math.tau / STEP_RAD
    first = int(turn) % len(RIM)
    share = turn - int(turn)
    found = {RIM[first]: r * (1 - share), RIM[(first + 1) % len(RIM)]: r * share}
    return {name: round(value, 3) for name, value in found.items() if value >= 0.005}


def placed(values: dict[str, float]) -> tuple[float, float, bool]:
    """Where emotions are on the wheel: x and y in radii, and True if the place says all of them."""
    there = {name: value for name, value in values.items() if value > 0.004}
    if not there:
        return 0.0, 0.0, True
    at = [RIM.index(name) for name in there]
    gap = (max(at) - min(at)) % len(RIM)
    if len(at) == 1 or (len(at) == 2 and gap in (1, len(RIM) - 1)):
        total = sum(there.values())
        first, second = (min(at), max(at)) if gap <= 1 else (max(at), min(at))
        share = 0.0 if len(at) == 1 else there[RIM[second]] / total
        angle = (first + share) * STEP_RAD - math.pi / 2
        r = min(total, 1.0)
        return r * math.cos(angle), r * math.sin(angle), total <= 1.0 + 1e-6
    x = sum(v * math.cos(RIM.index(n) * STEP_RAD - math.pi / 2) for n, v in there.items())
    y = sum(v * math.sin(RIM.index(n) * STEP_RAD - math.pi / 2) for n, v in there.items())
    r = max(1.0, math.hypot(x, y))
    return x / r, y / r, False


class EmotionWheel(QWidget):
    """Sets two emotions with one movement, and shows all seven.

    Shift keeps the direction, Ctrl goes to the nearest emotion, Escape takes a drag back, a double click makes neutral. With the
    keyboard: up and down for the intensity, left and right round the wheel, Home for neutral.

    Args:
        steps: gives the number of steps in the history, and takes the last one back, so that the click before a double click leaves
            none; None where there is no history.

    Signals:
        began(): a drag.
        moved(values): emotions by name that the puck stands for; those that are not named are zero.
        ended(keep): it is over.
    """

    began = Signal()
    moved = Signal(dict)
    ended = Signal(bool)

    def __init__(self, steps: tuple[Callable[[], int], Callable[[], object]] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._clicked = (0, -1)  # steps before and after the last press
        self._values: dict[str, float] = {}
        self._puck = QPointF(0, 0)
        self._whole = True  # the puck's place says all
        self._dragging = False
        self._angle = -math.pi / 2  # last direction, for the keys
        self.setObjectName("emotionWheel")
        self.setAccessibleName(self.tr("Emotion wheel"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(212)
        self.setToolTip(
            self.tr(
                "Drag the puck: its direction mixes two emotions, its distance is their intensity\n"
                "Shift keeps the direction, Ctrl goes to the nearest emotion, a double click makes neutral"
            )
        )

    @property
    def dragging(self) -> bool:
        """True while the puck is held."""
        return self._dragging

    @property
    def values(self) -> dict[str, float]:
        """What it shows."""
        return dict(self._values)

    def sizeHint(self) -> QSize:
        """Room for the rim and its names."""
        return QSize(270, 212)

    def set_values(self, values: dict[str, float]) -> None:
        """Show these; nobody is told."""
        values = {name: value for name, value in values.items() if value > 0.004}
        if values == self._values:
            return
        self._values = values
        if not self._dragging:
            x, y, self._whole = placed(values)
            self._puck = QPointF(x, y)
            if math.hypot(x, y) > CENTRE:
                self._angle = math.atan2(y, x)
        words = ", ".join(f"{named(name)} {value:.2f}" for name, value in values.items())
        self.setAccessibleDescription(words or self.tr("neutral"))
        self.update()

    # Places.

    @property
    def centre(self) -> QPointF:
        """Of the disc."""
        return QPointF(self.width() / 2, self.height() / 2 + 2)

    @property
    def radius(self) -> float:
        """Of the disc, pixels."""
        return max(_LEAST_RADIUS, min(self.height() / 2 - 24, self.width() / 2 - _LABEL_PX))

    def place_of(self, name: str, intensity: float = 1.0) -> QPointF:
        """Where an emotion of an intensity is."""
        angle = RIM.index(name) * STEP_RAD - math.pi / 2
        return self.centre + QPointF(math.cos(angle), math.sin(angle)) * (self.radius * intensity)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, rings, names, what there is, puck."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isEnabled()
        c, r = self.centre, self.radius
        painter.setPen(QPen(QColor(theme.BORDER), 1))
        painter.setBrush(QColor(theme.FIELD))
        painter.drawEllipse(c, r, r)
        if on:
            self._paint_hues(painter, c, r)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour(theme.TEXT, 0.16), 1))
        for share in (1 / 3, 2 / 3):
            painter.drawEllipse(c, r * share, r * share)
        for name in RIM:
            painter.drawLine(self.place_of(name, 0.06), self.place_of(name))
        self._paint_values(painter)
        self._paint_names(painter)
        self._paint_puck(painter, on)

    def _paint_hues(self, painter: QPainter, c: QPointF, r: float) -> None:
        hues = QConicalGradient(c, 90)
        for i, name in enumerate((*RIM, RIM[0])):
            hues.setColorAt(1 - i / len(RIM), theme.colour(emotion_colour(name).name(), 0.42))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(hues))
        painter.drawEllipse(c, r, r)
        fade = QRadialGradient(c, r)
        fade.setColorAt(0.0, QColor(theme.FIELD))
        fade.setColorAt(1.0, theme.colour(theme.FIELD, 0.0))
        painter.setBrush(QBrush(fade))
        painter.drawEllipse(c, r, r)

    def _paint_values(self, painter: QPainter) -> None:
        if not self._values:
            return
        rim = QPolygonF([self.place_of(name, max(self._values.get(name, 0.0), 0.06)) for name in RIM])
        painter.setPen(QPen(theme.colour(theme.TEXT, 0.55), 1))
        painter.setBrush(theme.colour(theme.TEXT, 0.14))
        painter.drawPolygon(rim)
        painter.setPen(Qt.PenStyle.NoPen)
        for name, value in self._values.items():
            painter.setBrush(emotion_colour(name))
            painter.drawEllipse(self.place_of(name, value), 3.2, 3.2)

    def _paint_names(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        for name in RIM:
            value = self._values.get(name, 0.0)
            edge = self.place_of(name, 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(emotion_colour(name) if self.isEnabled() else QColor(theme.FAINT))
            painter.drawEllipse(edge, 4.0, 4.0)
            out = (edge - self.centre) / self.radius
            width, height = metrics.horizontalAdvance(named(name)), metrics.height()
            at = edge + out * 8
            left = at.x() - width / 2 + out.x() * width / 2
            box = QRectF(min(max(left, 1.0), self.width() - width - 1), at.y() - height / 2 + out.y() * height / 2, width + 1, height)
            painter.setPen(QColor(theme.FAINT if not self.isEnabled() else theme.TEXT if value > 0.004 else theme.DIM))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, named(name))

    def _paint_puck(self, painter: QPainter, on: bool) -> None:
        at = self.centre + self._puck * self.radius
        painter.setPen(QPen(theme.colour(theme.WINDOW, 0.7), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, _PUCK_PX, _PUCK_PX)
        ink = QColor(theme.TEXT if on else theme.FAINT)
        painter.setPen(QPen(ink, 2))
        # A mixture of others than two neighbours is not where the puck is: it is hollow, the shape beneath shows it.
        painter.setBrush(theme.colour(theme.TEXT, 0.85) if self._whole and on else QBrush(Qt.BrushStyle.NoBrush))
        painter.drawEllipse(at, _PUCK_PX - 1, _PUCK_PX - 1)
        if self.hasFocus() or (self._dragging and on):
            painter.setPen(QPen(QColor(theme.ACCENT), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, _PUCK_PX + 2.5, _PUCK_PX + 2.5)

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the puck, wherever one presses on the disc."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        out = (event.position() - self.centre) / self.radius
        if math.hypot(out.x(), out.y()) > 1.25:
            return
        self._dragging = True
        self._clicked = (self._steps[0]() if self._steps is not None else 0, -1)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.began.emit()
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it."""
        if self._dragging:
            self._follow(event)

    def _follow(self, event: QMouseEvent) -> None:
        out = (event.position() - self.centre) / self.radius
        r = min(math.hypot(out.x(), out.y()), 1.0)
        angle = math.atan2(out.y(), out.x())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            angle = self._angle
        else:
            turn = (angle + math.pi / 2) / STEP_RAD
            # Near an emotion it is that one alone, which a hand could hardly hit.
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier or abs(turn - round(turn)) < CLING:
                angle = round(turn) * STEP_RAD - math.pi / 2
        if r >= CENTRE:
            self._angle = angle
        self._go(r, angle)

    def _go(self, r: float, angle: float) -> None:
        self._puck = QPointF(r * math.cos(angle), r * math.sin(angle)) if r >= CENTRE else QPointF(0, 0)
        self._whole = True
        self.update()
        self.moved.emit(mixed(self._puck.x(), self._puck.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._end(True)
            self._clicked = (self._clicked[0], self._steps[0]() if self._steps is not None else 0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Neutral."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        before, after = self._clicked
        if self._steps is not None and after == before + 1 == self._steps[0]():
            self._steps[1]()
        self._clicked = (0, -1)
        self.neutral()

    def neutral(self) -> None:
        """Put the puck into the middle."""
        self._step(0.0, self._angle)

    def _step(self, r: float, angle: float) -> None:
        self.began.emit()
        self._go(r, angle)
        self.ended.emit(True)

    def _end(self, keep: bool) -> None:
        if self._dragging:
            self._dragging = False
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
            self.ended.emit(keep)
            shown, self._values = self._values, {"": 0.0}
            self.set_values(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it is dragged, Escape takes the drag back, whoever has the keys."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            self._end(False)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, left and right, Home."""
        r = math.hypot(self._puck.x(), self._puck.y())
        fine = 0.2 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(min(max(r + (0.05 if key == Qt.Key.Key_Up else -0.05) * fine, 0.0), 1.0), self._angle)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._angle += STEP_RAD / 10 * fine * (1 if key == Qt.Key.Key_Right else -1)
            self._step(r, self._angle)
        elif key == Qt.Key.Key_Home:
            self.neutral()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        mine = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in mine:
            event.accept()
            return True
        return super().event(event)
