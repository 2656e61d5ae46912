"""Others like a person: the same idea of somebody, drawn anew a little or a lot."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.avatars.axes import age_of, ancestry_of, axes, with_ancestry, years_of
from engine.avatars.chance import clip, near, spread_of, stream
from engine.avatars.sections import COLOURS, STYLES, addresses, limits_of, value_of, with_value
from engine.core.person import Person

_CALM = {"skin/tone": 0.4, "skin/warmth": 0.6, "hair/grey": 0.6}  # values by which one knows a person: their share of the spread


def vary(person: Person, seed: int, strength: float = 0.5, locked: Collection[str] = ()) -> Person:
    """Somebody like this one: a brother or sister at a strength of 1, another day's sketch at 0.2.

    Args:
        person: whom to vary.
        seed: the same seed gives the same one.
        strength: 0, nothing, to 1.
        locked: sections that stay as they are.
    """
    if strength <= 0:
        return person
    varied = person
    for section, found in addresses().items():
        if section in locked:
            continue
        rng = stream(seed, f"vary {section}")
        varied = _varied_shape(rng, varied, section, strength) if found[0].startswith("shape/") else _varied_looks(rng, varied, found, strength)
    return varied


def _varied_shape(rng: np.random.Generator, person: Person, section: str, strength: float) -> Person:
    if section == "Person":
        return _varied_person(rng, person, strength)
    shape = dict(person.shape)
    for axis in (a for a in axes() if a.group == section and a.side != "right"):
        step = rng.normal(0, 0.5 * strength * spread_of(axis)) * (1.0 if rng.random() < 0.35 + 0.3 * strength else 0.25)
        if axis.low >= 0 and axis.name not in shape and rng.random() < 0.6:
            step = 0.0
        for name in (axis.name, axis.mirror):
            if name:
                before = shape.pop(name, axis.usual)
                value = clip(before + step, max(axis.low, min(-0.9, before)), min(axis.high, max(0.9, before)))
                if value:
                    shape[name] = value
    return replace(person, shape=shape)


def _varied_person(rng: np.random.Generator, person: Person, strength: float) -> Person:
    years = years_of(person)
    person = person.with_axis("age", round(age_of(years * float(np.exp(rng.normal(0, 0.12 * strength)))), 3))
    for axis in ("weight", "muscle"):
        person = person.with_axis(axis, clip(person.shape.get(axis, 0.0) + rng.normal(0, 0.22 * strength), -1.0))
    african, asian, european = np.maximum(np.array(ancestry_of(person)) + rng.normal(0, 0.10 * strength, 3), 0.0).tolist()
    return with_ancestry(person, (african, asian, european)) if african + asian + european > 0 else person


def _varied_looks(rng: np.random.Generator, person: Person, found: Sequence[str], strength: float) -> Person:
    for address in found:
        now = value_of(person, address)
        value: Any = now
        if address in STYLES:
            # No beard grows, and nobody goes bald, by a variation.
            others = [s for s in STYLES[address] if s != "none" and s != now]
            if now != "none" and rng.random() < 0.45 * strength:
                value = others[int(rng.integers(len(others)))]
        elif address in COLOURS:
            value = None if now is None else near(rng, now, 0.28 * strength)
        else:
            low, high = limits_of(address)
            spread = 0.16 * strength * _CALM.get(address, 1.0)
            value = clip(now + rng.normal(0, spread), low, high) if now > 0 or address.startswith(("eyes/", "hair/")) else now
        if value != now:
            person = with_value(person, address, value)
    return person


def variations(person: Person, seed: int, count: int = 8, strength: float = 0.5, locked: Collection[str] = ()) -> list[Person]:
    """Several like this one; the first ones stay the same where more are asked for."""
    return [vary(person, seed * 1009 + i + 1, strength, locked) for i in range(count)]
