from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.project.edits import PutPart, SetTrackState
from engine.project.parts import TrackState
from tests.studio.timeline_scene import ALT, CTRL, NONE, SHIFT, Scene

HAPPY = "emotions/happy"


def times(scene: Scene, track: str = HAPPY) -> list[float]:
    return [round(k.time_s, 4) for k in scene.line.curve(track).keys]


def values(scene: Scene, track: str = HAPPY) -> list[float]:
    return [round(k.value, 2) for k in scene.line.curve(track).keys]


def test_a_key_is_dragged_in_time_and_value_and_snaps_to_a_frame(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 1.712, 0.9))
        assert scene.selection.keys == {(HAPPY, scene.line.curve(HAPPY).keys[1].time_s)}
    assert times(scene) == [0.5, 1.7, 2.5] and values(scene)[1] == pytest.approx(0.9, abs=0.05)


def test_shift_locks_the_axis(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 2.0, 0.6) + QPoint(0, 9), NONE, SHIFT)
    assert times(scene) == [0.5, 2.0, 2.5] and values(scene) == [0.2, 0.6, 0.4]
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 2.0, 0.6), scene.at(HAPPY, 2.0, 0.9) + QPoint(6, 0), NONE, SHIFT)
    assert times(scene) == [0.5, 2.0, 2.5] and values(scene)[1] > 0.8


def test_snapping_is_switched_off_and_suspended(scene: Scene):
    scene.key(Qt.Key.Key_N)
    assert scene.view.snapping  # the action began unchecked: N switches it on
    scene.key(Qt.Key.Key_N)
    assert not scene.view.snapping
    scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 1.5, 0.6) + QPoint(33, 0))
    assert times(scene)[1] == pytest.approx(1.5 + 33 / scene.view.axis.px_per_s, abs=0.004)
    scene.session.undo()
    scene.key(Qt.Key.Key_N)
    scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 1.5, 0.6) + QPoint(33, 0), NONE, CTRL)
    assert times(scene)[1] == pytest.approx(1.5 + 33 / scene.view.axis.px_per_s, abs=0.004)
    scene.session.undo()
    scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 1.5, 0.6) + QPoint(33, 0), NONE, ALT)
    assert times(scene)[1] == pytest.approx(1.5 + 33 / scene.view.axis.px_per_s, abs=0.004)


@pytest.mark.parametrize(("target", "off"), [(2.4, 0.012), (3.0, 0.02), (1.0, -0.02)])  # a phoneme's bound, a marker, a key of another track
def test_a_drag_snaps_to_what_is_near_and_shows_it(scene: Scene, target: float, off: float):
    start = scene.at(HAPPY, 1.5, 0.6)
    scene.press(start)
    scene.hold_at(start + QPoint(5, 0))
    scene.hold_at(scene.at(HAPPY, target + off, 0.6))
    assert scene.view.overlay.snap_s == pytest.approx(target)
    scene.release(scene.at(HAPPY, target + off, 0.6))
    assert target in times(scene) and scene.view.overlay.snap_s is None


def test_escape_takes_a_drag_back(scene: Scene):
    with scene.nothing():
        scene.press(scene.at(HAPPY, 1.5, 0.6))
        scene.hold_at(scene.at(HAPPY, 2.0, 0.9))
        assert times(scene)[1] != 1.5
        scene.key(Qt.Key.Key_Escape)
        scene.release(scene.at(HAPPY, 2.0, 0.9))
    assert scene.selection.keys == {(HAPPY, 1.5)}


def test_keys_pressed_in_the_middle_of_a_drag_do_nothing(scene: Scene):
    with scene.one_step():
        scene.press(scene.at(HAPPY, 1.5, 0.6))
        scene.hold_at(scene.at(HAPPY, 1.8, 0.6))
        scene.key(Qt.Key.Key_Delete)
        scene.key(Qt.Key.Key_V, CTRL)
        scene.hold_at(scene.at(HAPPY, 2.0, 0.6))
        scene.release(scene.at(HAPPY, 2.0, 0.6))
    assert times(scene) == [0.5, 2.0, 2.5]


def test_keys_are_selected_one_by_one_and_cleared(scene: Scene):
    scene.click(scene.at(HAPPY, 0.5, 0.2))
    assert scene.selection.keys == {(HAPPY, 0.5)} and scene.selection.tracks == {HAPPY}
    scene.click(scene.at(HAPPY, 1.5, 0.6), SHIFT)
    scene.click(scene.at("emotions/sad", 1.0, 0.5), CTRL)
    assert scene.selection.keys == {(HAPPY, 0.5), (HAPPY, 1.5), ("emotions/sad", 1.0)}
    scene.click(scene.at(HAPPY, 1.5, 0.6), CTRL)
    assert scene.selection.keys == {(HAPPY, 0.5), ("emotions/sad", 1.0)}
    scene.click(scene.at(HAPPY, 0.5, 0.2))
    assert scene.selection.keys == {(HAPPY, 0.5)}
    scene.click(scene.at(HAPPY, 3.5, part=0.2))
    assert scene.selection.empty
    scene.click(scene.at(HAPPY, 0.5, 0.2))
    scene.key(Qt.Key.Key_Escape)
    assert scene.selection.empty


def test_a_box_selects_over_lanes_and_adds(scene: Scene):
    scene.drag(scene.at(HAPPY, 0.8, part=0.1), scene.at("emotions/sad", 2.0, part=0.9))
    assert scene.selection.keys == {(HAPPY, 1.5), ("emotions/sad", 1.0)}
    scene.drag(scene.at("pins", 1.1, part=0.1), scene.at("takes", 2.7, part=0.6), SHIFT)
    assert scene.selection.parts == {("pins", "pin"), ("take_clips", "clip")} and len(scene.selection.keys) == 2
    scene.drag(scene.at(HAPPY, 2.2, part=0.1), scene.at(HAPPY, 2.9, part=0.9))
    assert scene.selection.keys == {(HAPPY, 2.5)} and not scene.selection.parts


def test_keys_of_several_tracks_move_together_with_clips(scene: Scene):
    scene.drag(scene.at(HAPPY, 0.8, part=0.1), scene.at("pins", 1.7, part=0.9))
    assert len(scene.selection.keys) == 2 and ("pins", "pin") in scene.selection.parts
    scene.selection.select(scene.selection.keys, [("pins", "pin")])
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 1.9, 0.6), NONE, SHIFT)
    assert 1.9 in times(scene) and times(scene, "emotions/sad") == [1.4] and scene.line.pins[0].time_s == pytest.approx(1.9)


def test_nothing_is_dragged_out_of_the_line(scene: Scene):
    scene.selection.select([(HAPPY, 0.5), (HAPPY, 2.5)])
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 2.5, 0.4), scene.at(HAPPY, 2.5, 0.4) - QPoint(420, 0), NONE, SHIFT)
    assert times(scene) == [0.0, 1.5, 2.0]
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 2.0, 0.4), QPoint(scene.view.width() - 3, scene.at(HAPPY, 1.0, 0.4).y()), NONE, SHIFT)
    assert times(scene)[-1] <= 4.0


def test_alt_drags_copies(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 3.2, 0.6), ALT, ALT | SHIFT)
        assert {(t, round(at, 4)) for t, at in scene.selection.keys} == {(HAPPY, 3.2)}
    assert times(scene) == [0.5, 1.5, 2.5, 3.2]


def test_a_double_click_adds_a_key_where_it_is(scene: Scene):
    with scene.one_step():
        scene.double_click(scene.at(HAPPY, 3.0, 0.8))
    assert times(scene)[-1] == 3.0 and values(scene)[-1] == pytest.approx(0.8, abs=0.04)
    with scene.one_step():  # collapsed: on the curve
        scene.double_click(scene.at("emotions/fear", 2.0))
    assert times(scene, "emotions/fear") == [2.0] and values(scene, "emotions/fear") == [0.0]
    place = scene.view.stack.place("emotions/fear")
    assert place is not None and not place.folded, "its first key expands it"
    with scene.one_step():
        scene.double_click(scene.at("intensity", 2.0))
    assert values(scene, "intensity") == [1.0]


def test_a_value_is_typed(scene: Scene):
    with scene.one_step():
        scene.double_click(scene.at(HAPPY, 1.5, 0.6))
        scene.type("0,85")
    assert values(scene)[1] == 0.85
    with scene.nothing():
        scene.key(Qt.Key.Key_Return)
        assert scene.view.inline.editing
        scene.type("0.1", Qt.Key.Key_Escape)
    assert not scene.view.inline.editing and scene.view.hasFocus()
    with scene.nothing():
        scene.key(Qt.Key.Key_F2)
        scene.type("much")
    assert "no number" in scene.said[-1]


def test_keys_are_deleted(scene: Scene):
    scene.selection.select([(HAPPY, 0.5), (HAPPY, 1.5), ("emotions/sad", 1.0)])
    with scene.one_step():
        scene.key(Qt.Key.Key_Delete)
    assert times(scene) == [2.5] and "sad" not in scene.line.emotions and scene.selection.empty


def test_keys_are_nudged(scene: Scene):
    scene.selection.select([(HAPPY, 1.5)])
    for key, modifiers, expected in (
        (Qt.Key.Key_Right, ALT, 1.5 + 1 / 30), (Qt.Key.Key_Left, ALT, 1.5), (Qt.Key.Key_Right, ALT | SHIFT, 1.5 + 10 / 30), (Qt.Key.Key_Left, ALT | SHIFT, 1.5),
    ):  # fmt: skip
        with scene.one_step():
            scene.key(key, modifiers)
            assert scene.selection.keys == {(HAPPY, scene.line.curve(HAPPY).keys[1].time_s)}
        assert times(scene)[1] == pytest.approx(expected, abs=1e-4)
        scene.selection.select([(HAPPY, scene.line.curve(HAPPY).keys[1].time_s)])
    with scene.one_step():
        scene.key(Qt.Key.Key_Up, ALT)
    assert values(scene)[1] == 0.65


def test_all_is_selected_on_the_selected_tracks_or_on_all(scene: Scene):
    scene.click(scene.header(HAPPY, "name"))
    scene.key(Qt.Key.Key_A, CTRL)
    assert scene.selection.keys == {(HAPPY, t) for t in (0.5, 1.5, 2.5)} and not scene.selection.parts
    scene.selection.select_tracks(())
    scene.key(Qt.Key.Key_A, CTRL)
    assert len(scene.selection.keys) == 7 and {k for k, _ in scene.selection.parts} == {"instructions", "pins", "take_clips", "markers"}


def test_keys_are_walked_with_brackets(scene: Scene):
    scene.click(scene.header(HAPPY, "name"))
    scene.player.seek(1.0)
    scene.key(Qt.Key.Key_BracketRight)
    assert scene.selection.keys == {(HAPPY, 1.5)} and scene.player.position_s == 1.5
    scene.key(Qt.Key.Key_BracketLeft)
    assert scene.selection.keys == {(HAPPY, 0.5)} and scene.player.position_s == 0.5
    scene.key(Qt.Key.Key_BracketLeft)
    assert scene.said[-1] == "No further key"


def test_a_tangent_is_chosen(scene: Scene):
    with scene.one_step():
        scene.choose(scene.at(HAPPY, 1.5, 0.6), "Tangent", "Stepped")
    assert scene.line.curve(HAPPY).keys[1].tangent == "stepped"


def test_a_locked_track_refuses_with_a_word(scene: Scene):
    scene.session.apply(SetTrackState("line", HAPPY, TrackState(lock=True)))
    with scene.nothing():
        scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 2.0, 0.6))
        scene.key(Qt.Key.Key_Delete)
        scene.double_click(scene.at(HAPPY, 3.0, 0.8))
        scene.key(Qt.Key.Key_Right, ALT)
    assert "Happy is locked" in scene.said[-1]
    scene.selection.select([(HAPPY, 1.5), ("emotions/sad", 1.0)])
    with scene.one_step():  # what is not locked goes
        scene.key(Qt.Key.Key_Delete)
    assert len(times(scene)) == 3 and "sad" not in scene.line.emotions


def test_keys_of_a_layer_are_edited_in_its_channels(scene: Scene):
    scene.click(scene.header("layers/fix", "fold"))
    with scene.one_step():
        scene.drag(scene.at("layers/fix/browInnerUp", 2.0, 0.4), scene.at("layers/fix/browInnerUp", 2.3, 0.4), NONE, SHIFT)
    assert times(scene, "layers/fix/browInnerUp") == [1.0, 2.3]
    scene.session.undo()
    with scene.one_step():  # a moment of the layer: all its channels
        scene.drag(scene.at("layers/fix", 2.0), scene.at("layers/fix", 2.5))
    assert times(scene, "layers/fix/browInnerUp") == [1.0, 2.5] and times(scene, "layers/fix/jawOpen") == [2.5]
    scene.session.apply(PutPart("line", replace(scene.line.layers[0], lock=True)))
    with scene.nothing():
        scene.drag(scene.at("layers/fix", 2.5), scene.at("layers/fix", 2.8))
    assert "Fixes" in scene.said[-1]


def test_a_key_dropped_on_another_takes_its_place(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at(HAPPY, 1.5, 0.6), scene.at(HAPPY, 2.5, 0.6), NONE, SHIFT)
    assert times(scene) == [0.5, 2.5] and values(scene) == [0.2, 0.6]


def test_the_key_under_the_pointer_is_ringed(scene: Scene):
    QTest.mouseMove(scene.view, scene.at(HAPPY, 3.5, part=0.2))
    scene.hold_at(scene.at(HAPPY, 1.5, 0.6), button=Qt.MouseButton.NoButton)
    assert scene.view.overlay.hovered is not None and scene.view.overlay.hovered[1].time_s == 1.5
    scene.hold_at(scene.at(HAPPY, 3.5, part=0.2), button=Qt.MouseButton.NoButton)
    assert scene.view.overlay.hovered is None
