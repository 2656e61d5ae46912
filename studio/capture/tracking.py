"""The engine's face tracking behind the studio's door. Nothing of it is loaded before it is first asked, on the thread that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.capture.door import Door, Film, FoundFace, Rgb

if TYPE_CHECKING:
    from engine.avatars.tracking.landmarks import Face
    from engine.avatars.tracking.pictures import Picture, Video

_AHEAD = 12  # pictures that are decoded on the way to one a little later, rather than sought


class EngineFilm:
    """A video that is open; a picture shortly after the last one is had by decoding on.

    Args:
        video: of `open_video`.
    """

    def __init__(self, video: Video) -> None:
        self._video = video
        self.size, self.duration_s, self.sound = video.size, video.duration_s, video.has_sound
        self._pictures: Iterator[Picture] | None = None
        self._last: Picture | None = None

    def frame_at(self, time_s: float) -> tuple[float, Rgb]:
        """The picture nearest to a time."""
        wanted = int(np.argmin(np.abs(self._video.times - time_s)))
        last = self._last[0] if self._last is not None else -1
        if self._last is not None and wanted == last:
            return self._last[1], self._last[2]
        if self._pictures is None or not last < wanted <= last + _AHEAD:
            self.close()
            self._pictures = self._video.frames(wanted)
        for picture in self._pictures:
            self._last = picture
            if picture[0] >= wanted:
                break
        else:  # the file ends before its index does
            self._pictures = None
            if self._last is None:
                self._last = self._video.frame_at(0.0)
        return self._last[1], self._last[2]

    def close(self) -> None:
        """Give the file back."""
        close = getattr(self._pictures, "close", None)  # a generator's
        if close is not None:
            close()
        self._pictures = None


class EngineDoor(Door):
    """Tracks with the engine."""

    def open_film(self, path: Path) -> Film:
        """Open a video; see `Door`."""
        from engine.avatars.tracking.pictures import open_video

        return EngineFilm(open_video(path))

    def faces(self, rgb: Rgb) -> tuple[FoundFace, ...]:
        """The faces in a picture."""
        from engine.avatars.tracking.landmarks import Tracker
        from engine.avatars.tracking.models import models

        return tuple(found(face) for face in Tracker(models()).find(rgb))


def found(face: Face) -> FoundFace:
    """A face as the studio shows it: the mesh, then the irises where they were read."""
    points = face.points[:, :2]
    if face.iris is not None:
        points = np.concatenate([points, face.iris[::-1].reshape(-1, 2)])
    left, top, right, bottom = (float(v) for v in face.box)
    return FoundFace((left, top, right, bottom), points.astype(np.float32))
