"""A film lies on the line where its sound is heard; what was captured from it moves along, as one step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.core.curves import Curve, Key
from engine.project.document import LineDoc
from engine.project.parts import Layer
from engine.speech.files import write_wav
from studio.capture import aligning, layers
from studio.window import MainWindow
from tests.studio.capture_scene import FakeDoor, film
from tests.studio.conftest import WAIT_MS
from tests.studio.test_capture import LANES
from tests.studio.test_window import drop

RATE = aligning.RATE


def sentence(seed: int, seconds: float = 2.0) -> np.ndarray:
    """Sounds of 90 ms, each of another pitch and loudness, like syllables."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(round(0.09 * RATE)) / RATE
    count = round(seconds / 0.09)
    parts = [np.sin(2 * np.pi * rng.uniform(150, 3000) * time_s) * np.hanning(len(time_s)) * rng.uniform(0, 0.6) for _ in range(count)]
    return np.concatenate(parts).astype(np.float32)


@pytest.mark.parametrize("start_s", [-0.437, 0.0, 0.613])
def test_the_same_sentence_is_found_softer_in_noise_and_cut(start_s: float):
    said = sentence(1)
    line = said[round(-start_s * RATE) :] if start_s < 0 else np.pad(said, (round(start_s * RATE), 0))
    line = line * 0.3 + np.random.default_rng(2).normal(size=len(line)).astype(np.float32) * 0.003
    found = aligning.aligned(said, line)
    assert found is not None and found.likeness > aligning.SURE and found.start_s == pytest.approx(start_s, abs=aligning.HOP_S / 2)


def test_another_sentence_and_silence_are_not_found():
    other = aligning.aligned(sentence(1), sentence(3))
    assert other is not None and other.likeness < aligning.SURE
    assert aligning.aligned(sentence(1), np.zeros(RATE * 2, np.float32)) is None
    assert aligning.aligned(sentence(1)[: RATE // 5], sentence(1)) is None


def test_layers_move_with_their_film_but_not_before_the_line():
    layer = Layer("a", "take", start_s=1.0, end_s=2.0, curves={"jawOpen": Curve((Key(1.0, 0.1), Key(2.0, 0.4)))}, source=f"{layers.MARK}0.2500:/film.mp4")
    assert layers.origin_s(layer) == pytest.approx(0.75)
    line = LineDoc("l", "line", "c")
    (moved,) = (edit.part for edit in layers.begun_at(line, [layer], 1.5))
    assert moved.start_s == pytest.approx(1.75) and layers.origin_s(moved) == pytest.approx(1.5)
    (first,) = (edit.part for edit in layers.begun_at(line, [layer], -3.0))
    assert first.start_s == 0.0
    assert not layers.begun_at(line, [layer], 0.75)


def test_a_video_is_laid_where_its_sound_is_heard(monkeypatch: pytest.MonkeyPatch, window: MainWindow, qtbot, tmp_path: Path):
    window.capture.capturer.door = window.capture.door = FakeDoor()
    said = sentence(1)
    write_wav(tmp_path / "line.wav", [np.pad(said, (round(0.5 * RATE), 0))], RATE)
    drop(window, tmp_path / "line.wav")
    settled = lambda: not any(task.lane in LANES for task in window.jobs.tasks)  # noqa: E731
    qtbot.waitUntil(lambda: window.conductor.sound is not None and settled(), timeout=WAIT_MS)
    drop(window, film(tmp_path / "take.mkv", said=said))
    capture = window.capture
    qtbot.waitUntil(lambda: any("heard from 0.5" in text for text in window.banner.texts), timeout=WAIT_MS)
    capture.capturer.capture("take")
    qtbot.waitUntil(lambda: bool(window.session.line.layers) and settled(), timeout=WAIT_MS)
    before = window.session.document
    capture.panel.video.align.click()
    qtbot.waitUntil(lambda: capture.capturer.reference.start_s == pytest.approx(0.5, abs=0.02), timeout=WAIT_MS)
    assert window.session.line.layers[0].start_s == pytest.approx(0.5, abs=0.02) and "Aligned by sound" in capture.panel.video.hint.text()
    window.undo()
    assert window.session.document == before
    qtbot.waitUntil(settled, timeout=WAIT_MS)
