"""Emotion in a voice: pitch, range, melody, rate, loudness, brightness, breath, roughness and tremor, by emotion and level.

Pitch and durations are edited by PSOLA (Praat's); the rest is filtered, added or modulated. Phone and word times follow. The settings
come from the literature alone, none from the recordings on which emotion recognition is scored.

Source: directions and sizes after Murray and Arnott, JASA 93 (1993), table 1; Banse and Scherer, JPSP 70 (1996); Juslin and Laukka,
Psychological Bulletin 129 (2003), table 7; Scherer, Speech Communication 40 (2003); tremor of 5 to 7 Hz in fear and grief
(Williams and Stevens, JASA 52, 1972); PSOLA after Moulines and Charpentier, Speech Communication 9 (1990).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import parselmouth
import scipy.fft
import scipy.ndimage
import scipy.signal
from numpy.typing import NDArray
from parselmouth.praat import call, run

from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.speech.phonemes import PAUSE, features, track
from engine.training.stage.spoken import LEVELS, NEUTRAL, RATE, Spoken

_STEP_S = 0.01
_LOUDEST, _KNEE = 0.98, 0.6
# How much of a change of rate each kind of sound takes: closures and bursts hardly stretch, pauses most.
_SHARE = {"vowel": 1.15, "pause": 1.5, "stop": 0.5, "affricate": 0.6, "fricative": 0.9}
_LEAST_STRETCH, _MOST_STRETCH = 0.55, 1.9
_STRAIGHT = 1e-4  # seconds between the two ends of a step in a duration tier


@dataclass(frozen=True)
class Mood:
    """What an emotion does to a voice.

    Args:
        pitch_st: of the mean pitch, semitones.
        range_log2: of the spread of pitch about its mean, octaves: 1 doubles it.
        fall_st: pitch lost over the whole sentence, semitones.
        final_st: pitch gained over its last four tenths of a second, semitones.
        rate_log2: of the rate, octaves: 0.26 is a fifth faster.
        loud_db: of the level.
        bright_db: per octave about 1 kHz.
        breath: 0 none to 1 half whisper.
        rough: 0 none to 1 hoarse.
        tremor_st: depth of the tremor, semitones.
    """

    pitch_st: float = 0.0
    range_log2: float = 0.0
    fall_st: float = 0.0
    final_st: float = 0.0
    rate_log2: float = 0.0
    loud_db: float = 0.0
    bright_db: float = 0.0
    breath: float = 0.0
    rough: float = 0.0
    tremor_st: float = 0.0

    def drawn(self, strength: float, rng: np.random.Generator) -> Mood:
        """This mood at a strength, as one person in one sentence has it: every part 40 to 160 % of what is usual."""
        return Mood(**{f.name: getattr(self, f.name) * strength * float(np.clip(rng.normal(1, 0.3), 0.4, 1.6)) for f in fields(self)})


MOODS: dict[str, Mood] = {
    "angry": Mood(pitch_st=4.0, range_log2=0.7, fall_st=1.5, rate_log2=0.18, loud_db=5.5, bright_db=2.5, rough=0.55),
    "contempt": Mood(pitch_st=-2.0, range_log2=-0.35, fall_st=2.5, rate_log2=-0.22, loud_db=-1.0, bright_db=-0.6, breath=0.15, rough=0.15),
    "disgusted": Mood(pitch_st=-2.5, range_log2=0.2, fall_st=3.0, rate_log2=-0.35, loud_db=-2.0, bright_db=-0.5, rough=0.45),
    "fear": Mood(pitch_st=6.0, range_log2=-0.1, rate_log2=0.3, loud_db=-2.0, bright_db=0.8, breath=0.35, tremor_st=0.7),
    "happy": Mood(pitch_st=4.5, range_log2=0.75, fall_st=-1.0, final_st=1.5, rate_log2=0.1, loud_db=3.5, bright_db=1.5),
    "sad": Mood(pitch_st=-2.0, range_log2=-0.9, fall_st=1.5, rate_log2=-0.45, loud_db=-8.0, bright_db=-2.0, breath=0.5, tremor_st=0.2),
    "surprised": Mood(pitch_st=5.0, range_log2=0.9, fall_st=-1.0, final_st=6.0, rate_log2=-0.05, loud_db=3.0, bright_db=1.0, breath=0.2),
}


def colour(spoken: Spoken, emotion: str, level: int, rng: np.random.Generator) -> Spoken:
    """The same sentence as somebody says it in an emotion.

    Args:
        spoken: neutral, clean speech.
        emotion: one of `engine.core.emotion.EMOTIONS`, or "neutral", which changes nothing.
        level: 1 to 3 as MEAD's three; 0 for neutral.
        rng: random stream; people differ in how they show it.

    Raises:
        InvalidInput: no such emotion, a level that does not go with it, or speech that is coloured already.
    """
    if spoken.emotion != NEUTRAL:
        raise InvalidInput(f"the sentence is {spoken.emotion} already", "colour a neutral one")
    if emotion != NEUTRAL and emotion not in EMOTIONS:
        raise InvalidInput(f"emotion {emotion!r} is not known", "use neutral or one of " + ", ".join(EMOTIONS))
    if not 0 <= level <= LEVELS or (level == 0) != (emotion == NEUTRAL):
        raise InvalidInput(f"level {level} does not go with {emotion}", f"give 0 to neutral and 1 to {LEVELS} to an emotion")
    if emotion == NEUTRAL:
        return spoken
    mood = MOODS[emotion].drawn(level / LEVELS, rng)
    return replace(_edited(spoken, mood, rng), emotion=emotion, level=level)


def _edited(spoken: Spoken, mood: Mood, rng: np.random.Generator) -> Spoken:
    """Everything a mood does, in turn."""
    sound = parselmouth.Sound(spoken.samples.astype(np.float64), RATE)
    stretches = _stretches(spoken.phones, mood.rate_log2, rng)
    samples = _psola(sound, spoken.phones, stretches, mood, rng)
    starts: NDArray[np.float64] = spoken.phones["start_s"]
    ends: NDArray[np.float64] = spoken.phones["end_s"]
    bounds: NDArray[np.float64] = np.concatenate([np.zeros(1), np.cumsum((ends - starts) * stretches)])
    bounds *= len(samples) / RATE / bounds[-1]
    samples = _timbre(samples, mood, rng)
    rows = [(str(p["label"]), float(a), float(b)) for p, a, b in zip(spoken.phones, bounds[:-1], bounds[1:], strict=True)]
    words = spoken.words.copy()
    before: NDArray[np.float64] = np.concatenate([np.zeros(1), ends])
    for side in ("start_s", "end_s"):
        at_s: NDArray[np.float64] = words[side]
        words[side] = np.interp(at_s, before, bounds)
    return replace(spoken, samples=samples, phones=track(rows, len(samples) / RATE), words=words)


def _pitch(sound: parselmouth.Sound) -> parselmouth.Pitch:
    """Pitch, searched about the voice's own range (Hirst's two passes)."""
    found = sound.to_pitch_ac(2 * _STEP_S, 60.0, pitch_ceiling=600.0).selected_array["frequency"]
    if not (found > 0).any():
        return sound.to_pitch_ac(_STEP_S, 75.0, pitch_ceiling=300.0)
    low, high = 0.75 * np.quantile(found[found > 0], 0.25), 1.9 * np.quantile(found[found > 0], 0.75)
    return sound.to_pitch_ac(_STEP_S, max(60.0, float(low)), pitch_ceiling=float(high))


def _voiced(pitch: parselmouth.Pitch) -> tuple[np.ndarray, np.ndarray]:
    """Times in seconds and hertz of the voiced moments, both float64 [N]."""
    hertz = pitch.selected_array["frequency"]
    return pitch.xs()[hertz > 0], hertz[hertz > 0]


def _melody(times: np.ndarray, hertz: np.ndarray, mood: Mood, rng: np.random.Generator) -> np.ndarray:
    """The new pitch at each moment, hertz."""
    tones = 12 * np.log2(hertz)
    centre = float(np.median(tones))
    span = max(times[-1] - times[0], 0.2)
    along = (times - times[0]) / span - 0.5
    new = centre + mood.pitch_st + (tones - centre) * 2**mood.range_log2 - mood.fall_st * along
    new += mood.final_st * np.clip(1 - (times[-1] - times) / 0.4, 0, 1) ** 2
    rate_hz, phase = rng.uniform(5, 7), rng.uniform(0, 2 * np.pi)
    new += mood.tremor_st * np.sin(2 * np.pi * rate_hz * times + phase)
    new += rng.normal(0, 0.35 * max(mood.rough, 0), len(times))
    return np.clip(2 ** (new / 12), 45.0, 900.0)


def _stretches(phones: np.ndarray, rate_log2: float, rng: np.random.Generator) -> np.ndarray:
    """How much longer each phone becomes: float64 [L]."""
    out = np.ones(len(phones))
    drift = np.cumsum(rng.normal(0, 0.02, len(phones)))
    for i, row in enumerate(phones):
        phone = features(str(row["label"]))
        share = _SHARE.get(phone.kind, _SHARE.get(phone.manner, 0.8))
        # Silence before and after the sentence is nobody's tempo.
        edge = row["label"] == PAUSE and i in (0, len(phones) - 1)
        out[i] = 1.0 if edge else 2 ** (-rate_log2 * share + np.clip(drift[i], -0.15, 0.15) * share)
    return np.clip(out, _LEAST_STRETCH, _MOST_STRETCH)


def _tier(kind: str, duration_s: float, times: np.ndarray, values: np.ndarray) -> parselmouth.Data:
    """A tier of Praat's with all its points at once: one call for each takes longer than all the rest."""
    points = "\n".join(f"Add point: {time:.6f}, {value:.6f}" for time, value in zip(times, values, strict=True))
    return run(f'tier = Create {kind}: "new", 0, {duration_s:.6f}\n{points}\nselectObject: tier')[0]


def _psola(sound: parselmouth.Sound, phones: np.ndarray, stretches: np.ndarray, mood: Mood, rng: np.random.Generator) -> np.ndarray:
    """Speech with new durations and pitch: float64 [S]."""
    pitch = _pitch(sound)
    times, hertz = _voiced(pitch)
    manipulation = call([sound, pitch], "To Manipulation")
    first: NDArray[np.float64] = phones["start_s"]
    last: NDArray[np.float64] = phones["end_s"]
    ends = np.stack([first + _STRAIGHT, last - _STRAIGHT], 1).reshape(-1)
    call([manipulation, _tier("DurationTier", sound.duration, ends, np.repeat(stretches, 2))], "Replace duration tier")
    if len(times):
        call([manipulation, _tier("PitchTier", sound.duration, times, _melody(times, hertz, mood, rng))], "Replace pitch tier")
    # Where nothing is voiced the length of a period is drawn at random.
    run("random_initializeWithSeedUnsafelyButPredictably(1)")
    return call(manipulation, "Get resynthesis (overlap-add)").values[0]


def _envelope(samples: np.ndarray) -> np.ndarray:
    """How loud the voice is about each sample, smoothed over 20 ms."""
    return np.sqrt(np.maximum(scipy.ndimage.uniform_filter1d(samples**2, RATE // 50), 0))


def _timbre(samples: np.ndarray, mood: Mood, rng: np.random.Generator) -> np.ndarray:
    """Brightness, breath, roughness and level: float32 [S]."""
    before = float(np.sqrt(np.mean(samples**2)))
    out = samples
    if mood.rough > 0:
        flutter = scipy.signal.sosfilt(scipy.signal.butter(2, (25, 90), "bandpass", fs=RATE, output="sos"), rng.normal(0, 1, len(out)))
        out = out * (1 + np.clip(0.8 * mood.rough * flutter / max(float(flutter.std()), 1e-9), -0.9, 0.9))
    if mood.breath > 0:
        air = scipy.signal.sosfilt(scipy.signal.butter(2, (900, 7000), "bandpass", fs=RATE, output="sos"), rng.normal(0, 1, len(out)))
        out = out + air / max(float(air.std()), 1e-9) * _envelope(out) * 0.35 * mood.breath
    size = scipy.fft.next_fast_len(len(out), real=True)
    octaves = np.log2(np.clip(np.fft.rfftfreq(size, 1 / RATE), 125, 6000) / 1000)
    out = np.fft.irfft(np.fft.rfft(out, size) * 10 ** (mood.bright_db * octaves / 20), size)[: len(out)]
    out *= before / max(float(np.sqrt(np.mean(out**2))), 1e-9) * 10 ** (mood.loud_db / 20)
    # What a shout has above full scale is pressed together, as in a throat and a microphone.
    over = np.abs(out) > _KNEE
    out[over] = np.sign(out[over]) * (_KNEE + (_LOUDEST - _KNEE) * np.tanh((np.abs(out[over]) - _KNEE) / (_LOUDEST - _KNEE)))
    return out.astype(np.float32)
