"""MP4 as it must play everywhere: H.264 and AAC, BT.709, faststart, picture and sound both starting at 0. It holds no alpha."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.export.film import Coding, Film, write_film
from engine.speech.files import Sound

_CRF = "18"
_PRESET = "veryfast"
_X264 = "mbtree=0"  # its vector code reads memory it has not set: the same frames gave other bytes in one of 100 films


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
    write_film(path, Film(frames, size, rate, total_frames, sound), _MP4, job)


def _limited_bt709(picture: av.VideoFrame) -> av.VideoFrame:
    """The picture as yuv420p in BT.709, limited range."""
    return picture.reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        interpolation="AREA",
    )


_MP4 = Coding(
    container="mp4",
    movflags="+faststart",
    video="libx264",
    options={"crf": _CRF, "preset": _PRESET, "x264-params": _X264},
    pixels="yuv420p",
    converted=_limited_bt709,
    sound="aac",
    samples=lambda block: np.ascontiguousarray(block.T),
    sample_format="fltp",
    bit_rate={"mono": 128_000, "stereo": 192_000},
)
