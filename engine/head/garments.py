"""Clothes: cloth on a chart of the bust, which follows every shape and every movement of neck and chest.

Baked by `packaging/bake_garments.py`. The chart is a grid of points round the bust that are weighted sums of the head's vertices; a garment's points
have a place on the chart and stand off from it round, down and out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset
from engine.core.person import CLOTHING_STYLES
from engine.head import ada
from engine.head.ada import HeadAsset
from engine.head.look import Look

# What a point is made of.
BODY, RIB, TRIM, BUTTON, CORD, SECOND = range(6)
SKIN: tuple[str, ...] = ("skin", "scalp", "torso")  # materials of a look
_UV_STEPS = 32767.0  # of a metre, from one metre before 0
_BASE_ROW = 0.2  # of the chart: what is stiff moves as the bust does there
_LOWER_M = 0.26  # below the head's mesh


@dataclass(frozen=True, eq=False)
class Chart:
    """The grid round the bust, R rows and C columns, flat in this order.

    Args:
        weights: sparse float32 [R * C, V] on the head's vertices.
        constant: float32 [R * C, 3] metres to be added.
        push: float32 [R * C] metres outward.
        rows: float32 [R], -1 up the neck, 0 round its base, 1 at the lower end of the head's mesh, 2 at that of what is worn.
    """

    weights: sparse.csr_matrix
    constant: NDArray[np.float32]
    push: NDArray[np.float32]
    rows: NDArray[np.float32]

    @property
    def columns(self) -> int:
        """C."""
        return len(self.push) // len(self.rows)

    def at(self, vertices: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Points float32 [R * C, 3] and the directions round, down and out there [R * C, 9] for posed vertices [V, 3]."""
        shape = (len(self.rows), self.columns, 3)
        points = (self.weights @ vertices + self.constant).reshape(shape)
        around = np.empty_like(points)
        around[:, 1:-1] = points[:, 2:] - points[:, :-2]
        around[:, 0], around[:, -1] = points[:, 1] - points[:, -1], points[:, 0] - points[:, -2]
        down = np.empty_like(points)
        down[1:-1] = points[2:] - points[:-2]
        down[0], down[-1] = points[1] - points[0], points[-1] - points[-2]
        out = _cross(down, around)
        around /= np.sqrt(np.einsum("rck,rck->rc", around, around))[..., None]
        out /= np.sqrt(np.einsum("rck,rck->rc", out, out))[..., None]
        flat = points.reshape(-1, 3) + self.push[:, None] * out.reshape(-1, 3)
        return flat, np.concatenate([around, _cross(around, out), out], -1).reshape(-1, 9)

    @property
    def base(self) -> slice:
        """The row that what is stiff moves with."""
        row = int(np.argmin(np.abs(self.rows - _BASE_ROW)))
        return slice(row * self.columns, (row + 1) * self.columns)

    def spread(self, place: NDArray[np.float32]) -> sparse.csr_matrix:
        """Sparse float32 [P, R * C] that gives values at places (row, column) between the chart's points."""
        row = np.clip(np.interp(place[:, 0], self.rows, np.arange(len(self.rows))), 0, len(self.rows) - 1.001)
        column = np.mod(place[:, 1], self.columns)
        r, c = np.floor(row).astype(int), np.floor(column).astype(int) % self.columns
        fr, fc = row - r, column - np.floor(column)
        c1 = (c + 1) % self.columns
        index = np.stack([r * self.columns + c, r * self.columns + c1, (r + 1) * self.columns + c, (r + 1) * self.columns + c1], 1)
        weight = np.stack([(1 - fr) * (1 - fc), (1 - fr) * fc, fr * (1 - fc), fr * fc], 1).astype(np.float32)
        return sparse.csr_matrix((weight.ravel(), index.ravel(), np.arange(0, 4 * len(place) + 1, 4)), (len(place), len(self.push)))


@dataclass(frozen=True, eq=False)
class Garment:
    """A garment of P points, the same on every head.

    Args:
        style: one of `engine.core.person.CLOTHING_STYLES`.
        chart: it is cut on.
        spread: sparse float32 [P, R * C], the chart at its points.
        offset: float32 [P, 3] metres round, down and out.
        uv: float32 [P, 2] metres along and across the thread.
        kind: float32 [P] what it is made of: `BODY` and what follows.
        stiff: float32 [P] how far it keeps its shape when the neck moves.
        edge: float32 [P] millimetres from the edge of its piece.
        low: float32 [P] metres below the end of the head's mesh, below 0 above it.
        light: float32 [P, 10]: nine harmonics of what each point sees, and its share of ambient light.
        triangles: uint16 [F, 3].
        hidden: bool [V] of the head's vertices, True well under it.
        shade: float32 [V] share of the light from everywhere that it leaves to the head's vertices.
    """

    style: str
    chart: Chart
    spread: sparse.csr_matrix
    offset: NDArray[np.float32]
    uv: NDArray[np.float32]
    kind: NDArray[np.float32]
    stiff: NDArray[np.float32]
    edge: NDArray[np.float32]
    low: NDArray[np.float32]
    light: NDArray[np.float32]
    triangles: NDArray[np.uint16]
    hidden: NDArray[np.bool_]
    shade: NDArray[np.float32]

    def on(self, head: HeadAsset) -> Worn:
        """The garment on a head.

        Raises:
            InvalidInput: the head has other vertices.
        """
        if len(head.vertices) != len(self.hidden):
            raise InvalidInput("this head is not of the garments' topology", "shape it with engine.head.shape")
        return Worn(self, head)


@dataclass(frozen=True, eq=False)
class Worn:
    """A garment on a head.

    Args:
        garment: which.
        head: whose.
    """

    garment: Garment
    head: HeadAsset

    @cached_property
    def _rest(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """The chart at rest and its directions; the same at the garment's points."""
        points, frames = self.garment.chart.at(self.head.vertices)
        return points, frames, self.garment.spread @ points, self.garment.spread @ frames

    @cached_property
    def _local_normals(self) -> NDArray[np.float32]:
        """Normals of the points in the directions of the chart, float32 [P, 3]."""
        _, _, at, frames = self._rest
        points = at + _along(frames, self.garment.offset)
        faces, gather = _sewn(self.garment)
        a, b, c = (points[faces[:, k]] for k in range(3))
        local = np.einsum("pjk,pk->pj", frames.reshape(-1, 3, 3), gather @ _cross(b - a, c - a))
        return np.asarray(local / np.maximum(np.linalg.norm(local, axis=1, keepdims=True), 1e-12), np.float32)

    def posed(self, vertices: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Points and unit normals, float32 [P, 3], for posed vertices [V, 3] metres of the head."""
        garment, chart = self.garment, self.garment.chart
        rest_points, rest_frames, rest_at, rest_own = self._rest
        points, frames = chart.at(vertices)
        moved = points - rest_points
        base = np.tile(moved[chart.base], (len(chart.rows), 1))
        spread = garment.spread @ np.concatenate([moved, base, frames - rest_frames], 1)
        loose = (1 - garment.stiff)[:, None]
        own = rest_own + loose * spread[:, 6:]
        at = rest_at + loose * spread[:, :3] + garment.stiff[:, None] * spread[:, 3:6] + _along(own, garment.offset)
        normals = _along(own, self._local_normals)
        normals /= np.sqrt(np.einsum("pk,pk->p", normals, normals))[:, None] + 1e-12
        return at, normals


def _along(frames: NDArray[np.float32], by: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors [P, 3] of coordinates [P, 3] in frames [P, 9]."""
    return by[:, :1] * frames[:, :3] + by[:, 1:2] * frames[:, 3:6] + by[:, 2:] * frames[:, 6:]


def _cross(a: NDArray[np.float32], b: NDArray[np.float32]) -> NDArray[np.float32]:
    """As `numpy.cross` of [..., 3], in a fraction of the time."""
    out = np.empty_like(a)
    out[..., 0] = a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1]
    out[..., 1] = a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2]
    out[..., 2] = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return out


@lru_cache(maxsize=1)
def _archive() -> dict[str, NDArray]:
    file = assets.path("heads/garments.npz")
    try:
        with np.load(file, allow_pickle=False) as archive:
            a = {key: archive[key] for key in archive.files}
    except (OSError, ValueError) as error:
        raise MissingAsset(f"the garments {file} cannot be read ({error})", "install Viva Voce again") from error
    if int(a["skin_vertices"]) != ada.load().part_start[1]:
        raise MissingAsset(f"the garments {file} belong to another head", "run packaging/bake_garments.py after packaging/bake_ada.py")
    return a


@lru_cache(maxsize=1)
def _chart() -> Chart:
    a = _archive()
    count = len(a["chart_start"]) - 1
    weights = sparse.csr_matrix((a["chart_weight"], a["chart_vertex"].astype(np.int32), a["chart_start"]), (count, len(ada.load().vertices)))
    return Chart(weights, a["chart_constant"], a["chart_push"], a["chart_rows"])


@cache
def load(style: str) -> Garment:
    """A garment, cached; "none" is what closes the picture below bare shoulders.

    Raises:
        InvalidInput: the style is not known.
        MissingAsset: the file is not there or damaged, or belongs to another head.
    """
    if style not in CLOTHING_STYLES:
        raise InvalidInput(f"the garment {style!r} is not known", "use one of " + ", ".join(CLOTHING_STYLES))
    a, chart = _archive(), _chart()
    place = a[f"{style}_place"]
    skin, count = int(a["skin_vertices"]), len(ada.load().vertices)
    hidden, shade = np.zeros(count, bool), np.ones(count, np.float32)
    hidden[:skin] = np.unpackbits(a[f"{style}_hidden"], count=skin)
    shade[:skin] = a[f"{style}_shade"] / np.float32(255)
    return Garment(
        style=style,
        chart=chart,
        spread=chart.spread(place),
        offset=a[f"{style}_offset"].astype(np.float32),
        uv=(a[f"{style}_uv"] / _UV_STEPS - 1).astype(np.float32),
        kind=a[f"{style}_kind"].astype(np.float32),
        stiff=a[f"{style}_stiff"].astype(np.float32),
        edge=a[f"{style}_edge"].astype(np.float32),
        low=np.asarray((place[:, 0] - 1) * _LOWER_M, np.float32),
        light=a[f"{style}_light"].astype(np.float32),
        triangles=a[f"{style}_triangles"],
        hidden=hidden,
        shade=shade,
    )


@lru_cache(maxsize=len(CLOTHING_STYLES))
def _sewn(garment: Garment) -> tuple[NDArray[np.int64], sparse.csr_matrix]:
    """A garment whose panels are joined at their seams: triangles [F, 3], and a matrix [P, F] of which meet at each point; every head has the same."""
    _, _, at, frames = garment.on(ada.load())._rest
    points = at + _along(frames, garment.offset)
    _, first, same = np.unique(np.round(points, 5), axis=0, return_index=True, return_inverse=True)
    joined = first[same]
    faces = joined[garment.triangles.astype(np.int64)]
    corners = (np.ones(faces.size, np.float32), (faces.ravel(), np.repeat(np.arange(len(faces)), 3)))
    return faces, sparse.csr_matrix(corners, (len(points), len(faces)))[joined]


def bare(look: Look, style: str) -> dict[str, NDArray[np.uint16]]:
    """The triangles of a look's skin that a garment leaves to be seen, or hides by a little only, by material.

    Raises:
        InvalidInput: the style is not known.
        MissingAsset: a file is not there or damaged.
    """
    under = (look.blend @ load(style).hidden.astype(np.float32))[look.source] > 0.999  # of each render vertex
    return {material: faces[~under[faces].all(1)] for material in SKIN if (faces := look.triangles.get(material)) is not None}
