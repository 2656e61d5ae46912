"""Beards: hairs and narrow ribbons that follow jaw and lips."""

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

TRIANGLES = 23_000  # at most; a fuller beard has fewer and broader hairs


class Beard(WhiskersPart):
    """Whatever grows on cheeks, lip and chin."""

    kind, field = "beard", "beard"

    @classmethod
    def hairs(cls, actor: Actor, level: Level) -> Whiskers | None:
        """As many as density asks for, as long as length says; fewer and broader at a lower level."""
        looks = actor.person.beard
        if looks.style == "none":
            return None
        every = whiskers.load("beard", looks.style)
        tufts = np.arange(round(min(1.0, 0.1 + 0.9 * looks.density / 0.8) * len(every.root)))
        share = min(level.strands, TRIANGLES / (2 * (every.local.shape[2] - 1) * (every.width > 0).sum()))
        hairs = max(1, int(share * every.width.shape[1]))
        share = hairs / every.width.shape[1]
        kept = every.pick(tufts, hairs)
        longer = np.array([0.55 + 0.9 * looks.length, 0.55 + 0.9 * looks.length, 0.8 + 0.4 * looks.length], np.float32)
        # The roots of a tuft's hairs stay where they are.
        local = kept.local[:, :, :1] + (kept.local - kept.local[:, :, :1]) * longer
        return replace(kept, width=kept.width * share**-0.5, local=local)

    @classmethod
    def colour(cls, actor: Actor) -> Colour | None:
        """Its own, or the hair's."""
        return actor.person.beard.colour

    @classmethod
    def style(cls, actor: Actor) -> Hashable:
        """All but the colour."""
        looks = actor.person.beard
        return (looks.style, looks.density, looks.length)
