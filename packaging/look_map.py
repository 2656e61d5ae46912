"""Where the skin texture lies on the head: a cylinder about the vertical axis that follows the crown and the chin's underside; tools to paint it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from ada_parts import Array, smoothstep
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator, PchipInterpolator
from scipy.ndimage import gaussian_filter, map_coordinates, zoom
from scipy.spatial import cKDTree

from engine.head.ada import HeadAsset
from engine.render.shading import Normals

Map = NDArray[np.float32]
AXIS_Z_M = -0.07
SIDE = 2048
_TURN, _BEND = 0.72, 0.22  # u leaves the middle as 0.72 a - 0.22 a a, a from 0 in front to 1 at the nape: finer in front
_CROWN_M, _CROWN_R = 0.02, 0.10  # above this height v follows the arc over the crown
_CHIN_R, _CHIN_SHARE = 0.098, 0.65  # below the chin v follows the way inwards too
_SHOULDER_R, _SHOULDER_SHARE = 0.075, 0.4
# Way up the head in metres and v there: the face has most of it.
_HEIGHTS = PchipInterpolator([-0.40, -0.20, -0.13, -0.11, 0.075, 0.18, 0.30], [0.004, 0.10, 0.20, 0.245, 0.86, 0.992, 0.999])


def texture_uv(points: Array, azimuth: Array | None = None) -> Array:
    """Texture coordinates of points on the skin, metres [N, 3] to [N, 2].

    u grows to the character's left and goes round: it may leave 0 to 1 where `azimuth` leaves -pi to pi.
    """
    if azimuth is None:
        azimuth = np.arctan2(points[:, 0], points[:, 2] - AXIS_Z_M)
    share = np.abs(azimuth) / np.pi
    u = 0.5 + np.sign(azimuth) * np.where(share <= 1, share * (_TURN - _BEND * share), 0.5 + (share - 1) * (_TURN - 2 * _BEND))
    radius, y = np.hypot(points[:, 0], points[:, 2] - AXIS_Z_M), points[:, 1]
    over = _CROWN_M + _CROWN_R * np.arctan2(y - _CROWN_M, radius)
    way = np.where(y > _CROWN_M, y + (over - y) * smoothstep(y, _CROWN_M, _CROWN_M + 0.03), y)
    way = way - _CHIN_SHARE * smoothstep(-y, 0.072, 0.112) * np.maximum(_CHIN_R - radius, 0)
    way = way - _SHOULDER_SHARE * smoothstep(-y, 0.14, 0.18) * np.maximum(radius - _SHOULDER_R, 0)
    return np.stack([u, _HEIGHTS(np.clip(way, -0.40, 0.30))], -1)


def noise(sigma_mm: tuple[float, float], seed: int, side: int = SIDE) -> Map:
    """Smooth noise over the texture, unit variance; sigma across and up, millimetres on the front of the face."""
    per_mm = [per * side / SIDE for per in pixels_per_mm()]
    field = np.random.default_rng(seed).standard_normal((side, side)).astype(np.float32)
    field = gaussian_filter(field, (sigma_mm[1] * per_mm[1], sigma_mm[0] * per_mm[0]), mode="wrap")
    return field / field.std()


def pixels_per_mm() -> tuple[float, float]:
    """Across and up, on the front of the face."""
    return SIDE * _TURN / (np.pi * 97.0), SIDE * (0.86 - 0.245) / 185.0


@dataclass
class Face:
    """The skin's outer surface, smoothed, over the texture of S pixels a side, first row at the bottom.

    Args:
        x: float32 [S, S] millimetres to the character's left.
        y: float32 [S, S] millimetres above the eyes.
        z: float32 [S, S] millimetres towards the viewer.
    """

    x: Map
    y: Map
    z: Map

    @classmethod
    def of(cls, skin: Array, outside: NDArray[np.bool_], coarse: int = 512) -> Face:
        """From the skin's vertices, metres [V, 3], and which of them lie outside (not in mouth, nostrils, sockets)."""
        p = skin[outside]
        uv = texture_uv(p)
        round_uv = np.concatenate([uv + np.array([turn, 0]) for turn in (0, 1, -1)])
        at = (np.arange(coarse) + 0.5) / coarse
        grid = np.stack(np.meshgrid(at, at), -1)
        found = LinearNDInterpolator(round_uv, np.tile(p, (3, 1)))(grid)
        known = np.isfinite(found[..., 0])
        rows = np.arange(coarse)
        for column in range(coarse):  # past the edges of the skin the last value goes on
            own = rows[known[:, column]]
            found[:, column] = found[own[np.abs(rows[:, None] - own).argmin(1)], column]
        # Smooth on purpose: what is painted in x and y must not follow every fold of the mesh.
        fields = [gaussian_filter(found[..., k], 4.0, mode=("nearest", "wrap")) for k in range(3)]
        return cls(*(np.float32(1000 * zoom(f, SIDE // coarse, order=1, grid_mode=True, mode="nearest")) for f in fields))

    def reduced(self, times: int) -> Face:
        """The same with fewer pixels."""
        first = times // 2
        return Face(*(f[first::times, first::times] for f in (self.x, self.y, self.z)))

    def grown(self, field: Map) -> Map:
        """A smooth map of fewer pixels at this one's size."""
        return zoom(field, len(self.x) // len(field), order=1, grid_mode=True, mode="nearest").astype(np.float32)

    @cached_property
    def _sheet(self) -> Map:
        """Where each pixel lies on a sheet of skin laid flat, millimetres across and up [2, S, S]."""
        side = len(self.x)
        turn = np.unwrap(np.arctan2(self.x, self.z - 1000 * AXIS_Z_M), axis=1)
        middle = side // 2
        reach = gaussian_filter(np.median(np.hypot(self.x, self.z - 1000 * AXIS_Z_M)[:, side // 4 : -side // 4], axis=1), side / 60)
        up = np.cumsum(np.median(self.mm_up[:, side // 4 : -side // 4], axis=1))
        return np.float32([(turn - turn[:, middle : middle + 1]) * reach[:, None], np.broadcast_to(up[:, None], turn.shape)])

    def noise(self, sigma_mm: tuple[float, float], seed: int) -> Map:
        """Smooth noise over the skin, unit variance, as fine everywhere: chin, neck and sides too; sigma across and up, millimetres."""
        step = np.clip(min(sigma_mm) / 1.6, 0.09, 2.0)
        size = 2048 if step < 0.4 else 512
        field = np.random.default_rng(seed).standard_normal((size, size)).astype(np.float32)
        field = gaussian_filter(field, (sigma_mm[1] / step, sigma_mm[0] / step), mode="wrap")
        across, up = self._sheet
        out: Map = map_coordinates(field / field.std(), [up / step, across / step], order=1, mode="grid-wrap")
        return out

    @cached_property
    def mm_across(self) -> Map:
        """Millimetres on the skin per pixel across."""
        return np.sqrt(sum(np.gradient(f, axis=1) ** 2 for f in (self.x, self.y, self.z)) + 1e-6).astype(np.float32)

    @cached_property
    def mm_up(self) -> Map:
        """Millimetres on the skin per pixel up."""
        return np.sqrt(sum(np.gradient(f, axis=0) ** 2 for f in (self.x, self.y, self.z)) + 1e-6).astype(np.float32)

    @cached_property
    def front(self) -> Map:
        """1 on the face, 0 behind the ears."""
        return np.float32(smoothstep(self.z, -62.0, -20.0))

    def spot(self, centre: tuple[float, float], sigma: tuple[float, float], mirrored: bool = True) -> Map:
        """A soft spot about (x, y), millimetres, on both sides of the face."""
        x = np.abs(self.x) if mirrored else self.x
        return np.exp(-0.5 * (((x - centre[0]) / sigma[0]) ** 2 + ((self.y - centre[1]) / sigma[1]) ** 2)) * np.clip((self.z + 60) / 40, 0, 1)

    def flat(self, points: Array) -> Array:
        """Where points of the skin [N, 3], millimetres, lie in this map's x and y, [N, 2]."""
        uv = texture_uv(points / 1000)
        column, row = np.clip((uv * len(self.x)).astype(int), 0, len(self.x) - 1).T
        return np.stack([self.x[row, column], self.y[row, column]], -1).astype(np.float64)

    @cached_property
    def _front_tree(self) -> tuple[cKDTree, NDArray[np.int64]]:
        rows, columns = np.nonzero((self.z[::2, ::2] > -62) & (self.y[::2, ::2] > -112))
        pixel = np.stack([2 * columns, 2 * rows], -1)
        return cKDTree(np.stack([self.x[pixel[:, 1], pixel[:, 0]], self.y[pixel[:, 1], pixel[:, 0]]], -1)), pixel

    def pixel(self, points: Array) -> Array:
        """Texture pixels (column, row) of points (x, y) on the front, millimetres [N, 2]."""
        tree, pixel = self._front_tree
        found = pixel[tree.query(points)[1]]
        c, r = found.T
        step = [
            np.gradient(f[np.ix_(*(np.clip([i - 1, i, i + 1], 0, len(self.x) - 1) for i in at))]) for at in zip(r, c, strict=True) for f in (self.x, self.y)
        ]
        out = found.astype(np.float64)
        for k, (x_slope, y_slope) in enumerate(zip(step[::2], step[1::2], strict=True)):
            turn = np.array([[x_slope[1][1, 1], x_slope[0][1, 1]], [y_slope[1][1, 1], y_slope[0][1, 1]]])
            off = points[k] - [self.x[r[k], c[k]], self.y[r[k], c[k]]]
            out[k] += np.clip(np.linalg.lstsq(turn, off, rcond=None)[0], -3, 3)
        return out


def outer_face(head: HeadAsset) -> Face:
    """The face of a head: its skin without what lies in mouth, nostrils, sockets and behind the ears."""
    skin, own = head.vertices[head.span("skin")].astype(np.float64), head.face_part == 0
    faces, uv = head.faces[own], head.uv[head.face_uv[own]]
    lining = (uv[:, :, 1].mean(1) < 0.15) & (uv[:, :, 0].mean(1) > 0.7)  # the mouth's has an island of its own in the base mesh's texture
    normals = Normals(faces, len(skin))(np.float32(skin)).astype(np.float64)
    out = skin * [1, 0, 1] - [0, 0, AXIS_Z_M]
    facing = (normals * out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)).sum(1)
    outside = facing > -0.15 - 0.55 * smoothstep(-skin[:, 1], 0.085, 0.11)  # the chin's underside faces down and in
    outside[np.setdiff1d(faces[lining], faces[~lining])] = False
    for side in ("left", "right"):
        outside &= np.linalg.norm(skin - head.joints[f"eye_{side}"], axis=1) > head.eye_radius_m - 0.0005
    kept = np.flatnonzero(outside)
    uv, radius = texture_uv(skin[kept]), np.linalg.norm(out[kept], axis=1)
    above = np.array([radius[near].max() for near in cKDTree(uv).query_ball_point(uv, 0.014)])
    outside[kept[radius < above - 0.006]] = False  # the mouth's and the sockets' linings
    return Face.of(skin, outside)


def stroke(canvas: Map, path: Array, width: Array, strength: float) -> None:
    """Draw one tapering hair into a coverage map, in place.

    Args:
        canvas: [H, W]; keeps the larger of what is there and what is drawn.
        path: [P, 2] pixels (column, row).
        width: [P] full width in pixels.
        strength: coverage at the core.
    """
    low = np.maximum(np.floor(path.min(0) - 3).astype(int), 0)
    high = np.minimum(np.ceil(path.max(0) + 4).astype(int), canvas.shape[::-1])
    if (high <= low).any():
        return
    column, row = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    best = np.zeros(column.shape, np.float32)
    for k in range(len(path) - 1):
        a, b = path[k], path[k + 1]
        d = b - a
        t = np.clip(((column - a[0]) * d[0] + (row - a[1]) * d[1]) / max(d @ d, 1e-9), 0, 1)
        distance = np.hypot(column - a[0] - t * d[0], row - a[1] - t * d[1])
        w = width[k] + t * (width[k + 1] - width[k])
        best = np.maximum(best, np.clip(0.5 * w + 0.5 - distance, 0, 1) * np.minimum(w, 1.0))
    part = canvas[low[1] : high[1], low[0] : high[0]]
    np.maximum(part, best * strength, out=part)
