"""Tools that the hair styles share: fields of directions, cutting, curling, the knot."""

from __future__ import annotations

import numpy as np
from ada_parts import SKULL_CENTRE, Array, smoothstep
from groom_cards import FULL, LOOSE
from groom_grow import Flow, Strands, bent_evenly
from groom_scalp import Scalp, unit
from scipy.spatial import cKDTree


def tangent(v: Array, n: Array) -> Array:
    """Vectors [N, 3] along surfaces with normals [N, 3]."""
    return v - n * (v * n).sum(-1, keepdims=True)


def from_line(line: Array) -> Flow:
    """Away from a parting given by its points [P, 3]."""
    tree = cKDTree(line)

    def flow(p: Array, n: Array, r: Array) -> Array:
        _, i = tree.query(p)
        # Hair keeps to the side of the parting that it grows on.
        _, own = tree.query(r)
        aside = np.sign(r[:, 0] - line[own, 0])[:, None] * np.array([1.0, 0.0, 0.0])
        away = p - line[i]
        near = 1 - smoothstep(np.linalg.norm(away[:, :2], axis=1), 0.01, 0.03)[:, None]
        behind = smoothstep(line[-1, 2] - r[:, 2], -0.01, 0.02)[:, None]
        return unit(tangent(unit(away) + 1.2 * aside * np.maximum(near, 0.4) * (1 - behind), n))

    return flow


class AlongTo:
    """Along the skull the shortest way to a point on it.

    Args:
        end: metres [3].
    """

    def __init__(self, end: Array) -> None:
        self._end = unit(end - SKULL_CENTRE)

    def __call__(self, p: Array, n: Array, r: Array) -> Array:
        """Directions [N, 3]."""
        d = unit(p - SKULL_CENTRE)
        return unit(tangent(tangent(np.broadcast_to(self._end, p.shape), d), n))

    def distance(self, p: Array) -> Array:
        """Metres along the skull, [N]."""
        return 0.103 * np.arccos(np.clip(unit(p - SKULL_CENTRE) @ self._end, -1, 1))


_EAR_SWEEP = 9.0  # how fast hair comes back to the head beside the ears, 1 per metre
EARS = np.array([[0.080, -0.004, -0.088], [-0.080, -0.004, -0.088]])


def round_ears(direction: Array, p: Array, n: Array) -> Array:
    """Directions [N, 3] turned aside so that hair passes above and behind the ears."""
    out = direction
    for ear in EARS:
        away = p - ear
        near = 1 - smoothstep(np.linalg.norm(away * [1.0, 0.8, 1.0], axis=1), 0.020, 0.048)[:, None]
        above = tangent(unit(away * [0.2, 1.0, 0.6] + [0.0, 0.012, 0.0]), n)
        # Only as far as it runs into the ear.
        into = np.clip(-(unit(out) * unit(tangent(away, n))).sum(1), 0, 1)[:, None]
        out = unit(out + 1.6 * near * (0.25 + into) * unit(above))
    return out


def over_ears(scalp: Scalp, points: Array, off_m: float = 0.003) -> Array:
    """Hanging strands [N, K, 3] that pass over the ears in one sweep, except near their roots."""
    skin = scalp.head.vertices[scalp.head.span("skin")].astype(float)
    ear = skin[scalp.head.masks["ears"][: len(skin)] > 0.5]
    gone = np.concatenate([np.zeros((len(points), 1)), np.cumsum(np.linalg.norm(np.diff(points, axis=1), axis=-1), 1)], 1)
    out = points.copy()
    for sign in (1.0, -1.0):
        own = ear[ear[:, 0] * sign > 0]
        own = own[np.argsort(-np.abs(own[:, 0]))[: len(own) // 2]]
        aside = ((out[..., None, 1:] - own[:, 1:]) ** 2).sum(-1)  # [N, K, E]
        wanted = (np.abs(own[:, 0]) + off_m - _EAR_SWEEP * aside).max(-1)
        push = np.maximum(wanted - sign * out[..., 0], 0) * (sign * out[..., 0] > 0.03) * smoothstep(gone, 0.008, 0.05)
        out[..., 0] += sign * push
    return out


def trim(strands: Strands, lowest: Array, stations: int) -> Strands:
    """Strands cut where they first come below `lowest` [N], metres, with other stations."""
    last = np.full(len(strands.points), strands.points.shape[1] - 1.0)
    for i, (p, low) in enumerate(zip(strands.points, lowest, strict=True)):
        below = np.flatnonzero(p[:, 1] < low)
        if len(below) and below[0] > 0:
            j = below[0]
            last[i] = max(j - 1 + float((p[j - 1, 1] - low) / max(p[j - 1, 1] - p[j, 1], 1e-9)), 1.0)
    return bent_evenly(strands, stations, last)


def inward(strands: Strands, amount_m: float, below_m: float) -> Strands:
    """Tips turned in towards the neck below a height."""
    low = smoothstep(below_m - strands.points[..., 1], 0.0, 0.05)[..., None]
    flat = unit(strands.normals * [1, 0, 1])
    return Strands(strands.points - amount_m * low**1.5 * flat, strands.normals, strands.roots, strands.layer, strands.length_m)


def curl(strands: Strands, radius_m: float, turns: float, seed: int) -> Strands:
    """Strands wound about themselves, each its own way."""
    rng = np.random.default_rng(seed)
    n, k, _ = strands.points.shape
    t = np.linspace(0, 1, k)[None]
    along = unit(np.gradient(strands.points, axis=1))
    across = unit(np.cross(along, np.where(np.abs(along[..., 1:2]) < 0.9, [0.0, 1.0, 0.0], [1.0, 0.0, 0.0])))
    third = np.cross(along, across)
    phase = rng.uniform(0, 2 * np.pi, (n, 1)) + 2 * np.pi * turns * rng.uniform(0.75, 1.25, (n, 1)) * rng.choice([-1, 1], (n, 1)) * t
    size = radius_m * rng.uniform(0.7, 1.4, (n, 1)) * smoothstep(t, 0.0, 0.35)
    ring = across * np.cos(phase)[..., None] + third * np.sin(phase)[..., None]
    return Strands(strands.points + size[..., None] * ring, unit(0.7 * strands.normals + ring), strands.roots, strands.layer, strands.length_m)


def knot(end: Array) -> list[tuple[Strands, tuple[int, ...]]]:
    """Locks wound into a knot that sits on a point of the skull, inner ones first."""
    axis = unit(np.array([0.0, 0.34, -1.0]))
    right = np.array([1.0, 0.0, 0.0])
    up = np.cross(axis, right)
    centre = end + 0.008 * axis
    rng = np.random.default_rng(5)
    out = []
    for count, shrink, columns in ((70, 0.90, FULL), (110, 1.0, FULL), (70, 1.04, LOOSE)):
        start = rng.uniform(0, 2 * np.pi, count)
        # Each lock winds from the rim at the head over the ball towards its middle, deeper where strands cross.
        down = np.linspace(0, 1, 12)[None] * rng.uniform(0.7, 1.0, (count, 1))
        polar = np.pi * (0.80 - 0.72 * down)
        around = start[:, None] + (2.2 + 0.4 * rng.standard_normal((count, 1))) * down
        lobes = 1 + 0.06 * np.sin(3 * (around - 2.4 * down)) + 0.02 * rng.standard_normal((count, 1))
        ring = np.sin(polar)[..., None] * (np.cos(around)[..., None] * right + np.sin(around)[..., None] * up)
        direction = ring - np.cos(polar)[..., None] * axis * -1.0
        local = shrink * lobes[..., None] * (ring * 0.036 + np.cos(polar)[..., None] * -axis * 0.026)
        normals = unit(ring / 0.036 - np.cos(polar)[..., None] * axis / 0.026 + 0 * direction)
        points = centre + local
        length = np.linalg.norm(np.diff(points, axis=1), axis=-1).sum(1)
        out.append((Strands(points, normals, points[:, 0], np.full(count, shrink / 1.1), length), columns))
    return out
