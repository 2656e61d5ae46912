"""What a person has set for capturing: regions, neutral, gain and range; remembered between two starts."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, replace

from PySide6.QtCore import QObject, Signal

from engine.core.channels import CHANNELS, REGIONS, limits
from studio.capture.door import Tuning
from studio.settings import Preferences

MOST_GAIN = 3.0
_TUNING, _REGIONS = "capture/tuning", "capture/regions"


class Profile(QObject):
    """The settings of one window.

    Signals:
        changed(): others.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = Preferences()
        self._tuning = _read(self._preferences.text(_TUNING))
        wanted = self._preferences.words(_REGIONS)
        self._regions = tuple(r for r in REGIONS if r in wanted) or tuple(REGIONS)

    @property
    def tuning(self) -> Tuning:
        """Neutral, gain and range."""
        return self._tuning

    @property
    def regions(self) -> tuple[str, ...]:
        """What is captured, of `REGIONS`."""
        return self._regions

    def set_tuning(self, tuning: Tuning) -> None:
        """Use another one from now on."""
        if tuning != self._tuning:
            self._tuning = tuning
            self._preferences.put(_TUNING, json.dumps(asdict(tuning)))
            self.changed.emit()

    def set_regions(self, regions: tuple[str, ...]) -> None:
        """Capture these from now on."""
        regions = tuple(r for r in REGIONS if r in regions)
        if regions != self._regions:
            self._regions = regions
            self._preferences.put(_REGIONS, list(regions))
            self.changed.emit()

    def set_gain(self, channel: str, gain: float) -> None:
        """How much of a channel's movement comes through; 1 is all of it."""
        gains = {**self._tuning.gains, channel: gain}
        if math.isclose(gain, 1.0):
            gains.pop(channel)
        self.set_tuning(replace(self._tuning, gains=gains))

    def set_range(self, channel: str, low: float, high: float) -> None:
        """What a channel may reach; the rig's own limits are no range."""
        ranges = {**self._tuning.ranges, channel: (low, high)}
        if (low, high) == limits(channel):
            ranges.pop(channel)
        self.set_tuning(replace(self._tuning, ranges=ranges))

    def reset(self) -> None:
        """No gain and no range; neutral stays."""
        self.set_tuning(Tuning(neutral=self._tuning.neutral))


def _read(text: str) -> Tuning:
    """What was remembered; what is none is left out."""
    try:
        found = json.loads(text) if text else {}
        gains = {n: float(v) for n, v in found.get("gains", {}).items() if n in CHANNELS and 0.0 <= float(v) <= MOST_GAIN}
        ranges = {n: (float(lo), float(hi)) for n, (lo, hi) in found.get("ranges", {}).items() if n in CHANNELS and float(lo) < float(hi)}
        neutral = {n: float(v) for n, v in found.get("neutral", {}).items() if n in CHANNELS and math.isfinite(float(v))}
    except (ValueError, TypeError, AttributeError):
        return Tuning()
    return Tuning(gains, ranges, neutral)
