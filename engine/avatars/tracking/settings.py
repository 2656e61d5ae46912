"""How captured motion is played: what counts as neutral, how strongly each channel plays, how calm it is. All of it may be changed afterwards."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import ARKIT, CHANNELS, HEAD, INDEX, REGIONS, limits
from engine.core.errors import InvalidInput
from engine.core.motion import MotionClip

MOST_GAIN = 4.0
_SEALED = 0.97  # of mouthClose against jawOpen: lips that touch, which no gain may part
_LEAST_RANGE = 0.02
_JAW, _CLOSE = INDEX["jawOpen"], INDEX["mouthClose"]


@dataclass(frozen=True)
class CaptureSettings:
    """How to play what was captured.

    Args:
        gains: factor on a channel, 0 to 4; 1 for those not named.
        ranges: of a coefficient, the raw values that become 0 and 1; those of an actor who does little lie close together.
        neutral: the raw values of a face at rest, which become 0.
        regions: of the face that are captured, of `engine.core.channels.REGIONS`; others stay at rest.
        smoothing: 0 as measured, 1 usual, up to 3 very calm.
        snap: close the lips where the picture shows them closed.

    Raises:
        InvalidInput: an unknown channel or region, or a value out of its range.
    """

    gains: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    neutral: Mapping[str, float] = field(default_factory=dict)
    regions: tuple[str, ...] = tuple(REGIONS)
    smoothing: float = 1.0
    snap: bool = True

    def __post_init__(self) -> None:
        for what, names, known in (
            ("gain", self.gains, CHANNELS), ("range", self.ranges, ARKIT), ("neutral value", self.neutral, CHANNELS), ("region", self.regions, tuple(REGIONS)),
        ):  # fmt: skip
            wrong = [name for name in names if name not in known]
            if wrong:
                raise InvalidInput(f"there is no {what} of {wrong[0]!r}", "use names of engine.core.channels")
        for name, gain in self.gains.items():
            _check(f"the gain of {name}", gain, 0.0, MOST_GAIN)
        for name, value in self.neutral.items():
            _check(f"the neutral value of {name}", value, *limits(name))
        for name, (low, high) in self.ranges.items():
            _check(f"the lower end of {name}", low, 0.0, 1.0 - _LEAST_RANGE)
            _check(f"the upper end of {name}", high, low + _LEAST_RANGE, 1.0)
        _check("the smoothing", self.smoothing, 0.0, 3.0)

    def to_json(self) -> str:
        """As JSON, for a project or a file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> CaptureSettings:
        """Back from `to_json`.

        Raises:
            InvalidInput: not JSON, or not such settings.
        """
        try:
            found: Any = json.loads(text)
            ranges = {str(name): (float(low), float(high)) for name, (low, high) in found.pop("ranges", {}).items()}
            gains, neutral = ({str(name): float(value) for name, value in found.pop(key, {}).items()} for key in ("gains", "neutral"))
            regions = tuple(str(name) for name in found.pop("regions", tuple(REGIONS)))
            smoothing, snap = float(found.pop("smoothing", 1.0)), bool(found.pop("snap", True))
        except (ValueError, TypeError, AttributeError) as error:
            raise InvalidInput(f"these are no capture settings ({error})", "make them anew") from error
        if found:
            raise InvalidInput(f"capture settings do not have {', '.join(sorted(found))}", "they are of another version; make them anew")
        return cls(gains, ranges, neutral, regions, smoothing, snap)


def _check(what: str, value: float, low: float, high: float) -> None:
    if not (math.isfinite(value) and low <= value <= high):
        raise InvalidInput(f"{what} is {value:g}", f"give {low:g} to {high:g}")


def adjusted(raw: MotionClip, settings: CaptureSettings) -> MotionClip:
    """Captured motion as the settings want it; neutral first, then range, then gain.

    Args:
        raw: as captured, all 63 channels.
        settings: only `neutral`, `ranges`, `gains` and `regions` count here.
    """
    return replace(raw, values=adjusted_values(raw.values, settings))


def adjusted_values(raw: NDArray[np.float32], settings: CaptureSettings) -> NDArray[np.float32]:
    """As `adjusted`, of values [T, 63].

    Raises:
        InvalidInput: other values.
    """
    if raw.ndim != 2 or raw.shape[1] != len(CHANNELS):
        raise InvalidInput(f"captured values must be [T, {len(CHANNELS)}], got {list(raw.shape)}", "give the raw clip of a capture")
    out = raw.astype(np.float32, copy=True)
    for name, value in settings.neutral.items():
        column = INDEX[name]
        # A coefficient that is neutral at 0.2 still reaches 1.
        out[:, column] = out[:, column] - value if name in HEAD else np.maximum(out[:, column] - value, 0.0) / max(1.0 - value, _LEAST_RANGE)
    for name, (low, high) in settings.ranges.items():
        out[:, INDEX[name]] = (out[:, INDEX[name]] - low) / (high - low)
    for name, gain in settings.gains.items():
        out[:, INDEX[name]] *= gain
    kept = {name for region in settings.regions for name in REGIONS[region]}
    out[:, [i for i, name in enumerate(CHANNELS) if name not in kept]] = 0.0
    low_limit, high_limit = np.array([limits(name) for name in CHANNELS], np.float32).T
    out = np.clip(out, low_limit, high_limit)
    sealed = (raw[:, _CLOSE] >= _SEALED * raw[:, _JAW]) & (raw[:, _CLOSE] > 0)
    out[sealed, _CLOSE] = np.maximum(out[sealed, _CLOSE], out[sealed, _JAW])
    return out


def neutral_of(raw: MotionClip, start_s: float, stop_s: float | None = None) -> dict[str, float]:
    """The raw values of a stretch that shows the face at rest, for `CaptureSettings.neutral`; their medians.

    Args:
        raw: as captured.
        start_s: seconds of the clip.
        stop_s: its end; a quarter of a second round `start_s` without.

    Raises:
        InvalidInput: no frame of the clip lies there.
    """
    first, last = (start_s - 0.125, start_s + 0.125) if stop_s is None else (start_s, stop_s)
    inside = (raw.times_s >= first) & (raw.times_s <= last)
    if not inside.any():
        raise InvalidInput(f"the clip has no frame between {first:.2f} and {last:.2f} s", f"choose a time within its {raw.duration_s:.2f} s")
    middle = np.median(raw.values[inside], 0)
    names = [name for name in CHANNELS if name in (*ARKIT, *HEAD)]
    return {name: round(float(np.clip(middle[INDEX[name]], *_neutral_limits(name))), 4) for name in names}


def _neutral_limits(name: str) -> tuple[float, float]:
    low, high = limits(name)
    return (low, high) if name in HEAD else (low, 0.8)
