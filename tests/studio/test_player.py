from __future__ import annotations

from fractions import Fraction

import pytest

from studio.playback.clock import Loop, SilentClock
from studio.playback.player import Player

RATE = Fraction(25)


class Time:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def player(qapp, time: Time) -> Player:
    made = Player(clock=SilentClock("a test", time))
    made.set_line(4.0, RATE, None)
    return made


def test_the_silent_clock_runs_from_where_it_was_started(time: Time):
    clock = SilentClock(now=time)
    clock.start(1.5, None)
    time.now += 0.25
    assert clock.position() == pytest.approx(1.75)
    clock.stop()
    time.now += 9.0
    assert clock.position() == pytest.approx(1.75)


def test_the_silent_clock_wraps_at_a_loops_end(time: Time):
    clock = SilentClock(now=time)
    clock.start(2.0, Loop(1.0, 3.0))
    time.now += 5.5
    assert clock.position() == pytest.approx(1.5)
    clock.set_loop(None)
    time.now += 2.0
    assert clock.position() == pytest.approx(3.5)


def test_playing_moves_the_position_and_stops_at_the_end(player: Player, time: Time):
    heard: list[bool] = []
    player.playing_changed.connect(heard.append)
    player.play()
    time.now += 1.0
    player._tick()
    assert player.position_s == pytest.approx(1.0) and player.frame == 25
    time.now += 10.0
    player._tick()
    assert heard == [True, False] and player.position_s == 4.0 and player.frame == player.frame_count - 1
    player.play()
    assert player.position_s == 0.0, "from the end it plays from the start"
    player.stop()


def test_in_a_loop_it_goes_on(player: Player, time: Time):
    player.set_looping(True)
    player.play()
    time.now += 9.0
    player._tick()
    assert player.playing and player.position_s == pytest.approx(1.0)
    assert player.position_after(3.5) == pytest.approx(0.5)
    player.set_looping(False)
    time.now += 4.0
    player._tick()
    assert not player.playing


def test_a_span_plays_once(player: Player, time: Time):
    player.set_looping(True)
    player.play_span(1.0, 1.5)
    time.now += 0.6
    player._tick()
    assert not player.playing


def test_frames_are_stepped_to_their_own_times(player: Player):
    player.seek(1.013)
    player.step(1)
    assert player.position_s == pytest.approx(26 / 25) and player.frame == 26
    player.step(-30)
    assert player.position_s == 0.0
    player.go_end()
    assert player.frame == 99
    player.step(5)
    assert player.frame == 99


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60)])
def test_stepping_never_sticks_at_odd_rates(player: Player, rate: Fraction):
    player.set_line(20.0, rate, None)
    player.go_home()
    for frame in range(1, 400):
        player.step(1)
        assert player.frame == frame


def test_seeking_while_playing_goes_on_from_there(player: Player, time: Time):
    player.play()
    player.seek(3.0)
    time.now += 0.5
    assert player.playing and player.position_s == pytest.approx(3.5)
    player.stop()


def test_scrubbing_holds_and_then_goes_on(player: Player, time: Time):
    player.play()
    player.begin_scrub()
    player.scrub(2.0)
    time.now += 1.0
    assert not player.playing and player.position_s == 2.0
    player.end_scrub()
    assert player.playing
    player.stop()


def test_dropped_frames_and_offsets_are_told(player: Player, time: Time):
    player.play()
    for frame, at in ((1, 0.04), (2, 0.09), (5, 0.21)):
        time.now = 100.0 + at
        player.note_shown(frame)
    assert player.dropped == 2
    found = player.statistics()
    assert found.offset_ms == pytest.approx(10.0, abs=0.5) and found.shown == 4 and "Silent clock" in found.clock
    player.stop()


def test_another_line_begins_without_dropped_frames(player: Player, time: Time):
    player.play()
    time.now += 1.0
    player.stop()
    assert player.dropped == 24
    player.set_line(2.0, RATE, None)
    assert player.dropped == 0 and player.position_s == 1.0


def test_a_clock_in_trouble_is_replaced_and_playing_goes_on(player: Player, time: Time):
    class Broken(SilentClock):
        trouble = "the sound device stopped"

    player.set_clock(Broken(now=time))
    changed: list[str] = []
    player.clock_changed.connect(lambda: changed.append(player.clock.description))
    player.play()
    player._tick()
    assert player.playing and changed == ["Silent clock: the sound device stopped"]
    player.stop()


def test_without_a_line_nothing_plays(qapp):
    player = Player()
    player.play()
    assert not player.playing and player.frame == 0 and player.frame_count == 0


def test_real_time_passes_on_the_silent_clock(qtbot):
    player = Player()
    player.set_line(0.3, Fraction(30), None)
    with qtbot.waitSignal(player.playing_changed, timeout=3000, check_params_cb=lambda on: not on):
        player.play()
    assert player.position_s == pytest.approx(0.3)


# At other speeds, backwards, between in and out.


def test_a_speed_moves_the_position_and_holds_for_the_next_playing(player: Player, time: Time):
    told: list[float] = []
    player.speed_changed.connect(told.append)
    player.set_speed(0.5)
    player.play()
    time.now += 1.0
    player._tick()
    assert player.position_s == pytest.approx(0.5) and told == [0.5]
    player.set_speed(2.0)
    time.now += 0.5
    assert player.position_s == pytest.approx(1.5)
    player.stop()
    player.play()
    assert player.speed == 2.0
    player.stop()


def test_the_shuttle_doubles_turns_and_stops(player: Player, time: Time):
    speeds = []
    player.seek(2.0)
    for direction in (1, 1, 1, 1, -1, -1):
        player.shuttle(direction)
        speeds.append(player.speed)
    assert speeds == [1.0, 2.0, 4.0, 4.0, -1.0, -2.0] and player.playing
    time.now += 0.5
    player._tick()
    assert player.position_s == pytest.approx(1.0)
    player.creep(1)
    assert player.speed == 0.25
    player.stop()
    assert player.speed == 1.0, "what Play does is as it was"


def test_backwards_it_stops_at_the_start_and_begins_at_the_end(player: Player, time: Time):
    player.shuttle(-1)
    assert player.position_s == pytest.approx(4.0), "from the start it plays backwards from the end"
    time.now += 5.0
    player._tick()
    assert not player.playing and player.position_s == 0.0


def test_with_a_loop_it_plays_between_in_and_out(player: Player, time: Time):
    player.set_range(1.0, 2.0)
    player.play()
    assert player.position_s == 0.0, "without a loop the points are only marks"
    player.stop()
    player.set_looping(True)
    assert player.loop_frames == (25, 50)
    player.seek(3.0)
    player.play()
    assert player.position_s == 1.0
    for _ in range(5):
        time.now += 0.25
        player._tick()
    assert player.position_s == pytest.approx(1.25) and player.statistics().played_s == pytest.approx(1.25)
    player.set_range(2.0, 3.0)
    assert player.playing and player.position_s == 2.0, "a range that leaves the playhead behind takes it along"
    player.set_range(None, 2.5)
    time.now += 0.75
    assert player.position_s == pytest.approx(0.25)
    player.stop()


def test_backwards_a_loop_begins_again_at_its_end(player: Player, time: Time):
    player.set_range(1.0, 2.0)
    player.set_looping(True)
    player.seek(1.5)
    player.shuttle(-1)
    time.now += 0.75
    player._tick()
    assert player.position_s == pytest.approx(1.75) and player.playing
    player.stop()


def test_a_range_that_is_none_plays_the_line(player: Player):
    player.set_looping(True)
    for points in ((2.0, 2.001), (5.0, 9.0)):
        player.set_range(*points)
        assert player.loop_frames == (0, 100)


def test_frames_left_out_by_design_are_not_dropped(player: Player, time: Time):
    player.set_speed(2.0)
    player.play()
    for frame in (2, 4, 6, 10):
        time.now = 100.0 + frame / 50
        player.note_shown(frame)
    assert player.stride == 2 and player.dropped == 1
    assert player.statistics().offset_worst_ms < 1.0
    player.stop()


def test_backwards_frames_are_due_at_their_ends(player: Player, time: Time):
    player.seek(2.0)
    player.shuttle(-1)
    for frame in (49, 48, 45):
        time.now = 100.0 + (50 - frame - 1) / 25 + 0.004
        player.note_shown(frame)
    assert player.dropped == 2 and player.statistics().offset_ms == pytest.approx(4.0, abs=0.1)
    player.stop()
