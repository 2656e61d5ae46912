"""Motion as bytes and back, and bytes that are none."""

from fractions import Fraction

import numpy as np
import pytest

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip, pack_motion, unpack_motion


@pytest.fixture
def clip() -> MotionClip:
    random = np.random.default_rng(3)
    values = np.cumsum(random.normal(0, 0.01, (301, len(CHANNELS))), 0).astype(np.float32)
    values[:, 5] = 0.0
    return MotionClip(values, Fraction(30000, 1001))


def test_there_and_back_is_the_same_to_the_bit(clip) -> None:
    data = pack_motion(clip)
    back = unpack_motion(data)
    assert np.array_equal(back.values, clip.values) and back.rate == clip.rate and back.names == clip.names
    assert pack_motion(back) == data and len(data) < 0.9 * clip.values.nbytes


def test_channels_of_another_rig_keep_their_names() -> None:
    clip = MotionClip(np.ones((1, 2), np.float32), Fraction(25), ("jawOpen", "earLeft"))
    assert unpack_motion(pack_motion(clip)).names == ("jawOpen", "earLeft")


@pytest.mark.parametrize("cut", [0, 3, 8, 20, 500, -1])
def test_cut_bytes_are_refused(clip, cut) -> None:
    with pytest.raises(InvalidInput, match="make the take again"):
        unpack_motion(pack_motion(clip)[:cut])


def test_bytes_that_lie_about_their_size_or_hold_no_numbers_are_refused(clip) -> None:
    data = pack_motion(clip)
    for wrong in (data.replace(b'"frames": 301', b'"frames": 300'), data.replace(b'"frames": 301', b'"frames": 999'), b"PK\x03\x04" + data[4:]):
        with pytest.raises(InvalidInput):
            unpack_motion(wrong)
    values = clip.values.copy()
    values[7, 7] = np.nan
    with pytest.raises(InvalidInput):
        unpack_motion(pack_motion(MotionClip(values, clip.rate)))
