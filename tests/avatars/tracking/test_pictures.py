"""Pictures of a video: each with its own time, the right way up, none twice and none left out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.avatars.tracking.pictures import Video, open_video
from engine.core.errors import InvalidInput

WIDTH, HEIGHT, TICK = 96, 64, Fraction(1, 600)
EVEN = [24 * k for k in range(50)]  # 25 a second


def _picture(number: int) -> NDArray[np.uint8]:
    """A picture that tells its number by its lightness, and its upper left by red."""
    picture = np.full((HEIGHT, WIDTH, 3), 20 + 4 * (number % 50), np.uint8)
    picture[:20, :30] = (255, 0, 0)
    return picture


def _number(picture: NDArray[np.uint8]) -> int:
    return round((float(picture[-20:, -20:].mean()) - 20) / 4)


def _film(path: Path, stamps: Sequence[int], codec: str = "libx264", turn: int = 0, aspect: Fraction | None = None, sound: bool = False) -> Path:
    """A video whose picture n is shown at stamps[n] / 600 s."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"g": "12"}
        if codec == "libx264":  # MPEG-2 knows its own rates only
            stream.time_base = stream.codec_context.time_base = TICK
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if turn:
            stream.set_display_rotation(turn)
        if sound:
            container.add_stream("aac", rate=8000)
        for number, stamp in enumerate(stamps):
            frame = av.VideoFrame.from_ndarray(_picture(number), format="rgb24")
            frame.pts, frame.time_base = (stamp, TICK) if codec == "libx264" else (number, Fraction(1, 25))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _all(video: Video) -> list[tuple[int, float, int]]:
    return [(index, time_s, _number(picture)) for index, time_s, picture in video]


@pytest.fixture(scope="module")
def even(tmp_path_factory: pytest.TempPathFactory) -> Video:
    return open_video(_film(tmp_path_factory.mktemp("film") / "even.mp4", EVEN))


def test_even_video(even: Video) -> None:
    assert (even.size, even.rate, even.variable, even.has_sound, len(even), even.notices) == ((WIDTH, HEIGHT), 25, False, False, 50, ())
    assert _all(even) == [(n, pytest.approx(n / 25), n) for n in range(50)]
    assert even.duration_s == pytest.approx(2.0)


def test_any_picture_can_be_the_first(even: Video) -> None:
    for start in (0, 1, 11, 12, 30, 49):
        index, _, picture = next(iter(even.frames(start)))
        assert (index, _number(picture)) == (start, start)
    assert [index for index, _, _ in even.frames(47)] == [47, 48, 49]


@pytest.mark.parametrize(("time_s", "number"), [(-1.0, 0), (0.0, 0), (0.039, 0), (0.04, 1), (1.0, 25), (1.999, 49), (60.0, 49)])
def test_picture_shown_at_a_time(even: Video, time_s: float, number: int) -> None:
    index, _, picture = even.frame_at(time_s)
    assert (index, _number(picture)) == (number, number)


def test_variable_rate_keeps_each_pictures_time(tmp_path: Path) -> None:
    stamps = [0, 20, 40, 100, 120, 200, 201, 260, 400, 600, 660]
    video = open_video(_film(tmp_path / "uneven.mp4", stamps))
    assert video.variable and "not evenly spaced" in video.notices[0]
    assert _all(video) == [(n, pytest.approx(stamp / 600), n) for n, stamp in enumerate(stamps)]
    assert video.frame_at(0.9)[0] == 8


def test_transport_stream_begins_at_zero_without_an_index(tmp_path: Path) -> None:
    """MPEG: time stamps start anywhere, and a position is found by reading."""
    video = open_video(_film(tmp_path / "old.mpg", EVEN, codec="mpeg2video"))
    assert video.times[0] == 0.0 and video.rate == 25
    found = _all(video)
    assert [index for index, _, _ in found] == list(range(50)) and max(abs(index - number) for index, _, number in found) <= 1
    assert video.frame_at(1.5)[0] == 37 and abs(_number(video.frame_at(1.5)[2]) - 37) <= 1


@pytest.mark.parametrize(("turn", "size", "red"), [(90, (HEIGHT, WIDTH), (-5, 5)), (180, (WIDTH, HEIGHT), (-5, -5)), (270, (HEIGHT, WIDTH), (5, -5))])
def test_turned_as_the_file_asks(tmp_path: Path, turn: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    """Turned anticlockwise: what was at the left top is at the left bottom after a quarter."""
    if not hasattr(av.VideoStream, "set_display_rotation"):
        pytest.skip("this PyAV cannot write a rotation")
    video = open_video(_film(tmp_path / "turned.mp4", EVEN[:3], turn=turn))
    picture = video.frame_at(0.0)[2]
    assert video.size == size == (picture.shape[1], picture.shape[0])
    assert picture[red][0] > 200 and picture[red][1] < 60


def test_pixels_become_square(tmp_path: Path) -> None:
    video = open_video(_film(tmp_path / "wide.mp4", EVEN[:3], aspect=Fraction(4, 3)))
    assert video.size == (128, HEIGHT) and video.frame_at(0)[2].shape == (HEIGHT, 128, 3)


def test_sound_is_known_and_ntsc_is_no_30(tmp_path: Path) -> None:
    video = open_video(_film(tmp_path / "ntsc.mkv", [round(n * 600 * 1001 / 30000) for n in range(50)], sound=True))
    assert video.has_sound and not video.variable and abs(float(video.rate) - 30000 / 1001) < 0.02


def test_cut_off_video_gives_what_is_there(tmp_path: Path) -> None:
    whole = _film(tmp_path / "whole.mkv", EVEN).read_bytes()
    (tmp_path / "cut.mkv").write_bytes(whole[: len(whole) * 2 // 3])
    found = _all(open_video(tmp_path / "cut.mkv"))
    assert 20 < len(found) < 50 and [number for _, _, number in found] == list(range(len(found)))


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no film")
    with av.open(str(tmp_path / "sound.mp4"), "w") as container:
        stream = container.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    for name, said in {"none.mp4": "does not exist", "text.mp4": "is not a video that can be read", "sound.mp4": "holds no moving picture"}.items():
        with pytest.raises(InvalidInput, match=said):
            open_video(tmp_path / name)


def test_pictures_without_times_of_use_are_counted(tmp_path: Path) -> None:
    """A file all of whose pictures say that they are shown at once."""
    with av.open(str(_film(tmp_path / "even.mp4", EVEN, codec="mpeg4"))) as source, av.open(str(tmp_path / "all at once.mkv"), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream, packet.pts, packet.dts = stream, 0, 0
                target.mux(packet)
    video = open_video(tmp_path / "all at once.mkv")
    assert "evenly spaced" in video.notices[0] and not video.clocked
    found = _all(video)
    assert [index for index, _, _ in found] == list(range(50)) and max(abs(index - number) for index, _, number in found) <= 1
    assert [video.frame_at(float(video.times[n]))[0] for n in (0, 7, 49)] == [0, 7, 49]


def test_a_clock_that_jumps_by_hours_is_set_right(tmp_path: Path) -> None:
    stamps = [stamp if n < 20 else stamp + 600 * 3600 * 30 for n, stamp in enumerate(EVEN)]
    video = open_video(_film(tmp_path / "jump.mkv", stamps))
    assert video.notices == ("the clock of its pictures jumps at 0.8 s: what follows is moved up",)
    assert video.rate == 25 and video.duration_s == pytest.approx(2.0) and [number for _, _, number in _all(video)] == list(range(50))


def test_pictures_left_out_do_not_change_the_rate(tmp_path: Path) -> None:
    """A camera that drops a picture now and then still has the rate of the others."""
    video = open_video(_film(tmp_path / "dropped.mp4", [stamp for n, stamp in enumerate(EVEN) if n % 8 != 5]))
    assert video.variable and video.rate == 25


def test_what_follows_a_long_damage_is_read(tmp_path: Path) -> None:
    path = _film(tmp_path / "holes.mp4", [24 * k for k in range(200)])
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    film, noise = bytearray(path.read_bytes()), np.random.default_rng(0)
    for position, size in packets[12:180]:
        film[position : position + size] = noise.integers(0, 256, size, np.uint8).tobytes()
    path.write_bytes(film)
    video = open_video(path)
    there = [index for index, _, _ in video]
    assert there[:10] == list(range(10)) and there[-8:] == list(range(192, 200))
    assert video.frame_at(4.0)[0] in there


def test_an_end_that_cannot_be_read_shows_the_last_that_can(tmp_path: Path) -> None:
    path = _film(tmp_path / "end.mp4", EVEN)
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0) if packet.size]
    film = bytearray(path.read_bytes())
    for position, size in packets[12:]:
        film[position : position + size] = bytes(size)
    path.write_bytes(film)
    assert open_video(path).frame_at(1.9)[0] in (9, 10, 11)  # the last ones before may need what follows


def test_a_stretch_is_a_video_of_its_own(even: Video, tmp_path: Path) -> None:
    part = even.between(0.4, 1.2)
    assert len(part) == 20 and part.times[0] == 0.0 and part.duration_s == pytest.approx(0.8)
    assert _all(part) == [(n, pytest.approx(n / 25), n + 10) for n in range(20)]
    assert [_number(picture) for _, _, picture in part.frames(15)] == [25, 26, 27, 28, 29]
    assert part.origin_s == pytest.approx(even.origin_s + 0.4) and _number(part.frame_at(0.2)[2]) == 15
    assert _all(part.between(0.4, 9.0))[0] == (0, 0.0, 20)
    assert _all(even.between(0.0, 0.2))[-1] == (4, pytest.approx(0.16), 4)
    with pytest.raises(InvalidInput, match=r"shows no picture from 3 to 4 s, it is 2\.00 s long"):
        even.between(3.0, 4.0)


def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, even: Video) -> None:
    whole = even.path.read_bytes()
    (tmp_path / "empty.mp4").write_bytes(b"")
    (tmp_path / "folder.mp4").mkdir()
    (tmp_path / "unfinished.mp4").write_bytes(whole[: whole.find(b"moov") - 4])
    frame = av.VideoFrame.from_ndarray(_picture(0), format="rgb24")
    with av.open(str(tmp_path / "picture.png"), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "rgb24"
        container.mux(stream.encode(frame))
    (tmp_path / "picture.png").rename(tmp_path / "picture.mp4")
    said = {"empty.mp4": r"empty \(0 bytes\)", "folder.mp4": "is a folder", "unfinished.mp4": "index .* is missing", "picture.mp4": "is a picture, not a video"}
    for name, why in said.items():
        with pytest.raises(InvalidInput, match=why):
            open_video(tmp_path / name)
    film = _film(tmp_path / "cut.mkv", EVEN).read_bytes()
    (tmp_path / "cut.mkv").write_bytes(film[: len(film) // 2])
    assert any("it is cut off: 50 % of the file is there" in notice for notice in open_video(tmp_path / "cut.mkv").notices)
    assert open_video(_film(tmp_path / "few.mp4", EVEN[:2])).notices == ("it shows 2 pictures only: how the face is at rest is a guess",)
