"""Pictures of a video with their exact times, as they are meant to be seen: turned, pixels square. In bounded memory, however long the file.

Time 0 is the first picture, where the sound begins too (`engine.speech.files`). Rates may vary: every picture keeps the time its file gives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.speech.containers import read_promise
from engine.speech.decoding import opened

Picture = tuple[int, float, NDArray[np.uint8]]  # its number, its time in seconds, uint8 [H, W, 3]
_SEEK_S = 0.5  # a position is looked for this long before where it should be, and twice as long where that was too late
_UNEVEN = 0.25  # of a frame: spacing off by more is a variable rate, by less the container's rounding
_HOLE_S = 1800.0  # between two pictures: a clock that jumps by more is wrong
_LOST_PACKETS = 100  # in a row, after which a file is damaged for good
_SIDE = 16  # a picture with a side shorter than this shows nothing
_CANNOT = "give a video such as mp4, mov, mkv, webm, avi or mpg"
_STILL = ("_pipe", "image2")  # containers of pictures
_FEW = 5  # pictures, too few to tell a face's rest from what it does
_SLOWEST = Fraction(1, 1000)
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
        clocked: its pictures are told by their times; else the times are of no use and they are counted.
        skipped: pictures of the file before the first one of these, where they are a stretch of it.
        begin_s: when the first one is, seconds from the file's first picture.
    """

    path: Path
    size: tuple[int, int]
    times: NDArray[np.float64] = field(repr=False)
    rate: Fraction
    variable: bool
    turn: int
    has_sound: bool
    notices: tuple[str, ...] = ()
    clocked: bool = True
    skipped: int = 0
    begin_s: float = 0.0

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

    def between(self, start_s: float, stop_s: float) -> Video:
        """The pictures of a stretch, as a video whose time 0 is the first of them.

        Args:
            start_s: seconds from the first picture.
            stop_s: where it ends, exclusive.

        Raises:
            InvalidInput: there is no picture in it.
        """
        first, stop = (int(np.searchsorted(self.times, at_s - 1e-6)) for at_s in (start_s, stop_s))
        if first >= stop:
            raise InvalidInput(f"{self.path} shows no picture from {start_s:g} to {stop_s:g} s, it is {self.duration_s:.2f} s long", "choose another range")
        times = self.times[first:stop]
        return replace(self, times=times - times[0], skipped=self.skipped + first, begin_s=self.begin_s + float(times[0]))

    def frames(self, start: int = 0) -> Iterator[Picture]:
        """Pictures from number `start` on.

        Raises:
            InvalidInput: the file cannot be read any more.
        """
        with _opened(self.path) as (container, stream):
            stream.thread_type = "AUTO"
            first = None
            if start + self.skipped > 0 and self.clocked:
                first = _sought(container, stream, self.begin_s + float(self.times[min(start, len(self) - 1)]))
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
        back, found = 1, None
        while found is None and back < 2 * wanted:  # neither it nor what follows can be read: the last that can
            for picture in self.frames(max(0, wanted - back)):
                found = picture
            back *= 2
        if found is not None:
            return found
        raise InvalidInput(f"{self.path} shows no picture at {time_s:.2f} s", _CANNOT)

    def _numbered(self, frames: Iterator[av.VideoFrame], start: int) -> Iterator[Picture]:
        """Pictures with the numbers their times have in the index, from `start` on."""
        origin, last = None, start - 1
        half_s = 0.5 * float(np.min(np.diff(self.times[:2]), initial=1 / float(self.rate)))
        for position, frame in enumerate(frames):
            time_s = _time_s(frame) if self.clocked else None
            if time_s is None:
                index = position - self.skipped if origin is None else last + 1
            else:
                origin = self.origin_s if origin is None else origin
                if time_s - origin > self.times[-1] + half_s:
                    return
                index = _nearest(self.times, time_s - origin) if time_s - origin > -half_s or not self.skipped else -1
            if index <= last or index >= len(self):
                continue
            last = index
            yield index, float(self.times[index]), self._shown(frame)
            if last == len(self) - 1:
                return

    @property
    def origin_s(self) -> float:
        """When the first picture is seen by the file's own clock, seconds: against it `Sound.origin_s` tells where the sound begins."""
        with _opened(self.path) as (_, stream):
            return _start_s(stream) + self.begin_s

    def _shown(self, frame: av.VideoFrame) -> NDArray[np.uint8]:
        width, height = self.size if self.turn % 2 == 0 else self.size[::-1]
        rgb = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
        return np.ascontiguousarray(np.rot90(rgb, self.turn)).astype(np.uint8, copy=False)


def open_video(path: Path) -> Video:
    """A video, looked at but not decoded beyond its first picture: its index is read, a second for an hour.

    Raises:
        InvalidInput: it does not exist, holds no moving picture or cannot be decoded.
    """
    notices = _whole(path)
    stamps, start, base, average, has_sound = _index(path)
    with _opened(path) as (container, stream):
        first = next(_decoded(container, stream), None)
        if first is None:
            raise InvalidInput(f"{path} shows no picture that can be decoded", _CANNOT)
        if len(stamps) < 2 and container.format.name.endswith(_STILL):
            raise InvalidInput(f"{path} is a picture, not a video", _CANNOT)
        aspect = Fraction(stream.sample_aspect_ratio or 1) or Fraction(1)
        turn = round(first.rotation / 90) % 4
        width, height = first.width, first.height
    known = sorted({stamp for stamp in stamps if stamp is not None})
    clocked = len(known) >= len(stamps) * 0.9 and base is not None and bool(known)
    if clocked:
        times = np.array(known, np.float64) * float(base or 0) - start
        times = times[times > -0.5 / float(average)]
        times -= times[0]
        times, jumps = _without_jumps(times, 1 / float(average))
        notices += [f"the clock of its pictures jumps at {', '.join(f'{at:.1f}' for at in jumps[:6])} s: what follows is moved up"] if len(jumps) else []
        clocked = not len(jumps)
    else:
        times = np.arange(max(len(stamps), 1)) / float(average)
        notices += ["its pictures have no times that can be used: they are taken as evenly spaced"] if known else []
    if len(times) < _FEW:
        notices.append(f"it shows {len(times)} picture{'s' if len(times) > 1 else ''} only: how the face is at rest is a guess")
    rate, variable = _rate(times, average)
    if variable:
        notices.append(f"its pictures are not evenly spaced ({len(times) / max(times[-1], 1e-6):.2f} a second on average); each keeps its own time")
    width = max(1, round(width * aspect)) if aspect >= 1 else width
    height = max(1, round(height / aspect)) if aspect < 1 else height
    if min(width, height) < _SIDE:
        raise InvalidInput(f"{path} has pictures of {width} x {height}", f"give a video with {_SIDE} pixels a side or more")
    size = (width, height) if turn % 2 == 0 else (height, width)
    return Video(path, size, times, rate, variable, turn, has_sound, tuple(notices), clocked)


def _whole(path: Path) -> list[str]:
    """What is to be said of a file that is not all there.

    Raises:
        InvalidInput: nothing of it can be used, or it cannot be read.
    """
    if not path.is_file():
        if path.is_dir():
            raise InvalidInput(f"{path} is a folder", "give one of the videos in it")
        return []  # nothing, or a device: FFmpeg says what of it
    try:
        promise = read_promise(path)
    except PermissionError as error:
        raise InvalidInput(f"{path} may not be read", "give yourself the right to read it") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read ({error.strerror})", "check the disk and the rights to the file") from error
    promise.check(path)
    return [f"it is cut off: {100 * promise.share:.0f} % of the file is there"] if promise.share < 1 else []


def _index(path: Path) -> tuple[list[int | None], float, Fraction | None, Fraction, bool]:
    """Time stamps of all packets with pictures, when the first one is (seconds), their unit, their average rate, and whether there is sound.

    Raises:
        InvalidInput: it cannot be read.
    """
    with _opened(path) as (container, stream):
        has_sound = bool(container.streams.audio)
        stamps = [packet.pts for packet in _packets(container, stream) if packet.size]
        return stamps, _start_s(stream), stream.time_base, Fraction(stream.average_rate or stream.guessed_rate or 25), has_sound


def _without_jumps(times: NDArray[np.float64], usual_s: float) -> tuple[NDArray[np.float64], list[float]]:
    """Times whose clock goes on as usual where it jumped, and when it did."""
    steps = np.diff(times)
    wrong = np.flatnonzero(steps > _HOLE_S)
    if not len(wrong):
        return times, []
    right = np.setdiff1d(np.arange(len(steps)), wrong)
    steps[wrong] = np.median(steps[right]) if len(right) else usual_s
    mended = np.concatenate([times[:1], times[0] + np.cumsum(steps)])
    return mended, mended[wrong + 1].tolist()


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


def _packets(container: InputContainer, stream: VideoStream) -> Iterator[av.Packet]:
    """Packets up to the end, or to where the file is damaged for good."""
    damaged = 0
    while damaged < _LOST_PACKETS:
        try:
            for packet in container.demux(stream):
                damaged = 0
                yield packet
            return
        except (av.error.FFmpegError, OSError):
            damaged += 1


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    """Pictures up to the end, without those that are damaged."""
    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except (av.error.FFmpegError, OSError):
            continue
        yield from (frame for frame in frames if isinstance(frame, av.VideoFrame))


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
    meant = min(_RATES, key=lambda rate: abs(float(rate) * usual - 1))
    if variable and 1 / usual > found and abs(float(meant) * usual - 1) < 0.02:  # some are left out, or one stands long
        return meant, variable
    nearest = min(_RATES, key=lambda rate: abs(float(rate) / found - 1))
    if abs(float(nearest) / found - 1) < (0.05 if variable else 0.0004):
        return nearest, variable
    return max(Fraction(found).limit_denominator(1001), _SLOWEST), variable
