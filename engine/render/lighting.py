"""The light of a stage as what light.glsl is given: lamps, surroundings, and how light becomes a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.project.stage import Lighting
from engine.render import surroundings
from engine.render.camera import Camera
from engine.render.shading import harmonics
from engine.render.surroundings import Lamp

CATCH_FROM = (-0.40, 0.46, 0.80)  # in the view: the light that is mirrored in the eyes
BASE_EXPOSURE = 0.52
# A rational curve x (a x + b) / (x (c x + d) + e), and contrast and saturation on top of it.
_CURVES: dict[str, tuple[tuple[float, float, float, float, float], float, float]] = {
    "filmic": ((2.51, 0.03, 2.43, 0.59, 0.14), 0.0, 1.0),
    "neutral": ((0.11, 1.30, 0.0, 1.05, 0.98), 0.0, 1.04),
    "punchy": ((2.70, 0.02, 2.55, 0.56, 0.15), 0.35, 1.16),
}
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_PROBES = surroundings.sphere(40)


def about_vertical(angle_rad: float) -> NDArray[np.float32]:
    """The rotation by an angle about the vertical, float32 [3, 3]; positive takes the front to the character's left."""
    s, c = math.sin(angle_rad), math.cos(angle_rad)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)


def light_turn(camera: Camera, lighting: Lighting) -> float:
    """By how much all of the light is turned about the vertical, radians."""
    return lighting.follows * camera.yaw_rad + math.radians(lighting.turn)


@lru_cache(maxsize=64)
def lamps(lighting: Lighting) -> tuple[Lamp, Lamp, Lamp]:
    """Key, fill and rim lamp with the factors applied, not turned."""
    found = surroundings.preset(lighting.preset)
    tint = np.array([1 + 0.30 * lighting.warmth, 1.0, 1 - 0.38 * lighting.warmth])
    tint /= tint @ _LUMA
    out = []
    for lamp, factor in ((found.key, lighting.key), (found.fill, lighting.fill), (found.rim, lighting.rim)):
        out.append(surroundings.resized(lamp, tuple(float(x) for x in factor * tint * lamp.light), lighting.softness))  # type: ignore[arg-type]
    return out[0], out[1], out[2]


def light_directions(camera: Camera, lighting: Lighting | None = None) -> NDArray[np.float32]:
    """Unit directions to the three lamps in the scene, float32 [3, 3], for a camera."""
    lighting = lighting or Lighting()
    spun = np.array([lamp.towards for lamp in lamps(lighting)], np.float32) @ about_vertical(light_turn(camera, lighting)).T
    out: NDArray[np.float32] = spun / np.linalg.norm(spun, axis=1, keepdims=True)
    return out


@lru_cache(maxsize=8)
def atlas(lighting: Lighting) -> NDArray[np.uint16]:
    """What is mirrored, not turned, uint16 [H, W, 3] (`surroundings.atlas`)."""
    return surroundings.atlas(lighting.preset, lamps(lighting), lighting.surroundings)


def mirror_key(lighting: Lighting) -> tuple[Any, ...]:
    """What the atlas depends on."""
    return (lighting.preset, lighting.key, lighting.fill, lighting.rim, lighting.surroundings, lighting.softness, lighting.warmth)


@dataclass(frozen=True, eq=False)
class LightUniforms:
    """What all shaders are given of the light, in one character's own space.

    Args:
        lighting: of the stage.
        turn_rad: by how much the light is turned against the character.
    """

    lighting: Lighting
    turn_rad: float

    def of(self, directions: NDArray[np.float32]) -> dict[str, Any]:
        """Uniforms of light.glsl but for its textures.

        Args:
            directions: to key, fill and rim lamp in the character's own space, float32 [3, 3].
        """
        key, fill, rim = lamps(self.lighting)
        return {
            "key_from": directions[0],
            "fill_from": directions[1],
            "rim_from": directions[2],
            "key_light": key.light,
            "fill_light": fill.light,
            "rim_light": rim.light,
            "lamp_sizes": (key.radius, fill.radius, rim.radius),
            "around": turned(surroundings.ambient(self.lighting.preset), self.turn_rad) * self.lighting.surroundings,
            "around_turn": (math.cos(self.turn_rad), math.sin(self.turn_rad)),
            **graded(self.lighting),
        }


def turned(coefficients: NDArray[np.float32], angle_rad: float) -> NDArray[np.float32]:
    """Coefficients [9, 3] of `shading.harmonics`, turned about the vertical."""
    if not angle_rad:
        return coefficients
    now = harmonics(_PROBES @ about_vertical(angle_rad)) @ coefficients
    found, *_ = np.linalg.lstsq(harmonics(_PROBES), now, rcond=None)
    return found.astype(np.float32)


def graded(lighting: Lighting) -> dict[str, Any]:
    """Uniforms of how light becomes a picture."""
    curve, contrast, saturation = _CURVES[lighting.tone]
    return {
        "exposure": BASE_EXPOSURE * 2.0**lighting.exposure,
        "curve": curve[:4],
        "graded": (curve[4], contrast + 1.6 * (lighting.contrast - 0.5), saturation * 2 * lighting.saturation),
    }
