"""The emotion figures: said to be missing without recordings, and counted right with them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.bench import emotion
from engine.speech.files import sound_from_samples, write_wav
from engine.speech.mood import CLASSES
from engine.training import mood


def test_without_recordings_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for folder in (None, tmp_path):
        monkeypatch.setattr(emotion, "data_folder", lambda folder=folder: folder)
        (figure,) = emotion.emotion()
        assert figure.value is None and "VIVAVOCE_DATA" in figure.note and figure.goal == ">= 0.6"


def test_recalls_and_confusion(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wav = tmp_path / "emotion/emodb/wav"
    wav.mkdir(parents=True)
    write_wav(wav / "03a01Fa.wav", sound_from_samples(np.zeros(8000, np.float32), 16000), 16000)
    labels = np.repeat(np.arange(6), 4)
    scores = np.eye(len(CLASSES), dtype=np.float32)[labels]
    scores[:2] = np.eye(len(CLASSES), dtype=np.float32)[3]  # two of four angry ones are taken for happy
    monkeypatch.setattr(emotion, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(mood, "crossed", lambda _config: (labels, scores))
    found = {figure.name: figure for figure in emotion.emotion()}
    assert found["emotion.uar"].value == pytest.approx(5.5 / 6) and found["emotion.uar"].reached
    assert found["emotion.recall.angry"].value == 0.5 and "angry 2, happy 2" in found["emotion.recall.angry"].note
    assert "12 clips" in found["emotion.recall.disgusted"].note
    assert found["emotion.rtf"].value is not None
