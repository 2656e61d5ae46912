"""The whole way from a video to motion: long videos fitted in stretches, a time taken for rest, and the film that a layer plays."""

from dataclasses import replace

import numpy as np
import pytest

from engine.avatars import capture as module
from engine.avatars.capture import at_rest, capture, fitted, track_of
from engine.avatars.tracking import models
from engine.avatars.tracking.fit import identity, solve
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.settings import CaptureSettings
from engine.avatars.watching import watch
from engine.core.channels import INDEX
from engine.core.errors import InvalidInput

pytestmark = pytest.mark.skipif(bool(models.absent()), reason="the landmark models are not on this machine")


@pytest.fixture(scope="module")
def path(shared_data):
    return shared_data / "video" / "grid_s1" / "bbaf2n.mpg"


@pytest.fixture(scope="module")
def found(path):
    return capture(path)


def test_a_recording_gives_a_frame_for_each_picture_and_opens_the_mouth_where_it_is_open(found):
    assert len(found.clip) == 75 == len(found.gap) == len(found.closed) == len(found.confidence) and found.clip.rate == 25
    jaw = found.clip.channel("jawOpen")
    wide, shut = found.gap > np.percentile(found.gap, 90), found.closed
    assert jaw[wide].mean() > jaw[shut].mean() + 0.05
    assert found.confidence.min() > 0.5


def test_stretches_of_a_long_video_join_into_what_the_whole_gives(path, monkeypatch):
    watched, settings = watch(open_video(path)), CaptureSettings()
    actor = identity(watched.track(), settings)
    whole = solve(watched.track(), actor, settings)
    monkeypatch.setattr(module, "AT_ONCE", 30)
    monkeypatch.setattr(module, "identity", lambda track, *args: actor)
    joined = fitted(watched, settings)
    assert len(joined.clip) == len(joined.raw) == len(joined.closed) == 75
    # Stretches overlap by two seconds, further than smoothing reaches; what is left is the start of the solver's steps.
    assert np.abs(joined.clip.values - whole.clip.values)[:, : INDEX["headPosX"]].max() < 0.02
    assert (joined.closed == whole.closed).all()


def test_what_the_face_does_at_a_time_counts_as_rest(found):
    opened = int(np.argmax(found.raw.channel("jawOpen")))
    stretch = slice(max(opened - 2, 0), opened + 3)
    rested = at_rest(found, CaptureSettings(), stretch.start / 25, (stretch.stop - 1) / 25)
    assert np.median(rested.clip.channel("jawOpen")[stretch]) < 0.02 < 0.1 < np.median(found.clip.channel("jawOpen")[stretch])
    with pytest.raises(InvalidInput, match="no frame"):
        at_rest(found, CaptureSettings(), 9.0)
    unseen = replace(found, confidence=np.zeros_like(found.confidence))
    with pytest.raises(InvalidInput, match="not seen at 1 s"):
        at_rest(unseen, CaptureSettings(), 1.0)


def test_the_points_are_there_for_an_overlay(path):
    track = track_of(path)
    assert len(track) == 75 and track.size == (360, 288) and np.isfinite(track.points).all()
    assert np.array_equal(track_of(path, (1.0, 180.0, 190.0)).points[10:], track.points[10:])  # pointed at, it is the same face
