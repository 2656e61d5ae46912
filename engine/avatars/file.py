"""The avatar file, `NAME.viva-avatar`: a person in a zip, without code. Reading believes nothing before it is checked.

In it: `manifest.json` (the format's number, who made it, notes, the person), `thumbnail.png` where there is a picture, and `shape.npz` where
the head is more than its axes: `offsets`, float16 or float32 [V, 3] metres added to the rest shape, of the head whose `topology` it names.
"""

from __future__ import annotations

import io
import json
import math
import struct
import tokenize
import zlib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from engine.avatars.archive import read_parts, write_parts
from engine.core.errors import InvalidInput
from engine.core.output import replacing
from engine.core.person import Person
from engine.head import ada, identity
from engine.project import codec

SUFFIX = ".viva-avatar"
FORMAT = 1
MANIFEST, THUMBNAIL, SHAPE = "manifest.json", "thumbnail.png", "shape.npz"
MAX_FILE_BYTES = 4 * 1024 * 1024
MAX_BYTES: dict[str, int] = {MANIFEST: 128 * 1024, THUMBNAIL: 1024 * 1024, SHAPE: 2 * 1024 * 1024}
MAX_ARRAY_BYTES: dict[str, int] = {"offsets.npy": 1024 * 1024, "topology.npy": 4 * 1024}
MAX_THUMBNAIL_PX = 1024
MAX_DEPTH = 8  # of lists and objects in the manifest
MAX_NOTES = 4000  # characters
MAX_DIGITS = 30  # of a number
MAX_OFFSET_M = 0.2
_PNG = b"\x89PNG\r\n\x1a\n"
_FIELDS = {"format", "made_by", "notes", "person", "topology"}
_SAVE_AGAIN = "save it again with Viva Voce"


@dataclass(frozen=True, eq=False)
class Avatar:
    """What an avatar file holds.

    Args:
        person: somebody's looks.
        thumbnail: a picture as the bytes of a PNG file; None without.
        notes: what its maker wrote about it, such as a licence.
        made_by: the program and its version.
        offsets: float32 [V, 3] metres, added to the rest shape that the axes give; None where the axes say all.
    """

    person: Person
    thumbnail: bytes | None = None
    notes: str = ""
    made_by: str = ""
    offsets: NDArray[np.float32] | None = None


@lru_cache(maxsize=1)
def topology() -> str:
    """By what a head's points and faces are known, as 16 hexadecimal digits."""
    head = ada.load()
    return sha256(np.int64(len(head.vertices)).tobytes() + np.ascontiguousarray(head.faces, np.int64).tobytes()).hexdigest()[:16]


def read(path: Path) -> Avatar:
    """Read an avatar file, all of it or nothing.

    Raises:
        InvalidInput: not there, no avatar file, or with anything in it that is not as it must be.
    """
    what = f"the avatar file {path}"
    data = _bytes_of(path, what)
    parts = read_parts(what, io.BytesIO(data), MAX_BYTES)
    if MANIFEST not in parts:
        raise InvalidInput(f"{what} has no {MANIFEST}", _SAVE_AGAIN)
    manifest = _manifest(what, parts[MANIFEST])
    person = _person(what, manifest.get("person"))
    thumbnail = parts.get(THUMBNAIL)
    if thumbnail is not None:
        check_thumbnail(thumbnail, what)
    offsets = _offsets(what, parts[SHAPE]) if SHAPE in parts else None
    if (offsets is None) != ("topology" not in manifest):
        raise InvalidInput(f"{what} lacks {SHAPE}, or its manifest does not tell of it", _SAVE_AGAIN)
    return Avatar(person, thumbnail, manifest.get("notes", ""), manifest.get("made_by", ""), offsets)


def write(path: Path, person: Person, thumbnail: bytes | None = None, notes: str = "", offsets: NDArray[np.floating] | None = None) -> None:
    """Write an avatar file; it appears when it is whole, and the same person gives the same bytes.

    Args:
        path: ends in `.viva-avatar`.
        person: somebody's looks.
        thumbnail: the bytes of a PNG file of at most 1024 x 1024 pixels.
        notes: about it, such as a licence.
        offsets: [V, 3] metres, where the head is more than its axes.

    Raises:
        InvalidInput: what `read` would refuse.
        OutputError: the place cannot be written.
    """
    if path.suffix.lower() != SUFFIX:
        raise InvalidInput(f"{path} does not end in {SUFFIX}", f"call it {path.with_suffix(SUFFIX).name}")
    check_axes(person, "the person")
    manifest: dict[str, Any] = {"format": FORMAT, "made_by": _made_by(), "notes": notes, "person": codec.encode(person)}
    parts: dict[str, bytes] = {}
    if offsets is not None:
        manifest["topology"] = topology()
        parts[SHAPE] = _packed(np.asarray(offsets))
    if thumbnail is not None:
        check_thumbnail(thumbnail, "the avatar")
        parts[THUMBNAIL] = thumbnail
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1).encode()
    _manifest("the avatar", text)
    with replacing(path) as temporary:
        write_parts(temporary, {MANIFEST: text, **parts})


def check_axes(person: Person, what: str) -> None:
    """Refuse a person whose shape the head does not know.

    Raises:
        InvalidInput: an unknown axis, or a value outside its range.
    """
    low = _lowest()
    for name, value in person.shape.items():
        if name not in low:
            raise InvalidInput(
                f"{what}: the identity axis {name[:60]!r} is not known", "it was made by a newer version, or by hand; `vivavoce avatar show` lists them"
            )
        if not low[name] <= value <= 1.0:
            raise InvalidInput(f"{what}: the identity axis {name} at {value:g} is outside {low[name]:g} to 1", "give a value in that range")


def check_thumbnail(data: bytes, what: str) -> None:
    """Refuse what is no whole PNG picture, or a larger one than a thumbnail is.

    Raises:
        InvalidInput: it is not.
    """
    if len(data) > MAX_BYTES[THUMBNAIL]:
        raise InvalidInput(f"{what}: the thumbnail has {len(data):,} bytes, more than {MAX_BYTES[THUMBNAIL]:,}", "make it smaller")
    kinds = _chunks(data) if data.startswith(_PNG) else []
    if not kinds or kinds[0] != b"IHDR" or kinds[-1] != b"IEND" or b"IDAT" not in kinds or kinds.count(b"IHDR") != 1:
        raise InvalidInput(f"{what}: the thumbnail is no whole PNG picture", "give another picture")
    width, height = struct.unpack_from(">II", data, 16)
    if not (1 <= width <= MAX_THUMBNAIL_PX and 1 <= height <= MAX_THUMBNAIL_PX):
        raise InvalidInput(f"{what}: the thumbnail has {width} x {height} pixels", f"give one of at most {MAX_THUMBNAIL_PX} x {MAX_THUMBNAIL_PX}")


def _chunks(data: bytes) -> list[bytes]:
    """Kinds of a PNG's chunks in their order; none where they do not fill it or one is damaged."""
    kinds, at = [], len(_PNG)
    while at < len(data):
        if at + 12 > len(data):
            return []
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 12 + length
        if end > len(data) or zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            return []
        kinds.append(data[at + 4 : at + 8])
        if kinds[-1] == b"IHDR" and length != 13:
            return []
        at = end
    return kinds


def _bytes_of(path: Path, what: str) -> bytes:
    """All of a plain file of a sensible size."""
    try:
        if not path.exists():
            raise InvalidInput(f"{what} does not exist", "check the name and the folder")
        if not path.is_file():
            raise InvalidInput(f"{what} is no plain file", f"give a file that ends in {SUFFIX}")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InvalidInput(f"{what} cannot be read ({getattr(error, 'strerror', None) or error})", "see that it is there and that you may read it") from error
    if len(data) > MAX_FILE_BYTES:
        raise InvalidInput(f"{what} has more than {MAX_FILE_BYTES:,} bytes", "an avatar is smaller: this is something else")
    return data


def _lowest() -> dict[str, float]:
    axes = identity.load()
    return dict(zip(axes.names, axes.low.tolist(), strict=True))


def _made_by() -> str:
    try:
        return f"Viva Voce {metadata.version('vivavoce')}"
    except metadata.PackageNotFoundError:
        return "Viva Voce"


# The manifest.


def _manifest(what: str, data: bytes) -> dict[str, Any]:
    """The checked values of a manifest."""
    if len(data) > MAX_BYTES[MANIFEST]:
        raise InvalidInput(f"{what}: the manifest has {len(data):,} bytes, more than {MAX_BYTES[MANIFEST]:,}", "say less in its notes")
    try:
        text = data.decode("utf-8")
        _check_depth(what, text)
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_whole, parse_float=_real)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"{what}: its manifest is no JSON that is read here ({error})", _SAVE_AGAIN) from error
    if not isinstance(found, dict):
        raise InvalidInput(f"{what}: its manifest is no object", _SAVE_AGAIN)
    number = found.get("format")
    if type(number) is not int or number != FORMAT:
        raise InvalidInput(f"{what} has format {str(number)[:20]}, this version reads {FORMAT}", "use the version of Viva Voce that wrote it")
    unknown = sorted(set(found) - _FIELDS)
    if unknown:
        raise InvalidInput(f"{what}: its manifest does not know {unknown[0][:60]!r}", _SAVE_AGAIN)
    for name in ("notes", "made_by", "topology"):
        if not isinstance(found.get(name, ""), str) or len(found.get(name, "")) > MAX_NOTES:
            raise InvalidInput(f"{what}: {name} is no text of up to {MAX_NOTES} characters", _SAVE_AGAIN)
    if found.get("topology", topology()) != topology():
        raise InvalidInput(
            f"{what} is for another head ({found['topology'][:20]}; this version's is {topology()})", "use the version of Viva Voce that wrote it"
        )
    return found


def _check_depth(what: str, text: str) -> None:
    """Refuse deep nesting before the parser walks into it."""
    depth, quoted, escaped = 0, False, False
    for letter in text:
        if quoted:
            escaped, quoted = letter == "\\" and not escaped, letter != '"' or escaped
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise InvalidInput(f"{what}: its manifest is nested more than {MAX_DEPTH} deep", "do not trust this file")
        elif letter in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a name is there twice")
    return out


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _whole(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise ValueError(f"a number has {len(text)} digits")
    return int(text)


def _real(text: str) -> float:
    number = float(text) if len(text) <= MAX_DIGITS else math.nan
    if not math.isfinite(number):
        raise ValueError(f"{text[:MAX_DIGITS]} is no number that is read here")
    return number


def _person(what: str, data: Any) -> Person:
    if data is None:
        raise InvalidInput(f"{what} holds no person", _SAVE_AGAIN)
    try:
        person = codec.fields_from_json(Person, data)
    except InvalidInput as error:
        raise InvalidInput(f"{what}: {error.what}", error.remedy) from error
    check_axes(person, what)
    return person


# A shape beyond the axes.


def _offsets(what: str, data: bytes) -> NDArray[np.float32]:
    """The checked displacements, float32 [V, 3]."""
    inside = f"{what}: {SHAPE}"
    arrays = read_parts(inside, io.BytesIO(data), MAX_ARRAY_BYTES)
    if set(arrays) != set(MAX_ARRAY_BYTES):
        raise InvalidInput(f"{inside} lacks {', '.join(sorted(set(MAX_ARRAY_BYTES) - set(arrays)))}", _SAVE_AGAIN)
    known = _array(inside, "topology", arrays["topology.npy"], ("<U16",), (1,))
    if str(known[0]) != topology():
        raise InvalidInput(f"{inside} is for another head", "use the version of Viva Voce that wrote it")
    values = _array(inside, "offsets", arrays["offsets.npy"], ("<f2", "<f4"), ada.load().vertices.shape).astype(np.float32)
    _check_offsets(inside, values)
    return values


def _check_offsets(what: str, values: NDArray[np.floating]) -> None:
    if not np.isfinite(values).all():
        raise InvalidInput(f"{what}: offsets hold numbers that are not finite", _SAVE_AGAIN)
    most = float(np.abs(values).max(initial=0.0))
    if most > MAX_OFFSET_M:
        raise InvalidInput(f"{what}: offsets move points by {most:g} m, more than {MAX_OFFSET_M:g}", "give metres")


def _array(what: str, name: str, data: bytes, kinds: tuple[str, ...], shape: tuple[int, ...]) -> NDArray[Any]:
    """One array of an npz; its header is checked before its values are looked at."""
    stream = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError("another version of the format")
        found, by_column, dtype = np.lib.format.read_array_header_1_0(stream)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError, tokenize.TokenError) as error:
        raise InvalidInput(f"{what}: {name} is no array ({str(error)[:80]})", _SAVE_AGAIN) from error
    if dtype.hasobject or dtype.str not in kinds or tuple(found) != shape or by_column:
        raise InvalidInput(f"{what}: {name} is {dtype.str} {list(found)}, not {' or '.join(kinds)} {list(shape)}", _SAVE_AGAIN)
    values = data[stream.tell() :]
    if len(values) != dtype.itemsize * math.prod(shape):
        raise InvalidInput(f"{what}: {name} has {len(values):,} bytes instead of {dtype.itemsize * math.prod(shape):,}", _SAVE_AGAIN)
    return np.frombuffer(values, dtype).reshape(shape)


def _packed(offsets: NDArray[Any]) -> bytes:
    """The bytes of `shape.npz`."""
    wanted = ada.load().vertices.shape
    if offsets.dtype.kind != "f" or offsets.shape != wanted:
        raise InvalidInput(f"offsets must be float [{wanted[0]}, 3], got {offsets.dtype} {list(offsets.shape)}", "give one for every point of the head")
    _check_offsets("the avatar", offsets)
    out = io.BytesIO()
    np.savez(out, offsets=offsets.astype("<f4" if offsets.dtype.itemsize > 2 else "<f2", order="C"), topology=np.array([topology()], "<U16"))
    return out.getvalue()
