"""Squares out of pictures: sampled where they should be, and points brought back."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

from engine.avatars.tracking.crops import Crop, around, check_picture, sample, thinned
from engine.core.errors import InvalidInput


@pytest.fixture(scope="module")
def soft() -> NDArray[np.uint8]:
    """A picture without hard edges, [200, 300, 3]."""
    noise = np.random.default_rng(1).normal(128, 1500, (200, 300, 3))
    return np.clip(gaussian_filter(noise, (8, 8, 0)), 0, 255).astype(np.uint8)


def _exact(picture: NDArray[np.uint8], crop: Crop, side: int) -> NDArray[np.float64]:
    middles = (np.arange(side) + 0.5) / side
    places = crop.to_picture(np.stack(np.meshgrid(middles, middles), -1).astype(np.float32)) - 0.5
    planes = [map_coordinates(picture[..., c].astype(float), [places[..., 1], places[..., 0]], order=1, mode="nearest") for c in range(3)]
    return np.stack(planes, 2)


@pytest.mark.parametrize("crop", [Crop(150, 100, 120, 0.4), Crop(10, 190, 90, -2.0), Crop(150, 100, 64), Crop(140, 90, 150, 3.1)])
def test_sampling_is_bilinear_with_the_edge_beyond_the_edge(soft: NDArray[np.uint8], crop: Crop) -> None:
    """Within what 1/64 of a pixel makes in a picture as soft as this."""
    assert np.abs(sample(soft, crop, 64) - _exact(soft, crop, 64)).max() < 1.0


@pytest.mark.parametrize("size", [190.0, 400.0, 900.0])
def test_large_squares_are_made_smaller_in_place(size: float) -> None:
    """The middle of a light spot stays where it is, however many pixels go into one."""
    y, x = np.mgrid[0:900, 0:1200]
    picture = np.repeat((255 * np.exp(-((x - 640.3) ** 2 + (y - 420.8) ** 2) / (2 * (size / 12) ** 2)))[..., None], 3, 2).astype(np.uint8)
    crop = Crop(620.0, 450.0, size, 0.3)
    out = sample(picture, crop, 32)[..., 0]
    rows, columns = np.mgrid[0:32, 0:32] + 0.5
    middle = np.array([[(out * columns).sum(), (out * rows).sum()]], np.float32) / out.sum() / 32
    # A fifth of the result's pixel.
    assert np.hypot(*(crop.to_picture(middle)[0] - (640.8, 421.3))) < size / 32 / 5


def test_points_go_there_and_back() -> None:
    crop = Crop(33.0, 71.0, 120.0, 2.2)
    points = np.random.default_rng(0).uniform(-1, 2, (50, 2)).astype(np.float32)
    assert np.allclose(crop.from_picture(crop.to_picture(points)), points, atol=1e-5)
    assert crop.to_picture(np.array([[0.5, 0.5, 0.25]], np.float32)).tolist() == [[33.0, 71.0, 30.0]]


def test_square_around_points_holds_them_however_it_is_turned() -> None:
    points = np.random.default_rng(2).normal(100, (30, 10), (200, 2)).astype(np.float32)
    for angle in (0.0, 0.7, -2.5):
        inside = around(points, angle, 1.0).from_picture(points)
        assert inside.min() > -1e-4 and inside.max() < 1 + 1e-4
        assert np.isclose(np.ptp(inside, axis=0).max(), 1.0, atol=1e-4)


def test_distance_counts_place_size_and_turn() -> None:
    one = Crop(0, 0, 100, 3.1)
    assert one.distance(Crop(10, 0, 100, 3.1)) == pytest.approx(0.1)
    assert one.distance(Crop(0, 0, 130, 3.1)) == pytest.approx(0.3)
    assert one.distance(Crop(0, 0, 100, -3.1)) == pytest.approx(2 * np.pi - 6.2)


def test_thinning_keeps_the_near_edge() -> None:
    picture = np.arange(100 * 70, dtype=np.int64).reshape(70, 100, 1).astype(np.uint8).repeat(3, 2)
    few, step = thinned(picture, 12.0)
    assert step == 4 and few.shape == (17, 25, 3) and (few[0, 0] == picture[2, 2]).all()
    assert thinned(picture, 2.0)[1] == 1


@pytest.mark.parametrize(
    "bad", [np.zeros((20, 20), np.uint8), np.zeros((20, 20, 4), np.uint8), np.zeros((20, 20, 3), np.float32), np.zeros((8, 20, 3), np.uint8)]
)
def test_what_is_no_picture_is_refused(bad: NDArray[np.uint8]) -> None:
    with pytest.raises(InvalidInput, match=r"a picture must be uint8 \[H, W, 3\]"):
        check_picture(bad)
