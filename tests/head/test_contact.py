"""No pose makes a head pass through itself: measured on triangles, for some shapes and every third of the stress poses (the bench takes all)."""

import numpy as np
import pytest
import torch

from engine.core.channels import ARKIT, CHANNELS, INDEX
from engine.core.person import Person
from engine.head import ada
from engine.head.contact import Gauge, stress_poses
from engine.head.rig import HeadRig
from engine.head.shape import head_of

SHAPES = {
    "ada": {},
    "old man": {"sex": 1.0, "age": 0.8, "weight": 0.4, "african": 1.0, "nose-hump": 0.5, "mouth-scale-horiz": 0.3},
    "girl": {"age": -0.7, "asian": 0.3, "caucasian": 0.7, "l-eye-scale": 0.4, "r-eye-scale": 0.4, "chin-triangle": 0.4},
}
GOAL_MM = 0.1


def pose(**channels):
    values = np.zeros((1, len(CHANNELS)), np.float32)
    for name, value in channels.items():
        values[0, INDEX[name]] = value
    return values


@pytest.fixture(scope="module", params=SHAPES)
def measured(request):
    gauge = Gauge(HeadRig(head_of(Person("Somebody", SHAPES[request.param]))))
    return gauge(stress_poses()[::3])


def test_stress_poses_are_every_channel_pairs_and_corners():
    poses = stress_poses()
    assert poses.shape == (200, len(CHANNELS)) and set(np.unique(poses)) == {0.0, 1.0}
    singles = poses[poses.sum(1) == 1].argmax(1)
    assert {INDEX[name] for name in ARKIT} <= set(singles)
    assert (poses.sum(1) > 15).sum() > 60
    assert np.array_equal(poses, stress_poses())


def test_eyes_stay_behind_the_lids(measured):
    assert measured.eyes.max() <= GOAL_MM


def test_teeth_and_tongue_stay_in_the_face(measured):
    assert measured.teeth.max() <= GOAL_MM
    assert np.nanmax(measured.tongue) <= GOAL_MM


def test_closed_lips_and_lids_are_closed(measured):
    assert np.nanmax(measured.lip_gap) <= GOAL_MM
    assert np.nanmax(measured.lid_gap) <= GOAL_MM
    assert measured.lip_overlap.max() <= 2 * GOAL_MM


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_at_rest_lips_just_touch(shape):
    rig = HeadRig(head_of(Person("Somebody", shape)))
    assert float(rig.openings(rig.shape(pose()), "lips").abs().max()) < 0.1e-3


class Untouched(HeadRig):
    """A rig without barriers: what the gauge has to find fault with."""

    def __init__(self) -> None:
        super().__init__()
        self._barriers.keep = lambda face, wanted: face  # type: ignore[method-assign]


def test_the_gauge_sees_what_is_wrong_without_barriers():
    found = Gauge(Untouched())(np.concatenate([stress_poses()[150:], pose(tongueOut=1.0, mouthClose=1.0)]))
    assert found.eyes.max() > 0.5 and found.teeth.max() > 1.0
    assert np.nanmax(found.tongue) > 5.0 and np.nanmax(found.lip_gap) > 1.0 and np.nanmax(found.lid_gap) > 0.5


def test_a_closed_lid_bulges_over_the_cornea():
    rig = HeadRig()
    lids = np.setdiff1d(rig.asset.seams["lids_left"].vertices, rig.asset.lining["lids"])
    shut = [rig.shape(pose(eyeBlinkLeft=1.0, **look))[0, lids].numpy() for look in ({}, {"eyeLookOutLeft": 1.0})]
    centre = rig.asset.joints["eye_left"]
    away = [np.linalg.norm(p - centre, axis=1) for p in shut]
    assert np.abs(away[1] - away[0]).max() > 0.4e-3


def test_the_tongue_comes_out_of_an_open_mouth_only():
    rig, span = HeadRig(), ada.load().span("tongue")
    tip = lambda **channels: float(rig.shape(pose(**channels))[0, span, 2].max())  # noqa: E731
    assert tip(tongueOut=1.0) - tip() < 0.004
    assert tip(tongueOut=1.0, jawOpen=0.5) - tip(jawOpen=0.5) > 0.015


def test_barriers_pass_gradients():
    values = torch.tensor(stress_poses()[-4:] * 0.9, requires_grad=True)
    HeadRig().shape(values).square().sum().backward()
    assert values.grad is not None and torch.isfinite(values.grad).all()
