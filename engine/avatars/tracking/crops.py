"""Square pieces of a picture, turned and scaled for a network, and points from there back into the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import av
import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput

# A piece is first made smaller by area where a bilinear sample would leave out every second pixel: noise and aliasing go with it.
_SHRINK_FROM = 2.5
_MEAN_OF = 3.0  # pixels in a row whose mean is as good as that of more
_BITS, _LANE = 6, 20  # a place between pixels is known to 1/64; a colour of 8 bits weighted by 1/64 x 1/64 has 20
_PARTS = 1 << _BITS


@dataclass(frozen=True)
class Crop:
    """A square of a picture; it may reach over the edge.

    Args:
        x: its centre, picture pixels from the left.
        y: its centre, from the top.
        size: length of a side, picture pixels.
        angle: from the picture's x axis to the square's, radians; positive turns clockwise on the screen.
    """

    x: float
    y: float
    size: float
    angle: float = 0.0

    def axes(self) -> NDArray[np.float32]:
        """The square's x and y axes in the picture, unit length: float32 [2 axes, 2]."""
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        return np.array([[cos, sin], [-sin, cos]], np.float32)

    def to_picture(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points of the square, sides 0 to 1, in picture pixels.

        Args:
            points: float32 [..., 2] or [..., 3]; z is in sides, as x and y are.
        """
        out = points * np.float32(self.size)
        out[..., :2] = (points[..., :2] - np.float32(0.5)) * np.float32(self.size) @ self.axes() + np.array([self.x, self.y], np.float32)
        return out

    def from_picture(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points [..., 2] in picture pixels as seen in the square, sides 0 to 1."""
        there = (points[..., :2] - np.array([self.x, self.y], np.float32)) @ self.axes().T
        return (there / np.float32(self.size) + np.float32(0.5)).astype(np.float32)

    def distance(self, other: Crop) -> float:
        """How far apart two squares are in place, size and turn, in sides of this one."""
        turned = abs((self.angle - other.angle + np.pi) % (2 * np.pi) - np.pi)
        return float(max(np.hypot(self.x - other.x, self.y - other.y) / self.size, abs(other.size / self.size - 1.0), turned))


def around(points: NDArray[np.float32], angle: float, scale: float) -> Crop:
    """The square that holds points, seen at an angle, with its longer side made `scale` times as long.

    Args:
        points: [N, 2] or more columns, picture pixels.
        angle: of the square, radians.
        scale: 1 where the points fill it.
    """
    turned = Crop(0.0, 0.0, 1.0, angle)
    there = points[:, :2] @ turned.axes().T
    low, high = there.min(0), there.max(0)
    x, y = (low + high) / 2 @ turned.axes()
    return Crop(float(x), float(y), float(max((high - low).max(), 1.0) * scale), angle)


def sample(picture: NDArray[np.uint8], crop: Crop, side: int) -> NDArray[np.float32]:
    """The picture inside a square, bilinear; what lies outside the picture is its nearest edge.

    Args:
        picture: uint8 [H, W, 3].
        crop: the square.
        side: pixels of a side of the result.

    Returns:
        float32 [side, side, 3], 0 to 255.
    """
    origin, (step_x, step_y), piece = _piece(picture, crop, side)
    height, width = piece.shape[:2]
    middles = _middles(side)
    x = (origin[0] + middles * step_x[0])[None] + (middles * step_y[0])[:, None]
    y = (origin[1] + middles * step_x[1])[None] + (middles * step_y[1])[:, None]
    np.clip(x, 0, width - 1.001, out=x)
    np.clip(y, 0, height - 1.001, out=y)
    x *= _PARTS
    y *= _PARTS
    across, down = x.astype(np.int64), y.astype(np.int64)
    at = ((down >> _BITS) * width + (across >> _BITS)).ravel()
    across, down = (across & (_PARTS - 1)).ravel(), (down & (_PARTS - 1)).ravel()
    # Three colours in one number, 20 bits each: they are weighted and added together.
    flat = _packed(piece)
    both = across * down
    mixed = flat.take(at + (width + 1)) * both
    mixed += flat.take(at + 1) * (across * _PARTS - both)
    mixed += flat.take(at + width) * (down * _PARTS - both)
    mixed += flat.take(at) * (_PARTS * _PARTS - (across + down) * _PARTS + both)
    out = np.empty((side * side, 3), np.float32)
    for colour in range(3):
        out[:, colour] = (mixed >> (_LANE * colour)) & ((1 << _LANE) - 1)
    out *= np.float32(1 / (_PARTS * _PARTS))
    return out.reshape(side, side, 3)


def thinned(picture: NDArray[np.uint8], factor: float) -> tuple[NDArray[np.uint8], int]:
    """A picture that is to be made smaller by `factor`, with every `step`-th pixel only where enough are left to take means of; and the step.

    It begins at the same edge; fewer than `step` pixels are lost at the far ones.
    """
    step = max(1, int(factor / _MEAN_OF))
    height, width = (length // step * step for length in picture.shape[:2])
    return picture[step // 2 : height : step, step // 2 : width : step], step


def shrunk(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """The whole picture made smaller by area: uint8 [height, width, 3]."""
    if picture.shape[:2] == (height, width):
        return picture
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
    small: NDArray[np.uint8] = frame.reformat(width=width, height=height, format="rgb24", interpolation="AREA").to_ndarray().astype(np.uint8, copy=False)
    return small


def check_picture(picture: NDArray[np.uint8]) -> None:
    """Refuse what is no picture.

    Raises:
        InvalidInput: it is not uint8 [H, W, 3] with at least 16 pixels a side.
    """
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8 or min(picture.shape[:2]) < 16:
        shape = f"{picture.dtype} {list(picture.shape)}"
        raise InvalidInput(f"a picture must be uint8 [H, W, 3] with 16 pixels a side or more, got {shape}", "convert it to RGB with 8 bits")


def _piece(picture: NDArray[np.uint8], crop: Crop, side: int) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.uint8]]:
    """The part of the picture a square needs, smaller where it is far larger than the result.

    Returns:
        The square's left top corner in the part (pixel indices), its sides there [2 axes, 2] over the whole square, the part itself.
    """
    height, width = picture.shape[:2]
    axes = crop.axes() * np.float32(crop.size)
    corner = np.array([crop.x, crop.y], np.float32) - axes.sum(0) / 2
    corners = np.stack([corner, corner + axes[0], corner + axes[1], corner + axes.sum(0)])
    low, high = np.floor(corners.min(0)).astype(int) - 1, np.ceil(corners.max(0)).astype(int) + 2
    x0, y0 = (int(np.clip(value, 0, limit - 2)) for value, limit in zip(low, (width, height), strict=True))
    x1, y1 = (int(np.clip(value, first + 2, limit)) for value, first, limit in zip(high, (x0, y0), (width, height), strict=True))
    part = picture[y0:y1, x0:x1]
    scale = np.ones(2, np.float32)
    if crop.size >= _SHRINK_FROM * side:
        factor = crop.size / side
        part, step = thinned(part, factor)
        small = (max(2, round(part.shape[1] * step / factor)), max(2, round(part.shape[0] * step / factor)))
        scale = np.array([small[0] / (part.shape[1] * step), small[1] / (part.shape[0] * step)], np.float32)
        part = shrunk(part, *small)
    # Pixel n spans n to n + 1: its middle, where its value stands, is at n + 0.5.
    return ((corner - np.array([x0, y0], np.float32)) * scale - np.float32(0.5)), axes * scale, part


def _packed(piece: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Each pixel's three colours in one number."""
    out = piece[..., 2].astype(np.int64)
    for colour in (1, 0):
        out <<= _LANE
        out |= piece[..., colour]
    return out.ravel()


@cache
def _middles(side: int) -> NDArray[np.float32]:
    """Middles of a square's pixels, as shares of its side."""
    return ((np.arange(side) + 0.5) / side).astype(np.float32)
