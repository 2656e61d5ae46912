"""The edit layers of the current line: which there are, in what order, and what the active one does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.project.change import Composite
from engine.project.document import LineDoc, new_id
from engine.project.edits import PutPart, RemovePart, SetLayer, SetParts
from engine.project.parts import Layer
from studio import theme
from studio.panels.desk import Desk
from studio.panels.layer_list import LayerItem, LayerList
from studio.panels.levels import Level, LevelRow
from studio.panels.numbers import NumberField

_ROW_PX, _MOST_ROWS = 28, 5


class LayerBar(QWidget):
    """Lists the layers and edits the active one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: object = None
        self._items: dict[str, LayerItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        self.list = LayerList()
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.reordered.connect(self._on_reordered)
        self.list.rename_wanted.connect(lambda row: self._item_at(row).name.begin())
        self.list.remove_wanted.connect(self.remove)
        self.hint = QLabel(self.tr("No layers yet. Moving a channel makes one."))
        self.hint.setProperty("role", "dim")
        self.hint.setWordWrap(True)
        column.addWidget(self.hint)
        column.addWidget(self.list)
        column.addLayout(self._build_buttons())
        column.addWidget(self._build_settings())
        self.refresh()

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        self.buttons: dict[str, QToolButton] = {}
        for name, text, tip, do in (
            ("addLayer", "+", self.tr("New layer, above the active one"), self.add),
            ("removeLayer", "−", self.tr("Delete the active layer"), self.remove),
            ("duplicateLayer", self.tr("Duplicate"), self.tr("A copy of the active layer, above it"), self.duplicate),
            ("raiseLayer", "↑", self.tr("Move the active layer up"), lambda: self.shift(1)),
            ("lowerLayer", "↓", self.tr("Move the active layer down"), lambda: self.shift(-1)),
        ):
            button = QToolButton()
            button.setObjectName(name)
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setMinimumSize(26, 24)
            button.clicked.connect(do)
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        self.mode = QComboBox()
        self.mode.setObjectName("layerMode")
        self.mode.setAccessibleName(self.tr("Mode of the layer"))
        self.mode.addItem(self.tr("Add"), "additive")
        self.mode.addItem(self.tr("Override"), "override")
        self.mode.setToolTip(self.tr("Add: on top of what is below. Override: in its place."))
        self.mode.activated.connect(lambda _: self._set(mode=self.mode.currentData()))
        row.addWidget(self.mode)
        return row

    def _build_settings(self) -> QWidget:
        self.settings = QWidget()
        column = QVBoxLayout(self.settings)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        session = self._desk.session
        tip = self.tr("How much of the layer counts")
        self.weight = LevelRow(Level(self.tr("Weight"), 1.0, 1.0, tip, key="layerWeight"), (lambda: session.cursor, session.undo))
        self.weight.began.connect(session.begin_drag)
        self.weight.changed.connect(lambda value: self._set(weight=value))
        self.weight.ended.connect(session.end_drag)
        column.addWidget(self.weight)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(self.tr("Span"))
        label.setFixedWidth(40)
        self.start, self.end = (NumberField(0.0, 1e6, 2, "s") for _ in range(2))
        for field, name, text in ((self.start, "layerStart", self.tr("Start of the layer")), (self.end, "layerEnd", self.tr("End of the layer"))):
            field.setObjectName(name)
            field.setAccessibleName(text)
            field.setToolTip(text)
            field.valueChanged.connect(lambda _: self._on_span())
        self.to_range = self._span_button("layerToRange", self.tr("In–Out"), self.tr("From the in to the out point"))
        self.to_range.clicked.connect(self._on_to_range)
        self.whole = self._span_button("layerWhole", self.tr("All"), self.tr("Over the whole line"))
        self.whole.clicked.connect(lambda: self._set(span=(0.0, None)))
        for widget, stretch in ((label, 0), (self.start, 1), (self.end, 1), (self.to_range, 0), (self.whole, 0)):
            row.addWidget(widget, stretch)
        column.addLayout(row)
        return self.settings

    def _span_button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        return button

    # Showing.

    @property
    def active(self) -> Layer | None:
        """The layer that edits go to."""
        line, layer_id = self._desk.line, self._desk.selection.active_layer
        return line.layer(layer_id) if line is not None and line.has_part("layers", layer_id) else None

    def refresh(self) -> None:
        """Show the line's layers."""
        line, why = self._desk.line, self._desk.no_line()
        layers = line.layers if line is not None else ()
        shape = (why, tuple((x.id, x.name, x.mute, x.solo, x.lock) for x in layers))
        if shape != self._shown:
            self._shown = shape
            self._fill(line, why)
        for layer in layers:
            self._items[layer.id].show_layer(layer)
        self._show_active()

    def _fill(self, line: LineDoc | None, why: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self._items = {}
        for layer in reversed(line.layers if line is not None else ()):
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, layer.id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, layer.name)
            item.setSizeHint(QSize(0, _ROW_PX))
            row = LayerItem(layer, why)
            row.switched.connect(lambda name, on, layer_id=layer.id: self._switch(layer_id, name, on))
            row.renamed.connect(lambda text, layer_id=layer.id: self._put(layer_id, name=text))
            self.list.addItem(item)
            self.list.setItemWidget(item, row)
            self._items[layer.id] = row
        self.list.blockSignals(False)
        count = self.list.count()
        self.list.setFixedHeight(min(max(count, 1), _MOST_ROWS) * _ROW_PX + 4)
        self.list.setVisible(count > 0)
        self.hint.setVisible(count == 0)

    def _show_active(self) -> None:
        layer, why = self.active, self._desk.no_line()
        ids = [self.list.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.list.count())]
        self.list.blockSignals(True)
        self.list.setCurrentRow(ids.index(layer.id) if layer is not None else -1)
        self.list.blockSignals(False)
        for layer_id, item in self._items.items():
            item.set_selected(layer is not None and layer_id == layer.id)
        if not why:
            why = self.tr("Choose a layer first.") if layer is None else self.tr("The layer is locked.") if layer.lock else ""
        self.buttons["addLayer"].setEnabled(not self._desk.no_line())
        for name, button in self.buttons.items():
            if name != "addLayer":
                button.setEnabled(layer is not None and not self._desk.no_line() and (name == "duplicateLayer" or not layer.lock))
        at = ids.index(layer.id) if layer is not None else 0
        self.buttons["raiseLayer"].setEnabled(self.buttons["raiseLayer"].isEnabled() and at > 0)
        self.buttons["lowerLayer"].setEnabled(self.buttons["lowerLayer"].isEnabled() and at < len(ids) - 1)
        self.settings.setVisible(layer is not None)
        self.mode.setEnabled(not why)
        self.weight.set_reason(why)
        for widget in (self.start, self.end, self.to_range, self.whole):
            widget.setEnabled(not why)
        if layer is not None:
            self.mode.setCurrentIndex(self.mode.findData(layer.mode))
            if not self.weight.dragging:
                self.weight.set_value(layer.weight)
            self.start.show_value(layer.start_s)
            line = self._desk.line
            length_s = (line.duration_s if line is not None else None) or self._desk.conductor.duration_s
            self.end.show_value(layer.end_s if layer.end_s is not None else max(length_s, layer.start_s))

    # Doing.

    def _item_at(self, row: int) -> LayerItem:
        return self._items[self.list.item(row).data(Qt.ItemDataRole.UserRole)]

    def _on_chosen(self, row: int) -> None:
        if row >= 0:
            self._desk.selection.set_active_layer(self.list.item(row).data(Qt.ItemDataRole.UserRole))

    def _put(self, layer_id: str, **settings: object) -> None:
        line = self._desk.line
        if line is not None:
            self._desk.session.apply(SetLayer(line.id, layer_id, **settings))  # type: ignore[arg-type]

    def _set(self, **settings: object) -> None:
        if self.active is not None:
            self._put(self.active.id, **settings)

    def _switch(self, layer_id: str, name: str, on: bool) -> None:
        self._put(layer_id, **{name: on})

    def _on_span(self) -> None:
        layer = self.active
        if layer is not None:
            start_s, end_s = self.start.value(), self.end.value()
            self._set(span=(start_s, max(end_s, start_s + 0.01)))

    def _on_to_range(self) -> None:
        line = self._desk.line
        if line is not None:
            self._set(span=(line.in_s or 0.0, line.out_s))

    def add(self) -> None:
        """A new layer, and make it the active one."""
        line = self._desk.line
        if line is None:
            return
        taken = {layer.name for layer in line.layers}
        number = next(n for n in range(1, len(taken) + 2) if self.tr("Layer {number}").format(number=n) not in taken)
        self._insert(Layer(new_id(), self.tr("Layer {number}").format(number=number)), "Add layer")

    def duplicate(self) -> None:
        """A copy of the active layer."""
        layer = self.active
        if layer is not None:
            name = self.tr("{name} copy").format(name=layer.name)
            self._insert(replace(layer, id=new_id(), name=name, lock=False, source=""), "Duplicate layer")

    def _insert(self, layer: Layer, title: str) -> None:
        line, active = self._desk.line, self.active
        if line is None:
            return
        index = line.layers.index(active) + 1 if active is not None else len(line.layers)
        self._desk.session.apply(Composite((PutPart(line.id, layer, index),), title))
        self._desk.selection.set_active_layer(layer.id)

    def remove(self) -> None:
        """Delete the active layer."""
        line, layer = self._desk.line, self.active
        if line is None or layer is None or layer.lock or self._desk.read_only:
            return
        at = line.layers.index(layer)
        self._desk.session.apply(RemovePart(line.id, "layers", layer.id))
        rest = [x for x in line.layers if x is not layer]
        if rest:
            self._desk.selection.set_active_layer(rest[max(0, min(at, len(rest)) - 1)].id)

    def shift(self, by: int) -> None:
        """The active layer up (1) or down (-1)."""
        line, layer = self._desk.line, self.active
        if line is None or layer is None:
            return
        rest = [x for x in line.layers if x is not layer]
        at = min(max(line.layers.index(layer) + by, 0), len(rest))
        self._reorder((*rest[:at], layer, *rest[at:]))

    def _on_reordered(self) -> None:
        line = self._desk.line
        if line is None:
            return
        ids = [self.list.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.list.count())]
        self._shown = None
        if sorted(ids) == sorted(x.id for x in line.layers):
            self._reorder(tuple(line.layer(layer_id) for layer_id in reversed(ids)))
        self.refresh()

    def _reorder(self, layers: tuple[Layer, ...]) -> None:
        line = self._desk.line
        if line is not None and layers != line.layers:
            self._desk.session.apply(Composite((SetParts(line.id, "layers", layers),), "Reorder layers"))
