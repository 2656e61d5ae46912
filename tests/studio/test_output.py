"""The sound device: on the stage's null sink where there is one, which keeps time like a card."""

from __future__ import annotations

import itertools
import time
from fractions import Fraction

import numpy as np
import pytest

from engine.core.errors import EngineError
from engine.speech.files import sound_from_samples
from studio.playback.clock import Loop, SilentClock
from studio.playback.feed import BLOCK_S, KEPT, Feed
from studio.playback.output import NoSound, SoundClock
from studio.playback.player import Player

RATE = 48000


def ramp(seconds: float, rate: int = RATE) -> np.ndarray:
    """Samples that tell where they are."""
    return np.linspace(-0.5, 0.5, round(seconds * rate), dtype=np.float32)


def test_a_feed_gives_every_sample_in_its_place():
    samples = ramp(5.0)
    feed = Feed(sound_from_samples(samples, RATE), RATE, 2)
    try:
        for start in (0, 12_345, round(BLOCK_S * RATE) - 100, len(samples) - 50):
            assert feed.prepare(start) and feed.prepare(min(start + 300, len(samples) - 1))
            out = np.full((300, 2), 9.0, np.float32)
            assert feed.take(start, out) == 0
            wanted = np.zeros(300, np.float32)
            part = samples[start : start + 300]
            wanted[: len(part)] = part
            np.testing.assert_allclose(out[:, 0], wanted, atol=1e-6)
            np.testing.assert_array_equal(out[:, 0], out[:, 1])
    finally:
        feed.close()


def test_what_is_not_there_in_time_is_silence_and_counted():
    feed = Feed(sound_from_samples(ramp(60.0), RATE), RATE, 1)
    try:
        out = np.ones((100, 1), np.float32)
        assert feed.take(50 * RATE, out) == 100 and not out.any()
    finally:
        feed.close()


def test_a_feed_holds_little_of_a_long_sound():
    feed = Feed(sound_from_samples(ramp(300.0, 8000), 8000), 8000, 1)
    try:
        for second in range(0, 300, 2):
            assert feed.prepare(second * 8000)
            feed.aim(second * 8000, 0)
        assert len(feed._blocks) <= KEPT
    finally:
        feed.close()


def test_a_sound_that_cannot_be_read_any_more_is_trouble_not_a_crash(tmp_path):
    from engine.speech.files import open_sound, write_wav

    path = tmp_path / "gone.wav"
    write_wav(path, [ramp(20.0)], RATE)
    sound = open_sound(path)
    path.unlink()
    feed = Feed(sound, RATE, 1)
    feed.prepare(10 * RATE, 2.0)
    assert feed.trouble
    feed.close()


def test_without_a_device_it_says_so(monkeypatch: pytest.MonkeyPatch):
    sounddevice = pytest.importorskip("sounddevice", exc_type=OSError)
    monkeypatch.setattr(sounddevice, "_initialized", sounddevice._initialized)

    def nothing(**_: object) -> None:
        raise sounddevice.PortAudioError("Error querying device -1")

    monkeypatch.setattr(sounddevice, "query_devices", nothing)
    with pytest.raises(NoSound, match="no sound device; connect or enable one"):
        SoundClock()
    assert issubclass(NoSound, EngineError)


@pytest.fixture
def clock(has_sound: bool):
    if not has_sound:
        pytest.skip("no sound sink; tests/stage.py makes one")
    made = SoundClock()
    yield made
    made.close()


def test_the_devices_clock_keeps_time(clock: SoundClock):
    clock.set_sound(sound_from_samples(ramp(30.0, 44100), 44100))
    clock.start(2.0, None)
    marks = []
    end = time.monotonic() + 2.0
    while time.monotonic() < end:
        marks.append((time.monotonic(), clock.position()))
        time.sleep(0.005)
    assert clock.trouble == "" and clock.underruns == 0
    moving = np.array([m for m in marks if m[1] > 2.2])
    slope, offset = np.polyfit(moving[:, 0] - moving[0, 0], moving[:, 1], 1)
    # A busy machine's underruns stop the sound, and the clock with it; the median is the clock's own error.
    residual = np.abs(moving[:, 1] - (slope * (moving[:, 0] - moving[0, 0]) + offset))
    assert slope == pytest.approx(1.0, abs=0.02) and np.median(residual) < 0.004
    assert (np.diff([m[1] for m in marks]) >= 0).all()


def test_stopping_holds_the_position_and_starting_goes_on(clock: SoundClock):
    clock.set_sound(sound_from_samples(ramp(10.0), RATE))
    clock.start(1.0, None)
    time.sleep(0.4)
    clock.stop()
    held = clock.position()
    time.sleep(0.1)
    assert clock.position() == held and 1.1 < held < 1.5
    clock.start(held, None)
    assert clock.position() == pytest.approx(held, abs=0.02)


def test_a_loop_is_heard_without_a_gap(clock: SoundClock):
    clock.set_sound(sound_from_samples(ramp(3.0), RATE))
    clock.start(0.3, Loop(0.0, 0.5))
    seen = []
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        seen.append(clock.position())
        time.sleep(0.01)
    assert clock.underruns == 0
    assert max(seen) < 0.52 and sum(b < a - 0.3 for a, b in itertools.pairwise(seen)) in (2, 3)


def test_scrubbing_is_heard_and_then_silent(clock: SoundClock):
    clock.set_sound(sound_from_samples(ramp(3.0), RATE))
    assert clock._feed is not None and clock._feed.prepare(RATE)
    clock.scrub(1.0)
    assert clock._stream.active
    clock.end_scrub()
    assert not clock._stream.active and clock.trouble == ""


def test_a_device_that_stops_is_noticed(clock: SoundClock):
    clock.set_sound(sound_from_samples(ramp(30.0), RATE))
    clock.start(0.0, None)
    time.sleep(0.2)
    clock._stream.abort()
    end = time.monotonic() + 4.0
    while not clock.trouble and time.monotonic() < end:
        clock.position()
        time.sleep(0.02)
    assert clock.trouble == "the sound device stopped"


def test_a_player_on_the_device_stays_in_step(clock: SoundClock, qtbot):
    player = Player(clock=clock)
    player.set_line(1.2, Fraction(30), sound_from_samples(ramp(1.2), RATE))
    last = [0]

    def show(position_s: float) -> None:
        frame = player.frame_of(position_s)
        if frame != last[0]:
            last[0] = frame
            player.note_shown(frame)

    player.moved.connect(show)
    with qtbot.waitSignal(player.playing_changed, timeout=6000, check_params_cb=lambda on: not on):
        player.play()
    found = player.statistics()
    assert found.shown + found.dropped >= 35 and found.shown >= 25
    assert abs(found.offset_ms) < 20
    player.set_clock(SilentClock())
