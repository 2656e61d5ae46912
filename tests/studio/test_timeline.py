from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.project.document import LineDoc, Media
from engine.project.edits import PutLine, SetTrackState
from engine.project.parts import TrackState
from engine.project.tracks import PhonemeTrack, Word
from studio.playback.clock import SilentClock
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session
from studio.timeline.axis import TimeAxis
from studio.timeline.stack import HEADER_PX
from studio.timeline.view import TimelineView
from tests.studio.conftest import pixels
from tests.studio.timeline_scene import CTRL, SHIFT, Scene


def at(view: TimelineView, time_s: float, lane: str = "phonemes") -> QPoint:
    """The pixel of a time in a lane."""
    return QPoint(HEADER_PX + round(view.axis.x(time_s)), view.stack.rect(lane).center().y())


def wheel(view: QWidget, point: QPoint, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(point), QPointF(view.mapToGlobal(point)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_sound_and_phonemes_are_painted_where_they_are(scene: Scene):
    view = scene.view
    picture = pixels(view.grab().toImage())
    rect = view.stack.rect("sound")
    sound = picture[rect.top() : rect.bottom()].astype(int)
    silent, loud = sound[:, HEADER_PX + 100 : HEADER_PX + 300], sound[:, HEADER_PX + 500 : HEADER_PX + 580]
    assert loud.mean() > silent.mean() + 30
    row = picture[view.phoneme_rect.top() + 8]
    colours = [tuple(row[at(view, t).x()]) for t in (0.7, 0.55, 2.2, 1.2, 3.2)]
    assert colours[0] == colours[1] == colours[2], "both b in one colour"
    assert len({colours[0], colours[3], colours[4]}) == 3


def test_the_playhead_is_painted_over_it(scene: Scene):
    view = scene.view
    before = pixels(view.grab().toImage()).astype(int)
    view.set_position(1.2)
    after = pixels(view.grab().toImage()).astype(int)
    changed = np.flatnonzero(np.abs(after - before)[:, HEADER_PX:].sum((0, 2))) + HEADER_PX
    x = at(view, 1.2).x()
    assert x in changed and np.all((np.abs(changed - x) <= 7) | (np.abs(changed - HEADER_PX) <= 7))


def test_the_playhead_and_a_dragged_key_paint_no_other_lane(scene: Scene):
    view, painted = scene.view, []
    view.grab()
    view.painting.on_painted = painted.append
    for i in range(20):
        view.set_position(i / 10)
        view.repaint()
    assert not painted
    start = scene.at("emotions/happy", 1.5, 0.6)
    scene.press(start)
    scene.hold_at(start + QPoint(2, 6))
    view.repaint()
    painted.clear()
    scene.hold_at(start + QPoint(9, 9))
    view.repaint()
    assert set(painted) == {"emotions/happy"}
    scene.release(start + QPoint(9, 9))


def test_scrolling_shows_what_painting_anew_would(scene: Scene):
    view = scene.view
    view.set_axis(view.axis.zoomed(3, 200))
    view.repaint()
    for step in (37, -80, 11, 200):
        view.set_axis(view.axis.panned(step))
        shifted = pixels(view.grab().toImage()).astype(int)
        view.painting.forget()
        fresh = pixels(view.grab().toImage()).astype(int)
        # Antialiased edges may differ by the subpixel the axis is off its pixel.
        assert np.mean(np.abs(shifted - fresh).max(2) > 40) < 0.001


def test_a_click_and_a_drag_on_ruler_and_sound_scrub(scene: Scene):
    view = scene.view
    for lane in ("ruler", "sound"):
        seen: list[float] = []
        order: list[str] = []
        began, ended, scrubbed = lambda order=order: order.append("began"), lambda order=order: order.append("ended"), seen.append
        view.scrub_began.connect(began)
        view.scrub_ended.connect(ended)
        view.scrubbed.connect(scrubbed)
        scene.drag(scene.at(lane, 1.0, part=0.7), scene.at(lane, 2.5, part=0.7))
        assert seen[0] == pytest.approx(1.0, abs=0.01) and seen[-1] == pytest.approx(2.5, abs=0.01) and order == ["began", "ended"]
        for signal, slot in ((view.scrub_began, began), (view.scrub_ended, ended), (view.scrubbed, scrubbed)):
            signal.disconnect(slot)


def test_the_wheel_zooms_to_the_pointer_and_with_shift_pans(scene: Scene):
    view, point = scene.view, scene.at("phonemes", 1.0)
    for _ in range(6):
        scene.wheel(point, 1)
    assert view.axis.px_per_s > 3 * 200 and view.axis.time(point.x() - HEADER_PX) == pytest.approx(1.0, abs=0.01)
    start = view.axis.start_s
    scene.wheel(point, -1, SHIFT)
    assert view.axis.start_s > start
    view.fit()
    assert view.axis.fits


def test_the_wheel_over_the_headers_scrolls_the_tracks(scene: Scene):
    view = scene.view
    scene.window.resize(HEADER_PX + 811, 300)
    assert view.bar.isVisible() and view.stack.hidden_px > 0
    top = view.stack.rect("takes").top()
    scene.wheel(QPoint(30, 150), -2)
    assert view.stack.rect("takes").top() < top and view.stack.rect("ruler").top() == 0
    scene.wheel(scene.at("ruler", 1.0), 2, CTRL)
    assert view.stack.offset == 0
    view.bar.setValue(50)
    assert view.stack.offset == 50


def test_a_drag_that_rests_at_an_edge_goes_on(scene: Scene, qtbot):
    view = scene.view
    view.set_axis(view.axis.zoomed(4, 0))
    start = QPoint(300, scene.at("emotions/happy", 0.2, part=0.1).y())
    scene.press(start)
    scene.hold_at(QPoint(view.width() - 2, start.y() + 60))
    qtbot.waitUntil(lambda: view.axis.end_s > 2.6)
    scene.release(QPoint(view.width() - 2, start.y() + 60))
    assert {t for track, t in scene.selection.keys if track == "emotions/happy"} >= {0.5, 1.5, 2.5}


def test_the_middle_button_pans(scene: Scene):
    view = scene.view
    view.set_axis(view.axis.zoomed(8, 0))
    middle = Qt.MouseButton.MiddleButton
    scene.press(QPoint(500, 60), button=middle)
    scene.hold_at(QPoint(300, 60), button=middle)
    scene.release(QPoint(300, 60), button=middle)
    assert view.axis.start_s == pytest.approx(200 / view.axis.px_per_s, rel=0.01)


def test_the_view_follows_the_playhead_as_it_is_set_to(scene: Scene):
    view = scene.view
    view.set_axis(view.axis.zoomed(8, 0))
    view.set_position(3.0, follow=True)
    assert view.axis.start_s < 3.0 < view.axis.end_s
    start = view.axis.start_s
    view.set_position(0.1)
    assert view.axis.start_s == start, "only while following"
    scene.window.actions_by_name["follow_smooth"].trigger()
    view.set_position(2.0, follow=True)
    assert (view.axis.start_s + view.axis.end_s) / 2 == pytest.approx(2.0, abs=0.01)
    scene.window.actions_by_name["follow_off"].trigger()
    start = view.axis.start_s
    view.set_position(0.2, follow=True)
    assert view.axis.start_s == start and not scene.window.actions_by_name["follow_smooth"].isChecked()


def test_a_typed_time_moves_the_playhead(scene: Scene):
    field = scene.view.time_field
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    for text, time_s in (("00:00:01:15", 1.5), ("+10", 1.5 + 10 / 30), ("2.5s", 2.5), ("30", 1.0)):
        field.setFocus()
        scene.type(text)
        assert scene.player.position_s == pytest.approx(time_s) and scene.view.position_s == pytest.approx(time_s)
    field.setFocus()
    scene.type("noon")
    assert "noon" in scene.said[-1] and scene.player.position_s == pytest.approx(1.0)
    scene.key(Qt.Key.Key_Escape)
    assert field.text() == "00:00:01:00" and scene.view.hasFocus()


def test_tooltips_tell_what_is_there(scene: Scene):
    view = scene.view
    text = view.tooltip_at(scene.at("phonemes", 0.7))
    assert "<b>b</b>" in text and "lips shut" in text and "Bob" in text and "500 ms" in text
    assert "pause" in view.tooltip_at(scene.at("phonemes", 3.0))
    assert view.tooltip_at(scene.at("sound", 1.0)) == "00:00:01:00"
    assert "0.600" in view.tooltip_at(scene.at("emotions/happy", 1.5, 0.6)) and "Happy" in view.tooltip_at(scene.at("emotions/happy", 3.5))
    assert "Blink" in view.tooltip_at(scene.at("events", 0.8, part=0.25)) and "automatic" in view.tooltip_at(scene.at("events", 0.8, part=0.25))
    assert "left" in view.tooltip_at(scene.at("events", 1.8, part=0.75))
    assert "warmly" in view.tooltip_at(scene.at("instructions", 1.0)) and "Take 1" in view.tooltip_at(scene.at("takes", 1.8))
    assert "1 channels" in view.tooltip_at(scene.at("pins", 1.5)) and "turn" in view.tooltip_at(scene.at("ruler", 3.0, part=0.1))
    assert "Fixes" in view.tooltip_at(scene.at("layers/fix", 0.8)) and "Mute Happy" in view.tooltip_at(scene.header("emotions/happy", "M"))


def test_stale_takes_are_marked(scene: Scene):
    before = pixels(scene.view.grab().toImage()).astype(int)
    scene.view.set_stale(["takes/t1"])
    after = pixels(scene.view.grab().toImage()).astype(int)
    rows = np.flatnonzero(np.abs(after - before).sum((1, 2)))
    rect = scene.view.stack.rect("takes")
    assert len(rows) and rect.top() <= rows.min() and rows.max() <= rect.bottom()
    assert "older than its inputs" in scene.view.tooltip_at(scene.at("takes", 1.8)) and "older" in scene.view.tooltip_at(scene.header("takes", "name"))


def test_the_selection_is_told_to_screen_readers(scene: Scene):
    scene.click(scene.at("emotions/happy", 1.5, 0.6))
    assert "key on Happy at 00:00:01:15, value 0.60" in scene.view.accessibleDescription()
    scene.click(scene.at("phonemes", 1.5))
    assert "phonemes ɑ" in scene.view.accessibleDescription()
    assert scene.view.accessibleName() == "Timeline"


def test_read_only_everything_can_be_looked_at_and_nothing_changed(scene: Scene, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Session, "read_only", property(lambda _: "somebody else has it"))
    with scene.nothing():
        scene.drag(scene.at("emotions/happy", 1.5, 0.6), scene.at("emotions/happy", 2.0, 0.8))
        scene.drag(scene.at("phonemes", 1.0), scene.at("phonemes", 1.2))
        scene.key(Qt.Key.Key_Delete)
        scene.click(scene.header("emotions/happy", "M"))
    assert "reading only" in scene.said[-1]
    scene.click(scene.at("emotions/happy", 1.5, 0.6))
    assert scene.selection.keys


def test_a_track_muted_elsewhere_shows_at_once(scene: Scene):
    before = pixels(scene.view.grab().toImage()).astype(int)
    scene.session.apply(SetTrackState("line", "emotions/happy", TrackState(mute=True)))
    after = pixels(scene.view.grab().toImage()).astype(int)
    rect = scene.view.stack.rect("emotions/happy")
    rows = np.flatnonzero(np.abs(after - before).sum((1, 2)))
    assert len(rows) and rect.top() <= rows.min() and rows.max() <= rect.bottom()


def test_forty_thousand_phonemes_are_painted_quickly(scene: Scene):
    import time

    count = 40_000
    bounds = tuple(np.linspace(0, 3600, count + 1).tolist())
    labels = tuple("pɑts"[i % 4] for i in range(count))
    words = tuple(Word(f"w{i}", i * 0.36, i * 0.36 + 0.3) for i in range(10_000))
    long = LineDoc("line", "long", Media("long.wav", "1" * 64, 3600.0, 16000), words=words, phonemes=PhonemeTrack(labels, bounds))
    scene.session.apply(PutLine(long))
    scene.view.show_line(3600.0, Fraction(30))
    began = time.process_time()
    scene.view.grab()
    scene.view.set_axis(TimeAxis(3600.0, scene.view.axis.width_px).zoomed(20, 400))
    scene.view.grab()
    assert time.process_time() - began < 1.0


def test_without_a_line_it_paints_and_does_nothing(qtbot, own_cache):
    session = Session()
    view = TimelineView(session, Player(None, SilentClock("a test")), Selection(session))
    qtbot.addWidget(view)
    view.show()
    seen: list[float] = []
    view.scrubbed.connect(seen.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(HEADER_PX + 40, 60))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not view.grab().isNull() and seen == [] and view.tooltip_at(QPoint(HEADER_PX + 40, 60)) == ""
    assert view.menus.at(QPointF(30, 60)).isEmpty()
