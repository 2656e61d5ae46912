"""The list of takes: one row each, with its picture, name, score and what is said about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.project.parts import Take
from studio import theme
from studio.panels.layer_list import NameEdit, SelectableRow
from studio.panels.panel import keeps

ROW_PX, PICTURE_PX = 68, 56


class Swatch(QWidget):
    """A take's colour, as a bar."""

    def __init__(self, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = value
        self.setFixedWidth(5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._value or theme.BORDER))
        painter.drawRoundedRect(self.rect().adjusted(0, 6, -1, -6), 2, 2)


class ElidedLabel(QLabel):
    """Words that are cut where there is no room.

    Args:
        role: the theme's name of their colour.
    """

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As narrow as need be."""
        return QSize(0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as need be."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What fits."""
        painter = QPainter(self)
        painter.setPen(QColor(getattr(theme, self.role)))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class TakeRow(SelectableRow):
    """One take.

    Signals:
        renamed(text): another name was given.
        compared(side, on): it was chosen as `A` or `B`, or no longer.
    """

    renamed = Signal(str)
    compared = Signal(str, bool)

    def __init__(self, take: Take, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take = take
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 6, 4)
        row.setSpacing(theme.SPACE)
        row.addWidget(Swatch(take.colour))
        self.picture = QLabel()
        self.picture.setFixedSize(PICTURE_PX, PICTURE_PX)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.picture)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = NameEdit(take.name)
        self.name.setObjectName("takeName")
        self.name.setEnabled(not why)
        self.name.renamed.connect(self.renamed)
        self.facts, self.note = ElidedLabel("DIM"), ElidedLabel("FAINT")
        for widget in (self.name, self.facts, self.note):
            words.addWidget(widget)
        row.addLayout(words, 1)
        sides = QVBoxLayout()
        sides.setSpacing(2)
        self.sides = {side: self._side(sides, side) for side in ("A", "B")}
        row.addLayout(sides)

    def _side(self, column: QVBoxLayout, side: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"compare{side}")
        button.setText(side)
        button.setCheckable(True)
        button.setFixedSize(24, 24)
        button.setAccessibleName(self.tr("Compare as {side}").format(side=side))
        button.setToolTip(self.tr("Compare: this take as {side}").format(side=side))
        button.clicked.connect(lambda on: self.compared.emit(side, on))
        column.addWidget(button)
        return button

    def show_facts(self, playing: str, stale: bool) -> None:
        """Its score and seed, where it plays, whether it is older than the line."""
        take = self.take
        score = "–" if take.score is None else f"{take.score:.2f}"
        self.facts.setText(self.tr("score {score} · seed {seed}").format(score=score, seed=take.seed))
        old = self.tr("older than the line")
        parts = [x for x in (old if stale else "", playing, take.comment) if x]
        self.note.role = "WARNING" if stale else "FAINT"
        self.note.setText(" · ".join(parts))
        self.setToolTip("\n".join([take.name, self.facts.text(), *parts]))

    def show_picture(self, picture: QPixmap | None) -> None:
        """The picture; its place stays empty while there is none."""
        if picture is not None:
            ratio = self.devicePixelRatioF()
            side = round(PICTURE_PX * ratio)
            scaled = picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            scaled.setDevicePixelRatio(ratio)
            self.picture.setPixmap(scaled)


class TakeList(QListWidget):
    """The takes, as they were made.

    Signals:
        rename_wanted(): F2.
        remove_wanted(): Delete.
        menu_wanted(place): a right click, in the screen's coordinates.
    """

    rename_wanted = Signal()
    remove_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takeList")
        self.setAccessibleName(self.tr("Takes"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListWidget::item { padding: 0; } QListWidget::item:selected { background: transparent; }")
        self.setMinimumHeight(ROW_PX + 6)

    def sizeHint(self) -> QSize:
        """A take or two; it takes what room there is."""
        return QSize(200, 2 * ROW_PX)

    def put(self, row: TakeRow) -> None:
        """One row more."""
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, row.take.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, row.take.name)
        item.setSizeHint(QSize(0, ROW_PX))
        self.addItem(item)
        self.setItemWidget(item, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Delete."""
        if event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        return keeps(event, (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)) or super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for the take."""
        self.menu_wanted.emit(event.globalPos())
