"""Faces in pictures: found, followed, lost and found again, in any position; and nothing where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.avatars.tracking import models
from engine.avatars.tracking.crops import shrunk
from engine.avatars.tracking.landmarks import Face, Tracker
from engine.core.errors import InvalidInput, MissingAsset

Picture = NDArray[np.uint8]
# Read off `face.jpg`, Ada as we draw her, at four times its size by eye; the character's left and right.
BY_EYE = {13: (158.2, 194), 14: (158.2, 197), 152: (157.5, 245.5), 159: (121, 109.5), 145: (121, 124.5), 386: (193.7, 108), 374: (193.7, 122.5)}
IRISES = np.array([(193.75, 115), (122.0, 116.5)], np.float32)  # left, right
EYES = 72.0  # pixels between them
TOLERANCE = 0.04 * EYES  # what reading by eye and the soft edges of lids leave


@pytest.fixture(scope="module")
def tracker() -> Tracker:
    if models.absent():
        pytest.skip("the landmark models are not here; `vivavoce doctor --fix` fetches them")
    return Tracker(models.models())


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> Iterator[None]:
    if "tracker" in request.fixturenames:
        request.getfixturevalue("tracker").reset()
    yield


@pytest.fixture(scope="module")
def ada() -> Picture:
    with av.open(str(Path(__file__).with_name("face.jpg"))) as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24")


def _on(ground: tuple[int, int], face: Picture, x: int, y: int) -> Picture:
    """A face on an even ground of a height and width."""
    picture = np.full((*ground, 3), 90, np.uint8)
    picture[y : y + face.shape[0], x : x + face.shape[1]] = face
    return picture


def _off(face: Face, turn: int = 0, shift: tuple[float, float] = (0, 0), scale: float = 1.0) -> float:
    """The largest distance from what was read by eye, in the upright picture of 320 pixels."""
    there = [face.points[list(BY_EYE), :2], face.iris[:, 0]]
    upright = (np.concatenate(there) - np.array(shift, np.float32)) / scale
    for _ in range(turn):  # back, anticlockwise
        upright = np.stack([upright[:, 1], 320 - upright[:, 0]], 1)
    return float(np.hypot(*(upright - np.concatenate([list(BY_EYE.values()), IRISES])).T).max())


def test_points_sit_where_the_eye_sees_them(tracker: Tracker, ada: Picture) -> None:
    seen = tracker.see(ada)
    face = seen.followed
    assert face is not None and seen.faces == (face,) and not seen.cut
    assert _off(face) < TOLERANCE
    assert (face.points.dtype, face.points.shape, face.lids.shape, face.iris.shape) == (np.float32, (468, 3), (2, 71, 2), (2, 5, 2))
    assert face.score > 0.999 and abs(face.roll) < 0.1
    assert face.points[1, 2] < face.points[[234, 454], 2].min()  # the nose is nearer than the ears


def test_lids_are_ordered_from_the_outer_corner(tracker: Tracker, ada: Picture) -> None:
    face = tracker.find(ada)[0]
    for lids, outer, inner in zip(face.lids, (263, 33), (362, 133), strict=True):
        assert np.allclose(lids[[0, 8]], face.points[[outer, inner], :2], atol=0.01)
        assert lids[9:16, 1].mean() < lids[:9, 1].mean()  # the upper lid is higher
    iris = face.iris
    assert np.all(np.hypot(*(iris[:, 1:] - iris[:, :1]).transpose(2, 0, 1)) > 3)  # its rim has a radius


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_face_on_its_side_or_upside_down(tracker: Tracker, ada: Picture, turn: int) -> None:
    """Clockwise quarter turns."""
    face = tracker.see(np.ascontiguousarray(np.rot90(ada, -turn))).followed
    assert face is not None and _off(face, turn) < 1.5 * TOLERANCE
    assert abs((face.roll - turn * np.pi / 2 + np.pi) % (2 * np.pi) - np.pi) < 0.15


def test_dark_and_noisy(tracker: Tracker, ada: Picture) -> None:
    noise = np.random.default_rng(0).normal(0, 3, ada.shape)
    face = tracker.see(np.clip(ada * 0.08 + noise, 0, 255).astype(np.uint8)).followed
    assert face is not None and _off(face) < 3 * TOLERANCE


def test_small_face_in_a_large_picture(tracker: Tracker, ada: Picture) -> None:
    small = shrunk(ada, 80, 80)
    face = tracker.see(_on((720, 1280), small, 900, 500)).followed
    assert face is not None and _off(face, shift=(900, 500), scale=0.25) < 3 * TOLERANCE


def test_large_picture_is_read_as_exactly(tracker: Tracker, ada: Picture) -> None:
    large = ada.repeat(4, 0).repeat(4, 1)
    face = tracker.see(large).followed
    assert face is not None and _off(face, scale=4) < TOLERANCE


@pytest.mark.parametrize("kind", ["black", "even", "noise", "ramp"])
def test_nothing_is_no_face(tracker: Tracker, kind: str) -> None:
    ramp = np.linspace(0, 255, 200).astype(np.uint8)
    picture = {
        "black": np.zeros((150, 200, 3), np.uint8), "even": np.full((150, 200, 3), 200, np.uint8),
        "noise": np.random.default_rng(3).integers(0, 255, (150, 200, 3)).astype(np.uint8), "ramp": np.tile(ramp[None, :, None], (150, 1, 3)),
    }[kind]  # fmt: skip
    seen = tracker.see(picture)
    assert (seen.faces, seen.followed, seen.cut) == ((), None, False)


def test_the_chosen_one_of_two_is_followed(tracker: Tracker, ada: Picture) -> None:
    both = _on((320, 640), ada, 0, 0)
    both[40:280, 360:600] = shrunk(ada, 240, 240)
    larger = tracker.see(both)
    assert len(larger.faces) == 2 and larger.followed is larger.faces[0] and larger.followed.middle[0] < 320
    tracker.choose(480, 160)
    for _ in range(12):
        seen = tracker.see(both)
        assert seen.followed is not None and seen.followed.middle[0] > 360 and len(seen.faces) == 2
    assert [face.middle[0] > 320 for face in tracker.find(both)] == [False, True]  # the largest first


def test_alone_no_other_face_is_read(ada: Picture, tracker: Tracker) -> None:
    both = np.concatenate([ada, ada], 1)
    assert len(Tracker(models.models(), choose=(480, 160), others=False).see(both).faces) == 1


def test_lost_and_found_again_where_it_went(tracker: Tracker, ada: Picture) -> None:
    gone = np.full((320, 640, 3), 90, np.uint8)
    gone[:, :320] = (ada.mean((0, 1)) * 0.9).astype(np.uint8)
    found = [tracker.see(picture).followed for picture in [_on((320, 640), ada, 0, 0)] * 2 + [gone] * 5 + [_on((320, 640), ada, 300, 0)] * 3]
    assert [face is not None for face in found] == [True] * 2 + [False] * 5 + [True] * 3
    assert found[-1] is not None and _off(found[-1], shift=(300, 0)) < TOLERANCE


def test_nobody_else_is_taken_for_the_one_that_was_lost(tracker: Tracker, ada: Picture) -> None:
    """Ours leaves, the other walks on and stays; ours comes back where the other was not."""
    ours = shrunk(ada, 200, 200)
    frames = [(x, 400) for x in range(0, 60, 5)] + [(60 + 4 * k, None) for k in range(12)] + [(104, 400)] * 2
    tracker.choose(500, 100)
    found = []
    for other, own in frames:
        picture = _on((320, 640), shrunk(ada, 240, 240), other, 40)
        if own is not None:
            picture[20:220, own : own + 200] = ours
        found.append(tracker.see(picture).followed)
    assert [face is not None for face in found] == [True] * 12 + [False] * 12 + [True] * 2
    assert all(face.middle[0] > 400 for face in found if face is not None)


@pytest.mark.parametrize("behind", [True, False])
def test_two_that_cross_keep_their_faces(ada: Picture, tracker: Tracker, behind: bool) -> None:
    """One passes before the other, both on: who is followed is lost while hidden, and never the other one."""
    tracker = Tracker(models.models(), choose=(60, 80), others=False)
    small = shrunk(ada, 160, 160)[10:150, 30:130]
    found = []
    for step in range(44):
        ours, other = 20 + 8 * step, 380 - 8 * step
        picture = np.full((170, 500, 3), 90, np.uint8)
        for x in (ours, other) if behind else (other, ours):
            picture[20:160, x : x + 100] = small if x == ours else small[:, ::-1]
        face = tracker.see(picture).followed
        found.append(None if face is None else float(face.middle[0]) - ours - 50)
    away = np.array([value for value in found if value is not None])
    assert np.abs(away).max() < 25 and found[-1] is not None
    assert (0 < found.count(None) < 16) if behind else not found.count(None)


def test_a_very_small_face_is_found_in_a_wide_picture(tracker: Tracker, ada: Picture) -> None:
    (face,) = tracker.find(_on((720, 1280), shrunk(ada, 52, 52), 700, 300))
    assert 25 < face.size < 40 and abs(float(face.middle[0]) - 726) < 5


def test_very_long_picture_is_searched_in_few_tiles(tracker: Tracker) -> None:
    looks = []
    see = tracker._detector.find
    tracker._detector.find = lambda part: looks.append(part.shape) or see(part)  # type: ignore[method-assign, func-returns-value]
    try:
        assert tracker.find(np.full((20, 4000, 3), 90, np.uint8)) == ()
    finally:
        del tracker._detector.find  # type: ignore[method-assign]
    assert len(looks) < 20


def test_quick_movement_is_followed_in_the_picture_itself(tracker: Tracker, ada: Picture) -> None:
    """A third of a face from one picture to the next; what is read does not lag behind."""
    for x in (0, 60, 120, 60, 0):
        face = tracker.see(_on((320, 480), ada, x, 0)).followed
        assert face is not None and _off(face, shift=(x, 0)) < TOLERANCE


def test_cuts_are_noticed_and_movement_is_none(tracker: Tracker, ada: Picture) -> None:
    one = [_on((320, 480), ada, 40 + 4 * k, 0) for k in range(5)]
    other = [np.full_like(one[0], 230) for _ in range(3)]
    for picture in other:
        picture[100:260, 20:180] = shrunk(ada, 160, 160)
    assert [k for k, picture in enumerate(one + other + one) if tracker.see(picture).cut] == [5, 8]


def test_same_pictures_same_points(tracker: Tracker, ada: Picture) -> None:
    pictures = [np.roll(ada, 3 * k, 1) for k in range(4)]
    first = [tracker.see(picture).followed for picture in pictures]
    tracker.reset()
    again = [tracker.see(picture).followed for picture in pictures]
    assert all(a is not None and b is not None and np.array_equal(a.points, b.points) for a, b in zip(first, again, strict=True))


def test_pictures_may_change_their_size(tracker: Tracker, ada: Picture) -> None:
    assert tracker.see(ada).followed is not None
    seen = tracker.see(shrunk(ada, 200, 200))
    assert seen.cut and seen.followed is not None and seen.followed.box.max() < 200


def test_what_is_no_picture_is_refused(tracker: Tracker) -> None:
    with pytest.raises(InvalidInput, match=r"uint8 \[H, W, 3\]"):
        tracker.see(np.zeros((20, 20), np.uint8))


def test_damaged_model_is_told(tmp_path: Path, tracker: Tracker) -> None:
    (tmp_path / "bad.tflite").write_bytes(b"TFL3" * 10)
    there = models.models()
    with pytest.raises(MissingAsset, match=r"cannot be loaded .*doctor --fix"):
        Tracker(models.Models(tmp_path / "bad.tflite", there.mesh))
