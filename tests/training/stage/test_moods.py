from dataclasses import replace

import numpy as np
import parselmouth
import pytest

from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.training.stage import moods, voices
from engine.training.stage.sitting import sitting
from engine.training.stage.voices import VoiceEntry

TEXT = "Maybe the baker put a big apple pie on the map of Bombay."


@pytest.fixture(scope="module")
def neutral():
    return voices.speak(VoiceEntry("espeak", "en-us", "en-us"), TEXT, np.random.default_rng(8))


def coloured(neutral, emotion, level=3, seed=1):
    return moods.colour(neutral, emotion, level, np.random.default_rng(seed))


def semitones(spoken):
    _, hertz = moods._voiced(moods._pitch(parselmouth.Sound(spoken.samples.astype(np.float64), 16000)))
    return 12 * np.log2(hertz)


def spread(spoken):
    """Semitones between the tenth and the ninetieth hundredth, which octave slips of the tracker do not reach."""
    return np.subtract(*np.quantile(semitones(spoken), (0.9, 0.1)))


def level_db(spoken):
    return 20 * np.log10(np.sqrt(np.mean(spoken.samples.astype(np.float64) ** 2)))


def test_there_is_a_mood_for_every_emotion():
    assert tuple(sorted(moods.MOODS)) == tuple(sorted(EMOTIONS))


def test_what_it_does_goes_the_way_the_literature_says(neutral):
    angry, sad, happy, fear = (coloured(neutral, name) for name in ("angry", "sad", "happy", "fear"))
    assert np.median(semitones(happy)) > np.median(semitones(neutral)) + 2 > np.median(semitones(sad)) + 2
    assert spread(happy) > 1.2 * spread(neutral) > 1.2 * spread(sad)
    assert sad.duration_s > 1.1 * neutral.duration_s
    assert fear.duration_s < 0.95 * neutral.duration_s
    assert level_db(angry) > level_db(neutral) + 2 > level_db(sad) + 6


def test_more_of_it_at_a_higher_level(neutral):
    tones = [np.median(semitones(coloured(neutral, "fear", level))) for level in (1, 2, 3)]
    assert tones[0] < tones[1] < tones[2]


@pytest.mark.parametrize("emotion", EMOTIONS)
def test_times_follow_the_sound(neutral, emotion):
    found = coloured(neutral, emotion)
    assert (found.emotion, found.level, found.text) == (emotion, 3, neutral.text)
    assert list(found.phones["label"]) == list(neutral.phones["label"])
    assert abs(sitting([found]).offset_ms - sitting([neutral]).offset_ms) <= 7.5
    for word, before in zip(found.words, neutral.words, strict=True):
        first, was = (np.searchsorted(s.phones["end_s"], w["start_s"] + 1e-4) for s, w in ((found, word), (neutral, before)))
        assert first == was
    assert np.abs(found.samples).max() < 1


def test_the_same_stream_gives_the_same_bytes(neutral):
    first, again, other = (coloured(neutral, "surprised", 2, seed) for seed in (1, 1, 2))
    assert first.samples.tobytes() == again.samples.tobytes()
    assert first.samples.tobytes() != other.samples.tobytes()


def test_a_whisper_without_pitch_can_be_coloured(neutral):
    noise = np.random.default_rng(0).normal(0, 0.05, len(neutral.samples)).astype(np.float32)
    assert len(coloured(replace(neutral, samples=noise), "sad").samples) > len(noise)


def test_neutral_is_left_alone_and_wrong_requests_are_refused(neutral):
    assert coloured(neutral, "neutral", 0) is neutral
    for emotion, level, said in (("joy", 1, "not known"), ("happy", 0, "does not go"), ("neutral", 2, "does not go"), ("happy", 4, "does not go")):
        with pytest.raises(InvalidInput, match=said):
            coloured(neutral, emotion, level)
    with pytest.raises(InvalidInput, match="already"):
        moods.colour(coloured(neutral, "sad", 1), "happy", 1, np.random.default_rng(0))
