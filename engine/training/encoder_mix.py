"""Batches for the encoder: stretches of labelled speech as other people, rooms, microphones and noise would have made them.

Each stretch is drawn from one source, at another speed, with the frequency axis warped as by a longer or shorter vocal tract, through a
room, a microphone curve and noise at 0 to 40 dB; some bands and moments are blanked (SpecAugment). A batch depends on its generator alone.

Source: Jaitly and Hinton 2013 (vocal tract length perturbation); Ko et al. 2015 (speed); Ko et al. 2017 (simulated rooms); Park et al. 2019
(SpecAugment).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.fft
import soxr

from engine.speech.melframes import BANDS, HOP, RATE, RunningMean, log_mel, normalised, power
from engine.training.encoder_store import UNKNOWN, Source

_WARPS = tuple(float(x) for x in np.linspace(0.84, 1.19, 15))
_LEAST_GAP, _MOST_GAP = 5, 40  # frames of pause between two clips
_FADE = 160


@dataclass(frozen=True)
class Mix:
    """How stretches are drawn.

    Args:
        frames: of one stretch, even.
        shares: how often each source is drawn, by name; those that are not there are left out.
        clean: share of stretches with hardly any noise.
        snr_db: range of the noise otherwise.
        blanks: how often bands and moments are blanked.
    """

    frames: int = 320
    shares: tuple[tuple[str, float], ...] = ()
    clean: float = 0.3
    snr_db: tuple[float, float] = (0.0, 30.0)
    blanks: int = 1


@dataclass(frozen=True)
class Stretch:
    """Sound and labels before features: samples float32 [S], labels uint8 [F, 3], pitch float32 [F]."""

    samples: np.ndarray
    labels: np.ndarray
    pitch: np.ndarray


def _piece(source: Source, clips: np.ndarray, wanted: int, rng: np.random.Generator) -> Stretch:
    """Up to `wanted` frames of one clip."""
    clip = int(rng.choice(clips))
    first, last = int(source.starts[clip]), int(source.starts[clip + 1])
    if last - first > wanted:
        first = int(rng.integers(first, last - wanted + 1))
        last = first + wanted
    samples = source.samples[first * HOP : last * HOP].astype(np.float32) / 32768.0
    return Stretch(samples, source.labels[first:last], source.pitch[first:last].astype(np.float32))


def draw(source: Source, clips: np.ndarray, frames: int, rng: np.random.Generator) -> Stretch:
    """Clips of one source with pauses between them, `frames` long, at a speed of their own."""
    speed = float(rng.uniform(0.86, 1.17))
    wanted = int(np.ceil(frames * speed)) + 2
    samples, labels, pitch = [], [], []
    have = 0
    while have < wanted:
        piece = _piece(source, clips, wanted, rng)
        gap = min(int(rng.integers(_LEAST_GAP, _MOST_GAP)), wanted - have) if have else 0
        edged = piece.samples.copy()
        edged[:_FADE] *= np.linspace(0, 1, _FADE, dtype=np.float32)
        edged[-_FADE:] *= np.linspace(1, 0, _FADE, dtype=np.float32)
        quiet = np.zeros((gap, 3), np.uint8)
        samples += [np.zeros(gap * HOP, np.float32), edged * np.float32(rng.uniform(0.6, 1.4))]
        labels += [quiet, piece.labels]
        pitch += [np.full(gap, np.nan, np.float32), piece.pitch]
        have += gap + len(piece.labels)
    whole = soxr.resample(np.concatenate(samples), RATE * speed, RATE, quality="QQ").astype(np.float32)
    place = np.minimum((np.arange(frames) + 0.5) * speed, have - 1).astype(int)
    whole = np.pad(whole, (0, max(0, frames * HOP - len(whole))))[: frames * HOP]
    return Stretch(whole, np.concatenate(labels)[place], np.concatenate(pitch)[place] + np.float32(np.log2(speed)))


def _coloured(count: int, slope: float, rng: np.random.Generator) -> np.ndarray:
    """Noise whose power falls with frequency to the power of `slope` (0 white, 1 pink), unit spread."""
    spectrum = scipy.fft.rfft(rng.standard_normal(count, np.float32))
    spectrum *= np.maximum(np.arange(len(spectrum)), 20 * count / RATE).astype(np.float32) ** (-slope / 2)
    noise = scipy.fft.irfft(spectrum, count)
    return np.asarray(noise / (noise.std() + 1e-9), np.float32)


def _room(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The sound in a room that dies away by 60 dB in 0.1 to 0.7 s; the direct sound stays where it is."""
    decay = float(rng.uniform(0.1, 0.7))
    length = int(decay * RATE * 0.7)
    response = rng.standard_normal(length, np.float32) * np.exp(-6.9 * np.arange(length, dtype=np.float32) / (decay * RATE))
    response[: int(rng.uniform(0.001, 0.006) * RATE)] = 0
    response *= float(rng.uniform(0.1, 0.7)) / (np.sqrt((response**2).sum()) + 1e-9)
    size = scipy.fft.next_fast_len(len(samples) + length)
    wet = scipy.fft.irfft(scipy.fft.rfft(samples, size) * scipy.fft.rfft(response.astype(np.float32), size), size)[: len(samples)]
    return np.asarray(samples + wet, np.float32)


def spoil(stretch: Stretch, others: Sequence[np.ndarray], mix: Mix, rng: np.random.Generator) -> np.ndarray:
    """The stretch's samples in a room, with noise or voices behind it, at some level; float32 [S].

    Args:
        stretch: what is heard.
        others: samples of other speech, for babble.
        mix: how much noise.
        rng: what decides.
    """
    samples = stretch.samples
    if rng.random() < 0.35:
        samples = _room(samples, rng)
    loudness = np.sqrt((samples**2).mean()) + 1e-6
    snr = float(rng.uniform(35, 60) if rng.random() < mix.clean else rng.uniform(*mix.snr_db))
    if rng.random() < 0.15 and others:
        noise = np.sum(others, axis=0)
        noise = noise / (noise.std() + 1e-6)
    else:
        noise = _coloured(len(samples), float(rng.choice([0.0, 0.5, 1.0, 1.0, 1.5])), rng)
    samples = samples + noise * np.float32(loudness * 10 ** (-snr / 20))
    return np.asarray(samples * np.float32(10 ** (rng.uniform(-42, -12) / 20) / loudness), np.float32)


def _microphone(rng: np.random.Generator) -> np.ndarray:
    """A smooth curve over the bands in nepers, sometimes a telephone's."""
    place = np.linspace(0, 1, BANDS)
    curve = sum(rng.normal(0, 0.8) * np.cos(np.pi * (k * place + rng.random())) for k in (0.5, 1, 2, 3))
    curve = curve + rng.normal(0, 1.0) * (place - 0.5)
    if rng.random() < 0.08:
        curve = curve - 12.0 * (place > 0.72) - 6.0 * (place < 0.06)
    return np.asarray(curve, np.float32)


def levels(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Log-mel [F, BANDS] through another vocal tract and microphone."""
    spectra = power(samples)
    index = int(rng.integers(len(_WARPS)))
    heard = log_mel(spectra, _WARPS[index] if rng.random() < 0.8 else 1.0) + _microphone(rng)
    return np.asarray(np.maximum(heard, np.log(1e-6)), np.float32)


def _blank(mel: np.ndarray, rng: np.random.Generator) -> None:
    """Blank some bands and moments of [F, BANDS], in place."""
    if rng.random() < 0.5:
        width, at = int(rng.integers(1, 9)), int(rng.integers(0, BANDS))
        mel[:, at : at + width] = 0
    if rng.random() < 0.4:
        width, at = int(rng.integers(2, 9)), int(rng.integers(0, len(mel)))
        mel[at : at + width] = 0


def batch(sources: Mapping[str, tuple[Source, np.ndarray]], mix: Mix, size: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """One batch.

    Args:
        sources: by name, each with the clips that may be drawn.
        mix: how.
        size: stretches.
        rng: what decides.

    Returns:
        causal, both: float32 [B, F, BANDS], the features as each network gets them; phones, visemes: int64 [B, F], -100 unknown;
        closure: float32 [B, F], not a number where unknown; pitch: float32 [B, F], the same where unvoiced; level: float32 [B, F].
    """
    names = [name for name, _ in mix.shares if name in sources]
    shares = np.array([share for name, share in mix.shares if name in sources])
    chosen = rng.choice(len(names), size, p=shares / shares.sum())
    stretches = [draw(*sources[names[i]], mix.frames, rng) for i in chosen]
    heard, level = [], []
    for i, stretch in enumerate(stretches):
        others = [stretches[(i + k) % size].samples for k in (1, 2, 3, 4)]
        samples = spoil(stretch, others, mix, rng)
        heard.append(levels(samples, rng))
        rms = np.sqrt((samples.reshape(-1, HOP) ** 2).mean(1) + 1e-10)
        level.append(2 * np.log10(rms))
    raw = np.stack(heard)
    causal, both = RunningMean(size)(raw), np.stack([normalised(x) for x in raw])
    for mel in (*causal, *both):
        for _ in range(mix.blanks):
            _blank(mel, rng)
    labels = np.stack([s.labels for s in stretches])
    wanted = np.where(labels == UNKNOWN, -100, labels.astype(np.int64))
    closure = np.where(labels[..., 2] == UNKNOWN, np.nan, labels[..., 2]).astype(np.float32)
    pitch = np.stack([s.pitch for s in stretches])
    return {"causal": causal, "both": both, "phones": wanted[..., 0], "visemes": wanted[..., 1], "closure": closure, "pitch": pitch,
            "level": np.stack(level).astype(np.float32)}  # fmt: skip


def plain(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Features of a recording as both networks get them when heard: ([F, BANDS] causal, [F, BANDS] both), F even."""
    count = len(samples) // HOP // 2 * 2
    raw = log_mel(power(samples[: count * HOP]))
    return RunningMean()(raw), normalised(raw)
