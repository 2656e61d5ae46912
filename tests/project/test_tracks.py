import math

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.project.tracks import PHONEME_DTYPE, PhonemeTrack, TrackPart, Word, retimer, words_from_array, words_to_array


def rows(*items) -> np.ndarray:
    return np.array(list(items), PHONEME_DTYPE)


def test_a_track_becomes_an_array_and_back() -> None:
    array = rows(("", 0.0, 0.1), ("tʃ", 0.1, 0.25), ("p", 0.25, 1 / 3))
    closures = np.array([[math.nan, math.nan], [math.nan, math.nan], [0.26, 0.3]])
    track = PhonemeTrack.from_array(array, closures)
    assert track.labels == ("", "tʃ", "p") and track.closures == (None, None, (0.26, 0.3))
    np.testing.assert_array_equal(track.array(), array)
    np.testing.assert_array_equal(track.closure_array(), closures)
    assert track.start_s == (0.0, 0.1, 0.25) and track.end_s[-1] == track.duration_s == 1 / 3
    assert np.isnan(PhonemeTrack.from_array(array).closure_array()).all()


def test_rounding_is_closed_and_nothing_is_dropped() -> None:
    track = PhonemeTrack.from_array(rows(("a", 0.0004, 0.1), ("b", 0.1, 0.1), ("c", 0.1009, 0.2)))
    assert track.labels == ("a", "c") and track.bounds_s == (0.0, 0.1, 0.2)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (rows(("a", 0.0, 0.1), ("b", 0.2, 0.3)), "starts at 0.2 s.*gaps"),
        (rows(("a", 0.0, 0.2), ("b", 0.1, 0.3)), "starts at 0.1 s"),
        (rows(("a", 0.5, 0.6)), "starts at 0.5 s"),
        (rows(), "0 phonemes"),
        (rows(("a", 0.0, math.nan)), "runs from"),
        (rows(("a", math.nan, 1.0)), "starts at nan"),
    ],
)
def test_tracks_with_holes_are_refused(array, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        PhonemeTrack.from_array(array)


@pytest.mark.parametrize(
    ("labels", "bounds", "closures", "message"),
    [
        (("a",), (0.0, 0.0), None, "rise"),
        (("a",), (0.1, 0.2), None, "not at 0"),
        (("a", "b"), (0.0, 0.2), None, "one boundary more"),
        (("a",), (0.0, math.inf), None, "rise"),
        (("ninechars",), (0.0, 1.0), None, "8 characters"),
        (("a",), (0.0, 1.0), (), "0 closures"),
        (("a",), (0.0, 1.0), ((0.5, 0.4),), "start before its end"),
    ],
)
def test_impossible_tracks_are_refused(labels, bounds, closures, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        PhonemeTrack(labels, bounds, closures)


def test_closures_of_another_length_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"closures must be \[1, 2\]"):
        PhonemeTrack.from_array(rows(("a", 0.0, 1.0)), np.zeros((2, 2)))


def test_which_phoneme_sounds_when() -> None:
    track = PhonemeTrack(("a", "b", "c"), (0.0, 1.0, 2.0, 3.0))
    assert [track.index_at(t) for t in (-1.0, 0.0, 0.999, 1.0, 2.5, 3.0, 99.0)] == [0, 0, 0, 1, 2, 2, 2]


def test_cutting_a_part_out_and_putting_it_back_changes_nothing() -> None:
    track = PhonemeTrack(("a", "p", "c"), (0.0, 1.0, 2.0, 3.0), (None, (1.1, 1.9), None))
    assert track.spliced(1, 2, track.part(1, 2)) == track
    shorter = track.spliced(0, 2, TrackPart(("x",), (0.0, 2.0)))
    assert shorter == PhonemeTrack(("x", "c"), (0.0, 2.0, 3.0), (None, None))


def test_times_follow_their_boundaries_exactly() -> None:
    retime = retimer((1.0, 2.0, 3.0), (1.0, 2.7, 3.0))
    assert [retime(t) for t in (0.5, 1.0, 2.0, 3.0, 3.5)] == [0.5, 1.0, 2.7, 3.0, 3.5]
    assert retime(1.5) == pytest.approx(1.85) and retime(2.5) == pytest.approx(2.85)


def test_words_as_arrays_and_refusals() -> None:
    words = (Word("hello", 0.1, 0.3), Word("wörld", 0.3, 0.6))
    assert words_from_array(words_to_array(words)) == words
    assert words_to_array(()).shape == (0,)
    with pytest.raises(InvalidInput, match="hello"):
        Word("hello", 0.3, 0.1)
