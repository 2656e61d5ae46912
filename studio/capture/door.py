"""What the studio asks of the engine's face tracking. Every call may take long or load the engine: make it on a worker's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.settings import CaptureSettings, adjusted
from engine.core.errors import MissingAsset
from engine.core.jobs import Job
from engine.core.motion import MotionClip

Rgb = NDArray[np.uint8]


class Film(Protocol):
    """A video that is open.

    Args:
        size: width and height of its pictures, upright, pixels.
        duration_s: its length.
        sound: True where it has sound.
    """

    size: tuple[int, int]
    duration_s: float
    sound: bool

    def frame_at(self, time_s: float) -> tuple[float, Rgb]:
        """The picture nearest to a time: its own time and its pixels [H, W, 3]."""

    def close(self) -> None:
        """Give the file back."""


class Lens(Protocol):
    """A camera that is open.

    Args:
        size: width and height of its pictures, pixels.
    """

    size: tuple[int, int]

    def read(self) -> tuple[Rgb, float]:
        """The next picture [H, W, 3] and when it was taken, by the monotonic clock.

        Raises:
            EngineError: the camera is gone.
        """

    def close(self) -> None:
        """Give the device back."""


@dataclass(frozen=True, eq=False)
class FoundFace:
    """One face in a picture.

    Args:
        box: left, top, right, bottom in pixels.
        points: float32 [P, 2] pixels.
    """

    box: tuple[float, float, float, float]
    points: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class LivePose:
    """What a live picture says of the face.

    Args:
        values: channel values [63] as they are played; None where there is no face.
        raw: before neutral, gain and range.
        face: where it is; None where there is none.
        time_s: when the picture was taken, by the monotonic clock.
    """

    values: NDArray[np.float32] | None
    raw: NDArray[np.float32] | None
    face: FoundFace | None
    time_s: float = 0.0


class Actor(Protocol):
    """Follows one face live."""

    def push(self, rgb: Rgb, time_s: float) -> LivePose:
        """The face in the next picture."""

    def adjust(self, settings: CaptureSettings) -> None:
        """Another neutral face, gain and range from the next picture on."""


@dataclass(frozen=True, eq=False)
class Choice:
    """The face that is meant where there are several: the one at a point of a picture.

    Args:
        time_s: of the picture.
        x: pixels from its left edge.
        y: pixels from its upper edge.
    """

    time_s: float
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class Performed:
    """A captured performance.

    Args:
        raw: all channels at the video's rate, before neutral, gain and range.
        times_s: of the tracked pictures, float64 [T].
        points: of the face in them, float32 [T, P, 2] pixels; NaN where it was lost.
        confidence: 0 to 1 of each frame of `raw`, float32.
        notices: what a person should know.
    """

    raw: MotionClip
    times_s: NDArray[np.float64]
    points: NDArray[np.float32]
    confidence: NDArray[np.float32]
    notices: tuple[str, ...] = ()


class Door:
    """The engine's tracking as the studio needs it; tests put another in its place."""

    def fetch(self, job: Job) -> None:
        """Get the model that finds faces, over the network.

        Raises:
            MissingAsset: it could not be had.
        """
        raise _missing()

    def cameras(self) -> tuple[tuple[str, str], ...]:
        """Key and name of each camera."""
        return ()

    def open_camera(self, key: str) -> Lens:
        """Take a camera.

        Raises:
            EngineError: it is not there, or another program has it.
        """
        raise _missing()

    def open_film(self, path: Path) -> Film:
        """Open a video.

        Raises:
            InvalidInput: it is no video, or has no picture.
        """
        raise _missing()

    def faces(self, rgb: Rgb) -> tuple[FoundFace, ...]:
        """The faces in a picture."""
        raise _missing()

    def capture(self, path: Path, choice: Choice | None, job: Job) -> Performed:
        """The performance in a video.

        Raises:
            InvalidInput: no face is seen.
            MissingAsset: there is no model.
            Cancelled: the job was cancelled.
        """
        raise _missing()

    def actor(self, settings: CaptureSettings) -> Actor:
        """Somebody who follows a face live."""
        raise _missing()

    def adjusted(self, raw: MotionClip, settings: CaptureSettings) -> MotionClip:
        """Raw captured motion with neutral, gain and range."""
        return adjusted(raw, settings)


def _missing() -> MissingAsset:
    return MissingAsset("faces cannot be tracked here", "run `vivavoce doctor --fix` with a network once; everything else works without it")
