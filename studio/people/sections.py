"""The sections of the people panel: rows that are made when a section is first opened, a lock against chance, a reset."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget

from engine.avatars import palette
from engine.avatars.axes import ANCESTRIES, OLD, YOUNG, age_of, ancestry_of, by_name, years_of
from engine.avatars.sections import COLOURS, HAIRS_OWN, STYLES, addresses, is_usual
from engine.core.person import Colour, Person
from studio import icons
from studio.panels.levels import Level
from studio.panels.panel import Section
from studio.panels.words import translated
from studio.people.looks import Looks
from studio.people.rows import ColourRow, NumberRow, SidesRow, StyleRow, ToneRow, level_of
from studio.people.swatches import Swatch
from studio.people.triangle import AncestryRow
from studio.people.words import title_of

SLICE_S = 0.008  # of making rows at a time
_CLOTH: tuple[Colour, ...] = tuple(colour for colour, _ in palette.CLOTHES)
_SECOND: tuple[Colour, ...] = tuple(dict.fromkeys(second for _, second in palette.CLOTHES))


class AgeRow(NumberRow):
    """How old somebody looks, in years."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        tip = QCoreApplication.translate("AgeRow", "How old the person looks; lines, grey hairs and spots have sliders of their own")
        level = Level(QCoreApplication.translate("AgeRow", "Age, years"), OLD, years_of(Person()), tip, YOUNG, 0, key="shape-age")
        super().__init__(looks, "Person", ("shape/age",), level, parent=parent)

    def shown(self, value: float) -> float:
        """Years."""
        return years_of(Person(shape={"age": value}))

    def kept(self, value: float) -> float:
        """Of the axis."""
        return round(age_of(value), 4)


def _swatches(address: str) -> tuple[list[Swatch], list[dict[str, Any]]]:
    """Colours to choose from, and what else each sets."""
    if address == "eyes/colour":
        return [(translated("Palette", name), iris) for name, iris, _ in palette.EYES], [{"eyes/inner": inner} for *_, inner in palette.EYES]
    if address == "eyes/inner":
        return [(translated("Palette", name), inner) for name, _, inner in palette.EYES], []
    if address in ("hair/colour", *HAIRS_OWN):
        own: list[Swatch] = [(QCoreApplication.translate("People", "as the hair"), None)] if address in HAIRS_OWN else []
        return own + [(translated("Palette", name), colour) for name, colour in palette.HAIR], []
    plain = {
        "skin/lip_colour": palette.LIPSTICKS, "skin/eye_shadow_colour": palette.SHADOWS, "clothing/colour": _CLOTH, "clothing/second": _SECOND,
    }[address]  # fmt: skip
    return [("", colour) for colour in plain], []


class PeopleSection(Section):
    """A section of the looks.

    Args:
        name: one of `engine.avatars.sections.SECTIONS`.
        looks: what its rows change.
        opened: at first.

    Signals:
        locked(on): a person locked it against chance, or unlocked it.
    """

    locked = Signal(bool)

    def __init__(self, name: str, looks: Looks, opened: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(translated("People", name), opened, parent)
        self.name = name
        self._looks = looks
        self._symmetrical = True
        self._reason = ""
        self._shown: Person | None = None
        self.rows: dict[str, Any] = {}  # by address; made when the section is first opened
        key = name.lower().replace(" ", "").replace("-", "")
        self.button.setObjectName(f"people{key.capitalize()}Section")
        self.lock = self._tool("lock", f"lock{key.capitalize()}", self.tr("Lock"), self.tr("Chance and variations leave a locked section as it is"))
        self.lock.setCheckable(True)
        self.lock.toggled.connect(self._on_locked)
        self.restore = self._tool("reset", f"reset{key.capitalize()}", self.tr("Reset"), self.tr("Reset this section (or double-click its title)"))
        self.restore.clicked.connect(self.reset)
        whole = self.layout()
        if whole is not None:
            whole.setContentsMargins(0, 0, 0, 0)
        self.button.installEventFilter(self)
        self.folded.connect(self._on_folded)
        self._wanted: list[str] | None = None  # addresses that are to be seen; None for all
        self._made: set[str] = set()
        self._making = QTimer(self)
        self._making.setInterval(0)
        self._making.timeout.connect(self._make_some)
        if opened:
            self.build()

    def _tool(self, icon: str, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIcon(icons.icon(icon, "FAINT" if icon == "lock" else "DIM"))
        button.setAccessibleName(f"{self.button.text()}: {text}")
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.setIconSize(QSize(14, 14))
        button.setStyleSheet("QToolButton { padding: 2px; }")
        self.head.addWidget(button)
        return button

    def _on_locked(self, on: bool) -> None:
        self.lock.setIcon(icons.icon("locked" if on else "lock", "ACCENT" if on else "FAINT"))
        self.locked.emit(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click on the title resets the section; its first click folds nothing."""
        if event.type() == QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            self.button.toggle()
            self.reset()
            return True
        return False

    def reset(self) -> None:
        """All of it as Ada has it."""
        if self.restore.isEnabled():
            self._looks.reset(addresses()[self.name])

    # Its rows.

    def _on_folded(self, opened: bool) -> None:
        if opened:
            self._make_soon()

    def _make_soon(self) -> None:
        """Make what is missing, a few rows at a time: the window stays awake."""
        if self._missing():
            self._making.start()

    def _missing(self) -> list[str]:
        wanted = addresses()[self.name] if self._wanted is None else self._wanted
        return [address for address in wanted if address not in self._made]

    def _make_some(self) -> None:
        end_s = time.perf_counter() + SLICE_S
        missing = self._missing()
        while missing and time.perf_counter() < end_s:
            self._make(missing.pop(0))
        if not missing:
            self._making.stop()

    def build(self) -> None:
        """Make all rows that are to be seen, at once."""
        for address in self._missing():
            self._make(address)

    def _make(self, address: str) -> None:
        """Make the row of a value, at its place among the others."""
        self._made.add(address)
        row = self._row(address)
        if row is None:
            return
        order = addresses()[self.name]
        before = sum(1 for other in self.rows if order.index(other) < order.index(address))
        self.rows[address] = row
        self.column.insertWidget(before, row)
        row.set_reason(self._reason)
        row.set_name_room(self._name_room())
        if isinstance(row, SidesRow):
            row.set_symmetrical(self._symmetrical)
        if self._shown is not None:
            row.show_person(self._shown)

    def _name_room(self) -> int:
        """Pixels for the longest name in the section, and the letter of a side."""
        metrics = self.fontMetrics()
        sides = any(self._leader(address) != address for address in addresses()[self.name])
        longest = max(metrics.horizontalAdvance(translated("People", title_of(address))) for address in addresses()[self.name])
        return longest + 6 + (metrics.horizontalAdvance("L  ") if sides else 0)

    def _row(self, address: str) -> Any:
        """The row of a value; None for one that another row shows."""
        if address.startswith("shape/"):
            return self._axis_row(address)
        if address in STYLES:
            return StyleRow(self._looks, self.name, address)
        if address in COLOURS:
            swatches, also = _swatches(address)
            return ColourRow(self._looks, self.name, address, swatches, also)
        if address == "skin/tone":
            return ToneRow(self._looks, level_of(self.name, address))
        return NumberRow(self._looks, self.name, (address,), level_of(self.name, address))

    def _axis_row(self, address: str) -> Any:
        axis = by_name()[address.removeprefix("shape/")]
        if axis.name == "age":
            return AgeRow(self._looks)
        if axis.name in ANCESTRIES:
            return self._ancestry_row() if axis.name == ANCESTRIES[0] else None
        if axis.side == "right":
            return None
        level = level_of(self.name, address)
        if axis.side:
            return SidesRow(self._looks, self.name, address, f"shape/{axis.mirror}", level)
        return NumberRow(self._looks, self.name, (address,), level)

    def _ancestry_row(self) -> AncestryRow:
        row, looks = AncestryRow(), self._looks
        row.began.connect(looks.begin)
        row.changed.connect(looks.put_ancestry)
        row.ended.connect(looks.end)
        row.reset.connect(lambda: looks.reset([f"shape/{name}" for name in ANCESTRIES]))
        row.show_person = lambda person: row.set_shares(ancestry_of(person))  # type: ignore[attr-defined]
        return row

    # Showing.

    def show_person(self, person: Person) -> None:
        """Show the looks."""
        self._shown = person
        usual = is_usual(person, self.name)
        self.restore.setEnabled(not usual and not self._reason)
        self.button.setText(translated("People", self.name) + ("" if usual else "  •"))
        if self.opened and self.rows:
            self._show_rows(person)

    def _show_rows(self, person: Person) -> None:
        for row in self.rows.values():
            row.show_person(person)

    def set_symmetrical(self, on: bool) -> None:
        """One slider for both sides of a face, or one for each."""
        self._symmetrical = on
        for row in self.rows.values():
            if isinstance(row, SidesRow):
                row.set_symmetrical(on)

    def set_reason(self, reason: str) -> None:
        """Why nothing may be changed; "" where it may."""
        if reason != self._reason:
            self._reason = reason
            for row in self.rows.values():
                row.set_reason(reason)

    # Searching.

    def matches(self, words: list[str]) -> list[str]:
        """Addresses whose row has all these words in it, in the language of the interface or in English."""
        found = []
        for address in addresses()[self.name]:
            text = f"{self.name} {title_of(address)} {translated('People', self.name)} {translated('People', title_of(address))} {address}".lower()
            if all(word in text for word in words):
                found.append(self._leader(address))
        return list(dict.fromkeys(found))

    @staticmethod
    def _leader(address: str) -> str:
        """The value whose row shows this one: the left side's, the first ancestry's, or its own."""
        axis = by_name().get(address.removeprefix("shape/"))
        if axis is None:
            return address
        name = ANCESTRIES[0] if axis.name in ANCESTRIES else axis.mirror if axis.side == "right" else axis.name
        return f"shape/{name}"

    def show_only(self, wanted: list[str] | None) -> None:
        """Show the rows of these values alone; None for all."""
        self._wanted = wanted
        for address, row in self.rows.items():
            row.setVisible(wanted is None or address in wanted)
        self._make_soon()
