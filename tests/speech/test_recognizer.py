from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.bench.alignment import boundary_score, closed_frames, closure_counts, closure_figures
from engine.speech.files import Sound, open_sound
from engine.speech.found import misfit
from engine.speech.labels import read_labels
from engine.speech.line import analyse
from engine.speech.phonemes import VISEME_CLASSES, viseme_of
from engine.speech.pieces import Piece
from engine.speech.recognizer import found_phones, recognise

RATE = 16000


@pytest.fixture(scope="module")
def sound(sample_line: Path) -> Sound:
    return open_sound(sample_line)


def test_words_of_clear_speech(sound: Sound) -> None:
    heard = recognise(sound, [Piece(1.08, 3.65)], "en")
    assert heard.method == "recognition" and heard.worded_s == pytest.approx(2.57) and heard.phones_s == 0
    assert " ".join(heard.found.words).endswith("your voice and i'll give it a face")
    assert heard.found.segments[0].start_s > 1.08 and heard.found.segments[-1].end_s < 3.65
    assert [s.word for s in heard.found.segments] == sorted(s.word for s in heard.found.segments)


def test_phones_alone_in_other_languages(sound: Sound) -> None:
    heard = recognise(sound, [Piece(1.08, 3.65)], "de", ears="pocketsphinx")
    assert heard.method == "allphone" and not heard.found.words and heard.worded_s == 0
    assert len(heard.found.segments) > 15 and all(s.word == -1 for s in heard.found.segments)
    classes = {viseme_of(s.label) for s in heard.found.segments}
    assert classes <= set(VISEME_CLASSES) and {"FV", "SZ", "AA", "EI"} <= classes  # give it a face, your voice


def test_the_encoder_hears_any_language(sound: Sound) -> None:
    for language, ears in (("en", "encoder"), ("cmn", "auto")):
        found = recognise(sound, [Piece(1.08, 3.65)], language, ears=ears)
        assert found.method == "encoder" and found.encoder_s == pytest.approx(2.57) and not found.found.words
        assert found.found.segments[0].start_s > 1.08 and found.found.segments[-1].end_s < 3.65
        classes = {viseme_of(s.label) for s in found.found.segments}
        assert {"FV", "SZ", "AA", "EI"} <= classes


def test_both_find_words_and_keep_their_count(sound: Sound) -> None:
    alone, both = (recognise(sound, [Piece(1.08, 3.65)], "en", ears=ears) for ears in ("pocketsphinx", "auto"))
    assert both.method == "recognition" and both.found.words == alone.found.words
    assert [s.word for s in both.found.segments] == sorted(s.word for s in both.found.segments)


def test_noise_has_no_phones() -> None:
    assert found_phones([["SIL", 0, 50, -300], ["+NSN+", 50, 20, -900]]).segments == ()


def test_misfit_compares_scores_a_frame() -> None:
    words = [["<sil>", 0, 10, [["SIL", 0, 10, -5000]]], ["me", 10, 20, [["M", 10, 10, -100], ["IY", 20, 10, -300]]]]
    assert misfit(words, [["M", 10, 10, -100], ["IY", 20, 10, -100], ["SIL", 30, 5, -900]]) == pytest.approx(2.0)
    assert misfit(words, []) == pytest.approx(20 / 8.5)


def test_hand_labels_of_real_english_without_text(shared_data: Path) -> None:
    accuracy, counts = [], np.zeros(7, int)
    for path in sorted((shared_data / "speech" / "emur_ae").glob("*.wav")):
        line = analyse(open_sound(path), ears="pocketsphinx")
        assert line.method == "recognition" and line.transcript
        labels = read_labels(path.with_suffix(".lab"))
        accuracy.append(boundary_score(labels, line.phonemes).frame_accuracy)
        closed = np.stack([line.closures["start_s"], line.closures["end_s"]], axis=1)
        counts += closure_counts(labels, closed_frames(closed, line.sound.duration_s))
    events, frames = closure_figures(counts)
    # The goals of the first issue; the accuracy is a guard against a fall.
    assert events >= 0.88 and frames >= 0.68
    assert np.mean(accuracy) > 0.75


def test_acted_german_without_text(shared_data: Path) -> None:
    counts, accuracy = np.zeros(7, int), []
    paths = sorted((shared_data / "emotion" / "emodb" / "wav").glob("*N*.wav"))[:8]
    for path in paths:
        lablaut = sorted(path.parents[1].joinpath("lablaut").glob(path.stem + "*.lablaut"))
        line = analyse(open_sound(path), language="de", ears="pocketsphinx")
        assert line.method == "allphone"
        labels = read_labels(lablaut[0])
        accuracy.append(boundary_score(labels, line.phonemes).frame_accuracy)
        closed = np.stack([line.closures["start_s"], line.closures["end_s"]], axis=1)
        counts += closure_counts(labels, closed_frames(closed, line.sound.duration_s))
    assert np.mean(accuracy) > 0.42  # of twelve classes; chance is below 0.2
    assert closure_figures(counts)[0] > 0.5
