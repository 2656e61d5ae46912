from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from engine.project.tracks import PhonemeTrack, Word
from studio.timeline.axis import TimeAxis
from studio.timeline.view import HEADER_PX, TimelineView
from studio.timeline.waveform import Pyramid
from tests.studio.conftest import pixels

TRACK = PhonemeTrack(("", "b", "ɑ", "b", ""), (0.0, 0.5, 1.0, 2.0, 2.4, 4.0), (None, (0.6, 0.9), None, (2.1, 2.3), None))
WORDS = (Word("Bob", 0.5, 2.4),)


@pytest.fixture
def view(qtbot) -> TimelineView:
    made = TimelineView()
    qtbot.addWidget(made)
    made.resize(HEADER_PX + 800, 200)
    made.show()
    pyramid = Pyramid(4 * 16000, 16000)
    t = np.arange(4 * 16000) / 16000
    pyramid.add((0.6 * np.sin(2 * np.pi * 150 * t) * (t > 2)).astype(np.float32))
    pyramid.finish()
    made.show_line(4.0, Fraction(30))
    made.set_pyramid(pyramid)
    made.set_phonemes(TRACK, WORDS)
    return made


def at(view: TimelineView, time_s: float, lane: str = "phonemes") -> QPoint:
    """The pixel of a time in a lane."""
    y = view.phoneme_rect.center().y() if lane == "phonemes" else 60
    return QPoint(HEADER_PX + round(view.axis.x(time_s)), y)


def wheel(view: TimelineView, point: QPoint, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(point), QPointF(view.mapToGlobal(point)), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_sound_and_phonemes_are_painted_where_they_are(view: TimelineView):
    picture = pixels(view.grab().toImage())
    sound = picture[30:130].astype(int)
    silent, loud = sound[:, HEADER_PX + 100 : HEADER_PX + 300], sound[:, HEADER_PX + 500 : HEADER_PX + 700]
    assert loud.mean() > silent.mean() + 30
    row = picture[view.phoneme_rect.top() + 8]
    colours = [tuple(row[at(view, t).x()]) for t in (0.7, 0.55, 2.2, 1.2, 3.0)]
    assert colours[0] == colours[1] == colours[2], "both b in one colour"
    assert len({colours[0], colours[3], colours[4]}) == 3


def test_the_playhead_is_painted_over_it(view: TimelineView, qtbot):
    before = pixels(view.grab().toImage()).astype(int)
    view.set_position(1.5)
    after = pixels(view.grab().toImage()).astype(int)
    changed = np.flatnonzero(np.abs(after - before).sum((0, 2)))
    x = at(view, 1.5).x()
    assert x in changed and np.all((np.abs(changed - x) <= 6) | (np.abs(changed - HEADER_PX) <= 6))


def test_the_lanes_are_painted_once(view: TimelineView, monkeypatch: pytest.MonkeyPatch):
    view.grab()
    painted = []
    monkeypatch.setattr(view, "_painted", lambda: painted.append(1))
    for i in range(20):
        view.set_position(i / 10)
        view.repaint()
    assert not painted


def test_a_click_and_a_drag_scrub(view: TimelineView, qtbot):
    seen: list[float] = []
    order: list[str] = []
    view.scrub_began.connect(lambda: order.append("began"))
    view.scrub_ended.connect(lambda: order.append("ended"))
    view.scrubbed.connect(seen.append)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 1.0, "sound"))
    qtbot.mouseMove(view, at(view, 2.5, "sound"))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 2.5, "sound"))
    assert seen[0] == pytest.approx(1.0, abs=0.01) and seen[-1] == pytest.approx(2.5, abs=0.01) and order == ["began", "ended"]


def test_the_wheel_zooms_to_the_pointer_and_with_shift_pans(view: TimelineView):
    point = at(view, 1.0)
    for _ in range(6):
        wheel(view, point, 1)
    assert view.axis.px_per_s > 3 * 200 and view.axis.time(point.x() - HEADER_PX) == pytest.approx(1.0, abs=0.01)
    start = view.axis.start_s
    wheel(view, point, -1, Qt.KeyboardModifier.ShiftModifier)
    assert view.axis.start_s > start
    view.fit()
    assert view.axis.fits


def test_the_middle_button_pans(view: TimelineView, qtbot):
    view.set_axis(view.axis.zoomed(8, 0))
    qtbot.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(500, 60))
    qtbot.mouseMove(view, QPoint(300, 60))
    qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(300, 60))
    assert view.axis.start_s == pytest.approx(200 / view.axis.px_per_s, rel=0.01)


def test_a_boundary_is_dragged_and_escape_takes_it_back(view: TimelineView, qtbot):
    log: list[object] = []
    view.boundary_began.connect(lambda i: log.append(("began", i)))
    view.boundary_moved.connect(lambda i, t, r: log.append(("moved", i, round(t, 2), r)))
    view.boundary_ended.connect(lambda kept: log.append(("ended", kept)))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 2.0))
    qtbot.mouseMove(view, at(view, 1.8))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 1.8))
    assert log == [("began", 3), ("moved", 3, 1.8, False), ("ended", True)]
    log.clear()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 1.0))
    qtbot.keyPress(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 1.2))
    assert log == [("began", 2), ("ended", False)]


def test_the_outer_boundaries_and_a_locked_line_do_not_move(view: TimelineView):
    assert view.boundary_at(at(view, 0.0)) == 0 and view.boundary_at(at(view, 4.0)) == 0 and view.boundary_at(at(view, 1.5)) == 0
    assert view.boundary_at(at(view, 0.5)) == 1 and view.boundary_at(at(view, 2.4)) == 4


def test_a_read_only_line_scrubs_instead(view: TimelineView, qtbot):
    view.editable = False
    with qtbot.waitSignal(view.scrubbed):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 2.0))


def test_a_double_click_plays_the_phoneme(view: TimelineView, qtbot):
    with qtbot.waitSignal(view.span_activated) as heard:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=at(view, 1.5))
    assert heard.args == [1.0, 2.0]


def test_tooltips_tell_what_is_there(view: TimelineView):
    text = view.tooltip_at(at(view, 0.7))
    assert "<b>b</b>" in text and "lips shut" in text and "Bob" in text and "500 ms" in text
    assert "pause" in view.tooltip_at(at(view, 3.0))
    assert view.tooltip_at(at(view, 1.0, "sound")) == "00:00:01:00"


def test_the_view_follows_the_playhead(view: TimelineView):
    view.set_axis(view.axis.zoomed(8, 0))
    view.set_position(3.0, follow=True)
    assert view.axis.start_s < 3.0 < view.axis.end_s
    start = view.axis.start_s
    view.set_position(0.1)
    assert view.axis.start_s == start, "only while following"


def test_forty_thousand_phonemes_are_painted_quickly(view: TimelineView):
    count = 40_000
    bounds = tuple(np.linspace(0, 3600, count + 1).tolist())
    labels = tuple("pɑts"[i % 4] for i in range(count))
    view.show_line(3600.0, Fraction(30))
    view.set_phonemes(PhonemeTrack(labels, bounds), tuple(Word(f"w{i}", i * 0.36, i * 0.36 + 0.3) for i in range(10_000)))
    import time

    began = time.process_time()
    view.grab()
    view.set_axis(TimeAxis(3600.0, view.axis.width_px).zoomed(20, 400))
    view.grab()
    assert time.process_time() - began < 1.0


def test_without_a_line_it_paints_and_does_nothing(qtbot):
    view = TimelineView()
    qtbot.addWidget(view)
    view.show()
    seen: list[float] = []
    view.scrubbed.connect(seen.append)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(HEADER_PX + 40, 60))
    assert not view.grab().isNull() and seen == [] and view.tooltip_at(QPoint(HEADER_PX + 40, 60)) == ""
