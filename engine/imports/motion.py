"""Motion out of files: our `.npz`, recordings of Live Link Face (`.csv`), morph-target animation of glTF (`.glb`); and as an edit layer.

Files come from anywhere: what they claim to hold is measured before it is read.
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import ARKIT, limits
from engine.core.curve_ops import simplify
from engine.core.curves import Curve
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.imports import gltf, livelink
from engine.imports.names import channel_of
from engine.imports.sampling import STANDARD_RATES, rate_of
from engine.project.document import new_id
from engine.project.parts import Layer

LARGEST_FILE = 1 << 30  # bytes
MOST_FRAMES = 2_000_000  # over nine hours at 60 a second
MOST_VALUES = 64_000_000  # 256 MB of float32
MOST_KEYS = 100_000  # of an imported layer
TOLERANCE = 0.01  # of a coefficient, when motion is thinned to keys
_LOST = 0.2  # share of the frames that may lack a value and are filled from their neighbours
_PERCENT = 1.5  # coefficients above are taken as per cent


@dataclass(frozen=True, eq=False)
class ImportedMotion:
    """Motion out of a file.

    Args:
        clip: channels of the rig that the file has, from its first frame on.
        notices: what was done to read it, and what was left out.
    """

    clip: MotionClip
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Columns:
    """Values by the file's own names.

    Args:
        names: of the columns.
        values: float64 [T, N].
        rate: frames per second.
        notices: of the reader.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    rate: Fraction
    notices: tuple[str, ...] = ()


def read_motion(path: Path, job: Job = SILENT) -> ImportedMotion:
    """Read motion from a `.npz`, `.csv` or `.glb` file.

    Raises:
        InvalidInput: missing, too large, damaged, of another kind, without a channel of the rig, or with values that are no numbers.
        Cancelled: the job was cancelled.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InvalidInput(f"the file {path.name} holds no motion that can be read", "give a file that ends in " + ", ".join(READERS))
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise InvalidInput(f"the file {path.name} has {size / 2**20:,.0f} MB, more than {LARGEST_FILE >> 20} MB", "cut the recording into parts")
        job.report(0, 0, f"reading {path.name}")
        columns = reader(path, job)
    except OSError as error:
        raise InvalidInput(f"the file {path} cannot be read ({error.strerror or error})", "see that the file is there and may be read") from error
    except MemoryError as error:
        raise InvalidInput(f"there is not enough memory for {path.name}", "cut the recording into parts") from error
    return _on_the_rig(path, columns)


def _npz(path: Path, job: Job) -> Columns:
    try:
        with zipfile.ZipFile(path) as archive:
            claimed = sum(each.file_size for each in archive.infolist())
            if claimed > 8 * MOST_VALUES:
                raise InvalidInput(f"the file {path.name} unpacks to {claimed / 2**20:,.0f} MB", "give motion of a line, not a data set")
            arrays = {each.filename.removesuffix(".npy"): each for each in archive.infolist()}
            value_name = next((n for n in ("channels", "values", "motion", "blendshapes") if n in arrays), None)
            label_name = next((n for n in ("channel_names", "names", "blendshape_names") if n in arrays), None)
            if value_name is None or label_name is None:
                raise InvalidInput(f"the file {path.name} holds no arrays named channels and channel_names (it has {', '.join(arrays) or 'none'})", _SAVE_NPZ)
            values = _array(path, archive, arrays[value_name])
            names = tuple(str(n) for n in _array(path, archive, arrays[label_name]).ravel()[:100_000])
            rate = _npz_rate(path, archive, arrays)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InvalidInput(f"the file {path.name} is damaged or no npz file ({error})", _SAVE_NPZ) from error
    if values.ndim != 2 or values.shape[1] != len(names) or not len(values) or values.dtype.kind not in "fiu":
        raise InvalidInput(f"{value_name} of {path.name} must be numbers [T, {len(names)}], got {values.dtype} {list(values.shape)}", _SAVE_NPZ)
    _check_size(path, *values.shape)
    return Columns(names, values.astype(np.float64), rate)


_SAVE_NPZ = "write it with `vivavoce animate -o motion.npz`, or numpy.savez with channels [T, K], channel_names [K] and fps"


def _array(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray:
    # The member is no larger than it claims, which was measured; a header cannot make numpy allocate more than the bytes that are there.
    data = archive.read(member)
    try:
        version = np.lib.format.read_magic(io.BytesIO(data))
        header = io.BytesIO(data[8:])
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, _, dtype = read(header)
        if dtype.hasobject or math.prod(shape) * dtype.itemsize > len(data):
            raise ValueError(f"it claims {list(shape)} of {dtype}")
        array: NDArray = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    except (ValueError, SyntaxError, TypeError, OverflowError) as error:
        raise InvalidInput(f"the array {member.filename} in {path.name} cannot be read ({error})", _SAVE_NPZ) from error
    return array


def _npz_rate(path: Path, archive: zipfile.ZipFile, arrays: dict[str, zipfile.ZipInfo]) -> Fraction:
    def number(name: str) -> float:
        value = _array(path, archive, arrays[name])
        if value.size != 1 or value.dtype.kind not in "fiu":
            raise InvalidInput(f"{name} of {path.name} is no number", _SAVE_NPZ)
        return float(value.ravel()[0])

    rate = number("fps_num") / number("fps_den") if {"fps_num", "fps_den"} <= arrays.keys() else number("fps") if "fps" in arrays else math.nan
    if not 1.0 <= rate <= 1000.0:
        raise InvalidInput(f"the file {path.name} gives no frame rate from 1 to 1000", _SAVE_NPZ)
    exact = next((r for r in STANDARD_RATES if abs(float(r) - rate) < 1e-4 * rate), None)
    return exact or Fraction(rate).limit_denominator(1001)


def _csv(path: Path, job: Job) -> Columns:
    table = livelink.read_table(path, MOST_FRAMES, job)
    return Columns(table.names, table.values, table.rate, table.notices)


def _glb(path: Path, job: Job) -> Columns:
    morphs = gltf.read_morphs(path, MOST_FRAMES, job)
    return Columns(morphs.names, *rate_of(morphs.times_s, morphs.sample, MOST_FRAMES), notices=morphs.notices)


READERS: dict[str, Callable[[Path, Job], Columns]] = {".npz": _npz, ".csv": _csv, ".glb": _glb}


def _check_size(path: Path, frames: int, columns: int) -> None:
    if frames > MOST_FRAMES or frames * columns > MOST_VALUES:
        raise InvalidInput(
            f"{path.name} has {frames:,} frames of {columns:,} values", f"cut it into parts of at most {MOST_VALUES // max(columns, 1):,} frames"
        )


def _on_the_rig(path: Path, columns: Columns) -> ImportedMotion:
    """Values by the rig's names, in its units and limits."""
    notices = list(columns.notices)
    found: dict[str, NDArray[np.float64]] = {}
    unknown: list[str] = []
    _check_size(path, *columns.values.shape)
    for name, column in zip(columns.names, columns.values.T, strict=True):
        channel = channel_of(name)
        if channel is None:
            unknown.append(name)
        elif channel not in found or np.ptp(np.nan_to_num(column)) > np.ptp(np.nan_to_num(found[channel])):
            found[channel] = column  # head, lashes and teeth often share a name
    if not found:
        shown = ", ".join(unknown[:6]) + (" ..." if len(unknown) > 6 else "")
        raise InvalidInput(
            f"{path.name} drives nothing of the face (it has {shown or 'no columns'})", "name the shapes as ARKit does: jawOpen, eyeBlinkLeft ..."
        )
    if unknown:
        shown = ", ".join(unknown[:8]) + (f" and {len(unknown) - 8} more" if len(unknown) > 8 else "")
        notices.append(f"not on our face and left out: {shown}")
    names = tuple(sorted(found, key=lambda n: (n not in ARKIT, n)))
    values = np.stack([found[n] for n in names], axis=1)
    notices += _fill(path, values)
    notices += _limit(names, values)
    return ImportedMotion(MotionClip(values.astype(np.float32), columns.rate, names), tuple(notices))


def _fill(path: Path, values: NDArray[np.float64]) -> list[str]:
    """Put a line between neighbours where values are missing, in place."""
    bad = ~np.isfinite(values)
    frames = int(bad.any(axis=1).sum())
    if not frames:
        return []
    if frames > _LOST * len(values) or bad.all(axis=0).any():
        raise InvalidInput(
            f"the file {path.name} has no number in {frames:,} of {len(values):,} frames", "record it again, or cut out the part where the face was seen"
        )
    at = np.arange(len(values))
    for column, gone in zip(values.T, bad.T, strict=True):
        if gone.any():
            column[gone] = np.interp(at[gone], at[~gone], column[~gone])
    return [f"{frames:,} frames lacked values, which were filled from their neighbours"]


def _limit(names: tuple[str, ...], values: NDArray[np.float64]) -> list[str]:
    """Bring per cent to shares, and everything into the rig's limits, in place."""
    notices = []
    shapes = [i for i, n in enumerate(names) if not n.startswith("head")]
    if shapes and _PERCENT < np.abs(values[:, shapes]).max() <= 100.0 * _PERCENT:
        values[:, shapes] /= 100.0
        notices.append("its values go up to 100: they were taken as per cent")
    low, high = np.array([limits(n) for n in names]).T
    outside = ((values < low - 1e-3) | (values > high + 1e-3)).any(axis=0)
    if outside.any():
        notices.append("held within what the face can do: " + ", ".join(n for n, o in zip(names, outside, strict=True) if o))
    np.clip(values, low, high, out=values)
    return notices


# As an edit layer.


def layer_of(motion: ImportedMotion, start_s: float, name: str, tolerance: float = TOLERANCE, job: Job = SILENT) -> Layer:
    """An edit layer that plays imported motion: thinned to keys, in the place of what is below.

    Args:
        motion: what was read.
        start_s: when its first frame plays, seconds of the line.
        name: of the layer, such as the file's.
        tolerance: largest error of a coefficient at any frame; of head angles as many radians, of its place 100 times as many millimetres.
        job: progress and cancelling.

    Raises:
        InvalidInput: more than `MOST_KEYS` keys.
        Cancelled: the job was cancelled.
    """
    clip = motion.clip
    times = clip.times_s + start_s
    curves: dict[str, Curve] = {}
    keys = 0
    for done, channel in enumerate(clip.names):
        job.report(done, len(clip.names), "thinning to keys")
        curves[channel] = simplify(times, clip.channel(channel).astype(np.float64), tolerance * (100.0 if channel.startswith("headPos") else 1.0))
        keys += len(curves[channel].keys)
        if keys > MOST_KEYS:
            raise InvalidInput(
                f"the motion {name} would be more than {MOST_KEYS:,} keys ({clip.duration_s:.0f} s of {len(clip.names)} channels)",
                "import a shorter piece, or allow a larger error",
            )
    return Layer(new_id(), name, "override", start_s=start_s, end_s=start_s + clip.duration_s, curves=curves, source=name)


def fitted_layer(motion: ImportedMotion, start_s: float, name: str, job: Job = SILENT) -> tuple[Layer, tuple[str, ...]]:
    """As `layer_of`, with the least error of 0.01, 0.02, 0.04 and 0.08 that needs no more than `MOST_KEYS` keys; and notices.

    Raises:
        InvalidInput: none of them does.
        Cancelled: the job was cancelled.
    """
    for tolerance in (TOLERANCE, 2 * TOLERANCE, 4 * TOLERANCE):
        try:
            layer = layer_of(motion, start_s, name, tolerance, job)
        except InvalidInput:
            continue
        told = (f"thinned to keys with errors up to {tolerance:g}, for its length",) if tolerance > TOLERANCE else ()
        return layer, (*motion.notices, *told)
    return layer_of(motion, start_s, name, 8 * TOLERANCE, job), (*motion.notices, f"thinned to keys with errors up to {8 * TOLERANCE:g}, for its length")
