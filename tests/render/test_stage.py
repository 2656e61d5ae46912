"""Several characters on a stage: who hides whom, what is behind, what is sharp, and what can be seen through."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.core.person import Hair, Person, Skin
from engine.project.stage import LIGHTS, Background, Lens, Lighting, Picture, Placement, Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.levels import LEVELS
from engine.render.offscreen import Offscreen, Role, render_frames

ADA = Person()
FLAT = Background(kind="colour", colour=(0.2, 0.6, 0.2))
SMALL_HIGH = replace(LEVELS["high"], fine=False, texture_side=256, shadow_px=256)
ONE_PASS = replace(SMALL_HIGH, passes=1, shadow_px=512)


@pytest.fixture(scope="module")
def draft():
    with Offscreen(128, 128, "draft") as made:
        yield made


def member(x: float = 0.0, z: float = 0.0, turn: float = 0.0, person: Person = ADA) -> Member:
    return Member(Actor.of(person), placement=Placement(x=x, z=z, turn=turn))


def on(**parts) -> View:
    return View.of(Stage(**parts))


def is_ground(picture: np.ndarray) -> np.ndarray:
    return np.abs(picture.astype(int) - [51, 153, 51]).max(-1) < 3


def test_an_empty_stage_is_its_background(draft):
    assert is_ground(draft.render([], on(background=FLAT))).all()


def test_characters_stand_where_they_are_placed(draft):
    columns = [np.nonzero(~is_ground(draft.render([member(x)], on(background=FLAT))))[1].mean() for x in (-0.1, 0.0, 0.1)]
    assert columns[0] < columns[1] - 15 < columns[2] - 30


def test_who_is_nearer_hides_who_is_behind_whatever_their_order(draft):
    near, far = member(z=0.25), member(x=0.03, z=-0.3, person=Person(skin=Skin(tone=0.9)))
    view = on(background=FLAT)
    both = draft.render([near, far], view)
    assert np.abs(both.astype(int) - draft.render([far, near], view)).max() <= 1
    alone, behind = draft.render([near], view), draft.render([far], view)
    hidden = ~is_ground(alone) & ~is_ground(behind)
    assert hidden.sum() > 500
    assert (np.abs(both[hidden].astype(int) - alone[hidden]).max(-1) < 24).mean() > 0.97


def test_one_person_can_be_there_twice(draft):
    left, right = member(-0.11), Member(Actor.of(ADA), np.eye(63, dtype=np.float32)[24] * 0.8, placement=Placement(x=0.11))
    view = on(background=FLAT, shot=Shot(distance=1.4))
    both = draft.render([left, right], view)
    half = both.shape[1] // 2
    assert np.abs(both[:, : half - 12].astype(int) - draft.render([left], view)[:, : half - 12]).mean() < 1.0
    assert np.abs(both[:, half + 12 :].astype(int) - draft.render([right], view)[:, half + 12 :]).mean() < 1.0


def test_turning_a_character_shows_another_side(draft):
    turned, walked = (
        draft.render([member(turn=40)], on(background=FLAT)),
        draft.render([member()], on(background=FLAT, shot=Shot(yaw=-40), lighting=Lighting(follows=1.0))),
    )
    usual = draft.render([member()], on(background=FLAT))
    apart = lambda a, b: np.abs(a.astype(int) - b).mean()  # noqa: E731
    assert apart(turned, walked) < 0.75 * apart(turned, usual) and apart(turned, draft.render([member(turn=-40)], on(background=FLAT))) > apart(turned, usual)


def test_the_camera_rolls_and_follows_its_keys(draft):
    upright = draft.render([member()], on(background=FLAT))
    rolled = draft.render([member()], on(background=FLAT, shot=Shot(roll=90)))
    assert np.abs(np.rot90(upright, -1).astype(int) - rolled).mean() < 0.35 * np.abs(upright.astype(int) - rolled).mean()
    stage = Stage(camera={"distance": Curve((Key(0.0, 1.0), Key(1.0, 2.0)))})
    assert View.of(stage, 0.0).camera.distance_m == pytest.approx(1.0) and View.of(stage, 1.0).camera.distance_m == pytest.approx(2.0)
    assert Camera.of(Shot(focal=50, roll=10, yaw=20)).shot.focal == pytest.approx(50)


@pytest.mark.parametrize("preset", LIGHTS)
def test_every_light_lights_fair_and_deep_skin(draft, preset):
    for person in (ADA, Person(skin=Skin(tone=0.95), hair=Hair(colour=(0.95, 0.95, 0.95), grey=1.0))):
        picture = draft.render([member(person=person)], on(lighting=Lighting(preset=preset), background=FLAT))
        face = picture[45:75, 48:80].astype(int)
        assert 12 < face.mean() < 235 and face.std() > 5 and (face == 255).all(-1).mean() < 0.02


def test_lights_and_exposure_change_the_picture(draft):
    face = lambda **k: draft.render([member()], on(lighting=Lighting(**k), background=FLAT))[45:75, 48:80].astype(int)  # noqa: E731
    usual = face()
    assert face(exposure=1.0).mean() > usual.mean() + 15 > usual.mean() - 15 > face(exposure=-1.0).mean()
    assert face(key=0.0).mean() < usual.mean() - 20
    assert np.diff(face(warmth=1.0).mean((0, 1))[[0, 2]]) < np.diff(usual.mean((0, 1))[[0, 2]]) - 5, "warmer is redder"
    grey = face(saturation=0.0)
    assert np.ptp(grey, axis=-1).max() <= 3
    assert face(contrast=1.0).std() > usual.std() > face(contrast=0.0).std()
    assert len({face(tone=tone).sum() for tone in ("filmic", "neutral", "punchy")}) == 3


def test_backgrounds(draft, tmp_path):
    from tests.render.test_pictures import written

    assert (draft.render([], on(background=Background(kind="colour", colour=(1.0, 0.5, 0.0)))) == [255, 128, 0]).all()
    halves = np.zeros((40, 80, 3), np.uint8)
    halves[:, 40:, 0], halves[20:, :, 2] = 200, 100
    picture = Picture(str(written(tmp_path, halves, "halves.png")), "1" * 64)
    shown = draft.render([], on(background=Background(kind="picture", picture=picture, blur=0.0)))
    assert shown[10, 10].tolist() == [0, 0, 0] and shown[10, 120].tolist() == [200, 0, 0] and shown[120, 10].tolist() == [0, 0, 100]
    soft = draft.render([], on(background=Background(kind="picture", picture=picture, blur=1.0)))
    assert 10 < soft[10, 64, 0] < 190
    around = [draft.render([], on(lighting=Lighting(preset="night", turn=turn), background=Background(kind="surroundings"))) for turn in (0, 90)]
    assert around[0].std() > 3 and np.abs(around[0].astype(int) - around[1]).mean() > 2
    checks = draft.render([], replace(on(background=Background(kind="transparent")), checks=True))
    assert len(np.unique(checks.reshape(-1, 3), axis=0)) == 2


def test_a_background_that_is_not_there_is_refused_and_the_next_picture_drawn(draft, tmp_path):
    gone = Background(kind="picture", picture=Picture(str(tmp_path / "gone.png"), "0" * 64))
    with pytest.raises(InvalidInput, match=r"gone\.png"):
        draft.render([], on(background=gone))
    assert is_ground(draft.render([], on(background=FLAT))).all()


@pytest.mark.parametrize("level", ["draft", SMALL_HIGH], ids=["one pass", "eight"])
def test_a_transparent_picture_gives_any_ground_again(level):
    with Offscreen(96, 96, level) as offscreen:
        made = offscreen.render_alpha([member()], on(background=Background(kind="transparent")))
        assert made.shape == (96, 96, 4) and (made[:4, :4, 3] == 0).all() and (made[50, 40:56, 3] == 255).all()
        edge = (made[..., 3] > 8) & (made[..., 3] < 247)
        assert edge.sum() > 60, "soft edges"
        usual = offscreen.render([member()], on(background=FLAT)).astype(float)
    if level == "draft":  # mixed as sRGB values, as it was drawn
        alpha = made[..., 3:] / 255
        assert np.abs(made[..., :3] * alpha + np.array([51, 153, 51]) * (1 - alpha) - usual).max() < 14
    assert (made[~edge & (made[..., 3] > 0)][:, :3].std(0) > 20).all()


def test_films_have_alpha_too():
    role = Role(Actor.of(ADA), np.zeros((2, 63), np.float32))
    frames = list(render_frames([role], lambda frame: on(background=Background(kind="transparent")), (32, 32), level="draft", alpha=True))
    assert [f.shape for f in frames] == [(32, 32, 4)] * 2 and np.array_equal(*frames)
    with pytest.raises(InvalidInput, match=r"are \[1, 2\] frames long"):
        render_frames([role, replace(role, values=role.values[:1])], lambda frame: View(), (32, 32))


def test_more_passes_give_the_same_picture_smoother_and_always_the_same():
    with Offscreen(96, 96, SMALL_HIGH) as high, Offscreen(96, 96, ONE_PASS) as once:
        view = on(background=FLAT)
        first = high.render([member()], view)
        assert np.array_equal(first, high.render([member()], view))
        assert np.abs(first.astype(int) - once.render([member()], view)).mean() < 4
        stopped = high.draw(high.prepare([member()], view), stop=lambda: True).result()
        assert stopped is None


def test_what_is_out_of_focus_is_blurred():
    sharp_at = lambda focus: Lens(depth_of_field=True, f_number=1.4, focus=focus)  # noqa: E731
    with Offscreen(128, 128, SMALL_HIGH) as high:
        detail = []
        for lens in (Lens(), sharp_at(None), sharp_at(0.7)):
            picture = high.render([member()], on(background=FLAT, lens=lens)).astype(float)
            detail.append(np.abs(np.diff(picture[40:90, 40:90], axis=1)).mean())
    assert detail[1] > 0.75 * detail[0] and detail[2] < 0.65 * detail[0]


def test_the_shadow_of_one_falls_on_another():
    between = Member(Actor.of(ADA), placement=Placement(x=-0.28, y=0.30, z=0.38))  # on the way from the key lamp
    with Offscreen(128, 128, ONE_PASS) as offscreen:
        view = on(background=FLAT, lighting=Lighting(softness=0.1, fill=0.0, rim=0.0))
        assert not is_ground(offscreen.render([between], view)).all(), "it is in the picture, though not before the face"
        alone, shaded = (offscreen.render(cast, view) for cast in ([member()], [member(), between]))
    same = ~is_ground(alone) & (np.arange(128) > 70)[None, :] & (np.arange(128) < 90)[:, None]
    assert shaded[same].astype(int).mean() < alone[same].astype(int).mean() - 6


def test_another_person_is_drawn_as_if_nobody_had_been_there_before(draft):
    view = on(background=FLAT)
    people = [ADA, ADA.with_axis("age", 0.5), replace(ADA, skin=Skin(tone=0.8)), replace(ADA, hair=Hair(style="none"))]
    drawn = [draft.render([member(person=p)], view) for p in people]
    for person, picture in zip(people, drawn, strict=True):
        with Offscreen(128, 128, "draft") as fresh:
            assert np.array_equal(fresh.render([member(person=person)], view), picture)
    assert len({picture.tobytes() for picture in drawn}) == 4
