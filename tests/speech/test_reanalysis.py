"""A stretch of a line analysed anew."""

from dataclasses import replace

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.pipeline import LinePipeline, alone, typed_line
from engine.project.edits import RelabelPhoneme
from engine.project.lines import LineDoc
from engine.speech.reanalysis import reanalyse

TEXT = "Bob may buy a baby panda. Peter will come home."


@pytest.fixture(scope="module")
def spoken():
    work = LinePipeline()
    line = typed_line(TEXT)
    edit = work.analysis_edit(line, work.analyse(line))
    return work, edit.apply(alone(line)).document.line(line.id)


def test_what_was_spoilt_is_found_again_and_the_rest_stays(spoken) -> None:
    work, line = spoken
    spoilt = line
    middle = [i for i, label in enumerate(line.phonemes.labels) if label == "b"][:3]
    for i in middle:
        spoilt = RelabelPhoneme(line.id, i, "s").apply(alone(spoilt)).document.line(line.id)
    end_s = line.phonemes.bounds_s[middle[-1] + 1]
    applied = reanalyse(spoilt, work.sound(line), 0.2, end_s).apply(alone(spoilt))
    new = applied.document.line(line.id)
    assert new.phonemes.labels.count("b") >= 3 and "s" not in new.phonemes.labels[: middle[-1]]
    assert new.phonemes.labels[-12:] == line.phonemes.labels[-12:] and new.phonemes.duration_s == line.phonemes.duration_s
    assert [w.text.lower() for w in new.words] == [w.text.lower() for w in line.words]
    assert all(a.end_s <= b.start_s + 1e-6 for a, b in zip(new.words, new.words[1:], strict=False))
    assert np.all(np.diff(new.phonemes.bounds_s) > 0)
    assert applied.inverse.apply(applied.document).document.line(line.id) == spoilt


def test_what_cannot_be_analysed_is_refused(spoken) -> None:
    work, line = spoken
    with pytest.raises(InvalidInput, match="no phonemes yet"):
        reanalyse(LineDoc("l", "l", line.source), work.sound(line), 0.0, 1.0)
    first = replace(line, words=())
    with pytest.raises(InvalidInput, match="too short"):
        reanalyse(first, work.sound(line), 0.01, 0.02)
