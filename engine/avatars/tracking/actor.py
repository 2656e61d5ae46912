"""Who is before the camera, as far as fitting needs it: their points at rest, their eyes, the lens and where they hold their head."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from engine.avatars.tracking import points
from engine.avatars.tracking.solver import Face
from engine.avatars.tracking.view import Lens, as_tensor
from engine.core.channels import mirror
from engine.core.errors import InvalidInput
from engine.core.person import Person
from engine.head import identity
from engine.head.ada import HeadAsset
from engine.head.eyeball import radius_m
from engine.head.shape import head_of

# A priori of the channels, about 0: standard deviation, and how much rarer each 1 more of it is (see `solver.Face.rare`). What the points show hardly at
# all has to be seen clearly before it is believed, but then it is believed; what speech and blinks do all the time is believed at once.
_USUAL = (0.3, 6.0)
_PRIORS: dict[str, tuple[float, float]] = {
    "jawOpen": (0.5, 3.0), "mouthClose": (0.3, 3.0), "mouthSmile": (0.4, 3.0), "mouthPucker": (0.5, 5.0), "mouthFunnel": (0.4, 4.0),
    "mouthLowerDown": (0.35, 3.0), "mouthUpperUp": (0.35, 6.0), "mouthStretch": (0.3, 3.0), "mouthDimple": (0.2, 10.0), "mouthPress": (0.2, 10.0),
    "mouthShrug": (0.2, 10.0), "mouthRoll": (0.2, 16.0), "mouthLeft": (0.2, 12.0), "mouthRight": (0.2, 12.0), "jawLeft": (0.2, 20.0),
    "jawRight": (0.2, 20.0), "jawForward": (0.15, 20.0), "browInnerUp": (1.0, 2.0), "browOuterUp": (1.0, 0.5), "browDown": (0.3, 10.0),
    "eyeBlink": (0.6, 3.0), "eyeLook": (0.4, 0.0), "eyeSquint": (0.2, 10.0), "eyeWide": (0.2, 10.0), "cheekSquint": (0.15, 20.0), "cheekPuff": (0.2, 10.0),
    "noseSneer": (0.15, 12.0),
}  # fmt: skip
_UNEVEN, _UNEVEN_BROWS = 0.08, 0.15  # how far the two sides of a face differ, standard deviation
_BROWS_APART = 0.5  # and how far the inner part of a raised brow from the outer, which one muscle raises
_TEMPER = 3.0  # points whose errors go together: so many count as one
_LEAST_SIGMA = 0.004
_SLIP = 0.5  # of those errors: they were found with more different faces than one clip shows
_STEADY_MM = 5.0  # a point that no channel moves further is steady
GAZE = ("eyeLookDownLeft", "eyeLookDownRight", "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft", "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight")


@dataclass(frozen=True, eq=False)
class Actor:
    """Whose face it is, found once in a clip by `engine.avatars.tracking.fit.identity`.

    Args:
        rest: float32 [L, 3] their points at rest (`points.Points.mesh`), metres.
        shape: float32 [A] identity axes, in the order of `engine.head.identity`.
        size: of the face against Ada's.
        eyes: float32 [2 (left, right), 3] centres of the eyeballs.
        eye_radius: of the eyeballs, metres.
        joints: float32 [2 (neck, head), 3].
        focal: focal length in longer sides of the picture.
        home_turn: float32 [3] axis-angle before the camera that counts as not turned.
        home_shift: float32 [3] metres, the place that counts as not moved.
        gaze: float32 [2 (left, right), 2 (towards the left, up)] radians that are measured where they look straight on.
        lids: float32 [2 (left, right)] opening of their eyes at rest, as a share of the eye's width.
        lips: gap of their closed lips as it is measured, as a share of the distance between the eyes' outer corners.
    """

    rest: NDArray[np.float32]
    shape: NDArray[np.float32]
    size: float
    eyes: NDArray[np.float32]
    eye_radius: float
    joints: NDArray[np.float32]
    focal: float
    home_turn: NDArray[np.float32]
    home_shift: NDArray[np.float32]
    gaze: NDArray[np.float32]
    lids: NDArray[np.float32]
    lips: float

    def arrays(self) -> dict[str, NDArray[Any]]:
        """As arrays by name, for an npz."""
        return {f.name: np.asarray(getattr(self, f.name), np.float32) for f in fields(self)}

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> Actor:
        """Back from `arrays`.

        Raises:
            InvalidInput: of another version.
        """
        names = {f.name for f in fields(cls)}
        if set(arrays) != names or arrays["rest"].shape != (len(points.load().mesh), 3):
            raise InvalidInput("this actor was found by another version", "fit the face again")
        scalars = ("size", "eye_radius", "focal", "lips")
        found: dict[str, Any] = {name: float(value) if name in scalars else value for name, value in arrays.items()}
        return cls(**found)

    @property
    def person(self) -> Person:
        """A person of this shape."""
        axes = identity.load()
        return Person(shape={name: float(v) for name, v in zip(axes.names, self.shape, strict=True) if abs(v) >= 0.005})

    def lens(self, size: tuple[int, int]) -> Lens:
        """Of pictures of a size."""
        return Lens.of(size, self.focal)

    def face(self) -> Face:
        """For the solver."""
        baked = points.load()
        response = baked.response * np.float32(self.size)
        moved = np.linalg.norm(response, axis=-1).max(0) * 1000.0
        apart = float(np.linalg.norm(np.subtract(*(self.rest[baked.at((points.CORNERS[side][0],))[0]] for side in ("left", "right")))))
        return Face(
            rest=as_tensor(self.rest),
            response=as_tensor(np.concatenate([response, baked.slip * np.float32(self.size)])),
            channels=len(baked.names),
            facing=as_tensor(points.facing(head_of(self.person), baked)),
            sigma_m=as_tensor(np.maximum(baked.sigma, _LEAST_SIGMA) * apart * np.sqrt(_TEMPER)),
            prior=torch.block_diag(_prior(baked.names), torch.eye(len(baked.slip)) / _SLIP**2),
            rare=torch.cat([torch.tensor([_prior_of(name)[1] for name in baked.names]), torch.zeros(len(baked.slip))]),
            steady=as_tensor(np.exp(-((moved / _STEADY_MM) ** 2)) + 1e-3),
        )


def _prior_of(name: str) -> tuple[float, float]:
    return next((both for start, both in _PRIORS.items() if name.startswith(start)), _USUAL)


def _prior(names: tuple[str, ...]) -> torch.Tensor:
    precision = torch.diag(torch.tensor([_prior_of(name)[0] for name in names], dtype=torch.float32) ** -2)
    for i, name in enumerate(names):
        j = names.index(mirror(name)) if mirror(name) in names else i
        if j > i and not name.startswith(("jaw", "mouthLeft", "mouthRight")) and name not in GAZE:
            precision += _alike(len(names), i, j, _UNEVEN_BROWS if name.startswith("brow") else _UNEVEN)
        if name.startswith("browOuterUp"):
            precision += _alike(len(names), i, names.index("browInnerUp"), _BROWS_APART)
    return precision


def _alike(count: int, i: int, j: int, apart: float) -> torch.Tensor:
    """Precision of two of `count` channels that differ by so much, standard deviation."""
    difference = torch.zeros(count, dtype=torch.float32)
    difference[i], difference[j] = 1.0, -1.0
    return torch.outer(difference, difference) / apart**2


def somebody(shape: dict[str, float], focal: float) -> Actor:
    """The actor of a shape's own head, with nothing known of how they look, shut their lips or hold their head."""
    baked = points.load()
    head = head_of(Person(shape=shape))
    axes = identity.load()
    values = np.array([shape.get(name, 0.0) for name in axes.names], np.float32)
    return Actor(
        rest=baked.on(head), shape=values, size=head.size, **_anatomy(head), focal=focal,
        home_turn=np.zeros(3, np.float32), home_shift=np.zeros(3, np.float32), gaze=np.zeros((2, 2), np.float32),
        lids=np.full(2, 0.3, np.float32), lips=0.0,
    )  # fmt: skip


def _anatomy(head: HeadAsset) -> dict[str, Any]:
    sides = ("left", "right")
    return {
        "eyes": np.stack([head.joints[f"eye_{side}"] for side in sides]).astype(np.float32),
        "eye_radius": float(np.mean([radius_m(head, side) for side in sides])),
        "joints": np.stack([head.joints["neck"], head.joints["head"]]).astype(np.float32),
    }
