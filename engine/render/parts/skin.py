"""Skin."""

from __future__ import annotations

from collections.abc import Hashable

from engine.head import look
from engine.render.actor import Actor
from engine.render.frame import Frame
from engine.render.levels import Level
from engine.render.parts.base import BodyPart, Common, Shared


class Skin(BodyPart):
    """The skin."""

    materials = ("skin", "scalp")
    casts = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._program = shared.program("skin.frag")
        self._paint = shared.texture("skin", lambda: look.picture("skin"))
        self._relief = shared.texture("relief", lambda: look.picture("relief"))

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing yet."""
        return None

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        self.shared.body.bind()
        common.use(self._program, skin_picture=self._paint.bind(0), relief_picture=self._relief.bind(1))
        for triangles in self._triangles.values():
            triangles.draw()
