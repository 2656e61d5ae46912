"""Few keys for much motion: cubic Hermite curves fitted to samples, with a largest error that is kept.

Every key lies on a sample; the first are those where the motion turns. The slopes of all keys are those of least squares, found
together; where the error is still too large another key is put at the worst sample, so that at the latest the curve with a key
at every sample satisfies it. Then keys that are not needed are taken out again.

Source: Schneider, An Algorithm for Automatically Fitting Digitized Curves, Graphics Gems (1990), section 3. We differ in that
time is the parameter, which makes the fit linear, and in that neighbouring pieces share their slope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core.curves import Curve, Floats, Key, monotone_slopes
from engine.core.errors import InvalidInput

PER_SEGMENT = 8  # samples of a curve between two of its keys, for fitting it anew
_CARE = 0.94  # of the tolerance is used up where it is measured, as between those places the error may be larger
_PATIENCE = 10  # turns in which only the worst sample of a stretch becomes a key
_RIDGE = 1e-2  # pull of slopes towards those that do not overshoot, against one sample's share


@dataclass(frozen=True)
class _Samples:
    """What is fitted, and how well it must be."""

    times: Floats
    values: Floats
    tolerance: float
    ends: tuple[float | None, float | None] = (None, None)  # slopes that are given at the first and the last sample


def simplify(times_s: ArrayLike, values: ArrayLike, tolerance: float) -> Curve:
    """A curve of few keys with free tangents through samples of motion.

    Args:
        times_s: rising, float64 [N], N >= 1.
        values: float64 [N].
        tolerance: largest error at any sample; more than 0.

    Raises:
        InvalidInput: arrays of different length, times that do not rise, values that are not finite, no tolerance.
    """
    t, v = np.asarray(times_s, np.float64), np.asarray(values, np.float64)
    if t.ndim != 1 or t.shape != v.shape or not len(t):
        raise InvalidInput(f"times must be [N] and values [N] with N >= 1, got {list(t.shape)} and {list(v.shape)}", "give a value for each time")
    if not (np.isfinite(t).all() and np.isfinite(v).all() and (np.diff(t) > 0).all()):
        raise InvalidInput("the samples are not finite or their times do not rise", "sort them and leave out what is missing")
    _check_tolerance(tolerance)
    middle = float(v.max() + v.min()) / 2
    if len(t) == 1 or v.max() - v.min() <= tolerance:
        at = int(np.argmin(np.abs(v - middle)))
        return Curve((Key(float(t[0]), float(v[at])),))
    at_keys, slopes = _fit(_Samples(t, v, tolerance))
    return Curve(tuple(Key(float(t[i]), float(v[i]), "free", m, m) for i, m in zip(at_keys.tolist(), slopes.tolist(), strict=True)))


def simplified(curve: Curve, tolerance: float, start_s: float = -np.inf, end_s: float = np.inf) -> Curve:
    """The curve with fewer keys between two times; kinks and steps stay where they are.

    The error is measured at `PER_SEGMENT` places between every two keys. A stretch that would not get shorter stays as it is.

    Args:
        curve: with whatever keys.
        tolerance: largest error; more than 0.
        start_s: what lies before stays as it is.
        end_s: what lies after stays as it is.

    Raises:
        InvalidInput: no tolerance.
    """
    _check_tolerance(tolerance)
    inside = curve.indices_between(start_s, end_s)
    if len(inside) < 3:
        return curve
    slope_in, slope_out = curve.slopes()
    stops = [i for i in inside if i in (inside[0], inside[-1]) or _is_corner(curve, i, tolerance)]
    ends = {i: [float(slope_in[i]), float(slope_out[i])] for i in stops}
    bent: set[int] = set()  # stops next to a stretch that was fitted: their slopes are fixed as they were there
    stretches: list[Sequence[Key]] = []
    new: list[Key] = []
    for first, last in pairwise(stops):
        between: Sequence[Key] = curve.keys[first + 1 : last]
        if between:
            fitted = _refit(curve, first, last, tolerance)
            if len(fitted) - 2 < len(between):
                between = [Key(k[0], k[1], "free", k[2], k[2]) for k in fitted[1:-1]]
                ends[first][1], ends[last][0] = fitted[0][2], fitted[-1][2]
                bent |= {first, last}
        stretches.append(between)
    for stop, between in zip(stops, [*stretches, ()], strict=True):
        key = curve.keys[stop]
        new += [_with_slopes(key, *ends[stop]) if stop in bent else key, *between]
    return Curve((*curve.keys[: inside[0]], *new, *curve.keys[inside[-1] + 1 :]))


def _check_tolerance(tolerance: float) -> None:
    if not (np.isfinite(tolerance) and tolerance > 0):
        raise InvalidInput(f"the tolerance is {tolerance:g}", "give the largest error allowed, such as 0.01")


def _is_corner(curve: Curve, i: int, tolerance: float) -> bool:
    """True at steps, and where the slope jumps by more than rounding it off within the tolerance would allow.

    A parabola that rounds off a corner over a stretch s to both sides cuts it by s / 4 of the jump.
    """
    if curve.keys[i].tangent == "stepped" or curve.keys[i - 1].tangent == "stepped":
        return True
    slope_in, slope_out = curve.slopes()
    shorter = float(min(curve.times_s[i] - curve.times_s[i - 1], curve.times_s[i + 1] - curve.times_s[i]))
    return bool(abs(slope_in[i] - slope_out[i]) * shorter / 4 > tolerance)


def _with_slopes(key: Key, slope_in: float, slope_out: float) -> Key:
    """The key with slopes of its own; a stepped one stays what it is."""
    if key.tangent == "stepped":
        return key
    same = abs(slope_in - slope_out) <= 1e-9 * (1 + abs(slope_in) + abs(slope_out))
    return Key(key.time_s, key.value, "free" if same else "broken", slope_in, slope_in if same else slope_out)


def _refit(curve: Curve, first: int, last: int, tolerance: float) -> list[tuple[float, float, float]]:
    """Time, value and slope of new keys from key `first` to key `last`."""
    if curve.keys[first].tangent == "stepped":
        return [(k.time_s, k.value, 0.0) for k in curve.keys[first : last + 1]]
    key_t = curve.times_s[first : last + 1]
    share = np.arange(PER_SEGMENT) / PER_SEGMENT
    t = np.append((key_t[:-1, None] + np.diff(key_t)[:, None] * share).ravel(), key_t[-1])
    v = curve.evaluate(t)
    # At a stop the slopes to its two sides may differ.
    slope_in, slope_out = curve.slopes()
    at_keys, slopes = _fit(_Samples(t, v, _CARE * tolerance, (float(slope_out[first]), float(slope_in[last]))))
    return [(float(t[i]), float(v[i]), float(m)) for i, m in zip(at_keys, slopes, strict=True)]


def _fit(samples: _Samples) -> tuple[NDArray[np.int64], Floats]:
    """Indices of the samples that become keys, and their slopes: int64 [K], float64 [K]."""
    keys = _turns(samples)
    everywhere = np.arange(len(samples.times))
    turn = 0
    while True:
        slopes = _slopes(samples, keys)
        error = np.abs(_evaluate(samples, keys, slopes, everywhere) - samples.values)
        error[keys] = 0.0
        starts = keys[:-1][np.maximum.reduceat(error[:-1], keys[:-1]) > samples.tolerance]
        if not len(starts):
            return _without_needless(samples, keys, slopes)
        ends = keys[np.searchsorted(keys, starts) + 1]
        worst = [a + int(np.argmax(error[a:b])) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
        # What has not come right by then would come right one sample at a time: halve it too.
        halves = (starts + ends)[ends - starts > 1] // 2 if turn >= _PATIENCE else keys[:0]
        keys = np.union1d(keys, np.concatenate([worst, halves]).astype(np.int64))
        turn += 1


def _turns(samples: _Samples) -> NDArray[np.int64]:
    """First and last sample and those where the motion turns by more than the tolerance: where an animator would put keys."""
    v = samples.values
    moves = np.sign(np.diff(v))
    moving = np.flatnonzero(moves)
    at = moving[np.flatnonzero(np.diff(moves[moving]))] + 1  # the last sample of each rise and fall
    out, far = [0], 2 * samples.tolerance
    best, rising = 0, 0  # the extreme so far, and whether it is a high one (1), a low one (-1) or not known yet
    for i in (*at.tolist(), len(v) - 1):
        step = v[i] - v[best]
        if rising * step < -far or (rising == 0 and abs(step) > far):
            if best:
                out.append(best)
            best, rising = i, 1 if step > 0 else -1
        elif rising * step > 0:
            best = i
    return np.unique([*out, best, len(v) - 1])


def _slopes(samples: _Samples, keys: NDArray[np.int64]) -> Floats:
    """Slopes of least squares at the keys, all at once: float64 [K]. The matrix has three diagonals."""
    t, v = samples.times, samples.values
    left = np.append(np.repeat(np.arange(len(keys) - 1), np.diff(keys)), len(keys) - 2)
    a, b = keys[left], keys[left + 1]
    span = t[b] - t[a]
    u = (t - t[a]) / span
    into, out = u * u * (u - 1) * span, u * (u - 1) ** 2 * span  # what the slope at the right and left key does
    rest = v - (v[a] + (v[b] - v[a]) * u * u * (3 - 2 * u))
    count = len(keys)
    middle = np.bincount(left, out * out, count) + np.bincount(left + 1, into * into, count)
    beside: Floats = np.bincount(left, out * into, count)[:-1].astype(np.float64)
    wanted = np.bincount(left, out * rest, count) + np.bincount(left + 1, into * rest, count)
    # One sample's share where the slope counts most, 4/27 of the span: it decides where no sample lies between two keys.
    lengths = np.diff(t[keys])
    ridge = _RIDGE * (4 / 27 * np.minimum(np.append(lengths, lengths[-1]), np.append(lengths[0], lengths))) ** 2
    middle, wanted = middle + ridge, wanted + ridge * monotone_slopes(t[keys], v[keys])
    for end, given in ((0, samples.ends[0]), (count - 1, samples.ends[1])):
        if given is not None:
            heavy = 1e12 * (middle[end] + 1e-30)
            middle[end] += heavy
            wanted[end] += heavy * given
    return _solve(middle, beside, wanted)


def _solve(middle: Floats, beside: Floats, wanted: Floats) -> Floats:
    """Solution of a symmetric system with three diagonals (Thomas algorithm)."""
    m, s, w = middle.tolist(), beside.tolist(), wanted.tolist()
    for i in range(1, len(m)):
        share = s[i - 1] / m[i - 1]
        m[i] -= share * s[i - 1]
        w[i] -= share * w[i - 1]
    out = w
    out[-1] = w[-1] / m[-1]
    for i in range(len(m) - 2, -1, -1):
        out[i] = (w[i] - s[i] * out[i + 1]) / m[i]
    return np.array(out)


def _evaluate(samples: _Samples, keys: NDArray[np.int64], slopes: Floats, index: NDArray[np.int64]) -> Floats:
    t, v = samples.times, samples.values
    left = np.clip(np.searchsorted(keys, index, side="right") - 1, 0, len(keys) - 2)
    a, b = keys[left], keys[left + 1]
    span = t[b] - t[a]
    u = (t[index] - t[a]) / span
    value: Floats = v[a] + (v[b] - v[a]) * u * u * (3 - 2 * u) + u * (u - 1) ** 2 * span * slopes[left] + u * u * (u - 1) * span * slopes[left + 1]
    return value


def _without_needless(samples: _Samples, keys: NDArray[np.int64], slopes: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The keys without those whose neighbours, as they are, do as well together."""
    kept = [(int(keys[0]), float(slopes[0]))]
    for here in range(1, len(keys) - 1):
        (before, m0), after, m1 = kept[-1], int(keys[here + 1]), float(slopes[here + 1])
        inside = np.arange(before + 1, after)
        got = _evaluate(samples, np.array([before, after]), np.array([m0, m1]), inside)
        if np.abs(got - samples.values[inside]).max() > samples.tolerance:
            kept.append((int(keys[here]), float(slopes[here])))
    kept.append((int(keys[-1]), float(slopes[-1])))
    return np.array([k for k, _ in kept]), np.array([m for _, m in kept])
