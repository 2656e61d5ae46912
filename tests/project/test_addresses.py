"""The camera's keys beside a line: told in the line's time, kept in the scene's."""

from __future__ import annotations

import pytest

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.project.addresses import camera_curves, curve_at, limits_at, rest_at
from engine.project.change import Composite, Edit
from engine.project.document import Document, LineDoc, Media, new_document
from engine.project.edits import AddLine, MoveKey, RemoveKey, SetCurve, SetKey, SetStage, SpliceKeys
from engine.project.key_edits import changed_keys, move_keys, put_keys, remove_keys
from engine.project.stage import Shot, Stage

YAW = "camera/yaw"
START_S = 2.1


@pytest.fixture
def document() -> Document:
    made = new_document()
    line = LineDoc("line", "one", Media("a.wav", "0" * 64, 4.0, 48000), start_s=START_S)
    made = AddLine(made.characters[0].id, line).apply(made).document
    camera = {"yaw": Curve((Key(0.7, -20.0), Key(START_S + 1 / 3, 10.0), Key(5.0, 30.0, "stepped")))}
    return SetStage(Stage(shot=Shot(yaw=5.0, distance=0.9), camera=camera)).apply(made).document


def made_and_undone(document: Document, edit: Edit) -> Document:
    """The document with an edit made, which its inverse takes back to the bit, and the inverse's inverse makes again."""
    applied = edit.apply(document)
    back = applied.inverse.apply(applied.document)
    assert back.document == document
    assert back.inverse.apply(back.document).document == applied.document
    assert Edit.from_json(edit.to_json()) == edit
    assert applied.change.concerns("stage") == (applied.document != document)
    return applied.document


def test_a_curve_is_told_in_the_lines_time(document: Document):
    curve = curve_at(document, "line", YAW)
    assert curve.times_s.tolist() == pytest.approx([0.7 - START_S, 1 / 3, 5.0 - START_S])
    assert curve_at(document, "line", YAW) is curve, "views know it again"
    assert camera_curves(document, "line") == {YAW: curve}
    assert limits_at(document, "line", YAW) == (-180.0, 180.0) and rest_at(document, "camera/distance") == 0.9
    assert curve_at(document, "line", "camera/roll") == Curve() and curve_at(document, "line", "emotions/happy") == Curve()


def test_every_edit_of_keys_reaches_the_camera(document: Document):
    after = made_and_undone(document, SetKey("line", YAW, Key(0.5, 44.0)))
    assert after.stage.shot_at(START_S + 0.5).yaw == pytest.approx(44.0)
    after = made_and_undone(document, SetKey("line", "camera/roll", Key(0.0, 3.0)))
    assert after.stage.shot_at(99.0).roll == 3.0
    time_s = curve_at(document, "line", YAW).keys[1].time_s
    after = made_and_undone(document, RemoveKey("line", YAW, time_s))
    assert [k.value for k in after.stage.camera["yaw"].keys] == [-20.0, 30.0]
    after = made_and_undone(document, MoveKey("line", YAW, time_s, Key(1.0, 12.0, "linear")))
    assert after.stage.camera["yaw"].keys[1] == Key(1.0 + START_S, 12.0, "linear")
    after = made_and_undone(document, SpliceKeys("line", YAW, (time_s,), (Key(1.5, 0.0),)))
    assert after.stage.camera["yaw"].keys[0] is document.stage.camera["yaw"].keys[0], "what stays keeps its time"
    after = made_and_undone(document, SetCurve("line", YAW, Curve()))
    assert not after.stage.moving
    both = Composite((SetKey("line", YAW, Key(0.5, 1.0)), SetKey("line", "camera/up", Key(0.5, 0.1))), "two")
    assert set(made_and_undone(document, both).stage.camera) == {"yaw", "up"}


def test_edits_of_many_keys_reach_it_too(document: Document):
    keys = [(YAW, k.time_s) for k in curve_at(document, "line", YAW).keys[1:]]
    after = made_and_undone(document, move_keys(document, "line", keys, 0.25, 400.0))
    assert [k.value for k in after.stage.camera["yaw"].keys] == [-20.0, 180.0, 180.0], "held within the limits"
    assert not made_and_undone(document, remove_keys("line", keys)).stage.camera["yaw"].times_s[1:].size
    made_and_undone(document, changed_keys(document, "line", keys, lambda k: Key(k.time_s, 0.0, "flat"), "Flat"))
    after = made_and_undone(document, put_keys(document, "line", {"camera/focal": [Key(0.0, 5.0), Key(1.0, 90.0)]}))
    assert [k.value for k in after.stage.camera["focal"].keys] == [14.0, 90.0]


def test_what_is_none_of_the_cameras_is_refused(document: Document):
    with pytest.raises(InvalidInput, match="camera/zoom"):
        curve_at(document, "line", "camera/zoom")
    with pytest.raises(InvalidInput, match="200"):
        SetKey("line", YAW, Key(0.0, 200.0)).apply(document)
    with pytest.raises(InvalidInput, match="no line"):
        curve_at(document, "other", YAW)
