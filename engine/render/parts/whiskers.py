"""What brows and beard have in common: hairs that follow the skin."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vispy.gloo.gl import gl2 as gl

from engine.core.person import Colour, Person
from engine.head import whiskers
from engine.head.look import Look
from engine.head.whiskers import Whiskers
from engine.render.actor import Actor
from engine.render.frame import Frame, Maker, Pose
from engine.render.gl import Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.parts.base import Common, Part, Shared
from engine.render.parts.hair import colours

WIDTHS, STATIC_WIDTHS = (3, 3, 3), (4,)
ATTRIBUTES = ("position", "along", "normal", "extra")


class HairMaker:
    """Makes the buffer of hairs that follow the skin, float32 [2 R H K, 9]: position, direction along the hair, the skin's normal.

    Args:
        hairs: which.
        look: whose skin they follow.
    """

    def __init__(self, hairs: Whiskers, look: Look) -> None:
        self._bound = whiskers.bind(hairs, look)

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer of a pose."""
        place, along, out = self._bound(pose.points, pose.normals)
        made = np.empty((*place.shape[:2], 2, 9), np.float32)
        made[..., :3], made[..., 3:6], made[..., 6:] = place[:, :, None], along[:, :, None], out[:, None, None]
        return made.reshape(-1, 9)


class WhiskersPart(Part):
    """Hairs that follow the skin. `kind` is that of `whiskers.load`, and names the buffer; `field` is the person's that says which hairs."""

    blended = True
    kind, field = "", ""

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._owned: list[Any] = []
        hairs = self.hairs(actor, level)
        if hairs is None:
            return
        stations = hairs.local.shape[2]
        count = hairs.width.size
        self._program = shared.program("hair_light.glsl+brow.frag", "light.glsl+hair_light.glsl+brow.vert", ATTRIBUTES)
        self._moving = VertexBuffer(np.zeros((2 * count * stations, 9), np.float32), WIDTHS, dynamic=True)
        self._still = VertexBuffer(_static(hairs), STATIC_WIDTHS)
        a = 2 * (np.arange(count)[:, None] * stations + np.arange(stations - 1)).ravel()
        a = a[np.repeat(hairs.width.ravel() > 0, stations - 1)]
        self._triangles = Triangles(np.stack([a, a + 1, a + 3, a, a + 3, a + 2], -1).astype(np.uint16))
        self._loaded: NDArray[np.float32] | None = None
        self._owned = [self._moving, self._still, self._triangles]

    @classmethod
    def hairs(cls, actor: Actor, level: Level) -> Whiskers | None:
        """Which hairs a person has at a level, or None."""
        raise NotImplementedError

    @classmethod
    def colour(cls, actor: Actor) -> Colour | None:
        """Of the hairs; None for the hair's."""
        raise NotImplementedError

    @classmethod
    def style(cls, actor: Actor) -> Hashable:
        """What of the person decides which hairs there are."""
        raise NotImplementedError

    @classmethod
    def makers(cls, actor: Actor, level: Level) -> dict[str, Maker]:
        """Of the hairs' buffer."""
        maker = _maker(cls.hairs, Person(**{cls.field: replace(getattr(actor.person, cls.field), colour=None)}), level)
        return {} if maker is None else {cls.kind: maker}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Which hairs there are; colour and shape change nothing that is kept."""
        return cls.style(actor)

    @property
    def triangles(self) -> int:
        """How many it draws."""
        return self._triangles.count // 3 if self._owned else 0

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw them; they hide nothing, and leave the edges to what they are in front of."""
        if not self._owned:
            return
        made = frame.buffers[self.kind]
        if made is not self._loaded:
            self._moving.update(made)
            self._loaded = made
        self._still.bind(self._moving.bind(0))
        looks = self.actor.person.hair
        own = colours(looks, self.colour(self.actor))
        gl.glDisable(gl.GL_CULL_FACE)
        gl.glColorMask(True, True, True, False)
        gl.glDepthMask(False)
        common.use(self._program, **own)
        self._triangles.draw()
        gl.glDepthMask(True)
        gl.glColorMask(True, True, True, True)
        gl.glEnable(gl.GL_CULL_FACE)

    def close(self) -> None:
        """Give the GL resources of its own back."""
        for resource in self._owned:
            resource.close()
        self._owned = []


@lru_cache(maxsize=12)
def _maker(hairs_of: Callable[[Actor, Level], Whiskers | None], person: Person, level: Level) -> HairMaker | None:
    """The maker of a person's hairs: they stand on the same places of the skin whatever its shape, so that it is Ada's."""
    actor = Actor.of(person)
    hairs = hairs_of(actor, level)
    return None if hairs is None else HairMaker(hairs, actor.look(level.fine))


def _static(hairs: Whiskers) -> NDArray[np.float32]:
    """Places along and across the hairs and their looks, of all vertices, float32 [2 R H K, 4]: side, along, seed, width."""
    out = np.zeros((*hairs.local.shape[:3], 2, 4), np.float32)
    out[..., 0] = [-1.0, 1.0]
    out[..., 1] = np.linspace(0, 1, hairs.local.shape[2])[:, None]
    out[..., 2], out[..., 3] = hairs.seed[..., None, None], hairs.width[..., None, None]
    return out.reshape(-1, 4)
