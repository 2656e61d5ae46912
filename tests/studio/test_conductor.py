"""From the document to what is seen: progressive performances, ADR, analysing a stretch anew, opening as one step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.core.curves import Curve, Key
from engine.project.edits import PutPart, RelabelPhoneme, SetCurve, SetKey
from engine.project.lines import Media
from engine.project.parts import Layer, Marker
from engine.speech.files import open_sound, write_wav
from tests.studio.conftest import SPOKEN, WAIT_MS

HAPPY, ANGRY = "emotions/happy", "emotions/angry"


@pytest.fixture
def opened(window, spoken_file: Path, qtbot):
    """A window on a recording that is performed."""
    window.conductor.add_sound(spoken_file, SPOKEN)
    qtbot.waitUntil(lambda: window.conductor.performance is not None and not window.jobs.tasks, timeout=WAIT_MS)
    return window


def settle(window, qtbot) -> None:
    qtbot.waitUntil(lambda: window.conductor.performance is not None and not window.jobs.tasks, timeout=WAIT_MS)


def test_opening_a_sound_is_one_step(opened) -> None:
    assert opened.session.cursor == 1 and opened.session.line.analysed
    opened.session.undo()
    assert opened.session.line is None
    opened.session.redo()
    assert opened.session.line.analysed


def test_other_ears_are_one_step(opened, qtbot) -> None:
    before = opened.session.document
    opened.conductor.analyse("", "en", "pocketsphinx")
    qtbot.waitUntil(lambda: opened.session.line.ears == "pocketsphinx", timeout=WAIT_MS)
    assert opened.session.line.method in ("recognition", "allphone") and opened.session.line.transcript == "" and opened.session.cursor == 2
    opened.session.undo()
    assert opened.session.document == before
    settle(opened, qtbot)


def test_what_is_around_the_playhead_comes_first(window, qtbot, tmp_path) -> None:
    from studio.measure_editor import long_project

    window.files.open_any(long_project(tmp_path, 40.0, 3, 30))
    settle(window, qtbot)
    whole = window.conductor.motion
    window.player.seek(30.0)
    seen: list[tuple[np.ndarray, bool]] = []
    window.conductor.motion_changed.connect(lambda: seen.append((window.conductor.motion.values.copy(), window.conductor.performance is not None)))
    keys = window.session.line.curve(ANGRY).keys
    window.session.apply(SetCurve(window.session.line.id, ANGRY, Curve(tuple(Key(k.time_s, 1.0 - k.value) for k in keys))))
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][1], timeout=WAIT_MS)
    first, complete = seen[0]
    assert not complete, "the first picture comes before the whole is done"
    changed = np.flatnonzero((first != whole.values).any(1))
    assert 30 * 30 in range(changed[0], changed[-1] + 1) and changed[0] > 20 * 30, "around the playhead, and not yet the rest"
    final = seen[-1][0]
    assert (final != whole.values).any(1)[:600].any() and np.array_equal(final[changed], first[changed])
    assert np.array_equal(final, window.conductor.pipeline().motion(window.session.line, whole.rate).values)


def test_a_performance_tells_its_base_and_its_events(opened, qtbot) -> None:
    line = opened.session.line
    opened.session.apply(PutPart(line.id, Layer("l", "L", curves={"headRotY": Curve((Key(0.5, 0.3),))})))
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: opened.conductor.performance.base is not opened.conductor.performance.final, timeout=WAIT_MS)
    found = opened.conductor.performance
    np.testing.assert_allclose(found.final.channel("headRotY") - found.base.channel("headRotY"), 0.3, atol=1e-5)
    assert np.array_equal(found.final.channel("jawOpen"), found.base.channel("jawOpen")) and found.gazes
    opened.session.undo()
    qtbot.waitUntil(
        lambda: opened.conductor.performance is not None and opened.conductor.performance.base is opened.conductor.performance.final, timeout=WAIT_MS
    )


def test_another_reading_takes_the_edits_along(opened, qtbot, tmp_path, spoken_file) -> None:
    line = opened.session.line
    word = line.words[-1]
    opened.session.apply(SetKey(line.id, HAPPY, Key(word.start_s, 0.8)))
    opened.session.apply(PutPart(line.id, Marker("m", word.start_s, "here")))
    before, steps = opened.session.document, opened.session.cursor
    later = tmp_path / "later.wav"
    sound = open_sound(spoken_file)
    write_wav(later, [np.zeros(16000, np.float32), sound.mono(16000)], 16000)
    opened.conductor.replace_sound(later)
    qtbot.waitUntil(lambda: isinstance(opened.session.line.source, Media) and opened.session.line.source.path.endswith("later.wav"), timeout=WAIT_MS)
    new = opened.session.line
    assert opened.session.cursor == steps + 1
    assert new.words[-1].text == word.text and new.words[-1].start_s == pytest.approx(word.start_s + 1.0, abs=0.06)
    assert new.curve(HAPPY).keys[0].time_s == pytest.approx(word.start_s + 1.0, abs=0.08)
    assert new.markers[0].time_s == pytest.approx(word.start_s + 1.0, abs=0.08)
    settle(opened, qtbot)
    assert len(opened.conductor.motion) == pytest.approx((sound.duration_s + 1.0) * 30, abs=2)
    opened.session.undo()
    assert opened.session.document == before


def test_the_same_recording_elsewhere_keeps_everything(opened, qtbot, tmp_path, spoken_file) -> None:
    line = opened.session.line
    copy = tmp_path / "copy.wav"
    copy.write_bytes(spoken_file.read_bytes())
    opened.conductor.replace_sound(copy)
    qtbot.waitUntil(lambda: opened.session.line.source.path.endswith("copy.wav"), timeout=WAIT_MS)
    assert opened.session.line.phonemes == line.phonemes and opened.session.history.undo_label == "Undo Replace sound"


def test_a_stretch_is_analysed_anew_as_one_step(opened, qtbot) -> None:
    line = opened.session.line
    index = line.phonemes.labels.index("d")
    opened.session.apply(RelabelPhoneme(line.id, index, "s"))
    spoilt, steps = opened.session.document, opened.session.cursor
    start_s, end_s = line.phonemes.bounds_s[index : index + 2]
    opened.conductor.reanalyse(start_s, end_s)
    qtbot.waitUntil(lambda: opened.session.cursor == steps + 1, timeout=WAIT_MS)
    assert opened.session.line.phonemes.labels.count("d") == line.phonemes.labels.count("d")
    assert opened.session.history.undo_label == "Undo Analyse selection"
    opened.session.undo()
    assert opened.session.document == spoilt
