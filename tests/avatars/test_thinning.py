"""Captured motion as a layer: the error that is kept, regions, and what is too long for keys."""

from fractions import Fraction

import numpy as np
import pytest

from engine.avatars import thinning
from engine.avatars.thinning import TooManyKeys, allowed, channels_of, regions_of, thinned
from engine.core.channels import CHANNELS, INDEX, REGIONS, limits
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip
from engine.head import ada


def moving(frames: int = 150) -> MotionClip:
    """Every channel on a way of its own inside its limits."""
    rng = np.random.default_rng(7)
    t = np.arange(frames)[:, None] / 25.0
    low, high = np.array([limits(name) for name in CHANNELS]).T
    share = 0.5 + 0.25 * np.sin(2 * np.pi * t * rng.uniform(0.3, 3.0, 63)) + 0.05 * rng.standard_normal((frames, 63))
    return MotionClip(np.clip(low + share * (high - low), low, high).astype(np.float32), Fraction(25))


def test_every_channel_keeps_to_its_error():
    clip = moving()
    found = thinned(clip, 0.5, "clip")
    assert set(found.layer.curves) == set(channels_of(tuple(REGIONS))) and "breath" not in found.layer.curves and "tongueOut" not in found.layer.curves
    worst = {n: float(np.abs(c.evaluate(clip.times_s + 0.5) - clip.channel(n)).max()) for n, c in found.layer.curves.items()}
    assert all(error <= allowed(name, 0.01) + 1e-6 for name, error in worst.items())
    # What moves the skin little may be off by more, but no part of it by more than 0.3 mm for 0.01.
    assert (
        allowed("jawOpen", 0.01) == pytest.approx(0.007) and allowed("headPosX", 0.01) == pytest.approx(0.4) and allowed("headPosZ", 0.01) == pytest.approx(2.0)
    )
    head = ada.load()
    for name in ("mouthSmileLeft", "mouthRollLower", "browInnerUp", "eyeBlinkLeft"):
        travel = np.linalg.norm(head.units[head.unit_names.index(name), head.span("skin")], axis=-1).max()
        assert 0.01 < allowed(name, 0.01) <= 0.06 and allowed(name, 0.01) * travel < 0.00031, name
    assert (found.layer.mode, found.layer.start_s, found.layer.end_s, found.layer.source) == ("override", 0.5, 6.5, "clip")
    assert found.keys == sum(len(c.keys) for c in found.layer.curves.values()) < 57 * len(clip)


def test_a_blink_of_two_pictures_does_not_swing_beyond_shut():
    values = np.zeros((60, 63), np.float32)
    for name in ("eyeBlinkLeft", "eyeBlinkRight"):
        values[10:13, INDEX[name]] = 0.6, 1.0, 1.0
        values[30:33, INDEX[name]] = 1.0, 1.0, 0.78
    clip = MotionClip(values, Fraction(25))
    curve = thinned(clip, 0.0, "clip").layer.curves["eyeBlinkLeft"]
    fine = curve.evaluate(np.linspace(0.0, 2.36, 1000))
    error = allowed("eyeBlinkLeft", 0.01)
    assert fine.max() <= 1.0 + error + 1e-6 and fine.min() >= -error - 1e-6
    assert np.abs(curve.evaluate(clip.times_s) - clip.channel("eyeBlinkLeft")).max() <= error + 1e-6
    assert len(curve.keys) < 25


def test_regions_choose_channels():
    layer = thinned(moving(), 0.0, "clip", regions_of(["Brows", "head"])).layer
    assert {n[:4] for n in layer.curves} == {"brow", "head"}
    assert regions_of(["nose"]) == ("cheeks and nose",) and regions_of([]) == regions_of(["all"]) == tuple(REGIONS)
    with pytest.raises(InvalidInput, match="no region 'ears'"):
        regions_of(["ears"])


def test_what_comes_before_the_line_is_left_out():
    clip = moving()
    curve = thinned(clip, -0.05, "clip").layer.curves["jawOpen"]  # its second frame comes 10 ms too early, its third is the first that plays
    assert curve.times_s[0] == pytest.approx(0.03)
    assert float(curve.evaluate(np.array([0.03]))[0]) == pytest.approx(float(clip.values[2, INDEX["jawOpen"]]), abs=0.006)
    with pytest.raises(InvalidInput, match="nothing of clip plays"):
        thinned(clip, -6.0, "clip")


def test_too_many_keys_loosen_the_error_and_then_say_so(monkeypatch: pytest.MonkeyPatch):
    exact = thinned(moving(), 0.0, "clip")
    monkeypatch.setattr(thinning, "MOST_KEYS", exact.keys - 1)
    looser = thinned(moving(), 0.0, "clip")
    assert looser.tolerance == 0.02 and looser.keys < exact.keys and looser.notices == ("thinned to keys with errors up to 0.02, for its length",)
    monkeypatch.setattr(thinning, "MOST_KEYS", 60)
    with pytest.raises(TooManyKeys, match="more than 60 keys"):
        thinned(moving(), 0.0, "clip")
