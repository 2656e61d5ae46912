"""The command palette: type a few letters of any action, Enter runs it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from studio import theme
from studio.comfort.catalogue import ARROW, Entry
from studio.comfort.fuzzy import score

MOST = 60  # rows shown; more are found by another letter
WIDTH, HEIGHT, ROW = 560, 420, 28
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


def ranked(entries: list[Entry], query: str, recent: list[str]) -> list[Entry]:
    """What fits a query, the best first; what was used last comes before the rest where nothing or little is typed.

    Args:
        entries: all actions.
        query: what was typed.
        recent: names of actions used last, the latest first.
    """
    found = []
    for place, entry in enumerate(entries):
        lately = 3.0 * (len(recent) - recent.index(entry.name)) / len(recent) if entry.name in recent else 0.0
        fit = 0.0
        if query.strip():
            own, whole = score(query, entry.text), score(query, entry.whole)
            if whole is None:
                continue
            fit = max(whole, own + 4.0 if own is not None else whole)
        found.append((-(fit + lately), not entry.action.isEnabled(), place, entry))
    return [f[-1] for f in sorted(found, key=lambda f: f[:3])]


class _Rows(QStyledItemDelegate):
    """An action's words, the menus it is in, and its key at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        state, rect = option.state, option.rect  # type: ignore[attr-defined]
        chosen, able = bool(state & QStyle.StateFlag.State_Selected), entry.action.isEnabled()
        painter.save()
        if chosen:
            painter.fillRect(rect, theme.colour(theme.ACCENT_DEEP))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour(theme.RAISED))
        box = rect.adjusted(10, 0, -10, 0)
        left, right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setPen(theme.colour(theme.ON_ACCENT if chosen else theme.TEXT if able else theme.FAINT))
        mark = "✓  " if entry.action.isCheckable() and entry.action.isChecked() else ""
        painter.drawText(box, right, entry.keys)
        room = box.width() - painter.fontMetrics().horizontalAdvance(entry.keys) - 18
        words = painter.fontMetrics().elidedText(mark + entry.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, left, words)
        used = painter.fontMetrics().horizontalAdvance(words) + 12
        painter.setPen(theme.colour(theme.ON_ACCENT if chosen else theme.FAINT))
        path = painter.fontMetrics().elidedText(ARROW.join(entry.path), Qt.TextElideMode.ElideRight, max(0, room - used))
        painter.drawText(QRect(box.left() + used, box.top(), max(0, room - used), box.height()), left, path)
        painter.restore()


class Palette(QDialog):
    """A list of actions to search.

    Args:
        parent: the window they are of.
        entries: all of them.
        recent: names of those used last.
    """

    def __init__(self, parent: QWidget, entries: list[Entry], recent: list[str]) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("commandPalette")
        self.setWindowTitle(self.tr("Command palette"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries, self._recent = entries, recent
        self.chosen: Entry | None = None
        self.search = QLineEdit()
        self.search.setObjectName("paletteSearch")
        self.search.setPlaceholderText(self.tr("What would you like to do?"))
        self.search.setAccessibleName(self.tr("Search all commands"))
        self.search.setToolTip(self.tr("A few letters of a command or its menu; Enter runs it, Esc closes"))
        self.rows = QListWidget()
        self.rows.setObjectName("paletteRows")
        self.rows.setAccessibleName(self.tr("Commands found"))
        self.rows.setItemDelegate(_Rows(self.rows))
        self.rows.setUniformItemSizes(True)
        self.rows.setMouseTracking(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.nothing = QLabel(self.tr("No command has these letters."))
        self.nothing.setProperty("role", "dim")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        column.setSpacing(theme.SPACE)
        column.addWidget(self.search)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.rows, 1)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._fill)
        self.rows.itemClicked.connect(lambda _: self._run())
        self._fill("")
        self.resize(WIDTH, HEIGHT)
        self.search.setFocus()

    def _fill(self, query: str) -> None:
        self.rows.clear()
        for entry in ranked(self._entries, query, self._recent)[:MOST]:
            item = QListWidgetItem(entry.whole, self.rows)
            item.setData(Qt.ItemDataRole.UserRole, entry)
        self.nothing.setVisible(self.rows.count() == 0)
        self.rows.setVisible(self.rows.count() > 0)
        self.rows.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the list, while the search has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and self.rows.count():
                row = self.rows.currentRow() + step
                self.rows.setCurrentRow(row % self.rows.count() if abs(step) == 1 else min(max(row, 0), self.rows.count() - 1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _run(self) -> None:
        item = self.rows.currentItem()
        entry: Entry | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if entry is not None and entry.action.isEnabled():
            self.chosen = entry
            self.accept()


def place_over(dialog: QWidget, window: QWidget) -> None:
    """At the top of a window, in its middle."""
    corner = window.mapToGlobal(window.rect().topLeft())
    dialog.move(corner.x() + (window.width() - dialog.width()) // 2, corner.y() + 64)
