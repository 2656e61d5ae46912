"""The camera: an orbit about the head, frozen; every move gives a new one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.project.stage import Shot

TARGET: tuple[float, float, float] = (0.0, -0.028, -0.03)
VIEW_HEIGHT_M = 0.36  # head and neck to the collarbones
DISTANCE_M = 1.05
FOV_RAD = 2 * math.atan(VIEW_HEIGHT_M / 2 / DISTANCE_M)  # a 70 mm lens on 24 x 36 mm
MOST_PITCH_RAD = math.radians(85)
NEAREST_M, FURTHEST_M = 0.12, 8.0
_MOST_PAN_M = 1.0
FILM_HEIGHT_MM = 24.0
# A picture narrower than this share of its height is framed wider, so that the head fits; but not past the bust's lower edge.
_NARROW, _MOST_WIDENING = 0.83, 1.19


@dataclass(frozen=True)
class Camera:
    """Where the picture is taken from.

    Args:
        yaw_rad: round the head; 0 from the front, positive towards the character's left.
        pitch_rad: positive from above.
        distance_m: from the target.
        pan_m: shift of the target to the right and up in the picture, metres.
        fov_rad: vertical angle of view of a square or wide picture.
        target: the point looked at before panning, metres.
        roll_rad: about the line of sight; positive turns the picture's top to its right.

    Raises:
        InvalidInput: a value that is not finite or an angle of view outside 1 to 120 degrees.
    """

    yaw_rad: float = 0.0
    pitch_rad: float = 0.0
    distance_m: float = DISTANCE_M
    pan_m: tuple[float, float] = (0.0, 0.0)
    fov_rad: float = FOV_RAD
    target: tuple[float, float, float] = TARGET
    roll_rad: float = 0.0

    def __post_init__(self) -> None:
        numbers = (self.yaw_rad, self.pitch_rad, self.distance_m, *self.pan_m, self.fov_rad, *self.target, self.roll_rad)
        if not all(math.isfinite(x) for x in numbers):
            raise InvalidInput(f"a camera needs finite numbers, got {self!r}", "reset the view")
        if not math.radians(1) <= self.fov_rad <= math.radians(120):
            raise InvalidInput(f"the angle of view must be 1 to 120 degrees, got {math.degrees(self.fov_rad):g}", "use about 20")
        object.__setattr__(self, "pitch_rad", min(max(self.pitch_rad, -MOST_PITCH_RAD), MOST_PITCH_RAD))
        object.__setattr__(self, "distance_m", min(max(self.distance_m, NEAREST_M), FURTHEST_M))
        object.__setattr__(self, "pan_m", tuple(min(max(x, -_MOST_PAN_M), _MOST_PAN_M) for x in self.pan_m))

    @classmethod
    def of(cls, shot: Shot) -> Camera:
        """The camera of a shot."""
        return cls(
            yaw_rad=math.radians(shot.yaw),
            pitch_rad=math.radians(shot.pitch),
            distance_m=shot.distance,
            pan_m=(shot.right, shot.up),
            fov_rad=2 * math.atan(FILM_HEIGHT_MM / 2 / shot.focal),
            roll_rad=math.radians(shot.roll),
        )

    @property
    def shot(self) -> Shot:
        """The shot that gives this camera, but for another target than the usual."""
        degrees = math.degrees
        return Shot(degrees(self.yaw_rad), degrees(self.pitch_rad), degrees(self.roll_rad), self.distance_m, *self.pan_m, self.focal_mm)

    @property
    def focal_mm(self) -> float:
        """Focal length of the lens on 24 x 36 mm film."""
        return FILM_HEIGHT_MM / 2 / math.tan(self.fov_rad / 2)

    @classmethod
    def front(cls) -> Camera:
        """Straight from the front, the default framing; also what a reset gives."""
        return cls()

    @classmethod
    def profile(cls, left: bool = True) -> Camera:
        """From the side: the character's left by default."""
        return cls(yaw_rad=math.copysign(math.pi / 2, 1.0 if left else -1.0), target=(0.0, TARGET[1], -0.06))

    @classmethod
    def three_quarter(cls, left: bool = True) -> Camera:
        """Half way between front and side, a little from above."""
        return cls(yaw_rad=math.copysign(math.radians(38), 1.0 if left else -1.0), pitch_rad=math.radians(4))

    def reset(self) -> Camera:
        """The default view."""
        return Camera()

    def orbited(self, yaw_rad: float, pitch_rad: float) -> Camera:
        """Turned further about the target."""
        yaw = math.remainder(self.yaw_rad + yaw_rad, math.tau)
        return replace(self, yaw_rad=yaw, pitch_rad=self.pitch_rad + pitch_rad)

    def panned(self, right: float, up: float) -> Camera:
        """The picture's content moved right and up by these shares of the picture's height."""
        height_m = 2 * self.distance_m * math.tan(self.fov_rad / 2)
        return replace(self, pan_m=(self.pan_m[0] - right * height_m, self.pan_m[1] - up * height_m))

    def dollied(self, factor: float) -> Camera:
        """Nearer (`factor` below 1) or further along the line of sight.

        Raises:
            InvalidInput: the factor is not above 0.
        """
        if not factor > 0:
            raise InvalidInput(f"a dolly factor must be above 0, got {factor:g}", "use 0.9 to come nearer, 1.1 to go back")
        return replace(self, distance_m=self.distance_m * factor)

    @property
    def axes(self) -> NDArray[np.float32]:
        """Rows: the picture's right, up and towards the viewer, in the head's space, float32 [3, 3]."""
        sy, cy, sp, cp = math.sin(self.yaw_rad), math.cos(self.yaw_rad), math.sin(self.pitch_rad), math.cos(self.pitch_rad)
        level = np.array([[cy, 0.0, -sy], [-sy * sp, cp, -cy * sp], [sy * cp, sp, cy * cp]], np.float32)
        if not self.roll_rad:
            return level
        s, c = math.sin(self.roll_rad), math.cos(self.roll_rad)
        # The camera turns the other way: what is seen turns clockwise.
        out: NDArray[np.float32] = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]], np.float32) @ level
        return out

    @property
    def eye(self) -> NDArray[np.float32]:
        """Where the camera stands, metres [3]."""
        axes = self.axes
        return np.array(self.target, np.float32) + self.pan_m[0] * axes[0] + self.pan_m[1] * axes[1] + self.distance_m * axes[2]

    def view(self) -> NDArray[np.float32]:
        """Head space to view space, float32 [4, 4], column vectors."""
        out = np.eye(4, dtype=np.float32)
        out[:3, :3] = self.axes
        out[:3, 3] = -self.axes @ self.eye
        return out

    def projection(self, aspect: float) -> NDArray[np.float32]:
        """View space to clip space, float32 [4, 4], column vectors.

        Args:
            aspect: width over height.

        Raises:
            InvalidInput: the aspect is not above 0.
        """
        if not (aspect > 0 and math.isfinite(aspect)):
            raise InvalidInput(f"width over height must be above 0, got {aspect:g}", "give a size with both sides above 0")
        scale = 1.0 / (math.tan(self.fov_rad / 2) * min(max(_NARROW / aspect, 1.0), _MOST_WIDENING))
        near, far = max(self.distance_m - 0.6, 0.02), self.distance_m + 1.6
        out = np.zeros((4, 4), np.float32)
        out[0, 0], out[1, 1] = scale / aspect, scale
        out[2, 2], out[2, 3], out[3, 2] = (far + near) / (near - far), 2 * far * near / (near - far), -1.0
        return out
