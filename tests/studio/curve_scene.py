"""The curve editor on a line of its own, with hands to use it: what its tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from engine.core.curves import Curve, Key
from engine.project.document import LineDoc, Media
from engine.project.edits import AddLine
from engine.project.parts import Layer
from studio.curves.dialogs import AmountDialog
from studio.curves.editor import CurveEditor
from studio.curves.graph import GraphView
from studio.curves.track_list import point_of
from studio.curves.view import KeyView
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session

SHIFT, CTRL, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
HAPPY, SAD = "emotions/happy", "emotions/sad"
JAW = "layers/capture/jawOpen"
DURATION_S = 4.0
CAPTURED = Curve(tuple(Key(i / 30, 0.5 + 0.3 * float(np.sin(i / 9)), "linear") for i in range(100)))
LINE = LineDoc(
    "line", "one", Media("a.wav", "0" * 64, DURATION_S, 48000),
    emotions={
        "happy": Curve((Key(0.5, 0.2), Key(1.0, 0.8), Key(2.0, 0.4), Key(3.0, 0.6, "stepped"))),
        "sad": Curve((Key(0.5, 0.9), Key(1.5, 0.1))),
    },
    layers=(
        Layer("capture", "Capture", "override", curves={"jawOpen": CAPTURED, "mouthSmileLeft": Curve((Key(1.0, 0.3), Key(2.0, 0.7)))}),
        Layer("polish", "Polish", curves={"browInnerUp": Curve((Key(1.0, 0.2),))}),
    ),
)  # fmt: skip


def opened(qtbot) -> Iterator[CurveEditor]:
    """An editor on the screen, showing `LINE`; its session is closed after the test."""
    session = Session()
    session.apply(AddLine(session.document.characters[0].id, LINE))
    session.select(LINE.id)
    player = Player(None, SilentClock("a test"))
    player.set_line(DURATION_S, Fraction(30), None)
    made = CurveEditor(session, player, Selection(session))
    qtbot.addWidget(made)
    made.resize(1100, 420)
    made.show()
    qtbot.waitExposed(made)
    made.frame_all()
    made.graph.setFocus()
    yield made
    session.close()


def session_of(editor: CurveEditor) -> Session:
    return editor.model.session


def curve(editor: CurveEditor, track: str = HAPPY) -> Curve:
    return editor.model.curve(track)


def selected(editor: CurveEditor) -> set[tuple[str, float]]:
    return {(track, round(t, 6)) for track, t in editor.model.selection.keys}


def undone(editor: CurveEditor, act: Callable[[], None]) -> Curve:
    """Do something that must be one step: undo it, redo it, compare the documents. What it selected is selected afterwards."""
    session = session_of(editor)
    before = session.document
    steps = session.history.journal.cursor
    act()
    after = session.document
    assert after != before, "nothing happened"
    assert session.history.journal.cursor == steps + 1, "one step"
    chosen = editor.model.selection.keys
    session.undo()
    assert session.document == before
    session.redo()
    assert session.document == after
    editor.model.select(chosen)
    return curve(editor)


def send(widget: QWidget, kind: QEvent.Type, point: QPointF, button: Qt.MouseButton, held: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> None:
    event = QMouseEvent(kind, point, QPointF(widget.mapToGlobal(point.toPoint())), button, held, modifiers)
    QApplication.sendEvent(widget, event)


def drag(
    widget: QWidget, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT, release: bool = True,
    press: Qt.KeyboardModifier | None = None,
) -> None:  # fmt: skip
    send(widget, QEvent.Type.MouseButtonPress, start, button, button, modifiers if press is None else press)
    for share in (0.25, 0.5, 1.0):
        send(widget, QEvent.Type.MouseMove, start + (end - start) * share, Qt.MouseButton.NoButton, button, modifiers)
    if release:
        send(widget, QEvent.Type.MouseButtonRelease, end, button, Qt.MouseButton.NoButton, modifiers)


def click(widget: QWidget, point: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
    send(widget, QEvent.Type.MouseButtonPress, point, LEFT, LEFT, modifiers)
    send(widget, QEvent.Type.MouseButtonRelease, point, LEFT, Qt.MouseButton.NoButton, modifiers)


def double_click(widget: QWidget, point: QPointF) -> None:
    click(widget, point)
    send(widget, QEvent.Type.MouseButtonDblClick, point, LEFT, LEFT, NONE)
    send(widget, QEvent.Type.MouseButtonRelease, point, LEFT, Qt.MouseButton.NoButton, NONE)


def wheel(view: KeyView, point: QPointF, notches: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    event = QWheelEvent(
        point, QPointF(view.mapToGlobal(point.toPoint())), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def at(graph: GraphView, time_s: float, value: float) -> QPointF:
    return QPointF(graph.x_of(time_s), graph.y_of(value))


def place(editor: CurveEditor, index: int, track: str = HAPPY) -> QPointF:
    return editor.graph.place(track, curve(editor, track).keys[index])


def pick(editor: CurveEditor, *indices: int, track: str = HAPPY) -> None:
    """Select keys by clicking on them, the further ones with Shift."""
    for n, index in enumerate(indices):
        click(editor.graph, place(editor, index, track), SHIFT if n else NONE)
    assert {t for _, t in selected(editor)} == {round(curve(editor, track).keys[i].time_s, 6) for i in indices}


def choose(editor: CurveEditor, name: str) -> None:
    """An entry of the menu that a right click brings."""
    menu = editor._build_menu()
    actions = {a.objectName(): a for m in (menu, *menu.findChildren(QMenu)) for a in m.actions()}
    actions[name].trigger()
    menu.deleteLater()


def dialog(editor: CurveEditor, qtbot) -> AmountDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in editor.findChildren(AmountDialog)))
    return next(d for d in editor.findChildren(AmountDialog) if d.isVisible())


def click_row(editor: CurveEditor, track: str, column: int = 0, modifiers: Qt.KeyboardModifier = NONE) -> None:
    item = editor.tracks.item_of(track)
    assert item is not None
    editor.tracks.scrollToItem(item)
    click(editor.tracks.viewport(), QPointF(point_of(editor.tracks, item, column)), modifiers)
