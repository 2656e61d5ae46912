from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.studio.timeline_scene import ALT, CTRL, NONE, SHIFT, Scene

_KEYS = (
    (Qt.Key.Key_Delete, NONE), (Qt.Key.Key_C, CTRL), (Qt.Key.Key_V, CTRL), (Qt.Key.Key_X, CTRL), (Qt.Key.Key_D, CTRL), (Qt.Key.Key_A, CTRL),
    (Qt.Key.Key_Left, ALT), (Qt.Key.Key_Right, ALT | SHIFT), (Qt.Key.Key_Up, ALT), (Qt.Key.Key_M, NONE), (Qt.Key.Key_K, CTRL), (Qt.Key.Key_J, CTRL),
    (Qt.Key.Key_Tab, NONE), (Qt.Key.Key_Down, NONE), (Qt.Key.Key_BracketRight, NONE), (Qt.Key.Key_BracketLeft, NONE), (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_P, NONE), (Qt.Key.Key_Escape, NONE), (Qt.Key.Key_N, NONE), (Qt.Key.Key_L, CTRL | SHIFT),
)  # fmt: skip
ACTIONS = 250


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_done_can_be_undone(scene: Scene, seed: int):
    """Random mouse and keys; a fault in an event handler fails the test, for pytest-qt catches it."""
    scene.view.editor.add.pose_at = lambda _: {"jawOpen": 0.25}
    failures: list[object] = []
    scene.session.failed.connect(failures.append)
    draw, first, steps = random.Random(seed), scene.session.document, scene.session.cursor
    for _ in range(ACTIONS):
        act(scene, draw)
        if draw.random() < 0.1:
            scene.view.repaint()
    scene.view.hands.cancel()
    # What a person asks for may be impossible (a cut in 5 ms of phoneme), but it is refused, never half done.
    assert all("phoneme" in str(error) for error in failures), failures
    changed = scene.session.cursor - steps
    assert changed > 15
    last = scene.session.document
    while scene.session.cursor > steps:
        scene.session.undo()
    assert scene.session.document == first
    for _ in range(changed):
        scene.session.redo()
    assert scene.session.document == last


def act(scene: Scene, draw: random.Random) -> None:
    """One thing that a person might do."""
    point = QPoint(draw.randrange(scene.view.width() - 12), draw.randrange(scene.view.height()))
    other = point + QPoint(draw.randrange(-150, 150), draw.randrange(-40, 40))
    modifiers = draw.choice((NONE, NONE, NONE, SHIFT, CTRL, ALT))
    kind = draw.randrange(10)
    if kind <= 4:
        scene.drag(point, other, modifiers, draw.choice((modifiers, SHIFT, CTRL)))
    elif kind == 5:
        scene.double_click(point)
    elif kind == 6:
        scene.wheel(point, draw.choice((-2, -1, 1)), draw.choice((NONE, SHIFT, CTRL)))
    elif kind == 7:
        scene.player.seek(draw.uniform(0.0, 4.0))
        scene.view.set_position(scene.player.position_s, follow=True)
    elif kind == 8 and draw.random() < 0.3 and scene.session.cursor > 1:  # the first step is the line itself
        scene.session.undo()
    else:
        scene.key(*draw.choice(_KEYS))
    if scene.view.inline.editing and draw.random() < 0.7:
        scene.type(draw.choice(("s", "0.3", "happy", "")), draw.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))
