"""Cutting pieces of cloth on the chart of the bust: bands, shells, flaps, buttons and cords."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from ada_parts import Array
from garment_chart import BODY_ROWS, COLUMNS, LOWER_M, NECK_ROWS, ROW_VALUES, UP_M, frames, row_place
from numpy.typing import NDArray
from scipy import sparse
from scipy.interpolate import LinearNDInterpolator
from scipy.sparse.linalg import spsolve

BODY, RIB, TRIM, BUTTON, CORD, SECOND = range(6)  # what a piece is made of; SECOND is another garment below


@dataclass
class Piece:
    """One piece: a grid of points on the chart.

    Args:
        rows, columns: [R, C] where on the chart, rows as garments count, columns in chart columns.
        offset: metres [R, C, 3] round, down and out.
        kind: of cloth.
        uv: metres [R, C, 2] along and across the thread.
        stiff: [R, C] how far it keeps its shape when the neck moves.
        edge: millimetres [R, C] from the piece's own edge.
        closed: the last column meets the first.
        flip: triangles face the other way.
    """

    rows: Array
    columns: Array
    offset: Array
    kind: int
    uv: Array
    stiff: Array
    edge: Array
    closed: bool = False
    flip: bool = False

    def triangles(self) -> NDArray[np.int64]:
        """[F, 3] into the piece's points, row by row."""
        r, c = self.rows.shape
        index = np.arange(r * c).reshape(r, c)
        right = np.roll(index, -1, 1) if self.closed else index[:, 1:]
        left = index if self.closed else index[:, :-1]
        a, b, d, e = left[:-1], right[:-1], left[1:], right[1:]
        out = np.concatenate([np.stack([a, d, b], -1).reshape(-1, 3), np.stack([b, d, e], -1).reshape(-1, 3)])
        return out[:, ::-1] if self.flip else out

    def part(self, rows: slice = slice(None), columns: slice = slice(None)) -> Piece:
        """Some of its rows and columns."""
        arrays = {name: getattr(self, name)[rows, columns] for name in ("rows", "columns", "offset", "uv", "stiff", "edge")}
        return replace(self, **arrays)


@dataclass
class Cutter:
    """Knows the chart on Ada's body.

    Args:
        points: [ROWS, COLUMNS, 3] metres.
    """

    points: Array
    length: Array = field(init=False)
    _inverse: LinearNDInterpolator = field(init=False)
    _panel: dict[int, Array] = field(init=False)

    def __post_init__(self) -> None:
        steps = np.linalg.norm(np.diff(self.points, axis=0), axis=-1)
        self.length = steps[NECK_ROWS : NECK_ROWS + BODY_ROWS].sum(0)  # [COLUMNS] from the base of the neck to the mesh's end
        grid = np.stack(np.meshgrid(ROW_VALUES, np.arange(COLUMNS), indexing="ij"), -1)
        signed = np.where(grid[..., 1] > COLUMNS / 2, grid[..., 1] - COLUMNS, grid[..., 1])
        front = np.abs(signed) < COLUMNS * 0.27
        self._inverse = LinearNDInterpolator(self.points[front][:, :2], np.stack([grid[..., 0], signed], -1)[front])
        self._panel = {side: self._panel_of(side) for side in (1, -1)}

    def sample(self, values: Array, rows: Array, columns: Array) -> Array:
        """Values of the chart [ROWS, COLUMNS, ...] at places."""
        r = np.clip(row_place(np.asarray(rows)), 0, len(ROW_VALUES) - 1.001)
        c = np.mod(columns, COLUMNS)
        r0, c0 = np.floor(r).astype(int), np.floor(c).astype(int) % COLUMNS
        fr, fc = (r - r0).reshape(*r.shape, *[1] * (values.ndim - 2)), (c - np.floor(c)).reshape(*c.shape, *[1] * (values.ndim - 2))
        c1 = (c0 + 1) % COLUMNS
        return (values[r0, c0] * (1 - fc) + values[r0, c1] * fc) * (1 - fr) + (values[r0 + 1, c0] * (1 - fc) + values[r0 + 1, c1] * fc) * fr

    def at(self, rows: Array, columns: Array) -> Array:
        """Points of the chart's surface."""
        return self.sample(self.points, rows, columns)

    def below(self, rows: Array, metres: Array, columns: Array) -> Array:
        """The rows this many metres further down."""
        length = np.interp(np.mod(columns, COLUMNS), np.arange(COLUMNS + 1), np.append(self.length, self.length[0]))
        arc = np.where(rows < 0, rows * UP_M, np.where(rows <= 1, rows * length, length + (rows - 1) * LOWER_M)) + metres
        return np.clip(np.where(arc < 0, arc / UP_M, np.where(arc <= length, arc / length, 1 + (arc - length) / LOWER_M)), -0.98, 2.0)

    def line(self, height: Array, columns: Array) -> Array:
        """The row of each column at which a field over the chart [ROWS, COLUMNS], above 0 over a neckline, falls below 0."""
        falls = (height[:-1] > 0) & (height[1:] <= 0)
        first = np.argmax(falls, 0)
        k = np.arange(COLUMNS)
        share = height[first, k] / (height[first, k] - height[first + 1, k])
        rows = ROW_VALUES[first] + share * (ROW_VALUES[first + 1] - ROW_VALUES[first])
        return np.interp(np.mod(columns, COLUMNS), np.arange(COLUMNS + 1), np.append(rows, rows[0]))

    def from_front(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Rows and columns of places seen from the front."""
        found = self._inverse(np.stack([x, y], -1))
        if np.isnan(found).any():
            raise SystemExit(f"a piece of a garment reaches beyond the chart: {np.argwhere(np.isnan(found))[:3].tolist()}")
        return found[..., 0], found[..., 1]

    def _panel_of(self, side: int) -> Array:
        """Metres [ROWS, COLUMNS, 2] along and across the thread of the front or the back panel: cloth that lies on the body with little stretching.

        Along runs to the character's left, across runs up; both are the smoothest whose steps between neighbours are as long as the body says.
        """
        p, normal = self.points, frames(self.points)[2]
        across = np.array([1.0, 0.0, 0.0]) - normal[..., :1] * normal
        firm = np.linalg.norm(across, axis=-1)
        across /= np.maximum(firm, 1e-6)[..., None]
        upward = side * np.cross(normal, across) * np.sign(side * np.cross(normal, across)[..., 1:2] + 1e-9)
        half = COLUMNS // 4 + 3
        columns = (np.arange(-half, half + 1) + (0 if side > 0 else COLUMNS // 2)) % COLUMNS
        p, across, upward, firm = p[:, columns], across[:, columns], upward[:, columns], firm[:, columns]
        index = np.arange(p[..., 0].size).reshape(p.shape[:2])
        pairs = np.concatenate([np.stack([index[:-1], index[1:]], -1).reshape(-1, 2), np.stack([index[:, :-1], index[:, 1:]], -1).reshape(-1, 2)])
        flat, weight = p.reshape(-1, 3), np.clip(firm.ravel()[pairs].min(1), 0.08, 1.0)
        step = flat[pairs[:, 1]] - flat[pairs[:, 0]]
        rows = np.arange(len(pairs))
        matrix = sparse.csr_matrix((np.concatenate([-weight, weight]), (np.tile(rows, 2), pairs.T.ravel())), (len(pairs), len(flat)))
        out = np.zeros((*self.points.shape[:2], 2))
        for k, direction in enumerate((across, upward)):
            both = direction.reshape(-1, 3)[pairs].mean(1)
            found = spsolve((matrix.T @ matrix + 1e-9 * sparse.eye(len(flat))).tocsc(), matrix.T @ (weight * (step * both).sum(1)))
            out[:, columns, k] = found.reshape(index.shape)
        middle = out[:, columns[half], 0].mean()
        return out - np.array([middle, out[-1, columns[half], 1]])

    def panel(self, rows: Array, columns: Array, side: int) -> Array:
        """Thread coordinates [..., 2] of places, metres, on the front (1) or the back panel (-1)."""
        return self.sample(self._panel[side], rows, columns)

    def band(self, start: Array, columns: Array, profile: list[tuple[float, float]], kind: int, *, stiff: float = 0.0, closed: bool = True) -> Piece:
        """A band round the neck.

        Args:
            start: rows [C] where it begins.
            columns: [C].
            profile: (metres below the start, metres out), from the inside over the upper edge to the outside.
            kind: of cloth.
            stiff: how far it keeps its shape.
            closed: goes all the way round.
        """
        shape = np.array(profile)
        return self.strip(start, columns, np.repeat(shape[:, None], len(columns), 1), kind, stiff=stiff, closed=closed)

    def strip(self, start: Array, columns: Array, shape: Array, kind: int, *, stiff: float = 0.0, closed: bool = True) -> Piece:
        """As `band`, with a profile [R, C, 2] of its own for each column; a third number moves sideways, in columns."""
        if closed:  # the first column once more at the end, so that the thread goes round without a jump
            start, columns, shape = np.append(start, start[0]), np.append(columns, columns[0] + COLUMNS), np.concatenate([shape, shape[:, :1]], 1)
        columns = np.broadcast_to(columns, shape.shape[:2]) + (shape[..., 2] if shape.shape[2] > 2 else 0.0)
        rows = self.below(np.broadcast_to(start, shape.shape[:2]), shape[..., 0], columns)
        offset = np.zeros((*rows.shape, 3))
        offset[..., 2] = shape[..., 1]
        points = self.at(rows, columns)
        points = points + shape[..., 1:2] * self.sample(frames(self.points)[2], rows, columns)
        along = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=-1), 0)])
        middle = points[len(points) // 2]
        around = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(middle, axis=0), axis=-1))])
        uv = np.stack([np.broadcast_to(around, rows.shape), along], -1)
        edge = 1000 * np.minimum(along, along[-1:] - along)
        return Piece(rows, columns, offset, kind, uv, np.full(rows.shape, stiff), edge)
