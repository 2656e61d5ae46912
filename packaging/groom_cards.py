"""Strands to what is drawn: ribbons with a lock of hair painted on them, and single hairs; how deep each lies in the hair."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from ada_parts import Array, smoothstep
from groom_grow import Strands
from groom_scalp import unit
from numpy.typing import NDArray
from scipy.spatial import cKDTree

# Columns of the strand picture by how full they are.
FULL, CROPPED, LOOSE, SPARSE, FEW = (0, 1), (2, 3), (4,), (5, 6), (7,)
SOLID, EDGED, SOFT = 0, 1, 2  # drawn opaque; opaque with a soft edge; softly all over
STEP_M, HALF_STEP_M = 1e-5, 1e-6  # of the stored centres and half widths


@dataclass
class Ribbons:
    """Ribbons collected for one style; those that matter most come first within each call of `add`.

    Args:
        parts: arrays of each batch.
    """

    parts: list[dict[str, NDArray]] = field(default_factory=list)

    def add(
        self, strands: Strands, width_m: Array | float, columns: tuple[int, ...], seed: int, roll: float = 0.35, taper: float = 0.55, kind: int = SOLID
    ) -> None:
        """Ribbons along strands: `width_m` wide in the middle, turned about themselves by `roll` radians at random."""
        rng = np.random.default_rng(seed)
        n, k, _ = strands.points.shape
        along = unit(np.gradient(strands.points, axis=1))
        turn = rng.normal(0, roll, (n, 1, 1)) * np.ones((1, k, 1))
        side = unit(np.cross(along, strands.normals))
        out = unit(np.cross(side, along))
        side = side * np.cos(turn) + out * np.sin(turn)
        t = np.linspace(0, 1, k)[None]
        shape = (0.55 + 0.45 * smoothstep(t, 0.0, 0.3)) * (1 - taper * smoothstep(t, 0.45, 1.0))
        half = 0.5 * np.broadcast_to(np.asarray(width_m, float), (n,))[:, None] * rng.uniform(0.8, 1.2, (n, 1)) * shape
        self._store(strands, side * half[..., None], out, rng.choice(columns, n), rng, np.zeros(n), kind)

    def add_single(self, strands: Strands, width_m: Array | float, seed: int) -> None:
        """Single hairs."""
        rng = np.random.default_rng(seed)
        n = len(strands.points)
        width = np.broadcast_to(np.asarray(width_m, float), (n,)) * rng.uniform(0.75, 1.25, n)
        self._store(strands, np.zeros_like(strands.points), strands.normals, np.zeros(n, int), rng, width, SOFT)

    def add_coils(self, strands: Strands, side: Array, width_m: Array, columns: tuple[int, ...], seed: int, kind: int) -> None:
        """Ringlets: cards that turn about their axes to the viewer, [N] wide, with the picture of coils on them; `side` [N, K, 3] is seen from outside."""
        rng, n = np.random.default_rng(seed), len(strands.points)
        half = 0.5 * width_m[:, None, None] * side
        self._store(strands, half, strands.normals, rng.choice(columns, n), rng, width_m, kind)

    def _store(self, strands: Strands, half: Array, normal: Array, column: NDArray, rng: np.random.Generator, width: Array, kind: int) -> None:
        n = len(strands.points)
        self.parts.append(
            {"centre": strands.points, "half": half, "normal": normal, "column": column, "seed": rng.integers(0, 256, n), "width": width,
             "kind": np.full(n, kind), "layer": strands.layer, "order": rng.permutation(n) / max(n, 1)}
        )  # fmt: skip

    def openness(self) -> list[Array]:
        """Share of the sky that each station sees past the rest of the hair, 0 to 1, per batch [N, K]."""
        centre = np.concatenate([p["centre"].reshape(-1, 3) for p in self.parts])
        normal = np.concatenate([p["normal"].reshape(-1, 3) for p in self.parts])
        wide = np.concatenate([np.linalg.norm(p["half"], axis=-1).ravel() for p in self.parts])
        cards = np.flatnonzero(wide > 0)
        if not len(cards):
            return [np.ones(p["centre"].shape[:2]) for p in self.parts]
        _, near = cKDTree(centre[cards]).query(centre, k=28, distance_upper_bound=0.016)
        known = near < len(cards)
        there = cards[np.minimum(near, len(cards) - 1)]
        above = ((centre[there] - centre[:, None]) * normal[:, None]).sum(-1)  # metres over the point
        weight = known * wide[there]
        hidden = (weight * smoothstep(above, 0.0004, 0.007)).sum(1) / np.maximum(weight.sum(1), 1e-9) * np.minimum(known.sum(1) / 10, 1)
        flat = 1 - 0.70 * hidden
        ends = np.cumsum([0] + [p["centre"].shape[0] * p["centre"].shape[1] for p in self.parts])
        return [flat[a:b].reshape(p["centre"].shape[:2]) for a, b, p in zip(ends[:-1], ends[1:], self.parts, strict=True)]

    def packed(self, torso: tuple[float, float] | None) -> dict[str, NDArray]:
        """Arrays for the file, those needed at every level first; `torso`: heights from which on hair follows the chest, metres."""
        opened = self.openness()
        lists: dict[str, list[NDArray]] = {k: [] for k in ("count", "centre", "half", "normal", "open", "column", "seed", "width", "kind", "layer", "order")}
        for part, open_part in zip(self.parts, opened, strict=True):
            n, k, _ = part["centre"].shape
            lists["count"].append(np.full(n, k))
            lists["open"].append(open_part.ravel())
            for name in ("centre", "half", "normal"):
                lists[name].append(part[name].reshape(-1, 3))
            for name in ("column", "seed", "width", "kind", "layer", "order"):
                lists[name].append(part[name])
        a = {k: np.concatenate(v) for k, v in lists.items()}
        start = np.concatenate([[0], np.cumsum(a["count"])])
        rank = np.argsort(a["order"], kind="stable")
        rows = np.concatenate([np.arange(start[i], start[i + 1]) for i in rank])
        out = {
            "start": np.concatenate([[0], np.cumsum(a["count"][rank])]).astype(np.int32),
            "centre": np.round(a["centre"][rows] / STEP_M).astype(np.int16),
            "half": np.round(a["half"][rows] / HALF_STEP_M).astype(np.int16),
            "normal": np.round(127 * a["normal"][rows]).astype(np.int8),
            "open": np.round(255 * a["open"][rows]).astype(np.uint8),
            "column": a["column"][rank].astype(np.uint8),
            "seed": a["seed"][rank].astype(np.uint8),
            "width": np.round(a["width"][rank] / HALF_STEP_M).astype(np.uint16),
            "kind": a["kind"][rank].astype(np.uint8),
            "layer": np.round(255 * a["layer"][rank]).astype(np.uint8),
        }
        if torso is not None:
            low, high = torso
            out["torso"] = np.round(255 * smoothstep(-a["centre"][rows, 1], -low, -high)).astype(np.uint8)
        return out
