"""Garments with collars, hood and lapels."""

from __future__ import annotations

import numpy as np
from ada_parts import Array, smoothstep
from garment_chart import COLUMNS, frames
from garment_cut import BODY, BUTTON, CORD, SECOND, TRIM, Cutter, Piece
from garment_styles import AROUND, crew, hem, plane, shell

_SHOWN_ROWS = 27  # of the front of what is worn under a jacket, from the neckline


def collar(cut: Cutter, field: Array, *, first: float, height: float, fall: tuple[float, float], out: float, lift: float, tip: float, kind: int) -> Piece:
    """A collar of stand and fall: up round the neck, over, and down outside, open in front.

    Args:
        cut: the chart.
        field: over the neckline it stands on.
        first: angle from the front at which it begins, radians.
        height: of the stand, metres.
        fall: length of what falls, at the back and at its tips, metres.
        out: metres out where it stands.
        lift: metres its lower edge stands off further.
        tip: radians that its tips reach to the side.
        kind: of cloth.
    """
    begin = first / (2 * np.pi) * COLUMNS
    columns = np.linspace(begin, COLUMNS - begin, 84)
    turn = 2 * np.pi * columns / COLUMNS
    from_front = np.minimum(turn, 2 * np.pi - turn)
    start = cut.line(field, columns)
    ends = np.exp(-(((from_front - first) / 0.42) ** 2))
    tall = height * (1.0 - 0.22 * ends)
    long = fall[0] + (fall[1] - fall[0]) * np.exp(-(((from_front - first) / 0.55) ** 2))
    aside = np.where(turn < np.pi, 1.0, -1.0) * tip / (2 * np.pi) * COLUMNS * np.exp(-(from_front - first) / 0.40)
    rows = [(0.004, out - 0.0012, 0.0), *((-s * tall, out + 0.0012 * s, 0 * tall) for s in (0.0, 0.35, 0.7, 1.0))]
    rows += [(-tall - 0.0020 * np.sin(a), out + 0.0012 + 0.0024 * (1 - np.cos(a)), 0 * tall) for a in (0.8, 1.6, 2.4)]
    over = np.linspace(0.0, 1.0, 9)
    outer = lambda s: out + 0.0058 + (lift - 0.002) * s + 0.0030 * np.sin(np.pi * s)  # noqa: E731
    rows += [(-tall + s * long, outer(s) + 0 * tall, aside * s) for s in over]
    rows += [(-tall + (1.012) * long, outer(1.0) - 0.0011, aside * 1.01)]
    rows += [(-tall + s * long, outer(s) - 0.0022, aside * s) for s in (0.99, 0.8, 0.55, 0.25)]
    shape = np.stack([np.stack(np.broadcast_arrays(*row, tall)[:3], -1) for row in rows])  # [R, C, 3]
    piece = cut.strip(start, columns, shape, kind, stiff=0.45, closed=False)
    _close_ends(piece)
    piece.edge[:] = 1000 * np.minimum(np.abs(over[-1] - np.clip((shape[..., 0] + tall) / long, 0, 1)) * long, 0.05)
    return piece


def _close_ends(piece: Piece) -> None:
    """Both layers meet at the open ends."""
    layers = piece.offset[..., 2]
    n = len(layers)
    for end in (0, -1):
        outer, under = np.arange(8, 17), np.arange(n - 4, n)
        near = outer[[8, 6, 4, 2]]
        layers[under, end] = layers[near, end] - 0.0004


def shirt(cut: Cutter) -> list[Piece]:
    """A shirt with its top button open."""
    p = cut.points
    neck = plane(cut, -0.161, 0.40)
    opened = np.where(p[..., 2] > -0.085, np.maximum(neck, p[..., 1] - (-0.222 + 2.0 * np.abs(p[..., 0]))), neck)
    start = cut.line(opened, AROUND)
    band = cut.band(start, AROUND, hem(0.010, -0.0010, 0.0016, 0.0003), TRIM)
    body = shell(cut, cut.below(start, np.full(len(AROUND), 0.008), AROUND), 0.0046, 0.0052, 12, first=0.0012)
    wings = collar(cut, neck, first=0.30, height=0.028, fall=(0.037, 0.074), out=0.0006, lift=0.0036, tip=0.40, kind=BODY)
    return [band, *body, placket(cut, -0.219), *(button(cut, y) for y in (-0.232, -0.312, -0.392)), wings]


def placket(cut: Cutter, top: float) -> Piece:
    """The strip in front that the buttons are on."""
    across = np.array([-0.0172, -0.0176, -0.0160, -0.006, 0.006, 0.0160, 0.0176, 0.0172])
    out = np.array([0.0030, 0.0052, 0.0060, 0.0060, 0.0060, 0.0060, 0.0052, 0.0030])
    y = np.linspace(top, -0.505, 44)
    x, y = np.meshgrid(across, y)
    rows, columns = cut.from_front(x, y)
    offset = np.zeros((*rows.shape, 3))
    offset[..., 2] = out
    offset[0, :, 2] -= 0.002
    edge = 1000 * np.minimum(0.0176 - np.abs(x), np.abs(y - top))
    return Piece(rows, columns, offset, BODY, cut.panel(rows, columns, 1), np.zeros(rows.shape), np.maximum(edge, 0.0))


def button(cut: Cutter, y: float, radius: float = 0.0054) -> Piece:
    """One button, with a rim."""
    row, column = cut.from_front(np.array([0.0]), np.array([y]))
    share = np.array([0.0, 0.30, 0.62, 0.78, 0.92, 1.0, 1.0])
    high = np.array([0.0016, 0.0015, 0.0014, 0.0022, 0.0021, 0.0012, -0.0006]) + 0.0060
    angle = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    offset = np.stack(np.broadcast_arrays(radius * share[:, None] * np.sin(angle), radius * share[:, None] * np.cos(angle), high[:, None]), -1).copy()
    shape = offset.shape[:2]
    uv = offset[..., :2].copy()
    return Piece(
        np.full(shape, row[0]),
        np.full(shape, column[0]),
        offset,
        BUTTON,
        uv,
        np.zeros(shape),
        np.broadcast_to(1000 * radius * (1 - share[:, None]), shape).copy(),
        closed=True,
    )


def hoodie(cut: Cutter) -> list[Piece]:
    """A hooded sweatshirt, the hood behind the neck, with its strings."""
    start = cut.line(plane(cut, -0.176, 0.40), AROUND)
    turn = 2 * np.pi * AROUND / COLUMNS
    from_front = np.minimum(turn, 2 * np.pi - turn)
    b = smoothstep(from_front, 0.35, 2.5)
    f = 1 - smoothstep(from_front, 0.0, 0.30)  # in front its edges meet in a dip
    sway = (0.0022 * np.sin(5 * turn + 0.6) + 0.0016 * np.sin(11 * turn)) * smoothstep(from_front, 0.15, 0.8)
    loop = [
        (0.060, 0.0002), (0.010, 0.0006), (-0.004 - 0.004 * b, 0.0008), (-0.012 - 0.010 * b, 0.0035), (-0.015 - 0.016 * b, 0.0080 + 0.003 * b),
        (-0.013 - 0.015 * b, 0.0115 + 0.008 * b), (-0.009 - 0.006 * b, 0.0125 + 0.011 * b), (-0.010 - 0.011 * b, 0.0150 + 0.015 * b),
        (-0.007 - 0.009 * b, 0.0185 + 0.020 * b), (0.002 + 0.006 * b, 0.0200 + 0.026 * b), (0.012 + 0.030 * b, 0.0185 + 0.026 * b),
        (0.020 + 0.058 * b, 0.0150 + 0.020 * b), (0.026 + 0.078 * b, 0.0130 + 0.010 * b), (0.028 + 0.083 * b, 0.0112 + 0.003 * b), (0.025 + 0.076 * b, 0.0086),
    ]  # fmt: skip
    shape = np.stack([np.stack([arc + 0 * b, (n + sway * min(1.0, max(0, k - 1) / 6)) * (1 - 0.35 * f)], -1) for k, (arc, n) in enumerate(loop)])
    hood = cut.strip(start, AROUND, _finer(shape, 2), BODY, stiff=0.5)
    hood.edge[:] = 40.0
    _stand_off(cut, hood)
    body = shell(cut, start, 0.0085, 0.0066, 21, first=0.0050)
    return [*body, hood, *(cord(cut, side) for side in (1, -1))]


def _stand_off(cut: Cutter, piece: Piece) -> None:
    """What stands far off does so in one sweep round the neck, not square to every hollow below it."""
    own = frames(cut.points)
    out = own[2].copy()
    for _ in range(60):
        out = 0.5 * out + 0.25 * (np.roll(out, 1, 1) + np.roll(out, -1, 1))
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    wanted = piece.offset[..., 2:] * cut.sample(out, piece.rows, piece.columns)
    piece.offset = np.stack([(wanted * cut.sample(direction, piece.rows, piece.columns)).sum(-1) for direction in own], -1)


def _finer(shape: Array, times: int) -> Array:
    """A profile [R, C, 2] with more points, on smooth curves."""
    from scipy.interpolate import CubicSpline

    n = len(shape)
    return CubicSpline(np.arange(n), shape, axis=0)(np.linspace(0, n - 1, (n - 1) * times + 1))


def cord(cut: Cutter, side: int) -> Piece:
    """One string of a hood, with a metal end."""
    y = np.concatenate([[-0.196, -0.1985], np.linspace(-0.203, -0.335, 26), [-0.3352, -0.336, -0.348, -0.3485, -0.349]])
    thick = np.concatenate([[0.0, 0.0026], np.full(26, 0.0026), [0.0030, 0.0033, 0.0033, 0.0022, 0.0]])
    along = (y[0] - y) / 0.15
    x = side * (0.030 + 0.004 * np.sin(3 * along + side) + 0.003 * along)
    out = 0.0138 - 0.0085 * np.exp(-along / 0.10) + 0.002 * np.sin(4 * along)
    rows, columns = cut.from_front(x, y)
    angle = np.linspace(0, 2 * np.pi, 10, endpoint=False)
    shape = (len(y), len(angle))
    offset = np.zeros((*shape, 3))
    offset[..., 0] = thick[:, None] * np.cos(angle)
    offset[..., 2] = out[:, None] + thick[:, None] * np.sin(angle)
    uv = np.stack(np.broadcast_arrays(angle * 0.0026, y[:, None]), -1).copy()
    return Piece(
        np.repeat(rows[:, None], shape[1], 1), np.repeat(columns[:, None], shape[1], 1), offset, CORD, uv, np.zeros(shape), np.full(shape, 20.0), True, True
    )  # fmt: skip


def jacket(cut: Cutter) -> list[Piece]:
    """A jacket with lapels over a T-shirt."""
    p = cut.points
    band, front = crew(cut)[:2]
    # Of the T-shirt there is what the lapels leave to be seen; nobody looks closely at a back.
    under = [band.part(columns=slice(None, None, 2)), front.part(slice(0, _SHOWN_ROWS), slice(None, None, 2))]
    for piece in under:
        piece.kind = SECOND
    neck = plane(cut, -0.172, 0.41)
    opened = np.where(p[..., 2] > -0.085, np.maximum(neck, p[..., 1] - (-0.436 + 3.4 * np.abs(p[..., 0]))), neck)
    start = cut.line(opened, AROUND)
    edging = cut.band(start, AROUND, hem(0.010, 0.0046, 0.0080, 0.0), TRIM)
    body = shell(cut, cut.below(start, np.full(len(AROUND), 0.009), AROUND), 0.0085, 0.0040, 31, first=0.0072)
    body[1] = body[1].part(columns=slice(None, None, 2))
    over = collar(cut, neck, first=0.98, height=0.018, fall=(0.034, 0.048), out=0.0070, lift=0.0030, tip=0.06, kind=TRIM)
    return [*under, edging, *body, over, *(lapel(cut, side) for side in (1, -1))]


def lapel(cut: Cutter, side: int) -> Piece:
    """What is folded back of a jacket's front, with a notch below the collar."""
    v = np.concatenate([[0.0, 0.04, 0.08, 0.12, 0.16, 0.19, 0.205, 0.22], np.linspace(0.25, 1.0, 26)])
    wide = np.interp(v, [0, 0.04, 0.16, 0.205, 0.22, 0.27, 0.45, 0.7, 0.9, 1.0], [0.004, 0.020, 0.042, 0.052, 0.070, 0.076, 0.070, 0.048, 0.018, 0.002])
    x0, y0 = 0.070 + (0.004 - 0.070) * v, -0.176 + (-0.412 + 0.176) * v
    rise = 0.34 - 0.5 * v
    profile = np.array([
        (0.10, 0.0092), (0.015, 0.0098), (-0.012, 0.0118), (0.012, 0.0138), (0.06, 0.0143), (0.2, 0.0140), (0.4, 0.0136), (0.6, 0.0133), (0.8, 0.0131),
        (0.94, 0.0129), (1.0, 0.0118), (0.985, 0.0106), (0.9, 0.0101), (0.6, 0.0100),
    ])  # fmt: skip
    u = profile[:, 0][None]
    x = x0[:, None] + wide[:, None] * u
    y = y0[:, None] + wide[:, None] * u * rise[:, None]
    rows, columns = cut.from_front(side * x, y)
    offset = np.zeros((*rows.shape, 3))
    offset[..., 2] = profile[:, 1][None]
    offset[0, :, 2] -= 0.0012
    edge = 1000 * np.minimum(wide[:, None] * (1 - np.clip(u, 0, 1)), 0.05) + 0 * x
    uv = np.stack([x, y + 0.54], -1)
    return Piece(rows, columns, offset, TRIM, uv, np.zeros(rows.shape), edge, flip=side < 0)


STYLES = {"shirt": shirt, "hoodie": hoodie, "jacket": jacket}
