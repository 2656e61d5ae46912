"""Takes by mouse and keys: each verb undone, the documents compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.project.document import LineDoc
from engine.project.edits import SetInOut
from studio.panels import docks
from studio.panels import takes as takes_module
from studio.panels.takes import TakesPanel
from tests.studio.conftest import WAIT_MS
from tests.studio.panel_scene import Bench, bench

LEFT = Qt.MouseButton.LeftButton


def line_of(window: Bench) -> LineDoc:
    line = window.session.line
    assert line is not None
    return line


@pytest.fixture
def window(own_cache, qtbot) -> Iterator[Bench]:
    """The panel alone in a window."""
    yield from bench(qtbot, "takes_panel", lambda desk, _: TakesPanel(desk))


@pytest.fixture
def panel(window: Bench, speak, monkeypatch: pytest.MonkeyPatch, qtbot) -> TakesPanel:
    """The panel in view, with a spoken line and two takes of it."""
    monkeypatch.setattr(takes_module, "_thumbnail", lambda *_: "")  # pictures need a GL, and have a test of their own
    docks.connect_comparing(window)
    speak(window)
    dock = window.takes_panel.parentWidget()
    dock.show()
    dock.raise_()
    made = window.takes_panel
    qtbot.waitUntil(made.isVisible)
    made.count.setFocus()
    QTest.keyClick(made.count, Qt.Key.Key_Up)
    before = window.session.document
    QTest.mouseClick(made.new, LEFT)
    qtbot.waitUntil(lambda: len(line_of(window).takes) == 2, timeout=WAIT_MS)
    after = window.session.document
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after
    qtbot.waitUntil(lambda: made.list.count() == 2)
    return made


def step(window: Bench, do) -> LineDoc:
    """Do something that must be one step, take it back and make it again."""
    before, steps = window.session.document, window.session.cursor
    do()
    after = window.session.document
    assert after != before and window.session.cursor == steps + 1
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after
    return line_of(window)


def test_takes_have_seeds_of_their_own_and_are_renamed_described_and_deleted(panel: TakesPanel, window: Bench):
    takes = line_of(window).takes
    assert [t.name for t in takes] == ["Take 1", "Take 2"] and takes[0].seed == line_of(window).seed != takes[1].seed
    assert takes[0].score is not None and window.session.project.blobs.get(takes[1].motion)
    panel.list.setCurrentRow(1)

    def rename() -> None:
        panel.list.setFocus()
        QTest.keyClick(panel.list, Qt.Key.Key_F2)
        name = panel.rows[takes[1].id].name
        QTest.keyClicks(name, "Shy")
        QTest.keyClick(name, Qt.Key.Key_Return)

    assert step(window, rename).takes[1].name == "Shy"

    def comment() -> None:
        panel.comment.setFocus()
        QTest.keyClicks(panel.comment, "eyes!")
        QTest.keyClick(panel.comment, Qt.Key.Key_Return)

    assert step(window, comment).takes[1].comment == "eyes!"

    def colour() -> None:
        panel.colours.aboutToShow.emit()
        panel.colours.actions()[2].trigger()

    assert step(window, colour).takes[1].colour.startswith("#")
    panel.list.setFocus()
    assert len(step(window, lambda: QTest.keyClick(panel.list, Qt.Key.Key_Delete)).takes) == 1


def test_a_take_plays_for_a_region_between_in_and_out_or_everywhere(panel: TakesPanel, window: Bench):
    panel.list.setCurrentRow(1)
    take = panel.chosen
    assert take is not None
    line = step(window, lambda: QTest.mouseClick(panel.uses["lips"], LEFT))
    assert [(c.take_id, c.regions, c.start_s) for c in line.take_clips] == [(take.id, ("lips",), 0.0)]
    window.session.apply(SetInOut(line.id, 0.2, 0.8))
    line = step(window, lambda: QTest.mouseClick(panel.uses[""], LEFT))
    assert (line.take_clips[1].start_s, line.take_clips[1].end_s, line.take_clips[1].regions) == (0.2, 0.8, ())
    assert "plays" in panel.rows[take.id].note.text()
    line = step(window, lambda: QTest.mouseClick(panel.live, LEFT))
    assert [c.take_id for c in line.take_clips] == [take.id, ""]
    window.session.apply(SetInOut(line.id, None, None))
    assert step(window, lambda: QTest.mouseClick(panel.live, LEFT)).take_clips == ()


def test_a_take_older_than_the_line_is_marked(panel: TakesPanel, window: Bench, qtbot):
    row = panel.rows[line_of(window).takes[0].id]
    assert "older" not in row.note.text()
    window.keying.set_value("emotions/happy", 0.5)
    qtbot.waitUntil(lambda: "older" in row.note.text())
    window.undo()
    qtbot.waitUntil(lambda: "older" not in row.note.text())


def test_two_takes_are_compared_and_then_no_more(panel: TakesPanel, window: Bench, qtbot):
    before = window.session.document
    first, second = (panel.rows[t.id] for t in line_of(window).takes)
    QTest.mouseClick(second.sides["B"], LEFT)
    qtbot.waitUntil(lambda: window.viewport.compare_mode == "flip", timeout=WAIT_MS)
    assert window.viewport.comparing.texts == ("Line",)
    QTest.mouseClick(panel.flip, LEFT)
    assert window.viewport.comparing.texts == ("Take 2",)
    QTest.mouseClick(first.sides["A"], LEFT)
    qtbot.waitUntil(lambda: window.compared_a is not None, timeout=WAIT_MS)
    panel.mode.setFocus()
    QTest.keyClick(panel.mode, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.viewport.compare_mode == "side", timeout=WAIT_MS)
    assert window.viewport.comparing.texts == ("Take 1", "Take 2")
    QTest.mouseClick(panel.stop, LEFT)
    assert window.viewport.compare_mode == "" and window.compared_a is None and window.session.document == before
