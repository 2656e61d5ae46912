"""The sections for the guides over the viewport's picture, and for the size and rate of the project's."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from engine.project.edits import SetSettings
from studio import theme
from studio.export_dialog import RATES, rate_words
from studio.panels.desk import Desk
from studio.panels.numbers import NumberField
from studio.panels.panel import Section
from studio.panels.words import QT_TRANSLATE_NOOP, translated
from studio.stage.framing import GUIDES as NAMES
from studio.stage.framing import Framing
from studio.stage.light import retitle
from studio.stage.rows import NAME_PX, choose, combo, tick
from studio.stage.words import GUIDES

SIZES: tuple[tuple[str, int, int], ...] = (
    (QT_TRANSLATE_NOOP("Picture", "Square, 512"), 512, 512), (QT_TRANSLATE_NOOP("Picture", "Square, 1080"), 1080, 1080),
    (QT_TRANSLATE_NOOP("Picture", "HD, 1280 × 720"), 1280, 720), (QT_TRANSLATE_NOOP("Picture", "Full HD, 1920 × 1080"), 1920, 1080),
    (QT_TRANSLATE_NOOP("Picture", "Upright, 1080 × 1920"), 1080, 1920), (QT_TRANSLATE_NOOP("Picture", "4K, 3840 × 2160"), 3840, 2160),
)  # fmt: skip


class GuidesSection(Section):
    """Lines over the viewport's picture; no part of the project."""

    def __init__(self, framing: Framing, parent: QWidget | None = None) -> None:
        super().__init__("", False, parent)
        self._framing = framing
        retitle(self, self.tr("Guides"), "guides")
        self.boxes: dict[str, QCheckBox] = {}
        for name in NAMES:
            text, tip = (translated("Guides", words) for words in GUIDES[name])
            box = tick(self, f"{name}Guide", text.replace("&", ""), tip)
            box.toggled.connect(lambda on, n=name: framing.set_guide(n, on))
            self.boxes[name] = box
        framing.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show which are on."""
        for name, box in self.boxes.items():
            box.setChecked(name in self._framing.guides)


class PictureSection(Section):
    """How large the project's picture is, and how many there are in a second."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", True, parent)
        self._desk = desk
        retitle(self, self.tr("Picture"), "picture")
        self.size_box = combo(self, "sizeBox", self.tr("Size"), self.tr("Width and height of what is rendered"))
        for text, width, height in SIZES:
            self.size_box.addItem(translated("Picture", text), (width, height))
        self.size_box.activated.connect(lambda _: self._set_size(*self.size_box.currentData()) if self.size_box.currentData() else None)
        self._build_pixels()
        self.rate_box = combo(self, "rateBox", self.tr("Rate"), self.tr("Frames per second; changing it moves nothing in time"))
        for rate in RATES:
            self.rate_box.addItem(self.tr("{rate} fps").format(rate=rate_words(rate)), rate)
        self.rate_box.activated.connect(lambda _: self._put(rate=self.rate_box.currentData()))

    def _build_pixels(self) -> None:
        line = QWidget()
        line.setFixedHeight(theme.ROW)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
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
        self.column.addWidget(line)

    def refresh(self) -> None:
        """Show the project's settings."""
        settings, why = self._desk.session.document.settings, self._desk.read_only
        size = (settings.width, settings.height)
        self.size_box.setCurrentIndex(next((i for i, (_, w, h) in enumerate(SIZES) if (w, h) == size), -1))
        self.size_box.setPlaceholderText(self.tr("Own size"))
        self.width_px.show_value(settings.width)
        self.height_px.show_value(settings.height)
        choose(self.rate_box, settings.rate, self.tr("{rate} fps").format(rate=rate_words(settings.rate)))
        for widget in (self.size_box, self.width_px, self.height_px, self.rate_box):
            widget.setEnabled(not why)

    def _put(self, **fields: object) -> None:
        settings = self._desk.session.document.settings
        self._desk.session.apply(SetSettings(replace(settings, **fields)))  # type: ignore[arg-type]

    def _set_size(self, width: int, height: int) -> None:
        self._put(width=width, height=height)
