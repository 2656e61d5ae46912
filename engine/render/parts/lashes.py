"""Lashes."""

from __future__ import annotations

from collections.abc import Hashable

from vispy.gloo.gl import gl2 as gl

from engine.render.actor import Actor
from engine.render.frame import Frame
from engine.render.levels import Level
from engine.render.parts.base import BodyPart, Common, Shared


class Lashes(BodyPart):
    """Ribbons that face the viewer."""

    materials = ("lashes",)
    blended = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._program = shared.program("lash.frag", "lash.vert")

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing yet."""
        return None

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw them; they hide nothing, and leave the edges to what they are in front of."""
        self.shared.body.bind()
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glDepthMask(False)
        gl.glColorMask(True, True, True, False)
        common.use(self._program)
        for triangles in self._triangles.values():
            triangles.draw()
        gl.glColorMask(True, True, True, True)
        gl.glDepthMask(True)
        gl.glEnable(gl.GL_CULL_FACE)
