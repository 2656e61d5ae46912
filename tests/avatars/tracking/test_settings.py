"""How captured motion is played."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from engine.avatars.tracking.settings import CaptureSettings, adjusted, neutral_of
from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip


def _clip(**channels: list[float]) -> MotionClip:
    values = np.zeros((len(next(iter(channels.values()))), len(CHANNELS)), np.float32)
    for name, column in channels.items():
        values[:, INDEX[name]] = column
    return MotionClip(values, Fraction(25))


def test_there_and_back_as_json() -> None:
    settings = CaptureSettings({"jawOpen": 1.5}, {"browInnerUp": (0.1, 0.6)}, {"headRotX": 0.05}, ("brows", "head"), 0.5, False)
    assert CaptureSettings.from_json(settings.to_json()) == settings


@pytest.mark.parametrize("text", ["[]", "{", '{"speed": 1}', '{"gains": {"jawOpen": "x"}}', '{"ranges": {"jawOpen": [1]}}'])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        CaptureSettings.from_json(text)


@pytest.mark.parametrize(
    "wrong",
    [{"gains": {"jaw": 1.0}}, {"gains": {"jawOpen": 9.0}}, {"ranges": {"jawOpen": (0.5, 0.5)}}, {"neutral": {"jawOpen": float("nan")}}, {"regions": ("ears",)}],
)
def test_what_cannot_be_is_refused(wrong: dict) -> None:
    with pytest.raises(InvalidInput):
        CaptureSettings(**wrong)


def test_neutral_then_range_then_gain() -> None:
    raw = _clip(browInnerUp=[0.2, 0.6, 1.0], headRotX=[0.1, 0.2, 0.3])
    settings = CaptureSettings(gains={"headRotX": 2.0, "browInnerUp": 0.5}, ranges={"browInnerUp": (0.0, 0.5)}, neutral={"browInnerUp": 0.2, "headRotX": 0.1})
    got = adjusted(raw, settings)
    np.testing.assert_allclose(got.channel("browInnerUp"), [0.0, 0.5, 1.0], atol=1e-6)
    np.testing.assert_allclose(got.channel("headRotX"), [0.0, 0.2, 0.4], atol=1e-6)
    np.testing.assert_allclose(raw.channel("headRotX"), [0.1, 0.2, 0.3])


def test_no_gain_parts_closed_lips() -> None:
    raw = _clip(jawOpen=[0.2, 0.2], mouthClose=[0.2, 0.05])
    got = adjusted(raw, CaptureSettings(gains={"jawOpen": 2.0}))
    np.testing.assert_allclose(got.channel("mouthClose"), [0.4, 0.05], atol=1e-6)


def test_regions_that_are_not_captured_stay_at_rest() -> None:
    got = adjusted(_clip(jawOpen=[0.2], browInnerUp=[0.3]), CaptureSettings(regions=("brows",)))
    assert got.channel("jawOpen")[0] == 0.0
    assert got.channel("browInnerUp")[0] == pytest.approx(0.3)


def test_a_frame_at_rest_becomes_rest() -> None:
    raw = _clip(browDownLeft=[0.1] * 10 + [0.6] * 10, headRotY=[0.2] * 20)
    settings = CaptureSettings(neutral=neutral_of(raw, 0.2))
    got = adjusted(raw, settings)
    assert got.channel("browDownLeft")[5] == pytest.approx(0.0, abs=1e-3)
    assert got.channel("browDownLeft")[15] == pytest.approx(0.5 / 0.9, abs=1e-3)
    assert got.channel("headRotY")[5] == pytest.approx(0.0, abs=1e-3)
    with pytest.raises(InvalidInput, match="no frame"):
        neutral_of(raw, 9.0)
