"""The scene at a glance: every character's lines as blocks on one time axis. A click works on a line, a drag moves it in the scene."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.core.timing import frame_time, nearest_frame
from engine.project.change import Change
from engine.project.document import LineDoc
from engine.project.edits import SetLineStart
from studio import theme
from studio.playback.player import Player
from studio.session import Session

ROW, HEADER_PX = 22, 150  # the header is as wide as the timeline's
LEAST_S = 4.0  # of the axis: a scene shorter than this does not fill it
ROOM = 1.12  # so much more than the scene is in view, that its last line can be moved
DRAG_PX = 4  # a press that moves less is a click
UNKNOWN_S = 2.0  # drawn for a line whose length nobody knows yet


@dataclass(frozen=True)
class Block:
    """A line as it lies in the scene.

    Args:
        line: of the document.
        row: its character's.
        rect: on the strip.
    """

    line: LineDoc
    row: int
    rect: QRectF


class SceneStrip(QWidget):
    """Rows of characters, blocks of lines; hidden by its owner where there is one line only.

    Args:
        session: the document.
        player: its position is drawn in the current line.
    """

    def __init__(self, session: Session, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._player = session, player
        self._pressed: tuple[str, QPoint, float] | None = None  # line, place, start when the button went down
        self._dragging = False
        self.setObjectName("sceneStrip")
        self.setAccessibleName(self.tr("Scene"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        session.changed.connect(self._on_changed)
        session.line_changed.connect(self._refresh)
        session.project_changed.connect(self._refresh)
        player.moved.connect(lambda _time_s: self.update() if self.isVisible() and not player.playing else None)
        self._refresh()

    # What is shown.

    @property
    def blocks(self) -> list[Block]:
        """Every line's block."""
        scale = self._px_per_s()
        found = []
        for row, character in enumerate(self._characters):
            for line in character.lines:
                left = HEADER_PX + line.start_s * scale
                found.append(Block(line, row, QRectF(left, row * ROW + 2, max(_length_s(line) * scale, 3.0), ROW - 4)))
        return found

    @property
    def _characters(self) -> tuple:  # type: ignore[type-arg]
        return self._session.document.characters

    def _px_per_s(self) -> float:
        end_s = max((line.start_s + _length_s(line) for line in self._session.document.lines()), default=0.0)
        return max(self.width() - HEADER_PX, 50) / max(end_s * ROOM, LEAST_S)

    def sizeHint(self) -> QSize:
        """A row for each character."""
        return QSize(400, ROW * max(1, len(self._characters)) + 1)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return QSize(100, self.sizeHint().height())

    def _on_changed(self, change: Change) -> None:
        if change.concerns("line", "character", "media", "placing", "phonemes"):
            self._refresh()

    def _refresh(self) -> None:
        lines = sum(len(c.lines) for c in self._characters)
        self.setVisible(lines > 1)
        self.setAccessibleDescription(self.tr("{lines} lines of {characters} characters").format(lines=lines, characters=len(self._characters)))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, blocks, the playhead in the current line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.FIELD))
        metrics = QFontMetricsF(painter.font())
        for row, character in enumerate(self._characters):
            painter.fillRect(0, row * ROW, HEADER_PX - 1, ROW, QColor(theme.PANEL))
            painter.setPen(QColor(theme.DIM))
            name = metrics.elidedText(character.name, Qt.TextElideMode.ElideRight, HEADER_PX - 20)
            painter.drawText(QRectF(10, row * ROW, HEADER_PX - 20, ROW), Qt.AlignmentFlag.AlignVCenter, name)
        current = self._session.line
        for block in self.blocks:
            self._paint_block(painter, metrics, block, current is not None and block.line.id == current.id)
        painter.setPen(QColor(theme.BORDER))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if current is not None:
            x = HEADER_PX + (current.start_s + self._player.position_s) * self._px_per_s()
            painter.fillRect(QRectF(x - 0.75, 0, 1.5, self.height()), QColor(theme.PLAYHEAD))

    def _paint_block(self, painter: QPainter, metrics: QFontMetricsF, block: Block, current: bool) -> None:
        painter.setPen(QColor(theme.ACCENT if current else theme.BORDER))
        painter.setBrush(QColor(theme.ACCENT_DEEP if current else theme.RAISED))
        painter.drawRoundedRect(block.rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        scale = self._px_per_s()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.FIELD, 0.65))  # what is trimmed away
        before = block.line.trim_start_s * scale
        after = 0.0 if block.line.trim_end_s is None else (_length_s(block.line) - block.line.trim_end_s) * scale
        for rect in (block.rect.adjusted(0, 0, before - block.rect.width(), 0), block.rect.adjusted(block.rect.width() - after, 0, 0, 0)):
            if rect.width() > 0.5:
                painter.drawRect(rect)
        text = metrics.elidedText(block.line.name, Qt.TextElideMode.ElideRight, block.rect.width() - 10)
        if len(text) > 2:
            painter.setPen(QColor("white") if current else QColor(theme.TEXT))
            painter.drawText(block.rect.adjusted(5, 0, -5, 0), Qt.AlignmentFlag.AlignVCenter, text)

    # Mouse and keys.

    def block_at(self, place: QPoint) -> Block | None:
        """The block under a point, the topmost where several overlap."""
        return next((b for b in reversed(self.blocks) if b.rect.adjusted(-1, 0, 1, 0).contains(place)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Work on a line; a drag may follow."""
        place = event.position().toPoint()
        block = self.block_at(place)
        if event.button() == Qt.MouseButton.LeftButton and block is not None:
            self._pressed = (block.line.id, place, block.line.start_s)
            self._session.select(block.line.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it, to whole frames; Escape takes it back."""
        place = event.position().toPoint()
        if self._pressed is None:
            self.setCursor(Qt.CursorShape.OpenHandCursor if self.block_at(place) is not None else Qt.CursorShape.ArrowCursor)
            return
        line_id, began, start_s = self._pressed
        if self._session.read_only or (not self._dragging and abs(place.x() - began.x()) < DRAG_PX):
            return
        if not self._dragging:
            self._dragging, self._scale = True, self._px_per_s()  # the axis grows with the scene: the drag keeps the one it began with
            self._session.begin_drag("Move line")
        rate = self._session.document.settings.rate
        to_s = max(0.0, start_s + (place.x() - began.x()) / self._scale)
        self._session.apply(SetLineStart(line_id, frame_time(nearest_frame(to_s, rate), rate)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it."""
        self._end(keep=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes a drag back; left and right go to the line before and after, with Alt they move it by a frame."""
        lines = sorted(self._session.document.lines(), key=lambda each: each.start_s)
        line = self._session.line
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._end(keep=False)
        elif step and line is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            rate = self._session.document.settings.rate
            self._session.apply(SetLineStart(line.id, max(0.0, frame_time(nearest_frame(line.start_s, rate) + step, rate))))
        elif step and line is not None:
            at = [each.id for each in lines].index(line.id) + step
            self._session.select(lines[min(max(at, 0), len(lines) - 1)].id)
        else:
            super().keyPressEvent(event)

    def _end(self, keep: bool) -> None:
        dragging, self._pressed, self._dragging = self._dragging, None, False
        if dragging:
            self._session.end_drag(keep)

    def event(self, event: QEvent) -> bool:
        """Tooltips."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            block = self.block_at(event.pos())
            QToolTip.showText(event.globalPos(), self._words(block.line) if block is not None else "", self)
            return True
        return super().event(event)

    def _words(self, line: LineDoc) -> str:
        times = self.tr("{start:.2f} to {end:.2f} s of the scene").format(start=line.start_s, end=line.start_s + _length_s(line))
        hint = self.tr("Click to work on it, drag to move it")
        return f"<b>{line.name}</b><br>{times}<br>{hint}"


def _length_s(line: LineDoc) -> float:
    return line.duration_s or UNKNOWN_S
