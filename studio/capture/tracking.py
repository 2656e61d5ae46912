"""The engine's face tracking behind the studio's door. Nothing of it is loaded before it is first asked, on the thread that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.avatars.tracking.settings import CaptureSettings
from engine.core.errors import EngineError
from engine.core.jobs import Job
from studio.capture.door import Actor, Choice, Door, Film, FoundFace, Lens, LivePose, Performed, Rgb

if TYPE_CHECKING:
    from engine.avatars.tracking.cameras import Camera
    from engine.avatars.tracking.landmarks import Face, Tracker
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


class EngineLens:
    """A camera that is open.

    Args:
        camera: of `open_camera`.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera, self._pictures = camera, iter(camera)
        self.size = camera.size

    def read(self) -> tuple[Rgb, float]:
        """The next picture; see `Lens`."""
        picture = next(self._pictures, None)
        if picture is None:
            raise EngineError(f"the camera {self._camera.name} shows no more pictures", "what came before is kept")
        return picture[2], self._camera.began + picture[1]

    def close(self) -> None:
        """Give the device back."""
        self._camera.close()


class EngineActor:
    """Follows a face live with the engine's tracker and fit."""

    def __init__(self, settings: CaptureSettings) -> None:
        from engine.avatars.tracking.live import LiveCapture

        self._live = LiveCapture(settings=settings)

    def push(self, rgb: Rgb, time_s: float) -> LivePose:
        """The face in the next picture."""
        values = self._live.push(rgb, time_s)
        seen = self._live.seen
        face = seen.followed if seen is not None else None
        return LivePose(values, self._live.raw if values is not None else None, found(face) if face is not None else None)

    def adjust(self, settings: CaptureSettings) -> None:
        """Others from the next picture on."""
        self._live.settings = settings


class EngineDoor(Door):
    """Tracks with the engine."""

    def __init__(self) -> None:
        self._finder: Tracker | None = None

    def fetch(self, job: Job) -> None:
        """Get the models over the network; see `Door`."""
        from engine.avatars.tracking.models import fetch

        job.report(0, 0)
        fetch(check=job.check)

    def cameras(self) -> tuple[tuple[str, str], ...]:
        """Address and name of each camera."""
        from engine.avatars.tracking.cameras import cameras

        return tuple((device.address, device.name) for device in cameras())

    def open_camera(self, key: str) -> Lens:
        """Take a camera; see `Door`."""
        from engine.avatars.tracking.cameras import open_camera

        return EngineLens(open_camera(key))

    def open_film(self, path: Path) -> Film:
        """Open a video; see `Door`."""
        from engine.avatars.tracking.pictures import open_video

        return EngineFilm(open_video(path))

    def faces(self, rgb: Rgb) -> tuple[FoundFace, ...]:
        """The faces in a picture."""
        if self._finder is None:
            from engine.avatars.tracking.landmarks import Tracker
            from engine.avatars.tracking.models import models

            self._finder = Tracker(models())
        return tuple(found(face) for face in self._finder.find(rgb))

    def capture(self, path: Path, choice: Choice | None, job: Job) -> Performed:
        """The performance in a video; see `Door`. Neutral, gain and range come later: its own settings are the usual ones."""
        from engine.avatars.capture import fitted
        from engine.avatars.tracking.pictures import open_video
        from engine.avatars.watching import turned, watch

        place = (choice.time_s, choice.x, choice.y) if choice is not None else None
        watched = watch(open_video(path), place, job=job.part(0.0, 0.7))
        made = fitted(watched, CaptureSettings(), job.part(0.7, 1.0))
        shown = watched.track(on_hair=True)  # the fit has its own
        track = turned(shown, -watched.survey.quarters % 4)  # as the film's pictures are
        points = np.concatenate([track.points[:, :, :2], track.iris[:, ::-1].reshape(len(track), -1, 2)], 1)
        return Performed(made.clip, track.time_s, points.astype(np.float32), made.confidence, made.notices)

    def actor(self, settings: CaptureSettings) -> Actor:
        """Somebody who follows a face live."""
        return EngineActor(settings)


def found(face: Face) -> FoundFace:
    """A face as the studio shows it: the mesh, then the irises of the right and the left eye."""
    points = face.points[:, :2]
    if face.iris is not None:
        points = np.concatenate([points, face.iris[::-1].reshape(-1, 2)])
    left, top, right, bottom = (float(v) for v in face.box)
    return FoundFace((left, top, right, bottom), points.astype(np.float32))
