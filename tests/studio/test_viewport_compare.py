"""Two motions: flipped, side by side, and their difference; motion that arrives bit by bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.core.channels import INDEX
from engine.core.motion import MotionClip
from engine.render.camera import Camera
from engine.render.heat import HEAT_MM, heat_colours, heat_offscreen, render_heat
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS
from tests.studio.test_viewport import grabbed, shows_a_face, still

Key = Qt.Key


def with_channel(motion: MotionClip, name: str, value: float) -> MotionClip:
    values = motion.values.copy()
    values[:, INDEX[name]] = value
    return replace(motion, values=values)


@pytest.fixture
def acting(drawing_window: MainWindow, qtbot, speak: Callable[..., None]) -> MainWindow:
    speak(drawing_window)
    drawing_window.conductor.blockSignals(True)  # the motions are the tests' own
    drawing_window.player.seek(0.0)
    drawing_window.timeline.setFocus()
    return drawing_window


def test_the_scale_rises_without_a_step():
    colours = heat_colours(np.linspace(0.0, 2 * HEAT_MM, 400))
    assert colours.min() >= 0.0 and colours.max() <= 1.0 and np.abs(np.diff(colours, axis=0)).max() < 0.06
    assert np.array_equal(colours[-1], colours[200]), "beyond the end it stays"


def test_the_difference_is_where_the_faces_differ():
    from engine.head.rig import HeadRig

    values = np.zeros((2, 63), np.float32)
    values[1, INDEX["mouthSmileLeft"]] = 1.0
    posed = HeadRig().pose(values).numpy()
    offscreen = heat_offscreen(200, 200)
    try:
        same, none_mm = render_heat(offscreen, posed[0], posed[0], Camera.front())
        picture, most_mm = render_heat(offscreen, posed[1], posed[0], Camera.front())
    finally:
        offscreen.close()
    moved = np.linalg.norm(posed[1] - posed[0], axis=1).max() * 1000
    assert none_mm == 0.0 and most_mm == pytest.approx(moved, rel=0.05)
    apart = np.abs(picture.astype(int) - same).sum(2)
    assert apart[:, 100:].sum() > 3 * apart[:, :100].sum(), "the character's left is the picture's right"


def test_b_is_kept_and_flipped_to_by_key(acting: MainWindow, qtbot):
    viewport, keys = acting.viewport, acting.timeline
    qtbot.keyClick(keys, Key.Key_B)
    assert viewport.compare_mode == "" and "There is no B yet" in acting.statusBar().currentMessage()
    qtbot.keyClick(keys, Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    viewport.set_motion(with_channel(acting.conductor.motion, "jawOpen", 0.8))
    a = still(acting, qtbot)
    qtbot.keyClick(keys, Key.Key_B)
    assert viewport.compare_mode == "flip" and viewport.flipped and viewport.comparing.texts == ("B",)
    b = still(acting, qtbot)
    assert np.abs(a.astype(int) - b).mean() > 0.4
    qtbot.keyClick(keys, Key.Key_B)
    assert not viewport.flipped and viewport.comparing.texts == ("A",)
    assert np.abs(still(acting, qtbot).astype(int) - a).mean() < 0.2
    qtbot.keyClick(keys, Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert viewport.compare_mode == "" and not viewport.comparing.isVisible()

    # A flip key that is held flips back.
    acting.viewport.set_compare(with_channel(acting.conductor.motion, "jawOpen", 0.8))
    qtbot.keyPress(acting.timeline, Key.Key_B)
    assert acting.viewport.flipped
    qtbot.wait(450)
    qtbot.keyRelease(acting.timeline, Key.Key_B)
    assert not acting.viewport.flipped


def test_side_by_side_shows_two_faces(acting: MainWindow, qtbot):
    viewport = acting.viewport
    qtbot.keyClick(acting.timeline, Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    viewport.set_motion(with_channel(acting.conductor.motion, "jawOpen", 0.8))
    qtbot.keyClick(acting.timeline, Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert viewport.compare_mode == "side" and viewport.comparing.texts == ("A", "B")
    picture = still(acting, qtbot)
    half = picture.shape[1] // 2
    a, b = picture[:, :half], picture[:, half : 2 * half]
    assert shows_a_face(a) and shows_a_face(b) and np.abs(a.astype(int) - b).mean() > 0.4
    assert not viewport.handles.isVisible()
    qtbot.keyClick(acting.timeline, Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert viewport.compare_mode == "" and shows_a_face(still(acting, qtbot))

    # Comparing goes on while playing.
    acting.viewport.set_compare(with_channel(acting.conductor.motion, "jawOpen", 0.8), "side")
    still(acting, qtbot)
    first = grabbed(acting)
    acting.player.play()
    qtbot.waitUntil(lambda: acting.player.statistics().shown > 3, timeout=30_000)
    acting.player.stop()
    assert acting.player.statistics().shown > 3 and np.abs(grabbed(acting).astype(int) - first).mean() > 0.05


def test_frames_are_shown_backwards_too(acting: MainWindow, qtbot):
    player = acting.player
    player.seek(player.duration_s)
    still(acting, qtbot)
    seen: list[int] = []
    acting.viewport.presenting.painted.connect(lambda request: seen.append(request.frame))
    qtbot.keyClick(acting.timeline, Key.Key_J)
    qtbot.waitUntil(lambda: len(set(seen)) > 4, timeout=30_000)
    qtbot.keyClick(acting.timeline, Key.Key_K)
    played = seen[: player.statistics().shown]
    assert len(set(played)) > 3 and played == sorted(played, reverse=True)


def test_the_difference_says_how_much(acting: MainWindow, qtbot):
    viewport, motion = acting.viewport, acting.conductor.motion
    still(acting, qtbot)
    asked: list[object] = []
    ask, viewport.presenting.worker.ask = viewport.presenting.worker.ask, asked.append
    try:
        elsewhere = motion.values.copy()
        elsewhere[5:] += 0.1
        viewport.set_motion(replace(motion, values=elsewhere))
        assert asked == [] and not viewport.drawing.waiting
        here = replace(motion, values=elsewhere)
        here.values[0, INDEX["jawOpen"]] += 0.2  # written into, as motion is that arrives bit by bit
        viewport.set_motion(here)
        assert len(asked) == 1
    finally:
        viewport.presenting.worker.ask = ask

    # The difference says how much.
    viewport = acting.viewport
    other = with_channel(with_channel(acting.conductor.motion, "jawOpen", 0.8), "headRotY", 0.4)
    plain = still(acting, qtbot)
    viewport.set_compare(other, "difference", ("now", "take 2"))
    qtbot.waitUntil(lambda: " 0.0 mm" not in viewport.comparing.texts[0], timeout=WAIT_MS)
    text = viewport.comparing.texts[0]
    most_mm = float(text.split("at most ")[1].split(" ")[0])
    assert text.startswith("now against take 2") and 10.0 < most_mm < 45.0, "the jaw's way; the head's is taken out"
    picture = still(acting, qtbot)
    assert np.abs(picture.astype(int) - plain).mean() > 3.0 and acting.actions_by_name["compare_difference"].isChecked()
    viewport.set_compare(other, "side")
    assert acting.actions_by_name["compare_side"].isChecked() and not acting.actions_by_name["compare_difference"].isChecked()
    acting.session.select(None)
    assert viewport.compare_mode == "", "another line has another motion"


def test_where_the_graphics_card_draws_two_pictures_still_come(make_window, qtbot, has_display: bool, monkeypatch: pytest.MonkeyPatch, speak):
    if not has_display:
        pytest.skip("no display; tests/stage.py makes one")
    monkeypatch.setenv("VIVAVOCE_PRESENTER", "native")
    window = make_window()
    window.viewport.start()
    qtbot.waitUntil(lambda: window.stage.loading.isHidden() and window.viewport.native, timeout=WAIT_MS)
    speak(window)
    window.viewport.set_compare(with_channel(window.conductor.motion, "jawOpen", 0.8), "side")
    qtbot.waitUntil(lambda: not window.viewport.native and window.viewport.presenting.view.image is not None, timeout=WAIT_MS)
    picture = still(window, qtbot)
    half = picture.shape[1] // 2
    assert shows_a_face(picture[:, :half]) and shows_a_face(picture[:, half : 2 * half])
    window.viewport.set_compare(None)
    qtbot.waitUntil(lambda: window.viewport.native and window.viewport.presenting.worker is not None and bool(window.viewport.moves), timeout=WAIT_MS)
    assert shows_a_face(still(window, qtbot))
