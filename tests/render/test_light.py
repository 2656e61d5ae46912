"""Surroundings, lamps, and how light becomes what the shaders are given."""

import math

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.project.stage import LIGHTS, TONES, Lighting
from engine.render import lighting, surroundings
from engine.render.camera import Camera
from engine.render.lighting import LightUniforms, about_vertical, lamps, light_directions, turned
from engine.render.shading import harmonics
from engine.render.shadow import around
from engine.render.surroundings import PRESETS, SHARP_PX, SOFT_PX, Lamp


def folded(at: np.ndarray) -> np.ndarray:
    """As `unfolded` in light.glsl does it: directions [D, 3] to places 0 to 1, [D, 2]."""
    d = at / np.abs(at).sum(1, keepdims=True)
    way = np.where(d[:, [0, 2]] < 0, -1.0, 1.0)
    return 0.5 + 0.5 * (d[:, [0, 2]] + way * np.maximum(-d[:, 1:2], 0))


def test_every_light_of_the_stage_has_surroundings_and_every_tone_a_curve():
    assert set(PRESETS) == set(LIGHTS)
    for tone in TONES:
        assert LightUniforms(Lighting(tone=tone), 0.0).of(np.eye(3, dtype=np.float32))["graded"]
    with pytest.raises(InvalidInput, match="use one of studio"):
        surroundings.preset("moon")


def test_the_map_is_laid_out_as_the_shader_looks_it_up():
    side = 33
    directions = surroundings.unfolded(side).reshape(-1, 3)
    columns, rows = np.meshgrid(np.arange(side), np.arange(side))
    inner = ((columns > 0) & (columns < side - 1) & (rows > 0) & (rows < side - 1)).ravel()
    wanted = np.stack([columns.ravel(), rows.ravel()], -1) / (side - 1)
    assert np.abs(folded(directions) - wanted)[inner].max() < 1e-5


@pytest.mark.parametrize("name", LIGHTS)
def test_ambient_light_is_what_the_surroundings_send(name):
    rng = np.random.default_rng(3)
    normals = rng.standard_normal((20, 3)).astype(np.float32)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    directions = surroundings.sphere(4000)
    weight = np.maximum(normals @ directions.T, 0)
    exact = weight @ surroundings.radiance(name, directions) / weight.sum(1, keepdims=True)
    found = harmonics(normals) @ surroundings.ambient(name)
    assert np.abs(found - exact).max() < (0.15 if name in ("night", "stage") else 0.06) * exact.max(), "small bright lights are smoothed"


def test_turning_the_light_turns_its_ambient_light():
    rng = np.random.default_rng(4)
    coefficients = rng.standard_normal((9, 3)).astype(np.float32)
    normal = np.array([[0.6, 0.48, 0.64]], np.float32)
    there = normal @ about_vertical(0.7).T
    assert harmonics(there) @ turned(coefficients, 0.7) == pytest.approx(harmonics(normal) @ coefficients, abs=1e-4)


def test_factors_warmth_and_softness_reach_the_lamps():
    usual = lamps(Lighting())
    assert np.allclose(lamps(Lighting(key=0.5))[0].light, 0.5 * np.array(usual[0].light))
    assert np.allclose(lamps(Lighting(key=0.5))[1].light, usual[1].light)
    warm = np.array(lamps(Lighting(warmth=1.0))[0].light) / np.array(usual[0].light)
    assert warm[0] > 1.1 > 0.9 > warm[2]
    assert lamps(Lighting(softness=0.0))[0].radius < 0.1 * usual[0].radius < lamps(Lighting(softness=1.0))[0].radius


def test_the_light_follows_the_camera_as_far_as_it_is_told_to():
    side = Camera(yaw_rad=1.0)
    fixed, whole = (light_directions(side, Lighting(follows=share)) for share in (0.0, 1.0))
    assert fixed == pytest.approx(light_directions(Camera()), abs=1e-6)
    assert whole == pytest.approx(light_directions(Camera()) @ about_vertical(1.0).T, abs=1e-6)
    assert light_directions(Camera(), Lighting(turn=math.degrees(1.0))) == pytest.approx(whole, abs=1e-6)


def test_lamps_are_mirrored_where_they_stand():
    lamp = Lamp((0.3, 0.5, 0.8), (2.0, 1.0, 0.5), 0.2)
    towards = np.array([lamp.towards]) / np.linalg.norm(lamp.towards)
    dark, lit = (surroundings.atlas("night", lit, 1.0)[:, :SHARP_PX].astype(int) for lit in ((), (lamp,)))
    gained = (lit - dark).sum(-1)
    row, column = np.unravel_index(np.argmax(gained), gained.shape)
    at = np.array([column, row]) / (SHARP_PX - 1)
    seen = surroundings.unfolded(SHARP_PX)[row, column]
    assert np.abs(at - folded(towards)[0]).max() < 0.12 and seen @ towards[0] > math.cos(0.25)
    assert gained[seen @ towards[0] < 0].max(initial=0) == 0 if np.ndim(seen @ towards[0]) else True


def test_rougher_maps_are_blurrier_and_as_bright():
    sharp, soft = surroundings.maps("window")
    assert soft.shape == (4, SOFT_PX, SOFT_PX, 3)
    spread = [part.std() for part in soft]
    assert spread == sorted(spread, reverse=True) and sharp.std() > spread[0]
    assert all(abs(part.mean() / sharp.mean() - 1) < 0.25 for part in soft)


def test_a_place_on_the_lamp_is_within_its_radius():
    towards = np.array([0.0, 0.6, 0.8], np.float32)
    away = around(towards, (0.0, 1.0), 0.3)
    assert math.acos(float(away @ towards)) == pytest.approx(0.3, abs=1e-5)
    assert around(towards, (0.0, 0.0), 0.3) == pytest.approx(towards)


def test_the_usual_light_looks_as_it_did_before_it_could_be_changed():
    key, fill, rim = lamps(Lighting())
    assert key.light == pytest.approx((2.30, 2.10, 1.88)) and fill.light == pytest.approx((0.34, 0.38, 0.43)) and rim.light == pytest.approx((0.95, 0.99, 1.08))
    up, down = harmonics(np.array([[0.0, 1.0, 0.0], [0.0, -1.0, 0.0]])) @ surroundings.ambient("studio")
    assert up == pytest.approx((0.36, 0.38, 0.41), abs=0.04) and down == pytest.approx((0.20, 0.17, 0.155), abs=0.04)
    assert lighting.graded(Lighting())["exposure"] == pytest.approx(0.52)
