"""The transport by mouse and key, in a real window."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from engine.core.errors import InvalidInput
from engine.core.timing import frame_time, timecode
from studio.playback.typed import parse_time
from studio.transport import speed_words
from studio.window import MainWindow

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
LINE_S = 4.0


@pytest.mark.parametrize(
    ("text", "wanted_s"),
    [
        ("00:00:01:12", 1.4), ("1:12", 1.4), ("1:0:00", 60.0), ("36", 1.2), ("36f", 1.2), ("1.5s", 1.5), (" 1,5 s ", 1.5), ("250ms", 0.25), ("2m", 120.0),
        ("+10", 2.0 + 1 / 3), ("-10", 2.0 - 1 / 3), ("+1.5s", 3.5), ("+1:00", 3.0), (".5s", 0.5), (":12", 0.4),
    ],
)  # fmt: skip
def test_times_are_typed_as_people_write_them(text: str, wanted_s: float):
    assert parse_time(text, Fraction(30), "timecode", 2.0) == pytest.approx(wanted_s)


def test_a_bare_number_is_seconds_where_seconds_are_counted():
    assert parse_time("1.5", Fraction(30), "seconds") == 1.5
    assert parse_time("+2", Fraction(30), "seconds", 1.0) == 3.0


@pytest.mark.parametrize("text", ["", "abc", "1:2:3:4:5", "+", "::", "1e5", "1.5.s", "--3"])
def test_what_is_no_time_is_refused(text: str):
    with pytest.raises(InvalidInput, match="is no time; type a timecode"):
        parse_time(text, Fraction(30))


@pytest.mark.parametrize("rate", [Fraction(30000, 1001), Fraction(60000, 1001), Fraction(24000, 1001), Fraction(25)])
def test_what_is_shown_can_be_typed(rate: Fraction):
    for frame in (0, 1, 1798, 1799, 1800, 1801, 17981, 17982, 17983, 107_892, 215_784):
        assert parse_time(timecode(frame, rate), rate) == frame_time(frame, rate)


def test_speeds_are_words():
    assert [speed_words(s) for s in (0.25, 0.5, 1.0, -2.0, -0.25)] == ["¼×", "½×", "1×", "−2×", "−¼×"]


@pytest.fixture
def spoken(window: MainWindow, qtbot, speak: Callable[..., None]) -> MainWindow:
    """A window with a line, its playhead at the start."""
    speak(window)
    window.timeline.setFocus()
    assert window.player.duration_s > 1.0
    return window


def test_a_typed_time_is_gone_to(spoken: MainWindow, qtbot):
    field: QLineEdit = spoken.transport.time
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.selectedText() == field.text()
    qtbot.keyClicks(field, "0:20")
    qtbot.keyClick(field, Key.Key_Return)
    assert spoken.player.frame == 20 and field.text() == "00:00:00:20" and not field.hasFocus()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "+5")
    qtbot.keyClick(field, Key.Key_Return)
    assert spoken.player.frame == 25

    # What is no time stays in the field and escape takes it back.
    field = spoken.transport.time
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "soon")
    qtbot.keyClick(field, Key.Key_Return)
    assert "is no time" in spoken.statusBar().currentMessage() and field.hasFocus() and spoken.player.frame == 25
    qtbot.keyClick(field, Key.Key_Escape)
    assert field.text() == "00:00:00:25" and not spoken.player.playing, "letters typed are no shortcuts"

    # Every control says what it is.
    transport = spoken.transport
    for control in (transport.time, transport.units, transport.speed):
        assert control.accessibleName() and control.toolTip()


def test_j_k_and_l_shuttle_and_a_speed_is_chosen(spoken: MainWindow, qtbot):
    player, keys = spoken.player, spoken.timeline
    player.set_looping(True)
    for key, speed in ((Key.Key_L, 1.0), (Key.Key_L, 2.0), (Key.Key_L, 4.0), (Key.Key_J, -1.0), (Key.Key_J, -2.0)):
        qtbot.keyClick(keys, key)
        assert player.playing and player.speed == speed and spoken.transport.speed.text() == speed_words(speed)
    qtbot.keyClick(keys, Key.Key_K)
    assert not player.playing and player.speed == 1.0 and spoken.transport.speed.text() == "1×"

    # With k held j and l creep until they are let go.
    player, keys = spoken.player, spoken.timeline
    player.seek(0.5)
    qtbot.keyPress(keys, Key.Key_K)
    for key, speed in ((Key.Key_L, 0.25), (Key.Key_J, -0.25)):
        qtbot.keyPress(keys, key)
        assert player.playing and player.speed == speed
        qtbot.keyRelease(keys, key)
        assert not player.playing
    qtbot.keyRelease(keys, Key.Key_K)
    qtbot.keyClick(keys, Key.Key_L)
    assert player.speed == 1.0
    qtbot.keyClick(keys, Key.Key_K)

    # The speed is chosen from the menu and by key.
    button = spoken.transport.speed
    actions = spoken.actions_by_name
    button.menu().actions()[1].trigger()
    assert spoken.player.speed == 0.5 and button.text() == "½×" and actions["speed_half"].isChecked() and not actions["speed_normal"].isChecked()
    actions["speed_half"].trigger()
    assert actions["speed_half"].isChecked(), "the one that holds stays checked"
    qtbot.keyClick(spoken.timeline, Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert spoken.player.speed == 2.0 and not actions["speed_half"].isChecked()


def test_in_and_out_points_are_set_by_key_gone_to_and_undone(spoken: MainWindow, qtbot):
    session, player, keys = spoken.session, spoken.player, spoken.timeline
    before = session.document
    player.seek(frame_time(10, player.rate))
    qtbot.keyClick(keys, Key.Key_I)
    player.seek(frame_time(29, player.rate))
    qtbot.keyClick(keys, Key.Key_O)
    line = session.line
    assert (line.in_s, line.out_s) == (frame_time(10, player.rate), frame_time(30, player.rate))
    assert (player.in_s, player.out_s) == (line.in_s, line.out_s)
    qtbot.keyClick(keys, Key.Key_I, Shift)
    assert player.frame == 10
    qtbot.keyClick(keys, Key.Key_O, Shift)
    assert player.frame == 29, "the last frame that plays"
    session.undo()
    session.undo()
    assert session.document == before and (player.in_s, player.out_s) == (None, None)

    # An in point behind the out point takes it away.
    player, keys = spoken.player, spoken.timeline
    player.seek(frame_time(10, player.rate))
    qtbot.keyClick(keys, Key.Key_O)
    player.seek(frame_time(20, player.rate))
    qtbot.keyClick(keys, Key.Key_I)
    assert spoken.session.line.out_s is None and spoken.session.line.in_s == frame_time(20, player.rate)
    player.seek(frame_time(5, player.rate))
    qtbot.keyClick(keys, Key.Key_O)
    assert spoken.session.line.in_s is None
    qtbot.keyClick(keys, Key.Key_X, Qt.KeyboardModifier.AltModifier)
    assert (spoken.session.line.in_s, spoken.session.line.out_s) == (None, None)
