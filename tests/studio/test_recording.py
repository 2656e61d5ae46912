"""What is moved while playing becomes keys, thinned and joined, as one step."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.core.curves import Curve, Key
from engine.project.document import LineDoc, Typed
from engine.project.edits import AddLine, SetCurve, SetTrackState
from engine.project.parts import TrackState
from engine.project.tracks import PhonemeTrack
from studio.keying import Keying
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.recording import JOIN_S, TOLERANCE, Recorder, recorded
from studio.selection import Selection
from studio.session import Session
from studio.window import MainWindow

HAPPY, SAD = "emotions/happy", "emotions/sad"
TIMES = np.arange(100, 200) / 100
WAVE = 0.5 + 0.4 * np.sin(2 * np.pi * 1.5 * TIMES)


def test_few_keys_pass_through_what_was_recorded():
    curve = recorded(Curve(), TIMES, WAVE, TOLERANCE)
    assert len(curve.keys) < 15 and np.abs(curve.evaluate(TIMES) - WAVE).max() <= TOLERANCE + 1e-6


def test_outside_it_the_curve_stays_as_it_was_and_the_joins_are_smooth():
    base = Curve((Key(0.0, 0.1), Key(0.7, 0.4, "linear"), Key(1.4, 0.8), Key(3.0, 0.2)))
    curve = recorded(base, TIMES, WAVE, TOLERANCE)
    outside = np.concatenate([np.arange(0.0, 1.0 - JOIN_S, 0.01), np.arange(1.99 + JOIN_S + 0.01, 3.2, 0.01)])
    np.testing.assert_allclose(curve.evaluate(outside), base.evaluate(outside), atol=1e-6)
    steps = np.abs(np.diff(curve.evaluate(np.arange(0.0, 3.0, 0.001))))
    assert steps.max() < 0.01, "from 0.4 to 0.5 within the join is no jump"


def test_at_the_lines_ends_there_is_no_join():
    times = np.arange(0, 51) / 100
    curve = recorded(Curve(), times, np.full(51, 0.6), TOLERANCE, end_s=0.5)
    np.testing.assert_allclose(curve.evaluate(np.array([0.0, 0.25, 0.5])), 0.6, atol=TOLERANCE)


class Time:
    """Seconds that pass when the test says so."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def bench(qapp, own_cache):
    time = Time()
    session = Session()
    player = Player(session, SilentClock("a test", time))
    session.apply(AddLine(session.document.characters[0].id, LineDoc("a", "A", Typed("hi"), phonemes=PhonemeTrack(("a",), (0.0, 4.0)), words=())))
    player.set_line(4.0, Fraction(30), None)
    selection = Selection(session)
    keying = Keying(session, player, selection)
    recorder = keying.recorder = Recorder(session, player)
    yield SimpleNamespace(session=session, player=player, selection=selection, keying=keying, recorder=recorder, time=time)
    player.stop()
    session.close()


def play(bench, seconds: float, track: str, value: Callable[[float], float]) -> None:
    """Let time pass while a hand moves a track."""
    for _ in range(round(seconds * 50)):
        bench.time.now += 0.02
        bench.player._tick()
        bench.keying.set_value(track, value(bench.player.position_s))


def test_what_is_moved_while_playing_becomes_keys_in_one_step(bench):
    before, steps = bench.session.document, bench.session.cursor
    heard: list[tuple[str, ...]] = []
    bench.recorder.recorded.connect(heard.append)
    bench.recorder.arm()
    bench.player.seek(1.0)
    bench.player.play()
    play(bench, 1.0, HAPPY, lambda t: 0.5 + 0.4 * np.sin(9 * t))
    bench.player.stop()
    assert heard == [(HAPPY,)] and bench.session.cursor == steps + 1 and bench.session.history.undo_label.endswith("Record performance")
    curve = bench.session.line.curve(HAPPY)
    times = np.arange(1.05, 1.95, 0.02)
    assert len(curve.keys) < 16 and np.abs(curve.evaluate(times) - (0.5 + 0.4 * np.sin(9 * times))).max() < TOLERANCE + 0.02 * 3.6, "a sample's step is 20 ms"
    bench.session.undo()
    assert bench.session.document == before
    bench.session.redo()
    assert bench.session.line.curve(HAPPY) == curve


def test_unarmed_or_standing_still_values_are_keyed_as_usual(bench):
    bench.player.play()
    assert not bench.recorder.feed(HAPPY, 0.5)
    bench.player.stop()
    bench.recorder.arm()
    assert not bench.recorder.feed(HAPPY, 0.5)
    bench.keying.set_value(HAPPY, 0.7)
    assert bench.session.line.curve(HAPPY).keys == (Key(0.0, 0.7),)


def test_a_held_value_is_recorded_until_the_hand_lets_go(bench):
    bench.session.apply(SetCurve("a", HAPPY, Curve((Key(0.0, 0.2), Key(4.0, 0.2)))))
    bench.recorder.arm()
    bench.player.play()
    bench.keying.begin()
    play(bench, 0.5, HAPPY, lambda t: 0.8)
    for _ in range(25):  # the hand rests on the slider
        bench.time.now += 0.02
        bench.player._tick()
    bench.keying.end()
    for _ in range(50):
        bench.time.now += 0.02
        bench.player._tick()
    bench.player.stop()
    curve = bench.session.line.curve(HAPPY)
    assert curve.evaluate(0.9) == pytest.approx(0.8, abs=0.02) and curve.evaluate(1.5) == pytest.approx(0.2, abs=0.02)


def test_switched_on_and_off_while_playing_it_punches_in_and_out(bench):
    bench.player.play()
    play(bench, 0.1, SAD, lambda t: 0.1)  # a key, as usual
    steps = bench.session.cursor
    bench.recorder.arm()
    play(bench, 0.5, HAPPY, lambda t: 0.6)
    bench.recorder.disarm()
    assert bench.player.playing and bench.session.cursor == steps + 1 and bench.recorder.tracks == ()
    assert bench.session.line.curve(HAPPY).evaluate(0.4) == pytest.approx(0.6, abs=0.02)


def test_a_loops_second_round_replaces_the_first(bench):
    bench.player.set_range(1.0, 2.0)
    bench.player.set_looping(True)
    bench.player.seek(1.0)
    bench.recorder.arm()
    bench.player.play()
    play(bench, 0.9, HAPPY, lambda t: 0.2)
    bench.recorder.let_go()
    for _ in range(10):
        bench.time.now += 0.02
        bench.player._tick()
    play(bench, 0.5, HAPPY, lambda t: 0.9)
    steps = bench.session.cursor
    bench.player.stop()
    curve = bench.session.line.curve(HAPPY)
    assert bench.session.cursor == steps + 1 and curve.evaluate(1.4) == pytest.approx(0.9, abs=0.02) and curve.evaluate(1.8) == pytest.approx(0.2, abs=0.02)


def test_only_armed_and_unlocked_tracks_are_recorded(bench):
    bench.recorder.arm([SAD])
    bench.player.play()
    assert not bench.recorder.feed(HAPPY, 0.5) and bench.recorder.takes(SAD)
    bench.player.stop()
    bench.session.apply(SetTrackState("a", SAD, TrackState(lock=True)))
    bench.player.play()
    assert not bench.recorder.feed(SAD, 0.5)


def test_a_channel_without_a_layer_gets_one_in_the_same_step(bench):
    before, steps = bench.session.document, bench.session.cursor
    bench.recorder.arm()
    bench.player.play()
    play(bench, 0.4, "jawOpen", lambda t: 0.5)
    bench.player.stop()
    assert bench.session.cursor == steps + 1
    assert bench.session.line.layers[0].curves["jawOpen"].evaluate(0.3) == pytest.approx(0.5, abs=0.03)
    bench.session.undo()
    assert bench.session.document == before


def test_values_are_seen_while_they_are_recorded(bench):
    bench.recorder.arm()
    bench.player.play()
    bench.recorder._shown_s = -1e9
    play(bench, 0.1, HAPPY, lambda t: 0.7)
    curve = bench.session.line.curve(HAPPY)
    assert curve.evaluate(bench.player.position_s + 0.3) == pytest.approx(0.7, abs=0.02), "it holds on a while: what is drawn next shows it"


def test_an_undo_while_recording_takes_it_back(bench):
    before, steps = bench.session.document, bench.session.cursor
    bench.recorder.arm()
    bench.player.play()
    bench.recorder._shown_s = -1e9
    play(bench, 0.3, HAPPY, lambda t: 0.7)
    bench.session.undo()
    for _ in range(5):
        bench.time.now += 0.02
        bench.player._tick()
    bench.player.stop()
    assert bench.session.document == before and bench.session.cursor == steps and bench.recorder.tracks == ()


def test_half_speed_records_at_the_lines_times(bench):
    bench.player.set_speed(0.5)
    bench.recorder.arm()
    bench.player.play()
    play(bench, 1.0, HAPPY, lambda t: min(t * 2, 1.0))
    bench.player.stop()
    assert bench.player.position_s == pytest.approx(0.5)
    assert bench.session.line.curve(HAPPY).evaluate(0.25) == pytest.approx(0.5, abs=0.05)


def test_the_button_arms_and_a_window_records(window: MainWindow, qtbot, speak: Callable[..., None]):
    speak(window)
    window.timeline.setFocus()
    before = window.session.document
    button = window.transport.bar.widgetForAction(window.actions_by_name["record"])
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.recorder.armed and button.isChecked()
    qtbot.keyClick(window.timeline, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.player.position_s > 0.1, timeout=5000)
    for value in (0.2, 0.5, 0.9):
        window.keying.set_value(HAPPY, value)
        qtbot.wait(60)
    assert "happy" in window.transport.recording.text()
    qtbot.keyClick(window.timeline, Qt.Key.Key_Space)
    assert window.transport.recording.text() == "" and len(window.session.line.curve(HAPPY).keys) >= 3
    qtbot.keyClick(window.timeline, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert not window.recorder.armed and not button.isChecked()
    window.session.undo()
    assert window.session.document == before
