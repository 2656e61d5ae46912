from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.speech.features import MelConfig, Prosody, add_phrasing, log_mel, mfcc, prosody
from engine.speech.files import open_sound, sound_from_samples
from engine.speech.phonemes import WORD_DTYPE, track

RATE = 16000


def _voice(pitch_hz: np.ndarray, level: np.ndarray | float = 0.1) -> np.ndarray:
    """Harmonics of a pitch contour [S], like a vowel without formants."""
    phase = 2 * np.pi * np.cumsum(pitch_hz) / RATE
    return (level * sum(np.sin(k * phase) / k for k in range(1, 12))).astype(np.float32)


def test_pitch_is_right_and_in_place() -> None:
    """65 s, so that stretches meet twice; a contour that moves shows any shift in time."""
    t = np.arange(65 * RATE) / RATE
    contour = 160 + 50 * np.sin(2 * np.pi * 0.4 * t)
    samples = _voice(contour)
    samples[20 * RATE : 21 * RATE] = 0
    found = prosody(sound_from_samples(samples, RATE))
    assert len(found.pitch_hz) == 6500
    wanted = 160 + 50 * np.sin(2 * np.pi * 0.4 * found.times_s)
    spoken = (found.times_s < 19.9) | (found.times_s > 21.1)
    assert (found.pitch_hz[spoken] > 0).mean() > 0.999
    error = (found.pitch_hz - wanted)[spoken]
    slope = np.gradient(wanted, 0.01)[spoken]
    assert np.abs(error).max() < 1.5
    assert abs((error * slope).sum() / (slope**2).sum()) < 0.0005  # seconds of shift
    silent = (found.times_s > 20.1) & (found.times_s < 20.9)
    assert not found.pitch_hz[silent].any() and not found.voiced[silent].any()
    assert (found.energy_db[silent] == -80).all()


@pytest.mark.parametrize("hz", [80, 130, 220, 420])
def test_low_and_high_voices(hz: int) -> None:
    found = prosody(sound_from_samples(_voice(np.full(2 * RATE, float(hz))), RATE))
    middle = found.pitch_hz[20:-20]
    assert np.abs(middle - hz).max() < 0.01 * hz
    assert found.voiced[20:-20].min() > 0.8


def test_noise_has_no_pitch() -> None:
    noise = np.random.default_rng(0).standard_normal(3 * RATE).astype(np.float32) * np.float32(0.1)
    found = prosody(sound_from_samples(noise, RATE))
    assert (found.pitch_hz > 0).mean() < 0.05
    assert abs(float(np.median(found.energy_db))) < 5  # -20 dB, taken for speech where there is none


def test_energy_is_relative_to_the_line() -> None:
    """12 dB between two syllables stay 12 dB, however loud the recording is."""
    level = np.repeat([0.2, 0.05], RATE)
    samples = _voice(np.full(2 * RATE, 120.0), level)
    loud, faint = (prosody(sound_from_samples(samples * np.float32(gain), RATE)).energy_db for gain in (1.0, 0.01))
    assert np.abs(loud - faint).max() < 0.5
    assert float(loud[20:80].mean() - loud[120:180].mean()) == pytest.approx(12.0, abs=0.2)
    assert -12.1 < float(np.median(loud)) < 12.1


@pytest.mark.parametrize("samples", [np.zeros(1600, np.float32), np.full(1, 0.1, np.float32), np.full(100, 0.1, np.float32)])
def test_very_short_and_silent_sounds(samples: np.ndarray) -> None:
    found = prosody(sound_from_samples(samples, RATE))
    assert len(found.pitch_hz) == max(1, -(-len(samples) // 160)) and np.isfinite(found.energy_db).all()
    full = add_phrasing(found, track([], len(samples) / RATE), np.zeros(0, WORD_DTYPE))
    assert len(full.accents) == len(full.phrases) == 0 and not full.speaking_rate.any()


def test_it_can_be_cancelled() -> None:
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        prosody(sound_from_samples(np.zeros(RATE, np.float32), RATE), job)


def _line(lengths_s: list[float], pitches_hz: list[float], levels: list[float], pause_after: int = -1) -> tuple[Prosody, np.ndarray, np.ndarray]:
    """Words of one syllable each: t and a vowel of the length, pitch and level given; after `pause_after` comes half a second of silence."""
    rows, words, parts = [], [], []
    at = 0.0
    for i, (length, pitch, level) in enumerate(zip(lengths_s, pitches_hz, levels, strict=True)):
        start = at
        rows += [("t", at, at + 0.06), ("a", at + 0.06, at + 0.06 + length)]
        parts += [np.zeros(round(0.06 * RATE), np.float32), _voice(np.full(round(length * RATE), pitch), level)]
        at += 0.06 + length
        words.append((f"w{i}", start, at))
        if i == pause_after:
            parts.append(np.zeros(RATE // 2, np.float32))
            at += 0.5
    raw = prosody(sound_from_samples(np.concatenate(parts), RATE))
    return raw, track(rows, at), np.array(words, WORD_DTYPE)


def test_the_syllable_that_stands_out_is_accented() -> None:
    lengths, pitches, levels = [0.1] * 7, [120.0] * 7, [0.05] * 7
    lengths[3], pitches[3], levels[3] = 0.17, 155.0, 0.1
    raw, phonemes, words = _line(lengths, pitches, levels)
    found = add_phrasing(raw, phonemes, words)
    strongest = found.accents[np.argmax(found.accents["strength"])]
    assert words[3]["start_s"] < strongest["time_s"] < words[3]["end_s"]
    assert strongest["strength"] > 0.7
    assert ((found.accents["strength"] >= 0) & (found.accents["strength"] <= 1)).all()
    others = found.accents[found.accents["time_s"] != strongest["time_s"]]
    assert (others["strength"] < strongest["strength"] - 0.2).all()


def test_phrases_end_at_pauses() -> None:
    raw, phonemes, words = _line([0.12] * 8, [120.0] * 8, [0.05] * 8, pause_after=3)
    found = add_phrasing(raw, phonemes, words)
    assert np.allclose(found.phrases, [[0.0, 0.72], [1.22, 1.94]])


def test_a_phrase_ends_where_it_is_drawn_out_and_pitch_starts_anew() -> None:
    lengths = [0.12] * 12
    lengths[5] = 0.3
    pitches = [150, 140, 130, 120, 110, 100, 160, 150, 140, 130, 120, 110]
    raw, phonemes, words = _line(lengths, [float(p) for p in pitches], [0.05] * 12)
    found = add_phrasing(raw, phonemes, words)
    assert np.allclose(found.phrases[:, 1], [words[5]["end_s"], words[11]["end_s"]])
    assert len(add_phrasing(raw, phonemes, np.zeros(0, WORD_DTYPE)).phrases) == 1  # without words pauses alone count


def test_speaking_rate_counts_syllables_of_speech_alone() -> None:
    slow, phonemes, words = _line([0.34] * 5 + [0.14] * 10, [120.0] * 15, [0.05] * 15, pause_after=4)
    rate = add_phrasing(slow, phonemes, words).speaking_rate
    assert float(rate[80]) == pytest.approx(2.5, abs=0.3)
    assert float(rate[-80]) == pytest.approx(5.0, abs=0.4)
    assert len(rate) == len(slow.pitch_hz) and rate.dtype == np.float32


def test_a_short_stop_is_no_phrase_end() -> None:
    phonemes = track([("a", 0.0, 0.3), ("", 0.3, 0.45), ("a", 0.45, 0.8)], 1.0)
    raw = prosody(sound_from_samples(_voice(np.full(RATE, 120.0)), RATE))
    assert np.allclose(add_phrasing(raw, phonemes, np.zeros(0, WORD_DTYPE)).phrases, [[0.0, 0.8]])


def test_real_accents(shared_data: Path) -> None:
    """The words he leans on are accented, "what", "your" and "can" are not. Times as forced alignment gives them."""
    sound = open_sound(shared_data / "speech" / "jfk" / "jfk.wav")
    words = [("ask", 3.28, 3.86), ("not", 4.0, 4.31), ("what", 5.38, 5.62), ("your", 5.62, 5.87), ("country", 5.87, 6.42), ("can", 6.42, 6.68),
             ("do", 6.68, 6.91), ("for", 6.91, 7.05), ("you", 7.05, 7.68)]  # fmt: skip
    vowels = [("æ", 3.28, 3.64), ("ɑ", 4.04, 4.28), ("ʌ", 5.48, 5.55), ("ɔ", 5.7, 5.79), ("ʌ", 5.98, 6.08), ("i", 6.27, 6.42), ("æ", 6.51, 6.6),
              ("u", 6.71, 6.91), ("ɝ", 7.02, 7.05), ("u", 7.19, 7.68)]  # fmt: skip
    found = add_phrasing(prosody(sound), track(vowels, sound.duration_s), np.array(words, WORD_DTYPE))
    accented = {word for word, a, b in words if ((found.accents["time_s"] >= a) & (found.accents["time_s"] < b)).any()}
    assert {"ask", "country", "you"} <= accented
    assert not accented & {"what", "your", "can", "for"}


@pytest.mark.parametrize("rate", [8000, 16000, 44100])
def test_log_mel_of_a_sine_peaks_in_its_band(rate: int) -> None:
    config = MelConfig(bands=40)
    mels = np.linspace(1127 * np.log1p(60 / 700), 1127 * np.log1p(min(7600, rate / 2) / 700), 42)[1:-1]
    centres = 700 * np.expm1(mels / 1127)
    for band in (10, 25):
        tone = np.sin(2 * np.pi * centres[band] * np.arange(rate) / rate).astype(np.float32)
        mel = log_mel(tone, rate, config)
        assert mel.shape == (100, 40) and mel.dtype == np.float32
        assert (mel[10:-10].argmax(axis=1) == band).all()
        assert np.abs(mel[10:-10, band]).max() < 1.0  # natural log of about full power


def test_log_mel_frames_stand_where_they_say() -> None:
    samples = np.zeros(RATE, np.float32)
    samples[8080] = 1.0  # centre of frame 50
    energy = log_mel(samples, RATE).sum(axis=1)
    assert energy.argmax() == 50
    assert energy[49] == pytest.approx(energy[51], rel=0.02)  # 8080 is half a sample after the frame's middle


def test_mfcc_undoes_into_its_mel() -> None:
    mel = log_mel(np.random.default_rng(0).standard_normal(RATE).astype(np.float32), RATE)
    full = mfcc(mel, 40)
    assert np.allclose((full**2).sum(1), (mel**2).sum(1), rtol=1e-3)  # orthonormal
    assert np.allclose(full[:, 0], mel.sum(1) / np.sqrt(40), rtol=1e-3)
    assert mfcc(mel).shape == (100, 13)
    with pytest.raises(InvalidInput, match="50 coefficients"):
        mfcc(mel, 50)


def test_two_channels_are_refused_by_log_mel() -> None:
    with pytest.raises(InvalidInput, match=r"must be \[S\], got \[10, 2\]"):
        log_mel(np.zeros((10, 2), np.float32), RATE)
