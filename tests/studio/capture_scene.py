"""A camera, films and a tracker that are made up: what the studio's capturing needs of the engine, without models and devices."""

from __future__ import annotations

import threading
import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from engine.avatars.tracking.settings import CaptureSettings, adjusted
from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import EngineError, InvalidInput, MissingAsset
from engine.core.jobs import Job
from engine.core.motion import MotionClip
from studio.capture.door import Choice, Door, FoundFace, LivePose, Performed, Rgb
from studio.capture.tracking import EngineDoor

RATE = Fraction(25)


def film(path: Path, seconds: float = 2.0, size: tuple[int, int] = (160, 120), sound: bool = True, said: np.ndarray | None = None) -> Path:
    """A film whose pictures tell their number: picture n has the grey 8 n; with a tone, or what is said, float32 [S] of 8 kHz."""
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=25, options={"crf": "10", "preset": "ultrafast"})
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        rate = 16000 if said is None else 8000
        voice = out.add_stream("pcm_s16le" if path.suffix == ".mkv" else "aac", rate=rate, layout="mono") if sound else None
        for n in range(round(seconds * 25)):
            frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), grey(n), np.uint8), format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, 25)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        if voice is not None:
            tone = np.sin(np.arange(round(seconds * 16000)) * 0.1).astype(np.float32)[None] * 0.3 if said is None else said[None]
            block = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
            block.sample_rate, block.pts, block.time_base = rate, 0, Fraction(1, rate)
            out.mux(voice.encode(block))
            out.mux(voice.encode(None))
    return path


def grey(n: int) -> int:
    """Of picture n."""
    return 20 + (n % 25) * 8


def face_at(x: float, y: float, side: float = 40.0) -> FoundFace:
    """A face about a point."""
    corners = np.array([[x, y], [x - side / 4, y], [x + side / 4, y]], np.float32)
    return FoundFace((x - side / 2, y - side / 2, x + side / 2, y + side / 2), corners)


class FakeLens:
    """Gives pictures at a rate, until it is unplugged."""

    size = (160, 120)

    def __init__(self, door: FakeDoor) -> None:
        self._door, self._count = door, 0

    def read(self) -> tuple[Rgb, float]:
        time.sleep(0.01)
        if self._door.unplugged.is_set():
            raise EngineError("the camera is gone", "connect it again")
        self._count += 1
        return np.full((120, 160, 3), grey(self._count), np.uint8), time.monotonic()

    def close(self) -> None:
        self._door.closed += 1


class FakeActor:
    """A face that opens its jaw as it is told."""

    def __init__(self, settings: CaptureSettings) -> None:
        self._settings = settings

    def push(self, rgb: Rgb, time_s: float) -> LivePose:
        raw = np.zeros((1, len(CHANNELS)), np.float32)
        raw[0, INDEX["jawOpen"]] = 0.6
        return LivePose(adjusted(MotionClip(raw, RATE), self._settings).values[0], raw[0], face_at(80, 60))

    def adjust(self, settings: CaptureSettings) -> None:
        self._settings = settings


class FakeDoor(Door):
    """Real films; what is seen in them is made up: the brows go up and down, the jaw opens by half."""

    def __init__(self) -> None:
        self._films = EngineDoor()
        self.seen = (face_at(40, 60), face_at(120, 60))
        self.devices: tuple[tuple[str, str], ...] = (("a", "Camera A"), ("b", "Camera B"))
        self.unplugged, self.hold = threading.Event(), threading.Event()
        self.hold.set()
        self.closed = 0
        self.busy = self.missing = False
        self.asked: list[Choice | None] = []

    def cameras(self):
        return self.devices

    def open_camera(self, key: str):
        if self.busy:
            raise InvalidInput("the camera is used by another program", "close that, then try again")
        return FakeLens(self)

    def open_film(self, path: Path):
        return self._films.open_film(path)

    def faces(self, rgb: Rgb):
        if self.missing:
            raise MissingAsset("faces cannot be tracked here", "run `vivavoce doctor --fix`")
        return self.seen

    def capture(self, path: Path, choice: Choice | None, job: Job) -> Performed:
        self.asked.append(choice)
        if self.missing:
            raise MissingAsset("faces cannot be tracked here", "run `vivavoce doctor --fix`")
        opened = self._films.open_film(path)
        count = max(2, round(opened.duration_s * float(RATE)))
        opened.close()
        while not self.hold.wait(0.01):
            job.report(1, 2, "tracking the face")
        times = np.arange(count) / float(RATE)
        raw = np.zeros((count, len(CHANNELS)), np.float32)
        raw[:, INDEX["browInnerUp"]] = 0.3 + 0.3 * np.sin(times * 6)
        raw[:, INDEX["jawOpen"]] = 0.5
        points = np.tile(np.array([[80, 60], [90, 60]], np.float32), (count, 1, 1))
        return Performed(MotionClip(raw, RATE), times, points, np.ones(count, np.float32), ("two frames were filled",))

    def actor(self, settings: CaptureSettings):
        if self.missing:
            raise MissingAsset("faces cannot be tracked here", "run `vivavoce doctor --fix`")
        return FakeActor(settings)
