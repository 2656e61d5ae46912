"""Passes and their mean; colour and alpha from two grounds."""

import numpy as np
import pytest

from engine.render.gathering import Gathering, straight_alpha, straight_alpha_of_light, to_bytes
from engine.render.sampling import CENTRE, halton, on_disc, passes


def test_the_mean_of_one_picture_is_that_picture():
    pixels = np.random.default_rng(1).integers(0, 256, (7, 9, 4), np.uint8)
    gathering = Gathering((9, 7))
    for _ in range(3):
        gathering.add(pixels)
    assert np.abs(to_bytes(gathering.light()).astype(int) - pixels[..., :3]).max() <= 1


def test_black_and_white_meet_in_linear_light():
    gathering = Gathering((1, 1))
    gathering.add(np.zeros((1, 1, 4), np.uint8))
    gathering.add(np.full((1, 1, 4), 255, np.uint8))
    assert to_bytes(gathering.light())[0, 0].tolist() == [188, 188, 188]


def test_alpha_and_colour_give_both_grounds_again():
    rng = np.random.default_rng(2)
    colour, alpha = rng.uniform(0, 255, (20, 20, 3)), rng.uniform(0, 1, (20, 20, 1))
    alpha[:3], alpha[-3:] = 0, 1
    grounds = [np.round(colour * alpha + ground * (1 - alpha)).astype(np.uint8) for ground in (0, 255)]
    made = straight_alpha(*grounds).astype(float)
    for ground, wanted in zip((0, 255), grounds, strict=True):
        again = made[..., :3] * made[..., 3:] / 255 + ground * (1 - made[..., 3:] / 255)
        assert np.abs(again - wanted).max() <= 2
    assert (made[:3, :, 3] == 0).all() and (made[-3:, :, 3] == 255).all()


def test_alpha_of_light_is_how_much_is_covered():
    half = np.full((2, 2, 3), 0.25, np.float32)  # a surface of 0.5 that covers half of a pixel
    made = straight_alpha_of_light(half, half + 0.5)
    assert made[0, 0].tolist() == [188, 188, 188, 128]


@pytest.mark.parametrize("count", [8, 32])
def test_passes_are_even_and_always_the_same(count):
    made = passes(count)
    assert len(made) == count and made == passes(count)
    pixel = np.array([p.pixel for p in made])
    assert np.abs(pixel.sum(0)).max() < 1e-9 and np.abs(pixel).max() < 1.3
    for name in ("lens", "lamp"):
        places = np.array([getattr(p, name) for p in made])
        assert np.hypot(*places.T).max() <= 1 and np.abs(places.mean(0)).max() < 0.25
        assert np.hypot(*places.T).mean() == pytest.approx(2 / 3, abs=0.04), "as many as the area of the ring"


def test_one_pass_is_the_middle():
    assert passes(1) == (CENTRE,)
    assert [halton(k, 2) for k in (1, 2, 3)] == [0.5, 0.25, 0.75]
    assert on_disc(0.0, 0.3) == (0.0, 0.0)
