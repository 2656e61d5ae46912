"""Where an actor's own brow hair begins and ends, seen in the pictures, and the mesh's brows moved onto it.

The landmarker's brows have the ends it learned from many faces. Hair of one face ends where it ends: a constant, measured once from frames seen
from the front. A strip along each brow of the mesh is unrolled, darkness against the skin above and below it is averaged, and where it rises and
falls are the hair's ends. Where hair does not stand out clearly nothing is moved.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, grey_closing

from engine.core.output import replacing

# Upper and lower edge of the mesh's brows from the outer end to the inner, the character's left and right.
# Source: the canonical face model of MediaPipe (Apache-2.0).
PAIRS = (
    ((300, 276), (293, 283), (334, 282), (296, 295), (336, 285)),
    ((70, 46), (63, 53), (105, 52), (66, 65), (107, 55)),
)
_EYES = ((263, 362), (33, 133))  # corners of the left eye, and the right
_NOSE = 2  # under its tip: with the eyes it tells which way is down
_ALONG = np.linspace(-0.25, 1.25, 76)  # of the mesh's brow, from the outer end
_DOWN = np.linspace(-0.3, 0.22, 53)  # shares of the eyes' distance
_NEAR = 0.11  # hair's middle lies this near the mesh's, share of the eyes' distance
_HAIR = 0.16  # the thickest brow, share of the eyes' distance
_SLIDE = 0.1  # of the eyes' distance, by which a mesh's brow may be off
_CONTRAST = 0.15  # the least of hair against skin where it is densest, in natural logarithms of light
_END = 0.16  # of that contrast: less is no more hair; so it is where an eye puts the ends
_TAIL = 0.5  # how far the mesh's outer end goes to where hair was seen to end: a tail fades, and is seen no more exactly than the mesh has it
_LEAST, _EVERY = 4, 6  # frames, and one of so many is looked at
_TURN = 0.3  # nose against the eyes' middle, share of their distance: more is no face seen from the front
_SMALL_PX = 24.0  # between the eyes: hair cannot be told below


@dataclass(frozen=True, eq=False)
class Brows:
    """An actor's brow hair against the mesh's brows, left and right.

    Args:
        along: float64 [2, 5] where the five pairs of points belong, as shares of the mesh's brow from its outer end to its inner one.
        down: float64 [2, 5] how far below it, shares of the eyes' distance.
    """

    along: NDArray[np.float64]
    down: NDArray[np.float64]

    def moved(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points float32 [T, 468, 3] of the mesh with the brows on the hair; rows that are NaN stay."""
        out = points.copy()
        line, below, eyes = _frame(points.astype(np.float64))
        for side, pairs in enumerate(PAIRS):
            new = _on(line[:, side], self.along[side]) + self.down[side][None, :, None] * (below * eyes[:, None])[:, None]
            step = new - line[:, side]
            for column, pair in enumerate(pairs):
                out[:, list(pair)] += step[:, column, None].astype(np.float32)
        return out

    def save(self, path: Path) -> None:
        """Write it as npz.

        Raises:
            OutputError: it cannot be written.
        """
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, along=self.along, down=self.down)

    @classmethod
    def load(cls, path: Path) -> Brows | None:
        """Read it back; None where it is not there or damaged."""
        try:
            with np.load(path, allow_pickle=False) as file:
                out = cls(file["along"], file["down"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None
        return out if out.along.shape == out.down.shape == (2, 5) else None


class BrowWatcher:
    """Gathers strips along a face's brows from pictures.

    Attributes:
        count: frames that were of use.
    """

    def __init__(self) -> None:
        self._sum = np.zeros((2, len(_DOWN), len(_ALONG)))
        self._seen = 0
        self.count = 0

    def add(self, picture: NDArray[np.uint8], points: NDArray[np.float32]) -> None:
        """The next picture uint8 [H, W, 3] and the mesh in it, float32 [468, 3]; some are passed over."""
        self._seen += 1
        if (self._seen - 1) % _EVERY:
            return
        line, below, eyes = (values[0] for values in _frame(points[None].astype(np.float64)))
        middle = points[[at for pair in _EYES for at in pair], :2].mean(0)
        across = np.array([below[1], -below[0]])
        if eyes < _SMALL_PX or abs(float((points[_NOSE, :2] - middle) @ across)) > _TURN * eyes:
            return
        strips = []
        for side in (0, 1):
            places = _on(line[None, side], _ALONG)[0][None, :, :2] + (_DOWN * eyes)[:, None, None] * below[:2]
            if (places < 1).any() or (places > np.array(picture.shape[1::-1]) - 2).any():
                return
            strips.append(np.log(_light(picture, places) + 8.0))
        self._sum += np.stack(strips)
        self.count += 1

    def found(self, points: NDArray[np.float32]) -> Brows | None:
        """The brows, or None where hair does not stand out.

        Args:
            points: float32 [T, 468, 3] of frames of this face, for the mesh's proportions.
        """
        if self.count < _LEAST:
            return None
        line, _, eyes = _frame(points.astype(np.float64))
        length = np.nanmedian(np.linalg.norm(np.diff(line, axis=2), axis=-1).sum(-1) / eyes[:, None], axis=0)
        share = np.nanmedian(_shares(line), axis=0)
        both = [_measured(self._sum[side] / self.count, float(length[side]), share[side]) for side in (0, 1)]
        left, right = both
        if left is None or right is None:
            return None
        return Brows(np.stack([left[0], right[0]]), np.stack([left[1], right[1]]))


def _measured(strip: NDArray[np.float64], length: float, share: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Where pairs of points belong on one mean strip [D, A] of logarithms of light; None where hair does not stand out."""
    step = float(_DOWN[1] - _DOWN[0])
    smooth = gaussian_filter(strip, (1.0, 1.0))
    dark = grey_closing(smooth, size=(round(_HAIR / step) | 1, 1)) - smooth
    dark[np.abs(_DOWN) > _NEAR] = 0.0
    strength = dark.max(0)
    core = (_ALONG > 0.2) & (_ALONG < 0.8)
    full = float(np.percentile(strength[core], 90))
    if full < _CONTRAST or strength[core].min() < _END * full:
        return None
    hair = strength >= _END * full
    start = int(np.flatnonzero(core)[len(np.flatnonzero(core)) // 2])
    before, after = np.flatnonzero(~hair[:start]), np.flatnonzero(~hair[start:])
    if not len(before) or not len(after):
        return None  # hair without an end: a fringe, a rim of glasses
    outer, inner = _edge(strength, int(before[-1]), 1, _END * full), _edge(strength, start + int(after[0]), -1, _END * full)
    if max(abs(outer), abs(inner - 1.0)) * length > 2.0 * _SLIDE:
        return None
    outer *= _TAIL
    along = outer + (inner - outer) * share
    weight = np.maximum(dark - 0.35 * dark.max(0), 0.0)
    middle = (weight * _DOWN[:, None]).sum(0) / np.maximum(weight.sum(0), 1e-9)
    inside = (outer <= _ALONG) & (inner >= _ALONG)
    curve = np.polyfit(_ALONG[inside], middle[inside], 2, w=strength[inside])
    down: NDArray[np.float64] = np.polyval(curve, along).astype(np.float64)
    return None if np.abs(down).max() > _SLIDE else (along, down)


def _edge(strength: NDArray[np.float64], out: int, inward: int, level: float) -> float:
    """Where strength crosses a level between a place without hair and its neighbour inward."""
    a, b = strength[out], strength[out + inward]
    return float(_ALONG[out] + (level - a) / max(b - a, 1e-9) * (_ALONG[out + inward] - _ALONG[out]))


def _frame(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Middle lines of the brows [T, 2, 5, 3], the way down the face [T, 3] of unit length, the eyes' distance [T]."""
    line = points[:, np.array(PAIRS)].mean(3)
    left, right = (points[:, list(pair)].mean(1) for pair in _EYES)
    across = left - right
    eyes = np.linalg.norm(across, axis=-1)
    across = across / eyes[:, None]
    below = points[:, _NOSE] - (left + right) / 2
    # The nose stands out: only what goes down in the picture's plane of the face is meant.
    out = np.cross(across, np.array([0.0, 0.0, 1.0]))
    out *= np.sign((out * below).sum(-1, keepdims=True))
    return line, out / np.linalg.norm(out, axis=-1, keepdims=True), eyes


def _shares(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of places [..., N, 3] along a line, the share of its length up to each: [..., N]."""
    piece = np.linalg.norm(np.diff(line, axis=-2), axis=-1)
    long = np.concatenate([np.zeros((*piece.shape[:-1], 1)), np.cumsum(piece, -1)], -1)
    out: NDArray[np.float64] = long / long[..., -1:]
    return out


def _on(line: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places [T, K, 3] at shares [K] of the length of lines [T, N, 3]; beyond the ends straight on."""
    share = _shares(line)
    part = np.clip((at[None, :, None] >= share[:, None, 1:-1]).sum(-1), 0, line.shape[1] - 2)  # [T, K]
    rows = np.arange(len(line))[:, None]
    first, last = share[rows, part], share[rows, part + 1]
    along = ((at - first) / (last - first))[..., None]
    return line[rows, part] * (1 - along) + line[rows, part + 1] * along


def _light(picture: NDArray[np.uint8], places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light of the picture at places [D, A, 2], bilinear, 0 to 255."""
    at = places - 0.5
    low = np.floor(at).astype(np.int64)
    x, y = low[..., 0], low[..., 1]
    u, v = (at - low)[..., 0], (at - low)[..., 1]
    (x0, y0), (x1, y1) = (low.min((0, 1)), low.max((0, 1)) + 2)
    part = picture[y0:y1, x0:x1] @ np.array([0.3, 0.59, 0.11])
    x, y = x - x0, y - y0
    out: NDArray[np.float64] = (part[y, x] * (1 - u) + part[y, x + 1] * u) * (1 - v) + (part[y + 1, x] * (1 - u) + part[y + 1, x + 1] * u) * v
    return out
