"""Films: pictures and sound into one file that is there when it is complete, whatever they are coded as.

Frames are pulled from an iterator on the caller's thread while a second thread converts and encodes those before; a short queue between
them bounds the memory. Encoding releases the GIL. Picture and sound both start at 0.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing
from engine.speech.files import Sound

SOUND_RATE = 48000
BT709 = 1  # the same number for primaries, transfer and matrix, ITU-T H.273
LIMITED = 1
_QUEUE = 8  # frames waiting to be encoded
_AUDIO_AHEAD_S = 0.5
_SOUND_BLOCK = 1024


@dataclass(frozen=True)
class Coding:
    """What a film is coded as.

    Args:
        container: its format by FFmpeg's name.
        movflags: of that format.
        video: the encoder.
        options: of the encoder.
        pixels: its pixel format.
        converted: a picture into that format; what it gives may be the same object.
        sound: the encoder of the sound.
        samples: float32 [S, C] as a sound frame's array.
        sample_format: of that array.
        bit_rate: of mono and stereo sound, where the encoder has one.
    """

    container: str
    movflags: str
    video: str
    options: dict[str, str] = field(hash=False)
    pixels: str
    converted: Callable[[av.VideoFrame], av.VideoFrame]
    sound: str
    samples: Callable[[NDArray[np.float32]], NDArray[Any]]
    sample_format: str
    bit_rate: dict[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, eq=False)
class Film:
    """What a film shows and says.

    Args:
        frames: uint8 [H, W, C] sRGB, taken one at a time on the calling thread; a frame's memory may be used again.
        size: width and height in pixels.
        rate: frames a second; frame n is shown at n / rate exactly.
        total_frames: frames to take, >= 1.
        sound: its sample 0 is heard with frame 0; cut where the picture ends. None for a silent film.
        channels: C, 3 or 4, the fourth being alpha that is not multiplied in.
    """

    frames: Iterator[NDArray[np.uint8]]
    size: tuple[int, int]
    rate: Fraction
    total_frames: int
    sound: Sound | None = None
    channels: int = 3


def write_film(path: Path, film: Film, coding: Coding, job: Job = SILENT) -> None:
    """Write a film; `path` appears when it is complete, cancelling leaves nothing behind.

    Args:
        path: where to.
        film: what it shows.
        coding: what it is coded as.
        job: reports frames encoded.

    Raises:
        InvalidInput: an empty size, a frame of another shape, or too few frames.
        OutputError: the folder cannot be written or the disk is full.
        Cancelled: the job was cancelled.
    """
    width, height = film.size
    if width < 2 or height < 2:
        raise InvalidInput(f"a film of {width}x{height} pixels cannot be written", "give a size such as 1920x1080")
    if film.total_frames < 1:
        raise InvalidInput("a film of no frames cannot be written", "give a range of at least one frame")
    with replacing(path) as temporary:
        try:
            with _Writer(temporary, film, coding) as writer:
                for number, frame in enumerate(_taken(film.frames, film.total_frames)):
                    writer.add(_checked(frame, number, film))
                    job.report(number + 1, film.total_frames, "writing the film")
                writer.finish()
        except av.error.FFmpegError as error:
            if isinstance(error, OSError):
                raise  # `replacing` tells a full disk from a folder without rights
            raise InvalidInput(f"{path.name} cannot be encoded ({error.strerror})", "try another size or rate") from error


def _taken(frames: Iterator[NDArray[np.uint8]], total: int) -> Iterator[NDArray[np.uint8]]:
    for number in range(total):
        frame = next(frames, None)
        if frame is None:
            raise InvalidInput(f"only {number} of {total} frames came", "give as many frames as total_frames says")
        yield frame


def _checked(frame: NDArray[np.uint8], number: int, film: Film) -> NDArray[np.uint8]:
    wanted = (film.size[1], film.size[0], film.channels)
    if frame.shape != wanted or frame.dtype != np.uint8:
        raise InvalidInput(f"frame {number} must be uint8 {list(wanted)}, got {frame.dtype} {list(frame.shape)}", "render at the size of the film")
    return frame


class _Writer:
    """A film being written: `add` hands a frame to the encoding thread, `finish` waits for the last."""

    def __init__(self, path: Path, film: Film, coding: Coding) -> None:
        self._rate, self._coding = film.rate, coding
        self._pixels = "rgba" if film.channels == 4 else "rgb24"
        self._container: OutputContainer = av.open(f"file:{path}", "w", format=coding.container, options={"movflags": coding.movflags})
        self._waiting: queue.Queue[av.VideoFrame | None] = queue.Queue(_QUEUE)
        self._stop = threading.Event()
        self._count = 0
        self._video = cast(VideoStream, self._container.add_stream(coding.video, rate=film.rate, options=dict(coding.options)))
        self._video.width, self._video.height = film.size
        self._video.pix_fmt = coding.pixels
        context = self._video.codec_context
        context.time_base = 1 / film.rate
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED
        self._sound = _SoundTrack(self._container, film.sound, Fraction(film.total_frames) / film.rate, coding) if film.sound is not None else None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="film encoder")
        self._work: Future[None] | None = None

    def __enter__(self) -> _Writer:
        self._work = self._pool.submit(self._encode_all)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._stop.set()
        self._pool.shutdown()
        if kind is None:
            self._container.close()
        else:
            with suppress(av.error.FFmpegError):  # the film is given up, what closing it says no longer matters
                self._container.close()

    def add(self, frame: NDArray[np.uint8]) -> None:
        """Queue a frame, waiting while the queue is full."""
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format=self._pixels)
        picture.pts, picture.time_base = self._count, 1 / self._rate
        self._count += 1
        self._put(picture)

    def finish(self) -> None:
        """Encode what is queued and close the file."""
        self._put(None)
        assert self._work is not None
        self._work.result()

    def _put(self, item: av.VideoFrame | None) -> None:
        assert self._work is not None
        while True:
            if self._work.done():
                self._work.result()  # raises what stopped it
            with suppress(queue.Full):
                self._waiting.put(item, timeout=0.1)
                return

    def _encode_all(self) -> None:
        while not self._stop.is_set():
            with suppress(queue.Empty):
                picture = self._waiting.get(timeout=0.1)
                if picture is None:
                    self._flush()
                    return
                self._encode(picture)

    def _encode(self, picture: av.VideoFrame) -> None:
        number = picture.pts
        assert number is not None
        coded = self._coding.converted(picture)
        coded.pts, coded.time_base = picture.pts, picture.time_base
        self._container.mux(self._video.encode(coded))
        if self._sound is not None:
            self._sound.write_until(float((number + 1) / self._rate) + _AUDIO_AHEAD_S)

    def _flush(self) -> None:
        if self._sound is not None:
            self._sound.write_until(None)
        self._container.mux(self._video.encode(None))


class _SoundTrack:
    """The sound of a film, fed a little ahead of the picture so that the file interleaves."""

    def __init__(self, container: OutputContainer, sound: Sound, length_s: Fraction, coding: Coding) -> None:
        mono = sound.channels != 2
        self._container, self._coding = container, coding
        self._layout = "mono" if mono else "stereo"
        self._stream = cast(AudioStream, container.add_stream(coding.sound, rate=SOUND_RATE, layout=self._layout))
        if coding.bit_rate:
            self._stream.bit_rate = coding.bit_rate[self._layout]
        self._blocks = sound.blocks(SOUND_RATE, mono=mono, block_s=1.0)
        self._left = min(sound.count(SOUND_RATE), int(length_s * SOUND_RATE))
        self._held = np.zeros((0, 1 if mono else 2), np.float32)
        self._at = 0
        self._open = True

    def write_until(self, time_s: float | None) -> None:
        """Encode whole blocks up to `time_s`, or everything when None."""
        while self._open and (time_s is None or self._at < time_s * SOUND_RATE):
            block = self._take(_SOUND_BLOCK)
            if not len(block):
                self._container.mux(self._stream.encode(None))
                self._open = False
                return
            frame = av.AudioFrame.from_ndarray(self._coding.samples(block), format=self._coding.sample_format, layout=self._layout)
            frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, self._at, Fraction(1, SOUND_RATE)
            self._at += len(block)
            self._container.mux(self._stream.encode(frame))

    def _take(self, count: int) -> NDArray[np.float32]:
        """The next `count` samples, fewer at the end."""
        count = min(count, self._left)
        while len(self._held) < count:
            block = next(self._blocks)
            self._held = np.concatenate([self._held, block.reshape(len(block), -1)])
        block, self._held = self._held[:count], self._held[count:]
        self._left -= count
        return block
