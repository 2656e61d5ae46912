"""The sections for light and for the picture's look."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from engine.core.jobs import Job
from engine.project.stage import LIGHTS as PRESETS
from engine.project.stage import TONES as TONE_NAMES
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.panels.levels import Level
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.stage.pictures import icon_of, lit_ball
from studio.stage.rows import PartRow, choose, combo, put_part
from studio.stage.words import LIGHTS, TONES

ICON_PX = 44


class LightSection(Section):
    """What lights the scene."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._desk = desk
        self._drawn = False
        retitle(self, self.tr("Light"), "light")
        self._build_presets()
        share = self.tr("Factor: 0 none, 1 as the preset has it")
        self.rows = {
            "exposure": Level(self.tr("Exposure"), 5.0, 0.0, self.tr("Stops; one more is twice as bright"), -5.0, 2, "EV"),
            "key": Level(self.tr("Key"), 3.0, 1.0, self.tr("The main lamp. {share}").format(share=share)),
            "fill": Level(self.tr("Fill"), 3.0, 1.0, self.tr("The lamp that lightens the shadows. {share}").format(share=share)),
            "rim": Level(self.tr("Rim"), 3.0, 1.0, self.tr("The lamp from behind. {share}").format(share=share)),
            "surroundings": Level(self.tr("Around"), 3.0, 1.0, self.tr("The light from everywhere. {share}").format(share=share)),
            "turn": Level(self.tr("Turn"), 180.0, 0.0, self.tr("All the light, about the vertical"), -180.0, 0, "°"),
            "softness": Level(self.tr("Softness"), 1.0, 0.5, self.tr("Size of the lamps: sharp shadows, or soft ones")),
            "warmth": Level(self.tr("Warmth"), 1.0, 0.0, self.tr("Colour of the lamps: cooler, or warmer"), -1.0),
            "follows": Level(self.tr("Follows"), 1.0, 0.6, self.tr("How far the lamps turn along with the camera, so that a profile is lit as well")),
        }
        self.levels = {name: _row(self, desk, name, level) for name, level in self.rows.items()}

    def _build_presets(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        self.presets: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        for i, name in enumerate(PRESETS):
            button = QToolButton()
            shown = translated("Light", LIGHTS[name])
            button.setObjectName(f"{name}Light")
            button.setText(shown)
            button.setAccessibleName(self.tr("Light {name}").format(name=shown))
            button.setToolTip(self.tr("Light the scene so; the sliders below stay as they are"))
            button.setIcon(icon_of(np.zeros((ICON_PX, ICON_PX, 4), np.uint8), ICON_PX))
            button.setIconSize(QSize(ICON_PX, ICON_PX))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _=False, n=name: self.choose(n))
            self._group.addButton(button)
            self.presets[name] = button
            grid.addWidget(button, i // 3, i % 3)
        self.column.addLayout(grid)

    def _draw(self) -> None:
        """Have the pictures drawn, once the panel is seen for the first time."""
        self._drawn = True

        def work(job: Job) -> dict[str, NDArray[np.uint8]]:
            made = {}
            for name in PRESETS:
                job.check()
                made[name] = lit_ball(name, 2 * ICON_PX)
            return made

        def done(made: dict[str, NDArray[np.uint8]]) -> None:
            for name, pixels in made.items():
                self.presets[name].setIcon(icon_of(pixels, ICON_PX))

        self._desk.jobs.submit(Task("lights", self.tr("Drawing the lights"), "light pictures", visible=False), work, done)

    def choose(self, preset: str) -> None:
        """Another light."""
        if preset != self._desk.session.document.stage.lighting.preset:
            put_part(self._desk.session, "lighting", preset=preset)

    def refresh(self) -> None:
        """Show the document's."""
        if not self._drawn:
            self._draw()
        why = self._desk.read_only
        preset = self._desk.session.document.stage.lighting.preset
        for name, button in self.presets.items():
            button.setChecked(name == preset)
            button.setEnabled(not why)
        for row in self.levels.values():
            row.refresh(why)


class LookSection(Section):
    """How light becomes a picture."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", False, parent)
        self._desk = desk
        retitle(self, self.tr("Picture look"), "look")
        self.tone = combo(self, "toneBox", self.tr("Tone"), self.tr("How bright light is led over into white"))
        for name in TONE_NAMES:
            self.tone.addItem(translated("Tone", TONES[name]), name)
        self.tone.activated.connect(lambda _: put_part(desk.session, "lighting", tone=self.tone.currentData()))
        usual = self.tr("0.5 as the tone has it")
        self.levels = {
            "contrast": _row(self, desk, "contrast", Level(self.tr("Contrast"), 1.0, 0.5, usual)),
            "saturation": _row(self, desk, "saturation", Level(self.tr("Saturation"), 1.0, 0.5, usual)),
        }

    def refresh(self) -> None:
        """Show the document's."""
        why = self._desk.read_only
        choose(self.tone, self._desk.session.document.stage.lighting.tone)
        self.tone.setEnabled(not why)
        for row in self.levels.values():
            row.refresh(why)


def retitle(section: Section, title: str, name: str) -> None:
    """A section's title in the language of the moment, under a name that stays."""
    section.button.setText(title)
    section.button.setAccessibleName(title)
    section.button.setObjectName(f"{name}Section")


def _row(section: Section, desk: Desk, field: str, level: Level) -> PartRow:
    from dataclasses import replace

    row = PartRow(desk, "lighting", field, replace(level, key=f"light{field}"))
    section.column.addWidget(row)
    return row
