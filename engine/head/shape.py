"""The head of a person: Ada's arrays, moved along the identity axes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.person import Person
from engine.head import ada
from engine.head.ada import HeadAsset

_KEPT = 32  # heads in memory
_NEAR_M = 0.06  # skin this near a joint carries it along


def head_of(person: Person) -> HeadAsset:
    """The head in a person's shape, cached; of equal shapes the same object, of the shape {} Ada's own.

    Raises:
        InvalidInput: an unknown axis or a value outside its range.
        MissingAsset: a file is not there or damaged.
    """
    return _shaped(tuple(sorted((name, value) for name, value in person.shape.items())))


@lru_cache(maxsize=_KEPT)
def _shaped(shape: tuple[tuple[str, float], ...]) -> HeadAsset:
    head = ada.load()
    if not shape:
        return head
    offset = ada.load_identity().offset(dict(shape))
    vertices = head.vertices + offset
    joints = {name: _moved(name, point, head, offset) for name, point in head.joints.items()}
    radii = []
    for side in ("left", "right"):
        joints[f"eye_{side}"], radius = eyeball(vertices[head.span(f"eye_{side}")])
        radii.append(radius)
    return replace(head, vertices=vertices, joints=joints, eye_radius_m=float(np.mean(radii)))


def eyeball(vertices: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Centre [3] and radius, metres, of an eyeball's vertices, of which the first and the last are its poles."""
    front, back = vertices[0], vertices[-1]
    return (front + back) / 2, float(np.linalg.norm(front - back) / 2)


def _moved(name: str, point: NDArray[np.float32], head: HeadAsset, offset: NDArray[np.float32]) -> NDArray[np.float32]:
    """A joint, moved as the vertices round it are."""
    part = head.span("tongue") if name.startswith("tongue") else head.span("skin")
    away = np.linalg.norm(head.vertices[part] - point, axis=1)
    weight = np.exp(-np.square(away / max(_NEAR_M / 2, float(away.min()))))
    return (point + weight @ offset[part] / weight.sum()).astype(np.float32)
