"""Values set by sliders, wheel and handles become keys; the selection follows what edits do."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine.core.curves import Curve, Key
from engine.project.document import LineDoc, Typed
from engine.project.edits import AddLine, PutPart, RemoveKey, RemovePart, SetCurve, SetLayer, SetTrackState
from engine.project.parts import Layer, Pin, TrackState
from engine.project.tracks import PhonemeTrack
from studio.keying import Keying
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session

HAPPY = "emotions/happy"


@pytest.fixture
def bench(qapp, own_cache):
    session = Session()
    player = Player(session, SilentClock("a test"))
    session.apply(AddLine(session.document.characters[0].id, LineDoc("a", "A", Typed("hi"), phonemes=PhonemeTrack(("a",), (0.0, 4.0)), words=())))
    player.set_line(4.0, session.document.settings.rate, None)
    player.seek(1.0)
    selection = Selection(session)
    yield SimpleNamespace(session=session, player=player, selection=selection, keying=Keying(session, player, selection))
    session.close()
    player.close()


def keys(bench, track: str) -> list[tuple[float, float]]:
    return [(round(k.time_s, 6), k.value) for k in bench.session.line.curve(track).keys]


def test_a_value_becomes_a_key_at_the_frame_of_the_playhead(bench) -> None:
    before, steps = bench.session.document, bench.session.cursor
    bench.player.seek(1.01)
    bench.keying.set_value(HAPPY, 0.7)
    assert keys(bench, HAPPY) == [(1.0, 0.7)] and bench.session.cursor == steps + 1
    bench.player.seek(2.0)
    bench.keying.set_value(HAPPY, 5.0)  # held within the track's limits
    assert keys(bench, HAPPY) == [(1.0, 0.7), (2.0, 1.0)] and bench.keying.value(HAPPY) == 1.0
    bench.session.undo()
    bench.session.undo()
    assert bench.session.document == before


def test_a_key_that_is_there_keeps_its_tangent(bench) -> None:
    bench.session.apply(SetCurve("a", HAPPY, Curve((Key(1.0, 0.2, "stepped"),))))
    bench.keying.set_value(HAPPY, 0.9)
    assert bench.session.line.curve(HAPPY).keys == (Key(1.0, 0.9, "stepped"),)


def test_a_drag_is_one_step_at_the_frame_where_it_began(bench) -> None:
    before, steps = bench.session.document, bench.session.cursor
    bench.keying.begin("Happy")
    for value in (0.1, 0.2, 0.3):
        bench.keying.set_values({HAPPY: value, "emotions/sad": 0.0})
        bench.player.seek(2.0)  # it plays meanwhile
    bench.keying.end()
    assert keys(bench, HAPPY) == [(1.0, 0.3)] and keys(bench, "emotions/sad") == [(1.0, 0.0)]
    assert bench.session.cursor == steps + 1 and bench.session.history.undo_label == "Undo Happy"
    bench.session.undo()
    assert bench.session.document == before
    bench.keying.begin()
    bench.keying.set_value(HAPPY, 0.5)
    bench.keying.end(keep=False)
    assert bench.session.document == before


def test_without_auto_key_the_whole_curve_moves(bench) -> None:
    told = []
    bench.keying.auto_changed.connect(told.append)
    bench.keying.set_auto(False)
    bench.keying.set_value(HAPPY, 0.4)
    assert len(keys(bench, HAPPY)) == 1
    bench.session.apply(SetCurve("a", HAPPY, Curve((Key(0.0, 0.2, "linear"), Key(2.0, 0.4, "linear")))))
    bench.keying.set_value(HAPPY, 0.5)
    assert [v for _, v in keys(bench, HAPPY)] == pytest.approx([0.4, 0.6]) and told == [False]
    bench.keying.set_value(HAPPY, 0.95)
    assert max(v for _, v in keys(bench, HAPPY)) == 1.0


def test_a_channel_goes_to_the_active_layer_or_a_new_one(bench) -> None:
    before, steps = bench.session.document, bench.session.cursor
    bench.keying.set_values({"jawOpen": 0.5, "headRotY": -0.3, "amounts/head": -0.5})
    (layer,) = bench.session.line.layers
    assert set(layer.curves) == {"jawOpen", "headRotY", "amounts/head"} and bench.selection.active_layer == layer.id
    bench.keying.set_value("jawOpen", 0.25)
    assert bench.session.line.layer(layer.id).curves["jawOpen"].keys == (Key(1.0, 0.25),) and len(bench.session.line.layers) == 1
    assert bench.session.cursor == steps + 2
    bench.session.undo()
    bench.session.undo()
    assert bench.session.document == before and bench.selection.active_layer == ""
    bench.keying.begin("Jaw")
    bench.keying.set_value("jawOpen", 0.5)
    bench.keying.set_value("jawOpen", 0.6)
    bench.keying.end()
    (layer,) = bench.session.line.layers
    assert layer.curves["jawOpen"].keys == (Key(1.0, 0.6),) and bench.session.cursor == steps + 1 and bench.selection.active_layer == layer.id


def test_what_is_locked_stays(bench) -> None:
    bench.session.apply(SetTrackState("a", HAPPY, TrackState(lock=True)))
    bench.session.apply(PutPart("a", Layer("l", "L")))
    bench.session.apply(SetLayer("a", "l", lock=True))
    bench.selection.set_active_layer("l")
    before = bench.session.document
    bench.keying.set_values({HAPPY: 0.5, "jawOpen": 0.5})
    assert bench.session.document == before
    bench.keying.set_values({HAPPY: 0.5, "emotions/sad": 0.5})
    assert keys(bench, HAPPY) == [] and keys(bench, "emotions/sad") == [(1.0, 0.5)]


def test_what_is_set_is_told_for_a_recorder(bench) -> None:
    told = []
    bench.keying.value_set.connect(lambda track, value: told.append((track, value)))
    bench.keying.set_value(HAPPY, 0.5)
    bench.keying.set_value("jawOpen", 0.25)
    assert told == [(HAPPY, 0.5), (f"layers/{bench.session.line.layers[0].id}/jawOpen", 0.25)]


def test_the_selection_loses_what_is_gone(bench) -> None:
    told = []
    bench.selection.changed.connect(lambda: told.append(1))
    bench.session.apply(SetCurve("a", HAPPY, Curve((Key(0.5, 0.2), Key(2.0, 0.4)))))
    bench.session.apply(PutPart("a", Pin("p", 1.0)))
    bench.selection.select(keys=[(HAPPY, 0.5), (HAPPY, 2.0)], parts=[("pins", "p")], phonemes=[0])
    bench.selection.select(keys=[(HAPPY, 0.5)], add=True)
    assert len(told) == 1
    bench.session.apply(RemoveKey("a", HAPPY, 0.5))
    assert bench.selection.keys == {(HAPPY, 2.0)} and bench.selection.parts == {("pins", "p")}
    bench.session.apply(RemovePart("a", "pins", "p"))
    assert bench.selection.parts == frozenset() and bench.selection.phonemes == {0} and not bench.selection.empty
    bench.selection.toggle(keys=[(HAPPY, 2.0)], phonemes=[0])
    assert bench.selection.empty


def test_another_line_has_another_selection(bench) -> None:
    bench.session.apply(AddLine(bench.session.document.characters[0].id, LineDoc("b", "B", Typed("ho"))))
    bench.session.select("a")
    bench.selection.select(phonemes=[0])
    bench.selection.select_tracks([HAPPY])
    bench.session.select("b")
    assert bench.selection.empty and bench.selection.tracks == frozenset()
