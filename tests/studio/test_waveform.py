from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import Cancelled
from engine.core.jobs import Job
from engine.speech.files import sound_from_samples
from studio.timeline import waveform
from studio.timeline.speech_lanes import wave_image
from studio.timeline.waveform import Pyramid


def filled(samples: np.ndarray, rate: int, block: int = 10_007) -> Pyramid:
    pyramid = Pyramid(len(samples), rate)
    for start in range(0, len(samples), block):
        pyramid.add(samples[start : start + block])
    pyramid.finish()
    return pyramid


@pytest.mark.parametrize("px_per_s", [3.0, 20.0, 97.3, 333.0, 1000.0])
def test_columns_hold_the_extremes_of_what_lies_under_them(px_per_s: float):
    rate = 48000
    samples = np.random.default_rng(1).normal(0, 0.2, 5 * rate).astype(np.float32).clip(-1, 1)
    columns = filled(samples, rate).columns(0.0, px_per_s, int(4.5 * px_per_s))
    # A column may reach a bin of its level further on either side; nothing louder than that may show, nothing inside be missed.
    slack = 4.0 / px_per_s + 0.002
    for i in range(0, len(columns), max(1, len(columns) // 40)):
        inside = samples[round(i / px_per_s * rate) : round((i + 1) / px_per_s * rate)]
        wide = samples[max(0, round((i / px_per_s - slack) * rate)) : round(((i + 1) / px_per_s + slack) * rate)]
        low, high, mean = columns[i]
        assert wide.min() - 1e-4 <= low <= high <= wide.max() + 1e-4
        if px_per_s < 900:
            assert high >= np.quantile(inside, 0.9) and low <= np.quantile(inside, 0.1)
        assert 0 <= mean <= max(high, -low) + 1e-4


def test_a_click_is_seen_at_every_scale():
    samples = np.zeros(60 * 16000, np.float32)
    samples[31 * 16000] = 0.9
    pyramid = filled(samples, 16000)
    for px_per_s in (5.0, 20.0, 200.0, 2000.0):
        columns = pyramid.columns(0.0, px_per_s, int(60 * px_per_s))
        where = int(columns[:, 1].argmax())
        assert columns[where, 1] == pytest.approx(0.9, abs=1e-3)
        assert where / px_per_s == pytest.approx(31.0, abs=4 / px_per_s + 0.002)


def test_it_does_not_matter_how_the_sound_comes_in_pieces():
    samples = np.random.default_rng(2).uniform(-1, 1, 44100 * 2 + 17).astype(np.float32)
    one, many = filled(samples, 44100, 10**9), filled(samples, 44100, 313)
    for a, b in zip(one.levels, many.levels, strict=True):
        np.testing.assert_array_equal(a, b)
    assert one.complete and one.peak == pytest.approx(1.0, abs=1e-3)


def test_an_hour_is_small_and_quick_to_draw():
    pyramid = Pyramid(3600 * 48000, 48000)
    assert sum(level.nbytes for level in pyramid.levels) < 30e6
    assert pyramid.columns(0.0, 1300 / 3600, 1300).shape == (1300, 3)


def test_beyond_the_sound_there_is_nothing():
    columns = filled(np.ones(1600, np.float32), 16000).columns(0.05, 1000.0, 100)
    assert columns[:49, 1].min() > 0.9 and not columns[51:].any()


def test_it_grows_while_the_sound_is_read_and_can_be_stopped():
    sound = sound_from_samples(np.full(25 * 8000, 0.5, np.float32), 8000)
    seen: list[int] = []
    waveform.build(sound, Job(), lambda p: seen.append(p.filled))
    assert seen == [0, 10_000, 20_000, 25_000]
    job = Job(lambda *_: job.cancel())
    with pytest.raises(Cancelled):
        waveform.build(sound, job)


def test_a_long_sound_is_read_once(own_cache: Path):
    sound = sound_from_samples(np.random.default_rng(3).uniform(-0.5, 0.5, 31 * 8000).astype(np.float32), 8000)
    first = waveform.build(sound, Job())
    seen: list[int] = []
    again = waveform.build(sound, Job(), lambda p: seen.append(p.filled))
    assert seen == [] and again.complete
    np.testing.assert_array_equal(first.levels[0], again.levels[0])
    next((own_cache / "waveforms").iterdir()).write_bytes(b"broken")
    assert waveform.build(sound, Job(), lambda p: seen.append(p.filled)).complete and seen


def test_a_loud_column_is_painted_tall_and_a_silent_one_as_a_line(qapp):
    levels = np.array([[0, 0, 0], [-1, 1, 0.5]], np.float32)
    image = wave_image(levels, 100)
    painted = [sum(image.pixelColor(x, y).alphaF() for y in range(100)) for x in (0, 1)]
    assert painted[0] == pytest.approx(1.0, abs=0.1) and painted[1] == pytest.approx(100.0, abs=1.0)
