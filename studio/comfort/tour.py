"""The first tour: callouts at the real widgets, with the sample line to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio import theme

if TYPE_CHECKING:
    from studio.window import MainWindow

_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape)
_CARD_PX = 320
_ARROW_PX = 10
_GAP_PX = 6


@dataclass(frozen=True)
class Stop:
    """One place of the tour.

    Args:
        title: in a few words.
        text: what it is for and how to begin.
        find: gives the widget it is about; None leaves the stop out.
    """

    title: str
    text: str
    find: Callable[[MainWindow], QWidget | None]


# Words are translated where they are shown; `studio.comfort.words` collects them.
STOPS: tuple[Stop, ...] = (
    Stop(
        "The viewport",
        "Ada performs here. Drag to turn around her, with the middle button to move, with the right one to come closer. "
        "Keys 1, 2 and 3 look from the front, half way and the side, C through the scene's camera again.",
        lambda w: w.viewport,
    ),
    Stop("Lines", "Every line somebody speaks is here. Drop a recording, or type a text and a voice speaks it.", lambda w: w.line_panel),
    Stop(
        "Emotions",
        "Pull a slider, or the point in the wheel: the emotion is keyed at the playhead. Double-click a slider to set it back.",
        lambda w: w.performance_panel,
    ),
    Stop(
        "The transport",
        "Space plays and stops, J, K and L shuttle, Left and Right go by frames. Click the time to type another one.",
        lambda w: w.transport,
    ),
    Stop(
        "The timeline",
        "Sound, words, phonemes and everything you key. The wheel zooms to the pointer, Shift and wheel pan, \\ shows all of it. "
        "Drag a phoneme's edge to move it; double-click plays it.",
        lambda w: w.timeline,
    ),
    Stop(
        "Curves",
        "The keys of all tracks as curves with tangents, and as a dope sheet. F frames what is selected.",
        lambda w: w.curve_editor,
    ),
    Stop("Undo goes back as far as you like", "Every step is in the project's file as soon as it is made, also after closing it.", lambda w: w.menuBar()),
    Stop(
        "Everything by name",
        "Ctrl+Shift+P searches every command; Ctrl+Alt+K changes its keys. This tour is in the Help menu.",
        lambda w: w.menuBar(),
    ),
)


class Tour(QFrame):
    """A card beside one widget after the other.

    Args:
        window: that is shown around in.
        stops: its places.

    Signals:
        ended(): the last stop is done, or the tour was left.
    """

    ended = Signal()

    def __init__(self, window: MainWindow, stops: tuple[Stop, ...] = STOPS) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour"))
        self._window = window
        self.stops = tuple(s for s in stops if s.find(window) is not None)
        self.at = 0
        self._side = "left"
        self._tip = QPoint()
        self._frame = _Outline(window)
        self._build()
        window.installEventFilter(self)
        self.go(0)
        self.show()
        self.next.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        edge = 14 + _ARROW_PX
        column.setContentsMargins(edge, edge - 2, edge, edge - 2)
        column.setSpacing(theme.SPACE)
        self.title = QLabel()
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.count = QLabel()
        self.count.setProperty("role", "faint")
        self.skip = self._button("tourSkip", self.tr("Skip"), self.tr("Leave the tour (Esc)"), self.end)
        self.back = self._button("tourBack", self.tr("Back"), self.tr("The stop before (Left)"), lambda: self.go(self.at - 1))
        self.next = self._button("tourNext", self.tr("Next"), self.tr("The next stop (Right)"), lambda: self.go(self.at + 1))
        self.next.setProperty("primary", True)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.skip, self.back, self.next):
            row.addWidget(button)
        for widget in (self.title, self.text):
            column.addWidget(widget)
        column.addLayout(row)

    def _button(self, name: str, text: str, tip: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.clicked.connect(lambda _=False: do())
        button.installEventFilter(self)
        return button

    def go(self, at: int) -> None:
        """To a stop; beyond the last one the tour ends."""
        if at >= len(self.stops):
            self.end()
            return
        self.at = max(0, at)
        stop = self.stops[self.at]
        target = stop.find(self._window)
        if target is not None:
            _bring_forward(target)
        self.title.setText(QCoreApplication.translate("Tour", stop.title))
        self.text.setText(QCoreApplication.translate("Tour", stop.text))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.text.text())
        self.count.setText(self.tr("{at} of {all}").format(at=self.at + 1, all=len(self.stops)))
        self.back.setEnabled(self.at > 0)
        self.next.setText(self.tr("Done") if self.at == len(self.stops) - 1 else self.tr("Next"))
        self._place()

    def end(self) -> None:
        """Leave."""
        self._window.removeEventFilter(self)
        self._frame.hide()
        self._frame.deleteLater()
        self.hide()
        self.deleteLater()
        self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right walk, Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.go(self.at + (1 if event.key() == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The buttons' arrows walk the tour, and no key of it reaches the window; the card stays beside the widget when that is sized."""
        if isinstance(event, QKeyEvent) and watched is not self._window:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
                self.keyPressEvent(event)
                return True
        elif watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)

    @property
    def target(self) -> QWidget | None:
        """The widget the current stop is about."""
        return self.stops[self.at].find(self._window)

    def _place(self) -> None:
        target = self.target
        if target is None:
            return
        around = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size()).intersected(self._window.rect())
        self.setFixedWidth(_CARD_PX + 2 * _ARROW_PX)
        self.resize(self.width(), self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height())
        self._side, spot = _beside(around, self.size(), self._window.rect())
        self.move(spot)
        self._tip = around.center() - spot
        self._frame.setGeometry(around)
        self._frame.show()
        self._frame.raise_()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with an arrow to the widget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_ARROW_PX, _ARROW_PX, -_ARROW_PX, -_ARROW_PX)
        shape = QPainterPath()
        shape.addRoundedRect(box, 8, 8)
        shape = shape.united(self._arrow(box))
        painter.setPen(QPen(theme.colour(theme.ACCENT), 1.5))
        painter.setBrush(theme.colour(theme.RAISED))
        painter.drawPath(shape)

    def _arrow(self, box: QRectF) -> QPainterPath:
        x = min(max(self._tip.x(), box.left() + 24), box.right() - 24)
        y = min(max(self._tip.y(), box.top() + 24), box.bottom() - 24)
        size = _ARROW_PX - 1
        points = {
            "left": (QPointF(box.left() - size, y), QPointF(box.left() + 1, y - size), QPointF(box.left() + 1, y + size)),
            "right": (QPointF(box.right() + size, y), QPointF(box.right() - 1, y - size), QPointF(box.right() - 1, y + size)),
            "top": (QPointF(x, box.top() - size), QPointF(x - size, box.top() + 1), QPointF(x + size, box.top() + 1)),
            "bottom": (QPointF(x, box.bottom() + size), QPointF(x - size, box.bottom() - 1), QPointF(x + size, box.bottom() - 1)),
        }
        path = QPainterPath()
        if self._side in points:
            path.addPolygon(QPolygonF(list(points[self._side])))
            path.closeSubpath()
        return path


class _Outline(QWidget):
    """A frame around what is talked of; the mouse goes through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(theme.ACCENT), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def _bring_forward(target: QWidget) -> None:
    parent: QWidget | None = target
    while parent is not None:
        if isinstance(parent, QDockWidget):
            parent.show()
            parent.raise_()
        parent = parent.parentWidget()


def _beside(around: QRect, size: QSize, within: QRect) -> tuple[str, QPoint]:
    """Where a card of a size has room beside a widget, and which of its sides looks at it; over the widget where there is none."""
    centre = around.center()
    spots = {
        "left": QPoint(around.right() + _GAP_PX, centre.y() - size.height() // 2),
        "right": QPoint(around.left() - _GAP_PX - size.width(), centre.y() - size.height() // 2),
        "top": QPoint(centre.x() - size.width() // 2, around.bottom() + _GAP_PX),
        "bottom": QPoint(centre.x() - size.width() // 2, around.top() - _GAP_PX - size.height()),
    }
    for side, spot in spots.items():
        along = QPoint(
            min(max(spot.x(), 0), within.width() - size.width()) if side in ("top", "bottom") else spot.x(),
            min(max(spot.y(), 0), within.height() - size.height()) if side in ("left", "right") else spot.y(),
        )
        if within.contains(QRect(along, size)):
            return side, along
    return "", QPoint(centre.x() - size.width() // 2, centre.y() - size.height() // 2)
