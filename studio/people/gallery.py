"""The gallery: pictures of people to choose from, in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from engine.core.person import Person
from studio import theme
from studio.panels.panel import keeps
from studio.people.portraits import Portraits

PICTURE_PX, CELL_W, CELL_H = 68, 76, 92
_AT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Entry:
    """Somebody in the gallery.

    Args:
        person: who.
        origin: `built-in`, `project` or `own`.
        tip: about them.
        avatar: the name of a built-in person.
        file: of one of the user's own.
        offered: a picture that came with them, until one is drawn: the bytes of a PNG file.
    """

    person: Person
    origin: str
    tip: str
    avatar: str | None = None
    file: Path | None = None
    offered: bytes | None = None


class Gallery(QListWidget):
    """A grid of people; a click chooses one, the arrows walk and Return chooses.

    Args:
        portraits: draws their pictures.
        named: with their names under them.

    Signals:
        chosen(entry): somebody is to be put on.
        remove_wanted(entry): Delete.
    """

    chosen = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, name: str, portraits: Portraits, named: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._named, self._cell_height = named, CELL_H if named else CELL_W
        self.entries: tuple[Entry, ...] = ()
        self._portraits = portraits
        self.setObjectName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self.setGridSize(QSize(CELL_W, self._cell_height))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget { border: 0; background: transparent; } QListWidget::item { padding: 2px; }")
        self.itemClicked.connect(self._on_item)
        portraits.arrived.connect(self._show_pictures)

    def show_entries(self, entries: Sequence[Entry], current: Person | None = None) -> None:
        """Show these, the current one marked."""
        entries = tuple(entries)
        if entries != self.entries or self.count() != len(entries):
            self.entries = entries
            self.blockSignals(True)
            self.clear()
            for i, entry in enumerate(entries):
                item = QListWidgetItem(self._icon(entry), entry.person.name if self._named else "")
                item.setData(_AT, i)
                item.setToolTip(entry.tip)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.tip)
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
                self.addItem(item)
            self.blockSignals(False)
            self.fit()
        self.mark(current)

    def mark(self, person: Person | None) -> None:
        """Mark who is put on; nobody where none of these is."""
        at = next((i for i, entry in enumerate(self.entries) if entry.person == person), -1)
        self.blockSignals(True)
        if at != self.currentRow() or at < 0:
            self.setCurrentRow(at)
        self.blockSignals(False)

    def _icon(self, entry: Entry) -> QIcon:
        picture = self._portraits.picture(entry.person) if self.isVisible() or self._portraits.useless else None
        if picture is None and entry.offered is not None:
            found = QPixmap()
            picture = found if found.loadFromData(entry.offered, "PNG") else None
        if picture is None:
            picture = QPixmap(PICTURE_PX, PICTURE_PX)
            picture.fill(theme.colour(theme.FIELD))
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # the style would tint a selected picture
            icon.addPixmap(picture, mode)
        return icon

    def _show_pictures(self) -> None:
        if not self.isVisible():
            return
        self.blockSignals(True)
        for i, entry in enumerate(self.entries):
            item = self.item(i)
            if item is not None:
                item.setIcon(self._icon(entry))
        self.blockSignals(False)

    def current_entry(self) -> Entry | None:
        """Who is marked."""
        row = self.currentRow()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def _on_item(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.entries[int(item.data(_AT))])

    def fit(self) -> None:
        """As high as its rows: the panel scrolls."""
        columns = max(1, self.viewport().width() // CELL_W)
        height = max(1, -(-self.count() // columns)) * self._cell_height + 4
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns."""
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QEvent) -> None:
        """Have the pictures drawn."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._show_pictures()

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        mine = (
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_Right,
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        )  # fmt: skip
        return keeps(event, mine) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and the space bar choose, Delete deletes."""
        entry = self.current_entry()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if entry is not None:
                self.chosen.emit(entry)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if entry is not None:
                self.remove_wanted.emit(entry)
        else:
            super().keyPressEvent(event)
