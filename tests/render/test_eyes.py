"""Eyes as pictures: what a person's eyes and lashes are like changes what is seen, under every light."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.channels import INDEX
from engine.core.person import Eyes, Lashes, Person
from engine.project.stage import LIGHTS, Lighting, Stage
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen

EYE = Camera(distance_m=0.17, target=(0.0315, -0.001, 0.012), fov_rad=0.23)
BLUE = Eyes(colour=(0.45, 0.60, 0.75), inner=(0.62, 0.66, 0.62))


@pytest.fixture(scope="module")
def close():
    with Offscreen(160, 160, "standard", samples=1) as made:
        yield made


def picture(close: Offscreen, person: Person | None = None, camera: Camera = EYE, light: str = "studio", **values: float) -> np.ndarray:
    row = np.zeros(63, np.float32)
    for name, value in values.items():
        for side in ("", "Left", "Right"):
            if name + side in INDEX:
                row[INDEX[name + side]] = value
    return close.render([Member(Actor.of(person or Person()), row)], View(camera, Stage(lighting=Lighting(light)))).astype(int)


def iris(frame: np.ndarray) -> np.ndarray:
    """The lower half of the ring that the iris takes when the eye looks ahead."""
    return np.concatenate([frame[84:93, 56:62].reshape(-1, 3), frame[84:93, 74:80].reshape(-1, 3)])


def test_iris_takes_the_persons_colour(close):
    brown, blue = iris(picture(close)), iris(picture(close, Person(eyes=BLUE)))
    assert brown[:, 0].mean() > brown[:, 2].mean() + 30
    assert blue[:, 2].mean() > blue[:, 0].mean() + 15
    black = iris(picture(close, Person(eyes=Eyes(colour=(0.10, 0.07, 0.05), inner=(0.12, 0.08, 0.06)))))
    assert black.mean() < 0.6 * brown.mean()


def test_an_iris_is_not_one_colour(close):
    assert iris(picture(close, Person(eyes=BLUE))).std(0).min() > 8


def dark(frame: np.ndarray) -> int:
    """Pixels of the pupil."""
    return int((frame[60:95, 50:86].max(-1) < 26).sum())


def test_pupils_dilate(close):
    small, wide = (dark(picture(close, Person(eyes=replace(BLUE, pupil=share)))) for share in (0.0, 1.0))
    assert wide > 3 * small > 0


def test_a_larger_iris_leaves_less_white(close):
    white = [int((picture(close, Person(eyes=replace(BLUE, iris=share)))[60:95, 30:110].min(-1) > 150).sum()) for share in (0.0, 1.0)]
    assert white[1] < white[0]


def test_whites_yellow_and_show_veins(close):
    aside = {"eyeLookInLeft": 0.9, "eyeLookOutRight": 0.9}
    plain = picture(close, Person(eyes=Eyes(white=0.0, veins=0.0)), **aside)
    yellow = picture(close, Person(eyes=Eyes(white=1.0, veins=0.0)), **aside)
    veined = picture(close, Person(eyes=Eyes(white=0.0, veins=1.0)), **aside)
    at = np.s_[74:90, 78:105]
    assert (plain[at][..., 2] - yellow[at][..., 2]).mean() > 8
    assert (plain[at][..., 1] - veined[at][..., 1]).max() > 20 and (plain[at][..., 1] - veined[at][..., 1]).mean() > 1


def test_closed_lids_hide_the_eyeball(close):
    shut = picture(close, eyeBlink=1.0)
    other = picture(close, Person(eyes=replace(BLUE, white=1.0, pupil=1.0)), eyeBlink=1.0)
    assert (np.abs(shut - other).max(-1) > 2).sum() == 0


@pytest.mark.parametrize("look_down", [0.0, 0.5, 1.0])
def test_the_cornea_does_not_come_through_the_lower_lid(close, look_down):
    brown, blue = (picture(close, p, eyeLookDown=look_down) for p in (Person(), Person(eyes=BLUE)))
    rows = np.nonzero((np.abs(brown - blue).max(-1) > 12).any(1))[0]
    assert rows.max() < 105, "the iris ends at the lower lid"


def test_the_iris_lies_behind_the_cornea(close):
    """Seen from the side the pupil of an iris on the surface would stand nearer to the far edge of the white than to the near one."""
    side = replace(EYE, yaw_rad=0.9)
    small, wide = (picture(close, Person(eyes=replace(BLUE, pupil=share)), camera=side) for share in (0.0, 1.0))
    brown = picture(close, camera=side)
    pupil = np.nonzero(np.abs(small - wide).max(-1) > 30)[1].mean()
    iris_columns = np.nonzero(np.abs(brown - wide).max(-1) > 12)[1]
    assert abs(pupil - 0.5 * (iris_columns.min() + iris_columns.max())) < 4, "refraction turns the iris to the viewer"
    assert iris_columns.max() - iris_columns.min() > 24


def test_lashes_are_drawn_as_long_as_they_are(close):
    counts = [int((picture(close, Person(lashes=Lashes(length=length, density=1.0)))[20:60, 20:150].max(-1) < 90).sum()) for length in (0.0, 1.0)]
    assert counts[1] > 1.5 * counts[0] > 0


def test_eyes_mirror_the_lamp(close):
    wet, dry = (picture(close, Person(eyes=Eyes(wet=w)))[58:80, 50:86].max() for w in (1.0, 0.0))
    assert wet > 200 and wet > dry + 15


@pytest.mark.parametrize("light", LIGHTS)
def test_eyes_are_lit_as_the_face_is(close, light):
    frame = picture(close, light=light)
    white, skin = frame[80:88, 90:104].mean(), frame[120:150, 60:110].mean()
    assert 0.35 * skin < white < 2.6 * skin and frame.max() <= 255


def test_draft_and_standard_show_the_same_eye(close):
    with Offscreen(160, 160, "draft") as rough:
        difference = np.abs(picture(rough)[55:100, 30:110] - picture(close)[55:100, 30:110])
    assert difference.mean() < 22


def test_pictures_of_many_passes_mirror_one_lamp(close):
    """The lamp takes another place in each pass, for soft shadows; its mirror image does not."""
    black = Person(eyes=Eyes(colour=(0.05, 0.05, 0.05), inner=(0.05, 0.05, 0.05)))
    with Offscreen(160, 160, "high", samples=1) as many:
        frames = [picture(o, black, light="window", camera=replace(EYE, yaw_rad=0.7))[60:90, 54:72] for o in (many, close)]
    bright = [int((f.min(-1) > 150).sum()) for f in frames]
    assert bright[1] > 8 and bright[0] == pytest.approx(bright[1], rel=0.4)
