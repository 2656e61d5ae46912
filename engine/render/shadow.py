"""The key lamp's shadow map: how far its light gets past hair, clothes, noses and other characters."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.render.actor import Prepared
from engine.render.gl import DepthTarget

LIFT_M = 0.0012  # off the surface, so that it does not shadow itself
BIAS_M = 0.0016
_DEPTH_M = 1.2  # half of what the map covers along the light
_LEAST_M, _MOST_M = 0.16, 1.6  # half of what it covers across
_BLUR_AT_M = 0.035  # how far from what throws it the fixed blur of one pass is right
_STRIDE = 23  # every so many vertices tell how large a head is


def _cross(towards: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    up = np.array([0.0, 1.0, 0.0] if abs(towards[1]) < 0.95 else [0.0, 0.0, 1.0], np.float32)
    side = np.cross(up, towards)
    side /= np.linalg.norm(side)
    return side.astype(np.float32), np.cross(towards, side).astype(np.float32)


def around(towards: NDArray[np.float32], place: tuple[float, float], radius: float) -> NDArray[np.float32]:
    """A direction on a lamp's disc.

    Args:
        towards: unit direction to its middle.
        place: on a disc of radius 1.
        radius: of the lamp, radians.
    """
    side, up = _cross(towards)
    out = towards + math.tan(min(radius, 1.2)) * (place[0] * side + place[1] * up)
    return np.asarray(out / np.linalg.norm(out), np.float32)


class ShadowMap:
    """A depth map seen from the key lamp; belongs to the current GL context.

    Args:
        side: pixels.

    Raises:
        GLError: the driver cannot make it.
    """

    def __init__(self, side: int) -> None:
        self.side = side
        self._target = DepthTarget(side)
        self._extent_m = 1.0

    def matrix(self, picture: Prepared, towards: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scene to the map's clip space, float32 [4, 4]: all characters are in it."""
        points = np.concatenate([frame.pose.vertices[::_STRIDE] @ member.turned.T + member.at for member, frame in picture.members])
        side, up = _cross(towards)
        turn = np.stack([side, up, towards])
        low, high = (points @ turn.T).min(0), (points @ turn.T).max(0)
        middle = (low + high) / 2
        self._extent_m = float(np.clip(1.06 * ((high - low) / 2)[:2].max() + 0.02, _LEAST_M, _MOST_M))
        scale = np.array([1 / self._extent_m, 1 / self._extent_m, -1 / _DEPTH_M], np.float32)
        out = np.eye(4, dtype=np.float32)
        out[:3, :3] = turn * scale[:, None]
        out[:3, 3] = -middle * scale
        return out

    def begin(self) -> None:
        """Draw into the map from now on."""
        self._target.bind()
        gl.glColorMask(False, False, False, False)
        gl.glClear(gl.GL_DEPTH_BUFFER_BIT)
        gl.glEnable(gl.GL_DEPTH_TEST)
        gl.glDepthMask(True)

    def uniforms(self, matrix: NDArray[np.float32], radius: float, turn: float, unit: int) -> dict[str, Any]:
        """What light.glsl needs to look it up.

        Args:
            matrix: the character's own space to the map's clip space.
            radius: of the lamp as this pass blurs it, radians.
            turn: of the directions it is blurred in, 0 to 1, another one in each pass.
            unit: the texture unit to bind the map to.
        """
        to_texture = np.diag(np.array([0.5, 0.5, 0.5, 1.0], np.float32))
        to_texture[:3, 3] = 0.5, 0.5, 0.5 - 0.5 * BIAS_M / _DEPTH_M
        blur = max(0.5 * math.tan(min(radius, 1.0)) * _BLUR_AT_M / self._extent_m, 0.8 / self.side)
        return {
            "key_map": self._target.bind_texture(unit),
            "key_place": to_texture @ matrix,
            "key_spread": (blur, LIFT_M, turn, (self._extent_m / _DEPTH_M) ** 2),
        }

    @property
    def nbytes(self) -> int:
        """Memory of the map."""
        return self._target.nbytes

    def close(self) -> None:
        """Give the GL resources back."""
        self._target.close()
