"""The pose library by mouse and keys: each verb undone, the documents compared."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from engine.core.channels import REGIONS
from engine.core.motion import MotionClip
from engine.project.document import LineDoc, Typed, new_id
from engine.project.edits import AddLine
from engine.project.parts import check_pose
from studio.panels import thumbnails
from studio.panels.library import built_in, mirrored
from studio.panels.poses import PoseList, PosesPanel, row_of
from tests.studio.conftest import WAIT_MS
from tests.studio.panel_scene import Bench, bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(own_cache, qtbot) -> Iterator[Bench]:
    """The panel alone in a window."""
    yield from bench(qtbot, "poses_panel", lambda desk, _: PosesPanel(desk))


@pytest.fixture
def panel(window: Bench, monkeypatch: pytest.MonkeyPatch, qtbot) -> PosesPanel:
    """The panel in view, with a line nobody analyses and a motion that shows a smile."""
    monkeypatch.setattr(window.conductor, "analyse", lambda *_: None)
    monkeypatch.setattr(thumbnails, "draw", lambda poses, *_: [])
    window.session.apply(AddLine(window.session.document.characters[0].id, LineDoc(new_id(), "one", Typed("Hello."))))
    window.conductor.motion = MotionClip(row_of({"mouthSmileLeft": 0.5, "browInnerUp": 0.25})[None].repeat(30, 0), window.player.rate)
    dock = window.poses_panel.parentWidget()
    dock.show()
    dock.raise_()
    qtbot.waitUntil(window.poses_panel.isVisible)
    window.conductor.motion_changed.emit()
    return window.poses_panel


def step(window: Bench, do) -> LineDoc:
    before, steps = window.session.document, window.session.cursor
    do()
    after = window.session.document
    assert after != before and window.session.cursor == steps + 1
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after
    return next(iter(after.lines()))


def click(poses: PoseList, row: int, twice: bool = False) -> None:
    poses.scrollToItem(poses.item(row))
    place = poses.visualItemRect(poses.item(row)).center()
    QTest.mouseClick(poses.viewport(), LEFT, pos=place)
    if twice:
        QTest.mouseDClick(poses.viewport(), LEFT, pos=place)


def index_of(pose_id: str) -> int:
    return [p.id for p in built_in()].index(pose_id)


def test_every_pose_of_ours_is_one_of_the_rig():
    assert len({p.id for p in built_in()}) == len(built_in()) >= 20
    for pose in built_in():
        check_pose(pose.values)
        check_pose(mirrored(pose.values))
        assert mirrored(mirrored(pose.values)) == pose.values


def test_a_pose_is_saved_renamed_and_deleted(panel: PosesPanel, window: Bench):
    assert panel.save.isEnabled()
    step(window, lambda: QTest.mouseClick(panel.save, LEFT))
    (pose,) = window.session.document.poses
    assert pose.values == {"browInnerUp": 0.25, "mouthSmileLeft": 0.5}
    click(panel.own, 0)

    def rename() -> None:
        QTest.mouseClick(panel.rename, LEFT)
        field = panel.own.findChild(QLineEdit)
        assert field is not None
        field.selectAll()
        QTest.keyClicks(field, "Shy smile")
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()  # the list takes the name a little later

    step(window, rename)
    assert window.session.document.poses[0].name == "Shy smile"
    click(panel.own, 0)
    step(window, lambda: QTest.mouseClick(panel.delete, LEFT))
    assert window.session.document.poses == ()


def test_a_pose_becomes_keys_of_the_active_layer_as_strong_as_asked(panel: PosesPanel, window: Bench):
    window.keying.set_auto(False)  # keys even so
    click(panel.ours, index_of("look:blink"))
    panel.strength.number.setValue(0.5)
    line = step(window, lambda: QTest.mouseClick(panel.use, LEFT))
    curves = line.layers[0].curves
    assert {n: c.keys[0].value for n, c in curves.items()} == {"eyeBlinkLeft": 0.5, "eyeBlinkRight": 0.5}
    window.keying.set_auto(True)


def test_only_the_regions_chosen_are_keyed_and_sides_can_be_exchanged(panel: PosesPanel, window: Bench):
    QTest.mouseClick(panel.regions["lips"], LEFT)
    QTest.mouseClick(panel.mirror, LEFT)
    before = window.session.document
    click(panel.ours, index_of("look:wink"), twice=True)
    curves = next(iter(window.session.document.lines())).layers[0].curves
    assert set(curves) == {"mouthSmileRight"} <= set(REGIONS["lips"])
    window.undo()
    assert window.session.document == before


def test_thumbnails_are_drawn_once_and_kept(window: Bench, qtbot):
    made = thumbnails.Thumbnails(window.jobs, window)
    values = row_of({"jawOpen": 0.6})
    assert made.picture(values) is None
    qtbot.waitUntil(lambda: made.picture(values) is not None, timeout=WAIT_MS)
    shown = made.picture(values)
    assert shown is not None and shown.width() == thumbnails.SIDE and made.picture(values) is shown
    again = thumbnails.Thumbnails(window.jobs, window)  # now out of the cache
    again.picture(values)
    qtbot.waitUntil(lambda: again.picture(values) is not None, timeout=WAIT_MS)
    assert np.array_equal(values, row_of({"jawOpen": 0.6}))
