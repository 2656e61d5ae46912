"""Cameras: what there are, and their pictures as they come. A video can stand in for one: `file:PATH` plays it at its own pace.

A thread of the camera's own takes its pictures, so that none is lost while a face is tracked in the one before. Who wants all of them iterates; who
wants the newest asks for `latest`.
"""

from __future__ import annotations

import contextlib
import errno
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.pictures import Picture, open_video
from engine.core.errors import EngineError, InvalidInput

HELD = 30  # pictures that wait for whoever takes them; then the oldest is dropped
STALL_S = 5.0  # a camera that shows nothing for so long is gone
STAND_IN = "file:"  # before the name of a video that is played as if it were a camera
_SYSTEM = {"linux": "v4l2", "darwin": "avfoundation", "win32": "dshow"}
_LISTED = Path("/sys/class/video4linux")
_BUSY = (errno.EBUSY, errno.EAGAIN)
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_Taken = Iterator[tuple[float, NDArray[np.uint8]]]  # seconds since the first picture, and the picture


class CameraLost(EngineError):
    """The camera went away while its pictures were taken; those that came before are good."""

    exit_status = 2


@dataclass(frozen=True)
class Device:
    """A camera that is there.

    Args:
        address: what the system calls it.
        name: what people call it.
    """

    address: str
    name: str


def cameras() -> tuple[Device, ...]:
    """The cameras of this machine, in the order of their numbers."""
    if sys.platform == "linux":
        return _listed(_LISTED)
    system = _SYSTEM.get(sys.platform)
    listing = getattr(av, "enumerate_input_devices", None)
    if system is None or listing is None:
        return ()
    try:
        found = listing(system)
    except (av.error.FFmpegError, OSError, ValueError):
        return ()
    pictured = [device for device in found if not device.media_types or "video" in device.media_types]
    return tuple(Device(f"video={device.name}" if system == "dshow" else str(device.name), str(device.description or device.name)) for device in pictured)


class Camera:
    """An open camera. Make it with `open_camera`; close it, or use it in a `with`.

    Args:
        taken: its pictures; closed when the camera is.
        name: for messages.
        rate: pictures a second it promises.

    Raises:
        CameraLost: no first picture comes.
    """

    def __init__(self, taken: _Taken, name: str, rate: Fraction) -> None:
        self.name, self.rate, self.dropped = name, rate, 0
        self._taken, self._held, self._came = taken, deque[Picture](), threading.Condition()
        self._lost: CameraLost | None = None
        self._closing = self._ended = False
        self.began = 0.0
        self._thread = threading.Thread(target=self._take, name=f"camera {name}", daemon=True)
        self._thread.start()
        with self._came:
            self._came.wait_for(lambda: bool(self._held) or self._ended, 2 * STALL_S)
            first = self._held[0][2] if self._held else None
        if first is None:
            self.close()
            raise self._lost or CameraLost(f"the camera {name} shows no picture", "see that nothing else uses it, and plug it in again")
        self.size = (first.shape[1], first.shape[0])

    def __enter__(self) -> Camera:
        return self

    def __exit__(self, *what: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Picture]:
        """Pictures in order until the camera is closed: number, seconds since the first one, uint8 [H, W, 3].

        Raises:
            CameraLost: it went away.
        """
        while True:
            with self._came:
                self._came.wait_for(lambda: bool(self._held) or self._ended, STALL_S)
                picture = self._held.popleft() if self._held else None
            if picture is None:
                if self._closing:
                    return
                raise self._gone()
            yield picture

    def latest(self) -> Picture | None:
        """The newest picture that was not taken yet, those before it dropped; None where there is none.

        Raises:
            CameraLost: it went away, and its last picture was taken.
        """
        with self._came:
            if self._held:
                picture = self._held.pop()
                self._held.clear()
                return picture
        if self._ended and not self._closing:
            raise self._gone()
        return None

    def age_s(self, picture: Picture) -> float:
        """How long ago a picture was taken, by this machine's clock."""
        return time.monotonic() - self.began - picture[1]

    def close(self) -> None:
        """Give the camera back; waits a moment for its thread. May be called twice."""
        self._closing = True
        self._thread.join(2 * STALL_S)

    def _gone(self) -> CameraLost:
        return self._lost or CameraLost(f"the camera {self.name} shows no more pictures", "plug it in again; what came before is kept")

    def _take(self) -> None:
        """Put pictures where they can be taken, until closed or gone; on the camera's thread."""
        number = 0
        try:
            with contextlib.closing(self._taken):  # type: ignore[type-var]
                for time_s, picture in self._taken:
                    if self._closing:
                        return
                    with self._came:
                        # The one that came with the least delay tells best.
                        began = time.monotonic() - time_s
                        self.began = min(self.began, began) if number else began
                        if len(self._held) >= HELD:
                            self._held.popleft()
                            self.dropped += 1
                        self._held.append((number, time_s, picture))
                        self._came.notify_all()
                    number += 1
        except (av.error.FFmpegError, OSError) as error:
            self._lost = CameraLost(f"the camera {self.name} went away ({error.strerror or error})", "plug it in again; what came before is kept")
        except EngineError as error:
            self._lost = CameraLost(error.what, error.remedy)
        finally:
            with self._came:
                self._ended = True
                self._came.notify_all()


def open_camera(which: int | str = 0, size: tuple[int, int] = (640, 480), rate: int = 30) -> Camera:
    """Open a camera; takes a second or two, so not on a thread that must answer.

    Args:
        which: its number, as in `cameras()`, its name or the system's address; `file:PATH` plays a video in its place.
        size: width and height that are asked for; the nearest it has is taken.
        rate: pictures a second that are asked for.

    Raises:
        InvalidInput: there is none, it is in use, or it may not be used.
        CameraLost: it shows nothing.
    """
    if isinstance(which, str) and which.startswith(STAND_IN):
        video = open_video(Path(which.removeprefix(STAND_IN)))
        return Camera(_played(iter(video)), video.path.name, video.rate)
    device = _chosen(which)
    container = _opened(device, size, rate)
    return Camera(_filmed(container), device.name, Fraction(container.streams.video[0].average_rate or rate))


def _played(pictures: Iterator[Picture]) -> _Taken:
    """A video's pictures, each when its time has come."""
    began = None
    for _, time_s, picture in pictures:
        began = time.monotonic() - time_s if began is None else began
        time.sleep(max(0.0, began + time_s - time.monotonic()))
        yield time_s, picture


def _filmed(container: av.container.InputContainer) -> _Taken:
    """A camera's pictures by the clock of its driver, or ours where that stands still or jumps."""
    first_pts = last_s = None
    began = 0.0
    with container:
        for frame in container.decode(container.streams.video[0]):
            now = time.monotonic()
            stamp = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)
            if last_s is None:
                first_pts, began = stamp, now
            time_s = now - began if stamp is None or first_pts is None else stamp - first_pts
            if abs(time_s - (now - began)) > STALL_S or (last_s is not None and time_s <= last_s):
                time_s = max(now - began, (last_s or 0.0) + 1e-3)
            last_s = time_s
            yield time_s, frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False)


def _chosen(which: int | str) -> Device:
    """The camera of a number, name or address.

    Raises:
        InvalidInput: there is none.
    """
    there = cameras()
    if isinstance(which, str) and which.isdecimal():
        which = int(which)
    if isinstance(which, int):
        if 0 <= which < len(there):
            return there[which]
    else:
        for device in there:
            if which in (device.name, device.address):
                return device
        if sys.platform == "linux" and which.startswith("/dev/"):
            return Device(which, which)
    listed = ", ".join(f"{number} {device.name}" for number, device in enumerate(there)) or "none"
    raise InvalidInput(f"there is no camera {which} (found: {listed})", "connect one, or choose one of those found")


def _opened(device: Device, size: tuple[int, int], rate: int) -> av.container.InputContainer:
    """The camera at the size and rate asked for, or as it is by itself.

    Raises:
        InvalidInput: it is absent, in use, or may not be used.
    """
    asked = {"video_size": f"{size[0]}x{size[1]}", "framerate": str(rate)}
    wishes: tuple[dict[str, str], ...] = (asked, {"framerate": str(rate)}, {})
    for tried, wish in enumerate(wishes, 1):
        try:
            container: Any = av.open(device.address, format=_SYSTEM[sys.platform], options=wish, timeout=(2 * STALL_S, STALL_S))
        except (av.error.FFmpegError, OSError, ValueError) as error:
            plain = getattr(error, "errno", None) in (*_BUSY, *_FORBIDDEN, errno.ENOENT, errno.ENODEV)
            if tried < len(wishes) and not plain:
                continue  # it may have no such size or rate
            raise _refused(device, error) from error
        if container.streams.video:
            return container  # type: ignore[no-any-return]
        container.close()
    raise InvalidInput(f"{device.name} shows no pictures", "choose another camera")


def _refused(device: Device, error: Exception) -> InvalidInput:
    number = getattr(error, "errno", None)
    if number in _BUSY:
        return InvalidInput(f"the camera {device.name} is in use by another program", "close that program, then try again")
    if number in _FORBIDDEN:
        return InvalidInput(f"the camera {device.name} may not be used", "allow it in the system's privacy settings; on Linux join the group video")
    if number in (errno.ENOENT, errno.ENODEV, errno.ENXIO):
        return InvalidInput(f"the camera {device.name} is not there any more", "plug it in again")
    return InvalidInput(f"the camera {device.name} cannot be opened ({error})", "see that no other program uses it and that programs may use cameras")


def _listed(folder: Path) -> tuple[Device, ...]:
    """Cameras as Linux lists them; a camera has further nodes for what is no picture, numbered above 0."""
    found = []
    for node in sorted(folder.glob("video*"), key=lambda path: (len(path.name), path.name)):
        try:
            if (node / "index").read_text().strip() not in ("", "0"):
                continue
            name = (node / "name").read_text(errors="replace").strip() or node.name
        except OSError:
            continue
        found.append(Device(f"/dev/{node.name}", name))
    return tuple(found)
