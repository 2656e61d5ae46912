"""The first look at a video: what it tells of a face that is turned, one of two, dark, small, drawn or not there. On frames of a real recording."""

import numpy as np
import pytest

from engine.avatars.survey import survey, times_to_look
from engine.avatars.tracking import models
from engine.avatars.tracking.crops import shrunk
from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.pictures import open_video
from engine.core.errors import InvalidInput

needs_models = pytest.mark.skipif(bool(models.absent()), reason="the landmark models are not on this machine")


@pytest.fixture(scope="module")
def find():
    return Tracker(models.models(), others=False).find


@pytest.fixture(scope="module")
def picture(shared_data):
    return open_video(shared_data / "video" / "grid_s1" / "bbaf2n.mpg").frame_at(1.0)[2]


def look(picture, find, chosen=None):
    return survey(lambda time_s: picture, 0.5, find, "talk.mp4", chosen)


@needs_models
def test_a_face_as_it_should_be_needs_no_words(picture, find):
    found = look(picture, find)
    assert found.notices == () and found.quarters == 0 and (found.seen, found.looks, found.faces) == (2, 2, 1)
    assert 100 < found.width_px < 140


@needs_models
@pytest.mark.parametrize(("anticlockwise", "quarters", "said"), [(1, 3, "lies on its side"), (2, 2, "is upside down"), (3, 1, "lies on its side")])
def test_a_turned_face_is_noticed(picture, find, anticlockwise, quarters, said):
    found = look(np.ascontiguousarray(np.rot90(picture, anticlockwise)), find)
    assert found.quarters == quarters and len(found.notices) == 1 and said in found.notices[0]


@needs_models
def test_of_two_faces_one_is_to_be_chosen(picture, find):
    two = np.concatenate([picture, picture[:, ::-1]], 1)
    found = look(two, find)
    assert found.faces == 2 and found.notices[0].startswith("2 faces are seen (at 15") and "--face X,Y" in found.notices[0]
    assert look(two, find, (560.0, 180.0)).notices == ()
    with pytest.raises(InvalidInput, match="900,10 lies outside the picture of 720x288"):
        look(two, find, (900.0, 10.0))


@needs_models
def test_dark_small_and_drawn_faces_are_noticed(picture, find):
    assert "the face is dark (1" in look((picture * 0.12).astype(np.uint8), find).notices[0]
    far = np.full_like(picture, 90)
    far[100:172, 100:190] = shrunk(picture, 90, 72)
    assert look(far, find).notices[0].startswith("the face is only 3")
    assert "looks drawn" in look((picture // 64 * 64 + 32).astype(np.uint8), find).notices[0]


@needs_models
def test_nobody_there_is_an_error_with_the_likely_reason(picture, find):
    with pytest.raises(InvalidInput, match=r"no face is seen in talk\.mp4 .*seen from the front"):
        look(np.full_like(picture, 90), find)
    with pytest.raises(InvalidInput, match=r"they are dark .*more light"):
        look((picture * 0.01).astype(np.uint8), find)


def test_looks_are_spread_over_the_video_from_its_middle():
    assert times_to_look(7200.0)[0] == 3600.0 and sorted(times_to_look(9.0)) == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]
    assert len(times_to_look(0.04)) == 1


@needs_models
def test_a_face_that_is_there_for_less_than_a_minute_of_two_hours_is_found(picture, find):
    faces = find(picture)
    looked = []
    empty = np.full_like(picture, 90)

    def see(time_s):
        looked.append(time_s)
        return picture if 2900 < time_s < 2940 else empty

    found = survey(see, 7200.0, lambda seen: faces if seen is picture else (), "talk.mp4")
    assert found.seen > 1 and found.notices == (f"a face is in {found.seen} of {found.looks} pictures looked at: what it does where it is away is a guess",)
    looked.clear()
    with pytest.raises(InvalidInput, match="no face is seen in talk"):
        survey(lambda time_s: looked.append(time_s) or empty, 60.0, lambda seen: (), "talk.mp4")
    assert len(looked) == 9 + 32  # a short one is not looked for so long


@needs_models
def test_the_face_that_is_meant_is_looked_at(picture, find):
    """Not the larger one beside it."""
    two = np.concatenate([picture, np.full((288, 200, 3), 90, np.uint8)], 1)
    two[20:236, 330:560] = shrunk(picture, 270, 216)[:, 20:250]
    assert look(two, lambda seen: find(seen, (430.0, 155.0)), (430.0, 155.0)).width_px < 100 and look(two, find).width_px > 110
    followed = Tracker(models.models(), (430.0, 155.0), others=False).see(two).followed
    assert followed is not None and 370 < followed.middle[0] < 490
