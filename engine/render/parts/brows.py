"""Brows: single hairs that follow the skin."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

import numpy as np

from engine.core.person import Colour
from engine.head import whiskers
from engine.head.whiskers import Whiskers
from engine.render.actor import Actor
from engine.render.levels import Level
from engine.render.parts.whiskers import WhiskersPart

_LIGHTEST = 0.42  # of brows without a colour of their own, sRGB
TRIANGLES = 6_000  # at most; fuller brows have fewer and broader hairs
_LEAST, _MOST = 0.55, 1.6  # how far from the crest the hairs of the thinnest and the thickest brows grow, in half heights


class Brows(WhiskersPart):
    """Both brows."""

    kind, field = "brow", "brows"

    @classmethod
    def hairs(cls, actor: Actor, level: Level) -> Whiskers | None:
        """As many as density and thickness ask for; fewer and broader at a lower level."""
        looks = actor.person.brows
        every = whiskers.load("brow", looks.style)
        reach = _LEAST + (_MOST - _LEAST) * looks.thickness
        within = np.flatnonzero(every.off <= reach)
        wanted = min(1.0, 0.15 + 0.85 * looks.density / 0.8) * len(within)
        room = TRIANGLES / (2 * (every.local.shape[2] - 1) * every.width.shape[1])
        share = level.strands * min(1.0, room / max(wanted, 1.0))
        kept = every.pick(within[: round(share * wanted)])
        return replace(kept, width=kept.width * share**-0.5) if len(kept.root) else None

    @classmethod
    def colour(cls, actor: Actor) -> Colour | None:
        """Its own, or the hair's, never as light as that may be."""
        looks = actor.person
        lightest = max(*looks.hair.colour, 1e-6)
        return looks.brows.colour or tuple(c * min(1.0, _LIGHTEST / lightest) for c in looks.hair.colour)  # type: ignore[return-value]

    @classmethod
    def style(cls, actor: Actor) -> Hashable:
        """All but the colour."""
        looks = actor.person.brows
        return (looks.style, looks.density, looks.thickness)
