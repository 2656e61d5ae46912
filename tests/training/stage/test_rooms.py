import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.speech.phonemes import WORD_DTYPE, track
from engine.training.stage import codecs
from engine.training.stage.rooms import NOISES, Acoustics, active_level, impulse, noise
from engine.training.stage.spoken import RATE, Spoken


def chirps(seconds=1.5):
    """Bursts of rising tones: something in which a shift shows."""
    time = np.arange(int(seconds * RATE)) / RATE
    return (0.5 * np.sin(2 * np.pi * (400 + 900 * time) * time) * (np.sin(2 * np.pi * 3 * time) > 0)).astype(np.float32)


def spoken():
    samples = chirps()
    words = np.array([("ma", 0.2, 0.6)], WORD_DTYPE)
    return Spoken(samples, track([("m", 0.2, 0.3), ("a", 0.3, 0.6)], len(samples) / RATE), words, "ma", "en", "flite:slt")


@pytest.mark.parametrize("codec", codecs.CODECS)
def test_a_codec_changes_the_sound_and_moves_nothing(codec):
    clean = chirps()
    heard = Acoustics(codec=codec, bit_rate=24_000).apply(clean)
    assert heard.shape == clean.shape
    assert heard.dtype == np.float32
    assert abs(codecs._lag(clean, heard)) <= 2
    assert not np.allclose(heard, clean * np.abs(heard).max() / np.abs(clean).max(), atol=1e-3)


@pytest.mark.parametrize("kind", NOISES)
def test_noise_has_the_level_asked_for(kind):
    clean = chirps()
    heard = Acoustics(noise=kind, snr_db=10, level_db=0, seed=4).apply(clean).astype(np.float64)
    gain = np.dot(heard, clean) / np.dot(clean, clean)
    rest = heard - gain * clean
    measured = 20 * np.log10(active_level(gain * clean.astype(float)) / np.sqrt(np.mean(rest**2)))
    assert measured == pytest.approx(10, abs=1.0)  # a noise may lean on the tones by chance


def test_pink_noise_loses_three_decibels_an_octave():
    power = np.abs(np.fft.rfft(noise("pink", 1 << 17, np.random.default_rng(0)))) ** 2
    hertz = np.fft.rfftfreq(1 << 17, 1 / RATE)
    octave = [10 * np.log10(power[(hertz >= f) & (hertz < 2 * f)].mean()) for f in (125, 250, 500, 1000, 2000, 4000)]
    assert np.diff(octave) == pytest.approx([-3] * 5, abs=0.4)


def test_a_room_lets_the_voice_come_first_and_decays_in_its_time():
    answer = impulse(0.4, 6.0, np.random.default_rng(1))
    assert answer[0] == 1
    assert 10 * np.log10(1 / np.sum(answer[1:] ** 2)) == pytest.approx(6, abs=1e-6)
    left = np.cumsum(answer[::-1] ** 2)[::-1]
    assert 10 * np.log10(left[int(0.25 * RATE)] / left[int(0.05 * RATE)]) == pytest.approx(-30, abs=4)


def test_the_same_draw_gives_the_same_bytes_and_speed_takes_the_times_along():
    one = spoken()
    heard = [Acoustics.draw(np.random.default_rng(seed)).hear(one) for seed in (5, 5, 6)]
    assert heard[0].samples.tobytes() == heard[1].samples.tobytes()
    assert heard[0].samples.tobytes() != heard[2].samples.tobytes()
    fast = Acoustics(speed=1.1).hear(one)
    assert len(fast.samples) == pytest.approx(len(one.samples) / 1.1, abs=2)
    assert fast.phones["start_s"][1] == pytest.approx(0.2 / 1.1, abs=1e-3)
    assert fast.words["end_s"][0] == pytest.approx(0.6 / 1.1, abs=1e-3)


def test_without_strength_only_level_and_speed_are_left():
    found = Acoustics.draw(np.random.default_rng(0), strength=0.0)
    assert (found.noise, found.codec, found.reverberation_s, found.curve_db) == ("", "", 0, 0)
    assert np.abs(found.apply(chirps())).max() == pytest.approx(10 ** (found.level_db / 20), rel=1e-3)


def test_silence_stays_silence():
    assert not Acoustics(noise="pink", codec="opus", reverberation_s=0.3).apply(np.zeros(800, np.float32)).any()


@pytest.mark.parametrize(("fields", "said"), [({"speed": 2.0}, "0.8 to 1.25"), ({"noise": "rain"}, "rain"), ({"codec": "flac"}, "flac")])
def test_what_there_is_not_is_refused(fields, said):
    with pytest.raises(InvalidInput, match=said):
        Acoustics(**fields)
