import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.speech.phonemes import features
from engine.training.stage import festival, voices
from engine.training.stage.festival_phones import TABLES, to_ipa


@pytest.mark.parametrize("table", TABLES)
def test_every_phone_of_festival_is_a_label_of_ours(table):
    for name, label in TABLES[table].items():
        assert not label or features(label).kind != "pause", name


def test_equal_consonants_become_one_long_and_catalan_stops_soften():
    rows = to_ipa([("#", 0.1), ("m", 0.2), ("a1", 0.3), ("m", 0.4), ("m", 0.5), ("a", 0.6), ("a", 0.7)], "italian")
    assert rows == [("", 0.0, 0.1), ("m", 0.1, 0.2), ("a", 0.2, 0.3), ("mː", 0.3, 0.5), ("a", 0.5, 0.6), ("a", 0.6, 0.7)]
    said = [label for label, _, _ in to_ipa([("pau", 0.1), ("b", 0.2), ("e", 0.3), ("b", 0.4), ("ax", 0.5), ("m", 0.6), ("b", 0.7)], "catalan")]
    assert said == ["", "b", "e", "β", "ə", "m", "b"]


def test_a_phone_that_no_table_names_is_refused():
    with pytest.raises(InvalidInput, match="qq"):
        to_ipa([("qq", 0.1)], "czech")


@pytest.fixture
def italian():
    if festival.missing("lp_diphone"):
        pytest.skip(festival.missing("lp_diphone"))
    yield "lp_diphone"
    festival.close()


def test_a_text_it_cannot_say_is_refused_and_the_voice_goes_on(italian):
    with pytest.raises(InvalidInput, match="cannot say"):
        festival.speak("", italian)
    first, again = festival.speak('Ciao "bella" mamma.', italian), festival.speak('Ciao "bella" mamma.', italian)
    assert first.samples.tobytes() == again.samples.tobytes()
    assert [w[0] for w in first.words] == ["ciao", "bella", "mamma"]


def test_a_festival_that_died_is_started_again(italian):
    festival.speak("Ciao.", italian)
    speaker = festival._speaker(italian)
    speaker.process.kill()
    speaker.process.wait()
    assert len(festival.speak("Ciao.", italian).samples) > 1000
    assert not speaker.folder.exists()


def test_a_stretch_makes_it_longer(italian):
    plain, slow = festival.speak("La bella mamma.", italian), festival.speak("La bella mamma.", italian, 1.4)
    assert len(slow.samples) > 1.2 * len(plain.samples)


def test_a_voice_without_its_files_is_left_out(monkeypatch):
    monkeypatch.setattr(festival, "_FOLDERS", ())
    festival.missing.cache_clear()
    try:
        found = voices.available.__wrapped__()
        assert not [e for e in found.entries if e.engine == "festival"]
        assert any("not installed" in reason for name, reason in found.left_out if name == "festival:lp_diphone")
    finally:
        festival.missing.cache_clear()


def test_speak_draws_rate_and_size(italian):
    entry = next(e for e in voices.available().entries if e.name == italian)
    lengths = {len(voices.speak(entry, "La bella mamma.", np.random.default_rng(seed)).samples) for seed in range(3)}
    assert len(lengths) == 3
