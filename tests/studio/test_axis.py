from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

from studio.timeline.axis import MOST_PX_PER_S, UNITS, TimeAxis, format_time, ticks

RATE = Fraction(30000, 1001)


def test_a_new_axis_shows_the_whole_line():
    axis = TimeAxis(12.5, 1000)
    assert axis.fits and axis.x(0) == 0 and axis.x(12.5) == pytest.approx(1000)


def test_zooming_keeps_the_time_under_the_pointer():
    axis = TimeAxis(60.0, 1200)
    time_s = axis.time(300)
    for factor in (1.25, 4.0, 7.0, 0.5):
        axis = axis.zoomed(factor, 300)
        assert axis.time(300) == pytest.approx(time_s)


def test_zooming_stops_at_both_ends():
    axis = TimeAxis(3600.0, 1200)
    assert axis.zoomed(1e9, 10).px_per_s == MOST_PX_PER_S
    assert axis.zoomed(1e9, 10).zoomed(1e-12, 10) == axis


def test_panning_stays_in_the_line():
    axis = TimeAxis(60.0, 1000).zoomed(10, 0)
    assert axis.panned(-50).start_s == 0.0
    assert axis.panned(1e6).end_s == pytest.approx(60.0)
    assert axis.panned(100).x(axis.time(100)) == pytest.approx(0.0)


def test_a_wider_lane_keeps_a_fitting_line_fitting_and_a_close_one_close():
    assert TimeAxis(10.0, 500).resized(900).fits
    close = TimeAxis(10.0, 500).zoomed(8, 0)
    assert close.resized(900).px_per_s == close.px_per_s


def test_the_page_turns_when_the_playhead_leaves():
    axis = TimeAxis(60.0, 1000).zoomed(10, 0)
    assert axis.revealing(axis.end_s - 0.01) is axis
    turned = axis.revealing(20.0)
    assert turned.start_s < 20.0 < turned.start_s + 0.2 * turned.width_px / turned.px_per_s


def test_the_playhead_is_kept_in_the_middle_as_far_as_the_line_reaches():
    axis = TimeAxis(60.0, 1000).zoomed(10, 0)
    assert axis.x(30.0) != pytest.approx(500) and axis.centred(30.0).x(30.0) == pytest.approx(500)
    assert axis.centred(0.1).start_s == 0.0 and axis.centred(59.9).end_s == pytest.approx(60.0)


def test_an_axis_without_a_line_divides_by_nothing():
    axis = TimeAxis(0.0, 0.0)
    assert axis.time(50) == 0.0 and ticks(axis, RATE, "seconds") == []


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("duration_s", [0.1, 9.2, 600.0, 7200.0])
@pytest.mark.parametrize("zoom", [1.0, 40.0, 1e6])
def test_labels_never_collide_and_are_true(unit: str, duration_s: float, zoom: float):
    axis = TimeAxis(duration_s, 1300).zoomed(zoom, 400)
    marks = [t for t in ticks(axis, RATE, unit) if t.label]
    assert marks or zoom > 1
    gaps = [b.x - a.x for a, b in itertools.pairwise(marks)]
    assert min(gaps, default=999.0) >= 70
    assert len({t.label for t in marks}) == len(marks)


def test_labels_tell_the_time_they_stand_at():
    axis = TimeAxis(10.0, 1000)
    for tick in ticks(axis, Fraction(25), "seconds"):
        if tick.label:
            assert float(tick.label.removesuffix(" s")) == pytest.approx(axis.time(tick.x), abs=1e-3)


def test_time_reads_in_every_unit():
    assert format_time(3723.5, Fraction(25), "timecode") == "01:02:03:13"
    assert format_time(1.5, Fraction(25), "frames") == "38"
    assert format_time(1.5, Fraction(25), "seconds") == "1.500 s"
