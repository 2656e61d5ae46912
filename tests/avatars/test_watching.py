"""Tracking in pieces: interrupted and gone on with it is the same track; what is damaged is made again; a face that lies on its side stands up."""

import shutil
from fractions import Fraction

import numpy as np
import pytest

from engine.avatars import watching
from engine.avatars.tracking import models
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.track import Track
from engine.avatars.watching import cut, joined, turned, watch
from engine.core.errors import Cancelled, InvalidInput, OutputError
from engine.core.jobs import Job

needs_models = pytest.mark.skipif(bool(models.absent()), reason="the landmark models are not on this machine")


def a_track(frames: int, start: float = 0.0) -> Track:
    rng = np.random.default_rng(frames)
    places = [rng.uniform(0, 100, shape).astype(np.float32) for shape in ((frames, 468, 3), (frames, 2, 71, 2), (frames, 2, 5, 2))]
    times = start + np.arange(frames) / 25
    return Track(times, *places, np.ones(frames, np.float32), np.array([1], np.int64), (100, 60), Fraction(25))


def test_tracks_are_joined_and_cut_where_they_were():
    whole = joined([a_track(5), a_track(7, 0.2)])
    assert len(whole) == 12 and whole.cuts.tolist() == [1, 6]
    back = cut(whole, 5, 12)
    assert np.array_equal(back.points, a_track(7).points) and back.cuts.tolist() == [1] and back.time_s[0] == 0.2


def test_a_quarter_turn_four_times_is_none():
    track = a_track(3)
    once = turned(track, 1)
    assert once.size == (60, 100) and np.allclose(once.points[..., 0], track.points[..., 1]) and np.allclose(once.points[..., 1], 100 - track.points[..., 0])
    assert np.allclose(turned(once, 3).points, track.points, atol=1e-4) and turned(once, 3).size == track.size


@needs_models
def test_an_interrupted_tracking_goes_on_to_the_same_track(shared_data, tmp_path, monkeypatch):
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path))
    monkeypatch.setattr(watching, "PIECE", 20)
    video = open_video(shared_data / "video" / "grid_s1" / "bbaf2n.mpg")
    whole = watch(video)
    expected = whole.track()
    assert len(whole) == len(expected) == 75 and len(whole.pieces) == 4 and whole.notices == () and whole.lost == 0.0
    assert np.array_equal(whole.track(15, 45).points, expected.points[15:45])  # across three pieces
    assert np.array_equal(whole.sample(5).time_s, expected.time_s[::15])
    job = Job(lambda done, total, label: job.cancel() if done > 0.7 * total else None)
    with pytest.raises(Cancelled):
        watch(video, fresh=True, job=job)
    there = sorted(path.name for path in tmp_path.rglob("piece-*.npz"))
    assert there == ["piece-00000.npz", "piece-00001.npz"]
    before = whole.pieces[0].stat().st_mtime_ns
    whole.pieces[1].write_bytes(b"damaged")
    assert np.array_equal(watch(video).track().points, expected.points)
    assert whole.pieces[0].stat().st_mtime_ns == before  # what was finished was not made again
    whole.pieces[3].unlink()  # of a finished track
    assert np.array_equal(watch(video).track().points, expected.points)


@needs_models
def test_a_disk_without_room_is_told_before_the_work(shared_data, tmp_path, monkeypatch):
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path))
    monkeypatch.setattr(watching, "_FRAME_BYTES", 1 << 50)
    with pytest.raises(OutputError, match="the track of 75 pictures takes"):
        watch(open_video(shared_data / "video" / "grid_s1" / "bbaf2n.mpg"))
    assert not list(tmp_path.rglob("piece-*"))


@needs_models
def test_a_cache_that_cannot_be_written_is_told(shared_data, tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setenv("VIVAVOCE_LANDMARKS", str(models.folder()))
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path / "cache"))
    with pytest.raises(OutputError, match=r"cannot be kept in the cache.*set VIVAVOCE_CACHE"):
        watch(open_video(shared_data / "video" / "grid_s1" / "bbaf2n.mpg"))


@needs_models
def test_a_disk_that_goes_away_is_no_end_of_the_video(shared_data, tmp_path, monkeypatch):
    """What was tracked before stays, and the rest is tracked when the disk is back."""
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(watching, "PIECE", 8)
    here, gone = tmp_path / "talk.mpg", tmp_path / "gone.mpg"
    shutil.copy(shared_data / "video" / "grid_s1" / "bbaf2n.mpg", here)
    video = open_video(here).between(0.0, 1.0)
    read = type(video).frames

    def unplugged(self, start=0):
        for index, *rest in read(self, start):
            if index == 20:
                here.rename(gone)
                return
            yield index, *rest

    monkeypatch.setattr(type(video), "frames", unplugged)
    with pytest.raises(InvalidInput, match=r"went away after 20 of 25 pictures .*it goes on from there"):
        watch(video)
    gone.rename(here)
    monkeypatch.setattr(type(video), "frames", read)
    assert len(watch(video)) == 25 and watch(video).notices == ()


def test_tracks_used_longest_ago_are_forgotten(tmp_path, monkeypatch):
    import os

    for age, name in enumerate(("now", "young", "old")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "piece-00000.npz").write_bytes(b"x" * 100)
        os.utime(tmp_path / name, (1e9 - age, 1e9 - age))
    monkeypatch.setattr(watching, "KEPT_BYTES", 250)
    watching._forget_old(tmp_path, tmp_path / "now")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["now", "young"]
