"""Shut lips that are a p, b or m, and those that are not: on a face made by hand, and on a recording."""

from fractions import Fraction

import numpy as np
import pytest

from engine.avatars.capture import track_of
from engine.avatars.closures import FEATURES, closures, held_shut, shut_lips
from engine.avatars.tracking import models, points
from engine.avatars.tracking.track import Track


def speaking(opening: np.ndarray) -> Track:
    """A face whose eyes are 100 px apart and whose lips open by so much, [T] pixels, 25 pictures a second."""
    count = len(opening)
    mesh = np.zeros((count, 468, 3), np.float32)
    mesh[:, 33, 0], mesh[:, 263, 0] = 100, 200
    mesh[:, 61, :2], mesh[:, 291, :2] = (125, 80), (175, 80)
    mesh[:, 78, :2], mesh[:, 308, :2] = (130, 80), (170, 80)
    for x, (upper, lower) in zip((140, 145, 150, 155, 160), points.LIP_COLUMNS, strict=True):
        mesh[:, upper, 0] = mesh[:, lower, 0] = x
        mesh[:, upper, 1], mesh[:, lower, 1] = 80 - opening / 2, 80 + opening / 2
    for row, y in ((2, 60), (0, 72), (17, 90), (152, 130), (1, 50)):
        mesh[:, row, :2] = (150, y)
    zeros = np.zeros((count, 2, 71, 2), np.float32), np.zeros((count, 2, 5, 2), np.float32)
    return Track(np.arange(count) / 25, mesh, *zeros, np.ones(count, np.float32), np.zeros(0, np.int64), (300, 200), Fraction(25))


def test_a_short_tight_closure_is_surer_than_a_long_or_a_loose_one():
    opening = np.full(120, 8.0)
    opening[20:23] = 0.0  # a b
    opening[40:80] = 0.0  # silence
    opening[100:101] = 0.35  # hardly a moment, not quite shut
    found = shut_lips(speaking(opening))
    assert [(round(each.start_s, 2), round(each.end_s, 2)) for each in found] == [(0.78, 0.9), (1.58, 3.18), (3.98, 4.02)]
    assert all(len(each.features) == len(FEATURES) for each in found)
    of_a_b, silence, moment = (each.pressed for each in found)
    assert of_a_b > silence + 2.0 and of_a_b > moment + 2.0
    assert closures(speaking(opening)) == [each for each in found if each.pressed > 0]


def test_pressed_lips_and_silence_are_held_shut_and_a_w_is_not():
    opening = np.full(120, 8.0)
    opening[20:23] = 0.0  # a b
    opening[40:80] = 0.0  # silence
    opening[100:101] = 0.35  # a w
    track = speaking(opening)
    track.points[96:104, [13, 14], 2] -= 2.0  # which stands out
    track.points[96:104, 61, 0], track.points[96:104, 291, 0] = 128, 172  # and is narrow
    track.points[96:104, 17, 1], track.points[96:104, 2, 1] = 87, 60.5
    held = held_shut(opening < 1.0, track.time_s, track)
    assert held[20:23].all() and held[40:80].all() and held.sum() == 43
    # Of a face that was seen for a moment it is not known how its lips usually are.
    brief = speaking(opening[90:110])
    assert held_shut(opening[90:110] < 1.0, brief.time_s, brief)[10]


def test_a_face_that_is_never_seen_says_nothing():
    track = speaking(np.zeros(10))
    track.points[:] = np.nan
    assert shut_lips(track) == []


@pytest.mark.skipif(bool(models.absent()), reason="the landmark models are not on this machine")
def test_the_b_of_a_recording_is_seen(shared_data):
    found = closures(track_of(shared_data / "video" / "grid_s1" / "bbaf2n.mpg"))  # "bin blue at f two now"; its b are at 0.95 and 1.18 s
    assert [round(each.start_s, 1) for each in found] == pytest.approx([0.8, 1.1], abs=0.15)
