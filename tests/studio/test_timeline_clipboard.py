from __future__ import annotations

import json

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from engine.core.curves import Curve, Key
from engine.project.edits import RemovePart, SetCurve, SetTrackState
from engine.project.parts import TrackState
from studio.timeline.clipboard import MIME
from tests.studio.timeline_scene import CTRL, Scene

HAPPY = "emotions/happy"


def put(text: str) -> None:
    data = QMimeData()
    data.setData(MIME, text.encode())
    QGuiApplication.clipboard().setMimeData(data)


def times(scene: Scene, track: str = HAPPY) -> list[float]:
    return [round(k.time_s, 4) for k in scene.line.curve(track).keys]


def test_keys_and_clips_are_copied_and_pasted_at_the_playhead(scene: Scene):
    scene.selection.select([(HAPPY, 0.5), ("emotions/sad", 1.0)], [("instructions", "say"), ("pins", "pin")])
    with scene.nothing():
        scene.key(Qt.Key.Key_C, CTRL)
    assert scene.said[-1] == "Copied 2 keys and 2 clips"
    scene.player.seek(2.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
        assert len(scene.selection.keys) == 2 and len(scene.selection.parts) == 2
    assert times(scene) == [0.5, 1.5, 2.0, 2.5] and times(scene, "emotions/sad") == [1.0, 2.5]
    assert [(i.start_s, i.end_s) for i in scene.line.instructions] == [(0.5, 2.0), (2.0, 3.5)] and [p.time_s for p in scene.line.pins] == [1.5, 3.0]


def test_keys_and_clips_are_cut(scene: Scene):
    scene.selection.select([(HAPPY, 0.5)], [("markers", "mark")])
    with scene.one_step():
        scene.key(Qt.Key.Key_X, CTRL)
    assert times(scene) == [1.5, 2.5] and not scene.line.markers
    scene.player.seek(0.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert times(scene) == [0.0, 1.5, 2.5] and scene.line.markers[0].time_s == 2.5


def test_what_would_lie_beyond_the_line_is_told_and_stays_on_the_clipboard(scene: Scene):
    scene.selection.select([(HAPPY, t) for t in (0.5, 1.5, 2.5)])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.player.seek(3.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert times(scene) == [0.5, 1.5, 2.5, 3.0, 4.0] and "1 of 3 lie beyond the end" in scene.said[-1]
    scene.session.undo()
    scene.player.seek(0.0)
    with scene.one_step():  # whole, from the same clipboard
        scene.key(Qt.Key.Key_V, CTRL)
    assert times(scene) == [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]


def test_keys_of_one_track_go_to_the_one_selected(scene: Scene):
    scene.selection.select([(HAPPY, 0.5), (HAPPY, 1.5)])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.selection.select_tracks({"emotions/fear"})
    scene.player.seek(1.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert times(scene, "emotions/fear") == [1.0, 2.0] and times(scene) == [0.5, 1.5, 2.5]


def test_keys_of_a_layer_that_is_gone_go_to_the_active_one_or_a_new_one(scene: Scene):
    scene.selection.select([("layers/fix/browInnerUp", 1.0), ("layers/fix/jawOpen", 2.0)])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.session.apply(RemovePart("line", "layers", "fix"))
    scene.player.seek(0.5)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert scene.line.layers[0].name == "Pasted" and set(scene.line.layers[0].curves) == {"browInnerUp", "jawOpen"}
    scene.selection.set_active_layer(scene.line.layers[0].id)
    scene.player.seek(1.5)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert len(scene.line.layers) == 1 and len(scene.line.layers[0].curves["jawOpen"].keys) == 2


def test_nothing_goes_to_a_locked_track(scene: Scene):
    scene.selection.select([(HAPPY, 0.5)], [("pins", "pin")])
    scene.key(Qt.Key.Key_C, CTRL)
    for track in (HAPPY, "pins"):
        scene.session.apply(SetTrackState("line", track, TrackState(lock=True)))
    with scene.nothing():
        scene.key(Qt.Key.Key_V, CTRL)
    assert scene.said[-1] == "Nothing pasted; 2 of 2 belong on a locked track"


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "{}", '{"vivavoce": 2}', '{"vivavoce": 1}', '{"vivavoce": 1, "origin_s": 0, "keys": {"emotions/bored": []}, "parts": []}',
        '{"vivavoce": 1, "origin_s": 0, "keys": {"layers/x/nose": []}, "parts": []}', '{"vivavoce": 1, "origin_s": "soon", "keys": {}, "parts": []}',
        '{"vivavoce": 1, "origin_s": 0, "keys": {"emotions/happy": [[0]]}, "parts": []}',
        '{"vivavoce": 1, "origin_s": 0, "keys": {"emotions/happy": [[1, 0.5, "auto", 0, 0], [0, 0.5, "auto", 0, 0]]}, "parts": []}',
        '{"vivavoce": 1, "origin_s": 0, "keys": {}, "parts": [{"kind": "hats", "part": {}}]}',
        '{"vivavoce": 1, "origin_s": 0, "keys": {}, "parts": [{"kind": "pins", "part": {"id": "a", "time_s": 1, "values": {"nose": 1}}}]}',
    ],
)  # fmt: skip
def test_a_damaged_clipboard_is_refused_with_a_word(scene: Scene, text: str):
    put(text)
    with scene.nothing():
        scene.key(Qt.Key.Key_V, CTRL)
    assert "the clipboard" in scene.said[-1] and "copy keys or clips" in scene.said[-1]


def test_a_clipboard_of_something_else_is_refused(scene: Scene):
    QGuiApplication.clipboard().setText("hello")
    with scene.nothing():
        scene.key(Qt.Key.Key_V, CTRL)
    assert "nothing of a timeline" in scene.said[-1]


def test_values_beyond_a_track_s_limits_are_held(scene: Scene):
    put(json.dumps({"vivavoce": 1, "origin_s": 0.0, "keys": {HAPPY: [[0.0, 7.0, "auto", 0.0, 0.0]]}, "parts": []}))
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert scene.line.curve(HAPPY).keys[0].value == 1.0


def test_a_hundred_thousand_keys_are_pasted(scene: Scene):
    rows = [[float(t), 0.5, "auto", 0.0, 0.0] for t in np.linspace(0.0, 8.0, 100_000)]
    put(json.dumps({"vivavoce": 1, "origin_s": 0.0, "keys": {HAPPY: rows}, "parts": []}))
    scene.key(Qt.Key.Key_V, CTRL)
    assert len(scene.line.curve(HAPPY).keys) == 50_003
    assert "50000 of 100000 lie beyond the end" in scene.said[-1]
    scene.view.repaint()
    scene.session.undo()
    assert times(scene) == [0.5, 1.5, 2.5]


def test_duplicates_follow_what_they_are_of(scene: Scene):
    scene.selection.select([(HAPPY, 0.5), (HAPPY, 1.5)])
    with scene.one_step():
        scene.key(Qt.Key.Key_D, CTRL)
    assert times(scene) == [0.5, 1.5, 1.5333, 2.5, 2.5333]
    scene.selection.select(parts=[("instructions", "say")])
    with scene.one_step():
        scene.key(Qt.Key.Key_D, CTRL)
    assert [(i.start_s, i.end_s) for i in scene.line.instructions] == [(0.5, 2.0), (2.0, 3.5)]
    scene.selection.select(parts=[("take_clips", "clip")])
    with scene.nothing():
        scene.key(Qt.Key.Key_D, CTRL)
    assert "no room" in scene.said[-1]
    scene.selection.select(parts=[("layers", "fix")])
    with scene.nothing():
        scene.key(Qt.Key.Key_D, CTRL)


def test_a_selected_layer_is_copied_with_its_curves(scene: Scene):
    scene.selection.select(parts=[("layers", "fix")])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.player.seek(0.7)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert len(scene.line.layers) == 2 and scene.line.layers[1].curves["jawOpen"].keys[0].time_s == pytest.approx(2.2, abs=0.01)


def test_events_of_the_performer_are_copied_and_pasted(scene: Scene):
    scene.selection.select(parts=[("blinks", "auto1")])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.player.seek(3.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert [b.time_s for b in scene.line.blinks or ()] == [0.8, 2.6, 3.0]


def test_a_clip_of_a_take_that_is_not_there_stays_on_the_clipboard(scene: Scene):
    scene.selection.select(parts=[("take_clips", "clip")])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.session.apply(RemovePart("line", "takes", "t1"))
    scene.player.seek(0.0)
    with scene.nothing():
        scene.key(Qt.Key.Key_V, CTRL)
    assert scene.said[-1] == "Nothing pasted; 1 of 1 play a take that this line does not have"


def test_an_instruction_pasted_becomes_keys(scene: Scene):
    put(json.dumps({"vivavoce": 1, "origin_s": 0.5, "keys": {}, "parts": [
        {"kind": "instructions", "part": {"id": "x", "text": "happy", "start_s": 0.5, "end_s": 1.5}}]}))  # fmt: skip
    scene.player.seek(2.0)
    with scene.one_step():
        scene.key(Qt.Key.Key_V, CTRL)
    assert scene.line.instructions[1].start_s == 2.0 and "emotions/happy" in scene.line.layers[-1].curves


def test_tangents_survive_the_clipboard(scene: Scene):
    scene.session.apply(SetCurve("line", HAPPY, Curve((Key(0.5, 0.2, "broken", 1.0, -2.0),))))
    scene.selection.select([(HAPPY, 0.5)])
    scene.key(Qt.Key.Key_C, CTRL)
    scene.player.seek(1.0)
    scene.key(Qt.Key.Key_V, CTRL)
    assert scene.line.curve(HAPPY).keys[1] == Key(1.0, 0.2, "broken", 1.0, -2.0)
