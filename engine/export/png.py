"""Pictures as PNG files: one, or a numbered sequence that appears when it is complete."""

from __future__ import annotations

import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput, OutputError
from engine.core.jobs import SILENT, Job
from engine.core.output import check_target, replacing, unfinished, writing

_LEVEL = 4  # higher levels cost time and save little on rendered pictures
_COLOUR = {3: 2, 4: 6}  # channels to PNG's colour type: RGB, RGBA
_UP = 2


def write_png(path: Path, picture: NDArray[np.uint8]) -> None:
    """Write one picture, tagged sRGB.

    Args:
        path: ends in .png.
        picture: uint8 [H, W, 3] or [H, W, 4], the fourth not multiplied in.

    Raises:
        InvalidInput: another shape or type.
        OutputError: the folder cannot be written or the disk is full.
    """
    data = encode_png(picture)
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def encode_png(picture: NDArray[np.uint8]) -> bytes:
    """The bytes of a PNG file, see `write_png`."""
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] not in _COLOUR or not picture.size:
        raise InvalidInput(f"a picture must be uint8 [H, W, 3] or [H, W, 4], got {picture.dtype} {list(picture.shape)}", "convert it")
    height, width, channels = picture.shape
    rows = np.empty((height, 1 + width * channels), np.uint8)
    rows[:, 0] = _UP
    flat = picture.reshape(height, -1)
    rows[0, 1:] = flat[0]
    rows[1:, 1:] = flat[1:] - flat[:-1]  # modulo 256, as the filter is defined
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOUR[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"sRGB", b"\0"), (b"IDAT", zlib.compress(rows.tobytes(), _LEVEL)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def write_sequence(path: Path, frames: Iterator[NDArray[np.uint8]], total_frames: int, job: Job = SILENT) -> list[Path]:
    """Write `NAME.00000.png`, `NAME.00001.png`, ...: the number is the frame, so that frame n stands at n / rate.

    The pictures appear together when the last is written; cancelling leaves nothing behind.

    Args:
        path: `NAME.png`.
        frames: uint8 [H, W, 3] or [H, W, 4], taken one at a time.
        total_frames: frames to take, >= 1.
        job: reports frames written.

    Returns:
        The files.

    Raises:
        InvalidInput: too few frames, or of another shape or type.
        OutputError: the folder cannot be written or the disk is full.
        Cancelled: the job was cancelled.
    """
    names = [numbered(path, number) for number in range(total_frames)]
    check_target(names[-1])
    for name in names:
        if name.is_dir():
            raise OutputError(f"{name} is a folder", "choose another name for the pictures")
    folder = unfinished(path)
    try:
        with writing(path):
            folder.mkdir()
            for number, name in enumerate(names):
                picture = next(frames, None)
                if picture is None:
                    raise InvalidInput(f"only {number} of {total_frames} frames came", "give as many frames as total_frames says")
                (folder / name.name).write_bytes(encode_png(picture))
                job.report(number + 1, total_frames, "writing pictures")
            return [(folder / name.name).replace(name) for name in names]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def numbered(path: Path, frame: int) -> Path:
    """The file of one frame of a sequence `NAME.png`: `NAME.00012.png`."""
    return path.with_name(f"{path.stem}.{frame:05d}{path.suffix}")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
