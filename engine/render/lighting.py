"""Where the light comes from."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.project.stage import Lighting
from engine.render.camera import Camera

LIGHT_FROM = np.array([[-0.62, 0.62, 0.80], [0.85, 0.10, 0.70], [0.80, 0.42, -0.72]], np.float32)  # key, fill, rim
CATCH_FROM = (-0.40, 0.46, 0.80)  # in the view: the light that is mirrored in the eyes


def about_vertical(angle_rad: float) -> NDArray[np.float32]:
    """The rotation by an angle about the vertical, float32 [3, 3]; positive takes the front to the character's left."""
    s, c = math.sin(angle_rad), math.cos(angle_rad)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)


def light_directions(camera: Camera, lighting: Lighting | None = None) -> NDArray[np.float32]:
    """Unit directions to the three lights, float32 [3, 3], for a camera."""
    lighting = lighting or Lighting()
    spun = LIGHT_FROM @ about_vertical(lighting.follows * camera.yaw_rad + math.radians(lighting.turn)).T
    out: NDArray[np.float32] = spun / np.linalg.norm(spun, axis=1, keepdims=True)
    return out
