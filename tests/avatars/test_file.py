"""The avatar file: what is written is read, and nothing that should not be believed is."""

from __future__ import annotations

import contextlib
import io
import json
import os
import stat
import struct
import warnings
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.avatars import archive, file
from engine.avatars.file import MANIFEST, SHAPE, THUMBNAIL, read, topology, write
from engine.core.errors import InvalidInput, OutputError
from engine.core.person import Clothing, Eyes, Hair, Person, Skin
from engine.head import ada
from engine.project import codec

V = len(ada.load().vertices)
BOB = Person(
    "Bøb", {"sex": 1.0, "age": 0.4, "african": 0.7, "asian": 0.3, "caucasian": 0.0, "nose-hump": -0.5}, Skin(tone=0.8), Eyes(colour=(0.1, 0.2, 0.3)),
    hair=Hair("short", grey=0.3), clothing=Clothing("shirt", pattern="checks"),
)  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(width: int = 2, height: int = 2) -> bytes:
    rows = zlib.compress(b"\0" + b"\x80" * 6 + b"\0" + b"\x40" * 6)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _manifest(**changes: object) -> dict:
    whole = {"format": 1, "made_by": "a test", "notes": "", "person": codec.encode(BOB), **changes}
    return {k: v for k, v in whole.items() if v is not ...}


def _with_person(**changes: object) -> dict:
    return _manifest(person={**codec.encode(BOB), **changes})


def _zip(path: Path, parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", kind) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    return path


def _hostile(tmp_path: Path, manifest: object = None, **more: bytes) -> Path:
    """An avatar file with this manifest (values, or bytes) and further parts."""
    data = manifest if isinstance(manifest, bytes) else json.dumps(_manifest() if manifest is None else manifest).encode()
    kind = zipfile.ZIP_STORED if more else zipfile.ZIP_DEFLATED
    return _zip(tmp_path / "x.viva-avatar", {MANIFEST: data, **{name.replace("_", "."): part for name, part in more.items()}}, kind)


def _shape(offsets: object, name: str = "", **more: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.savez(out, offsets=offsets, topology=np.array([name or topology()], "<U16"), **more)
    return out.getvalue()


def _refused(path: Path, match: str) -> None:
    with pytest.raises(InvalidInput, match=match) as caught:
        read(path)
    assert str(path) in str(caught.value), "the file is named"
    assert caught.value.remedy, "there is a remedy"


# What is written is read.


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bob.viva-avatar"
    offsets = np.random.default_rng(1).normal(0, 0.002, (V, 3)).astype(np.float32)
    write(path, BOB, _png(), "made by hand", offsets)
    found = read(path)
    assert (found.person, found.thumbnail, found.notes) == (BOB, _png(), "made by hand")
    assert found.made_by.startswith("Viva Voce")
    np.testing.assert_array_equal(found.offsets, offsets)


def test_only_a_person(tmp_path: Path) -> None:
    path = tmp_path / "ada.viva-avatar"
    write(path, Person())
    found = read(path)
    assert (found.person, found.thumbnail, found.offsets) == (Person(), None, None)


def test_half_precision_offsets_stay_so(tmp_path: Path) -> None:
    path = tmp_path / "a.viva-avatar"
    offsets = np.random.default_rng(1).normal(0, 0.002, (V, 3)).astype(np.float16)
    write(path, BOB, offsets=offsets)
    np.testing.assert_array_equal(read(path).offsets, offsets.astype(np.float32))
    with zipfile.ZipFile(path) as whole, np.load(io.BytesIO(whole.read(SHAPE)), allow_pickle=False) as arrays:
        assert arrays["offsets"].dtype == np.float16


def test_offsets_that_pack_like_a_bomb_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.viva-avatar"
    offsets = np.full((V, 3), 0.001, np.float32)
    write(path, BOB, offsets=offsets)
    np.testing.assert_array_equal(read(path).offsets, offsets)


def test_the_same_person_gives_the_same_bytes(tmp_path: Path) -> None:
    a, b = tmp_path / "a.viva-avatar", tmp_path / "b.viva-avatar"
    write(a, BOB, _png())
    write(b, replace(BOB, shape=dict(reversed(BOB.shape.items()))), _png())
    assert a.read_bytes() == b.read_bytes()


def test_a_missing_field_takes_its_default(tmp_path: Path) -> None:
    """A file of an older version, which did not know about clothing."""
    person = codec.encode(BOB)
    del person["clothing"]
    assert read(_hostile(tmp_path, _manifest(person=person))).person == replace(BOB, clothing=Clothing())


def test_writing_leaves_nothing_half_done(tmp_path: Path) -> None:
    path = tmp_path / "bob.viva-avatar"
    write(path, BOB)
    before = path.read_bytes()
    with pytest.raises(InvalidInput, match="no whole PNG"):
        write(path, Person(), b"not a picture")
    with pytest.raises(InvalidInput, match=r"identity axis 'gills' is not known"):
        write(path, Person(shape={"gills": 1.0}))
    with pytest.raises(InvalidInput, match="not finite"):
        write(path, Person(), offsets=np.full((V, 3), np.nan, np.float32))
    with pytest.raises(InvalidInput, match=r"must be float \[\d+, 3\]"):
        write(path, Person(), offsets=np.zeros((V, 2), np.float32))
    with pytest.raises(InvalidInput, match="notes is no text of up to"):
        write(path, Person(), notes="x" * 5000)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]
    with pytest.raises(OutputError):
        write(tmp_path / "nowhere" / "x.viva-avatar", BOB)
    with pytest.raises(InvalidInput, match=r"does not end in \.viva-avatar"):
        write(tmp_path / "x.zip", BOB)


# What is no avatar file.


def test_what_is_not_there(tmp_path: Path) -> None:
    _refused(tmp_path / "none.viva-avatar", "does not exist")


def test_a_folder(tmp_path: Path) -> None:
    _refused(tmp_path, "no plain file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "pipe.viva-avatar"
    os.mkfifo(path)
    _refused(path, "no plain file")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x05\x06", b"\0" * 5000, b"\x89PNG\r\n\x1a\n" + b"x" * 3000])
def test_not_a_zip(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.viva-avatar"
    path.write_bytes(data)
    _refused(path, "no avatar file|is damaged")


def test_cut_off_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "bob.viva-avatar"
    write(path, BOB, _png())
    data = path.read_bytes()
    for end in range(0, len(data) - 1, 37):
        path.write_bytes(data[:end])
        _refused(path, "no avatar file|is damaged")


def test_flipped_bits_are_refused_or_harmless(tmp_path: Path) -> None:
    """Whatever byte is wrong, there is a clear error or the person as it was; never another exception."""
    path = tmp_path / "bob.viva-avatar"
    write(path, BOB, _png(), offsets=np.full((V, 3), 0.001, np.float16))
    data = path.read_bytes()
    rng = np.random.default_rng(3)
    for at in rng.integers(0, len(data), 300):
        changed = bytearray(data)
        changed[at] ^= 1 << int(rng.integers(8))
        path.write_bytes(changed)
        with contextlib.suppress(InvalidInput):
            assert read(path).person == BOB


def test_a_huge_file(tmp_path: Path) -> None:
    path = tmp_path / "x.viva-avatar"
    with path.open("wb") as out:
        out.truncate(file.MAX_FILE_BYTES + 1)
    _refused(path, "more than 4,194,304 bytes")


# Hostile archives.


def test_a_bomb_by_what_it_declares(tmp_path: Path) -> None:
    _refused(_hostile(tmp_path, b" " * 50_000_000), r"manifest\.json' of 50,000,000 bytes")


def test_a_bomb_by_its_ratio(tmp_path: Path) -> None:
    _refused(_hostile(tmp_path, b" " * 120_000), "times its size")


def test_a_bomb_that_declares_little(tmp_path: Path) -> None:
    path = _hostile(tmp_path, b" " * 3_000_000)
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 100_000)))
    with zipfile.ZipFile(path) as lying:
        assert lying.infolist()[0].file_size == 100_000
        assert archive.MAX_RATIO * lying.infolist()[0].compress_size > 100_000, "it is not the ratio that is refused"
    _refused(path, "is damaged")


def test_many_parts(tmp_path: Path) -> None:
    _refused(_zip(tmp_path / "x.viva-avatar", {f"{i}": b"" for i in range(9)}), "holds 9 parts, more than the 8")


def test_an_endless_list_of_parts(tmp_path: Path) -> None:
    path = _hostile(tmp_path)
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 10_000_000)
    path.write_bytes(data)
    _refused(path, "list of parts of 10,000,000 bytes")


def test_the_index_of_a_large_archive(tmp_path: Path) -> None:
    path = _hostile(tmp_path)
    data = path.read_bytes()
    at = data.rfind(b"PK\x05\x06")
    path.write_bytes(data[:at] + b"PK\x06\x07" + b"\0" * 16 + data[at:])
    _refused(path, "many gigabytes")


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "a/../../evil", "/etc/passwd", "\\windows\\system32", "C:evil", "..\\evil", "a\\..\\b"],
)
def test_paths_that_lead_out(tmp_path: Path, name: str) -> None:
    _refused(_zip(tmp_path / "x.viva-avatar", {MANIFEST: b"{}", name: b"x"}), "a path that leads out of it")


@pytest.mark.parametrize("name", ["evil.py", "sub/", "sub/manifest.json", "Manifest.json", "manifest.json ", "shape.npy"])
def test_what_does_not_belong_there(tmp_path: Path, name: str) -> None:
    _refused(_zip(tmp_path / "x.viva-avatar", {MANIFEST: b"{}", name: b"x"}), "does not belong there")


def test_a_part_that_is_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "x.viva-avatar"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as out:
        warnings.simplefilter("ignore")
        out.writestr(MANIFEST, json.dumps(_manifest()))
        out.writestr(MANIFEST, "{}")
    _refused(path, "holds 'manifest.json' twice")


def test_a_link(tmp_path: Path) -> None:
    path = tmp_path / "x.viva-avatar"
    info = zipfile.ZipInfo(MANIFEST)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(info, "/etc/passwd")
    _refused(path, "holds a link")


def test_a_device(tmp_path: Path) -> None:
    path = tmp_path / "x.viva-avatar"
    info = zipfile.ZipInfo(MANIFEST)
    info.create_system, info.external_attr = 3, (stat.S_IFCHR | 0o777) << 16
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(info, "x")
    _refused(path, "no plain file")


def test_an_encrypted_part(tmp_path: Path) -> None:
    path = _hostile(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    path.write_bytes(data)
    _refused(path, "encrypted")


def test_another_way_of_packing(tmp_path: Path) -> None:
    _refused(_zip(tmp_path / "x.viva-avatar", {MANIFEST: json.dumps(_manifest()).encode()}, zipfile.ZIP_LZMA), "packed in a way that is not read here")


# Manifests.


def test_no_manifest(tmp_path: Path) -> None:
    _refused(_zip(tmp_path / "x.viva-avatar", {THUMBNAIL: _png()}), r"has no manifest\.json")


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff\xfe{}", "no JSON"),
        (b"[]", "is no object"),
        (b'{"format": 1, "format": 1}', "there twice"),
        (b'{"format": 1, "person": {"shape": {"sex": NaN}}}', "NaN is no number"),
        (b'{"format": 1, "person": {"shape": {"sex": -Infinity}}}', "Infinity is no number"),
        (b'{"format": 1, "person": {"shape": {"sex": 1e999}}}', "1e999 is no number"),
        (b'{"format": 1, "person": {"shape": {"sex": 1' + b"0" * 400 + b"}}}", "401 digits"),
        (b'{"format": 1, "person": ' + b"[" * 40 + b"]" * 40 + b"}", "nested more than 8 deep"),
        (b'{"format": 1, "person": ' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"}", "nested more than 8 deep"),
    ],
)
def test_text_that_is_no_manifest(tmp_path: Path, data: bytes, match: str) -> None:
    _refused(_hostile(tmp_path, data), match)


def test_brackets_in_a_text_are_not_nesting(tmp_path: Path) -> None:
    notes = '[[[[[[[[[[[[ \\" {{{{{{{{{{{{ "'
    assert read(_hostile(tmp_path, _manifest(notes=notes))).notes == notes


@pytest.mark.parametrize(
    ("manifest", "match"),
    [
        (_manifest(format=...), "has format None, this version reads 1"),
        (_manifest(format=2), "has format 2, this version reads 1"),
        (_manifest(format="1"), "has format 1, this version"),
        (_manifest(format=True), "has format True"),
        (_manifest(code="import os"), "does not know 'code'"),
        (_manifest(notes=5), "notes is no text"),
        (_manifest(notes="x" * 4001), "notes is no text of up to 4000"),
        (_manifest(person=...), "holds no person"),
        (_manifest(person=[]), "must be stored as an object"),
        (_manifest(person="Bob"), "must be stored as an object"),
        (_with_person(wings=1), "Person does not know wings"),
        (_with_person(name=""), "a person is called ''"),
        (_with_person(name="x" * 200), "a person is called"),
        (_with_person(name=5), "not a str"),
        (_with_person(hair={"style": "mohawk"}), "the style 'mohawk' is not known"),
        (_with_person(beard={"style": 3}), "not a str"),
        (_with_person(skin={"tone": 7.0}), "skin: tone is 7.0"),
        (_with_person(skin={"tone": "dark"}), "not a float"),
        (_with_person(eyes={"colour": [0.1, 0.2]}), "stored value"),
        (_with_person(eyes={"colour": [0.1, 0.2, 3.0]}), "colour is 3.0"),
        (_with_person(shape={"gills": 0.5}), "identity axis 'gills' is not known"),
        (_with_person(shape={"sex": -0.5}), "identity axis sex at -0.5 is outside 0 to 1"),
        (_with_person(shape={"sex": 1.5}), "sex is 1.5"),
        (_with_person(shape={"sex": True}), "not a float"),
        (_with_person(shape=[1, 2]), "stored value"),
        (_manifest(topology="0123456789abcdef"), "is for another head"),
        (_manifest(topology=topology()), r"lacks shape\.npz"),
    ],
)
def test_manifests_that_do_not_fit(tmp_path: Path, manifest: dict, match: str) -> None:
    _refused(_hostile(tmp_path, manifest), match)


# Thumbnails.


@pytest.mark.parametrize(
    ("picture", "match"),
    [
        (b"", "no whole PNG"),
        (b"GIF89a" + b"x" * 100, "no whole PNG"),
        (_png()[:-5], "no whole PNG"),
        (_png()[:40] + b"\xff" + _png()[41:], "no whole PNG"),
        (_png(100_000, 100_000), "100000 x 100000 pixels"),
        (_png(0, 4), "0 x 4 pixels"),
        (_png(1025, 4), "1025 x 4 pixels"),
    ],
)
def test_thumbnails_that_are_none(tmp_path: Path, picture: bytes, match: str) -> None:
    _refused(_hostile(tmp_path, thumbnail_png=picture), match)


def test_a_thumbnail_that_is_too_large(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).bytes(1_200_000)
    _refused(_hostile(tmp_path, thumbnail_png=noise), "of 1,200,000 bytes, more than 1,048,576")


# Shapes.


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"x" * 100, "no avatar file|damaged"),
        (_shape(np.full((V, 3), np.nan, np.float32)), "not finite"),
        (_shape(np.full((V, 3), np.inf, np.float16)), "not finite"),
        (_shape(np.full((V, 3), 0.5, np.float32)), "move points by 0.5 m"),
        (_shape(np.zeros((V, 2), np.float32)), "offsets is <f4"),
        (_shape(np.zeros((V + 1, 3), np.float32)), "offsets is <f4"),
        (_shape(np.zeros((3, V), np.float32).T), "offsets is <f4"),
        (_shape(np.zeros((V, 3), np.float64)), "offsets is <f8"),
        (_shape(np.zeros((V, 3), np.int16)), "offsets is <i2"),
        (_shape(np.zeros((V, 3), np.float32), "0123456789abcdef"), "is for another head"),
        (_shape(np.zeros((V, 3), np.float32), more=np.zeros(3)), "does not belong there"),
        (_shape(np.zeros((400, 400, 3), np.float32)), "of 1,920,128 bytes, more than 1,048,576"),
    ],
)
def test_shapes_that_do_not_fit(tmp_path: Path, data: bytes, match: str) -> None:
    _refused(_hostile(tmp_path, _manifest(topology=topology()), shape_npz=data), match)


def test_a_shape_the_manifest_does_not_tell_of(tmp_path: Path) -> None:
    _refused(_hostile(tmp_path, shape_npz=_shape(np.full((V, 3), 0.001, np.float32))), "its manifest does not tell of it")


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple:
            return (os.mkdir, (str(tmp_path / "owned"),))

    out = io.BytesIO()
    np.lib.format.write_array(out, np.array([Evil()], object), allow_pickle=True)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as parts:
        parts.writestr("offsets.npy", out.getvalue())
        parts.writestr("topology.npy", _npy(np.array([topology()], "<U16")))
    _refused(_hostile(tmp_path, _manifest(topology=topology()), shape_npz=inner.getvalue()), "offsets is ")
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    ("offsets", "match"),
    [
        (b"\x93NUMPY\x01\x00\x10\x00{'descr': __import", "offsets is no array"),
        (b"\x93NUMPY\x03\x00\x10\x00\x00\x00", "offsets is no array"),
        (b"nothing", "offsets is no array"),
        (None, "lacks offsets.npy"),
    ],
)
def test_arrays_that_are_none(tmp_path: Path, offsets: bytes | None, match: str) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as parts:
        if offsets is not None:
            parts.writestr("offsets.npy", offsets)
        parts.writestr("topology.npy", _npy(np.array([topology()], "<U16")))
    _refused(_hostile(tmp_path, _manifest(topology=topology()), shape_npz=inner.getvalue()), match)


def test_an_array_that_says_it_is_larger_than_it_is(tmp_path: Path) -> None:
    whole = _npy(np.zeros((V, 3), np.float32))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as parts:
        parts.writestr("offsets.npy", whole[:-8])
        parts.writestr("topology.npy", _npy(np.array([topology()], "<U16")))
    _refused(_hostile(tmp_path, _manifest(topology=topology()), shape_npz=inner.getvalue()), "bytes instead of")


def _npy(array: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.save(out, array, allow_pickle=False)
    return out.getvalue()
