"""Small pictures of people, for galleries and avatar files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.core.jobs import SILENT, Job
from engine.core.person import Person
from engine.project.stage import Background, Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.offscreen import Offscreen

SIDE = 192  # pixels of a thumbnail
# A little from one side: a nose is not seen from the front.
STAGE = Stage(background=Background("gradient", (0.50, 0.51, 0.52), (0.33, 0.34, 0.36)), shot=Shot(yaw=16.0, pitch=2.0, distance=0.88, up=0.018))


def portraits(people: Sequence[Person], side: int = SIDE, level: str = "draft", job: Job = SILENT) -> Iterator[NDArray[np.uint8]]:
    """Pictures of people at rest, one after another.

    Args:
        people: who.
        side: of each picture, pixels.
        level: how finely (`engine.render.levels`).
        job: asked before every picture whether to stop.

    Returns:
        an iterator of uint8 [side, side, 3], sRGB, top row first; close it to stop early.

    Raises:
        EngineError: no GL here (from the iterator).
        Cancelled: the job was cancelled (from the iterator).
    """
    with Offscreen(side, side, level) as offscreen:
        for person in people:
            job.check()
            yield offscreen.render([Member(Actor.of(person))], View.of(STAGE))
