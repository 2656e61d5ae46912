"""The mesh the renderer draws: finer teeth, single lashes, and which triangles belong to which material."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from ada_hair import STEPS, STRANDS
from ada_parts import Array, hair_height, smoothstep
from look_map import AXIS_Z_M, texture_uv
from numpy.typing import NDArray

from engine.head import ada
from engine.head.ada import HeadAsset

TEETH_COLUMNS, TEETH_ROWS = 17, 4
TEETH_FINER = 3
LASHES = {"upper": (13, 5, 84, 0), "lower": (12, 5, 48, 1)}  # columns, rows, hairs, how many lashes strips are below
LASH_POINTS = 4
WISPS, WISP_POINTS = 100, 8
EYE_EDGE = 0.10  # cosine from the pole beyond which the eyeball is never seen
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


def _catmull(t: float) -> list[float]:
    return [0.5 * (-t + 2 * t * t - t**3), 0.5 * (2 - 5 * t * t + 3 * t**3), 0.5 * (t + 4 * t * t - 3 * t**3), 0.5 * (-t * t + t**3)]


def mouth_faces(uv: Array) -> NDArray[np.bool_]:
    """Which of the skin's triangles line the mouth: they have an island of their own in the base mesh's texture."""
    return (uv[:, :, 1].mean(1) < 0.15) & (uv[:, :, 0].mean(1) > 0.7)


def neckline_distance(skin: Array, faces: NDArray[np.int64]) -> Array:
    """Millimetres from the neckline, [V]; negative above it."""
    depth = cloth_depth(skin)
    edges = np.unique(np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1), axis=0)
    a, b = edges[(depth[edges[:, 0]] > 0) != (depth[edges[:, 1]] > 0)].T
    t = (depth[a] / (depth[a] - depth[b]))[:, None]
    line = skin[a] * (1 - t) + skin[b] * t
    line = line[np.linalg.norm(line - [0, -0.15, -0.08], axis=1) < 0.12]
    distance = np.sqrt(((skin[:, None] - line[None]) ** 2).sum(-1).min(1))
    return 1000 * np.sign(depth) * distance


def add_skin(mesh: Mesh, occluded: NDArray[np.bool_]) -> None:
    """Skin, that under hair (scalp) and under clothes (torso), the inside of the mouth, and the top."""
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
    dressed = ~mouth_faces(uv) & (cloth_depth(skin)[faces] > -0.004).any(1)
    worn = np.unique(faces[dressed])
    band = np.stack([neckline_distance(skin, faces)[worn], 0 * worn, cloth_depth(skin)[worn], skin[worn, 1]], -1)
    clothed = mesh.copy(worn, band)
    mesh.triangles["cloth"], mesh.corner_uv["cloth"] = clothed[faces[dressed]], np.zeros((dressed.sum(), 3, 2))
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


def add_eyes(mesh: Mesh) -> None:
    """The seen part of the eyeballs; extra holds the direction from the centre at rest and the side."""
    triangles, uv = [], []
    for side, sign in (("left", 1.0), ("right", -1.0)):
        span = mesh.head.span(f"eye_{side}")
        unit = (mesh.head.vertices[span] - mesh.head.joints[f"eye_{side}"]) / mesh.head.eye_radius_m
        where = mesh.copy(np.arange(span.start, span.stop), np.concatenate([unit, np.full((len(unit), 1), sign)], 1))
        faces = mesh.part(f"eye_{side}")
        seen = (unit[faces - span.start][:, :, 2] > EYE_EDGE).any(1)
        triangles.append(where[faces[seen]])
        uv.append(mesh.part_uv(f"eye_{side}")[seen])
    mesh.triangles["eyes"], mesh.corner_uv["eyes"] = np.concatenate(triangles), np.concatenate(uv)


def add_teeth(mesh: Mesh) -> None:
    """Both rows of teeth, finer along the arch; extra: arc from the middle (mm), height from the gum's side (0 to 1), mm of it, jaw."""
    triangles = []
    for jaw, sign in (("upper", 1.0), ("lower", -1.0)):
        faces = mesh.part(f"teeth_{jaw}")
        table = grid(faces, TEETH_COLUMNS, TEETH_ROWS)
        p = mesh.head.vertices[table]  # [rows, columns, 3]
        if p[0, :, 2].max() < p[-1, :, 2].max():  # the first row is the front one, at the gums
            table = table[::-1]
        if mesh.head.vertices[table[0, 0], 0] > mesh.head.vertices[table[0, -1], 0]:
            table = table[:, ::-1]
        p = mesh.head.vertices[table].astype(np.float64)
        columns, weights = [], []
        fine = (TEETH_COLUMNS - 1) * TEETH_FINER + 1
        for row in table:
            for i in range(fine):
                k = min(i // TEETH_FINER, TEETH_COLUMNS - 2)
                near = np.clip(np.arange(k - 1, k + 3), 0, TEETH_COLUMNS - 1)
                columns.append(row[near])
                weights.append(_catmull(i / TEETH_FINER - k))
        at = (np.array(weights)[..., None] * mesh.head.vertices[np.array(columns)]).sum(1).reshape(TEETH_ROWS, fine, 3)
        arc = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(at[2], axis=0), axis=1))]) * 1000
        arc -= np.interp(0.0, at[2, :, 0], arc)
        tall = np.linalg.norm(at[2] - at[0], axis=1) * 1000
        share = np.array([0.0, np.linalg.norm(p[1] - p[0], axis=1).mean() * 1000 / tall.mean(), 1.0, 1.6])
        extra = np.stack([np.tile(arc, TEETH_ROWS), np.repeat(share, fine), np.tile(tall, TEETH_ROWS), np.full(TEETH_ROWS * fine, sign)], -1)
        start = mesh.add(np.array(columns), np.array(weights), extra)
        quads = [(r * fine + c, r * fine + c + 1, (r + 1) * fine + c + 1, (r + 1) * fine + c) for r in range(TEETH_ROWS - 1) for c in range(fine - 1)]
        tri = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))]) + start
        local = at.reshape(-1, 3)[tri - start]
        outward = np.cross(local[:, 1] - local[:, 0], local[:, 2] - local[:, 0])[: 2 * (fine - 1)]
        if outward[fine - 1, 2] < 0:
            tri = tri[:, [0, 2, 1]]
        triangles.append(tri)
    mesh.triangles["teeth"] = np.concatenate(triangles)
    mesh.corner_uv["teeth"] = np.zeros((len(mesh.triangles["teeth"]), 3, 2))


def add_plain(mesh: Mesh, part: str) -> None:
    """A part as it is; extra: the rest position."""
    span = mesh.head.span(part)
    rest = mesh.head.vertices[span]
    where = mesh.copy(np.arange(span.start, span.stop), np.concatenate([rest, np.zeros((len(rest), 1))], 1))
    mesh.triangles[part], mesh.corner_uv[part] = where[mesh.part(part)], mesh.part_uv(part)


def add_hair(mesh: Mesh) -> None:
    """The hair; extra: the strand's direction at rest, and 1 on the knot."""
    span = mesh.head.span("hair")
    points = mesh.head.vertices[span].astype(np.float64)
    faces, uv = mesh.part("hair") - span.start, mesh.part_uv("hair")
    along = np.zeros_like(points)
    for f, t in zip(faces, uv, strict=True):  # the surface gradient of the strand coordinate
        e1, e2 = points[f[1]] - points[f[0]], points[f[2]] - points[f[0]]
        normal = np.cross(e1, e2)
        area = np.linalg.norm(normal)
        if area < 1e-14:
            continue
        slope = np.cross(normal / area, e2) * (t[1, 1] - t[0, 1]) + np.cross(e1, normal / area) * (t[2, 1] - t[0, 1])
        along[f] -= slope
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-12)
    knot = np.zeros(len(points))
    knot[faces[uv[:, :, 1].max(1) >= 1.0].ravel()] = 1.0
    where = mesh.copy(np.arange(span.start, span.stop), np.concatenate([along, knot[:, None]], 1))
    mesh.triangles["hair"], mesh.corner_uv["hair"] = where[mesh.part("hair")], uv


def lash_strips(head: HeadAsset) -> dict[tuple[str, str], NDArray[np.int64]]:
    """Vertex grids [rows, columns] of the four strips, by side and lid: roots first, inner corner first."""
    faces = head.faces[head.face_part == ada.PARTS.index("lashes")]
    group = np.arange(len(head.vertices))
    while True:
        low = group.copy()
        for k in range(3):
            np.minimum.at(low, faces[:, k], group[faces].min(1))
        if (low == group).all():
            break
        group = low
    out = {}
    for label in np.unique(group[faces]):
        own = faces[group[faces[:, 0]] == label]
        points = head.vertices[np.unique(own)]
        side = "left" if points[:, 0].mean() > 0 else "right"
        lid = "upper" if points[:, 1].mean() > 0 else "lower"
        columns, rows, _, _ = LASHES[lid]
        table = grid(own, columns, rows)
        centre = head.joints[f"eye_{side}"]
        reach = np.linalg.norm(head.vertices[table] - centre, axis=-1).mean(1)
        table = table if reach[0] < reach[-1] else table[::-1]
        inner = np.abs(head.vertices[table[0], 0])
        out[side, lid] = table if inner[0] < inner[-1] else table[:, ::-1]
    return out


def add_lashes(mesh: Mesh) -> None:
    """Single lashes as ribbons: each point twice; uv: side -1 or 1, and 0 at the root to 1 at the tip; extra: the next point's offset in
    points, the width in mm, a shade, the lid."""
    rng = np.random.default_rng(3)
    triangles, uv = [], []
    for (_, lid), table in sorted(lash_strips(mesh.head).items()):
        _, rows, hairs, below = LASHES[lid]
        for n in range(hairs):
            s = np.clip((n + rng.uniform(0.1, 0.9)) / hairs, 0.03, 0.985)
            clump = 0.35 * np.sin(s * hairs * 0.9)  # tips gather in small tufts
            reach = rng.uniform(0.62, 1.0) * np.interp(s, [0, 0.25, 0.7, 1], [0.45, 0.8, 1.0, 0.9]) * (0.62 if below else 0.92)
            tip = s + (0.012 if below else 0.02) * (clump + rng.normal(0, 0.4))
            chain = [_on_strip(table, s + (tip - s) * (k / 3) ** 1.3, 1.0 + (rows - 2) * reach * k / 3) for k in range(LASH_POINTS)]
            width = rng.uniform(0.12, 0.19) * (0.66 if below else 1.0)
            shade = rng.uniform(0.75, 1.0)
            columns, weights = np.array([c for c, _ in chain for _ in (0, 1)]), np.array([w for _, w in chain for _ in (0, 1)])
            extra = np.tile([0.0, width, shade, float(below)], (2 * LASH_POINTS, 1))
            start = mesh.add(columns, weights, extra)
            _ribbon(start, LASH_POINTS, triangles, uv)
    mesh.triangles["lashes"], mesh.corner_uv["lashes"] = np.array(triangles), np.array(uv, float)


def add_wisps(mesh: Mesh) -> None:
    """Loose hairs that lie a little off the rest and break its outline: ribbons as the lashes are; extra as theirs, the last 2."""
    rng = np.random.default_rng(29)
    span = mesh.head.span("hair")
    cap = np.arange(span.start, span.start + STRANDS * STEPS).reshape(STRANDS, STEPS)
    middle = cap[:: STRANDS // 8, STEPS // 2]  # a point inside the head that moves with it
    triangles, uv = [], []
    for _ in range(WISPS):
        column, drift = rng.uniform(0, STRANDS), rng.normal(0, 0.9)
        first, length = max(rng.uniform(-3.0, 13.0), 1.2), rng.uniform(6, 11)
        off = rng.uniform(0.006, 0.030) if rng.random() < 0.75 else rng.uniform(0.03, 0.06)
        bow = rng.uniform(0.4, 1.0)
        columns, weights = [], []
        for k in range(WISP_POINTS):
            t = k / (WISP_POINTS - 1)
            row = min(first + length * t, STEPS - 1.001)
            at = column + drift * t + 0.35 * bow * np.sin(5 * t + column)
            c, r = int(np.floor(at)), int(row)
            near = np.array([[cap[(c + i) % STRANDS, r + j] for j in (0, 1)] for i in (0, 1)]).ravel()
            share = np.outer([1 - (at - c), at - c], [1 - (row - r), row - r]).ravel()
            out = off * (0.25 + np.sin(np.pi * min(1.0, t * 1.1)) * bow)
            columns.append(np.concatenate([near, middle]))
            weights.append(np.concatenate([share * (1 + out), np.full(len(middle), -out / len(middle))]))
        extra = np.tile([0.0, rng.uniform(0.09, 0.15), rng.uniform(0.8, 1.6), 2.0], (2 * WISP_POINTS, 1))
        start = mesh.add(np.repeat(columns, 2, 0), np.repeat(weights, 2, 0), extra)
        _ribbon(start, WISP_POINTS, triangles, uv)
    mesh.triangles["wisps"], mesh.corner_uv["wisps"] = np.array(triangles), np.array(uv, float)


def _ribbon(start: int, points: int, triangles: list, uv: list) -> None:
    """Triangles and texture coordinates of a ribbon whose points come in pairs."""
    for k in range(points - 1):
        a = start + 2 * k
        t0, t1 = k / (points - 1), (k + 1) / (points - 1)
        triangles += [(a, a + 1, a + 3), (a, a + 3, a + 2)]
        uv += [((-1, t0), (1, t0), (1, t1)), ((-1, t0), (1, t1), (-1, t1))]


def _on_strip(table: NDArray[np.int64], s: float, row: float) -> tuple[NDArray[np.int64], Array]:
    """A point of a strip as 16 vertices and weights: s from 0 to 1 along it, row from the roots."""
    rows, columns = table.shape
    x = np.clip(s, 0, 1) * (columns - 1)
    c, r = min(int(x), columns - 2), min(int(row), rows - 2)
    near_c, near_r = np.clip(np.arange(c - 1, c + 3), 0, columns - 1), np.clip(np.arange(r - 1, r + 3), 0, rows - 1)
    return table[np.ix_(near_r, near_c)].ravel(), np.outer(_catmull(row - r), _catmull(x - c)).ravel()


def build(head: HeadAsset, occluded: NDArray[np.bool_]) -> Mesh:
    """The whole mesh; `occluded` [V] says which skin vertices nobody sees."""
    mesh = Mesh(head)
    add_skin(mesh, occluded)
    add_eyes(mesh)
    add_teeth(mesh)
    add_plain(mesh, "tongue")
    add_hair(mesh)
    add_lashes(mesh)
    add_wisps(mesh)
    return mesh
