"""The curve editor: track list, graph and dope sheet of one line's curves, with a tool bar. One selection for both views."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QSplitter, QStackedWidget, QToolBar, QToolButton, QVBoxLayout, QWidget

from engine.core import curve_ops
from engine.core.curves import TANGENTS
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip
from studio import theme
from studio.curves import icons
from studio.curves.graph import GraphView
from studio.curves.model import CurveModel
from studio.curves.sheet import SheetView
from studio.curves.track_list import TrackList
from studio.curves.verbs import MENU, KeyVerbs, Verb, every_verb, word
from studio.curves.view import RULER_PX, KeyView
from studio.playback.player import Player
from studio.playback.typed import parse_time
from studio.selection import Selection
from studio.session import Session
from studio.timeline.axis import format_time

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
        self.actions_by_name: dict[str, QAction] = {}
        self.window_actions: dict[str, QAction] = {}  # by name, for the keys they have
        self._build()
        self.model.changed.connect(self._refresh_fields)
        self.model.selected.connect(self._refresh_fields)
        self.model.noticed.connect(self._say)
        session.line_changed.connect(self._on_line)
        for view in (self.graph, self.sheet):
            view.refresh()
        self._refresh_fields()

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar())
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
        within = QVBoxLayout(top)
        within.setContentsMargins(3, 0, 3, 1)
        within.addWidget(self.search)
        side.addWidget(top)
        side.addWidget(self.tracks, 1)
        self.views = QStackedWidget()
        self.views.addWidget(self.graph)
        self.views.addWidget(self.sheet)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.views)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([300, 900])
        self.splitter.setCollapsible(1, False)
        column.addWidget(self.splitter, 1)
        self.actions_by_name["graph"].setChecked(True)

    def _build_bar(self) -> QWidget:
        self.bar = QToolBar()
        self.bar.setObjectName("curveBar")
        self.bar.setIconSize(QSize(18, 18))
        modes = QActionGroup(self)
        for name, text, tip in (
            ("graph", self.tr("Graph"), self.tr("Curves over time (D)")),
            ("sheet", self.tr("Dope sheet"), self.tr("Keys as rows (D)")),
        ):
            action = self._tool(name, "", text, tip, checkable=True)
            modes.addAction(action)
            action.toggled.connect(lambda on, shown=name: self.show_view(shown) if on else None)
        self.bar.addSeparator()
        for kind in TANGENTS:
            verb = Verb("set_tangents", "", (), kind)
            tip = {
                "auto": self.tr("Auto tangents: smooth, never beyond the neighbouring keys"),
                "flat": self.tr("Flat tangents"),
                "linear": self.tr("Linear tangents: straight to the neighbouring keys"),
                "stepped": self.tr("Stepped: the value holds until the next key"),
                "free": self.tr("Free tangents: one slope for both sides; drag a handle"),
                "broken": self.tr("Broken tangents: a slope for each side; also Shift and drag a handle"),
            }[kind]
            action = self._tool(kind, kind, "", tip)
            action.triggered.connect(lambda _=False, v=verb: self.verbs.do(v))
        self.bar.addSeparator()
        for name, tip, attribute in (
            ("snap frames", self.tr("Keys snap to frames"), "snap_frames"),
            ("snap values", self.tr("Keys snap to values, half a grid line apart"), "snap_values"),
        ):
            action = self._tool(name, name, "", tip, checkable=True)
            action.setChecked(getattr(self.model, attribute))
            action.toggled.connect(lambda on, a=attribute: setattr(self.model, a, on))
        self._tool("selected only", "selected only", "", self.tr("Show selected tracks alone"), checkable=True).toggled.connect(self.model.set_only_selected)
        self._tool("frame selection", "frame selection", "", self.tr("Frame the selected keys (F)")).triggered.connect(self.frame_selection)
        self._tool("frame all", "frame all", "", self.tr("Frame all (A)")).triggered.connect(self.frame_all)
        self.bar.addSeparator()
        self.time_field = self._field("keyTime", self.tr("Time"), self.tr("Time of the selected keys: 00:00:01:15, 45f, 1.5s, or a step such as +10"), 104)
        self.value_field = self._field("keyValue", self.tr("Value"), self.tr("Value of the selected keys"), 64)
        self.time_field.editingFinished.connect(self._enter_time)
        self.value_field.editingFinished.connect(self._enter_value)
        self.notice = QLabel()
        self.notice.setProperty("role", "warning")
        self.notice.setObjectName("curveNotice")
        self.notice.setContentsMargins(theme.SPACE, 0, 0, 0)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(lambda: self.notice.setText(""))
        more = QToolButton()
        more.setText(self.tr("Keys"))
        more.setToolTip(self.tr("Everything that can be done with keys"))
        more.setAccessibleName(self.tr("Keys menu"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(self._build_menu())
        self.bar.addWidget(more)
        self.bar.addWidget(self.notice)
        for button in self.bar.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return self.bar

    def _tool(self, name: str, icon: str, text: str, tip: str, checkable: bool = False) -> QAction:
        action = QAction(text or tip, self)
        if icon:
            action.setIcon(icons.icon(icon))
        action.setToolTip(tip)
        action.setCheckable(checkable)
        action.setObjectName(f"curve {name}")
        self.bar.addAction(action)
        button = self.bar.widgetForAction(action)
        button.setObjectName(f"curve {name} button")
        button.setAccessibleName(tip)
        self.actions_by_name[name] = action
        return action

    def _field(self, name: str, label: str, tip: str, width: int) -> QLineEdit:
        text = QLabel(label)
        text.setProperty("role", "dim")
        text.setContentsMargins(theme.SPACE // 2, 0, theme.SPACE // 2, 0)
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(tip)
        field.setToolTip(tip)
        field.setFixedWidth(width)
        field.setFont(theme.numbers_font(field.font(), 0.95))
        self.bar.addWidget(text)
        self.bar.addWidget(field)
        return field

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
        self.actions_by_name[name].setChecked(True)
        if new is not old:
            new.copy_view(old)
            new.setFocus()

    def set_unit(self, unit: str) -> None:
        """Count in timecode, seconds or frames."""
        self.model.unit = unit
        for view in (self.graph, self.sheet):
            view.refresh()
        self._refresh_fields()

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

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.setToolTip(text)
        self._quiet.start(6000)

    # Numbers.

    def _refresh_fields(self) -> None:
        keys = [k for found in self.model.selected_keys().values() for k in found]
        for field in (self.time_field, self.value_field):
            field.setEnabled(bool(keys))
            field.setPlaceholderText("")
        one_time = len({k.time_s for k in keys}) == 1
        one_value = len({k.value for k in keys}) == 1
        for field, text in (
            (self.time_field, format_time(keys[0].time_s, self.model.rate, self.model.unit) if one_time else ""),
            (self.value_field, f"{keys[0].value:.3f}" if one_value else ""),
        ):
            field.setText(text)
            field.setPlaceholderText("–" if keys and not field.text() else "")
            field.setModified(False)

    def _enter_time(self) -> None:
        """The earliest of the selected keys goes to the time typed, the others along with it."""
        times = [t for _, t in self.model.selection.keys]
        if not self.time_field.isModified() or not self.time_field.text().strip() or not times:
            return
        try:
            wanted = parse_time(self.time_field.text(), self.model.rate, self.model.unit, min(times))
        except InvalidInput as error:
            self._say(str(error))
            self._refresh_fields()
            return
        delta = min(max(wanted, 0.0), self.model.duration_s - (max(times) - min(times))) - min(times)
        self.model.change_selected("Move keys", lambda c, of: curve_ops.offset(c, of, delta))
        self._refresh_fields()

    def _enter_value(self) -> None:
        """All selected keys get the value typed."""
        if not self.value_field.isModified() or not self.value_field.text().strip():
            return
        try:
            value = float(self.value_field.text().replace(",", "."))
        except ValueError:
            self._say(self.tr("{text} is no number; type a value such as 0.75.").format(text=self.value_field.text()))
            self._refresh_fields()
            return
        self.model.change_selected("Set value", lambda c, of: curve_ops.set_values(c, of, value))
        self._refresh_fields()

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
                return self._take(event, lambda v=verb: self.verbs.do(v))
        return False

    def _take(self, event: QKeyEvent, action) -> bool:  # type: ignore[no-untyped-def]
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

    def changeEvent(self, event: QEvent) -> None:
        """Icons in the colours of another theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            for name, action in self.actions_by_name.items():
                if not action.icon().isNull():
                    action.setIcon(icons.icon(name))
        super().changeEvent(event)
