"""One face's points over time: the record of a tracking, and the tracking of a whole video."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.landmarks import Seen, Tracker
from engine.avatars.tracking.models import models
from engine.avatars.tracking.nets import IRIS_POINTS, LID_POINTS, POINTS
from engine.avatars.tracking.pictures import Video
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing

_FORMAT = 1
_SHAPES = {"time_s": (), "points": (POINTS, 3), "lids": (2, LID_POINTS, 2), "iris": (2, IRIS_POINTS, 2), "score": ()}


@dataclass(frozen=True, eq=False)
class Track:
    """What was seen of one face. Points are NaN in pictures in which it was lost.

    Args:
        time_s: float64 [T], of each picture, rising.
        points: float32 [T, 468, 3], picture pixels, z in the same scale.
        lids: float32 [T, 2 (left, right), 71, 2].
        iris: float32 [T, 2 (left, right), 5, 2].
        score: float32 [T], how sure it is a face; 0 where lost.
        cuts: int64 [C], numbers of the pictures that begin another shot.
        size: width and height of the pictures.
        fps: pictures a second, nominally.
        notices: one sentence for each thing a person should know.
    """

    time_s: NDArray[np.float64]
    points: NDArray[np.float32]
    lids: NDArray[np.float32]
    iris: NDArray[np.float32]
    score: NDArray[np.float32]
    cuts: NDArray[np.int64]
    size: tuple[int, int]
    fps: Fraction
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Pictures."""
        return len(self.time_s)

    @property
    def found(self) -> NDArray[np.bool_]:
        """bool [T]: the face was seen."""
        return self.score > 0

    def save(self, path: Path) -> None:
        """Write it as npz.

        Raises:
            OutputError: it cannot be written.
        """
        values: dict[str, Any] = {name: getattr(self, name) for name in (*_SHAPES, "cuts")}
        more: dict[str, Any] = {"format": np.int64(_FORMAT), "size": np.array(self.size), "fps": np.array([self.fps.numerator, self.fps.denominator])}
        with replacing(path) as temporary, temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, **values, **more, notices=np.array(self.notices, np.str_))

    @classmethod
    def load(cls, path: Path) -> Track:
        """Read it back.

        Raises:
            InvalidInput: it is not there, damaged or something else.
        """
        try:
            with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
                if int(file["format"]) != _FORMAT:
                    raise InvalidInput(f"{path} is of format {int(file['format'])}, {_FORMAT} is read here", "track the video again")
                values = {name: file[name] for name in (*_SHAPES, "cuts")}
                width, height = (int(value) for value in file["size"])
                numerator, denominator = (int(value) for value in file["fps"])
                notices = tuple(str(line) for line in file["notices"])
                fps = Fraction(numerator, denominator)
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, EOFError, ZeroDivisionError) as error:
            raise InvalidInput(f"{path} is no track that can be read ({error})", "track the video again") from error
        for name, shape in _SHAPES.items():
            if values[name].shape != (len(values["time_s"]), *shape):
                raise InvalidInput(f"{name} in {path} must be {['T', *shape]}, got {list(values[name].shape)}", "track the video again")
        return cls(**values, size=(width, height), fps=fps, notices=notices)


class Recorder:
    """Gathers what a tracker sees into a `Track`.

    Args:
        size: width and height of the pictures.
        fps: pictures a second.
    """

    def __init__(self, size: tuple[int, int], fps: Fraction) -> None:
        self._size, self._fps = size, fps
        self._rows: dict[str, list[NDArray[np.float32]]] = {name: [] for name in ("points", "lids", "iris")}
        self._times: list[float] = []
        self._scores: list[float] = []
        self._cuts: list[int] = []

    def add(self, time_s: float, seen: Seen) -> None:
        """What was seen in the next picture."""
        if seen.cut:
            self._cuts.append(len(self._times))
        face = seen.followed
        self._times.append(time_s)
        self._scores.append(max(face.score, 1e-6) if face else 0.0)
        for name, rows in self._rows.items():
            value = getattr(face, name) if face else None
            rows.append(np.full(_SHAPES[name], np.nan, np.float32) if value is None else value)

    def track(self, notices: Iterable[str] = ()) -> Track:
        """All of it so far."""
        stacked = {name: np.array(rows, np.float32).reshape(len(rows), *_SHAPES[name]) for name, rows in self._rows.items()}
        times, scores = np.array(self._times, np.float64), np.array(self._scores, np.float32)
        return Track(times, **stacked, score=scores, cuts=np.array(self._cuts, np.int64), size=self._size, fps=self._fps, notices=tuple(notices))


def track(video: Video, job: Job = SILENT, choose: tuple[float, float] | None = None) -> Track:
    """Follow one face through a video.

    Args:
        video: of `open_video`.
        job: reports each picture; may be cancelled.
        choose: the face at this point (x, y) of the first picture that shows one; the largest without.

    Raises:
        MissingAsset: the landmark models are not on this machine.
        InvalidInput: the video cannot be read.
        Cancelled: somebody asked to stop.
    """
    tracker = Tracker(models(), choose, others=False)
    recorder = Recorder(video.size, video.rate)
    for index, time_s, picture in video:
        job.report(index, len(video), "tracking the face")
        recorder.add(time_s, tracker.see(picture, time_s))
    return recorder.track(video.notices)
