import numpy as np
import pytest

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.head import ada, look, wrinkles
from engine.head.wrinkles import GROUPS, LAYER_OF, Creases, activation, masks

# One expression that draws each group.
DRAWS = {
    "forehead_left": "browOuterUpLeft", "forehead_right": "browOuterUpRight", "forehead_middle": "browInnerUp", "glabella": "browDownLeft",
    "bunny_left": "noseSneerLeft", "bunny_right": "noseSneerRight", "crow_left": "cheekSquintLeft", "crow_right": "cheekSquintRight",
    "under_eye_left": "eyeSquintLeft", "under_eye_right": "eyeSquintRight", "nasolabial_left": "mouthSmileLeft",
    "nasolabial_right": "mouthSmileRight", "corner_left": "mouthDimpleLeft", "corner_right": "mouthDimpleRight",
    "cheek_left": "mouthSmileLeft", "cheek_right": "mouthSmileRight", "marionette_left": "mouthFrownLeft", "marionette_right": "mouthFrownRight",
    "pucker": "mouthPucker",
    "chin": "mouthShrugLower", "neck": "headRotX",
}  # fmt: skip


def values(**given: float) -> np.ndarray:
    out = np.zeros(len(CHANNELS), np.float32)
    for name, value in given.items():
        out[INDEX[name]] = value
    return out


@pytest.fixture(scope="module")
def creases():
    return Creases(look.load())


def test_a_face_at_rest_has_no_folds(creases):
    assert not activation(values()).any()
    assert not creases(values()).any()


def test_every_group_has_an_expression_that_draws_it():
    assert set(DRAWS) == set(GROUPS)
    for group, channel in DRAWS.items():
        deep = activation(values(**{channel: 1.0}))
        assert deep[GROUPS.index(group)] > 0.3, group
        half = activation(values(**{channel: 0.5}))
        assert 0 < half[GROUPS.index(group)] < deep[GROUPS.index(group)], group


def test_folds_of_one_side_leave_the_other_smooth():
    deep = activation(values(browOuterUpLeft=1, mouthSmileLeft=1, noseSneerLeft=1, cheekSquintLeft=1, mouthFrownLeft=1))
    for group in GROUPS:
        if group.endswith("_left"):
            assert deep[GROUPS.index(group)] > 0.3 and deep[GROUPS.index(group.replace("left", "right"))] == 0, group


def test_activation_takes_motion_and_stays_in_range():
    motion = np.random.default_rng(1).uniform(-0.5, 2.0, (20, len(CHANNELS))).astype(np.float32)
    deep = activation(motion)
    assert deep.shape == (20, len(GROUPS)) and deep.min() >= 0 and deep.max() <= 1
    assert np.allclose(deep[7], activation(motion[7]), atol=1e-6)  # the sums' order differs


def test_values_of_another_length_are_refused():
    with pytest.raises(InvalidInput, match=r"must be \[\.\.\., 63\], got \[52\]"):
        activation(np.zeros(52, np.float32))


def test_masks_lie_on_the_skin_and_mirror():
    head, found = ada.load(), masks()
    assert found.min() >= 0 and found.max() <= 1 and not found[head.span("eye_left")].any()
    x = head.vertices[:, 0]
    for k, group in enumerate(GROUPS):
        assert (found[:, k] > 0.9).sum() >= 12, group
        middle = (x * found[:, k]).sum() / found[:, k].sum()
        assert (middle > 0.005) == group.endswith("_left") and (middle < -0.005) == group.endswith("_right"), group


def test_a_fold_shows_at_its_own_layer_and_place(creases):
    for group, channel in DRAWS.items():
        layer, mask = LAYER_OF[GROUPS.index(group)], look.load().blend @ masks()[:, GROUPS.index(group)]
        found = creases(values(**{channel: 1.0}))
        assert found[mask > 0.9, layer].min() > 0.3, group
        assert not found[(look.load().blend @ masks()).max(1) == 0].any()


def test_forehead_and_glabella_show_together(creases):
    point = np.argmin(np.abs(1000 * (look.load().blend @ ada.load().vertices) - [0, 30, 30]).sum(1))
    found = creases(values(browInnerUp=1, browDownLeft=1, browDownRight=1))[point]
    assert found.min() > 0.3


def test_an_old_face_has_furrows_at_rest_where_expressions_draw_them(creases):
    rest = creases.at_rest()
    everything = np.maximum(*(creases(values(**dict.fromkeys(DRAWS.values(), 1.0))), creases(values(browDownRight=1.0))))
    assert rest.max() > 0.6 and not rest[(everything == 0).all(1)].any()


def test_pressed_lips_pale_and_a_smile_flushes_the_cheeks():
    assert wrinkles.blood_flow(values()) == (0.0, 0.0)
    pale, flushed = wrinkles.blood_flow(values(mouthPressLeft=1, mouthPressRight=1))
    assert pale > 0.5 and flushed == 0
    pale, flushed = wrinkles.blood_flow(values(mouthSmileLeft=1, mouthSmileRight=1))
    assert pale == 0 and flushed > 0.4


def test_layers_are_two():
    assert set(LAYER_OF) == set(range(wrinkles.LAYERS))
