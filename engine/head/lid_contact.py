"""Lids slide over the cornea: where it passes under them they give way, so that it is seen to move under a closed lid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.head import ada, eyeball
from engine.head.ada import HeadAsset
from engine.head.lids import SIDES
from engine.head.look import Look

_REACH_MM, _LEAST_MM = 21.0, 0.12  # from the eye's centre; outside the ball at rest: what lies deeper is the fold behind the lid
_SOFT_MM = 0.12  # over which a point begins to give way


@dataclass(frozen=True, eq=False)
class _Lid:
    """Points of one eye's lids.

    Args:
        points: int64 [P] of the look.
        clear: float32 [P] millimetres of the model they keep from the eyeball.
    """

    points: NDArray[np.int64]
    clear: NDArray[np.float32]


class LidContact:
    """Pushes the lids off the eyeballs; holds for every head of the look's topology.

    Args:
        look: whose skin.
    """

    def __init__(self, look: Look) -> None:
        head = ada.load()
        skin = look.points_of("skin")
        rest = look.blend[skin] @ head.vertices
        self._lids = {side: self._of(head, side, skin, rest) for side in SIDES}

    def _of(self, head: HeadAsset, side: str, skin: NDArray[np.int64], rest: NDArray[np.float32]) -> _Lid:
        offset = 1000 * (rest - head.joints[f"eye_{side}"])
        away = np.linalg.norm(offset, axis=1) - 1000 * eyeball.radius_m(head, side)
        chosen = (away > _LEAST_MM) & (away < _REACH_MM - eyeball.RADIUS_MM) & (offset[:, 2] > 0)
        clear = 0.18 + 0.30 * np.clip(away[chosen], 0.0, 1.6)
        return _Lid(skin[chosen], clear.astype(np.float32))

    def __call__(self, points: NDArray[np.float32], head: HeadAsset, centres: NDArray[np.float32], eyes: tuple[NDArray[np.float32], ...]) -> None:
        """Push, in place.

        Args:
            points: float32 [G, 3] metres, all of the look's.
            head: whose eyeballs' size counts.
            centres: float32 [2, 3] metres, of the left and the right eyeball as they are now.
            eyes: float32 [3, 3] each, their rotations.
        """
        for side, centre, turn in zip(SIDES, centres, eyes, strict=True):
            lid = self._lids[side]
            scale = eyeball.radius_m(head, side) / eyeball.RADIUS_MM
            offset = (points[lid.points] - centre) / np.float32(scale)
            away = np.sqrt(np.einsum("pk,pk->p", offset, offset))
            cosine = (offset @ turn[:, 2]) / np.maximum(away, 1e-6)
            lacking = eyeball.height(cosine).astype(np.float32) + lid.clear - away
            push = 0.5 * (lacking + np.sqrt(lacking * lacking + np.float32(_SOFT_MM**2)))
            points[lid.points] += offset * (np.float32(scale) * push / np.maximum(away, 1e-6))[:, None]
