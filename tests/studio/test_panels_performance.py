"""The emotion wheel, keys at the playhead and what is locked, by mouse and keys; each verb undone, the documents compared."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.core.emotion import EMOTIONS
from engine.project.document import LineDoc, Typed, new_id
from engine.project.edits import AddLine, SetTrackState
from engine.project.parts import TrackState
from studio.panels.levels import STEPS, LevelRow
from studio.panels.performance import PerformancePanel
from studio.panels.wheel import RIM, mixed, placed
from tests.studio.panel_scene import Bench, bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(own_cache, qtbot) -> Iterator[Bench]:
    """The panel alone in a window."""
    yield from bench(qtbot, "performance_panel", lambda desk, _: PerformancePanel(desk))


@pytest.fixture
def panel(window: Bench, monkeypatch: pytest.MonkeyPatch) -> PerformancePanel:
    """The panel with a line nobody analyses, of two seconds."""
    monkeypatch.setattr(window.conductor, "analyse", lambda *_: None)
    monkeypatch.setattr(window.conductor, "_fetch_sound", lambda *_: None)  # its length would take the place of ours
    window.session.apply(AddLine(window.session.document.characters[0].id, LineDoc(new_id(), "one", Typed("Hello."))))
    window.player.set_line(2.0, window.session.document.settings.rate, None)
    return window.performance_panel


def line_of(window: Bench) -> LineDoc:
    line = window.session.line
    assert line is not None
    return line


def step(window: Bench, do) -> LineDoc:
    before, steps = window.session.document, window.session.cursor
    do()
    after = window.session.document
    assert after != before and window.session.cursor == steps + 1
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after
    return line_of(window)


def pull(panel: PerformancePanel, *places: QPointF) -> None:
    """Drag the puck over some places."""
    wheel = panel.wheel
    points = [QPoint(round(p.x()), round(p.y())) for p in places]
    QTest.mousePress(wheel, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(wheel, point)
    QTest.mouseRelease(wheel, LEFT, pos=points[-1])


def slide(row: LevelRow, stop: float) -> None:
    slider = row.slider
    QTest.mousePress(slider, LEFT, pos=QPoint(round(slider._x(slider.value())), slider.height() // 2))
    QTest.mouseMove(slider, QPoint(round(slider._x(stop * STEPS)), slider.height() // 2))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(round(slider._x(stop * STEPS)), slider.height() // 2))


def test_the_wheel_has_all_emotions_and_says_what_it_is_told():
    assert sorted(RIM) == sorted(EMOTIONS)
    for angle in [k * math.tau / 23 for k in range(23)]:
        for r in (0.2, 0.9):
            x, y, whole = placed(mixed(r * math.cos(angle), r * math.sin(angle)))
            assert whole and (x, y) == pytest.approx((r * math.cos(angle), r * math.sin(angle)), abs=0.01)
    assert mixed(0.01, 0.01) == {} and placed({}) == (0.0, 0.0, True)
    assert not placed({"happy": 0.5, "sad": 0.5})[2] and not placed({"happy": 0.9, "surprised": 0.9})[2]


def test_the_puck_keys_two_emotions_at_the_playhead_as_one_step(panel: PerformancePanel, window: Bench):
    wheel = panel.wheel
    window.player.seek(1.0)
    there = (wheel.place_of("happy", 0.6) + wheel.place_of("surprised", 0.6)) / 2
    line = step(window, lambda: pull(panel, wheel.centre, wheel.place_of("sad", 0.5), wheel.place_of("angry", 0.5), there))
    assert set(line.emotions) == {"happy", "surprised"}  # those it passed leave no keys
    assert all(len(c.keys) == 1 and c.keys[0].time_s == 1.0 for c in line.emotions.values())
    total = sum(c.keys[0].value for c in line.emotions.values())
    assert total == pytest.approx(0.6 * math.cos(math.pi / 7), abs=0.03)
    assert wheel.values == pytest.approx({n: c.keys[0].value for n, c in line.emotions.items()})


def test_another_place_sets_what_was_there_to_zero_but_nothing_else(panel: PerformancePanel, window: Bench):
    wheel = panel.wheel
    pull(panel, wheel.centre, wheel.place_of("happy", 0.8))
    window.player.seek(1.0)
    line = step(window, lambda: pull(panel, wheel.centre, wheel.place_of("sad", 0.7)))
    assert set(line.emotions) == {"happy", "sad"}
    assert [k.value for k in line.emotions["happy"].keys] == pytest.approx([0.8, 0.0], abs=0.03)
    window.player.seek(0.0)
    panel.on_beat()
    assert wheel.values.get("happy") == pytest.approx(0.8, abs=0.03)  # it follows the playhead


def test_ctrl_goes_to_the_nearest_emotion_escape_takes_back_and_a_double_click_is_neutral(panel: PerformancePanel, window: Bench):
    wheel = panel.wheel
    near = wheel.place_of("fear", 0.9) + QPointF(0, 8)
    QTest.mousePress(wheel, LEFT, Qt.KeyboardModifier.ControlModifier, QPoint(round(near.x()), round(near.y())))
    QTest.mouseRelease(wheel, LEFT, Qt.KeyboardModifier.ControlModifier, QPoint(round(near.x()), round(near.y())))
    assert set(line_of(window).emotions) == {"fear"}
    before, steps = window.session.document, window.session.cursor
    at = wheel.place_of("angry", 0.9)
    QTest.mousePress(wheel, LEFT, pos=QPoint(round(at.x()), round(at.y())))
    assert window.session.document != before
    QTest.keyClick(wheel, Qt.Key.Key_Escape)
    QTest.mouseRelease(wheel, LEFT, pos=QPoint(round(at.x()), round(at.y())))
    assert window.session.document == before and window.session.cursor == steps
    place = QPoint(round(at.x()), round(at.y()))
    QTest.mouseClick(wheel, LEFT, pos=place)
    QTest.mouseDClick(wheel, LEFT, pos=place)
    assert window.session.cursor == steps + 1 and [k.value for k in line_of(window).emotions["fear"].keys] == [0.0]
    window.undo()
    assert window.session.document == before


def test_the_wheel_goes_by_keys(panel: PerformancePanel, window: Bench, qtbot):
    panel.wheel.setFocus()
    qtbot.waitUntil(panel.wheel.hasFocus)
    line = step(window, lambda: QTest.keyClick(panel.wheel, Qt.Key.Key_Up))
    assert set(line.emotions) == {"happy"}
    step(window, lambda: QTest.keyClick(panel.wheel, Qt.Key.Key_Right))
    assert "surprised" in line_of(window).emotions and window.player.frame == 0
    step(window, lambda: QTest.keyClick(panel.wheel, Qt.Key.Key_Home))
    assert panel.wheel.values == {}


def test_auto_key_on_sets_a_key_and_off_moves_the_whole_curve(panel: PerformancePanel, window: Bench):
    row = panel.emotions["happy"]
    step(window, lambda: slide(row, 0.5))
    window.player.seek(1.0)
    line = step(window, lambda: slide(row, 0.8))
    assert len(line.emotions["happy"].keys) == 2
    assert panel.auto.isChecked() and "playhead" in panel.auto.meaning
    QTest.mouseClick(panel.auto, LEFT)
    assert not window.keying.auto and "curve" in panel.auto.meaning
    before = [k.value for k in line.emotions["happy"].keys]
    line = step(window, lambda: slide(row, 0.6))
    moved = [a - b.value for a, b in zip(before, line.emotions["happy"].keys, strict=True)]
    assert len(moved) == 2 and moved[0] == pytest.approx(moved[1]) == pytest.approx(0.2, abs=0.04)
    window.keying.set_auto(True)
    assert panel.auto.isChecked()


def test_keys_are_set_removed_and_gone_to_beside_the_slider(panel: PerformancePanel, window: Bench, qtbot):
    row = panel.intensity
    box = row.keybox
    assert box is not None and box.state == "none"
    place = {zone: box.centre(zone).toPoint() for zone in (-1, 0, 1)}
    line = step(window, lambda: QTest.mouseClick(box, LEFT, pos=place[0]))
    assert [(k.time_s, k.value) for k in line.intensity.keys] == [(0.0, 1.0)] and box.state == "keyed"
    window.player.seek(1.5)
    panel.on_beat()
    assert box.state == "between"
    slide(row, 0.25)
    assert box.state == "keyed" and row.value == pytest.approx(0.5, abs=0.05)
    QTest.mouseClick(box, LEFT, pos=place[-1])
    assert window.player.position_s == 0.0
    qtbot.waitUntil(lambda: row.value == 1.0)  # the panel looks at the playhead thirty times a second
    QTest.mouseClick(box, LEFT, pos=place[1])
    assert window.player.position_s == pytest.approx(1.5)
    qtbot.waitUntil(lambda: box.state == "keyed" and row.value < 0.6)
    line = step(window, lambda: QTest.mouseClick(box, LEFT, pos=place[0]))
    assert len(line.intensity.keys) == 1


def test_clear_takes_all_emotion_keys_and_a_locked_seed_stays(panel: PerformancePanel, window: Bench):
    slide(panel.emotions["happy"], 0.5)
    slide(panel.intensity, 0.8)
    line = step(window, lambda: QTest.mouseClick(panel.neutral, LEFT))
    assert line.emotions == {} and not line.intensity.keys
    QTest.mouseClick(panel.seed_lock, LEFT)
    assert not panel.shuffle.isEnabled() and panel.seed.isReadOnly()
    QTest.mouseClick(panel.seed_lock, LEFT)
    step(window, lambda: QTest.mouseClick(panel.shuffle, LEFT))


def test_a_locked_track_says_why_it_cannot_be_changed(panel: PerformancePanel, window: Bench):
    line = line_of(window)
    window.session.apply(SetTrackState(line.id, "emotions/happy", TrackState(lock=True)))
    row = panel.emotions["happy"]
    assert not row.isEnabled() and "locked" in row.toolTip() and panel.emotions["sad"].isEnabled()
    pull(panel, panel.wheel.centre, panel.wheel.place_of("happy", 0.5))
    assert "happy" not in line_of(window).emotions  # the wheel leaves it too


def test_what_is_typed_may_be_relative_and_escape_leaves_it(panel: PerformancePanel, window: Bench):
    number = panel.amounts["head"].number

    def type_in(text: str, end: Qt.Key) -> None:
        number.setFocus()
        number.selectAll()
        QTest.keyClicks(number, text)
        QTest.keyClick(number, end)

    assert step(window, lambda: type_in("*=1.5", Qt.Key.Key_Return)).amounts["head"] == 1.5
    assert step(window, lambda: type_in("25 %", Qt.Key.Key_Return)).amounts["head"] == 0.5
    before = window.session.document
    type_in("1.7", Qt.Key.Key_Escape)
    assert window.session.document == before and number.text() == "0.50"
    type_in("nonsense", Qt.Key.Key_Return)
    assert window.session.document == before and number.text() == "0.50"
