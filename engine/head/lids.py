"""The rims of the lids: rows of skin vertices that the lids' edges carry, from their outer edge to where they dive behind the eyeball."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.head import ada
from engine.head.ada import HeadAsset
from engine.head.subdivide import quads_of

SIDES: tuple[str, ...] = ("left", "right")
_ROWS = 5  # seam loop, rim's outer edge, its middle, its inner edge beside the eyeball, and behind the eyeball's surface


@dataclass(frozen=True, eq=False)
class Rim:
    """One lid's rim.

    Args:
        rows: int64 [5, K] head vertices: the seam's loop, the rim's outer edge, its ridge, its edge at the eyeball, and one behind the
            eyeball's surface; from the character's right to left.
    """

    rows: NDArray[np.int64]

    @property
    def ridge(self) -> NDArray[np.int64]:
        """What of the lid stands before the eyeball, [K]."""
        return self.rows[2]

    @property
    def contact(self) -> NDArray[np.int64]:
        """Where it nearly touches the eyeball, [K]."""
        return self.rows[3]


@lru_cache(maxsize=1)
def rims() -> dict[tuple[str, str], Rim]:
    """Rims by side and lid (`upper`, `lower`), the same for every head of Ada's topology.

    Raises:
        InvalidInput: the mesh round the eyes is not as it was baked.
    """
    head = ada.load()
    quads = quads_of(head.faces[head.face_part == ada.PARTS.index("skin")])
    walk = _Walk(quads)
    return {(side, lid): _rim(head, walk, side, lid) for side in SIDES for lid in ("upper", "lower")}


def _rim(head: HeadAsset, walk: _Walk, side: str, lid: str) -> Rim:
    seam, centre = head.seams[f"lids_{side}"], head.joints[f"eye_{side}"]
    ring = {int(v) for edge in (seam.upper, seam.lower) for v in np.unique(edge[0])}
    chains = []
    for vertex in np.unique(getattr(seam, lid)[0]):
        ways = [walk.straight(int(vertex), n, _ROWS) for n in walk.near[int(vertex)] - ring]
        ways = [w for w in ways if len(w) == _ROWS and np.linalg.norm(head.vertices[w[-1]] - centre) < head.eye_radius_m]
        if len(ways) == 1:
            chains.append(ways[0])
    if len(chains) < 6:
        raise InvalidInput(f"the {lid} lid of the {side} eye has no rim", "bake the head again with packaging/bake_ada.py")
    rows = np.array(chains).T
    return Rim(rows[:, np.argsort(head.vertices[rows[3], 0])])


class _Walk:
    """Ways along the edges of a quad mesh."""

    def __init__(self, quads: NDArray[np.int64]) -> None:
        self._quads = quads.tolist()
        self.near: dict[int, set[int]] = {}
        self._at: dict[int, set[int]] = {}
        for i, quad in enumerate(self._quads):
            for k, vertex in enumerate(quad):
                self.near.setdefault(vertex, set()).update((quad[(k + 1) % 4], quad[k - 1]))
                self._at.setdefault(vertex, set()).add(i)

    def straight(self, first: int, second: int, count: int) -> list[int]:
        """Up to `count` vertices straight on along the edge from the first to the second."""
        out = [first, second]
        while len(out) < count:
            here, before = out[-1], out[-2]
            beside = {v for i in self._at[here] & self._at[before] for v in self._quads[i]}
            onward = [n for n in self.near[here] if n not in beside]
            if len(onward) != 1:
                break
            out.append(onward[0])
        return out
