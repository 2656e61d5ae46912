"""What a person has set for capturing: regions, neutral, gain and range; remembered between two starts."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.avatars.tracking.settings import CaptureSettings
from engine.core.channels import REGIONS
from engine.core.errors import InvalidInput
from studio.settings import Preferences

LEAST_RANGE = 0.02
ERRORS: dict[str, float] = {"few": 0.02, "medium": 0.01, "many": 0.005}  # of a coefficient that moves the skin far; `thinning.allowed`
USUAL_KEYS = "medium"
_SETTINGS, _REGIONS, _KEYS = "capture/settings", "capture/regions", "capture/keys"
_WHOLE = (0.0, 1.0)


class Profile(QObject):
    """The settings of one window. Its `settings` hold all regions: which are wanted is a matter of the layer.

    Signals:
        changed(): others.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = Preferences()
        self._settings = _read(self._preferences.text(_SETTINGS))
        wanted = self._preferences.words(_REGIONS)
        self._regions = tuple(r for r in REGIONS if r in wanted) or tuple(REGIONS)
        self._keys = self._preferences.text(_KEYS)

    @property
    def settings(self) -> CaptureSettings:
        """Neutral, gain and range."""
        return self._settings

    @property
    def regions(self) -> tuple[str, ...]:
        """What is captured, of `REGIONS`."""
        return self._regions

    @property
    def keys(self) -> str:
        """How densely keys are set, of `ERRORS`."""
        return self._keys if self._keys in ERRORS else USUAL_KEYS

    @property
    def error(self) -> float:
        """The largest error of a coefficient that its keys may have."""
        return ERRORS[self.keys]

    def set_keys(self, keys: str) -> None:
        """Set keys this densely from now on."""
        if keys != self.keys:
            self._keys = keys
            self._preferences.put(_KEYS, keys)
            self.changed.emit()

    def set_settings(self, settings: CaptureSettings) -> None:
        """Use others from now on."""
        if settings != self._settings:
            self._settings = settings
            self._preferences.put(_SETTINGS, settings.to_json())
            self.changed.emit()

    def set_regions(self, regions: tuple[str, ...]) -> None:
        """Capture these from now on."""
        regions = tuple(r for r in REGIONS if r in regions)
        if regions != self._regions:
            self._regions = regions
            self._preferences.put(_REGIONS, list(regions))
            self.changed.emit()

    def set_neutral(self, neutral: dict[str, float]) -> None:
        """The raw values of a face at rest; none of them for the tracker's own."""
        self.set_settings(replace(self._settings, neutral=neutral))

    def set_gain(self, channel: str, gain: float) -> None:
        """How much of a channel's movement comes through; 1 is all of it."""
        gains = {**self._settings.gains, channel: gain}
        if math.isclose(gain, 1.0):
            gains.pop(channel)
        self.set_settings(replace(self._settings, gains=gains))

    def set_range(self, channel: str, low: float, high: float) -> None:
        """The captured values of a coefficient that become 0 and 1; those two themselves are no range."""
        low = min(max(low, 0.0), 1.0 - LEAST_RANGE)
        high = min(max(high, low + LEAST_RANGE), 1.0)
        ranges = {**self._settings.ranges, channel: (low, high)}
        if (low, high) == _WHOLE:
            ranges.pop(channel)
        self.set_settings(replace(self._settings, ranges=ranges))

    def reset(self) -> None:
        """No gain and no range; neutral stays."""
        self.set_settings(CaptureSettings(neutral=self._settings.neutral))


def _read(text: str) -> CaptureSettings:
    """What was remembered; the usual ones where it cannot be read."""
    try:
        return CaptureSettings.from_json(text) if text else CaptureSettings()
    except InvalidInput:
        return CaptureSettings()
