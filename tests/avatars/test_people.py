"""Axes as a person thinks of them, looks by address, and the people there are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from engine.avatars import people
from engine.avatars.axes import GROUPS, age_of, ancestry_of, axes, by_name, mirrored, sideways, with_ancestry, years_of
from engine.avatars.chance import random_person
from engine.avatars.file import Avatar, read, write
from engine.avatars.palette import skin
from engine.avatars.sections import SECTIONS, addresses, check_complete, is_usual, usual_of, value_of, with_sections, with_value
from engine.core.errors import InvalidInput, OutputError
from engine.core.person import Hair, Person
from engine.head.shape import head_of
from engine.project.document import Character, new_id


@pytest.fixture(autouse=True)
def _own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_CONFIG", str(tmp_path / "config"))


# Axes.


def test_every_axis_can_be_found() -> None:
    names = [a.name for a in axes()]
    assert len(set(names)) == len(names) > 150
    assert {a.group for a in axes()} == set(GROUPS)
    shown = [(a.group, a.title, a.side) for a in axes()]
    assert len(set(shown)) == len(shown), "a title is unique within its group"
    for axis in axes():
        if axis.mirror:
            assert by_name()[axis.mirror].mirror == axis.name and by_name()[axis.mirror].side != axis.side


def test_years() -> None:
    assert years_of(Person()) == 25
    for years in (10, 17.5, 25, 40, 90):
        assert years_of(Person(shape={"age": age_of(years)})) == pytest.approx(years)
    assert (age_of(3), age_of(120)) == (-1.0, 1.0)


def test_ancestry_shares() -> None:
    person = with_ancestry(Person(), (2.0, 1.0, 1.0))
    assert ancestry_of(person) == pytest.approx((0.5, 0.25, 0.25))
    assert with_ancestry(person, ancestry_of(Person())) == Person(), "Ada's own shares are no change"
    assert sum(ancestry_of(Person())) == pytest.approx(1.0)


def test_mirrored_twice_is_as_before() -> None:
    person = random_person(4)
    assert mirrored(person) != person and mirrored(mirrored(person)) == person


def test_mirrored_heads_are_mirrored() -> None:
    """Of the eye corners, which no mesh asymmetry hides: what one side did, the other does."""
    person = Person(shape={"l-eye-scale": 0.8, "l-eye-trans-horiz": 0.5})
    rest, one, other = (head_of(p).joints for p in (Person(), person, mirrored(person)))
    left, right = one["eye_left"] - rest["eye_left"], other["eye_right"] - rest["eye_right"]
    np.testing.assert_allclose(left * [-1, 1, 1], right, atol=2e-4)  # the targets were made by hand for each side: 0.2 mm
    assert np.abs(left).max() > 1e-3
    assert all(sideways(a) for a in axes() if a.group == "Asymmetry")


# Looks by address.


def test_every_value_has_a_place() -> None:
    check_complete()
    assert tuple(addresses()) == SECTIONS


def test_values_are_set_and_read_by_address() -> None:
    person = random_person(9)
    for found in addresses().values():
        for address in found:
            copied = with_value(Person(), address, value_of(person, address))
            assert value_of(copied, address) == value_of(person, address)
            assert with_value(copied, address, usual_of(address)) in (Person(), with_value(Person(), address, usual_of(address)))
    with pytest.raises(InvalidInput, match="a person has no 'skin/gills'"):
        value_of(person, "skin/gills")
    with pytest.raises(InvalidInput, match="tone is 3"):
        with_value(person, "skin/tone", 3.0)


def test_sections_are_taken_over_whole() -> None:
    a, b = random_person(1), random_person(2)
    mixed = with_sections(a, b, ["Nose", "Hair"])
    assert mixed.hair == b.hair and mixed.skin == a.skin
    assert with_sections(mixed, a, ["Nose", "Hair"]) == a
    assert with_sections(a, b, SECTIONS) == replace(b, name=a.name)
    assert is_usual(Person(), "Nose") and all(is_usual(Person(), s) for s in SECTIONS)
    assert not is_usual(a, "Skin") and is_usual(with_sections(a, Person(), ["Skin"]), "Skin")


def test_swatches_get_darker() -> None:
    light = [sum(skin(tone, 0.5)) for tone in np.linspace(0, 1, 11)]
    assert all(a > b for a, b in pairwise(light))


# Who there is.


def test_everybody_who_comes_with_it_can_be_loaded() -> None:
    assert people.BUILT_IN[0] == "ada" and people.named("Ada") == Person()
    for name in people.BUILT_IN:
        head_of(people.named(name))
    with pytest.raises(InvalidInput, match=r"nobody called 'zorro'.*use one of ada"):
        people.named("zorro")


def test_who_a_character_is() -> None:
    bob = random_person(3)
    assert people.person_of(Character(new_id(), "X", person=bob)) == bob
    assert people.person_of(Character(new_id(), "X")) == Person()
    lost = Character(new_id(), "X", avatar="zorro")
    assert people.person_of(lost) == Person()
    assert people.unknown((lost, Character(new_id(), "Y"))) == ("X asks for the avatar 'zorro', which is not known here, and is shown as Ada",)


def test_axes_that_are_not_known_do_no_harm() -> None:
    """A project of a newer version, or one edited by hand: it is drawn without them, and that is said."""
    strange = Character(new_id(), "X", person=Person(shape={"gills": 0.5, "nose-hump": 0.3, "sex": -0.5}))
    assert people.person_of(strange).shape == {"nose-hump": 0.3, "sex": 0.0}
    head_of(people.person_of(strange))
    assert people.unknown((strange,)) == ("the shape of X has what is not known here (gills), and is shown without",)
    bob = random_person(3)
    assert people.drawable(bob) == bob


def test_the_users_own_people() -> None:
    bob = replace(random_person(3), name="Bob Müller/../x")
    assert people.own() == []
    path = people.keep(Avatar(bob))
    assert path.parent == people.library() and path.name == "bob-müller-x.viva-avatar"
    assert people.own() == [path] and read(path).person == bob
    assert people.keep(Avatar(bob)) == path, "the same person is not kept twice"
    other = people.keep(Avatar(replace(bob, hair=Hair("long"))))
    assert other.name == "bob-müller-x-2.viva-avatar" and len(people.own()) == 2
    assert people.keep(Avatar(replace(bob, name="Ada"))).name == "ada-2.viva-avatar", "nobody takes a built-in's name"
    assert people.find("BOB-müller-x").person == bob
    assert people.find("ada").person == Person()
    with pytest.raises(InvalidInput, match=r"avatar 'zorro' is not known; use one of ada.*bob-müller-x.*or the name of a \.viva-avatar file"):
        people.find("zorro")


def test_somebody_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.viva-avatar"
    write(path, random_person(3))
    assert people.find(str(path)).person == random_person(3)
    with pytest.raises(InvalidInput, match="does not exist"):
        people.find(str(tmp_path / "y.viva-avatar"))


def test_a_library_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("in the way")
    assert people.own() == []
    with pytest.raises(OutputError, match="cannot be made"):
        people.keep(Avatar(Person()))
