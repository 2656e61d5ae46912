"""Eyelashes: curved hairs that grow from the rims of the lids and turn with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.person import Lashes
from engine.head.lids import SIDES, rims

Array = NDArray[np.float32]


@dataclass(frozen=True)
class _Kind:
    """What the lashes of one lid are like; angles in degrees, lengths in millimetres.

    Args:
        hairs: how many at the usual density.
        length: of the longest, at the usual length.
        profile: share of that, from the nose outwards.
        leave: angle above (of the upper lid) the eyeball's normal at which they leave, and at which they end.
        splay: angle towards the temple, from the nose outwards.
        root: share of the way from the rim's outer edge to its ridge.
        away: of the lid: 1 up, -1 down.
        width: at the root.
    """

    hairs: int
    length: float
    profile: tuple[float, ...]
    leave: tuple[float, float]
    splay: tuple[float, ...]
    root: float
    away: float
    width: float


KINDS: dict[str, _Kind] = {
    "upper": _Kind(104, 7.0, (0.42, 0.70, 0.86, 0.98, 1.04, 0.9), (-6.0, 54.0), (-32.0, -13.0, 0.0, 14.0, 30.0, 46.0), 0.55, 1.0, 0.108),
    "lower": _Kind(54, 3.9, (0.40, 0.62, 0.78, 0.9, 1.0, 0.85), (2.0, 40.0), (-30.0, -14.0, 0.0, 12.0, 26.0, 40.0), 0.45, -1.0, 0.075),
}


@dataclass(frozen=True, eq=False)
class _Row:
    """The lashes of one lid.

    Args:
        vertices: int64 [2, K] of the rim's outer edge and its ridge, from the nose outwards.
        weight: float32 [H, K] of the rim's columns at each root.
        bend: float32 [H, P, 3] millimetres along the temple's direction, away from the lid's opening, and off the eyeball.
        root: share of the ridge.
    """

    vertices: NDArray[np.int64]
    weight: Array
    bend: Array
    root: float


class LashShape:
    """The lashes of a person.

    Args:
        lashes: what they are like.
        points: of one lash.
    """

    def __init__(self, lashes: Lashes, points: int) -> None:
        self.points_each = points
        self.rows: dict[tuple[str, str], _Row] = {}
        widths, shades = [], []
        for n, (side, lid) in enumerate((side, lid) for side in SIDES for lid in KINDS):
            row, width, shade = _row(lashes, side, lid, points, 31 + n)
            self.rows[side, lid] = row
            widths.append(width)
            shades.append(shade)
        self.widths_mm: Array = np.concatenate(widths)  # [H] of all rows, in their order
        self.shades: Array = np.concatenate(shades)

    @property
    def count(self) -> int:
        """How many lashes."""
        return len(self.widths_mm)

    def pose(self, side: str, lid: str, outer: Array, ridge: Array) -> Array:
        """Points [H, P, 3] of one row.

        Args:
            side: of the eye.
            lid: `upper` or `lower`.
            outer: float32 [K, 3] the rim's outer edge (`vertices[0]`), millimetres from the eye's centre in the head's own frame.
            ridge: its ridge, as `outer`.
        """
        row = self.rows[side, lid]
        root = row.weight @ (outer * (1 - row.root) + ridge * row.root)
        off = root / np.linalg.norm(root, axis=1, keepdims=True)
        up = np.array([0.0, 1.0, 0.0], np.float32) - off[:, 1:2] * off
        up /= np.linalg.norm(up, axis=1, keepdims=True)
        across = np.cross(up, off) * (1.0 if side == "left" else -1.0)
        axes = np.stack([across, up * KINDS[lid].away, off], 1)  # [H, 3, 3]
        return (root[:, None] + row.bend @ axes).astype(np.float32)


@lru_cache(maxsize=32)  # the head's shape has no part in it: a slider of the shape need not grow the lashes anew
def _row(lashes: Lashes, side: str, lid: str, points: int, seed: int) -> tuple[_Row, Array, Array]:
    """One row, and each lash's width and shade."""
    kind = KINDS[lid]
    rng = np.random.default_rng(seed)
    rim = rims()[side, lid]
    vertices = rim.rows[1:3] if side == "left" else rim.rows[1:3, ::-1]
    hairs = max(round(kind.hairs * (0.35 + 1.3 * lashes.density)), 1)
    at = np.clip((np.arange(hairs) + rng.uniform(0.0, 1.0, hairs)) / hairs, 0.0, 1.0)
    steps = np.linspace(0, 1, len(kind.profile))
    length = kind.length * (0.5 + lashes.length) * np.interp(at, steps, kind.profile) * rng.uniform(0.66, 1.05, hairs)
    tuft = np.round(at * hairs / 4.2) / (hairs / 4.2)  # a few neighbours meet at their tips
    gather = (tuft - at) * 21.0 * (0.35 + 0.65 * lashes.mascara)
    splay = np.radians(np.interp(at, steps, kind.splay) + rng.normal(0, 5.0, hairs))
    first, last = (np.radians(a + rng.normal(0, 6.0, hairs)) for a in kind.leave)
    along = (np.linspace(0, 1, points)[None] + 0.5 / (points - 1))[:, :-1]
    angle = first[:, None] + (last - first)[:, None] * along**1.15
    rise = np.concatenate([np.zeros((hairs, 1)), np.cumsum(np.sin(angle), 1)], 1) * (length / (points - 1))[:, None]
    out = np.concatenate([np.zeros((hairs, 1)), np.cumsum(np.cos(angle), 1)], 1) * (length / (points - 1))[:, None]
    t = np.linspace(0, 1, points)
    bend = np.stack([out * np.sin(splay)[:, None] + gather[:, None] * t**1.6, rise, out * np.cos(splay)[:, None]], -1)
    weight = np.stack([column_weights(len(vertices[0]), a) for a in at * (len(vertices[0]) - 1)])
    width = kind.width * (0.8 + 0.55 * lashes.mascara) * rng.uniform(0.8, 1.15, hairs)
    return (
        _Row(vertices, weight.astype(np.float32), bend.astype(np.float32), kind.root),
        width.astype(np.float32),
        rng.uniform(0.7, 1.15, hairs).astype(np.float32),
    )


def column_weights(columns: int, x: float) -> NDArray[np.float64]:
    """Catmull-Rom weights of a place between columns."""
    k = min(int(x), columns - 2)
    t = x - k
    weights = 0.5 * np.array([-t + 2 * t * t - t**3, 2 - 5 * t * t + 3 * t**3, t + 4 * t * t - 3 * t**3, -t * t + t**3])
    out = np.zeros(columns)
    np.add.at(out, np.clip(np.arange(k - 1, k + 3), 0, columns - 1), weights)
    return out
