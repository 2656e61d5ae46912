"""The eyeballs."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.person import Eyes as EyeLooks
from engine.head import eyeball, look
from engine.head.lids import SIDES, rims
from engine.render.actor import Actor
from engine.render.frame import Frame, Maker, Pose
from engine.render.gl import Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.parts.base import Common, Part, Shared

_IRIS_MM, _PUPIL_MM = (5.0, 6.0), (0.9, 3.3)
_WHITES = np.array([(0.47, 0.47, 0.475), (0.47, 0.41, 0.295)])  # bluish, yellowed; linear


def to_linear(colour: Any) -> NDArray[np.float32]:
    """sRGB 0 to 1 to linear light."""
    c = np.asarray(colour, np.float32)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


def colours(eyes: EyeLooks) -> dict[str, Any]:
    """Uniforms of eye.frag that a person's eyes give."""
    own, inner = to_linear(eyes.colour), to_linear(eyes.inner)
    iris = _IRIS_MM[0] + (_IRIS_MM[1] - _IRIS_MM[0]) * eyes.iris
    pupil = min(_PUPIL_MM[0] + (_PUPIL_MM[1] - _PUPIL_MM[0]) * eyes.pupil, 0.62 * iris)
    warm = max(float(own[0] - own[2]), 0.0) / max(float(own.max()), 1e-3)
    pale = float(np.clip(1.2 - warm, 0.25, 1.0)) * float(np.clip(0.4 + 4 * own.mean(), 0.4, 1.0))
    return {
        "iris_colour": own,
        "inner_colour": inner,
        "white_colour": (_WHITES[0] * (1 - eyes.white) + _WHITES[1] * eyes.white).astype(np.float32),
        "iris": (iris, pupil, eyes.ring, pale),
        "veins": eyes.veins,
        "wet": eyes.wet,
    }


class Eyes(Part):
    """Both eyeballs, which are rigid and share one mesh."""

    casts = False

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        points, triangles = eyeball.mesh(level.fine)
        self._points = VertexBuffer(points, (3,))
        self._triangles = Triangles(triangles)
        self._program = shared.program("eye.frag", "eye.vert", ("position",))
        self._picture = shared.texture("eye", lambda: look.picture("eye"))

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """None: nothing of an eyeball changes from frame to frame but where it is."""
        return {}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing: all that is a person's own is a uniform."""
        return None

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return 2 * self._triangles.count // 3

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw them."""
        pose = frame.pose
        self._points.bind(0)
        common.use(self._program, eye_picture=self._picture.bind(0), key_middle=pose.lights[0], **colours(self.actor.person.eyes))
        for k, side in enumerate(SIDES):
            self._program.use(**_placed(pose, k, side))
            self._triangles.draw()

    def close(self) -> None:
        """Give the buffers back."""
        self._points.close()
        self._triangles.close()


def _placed(pose: Pose, k: int, side: str) -> dict[str, Any]:
    """Uniforms of eye.vert and eye.frag that say how one eye stands in its lids."""
    head = pose.look.head
    joint = head.joints[f"eye_{side}"]
    scale = eyeball.radius_m(head, side) / eyeball.RADIUS_MM  # metres per mm of the mesh
    outward = np.diag([1.0 if side == "left" else -1.0, 1.0, 1.0])
    lids = {lid: _lid(pose, side, lid, joint, scale) for lid in ("upper", "lower")}
    ends = np.array([lids["upper"][0][4], lids["lower"][0][4], *lids["upper"][1]])
    return {
        "centre": pose.head @ joint + pose.offset,
        "turn": pose.eyes[k] * scale,
        "frame": pose.eyes[k].T,
        "socket": outward @ pose.head.T @ pose.eyes[k],
        "upper": lids["upper"][0][:4],
        "lower": lids["lower"][0][:4],
        "ends": ends,
    }


def _lid(pose: Pose, side: str, lid: str, joint: NDArray[np.float32], scale: float) -> tuple[NDArray[np.float64], tuple[float, float]]:
    """A lid's edge at the eyeball as a polynomial of degree 4 over millimetres outwards from the nose, and the corners' places."""
    seam = pose.lids[side][0 if lid == "upper" else 1]
    in_mm = lambda p: (p - 1000 * joint) / (1000 * scale)  # noqa: E731
    edge, corners = in_mm(pose.in_head(pose.vertices[rims()[side, lid].contact])), in_mm(seam)
    sign = 1.0 if side == "left" else -1.0
    nasal, outer = sorted((sign * corners[0, 0], sign * corners[-1, 0]))
    inner = corners[0 if sign > 0 else -1]
    x = np.concatenate([sign * edge[:, 0], [nasal + 1.2]])
    y = np.concatenate([edge[:, 1], [inner[1] + (-0.9 if lid == "upper" else 0.9)]])
    return np.polynomial.polynomial.polyfit(x, y, 4), (float(nasal) + 1.0, float(outer) - 0.3)
