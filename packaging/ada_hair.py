"""Ada's hair: combed back from the hairline into a knot, as a grid whose rows run along the strands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ada_parts import SKULL_CENTRE, Array, hairline_height, smoothstep
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d

STRANDS, STEPS = 92, 26
KNOT_DIRECTION = np.array([0.0, 0.10, -1.0]) / np.linalg.norm([0.0, 0.10, -1.0])  # from the skull's centre to where the strands meet
KNOT_RADII = np.array([0.038, 0.035, 0.027])
BEFORE_HAIRLINE_M = 0.006  # baby hair that grows on the face's side
FOLLOW = 3


@dataclass
class Hair:
    """The hair's mesh and how it hangs on the skin.

    Args:
        points: [H, 3] metres.
        triangles: [F, 3] into the points.
        uv: [U, 2]: round the head from 0 to 1; 0 at the hairline to 1 at the knot, 1 to 2 on the knot.
        triangle_uv: [F, 3] into `uv`.
        follow: [H, 3] skin vertices each point follows.
        share: [H, 3] their weights, which sum to 1.
    """

    points: Array
    triangles: NDArray[np.int64]
    uv: Array
    triangle_uv: NDArray[np.int64]
    follow: NDArray[np.int64]
    share: Array


def _hit(directions: Array, points: Array, triangles: NDArray[np.int64]) -> Array:
    """How far from the skull's centre rays leave the surface, metres; nan where they miss."""
    a, b, c = (points[triangles[:, k]] - SKULL_CENTRE for k in range(3))
    u, v = b - a, c - a
    normal = np.cross(u, v)
    out = np.full(len(directions), np.nan)
    for i, d in enumerate(directions):
        depth = normal @ d
        with np.errstate(divide="ignore", invalid="ignore"):
            t = (normal * a).sum(1) / depth
        q = d * t[:, None] - a
        uu, uv, vv, qu, qv = (u * u).sum(1), (u * v).sum(1), (v * v).sum(1), (q * u).sum(1), (q * v).sum(1)
        det = uu * vv - uv * uv + 1e-30
        s, r = (vv * qu - uv * qv) / det, (uu * qv - uv * qu) / det
        hit = (s > -1e-3) & (r > -1e-3) & (s + r < 1.001) & (t > 0.02) & (depth > 0)
        if hit.any():
            out[i] = t[hit].min()
    return out


def _hairline_directions() -> Array:
    """Directions from the skull's centre to where the hair begins, [STRANDS, 3]; the first and the last meet at the nape."""
    # Evenly spaced strands at the hairline: walk the azimuth finely, then resample by arc length.
    azimuth = np.linspace(-np.pi, np.pi, 2001)
    height = gaussian_filter1d(hairline_height(np.degrees(np.abs(azimuth))), 22, mode="wrap")
    ring = np.stack([0.082 * np.sin(azimuth), height, SKULL_CENTRE[2] + 0.1 * np.cos(azimuth)], -1)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))])
    even = np.interp(np.linspace(0, along[-1], STRANDS + 1)[:-1], along, azimuth)
    target = np.interp(even, azimuth, height) - SKULL_CENTRE[1]
    return np.stack([np.sin(even), np.cos(even), target], -1)  # (x share, z share, height in metres)


def _start(line: Array, points: Array, triangles: NDArray[np.int64]) -> Array:
    """Unit directions whose hits lie at the hairline's heights: the elevation is found by bisection."""
    low, high = np.full(len(line), -1.3), np.full(len(line), 1.5)
    for _ in range(18):
        middle = (low + high) / 2
        d = np.stack([line[:, 0] * np.cos(middle), np.sin(middle), line[:, 1] * np.cos(middle)], -1)
        reach = _hit(d, points, triangles)
        reach = np.where(np.isnan(reach), 0.09, reach)
        below = d[:, 1] * reach < line[:, 2]
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    elevation = gaussian_filter1d((low + high) / 2, 1.5, mode="wrap")
    return np.stack([line[:, 0] * np.cos(elevation), np.sin(elevation), line[:, 1] * np.cos(elevation)], -1)


def _paths(start: Array, reach: float) -> Array:
    """Directions along each strand from a little before the hairline to the knot, [STRANDS, STEPS, 3]."""
    end = KNOT_DIRECTION
    angle = np.arccos(np.clip(start @ end, -1, 1))
    before = BEFORE_HAIRLINE_M / reach
    # Closer together near the hairline, where the hair rises and fades.
    ease = np.linspace(0, 1, STEPS) ** 1.3
    theta = -before + ease * (angle[:, None] + before - 0.02)  # [STRANDS, STEPS]
    side = start - end * (start @ end)[:, None]
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    turn = angle[:, None] - theta
    return np.cos(turn)[..., None] * end + np.sin(turn)[..., None] * side[:, None]


def _lift(distance: Array, directions: Array) -> Array:
    """Thickness of the hair above the skin by the distance from the hairline, metres."""
    top = smoothstep(directions[..., 1], 0.15, 0.8)
    full = 0.0075 + 0.0065 * top
    return 0.0004 + full * smoothstep(distance, -0.002, 0.034) ** 0.8


def _bundles(seed: int = 5) -> Array:
    """Ridges of combed strands, -1 to 1, [STRANDS, STEPS]."""
    rng = np.random.default_rng(seed)
    out = np.zeros((STRANDS, STEPS))
    for width, weight in ((1.0, 0.5), (2.5, 1.0)):
        noise = gaussian_filter1d(gaussian_filter1d(rng.standard_normal((STRANDS, STEPS)), width, axis=0, mode="wrap"), 5, axis=1)
        out += weight * noise / noise.std()
    return np.clip(out / 2.2, -1, 1)


def _grid_triangles(columns: int, rows: int, base: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Triangles of a grid closed in its first direction, and the same with the seam's texture vertices doubled."""
    tri, tri_uv = [], []
    for i in range(columns):
        for j in range(rows - 1):
            a, b = i * rows + j, ((i + 1) % columns) * rows + j
            ua, ub = i * rows + j, (i + 1) * rows + j
            tri += [[a, b, b + 1], [a, b + 1, a + 1]]
            tri_uv += [[ua, ub, ub + 1], [ua, ub + 1, ua + 1]]
    return np.array(tri) + base, np.array(tri_uv)


def _knot(centre: Array, base: int, uv_base: int) -> tuple[Array, NDArray[np.int64], Array, NDArray[np.int64]]:
    """The knot: a coil, its strands winding about the axis that leaves the head."""
    columns, rows = 36, 12
    axis = np.array([0.0, 0.30, -1.0]) / np.linalg.norm([0.0, 0.30, -1.0])
    right = np.array([1.0, 0.0, 0.0])
    up = np.cross(axis, right)
    around = 2 * np.pi * np.arange(columns) / columns
    down = np.pi * (0.002 + 0.84 * np.linspace(0, 1, rows))
    coil = around[:, None] + 2.6 * down[None]
    swell = 1 + 0.045 * np.sin(3 * coil) + 0.02 * np.sin(7 * coil + 1)
    radial = np.sin(down)[None] * swell
    local = np.stack([radial * np.cos(around)[:, None], radial * np.sin(around)[:, None], np.cos(down)[None] * (1 + 0 * radial)], -1) * KNOT_RADII
    points = centre + local[..., :1] * right + local[..., 1:2] * up + local[..., 2:] * axis
    tri, tri_uv = _grid_triangles(columns, rows, base)
    u, v = np.meshgrid(np.arange(columns + 1) / columns, 1 + np.linspace(0, 1, rows), indexing="ij")
    return points.reshape(-1, 3), tri[:, [0, 2, 1]], np.stack([u, v], -1).reshape(-1, 2), tri_uv[:, [0, 2, 1]] + uv_base


def _hang(points: Array, skin: Array, allowed: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array]:
    """The nearest allowed skin vertices of each point and weights that fall with distance."""
    follow, share = np.empty((len(points), FOLLOW), np.int64), np.empty((len(points), FOLLOW))
    for i, p in enumerate(points):
        distance = np.linalg.norm(skin[allowed] - p, axis=1)
        near = np.argpartition(distance, FOLLOW)[:FOLLOW]
        weight = 1 / (distance[near] + 1e-4) ** 2
        follow[i], share[i] = allowed[near], weight / weight.sum()
    return follow, share


def comb(skin: Array, triangles: NDArray[np.int64], ears: NDArray[np.bool_]) -> Hair:
    """Grow the hair on a head.

    Args:
        skin: vertices of the skin, metres [V, 3].
        triangles: of the skin.
        ears: which vertices belong to the ears, which hair does not grow over.
    """
    scalp = triangles[~ears[triangles].any(1)]
    start = _start(_hairline_directions(), skin, scalp)
    directions = _paths(start, 0.1)
    radius = _hit(directions.reshape(-1, 3), skin, scalp).reshape(STRANDS, STEPS)
    for row in radius.T:  # where an ear was left out: from the neighbours
        known = ~np.isnan(row)
        row[~known] = np.interp(np.flatnonzero(~known), np.flatnonzero(known), row[known], period=STRANDS)
    distance = (
        np.concatenate([np.zeros((STRANDS, 1)), np.cumsum(np.linalg.norm(np.diff(directions * radius[..., None], axis=1), axis=-1), 1)], 1) - BEFORE_HAIRLINE_M
    )
    blend = smoothstep(distance, 0.012, 0.04)
    smooth = gaussian_filter1d(gaussian_filter1d(radius, 2.5, axis=0, mode="wrap"), 1.5, axis=1)
    radius = radius * (1 - blend) + np.maximum(smooth, radius) * blend
    relief = 0.0011 * _bundles() * smoothstep(distance, 0.004, 0.03)
    cap = SKULL_CENTRE + directions * (radius + _lift(distance, directions) + relief)[..., None]
    tri, tri_uv = _grid_triangles(STRANDS, STEPS, 0)
    u = np.repeat(np.arange(STRANDS + 1)[:, None] / STRANDS, STEPS, 1)
    # v in metres from the hairline up to the knot at 1, so that the fade has the same width all round
    metres = np.concatenate([distance, distance[:1]])
    uv = np.stack([u, metres], -1).reshape(-1, 2)
    centre = cap[:, -1].mean(0) + 0.011 * KNOT_DIRECTION
    knot, knot_tri, knot_uv, knot_tri_uv = _knot(centre, cap.reshape(-1, 3).shape[0], len(uv))
    points = np.concatenate([cap.reshape(-1, 3), knot])
    allowed = np.flatnonzero(~ears & (skin[:, 1] > -0.1) & (np.linalg.norm(skin - SKULL_CENTRE, axis=1) > 0.075))
    follow, share = _hang(points, skin, allowed)
    top = _hang(centre[None], skin, allowed)
    follow[len(points) - len(knot) :], share[len(points) - len(knot) :] = top
    return Hair(points, np.concatenate([tri, knot_tri]), np.concatenate([uv, knot_uv]), np.concatenate([tri_uv, knot_tri_uv]), follow, share)
