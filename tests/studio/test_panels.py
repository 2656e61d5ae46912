from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.project.document import LineDoc, Typed, new_id
from engine.project.edits import AddLine
from studio.panels.levels import STEPS, LevelRow
from studio.window import MainWindow


@pytest.fixture
def line(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> LineDoc:
    """A line nobody analyses."""
    monkeypatch.setattr(window.conductor, "analyse", lambda *_: None)
    made = LineDoc(new_id(), "one", Typed("Hello."))
    window.session.apply(AddLine(window.session.document.characters[0].id, made))
    return made


def current(window: MainWindow) -> LineDoc:
    line = window.session.line
    assert line is not None
    return line


def drag(qtbot, row: LevelRow, start: float, stop: float) -> None:
    """Drag a slider's knob from one share of its range to another."""
    slider = row.slider
    points = [QPoint(round(slider._x(round(share * STEPS))), slider.height() // 2) for share in (start, (start + stop) / 2, stop)]
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        qtbot.mouseMove(slider, point)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=points[2])


def double_click(row: LevelRow, share: float) -> None:
    """A real one: press, release, double click, release."""
    at = QPoint(round(row.slider._x(round(share * STEPS))), row.slider.height() // 2)
    QTest.mouseClick(row.slider, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(row.slider, Qt.MouseButton.LeftButton, pos=at)


def test_a_dragged_emotion_is_one_undo_step(window: MainWindow, line: LineDoc, qtbot):
    row = window.performance_panel.emotions["happy"]
    drag(qtbot, row, 0.4, 0.8)
    value = current(window).emotions["happy"].keys[0].value
    assert value == pytest.approx(0.8, abs=0.02) and row.number.value() == pytest.approx(value, abs=0.01)
    assert window.actions_by_name["undo"].text() == "Undo Change happy"
    window.undo()
    assert current(window).emotions == {} and row.value == 0.0
    window.redo()
    assert row.value == pytest.approx(value)


def test_a_dragged_amount_is_one_undo_step(window: MainWindow, line: LineDoc, qtbot):
    row = window.performance_panel.amounts["jaw"]
    drag(qtbot, row, 0.5, 0.9)
    assert current(window).amounts["jaw"] == pytest.approx(1.8, abs=0.03)
    assert window.actions_by_name["undo"].text() == "Undo Change jaw"
    window.undo()
    assert current(window).amounts["jaw"] == 1.0 and row.value == 1.0


def test_typing_a_number_is_an_edit(window: MainWindow, line: LineDoc, qtbot):
    number = window.performance_panel.emotions["sad"].number
    number.selectAll()
    qtbot.keyClicks(number, "0.35")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert current(window).emotions["sad"].keys[0].value == pytest.approx(0.35)


def test_a_double_click_goes_back_to_the_usual_value(window: MainWindow, line: LineDoc, qtbot):
    row = window.performance_panel.amounts["head"]
    drag(qtbot, row, 0.5, 0.1)
    before, steps = window.session.document, window.session.cursor
    double_click(row, 0.8)
    assert current(window).amounts["head"] == 1.0 and window.session.cursor == steps + 1  # the first click left none
    window.undo()
    assert window.session.document == before


def test_neutral_and_reset_are_one_step_each(window: MainWindow, line: LineDoc, qtbot):
    panel = window.performance_panel
    for name in ("happy", "fear"):
        panel.emotions[name].number.setValue(0.5)
    panel.amounts["jaw"].number.setValue(1.5)
    panel.amounts["lips"].number.setValue(0.5)
    qtbot.mouseClick(panel.neutral, Qt.MouseButton.LeftButton)
    assert current(window).emotions == {}
    qtbot.mouseClick(panel.usual, Qt.MouseButton.LeftButton)
    assert set(current(window).amounts.values()) == {1.0}
    window.undo()
    window.undo()
    assert set(current(window).emotions) == {"happy", "fear"} and current(window).amounts["jaw"] == 1.5


def test_shuffle_gives_another_seed_and_the_field_takes_one(window: MainWindow, line: LineDoc, qtbot):
    panel = window.performance_panel
    qtbot.mouseClick(panel.shuffle, Qt.MouseButton.LeftButton)
    seed = current(window).seed
    assert seed != 0 and panel.seed.text() == str(seed)
    panel.seed.selectAll()
    qtbot.keyClicks(panel.seed, "42")
    qtbot.keyClick(panel.seed, Qt.Key.Key_Return)
    assert current(window).seed == 42
    window.undo()
    assert current(window).seed == seed and panel.seed.text() == str(seed)


def test_without_a_line_nothing_can_be_moved(window: MainWindow):
    assert not window.performance_panel.emotions["happy"].slider.isEnabled()
    assert not window.line_panel.transcript.isEnabled() and not window.actions_by_name["export"].isEnabled()


def test_the_wheel_scrolls_the_panel_and_does_not_change_a_level(window: MainWindow, line: LineDoc, qtbot):
    from tests.studio.test_timeline import wheel

    row = window.performance_panel.amounts["brows"]
    wheel(row.slider, QPoint(20, 5), -3)  # type: ignore[arg-type]
    assert row.value == 1.0
    wheel(row.slider, QPoint(20, 5), -3, Qt.KeyboardModifier.ControlModifier)  # type: ignore[arg-type]
    assert row.value < 1.0


def test_arrow_keys_move_a_slider_that_has_the_focus_and_else_step_frames(window: MainWindow, line: LineDoc, qtbot):
    from fractions import Fraction

    window.player.set_line(2.0, Fraction(30), None)
    slider = window.performance_panel.amounts["brows"].slider
    window.activateWindow()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() > STEPS // 2 and window.player.frame == 0
    window.timeline.setFocus()
    qtbot.keyClick(window.timeline, Qt.Key.Key_Right)
    assert window.player.frame == 1


def test_auto_key_is_switched_by_its_shortcut_too(window: MainWindow, line: LineDoc):
    action = window.actions_by_name["auto_key"]
    assert window.keying.auto and action.isChecked()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert not window.keying.auto and not action.isChecked() and not window.performance_panel.auto.isChecked()
