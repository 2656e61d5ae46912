"""The picture behind the characters goes with its project as the sounds do."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from engine.project.collect import collect
from engine.project.document import Document, new_document
from engine.project.edits import SetStage
from engine.project.media import file_digest
from engine.project.stage import Background, Picture, Stage
from engine.project.storage import ProjectFile


def showing(path: str, sha256: str) -> Document:
    return replace(new_document(), stage=Stage(background=Background("picture", picture=Picture(path, sha256))))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "été" / "wall.png"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"a picture")
    return path


def test_it_is_found_beside_the_project_and_drawn_by_its_full_path(tmp_path: Path, picture: Path):
    document = showing(picture.as_posix(), file_digest(picture))
    with ProjectFile.create(tmp_path / "home" / "p.viva", document) as project:
        kept = project.document.stage.background.picture
        assert kept is not None and kept.path == "été/wall.png", "relative, as a sound's"
        stage, notices = project.media.staged(project.document)
        assert stage.background.picture == Picture(str(picture), kept.sha256) and not notices
        picture.unlink()
        stage, notices = project.media.staged(project.document)
        assert stage.background.kind == "gradient" and "wall.png is missing" in notices[0]
        assert project.document.stage.background.kind == "picture", "the document keeps it"
        plain = replace(project.document, stage=Stage())
        assert project.media.staged(plain) == (Stage(), ()) and project.media.picture(plain) is None


def test_it_moves_with_its_project_and_its_steps(tmp_path: Path, picture: Path):
    with ProjectFile.create(tmp_path / "home" / "p.viva", new_document()) as project:
        edit = SetStage(Stage(background=Background("picture", picture=Picture(project.media.stored(picture), file_digest(picture)))))
        after = edit.apply(project.document).document
        there = tmp_path / "other place" / "deep" / "down" / "here"
        there.mkdir(parents=True)
        with ProjectFile.create(there / "q.viva", after) as copied:
            assert copied.document.stage.background.picture is not None
        with ProjectFile.create(tmp_path / "home" / "r.viva", after) as same:
            assert same.media.staged(same.document)[0].background.picture == Picture(str(picture), file_digest(picture))


def test_it_is_collected_into_the_project(tmp_path: Path, picture: Path):
    document = showing(picture.as_posix(), file_digest(picture))
    with ProjectFile.create(tmp_path / "home" / "p.viva", document) as project:
        found = collect(project, project.document)
        assert (found.files, found.left, found.size) == (1, (), 9)
        shutil.rmtree(picture.parent)
        state = project.media.picture(project.document)
        assert state is not None and state.state == "embedded" and state.path is not None and state.path.read_bytes() == b"a picture"
        assert project.media.staged(project.document)[0].background.kind == "picture"


def test_one_that_is_missing_or_another_is_told_and_not_collected(tmp_path: Path, picture: Path):
    document = showing(picture.as_posix(), "0" * 64)
    with ProjectFile.create(tmp_path / "home" / "p.viva", document) as project:
        assert [s.state for s in collect(project, project.document).left] == ["replaced"]
        picture.unlink()
        assert [s.state for s in collect(project, project.document).left] == ["missing"]


def test_a_pipeline_finds_it_for_the_film(tmp_path: Path, picture: Path):
    from engine.pipeline import LinePipeline

    document = showing("été/wall.png", file_digest(picture))
    assert LinePipeline(tmp_path / "home").staged(document)[0].background.picture == Picture(str(picture), file_digest(picture))
    assert LinePipeline().staged(document) == (document.stage, ())
    with ProjectFile.create(tmp_path / "home" / "p.viva", document) as project:
        assert LinePipeline(project.media).staged(document)[0].background.picture == Picture(str(picture), file_digest(picture))
        picture.unlink()
        stage, notices = LinePipeline(project.media).staged(document)
        assert stage.background.kind == "gradient" and notices
