"""Paints Ada's skin: tone, lips, brows, hairline, and the fine relief."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, hairline_height, smoothstep
from look_map import SIDE, Face, noise, pixels_per_mm, stroke, texture_uv
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter

Map = NDArray[np.float32]
SKIN = np.array([0.545, 0.335, 0.240])  # linear reflectance
BLOOD = np.array([0.10, 0.52, 0.44])  # what more blood takes away, per unit of density
PIGMENT = np.array([0.42, 0.62, 0.78])  # what more melanin takes away
LIP = np.array([0.45, 0.170, 0.150])
BROW = np.array([0.040, 0.024, 0.016])
# The vermilion's edges on the left half: x, y, z in millimetres.
UPPER_LIP = np.array([(0, -53.4, 35), (2.2, -52.7, 35), (5.2, -52.0, 35), (9, -53.1, 33.5), (13.5, -55.9, 30), (18, -59.2, 25), (21.3, -61.8, 20.0)])
LOWER_LIP = np.array([(0, -72.0, 29.5), (5, -71.8, 29), (10, -70.4, 28), (14.5, -67.9, 26), (18.5, -64.9, 22.5), (21.3, -62.4, 20)])
# The brow's crest line: x, y, half its height.
BROW_LINE = np.array([(10, 16.4, 2.3), (13, 17.6, 3.0), (19, 19.4, 3.2), (26, 21.2, 3.0), (33, 22.4, 2.6), (39, 21.9, 2.0), (45, 19.4, 1.4), (51, 15.4, 0.6)])


def _curve(face: Face, edge: Array, x: Map) -> Map:
    points = face.flat(edge)
    side = np.clip(np.abs(x), points[0, 0], points[-1, 0])
    return PchipInterpolator(points[:, 0], points[:, 1])(side).astype(np.float32)


def lip_mask(face: Face) -> Map:
    """1 on the red of the lips, soft at the edge."""
    edge = 0.18 * noise((0.7, 0.7), 21)
    inside = np.minimum(_curve(face, UPPER_LIP, face.x) - face.y, face.y - _curve(face, LOWER_LIP, face.x)) + edge
    end = face.flat(UPPER_LIP[-1:])[0, 0]
    corner = smoothstep(-np.abs(face.x), -end - 0.9, -end + 1.6)
    return smoothstep(inside, -0.9, 1.1) * corner * (face.z > 0)


def _blood(face: Face, lips: Map) -> Map:
    """Where the skin is redder."""
    s = face.spot
    out = 0.50 * s((37, -31), (15, 12)) + 0.22 * s((27, -22), (10, 8))
    out += 0.42 * s((0, -33), (8, 8)) + 0.42 * s((13, -37), (5.5, 5)) + 0.22 * s((0, -92), (14, 8))
    out += 0.10 * s((28, 8), (13, 5)) + 0.22 * s((15.5, -5), (5, 6)) + 0.12 * s((26, -9), (10, 3))
    out += 0.10 * s((0, 40), (40, 16)) + 0.22 * s((0, -47), (6, 5)) + 0.12 * s((24, -62), (4, 5))
    below = 1 - 0.75 * smoothstep(-face.y, 98, 112)  # under the chin the texture is stretched
    out += (0.055 * noise((9, 9), 1) + 0.045 * noise((3.2, 3.2), 2) + 0.04 * noise((1.1, 1.1), 3)) * below
    return out - 0.06 * s((0, 25), (45, 30))


def _pigment(face: Face) -> Map:
    """Where the skin is darker."""
    s = face.spot
    out = 0.10 + 0.20 * s((17, -9), (7, 4)) + 0.12 * s((25, -13), (11, 4)) + 0.08 * s((28, 10), (14, 4)) + 0.05 * s((17, 5), (5, 5))
    out += 0.10 * smoothstep(-face.y, 95, 125) + 0.05 * smoothstep(np.abs(face.x), 45, 75)
    below = 1 - 0.75 * smoothstep(-face.y, 98, 112)
    out += (0.03 * noise((14, 14), 4) + 0.03 * noise((4.5, 4.5), 5) + 0.025 * noise((0.9, 0.9), 6)) * below
    return out + _freckles(face)


def _freckles(face: Face) -> Map:
    """A few small spots over nose and cheeks."""
    rng = np.random.default_rng(7)
    out = np.zeros_like(face.x)
    across, up = pixels_per_mm()
    for _ in range(420):
        wide = rng.random() < 0.35
        at = rng.normal((0, -24), (30, 13)) if not wide else rng.normal((0, 0), (40, 45))
        size, strength = rng.uniform(0.25, 0.65), rng.uniform(0.05, 0.26) * (0.5 if wide else 1)
        if np.hypot(abs(at[0]) - 28, at[1]) <= 4 or face_is_lip(at):
            continue
        c, r = face.pixel(at[None])[0]
        reach = int(4 * size * max(across, up))
        c0, r0 = int(c) - reach, int(r) - reach
        if c0 < 0 or r0 < 0 or c0 + 2 * reach > len(out) or r0 + 2 * reach > len(out):
            continue
        cc, rr = np.meshgrid(np.arange(c0, c0 + 2 * reach), np.arange(r0, r0 + 2 * reach))
        out[r0 : r0 + 2 * reach, c0 : c0 + 2 * reach] += strength * np.exp(-0.5 * (((cc - c) / across) ** 2 + ((rr - r) / up) ** 2) / size**2)
    return out


def face_is_lip(at: Array) -> bool:
    """Whether (x, y) millimetres lies near the mouth."""
    return abs(at[0]) < 25 and -75 < at[1] < -50


def brow_hairs(face: Face) -> tuple[Map, Map]:
    """Coverage by brow hairs, and the soft shade under them."""
    rng = np.random.default_rng(11)
    hairs, shade = np.zeros_like(face.x), np.zeros_like(face.x)
    line = PchipInterpolator(BROW_LINE[:, 0], BROW_LINE[:, 1:])
    for side in (1.0, -1.0):
        for _ in range(620):
            x = rng.uniform(9.2, 51.0)
            u = (x - 8.5) / 42.5
            y, half = line(np.clip(x, 10, 51))
            v = np.clip(rng.normal(0, 0.55), -1, 1)
            if rng.random() > min(1.0, 0.35 + 2.2 * u) or rng.random() < 0.25 * abs(v):
                continue
            # Inner hairs stand up, then they lie along the brow; the upper ones comb down to its crest.
            lie = np.interp(u, [0, 0.12, 0.35, 0.65, 1.0], [78, 58, 34, 12, -24]) - 16 * v + rng.normal(0, 6)
            length = rng.uniform(4.6, 7.4) * np.interp(u, [0, 0.5, 1], [0.8, 1.0, 0.72])
            bend = rng.normal(-10, 6)
            t = np.linspace(0, 1, 9)
            angle = np.radians(lie + bend * t)
            step = length / 8
            px = x + np.concatenate([[0], np.cumsum(np.cos(angle[:-1]) * step)])
            py = y + v * half + np.concatenate([[0], np.cumsum(np.sin(angle[:-1]) * step)]) - 1.0
            width = rng.uniform(0.9, 1.55) * np.clip(1.15 - t, 0.15, 1) * np.clip(4 * t + 0.4, 0, 1)
            stroke(hairs, face.pixel(np.stack([side * px, py], -1)), width, rng.uniform(0.6, 1.0))
    x = np.abs(face.x)
    centre, half = np.moveaxis(line(np.clip(x, 10, 51)), -1, 0)
    across = 1 - smoothstep(np.abs(face.y - centre), 0.2 * half, 1.5 * half + 0.7)
    shade = across * smoothstep(x, 8.0, 17.0) * (1 - smoothstep(x, 45, 52)) * (face.z > -20)
    return hairs, shade.astype(np.float32)


def hairline(face: Face) -> tuple[Map, Map]:
    """Shade of the roots above the hairline, and baby hairs that cross it."""
    rng = np.random.default_rng(13)
    azimuth = np.degrees(np.arctan2(np.abs(face.x), face.z + 75))
    above = face.y - 1000 * hairline_height(np.clip(azimuth, 0, 180)) + 0.8 * noise((0.5, 1.6), 31)
    roots = smoothstep(above, -1.0, 6.0) * 0.97
    hairs = np.zeros_like(face.x)
    for _ in range(2600):
        a = rng.uniform(-118, 118)
        height = 1000 * float(hairline_height(np.array(abs(a)))) + rng.normal(1.5, 2.2)
        r = 88.0
        # Combed back and up; at the temples mostly back, at the nape up.
        back = np.interp(abs(a), [0, 25, 50, 80, 120], [88, 70, 38, 20, 60])
        length, t = rng.uniform(5, 11), np.linspace(0, 1, 7)
        angle = np.radians(back + rng.normal(0, 9) + rng.normal(0, 14) * t)
        along = np.concatenate([[0], np.cumsum(np.cos(angle[:-1]))]) * length / 6
        up = np.concatenate([[0], np.cumsum(np.sin(angle[:-1]))]) * length / 6
        turn = np.radians(a) + np.sign(a) * along / r
        place = np.stack([r * np.sin(turn), height + up, r * np.cos(turn) - 75], -1) / 1000
        column, row = (texture_uv(place) * len(face.x)).T
        stroke(hairs, np.stack([column, row], -1), rng.uniform(0.5, 1.0) * np.clip(1.1 - t, 0.2, 1), rng.uniform(0.25, 0.8))
    return roots.astype(np.float32), hairs


def _lid_line(face: Face, upper: Array, lower: Array) -> tuple[Map, Map, Map]:
    """Shade where the lashes grow, above and below, and the pink of lid edge and inner corner; the loops are the left eye's, mm."""
    x = np.abs(face.x)
    inside = (x > upper[0, 0] - 0.5) & (x < upper[-1, 0] + 1.5) & (face.z > -10)
    up = np.interp(x, upper[:, 0], upper[:, 1])
    low = np.interp(x, lower[:, 0], lower[:, 1])
    above, below = face.y - up, low - face.y
    root_up = np.exp(-0.5 * ((above + 0.2) / 0.55) ** 2) * inside * smoothstep(x, 14, 22)
    root_low = np.exp(-0.5 * ((below + 0.2) / 0.5) ** 2) * inside * smoothstep(x, 19, 28)
    pink = (1 - smoothstep(np.maximum(above, below), -1.2, 0.3)) * inside
    corner = np.exp(-0.5 * (((x - 15.6) / 1.7) ** 2 + ((face.y + 2.6) / 1.6) ** 2)) * (face.z > 0)
    return root_up, root_low, np.maximum(pink, corner)


def _over(colour: NDArray, paint: Array, alpha: Map) -> NDArray:
    return colour + (paint - colour) * np.clip(alpha, 0, 1)[..., None]


def albedo(face: Face, lids: tuple[Array, Array]) -> NDArray[np.float32]:
    """Linear reflectance, float32 [SIDE, SIDE, 3], first row at the bottom."""
    lips = lip_mask(face)
    side = smoothstep(np.abs(np.linspace(-1, 1, SIDE)), 0.90, 0.99)  # plain where the texture is stretched over the nape
    plain = np.maximum(side[None, :], smoothstep(-face.y, 182, 198))
    density = np.maximum(_blood(face, lips), -0.2)[..., None] * BLOOD + np.maximum(_pigment(face), 0)[..., None] * PIGMENT
    colour = SKIN * np.exp(-density * (1 - plain[..., None]))
    lines = noise((0.28, 2.2), 22) * 0.55 + noise((0.6, 1.6), 23) * 0.45
    red = LIP * np.exp(-(0.065 * lines + 0.08 * noise((2.5, 1.5), 24))[..., None] * np.array([0.6, 1.0, 1.0]))
    middle = face.spot((0, -66.5), (9, 3))
    seam = np.exp(-0.5 * ((face.y + 61.6) / 1.1) ** 2)
    red = red * (1 + 0.14 * middle - 0.30 * seam)[..., None]
    colour = _over(colour, red, 0.9 * lips)
    root_up, root_low, pink = _lid_line(face, *lids)
    colour = _over(colour, np.array([0.56, 0.27, 0.23]), 0.55 * pink)
    colour = _over(colour, BROW * 1.2, 0.8 * root_up)
    colour = _over(colour, BROW * 2.0, 0.30 * root_low)
    hairs, shade = brow_hairs(face)
    colour = _over(colour, BROW * 2.2, 0.56 * shade)
    colour = _over(colour, BROW, 0.95 * hairs)
    roots, baby = hairline(face)
    colour = _over(colour, np.array([0.050, 0.031, 0.022]), roots)
    colour = _over(colour, np.array([0.045, 0.027, 0.018]), 0.8 * baby)
    pores = noise((0.16, 0.16), 41)
    return np.float32(np.clip(colour * (1 - 0.022 * np.abs(pores) * (1 - lips))[..., None], 0, 1))


def relief(face: Face) -> NDArray[np.float32]:
    """Slopes across and up, and gloss, float32 [SIDE, SIDE, 3]: slopes about 0, gloss 0 to 1."""
    lips = lip_mask(face)
    s = face.spot
    pores = noise((0.17, 0.17), 41) - noise((0.34, 0.34), 42)
    coarse = noise((0.5, 0.42), 43)
    where = 0.5 + 0.6 * s((0, -30), (16, 14)) + 0.4 * s((30, -22), (14, 12)) + 0.25 * s((0, 35), (35, 18))
    height = (0.011 * pores + 0.012 * coarse) * where * (1 - lips)
    height += 0.038 * (noise((0.30, 2.4), 22) * 0.6 + noise((0.7, 1.8), 23) * 0.4) * lips
    height += 0.04 * gaussian_filter(brow_hairs(face)[0], 0.7)
    across, up = pixels_per_mm()
    dx, dy = np.gradient(height, axis=1) * across, np.gradient(height, axis=0) * up
    gloss = 0.34 + 0.18 * s((0, -25), (9, 16)) + 0.12 * s((0, 38), (30, 16)) + 0.14 * s((34, -17), (12, 7)) + 0.10 * s((0, -90), (10, 7))
    gloss += 0.14 * s((28, 6), (13, 5)) + 0.02 * noise((2, 2), 44) - 0.05 * np.abs(pores)
    gloss = gloss * (1 - lips) + (0.62 + 0.10 * s((0, -67), (10, 3))) * lips
    roots, _ = hairline(face)
    return np.float32(np.stack([dx, dy, np.clip(gloss * (1 - 0.8 * roots), 0, 1)], -1))
