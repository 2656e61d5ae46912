"""What an animator does with keys of a curve: move, scale, reverse, mirror, smooth, bake, ease. Pure functions on `Curve`.

`times_s` names the keys concerned by their times; None means all. A key that lands on another replaces it. Nothing here knows
limits of values: `clamped` holds a curve within them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from engine.core import channels
from engine.core.curve_fitting import simplified, simplify
from engine.core.curves import TANGENTS, Curve, Key
from engine.core.errors import InvalidInput
from engine.core.timing import frame_time, nearest_frame

__all__ = [
    "EASES", "SAME_KEY_S", "bake", "changed", "chosen", "clamped", "ease", "inserted", "mirror", "mirror_layer", "offset", "put", "retime", "reverse", "scale",
    "set_tangents", "set_values", "simplified", "simplify", "smooth", "snap_to_frames", "with_slopes",
]  # fmt: skip

SAME_KEY_S = 1e-6  # two keys nearer than this are one
EASES: tuple[str, ...] = ("ease in", "ease out", "ease in-out", "linear", "hold", "overshoot", "anticipate")
_BEYOND = 0.12  # of the rise: how far overshoot and anticipation go
_BEYOND_AT = 0.7  # of the way: where overshoot is largest; anticipation as far from its end

Times = Iterable[float] | None


def chosen(curve: Curve, times_s: Times) -> list[int]:
    """Positions of the keys at `times_s`, in order; times without a key are passed over."""
    if times_s is None:
        return list(range(len(curve.keys)))
    wanted = np.sort(np.fromiter(times_s, np.float64))
    if not curve.keys or not len(wanted):
        return []
    after = np.clip(np.searchsorted(curve.times_s, wanted), 0, len(curve.keys) - 1)
    before = np.maximum(after - 1, 0)
    best = np.where(np.abs(curve.times_s[before] - wanted) < np.abs(curve.times_s[after] - wanted), before, after)
    found: list[int] = np.unique(best[np.abs(curve.times_s[best] - wanted) <= SAME_KEY_S]).tolist()
    return found


def changed(curve: Curve, times_s: Times, change: Callable[[Key], Key]) -> Curve:
    """The curve with some keys passed through `change`; where one lands on a key that stays, that one goes."""
    at = chosen(curve, times_s)
    return _replaced(curve, at, [change(curve.keys[i]) for i in at])


def _replaced(curve: Curve, gone: Iterable[int], new: list[Key]) -> Curve:
    """The curve without the keys at positions `gone` and with `new`, which win against what stays and earlier ones of their own."""
    by_time = {round(k.time_s / SAME_KEY_S): k for k in new}
    times = np.array([k.time_s for k in by_time.values()], np.float64)
    low = np.searchsorted(curve.times_s, times - SAME_KEY_S, side="left")
    high = np.searchsorted(curve.times_s, times + SAME_KEY_S, side="right")
    covered = {i for a, b in zip(low.tolist(), high.tolist(), strict=True) for i in range(a, b)}
    return curve.spliced([curve.keys[i].time_s for i in sorted(covered.union(gone))], list(by_time.values()))


def put(curve: Curve, keys: Iterable[Key]) -> Curve:
    """The curve with keys put on it; those at their times give way."""
    return _replaced(curve, (), list(keys))


def offset(curve: Curve, times_s: Times, delta_s: float = 0.0, delta_value: float = 0.0) -> Curve:
    """Keys moved in time and value."""
    return changed(curve, times_s, lambda k: Key(k.time_s + delta_s, k.value + delta_value, k.tangent, k.in_slope, k.out_slope))


def set_values(curve: Curve, times_s: Times, value: float) -> Curve:
    """Keys with one value."""
    return changed(curve, times_s, lambda k: replace(k, value=value))


def scale(curve: Curve, times_s: Times, pivot: tuple[float, float], factors: tuple[float, float]) -> Curve:
    """Keys scaled about a time and a value; slopes follow. A negative factor of time turns them round.

    Args:
        curve: what to scale.
        times_s: which keys.
        pivot: seconds and value that stay where they are.
        factors: of time, not 0, and of value.

    Raises:
        InvalidInput: a factor that is not finite, or 0 for time.
    """
    (time_s, value), (in_time, in_value) = pivot, factors
    if not all(map(math.isfinite, (*pivot, *factors))) or in_time == 0.0:
        raise InvalidInput(f"keys cannot be scaled by {in_time:g} in time and {in_value:g} in value", "give factors other than 0")

    def scaled(key: Key) -> Key:
        slopes = (key.in_slope * in_value / in_time, key.out_slope * in_value / in_time)
        into, out = slopes if in_time > 0 else slopes[::-1]
        when = key.time_s if in_time == 1.0 else time_s + (key.time_s - time_s) * in_time
        level = key.value if in_value == 1.0 else value + (key.value - value) * in_value
        return Key(when, level, key.tangent, into, out)

    if in_time > 0:
        return changed(curve, times_s, scaled)
    at = chosen(curve, times_s)
    return _replaced(curve, at, _steps_turned([scaled(curve.keys[i]) for i in at]))


def _steps_turned(keys: list[Key]) -> list[Key]:
    """Keys turned round in time, in their old order, with the stepped ones again where a held stretch begins."""
    stepped = [k.tangent == "stepped" for k in keys]
    before = [False, *stepped[:-1]]  # the key that now begins a stretch ended it before
    return [
        replace(k, tangent="stepped" if now else "auto" if was else k.tangent) for k, now, was in zip(keys, before, stepped, strict=True)
    ]  # fmt: skip


def retime(curve: Curve, times_s: Times, start_s: float, end_s: float) -> Curve:
    """Keys spread over another span, the first at `start_s`, the last at `end_s`.

    Raises:
        InvalidInput: the span is empty, or it is fewer than two keys.
    """
    at = chosen(curve, times_s)
    if not start_s < end_s or len(at) < 2:
        raise InvalidInput(f"{len(at)} keys cannot be spread from {start_s:g} to {end_s:g} s", "choose two keys or more, and a start before its end")
    first, last = curve.keys[at[0]].time_s, curve.keys[at[-1]].time_s
    factor = (end_s - start_s) / (last - first)
    moved = scale(curve, times_s, (first, 0.0), (factor, 1.0)) if factor != 1.0 else curve
    times = [first + (curve.keys[i].time_s - first) * factor for i in at]
    return offset(moved, times, start_s - first)


def reverse(curve: Curve, times_s: Times) -> Curve:
    """Keys turned round in time within their own span: what came last comes first."""
    at = chosen(curve, times_s)
    if len(at) < 2:
        return curve
    middle = (curve.keys[at[0]].time_s + curve.keys[at[-1]].time_s) / 2
    # Neighbours' slopes, of which auto tangents are made, turn by themselves.
    return scale(curve, times_s, (middle, 0.0), (-1.0, 1.0))


def mirror(curve: Curve, times_s: Times, centre: float = 0.0) -> Curve:
    """Values turned over about `centre`."""
    return scale(curve, times_s, (0.0, centre), (1.0, -1.0))


def mirror_layer(curves: dict[str, Curve]) -> dict[str, Curve]:
    """Curves by channel with left and right exchanged, and the signs of those that have one in the middle."""
    return {
        channels.mirror(name): mirror(curve, None) if channels.mirror_sign(name) < 0 else curve for name, curve in curves.items()
    }  # fmt: skip


def smooth(curve: Curve, times_s: Times, strength: float) -> Curve:
    """Values drawn towards the line between their neighbours; the first and last key of the curve stay. Do it again for more.

    Args:
        curve: what to smooth.
        times_s: which keys.
        strength: 0 nothing, 1 half way to that line, which levels out a zigzag of neighbouring keys.

    Raises:
        InvalidInput: another strength.
    """
    if not 0.0 <= strength <= 1.0:
        raise InvalidInput(f"smoothing by {strength:g}", "give a strength from 0 to 1")
    new = []
    for i in chosen(curve, times_s):
        if 0 < i < len(curve.keys) - 1:
            before, key, after = curve.keys[i - 1 : i + 2]
            share = (key.time_s - before.time_s) / (after.time_s - before.time_s)
            level = before.value + share * (after.value - before.value)
            new.append(replace(key, value=key.value + strength / 2 * (level - key.value)))
    return _replaced(curve, (), new)


def inserted(curve: Curve, time_s: float) -> Curve:
    """The curve with a key more, on it: its shape stays as it is."""
    if not curve.keys or curve.index_near(time_s, SAME_KEY_S) >= 0:
        return curve
    value = float(curve.evaluate(time_s))
    after = int(np.searchsorted(curve.times_s, time_s))
    slope_in, slope_out = curve.slopes()
    if not 0 < after < len(curve.keys):
        # Outside it is level; the end's slope to that side begins to count.
        end, into, out = curve.keys[max(after - 1, 0)], float(slope_in[after - 1]), float(slope_out[0])
        slopes = (0.0, out) if after == 0 else (into, 0.0)
        level = [with_slopes(end, *slopes)] if end.tangent in ("free", "broken") else []
        return put(curve, [Key(time_s, value, "flat"), *level])
    a, b = curve.keys[after - 1], curve.keys[after]
    if a.tangent == "stepped":
        return put(curve, [Key(time_s, value, "stepped")])
    # The derivative of the Hermite segment; its neighbours keep the slopes they have.
    span = b.time_s - a.time_s
    u = (time_s - a.time_s) / span
    m0, m1 = float(slope_out[after - 1]), float(slope_in[after])
    slope = 6 * u * (1 - u) * (b.value - a.value) / span + (1 - u) * (1 - 3 * u) * m0 + u * (3 * u - 2) * m1
    new = [Key(time_s, value, "free", slope, slope)]
    if a.tangent in ("auto", "linear"):
        new.append(with_slopes(a, float(slope_in[after - 1]), m0))
    if b.tangent in ("auto", "linear"):
        new.append(with_slopes(b, m1, float(slope_out[after])))
    return put(curve, new)


def bake(curve: Curve, rate: Fraction, start_s: float, end_s: float) -> Curve:
    """A key at every frame from `start_s` to `end_s`, both included; keys outside stay.

    At the frames the curve has the values it had.

    Raises:
        InvalidInput: the range holds no frame, or more than a million.
    """
    first = math.ceil(start_s * rate - Fraction(1, 1000))
    last = math.floor(end_s * rate + Fraction(1, 1000))
    if not 0 <= last - first <= 1_000_000:
        raise InvalidInput(f"there is no frame to bake from {start_s:g} to {end_s:g} s", "give a longer range")
    if not curve.keys:
        return curve
    times = [frame_time(n, rate) for n in range(first, last + 1)]
    new = [Key(t, v) for t, v in zip(times, curve.evaluate(times).tolist(), strict=True)]
    return _replaced(curve, curve.indices_between(start_s - SAME_KEY_S, end_s + SAME_KEY_S), new)


def snap_to_frames(curve: Curve, rate: Fraction, times_s: Times = None) -> Curve:
    """Keys on whole frames; of several on one frame the nearest to it stays."""
    at = chosen(curve, times_s)
    by_frame: dict[int, Key] = {}
    for i in at:
        key = curve.keys[i]
        frame = nearest_frame(key.time_s, rate)
        held = by_frame.get(frame)
        if held is None or abs(key.time_s - frame_time(frame, rate)) < abs(held.time_s - frame_time(frame, rate)):
            by_frame[frame] = key
    return _replaced(curve, at, [replace(k, time_s=frame_time(n, rate)) for n, k in by_frame.items()])


def set_tangents(curve: Curve, times_s: Times, kind: str) -> Curve:
    """Keys with another kind of tangent; free and broken ones begin with the slopes that are there.

    Raises:
        InvalidInput: no such kind.
    """
    if kind not in TANGENTS:
        raise InvalidInput(f"tangent {kind!r} is not known", "use one of " + ", ".join(TANGENTS))
    slope_in, slope_out = curve.slopes()
    new = []
    for i in chosen(curve, times_s):
        key, into, out = curve.keys[i], float(slope_in[i]), float(slope_out[i])
        if kind == "free":
            # At the ends one side has nothing to say.
            into = out = out if i == 0 else into if i == len(curve.keys) - 1 else (into + out) / 2
        elif kind != "broken":
            into = out = 0.0
        new.append(replace(key, tangent=kind, in_slope=into, out_slope=out))
    return _replaced(curve, (), new)


def with_slopes(key: Key, into: float, out: float) -> Key:
    """The key with slopes of its own: free where both are the same, else broken."""
    same = math.isclose(into, out, rel_tol=1e-9, abs_tol=1e-12)
    return replace(key, tangent="free" if same else "broken", in_slope=into, out_slope=into if same else out)


def ease(curve: Curve, times_s: Times, preset: str) -> Curve:
    """The way from each of some keys to the next one shaped by one of `EASES`.

    Of a row of keys every stretch between two neighbours is shaped; a key that stands alone shapes the one after it.

    Raises:
        InvalidInput: no such preset.
    """
    if preset not in EASES:
        raise InvalidInput(f"there is no ease {preset!r}", "use one of " + ", ".join(EASES))
    at = set(chosen(curve, times_s))
    starts = [i for i in sorted(at) if i + 1 < len(curve.keys) and (i + 1 in at or i - 1 not in at)]
    slope_in, slope_out = (s.tolist() for s in curve.slopes())
    touched: set[int] = set()
    extra: list[Key] = []
    for i in starts:
        a, b = curve.keys[i], curve.keys[i + 1]
        rise, span = b.value - a.value, b.time_s - a.time_s
        touched.add(i)
        if preset == "hold":
            continue
        touched.add(i + 1)
        start, end = {"ease in": (0.0, 2.0), "ease out": (2.0, 0.0), "linear": (1.0, 1.0)}.get(preset, (0.0, 0.0))
        slope_out[i], slope_in[i + 1] = start * rise / span, end * rise / span
        if preset == "overshoot":
            extra.append(Key(a.time_s + _BEYOND_AT * span, b.value + _BEYOND * rise, "flat"))
        elif preset == "anticipate":
            extra.append(Key(a.time_s + (1 - _BEYOND_AT) * span, a.value - _BEYOND * rise, "flat"))
    if preset == "hold":
        return _replaced(curve, (), [replace(curve.keys[i], tangent="stepped", in_slope=0.0, out_slope=0.0) for i in sorted(touched)])
    new = []
    for i in sorted(touched):
        # The last key of the row may hold what comes after it.
        held = curve.keys[i].tangent == "stepped" and i not in starts
        new.append(curve.keys[i] if held else with_slopes(curve.keys[i], slope_in[i], slope_out[i]))
    return _replaced(curve, (), new + extra)


def clamped(curve: Curve, low: float, high: float) -> Curve:
    """The curve with every key's value within limits; the same object where they all are."""
    if not curve.keys or (curve.values.min() >= low and curve.values.max() <= high):
        return curve
    outside = np.flatnonzero((curve.values < low) | (curve.values > high)).tolist()
    new = [replace(curve.keys[i], value=min(max(curve.keys[i].value, low), high)) for i in outside]
    return curve.spliced([k.time_s for k in new], new)
