"""Small media files made on the spot with PyAV's own encoders, and how far a decoded sound is from what was encoded."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def bursts(rate: int, duration_s: float = 3.0, seed: int = 3) -> Samples:
    """Short bursts of noise at uneven distances, float32 [S]: any delay shows in their cross-correlation."""
    random = np.random.default_rng(seed)
    count = int(duration_s * rate)
    noise = np.convolve(random.standard_normal(count), np.hanning(max(3, rate // 2500)), "same")
    envelope = np.zeros(count)
    for start_s in (0.08, 0.9, 1.75, 2.6):
        start = int(start_s * rate)
        part = envelope[start : start + rate // 8]
        part[:] = np.hanning(rate // 8)[: len(part)]
    signal = noise * envelope
    return (0.7 * signal / np.abs(signal).max()).astype(np.float32)


def encode(path: Path, samples: Samples, rate: int, codec: str, *, form: str = "", options: dict[str, str] | None = None, video: bool = False) -> Path:
    """Encode [S] or [S, C]; `form` is FFmpeg's container where the suffix does not say; `video` adds a moving picture of the same length."""
    wide = samples[:, None] if samples.ndim == 1 else samples
    layout = {1: "mono", 2: "stereo", 4: "quad", 6: "5.1", 8: "7.1"}[wide.shape[1]]
    with av.open(str(path), "w", format=form or None, options=options or {}) as out:
        picture = out.add_stream("libx264" if path.suffix in (".mp4", ".mov", ".mkv") else "libvpx", rate=25) if video else None
        sound = out.add_stream(codec, rate=rate, layout=layout)
        if codec == "vorbis":
            sound.codec_context.options = {"strict": "experimental"}
        if picture is not None:
            picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
            for number in range(len(wide) * 25 // rate):
                frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number % 256, np.uint8), format="rgb24")
                frame.pts, frame.time_base = number, Fraction(1, 25)
                out.mux(picture.encode(frame))
            out.mux(picture.encode(None))
        if not sound.codec_context.is_open:
            sound.codec_context.open()
        size = sound.codec_context.frame_size or 1024
        resampler = av.AudioResampler(sound.codec_context.format, layout, rate, frame_size=size)
        whole = av.AudioFrame.from_ndarray(np.ascontiguousarray(wide.reshape(1, -1)), format="flt", layout=layout)
        whole.sample_rate, whole.pts, whole.time_base = rate, 0, Fraction(1, rate)
        for frame in [*resampler.resample(whole), *resampler.resample(None)]:
            out.mux(sound.encode(frame))
        out.mux(sound.encode(None))
    return path


def offset_ms(found: Samples, wanted: Samples, rate: int) -> float:
    """Milliseconds by which `found` is late, to a tenth of a sample."""
    size = 1 << (max(len(found), len(wanted)) * 2 - 1).bit_length()
    spectrum = np.fft.rfft(found, size) * np.conj(np.fft.rfft(wanted, size))
    correlation = np.fft.irfft(spectrum, size)
    at = int(np.argmax(correlation))
    left, middle, right = (correlation[(at + i) % size] for i in (-1, 0, 1))
    fine = at + 0.5 * (left - right) / (left - 2 * middle + right)
    return float((fine - size if fine > size / 2 else fine) / rate * 1000)
