"""The camera's keys in the timeline and in the curve editor: every verb by mouse or key, taken back, documents compared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication

from engine.core.curves import Curve, Key
from engine.project.edits import SetLineStart, SetStage
from engine.project.stage import Shot, Stage
from studio.curves.editor import CurveEditor
from tests.studio import curve_scene
from tests.studio.timeline_scene import ALT, CTRL, Scene

START_S = 2.0
YAW, FOCAL = "camera/yaw", "camera/focal"


@pytest.fixture
def filmed(scene: Scene) -> Scene:
    """The line at two seconds of the scene, with a camera that moves before, in and after it."""
    scene.session.apply(SetLineStart("line", START_S))
    camera = {
        "yaw": Curve((Key(1.0, -30.0), Key(3.0, 0.0), Key(4.0, 20.0), Key(9.0, 60.0))),
        "focal": Curve((Key(3.0, 70.0), Key(5.0, 110.0))),
    }
    scene.session.apply(SetStage(Stage(shot=Shot(pitch=3.0), camera=camera)))
    scene.view.stack.set_folded([p.lane for p in scene.view.stack.places if p.lane.name == "camera"], False)
    scene.view.relayout()
    for name in (YAW, FOCAL):
        place = scene.view.stack.place(name)
        assert place is not None
        scene.view.stack.set_folded([place.lane], False)
    scene.view.relayout()
    scene.view.scroll_to(10_000)
    return scene


def keys(scene: Scene, name: str = "yaw") -> list[tuple[float, float]]:
    curve = scene.session.document.stage.camera.get(name, Curve())
    return [(round(k.time_s, 4), round(k.value, 3)) for k in curve.keys]


def test_the_cameras_lanes_show_its_keys_in_the_lines_time(filmed: Scene):
    place = filmed.view.stack.place("camera")
    assert place is not None and place.lane.hit(filmed.view.content, QPointF(filmed.view.axis.x(1.0), 12), 24, False).kind == "moment"
    assert filmed.view.content.curve(YAW).times_s.tolist() == pytest.approx([-1.0, 1.0, 2.0, 7.0])
    assert "Orbit" in filmed.view.tooltip_at(filmed.at("camera", 1.0)) and "Focal length" in filmed.view.tooltip_at(filmed.at("camera", 1.0))
    assert [p.lane.title for p in filmed.view.stack.places][-8:] == [
        "Camera", "Orbit", "Elevation", "Roll", "Distance", "Right", "Up", "Focal length",
    ]  # fmt: skip


def test_a_key_is_moved_in_time_and_value(filmed: Scene):
    with filmed.one_step():
        filmed.drag(filmed.at(YAW, 1.0, 0.0), filmed.at(YAW, 1.5, 10.0))
        assert filmed.selection.keys == {(YAW, 1.5)}
    at = keys(filmed)[1]
    assert at[0] == pytest.approx(3.5) and at[1] == pytest.approx(10.0, abs=1.5)
    assert keys(filmed)[0] == (1.0, -30.0) and keys(filmed)[3] == (9.0, 60.0)


def test_escape_takes_a_drag_back(filmed: Scene):
    before, steps = filmed.session.document, filmed.session.cursor
    filmed.press(filmed.at(YAW, 1.0, 0.0))
    filmed.hold_at(filmed.at(YAW, 1.6, 5.0))
    assert filmed.session.document != before
    filmed.key(Qt.Key.Key_Escape)
    assert filmed.session.document == before and filmed.session.cursor == steps
    filmed.release(filmed.at(YAW, 1.6, 5.0))


def test_a_moment_of_the_camera_moves_all_its_keys(filmed: Scene):
    with filmed.one_step():
        filmed.drag(filmed.at("camera", 1.0), filmed.at("camera", 1.4))
        assert len(filmed.selection.keys) == 2 and not filmed.selection.active_layer
    assert keys(filmed)[1][0] == pytest.approx(3.4) and keys(filmed, "focal")[0][0] == pytest.approx(3.4)


def test_keys_are_added_typed_and_removed(filmed: Scene):
    filmed.view.setFocus()
    with filmed.one_step():
        filmed.double_click(filmed.at("camera", 2.5))
        chosen = filmed.selection.keys
    assert len(chosen) == 7 and set(filmed.session.document.stage.camera) == set(vars(Shot()))
    assert filmed.session.document.stage.shot_at(4.5).pitch == 3.0, "as it was there"
    filmed.selection.select(chosen)
    with filmed.one_step():
        filmed.key(Qt.Key.Key_Delete)
    assert set(filmed.session.document.stage.camera) == {"yaw", "focal"}
    with filmed.one_step():
        filmed.double_click(filmed.at("camera/pitch", 2.0))
    assert keys(filmed, "pitch") == [(4.0, 3.0)]
    filmed.view.selection.select([(YAW, 1.0)])
    with filmed.one_step():
        filmed.view.editor.add.set_value(YAW, 1.0, 999.0)
    assert keys(filmed)[1] == (3.0, 180.0), "held within what a camera can do"


def test_keys_are_copied_pasted_duplicated_and_nudged(filmed: Scene):
    filmed.selection.select([(YAW, 1.0), (FOCAL, 1.0)])
    filmed.key(Qt.Key.Key_C, CTRL)
    filmed.player.seek(3.0)
    with filmed.one_step():
        filmed.key(Qt.Key.Key_V, CTRL)
        assert filmed.selection.keys == {(YAW, 3.0), (FOCAL, 3.0)}
    assert (5.0, 0.0) in keys(filmed) and (5.0, 70.0) in keys(filmed, "focal")
    filmed.selection.select([(YAW, 3.0), (FOCAL, 3.0)])
    with filmed.one_step():
        filmed.key(Qt.Key.Key_Left, ALT)
    assert keys(filmed)[3][0] == pytest.approx(5.0 - 1 / 30, abs=1e-4)
    filmed.selection.select([(YAW, 1.0)])
    with filmed.one_step():
        filmed.key(Qt.Key.Key_D, CTRL)
    assert len(keys(filmed)) == 6
    filmed.selection.select([(YAW, 1.0)])
    with filmed.one_step():
        filmed.key(Qt.Key.Key_X, CTRL)
    assert len(keys(filmed)) == 5
    with filmed.one_step():
        filmed.drag(filmed.at(YAW, 2.0, 20.0), filmed.at(YAW, 2.5, 20.0), ALT)
    assert len(keys(filmed)) == 6, "with alt a copy"


def test_all_keys_in_sight_are_selected_and_gone_through(filmed: Scene):
    filmed.selection.select_tracks({"camera"})
    filmed.key(Qt.Key.Key_A, CTRL)
    assert filmed.selection.keys == {(YAW, 1.0), (YAW, 2.0), (FOCAL, 1.0), (FOCAL, 3.0)}, "none from before or after the line"
    filmed.player.seek(0.0)
    filmed.view.hands.step_key(1)
    assert filmed.player.position_s == pytest.approx(1.0)
    with filmed.one_step():
        filmed.choose(filmed.at(YAW, 2.0, 20.0), "Tangent", "Linear")
    assert filmed.session.document.stage.camera["yaw"].keys[2].tangent == "linear"


def test_what_undo_removes_is_selected_no_more(filmed: Scene):
    filmed.double_click(filmed.at("camera/up", 2.0))
    assert filmed.selection.keys
    filmed.session.undo()
    assert not filmed.selection.keys


# The curve editor.


@pytest.fixture
def camera_editor(editor: CurveEditor) -> CurveEditor:
    """The curve editor with a camera that moves."""
    session = curve_scene.session_of(editor)
    session.apply(SetLineStart("line", START_S))
    session.apply(SetStage(Stage(camera={"yaw": Curve((Key(2.5, 0.0), Key(3.5, 40.0), Key(5.0, 10.0)))})))
    editor.model.set_visible([t.address for t in editor.model.tracks if not t.filmed], False)
    editor.frame_all()
    return editor


def test_the_cameras_curves_are_edited_like_any_other(camera_editor: CurveEditor):
    editor, graph = camera_editor, camera_editor.graph
    assert [t.address for t in editor.model.shown()] == [YAW]
    item = editor.tracks.item_of(YAW)
    assert item is not None and item.parent().text(0) == "Camera" and not editor.tracks.has_switch(item, 3)
    key = editor.model.curve(YAW).keys[1]
    assert key.time_s == pytest.approx(1.5)
    start = graph.place(YAW, key)

    moved = curve_scene.undone(editor, lambda: curve_scene.drag(graph, start, start + QPointF(60, 40)))
    assert moved is not None and editor.model.curve(YAW).keys[1].time_s > 1.5 and editor.model.curve(YAW).keys[1].value < 40.0
    editor.model.select([(YAW, k.time_s) for k in editor.model.curve(YAW).keys])
    curve_scene.undone(editor, lambda: editor.verbs.set_tangents("linear"))
    assert {k.tangent for k in editor.model.curve(YAW).keys} == {"linear"}
    curve_scene.undone(editor, lambda: editor.verbs.ease("ease in"))
    curve_scene.undone(editor, lambda: editor.verbs.nudge(3, 1))
    curve_scene.undone(editor, lambda: editor.verbs.reverse())
    curve_scene.undone(editor, editor.verbs.delete)
    assert not curve_scene.session_of(editor).document.stage.moving


def test_a_first_key_is_the_shots_value(camera_editor: CurveEditor):
    editor = camera_editor
    editor.model.selection.select_tracks(["camera/distance"])
    editor.model.player.seek(1.0)
    curve_scene.undone(editor, editor.verbs.key_at_playhead)
    assert curve_scene.session_of(editor).document.stage.camera["distance"] == Curve((Key(3.0, Shot().distance),))
    QGuiApplication.clipboard().clear()
    editor.verbs.copy()
    editor.model.player.seek(2.0)
    curve_scene.undone(editor, editor.verbs.paste)
    assert len(curve_scene.session_of(editor).document.stage.camera["distance"].keys) == 2


def test_keys_beyond_the_line_are_left_alone(camera_editor: CurveEditor):
    editor, session = camera_editor, curve_scene.session_of(camera_editor)
    before = session.document.stage.camera["yaw"].keys
    editor.model.select([(YAW, editor.model.curve(YAW).keys[1].time_s)])
    editor.verbs.nudge(2, 0)
    after = session.document.stage.camera["yaw"].keys
    assert after[0] is before[0] and after[2] is before[2] and after[1].time_s == pytest.approx(before[1].time_s + 2 / 30)
