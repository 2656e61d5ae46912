"""Single teeth and the gums they stand in, laid along the two strips of the base mesh, whose surface the lips keep clear of."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, smoothstep
from numpy.typing import NDArray

from engine.head.ada import HeadAsset

# Of half an arch, from the middle: width, height of the crown, depth, all in mm; how square the edge's corners are; how far the edge stays short.
UPPER = ((8.5, 9.3, 6.6, 0.8, 0.0), (6.7, 8.3, 6.0, 0.6, 0.55), (7.7, 9.4, 7.6, 0.2, 0.0), (7.0, 7.8, 8.2, 0.4, 0.35), (6.8, 7.2, 8.2, 0.5, 0.45),
         (10.2, 6.8, 8.6, 0.7, 0.5), (9.4, 6.3, 8.4, 0.7, 0.6))  # fmt: skip
LOWER = ((5.5, 8.0, 5.6, 0.9, 0.0), (6.0, 8.2, 5.8, 0.9, 0.0), (6.9, 9.0, 7.0, 0.2, -0.1), (7.1, 7.6, 7.6, 0.4, 0.2), (7.1, 7.0, 7.8, 0.5, 0.4),
         (10.8, 6.6, 8.4, 0.7, 0.5), (10.2, 6.2, 8.4, 0.7, 0.6))  # fmt: skip
SPACE_MM, ROOT_MM = 0.06, 1.6  # between two teeth; how deep a crown reaches into the gum
AROUND, TALL = 14, 7  # points round a tooth, rings up it
GUM_ACROSS, GUM_PER_TOOTH = 8, 8
GUM_TOP_MM = 15.2


class Arch:
    """One strip as a place for teeth: points by arc from the middle, height from the cutting edge and depth behind the strip, mm.

    Args:
        head: whose.
        table: int64 [4, C] vertices of the strip, gum's top, middle, cutting edge, back; from the character's right to left.
    """

    def __init__(self, head: HeadAsset, table: NDArray[np.int64]) -> None:
        self._table = table
        p = 1000 * head.vertices[table].astype(np.float64)
        step = np.linalg.norm(np.diff(p[2], axis=0), axis=1)
        self._arc = np.concatenate([[0.0], np.cumsum(step)])
        self._arc -= np.interp(0.0, p[2, :, 0], self._arc)
        self._tall = np.stack([np.linalg.norm(p[1] - p[2], axis=1), np.linalg.norm(p[0] - p[1], axis=1)])
        up, back = p[1] - p[2], p[3] - p[2]
        self._rise = (back * up).sum(1) / (up * up).sum(1)  # of the way back that is a way up
        self._deep = np.linalg.norm(back - self._rise[:, None] * up, axis=1)

    @property
    def half(self) -> float:
        """Arc from the middle to the end."""
        return float(self._arc[-1])

    def rows(self, arc: Array, height: Array, depth: Array) -> tuple[NDArray[np.int64], Array]:
        """Points [P] as sums of 16 head vertices: (vertices, weights) [P, 16]."""
        columns = len(self._arc)
        place = np.interp(arc, self._arc, np.arange(columns, dtype=float))
        low = np.clip(place.astype(int), 0, columns - 2)
        t = place - low
        near = np.clip(low[:, None] + np.arange(-1, 3), 0, columns - 1)  # [P, 4]
        along = 0.5 * np.stack([-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, -(t**2) + t**3], -1)
        here = lambda table: (along * table[near]).sum(1)  # noqa: E731
        first, second = here(self._tall[0]), here(self._tall[1])
        a = np.minimum(height / first, 1.0)
        b = np.maximum(height - first, 0.0) / second
        behind = depth / here(self._deep)
        rise = behind * here(self._rise)
        weight = np.stack([b, a - b - rise, 1 - a + rise - behind, behind], -1)  # [P, 4] of the strip's rows
        return self._table[:, near].transpose(1, 0, 2).reshape(len(arc), -1), (weight[:, :, None] * along[:, None]).reshape(len(arc), -1)


def teeth(jaw: str, arch: Arch) -> tuple[NDArray[np.int64], Array, Array, NDArray[np.int64]]:
    """All crowns of one jaw: vertices and weights [P, 16], extra [P, 4] and triangles [F, 3].

    extra: -1 to 1 across the tooth (signed outwards from the middle), mm from its cutting edge, 1 and more for a tooth (its fraction is its
    shade), mm of its crown.
    """
    kinds = UPPER if jaw == "upper" else LOWER
    rng = np.random.default_rng(5 if jaw == "upper" else 6)
    fit = (arch.half - 1.0) / sum(k[0] + SPACE_MM for k in kinds)
    scale = min(fit, 1.04)
    arcs, heights, depths, extra, triangles = [], [], [], [], []
    count = 0
    for side in (-1, 1):
        start = 0.0
        for n, kind in enumerate(kinds):
            width, tall, deep, square, short = kind
            width *= scale
            x, y, z = _crown(n, jaw, width, tall, deep, square)
            turn, lean = np.radians(rng.normal(0, 2.2)), rng.normal(0, 0.012)
            middle = 0.5 * deep
            x, z = x * np.cos(turn) + (z - middle) * np.sin(turn), middle + (z - middle) * np.cos(turn) - x * np.sin(turn)
            x = x + lean * y
            z = z + rng.uniform(0.0, 0.35) + 0.25
            y = y + short + rng.normal(0.06, 0.10)
            centre = start + width / 2
            arcs.append(side * (centre + x))
            heights.append(y)
            depths.append(z)
            shade = np.clip(0.5 + rng.normal(0, 0.14) - 0.05 * n - (0.15 if n == 2 else 0), 0.05, 0.95)
            across = np.clip(x / (width / 2), -1.2, 1.2)
            extra.append(np.stack([across, y - short, np.full(len(x), 1 + shade), np.full(len(x), tall)], -1))
            own = _crown_triangles() + count
            triangles.append(own if (side > 0) == (jaw == "upper") else own[:, [0, 2, 1]])
            count += len(x)
            start += width + SPACE_MM
    vertices, weights = arch.rows(np.concatenate(arcs), np.concatenate(heights), np.concatenate(depths))
    return vertices, weights, np.concatenate(extra), np.concatenate(triangles)


def _crown(n: int, jaw: str, width: float, tall: float, deep: float, square: float) -> tuple[Array, Array, Array]:
    """One crown: across from its middle, up from the cutting edge, back from the front, mm; rings from the gum to the edge, then its top."""
    t = np.concatenate([np.linspace(0.0, 0.80, TALL - 3), [0.91, 0.975, 1.0]])  # 0 in the gum, 1 at the edge
    around = 2 * np.pi * (np.arange(AROUND) + 0.5) / AROUND
    front = n < 3
    # Widest two thirds of the way down, narrow at the gum.
    wide = np.interp(t, [0, 0.25, 0.7, 0.9, 1.0], [0.80, 0.92, 1.0, 0.985, 0.90 if front else 0.91])
    thick = np.interp(t, [0, 0.35, 0.7, 0.9, 1.0], [0.86, 1.0, 0.66, 0.40, 0.20] if front else [0.90, 1.0, 1.0, 0.95, 0.84])
    recess = np.interp(t, [0, 0.18, 0.42, 0.75, 1.0], [1.15, 0.55, 0.05, 0.05, 0.55])
    power = 2.0 / 3.3
    c, s = np.cos(around), np.sin(around)
    outline = np.stack([np.sign(c) * np.abs(c) ** power, np.sign(s) * np.abs(s) ** power])
    x = 0.5 * width * wide[:, None] * outline[0]
    half = 0.5 * deep * thick[:, None]
    z = recess[:, None] * min(1.0, deep / 7.0) + half * (1 - outline[1])
    u = x / (0.5 * width)
    if n == 2:  # a canine has a point
        drop = 1.9 * np.abs(u) ** 1.2
    elif front:
        drop = (1.5 - 1.1 * square) * np.abs(u) ** 3 + 0.55 * np.clip(u, 0, 1) ** 4
    else:  # two rows of cusps
        drop = 0.35 * np.abs(u) ** 3 + 0.22 * (1 - np.cos(2 * np.pi * u))
    height = tall + ROOT_MM
    y = height * (1 - t[:, None]) + drop * smoothstep(t, 0.72, 1.0)[:, None]
    top_x, top_z = np.zeros(1), np.array([z[-1].mean()])
    top_y = np.array([0.0 if front else 1.3])
    return np.concatenate([x.ravel(), top_x]), np.concatenate([y.ravel(), top_y]), np.concatenate([z.ravel(), top_z])


def _crown_triangles() -> NDArray[np.int64]:
    here, after = np.arange(AROUND), (np.arange(AROUND) + 1) % AROUND
    out = []
    for ring in range(TALL - 1):
        a, b = ring * AROUND + here, ring * AROUND + after
        out += [np.stack([a, b, b + AROUND], -1), np.stack([a, b + AROUND, a + AROUND], -1)]
    last = (TALL - 1) * AROUND
    out.append(np.stack([last + here, last + after, np.full(AROUND, TALL * AROUND)], -1))
    return np.concatenate(out)


def gums(jaw: str, arch: Arch) -> tuple[NDArray[np.int64], Array, Array, NDArray[np.int64]]:
    """The gum of one jaw, a ridge that the crowns stand in, as `teeth`; extra: -1 to 1 across the tooth, mm from the cutting edge, 0, 0 at
    the margin to 1 far from it."""
    kinds = UPPER if jaw == "upper" else LOWER
    scale = min((arch.half - 1.0) / sum(k[0] + SPACE_MM for k in kinds), 1.04)
    arc, crown, across, deep = [], [], [], []
    start = 0.0
    for width, tall, depth, _, short in kinds:
        u = np.linspace(-1, 1, GUM_PER_TOOTH + 1)[:-1]
        arc.append(start + 0.5 * width * scale * (u + 1))
        crown.append(tall + short - 0.1 - 2.5 * u**2)
        across.append(u)
        deep.append(np.full(len(u), depth))
        start += width * scale + SPACE_MM
    arc, crown, across, deep = (np.concatenate(a) for a in (arc, crown, across, deep))
    both = lambda a, sign=1.0: np.concatenate([sign * a[:0:-1], a])  # noqa: E731
    arc, crown, across, deep = both(arc, -1.0), both(crown), both(across), both(deep)
    crown, deep = crown[:, None], deep[:, None]
    height = np.concatenate([0 * crown + GUM_TOP_MM, crown + 3.6, crown + 1.3, crown + 0.2, crown + 0.1, crown + 0.9, crown + 3.5, crown + 6.5], 1)
    depth = np.concatenate([0 * deep - 0.1, 0 * deep + 0.05, 0 * deep + 0.25, 0 * deep + 0.75, deep - 0.6, deep + 0.2, deep + 1.0, deep + 3.0], 1)
    far = np.concatenate([0 * crown + 1, 0 * crown + 0.5, 0 * crown + 0.16, 0 * crown, 0 * crown, 0 * crown + 0.2, 0 * crown + 0.6, 0 * crown + 1], 1)
    size = GUM_ACROSS
    vertices, weights = arch.rows(np.repeat(arc, size), np.minimum(height, GUM_TOP_MM).ravel(), depth.ravel())
    extra = np.stack([np.repeat(across, size), height.ravel(), 0 * height.ravel(), far.ravel()], -1)
    a = (np.arange(len(arc) - 1)[:, None] * size + np.arange(size - 1)).ravel()
    triangles = np.concatenate([np.stack([a, a + 1, a + size + 1], -1), np.stack([a, a + size + 1, a + size], -1)])
    return vertices, weights, extra, triangles if jaw == "upper" else triangles[:, [0, 2, 1]]
