"""The mouth as pictures: teeth, tongue and walls, darker with depth and black from nowhere."""

import numpy as np
import pytest

from engine.core.channels import INDEX
from engine.core.person import Person
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen
from engine.render.parts.mouth import opening_of

OPEN = {"jawOpen": 0.8, "mouthLowerDown": 0.3, "mouthUpperUp": 0.3}
SMILE = {"mouthSmile": 0.8, "mouthUpperUp": 0.5, "jawOpen": 0.12}


@pytest.fixture(scope="module")
def close():
    with Offscreen(160, 160, "standard", samples=1) as made:
        yield made


def row_of(values: dict[str, float]) -> np.ndarray:
    row = np.zeros(63, np.float32)
    for name, value in values.items():
        for side in ("", "Left", "Right"):
            if name + side in INDEX:
                row[INDEX[name + side]] = value
    return row


def picture(close: Offscreen, values: dict[str, float], **camera: float) -> np.ndarray:
    where = Camera(distance_m=0.24, target=(0.0, -0.062, 0.012), **camera)
    return close.render([Member(Actor.of(Person()), row_of(values))], View(where)).astype(int)


def test_teeth_are_warm_and_bright(close):
    frame = picture(close, SMILE)
    teeth = frame[56:92, 40:120].reshape(-1, 3)
    teeth = teeth[(teeth.min(1) > 105) & (np.ptp(teeth, axis=1) < 70)]
    assert len(teeth) > 200
    red, green, blue = teeth.mean(0)
    assert red > green > blue + 4 and red > 165, "ivory, not grey"


def test_single_teeth_are_told_apart(close):
    row = picture(close, SMILE)[68:72, 55:105].mean((0, 2))
    dips = (row[1:-1] < row[:-2]) & (row[1:-1] < row[2:])
    assert dips.sum() >= 3


@pytest.mark.parametrize("pitch", [-0.7, -0.35, 0.0, 0.35])
@pytest.mark.parametrize("yaw", [0.0, 0.8])
def test_an_open_mouth_is_dark_red_and_never_black(close, pitch, yaw):
    frame = picture(close, OPEN, pitch_rad=pitch, yaw_rad=yaw)
    middle = frame[50:115, 55:105].reshape(-1, 3)
    assert (middle.max(1) < 14).mean() < 0.02
    dim = middle[(middle.max(1) < 90) & (middle[:, 2] < middle[:, 1] + 8)]  # the ground behind a profile is bluish
    assert not len(dim) or (dim[:, 0] > dim[:, 2]).mean() > 0.9


def test_the_mouth_darkens_with_depth(close):
    wide, narrow = (picture(close, v) for v in (OPEN, {"jawOpen": 0.25}))
    front, back = wide[112:122, 60:100].mean(), wide[86:94, 60:100].mean()
    assert front > 1.2 * back, "the back lies deeper than the front"
    assert back > 1.2 * narrow[86:90, 75:85].mean(), "less light comes in through a narrow opening"


def test_the_opening_is_a_ring_round_the_lips():
    actor = Actor.of(Person())
    row = row_of(OPEN)
    pose = actor.poser()(actor.pose(row[None])[0], row, np.eye(3, dtype=np.float32))
    found = opening_of(pose)
    ring = found["opening"]
    assert ring.shape == (12, 3) and found["bounce"] > 0.2
    turn = np.cross(ring - ring.mean(0), np.roll(ring, -1, 0) - ring.mean(0))[:, 2]
    assert (turn > 0).all() or (turn < 0).all()
    wide, high, low = 1000 * found["opening_size"]
    assert 15 < wide < 35 and high + low == pytest.approx(pose.gap_mm, abs=3)


def test_the_tongue_comes_between_the_teeth(close):
    th, none = (picture(close, v) for v in ({"jawOpen": 0.25, "tongueTipForward": 0.8, "tongueTipUp": 0.3}, {"jawOpen": 0.25}))
    assert (np.abs(th - none).max(-1) > 24)[60:110, 50:110].sum() > 150
