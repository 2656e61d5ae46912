"""The pose library: poses with their pictures, put on the active layer as keys at the playhead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QListWidget, QListWidgetItem, QPushButton, QToolButton, QWidget

from engine.core.channels import CHANNELS, INDEX, REGIONS, limits
from engine.project.document import new_id
from engine.project.edits import PutPose, RemovePose
from engine.project.parts import Pose
from studio import theme
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.library import built_in, mirrored, within
from studio.panels.panel import Panel, Section, keeps
from studio.panels.takes import REGION_NAMES
from studio.panels.thumbnails import Thumbnails
from studio.panels.words import translated

PICTURE_PX, CELL_W, CELL_H = 70, 84, 98
_ID = Qt.ItemDataRole.UserRole
_SHOWN = 0.002  # a channel nearer to rest than this is left out of a saved pose


class PoseList(QListWidget):
    """Pictures of poses.

    Signals:
        apply_wanted(): Return.
        remove_wanted(): Delete.
    """

    apply_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self.setGridSize(QSize(CELL_W, CELL_H))
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListWidget { border: 0; background: transparent; } QListWidget::item { padding: 2px; }")

    def fit(self) -> None:
        """As high as its rows: the panel scrolls."""
        columns = max(1, self.viewport().width() // CELL_W)
        self.setFixedHeight(max(1, -(-self.count() // columns)) * CELL_H + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns."""
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        """Its keys are no shortcuts of the window while it has the focus."""
        mine = (Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_Left, Qt.Key.Key_Right)
        return keeps(event, mine) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return applies, Delete deletes."""
        if self.state() == QListWidget.State.EditingState:
            return  # what ends the typing of a name says no more
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.apply_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)


class PosesPanel(Panel):
    """Keeps poses and applies them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("poses", "layers", "line"), parent)
        self.setObjectName("posesPanel")
        self.thumbnails = Thumbnails(desk.jobs, self)
        self.thumbnails.arrived.connect(lambda _: self._show_pictures())
        self._shown: object = None
        self._chosen: PoseList | None = None
        self._build_own()
        self._build_apply()
        section = Section(self.tr("Built-in"))
        self.ours = self._list("builtInPoses", self.tr("Built-in poses"))
        section.column.addWidget(self.ours)
        self.column.addWidget(section)
        self.column.addStretch(1)
        desk.conductor.motion_changed.connect(lambda: self._show_state() if self.isVisible() else None)
        self.listen()

    # Building.

    def _list(self, name: str, accessible: str) -> PoseList:
        made = PoseList(name)
        made.setAccessibleName(accessible)
        made.itemSelectionChanged.connect(lambda: self._on_chosen(made))
        made.itemDoubleClicked.connect(lambda _: self.apply())
        made.apply_wanted.connect(self.apply)
        made.remove_wanted.connect(self.remove)
        return made

    def _build_own(self) -> None:
        section = Section(self.tr("My Poses"))
        self.save = QPushButton(self.tr("Save Pose"))
        self.save.setObjectName("savePose")
        self.save.setToolTip(self.tr("Keep the pose at the playhead, as it is seen"))
        self.save.clicked.connect(self.keep)
        section.head.addWidget(self.save)
        self.own = self._list("ownPoses", self.tr("My poses"))
        self.own.itemChanged.connect(self._on_renamed)
        section.column.addWidget(self.own)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.rename = QPushButton(self.tr("Rename"))
        self.rename.setObjectName("renamePose")
        self.rename.setToolTip(self.tr("Give the pose another name (F2)"))
        self.rename.clicked.connect(self._on_rename)
        self.delete = QPushButton(self.tr("Delete"))
        self.delete.setObjectName("removePose")
        self.delete.setToolTip(self.tr("Take the pose out of the library (Delete)"))
        self.delete.clicked.connect(self.remove)
        row.addWidget(self.rename)
        row.addWidget(self.delete)
        row.addStretch(1)
        section.column.addLayout(row)
        self.column.addWidget(section)

    def _build_apply(self) -> None:
        section = Section(self.tr("Apply"))
        self.strength = LevelRow(Level(self.tr("Strength"), 1.5, 1.0, self.tr("How much of the pose is applied"), key="poseStrength"))
        section.column.addWidget(self.strength)
        self.regions: dict[str, QToolButton] = {}
        for names in (tuple(REGIONS)[:3], tuple(REGIONS)[3:]):
            row = QHBoxLayout()
            row.setSpacing(theme.SPACE // 2)
            for region in names:
                button = QToolButton()
                button.setObjectName("pose" + region.split()[0].capitalize())
                button.setText(translated("Region", REGION_NAMES[region]))
                button.setCheckable(True)
                button.setToolTip(self.tr("Only these regions of the face; all where none is chosen"))
                self.regions[region] = button
                row.addWidget(button)
            row.addStretch(1)
            section.column.addLayout(row)
        self.mirror = QToolButton()
        self.mirror.setObjectName("mirrorPose")
        self.mirror.setText(self.tr("Mirror"))
        self.mirror.setCheckable(True)
        self.mirror.setToolTip(self.tr("With left and right exchanged"))
        self.mirror.toggled.connect(lambda _: self._refill())
        row.addWidget(self.mirror)
        self.use = QPushButton(self.tr("Key Pose at Playhead"))
        self.use.setObjectName("applyPose")
        self.use.setProperty("primary", True)
        self.use.setToolTip(self.tr("Set keys on the active layer (Return, or a double click on the pose). A layer that adds adds the pose."))
        self.use.clicked.connect(self.apply)
        section.column.addWidget(self.use)
        self.column.addWidget(section)

    # Showing.

    def refresh(self) -> None:
        """Show the library."""
        poses = self.desk.session.document.poses
        if (poses, self.mirror.isChecked()) != self._shown:
            self._shown = (poses, self.mirror.isChecked())
            self._fill(self.own, [(p.id, p.name, p.values) for p in poses], editable=True)
            self._fill(self.ours, [(p.id, translated("Pose", p.name), p.values) for p in built_in()], editable=False)
        self._show_state()

    def _refill(self) -> None:
        self._shown = None
        self.refresh()

    def _fill(self, into: PoseList, poses: list[tuple[str, str, dict[str, float]]], editable: bool) -> None:
        current = into.currentItem().data(_ID) if into.currentItem() is not None else ""
        into.blockSignals(True)
        into.clear()
        for pose_id, name, values in poses:
            item = QListWidgetItem(self._icon(values), name)
            item.setData(_ID, pose_id)
            item.setToolTip(self.tr("{name}: {count} channels").format(name=name, count=len(values)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            if editable:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            into.addItem(item)
            if pose_id == current:
                into.setCurrentItem(item)
        into.blockSignals(False)
        into.fit()
        into.setVisible(bool(poses))

    def _icon(self, values: dict[str, float]) -> QIcon:
        picture = self.thumbnails.picture(row_of(mirrored(values) if self.mirror.isChecked() else values)) if self.isVisible() else None
        if picture is None:
            picture = QPixmap(PICTURE_PX, PICTURE_PX)
            picture.fill(theme.colour(theme.FIELD))
        return QIcon(picture)

    def _show_pictures(self) -> None:
        for into in (self.own, self.ours):
            into.blockSignals(True)
            for i in range(into.count()):
                values = self._values(into.item(i).data(_ID))
                if values is not None:
                    into.item(i).setIcon(self._icon(values))
            into.blockSignals(False)

    def _show_state(self) -> None:
        why, no_line, values = self.desk.read_only, self.desk.no_line(), self.chosen
        locked = self.desk.locked("jawOpen")
        mine = self._chosen is self.own and values is not None
        self.save.setEnabled(not no_line and self.desk.conductor.motion is not None)
        for button in (self.rename, self.delete):
            button.setEnabled(not why and mine)
        self.use.setEnabled(not locked and values is not None)
        for widget in (*self.regions.values(), self.mirror):
            widget.setEnabled(not why)
        self.strength.set_reason(why)

    def _on_chosen(self, made: PoseList) -> None:
        """One pose is chosen, in one of the two lists."""
        if made.selectedItems():
            self._chosen = made
            other = self.ours if made is self.own else self.own
            other.blockSignals(True)
            other.clearSelection()
            other.blockSignals(False)
        elif self._chosen is made:
            self._chosen = None
        self._show_state()

    @property
    def chosen(self) -> dict[str, float] | None:
        """Values of the pose that is chosen; None where none is."""
        items = self._chosen.selectedItems() if self._chosen is not None else []
        return self._values(items[0].data(_ID)) if items else None

    def _values(self, pose_id: str) -> dict[str, float] | None:
        everyone = {p.id: p.values for p in self.desk.session.document.poses} | {p.id: p.values for p in built_in()}
        return everyone.get(pose_id)

    # Doing.

    def apply(self) -> None:
        """Key the chosen pose at the playhead."""
        values, keying = self.chosen, self.desk.keying
        if values is None or not self.use.isEnabled():
            return
        values = mirrored(values) if self.mirror.isChecked() else values
        chosen = frozenset(region for region, button in self.regions.items() if button.isChecked())
        wanted = {name: value * self.strength.value for name, value in within(values, chosen).items()}
        if wanted:
            keying.begin(self.tr("Apply pose"))
            keying.set_values(wanted, key=True)
            keying.end()

    def keep(self) -> None:
        """Save what is seen at the playhead as a pose."""
        motion = self.desk.conductor.motion
        if motion is None:
            return
        row = motion.values[min(self.desk.player.frame, len(motion) - 1)]
        chosen = frozenset(region for region, button in self.regions.items() if button.isChecked())
        seen = {}
        for name in CHANNELS:
            low, high = limits(name)
            value = min(max(float(row[INDEX[name]]), low), high)
            if abs(value) > _SHOWN:
                seen[name] = round(value, 4)
        taken = {p.name for p in self.desk.session.document.poses}
        number = next(n for n in range(1, len(taken) + 2) if self.tr("Pose {number}").format(number=n) not in taken)
        pose = Pose(new_id(), self.tr("Pose {number}").format(number=number), within(seen, chosen))
        self.desk.session.apply(PutPose(pose))

    def _pose(self) -> Pose | None:
        items = self.own.selectedItems()
        found = items[0].data(_ID) if items else ""
        return next((p for p in self.desk.session.document.poses if p.id == found), None)

    def _on_rename(self) -> None:
        items = self.own.selectedItems()
        if items:
            self.own.editItem(items[0])

    def _on_renamed(self, item: QListWidgetItem) -> None:
        pose = next((p for p in self.desk.session.document.poses if p.id == item.data(_ID)), None)
        name = item.text().strip()
        if pose is None or name == pose.name:
            return
        if name and not self.desk.read_only:
            self.desk.session.apply(PutPose(replace(pose, name=name)))
        else:
            self._refill()

    def remove(self) -> None:
        """Take the chosen pose out of the library."""
        pose = self._pose()
        if pose is not None and self.delete.isEnabled():
            self.desk.session.apply(RemovePose(pose.id))


def row_of(values: dict[str, float]) -> NDArray[np.float32]:
    """A pose as channel values, float32 [63]."""
    out = np.zeros(len(CHANNELS), np.float32)
    for name, value in values.items():
        out[INDEX[name]] = value
    return out
