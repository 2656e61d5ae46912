"""Bake brows and beards into `assets/heads/whiskers.npz`.

    python packaging/groom_face.py

Run it after `bake_ada.py`. Hairs grow where `look_skin_hair.py` shades the skin for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ada_parts import Array, smoothstep
from groom_grow import Growth, Strands, clump, grow
from groom_scalp import DOWN, Scalp, unit
from groom_shape import tangent
from look_skin_hair import _LIP_FOOT, _LIP_TOP, BEARDS, BROWS, beard_shade
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.spatial import cKDTree

from engine.head import ada, whiskers

ASSETS = Path(__file__).resolve().parents[1] / "assets" / "heads"
AHEAD_M = 0.005
MOST_OFF = 1.6  # of a brow's half height: what the thickest brows reach


@dataclass
class Hairs:
    """R tufts of H hairs of one style.

    Args:
        points: [R, H, K, 3] metres; the first stations lie on the skin.
        width: [R, H] metres; 0 for none.
        off: [R].
    """

    points: Array
    width: Array
    off: Array


def front(scalp: Scalp) -> tuple[cKDTree, Array]:
    """The face's front by x and y: a tree over the foremost samples, and these."""
    p = scalp.points[(scalp.normals[:, 2] > 0.15) & (scalp.points[:, 2] > -0.06)]
    return cKDTree(p[:, :2]), p


def brow(style: str, scalp: Scalp) -> Hairs:
    """Both brows: inner hairs stand up, then they lie along the brow; the upper ones comb down to its crest."""
    rng = np.random.default_rng(sorted(BROWS).index(style) + 70)
    line = np.array(BROWS[style])
    crest = PchipInterpolator(line[:, 0], line[:, 1:])
    tree, surface = front(scalp)
    area = float(np.trapezoid(line[:, 2], line[:, 0]))
    count, stations = int(4.0 * area + 50), 4
    first, last = line[0, 0], line[-1, 0]
    rows = []
    for side in (1.0, -1.0):
        u = rng.beta(1.0, 1.12, count)
        x = first + u * (last - first)
        y, half = crest(x).T
        v = np.clip(rng.normal(0, 0.62, count), -MOST_OFF, MOST_OFF)
        mess = {"bushy": 1.6, "thin": 0.6}.get(style, 1.0)
        lie = np.interp(u, [0, 0.10, 0.30, 0.6, 1.0], [80, 60, 33, 10, -26]) - 17 * v + mess * rng.normal(0, 6.5, count)
        length = rng.uniform(5.0, 8.2, count) * np.interp(u, [0, 0.15, 0.5, 1], [0.72, 0.95, 1.0, 0.70]) * (0.55 + 0.15 * half.clip(0, 5))
        bend = rng.normal(-12, 7, count)
        t = np.linspace(0, 1, stations)
        angle = np.radians(lie[:, None] + bend[:, None] * t)
        step = length[:, None] / (stations - 1)
        px = x[:, None] + np.concatenate([np.zeros((count, 1)), np.cumsum(np.cos(angle[:, :-1]) * step, 1)], 1)
        py = (y + v * half)[:, None] + np.concatenate([np.zeros((count, 1)), np.cumsum(np.sin(angle[:, :-1]) * step, 1)], 1) - 0.25 * half[:, None]
        flat = np.stack([side * px, py], -1) / 1000
        _, i = tree.query(flat.reshape(-1, 2), k=4)
        z = surface[i][:, :, 2].mean(1).reshape(count, stations)
        p = np.concatenate([flat, z[..., None]], -1)
        _, normal = scalp.near(p.reshape(-1, 3))
        rise = rng.uniform(0.0005, 0.0013, (count, 1)) * np.sin(np.pi * np.clip(t * 0.85, 0, 1))[None] * (1.25 if style == "bushy" else 1.0)
        p = p + normal.reshape(p.shape) * (rise + 0.0001)[..., None]
        rows.append((p, 1e-6 * rng.uniform(75, 125, count) * np.interp(u, [0, 0.2, 0.8, 1], [0.75, 1, 1, 0.8]), np.abs(v)))
    points, width, off = (np.concatenate(part) for part in zip(*rows, strict=True))
    return Hairs(points[:, None], width[:, None], off)


def over_lips(p: Array, margin_mm: float) -> NDArray[np.bool_]:
    """Which points [..., 3] metres are before the lips' red, or nearer to it than the margin."""
    x, y = np.abs(p[..., 0]) * 1000, p[..., 1] * 1000
    return (x < 25) & (y < _LIP_TOP(np.minimum(x, 26)) + margin_mm) & (y > _LIP_FOOT(np.minimum(x, 24)) - margin_mm) & (p[..., 2] > -0.02)


def beard_flow(p: Array, n: Array, r: Array) -> Array:
    """Down, on the upper lip aside, on chin and throat forward too."""
    side = np.sign(r[:, :1] + 1e-6)
    lip = (smoothstep(r[:, 1], -0.066, -0.060) * (1 - smoothstep(np.abs(r[:, 0]), 0.024, 0.032)))[:, None]
    under = smoothstep(-r[:, 1], 0.088, 0.110)[:, None]
    way = (1 - lip) * (DOWN + np.array([0, 0, 0.10])) + lip * (side * [0.95, 0, 0] + [0, -0.75, 0]) + under * [0, 0.15, 0.75]
    return unit(tangent(way, n))


def roots_of(style: str, scalp: Scalp, apart_m: float, seed: int) -> tuple[Array, Array]:
    """Roots [N, 3] of a beard, thinned out where it is thin, and how dense it stands at each."""
    rng = np.random.default_rng(seed)
    mm = scalp.points * 1000
    shade = beard_shade(style, mm[:, 0], mm[:, 1], mm[:, 2])
    pool = np.flatnonzero((shade > 0.03) & ~over_lips(scalp.points, 1.2) & ~scalp.on_ear(scalp.points) & (rng.random(len(shade)) < shade + 0.05))
    pool = rng.permutation(pool)
    p, taken = scalp.points[pool], []
    tree, gone = cKDTree(p), np.zeros(len(pool), bool)
    for i in range(len(pool)):
        if not gone[i]:
            taken.append(i)
            gone[tree.query_ball_point(p[i], apart_m)] = True
    chosen = pool[taken]
    return scalp.points[chosen], shade[chosen]


def cut_at_lips(points: Array) -> Array:
    """Strands [N, K, 3] that end before the lips' red, with as many stations."""
    out = points.copy()
    k = np.arange(points.shape[1])
    for i in np.flatnonzero(over_lips(points, 1.1).any(1)):
        fine = np.linspace(0, k[-1], 41)
        path = np.stack([np.interp(fine, k, points[i, :, a]) for a in range(3)], -1)
        first = int(np.argmax(over_lips(path, 1.1)))
        at = np.linspace(0, fine[max(first - 1, 1)], len(k))
        out[i] = np.stack([np.interp(at, k, points[i, :, a]) for a in range(3)], -1)
    return out


@dataclass(frozen=True)
class Cut:
    """How a beard is worn.

    Args:
        apart_m: between tufts.
        hairs: of a tuft.
        length_m: of hairs on the cheeks, the upper lip and the chin.
        lift_m: how far they lie off the skin, likewise.
        stand: 0 lying to 1 upright at the root.
        width_m: of a hair.
        stations: of a hair.
    """

    apart_m: float
    hairs: int
    length_m: tuple[float, float, float]
    lift_m: tuple[float, float, float]
    stand: float
    width_m: float
    stations: int = 3


CUTS: dict[str, Cut] = {
    "shadow": Cut(0.0040, 4, (0.0007, 0.0007, 0.0007), (0.0004,) * 3, 0.6, 85e-6, 2),
    "stubble": Cut(0.0036, 7, (0.0019, 0.0019, 0.0021), (0.0008,) * 3, 0.5, 90e-6, 2),
    "moustache": Cut(0.0022, 10, (0.0065, 0.0090, 0.0080), (0.0012, 0.0024, 0.0018), 0.36, 125e-6, 4),
    "goatee": Cut(0.0027, 8, (0.0070, 0.0080, 0.0140), (0.0018, 0.0022, 0.0042), 0.38, 130e-6, 4),
    "short": Cut(0.0036, 9, (0.0058, 0.0068, 0.0080), (0.0016, 0.0018, 0.0026), 0.46, 120e-6, 3),
    "full": Cut(0.0039, 8, (0.0150, 0.0105, 0.0360), (0.0036, 0.0028, 0.0105), 0.42, 150e-6, 4),
}


def _by_place(values: tuple[float, float, float], roots: Array) -> Array:
    """Of cheeks, upper lip and chin, mixed by where roots [N, 3] are."""
    lip = smoothstep(roots[:, 1], -0.070, -0.062) * (1 - smoothstep(np.abs(roots[:, 0]), 0.024, 0.034)) * (roots[:, 2] > 0)
    chin = smoothstep(-roots[:, 1], 0.068, 0.090) * (1 - smoothstep(np.abs(roots[:, 0]), 0.028, 0.060)) * smoothstep(roots[:, 2], -0.050, -0.005)
    return values[0] * (1 - lip) * (1 - chin) + values[1] * lip + values[2] * chin * (1 - lip)


def beard(style: str, scalp: Scalp) -> Hairs:
    """A beard: tufts whose hairs grow close to one another."""
    cut, seed = CUTS[style], 200 + 10 * BEARDS.index(style)
    rng = np.random.default_rng(seed)
    middle, shade = roots_of(style, scalp, cut.apart_m, seed)
    if cut.stations > 2:  # trimmed where the neck begins
        kept = rng.random(len(middle)) < 1 - smoothstep(-middle[:, 1], 0.104, 0.124)
        middle, shade = middle[kept], shade[kept]
    _, out = scalp.near(middle)
    spread = 0.55 * cut.apart_m * rng.standard_normal((len(middle), cut.hairs, 3))
    spread[:, 0] = 0
    roots = (middle[:, None] + tangent(spread, np.broadcast_to(out[:, None], spread.shape))).reshape(-1, 3)
    height, normal = scalp.near(roots)
    roots = roots - normal * height[:, None]
    shade = np.repeat(shade, cut.hairs)
    full = (0.5 + 0.5 * np.clip(1.4 * shade, 0, 1)) * rng.uniform(0.6, 1.25, len(roots))
    length, lift = _by_place(cut.length_m, roots) * full, _by_place(cut.lift_m, roots) * rng.uniform(0.3, 1.15, len(roots))

    def flow(p: Array, n: Array, r: Array) -> Array:
        return unit(beard_flow(p, n, r) + 0.30 * np.random.default_rng(seed).standard_normal(p.shape))

    how = Growth(flow, length, lift, 0.5 * float(np.median(length)), cut.stand, fall=0.6, hug=0.1, stiff=0.6, stations=max(cut.stations, 3))
    points = grow(scalp, roots, how, seed).points
    if cut.stations > 3:
        points = clump(Strands(points, points, roots, length, length), 2.2 * cut.apart_m, 0.35, seed).points
    whole = np.linalg.norm(np.diff(points, axis=1), axis=-1).sum(1)
    points = cut_at_lips(points)
    if cut.stations == 2:
        points = points[:, [0, -1]]
    kept = (np.linalg.norm(np.diff(points, axis=1), axis=-1).sum(1) > 0.3 * whole) & ~over_lips(roots, 0.9)
    width = np.where(kept, cut.width_m * rng.uniform(0.75, 1.2, len(roots)), 0.0)
    shape = (len(middle), cut.hairs)
    return Hairs(points.reshape(*shape, cut.stations, 3), width.reshape(shape), np.zeros(len(middle)))


def packed(hairs: Hairs, scalp: Scalp, seed: int) -> dict[str, NDArray]:
    """Arrays for the file: roots and the places ahead of them, and hairs in the frames that these make."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(hairs.points))
    points, width, off = hairs.points[order], hairs.width[order], hairs.off[order]
    height, normal = scalp.near(points[:, 0, 0])
    root = points[:, 0, 0] - normal * height[:, None]
    way = unit(tangent(points[:, 0, -1] - points[:, 0, 0], normal))
    ahead = root + AHEAD_M * way
    height, out = scalp.near(ahead)
    ahead = ahead - out * height[:, None]
    axis = unit(tangent(ahead - root, normal))
    frame = np.stack([axis, np.cross(normal, axis), normal], 1)
    local = np.einsum("rhkc,rac->rhka", points - root[:, None, None], frame)
    return {
        "place": np.round(np.concatenate([root, ahead]) / whiskers.STEP_M).astype(np.int16),
        "local": np.round(local / whiskers.STEP_M).astype(np.int16),
        "width": np.round(width / whiskers.WIDTH_STEP_M).astype(np.uint8),
        "seed": rng.integers(0, 256, width.shape).astype(np.uint8),
        "off": np.round(100 * off).astype(np.uint8),
    }


def main() -> None:
    """Bake all styles."""
    scalp = Scalp.of(ada.load())
    arrays: dict[str, NDArray] = {}
    styles = [("brow", style, brow(style, scalp)) for style in BROWS] + [("beard", style, beard(style, scalp)) for style in BEARDS]
    for kind, style, hairs in styles:
        made = packed(hairs, scalp, len(arrays))
        arrays |= {f"{kind}/{style}/{name}": value for name, value in made.items()}
        print(kind, style, "x".join(str(n) for n in made["local"].shape))
    np.savez_compressed(ASSETS / "whiskers.npz", **arrays)
    print("whiskers.npz", (ASSETS / "whiskers.npz").stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
