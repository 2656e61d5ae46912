"""Captured motion as an edit layer: thinned to few keys, within an error that is kept, for the regions of the face that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import AUX, CHANNELS, REGIONS, limits
from engine.core.curve_ops import clamped, simplify
from engine.core.curves import Curve, Key, monotone_slopes
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.head import ada
from engine.project.document import new_id
from engine.project.parts import Layer

MOST_KEYS = 100_000  # of one layer
TOLERANCE = 0.01  # of a coefficient that moves the skin by `_WHOLE_MM`: 0.3 mm of it; others may be off by what moves it as far
LOOSEST = 0.08  # to which it grows where there would be too many keys
_WHOLE_MM, _MOST_SHARE = 30.0, 6.0
_LIPS = 0.7  # of it for jawOpen and mouthClose, whose difference is the opening of the lips
_LOOK = 3.0  # times it for the eyes: 0.9 degrees of their turn to the side
_TURN_RAD, _PLACE_MM, _DEPTH_MM = 0.4, 40.0, 200.0  # 0.2 degrees of the head's turn, 0.4 mm of its place, 2 mm towards the camera
_LOOKS = 7  # places between two keys where a curve is looked at
_ALIKE = {"cheeks": "cheeks and nose", "nose": "cheeks and nose", "mouth": "lips", "gaze": "eyes", "blink": "eyes"}


class TooManyKeys(InvalidInput):
    """Motion that no layer can hold, however large the error."""


@dataclass(frozen=True, eq=False)
class Thinned:
    """A layer, and how far it is from the motion it was made of.

    Args:
        layer: with keys.
        keys: how many.
        tolerance: that was kept, of a coefficient.
        notices: what a person should know of it.
    """

    layer: Layer
    keys: int
    tolerance: float
    notices: tuple[str, ...] = ()


def regions_of(names: Sequence[str]) -> tuple[str, ...]:
    """Regions of the face from words; none, or `all`, for the whole face.

    Raises:
        InvalidInput: a word that is no region.
    """
    chosen = [_ALIKE.get(name.strip().lower(), name.strip().lower()) for name in names if name.strip()]
    wrong = next((name for name in chosen if name not in REGIONS and name != "all"), None)
    if wrong is not None:
        raise InvalidInput(f"the face has no region {wrong!r}", "use some of " + ", ".join(REGIONS))
    return tuple(REGIONS) if not chosen or "all" in chosen else tuple(region for region in REGIONS if region in chosen)


def channels_of(regions: Sequence[str]) -> tuple[str, ...]:
    """The channels that a camera sees of some regions: tongue and breath are not among them."""
    wanted = {name for region in regions for name in REGIONS[region]}
    return tuple(name for name in CHANNELS if name in wanted and name not in AUX and name != "tongueOut")


def thinned(clip: MotionClip, start_s: float, name: str, regions: Sequence[str] = tuple(REGIONS), tolerance: float = TOLERANCE, job: Job = SILENT) -> Thinned:
    """A layer that plays captured motion in the place of what is below, in some regions of the face.

    Args:
        clip: native channels at the video's rate.
        start_s: when its first frame plays, seconds of the line; frames before the line's start are left out.
        name: of the layer, such as the video's.
        regions: of the face, out of `channels.REGIONS`.
        tolerance: largest error at any frame, by `allowed`. Doubled up to `LOOSEST` while there are too many keys.
        job: progress and cancelling.

    Raises:
        InvalidInput: nothing of it plays.
        TooManyKeys: more than `MOST_KEYS` keys even so.
        Cancelled: the job was cancelled.
    """
    names = channels_of(regions)
    first = int(np.searchsorted(clip.times_s + start_s, -1e-9))
    if first >= len(clip) or not names:
        raise InvalidInput(f"nothing of {name} plays on this line", "choose regions of the face, and a place inside the line")
    times = np.maximum(clip.times_s[first:] + start_s, 0.0)
    values = clip.select(names)[first:].astype(np.float64)
    error = tolerance
    while True:
        curves = _curves(times, names, values, error, job)
        keys = sum(len(curve.keys) for curve in curves.values())
        if keys <= MOST_KEYS:
            break
        if error >= LOOSEST:
            raise TooManyKeys(
                f"{name} would be more than {MOST_KEYS:,} keys ({clip.duration_s:.0f} s of {len(names)} channels)",
                "keep it as a take, or capture a shorter piece",
            )
        error = min(2.0 * error, LOOSEST)
    told = (f"thinned to keys with errors up to {error:g}, for its length",) if error > tolerance else ()
    begin = max(start_s, 0.0)
    layer = Layer(new_id(), name, "override", start_s=begin, end_s=start_s + clip.duration_s, curves=curves, source=name)
    return Thinned(layer, keys, error, told)


def allowed(channel: str, tolerance: float) -> float:
    """The error that a channel may have, in its own unit, where one that moves the skin by 30 mm may have `tolerance`.

    What counts is what is seen: a channel that moves the skin a quarter as far may be off by four times as much.
    """
    if channel.startswith("headRot"):
        return _TURN_RAD * tolerance
    if channel.startswith("headPos"):
        return (_DEPTH_MM if channel == "headPosZ" else _PLACE_MM) * tolerance
    if channel.startswith("eyeLook"):
        return _LOOK * tolerance
    if channel in ("jawOpen", "mouthClose"):
        return _LIPS * tolerance
    return float(np.clip(_WHOLE_MM / max(_travel_mm().get(channel, _WHOLE_MM), 1.0), 1.0, _MOST_SHARE)) * tolerance


@lru_cache(maxsize=1)
def _travel_mm() -> dict[str, float]:
    """How far each channel moves the skin where it moves it farthest."""
    head = ada.load()
    moved = np.linalg.norm(head.units[:, head.span("skin")], axis=-1).max(1) * 1000.0
    return dict(zip(head.unit_names, moved.tolist(), strict=True))


def between(curve: Curve, times: NDArray[np.float64], values: NDArray[np.float64], error: float) -> Curve:
    """The curve with a key at every sample wherever it would go beyond its samples, as it does about a blink of two pictures.

    Args:
        curve: through samples, with keys at some of their times.
        times: float64 [T] of the samples.
        values: float64 [T].
        error: by which it may go beyond them.
    """
    at = np.searchsorted(times, curve.times_s - 1e-9)
    if len(at) < 2:
        return curve
    within = curve.times_s[:-1, None] + np.diff(curve.times_s)[:, None] * np.linspace(0.0, 1.0, _LOOKS + 2)[1:-1]
    found = curve.evaluate(within)
    low, high = (np.array([limit(values[i : j + 1]) for i, j in pairwise(at.tolist())]) for limit in (np.min, np.max))
    beyond = np.flatnonzero((found.max(1) > high + error) | (found.min(1) < low - error)).tolist()
    if not beyond:
        return curve
    slopes = monotone_slopes(times, values)
    before, after = (one.copy() for one in curve.slopes())
    more: list[Key] = []
    for segment in beyond:
        first, last = int(at[segment]), int(at[segment + 1])
        after[segment], before[segment + 1] = slopes[first], slopes[last]
        more += [Key(float(times[i]), float(values[i]), "free", float(slopes[i]), float(slopes[i])) for i in range(first + 1, last)]
    ends = {k for segment in beyond for k in (segment, segment + 1)}
    kept = [replace(key, tangent="broken", in_slope=float(before[k]), out_slope=float(after[k])) if k in ends else key for k, key in enumerate(curve.keys)]
    return Curve.from_keys([*kept, *more])


def _curves(times: NDArray[np.float64], names: Sequence[str], values: NDArray[np.float64], tolerance: float, job: Job) -> dict[str, Curve]:
    out: dict[str, Curve] = {}
    keys = 0
    for done, (name, column) in enumerate(zip(names, values.T, strict=True)):
        job.report(done, len(names), "thinning to keys")
        error = allowed(name, tolerance)
        out[name] = between(clamped(simplify(times, column, error), *limits(name)), times, column, error)
        keys += len(out[name].keys)
        if keys > MOST_KEYS and tolerance < LOOSEST:
            break  # it will be done again with a larger error
    return out
