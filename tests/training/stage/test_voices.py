import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.speech.phonemes import features
from engine.training.stage import flite, voices

TEXT = "Bob put a big apple pie on the map."


def engine_entries(engine):
    found = {e.engine: e for e in voices.available().entries}
    if engine not in found:
        pytest.skip(f"{engine} is not installed: {voices.available().left_out}")
    return found[engine]


@pytest.mark.parametrize("engine", ["espeak", "flite"])
def test_the_same_stream_gives_the_same_bytes_and_another_one_another_delivery(engine):
    entry = engine_entries(engine)
    first, again, other = (voices.speak(entry, TEXT, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert first.samples.tobytes() == again.samples.tobytes()
    assert first.phones.tobytes() == again.phones.tobytes()
    assert len(first.samples) != len(other.samples)
    assert first.voice.startswith(engine + ":")


@pytest.mark.parametrize("engine", ["espeak", "flite"])
def test_labels_are_of_the_inventory_and_words_sit_on_them(engine):
    spoken = voices.speak(engine_entries(engine), TEXT, np.random.default_rng(0))
    assert all(features(str(label)).kind != "pause" for label in spoken.phones["label"] if label)
    assert sum(bool(features(str(label)).closes_lips) for label in spoken.phones["label"]) == 8
    assert [w.lower() for w in spoken.words["text"]] == TEXT.lower().strip(".").split()
    assert (np.diff(spoken.words["start_s"]) > 0).all()


def test_every_segment_of_flite_has_an_ipa_label():
    assert all(features(label).kind != "pause" for label in flite._IPA.values() if label)


def test_a_language_that_nobody_speaks_is_refused():
    with pytest.raises(InvalidInput, match="tlh"):
        voices.choose(voices.available().entries, "tlh", np.random.default_rng(0))


def test_an_engine_that_is_not_there_is_left_out_with_its_reason(monkeypatch):
    monkeypatch.setattr(flite, "missing", lambda name: "flite cannot be loaded" if name == "slt" else "")
    found = voices.available.__wrapped__()
    assert ("flite:slt", "flite cannot be loaded") in found.left_out
    assert "flite:slt" not in [e.label for e in found.entries]
    assert "flite:rms" in [e.label for e in found.entries]
