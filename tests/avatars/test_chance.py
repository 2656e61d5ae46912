"""People by chance: plausible, varied, the same for a seed, and only where nothing is locked."""

from __future__ import annotations

import numpy as np
import pytest

from engine.avatars.axes import ancestry_of, axes, by_name, years_of
from engine.avatars.chance import random_person
from engine.avatars.file import check_axes
from engine.avatars.sections import SECTIONS, addresses, value_of
from engine.avatars.varying import variations, vary
from engine.core.person import Person
from engine.project import codec

MANY = [random_person(seed) for seed in range(200)]


def _changed(a: Person, b: Person) -> set[str]:
    """Sections in which two people differ."""
    return {s for s, found in addresses().items() if any(value_of(a, address) != value_of(b, address) for address in found)}


def test_all_values_are_in_range() -> None:
    """Values outside would be refused when the person is made; the axes' own ranges are the head's."""
    for person in MANY:
        check_axes(person, "somebody")
        assert all(type(value) is float for value in person.shape.values())
        assert 10 <= years_of(person) <= 90
        assert codec.fields_from_json(Person, codec.encode(person)) == person


def test_a_seed_gives_one_person() -> None:
    assert [random_person(seed) for seed in (0, 5, 2**60)] == [random_person(seed) for seed in (0, 5, 2**60)]
    assert len({random_person(seed) for seed in range(100)}) == 100
    assert random_person(1) != random_person(2**32 + 1), "all 64 bits of a seed count"


def test_people_cover_ages_sexes_ancestries_and_styles() -> None:
    years = np.array([years_of(p) for p in MANY])
    assert (years < 20).sum() >= 5 and (years > 65).sum() >= 10 and ((years > 25) & (years < 50)).sum() >= 40
    sexes = np.array([p.shape.get("sex", 0.0) for p in MANY])
    assert 60 <= (sexes > 0.5).sum() <= 140
    mostly = np.array([np.argmax(ancestry_of(p)) for p in MANY])
    assert (np.bincount(mostly, minlength=3) >= 35).all()
    assert len({p.hair.style for p in MANY}) >= 7 and len({p.clothing.style for p in MANY}) >= 6 and len({p.beard.style for p in MANY}) >= 6
    tones = np.array([p.skin.tone for p in MANY])
    assert tones.min() < 0.15 and tones.max() > 0.8


def test_what_belongs_together_comes_together() -> None:
    old, young = ([p for p in MANY if low <= years_of(p) < high] for low, high in ((65, 91), (18, 35)))
    assert np.mean([p.skin.lines for p in old]) > np.mean([p.skin.lines for p in young]) + 0.4
    assert np.mean([p.hair.grey for p in old]) > np.mean([p.hair.grey for p in young]) + 0.3
    assert all(p.beard.style == "none" for p in MANY if p.shape.get("sex", 0.0) < 0.5 or years_of(p) < 17)
    assert all(p.skin.lipstick == 0 for p in MANY if p.shape.get("sex", 0.0) > 0.5 or years_of(p) < 17)
    african, european = ([p for p in MANY if ancestry_of(p)[i] > 0.8] for i in (0, 2))
    assert np.mean([p.skin.tone for p in african]) > np.mean([p.skin.tone for p in european]) + 0.4
    assert np.mean([sum(p.hair.colour) for p in african]) < np.mean([sum(p.hair.colour) for p in european])


def test_both_sides_are_nearly_alike_and_few_features_stand_out() -> None:
    for person in MANY[:40]:
        apart = [abs(person.shape.get(a.name, 0.0) - person.shape.get(a.mirror, 0.0)) for a in axes() if a.side == "left"]
        assert max(apart) < 0.2
        features = [abs(v) for n, v in person.shape.items() if by_name()[n].group != "Person"]
        assert max(features) <= 0.75 and np.median(features) < 0.15


@pytest.mark.parametrize("section", SECTIONS)
def test_a_locked_section_stays(section: str) -> None:
    base = random_person(77)
    changed = random_person(78, base, locked=[section])
    assert section not in _changed(base, changed)
    assert len(_changed(base, changed)) >= len(SECTIONS) - 5


def test_a_lock_changes_nothing_in_the_others() -> None:
    """All that is drawn apart from what follows a person's age, sex and ancestry."""
    base = random_person(77)
    free, locked = random_person(78, base), random_person(78, base, locked=["Nose", "Hair", "Clothing"])
    assert _changed(free, locked) == {"Nose", "Hair", "Clothing"}


def test_locking_everything_leaves_the_person() -> None:
    base = random_person(77)
    assert random_person(3, base, locked=SECTIONS) == base
    assert vary(base, 3, 1.0, locked=SECTIONS) == base


def test_names() -> None:
    assert random_person(5, name="Zed").name == "Zed"
    assert random_person(5, Person(name="Ann"), locked=["Person"]).name == "Ann"
    assert len({p.name for p in MANY}) > 30


# Varying.


def _distance(a: Person, b: Person) -> float:
    names = set(a.shape) | set(b.shape)
    return float(np.sqrt(sum((a.shape.get(n, 0.0) - b.shape.get(n, 0.0)) ** 2 for n in names)))


def test_variations_differ_and_grow_with_the_strength() -> None:
    base = random_person(7)
    some = variations(base, 1, 8)
    assert len(set(some)) == 8 and base not in some
    mean = [np.mean([_distance(base, p) for p in variations(base, 1, 8, strength)]) for strength in (0.1, 0.5, 1.0)]
    assert mean[0] < 0.5 * mean[1] < 0.5 * mean[2]
    assert mean[2] < np.mean([_distance(base, p) for p in MANY[:20]]) * 1.5, "a relative, not a stranger"
    assert variations(base, 1, 8) == some and variations(base, 1, 3) == some[:3] and variations(base, 2, 3) != some[:3]


def test_variations_stay_plausible() -> None:
    for base in MANY[:20]:
        for person in variations(base, 5, 4, 1.0):
            check_axes(person, "somebody")
            assert (person.beard.style == "none") == (base.beard.style == "none")
            assert (person.hair.style == "none") == (base.hair.style == "none")
            assert person.shape.get("sex") == base.shape.get("sex") and person.name == base.name
            assert abs(years_of(person) - years_of(base)) < 0.5 * years_of(base)


def test_no_strength_is_no_change() -> None:
    assert vary(MANY[0], 1, 0.0) == MANY[0]


def test_a_locked_section_is_not_varied() -> None:
    base = random_person(7)
    for person in variations(base, 1, 4, 1.0, locked=["Nose", "Skin"]):
        assert not _changed(base, person) & {"Nose", "Skin"}
