"""Lips: measured, and played as measured."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.avatars.tracking import mouth, points
from engine.avatars.tracking.actor import Actor, somebody
from engine.core.channels import CHANNELS, INDEX
from engine.head.rig import LipGauge
from engine.head.shape import head_of


@pytest.fixture(scope="module")
def actor() -> Actor:
    return somebody({}, 1.7)


def _face(gap_px: float, roll: float = 0.0) -> np.ndarray:
    out = np.zeros((1, 468, 3))
    out[0, points.CORNERS["right"][0], :2], out[0, points.CORNERS["left"][0], :2] = (0, 0), (100, 0)
    out[0, points.LIP_CORNERS[0], :2], out[0, points.LIP_CORNERS[1], :2] = (30, 80), (70, 80)
    for i, (up, low) in enumerate(points.LIP_COLUMNS):
        out[0, up, :2], out[0, low, :2] = (40 + 5 * i, 80 - gap_px / 2), (40 + 5 * i, 80 + gap_px / 2)
    c, s = np.cos(roll), np.sin(roll)
    out[..., :2] = out[..., :2] @ np.array([[c, s], [-s, c]])
    return out


def test_gap_is_a_share_of_the_eyes_distance_however_the_head_is_held() -> None:
    for roll in (0.0, 0.5, -0.8):
        np.testing.assert_allclose(mouth.gaps(_face(6.0, roll)), [0.06], atol=1e-6)
    assert mouth.gaps(_face(-1.0))[0] < 0


def test_closed_is_told_from_open_by_an_actors_own_closed_lips() -> None:
    gap = np.array([0.004, 0.02, np.nan])
    np.testing.assert_array_equal(mouth.closed(gap, 0.002, np.ones(3, bool)), [True, False, False])
    assert mouth.closed_level(np.full(10, 0.2)) < 0.05  # a mouth that is never closed does not count as closed


def test_the_rigs_lips_are_as_far_open_as_wanted() -> None:
    values = np.zeros((4, len(CHANNELS)), np.float32)
    values[:, INDEX["jawOpen"]] = [0.3, 0.3, 0.3, 0.0]
    wanted = torch.tensor([0.0, 3.0, 50.0, 1.5])
    gauge = LipGauge()
    got = gauge(mouth.fitted_gap(values, wanted, gauge)).numpy()
    np.testing.assert_allclose(got[[0, 1, 3]], [0.0, 3.0, 1.5], atol=0.25)
    np.testing.assert_allclose(got[2], float(gauge(values)[2]), atol=0.1)  # they are not made wider than the jaw is open


def test_lips_that_look_closed_and_are_not_pressed_keep_a_small_opening(actor: Actor) -> None:
    values = np.zeros((3, len(CHANNELS)), np.float32)
    values[:, INDEX["jawOpen"]] = 0.2
    gap, shut = np.zeros(3), np.array([True, False, False])
    gauge = LipGauge(head_of(actor.person))
    got = gauge.mm(mouth.snapped(values, gap, shut, actor, narrow=np.array([False, True, False])))
    assert got[0] < 0.05 and 0.5 < got[1] < 1.1 and got[2] < 0.3
