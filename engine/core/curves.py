"""Keyframed curves: cubic Hermite segments between keys, with the tangents animators know.

Times are seconds (float64), values are unitless; outside the keys a curve holds its first or last value.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.core.errors import InvalidInput

TANGENTS: tuple[str, ...] = ("auto", "flat", "linear", "stepped", "free")


@dataclass(frozen=True)
class Key:
    """One key. `in_slope` and `out_slope` (value per second) count only where `tangent` is `free`."""

    time_s: float
    value: float
    tangent: str = "auto"
    in_slope: float = 0.0
    out_slope: float = 0.0

    def __post_init__(self) -> None:
        if self.tangent not in TANGENTS:
            raise InvalidInput(f"tangent {self.tangent!r} is not known", "use one of " + ", ".join(TANGENTS))
        if not all(np.isfinite((self.time_s, self.value, self.in_slope, self.out_slope))):
            raise InvalidInput(f"key at {self.time_s} s with value {self.value} is not finite", "give finite numbers")


@dataclass(frozen=True)
class Curve:
    """Keys in order of time, no two at the same time."""

    keys: tuple[Key, ...] = ()

    def __post_init__(self) -> None:
        times = [k.time_s for k in self.keys]
        if any(b <= a for a, b in itertools.pairwise(times)):
            raise InvalidInput("the keys of a curve must rise in time", "build it with Curve.from_keys")

    @classmethod
    def from_keys(cls, keys: Iterable[Key]) -> Curve:
        """A curve from keys in any order; of two at the same time the later one given stays."""
        by_time = {k.time_s: k for k in keys}
        return cls(tuple(by_time[t] for t in sorted(by_time)))

    def with_key(self, key: Key, tolerance_s: float = 1e-6) -> Curve:
        """The curve with `key` set; a key within `tolerance_s` of its time is replaced."""
        return Curve.from_keys([*(k for k in self.keys if abs(k.time_s - key.time_s) > tolerance_s), key])

    def without_key(self, time_s: float, tolerance_s: float = 1e-6) -> Curve:
        """The curve without the key at `time_s`."""
        return Curve(tuple(k for k in self.keys if abs(k.time_s - time_s) > tolerance_s))

    def moved(self, delta_s: float) -> Curve:
        """The curve shifted in time."""
        return Curve(tuple(replace(k, time_s=k.time_s + delta_s) for k in self.keys))

    def slopes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Incoming and outgoing slope of every key, value per second: two float64 [N]."""
        n = len(self.keys)
        slope_in, slope_out = np.zeros(n), np.zeros(n)
        for i, key in enumerate(self.keys):
            before = self.keys[i - 1] if i else None
            after = self.keys[i + 1] if i + 1 < n else None
            left = (key.value - before.value) / (key.time_s - before.time_s) if before else 0.0
            right = (after.value - key.value) / (after.time_s - key.time_s) if after else 0.0
            if key.tangent == "linear":
                slope_in[i], slope_out[i] = left, right
            elif key.tangent == "free":
                slope_in[i], slope_out[i] = key.in_slope, key.out_slope
            elif key.tangent == "auto" and before and after and left * right > 0:
                # Harmonic mean keeps the curve between its keys (Fritsch and Butland 1984).
                slope_in[i] = slope_out[i] = 2 * left * right / (left + right)
        return slope_in, slope_out

    def evaluate(self, times_s: ArrayLike) -> NDArray[np.float64]:
        """Values at `times_s` (any shape); zeros for a curve without keys."""
        t = np.asarray(times_s, np.float64)
        if not self.keys:
            return np.zeros(t.shape)
        key_t = np.array([k.time_s for k in self.keys])
        key_v = np.array([k.value for k in self.keys])
        if len(self.keys) == 1:
            return np.full(t.shape, key_v[0])
        slope_in, slope_out = self.slopes()
        i = np.clip(np.searchsorted(key_t, t, side="right") - 1, 0, len(key_t) - 2)
        span = key_t[i + 1] - key_t[i]
        u = np.clip((t - key_t[i]) / span, 0.0, 1.0)
        u2, u3 = u * u, u * u * u
        value: NDArray[np.float64] = (
            (2 * u3 - 3 * u2 + 1) * key_v[i] + (u3 - 2 * u2 + u) * span * slope_out[i]
            + (3 * u2 - 2 * u3) * key_v[i + 1] + (u3 - u2) * span * slope_in[i + 1]
        )  # fmt: skip
        stepped = np.array([k.tangent == "stepped" for k in self.keys])[i] & (t < key_t[i + 1])
        return np.where(stepped, key_v[i], value)

    def to_json(self) -> list[list[Any]]:
        """Keys as plain lists, for storage."""
        return [[k.time_s, k.value, k.tangent, k.in_slope, k.out_slope] for k in self.keys]

    @classmethod
    def from_json(cls, rows: list[list[Any]]) -> Curve:
        """The inverse of `to_json`."""
        return cls(tuple(Key(float(r[0]), float(r[1]), str(r[2]), float(r[3]), float(r[4])) for r in rows))
