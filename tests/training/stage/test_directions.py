"""Instruction texts: whatever is said reads back as what was meant."""

import itertools

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.systems.instruction import read
from engine.training.stage.directions import _SENTENCES, _WHOLE, DETAILS, NEUTRAL, STATES, Detail, Intent, paraphrases


def emotions(text: str) -> dict[str, float]:
    """The strongest value of every emotion that a text asks for."""
    curves = read(text, 0.0, 4.0, 1.0, 4.0).curves
    found = {name.removeprefix("emotions/"): max(key.value for key in curve.keys) for name, curve in curves.items() if name.startswith("emotions/")}
    return {name: round(value, 3) for name, value in found.items() if value > 0.0}


def wanted(emotion: str, level: int) -> dict[str, float]:
    return {} if emotion == NEUTRAL else {emotion: round(level / 3, 3)}


@pytest.mark.parametrize("emotion", STATES)
def test_every_word_reads_back_at_its_level(emotion: str):
    for level, words in enumerate(STATES[emotion], 1):
        for i, word in enumerate(words):
            text = _WHOLE[i % len(_WHOLE)].format(s=word)
            assert (text, emotions(text), read(text, 0.0, 4.0).unknown) == (text, wanted(emotion, level), ())


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_every_sentence_says_no_more_than_its_word(sentence: str):
    for emotion, level in (("happy", 3), ("sad", 1), ("fear", 2)):
        text = sentence.format(s=STATES[emotion][level - 1][0])
        assert (emotions(text), read(text, 0.0, 4.0).unknown) == (wanted(emotion, level), ())


@pytest.mark.parametrize("name", DETAILS)
def test_the_wordings_of_a_detail_mean_the_same(name: str):
    read_back = [read(words, 0.0, 4.0, 1.0, 4.0) for words in DETAILS[name]]
    curves = [{track: [(key.time_s, key.value) for key in curve.keys] for track, curve in r.curves.items()} for r in read_back]
    assert curves[0]
    assert all(other == curves[0] for other in curves)
    assert not any(r.unknown for r in read_back)


def test_a_level_is_heard_in_a_detail():
    sizes = []
    for level in (1, 2, 3):
        said = Detail("brows down", level).say(np.random.default_rng(3))
        sizes.append(max(key.value for key in read(said, 0.0, 4.0).curves["browDownLeft"].keys))
    assert sizes[0] < sizes[1] < sizes[2]


def test_drawn_intents_and_their_paraphrases_read_back():
    rng = np.random.default_rng(7)
    for emotion, level in itertools.islice(itertools.cycle(itertools.product(STATES, (1, 2, 3))), 120):
        intent = Intent.draw(rng, emotion, 0 if emotion == NEUTRAL else level)
        expected = wanted(emotion, level) | (wanted(*intent.after) if intent.after else {})
        for text in paraphrases(rng, intent, 3):
            assert (text, emotions(text), read(text, 0.0, 4.0).unknown) == (text, expected, ())


def test_the_same_stream_says_the_same():
    said = [Intent.draw(np.random.default_rng(5), "sad", 2).say(np.random.default_rng(6)) for _ in range(2)]
    assert said[0] == said[1]


def test_neutral_has_no_level():
    with pytest.raises(InvalidInput, match="neutral at level 2"):
        Intent(NEUTRAL, 2)
