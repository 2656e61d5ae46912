"""Levels, and drivers that cannot draw them."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.project.stage import Lens, Stage
from engine.render import driver
from engine.render.actor import View
from engine.render.camera import Camera
from engine.render.driver import Abilities, fitting
from engine.render.gl import GLError
from engine.render.levels import LEVELS, level_of, lower, shortfalls
from engine.render.offscreen import Offscreen, Role, render_frames
from engine.render.renderer import Renderer

GOOD = Abilities("4.6 a graphics card", 16384, 32, 128, True)


def test_levels_cost_more_one_after_another():
    passes = [level.passes for level in LEVELS.values()]
    assert list(LEVELS) == ["draft", "standard", "high", "final"] and passes == sorted(passes)
    assert lower(LEVELS["final"]) is LEVELS["high"] and lower(LEVELS["draft"]) is None
    with pytest.raises(InvalidInput, match="use one of draft, standard, high, final"):
        level_of("best")


def test_a_good_driver_draws_all_of_a_level():
    for level in LEVELS.values():
        assert fitting(level, GOOD) == (level, ())


@pytest.mark.parametrize(
    "lacking, field, wanted, said",
    [
        ({"depth_textures": False}, "shadow_px", 0, "depth textures"),
        ({"units": 4}, "shadow_px", 0, "texture units"),
        ({"texture_side": 512}, "texture_side", 512, "at most 512 pixels"),
    ],
)
def test_what_a_driver_lacks_is_left_out_and_said(lacking, field, wanted, said):
    level, notices = fitting(LEVELS["high"], replace(GOOD, **lacking))
    assert getattr(level, field) == wanted and level.name == "high"
    assert len(notices) == 1 and said in notices[0]


def test_an_old_driver_still_draws_and_its_lack_is_told(monkeypatch, posed):
    monkeypatch.setattr(driver, "measured", lambda: replace(GOOD, depth_textures=False))
    with Offscreen(48, 48, "high") as offscreen:
        assert offscreen.level.shadow_px == 0 and "no shadows" in offscreen.notices[0]
        assert offscreen.render(posed(), Camera()).std() > 10
    told = []
    role = Role(_ada(), np.zeros((1, 63), np.float32))
    assert len(list(render_frames([role], lambda frame: View(), (32, 32), level="high", tell=told.append))) == 1
    assert told == list(offscreen.notices)


def test_a_driver_that_refuses_a_level_draws_the_one_below():
    def make(level):
        if level.name in ("final", "high"):
            raise GLError("a shader did not compile: too long")
        return Renderer(level)

    with Offscreen(48, 48, "final", make=make) as offscreen:
        assert offscreen.level.name == "standard"
        assert [n.split()[6] for n in offscreen.notices] == ["level", "level"] and "high" in offscreen.notices[1]
        assert offscreen.render([], View()).shape == (48, 48, 3)


def test_a_driver_that_refuses_all_is_an_error():
    def make(level):
        raise GLError("no shaders at all")

    with pytest.raises(GLError, match="no shaders at all"):
        Offscreen(48, 48, "standard", make=make)


def test_depth_of_field_is_not_drawn_in_one_pass_and_that_is_said():
    stage = Stage(lens=Lens(depth_of_field=True))
    assert "from the level high up" in shortfalls("standard", stage)[0]
    assert shortfalls("high", stage) == () and shortfalls("draft", Stage()) == ()


def _ada():
    from engine.core.person import Person
    from engine.render.actor import Actor

    return Actor.of(Person())
