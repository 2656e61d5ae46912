"""Where on the posed head the handles sit, and how the rig's channels move those places. Plain arrays: no Qt, no torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from engine.head.ada import HeadAsset
    from engine.render.camera import Camera

# Places on the skin at rest, metres, of the character's left or its middle; the nearest vertex is taken.
_ON_SKIN: dict[str, tuple[float, float, float]] = {
    "head": (0.0, 0.060, 0.030),
    "jaw": (0.0, -0.098, 0.030),
    "brow_inner": (0.0130, 0.0205, 0.0265),
    "brow_outer": (0.0455, 0.0165, 0.0115),
}
GAZE_AHEAD_M = 0.055  # of the eyes: where the handle for the gaze floats
# Least cosine between a handle's way out of the head and the way to the camera: what lies in the middle is seen from both sides.
_SEEN_FROM = {"head": -0.5, "jaw": -0.5, "gaze": -2.0}
NAMES: tuple[str, ...] = (
    "head", "gaze", "jaw", "brow_inner_left", "brow_inner_right", "brow_outer_left", "brow_outer_right", "lip_corner_left", "lip_corner_right",
)  # fmt: skip
_SEEN = np.array([_SEEN_FROM.get(name, -0.12) for name in NAMES])


@dataclass(frozen=True, eq=False)
class Places:
    """Where the handles are on one posed head.

    Args:
        points: float32 [H, 3] metres, in the order of `NAMES`.
        inside: float32 [3] a point inside the head, from which the handles point outwards.
        eyes: float32 [2, 3] pupils of the left and the right eye.
    """

    points: NDArray[np.float32]
    inside: NDArray[np.float32]
    eyes: NDArray[np.float32]

    def moved(self, turned: NDArray[np.float32], at: NDArray[np.float32]) -> Places:
        """The places of a character who stands elsewhere: turned by a rotation [3, 3], its origin at [3]."""
        return Places(self.points @ turned.T + at, self.inside @ turned.T + at, self.eyes @ turned.T + at)


class Landmarks:
    """Finds the handles' places on a head.

    Args:
        asset: the head at rest.
    """

    def __init__(self, asset: HeadAsset) -> None:
        self._skin = asset.span("skin")
        rest = asset.vertices
        corners = asset.seams["lips"].upper[0]
        vertex = {"lip_corner_right": int(corners[0, 0]), "lip_corner_left": int(corners[-1, 0])}
        for name, place in _ON_SKIN.items():
            if name.startswith("brow"):
                for side, sign in (("left", 1), ("right", -1)):
                    vertex[f"{name}_{side}"] = self._nearest(rest, np.array(place) * (sign, 1, 1))
            else:
                vertex[name] = self._nearest(rest, np.array(place))
        self._vertices = np.array([vertex.get(name, 0) for name in NAMES])
        self._teeth = asset.span("teeth_upper")
        self._eyes = tuple(asset.span(f"eye_{side}") for side in ("left", "right"))
        self._pupils = np.array([each.start + int(np.argmax(rest[each, 2])) for each in self._eyes])
        # Metres per unit of each channel at each handle's vertex, [H, 3].
        self.moves = {name: asset.units[i][self._vertices] for i, name in enumerate(asset.unit_names)}

    def _nearest(self, rest: NDArray[np.float32], place: NDArray[np.float64]) -> int:
        return self._skin.start + int(np.argmin(((rest[self._skin] - place) ** 2).sum(1)))

    def __call__(self, vertices: NDArray[np.float32]) -> Places:
        """The places on posed vertices [V, 3]."""
        points = vertices[self._vertices].copy()
        centres = np.stack([vertices[each].mean(0) for each in self._eyes])
        pupils = vertices[self._pupils]
        ahead = (pupils - centres).sum(0)
        points[NAMES.index("gaze")] = centres.mean(0) + ahead / np.linalg.norm(ahead) * GAZE_AHEAD_M
        return Places(points, vertices[self._teeth].mean(0), pupils)


def projected(points: NDArray[np.float32], camera: Camera, size: tuple[int, int]) -> NDArray[np.float32]:
    """Pixels [N, 2] from the upper left corner at which points [N, 3] are seen in a picture of a size."""
    transform = camera.projection(size[0] / size[1]) @ camera.view()
    clip = points @ transform[:, :3].T + transform[:, 3]
    ndc = clip[:, :2] / np.maximum(clip[:, 3:], 1e-6)
    out: NDArray[np.float32] = ((ndc * (1, -1) + 1) / 2 * size).astype(np.float32)
    return out


def facing(places: Places, camera: Camera) -> NDArray[np.bool_]:
    """Which handles are on the side of the head that the camera sees, [H]."""
    out = places.points - places.inside
    towards = camera.eye - places.points
    cosine = (out * towards).sum(1) / (np.linalg.norm(out, axis=1) * np.linalg.norm(towards, axis=1) + 1e-9)
    seen: NDArray[np.bool_] = cosine > _SEEN
    return seen
