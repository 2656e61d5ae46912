import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.speech.phonemes import WORD_DTYPE, track
from engine.training.stage.spoken import RATE, Spoken


def spoken(**other):
    phones = track([("m", 0.1, 0.2), ("a", 0.2, 0.4)], 0.5)
    fields = {
        "samples": np.zeros(RATE // 2, np.float32),
        "phones": phones,
        "words": np.zeros(0, WORD_DTYPE),
        "text": "ma",
        "language": "de",
        "voice": "flite:slt",
    }
    return Spoken(**{**fields, **other})


def test_frames_and_closures_follow_the_labels():
    found = spoken()
    labels = found.phones["label"][found.frames()]
    assert len(labels) == 50
    assert list(labels[[0, 9, 10, 19, 20, 39, 40]]) == ["", "", "m", "m", "a", "a", ""]
    assert found.closures() == [(pytest.approx(0.1), pytest.approx(0.2))]
    assert found.engine == "flite"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"samples": np.zeros((10, 2), np.float32)}, "mono"),
        ({"samples": np.zeros(RATE, np.float32)}, "cover"),
        ({"emotion": "joy"}, "not known"),
        ({"emotion": "happy", "level": 0}, "does not go"),
        ({"level": 2}, "does not go"),
    ],
)
def test_what_does_not_fit_is_refused(other, said):
    with pytest.raises(InvalidInput, match=said):
        spoken(**other)
