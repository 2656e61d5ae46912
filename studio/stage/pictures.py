"""Small pictures of the lights: a ball of skin in each preset's lamps and surroundings, through the filmic tone."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QIcon, QImage, QPixmap

_SKIN = np.array((0.62, 0.43, 0.34), np.float32)  # albedo, linear
_RADIUS = 0.72  # of the ball, of half the picture's side
_BLUR_RAD = 0.35  # of what is behind
_GLOSS, _SHINE = 36.0, 0.16  # of the lamps' reflections
_CORNER = 0.2  # radius of the picture's corners, of half its side


@functools.cache
def lit_ball(preset: str, side: int) -> NDArray[np.uint8]:
    """A ball in a light, uint8 [side, side, 4] straight alpha, with round corners; a few tens of milliseconds the first time, on any thread."""
    from engine.project.stage import Lighting
    from engine.render import lighting, surroundings
    from engine.render.shading import harmonics

    chosen = Lighting(preset)
    along = ((np.arange(side) + 0.5) / side * 2 - 1).astype(np.float32)
    x, y = np.meshgrid(along, -along)
    normal = np.stack([x / _RADIUS, y / _RADIUS, np.sqrt(np.clip(1 - (x**2 + y**2) / _RADIUS**2, 0.0, None))], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    flat = normal.reshape(-1, 3)
    light = np.maximum(harmonics(flat) @ surroundings.ambient(preset), 0.0) * _SKIN
    for lamp in lighting.lamps(chosen):
        towards = np.array(lamp.towards) / np.linalg.norm(lamp.towards)
        half = towards + np.array((0.0, 0.0, 1.0))
        half /= max(np.linalg.norm(half), 1e-6)
        light += np.clip(flat @ towards, 0.0, None)[:, None] * np.array(lamp.light) * _SKIN
        light += _SHINE * (np.clip(flat @ half, 0.0, None) ** _GLOSS)[:, None] * np.array(lamp.light)
    ray = np.stack([0.45 * x, 0.45 * y, -np.ones_like(x)], -1).reshape(-1, 3)
    behind = surroundings.radiance(preset, ray / np.linalg.norm(ray, axis=1, keepdims=True), _BLUR_RAD)
    inside = np.clip((_RADIUS - np.hypot(x, y)) * side / 2 + 0.5, 0.0, 1.0).reshape(-1, 1)
    shown = _graded(light * inside + behind * (1 - inside), lighting.graded(chosen))
    out = np.concatenate([shown.reshape(side, side, 3), _corners(x, y, side)[..., None]], -1)
    return np.ascontiguousarray((np.clip(out, 0.0, 1.0) * 255 + 0.5).astype(np.uint8))


def _graded(light: NDArray[np.float32], uniforms: dict[str, object]) -> NDArray[np.float32]:
    """As `to_picture` of light.glsl, without its contrast and saturation: sRGB 0 to 1."""
    a, b, c, d = np.array(uniforms["curve"], np.float64)
    e = float(np.array(uniforms["graded"])[0])
    light = light * float(np.array(uniforms["exposure"]))
    curved = np.clip(light * (a * light + b) / (light * (c * light + d) + e), 0.0, 1.0)
    out: NDArray[np.float32] = np.where(curved <= 0.0031308, 12.92 * curved, 1.055 * np.maximum(curved, 1e-9) ** (1 / 2.4) - 0.055).astype(np.float32)
    return out


def _corners(x: NDArray[np.float32], y: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    """Coverage of a square with round corners, [side, side]."""
    inner = 1 - _CORNER
    away = np.hypot(np.clip(np.abs(x) - inner, 0, None), np.clip(np.abs(y) - inner, 0, None))
    out: NDArray[np.float32] = np.clip((_CORNER - away) * side / 2 + 0.5, 0.0, 1.0).astype(np.float32)
    return out


def icon_of(pixels: NDArray[np.uint8], side: int) -> QIcon:
    """An icon of so many pixels a side from a picture twice as fine, for fine screens too."""
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(width / side)
    return QIcon(QPixmap.fromImage(image))
