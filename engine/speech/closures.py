"""When the lips are shut: the closure of p, b, m and their kin, found in the sound within the aligned phoneme.

A nasal is shut as long as it lasts. A stop is shut until its burst, which is where the level between 1.5 and 5 kHz rises
fastest; what follows (release, aspiration) belongs to the phoneme but not to the closure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.speech.files import Sound
from engine.speech.phonemes import PAUSE, features, is_bilabial

CLOSURE_DTYPE = np.dtype([("phoneme", "i4"), ("start_s", "f8"), ("end_s", "f8")])
_RATE, _HOP, _WINDOW, _FFT = 16000, 16, 96, 128
_BAND_HZ = (1500, 5000)
# Milliseconds compared before and after a moment; level lost per millisecond of distance from where bursts usually are.
_BEFORE, _AFTER, _PULL_DB = 12, 6, 0.2
_USUAL_SHARE, _EARLIEST_S, _LATEST_S = 0.62, 0.008, 0.004
# A stop that begins after a pause: its silent closure is heard as part of the pause, the lips meet at least so early.
_SILENT_CLOSURE_S = 0.06
_CHUNK_S = 20.0
_MARGIN_S = 0.1


@dataclass(frozen=True)
class KnownClosures:
    """Closures found before, to be used again where the phoneme is unchanged.

    Args:
        phonemes: `PHONEME_DTYPE` track they belong to.
        closures: `CLOSURE_DTYPE`.
    """

    phonemes: np.ndarray
    closures: np.ndarray


def _level_db(samples: np.ndarray) -> np.ndarray:
    """Level between 1.5 and 5 kHz at each millisecond."""
    count = len(samples) // _HOP
    padded = np.pad(samples.astype(np.float32), (_WINDOW // 2, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::_HOP][:count]
    power = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW).astype(np.float32), _FFT)) ** 2
    hertz = np.fft.rfftfreq(_FFT, 1 / _RATE)
    return 10 * np.log10(power[:, (hertz >= _BAND_HZ[0]) & (hertz < _BAND_HZ[1])].sum(1) + 1e-9)


def _burst(level_db: np.ndarray, start_s: float, end_s: float) -> float:
    """Seconds of the steepest rise within a stop; its end where there is no room to look."""
    first = max(int((start_s + _EARLIEST_S) * 1000), _BEFORE)
    last = min(int((end_s + _LATEST_S) * 1000), len(level_db) - _AFTER)
    if last - first < 2:
        return end_s
    moment = np.arange(first, last)
    sums = np.concatenate([[0.0], np.cumsum(level_db)])
    rise = (sums[moment + _AFTER] - sums[moment]) / _AFTER - (sums[moment] - sums[moment - _BEFORE]) / _BEFORE
    usual = start_s + _USUAL_SHARE * (end_s - start_s)
    return float(moment[np.argmax(rise - _PULL_DB * np.abs(moment - usual * 1000))]) / 1000


def _key(phoneme: np.void, before: np.void | None) -> tuple[str, float, float, bool]:
    pause = before is None or before["label"] == PAUSE
    return (str(phoneme["label"]), round(float(phoneme["start_s"]), 5), round(float(phoneme["end_s"]), 5), pause)


def _keys(phonemes: np.ndarray, indices: np.ndarray) -> list[tuple[str, float, float, bool]]:
    return [_key(phonemes[i], phonemes[i - 1] if i else None) for i in indices]


def lip_closures(phonemes: np.ndarray, sound: Sound, known: KnownClosures | None = None) -> np.ndarray:
    """The stretch in which each bilabial of a track has the lips shut.

    Args:
        phonemes: `PHONEME_DTYPE`.
        sound: the line's sound.
        known: closures of an earlier track of the same sound.

    Returns:
        `CLOSURE_DTYPE` [C], in order; `phoneme` indexes the track. A closure may begin in the pause before its stop.
    """
    indices = np.array([i for i, label in enumerate(phonemes["label"]) if is_bilabial(str(label))], int)
    out = np.zeros(len(indices), CLOSURE_DTYPE)
    out["phoneme"] = indices
    found = {}
    if known is not None:
        old = zip(_keys(known.phonemes, known.closures["phoneme"]), known.closures, strict=True)
        found = {key: (row["start_s"], row["end_s"]) for key, row in old}
    at, level = np.inf, np.zeros(0)
    for row, key in zip(out, _keys(phonemes, indices), strict=True):
        if key in found:
            row["start_s"], row["end_s"] = found[key]
            continue
        label, after_pause = key[0], key[3]
        start, end = float(phonemes["start_s"][row["phoneme"]]), float(phonemes["end_s"][row["phoneme"]])
        if features(label).manner in ("stop", "affricate"):
            if not at <= start - _MARGIN_S / 2 <= end <= at + len(level) / 1000 - _MARGIN_S / 2:
                at = max(0, math.floor((start - _MARGIN_S) * 100)) / 100  # on the grid, so that the answer does not depend on the neighbours
                level = _level_db(sound.read(at, min(sound.duration_s, max(at + _CHUNK_S, end + _MARGIN_S)), _RATE))
            end = min(end, max(start + _EARLIEST_S, at + _burst(level, start - at, end - at)))
            if after_pause:
                start = max(0.0, min(start, end - _SILENT_CLOSURE_S))
        row["start_s"], row["end_s"] = start, end
    return out
