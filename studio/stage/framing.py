"""Where the picture lies in the viewport, and the guides over it: the shape of what is exported, safe areas, thirds, the middle."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio import theme

# Shares of the picture's sides that are safe: EBU R 95 for pictures of 16:9.
ACTION_SAFE, TITLE_SAFE = 0.93, 0.90
GUIDES: tuple[str, ...] = ("frame", "action", "title", "thirds", "centre")


class Framing(QObject):
    """The picture's place: the shape of the project's picture through its camera, or the whole viewport.

    Signals:
        changed(): another place, or other guides.
    """

    changed = Signal()

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._size = viewport.size()
        self._aspect = 0.0  # width over height; 0 for as large as there is room
        self._on: frozenset[str] = frozenset()
        self._through = False
        self._filled = False
        self.overlay = GuideOverlay(viewport, self)

    @property
    def rect(self) -> QRect:
        """Where the picture is, in the viewport."""
        width, height = self._size.width(), self._size.height()
        if not self._aspect or not self._through or self._filled or "frame" not in self._on or not height:
            return QRect(0, 0, width, height)
        across = min(width, round(height * self._aspect))
        down = min(height, round(width / self._aspect))
        return QRect((width - across) // 2, (height - down) // 2, max(across, 1), max(down, 1))

    @property
    def guides(self) -> frozenset[str]:
        """Those shown, of `GUIDES`."""
        return self._on

    @property
    def through(self) -> bool:
        """True while the view is the document's camera's."""
        return self._through

    def resize(self, size: QSize) -> None:
        """The viewport has another size; nobody is told."""
        self._size = size
        self.overlay.setGeometry(self.rect)

    def set_aspect(self, aspect: float) -> None:
        """The picture that is exported has another shape: width over height."""
        if aspect != self._aspect:
            self._aspect = aspect
            self._tell()

    def set_filled(self, filled: bool) -> None:
        """All the room for two pictures beside each other, or the frame again."""
        if filled != self._filled:
            self._filled = filled
            self._tell()

    def set_guide(self, name: str, on: bool) -> None:
        """Show one of the guides, or not."""
        wanted = self._on | {name} if on else self._on - {name}
        if wanted != self._on:
            self._on = wanted
            self._tell()

    def set_through(self, through: bool) -> None:
        """The view is the document's camera's, or free: then there is no frame."""
        if through != self._through:
            self._through = through
            self._tell()

    def _tell(self) -> None:
        self.overlay.setGeometry(self.rect)
        self.overlay.setVisible(self._through and not self._filled and bool(self._on - {"frame"}))
        self.overlay.update()
        self.changed.emit()


class GuideOverlay(QWidget):
    """Lines over the picture, which let the mouse through."""

    def __init__(self, viewport: QWidget, framing: Framing) -> None:
        super().__init__(viewport)
        self._framing = framing
        self.setObjectName("guides")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The guides that are on: dark lines under light ones, so that they are seen on any picture."""
        painter = QPainter(self)
        whole, on = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._framing.guides
        for colour, width in ((theme.colour("#000000", 0.35), 3.0), (theme.colour("#ffffff", 0.7), 1.0)):
            painter.setPen(QPen(colour, width))
            for name, share in (("action", ACTION_SAFE), ("title", TITLE_SAFE)):
                if name in on:
                    painter.drawRect(_inner(whole, share))
            if "thirds" in on:
                for i in (1, 2):
                    x, y = whole.left() + whole.width() * i / 3, whole.top() + whole.height() * i / 3
                    painter.drawLine(round(x), 0, round(x), self.height())
                    painter.drawLine(0, round(y), self.width(), round(y))
            if "centre" in on:
                middle, arm = whole.center(), max(8.0, 0.03 * whole.height())
                painter.drawLine(round(middle.x() - arm), round(middle.y()), round(middle.x() + arm), round(middle.y()))
                painter.drawLine(round(middle.x()), round(middle.y() - arm), round(middle.x()), round(middle.y() + arm))
        painter.end()


def _inner(rect: QRectF, share: float) -> QRectF:
    """A rectangle about the same middle, with this share of the sides."""
    dx, dy = rect.width() * (1 - share) / 2, rect.height() * (1 - share) / 2
    return rect.adjusted(dx, dy, -dx, -dy)
