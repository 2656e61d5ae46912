from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from studio.viewport.presenters import GLView, PixelView, is_software
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS, pixels
from tests.studio.test_timeline import wheel


def shows_a_face(picture: np.ndarray) -> bool:
    """Skin in the middle of a picture with light and dark in it, on a background that is none."""
    height, width = picture.shape[:2]
    middle = picture[int(height * 0.35) : int(height * 0.6), int(width * 0.42) : int(width * 0.58)].astype(int)
    corner = picture[4 : height // 8, 4 : width // 8].astype(int)
    red, green, blue = (middle[:, :, k].mean() for k in range(3))
    return bool(red > green > blue and red - blue > 25 and middle.std() > 12 and abs(corner[:, :, 0].mean() - corner[:, :, 2].mean()) < 12)


def grabbed(window: MainWindow) -> np.ndarray:
    """The viewport as it is on screen."""
    view = window.viewport.presenting.view
    image = view.grabFramebuffer() if isinstance(view, GLView) else view.grab().toImage()
    return pixels(image)


def still(window: MainWindow, qtbot) -> np.ndarray:
    """The viewport once nothing changes any more."""
    qtbot.wait(250)
    qtbot.waitUntil(lambda: not window.viewport.drawing.waiting and window.viewport.presenting.worker.free, timeout=WAIT_MS)
    qtbot.wait(400)
    return grabbed(window)


def test_the_picture_on_screen_is_a_face(drawing_window: MainWindow, qtbot):
    picture = still(drawing_window, qtbot)
    assert shows_a_face(picture)
    assert isinstance(drawing_window.viewport.presenting.view, PixelView), "software GL must not draw on the window's thread"


def test_the_test_for_a_face_fails_on_a_blank_one():
    assert not shows_a_face(np.full((300, 300, 3), 120, np.uint8))
    assert not shows_a_face(np.random.default_rng(1).integers(0, 255, (300, 300, 3)).astype(np.uint8))


def test_the_whole_window_shows_it_too(drawing_window: MainWindow, qtbot):
    still(drawing_window, qtbot)
    drawing_window.stage.show_welcome(False)
    drawing_window.view_bar.hide()
    place = drawing_window.viewport.mapTo(drawing_window, QPoint(0, 0))
    size = drawing_window.viewport.size()
    whole = pixels(drawing_window.grab().toImage())
    assert shows_a_face(whole[place.y() : place.y() + size.height(), place.x() : place.x() + size.width()])


def test_the_mouse_moves_the_camera(drawing_window: MainWindow, qtbot):
    viewport = drawing_window.viewport
    front = still(drawing_window, qtbot)
    assert viewport.camera is not None
    start = viewport.camera
    for button, moved in (
        (Qt.MouseButton.LeftButton, lambda c: c.yaw_rad != start.yaw_rad),
        (Qt.MouseButton.MiddleButton, lambda c: c.pan_m != start.pan_m),
        (Qt.MouseButton.RightButton, lambda c: c.distance_m != start.distance_m),
    ):
        qtbot.mousePress(viewport, button, pos=QPoint(100, 100))
        _drag(viewport, button, QPoint(160, 130))
        qtbot.mouseRelease(viewport, button, pos=QPoint(160, 130))
        assert moved(viewport.camera)
        assert np.abs(still(drawing_window, qtbot).astype(int) - front).mean() > 1.0
        qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
        assert viewport.camera == start
    wheel(viewport, QPoint(50, 50), 2)  # type: ignore[arg-type]
    assert viewport.camera.distance_m < start.distance_m
    qtbot.keyClick(drawing_window, Qt.Key.Key_R)
    assert viewport.camera == start


def _drag(widget, button: Qt.MouseButton, point: QPoint) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(point), QPointF(widget.mapToGlobal(point)), Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(widget, event)


def test_dragging_to_the_right_turns_the_head_to_the_right(drawing_window: MainWindow, qtbot):
    viewport = drawing_window.viewport
    assert viewport.camera is not None
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    _drag(viewport, Qt.MouseButton.LeftButton, QPoint(150, 100))
    # The face comes along with the pointer: the camera goes to the character's right, which is -X.
    assert viewport.camera.eye[0] < 0


def test_the_views_have_keys(drawing_window: MainWindow, qtbot):
    viewport = drawing_window.viewport
    yaw = {}
    for key in ("1", "2", "3"):
        qtbot.keyClick(drawing_window, key)
        assert viewport.camera is not None
        yaw[key] = viewport.camera.yaw_rad
    assert yaw["1"] == 0.0 < yaw["2"] < yaw["3"] == pytest.approx(np.pi / 2)
    qtbot.keyClick(drawing_window, "3")
    assert viewport.camera.yaw_rad == pytest.approx(-np.pi / 2), "once more: the other side"


def test_a_resized_window_gets_a_picture_of_its_size(drawing_window: MainWindow, qtbot):
    drawing_window.resize(1200, 800)
    still(drawing_window, qtbot)
    view = drawing_window.viewport.presenting.view
    assert isinstance(view, PixelView) and view.image is not None
    ratio = view.devicePixelRatioF()
    assert (view.image.width(), view.image.height()) == (round(view.width() * ratio), round(view.height() * ratio))


def test_the_native_presenter_shows_a_face_where_there_is_a_display(make_window, qtbot, has_display: bool, monkeypatch: pytest.MonkeyPatch):
    if not has_display:
        pytest.skip("no display; tests/stage.py makes one")
    monkeypatch.setenv("VIVAVOCE_PRESENTER", "native")
    window = make_window()
    window.viewport.start()
    qtbot.waitUntil(lambda: window.viewport.native and window.viewport.presenting.worker is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.stage.loading.isHidden(), timeout=WAIT_MS)
    assert window.viewport.presenting.view.isValid() and shows_a_face(still(window, qtbot))
    window.look_front()
    front = still(window, qtbot)
    window.look_profile()
    assert np.abs(still(window, qtbot).astype(int) - front).mean() > 3.0


def test_without_gl_the_rest_of_the_window_works(make_window, qtbot, monkeypatch: pytest.MonkeyPatch):
    from engine.render import offscreen
    from engine.render.egl import NoGL

    def nothing():
        raise NoGL("EGL is here but no driver gives a GL context off screen")

    monkeypatch.setattr(offscreen, "_make_context", nothing)
    window = make_window()
    window.viewport.start()
    qtbot.waitUntil(lambda: any("no driver" in text for text in window.banner.texts), timeout=WAIT_MS)
    assert "vivavoce doctor" in window.banner.texts[0] and window.stage.loading.isHidden()


def test_software_is_known_by_its_name():
    assert is_software("4.5 Mesa 22.3.6, llvmpipe (LLVM 15.0.6, 256 bits)")
    assert not is_software("4.6.0 NVIDIA 550.54, NVIDIA RTX A4000/PCIe/SSE2")
