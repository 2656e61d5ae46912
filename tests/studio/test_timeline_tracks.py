from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from studio.timeline import headers
from studio.timeline.stack import HEADER_PX
from tests.studio.conftest import pixels
from tests.studio.timeline_scene import ALT, CTRL, SHIFT, Scene


@pytest.mark.parametrize(("letter", "field"), [("M", "mute"), ("S", "solo"), ("L", "lock")])
@pytest.mark.parametrize("track", ["emotions/happy", "layers/fix"])
def test_the_buttons_switch_a_track_and_back(scene: Scene, track: str, letter: str, field: str):
    def on() -> bool:
        place = scene.view.stack.place(track)
        assert place is not None
        return bool(getattr(headers.state_of(scene.view.content, place.lane), field))

    with scene.one_step():
        scene.click(scene.header(track, letter))
    assert on()
    with scene.one_step():
        scene.click(scene.header(track, letter))
    assert not on()


@pytest.mark.parametrize(("soloed", "dimmed"), [("emotions/happy", "emotions/sad"), ("layers/fix/jawOpen", "layers/fix/browInnerUp")])
def test_what_a_solo_silences_is_grey(scene: Scene, soloed: str, dimmed: str):
    scene.click(scene.header("layers/fix", "fold"))

    def colours(track: str) -> float:
        """How coloured a lane is."""
        rect = scene.view.stack.rect(track)
        picture = pixels(scene.view.grab(rect.adjusted(0, 0, -12, 0)).toImage()).astype(int)
        return float((picture.max(2) - picture.min(2)).mean())

    before = {track: colours(track) for track in (soloed, dimmed)}
    with scene.one_step():
        scene.click(scene.header(soloed, "S"))
    assert colours(soloed) == pytest.approx(before[soloed], rel=0.02) and colours(dimmed) < 0.6 * before[dimmed]


def test_the_menu_switches_too(scene: Scene):
    with scene.one_step():
        scene.choose(scene.header("pins", "name"), "Mute")
    assert scene.line.track_state("pins").mute


def test_channels_of_a_layer_show_when_it_is_expanded(scene: Scene):
    assert scene.view.stack.place("layers/fix/jawOpen") is None
    scene.click(scene.header("layers/fix", "fold"))
    assert scene.view.stack.place("layers/fix/jawOpen") is not None
    with scene.one_step():
        scene.click(scene.header("layers/fix/jawOpen", "M"))
    assert scene.line.track_state("layers/fix/jawOpen").mute
    scene.click(scene.header("layers/fix", "fold"))
    assert scene.view.stack.place("layers/fix/jawOpen") is None


def test_tracks_collapse_alone_or_with_all_like_them(scene: Scene):
    heights = lambda: [scene.view.stack.rect(f"emotions/{n}").height() for n in ("happy", "sad", "fear")]  # noqa: E731
    assert heights() == [46, 46, 18], "those without keys begin collapsed"
    scene.click(scene.header("emotions/happy", "fold"))
    assert heights() == [18, 46, 18]
    scene.double_click(scene.header("emotions/fear", "name"))
    assert heights() == [18, 46, 46]
    QTest.mouseClick(scene.view, Qt.MouseButton.LeftButton, ALT, scene.header("emotions/fear", "fold"))
    assert heights() == [18, 18, 18]
    scene.choose(scene.header("emotions/fear", "name"), "Expand All Like It")
    assert heights() == [46, 46, 46]


def test_a_track_is_as_high_as_its_edge_is_dragged(scene: Scene):
    edge = scene.header("emotions/happy", "edge")
    scene.drag(edge, edge + QPoint(0, 40))
    assert scene.view.stack.rect("emotions/happy").height() == 86
    edge = scene.header("emotions/happy", "edge")
    scene.press(edge)
    scene.hold_at(edge + QPoint(0, 30))
    scene.key(Qt.Key.Key_Escape)
    scene.release(edge)
    assert scene.view.stack.rect("emotions/happy").height() == 86
    edge = scene.header("emotions/happy", "edge")
    scene.drag(edge, edge - QPoint(0, 200))
    assert scene.view.stack.rect("emotions/happy").height() == 28


def test_tracks_are_selected_by_click(scene: Scene):
    scene.click(scene.header("emotions/happy", "name"))
    scene.click(scene.header("emotions/sad", "name"), CTRL)
    assert scene.selection.tracks == {"emotions/happy", "emotions/sad"}
    scene.click(scene.header("emotions/happy", "name"), SHIFT)
    assert scene.selection.tracks == {"emotions/sad"}
    scene.click(scene.header("layers/fix", "name"))
    assert scene.selection.tracks == {"layers/fix"} and scene.selection.active_layer == "fix"


def test_tab_and_arrows_go_through_the_tracks(scene: Scene):
    scene.window.resize(HEADER_PX + 811, 320)
    seen = []
    for _ in range(8):
        scene.key(Qt.Key.Key_Tab)
        seen += list(scene.selection.tracks)
    assert seen == ["sound", "words", "phonemes", "events", "intensity", "emotions/angry", "emotions/contempt", "emotions/disgusted"]
    scene.key(Qt.Key.Key_Backtab, SHIFT)
    assert scene.selection.tracks == {"emotions/contempt"}
    scene.key(Qt.Key.Key_Down)
    scene.key(Qt.Key.Key_Up)
    assert scene.selection.tracks == {"emotions/contempt"}
    while scene.selection.tracks != {"layers/fix"}:
        scene.key(Qt.Key.Key_Tab)
    rect = scene.view.stack.rect("layers/fix")
    assert rect.top() >= 0 and rect.bottom() <= scene.view.height(), "it was scrolled into sight"
    scene.key(Qt.Key.Key_Tab)
    assert scene.selection.tracks == {"camera"}
    scene.key(Qt.Key.Key_Tab)
    assert not scene.selection.tracks, "past the last track the focus may leave"


def test_all_keys_of_a_track_are_selected_from_its_header(scene: Scene):
    scene.choose(scene.header("emotions/happy", "name"), "Select All Keys")
    assert len(scene.selection.keys) == 3


def test_the_menu_opens_with_a_right_click(scene: Scene, qtbot):
    from PySide6.QtGui import QContextMenuEvent

    point = scene.at("phonemes", 0.7)
    QApplication.sendEvent(scene.view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, scene.view.mapToGlobal(point)))
    menu = QApplication.activePopupWidget()
    assert menu is not None and scene.selection.phonemes == {1}
    menu.close()


def test_the_menu_key_opens_it_on_what_is_selected(scene: Scene):
    from PySide6.QtGui import QContextMenuEvent

    for keys, parts, phonemes, entry in (
        ([("emotions/happy", 1.5)], [], [], "Tangent"), ([], [("markers", "mark")], [], "Rename Marker…"), ([], [], [1, 2], "Merge"),
        ([], [("pins", "pin")], [], "Duplicate"), ([], [], [], "New Layer"),
    ):  # fmt: skip
        scene.selection.select(keys, parts, phonemes)
        chosen = (scene.selection.keys, scene.selection.parts, scene.selection.phonemes)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(500, 500), QPoint(500, 500))
        QApplication.sendEvent(scene.view, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu) and any(a.text() == entry and a.isEnabled() for a in menu.actions()), entry
        assert chosen == (scene.selection.keys, scene.selection.parts, scene.selection.phonemes)
        menu.close()


def test_every_entry_of_every_menu_can_be_chosen_and_undone(scene: Scene):
    """Each on a line as it was: what it changes, undo takes back."""
    view = scene.view
    view.editor.add.pose_at = lambda _: {"jawOpen": 0.25}
    points = [scene.header(p.lane.name, "name") for p in view.stack.places[1:]]
    points += [scene.at(p.lane.name, t, part=s) for p in view.stack.places for t in (0.8, 1.5, 1.8) for s in (0.25, 0.75)]
    tried, folded = 0, dict(view.stack._folded)
    for point in points:
        count = len(leaves(scene, point))
        for i in range(count):
            before = scene.session.document
            action = leaves(scene, point)[i]
            if action.isEnabled() and "Paste" not in action.text():
                action.trigger()
                tried += 1
            if view.inline.editing:
                scene.key(Qt.Key.Key_Escape)
            view.stack._folded = dict(folded)
            view.relayout()
            if scene.session.document != before:
                scene.session.undo()
            assert scene.session.document == before, action.text()
    assert tried > 300


def leaves(scene: Scene, point: QPoint) -> list:
    """Actions of a menu and its submenus, a few of each long submenu."""
    scene.selection.select()
    scene.kept = scene.view.menus.at(QPointF(point))  # type: ignore[attr-defined]
    out = []

    def gather(menu: object) -> None:
        for action in menu.actions():  # type: ignore[attr-defined]
            if action.menu() is not None:
                gather(action.menu())
            elif not action.isSeparator():
                out.append(action)

    gather(scene.kept)  # type: ignore[attr-defined]
    return out[:40]
