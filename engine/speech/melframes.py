"""What the encoder reads: log-mel frames at 100 Hz, with a running mean taken off, whole or as the sound comes in."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft

RATE, HOP, WINDOW, FFT = 16000, 160, 400, 512
LEAD = (WINDOW - HOP) // 2  # samples a frame reads before its own hop, and after it
BANDS = 64
_LOW_HZ, _HIGH_HZ = 60.0, 7600.0
_KNEE = 0.6  # of 8 kHz
_FLOOR = 1e-6  # hides the noise of 16 bits and digital silence alike
# The running mean begins as if so many frames of average speech had been heard, and forgets after so many.
_PRIOR_FRAMES, _MEMORY_FRAMES = 50.0, 400.0
_SCALE = 3.0  # nepers: about the spread of a band in speech


@lru_cache(maxsize=1)
def filters() -> np.ndarray:
    """Mel filters, float32 [FFT / 2 + 1, BANDS]."""
    edges = np.linspace(_mel(_LOW_HZ), _mel(_HIGH_HZ), BANDS + 2)
    place = _mel(np.arange(FFT // 2 + 1) * RATE / FFT)
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    rising = (place[:, None] - low) / (middle - low)
    falling = (high - place[:, None]) / (high - middle)
    return np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)


def _mel(hertz: np.ndarray | float) -> np.ndarray:
    return np.asarray(2595.0 * np.log10(1.0 + np.asarray(hertz, float) / 700.0))


@lru_cache(maxsize=1)
def _window() -> np.ndarray:
    return np.hanning(WINDOW).astype(np.float32)


def power(samples: np.ndarray) -> np.ndarray:
    """Power spectra, float32 [F, FFT / 2 + 1], F = samples // HOP; frame n is centred at (n + 0.5) * 10 ms.

    Args:
        samples: float32 [S] at 16 kHz; silence is taken to lie around them.
    """
    count = len(samples) // HOP
    padded = np.concatenate([np.zeros(LEAD, np.float32), samples[: count * HOP + LEAD], np.zeros(LEAD, np.float32)])
    return framed(padded, count)


def framed(padded: np.ndarray, count: int) -> np.ndarray:
    """Power spectra of `count` windows, the first beginning at the first sample; [count, FFT / 2 + 1]."""
    if not count:
        return np.zeros((0, FFT // 2 + 1), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(padded.astype(np.float32, copy=False), WINDOW)[::HOP][:count] * _window()
    spectra = scipy.fft.rfft(windows, FFT)  # stays in single precision
    return (spectra.real**2 + spectra.imag**2).astype(np.float32)


@lru_cache(maxsize=32)
def warped_filters(factor: float) -> np.ndarray:
    """Mel filters over a frequency axis stretched by `factor`, as for a shorter vocal tract, which bends back above 4.8 kHz to meet the end.

    Source: Lee and Rose, "A frequency warping approach to speaker normalization", 1998 (piecewise linear); [FFT / 2 + 1, BANDS].
    """
    if factor == 1.0:
        return filters()
    place = np.arange(FFT // 2 + 1) / (FFT // 2)
    bent = np.where(place < _KNEE, place * factor, _KNEE * factor + (place - _KNEE) * (1 - _KNEE * factor) / (1 - _KNEE))
    at = np.arange(FFT // 2 + 1)
    return np.stack([np.interp(bent * (FFT // 2), at, band) for band in filters().T], axis=1).astype(np.float32)


def log_mel(spectra: np.ndarray, factor: float = 1.0) -> np.ndarray:
    """Natural log of mel energies, float32 [F, BANDS].

    Args:
        spectra: from `power`.
        factor: of the frequency axis, see `warped_filters`.
    """
    return np.log(spectra @ warped_filters(factor) + _FLOOR)


@lru_cache(maxsize=1)
def prior() -> np.ndarray:
    """Mean log-mel of speech at -26 dB of full scale, float32 [BANDS]: what the running mean begins with (measured on the training set)."""
    return np.interp(np.linspace(0, 1, BANDS), np.linspace(0, 1, len(_PRIOR)), _PRIOR).astype(np.float32)


_PRIOR = (-4.6, -2.3, -3.4, -3.9, -5.1, -5.7, -6.1, -6.2, -6.4, -6.3, -5.9, -6.2, -6.6, -7.3, -7.2, -7.8, -8.5)


class RunningMean:
    """Takes the mean so far off each frame; nothing after a frame changes it.

    Args:
        batch: how many recordings are heard side by side; 0 for one, without an axis of its own.
    """

    def __init__(self, batch: int = 0) -> None:
        self._mean = np.broadcast_to(prior(), (batch, BANDS) if batch else (BANDS,)).astype(np.float32)
        self._heard = _PRIOR_FRAMES

    def __call__(self, levels: np.ndarray) -> np.ndarray:
        """Normalised frames, float32 [..., F, BANDS], of the next log-mel frames [..., F, BANDS]."""
        out = np.empty(levels.shape, np.float32)
        for i in range(levels.shape[-2]):
            row = levels[..., i, :]
            self._heard = min(self._heard + 1.0, _MEMORY_FRAMES)
            self._mean = self._mean + (row - self._mean) / np.float32(self._heard)
            out[..., i, :] = (row - self._mean) / _SCALE
        return out


def normalised(levels: np.ndarray) -> np.ndarray:
    """Frames with the mean of the recording around them taken off, float32 [F, BANDS]: for the network that looks both ways.

    Args:
        levels: log-mel [F, BANDS].
    """
    count = len(levels)
    reach = int(_MEMORY_FRAMES)
    sums = np.concatenate([np.zeros((1, BANDS)), np.cumsum(levels.astype(np.float64), axis=0)])
    first, last = np.maximum(np.arange(count) - reach, 0), np.minimum(np.arange(count) + reach, count)
    known = (last - first)[:, None]
    mean = (sums[last] - sums[first] + prior() * (_PRIOR_FRAMES / 5)) / (known + _PRIOR_FRAMES / 5)
    return ((levels - mean) / _SCALE).astype(np.float32)
