"""Prosody of a line: pitch, loudness, speaking rate, accents and phrases, at 100 frames a second.

Pitch and loudness come from the sound alone (`prosody`), the rest needs phonemes and words (`add_phrasing`).

Source: prominence from pitch, loudness and length after Terken 1991 and Kochanski et al. 2005; phrase ends from pauses, final
lengthening and pitch reset after Wightman et al. 1992. The weights are ours, set by listening.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from engine.core.jobs import SILENT, Job
from engine.speech.files import Sound
from engine.speech.phonemes import PAUSE
from engine.speech.phonemes import features as articulation
from engine.speech.pitch import FRAME_RATE, Tracks, tracks
from engine.speech.spectrum import MelConfig, log_mel, mfcc

__all__ = ["ACCENT_DTYPE", "FRAME_RATE", "MelConfig", "Prosody", "add_phrasing", "log_mel", "mfcc", "prosody"]

ACCENT_DTYPE = np.dtype([("time_s", "f8"), ("strength", "f4")])
MIN_PAUSE_S = 0.2  # a shorter one is a stop's closure or a hesitation within the phrase
_QUIETEST_DB = -80.0
_ROOM_DB = -20.0  # level taken for speech where there is none to measure
_RATE_SIGMA_S = 0.5
_PIECE = 4096  # frames
_LEAST_PHRASE_S = 0.7
_LEAST_ACCENT = 0.35


def _no_accents() -> NDArray[np.void]:
    return np.zeros(0, ACCENT_DTYPE)


@dataclass(frozen=True, eq=False)
class Prosody:
    """How a line is said. Frame n is centred at (n + 0.5) * 10 ms; N frames cover the line.

    Args:
        pitch_hz: float32 [N], 0 where unvoiced.
        voiced: float32 [N], how periodic the sound is, 0 to 1; 0 where unvoiced.
        energy_db: float32 [N], level relative to the line's own speech: 0 is its typical vowel, -80 the least.
        speaking_rate: float32 [N], syllables a second around the frame, pauses left out; 0 where the phonemes are not known.
        accents: `ACCENT_DTYPE` [A], stressed syllables: time of the vowel's middle and strength 0 to 1.
        phrases: float64 [P, 2], start and end of each phrase in seconds.
        openness: float32 [N], how open the vowel sounds against this voice's average, -2 to 2 deviations; 0 outside speech.
    """

    pitch_hz: NDArray[np.float32]
    voiced: NDArray[np.float32]
    energy_db: NDArray[np.float32]
    speaking_rate: NDArray[np.float32]
    accents: NDArray[np.void]
    phrases: NDArray[np.float64]
    openness: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    @property
    def times_s(self) -> NDArray[np.float64]:
        """Centre of each frame, float64 [N]."""
        return (np.arange(len(self.pitch_hz)) + 0.5) / FRAME_RATE


def prosody(sound: Sound, job: Job = SILENT) -> Prosody:
    """Pitch, voicing and energy of a recording; no accents or phrases yet.

    Args:
        sound: of any length; an hour takes a few megabytes.
        job: reports seconds done.

    Raises:
        Cancelled: the job was cancelled.
    """
    raw = tracks(sound, job)
    energy = np.maximum(raw.level_db - np.float32(_speech_level(raw)), np.float32(_QUIETEST_DB))
    empty = np.zeros(len(energy), np.float32)
    return Prosody(raw.pitch_hz, raw.periodicity, energy, empty, _no_accents(), np.zeros((0, 2)), _openness(raw, energy))


def add_phrasing(prosody: Prosody, phonemes: NDArray[np.void], words: NDArray[np.void]) -> Prosody:
    """The prosody with speaking rate, accents and phrases filled in.

    Args:
        prosody: from `prosody`, of the same line.
        phonemes: `PHONEME_DTYPE`, covering the line.
        words: `WORD_DTYPE`; may be empty: then syllables are judged singly and phrases end at pauses only.
    """
    syllables = _Syllables.of(prosody, phonemes)
    phrases = _phrases(syllables, phonemes, words)
    accents = _accents(syllables, phrases, words)
    rate = _speaking_rate(prosody.times_s, syllables.time_s, phonemes)
    return replace(prosody, speaking_rate=rate, accents=accents, phrases=phrases)


def _openness(raw: Tracks, energy_db: NDArray[np.float32]) -> NDArray[np.float32]:
    """Spectral balance as deviations from the mean over the line's speech, lightly smoothed, [N]."""
    speech = energy_db > -25.0
    if speech.sum() < 10:
        return np.zeros(len(energy_db), np.float32)
    middle, spread = float(np.median(raw.balance_db[speech])), float(raw.balance_db[speech].std()) + 1e-6
    out = np.where(speech, np.clip((raw.balance_db - middle) / spread, -2.0, 2.0), 0.0)
    window = np.hanning(9)[1:-1] / np.hanning(9).sum()
    return np.convolve(out, window, "same").astype(np.float32)


def _speech_level(raw: Tracks) -> float:
    """Level in dB of the line's typical vowel."""
    voiced = raw.level_db[raw.periodicity > 0.5]
    if len(voiced) >= 5:
        # The voiced frames of a pause (hum, breath, a far voice) are left out by their level.
        return float(np.median(voiced[voiced > np.quantile(voiced, 0.95) - 25]))
    loud, quiet = np.quantile(raw.level_db, (0.95, 0.1))
    # A whisper is loud and quiet by turns; steady noise is no speech and must not pass for it.
    return float(loud) if loud - quiet > 15 and loud > -70 else _ROOM_DB


@dataclass(frozen=True)
class _Syllables:
    """One row per vowel (or syllabic consonant), [S] each.

    Args:
        start_s, end_s, time_s: of the nucleus; time_s is its middle.
        length: natural logarithm of its length over what is usual for its kind in this line.
        pitch: semitones over the line's median, the highest in the nucleus; NaN where unvoiced.
        loudness: the highest energy in the nucleus, dB.
    """

    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    time_s: NDArray[np.float64]
    length: NDArray[np.float64]
    pitch: NDArray[np.float64]
    loudness: NDArray[np.float64]

    @classmethod
    def of(cls, prosody: Prosody, phonemes: NDArray[np.void]) -> _Syllables:
        nuclei = phonemes[[articulation(str(p["label"])).syllabic and p["end_s"] > p["start_s"] for p in phonemes]] if len(phonemes) else phonemes
        start, end = nuclei["start_s"].astype(np.float64), nuclei["end_s"].astype(np.float64)
        usual = np.array([_usual_length(str(p["label"])) for p in nuclei])
        length = np.log((end - start) / usual)
        heard = prosody.pitch_hz[prosody.pitch_hz > 0]
        reference = float(np.median(heard)) if len(heard) else 100.0
        pitch, loudness = np.full(len(nuclei), np.nan), np.full(len(nuclei), _QUIETEST_DB)
        for i in range(len(nuclei)):
            low = min(int(start[i] * FRAME_RATE), len(prosody.pitch_hz) - 1)
            high = max(low + 1, int(np.ceil(end[i] * FRAME_RATE)))
            tones = prosody.pitch_hz[low:high]
            if (tones > 0).any():
                # Not the maximum: a single frame at the edge of voicing may be an octave off.
                pitch[i] = 12 * np.log2(np.quantile(tones[tones > 0], 0.85) / reference)
            loudness[i] = float(prosody.energy_db[low:high].max())
        return cls(start, end, (start + end) / 2, length - (np.median(length) if len(length) else 0.0), pitch, loudness)


def _usual_length(label: str) -> float:
    """Relative length of a vowel, 1 for an open short one."""
    phone = articulation(label)
    if phone.kind != "vowel":
        return 0.8
    if phone.long or len(phone.parts) > 1:
        return 1.4
    if 0.3 < phone.height < 0.8 and 0.3 < phone.backness < 0.7:  # schwa and its neighbours
        return 0.6
    return 0.75 + 0.3 * phone.height


def _phrases(syllables: _Syllables, phonemes: NDArray[np.void], words: NDArray[np.void]) -> NDArray[np.float64]:
    """Phrases, [P, 2]: stretches between pauses, split where a word's end is drawn out and the pitch starts anew."""
    stretches: list[list[float]] = []
    speaking = False
    for p in phonemes:
        start, end = float(p["start_s"]), float(p["end_s"])
        if p["label"] == PAUSE:
            speaking = speaking and end - start < MIN_PAUSE_S
        elif speaking:
            stretches[-1][1] = end
        else:
            stretches.append([start, end])
            speaking = True
    out: list[tuple[float, float]] = []
    for start, end in stretches:
        edges = [start, *_resets(syllables, words, start, end), end]
        out += itertools.pairwise(edges)
    return np.array(out, np.float64).reshape(-1, 2)


def _resets(syllables: _Syllables, words: NDArray[np.void], start_s: float, end_s: float) -> list[float]:
    """Word boundaries inside a stretch at which a phrase ends."""
    cuts: list[float] = []
    last = start_s
    ends: NDArray[np.float64] = words["end_s"]
    inside = (ends > start_s + _LEAST_PHRASE_S) & (ends < end_s - _LEAST_PHRASE_S)
    for i in np.flatnonzero(inside[:-1]):
        word, following = words[i], words[i + 1]
        cut = float(word["end_s"])
        if not last + _LEAST_PHRASE_S < cut:
            continue
        before = np.flatnonzero((syllables.time_s >= word["start_s"]) & (syllables.time_s < word["end_s"]))
        after = np.flatnonzero((syllables.time_s >= following["start_s"]) & (syllables.time_s < following["end_s"]))
        if not len(before) or not len(after):
            continue
        drawn_out = syllables.length[before[-1]]
        reset = np.nan_to_num(syllables.pitch[after].max() - syllables.pitch[before[-1]])
        gap_s = float(following["start_s"]) - cut
        if drawn_out / 0.7 + reset / 6.0 + gap_s / 0.1 > 1.6 and drawn_out > 0.25:
            cuts.append(cut)
            last = cut
    return cuts


def _accents(syllables: _Syllables, phrases: NDArray[np.float64], words: NDArray[np.void]) -> NDArray[np.void]:
    """Prominent syllables: those that stand out from their neighbours, at most one a word."""
    count = len(syllables.time_s)
    if count == 0:
        return _no_accents()
    prominence = np.zeros(count)
    for start, end in phrases:
        inside = np.flatnonzero((syllables.time_s >= start) & (syllables.time_s < end))
        if len(inside):
            prominence[inside] = _prominence(syllables, inside)
    strength = 1.0 / (1.0 + np.exp(-2.2 * (prominence - 0.45)))
    word_of = np.searchsorted(words["start_s"], syllables.time_s, side="right") if len(words) else np.arange(count)
    highest = np.full(int(word_of.max()) + 1, -np.inf)
    np.maximum.at(highest, word_of, prominence)
    best = prominence >= highest[word_of]
    left, right = np.r_[-np.inf, prominence[:-1]], np.r_[prominence[1:], -np.inf]
    # Beside a stronger neighbour only a clearly strong syllable keeps its accent.
    peak = (prominence >= np.maximum(left, right)) | (strength > 0.6)
    kept = best & peak & (strength >= _LEAST_ACCENT)
    out = np.zeros(int(kept.sum()), ACCENT_DTYPE)
    out["time_s"], out["strength"] = syllables.time_s[kept], strength[kept]
    return out


def _prominence(syllables: _Syllables, inside: NDArray[np.intp]) -> NDArray[np.float64]:
    """How far the syllables of one phrase stand out, [len(inside)]; 0 is usual, 1 is stressed."""
    time, pitch, loudness = syllables.time_s[inside], syllables.pitch[inside], syllables.loudness[inside]
    known = ~np.isnan(pitch)
    height = np.zeros(len(inside))
    if known.sum() >= 3:
        # Pitch falls over a phrase; a syllable is high against that line, not against the phrase's mean.
        slope = np.clip(np.polyfit(time[known], pitch[known], 1)[0], -6.0, 0.0)
        line = slope * (time - time[known].mean()) + pitch[known].mean()
        height[known] = pitch[known] - line[known]
    louder = loudness - np.median(loudness)
    longer = syllables.length[inside].copy()
    longer[-1] -= 0.4  # the last syllable is long because it is the last
    return 0.45 * np.clip(height / 2.5, -1, 2) + 0.3 * np.clip(louder / 4.0, -1, 1.5) + 0.4 * np.clip(longer / 0.45, -1, 1.5)


def _speaking_rate(times_s: NDArray[np.float64], syllables_s: NDArray[np.float64], phonemes: NDArray[np.void]) -> NDArray[np.float32]:
    """Syllables a second over speech, weighted by a Gaussian of half a second, float32 [N]."""
    count = len(times_s)
    spoken = np.zeros(count)
    for p in phonemes:
        if p["label"] != PAUSE:
            spoken[round(p["start_s"] * FRAME_RATE) : round(p["end_s"] * FRAME_RATE)] = 1.0
    struck = np.zeros(count)
    np.add.at(struck, np.clip((syllables_s * FRAME_RATE).astype(np.intp), 0, count - 1), 1.0)
    reach = int(3 * _RATE_SIGMA_S * FRAME_RATE)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (_RATE_SIGMA_S * FRAME_RATE)) ** 2)
    syllables = _smoothed(struck, kernel)
    speech_s = _smoothed(spoken, kernel) / FRAME_RATE
    known = speech_s > 0.05
    if not known.any():
        return np.zeros(count, np.float32)
    rate = np.interp(np.arange(count), np.flatnonzero(known), syllables[known] / speech_s[known])
    return rate.astype(np.float32)


def _smoothed(values: NDArray[np.float64], kernel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values [N] convolved with a kernel of odd length, in pieces: one long call would hold up all other threads."""
    reach = len(kernel) // 2
    padded = np.pad(values, reach)
    return np.concatenate([np.convolve(padded[i : i + _PIECE + 2 * reach], kernel, "valid") for i in range(0, len(values), _PIECE)])
