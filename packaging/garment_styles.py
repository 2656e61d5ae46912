"""The garments, cut on the chart of the bust."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, smoothstep
from garment_chart import COLUMNS
from garment_cut import BODY, RIB, TRIM, Cutter, Piece

AROUND = np.linspace(0, COLUMNS, 144, endpoint=False)


def folds(theta: Array, rows: Array, depth: float, seed: int) -> Array:
    """Soft folds of cloth that hangs from neck and shoulders, metres outward; none at the neckline."""
    rng = np.random.default_rng(seed)
    out = np.zeros(np.broadcast(theta, rows).shape)
    down = np.clip(rows, 0, 2)
    for _ in range(15):
        centre, width = rng.uniform(0, 2 * np.pi), rng.uniform(0.06, 0.20)
        slant, begin = rng.uniform(-0.5, 0.5), rng.uniform(0.1, 0.7)
        away = np.angle(np.exp(1j * (theta - centre - slant * (down - 0.5))))
        strength = smoothstep(down, begin, begin + 0.5) * rng.uniform(0.3, 1.0)
        ridge = np.exp(-((away / width) ** 2)) - 0.55 * np.exp(-(((away - 1.5 * width) / width) ** 2))
        out += strength * ridge
    # From each armpit up to the neck: the pull of the arm.
    for side in (1, -1):
        for front in (0.95, 2.2):
            away = np.angle(np.exp(1j * (theta - side * (front + 0.35 * (1 - np.clip(rows, 0, 1))))))
            out += 1.1 * np.exp(-((away / 0.12) ** 2)) * smoothstep(rows, 0.25, 0.9) - 0.7 * np.exp(-(((away - side * 0.2) / 0.14) ** 2)) * smoothstep(
                rows, 0.35, 1.0
            )
    return depth * out


def shell(cut: Cutter, start: Array, out: float, depth: float, seed: int, *, first: float = 0.0, kind: int = BODY) -> list[Piece]:
    """The body of a garment, from a neckline to its lower end: a front and a back panel, sewn over the shoulders.

    Args:
        cut: the chart.
        start: rows [C] of the neckline at `AROUND`.
        out: metres it stands off.
        depth: of its folds, metres.
        seed: of its folds.
        first: metres out at the neckline.
        kind: of cloth.
    """
    quarter = len(AROUND) // 4
    front, back = np.arange(-quarter, quarter + 1), np.arange(quarter, 3 * quarter + 1)
    return [_panel(cut, start, k, (out, depth, first), seed, side, kind) for k, side in ((front, 1), (back, -1))]


def _panel(cut: Cutter, start: Array, which: Array, shape: tuple[float, float, float], seed: int, side: int, kind: int) -> Piece:
    out, depth, first = shape
    columns = which * COLUMNS / len(AROUND)
    start = start[np.mod(which, len(start))]
    share = np.concatenate([np.linspace(0, 0.12, 6), np.linspace(0.12, 0.62, 18)[1:], np.linspace(0.62, 1.0, 9)[1:]])
    rows = start[None] + (2.0 - start[None]) * share[:, None]
    columns = np.broadcast_to(columns, rows.shape)
    theta = 2 * np.pi * columns / COLUMNS
    offset = np.zeros((*rows.shape, 3))
    grown = smoothstep(rows - start[None], 0.0, 0.25)
    offset[..., 2] = first + (out - first) * grown + folds(theta, rows, depth, seed) * smoothstep(rows - start[None], 0.05, 0.5)
    edge = 1000 * np.linalg.norm(cut.at(rows, columns) - cut.at(np.broadcast_to(rows[:1], rows.shape), columns), axis=-1)
    return Piece(rows, columns, offset, kind, cut.panel(rows, columns, side), np.zeros(rows.shape), edge)


def plane(cut: Cutter, front: float, rise: float, z: float = -0.045) -> Array:
    """A field for `Cutter.line`: metres above a plane, by its height in front and how it rises to the back."""
    return cut.points[..., 1] - front - rise * (z - cut.points[..., 2])


def hem(width: float, inner: float, outer: float, thick: float) -> list[tuple[float, float]]:
    """The profile of a band that is double and rolled at its upper edge."""
    middle, radius = (inner + outer) / 2, (outer - inner) / 2
    turn = [(radius * (1 - np.sin(a)), middle - radius * np.cos(a)) for a in np.linspace(0, np.pi, 5)]
    down = [(radius + (width - radius) * s, outer + thick * np.sin(np.pi * min(1.0, s * 1.1)) ** 0.7 * (1 - 0.5 * s)) for s in (0.15, 0.4, 0.75)]
    return [(0.060, inner), (0.012, inner), *turn, *down, (width, outer), (width + 0.0006, outer - 0.0009)]


def crew(cut: Cutter) -> list[Piece]:
    """A T-shirt with a ribbed collar."""
    start = cut.line(plane(cut, -0.170, 0.40), AROUND)
    seam = cut.below(start, np.full(len(AROUND), 0.0195), AROUND)
    band = cut.band(start, AROUND, hem(0.0195, -0.0012, 0.0020, 0.0009), RIB)
    return [band, *shell(cut, seam, 0.0034, 0.0032, 5, first=0.0008)]


def vneck(cut: Cutter) -> list[Piece]:
    """A fine jumper with a ribbed V."""
    p = cut.points
    height = np.where(p[..., 2] > -0.085, np.maximum(plane(cut, -0.172, 0.40), p[..., 1] - (-0.250 + 1.35 * np.abs(p[..., 0]))), plane(cut, -0.172, 0.40))
    start = _levelled(cut.line(height, AROUND))
    width = np.full(len(AROUND), 0.017)
    band = cut.band(start, AROUND, hem(0.017, -0.0012, 0.0022, 0.0010), RIB)
    return [band, *shell(cut, cut.below(start, width, AROUND), 0.0038, 0.0034, 6, first=0.0008)]


def _levelled(rows: Array) -> Array:
    """Without single steps, the middle of the front kept."""
    out = rows.copy()
    for _ in range(2):
        out = 0.5 * out + 0.25 * (np.roll(out, 1) + np.roll(out, -1))
    near = np.minimum(np.arange(len(rows)), len(rows) - np.arange(len(rows))) < 2
    return np.where(near, rows, out)


def turtleneck(cut: Cutter) -> list[Piece]:
    """A jumper with a high collar, folded over."""
    base = cut.line(plane(cut, -0.160, 0.36), AROUND)
    theta = 2 * np.pi * AROUND / COLUMNS
    top = -0.033 - 0.004 * np.cos(theta + np.pi)
    shape = []
    for s in np.linspace(0, 1, 7):  # up on the inside
        shape.append(np.stack([top * s, np.full_like(theta, 0.0004)], -1))
    for a in np.linspace(0.15, 0.85, 5) * np.pi:  # over
        shape.append(np.stack([top - 0.0032 * np.sin(a), 0.0004 + 0.0034 * (1 - np.cos(a)) + 0 * theta], -1))
    for s in np.linspace(0, 1, 12):  # and down, a little slack
        slack = 0.0016 * np.sin(np.pi * s) + 0.0009 * np.sin(9 * s + 3 * np.sin(theta)) * s
        shape.append(np.stack([top + (-top + 0.003) * s, 0.0068 + slack], -1))
    for a in np.linspace(0.2, 1.0, 4) * np.pi:
        shape.append(np.stack([0.003 + 0.0022 * np.sin(a) + 0 * theta, 0.0046 + 0.0022 * np.cos(a) + 0 * theta], -1))
    collar = cut.strip(base, AROUND, np.stack(shape), RIB, stiff=0.15)
    start = cut.below(base, np.full(len(AROUND), -0.004), AROUND)
    return [collar, *shell(cut, start, 0.0044, 0.0040, 8, first=0.0026)]


def wrap(cut: Cutter) -> list[Piece]:
    """What closes the picture below bare shoulders: a soft wrap, well under what is framed as a rule."""
    start = cut.line(cut.points[..., 1] + 0.236 - 0.05 * np.clip(np.abs(cut.points[..., 0]) - 0.12, 0, None), AROUND)
    return [
        cut.band(start, AROUND, hem(0.012, -0.0008, 0.0030, 0.0012), TRIM),
        *shell(cut, cut.below(start, np.full(len(AROUND), 0.012), AROUND), 0.0024, 0.002, 4),
    ]


STYLES = {"none": wrap, "crew": crew, "vneck": vneck, "turtleneck": turtleneck}
