"""Pitch, voicing and loudness of a whole recording at 100 frames a second, in stretches, so that memory stays bounded.

Source: Boersma 1993, "Accurate short-term analysis of the fundamental frequency" (Praat's autocorrelation method), in two passes
whose second is limited to the voice's own range as De Looze and Hirst 2008 have it, per stretch, as speakers change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import parselmouth
from numpy.typing import NDArray

from engine.core.jobs import SILENT, Job
from engine.speech.files import Sound

RATE = 16000
FRAME_RATE = 100
HOP = RATE // FRAME_RATE
_STRETCH = 3000  # frames analysed at once: 30 s
_PIECE = 1000  # frames whose pitch is found in one call
MARGIN = 100  # frames of context on both sides, for the path through pitch candidates
_WIDE_HZ = (60.0, 750.0)
_LOUDNESS_WINDOW = 400  # samples, 25 ms
_SILENCE_DB = -120.0
# The first formant rises as the jaw opens (Lindblom and Sundberg 1971): bands where close and open vowels have theirs.
_BALANCE_HZ = ((150.0, 450.0), (550.0, 1100.0))


@dataclass(frozen=True)
class Tracks:
    """Raw tracks, all float32 [N]; frame n is centred at (n + 0.5) * 10 ms.

    Args:
        pitch_hz: fundamental frequency, 0 where unvoiced.
        periodicity: height of the autocorrelation peak, 0 to 1; 0 where unvoiced.
        level_db: RMS over 25 ms, in dB of full scale; -120 in digital silence.
        balance_db: level about the first formant of open vowels over that of close ones, see `_BALANCE_HZ`.
    """

    pitch_hz: NDArray[np.float32]
    periodicity: NDArray[np.float32]
    level_db: NDArray[np.float32]
    balance_db: NDArray[np.float32]


def tracks(sound: Sound, job: Job = SILENT) -> Tracks:
    """Analyse a recording.

    Args:
        sound: of any length.
        job: reports seconds done.

    Raises:
        Cancelled: the job was cancelled.
    """
    count = max(1, -(-sound.count(RATE) // HOP))
    out = np.zeros((4, count), np.float32)
    for start, stretch in stretches(sound):
        stop = min(count, start + _STRETCH)
        pitch, periodicity = _pitch(stretch, stop - start)
        out[0, start:stop], out[1, start:stop] = pitch, periodicity
        out[2, start:stop] = _level(stretch, stop - start)
        out[3, start:stop] = _balance(stretch, stop - start)
        job.report(stop / FRAME_RATE, count / FRAME_RATE, "measuring pitch and loudness")
    return Tracks(out[0], out[1], out[2], out[3])


def stretches(sound: Sound) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """(first frame, samples) of every stretch, with `MARGIN` frames of context around it; silence outside the recording."""
    margin, size = MARGIN * HOP, _STRETCH * HOP
    held = np.zeros(margin, np.float32)  # what is before the stretch
    start = 0
    ahead = np.zeros(0, np.float32)
    for block in sound.blocks(RATE, block_s=size / RATE):
        ahead = np.concatenate([ahead, block])
        while len(ahead) >= size + margin:
            yield start, np.concatenate([held, ahead[: size + margin]])
            held, ahead, start = ahead[size - margin : size], ahead[size:], start + _STRETCH
    while len(ahead) > 0:
        stretch = np.zeros(margin + size + margin, np.float32)
        stretch[:margin] = held
        stretch[margin : margin + len(ahead)] = ahead[: size + margin]
        yield start, stretch
        held, ahead, start = stretch[size : size + margin], ahead[size:], start + _STRETCH


def _pitch(stretch: NDArray[np.float32], count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Pitch and periodicity [count] of a stretch with margins."""
    if not stretch.any():
        return np.zeros(count, np.float32), np.zeros(count, np.float32)
    low, high = _WIDE_HZ
    # In pieces: Praat lets no other thread run while it works, and the window must.
    halves = (parselmouth.Sound(half.astype(np.float64), RATE) for half in np.array_split(stretch, 2))
    coarse = np.concatenate([half.to_pitch_ac(2.0 / FRAME_RATE, low, pitch_ceiling=high).selected_array["frequency"] for half in halves])
    heard = coarse[coarse > 0]
    if len(heard) >= 10:
        quarter, three_quarters = np.quantile(heard, (0.25, 0.75))
        low, high = max(low, 0.7 * float(quarter)), min(high, 2.2 * float(three_quarters))
    pieces = [_analyse(stretch[first * HOP :], min(_PIECE, count - first), low, high) for first in range(0, count, _PIECE)]
    return np.concatenate([pitch for pitch, _ in pieces]), np.concatenate([periodicity for _, periodicity in pieces])


def _analyse(stretch: NDArray[np.float32], count: int, floor_hz: float, ceiling_hz: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    # Praat centres its frames in what it is given: a piece of one window and whole hops puts them on our grid. The window is
    # three periods of the floor; two samples more keep rounding from costing the last frame.
    window = 2 * round(1.5 * RATE / floor_hz)
    context = MARGIN - -(-window // (2 * HOP)) - 1
    first = (MARGIN - context) * HOP + HOP // 2 - window // 2
    piece = stretch[first : first + window + (count + 2 * context - 1) * HOP + 2]
    found = parselmouth.Sound(piece.astype(np.float64), RATE).to_pitch_ac(1.0 / FRAME_RATE, 3.0 * RATE / window, pitch_ceiling=ceiling_hz)
    chosen = found.selected_array[context : context + count]
    pitch = chosen["frequency"].astype(np.float32)
    periodicity = np.where(pitch > 0, np.clip(chosen["strength"], 0.0, 1.0), 0.0).astype(np.float32)
    return pitch, periodicity


def _frames(stretch: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Windows of `_LOUDNESS_WINDOW` samples centred on the frames, [count, window]."""
    first = MARGIN * HOP + HOP // 2 - _LOUDNESS_WINDOW // 2
    return np.lib.stride_tricks.sliding_window_view(stretch[first : first + (count - 1) * HOP + _LOUDNESS_WINDOW], _LOUDNESS_WINDOW)[::HOP]


def _balance(stretch: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Balance of the two bands in dB, [count]."""
    power = np.abs(np.fft.rfft(_frames(stretch, count) * np.hanning(_LOUDNESS_WINDOW).astype(np.float32))) ** 2
    hz = np.fft.rfftfreq(_LOUDNESS_WINDOW, 1 / RATE)
    low, high = (10.0 * np.log10(power[:, (hz >= a) & (hz < b)].sum(1) + 1e-9) for a, b in _BALANCE_HZ)
    out: NDArray[np.float32] = (high - low).astype(np.float32)
    return out


def _level(stretch: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Level in dB, [count]."""
    hann = np.hanning(_LOUDNESS_WINDOW + 2)[1:-1]
    power = _frames(stretch**2, count) @ (hann / hann.sum()).astype(np.float32)
    out: NDArray[np.float32] = (10.0 * np.log10(np.maximum(power, 10.0 ** (_SILENCE_DB / 10)))).astype(np.float32)
    return out
