from dataclasses import replace

import numpy as np
import pytest

from engine.speech.phonemes import track
from engine.training.stage import voices, words
from engine.training.stage.sitting import sitting
from engine.training.stage.voices import VoiceEntry

# Voices whose sentences are looked at; the others of the same engine go the same way.
LOOKED_AT = [VoiceEntry("espeak", "en-us", "en-us"), VoiceEntry("flite", "rms", "en-us"), VoiceEntry("festival", "lp_diphone", "it")]


def some(entry, count=8):
    if entry not in voices.available().entries:
        pytest.skip(f"{entry.label} is not installed")
    rng = np.random.default_rng(7)
    return [voices.speak(entry, words.sentence(entry.language, rng), rng) for _ in range(count)]


@pytest.mark.parametrize("entry", LOOKED_AT, ids=lambda e: e.label)
def test_labels_sit_on_the_sound(entry):
    found = sitting(some(entry))
    assert abs(found.offset_ms) <= 7.5
    assert found.explained > found.explained_best - 0.03
    assert found.pause_db < -30
    assert found.closure_db < -30
    assert found.sibilant_db > found.nasal_high_db + 20


def test_labels_that_were_moved_are_found_out():
    spoken = some(LOOKED_AT[0])
    moved = []
    for one in spoken:
        rows = [(str(p["label"]), p["start_s"] - 0.03, p["end_s"] - 0.03) for p in one.phones]
        moved.append(replace(one, phones=track([r for r in rows if r[2] > 0], one.duration_s)))
    assert sitting(moved).offset_ms - sitting(spoken).offset_ms == pytest.approx(30.0, abs=5.0)
