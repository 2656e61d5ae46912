"""The ancestry of a person as a point in a triangle, and as three shares that are 1 together."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from studio import theme
from studio.panels.numbers import NumberField
from studio.panels.panel import keeps

Shares = tuple[float, float, float]  # African, Asian, European
_HEIGHT, _STEP = 92, 0.05
_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)


class Triangle(QWidget):
    """A point between three corners; it snaps to the edges, Escape takes a drag back, a double click resets.

    Signals:
        began(), changed(shares), ended(keep): a drag; a step by keys sends `changed` alone.
        reset(): a double click.
    """

    began = Signal()
    changed = Signal(tuple)
    ended = Signal(bool)
    reset = Signal()

    def __init__(self, words: tuple[str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.shares: Shares = (0.0, 0.0, 1.0)
        self._dragging = False
        self.setObjectName("ancestryTriangle")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        """Room for the words at its corners."""
        return QSize(200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(150, _HEIGHT)

    @property
    def dragging(self) -> bool:
        """True while its point is held."""
        return self._dragging

    def corners(self) -> tuple[QPointF, QPointF, QPointF]:
        """Where African, Asian and European ancestry alone are: at the left, at the right, on top."""
        line = self.fontMetrics().height()
        top, bottom = line + 4.0, self.height() - line - 4.0
        middle, half = self.width() / 2, (bottom - top) / 1.5
        return QPointF(middle - half, bottom), QPointF(middle + half, bottom), QPointF(middle, top)

    def place_of(self, shares: Shares) -> QPointF:
        """Where a mixture is."""
        found = QPointF(0, 0)
        for share, corner in zip(shares, self.corners(), strict=True):
            found += corner * share
        return found

    def shares_at(self, point: QPointF) -> Shares:
        """The mixture nearest to a point."""
        a, b, c = self.corners()
        whole = (b.y() - c.y()) * (a.x() - c.x()) + (c.x() - b.x()) * (a.y() - c.y())
        first = ((b.y() - c.y()) * (point.x() - c.x()) + (c.x() - b.x()) * (point.y() - c.y())) / whole
        second = ((c.y() - a.y()) * (point.x() - c.x()) + (a.x() - c.x()) * (point.y() - c.y())) / whole
        found = [max(share, 0.0) for share in (first, second, 1 - first - second)]
        found = [0.0 if share < 0.03 * sum(found) else share for share in found]
        return tuple(round(share / sum(found), 3) for share in found)  # type: ignore[return-value]

    def set_shares(self, shares: Shares) -> None:
        """Show a mixture; nobody is told."""
        if shares != self.shares:
            self.shares = shares
            self.setAccessibleDescription(", ".join(f"{word} {100 * share:.0f} %" for word, share in zip(self._words, shares, strict=True)))
            self.update()

    def _give(self, shares: Shares) -> None:
        if shares != self.shares:
            self.set_shares(shares)
            self.changed.emit(shares)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The triangle, its words and the point."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        a, b, c = self.corners()
        painter.setPen(QPen(QColor(theme.ACCENT if self.hasFocus() else theme.BORDER), 1.5))
        painter.setBrush(QColor(theme.GROOVE))
        painter.drawPolygon(QPolygonF([a, b, c]))
        painter.setPen(QColor(theme.DIM))
        metrics = self.fontMetrics()
        for corner, word, below in ((a, self._words[0], True), (b, self._words[1], True), (c, self._words[2], False)):
            width = metrics.horizontalAdvance(word)
            x = min(max(corner.x() - width / 2, 0.0), self.width() - width)
            painter.drawText(QPointF(x, corner.y() + (metrics.ascent() + 3 if below else -5)), word)
        painter.setPen(QPen(QColor(theme.PANEL), 1.5))
        painter.setBrush(QColor(theme.ACCENT))
        painter.drawEllipse(self.place_of(self.shares), 6.0, 6.0)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the point here and drag it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self.began.emit()
            self._give(self.shares_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._dragging:
            self._give(self.shares_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._end(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Ada's."""
        self.reset.emit()

    def _end(self, keep: bool) -> None:
        if self._dragging:
            self._dragging = False
            self.ended.emit(keep)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows move the point, Escape takes a drag back."""
        african, asian, european = self.shares
        key = event.key()
        if key == Qt.Key.Key_Escape and self._dragging:
            self._end(False)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = _STEP if key == Qt.Key.Key_Right else -_STEP
            moved = min(step, african) if step > 0 else max(step, -asian)
            self._give(_whole((african - moved, asian + moved, european)))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            up = min(max(european + (_STEP if key == Qt.Key.Key_Up else -_STEP), 0.0), 1.0)
            rest = african + asian
            scale = (1 - up) / rest if rest > 0 else 0.0
            self._give(_whole((african * scale, asian * scale, up) if rest > 0 else ((1 - up) / 2, (1 - up) / 2, up)))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        return keeps(event, _KEYS) or super().event(event)


def _whole(shares: Shares) -> Shares:
    whole = sum(shares)
    return tuple(round(share / whole, 3) for share in shares)  # type: ignore[return-value]


class AncestryRow(QWidget):
    """The triangle, and the shares as numbers: one that is typed takes from the two others by their proportion.

    Signals:
        began(), changed(shares), ended(keep), reset(): as the triangle's.
    """

    began = Signal()
    changed = Signal(tuple)
    ended = Signal(bool)
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = (self.tr("African"), self.tr("Asian"), self.tr("European"))
        self._tip = self.tr("Where the person’s forebears come from: drag the point, or type shares; a double click resets")
        self.triangle = Triangle(words)
        self.triangle.setAccessibleName(self.tr("Ancestry"))
        for source, target in (
            (self.triangle.began, self.began), (self.triangle.changed, self.changed), (self.triangle.ended, self.ended), (self.triangle.reset, self.reset)
        ):  # fmt: skip
            source.connect(target)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(theme.SPACE // 2)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.triangle, 0, 0, 4, 1)
        grid.setColumnStretch(0, 1)
        self.numbers: list[NumberField] = []
        for i, word in enumerate(words):
            number = NumberField(0.0, 100.0, 0, "%")
            number.setObjectName(f"ancestryShare{i}")
            number.setAccessibleName(self.tr("{name}, share").format(name=word))
            number.setFixedWidth(52)
            number.valueChanged.connect(lambda value, i=i: self._on_typed(i, value / 100))
            label = QLabel(word)
            label.setBuddy(number)
            grid.addWidget(label, i, 1)
            grid.addWidget(number, i, 2)
            self.numbers.append(number)
        self.setToolTip(self._tip)

    def set_shares(self, shares: Shares) -> None:
        """Show a mixture."""
        if not self.triangle.dragging:
            self.triangle.set_shares(shares)
        for number, share in zip(self.numbers, shares, strict=True):
            number.show_value(round(100 * share, 1))

    def set_name_room(self, wanted_px: int) -> None:
        """It has no name beside it."""

    def set_reason(self, reason: str) -> None:
        """Why it may not be changed; "" where it may."""
        self.setEnabled(not reason)
        self.setToolTip(f"{self._tip}\n{reason}" if reason else self._tip)

    def _on_typed(self, index: int, share: float) -> None:
        shares = list(self.triangle.shares)
        rest = 1.0 - shares[index]
        for i in range(3):
            if i != index:
                shares[i] = shares[i] * (1 - share) / rest if rest > 1e-6 else (1 - share) / 2
        shares[index] = share
        self.changed.emit(_whole((shares[0], shares[1], shares[2])))
