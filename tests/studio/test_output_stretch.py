"""Sound at other speeds: its pitch stays, and a click is heard when the picture is where it belongs."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest

from engine.speech.files import sound_from_samples
from studio.playback.clock import Loop
from studio.playback.feed import Feed
from studio.playback.output import SoundClock
from studio.playback.stretch import Stretch
from studio.playback.tape import Tape

RATE = 48000
CLICKS_S = (0.5, 1.3, 2.27, 3.1, 3.65)
SPEEDS = (0.25, 0.5, 2.0, 4.0)


def clicking(seconds: float = 4.0, hum_hz: float = 140.0) -> np.ndarray:
    """A hum with a click at each of `CLICKS_S`, and a little noise."""
    t = np.arange(round(seconds * RATE)) / RATE
    out = 0.03 * np.sin(2 * np.pi * hum_hz * t) + np.random.default_rng(3).normal(0, 0.0005, len(t))
    for click in CLICKS_S:
        first = round(click * RATE)
        out[first : first + 96] += 0.9 * np.hanning(96)
    return out.astype(np.float32)


def stretched(samples: np.ndarray, speed: float) -> np.ndarray:
    def source(first: int, count: int) -> np.ndarray:
        out = np.zeros((count, 1), np.float32)
        low, high = max(first, 0), min(first + count, len(samples))
        if low < high:
            out[low - first : high - first, 0] = samples[low:high]
        return out

    stretch, parts, wanted = Stretch(source, speed, RATE), [], int(len(samples) / speed)
    while sum(map(len, parts)) < wanted:
        parts.append(stretch.next())
    return np.concatenate(parts)[:wanted, 0]


def heard_at(sound: np.ndarray, wanted_s: float) -> float:
    """When the click near a time is heard: the middle of its energy."""
    first = max(0, round((wanted_s - 0.1) * RATE))
    near = sound[first : first + round(0.2 * RATE)].astype(np.float64)
    energy = np.where(np.abs(near) > 0.09, near**2, 0.0)
    assert energy.any(), "the click is lost"
    return (first + (energy * np.arange(len(energy))).sum() / energy.sum()) / RATE


@pytest.mark.parametrize("speed", SPEEDS)
def test_a_click_is_heard_at_its_time_at_every_speed(speed: float):
    out = stretched(clicking(), speed)
    # 20 ms is where people begin to see that sound and picture are apart.
    late = [heard_at(out, (click + 0.001) / speed) - (click + 0.001) / speed for click in CLICKS_S]
    assert max(map(abs, late)) < 0.020, late


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_pitch_stays(speed: float):
    out = stretched((0.3 * np.sin(2 * np.pi * 187.0 * np.arange(3 * RATE) / RATE)).astype(np.float32), speed)
    middle = out[len(out) // 8 : -len(out) // 8]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 1 << 19))
    assert np.argmax(spectrum) * RATE / (1 << 19) == pytest.approx(187.0, rel=0.01), "1 % is a sixth of a semitone"
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.3 / np.sqrt(2), rel=0.1), "and so does the loudness"


def test_at_its_own_speed_every_sample_stays():
    samples = clicking()[:RATE]
    np.testing.assert_allclose(stretched(samples, 1.0), samples, atol=1e-6)


def taken(tape: Tape, count: int) -> tuple[np.ndarray, list[tuple[int, float]]]:
    """The next samples of a tape, asked for as a device does, and where in the line they lie."""
    parts, places, block = [], [], 1024
    for at in range(0, count, block):
        out = np.zeros((block, 1), np.float32)
        tape.prepare()
        found, missing = tape.take(out)
        end = time.monotonic() + 5
        while missing and time.monotonic() < end:  # a device would play silence; here nothing may be lost
            time.sleep(0.005)
            more, left = tape.take(out[block - missing :])
            found += [(block - missing + offset, frame) for offset, frame in more]
            missing = left
        parts.append(out[:, 0])
        places += [(at + offset, frame) for offset, frame in found]
    return np.concatenate(parts)[:count], places


@pytest.fixture
def feed():
    made = Feed(sound_from_samples(clicking(), RATE), RATE, 1)
    yield made
    made.close()


@pytest.mark.parametrize("speed", [*SPEEDS, -0.5, -1.0, -2.0])
def test_the_tape_says_where_in_the_line_it_is(feed: Feed, speed: float):
    start_s = 1.0 if speed > 0 else 2.6
    tape = Tape(feed, round(start_s * RATE), speed, None)
    try:
        sound, places = taken(tape, round(0.6 / abs(speed) * RATE))
    finally:
        tape.close()
    click = 1.301 if speed > 0 else 2.271
    wanted = (click - start_s) / speed
    assert abs(heard_at(sound, wanted) - wanted) < 0.020
    at, frame = min(places, key=lambda place: abs(place[1] / RATE - click))
    assert frame / RATE == pytest.approx(start_s + at / RATE * speed, abs=1e-3)


def test_the_tape_goes_round_in_a_loop_both_ways(feed: Feed):
    for speed, first in ((2.0, 1.1), (-2.0, 1.5)):
        tape = Tape(feed, round(first * RATE), speed, (round(1.1 * RATE), round(1.5 * RATE)))
        try:
            sound, places = taken(tape, round(0.62 * RATE))  # three rounds of 0.2 s
        finally:
            tape.close()
        inside = 0.2 if speed > 0 else 0.199
        for round_ in range(3):
            wanted = round_ * 0.2 + (0.201 / 2 if speed > 0 else inside / 2)
            assert abs(heard_at(sound[round(round_ * 0.2 * RATE) : round((round_ + 1) * 0.2 * RATE)], wanted - round_ * 0.2) - wanted + round_ * 0.2) < 0.02
        assert min(f for _, f in places) >= 1.1 * RATE - 1000 and max(f for _, f in places) <= 1.5 * RATE + 1000


def test_gain_and_trim_are_heard(feed: Feed):
    plain, shaped = np.zeros((RATE, 1), np.float32), np.zeros((RATE, 1), np.float32)
    assert feed.prepare(0) and feed.take(0, plain) == 0
    feed.gain, feed.heard = 0.5, (RATE // 4, RATE * 3 // 4)
    feed.take(0, shaped)
    assert not shaped[: RATE // 4].any() and not shaped[RATE * 3 // 4 :].any()
    np.testing.assert_allclose(shaped[RATE // 4 : RATE * 3 // 4], plain[RATE // 4 : RATE * 3 // 4] * 0.5, atol=1e-6)
    feed.gain = 100.0
    feed.take(0, shaped)
    assert np.abs(shaped).max() <= 1.0


@pytest.fixture
def clock(has_sound: bool):
    if not has_sound:
        pytest.skip("no sound sink; tests/stage.py makes one")
    made = SoundClock()
    yield made
    made.close()


@pytest.mark.parametrize("speed", [0.5, 2.0, -1.0])
def test_the_devices_clock_runs_at_the_speed(clock: SoundClock, speed: float):
    clock.set_sound(sound_from_samples(clicking(), RATE))
    clock.start(2.0, None, speed)
    marks = []
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        marks.append((time.monotonic(), clock.position()))
        time.sleep(0.005)
    moving = np.array([m for m in marks if abs(m[1] - 2.0) > 0.05])
    slope = np.polyfit(moving[:, 0] - moving[0, 0], moving[:, 1], 1)[0]
    # A busy machine's underruns stop the line: the slope is the clock's where there were none.
    assert clock.trouble == "" and (slope == pytest.approx(speed, rel=0.03) or clock.underruns)
    assert (np.diff([m[1] for m in marks]) * speed >= 0).all()


def test_a_loop_at_another_speed_is_heard_round_and_round(clock: SoundClock):
    clock.set_sound(sound_from_samples(clicking(), RATE))
    clock.start(1.0, Loop(1.0, 1.4), 2.0)
    seen = []
    end = time.monotonic() + 0.9
    while time.monotonic() < end:
        seen.append(clock.position())
        time.sleep(0.01)
    assert min(seen) > 0.98 and max(seen) < 1.42 and sum(b < a - 0.2 for a, b in itertools.pairwise(seen)) >= 2
