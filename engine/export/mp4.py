"""MP4 as it must play everywhere: H.264 and AAC, BT.709, faststart, picture and sound both starting at 0.

Frames are pulled from an iterator on the caller's thread (which owns the GL context) while a second thread converts and encodes
those before; a short queue between them bounds the memory. Encoding releases the GIL.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing
from engine.speech.files import Sound

SOUND_RATE = 48000
_BT709 = 1  # the same number for primaries, transfer and matrix, ITU-T H.273
_LIMITED = 1
_CRF = "18"
_PRESET = "veryfast"
_X264 = "mbtree=0"  # its vector code reads memory it has not set: the same frames gave other bytes in one of 100 films
_QUEUE = 8  # frames waiting to be encoded
_AUDIO_AHEAD_S = 0.5


def write_mp4(
    path: Path,
    frames: Iterator[NDArray[np.uint8]],
    size: tuple[int, int],
    rate: Fraction,
    sound: Sound | None,
    total_frames: int,
    job: Job = SILENT,
) -> None:
    """Write a film; `path` appears when it is complete, cancelling leaves nothing behind.

    Args:
        path: ends in .mp4.
        frames: uint8 [H, W, 3] sRGB, taken one at a time on the calling thread; a frame's memory may be used again.
        size: width and height in pixels, both even (4:2:0 colour halves them).
        rate: frames a second; frame n is shown at n / rate exactly.
        sound: its sample 0 is heard with frame 0; cut where the picture ends. None for a silent film.
        total_frames: frames to take, >= 1.
        job: reports frames encoded.

    Raises:
        InvalidInput: an odd or empty size, a frame of another shape, or too few frames.
        OutputError: the folder cannot be written or the disk is full.
        Cancelled: the job was cancelled.
    """
    width, height = size
    if width < 2 or height < 2 or width % 2 or height % 2:
        raise InvalidInput(f"a film of {width}x{height} pixels cannot be written", f"give even numbers, such as {max(2, width & ~1)}x{max(2, height & ~1)}")
    if total_frames < 1:
        raise InvalidInput("a film of no frames cannot be written", "give a range of at least one frame")
    with replacing(path) as temporary:
        try:
            with _Film(temporary, size, rate, sound, total_frames) as film:
                for number, frame in enumerate(_taken(frames, total_frames)):
                    film.add(_checked(frame, number, size))
                    job.report(number + 1, total_frames, "writing the film")
                film.finish()
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


def _checked(frame: NDArray[np.uint8], number: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    if frame.shape != (size[1], size[0], 3) or frame.dtype != np.uint8:
        raise InvalidInput(f"frame {number} must be uint8 [{size[1]}, {size[0]}, 3], got {frame.dtype} {list(frame.shape)}", "render at the size of the film")
    return frame


class _Film:
    """An MP4 being written: `add` hands a frame to the encoding thread, `finish` waits for the last."""

    def __init__(self, path: Path, size: tuple[int, int], rate: Fraction, sound: Sound | None, total_frames: int) -> None:
        self._rate = rate
        self._container: OutputContainer = av.open(f"file:{path}", "w", format="mp4", options={"movflags": "+faststart"})
        self._waiting: queue.Queue[av.VideoFrame | None] = queue.Queue(_QUEUE)
        self._stop = threading.Event()
        self._count = 0
        self._video = self._container.add_stream("libx264", rate=rate, options={"crf": _CRF, "preset": _PRESET, "x264-params": _X264})
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        context = self._video.codec_context
        context.time_base = 1 / rate
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        self._sound = _SoundTrack(self._container, sound, Fraction(total_frames) / rate) if sound is not None else None
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="mp4 encoder")
        self._work: Future[None] | None = None

    def __enter__(self) -> _Film:
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
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
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
        self._container.mux(self._video.encode(_limited_bt709(picture)))
        if self._sound is not None:
            self._sound.write_until(float((number + 1) / self._rate) + _AUDIO_AHEAD_S)

    def _flush(self) -> None:
        if self._sound is not None:
            self._sound.write_until(None)
        self._container.mux(self._video.encode(None))


def _limited_bt709(picture: av.VideoFrame) -> av.VideoFrame:
    """The picture as yuv420p in BT.709, limited range, with its time."""
    yuv = picture.reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        interpolation="AREA",
    )
    yuv.pts, yuv.time_base = picture.pts, picture.time_base
    return yuv


class _SoundTrack:
    """The AAC stream of a film, fed a little ahead of the picture so that the file interleaves."""

    def __init__(self, container: OutputContainer, sound: Sound, length_s: Fraction) -> None:
        mono = sound.channels != 2
        self._container = container
        self._layout = "mono" if mono else "stereo"
        self._stream = container.add_stream("aac", rate=SOUND_RATE, layout=self._layout)
        self._stream.bit_rate = 128_000 if mono else 192_000
        self._frame_samples = 1024
        self._blocks = sound.blocks(SOUND_RATE, mono=mono, block_s=1.0)
        self._left = min(sound.count(SOUND_RATE), int(length_s * SOUND_RATE))
        self._held = np.zeros((0, 1 if mono else 2), np.float32)
        self._at = 0
        self._open = True

    def write_until(self, time_s: float | None) -> None:
        """Encode whole AAC frames up to `time_s`, or everything when None."""
        while self._open and (time_s is None or self._at < time_s * SOUND_RATE):
            block = self._take(self._frame_samples)
            if not len(block):
                self._container.mux(self._stream.encode(None))
                self._open = False
                return
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), format="fltp", layout=self._layout)
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
