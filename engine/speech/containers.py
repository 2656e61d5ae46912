"""What a sound or video file promises in its own headers, to tell a whole file from one that was cut off.

FFmpeg quietly plays whatever is left of a cut file and reports the shortened length, so the promise is read here, from the
few header fields that carry it. Nothing is decoded.

Source: RIFF/WAVE (EBU Tech 3306 for RF64), AIFF 1.3, ISO/IEC 14496-12 boxes, RFC 8794 (EBML), RFC 3533 (Ogg pages).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.core.errors import InvalidInput

# Writers to a pipe cannot go back and set the size; they leave all ones, zero, or a number just below 2 GiB (SoX).
_RIFF_UNKNOWN = 0x7FFFF000
_OGG_PAGE_MAX = 65307
_BOX_NAMES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"styp", b"moof")


@dataclass(frozen=True)
class Promise:
    """What the headers promise.

    Args:
        total_bytes: size the file should have; None where the format does not say.
        there_bytes: size it has.
        no_index: an MP4 family file without its index (`moov`), which nothing can play.
        cut: the file certainly stops in the middle of a unit, however much is missing.
    """

    total_bytes: int | None
    there_bytes: int
    no_index: bool = False
    cut: bool = False

    @property
    def share(self) -> float:
        """Share of the promised bytes that is there, 0 to 1."""
        return min(1.0, self.there_bytes / self.total_bytes) if self.total_bytes else 1.0

    def check(self, path: Path) -> None:
        """Refuse a file of which nothing can be played.

        Raises:
            InvalidInput: it is empty, or its index is missing.
        """
        if self.there_bytes == 0:
            raise InvalidInput(f"{path} is empty (0 bytes)", "record or export it again")
        if self.no_index:
            raise InvalidInput(f"{path} is cut off: its index (moov) is missing", "copy or export it again, the recording was not finished")


def read_promise(path: Path) -> Promise:
    """Read the promise of `path`, whatever it is; an unknown format promises nothing.

    Raises:
        OSError: the file cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(16)
        if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
            return Promise(_wave_end(file, size), size)
        if len(head) < 8:
            return Promise(None, size)
        if head[:4] == b"RIFF":
            return Promise(_known(8 + struct.unpack_from("<I", head, 4)[0]), size)
        if head[:4] == b"FORM":
            return Promise(_known(8 + struct.unpack_from(">I", head, 4)[0]), size)
        if head[4:8] in _BOX_NAMES:
            return _boxes(file, size)
        if head[:4] == b"\x1a\x45\xdf\xa3":
            return Promise(_matroska_end(file), size)
        if head[:4] == b"OggS":
            return _ogg(file, size)
    return Promise(None, size)


def _known(size: int) -> int | None:
    return size if 8 < size < _RIFF_UNKNOWN else None


def _wave_end(file: BinaryIO, size: int) -> int | None:
    """Byte at which the `data` chunk ends, or the whole where no such chunk is left; None when the header does not say."""
    file.seek(4)
    whole = _known(8 + struct.unpack("<I", file.read(4))[0])
    wide = None
    at = 12
    while at + 8 <= size:
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        if name == b"ds64":
            wide = struct.unpack("<Q", file.read(24)[8:16])[0]
        if name == b"data":
            if length == 0xFFFFFFFF and wide is not None:
                return int(at + 8 + wide)
            return at + 8 + length if 0 < length < _RIFF_UNKNOWN else None
        at += 8 + length + length % 2
    return whole


def _boxes(file: BinaryIO, size: int) -> Promise:
    """Walk the top-level boxes of an MP4, M4A or MOV."""
    at, indexed = 0, False
    while at + 8 <= size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if length == 1:
            length = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))[0]
        elif length == 0:  # to the end of the file
            length = size - at
        indexed = indexed or name in (b"moov", b"moof")
        if length < 8:
            break
        at += length
    return Promise(at, size, no_index=not indexed, cut=at > size)


def _vint(file: BinaryIO, keep_marker: bool) -> tuple[int, bool]:
    """An EBML variable-length number and whether it means "unknown"."""
    first = file.read(1)
    if not first or first[0] == 0:
        return 0, True
    length = 9 - first[0].bit_length()
    raw = first + file.read(length - 1)
    value = int.from_bytes(raw, "big")
    bits = 7 * length
    number = value & ((1 << bits) - 1)
    return (value if keep_marker else number), number == (1 << bits) - 1


def _matroska_end(file: BinaryIO) -> int | None:
    """Byte at which the segment of a Matroska or WebM file ends."""
    file.seek(4)
    header, unknown = _vint(file, keep_marker=False)
    if unknown:
        return None
    file.seek(header, 1)
    name, _ = _vint(file, keep_marker=True)
    length, unknown = _vint(file, keep_marker=False)
    if name != 0x18538067 or unknown or length == 0:
        return None
    return file.tell() + length


def _ogg(file: BinaryIO, size: int) -> Promise:
    """Whether the last Ogg page is whole."""
    start = max(0, size - 2 * _OGG_PAGE_MAX)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"OggS")
    if at < 0:
        return Promise(None, size)
    header = tail[at : at + 27]
    segments = header[26] if len(header) == 27 else 255
    table = tail[at + 27 : at + 27 + segments]
    end = start + at + 27 + segments + sum(table)
    whole = len(header) == 27 and len(table) == segments and end <= size
    return Promise(None if whole else max(end, size + 1), size, cut=not whole)


def has_mp3_length(path: Path) -> bool:
    """Whether an MP3 file says how many frames it holds (a Xing, Info or VBRI header in its first frame).

    Without one FFmpeg guesses the length from the first frame's bit rate, which is wrong for variable rates.
    """
    with path.open("rb") as file:
        head = file.read(10)
        if head[:3] == b"ID3" and len(head) == 10:
            size = 0
            for byte in head[6:10]:
                size = size << 7 | byte & 0x7F
            file.seek(10 + size)
        else:
            file.seek(0)
        first = file.read(4096)
    return any(mark in first for mark in (b"Xing", b"Info", b"VBRI"))
