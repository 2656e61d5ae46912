"""A chart of the bust: rows down the body and columns round it, each point a weighted sum of the head's vertices, smooth as cloth lies.

Rows: -1 a hand's breadth up the neck, 0 round its base, 1 where the head's mesh ends, 2 the lower end of what is worn. Columns go round from the
middle of the front over the character's left, closed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ada_parts import Array
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from engine.core.person import Person
from engine.head import ada
from engine.head.ada import HeadAsset
from engine.head.shape import head_of

COLUMNS = 96
NECK_ROWS, BODY_ROWS, LOWER_ROWS = 10, 22, 10
ROWS = NECK_ROWS + BODY_ROWS + LOWER_ROWS + 1
UP_M, LOWER_M = 0.056, 0.26
AXIS_Z = -0.080
BASE_FRONT_M, BASE_RISE, BASE_Z = -0.166, 0.42, -0.045  # the plane round the base of the neck: height in front, how it rises to the back
CLEAR_M = 0.0022  # between skin and the chart's surface
BODIES: tuple[dict[str, float], ...] = (
    {}, {"weight": -1.0, "sex": 0.0}, {"weight": 1.0, "sex": 1.0}, {"weight": 1.0, "sex": 0.0}, {"muscle": 1.0, "sex": 1.0}, {"age": 1.0, "sex": 1.0},
    {"age": 1.0, "sex": 0.0, "weight": -0.8}, {"sex": 1.0, "weight": -1.0}, {"age": -0.4},
)  # fmt: skip


def row_place(row: Array) -> Array:
    """The chart's row number, 0 to `ROWS` - 1, of a row as garments count."""
    up, low = NECK_ROWS * (row + 1), NECK_ROWS + BODY_ROWS + LOWER_ROWS * (row - 1)
    return np.where(row < 0, up, np.where(row <= 1, NECK_ROWS + BODY_ROWS * row, low))


ROW_VALUES = np.concatenate([np.linspace(-1, 0, NECK_ROWS, endpoint=False), np.linspace(0, 1, BODY_ROWS, endpoint=False), np.linspace(1, 2, LOWER_ROWS + 1)])


@dataclass
class Chart:
    """The chart of any head of this topology.

    Args:
        weights: [ROWS, COLUMNS, V] on the head's skin vertices.
        constant: metres [ROWS, COLUMNS, 3] to be added.
        push: metres [ROWS, COLUMNS] outward.
    """

    weights: Array
    constant: Array
    push: Array

    def at(self, head: HeadAsset) -> Array:
        """The points on a head at rest, [ROWS, COLUMNS, 3]."""
        flat = np.tensordot(self.weights, head.vertices[head.span("skin")].astype(float), 1) + self.constant
        return flat + self.push[..., None] * frames(flat)[2]


def frames(points: Array) -> tuple[Array, Array, Array]:
    """Unit directions round, down and out at each point of a chart [R, C, 3]."""
    around = np.roll(points, -1, 1) - np.roll(points, 1, 1)
    down = np.gradient(points, axis=0)
    out = np.cross(down, around)
    around /= np.linalg.norm(around, axis=-1, keepdims=True)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    return around, np.cross(around, out), out


def _section(skin: Array, faces: NDArray[np.int64], theta: float) -> tuple[list[tuple[int, int, float]], Array]:
    """Where a half plane from the neck's axis cuts the skin, from the mesh's lower end upward: (a, b, share of b) and points."""
    across = skin[:, 0] * np.cos(theta) - (skin[:, 2] - AXIS_Z) * np.sin(theta) + 1e-9
    along = skin[:, 0] * np.sin(theta) + (skin[:, 2] - AXIS_Z) * np.cos(theta)
    by_edge: dict[tuple[int, int], list[int]] = {}
    for k, f in enumerate(faces.tolist()):
        for a, b in ((f[0], f[1]), (f[1], f[2]), (f[2], f[0])):
            if (across[a] > 0) != (across[b] > 0):
                by_edge.setdefault((min(a, b), max(a, b)), []).append(k)

    def cut(edge: tuple[int, int]) -> tuple[float, float]:
        a, b = edge
        t = across[a] / (across[a] - across[b])
        return t, along[a] * (1 - t) + along[b] * t

    start = [e for e, own in by_edge.items() if len(own) == 1 and cut(e)[1] > 0 and skin[e[0], 1] < -0.25]
    edge, seen, out = max(start, key=lambda e: cut(e)[1]), set(), []
    while True:
        t, _ = cut(edge)
        out.append((*edge, t))
        ahead = [k for k in by_edge[edge] if k not in seen]
        if not ahead:
            break
        seen.add(ahead[0])
        others = [e for e, own in by_edge.items() if ahead[0] in own and e != edge]
        edge = others[0]
        if skin[list(edge), 1].min() > -0.06 or len(out) > 400:
            break
    points = np.array([skin[a] * (1 - t) + skin[b] * t for a, b, t in out])
    return out, points


def _rows_of(skin: Array, cuts: list[tuple[int, int, float]], points: Array) -> Array:
    """Weights [ROWS - LOWER_ROWS, V] of the chart's points on one section."""
    order = np.arange(len(points))[::-1]  # from the neck down
    points = points[order]
    arc = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    depth = BASE_FRONT_M + BASE_RISE * (BASE_Z - points[:, 2]) - points[:, 1]
    crossing = np.flatnonzero((depth[:-1] <= 0) & (depth[1:] > 0))[-1]
    share = -depth[crossing] / (depth[crossing + 1] - depth[crossing])
    base = arc[crossing] + share * (arc[crossing + 1] - arc[crossing])
    values = ROW_VALUES[: NECK_ROWS + BODY_ROWS + 1]
    wanted = np.where(values < 0, base + values * min(UP_M, base), base + values * (arc[-1] - base))
    out = np.zeros((len(wanted), len(skin)))
    place = np.interp(wanted, arc, np.arange(len(arc)))
    for r, at in enumerate(place):
        low = min(int(at), len(arc) - 2)
        for index, weight in ((low, 1 - (at - low)), (low + 1, at - low)):
            a, b, t = cuts[order[index]]
            out[r, a] += weight * (1 - t)
            out[r, b] += weight * t
    return out


def _lower() -> Array:
    """Metres [LOWER_ROWS, COLUMNS, 3] from the mesh's lower end to the rows below it: a chest, arms beside it, and the folds between."""
    theta = 2 * np.pi * np.arange(COLUMNS) / COLUMNS
    down = ROW_VALUES[-LOWER_ROWS:, None] - 1
    deep = down * LOWER_M
    front, side = np.clip(np.cos(theta), 0, 1)[None], np.abs(np.sin(theta))[None]
    out = np.zeros((LOWER_ROWS, COLUMNS, 3))
    out[..., 1] = -deep
    bulge = 0.026 * front**1.5 * np.sin(np.minimum(deep / 0.16, 1) * np.pi / 2) + 0.006 * np.clip(-np.cos(theta), 0, 1)[None] * down
    spread = 0.003 * side**4 * np.sin(np.minimum(deep / 0.08, 1) * np.pi / 2) - 0.034 * side**4 * down**1.5
    at_fold = np.exp(-((np.abs(np.abs(np.mod(theta + np.pi, 2 * np.pi) - np.pi) - 0.98) / 0.16) ** 2)) + np.exp(
        -((np.abs(np.abs(np.mod(theta + np.pi, 2 * np.pi) - np.pi) - 2.16) / 0.16) ** 2)
    )
    dent = -0.046 * at_fold[None] * np.clip((deep - 0.02) / 0.2, 0, 1)
    radial = bulge + spread + dent
    out[..., 0] = radial * np.sin(theta)
    out[..., 2] = radial * np.cos(theta)
    return out


def _smoothed(weights: Array, constant: Array, rounds: int) -> tuple[Array, Array]:
    """As cloth lies: hollows are bridged. The base of the neck and what is above it keep closer to the skin."""
    amount = np.interp(ROW_VALUES, [-1, -0.1, 0.12, 0.3, 1.0, 1.3, 2.0], [0.12, 0.12, 0.3, 0.55, 0.55, 0.3, 0.0])[:, None, None]

    def spread(x: Array) -> Array:
        for _ in range(rounds):
            edge = np.concatenate([2 * x[:1] - x[1:2], x, 2 * x[-1:] - x[-2:-1]])
            mean = 0.25 * (edge[:-2] + edge[2:] + np.roll(x, 1, 1) + np.roll(x, -1, 1))
            x = x + amount * (mean - x)
        # A collar lies round the neck in one sweep, whatever is below it.
        band = np.exp(-((ROW_VALUES / 0.16) ** 2))[:, None, None]
        for _ in range(45):
            x = x + 0.5 * band * (0.5 * (np.roll(x, 1, 1) + np.roll(x, -1, 1)) - x)
        return x

    return spread(weights), spread(constant)


def _pushes(chart: Chart) -> Array:
    """How far out each point must go so that no body of `BODIES` comes through."""
    need = np.zeros((ROWS, COLUMNS))
    for shape in BODIES:
        head = head_of(Person(shape=shape))
        skin = head.vertices[head.span("skin")].astype(float)
        points = np.tensordot(chart.weights, skin, 1) + chart.constant
        flat, normal = points.reshape(-1, 3), frames(points)[2].reshape(-1, 3)
        _, near = cKDTree(flat).query(skin)
        toward = skin - flat[near]
        height = (toward * normal[near]).sum(1)
        aside = np.sqrt(np.maximum((toward**2).sum(1) - height**2, 0))
        own = (aside < 0.008) & (np.abs(height) < 0.014)
        np.maximum.at(need.reshape(-1), near[own], height[own])
    need[NECK_ROWS + BODY_ROWS + 1 :] = need[NECK_ROWS + BODY_ROWS]
    for weight in (0.9, 0.9, 0.6):
        edge = np.concatenate([need[:1], need, need[-1:]])
        need = np.maximum(need, weight * np.max([edge[:-2], edge[2:], np.roll(need, 1, 1), np.roll(need, -1, 1)], 0))
    for _ in range(2):
        edge = np.concatenate([need[:1], need, need[-1:]])
        need = 0.5 * need + 0.125 * (edge[:-2] + edge[2:] + np.roll(need, 1, 1) + np.roll(need, -1, 1))
    return np.maximum(need, 0.0) + CLEAR_M


def build() -> Chart:
    """The chart, symmetrical."""
    head = ada.load()
    skin = head.vertices[head.span("skin")].astype(float)
    faces = head.faces[head.face_part == 0]
    faces = faces[(skin[faces][:, :, 1] < -0.04).all(1)]
    weights = np.zeros((ROWS, COLUMNS, len(skin)))
    for c in range(COLUMNS):
        cuts, points = _section(skin, faces, 2 * np.pi * c / COLUMNS + 1e-4)
        weights[: NECK_ROWS + BODY_ROWS + 1, c] = _rows_of(skin, cuts, points)
    weights[NECK_ROWS + BODY_ROWS + 1 :] = weights[NECK_ROWS + BODY_ROWS]
    constant = np.zeros((ROWS, COLUMNS, 3))
    constant[-LOWER_ROWS:] = _lower()
    weights, constant = _smoothed(weights, constant, 5)
    weights[np.abs(weights) < 2e-3] = 0.0
    weights /= weights.sum(-1, keepdims=True)
    chart = Chart(weights, constant, np.zeros((ROWS, COLUMNS)))
    chart.push = _pushes(chart)
    return chart
