"""The list of layers: one row each, with its switches, its name and what it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QLineEdit, QListWidget, QToolButton, QWidget

from engine.project.parts import Layer
from studio import theme
from studio.panels.panel import keeps


class NameEdit(QLineEdit):
    """A name that a double click, or F2 on its row, lets one change.

    Signals:
        renamed(text): another one was given.
    """

    renamed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._kept = text
        self.setObjectName("layerName")
        self.setAccessibleName(self.tr("Name"))
        self.setFrame(False)
        self.setMinimumWidth(40)  # else that of the widest letter of any font
        self.setStyleSheet("QLineEdit:read-only { background: transparent; border: 0; padding: 0; }")
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.editingFinished.connect(self._finish)
        self.setCursorPosition(0)

    def begin(self) -> None:
        """Let it be typed."""
        self.setReadOnly(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self.selectAll()

    def _finish(self) -> None:
        if self.isReadOnly():
            return
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text = self.text().strip()
        if text and text != self._kept:
            self.renamed.emit(text)
        else:
            self.setText(self._kept)
        self.deselect()
        self.setCursorPosition(0)  # a long name is seen from its beginning

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed counts."""
        self._finish()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Of the row, unless it is typed."""
        if self.isReadOnly():
            event.ignore()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Of the row, unless it is typed."""
        if self.isReadOnly():
            event.ignore()
        else:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change it."""
        if self.isReadOnly():
            self.begin()
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape and not self.isReadOnly():
            self.setText(self._kept)
            self._finish()
        else:
            super().keyPressEvent(event)


class SelectableRow(QFrame):
    """A row of a list that shows by itself that it is selected, so that the words on it stay legible in every theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selected = False

    def set_selected(self, on: bool) -> None:
        """Show it as the one that is selected."""
        if on != self._selected:
            self._selected = on
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bar and a tint."""
        if self._selected:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.colour(theme.ACCENT, 0.26))
            painter.fillRect(0, 0, 3, self.height(), QColor(theme.ACCENT))


class LayerItem(SelectableRow):
    """One layer's row: its switches, its name, what it is.

    Signals:
        switched(name, on): `mute`, `solo` or `lock`.
        renamed(text): another name was given.
    """

    switched = Signal(str, bool)
    renamed = Signal(str)

    def __init__(self, layer: Layer, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(2)
        self.buttons = {name: self._switch(row, name, getattr(layer, name), why) for name in ("mute", "solo", "lock")}
        self.name = NameEdit(layer.name)
        self.name.renamed.connect(self.renamed)
        self.name.setToolTip(layer.name)
        self.name.setEnabled(not why)
        row.addSpacing(4)
        row.addWidget(self.name, 1)
        self.weight = QLabel()
        self.weight.setProperty("role", "dim")
        row.addWidget(self.weight)
        self.show_layer(layer)

    def _switch(self, row: QHBoxLayout, name: str, on: bool, why: str) -> QToolButton:
        texts = {"mute": self.tr("M"), "solo": self.tr("S"), "lock": self.tr("L")}
        tips = {
            "mute": self.tr("Mute: the layer does nothing"),
            "solo": self.tr("Solo: only soloed layers do something"),
            "lock": self.tr("Lock: nothing on the layer can be changed"),
        }
        button = QToolButton()
        button.setObjectName(f"{name}Layer")
        button.setText(texts[name])
        button.setToolTip(why or tips[name])
        button.setAccessibleName(tips[name].split(":")[0])
        button.setCheckable(True)
        button.setChecked(on)
        button.setFixedSize(22, 22)
        button.setEnabled(not why)
        button.clicked.connect(lambda checked: self.switched.emit(name, checked))
        row.addWidget(button)
        return button

    def show_layer(self, layer: Layer) -> None:
        """Its weight and mode, which change while a slider is dragged."""
        mode = self.tr("over") if layer.mode == "override" else self.tr("add")
        self.weight.setText(f"{mode} {layer.weight:.0%}")
        self.weight.setToolTip(self.tr("In the place of what is below") if layer.mode == "override" else self.tr("Added to what is below"))


class LayerList(QListWidget):
    """The layers, the top one first; rows can be dragged.

    Signals:
        reordered(): a row was dragged elsewhere.
        rename_wanted(row): F2.
        remove_wanted(): Delete.
    """

    reordered = Signal()
    remove_wanted = Signal()
    rename_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layerList")
        self.setAccessibleName(self.tr("Edit layers"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setStyleSheet("QListWidget::item { padding: 0; } QListWidget::item:selected { background: transparent; }")
        self.model().rowsMoved.connect(self._on_moved)

    def _on_moved(self, _parent: QModelIndex, _start: int, _end: int, _to: QModelIndex, _row: int) -> None:
        QTimer.singleShot(0, self, self.reordered.emit)  # the drop is still under way

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        return keeps(event, (Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete deletes."""
        if event.key() == Qt.Key.Key_F2 and self.currentRow() >= 0:
            self.rename_wanted.emit(self.currentRow())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.currentRow() >= 0:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)
