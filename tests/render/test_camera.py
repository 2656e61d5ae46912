import math

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.head import ada
from engine.render.camera import DISTANCE_M, Camera


def project(camera: Camera, points, aspect: float = 1.0) -> np.ndarray:
    points = np.atleast_2d(np.asarray(points, np.float32))
    clip = np.concatenate([points, np.ones((len(points), 1), np.float32)], 1) @ (camera.projection(aspect) @ camera.view()).T
    return clip[:, :3] / clip[:, 3:]


def test_front_view_shows_the_characters_left_on_the_right_and_up_at_the_top():
    left_eye, right_eye, brow = project(Camera.front(), [[0.03, 0, 0], [-0.03, 0, 0], [0, 0.05, 0]])
    assert left_eye[0] > 0.1 and right_eye[0] < -0.1
    assert brow[1] > left_eye[1]


def test_profiles_look_at_the_two_sides():
    nose, ear = [0, -0.03, 0.04], [0.07, 0, -0.08]
    from_left = project(Camera.profile(), [nose, ear])
    from_right = project(Camera.profile(left=False), [nose, ear])
    assert from_left[0, 0] < from_left[1, 0] and from_right[0, 0] > from_right[1, 0]
    assert from_left[1, 2] < from_right[1, 2], "the left ear is nearer from the left"


def test_three_quarter_lies_between_front_and_profile():
    assert 0 < Camera.three_quarter().yaw_rad < Camera.profile().yaw_rad
    assert Camera.three_quarter(left=False).yaw_rad == -Camera.three_quarter().yaw_rad


@pytest.mark.parametrize("aspect", [1.0, 16 / 9, 9 / 16, 4 / 3])
def test_default_framing_holds_the_head_and_hides_the_busts_lower_edge(aspect):
    head = ada.load()
    points = head.vertices[(head.vertices[:, 1] > -0.12)]
    points = points[np.abs(points[:, 0]) < 0.09]
    seen = project(Camera.front(), points, aspect)
    assert np.abs(seen[:, :2]).max() < 1.0
    assert seen[:, 1].max() > 0.6, "not lost in the middle of the picture"
    floor = head.vertices[head.vertices[:, 1] < head.vertices[:, 1].min() + 1e-4]
    # The last 24 mm above the edge fade into the background (cloth.frag).
    assert project(Camera.front(), floor, aspect)[:, 1].max() < -0.98 or aspect < 1


def test_orbit_wraps_and_stops_before_the_poles():
    camera = Camera().orbited(math.radians(200), math.radians(200))
    assert math.degrees(camera.yaw_rad) == pytest.approx(-160, abs=1e-3)
    assert math.degrees(camera.pitch_rad) == pytest.approx(85)


def test_panning_moves_the_picture_by_shares_of_its_height():
    before = project(Camera(), [Camera().target])
    after = project(Camera().panned(0.25, -0.1), [Camera().target])
    assert after[0, :2] - before[0, :2] == pytest.approx([0.5, -0.2], abs=1e-4)


def test_dolly_comes_nearer_and_stops_before_the_face():
    assert Camera().dollied(0.5).distance_m == pytest.approx(DISTANCE_M / 2)
    assert Camera().dollied(1e-6).distance_m > 0.1
    with pytest.raises(InvalidInput, match="above 0"):
        Camera().dollied(0.0)


def test_reset_is_the_front_view():
    assert Camera().orbited(1, 0.3).panned(0.1, 0.1).dollied(2).reset() == Camera.front()


def test_view_is_a_rigid_motion_that_puts_the_target_ahead():
    camera = Camera(yaw_rad=0.7, pitch_rad=-0.4)
    view = camera.view()
    assert view[:3, :3] @ view[:3, :3].T == pytest.approx(np.eye(3), abs=1e-6)
    assert view[:3, :3] @ np.float32(camera.target) + view[:3, 3] == pytest.approx([0, 0, -DISTANCE_M], abs=1e-5)


@pytest.mark.parametrize("bad", [{"yaw_rad": math.nan}, {"distance_m": math.inf}, {"pan_m": (math.nan, 0.0)}])
def test_numbers_that_are_none_are_refused(bad):
    with pytest.raises(InvalidInput, match="finite"):
        Camera(**bad)


def test_an_impossible_lens_or_picture_is_refused():
    with pytest.raises(InvalidInput, match="angle of view"):
        Camera(fov_rad=3.0)
    with pytest.raises(InvalidInput, match="width over height"):
        Camera().projection(0.0)
