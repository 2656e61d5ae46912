"""The record of a tracking: made from a video, written, read back, and refused where it is damaged."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.avatars.tracking import models
from engine.avatars.tracking.landmarks import Face, Seen
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.track import Recorder, Track, track
from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job


def _face(at: float) -> Face:
    points = np.full((468, 3), at, np.float32)
    return Face(points, 0.9, np.array([0, 0, at, at], np.float32), points[:142, :2].reshape(2, 71, 2), points[:10, :2].reshape(2, 5, 2))


@pytest.fixture
def short() -> Track:
    """Four pictures, lost in the second, another shot from the third on."""
    recorder = Recorder((64, 48), Fraction(30000, 1001))
    for number, seen in enumerate([Seen((), _face(1)), Seen((), None), Seen((), _face(3), cut=True), Seen((), _face(4))]):
        recorder.add(number * 1001 / 30000, seen)
    return recorder.track(["dark"])


def test_lost_pictures_are_nan_and_cuts_are_numbered(short: Track) -> None:
    assert len(short) == 4 and short.found.tolist() == [True, False, True, True] and short.cuts.tolist() == [2]
    for values in (short.points, short.lids, short.iris):
        assert values.dtype == np.float32 and np.isnan(values[1]).all() and (values[3] == 4).all()
    assert short.points.shape == (4, 468, 3) and short.lids.shape == (4, 2, 71, 2) and short.iris.shape == (4, 2, 5, 2)


def test_nothing_seen_is_a_track_too() -> None:
    none = Recorder((64, 48), Fraction(25)).track()
    assert len(none) == 0 and none.points.shape == (0, 468, 3) and none.cuts.shape == (0,)


def test_written_and_read_back(short: Track, tmp_path: Path) -> None:
    short.save(tmp_path / "a.npz")
    again = Track.load(tmp_path / "a.npz")
    for name in ("time_s", "points", "lids", "iris", "score", "cuts"):
        first, second = getattr(short, name), getattr(again, name)
        assert first.dtype == second.dtype and np.array_equal(first, second, equal_nan=True)
    assert (again.size, again.fps, again.notices) == ((64, 48), Fraction(30000, 1001), ("dark",))


@pytest.mark.parametrize("spoil", ["cut off", "no archive", "other shape", "pickle", "format"])
def test_damaged_file_is_refused(short: Track, tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "a.npz"
    short.save(path)
    with np.load(path) as file:
        values = dict(file)
    if spoil == "cut off":
        path.write_bytes(path.read_bytes()[:5000])
    elif spoil == "no archive":
        path.write_bytes(b"points")
    else:
        values |= {"other shape": {"lids": values["lids"][:, :1]}, "pickle": {"points": np.array([None] * 4)}, "format": {"format": np.int64(99)}}[spoil]
        np.savez(path, **values)
    with pytest.raises(InvalidInput, match="track the video again"):
        Track.load(path)
    with pytest.raises(InvalidInput, match="is no track"):
        Track.load(tmp_path / "none.npz")


def test_video_is_tracked_and_can_be_stopped(tmp_path: Path) -> None:
    if models.absent():
        pytest.skip("the landmark models are not here; `vivavoce doctor --fix` fetches them")
    with av.open(str(Path(__file__).with_name("face.jpg"))) as file:
        ada = next(file.decode(video=0)).to_ndarray(format="rgb24")
    with av.open(str(tmp_path / "ada.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 320, "yuv420p"
        for number in range(6):
            picture = np.zeros_like(ada) if number == 3 else np.roll(ada, 2 * number, 1)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    video = open_video(tmp_path / "ada.mp4")
    found = track(video)
    assert found.found.tolist() == [True, True, True, False, True, True] and found.cuts.tolist() == [3]
    assert np.allclose(found.time_s, np.arange(6) / 25) and (found.size, found.fps) == ((320, 320), 25)
    # The nose goes with the picture, two pixels each time; a pixel is what the film's compression leaves.
    assert np.allclose(np.diff(found.points[[0, 1, 2, 4, 5], 1, 0]), [2, 2, 4, 2], atol=1.0)
    job = Job(lambda done, total, label: job.cancel() if done >= 2 else None)
    with pytest.raises(Cancelled):
        track(video, job)
