"""Paints what an eye's colours are laid on: the iris's fibres, crypts and pigment, and the vessels of the white. Without colour of its own."""

from __future__ import annotations

import numpy as np
from ada_parts import smoothstep
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

Map = NDArray[np.float64]

SIDE = 512
AROUND, RINGS = 2048, 320
PUPIL_SHARE = 0.2  # of the iris's radius in the picture; the shader stretches what lies outside it over what the real pupil leaves
IRIS_FILL = 0.96  # of the half picture that the iris's radius takes
EYE_RADIUS_MM = 15.25


def eye_picture() -> NDArray[np.float32]:
    """Iris to the left, white of the eye to the right, [SIDE, 2 SIDE, 3], first row at the bottom.

    Iris: height of the fibres, depth of crypts and furrows, where the inner colour reaches; white: vessels, mottling, how uneven it is.
    """
    return np.float32(np.clip(np.concatenate([_iris(), _white()], 1), 0, 1))


def _noise(rng: np.random.Generator, sigma: tuple[float, float], warp: Map | None = None) -> Map:
    """Unit-variance noise over (ring, angle), closed in angle; `warp` shifts each place along the angle, in pixels."""
    field = gaussian_filter(rng.standard_normal((RINGS, AROUND)), sigma, mode=("nearest", "wrap"))
    field /= field.std()
    return field if warp is None else _shifted(field, warp)


def _shifted(field: Map, warp: Map) -> Map:
    ring, angle = np.meshgrid(np.arange(RINGS), np.arange(AROUND), indexing="ij")
    return map_coordinates(field, [ring, (angle + warp) % AROUND], order=1, mode="grid-wrap")


def _iris() -> Map:
    rng = np.random.default_rng(17)
    s = np.repeat(((np.arange(RINGS) + 0.5) / RINGS)[:, None], AROUND, 1)  # 0 at the pupil, 1 at the limbus
    sway = 8 * _noise(rng, (60, 60)) + 3.5 * _noise(rng, (24, 16))
    collar = 0.30 + 0.035 * _noise(rng, (400, 34)) + 0.022 * _noise(rng, (400, 9))  # where the two zones meet, a crooked ring
    outside = smoothstep(s - collar, -0.03, 0.04)
    strands = np.zeros_like(s)
    for across, along, share in ((1.7, 70, 0.62), (3.0, 60, 0.72), (6.0, 80, 0.45)):
        strands += share * (0.8 - np.abs(_noise(rng, (along, across), sway)))  # ridges: single threads
    near = np.zeros_like(s)
    for across, along, share in ((1.4, 90, 0.6), (3.2, 70, 0.45)):
        near += share * (0.8 - np.abs(_noise(rng, (along, across), 0.3 * sway)))
    fibres = outside * strands + (1 - outside) * 0.75 * near
    fibres += 0.9 * np.exp(-0.5 * ((s - collar) / 0.028) ** 2) * (0.7 + 0.5 * _noise(rng, (400, 12)))  # the collarette stands up
    depth = _crypts(rng, s, collar, sway, fibres)
    for at, strength in ((0.62, 0.30), (0.74, 0.42), (0.86, 0.34)):  # furrows of contraction: arcs
        line = at + 0.022 * _noise(rng, (400, 130))
        depth = np.maximum(depth, strength * np.exp(-0.5 * ((s - line) / 0.010) ** 2) * smoothstep(_noise(rng, (400, 110)), -0.3, 0.9))
    fibres *= 1 - 0.25 * smoothstep(s, 0.75, 1.0)
    reach = 0.5 + 0.30 * (collar - s + 0.12) / 0.3 + 0.11 * _noise(rng, (60, 26), sway) + 0.09 * _noise(rng, (70, 7), sway) + 0.09 * _noise(rng, (36, 90))
    maps = np.stack([0.42 + 0.26 * fibres, depth, reach], -1)
    return _round(maps)


def _crypts(rng: np.random.Generator, s: Map, collar: Map, sway: Map, fibres: Map) -> Map:
    """Holes between the fibres, most of them outside the collarette; darkens and sinks them. Changes `fibres` in place."""
    depth = np.zeros_like(s)
    angle = np.repeat(np.arange(AROUND)[None], RINGS, 0)
    crossing = _noise(rng, (40, 2.5), sway)  # threads that bridge the holes
    for k in range(92):
        outer = k < 56
        at = rng.uniform(0, AROUND)
        middle = rng.uniform(0.34, 0.55) if outer else rng.uniform(0.10, 0.26)
        long, wide = (rng.uniform(0.05, 0.16), rng.uniform(9, 30)) if outer else (rng.uniform(0.025, 0.07), rng.uniform(5, 13))
        across = ((angle + 0.8 * sway - at + AROUND / 2) % AROUND - AROUND / 2) / wide
        along = (s - middle) / long
        shape = np.abs(across) ** 1.5 + np.abs(along) ** 1.7  # pointed at both ends
        shape += 0.30 * crossing * (0.5 + np.abs(along))
        hole = smoothstep(-shape, -1.15, -0.25) * rng.uniform(0.25, 1.0) ** 1.3
        fibres += 0.22 * np.exp(-0.5 * ((shape - 1.15) / 0.2) ** 2) * hole.max() - 0.55 * hole
        depth = np.maximum(depth, hole)
    return depth


def _round(maps: Map) -> Map:
    """From (ring, angle) to a disc."""
    axis = ((np.arange(SIDE) + 0.5) / SIDE * 2 - 1) / IRIS_FILL
    x, y = np.meshgrid(axis, axis)
    r, angle = np.hypot(x, y), np.arctan2(y, x) / (2 * np.pi) % 1
    ring = np.clip((r - PUPIL_SHARE) / (1 - PUPIL_SHARE) * RINGS - 0.5, 0, RINGS - 1)
    soft = gaussian_filter(maps, (0.8, 1.2, 0), mode=("nearest", "wrap", "nearest"))
    return np.stack([map_coordinates(soft[..., k], [ring, angle * AROUND], order=1, mode="grid-wrap") for k in range(3)], -1)


def _white() -> Map:
    """The front hemisphere of the eyeball, seen along its axis."""
    rng = np.random.default_rng(19)
    axis = ((np.arange(SIDE) + 0.5) / SIDE * 2 - 1) * EYE_RADIUS_MM
    x, y = np.meshgrid(axis, axis)
    flat = lambda sigma: (lambda f: f / f.std())(gaussian_filter(rng.standard_normal((SIDE, SIDE)), sigma))  # noqa: E731
    vessels = _vessels(rng) * smoothstep(np.hypot(x, y), 6.3, 9.0)
    mottling = 0.5 + 0.12 * flat(22) + 0.07 * flat(7)
    uneven = 0.5 + 0.10 * flat(5) + 0.06 * flat(14)
    return np.stack([vessels, mottling, uneven], -1)


def _vessels(rng: np.random.Generator) -> Map:
    """Thin wandering vessels that branch and run in towards the iris, 0 to 1; deeper ones are wider and paler."""
    sharp, deep = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    scale = SIDE / 2 / EYE_RADIUS_MM
    pending = []
    for _ in range(58):
        angle = rng.choice([0.0, np.pi]) + rng.normal(0, 0.60)
        pending.append((14.9 * np.cos(angle), 14.9 * np.sin(angle), angle + np.pi + rng.normal(0, 0.35), rng.uniform(0.25, 1.0), int(rng.uniform(70, 220)), 0))
    while pending:
        x, y, heading, strength, steps, branch = pending.pop()
        bend, canvas = rng.normal(0, 0.012), deep if rng.random() < 0.3 else sharp
        for k in range(steps):
            bend = 0.90 * bend + rng.normal(0, 0.016)
            heading += bend
            x, y = x + 0.05 * np.cos(heading), y + 0.05 * np.sin(heading)
            column, row = x * scale + SIDE / 2, y * scale + SIDE / 2
            if not (1 <= column < SIDE - 2 and 1 <= row < SIDE - 2):
                break
            c, r = int(column), int(row)
            for dc, wc in ((0, 1 - column + c), (1, column - c)):
                for dr, wr in ((0, 1 - row + r), (1, row - r)):
                    canvas[r + dr, c + dc] = max(canvas[r + dr, c + dc], strength * wc * wr * (1 - 0.8 * k / steps))
            if branch < 2 and rng.random() < 0.016:
                turn = rng.choice([-1, 1]) * rng.uniform(0.4, 0.9)
                pending.append((x, y, heading + turn, 0.75 * strength, int(0.6 * (steps - k)), branch + 1))
    return np.clip(gaussian_filter(sharp, 0.6) * 1.5 + gaussian_filter(deep, 1.6) * 1.8, 0, 1)
