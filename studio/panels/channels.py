"""The channels panel: every channel of the rig at the playhead, and what the active layer does to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from engine.core.channels import AUX, CHANNELS, HEAD, INDEX, REGIONS, limits, mirror
from engine.core.motion import MotionClip
from engine.project.parts import AMOUNT_TRACK, AMOUNTS
from studio import theme
from studio.panels.desk import Desk
from studio.panels.layers import LayerBar
from studio.panels.levels import Level
from studio.panels.panel import Panel, Section
from studio.panels.performance import AMOUNT_NAMES
from studio.panels.track_row import TrackRow
from studio.panels.words import QT_TRANSLATE_NOOP, translated

NAME_PX, SEEN_PX = 94, 30
# Regions as the panel shows them: the tongue apart from the lips, and the performer's amounts as curves.
_TONGUE = ("tongueOut", *AUX[:4])
GROUPS: dict[str, tuple[str, ...]] = {
    QT_TRANSLATE_NOOP("Channels", "Brows"): REGIONS["brows"],
    QT_TRANSLATE_NOOP("Channels", "Eyes"): REGIONS["eyes"],
    QT_TRANSLATE_NOOP("Channels", "Cheeks and Nose"): REGIONS["cheeks and nose"],
    QT_TRANSLATE_NOOP("Channels", "Jaw"): tuple(n for n in REGIONS["lips"] if n.startswith("jaw")),
    QT_TRANSLATE_NOOP("Channels", "Mouth"): tuple(n for n in REGIONS["lips"] if n.startswith("mouth")),
    QT_TRANSLATE_NOOP("Channels", "Tongue"): _TONGUE,
    QT_TRANSLATE_NOOP("Channels", "Head and Breath"): REGIONS["head"],
    QT_TRANSLATE_NOOP("Channels", "Amounts"): tuple(AMOUNT_TRACK + n for n in AMOUNTS),
}
assert sorted(n for names in GROUPS.values() for n in names if n in INDEX) == sorted(CHANNELS)
_UNITS = {**dict.fromkeys(HEAD[:3], "rad"), **dict.fromkeys(HEAD[3:], "mm")}


def short_name(name: str) -> str:
    """A channel's name without the part of the face that its section names already."""
    for prefix in ("brow", "eye", "jaw", "mouth"):
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


class ChannelName(QLabel):
    """A channel's name; a click selects its curve, Ctrl or Shift adds it.

    Signals:
        chosen(add): it was clicked.
    """

    chosen = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.selected = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_selected(self, on: bool) -> None:
        """Show it as selected."""
        if on != self.selected:
            self.selected = on
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The name, cut in its middle where there is no room."""
        painter = QPainter(self)
        if self.selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.CHECKED))
            painter.drawRoundedRect(self.rect().adjusted(-2, 2, -2, -2), 3, 3)
        painter.setPen(QColor(theme.FAINT if not self.isEnabled() else theme.TEXT if self.selected or self.underMouse() else theme.DIM))
        text = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, self.width() - 6)
        painter.drawText(self.rect().adjusted(2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select."""
        self.chosen.emit(bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)))


class ChannelRow(TrackRow):
    """One channel: what the layer does to it, and what is seen of it."""

    def __init__(self, panel: ChannelsPanel, name: str) -> None:
        amount = name.removeprefix(AMOUNT_TRACK) if name.startswith(AMOUNT_TRACK) else ""
        shown = translated("Amount", AMOUNT_NAMES[amount][0]) if amount else short_name(name)
        unit = _UNITS.get(name, "")
        words = QCoreApplication.translate("ChannelRow", "{name}: what the active layer does to it; the mark on the slider is what is seen")
        tip = words.format(name=f"{name} ({unit})" if unit else name)
        low, high = (-2.0, 2.0) if amount else limits(name)
        level = Level(shown, high, 0.0, tip, low, 0 if unit == "mm" else 2, key=name)
        super().__init__(panel.desk, name, level, "small", NAME_PX, panel.others)
        self.name = name
        self._panel = panel
        title = ChannelName(shown)
        title.setFixedWidth(NAME_PX)
        title.setToolTip(QCoreApplication.translate("ChannelRow", "Click to show its curve; Ctrl adds it to those shown"))
        title.chosen.connect(lambda add: panel.choose(self, add))
        self.row.replaceWidget(self.label, title)
        self.label.deleteLater()
        self.title = title
        self.seen = QLabel()
        self.seen.setFixedWidth(SEEN_PX)
        self.seen.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.seen.setProperty("role", "dim")
        self.seen.setToolTip(QCoreApplication.translate("ChannelRow", "What is seen at the playhead"))
        self.row.insertWidget(2, self.seen)
        self.number.setFixedWidth(42)

    def refresh(self) -> None:
        """Follow the layer's mode."""
        layer = self._panel.layers.active
        override = layer is not None and layer.mode == "override"
        low, high = limits(self.name) if self.name in INDEX else (-2.0, 2.0)
        if not override and self.name in INDEX:
            low, high = low - high, high - low
        self.set_range(low, high, 0.0)
        super().refresh()
        self.title.set_selected(self._panel.address(self) in self._desk.selection.tracks)

    def show_playhead(self) -> None:
        """Also what is seen; a layer that overrides begins with that."""
        super().show_playhead()
        seen = self._panel.seen(self.name)
        if seen is None:
            self.set_ghost(None)
            text = ""
        else:
            self.set_ghost(seen)
            text = f"{seen:.{self.level.decimals}f}"
        if text != self.seen.text():
            self.seen.setText(text)
        layer = self._panel.layers.active
        if seen is not None and layer is not None and layer.mode == "override" and not self.dragging and not self.curve.keys:
            self.set_value(round(min(max(seen, self.low), self.high), 3))


class ChannelsPanel(Panel):
    """Edits channels on a layer.

    Signals:
        curves_wanted(): a person wants to see the curves of what is selected.
    """

    curves_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("layers", "line", "tracks", "settings"), parent)
        self.setObjectName("channelsPanel")
        self.rows: dict[str, ChannelRow] = {}
        self.sections: dict[str, Section] = {}
        self._motion: MotionClip | None = None
        self.layers = LayerBar(desk)
        section = Section(self.tr("Layers"))
        section.column.addWidget(self.layers)
        self.column.addWidget(section)
        self.column.addLayout(self._build_filter())
        self.column.addStretch(1)
        self.listen()

    def _build_filter(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.setContentsMargins(0, theme.SPACE // 2, 0, theme.SPACE // 2)
        self.search = QLineEdit()
        self.search.setObjectName("channelSearch")
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search channels"))
        self.search.setToolTip(self.tr("Only channels whose name holds this"))
        self.search.setClearButtonEnabled(True)
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search.textChanged.connect(lambda _: self._filter())
        row.addWidget(self.search, 1)
        self.mirror = self._toggle("mirrorEdit", self.tr("Mirror"), self.tr("Left and right together: what one side does, the other does too"))
        self.keyed_only = self._toggle("keyedOnly", self.tr("Keyed"), self.tr("Only channels that have keys on the active layer"))
        self.keyed_only.toggled.connect(lambda _: self._filter())
        self.curves = self._toggle("channelCurves", self.tr("Curves"), self.tr("Show the selected channels in the curve editor; all keyed ones where none is"))
        self.curves.setCheckable(False)
        self.curves.clicked.connect(self._on_curves)
        for button in (self.mirror, self.keyed_only, self.curves):
            row.addWidget(button)
        return row

    def _toggle(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setCheckable(True)
        return button

    def _build_rows(self) -> None:
        """When the panel is first seen: it has seventy rows."""
        for title, names in GROUPS.items():
            section = Section(translated("Channels", title))
            for name in names:
                self.rows[name] = ChannelRow(self, name)
                section.column.addWidget(self.rows[name])
            self.sections[title] = section
            self.column.insertWidget(self.column.count() - 1, section)

    # Showing.

    def set_motion(self, motion: MotionClip | None) -> None:
        """What is seen; may be called often."""
        self._motion = motion
        if self.isVisible():
            self.on_beat()

    def seen(self, name: str) -> float | None:
        """A channel's value at the playhead in what is seen; None where nothing is."""
        if self._motion is None or name not in INDEX or not len(self._motion):
            return None
        return float(self._motion.values[min(self.desk.player.frame, len(self._motion) - 1), INDEX[name]])

    def address(self, row: ChannelRow) -> str:
        """Of the channel's curve on the active layer; "" where none is active."""
        return self.desk.keying.address(row.name)

    def refresh(self) -> None:
        """Show the layers and the channels."""
        if not self.rows:
            self._build_rows()
        self.layers.refresh()
        for row in self.rows.values():
            row.refresh()
        self._filter()

    def on_beat(self) -> None:
        """Values of the rows in view."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for title, names in GROUPS.items():
            section = self.sections.get(title)
            if section is None or not section.opened or section.isHidden() or section.y() > bottom or section.y() + section.height() < top:
                continue
            first = section.y() + section.content.y()
            for name in names:
                row = self.rows[name]
                if not row.isHidden() and top - theme.ROW <= first + row.y() <= bottom:
                    row.show_playhead()

    def _filter(self) -> None:
        text = self.search.text().strip().lower()
        for title, names in GROUPS.items():
            whole = bool(text) and text in translated("Channels", title).lower()
            any_shown = False
            for name in names:
                row = self.rows.get(name)
                if row is None:
                    return
                shown = (not text or whole or text in name.lower()) and (not self.keyed_only.isChecked() or bool(row.curve.keys))
                row.setVisible(shown)
                any_shown = any_shown or shown
            self.sections[title].setVisible(any_shown)

    # Doing.

    def others(self, track: str, value: float) -> dict[str, float]:
        """What is set with a value: the other side's, while the sides are edited together."""
        other = mirror(track) if track in INDEX else track
        return {other: value} if self.mirror.isChecked() and other != track else {}

    def choose(self, row: ChannelRow, add: bool) -> None:
        """Select a channel's curve."""
        address, tracks = self.address(row), self.desk.selection.tracks
        if not address:
            return
        if add:
            self.desk.selection.select_tracks(tracks ^ {address})
        else:
            self.desk.selection.select_tracks({address})

    def _on_curves(self) -> None:
        mine = {self.address(row) for row in self.rows.values()} - {""}
        if not mine & self.desk.selection.tracks:
            self.desk.selection.select_tracks({self.address(row) for row in self.rows.values() if row.curve.keys})
        self.curves_wanted.emit()
