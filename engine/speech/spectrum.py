"""Log-mel and cepstral features with frames that stand where prosody's do: frame n is centred at (n + 0.5) hops.

Source: Davis and Mermelstein 1980 (cepstral coefficients of a mel-scale filter bank); mel scale of O'Shaughnessy 1987.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dct, next_fast_len, rfft

from engine.core.errors import InvalidInput

_FRAMES_AT_ONCE = 2000


@dataclass(frozen=True)
class MelConfig:
    """A mel filter bank over short-time power spectra.

    Args:
        window_s: length of the Hann window.
        hop_s: distance of frames.
        bands: triangular filters, equally wide on the mel scale.
        low_hz: lower edge of the first filter.
        high_hz: upper edge of the last; half the sample rate where that is less.
        floor: power added before the logarithm, so that silence is finite: -100 dB of full scale.
    """

    window_s: float = 0.025
    hop_s: float = 0.010
    bands: int = 40
    low_hz: float = 60.0
    high_hz: float = 7600.0
    floor: float = 1e-10

    def __post_init__(self) -> None:
        if self.window_s <= 0 or self.hop_s <= 0 or self.bands < 2 or not 0 <= self.low_hz < self.high_hz or self.floor <= 0:
            raise InvalidInput(f"mel configuration {self} is not usable", "give positive lengths, 2 or more bands and low_hz below high_hz")


def log_mel(samples: NDArray[np.float32], rate: int, config: MelConfig | None = None) -> NDArray[np.float32]:
    """Natural logarithm of the power in mel bands.

    Args:
        samples: float32 [S], full scale 1.
        rate: samples per second.
        config: window, hop and bands.

    Returns:
        float32 [ceil(S / hop), bands]; the sound is silent outside `samples`. A full-scale sine in the middle of a band gives
        about 0.

    Raises:
        InvalidInput: `samples` is not [S].
    """
    config = config or MelConfig()
    if samples.ndim != 1:
        raise InvalidInput(f"samples must be [S], got {list(samples.shape)}", "mix the channels to one")
    window, hop = round(config.window_s * rate), round(config.hop_s * rate)
    count = -(-len(samples) // hop)
    before = window // 2 - hop // 2
    padded = np.pad(samples, (max(0, before), window + hop))[max(0, -before) :]
    hann = np.hanning(window + 2)[1:-1].astype(np.float32)
    size = next_fast_len(window, real=True)
    weights = _filters(config, rate, size)
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop][:count]  # [T, window]
    out = np.empty((count, config.bands), np.float32)
    scale = np.float32((2.0 / hann.sum()) ** 2)
    for start in range(0, count, _FRAMES_AT_ONCE):
        spectrum = rfft(frames[start : start + _FRAMES_AT_ONCE] * hann, size)
        power = (spectrum.real**2 + spectrum.imag**2) * scale  # [t, size / 2 + 1]
        out[start : start + _FRAMES_AT_ONCE] = np.log(power @ weights + config.floor)
    return out


def mfcc(mel: NDArray[np.float32], count: int = 13) -> NDArray[np.float32]:
    """Cepstral coefficients 0 to `count` - 1 of log-mel frames, by an orthonormal DCT-II.

    Args:
        mel: float32 [T, bands], from `log_mel`.
        count: coefficients to keep, at most `bands`.

    Returns:
        float32 [T, count]; coefficient 0 is the loudness.
    """
    if mel.ndim != 2 or not 1 <= count <= mel.shape[1]:
        raise InvalidInput(f"{count} coefficients of log-mel frames {list(mel.shape)} cannot be had", "give [T, bands] and count <= bands")
    out: NDArray[np.float32] = dct(mel, type=2, norm="ortho", axis=1)[:, :count].astype(np.float32)
    return out


@lru_cache(maxsize=8)
def _filters(config: MelConfig, rate: int, size: int) -> NDArray[np.float32]:
    """Triangles of height 1, float32 [size / 2 + 1, bands]."""
    edges_mel = np.linspace(_mel(config.low_hz), _mel(min(config.high_hz, rate / 2)), config.bands + 2)
    edges = 700.0 * (np.exp(edges_mel / 1127.0) - 1.0)
    hz = np.arange(size // 2 + 1)[:, None] * rate / size
    low, middle, high = edges[:-2], edges[1:-1], edges[2:]
    weights = np.clip(np.minimum((hz - low) / (middle - low), (high - hz) / (high - middle)), 0.0, None)
    # At low frequencies a band may fall between two bins; it then takes the nearest.
    empty = weights.max(axis=0) < 0.1
    weights[np.abs(hz - middle).argmin(axis=0)[empty], np.flatnonzero(empty)] = 1.0
    return weights.astype(np.float32)


def _mel(hz: float) -> float:
    return float(1127.0 * np.log1p(hz / 700.0))
