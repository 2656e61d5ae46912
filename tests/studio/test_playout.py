from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from studio.playback.statistics import FrameLog
from studio.viewport.playout import AHEAD, Playout
from studio.viewport.quality import FINENESS, Quality


@dataclass
class Line:
    """A line of 90 frames at 30 a second, at a position the test sets."""

    position_s: float = 0.0
    frame_count: int = 90
    looping: bool = False
    speed: float = 1.0

    @property
    def direction(self) -> int:
        return 1 if self.speed > 0 else -1

    @property
    def stride(self) -> int:
        return max(1, math.ceil(abs(self.speed)))

    @property
    def loop_frames(self) -> tuple[int, int] | None:
        return (0, self.frame_count) if self.looping else None

    def position_after(self, delay_s: float) -> float:
        after = self.position_s + delay_s * self.speed
        return after % 3.0 if self.looping else min(max(after, 0.0), 3.0)

    def frame_of(self, time_s: float) -> int:
        return min(int(time_s * 30 + 1e-6), 89)


def play(line: Line, draw_s: float, seconds: float) -> list[tuple[float, int]]:
    """What comes on screen when: one frame is drawn at a time and takes `draw_s`; the clock is looked at every 5 ms."""
    playout = Playout(line)
    playout.begin()
    shown: list[tuple[float, int]] = []
    drawing: tuple[float, int, int] | None = None
    start_s = line.position_s
    for tick in range(round(seconds / 0.005)):
        now = tick * 0.005
        line.position_s = start_s
        line.position_s = line.position_after(now)
        if drawing is not None and now >= drawing[0]:
            playout.arrived(drawing[1], drawing[2], draw_s)
            drawing = None
        frame = playout.due()
        if frame is not None:
            shown.append((now, frame))
        if drawing is None:
            wanted = playout.next_frame()
            drawing = (now + draw_s, *wanted) if wanted is not None else None
    return shown


def test_a_quick_machine_shows_every_frame_at_its_time():
    shown = play(Line(), 0.012, 2.9)
    assert [frame for _, frame in shown] == list(range(1, 87))
    assert max(abs(now - frame / 30) for now, frame in shown) <= 0.0051


def test_a_slow_machine_leaves_frames_out_but_is_never_far_behind():
    shown = play(Line(), 0.080, 2.9)
    frames = [frame for _, frame in shown]
    assert frames == sorted(frames) and 25 <= len(frames) <= 40
    late = [now - frame / 30 for now, frame in shown[6:]]
    assert max(late) <= 0.034, "once it knows what drawing takes, it asks for frames that come in time"


def test_it_plays_through_the_seam_of_a_loop():
    line = Line(position_s=2.5, looping=True)
    shown = play(line, 0.012, 4.0)
    frames = [frame for _, frame in shown]
    assert frames == [*range(76, 90), *range(90), *range(0, frames[-1] + 1)]
    for now, frame in shown:
        position = (2.5 + now) % 3.0
        assert min(abs(position - frame / 30), 3.0 - abs(position - frame / 30)) < 0.006


def test_a_clock_put_back_a_little_is_no_loop():
    for looping in (False, True):
        line = Line(position_s=1.0, looping=looping)
        playout = Playout(line)
        playout.begin()
        for position_s in (1.1, 1.02, 1.12):
            line.position_s = position_s
            while (wanted := playout.next_frame()) is not None:
                playout.arrived(wanted[0], wanted[1], 0.01)
            playout.due()
        line.position_s = 1.4
        assert playout.due() is not None
        wanted = playout.next_frame()
        assert wanted is not None and 42 <= wanted[0] == wanted[1] <= 44


def test_no_more_than_a_few_frames_are_drawn_ahead():
    line = Line()
    playout = Playout(line)
    playout.begin()
    asked = []
    while (wanted := playout.next_frame()) is not None:
        asked.append(wanted[1])
        playout.arrived(*wanted, 0.01)
    assert asked == list(range(1, AHEAD + 1))


def test_nothing_is_asked_beyond_the_end():
    playout = Playout(Line(position_s=2.99))
    playout.begin()
    assert playout.next_frame() is None


def test_the_log_counts_what_was_not_shown():
    log = FrameLog()
    log.begin(0)
    for frame in (1, 2, 5, 5, 6):
        log.note_shown(frame, 0.004, 0, 99)
    log.note_end(9)
    found = log.summary(0.3, 0, "a clock")
    assert (found.shown, found.dropped) == (5, 4) and found.offset_ms == pytest.approx(4.0)


def test_the_log_counts_through_a_loop():
    log = FrameLog()
    log.begin(97)
    for frame in (98, 99, 0, 1, 3):
        log.note_shown(frame, 0.0, 0, 99)
    assert log.summary(0.2, 0, "").dropped == 1
    log.note_shown(98, 0.0, 0, 99)
    log.note_shown(2, 0.0, 0, 99)
    assert log.summary(0.2, 0, "").dropped == 1 + 94 + 1 + 2


def test_drawing_gets_coarser_until_it_is_in_time_and_stays():
    quality = Quality()
    cost = {fine: 0.1 * fine.scale**2 for fine in FINENESS}
    for _ in range(200):
        quality.note(quality.fineness, cost[quality.fineness], 1 / 30)
    assert cost[quality.fineness] < 1 / 30
    assert cost[FINENESS[FINENESS.index(quality.fineness) - 1]] > 0.8 / 30, "no coarser than it has to be"


def test_a_fast_machine_draws_in_full():
    quality = Quality()
    for _ in range(50):
        quality.note(quality.fineness, 0.002, 1 / 30)
    assert quality.fineness == FINENESS[0]


def test_backwards_it_shows_every_frame_at_its_time():
    shown = play(Line(position_s=2.99, speed=-1.0), 0.012, 2.9)
    assert [frame for _, frame in shown] == list(range(88, 1, -1))
    assert max(abs(2.99 - now - (frame + 1) / 30) for now, frame in shown) <= 0.0051


def test_backwards_it_plays_through_the_seam_of_a_loop():
    frames = [frame for _, frame in play(Line(position_s=0.4999, speed=-1.0, looping=True), 0.012, 1.0)]
    assert frames == [*range(13, -1, -1), *range(89, frames[-1] - 1, -1)] and frames[-1] in (74, 75)


def test_at_double_speed_every_second_frame_is_drawn():
    line = Line(speed=2.0)
    shown = play(line, 0.012, 1.4)
    frames = [frame for _, frame in shown]
    assert frames == list(range(2, frames[-1] + 2, 2)) and frames[-1] >= 80


def test_between_in_and_out_only_their_frames_come():
    class Ranged(Line):
        loop_frames = (30, 45)

        def position_after(self, delay_s: float) -> float:
            return 1.0 + (self.position_s + delay_s - 1.0) % 0.5

    line = Ranged(position_s=1.0, looping=True)
    frames = [frame for _, frame in play(line, 0.012, 1.2)]
    assert frames == [*range(31, 45), *range(30, 45), *range(30, frames[-1] + 1)]
