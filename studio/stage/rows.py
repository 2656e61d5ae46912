"""Rows of the stage panel: a number of the light, the background or the lens; a number of the camera with its keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from engine.project.edits import SetStage
from engine.project.stage import SHOT_LIMITS, Shot
from studio import theme
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.session import Session
from studio.stage.shooting import Shooting
from studio.stage.words import CAMERA, WHAT

NAME_PX, NUMBER_PX = 84, 70
# Of the camera's numbers: decimals, unit.
_SHOWN = {"yaw": (1, "°"), "pitch": (1, "°"), "roll": (1, "°"), "distance": (2, "m"), "right": (3, "m"), "up": (3, "m"), "focal": (0, "mm")}
# What their sliders cover: less than they may be, so that a hand can set them.
SLIDERS = {"distance": (0.12, 4.0), "right": (-0.5, 0.5), "up": (-0.5, 0.5), "roll": (-45.0, 45.0), "focal": (18.0, 200.0)}


def put_part(session: Session, part: str, **values: object) -> None:
    """Set fields of the stage's `lighting`, `background` or `lens`: one step, or one of a drag's."""
    stage = session.document.stage
    edited = replace(getattr(stage, part), **values)
    session.apply(SetStage(replace(stage, **{part: edited}), WHAT[part, next(iter(values))]))


class PartRow(LevelRow):
    """A number of the light, the background or the lens.

    Args:
        desk: what it works with.
        part: field of `Stage`.
        field: of it.
        level: what it is; its slider covers that.
        most: what may be typed, where that is more.
    """

    def __init__(self, desk: Desk, part: str, field: str, level: Level, most: float | None = None, parent: QWidget | None = None) -> None:
        session = desk.session
        super().__init__(level, (lambda: session.cursor, session.undo), "", NAME_PX, parent)
        self._session, self._part, self._field = session, part, field
        self.number.setFixedWidth(NUMBER_PX)
        if most is not None:
            self.number.set_range(level.low, most)
        self.began.connect(lambda: session.begin_drag(f"Change {WHAT[part, field]}"))
        self.changed.connect(lambda value: put_part(session, part, **{field: value}))
        self.ended.connect(session.end_drag)

    def refresh(self, reason: str) -> None:
        """Show the value, and why it may not be changed."""
        self.set_reason(reason)
        if not self.dragging:
            value = getattr(getattr(self._session.document.stage, self._part), self._field)
            if value is not None:
                self.set_value(float(value))


class CameraRow(LevelRow):
    """A number of the camera at the playhead, with its keys.

    Args:
        shooting: sets it.
        name: of the field of `Shot`.
        also: further numbers to set with a value.
    """

    def __init__(self, shooting: Shooting, name: str, also: Callable[[float], dict[str, float]] | None = None, parent: QWidget | None = None) -> None:
        shown, tip = (translated("Camera", text) for text in CAMERA[name])
        low, high = SLIDERS.get(name, SHOT_LIMITS[name])
        decimals, unit = _SHOWN[name]
        level = Level(shown, high, getattr(Shot(), name), tip, low, decimals, unit, key=f"camera{name}")
        session = shooting.session
        super().__init__(level, (lambda: session.cursor, session.undo), "full", NAME_PX, parent)
        self.number.set_range(*SHOT_LIMITS[name])
        self.number.setFixedWidth(NUMBER_PX)
        self._shooting, self._name = shooting, name
        self.began.connect(lambda: shooting.begin("Change camera"))
        self.changed.connect(lambda value: shooting.put({name: value, **(also(value) if also is not None else {})}))
        self.ended.connect(shooting.end)
        self.key_toggled.connect(lambda: shooting.toggle_key(name))
        self.previous_key.connect(lambda: shooting.go_key(-1, name))
        self.next_key.connect(lambda: shooting.go_key(1, name))

    def show_playhead(self) -> None:
        """Show the value there, and whether it has a key."""
        self.set_keys(self._shooting.state(self._name))
        if not self.dragging:
            self.set_value(float(getattr(self._shooting.shot, self._name)))


def combo(section: Section, name: str, text: str, tip: str) -> QComboBox:
    """A box to choose from, after its name."""
    label = QLabel(text)
    label.setFixedWidth(NAME_PX)
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(text)
    box.setToolTip(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    label.setBuddy(box)
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE // 2)
    row.addWidget(label)
    row.addWidget(box, 1)
    section.column.addLayout(row)
    return box


def tick(section: Section, name: str, text: str, tip: str) -> QCheckBox:
    """A box to tick."""
    box = QCheckBox(text)
    box.setObjectName(name)
    box.setToolTip(tip)
    section.column.addWidget(box)
    return box


def choose(box: QComboBox, data: object, text: str = "") -> None:
    """Show an entry; one that is not on offer is put on it."""
    index = next((i for i in range(box.count()) if box.itemData(i) == data), -1)
    if index < 0:
        box.addItem(text, data)
        index = box.count() - 1
    box.setCurrentIndex(index)
