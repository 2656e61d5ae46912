from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine import cli
from engine.project.stage import Background
from engine.project.storage import ProjectFile
from studio.export_dialog import ExportDialog
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS


@pytest.fixture
def dialog(window: MainWindow, speak, qtbot, tmp_path: Path) -> ExportDialog:
    speak(window, "Hello Bob.")
    made = window.files.export()
    assert made is not None
    made.path.setText(str(tmp_path / "out" / "line.mp4"))
    (tmp_path / "out").mkdir()
    made.size_box.setCurrentIndex(made.size_box.count() - 1)
    made.width_box.setValue(64)
    made.height_box.setValue(64)
    return made


def finish(dialog: ExportDialog, qtbot) -> None:
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._task is None, timeout=WAIT_MS)


def test_a_film_is_written_with_what_the_form_says(dialog: ExportDialog, qtbot, tmp_path: Path):
    import av

    dialog.rate.setCurrentIndex(dialog._rates.index(Fraction(24000, 1001)))
    finish(dialog, qtbot)
    assert "line.mp4 is written" in dialog.message.text() and dialog.show_button.isVisibleTo(dialog)
    with av.open(str(tmp_path / "out" / "line.mp4")) as film:
        picture = film.streams.video[0]
        assert (picture.width, picture.height, picture.average_rate) == (64, 64, Fraction(24000, 1001)) and len(film.streams.audio) == 1
    dialog.reject()


def test_the_suffix_says_what_is_written(dialog: ExportDialog, qtbot, tmp_path: Path):
    dialog.path.setText(str(tmp_path / "out" / "line.npz"))
    assert not dialog.size_box.isEnabled()
    finish(dialog, qtbot)
    with np.load(tmp_path / "out" / "line.npz", allow_pickle=False) as file:
        assert file["channels"].shape[1] == 63
    dialog.reject()


def test_the_format_and_the_name_follow_each_other(dialog: ExportDialog, tmp_path: Path):
    dialog.format.setCurrentIndex(dialog.format.findData(".mov"))
    dialog.format.activated.emit(dialog.format.currentIndex())
    assert dialog.path.text() == str(tmp_path / "out" / "line.mov") and dialog.quality.isEnabled()
    dialog.path.setText(str(tmp_path / "out" / "line v1.2.WAV"))
    assert dialog.format.currentData() == ".wav" and not dialog.quality.isEnabled()
    dialog.path.setText(str(tmp_path / "out" / "line v1.2"))
    assert dialog.format.currentIndex() == -1
    dialog.format.setCurrentIndex(0)
    dialog.format.activated.emit(0)
    assert dialog.path.text() == str(tmp_path / "out" / "line v1.2.mp4")
    dialog.reject()


def test_a_transparent_background_is_said_to_be_kept_or_lost(dialog: ExportDialog, tmp_path: Path):
    assert dialog.hint.text() == ""
    stage = replace(dialog._document.stage, background=Background("transparent"))
    dialog._document = replace(dialog._document, stage=stage)
    for name, words in (("a.mov", "straight alpha"), ("a.png", "straight alpha"), ("a.mp4", "MP4 holds no transparency"), ("a.wav", "")):
        dialog.path.setText(str(tmp_path / "out" / name))
        assert words in dialog.hint.text() and bool(words) == bool(dialog.hint.text())
    dialog.reject()


def test_a_film_for_editing_is_written_at_the_chosen_level(dialog: ExportDialog, qtbot, tmp_path: Path):
    import av

    dialog.path.setText(str(tmp_path / "out" / "line.mov"))
    dialog.quality.setCurrentIndex(dialog.quality.findData("draft"))
    assert dialog._checked().quality == "draft"
    finish(dialog, qtbot)
    with av.open(str(tmp_path / "out" / "line.mov")) as film:
        assert film.streams.video[0].codec_context.name == "prores" and len(film.streams.audio) == 1
    dialog.reject()


def test_the_command_line_writes_the_same_bytes(dialog: ExportDialog, qtbot, tmp_path: Path):
    dialog.path.setText(str(tmp_path / "out" / "line.mov"))
    dialog.quality.setCurrentIndex(dialog.quality.findData("draft"))
    document = dialog.chosen_document()
    finish(dialog, qtbot)
    ProjectFile.create(tmp_path / "a.viva", document).close()
    assert cli.main(["render", str(tmp_path / "a.viva"), "--quality", "draft", "--quiet", "-o", str(tmp_path / "b.mov")]) == 0
    assert (tmp_path / "b.mov").read_bytes() == (tmp_path / "out" / "line.mov").read_bytes()
    dialog.reject()


def test_cancelling_leaves_nothing_behind(dialog: ExportDialog, qtbot, tmp_path: Path):
    dialog.width_box.setValue(1024)
    dialog.height_box.setValue(1024)
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    assert dialog.cancel_button.text() == "Cancel"
    qtbot.waitUntil(lambda: any((tmp_path / "out").iterdir()), timeout=WAIT_MS)
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert "nothing was written" in dialog.message.text() and dialog.isVisible()
    jobs = dialog._jobs
    qtbot.waitUntil(lambda: not jobs.tasks, timeout=WAIT_MS)
    assert list((tmp_path / "out").iterdir()) == []
    dialog.reject()
    assert not dialog.isVisible()


def test_what_cannot_be_written_is_told_before_any_work(dialog: ExportDialog, qtbot, tmp_path: Path):
    for name, words in ((tmp_path / "missing" / "a.mp4", "does not exist"), (tmp_path / "out" / "a", "no ending"), (tmp_path / "out" / "a.xyz", "not known")):
        dialog.path.setText(str(name))
        qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda words=words: words in dialog.message.text(), timeout=WAIT_MS)
    assert list((tmp_path / "out").iterdir()) == [] and dialog.export_button.isEnabled()
    dialog.reject()


def test_the_range_is_told_and_the_project_stays_as_it_is(dialog: ExportDialog, window: MainWindow):
    before = window.session.document
    duration_s = window.conductor.duration_s
    dialog.rate.setCurrentIndex(dialog._rates.index(Fraction(60)))
    assert f"{duration_s:.2f} s" in dialog.range.text() and f"{int(duration_s * 60) + 1} frames" in dialog.range.text()
    assert dialog.chosen_document().settings.rate == 60 and window.session.document == before
    dialog.reject()


def test_closing_the_window_stops_an_export(dialog: ExportDialog, window: MainWindow, qtbot, tmp_path: Path):
    dialog.width_box.setValue(1024)
    dialog.height_box.setValue(1024)
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any((tmp_path / "out").iterdir()), timeout=WAIT_MS)
    window.files.ask_unsaved = lambda: "discard"
    assert window.close()
    assert list((tmp_path / "out").iterdir()) == []
