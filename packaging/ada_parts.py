"""The parts of Ada we make ourselves: eyeballs, hair cap, and the seams that make lips and lids meet."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

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
    [(0, 0.064), (18, 0.067), (34, 0.062), (48, 0.050), (58, 0.030), (68, 0.006), (80, -0.012), (96, -0.010), (112, -0.030), (140, -0.066), (180, -0.078)]
)
SKULL_CENTRE = np.array([0.0, 0.03, -0.075])


def hair_height(points: Array) -> Array:
    """Metres above the hairline (negative on the face), [N]."""
    offset = points - SKULL_CENTRE
    azimuth = np.degrees(np.arctan2(np.abs(offset[:, 0]), offset[:, 2]))
    return points[:, 1] - np.interp(azimuth, HAIRLINE[:, 0], HAIRLINE[:, 1])


def hair_cap(points: Array, normals: Array, triangles: NDArray[np.int64], ears: NDArray[np.bool_]) -> tuple[Array, NDArray[np.int64], NDArray[np.int64]]:
    """Hair combed back into a knot: the scalp lifted along its normals, and the knot.

    Returns:
        points [H, 3], triangles into them, and for each the skin vertex it follows.
    """
    above = hair_height(points)
    inside = (above > -0.012) & ~ears
    faces = triangles[inside[triangles].all(1)]
    source = np.unique(faces)
    index = np.full(len(points), -1)
    index[source] = np.arange(len(source))
    lift = 0.0002 + 0.011 * smoothstep(above[source], -0.004, 0.045)
    lift -= 0.004 * (above[source] < -0.004)  # the rim sinks below the skin, so that no edge floats
    cap = points[source] + normals[source] * lift[:, None]
    for _ in range(6):  # even out the ridges the scalp's own shape leaves
        total, count = np.zeros_like(cap), np.zeros(len(cap))
        local = index[faces]
        for a, b in ((0, 1), (1, 2), (2, 0)):
            np.add.at(total, local[:, a], cap[local[:, b]])
            np.add.at(count, local[:, a], 1)
        smooth = total / np.maximum(count, 1)[:, None]
        share = smoothstep(above[source], 0.01, 0.05)[:, None] * 0.5
        cap = cap * (1 - share) + smooth * share
        short = lift - ((cap - points[source]) * normals[source]).sum(1)  # smoothing shrinks; the scalp must not show
        cap += normals[source] * np.maximum(short, 0.0)[:, None]
    knot, knot_faces, _ = eyeball(np.zeros(3), 1.0, 16, 24)
    knot = knot * np.array([0.040, 0.036, 0.030]) + np.array([0.0, 0.035, cap[:, 2].min() - 0.012])
    nearest = source[np.argmin(((cap - np.array([0.0, 0.035, cap[:, 2].min()])) ** 2).sum(1))]
    all_points = np.concatenate([cap, knot])
    all_faces = np.concatenate([index[faces], knot_faces + len(cap)])
    return all_points, all_faces, np.concatenate([source, np.full(len(knot), nearest)])


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
