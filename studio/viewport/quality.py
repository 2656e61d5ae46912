"""How finely to draw while things move: as finely as the machine can in time, and no finer."""

from __future__ import annotations

from dataclasses import dataclass

BUSY, IDLE = 0.8, 0.3  # shares of the time there is: above the first, draw coarser; below the second, finer
_PATIENCE = 6  # frames between two changes
_SMOOTHING = 0.3


@dataclass(frozen=True)
class Fineness:
    """One way to draw: a share of the pixels along each side, and a level of `engine.render.levels`."""

    scale: float
    level: str


FINENESS: tuple[Fineness, ...] = (
    Fineness(1.0, "standard"), Fineness(1.0, "draft"), Fineness(0.8, "draft"), Fineness(0.62, "draft"), Fineness(0.5, "draft"), Fineness(0.42, "draft"),
)  # fmt: skip
FULL = FINENESS[0]
BEST = Fineness(1.0, "high")  # while nothing moves for a while, where that takes no more than `BEST_S`
BEST_S, BEST_AFTER_S = 6.0, 0.7


class Quality:
    """Chooses the fineness for moving pictures from what the last ones took.

    Args:
        start: index into `FINENESS` to begin with.
    """

    def __init__(self, start: int = 1) -> None:
        self._level = start
        self._mean_s = 0.0
        self._seen = 0
        self._ceiling = 0  # no finer than this: it was tried and took too long

    @property
    def fineness(self) -> Fineness:
        """How to draw the next picture."""
        return FINENESS[self._level]

    def note(self, fineness: Fineness, took_s: float, budget_s: float) -> None:
        """A picture was drawn; one of another fineness says nothing.

        Args:
            fineness: of the picture.
            took_s: to draw it.
            budget_s: until the next one is wanted.
        """
        if fineness != self.fineness:
            return
        self._mean_s = took_s if self._seen == 0 else self._mean_s + _SMOOTHING * (took_s - self._mean_s)
        self._seen += 1
        if self._seen < _PATIENCE:
            return
        if self._mean_s > BUSY * budget_s and self._level + 1 < len(FINENESS):
            self._ceiling = self._level + 1
            self._go(self._level + 1)
        elif self._mean_s < IDLE * budget_s and self._level > self._ceiling:
            self._go(self._level - 1)

    def _go(self, level: int) -> None:
        self._level, self._seen = level, 0
