"""The head as hair meets it: a surface to grow from and to lie on, where the hairline runs, and a map of the scalp."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ada_parts import SKULL_CENTRE, Array, smoothstep
from look_mesh import mouth_faces
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.spatial import cKDTree

from engine.head.ada import HeadAsset

SAMPLES_PER_M2 = 1.1e6
POLE = np.array([0.0, 0.85, -0.53])  # the crown: middle of the scalp's map
MAP_ANGLE = np.radians(135.0)  # from the crown to the map's edge
DOWN = np.array([0.0, -1.0, 0.0])
# azimuth from the nose in degrees, height above the eyes in metres: temples a little in, sideburns before the ears, round them, a low nape
_SOFT = [(0, 0.0665), (12, 0.068), (22, 0.0665), (31, 0.060), (39, 0.049), (46, 0.036), (53, 0.019), (60, 0.002), (66, -0.012), (74, -0.018), (80, -0.006),
         (90, 0.004), (100, -0.006), (112, -0.030), (128, -0.050), (150, -0.060), (180, -0.064)]  # fmt: skip
_SQUARE = [(0, 0.068), (12, 0.070), (22, 0.072), (30, 0.068), (37, 0.054), (44, 0.039), (52, 0.024), (58, 0.006), (65, -0.018), (74, -0.028), (80, -0.008),
           (90, 0.004), (100, -0.006), (112, -0.028), (128, -0.046), (150, -0.054), (180, -0.057)]  # fmt: skip
LINES = {"soft": _SOFT, "square": _SQUARE}


def unit(v: Array) -> Array:
    """Vectors [..., 3] at length 1; zero stays zero."""
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12)


def wavy(points: Array, seed: int, size_m: float, terms: int = 24) -> Array:
    """Smooth noise in space about 0 with unit variance, [N]: waves of about `size_m`."""
    rng = np.random.default_rng(seed)
    waves = unit(rng.standard_normal((terms, 3))) * rng.uniform(0.6, 1.6, (terms, 1)) * (2 * np.pi / size_m)
    return np.sqrt(2 / terms) * np.sin(points @ waves.T + rng.uniform(0, 2 * np.pi, terms)).sum(-1)


@dataclass
class Scalp:
    """The skin as a cloud of points to measure distances from.

    Args:
        head: whose skin.
        points: [S, 3] metres, dense and even.
        normals: [S, 3] outwards.
        tree: of the points.
    """

    head: HeadAsset
    points: Array
    normals: Array
    tree: cKDTree

    @classmethod
    def of(cls, head: HeadAsset, ears: bool = True) -> Scalp:
        """Sample a head's skin; without its ears for hair that lies behind them."""
        skin = head.vertices[head.span("skin")].astype(np.float64)
        faces = head.faces[head.face_part == 0]
        normals = vertex_normals(skin, faces)
        inside = mouth_faces(head.uv[head.face_uv[head.face_part == 0]])
        socket = np.min([np.linalg.norm(skin - head.joints[f"eye_{side}"], axis=1) for side in ("left", "right")], 0) < head.eye_radius_m - 0.0005
        kept = faces[~inside & ~socket[faces].any(1) & (ears | (head.masks["ears"][: len(skin)][faces].max(1) < 0.5))]
        rng = np.random.default_rng(1)
        area = 0.5 * np.linalg.norm(np.cross(skin[kept[:, 1]] - skin[kept[:, 0]], skin[kept[:, 2]] - skin[kept[:, 0]]), axis=1)
        chosen = rng.choice(len(kept), int(area.sum() * SAMPLES_PER_M2), p=area / area.sum())
        share = rng.dirichlet((1, 1, 1), len(chosen))[..., None]
        n = unit((normals[kept[chosen]] * share).sum(1))
        p = (skin[kept[chosen]] * share).sum(1)
        # Rounded as the smooth mesh will be: each corner's tangent plane pulls the flat triangle out.
        corner, corner_n = skin[kept[chosen]], normals[kept[chosen]]
        p = p - 0.75 * (share * corner_n * ((p[:, None] - corner) * corner_n).sum(-1, keepdims=True)).sum(1)
        return cls(head, p, n, cKDTree(p))

    def near(self, points: Array) -> tuple[Array, Array]:
        """Signed height above the skin [N] and the skin's outward normal there [N, 3]."""
        distance, i = self.tree.query(points, k=6)
        weight = 1 / (distance + 5e-4) ** 2
        weight /= weight.sum(1, keepdims=True)
        normal = unit((self.normals[i] * weight[..., None]).sum(1))
        height = ((points[:, None] - self.points[i]) * self.normals[i]).sum(-1)
        far = smoothstep(distance[:, 0], 0.004, 0.012)
        return (height * weight).sum(1) * (1 - far) + np.sign(height[:, 0]) * distance[:, 0] * far, normal

    def roots(self, line: str, apart_m: float, seed: int, within: tuple[float, float] = (0.0, 1.0), parting: Array | None = None) -> Array:
        """Evenly scattered points of the hairy scalp, [N, 3].

        Args:
            line: the hairline.
            apart_m: between them.
            seed: of the scatter.
            within: least and most metres from the hairline.
            parting: [P, 3] whose sides count as near the hairline too.
        """
        order = np.random.default_rng(seed).permutation(len(self.points))
        height = hair_height(self.points[order], line)
        if parting is not None:
            beside = cKDTree(parting[:, [0, 2]]).query(self.points[order][:, [0, 2]])[0]
            height = np.where((height > 0) & (self.points[order, 1] > 0.03), np.minimum(height, beside), height)
        order = order[(height > within[0]) & (height < within[1])]
        order = order[~self.on_ear(self.points[order])]
        p = self.points[order]
        tree, taken, gone = cKDTree(p), [], np.zeros(len(p), bool)
        for i in range(len(p)):
            if not gone[i]:
                taken.append(i)
                gone[tree.query_ball_point(p[i], apart_m)] = True
        return p[taken]

    def on_ear(self, points: Array) -> NDArray[np.bool_]:
        """Which points [N, 3] lie on or in the ears."""
        p = self.head.vertices[self.head.span("skin")]
        _, i = cKDTree(p).query(points)
        return self.head.masks["ears"][i] > 0.5


def vertex_normals(points: Array, triangles: NDArray[np.int64]) -> Array:
    """Unit normals [V, 3], weighted by area."""
    out = np.zeros_like(points)
    face = np.cross(points[triangles[:, 1]] - points[triangles[:, 0]], points[triangles[:, 2]] - points[triangles[:, 0]])
    for k in range(3):
        np.add.at(out, triangles[:, k], face)
    return unit(out)


def hair_height(points: Array, line: str = "soft") -> Array:
    """Metres above the hairline (negative on the face) of points [N, 3]: with widow's peaks and bays, never straight."""
    table = np.array(LINES[line])
    offset = points - SKULL_CENTRE
    azimuth = np.degrees(np.arctan2(np.abs(offset[:, 0]), offset[:, 2]))
    height = points[:, 1] - PchipInterpolator(table[:, 0], table[:, 1])(azimuth)
    # Beside the face the hairline is steep: metres across it, not up.
    slope = np.abs(PchipInterpolator(table[:, 0], table[:, 1]).derivative()(azimuth)) * 180 / np.pi / 0.085
    across = height / np.sqrt(1 + slope**2)
    return across + 0.0016 * wavy(points, 11, 0.035) + 0.0007 * wavy(points, 12, 0.012)


def _map_axes() -> tuple[Array, Array, Array]:
    """Right, forward and up of the scalp's map."""
    up = POLE / np.linalg.norm(POLE)
    right = np.array([1.0, 0.0, 0.0])
    return right, np.cross(right, up), up


def map_uv(points: Array) -> Array:
    """Where points lie in the scalp's map, [N, 2] in 0 to 1: seen from the crown, distances from it kept."""
    right, forward, up = _map_axes()
    d = unit(points - SKULL_CENTRE)
    angle = np.arccos(np.clip(d @ up, -1, 1)) / MAP_ANGLE
    flat = unit(np.stack([d @ right, d @ forward], -1))
    return 0.5 + 0.5 * flat * angle[:, None]


def map_points(scalp: Scalp, side: int) -> Array:
    """Points of the skin under the texels of a scalp map, [side * side, 3], first row at the bottom."""
    axis = (np.arange(side) + 0.5) / side * 2 - 1
    x, y = (a.ravel() for a in np.meshgrid(axis, axis))
    angle = np.minimum(np.hypot(x, y), 1.0) * MAP_ANGLE
    flat = unit(np.stack([x, y], -1))
    right, forward, up = _map_axes()
    d = np.sin(angle)[:, None] * (flat[:, :1] * right + flat[:, 1:] * forward) + np.cos(angle)[:, None] * up
    # The nearest sample in direction: the skull is star-shaped about its centre where hair grows.
    known = unit(scalp.points - SKULL_CENTRE)
    _, i = cKDTree(known).query(d, k=4)
    reach = np.linalg.norm(scalp.points[i] - SKULL_CENTRE, axis=-1).mean(1)
    return SKULL_CENTRE + d * reach[:, None]
