"""The skin's fine relief: pores, grain and the lines of the lips, as heights over the texture."""

from __future__ import annotations

import numpy as np
from ada_parts import smoothstep
from look_map import Face, Map, noise
from look_skin_colour import lip_lines
from scipy.ndimage import gaussian_filter


def _pits(size_mm: float, seed: int, share: float) -> Map:
    """Round pits, 0 to about 1 deep; `share` of the noise's peaks become one."""
    field = noise((size_mm, size_mm), seed) - noise((2.2 * size_mm, 2.2 * size_mm), seed + 1)
    field /= field.std()
    return np.clip(field - share, 0, None).astype(np.float32) ** 1.2


def relief(face: Face, lips: Map, ears: Map) -> tuple[Map, Map]:
    """Heights in millimetres, and how far what lies deep is in its own shade, 0 to 1."""
    s = face.spot
    nose, cheeks = np.clip(s((0, -30), (11, 10)) + s((12, -36), (6, 6)), 0, 1), np.clip(s((27, -24), (15, 14)) + 0.6 * s((40, -36), (14, 16)), 0, 1)
    brow, chin = s((0, 42), (36, 20)), s((0, -90), (14, 8))
    lids = s((31, 1), (15, 7))
    coarse, middle, fine = _pits(0.22, 41, 1.0), _pits(0.17, 43, 0.7), _pits(0.13, 45, 0.5)
    steep = np.clip(1.25 * np.median(face.mm_across[face.z > 0]) / face.mm_across, 0, 1) ** 2  # the texture is stretched there
    bare = (1 - lips) * (1 - 0.8 * lids) * (1 - 0.7 * ears)
    pores = 0.044 * coarse * (nose + 0.35 * cheeks + 0.25 * chin) + 0.046 * middle * (0.15 + 0.8 * cheeks + 0.5 * nose + 0.4 * brow + 0.5 * chin)
    pores += 0.022 * fine * (0.6 + 0.4 * brow)
    pores *= steep
    # Grain: little fields between crossing lines, drawn out along the folds of the place.
    grain = 0.009 * face.noise((0.22, 0.22), 47) + 0.011 * face.noise((0.7, 0.30), 48) * (0.3 + brow) + 0.012 * face.noise((0.45, 0.5), 49)
    bumps = 0.020 * face.noise((1.3, 1.2), 50) * (0.4 + 0.6 * cheeks + 0.5 * chin + 0.3 * nose)
    below = 1 - 0.5 * smoothstep(-face.y, 100, 118)
    height = (grain + bumps - pores) * bare * below
    height += 0.035 * noise((0.35, 1.3), 52) * lids * (1 - lips)  # crêpe of the lids
    red = lip_lines(len(face.x))
    height += (0.060 * red + 0.016 * noise((0.35, 0.35), 53)) * lips
    ridge = gaussian_filter(lips, 2.0) * (1 - gaussian_filter(lips, 2.0)) * 4
    height += 0.10 * ridge * (face.y > -62)  # the white roll above the upper lip
    shade = np.clip(3.2 * pores * bare + 0.02 * np.clip(-red, 0, 3) * lips, 0, 1)
    return height.astype(np.float32), shade.astype(np.float32)
