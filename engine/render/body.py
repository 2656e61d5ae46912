"""The buffer that most parts of a head are drawn from: points, normals, the light that reaches them, and creases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.head.look import RIBBONS, LightChange, Look
from engine.head.wrinkles import Creases
from engine.render.frame import SIDES, Edges, Pose, SeamEdges
from engine.render.shading import harmonics

LASH_POINTS = 4  # along one lash, each twice
_OPEN_MM = 9.0  # the mouth counts as open
# Upper and lower lashes: their share of the lid's turn about the eye, and how they give way where the closed lids overlap.
_LASH_TURN, _LASH_SHUT_MM = (0.85, 1.0), ((0.0, 0.9, 1.9), (0.0, -2.5, 0.9))
_LIP_MM = 3.5  # thickness of the lips: what lies just behind them is lit through the whole opening
_LID_EDGE_MM = (1.2, 2.4)  # from the lids' measured loops to the edges seen against the eyeball, with the eye open

# Of the buffer that changes every frame, then of the one that stays: attributes in the order of their locations.
BODY_WIDTHS, STATIC_WIDTHS = (3, 3, 4, 2), (2, 4)
BODY_ATTRIBUTES = ("position", "normal", "light", "crease", "uv", "extra")


class _Lashes:
    """The lashes of one lid, which turn about the eye as the lid slides over it. All in millimetres of the head's frame.

    Args:
        points: int64 [P] of these lashes, pairs of one place in the order root to tip.
        rest: float32 [G, 3] all points at rest.
        edge: float32 [C, 3] the lid's edge at rest.
        eye: float32 [3] the eye's centre.
        lid: 0 upper, 1 lower.
    """

    def __init__(self, points: NDArray[np.int64], rest: NDArray[np.float32], edge: NDArray[np.float32], eye: NDArray[np.float32], lid: int) -> None:
        self.points, self._lid = points, lid
        self._rest = rest[points] - eye
        root = np.repeat(points[:: 2 * LASH_POINTS], 2 * LASH_POINTS)
        order = np.argsort(edge[:, 0])
        place = np.interp(rest[root, 0], edge[order, 0], np.arange(len(edge), dtype=float))
        self._order, low = order, np.minimum(place.astype(int), len(edge) - 2)
        self._low, self._share = low, (place - low).astype(np.float32)[:, None]
        self._edge = self._at(edge - eye)
        self._elevation = np.arctan2(self._edge[:, 1], self._edge[:, 2])

    def _at(self, edge: NDArray[np.float32]) -> NDArray[np.float32]:
        edge = edge[self._order]
        return edge[self._low] * (1 - self._share) + edge[self._low + 1] * self._share

    def __call__(self, edges: Edges, eye: NDArray[np.float32], shut: float) -> NDArray[np.float32]:
        """The points [P, 3] for the lids' edges as they are now; `shut` is how far they have closed, 0 to 1."""
        now = self._at(edges[self._lid] - eye) + shut * np.array(_LASH_SHUT_MM[self._lid], np.float32)
        turn = (np.arctan2(now[:, 1], now[:, 2]) - self._elevation) * _LASH_TURN[self._lid]
        s, c = np.sin(turn), np.cos(turn)
        out = np.empty_like(self._rest)
        y, z = self._rest[:, 1] - self._edge[:, 1], self._rest[:, 2] - self._edge[:, 2]
        out[:, 0] = self._rest[:, 0] - self._edge[:, 0] + now[:, 0]
        out[:, 1] = c * y + s * z + now[:, 1]
        out[:, 2] = c * z - s * y + now[:, 2]
        return out + eye


class BodyMaker:
    """Makes the body buffer, float32 [N, 12]: position, normal, light (of key, fill and rim lamp and of the surroundings), crease.

    Args:
        look: what is drawn.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._creases = Creases(look)
        head = look.head
        torso = look.blend @ head.skin_weights[:, 0]
        self._in_head = (1 - torso[look.light_points]).astype(np.float32)[:, None]
        self._on_left = (look.blend @ head.vertices[:, 0])[look.light_points] > 0
        eyes = look.points_of("eyes")
        self._eye_points = {"left": eyes[look.extra[eyes, 3] > 0], "right": eyes[look.extra[eyes, 3] < 0]}
        skin = np.union1d(look.points_of("skin"), look.points_of("hair"))
        inside = [look.points_of(m) for m in ("mouth", "teeth", "tongue")]
        self._inside = np.setdiff1d(np.unique(np.concatenate(inside)), skin)
        self._hairs = self._chains()
        self._eye_mm = {side: 1000 * head.joints[f"eye_{side}"] for side in SIDES}
        rest = 1000 * (look.blend @ head.vertices)
        self._lashes = {side: self._lashes_of(side, rest) for side in SIDES}

    def _chains(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Points of single hairs, and for each the points before and after it on its hair."""
        look = self._look
        points = np.concatenate([look.points_of(m) for m in RIBBONS])
        along = np.zeros(look.blend.shape[0], np.float32)
        used = np.concatenate([look.triangles[m].ravel() for m in RIBBONS])
        along[look.source[used]] = look.uv[used, 1]
        t = along[points]
        before = np.where(t > 0.01, points - 2, points)
        after = np.where(t < 0.99, points + 2, points)
        return points, before, after

    def _lashes_of(self, side: str, rest: NDArray[np.float32]) -> tuple[_Lashes, _Lashes]:
        """The upper and the lower lashes of one eye."""
        look, points = self._look, self._look.points_of("lashes")
        own = points[rest[points, 0] > 0] if side == "left" else points[rest[points, 0] < 0]
        edges = tuple(1000 * edge for edge in SeamEdges(look.head.seams[f"lids_{side}"])(look.head.vertices))
        below = look.extra[own, 3] > 0.5
        return tuple(_Lashes(own[below == k], rest, edges[k], self._eye_mm[side], k) for k in (0, 1))  # type: ignore[return-value]

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer of a pose."""
        points, normals = pose.points.copy(), pose.normals.copy()
        light = np.zeros((len(points), 4), np.float32)
        light[self._look.light_points] = self._surroundings(pose)
        light[self._inside, :] = _mouth_light(pose.in_head(points[self._inside]), *pose.lips)[:, None]
        for side, own in self._eye_points.items():
            for lash in self._lashes[side]:
                points[lash.points] = pose.from_head(lash(pose.lids[side], self._eye_mm[side], pose.shut[side]))
            light[own, :2] = _lid_distance(pose.in_head(points[own]), pose.lids[side], 1 - pose.shut[side])
        hairs, before, after = self._hairs
        normals[hairs] = points[after] - points[before]
        return np.concatenate([points, normals, light, self._creases(pose.values)], 1, dtype=np.float32)[self._look.source]

    def _surroundings(self, pose: Pose) -> NDArray[np.float32]:
        """Shadow of key, fill and rim light and share of ambient light at the lit points, float32 [L, 4]."""
        look = self._look
        known = look.light.copy()
        opened = float(np.clip(pose.gap_mm / _OPEN_MM, 0, 1))
        if opened > 0:
            known[look.mouth_open.rows] += opened * look.mouth_open.change
        if max(pose.shut.values()) > 0.02:
            known[look.eyes_shut.rows] += self._shut_share(look.eyes_shut, pose.shut) * look.eyes_shut.change
        on_head, on_torso = harmonics(pose.lights @ pose.head), harmonics(pose.lights)
        shadow = self._in_head * (known[:, :9] @ on_head.T) + (1 - self._in_head) * (known[:, :9] @ on_torso.T)
        return np.concatenate([shadow, known[:, 9:]], 1)

    def _shut_share(self, change: LightChange, shut: dict[str, float]) -> NDArray[np.float32]:
        return np.where(self._on_left[change.rows], shut["left"], shut["right"]).astype(np.float32)[:, None]


def _mouth_light(points: NDArray[np.float32], upper: NDArray[np.float32], lower: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much light comes through the open lips to points inside the mouth, 0 to 1 [P]; all in millimetres of the head's frame."""
    x = points[:, 0]
    top, bottom = (np.interp(x, edge[:, 0], edge[:, 1]) for edge in (upper, lower))
    height = np.maximum(upper[:, 1] - lower[:, 1], 0).max()
    opening = 0.6 * np.maximum(top - bottom, 0) + 0.4 * height
    front = np.interp(x, upper[:, 0], 0.5 * (upper[:, 2] + lower[:, 2]))
    depth = np.maximum(front - _LIP_MM - points[:, 2], 0.0)
    outside = np.maximum(np.maximum(points[:, 1] - top, bottom - points[:, 1]), 0.0)
    straight = opening / (opening + 0.75 * depth + 1e-3) / (1.0 + (depth / 26.0) ** 2)
    hidden = 1.0 / (1.0 + (outside / (0.35 * opening + 0.25 * depth + 0.8)) ** 2)
    lip_shadow = 0.45 + 0.55 * np.clip((top - points[:, 1]) / 3.0, 0, 1)
    return (np.clip(straight * hidden, 0, 1) * lip_shadow).astype(np.float32)


def _lid_distance(points: NDArray[np.float32], edges: Edges, opened: float) -> NDArray[np.float32]:
    """Millimetres below the upper and above the lower lid's edge, [P, 2]; all in the head's frame."""
    upper, lower = edges
    order_up, order_low = np.argsort(upper[:, 0]), np.argsort(lower[:, 0])
    top = np.interp(points[:, 0], upper[order_up, 0], upper[order_up, 1]) - _LID_EDGE_MM[0] * opened
    bottom = np.interp(points[:, 0], lower[order_low, 0], lower[order_low, 1]) + _LID_EDGE_MM[1] * opened
    return np.stack([top - points[:, 1], points[:, 1] - bottom], -1)
