"""Hands that do anything with the curve editor, in any order: nothing fails, and undo takes all of it back."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPointF, Qt

from studio.curves.dialogs import AmountDialog
from studio.curves.editor import CurveEditor
from studio.curves.verbs import every_verb
from tests.studio.curve_scene import ALT, CTRL, MIDDLE, NONE, SHIFT, click, double_click, drag, session_of, wheel

KEYS = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_S, Qt.Key.Key_F, Qt.Key.Key_A, Qt.Key.Key_D,
    Qt.Key.Key_Escape,
)  # fmt: skip


class Hands:
    """Does things at random.

    Args:
        editor: with which.
        seed: of the choices.
    """

    def __init__(self, editor: CurveEditor, seed: int, qtbot) -> None:
        self.editor, self.random, self.qtbot = editor, random.Random(seed), qtbot

    def point(self) -> QPointF:
        """On a key as often as anywhere."""
        view, line = self.editor.view, session_of(self.editor).line
        tracks = [t for t in line.tracks_with_keys() if line.curve(t).keys]
        if view is self.editor.graph and tracks and self.random.random() < 0.6:
            track = self.random.choice(tracks)
            return self.editor.graph.place(track, self.random.choice(line.curve(track).keys))
        return QPointF(self.random.uniform(0, view.width()), self.random.uniform(0, view.height()))

    def act(self) -> None:
        """One thing."""
        view, chance = self.editor.view, self.random.random()
        modifiers = self.random.choice((NONE, NONE, NONE, SHIFT, CTRL, ALT))
        if chance < 0.4:
            drag(view, self.point(), self.point(), modifiers)
        elif chance < 0.5:
            click(view, self.point(), modifiers)
        elif chance < 0.55:
            double_click(view, self.point())
        elif chance < 0.62:
            wheel(view, self.point(), self.random.choice((-3, 2)), modifiers)
        elif chance < 0.65:
            drag(view, self.point(), self.point(), button=MIDDLE)
        elif chance < 0.8:
            self.qtbot.keyClick(view, self.random.choice(KEYS), self.random.choice((NONE, NONE, SHIFT)))
        elif chance < 0.85:
            self.editor.model.player.seek(self.random.uniform(0, 4))
        elif chance < 0.9:
            session = session_of(self.editor)
            if self.random.random() < 0.3:
                session.redo()
            elif session.history.journal.cursor > 1:  # not the line itself
                session.undo()
        else:
            self.editor.verbs.do(self.random.choice(every_verb()))
            for dialog in self.editor.findChildren(AmountDialog):
                if dialog.isVisible():
                    dialog.number.setValue(self.random.uniform(0, 1))
                    self.qtbot.keyClick(dialog, self.random.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
        view.grab()


@pytest.mark.parametrize("seed", range(3))
def test_whatever_hands_do_can_be_undone(editor: CurveEditor, qtbot, seed: int):
    session = session_of(editor)
    before = session.document
    failed: list[Exception] = []
    session.failed.connect(failed.append)
    hands = Hands(editor, seed, qtbot)
    for _ in range(120):
        hands.act()
    assert not failed, failed
    steps = session.history.journal.cursor
    assert steps > 10 and session.document != before
    after = session.document
    while session.history.journal.cursor > 1:  # the first made the line
        session.undo()
    assert session.document == before
    while session.history.can_redo and session.history.journal.cursor < steps:
        session.redo()
    assert session.document == after
