"""Grows strands on a head: all of a style at once, step by step along its field of directions, lying on skin and each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ada_parts import Array, smoothstep
from groom_scalp import DOWN, Scalp, unit
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

LEAST_M = 0.0011  # that hair lies above the skin, past its root: above the dark between the roots
ROOT_M, ROOT_MORE = 0.045, 2.0  # near its root a strand has more stations: how far, and how many more
BEND_M = 0.11  # metres that count as much as a bend by a radian, when stations are placed
Flow = Callable[[Array, Array, Array], Array]  # points [N, 3], normals [N, 3], roots [N, 3] -> directions [N, 3]


@dataclass
class Strands:
    """Guides, all with the same number of stations.

    Args:
        points: [N, K, 3] metres from root to tip.
        normals: [N, K, 3] outwards from the head.
        roots: [N, 3].
        layer: [N] 0 next to the skin to 1 outermost.
        length_m: [N].
    """

    points: Array
    normals: Array
    roots: Array
    layer: Array
    length_m: Array

    def pick(self, rows: NDArray) -> Strands:
        """Some of them."""
        return Strands(self.points[rows], self.normals[rows], self.roots[rows], self.layer[rows], self.length_m[rows])


@dataclass
class Growth:
    """How strands of a style grow.

    Args:
        flow: where they want to go.
        length: [N] metres each.
        lift: [N] metres above the skin at which each wants to lie.
        rise_m: distance from the root over which it gets there.
        stand: how far it stands up at the root, 0 lying to 1 upright.
        fall: share of gravity in the direction off the skin.
        hug: how strongly it is drawn back to its height per step.
        stiff: how much of the last direction stays.
        stations: K.
    """

    flow: Flow
    length: Array
    lift: Array
    rise_m: float = 0.02
    stand: float = 0.4
    fall: float = 0.0
    hug: float = 0.3
    stiff: float = 0.5
    stations: int = 10


def grow(scalp: Scalp, roots: Array, how: Growth, seed: int, substeps: int = 3) -> Strands:
    """Strands from roots [N, 3]."""
    rng = np.random.default_rng(seed)
    count, steps = len(roots), (how.stations - 1) * substeps
    _, normal = scalp.near(roots)
    step = how.length[:, None] / steps
    p = roots.copy()
    direction = unit(how.flow(p, normal, roots) * (1 - how.stand) + normal * how.stand + 0.06 * rng.standard_normal((count, 3)))
    path, normals, gone = [p.copy()], [normal.copy()], np.zeros((count, 1))
    for _ in range(steps):
        height, normal = scalp.near(p)
        wanted = how.lift * smoothstep(gone[:, 0], -0.15 * how.rise_m, how.rise_m)
        off = smoothstep(height - wanted, 0.004, 0.03)[:, None]
        along = how.flow(p, normal, roots)
        free = unit(along * (1 - how.fall * off) + DOWN * how.fall * off)
        upright = how.stand * np.clip(1 - gone / max(how.rise_m, 1e-4), 0, 1)
        target = unit(free * (1 - upright) + normal * upright)
        direction = unit(how.stiff * direction + (1 - how.stiff) * target)
        p = p + direction * step
        gone += step
        height, normal = scalp.near(p)
        wanted = how.lift * smoothstep(gone[:, 0], -0.15 * how.rise_m, how.rise_m)
        short = np.maximum(wanted - height, 0)
        long = np.clip(height - wanted, 0, 0.02) * how.hug * (1 - how.fall * smoothstep(height - wanted, 0.01, 0.03))
        p = p + normal * (short - long)[:, None]
        path.append(p.copy())
        normals.append(normal.copy())
    points = np.stack(path, 1)
    points[:, 1:] = gaussian_filter1d(points, 0.8 * substeps, axis=1, mode="nearest")[:, 1:]
    points = clear(scalp, points, np.maximum(0.35 * how.lift, np.minimum(LEAST_M, 0.25 * how.length)), min(how.rise_m, 0.012))
    normals_all = unit(gaussian_filter1d(np.stack(normals, 1), 1.5 * substeps, axis=1, mode="nearest"))
    layer = np.clip(how.lift / max(float(how.lift.max()), 1e-6), 0, 1)
    return bent_evenly(Strands(points, normals_all, roots, layer, how.length), how.stations)


def bent_evenly(strands: Strands, stations: int, last: Array | None = None) -> Strands:
    """Strands with fewer stations, more of them where they bend, and each a little outside the bend that its neighbours cut short.

    Args:
        strands: N with many stations.
        stations: wanted.
        last: [N] station at which each ends, a fraction; its last when None.
    """
    n, k, _ = strands.points.shape
    p = gaussian_filter1d(strands.points, max(k / 40, 0.6), axis=1, mode="nearest")
    step = np.linalg.norm(np.diff(p, axis=1), axis=-1)
    along = unit(np.diff(p, axis=1))
    bend = np.linalg.norm(np.diff(along, axis=1), axis=-1)  # radians between steps
    bend = np.concatenate([bend[:, :1], bend], 1)
    weight = 1 + ROOT_MORE * np.exp(-(np.cumsum(step, 1) - step) / ROOT_M)
    cost = np.concatenate([np.zeros((n, 1)), np.cumsum(step * weight + BEND_M * bend, 1)], 1)
    end = np.full(n, k - 1.0) if last is None else last
    at, index, share = np.arange(k), np.empty((n, stations), int), np.empty((n, stations))
    for i in range(n):
        total = np.interp(end[i], at, cost[i])
        where = np.interp(np.linspace(0, total, stations), cost[i], at)
        index[i] = np.minimum(where.astype(int), k - 2)
        share[i] = where - index[i]
    row, s = np.arange(n)[:, None], share[..., None]
    points = strands.points[row, index] * (1 - s) + strands.points[row, index + 1] * s
    normals = unit(strands.normals[row, index] * (1 - s) + strands.normals[row, index + 1] * s)
    # A chord runs inside the arc: half its depth is given back.
    middle = 0.5 * (points[:, 2:] + points[:, :-2])
    sag = ((points[:, 1:-1] - middle) * normals[:, 1:-1]).sum(-1, keepdims=True)
    points[:, 1:-1] += normals[:, 1:-1] * np.clip(0.14 * sag, 0, 0.0012)
    length = np.linalg.norm(np.diff(points, axis=1), axis=-1).sum(1)
    return Strands(points, normals, strands.roots, strands.layer, length)


def clear(scalp: Scalp, points: Array, least_m: Array, rise_m: float) -> Array:
    """Points [N, K, 3] pushed out to at least `least_m` [N] above the skin, except near their roots."""
    out = points.copy()
    gone = np.concatenate([np.zeros((len(points), 1)), np.cumsum(np.linalg.norm(np.diff(points, axis=1), axis=-1), 1)], 1)
    height, normal = scalp.near(out.reshape(-1, 3))
    need = (least_m[:, None] * smoothstep(gone, 0.0, rise_m)).ravel()
    out += (normal * np.maximum(need - height, 0)[:, None]).reshape(out.shape)
    return out


def clump(strands: Strands, apart_m: float, strength: float, seed: int, power: float = 1.5) -> Strands:
    """Strands drawn to the lock they belong to, more and more towards the tip."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(strands.roots))
    tree, centres, gone = cKDTree(strands.roots), [], np.zeros(len(order), bool)
    for i in order:
        if not gone[i]:
            centres.append(i)
            gone[tree.query_ball_point(strands.roots[i], apart_m)] = True
    _, lock = cKDTree(strands.roots[centres]).query(strands.roots)
    guide = strands.points[np.array(centres)[lock]]
    t = np.linspace(0, 1, strands.points.shape[1])[None, :, None]
    # Keep part of each strand's own height, so that a lock stays a lock and no line.
    pull = strength * t**power * rng.uniform(0.6, 1.0, (len(lock), 1, 1))
    offset = guide - strands.points
    offset -= 0.6 * strands.normals * (offset * strands.normals).sum(-1, keepdims=True)
    return Strands(strands.points + pull * offset, strands.normals, strands.roots, strands.layer, strands.length_m)


def shake(strands: Strands, amount_m: float, waves: float, seed: int, depth: float = 0.4) -> Strands:
    """A slow sway that differs from strand to strand, more towards the tip; by `depth` of it in and out, which layers of hair must not cross."""
    rng = np.random.default_rng(seed)
    n, k, _ = strands.points.shape
    t = np.linspace(0, 1, k)[None]
    along = unit(np.gradient(strands.points, axis=1))
    side = unit(np.cross(strands.normals, along))
    phase, rate = rng.uniform(0, 2 * np.pi, (2, n, 1)), waves * rng.uniform(0.7, 1.3, (2, n, 1))
    sway = amount_m * t[..., None] ** 0.8 * (np.sin(2 * np.pi * rate[0] * t + phase[0]))[..., None] * side
    bob = depth * amount_m * t[..., None] ** 0.8 * (np.sin(2 * np.pi * rate[1] * t + phase[1]))[..., None] * strands.normals
    start = smoothstep(t, 0.0, 0.25)[..., None]
    return Strands(strands.points + start * (sway + bob), strands.normals, strands.roots, strands.layer, strands.length_m)
