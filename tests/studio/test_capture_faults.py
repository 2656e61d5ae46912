"""What goes wrong while a performance is captured or recorded is told with its remedy; nothing is lost and nothing is left half-written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from engine.avatars.tracking.pictures import open_video
from engine.core.errors import EngineError, InvalidInput, MissingAsset
from studio.capture import layers
from studio.capture.films import mark
from studio.capture.writing import TakeWriter
from studio.window import MainWindow
from tests.studio.capture_scene import FakeDoor, film
from tests.studio.conftest import WAIT_MS
from tests.studio.test_capture import Hearing, captured, settled
from tests.studio.test_window import drop


def shown(window: MainWindow, qtbot, path: Path) -> None:
    """A film whose line is there and whose picture is seen."""
    drop(window, path)
    qtbot.waitUntil(lambda: window.session.line is not None and window.capture.view.image is not None, timeout=WAIT_MS)
    settled(window, qtbot)


def fault(window: MainWindow, qtbot) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(window.faults.open_boxes), timeout=WAIT_MS)
    return window.faults.open_boxes[0]


def recording(window: MainWindow, qtbot) -> Path:
    """A take without a count-in that has some pictures already; its film."""
    camera, made = window.capture.panel.camera, window.capture
    qtbot.waitUntil(lambda: camera.key is not None, timeout=WAIT_MS)
    camera.count.setCurrentIndex(camera.count.findData(0))
    if made.recorder.state == "off":
        camera.on.click()
    qtbot.waitUntil(lambda: made.recorder.state == "live", timeout=WAIT_MS)
    camera.record.click()
    qtbot.waitUntil(lambda: made.recorder.state == "recording" and made.feed.writer.frames > 5, timeout=WAIT_MS)
    return made.feed.writer.path


def test_a_video_without_a_face_says_so_and_changes_nothing(capturing: MainWindow, door: FakeDoor, qtbot, tmp_path: Path, monkeypatch):
    window, made = capturing, capturing.capture
    door.seen = ()
    shown(window, qtbot, film(tmp_path / "wall.mp4"))
    qtbot.waitUntil(lambda: "No face in this picture" in made.panel.video.hint.text(), timeout=WAIT_MS)

    def refuse(*_: object) -> None:
        raise InvalidInput("no face is seen in wall.mp4", "give a video of one person seen from the front")

    monkeypatch.setattr(door, "capture", refuse)
    before = window.session.document
    made.panel.video.go.click()
    assert "wall.mp4" in fault(window, qtbot).text() and "from the front" in window.faults.open_boxes[0].informativeText()
    assert window.session.document == before and made.panel.video.go.text() == "Capture" and made.panel.video.go.isEnabled()


def test_the_model_is_had_over_the_network_or_the_way_by_hand_is_told(capturing: MainWindow, door: FakeDoor, qtbot, tmp_path: Path, monkeypatch):
    window, video = capturing, capturing.capture.panel.video
    door.missing = True
    shown(window, qtbot, film(tmp_path / "a.mp4"))
    qtbot.waitUntil(lambda: video.fetch.isVisible() and "36 MB" in video.hint.text(), timeout=WAIT_MS)

    def nothing(job: object) -> None:
        raise MissingAsset("the landmark models could not be fetched (no network)", "lay the wheel into the folder of models")

    monkeypatch.setattr(door, "fetch", nothing, raising=False)
    video.fetch.click()
    assert "no network" in fault(window, qtbot).text() and "Lay the wheel" in window.faults.open_boxes[0].informativeText() and video.fetch.isVisible()
    window.faults.open_boxes[0].reject()
    camera, recorder = window.capture.panel.camera, window.capture.recorder
    camera.on.click()
    qtbot.waitUntil(lambda: recorder.state == "live" and "Get the Model" in camera.hint.text(), timeout=WAIT_MS)
    monkeypatch.setattr(door, "fetch", lambda job: setattr(door, "missing", False))
    video.fetch.click()
    qtbot.waitUntil(lambda: not video.fetch.isVisible() and "jawOpen" in window.viewport.shown.override, timeout=WAIT_MS)
    assert not camera.hint.text()
    camera.on.click()
    qtbot.waitUntil(lambda: "2 faces" in video.hint.text(), timeout=WAIT_MS)


def test_a_video_about_a_line_says_what_is_not_seen_and_stays_on_it(capturing: MainWindow, door: FakeDoor, qtbot, speak, tmp_path: Path):
    window, made = capturing, capturing.capture
    speak(window)
    length_s = window.session.line.duration_s
    captured(window, qtbot, film(tmp_path / "long.mp4", length_s + 1.5, sound=False))
    assert any("1.5 s after the line's end" in text for text in window.banner.texts)
    field = made.panel.video.start
    field.setValue(-0.6)
    qtbot.waitUntil(lambda: any("cannot begin before its line" in text for text in window.banner.texts), timeout=WAIT_MS)
    assert window.session.line.layers[0].start_s == 0.0 and field.value() == made.capturer.reference.start_s == 0.0
    other = film(tmp_path / "other.mp4", 2.0, sound=False)
    window.files.take_video(other)
    qtbot.waitUntil(lambda: made.capturer.reference.path == other, timeout=WAIT_MS)
    field.setValue(-0.6)
    window.capture_now()
    qtbot.waitUntil(lambda: any("first 0.6 s of the video are before the line" in text for text in window.banner.texts), timeout=WAIT_MS)
    assert layers.origin_s(window.session.line.layers[1]) == pytest.approx(-0.6, abs=0.01)
    settled(window, qtbot)


def test_a_film_that_is_deleted_beneath_is_named(capturing: MainWindow, door: FakeDoor, qtbot, speak, tmp_path: Path):
    window = capturing
    speak(window)
    path = film(tmp_path / "gone.mp4", sound=False)
    shown(window, qtbot, path)
    path.unlink()
    before = window.session.document
    window.capture_now()
    assert "gone.mp4" in fault(window, qtbot).text() and window.session.document == before
    window.faults.open_boxes[0].reject()
    # One that was captured already: its curves stay, and where it was is told.
    captured(window, qtbot, film(tmp_path / "kept.mp4", sound=False))
    (tmp_path / "kept.mp4").unlink()
    window.files.save_as(tmp_path / "one.viva")
    window.session.new()
    window.files.open_any(tmp_path / "one.viva")
    hint = window.capture.panel.video.hint
    qtbot.waitUntil(lambda: str(tmp_path / "kept.mp4") in hint.text() and "curves stay" in hint.text(), timeout=WAIT_MS)
    assert len(window.session.line.layers) == 1
    settled(window, qtbot)


def test_another_project_stops_a_capture_and_gets_nothing_of_it(capturing: MainWindow, door: FakeDoor, qtbot, tmp_path: Path):
    window, made = capturing, capturing.capture
    shown(window, qtbot, film(tmp_path / "a.mp4", sound=False))
    window.files.save_as(tmp_path / "one.viva")
    door.hold.clear()
    window.capture_now()
    qtbot.waitUntil(lambda: made.capturer.task is not None and made.capturer.task.running, timeout=WAIT_MS)
    window.session.new()
    assert made.capturer.task is None and made.panel.video.go.text() == "Capture"
    settled(window, qtbot)
    door.hold.set()
    assert any("Another project was opened" in text for text in window.banner.texts) and not list(window.session.document.lines())


def test_what_is_recorded_for_a_line_goes_nowhere_else(capturing: MainWindow, door: FakeDoor, qtbot, speak, tmp_path: Path):
    window, made = capturing, capturing.capture
    speak(window)
    first = window.session.line.id
    speak(window, "Mama.")
    second = window.session.line.id
    window.session.select(first)
    settled(window, qtbot)
    door.hold.clear()
    recording(window, qtbot)
    window.session.select(second)
    qtbot.waitUntil(lambda: made.capturer.task is not None and made.recorder.state == "live", timeout=WAIT_MS)
    recording(window, qtbot)  # a second take while the first is still being captured
    made.panel.camera.record.click()
    qtbot.waitUntil(lambda: sum(task.key.startswith("capture ") for task in window.jobs.tasks) == 2, timeout=WAIT_MS)
    door.hold.set()
    counts = lambda: [len(window.session.document.line(i).layers) for i in (first, second)]  # noqa: E731
    qtbot.waitUntil(lambda: counts() == [1, 1], timeout=WAIT_MS)
    settled(window, qtbot)
    window.files.save_as(tmp_path / "one.viva")
    path = recording(window, qtbot)
    assert path.parent == tmp_path / "captures"
    window.session.new()
    qtbot.waitUntil(lambda: any(str(path) in text for text in window.banner.texts), timeout=WAIT_MS)
    settled(window, qtbot)
    assert not list(window.session.document.lines()) and len(open_video(path)) > 5 and [f.name for f in path.parent.iterdir()] == [path.name]


def test_a_take_is_whole_and_told_of_when_the_window_closes_meanwhile(make_window: Callable[..., MainWindow], door: FakeDoor, qtbot, speak):
    window = make_window()
    window.show_capture()
    speak(window)
    path = recording(window, qtbot)
    window.files.ask_unsaved = lambda: "discard"
    window.close()
    assert len(open_video(path)) > 5 and door.closed == 1, "the camera is given back"
    again = make_window()
    qtbot.waitUntil(lambda: any(path.name in text and str(path.parent) in text for text in again.banner.texts), timeout=WAIT_MS)
    assert [f.name for f in path.parent.iterdir()] == [path.name], "told once"


def test_a_note_of_a_take_that_is_not_there_is_not_told(make_window: Callable[..., MainWindow], door: FakeDoor, qtbot, own_cache: Path):
    (own_cache / "captures").mkdir()
    mark(own_cache / "captures" / "face 001.mkv")
    window = make_window()
    qtbot.waitUntil(lambda: not list((own_cache / "captures").iterdir()), timeout=WAIT_MS)
    assert not window.banner.texts


def test_without_a_microphone_nothing_is_recorded_and_the_camera_stays(capturing: MainWindow, door: FakeDoor, qtbot, monkeypatch: pytest.MonkeyPatch):
    window, made = capturing, capturing.capture
    camera = made.panel.camera

    def nobody() -> None:
        raise EngineError("there is no microphone that can be opened", "connect or enable one, or record without it")

    monkeypatch.setattr("studio.capture.face_recorder.Microphone", nobody)
    monkeypatch.setattr(Hearing, "closed", 0)
    qtbot.waitUntil(lambda: camera.key is not None, timeout=WAIT_MS)
    camera.microphone.setChecked(True)
    camera.on.click()
    qtbot.waitUntil(lambda: made.recorder.state == "live", timeout=WAIT_MS)
    camera.record.click()
    assert "microphone" in fault(window, qtbot).text() and "record without it" in window.faults.open_boxes[0].informativeText()
    assert made.recorder.state == "live" and not made.feed.recording and window.session.line is None
    window.faults.open_boxes[0].reject()
    # One that hears nothing at all: the take is a silent line.
    monkeypatch.setattr("studio.capture.face_recorder.Microphone", Deaf)
    recording(window, qtbot)
    camera.record.click()
    qtbot.waitUntil(lambda: window.session.line is not None and len(window.session.line.layers) == 1, timeout=WAIT_MS)
    settled(window, qtbot)
    assert not window.faults.open_boxes


class Deaf(Hearing):
    """A microphone that is pulled out at once."""

    def take(self) -> list:
        return []


def test_a_take_is_completed_once_whoever_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from studio.capture.writing import Take

    heard = Hearing()
    monkeypatch.setattr(Hearing, "closed", 0)
    writer = TakeWriter(tmp_path / "take.mkv", (160, 120), heard)  # type: ignore[arg-type]
    take = Take(writer, heard, 0, None, 0.0)  # type: ignore[arg-type]
    take.close()
    take.close()
    assert Hearing.closed == 1 and writer.error is None
