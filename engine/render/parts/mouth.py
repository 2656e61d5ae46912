"""What is seen through the lips: the inside of the mouth, tongue, teeth and gums."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.render.actor import Actor
from engine.render.frame import Frame, Pose
from engine.render.levels import Level
from engine.render.parts.base import BodyPart, Common, Shared

_VERTEX, _FLESH, _TEETH = "mouth_light.glsl+mouth.vert", "mouth_flesh.glsl+mouth.frag", "mouth_flesh.glsl+teeth.frag"
WALL, TONGUE, GUM, ENAMEL = (0.42, 0.150, 0.128), (0.41, 0.150, 0.132), (0.52, 0.305, 0.275), (0.64, 0.56, 0.44)  # linear
_CORNERS = 12
_LIP_MM = -1.0  # from the lips' inner edge back to what the light has to pass
_WALLS_MM2 = 2600.0  # surface that light in the mouth may meet


class Mouth(BodyPart):
    """Drawn only while the lips let one look in."""

    materials = ("mouth", "tongue", "gums", "teeth")

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._flesh, self._teeth = shared.program(_FLESH, _VERTEX), shared.program(_TEETH, _VERTEX)

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing."""
        return None

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        if not frame.pose.parted:
            return
        self.shared.body.bind()
        opening = opening_of(frame.pose)
        common.use(self._flesh, flesh=WALL, kind=0.0, **opening)
        gl.glDisable(gl.GL_CULL_FACE)
        self._triangles["mouth"].draw()
        self._flesh.use(flesh=GUM, kind=2.0)
        self._triangles["gums"].draw()
        common.use(self._teeth, enamel=ENAMEL, **opening)
        self._triangles["teeth"].draw()
        gl.glEnable(gl.GL_CULL_FACE)
        self._flesh.use(flesh=TONGUE, kind=1.0)
        self._triangles["tongue"].draw()


def opening_of(pose: Pose) -> dict[str, Any]:
    """Uniforms of mouth_light.glsl and mouth_flesh.glsl: the opening between the lips, in the character's own space."""
    upper, lower = pose.lips
    columns = np.linspace(0, len(upper) - 1, _CORNERS // 2 + 1).round().astype(int)
    ring = np.concatenate([lower[columns[:-1]], upper[columns[:0:-1]]])  # counter-clockwise as seen from inside, from the right corner
    ring = ring - np.array([0.0, 0.0, _LIP_MM], np.float32)
    middle = ring.mean(0)
    high, low = float((upper[:, 1] - middle[1]).max()), float((middle[1] - lower[:, 1]).max())
    wide = 0.5 * float(np.ptp(ring[:, 0]))
    area = 0.7 * 2 * wide * max(high + low, 0.0)
    return {
        "head_at": pose.offset,
        "opening": pose.from_head(ring.astype(np.float32)),
        "opening_at": pose.from_head(middle[None].astype(np.float32))[0],
        "opening_out": pose.head[:, 2],
        "opening_across": pose.head[:, 0],
        "opening_size": _metres(wide, high, low),
        "out_of_mouth": pose.head[:, 2],
        "bounce": 1.7 * area / (area + _WALLS_MM2),
    }


def _metres(*lengths_mm: float) -> NDArray[np.float32]:
    return np.array([max(length, 0.3) / 1000 for length in lengths_mm], np.float32)
