"""Small built-in surroundings: what light comes from where, in linear light, made of gradients and bright patches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.render.shading import harmonics

SHARP_PX, SOFT_PX, BACKDROP_PX = 128, 32, 768  # sides of the maps of the directions: mirrored sharply, mirrored blurred, seen behind
SOFT_RAD: tuple[float, ...] = (0.16, 0.36, 0.65, 1.05)  # how far the blurred ones are blurred, for roughness 1/4, 1/2, 3/4 and 1
PEAK = 40.0  # most light that the maps hold
_DIRECTIONS, _NORMALS = 3000, 200
Rgb = tuple[float, float, float]
Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Lamp:
    """A lamp: a bright disc.

    Args:
        towards: direction to it.
        light: what a white surface that faces it sends back, linear.
        radius: of the disc as seen from the head, radians, for a softness of one half.
    """

    towards: Vector
    light: Rgb
    radius: float


@dataclass(frozen=True)
class Patch:
    """A bright area with soft edges.

    Args:
        towards: its middle.
        width: half of it, radians.
        height: half of it, radians.
        light: its radiance.
        soft: width of its edge, radians.
        round: an ellipse, not a rectangle.
    """

    towards: Vector
    width: float
    height: float
    light: Rgb
    soft: float = 0.06
    round: bool = False


@dataclass(frozen=True)
class Preset:
    """What surrounds a scene, and the lamps in it.

    Args:
        key: the main lamp.
        fill: lightens its shadows.
        rim: stands behind.
        above: radiance straight up.
        level: at the height of the eyes, in front.
        below: straight down.
        behind: at the height of the eyes, behind.
        patches: bright or coloured areas.
    """

    key: Lamp
    fill: Lamp
    rim: Lamp
    above: Rgb
    level: Rgb
    below: Rgb
    behind: Rgb
    patches: tuple[Patch, ...] = ()


def _city() -> tuple[Patch, ...]:
    """Lights of a town at night, from a fixed seed."""
    rng = np.random.default_rng(20)
    colours = ((3.2, 1.7, 0.6), (2.6, 2.2, 1.6), (0.5, 1.3, 2.8), (2.6, 0.5, 0.9), (0.7, 2.2, 1.8))
    out = []
    for _ in range(130):
        around, up = rng.uniform(-np.pi, np.pi), rng.uniform(-0.20, 0.30) * rng.uniform(0.2, 1.0)
        size, colour = rng.uniform(0.005, 0.016), colours[rng.integers(len(colours))]
        strong = rng.uniform(0.5, 2.2)
        at = (float(np.sin(around)), float(np.tan(up)), float(np.cos(around)))
        out.append(Patch(at, size, size * rng.uniform(0.9, 1.2), tuple(float(c * strong) for c in colour), 0.006, True))  # type: ignore[arg-type]
    return tuple(out)


PRESETS: dict[str, Preset] = {
    "studio": Preset(
        Lamp((-0.62, 0.62, 0.80), (2.30, 2.10, 1.88), 0.30),
        Lamp((0.85, 0.10, 0.70), (0.34, 0.38, 0.43), 0.55),
        Lamp((0.80, 0.42, -0.72), (0.95, 0.99, 1.08), 0.25),
        above=(0.40, 0.433, 0.474), level=(0.28, 0.275, 0.2825), below=(0.16, 0.117, 0.091), behind=(0.28, 0.275, 0.2825),
        patches=(
            Patch((0.55, 0.05, -0.85), 0.32, 0.5, (-0.13, -0.13, -0.13), 0.3),
            Patch((-0.55, 0.0, -0.85), 0.32, 0.5, (-0.15, -0.15, -0.15), 0.3),
            Patch((0.0, 0.25, -1.0), 0.25, 0.22, (0.10, 0.10, 0.105), 0.4),
        ),
    ),
    "window": Preset(
        Lamp((-0.95, 0.25, 0.42), (2.35, 2.55, 2.85), 0.48),
        Lamp((0.80, -0.10, 0.60), (0.20, 0.15, 0.11), 0.70),
        Lamp((-0.75, 0.30, -0.75), (0.55, 0.62, 0.74), 0.35),
        above=(0.15, 0.14, 0.13), level=(0.13, 0.11, 0.09), below=(0.11, 0.075, 0.05), behind=(0.16, 0.13, 0.10),
        patches=(
            Patch((-0.96, 0.22, 0.30), 0.52, 0.42, (1.5, 1.75, 2.1), 0.05),
            Patch((0.35, 0.16, -0.93), 0.20, 0.26, (1.1, 0.85, 0.55), 0.10),
            Patch((0.9, -0.5, 0.1), 0.6, 0.3, (0.22, 0.16, 0.10), 0.3),
        ),
    ),
    "night": Preset(
        Lamp((-0.80, 0.42, 0.50), (1.25, 0.70, 0.32), 0.14),
        Lamp((0.85, 0.05, 0.55), (0.055, 0.11, 0.24), 0.50),
        Lamp((0.72, 0.28, -0.75), (0.45, 0.85, 1.75), 0.18),
        above=(0.010, 0.016, 0.040), level=(0.030, 0.034, 0.060), below=(0.020, 0.016, 0.016), behind=(0.045, 0.050, 0.095),
        patches=(Patch((0.9, 0.15, -0.35), 0.10, 0.5, (0.5, 0.2, 1.2), 0.10), *_city()),
    ),
    "stage": Preset(
        Lamp((-0.25, 0.92, 0.78), (2.75, 2.48, 2.05), 0.10),
        Lamp((0.75, 0.15, 0.75), (0.34, 0.09, 0.30), 0.40),
        Lamp((0.72, 0.55, -0.72), (0.55, 0.95, 2.70), 0.12),
        above=(0.03, 0.022, 0.035), level=(0.035, 0.022, 0.045), below=(0.045, 0.030, 0.022), behind=(0.05, 0.02, 0.06),
        patches=(
            Patch((-0.75, 0.50, -0.72), 0.10, 0.10, (7.0, 1.1, 4.2), 0.05),
            Patch((0.30, 0.62, -0.80), 0.05, 0.05, (1.5, 2.5, 8.0), 0.06),
            Patch((-0.25, 0.66, -0.80), 0.05, 0.05, (8.0, 2.5, 5.0), 0.06),
            Patch((0.0, -0.10, -1.0), 1.0, 0.10, (0.22, 0.05, 0.28), 0.15),
        ),
    ),
    "overcast": Preset(
        Lamp((-0.30, 0.95, 0.55), (1.25, 1.29, 1.34), 0.75),
        Lamp((0.60, 0.30, 0.75), (0.30, 0.31, 0.33), 0.80),
        Lamp((0.40, 0.70, -0.80), (0.42, 0.44, 0.47), 0.60),
        above=(1.55, 1.60, 1.66), level=(0.86, 0.90, 0.95), below=(0.24, 0.22, 0.19), behind=(0.80, 0.84, 0.90),
        patches=(Patch((0.0, -0.30, -1.0), 3.2, 0.22, (-0.38, -0.38, -0.44), 0.10), Patch((0.0, -0.30, 1.0), 3.2, 0.22, (-0.34, -0.34, -0.38), 0.10)),
    ),
    "sunset": Preset(
        Lamp((-0.85, 0.22, 0.55), (2.85, 1.52, 0.66), 0.16),
        Lamp((0.75, 0.35, 0.60), (0.24, 0.27, 0.42), 0.70),
        Lamp((0.60, 0.20, -0.80), (1.65, 0.85, 0.42), 0.20),
        above=(0.13, 0.19, 0.38), level=(0.36, 0.27, 0.26), below=(0.11, 0.075, 0.06), behind=(0.48, 0.29, 0.21),
        patches=(
            Patch((0.45, -0.02, -0.92), 0.9, 0.10, (0.85, 0.36, 0.10), 0.20),
            Patch((-0.92, 0.12, 0.40), 0.6, 0.22, (1.3, 0.60, 0.24), 0.22),
            Patch((0.0, -0.34, -1.0), 3.2, 0.24, (-0.55, -0.34, -0.22), 0.06),
        ),
    ),
}  # fmt: skip


def preset(name: str) -> Preset:
    """One of the built-in surroundings.

    Raises:
        InvalidInput: no such preset.
    """
    if name not in PRESETS:
        raise InvalidInput(f"the light {name!r} is not known", "use one of " + ", ".join(PRESETS))
    return PRESETS[name]


def _unit(v: Vector) -> NDArray[np.float32]:
    out = np.array(v, np.float32)
    return out / np.float32(np.linalg.norm(out))


def _step(x: NDArray[np.float32], soft: float) -> NDArray[np.float32]:
    """From 1 inside, below 0, to 0 outside, over `soft`."""
    t = np.clip(0.5 - x / soft, 0, 1)
    return t * t * (3 - 2 * t)


def _shape(patch: Patch, directions: NDArray[np.float32], blur_rad: float) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Which of directions [D, 3] lie in a patch, and how far, 0 to 1; blurred, it spreads and pales."""
    front = _unit(patch.towards)
    side = np.cross(np.array([0.0, 1.0, 0.0], np.float32), front)
    side /= np.linalg.norm(side)
    up = np.cross(front, side)
    reach = np.hypot(patch.width, patch.height) + patch.soft + 3 * blur_rad
    near = np.flatnonzero(directions @ front > np.cos(min(np.pi, reach)))
    directions = directions[near]
    ahead = directions @ front
    x = np.abs(np.arctan2(directions @ side, ahead))
    y = np.abs(np.arctan2(directions @ up, np.hypot(ahead, directions @ side)))
    soft = float(np.hypot(patch.soft, 2 * blur_rad))
    pale = min(1.0, patch.width / (0.8 * blur_rad + 1e-6)) * min(1.0, patch.height / (0.8 * blur_rad + 1e-6))
    wide, high = max(patch.width, 0.6 * blur_rad), max(patch.height, 0.6 * blur_rad)
    share = _step((np.hypot(x / wide, y / high) - 1) * min(wide, high), soft) if patch.round else _step(x - wide, soft) * _step(y - high, soft)
    return near, share * np.float32(pale)


def radiance(name: str, directions: NDArray[np.float32], blur_rad: float = 0.0) -> NDArray[np.float32]:
    """Light that comes from directions [D, 3] of a preset's surroundings without its lamps, float32 [D, 3].

    Args:
        name: of the preset.
        directions: unit vectors to where it comes from.
        blur_rad: how far bright patches are blurred.
    """
    around = preset(name)
    y, z = directions[:, 1:2], directions[:, 2:3]
    front = np.array(around.level, np.float32) * (0.5 + 0.5 * z) + np.array(around.behind, np.float32) * (0.5 - 0.5 * z)
    out = front + np.where(y > 0, y * (np.array(around.above, np.float32) - front), -y * (np.array(around.below, np.float32) - front))
    for patch in around.patches:
        near, share = _shape(patch, directions, blur_rad)
        out[near] += share[:, None] * np.array(patch.light, np.float32)
    return np.maximum(out, 0.0).astype(np.float32)


def lamp_light(lamp: Lamp, directions: NDArray[np.float32], blur_rad: float = 0.0) -> NDArray[np.float32]:
    """How a lamp is seen in directions [D, 3], float32 [D, 3]: its light spread over its disc."""
    front = _unit(lamp.towards)
    radius = float(np.hypot(lamp.radius, blur_rad))
    soft = max(0.25 * lamp.radius, 0.03) + blur_rad
    away = np.arccos(np.clip(directions @ front, -1, 1))
    return _step(away - radius, soft)[:, None] * np.array(lamp.light, np.float32) / np.float32(np.sin(min(radius, 1.3)) ** 2)


def unfolded(side: int) -> NDArray[np.float32]:
    """Directions float32 [side, side, 3] of the pixels of a map: the octahedron's faces unfolded into a square, Y up in its middle.

    `light.glsl` goes the other way.
    """
    axis = (np.arange(side, dtype=np.float32) / (side - 1)) * 2 - 1
    x, z = np.meshgrid(axis, axis)
    y = 1 - np.abs(x) - np.abs(z)
    under = np.maximum(-y, 0)
    out = np.stack([x - np.sign(x) * under, y, z - np.sign(z) * under], -1)
    return (out / np.linalg.norm(out, axis=-1, keepdims=True)).astype(np.float32)


def sphere(count: int) -> NDArray[np.float32]:
    """Even directions float32 [count, 3] (golden spiral)."""
    z = 1 - (2 * np.arange(count) + 1) / count
    around = np.pi * (1 + 5**0.5) * np.arange(count)
    r = np.sqrt(1 - z * z)
    return np.stack([r * np.cos(around), z, r * np.sin(around)], -1).astype(np.float32)


@lru_cache(maxsize=len(PRESETS))
def maps(name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """A preset's surroundings, without its lamps, over `unfolded` directions: sharp [SHARP_PX, SHARP_PX, 3] and blurred [4, SOFT_PX, SOFT_PX, 3]."""
    sharp = radiance(name, unfolded(SHARP_PX).reshape(-1, 3)).reshape(SHARP_PX, SHARP_PX, 3)
    towards, around = unfolded(SOFT_PX).reshape(-1, 3), sphere(_DIRECTIONS)
    light, cosine = radiance(name, around), towards @ around.T - 1
    soft = []
    for blur in SOFT_RAD:
        weight = np.exp(cosine * np.float32(2.0 / blur**2))
        soft.append((weight @ light / weight.sum(1, keepdims=True)).reshape(SOFT_PX, SOFT_PX, 3))
    return sharp, np.stack(soft).astype(np.float32)


@lru_cache(maxsize=len(PRESETS))
def ambient(name: str) -> NDArray[np.float32]:
    """What a white surface sends back of a preset's surroundings: nine coefficients of `shading.harmonics` of its normal, float32 [9, 3]."""
    normals, around = sphere(_NORMALS), sphere(_DIRECTIONS)
    weight = np.maximum(normals @ around.T, 0)
    wanted = weight @ radiance(name, around) / weight.sum(1, keepdims=True)
    found, *_ = np.linalg.lstsq(harmonics(normals).astype(np.float64), wanted, rcond=None)
    return found.astype(np.float32)


@lru_cache(maxsize=12)
def backdrop(name: str, blur: float, side: int = BACKDROP_PX) -> NDArray[np.uint16]:
    """A preset's surroundings as a background, blurred by 0 to 1: uint16 [side, side, 3] over `unfolded` directions, encoded as `encoded`."""
    return encoded(radiance(name, unfolded(side).reshape(-1, 3), 0.003 + 0.15 * blur * blur).reshape(side, side, 3))


def encoded(light: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Light as it goes into a texture: the square root, so that what is dark keeps its steps; `PEAK` is 65535."""
    return np.round(65535 * np.sqrt(np.clip(light / PEAK, 0, 1))).astype(np.uint16)


def atlas(name: str, lamps: tuple[Lamp, ...], surroundings: float) -> NDArray[np.uint16]:
    """The picture in which light.glsl looks up what is mirrored: the sharp map, and the blurred ones in a column to its right.

    The lamps are seen in the sharp map and, weaker, in the first of the blurred ones: rougher materials shade them by their directions.

    Args:
        name: of the preset.
        lamps: as they are, their factors applied.
        surroundings: factor on the rest.

    Returns:
        uint16 [SHARP_PX, SHARP_PX + SOFT_PX, 3], as `encoded`.
    """
    sharp, soft = (part * np.float32(surroundings) for part in maps(name))
    for lamp in lamps:
        sharp += lamp_light(lamp, unfolded(SHARP_PX).reshape(-1, 3)).reshape(sharp.shape)
        soft[0] += 0.5 * lamp_light(lamp, unfolded(SOFT_PX).reshape(-1, 3), SOFT_RAD[0]).reshape(soft[0].shape)
    return encoded(np.concatenate([sharp, soft.reshape(-1, SOFT_PX, 3)], 1))


def resized(lamp: Lamp, light: Rgb, softness: float) -> Lamp:
    """The lamp with another light, and its size for a softness of 0 to 1."""
    return replace(lamp, light=light, radius=min(max(2 * softness, 0.06) * lamp.radius, 1.3))
