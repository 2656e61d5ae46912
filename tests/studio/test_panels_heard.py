"""The button that listens for emotion: disabled with a reason, run in a job, one step, cancelled, shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.core.jobs import Job
from engine.project.document import LineDoc, Typed, new_id
from engine.project.edits import AddLine, SetCurve, SetTrackState
from engine.project.parts import TrackState
from engine.speech import mood
from engine.speech.files import sound_from_samples
from engine.speech.mood import MoodTrack
from studio.panels.heard import HeardBox
from studio.panels.performance import PerformancePanel
from tests.studio.panel_scene import Bench, bench

SOUND = sound_from_samples(np.zeros(6 * 16000, np.float32), 16000)


def track_of(name: str, sure: float = 0.8) -> MoodTrack:
    times_s = 1.0 + 0.5 * np.arange(9)
    probabilities = np.zeros((9, len(EMOTIONS)), np.float32)
    probabilities[:, EMOTIONS.index(name)] = sure
    ones = np.ones(9, np.float32)
    return MoodTrack(times_s, probabilities, sure * ones, 0.5 * ones, -0.25 * ones, sure * ones)


@pytest.fixture
def window(own_cache: Path, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """The panel alone, with a line of six seconds whose sound is there and sounds happy."""
    for made in bench(qtbot, "performance_panel", lambda desk, _: PerformancePanel(desk)):
        monkeypatch.setattr(made.conductor, "analyse", lambda *_: None)
        monkeypatch.setattr(made.conductor, "_fetch_sound", lambda *_: None)
        monkeypatch.setattr(mood, "listen", lambda _sound, _job: track_of("happy"))
        monkeypatch.setattr("engine.pipeline.LinePipeline.sound", lambda *_: SOUND)
        made.session.apply(AddLine(made.session.document.characters[0].id, LineDoc(new_id(), "one", Typed("Hello."))))
        made.player.set_line(6.0, made.session.document.settings.rate, None)
        made.conductor.sound = SOUND
        made.conductor.sound_changed.emit()
        yield made


def box_of(window: Bench) -> HeardBox:
    return window.performance_panel.heard


def line_of(window: Bench) -> LineDoc:
    line = window.session.line
    assert line is not None
    return line


def press(window: Bench, qtbot) -> None:
    QTest.mouseClick(box_of(window).button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not box_of(window).listening)


def test_what_is_heard_is_one_step_and_shown(window: Bench, qtbot) -> None:
    window.session.apply(SetCurve(line_of(window).id, "emotions/sad", Curve((Key(0.0, 1.0),))))
    before, steps = window.session.document, window.session.cursor
    press(window, qtbot)
    assert set(line_of(window).emotions) == {"happy"}, "what was there gave way"
    assert float(line_of(window).emotions["happy"].evaluate(3.0)) > 0.5
    assert window.session.cursor == steps + 1
    box = box_of(window)
    assert box.readout.isVisible() and "80 %" in box.said.text() and "happy" in box.said.text().lower()
    assert box.numbers["valence"].text().endswith("+0.50") and box.numbers["arousal"].text().endswith("-0.25")
    assert box.numbers["confidence"].text().endswith("80 %")
    window.undo()
    assert window.session.document == before
    assert box.readout.isVisible(), "what was heard is still what was heard"


def test_it_says_why_it_cannot_listen(window: Bench) -> None:
    box = box_of(window)
    assert box.button.isEnabled() and box.button.accessibleName()
    window.session.apply(SetTrackState(line_of(window).id, "emotions/fear", TrackState(lock=True)))
    assert not box.button.isEnabled() and "locked" in box.button.toolTip()
    window.undo()
    assert box.button.isEnabled()
    window.conductor.sound = None
    window.conductor.sound_changed.emit()
    assert not box.button.isEnabled() and "not there" in box.button.toolTip()


def test_stopped_it_changes_nothing(window: Bench, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    began = []

    def slow(_sound: object, job: Job) -> MoodTrack:
        for n in range(10_000):
            job.report(n, 10_000, "listening for emotion")
            began.append(n)
            QTest.qSleep(1)
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(mood, "listen", slow)
    before, box = window.session.document, box_of(window)
    QTest.mouseClick(box.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(began) and box.progress.isVisible())
    assert "Stop" in box.button.text()
    QTest.mouseClick(box.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.tasks)
    assert window.session.document == before and not box.progress.isVisible() and "Listen" in box.button.text()


def test_what_was_heard_of_another_sound_is_not_shown(window: Bench, qtbot) -> None:
    press(window, qtbot)
    assert box_of(window).heard is not None
    window.session.apply(AddLine(window.session.document.characters[0].id, LineDoc(new_id(), "two", Typed("Else."))))
    window.session.select(next(line.id for line in window.session.document.lines() if line.name == "two"))
    assert box_of(window).heard is None
    assert box_of(window).readout.isHidden()


def test_silence_leaves_the_line_as_it_is(window: Bench, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mood, "listen", lambda _sound, _job: track_of("happy", 0.0))
    before = window.session.document
    press(window, qtbot)
    assert window.session.document == before
    assert "No speech" in box_of(window).said.text()
