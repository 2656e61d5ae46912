"""The wet edge of the eyes: tears along the lower lids, and the caruncles."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.head import eyeball, tears
from engine.head.lids import SIDES
from engine.render.actor import Actor
from engine.render.frame import Frame, Maker, Pose
from engine.render.gl import Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.parts.base import Common, Part, Shared

_STRIP = tears.COLUMNS * tears.ROWS


class TearMaker:
    """Makes the buffer of the tears, float32 [N, 6]: position and normal; left then right, tears then caruncle."""

    def __init__(self) -> None:
        self._shapes = {side: tears.TearShape(side) for side in SIDES}

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer of a pose."""
        points, normals = [], []
        head = pose.look.head
        for k, side in enumerate(SIDES):
            shape, centre = self._shapes[side], 1000 * head.joints[f"eye_{side}"]
            scale = 1000 * eyeball.radius_m(head, side) / eyeball.RADIUS_MM
            rim = pose.in_head(pose.points[pose.look.skin_start + shape.vertices.ravel()]).reshape(2, -1, 3) - centre
            corner = np.mean([edge[0 if side == "left" else -1] for edge in pose.lids[side]], 0) - centre
            for at, facing in (shape.tears(rim[0], rim[1], pose.head.T @ pose.eyes[k][:, 2], scale), shape.caruncle(corner.astype(np.float32), scale)):
                points.append(at.reshape(-1, 3) + centre)
                normals.append(facing.reshape(-1, 3))
        return np.concatenate([pose.from_head(np.concatenate(points)), np.concatenate(normals) @ pose.head.T], 1, dtype=np.float32)


class Tears(Part):
    """Laid over skin and eyeball; too small to be seen in a draft."""

    blended = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        strip, lump = tears.triangles()
        lump_points = len(tears.dome())
        own = np.zeros((_STRIP + lump_points, 2), np.float32)  # 0 to 1 along the lid, across it; -1 for the caruncle
        own[:_STRIP, 0] = np.repeat(np.linspace(0, 1, tears.COLUMNS), tears.ROWS)
        own[:_STRIP, 1] = np.tile(np.linspace(0, 1, tears.ROWS), tears.COLUMNS)
        own[_STRIP:] = -1.0
        self._form = VertexBuffer(np.tile(own, (2, 1)), (2,))
        self._points = VertexBuffer(np.zeros((2 * len(own), 6), np.float32), (3, 3), dynamic=True)
        both = [t.astype(int) + first for t, first in ((lump, _STRIP), (strip, 0))]
        self._triangles = Triangles(np.concatenate([t + k * len(own) for t in both for k in (0, 1)]).astype(np.uint16))
        self._program = shared.program("tear.frag", "tear.vert", ("position", "normal", "form"))

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """Of the buffer `tears`."""
        return {"tears": actor.figure.once("tears", TearMaker)} if level.fine else {}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing of their own."""
        return None

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return self._triangles.count // 3 if self.level.fine else 0

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw them; they hide nothing."""
        if not self.level.fine:
            return
        self._points.update(frame.buffers["tears"])
        self._form.bind(self._points.bind(0))
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDepthMask(False)
        gl.glColorMask(True, True, True, False)
        common.use(self._program, wet=self.actor.person.eyes.wet, key_middle=frame.pose.lights[0])
        self._triangles.draw()
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)
        gl.glEnable(gl.GL_CULL_FACE)

    def close(self) -> None:
        """Give the buffers back."""
        for owned in (self._form, self._points, self._triangles):
            owned.close()
