"""What lies under a point of the viewport: which character, and how far from the camera."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from engine.project.document import Character
from studio.viewport.landmarks import projected

if TYPE_CHECKING:
    from engine.render.camera import Camera
    from studio.viewport.view import Viewport

_REACH_PX = 40.0  # from the point to the nearest vertex of what is hit there
_AROUND = 1.6  # vertices this much further than the nearest are beside it: the foremost of them is what is seen


@dataclass(frozen=True)
class Picked:
    """What was hit.

    Args:
        character: who; None where there is no document.
        distance_m: from the camera, along its line of sight.
    """

    character: Character | None
    distance_m: float


def pick(viewport: Viewport, point: QPointF) -> Picked | None:
    """What lies under a point of the viewport; None for the background, or before anything is drawn."""
    camera, rect = viewport.camera, viewport.framing.rect
    shooting = viewport.looking.shooting
    if camera is None or shooting is None or viewport.places is None or not rect.contains(point.toPoint()):
        return None
    where = np.array([point.x() - rect.x(), point.y() - rect.y()])
    best: Picked | None = None
    for character, vertices in _standing(viewport):
        distance_m = depth_at(vertices, camera, (rect.width(), rect.height()), where)
        if distance_m is not None and (best is None or distance_m < best.distance_m):
            best = Picked(character, distance_m)
    return best


def depth_at(vertices: NDArray[np.float32], camera: Camera, size: tuple[int, int], where: NDArray[np.float64]) -> float | None:
    """How far from the camera a body is at a pixel; None where it is not there.

    Args:
        vertices: [V, 3] metres.
        camera: from where.
        size: of the picture, pixels.
        where: [2] pixels from its upper left corner.
    """
    depth = (camera.eye - vertices) @ camera.axes[2]
    away = np.where(depth > 0.02, np.linalg.norm(projected(vertices, camera, size) - where, axis=1), np.inf)
    nearest = float(away.min())
    # Far inside the body its vertices lie on all sides; off its outline on one side only.
    if nearest > _REACH_PX:
        return None
    close = np.flatnonzero(away <= max(nearest * _AROUND, 4.0))
    return float(depth[close].min())


def _standing(viewport: Viewport) -> list[tuple[Character | None, NDArray[np.float32]]]:
    """Everybody in the picture with their posed vertices [V, 3] in the scene."""
    from engine.avatars.people import person_of
    from engine.render.actor import Actor, Member

    shooting = viewport.looking.shooting
    assert shooting is not None
    document, line = shooting.session.document, shooting.session.line
    lead = document.character_of(line.id) if line is not None else None
    out: list[tuple[Character | None, NDArray[np.float32]]] = []
    for character in document.characters:
        values = viewport.values if character is lead else viewport.shown.others_values(character.id, viewport.frame)
        member = Member(Actor.of(person_of(character)), values, None, character.placement)
        out.append((character, member.posed() @ member.turned.T + member.at))
    return out
