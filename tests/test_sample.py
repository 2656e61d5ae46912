"""The sample line: every kind of track on it, at the words it goes with."""

from fractions import Fraction

import numpy as np

from engine.core.emotion import EMOTIONS
from engine.pipeline import LinePipeline
from engine.project.document import Character, Document, export_json, import_json
from engine.sample import sample_line


def test_the_sample_shows_what_the_editor_can_do() -> None:
    work = LinePipeline()
    line = sample_line(work)
    assert set(line.emotions) == {"happy", "surprised"} and set(line.emotions) <= set(EMOTIONS)
    assert len(line.instructions) == 2 and len(line.layers) == 3 and len(line.markers) == 3
    assert all(i.end_s <= line.duration_s and line.has_part("instructions", i.id) for i in line.instructions)
    word = next(w for w in line.words if w.text == "surprise")
    assert line.curve("emotions/surprised").evaluate(word.start_s + 0.12) > 0.8
    document = Document("d", characters=(Character("a", "Ada", lines=(line,)),))
    assert import_json(export_json(document)) == document
    performance = work.performance(line, Fraction(30))
    frames = slice(round((word.start_s + 0.1) * 30), round(word.end_s * 30))
    assert performance.final.channel("browInnerUp")[frames].mean() > 0.3 > performance.final.channel("browInnerUp")[30:60].mean()
    turned = next(m for m in line.markers if m.name == "Whisper").time_s + 0.2
    frame = round(turned * 30)
    assert performance.final.channel("headRotY")[frame] < performance.base.channel("headRotY")[frame] - 0.1
    assert np.isfinite(performance.final.values).all()
