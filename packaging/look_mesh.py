"""The mesh the renderer draws: single teeth, and which of the head's triangles belong to which material."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from ada_parts import Array, hair_height, smoothstep
from look_map import AXIS_Z_M, texture_uv
from look_teeth import Arch, gums, teeth
from numpy.typing import NDArray

from engine.head import ada
from engine.head.ada import HeadAsset

TEETH_COLUMNS, TEETH_ROWS = 17, 4
# The neckline: a plane, by its height in front and how it rises to the back.
NECK_FRONT_M, NECK_RISE = -0.166, 0.42
NECK_Z_M = -0.045


def cloth_depth(points: Array) -> Array:
    """Metres below the top's neckline, [N]; negative above it."""
    rise = NECK_RISE * (NECK_Z_M - points[:, 2])
    return NECK_FRONT_M + rise - points[:, 1]


@dataclass
class Mesh:
    """Points as weighted sums of the head's vertices, and triangles by material.

    Args:
        rows, columns, weights: sparse [G, V].
        triangles: [F, 3] into the points, by material.
        corner_uv: [F, 3, 2] by material.
        extra: [G, 4] what a material needs to know of a point.
    """

    head: HeadAsset
    rows: list[NDArray[np.int64]] = field(default_factory=list)
    columns: list[NDArray[np.int64]] = field(default_factory=list)
    weights: list[Array] = field(default_factory=list)
    count: int = 0
    triangles: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    corner_uv: dict[str, Array] = field(default_factory=dict)
    extra: list[Array] = field(default_factory=list)

    def add(self, columns: NDArray[np.int64], weights: Array, extra: Array | None = None) -> int:
        """Add points [P] as sums of head vertices [P, K]; returns the first one's number."""
        start = self.count
        self.rows.append(np.repeat(np.arange(start, start + len(columns)), columns.shape[1]))
        self.columns.append(columns.ravel())
        self.weights.append(weights.ravel())
        self.extra.append(np.zeros((len(columns), 4)) if extra is None else extra)
        self.count += len(columns)
        return start

    def copy(self, vertices: NDArray[np.int64], extra: Array | None = None) -> NDArray[np.int64]:
        """Add points that are head vertices; returns [V], the point of each vertex or -1."""
        start = self.add(vertices[:, None], np.ones((len(vertices), 1)), extra)
        where = np.full(len(self.head.vertices), -1)
        where[vertices] = np.arange(start, start + len(vertices))
        return where

    def part(self, name: str) -> NDArray[np.int64]:
        """The head's triangles of one part, [F, 3]."""
        return self.head.faces[self.head.face_part == ada.PARTS.index(name)]

    def part_uv(self, name: str) -> Array:
        """Their texture coordinates, [F, 3, 2]."""
        return self.head.uv[self.head.face_uv[self.head.face_part == ada.PARTS.index(name)]]


def grid(faces: NDArray[np.int64], columns: int, rows: int) -> NDArray[np.int64]:
    """Vertices of a strip of quads as [rows, columns], in one of its four orientations.

    Raises:
        SystemExit: the triangles are no such strip.
    """
    count: dict[tuple[int, int], int] = {}
    for t in faces.tolist():
        for a, b in ((t[0], t[1]), (t[1], t[2]), (t[2], t[0])):
            key = (min(a, b), max(a, b))
            count[key] = count.get(key, 0) + 1
    near: dict[int, set[int]] = {}
    edge: dict[int, list[int]] = {}
    for (a, b), n in count.items():
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
        if n == 1:
            edge.setdefault(a, []).append(b)
            edge.setdefault(b, []).append(a)
    loop = [next(iter(edge))]
    while len(loop) < len(edge):
        loop.append(next(n for n in edge[loop[-1]] if n not in loop))
    if len(loop) != 2 * (columns + rows) - 4:
        raise SystemExit(f"a strip has {len(loop)} vertices at its edge, not {2 * (columns + rows) - 4}: the base mesh is not hm08")
    for offset in range(len(loop)):
        ring = loop[offset:] + loop[:offset]
        first, right, left = ring[:columns], ring[columns - 1 : columns + rows - 1], [ring[0], *ring[:-rows:-1]]
        table, used = [first], set(first)
        for r in range(1, rows):
            row = [left[r]]
            used.add(left[r])
            for c in range(1, columns):
                options = [n for n in near[table[r - 1][c]] & near[row[c - 1]] if n not in used]
                if c == columns - 1:
                    options = [n for n in options if n == right[r]]
                if len(options) != 1:
                    break
                row.append(options[0])
                used.add(options[0])
            if len(row) < columns:
                break
            table.append(row)
        if len(table) == rows and len(used) == columns * rows:
            return np.array(table)
    raise SystemExit("a strip of the base mesh is no grid of quads: the base mesh is not hm08")


def mouth_faces(uv: Array) -> NDArray[np.bool_]:
    """Which of the skin's triangles line the mouth: they have an island of their own in the base mesh's texture."""
    return (uv[:, :, 1].mean(1) < 0.15) & (uv[:, :, 0].mean(1) > 0.7)


def add_skin(mesh: Mesh, occluded: NDArray[np.bool_]) -> None:
    """Skin, that under hair (scalp) and under clothes (torso), and the inside of the mouth."""
    head = mesh.head
    skin = head.vertices[head.span("skin")].astype(np.float64)
    faces, uv = mesh.part("skin"), mesh.part_uv("skin")
    normals = _normals(skin, faces)
    radial = skin - np.stack([0 * skin[:, 0], skin[:, 1], AXIS_Z_M + 0 * skin[:, 2]], -1)
    radial /= np.maximum(np.linalg.norm(radial, axis=1, keepdims=True), 1e-9)
    flat = smoothstep((normals * radial).sum(1), 0.1, 0.55)
    ears = head.masks["ears"][: len(skin)]
    extra = np.stack([flat * (1 - 0.7 * ears), ears, cloth_depth(skin), hair_height(skin)], -1)
    where = mesh.copy(np.arange(len(skin)), extra)
    mouth = mouth_faces(uv)
    scalp = ~mouth & (hair_height(skin)[faces] > 0.016).all(1) & (ears[faces] < 0.01).all(1) & occluded[faces].all(1)
    torso = ~mouth & ~scalp & ~(cloth_depth(skin)[faces] < 0.012).any(1)
    bare = ~mouth & ~scalp & ~torso
    azimuth = np.arctan2(skin[:, 0], skin[:, 2] - AXIS_Z_M)
    turn = azimuth[faces]
    turn = np.where((np.ptp(turn, axis=1) > np.pi)[:, None] & (turn < 0), turn + 2 * np.pi, turn)
    flat_uv = texture_uv(skin[faces].reshape(-1, 3), turn.ravel()).reshape(-1, 3, 2)
    for name, chosen in (("skin", bare), ("mouth", mouth), ("scalp", scalp), ("torso", torso)):
        mesh.triangles[name], mesh.corner_uv[name] = where[faces[chosen]], flat_uv[chosen]


def _normals(points: Array, triangles: NDArray[np.int64]) -> Array:
    out = np.zeros_like(points)
    face = np.cross(points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]])
    for k in range(3):
        np.add.at(out, triangles[:, k], face)
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)


def add_teeth(mesh: Mesh) -> None:
    """Teeth and gums of both jaws; extra as `look_teeth` says."""
    made: dict[str, list[NDArray[np.int64]]] = {"teeth": [], "gums": []}
    for jaw in ("upper", "lower"):
        table = grid(mesh.part(f"teeth_{jaw}"), TEETH_COLUMNS, TEETH_ROWS)
        p = mesh.head.vertices[table]
        if p[0, :, 2].max() < p[-1, :, 2].max():  # the first row is the front one, at the gums
            table = table[::-1]
        if mesh.head.vertices[table[0, 0], 0] > mesh.head.vertices[table[0, -1], 0]:
            table = table[:, ::-1]
        arch = Arch(mesh.head, table)
        for name, make in (("teeth", teeth), ("gums", gums)):
            vertices, weights, extra, triangles = make(jaw, arch)
            made[name].append(triangles + mesh.add(vertices, weights, extra))
    for name, triangles in made.items():
        mesh.triangles[name] = np.concatenate(triangles)
        mesh.corner_uv[name] = np.zeros((len(mesh.triangles[name]), 3, 2))


def add_plain(mesh: Mesh, part: str) -> None:
    """A part as it is; extra: the rest position."""
    span = mesh.head.span(part)
    rest = mesh.head.vertices[span]
    where = mesh.copy(np.arange(span.start, span.stop), np.concatenate([rest, np.zeros((len(rest), 1))], 1))
    mesh.triangles[part], mesh.corner_uv[part] = where[mesh.part(part)], mesh.part_uv(part)


def build(head: HeadAsset, occluded: NDArray[np.bool_]) -> Mesh:
    """The whole mesh; `occluded` [V] says which skin vertices nobody sees."""
    mesh = Mesh(head)
    add_skin(mesh, occluded)
    add_teeth(mesh)
    add_plain(mesh, "tongue")
    return mesh
