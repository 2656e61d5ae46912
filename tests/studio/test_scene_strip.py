"""The strip of the scene: lines chosen and moved by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from engine.project.document import Character, LineDoc, Media, Typed
from engine.project.edits import AddCharacter, AddLine, SetTrim
from engine.project.tracks import PhonemeTrack
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.scene.strip import HEADER_PX, ROW, SceneStrip
from studio.session import Session


def spoken(line_id: str, start_s: float, length_s: float) -> LineDoc:
    return LineDoc(line_id, f"Line {line_id}", Typed("hello"), start_s, phonemes=PhonemeTrack(("a",), (0.0, length_s)), words=())


@pytest.fixture
def strip(qtbot, own_cache) -> SceneStrip:
    session = Session()
    player = Player(session, SilentClock("a test"))
    strip = SceneStrip(session, player)
    strip.session = session
    first = session.document.characters[0].id
    session.apply(AddLine(first, spoken("a", 0.0, 2.0)))
    session.apply(AddCharacter(Character("bob", "Bob", lines=(spoken("c", 1.0, 3.0),))))
    session.apply(AddLine(first, spoken("b", 2.5, 1.5)))
    strip.resize(650, strip.sizeHint().height())
    qtbot.addWidget(strip)
    strip.show()
    yield strip
    session.close()
    player.close()


def place(strip: SceneStrip, line_id: str) -> QPoint:
    return next(b for b in strip.blocks if b.line.id == line_id).rect.center().toPoint()


def test_one_line_alone_needs_no_strip(qtbot, own_cache) -> None:
    session = Session()
    player = Player(session, SilentClock("a test"))
    strip = SceneStrip(session, player)
    qtbot.addWidget(strip)
    session.apply(AddLine(session.document.characters[0].id, spoken("a", 0.0, 2.0)))
    assert strip.isHidden()
    session.apply(AddLine(session.document.characters[0].id, spoken("b", 3.0, 2.0)))
    assert not strip.isHidden()
    session.close()
    player.close()


def test_lines_lie_where_they_are_in_the_scene(strip) -> None:
    rects = {b.line.id: b.rect for b in strip.blocks}
    assert rects["a"].left() == HEADER_PX and rects["b"].left() > rects["a"].right() and rects["c"].top() > ROW
    assert rects["c"].width() == pytest.approx(2 * rects["b"].width(), rel=0.01)
    assert rects["c"].right() < strip.width() and strip.sizeHint().height() == 2 * ROW + 1


def test_a_click_works_on_a_line_and_moves_nothing(strip, qtbot) -> None:
    before, steps = strip.session.document, strip.session.cursor
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=place(strip, "c"))
    assert strip.session.line.id == "c" and strip.session.document == before and strip.session.cursor == steps


def drag(strip, qtbot, line_id: str, by_px: int, release: bool = True) -> None:
    begin = place(strip, line_id)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=begin)
    for part in (0.4, 0.8, 1.0):
        qtbot.mouseMove(strip, begin + QPoint(round(by_px * part), 0))
    if release:
        qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=begin + QPoint(by_px, 0))


def test_a_drag_moves_a_line_to_a_whole_frame_as_one_step(strip, qtbot) -> None:
    before, steps, scale = strip.session.document, strip.session.cursor, strip._px_per_s()
    drag(strip, qtbot, "b", 100)
    start_s = strip.session.document.line("b").start_s
    assert start_s == pytest.approx(2.5 + 100 / scale, abs=0.5 / 30) and (start_s * 30) % 1 == pytest.approx(0, abs=1e-6)
    assert strip.session.cursor == steps + 1
    strip.session.undo()
    assert strip.session.document == before
    drag(strip, qtbot, "b", -1000)
    assert strip.session.document.line("b").start_s == 0.0


def test_escape_takes_a_drag_back(strip, qtbot) -> None:
    before, steps = strip.session.document, strip.session.cursor
    drag(strip, qtbot, "b", 60, release=False)
    assert strip.session.document != before
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    assert strip.session.document == before and strip.session.cursor == steps


def test_keys_go_from_line_to_line_and_move_one(strip, qtbot) -> None:
    strip.session.select("a")
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.session.line.id == "c"
    qtbot.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert strip.session.document.line("c").start_s == pytest.approx(1.0 + 1 / 30)
    for _ in range(5):
        qtbot.keyClick(strip, Qt.Key.Key_Left)
    assert strip.session.line.id == "a"


def test_what_is_trimmed_is_drawn_darker(strip, qtbot) -> None:
    before = strip.grab().toImage()
    strip.session.apply(SetTrim("c", 0.5, 2.0))
    after = strip.grab().toImage()
    block = next(b for b in strip.blocks if b.line.id == "c").rect.toRect()
    left, middle = QPoint(block.left() + 4, block.top() + 4), QPoint(block.left() + round(block.width() * 0.35), block.top() + 4)
    assert after.pixelColor(left).lightness() < before.pixelColor(left).lightness()
    assert after.pixelColor(middle) == before.pixelColor(middle)


def test_a_line_of_unknown_length_has_a_block(strip) -> None:
    strip.session.apply(AddLine("bob", LineDoc("d", "New", Media("x.wav", "0" * 64, 1.0, 8000), 6.0)))
    strip.session.apply(AddLine("bob", LineDoc("e", "Typed", Typed("hi"), 8.0)))
    assert all(b.rect.width() >= 3 for b in strip.blocks) and len(strip.blocks) == 5
