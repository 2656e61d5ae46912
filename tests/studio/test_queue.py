"""The render queue: filled, ordered, edited and rendered beside the window, every change undone again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit

from engine.core.errors import InvalidInput
from engine.project.document import new_document
from engine.project.part_edits import SetInOut
from engine.project.parts import RenderJob
from studio.queue import FILE, NAME, QUALITY, SIZE, STATE, WHAT, RenderQueue
from studio.queue_runner import chosen
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS


@pytest.fixture
def queue(window: MainWindow, qtbot, speak, tmp_path: Path) -> RenderQueue:
    """The queue of a window with a line, its files going to a folder of the test."""
    speak(window)
    window.preferences.set_folder(tmp_path / "x")
    window.actions_by_name["show_queue"].trigger()
    assert window.queue_dock.isVisible() and window.render_queue.empty.isVisible()
    return window.render_queue


def click(qtbot, button) -> None:
    assert button.isEnabled(), button.objectName()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def cells(queue: RenderQueue, column: int) -> list[str]:
    return [queue.table.item(row, column).text() for row in range(queue.table.rowCount())]


def double_click(queue: RenderQueue, qtbot, row: int, column: int) -> None:
    qtbot.waitUntil(lambda: queue.table.isVisible() and queue.table.viewport().height() > 40 * (row + 1), timeout=WAIT_MS)
    place = queue.table.visualItemRect(queue.table.item(row, column)).center()
    qtbot.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def edit_cell(queue: RenderQueue, qtbot, row: int, column: int, text: str) -> None:
    """Double-click a cell, type, Return: as a person does."""
    double_click(queue, qtbot, row, column)
    editor = queue.table.findChildren(QLineEdit)[-1]  # the last cell's may not be gone yet
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: queue.table.state() != queue.table.State.EditingState, timeout=WAIT_MS)


def test_ranges_are_added_ordered_edited_removed_and_all_is_undone(window: MainWindow, qtbot, queue: RenderQueue, tmp_path: Path):
    window.session.apply(SetInOut(window.session.line.id, 0.25, 0.75))
    documents = [window.session.document]

    def step(title: str) -> None:
        assert window.actions_by_name["undo"].text() == f"Undo {title}" and window.session.document != documents[-1]
        documents.append(window.session.document)

    click(qtbot, queue.add_button)
    step("Add to render queue")
    click(qtbot, queue.add_scene_button)
    step("Add to render queue")
    line = window.session.line
    assert cells(queue, WHAT) == [f"0.25–0.75 s of {line.name}", "All of the scene"] and not queue.empty.isVisible()
    assert cells(queue, FILE) == [str(tmp_path / f"{line.name.strip('.')}.mp4"), str(tmp_path / "Scene.mp4")]
    click(qtbot, queue.up_button)
    step("Reorder render queue")
    assert cells(queue, NAME) == ["Scene", line.name] and queue.table.currentRow() == 0
    qtbot.keyClick(queue.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    step("Reorder render queue")
    assert cells(queue, NAME) == [line.name, "Scene"]
    edit_cell(queue, qtbot, 0, NAME, "Shot 7")
    step("Change render queue")
    edit_cell(queue, qtbot, 0, SIZE, "640x360")
    step("Change render queue")
    assert (queue.queue[0].name, queue.queue[0].width, queue.queue[0].height) == ("Shot 7", 640, 360)
    box = queue.table.cellWidget(1, QUALITY)
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    step("Change render queue")
    assert queue.queue[1].quality == "draft"
    queue.table.selectRow(0)
    queue.table.setFocus()
    qtbot.keyClick(queue.table, Qt.Key.Key_Delete)
    step("Remove from render queue")
    assert cells(queue, NAME) == ["Scene"]
    for document in reversed(documents[:-1]):
        window.undo()
        assert window.session.document == document
    assert queue.empty.isVisible()


def test_a_bad_size_is_refused_and_the_old_one_stays(window: MainWindow, qtbot, queue: RenderQueue):
    click(qtbot, queue.add_button)
    before = window.session.document
    edit_cell(queue, qtbot, 0, SIZE, "tiny")
    assert window.session.document == before and cells(queue, SIZE) == ["512 × 512"] and "512 or 1920x1080" in window.faults.open_boxes[0].informativeText()


def test_the_file_is_chosen_by_a_double_click(window: MainWindow, qtbot, queue: RenderQueue, tmp_path: Path, monkeypatch):
    click(qtbot, queue.add_button)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "other.npz"), ""))
    double_click(queue, qtbot, 0, FILE)
    assert queue.queue[0].path == str(tmp_path / "other.npz")


def test_jobs_render_one_after_another_and_faults_stay_with_theirs(window: MainWindow, qtbot, queue: RenderQueue, tmp_path: Path):
    for name in ("a.npz", "no such folder/b.npz", "c.npz"):
        window.session.apply(SetInOut(window.session.line.id, 0.2, 0.6))
        queue._file = lambda _name, n=name: str(tmp_path / n)
        click(qtbot, queue.add_button)
    click(qtbot, queue.run_button)
    assert not queue.run_button.isEnabled() and queue.stop_button.isEnabled()
    qtbot.waitUntil(lambda: not queue.runner.busy, timeout=WAIT_MS)
    first, second, third = cells(queue, STATE)
    assert first == third == "Done: 0.40 s" and second.startswith("Failed: ") and "no such folder" in second
    assert not window.faults.open_boxes
    with np.load(tmp_path / "a.npz") as npz:
        assert npz["channels"].shape == (12, 63)
    (tmp_path / "no such folder").mkdir()
    (tmp_path / "a.npz").unlink()
    qtbot.keyClick(queue.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not queue.runner.busy, timeout=WAIT_MS)
    assert cells(queue, STATE) == ["Done: 0.40 s"] * 3 and not (tmp_path / "a.npz").exists(), "what is done is not done again"


def test_a_film_is_stopped_and_leaves_nothing(window: MainWindow, qtbot, queue: RenderQueue, tmp_path: Path):
    click(qtbot, queue.add_button)
    click(qtbot, queue.add_scene_button)
    click(qtbot, queue.run_button)
    qtbot.waitUntil(lambda: cells(queue, STATE)[0].startswith("Rendering"), timeout=WAIT_MS)
    click(qtbot, queue.stop_button)
    assert cells(queue, STATE) == ["Stopped", "Stopped"] and queue.run_button.isEnabled()
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)
    assert not list(tmp_path.glob("*.mp4")) and not list(tmp_path.glob("*.part*"))


def test_a_job_that_is_stopped_elsewhere_or_removed(window: MainWindow, qtbot, queue: RenderQueue):
    click(qtbot, queue.add_button)
    click(qtbot, queue.add_scene_button)
    click(qtbot, queue.run_button)
    qtbot.waitUntil(lambda: any(t.lane == "export" and t.running for t in window.jobs.tasks), timeout=WAIT_MS)
    next(t for t in window.jobs.tasks if t.lane == "export").cancel()  # as the jobs panel does
    click(qtbot, queue.remove_button)
    assert len(queue.queue) == 1
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)
    assert cells(queue, STATE) == ["Stopped"] and not queue.runner.busy


def test_the_queue_is_saved_with_the_project(window: MainWindow, qtbot, queue: RenderQueue, tmp_path: Path):
    click(qtbot, queue.add_button)
    kept = queue.queue
    window.files.save_as(tmp_path / "p.viva")
    window.session.new()
    assert queue.empty.isVisible() and not queue.add_button.isEnabled()
    window.files.open_project(tmp_path / "p.viva")
    assert queue.queue == kept and cells(queue, NAME) == [kept[0].name]
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_what_a_job_renders(window: MainWindow, qtbot, speak):
    speak(window)
    speak(window, "Mama.")
    document = window.session.document
    first, second = document.lines()
    alone, span, stage_s = chosen(document, RenderJob("j", "J", "a.mp4", second.id, 0.1, 0.4, 640, 360))
    assert [line.id for line in alone.lines()] == [second.id] and span == (0.1, 0.4) and stage_s == second.start_s
    assert [c.id for c in alone.characters] == [c.id for c in document.characters]
    assert next(alone.lines()).start_s == 0.0 and (alone.settings.width, alone.settings.height) == (640, 360)
    whole, span, stage_s = chosen(document, RenderJob("j", "J", "a.mp4"))
    assert [line.id for line in whole.lines()] == [first.id, second.id] and span is None and stage_s == 0.0
    _, span, _ = chosen(document, RenderJob("j", "J", "a.mp4", first.id, 0.5))
    assert span == (0.5, pytest.approx(first.duration_s))
    with pytest.raises(InvalidInput, match="was removed"):
        chosen(new_document(), RenderJob("j", "J", "a.mp4", second.id))
