"""Small pictures of the lights: a ball as each preset lights it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QIcon, QImage, QPixmap

# By preset: direction and colour of key, fill and rim, colour of what is around, of the ground behind. Directions right, up, towards us.
_LAMPS: dict[str, tuple[tuple[tuple[float, float, float], tuple[float, float, float]], ...]] = {
    "studio": (((-0.6, 0.6, 0.8), (0.95, 0.92, 0.88)), ((0.8, 0.1, 0.7), (0.25, 0.27, 0.3)), ((0.8, 0.4, -0.7), (0.8, 0.85, 0.95))),
    "window": (((-1.0, 0.25, 0.35), (0.95, 1.0, 1.08)), ((0.9, 0.0, 0.6), (0.14, 0.13, 0.12)), ((-0.6, 0.5, -0.8), (0.5, 0.55, 0.6))),
    "night": (((-0.7, 0.5, 0.5), (0.22, 0.32, 0.6)), ((0.9, -0.1, 0.4), (0.35, 0.2, 0.08)), ((0.7, 0.3, -0.8), (0.75, 0.45, 0.2))),
    "stage": (((0.0, 1.0, 0.55), (1.25, 1.15, 0.95)), ((-0.9, 0.1, 0.4), (0.45, 0.1, 0.4)), ((0.9, 0.3, -0.6), (0.2, 0.4, 1.1))),
    "overcast": (((0.0, 1.0, 0.5), (0.5, 0.53, 0.57)), ((0.0, 0.2, 1.0), (0.28, 0.29, 0.3)), ((0.0, 0.6, -0.9), (0.3, 0.32, 0.35))),
    "sunset": (((-0.95, 0.2, 0.45), (1.25, 0.72, 0.34)), ((0.8, 0.3, 0.5), (0.14, 0.18, 0.32)), ((0.9, 0.3, -0.7), (0.9, 0.5, 0.35))),
}
_AROUND: dict[str, tuple[float, float, float]] = {
    "studio": (0.16, 0.16, 0.17), "window": (0.14, 0.15, 0.17), "night": (0.03, 0.04, 0.08), "stage": (0.03, 0.03, 0.04),
    "overcast": (0.34, 0.36, 0.39), "sunset": (0.2, 0.15, 0.16),
}  # fmt: skip
_BEHIND: dict[str, tuple[float, float, float]] = {
    "studio": (0.16, 0.165, 0.175), "window": (0.2, 0.21, 0.22), "night": (0.02, 0.025, 0.05), "stage": (0.02, 0.02, 0.03),
    "overcast": (0.42, 0.44, 0.47), "sunset": (0.32, 0.19, 0.14),
}  # fmt: skip
_SKIN = np.array((0.86, 0.68, 0.58))


def lit_ball(preset: str, side: int) -> NDArray[np.uint8]:
    """A ball on its ground, uint8 [side, side, 4]: straight alpha, with round corners."""
    along = (np.arange(side) + 0.5) / side * 2 - 1
    x, y = np.meshgrid(along, -along)
    radius = 0.74
    inside = np.clip((radius - np.hypot(x, y)) * side / 2 + 0.5, 0.0, 1.0)
    nx, ny = x / radius, y / radius
    nz = np.sqrt(np.clip(1.0 - nx**2 - ny**2, 0.0, None))
    normal = np.stack([nx, ny, nz], -1)
    light = np.array(_AROUND[preset]) * (0.75 + 0.25 * ny[..., None])
    for direction, colour in _LAMPS[preset]:
        towards = np.array(direction) / np.linalg.norm(direction)
        light = light + np.clip(normal @ towards, 0.0, None)[..., None] * np.array(colour)
        halfway = towards + np.array((0.0, 0.0, 1.0))
        halfway = halfway / np.linalg.norm(halfway)
        light = light + (np.clip(normal @ halfway, 0.0, None) ** 40)[..., None] * np.array(colour) * 0.35
    ball = 1.0 - np.exp(-1.5 * light * _SKIN)
    behind = np.array(_BEHIND[preset]) * (1.25 - 0.5 * np.hypot(x, y)[..., None])
    linear = np.clip(ball * inside[..., None] + behind * (1 - inside[..., None]), 0.0, 1.0)
    corner = np.clip((1.0 - np.maximum(np.hypot(np.clip(np.abs(x) - 0.8, 0, None), np.clip(np.abs(y) - 0.8, 0, None)) / 0.2, 0)) * side * 0.1 + 0.5, 0, 1)
    out = np.concatenate([linear ** (1 / 2.2), corner[..., None]], -1)
    return np.ascontiguousarray((out * 255 + 0.5).astype(np.uint8))


@lru_cache(maxsize=32)
def light_icon(preset: str, side: int) -> QIcon:
    """The same as an icon, sharp on fine screens too."""
    icon = QIcon()
    for ratio in (1, 2):
        pixels = lit_ball(preset, side * ratio)
        image = QImage(pixels.data, side * ratio, side * ratio, side * ratio * 4, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(ratio)
        icon.addPixmap(QPixmap.fromImage(image))
    return icon
