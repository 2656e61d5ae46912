"""Calming what was measured: without lag where the future is known, with little where it is not.

What rises out of the noise is kept as it is, so that closures and blinks, which are over in three frames, stay as deep as they were.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, HEAD, INDEX, REGIONS

_FAST_HZ, _MIDDLE_HZ, _SLOW_HZ, _HEAD_HZ = 9.0, 5.0, 3.5, 4.0
_KEPT = 2.5  # standard deviations of the noise beyond which an excursion is no noise
_REACH_S = 1.0  # of the smoothing, to either side
_FALLEN, _BLINK_S = 0.3, 0.4  # of eyes that blink, and longer they are shut
_BROWS = [INDEX[name] for name in REGIONS["brows"]]
_SLOW = ("cheek", "nose", "eyeSquint", "eyeWide", "jawForward")
_FAST = ("jawOpen", "mouthClose", "eyeBlink")


def cutoffs_hz(names: tuple[str, ...] = CHANNELS) -> NDArray[np.float64]:
    """How fast each channel moves, float64 [K]: slower motion passes whole."""
    speed = lambda name: (  # noqa: E731
        _HEAD_HZ if name in HEAD else _FAST_HZ if name.startswith(_FAST) else _SLOW_HZ if name.startswith(_SLOW) else _MIDDLE_HZ
    )
    return np.array([speed(name) for name in names])


def smooth(values: NDArray[np.floating], trust: NDArray[np.floating], rate: float, strength: float = 1.0) -> NDArray[np.float32]:
    """Values without their noise and without lag.

    Args:
        values: [T, K], at regular times.
        trust: [T] 0 to 1, how sure each frame is; what is 0 is filled from its neighbours.
        rate: frames per second.
        strength: 0 leaves them as they are, 1 is usual.

    Returns:
        float32 [T, K].
    """
    v = _filled(np.asarray(values, np.float64), np.asarray(trust) > 0)
    if strength <= 0 or len(v) < 3:
        return v.astype(np.float32)
    out = np.empty_like(v)
    cutoffs = cutoffs_hz() / strength
    for cutoff in np.unique(cutoffs):
        columns = cutoffs == cutoff
        out[:, columns] = _calmed(v[:, columns], np.asarray(trust, np.float64), rate, float(cutoff))
    return out.astype(np.float32)


def _filled(v: NDArray[np.float64], seen: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Straight lines over frames that were not seen, the nearest value before the first and after the last."""
    if seen.all() or not seen.any():
        return np.nan_to_num(v)
    at = np.arange(len(v))
    return np.stack([np.interp(at, at[seen], column[seen]) for column in v.T], 1)


def _calmed(v: NDArray[np.float64], trust: NDArray[np.float64], rate: float, cutoff: float) -> NDArray[np.float64]:
    low = _weighted_mean(v, trust, rate, cutoff)
    rest = v - low
    noise = 1.4826 * np.median(np.abs(rest - np.median(rest, 0)), 0)
    bound = _KEPT * np.maximum(noise, 1e-6)
    beyond = np.sign(rest) * np.maximum(np.abs(rest) - bound, 0.0)
    # What sticks out is not noise: the bound itself is let go with it.
    share = np.minimum(np.abs(beyond) / bound, 1.0)
    return np.asarray(low + share * rest)


def _weighted_mean(v: NDArray[np.float64], trust: NDArray[np.float64], rate: float, cutoff: float) -> NDArray[np.float64]:
    """A Gaussian whose gain is 0.7 at the cutoff, by how sure each frame is; straight motion passes whole, at the ends too."""
    sigma = rate * math.sqrt(math.log(2.0) / 2) / (math.pi * cutoff) / math.sqrt(2.0)
    reach = int(min(max(1, math.ceil(3 * sigma)), round(_REACH_S * rate)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-3)) ** 2)
    kernel /= kernel.sum()
    # Turned about its ends, a line goes on beyond them.
    padded = np.pad(v, ((reach, reach), (0, 0)), mode="reflect", reflect_type="odd") if len(v) > reach else np.pad(v, ((reach, reach), (0, 0)), mode="edge")
    weight = np.pad(np.maximum(trust, 1e-3), reach, mode="edge")
    summed = np.stack([np.convolve(column * weight, kernel, "valid") for column in padded.T], 1)
    out: NDArray[np.float64] = summed / np.convolve(weight, kernel, "valid")[:, None]
    return out


def over_blinks(values: NDArray[np.floating], time_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values [T, 63] in which brows go on in a straight line while the eyes blink: lids that fall take the landmarker's brows with them.

    Args:
        values: of frames that follow each other.
        time_s: float64 [T].
    """
    v = np.array(values, np.float64)
    fallen = v[:, [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]].max(1) > _FALLEN
    edges = np.flatnonzero(np.diff(np.concatenate([[0], fallen.astype(np.int8), [0]])))
    blinking = np.zeros(len(v), bool)
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if time_s[end - 1] - time_s[first] < _BLINK_S:
            blinking[max(first - 1, 0) : end + 1] = True  # lids move before and after too
    v[:, _BROWS] = _filled(v[:, _BROWS], ~blinking)
    return v


class OneEuro:
    """Calms values as they come: what stands still is held still, what moves fast is followed at once.

    Args:
        strength: 0 leaves them as they are, 1 is usual.

    Source: Casiez, Roussel and Vogel, 1 € filter: a simple speed-based low-pass filter for noisy input in interactive systems (2012).
    """

    def __init__(self, strength: float = 1.0) -> None:
        self.strength = strength
        cutoffs = cutoffs_hz()
        self._slowest = 0.35 * cutoffs
        scale = np.array([40.0 if name.startswith("headPos") else 1.0 for name in CHANNELS])
        self._speeding = 2.0 * cutoffs / scale / 2.0  # hertz per unit of speed
        self._at: NDArray[np.float64] | None = None
        self._speed = np.zeros(len(CHANNELS))
        self._time_s = 0.0

    def reset(self) -> None:
        """Forget what came before."""
        self._at = None

    def __call__(self, values: NDArray[np.floating], time_s: float) -> NDArray[np.float32]:
        """The next values [63], at a time that rises: float32 [63]."""
        v = np.asarray(values, np.float64)
        step = time_s - self._time_s
        if self._at is None or step <= 0 or step > 1.0 or self.strength <= 0:
            self._at, self._speed, self._time_s = v.copy(), np.zeros(len(CHANNELS)), time_s
            return v.astype(np.float32)
        self._speed += _pull(np.full(len(CHANNELS), 1.5), step) * ((v - self._at) / step - self._speed)
        cutoff = (self._slowest + self._speeding * np.abs(self._speed)) / self.strength
        self._at = self._at + _pull(cutoff, step) * (v - self._at)
        self._time_s = time_s
        return self._at.astype(np.float32)


def _pull(cutoff_hz: NDArray[np.float64], step_s: float) -> NDArray[np.float64]:
    """How far an exponential low-pass goes towards the next value."""
    turn = 2 * math.pi * cutoff_hz * step_s
    return np.asarray(turn / (1 + turn))
