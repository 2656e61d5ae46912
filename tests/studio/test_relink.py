"""Missing and replaced media: told on opening, found by hand or in a folder, put in place as one step; nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from engine.core.errors import OutputError
from engine.pipeline import recorded_line
from engine.project.document import new_document
from engine.project.edits import AddLine
from engine.project.storage import ProjectFile
from engine.project.tracks import PhonemeTrack
from engine.speech.files import open_sound, write_wav
from studio.relink_dialog import RelinkDialog
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS

RATE = 16000


def tone(path: Path, seconds: float = 1.0, hertz: float = 200.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    t = np.arange(int(seconds * RATE)) / RATE
    write_wav(path, [(0.2 * np.sin(2 * np.pi * hertz * t)).astype(np.float32)], RATE)
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with three sounds, two lines on the first, analysed already."""
    folder = tmp_path / "home"
    document = new_document()
    for number, name in enumerate(("one", "two", "three", "one")):
        path = folder / f"{name}.wav"
        if not path.exists():
            tone(path, 1.0 + number / 10, 200.0 + 50 * number)
        line = recorded_line(open_sound(path), "a", "en", folder)
        length = line.source.duration_s
        line = replace(line, name=f"{name} {number}", words=(), phonemes=PhonemeTrack(("", "a", ""), (0.0, 0.2, 0.6, length)), method="edited")
        document = AddLine(document.characters[0].id, line).apply(document).document
    ProjectFile.create(folder / "p.viva", document).close()
    return folder / "p.viva"


def opened(window: MainWindow, qtbot, project: Path) -> RelinkDialog:
    window.files.open_project(project)
    qtbot.waitUntil(lambda: window.files.relinker.dialog is not None, timeout=WAIT_MS)
    assert not window.faults.open_boxes, "one question is enough"
    return window.files.relinker.dialog


def settled(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def rows(dialog: RelinkDialog) -> list[list[str]]:
    return [[dialog.table.item(r, c).text() for c in range(4)] for r in range(dialog.table.rowCount())]


def ok(dialog: RelinkDialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_whole_projects_ask_nothing(window: MainWindow, qtbot, project: Path):
    window.files.open_project(project)
    settled(window, qtbot)
    assert window.files.relinker.dialog is None and not window.faults.open_boxes and not window.banner.texts


def test_moved_media_are_found_in_a_folder_in_one_step(window: MainWindow, qtbot, project: Path, tmp_path: Path, monkeypatch):
    (tmp_path / "away").mkdir()
    for name in ("one", "two", "three"):
        shutil.move(project.parent / f"{name}.wav", tmp_path / "away" / f"{name}x.wav")
    dialog = opened(window, qtbot, project)
    before = window.session.document
    assert [r[:3] for r in rows(dialog)] == [
        ["one 0, one 3", "one.wav", "Missing"], ["two 1", "two.wav", "Missing"], ["three 2", "three.wav", "Missing"],
    ]  # fmt: skip
    assert not ok(dialog).isEnabled()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "away"))
    qtbot.mouseClick(dialog.search_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.choices) == 3, timeout=WAIT_MS)
    assert all(r[2] == "Found: the same recording" for r in rows(dialog)) and "3 of 3" in dialog.message.text()
    qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
    lines = list(window.session.document.lines())
    assert [Path(line.source.path).name for line in lines] == ["onex.wav", "twox.wav", "threex.wav", "onex.wav"]
    assert [line.phonemes for line in lines] == [line.phonemes for line in before.lines()], "what was found in them is kept"
    assert window.actions_by_name["undo"].text() == "Undo Relink media"
    qtbot.waitUntil(lambda: window.conductor.sound is not None and window.conductor.motion is not None, timeout=WAIT_MS)
    settled(window, qtbot)
    window.undo()
    assert window.session.document == before
    settled(window, qtbot)
    for box in window.faults.open_boxes:
        box.reject()
    if window.files.relinker.dialog is not None:
        window.files.relinker.dialog.reject()


def test_one_file_is_located_by_hand(window: MainWindow, qtbot, project: Path, tmp_path: Path, monkeypatch):
    moved = tmp_path / "b.wav"
    shutil.move(project.parent / "two.wav", moved)
    dialog = opened(window, qtbot, project)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    item = dialog.table.visualItemRect(dialog.table.item(0, 1)).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=item)
    qtbot.mouseClick(dialog.locate_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.choices), timeout=WAIT_MS)
    assert rows(dialog) == [["two 1", "two.wav", "Found: the same recording", str(moved)]]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert window.files.relinker.dialog is None
    assert [s.state for s in window.session.project.media.report(window.session.document, verify=True)] == ["found"] * 4
    settled(window, qtbot)


def test_leaving_it_changes_nothing_and_a_notice_stays(window: MainWindow, qtbot, project: Path):
    (project.parent / "two.wav").unlink()
    dialog = opened(window, qtbot, project)
    before = window.session.document
    dialog.choices = {}
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.session.document == before and not window.session.history.can_undo
    assert any("One sound of this project is missing" in t for t in window.banner.texts)
    line = list(before.lines())[1]
    window.session.select(line.id)
    settled(window, qtbot)
    assert window.files.relinker.dialog is None, "a person who left it is not asked again and again"
    window.actions_by_name["find_media"].trigger()
    qtbot.waitUntil(lambda: window.files.relinker.dialog is not None, timeout=WAIT_MS)
    window.files.relinker.dialog.reject()
    settled(window, qtbot)
    with ProjectFile.open(project, to_write=False) as kept:
        assert kept.document == before


def test_a_file_that_was_replaced_is_told_and_used_only_if_wanted(window: MainWindow, qtbot, project: Path):
    tone(project.parent / "two.wav", 2.5, 90.0)
    dialog = opened(window, qtbot, project)
    assert rows(dialog) == [["two 1", "two.wav", "Another file lies there now", ""]]
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(dialog.choices), timeout=WAIT_MS)
    assert rows(dialog)[0][2] == "Another recording, chosen" and "2.50 s instead of 1.10 s" in dialog.message.text()
    before = window.session.document
    qtbot.mouseClick(ok(dialog), Qt.MouseButton.LeftButton)
    line = list(window.session.document.lines())[1]
    assert line.source.duration_s == pytest.approx(2.5) and line.phonemes is None and line.emotions == list(before.lines())[1].emotions
    window.undo()
    assert window.session.document == before
    settled(window, qtbot)


def test_a_search_is_stopped_and_a_wrong_file_is_told(window: MainWindow, qtbot, project: Path, tmp_path: Path):
    (project.parent / "two.wav").unlink()
    dialog = opened(window, qtbot, project)
    (tmp_path / "no.wav").write_text("no sound")
    dialog.locate(tmp_path / "no.wav")
    qtbot.waitUntil(lambda: dialog.progress.isHidden(), timeout=WAIT_MS)
    assert "no.wav" in dialog.message.text() and not dialog.choices
    dialog.search(tmp_path)
    qtbot.mouseClick(dialog.stop_button, Qt.MouseButton.LeftButton)
    assert dialog.message.text() == "Stopped." and dialog.search_button.isEnabled()
    settled(window, qtbot)
    dialog.search(tmp_path)
    dialog.reject()  # in the middle of a search
    settled(window, qtbot)
    assert window.files.relinker.dialog is None


def test_a_project_read_only_is_told_without_a_dialog(window: MainWindow, qtbot, project: Path):
    (project.parent / "two.wav").unlink()
    with ProjectFile.open(project):
        window.files.open_project(project)
        assert window.session.read_only
        settled(window, qtbot)
        assert window.files.relinker.dialog is None and any("missing" in t for t in window.banner.texts)


def test_a_drive_that_goes_away_while_the_project_is_open(window: MainWindow, qtbot, project: Path, tmp_path: Path):
    window.files.open_project(project)
    settled(window, qtbot)
    before = window.session.document
    shutil.move(project.parent, tmp_path / "gone")  # media and all
    line = list(before.lines())[1]
    window.remove_line()
    assert window.session.document == before, "what cannot be saved is not made"
    assert "moved or deleted" in window.faults.open_boxes[0].text() and any("could not be saved" in t for t in window.banner.texts)
    window.faults.open_boxes[0].reject()
    window.session.select(line.id)
    qtbot.waitUntil(lambda: window.files.relinker.dialog is not None, timeout=WAIT_MS)
    window.files.relinker.dialog.reject()
    assert window.files.save_as(tmp_path / "rescued.viva"), "the work goes on in another file"
    assert next(iter(window.session.document.lines())).phonemes == next(iter(before.lines())).phonemes and not window.session.read_only
    window.remove_line()
    assert len(list(window.session.document.lines())) == 3
    settled(window, qtbot)


def test_work_is_saved_elsewhere_even_if_nothing_of_the_file_can_be_read(window: MainWindow, qtbot, project: Path, tmp_path: Path, monkeypatch):
    window.files.open_project(project)
    settled(window, qtbot)
    before = window.session.document
    copy = type(window.session.project._database).copy_to

    def fail(self, path: Path, shown: Path) -> None:
        raise OutputError(f"{self.path} cannot be read or written (disk I/O error)", "see that its drive is there and has space")

    monkeypatch.setattr(type(window.session.project._database), "copy_to", fail)
    (tmp_path / "other").mkdir()
    assert not window.files.save_as(tmp_path / "other" / "a.viva"), "while the file is there, its error is told"
    window.faults.open_boxes[0].reject()
    shutil.move(project, tmp_path / "gone.viva")
    assert window.files.save_as(tmp_path / "other" / "a.viva")
    after = list(window.session.document.lines())
    assert [line.phonemes for line in after] == [line.phonemes for line in before.lines()]
    assert [s.state for s in window.session.project.media.report(window.session.document)] == ["found"] * 4, "paths are those of the new folder"
    monkeypatch.setattr(type(window.session.project._database), "copy_to", copy)
    settled(window, qtbot)
