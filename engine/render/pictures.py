"""Picture files, such as a background's: read whole, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput

MOST_SIDE = 8192  # pixels
MOST_BYTES = 256 << 20
_QUARTERS = {0: 0, 90: 1, 180: 2, 270: 3}  # of a turn, by what a camera says of how it was held


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The first picture in a file, as it is meant to be seen.

    Args:
        path: PNG, JPEG, WebP, BMP, TIFF and what else FFmpeg decodes.

    Returns:
        uint8 [H, W, 3] sRGB, the first row at the top; what is transparent has the colour it has beneath.

    Raises:
        InvalidInput: missing, no picture, damaged, or larger than `MOST_SIDE` or `MOST_BYTES`.
    """
    remedy = "choose another picture, such as a PNG or JPEG file"
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InvalidInput(f"{path} is no file", remedy)
    except OSError as error:
        raise InvalidInput(f"the picture {path} cannot be read ({error.strerror})", "put it back, or choose another one") from error
    if size > MOST_BYTES:
        raise InvalidInput(f"the picture {path.name} has {size / 2**20:,.0f} MB", f"give one of at most {MOST_BYTES >> 20} MB")
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise InvalidInput(f"{path.name} holds no picture", remedy)
            coded = container.streams.video[0].codec_context
            _check_size(path, coded.width, coded.height)
            frame = next(container.decode(video=0))
            _check_size(path, frame.width, frame.height)
            pixels = frame.to_ndarray(format="rgb24")
            turns = _QUARTERS.get(round(frame.rotation) % 360, 0)
    except (av.FFmpegError, StopIteration, ValueError) as error:
        raise InvalidInput(f"the picture {path.name} cannot be read ({error})", remedy) from error
    return np.ascontiguousarray(np.rot90(pixels, turns))


def _check_size(path: Path, width: int, height: int) -> None:
    if not (width > 0 and height > 0):
        raise InvalidInput(f"{path.name} holds no picture that can be read", "choose another picture, such as a PNG or JPEG file")
    if max(width, height) > MOST_SIDE:
        raise InvalidInput(f"the picture {path.name} is {width} x {height} pixels", f"give one of at most {MOST_SIDE} pixels on a side")
