"""A timeline on a rich line, in a window with the editing actions, and hands to work it: for the timeline's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from engine.core.curves import Curve, Key
from engine.project.document import LineDoc, Media
from engine.project.edits import AddLine
from engine.project.parts import Blink, Gaze, Instruction, Layer, Marker, Pin, Take, TakeClip
from engine.project.tracks import PhonemeTrack, Word
from studio.actions import MENUS, Row
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session
from studio.timeline.commands import TimelineCommands
from studio.timeline.curve_lanes import CurveLane
from studio.timeline.stack import HEADER_PX
from studio.timeline.view import TimelineView
from studio.timeline.waveform import Pyramid

RATE = Fraction(30)
LENGTH_S = 4.0
PHONEMES = PhonemeTrack(("", "b", "ɑ", "b", ""), (0.0, 0.5, 1.0, 2.0, 2.4, LENGTH_S), (None, (0.6, 0.9), None, (2.1, 2.3), None))
WORDS = (Word("Bob", 0.5, 2.4),)
NONE, SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip


def curve(*keys: tuple[float, float]) -> Curve:
    """A curve from times and values."""
    return Curve(tuple(Key(t, v) for t, v in keys))


def rich_line() -> LineDoc:
    """Something of everything."""
    return LineDoc(
        "line", "Bob", Media("bob.wav", "0" * 64, LENGTH_S, 16000), words=WORDS, phonemes=PHONEMES, method="alignment",
        emotions={"happy": curve((0.5, 0.2), (1.5, 0.6), (2.5, 0.4)), "sad": curve((1.0, 0.5))},
        instructions=(Instruction("say", "warmly", 0.5, 2.0),),
        pins=(Pin("pin", 1.5, {"jawOpen": 0.3}, 0.25),),
        takes=(Take("t1", "Take 1", "performer"),),
        take_clips=(TakeClip("clip", "t1", 1.0, 3.0, (), 0.4),),
        layers=(Layer("fix", "Fixes", start_s=0.5, end_s=3.0, curves={"browInnerUp": curve((1.0, 0.0), (2.0, 0.4)), "jawOpen": curve((2.0, 0.2))}),),
        markers=(Marker("mark", 3.0, "turn"),),
    )  # fmt: skip


class Bench(TimelineCommands, QMainWindow):
    """A window with the editing actions alone."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__()
        self.timeline = view
        self.actions_by_name = {}
        self.preferences = type("Nowhere", (), {"put": staticmethod(lambda *_: None)})()
        self.setCentralWidget(view)
        rows = [r for rows in MENUS.values() for r in rows if isinstance(r, Row) and hasattr(TimelineCommands, r.method)]
        for row in rows:
            action = QAction(row.text, self)
            action.setShortcuts([QKeySequence(k) for k in row.keys])
            method: Callable[..., None] = getattr(self, row.method)
            if row.checkable:
                action.setCheckable(True)
                action.toggled.connect(method)
            else:
                action.triggered.connect(lambda _=False, method=method: method())
            self.addAction(action)
            self.actions_by_name[row.name] = action


class Scene:
    """The timeline, what it works on, and hands."""

    def __init__(self, line: LineDoc | None = None) -> None:
        self.session = Session()
        document = self.session.document
        self.player = Player(None, SilentClock("a test"))
        self.selection = Selection(self.session)
        self.view = TimelineView(self.session, self.player, self.selection)
        self.window = Bench(self.view)
        self.said: list[str] = []
        self.view.said.connect(self.said.append)
        self.window.resize(HEADER_PX + 811, 900)
        self.session.apply(AddLine(document.characters[0].id, rich_line() if line is None else line))
        self.player.set_line(LENGTH_S, RATE, None)
        self.view.show_line(LENGTH_S, RATE)
        pyramid = Pyramid(4 * 16000, 16000)
        t = np.arange(4 * 16000) / 16000
        pyramid.add((0.6 * np.sin(2 * np.pi * 150 * t) * (t > 2)).astype(np.float32))
        pyramid.finish()
        self.view.set_pyramid(pyramid)
        self.view.set_events((Blink("auto1", 0.8), Blink("auto2", 2.6)), (Gaze("look1", 0.3), Gaze("look2", 1.8, 0.2, 0.1)))

    @property
    def line(self) -> LineDoc:
        """The line as it stands."""
        line = self.session.line
        assert line is not None
        return line

    # Where things are.

    def at(self, lane: str, time_s: float, value: float | None = None, part: float = 0.5) -> QPoint:
        """The pixel of a time in a lane: at a value of its curve, or at a part of its height."""
        place = self.view.stack.place(lane)
        assert place is not None, f"no lane {lane}"
        y = place.top + place.height * part
        if value is not None:
            assert isinstance(place.lane, CurveLane)
            y = place.top + place.lane.y(value, self.view.content, place.height)
        return QPoint(HEADER_PX + round(self.view.axis.x(time_s)), round(y))

    def header(self, lane: str, letter: str) -> QPoint:
        """The middle of a button in a header; `name` for its title, `edge` for its lower edge, `fold` for its triangle."""
        from studio.timeline import headers

        place = self.view.stack.place(lane)
        assert place is not None
        if letter == "edge":
            return QPoint(60, place.top + place.height - 2)
        if letter in ("name", "fold"):
            return QPoint(40 if letter == "name" else 12 + 12 * place.lane.indent, place.top + min(9, place.height // 2))
        return dict(headers.button_boxes(place))[letter].center().toPoint()

    # Hands.

    def press(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Press a button."""
        QTest.mousePress(self.view, button, modifiers, point)

    def hold_at(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Move with the button held."""
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(point), QPointF(self.view.mapToGlobal(point)), Qt.MouseButton.NoButton, button, modifiers
        )  # fmt: skip
        QApplication.sendEvent(self.view, event)

    def release(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Let go."""
        QTest.mouseRelease(self.view, button, modifiers, point)

    def click(self, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press and release."""
        self.press(point, modifiers)
        self.release(point, modifiers)

    def double_click(self, point: QPoint) -> None:
        """Twice, as a mouse does it."""
        self.click(point)
        QTest.mouseDClick(self.view, Qt.MouseButton.LeftButton, NONE, point)

    def drag(self, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = NONE, then: Qt.KeyboardModifier | None = None) -> None:
        """From one point to another in a few moves; `then` are the modifiers once it moves."""
        then = modifiers if then is None else then
        self.press(start, modifiers)
        for share in (0.3, 0.7, 1.0):
            self.hold_at(start + (end - start) * share, then)
        self.release(end, then)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """A key for what has the focus."""
        widget = QApplication.focusWidget()
        own = widget is not None and widget.window() is self.view.window()
        QTest.keyClick(widget if own else self.view, key, modifiers)

    def type(self, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """Text for what has the focus, and a key at its end."""
        widget = QApplication.focusWidget()
        assert widget is not None
        for character in text:
            if character.isascii():
                QTest.keyClick(widget, character)
            else:  # which QTest cannot type
                QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, character))
        if end is not None:
            QTest.keyClick(widget, end)

    def wheel(self, point: QPoint, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel."""
        event = QWheelEvent(
            QPointF(point), QPointF(self.view.mapToGlobal(point)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.view, event)

    def choose(self, point: QPoint, *path: str) -> None:
        """Choose from the menu of a point, by the texts of its entries."""
        menu = self.view.menus.at(QPointF(point))
        for name in path[:-1]:
            action = next(a for a in menu.actions() if a.text() == name)
            submenu = action.menu()
            assert isinstance(submenu, QMenu)
            menu = submenu
        next(a for a in menu.actions() if a.text() == path[-1]).trigger()

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """What happens inside is one undo step: undone the document is as before, redone as after."""
        before, steps = self.session.document, self.session.cursor
        yield
        after = self.session.document
        assert after != before, "nothing changed"
        assert self.session.cursor == steps + 1
        self.session.undo()
        assert self.session.document == before
        self.session.redo()
        assert self.session.document == after

    @contextmanager
    def nothing(self) -> Iterator[None]:
        """What happens inside changes nothing."""
        before, steps = self.session.document, self.session.cursor
        yield
        assert self.session.document == before and self.session.cursor == steps
