"""The curve editor: every verb by mouse or key, then undone, and the documents compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from engine.core.curves import TANGENTS, Curve, Key
from engine.core.motion import MotionClip
from engine.project.document import LineDoc, Media
from engine.project.edits import AddLine, PutPart, RemoveKey, SetCurve, SetTrackState
from engine.project.parts import Layer, TrackState
from studio.curves import clipboard
from studio.curves.dialogs import AmountDialog
from studio.curves.editor import CurveEditor
from studio.curves.graph import GraphView
from studio.curves.track_list import EYE, LOCK, MUTE, SOLO, point_of
from studio.curves.value_axis import ValueAxis
from studio.curves.view import RULER_PX, KeyView
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session
from tests.studio.conftest import pixels

SHIFT, CTRL, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
HAPPY, SAD = "emotions/happy", "emotions/sad"
JAW = "layers/capture/jawOpen"
DURATION_S = 4.0
CAPTURED = Curve(tuple(Key(i / 30, 0.5 + 0.3 * float(np.sin(i / 9)), "linear") for i in range(100)))
LINE = LineDoc(
    "line", "one", Media("a.wav", "0" * 64, DURATION_S, 48000),
    emotions={
        "happy": Curve((Key(0.5, 0.2), Key(1.0, 0.8), Key(2.0, 0.4), Key(3.0, 0.6, "stepped"))),
        "sad": Curve((Key(0.5, 0.9), Key(1.5, 0.1))),
    },
    layers=(
        Layer("capture", "Capture", "override", curves={"jawOpen": CAPTURED, "mouthSmileLeft": Curve((Key(1.0, 0.3), Key(2.0, 0.7)))}),
        Layer("polish", "Polish", curves={"browInnerUp": Curve((Key(1.0, 0.2),))}),
    ),
)  # fmt: skip


@pytest.fixture
def editor(qtbot, own_cache: Path):
    session = Session()
    session.apply(AddLine(session.document.characters[0].id, LINE))
    session.select(LINE.id)
    player = Player(None, SilentClock("a test"))
    player.set_line(DURATION_S, Fraction(30), None)
    made = CurveEditor(session, player, Selection(session))
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    qtbot.waitExposed(made)
    made.frame_all()
    made.graph.setFocus()
    yield made
    session.close()


def session_of(editor: CurveEditor) -> Session:
    return editor.model.session


def curve(editor: CurveEditor, track: str = HAPPY) -> Curve:
    return editor.model.curve(track)


def selected(editor: CurveEditor) -> set[tuple[str, float]]:
    return {(track, round(t, 6)) for track, t in editor.model.selection.keys}


def undone(editor: CurveEditor, act: Callable[[], None]) -> Curve:
    """Do something that must be one step: undo it, redo it, compare the documents. What it selected is selected afterwards."""
    session = session_of(editor)
    before = session.document
    steps = session.history.journal.cursor
    act()
    after = session.document
    assert after != before, "nothing happened"
    assert session.history.journal.cursor == steps + 1, "one step"
    chosen = editor.model.selection.keys
    session.undo()
    assert session.document == before
    session.redo()
    assert session.document == after
    editor.model.select(chosen)
    return curve(editor)


def send(widget: QWidget, kind: QEvent.Type, point: QPointF, button: Qt.MouseButton, held: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
    event = QMouseEvent(kind, point, QPointF(widget.mapToGlobal(point.toPoint())), button, held, modifiers)
    QApplication.sendEvent(widget, event)


def drag(
    widget: QWidget, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT, release: bool = True,
    press: Qt.KeyboardModifier | None = None,
) -> None:  # fmt: skip
    send(widget, QEvent.Type.MouseButtonPress, start, button, button, modifiers if press is None else press)
    for share in (0.25, 0.5, 1.0):
        send(widget, QEvent.Type.MouseMove, start + (end - start) * share, Qt.MouseButton.NoButton, button, modifiers)
    if release:
        send(widget, QEvent.Type.MouseButtonRelease, end, button, Qt.MouseButton.NoButton, modifiers)


def click(widget: QWidget, point: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
    send(widget, QEvent.Type.MouseButtonPress, point, LEFT, LEFT, modifiers)
    send(widget, QEvent.Type.MouseButtonRelease, point, LEFT, Qt.MouseButton.NoButton, modifiers)


def double_click(widget: QWidget, point: QPointF) -> None:
    click(widget, point)
    send(widget, QEvent.Type.MouseButtonDblClick, point, LEFT, LEFT, NONE)
    send(widget, QEvent.Type.MouseButtonRelease, point, LEFT, Qt.MouseButton.NoButton, NONE)


def wheel(view: KeyView, point: QPointF, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        point, QPointF(view.mapToGlobal(point.toPoint())), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def at(graph: GraphView, time_s: float, value: float) -> QPointF:
    return QPointF(graph.x_of(time_s), graph.y_of(value))


def place(editor: CurveEditor, index: int, track: str = HAPPY) -> QPointF:
    return editor.graph.place(curve(editor, track).keys[index])


def pick(editor: CurveEditor, *indices: int, track: str = HAPPY) -> None:
    """Select keys by clicking on them, the further ones with Shift."""
    for n, index in enumerate(indices):
        click(editor.graph, place(editor, index, track), SHIFT if n else NONE)
    assert {t for _, t in selected(editor)} == {round(curve(editor, track).keys[i].time_s, 6) for i in indices}


def choose(editor: CurveEditor, name: str) -> None:
    """An entry of the menu that a right click brings."""
    menu = editor._build_menu()
    actions = {a.objectName(): a for m in (menu, *menu.findChildren(QMenu)) for a in m.actions()}
    actions[name].trigger()
    menu.deleteLater()


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


# The menu.


def dialog(editor: CurveEditor, qtbot) -> AmountDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in editor.findChildren(AmountDialog)))
    return next(d for d in editor.findChildren(AmountDialog) if d.isVisible())


def test_simplify_keeps_its_tolerance_and_is_seen_before_it_is_kept(editor: CurveEditor, qtbot):
    click_row(editor, JAW)
    before = session_of(editor).document

    def simplify(tolerance: float, key: Qt.Key) -> None:
        choose(editor, "simplify")
        box = dialog(editor, qtbot)
        box.number.setValue(tolerance)
        qtbot.waitUntil(lambda: len(curve(editor, JAW).keys) < 60)
        assert box.result_label.text().startswith("100 keys become")
        qtbot.keyClick(box, key)

    simplify(0.02, Qt.Key.Key_Escape)
    assert session_of(editor).document == before
    undone(editor, lambda: simplify(0.02, Qt.Key.Key_Return))
    times = np.linspace(0, 3.3, 2000)
    assert len(curve(editor, JAW).keys) < 12
    assert np.abs(curve(editor, JAW).evaluate(times) - CAPTURED.evaluate(times)).max() <= 0.0201


def test_many_keys_are_simplified_on_another_thread(editor: CurveEditor, qtbot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("studio.curves.dialogs.AT_ONCE", 10)
    click_row(editor, JAW)

    def simplify() -> None:
        choose(editor, "simplify")
        box = dialog(editor, qtbot)
        for tolerance in (0.1, 0.05, 0.02):
            box.number.setValue(tolerance)
            qtbot.wait(1)
        qtbot.waitUntil(lambda: box.result_label.text().startswith("100 keys"))
        qtbot.keyClick(box, Qt.Key.Key_Return)

    undone(editor, simplify)
    times = np.linspace(0, 3.3, 2000)
    assert len(curve(editor, JAW).keys) < 12
    assert np.abs(curve(editor, JAW).evaluate(times) - CAPTURED.evaluate(times)).max() <= 0.0201, "the last tolerance counts"


def test_smooth_and_retime_ask_how_much(editor: CurveEditor, qtbot):
    pick(editor, 0, 1, 2)

    def ask(name: str, number: float) -> None:
        choose(editor, name)
        box = dialog(editor, qtbot)
        box.number.setValue(number)
        qtbot.keyClick(box, Qt.Key.Key_Return)

    got = undone(editor, lambda: ask("smooth", 1.0))
    assert got.keys[1].value == pytest.approx(0.8 + 0.5 * (0.2 + 0.2 / 3 - 0.8)) and got.keys[0].value == 0.2
    session_of(editor).undo()
    got = undone(editor, lambda: ask("retime", 50.0))
    assert got.times_s.tolist() == [0.5, 0.75, 1.25, 3.0]


@pytest.mark.parametrize("name", ["bake", "snap", "reverse", "flip"])
def test_operations_are_one_step_each(editor: CurveEditor, name: str):
    if name == "snap":
        editor.bar.tools["snap frames"].trigger()
        start = place(editor, 1)
        drag(editor.graph, start, start + QPointF(31, 0))
    pick(editor, 0, 1, 2)
    got = undone(editor, lambda: choose(editor, name))
    if name == "bake":
        assert len(got.keys) == 46 + 1
    elif name == "snap":
        assert got.keys[1].time_s * 30 == pytest.approx(round(got.keys[1].time_s * 30))
    elif name == "reverse":
        assert [(k.time_s, k.value) for k in got.keys] == [(0.5, 0.4), (1.5, 0.8), (2.0, 0.2), (3.0, 0.6)]
    else:
        assert got.values.tolist() == pytest.approx([0.8, 0.2, 0.6, 0.6])


@pytest.mark.parametrize(("preset", "middle"), [("ease in", 0.7), ("ease out", 0.5), ("hold", 0.8), ("linear", 0.6), ("ease in-out", 0.6)])
def test_eases(editor: CurveEditor, preset: str, middle: float):
    pick(editor, 1, 2)
    got = undone(editor, lambda: choose(editor, f"ease {preset}"))
    assert float(got.evaluate(1.5)) == pytest.approx(middle)


def test_left_and_right_are_mirrored(editor: CurveEditor):
    click_row(editor, "layers/capture/mouthSmileLeft")
    left = curve(editor, "layers/capture/mouthSmileLeft")
    undone(editor, lambda: choose(editor, "mirror_sides"))
    assert curve(editor, "layers/capture/mouthSmileRight") == left and not curve(editor, "layers/capture/mouthSmileLeft").keys


def test_operations_without_keys_say_what_to_do(editor: CurveEditor):
    before = session_of(editor).document
    verbs = editor.verbs
    for do in (verbs.reverse, verbs.simplify, lambda: verbs.ease("hold"), verbs.mirror_sides, verbs.key_at_playhead):
        editor.bar.notice.setText("")
        do()
        assert editor.bar.notice.text().startswith("Select")
    menu = editor._build_menu()
    able = {a.objectName(): a.isEnabled() for a in menu.actions()}
    assert able["paste"] and able["select_all"] and not able["cut"] and not able["simplify"]
    assert session_of(editor).document == before


# The list.


def click_row(editor: CurveEditor, track: str, column: int = 0, modifiers: Qt.KeyboardModifier = NONE) -> None:
    item = editor.tracks.item_of(track)
    assert item is not None
    editor.tracks.scrollToItem(item)
    click(editor.tracks.viewport(), QPointF(point_of(editor.tracks, item, column)), modifiers)


def test_the_list_shows_tracks_by_layer_and_region(editor: CurveEditor):
    titles = [item.title for item in editor.tracks._items()]
    assert titles[:3] == ["Emotions", "angry", "contempt"] and titles.index("Polish") < titles.index("Capture")
    assert titles[titles.index("Capture") + 1 :] == ["jawOpen", "mouthSmileLeft"]
    editor.all_button.click()
    titles = [item.title for item in editor.tracks._items()]
    assert "brows" in titles and "eyeBlinkLeft" in titles


def test_searching_lists_what_is_found(editor: CurveEditor, qtbot):
    editor.search.setFocus()
    qtbot.keyClicks(editor.search, "smile")
    assert [i.title for i in editor.tracks._items() if not i.group] == ["mouthSmileLeft"]
    assert editor.search.text() == "smile", "letters go into the field, not to the verbs"
    editor.search.clear()
    assert len(editor.tracks._items()) > 10


@pytest.mark.parametrize(("column", "name"), [(MUTE, "mute"), (SOLO, "solo"), (LOCK, "lock")])
def test_switches_of_tracks_and_layers(editor: CurveEditor, column: int, name: str):
    undone(editor, lambda: click_row(editor, HAPPY, column))
    assert getattr(session_of(editor).line.track_state(HAPPY), name)
    layer = next(i for i in editor.tracks._items() if i.layer == "capture")
    undone(editor, lambda: click(editor.tracks.viewport(), QPointF(point_of(editor.tracks, layer, column))))
    assert getattr(session_of(editor).line.layer("capture"), name)


def test_switches_by_key(editor: CurveEditor, qtbot):
    click_row(editor, HAPPY)
    editor.tracks.setFocus()
    undone(editor, lambda: qtbot.keyClick(editor.tracks, Qt.Key.Key_M))
    assert session_of(editor).line.track_state(HAPPY).mute
    qtbot.keyClick(editor.tracks, Qt.Key.Key_V)
    assert not editor.model.visible(HAPPY)


def test_hiding_shows_less_and_alt_shows_one(editor: CurveEditor):
    shown = lambda: {t.address for t in editor.model.shown()}  # noqa: E731
    before, picture = shown(), pixels(editor.graph.grab().toImage())
    click_row(editor, HAPPY, EYE)
    assert shown() == before - {HAPPY}
    assert (pixels(editor.graph.grab().toImage()) != picture).any()
    click_row(editor, SAD, EYE, ALT)
    assert shown() == {SAD}


def test_a_locked_track_cannot_be_changed(editor: CurveEditor, qtbot):
    pick(editor, 1)
    session_of(editor).apply(SetTrackState(LINE.id, HAPPY, TrackState(lock=True)))
    before = session_of(editor).document
    start = place(editor, 1)
    drag(editor.graph, start, start + QPointF(50, 20))
    qtbot.keyClick(editor.graph, Qt.Key.Key_Delete)
    click(editor.graph, at(editor.graph, 1.5, float(curve(editor).evaluate(1.5))), CTRL)
    assert session_of(editor).document == before and "locked" in editor.bar.notice.text()
    drag(editor.graph, at(editor.graph, 0.1, 0.99), at(editor.graph, 3.9, 0.01))
    assert not any(track == HAPPY for track, _ in selected(editor))


def test_only_selected_tracks_are_shown_where_wished(editor: CurveEditor):
    click_row(editor, HAPPY)
    editor.bar.tools["selected only"].trigger()
    assert [t.address for t in editor.model.shown()] == [HAPPY]
    editor.bar.tools["selected only"].trigger()
    assert len(editor.model.shown()) == 5


# The view.


def test_the_wheel_zooms_to_the_pointer(editor: CurveEditor):
    graph = editor.graph
    point = at(graph, 1.5, 0.6)
    wheel(graph, point, 3)
    assert graph.raw_time(point.x()) == pytest.approx(1.5) and graph.axis.px_per_s > graph.axis.fitting_px_per_s * 1.5
    span = graph.values.high - graph.values.low
    wheel(graph, point, 2, CTRL)
    assert graph.value_at(point.y()) == pytest.approx(0.6) and graph.values.high - graph.values.low < span / 1.5
    start = graph.axis.start_s
    wheel(graph, point, -1, SHIFT)
    assert graph.axis.start_s > start


def test_the_middle_button_pans_both_ways(editor: CurveEditor):
    graph = editor.graph
    wheel(graph, at(graph, 2.0, 0.5), 4)
    start = at(graph, 2.0, 0.5)
    drag(graph, start, start + QPointF(-40, 25), button=MIDDLE)
    assert at(graph, 2.0, 0.5).x() == pytest.approx(start.x() - 40, abs=0.1) and at(graph, 2.0, 0.5).y() == pytest.approx(start.y() + 25, abs=0.1)


def test_framing(editor: CurveEditor, qtbot):
    pick(editor, 1, 2)
    qtbot.keyClick(editor.graph, Qt.Key.Key_F)
    graph = editor.graph
    assert 0.8 < graph.axis.start_s < 1.0 and 2.0 < graph.axis.end_s < 2.2 and 0.3 < graph.values.low < 0.4 and 0.8 < graph.values.high < 0.9
    qtbot.keyClick(editor.graph, Qt.Key.Key_A)
    assert graph.axis.fits and graph.values.low < 0.1 and graph.values.high > 0.9


def test_the_ruler_scrubs(editor: CurveEditor):
    drag(editor.graph, QPointF(editor.graph.x_of(0.5), 8), QPointF(editor.graph.x_of(2.5), 8))
    assert editor.model.player.position_s == pytest.approx(2.5)


def test_the_ghost_is_drawn_behind_a_layers_channel(editor: CurveEditor):
    before = pixels(editor.graph.grab().toImage()).astype(int)
    values = np.zeros((120, 63), np.float32)
    clip = MotionClip(values, Fraction(30))
    editor.set_ghost(clip.with_channels(["jawOpen"], np.full((120, 1), 0.95, np.float32)))
    after = pixels(editor.graph.grab().toImage()).astype(int)
    rows = np.flatnonzero(np.abs(after - before).sum((1, 2)))
    assert len(rows) and np.all(np.abs(rows - editor.graph.y_of(0.95)) < 3)
    editor.set_ghost(None)
    assert np.array_equal(pixels(editor.graph.grab().toImage()), before)


def test_the_lower_layer_is_painted_once_while_the_playhead_moves_or_a_key_is_dragged(editor: CurveEditor, monkeypatch: pytest.MonkeyPatch):
    pick(editor, 1)
    editor.graph.grab()
    painted: list[int] = []
    lower = editor.graph.paint_lower
    monkeypatch.setattr(editor.graph, "paint_lower", lambda *a: (painted.append(1), lower(*a)))
    for i in range(10):
        editor.model.player.seek(i / 10)
        editor.graph.repaint()
    start = place(editor, 1)
    drag(editor.graph, start, start + QPointF(50, 20), release=False)
    editor.graph.repaint()
    assert not painted
    editor.graph.end_gesture(True)
    editor.graph.repaint()
    assert painted


def test_what_others_change_is_followed(editor: CurveEditor):
    pick(editor, 1)
    session_of(editor).apply(RemoveKey(LINE.id, HAPPY, 1.0))
    assert selected(editor) == set() and len(curve(editor).keys) == 3
    session_of(editor).apply(PutPart(LINE.id, Layer("new", "New", curves={"jawOpen": Curve((Key(0.0, 0.5),))})))
    assert "New" in [i.title for i in editor.tracks._items()]


def test_keys_that_a_shorter_sound_has_left_beyond_the_line_can_be_seen_and_brought_back(editor: CurveEditor):
    session_of(editor).apply(SetCurve(LINE.id, SAD, Curve((Key(1.0, 0.5), Key(5.0, 0.7)))))
    assert editor.graph.axis.duration_s == 5.0
    start = place(editor, 1, SAD)
    undone(editor, lambda: drag(editor.graph, start, start - QPointF(300, 0)))
    assert curve(editor, SAD).keys[1].time_s < 4.0 and editor.graph.axis.duration_s == DURATION_S


def test_values_of_an_axis():
    axis = ValueAxis(0.0, 1.0, 200.0)
    assert axis.y(0.25) == 150 and axis.value(axis.y(0.3)) == pytest.approx(0.3)
    assert [label for _, label in axis.ticks(30)] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert replace(axis, low=5.0, high=5.0).high > 5.0, "never empty"


# The dope sheet.


@pytest.fixture
def sheet(editor: CurveEditor, qtbot) -> CurveEditor:
    qtbot.keyClick(editor.graph, Qt.Key.Key_D)
    assert editor.view is editor.sheet
    qtbot.waitUntil(lambda: len(editor.tracks.rows()) > 8)
    editor.sheet.setFocus()
    return editor


def cell(editor: CurveEditor, track: str, time_s: float) -> QPointF:
    row = next(r for r in editor.tracks.rows() if not r.group and r.tracks[0].address == track)
    return QPointF(editor.sheet.x_of(time_s), editor.sheet.middle(row))


def test_the_sheet_shares_the_selection(sheet: CurveEditor, qtbot):
    click(sheet.sheet, cell(sheet, HAPPY, 1.0))
    click(sheet.sheet, cell(sheet, SAD, 1.5), SHIFT)
    assert selected(sheet) == {(HAPPY, 1.0), (SAD, 1.5)}
    qtbot.keyClick(sheet.sheet, Qt.Key.Key_D)
    assert sheet.view is sheet.graph and selected(sheet) == {(HAPPY, 1.0), (SAD, 1.5)}


def test_sheet_moves_copies_and_deletes(sheet: CurveEditor, qtbot):
    start = cell(sheet, HAPPY, 1.0)
    got = undone(sheet, lambda: drag(sheet.sheet, start, start + QPointF(50, 60)))
    assert got.keys[1].time_s > 1.1 and got.keys[1].value == 0.8
    start = cell(sheet, HAPPY, 2.0)
    got = undone(sheet, lambda: drag(sheet.sheet, start, start + QPointF(40, 0), ALT))
    assert len(got.keys) == 5
    got = undone(sheet, lambda: qtbot.keyClick(sheet.sheet, Qt.Key.Key_Delete))
    assert len(got.keys) == 4


def test_sheet_box_selects_scales_and_pastes(sheet: CurveEditor, qtbot):
    top, bottom = cell(sheet, HAPPY, 0.4), cell(sheet, SAD, 2.2)
    drag(sheet.sheet, top - QPointF(0, 9), bottom + QPointF(0, 9))
    assert selected(sheet) == {(HAPPY, 0.5), (HAPPY, 1.0), (HAPPY, 2.0), (SAD, 0.5), (SAD, 1.5)}
    box = sheet.sheet.scale_box()
    assert box is not None
    grip = QPointF(box.left(), box.center().y())
    got = undone(sheet, lambda: drag(sheet.sheet, grip, grip + QPointF(sheet.sheet.x_of(1.0) - sheet.sheet.x_of(0.5), 0)))
    assert got.times_s.tolist() == pytest.approx([1.0, 1 + 1 / 3, 2.0, 3.0]) and got.values.tolist() == [0.2, 0.8, 0.4, 0.6]
    qtbot.keyClick(sheet.sheet, Qt.Key.Key_C, CTRL)
    sheet.model.player.seek(2.5)
    undone(sheet, lambda: qtbot.keyClick(sheet.sheet, Qt.Key.Key_V, CTRL))
    assert len(curve(sheet, SAD).keys) == 4


def test_a_groups_diamond_takes_all_keys_at_its_time(sheet: CurveEditor):
    row = next(r for r in sheet.tracks.rows() if r.group and r.name == "Emotions")
    start = QPointF(sheet.sheet.x_of(0.5), sheet.sheet.middle(row))
    undone(sheet, lambda: drag(sheet.sheet, start, start + QPointF(30, 0)))
    assert curve(sheet, HAPPY).keys[0].time_s == curve(sheet, SAD).keys[0].time_s > 0.55


def test_a_double_click_on_a_row_adds_a_key(sheet: CurveEditor):
    undone(sheet, lambda: double_click(sheet.sheet, cell(sheet, HAPPY, 1.5)))
    assert curve(sheet).index_near(1.5, 0.02) == 2
    undone(sheet, lambda: double_click(sheet.sheet, cell(sheet, "emotions/fear", 1.5)))
    assert len(curve(sheet, "emotions/fear").keys) == 1


def test_sheet_rows_lie_beside_the_list(sheet: CurveEditor):
    item = sheet.tracks.item_of(SAD)
    assert item is not None
    in_list = sheet.tracks.viewport().mapToGlobal(sheet.tracks.visualItemRect(item).center()).y()
    assert sheet.sheet.mapToGlobal(cell(sheet, SAD, 1.0).toPoint()).y() == pytest.approx(in_list, abs=1)
    assert sheet.sheet.plot.top() == RULER_PX


# In the window.


@pytest.fixture
def in_window(window, speak, qtbot) -> CurveEditor:
    """The window's own curve editor, in front, with curves on a spoken line."""
    speak(window)
    line = window.session.line
    for name, found in LINE.emotions.items():
        keys = Curve(tuple(replace(k, time_s=k.time_s / 3) for k in found.keys))
        window.session.apply(SetCurve(line.id, f"emotions/{name}", keys))
    window.actions_by_name["show_curves"].trigger()
    qtbot.waitUntil(lambda: window.curve_editor.graph.isVisible() and window.curve_editor.graph.height() > 100)
    window.curve_editor.frame_all()
    qtbot.waitUntil(lambda: not window.jobs.tasks)
    return window.curve_editor


def test_in_the_window_keys_act_here_once_and_on_the_playhead_without_a_selection(in_window: CurveEditor, window, qtbot):
    editor, player = in_window, window.player
    assert editor.graph.hasFocus()
    pick(editor, 1)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_Right))
    assert got.keys[1].time_s == pytest.approx(1 / 3 + 1 / 30) and player.position_s == 0.0
    qtbot.keyClick(editor.graph, Qt.Key.Key_C, CTRL)
    player.seek(0.5)
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_V, CTRL))
    assert len(got.keys) == 5
    got = undone(editor, lambda: qtbot.keyClick(editor.graph, Qt.Key.Key_Delete))
    assert len(got.keys) == 4
    qtbot.keyClick(editor.graph, Qt.Key.Key_Escape)
    editor.model.selection.clear()
    qtbot.keyClick(editor.graph, Qt.Key.Key_Right)
    assert player.position_s > 0.5, "without a selection the arrows step frames"


def test_the_windows_menu_acts_on_the_selection(in_window: CurveEditor, window):
    pick(in_window, 1, 2)
    got = undone(in_window, lambda: window.actions_by_name["curves_stepped"].trigger())
    assert [k.tangent for k in got.keys] == ["auto", "stepped", "stepped", "stepped"]
    window.actions_by_name["show_sheet"].trigger()
    assert in_window.view is in_window.sheet


def test_a_persons_own_keys_hold_here_too(in_window: CurveEditor, window, qtbot):
    window.actions_by_name["delete"].setShortcuts([QKeySequence("Ctrl+Shift+9")])
    pick(in_window, 1)
    before = window.session.document
    qtbot.keyClick(in_window.graph, Qt.Key.Key_Delete)
    assert window.session.document == before
    undone(in_window, lambda: qtbot.keyClick(in_window.graph, Qt.Key.Key_9, CTRL | SHIFT))
    assert len(curve(in_window).keys) == 3


def test_the_unit_and_the_length_follow_the_window(in_window: CurveEditor, window):
    assert in_window.graph.axis.duration_s == pytest.approx(window.player.duration_s)
    window.transport.set_unit("frames")
    pick(in_window, 1)
    assert in_window.bar.time_field.text() == "10"
