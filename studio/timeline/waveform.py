"""The picture of a sound: a pyramid of smallest, largest and mean level per millisecond, for sounds of any length.

An hour takes about 25 MB and is drawn as fast as a second. It fills while the sound is read, so that a long sound can be seen
growing; the reader never waits.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core import assets
from engine.core.jobs import Job
from engine.core.output import replacing

if TYPE_CHECKING:
    from engine.speech.files import Sound

BINS_PER_S = 1000
STEP = 4  # bins of one level that make one of the next
KEEP_FROM_S = 30.0  # sounds this long are kept on disk: reading them again takes noticeable time
_FULL = 32767.0


class Pyramid:
    """Levels of a sound.

    Args:
        frames: samples of one channel in the whole sound.
        sample_rate: samples per second.
    """

    def __init__(self, frames: int, sample_rate: int) -> None:
        self.bin_frames = max(1, sample_rate // BINS_PER_S)
        self.bins_per_s = sample_rate / self.bin_frames
        self.duration_s = frames / sample_rate
        count = max(1, math.ceil(frames / self.bin_frames))
        # int16 [N, 3]: smallest, largest, root mean square; the finest level first.
        self.levels: list[NDArray[np.int16]] = [np.zeros((count, 3), np.int16)]
        while len(self.levels[-1]) > 64:
            self.levels.append(np.zeros((math.ceil(len(self.levels[-1]) / STEP), 3), np.int16))
        self.filled = 0  # bins of the finest level that are there
        self._rest: NDArray[np.float32] = np.zeros(0, np.float32)

    @property
    def complete(self) -> bool:
        """True once the whole sound is in."""
        return self.filled >= len(self.levels[0])

    @property
    def peak(self) -> float:
        """Largest absolute sample so far, 0 to 1."""
        return float(np.abs(self.levels[-1][:, :2].astype(np.int32)).max()) / _FULL

    def add(self, samples: NDArray[np.float32]) -> None:
        """The next samples of the sound, float32 [n] in -1 to 1; what lies beyond its end is left out."""
        data = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        whole = len(data) // self.bin_frames
        self._rest = data[whole * self.bin_frames :].copy()
        self._put(data[: whole * self.bin_frames].reshape(whole, self.bin_frames))

    def finish(self) -> None:
        """No more samples come: the last bin may be short."""
        if len(self._rest):
            self._put(self._rest[None, :])
            self._rest = self._rest[:0]
        self.filled = len(self.levels[0])

    def _put(self, data: NDArray[np.float32]) -> None:
        start = self.filled
        data = data[: len(self.levels[0]) - start]
        if not len(data):
            return
        rows = np.stack([data.min(1), data.max(1), np.sqrt(np.square(data).mean(1))], 1)
        self.levels[0][start : start + len(data)] = np.clip(np.rint(rows * _FULL), -_FULL, _FULL)
        self.filled = start + len(data)
        low, high = start, self.filled
        for below, level in zip(self.levels, self.levels[1:], strict=False):
            low, high = low // STEP, math.ceil(high / STEP)
            part = below[low * STEP : high * STEP]
            if len(part) < (high - low) * STEP:
                part = np.concatenate([part, np.repeat(part[-1:], (high - low) * STEP - len(part), 0)])
            level[low:high] = _joined(part.reshape(high - low, STEP, 3))

    def columns(self, start_s: float, px_per_s: float, count: int) -> NDArray[np.float32]:
        """Levels of `count` neighbouring pixels from `start_s` on: float32 [count, 3] smallest, largest, mean in -1 to 1."""
        at = 0
        bins = self.bins_per_s / px_per_s  # of the level chosen, per pixel
        while bins >= STEP and at + 1 < len(self.levels):
            at, bins = at + 1, bins / STEP
        level = self.levels[at]
        edges = (start_s * self.bins_per_s / STEP**at + bins * np.arange(count + 1)).astype(np.int64)
        inside = (edges[:-1] >= 0) & (edges[:-1] < len(level))
        first = np.clip(edges[:-1], 0, len(level) - 1)
        out = level[first].astype(np.float32)
        # At most STEP + 1 bins lie under a pixel.
        for k in range(1, math.ceil(bins) + 1):
            index = np.minimum(first + k, len(level) - 1)
            more = first + k < edges[1:]
            other = level[index]
            out[:, 0] = np.where(more, np.minimum(out[:, 0], other[:, 0]), out[:, 0])
            out[:, 1] = np.where(more, np.maximum(out[:, 1], other[:, 1]), out[:, 1])
            out[:, 2] = np.where(more, np.maximum(out[:, 2], other[:, 2]), out[:, 2])
        out[~inside] = 0.0
        return out / np.float32(_FULL)


def _joined(groups: NDArray[np.int16]) -> NDArray[np.int16]:
    """Levels [N, STEP, 3] made one of the next level: int16 [N, 3]."""
    mean = np.sqrt(np.square(groups[:, :, 2].astype(np.float32)).mean(1))
    return np.stack([groups[:, :, 0].min(1), groups[:, :, 1].max(1), mean.astype(np.int16)], 1)


def build(sound: Sound, job: Job, on_growth: Callable[[Pyramid], None] | None = None) -> Pyramid:
    """The pyramid of a sound, from the disk if it was made before.

    Args:
        sound: what to look at; read in blocks.
        job: progress and cancelling.
        on_growth: called on this thread, first with the empty pyramid, then as it fills.

    Raises:
        InvalidInput: the sound cannot be read any more.
        Cancelled: the job was cancelled.
    """
    pyramid = Pyramid(sound.frames, sound.sample_rate)
    keep = sound.duration_s >= KEEP_FROM_S
    if keep and _load(pyramid, sound.digest):
        return pyramid
    if on_growth is not None:
        on_growth(pyramid)
    for block in sound.blocks(block_s=10.0):
        pyramid.add(block)
        job.report(pyramid.filled, len(pyramid.levels[0]), "drawing the waveform")
        if on_growth is not None:
            on_growth(pyramid)
    pyramid.finish()
    if keep:
        _save(pyramid, sound.digest)
    return pyramid


def _file(digest: str) -> Path:
    folder = assets.user_cache() / "waveforms"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{digest}.npz"


def _save(pyramid: Pyramid, digest: str) -> None:
    with replacing(_file(digest)) as temporary:
        np.savez(temporary, *pyramid.levels)


def _load(pyramid: Pyramid, digest: str) -> bool:
    """Fill the pyramid from the disk; False where nothing fitting is there."""
    try:
        with np.load(_file(digest), allow_pickle=False) as file:
            levels = [file[name] for name in file.files]
    except (OSError, ValueError, zipfile.BadZipFile):
        return False
    if [(a.shape, a.dtype) for a in levels] != [(a.shape, a.dtype) for a in pyramid.levels]:
        return False
    pyramid.levels = levels
    pyramid.filled = len(levels[0])
    return True
