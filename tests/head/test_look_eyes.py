"""Eyeballs, the lids that slide over them, lashes, tears and teeth as shapes."""

import numpy as np
import pytest

from engine.core.channels import INDEX
from engine.core.person import Lashes, Person
from engine.head import ada, eyeball, look, tears
from engine.head.lash import LashShape
from engine.head.lid_contact import LidContact
from engine.head.lids import SIDES, rims
from engine.render.actor import Actor


def pose_of(fine: bool = True, **values: float):
    row = np.zeros(63, np.float32)
    for name, value in values.items():
        for side in ("", "Left", "Right"):
            if name + side in INDEX:
                row[INDEX[name + side]] = value
    actor = Actor.of(Person())
    lights = np.eye(3, dtype=np.float32)
    return actor.poser(fine)(actor.pose(row[None])[0], row, lights)


def test_the_cornea_stands_out_of_the_ball_and_goes_over_into_it():
    angle = np.radians(np.linspace(0, 90, 200))
    height = eyeball.height(np.cos(angle))
    assert 0.9 < height[0] - eyeball.RADIUS_MM < 1.6, "a cornea stands out a millimetre or so"
    assert height[angle > np.radians(35)] == pytest.approx(eyeball.RADIUS_MM, abs=0.05)
    assert (np.diff(height) <= 1e-6).all()


@pytest.mark.parametrize("fine", [False, True])
def test_the_eyeballs_mesh_faces_outwards_and_is_round(fine):
    points, triangles = eyeball.mesh(fine)
    p = points[triangles.astype(int)]
    assert (np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]) * p.mean(1)).sum(1).min() > 0
    assert triangles.max() < len(points) < 4000


def test_rims_lie_on_their_lids_in_order():
    head = ada.load()
    for (side, lid), rim in rims().items():
        p = 1000 * (head.vertices[rim.rows] - head.joints[f"eye_{side}"])
        assert (np.diff(p[3, :, 0]) > 0).all(), "from the character's right to left"
        assert (p[..., 1].mean() > 0) == (lid == "upper")
        away = np.linalg.norm(p, axis=-1) - 1000 * head.eye_radius_m
        assert (away[3] > 0).all() and (away[4] < 0).all(), "the inner edge is before the ball, the next row behind it"


LOOKS = ({}, {"eyeLookDown": 1.0}, {"eyeLookUp": 1.0}, {"eyeBlink": 1.0}, {"eyeBlink": 0.5, "eyeLookDown": 0.7}, {"eyeSquint": 1.0, "eyeWide": 0.5})


@pytest.mark.parametrize("values", LOOKS, ids=[" ".join(v) or "rest" for v in LOOKS])
@pytest.mark.parametrize("fine", [False, True])
def test_lids_stay_outside_ball_and_cornea(fine, values):
    pose = pose_of(fine, **values)
    shape = look.load(fine)
    contact = LidContact(shape)
    for k, side in enumerate(SIDES):
        points = contact._lids[side].points
        offset = (pose.points[points] - (pose.head @ shape.head.joints[f"eye_{side}"] + pose.offset)) * 1000
        away = np.linalg.norm(offset, axis=1)
        clear = away - eyeball.height(offset @ pose.eyes[k][:, 2] / away)
        assert clear.min() > 0.12


def test_without_the_contact_the_cornea_would_come_through():
    shape = look.load(True)
    pose = pose_of(True, eyeLookDown=1.0)
    points = shape.blend @ pose.vertices
    offset = (points[LidContact(shape)._lids["left"].points] - (pose.head @ shape.head.joints["eye_left"] + pose.offset)) * 1000
    away = np.linalg.norm(offset, axis=1)
    assert (away - eyeball.height(offset @ pose.eyes[0][:, 2] / away)).min() < 0.1


def lash_points(lashes: Lashes, pose, side: str = "left", lid: str = "upper") -> np.ndarray:
    shape = LashShape(lashes, 6)
    rim = pose.in_head(pose.points[pose.look.skin_start + shape.rows[side, lid].vertices.ravel()]).reshape(2, -1, 3)
    centre = 1000 * pose.look.head.joints[f"eye_{side}"]
    return shape.pose(side, lid, rim[0] - centre, rim[1] - centre)


def test_lashes_follow_the_person():
    pose = pose_of()
    length = lambda lashes: np.linalg.norm(np.diff(lash_points(lashes, pose), axis=1), axis=-1).sum(1)  # noqa: E731
    short, long = length(Lashes(length=0.0)), length(Lashes(length=1.0))
    assert 2.5 < long.mean() / short.mean() < 3.5 and 4 < long.mean() < 12
    assert LashShape(Lashes(density=1.0), 4).count > 2.5 * LashShape(Lashes(density=0.0), 4).count
    assert LashShape(Lashes(mascara=1.0), 4).widths_mm.mean() > LashShape(Lashes(mascara=0.0), 4).widths_mm.mean()


def test_upper_lashes_point_outwards_and_up_and_come_down_with_the_lid():
    open_eye, shut = lash_points(Lashes(), pose_of()), lash_points(Lashes(), pose_of(eyeBlink=1.0))
    tips = open_eye[:, -1] - open_eye[:, 0]
    assert tips[:, 2].mean() > 2 and tips[:, 1].mean() > 1
    assert (shut[:, 0, 1] - open_eye[:, 0, 1]).mean() < -5, "the roots come down with the rim"
    assert ((shut[:, -1] - shut[:, 0])[:, 1]).mean() < tips[:, 1].mean() - 2, "and the lashes turn down"


def test_left_and_right_lashes_mirror_each_other():
    pose = pose_of()
    left, right = (lash_points(Lashes(), pose, side).reshape(-1, 3) for side in SIDES)
    assert left.mean(0)[0] == pytest.approx(-right.mean(0)[0], abs=0.6)
    assert left.mean(0)[1:] == pytest.approx(right.mean(0)[1:], abs=0.4)


def test_tears_stand_between_lid_and_eyeball():
    pose = pose_of()
    head = pose.look.head
    shape = tears.TearShape("left")
    rim = pose.in_head(pose.points[pose.look.skin_start + shape.vertices.ravel()]).reshape(2, -1, 3) - 1000 * head.joints["eye_left"]
    scale = 1000 * eyeball.radius_m(head, "left") / eyeball.RADIUS_MM
    points, normals = shape.tears(rim[0], rim[1], np.array([0, 0, 1], np.float32), scale)
    high = np.linalg.norm(points[:, -1], axis=-1)
    surface = scale * eyeball.height(points[:, -1, 2] / high)
    assert high - surface == pytest.approx(np.full(len(high), 0.03 * scale), abs=0.01), "the upper edge lies on the ball"
    assert (points[:, -1, 1] > points[:, 0, 1]).mean() > 0.9
    assert np.linalg.norm(normals, axis=-1) == pytest.approx(np.ones(normals.shape[:2]), abs=1e-5)


def test_teeth_are_single_symmetrical_and_behind_the_lips():
    shape = look.load()
    head = ada.load()
    points = 1000 * (shape.blend @ head.vertices)
    index = np.unique(shape.triangles["teeth"])
    p, extra = points[shape.source[index]], shape.extra[shape.source[index]]
    assert len(np.unique(np.round(extra[:, 2], 4))) == 28, "each has a shade of its own"
    lips = 1000 * head.vertices[head.seams["lips"].upper[0, :, 0]]
    front = np.abs(p[:, 0]) < 6
    assert p[front, 2].max() < lips[:, 2].max() - 3
    assert abs(p[:, 0].mean()) < 0.4
    upper, lower = p[(p[:, 1] > -62) & front], p[(p[:, 1] < -66) & front]
    assert len(upper) > 50 and len(lower) > 50
