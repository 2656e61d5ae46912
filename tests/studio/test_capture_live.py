"""While the camera is on, the viewport keeps up with it: nothing is drawn in full meanwhile, the status bar says so, and after it all is as before."""

from __future__ import annotations

import sys

import numpy as np

from engine.core.channels import CHANNELS, INDEX
from engine.core.motion import MotionClip
from engine.render.camera import Camera
from studio.capture.door import LivePose
from studio.measure_capture import Watch
from studio.viewport.quality import FULL, Fineness
from studio.viewport.worker import Request
from studio.window import MainWindow
from tests.studio.capture_scene import FakeDoor
from tests.studio.conftest import WAIT_MS


def test_the_viewport_keeps_up_while_the_camera_is_on(capturing: MainWindow, door: FakeDoor, qtbot):
    window, recorder = capturing, capturing.capture.recorder
    window.viewport.presenting.drawn_with = "4.5, llvmpipe (LLVM)"
    window.viewport.described.emit(window.viewport.drawn_with)
    usual_s, drawing, said = sys.getswitchinterval(), window.viewport.drawing, window.drawn_with.text()
    recorder.switch_on("a")
    qtbot.waitUntil(lambda: recorder.state == "live" and "live at" in window.drawn_with.text(), timeout=WAIT_MS)
    assert sys.getswitchinterval() < usual_s and not drawing.waiting
    window.viewport.override({"jawOpen": 0.2})
    assert not drawing.waiting, "no picture in full comes between two of the camera's"
    recorder.switch_off()
    qtbot.waitUntil(lambda: "live" not in window.drawn_with.text(), timeout=WAIT_MS)
    assert sys.getswitchinterval() == usual_s and drawing.waiting and window.drawn_with.text() == said


def test_lag_is_counted_from_the_camera_and_only_for_values_that_came_from_it(qtbot):
    watch = Watch(("jawOpen", "eyeBlinkLeft"), on=True)
    values = np.zeros(len(CHANNELS), np.float32)
    values[INDEX["jawOpen"]] = 0.25
    watch.pose(LivePose(values, values, None, time_s=1.0))
    watch.pose(LivePose(None, None, None, time_s=1.1))
    clip, camera = MotionClip(np.stack([values, 2 * values]), 25), Camera()
    for row, fineness in ((clip.values[1], FULL), (clip.values[0], Fineness(0.5, "draft")), (clip.values[0], FULL)):
        watch.painted(Request(row, camera, (64, 64), fineness))
    qtbot.waitUntil(lambda: len(watch.lags_s) == 1, timeout=WAIT_MS)
    assert watch.poses == 1 and watch.sizes == [(0.5, "draft")], "other values, and the same ones again, are no new picture of the camera"
