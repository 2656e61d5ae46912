"""What the curve editor's menu does with keys: each entry one step, undone, and the documents compared."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from studio.curves.editor import CurveEditor
from tests.studio.curve_scene import (
    CAPTURED,
    JAW,
    choose,
    click_row,
    curve,
    dialog,
    drag,
    pick,
    place,
    session_of,
    undone,
)


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
