"""Where brows, beards and the hair's roots shade the skin, by style; the hairs themselves grow in the same places."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, hairline_height, smoothstep
from look_map import Map
from scipy.interpolate import PchipInterpolator

# A brow's crest line on the left: x, y, half its height; millimetres on Ada's front.
_NATURAL = [(9.5, 16.2, 2.5), (13, 17.6, 3.2), (19, 19.4, 3.3), (26, 21.2, 3.0), (33, 22.4, 2.5), (39, 21.9, 1.9), (45, 19.4, 1.3), (51, 15.4, 0.6)]
_STRAIGHT = [(9.0, 17.2, 2.9), (13, 18.2, 3.4), (19, 19.2, 3.5), (26, 19.9, 3.3), (33, 20.2, 2.9), (39, 19.6, 2.3), (45, 17.7, 1.5), (51, 14.6, 0.7)]
_ARCHED = [(10.5, 15.4, 1.9), (14, 17.2, 2.4), (20, 20.0, 2.5), (27, 23.0, 2.3), (34, 25.0, 1.9), (40, 23.6, 1.4), (46, 19.6, 1.0), (52, 14.4, 0.5)]
_BUSHY = [(6.8, 15.6, 3.6), (11, 17.2, 4.6), (18, 19.0, 5.0), (26, 20.8, 4.7), (33, 21.8, 4.1), (40, 20.8, 3.3), (47, 17.6, 2.3), (53, 13.2, 1.2)]
_THIN = [(11.5, 17.0, 1.2), (15, 18.6, 1.5), (21, 20.6, 1.5), (27, 22.4, 1.35), (33, 23.4, 1.15), (39, 22.6, 0.95), (45, 19.8, 0.75), (50, 16.4, 0.45)]
BROWS: dict[str, list[tuple[float, float, float]]] = {"natural": _NATURAL, "straight": _STRAIGHT, "arched": _ARCHED, "bushy": _BUSHY, "thin": _THIN}
BEARDS: tuple[str, ...] = ("shadow", "stubble", "moustache", "goatee", "short", "full")
# The lips' outer edge on the left: x, y.
_LIP_TOP = PchipInterpolator([0, 5.2, 13.5, 21.3, 26], [-52.6, -51.4, -55.2, -61.4, -63.0])
_LIP_FOOT = PchipInterpolator([0, 10, 18.5, 24], [-72.6, -71.0, -65.5, -62.0])


def brow_shade(style: str, x: Map, y: Map, z: Map) -> Map:
    """How densely brow hairs stand, 0 to 1, at points in millimetres on Ada at rest; arrays of one shape."""
    line = np.array(BROWS[style])
    side = np.abs(x)
    crest, half = np.moveaxis(PchipInterpolator(line[:, 0], line[:, 1:])(np.clip(side, line[0, 0], line[-1, 0])), -1, 0)
    across = 1 - smoothstep(np.abs(y - crest), 0.35 * half, 1.3 * half + 0.5)
    ends = smoothstep(side, line[0, 0] - 2.0, line[0, 0] + 6.0) * (1 - smoothstep(side, line[-1, 0] - 5.0, line[-1, 0] + 1.0))
    return np.float32(across * ends * (z > -25))


def _regions(x: Map, y: Map, z: Map) -> dict[str, Array]:
    """Where a beard grows: cheeks with sideburns, upper lip, soul patch, chin, corners of the mouth, throat; each 0 to 1."""
    side = np.abs(x)
    lips = (y < _LIP_TOP(np.minimum(side, 26))) & (y > _LIP_FOOT(np.minimum(side, 24))) & (side < 24)
    bare = smoothstep(np.maximum(_LIP_TOP(np.minimum(side, 26)) - y, 0) * lips, 0.0, 0.6)
    # The line from the sideburn down to the corner of the mouth, and the jaw behind it.
    line = np.interp(side, [20, 30, 38, 46, 54, 62, 68, 75], [-46, -50, -50, -43, -34, -22, -6, 10])
    cheek = smoothstep(line - y, -3.0, 4.0) * smoothstep(side, 28, 36) * smoothstep(z, -62, -48) * (1 - smoothstep(-y, 100, 115))
    sideburn = smoothstep(z, -62, -50) * smoothstep(side, 58, 65) * (1 - smoothstep(y, 0, 14)) * smoothstep(y, -60, -30)
    top = np.interp(side, [0, 9, 16, 22, 27, 32], [-41.5, -41.5, -44.5, -49.5, -55.0, -62.0])
    upper = smoothstep(top - y, -1.5, 1.5) * smoothstep(y, -72, -62) * (1 - smoothstep(side, 27, 31)) * (y > _LIP_FOOT(24) - 12) * (z > 0)
    upper *= 1 - smoothstep(_LIP_TOP(np.minimum(side, 26)) - y, 0, 1) * (side < 24)
    upper *= 1 - 0.4 * np.exp(-((side / 1.8) ** 2))
    soul = np.exp(-0.5 * ((side / 4.5) ** 2 + ((y + 76.5) / 3.5) ** 2)) * (z > 0)
    chin = smoothstep(-y, 79, 85) * (1 - smoothstep(side, 19, 26)) * (1 - smoothstep(-y, 112, 122)) * (z > -25)
    mouth_side = np.exp(-0.5 * ((side - 28) / 4.5) ** 2) * smoothstep(-y, 60, 68) * (1 - smoothstep(-y, 96, 106)) * (z > -10)
    throat = smoothstep(-y, 84, 98) * (1 - smoothstep(-y, 122, 140)) * (1 - smoothstep(side, 52, 66)) * smoothstep(z, -72, -58)
    return {
        k: v * (1 - bare)
        for k, v in {"cheek": np.maximum(cheek, sideburn), "upper": upper, "soul": soul, "chin": chin, "beside": mouth_side, "throat": throat}.items()
    }


_GROWS: dict[str, dict[str, float]] = {
    "shadow": {"cheek": 0.75, "upper": 0.95, "soul": 0.9, "chin": 1.0, "beside": 0.7, "throat": 0.8},
    "stubble": {"cheek": 0.85, "upper": 0.95, "soul": 0.9, "chin": 1.0, "beside": 0.8, "throat": 0.75},
    "moustache": {"upper": 1.0},
    "goatee": {"upper": 1.0, "soul": 0.9, "chin": 1.0, "beside": 0.85},
    "short": {"cheek": 1.0, "upper": 1.0, "soul": 0.9, "chin": 1.0, "beside": 1.0, "throat": 0.7},
    "full": {"cheek": 1.0, "upper": 1.0, "soul": 1.0, "chin": 1.0, "beside": 1.0, "throat": 0.9},
}


def beard_shade(style: str, x: Map, y: Map, z: Map) -> Map:
    """How densely a beard's hairs stand, 0 to 1, at points in millimetres on Ada at rest; arrays of one shape."""
    regions = _regions(x, y, z)
    return np.float32(np.clip(np.max([share * regions[name] for name, share in _GROWS[style].items()], 0), 0, 1))


def root_shade(x: Map, y: Map, z: Map) -> Map:
    """How densely the hair of the head stands, 0 to 1, with a soft hairline."""
    azimuth = np.degrees(np.arctan2(np.abs(x), z + 75))
    above = y - 1000 * hairline_height(np.clip(azimuth, 0, 180))
    return np.float32(smoothstep(above, -2.0, 7.0))
