"""The hair of the head."""

from __future__ import annotations

from collections.abc import Hashable

from engine.head import look
from engine.render.actor import Actor
from engine.render.frame import Frame
from engine.render.levels import Level
from engine.render.parts.base import BodyPart, Common, Shared


class Hair(BodyPart):
    """Combed back into a bun."""

    materials = ("hair",)
    blended = True
    casts = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._program = shared.program("bun.frag")
        self._strands = shared.texture("strands", lambda: look.picture("strands"), repeat=True)

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing yet."""
        return None

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        self.shared.body.bind()
        common.use(self._program, strands_picture=self._strands.bind(0))
        self._triangles["hair"].draw()
