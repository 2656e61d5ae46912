"""The pictures of a document: everybody in it, where they stand, in its light and seen by its camera."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.avatars.people import person_of, unknown
from engine.core.jobs import SILENT, Job
from engine.project.document import Document
from engine.project.stage import Stage
from engine.render.actor import Actor, View
from engine.render.camera import Camera
from engine.render.offscreen import Role, render_frames
from engine.scene import Scene

Ground = Literal["drawn", "alpha"]


def sees_through(document: Document) -> bool:
    """True if the document's background is transparent."""
    return document.stage.background.kind == "transparent"


def without_alpha(stage: Stage) -> Stage:
    """The stage as a format shows it that holds no transparency: the background's gradient stands in for it."""
    if stage.background.kind != "transparent":
        return stage
    return replace(stage, background=replace(stage.background, kind="gradient"))


def cast_of(document: Document, found: Scene) -> list[Role]:
    """Everybody in the document with their motion, whether they speak or not.

    Raises:
        InvalidInput: a person whose shape is not known.
        MissingAsset: a file is not there or damaged.
    """
    return [Role(Actor.of(person_of(c)), found.motions[c.id].values, c.placement) for c in document.characters if c.id in found.motions]


def frames(
    document: Document,
    found: Scene,
    level: str,
    job: Job = SILENT,
    *,
    camera: Camera | None = None,
    stage_s: float = 0.0,
    alpha: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Iterator[NDArray[np.uint8]]:
    """The pictures of a scene, one after another.

    Args:
        document: whose people, stage and picture size.
        found: their motion.
        level: one of `engine.render.levels.LEVELS`.
        job: asked before every frame whether to stop.
        camera: where from; the stage's own, with its keys, when None.
        stage_s: time of the stage at the beginning of the document's scene.
        alpha: True for a fourth channel, where the background is transparent.
        tell: is told what of the level or of the stage cannot be drawn here.

    Returns:
        an iterator of uint8 [H, W, 3] or, with `alpha`, [H, W, 4], which is not multiplied in.

    Raises:
        InvalidInput: the size, the level or a person's shape.
        EngineError: no GL here (from the iterator).
        Cancelled: the job was cancelled (from the iterator).
    """
    stage = document.stage if alpha else without_alpha(document.stage)
    rate = found.motion.rate

    def view(number: int) -> View:
        if camera is not None:
            return View(camera, stage)
        return View.of(stage, stage_s + found.start_s + float(number / rate))

    size = (document.settings.width, document.settings.height)
    return render_frames(cast_of(document, found), view, size, job, level, alpha, tell)


def notices(document: Document, suffixes: set[str]) -> tuple[str, ...]:
    """What a person should know of the pictures of a document in these formats."""
    said = list(unknown(document.characters))
    if sees_through(document) and ".mp4" in suffixes:
        said.append("MP4 holds no transparency: the background's gradient is drawn; write .mov or .png to keep it")
    return tuple(said)
