"""Who is not worked on moves as they do in the film."""

from __future__ import annotations

import numpy as np
import pytest

from engine.core.curves import Curve, Key
from engine.project.document import Character, LineDoc, Typed
from engine.project.edits import AddCharacter, AddLine, SetCurve
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS


@pytest.fixture
def two(window: MainWindow, speak, qtbot) -> MainWindow:
    """Ada, and Bo who speaks after her; Ada's line is worked on."""
    speak(window)
    ada = window.session.line
    assert ada is not None
    window.session.apply(AddCharacter(Character("bo", "Bo")))
    window.session.apply(AddLine("bo", LineDoc("other", "two", Typed("Maybe Bob may.", "en-us"), start_s=ada.start_s + 1.0)))
    window.session.select("other")
    qtbot.waitUntil(lambda: window.session.line.analysed and not window.jobs.tasks, timeout=WAIT_MS)
    window.session.select(ada.id)
    return window


def test_the_others_move_as_they_are_filmed(two: MainWindow, qtbot):
    from engine.scene import scene

    ensemble = two.ensemble
    qtbot.waitUntil(lambda: np.abs(ensemble.values("bo", 2.0)).max() > 0.01, timeout=WAIT_MS)
    filmed = scene(two.session.document, two.conductor.pipeline()).motions["bo"]
    for frame in (0, 30, 45, 60):
        assert np.array_equal(ensemble.values("bo", frame / 30), filmed.values[min(frame, len(filmed) - 1)])
    two.player.seek(1.5)
    request = two.viewport.shown.company(two.player.frame)
    assert np.array_equal(request["others"][0].values, ensemble.values("bo", 1.5))

    # An edit of the line that is worked on performs nobody else anew; one of theirs does.
    before = ensemble._motions
    line = two.session.line
    two.session.apply(SetCurve(line.id, "emotions/happy", Curve((Key(0.0, 1.0),))))
    qtbot.wait(1200)
    assert ensemble._motions is before
    two.session.apply(SetCurve("other", "emotions/happy", Curve((Key(0.0, 1.0),))))
    with qtbot.waitSignal(ensemble.changed, timeout=WAIT_MS):
        pass
    assert not np.array_equal(ensemble.values("bo", 1.9), before["bo"].values[57])


def test_one_alone_asks_for_nothing(window: MainWindow, speak, qtbot):
    speak(window)
    qtbot.wait(1200)
    assert not window.ensemble._motions and not any(t.lane == "ensemble" for t in window.jobs.tasks)
    assert not window.ensemble.values("nobody", 1.0).any()
