"""Background pictures: read as they are meant to be seen, refused with a reason."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.render import pictures
from engine.render.pictures import read_picture


def written(path: Path, pixels: np.ndarray, name: str) -> Path:
    """A picture file by FFmpeg's encoders."""
    out = path / name
    codec, form = {".png": ("png", "rgb24"), ".bmp": ("bmp", "bgr24"), ".tif": ("tiff", "rgb24"), ".jpg": ("mjpeg", "yuvj444p")}[out.suffix]
    encoder = av.CodecContext.create(codec, "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.height, encoder.width = pixels.shape[:2]
    encoder.pix_fmt, encoder.time_base = form, Fraction(1, 25)
    encoder.options = {"qmin": "1", "qmax": "1"}
    frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format=form)
    out.write_bytes(b"".join(bytes(packet) for each in (frame, None) for packet in encoder.encode(each)))
    return out


@pytest.fixture
def pixels() -> np.ndarray:
    made = np.zeros((40, 64, 3), np.uint8)
    made[:20, :, 0] = 250
    made[20:, 32:, 2] = 250
    return made


@pytest.mark.parametrize("suffix", ["a.png", "ä.bmp", "c.tif"])
def test_a_picture_is_read_to_the_pixel(tmp_path: Path, pixels: np.ndarray, suffix: str):
    assert np.array_equal(read_picture(written(tmp_path, pixels, suffix)), pixels)


def test_a_compressed_one_is_read_as_well(tmp_path: Path, pixels: np.ndarray):
    found = read_picture(written(tmp_path, pixels, "b.jpg"))
    assert found.shape == pixels.shape and np.abs(found.astype(int) - pixels).mean() < 6


def test_a_photograph_stands_upright(tmp_path: Path, pixels: np.ndarray):
    whole = written(tmp_path, pixels, "held.jpg").read_bytes()
    # EXIF's orientation 6: the camera was held turned, the picture is to be shown a quarter clockwise.
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    (tmp_path / "held.jpg").write_bytes(whole[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + whole[2:])
    found = read_picture(tmp_path / "held.jpg")
    assert found.shape == (64, 40, 3)
    assert np.abs(found.astype(int) - np.rot90(pixels, -1)).mean() < 6


@pytest.mark.parametrize("name, content, said", [
    ("gone.png", None, "cannot be read"), ("text.png", b"no picture at all", r"text\.png"), ("empty.jpg", b"", r"empty\.jpg"),
])  # fmt: skip
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, content: bytes | None, said: str):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidInput, match=said):
        read_picture(tmp_path / name)
    with pytest.raises(InvalidInput, match="no file"):
        read_picture(tmp_path)


def test_a_cut_off_one_is_refused_or_read_to_where_it_goes(tmp_path: Path, pixels: np.ndarray):
    whole = written(tmp_path, pixels, "whole.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[:60])
    with pytest.raises(InvalidInput, match=r"cut\.png"):
        read_picture(tmp_path / "cut.png")


def test_too_large_ones_are_refused_before_they_are_decoded(tmp_path: Path, pixels: np.ndarray, monkeypatch: pytest.MonkeyPatch):
    path = written(tmp_path, pixels, "a.png")
    monkeypatch.setattr(pictures, "MOST_SIDE", 63)
    with pytest.raises(InvalidInput, match="64 x 40 pixels"):
        read_picture(path)
    monkeypatch.setattr(pictures, "MOST_BYTES", 10)
    with pytest.raises(InvalidInput, match="MB"):
        read_picture(path)
