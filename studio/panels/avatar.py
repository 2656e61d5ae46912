"""The picture and camera panel: how large the picture is, from where it is seen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from engine.project.edits import SetSettings
from studio import theme
from studio.export_dialog import RATES, rate_words
from studio.panels.desk import Desk
from studio.panels.levels import NAME_PX, Level, LevelRow
from studio.panels.numbers import NumberField
from studio.panels.panel import Panel, Section
from studio.panels.words import QT_TRANSLATE_NOOP, translated
from studio.viewport.view import Viewport

if TYPE_CHECKING:
    from engine.render.camera import Camera

SIZES: tuple[tuple[str, int, int], ...] = (
    (QT_TRANSLATE_NOOP("Picture", "Square, 512"), 512, 512), (QT_TRANSLATE_NOOP("Picture", "Square, 1080"), 1080, 1080),
    (QT_TRANSLATE_NOOP("Picture", "HD, 1280 × 720"), 1280, 720), (QT_TRANSLATE_NOOP("Picture", "Full HD, 1920 × 1080"), 1920, 1080),
    (QT_TRANSLATE_NOOP("Picture", "Upright, 1080 × 1920"), 1080, 1920), (QT_TRANSLATE_NOOP("Picture", "4K, 3840 × 2160"), 3840, 2160),
)  # fmt: skip
FILM_MM = 24.0  # height of the film that focal lengths are told for
_LEAST_MM, _MOST_MM = 18.0, 200.0
_NARROW_M, _WIDE_M = 0.2, 4.0


class AvatarPanel(Panel):
    """Edits the project's picture and moves the viewport's camera.

    Args:
        desk: what it works with.
        viewport: whose camera it is.
    """

    def __init__(self, desk: Desk, viewport: Viewport, parent: QWidget | None = None) -> None:
        super().__init__(desk, ("settings", "character", "line"), parent)
        self.setObjectName("avatarPanel")
        self._viewport = viewport
        self._shown: Camera | None = None
        self._build_picture()
        self._build_camera()
        self.column.addStretch(1)
        viewport.painted.connect(self._on_painted)
        self.listen()

    # Building.

    def _combo(self, section: Section, name: str, text: str) -> QComboBox:
        label = QLabel(text)
        label.setFixedWidth(NAME_PX)
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(label)
        row.addWidget(box, 1)
        section.column.addLayout(row)
        return box

    def _build_picture(self) -> None:
        section = Section(self.tr("Picture"))
        section.column.setSpacing(theme.SPACE // 2)
        self.size_box = self._combo(section, "sizeBox", self.tr("Size"))
        self.size_box.setToolTip(self.tr("Width and height of what is rendered"))
        for text, width, height in SIZES:
            self.size_box.addItem(translated("Picture", text), (width, height))
        self.size_box.activated.connect(lambda _: self._set_size(*self.size_box.currentData()) if self.size_box.currentData() else None)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE // 2)
        label = QLabel(self.tr("Pixels"))
        label.setFixedWidth(NAME_PX)
        row.addWidget(label)
        self.width_px, self.height_px = (NumberField(16, 8192, 0) for _ in range(2))
        for field, name, text in ((self.width_px, "widthField", self.tr("Width")), (self.height_px, "heightField", self.tr("Height"))):
            field.setObjectName(name)
            field.setAccessibleName(text)
            field.setToolTip(self.tr("{what} in pixels, 16 to 8192").format(what=text))
            field.valueChanged.connect(lambda _: self._set_size(round(self.width_px.value()), round(self.height_px.value())))
        row.addWidget(self.width_px, 1)
        row.addWidget(QLabel("×"))
        row.addWidget(self.height_px, 1)
        section.column.addLayout(row)
        self.rate_box = self._combo(section, "rateBox", self.tr("Rate"))
        self.rate_box.setToolTip(self.tr("Frames per second; changing it moves nothing in time"))
        for rate in RATES:
            self.rate_box.addItem(self.tr("{rate} fps").format(rate=rate_words(rate)), rate)
        self.rate_box.activated.connect(lambda _: self._put(rate=self.rate_box.currentData()))
        self.column.addWidget(section)

    def _build_camera(self) -> None:
        section = Section(self.tr("Camera"))
        self.framings: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE // 2)
        for i, (name, text) in enumerate(
            (
                ("front", self.tr("Front")), ("three_quarter", self.tr("Three-quarter")), ("profile", self.tr("Profile")),
                ("close", self.tr("Close-up")), ("mouth", self.tr("Mouth")), ("wide", self.tr("Wide")),
            )
        ):  # fmt: skip
            button = QPushButton(text)
            button.setObjectName(f"{name}Framing")
            button.setStyleSheet("QPushButton { padding: 4px 2px; }")
            button.setToolTip(self.tr("Frame the head so; again for the other side where there is one"))
            button.clicked.connect(lambda _=False, n=name: self.frame(n))
            self.framings[name] = button
            grid.addWidget(button, i // 3, i % 3)
        section.column.addLayout(grid)
        section.column.addSpacing(theme.SPACE // 2)
        self.focal = self._row(
            section, Level(self.tr("Focal length"), _MOST_MM, 70.0, self.tr("Of a lens on 24 × 36 mm film; the head stays as large"), _LEAST_MM, 0, "mm")
        )
        self.orbit = self._row(section, Level(self.tr("Orbit"), 180.0, 0.0, self.tr("Round the head, towards the character's left"), -180.0, 0, "°"))
        self.height_deg = self._row(section, Level(self.tr("Elevation"), 85.0, 0.0, self.tr("From above, or from below"), -85.0, 0, "°"))
        self.distance = self._row(section, Level(self.tr("Distance"), _WIDE_M, 1.05, self.tr("From the head"), _NARROW_M, 2, "m"))
        self.focal.changed.connect(self._on_focal)
        self.orbit.changed.connect(lambda v: self._move(lambda c: replace(c, yaw_rad=math.radians(v))))
        self.height_deg.changed.connect(lambda v: self._move(lambda c: replace(c, pitch_rad=math.radians(v))))
        self.distance.changed.connect(lambda v: self._move(lambda c: replace(c, distance_m=v)))
        self.column.addWidget(section)

    def _row(self, section: Section, level: Level) -> LevelRow:
        row = LevelRow(level, name_px=84)
        row.number.setFixedWidth(60)
        section.column.addWidget(row)
        return row

    # Showing.

    def refresh(self) -> None:
        """Show the project's settings and the camera."""
        settings, why = self.desk.session.document.settings, self.desk.read_only
        size = (settings.width, settings.height)
        known = next((i for i, (_, w, h) in enumerate(SIZES) if (w, h) == size), -1)
        self.size_box.setCurrentIndex(known)
        self.size_box.setPlaceholderText(self.tr("Own size"))
        self.width_px.show_value(settings.width)
        self.height_px.show_value(settings.height)
        _choose(self.rate_box, settings.rate, self.tr("{rate} fps").format(rate=rate_words(settings.rate)))
        for widget in (self.size_box, self.width_px, self.height_px, self.rate_box):
            widget.setEnabled(not why)
        self._show_camera()

    def _on_painted(self) -> None:
        if self.isVisible() and self._viewport.camera is not self._shown:
            self._show_camera()

    def _show_camera(self) -> None:
        camera = self._shown = self._viewport.camera
        why = "" if camera is not None else self.tr("The head is still loading.")
        rows = (self.focal, self.orbit, self.height_deg, self.distance)
        for row in rows:
            row.set_reason(why)
        for button in self.framings.values():
            button.setEnabled(not why)
        if camera is not None:
            values = (focal_mm(camera.fov_rad), math.degrees(camera.yaw_rad), math.degrees(camera.pitch_rad), camera.distance_m)
            for row, value in zip(rows, values, strict=True):
                if not row.dragging:
                    row.set_value(min(max(value, row.low), row.high))

    # Doing.

    def _put(self, **fields: object) -> None:
        settings = self.desk.session.document.settings
        self.desk.session.apply(SetSettings(replace(settings, **fields)))  # type: ignore[arg-type]

    def _set_size(self, width: int, height: int) -> None:
        self._put(width=width, height=height)

    def _move(self, change: Callable[[Camera], Camera]) -> None:
        camera = self._viewport.camera
        if camera is not None:
            self._viewport.set_camera(change(camera))

    def _on_focal(self, focal: float) -> None:
        """Another lens, from as far away as keeps the head as large."""
        fov = 2 * math.atan(FILM_MM / 2 / focal)
        self._move(lambda c: replace(c, fov_rad=fov, distance_m=c.distance_m * math.tan(c.fov_rad / 2) / math.tan(fov / 2)))
        self._show_camera()

    def frame(self, name: str) -> None:
        """A framing by name; once more for the other side."""
        from engine.render.camera import Camera

        front = Camera.front()
        made = {
            "front": lambda: front,
            "three_quarter": Camera.three_quarter,
            "profile": Camera.profile,
            "close": lambda: front.dollied(0.72),
            "mouth": lambda: replace(front.dollied(0.36), pan_m=(0.0, -0.035)),
            "wide": lambda: front.dollied(1.7),
        }[name]()
        if made == self._viewport.camera and name in ("three_quarter", "profile"):
            made = (Camera.three_quarter if name == "three_quarter" else Camera.profile)(left=False)
        self._viewport.set_camera(made)
        self._show_camera()


def focal_mm(fov_rad: float) -> float:
    """Focal length on 24 x 36 mm film of a vertical angle of view."""
    return FILM_MM / 2 / math.tan(fov_rad / 2)


def _choose(box: QComboBox, data: object, text: str) -> None:
    """Show an entry; one that is not on offer is put on it."""
    index = next((i for i in range(box.count()) if box.itemData(i) == data), -1)
    if index < 0:
        box.addItem(text, data)
        index = box.count() - 1
    box.setCurrentIndex(index)
