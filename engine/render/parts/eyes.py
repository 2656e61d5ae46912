"""The eyeballs."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from engine.head import look
from engine.render.actor import Actor
from engine.render.frame import Frame
from engine.render.gl import Triangles
from engine.render.levels import Level
from engine.render.lighting import CATCH_FROM
from engine.render.parts.base import Common, Part, Shared


class Eyes(Part):
    """Both eyeballs."""

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        of = actor.look(level.fine)
        side = of.extra[of.source[of.triangles["eyes"][:, 0]], 3]
        self._balls = tuple(Triangles(of.triangles["eyes"][side * sign > 0]) for sign in (1, -1))
        self._program = shared.program("eye.frag")
        self._picture = shared.texture("eye", lambda: look.picture("eye"))

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing yet."""
        return None

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return sum(ball.count for ball in self._balls) // 3

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw them."""
        self.shared.body.bind()
        catch = np.array(CATCH_FROM, np.float32) @ common.axes
        common.use(self._program, eye_picture=self._picture.bind(0), catch_from=catch / np.linalg.norm(catch))
        for turn, ball in zip(frame.pose.eyes, self._balls, strict=True):
            self._program.use(frame=turn.T)
            ball.draw()

    def close(self) -> None:
        """Give the triangles back."""
        for ball in self._balls:
            ball.close()
