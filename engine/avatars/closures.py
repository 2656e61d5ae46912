"""Which of the shut lips of a capture are a p, b or m: lips also meet in a /w/ or an r, and stay shut in silence.

Where the opening vanishes for a while, how far, for how long, how far the lips stand out and how high and wide they are tell pressed lips from rounded
ones; all but the first against what is usual of the face. Weights were fitted by `packaging/fit_capture_closures.py` on recordings of one speaker (GRID's
first) that no figure is measured on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking import mouth
from engine.avatars.tracking.track import Track

SHUT = 0.004  # opening above that of an actor's shut lips, as a share of the distance between the outer corners of the eyes
NEAR_S = 0.08  # before and after it, where the mouth is looked at too
FEATURES: tuple[str, ...] = (
    "gap", "length", "length_off", "stands_out", "width_before", "gap_after", "lower_lip", "width", "stood_out_before", "under_nose", "jaw_after",
)  # fmt: skip
_USUAL_S = 0.12  # how long lips are shut for a p, b or m
_TINY = 1e-6
_EYES, _CORNERS, _LIPS, _NOSE = (263, 33), (61, 291), (13, 14), 1
_LOWER_LIP, _UNDER_NOSE, _JAW = (14, 17), (2, 0), (1, 152)
MEAN = (0.0016, -0.2598, 0.3400, 0.0061, 0.9989, 0.0844, 1.0728, 0.9781, 0.0029, 1.0556, 1.0387)
SPREAD = (0.0010, 0.5220, 0.4907, 0.0070, 0.0434, 0.0353, 0.0618, 0.0295, 0.0069, 0.0472, 0.0289)
WEIGHTS = (-1.5001, 1.2494, -0.6940, 0.1514, -0.7182, 1.3670, 1.1111, 0.5075, -0.8872, 2.0465, -1.7912)
BIAS = 0.4753
# What is held shut when it is played: what may well be a p, b or m (log odds; weights of one speaker are to be doubted on another's lips), and silence.
LIKELY = -1.0
SILENCE_S = 0.3  # lips that are shut longer are at rest
_TELLING_S = 1.0  # of a face that has to be seen before what is usual of it is known


@dataclass(frozen=True)
class Shut:
    """Lips that are shut for a while.

    Args:
        start_s: by the video's clock, half a picture before the first in which they are.
        end_s: half a picture after the last.
        features: of it, by `FEATURES`.
    """

    start_s: float
    end_s: float
    features: tuple[float, ...]

    @property
    def pressed(self) -> float:
        """How sure it is a p, b or m: log odds."""
        return BIAS + float(np.dot((np.array(self.features) - MEAN) / SPREAD, WEIGHTS))


def closures(track: Track) -> list[Shut]:
    """The p, b and m that can be seen in a track."""
    return [each for each in shut_lips(track) if each.pressed > 0.0]


def held_shut(closed: NDArray[np.bool_], times_s: NDArray[np.float64], track: Track) -> NDArray[np.bool_]:
    """Of the frames that show closed lips, those in which they are pressed or at rest; the others are a w, an r or the like, which nearly close.

    Args:
        closed: bool [T].
        times_s: float64 [T] of them, by the video's clock, rising.
        track: of the face.

    Returns:
        bool [T], True only where `closed` is.
    """
    out = closed.copy()
    if len(times_s) < 2 or track.found.sum() < _TELLING_S * float(track.fps):
        return out
    runs = shut_lips(track)
    step_s = float(times_s[1] - times_s[0])
    edges = np.flatnonzero(np.diff(np.concatenate([[0], closed.astype(np.int8), [0]])))
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        start_s, stop_s = float(times_s[first]) - step_s / 2, float(times_s[end - 1]) + step_s / 2
        inside = [run.pressed for run in runs if run.start_s < stop_s and run.end_s > start_s]
        told = first > 0 and end < len(closed) and bool(inside)  # else it is not known how long they were shut, or how
        out[first:end] = not told or max(inside) > LIKELY or stop_s - start_s > SILENCE_S
    return out


def shut_lips(track: Track) -> list[Shut]:
    """Every while in which lips are shut.

    Args:
        track: of a face.
    """
    points = track.points.astype(np.float64)
    eyes = _between(points, *_EYES)
    gap = mouth.gaps(track.points)
    width, lower, under, jaw = (_usual(_between(points, *pair) / eyes) for pair in (_CORNERS, _LOWER_LIP, _UNDER_NOSE, _JAW))
    lips_out = (points[:, _NOSE, 2] - points[:, list(_LIPS), 2].mean(1)) / eyes
    known = np.isfinite(gap)
    if not known.any():
        return []
    level = mouth.closed_level(gap)
    stands_out = np.nanmedian(lips_out) - lips_out
    shut = known & (np.nan_to_num(gap, nan=1.0) < level + SHUT)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shut.astype(np.int8), [0]])))
    step_s, reach = 1.0 / float(track.fps), max(1, round(NEAR_S * float(track.fps)))
    found = []
    for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        tightest = first + int(np.argmin(gap[first:end]))
        length_s = float(track.time_s[end - 1] - track.time_s[first]) + step_s
        before, after = max(first - reach, 0), min(end - 1 + reach, len(gap) - 1)
        features = (
            gap[tightest] - level, np.log(length_s / _USUAL_S), np.log(length_s / _USUAL_S) ** 2, stands_out[tightest], width[before], gap[after],
            lower[tightest], width[tightest], stands_out[before], under[tightest], jaw[after],
        )  # fmt: skip
        if np.isfinite(features).all() and first > 0 and end < len(gap):  # else it is not known how long they were shut
            start_s = float(track.time_s[first]) - step_s / 2
            found.append(Shut(start_s, start_s + length_s, tuple(float(value) for value in features)))
    return found


def _between(points: NDArray[np.float64], one: int, other: int) -> NDArray[np.float64]:
    return np.asarray(np.hypot(*(points[:, one, :2] - points[:, other, :2]).T))


def _usual(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values [T] as a share of what is usual of them."""
    return values / max(float(np.nanmedian(values)), _TINY) if np.isfinite(values).any() else values
