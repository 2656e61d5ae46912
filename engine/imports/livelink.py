"""Tables of face motion: recordings of Epic's Live Link Face app, and any CSV whose columns have ARKit's names.

Source: recordings of the app; its columns are those of `engine.export.clips`, which writes the same form.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.export.clips import LIVE_LINK_SHAPES, LIVE_LINK_TURNS
from engine.imports.sampling import STANDARD_RATES

LONGEST_ROW = 1 << 16  # characters
_TIMECODE = re.compile(r"^\s*(\d{1,2}):(\d{1,2}):(\d{1,2})[:;](\d{1,3}(?:\.\d{1,6})?)\s*$")
_TIME_COLUMNS = ("time", "time_s", "times", "seconds", "timestamp", "timestamp_ms", "t", "frame", "frames")
_DAY_S = 86_400.0
_GAP_S = 5.0  # a longer one ends the recording: the clock was set, or two were joined
_GUESSED = Fraction(30)  # rate of frames that are only numbered
_MILLISECONDS = 5.0  # a usual step from here on is in milliseconds: no recording has 0.2 frames a second
_DEGREES = 3.5  # a larger angle is in degrees: no head turns that far in radians
_HEAD = ("HeadYaw", "HeadPitch", "HeadRoll")
_EYES = frozenset(n.lower() for n in LIVE_LINK_TURNS[3:])
_REMEDY = "record it with the Live Link Face app, or give columns named as ARKit's shapes and one named time"


@dataclass(frozen=True, eq=False)
class Table:
    """A recording at a steady rate.

    Args:
        names: of the columns; head angles are `headRotX`, `headRotY`, `headRotZ` already.
        values: float64 [T, N], NaN where a frame has none.
        rate: frames per second.
        notices: what was done.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    rate: Fraction
    notices: tuple[str, ...]


def read_table(path: Path, most_frames: int, job: Job) -> Table:
    """Read a recording.

    Raises:
        InvalidInput: no such table, or longer than `most_frames`.
        Cancelled: the job was cancelled.
    """
    with path.open("r", encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = _rows(path, csv.reader(_lines(path, file)))
        header = next(rows, None)
        if header is None:
            raise InvalidInput(f"the file {path.name} is empty", _REMEDY)
        names = [n.strip() for n in header]
        first: list[list[str]] = []
        if _is_number(names[-1]):  # a recording whose header was cut off
            if len(names) != 2 + len(LIVE_LINK_SHAPES) + len(LIVE_LINK_TURNS):
                raise InvalidInput(f"the file {path.name} has no row that names its columns", _REMEDY)
            names, first = ["Timecode", "BlendShapeCount", *LIVE_LINK_SHAPES, *LIVE_LINK_TURNS], [header]
        clock, skipped, data = _numbers(path, names, [first, rows], most_frames, job)
    if not clock:
        raise InvalidInput(f"the file {path.name} has no frame with a face in it", _REMEDY)
    notices = [f"{skipped:,} frames without a face were bridged"] if skipped else []
    rate, frames, told = _frames(path, clock, names, most_frames)
    notices += told
    values = _steady(np.array(data, np.float64), frames)
    shapes, turned, degrees = _turned(names, values)
    if degrees:
        notices.append("its head angles were taken as degrees")
    return Table(shapes, turned, rate, tuple(notices))


def _lines(path: Path, file: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        if len(line) > LONGEST_ROW or "\0" in line:
            raise InvalidInput(f"the file {path.name}, line {number} is no row of a table", _REMEDY)
        yield line


def _rows(path: Path, reader: Iterator[list[str]]) -> Iterator[list[str]]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InvalidInput(f"the file {path.name} is no table ({error})", _REMEDY) from error
        if any(cell.strip() for cell in row):
            yield row


def _numbers(
    path: Path, names: list[str], parts: list[list[list[str]] | Iterator[list[str]]], most: int, job: Job
) -> tuple[list[str], int, list[list[float]]]:  # fmt: skip
    """The clock's cells, how many frames had no face, and the numbers of the others."""
    at = _clock_column(path, names)
    wanted = [i for i in range(len(names)) if i != at and names[i].lower() != "blendshapecount"]
    clock: list[str] = []
    data: list[list[float]] = []
    skipped = 0
    for number, row in enumerate((r for part in parts for r in part), 2):
        if number % 1000 == 0:
            job.report(0, 0, f"reading {path.name}, frame {number:,}")
        if len(clock) >= most:
            raise InvalidInput(f"the file {path.name} has more than {most:,} frames", "cut the recording into parts")
        cells = [row[i].strip() if i < len(row) else "" for i in wanted]
        if not any(cells):
            skipped += 1
            continue
        if len(row) != len(names):
            raise InvalidInput(
                f"{path.name}, row {number} has {len(row)} columns, the first has {len(names)}", "the file may be cut off: record or copy it again"
            )
        clock.append(row[at])
        data.append([_number(path, number, c) for c in cells])
    return clock, skipped, data


def _clock_column(path: Path, names: list[str]) -> int:
    lower = [n.lower() for n in names]
    for name in ("timecode", *_TIME_COLUMNS):
        if name in lower:
            return lower.index(name)
    raise InvalidInput(f"the file {path.name} has no column of times (it begins with {', '.join(names[:4])[:120]})", _REMEDY)


def _number(path: Path, row: int, cell: str) -> float:
    try:
        return float(cell) if cell else math.nan
    except ValueError:
        raise InvalidInput(f"the file {path.name}, row {row}: {cell[:40]!r} is no number", _REMEDY) from None


def _is_number(cell: str) -> bool:
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


def _frames(path: Path, clock: list[str], names: list[str], most: int) -> tuple[Fraction, NDArray[np.int64], list[str]]:
    """The rate, and the frame of each row, from 0 on, rising."""
    codes = [_TIMECODE.match(c) for c in clock]
    if all(codes):
        parts: NDArray[np.float64] = np.array([[float(g) for g in m.groups()] for m in codes if m])
        seconds: NDArray[np.float64] = parts[:, 0] * 3600 + parts[:, 1] * 60 + parts[:, 2]
        onward: NDArray[np.float64] = np.diff(seconds, prepend=seconds[:1])
        days_s: NDArray[np.float64] = np.cumsum(np.where(onward < -_DAY_S / 2, _DAY_S, 0.0))  # past midnight
        seconds = seconds + days_s
        frames: NDArray[np.float64] = parts[:, 3]
        rate, told = _rate_of_timecode(seconds, frames)
        times = seconds + frames / float(rate)
    else:
        times, rate, told = _plain_times(path, np.array([_number(path, i + 2, c) for i, c in enumerate(clock)]))
    at = np.round((times - times[0]) * float(rate)).astype(np.int64)
    steps = np.diff(at)
    if (steps < 0).any() or (steps > _GAP_S * float(rate)).any():
        row = int(np.argmax((steps < 0) | (steps > _GAP_S * float(rate)))) + 3
        raise InvalidInput(f"the times of {path.name} jump at row {row}", "cut the recording there, and import its parts")
    if at[-1] >= most:
        raise InvalidInput(f"the file {path.name} lasts {at[-1] / float(rate):,.0f} s", f"cut it to at most {most:,} frames")
    lost = int(np.maximum(steps - 1, 0).sum())
    return rate, at, told + ([f"{lost:,} frames that the recording lost were bridged"] if lost else [])


def _plain_times(path: Path, clock: NDArray[np.float64]) -> tuple[NDArray[np.float64], Fraction, list[str]]:
    """Seconds, milliseconds or frame numbers as seconds, and their rate."""
    steps = np.diff(clock)
    if not np.isfinite(clock).all() or not len(steps) or not (steps > 0).any():
        raise InvalidInput(f"the times of {path.name} do not rise", _REMEDY)
    usual = float(np.median(steps[steps > 0]))
    if usual == 1.0:
        return clock / float(_GUESSED), _GUESSED, [f"its frames have numbers and no times: {_GUESSED} a second were assumed"]
    if usual >= _MILLISECONDS:
        clock, usual = clock / 1000.0, usual / 1000.0
    near = [r for r in STANDARD_RATES if abs(float(r) * usual - 1.0) < 0.05]
    if not near:
        return clock, min(STANDARD_RATES, key=lambda r: abs(float(r) - 1.0 / usual)), []

    def off(rate: Fraction) -> float:
        frames = (clock - clock[0]) * float(rate)
        return float(np.abs(frames - frames.round()).mean())

    return clock, min(near, key=lambda r: (round(off(r), 4), r.denominator)), []


def _rate_of_timecode(seconds: NDArray[np.float64], frames: NDArray[np.float64]) -> tuple[Fraction, list[str]]:
    """The rate at which the frames of the timecode count evenly."""
    turns = np.diff(seconds) == 1.0
    usable = [r for r in STANDARD_RATES if frames.max() < math.ceil(r) + 0.5] or [STANDARD_RATES[-1]]
    if not turns.any():  # it lies within one second, which tells only how many frames that has at least
        return next((r for r in usable if r in (30, 60)), usable[-1]), ["the frame rate was guessed: the recording lies within one second"]

    def uneven(rate: Fraction) -> float:
        steps = np.diff(seconds * float(rate) + frames)
        return float(np.minimum(np.abs(steps - np.maximum(np.round(steps), 1.0)), 1.0).mean() + 1e-6 * abs(np.median(steps) - 1.0))

    whole = [r for r in usable if r.denominator == 1]
    best = min(whole, key=lambda r: (round(uneven(r), 4), r))
    # At 30000/1001 our own files count fractions of frames within each second; the app counts whole ones.
    near = [r for r in usable if math.ceil(r) == best and r.denominator > 1]
    return next((r for r in near if uneven(r) + 2e-4 < uneven(best)), best), []


def _steady(values: NDArray[np.float64], frames: NDArray[np.int64]) -> NDArray[np.float64]:
    """Values at every frame, [T, N]: the last of several at one, a line between neighbours where one is lost."""
    if len(frames) == frames[-1] + 1:
        return values
    every = np.arange(frames[-1] + 1, dtype=np.float64)
    last = np.concatenate([np.diff(frames) > 0, [True]])
    return np.stack([np.interp(every, frames[last], column[last]) for column in values.T], axis=1)


def _turned(names: list[str], values: NDArray[np.float64]) -> tuple[tuple[str, ...], NDArray[np.float64], bool]:
    """Columns with the head's Euler angles as its rotation vector, and without the eyes' angles, which the look shapes repeat.

    The last value says whether the angles were in degrees.
    """
    lower = [n.lower() for n in names]
    clock = next(i for i, n in enumerate(lower) if n in ("timecode", *_TIME_COLUMNS))
    left = [n for i, n in enumerate(names) if i != clock and lower[i] != "blendshapecount"]
    index = {n.lower(): i for i, n in enumerate(left)}
    angles = [index.get(n.lower()) for n in _HEAD]
    looks = any(n.startswith("eyelook") for n in index)
    keep = [i for i, n in enumerate(left) if i not in angles and not (looks and n.lower() in _EYES)]
    out, labels, degrees = values[:, keep], [left[i] for i in keep], False
    if all(i is not None for i in angles):
        euler = values[:, [i for i in angles if i is not None]]
        seen = np.isfinite(euler).all(axis=1)
        vectors = np.full((len(values), 3), np.nan)
        if seen.any():
            degrees = bool(np.abs(euler[seen]).max() > _DEGREES)
            vectors[seen] = Rotation.from_euler("YXZ", euler[seen], degrees=degrees).as_rotvec()
        out, labels = np.concatenate([out, vectors], axis=1), [*labels, "headRotX", "headRotY", "headRotZ"]
    return tuple(labels), out, degrees
