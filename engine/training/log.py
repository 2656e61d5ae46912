"""The log of a training: a CSV file always, TensorBoard's event files where it is installed, curves as a picture.

`log.csv` has one row for each value: step, split ("train", or "held out" for an evaluation), measure, value. A resumed training takes away what
was logged after its checkpoint, so that the log is that of a training that was never broken off.
"""

from __future__ import annotations

import csv
import io
import logging
import math
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from engine.core.errors import InvalidInput
from engine.core.output import replacing, writing

NAME = "log.csv"
TRAIN, HELD_OUT = "train", "held out"
_HEADER = ("step", "split", "measure", "value")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Row:
    """One logged value, after `step` batches."""

    step: int
    split: str
    measure: str
    value: float


def read(folder: Path) -> list[Row]:
    """The rows of a folder's log; a line that a killed process left incomplete is left out.

    Raises:
        InvalidInput: there is no log, or it is not text.
    """
    path = folder / NAME
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"the log {path} cannot be read ({error})", "give a folder that `vivavoce train` wrote") from error
    rows = []
    for cells in csv.reader(io.StringIO(text[: text.rfind("\n") + 1].replace("\0", ""))):
        if len(cells) == len(_HEADER) and cells[0].isdecimal():
            with suppress(ValueError):  # a line that a crash of the machine left
                rows.append(Row(int(cells[0]), cells[1], cells[2], float(cells[3])))
    return rows


class Log:
    """Writes the log of one folder.

    Args:
        folder: where.
        step: rows of later steps are taken away; 0 begins a new log.
        measured_step: the same for evaluations.

    Raises:
        OutputError: it cannot be written.
    """

    def __init__(self, folder: Path, step: int = 0, measured_step: int = -1) -> None:
        self.path = folder / NAME
        kept = [row for row in read(folder) if row.step <= (measured_step if row.split == HELD_OUT else step)] if step and self.path.exists() else []
        with replacing(self.path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_HEADER)
            writer.writerows(_cells(row) for row in kept)
        self._board = _board(folder, step)
        with writing(self.path):
            self._file: TextIO = self.path.open("a", encoding="utf-8", newline="")

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *_: object) -> None:
        with writing(self.path):
            self._file.close()
            if self._board is not None:
                self._board.close()

    def write(self, step: int, split: str, values: dict[str, float]) -> None:
        """Log values of one step; on the disk when this returns.

        Raises:
            OutputError: the disk is full.
        """
        with writing(self.path):
            lines = io.StringIO()
            csv.writer(lines, lineterminator="\n").writerows(_cells(Row(step, split, name, value)) for name, value in values.items())
            self._file.write(lines.getvalue())
            self._file.flush()
            if self._board is not None:
                for name, value in values.items():
                    self._board.add_scalar(f"{split}/{name}", value, step)
                if split == HELD_OUT:
                    self._board.flush()


def _cells(row: Row) -> tuple[object, ...]:
    return row.step, row.split, row.measure, repr(row.value) if math.isfinite(row.value) else str(row.value)


def _board(folder: Path, step: int) -> Any:
    """A writer of TensorBoard's files; None, and a notice, where it is not installed."""
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        _log.warning("TensorBoard is not installed (pip install tensorboard): the curves are in %s alone", NAME)
        return None
    with writing(folder):
        return SummaryWriter(str(folder), purge_step=step + 1 if step else None)  # type: ignore[no-untyped-call]
