import time

import numpy as np
import pytest
import torch

from engine.core.channels import ARKIT, CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.head import ada
from engine.head.rig import NECK_SHARE, HeadRig, LipGauge


@pytest.fixture(scope="module")
def rig():
    return HeadRig()


def pose(**channels):
    values = np.zeros((1, len(CHANNELS)), np.float32)
    for name, value in channels.items():
        values[0, INDEX[name]] = value
    return values


def both(**channels):
    return {name + side: value for name, value in channels.items() for side in ("Left", "Right")}


def random_poses(count, seed=1, head=0.0):
    random = np.random.default_rng(seed)
    values = np.zeros((count, len(CHANNELS)), np.float32)
    chosen = random.random((count, len(ARKIT))) < 0.3
    values[:, : len(ARKIT)] = chosen * random.random((count, len(ARKIT)))
    values[:, INDEX["headRotX"] : INDEX["headRotX"] + 3] = head * random.normal(size=(count, 3))
    return values


def test_units_are_the_arkit_set(rig):
    assert set(ARKIT) <= set(rig.asset.unit_names)
    still = [n for n, u in zip(rig.asset.unit_names, rig.asset.units, strict=True) if np.abs(u).max() < 5e-4]
    assert still == []


def test_left_is_the_characters_left(rig):
    moved = (rig.pose(pose(mouthSmileLeft=1)) - rig.pose(pose()))[0].numpy()
    assert rig.asset.vertices[np.linalg.norm(moved, axis=1).argmax(), 0] > 0


def test_batch_equals_single(rig):
    values = random_poses(6, head=0.2)
    together = rig.pose(values)
    for i in range(6):
        # float32 sums in another order
        assert torch.allclose(rig.pose(values[i : i + 1])[0], together[i], atol=2e-6)


def test_gradient_reaches_the_channels(rig):
    values = torch.tensor(pose(jawOpen=0.3, mouthClose=0.1, headRotY=0.2), requires_grad=True)
    rig.pose(values).square().sum().backward()
    assert values.grad is not None and torch.isfinite(values.grad).all()
    assert abs(values.grad[0, INDEX["jawOpen"]]) > 0


@pytest.mark.parametrize("jaw", [0.05, 0.3, 0.7, 1.0])
@pytest.mark.parametrize("face", [{}, both(mouthSmile=1.0, mouthUpperUp=0.6), both(mouthStretch=1.0, mouthLowerDown=1.0), {"mouthFunnel": 0.8}])
def test_mouth_close_at_jaw_open_seals_the_lips_under_any_expression(rig, jaw, face):
    gap = rig.lip_gap_mm(rig.pose(pose(jawOpen=jaw, mouthClose=jaw, **face)))
    assert float(gap) < 0.3
    assert float(rig.lip_gap_mm(rig.pose(pose(jawOpen=jaw, **face)))) > 1.0


def test_lips_touch_at_rest(rig):
    assert float(rig.lip_gap_mm(rig.pose(pose()))) < 0.1


def test_lips_do_not_pass_through_each_other(rig):
    assert float(rig.openings(rig.shape(random_poses(200)), "lips").min()) > -0.4e-3


def test_lids_close_and_stay_out_of_the_eyes(rig):
    values = random_poses(200, seed=2)
    values[:100, [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]] = 1.0
    shape = rig.shape(values)
    for side in ("left", "right"):
        gap = rig.openings(shape, f"lids_{side}")
        assert float(gap[:100].max()) < 0.1e-3  # shut
        assert float(gap.min()) > -1.2e-3
        lids = np.setdiff1d(rig.asset.seams[f"lids_{side}"].vertices, rig.asset.lining["lids"])
        distance = (shape[:, lids] - torch.from_numpy(rig.asset.joints[f"eye_{side}"])).norm(dim=-1)
        assert float(distance.min()) > rig.asset.eye_radius_m + 0.4e-3


def test_gap_does_not_depend_on_where_the_head_looks(rig):
    values = random_poses(40, seed=3)
    turned = values.copy()
    turned[:, INDEX["headRotX"] : INDEX["headRotX"] + 3] = np.random.default_rng(4).normal(0, 0.4, (40, 3))
    straight = rig.lip_gap_mm(rig.pose(values))
    assert torch.allclose(rig.lip_gap_mm(rig.pose(turned)), straight, atol=0.02)  # millimetres; float32 SVD


def test_gauge_equals_the_posed_head(rig):
    values = random_poses(60, seed=5, head=0.2)
    assert np.allclose(LipGauge().mm(values), rig.lip_gap_mm(rig.pose(values)).numpy(), atol=0.03)


def test_teeth_and_tongue_go_with_the_jaw(rig):
    moved = (rig.pose(pose(jawOpen=1)) - rig.pose(pose()))[0]
    assert float(moved[rig.asset.span("teeth_lower"), 1].mean()) < -0.015
    assert float(moved[rig.asset.span("tongue"), 1].mean()) < -0.01
    assert float(moved[rig.asset.span("teeth_upper")].abs().max()) < 1e-5


def test_eyes_turn_about_their_centres(rig):
    posed = rig.pose(pose(eyeLookOutLeft=1, eyeLookInRight=1))[0].numpy()
    for side in ("left", "right"):
        span, centre = rig.asset.span(f"eye_{side}"), rig.asset.joints[f"eye_{side}"]
        assert np.allclose(np.linalg.norm(posed[span] - centre, axis=1), rig.asset.eye_radius_m, atol=1e-4)
        pupil = posed[span][np.argmax(rig.asset.vertices[span, 2])] - centre
        assert np.degrees(np.arctan2(pupil[0], pupil[2])) == pytest.approx(28, abs=1)  # both to the character's left


def test_head_turns_about_the_neck_and_the_neck_takes_its_share(rig):
    posed = rig.pose(pose(headRotY=0.5))[0].numpy()
    nose = np.argmax(rig.asset.vertices[rig.asset.span("skin"), 2])
    assert posed[nose, 0] > 0.03  # +Y turns to the character's left
    torso = rig.asset.skin_weights[:, 0] > 0.999
    assert np.abs(posed[torso] - rig.asset.vertices[torso]).max() < 1e-5
    assert 0 < NECK_SHARE < 1


def test_wrong_shape_says_what_is_wanted(rig):
    with pytest.raises(InvalidInput, match=r"\[T, 63\], got \[1, 52\]"):
        rig.pose(np.zeros((1, 52), np.float32))


def test_asset_is_compact():
    file = ada.assets.path("heads/ada.npz")
    assert file.stat().st_size < 1_000_000
    ada.load.cache_clear()
    started = time.perf_counter()
    head = ada.load()
    assert len(head.vertices) > 5000 and time.perf_counter() - started < 5  # a hang, not a figure; bench measures


def test_region_masks_lie_where_they_are_named():
    head = ada.load()
    height = {name: float(np.average(head.vertices[:, 1], weights=mask)) for name, mask in head.masks.items()}
    assert {"lips", "ears", "scalp", "brows", "eyelids", "cheeks", "nose", "mouth", "jaw", "neck", "torso"} <= set(height)
    assert height["scalp"] > height["brows"] > height["eyelids"] > height["nose"] > height["lips"] > height["neck"] > height["torso"]
