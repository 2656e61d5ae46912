from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.core.errors import InvalidInput
from engine.project.document import LineDoc, Typed, new_id
from engine.project.edits import AddLine, RemoveLine, SetAmount, SetSeed
from studio.session import Session, kind_of, left_behind, untitled_folder


@pytest.fixture
def session(qapp, own_cache: Path):
    made = Session()
    yield made
    made.close()


def add(session: Session, name: str = "one") -> LineDoc:
    line = LineDoc(new_id(), name, Typed("Hello."))
    session.apply(AddLine(session.document.characters[0].id, line))
    return line


def test_an_empty_project_leaves_no_file(session: Session):
    assert session.untitled and not session.unsaved and list(untitled_folder().iterdir()) == []


def test_an_untitled_project_is_on_the_disk_from_its_first_edit(session: Session):
    add(session)
    assert session.unsaved and len(list(untitled_folder().glob("*.viva"))) == 1
    session.close()
    assert list(untitled_folder().iterdir()) == []


def test_a_killed_process_leaves_its_untitled_project_to_the_next(session: Session, own_cache: Path, repository: Path):
    code = (
        "import os; from PySide6.QtCore import QCoreApplication; app = QCoreApplication([])\n"
        "from studio.session import Session; from engine.project.document import LineDoc, Typed; from engine.project.edits import AddLine\n"
        "s = Session(); s.apply(AddLine(s.document.characters[0].id, LineDoc('a', 'from before', Typed('Hi.')))); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=repository, env={**os.environ, "VIVAVOCE_CACHE": str(own_cache)}, check=False)
    left = left_behind()
    assert len(left) == 1
    assert "not closed properly" in session.open(left[0])
    assert [line.name for line in session.document.lines()] == ["from before"] and session.untitled and session.line is not None
    assert left_behind() == [], "it is open"


def test_what_is_selected_follows_what_there_is(session: Session):
    heard: list[str] = []
    session.line_changed.connect(lambda: heard.append(session.line.name if session.line else ""))
    first, second = add(session, "one"), add(session, "two")
    assert session.line == first
    session.select(second.id)
    session.apply(RemoveLine(second.id))
    session.undo()
    session.undo()
    session.undo()
    assert heard == ["one", "two", "one", ""]


def test_saving_gives_a_name_and_keeps_the_past(session: Session, tmp_path: Path):
    add(session)
    path = tmp_path / "film 1.viva"
    session.save_as(path)
    assert not session.untitled and session.name == "film 1.viva" and list(untitled_folder().iterdir()) == []
    session.undo()
    assert session.line is None
    session.redo()
    session.close()
    other = Session()
    other.open(path)
    assert [line.name for line in other.document.lines()] == ["one"] and other.history.can_undo
    other.close()


def test_an_untouched_project_can_be_saved_too(session: Session, tmp_path: Path):
    session.save_as(tmp_path / "empty.viva")
    assert session.name == "empty.viva"
    add(session)


def test_a_copy_is_another_file(session: Session, tmp_path: Path):
    add(session)
    session.save_as(tmp_path / "a.viva")
    session.save_copy(tmp_path / "b.viva")
    session.apply(SetSeed(session.document.characters[0].lines[0].id, 5))
    copy = Session()
    copy.open(tmp_path / "b.viva")
    assert copy.line is not None and copy.line.seed == 0 and session.name == "a.viva"
    copy.close()


def test_a_second_one_reads_only_and_says_who(session: Session, tmp_path: Path):
    add(session)
    session.save_as(tmp_path / "a.viva")
    second = Session()
    second.open(tmp_path / "a.viva")
    assert f"process {os.getpid()}" in second.read_only
    failed: list[Exception] = []
    second.failed.connect(failed.append)
    before = second.document
    second.apply(SetSeed(second.document.characters[0].lines[0].id, 5))
    assert "open for reading only" in str(failed[0]) and second.document == before
    second.close()


def test_what_cannot_be_opened_changes_nothing(session: Session, tmp_path: Path):
    line = add(session)
    bad = tmp_path / "bad.viva"
    bad.write_bytes(b"not a project")
    for path in (bad, tmp_path / "missing.viva"):
        with pytest.raises(InvalidInput):
            session.open(path)
    assert session.line == line and session.unsaved


def test_an_edit_that_cannot_be_made_is_told(session: Session):
    failed: list[Exception] = []
    session.failed.connect(failed.append)
    line = add(session)
    session.apply(SetAmount(line.id, "jaw", 3.0))
    assert "outside 0 to 2" in str(failed[0]) and session.line == line


def test_a_drag_is_one_step(session: Session):
    line = add(session)
    session.begin_drag()
    for value in (1.1, 1.2, 1.5):
        session.apply(SetAmount(line.id, "jaw", value))
    session.end_drag()
    session.undo()
    assert session.line is not None and session.line.amounts["jaw"] == 1.0
    session.begin_drag()
    session.apply(SetAmount(line.id, "jaw", 0.3))
    session.end_drag(keep=False)
    assert session.line.amounts["jaw"] == 1.0


def test_files_are_known_by_what_they_are(tmp_path: Path):
    for name, kind in (("a.viva", "project"), ("a.TextGrid", "textgrid"), ("a.txt", "text"), ("a.wav", "sound"), ("a.mkv", "video")):
        (tmp_path / name).touch()
        assert kind_of(tmp_path / name) == kind
    with pytest.raises(InvalidInput, match="is a folder"):
        kind_of(tmp_path)
    with pytest.raises(InvalidInput, match="does not exist"):
        kind_of(tmp_path / "b.wav")


def test_a_cache_that_cannot_be_written_costs_only_the_recovery(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path / "file" / "cache"))
    line = add(session)
    assert session.line == line and session.unsaved and left_behind() == []
    session.save_as(tmp_path / "a.viva")
    assert not session.untitled
