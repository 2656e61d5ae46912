"""What a character is drawn of, in drawing order: one file for each part."""

from __future__ import annotations

from engine.render.actor import Actor
from engine.render.frame import Maker
from engine.render.levels import Level
from engine.render.parts.base import Part
from engine.render.parts.beard import Beard
from engine.render.parts.brows import Brows
from engine.render.parts.cloth import Cloth
from engine.render.parts.eyes import Eyes
from engine.render.parts.hair import Hair
from engine.render.parts.lashes import Lashes
from engine.render.parts.mouth import Mouth
from engine.render.parts.skin import Skin
from engine.render.parts.tears import Tears

PARTS: tuple[type[Part], ...] = (Skin, Eyes, Mouth, Tears, Cloth, Brows, Beard, Hair, Lashes)


def makers_of(actor: Actor, level: Level) -> dict[str, Maker]:
    """The makers of all vertex buffers that an actor's parts need, by the buffers' names."""
    out: dict[str, Maker] = {}
    for part in PARTS:
        out |= part.makers(actor, level)
    return out
