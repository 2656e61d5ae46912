"""How those who listen are scored."""

from __future__ import annotations

import numpy as np

from engine.bench import alignment
from engine.bench.ears import Score, figures, labels_of
from engine.speech.closures import lip_closures
from engine.speech.line import speak
from engine.training.stage.spoken import RATE, Spoken


def test_a_voices_own_closures_score_full_marks() -> None:
    line = speak("Bob put my map on top.")
    samples = line.sound.mono(RATE)
    phones = line.phonemes.copy()
    phones["end_s"][-1] = len(samples) / RATE
    spoken = Spoken(samples, phones, line.words, "Bob put my map on top.", "en-us", "espeak:en-us")
    labels = labels_of(spoken)
    assert (np.diff(labels.spans[:, 0]) > 0).all() and labels.spans[-1, 1] == len(samples) / RATE
    assert labels.names.count("b") == 7 and labels.ipa.count("b") == 2
    found = lip_closures(spoken.phones, spoken.sound)
    closed = alignment.closed_frames(np.stack([found["start_s"], found["end_s"]], 1), spoken.duration_s)
    counts = alignment.closure_counts(labels, closed)
    assert counts[0] == 7 and alignment.closure_figures(counts) == (1.0, 1.0)


def test_scores_join() -> None:
    one, two = Score(np.array([2, 2, 2, 2, 10, 0, 0]), 5.0, 10, 1), Score(np.array([2, 0, 0, 0, 0, 0, 10]), 10.0, 10, 1)
    both = {f.name.rsplit(".", 1)[1]: f.value for f in figures("ears.x", one.joined(two), (">= 0.5", "", ""))}
    assert both["event_f1"] == 2 / 3 and both["frame_f1"] == 2 / 3 and both["accuracy"] == 0.75


def test_what_is_not_there_is_not_scored_as_nought() -> None:
    (row,) = figures("ears.x", Score(np.zeros(7, np.int64)), (">= 0.5", "", ""), "the voice is not installed")
    assert row.value is None and row.reached is None and row.note == "the voice is not installed"
