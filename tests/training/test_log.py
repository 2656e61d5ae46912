"""The log of a training, and its curves."""

from __future__ import annotations

import errno
import importlib.util
from pathlib import Path
from typing import Any

import pytest

from engine.core.errors import InvalidInput, OutputError
from engine.training.log import HELD_OUT, TRAIN, Log, Row, read


def _write(folder: Path, steps: range, step: int = 0, measured: int = -1) -> None:
    with Log(folder, step, measured) as log:
        for k in steps:
            log.write(k, TRAIN, {"loss": 1 / k, "odd, name": float("nan")})
            if k % 2 == 0:
                log.write(k, HELD_OUT, {"error": 0.1})


def test_every_value_comes_back_as_it_was(tmp_path: Path) -> None:
    _write(tmp_path, range(3, 5))
    rows = read(tmp_path)
    assert rows[0] == Row(3, TRAIN, "loss", 1 / 3)
    assert [row.measure for row in rows] == ["loss", "odd, name", "loss", "odd, name", "error"]
    assert rows[1].value != rows[1].value


def test_what_came_after_the_checkpoint_is_taken_away(tmp_path: Path) -> None:
    _write(tmp_path, range(1, 9))
    _write(tmp_path, range(7, 7), step=6, measured=4)  # stopped after step 6, whose evaluation was not kept
    assert max(row.step for row in read(tmp_path) if row.split == TRAIN) == 6
    assert [row.step for row in read(tmp_path) if row.split == HELD_OUT] == [2, 4]
    _write(tmp_path, range(1, 2))
    assert [row.step for row in read(tmp_path)] == [1, 1]


def test_a_line_that_was_cut_off_is_left_out(tmp_path: Path) -> None:
    _write(tmp_path, range(1, 4))
    text = (tmp_path / "log.csv").read_text()
    for cut in range(1, 12):
        (tmp_path / "log.csv").write_text(text[:-cut])
        assert len(read(tmp_path)) in (5, 6)
    (tmp_path / "log.csv").write_text("\0\0\0\n4,train,loss,0.\0\0\n5,train,loss,much\n6,train,loss,2\n")
    assert [row.step for row in read(tmp_path)] == [4, 6]
    with pytest.raises(InvalidInput, match="cannot be read"):
        read(tmp_path / "nowhere")


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    class Full:
        def write(self, text: str) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            pass

    log = Log(tmp_path)
    log._file.close()
    log._file = Full()  # type: ignore[assignment]
    with pytest.raises(OutputError, match=r"the disk is full while writing .*log\.csv"), log:
        log.write(1, TRAIN, {"loss": 1.0})


@pytest.fixture(scope="module")
def curves() -> Any:
    path = Path(__file__).resolve().parents[2] / "packaging" / "training_curves.py"
    spec = importlib.util.spec_from_file_location("training_curves", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_curves_are_drawn_from_it(tmp_path: Path, curves: Any, qapp: Any) -> None:
    _write(tmp_path, range(1, 100))
    found = curves.series(read(tmp_path))
    assert list(found) == [(TRAIN, "loss"), (HELD_OUT, "error")]  # what is not a number is not drawn
    sheet = curves.draw(found)
    assert (sheet.width(), sheet.height()) == (2 * curves.WIDTH, curves.HEIGHT)
    seen = {sheet.pixelColor(x, y).name() for x in range(curves.WIDTH) for y in range(curves.HEIGHT)}
    assert curves.COLOURS[TRAIN].name() in seen and curves.COLOURS[HELD_OUT].name() not in seen
    assert list(curves.series(read(tmp_path), ["error"])) == [(HELD_OUT, "error")]


def test_ticks_are_round_numbers_within(curves: Any) -> None:
    assert curves.ticks(0, 575, 3) == [0, 200, 400]
    assert curves.ticks(0.0312, 0.0877) == pytest.approx([0.04, 0.06, 0.08])
