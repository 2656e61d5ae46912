"""What the inspector's panels have in common: they scroll, fold, and look at the document only while they are seen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.project.change import Change
from studio import theme
from studio.panels.desk import Desk, Pulse

MARGIN_PX = 12
DRAG_MS = 60  # between two refreshes while something is dragged
HIDDEN_MS = 1000  # the same for a panel behind another's tab, which Qt calls visible


class Panel(QScrollArea):
    """A column of controls.

    Args:
        desk: what it works with.
        topics: changes of the document that it shows.
    """

    def __init__(self, desk: Desk, topics: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._topics = topics
        self._stale = True
        self._while_dragging = QTimer(self)
        self._while_dragging.setSingleShot(True)
        self._while_dragging.timeout.connect(self._refresh_now)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(270)
        self.setStyleSheet("NumberField { padding: 0 4px; min-height: 0; }")
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(MARGIN_PX, theme.SPACE, MARGIN_PX, theme.SPACE)
        self.column.setSpacing(2)
        self.setWidget(self.body)

    def listen(self) -> None:
        """Follow the document and the playhead; call once the controls are there."""
        session = self.desk.session
        session.changed.connect(self._on_changed)
        session.stepped.connect(self._on_stepped)
        session.line_changed.connect(self.later)
        session.project_changed.connect(self.later)
        self.desk.selection.changed.connect(self.later)
        Pulse(self.desk.player, self).beat.connect(self.on_beat)
        self.later()

    def _on_changed(self, change: Change) -> None:
        if change.concerns(*self._topics):
            self.later()

    def _on_stepped(self) -> None:
        if not self.desk.session.history.dragging:  # a drag has ended
            self._refresh_now()

    def later(self) -> None:
        """Refresh: now if the panel is seen, else when it is; while a drag goes on a few times a second, so that it does not drag behind."""
        self._stale = True
        if not self.isVisible():
            return
        if self.desk.session.history.dragging:
            if not self._while_dragging.isActive():
                self._while_dragging.start(HIDDEN_MS if self.visibleRegion().isEmpty() else DRAG_MS)
        else:
            self._refresh_now()

    def _refresh_now(self) -> None:
        self._while_dragging.stop()
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def refresh(self) -> None:
        """Show the document as it stands."""

    def on_beat(self) -> None:
        """Show the playhead as it stands; at most 30 times a second, so cheaply."""

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        if self._stale:
            self._stale = False
            self.refresh()
        super().showEvent(event)


class Section(QWidget):
    """A part of a panel under a title that folds it away.

    Args:
        title: its name.
        opened: at first.

    Signals:
        folded(opened): a person folded or opened it.
    """

    folded = Signal(bool)

    def __init__(self, title: str, opened: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE // 2, 0, theme.SPACE // 2)
        column.setSpacing(2)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.SPACE // 2)
        self.button = QToolButton()
        self.button.setObjectName(title.lower().replace(" ", "") + "Section")
        self.button.setText(title)
        self.button.setAccessibleName(title)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setCheckable(True)
        self.button.setChecked(opened)
        self.button.setAutoRaise(True)
        self.button.setStyleSheet("QToolButton { font-weight: 600; padding: 2px; background: transparent; } QToolButton:checked { background: transparent; }")
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.setMinimumWidth(60)
        self.head.addWidget(self.button, 1)
        column.addLayout(self.head)
        self.content = QWidget()
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)
        column.addWidget(self.content)
        self.button.toggled.connect(self._on_toggled)
        self._on_toggled(opened)

    @property
    def opened(self) -> bool:
        """True while its content is seen."""
        return self.button.isChecked()

    def _on_toggled(self, opened: bool) -> None:
        self.content.setVisible(opened)
        self.button.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.button.setToolTip(self.tr("Fold") if opened else self.tr("Open"))
        self.folded.emit(opened)


def keeps(event: QEvent, keys: tuple[Qt.Key, ...]) -> bool:
    """True for a key out of `keys` that might be a shortcut of the window: the widget that has the focus takes it."""
    if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
        event.accept()
        return True
    return False
