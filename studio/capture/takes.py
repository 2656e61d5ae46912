"""The list of a line's captured takes: which of them plays, what each is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from engine.core.channels import REGIONS as ALL
from engine.project.edits import RemovePart, SetLayer
from engine.project.parts import Layer
from studio import icons
from studio.capture import layers
from studio.capture.capturer import Capturer
from studio.capture.words import REGIONS
from studio.panels.desk import Desk
from studio.panels.layer_list import NameEdit, SelectableRow
from studio.panels.panel import keeps
from studio.panels.take_list import ElidedLabel
from studio.panels.words import translated

_ROW_PX, _MOST_ROWS = 46, 4
_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaptureRow(SelectableRow):
    """One captured take.

    Signals:
        switched(): its switch.
        renamed(text): another name was given.
    """

    switched = Signal()
    renamed = Signal(str)

    def __init__(self, layer: Layer, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 6, 2)
        row.setSpacing(6)
        self.switch = QToolButton()
        self.switch.setObjectName("captureSwitch")
        self.switch.setCheckable(True)
        self.switch.setIcon(icons.icon("record", "DIM"))
        self.switch.setFixedSize(24, 24)
        self.switch.setAccessibleName(self.tr("Plays"))
        self.switch.clicked.connect(lambda _: self.switched.emit())
        row.addWidget(self.switch)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = NameEdit(layer.name)
        self.name.renamed.connect(self.renamed)
        self.facts = ElidedLabel("DIM")
        words.addWidget(self.name)
        words.addWidget(self.facts)
        row.addLayout(words, 1)
        self.show_layer(layer, why)

    def show_layer(self, layer: Layer, why: str) -> None:
        """What it is and whether it plays."""
        on = not layer.mute
        self.switch.setChecked(on)
        self.switch.setIcon(icons.icon("play" if on else "silent", "TEXT" if on else "FAINT"))
        self.switch.setEnabled(not why and not layer.lock)
        tip = self.tr("This take plays; click to silence it") if on else self.tr("Let this take play in the place of the others")
        self.switch.setToolTip(why or tip)
        self.name.setEnabled(not why)
        regions = layers.regions_of(layer)
        what = self.tr("whole face") if len(regions) == len(ALL) else ", ".join(translated("Capture", REGIONS[r][0]).lower() for r in regions)
        length = (layer.end_s or layer.start_s) - layer.start_s
        keys = sum(len(curve.keys) for curve in layer.curves.values())
        self.facts.setText(self.tr("{seconds:.1f} s · {regions} · {keys} keys").format(seconds=length, regions=what, keys=keys))
        self.facts.role = "DIM" if on else "FAINT"
        film = layers.film_of(layer)
        self.setToolTip(f"{layer.name}\n{self.facts.text()}\n{film}")


class CaptureList(QWidget):
    """Lists the captured takes of the current line, the latest first.

    Args:
        desk: what it works with.
        capturer: switches them.
    """

    def __init__(self, desk: Desk, capturer: Capturer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._capturer = desk, capturer
        self._ids: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.hint = QLabel(self.tr("No takes yet. Capture a video, or record your face; each take is a layer of curves."))
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        self.list = _List()
        self.list.chosen.connect(self._on_chosen)
        self.list.key.connect(self._on_key)
        column.addWidget(self.hint)
        column.addWidget(self.list)

    def row(self, index: int) -> CaptureRow:
        """The row of a take."""
        widget = self.list.itemWidget(self.list.item(index))
        assert isinstance(widget, CaptureRow)
        return widget

    @property
    def row_count(self) -> int:
        """Takes that are listed."""
        return len(self._ids)

    def refresh(self) -> None:
        """Show the line's."""
        line, why = self._desk.line, self._desk.read_only
        found = layers.captured(line) if line is not None else []
        if [layer.id for layer in found] != self._ids:
            self._fill(found, why)
        active = self._desk.selection.active_layer
        for i, layer in enumerate(found):
            row = self.row(i)
            row.show_layer(layer, why)
            row.set_selected(layer.id == active)
        self.hint.setVisible(not found)
        self.list.setVisible(bool(found))

    def _fill(self, found: list[Layer], why: str) -> None:
        self._ids = [layer.id for layer in found]
        self.list.clear()
        for layer in found:
            row = CaptureRow(layer, why)
            row.switched.connect(lambda i=layer.id: self._on_switched(i))
            row.renamed.connect(lambda text, i=layer.id: self._rename(i, text))
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, layer.name)
            item.setSizeHint(QSize(0, _ROW_PX))
            self.list.addItem(item)
            self.list.setItemWidget(item, row)
        self.list.setFixedHeight(min(len(found), _MOST_ROWS) * _ROW_PX + 6)

    def _on_switched(self, layer_id: str) -> None:
        self._capturer.switch(layer_id)
        self.refresh()

    def _rename(self, layer_id: str, text: str) -> None:
        line = self._desk.line
        if line is not None and line.has_part("layers", layer_id):
            self._desk.session.apply(SetLayer(line.id, layer_id, name=text))

    def _on_chosen(self, index: int) -> None:
        if 0 <= index < len(self._ids):
            self._desk.selection.set_active_layer(self._ids[index])

    def _on_key(self, key: int) -> None:
        index, line = self.list.currentRow(), self._desk.line
        if not 0 <= index < len(self._ids) or line is None or self._desk.read_only:
            return
        if key == Qt.Key.Key_F2:
            self.row(index).name.begin()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_switched(self._ids[index])
        elif not line.layer(self._ids[index]).lock:
            self._desk.session.apply(RemovePart(line.id, "layers", self._ids[index]))


class _List(QListWidget):
    chosen = Signal(int)
    key = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("captureList")
        self.setAccessibleName(self.tr("Captured takes"))
        self.setToolTip(self.tr("Enter switches the take, F2 renames it, Delete deletes it"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget::item { padding: 0; } QListWidget::item:selected { background: transparent; }")
        self.currentRowChanged.connect(self.chosen)

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        return keeps(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Switch, rename, delete."""
        if event.key() in _KEYS:
            self.key.emit(event.key())
        else:
            super().keyPressEvent(event)
