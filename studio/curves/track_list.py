"""The list of tracks: groups and curves with colour, value at the playhead, and switches to show, mute, solo and lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QTreeWidget, QTreeWidgetItem, QWidget

from engine.project.edits import PutPart, SetTrackState
from engine.project.parts import Layer, TrackState
from studio import theme
from studio.comfort.names import named
from studio.curves import icons
from studio.curves.model import CurveModel
from studio.curves.sheet import SheetRow
from studio.curves.tracks import Track

ROW_PX = 22
NAME, VALUE, EYE, MUTE, SOLO, LOCK = range(6)
CAMERA = "camera/"  # no layer's id
_SWITCHES = {MUTE: "mute", SOLO: "solo", LOCK: "lock"}
_LETTERS = {MUTE: "M", SOLO: "S", LOCK: "L"}
_Switched = TypeVar("_Switched", Layer, TrackState)
_KEYS = {Qt.Key.Key_V: EYE, Qt.Key.Key_M: MUTE, Qt.Key.Key_S: SOLO, Qt.Key.Key_L: LOCK}


class TrackItem(QTreeWidgetItem):
    """A row.

    Args:
        title: shown.
        tracks: its own, or all within.
        layer: id of the layer the row stands for; "" for others.
    """

    def __init__(self, title: str, tracks: tuple[Track, ...], layer: str = "", group: bool = False) -> None:
        super().__init__([title])
        self.title, self.tracks, self.layer, self.group = title, tracks, layer, group

    @property
    def address(self) -> str:
        """Of its track; "" for a group."""
        return "" if self.group else self.tracks[0].address


class TrackList(QTreeWidget):
    """All tracks of the line.

    Signals:
        rows_moved(): rows came, went or were scrolled.
    """

    rows_moved = Signal()

    def __init__(self, model: CurveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = model
        self._filter = ""
        self._closed: set[str] = set()  # titles of groups a person closed
        self._position_s = -1.0
        self._own = False  # the selection here is being set from outside
        self.setObjectName("curveTracks")
        self.setAccessibleName(self.tr("Tracks"))
        self.setStyleSheet("#curveTracks { border: 0; border-radius: 0; }")  # its rows lie beside the dope sheet's
        self.setColumnCount(6)
        self.setHeaderHidden(True)
        self.setIndentation(11)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(16)
        self.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((VALUE, 42), (EYE, 20), (MUTE, 18), (SOLO, 18), (LOCK, 19)):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.header().resizeSection(column, width)
        self.setItemDelegate(_RowPainter(self))
        model.changed.connect(self.refresh)
        model.selected.connect(self._show_selected)
        model.player.moved.connect(self._on_moved)
        self.itemSelectionChanged.connect(self._on_selected)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.rows_moved.emit())
        self.itemExpanded.connect(self._on_folded)
        self.itemCollapsed.connect(self._on_folded)
        self.refresh()

    # What is listed.

    def set_filter(self, text: str) -> None:
        """List only tracks whose name holds this text."""
        self._filter = text.strip().lower()
        self.refresh(force=True)

    def refresh(self, force: bool = False) -> None:
        """Follow the document; rows are made anew only where others are there."""
        if self.model_.dragging:
            return
        wanted = self._structure()
        if force or wanted != getattr(self, "_shown", None):
            self._shown = wanted
            self._rebuild(wanted)
        self.viewport().update()
        self.rows_moved.emit()

    def _structure(self) -> list[tuple[str, str, str, Track]]:
        """Layer id (or `CAMERA`), its name, region and track of every row."""
        line = self.model_.line
        names = {layer.id: layer.name for layer in line.layers} if line is not None else {}
        return [
            (CAMERA if t.filmed else t.group, names.get(t.group, ""), t.region, t) for t in self.model_.tracks if self._filter in t.name.lower()
        ]  # fmt: skip

    def _rebuild(self, rows: list[tuple[str, str, str, Track]]) -> None:
        self._own = True
        self.clear()
        tops: dict[str, list[tuple[str, str, Track]]] = {}
        line = self.model_.line
        if line is not None and not self._filter:
            tops = {"": [], **{layer.id: [] for layer in reversed(line.layers)}}
        for layer, name, region, track in rows:
            tops.setdefault(layer, []).append((name, region, track))
        layers = {layer.id: layer.name for layer in line.layers} if line is not None else {}
        for layer, found in tops.items():
            title = self.tr("Camera") if layer == CAMERA else layers.get(layer, "") if layer else self.tr("Emotions")
            top = TrackItem(title, tuple(t for *_, t in found), layer if layer != CAMERA else "", group=True)
            self.addTopLevelItem(top)
            regions: dict[str, list[Track]] = {}
            for _, region, track in found:
                regions.setdefault(region, []).append(track)
            for region, tracks in regions.items():
                parent = top
                if region and len(regions) > 1:
                    parent = TrackItem(named(region), tuple(tracks), group=True)
                    top.addChild(parent)
                parent.addChildren([TrackItem(t.name, (t,)) for t in tracks])
        self._unfold()
        self._own = False
        self._show_selected()

    def _unfold(self) -> None:
        self.expandAll()
        for item in self._items():
            if item.group and self._path(item) in self._closed and not self._filter:
                item.setExpanded(False)

    def _path(self, item: TrackItem) -> str:
        parent = item.parent()
        return (self._path(parent) + "/" if isinstance(parent, TrackItem) else "") + (item.layer or item.title)

    def _on_folded(self, item: QTreeWidgetItem) -> None:
        if not self._own and isinstance(item, TrackItem) and not self._filter:
            (self._closed.discard if item.isExpanded() else self._closed.add)(self._path(item))
        self.rows_moved.emit()

    def _items(self) -> list[TrackItem]:
        out: list[TrackItem] = []
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, TrackItem):
                out.append(item)
                waiting = [item.child(i) for i in range(item.childCount())] + waiting
        return out

    def rows(self) -> list[SheetRow]:
        """The rows on the screen, for the dope sheet."""
        out = []
        for item in self._items():
            rect = self.visualItemRect(item)
            if rect.height() and rect.bottom() >= 0 and rect.top() <= self.viewport().height():
                out.append(SheetRow(rect.top(), rect.height(), item.title, item.tracks, item.group))
        return out

    def item_of(self, address: str) -> TrackItem | None:
        """The row of a track."""
        return next((i for i in self._items() if i.address == address), None)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The ground of a row, also below its arrow."""
        item = self.itemFromIndex(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if isinstance(item, TrackItem) and (item.group or item.isSelected()):
            top = item.parent() is None
            painter.fillRect(rect, QColor(theme.ACCENT_DEEP if item.isSelected() else theme.RAISED if top else theme.PANEL))
        super().drawRow(painter, option, index)

    # Selection.

    def _on_selected(self) -> None:
        if self._own:
            return
        tracks = {t.address for i in self.selectedItems() if isinstance(i, TrackItem) for t in i.tracks}
        layers = {i.tracks[0].group if i.tracks else i.layer for i in self.selectedItems() if isinstance(i, TrackItem)} - {""}
        self._own = True
        self.model_.selection.select_tracks(tracks)
        if len(layers) == 1:
            self.model_.selection.set_active_layer(layers.pop())
        self._own = False

    def _show_selected(self) -> None:
        if not self._own:
            self._own = True
            wanted = self.model_.selection.tracks
            for item in self._items():
                on = not item.group and item.address in wanted
                if item.isSelected() != on:
                    item.setSelected(on)
            self._own = False
        self.viewport().update()

    def _on_moved(self, time_s: float) -> None:
        frame = self.model_.player.frame_of(time_s)
        if frame != self._position_s and self.isVisible():
            self._position_s = frame
            left = self.header().sectionPosition(VALUE)
            self.viewport().update(left, 0, self.header().sectionSize(VALUE), self.viewport().height())

    # Switches.

    def is_on(self, item: TrackItem, column: int) -> bool:
        """State of one of a row's switches."""
        line = self.model_.line
        if column == EYE:
            return any(self.model_.visible(t.address) for t in item.tracks)
        if line is None:
            return False
        if item.layer:
            return bool(getattr(line.layer(item.layer), _SWITCHES[column])) if line.has_part("layers", item.layer) else False
        return not item.group and bool(getattr(line.track_state(item.address), _SWITCHES[column]))

    def has_switch(self, item: TrackItem, column: int) -> bool:
        """Groups that are no layer, and the camera's tracks, can only be shown or hidden."""
        return column == EYE or (column in _SWITCHES and (bool(item.layer) if item.group else not item.tracks[0].filmed))

    def switch(self, item: TrackItem, column: int, alone: bool = False) -> None:
        """Turn a switch of a row; `alone` shows this row and no other."""
        line = self.model_.line
        if line is None or not self.has_switch(item, column):
            return
        on = not self.is_on(item, column)
        if column == EYE:
            if alone:
                self.model_.set_visible([t.address for t in self.model_.tracks], False)
            self.model_.set_visible([t.address for t in item.tracks], on or alone)
        elif item.layer:
            self.model_.session.apply(PutPart(line.id, _switched(line.layer(item.layer), column, on)))
        else:
            self.model_.session.apply(SetTrackState(line.id, item.address, _switched(line.track_state(item.address), column, on)))
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A switch turns; the rest of a row selects it."""
        item, column = self.itemAt(event.position().toPoint()), self.columnAt(round(event.position().x()))
        if isinstance(item, TrackItem) and column >= EYE and event.button() == Qt.MouseButton.LeftButton:
            self.switch(item, column, bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two fast turns of a switch are two turns."""
        if self.columnAt(round(event.position().x())) >= EYE:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """V, M, S and L turn the switches of the selected rows."""
        column = _KEYS.get(Qt.Key(event.key()))
        if column is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        for item in self.selectedItems():
            if isinstance(item, TrackItem):
                self.switch(item, column)

    def event(self, event: QEvent) -> bool:
        """The switches' letters are not the window's shortcuts here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if Qt.Key(event.key()) not in _KEYS:
                return super().event(event)
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips of the switches."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.itemAt(event.pos())
            if isinstance(item, TrackItem):
                QToolTip.showText(event.globalPos(), self.tooltip(item, self.columnAt(event.pos().x())), self)
                return True
        return super().viewportEvent(event)

    def tooltip(self, item: TrackItem, column: int) -> str:
        """What a click on a cell does."""
        if column >= MUTE and not self.has_switch(item, column):
            return ""
        return {
            NAME: item.title,
            VALUE: self.tr("Value at the playhead"),
            EYE: self.tr("Show or hide (V); with Alt show only this"),
            MUTE: self.tr("Mute (M): it does not act"),
            SOLO: self.tr("Solo (S): only what is soloed acts"),
            LOCK: self.tr("Lock (L): it cannot be changed"),
        }.get(column, "")


def _switched(owner: _Switched, column: int, on: bool) -> _Switched:
    fields: dict[str, Any] = {_SWITCHES[column]: on}
    return replace(owner, **fields)


Index = QModelIndex | QPersistentModelIndex


class _RowPainter(QStyledItemDelegate):
    """Paints the cells of the list."""

    def __init__(self, view: TrackList) -> None:
        super().__init__(view)
        self._view = view
        self._painters: dict[int, Callable[[QPainter, QRect, TrackItem], None]] = {NAME: self._paint_name, VALUE: self._paint_value, EYE: self._paint_eye}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(40, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        item = self._view.itemFromIndex(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if not isinstance(item, TrackItem):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        column = index.column()
        if column in self._painters:
            self._painters[column](painter, rect, item)
        elif self._view.has_switch(item, column):
            self._paint_switch(painter, rect, item, column)
        painter.restore()

    def _ink(self, item: TrackItem, faint: bool = False) -> QColor:
        if item.isSelected():
            return QColor(theme.ON_ACCENT)
        return QColor(theme.DIM if item.group else theme.FAINT if faint else theme.TEXT)

    def _paint_name(self, painter: QPainter, rect: QRect, item: TrackItem) -> None:
        model, left = self._view.model_, rect.left() + 4
        if not item.group:
            icons.swatch(painter, QRectF(left, rect.center().y() - 4, 9, 9), item.tracks[0].colour)
            left += 15
        empty = not item.group and not model.curve(item.address).keys
        font = painter.font()
        font.setBold(item.group)
        painter.setFont(font)
        painter.setPen(self._ink(item, faint=empty or (not item.group and not model.visible(item.address))))
        text = painter.fontMetrics().elidedText(item.title, Qt.TextElideMode.ElideRight, rect.right() - left - 2)
        painter.drawText(QRect(left, rect.top(), rect.right() - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_value(self, painter: QPainter, rect: QRect, item: TrackItem) -> None:
        model = self._view.model_
        if item.group or not model.curve(item.address).keys:
            return
        value = float(model.curve(item.address).evaluate(model.player.position_s))
        painter.setFont(theme.numbers_font(painter.font(), 0.88))
        painter.setPen(self._ink(item) if item.isSelected() else QColor(theme.DIM))
        painter.drawText(rect.adjusted(0, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{value:.2f}")

    def _paint_eye(self, painter: QPainter, rect: QRect, item: TrackItem) -> None:
        if not item.tracks:
            return
        middle, on = QPointF(rect.center()) + QPointF(0.5, 0.5), self._view.is_on(item, EYE)
        ink = self._ink(item) if on else QColor(theme.FAINT)
        painter.setPen(QPen(ink, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if on:
            painter.drawEllipse(middle, 6.0, 3.8)
            painter.setBrush(ink)
            painter.drawEllipse(middle, 1.8, 1.8)
        else:
            painter.drawArc(QRectF(middle.x() - 6, middle.y() - 6, 12, 8), 200 * 16, 140 * 16)

    def _paint_switch(self, painter: QPainter, rect: QRect, item: TrackItem, column: int) -> None:
        on = self._view.is_on(item, column)
        box = QRectF(0, 0, 15, 15)
        box.moveCenter(QPointF(rect.center()) + QPointF(0.5, 0.5))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor({MUTE: theme.WARNING, SOLO: theme.ACCENT, LOCK: theme.ERROR}[column]))
            painter.drawRoundedRect(box, 3, 3)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.82)
        font.setBold(on)
        painter.setFont(font)
        painter.setPen(QColor(theme.ON_MARK) if on else self._ink(item, faint=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _LETTERS[column])


def point_of(view: TrackList, item: TrackItem, column: int) -> QPoint:
    """The middle of a cell, for whoever clicks it."""
    rect = view.visualItemRect(item)
    left = view.header().sectionViewportPosition(column)
    return QPoint(left + view.header().sectionSize(column) // 2, rect.center().y())
