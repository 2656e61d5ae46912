"""A person's looks as a list of addressed values in sections, for a panel, the command line, locks and chance alike.

An address names one value: `name`, `shape/nose-hump`, `skin/tone`, `hair/style`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

from engine.avatars.axes import GROUPS, axes, by_name
from engine.core.errors import InvalidInput
from engine.core.person import BEARD_STYLES, BROW_STYLES, CLOTHING_STYLES, HAIR_STYLES, PATTERNS, Person

# What is seen on the shape: sections and their values, in the order of the panel.
LOOKS: dict[str, tuple[str, ...]] = {
    "Skin": (
        "skin/tone", "skin/warmth", "skin/redness", "skin/freckles", "skin/spots", "skin/lines", "skin/pores", "skin/shine", "skin/tired", "skin/lips",
    ),
    "Make-up": ("skin/blush", "skin/lipstick", "skin/lip_colour", "skin/eye_shadow", "skin/eye_shadow_colour"),
    "Eye colour": ("eyes/colour", "eyes/inner", "eyes/ring", "eyes/iris", "eyes/pupil", "eyes/white", "eyes/veins", "eyes/wet"),
    "Hair": ("hair/style", "hair/colour", "hair/grey", "hair/lights", "hair/gloss", "hair/volume"),
    "Eyebrows": ("brows/style", "brows/colour", "brows/density", "brows/thickness"),
    "Beard": ("beard/style", "beard/colour", "beard/density", "beard/length"),
    "Lashes": ("lashes/length", "lashes/density", "lashes/mascara"),
    "Clothing": ("clothing/style", "clothing/colour", "clothing/second", "clothing/pattern"),
}  # fmt: skip
SECTIONS: tuple[str, ...] = (*GROUPS, *LOOKS)
STYLES: dict[str, tuple[str, ...]] = {
    "hair/style": HAIR_STYLES, "brows/style": BROW_STYLES, "beard/style": BEARD_STYLES, "clothing/style": CLOTHING_STYLES, "clothing/pattern": PATTERNS,
}  # fmt: skip
COLOURS: tuple[str, ...] = (
    "skin/lip_colour", "skin/eye_shadow_colour", "eyes/colour", "eyes/inner", "hair/colour", "brows/colour", "beard/colour", "clothing/colour",
    "clothing/second",
)  # fmt: skip
HAIRS_OWN: tuple[str, ...] = ("brows/colour", "beard/colour")  # None takes the hair's
_USUAL = Person()


@lru_cache(maxsize=1)
def addresses() -> dict[str, tuple[str, ...]]:
    """Addresses of all values but the name, by section."""
    shapes = {group: tuple(f"shape/{axis.name}" for axis in axes() if axis.group == group) for group in GROUPS}
    return {**shapes, **LOOKS}


@lru_cache(maxsize=1)
def _section_of() -> dict[str, str]:
    return {address: section for section, found in addresses().items() for address in found}


def section_of(address: str) -> str:
    """The section a value is in.

    Raises:
        InvalidInput: no such value.
    """
    try:
        return _section_of()[address]
    except KeyError:
        raise InvalidInput(f"a person has no {address!r}", "list what there is with `vivavoce avatar show`") from None


def value_of(person: Person, address: str) -> Any:
    """One value of a person: a number, a style, a colour or None.

    Raises:
        InvalidInput: no such value.
    """
    part, _, name = address.partition("/")
    if address == "name":
        return person.name
    section_of(address)
    if part == "shape":
        return person.shape.get(name, by_name()[name].usual)
    return getattr(getattr(person, part), name)


def with_value(person: Person, address: str, value: Any) -> Person:
    """The person with one value set.

    Raises:
        InvalidInput: no such value, or not one it can have.
    """
    part, _, name = address.partition("/")
    if address == "name":
        return replace(person, name=value)
    section_of(address)
    if part == "shape":
        return person.with_axis(name, value)
    return replace(person, **{part: replace(getattr(person, part), **{name: value})})


def usual_of(address: str) -> Any:
    """Ada's value."""
    return value_of(_USUAL, address)


def with_sections(person: Person, other: Person, sections: Iterable[str]) -> Person:
    """The person with everything in these sections as another has it."""
    for section in sections:
        for address in addresses()[section]:
            person = _with_given(person, other, address)
    return person


def _with_given(person: Person, other: Person, address: str) -> Person:
    """One value as another has it; an axis the other does not name is not named after it either."""
    part, _, name = address.partition("/")
    if part != "shape":
        return with_value(person, address, value_of(other, address))
    shape = {axis: value for axis, value in person.shape.items() if axis != name}
    if name in other.shape:
        shape[name] = other.shape[name]
    return person if shape == person.shape else replace(person, shape=shape)


def limits_of(address: str) -> tuple[float, float]:
    """Smallest and largest of a value that is a number."""
    part, _, name = address.partition("/")
    if part == "shape":
        axis = by_name()[name]
        return axis.low, axis.high
    return 0.0, 1.0


def is_usual(person: Person, section: str) -> bool:
    """True where all of a section is as Ada has it."""
    return all(value_of(person, address) == usual_of(address) for address in addresses()[section])


def check_complete() -> None:
    """Refuse a person with a value that no section has: one that was added and cannot be set.

    Raises:
        InvalidInput: naming it.
    """
    known = set(_section_of())
    for part, value in _USUAL.parts():
        for f in fields(value):  # type: ignore[arg-type]
            if f"{part}/{f.name}" not in known:
                raise InvalidInput(f"{part}/{f.name} is in no section", "add it to engine.avatars.sections.LOOKS")
