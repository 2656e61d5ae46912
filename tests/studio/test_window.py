"""The window as a person uses it, from a file to a moving mouth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QToolBar

from engine.core.channels import INDEX
from engine.project.document import Typed
from studio.playback.clock import SilentClock
from studio.window import MainWindow
from tests.studio.conftest import SPOKEN, TEXT, WAIT_MS, pixels
from tests.studio.test_timeline import at
from tests.studio.test_viewport import grabbed, still


def performed(window: MainWindow) -> bool:
    """The line is analysed and its motion is there."""
    line = window.session.line
    return line is not None and line.analysed and window.conductor.motion is not None and not window.jobs.tasks


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(p)) for p in paths])
    copy, left, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, no)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, no))


def test_an_empty_window_tells_how_to_begin(window: MainWindow):
    assert window.stage.welcome.isVisible() and window.windowTitle() == "Untitled – Viva Voce"
    picture = pixels(window.grab().toImage())
    assert picture.std() > 8 and len(np.unique(picture.reshape(-1, 3), axis=0)) > 50
    assert not window.actions_by_name["play"].isEnabled() and not window.actions_by_name["undo"].isEnabled()


def test_everything_that_is_remembered_has_a_name(window: MainWindow):
    named = [*window.findChildren(QDockWidget), *window.findChildren(QToolBar)]
    assert len(named) >= 4 and all(w.objectName() for w in named)


def test_a_sound_becomes_phonemes_and_a_moving_mouth(drawing_window: MainWindow, qtbot, spoken_file: Path):
    window = drawing_window
    drop(window, spoken_file)
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    line, motion = window.session.line, window.conductor.motion
    assert line is not None and line.name == "Ada 1" and line.method in ("recognition", "encoder")
    assert line.phonemes is not None and sum(bool(label) for label in line.phonemes.labels) >= 5
    assert motion is not None and np.ptp(motion.channel("jawOpen")) > 0.1
    assert window.timeline.content.phonemes == line.phonemes and window.timeline.content.pyramid is not None
    assert not window.stage.welcome.isVisible() and window.actions_by_name["export"].isEnabled()
    opening = motion.values[:, INDEX["jawOpen"]] - motion.values[:, INDEX["mouthClose"]]
    pictures = []
    for frame in (int(opening.argmax()), int(opening.argmin())):
        window.player.seek(frame / 30)
        pictures.append(still(window, qtbot).astype(int))
    height, width = pictures[0].shape[:2]
    mouth = np.abs(pictures[0] - pictures[1])[int(height * 0.55) : int(height * 0.75), int(width * 0.4) : int(width * 0.6)]
    assert mouth.max() > 60, "the mouth on screen is open in one frame and shut in the other"


def test_a_transcript_is_applied_as_one_step(window: MainWindow, qtbot, spoken_file: Path):
    window.files.open_sound(spoken_file)
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    before = window.session.line
    box = window.line_panel.transcript
    assert before is not None and ("Heard" in box.placeholderText()) == bool(before.words) and not window.line_panel.apply_button.isEnabled()
    box.setFocus()
    box.setPlainText(SPOKEN)
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.line.method == "alignment", timeout=WAIT_MS)
    assert window.session.line.transcript == SPOKEN and window.session.line.words[-1].text == "voice"
    assert window.actions_by_name["undo"].text() == "Undo Apply transcript" and not window.line_panel.apply_button.isEnabled()
    window.undo()
    assert window.session.line == before and box.toPlainText() == ""
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_a_typed_line_is_spoken_and_can_be_changed(window: MainWindow, qtbot):
    panel = window.line_panel
    panel.typed.setPlainText(TEXT)
    qtbot.mouseClick(panel.speak_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    line = window.session.line
    assert line is not None and line.source == Typed(TEXT, "en-us") and line.method == "voice" and panel.typed.toPlainText() == ""
    assert window.actions_by_name["undo"].text() == "Undo Add line"
    panel.transcript.setPlainText("Mama bought a pump.")
    qtbot.mouseClick(panel.apply_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.line.text == "Mama bought a pump.", timeout=WAIT_MS)
    assert window.session.line.words[0].text == "Mama" and window.session.line.id == line.id
    window.undo()
    assert window.session.line == line
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_a_slider_changes_the_face_at_once(drawing_window: MainWindow, qtbot, speak):
    window = drawing_window
    speak(window)
    before, calm = still(window, qtbot), window.conductor.motion
    assert calm is not None
    with qtbot.waitSignal(window.conductor.motion_changed, timeout=WAIT_MS):
        window.performance_panel.emotions["happy"].number.setValue(1.0)
    happy = window.conductor.motion
    assert happy is not None and happy.channel("mouthSmileLeft").mean() > calm.channel("mouthSmileLeft").mean() + 0.1
    assert np.abs(still(window, qtbot).astype(int) - before).max() > 30
    with qtbot.waitSignal(window.conductor.motion_changed, timeout=WAIT_MS):
        window.undo()
    np.testing.assert_array_equal(window.conductor.motion.values, calm.values)


def test_dragging_a_slider_shows_faces_on_the_way(window: MainWindow, qtbot, speak):
    speak(window)
    seen: list[float] = []
    window.conductor.motion_changed.connect(lambda: seen.append(float(window.conductor.motion.channel("mouthSmileLeft").mean())))
    slider = window.performance_panel.emotions["happy"].slider
    slider.setSliderDown(True)
    for value in range(0, 1001, 20):
        slider.setSliderPosition(value)
        qtbot.wait(10)
    slider.setSliderDown(False)
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)
    assert len(seen) >= 4 and seen[-1] == max(seen), "some on the way, the newest at the end"
    window.undo()
    assert window.session.line.emotions == {}
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_space_plays_and_stops(drawing_window: MainWindow, qtbot, speak):
    window = drawing_window
    speak(window)
    window.player.set_looping(True)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.player.playing and window.actions_by_name["play"].text() == "Stop"
    first = grabbed(window)
    qtbot.waitUntil(lambda: window.player.statistics().played_s > 0.9 and window.player.statistics().shown >= 3, timeout=WAIT_MS)
    assert "dropped frame" in window.transport.dropped.text()
    assert np.abs(grabbed(window).astype(int) - first).max() > 20, "the picture moves"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not window.player.playing and window.timeline.position_s == pytest.approx(window.player.position_s)
    found = window.player.statistics()
    assert found.shown + found.dropped == pytest.approx(found.played_s * 30, abs=3), "every frame is shown or counted as dropped"
    assert window.transport.sound.text() == "Silent clock: a test"


def test_space_in_a_text_box_is_a_space(window: MainWindow, qtbot, speak):
    speak(window)
    window.line_panel.typed.setFocus()
    qtbot.keyClicks(window.line_panel.typed, "a b")
    assert window.line_panel.typed.toPlainText() == "a b" and not window.player.playing


def test_keys_move_the_playhead(window: MainWindow, qtbot, speak):
    speak(window)
    window.timeline.setFocus()
    for key, frame in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, window.player.frame_count - 1),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(window.timeline, key)
        assert window.player.frame == frame
    assert window.transport.time.text() == "00:00:00:00"
    qtbot.mouseClick(window.transport.units, Qt.MouseButton.LeftButton)
    assert window.transport.time.text() == "0.000 s" and window.timeline.content.unit == "seconds"


def test_a_boundary_dragged_in_the_timeline_is_one_step(window: MainWindow, qtbot, speak):
    speak(window)
    track = window.session.line.phonemes
    index = max(range(1, len(track)), key=lambda i: min(track.bounds_s[i + 1] - track.bounds_s[i], track.bounds_s[i] - track.bounds_s[i - 1]))
    start = track.bounds_s[index]
    qtbot.mousePress(window.timeline, Qt.MouseButton.LeftButton, pos=at(window.timeline, start))
    for delta in (0.005, 0.01, 0.02):
        qtbot.mouseMove(window.timeline, at(window.timeline, start + delta))
    qtbot.mouseRelease(window.timeline, Qt.MouseButton.LeftButton, pos=at(window.timeline, start + 0.02))
    moved = window.session.line.phonemes
    assert moved.bounds_s[index] == pytest.approx(start + 0.02, abs=0.006) and window.session.line.phonemes_edited
    assert "then edited" in window.line_panel.state.text()
    window.undo()
    assert window.session.line.phonemes == track and not window.session.line.phonemes_edited
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_a_file_that_is_no_sound_is_told_and_changes_nothing(window: MainWindow, qtbot, tmp_path: Path):
    bad = tmp_path / "notes.wav"
    bad.write_bytes(b"not a sound at all")
    before = window.session.document
    drop(window, bad)
    qtbot.waitUntil(lambda: bool(window.faults.open_boxes), timeout=WAIT_MS)
    box = window.faults.open_boxes[0]
    assert "notes.wav" in box.text() and "Give a sound or video file" in box.informativeText()
    assert window.session.document == before and not window.actions_by_name["undo"].isEnabled() and window.session.project is None
    assert bad not in window.preferences.recent
    box.reject()
    for wrong in (tmp_path, tmp_path / "gone.wav"):
        window.files.open_any(wrong)
        assert len(window.faults.open_boxes) == 1
        window.faults.open_boxes[0].reject()


def test_a_fault_of_ours_has_details_and_is_shown_once(window: MainWindow):
    error = ZeroDivisionError("division by zero")
    window.faults.show(error)
    window.faults.show(error)
    assert len(window.faults.open_boxes) == 1
    box = window.faults.open_boxes[0]
    assert "went wrong" in box.text() and "ZeroDivisionError" in box.detailedText()
    box.reject()


def test_notices_stay_until_they_are_sent_away(window: MainWindow, qtbot, tmp_path: Path):
    from engine.speech.files import write_wav

    path = tmp_path / "quiet.wav"
    write_wav(path, [np.zeros(8000, np.float32)], 8000)
    window.files.open_sound(path)
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    text = window.banner.texts[0]
    assert "No speech was found" in text and "8000 Hz" in text
    window.session.select(None)
    assert window.banner.texts == []
    window.session.select(next(iter(window.session.document.lines())).id)
    assert window.banner.texts == [text]
    window.banner._dismiss("line", text)
    window._show_phonemes()
    assert window.banner.texts == [] and not window.banner.isVisible()


def test_a_project_comes_back_as_it_was(make_window, qtbot, tmp_path: Path, speak):
    window = make_window()
    speak(window)
    window.performance_panel.emotions["sad"].number.setValue(0.5)
    path = tmp_path / "une scène.viva"
    assert window.files.save_as(path) and window.windowTitle().startswith("une scène.viva")
    document = window.session.document
    assert window.close()
    again = make_window([path])
    qtbot.waitUntil(lambda: performed(again), timeout=WAIT_MS)
    assert again.session.document == document and again.performance_panel.emotions["sad"].value == 0.5
    assert path.resolve() in again.preferences.recent
    again.undo()
    assert again.performance_panel.emotions["sad"].value == 0.0
    qtbot.waitUntil(lambda: not again.jobs.tasks, timeout=WAIT_MS)


def test_a_sound_beside_the_project_is_found_after_both_have_moved(make_window, qtbot, tmp_path: Path, spoken_file: Path):
    import shutil

    folder = tmp_path / "film"
    folder.mkdir()
    shutil.copy(spoken_file, folder / "bob.wav")
    window = make_window()
    window.files.open_sound(folder / "bob.wav")
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    window.files.save_as(folder / "bob.viva")
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    window.close()
    folder.rename(tmp_path / "film 2")
    again = make_window([tmp_path / "film 2" / "bob.viva"])
    qtbot.waitUntil(lambda: performed(again) and again.conductor.sound is not None, timeout=WAIT_MS)
    assert again.faults.open_boxes == []


def test_a_missing_sound_is_told_and_can_be_given_again(make_window, qtbot, tmp_path: Path, spoken_file: Path):
    import shutil

    first = tmp_path / "take.wav"
    shutil.copy(spoken_file, first)
    window = make_window()
    window.files.open_sound(first)
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    (tmp_path / "film").mkdir()
    window.files.save_as(tmp_path / "film" / "a.viva")
    track = window.session.line.phonemes
    qtbot.waitUntil(lambda: performed(window), timeout=WAIT_MS)
    window.close()
    elsewhere = tmp_path / "other" / "take 2.wav"
    elsewhere.parent.mkdir()
    first.rename(elsewhere)
    again = make_window([tmp_path / "film" / "a.viva"])
    qtbot.waitUntil(lambda: again.files.relinker.dialog is not None and not again.jobs.tasks, timeout=WAIT_MS)
    assert again.files.relinker.dialog.table.item(0, 1).text() == "take.wav" and not again.faults.open_boxes
    assert again.session.line.phonemes == track and again.conductor.sound is None
    again.files.relinker.dialog.reject()
    again.conductor.replace_sound(elsewhere)
    qtbot.waitUntil(lambda: again.conductor.sound is not None and performed(again), timeout=WAIT_MS)
    assert again.session.line.phonemes == track, "the same recording: nothing has to be found anew"


def test_a_second_window_reads_only(make_window, qtbot, tmp_path: Path, speak):
    first = make_window()
    speak(first)
    path = tmp_path / "a.viva"
    first.files.save_as(path)
    second = make_window([path])
    qtbot.waitUntil(lambda: performed(second), timeout=WAIT_MS)
    assert "(read-only)" in second.windowTitle() and "has it open" in second.banner.texts[0]
    assert not second.performance_panel.emotions["happy"].slider.isEnabled() and not second.line_panel.transcript.isEnabled()
    assert not second.actions_by_name["undo"].isEnabled() and second.actions_by_name["play"].isEnabled()
    assert second.files.save_as(tmp_path / "b.viva")
    assert second.session.read_only == "" and second.performance_panel.emotions["happy"].slider.isEnabled()
    qtbot.waitUntil(lambda: not second.jobs.tasks and not first.jobs.tasks, timeout=WAIT_MS)


def test_leaving_asks_about_what_has_no_name(window: MainWindow, qtbot, speak, own_cache: Path):
    speak(window)
    asked: list[str] = []

    def answer(word: str) -> str:
        asked.append(word)
        return word

    window.files.ask_unsaved = lambda: answer("cancel")
    assert not window.close() and window.isVisible()
    window.files.new()
    assert window.session.line is not None
    window.files.ask_unsaved = lambda: answer("discard")
    window.files.new()
    assert window.session.line is None and asked == ["cancel", "cancel", "discard"] and list((own_cache / "untitled").iterdir()) == []
    assert window.close()


def test_what_a_killed_studio_left_is_offered(make_window, qtbot, speak):
    window = make_window()
    speak(window)
    window.files.keep_untitled = True
    window.close()
    again = make_window()
    again.files.offer_left_behind()
    assert "nothing of it is lost" in again.banner.texts[0]
    button = next(b for b in again.banner.findChildren(type(again.line_panel.apply_button)) if b.text() == "Open It")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: performed(again), timeout=WAIT_MS)
    assert again.session.line.text == TEXT and again.session.untitled


def test_what_a_killed_studio_left_can_be_thrown_away(make_window, qtbot, speak, own_cache: Path):
    window = make_window()
    speak(window)
    window.files.keep_untitled = True
    window.close()
    again = make_window()
    again.files.offer_left_behind()
    button = next(b for b in again.banner.findChildren(type(again.line_panel.apply_button)) if b.text() == "Throw It Away")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert again.banner.texts == [] and list((own_cache / "untitled").iterdir()) == [] and again.session.line is None


def test_a_textgrid_goes_out_and_comes_back(window: MainWindow, qtbot, speak, tmp_path: Path):
    speak(window)
    path = tmp_path / "line.TextGrid"
    window.conductor.export_textgrid(path)
    track = window.session.line.phonemes
    drop(window, path)
    assert window.session.line.method == "edited" and window.actions_by_name["undo"].text() == "Undo Import TextGrid"
    np.testing.assert_allclose(window.session.line.phonemes.bounds_s, track.bounds_s, atol=2e-3)
    assert window.session.line.phonemes.labels == track.labels
    (tmp_path / "bad.TextGrid").write_text("nonsense")
    drop(window, tmp_path / "bad.TextGrid")
    assert "bad.TextGrid" in window.faults.open_boxes[0].text() and window.session.line.method == "edited"
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_a_line_removed_comes_back_with_everything(window: MainWindow, qtbot, speak):
    speak(window)
    speak(window, "Another one.")
    assert window.line_panel.lines.count() == 2 and window.session.line.text == "Another one."
    lines = list(window.session.document.lines())
    assert lines[1].start_s > lines[0].duration_s
    window.remove_line()
    assert window.session.line.text == TEXT and window.line_panel.lines.count() == 1
    window.undo()
    assert list(window.session.document.lines()) == lines
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)


def test_another_frame_rate_keeps_every_time(window: MainWindow, qtbot, speak):
    speak(window)
    track = window.session.line.phonemes
    action = next(a for a in window.rate_group.actions() if a.text() == "60 fps")
    with qtbot.waitSignal(window.conductor.motion_changed, timeout=WAIT_MS):
        action.trigger()
    assert window.player.rate == 60 and window.conductor.motion.rate == 60 and window.session.line.phonemes == track
    assert "60 fps" in window.transport.length.text()
    with qtbot.waitSignal(window.conductor.motion_changed, timeout=WAIT_MS):
        window.undo()
    assert window.player.rate == 30


def test_the_layout_is_remembered_and_can_be_reset(make_window):
    window = make_window()
    window.docks[1].hide()
    window.close()
    again = make_window()
    assert again.docks[1].isHidden()
    again.reset_layout()
    assert not again.docks[1].isHidden()


def test_help_tells_keys_and_licences(window: MainWindow):
    from PySide6.QtWidgets import QDialog, QTextBrowser

    window.show_shortcuts()
    window.show_about()
    texts = {d.objectName(): d.findChild(QTextBrowser).toPlainText() for d in window.findChildren(QDialog)}
    assert "Space" in texts["shortcutsDialog"] and "scrub" in texts["shortcutsDialog"]
    assert "GNU General Public License" in texts["aboutDialog"] and "Apache License" in texts["aboutDialog"]
    for dialog in window.findChildren(QDialog):
        dialog.close()


def test_every_action_is_in_a_menu_and_no_key_means_two_things(window: MainWindow):
    keys = [k.toString() for action in window.actions_by_name.values() for k in action.shortcuts()]
    assert len(keys) == len(set(keys)) and {"Space", "Left", "Right", "Home", "End", "\\", "Ctrl+Z"} <= set(keys)


def test_a_job_is_shown_and_can_be_cancelled(window: MainWindow, qtbot):
    import threading

    from studio.jobs import Task

    began = threading.Event()

    def work(job) -> None:
        while True:
            job.report(3, 10, "counting")
            began.set()
            threading.Event().wait(0.01)

    window.jobs.submit(Task("x", "Counting"), work)
    qtbot.waitUntil(lambda: began.is_set() and window.job_status.label.text().startswith("Counting") and window.job_status.progress.value() == 300)
    qtbot.mouseClick(window.job_status.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.tasks)
    assert not window.job_status.label.isVisible() and window.faults.open_boxes == []


def test_the_whole_start_brings_voices_sound_and_a_face(make_window, qtbot):
    window = make_window(load=True)
    qtbot.waitUntil(lambda: window.viewport.drawn_with != "" and not window.jobs.tasks, timeout=WAIT_MS)
    assert window.line_panel.voice.count() > 100 and window.line_panel.language.count() > 90
    assert window.line_panel.voice.currentData() == "en-us" and window.line_panel.language.currentData() == "en"
    clock = window.player.clock
    assert clock.audible or (isinstance(clock, SilentClock) and clock.description.startswith("Silent clock: no sound"))
    assert "llvmpipe" in window.drawn_with.text() or window.viewport.native
    assert window.timeline.grab().toImage().pixelColor(QPoint(2, 2)).isValid()
