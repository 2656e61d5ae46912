"""Performances out of videos and cameras come onto layers, as steps that can be undone; the film follows the playhead."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.core.channels import REGIONS
from studio.capture import layers
from studio.window import MainWindow
from tests.studio.capture_scene import FakeDoor, film, grey
from tests.studio.conftest import WAIT_MS, pixels
from tests.studio.test_window import drop

LANES = ("open", "analysis", "media", "motion", "capture", "camera")  # others draw small pictures, which nothing here looks at


def settled(window: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: not any(task.lane in LANES for task in window.jobs.tasks), timeout=WAIT_MS)


def test_a_dropped_video_is_a_line_with_its_picture_and_is_captured(capturing: MainWindow, door: FakeDoor, qtbot, tmp_path: Path):
    window, made = capturing, capturing.capture
    view, panel = made.view, made.panel
    path = film(tmp_path / "été.mp4")
    assert view.isHidden() and not panel.video.go.isEnabled()
    drop(window, path)
    qtbot.waitUntil(lambda: view.isVisible() and view.image is not None, timeout=WAIT_MS)
    settled(window, qtbot)
    assert window.session.line.name == "été" and made.capturer.reference.path == path
    assert not any("not its picture" in text for text in window.banner.texts)
    # The nearest picture follows the playhead, and does not move what plays.
    for n in (30, 12):
        window.player.seek(n / 25)
        qtbot.waitUntil(lambda n=n: abs(int(pixels(view.image)[60, 80, 0]) - grey(round(round(n / 25 * 30) / 30 * 25))) <= 4, timeout=WAIT_MS)
    # Two faces: one is chosen by a click into the picture.
    qtbot.waitUntil(lambda: len(view.faces) == 2, timeout=WAIT_MS)
    assert "2 faces" in panel.video.hint.text()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(120, 60).toPoint())
    assert view.chosen == 1
    # Captured brows and head go with generated lips.
    for region in ("lips", "eyes", "cheeks and nose"):
        panel.regions.buttons[region].click()
    before, steps = window.session.document, window.session.cursor
    panel.video.go.click()
    qtbot.waitUntil(lambda: bool(window.session.line.layers), timeout=WAIT_MS)
    assert (door.asked[0].x, door.asked[0].y) == (120, 60) and window.session.cursor == steps + 1
    layer = window.session.line.layers[0]
    assert layers.regions_of(layer) == ("brows", "head") and layers.film_of(layer) == path and layer.mode == "override"
    assert 4 <= len(layer.curves["browInnerUp"].keys) < 40, "thinned"
    assert window.selection.active_layer == layer.id and window.actions_by_name["undo"].text() == "Undo Capture from video"
    assert any("Two frames were filled" in text for text in window.banner.texts)
    qtbot.waitUntil(lambda: view.points is not None, timeout=WAIT_MS)
    settled(window, qtbot)
    assert np.allclose(window.conductor.motion.channel("browInnerUp")[15], 0.3 + 0.3 * np.sin(0.5 * 6), atol=0.05)
    window.undo()
    assert window.session.document == before


def captured(window: MainWindow, qtbot, path: Path) -> None:
    """A line with a captured take."""
    drop(window, path)
    qtbot.waitUntil(lambda: window.session.line is not None and window.capture.view.image is not None, timeout=WAIT_MS)
    settled(window, qtbot)
    count = len(window.session.line.layers)
    window.capture_now()
    qtbot.waitUntil(lambda: len(window.session.line.layers) == count + 1, timeout=WAIT_MS)
    settled(window, qtbot)


def test_takes_are_switched_and_tuned_afterwards(capturing: MainWindow, door: FakeDoor, qtbot, tmp_path: Path):
    window, panel = capturing, capturing.capture.panel
    captured(window, qtbot, film(tmp_path / "a.mp4"))
    window.capture_now()
    qtbot.waitUntil(lambda: len(window.session.line.layers) == 2, timeout=WAIT_MS)
    first, second = window.session.line.layers
    assert first.mute and not second.mute, "of several takes one plays"
    panel.takes.list.row(1).switch.click()
    assert [layer.mute for layer in window.session.line.layers] == [False, True]
    window.undo()
    assert [layer.mute for layer in window.session.line.layers] == [True, False]
    # Gain and neutral act on what was captured, each as one step.
    steps = window.session.cursor
    panel.tuning.button.click()
    panel.tuning.rows["browInnerUp"].gain.number.setValue(0.5)
    qtbot.waitUntil(lambda: window.session.cursor == steps + 1, timeout=WAIT_MS)
    top = max(k.value for k in window.session.line.layers[1].curves["browInnerUp"].keys)
    assert top == pytest.approx(0.3, abs=0.02) and window.actions_by_name["undo"].text() == "Undo Change capture"
    window.player.seek(0.0)
    qtbot.waitUntil(lambda: window.capture.following.film_s == 0.0, timeout=WAIT_MS)
    window.actions_by_name["neutral_face"].trigger()
    qtbot.waitUntil(lambda: window.session.cursor == steps + 2, timeout=WAIT_MS)
    assert window.session.line.layers[1].curves["jawOpen"].keys[0].value == pytest.approx(0.0, abs=1e-4)
    panel.regions.buttons["lips"].click()
    qtbot.waitUntil(lambda: "jawOpen" not in window.session.line.layers[1].curves, timeout=WAIT_MS)
    many = len(window.session.line.layers[1].curves["browInnerUp"].keys)
    panel.takes.keys.setCurrentIndex(panel.takes.keys.findData("few"))
    panel.takes.keys.activated.emit(0)
    qtbot.waitUntil(lambda: len(window.session.line.layers[1].curves["browInnerUp"].keys) < many, timeout=WAIT_MS)
    settled(window, qtbot)


def test_a_capture_can_be_cancelled_and_says_why_it_cannot_be(capturing: MainWindow, door: FakeDoor, qtbot, tmp_path: Path):
    window, panel = capturing, capturing.capture.panel
    drop(window, film(tmp_path / "silent.mp4", sound=False))
    qtbot.waitUntil(lambda: window.session.line is not None and window.capture.view.image is not None, timeout=WAIT_MS)
    settled(window, qtbot)
    assert window.session.line.duration_s == pytest.approx(2.0, abs=0.1) and any("no sound" in text for text in window.banner.texts)
    door.hold.clear()
    before = window.session.document
    panel.video.go.click()
    qtbot.waitUntil(lambda: panel.video.progress.isVisible() and panel.video.go.text() == "Cancel", timeout=WAIT_MS)
    panel.video.go.click()
    settled(window, qtbot)
    door.hold.set()
    assert window.session.document == before and panel.video.go.text() == "Capture"
    door.missing = True
    panel.video.go.click()
    qtbot.waitUntil(lambda: bool(window.faults.open_boxes), timeout=WAIT_MS)
    assert "doctor --fix" in window.faults.open_boxes[0].informativeText() and window.session.document == before


def test_a_face_is_recorded_take_by_take_and_stays_when_the_camera_goes(capturing: MainWindow, door: FakeDoor, qtbot, speak, spoken_file: Path):
    window, made = capturing, capturing.capture
    camera, recorder, view = made.panel.camera, made.recorder, made.view
    speak(window)
    qtbot.waitUntil(lambda: camera.camera.count() == 2, timeout=WAIT_MS)
    door.busy = True
    camera.on.click()
    qtbot.waitUntil(lambda: bool(window.faults.open_boxes), timeout=WAIT_MS)
    assert "another program" in window.faults.open_boxes[0].text() and recorder.state == "off" and not camera.on.isChecked()
    window.faults.open_boxes[0].reject()
    door.busy = False
    camera.on.click()
    qtbot.waitUntil(lambda: recorder.state == "live" and view.isVisible() and view.image is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.viewport.shown.override.get("jawOpen") == pytest.approx(0.6), timeout=WAIT_MS)
    camera.count.setCurrentIndex(camera.count.findData(0))
    camera.record.click()
    qtbot.waitUntil(lambda: recorder.state == "recording" and window.player.playing and len(recorder.offsets) > 10, timeout=WAIT_MS)
    ended_s = window.player.position_s
    camera.record.click()
    qtbot.waitUntil(lambda: len(window.session.line.layers) == 1, timeout=WAIT_MS)
    take = window.session.line.layers[0]
    assert not window.player.playing and layers.film_of(take).is_file() and take.name == "Face 001" and set(layers.regions_of(take)) == set(REGIONS)
    assert recorder.state == "live" and 0 <= take.start_s < take.end_s < ended_s + 0.5
    camera.record.click()
    qtbot.waitUntil(lambda: recorder.state == "recording" and made.feed.writer.frames > 5, timeout=WAIT_MS)
    door.unplugged.set()
    qtbot.waitUntil(lambda: len(window.session.line.layers) == 2, timeout=WAIT_MS)
    assert recorder.state == "off" and "gone" in window.faults.open_boxes[0].text() and "kept" in camera.hint.text()
    assert [layer.mute for layer in window.session.line.layers] == [True, False] and not window.viewport.shown.override
    settled(window, qtbot)


class Hearing:
    """A microphone in a quiet room."""

    rate = 16000
    closed = 0

    def __init__(self) -> None:
        self._next_s = time.monotonic()

    def keep(self, on: bool) -> None:
        self._next_s = time.monotonic()

    def take(self) -> list[tuple[np.ndarray, float]]:
        blocks = []
        while self._next_s + 0.064 < time.monotonic():
            blocks.append((np.full(1024, 300, np.int16), self._next_s))
            self._next_s += 0.064
        return blocks

    def close(self) -> None:
        Hearing.closed += 1


def test_a_take_with_the_microphone_is_a_line_of_its_own(capturing: MainWindow, door: FakeDoor, qtbot, monkeypatch: pytest.MonkeyPatch):
    window, made = capturing, capturing.capture
    camera, recorder = made.panel.camera, made.recorder
    monkeypatch.setattr("studio.capture.face_recorder.Microphone", Hearing)
    qtbot.waitUntil(lambda: camera.camera.count() == 2, timeout=WAIT_MS)
    camera.microphone.setChecked(True)
    camera.count.setCurrentIndex(camera.count.findData(1))
    window.record_face()
    qtbot.waitUntil(lambda: recorder.state == "live", timeout=WAIT_MS)
    window.record_face()
    qtbot.waitUntil(lambda: recorder.state == "counting" and recorder.left == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: recorder.state == "recording" and made.feed.writer.length_s > 0.5, timeout=WAIT_MS)
    window.record_face()
    qtbot.waitUntil(lambda: window.session.line is not None and len(window.session.line.layers) == 1, timeout=WAIT_MS)
    line = window.session.line
    assert line.name == "face 001" and line.duration_s == pytest.approx(line.layers[0].end_s, abs=0.15) and line.layers[0].start_s == 0.0
    assert Hearing.closed == 1
    settled(window, qtbot)
