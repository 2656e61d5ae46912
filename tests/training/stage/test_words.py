import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.training.stage import words


@pytest.mark.parametrize("language", words.languages())
def test_templates_ask_only_for_lists_there_are(language):
    source = words.texts(language)
    for template in source.templates:
        assert set(words._SLOT.findall(template)) <= set(source.lists), template
    assert len(source.templates) >= 8
    assert source.tags


def test_sentences_differ_and_a_stream_decides_them():
    rng, again = np.random.default_rng(5), np.random.default_rng(5)
    said = [words.sentence("en-gb", rng) for _ in range(120)]
    assert len(set(said)) > 100
    assert said[:5] == [words.sentence("en", again) for _ in range(5)]


def test_taking_the_rarest_of_several_evens_out_the_diphones():
    source, rng = words.texts("en"), np.random.default_rng(0)
    plain = [words._filled(source, rng) for _ in range(60)]
    rng = np.random.default_rng(0)
    chosen = [max((words._filled(source, rng) for _ in range(5)), key=lambda t: words.rarity(t, "en")) for _ in range(60)]
    assert np.mean([words.rarity(t, "en") for t in chosen]) > np.mean([words.rarity(t, "en") for t in plain]) + 0.3


def test_an_invented_word_can_be_read_and_is_spelt_after_the_language():
    rng = np.random.default_rng(1)
    made = [words.invented("en", rng) for _ in range(50)]
    assert all(3 <= len(word) <= 12 for word in made)
    assert sum(word not in words.texts("en").vocabulary for word in made) > 10
    assert all(len(words.diphones(word, "en")) >= 2 for word in made)


def test_a_language_without_texts_is_refused():
    with pytest.raises(InvalidInput, match="tlh"):
        words.sentence("tlh", np.random.default_rng(0))
