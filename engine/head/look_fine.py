"""The finer mesh of a look: skin, mouth and tongue subdivided once, everything else as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.head import ada
from engine.head.look import LightChange, Look, Tangents
from engine.head.subdivide import Subdivision, quads_of, subdivide

REFINED: dict[str, tuple[str, ...]] = {"skin": ("skin", "mouth", "scalp", "torso"), "tongue": ("tongue",)}
_LEAST_CHANGE = 0.01  # of the light on a point; less is not kept


@dataclass(frozen=True, eq=False)
class _Part:
    """One part of the head on its way to the finer mesh.

    Args:
        span: of its vertices in the head.
        sub: how it is subdivided; its vertices are counted from the span's start.
        quads: int64 [Q, 4] of the coarse mesh.
        of_point: int64 [V] the coarse look's point of each vertex; -1 for none.
        materials: what the look draws of it.
    """

    span: slice
    sub: Subdivision
    quads: NDArray[np.int64]
    of_point: NDArray[np.int64]
    materials: tuple[str, ...]

    def carried(self, values: NDArray[np.float32], known: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """Values [G, K] of the coarse points at the finer vertices [P, K], and where any neighbour is known."""
        has = (self.of_point >= 0) & known[self.of_point]
        weight = self.sub.even @ has.astype(np.float32)
        out = self.sub.even @ (values[self.of_point] * has[:, None])
        return (out / np.maximum(weight, 1e-6)[:, None]).astype(np.float32), weight > 0.2


def refine(look: Look) -> Look:
    """The finer look of a coarse one.

    Raises:
        InvalidInput: the head is not made of quads.
    """
    parts = [_part(look, name, tuple(m for m in materials if m in look.triangles)) for name, materials in REFINED.items()]
    refined = {m for part in parts for m in part.materials}
    others = {m: t for m, t in look.triangles.items() if m not in refined}
    old = np.unique(np.concatenate([look.source[t].ravel() for t in others.values()]))
    starts = np.cumsum([len(old)] + [part.sub.position.shape[0] for part in parts])
    count = int(starts[-1])
    blend = [look.blend[old]]
    extra, used = [look.extra[old]], [_old_vertices(look, others, old)]
    uv, triangles = [look.uv[used[0][0]]], dict(used[0][2])
    sources = [used[0][1]]
    made = len(sources[0])
    for part, start in zip(parts, starts, strict=False):
        place = sparse.csr_matrix(
            (np.ones(len(part.of_point), np.float32), (np.arange(len(part.of_point)), np.arange(part.span.start, part.span.stop))),
            (len(part.of_point), look.blend.shape[1]),
        )
        blend.append((part.sub.position @ place).tocsr())
        extra.append(part.carried(look.extra, np.ones(len(look.extra), bool))[0])
        point, at, index = _fine_vertices(look, part, made)
        sources.append(point + start)
        uv.append(at)
        triangles |= index
        made += len(point)
    lit = _light(look, parts, old, starts, count)
    order = {m: triangles[m] for m in look.triangles}
    return replace(
        look,
        blend=sparse.vstack(blend).tocsr().astype(np.float32),
        extra=np.concatenate(extra).astype(np.float32),
        source=np.concatenate(sources),
        uv=np.concatenate(uv).astype(np.float32),
        triangles=order,
        tangents=_tangents(parts, starts, count),
        fine=True,
        skin_start=len(old),
        **lit,
    )


def _part(look: Look, name: str, materials: tuple[str, ...]) -> _Part:
    head, span = look.head, look.head.span(name)
    quads = quads_of(head.faces[head.face_part == ada.PARTS.index(name)] - span.start)
    count = span.stop - span.start
    kept = np.zeros(0, np.int64)
    if name == "skin":
        kept = np.unique(np.concatenate([edge.ravel() for seam in head.seams.values() for edge in (seam.upper, seam.lower)]))
    points = np.unique(np.concatenate([look.points_of(m) for m in materials]))
    rows = look.blend[points]
    of_point = np.full(count, -1)
    of_point[rows.indices[rows.indptr[:-1]] - span.start] = points
    return _Part(span, subdivide(quads, count, kept), quads, of_point, materials)


def _old_vertices(
    look: Look, triangles: dict[str, NDArray[np.uint16]], points: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], dict[str, NDArray[np.uint16]]]:
    """Render vertices that are kept, the point of each among the kept `points`, and the triangles in their new numbers."""
    kept = np.unique(np.concatenate([t.ravel() for t in triangles.values()]))
    return kept, np.searchsorted(points, look.source[kept]), {m: np.searchsorted(kept, t).astype(np.uint16) for m, t in triangles.items()}


def _fine_vertices(look: Look, part: _Part, start: int) -> tuple[NDArray[np.int64], NDArray[np.float32], dict[str, NDArray[np.uint16]]]:
    """Render vertices of a part: the finer vertex of each, its texture coordinates, and triangles by material numbered from `start`."""
    corner_uv, material = _corners(look, part)
    around = np.stack([corner_uv, (corner_uv + np.roll(corner_uv, -1, 1)) / 2, np.repeat(corner_uv.mean(1, keepdims=True), 4, 1)], 2)
    uv = np.concatenate([around, np.roll(around[:, :, 1:2], 1, 1)], 2).reshape(-1, 4, 2)  # [4 Q, 4, 2]
    owner = np.repeat(material, 4)
    drawn = owner >= 0
    quads, uv, owner = part.sub.quads[drawn], uv[drawn], owner[drawn]
    key = np.concatenate([np.repeat(owner, 4)[:, None], quads.reshape(-1, 1), np.round(uv.reshape(-1, 2) * 65536)], 1).astype(np.int64)
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)  # neighbours in the mesh are neighbours in memory
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    index, first = rank[inverse.ravel()].reshape(-1, 4) + start, first[order]
    out = {}
    for k, name in enumerate(part.materials):
        own = index[owner == k]
        out[name] = np.concatenate([own[:, [0, 1, 2]], own[:, [0, 2, 3]]], 1).reshape(-1, 3).astype(np.uint16)
    return quads.ravel()[first], uv.reshape(-1, 2)[first].astype(np.float32), out


def _corners(look: Look, part: _Part) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Texture coordinates of each coarse quad's corners, [Q, 4, 2], and which of the part's materials it has, -1 for none."""
    halves = np.stack([part.quads[:, [0, 1, 2]], part.quads[:, [0, 2, 3]]], 1).reshape(-1, 3)
    base = 1 << 20
    key = lambda t: (np.sort(t, 1) @ np.array([base * base, base, 1])).astype(np.int64)  # noqa: E731
    known = key(halves)
    sorter = np.argsort(known)
    uv = np.full((len(part.quads), 4, 2), np.nan, np.float32)
    material = np.full(len(part.quads), -1)
    vertex = np.full(look.blend.shape[0], -1)
    has = part.of_point >= 0
    vertex[part.of_point[has]] = np.flatnonzero(has)
    for k, name in reversed(list(enumerate(part.materials))):  # where two share a quad the first draws it
        own = look.triangles[name].astype(np.int64)
        corners = vertex[look.source[own]]
        quad = sorter[np.searchsorted(known, key(corners), sorter=sorter)] // 2
        material[quad] = k
        for j in range(3):
            slot = np.argmax(part.quads[quad] == corners[:, j : j + 1], axis=1)
            uv[quad, slot] = look.uv[own[:, j]]
    for k in range(4):  # of a quad only half of which is drawn
        lost = np.isnan(uv[:, k, 0])
        uv[lost, k] = uv[lost, k - 1] + uv[lost, (k + 1) % 4] - uv[lost, (k + 2) % 4]
    return uv, material


def _light(look: Look, parts: list[_Part], old: NDArray[np.int64], starts: NDArray[np.int64], count: int) -> dict:
    """The fields of a look that say how its points are lit."""
    coarse = look.blend.shape[0]
    has = np.zeros(coarse, bool)
    has[look.light_points] = True
    table = np.zeros((coarse, 10), np.float32)
    table[look.light_points] = look.light

    def carry(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        out, known = np.zeros((count, 10), np.float32), np.zeros(count, bool)
        out[: len(old)], known[: len(old)] = values[old], has[old]
        for part, start in zip(parts, starts, strict=False):
            end = start + part.sub.position.shape[0]
            out[start:end], known[start:end] = part.carried(values, has)
        return out, known

    light, known = carry(table)
    points = np.flatnonzero(known)
    out: dict = {"light_points": points, "light": light[points]}
    for name in ("mouth_open", "eyes_shut"):
        change: LightChange = getattr(look, name)
        table = np.zeros((coarse, 10), np.float32)
        table[look.light_points[change.rows]] = change.change
        moved = carry(table)[0][points]
        rows = np.flatnonzero(np.abs(moved).max(1) > _LEAST_CHANGE)
        out[name] = LightChange(rows, moved[rows])
    return out


def _tangents(parts: list[_Part], starts: NDArray[np.int64], count: int) -> Tangents:
    """Of all refined points."""
    points = np.arange(starts[0], count)
    pair = []
    for k in (0, 1):
        body = sparse.block_diag([part.sub.tangents[k] for part in parts], format="csr")
        empty = sparse.csr_matrix((body.shape[0], int(starts[0])), dtype=np.float32)
        pair.append(sparse.hstack([empty, body]).tocsr().astype(np.float32))
    return Tangents(points, pair[0], pair[1])
