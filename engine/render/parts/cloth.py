"""What is worn."""

from __future__ import annotations

from collections.abc import Hashable

from engine.render.actor import Actor
from engine.render.frame import Frame
from engine.render.levels import Level
from engine.render.parts.base import BodyPart, Common, Shared

CLOTH_LIFT_M = 0.0028


class Cloth(BodyPart):
    """A knitted top."""

    materials = ("cloth",)
    blended = True
    casts = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._program = shared.program("cloth.frag")

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing yet."""
        return None

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        self.shared.body.bind()
        common.use(self._program, lift=CLOTH_LIFT_M)
        self._triangles["cloth"].draw()
