"""Processes of chance: their statistics are those that are reported, and they depend on nothing but their stream."""

from dataclasses import replace

import numpy as np
import pytest

from engine.training.stage import processes
from engine.training.stage.processes import BANDS_HZ, Temperament
from tests.training.stage.life import minutes, talk

AVERAGE = Temperament(blinks=26.0, gaze=0.6, head=1.0, brows=1.0, breaths=16.6, lips=1.0, jaw=1.0, mood=0.15, bursts=8.0)
TIMES = np.arange(10 * 60 * 30) / 30.0
TALK = minutes(10)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_people_blink_as_often_as_bentivoglio_counted():
    rates = [Temperament.draw(rng(i)).blinks for i in range(400)]
    assert np.mean(rates) == pytest.approx(26.0, rel=0.07)  # three standard errors of 400 draws
    assert np.std(rates) > 5.0


def test_blinks_come_at_their_rate_and_not_on_top_of_each_other():
    found = processes.blinks(rng(1), TALK, AVERAGE, (), lambda t: 1.0, (-0.05, 0.2))
    starts = np.array([b.time_s for b in found])
    assert len(found) / 10 == pytest.approx(26.0, rel=0.2)
    assert np.diff(starts).min() > 0.3
    assert 0.5 < np.std(np.diff(starts)) / np.mean(np.diff(starts)) < 1.0


def test_no_blinks_where_none_are_asked_for():
    assert processes.blinks(rng(1), TALK, AVERAGE, (), lambda t: 0.0, (-0.05, 0.2)) == ()


def test_large_gaze_shifts_bring_blinks():
    aside = [replace(g, time_s=3.0 + 4.0 * i, yaw_rad=0.5 * (i % 2)) for i, g in enumerate(processes.gazes(rng(2), TALK, AVERAGE)[:140])]
    steady = tuple(replace(g, yaw_rad=0.0, pitch_rad=0.0) for g in aside)
    near = lambda looks: sum(any(abs(b.time_s - 0.08 - g.time_s) < 0.06 for g in aside) for b in blinks_of(looks))  # noqa: E731
    blinks_of = lambda looks: processes.blinks(rng(3), talk(600.0, []), AVERAGE, looks, lambda t: 1.0, (0.0, 0.1))  # noqa: E731
    assert near(tuple(aside)) > near(steady) + 10


@pytest.mark.parametrize(("listening", "away_s"), [(False, 0.93), (True, 0.43)])
def test_eyes_are_at_the_partner_and_away_as_long_as_reported(listening: bool, away_s: float):
    looks = processes.gazes(rng(4), TALK, replace(AVERAGE, gaze=0.7), listening)
    at = np.array([g.time_s for g in looks])
    far = np.hypot([g.yaw_rad for g in looks], [g.pitch_rad for g in looks]) > np.radians(3.9)
    lengths = np.diff(np.append(at, 600.0))
    assert 1.0 - lengths[far].sum() / 600.0 == pytest.approx(0.7, abs=0.08)
    # Clipping at 0.15 and 4 s and a sample of some 200 looks away move the mean by less than this.
    assert np.mean(lengths[far]) == pytest.approx(away_s, rel=0.2)


def test_a_head_moves_in_its_band_alone():
    for low, high in BANDS_HZ:
        moved = processes.band(rng(5), 4096, 1 / 30, low, high, 1)[:, 0]
        power = np.square(np.abs(np.fft.rfft(moved * np.hanning(4096))))
        hz = np.fft.rfftfreq(4096, 1 / 30)
        assert power[(hz > low - 0.05) & (hz < high + 0.05)].sum() > 0.98 * power.sum()
        assert np.std(moved) == pytest.approx(1.0, rel=0.25)


def test_a_head_moves_while_speaking_and_hardly_otherwise():
    line = talk(20.0, [(0.5, 9.5)])
    times = np.arange(600) / 30.0
    pose, _, _ = processes.head(rng(6), line, times, AVERAGE, processes.speaking(line, times))
    speed = np.abs(np.diff(pose, axis=0)).sum(1)
    assert speed[30:270].mean() > 6.0 * speed[330:].mean()


def test_breath_is_drawn_before_each_phrase_and_given_out_in_it():
    breath = processes.breath(rng(7), TALK, TIMES, AVERAGE)
    at = lambda t: breath[int(t * 30)]  # noqa: E731
    assert breath.min() >= 0.0
    assert breath.max() <= 1.0
    assert np.mean([at(s) > at(e) for s, e in TALK.prosody.phrases[:-1]]) > 0.95


def test_quiet_breath_has_its_rate():
    breath = processes.breath(rng(8), TALK, TIMES, AVERAGE, listening=True)
    assert ((breath[1:] > 0.4) & (breath[:-1] <= 0.4)).sum() / 10 == pytest.approx(16.6, rel=0.1)


def test_an_expression_goes_up_and_down_about_what_was_asked():
    factor = np.concatenate([processes.ups_and_downs(rng(i), TIMES[:150], AVERAGE) for i in range(60)])
    assert factor.min() > 0.2
    assert np.mean(factor) == pytest.approx(1.0, abs=0.1)
    assert np.std(factor) > 0.1


def test_the_same_stream_gives_the_same_life():
    line = talk(5.0, [(0.4, 2.0), (2.4, 4.6)])
    for make in (
        lambda r: processes.gazes(r, line, AVERAGE),
        lambda r: processes.blinks(r, line, AVERAGE, (), lambda t: 1.0, (0.0, 0.2)),
        lambda r: processes.breath(r, line, TIMES[:150], AVERAGE).tolist(),
        lambda r: processes.head(r, line, TIMES[:150], AVERAGE, processes.speaking(line, TIMES[:150]))[0].tolist(),
    ):
        assert make(rng(9)) == make(rng(9))
        assert make(rng(9)) != make(rng(10))
