"""Where one recording of a sentence lies on another: their bands of loudness, slid along each other. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core.jobs import SILENT, Job

if TYPE_CHECKING:
    from engine.speech.files import Sound

RATE = 8000
HOP_S = 0.01
MOST_S = 600.0  # of either sound is compared
SURE = 0.42  # correlation from which it is said to be the same sentence
_WINDOW, _BANDS, _LOW_HZ = 256, 20, 120.0
_LEAST_S = 0.5  # that must lie together
_SLOW = 15  # frames: what changes more slowly is the same in any two sentences
_FLOOR_DB = 50.0  # what is softer than the loudest by more is silence


@dataclass(frozen=True)
class Alignment:
    """Where a sound lies on another.

    Args:
        start_s: of its first sample, seconds of the other; may be negative.
        likeness: correlation of the two there, -1 to 1.
    """

    start_s: float
    likeness: float


def bands(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """How much louder each band is than shortly before and after, in a frame every `HOP_S`: [F, B], dB.

    Args:
        samples: float32 [S] at `RATE`.
    """
    hop = round(HOP_S * RATE)
    padded = np.pad(samples, (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: len(samples) : hop]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    edges = np.geomspace(_LOW_HZ, RATE / 2, _BANDS + 1) / RATE * _WINDOW
    cut = np.unique(np.round(edges).astype(int))
    loud = 10 * np.log10(np.add.reduceat(power, cut[:-1], axis=1) + 1e-12)
    loud = np.maximum(loud - (loud.max(initial=-120.0) - _FLOOR_DB), 0.0)
    beside = np.pad(loud, ((_SLOW // 2 + 1, _SLOW // 2), (0, 0)), mode="edge").cumsum(0)
    out: NDArray[np.float64] = loud - (beside[_SLOW:] - beside[:-_SLOW]) / _SLOW
    return out


def aligned(film: NDArray[np.float32], line: NDArray[np.float32]) -> Alignment | None:
    """Where the film's sound lies on the line's; None where they are too short or nothing is heard.

    Args:
        film: float32 [S] at `RATE`.
        line: float32 [T] at `RATE`.
    """
    moving, fixed = bands(film), bands(line)
    least = round(_LEAST_S / HOP_S)
    if min(len(moving), len(fixed)) < least or min(np.ptp(moving), np.ptp(fixed)) < 1.0:
        return None
    size = 1 << (len(moving) + len(fixed) - 1).bit_length()
    moving, fixed = moving - moving.mean(0), fixed - fixed.mean(0)

    def slid(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sums over what lies together, for each lag of a behind the start of b, from -len(a) + 1 on."""
        out = np.fft.irfft((np.conj(np.fft.rfft(a, size, axis=0)) * np.fft.rfft(b, size, axis=0)).sum(1), size)
        return np.roll(out, len(a) - 1)[: len(a) + len(b) - 1]

    together = slid(np.ones((len(moving), 1)), np.ones((len(fixed), 1)))
    energy = slid((moving**2).sum(1, keepdims=True), np.ones((len(fixed), 1))) * slid(np.ones((len(moving), 1)), (fixed**2).sum(1, keepdims=True))
    # A short end that happens to match is less than a long stretch that does.
    whole = min(len(moving), len(fixed))
    score = slid(moving, fixed) / np.sqrt(np.maximum(energy, 1e-9)) * np.sqrt(np.minimum(1.0, together / whole))
    score[together < least] = -1.0
    at = int(score.argmax())
    part = 0.0
    if 0 < at < len(score) - 1:  # between frames: the top of a parabola through three
        before, top, after = score[at - 1 : at + 2]
        bend = before - 2 * top + after
        part = float(0.5 * (before - after) / bend) if bend < 0 else 0.0
    return Alignment((at - len(moving) + 1 + part) * HOP_S, float(score[at]))


def find(film: Sound, line: Sound, job: Job = SILENT) -> Alignment | None:
    """Where a film's sound lies on a line's; None where it is another sentence, or nothing is heard.

    Args:
        film: the film's sound.
        line: the line's.
        job: progress and cancelling.

    Raises:
        Cancelled: the job was cancelled.
    """
    heard = film.read(0.0, min(film.duration_s, MOST_S), RATE)
    job.check()
    there = line.read(0.0, min(line.duration_s, MOST_S), RATE)
    job.check()
    found = aligned(heard, there)
    return found if found is not None and found.likeness >= SURE else None
