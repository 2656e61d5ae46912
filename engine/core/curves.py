"""Keyframed curves: cubic Hermite segments between keys, with the tangents animators know.

Times are seconds (float64), values are unitless; outside the keys a curve holds its first or last value. A curve is a value:
what is worked out of its keys (arrays, slopes, polynomials) is worked out once for each and kept with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core.errors import InvalidInput

# auto: smooth, and never beyond its neighbours; free: one slope of the person's own; broken: one to each side.
TANGENTS: tuple[str, ...] = ("auto", "flat", "linear", "stepped", "free", "broken")
_CODE = {name: code for code, name in enumerate(TANGENTS)}
_AUTO, _FLAT, _LINEAR, _STEPPED, _FREE, _BROKEN = range(len(TANGENTS))

Floats = NDArray[np.float64]
_Array = TypeVar("_Array", bound="NDArray[Any]")


@dataclass(frozen=True)
class Key:
    """One key.

    Args:
        time_s: when.
        value: how much.
        tangent: one of `TANGENTS`.
        in_slope: on its left, value per second; counts where `tangent` is `free` or `broken`.
        out_slope: on its right; a `free` key has the same on both sides.
    """

    time_s: float
    value: float
    tangent: str = "auto"
    in_slope: float = 0.0
    out_slope: float = 0.0

    def __post_init__(self) -> None:
        if self.tangent not in _CODE:
            raise InvalidInput(f"tangent {self.tangent!r} is not known", "use one of " + ", ".join(TANGENTS))
        # A sum is finite only if its terms are: one call for the usual case.
        if not math.isfinite(self.time_s + self.value + self.in_slope + self.out_slope) and not all(
            map(math.isfinite, (self.time_s, self.value, self.in_slope, self.out_slope))
        ):
            raise InvalidInput(f"key at {self.time_s} s with value {self.value} is not finite", "give finite numbers")


@dataclass(frozen=True)
class Curve:
    """Keys in order of time, no two at the same time."""

    keys: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        if len(self.keys) > 1:
            _check_rising(self.times_s)

    @classmethod
    def from_keys(cls, keys: Iterable[Key]) -> Curve:
        """A curve from keys in any order; of two at the same time the later one given stays."""
        by_time = {k.time_s: k for k in keys}
        return cls(tuple(by_time[t] for t in sorted(by_time)))

    @classmethod
    def _made(cls, keys: tuple[Key, ...], rows: Floats, codes: NDArray[np.int8]) -> Curve:
        """A curve whose table is known already."""
        if len(keys) > 1:
            _check_rising(rows[:, 0])
        out = object.__new__(cls)
        out.__dict__.update(keys=keys, _table=(_locked(rows), _locked(codes)))
        return out

    # What is worked out of the keys.

    @cached_property
    def _table(self) -> tuple[Floats, NDArray[np.int8]]:
        """Time, value, slopes to the left and right as given, float64 [N, 4]; the tangents' codes, int8 [N]."""
        rows = np.array([(k.time_s, k.value, k.in_slope, k.out_slope) for k in self.keys], np.float64).reshape(-1, 4)
        codes = np.fromiter((_CODE[k.tangent] for k in self.keys), np.int8, len(self.keys))
        return _locked(rows), _locked(codes)

    @cached_property
    def times_s(self) -> Floats:
        """Times of the keys, float64 [N], read-only."""
        if "_table" in self.__dict__:
            times: Floats = self._table[0][:, 0]
            return times
        return _locked(np.array([k.time_s for k in self.keys], np.float64))

    @property
    def values(self) -> Floats:
        """Values of the keys, float64 [N], read-only."""
        return self._table[0][:, 1]

    @cached_property
    def _slopes(self) -> tuple[Floats, Floats]:
        rows, codes = self._table
        left, right = _chords(rows[:, 0], rows[:, 1])
        mean = np.where(codes == _AUTO, _harmonic(left, right), 0.0)
        given = (codes == _FREE) | (codes == _BROKEN)
        linear = codes == _LINEAR
        slope_in = np.where(linear, left, np.where(given, rows[:, 2], mean))
        slope_out = np.where(linear, right, np.where(given, rows[:, 3], mean))
        return _locked(slope_in), _locked(slope_out)

    @cached_property
    def _segments(self) -> Floats:
        """Start, length, then the coefficients of u^0 to u^3 of each segment, u from 0 to 1: float64 [6, N - 1]."""
        rows, codes = self._table
        slope_in, slope_out = self._slopes
        start, span = rows[:-1, 0], np.diff(rows[:, 0])
        v0, rise = rows[:-1, 1], np.diff(rows[:, 1])
        m0, m1 = slope_out[:-1] * span, slope_in[1:] * span
        moving = np.where(codes[:-1] == _STEPPED, 0.0, 1.0)
        return np.stack([start, span, v0, m0 * moving, (3 * rise - 2 * m0 - m1) * moving, (m0 + m1 - 2 * rise) * moving])

    def slopes(self) -> tuple[Floats, Floats]:
        """Incoming and outgoing slope of every key, value per second: two float64 [N], read-only."""
        return self._slopes

    def evaluate(self, times_s: ArrayLike) -> Floats:
        """Values at `times_s` (any shape); zeros for a curve without keys."""
        t = np.asarray(times_s, np.float64)
        if not self.keys:
            return np.zeros(t.shape)
        if len(self.keys) == 1:
            return np.full(t.shape, self.keys[0].value)
        start, span, c0, c1, c2, c3 = self._segments.take(np.searchsorted(self.times_s[1:-1], t, side="right"), axis=1)
        u = np.clip((t - start) / span, 0.0, 1.0)
        value: Floats = c0 + u * (c1 + u * (c2 + u * c3))
        last = self.keys[-1]
        return np.where(t >= last.time_s, last.value, value)

    # Finding and changing keys.

    def index_near(self, time_s: float, tolerance_s: float = 1e-6) -> int:
        """Position of the key nearest to a time; -1 where none is within `tolerance_s`."""
        if not self.keys:
            return -1
        after = int(np.searchsorted(self.times_s, time_s))
        best = min((i for i in (after - 1, after) if 0 <= i < len(self.keys)), key=lambda i: abs(self.keys[i].time_s - time_s))
        return best if abs(self.keys[best].time_s - time_s) <= tolerance_s else -1

    def indices_between(self, start_s: float, end_s: float) -> range:
        """Positions of the keys from `start_s` to `end_s`, both included."""
        low, high = np.searchsorted(self.times_s, start_s, side="left"), np.searchsorted(self.times_s, end_s, side="right")
        return range(int(low), int(high))

    def spliced(self, remove_s: Sequence[float], add: Sequence[Key]) -> Curve:
        """The curve without its keys at exactly `remove_s` and with the keys `add`; cheap for few keys of a long curve.

        Raises:
            InvalidInput: a time to remove has no key, or a key is added where one stays.
        """
        rows, codes = self._table
        keep = np.ones(len(rows), bool)
        if len(remove_s):
            gone = np.asarray(remove_s, np.float64)
            at = np.minimum(np.searchsorted(rows[:, 0], gone), max(0, len(rows) - 1))
            if not len(rows) or not np.array_equal(rows[at, 0], gone):
                raise InvalidInput("the keys to remove are not where they should be", "give times at which the curve has keys")
            keep[at] = False
        new = Curve(tuple(sorted(add, key=lambda k: k.time_s)))
        keys = (*compress(self.keys, keep.tolist()), *new.keys)
        if len(keys) < 2:
            return Curve(keys)
        rows, codes = np.concatenate([rows[keep], new._table[0]]), np.concatenate([codes[keep], new._table[1]])
        order = np.argsort(rows[:, 0], kind="stable")
        return Curve._made(itemgetter(*order.tolist())(keys), rows[order], codes[order])

    def with_key(self, key: Key, tolerance_s: float = 1e-6) -> Curve:
        """The curve with `key` set; a key within `tolerance_s` of its time is replaced."""
        near = self.indices_between(key.time_s - tolerance_s, key.time_s + tolerance_s)
        return self.spliced([self.keys[i].time_s for i in near], [key])

    def without_key(self, time_s: float, tolerance_s: float = 1e-6) -> Curve:
        """The curve without the key at `time_s`."""
        near = self.indices_between(time_s - tolerance_s, time_s + tolerance_s)
        return self.spliced([self.keys[i].time_s for i in near], ()) if near else self

    def moved(self, delta_s: float) -> Curve:
        """The curve shifted in time."""
        return Curve(tuple(replace(k, time_s=k.time_s + delta_s) for k in self.keys))

    def to_json(self) -> list[list[Any]]:
        """Keys as plain lists, for storage."""
        return [[k.time_s, k.value, k.tangent, k.in_slope, k.out_slope] for k in self.keys]

    @classmethod
    def from_json(cls, rows: list[list[Any]]) -> Curve:
        """The inverse of `to_json`."""
        return cls(tuple(Key(float(r[0]), float(r[1]), str(r[2]), float(r[3]), float(r[4])) for r in rows))


def monotone_slopes(times_s: Floats, values: Floats) -> Floats:
    """Slopes with which a curve stays between its keys: those of auto tangents, float64 [N].

    Source: Fritsch and Butland, A Method for Constructing Local Monotone Piecewise Cubic Interpolants (1984): the harmonic mean
    of the slopes to the neighbours; 0 at extremes and ends.
    """
    return _harmonic(*_chords(times_s, values))


def _chords(times_s: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Slopes of the straight lines to the key before and after; 0 where there is none."""
    left, right = np.zeros(len(times_s)), np.zeros(len(times_s))
    if len(times_s) > 1:
        left[1:] = right[:-1] = np.diff(values) / np.diff(times_s)
    return left, right


def _harmonic(left: Floats, right: Floats) -> Floats:
    out: Floats = np.divide(2 * left * right, left + right, out=np.zeros(len(left)), where=left * right > 0)
    return out


def _locked(array: _Array) -> _Array:
    array.flags.writeable = False
    return array


def _check_rising(times_s: Floats) -> None:
    if not (times_s[1:] > times_s[:-1]).all():
        raise InvalidInput("the keys of a curve must rise in time", "build it with Curve.from_keys")
