"""The identity axes as a person thinks of them: grouped, with words, with the other side's name; and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from engine.core.person import Person
from engine.head import identity

GROUPS: tuple[str, ...] = ("Person", "Face", "Forehead", "Brows", "Eyes", "Nose", "Mouth", "Cheeks", "Chin", "Ears", "Neck", "Asymmetry")
ANCESTRIES: tuple[str, ...] = ("african", "asian", "caucasian")
YOUNG, MIDDLE, OLD = 10.0, 25.0, 90.0  # years at -1, 0 and 1 of the axis `age`


@dataclass(frozen=True)
class Axis:
    """One axis of the shape.

    Args:
        name: unique.
        group: one of `GROUPS`.
        title: in plain English; unique within its group but for the two sides of a face.
        mirror: name of the axis of the other side; "" for one that has no sides.
        low: smallest value, -1 or 0.
        high: largest value.
        usual: Ada's.
    """

    name: str
    group: str
    title: str
    mirror: str
    low: float
    high: float
    usual: float = 0.0

    @property
    def side(self) -> str:
        """`left`, `right`, or "" where it has no sides; the character's own."""
        return ("left" if self.name.startswith("l-") else "right") if self.mirror else ""


@lru_cache(maxsize=1)
def axes() -> tuple[Axis, ...]:
    """All axes, cached, in the order of their groups.

    Raises:
        MissingAsset: the head's file is not there or damaged.
    """
    a = identity.load()
    rows = zip(a.names, a.groups, a.titles, a.mirror, a.low.tolist(), a.high.tolist(), a.default.tolist(), strict=True)
    found = [Axis(*row) for row in rows]
    return tuple(sorted(found, key=lambda axis: GROUPS.index(axis.group)))


@lru_cache(maxsize=1)
def by_name() -> dict[str, Axis]:
    """All axes by their names."""
    return {axis.name: axis for axis in axes()}


def years_of(person: Person) -> float:
    """How old somebody looks."""
    value = person.shape.get("age", 0.0)
    return MIDDLE + value * (MIDDLE - YOUNG if value < 0 else OLD - MIDDLE)


def age_of(years: float) -> float:
    """The axis `age` for somebody of so many years."""
    years = min(max(years, YOUNG), OLD)
    return (years - MIDDLE) / (MIDDLE - YOUNG if years < MIDDLE else OLD - MIDDLE)


def ancestry_of(person: Person) -> tuple[float, float, float]:
    """Shares of African, Asian and European ancestry, 1 together."""
    return identity.load().ancestry(person.shape)


def with_ancestry(person: Person, shares: tuple[float, float, float]) -> Person:
    """The person with these shares of African, Asian and European ancestry; they drop out where they are Ada's."""
    whole = sum(shares) or 1.0
    parts = tuple(round(float(max(share, 0.0) / whole), 4) for share in shares)
    shape = {name: value for name, value in person.shape.items() if name not in ANCESTRIES}
    if max(abs(a - b) for a, b in zip(parts, identity.load().ancestry({}), strict=True)) > 1e-3:
        shape |= dict(zip(ANCESTRIES, parts, strict=True))
    return replace(person, shape=shape)


def sideways(axis: Axis) -> bool:
    """True for an axis that moves the face out of its own middle: mirroring turns it round."""
    return axis.group == "Asymmetry" or (not axis.mirror and axis.name.endswith("-trans-horiz"))


def mirrored(person: Person) -> Person:
    """The person as in a mirror: left and right are exchanged."""
    known, shape = by_name(), {}
    for name, value in person.shape.items():
        axis = known.get(name)
        if axis is None:
            shape[name] = value
        elif axis.mirror:
            shape[axis.mirror] = value
        else:
            shape[name] = -value if sideways(axis) and axis.low < 0 else value
    return replace(person, shape={name: value for name, value in shape.items() if value != 0.0 or name in ANCESTRIES})
