"""Where a head is before a camera: turns as matrices, and points of the head as places in the picture.

The camera stands at the origin and looks along -Z, X to the picture's right and Y up: a head that looks straight into it is not turned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_SMALL = 1e-8


@dataclass(frozen=True)
class Lens:
    """A camera without distortion.

    Args:
        focal_px: focal length in picture pixels.
        middle: x and y of the picture's middle, pixels.
    """

    focal_px: float
    middle: tuple[float, float]

    @classmethod
    def of(cls, size: tuple[int, int], focal: float) -> Lens:
        """Of pictures of a size; `focal` is the focal length in longer sides of the picture."""
        return cls(focal * max(size), (size[0] / 2, size[1] / 2))

    def project(self, at: Tensor) -> Tensor:
        """Pixels [..., 2] of points in front of the camera [..., 3], metres."""
        depth = -at[..., 2]
        x = self.middle[0] + self.focal_px * at[..., 0] / depth
        y = self.middle[1] - self.focal_px * at[..., 1] / depth
        return torch.stack([x, y], -1)

    def slope(self, at: Tensor) -> Tensor:
        """How pixels move with the point, [..., 2, 3] per metre."""
        depth = -at[..., 2]
        scale, zero = self.focal_px / depth, torch.zeros_like(depth)
        x = torch.stack([scale, zero, scale * at[..., 0] / depth], -1)
        y = torch.stack([zero, -scale, -scale * at[..., 1] / depth], -1)
        return torch.stack([x, y], -2)


def turned(axis_angle: Tensor) -> Tensor:
    """Rotation matrices [..., 3, 3] of axis-angle vectors [..., 3], radians (Rodrigues)."""
    angle = axis_angle.square().sum(-1).add(_SMALL**2).sqrt()[..., None, None]
    k = crossing(axis_angle)
    return torch.eye(3, dtype=axis_angle.dtype) + torch.sin(angle) / angle * k + (1 - torch.cos(angle)) / angle.square() * (k @ k)


def crossing(v: Tensor) -> Tensor:
    """The matrix [..., 3, 3] whose product with a vector is the cross product of `v` [..., 3] with it."""
    x, y, z = v.unbind(-1)
    zero = torch.zeros_like(x)
    return torch.stack([zero, -z, y, z, zero, -x, -y, x, zero], -1).view(*v.shape[:-1], 3, 3)


def axis_angle(turn: Tensor) -> Tensor:
    """The inverse of `turned`, for turns by less than half a circle: [..., 3] of [..., 3, 3]."""
    w = torch.stack([turn[..., 2, 1] - turn[..., 1, 2], turn[..., 0, 2] - turn[..., 2, 0], turn[..., 1, 0] - turn[..., 0, 1]], -1) / 2
    sine = w.norm(dim=-1)
    cosine = (turn.diagonal(dim1=-2, dim2=-1).sum(-1) - 1) / 2
    angle = torch.atan2(sine, cosine)
    return w * torch.where(sine > _SMALL, angle / sine.clamp_min(_SMALL), 1.0)[..., None]


def rigid(seen: Tensor, rest: Tensor, weight: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The turn, scale and shift that take `rest` nearest to `seen`, by weighted least squares.

    Args:
        seen: [T, L, 3].
        rest: [L, 3].
        weight: [L].

    Returns:
        rotation [T, 3, 3], scale [T], shift [T, 3].

    Source: Umeyama, Least-squares estimation of transformation parameters between two point patterns (1991).
    """
    share = weight / weight.sum()
    middle, centre = (share[:, None] * seen).sum(1), (share[:, None] * rest).sum(0)
    a, b = seen - middle[:, None], rest - centre
    u, s, vh = torch.linalg.svd((share[:, None] * a).transpose(1, 2) @ b)
    sign = torch.ones_like(s)
    sign[:, 2] = torch.det(u @ vh)
    rotation = (u * sign[:, None]) @ vh
    scale = (s * sign).sum(-1) / (share[:, None] * b.square()).sum()
    return rotation, scale, middle - scale[:, None] * (rotation @ centre)


def as_tensor(values: NDArray[np.floating]) -> Tensor:
    """float32, on the processor."""
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
