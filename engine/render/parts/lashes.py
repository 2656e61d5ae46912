"""The eyelashes."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.person import Person
from engine.head.lash import LashShape
from engine.render.actor import Actor
from engine.render.frame import Frame, Maker, Pose
from engine.render.gl import Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.parts.base import Common, Part, Shared
from engine.render.parts.eyes import to_linear

ATTRIBUTES = ("position", "along", "form")
_INK = np.array([0.004, 0.0035, 0.0035], np.float32)
_LIFT_MM = 0.10  # off the rim, so that roots do not flicker in the skin


class LashMaker:
    """Makes the buffer of the lashes, float32 [N, 6]: position, direction along the lash; every point twice.

    Args:
        shape: of the lashes.
    """

    def __init__(self, shape: LashShape) -> None:
        self._shape = shape
        self._vertices = np.concatenate([row.vertices.ravel() for row in shape.rows.values()])

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer of a pose."""
        rims = pose.in_head(pose.points[pose.look.skin_start + self._vertices])
        rows, start = [], 0
        for (side, lid), row in self._shape.rows.items():
            centre = 1000 * pose.look.head.joints[f"eye_{side}"]
            rim = rims[start : start + row.vertices.size].reshape(2, -1, 3) - centre
            start += row.vertices.size
            rows.append(self._shape.pose(side, lid, rim[0], rim[1]) * np.float32(1 + _LIFT_MM / 16.0) + centre)
        points = np.concatenate(rows)  # [H, P, 3]
        out = np.empty((*points.shape[:2], 2, 6), np.float32)
        out[..., :3] = pose.from_head(points.reshape(-1, 3)).reshape(points.shape)[:, :, None]
        placed = out[:, :, 0, :3]
        out[:, 1:, :, 3:] = (placed[:, 1:] - placed[:, :-1])[:, :, None]
        out[:, 0, :, 3:] = out[:, 1, :, 3:]
        return out.reshape(-1, 6)


class Lashes(Part):
    """Ribbons that face the viewer."""

    blended = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        shape = _shape(actor, level)
        each, count = shape.points_each, shape.count
        t = np.linspace(0, 1, each)
        form = np.empty((count, each, 2, 4), np.float32)
        form[..., 0] = (-1.0, 1.0)
        form[..., 1] = t[None, :, None]
        form[..., 2], form[..., 3] = shape.widths_mm[:, None, None], shape.shades[:, None, None]
        self._form = VertexBuffer(form.reshape(-1, 4), (4,))
        self._points = VertexBuffer(np.zeros((count * each * 2, 6), np.float32), (3, 3), dynamic=True)
        a = (2 * (np.arange(count)[:, None] * each + np.arange(each - 1))).ravel()
        self._triangles = Triangles(np.stack([a, a + 1, a + 3, a, a + 3, a + 2], -1).astype(np.uint16))
        self._program = shared.program("lash.frag", "lash.vert", ATTRIBUTES)
        self._ink = ink(actor.person)

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """Of the buffer `lashes`."""
        return {"lashes": LashMaker(_shape(actor, level))}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """The lashes."""
        return actor.person.lashes

    def update(self, actor: Actor) -> bool:
        """Also takes the colour of another's hair."""
        self._ink = ink(actor.person)
        return super().update(actor)

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return self._triangles.count // 3

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw them; they hide nothing, and leave the edges to what they are in front of."""
        self._points.update(frame.buffers["lashes"])
        self._form.bind(self._points.bind(0))
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDepthMask(False)
        gl.glColorMask(True, True, True, False)
        common.use(self._program, ink=self._ink)
        self._triangles.draw()
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)
        gl.glEnable(gl.GL_CULL_FACE)

    def close(self) -> None:
        """Give the buffers back."""
        for owned in (self._form, self._points, self._triangles):
            owned.close()


def ink(person: Person) -> NDArray[np.float32]:
    """Linear colour of the lashes: darker than the hair, and darker yet with mascara."""
    own = to_linear(person.hair.colour) * np.float32(0.30)
    share = np.float32(0.30 + 0.68 * person.lashes.mascara)
    return own * (1 - share) + _INK * share


def _shape(actor: Actor, level: Level) -> LashShape:
    points = 6 if level.fine else 4
    return actor.figure.once(("lashes", actor.person.lashes, points), lambda: LashShape(actor.person.lashes, points))
