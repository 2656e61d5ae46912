from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.project.edits import PutPart
from engine.project.parts import Take
from studio.timeline.stack import HEADER_PX
from studio.window import MainWindow
from tests.studio.conftest import WAIT_MS
from tests.studio.test_timeline import at


def test_the_timeline_works_in_the_window(window: MainWindow, speak: Callable[[MainWindow], None], qtbot):
    speak(window)
    timeline, session = window.timeline, window.session
    line = session.line
    assert line is not None
    # The performer's own blinks are there as ghosts.
    qtbot.waitUntil(lambda: bool(timeline.content.auto_gazes), timeout=WAIT_MS)
    assert timeline.content.automatic("gazes")
    # Keys of the menus reach it, and each is undone with Ctrl+Z.
    timeline.setFocus()
    window.player.seek(0.5)
    for name, kind in (("add_marker", "markers"), ("add_pin", "pins")):
        before = session.document
        window.actions_by_name[name].trigger()
        assert len(getattr(session.line, kind)) == 1
        if kind == "pins":
            assert len(session.line.pins[0].values) == 63, "the whole face as it is performed"
        qtbot.keyClick(timeline, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert session.document == before
    qtbot.keyClick(timeline, Qt.Key.Key_M)
    qtbot.keyClick(timeline, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Copied" in window.statusBar().currentMessage(), "the timeline's words are in the status bar"
    # The menu shows the shortcuts that hold, as a person may have changed them.
    window.actions_by_name["copy"].setShortcut("Ctrl+Alt+C")
    menu = timeline.menus.at(QPointF(HEADER_PX + 20.0, float(timeline.stack.rect("phonemes").center().y())))
    assert any(a.text() == "Copy\tCtrl+Alt+C" for a in menu.actions())


def test_an_undo_in_the_middle_of_a_drag_does_not_pull_it_away(window: MainWindow, speak: Callable[[MainWindow], None], qtbot):
    speak(window)
    timeline, session = window.timeline, window.session
    before, steps = session.document, session.cursor
    line = session.line
    assert line is not None and line.phonemes is not None
    start = line.phonemes.bounds_s[2]
    timeline.setFocus()
    qtbot.mousePress(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, start))
    qtbot.mouseMove(timeline, at(timeline, start + 0.015))
    qtbot.keyClick(timeline, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.mouseMove(timeline, at(timeline, start + 0.02))
    qtbot.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=at(timeline, start + 0.02))
    assert session.cursor == steps + 1 and session.document != before
    qtbot.keyClick(timeline, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.document == before


def test_a_take_older_than_its_inputs_is_marked(window: MainWindow, speak: Callable[[MainWindow], None], qtbot):
    speak(window)
    line = window.session.line
    assert line is not None
    window.session.apply(PutPart(line.id, Take("old", "Old", "performer", inputs="of another time")))
    window.session.apply(PutPart(line.id, Take("brought", "Brought along", "import")))
    window.conductor.performed.emit()
    qtbot.waitUntil(lambda: timeline_stale(window) == {"takes/old"}, timeout=WAIT_MS)


def timeline_stale(window: MainWindow) -> frozenset[str]:
    return window.timeline.content.stale


def test_how_the_timeline_behaves_is_remembered(make_window: Callable[..., MainWindow]):
    first = make_window()
    assert first.timeline.snapping and first.timeline.follow == "page"
    first.actions_by_name["snap"].trigger()
    first.actions_by_name["follow_smooth"].trigger()
    second = make_window()
    assert not second.timeline.snapping and second.timeline.follow == "smooth"
    assert second.actions_by_name["follow_smooth"].isChecked() and not second.actions_by_name["follow_page"].isChecked()


def test_keys_for_text_stay_in_a_text_box(window: MainWindow, speak: Callable[[MainWindow], None]):
    speak(window)
    before = window.session.document
    window.timeline.selection.select(phonemes=[1])
    field = window.timeline.time_field
    field.setFocus()
    for key, modifiers in ((Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier), (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)):
        field.setText("12:34")
        field.selectAll()
        QTest.keyClick(field, key, modifiers)
        assert field.text() == "" and window.session.document == before
