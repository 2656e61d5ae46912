"""What colours the skin: melanin and blood, lips, marks, and the zones that make-up, rings and gloss keep to; maps over the texture."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, smoothstep
from look_map import Face, Map, noise
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter

# The vermilion's edges on the left half: x, y, z in millimetres.
UPPER_LIP = np.array([(0, -53.4, 35), (2.2, -52.7, 35), (5.2, -52.0, 35), (9, -53.1, 33.5), (13.5, -55.9, 30), (18, -59.2, 25), (21.3, -61.8, 20.0)])
LOWER_LIP = np.array([(0, -72.0, 29.5), (5, -71.8, 29), (10, -70.4, 28), (14.5, -67.9, 26), (18.5, -64.9, 22.5), (21.3, -62.4, 20)])


def _edge(face: Face, edge: Array) -> Map:
    points = face.flat(edge)
    side = np.clip(np.abs(face.x), points[0, 0], points[-1, 0])
    return PchipInterpolator(points[:, 0], points[:, 1])(side).astype(np.float32)


def lip_mask(face: Face) -> Map:
    """1 on the red of the lips, soft at the edge."""
    ragged = 0.22 * face.noise((0.6, 0.6), 21)
    inside = np.minimum(_edge(face, UPPER_LIP) - face.y, face.y - _edge(face, LOWER_LIP)) + ragged
    end = face.flat(UPPER_LIP[-1:])[0, 0]
    corner = smoothstep(-np.abs(face.x), -end - 0.9, -end + 1.6)
    return np.float32(smoothstep(inside, -0.9, 1.1) * corner * (face.z > 0))


def where_lips_meet(face: Face, upper: Array) -> Map:
    """1 where the lips touch, fading over the next two millimetres; `upper` are points of the upper lip's inner edge, mm [C, 3]."""
    edge = upper[np.argsort(upper[:, 0])]
    far = np.abs(face.y - np.interp(face.x, edge[:, 0], edge[:, 1]))
    ends = smoothstep(face.x, edge[0, 0] - 1, edge[0, 0] + 3) * (1 - smoothstep(face.x, edge[-1, 0] - 3, edge[-1, 0] + 1))
    return np.float32((0.7 * np.exp(-0.5 * (far / 0.8) ** 2) + 0.3 * np.exp(-0.5 * (far / 2.0) ** 2)) * ends * (face.z > 0))


def lip_lines(side: int) -> Map:
    """The fine lines across the lips, unit variance, ridges positive."""
    lines = noise((0.30, 2.6), 22, side) * 0.6 + noise((0.7, 2.0), 23, side) * 0.4
    return lines / lines.std()


def blood(face: Face, ears: Map) -> Map:
    """Where more blood shows than elsewhere, about 0; soft parts only."""
    s = face.spot
    out = 0.20 * s((36, -29), (19, 15)) + 0.16 * s((33, -28), (11, 9)) + 0.05 * s((52, -38), (12, 16))
    out += 0.28 * s((0, -33), (10, 10)) + 0.30 * s((13, -37), (6.5, 6)) + 0.12 * s((0, -15), (8, 14)) + 0.18 * s((0, -92), (16, 10))
    out += 0.16 * s((15.5, -6), (4, 4)) + 0.12 * s((27, -9), (10, 3)) - 0.06 * s((30, 9), (14, 5))
    out += 0.04 * s((0, 40), (44, 20)) + 0.14 * s((0, -47), (6, 5)) + 0.12 * s((24, -62), (4, 5)) - 0.10 * s((0, -80), (14, 4))
    out -= 0.08 * s((0, 25), (45, 30)) + 0.06 * s((52, -60), (16, 16))
    chest = smoothstep(-face.y, 150, 185) * smoothstep(face.z, -30, 0)
    throat = smoothstep(-face.y, 98, 118)
    rim = np.clip(gaussian_filter(ears, 1.5) * (1 - gaussian_filter(ears, 6)) * 4, 0, 1)
    return np.float32(out + 0.12 * chest - 0.05 * throat + 0.12 * ears + 0.26 * rim * ears)


def melanin(face: Face, ears: Map) -> Map:
    """Where the skin is darker or fairer than elsewhere, about 0; soft parts only."""
    s = face.spot
    out = 0.12 * s((17, -8), (7, 4)) + 0.08 * s((25, -12), (11, 4)) - 0.04 * s((28, 9), (14, 5))
    out += 0.06 * s((0, 58), (45, 14)) + 0.05 * s((0, -20), (7, 14)) + 0.08 * s((24, -64), (7, 8)) + 0.05 * s((0, -45), (18, 5))
    out += 0.06 * smoothstep(np.abs(face.x), 48, 72) * smoothstep(face.z, -80, -40)
    out -= 0.07 * s((34, -30), (14, 12)) + 0.03 * smoothstep(-face.y, 100, 116) * (1 - smoothstep(-face.y, 128, 146))
    out += 0.07 * smoothstep(-face.y, 135, 165) + 0.06 * (1 - face.front) * smoothstep(-face.y, 20, 60)
    return np.float32(out + 0.03 * ears)


def mottling(face: Face) -> tuple[Map, Map]:
    """Unevenness of melanin and of blood, fine to coarse."""
    calm = np.float32(0.55 + 0.45 * face.front)
    pigment = 0.026 * face.noise((14, 14), 4) + 0.026 * face.noise((4.5, 4.5), 5) + 0.024 * face.noise((1.6, 1.6), 8) + 0.022 * face.noise((0.6, 0.6), 6)
    vessels = 0.034 * face.noise((11, 11), 1) + 0.030 * face.noise((3.8, 3.8), 2) + 0.030 * face.noise((1.3, 1.3), 3)
    vessels += 0.034 * face.noise((0.55, 0.55), 9) + 0.024 * face.noise((0.3, 0.3), 10)
    return pigment * calm, vessels * calm


def _dabs(face: Face, centres: Array, sizes: Array, ranks: Array, seed: int, ragged: float) -> Map:
    """Soft dabs of pigment; a texel keeps the highest rank: centres (x, y) and sizes in millimetres on the front."""
    out = np.zeros_like(face.x)
    wobble = (0.6 * face.noise((1.1, 1.1), seed) + 0.4 * face.noise((0.4, 0.4), seed + 40)) * ragged
    for (column, row), size, rank in zip(face.pixel(centres), sizes, ranks, strict=True):
        r, c = int(np.clip(row, 0, len(out) - 1)), int(np.clip(column, 0, len(out) - 1))
        up, across = face.mm_up[r, c], face.mm_across[r, c]
        high, wide = int(3.2 * size / up) + 2, int(3.2 * size / across) + 2
        part = (slice(max(r - high, 0), r + high + 1), slice(max(c - wide, 0), c + wide + 1))
        rr, cc = np.mgrid[part]
        far = np.hypot((cc - column) * across, (rr - row) * up) / size
        np.maximum(out[part], rank * np.exp(-0.5 * np.maximum(far + wobble[part], 0) ** 2.6), out=out[part])
    return out


def _free(at: Array) -> Array:
    """Which places (x, y) are neither on the lips nor in the eyes."""
    lips = (np.abs(at[:, 0]) < 25) & (at[:, 1] > -76) & (at[:, 1] < -49)
    return ~lips & (np.hypot((np.abs(at[:, 0]) - 31) / 1.5, at[:, 1]) > 7.5)


def freckles(face: Face) -> Map:
    """Freckles by rank: the highest come first."""
    rng = np.random.default_rng(7)
    count = 2600
    wide = rng.random(count) < 0.4
    at = np.where(wide[:, None], rng.normal((0, -2), (36, 40), (count, 2)), rng.normal((0, -24), (29, 13), (count, 2)))
    at = at[_free(at) & (np.abs(at[:, 0]) < 66) & (at[:, 1] > -100) & (at[:, 1] < 66)]
    middle = np.exp(-0.5 * ((at[:, 0] / 34) ** 2 + ((at[:, 1] + 22) / 20) ** 2))
    ranks = np.clip(rng.beta(1.3, 2.2, len(at)) * (0.55 + 0.6 * middle), 0.08, 1)
    return _dabs(face, at, rng.uniform(0.28, 0.62, len(at)) * (0.8 + 0.6 * ranks), ranks, 33, 0.35)


def spots(face: Face) -> Map:
    """Moles, small and dark, and age spots, broad and pale, by rank."""
    rng = np.random.default_rng(19)
    moles = np.array([(38, -48), (-29, -70), (-52, -22), (21, -88), (-14, 33), (46, 14), (9, -44.5), (-40, -58), (55, -66), (-60, 18)], float)
    out = _dabs(face, moles, rng.uniform(0.45, 0.95, len(moles)), np.linspace(1.0, 0.75, len(moles)), 34, 0.15)
    count = 190
    at = rng.normal((0, -4), (44, 42), (count, 2))
    out_there = np.hypot(at[:, 0] / 50, (at[:, 1] + 5) / 50)
    at = at[_free(at) & (np.abs(at[:, 0]) < 68) & (at[:, 1] > -95) & (out_there > 0.45)]
    aged = _dabs(face, at, rng.uniform(0.9, 3.6, len(at)), rng.uniform(0.25, 0.62, len(at)), 35, 0.4)
    return np.maximum(out, aged)


def follicles(side: int = 256) -> Map:
    """Dots where shaved hairs stand, 0 to 1, on a tile of about 40 mm that repeats in both directions."""
    rng = np.random.default_rng(61)
    out = np.zeros((side, side), np.float32)
    even = np.stack(np.meshgrid(np.arange(0, side, 5.5), np.arange(0, side, 7.0)), -1).reshape(-1, 2)
    at = np.round(even + rng.normal(0, 1.7, even.shape)).astype(int) % side
    strength = rng.uniform(0.35, 1.0, len(at)).astype(np.float32)
    for step, share in ((0, 1.0), (1, 0.8)):  # they lie downwards
        np.maximum.at(out, ((at[:, 1] - step) % side, at[:, 0]), strength * share)
    return np.clip(gaussian_filter(out, 0.75, mode="wrap") * 2.6, 0, 1)


def zones(face: Face) -> Map:
    """Where eye shadow, blush and tired rings go, [S, S, 3]."""
    s, side = face.spot, np.abs(face.x)
    lid = np.exp(-0.5 * ((side - 31) / 12) ** 2)
    shadow = lid * smoothstep(face.y, -2.0, 3.0) * (1 - smoothstep(face.y, 8.0, 14.5 + 0.10 * (side - 31)))
    shadow = np.clip(1.35 * shadow + 0.5 * s((44, 6), (5, 4)), 0, 1)
    blush = np.exp(-0.5 * (((side - 42 + 0.35 * (face.y + 26)) / 13) ** 2 + ((face.y + 25 - 0.35 * (side - 42)) / 9) ** 2)) * face.front
    ring = np.exp(-0.5 * ((side - 27) / 9.5) ** 2) * np.exp(-0.5 * ((face.y + 12.0 - 0.012 * (side - 29) ** 2) / 4.0) ** 2)
    rings = np.clip(ring + 0.75 * s((16.5, -7), (4.5, 5)) + 0.25 * s((17, 4), (5, 5)), 0, 1) * face.front
    return np.stack([shadow * face.front, blush, rings], -1).astype(np.float32)


def surface(face: Face, ears: Map, lips: Map) -> Map:
    """Gloss, how thin the flesh is that light shines through, [S, S, 2]."""
    s = face.spot
    gloss = 0.40 + 0.22 * s((0, -25), (9, 17)) + 0.16 * s((0, 40), (28, 18)) + 0.14 * s((34, -17), (13, 8)) + 0.10 * s((0, -90), (11, 8))
    gloss += 0.12 * s((28, 6), (13, 5)) + 0.10 * s((13, -36), (5, 5)) - 0.10 * s((48, -50), (16, 22)) - 0.10 * smoothstep(-face.y, 98, 115)
    gloss += 0.05 * ears + 0.012 * face.noise((2, 2), 44)
    gloss = gloss * (1 - lips) + (0.80 + 0.16 * s((0, -67), (13, 4)) + 0.05 * s((0, -56), (8, 3))) * lips
    thin = 0.14 + 0.34 * s((14, -35), (4, 4)) + 0.18 * s((0, -32), (8, 8)) + 0.30 * s((31, 2), (15, 7)) + 0.10 * s((0, -22), (6, 14)) + 0.25 * lips
    return np.stack([np.clip(gloss, 0, 1), np.clip(np.maximum(thin, 0.85 * ears), 0, 1)], -1).astype(np.float32)


def lash_line(face: Face, upper: Array, lower: Array) -> tuple[Map, Map]:
    """The dark line where lashes grow, and the pink of the lids' edges and inner corners; the loops are the left eye's, mm."""
    x = np.abs(face.x)
    inside = (x > upper[0, 0] - 0.5) & (x < upper[-1, 0] + 1.5) & (face.z > -10)
    above = face.y - np.interp(x, upper[:, 0], upper[:, 1])
    below = np.interp(x, lower[:, 0], lower[:, 1]) - face.y
    dark_up = np.exp(-0.5 * ((above + 0.2) / 0.55) ** 2) * inside * smoothstep(x, 14, 22)
    dark_low = np.exp(-0.5 * ((below + 0.2) / 0.5) ** 2) * inside * smoothstep(x, 19, 28)
    pink = (1 - smoothstep(np.maximum(above, below), -1.2, 0.3)) * inside
    corner = np.exp(-0.5 * (((x - 15.6) / 1.7) ** 2 + ((face.y + 2.6) / 1.6) ** 2)) * (face.z > 0)
    return np.float32(np.maximum(dark_up, 0.38 * dark_low)), np.float32(np.maximum(pink, corner))
