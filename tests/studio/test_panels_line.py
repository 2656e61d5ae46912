"""Characters, lines, placing and instructions by mouse and keys: each verb undone, the documents compared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidgetItem

from engine.avatars.people import person_of
from engine.project.document import LineDoc, Media, new_id
from engine.project.edits import AddLine, SetInOut, SetLayer, SetTranscript
from engine.project.tracks import PhonemeTrack
from studio.panels.cast import CastTree
from studio.panels.levels import STEPS, LevelRow
from studio.panels.line import LinePanel
from tests.studio.conftest import WAIT_MS
from tests.studio.panel_scene import Bench, bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(own_cache, qtbot) -> Iterator[Bench]:
    """The panel alone in a window."""
    yield from bench(qtbot, "line_panel", lambda desk, _: LinePanel(desk))


@pytest.fixture
def panel(window: Bench, monkeypatch: pytest.MonkeyPatch) -> LinePanel:
    """The panel of a window with two lines of two seconds that nobody analyses or opens."""
    monkeypatch.setattr(window.conductor, "analyse", lambda *_: None)
    monkeypatch.setattr(window.conductor, "_fetch_sound", lambda *_: None)
    monkeypatch.setattr(window.conductor, "_refresh_motion", lambda *_: None)
    track = PhonemeTrack(("", "b", "eɪ", ""), (0.0, 0.4, 0.6, 1.4, 2.0))
    for name in ("one", "two"):
        line = LineDoc(new_id(), name, Media("a.wav", "0" * 64, 2.0, 16000), words=(), phonemes=track)
        window.session.apply(AddLine(window.session.document.characters[0].id, line))
    window.line_panel.sections["Placing"].button.setChecked(True)
    return window.line_panel


def step(window: Bench, do) -> LineDoc:
    before, steps = window.session.document, window.session.cursor
    do()
    QApplication.processEvents()
    after = window.session.document
    assert after != before and window.session.cursor == steps + 1
    window.undo()
    assert window.session.document == before
    window.redo()
    assert window.session.document == after
    line = window.session.line
    assert line is not None
    return line


def click(tree: CastTree, item: QTreeWidgetItem | None) -> None:
    assert item is not None
    tree.scrollToItem(item)
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualItemRect(item).center())


def type_name(tree: CastTree, name: str) -> None:
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_F2)
    field = tree.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)


def typed(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def drag(row: LevelRow, stop: float) -> None:
    slider = row.slider
    QTest.mousePress(slider, LEFT, pos=QPoint(round(slider._x(slider.value())), slider.height() // 2))
    for share in (stop * 0.9, stop):
        QTest.mouseMove(slider, QPoint(round(slider._x(share * STEPS)), slider.height() // 2))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(round(slider._x(stop * STEPS)), slider.height() // 2))


def names(window: Bench) -> dict[str, list[str]]:
    return {c.name: [line.name for line in c.lines] for c in window.session.document.characters}


def test_characters_are_added_renamed_and_removed(panel: LinePanel, window: Bench):
    step(window, lambda: QTest.mouseClick(panel.cast.add_button, LEFT))
    ada, other = window.session.document.characters
    assert names(window) == {"Ada": ["one", "two"], other.name: []}
    assert person_of(other) != person_of(ada) and other.placement != ada.placement  # somebody else, beside Ada
    click(panel.lines, panel.lines.tops[1])
    step(window, lambda: type_name(panel.lines, "Bob"))
    assert list(names(window)) == ["Ada", "Bob"]
    click(panel.lines, panel.lines.tops[0])
    assert window.conductor.speaker == window.session.document.characters[0].id
    click(panel.lines, panel.lines.tops[1])
    assert window.conductor.speaker == window.session.document.characters[1].id  # who gets the next line
    step(window, lambda: QTest.mouseClick(panel.cast.remove_button, LEFT))
    assert list(names(window)) == ["Ada"]
    click(panel.lines, panel.lines.tops[0])
    assert not panel.cast.remove_button.isEnabled()  # somebody has to stay


def test_who_listens_is_chosen_and_applied(panel: LinePanel, window: Bench, monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(window.conductor, "analyse", lambda *args: asked.append(args))
    assert panel.ears.currentData() == "auto" and not panel.apply_button.isEnabled() and panel.ears.toolTip() and panel.ears.accessibleName()
    panel.ears.setFocus()
    QTest.keyClick(panel.ears, Qt.Key.Key_Down)
    assert panel.ears.currentData() == "encoder" and panel.apply_button.isEnabled()
    QTest.mouseClick(panel.apply_button, LEFT)
    assert asked == [("", "en", "encoder")]
    line = window.session.line
    assert line is not None
    step(window, lambda: window.session.apply(SetTranscript(line.id, "", ears="pocketsphinx")))
    assert panel.ears.currentData() == "pocketsphinx" and not panel.apply_button.isEnabled()
    window.undo()
    assert panel.ears.currentData() == "auto"


def test_lines_are_chosen_renamed_and_removed(panel: LinePanel, window: Bench):
    click(panel.lines, panel.lines.tops[0].child(1))
    assert window.session.line is not None and window.session.line.name == "two"
    step(window, lambda: type_name(panel.lines, "Greeting"))
    assert names(window)["Ada"] == ["one", "Greeting"]
    click(panel.lines, panel.lines.tops[0].child(0))

    def delete() -> None:
        panel.lines.setFocus()
        QTest.keyClick(panel.lines, Qt.Key.Key_Delete)

    step(window, delete)
    assert names(window)["Ada"] == ["Greeting"]


def test_a_line_is_dragged_to_another_character(panel: LinePanel, window: Bench):
    QTest.mouseClick(panel.cast.add_button, LEFT)
    click(panel.lines, panel.lines.tops[0].child(0))

    def drop() -> None:
        tree = panel.lines
        place = QPointF(tree.visualItemRect(tree.tops[1]).center())
        data = tree.model().mimeData([tree.currentIndex()])
        event = QDropEvent(place, Qt.DropAction.MoveAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
        tree.dropEvent(event)

    step(window, drop)
    assert names(window) == {"Ada": ["two"], window.session.document.characters[1].name: ["one"]}
    assert window.session.line is not None and window.session.line.name == "one"


def test_start_trim_gain_and_offset_are_set(panel: LinePanel, window: Bench):
    placing = panel.placing
    assert step(window, lambda: typed(placing.start, "1.5")).start_s == 1.5
    assert step(window, lambda: typed(placing.trim_start, "0.25")).trim_start_s == 0.25
    assert step(window, lambda: typed(placing.trim_end, "1.75")).trim_end_s == 1.75
    assert step(window, lambda: QTest.mouseClick(placing.trim_all, LEFT)).trim_end_s is None
    line = window.session.line
    assert line is not None
    window.session.apply(SetInOut(line.id, 0.5, 1.5))
    line = step(window, lambda: QTest.mouseClick(placing.trim_range, LEFT))
    assert (line.trim_start_s, line.trim_end_s) == (0.5, 1.5)
    assert step(window, lambda: typed(placing.gain.number, "-6")).gain_db == -6.0
    assert step(window, lambda: typed(placing.sync.number, "3")).sync_offset_s == pytest.approx(0.1)  # three frames of thirty
    assert step(window, lambda: drag(placing.sync, 0.25)).sync_offset_s == pytest.approx(-12 / 30, abs=1.1 / 30)


def test_an_instruction_shows_what_is_understood_and_becomes_a_layer(panel: LinePanel, window: Bench, qtbot):
    box = panel.instruction
    line = window.session.line
    assert line is not None
    window.session.apply(SetInOut(line.id, 0.5, 1.5))
    box.text.setFocus()
    QTest.keyClicks(box.text, "happy xylophone, raise the brows")
    qtbot.waitUntil(lambda: "xylophone" in box.meaning.text(), timeout=WAIT_MS)
    assert "happy" in box.meaning.text() and next(box.text.toPlainText()[a:b] for a, b, _ in box._marks.spans) == "happy"
    line = step(window, lambda: QTest.keyClick(box.text, Qt.Key.Key_Return))
    (made,) = line.instructions
    assert (made.text, made.start_s, made.end_s) == ("happy xylophone, raise the brows", 0.5, 1.5)
    assert [x.source for x in line.layers] == [f"instruction:{made.id}"] and line.layers[0].curves
    assert box.text.toPlainText() == ""


def test_the_instruction_selected_in_the_timeline_is_changed(panel: LinePanel, window: Bench, qtbot):
    box = panel.instruction
    window.selection.select(phonemes=[1, 2])
    assert box.span == (0.4, 1.4)  # of what is selected
    QTest.keyClicks(box.text, "sad")
    QTest.keyClick(box.text, Qt.Key.Key_Return)
    line = window.session.line
    assert line is not None
    made = line.instructions[0]
    window.session.apply(SetLayer(line.id, line.layers[0].id, weight=0.5))
    window.selection.select(parts=[("instructions", made.id)])
    assert box.text.toPlainText() == "sad" and box.add.text() == "Change"
    box.text.selectAll()
    QTest.keyClicks(box.text, "angry")
    line = step(window, lambda: QTest.mouseClick(box.add, LEFT))
    assert [i.text for i in line.instructions] == ["angry"] and line.layers[0].weight == 0.5 and len(line.layers) == 1
    window.selection.select()
    assert box.text.toPlainText() == "" and box.add.text() == "Add"
