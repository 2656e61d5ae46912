"""The cast: characters and their lines, renamed, removed and moved from one to another."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QToolButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from engine.avatars.people import newcomer, person_of
from engine.project.change import Composite
from engine.project.document import LineDoc, new_id
from engine.project.edits import AddCharacter, AddLine, RemoveCharacter, RemoveLine, RenameLine, SetCharacter
from studio import theme
from studio.panels.desk import Desk
from studio.panels.panel import keeps
from studio.people.portraits import Portraits

_ID = Qt.ItemDataRole.UserRole
_IS_LINE = Qt.ItemDataRole.UserRole + 1


class CastTree(QTreeWidget):
    """Characters, each with its lines.

    Signals:
        moved(line_id, character_id, index): a line was dragged to a place among a character's lines.
        remove_wanted(): Delete.
    """

    moved = Signal(str, str, int)
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lineList")
        self.setAccessibleName(self.tr("Characters and lines"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(20)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(12)
        self.setIconSize(QSize(theme.ROW - 2, theme.ROW - 2))
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """A few rows."""
        return QSize(200, 5 * theme.ROW + 6)

    @property
    def tops(self) -> list[QTreeWidgetItem]:
        """Rows of the characters."""
        return [item for i in range(self.topLevelItemCount()) if (item := self.topLevelItem(i)) is not None]

    def count(self) -> int:
        """Lines of all characters."""
        return sum(top.childCount() for top in self.tops)

    def item_of(self, part_id: str) -> QTreeWidgetItem | None:
        """The row of a character or a line."""
        for top in self.tops:
            for item in (top, *(top.child(k) for k in range(top.childCount()))):
                if item is not None and item.data(0, _ID) == part_id:
                    return item
        return None

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the line went; the document moves it, and the tree follows that."""
        item, target = self.currentItem(), self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if item is None or not item.data(0, _IS_LINE) or target is None:
            return
        owner = item.parent()
        character = target.parent() if target.data(0, _IS_LINE) else target
        if character is None:
            return
        if character is not target:
            index = character.indexOfChild(target)
            below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
            index += 1 if below else 0
        else:
            index = target.childCount()
        line_id, character_id = str(item.data(0, _ID)), str(character.data(0, _ID))
        if character is owner and index > character.indexOfChild(item):
            index -= 1  # it leaves its own place first
        QTimer.singleShot(0, self, lambda: self.moved.emit(line_id, character_id, index))

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        return keeps(event, (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.state() != QAbstractItemView.State.EditingState:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class Cast(QWidget):
    """The tree with its buttons. A line that is clicked is the one to work on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: object = None
        self._portraits = Portraits.of(desk.jobs)
        self._portraits.arrived.connect(self._show_faces)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.tree = CastTree()
        self.tree.setMinimumHeight(3 * theme.ROW + 6)
        self.tree.currentItemChanged.connect(lambda item, _: self._on_chosen(item))
        self.tree.itemChanged.connect(lambda item, _: self._on_renamed(item))
        self.tree.moved.connect(self.move_line)
        self.tree.remove_wanted.connect(self.remove)
        column.addWidget(self.tree, 1)
        row = QHBoxLayout()
        row.setSpacing(2)
        self.add_button = self._button(row, "addCharacter", self.tr("+ Character"), self.tr("Another character, who gets the next lines"), self.add)
        self.rename_button = self._button(row, "renameCast", self.tr("Rename"), self.tr("Rename what is selected (F2)"), self._on_rename)
        self.remove_button = self._button(
            row, "removeCast", self.tr("Remove"), self.tr("Remove what is selected; of a character its lines too (Delete)"), self.remove
        )
        row.addStretch(1)
        column.addLayout(row)

    def _button(self, row: QHBoxLayout, name: str, text: str, tip: str, do: object) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.clicked.connect(do)
        row.addWidget(button)
        return button

    # Showing.

    def refresh(self) -> None:
        """Show everybody and their lines."""
        line, why = self._desk.line, self._desk.read_only
        characters = self._desk.session.document.characters
        lines = tuple((x.id, x.name, x.start_s, x.duration_s) for c in characters for x in c.lines)
        shown = (why, tuple((c.id, c.name, len(c.lines)) for c in characters), lines, theme.PANEL)
        if shown != self._shown:
            self._shown = shown
            self._fill(line, why)
        self._show_faces()
        self._mark(line)
        self._show_state()

    def _show_faces(self) -> None:
        """The picture of each character; while one of them is being shaped, that of before."""
        if self._desk.session.history.dragging:
            return
        self.tree.blockSignals(True)
        for character in self._desk.session.document.characters:
            item = self.tree.item_of(character.id)
            picture = self._portraits.picture(person_of(character)) if item is not None and self.isVisible() else None
            if item is not None and picture is not None:
                icon = QIcon()
                for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # the style would tint a selected picture
                    icon.addPixmap(picture, mode)
                item.setIcon(0, icon)
        self.tree.blockSignals(False)

    def _mark(self, line: LineDoc | None) -> None:
        """The line that is worked on is the current row, unless a character is."""
        item = self.tree.currentItem()
        if line is not None and (item is None or (item.data(0, _IS_LINE) and item.data(0, _ID) != line.id)):
            self.tree.blockSignals(True)
            found = self.tree.item_of(line.id)
            if found is not None:
                self.tree.setCurrentItem(found)
                self.tree.scrollToItem(found)
            self.tree.blockSignals(False)

    def _fill(self, line: LineDoc | None, why: str) -> None:
        keep = self.tree.currentItem()
        chosen = str(keep.data(0, _ID)) if keep is not None and not keep.data(0, _IS_LINE) else (line.id if line is not None else "")
        self.tree.blockSignals(True)
        self.tree.clear()
        for character in self._desk.session.document.characters:
            top = self._item(character.id, character.name, "", False, bool(why))
            top.setToolTip(0, self.tr("{name}; the People panel changes how they look").format(name=character.name))
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.tree.addTopLevelItem(top)
            for each in character.lines:
                top.addChild(self._line_item(each, bool(why)))
            top.setExpanded(True)
        current = self.tree.item_of(chosen) or (self.tree.item_of(line.id) if line is not None else None)
        if current is not None:
            self.tree.setCurrentItem(current)
            self.tree.scrollToItem(current)
        self.tree.blockSignals(False)

    def _item(self, part_id: str, name: str, note: str, is_line: bool, fixed: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([name, note])
        item.setData(0, _ID, part_id)
        item.setData(0, _IS_LINE, is_line)
        item.setSizeHint(0, QSize(0, theme.ROW))
        item.setForeground(1, QBrush(QColor(theme.DIM)))
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not fixed:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDropEnabled
            if is_line:
                flags |= Qt.ItemFlag.ItemIsDragEnabled
        item.setFlags(flags)
        return item

    def _line_item(self, line: LineDoc, fixed: bool) -> QTreeWidgetItem:
        length = self.tr("{seconds:.1f} s").format(seconds=line.duration_s) if line.duration_s is not None else ""
        item = self._item(line.id, line.name, length, True, fixed)
        item.setToolTip(
            0, self.tr("{name}, {length}, starts at {start:.2f} s; drag it to another character").format(name=line.name, length=length, start=line.start_s)
        )
        return item

    def _show_state(self) -> None:
        why, item = self._desk.read_only, self.tree.currentItem()
        self.add_button.setEnabled(not why)
        self.rename_button.setEnabled(not why and item is not None)
        last = len(self._desk.session.document.characters) < 2
        self.remove_button.setEnabled(not why and item is not None and (bool(item.data(0, _IS_LINE)) or not last))

    # Doing.

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            part_id, is_line = str(item.data(0, _ID)), bool(item.data(0, _IS_LINE))
            self._desk.conductor.speaker = self._desk.session.document.character_of(part_id).id if is_line else part_id
            if is_line:
                self._desk.session.select(part_id)
        self._show_state()

    def _on_rename(self) -> None:
        item = self.tree.currentItem()
        if item is not None:
            self.tree.editItem(item, 0)

    def _on_renamed(self, item: QTreeWidgetItem) -> None:
        document, part_id, name = self._desk.session.document, str(item.data(0, _ID)), item.text(0).strip()
        if item.data(0, _IS_LINE):
            old = document.line(part_id).name
            edit: RenameLine | SetCharacter = RenameLine(part_id, name)
        else:
            old = document.character(part_id).name
            edit = SetCharacter(part_id, name=name)
        if name and name != old:
            self._desk.session.apply(edit)
        else:
            self._shown = None
            QTimer.singleShot(0, self, self.refresh)

    def add(self) -> None:
        """Another character, who looks like nobody else there."""
        made = newcomer(self._desk.session.document.characters, new_id())
        if self._desk.session.apply(AddCharacter(made)):
            item = self.tree.item_of(made.id)
            if item is not None:
                self.tree.setCurrentItem(item)

    def remove(self) -> None:
        """Remove the line or the character that is selected."""
        item = self.tree.currentItem()
        if item is None or not self.remove_button.isEnabled():
            return
        part_id = str(item.data(0, _ID))
        self._desk.session.apply(RemoveLine(part_id) if item.data(0, _IS_LINE) else RemoveCharacter(part_id))

    def move_line(self, line_id: str, character_id: str, index: int) -> None:
        """Give a line to a character, at a place among its lines."""
        document = self._desk.session.document
        line, owner = document.line(line_id), document.character_of(line_id)
        if owner.id == character_id and owner.lines.index(line) == index:
            return
        self._desk.session.apply(Composite((RemoveLine(line_id), AddLine(character_id, line, index)), "Move line"))
