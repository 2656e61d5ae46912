"""Calming without lag, and with little."""

from __future__ import annotations

import numpy as np

from engine.avatars.tracking.smooth import OneEuro, over_blinks, smooth
from engine.core.channels import CHANNELS, INDEX

RATE = 30.0
BROW, BLINK = INDEX["browInnerUp"], INDEX["eyeBlinkLeft"]


def _noisy(clean: np.ndarray, seed: int = 3) -> np.ndarray:
    return clean + 0.02 * np.random.default_rng(seed).normal(size=clean.shape)


def _wave(frames: int = 150, hz: float = 0.8) -> np.ndarray:
    out = np.zeros((frames, len(CHANNELS)))
    out[:] = (0.4 + 0.3 * np.sin(2 * np.pi * hz * np.arange(frames) / RATE))[:, None]
    return out


def test_less_noise_and_no_lag() -> None:
    clean = _wave()
    noisy = _noisy(clean)
    calm = smooth(noisy, np.ones(150), RATE)
    assert np.abs(calm - clean)[:, BROW].std() < 0.75 * np.abs(noisy - clean)[:, BROW].std()
    at = [np.corrcoef(np.roll(calm[:, BROW], -lag)[10:-10], clean[10:-10, BROW])[0, 1] for lag in (-1, 0, 1)]
    assert int(np.argmax(at)) == 1


def test_a_blink_of_three_frames_stays_as_deep() -> None:
    clean = np.zeros((90, len(CHANNELS)))
    clean[40:43, BLINK] = 1.0
    calm = smooth(_noisy(clean), np.ones(90), RATE)
    assert calm[40:43, BLINK].min() > 0.9
    assert np.abs(calm[:38, BLINK]).max() < 0.1


def test_frames_that_were_not_seen_are_filled() -> None:
    clean = _wave(60, 0.2)
    seen = np.ones(60)
    seen[20:25] = 0.0
    broken = clean.copy()
    broken[20:25] = np.nan
    calm = smooth(broken, seen, RATE)
    np.testing.assert_allclose(calm[20:25], clean[20:25], atol=0.03)


def test_none_leaves_all_as_it_is() -> None:
    noisy = _noisy(_wave())
    np.testing.assert_allclose(smooth(noisy, np.ones(150), RATE, 0.0), noisy, atol=1e-6)


def test_live_holds_still_what_stands_still_and_follows_what_moves() -> None:
    calm = OneEuro()
    still = np.array([calm(row, i / RATE) for i, row in enumerate(_noisy(np.full((90, len(CHANNELS)), 0.3)))])
    assert still[30:, BROW].std() < 0.6 * 0.02
    calm.reset()
    step = np.zeros((40, len(CHANNELS)))
    step[20:] = 0.8
    followed = np.array([calm(row, i / RATE) for i, row in enumerate(step)])
    jaw = INDEX["jawOpen"]
    assert followed[22, jaw] > 0.8 * 0.7  # within 100 ms
    assert followed[19, jaw] == 0.0


def test_brows_do_not_fall_with_the_lids_of_a_blink() -> None:
    values = np.zeros((50, len(CHANNELS)))
    brow = INDEX["browInnerUp"]
    values[:, brow] = np.linspace(0.2, 0.7, 50)
    wanted = values[:, brow].copy()
    values[20:23, [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]] = 0.9
    values[19:24, brow] -= 0.2
    values[22, INDEX["jawOpen"]] = 0.5
    got = over_blinks(values, np.arange(50) / 25)
    np.testing.assert_allclose(got[:, brow], wanted, atol=1e-9)
    assert got[22, INDEX["jawOpen"]] == 0.5 and got[21, INDEX["eyeBlinkLeft"]] == 0.9
    # Eyes that stay shut do not hide what brows do meanwhile.
    values[10:40, [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]] = 0.9
    np.testing.assert_array_equal(over_blinks(values, np.arange(50) / 25), values)
