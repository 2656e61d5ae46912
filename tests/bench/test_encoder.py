"""The encoder's figures: noise at the level it says, frames counted as labelled, and said so where nothing can be measured."""

from types import SimpleNamespace

import numpy as np
import pytest

from engine.bench import ears, encoder
from engine.core.errors import InvalidInput
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
    figures = list(encoder._left_out(ears.folds()))
    assert len(figures) == 2 and all(figure.value is None and "VIVAVOCE_FOLDS" in figure.note for figure in figures)


def test_a_fold_that_is_missing_is_said_before_anything_is_measured(monkeypatch, tmp_path):
    monkeypatch.setenv("VIVAVOCE_FOLDS", str(tmp_path))
    for measure in (encoder.encoder, ears.ears):
        with pytest.raises(InvalidInput, match="emodb03 cannot be read"):
            next(measure())


def test_what_the_product_does_is_a_row_of_its_own_with_the_same_goal(monkeypatch):
    monkeypatch.delenv("VIVAVOCE_FOLDS", raising=False)
    for where, name in ((encoder, "english"), (ears, "emur")):
        monkeypatch.setattr(where, name, list)
    monkeypatch.setattr(encoder, "_cost", lambda ours: ())
    rows = {figure.name: figure for figure in encoder.encoder()}
    assert rows["encoder.auto.accuracy"].goal == rows["encoder.offline.accuracy"].goal == ">= 0.8"
    assert rows["encoder.auto.accuracy"].value is None and "VIVAVOCE_DATA" in rows["encoder.auto.accuracy"].note
    monkeypatch.setattr(ears, "score", lambda examples, language, who: ears.Score(np.zeros(7, int), 80.0, 100, 7))
    row = encoder._auto(">= 0.8")
    assert row.value == 0.8 and row.reached and "mended by the encoder" in row.note and "partly chosen on these" in row.note
