"""`vivavoce avatar`: who there is, what they are made of, making and importing them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine import cli
from engine.avatars import people
from engine.avatars.axes import by_name, years_of
from engine.avatars.chance import random_person
from engine.avatars.file import Avatar, read, write
from engine.core.person import Person
from engine.export.png import encode_png


@pytest.fixture(autouse=True)
def _own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_CONFIG", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def _run(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> tuple[str, str]:
    try:
        found = cli.main(["avatar", *words])
    except SystemExit as error:
        found = error.code
    out, err = capsys.readouterr()
    assert found == status, err
    return out, err


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    return json.loads(_run(capsys, *words, "--json")[0])


def test_list_tells_of_those_that_come_and_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kept = people.keep(Avatar(random_person(3, name="Zed")))
    (people.library() / "broken.viva-avatar").write_text("x")
    out, err = _run(capsys, "list")
    assert "ada " in out and "Ada, woman of 25" in out and "zed" in out and "your own" in out
    assert "broken.viva-avatar is no avatar file" in err, "one that cannot be read is told of and hides nobody"
    found = _json(capsys, "list")
    assert [row["name"] for row in found] == [*people.BUILT_IN, "zed"]
    assert found[-1]["file"] == str(kept) and sum(found[-1]["ancestry"].values()) == pytest.approx(1, abs=0.01)


def test_show_tells_what_there_is_to_set(capsys: pytest.CaptureFixture[str]) -> None:
    found = {row["name"]: row for row in _json(capsys, "show")}
    assert set(by_name()) < set(found)
    assert found["nose-hump"] == {"name": "nose-hump", "section": "Nose", "title": "Hump", "usual": 0.0, "low": -1.0, "high": 1.0}
    assert "bun" in found["hair.style"]["one_of"]
    assert "hair.colour" in _run(capsys, "show")[0]


def test_show_tells_of_somebody(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("x.viva-avatar"), Person("Xu", {"nose-hump": 0.5}), notes="CC0")
    out, _ = _run(capsys, "show", "x.viva-avatar")
    assert "Xu, woman of 25" in out and "nose-hump" in out and "0.5" in out and "CC0" in out
    assert "hair.style" not in out and "hair.style" in _run(capsys, "show", "x.viva-avatar", "--all")[0]
    assert _json(capsys, "show", "x.viva-avatar")["person"]["shape"] == {"nose-hump": 0.5}


def test_make_sets_values(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("sex=1", "years=60", "nose-hump=-0.4", "skin.tone=0.7", "hair.style=short", "hair.colour=#804020", "beard.style=full", "beard.colour=#ffffff")
    out, _ = _run(capsys, "make", *words, "--name", "Bob", "--notes", "mine", "-o", "bob.viva-avatar")
    assert "wrote bob.viva-avatar: Bob, man of 60" in out
    bob = read(Path("bob.viva-avatar"))
    assert (bob.person.name, bob.notes, bob.person.hair.style, bob.person.skin.tone) == ("Bob", "mine", "short", 0.7)
    assert years_of(bob.person) == pytest.approx(60) and bob.person.shape["nose-hump"] == -0.4
    assert bob.person.hair.colour == pytest.approx((0.502, 0.251, 0.125), abs=1e-3) and bob.person.beard.colour == (1.0, 1.0, 1.0)


def test_make_by_chance_and_alike(capsys: pytest.CaptureFixture[str]) -> None:
    _run(capsys, "make", "--random", "--seed", "5", "-o", "a.viva-avatar")
    _run(capsys, "make", "--random", "--seed", "5", "-o", "b.viva-avatar")
    assert Path("a.viva-avatar").read_bytes() == Path("b.viva-avatar").read_bytes()
    assert read(Path("a.viva-avatar")).person == random_person(5)
    _run(capsys, "make", "--like", "a.viva-avatar", "-o", "c.viva-avatar")
    assert read(Path("c.viva-avatar")).person == random_person(5)
    _run(capsys, "make", "--like", "a.viva-avatar", "--vary", "0.5", "--seed", "2", "-o", "d.viva-avatar")
    varied = read(Path("d.viva-avatar")).person
    assert varied != random_person(5) and varied.name == random_person(5).name


def test_make_with_a_picture(capsys: pytest.CaptureFixture[str]) -> None:
    data = encode_png(np.zeros((64, 64, 3), np.uint8))
    Path("p.png").write_bytes(data)
    _run(capsys, "make", "--thumbnail", "p.png", "-o", "a.viva-avatar")
    assert read(Path("a.viva-avatar")).thumbnail == data


@pytest.mark.parametrize(
    ("words", "match"),
    [
        (("nose-hump",), "'nose-hump' is not WHAT=VALUE"),
        (("gills=1",), "a person has no 'shape/gills'"),
        (("skin.gills=1",), "a person has no 'skin/gills'"),
        (("nose-hump=2",), "nose-hump '2' is not a number from -1 to 1"),
        (("sex=-1",), "sex '-1' is not a number from 0 to 1"),
        (("sex=nan",), "is not a number"),
        (("years=200",), "from 10 to 90"),
        (("hair.style=mohawk",), "the style 'mohawk' is not known"),
        (("hair.colour=blue",), "is no colour"),
        (("--seed", "-1", "--random"), "--seed"),
        (("--vary", "3"), "--vary '3'"),
        (("--like", "zorro"), "avatar 'zorro' is not known"),
        (("--like", "ada", "--random"), "both say whom to begin with"),
        (("--thumbnail", "none.png"), "cannot be read"),
        (("--name", " "), "is called ' '"),
    ],
)
def test_what_cannot_be_made(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], match: str) -> None:
    out, err = _run(capsys, "make", *words, "-o", "x.viva-avatar", status=2)
    assert match in err and out == "" and err.count("\n") == 1 and not Path("x.viva-avatar").exists()


def test_where_nothing_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert "let its name end in .viva-avatar" in _run(capsys, "make", "-o", "x.zip", status=2)[1]
    assert "does not exist" in _run(capsys, "make", "-o", "no/x.viva-avatar", status=2)[1]
    write(Path("a.viva-avatar"), Person())
    assert "would be overwritten" in _run(capsys, "make", "--like", "a.viva-avatar", "-o", "a.viva-avatar", status=2)[1]


def test_import(capsys: pytest.CaptureFixture[str]) -> None:
    write(Path("x.viva-avatar"), random_person(3, name="Zed"))
    assert _json(capsys, "import", "x.viva-avatar")["name"] == "zed"
    assert people.find("zed").person == random_person(3, name="Zed")
    assert "as 'otto'" in _run(capsys, "import", "x.viva-avatar", "--name", "Otto")[0]
    Path("y.viva-avatar").write_bytes(Path("x.viva-avatar").read_bytes()[:-40])
    before = people.own()
    assert "y.viva-avatar" in _run(capsys, "import", "y.viva-avatar", status=2)[1]
    assert people.own() == before
