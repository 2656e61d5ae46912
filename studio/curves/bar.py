"""The curve editor's tool bar: views, tangents, snapping, time and value of the selected keys as numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QToolBar, QToolButton, QWidget

from engine.core import curve_ops
from engine.core.curves import TANGENTS
from engine.core.errors import InvalidInput
from studio import theme
from studio.curves import icons
from studio.curves.model import CurveModel
from studio.playback.typed import parse_time
from studio.timeline.axis import format_time

_QUIET_MS = 6000  # how long a notice stays


class CurveBar(QToolBar):
    """Tools of the curve editor.

    Args:
        model: the curves.
        menu: everything that can be done with keys.

    Signals:
        view_wanted(name): `graph` or `sheet`.
        tangents_wanted(kind): for the selected keys.
        frame_wanted(everything): bring the selected keys into view, or all.
    """

    view_wanted = Signal(str)
    tangents_wanted = Signal(str)
    frame_wanted = Signal(bool)

    def __init__(self, model: CurveModel, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.tools: dict[str, QAction] = {}  # by name
        self.setObjectName("curveBar")
        self.setIconSize(QSize(18, 18))
        self._build_views()
        self.addSeparator()
        self._build_tangents()
        self.addSeparator()
        self._build_switches()
        self.addSeparator()
        self.time_field = self._field("keyTime", self.tr("Time"), self.tr("Time of the selected keys: 00:00:01:15, 45f, 1.5s, or a step such as +10"), 104)
        self.value_field = self._field("keyValue", self.tr("Value"), self.tr("Value of the selected keys"), 64)
        self.time_field.editingFinished.connect(self._enter_time)
        self.value_field.editingFinished.connect(self._enter_value)
        self._build_menu(menu)
        self._build_notice()
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        model.changed.connect(self.refresh)
        model.selected.connect(self.refresh)
        model.noticed.connect(self.say)
        self.refresh()

    # Building.

    def _build_views(self) -> None:
        views = QActionGroup(self)
        for name, text, tip in (
            ("graph", self.tr("Graph"), self.tr("Curves over time (D)")),
            ("sheet", self.tr("Dope sheet"), self.tr("Keys as rows (D)")),
        ):
            tool = self._tool(name, text, tip, checkable=True, with_icon=False)
            views.addAction(tool)
            tool.triggered.connect(lambda _=False, wanted=name: self.view_wanted.emit(wanted))
        self.tools["graph"].setChecked(True)

    def _build_tangents(self) -> None:
        tips = {
            "auto": self.tr("Auto tangents: smooth, never beyond the neighbouring keys"),
            "flat": self.tr("Flat tangents"),
            "linear": self.tr("Linear tangents: straight to the neighbouring keys"),
            "stepped": self.tr("Stepped: the value holds until the next key"),
            "free": self.tr("Free tangents: one slope for both sides; drag a handle"),
            "broken": self.tr("Broken tangents: a slope for each side; also Shift and drag a handle"),
        }
        for kind in TANGENTS:
            tool = self._tool(kind, "", tips[kind], checkable=True)
            tool.triggered.connect(lambda _=False, wanted=kind: self._on_tangents(wanted))

    def _on_tangents(self, kind: str) -> None:
        self.tangents_wanted.emit(kind)
        self.refresh()  # a button is down because the keys are so, not because it was pressed

    def _build_switches(self) -> None:
        model = self._model
        frames = self._tool("snap frames", "", self.tr("Keys snap to frames"), checkable=True)
        frames.setChecked(model.snap_frames)
        frames.toggled.connect(lambda on: setattr(model, "snap_frames", on))
        values = self._tool("snap values", "", self.tr("Keys snap to values, half a grid line apart"), checkable=True)
        values.toggled.connect(lambda on: setattr(model, "snap_values", on))
        self._tool("selected only", "", self.tr("Show selected tracks alone"), checkable=True).toggled.connect(model.set_only_selected)
        tip = self.tr("Draw every curve against its own limits, so that millimetres, radians and levels can be seen together")
        self._tool("normalise", "", tip, checkable=True).toggled.connect(self._on_normalised)
        self._tool("frame selection", "", self.tr("Frame the selected keys (F)")).triggered.connect(lambda: self.frame_wanted.emit(False))
        self._tool("frame all", "", self.tr("Frame all (A)")).triggered.connect(lambda: self.frame_wanted.emit(True))

    def _on_normalised(self, on: bool) -> None:
        self._model.set_normalised(on)
        self.frame_wanted.emit(True)

    def _build_menu(self, menu: QMenu) -> None:
        more = QToolButton()
        more.setText(self.tr("Keys"))
        more.setToolTip(self.tr("Everything that can be done with keys"))
        more.setAccessibleName(self.tr("Keys menu"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setMenu(menu)
        self.addWidget(more)

    def _build_notice(self) -> None:
        self.notice = QLabel()
        self.notice.setProperty("role", "warning")
        self.notice.setObjectName("curveNotice")
        self.notice.setContentsMargins(theme.SPACE, 0, 0, 0)
        self.addWidget(self.notice)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(lambda: self.notice.setText(""))

    def _tool(self, name: str, text: str, tip: str, checkable: bool = False, with_icon: bool = True) -> QAction:
        tool = QAction(text or tip, self)
        if with_icon:
            tool.setIcon(icons.icon(name))
        tool.setToolTip(tip)
        tool.setCheckable(checkable)
        self.addAction(tool)
        button = self.widgetForAction(tool)
        button.setObjectName(f"curve {name}")
        button.setAccessibleName(tip)
        self.tools[name] = tool
        return tool

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
        self.addWidget(text)
        self.addWidget(field)
        return field

    # Showing.

    def refresh(self) -> None:
        """Time, value and tangents of the selected keys."""
        keys = [k for found in self._model.selected_keys().values() for k in found]
        kinds = {k.tangent for k in keys}
        for kind in TANGENTS:
            self.tools[kind].setEnabled(bool(self._model.active))
            self.tools[kind].setChecked(kind in kinds)
        one_time, one_value = len({k.time_s for k in keys}) == 1, len({k.value for k in keys}) == 1
        for field, text in (
            (self.time_field, format_time(keys[0].time_s, self._model.rate, self._model.unit) if one_time else ""),
            (self.value_field, f"{keys[0].value:.3f}" if one_value else ""),
        ):
            field.setEnabled(bool(keys))
            field.setText(text)
            field.setPlaceholderText("–" if keys and not text else "")
            field.setModified(False)

    def say(self, text: str) -> None:
        """Tell something for a while."""
        self.notice.setText(text)
        self.notice.setToolTip(text)
        self._quiet.start(_QUIET_MS)

    def changeEvent(self, event: QEvent) -> None:
        """Icons in the colours of another theme."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            for name, tool in getattr(self, "tools", {}).items():
                if not tool.icon().isNull():
                    tool.setIcon(icons.icon(name))
        super().changeEvent(event)

    # Numbers.

    def _enter_time(self) -> None:
        """The earliest of the selected keys goes to the time typed, the others along with it."""
        model, times = self._model, [t for _, t in self._model.selection.keys]
        if not self.time_field.isModified() or not self.time_field.text().strip() or not times:
            return
        try:
            wanted = parse_time(self.time_field.text(), model.rate, model.unit, min(times))
        except InvalidInput as error:
            self.say(str(error))
            self.refresh()
            return
        delta = min(max(wanted, 0.0), model.extent_s - (max(times) - min(times))) - min(times)
        model.change_selected("Move keys", lambda c, of: curve_ops.offset(c, of, delta))
        self.refresh()

    def _enter_value(self) -> None:
        """All selected keys get the value typed."""
        if not self.value_field.isModified() or not self.value_field.text().strip():
            return
        try:
            value = float(self.value_field.text().replace(",", "."))
        except ValueError:
            self.say(self.tr("{text} is no number; type a value such as 0.75.").format(text=self.value_field.text()))
            self.refresh()
            return
        self._model.change_selected("Set value", lambda c, of: curve_ops.set_values(c, of, value))
        self.refresh()
