from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine import staging
from engine.avatars.file import write
from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.core.person import Clothing, Person
from engine.export.png import write_png
from engine.pipeline import typed_line, with_line
from engine.project.document import Character, new_document
from engine.project.stage import Background, Shot, Stage


def chosen(*words: str) -> staging.Staging:
    parser = argparse.ArgumentParser()
    staging.add_options(parser)
    return staging.staging_of(parser.parse_args(list(words)))


def test_nothing_asked_for_leaves_the_stage_as_it_is() -> None:
    stage = Stage(background=Background("colour"), shot=Shot(yaw=12.0), camera={"yaw": Curve((Key(0.0, 3.0),))})
    assert chosen().on(stage) == stage


def test_light_background_lens_and_framing_are_set() -> None:
    stage = chosen("--light", "Window", "--background", "#102030", "--focal", "140mm", "--framing", "three_quarter").on(Stage())
    assert stage.lighting.preset == "window"
    assert stage.background == Background("colour", (16 / 255, 32 / 255, 48 / 255))
    assert (stage.shot.yaw, stage.shot.focal) == (38.0, 140.0)
    assert stage.shot.distance == pytest.approx(2 * Shot().distance)  # twice the lens from twice as far: the head stays as large


def test_a_framing_takes_the_place_of_camera_keys_and_a_lens_of_those_of_the_lens() -> None:
    keyed = Stage(camera={"yaw": Curve((Key(0.0, 3.0),)), "focal": Curve((Key(0.0, 50.0),))})
    assert not chosen("--framing", "close").on(keyed).moving
    assert list(chosen("--focal", "35").on(keyed).camera) == ["yaw"]


def test_a_picture_is_held_by_its_place_and_digest(tmp_path: Path) -> None:
    write_png(tmp_path / "wall é.png", np.zeros((4, 4, 3), np.uint8))
    found = chosen("--background", str(tmp_path / "wall é.png")).background
    assert found is not None and found.kind == "picture" and found.picture is not None
    assert Path(found.picture.path) == tmp_path / "wall é.png" and len(found.picture.sha256) == 64


@pytest.mark.parametrize(
    "words",
    [
        ("--light", "neon"), ("--background", "picture"), ("--background", "colour"), ("--background", "#12"), ("--background", "none.png"),
        ("--background", ""), ("--focal", "13"), ("--focal", "nan"), ("--focal", "long"), ("--framing", "toes"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_with_what_is(words: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput, match=r"; (use one of|give|check) "):
        chosen(*words)


def test_one_line_alone_leaves_everybody_there() -> None:
    document = new_document()
    first, second = typed_line("One."), replace(typed_line("Two."), start_s=3.0)
    document = with_line(with_line(document, first), second)
    document = replace(document, characters=(*document.characters, Character("bo", "Bo", lines=(typed_line("Three."),))))
    alone = staging.only(document, second.id)
    assert [c.id for c in alone.characters] == [c.id for c in document.characters]
    assert [(line.id, line.start_s) for line in alone.lines()] == [(second.id, 0.0)]


def test_somebody_is_cast_by_name_or_file(tmp_path: Path) -> None:
    document = new_document()
    assert staging.casting("Ada")(document) == document
    other = Person("Bo", clothing=Clothing("hoodie"))
    write(tmp_path / "bo.viva-avatar", other)
    first = staging.casting(str(tmp_path / "bo.viva-avatar"))(document).characters[0]
    assert (first.name, first.person) == ("Bo", other) and first.id == document.characters[0].id
    with pytest.raises(InvalidInput, match="avatar 'nobody' is not known; use one of ada"):
        staging.casting("nobody")


def test_an_own_person_of_a_known_name_comes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(Person(), clothing=Clothing("jacket"))
    write(tmp_path / "ada.viva-avatar", other)
    monkeypatch.setattr("engine.avatars.people.library", lambda: tmp_path)
    assert staging.casting("ada")(new_document()).characters[0].person == other
