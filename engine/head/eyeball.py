"""The shape of an eyeball: a sphere out of which the cornea stands."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.head.ada import HeadAsset

RADIUS_MM = 15.25  # of the model, which is scaled to the head's own
LIMBUS_MM, CORNEA_MM, CORNEA_Z_MM = 5.9, 8.4, 8.08  # where the cornea leaves the ball, its radius, how far before the ball's its centre lies
_SOFT_MM = 0.30  # over which the one goes over into the other
_SEEN = 0.05  # cosine from the gaze beyond which the eyeball is never seen


def height(cosine: NDArray) -> NDArray:
    """Distance of the surface from the centre, millimetres of the model, by the cosine of the angle from the gaze."""
    across = np.clip(CORNEA_MM**2 - CORNEA_Z_MM**2 * (1 - cosine**2), 0, None)
    dome = np.where(cosine > 0, CORNEA_Z_MM * cosine + np.sqrt(across), 0.0)
    apart = RADIUS_MM - dome
    return 0.5 * (RADIUS_MM + dome + np.sqrt(apart**2 + _SOFT_MM**2))


def radius_m(head: HeadAsset, side: str) -> float:
    """Of one eyeball of a head, metres."""
    pole = head.vertices[head.span(f"eye_{side}").start]
    return float(np.linalg.norm(pole - head.joints[f"eye_{side}"]))


@lru_cache(maxsize=2)
def mesh(fine: bool) -> tuple[NDArray[np.float32], NDArray[np.uint16]]:
    """Points [N, 3], millimetres of the model with the gaze along +z, and triangles [M, 3] of what can be seen."""
    rings, spokes = (34, 56) if fine else (18, 28)
    angle = np.arccos(_SEEN) * np.linspace(0.0, 1.0, rings + 1)[1:] ** 1.15
    around = 2 * np.pi * np.arange(spokes) / spokes
    unit = np.stack([np.sin(angle)[:, None] * np.cos(around), np.sin(angle)[:, None] * np.sin(around), np.cos(angle)[:, None] + 0 * around], -1).reshape(-1, 3)
    unit = np.concatenate([[[0.0, 0.0, 1.0]], unit])
    here, after = np.arange(spokes), (np.arange(spokes) + 1) % spokes
    triangles = [np.stack([0 * here, 1 + here, 1 + after], -1)]
    for ring in range(rings - 1):
        a, b = 1 + ring * spokes + here, 1 + ring * spokes + after
        triangles += [np.stack([a, a + spokes, b + spokes], -1), np.stack([a, b + spokes, b], -1)]
    return (unit * height(unit[:, 2])[:, None]).astype(np.float32), np.concatenate(triangles).astype(np.uint16)
