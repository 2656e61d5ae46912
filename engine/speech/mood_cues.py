"""What emotion does to a voice, measured: cues of every 10 ms, and what sums up two seconds of them in 150 numbers.

Nothing is compared with other recordings of the voice. The level is taken relative to the loudest of the same two seconds, so that the
distance of the microphone does not count; the pitch is there as such and over the stretch's own floor.

Source: the choice follows Eyben et al., "The Geneva Minimalistic Acoustic Parameter Set (GeMAPS) for Voice Research and Affective Computing",
IEEE Transactions on Affective Computing 7(2), 2016 (pitch, loudness, harmonics to noise, harmonic differences, formants, alpha ratio, Hammarberg
index, slopes, flux, cepstrum, voiced rhythm), with modulations of the level after Wu, Falk and Chan, Speech Communication 53, 2011. We differ in
leaving out jitter and shimmer: on voices never heard they gained less than two seeds differ by, and they do not survive noise.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import parselmouth
from numpy.typing import NDArray

from engine.core.jobs import SILENT, Job
from engine.speech.files import Sound
from engine.speech.pitch import FRAME_RATE, HOP, MARGIN, RATE, stretches, tracks
from engine.speech.spectrum import MelConfig, log_mel, mfcc

Floats = NDArray[np.float64]
CEPSTRA = tuple(f"cepstrum{i}" for i in range(1, 13))
SPECTRAL = ("alpha", "hammarberg", "slope_low", "slope_mid", "slope_high", "flux", "centroid", "fricatives", "change")
VOICE = ("hnr", "h1_h2", "h2_h4", "formant1", "formant2", "formant3", "width1", "width2", "width3", "strength1", "strength2", "strength3")
CUES: tuple[str, ...] = ("pitch", "level", *SPECTRAL, *VOICE, *CEPSTRA)
_AT = {name: i for i, name in enumerate(CUES)}
_WINDOW, _BINS = 512, 1024  # samples of a spectrum, and of its transform
_PIECE = 100  # frames of which Praat finds the formants in one call: it lets no other thread run meanwhile
_CONTEXT = 5  # frames around a piece
_LOWEST_HZ = 55.0  # zero of the scale of pitch
_SLOPES_HZ = {"slope_low": (50.0, 500.0), "slope_mid": (500.0, 1500.0), "slope_high": (1500.0, 5000.0)}
_MODULATION_HZ = (0.7, 2.0, 4.0, 6.0, 9.0, 14.0, 30.0)
_RICH = ("hnr", "formant1", "alpha", "flux")  # whose distribution is told more closely
_SPEECH_DB = 30.0  # below the loudest it is no speech
_LEAST_DB = -40.0  # of the level's course
_LEAST_FRAMES = 5


@dataclass(frozen=True, eq=False)
class Cues:
    """Cues of a recording.

    Args:
        values: float32 [N, len(CUES)]; frame n is centred at (n + 0.5) * 10 ms; NaN for cues of the voice where there is none.
    """

    values: NDArray[np.float32]

    def __getitem__(self, name: str) -> NDArray[np.float32]:
        return self.values[:, _AT[name]]

    def between(self, start: int, stop: int) -> Cues:
        """Frames `start` to `stop`."""
        return Cues(self.values[start:stop])


def cues(sound: Sound, job: Job = SILENT) -> Cues:
    """Measure a recording of any length.

    Args:
        sound: the recording.
        job: reports seconds done.

    Raises:
        Cancelled: the job was cancelled.
    """
    raw = tracks(sound, job.part(0.0, 0.4))
    count = len(raw.pitch_hz)
    values = np.full((count, len(CUES)), np.nan, np.float32)
    voiced = raw.pitch_hz > 0
    periodicity = np.clip(raw.periodicity, 0.02, 0.999).astype(np.float64)
    values[voiced, _AT["pitch"]] = 12.0 * np.log2(raw.pitch_hz[voiced] / _LOWEST_HZ)
    values[voiced, _AT["hnr"]] = (10.0 * np.log10(periodicity / (1.0 - periodicity)))[voiced]
    values[:, _AT["level"]] = raw.level_db
    part = job.part(0.4, 1.0)
    for start, samples in _pieces(sound, count):
        stop = min(count, start + _PIECE)
        _measure(samples, raw.pitch_hz[start:stop].astype(np.float64), values[start:stop])
        part.report(stop / FRAME_RATE, count / FRAME_RATE, "listening for emotion")
    change = values[:, _AT["change"]]
    change[:1] = 0.0
    return Cues(values)


def _pieces(sound: Sound, count: int) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """(first frame, samples) of every `_PIECE` frames with `_CONTEXT` frames around them."""
    for first, stretch in stretches(sound):
        inside = len(stretch) // HOP - 2 * MARGIN
        for start in range(0, min(inside, count - first), _PIECE):
            low = (MARGIN + start - _CONTEXT) * HOP
            yield first + start, stretch[low : low + (_PIECE + 2 * _CONTEXT) * HOP]


def _measure(samples: NDArray[np.float32], pitch_hz: Floats, out: NDArray[np.float32]) -> None:
    """Fill in the cues of one piece, [n, len(CUES)]; `samples` reach `_CONTEXT` frames further on both sides."""
    count, voiced = len(out), pitch_hz > 0
    first = _CONTEXT * HOP + HOP // 2 - _WINDOW // 2
    frames = np.lib.stride_tricks.sliding_window_view(samples[first - HOP :], _WINDOW)[::HOP][: count + 1]  # one before, for the flux
    hann = np.hanning(_WINDOW)
    power = np.abs(np.fft.rfft(frames * hann, _BINS)) ** 2 * (2.0 / hann.sum()) ** 2 + 1e-12  # [n + 1, _BINS / 2 + 1]
    level = 10.0 * np.log10(power[1:])
    for name, value in _spectral(power, level).items():
        out[:, _AT[name]] = value
    mel = log_mel(samples, RATE, MelConfig(bands=26))
    inside = slice(_CONTEXT, _CONTEXT + count)
    out[:, [_AT[name] for name in CEPSTRA]] = mfcc(mel, 13)[inside, 1:]
    out[:, _AT["change"]] = np.abs(np.diff(mel, axis=0)).mean(axis=1)[_CONTEXT - 1 : _CONTEXT - 1 + count]
    if voiced.any():
        for name, value in _voice(samples, pitch_hz, level).items():
            out[voiced, _AT[name]] = value[voiced]


def _spectral(power: Floats, level: Floats) -> dict[str, Floats]:
    """Balance and movement of spectra; `power` begins one frame earlier than `level`."""
    hz = np.fft.rfftfreq(_BINS, 1 / RATE)

    def band(low: float, high: float) -> Floats:
        out: Floats = 10.0 * np.log10(power[1:, (hz >= low) & (hz < high)].sum(axis=1))
        return out

    share = power / power.sum(axis=1, keepdims=True)
    out = {
        "alpha": band(1000, 5000) - band(50, 1000),
        "hammarberg": level[:, hz < 2000].max(axis=1) - level[:, (hz >= 2000) & (hz < 5000)].max(axis=1),
        "fricatives": band(5000, 8000) - band(50, 1000),
        "flux": np.sqrt((np.diff(np.sqrt(share), axis=0) ** 2).sum(axis=1)),
        "centroid": np.log((share[1:] * hz).sum(axis=1) + 50.0),
    }
    for name, (low, high) in _SLOPES_HZ.items():
        inside = (hz >= low) & (hz < high)
        khz = hz[inside] / 1000 - hz[inside].mean() / 1000
        out[name] = level[:, inside] @ khz / (khz @ khz)
    return out


def _voice(samples: NDArray[np.float32], pitch_hz: Floats, level: Floats) -> dict[str, Floats]:
    """Harmonics and formants of the frames; what is unvoiced among them is for nobody."""
    base = np.maximum(pitch_hz, 60.0)
    first, second, fourth = (_harmonic(level, base, number) for number in (1, 2, 4))
    out = {"h1_h2": first - second, "h2_h4": second - fourth}
    found = parselmouth.Sound(samples.astype(np.float64), RATE).to_formant_burg(1.0 / FRAME_RATE, 5, 5500.0, 0.025, 50.0)
    times_s = (np.arange(len(base)) + _CONTEXT + 0.5) / FRAME_RATE
    rows = np.arange(len(base))
    for number in (1, 2, 3):
        hz = np.array([found.get_value_at_time(number, t) for t in times_s])
        width = np.array([found.get_bandwidth_at_time(number, t) for t in times_s])
        out[f"formant{number}"] = 12.0 * np.log2(hz / 500.0)
        out[f"width{number}"] = np.log(width + 20.0)
        bin_ = np.nan_to_num(hz * _BINS / RATE, nan=1000.0 * _BINS / RATE).astype(np.intp)
        around = np.clip(bin_[:, None] + np.arange(-6, 7), 0, _BINS // 2)
        out[f"strength{number}"] = level[rows[:, None], around].max(axis=1) - first
    return out


def _harmonic(level: Floats, base_hz: Floats, number: int) -> Floats:
    """Level of a harmonic, looked for within a quarter of the pitch around it, [n]."""
    near = (number + np.linspace(-0.25, 0.25, 7)) * base_hz[:, None]
    bins = np.clip(np.round(near * _BINS / RATE).astype(np.intp), 0, _BINS // 2)
    out: Floats = level[np.arange(len(level))[:, None], bins].max(axis=1)
    return out


# What sums them up.


def summary(cues: Cues) -> dict[str, float]:
    """Numbers by name of a stretch of about two seconds, always the same names in the same order; all finite.

    Args:
        cues: of half a second at least.
    """
    level = cues["level"].astype(np.float64)
    level = level - np.quantile(level, 0.95)
    speech = level > -_SPEECH_DB
    voiced = ~np.isnan(cues["pitch"]) & speech
    sung = voiced if voiced.sum() >= _LEAST_FRAMES else speech  # vowels, or what there is instead
    out = {**_pitch(cues["pitch"].astype(np.float64), level, voiced), **_loudness(level, speech), **_rhythm(level, speech, voiced)}
    for name in VOICE:
        out.update(_spread(name, cues[name][speech]))
    out["formants"] = out["formant1.mean"] - out["formant3.mean"]
    out["pitch_tract"] = out["pitch.50"] - 2.0 * out["formant3.mean"]
    consonants = speech & ~voiced
    for name in SPECTRAL:
        out.update(_spread(name, cues[name][sung]))
        out[f"{name}.consonants"] = float(cues[name][consonants if consonants.sum() > 3 else speech].mean())
    for name in CEPSTRA:
        out.update(_spread(name, cues[name][sung]))
        out[f"{name}.change"] = float(np.abs(np.diff(cues[name]))[speech[1:]].mean())
    out["alpha.by_level"] = _slope(level[sung], cues["alpha"][sung].astype(np.float64))
    return out


def features(cues: Cues) -> NDArray[np.float32]:
    """`summary` as an array, float32 [F]."""
    return np.array(list(summary(cues).values()), np.float32)


def _spread(name: str, values: NDArray[np.float32]) -> dict[str, float]:
    known = values[~np.isnan(values)].astype(np.float64)
    if len(known) < 3:
        known = np.zeros(3)
    out = {f"{name}.mean": float(known.mean()), f"{name}.spread": float(known.std())}
    if name in _RICH:
        low, middle, high = (float(q) for q in np.quantile(known, (0.2, 0.5, 0.8)))
        out.update({f"{name}.20": low, f"{name}.50": middle, f"{name}.80": high, f"{name}.range": high - low})
    return out


def _pitch(pitch: Floats, level: Floats, voiced: NDArray[np.bool_]) -> dict[str, float]:
    """Height, range and movement of the pitch, semitones."""
    heard = pitch[voiced] if voiced.sum() >= _LEAST_FRAMES else np.full(_LEAST_FRAMES, 20.0)
    quantiles = {name: float(q) for name, q in zip((5, 10, 20, 50, 80, 95), np.quantile(heard, (0.05, 0.1, 0.2, 0.5, 0.8, 0.95)), strict=True)}
    steps = np.diff(pitch)
    steps = steps[np.abs(steps) < 3.0]  # NaN is not less
    if len(steps) <= 3:
        steps = np.zeros(4)
    times_s = np.flatnonzero(voiced) / FRAME_RATE
    curve = np.polyfit(times_s - times_s.mean(), pitch[voiced], 2) if len(times_s) > _LEAST_FRAMES else np.zeros(3)
    out = {f"pitch.{name}": quantiles[name] for name in (5, 20, 50, 80, 95)}
    out.update({
        "pitch.over_floor": float(heard.mean()) - quantiles[10], "pitch.spread": float(heard.std()), "pitch.range": quantiles[95] - quantiles[5],
        "pitch.middle_range": quantiles[80] - quantiles[20], "pitch.steps": float(np.abs(steps).mean()), "pitch.rises": _mean(steps[steps > 0]),
        "pitch.falls": _mean(steps[steps < 0]), "pitch.steps_spread": float(steps.std()), "pitch.rising": float((steps > 0).mean()),
        "pitch.drift": float(steps.mean()), "pitch.slope": float(curve[1]), "pitch.bend": float(curve[0]), "pitch.with_level": 0.0,
    })  # fmt: skip
    if voiced.sum() > 8 and heard.std() > 0.01 and level[voiced].std() > 0.01:
        out["pitch.with_level"] = float(np.corrcoef(pitch[voiced], level[voiced])[0, 1])
    return out


def _loudness(level: Floats, speech: NDArray[np.bool_]) -> dict[str, float]:
    """Course of the level, dB below the loudest; and how its power is spread over rates of change."""
    heard, course = level[speech], np.maximum(level, _LEAST_DB)
    steps = np.diff(course)
    kernel = np.hanning(11)[1:-1]
    smooth = np.convolve(course, kernel / kernel.sum(), "same")
    peaks = smooth[1:-1][(smooth[1:-1] > smooth[:-2]) & (smooth[1:-1] >= smooth[2:]) & (smooth[1:-1] > -20.0)]
    low, middle, high = (float(q) for q in np.quantile(heard, (0.2, 0.5, 0.8)))
    out = {
        "level.mean": float(heard.mean()), "level.spread": float(heard.std()), "level.20": low, "level.50": middle, "level.80": high,
        "level.floor": max(float(np.quantile(level, 0.05)), -60.0), "level.rises": _mean(steps[steps > 0]), "level.falls": _mean(steps[steps < 0]),
        "level.steps_spread": float(steps.std()), "level.slope": _slope(np.flatnonzero(speech) / FRAME_RATE, heard),
        "level.peaks": len(peaks) / len(level) * FRAME_RATE, "level.peaks_spread": float(peaks.std()) if len(peaks) > 2 else 0.0,
    }  # fmt: skip
    wave = np.maximum(level, -45.0)
    size = max(512, len(wave))
    power = np.abs(np.fft.rfft((wave - wave.mean()) * np.hanning(len(wave)), size)) ** 2
    hz = np.fft.rfftfreq(size, 1 / FRAME_RATE)
    bands = [float(power[(hz >= a) & (hz < b)].sum()) for a, b in itertools.pairwise(_MODULATION_HZ)]
    for low, share in zip(_MODULATION_HZ, bands, strict=False):
        out[f"modulation.{low:g}"] = float(np.log(share / (sum(bands) + 1e-6) + 1e-3))
    return out


def _rhythm(level: Floats, speech: NDArray[np.bool_], voiced: NDArray[np.bool_]) -> dict[str, float]:
    """How long voiced and other stretches last, seconds, the natural logarithm for means."""
    vowels, others, pauses = _lengths(voiced), _lengths(speech & ~voiced), _lengths(~speech)
    vowels, others = vowels[vowels > 0.02], others[others > 0.02]
    return {
        "voiced.rate": len(vowels) / len(level) * FRAME_RATE, "voiced.length": float(np.log(vowels.mean())) if len(vowels) else -3.0,
        "voiced.length_spread": float(vowels.std()) if len(vowels) else 0.0, "voiced.longest": float(np.log(vowels.max())) if len(vowels) else -3.0,
        "unvoiced.length": float(np.log(others.mean())) if len(others) else -3.0, "voiced.share": float(voiced.sum() / max(1, speech.sum())),
        "speech.share": float(speech.mean()), "pause.longest": float(pauses.max()) if len(pauses) else 0.0,
    }  # fmt: skip


def _lengths(mask: NDArray[np.bool_]) -> Floats:
    """Lengths in seconds of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    out: Floats = (edges[1::2] - edges[::2]) / FRAME_RATE
    return out


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0


def _slope(x: Floats, y: Floats) -> float:
    """Of the regression of y on x; 0 where x hardly varies."""
    return float(np.polyfit(x - x.mean(), y, 1)[0]) if len(x) > 2 and x.std() > 0.1 else 0.0
