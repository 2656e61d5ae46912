"""The graph of the curve editor: every verb by mouse or key, then undone, and the documents compared."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.core.curves import TANGENTS, Key
from studio.curves import clipboard
from studio.curves.editor import CurveEditor
from tests.studio.curve_scene import (
    ALT,
    CTRL,
    DURATION_S,
    HAPPY,
    JAW,
    LEFT,
    LINE,
    NONE,
    SAD,
    SHIFT,
    at,
    click,
    click_row,
    curve,
    double_click,
    drag,
    pick,
    place,
    selected,
    send,
    session_of,
    undone,
    wheel,
)

# Selecting.


def test_a_click_selects_a_key_and_shift_adds_or_takes_out(editor: CurveEditor):
    pick(editor, 1)
    assert selected(editor) == {(HAPPY, 1.0)}
    click(editor.graph, place(editor, 2), SHIFT)
    assert selected(editor) == {(HAPPY, 1.0), (HAPPY, 2.0)}
    click(editor.graph, place(editor, 1), SHIFT)
    assert selected(editor) == {(HAPPY, 2.0)}
    click(editor.graph, at(editor.graph, 3.6, 0.95))
    assert selected(editor) == set()
    assert session_of(editor).history.journal.cursor == 1, "selecting is no step"


def test_a_frame_selects_what_it_holds(editor: CurveEditor):
    graph = editor.graph
    editor.model.set_visible([JAW, "layers/capture/mouthSmileLeft", "layers/polish/browInnerUp"], False)
    drag(graph, at(graph, 0.3, 0.97), at(graph, 1.2, 0.7))
    assert selected(editor) == {(HAPPY, 1.0), (SAD, 0.5)}
    drag(graph, at(graph, 1.7, 0.47), at(graph, 2.3, 0.3), SHIFT)
    assert selected(editor) == {(HAPPY, 1.0), (SAD, 0.5), (HAPPY, 2.0)}


def test_escape_takes_a_frame_back_and_then_the_selection(editor: CurveEditor, qtbot):
    pick(editor, 1)
    drag(editor.graph, at(editor.graph, 3.9, 0.99), at(editor.graph, 0.1, 0.05), release=False)
    assert len(selected(editor)) > 5
    qtbot.keyClick(editor.graph, Qt.Key.Key_Escape)
    assert selected(editor) == {(HAPPY, 1.0)}
    qtbot.keyClick(editor.graph, Qt.Key.Key_Escape)
    assert selected(editor) == set()


def test_select_all_takes_what_is_shown(editor: CurveEditor, qtbot):
    editor.model.set_visible([JAW], False)
    qtbot.keyClick(editor.graph, Qt.Key.Key_A, CTRL)
    assert len(selected(editor)) == 4 + 2 + 2 + 1


# Moving.


def test_a_key_is_dragged_in_time_and_value_to_a_frame(editor: CurveEditor):
    start = place(editor, 1)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(37, -20)))
    moved = next(k for k in got.keys if abs(k.value - 0.8) > 0.01 and 0.9 < k.time_s < 1.5)
    assert moved.time_s * 30 == pytest.approx(round(moved.time_s * 30)) and moved.time_s > 1.05
    assert moved.value == pytest.approx(0.8 + 20 * editor.graph.value_per_px)


def test_off_frames_where_snapping_is_off(editor: CurveEditor):
    editor.bar.tools["snap frames"].trigger()
    start = place(editor, 1)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(31, 0)))
    assert got.keys[1].time_s == pytest.approx(1.0 + 31 / editor.graph.axis.px_per_s)


def test_shift_locks_the_axis(editor: CurveEditor):
    start = place(editor, 1)
    pick(editor, 1)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(60, 9), SHIFT, press=NONE))
    assert got.keys[1].value == 0.8 and got.keys[1].time_s > 1.1
    session_of(editor).undo()
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(9, 60), SHIFT, press=NONE))
    assert got.keys[1].value < 0.75 and got.keys[1].time_s == 1.0


def test_values_snap(editor: CurveEditor):
    editor.bar.tools["snap values"].trigger()
    start = place(editor, 1)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(0, 33)))
    steps = got.keys[1].value / editor.graph.value_step
    assert steps == pytest.approx(round(steps)) and got.keys[1].value < 0.8


def test_alt_leaves_a_copy(editor: CurveEditor):
    start = place(editor, 1)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(60, 30), ALT))
    assert len(got.keys) == 5 and got.keys[1] == Key(1.0, 0.8)
    assert selected(editor) == {(HAPPY, round(got.keys[2].time_s, 6))}


def test_all_selected_keys_move_and_stay_in_the_line(editor: CurveEditor):
    pick(editor, 0, 1, 2, 3)
    click(editor.graph, place(editor, 0, SAD), SHIFT)
    start = place(editor, 1)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(2000, -1000)))
    assert got.keys[-1].time_s == pytest.approx(DURATION_S) and got.keys[0].time_s == pytest.approx(1.5)
    assert all(k.value == 1.0 for k in got.keys), "held within the limits"
    assert curve(editor, SAD).keys == (Key(1.5, 1.0),), "it came to lie on another, which gave way"
    assert len(selected(editor)) == 5


def test_undo_and_redo_bring_the_selection_back(editor: CurveEditor, qtbot):
    pick(editor, 1, 2)
    start = place(editor, 1)
    drag(editor.graph, start, start + QPointF(50, 20))
    moved = selected(editor)
    qtbot.keyClick(editor.graph, Qt.Key.Key_Right)
    session_of(editor).undo()
    assert selected(editor) == moved
    session_of(editor).undo()
    assert selected(editor) == {(HAPPY, 1.0), (HAPPY, 2.0)}
    session_of(editor).redo()
    assert selected(editor) == moved
    qtbot.keyClick(editor.graph, Qt.Key.Key_Delete)
    assert selected(editor) == set()
    session_of(editor).undo()
    assert selected(editor) == moved


def test_escape_takes_a_drag_back(editor: CurveEditor, qtbot):
    before = session_of(editor).document
    start = place(editor, 1)
    drag(editor.graph, start, start + QPointF(80, 30), release=False)
    assert session_of(editor).document != before
    qtbot.keyClick(editor.graph, Qt.Key.Key_Escape)
    assert session_of(editor).document == before and session_of(editor).history.journal.cursor == 1
    assert selected(editor) == {(HAPPY, 1.0)}


def test_a_drag_beyond_the_side_takes_the_view_along(editor: CurveEditor, qtbot):
    graph = editor.graph
    wheel(graph, at(graph, 1.0, 0.8), 6)
    assert graph.axis.end_s < 2.5
    start = place(editor, 1)
    outside = QPointF(graph.width() + 250, start.y())
    drag(graph, start, outside, release=False)
    qtbot.waitUntil(lambda: graph.axis.end_s > 3.0)
    wheel(graph, at(graph, 2.0, 0.8), 5)
    span = graph.axis.end_s - graph.axis.start_s
    send(graph, QEvent.Type.MouseButtonRelease, outside, LEFT, Qt.MouseButton.NoButton, NONE)
    assert graph.axis.end_s - graph.axis.start_s == pytest.approx(span), "no zoom in a drag"
    moved = next(t for track, t in selected(editor) if track == HAPPY)
    assert moved == pytest.approx(min(graph.raw_time(outside.x()), DURATION_S), abs=0.05) and moved > 3.0
    session_of(editor).undo()
    assert curve(editor) == LINE.emotions["happy"]


@pytest.mark.parametrize(
    ("key", "modifiers", "frames", "value"),
    [(Qt.Key.Key_Right, NONE, 1, 0), (Qt.Key.Key_Left, SHIFT, -10, 0), (Qt.Key.Key_Up, NONE, 0, 0.01), (Qt.Key.Key_Down, SHIFT, 0, -0.1)],
)
def test_arrows_nudge(editor: CurveEditor, qtbot, key: Qt.Key, modifiers: Qt.KeyboardModifier, frames: int, value: float):
    pick(editor, 1)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, key, modifiers))
    assert got.keys[1].time_s == pytest.approx(1.0 + frames / 30) and got.keys[1].value == pytest.approx(0.8 + value)


def test_the_frame_about_keys_scales_them(editor: CurveEditor):
    pick(editor, 0, 1, 2)
    box = editor.graph.scale_box()
    assert box is not None
    grip = QPointF(box.right(), box.center().y())
    got = undone(editor, lambda: drag(editor.graph, grip, grip + QPointF(editor.graph.x_of(2.75) - editor.graph.x_of(2.0), 40)))
    # The edge snaps to a frame.
    assert got.times_s.tolist() == pytest.approx([0.5, 1.25, 2.75, 3.0], abs=0.02) and got.values.tolist() == [0.2, 0.8, 0.4, 0.6]
    session_of(editor).undo()
    pick(editor, 0, 1, 2)
    grip = QPointF(box.center().x(), box.top())
    got = undone(editor, lambda: drag(editor.graph, grip, grip + QPointF(0, (editor.graph.y_of(0.5) - editor.graph.y_of(0.8)))))
    assert got.values.tolist() == pytest.approx([0.2, 0.5, 0.3, 0.6]) and got.times_s.tolist() == [0.5, 1.0, 2.0, 3.0]


def test_a_corner_scales_both_and_control_about_the_middle(editor: CurveEditor):
    pick(editor, 0, 1, 2)
    box = editor.graph.scale_box()
    assert box is not None
    grip = box.bottomRight()
    quarter = (editor.graph.x_of(2.0) - editor.graph.x_of(0.5)) / 4
    got = undone(editor, lambda: drag(editor.graph, grip, grip - QPointF(quarter, 0), CTRL))
    assert got.keys[0].time_s == pytest.approx(0.875, abs=0.02) and got.keys[2].time_s == pytest.approx(1.625, abs=0.02)


# Tangents.


@pytest.mark.parametrize("kind", TANGENTS)
def test_the_tool_bar_sets_tangents(editor: CurveEditor, qtbot, kind: str):
    pick(editor, 2 if kind == "auto" else 1)
    if kind == "auto":
        editor.bar.tools["flat"].trigger()
    button = editor.bar.widgetForAction(editor.bar.tools[kind])
    got = undone(editor, lambda: qtbot.mouseClick(button, LEFT))
    assert got.keys[2 if kind == "auto" else 1].tangent == kind
    assert [name for name in TANGENTS if editor.bar.tools[name].isChecked()] == [kind], "what the keys are is shown"


def handle(editor: CurveEditor, out: bool) -> QPointF:
    return next(end for _, _, right, end in editor.graph.handles() if right == out)


def test_a_handle_bends_both_sides_and_shift_breaks_it(editor: CurveEditor):
    pick(editor, 1)
    start = handle(editor, out=True)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(0, 30)))
    assert got.keys[1].tangent == "free" and got.keys[1].out_slope == got.keys[1].in_slope < -0.1
    before = got.keys[1].out_slope
    start = handle(editor, out=False)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(0, 30), SHIFT))
    assert got.keys[1].tangent == "broken" and got.keys[1].out_slope == before and got.keys[1].in_slope != before
    start = handle(editor, out=True)
    got = undone(editor, lambda: drag(editor.graph, start, start + QPointF(5, -50)))
    assert got.keys[1].tangent == "broken" and got.keys[1].out_slope != before, "a broken one stays broken"
    assert selected(editor) == {(HAPPY, 1.0)}


def test_stepped_keys_have_no_handle_to_what_they_hold(editor: CurveEditor):
    pick(editor, 1)
    editor.bar.tools["stepped"].trigger()
    assert [out for *_, out, _ in editor.graph.handles()] == [False]


# Adding and removing.


def test_control_and_a_click_on_a_curve_insert_a_key_that_leaves_its_shape(editor: CurveEditor):
    times = np.linspace(0, 4, 300)
    before = curve(editor).evaluate(times)
    point = at(editor.graph, 1.5, float(curve(editor).evaluate(1.5)))
    got = undone(editor, lambda: click(editor.graph, point, CTRL))
    assert len(got.keys) == 5 and got.evaluate(times) == pytest.approx(before, abs=1e-9)
    assert selected(editor) == {(HAPPY, round(got.keys[2].time_s, 6))}


def test_a_double_click_adds_a_key_to_the_selected_track(editor: CurveEditor):
    click_row(editor, "emotions/fear")
    undone(editor, lambda: double_click(editor.graph, at(editor.graph, 3.5, 0.97)))
    assert curve(editor, "emotions/fear").keys[0].value == pytest.approx(0.97, abs=0.01)


def test_a_double_click_where_no_track_is_selected_says_what_to_do(editor: CurveEditor):
    before = session_of(editor).document
    double_click(editor.graph, at(editor.graph, 3.5, 0.97))
    assert session_of(editor).document == before and "Select one track" in editor.bar.notice.text()


def test_a_key_at_the_playhead_by_key(editor: CurveEditor, qtbot):
    pick(editor, 1)
    editor.model.player.seek(1.5)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_S))
    assert got.index_near(1.5) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete(editor: CurveEditor, qtbot, key: Qt.Key):
    pick(editor, 1, 2)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, key))
    assert got.times_s.tolist() == [0.5, 3.0] and selected(editor) == set()


def test_copy_and_paste_at_the_playhead(editor: CurveEditor, qtbot):
    pick(editor, 0, 1)
    qtbot.keyClick(editor.graph, Qt.Key.Key_C, CTRL)
    editor.model.player.seek(2.2)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_V, CTRL))
    assert [(round(k.time_s, 3), k.value) for k in got.keys[3:5]] == [(2.2, 0.2), (2.7, 0.8)]
    assert selected(editor) == {(HAPPY, 2.2), (HAPPY, 2.7)}


def test_keys_of_one_track_are_pasted_on_the_track_selected(editor: CurveEditor, qtbot):
    pick(editor, 0, 1)
    qtbot.keyClick(editor.graph, Qt.Key.Key_C, CTRL)
    click_row(editor, "emotions/fear")
    editor.model.selection.select()
    undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_V, CTRL))
    assert curve(editor, "emotions/fear").times_s.tolist() == [0.0, 0.5]


def test_what_would_lie_beyond_the_line_is_left_out_and_said(editor: CurveEditor, qtbot):
    pick(editor, 0, 1, 2)
    qtbot.keyClick(editor.graph, Qt.Key.Key_C, CTRL)
    editor.model.player.seek(3.7)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_V, CTRL))
    assert got.times_s.tolist() == pytest.approx([0.5, 1.0, 2.0, 3.0, 3.7])
    assert editor.bar.notice.text().startswith("2 keys were left out")


def test_cut_and_duplicate(editor: CurveEditor, qtbot):
    pick(editor, 1, 2)
    editor.model.player.seek(2.5)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_D, CTRL))
    assert got.times_s.tolist() == pytest.approx([0.5, 1.0, 2.0, 2.5, 3.0, 3.5])
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_X, CTRL))
    assert got.times_s.tolist() == [0.5, 1.0, 2.0, 3.0]
    assert {track: len(keys) for track, keys in clipboard.take().items()} == {HAPPY: 2}


def test_a_foreign_clipboard_changes_nothing(editor: CurveEditor, qtbot):
    QGuiApplication.clipboard().setText("hello")
    before = session_of(editor).document
    qtbot.keyClick(editor.graph, Qt.Key.Key_V, CTRL)
    assert session_of(editor).document == before and "no keys to paste" in editor.bar.notice.text()


# Numbers.


def test_time_and_value_are_typed(editor: CurveEditor, qtbot):
    pick(editor, 1)
    assert editor.bar.time_field.text() == "00:00:01:00" and editor.bar.value_field.text() == "0.800"

    def type_in(field: QWidget, text: str) -> None:
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    got = undone(editor, lambda: type_in(editor.bar.value_field, "0.35"))
    assert got.keys[1].value == 0.35
    for text, wanted in (("1:15", 1.5), ("48f", 1.6), ("1.25s", 1.25), ("+3", 1.35)):
        got = undone(editor, lambda text=text: type_in(editor.bar.time_field, text))
        assert got.keys[1].time_s == pytest.approx(wanted)
    before = session_of(editor).document
    type_in(editor.bar.time_field, "soon")
    assert session_of(editor).document == before and "is no time" in editor.bar.notice.text()
    type_in(editor.bar.value_field, "much")
    assert session_of(editor).document == before and "is no number" in editor.bar.notice.text()


def test_a_value_typed_holds_for_all_selected_keys(editor: CurveEditor, qtbot):
    pick(editor, 0, 1, 2)
    assert editor.bar.value_field.text() == ""
    editor.bar.value_field.setFocus()
    qtbot.keyClicks(editor.bar.value_field, "0.5")
    got = undone(editor, lambda: qtbot.keyClick(editor.bar.value_field, Qt.Key.Key_Return))
    assert got.values.tolist() == [0.5, 0.5, 0.5, 0.6] and got.times_s.tolist() == [0.5, 1.0, 2.0, 3.0]
