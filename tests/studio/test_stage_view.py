"""The viewport and the document's camera: what moves it and what does not, its frame and guides, who is under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.core.curves import Curve, Key
from engine.export.png import write_png
from engine.project.document import Character, LineDoc, Media, Settings
from engine.project.edits import AddCharacter, AddLine, SetPlacement, SetSettings, SetStage
from engine.project.media import file_digest
from engine.project.stage import Background, Picture, Placement, Shot, Stage
from studio.stage import shots
from studio.window import MainWindow
from tests.studio.activation import activate
from tests.studio.conftest import WAIT_MS
from tests.studio.test_timeline import wheel
from tests.studio.test_viewport import grabbed, still

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
ALT, CTRL, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
START = QPoint(60, 150)


def drag(window: MainWindow, button: Qt.MouseButton, by: QPoint, modifiers=Qt.KeyboardModifier.NoModifier, let_go: bool = True) -> None:
    viewport = window.viewport
    QTest.mousePress(viewport, button, modifiers, START)
    for share in (0.3, 0.6, 1.0):
        point = QPointF(START) + QPointF(by) * share
        moved = QMouseEvent(QEvent.Type.MouseMove, point, QPointF(viewport.mapToGlobal(point.toPoint())), Qt.MouseButton.NoButton, button, modifiers)
        QApplication.sendEvent(viewport, moved)
    if let_go:
        QTest.mouseRelease(viewport, button, modifiers, START + by)


@contextmanager
def one_step(window: MainWindow) -> Iterator[None]:
    """What happens inside is one undo step."""
    before, steps = window.session.document, window.session.cursor
    yield
    after = window.session.document
    assert after != before and window.session.cursor == steps + 1 and not window.session.history.dragging
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after


@contextmanager
def no_step(window: MainWindow) -> Iterator[None]:
    before, steps = window.session.document, window.session.cursor
    yield
    assert window.session.document == before and window.session.cursor == steps


def shot(window: MainWindow) -> Shot:
    return window.session.document.stage.shot


def a_line(window: MainWindow, start_s: float = 0.0) -> None:
    """A line of four seconds, without its sound."""
    line = LineDoc("line", "one", Media("a.wav", "0" * 64, 4.0, 48000), start_s=start_s)
    window.session.apply(AddLine(window.session.document.characters[0].id, line))
    window.player.set_line(4.0, window.session.document.settings.rate, None)


def test_moving_the_view_through_the_camera_is_one_step_for_each_drag(window: MainWindow):
    viewport = window.viewport
    for button, changed in ((LEFT, {"yaw", "pitch"}), (MIDDLE, {"right", "up"}), (RIGHT, {"distance"})):
        before = shot(window)
        with one_step(window):
            drag(window, button, QPoint(30, 20))
        assert set(shots.differences(shot(window), before)) == changed
        assert viewport.camera == shots.camera_of(shot(window))
    with one_step(window):
        drag(window, LEFT, QPoint(20, 0), ALT)
    with no_step(window):
        drag(window, LEFT, QPoint(0, 0))


def test_escape_takes_a_move_back(window: MainWindow):
    with no_step(window):
        drag(window, LEFT, QPoint(40, 10), let_go=False)
        assert shot(window) != Shot()
        window.viewport.setFocus()
        QTest.keyClick(window.viewport, Qt.Key.Key_Escape)
        assert shot(window) == Shot()
        QTest.mouseRelease(window.viewport, LEFT, pos=START)


def test_turns_of_the_wheel_are_one_step_until_they_rest(window: MainWindow, qtbot):
    with one_step(window):
        for _ in range(3):
            wheel(window.viewport, QPoint(50, 50), 1)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: not window.session.history.dragging, timeout=WAIT_MS)
    assert shot(window).distance == pytest.approx(1.05 * 0.9**3, rel=1e-4)


def test_a_double_click_is_the_usual_framing(window: MainWindow):
    drag(window, LEFT, QPoint(40, 10))
    with one_step(window):
        QTest.mouseClick(window.viewport, LEFT, pos=START)
        QTest.mouseDClick(window.viewport, LEFT, pos=START)
        QTest.mouseRelease(window.viewport, LEFT, pos=START)
    assert shot(window) == Shot()


def test_a_free_view_leaves_the_document_alone(window: MainWindow, qtbot):
    viewport, bar = window.viewport, window.view_bar
    assert bar.mode.text() == "Camera" and bar.take.isHidden()
    with no_step(window):
        qtbot.keyClick(window, "C")
        assert not viewport.looking.through and bar.mode.text() == "Free view" and not bar.take.isHidden() and bar.lock.isHidden()
        assert not window.actions_by_name["look_through"].isChecked()
        for button in (LEFT, MIDDLE, RIGHT):
            before = viewport.camera
            drag(window, button, QPoint(30, 20))
            assert viewport.camera != before
        wheel(viewport, QPoint(50, 50), 1)  # type: ignore[arg-type]
        qtbot.keyClick(window, "R")
        assert viewport.camera == shots.camera_of(Shot())
        drag(window, LEFT, QPoint(50, 0))
        looked = viewport.camera
        QTest.mouseClick(bar.mode, LEFT)
        assert viewport.looking.through and viewport.camera == shots.camera_of(Shot())
        QTest.mouseClick(bar.mode, LEFT)
        assert viewport.camera == shots.camera_of(Shot()), "free from where the camera is"
        viewport.set_camera(looked)
    with one_step(window):
        qtbot.keyClick(window, "C", SHIFT)
    assert viewport.looking.through and shot(window).yaw == pytest.approx(np.degrees(looked.yaw_rad))


def test_the_keys_for_views_are_free_and_become_the_shot_when_asked(window: MainWindow, qtbot):
    with no_step(window):
        for key, yaw in (("1", 0.0), ("2", 38.0), ("3", 90.0)):
            qtbot.keyClick(window, key)
            assert not window.viewport.looking.through and np.degrees(window.viewport.camera.yaw_rad) == pytest.approx(yaw)
    free = window.viewport.camera
    with one_step(window):
        QTest.mouseClick(window.view_bar.take, LEFT)
    made = window.viewport.camera
    assert shot(window).right == pytest.approx(0.03) and np.allclose(made.eye, free.eye, atol=1e-6) and np.allclose(made.axes, free.axes, atol=1e-6)


def test_a_locked_camera_stays_and_the_view_goes_on_freely(window: MainWindow, qtbot):
    qtbot.keyClick(window, "C", ALT)
    assert window.view_bar.lock.isChecked() and window.viewport.looking.through
    with no_step(window):
        drag(window, LEFT, QPoint(40, 10))
        assert not window.viewport.looking.through and window.viewport.camera.yaw_rad != 0.0
    qtbot.keyClick(window, "C")
    assert window.viewport.looking.through and window.viewport.camera.yaw_rad == 0.0
    QTest.mouseClick(window.view_bar.lock, LEFT)
    assert not window.actions_by_name["lock_camera"].isChecked()


def test_an_undone_move_is_gone_from_the_view_too(window: MainWindow):
    drag(window, LEFT, QPoint(40, 10))
    window.undo()
    assert window.viewport.camera == shots.camera_of(Shot())


def test_keys_move_the_camera_with_the_playhead(window: MainWindow, qtbot):
    a_line(window, start_s=2.0)
    window.session.apply(SetStage(Stage(camera={"yaw": Curve((Key(2.0, 0.0, "linear"), Key(4.0, 40.0, "linear")))})))
    viewport = window.viewport
    window.player.seek(1.0)
    assert np.degrees(viewport.camera.yaw_rad) == pytest.approx(20.0)
    assert np.degrees(viewport.looking.camera(30 * 2).yaw_rad) == pytest.approx(40.0), "as frames of a playback ask for it"
    activate(qtbot, window)
    qtbot.keyClick(window, "K", CTRL | SHIFT)
    assert set(window.session.document.stage.camera) == set(vars(Shot()))
    assert window.session.document.stage.camera["distance"].keys == (Key(3.0, Shot().distance),)
    window.undo()
    with one_step(window):  # without auto-key the whole curve goes along
        drag(window, LEFT, QPoint(-25, 0))
    yaw = window.session.document.stage.camera["yaw"].values
    assert yaw[1] - yaw[0] == pytest.approx(40.0) and yaw[0] > 0
    window.undo()
    window.actions_by_name["auto_key_camera"].trigger()
    with one_step(window):
        drag(window, LEFT, QPoint(-25, 0))
    assert [k.time_s for k in window.session.document.stage.camera["yaw"].keys] == [2.0, 3.0, 4.0]
    assert window.stage_panel.camera.auto.isChecked()


def test_the_frame_is_the_pictures_shape_and_remembered(make_window, qtbot):
    window = make_window()
    framing, viewport = window.viewport.framing, window.viewport
    whole = QRect(QPoint(0, 0), viewport.size())
    assert framing.rect.width() == framing.rect.height() == min(viewport.width(), viewport.height())
    window.session.apply(SetSettings(Settings(width=1920, height=1080)))
    assert framing.rect.width() / framing.rect.height() == pytest.approx(16 / 9, rel=0.01) and whole.contains(framing.rect)
    assert viewport.presenting.view.geometry() == framing.rect
    window.undo()
    assert framing.rect.width() == framing.rect.height()
    qtbot.keyClick(window, "C")
    assert framing.rect == whole, "a free view has all the room"
    qtbot.keyClick(window, "C")
    for name in ("frame", "thirds"):
        window.actions_by_name[f"guide_{name}"].trigger()
    assert framing.rect == whole and framing.overlay.isVisible()
    assert window.stage_panel.guides.boxes["thirds"].isChecked()
    other = make_window()
    assert other.viewport.framing.guides == {"thirds"}
    for name in ("frame", "thirds"):
        other.actions_by_name[f"guide_{name}"].trigger()


def test_a_project_that_cannot_be_changed_is_looked_at_freely(window: MainWindow, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(type(window.session), "read_only", property(lambda _: "somebody else has it open"))
    with no_step(window):
        drag(window, LEFT, QPoint(40, 10))
        assert not window.viewport.looking.through
        window.shot_from_view()
        assert not window.viewport.looking.through


def test_a_missing_picture_is_told_and_asked_for(window: MainWindow, tmp_path: Path):
    picture = tmp_path / "wall.png"
    write_png(picture, np.full((20, 30, 3), 90, np.uint8))
    window.session.apply(SetStage(Stage(background=Background("picture", picture=Picture(str(picture), file_digest(picture))))))
    assert not _told(window)
    picture.unlink()
    window.session.apply(SetStage(Stage(background=Background("picture", picture=Picture(str(picture), "0" * 64), blur=0.5))))
    assert _told(window)
    assert window.shooting.drawn_stage.background.kind == "gradient"
    window.undo()
    window.undo()
    assert not _told(window)


def _told(window: MainWindow) -> bool:
    return any("picture behind the characters is missing" in text for text in window.banner.texts)


def test_the_picture_through_the_camera_is_what_is_exported(drawing_window: MainWindow, qtbot):
    """The same renderer gives the same bytes for the same camera, size and stage."""
    from engine.avatars.people import person_of
    from engine.render.actor import Actor, Member, View
    from engine.render.offscreen import Offscreen

    window = drawing_window
    window.session.apply(SetStage(Stage(shot=Shot(yaw=25.0, pitch=-5.0, distance=0.8, up=0.01, focal=85.0))))
    window.session.apply(SetSettings(Settings(width=1280, height=720)))
    shape = grabbed(window).shape
    with Offscreen(shape[1], shape[0], "standard") as offscreen:
        made = offscreen.render([Member(Actor.of(person_of(window.session.document.characters[0])))], View.of(window.session.document.stage))

    def same() -> bool:
        seen = grabbed(window)
        return seen.shape == made.shape and float(np.abs(seen.astype(int) - made).mean()) < 3.0

    qtbot.waitUntil(same, timeout=WAIT_MS)


def test_a_click_chooses_the_character_under_it_and_focus_is_picked(drawing_window: MainWindow, qtbot):
    window = drawing_window
    a_line(window)
    ada = window.session.document.characters[0]
    bo = Character("bo", "Bo")
    window.session.apply(AddCharacter(bo))
    window.session.apply(AddLine("bo", LineDoc("other", "two", Media("b.wav", "1" * 64, 4.0, 48000), start_s=5.0)))
    window.session.apply(SetPlacement(ada.id, Placement(x=-0.25)))
    window.session.apply(SetPlacement("bo", Placement(x=0.25, z=-0.3)))
    window.session.apply(SetStage(Stage(shot=Shot(distance=1.8))))
    window.session.select("line")
    still(window, qtbot)
    rect = window.viewport.framing.rect
    right = QPoint(round(rect.x() + rect.width() * 0.82), round(rect.y() + rect.height() * 0.5))
    with no_step(window):
        QTest.mouseClick(window.viewport, LEFT, pos=right)
    assert window.session.line.id == "other" and window.stage_panel.company.character.id == "bo"
    still(window, qtbot)
    window.viewport.pointing.begin_picking()
    with qtbot.waitSignal(window.viewport.pointing.picked, timeout=WAIT_MS):
        QTest.mouseClick(window.viewport, LEFT, pos=right)
    assert window.session.document.stage.lens.focus == pytest.approx(1.8 + 0.3 - 0.05, abs=0.12)
    corner = QPoint(rect.x() + 3, rect.y() + 3)
    with no_step(window):
        window.viewport.pointing.begin_picking()
        QTest.mouseClick(window.viewport, LEFT, pos=corner)
        window.viewport.pointing.begin_picking()
        QTest.keyClick(window.viewport, Qt.Key.Key_Escape)
        assert not window.viewport.pointing.picking
    assert grabbed(window).any()
