"""Pictures of a video with their exact times, as they are meant to be seen: turned, pixels square. In bounded memory, however long the file.

Time 0 is the first picture, where the sound begins too (`engine.speech.files`). Rates may vary: every picture keeps the time its file gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.speech.decoding import opened

Picture = tuple[int, float, NDArray[np.uint8]]  # its number, its time in seconds, uint8 [H, W, 3]
_SEEK_S = 0.5  # a position is looked for this long before where it should be, and twice as long where that was too late
_UNEVEN = 0.25  # of a frame: spacing off by more is a variable rate, by less the container's rounding
_SIDE = 16  # a picture with a side shorter than this shows nothing
_CANNOT = "give a video such as mp4, mov, mkv, webm, avi or mpg"
_RATES = tuple(Fraction(n, d) for n, d in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (50, 1), (60000, 1001), (60, 1), (120, 1)))


class Pictures(Protocol):
    """Where pictures come from: a file, a camera."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""

    @property
    def rate(self) -> Fraction:
        """Pictures a second, about."""

    def __iter__(self) -> Iterator[Picture]:
        """Number, time and picture of each."""


@dataclass(frozen=True, eq=False)
class Video:
    """The pictures of a file. Make it with `open_video`; iterating opens the file anew each time.

    Args:
        path: the file.
        size: width and height as shown, square pixels.
        times: float64 [T], seconds of each picture, rising from 0.
        rate: pictures a second, the common rate nearest to what the file has.
        variable: the pictures are not evenly spaced.
        turn: quarter turns anticlockwise that the file asks for; they are done.
        has_sound: there is sound too.
        notices: one sentence for each thing a person should know of it.
    """

    path: Path
    size: tuple[int, int]
    times: NDArray[np.float64] = field(repr=False)
    rate: Fraction
    variable: bool
    turn: int
    has_sound: bool
    notices: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Pictures, as far as its index goes."""
        return len(self.times)

    @property
    def duration_s(self) -> float:
        """From the first picture to the end of the last."""
        return float(self.times[-1] + 1 / self.rate)

    def __iter__(self) -> Iterator[Picture]:
        """All pictures in order; the last ones of a damaged file may be missing."""
        return self.frames(0)

    def frames(self, start: int = 0) -> Iterator[Picture]:
        """Pictures from number `start` on.

        Raises:
            InvalidInput: the file cannot be read any more.
        """
        with _opened(self.path) as (container, stream):
            stream.thread_type = "AUTO"
            first = None
            if start > 0:
                first = _sought(container, stream, float(self.times[min(start, len(self) - 1)]))
            if first is not None:
                yield from self._numbered(first, start)
                return
        with _opened(self.path) as (container, stream):
            stream.thread_type = "AUTO"
            yield from self._numbered(_decoded(container, stream), start)

    def frame_at(self, time_s: float) -> Picture:
        """The picture that is shown at a time: the last one that has begun.

        Raises:
            InvalidInput: it cannot be read.
        """
        wanted = int(np.clip(np.searchsorted(self.times, time_s + 1e-6, side="right") - 1, 0, len(self) - 1))
        for picture in self.frames(wanted):
            return picture
        if wanted:
            return self.frame_at(float(self.times[wanted - 1]))
        raise InvalidInput(f"{self.path} shows no picture at {time_s:.2f} s", _CANNOT)

    def _numbered(self, frames: Iterator[av.VideoFrame], start: int) -> Iterator[Picture]:
        """Pictures with the numbers their times have in the index, from `start` on."""
        origin, last = None, start - 1
        for position, frame in enumerate(frames):
            time_s = _time_s(frame)
            if time_s is None:
                index = max(last + 1, position)
            else:
                origin = self.origin_s if origin is None else origin
                index = _nearest(self.times, time_s - origin)
            if index <= last or index >= len(self):
                continue
            last = index
            yield index, float(self.times[index]), self._shown(frame)

    @property
    def origin_s(self) -> float:
        """When the first picture is seen by the file's own clock, seconds: against it `Sound.origin_s` tells where the sound begins."""
        with _opened(self.path) as (_, stream):
            return _start_s(stream)

    def _shown(self, frame: av.VideoFrame) -> NDArray[np.uint8]:
        width, height = self.size if self.turn % 2 == 0 else self.size[::-1]
        rgb = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
        return np.ascontiguousarray(np.rot90(rgb, self.turn)).astype(np.uint8, copy=False)


def open_video(path: Path) -> Video:
    """A video, looked at but not decoded beyond its first picture: its index is read, a second for an hour.

    Raises:
        InvalidInput: it does not exist, holds no moving picture or cannot be decoded.
    """
    notices: list[str] = []
    with _opened(path) as (container, stream):
        has_sound = bool(container.streams.audio)
        stamps = [packet.pts for packet in container.demux(stream) if packet.size]
        start, base = _start_s(stream), stream.time_base
        average = Fraction(stream.average_rate or stream.guessed_rate or 25)
    with _opened(path) as (container, stream):
        first = next(_decoded(container, stream), None)
        if first is None:
            raise InvalidInput(f"{path} shows no picture that can be decoded", _CANNOT)
        aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
        turn = round(first.rotation / 90) % 4
        width, height = first.width, first.height
    known = sorted({stamp for stamp in stamps if stamp is not None})
    if len(known) < len(stamps) * 0.9 or base is None or not known:
        times = np.arange(max(len(stamps), 1)) / float(average)
    else:
        times = np.array(known, np.float64) * float(base) - start
        times = times[times > -0.5 / float(average)]
        times -= times[0]
    rate, variable = _rate(times, average)
    if variable:
        notices.append(f"its pictures are not evenly spaced ({len(times) / max(times[-1], 1e-6):.2f} a second on average); each keeps its own time")
    width = max(1, round(width * aspect)) if aspect >= 1 else width
    height = max(1, round(height / aspect)) if aspect < 1 else height
    if min(width, height) < _SIDE:
        raise InvalidInput(f"{path} has pictures of {width} x {height}", f"give a video with {_SIDE} pixels a side or more")
    size = (width, height) if turn % 2 == 0 else (height, width)
    return Video(path, size, times, rate, variable, turn, has_sound, tuple(notices))


@contextmanager
def _opened(path: Path) -> Iterator[tuple[InputContainer, VideoStream]]:
    """The file and its first moving picture.

    Raises:
        InvalidInput: it cannot be read, or has none.
    """
    with opened(path, "video", _CANNOT) as container:
        streams = [stream for stream in container.streams.video if not int(stream.disposition) & int(av.stream.Disposition.attached_pic)]
        if not streams:
            raise InvalidInput(f"{path} holds no moving picture", _CANNOT)
        if streams[0].codec_context is None:
            raise InvalidInput(f"{path} is in a video format that is not known here", _CANNOT)
        yield container, streams[0]


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    """Pictures up to the end, or to where the file is damaged for good."""
    damaged = 0
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
            yield from (frame for frame in packet.decode() if isinstance(frame, av.VideoFrame))
        except StopIteration:
            return
        except (av.error.FFmpegError, OSError):
            damaged += 1
            if damaged > 100:
                return


def _sought(container: InputContainer, stream: VideoStream, time_s: float) -> Iterator[av.VideoFrame] | None:
    """Pictures from shortly before a time on; None where the file must be read from its start for it."""
    start = _start_s(stream)
    for before_s in (_SEEK_S, 8 * _SEEK_S):
        if time_s - before_s <= 0 or stream.time_base is None:
            return None
        try:
            container.seek(round((time_s - before_s + start) / stream.time_base), stream=stream, backward=True)
        except (av.error.FFmpegError, OSError):
            return None
        frames = _decoded(container, stream)
        for frame in frames:
            at = _time_s(frame)
            if at is None or frame.is_corrupt:
                break
            if at - start <= time_s - before_s / 2:
                return _chained(frame, frames)
            break
    return None


def _chained(first: av.VideoFrame, rest: Iterator[av.VideoFrame]) -> Iterator[av.VideoFrame]:
    yield first
    yield from rest


def _nearest(times: NDArray[np.float64], time_s: float) -> int:
    after = int(np.clip(np.searchsorted(times, time_s), 1, max(len(times) - 1, 1)))
    return after - int(len(times) == 1 or time_s - times[after - 1] <= times[after] - time_s)


def _time_s(frame: av.VideoFrame) -> float | None:
    return None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)


def _start_s(stream: VideoStream) -> float:
    return float(stream.start_time * stream.time_base) if stream.start_time is not None and stream.time_base is not None else 0.0


def _rate(times: NDArray[np.float64], average: Fraction) -> tuple[Fraction, bool]:
    """The rate of pictures, and whether it varies."""
    if len(times) < 3:
        return average.limit_denominator(1001), False
    steps = np.diff(times)
    usual = float(np.median(steps))
    variable = bool((np.abs(steps / usual - 1) > _UNEVEN).mean() > 0.02) if usual > 0 else True
    found = (len(times) - 1) / (times[-1] - times[0])
    nearest = min(_RATES, key=lambda rate: abs(float(rate) / found - 1))
    if abs(float(nearest) / found - 1) < (0.05 if variable else 0.0004):
        return nearest, variable
    return Fraction(found).limit_denominator(1001), variable
