"""Visemes by mouse and keys: each verb undone, the documents compared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.project.document import LineDoc, Typed, new_id
from engine.project.edits import AddLine
from engine.project.tracks import PhonemeTrack
from engine.systems.visemes import NAMES
from studio.panels.levels import STEPS, LevelRow
from studio.panels.visemes import ARTICULATOR_NAMES, VisemesPanel
from studio.window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def show(window: MainWindow, panel, qtbot) -> None:
    dock = panel.parentWidget()
    dock.show()
    dock.raise_()
    qtbot.waitUntil(panel.isVisible)


@pytest.fixture
def panel(window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot) -> VisemesPanel:
    """The panel in view, with a line that says "bay"."""
    monkeypatch.setattr(window.conductor, "analyse", lambda *_: None)
    track = PhonemeTrack(("", "b", "eɪ", ""), (0.0, 0.2, 0.3, 0.6, 0.8))
    line = LineDoc(new_id(), "one", Typed("Bay."), words=(), phonemes=track)
    window.session.apply(AddLine(window.session.document.characters[0].id, line))
    show(window, window.visemes_panel, qtbot)
    return window.visemes_panel


def step(window: MainWindow, do) -> None:
    before, steps = window.session.document, window.session.cursor
    do()
    after = window.session.document
    assert after != before and window.session.cursor == steps + 1
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after


def drag(row: LevelRow, stop: float) -> None:
    slider = row.slider
    QTest.mousePress(slider, LEFT, pos=QPoint(round(slider._x(slider.value())), slider.height() // 2))
    for share in (stop * 0.9, stop):
        QTest.mouseMove(slider, QPoint(round(slider._x(share * STEPS)), slider.height() // 2))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(round(slider._x(stop * STEPS)), slider.height() // 2))


def test_every_articulator_has_a_slider():
    assert tuple(ARTICULATOR_NAMES) == NAMES


def test_a_viseme_is_dragged_reset_in_part_and_as_a_whole(panel: VisemesPanel, window: MainWindow):
    assert [panel.table.item(i).text() for i in range(panel.table.count())] == ["b", "eɪ"]
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Right)
    QTest.keyClick(panel.table, Qt.Key.Key_Left)
    label = panel.label
    row = panel.rows["round"]
    usual = row.value
    assert usual == pytest.approx(panel.targets(label)["round"])
    step(window, lambda: drag(row, 0.8))
    visemes = window.session.document.characters[0].visemes
    assert visemes[label]["round"] == pytest.approx(0.8, abs=0.03) and list(visemes[label]) == ["round"]
    steps = window.session.cursor
    at = QPoint(round(row.slider._x(300)), row.slider.height() // 2)
    QTest.mouseClick(row.slider, LEFT, pos=at)
    QTest.mouseDClick(row.slider, LEFT, pos=at)
    assert window.session.document.characters[0].visemes == {} and row.value == pytest.approx(usual) and window.session.cursor == steps + 1
    drag(row, 0.5)
    step(window, lambda: QTest.mouseClick(panel.reset, LEFT))
    assert window.session.document.characters[0].visemes == {}


def test_all_phonemes_can_be_listed_and_one_is_previewed(panel: VisemesPanel, window: MainWindow):
    panel.which.setFocus()
    QTest.keyClick(panel.which, Qt.Key.Key_Down)
    assert panel.table.count() > 40
    shown: list[dict[str, float]] = []
    panel.preview_wanted.connect(shown.append)
    QTest.mouseClick(panel.preview, LEFT)
    drag(panel.rows["jaw"], 0.9)
    assert shown[-1]["jawOpen"] == pytest.approx(0.9, abs=0.03) and "eyeBlinkLeft" not in shown[-1]
    QTest.mouseClick(panel.preview, LEFT)
    assert shown[-1] == {}


def test_selected_phonemes_are_said_more_strongly(panel: VisemesPanel, window: MainWindow):
    assert not panel.strength.isEnabled()
    window.selection.select(phonemes=[1, 2])
    assert panel.strength.isEnabled() and panel.words.text() == "b eɪ"
    step(window, lambda: drag(panel.strength, 0.75))
    track = window.session.line.phonemes
    assert track.strength(1) == track.strength(2) == pytest.approx(1.5, abs=0.05) and track.strength(0) == 1.0
