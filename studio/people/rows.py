"""Rows of the people panel: a number (of one side or both), a style, a colour with its natural swatches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.avatars.palette import skin
from engine.avatars.sections import limits_of, usual_of, value_of
from engine.core.person import Colour, Person
from studio import theme
from studio.panels.levels import Level, LevelRow
from studio.panels.words import translated
from studio.people.looks import Looks
from studio.people.swatches import Swatch, Swatches
from studio.people.words import AXIS_TIP, LETTERS, LOOKS, SIDES, STYLES, title_of
from studio.stage.colours import ColourButton

NAME_PX, NUMBER_PX = 118, 46
SHARE, LEAST_PX = 0.54, 90  # of a row's width its name gets at most; pixels it gets at least


def name_px(width: int, wanted_px: int) -> int:
    """How wide a row's name is in a row of this width, where so much is wanted."""
    return round(max(min(wanted_px, SHARE * width), LEAST_PX))


class NumberRow(LevelRow):
    """A number of the looks, or the same number of both sides of a face.

    Args:
        looks: what it changes.
        section: it is in.
        addresses: one, or those of the two sides: moved together, they keep their difference.
        level: what it is.
        one_side: the address is that of one of two sides.
    """

    def __init__(self, looks: Looks, section: str, addresses: Sequence[str], level: Level, one_side: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(level, looks.steps, "", NAME_PX, parent)
        self._looks, self._section, self.addresses, self._one_side = looks, section, tuple(addresses), one_side
        self._base: dict[str, float] = {}
        self._wanted_px = NAME_PX
        self.number.setFixedWidth(NUMBER_PX)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setBuddy(self.number)
        self.began.connect(self._on_began)
        self.changed.connect(self._on_changed)
        self.ended.connect(self._on_ended)
        self.slider.reset.disconnect()
        self.slider.reset.connect(self.reset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of the name as there is room for."""
        super().resizeEvent(event)
        self._fit_name()

    def set_name_room(self, wanted_px: int) -> None:
        """Give the name so much room, where there is."""
        self._wanted_px = wanted_px
        self._fit_name()

    def _fit_name(self) -> None:
        room = name_px(self.width(), self._wanted_px)
        self.label.setFixedWidth(room)
        self.label.setText(self.label.fontMetrics().elidedText(self.level.name, Qt.TextElideMode.ElideRight, room))

    # A value as it is shown, and as it is kept.

    def shown(self, value: float) -> float:
        """As a person reads it."""
        return value

    def kept(self, value: float) -> float:
        """As the looks have it."""
        return value

    def _on_began(self) -> None:
        self._looks.begin()
        self._base = self._values(self._looks.person)

    def _on_ended(self, keep: bool) -> None:
        self._base = {}
        self._looks.end(keep)

    def _values(self, person: Person) -> dict[str, float]:
        return {address: float(value_of(person, address)) for address in self.addresses}

    def _on_changed(self, value: float) -> None:
        base = self._base or self._values(self._looks.person)
        step = self.kept(value) - sum(base.values()) / len(base)
        out = {}
        for address, before in base.items():
            low, high = limits_of(address)
            out[address] = round(min(max(before + step, low), high), 4)
        self._looks.put(self._section, out, self._one_side)

    def reset(self) -> None:
        """As Ada has it, both sides alike."""
        self.take_back_click()
        self._looks.put(self._section, {address: usual_of(address) for address in self.addresses}, self._one_side)

    def show_person(self, person: Person) -> None:
        """Show the looks."""
        if not self.dragging:
            values = self._values(person)
            self.set_value(round(self.shown(sum(values.values()) / len(values)), 4))


class SidesRow(QWidget):
    """One axis of both sides: a slider for the two, or one for each.

    Args:
        looks: what it changes.
        section: it is in.
        left: address of the character's left side.
        right: of the right one.
        level: what they are.
    """

    def __init__(self, looks: Looks, section: str, left: str, right: str, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks, self._section, self._level = looks, section, level
        self._left, self._right = left, right
        self._person: Person | None = None
        self._reason, self._wanted_px = "", NAME_PX
        self.both = NumberRow(looks, section, (left, right), level)
        self.sides: tuple[NumberRow, ...] = ()  # made when they are first seen
        _column(self).addWidget(self.both)

    def _rows(self) -> tuple[NumberRow, ...]:
        return (self.both, *self.sides)

    def set_symmetrical(self, on: bool) -> None:
        """One slider for both sides, or one for each."""
        if not on and not self.sides:
            of = ((self._left, "left"), (self._right, "right"))
            self.sides = tuple(NumberRow(self._looks, self._section, (a,), _of_side(self._level, side), one_side=True) for a, side in of)
            column = self.layout()
            for row, (_, side) in zip(self.sides, of, strict=True):
                said = f"{self._level.name}, {translated('People', SIDES[side])}"
                row.slider.setAccessibleName(said)
                row.number.setAccessibleName(self.tr("{name}, number").format(name=said))
                row.set_reason(self._reason)
                row.set_name_room(self._wanted_px)
                if column is not None:
                    column.addWidget(row)
            if self._person is not None:
                self.show_person(self._person)
        self.both.setVisible(on)
        for row in self.sides:
            row.setVisible(not on)

    def set_name_room(self, wanted_px: int) -> None:
        """Give the names so much room, where there is."""
        self._wanted_px = wanted_px
        for row in self._rows():
            row.set_name_room(wanted_px)

    def set_reason(self, reason: str) -> None:
        """Why it may not be changed; "" where it may."""
        self._reason = reason
        for row in self._rows():
            row.set_reason(reason)

    def show_person(self, person: Person) -> None:
        """Show the looks; sides that differ are marked."""
        self._person = person
        for row in self._rows():
            row.show_person(person)
        left, right = (float(value_of(person, address)) for address in (self._left, self._right))
        self.both.set_ghost(right if abs(left - right) > 0.02 else None)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    return column


def _of_side(level: Level, side: str) -> Level:
    """The level of one side: its letter goes first, where it is read however narrow the panel is."""
    return replace(level, name=f"{translated('People', LETTERS[side])}  {level.name}", key=f"{level.key}-{side}")


class NamedRow(QWidget):
    """A name, and beside it what is chosen."""

    def __init__(self, text: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tip = tip
        self._wanted_px = NAME_PX
        self.label = QLabel(text)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setFixedWidth(NAME_PX)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.SPACE // 2)
        self.row.addWidget(self.label)
        self.setToolTip(tip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name is as wide as those of the other rows."""
        super().resizeEvent(event)
        self.label.setFixedWidth(name_px(self.width(), self._wanted_px))

    def set_name_room(self, wanted_px: int) -> None:
        """Give the name so much room, where there is."""
        self._wanted_px = wanted_px
        self.label.setFixedWidth(name_px(self.width(), wanted_px))

    def set_reason(self, reason: str) -> None:
        """Why it may not be changed; "" where it may."""
        self.setEnabled(not reason)
        self.setToolTip(f"{self._tip}\n{reason}" if reason else self._tip)


class _Box(QComboBox):
    """A box that the wheel scrolls past."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only with the focus: else the panel scrolls."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class StyleRow(NamedRow):
    """A style to choose from a list.

    Args:
        looks: what it changes.
        section: it is in.
        address: of the style.
    """

    def __init__(self, looks: Looks, section: str, address: str, parent: QWidget | None = None) -> None:
        title, tip = (translated("People", text) for text in LOOKS[address])
        super().__init__(title, tip, parent)
        self._address = address
        self.box = _Box()
        self.box.setObjectName(f"{address.replace('/', '-')}Box")
        self.box.setAccessibleName(f"{translated('People', section)}: {title}")
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for style, word in STYLES[address].items():
            self.box.addItem(translated("People", word), style)
        self.box.activated.connect(lambda _: looks.put(section, {address: self.box.currentData()}))
        self.label.setBuddy(self.box)
        self.row.addWidget(self.box, 1)

    def show_person(self, person: Person) -> None:
        """Show the looks."""
        self.box.setCurrentIndex(self.box.findData(value_of(person, self._address)))


class ColourRow(NamedRow):
    """A colour: swatches of what is natural, and a button for any other.

    Args:
        looks: what it changes.
        section: it is in.
        address: of the colour.
        swatches: to choose from.
        also: what else a swatch sets, by its index: values by address.
    """

    def __init__(
        self, looks: Looks, section: str, address: str, swatches: Sequence[Swatch], also: Sequence[dict[str, Any]] = (), parent: QWidget | None = None
    ) -> None:
        title, tip = (translated("People", text) for text in LOOKS[address])
        super().__init__(title, tip, parent)
        self._looks, self._section, self._address, self._also = looks, section, address, also
        self.swatches = Swatches(swatches)
        self.swatches.setObjectName(f"{address.replace('/', '-')}Swatches")
        self.swatches.setAccessibleName(f"{translated('People', section)}: {title}")
        self.swatches.chosen.connect(self._on_swatch)
        self.button = ColourButton(f"{address.replace('/', '-')}Colour", title, self.tr("Any other colour"))
        self.button.setFixedWidth(34)
        self.button.began.connect(looks.begin)
        self.button.changed.connect(lambda colour: looks.put(section, {address: colour}))
        self.button.ended.connect(looks.end)
        self.row.addWidget(self.swatches, 1)
        self.row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_swatch(self, index: int) -> None:
        more = self._also[index] if self._also else {}
        self._looks.put(self._section, {self._address: self.swatches.swatches[index][1], **more})

    def show_person(self, person: Person) -> None:
        """Show the looks."""
        colour = value_of(person, self._address)
        same = (i for i, (_, c) in enumerate(self.swatches.swatches) if c == colour or (c and colour and _near(c, colour)))
        self.swatches.set_current(next(same, -1))
        self.button.set_colour(colour if colour is not None else person.hair.colour)


class ToneRow(QWidget):
    """The tone of the skin: swatches from the fairest to the deepest, as the undertone has them, and a slider.

    Args:
        looks: what it changes.
        level: of the slider.
    """

    TONES = (0.02, 0.12, 0.22, 0.32, 0.42, 0.52, 0.62, 0.72, 0.82, 0.93)

    def __init__(self, looks: Looks, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = _column(self)
        self._shown: float | None = None
        self.number = NumberRow(looks, "Skin", ("skin/tone",), level)
        self.swatches = Swatches([(f"{round(100 * tone)} %", (0.0, 0.0, 0.0)) for tone in self.TONES])
        self.swatches.setObjectName("skin-toneSwatches")
        self.swatches.setAccessibleName(self.tr("Tones of skin"))
        self.swatches.chosen.connect(lambda index: looks.put("Skin", {"skin/tone": self.TONES[index]}))
        column.addWidget(self.swatches)
        column.addWidget(self.number)

    def set_name_room(self, wanted_px: int) -> None:
        """Give the name so much room, where there is."""
        self.number.set_name_room(wanted_px)

    def set_reason(self, reason: str) -> None:
        """Why it may not be changed; "" where it may."""
        self.swatches.setEnabled(not reason)
        self.number.set_reason(reason)

    def show_person(self, person: Person) -> None:
        """Show the looks."""
        self.number.show_person(person)
        if person.skin.warmth != self._shown:
            self._shown = person.skin.warmth
            self.swatches.swatches = tuple((f"{round(100 * tone)} %", skin(tone, person.skin.warmth)) for tone in self.TONES)
            self.swatches.update()
        nearest = min(range(len(self.TONES)), key=lambda i: abs(self.TONES[i] - person.skin.tone))
        self.swatches.set_current(nearest if abs(self.TONES[nearest] - person.skin.tone) < 0.02 else -1)


def level_of(section: str, address: str) -> Level:
    """What a number of the looks is to its row."""
    low, high = limits_of(address)
    title = translated("People", title_of(address))
    tip = (
        translated("People", LOOKS[address][1])
        if address in LOOKS
        else translated("People", AXIS_TIP).format(section=translated("People", section), title=title)
    )
    return Level(title, high, float(usual_of(address)), tip, low, key=address.replace("/", "-"))


def _near(a: Colour, b: Colour) -> bool:
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) < 0.004
