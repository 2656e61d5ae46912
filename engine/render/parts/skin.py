"""Skin: painted for the person, with pores, and with folds that come and go."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.head import garments, skin, wrinkles
from engine.head.look import load
from engine.render.actor import Actor
from engine.render.body import BODY_ATTRIBUTES
from engine.render.frame import Frame
from engine.render.gl import Triangles, VertexBuffer
from engine.render.levels import Level
from engine.render.paint import Plane, SkinPaint
from engine.render.parts.base import BodyPart, Common, Shared

ATTRIBUTES = (*BODY_ATTRIBUTES, "aged", "zone")
ZONE_WIDTHS = (2, 4)
_SAMPLED = 256  # pixels of the maps from which vertices take what is soft


@lru_cache(maxsize=2)
def zones(fine: bool) -> NDArray[np.float32]:
    """What the skin is like at each render vertex, float32 [N, 6]: furrows at rest in both layers; thin flesh, lips, cheeks, ear.

    Args:
        fine: of the finer mesh.
    """
    look = load(fine)  # the same for every shape
    aged = wrinkles.Creases(look).at_rest()[look.source]
    place = np.minimum((look.uv % 1.0 * _SAMPLED).astype(int), _SAMPLED - 1)
    at = (place[:, 1], place[:, 0])
    soft = [skin.picture(name, _SAMPLED)[at][:, plane] for name, plane in (("surface", 1), ("colour", 2), ("zones", 1))]
    return np.concatenate([aged, np.stack(soft, -1) / 255.0, look.extra[look.source, 1:2]], 1).astype(np.float32)


class Skin(BodyPart):
    """The skin."""

    materials = garments.SKIN
    casts = True

    def __init__(self, actor: Actor, level: Level, shared: Shared) -> None:
        super().__init__(actor, level, shared)
        self._program = shared.program("skin.frag", "light.glsl+skin.vert", ATTRIBUTES)
        self._zones = VertexBuffer(zones(level.fine), ZONE_WIDTHS)
        library, side = shared.library, level.texture_side
        self._relief = library.once(("skin relief", side), lambda: Plane(side, skin.relief_picture(side)))
        self._folds = library.once("skin folds", lambda: Plane(1024, skin.folds_picture()))
        self._paint = SkinPaint(library, side)
        self._paint.paint(actor.person)
        self._cover(actor)

    def _cover(self, actor: Actor) -> None:
        """Leave out what clothes hide."""
        for triangles in self._triangles.values():
            triangles.close()
        shown = garments.bare(actor.look(self.level.fine), actor.person.clothing.style)
        self._triangles = {material: Triangles(faces) for material, faces in shown.items() if len(faces)}

    @classmethod
    def needs(cls, actor: Actor, level: Level) -> Hashable:
        """Nothing: it is painted anew."""
        return None

    def update(self, actor: Actor) -> bool:
        """Paint another person, where the paint differs."""
        if skin.painted(actor.person) != skin.painted(self.actor.person):
            self._paint.paint(actor.person)
        if actor.person.clothing.style != self.actor.person.clothing.style:
            self._cover(actor)
        self.actor = actor
        return True

    @property
    def texture_bytes(self) -> int:
        """Memory of the person's own paint."""
        return self._paint.nbytes

    def draw(self, frame: Frame, common: Common) -> None:
        """Draw it."""
        person = self.actor.person
        self.shared.body.bind()
        self._zones.bind(len(BODY_ATTRIBUTES))
        pictures = {"skin_paint": self._paint.plane.bind(0), "relief_picture": self._relief.bind(1), "folds_picture": self._folds.bind(2)}
        flow = wrinkles.blood_flow(frame.pose.values)
        common.use(self._program, **pictures, flow=flow, pores=0.05 + 1.6 * person.skin.pores + 0.5 * person.skin.lines, lines=person.skin.lines)
        for triangles in self._triangles.values():
            triangles.draw()

    def close(self) -> None:
        """Give the GL resources back."""
        super().close()
        self._zones.close()
        self._paint.close()
