"""The section for where the characters stand, and arrangements of all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QWidget

from engine.project.change import Composite, Edit
from engine.project.document import Character, Document
from engine.project.edits import SetPlacement, SetStage
from engine.project.stage import Placement, Shot
from studio import theme
from studio.panels.desk import Desk
from studio.panels.levels import Level, LevelRow
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.stage import shots
from studio.stage.light import retitle
from studio.stage.rows import NAME_PX, NUMBER_PX, choose, combo
from studio.stage.words import ARRANGE, ARRANGEMENTS

APART_M = 0.46  # between the middles of two who stand beside each other
FACING_M, FACING_DEG = 0.30, 52.0  # half of what is between two who face each other; how far each is turned from the camera
INWARDS_DEG = 14.0
BEHIND_M = 0.55
AWAY_M = 2.4  # to the side of who is out of the picture
ROOM_M = 0.21  # from a head's middle to where the picture may end


def arranged(name: str, characters: Sequence[Character], first: int = 0) -> tuple[Placement, ...]:
    """Where everybody stands in an arrangement.

    Args:
        name: of `ARRANGEMENTS`.
        characters: who.
        first: index of the one that it is about.
    """
    count = len(characters)
    if name == "alone":
        aside = [side * (AWAY_M + APART_M * (i // 2)) for i in range(count) for side in ((-1,) if i % 2 else (1,))]
        others = iter(aside)
        return tuple(Placement() if i == first else Placement(x=min(max(next(others), -3.0), 3.0)) for i in range(count))
    if name == "facing" and count > 1:
        second = next(i for i in range(count) if i != first) if first != 0 else 1
        pair = {min(first, second): Placement(x=-FACING_M, turn=FACING_DEG), max(first, second): Placement(x=FACING_M, turn=-FACING_DEG)}
        rest = iter(_spread(count - 2))
        return tuple(pair[i] if i in pair else Placement(x=next(rest), z=-BEHIND_M) for i in range(count))
    inwards = INWARDS_DEG if name == "beside" else 0.0
    places = _spread(count)
    half = max(map(abs, places), default=0.0) or 1.0
    return tuple(Placement(x=x, turn=round(-inwards * x / half, 3)) for x in places)


def _spread(count: int) -> list[float]:
    apart = min(APART_M, 6.0 / max(count - 1, 1))
    return [round((i - (count - 1) / 2) * apart, 4) for i in range(count)]


def far_enough(shot: Shot, placements: Sequence[Placement], aspect: float) -> Shot:
    """A shot from the front from as far as shows everybody who is near the middle."""
    seen = [p for p in placements if abs(p.x) < AWAY_M]
    across = max((abs(p.x) for p in seen), default=0.0) + ROOM_M
    half = math.tan(math.atan(shots.FILM_MM / 2 / shot.focal)) * min(aspect, 2.0)
    wanted = across / half + max((p.z for p in seen), default=0.0)
    usual = Shot().distance * shot.focal / Shot().focal
    return replace(shot, yaw=0.0, right=0.0, distance=shots.within("distance", round(max(wanted, usual), 3)))


def arrange_edit(document: Document, name: str, first: int = 0) -> Composite:
    """The step that puts everybody in their places, and the camera so far away that they are seen; a camera with keys stays."""
    placements = arranged(name, document.characters, first)
    edits: list[Edit] = [SetPlacement(c.id, p) for c, p in zip(document.characters, placements, strict=True) if c.placement != p]
    if not document.stage.moving:
        shot = far_enough(document.stage.shot, placements, document.settings.width / document.settings.height)
        edits.append(SetStage(replace(document.stage, shot=shot), "camera"))
    return Composite(tuple(edits), ARRANGE)


class CompanySection(Section):
    """Where who stands."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", False, parent)
        self._desk = desk
        retitle(self, self.tr("Characters"), "characters")
        self.who: QComboBox = combo(self, "whoBox", self.tr("Who"), self.tr("Whose place the sliders set; a click on a character in the viewport chooses it"))
        self.who.activated.connect(lambda _: self.refresh())
        metres = self.tr("Metres from the middle of the scene")
        self.levels = {
            "x": Level(self.tr("Aside"), 1.5, 0.0, self.tr("To the picture's right. {unit}").format(unit=metres), -1.5, 3, "m", key="placex"),
            "y": Level(self.tr("Up"), 0.5, 0.0, self.tr("Upwards. {unit}").format(unit=metres), -0.5, 3, "m", key="placey"),
            "z": Level(self.tr("Forward"), 1.5, 0.0, self.tr("Towards the camera. {unit}").format(unit=metres), -1.5, 3, "m", key="placez"),
            "turn": Level(self.tr("Turn"), 180.0, 0.0, self.tr("About the vertical, towards the character's left"), -180.0, 1, "°", key="placeturn"),
        }
        self.rows = {name: self._row(name, level) for name, level in self.levels.items()}
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE // 2)
        self.arrangements: dict[str, QPushButton] = {}
        for i, (name, (text, tip)) in enumerate(ARRANGEMENTS.items()):
            button = QPushButton(translated("Arrange", text))
            button.setObjectName(f"{name}Arrangement")
            button.setToolTip(translated("Arrange", tip))
            button.setStyleSheet("QPushButton { padding: 4px 2px; }")
            button.clicked.connect(lambda _=False, n=name: self.arrange(n))
            self.arrangements[name] = button
            grid.addWidget(button, i // 2, i % 2)
        self.column.addSpacing(theme.SPACE // 2)
        self.column.addLayout(grid)

    def _row(self, field: str, level: Level) -> LevelRow:
        session = self._desk.session
        row = LevelRow(level, (lambda: session.cursor, session.undo), "", NAME_PX)
        row.number.setFixedWidth(NUMBER_PX)
        if field != "turn":
            row.number.set_range(-3.0, 3.0)
        row.began.connect(lambda: session.begin_drag(SetPlacement.label))
        row.changed.connect(lambda value: self._put(field, value))
        row.ended.connect(session.end_drag)
        self.column.addWidget(row)
        return row

    @property
    def character(self) -> Character | None:
        """Whose place is shown."""
        document, wanted = self._desk.session.document, self.who.currentData()
        found = next((c for c in document.characters if c.id == wanted), None)
        line = self._desk.line
        return found or (document.character_of(line.id) if line is not None else document.characters[0] if document.characters else None)

    def select(self, character_id: str) -> None:
        """Show another one's place."""
        index = self.who.findData(character_id)
        if index >= 0:
            self.who.setCurrentIndex(index)
        self.refresh()

    def refresh(self) -> None:
        """Show the document's."""
        why, document = self._desk.read_only, self._desk.session.document
        names = [(c.name, c.id) for c in document.characters]
        if names != [(self.who.itemText(i), self.who.itemData(i)) for i in range(self.who.count())]:
            shown = self.character
            self.who.clear()
            for name, character_id in names:
                self.who.addItem(name, character_id)
            if shown is not None:
                choose(self.who, shown.id, shown.name)
        character = self.character
        for name, row in self.rows.items():
            row.set_reason(why or ("" if character is not None else self.tr("There is nobody.")))
            if character is not None and not row.dragging:
                row.set_value(float(getattr(character.placement, name)))
        for button in self.arrangements.values():
            button.setEnabled(not why and character is not None)

    def _put(self, field: str, value: float) -> None:
        character = self.character
        if character is not None:
            self._desk.session.apply(SetPlacement(character.id, replace(character.placement, **{field: value})))

    def arrange(self, name: str) -> None:
        """Put everybody in their places, as one step."""
        document, character = self._desk.session.document, self.character
        if character is not None:
            self._desk.session.apply(arrange_edit(document, name, document.characters.index(character)))
