"""How Ada looks: her render mesh, whose vertices are doubled along texture seams, and what is painted on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.head import ada
from engine.head.ada import HeadAsset


@dataclass(frozen=True, eq=False)
class Look:
    """What the renderer draws of a head.

    Args:
        head: the head it belongs to.
        source: int64 [N], the head vertex of each render vertex.
        uv: float32 [N, 2], origin at the lower left.
        triangles: uint16 [M, 3] into the render vertices, by part.
    """

    head: HeadAsset
    source: NDArray[np.int64]
    uv: NDArray[np.float32]
    triangles: dict[str, NDArray[np.uint16]]


@lru_cache(maxsize=1)
def load() -> Look:
    """Ada's look, cached.

    Raises:
        MissingAsset: a file is not there or damaged.
    """
    head = ada.load()
    corners = np.stack([head.faces.ravel(), head.face_uv.ravel()], 1)
    unique, inverse = np.unique(corners, axis=0, return_inverse=True)
    faces = inverse.reshape(-1, 3).astype(np.uint16)
    return Look(
        head=head,
        source=unique[:, 0],
        uv=head.uv[unique[:, 1]],
        triangles={part: faces[head.face_part == i] for i, part in enumerate(ada.PARTS)},
    )
