"""Where a value lies on the screen: the part of the value axis that is in view. A value, without Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

LEAST_SPAN, MOST_SPAN = 1e-3, 2000.0


@dataclass(frozen=True)
class ValueAxis:
    """Maps values to pixels of a graph, both ways; pixels count down from its top.

    Args:
        low: value at the bottom edge.
        high: value at the top edge.
        height_px: of the graph.
    """

    low: float = -0.08
    high: float = 1.08
    height_px: float = 100.0

    def __post_init__(self) -> None:
        span = min(max(self.high - self.low, LEAST_SPAN), MOST_SPAN)
        if span != self.high - self.low:
            middle = (self.low + self.high) / 2
            object.__setattr__(self, "low", middle - span / 2)
            object.__setattr__(self, "high", middle + span / 2)

    @property
    def px_per_unit(self) -> float:
        """Scale."""
        return max(self.height_px, 1.0) / (self.high - self.low)

    def y(self, value: float) -> float:
        """Pixels from the graph's top edge."""
        return (self.high - value) * self.px_per_unit

    def value(self, y: float) -> float:
        """The value at `y` pixels from the top."""
        return self.high - y / self.px_per_unit

    def zoomed(self, factor: float, y: float) -> ValueAxis:
        """Closer by `factor`, with the value under pixel `y` kept under it."""
        span = min(max((self.high - self.low) / factor, LEAST_SPAN), MOST_SPAN)
        held, share = self.value(y), y / max(self.height_px, 1.0)
        return replace(self, high=held + share * span, low=held + (share - 1) * span)

    def panned(self, pixels: float) -> ValueAxis:
        """Moved so that what was `pixels` further down comes to the top edge."""
        delta = pixels / self.px_per_unit
        return replace(self, low=self.low - delta, high=self.high - delta)

    def framed(self, low: float, high: float) -> ValueAxis:
        """From `low` to `high` with some room above and below."""
        room = max(0.12 * (high - low), 0.04 if high - low < 1e-9 else 0.0)
        return replace(self, low=low - room, high=high + room)

    def resized(self, height_px: float) -> ValueAxis:
        """Another height, the same values in view."""
        return replace(self, height_px=height_px)

    def step(self, label_px: float = 26.0) -> float:
        """Distance of two labels: 1, 2 or 5 times a power of ten."""
        wanted = label_px / self.px_per_unit
        power = 10.0 ** math.floor(math.log10(wanted))
        return next(power * n for n in (1, 2, 5, 10) if power * n >= wanted * 0.999)

    def ticks(self, label_px: float = 26.0) -> list[tuple[float, str]]:
        """Values in view that get a label, and the labels."""
        step = self.step(label_px)
        places = max(0, -math.floor(math.log10(step) + 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(i * step, f"{i * step + 0.0:.{places}f}") for i in range(first, last + 1)]
