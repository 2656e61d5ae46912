"""The parts of Ada we make ourselves: eyeballs, where her hair grows, and the seams that make lips and lids meet."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]


def smoothstep(x: Array, low: float, high: float) -> Array:
    """0 below `low`, 1 above `high`, smooth between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def eyeball(centre: Array, radius_m: float, rings: int = 22, spokes: int = 32) -> tuple[Array, NDArray[np.int64], Array]:
    """A sphere about `centre` with its pole along +Z, where rings are dense: (points, triangles, uv).

    uv runs over the front hemisphere: 0.5 + 0.5 * (x, y) / radius.
    """
    angles = np.pi * np.linspace(0.0, 1.0, rings + 1)[1:-1] ** 1.35
    around = 2 * np.pi * np.arange(spokes) / spokes
    body = np.stack([np.sin(angles)[:, None] * np.cos(around), np.sin(angles)[:, None] * np.sin(around), np.cos(angles)[:, None] + 0 * around], -1)
    unit = np.concatenate([[[0.0, 0.0, 1.0]], body.reshape(-1, 3), [[0.0, 0.0, -1.0]]])
    n, last = len(angles), len(unit) - 1
    tri = []
    for k in range(spokes):
        j = (k + 1) % spokes
        tri.append([0, 1 + k, 1 + j])
        for r in range(n - 1):
            a, b, c, d = 1 + r * spokes + k, 1 + r * spokes + j, 1 + (r + 1) * spokes + k, 1 + (r + 1) * spokes + j
            tri += [[a, c, d], [a, d, b]]
        tri.append([last, 1 + (n - 1) * spokes + j, 1 + (n - 1) * spokes + k])
    return centre + unit * radius_m, np.array(tri), 0.5 + 0.5 * unit[:, :2]


HAIRLINE = np.array(
    # azimuth from the nose in degrees, height of the hairline above the eyes in metres
    [(0, 0.071), (14, 0.0715), (24, 0.067), (32, 0.059), (40, 0.049), (48, 0.036), (56, 0.020), (64, 0.001), (70, -0.012), (80, -0.004), (98, -0.012),
     (112, -0.026), (140, -0.048), (180, -0.055)]
)  # fmt: skip
SKULL_CENTRE = np.array([0.0, 0.03, -0.075])


def hairline_height(azimuth: Array) -> Array:
    """Height of the hairline above the eyes, metres, by the azimuth from the nose in degrees."""
    return PchipInterpolator(HAIRLINE[:, 0], HAIRLINE[:, 1])(azimuth)


def hair_height(points: Array) -> Array:
    """Metres above the hairline (negative on the face), [N]."""
    offset = points - SKULL_CENTRE
    return points[:, 1] - hairline_height(np.degrees(np.arctan2(np.abs(offset[:, 0]), offset[:, 2])))


class Topology:
    """Quad mesh neighbourhood: edge loops and distances along the surface."""

    def __init__(self, faces: list[list[int]]) -> None:
        self.near: dict[int, set[int]] = {}
        self._faces = faces
        self._edge: dict[frozenset[int], list[int]] = {}
        for i, face in enumerate(faces):
            for k, a in enumerate(face):
                b = face[(k + 1) % len(face)]
                self.near.setdefault(a, set()).add(b)
                self.near.setdefault(b, set()).add(a)
                self._edge.setdefault(frozenset((a, b)), []).append(i)

    def loop(self, a: int, b: int) -> list[int]:
        """The closed edge loop that starts along the edge a-b, straight on at every four-way crossing."""
        out = [a, b]
        while len(out) < 200:
            here, before = out[-1], out[-2]
            beside: set[int] = set()
            for face in self._edge[frozenset((before, here))]:
                beside |= set(self._faces[face])
            onward = [n for n in self.near[here] if n not in beside]
            if len(onward) != 1:
                break
            if onward[0] == a:
                return out
            out.append(onward[0])
        raise SystemExit(f"no closed edge loop through vertices {a} and {b}: the base mesh is not hm08")

    def distance(self, points: Array, sources: list[int], limit_m: float) -> Array:
        """Distance along edges from the nearest source, metres [V]; inf beyond `limit_m` (Dijkstra)."""
        out = np.full(len(points), np.inf)
        heap = [(0.0, s) for s in sources]
        for s in sources:
            out[s] = 0.0
        while heap:
            d, i = heapq.heappop(heap)
            if d > out[i]:
                continue
            for j in self.near[i]:
                e = d + float(np.linalg.norm(points[i] - points[j]))
                if e < out[j] and e <= limit_m:
                    out[j] = e
                    heapq.heappush(heap, (e, j))
        return out


def seam(points: Array, topology: Topology, rings: list[list[int]], columns: int, reach_m: float) -> dict[str, NDArray]:
    """What the rig needs to make two edges meet along a seam: the lips, or the lids of one eye.

    Args:
        points: neutral vertices [V, 3].
        topology: of the skin.
        rings: closed loops round the opening; the first is the line of contact, all start at the upper middle.
        columns: how many places along the seam are measured.
        reach_m: how far along the skin a correction fades out.

    Returns:
        `upper`, `lower`: int [R, columns, 2] vertex pairs and `*_share` [R, columns] of the second; `vertices` [S] and
        `upper_field`, `lower_field` [S, columns]: how far a vertex follows a column's correction.
    """
    contact = points[rings[0]]
    left, right = contact[:, 0].max(), contact[:, 0].min()
    inset = 0.04 * (left - right)
    xs = np.linspace(right + inset, left - inset, columns)
    out: dict[str, list] = {"upper": [], "lower": [], "upper_share": [], "lower_share": []}
    halves: dict[str, list[int]] = {}
    for ring in rings:
        corner = [max(range(len(ring)), key=lambda i, s=s, r=ring: s * points[r[i], 0]) for s in (1, -1)]
        a, b = sorted(corner)
        first, second = ring[a : b + 1], ring[b:] + ring[: a + 1]
        if points[first, 1].mean() > points[second, 1].mean():
            first, second = second, first
        for side, chain in (("upper", second), ("lower", first)):
            order = sorted(chain, key=lambda i: points[i, 0])
            x = points[order, 0]
            k = np.clip(np.searchsorted(x, xs, side="right") - 1, 0, len(order) - 2)
            share = np.clip((xs - x[k]) / np.maximum(x[k + 1] - x[k], 1e-9), 0, 1)
            out[side].append(np.stack([np.array(order)[k], np.array(order)[k + 1]], -1))
            out[f"{side}_share"].append(share)
            halves.setdefault(side, chain)
    distance = {side: topology.distance(points, chain, 2 * reach_m) for side, chain in halves.items()}
    touched = np.flatnonzero(np.minimum(distance["upper"], distance["lower"]) < reach_m)
    hats = np.maximum(0.0, 1.0 - np.abs(np.clip(points[touched, 0], xs[0], xs[-1])[:, None] - xs) / (xs[1] - xs[0]))
    taper = smoothstep(-np.abs(points[touched, 0] - (left + right) / 2), -0.56 * (left - right), -0.46 * (left - right))
    fields = {}
    for side, other in (("upper", "lower"), ("lower", "upper")):
        here, there = distance[side][touched], distance[other][touched]
        fade = 1.0 - smoothstep(here, 0.15 * reach_m, reach_m)
        mine = smoothstep(np.where(np.isinf(there), 1.0, there) - np.where(np.isinf(here), 1.0, here), -0.002, 0.002)
        fields[f"{side}_field"] = hats * (fade * mine * taper)[:, None]
    return {"vertices": touched, **fields, **{k: np.stack(v) for k, v in out.items()}}
