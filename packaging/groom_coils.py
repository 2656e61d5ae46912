"""Curls: ringlets painted from wound hairs, and the cards that carry them, each of which turns about its axis to face the viewer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ada_parts import SKULL_CENTRE, Array, smoothstep
from groom_grow import Strands, clear
from groom_paint import COLUMNS, SIDE
from groom_scalp import DOWN, Scalp, hair_height, unit
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter1d

# Columns of the picture by how full they are.
DENSE, OPEN, FRIZZ = (0, 1, 2, 3), (4, 5), (6, 7)
CANVAS, STEPS = (384, 1536), 2600  # painted finer than it is kept; points along one hair
_FORESHORTENED = 0.055  # of a turn's depth that is seen along the card: ringlets are looked at a little from above
_ASPECT = 2.5  # length of a card by its width


@dataclass(frozen=True)
class Ringlet:
    """How one column is painted.

    Args:
        turns: from root to tip.
        hairs: in it.
        band: half of the angle round the axis over which they lie, radians.
        fuzz: how much their distances from the axis differ.
        radius: share of the column's width.
        sway: of the axis, likewise.
    """

    turns: float
    hairs: int
    band: float
    fuzz: float
    radius: float
    sway: float


_RINGLETS = (Ringlet(3.1, 190, 1.75, 0.12, 0.37, 0.06), Ringlet(3.9, 190, 1.70, 0.14, 0.35, 0.08), Ringlet(2.6, 190, 1.65, 0.13, 0.36, 0.08),
             Ringlet(4.6, 190, 1.75, 0.13, 0.34, 0.09), Ringlet(2.9, 90, 1.00, 0.20, 0.36, 0.07), Ringlet(3.8, 80, 1.00, 0.24, 0.35, 0.09),
             Ringlet(3.0, 30, 2.60, 0.34, 0.33, 0.09), Ringlet(2.4, 14, 2.60, 0.36, 0.33, 0.10))  # fmt: skip
_STRAY = 0.16  # share of a ringlet's hairs that wind their own way


def coil_picture() -> Array:
    """Tone, coverage and identity of wound hairs, float [SIDE, SIDE, 3], first row at the bottom: laid out as `groom_paint.strand_picture`."""
    rng, wide = np.random.default_rng(43), SIDE // COLUMNS
    picture = np.zeros((SIDE, SIDE, 3))
    for c, ringlet in enumerate(_RINGLETS):
        tone, cover, name = _reduced(*_painted(ringlet, rng))
        picture[:, c * wide : (c + 1) * wide] = np.stack([tone, cover, name], -1)
    return np.clip(picture, 0, 1)


def _painted(ringlet: Ringlet, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Tone, coverage and name on the canvas [H, W]: what lies further to the front over what lies behind."""
    wide, high = CANVAS
    n, s = ringlet.hairs, np.linspace(0, 1, STEPS)[None]
    share = rng.uniform(-1, 1, (n, 1))  # of the band: where in it a hair lies
    offset = np.where(rng.random((n, 1)) < _STRAY, rng.uniform(0, 2 * np.pi, (n, 1)), ringlet.band * share)
    end = rng.uniform(0.90, 1.0, (n, 1))
    closing = np.clip((s - 0.70) / (0.30 * end), 0, 1)  # towards the tip it winds up on itself
    radius = ringlet.radius * np.sqrt(np.clip(1 - closing**2.2, 0, 1)) * (0.30 + 0.70 * smoothstep(s, 0.0, 0.22))
    own = np.clip(1 + ringlet.fuzz * rng.standard_normal((n, 1)), 0.35, 1.22)
    wander = gaussian_filter1d(rng.standard_normal((n, STEPS)), 160, axis=1) * 160**0.5 * 0.9 * ringlet.fuzz
    pace = s + 0.045 * np.sin(2 * np.pi * (1.6 * s + rng.random()))  # no two turns are alike
    angle = 2 * np.pi * ringlet.turns * pace * rng.normal(1, 0.03, (n, 1)) + rng.uniform(0, 2 * np.pi) + offset + wander
    middle = 0.5 + ringlet.sway * np.sin(2 * np.pi * (0.7 * s + rng.random()))
    x = middle + radius * own * np.cos(angle)
    front = np.sin(angle)
    y = 0.02 + 0.94 * np.minimum(s, end) - _FORESHORTENED * front * radius / ringlet.radius
    tone = 0.30 + 0.36 * (0.5 + 0.5 * front) ** 0.8 + 0.07 * rng.standard_normal((n, 1))
    tone = tone - 0.17 * np.abs(share) ** 3 - 0.10 * np.cos(angle) ** 2
    kept = (s < end) & (s > rng.uniform(0.0, 0.14, (n, 1)))
    depth = (radius * own * front)[kept]
    order = np.argsort(depth, kind="stable")
    column, row = (wide * x[kept]).astype(int)[order], (high * y[kept]).astype(int)[order]
    tone, name = tone[kept][order], np.broadcast_to(rng.random((n, 1)), kept.shape)[kept][order]
    tones, cover, names = np.full((high, wide), 0.45), np.zeros((high, wide)), np.full((high, wide), 0.5)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            r, c = np.clip(row + dy, 0, high - 1), np.clip(column + dx, 8, wide - 9)
            tones[r, c], names[r, c], cover[r, c] = tone, name, 1.0
    return tones, cover, names


def _reduced(tone: Array, cover: Array, name: Array) -> tuple[Array, Array, Array]:
    """The canvas at the column's size [SIDE, SIDE / COLUMNS]; gaps have the tone of what is beside them, so that smaller pictures keep it."""
    size = (SIDE // COLUMNS, SIDE)
    less = lambda a: np.asarray(Image.fromarray(np.float32(a)).resize(size, Image.Resampling.BOX), float)  # noqa: E731
    small = less(cover)
    out = []
    for a in (tone, name):
        held, share = less(a * cover), small.copy()
        for sigma in (0.0, 5.0, 25.0):
            wide = held if sigma == 0 else gaussian_filter1d(gaussian_filter1d(less(a * cover), sigma, axis=1), 2 * sigma, axis=0)
            weight = small if sigma == 0 else gaussian_filter1d(gaussian_filter1d(small, sigma, axis=1), 2 * sigma, axis=0)
            if sigma > 0:
                held, share = held + 0.02 * wide, share + 0.02 * weight
        out.append(np.where(share > 1e-6, held / np.maximum(share, 1e-6), 0.45))
    return out[0], small, out[1]


@dataclass(frozen=True)
class Curls:
    """One layer of ringlets.

    Args:
        apart_m: between their roots.
        within_m: how far from the hairline these lie, least and most.
        depth: where they begin, share of the hair's height.
        width_m: of a card.
        lean: its angle from the outward direction, radians, and how much this differs.
    """

    apart_m: float
    within_m: tuple[float, float]
    depth: tuple[float, float]
    width_m: float
    lean: tuple[float, float] = (1.05, 0.25)


def height_of_hair(points: Array, line: str) -> Array:
    """How high curls stand on the scalp, metres [N]: fullest on top, little along the hairline."""
    top = smoothstep(points[:, 1], -0.04, 0.09)
    return (0.011 + 0.015 * top) * (0.30 + 0.70 * smoothstep(hair_height(points, line), -0.002, 0.035))


def ringlets(scalp: Scalp, line: str, how: Curls, seed: int) -> tuple[Strands, Array]:
    """Axes of ringlets, two stations each, lying on each other every which way; and their widths [N]."""
    rng = np.random.default_rng(seed)
    roots = scalp.roots(line, how.apart_m, seed, how.within_m)
    n = len(roots)
    _, normal = scalp.near(roots)
    out = unit(0.45 * normal + 0.55 * unit(roots - SKULL_CENTRE))
    tall = height_of_hair(roots, line)
    small = 0.48 + 0.52 * smoothstep(hair_height(roots, line), 0.0, 0.022)
    width = how.width_m * small * rng.uniform(0.8, 1.25, n)
    drop = DOWN - out * (out @ DOWN)[:, None]
    way = rng.standard_normal((n, 3))
    way = unit(unit(way - out * (way * out).sum(1, keepdims=True)) + 0.55 * drop)
    lean = np.clip(how.lean[0] + how.lean[1] * rng.standard_normal(n), 0.25, 1.5)[:, None]
    axis = unit(np.cos(lean) * out + np.sin(lean) * way)
    base = roots + out * (tall * rng.uniform(*how.depth, n))[:, None]
    length = _ASPECT * width * rng.uniform(0.85, 1.15, n)
    points = np.stack([base, base + axis * length[:, None]], 1)
    points[:, 1] = clear(scalp, points, np.full(n, 0.003), 0.004)[:, 1]
    normals = np.repeat(out[:, None], 2, 1)
    return Strands(points, normals, roots, np.ones(n), length), width


def sides(strands: Strands) -> NDArray[np.float64]:
    """Which way cards are wide as seen from outside, [N, K, 3]."""
    along = unit(np.gradient(strands.points, axis=1))
    return unit(np.cross(along, strands.normals))
