"""The curve editor: track list, graph and dope sheet of one line's curves, with a tool bar. One selection for both views."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSplitter, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from engine.core.motion import MotionClip
from studio.curves.bar import CurveBar
from studio.curves.graph import GraphView
from studio.curves.model import CurveModel
from studio.curves.sheet import SheetView
from studio.curves.track_list import TrackList
from studio.curves.verbs import MENU, KeyVerbs, Verb, every_verb, word
from studio.curves.view import RULER_PX, KeyView
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session

_SHIFTED = 10  # how much further Shift nudges


class CurveEditor(QWidget):
    """Curves of the line a person works on.

    Args:
        session: the project.
        player: whose playhead is shown and moved.
        selection: shared with other views.
    """

    def __init__(self, session: Session, player: Player, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CurveModel(session, player, selection, self)
        self.verbs = KeyVerbs(self.model, self)
        self.tracks = TrackList(self.model)
        self.graph = GraphView(self.model)
        self.sheet = SheetView(self.model, self.tracks.rows, self._scroll_rows)
        self.tracks.rows_moved.connect(self.sheet.rows_moved)
        self.setObjectName("curveEditor")
        self.setAccessibleName(self.tr("Curve editor"))
        self.window_actions: dict[str, QAction] = {}  # by name, for the keys they have
        self._build()
        session.line_changed.connect(self._on_line)
        for view in (self.graph, self.sheet):
            view.refresh()

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = CurveBar(self.model, self._build_menu())
        self.bar.view_wanted.connect(self.show_view)
        self.bar.tangents_wanted.connect(self.verbs.set_tangents)
        self.bar.frame_wanted.connect(lambda everything: self.frame_all() if everything else self.frame_selection())
        column.addWidget(self.bar)
        self.views = QStackedWidget()
        self.views.addWidget(self.graph)
        self.views.addWidget(self.sheet)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self._build_list())
        self.splitter.addWidget(self.views)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([300, 900])
        self.splitter.setCollapsible(1, False)
        column.addWidget(self.splitter, 1)

    def _build_list(self) -> QWidget:
        """The track list under its search field."""
        left = QWidget()
        side = QVBoxLayout(left)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        self.search = QLineEdit()
        self.search.setObjectName("curveSearch")
        self.search.setPlaceholderText(self.tr("Search tracks"))
        self.search.setAccessibleName(self.tr("Search tracks"))
        self.search.setToolTip(self.tr("List only tracks whose name holds this"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.tracks.set_filter)
        # As high as the ruler beside it, so that the sheet's rows lie beside those of the list.
        top = QWidget()
        top.setFixedHeight(RULER_PX)
        within = QHBoxLayout(top)
        within.setContentsMargins(3, 0, 3, 1)
        within.setSpacing(3)
        within.addWidget(self.search)
        self.all_button = QToolButton()
        self.all_button.setObjectName("curveAllChannels")
        self.all_button.setText(self.tr("All"))
        self.all_button.setToolTip(self.tr("List the layers' channels without keys too"))
        self.all_button.setAccessibleName(self.all_button.toolTip())
        self.all_button.setCheckable(True)
        self.all_button.toggled.connect(self.model.set_everything)
        within.addWidget(self.all_button)
        side.addWidget(top)
        side.addWidget(self.tracks, 1)
        return left

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))
        self._fill_menu(menu)
        return menu

    def _fill_menu(self, menu: QMenu) -> None:
        """Anew each time: with the keys in force and what can be done now."""
        menu.clear()
        for part in MENU:
            if part is None:
                menu.addSeparator()
            elif isinstance(part, Verb):
                self._add_verb(menu, part)
            else:
                within = menu.addMenu(word(part[0]))
                for verb in part[1]:
                    self._add_verb(within, verb)

    def _add_verb(self, menu: QMenu, verb: Verb) -> None:
        # The keys are told, not given: the widget takes them itself where it has the focus, and nothing else may clash.
        keys = self.keys_of(verb)
        action = menu.addAction(word(verb.text) + (f"\t{keys[0].toString(QKeySequence.SequenceFormat.NativeText)}" if keys else ""))
        action.setObjectName(f"{verb.name} {verb.value}".strip())
        action.setEnabled(not verb.needs_keys or bool(self.model.active))
        action.triggered.connect(lambda _=False: self.verbs.do(verb))

    def keys_of(self, verb: Verb) -> list[QKeySequence]:
        """The keys that do it here: those a person gave the window's own action, or else the usual ones."""
        action = self.window_actions.get(verb.like)
        return action.shortcuts() if action is not None else [QKeySequence(k) for k in verb.keys]

    # What is shown.

    @property
    def view(self) -> KeyView:
        """Graph or dope sheet, whichever is seen."""
        return self.sheet if self.views.currentWidget() is self.sheet else self.graph

    def show_view(self, name: str) -> None:
        """Show the `graph` or the dope `sheet`, with the same stretch of time."""
        old, new = self.view, self.sheet if name == "sheet" else self.graph
        self.views.setCurrentWidget(new)
        self.bar.tools[name].setChecked(True)
        if new is not old:
            new.copy_view(old)
            new.setFocus()

    def set_unit(self, unit: str) -> None:
        """Count in timecode, seconds or frames."""
        self.model.unit = unit
        for view in (self.graph, self.sheet):
            view.refresh()
        self.bar.refresh()

    def set_ghost(self, motion: MotionClip | None) -> None:
        """The performance beneath the layers, drawn behind their curves."""
        self.model.set_ghost(motion)

    def frame_selection(self) -> None:
        """Bring the selected keys into view; all where none are."""
        keys = self.model.selected_keys()
        if not keys:
            self.frame_all()
            return
        self.graph.frame_keys(keys)
        times = [k.time_s for found in keys.values() for k in found]
        self.sheet.frame(min(times), max(times))

    def frame_all(self) -> None:
        """Bring everything into view."""
        self.graph.frame_all()
        self.sheet.set_axis(self.sheet.axis.fitted())

    def _scroll_rows(self, pixels: int) -> None:
        bar = self.tracks.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def _on_line(self) -> None:
        self.graph.frame_all()
        self.sheet.set_axis(self.sheet.axis.fitted())

    # Keys.

    def _keys_taken(self, event: QKeyEvent) -> bool:
        """What a key does here; False where it is not ours."""
        key, shift = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        arrows = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        if plain and key in arrows and self.model.selection.keys:
            return self._take(event, lambda: self.verbs.nudge(*(n * (_SHIFTED if shift else 1) for n in arrows[key])))
        if key == Qt.Key.Key_Escape and (self.view.gesture is not None or self.model.selection.keys):
            return self._take(event, self._escape)
        simple = {Qt.Key.Key_F: self.frame_selection, Qt.Key.Key_A: self.frame_all, Qt.Key.Key_D: self._other_view}
        if key in simple and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            return self._take(event, simple[key])
        typed = QKeySequence(event.keyCombination())
        for verb in every_verb():
            if typed in self.keys_of(verb):
                return self._take(event, partial(self.verbs.do, verb))
        return False

    def _take(self, event: QKeyEvent, action: Callable[[], None]) -> bool:
        """Accept the key; do it when it is pressed, not when it is asked whether it is a shortcut."""
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            action()
        return True

    def _escape(self) -> None:
        if not self.view.end_gesture(False):
            self.model.selection.select()

    def _other_view(self) -> None:
        self.show_view("graph" if self.view is self.sheet else "sheet")

    def event(self, event: QEvent) -> bool:
        """Take our keys before the window's shortcuts do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self._typing() and self._keys_taken(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Our keys, where no field is typed in."""
        if self._typing() or not self._keys_taken(event):
            super().keyPressEvent(event)

    def _typing(self) -> bool:
        return isinstance(self.focusWidget(), QLineEdit) or (self.tracks.hasFocus())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Everything that can be done with keys."""
        view = self.view
        point = view.mapFrom(self, event.pos())
        if not view.rect().contains(point):
            return
        found = view.key_at(QPointF(point))
        if found is not None and (found[0], found[1].time_s) not in self.model.selection.keys:
            self.model.select([(found[0], found[1].time_s)])
        menu = self._build_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
