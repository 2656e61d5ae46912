"""A small zip that nobody need trust: every part is checked for name, size and kind before a byte of it is believed."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from engine.core.errors import InvalidInput

MAX_PARTS = 8
MAX_INDEX_BYTES = 64 * 1024  # of the list of parts at the archive's end
MAX_RATIO = 200.0  # of a part's size to what it takes in the archive
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
_END64, _END64_BYTES = b"PK\x06\x07", 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, UnicodeDecodeError, ValueError)
_AGAIN = "get the file again from where it came from"


def read_parts(what: str, file: IO[bytes], limits: Mapping[str, int]) -> dict[str, bytes]:
    """The parts of an archive.

    Args:
        what: how errors call it.
        file: open for reading, seekable.
        limits: largest size of each part there may be, bytes by name.

    Returns:
        The bytes of the parts that are there, by name.

    Raises:
        InvalidInput: no zip, damaged, or with anything in it that does not belong there.
    """
    _check_index(what, file)
    try:
        with zipfile.ZipFile(file) as archive:
            found = archive.infolist()
            for info in found:
                _check_part(what, info, limits)
            names = [info.filename for info in found]
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise InvalidInput(f"{what} holds {_shown(twice)} twice", _AGAIN)
            return {info.filename: _read_part(what, archive, info, limits[info.filename]) for info in found}
    except _DAMAGE as error:
        raise InvalidInput(f"{what} is damaged ({error})", _AGAIN) from error


def _check_index(what: str, file: IO[bytes]) -> None:
    """Refuse an endless list of parts before `zipfile` reads all of it."""
    file.seek(0, 2)
    size = file.tell()
    start = max(0, size - _END_BYTES - _LONGEST_COMMENT - _END64_BYTES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise InvalidInput(f"{what} is no avatar file, or its end is missing", _AGAIN)
    if tail[max(0, at - _END64_BYTES) : at].startswith(_END64):
        raise InvalidInput(f"{what} is packed as archives of many gigabytes are", _AGAIN)
    count, index_bytes = struct.unpack_from("<HI", tail, at + 10)
    if count > MAX_PARTS:
        raise InvalidInput(f"{what} holds {count} parts, more than the {MAX_PARTS} there may be", _AGAIN)
    if index_bytes > MAX_INDEX_BYTES:
        raise InvalidInput(f"{what} has a list of parts of {index_bytes:,} bytes, more than {MAX_INDEX_BYTES:,}", _AGAIN)
    file.seek(0)


def _shown(name: str) -> str:
    return ascii(name if len(name) <= 60 else name[:57] + "...")


def _check_part(what: str, info: zipfile.ZipInfo, limits: Mapping[str, int]) -> None:
    name, shown = info.filename, _shown(info.filename)
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        raise InvalidInput(f"{what} holds a link, {shown}", _AGAIN)
    if name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in name.replace("\\", "/").split("/"):
        raise InvalidInput(f"{what} holds {shown}, a path that leads out of it", "do not trust this file")
    if name not in limits:
        raise InvalidInput(f"{what} holds {shown}, which does not belong there", "only these may be in it: " + ", ".join(limits))
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise InvalidInput(f"{what} holds {shown}, which is no plain file", _AGAIN)
    if info.flag_bits & 0x1:
        raise InvalidInput(f"{what} has {shown} encrypted", "ask for one without a password")
    if info.compress_type not in _KINDS:
        raise InvalidInput(f"{what} has {shown} packed in a way that is not read here ({info.compress_type})", "save it again with Viva Voce")
    if info.file_size > limits[name]:
        raise InvalidInput(f"{what} has {shown} of {info.file_size:,} bytes, more than {limits[name]:,}", _AGAIN)
    if info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise InvalidInput(f"{what} has {shown} unpack to {info.file_size / max(info.compress_size, 1):.0f} times its size", "do not trust this file")


def _read_part(what: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(limit + 1)  # what is declared is not believed
    if len(data) > limit or len(data) != info.file_size:
        raise InvalidInput(f"{what} says that {_shown(info.filename)} has {info.file_size:,} bytes, and it has others", _AGAIN)
    return data


def write_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write an archive; the same parts give the same bytes.

    Raises:
        OSError: the place cannot be written.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            # What packs as tightly as a bomb does is left as it is.
            plain = name.endswith(".png") or len(zlib.compress(data, 9)) * MAX_RATIO / 2 < len(data)
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
