"""The hair styles: for each what grows where, which way and how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from ada_parts import SKULL_CENTRE, Array, smoothstep
from groom_cards import CROPPED, EDGED, FEW, FULL, LOOSE, SOFT, SOLID, SPARSE, Ribbons
from groom_coils import DENSE, FRIZZ, OPEN, Curls, ringlets, sides
from groom_grow import Flow, Growth, Strands, clear, clump, grow, shake
from groom_scalp import DOWN, Scalp, hair_height, unit
from groom_shape import AlongTo, curl, from_line, inward, knot, over_ears, round_ears, tangent, trim
from scipy.ndimage import gaussian_filter1d

BACK, FORWARD, UP = np.array([0.0, 0.0, -1.0]), np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])
SIDEWAYS = np.array([0.25, 0.0, 0.0])
SHOULDER_M = 0.068  # from the middle: where hair lies on the shoulders
CROWN = np.array([0.006, 0.118, -0.115])


@dataclass
class Style:
    """A style as it is baked.

    Args:
        ribbons: its strands.
        line: which hairline it has.
        parting: points of the parting, metres [P, 3], or None.
        shell: how dark the scalp is under it, 0 to 1.
        torso: heights between which it passes from head to chest, or None.
        fade_m: how far from the hairline the scalp under it is all dark.
    """

    ribbons: Ribbons
    line: str
    parting: Array | None = None
    shell: float = 0.95
    torso: tuple[float, float] | None = None
    fade_m: float = 0.016


def baby(ribbons: Ribbons, scalp: Scalp, line: str, flow: Flow, seed: int, length_m: float = 0.014, count: int = 900) -> None:
    """Fine short hairs round the hairline, fewer the further out on the skin."""
    rng = np.random.default_rng(seed)
    height = hair_height(scalp.points, line)
    chance = np.exp(-np.clip(-height, 0, None) / 0.0022) * (height > -0.009) * (1 - smoothstep(height, 0.003, 0.010))
    chance *= ~scalp.on_ear(scalp.points) * (0.35 + 0.65 * smoothstep(scalp.points[:, 1], -0.045, 0.01))
    roots = scalp.points[rng.choice(len(height), count, replace=False, p=chance / chance.sum())]
    length = length_m * rng.uniform(0.35, 1.15, count) * (0.55 + 0.45 * smoothstep(hair_height(roots, line), -0.006, 0.004))

    def bent(p: Array, n: Array, r: Array) -> Array:
        return unit(flow(p, n, r) + 0.35 * tangent(np.random.default_rng(seed + 1).standard_normal(p.shape), n))

    strands = grow(scalp, roots, Growth(bent, length, rng.uniform(0.0004, 0.0022, count), rise_m=0.006, stand=0.30, stations=5), seed)
    ribbons.add_single(strands, rng.uniform(45e-6, 80e-6, count), seed)


def flyaways(ribbons: Ribbons, strands: Strands, count: int, off_m: float, seed: int, scalp: Scalp | None = None) -> None:
    """Loose hairs that leave the outer strands and break the outline."""
    rng = np.random.default_rng(seed)
    outer = np.argsort(-strands.layer)[: max(count, len(strands.layer) // 2)]
    chosen = strands.pick(rng.choice(outer, count))
    n, k, _ = chosen.points.shape
    t = np.linspace(0, 1, k)[None, :, None]
    side = unit(np.cross(chosen.normals, np.gradient(chosen.points, axis=1)))
    wave = np.sin(2 * np.pi * (rng.uniform(0.4, 1.3, (n, 1, 1)) * t + rng.random((n, 1, 1))))
    off = off_m * rng.gamma(1.6, 0.6, (n, 1, 1)) * smoothstep(t, 0.05, 0.7)
    chosen.points = chosen.points + chosen.normals * off + side * wave * off_m * 1.2 * smoothstep(t, 0.1, 0.8)
    if scalp is not None:
        chosen.points = clear(scalp, chosen.points, np.full(n, 0.003), 0.02)
    ribbons.add_single(chosen, 70e-6, seed)


def part_line(x: float, front_z: float = 0.031, back_z: float = -0.105) -> Array:
    """Points of a parting from the hairline to the crown on a head like Ada's, [P, 3], above the skin."""
    z = np.linspace(front_z, back_z, 240)
    return np.stack([x + (CROWN[0] - x) * smoothstep(-z, 0.02, -back_z), 0.09 + 0.03 * smoothstep(-z, -0.03, 0.05), z], -1)


def cap(scalp: Scalp) -> Style:
    """A few millimetres all over."""
    bare = Scalp.of(scalp.head, ears=False)
    ribbons, rng = Ribbons(), np.random.default_rng(2)
    roots = scalp.roots("square", 0.0026, 3, (-0.0005, 1.0))
    edge = smoothstep(hair_height(roots, "square"), -0.001, 0.012)
    length = 0.0085 * rng.uniform(0.7, 1.25, len(roots)) * (0.45 + 0.55 * edge)
    strands = grow(bare, roots, Growth(crop_flow, length, 0.0036 * rng.uniform(0.6, 1.3, len(roots)) * (0.4 + 0.6 * edge), 0.006, 0.5, stations=2), 4, 4)
    ribbons.add(strands.pick(edge > 0.3), 0.0036, CROPPED, 5, roll=0.35, taper=0.2, kind=EDGED)
    ribbons.add(strands.pick((edge <= 0.3) & (edge > 0.10)), 0.0022, (*SPARSE, *FEW), 5, roll=0.4, taper=0.2, kind=SOFT)
    baby(ribbons, bare, "square", crop_flow, 6, 0.006, 1900)
    flyaways(ribbons, strands, 500, 0.0012, 7)
    return Style(ribbons, "square", shell=0.86)


def crop_flow(p: Array, n: Array, r: Array) -> Array:
    """Short hair: out from the whorl at the crown, forward on the top, down at sides and back."""
    top = smoothstep((p - SKULL_CENTRE)[:, 1], 0.035, 0.075)[:, None]
    out = tangent(p - CROWN, n)
    aside = tangent(np.broadcast_to(DOWN + 0.35 * BACK, p.shape), n)
    return round_ears(unit(0.45 * unit(out) + top * tangent(np.broadcast_to(FORWARD + SIDEWAYS, p.shape), n) + (1 - top) * aside), p, n)


def cropped(ribbons: Ribbons, strands: Strands, edge: Array, width_m: float, seed: int, fringe: float = 0.70) -> None:
    """Ribbons for short hair: full next to the skin, finer outside and, by the share `fringe`, along the hairline."""
    outer = strands.layer > np.quantile(strands.layer, 0.5)
    rim = edge < 0.45
    ribbons.add(strands.pick(~outer & ~rim), 1.15 * width_m, CROPPED, seed, taper=0.35, kind=EDGED)
    ribbons.add(strands.pick(outer & ~rim), width_m, (*CROPPED, *LOOSE), seed + 1, taper=0.4, roll=0.45, kind=EDGED)
    ribbons.add(strands.pick(rim), fringe * width_m, (*LOOSE, *SPARSE), seed + 2, taper=0.4, roll=0.3, kind=SOFT)


def short(scalp: Scalp) -> Style:
    """A man's crop: longer on the top, which falls forward."""
    bare = Scalp.of(scalp.head, ears=False)
    ribbons, rng = Ribbons(), np.random.default_rng(12)
    roots = scalp.roots("square", 0.0031, 13, (-0.0005, 1.0))
    top = smoothstep(roots[:, 1] - SKULL_CENTRE[1], 0.020, 0.065)
    edge = smoothstep(hair_height(roots, "square"), -0.001, 0.014)
    nape = smoothstep(-roots[:, 1], 0.0, 0.05)
    length = (0.019 + 0.026 * top - 0.008 * nape) * rng.uniform(0.75, 1.2, len(roots)) * (0.5 + 0.5 * edge)
    lift = (0.0045 + 0.0095 * top - 0.002 * nape) * rng.uniform(0.35, 1.15, len(roots)) * (0.3 + 0.7 * edge)
    strands = grow(bare, roots, Growth(crop_flow, length, lift, 0.016, 0.38, stations=4), 14)
    strands = shake(clump(strands, 0.010, 0.45, 15), 0.0012, 0.5, 16)
    cropped(ribbons, strands, edge, 0.0040, 17)
    baby(ribbons, bare, "square", crop_flow, 20, 0.010, 1000)
    flyaways(ribbons, strands, 450, 0.0030, 21)
    return Style(ribbons, "square")


def side(scalp: Scalp) -> Style:
    """A side parting, combed over; short at sides and nape."""
    parting = part_line(0.034)
    away = from_line(parting)
    bare = Scalp.of(scalp.head, ears=False)

    def flow(p: Array, n: Array, r: Array) -> Array:
        top = smoothstep(p[:, 1] - SKULL_CENTRE[1], 0.030, 0.070)[:, None]
        over = tangent(away(p, n, r) + 0.35 * BACK + 0.15 * UP, n)
        aside = tangent(np.broadcast_to(DOWN + 0.6 * BACK, p.shape), n)
        return round_ears(unit(top * unit(over) + (1 - top) * aside), p, n)

    ribbons, rng = Ribbons(), np.random.default_rng(22)
    roots = scalp.roots("square", 0.0033, 23, (-0.0005, 1.0))
    top = smoothstep(roots[:, 1] - SKULL_CENTRE[1], 0.028, 0.066)
    edge = smoothstep(hair_height(roots, "square"), -0.001, 0.012)
    nape = smoothstep(-roots[:, 1], 0.0, 0.05)
    heavy = smoothstep(parting[0, 0] - roots[:, 0], -0.004, 0.01)  # the side that is combed over
    length = (0.020 - 0.008 * nape + top * (0.026 + 0.036 * heavy)) * rng.uniform(0.8, 1.15, len(roots)) * (0.55 + 0.45 * edge)
    lift = (0.0045 - 0.002 * nape + 0.0115 * top * (0.5 + 0.5 * heavy)) * rng.uniform(0.3, 1.15, len(roots)) * (0.3 + 0.7 * edge)
    strands = grow(bare, roots, Growth(flow, length, lift, 0.020, 0.36, stations=5), 24)
    strands = shake(clump(strands, 0.013, 0.45, 25), 0.0014, 0.5, 26)
    seen = edge > 0.14  # nearer to the hairline there are single hairs only
    cropped(ribbons, strands.pick(seen), edge[seen], 0.0044, 27, fringe=0.48)
    baby(ribbons, bare, "square", flow, 30, 0.012, 1700)
    flyaways(ribbons, strands, 350, 0.0035, 31)
    return Style(ribbons, "square", parting)


# Layers of ringlets from the inside out, then small ones along the hairline; which picture, how much each layer is seen, how it is drawn.
_CURLS = (
    (Curls(0.0110, (0.005, 1.0), (0.10, 0.35), 0.0135), DENSE, 0.2, SOLID),
    (Curls(0.0082, (0.004, 1.0), (0.30, 0.75), 0.0102), DENSE, 0.7, SOLID),
    (Curls(0.0088, (0.006, 1.0), (0.60, 1.05), 0.0094), (*DENSE, *OPEN), 1.0, EDGED),
    (Curls(0.0130, (0.010, 1.0), (0.80, 1.15), 0.0080, (0.85, 0.3)), FRIZZ, 1.0, EDGED),
    (Curls(0.0050, (0.003, 0.013), (0.10, 0.80), 0.0072), (DENSE[1], DENSE[3], *OPEN), 0.9, SOLID),
    (Curls(0.0038, (0.0, 0.005), (0.05, 0.60), 0.0062), OPEN, 0.9, EDGED),
)


def curly(scalp: Scalp) -> Style:
    """Round and full: ringlets lying on each other every which way."""

    def flow(p: Array, n: Array, r: Array) -> Array:
        return unit(n + 0.25 * tangent(p - CROWN, n) + 0.25 * DOWN)

    ribbons = Ribbons()
    for k, (how, columns, shown, kind) in enumerate(_CURLS):
        strands, width = ringlets(scalp, "soft", how, 33 + k)
        strands.layer = np.full(len(width), shown)
        ribbons.add_coils(strands, sides(strands), width, columns, 39 + k, kind)
    how_loose = Growth(flow, np.full(1, 0.036), np.full(1, 0.026), 0.05, 0.8, fall=0.2, hug=0.05, stiff=0.75, stations=9)
    wound = grow(scalp, scalp.roots("soft", 0.0075, 31), how_loose, 35)
    baby(ribbons, scalp, "soft", flow, 42, 0.011, 900)
    flyaways(ribbons, curl(wound, 0.004, 1.6, 37), 220, 0.002, 43)
    return Style(ribbons, "soft")


def _hanging(parting: Array, sweep: float) -> Flow:
    """From the parting over the sides and down, on the shoulders forward or back; `sweep`: how far the front goes back."""
    away = from_line(parting)

    def flow(p: Array, n: Array, r: Array) -> Array:
        beside = smoothstep(np.abs(p[:, 0]), 0.025, 0.066)[:, None]
        beside = np.maximum(beside, smoothstep(-p[:, 2], 0.10, 0.16)[:, None])
        # Along the forehead it runs beside the hairline and back, and falls only past the temples.
        front = smoothstep(p[:, 2], -0.045, 0.0)[:, None] * smoothstep(p[:, 1], 0.0, 0.03)[:, None]
        beside = beside * (1 - front)
        aside = unit(tangent(away(p, n, r), n))
        fall = tangent(np.broadcast_to(DOWN, p.shape), n)
        low = smoothstep(-p[:, 1], 0.09, 0.14)[:, None]
        before = np.where(r[:, 2:] > -0.075, 1.0, -1.0)
        # On the shoulders it gathers beside the neck and goes over them, forward or back.
        wide = np.clip((np.abs(p[:, :1]) - SHOULDER_M) / 0.025, -1, 1)
        wide = np.where((before < 0) & (wide < 0), 0.0, wide)
        chest = np.concatenate([-1.5 * np.sign(p[:, :1]) * wide, -np.ones_like(low), 1.3 * before], 1)
        hang = (1 - low) * fall + low * tangent(chest, n)
        return unit(aside * (1 - 0.85 * beside) + 1.1 * beside * hang + sweep * front * tangent(np.broadcast_to(BACK + 0.15 * UP, p.shape), n))

    return flow


@dataclass(frozen=True)
class Hung:
    """One layer of hanging hair.

    Args:
        apart_m: between roots.
        within_m: how far these lie from hairline and parting at most, and from the hairline at least.
        lift_m: least and most above the skin.
        least_m: that it lies above the skin once it has swayed.
        columns: of the strand picture.
        share: of the style's stations.
        width_m: of a ribbon.
        kind: how it is drawn.
        shown: how much it is seen, which decides what a lower level leaves out.
    """

    apart_m: float
    within_m: tuple[float, float]
    lift_m: tuple[float, float]
    least_m: float
    columns: tuple[int, ...]
    share: float
    width_m: float
    kind: int
    shown: float


# From the inside out, each clear of the next. What lies outside comes from the parting, so that no root is seen on other hair; fine hair makes the hairline.
_LAYERS = (
    Hung(0.0120, (1.0, 0.010), (0.0012, 0.0024), 0.0016, FULL, 0.8, 0.0125, SOLID, 0.62),
    Hung(0.0076, (0.034, 0.007), (0.0034, 0.0044), 0.0030, FULL, 1.0, 0.0090, SOLID, 0.85),
    Hung(0.0054, (0.020, 0.005), (0.0056, 0.0068), 0.0050, LOOSE, 1.2, 0.0072, EDGED, 0.95),
    Hung(0.0037, (0.009, -0.0015), (0.0010, 0.0030), 0.0012, (*LOOSE, *SPARSE), 0.65, 0.0044, SOFT, 1.0),
)
_RIM_TO_M = -0.02  # height to which the fine hair along hairline and parting reaches
_INNER_HIGHER_M = 0.004  # that inner layers end above outer ones, so that tips are fine


def _hung(scalp: Scalp, parting: Array, sweep: float, ends: tuple[float, float], stations: int, seed: int) -> list[Strands]:
    """Layers of hanging hair down to a height, metres, with its spread."""
    rng, made, flow = np.random.default_rng(seed), [], _hanging(parting, sweep)
    bare = Scalp.of(scalp.head, ears=False)
    for k, layer in enumerate(_LAYERS):
        roots = scalp.roots("soft", layer.apart_m, seed + 1 + k, (min(0.0, layer.within_m[1]), layer.within_m[0]), parting if layer.within_m[0] < 1 else None)
        forehead = 0.15 + 0.85 * smoothstep(roots[:, 1], 0.030, 0.055)  # beside the face the locks themselves are the edge
        roots = roots[hair_height(roots, "soft") > layer.within_m[1] * (forehead if k else 1.0)]
        edge = smoothstep(hair_height(roots, "soft"), -0.002, 0.025)
        lift = rng.uniform(*layer.lift_m, len(roots)) * (0.35 + 0.65 * edge)
        steps = 34 if ends[0] > -0.15 else 46
        how = Growth(flow, np.full(len(roots), steps / 100), lift, 0.050, 0.06, fall=0.95, hug=0.22, stiff=0.6, stations=steps)
        strands = grow(scalp, roots, how, seed + 5 + k)
        # Hair that hangs spans the hollows beside ears and neck.
        strands.points[:, 4:] = gaussian_filter1d(strands.points, 2.6, axis=1, mode="nearest")[:, 4:]
        strands.points = clear(scalp, strands.points, 0.6 * lift + 0.0012, 0.012)
        # Light falls on it as on one surface, whatever ear is under it.
        _, out = bare.near(strands.points.reshape(-1, 3))
        strands.normals = unit(gaussian_filter1d(out.reshape(strands.points.shape), 2.0, axis=1, mode="nearest"))
        low_end = np.full(len(roots), ends[0] + _INNER_HIGHER_M * (2 - k)) if k < 3 else np.minimum(_RIM_TO_M, roots[:, 1] - 0.05)
        ragged = ends[1] * rng.standard_normal(len(roots)) + 0.012 * smoothstep(-roots[:, 2], 0.08, 0.16)
        made.append(trim(strands, low_end + ragged, round(layer.share * stations)))
        made[-1].layer = np.full(len(roots), layer.shown)
    return made


def _over(scalp: Scalp, points: Array, least_m: float) -> Array:
    """Points [N, K, 3] that lie at least so far above the skin near their roots, and clear of ears and neck further on."""
    count = len(points)
    points = clear(scalp, clear(scalp, points, np.full(count, least_m), 0.03), np.full(count, max(least_m, 0.0070)), 0.12)
    return over_ears(scalp, points, least_m)


def bob(scalp: Scalp) -> Style:
    """To the jaw, parted a little beside the middle, tips turned in."""
    parting = part_line(0.016)
    flow = _hanging(parting, 0.9)
    ribbons = Ribbons()
    made = [inward(strands, 0.011, -0.045) for strands in _hung(scalp, parting, 0.9, (-0.098, 0.0035), 12, 52)]
    for k, strands in enumerate(made):
        how = _LAYERS[k]
        swayed = shake(clump(strands, 0.016, 0.20, 59 + k, 2.0), 0.0045, 0.5, 63 + k, 0.08)
        swayed.points = _over(scalp, swayed.points, how.least_m)
        ribbons.add(swayed, (1.35 if k < 3 else 1.0) * how.width_m, how.columns, 67 + k, taper=0.25, roll=0.08, kind=how.kind)
    baby(ribbons, scalp, "soft", flow, 72, 0.014, 700)
    flyaways(ribbons, made[2], 160, 0.005, 73, scalp)
    return Style(ribbons, "soft", parting, fade_m=0.024)


def long(scalp: Scalp) -> Style:
    """Over the shoulders, parted in the middle."""
    parting = part_line(-0.006)
    flow = _hanging(parting, 1.1)
    ribbons = Ribbons()
    made = _hung(scalp, parting, 1.1, (-0.225, 0.011), 14, 82)
    for k, strands in enumerate(made):
        how = _LAYERS[k]
        swayed = shake(clump(strands, 0.018, 0.42, 89 + k, 1.8), 0.006, 0.9, 93 + k, 0.10)
        swayed.points = _over(scalp, swayed.points, how.least_m)
        ribbons.add(swayed, 1.08 * how.width_m, how.columns, 97 + k, taper=0.5, roll=0.08, kind=how.kind)
    baby(ribbons, scalp, "soft", flow, 102, 0.014, 700)
    flyaways(ribbons, made[2], 160, 0.006, 103, scalp)
    return Style(ribbons, "soft", parting, torso=(-0.115, -0.175), fade_m=0.024)


def bun(scalp: Scalp) -> Style:
    """Combed back into a knot."""
    end = SKULL_CENTRE + 0.105 * unit(np.array([0.0, 0.22, -1.0]))
    to_knot = AlongTo(end)
    bare = Scalp.of(scalp.head, ears=False)

    def flow(p: Array, n: Array, r: Array) -> Array:
        return round_ears(to_knot(p, n, r), p, n)

    ribbons, rng = Ribbons(), np.random.default_rng(112)
    # What lies outside comes from the hairline, so that no root is seen on other hair.
    layers = ((0.0080, 1.0, 0.0012, 0.0030, FULL, 9), (0.0075, 0.040, 0.0025, 0.0045, FULL, 12), (0.0062, 0.018, 0.0038, 0.0060, LOOSE, 14),
              (0.0032, 0.008, 0.0008, 0.003, (*LOOSE, *SPARSE), 9))  # fmt: skip
    made = []
    for k, (apart, within, low, high, columns, stations) in enumerate(layers):
        roots = scalp.roots("soft", apart, 113 + k, (0.0, within))
        roots = roots[np.linalg.norm(roots - end, axis=1) > 0.035]
        edge = smoothstep(hair_height(roots, "soft"), -0.002, 0.03)
        top = 0.6 + 0.7 * smoothstep(roots[:, 1], 0.0, 0.09)
        lift = rng.uniform(low, high, len(roots)) * (0.3 + 0.7 * edge) * top
        length = to_knot.distance(roots) * rng.uniform(0.92, 1.05, len(roots)) * (1.0 if k < 3 else 0.75)
        strands = grow(bare, roots, Growth(flow, length, lift, 0.035, 0.16, hug=0.35, stiff=0.45, stations=stations), 117 + k)
        made.append(shake(clump(strands, 0.014, 0.25, 121 + k), 0.0016, 0.5, 125 + k))
        made[-1].layer = np.full(len(roots), (0.1, 0.5, 0.95, 1.0)[k])
        ribbons.add(made[-1], 0.0095 if k < 3 else 0.0050, columns, 129 + k, taper=0.15, roll=0.12, kind=(SOLID, SOLID, EDGED, SOFT)[k])
    for k, (coil, columns) in enumerate(knot(end)):
        ribbons.add(coil, 0.0080 if k < 2 else 0.0065, columns, 133 + k, roll=0.3, taper=0.3, kind=EDGED if k == 2 else SOLID)
    baby(ribbons, bare, "soft", flow, 137, 0.017, 1100)
    flyaways(ribbons, made[2], 160, 0.0035, 138)
    flyaways(ribbons, coil, 60, 0.004, 139)
    return Style(ribbons, "soft")


STYLES: dict[str, Callable[[Scalp], Style]] = {"cap": cap, "short": short, "side": side, "curly": curly, "bob": bob, "long": long, "bun": bun}
