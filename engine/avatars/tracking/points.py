"""Which places of our head the landmarker's points are, and how they move with each channel.

A point is a barycentric place on the skin. What moves it is not the skin alone: the landmarker rounds off what it seldom saw. So the baked file
(`packaging/bake_tracking.py`) holds how the points were seen to move on pictures of our own people making each shape, beside how exact each is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.head import ada
from engine.head.ada import HeadAsset

FILE = "heads/tracking.npz"
# Of the mesh: outer and inner corner of each eye, the character's.
CORNERS: dict[str, tuple[int, int]] = {"left": (263, 362), "right": (33, 133)}
# Inner edge of the lips at the middle half of the mouth, upper over lower, from the character's right to left.
LIP_COLUMNS: tuple[tuple[int, int], ...] = ((81, 178), (82, 87), (13, 14), (312, 317), (311, 402))
LIP_CORNERS = (78, 308)  # the character's right and left


@dataclass(frozen=True, eq=False)
class Points:
    """The landmarker's points on our head.

    Args:
        mesh: int64 [L] numbers of the points used, of the mesh's 468.
        vertex: int64 [L, 3] corners of the skin's triangle each lies in.
        share: float32 [L, 3] of those corners, summing to 1.
        shift: float32 [L, 3] how far off the skin the landmarker puts it, metres at Ada's size.
        sigma: float32 [L] how exact it is: standard deviation as a share of the distance between the outer corners of the eyes.
        names: the C channels that move points.
        response: float32 [C, L, 3] how a point is seen to move when the channel goes from 0 to 1, metres at Ada's size.
        slip: float32 [S, L, 3] the ways in which the landmarker's points go wrong together, each as far as it usually does, metres at Ada's size.
        axes: the A identity axes that move points.
        axis: float32 [A, L, 3] how a point moves when the axis goes from 0 to 1, metres.
    """

    mesh: NDArray[np.int64]
    vertex: NDArray[np.int64]
    share: NDArray[np.float32]
    shift: NDArray[np.float32]
    sigma: NDArray[np.float32]
    names: tuple[str, ...]
    response: NDArray[np.float32]
    slip: NDArray[np.float32]
    axes: tuple[str, ...]
    axis: NDArray[np.float32]

    def on(self, head: HeadAsset) -> NDArray[np.float32]:
        """Where the points are on a head at rest: float32 [L, 3], metres."""
        return self.carried(head.vertices) + np.float32(head.size) * self.shift

    def carried(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of values [V, D] at the head's vertices, those at the points: [L, D]."""
        out: NDArray[np.float32] = np.einsum("lk,lkd->ld", self.share, values[self.vertex])
        return out

    def at(self, numbers: tuple[int, ...]) -> list[int]:
        """Rows of points of the mesh.

        Raises:
            InvalidInput: one of them is not used.
        """
        rows = {int(number): row for row, number in enumerate(self.mesh)}
        missing = [n for n in numbers if n not in rows]
        if missing:
            raise InvalidInput(f"the points {missing} of the mesh are not in {FILE}", "bake it again with packaging/bake_tracking.py")
        return [rows[n] for n in numbers]


@lru_cache(maxsize=1)
def load() -> Points:
    """The baked points, cached.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    a = ada.read_arrays(FILE)
    return Points(
        mesh=a["mesh"].astype(np.int64),
        vertex=a["vertex"].astype(np.int64),
        share=a["share"],
        shift=a["shift"].astype(np.float32),
        sigma=a["sigma"],
        names=tuple(str(name) for name in a["names"]),
        response=a["response"].astype(np.float32),
        slip=a["slip"].astype(np.float32),
        axes=tuple(str(name) for name in a["axes"]),
        axis=a["axis"].astype(np.float32),
    )


def facing(head: HeadAsset, points: Points) -> NDArray[np.float32]:
    """Which way the skin faces at the points: unit vectors float32 [L, 3]."""
    v, f = head.vertices, head.faces
    normals = np.zeros_like(v)
    across = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
    for corner in range(3):
        np.add.at(normals, f[:, corner], across)
    at = points.carried(normals)
    out: NDArray[np.float32] = at / np.maximum(np.linalg.norm(at, axis=1, keepdims=True), np.float32(1e-12))
    return out
