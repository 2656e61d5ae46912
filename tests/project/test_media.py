import hashlib
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.bench.random_edits import start_document
from engine.core.errors import InvalidInput, OutputError
from engine.project.blobs import PART_BYTES
from engine.project.document import Media
from engine.project.media import rebased, stored_path
from engine.project.storage import ProjectFile

LINE = "line0"


def with_sound(path: str, content: bytes = b"sound"):
    document = start_document()
    return document.with_line(replace(document.line(LINE), source=Media(path, hashlib.sha256(content).hexdigest(), 1.0, 8000)))


@pytest.fixture
def folder(tmp_path) -> Path:
    path = tmp_path / "a project, été"
    path.mkdir()
    return path


def test_stored_paths(tmp_path) -> None:
    folder = tmp_path / "deep" / "er" / "project"
    assert stored_path(folder / "sounds" / "é à.wav", folder) == "sounds/é à.wav"
    assert stored_path(folder / ".." / "a.wav", folder) == "../a.wav"
    assert stored_path(tmp_path / "deep" / "a.wav", folder) == "../../a.wav"
    assert stored_path(tmp_path / "a.wav", folder) == (tmp_path / "a.wav").as_posix(), "too far to be a neighbour"
    assert stored_path(folder / "a.wav", None) == (folder / "a.wav").as_posix()
    if sys.platform != "win32":
        assert stored_path(Path("/elsewhere/a.wav"), Path("/home/ann")) == "/elsewhere/a.wav"


def test_only_sounds_are_rebased() -> None:
    media = {"path": "a", "sha256": "b", "duration_s": 1.0, "sample_rate": 2}
    assert rebased([{"x": media, "path": "a"}, 3, None], lambda p: p + "!") == [{"x": {**media, "path": "a!"}, "path": "a"}, 3, None]


def test_a_sound_is_found_missing_or_replaced(folder) -> None:
    sound = folder / "bonjour à tous.wav"
    with ProjectFile.create(folder / "p.viva", with_sound(str(sound))) as project:
        document = project.document
        state = project.media.report(document)[0]
        assert (state.state, state.path, state.line_id) == ("missing", None, LINE)
        with pytest.raises(InvalidInput, match=r"bonjour à tous.wav is missing"):
            project.media.require(document.line(LINE).source)
        sound.write_bytes(b"sound")
        assert project.media.report(document, verify=True)[0].state == "found"
        assert project.media.require(document.line(LINE).source) == sound
        sound.write_bytes(b"other")
        assert project.media.report(document)[0].state == "found", "not read unless asked"
        assert project.media.report(document, verify=True)[0].state == "replaced"


def test_a_moved_project_finds_what_moved_with_it_and_what_stayed(tmp_path) -> None:
    old, new = tmp_path / "old" / "place", tmp_path / "new"
    old.mkdir(parents=True)
    (old / "a.wav").write_bytes(b"sound")
    ProjectFile.create(old / "p.viva", with_sound(str(old / "a.wav"))).close()
    new.mkdir()
    shutil.move(old / "p.viva", new / "p.viva")
    with ProjectFile.open(new / "p.viva") as project:
        source = project.document.line(LINE).source
        assert project.media.find(source) == old / "a.wav"
    third = tmp_path / "third"
    third.mkdir()
    shutil.move(new / "p.viva", third / "p.viva")
    with ProjectFile.open(third / "p.viva") as project:
        assert project.media.find(source) == old / "a.wav", "two moves later"
    shutil.move(third / "p.viva", new / "p.viva")
    shutil.move(old / "a.wav", new / "a.wav")
    with ProjectFile.open(new / "p.viva") as project:
        assert project.media.find(source) == new / "a.wav"


def test_an_embedded_sound_is_unpacked_when_it_is_nowhere_else(folder) -> None:
    content = bytes(range(256)) * 1000
    sound = folder / "a.wav"
    sound.write_bytes(content)
    with ProjectFile.create(folder / "p.viva", with_sound(str(sound), content)) as project:
        assert project.blobs.put_file(sound, "media") == hashlib.sha256(content).hexdigest()
        sound.unlink()
        state = project.media.report(project.document)[0]
        assert state.state == "embedded" and state.path.suffix == ".wav" and state.path.read_bytes() == content
        with project.save_as(folder / "q.viva") as other:
            assert other.media.find(other.document.line(LINE).source).read_bytes() == content


def test_another_systems_absolute_path_is_missing_not_wrong(folder) -> None:
    stored = "/Users/ann/a.wav" if sys.platform == "win32" else "C:/Users/ann/a.wav"
    with ProjectFile.create(folder / "p.viva", with_sound(stored)) as project:
        assert project.document.line(LINE).source.path == stored
        assert project.media.report(project.document)[0].state == "missing"
        with project.save_as(folder / "q.viva") as other:
            assert other.document.line(LINE).source.path == stored


def test_blobs_are_kept_once_found_by_name_and_dropped_by_kind(folder) -> None:
    large = bytes(range(251)) * (3 * PART_BYTES // 251)
    with ProjectFile.create(folder / "p.viva", start_document()) as project:
        blobs = project.blobs
        digest = blobs.put(large, "media")
        assert digest == hashlib.sha256(large).hexdigest() and blobs.get(digest) == large and blobs.has(digest)
        assert len(list(blobs.parts(digest))) == 3
        size = project.path.stat().st_size
        assert blobs.put(large, "media") == digest and project.path.stat().st_size == size
        one, two = blobs.put(b"one", "cache", "line/fingerprint"), blobs.put(b"two", "cache", "line/fingerprint")
        nothing = blobs.put(b"", "cache")
        assert blobs.get(nothing) == b"" and blobs.find("cache", "line/fingerprint") == two and blobs.find("cache", "x") is None
        assert blobs.sizes() == {"media": len(large), "cache": 6}
        assert blobs.drop("cache", keep={one}) == 3 and blobs.has(one) and not blobs.has(two)
        assert blobs.drop("media") == len(large) and blobs.get(digest) is None and list(blobs.parts(digest)) == []
        assert project.path.stat().st_size < size - len(large) + 100_000, "the space is given back"
    with ProjectFile.open(folder / "p.viva") as again:
        assert again.blobs.get(one) == b"one"


def test_a_damaged_blob_is_no_blob(folder, caplog) -> None:
    with ProjectFile.create(folder / "p.viva", start_document()) as project:
        digest = project.blobs.put(b"thumbnail", "thumbnail")
        with project._database.transaction() as connection:
            connection.execute("UPDATE blob_parts SET data = CAST('xxxxxxxxx' AS BLOB)")
        assert project.blobs.get(digest) is None and "damaged" in caplog.text


def test_a_blob_half_put_in_when_the_process_died_is_forgotten(folder) -> None:
    with ProjectFile.create(folder / "p.viva", start_document()) as project:
        digest = project.blobs.put(b"whole", "take")
        with project._database.transaction() as connection:
            connection.execute("UPDATE blobs SET size = -1")
        assert not project.blobs.has(digest) and project.blobs.sizes() == {}
    with ProjectFile.open(folder / "p.viva") as again:
        assert again._database.rows("SELECT COUNT(*) FROM blob_parts") == [(0,)]


def test_a_file_that_cannot_be_read_and_a_project_that_cannot_be_written(folder) -> None:
    with ProjectFile.create(folder / "p.viva", start_document()) as project:
        with pytest.raises(InvalidInput, match=r"nothing.wav cannot be read"):
            project.blobs.put_file(folder / "nothing.wav", "media")
        with ProjectFile.open(project.path) as second, pytest.raises(OutputError, match="for reading only"):
            second.blobs.put(b"x", "cache")
