from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from engine.core.errors import Cancelled, InvalidInput, OutputError
from engine.core.jobs import Job
from engine.export.mp4 import write_mp4
from engine.speech.files import open_sound, sound_from_samples
from tests.speech.media_files import bursts, offset_ms

SIZE = (96, 64)


def _frames(count: int, size: tuple[int, int] = SIZE) -> Iterator[np.ndarray]:
    frame = np.zeros((size[1], size[0], 3), np.uint8)
    for number in range(count):
        frame[:] = (number * 5 % 256, 60, 200 - number % 100)  # the same memory every time, as a renderer may do
        yield frame


def _noise(count: int) -> Iterator[np.ndarray]:
    random = np.random.default_rng(0)
    for _ in range(count):
        yield random.integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(60), Fraction(12)], ids=str)
def test_picture_and_sound_start_at_zero_and_keep_the_rate(rate: Fraction, tmp_path: Path) -> None:
    wanted = bursts(48000)
    count = int(3 * rate)
    write_mp4(tmp_path / "a.mp4", _frames(count), SIZE, rate, sound_from_samples(wanted, 48000), count)
    with av.open(str(tmp_path / "a.mp4")) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.start_time, audio.start_time) == (0, 0)
        assert video.average_rate == rate and video.frames == count
        assert (video.codec_context.name, audio.codec_context.name, audio.rate) == ("h264", "aac", 48000)
        times = [frame.pts * frame.time_base for frame in film.decode(video)]
    assert times == [number / rate for number in range(count)]
    assert abs(offset_ms(open_sound(tmp_path / "a.mp4").mono(48000), wanted, 48000)) < 0.05


def test_it_is_tagged_bt709_and_starts_playing_before_it_is_whole(tmp_path: Path) -> None:
    write_mp4(tmp_path / "a.mp4", _frames(10), SIZE, Fraction(25), None, 10)
    with av.open(str(tmp_path / "a.mp4")) as film:
        context = film.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
        assert context.pix_fmt == "yuv420p"
        assert not film.streams.audio
    raw = (tmp_path / "a.mp4").read_bytes()
    assert raw.index(b"moov") < raw.index(b"mdat")


def test_colours_come_back() -> None:
    """Flat patches through the conversion and BT.709's own formula back: within 3 of 255."""
    from engine.export.mp4 import _limited_bt709

    random = np.random.default_rng(3)
    colours = np.concatenate([random.integers(0, 256, (24, 3)), np.eye(3) * 255, 255 - np.eye(3) * 255, [[0] * 3, [255] * 3]]).astype(np.uint8)
    picture = np.repeat(np.repeat(colours.reshape(4, 8, 3), 16, 0), 16, 1)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    assert np.abs(_shown(_limited_bt709(frame)) - colours).max() <= 3


def test_colours_come_back_through_the_film(tmp_path: Path) -> None:
    colours = np.array([[224, 172, 140], [90, 60, 50], [200, 30, 40], [20, 24, 28], [235, 235, 230], [60, 90, 150], [128, 128, 128], [40, 120, 60]], np.uint8)
    picture = np.repeat(np.repeat(np.tile(colours, (4, 1)).reshape(4, 8, 3), 16, 0), 16, 1)
    write_mp4(tmp_path / "a.mp4", iter([picture] * 5), (128, 64), Fraction(25), None, 5)
    with av.open(str(tmp_path / "a.mp4")) as film:
        frame = next(film.decode(video=0))
    assert np.abs(_shown(frame) - np.tile(colours, (4, 1))).max() <= 3


def _shown(frame: av.VideoFrame) -> np.ndarray:
    """Colours in the middle of 16-pixel patches by ITU-R BT.709 with limited range."""
    height, width = frame.height, frame.width
    planes = frame.to_ndarray().astype(float)
    y = (planes[:height][8::16, 8::16].ravel() - 16) / 219
    chroma = planes[height:].reshape(2, height // 2, width // 2)[:, 4::8, 4::8].reshape(2, -1)
    u, v = (chroma - 128) / 224
    rgb = np.stack([y + 1.5748 * v, y - 0.18733 * u - 0.46813 * v, y + 1.8556 * u], -1) * 255
    return np.clip(rgb, 0, 255)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="no ffmpeg here to judge by")
def test_ffmpeg_agrees(tmp_path: Path) -> None:
    wanted = bursts(44100)
    write_mp4(tmp_path / "a.mp4", _frames(90), SIZE, Fraction(30000, 1001), sound_from_samples(wanted, 44100), 90)
    entries = ["-show_entries", "stream=codec_type,start_time,r_frame_rate,color_space,color_range", "-of", "csv=p=0"]
    told = subprocess.run(["ffprobe", "-v", "error", *entries, str(tmp_path / "a.mp4")], capture_output=True, text=True, check=True).stdout.split()
    assert told == ["video,tv,bt709,30000/1001,0.000000", "audio,0/0,0.000000"]
    subprocess.run(["ffmpeg", "-v", "error", "-i", tmp_path / "a.mp4", "-ar", "44100", tmp_path / "a.wav"], check=True)
    assert abs(offset_ms(open_sound(tmp_path / "a.wav").mono(44100), wanted, 44100)) < 0.05


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_channels_and_lengths_of_the_sound(channels: int, tmp_path: Path) -> None:
    sound = sound_from_samples(np.stack([bursts(22050)] * channels, 1), 22050)
    write_mp4(tmp_path / "a.mp4", _frames(50), SIZE, Fraction(25), sound, 50)  # the picture is shorter
    cut = open_sound(tmp_path / "a.mp4")
    assert (cut.channels, cut.duration_s) == (2 if channels == 2 else 1, 2.0)
    write_mp4(tmp_path / "a.mp4", _frames(100), SIZE, Fraction(25), sound, 100)  # and longer
    assert open_sound(tmp_path / "a.mp4").duration_s == 3.0


def test_the_same_film_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_mp4(tmp_path / f"{name}.mp4", _noise(30), SIZE, Fraction(30), sound_from_samples(bursts(16000, 1.0), 16000), 30)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_one_frame_is_a_film(tmp_path: Path) -> None:
    write_mp4(tmp_path / "a.mp4", _frames(1), SIZE, Fraction(25), sound_from_samples(bursts(16000, 0.1), 16000), 1)
    with av.open(str(tmp_path / "a.mp4")) as film:
        assert film.streams.video[0].frames == 1


@pytest.mark.parametrize("size", [(95, 64), (96, 63), (0, 64)])
def test_odd_sizes_are_refused(size: tuple[int, int], tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=rf"{size[0]}x{size[1]} pixels cannot be written; give even numbers"):
        write_mp4(tmp_path / "a.mp4", _frames(1), size, Fraction(25), None, 1)


def _left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    job = Job(lambda done, total, label: job.cancel() if done == 20 else None)
    before = threading.active_count()
    with pytest.raises(Cancelled):
        write_mp4(tmp_path / "a.mp4", _noise(100), SIZE, Fraction(25), sound_from_samples(bursts(16000), 16000), 100, job)
    assert _left(tmp_path) == [] and threading.active_count() == before


def test_an_older_film_stays_when_a_new_one_is_cancelled(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"older")
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        write_mp4(tmp_path / "a.mp4", _noise(5), SIZE, Fraction(25), None, 5, job)
    assert (tmp_path / "a.mp4").read_bytes() == b"older" and _left(tmp_path) == ["a.mp4"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, ZeroDivisionError])
def test_a_fault_of_the_renderer_leaves_nothing_behind(fault: type[BaseException], tmp_path: Path) -> None:
    def broken() -> Iterator[np.ndarray]:
        yield from _noise(12)
        raise fault

    with pytest.raises(fault):
        write_mp4(tmp_path / "a.mp4", broken(), SIZE, Fraction(25), sound_from_samples(bursts(16000), 16000), 100)
    assert _left(tmp_path) == []


def test_a_fault_of_the_sound_reaches_the_caller(tmp_path: Path) -> None:
    """The sound is read on the encoding thread; the file is gone by then."""
    from engine.speech.files import write_wav

    write_wav(tmp_path / "a.wav", sound_from_samples(bursts(16000), 16000))
    sound = open_sound(tmp_path / "a.wav")
    (tmp_path / "a.wav").unlink()
    with pytest.raises(InvalidInput, match="does not exist"):
        write_mp4(tmp_path / "a.mp4", _noise(50), SIZE, Fraction(25), sound, 50)
    assert _left(tmp_path) == []


@pytest.mark.parametrize(
    ("frames", "said"),
    [
        (lambda: _noise(7), "only 7 of 20 frames came"),
        (lambda: itertools.chain(_noise(3), [np.zeros((64, 64, 3), np.uint8)]), r"frame 3 must be uint8 \[64, 96, 3\], got uint8 \[64, 64, 3\]"),
        (lambda: iter([np.zeros((64, 96, 3))]), r"frame 0 must be uint8 \[64, 96, 3\], got float64"),
    ],
)
def test_wrong_frames_are_refused(frames: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=said):
        write_mp4(tmp_path / "a.mp4", frames(), SIZE, Fraction(25), None, 20)  # type: ignore[operator]
    assert _left(tmp_path) == []


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"the folder .* does not exist"):
        write_mp4(tmp_path / "none" / "a.mp4", _noise(5), SIZE, Fraction(25), None, 5)
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_mp4(tmp_path / "a.mp4", _noise(5), SIZE, Fraction(25), None, 5)


FULL = """
import resource, sys
from fractions import Fraction
from pathlib import Path
import numpy as np
from engine.core.errors import OutputError
from engine.export.mp4 import write_mp4
from engine.speech.files import sound_from_samples, write_wav
frames = lambda n: (np.random.default_rng(k).integers(0, 256, (64, 96, 3), dtype=np.uint8) for k in range(n))
sound = sound_from_samples(np.full(160_000, 0.1, np.float32), 16000)
folder = Path(sys.argv[1])
write_mp4(folder / "b.mp4", frames(8), (96, 64), Fraction(25), None, 8)
size = (folder / "b.mp4").stat().st_size
(folder / "b.mp4").unlink()
resource.setrlimit(resource.RLIMIT_FSIZE, (size - 500, resource.RLIM_INFINITY))
for write in (
    lambda: write_mp4(folder / "a.mp4", frames(100), (96, 64), Fraction(25), sound, 100),
    lambda: write_mp4(folder / "b.mp4", frames(8), (96, 64), Fraction(25), None, 8),
    lambda: write_wav(folder / "a.wav", sound),
):
    try:
        write()
        print("written")
    except OutputError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of file size to stand for a full disk")
def test_a_full_disk_is_said_and_leaves_nothing_behind(tmp_path: Path, repository: Path) -> None:
    """A limit on file size stands for the full disk; it comes while frames are written, and only when the file is closed."""
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], cwd=repository, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [line.partition(" while")[0] for line in done.stdout.splitlines()] == ["the disk is full"] * 3, done.stdout
    assert _left(tmp_path) == []


def test_paths_with_spaces_accents_and_colons(tmp_path: Path) -> None:
    name = "Ünïcode café 50 %.mp4" if sys.platform == "win32" else "Ünïcode: café 50 %.mp4"
    write_mp4(tmp_path / name, _frames(3), SIZE, Fraction(25), None, 3)
    assert _left(tmp_path) == [name]


MEMORY = """
import resource, sys
from fractions import Fraction
from pathlib import Path
import numpy as np
from engine.export.mp4 import write_mp4
from engine.speech.files import sound_from_samples
def write(n):
    frame = np.zeros((512, 512, 3), np.uint8)
    write_mp4(Path(sys.argv[1]) / "a.mp4", (frame for _ in range(n)), (512, 512), Fraction(25), sound, n)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
sound = sound_from_samples(np.full(16 * 16000, 0.1, np.float32), 16000)
few = write(60)
print(write(400) - few)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module on Windows")
def test_memory_does_not_grow_with_the_film(tmp_path: Path, repository: Path) -> None:
    """The renderer here is quicker than the encoder; 340 more frames would be 267 MB if they were waited for."""
    done = subprocess.run([sys.executable, "-c", MEMORY, str(tmp_path)], cwd=repository, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 40_000_000
