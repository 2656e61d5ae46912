"""QuickTime films for the cutting room: ProRes 4444 with 10 bits a channel and 24-bit PCM sound, with alpha where there is something to see through.

Alpha is straight: colours are not multiplied with it, as in PNG. ProRes itself says nothing of it; straight is what needs no knowledge of
the matte's colour, and what Resolve, Premiere, After Effects and Nuke take a ProRes 4444 for when asked to guess or told "straight". A colour
under full transparency is never shown but is coded together with its neighbours, so it is made like them: no dark fringe comes in by the codec.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from engine.core.jobs import SILENT, Job
from engine.export.film import Coding, Film, write_film
from engine.speech.files import Sound

BLOCK = 8  # pixels that ProRes transforms together, on either side


def write_mov(
    path: Path,
    frames: Iterator[NDArray[np.uint8]],
    size: tuple[int, int],
    rate: Fraction,
    sound: Sound | None,
    total_frames: int,
    job: Job = SILENT,
    *,
    alpha: bool = True,
) -> None:
    """Write a film; `path` appears when it is complete, cancelling leaves nothing behind.

    Args:
        path: ends in .mov.
        frames: uint8 [H, W, 4] sRGB and alpha that is not multiplied in, [H, W, 3] without `alpha`; taken one at a time on the calling
            thread; a frame's memory may be used again.
        size: width and height in pixels.
        rate: frames a second; frame n is shown at n / rate exactly.
        sound: its sample 0 is heard with frame 0; cut where the picture ends. None for a silent film.
        total_frames: frames to take, >= 1.
        job: reports frames encoded.
        alpha: False for a film without, which is smaller.

    Raises:
        InvalidInput: an empty size, a frame of another shape, or too few frames.
        OutputError: the folder cannot be written or the disk is full.
        Cancelled: the job was cancelled.
    """
    write_film(path, Film(frames, size, rate, total_frames, sound, 4 if alpha else 3), _WITH_ALPHA if alpha else _OPAQUE, job)


def spread(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with what is fully transparent in the mean colour of what is seen around it, block by block.

    Args:
        picture: uint8 [H, W, 4], alpha not multiplied in.

    Returns:
        uint8 [H, W, 4]; seen pixels and all alpha as they were.
    """
    height, width, _ = picture.shape
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    whole = np.zeros((rows * BLOCK, columns * BLOCK, 4), np.uint8)
    whole[:height, :width] = picture
    blocks = whole.reshape(rows, BLOCK, columns, BLOCK, 4)
    hidden = blocks[..., 3] == 0
    mixed = np.argwhere(hidden.any((1, 3)))
    for channel in range(3):
        blocks[..., channel][hidden] = 0
    chosen = blocks[mixed[:, 0], :, mixed[:, 1]]  # [M, BLOCK, BLOCK, 4]
    weight = chosen[..., 3].sum((1, 2), dtype=np.float32)
    total = (chosen[..., :3].astype(np.float32) * chosen[..., 3:]).sum((1, 2))
    mean = np.rint(total / np.maximum(weight, 1.0)[:, None]).astype(np.uint8)
    chosen[..., :3] = np.where(chosen[..., 3:] == 0, mean[:, None, None], chosen[..., :3])
    blocks[mixed[:, 0], :, mixed[:, 1]] = chosen
    return whole[:height, :width]


def _with_alpha(picture: av.VideoFrame) -> av.VideoFrame:
    shown: NDArray[np.uint8] = picture.to_ndarray().astype(np.uint8, copy=False)
    return _limited_bt709(av.VideoFrame.from_ndarray(np.ascontiguousarray(spread(shown)), format="rgba"), "yuva444p10le")


def _opaque(picture: av.VideoFrame) -> av.VideoFrame:
    return _limited_bt709(picture, "yuv444p10le")


def _limited_bt709(picture: av.VideoFrame, pixels: str) -> av.VideoFrame:
    """The picture in BT.709, limited range; alpha has the full range in any case."""
    return picture.reformat(
        format=pixels,
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        interpolation="POINT",
    )


def _pcm(block: NDArray[np.float32]) -> NDArray[np.int32]:
    """Samples [S, C] within -1 and 1 as interleaved int32 [1, S * C], of which the upper 24 bits are stored."""
    scaled = np.rint(np.clip(block, -1.0, 1.0 - 2.0**-23).astype(np.float64) * 2**23).astype(np.int32) << 8
    return scaled.reshape(1, -1)


_WITH_ALPHA = Coding(
    container="mov",
    movflags="+faststart+write_colr",
    video="prores_ks",
    options={"profile": "4444", "alpha_bits": "16", "vendor": "apl0"},
    pixels="yuva444p10le",
    converted=_with_alpha,
    sound="pcm_s24le",
    samples=_pcm,
    sample_format="s32",
)
_OPAQUE = replace(_WITH_ALPHA, options={"profile": "4444", "alpha_bits": "0", "vendor": "apl0"}, pixels="yuv444p10le", converted=_opaque)
