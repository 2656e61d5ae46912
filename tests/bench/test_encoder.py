"""The encoder's figures: noise at the level it says, frames counted as labelled, and said so where nothing can be measured."""

from types import SimpleNamespace

import numpy as np

from engine.bench import encoder
from engine.speech.labels import Labels
from engine.speech.phonemes import VISEME_CLASSES

RATE = 16000


def test_pink_noise_is_at_its_level_and_always_the_same():
    voice = np.sin(np.arange(RATE) / 7).astype(np.float32)
    noisy = encoder.with_pink_noise(voice, 10.0)
    noise = noisy - voice
    assert abs(10 * np.log10(np.mean(voice**2) / np.mean(noise**2)) - 10) < 0.1
    np.testing.assert_array_equal(noisy, encoder.with_pink_noise(voice, 10.0))
    power = np.abs(np.fft.rfft(noise)) ** 2
    assert 1.6 < power[200:400].mean() / power[400:800].mean() < 2.4  # 3 dB an octave


def test_frames_are_right_by_their_class_up_to_the_last_label():
    m, s = VISEME_CLASSES.index("PBM"), VISEME_CLASSES.index("SZ")
    hears = SimpleNamespace(encode=lambda samples, ahead: SimpleNamespace(classes=np.array([m] * 12 + [s] * 30)))
    labels = Labels(np.array([[0.0, 0.1], [0.1, 0.2]]), ("m", "s"), ("m", "s"))
    assert encoder.right(hears, [(np.zeros(RATE, np.float32), labels)], True) == (18, 20)


def test_without_folds_the_figure_says_what_it_needs(monkeypatch):
    monkeypatch.delenv("VIVAVOCE_FOLDS", raising=False)
    figures = list(encoder._left_out())
    assert len(figures) == 2 and all(figure.value is None and "VIVAVOCE_FOLDS" in figure.note for figure in figures)
