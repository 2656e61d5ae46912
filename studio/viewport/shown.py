"""What the viewport shows: motion, values dragged over it, another motion to compare with, who is there. No widgets, no threads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, INDEX
from engine.core.motion import MotionClip
from engine.core.person import Person
from studio.stage.looking import Looking
from studio.viewport.company import seen
from studio.viewport.quality import Fineness
from studio.viewport.worker import Request

COMPARE_MODES = ("flip", "side", "difference")
_TWO = ("side", "difference")  # modes that need pictures of both motions at once


class Shown:
    """What is to be seen, frame by frame.

    Args:
        looking: from where.
    """

    def __init__(self, looking: Looking) -> None:
        self._looking = looking
        self.motion: MotionClip | None = None
        self.other: MotionClip | None = None  # B, to compare with
        self.compare = ""
        self.flipped = False
        self.override: dict[str, float] = {}
        self.instead: dict[str, Person] = {}
        self.ensemble: Callable[[str, float], NDArray[np.float32]] | None = None  # what the others do at a time of the scene
        self.speaker: Callable[[], str] = lambda: ""  # id of the character who is worked on where there is no line

    @property
    def two(self) -> bool:
        """True while both motions are drawn."""
        return self.compare in _TWO

    def set_compare(self, motion_b: MotionClip | None, mode: str) -> None:
        """Compare with another motion in one of `COMPARE_MODES`; with none, or in another mode, nothing is compared."""
        self.other, self.compare = motion_b, mode if motion_b is not None and mode in COMPARE_MODES else ""
        self.flipped = False

    def values(self, frame: int) -> NDArray[np.float32]:
        """Channel values [63] at a frame of the current line."""
        values = _row(self.other if self.flipped else self.motion, frame)
        if self.override and not self.flipped:
            for name, value in self.override.items():
                values[INDEX[name]] = value
        return values

    def others_values(self, character_id: str, frame: int) -> NDArray[np.float32]:
        """Channel values [63] of somebody who is not worked on, at a frame of the current line."""
        shooting = self._looking.shooting
        time_s = shooting.scene_time(frame) if shooting is not None else 0.0
        return self.ensemble(character_id, time_s) if self.ensemble is not None else np.zeros(len(CHANNELS), np.float32)

    def company(self, frame: int) -> dict[str, Any]:
        """Who is in the picture, and on what stage, as a `Request` takes it; Ada alone without a document."""
        shooting = self._looking.shooting
        if shooting is None:
            return {}
        line = shooting.session.line
        line_id = line.id if line is not None else ""
        who = seen(shooting.session.document, line_id, self.speaker(), self.instead, lambda other: self.others_values(other, frame))
        return {**who, "stage": shooting.drawn_stage}

    def request(self, frame: int, size: tuple[int, int], fineness: Fineness, count: int | None = None, playback: int = 0) -> Request:
        """The picture of a frame; there must be a camera. See `Request`."""
        camera = self._looking.camera(frame)
        assert camera is not None
        other = _row(self.other, frame) if self.two else None
        compare = self.compare if self.two else ""
        return Request(self.values(frame), camera, size, fineness, frame, count, playback, other, compare, **self.company(frame))


def _row(motion: MotionClip | None, frame: int) -> NDArray[np.float32]:
    """Channel values of a frame; the face at rest where there is no motion."""
    if motion is None:
        return np.zeros(len(CHANNELS), np.float32)
    row: NDArray[np.float32] = motion.values[min(frame, len(motion) - 1)].copy()  # motion that arrives is written into
    return row
