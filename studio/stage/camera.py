"""The sections for the lens and the camera."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QToolButton, QWidget

from studio import theme
from studio.panels.desk import Desk
from studio.panels.levels import Level
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.stage import shots
from studio.stage.light import retitle
from studio.stage.looking import Looking
from studio.stage.picking import pick
from studio.stage.rows import CameraRow, PartRow, combo, put_part, tick
from studio.stage.shooting import FRAME, Shooting
from studio.viewport.view import Viewport

_PLACED = ("yaw", "pitch", "roll", "distance", "right", "up")
_USUAL_FOCUS_M = 1.0


class LensSection(Section):
    """How the lens draws.

    Args:
        desk: what it works with.
        shooting: sets the camera.
        viewport: where a point to focus on is picked.
    """

    def __init__(self, desk: Desk, shooting: Shooting, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__("", False, parent)
        self._desk, self._shooting, self._viewport = desk, shooting, viewport
        retitle(self, self.tr("Lens"), "lens")
        self.focal = CameraRow(shooting, "focal", self._as_far)
        self.column.addWidget(self.focal)
        self.keep_size = tick(self, "keepSize", self.tr("Heads stay as large"), self.tr("Another focal length moves the camera too: the framing stays"))
        self.keep_size.setChecked(True)
        session = desk.session
        self.depth_box = tick(self, "depthOfField", self.tr("Depth of field"), self.tr("Blur what is out of focus; seen in full at the levels High and Final"))
        self.depth_box.toggled.connect(self._on_depth)
        tip = self.tr("Of the lens: a smaller one blurs more")
        self.f_number = PartRow(desk, "lens", "f_number", Level(self.tr("f-number"), 11.0, 2.8, tip, 0.7, 1, key="fnumber"), 32.0)
        self.column.addWidget(self.f_number)
        self.focus = combo(self, "focusBox", self.tr("Focus"), self.tr("What is sharp"))
        self.focus.addItem(self.tr("Eyes of who is nearest"), True)
        self.focus.addItem(self.tr("A distance"), False)
        self.focus.activated.connect(lambda _: put_part(session, "lens", focus=None if self.focus.currentData() else self.usual_focus()))
        self.distance = PartRow(
            desk, "lens", "focus", Level(self.tr("At"), 3.0, _USUAL_FOCUS_M, self.tr("From the camera"), 0.1, 3, "m", key="focusdistance"), 12.0
        )
        self.column.addWidget(self.distance)
        self.pick = QToolButton()
        self.pick.setObjectName("pickFocus")
        self.pick.setText(self.tr("Pick"))
        self.pick.setCheckable(True)
        self.pick.setToolTip(self.tr("Click in the viewport on what is to be sharp; Escape leaves it"))
        self.pick.toggled.connect(self._on_pick)
        viewport.pointing.picked.connect(self._on_picked)
        self.distance.row.addWidget(self.pick)

    def _as_far(self, focal: float) -> dict[str, float]:
        """The distance from which a focal length shows heads as large as they were."""
        if not self.keep_size.isChecked():
            return {}
        before = self._shooting.shot_before
        return {"distance": round(before.distance * focal / before.focal, 4)}

    def usual_focus(self) -> float:
        """As far as the camera is from what it looks at."""
        return min(max(round(self._shooting.shot.distance, 3), 0.1), 12.0)

    def _on_depth(self, on: bool) -> None:
        if on != self._desk.session.document.stage.lens.depth_of_field:
            put_part(self._desk.session, "lens", depth_of_field=on)

    def _on_pick(self, on: bool) -> None:
        pointing = self._viewport.pointing
        if on:
            pointing.begin_picking()
        else:
            pointing.end_picking()

    def _on_picked(self, point: QPointF | None) -> None:
        self.pick.setChecked(False)
        found = pick(self._viewport, point) if point is not None else None
        if found is not None:
            put_part(self._desk.session, "lens", focus=min(max(round(found.distance_m, 3), 0.1), 12.0))

    def refresh(self) -> None:
        """Show the document's."""
        why, lens = self._desk.read_only, self._desk.session.document.stage.lens
        self.focal.set_reason(why)
        self.depth_box.setChecked(lens.depth_of_field)
        self.depth_box.setEnabled(not why)
        self.f_number.refresh(why or ("" if lens.depth_of_field else self.tr("Switch depth of field on first.")))
        self.focus.setCurrentIndex(0 if lens.focus is None else 1)
        self.focus.setEnabled(lens.depth_of_field and not why)
        self.distance.setVisible(lens.focus is not None)
        self.distance.refresh(why or ("" if lens.depth_of_field else self.tr("Switch depth of field on first.")))
        self.show_playhead()

    def show_playhead(self) -> None:
        """Show the focal length there."""
        self.focal.show_playhead()


class CameraSection(Section):
    """From where the picture is taken.

    Args:
        desk: what it works with.
        shooting: sets the camera.
        looking: whether the viewport looks through it.
    """

    def __init__(self, desk: Desk, shooting: Shooting, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._desk, self._shooting, self._looking = desk, shooting, looking
        retitle(self, self.tr("Camera"), "camera")
        self._build_framings()
        self.rows = {name: CameraRow(shooting, name) for name in _PLACED}
        for row in self.rows.values():
            self.column.addWidget(row)
        self._build_keys()
        looking.changed.connect(self.show_looking)
        shooting.auto_changed.connect(self.auto.setChecked)

    def _build_framings(self) -> None:
        self.framings: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE // 2)
        for i, (name, text) in enumerate(shots.FRAMINGS.items()):
            button = QPushButton(translated("Framing", text))
            button.setObjectName(f"{name.replace('-', '_')}Framing")
            button.setStyleSheet("QPushButton { padding: 4px 2px; }")
            button.setToolTip(self.tr("Frame the head so; again for the other side where there is one"))
            button.clicked.connect(lambda _=False, n=name: self.frame(n))
            self.framings[name] = button
            # Three in the first row, four in the second.
            grid.addWidget(button, 0 if i < 3 else 1, 4 * i if i < 3 else 3 * (i - 3), 1, 4 if i < 3 else 3)
        self.column.addLayout(grid)
        self.column.addSpacing(theme.SPACE // 2)

    def _build_keys(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        self.key_all = self._button("keyCamera", self.tr("Key all"), self.tr("Set a key of every number of the camera at the playhead"))
        self.key_all.clicked.connect(self._shooting.key_all)
        self.auto = self._button("autoKeyCamera", self.tr("Auto key"), self.tr("What is moved becomes a key at the playhead; else whole curves move"), True)
        self.auto.toggled.connect(self._shooting.set_auto)
        self.lock = self._button("lockCamera", self.tr("Lock"), self.tr("Moving the view leaves the camera where it is"), True)
        self.lock.toggled.connect(self._looking.set_locked)
        self.take = self._button("takeShot", self.tr("From view"), self.tr("Let the camera look from where the free view does"))
        self.take.clicked.connect(self._looking.take_shot)
        for button in (self.key_all, self.auto, self.lock, self.take):
            row.addWidget(button, 1)
        self.column.addSpacing(theme.SPACE // 2)
        self.column.addLayout(row)

    def _button(self, name: str, text: str, tip: str, checkable: bool = False) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setCheckable(checkable)
        button.setStyleSheet("QPushButton { padding: 4px 2px; }")
        return button

    # Showing.

    def refresh(self) -> None:
        """Show the document's."""
        why = self._desk.read_only
        for row in self.rows.values():
            row.set_reason(why)
        for button in (*self.framings.values(), self.key_all):
            button.setEnabled(not why)
        self.show_looking()
        self.show_playhead()

    def show_looking(self) -> None:
        """Show how the viewport looks."""
        self.lock.setChecked(self._looking.locked)
        self.take.setEnabled(not self._looking.through and not self._desk.read_only)

    def show_playhead(self) -> None:
        """Show the numbers there, and which have keys."""
        for row in self.rows.values():
            row.show_playhead()

    def frame(self, name: str) -> None:
        """A framing by name, seen through the camera."""
        now = self._shooting.shot
        self._looking.look_through(True)
        values = shots.differences(shots.framed(name, now), now)
        if values:
            self._shooting.put(values, FRAME)
