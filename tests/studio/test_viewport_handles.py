"""Handles over Ada's face, by mouse: they follow the pointer, become keys, and every drag is one step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from engine.core.channels import CHANNELS, INDEX
from engine.head import ada
from engine.head.rig import HeadRig
from engine.render.camera import Camera
from studio.viewport.handles import HANDLES, Grab
from studio.viewport.landmarks import NAMES, Landmarks, facing, projected
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS

LEFT = Qt.MouseButton.LeftButton
SIZE = (640, 640)


@pytest.fixture(scope="module")
def rig() -> HeadRig:
    return HeadRig()


@pytest.fixture(scope="module")
def landmarks() -> Landmarks:
    return Landmarks(ada.load())


def pose(rig: HeadRig, values: dict[str, float]) -> np.ndarray:
    row = np.zeros((1, len(CHANNELS)), np.float32)
    for name, value in values.items():
        row[0, INDEX[name]] = value
    return rig.pose(row)[0].numpy()


def grab(landmarks: Landmarks, vertices: np.ndarray, name: str, camera: Camera, **start: float) -> Grab:
    values = np.zeros(len(CHANNELS), np.float32)
    for channel, value in start.items():
        values[INDEX[channel]] = value
    return Grab(HANDLES[name], landmarks(vertices).points[NAMES.index(name)], values, landmarks.moves, camera, SIZE)


def test_the_handles_sit_where_their_names_say(rig: HeadRig, landmarks: Landmarks):
    x, y = dict(zip(NAMES, projected(landmarks(pose(rig, {})).points, Camera.front(), SIZE), strict=True)), {}
    for name, (right, down) in x.items():
        y[name] = (round(float(right)), round(float(down)))
    assert y["lip_corner_left"][0] > 320 > y["lip_corner_right"][0], "the character's left is the picture's right"
    assert y["head"][1] < y["brow_inner_left"][1] < y["gaze"][1] < y["lip_corner_left"][1] < y["jaw"][1]
    assert abs(y["jaw"][0] - 320) < 3 and abs(y["gaze"][0] - 320) < 3


def test_what_is_behind_the_head_is_not_offered(rig: HeadRig, landmarks: Landmarks):
    places = landmarks(pose(rig, {}))
    assert facing(places, Camera.front()).all()
    seen = dict(zip(NAMES, facing(places, Camera.profile()), strict=True))
    assert seen["lip_corner_left"] and seen["jaw"] and not seen["lip_corner_right"] and not seen["brow_outer_right"]


@pytest.mark.parametrize("camera", [Camera.front(), Camera.three_quarter()], ids=["front", "three_quarter"])
@pytest.mark.parametrize(
    ("name", "drag"),
    [("jaw", (0.0, 25.0)), ("lip_corner_left", (8.0, -12.0)), ("lip_corner_right", (-6.0, -10.0)), ("brow_outer_left", (2.0, -9.0)), ("head", (14.0, 9.0))],
)
def test_a_handle_follows_the_pointer(rig: HeadRig, landmarks: Landmarks, camera: Camera, name: str, drag: tuple[float, float]):
    rest = pose(rig, {})
    values = grab(landmarks, rest, name, camera).values(drag)
    before, after = (projected(landmarks(v).points, camera, SIZE)[NAMES.index(name)] for v in (rest, pose(rig, values)))
    # A head that turns takes its handle along an arc, and lips give way to each other: half the way is the right direction.
    assert np.linalg.norm(after - before - drag) < 0.5 * np.linalg.norm(drag)


def test_a_drag_lets_go_what_pulls_the_other_way_first(rig: HeadRig, landmarks: Landmarks):
    held = grab(landmarks, pose(rig, {}), "lip_corner_left", Camera.front(), mouthFrownLeft=0.3)
    up = held.values((1.0, -3.0))
    assert up["mouthFrownLeft"] < 0.3 and up["mouthSmileLeft"] == pytest.approx(0.0, abs=0.05)
    further = held.values((4.0, -14.0))
    assert further["mouthFrownLeft"] == pytest.approx(0.0) and further["mouthSmileLeft"] > 0.2
    assert all(0.0 <= v <= 1.0 for v in held.values((300.0, -900.0)).values()), "held within the rig's limits"


def test_both_sides_move_alike(rig: HeadRig, landmarks: Landmarks):
    held = grab(landmarks, pose(rig, {}), "brow_outer_right", Camera.front())
    one, both = held.values((0.0, -8.0)), held.values((0.0, -8.0), mirrored=True)
    assert "browOuterUpLeft" not in one and both["browOuterUpLeft"] == both["browOuterUpRight"] == one["browOuterUpRight"] > 0.1
    jaw = grab(landmarks, pose(rig, {}), "jaw", Camera.front())
    assert jaw.values((5.0, 9.0), mirrored=True) == jaw.values((5.0, 9.0))


def test_the_eyes_look_where_the_gaze_is_dragged(rig: HeadRig, landmarks: Landmarks):
    values = grab(landmarks, pose(rig, {}), "gaze", Camera.front()).values((20.0, -15.0))
    assert values["eyeLookOutLeft"] == values["eyeLookInRight"] > 0.1 and values["eyeLookInLeft"] == 0.0
    assert values["eyeLookUpLeft"] == values["eyeLookUpRight"] > 0.1 and values["eyeLookDownLeft"] == 0.0


def test_with_shift_the_head_tilts(rig: HeadRig, landmarks: Landmarks):
    held = grab(landmarks, pose(rig, {}), "head", Camera.front())
    assert held.values((10.0, 0.0))["headRotY"] > 0.03 and held.values((0.0, 10.0))["headRotX"] > 0.03
    tilted = held.values((10.0, 4.0), roll=True)
    assert tilted["headRotZ"] < -0.03 and tilted["headRotY"] == tilted["headRotX"] == 0.0


# In the window.


@pytest.fixture
def acting(drawing_window: MainWindow, qtbot, speak: Callable[..., None]) -> MainWindow:
    """A window that draws a performed line, with the handles in view."""
    window = drawing_window
    window.timeline.setFocus()
    qtbot.keyClick(window.timeline, Qt.Key.Key_H)
    speak(window)
    window.player.seek(window.player.duration_s / 2)
    qtbot.waitUntil(lambda: window.viewport.handles.isVisible() and window.viewport.handles.position("jaw") is not None, timeout=WAIT_MS)
    settle(window, qtbot)
    return window


def settle(window: MainWindow, qtbot) -> None:
    """Wait until the picture is that of the document."""
    qtbot.waitUntil(lambda: not window.jobs.tasks, timeout=WAIT_MS)
    qtbot.wait(200)
    qtbot.waitUntil(lambda: not window.viewport.drawing.waiting and window.viewport.presenting.worker.free, timeout=WAIT_MS)
    qtbot.wait(150)


def drag(window: MainWindow, qtbot, name: str, way: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, release: bool = True) -> None:
    """Drag a handle by the mouse."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    viewport = window.viewport
    start = viewport.handles.position(name).toPoint()
    qtbot.mousePress(viewport, LEFT, modifiers, start)
    for share in (0.3, 0.7, 1.0):
        point = QPointF(start) + QPointF(way) * share
        event = QMouseEvent(QEvent.Type.MouseMove, point, QPointF(viewport.mapToGlobal(point.toPoint())), Qt.MouseButton.NoButton, LEFT, modifiers)
        QApplication.sendEvent(viewport, event)
        qtbot.wait(5)
    if release:
        qtbot.mouseRelease(viewport, LEFT, modifiers, start + way)


def layer_value(window: MainWindow, channel: str) -> float:
    return window.keying.value(channel)


def test_a_dragged_handle_becomes_keys_on_a_layer_as_one_step(acting: MainWindow, qtbot):
    session, viewport = acting.session, acting.viewport
    before, steps = session.document, session.cursor
    shown = viewport.values.copy()
    drag(acting, qtbot, "jaw", QPoint(0, 20))
    assert session.cursor == steps + 1 and acting.actions_by_name["undo"].text().endswith("Move jaw")
    layer = session.line.layers[-1]
    key = layer.curves["jawOpen"].keys[0]
    assert key.time_s == pytest.approx(acting.player.frame / float(acting.player.rate)) and key.value > 0.1
    settle(acting, qtbot)
    assert viewport.values[INDEX["jawOpen"]] == pytest.approx(min(shown[INDEX["jawOpen"]] + key.value, 1.0), abs=0.02), "the motion brings what was dragged"
    drag(acting, qtbot, "jaw", QPoint(0, -8))
    assert session.cursor == steps + 2 and len(session.line.layers) == 1, "further drags go to the same layer"
    session.undo()
    session.undo()
    assert session.document == before

    # The handle is where the pointer let it go.
    settle(acting, qtbot)
    start = acting.viewport.handles.position("jaw").toPoint()
    drag(acting, qtbot, "jaw", QPoint(0, 12))
    settle(acting, qtbot)
    end = acting.viewport.handles.position("jaw")
    assert abs(end.y() - start.y() - 12) < 4 and abs(end.x() - start.x()) < 4

    # A double click takes the edit back at the playhead.
    assert layer_value(acting, "jawOpen") > 0.1
    qtbot.mouseDClick(acting.viewport, LEFT, pos=acting.viewport.handles.position("jaw").toPoint())
    assert layer_value(acting, "jawOpen") == 0.0
    acting.session.undo()
    assert layer_value(acting, "jawOpen") > 0.1


def test_every_handle_keys_its_channels_and_is_undone(acting: MainWindow, qtbot):
    before = acting.session.document
    for name in NAMES:
        qtbot.waitUntil(lambda name=name: acting.viewport.handles.position(name) is not None, timeout=WAIT_MS)
        drag(acting, qtbot, name, QPoint(6, 10) if name == "jaw" else QPoint(6, -10))
        keyed = set(acting.session.line.layers[-1].curves)
        assert keyed and keyed <= set(HANDLES[name].channels), name
        acting.session.undo()
        assert acting.session.document == before

    # With ctrl or x the other side moves too.
    session = acting.session
    drag(acting, qtbot, "lip_corner_left", QPoint(5, -9), Qt.KeyboardModifier.ControlModifier)
    assert {"mouthSmileLeft", "mouthSmileRight"} <= set(session.line.layers[-1].curves)
    session.undo()
    qtbot.keyPress(acting.timeline, Qt.Key.Key_X)  # wherever the keys go
    drag(acting, qtbot, "brow_outer_left", QPoint(0, -8))
    qtbot.keyRelease(acting.timeline, Qt.Key.Key_X)
    assert {"browOuterUpLeft", "browOuterUpRight"} <= set(session.line.layers[-1].curves)
    session.undo()
    drag(acting, qtbot, "brow_outer_left", QPoint(0, -8))
    assert "browOuterUpRight" not in session.line.layers[-1].curves


def test_what_else_the_mouse_does_over_the_handles(acting: MainWindow, qtbot):
    before, steps = acting.session.document, acting.session.cursor
    drag(acting, qtbot, "jaw", QPoint(0, 20), release=False)
    assert acting.session.document != before
    qtbot.keyClick(acting.viewport, Qt.Key.Key_Escape)
    assert acting.session.document == before and acting.session.cursor == steps
    qtbot.mouseRelease(acting.viewport, LEFT)
    assert acting.session.cursor == steps

    # The hovered handle says its name.
    viewport = acting.viewport
    qtbot.mouseMove(viewport, viewport.handles.position("lip_corner_right").toPoint())
    qtbot.waitUntil(lambda: viewport.handles.hovered == "lip_corner_right", timeout=WAIT_MS)
    assert "both sides" in viewport.toolTip()

    # With alt the mouse moves the camera over a handle too.
    camera, before = acting.viewport.camera, acting.session.document
    drag(acting, qtbot, "jaw", QPoint(30, 0), Qt.KeyboardModifier.AltModifier)
    assert acting.viewport.camera != camera and acting.session.document.characters == before.characters
    acting.undo()
    assert acting.viewport.camera == camera and acting.session.document == before, "the move was one step"

    # The handles come with the pointer and go.
    viewport = acting.viewport
    qtbot.keyClick(acting.timeline, Qt.Key.Key_H)
    viewport.leaveEvent(None)
    assert not viewport.handles.isVisible() and not acting.actions_by_name["handles"].isChecked()
    qtbot.mouseMove(viewport, QPoint(50, 50))
    qtbot.waitUntil(viewport.handles.isVisible, timeout=WAIT_MS)
    acting.player.play()
    assert not viewport.handles.isVisible(), "nothing lies over the face while it plays"
    acting.player.stop()


def test_without_a_line_there_are_no_handles(drawing_window: MainWindow, qtbot):
    qtbot.keyClick(drawing_window.timeline, Qt.Key.Key_H)
    assert not drawing_window.viewport.handles.isVisible()
