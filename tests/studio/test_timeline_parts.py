from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt

from engine.project.edits import SetInOut, SetTrackState
from engine.project.parts import TrackState
from tests.studio.timeline_scene import ALT, NONE, Scene

# Events.


def test_ghosts_stay_automatic_until_one_is_moved_and_then_all_are_kept(scene: Scene):
    assert scene.line.blinks is None
    with scene.one_step():
        scene.drag(scene.at("events", 0.8, part=0.27), scene.at("events", 1.2, part=0.27))
    assert scene.line.blinks is not None
    assert [round(b.time_s, 3) for b in scene.line.blinks] == [1.2, 2.6] and scene.line.gazes is None
    with scene.one_step():  # solid now: moves alone
        scene.drag(scene.at("events", 1.2, part=0.27), scene.at("events", 1.6, part=0.27))
    assert [round(b.time_s, 3) for b in scene.line.blinks] == [1.6, 2.6]


def test_a_ghost_whose_drag_is_taken_back_leaves_everything_automatic(scene: Scene):
    with scene.nothing():
        scene.press(scene.at("events", 0.8, part=0.27))
        scene.hold_at(scene.at("events", 1.2, part=0.27))
        assert scene.line.blinks is not None, "the drag has made them a person's own"
        scene.key(Qt.Key.Key_Escape)
        scene.release(scene.at("events", 1.2, part=0.27))
    assert scene.line.blinks is None and scene.line.gazes is None


def test_events_are_deleted_and_left_to_the_performer_again(scene: Scene):
    scene.click(scene.at("events", 2.6, part=0.27))
    assert scene.selection.parts == {("blinks", "auto2")}
    with scene.one_step():
        scene.key(Qt.Key.Key_Delete)
    assert [b.id for b in scene.line.blinks or ()] == ["auto1"]
    with scene.one_step():
        scene.choose(scene.at("events", 3.5), "Blinks Back to Automatic")
    assert scene.line.blinks is None


def test_events_are_added_by_double_click_and_by_action(scene: Scene):
    with scene.one_step():
        scene.double_click(scene.at("events", 3.2, part=0.2))
    assert [round(b.time_s, 3) for b in scene.line.blinks or ()] == [0.8, 2.6, 3.2]
    with scene.one_step():
        scene.double_click(scene.at("events", 3.2, part=0.8))
    assert len(scene.line.gazes or ()) == 3
    scene.player.seek(2.0)
    with scene.one_step():
        scene.window.actions_by_name["add_blink"].trigger()
    with scene.one_step():
        scene.window.actions_by_name["add_gaze"].trigger()
    assert 2.0 in [b.time_s for b in scene.line.blinks or ()] and 2.0 in [g.time_s for g in scene.line.gazes or ()]


def test_a_gaze_is_turned(scene: Scene):
    with scene.one_step():
        scene.choose(scene.at("events", 1.8, part=0.75), "Look to the Right")
    assert (scene.line.gazes or ())[1].yaw_rad == pytest.approx(math.radians(-15))


def test_automatic_events_are_kept_as_they_are(scene: Scene):
    with scene.one_step():
        scene.choose(scene.header("events", "name"), "Edit the Automatic Gaze")
    assert scene.line.gazes == scene.view.content.auto_gazes


# Clips.


@pytest.mark.parametrize(("lane", "kind"), [("instructions", "instructions"), ("takes", "take_clips")])
def test_clips_are_moved_resized_and_copied(scene: Scene, lane: str, kind: str):
    part = getattr(scene.line, kind)[0]
    middle = (part.start_s + part.end_s) / 2
    with scene.one_step():
        scene.drag(scene.at(lane, middle, part=0.8), scene.at(lane, middle + 0.5, part=0.8))
    now = getattr(scene.line, kind)[0]
    assert now.start_s == pytest.approx(part.start_s + 0.5, abs=0.02) and now.end_s - now.start_s == pytest.approx(part.end_s - part.start_s)
    scene.session.undo()
    with scene.one_step():
        scene.drag(scene.at(lane, part.end_s, part=0.8), scene.at(lane, part.end_s + 0.4, part=0.8))
    assert getattr(scene.line, kind)[0].end_s == pytest.approx(part.end_s + 0.4, abs=0.02)
    with scene.one_step():
        scene.drag(scene.at(lane, part.start_s, part=0.8), scene.at(lane, part.start_s - 0.3, part=0.8))
    assert getattr(scene.line, kind)[0].start_s == pytest.approx(part.start_s - 0.3, abs=0.02)
    with scene.one_step():
        scene.drag(scene.at(lane, middle, part=0.8), scene.at(lane, middle + 0.4, part=0.8), ALT)
    assert len(getattr(scene.line, kind)) == 2


def test_a_clip_keeps_a_length(scene: Scene):
    scene.drag(scene.at("instructions", 2.0), scene.at("instructions", 0.1))
    part = scene.line.instructions[0]
    assert 0 < part.end_s - part.start_s < 0.1


def test_an_instruction_is_typed_and_typed_anew(scene: Scene):
    with scene.one_step():
        scene.double_click(scene.at("instructions", 2.5))
        scene.type("then doubtful")
    assert [i.text for i in scene.line.instructions] == ["warmly", "then doubtful"]
    with scene.one_step():
        scene.double_click(scene.at("instructions", 1.0))
        scene.type("coldly")
    assert scene.line.instructions[0].text == "coldly"
    with scene.nothing():
        scene.double_click(scene.at("instructions", 1.0))
        scene.type("hotly", Qt.Key.Key_Escape)
    scene.session.apply(SetInOut("line", 0.2, 3.9))
    scene.player.seek(3.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        scene.type("all of it")
    assert (scene.line.instructions[0].start_s, scene.line.instructions[0].end_s) == (0.2, 3.9)


def test_what_an_instruction_says_becomes_keys_and_goes_along(scene: Scene):
    with scene.one_step():
        scene.double_click(scene.at("instructions", 2.5))
        scene.type("happy, blorp")
    layer = scene.line.layers[-1]
    made = scene.line.instructions[1]
    assert layer.source == f"instruction:{made.id}" and "emotions/happy" in layer.curves
    assert "not understood: blorp" in scene.view.tooltip_at(scene.at("instructions", 3.0))
    keys = layer.curves["emotions/happy"].times_s
    with scene.one_step():  # with a key edited by hand, which stays
        scene.drag(scene.at("instructions", 3.0), scene.at("instructions", 2.8))
    delta_s = scene.line.instructions[1].start_s - made.start_s
    assert delta_s < -0.1 and scene.line.layers[-1].curves["emotions/happy"].times_s == pytest.approx(keys + delta_s)
    with scene.one_step():  # longer: read anew
        scene.drag(scene.at("instructions", scene.line.instructions[1].start_s), scene.at("instructions", 2.2))
    assert scene.line.layers[-1].curves["emotions/happy"].keys[0].time_s == pytest.approx(2.2, abs=0.05)
    scene.selection.select([(f"layers/{layer.id}/emotions/happy", float(k)) for k in scene.line.layers[-1].curves["emotions/happy"].times_s],
                           [("instructions", made.id), ("layers", layer.id)])  # fmt: skip
    with scene.one_step():
        scene.key(Qt.Key.Key_Delete)
    assert len(scene.line.layers) == 1 and len(scene.line.instructions) == 1


def test_an_instruction_is_made_weaker(scene: Scene):
    with scene.one_step():
        scene.choose(scene.at("instructions", 1.0), "Strength", "0.50")
    assert scene.line.instructions[0].strength == 0.5


def test_a_take_is_placed_and_given_regions(scene: Scene):
    with scene.one_step():
        scene.choose(scene.at("takes", 3.5), "Place Take", "Take 1")
    assert len(scene.line.take_clips) == 2 and scene.line.take_clips[1].take_id == "t1"
    with scene.one_step():
        scene.choose(scene.at("takes", 1.3, part=0.3), "Regions", "Brows")
    assert scene.line.take_clips[0].regions == ("brows",)
    with scene.one_step():
        scene.choose(scene.at("takes", 1.3, part=0.3), "Take", "Live Performance")
    assert scene.line.take_clips[0].take_id == ""


def test_a_fade_is_dragged(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at("takes", 1.4, part=0.15), scene.at("takes", 1.8, part=0.15))
    assert scene.line.take_clips[0].fade_s == pytest.approx(0.8, abs=0.03) and scene.line.take_clips[0].start_s == 1.0


# Pins.


def test_pins_are_moved_widened_named_and_added(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at("pins", 1.5), scene.at("pins", 2.2))
    assert scene.line.pins[0].time_s == pytest.approx(2.2, abs=0.02)
    with scene.one_step():
        scene.drag(scene.at("pins", 2.45), scene.at("pins", 2.8))
    assert scene.line.pins[0].reach_s == pytest.approx(0.6, abs=0.03)
    with scene.one_step():
        scene.double_click(scene.at("pins", 2.2))
        scene.type("smile")
    assert scene.line.pins[0].name == "smile"
    with scene.nothing():
        scene.double_click(scene.at("pins", 0.5))
    assert "performed" in scene.said[-1]
    scene.view.editor.add.pose_at = lambda _: {"jawOpen": 0.25}
    with scene.one_step():
        scene.double_click(scene.at("pins", 0.5))
    assert scene.line.pins[0].values == {"jawOpen": 0.25}
    scene.player.seek(3.5)
    with scene.one_step():
        scene.window.actions_by_name["add_pin"].trigger()
    assert scene.line.pins[-1].time_s == 3.5


# Markers, in and out.


def test_markers_are_added_moved_renamed_and_deleted(scene: Scene):
    scene.player.seek(1.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_M)
    assert [m.time_s for m in scene.line.markers] == [1.0, 3.0]
    with scene.one_step():
        scene.drag(scene.at("ruler", 3.0, part=0.15) + QPoint(3, 0), scene.at("ruler", 2.5, part=0.15) + QPoint(3, 0))
    assert scene.line.markers[1].time_s == pytest.approx(2.5, abs=0.02)
    with scene.one_step():
        scene.double_click(scene.at("ruler", 2.5, part=0.15) + QPoint(3, 0))
        scene.type("the turn")
    assert scene.line.markers[1].name == "the turn"
    scene.click(scene.at("ruler", 2.5, part=0.15) + QPoint(3, 0))
    with scene.one_step():
        scene.key(Qt.Key.Key_Delete)
    assert len(scene.line.markers) == 1
    with scene.one_step():
        scene.choose(scene.at("ruler", 2.0, part=0.7), "Add Marker Here")
    with scene.one_step():
        scene.choose(scene.at("ruler", 2.0, part=0.15), "Colour", "Violet")
    assert "#b68be0" in [m.colour for m in scene.line.markers]


def test_the_range_is_dragged_by_its_ends_and_as_a_whole(scene: Scene):
    with scene.one_step():
        scene.choose(scene.at("ruler", 1.0, part=0.7), "Set In Here")
    with scene.one_step():
        scene.choose(scene.at("ruler", 2.0, part=0.7), "Set Out Here")
    assert scene.line.in_s == pytest.approx(1.0, abs=0.01) and scene.line.out_s == pytest.approx(2.0, abs=0.01)
    with scene.one_step():
        scene.drag(scene.at("ruler", 1.0, part=0.15), scene.at("ruler", 0.7, part=0.15))
    assert scene.line.in_s == pytest.approx(0.7, abs=0.02)
    with scene.one_step():
        scene.drag(scene.at("ruler", 2.0, part=0.15), scene.at("ruler", 2.6, part=0.15))
    assert scene.line.out_s == pytest.approx(2.6, abs=0.02)
    with scene.one_step():
        scene.drag(scene.at("ruler", 1.7, part=0.15), scene.at("ruler", 2.0, part=0.15))
    assert (scene.line.in_s or 0) == pytest.approx(1.0, abs=0.02) and (scene.line.out_s or 0) == pytest.approx(2.9, abs=0.02)
    scene.selection.select([("emotions/happy", 0.5), ("emotions/happy", 2.5)])
    with scene.one_step():
        scene.choose(scene.at("ruler", 3.5, part=0.7), "In and Out Around the Selection")
    assert (scene.line.in_s, scene.line.out_s) == (0.5, 2.5)
    with scene.one_step():
        scene.choose(scene.at("ruler", 3.5, part=0.7), "Clear In and Out")


# Layers.


def test_layers_are_made_moved_spanned_renamed_and_removed(scene: Scene):
    with scene.one_step():
        scene.drag(scene.at("layers/fix", 0.5, part=0.2), scene.at("layers/fix", 0.2, part=0.2))
    layer = scene.line.layers[0]
    assert layer.start_s == pytest.approx(0.2, abs=0.02) and layer.curves["jawOpen"].keys[0].time_s == 2.0
    with scene.one_step():
        scene.drag(scene.at("layers/fix", 3.0, part=0.2), scene.at("layers/fix", 4.0, part=0.2))
    assert scene.line.layers[0].end_s is None
    scene.session.undo()
    with scene.one_step():
        scene.drag(scene.at("layers/fix", 0.8, part=0.15), scene.at("layers/fix", 1.0, part=0.15))
    assert scene.line.layers[0].curves["jawOpen"].keys[0].time_s == pytest.approx(2.2, abs=0.02), "its curves go along"
    with scene.one_step():
        scene.double_click(scene.header("layers/fix", "name"))
        scene.type("Brows")
    assert scene.line.layers[0].name == "Brows"
    with scene.one_step():
        scene.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        assert scene.selection.active_layer == scene.line.layers[1].id
    with scene.one_step():
        scene.choose(scene.header("layers/fix", "name"), "Move Up")
    assert [layer.name for layer in scene.line.layers][1] == "Brows"
    with scene.one_step():
        scene.choose(scene.header("layers/fix", "name"), "Move Down")
    with scene.one_step():
        scene.choose(scene.header("layers/fix", "name"), "Override")
    assert scene.line.layers[0].mode == "override"
    with scene.one_step():
        scene.choose(scene.header("layers/fix", "name"), "Weight", "50 %")
    with scene.one_step():
        scene.choose(scene.header("layers/fix", "name"), "Add Channel", "Head", "headRotX")
    assert "headRotX" in scene.line.layers[0].curves and scene.line.layers[0].weight == 0.5
    with scene.one_step():
        scene.choose(scene.header("layers/fix", "name"), "Remove Layer")
    assert len(scene.line.layers) == 1


def test_a_locked_lane_refuses(scene: Scene):
    for track in ("events", "instructions", "pins", "takes", "markers"):
        scene.session.apply(SetTrackState("line", track, TrackState(lock=True)))
    with scene.nothing():
        scene.drag(scene.at("instructions", 1.0), scene.at("instructions", 1.5))
        scene.drag(scene.at("instructions", 2.0), scene.at("instructions", 2.5))
        scene.drag(scene.at("pins", 1.5), scene.at("pins", 2.0))
        scene.drag(scene.at("takes", 2.0, part=0.8), scene.at("takes", 2.5, part=0.8))
        scene.drag(scene.at("events", 0.8, part=0.27), scene.at("events", 1.2, part=0.27), NONE)
        scene.double_click(scene.at("events", 3.2, part=0.2))
        scene.key(Qt.Key.Key_M)
    assert scene.said and all("locked" in text for text in scene.said)
