"""Expression wrinkles: which folds of the skin an expression draws, how deep, and where on the head.

The folds' shapes are painted (`assets/heads/skin_wrinkles_*.jpg`), in two layers, so that folds that cross can both show. A group is
a set of folds that come and go together; its mask fades it out over the skin. Source: the furrows of FACS action units (Ekman, Friesen and
Hager, 2002) on ARKit's coefficients.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.head import ada

LAYERS = 2


@dataclass(frozen=True)
class Group:
    """Folds that come and go together.

    Args:
        layer: of the picture, 0 or 1.
        centre: of its mask on Ada at rest, millimetres to the left, up and forward of the middle between the eyes.
        reach: half widths of the mask along the three axes; it is 1 in the inner 0.6 and fades to 0 at 1.4 times these.
        at_rest: how deep the folds are on an old face at rest.
        causes: how much each channel draws it.
    """

    layer: int
    centre: tuple[float, float, float]
    reach: tuple[float, float, float]
    at_rest: float
    causes: dict[str, float]


_Three = tuple[float, float, float]


def _sides(name: str, layer: int, centre: _Three, reach: _Three, at_rest: float, causes: dict[str, float]) -> dict[str, Group]:
    """A group for each side; causes that end in `*` are those of its side."""
    out = {}
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        own = {cause.replace("*", side): weight for cause, weight in causes.items()}
        out[f"{name}_{side.lower()}"] = Group(layer, (sign * centre[0], centre[1], centre[2]), reach, at_rest, own)
    return out


_GROUPS: dict[str, Group] = {
    **_sides("forehead", 0, (38, 47, 12), (20, 21, 45), 0.62, {"browOuterUp*": 0.85, "browInnerUp": 0.25, "browDown*": -0.4}),
    "forehead_middle": Group(0, (0, 47, 20), (20, 21, 40), 0.62, {"browInnerUp": 0.95, "browOuterUpLeft": 0.2, "browOuterUpRight": 0.2}),
    "glabella": Group(1, (0, 18, 20), (13, 16, 30), 0.5, {"browDownLeft": 0.55, "browDownRight": 0.55, "noseSneerLeft": 0.1, "noseSneerRight": 0.1}),
    **_sides("bunny", 0, (8, -10, 22), (9, 11, 25), 0.12, {"noseSneer*": 0.9, "browDown*": 0.15}),
    **_sides("crow", 0, (54, -3, -9), (13, 19, 30), 0.75, {"cheekSquint*": 0.55, "eyeSquint*": 0.4, "mouthSmile*": 0.35, "eyeBlink*": 0.08}),
    **_sides("under_eye", 1, (30, -14, 8), (17, 7, 30), 0.62, {"cheekSquint*": 0.7, "eyeSquint*": 0.55, "mouthSmile*": 0.25, "eyeBlink*": -0.1}),
    **_sides("nasolabial", 1, (29, -50, 15), (11, 19, 30), 0.95, {"mouthSmile*": 0.75, "noseSneer*": 0.6, "mouthUpperUp*": 0.5, "cheekSquint*": 0.15}),
    **_sides("corner", 0, (31, -65, 12), (7, 14, 30), 0.55, {"mouthDimple*": 0.9, "mouthSmile*": 0.4, "mouthStretch*": 0.5, "mouthPress*": 0.3}),
    **_sides("marionette", 1, (29, -79, 15), (9, 13, 30), 0.75, {"mouthFrown*": 0.8, "mouthLowerDown*": 0.25, "mouthShrugLower": 0.2}),
    **_sides("cheek", 0, (49, -37, -2), (15, 22, 32), 0.9, {"mouthSmile*": 0.35, "cheekSquint*": 0.25, "mouthDimple*": 0.2}),
    "pucker": Group(
        0,
        (0, -61, 30),
        (17, 17, 30),
        0.42,
        {"mouthPucker": 0.9, "mouthFunnel": 0.35, "mouthRollUpper": 0.25, "mouthRollLower": 0.25, "mouthShrugUpper": 0.3},
    ),
    "chin": Group(
        1,
        (0, -91, 20),
        (17, 11, 30),
        0.22,
        {"mouthShrugLower": 0.9, "mouthFrownLeft": 0.25, "mouthFrownRight": 0.25, "mouthPucker": 0.2, "mouthPressLeft": 0.1, "mouthPressRight": 0.1},
    ),
    "neck": Group(0, (0, -148, -10), (48, 24, 60), 0.7, {"mouthStretchLeft": 0.45, "mouthStretchRight": 0.45, "jawForward": 0.4, "headRotX": 0.9}),
}
GROUPS: tuple[str, ...] = tuple(_GROUPS)
LAYER_OF: tuple[int, ...] = tuple(group.layer for group in _GROUPS.values())
AT_REST: tuple[float, ...] = tuple(group.at_rest for group in _GROUPS.values())
_FADE_FROM, _FADE_TO = 0.6, 1.4  # of a mask's reach


@lru_cache(maxsize=1)
def _causes() -> NDArray[np.float32]:
    """float32 [63, G]."""
    out = np.zeros((len(CHANNELS), len(GROUPS)), np.float32)
    for column, group in enumerate(_GROUPS.values()):
        for cause, weight in group.causes.items():
            out[INDEX[cause], column] = weight
    return out


def activation(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """How deep each group's folds are.

    Args:
        values: channel values [..., 63].

    Returns:
        float32 [..., G], 0 to 1, in the order of `GROUPS`.

    Raises:
        InvalidInput: not 63 channels.
    """
    values = np.asarray(values, np.float32)
    if values.shape[-1:] != (len(CHANNELS),):
        raise InvalidInput(f"channel values must be [..., {len(CHANNELS)}], got {list(values.shape)}", "give every channel of engine.core.channels")
    x = np.clip(values @ _causes(), 0.0, 1.0)
    return x * (1.35 - 0.35 * x)  # skin folds early and then deepens


@lru_cache(maxsize=1)
def masks() -> NDArray[np.float32]:
    """Where each group's folds show, on the vertices of a head: float32 [V, G], 0 to 1."""
    head = ada.load()
    out = np.zeros((len(head.vertices), len(GROUPS)), np.float32)
    skin = head.span("skin")
    at = 1000.0 * head.vertices[skin]
    for column, group in enumerate(_GROUPS.values()):
        far = np.linalg.norm((at - np.array(group.centre, np.float32)) / np.array(group.reach, np.float32), axis=1)
        t = np.clip((_FADE_TO - far) / (_FADE_TO - _FADE_FROM), 0.0, 1.0)
        out[skin, column] = t * t * (3.0 - 2.0 * t)
    return out


class Drawn(Protocol):
    """Points as weighted sums of a head's vertices: an `engine.head.look.Look`."""

    @property
    def blend(self) -> sparse.csr_matrix:
        """Sparse float32 [N, V]."""


class Creases:
    """How deep the folds of both layers are at the points of a look.

    Args:
        look: what is drawn.
    """

    def __init__(self, look: Drawn) -> None:
        on_points = np.asarray(look.blend @ masks(), np.float32)  # [N, G]
        layer = np.array(LAYER_OF)
        self._rows = np.flatnonzero(on_points.max(1) > 1e-3)
        # Both layers of a point side by side, [R, 2, G]: one product gives them.
        self._weights = np.stack([on_points[self._rows] * (layer == k) for k in range(LAYERS)], 1)
        self._count = len(on_points)

    def __call__(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Depth of the folds, float32 [N, 2], 0 to 1, for channel values [63].

        Raises:
            InvalidInput: not 63 channels.
        """
        return self._spread(activation(values))

    def at_rest(self) -> NDArray[np.float32]:
        """Depth of the furrows that the oldest face has without an expression, float32 [N, 2], 0 to 1."""
        return self._spread(np.array(AT_REST, np.float32))

    def _spread(self, deep: NDArray[np.float32]) -> NDArray[np.float32]:
        out = np.zeros((self._count, LAYERS), np.float32)
        if deep.any():
            out[self._rows] = np.minimum(self._weights @ deep, 1.0)
        return out


_PALE = {"mouthPressLeft": 0.4, "mouthPressRight": 0.4, "mouthRollLower": 0.35, "mouthRollUpper": 0.35, "mouthStretchLeft": 0.25, "mouthStretchRight": 0.25}
_FLUSHED = {"mouthSmileLeft": 0.3, "mouthSmileRight": 0.3, "cheekSquintLeft": 0.15, "cheekSquintRight": 0.15, "noseSneerLeft": 0.2, "noseSneerRight": 0.2,
            "browDownLeft": 0.1, "browDownRight": 0.1, "cheekPuff": 0.4}  # fmt: skip


def blood_flow(values: NDArray[np.float32]) -> tuple[float, float]:
    """Where an expression drives the blood: how far the lips pale and how far the cheeks flush, 0 to 1.

    Args:
        values: channel values [63].
    """
    pale, flushed = (sum(weight * float(values[INDEX[name]]) for name, weight in causes.items()) for causes in (_PALE, _FLUSHED))
    return min(max(pale, 0.0), 1.0), min(max(flushed, 0.0), 1.0)
