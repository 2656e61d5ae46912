from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from engine.core.errors import Cancelled, InvalidInput, OutputError
from engine.core.jobs import Job
from engine.export.png import write_png, write_sequence


def _picture(channels: int = 3, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (20, 30, channels), dtype=np.uint8)


def _pictures(count: int) -> Iterator[np.ndarray]:
    return (_picture(seed=n) for n in range(count))


def _read(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        return next(file.decode(video=0)).to_ndarray()


@pytest.mark.parametrize("channels", [3, 4])
def test_a_picture_comes_back(channels: int, tmp_path: Path) -> None:
    write_png(tmp_path / "a.png", _picture(channels))
    assert np.array_equal(_read(tmp_path / "a.png"), _picture(channels))


def test_a_sequence_is_numbered_by_frame(tmp_path: Path) -> None:
    files = write_sequence(tmp_path / "shot é.png", _pictures(12), 12)
    assert [f.name for f in files] == [f"shot é.{n:05d}.png" for n in range(12)]
    assert sorted(tmp_path.iterdir()) == files
    assert np.array_equal(_read(files[7]), _picture(seed=7))


def test_cancelling_leaves_nothing_behind(tmp_path: Path) -> None:
    job = Job(lambda done, total, label: job.cancel() if done == 3 else None)
    with pytest.raises(Cancelled):
        write_sequence(tmp_path / "a.png", _pictures(10), 10, job)
    assert list(tmp_path.iterdir()) == []


def test_too_few_pictures_leave_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="only 3 of 10 frames came"):
        write_sequence(tmp_path / "a.png", _pictures(3), 10)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("picture", [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 3)), np.zeros((0, 4, 3), np.uint8), np.zeros((4, 4, 2), np.uint8)])
def test_other_shapes_are_refused(picture: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"a picture must be uint8 \[H, W, 3\] or \[H, W, 4\]"):
        write_png(tmp_path / "a.png", picture)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write_sequence(tmp_path / "none" / "a.png", _pictures(1), 1)


def test_a_picture_that_cannot_be_moved_into_place_is_said_before_any_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.00002.png").mkdir()
    with pytest.raises(OutputError, match=r"a\.00002\.png is a folder"):
        write_sequence(tmp_path / "a.png", iter(()), 4)
    assert [p.name for p in tmp_path.iterdir()] == ["a.00002.png"]


def test_long_names_of_wide_letters(tmp_path: Path) -> None:
    assert len(write_sequence(tmp_path / ("中" * 75 + ".png"), _pictures(2), 2)) == 2
    with pytest.raises(OutputError, match="too long"):
        write_sequence(tmp_path / ("中" * 83 + ".png"), _pictures(2), 2)
    assert len(list(tmp_path.iterdir())) == 2
