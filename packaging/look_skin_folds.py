"""The folds of the skin: lines that expressions and age draw, as heights over the texture."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, smoothstep
from look_map import Face, Map
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter, map_coordinates

_STEP_MM = 1.2


class _Folds:
    """Collects folds of one kind as a height map.

    Args:
        face: over which.
        seed: of what is by chance.
    """

    def __init__(self, face: Face, seed: int) -> None:
        self.face, self.rng = face, np.random.default_rng(seed)
        self.height = np.zeros_like(face.x)
        self._at = np.stack([face.x, face.y, face.z], -1)

    def line(self, points: list[tuple[float, float]], depth: float, width: float, roll: float = 0.0, sides: tuple[float, float] = (1.0, 1.0)) -> None:
        """A fold along points (x, y), millimetres on the front, on one side of the face.

        Args:
            points: it runs through them.
            depth: of the valley, mm, in its middle.
            width: of the valley, mm.
            roll: height of the soft rolls beside it, mm.
            sides: how much of the roll is on its left and on its right, looking along it.
        """
        path = self._wander(np.array(points, float), width)
        pixel = self.face.pixel(path)
        reach = int(7 * max(width, 1.0) / 0.18 * len(self.face.x) / 2048) + 3
        low = np.maximum(np.floor(pixel.min(0)).astype(int) - reach, 0)
        high = np.minimum(np.ceil(pixel.max(0)).astype(int) + reach, len(self.face.x))
        part = (slice(low[1], high[1]), slice(low[0], high[0]))
        texels = self._at[part]
        along = np.stack([map_coordinates(self._at[..., k], pixel.T[::-1], order=1) for k in range(3)], -1)  # [P, 3]
        far, t, side = np.full(texels.shape[:2], 1e9, np.float32), np.zeros(texels.shape[:2], np.float32), np.zeros(texels.shape[:2], np.float32)
        for k in range(len(along) - 1):
            a, d = along[k], along[k + 1] - along[k]
            off = texels - a
            share = np.clip(off @ d / max(d @ d, 1e-6), 0, 1)
            distance = np.linalg.norm(off - share[..., None] * d, axis=-1)
            nearer = distance < far
            far = np.where(nearer, distance, far)
            t = np.where(nearer, (k + share) / (len(along) - 1), t)
            side = np.where(nearer, np.sign(d[0] * off[..., 1] - d[1] * off[..., 0]), side)
        fade = np.sin(np.pi * np.clip(0.06 + 0.88 * t, 0, 1)) ** 0.8 * (0.75 + 0.25 * np.sin(9 * t + self.rng.uniform(0, 6)))
        beside = sides[1] + (sides[0] - sides[1]) * smoothstep(side * far, -0.9 * width, 0.9 * width)
        # A wide shallow valley, and a short fine core that fades well before its ends.
        core = 0.62 * np.exp(-0.5 * (far / (0.42 * width)) ** 2) * fade**1.6
        valley = -depth * (core + 0.5 * np.exp(-0.5 * (far / (1.05 * width)) ** 2) * fade)
        shoulder = roll * beside * np.exp(-0.5 * ((far - 2.6 * width) / (1.7 * width)) ** 2)
        self.height[part] += valley + shoulder * fade

    def _wander(self, points: Array, width: float) -> Array:
        """Denser points, a little off the straight way."""
        t = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
        fine = np.linspace(0, t[-1], max(int(t[-1] / _STEP_MM), 4))
        path = PchipInterpolator(t, points)(fine) if len(points) > 2 else np.stack([np.interp(fine, t, points[:, k]) for k in (0, 1)], -1)
        sway = gaussian_filter(self.rng.standard_normal((len(fine), 2)), (2.5, 0))
        return path + sway * 0.75 * min(width, 1.0)

    def both(self, points: list[tuple[float, float]], depth: float, width: float, roll: float = 0.0, sides: tuple[float, float] = (1.0, 1.0)) -> None:
        """A fold on each side, each with chances of its own."""
        for sign in (1.0, -1.0):
            share = self.rng.uniform(0.85, 1.1)
            turned = sides if sign > 0 else sides[::-1]
            self.line([(sign * x, y) for x, y in points], depth * share, width, roll * share, turned)


def _forehead(face: Face) -> Map:
    out = _Folds(face, 51)
    for y, depth, reach in ((29.5, 0.20, 40), (36.5, 0.40, 47), (44.0, 0.50, 50), (51.5, 0.46, 48), (58.5, 0.32, 42), (64.5, 0.16, 32)):
        start, lean = -reach * out.rng.uniform(0.9, 1.0), out.rng.uniform(-1.0, 1.0)
        last = reach * out.rng.uniform(0.92, 1.0)
        while last - start > 18:  # broken into stretches that overlap
            end = min(start + out.rng.uniform(38, 75), last)
            xs = np.linspace(start, end, 7)
            arch = 2.6 * np.sin(np.pi * np.clip(np.abs(xs) / 46, 0, 1)) - 4.0 * np.clip(np.abs(xs) / 46 - 0.62, 0, 1) - 0.8
            offset = out.rng.uniform(-0.9, 0.9)
            out.line([(x, y + a + lean + offset) for x, a in zip(xs, arch, strict=True)], 1.25 * depth * out.rng.uniform(0.8, 1.1), 1.0, 0.95 * depth)
            start = end - out.rng.uniform(2, 9)
    for _ in range(70):  # fine lines between
        x, y = out.rng.uniform(-48, 38), out.rng.uniform(26, 67)
        length = out.rng.uniform(5, 18)
        out.line([(x, y), (x + length / 2, y + out.rng.normal(0, 0.6)), (x + length, y + out.rng.normal(0, 1.0))], out.rng.uniform(0.05, 0.16), 0.5)
    return out.height


def _glabella(face: Face) -> Map:
    out = _Folds(face, 52)
    out.line([(4.2, 9.5), (4.6, 15), (5.6, 21), (6.4, 29)], 0.80, 1.15, 0.40, (0.7, 1.0))
    out.line([(-3.8, 10), (-4.4, 15.5), (-5.2, 21), (-5.6, 27)], 0.72, 1.15, 0.40, (1.0, 0.7))
    out.line([(0.4, 15), (0.6, 21), (0.2, 25)], 0.14, 0.7, 0.05)
    out.both([(8.2, 12.5), (9.4, 18), (11.2, 23.5)], 0.34, 0.9, 0.18)
    out.both([(2.2, 7.6), (6.0, 8.8), (9.0, 10.2)], 0.12, 0.6, 0.05)
    return out.height


def _bunny(face: Face) -> Map:
    out = _Folds(face, 53)
    for k, (depth, lift) in enumerate(((0.56, 1.5), (0.80, -3.2), (0.70, -8.0), (0.40, -12.5))):
        out.both([(1.8 + 0.4 * k, lift + 1.2), (5.4, lift - 1.0), (9.4 + 0.8 * k, lift - 4.5)], depth, 0.75, 0.42 * depth)
    out.line([(-6, 3.6), (0, 4.6), (6, 3.8)], 0.26, 0.8, 0.10)
    out.line([(-4, 0.2), (0, 0.8), (4, 0.1)], 0.12, 0.6, 0.04)
    return out.height


# Angle, length, depth and where it begins.
_CROW = ((62, 8, 0.26, 3.4), (38, 13, 0.50, 1.8), (17, 15, 0.66, 0.7), (-3, 14, 0.72, 0.0), (-20, 16, 0.60, 0.9), (-41, 15, 0.58, 1.8), (-60, 18, 0.40, 3.6),
         (-74, 15, 0.24, 6.0))  # fmt: skip


def _crow(face: Face) -> Map:
    out = _Folds(face, 54)
    for angle, length, depth, start in _CROW:
        a = np.radians(angle)
        from_x, from_y = 44.8 + start * np.cos(a), -2.0 + 6.0 * np.sin(a)
        bend = -0.0010 * angle + out.rng.normal(0, 0.008)
        points = [(from_x + 0.8 * s * np.cos(a + bend * s), from_y + s * np.sin(a + bend * s)) for s in np.linspace(0, length, 6)]
        out.both(points, depth, 0.95, 0.5 * depth)
    for _ in range(22):
        a, r = np.radians(out.rng.uniform(-75, 60)), out.rng.uniform(1, 11)
        x, y = 46.5 + 0.8 * r * np.cos(a), -2.0 + 1.3 * r * np.sin(a)
        out.both([(x, y), (x + 1.8 * np.cos(a), y + 1.8 * np.sin(a)), (x + 3.6 * np.cos(a), y + 3.8 * np.sin(a))], out.rng.uniform(0.05, 0.14), 0.5)
    return out.height


def _cheek(face: Face) -> Map:
    """Fine lines that run down the cheek in arcs, and others across them."""
    out = _Folds(face, 63)
    for _ in range(64):
        x, y = out.rng.uniform(34, 60), out.rng.uniform(-56, -16)
        length, lean = out.rng.uniform(5, 15), out.rng.normal(0.10, 0.12) + 0.012 * (x - 40)
        if out.rng.random() < 0.35:  # across
            points = [(x, y), (x + 0.32 * length, y + 0.10 * length), (x + 0.6 * length, y + 0.26 * length)]
        else:
            points = [(x, y), (x + lean * length, y - 0.5 * length), (x + 0.6 * lean * length, y - length)]
        out.both(points, out.rng.uniform(0.05, 0.20), out.rng.uniform(0.5, 0.9), 0.05)
    return out.height


def _under_eye(face: Face) -> Map:
    out = _Folds(face, 55)
    for drop, depth, ends in ((0, 0.15, (20, 42)), (3.0, 0.28, (18, 44)), (6.4, 0.32, (17, 45)), (10.0, 0.22, (20, 44))):
        xs = np.linspace(*ends, 6)
        ys = -9.4 - drop + 0.0095 * (xs - 31) ** 2 + 0.03 * (xs - 31)
        out.both(list(zip(xs, ys, strict=True)), depth, 0.8, 0.45 * depth)
    for _ in range(44):
        x, y = out.rng.uniform(17, 44), out.rng.uniform(-24, -8)
        out.both([(x, y), (x + 2.5, y + out.rng.normal(0.2, 0.4)), (x + 5, y + out.rng.normal(0.6, 0.5))], out.rng.uniform(0.02, 0.08), 0.6)
    bag = np.exp(-0.5 * (((np.abs(face.x) - 30) / 11) ** 2 + ((face.y + 13.5) / 3.4) ** 2)) * face.front
    return out.height + 0.42 * bag


def _nasolabial(face: Face) -> Map:
    out = _Folds(face, 56)
    out.both([(17.0, -33.0), (21.0, -38.5), (25.0, -45), (28.2, -51.5), (30.2, -57), (31.0, -61.5)], 0.70, 2.3, 1.60, (1.0, 0.0))
    out.both([(19.4, -36.5), (22.8, -41.5), (26.0, -47), (28.6, -52.5)], 0.44, 1.0)
    cheek = np.exp(-0.5 * (((np.abs(face.x) - 33 + 0.22 * (face.y + 45)) / 6) ** 2 + ((face.y + 44) / 13) ** 2)) * face.front
    return out.height + 0.55 * cheek


def _corner(face: Face) -> Map:
    out = _Folds(face, 57)
    out.both([(27.4, -57.5), (28.8, -61), (28.8, -65), (28.0, -68)], 0.34, 1.0, 0.20, (0.6, 1.0))
    return out.height


def _marionette(face: Face) -> Map:
    out = _Folds(face, 62)
    out.both([(24.8, -67.0), (27.0, -73), (28.6, -80), (29.4, -89)], 0.46, 1.2, 0.70, (1.0, 0.35))
    out.both([(29.6, -72), (31.6, -79), (32.0, -85)], 0.14, 0.8, 0.06)
    return out.height


def _pucker(face: Face) -> Map:
    out = _Folds(face, 58)
    for x in np.arange(-15.5, 16, 2.4):
        x = x + out.rng.uniform(-0.5, 0.5)
        depth = out.rng.uniform(0.36, 0.75) * (1 - 0.35 * abs(x) / 16)
        top, foot = -52.0 - 0.010 * x * x, -72.5 + 0.016 * x * x
        if abs(x) > 3.2:  # not in the philtrum
            out.line([(1.30 * x, top + out.rng.uniform(7, 11)), (1.12 * x, top + 4.5), (x, top - 0.5)], depth, 0.8, 0.5 * depth)
        out.line([(x, top + 0.5), (0.94 * x, -61.5)], 0.8 * depth, 0.6, 0.45 * depth)
        out.line([(0.94 * x, -63), (x, foot - 0.5)], 0.8 * depth, 0.6, 0.45 * depth)
        if abs(x) < 12:
            out.line([(x, foot + 0.2), (1.1 * x, foot - 3.5), (1.2 * x, foot - 6)], 0.6 * depth, 0.65, 0.35 * depth)
    return out.height


def _chin(face: Face) -> Map:
    out = _Folds(face, 59)
    out.line([(-15, -81.5), (-8, -79.6), (0, -79.0), (8, -79.6), (15, -81.5)], 0.34, 1.1, 0.22)
    bumps = face.noise((1.5, 1.5), 91) + 0.6 * face.noise((0.8, 0.8), 92)
    zone = np.exp(-0.5 * ((face.x / 12) ** 2 + ((face.y + 90) / 7) ** 2)) * smoothstep(face.z, 14, 26)
    return out.height - 0.30 * np.maximum(bumps, 0.2) ** 1.3 * zone


def _neck(face: Face) -> Map:
    """Rings, told from (x, y): they lie behind the chin, where (x, y) is no place of its own."""
    turn = np.degrees(np.arctan2(face.x, face.z + 70))
    out = np.zeros_like(face.x)
    rng = np.random.default_rng(60)
    below = smoothstep(-face.y, 112, 122) * (1 - smoothstep(np.abs(turn), 70, 100))
    for height, depth, width in ((-129, 0.30, 1.0), (-145, 0.42, 1.1), (-158, 0.22, 0.9), (-137, 0.10, 0.6), (-151, 0.10, 0.6)):
        phase = rng.uniform(0, 6, 3)
        line = height - 5.0 * np.cos(np.radians(1.4 * turn)) + 0.8 * np.sin(0.09 * turn + phase[0]) + 0.45 * np.sin(0.23 * turn + phase[1])
        far = face.y - line
        broken = np.clip(0.7 + 0.5 * np.sin(0.07 * turn + phase[2]), 0.2, 1)
        out += (-depth * np.exp(-0.5 * (far / width) ** 2) + 0.4 * depth * np.exp(-0.5 * ((np.abs(far) - 2.6 * width) / (1.8 * width)) ** 2)) * broken
    bands = np.exp(-0.5 * ((np.abs(turn + 0.12 * (face.y + 140)) - 15) / 3.2) ** 2)
    return np.float32((out + 0.7 * bands * smoothstep(-face.y, 116, 130)) * below * (1 - smoothstep(-face.y, 160, 172)))


KINDS = {"forehead": _forehead, "glabella": _glabella, "bunny": _bunny, "crow": _crow, "under_eye": _under_eye, "nasolabial": _nasolabial,
         "corner": _corner, "marionette": _marionette, "cheek": _cheek,
         "pucker": _pucker, "chin": _chin, "neck": _neck}  # fmt: skip


def slopes(height: Map, face: Face) -> Map:
    """Slopes across and up of heights in millimetres, [S, S, 2]."""
    return np.stack([np.gradient(height, axis=1) / face.mm_across, np.gradient(height, axis=0) / face.mm_up], -1).astype(np.float32)


def hollow(height: Map, face: Face, reach_mm: float = 1.6) -> Map:
    """How far each place lies below its neighbourhood, millimetres, 0 where it does not."""
    reach = reach_mm / float(np.median(face.mm_up))
    return np.maximum(gaussian_filter(height, reach) - height, 0).astype(np.float32)
