"""One step of Catmull-Clark subdivision of a quad mesh, as sparse sums of its vertices.

Source: Catmull and Clark, "Recursively generated B-spline surfaces on arbitrary topological meshes", 1978; boundaries and ring order as in
Biermann, Levin and Zorin, "Piecewise smooth subdivision surfaces with normal control", 2000.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.core.errors import InvalidInput

_LEAST_WEIGHT = 0.002  # of one vertex in a kept point; smaller ones are dropped and the row is scaled back to 1


@dataclass(frozen=True, eq=False)
class Subdivision:
    """Where the V vertices, E edges and Q quads of a mesh put the P = V + E + Q vertices of the finer one, in this order.

    Args:
        position: sparse float32 [P, V]; rows sum to 1.
        even: sparse float32 [P, V], plain means: for what is carried along and must not overshoot.
        quads: int64 [4 Q, 4] of the finer mesh, four to a quad, the k-th at its k-th corner.
        tangents: two sparse float32 [P, P] whose cross product on the finer vertices points along the normal.
    """

    position: sparse.csr_matrix
    even: sparse.csr_matrix
    quads: NDArray[np.int64]
    tangents: tuple[sparse.csr_matrix, sparse.csr_matrix]


def quads_of(triangles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Quads int64 [F / 2, 4] that were split into consecutive pairs of triangles [F, 3].

    Raises:
        InvalidInput: the triangles are no such pairs.
    """
    a, b = triangles[0::2], triangles[1::2]
    if len(a) != len(b) or not ((a[:, 0] == b[:, 0]) & (a[:, 2] == b[:, 1])).all():
        raise InvalidInput("these triangles do not come in pairs that make quads", "bake the head again with packaging/bake_ada.py")
    return np.concatenate([a, b[:, 2:]], 1).astype(np.int64)


def subdivide(quads: NDArray[np.int64], vertex_count: int, kept: NDArray[np.int64]) -> Subdivision:
    """Subdivide once.

    Args:
        quads: int64 [Q, 4], counter-clockwise from outside.
        vertex_count: V.
        kept: vertices that stay where they are, though the surface is smooth there.
    """
    count = len(quads)
    pairs = np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2)  # [4 Q, 2], directed
    ends, edge = np.unique(np.sort(pairs, 1), axis=0, return_inverse=True)
    edge = edge.reshape(-1)
    faces = _matrix(np.repeat(np.arange(count), 4), quads.ravel(), 0.25, (count, vertex_count))
    middles = _matrix(np.repeat(np.arange(len(ends)), 2), ends.ravel(), 0.5, (len(ends), vertex_count))
    beside = _matrix(edge, np.repeat(np.arange(count), 4), 1.0, (len(ends), count))
    inner = np.asarray(beside.sum(1)).ravel() == 2
    on_edge = sparse.diags(np.where(inner, 0.5, 1.0)) @ middles + sparse.diags(np.where(inner, 0.25, 0.0)) @ beside @ faces
    on_vertex = _vertex_rule(quads, ends, inner, faces, middles, vertex_count)
    position = sparse.vstack([on_vertex, on_edge, faces]).tocsr() @ _held(on_vertex.tocsr(), kept)
    even = sparse.vstack([sparse.identity(vertex_count), middles, faces]).tocsr()
    first, second = vertex_count + edge.reshape(-1, 4), vertex_count + len(ends) + np.arange(count)
    fine = np.stack([quads, first, np.repeat(second[:, None], 4, 1), np.roll(first, 1, 1)], -1).reshape(-1, 4)
    rings = _Rings(quads, pairs, edge, vertex_count, len(ends))
    return Subdivision(_pruned(position), even.astype(np.float32), fine, rings.tangents(inner, ends))


def _matrix(rows: NDArray, columns: NDArray, value: float, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.full(len(rows), value), (rows, columns)), shape)


def _vertex_rule(
    quads: NDArray[np.int64], ends: NDArray[np.int64], inner: NDArray[np.bool_], faces: sparse.csr_matrix, middles: sparse.csr_matrix, vertex_count: int
) -> sparse.csr_matrix:
    """Where the old vertices go, [V, V]; those of no quad stay."""
    meets = lambda items, width: _matrix(items.ravel(), np.repeat(np.arange(len(items)), width), 1.0, (vertex_count, len(items)))  # noqa: E731
    at_face, at_edge = meets(quads, 4), meets(ends, 2)
    valence = np.asarray(at_edge.sum(1)).ravel()
    n = np.maximum(valence, 1)
    rim = at_edge @ sparse.diags((~inner).astype(float))
    on_rim = np.asarray(rim.sum(1)).ravel() > 0
    free = (valence > 0) & ~on_rim
    smooth = sparse.diags(np.where(free, 1 / n**2, 0.0)) @ (at_face @ faces + 2 * (at_edge @ middles)) + sparse.diags(np.where(free, (n - 3) / n, 0.0))
    along = sparse.diags(np.where(on_rim, 0.25, 0.0)) @ rim @ middles + sparse.diags(np.where(on_rim, 0.5, 0.0))
    return smooth + along + sparse.diags((valence == 0).astype(float))


def _held(rule: sparse.csr_matrix, kept: NDArray[np.int64]) -> sparse.csr_matrix:
    """Vertices moved beforehand so that `rule` takes the kept ones back to where they were, [V, V]."""
    count = rule.shape[0]
    if not len(kept):
        return sparse.identity(count).tocsr()
    others = np.ones(count)
    others[kept] = 0.0
    own = np.linalg.inv(rule[kept][:, kept].toarray())
    rest = sparse.csr_matrix(rule[kept] @ sparse.diags(others))
    among = sparse.csr_matrix((np.ones(len(kept)), (np.arange(len(kept)), kept)), (len(kept), count))
    rows = sparse.csr_matrix(own) @ (among - rest)
    return (sparse.diags(others) + among.T @ rows).tocsr()


def _pruned(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    out = matrix.copy()
    out.data[np.abs(out.data) < _LEAST_WEIGHT] = 0.0
    out.eliminate_zeros()
    return (sparse.diags(1 / np.maximum(np.asarray(out.sum(1)).ravel(), 1e-9)) @ out).astype(np.float32).tocsr()


class _Rings:
    """Neighbours of the finer vertices in counter-clockwise order."""

    def __init__(self, quads: NDArray[np.int64], pairs: NDArray[np.int64], edge: NDArray[np.int64], vertices: int, edges: int) -> None:
        self._vertices, self._edges, self._count = vertices, edges, len(quads)
        self._pairs, self._edge, self._sides = pairs, edge, edge.reshape(-1, 4)

    def tangents(self, inner: NDArray[np.bool_], ends: NDArray[np.int64]) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """Both tangent matrices."""
        size = self._vertices + self._edges + self._count
        rows: tuple[list, list] = ([], [])
        at_edge, at_face = self._vertices, self._vertices + self._edges

        def add(which: int, row: NDArray, column: NDArray, value: float | NDArray) -> None:
            rows[which].append((row, column, np.broadcast_to(np.asarray(value, np.float32), row.shape)))

        face = at_face + np.arange(self._count)
        for k, (which, sign) in enumerate(((0, 1.0), (1, 1.0), (0, -1.0), (1, -1.0))):
            add(which, face, at_edge + self._sides[:, k], sign)
        # An edge's own quad lies to its left; the first of the two directions seen decides which way it runs.
        _, first = np.unique(self._edge, return_index=True)
        edges = at_edge + np.arange(self._edges)
        tail, tip = self._pairs[first].T
        add(0, edges, tip, 1.0)
        add(0, edges, tail, -1.0)
        add(1, edges, at_face + first // 4, 1.0)
        other = np.full(self._edges, -1)
        repeat = np.ones(len(self._edge), bool)
        repeat[first] = False
        other[self._edge[repeat]] = np.flatnonzero(repeat) // 4
        add(1, edges[inner], at_face + other[inner], -1.0)
        add(1, edges[~inner], edges[~inner], -1.0)
        for which, row, column, value in self._round_vertices(at_edge):
            add(which, row, column, value)
        return tuple(  # type: ignore[return-value]
            sparse.csr_matrix((np.concatenate([r[2] for r in own]), tuple(np.concatenate([r[i] for r in own]) for i in (0, 1))), (size, size)) for own in rows
        )

    def _round_vertices(self, at_edge: int) -> list[tuple[int, NDArray, NDArray, NDArray]]:
        """Weights of the edge points round each old vertex."""
        sides = self._sides.tolist()
        quads = self._pairs[:, 0].reshape(-1, 4).tolist()
        after: dict[int, dict[int, int]] = {}
        for corners, own in zip(quads, sides, strict=True):
            for k, vertex in enumerate(corners):
                after.setdefault(vertex, {})[own[k]] = own[k - 1]
        found: tuple[list, list] = ([], [])
        for vertex, turn in after.items():
            starts = turn.keys() - set(turn.values())
            ring = [min(starts) if starts else next(iter(turn))]
            while ring[-1] in turn and turn[ring[-1]] != ring[0]:
                ring.append(turn[ring[-1]])
            step = math.pi / (len(ring) - 1) if starts else 2 * math.pi / len(ring)
            for k, e in enumerate(ring):
                found[0].append((vertex, at_edge + e, math.cos(k * step)))
                found[1].append((vertex, at_edge + e, math.sin(k * step)))
            if starts:  # of an open fan the middle is not the vertex
                found[1].append((vertex, vertex, -sum(math.sin(k * step) for k in range(len(ring)))))
        out = []
        for which, items in enumerate(found):
            table = np.array(items)
            keep = np.abs(table[:, 2]) > 1e-6
            out.append((which, table[keep, 0].astype(np.int64), table[keep, 1].astype(np.int64), table[keep, 2].astype(np.float32)))
        return out
