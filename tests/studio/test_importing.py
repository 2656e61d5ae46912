"""Files of other programs come into the window by menu and by dropping, each as one step that can be undone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from engine.project.document import Typed
from engine.project.storage import ProjectFile
from engine.speech.textgrid import TextGrid, Tier, write_textgrid
from studio.files import next_version
from studio.window import MainWindow
from tests.imports.glb_files import write_glb
from tests.studio.conftest import TEXT, WAIT_MS
from tests.studio.test_window import drop, performed

SRT = "1\n00:00:01,500 --> 00:00:02,000\nBob may buy.\n\n2\n00:00:04,000 --> 00:00:09,000\nMama bought a pump.\n"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch):
    """What the file dialogs answer, the next one first."""
    names: list[str] = []
    for method in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, method, lambda *_: (names.pop(0) if names else "", ""))
    return names


def choose(window: MainWindow, name: str) -> None:
    """An action, as a click in the menu does it."""
    action = window.actions_by_name[name]
    assert action.isEnabled(), name
    action.trigger()


def settled(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


@pytest.fixture
def glb(tmp_path: Path) -> Path:
    values = np.zeros((31, 5))
    values[:, 0] = np.linspace(0, 1, 31)
    return write_glb(tmp_path / "capture é.glb", np.arange(31) / 30, values)


def test_motion_comes_onto_a_layer_at_the_playhead_and_moves_the_face(window: MainWindow, qtbot, speak, glb: Path, answers: list[str]):
    speak(window)
    before = window.session.document
    window.player.seek(0.5)
    answers.append(str(glb))
    choose(window, "import_motion")
    qtbot.waitUntil(lambda: window.session.line is not None and bool(window.session.line.layers), timeout=WAIT_MS)
    layer = window.session.line.layers[0]
    assert layer.name == "capture é" and layer.mode == "override" and (layer.start_s, layer.end_s) == (pytest.approx(0.5), pytest.approx(0.5 + 31 / 30))
    assert window.actions_by_name["undo"].text() == "Undo Import motion" and any("wobble" in t for t in window.banner.texts)
    assert window.session.line.duration_s > layer.end_s and not any("line's end" in t for t in window.banner.texts)
    settled(window, qtbot)
    frame = round(1.3 * 30)
    assert window.conductor.motion.channel("jawOpen")[frame] == pytest.approx(0.8, abs=0.05)
    window.undo()
    assert window.session.document == before
    settled(window, qtbot)


def test_motion_is_dropped_and_needs_a_line(window: MainWindow, qtbot, speak, glb: Path, tmp_path: Path):
    assert not window.actions_by_name["import_motion"].isEnabled()
    drop(window, glb)
    assert "no line" in window.faults.open_boxes[0].text()
    window.faults.open_boxes[0].reject()
    speak(window)
    drop(window, glb)
    qtbot.waitUntil(lambda: bool(window.session.line.layers), timeout=WAIT_MS)
    broken = tmp_path / "broken.glb"
    broken.write_bytes(glb.read_bytes()[:100])
    before = window.session.document
    drop(window, broken)
    qtbot.waitUntil(lambda: bool(window.faults.open_boxes), timeout=WAIT_MS)
    assert "broken.glb" in window.faults.open_boxes[0].text() and window.session.document == before
    settled(window, qtbot)


def test_motion_past_the_end_is_told(window: MainWindow, qtbot, speak, glb: Path):
    speak(window)
    window.player.seek(1.0)
    window.files.open_any(glb)
    qtbot.waitUntil(lambda: bool(window.session.line.layers), timeout=WAIT_MS)
    assert any("after the line's end" in t for t in window.banner.texts)
    settled(window, qtbot)


def test_what_is_dropped_with_a_sound_goes_onto_its_line(window: MainWindow, qtbot, glb: Path, spoken_file: Path, tmp_path: Path):
    grid = TextGrid(2.5, (Tier("phones", ((0.0, 1.0, ""), (1.0, 1.5, "m"), (1.5, 2.5, "a"))),))
    write_textgrid(tmp_path / "Ada 1.TextGrid", grid)
    drop(window, glb, tmp_path / "Ada 1.TextGrid", spoken_file)
    qtbot.waitUntil(lambda: window.session.line is not None and bool(window.session.line.layers), timeout=WAIT_MS)
    settled(window, qtbot)
    line = window.session.line
    assert line.phonemes.labels == ("", "m", "a") and len(line.layers) == 1, "the analysis that ran meanwhile does not overwrite it"
    assert not window.faults.open_boxes
    window.undo()
    window.undo()
    settled(window, qtbot)


def test_subtitles_become_lines_at_their_times_in_one_step(window: MainWindow, qtbot, tmp_path: Path, answers: list[str]):
    (tmp_path / "a.srt").write_text(SRT)
    before = window.session.document
    answers.append(str(tmp_path / "a.srt"))
    choose(window, "import_script")
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    lines = list(window.session.document.lines())
    assert [(line.start_s, line.source) for line in lines] == [(1.5, Typed("Bob may buy.", "en-us")), (4.0, Typed("Mama bought a pump.", "en-us"))]
    assert all(line.analysed for line in lines) and window.session.line == lines[0]
    assert any("1 lines take longer" in t for t in window.banner.texts)
    window.undo()
    assert window.session.document == before and window.session.line is None
    window.redo()
    assert list(window.session.document.lines()) == lines
    settled(window, qtbot)


def test_a_dropped_text_is_lines_or_what_a_recording_says(window: MainWindow, qtbot, tmp_path: Path, spoken_file: Path):
    (tmp_path / "a.txt").write_text("Bob may buy.\n\nMama bought.\n")
    drop(window, tmp_path / "a.txt")
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    first, second = window.session.document.lines()
    assert first.text == "Bob may buy." and second.start_s == pytest.approx(first.duration_s + 0.5, abs=1e-6)
    window.files.open_sound(spoken_file)
    qtbot.waitUntil(lambda: performed(window) and len(list(window.session.document.lines())) == 3, timeout=WAIT_MS)
    drop(window, tmp_path / "a.txt")
    assert window.line_panel.transcript.toPlainText() == "Bob may buy.\n\nMama bought."
    settled(window, qtbot)


def test_an_import_can_be_stopped(window: MainWindow, qtbot, tmp_path: Path):
    (tmp_path / "long.txt").write_text("\n\n".join([TEXT] * 400))
    window.files.open_any(tmp_path / "long.txt")
    qtbot.waitUntil(lambda: any(t.lane == "open" and t.running for t in window.jobs.tasks), timeout=WAIT_MS)
    next(t for t in window.jobs.tasks if t.lane == "open").cancel()
    settled(window, qtbot)
    assert not list(window.session.document.lines()) and not window.faults.open_boxes


def test_versions_follow_each_other(window: MainWindow, qtbot, speak, tmp_path: Path, answers: list[str]):
    speak(window)
    answers.append(str(tmp_path / "scene.viva"))
    choose(window, "save_version")
    assert window.session.name == "scene.viva", "the first version asks for a name"
    first = window.session.document
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert window.session.name == "scene_v002.viva" and window.session.document == first
    window.remove_line()
    choose(window, "save_version")
    assert window.session.name == "scene_v003.viva" and not list(window.session.document.lines())
    with ProjectFile.open(tmp_path / "scene.viva", to_write=False) as kept:
        assert len(list(kept.document.lines())) == 1, "an earlier version stays as it was"
    window.undo()
    assert window.session.document == first, "its past comes along"
    settled(window, qtbot)


def test_the_next_version_is_after_the_highest(tmp_path: Path):
    for name in ("a.viva", "a_v002.viva", "a_v7.viva", "ab_v9.viva", "a_v011.txt"):
        (tmp_path / name).touch()
    assert next_version(tmp_path / "a.viva").name == next_version(tmp_path / "a_v002.viva").name == "a_v008.viva"
    assert next_version(tmp_path / "new.viva").name == "new_v002.viva"


def test_media_are_collected_into_the_project(window: MainWindow, qtbot, spoken_file: Path, tmp_path: Path):
    import shutil

    sound = tmp_path / "elsewhere" / "a.wav"
    sound.parent.mkdir()
    shutil.copy(spoken_file, sound)
    window.files.open_sound(sound)
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    choose(window, "collect_media")
    assert "no name" in window.faults.open_boxes[0].text(), "an untitled project is thrown away in the end"
    window.faults.open_boxes[0].reject()
    (tmp_path / "p").mkdir()
    window.files.save_as(tmp_path / "p" / "p.viva")
    choose(window, "collect_media")
    settled(window, qtbot)
    assert "1 sounds are in the project" in window.statusBar().currentMessage()
    shutil.rmtree(sound.parent)
    assert [s.state for s in window.session.project.media.report(window.session.document)] == ["embedded"]
