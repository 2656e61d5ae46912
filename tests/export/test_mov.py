from __future__ import annotations

import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.core.errors import Cancelled, InvalidInput
from engine.core.jobs import Job
from engine.export.mov import spread, write_mov
from engine.speech.files import open_sound, sound_from_samples
from tests.speech.media_files import bursts, offset_ms

SIZE = (96, 64)
RED = (220, 40, 30)


def _disc() -> NDArray[np.uint8]:
    """A red disc with a soft edge on nothing, as a renderer gives it: black where nothing is."""
    y, x = np.mgrid[0:64, 0:96]
    alpha = np.clip((24.0 - np.hypot(x - 48, y - 32)) * 64 + 128, 0, 255).astype(np.uint8)
    return np.concatenate([np.where(alpha[..., None] > 0, np.uint8(RED), 0).astype(np.uint8), alpha[..., None]], -1)


def _frames(count: int) -> Iterator[NDArray[np.uint8]]:
    frame = _disc()
    for number in range(count):
        frame[0, 0] = (number, 0, 0, 255)
        yield frame


def _planes(path: Path, frame: int = 0) -> list[NDArray[np.float64]]:
    """Y, Cb, Cr and alpha of one frame, alpha from 0 to 1, the others as 8-bit numbers."""
    with av.open(str(path)) as film:
        for number, picture in enumerate(film.decode(video=0)):
            if number == frame:
                bits = 12 if "12" in picture.format.name else 10
                found = [np.frombuffer(p, np.uint16).reshape(picture.height, -1)[:, : picture.width].astype(float) for p in picture.planes]
                return [*(p / 2 ** (bits - 8) for p in found[:3]), *(p / (2**bits - 1) for p in found[3:])]
    raise AssertionError("no such frame")


def _rgb(y: NDArray[np.float64], cb: NDArray[np.float64], cr: NDArray[np.float64]) -> NDArray[np.float64]:
    """BT.709, limited range, by the standard's own formula."""
    y, cb, cr = (y - 16) / 219, (cb - 128) / 224, (cr - 128) / 224
    r, b = y + 1.5748 * cr, y + 1.8556 * cb
    return np.stack([r, (y - 0.2126 * r - 0.0722 * b) / 0.7152, b], -1) * 255


def test_alpha_comes_back_to_the_bit_and_colours_are_straight(tmp_path: Path) -> None:
    write_mov(tmp_path / "a.mov", _frames(2), SIZE, Fraction(25), None, 2)
    y, cb, cr, alpha = _planes(tmp_path / "a.mov", 1)
    wanted = _disc()[..., 3]
    wanted[0, 0] = 255
    assert np.array_equal(np.rint(alpha * 255), wanted)
    assert alpha.min() == 0.0 and alpha.max() == 1.0
    # The same red to the last pixel that is seen at all, though the source was black beyond it: nothing was multiplied in. Quantised
    # coefficients leave a few of 255.
    seen = (wanted > 0) & (np.arange(96) > 8)
    assert np.abs(_rgb(y, cb, cr)[seen] - RED).max() <= 4


def test_it_is_prores_4444_with_pcm_tagged_bt709(tmp_path: Path) -> None:
    write_mov(tmp_path / "a.mov", _frames(5), SIZE, Fraction(25), sound_from_samples(bursts(16000, 0.2), 16000), 5)
    with av.open(str(tmp_path / "a.mov")) as film:
        assert "mov" in film.format.name
        video, audio = film.streams.video[0].codec_context, film.streams.audio[0].codec_context
        assert (video.name, video.codec_tag) == ("prores", "ap4h") and "yuva444p1" in str(video.pix_fmt)
        assert (video.color_primaries, video.color_trc, video.colorspace) == (1, 1, 1)
        assert (audio.name, audio.sample_rate) == ("pcm_s24le", 48000)
    raw = (tmp_path / "a.mov").read_bytes()
    assert raw.index(b"moov") < raw.index(b"mdat")


def test_without_alpha_there_is_no_fourth_plane(tmp_path: Path) -> None:
    write_mov(tmp_path / "a.mov", (np.full((64, 96, 3), RED, np.uint8) for _ in range(2)), SIZE, Fraction(25), None, 2, alpha=False)
    planes = _planes(tmp_path / "a.mov")
    assert len(planes) == 3
    assert np.abs(_rgb(*planes) - RED).max() <= 1


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(30000, 1001), Fraction(24000, 1001), Fraction(12)], ids=str)
def test_picture_and_sound_start_at_zero_and_keep_the_rate(rate: Fraction, tmp_path: Path) -> None:
    wanted = bursts(48000)
    count = int(3 * rate)
    write_mov(tmp_path / "a.mov", _frames(count), SIZE, rate, sound_from_samples(wanted, 48000), count)
    with av.open(str(tmp_path / "a.mov")) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.start_time, audio.start_time) == (0, 0)
        assert video.average_rate == rate and video.frames == count
        assert [frame.pts * frame.time_base for frame in film.decode(video)] == [number / rate for number in range(count)]
    heard = open_sound(tmp_path / "a.mov").mono(48000)
    assert abs(offset_ms(heard, wanted, 48000)) < 0.05
    assert np.abs(heard[: len(wanted)] - wanted[: len(heard)]).max() < 2.0**-22  # half a step of 24 bits, and float32's own


def test_samples_beyond_full_scale_do_not_wrap(tmp_path: Path) -> None:
    write_mov(tmp_path / "a.mov", _frames(5), SIZE, Fraction(25), sound_from_samples(np.full(9600, 1.0, np.float32), 48000), 5)
    assert open_sound(tmp_path / "a.mov").mono(48000).min() > 0.99


def test_the_same_film_twice_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.mov", "b.mov"):
        write_mov(tmp_path / name, _frames(12), SIZE, Fraction(30), sound_from_samples(bursts(16000, 0.4), 16000), 12)
    assert (tmp_path / "a.mov").read_bytes() == (tmp_path / "b.mov").read_bytes()


def test_odd_sizes_are_films_too(tmp_path: Path) -> None:
    write_mov(tmp_path / "a.mov", iter([_disc()[:63, :95]]), (95, 63), Fraction(25), None, 1)
    assert [p.shape for p in _planes(tmp_path / "a.mov")] == [(63, 95)] * 4


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    job = Job(lambda done, total, label: job.cancel() if done == 20 else None)
    before = threading.active_count()
    with pytest.raises(Cancelled):
        write_mov(tmp_path / "a.mov", _frames(100), SIZE, Fraction(25), sound_from_samples(bursts(16000), 16000), 100, job)
    assert list(tmp_path.iterdir()) == [] and threading.active_count() == before


def test_frames_without_alpha_are_refused_where_alpha_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"frame 0 must be uint8 \[64, 96, 4\], got uint8 \[64, 96, 3\]"):
        write_mov(tmp_path / "a.mov", iter([np.zeros((64, 96, 3), np.uint8)]), SIZE, Fraction(25), None, 1)
    assert list(tmp_path.iterdir()) == []


def test_colours_spread_into_what_is_hidden_beside_them_and_nowhere_else() -> None:
    picture = np.zeros((20, 20, 4), np.uint8)
    picture[2:5, 2:5] = (*RED, 255)
    picture[3, 5] = (0, 0, 0, 1)
    out = spread(picture)
    assert np.array_equal(out[..., 3], picture[..., 3])
    assert np.array_equal(out[picture[..., 3] > 0], picture[picture[..., 3] > 0])
    assert np.abs(out[:8, :8][picture[:8, :8, 3] == 0, :3].astype(int) - RED).max() <= 1
    assert not out[8:, :, :3].any() and not out[:, 8:, :3].any()
