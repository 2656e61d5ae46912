"""The shortcut editor: every action with its keys; press a key to give it, see who has it, take another program's habits."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from engine.core.errors import InvalidInput, OutputError
from engine.core.output import replacing
from studio import theme
from studio.comfort.bindings import Bindings
from studio.comfort.catalogue import ARROW, Entry
from studio.comfort.fuzzy import folded
from studio.comfort.keymaps import PRESET_WORDS, PRESETS, Keymap, canonical

_NAME = Qt.ItemDataRole.UserRole
_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeyField(QLineEdit):
    """Takes the next key that is pressed, whatever it does elsewhere.

    Signals:
        pressed(key): in portable words.
    """

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keyField")
        self.setReadOnly(True)
        self.setPlaceholderText(self.tr("Click here and press a key"))
        self.setAccessibleName(self.tr("New key"))
        self.setToolTip(self.tr("Press the key to give to the chosen action; Tab leaves the field"))

    def event(self, event: QEvent) -> bool:
        """No key does here what it does elsewhere, but Tab."""
        if isinstance(event, QKeyEvent) and event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                if event.key() not in _MODIFIERS:
                    self.show_key(QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText))
                event.accept()
                return True
        return super().event(event)

    def show_key(self, key: str) -> None:
        """Take a key, or none."""
        self.key = canonical(key) if key else ""
        self.setText(native(self.key))
        self.pressed.emit(self.key)

    key = ""


class ShortcutEditor(QDialog):
    """Edits a copy of the window's keys; OK gives them to the window.

    Args:
        bindings: of the window.
        parent: the window.
    """

    def __init__(self, bindings: Bindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutEditor")
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.bindings = bindings
        bindings.refresh()
        self.keymap: Keymap = bindings.keymap
        self._entries: dict[str, Entry] = {e.name: e for e in bindings.entries()}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(theme.SPACE)
        column.addLayout(self._build_top())
        column.addWidget(self._build_tree(), 1)
        column.addLayout(self._build_keys())
        self.notice = QLabel()
        self.notice.setObjectName("keyNotice")
        self.notice.setProperty("role", "warning")
        self.notice.setWordWrap(True)
        self.notice.setMinimumHeight(self.notice.fontMetrics().height())
        column.addWidget(self.notice)
        column.addLayout(self._build_bottom())
        self.resize(680, 620)
        self._fill()
        self.search.setFocus()

    # Building.

    def _build_top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.search = QLineEdit()
        self.search.setObjectName("keySearch")
        self.search.setClearButtonEnabled(True)
        self.search.setPlaceholderText(self.tr("Search actions, menus and keys"))
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.setToolTip(self.tr("Words of an action or its menu, or a key such as Ctrl+S"))
        self.search.textChanged.connect(self._filter)
        self.preset = QComboBox()
        self.preset.setObjectName("keyPreset")
        self.preset.setAccessibleName(self.tr("Preset"))
        self.preset.setToolTip(self.tr("Keys as another program has them; own changes are dropped"))
        for name, words in PRESET_WORDS.items():
            self.preset.addItem(QCoreApplication.translate("Keymaps", words), name)
        self.preset.setCurrentIndex(list(PRESETS).index(self.keymap.preset))
        self.preset.activated.connect(lambda at: self._take(self.keymap.with_preset(self.preset.itemData(at))))
        row.addWidget(self.search, 1)
        row.addWidget(QLabel(self.tr("Preset:")))
        row.addWidget(self.preset)
        return row

    def _build_tree(self) -> QTreeWidget:
        self.tree = QTreeWidget()
        self.tree.setObjectName("keyTree")
        self.tree.setAccessibleName(self.tr("Actions and their keys"))
        self.tree.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        return self.tree

    def _build_keys(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.field = KeyField()
        self.field.pressed.connect(self._on_pressed)
        row.addWidget(self.field, 1)
        self.set_button = self._button("keySet", self.tr("Set"), self.tr("Only this key for the action; who has it now loses it"), self.set_key)
        self.add_button = self._button("keyAdd", self.tr("Add"), self.tr("This key too"), self.add_key)
        self.clear_button = self._button("keyClear", self.tr("Clear"), self.tr("No key for the action"), self.clear_keys)
        self.default_button = self._button("keyDefault", self.tr("As in Preset"), self.tr("The keys the preset has for the action"), self.default_keys)
        for button in (self.set_button, self.add_button, self.clear_button, self.default_button):
            row.addWidget(button)
        return row

    def _build_bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._button("keyImport", self.tr("Import…"), self.tr("Keys from a file"), self._ask_import))
        row.addWidget(self._button("keyExport", self.tr("Export…"), self.tr("Keys to a file, for another machine"), self._ask_export))
        row.addStretch(1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        box.button(QDialogButtonBox.StandardButton.Ok).setAutoDefault(False)
        row.addWidget(box)
        self.buttons = box
        return row

    def _button(self, name: str, text: str, tip: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: do())  # type: ignore[operator]
        return button

    # Showing.

    def _fill(self) -> None:
        chosen = self.chosen
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for entry in self._entries.values():
            menu = entry.path[0]
            if menu not in groups:
                groups[menu] = QTreeWidgetItem(self.tree, [menu])
                groups[menu].setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = groups[menu].font(0)
                font.setBold(True)
                groups[menu].setFont(0, font)
            keys = self.keymap.keys(entry.name)
            item = QTreeWidgetItem(groups[menu], [ARROW.join((*entry.path[1:], entry.title)), "   ".join(native(k) for k in keys)])
            item.setData(0, _NAME, entry.name)
            if entry.name in self.keymap.changes:
                font = item.font(1)
                font.setBold(True)
                item.setFont(1, font)
                item.setToolTip(1, self.tr("Changed; the preset has {keys}").format(keys=", ".join(map(native, self.keymap.preset_keys(entry.name))) or "–"))
            if entry.name == chosen:
                self.tree.setCurrentItem(item)
        self.tree.expandAll()
        self._filter(self.search.text())
        self._show_chosen()

    @property
    def chosen(self) -> str:
        """The chosen action's name; "" for none."""
        item = self.tree.currentItem()
        return (item.data(0, _NAME) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose an action by its name."""
        for item in self._items():
            if item.data(0, _NAME) == name:
                self.tree.setCurrentItem(item)

    def _items(self) -> list[QTreeWidgetItem]:
        return [child for group in self._groups() for child in _children(group)]

    def _groups(self) -> list[QTreeWidgetItem]:
        return _children(self.tree.invisibleRootItem())

    def _filter(self, text: str) -> None:
        words = folded(text).split()
        for item in self._items():
            entry = self._entries[item.data(0, _NAME)]
            whole = folded(f"{entry.path[0]} {item.text(0)} {item.text(1)}")
            item.setHidden(not all(w in whole for w in words))
        for group in self._groups():
            group.setHidden(all(item.isHidden() for item in _children(group)))

    def _show_chosen(self) -> None:
        able = bool(self.chosen)
        self.field.setEnabled(able)
        self.clear_button.setEnabled(able and bool(self.keymap.keys(self.chosen)))
        self.default_button.setEnabled(able and self.chosen in self.keymap.changes)
        self.field.show_key("")

    def _on_pressed(self, key: str) -> None:
        for button in (self.set_button, self.add_button):
            button.setEnabled(bool(self.chosen and key))
        owner = self.keymap.owner(key, besides=self.chosen) if key else None
        if owner is None:
            self.notice.setText("")
        else:
            words = self.tr("{key} is the key of “{action}”, which would lose it.")
            self.notice.setText(words.format(key=native(key), action=ARROW.join((*self._entries[owner].path, self._entries[owner].title))))

    # Changing.

    def _take(self, keymap: Keymap) -> None:
        self.keymap = keymap
        self._fill()

    def set_key(self) -> None:
        """The key pressed, and no other."""
        if self.field.key and self.chosen:
            self._take(self.keymap.with_keys(self.chosen, (self.field.key,)))

    def add_key(self) -> None:
        """The key pressed, too."""
        if self.field.key and self.chosen:
            self._take(self.keymap.with_keys(self.chosen, (*self.keymap.keys(self.chosen), self.field.key)))

    def clear_keys(self) -> None:
        """No key."""
        if self.chosen:
            self._take(self.keymap.with_keys(self.chosen, ()))

    def default_keys(self) -> None:
        """What the preset has."""
        if self.chosen:
            self._take(self.keymap.as_preset(self.chosen))

    def import_file(self, path: Path) -> None:
        """Take the keys of a file; what is wrong with it is told."""
        try:
            keymap = self.keymap.from_json(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            self.notice.setText(self.tr("{file} cannot be read: {reason}").format(file=path.name, reason=error))
        except InvalidInput as error:
            self.notice.setText(f"{path.name}: {error}")
        else:
            self._take(keymap)
            self.preset.setCurrentIndex(list(PRESETS).index(keymap.preset))

    def export_file(self, path: Path) -> None:
        """Write the keys to a file."""
        try:
            with replacing(path) as partial:
                partial.write_text(self.keymap.to_json(), encoding="utf-8")
        except (OSError, OutputError) as error:
            self.notice.setText(self.tr("{file} cannot be written: {reason}").format(file=path.name, reason=error))

    def _ask_import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import Keys"), "", self.tr("Key maps (*.json)"))
        if name:
            self.import_file(Path(name))

    def _ask_export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export Keys"), "vivavoce-keys.json", self.tr("Key maps (*.json)"))
        if name:
            self.export_file(Path(name))

    def accept(self) -> None:
        """Give the keys to the window."""
        self.bindings.use(self.keymap)
        super().accept()


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (item.child(i) for i in range(item.childCount()))
    return [child for child in found if child is not None]
