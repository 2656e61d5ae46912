"""What a frame needs beside the positions: smooth normals, and how much light reaches each point."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


class Normals:
    """Smooth vertex normals, weighted by area.

    Args:
        faces: int [F, 3] triangles, counter-clockwise from outside.
        vertex_count: V.
    """

    def __init__(self, faces: NDArray[np.int64], vertex_count: int) -> None:
        self._a, self._b, self._c = (np.ascontiguousarray(faces[:, k], np.int64) for k in range(3))
        rows, columns = faces.T.ravel(), np.tile(np.arange(len(faces)), 3)
        ones = np.ones(len(rows), np.float32)
        self._gather = sparse.csr_matrix((ones, (rows, columns)), (vertex_count, len(faces)))

    def __call__(self, vertices: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit normals float32 [V, 3] of vertices [V, 3]; zero where no face is."""
        a = vertices[self._a]
        u, v = vertices[self._b] - a, vertices[self._c] - a
        face = np.empty_like(u)
        face[:, 0] = u[:, 1] * v[:, 2] - u[:, 2] * v[:, 1]
        face[:, 1] = u[:, 2] * v[:, 0] - u[:, 0] * v[:, 2]
        face[:, 2] = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
        out = self._gather @ face
        out /= np.sqrt(np.einsum("vk,vk->v", out, out))[:, None] + 1e-12
        return out


def harmonics(directions: NDArray) -> NDArray[np.float32]:
    """The nine real spherical harmonics up to degree 2 at unit directions [D, 3], unnormalised: float32 [D, 9]."""
    x, y, z = np.asarray(directions, np.float32).T
    return np.stack([np.ones_like(x), x, y, z, x * y, y * z, 3 * z * z - 1, x * z, x * x - y * y], -1)


def rotation(before: NDArray[np.float32], after: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rotation [3, 3] that best takes points [P, 3] to where they are now (Kabsch)."""
    u, _, vh = np.linalg.svd((after - after.mean(0)).T @ (before - before.mean(0)))
    u[:, 2] *= np.sign(np.linalg.det(u @ vh))
    return (u @ vh).astype(np.float32)
