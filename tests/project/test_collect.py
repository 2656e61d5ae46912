"""Media are taken into the project, and found again in folders."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from engine.core.errors import Cancelled, InvalidInput, OutputError
from engine.core.jobs import Job
from engine.project import collect as collecting
from engine.project.collect import collect, name_of, search_folder
from engine.project.document import LineDoc, Media, Typed, new_document
from engine.project.edits import AddLine
from engine.project.media import file_digest
from engine.project.storage import ProjectFile


def sound(path: Path, content: bytes) -> Media:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Media(path.as_posix(), file_digest(path), 2.0, 48000)


@pytest.fixture
def project(tmp_path: Path):
    document = new_document()
    medias = [sound(tmp_path / "elsewhere" / f"{name}.wav", name.encode() * 100_000) for name in ("one", "two", "three")]
    lines = [LineDoc(f"l{k}", "L", media) for k, media in enumerate((*medias, medias[0]))] + [LineDoc("t", "T", Typed("hello"))]
    for line in lines:
        document = AddLine(document.characters[0].id, line).apply(document).document
    (tmp_path / "home").mkdir()
    with ProjectFile.create(tmp_path / "home" / "p.viva", document) as file:
        yield file


def test_all_media_are_embedded_and_found_without_their_files(project: ProjectFile, tmp_path: Path):
    said: list[tuple[float, str]] = []
    found = collect(project, project.document, Job(lambda done, total, label: said.append((done / total if total else 0, label))))
    assert (found.files, found.left) == (3, ()) and found.size == 1_100_000 == project.blobs.sizes()["media"]
    assert said == sorted(said, key=lambda s: s[0]) and said[-1][0] == 1.0
    assert collect(project, project.document).files == 0, "a second time nothing is new"
    shutil.rmtree(tmp_path / "elsewhere")
    assert [s.state for s in project.media.report(project.document)] == ["embedded"] * 4
    path = project.media.require(project.document.line("l1").source)
    assert path.read_bytes() == b"two" * 100_000


def test_missing_and_replaced_media_are_told_and_not_taken(project: ProjectFile, tmp_path: Path):
    (tmp_path / "elsewhere" / "one.wav").unlink()
    (tmp_path / "elsewhere" / "two.wav").write_bytes(b"another recording")
    found = collect(project, project.document)
    assert found.files == 1 and sorted(s.state for s in found.left) == ["missing", "replaced"]
    assert not project.blobs.has(project.document.line("l1").source.sha256)


def test_collecting_is_cancelled_between_any_two_reads(project: ProjectFile):
    for stop_at in range(1, 8):
        calls = 0

        def report(done: float, total: float, label: str) -> None:
            nonlocal calls
            calls += 1
            if calls == stop_at:  # noqa: B023
                job.cancel()  # noqa: B023

        job = Job(report)
        with pytest.raises(Cancelled):
            collect(project, project.document, job)
            job.check()
        assert not project._database.rows("SELECT 1 FROM blobs WHERE size < 0"), "nothing half-embedded stays"
        kept = project.blobs.sizes().get("media", 0)
        assert kept in (0, 300_000, 600_000, 1_100_000) and (kept == 1_100_000) == (stop_at > 5)
        project.blobs.drop("media")


def test_no_space_and_no_right_to_write(project: ProjectFile, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(collecting, "_ROOM", 1 << 60)
    with pytest.raises(OutputError, match="free some space"):
        collect(project, project.document)
    assert "media" not in project.blobs.sizes()
    with ProjectFile.open(project.path) as second, pytest.raises(OutputError, match="for reading only"):
        collect(second, second.document)


# Searching.


def test_media_are_found_by_content_under_any_name(tmp_path: Path):
    wanted = [sound(tmp_path / "a.wav", b"a"), sound(tmp_path / "b.wav", b"b")]
    moved = tmp_path / "new" / "deep" / "er"
    moved.mkdir(parents=True)
    (tmp_path / "a.wav").rename(moved / "renamed.WAV")
    (tmp_path / "b.wav").rename(tmp_path / "new" / "b.wav")
    (tmp_path / "new" / "b.txt").write_bytes(b"a")
    found = search_folder(tmp_path / "new", wanted)
    assert [(f.media, f.path.name, f.same) for f in found] == [(wanted[0], "renamed.WAV", True), (wanted[1], "b.wav", True)]


def test_then_by_name_and_length(tmp_path: Path):
    wanted = [sound(tmp_path / "A.wav", b"a")]
    (tmp_path / "A.wav").unlink()
    for folder, content in (("x", b"short"), ("y", b"of the length")):
        sound(tmp_path / folder / "a.wav", content)
    lengths = {b"short": 1.0, b"of the length": 2.02}
    found = search_folder(tmp_path, wanted, duration_of=lambda p: lengths[p.read_bytes()])
    assert [(f.path.parent.name, f.same) for f in found] == [("y", False)]
    assert search_folder(tmp_path, wanted) == () == search_folder(tmp_path, wanted, duration_of=lambda _: None)


def test_a_path_of_another_system_has_its_name():
    assert name_of(Media(r"C:\Users\me\Take 1.wav", "0", 1.0, 8000)) == "Take 1.wav"


def test_a_search_ends_and_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    wanted = [Media("gone.wav", "f" * 64, 1.0, 8000)]
    deep = tmp_path
    for k in range(6):
        deep = deep / f"d{k}"
        sound(deep / f"{k}.wav", str(k).encode())
    if os.name != "nt":
        (deep / "loop").symlink_to(tmp_path)
    assert search_folder(tmp_path, wanted) == ()
    seen: list[str] = []
    monkeypatch.setattr(collecting, "DEEPEST", 2)
    search_folder(tmp_path, wanted, Job(lambda d, t, label: seen.append(label)))
    assert "comparing 1.wav" in seen and "comparing 4.wav" not in seen
    monkeypatch.setattr(collecting, "MOST_FILES", 1)
    seen.clear()
    search_folder(tmp_path, wanted, Job(lambda d, t, label: seen.append(label)))
    assert sum(s.startswith("comparing") for s in seen) <= 1
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        search_folder(tmp_path, wanted, job)
    with pytest.raises(InvalidInput, match="drive"):
        search_folder(tmp_path / "no", wanted)
