"""Captured motion as an edit layer: thinned to few keys, within an error that is kept, for the regions of the face that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import AUX, CHANNELS, REGIONS, limits
from engine.core.curve_ops import clamped, simplify
from engine.core.curves import Curve
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


def _curves(times: NDArray[np.float64], names: Sequence[str], values: NDArray[np.float64], tolerance: float, job: Job) -> dict[str, Curve]:
    out: dict[str, Curve] = {}
    keys = 0
    for done, (name, column) in enumerate(zip(names, values.T, strict=True)):
        job.report(done, len(names), "thinning to keys")
        out[name] = clamped(simplify(times, column, allowed(name, tolerance)), *limits(name))
        keys += len(out[name].keys)
        if keys > MOST_KEYS and tolerance < LOOSEST:
            break  # it will be done again with a larger error
    return out
