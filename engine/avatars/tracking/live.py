"""Capturing as pictures come: one at a time, in a few milliseconds, calmed with little lag."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import torch
from numpy.typing import NDArray

from engine.avatars.tracking import mouth
from engine.avatars.tracking.actor import Actor
from engine.avatars.tracking.fit import identity
from engine.avatars.tracking.frames import Measured, measured
from engine.avatars.tracking.landmarks import Seen, Tracker
from engine.avatars.tracking.models import Models, models
from engine.avatars.tracking.settings import CaptureSettings, adjusted_values
from engine.avatars.tracking.smooth import OneEuro
from engine.avatars.tracking.solver import State
from engine.avatars.tracking.track import Recorder, Track
from engine.head.barriers import one_thread
from engine.head.rig import LipGauge
from engine.head.shape import head_of

_FIRST = 8  # pictures from which somebody is first known
_FPS = Fraction(30)


class LiveCapture:
    """A face that drives the rig while it is watched.

    Args:
        actor: who; found from the first pictures without.
        settings: how to play it; may be set at any time.
        found: the landmark models; those on this machine without.

    Attributes:
        settings: how to play it.
        actor: who, once known.
        raw: the last values before neutral, range and gain, float32 [63]; None before the first.
        seen: the last `Seen`.

    Raises:
        MissingAsset: the landmark models are not on this machine.
    """

    def __init__(self, actor: Actor | None = None, settings: CaptureSettings | None = None, found: Models | None = None) -> None:
        self.settings = settings or CaptureSettings()
        self.actor = actor
        self.raw: NDArray[np.float32] | None = None
        self.seen: Seen | None = None
        self._tracker = Tracker(found or models())
        self._calm = OneEuro(self.settings.smoothing)
        self._first: Recorder | None = None
        self._count = 0
        self._state: State | None = None
        self._ready()

    def _ready(self) -> None:
        if self.actor is not None:
            with torch.no_grad(), one_thread():
                self._face = self.actor.face()
                self._gauge = LipGauge(head_of(self.actor.person))

    def choose(self, x: float, y: float) -> None:
        """Follow the face at this point of the picture; who it is will be found anew."""
        self._tracker.choose(x, y)
        self.actor, self._first, self._count, self._state = None, None, 0, None

    def push(self, rgb: NDArray[np.uint8], time_s: float) -> NDArray[np.float32] | None:
        """The next picture.

        Args:
            rgb: uint8 [H, W, 3].
            time_s: when it was taken, on a clock that rises.

        Returns:
            values float32 [63]; None where no face is seen or nobody is known yet.
        """
        self.seen = self._tracker.see(rgb, time_s)
        size = (rgb.shape[1], rgb.shape[0])
        if self.seen.followed is None:
            self._state = None
            return None
        if self.actor is None and not self._known(size, time_s):
            return None
        if self.seen.cut:
            self._state = None
        with torch.no_grad(), one_thread():
            values = self._values(size, time_s)
        self._calm.strength = self.settings.smoothing
        calm = self._calm(values, time_s)
        self.raw = self._lips(calm)
        return adjusted_values(self.raw[None], self.settings)[0]

    def _known(self, size: tuple[int, int], time_s: float) -> bool:
        if self._first is None:
            self._first, self._count = Recorder(size, _FPS), 0
        assert self.seen is not None
        self._first.add(time_s, self.seen)
        self._count += 1
        if self._count < _FIRST:
            return False
        self.actor = identity(self._first.track(), self.settings)
        self._first = None
        self._ready()
        return True

    def _one(self, size: tuple[int, int], time_s: float) -> Track:
        assert self.seen is not None
        one = Recorder(size, _FPS)
        one.add(time_s, self.seen)
        return one.track()

    def _values(self, size: tuple[int, int], time_s: float) -> NDArray[np.float64]:
        assert self.actor is not None
        self._track = self._one(size, time_s)
        found: Measured = measured(self._track, self.actor, self._state, self._face)
        self._state = found.state
        return found.channels(self.actor)[0]

    def _lips(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        assert self.actor is not None
        if not self.settings.snap:
            return mouth.limited(values)
        gap = mouth.gaps(self._track.points)
        shut = mouth.closed(gap, self.actor.lips, np.ones(1, bool))
        with torch.no_grad(), one_thread():
            return mouth.snapped(values[None], gap, shut, self.actor, self._gauge)[0]
