"""Performances: what is asked for is seen, the lips still do what speech demands, the listener answers."""

import numpy as np
import pytest

from engine.core.channels import INDEX
from engine.core.emotion import EMOTIONS
from engine.head.rig import LipGauge
from engine.systems.instruction import read
from engine.training.stage import voices
from engine.training.stage.listening import answered, cues, listen, nods
from engine.training.stage.performed import RATE, line_of, perform
from tests.training.stage.life import talk


@pytest.fixture(scope="module")
def line():
    entry = next(e for e in voices.available().entries if e.label == "espeak:en-us")
    return line_of(voices.speak(entry, "Bob put a big apple pie by the map, and my baby ate it.", np.random.default_rng(4)))


def play(line, text: str, seed: int = 1):
    return perform(line, read(text, 0.0, line.sound.duration_s, 1.0, line.sound.duration_s), np.random.default_rng(seed))


def test_a_sentence_becomes_a_line_with_all_that_the_performer_needs(line):
    assert line.method == "voice"
    assert len(line.closures) == sum(label in ("b", "p", "m") for label in line.phonemes["label"])
    assert len(line.prosody.phrases)
    assert line.stress.any()


@pytest.mark.parametrize("text", ["Look neutral.", "Look furious. AU 27.", "Be overjoyed, drop your jaw, and bare the teeth."])
def test_lips_are_shut_in_closures_whatever_the_instruction_says(line, text: str):
    motion = play(line, text)
    gap = LipGauge().mm(motion.channels)
    times = np.arange(len(gap)) / float(RATE)
    shut = [gap[(times >= c["start_s"]) & (times < c["end_s"])] for c in line.closures]
    assert max(part.max() for part in shut if len(part)) < 0.1  # mm; the gauge's own noise at sealed lips is 0.03


def test_what_is_asked_for_is_seen(line):
    calm, angry = play(line, "Look neutral."), play(line, "Look very angry, and keep eye contact.")
    mean = lambda motion, name: float(motion.channels[:, INDEX[name]].mean())  # noqa: E731
    assert mean(angry, "browDownLeft") > mean(calm, "browDownLeft") + 0.5
    assert angry.levels[:, EMOTIONS.index("angry")].mean() > 0.7
    assert not calm.levels.any()
    assert np.isfinite(angry.channels).all()
    assert angry.channels.shape == (len(angry.levels), 63)


def test_the_same_stream_gives_the_same_bytes_and_another_one_another_person(line):
    first, again, other = (play(line, "Look happy.", seed) for seed in (3, 3, 4))
    assert first.channels.tobytes() == again.channels.tobytes()
    assert first.channels.tobytes() != other.channels.tobytes()


def test_a_listener_says_nothing_and_is_as_long(line):
    speaker = play(line, "Look overjoyed.")
    other = listen(line, speaker, np.random.default_rng(5))
    assert other.channels.shape == speaker.channels.shape
    assert np.ptp(other.channels[:, INDEX["jawOpen"]]) < 0.1
    assert LipGauge().mm(other.channels).max() < 2.0


def test_a_smile_is_answered_later_and_less():
    levels = np.zeros((90, 7), np.float32)
    levels[30:, EMOTIONS.index("happy")] = 1.0
    for seed in range(20):
        back = answered(np.random.default_rng(seed), levels)[:, EMOTIONS.index("happy")]
        assert not back[:40].any()
        assert 0.2 < back[-1] < 0.8


def test_places_for_a_nod_come_with_low_pitch_and_ends_of_phrases():
    found = np.array(cues(talk(12.0, [(1.0, 5.0), (6.0, 10.0)])))
    assert (np.diff(found) >= 0.8).all()
    assert any(abs(found - 10.25) < 0.9)
    assert not (found < 1.7).any()  # nobody answers before something is said


def test_nods_go_down_and_come_back():
    speaker = talk(60.0, [(3.0 * i, 3.0 * i + 2.4) for i in range(20)])
    times = np.arange(1800) / 30.0
    for seed in range(8):
        moved, begun = nods(np.random.default_rng(seed), speaker, times)
        assert moved.min() >= 0.0
        assert moved.max() < np.radians(9.5)
        assert bool(begun) == bool(moved.any())
