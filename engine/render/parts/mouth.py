"""What is seen through the lips: the inside of the mouth, tongue, teeth and gums."""

from __future__ import annotations

from collections.abc import Hashable

from vispy.gloo.gl import gl2 as gl

from engine.render.actor import Actor
from engine.render.frame import Frame
from engine.render.levels import Level
from engine.render.parts.base import BodyPart, Common, Shared

MOUTH_FLESH, TONGUE_FLESH = (0.26, 0.062, 0.055), (0.44, 0.165, 0.150)


class Mouth(BodyPart):
    """Drawn only while the lips let one look in."""

    materials = ("mouth", "tongue", "teeth")

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._flesh, self._teeth = shared.program("mouth.frag"), shared.program("teeth.frag")

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing."""
        return None

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        if not frame.pose.parted:
            return
        self.shared.body.bind()
        common.use(self._flesh, flesh=MOUTH_FLESH, bumps=0.0)
        self._triangles["mouth"].draw()
        self._flesh.use(flesh=TONGUE_FLESH, bumps=0.07)
        self._triangles["tongue"].draw()
        gl.glDisable(gl.GL_CULL_FACE)
        common.use(self._teeth)
        self._triangles["teeth"].draw()
        gl.glEnable(gl.GL_CULL_FACE)
