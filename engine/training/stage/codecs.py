"""What telephones and files do to a voice: mu-law, narrow bands, MP3 and Opus, without shifting it in time."""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
import scipy.signal

from engine.training.stage.spoken import RATE

# Name -> (container, encoder, lowest and highest bits a second).
COMPRESSED: dict[str, tuple[str, str, int, int]] = {"mp3": ("mp3", "libmp3lame", 24_000, 64_000), "opus": ("ogg", "libopus", 8_000, 32_000)}
# Name -> highest frequency that passes.
TELEPHONES: dict[str, float] = {"mulaw": 3400.0, "wideband": 7000.0}
CODECS: tuple[str, ...] = (*TELEPHONES, *COMPRESSED)
_MU = 255.0
_LONGEST_LAG = 4096


def mulaw(samples: np.ndarray) -> np.ndarray:
    """Through eight bits of mu-law (ITU-T G.711's continuous form) and back."""
    coded = np.sign(samples) * np.log1p(_MU * np.abs(np.clip(samples, -1, 1))) / np.log1p(_MU)
    kept = np.round(coded * 127.5) / 127.5
    return np.sign(kept) * np.expm1(np.abs(kept) * np.log1p(_MU)) / _MU


def telephone(samples: np.ndarray, kind: str) -> np.ndarray:
    """Band-limited as the line does it, forwards and backwards so that nothing moves; a narrow one also through mu-law."""
    top = TELEPHONES[kind]
    sections = scipy.signal.butter(4, [(300.0 if kind == "mulaw" else 50.0), top], "bandpass", fs=RATE, output="sos")
    passed = scipy.signal.sosfiltfilt(sections, samples, padlen=min(200, len(samples) - 1))
    return mulaw(passed) if kind == "mulaw" else passed


def _encoded(samples: np.ndarray, container: str, encoder: str, bit_rate: int) -> bytes:
    memory = io.BytesIO()
    with av.open(memory, "w", format=container) as out:
        stream = out.add_stream(encoder, rate=RATE)
        assert isinstance(stream, av.AudioStream)
        stream.bit_rate, stream.layout = bit_rate, av.AudioLayout("mono")
        pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), 0
        resampler = av.AudioResampler(stream.format, stream.layout, stream.rate, frame_size=stream.frame_size or 0)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return memory.getvalue()


def _decoded(data: bytes) -> np.ndarray:
    with av.open(io.BytesIO(data), "r") as file:
        resampler = av.AudioResampler("flt", "mono", RATE)
        frames = [piece for frame in file.decode(audio=0) for piece in resampler.resample(frame)]
        frames += resampler.resample(None)
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


def _lag(reference: np.ndarray, other: np.ndarray) -> int:
    """Samples by which `other` comes later, by cross-correlation."""
    size = 1 << int(np.ceil(np.log2(len(reference) + len(other))))
    both = np.fft.irfft(np.fft.rfft(other, size) * np.conj(np.fft.rfft(reference, size)), size)
    lags = np.concatenate([both[-_LONGEST_LAG:], both[: _LONGEST_LAG + 1]])
    return int(np.argmax(lags)) - _LONGEST_LAG


def compressed(samples: np.ndarray, kind: str, bit_rate: int) -> np.ndarray:
    """Through an encoder and its decoder, its delay taken out.

    Args:
        samples: float [S] at `RATE`.
        kind: one of `COMPRESSED`.
        bit_rate: bits a second.

    Returns:
        float64 [S].
    """
    container, encoder, _, _ = COMPRESSED[kind]
    back = _decoded(_encoded(samples, container, encoder, bit_rate)).astype(np.float64)
    late = _lag(samples, back)
    back = back[late:] if late > 0 else np.pad(back, (-late, 0))
    return np.pad(back, (0, max(0, len(samples) - len(back))))[: len(samples)]
