"""What the curve editor shows: the list of tracks, the view, the dope sheet, and all of it in the window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeySequence

from engine.core.curves import Curve, Key
from engine.core.motion import MotionClip
from engine.project.edits import PutPart, RemoveKey, SetCurve, SetTrackState
from engine.project.parts import Layer, TrackState
from studio.curves.editor import CurveEditor
from studio.curves.track_list import EYE, LOCK, MUTE, SOLO, point_of
from studio.curves.value_axis import ValueAxis
from studio.curves.view import RULER_PX
from tests.studio.conftest import pixels
from tests.studio.curve_scene import (
    ALT,
    CTRL,
    DURATION_S,
    HAPPY,
    LINE,
    MIDDLE,
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
    session_of,
    undone,
    wheel,
)

# The list.


def test_the_list_shows_tracks_by_layer_and_region(editor: CurveEditor):
    titles = [item.title for item in editor.tracks._items()]
    assert titles[:3] == ["Emotions", "angry", "contempt"] and titles.index("Polish") < titles.index("Capture")
    assert titles[titles.index("Capture") + 1 : titles.index("Camera")] == ["jawOpen", "mouthSmileLeft"]
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


def test_curves_of_other_units_are_drawn_against_their_own_limits(editor: CurveEditor):
    """Millimetres of the head beside levels: dragged by as much on the screen, each by its own measure in value."""
    address = "layers/capture/headPosX"
    session_of(editor).apply(SetCurve(LINE.id, address, Curve((Key(1.5, 75.0), Key(3.5, -30.0)))))
    editor.bar.tools["normalise"].trigger()
    graph = editor.graph
    assert graph.values.high < 2.0 and graph.place(address, Key(1.5, 75.0)).y() == pytest.approx(graph.y_of(0.5))
    click(graph, place(editor, 1))
    click(graph, place(editor, 0, address), SHIFT)
    start = place(editor, 1)
    undone(editor, lambda: drag(graph, start, start - QPointF(0, 20)))
    rise = 20 * graph.value_per_px
    assert curve(editor).keys[1].value == pytest.approx(0.8 + rise) and curve(editor, address).keys[0].value == pytest.approx(75 + 150 * rise)
    click(graph, place(editor, 0, address))
    end = next(end for _, _, out, end in graph.handles() if out)
    undone(editor, lambda: drag(graph, end, place(editor, 0, address) + QPointF(40, -30)))
    assert curve(editor, address).keys[0].out_slope == pytest.approx(150 * 30 * graph.value_per_px / (40 / graph.axis.px_per_s))
    click(graph, place(editor, 0, address))
    click(graph, place(editor, 1, address), SHIFT)
    box = graph.scale_box()
    assert box is not None
    before = curve(editor, address).values
    grip = QPointF(box.center().x(), box.top())
    half = (graph.place(address, Key(0, before[1])).y() - graph.place(address, Key(0, before[0])).y()) / 2
    undone(editor, lambda: drag(graph, grip, grip + QPointF(0, half)))
    assert curve(editor, address).values.tolist() == pytest.approx([(before[0] + before[1]) / 2, before[1]], abs=0.5)


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
