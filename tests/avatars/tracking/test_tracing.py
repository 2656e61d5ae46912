"""A face pointed at in the middle of a video is found where it came in, however the people moved meanwhile."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from engine.avatars import watching
from engine.avatars.tracking import models, tracing
from engine.avatars.tracking.crops import shrunk
from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.pictures import Video, open_video
from engine.avatars.tracking.tracing import traced_back
from engine.core.errors import InvalidInput

CAME, COUNT = 4, 20


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Video:
    """Four pictures of nobody, light; then one walks from the left to the right in front while another stays at the left."""
    if models.absent():
        pytest.skip("the landmark models are not here; `vivavoce doctor --fix` fetches them")
    with av.open(str(Path(__file__).with_name("face.jpg"))) as file:
        ada = next(file.decode(video=0)).to_ndarray(format="rgb24")
    walks, stays = shrunk(ada, 144, 144), shrunk(ada, 128, 128)
    path = tmp_path_factory.mktemp("film") / "two.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt, stream.options = 480, 320, "yuv420p", {"g": "6"}
        for number in range(COUNT):
            picture = np.full((320, 480, 3), 240 if number < CAME else 60, np.uint8)
            if number >= CAME:
                x = 20 * (number - CAME)
                picture[4:132, 8:136] = stays
                picture[160:304, x : x + 144] = walks
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return open_video(path)


def test_both_are_told_apart_at_the_beginning_of_their_shot(film: Video, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracing, "_AT_ONCE", 6)
    tracker = Tracker(models.models(), others=False)
    at_s = film.times[18]
    number, (x, y) = traced_back(film, at_s, (20.0 * 14 + 72, 232), tracker)
    assert number == CAME and abs(x - 72) < 20 and 180 < y < 300
    number, (x, y) = traced_back(film, at_s, (72, 68), tracker)
    assert number == CAME and abs(x - 72) < 20 and 30 < y < 130


def test_the_whole_video_follows_the_one_pointed_at(film: Video, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pieces, of which the face comes in in the second; before, nobody is there."""
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path))
    monkeypatch.setattr(watching, "PIECE", 3)
    middles = {}
    for name, point in {"walks": (20.0 * 14 + 72, 232.0), "stays": (72.0, 68.0)}.items():
        track = watching.watch(film, (float(film.times[18]), *point)).track()
        assert track.found.tolist() == [False] * CAME + [True] * (COUNT - CAME)
        middles[name] = track.points[CAME:, 1, :2]
    assert np.allclose(np.diff(middles["walks"][:, 0]), 20, atol=2) and np.ptp(middles["stays"], axis=0).max() < 2


def test_pointing_at_nobody_is_told(film: Video) -> None:
    with pytest.raises(InvalidInput, match=r"no face is seen in two\.mp4 at 0\.08 s"):
        traced_back(film, 0.08, (100, 100), Tracker(models.models()))
