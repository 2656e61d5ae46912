"""Hair as data: ribbons and single hairs of a style, and how they come to sit on any head.

Baked by `packaging/groom_bake.py` on Ada. Every point is an affine sum of head vertices: the displacement of anchors on skull, neck and
shoulders is carried to a lattice round the head by biharmonic splines, and from there linearly to the points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import av
import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset
from engine.core.person import HAIR_STYLES
from engine.head import ada
from engine.head.ada import HeadAsset

STEP_M, HALF_STEP_M, LIFT_STEP_M = 1e-5, 1e-6, 6e-5  # of the stored centres, half widths and lifts
SOLID, EDGED, SOFT = 0, 1, 2
NODE_M = 0.018  # of the lattice
_FADE_M = (0.010, 0.060)  # from the skin: up to where it is followed exactly, and from where on not at all
SHELL_LIFT = 0.010  # share of the way from the skull's middle that the dark under the hair lies above the skin
Floats = NDArray[np.float32]


class Warp:
    """Carries points round the head from Ada to another head: linear in the head's vertices.

    Args:
        points: [P, 3] on Ada, metres.
        anchors: int64 [A] head vertices.
    """

    def __init__(self, points: NDArray, anchors: NDArray[np.int64]) -> None:
        own = ada.load()
        self.anchors = anchors
        self._rest = own.vertices[anchors].astype(np.float64)
        # Near the skin the lattice is too coarse: what it misses there is made up for, less and less with the distance.
        faces = own.faces[(own.face_part == 0) & (own.masks["ears"][own.faces].max(1) < 0.3)]
        self.near = np.unique(faces)
        triangle, share, away = nearest_triangle(points, own.vertices[self.near].astype(np.float64), np.searchsorted(self.near, faces))
        fade = np.clip((_FADE_M[1] - away) / (_FADE_M[1] - _FADE_M[0]), 0.0, 1.0)[:, None]
        rows, columns = np.repeat(np.arange(len(points)), 3), np.searchsorted(self.near, faces)[triangle].ravel()
        self._mend = sparse.csr_matrix(((share * fade).astype(np.float32).ravel(), (rows, columns)), (len(points), len(self.near)))
        spread, nodes = _lattice(np.concatenate([points, own.vertices[self.near]]))
        self._spread, self._spread_near = spread[: len(points)], spread[len(points) :]
        self._inverse = _inverse(self.anchors.tobytes())
        self._nodes = np.concatenate([_distances(nodes, self._rest), np.ones((len(nodes), 1)), nodes], 1).astype(np.float32)  # [N, A + 4]

    def displacement(self, head: HeadAsset) -> Floats:
        """How far the points move from Ada to a head, metres [P, 3]."""
        moved = (head.vertices - ada.load().vertices).astype(np.float32)
        nodes = self._nodes @ (self._inverse @ moved[self.anchors]).astype(np.float32)
        out: Floats = self._spread @ nodes + self._mend @ (moved[self.near] - self._spread_near @ nodes)
        return out


@lru_cache(maxsize=2)
def _inverse(anchors: bytes) -> NDArray[np.float64]:
    """From displacements of anchors, int64 as bytes, to the coefficients of biharmonic splines, [A + 4, A]; exact for affine changes."""
    a = ada.load().vertices[np.frombuffer(anchors, np.int64)].astype(np.float64)
    count = len(a)
    system = np.zeros((count + 4, count + 4))
    system[:count, :count] = _distances(a, a)
    system[:count, count] = system[count, :count] = 1.0
    system[:count, count + 1 :], system[count + 1 :, :count] = a, a.T
    return np.asarray(np.linalg.inv(system)[:, :count])


def _lattice(points: NDArray) -> tuple[sparse.csr_matrix, NDArray]:
    """Shares of lattice nodes at points [P, 3]: sparse [P, N], and the nodes that are used [N, 3]."""
    low = points.min(0) - 1e-4
    size = np.ceil((np.ptp(points, axis=0) + 2e-4) / NODE_M).astype(int) + 2
    at = (points - low) / NODE_M
    cell = at.astype(int)
    share = at - cell
    columns, weights = [], []
    for corner in np.ndindex(2, 2, 2):
        i = cell + corner
        columns.append((i[:, 0] * size[1] + i[:, 1]) * size[2] + i[:, 2])
        weights.append(np.prod(np.where(corner, share, 1 - share), axis=1))
    used, place = np.unique(np.stack(columns, 1), return_inverse=True)
    values = np.stack(weights, 1).ravel().astype(np.float32)
    spread = sparse.csr_matrix((values, (np.repeat(np.arange(len(points)), 8), place.ravel())), (len(points), len(used)))
    return spread, np.stack([used // (size[1] * size[2]), used // size[2] % size[1], used % size[2]], -1) * NODE_M + low


def nearest_triangle(places: NDArray, points: NDArray, faces: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray, NDArray]:
    """Where places are nearest to a surface.

    Args:
        places: [N, 3].
        points: [G, 3] of the surface.
        faces: int64 [F, 3] into these.

    Returns:
        the triangle [N], the shares [N, 3] of its corners in the nearest point on it, and the distance [N].
    """
    corners = points[faces]
    _, near = cKDTree(corners.mean(1)).query(places, k=8)
    a, b, c = (corners[near][:, :, k] for k in range(3))  # [N, 8, 3]
    u, v, q = b - a, c - a, places[:, None] - a
    dot = lambda x, y: np.einsum("nkc,nkc->nk", x, y)  # noqa: E731
    uu, uv, vv, qu, qv = dot(u, u), dot(u, v), dot(v, v), dot(q, u), dot(q, v)
    det = uu * vv - uv * uv + 1e-24
    share = np.stack([(vv * qu - uv * qv) / det, (uu * qv - uv * qu) / det], -1)
    share = np.clip(share, 0.0, 1.0)
    share /= np.maximum(share.sum(-1, keepdims=True), 1.0)
    away = np.linalg.norm(a + share[..., :1] * u + share[..., 1:] * v - places[:, None], axis=-1)
    best = away.argmin(1)
    rows = np.arange(len(places))
    one, two = share[rows, best].T
    return near[rows, best], np.stack([1 - one - two, one, two], -1), away[rows, best]


def _distances(a: NDArray, b: NDArray) -> NDArray[np.float64]:
    squared = (a * a).sum(1)[:, None] + (b * b).sum(1) - 2 * a @ b.T
    return np.sqrt(np.maximum(squared, 0.0))


@dataclass(frozen=True, eq=False)
class Fitted:
    """A groom on one head.

    Args:
        centre: float32 [S, 3] metres, the middle of the ribbons at their stations.
        half: float32 [S, 3] from there to one edge.
        shell: float32 [H, 3] points of the dark under the hair.
    """

    centre: Floats
    half: Floats
    shell: Floats


@dataclass(frozen=True, eq=False)
class Groom:
    """A hair style on Ada: R ribbons of S stations in all.

    Args:
        style: its name.
        start: int64 [R + 1] first station of each ribbon; the first ribbons make an even choice of all.
        centre: float32 [S, 3] metres.
        half: float32 [S, 3] from the middle to one edge, of coils as seen from outside; 0 for single hairs.
        normal: float32 [S, 3] out of the hair's volume.
        opened: float32 [S] share of the surroundings that is seen past the other hair.
        torso: float32 [S] share that stays with the chest when the head turns.
        column: int64 [R] of the strand picture.
        seed: float32 [R] 0 to 1, to tell one lock from the next.
        width: float32 [R] of single hairs and of coils, which turn to the viewer, metres; 0 for ribbons.
        kind: int64 [R] `SOLID`, `EDGED` or `SOFT`: drawn opaque, opaque with a soft edge, softly all over.
        layer: float32 [R] 0 next to the skin to 1 outermost.
        shell_vertex: int64 [H] head vertices over which the dark under the hair lies.
        shell_triangles: int64 [M, 3] into these.
        shell_uv: float32 [H, 2] in the scalp's map.
        shell_map: uint8 [N, N, 2] cover and tone, first row at the bottom.
        shade: float32 [V] share of the surroundings that the head's vertices see past the hair.
        lift: float32 [S] metres along the normal that half the range of volume adds.
        warp: fits the stations to other heads.
    """

    style: str
    start: NDArray[np.int64]
    centre: Floats
    half: Floats
    normal: Floats
    opened: Floats
    torso: Floats
    column: NDArray[np.int64]
    seed: Floats
    width: Floats
    kind: NDArray[np.int64]
    layer: Floats
    shell_vertex: NDArray[np.int64]
    shell_triangles: NDArray[np.int64]
    shell_uv: Floats
    shell_map: NDArray[np.uint8]
    shade: Floats
    lift: Floats
    warp: Warp

    @property
    def coil(self) -> NDArray[np.bool_]:
        """Which ribbons are coils: ringlets painted on cards that turn about their axes to the viewer, [R]."""
        return (self.width > 0) & (self.kind != SOFT)

    @property
    def picture(self) -> str:
        """What is painted on its ribbons: see `strand_picture`."""
        return "coils" if self.coil.any() else "strands"

    def on(self, head: HeadAsset, volume: float = 0.5) -> Fitted:
        """The groom on a head of Ada's topology.

        Args:
            head: whose shape.
            volume: how far the hair stands off, 0 to 1.
        """
        own = ada.load()
        centre = self.centre + ((2 * volume - 1) * self.lift)[:, None] * self.normal
        scale = 1.0
        if head is not own:
            centre = centre + self.warp.displacement(head)
            scale = _spread(head.vertices[self.shell_vertex]) / _spread(own.vertices[self.shell_vertex])
        skin = head.vertices[self.shell_vertex]
        shell = skin + SHELL_LIFT * (skin - skin.mean(0))
        return Fitted(centre.astype(np.float32), (self.half * scale).astype(np.float32), shell.astype(np.float32))


def _spread(points: Floats) -> float:
    return float(np.sqrt(points.var(0).sum()))


def _scaled(stored: NDArray, step: float) -> Floats:
    out: Floats = stored.astype(np.float32) * np.float32(step)
    return out


def _shade(stored: NDArray) -> Floats:
    """Of all vertices, from that of the skin's."""
    out = np.ones(len(ada.load().vertices), np.float32)
    out[: len(stored)] = _scaled(stored, 1 / 255)
    return out


def _read(name: str) -> dict[str, NDArray]:
    file = assets.path(name)
    try:
        with np.load(file, allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}
    except (OSError, ValueError) as error:
        raise MissingAsset(f"the hair {file} cannot be read ({error})", "install Viva Voce again") from error


@lru_cache(maxsize=len(HAIR_STYLES))
def load(style: str) -> Groom:
    """A hair style, cached.

    Raises:
        InvalidInput: no such style, or "none", which has no hair.
        MissingAsset: its file is not there or damaged.
    """
    if style not in HAIR_STYLES or style == "none":
        raise InvalidInput(f"there is no hair style {style!r}", "use one of " + ", ".join(s for s in HAIR_STYLES if s != "none"))
    a = _read(f"heads/hair_{style}.npz")
    centre = _scaled(a["centre"], STEP_M)
    return Groom(
        style=style,
        start=a["start"].astype(np.int64),
        centre=centre,
        half=_scaled(a["half"], HALF_STEP_M),
        normal=_scaled(a["normal"], 1 / 127),
        opened=_scaled(a["open"], 1 / 255),
        torso=_scaled(a["torso"], 1 / 255) if "torso" in a else np.zeros(len(centre), np.float32),
        column=a["column"].astype(np.int64),
        seed=_scaled(a["seed"], 1 / 255),
        width=_scaled(a["width"], HALF_STEP_M),
        kind=a["kind"].astype(np.int64),
        layer=_scaled(a["layer"], 1 / 255),
        shell_vertex=a["shell_vertex"].astype(np.int64),
        shell_triangles=a["shell_triangles"].astype(np.int64),
        shell_uv=a["shell_uv"],
        shell_map=a["shell_map"],
        shade=_shade(a["shade"]),
        lift=_scaled(a["lift"], LIFT_STEP_M),
        warp=Warp(centre.astype(np.float64), a["anchor"].astype(np.int64)),
    )


def strand_picture(name: str = "strands") -> NDArray[np.uint8]:
    """Tone, cover and identity of painted strands or coils, uint8 [H, W, 3], first row at the bottom.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    file = assets.path(f"heads/hair_{name}.jpg")
    try:
        with av.open(str(file)) as container:
            frame = next(container.decode(video=0))
            return np.ascontiguousarray(frame.to_ndarray(format="rgb24")[::-1])
    except (av.FFmpegError, StopIteration) as error:
        raise MissingAsset(f"the texture {file} cannot be read ({error})", "install Viva Voce again") from error
