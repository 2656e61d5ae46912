"""Where and through what a voice is heard: room, noise, microphone, codec, speed. The clean voice stays in place in time.

Source: rooms as early mirror images and a noise tail that decays by 60 dB in the reverberation time (Allen and Berkley, JASA 1979;
Moorer, Computer Music Journal 1979); reverberation times of furnished rooms 0.2 to 0.8 s (ACE challenge: Eaton et al., 2016); babble
as a handful of talkers at once (Varga and Steeneken, NOISEX-92, 1993); speed in steps around 10 % (Ko et al., Interspeech 2015).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import scipy.fft
import scipy.signal
import soxr

from engine.core.errors import InvalidInput
from engine.speech import voices as espeak_voices
from engine.speech.phonemes import track
from engine.speech.voices import VoiceStyle
from engine.training.stage import codecs
from engine.training.stage.spoken import RATE, Spoken

NOISES: tuple[str, ...] = ("pink", "white", "brown", "babble", "hum")
_SOUND_M_S = 343.0
_CURVE_POINTS = 9
_ACTIVE_DB = -35.0
_BABBLE_VOICES = ("en-us+m3", "en-gb+f2", "de+m1", "fr-fr+f4", "es+m7", "it+f1", "cs+m5", "fi+f3")
_BABBLE_TEXT = "one two three four five six seven eight nine ten eleven twelve bamboo paper mountain vocal zebra thirteen father sugar jumping"


@dataclass(frozen=True)
class Acoustics:
    """One way to be heard; everything random in it comes from `seed`.

    Args:
        speed: how much faster the sound is played, 0.8 to 1.25; pitch and formants move with it.
        reverberation_s: time in which the room's sound decays by 60 dB; 0 is no room.
        direct_db: level of the voice itself against its room, in decibels.
        noise: one of `NOISES`, or "".
        snr_db: level of the voice where it speaks against the noise.
        curve_db: how far the microphone's response wanders, 0 is flat.
        low_cut_hz: below which the microphone falls off, 0 for none.
        overdrive: the peak before clipping at 1; up to 1 is clean.
        codec: one of `codecs.CODECS`, or "".
        bit_rate: of a compressing codec.
        level_db: of the peak at the end, in decibels of full scale.
        seed: of the room's echoes, the noise and the curve.
    """

    speed: float = 1.0
    reverberation_s: float = 0.0
    direct_db: float = 6.0
    noise: str = ""
    snr_db: float = 30.0
    curve_db: float = 0.0
    low_cut_hz: float = 0.0
    overdrive: float = 1.0
    codec: str = ""
    bit_rate: int = 32_000
    level_db: float = -6.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not 0.8 <= self.speed <= 1.25:
            raise InvalidInput(f"speed {self.speed:g} is outside 0.8 to 1.25", "keep the voice a person's")
        if self.noise not in ("", *NOISES):
            raise InvalidInput(f"noise {self.noise!r} is not known", "use one of " + ", ".join(NOISES))
        if self.codec not in ("", *codecs.CODECS):
            raise InvalidInput(f"codec {self.codec!r} is not known", "use one of " + ", ".join(codecs.CODECS))

    @staticmethod
    def draw(rng: np.random.Generator, strength: float = 1.0) -> Acoustics:
        """One at random: about a quarter nearly clean, the rest a room, a noise, a microphone or a codec, or several at once.

        Args:
            rng: random stream.
            strength: share of the effects that are there at all, 0 (only level and speed) to 1.
        """

        def there(share: float) -> bool:
            return bool(rng.random() < share * strength)

        found = Acoustics(float(rng.uniform(0.92, 1.08)), level_db=float(rng.uniform(-24, -1)), seed=int(rng.integers(2**31)))
        if there(0.25):
            return found
        if there(0.5):
            found = replace(found, reverberation_s=float(rng.uniform(0.12, 0.8)), direct_db=float(rng.uniform(0, 14)))
        if there(0.65):
            found = replace(found, noise=NOISES[int(rng.choice(5, p=(0.4, 0.15, 0.1, 0.25, 0.1)))], snr_db=float(rng.uniform(3, 35)))
        if there(0.6):
            found = replace(found, curve_db=float(rng.uniform(1, 6)), low_cut_hz=float(rng.choice((0, 80, 120, 200))))
        if there(0.1):
            found = replace(found, overdrive=float(rng.uniform(1.2, 3)))
        if there(0.35):
            codec = codecs.CODECS[int(rng.integers(len(codecs.CODECS)))]
            _, _, least, most = codecs.COMPRESSED.get(codec, ("", "", 0, 1))
            found = replace(found, codec=codec, bit_rate=int(rng.integers(least, most)) // 1000 * 1000)
        return found

    def apply(self, samples: np.ndarray) -> np.ndarray:
        """The sound as it is heard, in the same places: float32 [S] -> float32 [S]. Speed is not applied; see `hear`."""
        random = np.random.default_rng(self.seed)
        out = samples.astype(np.float64)
        if not len(out) or not np.abs(out).max():
            return samples.astype(np.float32)
        if self.reverberation_s:
            out = scipy.signal.oaconvolve(out, impulse(self.reverberation_s, self.direct_db, random))[: len(out)]
        if self.noise:
            sound = noise(self.noise, len(out), random)
            out = out + sound * (active_level(out) / max(float(np.sqrt(np.mean(sound**2))), 1e-9) * 10 ** (-self.snr_db / 20))
        if self.curve_db or self.low_cut_hz:
            out = _through_microphone(out, self.curve_db, self.low_cut_hz, random)
        out = out / max(float(np.abs(out).max()), 1e-9)
        if self.overdrive > 1:
            out = np.clip(out * self.overdrive, -1, 1)
        if self.codec in codecs.TELEPHONES:
            out = codecs.telephone(out * 0.7, self.codec)
        elif self.codec:
            out = codecs.compressed(out * 0.7, self.codec, self.bit_rate)
        return (out * (10 ** (self.level_db / 20) / max(float(np.abs(out).max()), 1e-9))).astype(np.float32)

    def hear(self, spoken: Spoken) -> Spoken:
        """A sentence as it is heard, its times following the speed."""
        samples, factor = spoken.samples, 1.0
        if self.speed != 1:
            samples = soxr.resample(samples, round(RATE * self.speed), RATE)
            factor = len(samples) / max(len(spoken.samples), 1)
        rows = [(str(p["label"]), float(p["start_s"]) * factor, float(p["end_s"]) * factor) for p in spoken.phones]
        words = spoken.words.copy()
        words["start_s"] *= factor
        words["end_s"] *= factor
        return replace(spoken, samples=self.apply(samples), phones=track(rows, len(samples) / RATE), words=words)


def impulse(reverberation_s: float, direct_db: float, random: np.random.Generator) -> np.ndarray:
    """A room's answer to a click, which itself comes at once: float64 [N].

    Args:
        reverberation_s: time to decay by 60 dB, > 0.
        direct_db: energy of the click against the rest.
        random: for the places of walls and the tail.
    """
    size = np.sort(random.uniform((2.5, 2.0, 2.2), (9.0, 6.0, 3.5)))  # metres
    count = int(reverberation_s * RATE) + 1
    time = np.arange(count) / RATE
    decay = 10 ** (-3 * time / reverberation_s)
    rest = random.normal(0, 1, count) * decay * np.clip(time / 0.03, 0, 1)
    at, distance = random.uniform(0.2, 0.8, 3) * size, random.uniform(0.3, 1.5)
    for axis in range(3):
        for wall in (at[axis], size[axis] - at[axis]):
            delay = int((np.hypot(2 * wall, distance) - distance) / _SOUND_M_S * RATE)
            if 0 < delay < count:
                rest[delay] += random.choice((-1, 1)) * 6 * decay[delay] * distance / np.hypot(2 * wall, distance)
    # Walls and air take the high tones first.
    rest = scipy.signal.lfilter([0.7], [1, -0.3], rest)
    rest[0] = 0
    rest *= 10 ** (-direct_db / 20) / max(float(np.sqrt(np.sum(rest**2))), 1e-9)
    rest[0] = 1
    return rest


def active_level(samples: np.ndarray) -> float:
    """Root mean square of the sound where it speaks: of 20 ms frames within 35 dB of the loudest."""
    frame = RATE // 50
    count = max(1, len(samples) // frame)
    power = np.array([np.mean(part**2) for part in np.array_split(samples, count)])
    return float(np.sqrt(power[power >= power.max() * 10 ** (_ACTIVE_DB / 10)].mean()))


def _coloured(count: int, exponent: float, random: np.random.Generator) -> np.ndarray:
    """Noise whose power falls with frequency to the `exponent`, from 30 Hz on."""
    size = scipy.fft.next_fast_len(count, real=True)
    spectrum = np.fft.rfft(random.normal(0, 1, size))
    hertz = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 30.0)
    return np.fft.irfft(spectrum * hertz ** (-exponent / 2), size)[:count]


@lru_cache(maxsize=1)
def _talkers() -> tuple[np.ndarray, ...]:
    """One stretch of speech by each voice of the babble, float32, some ten seconds at one level."""
    out = []
    for i, voice in enumerate(_BABBLE_VOICES):
        words = _BABBLE_TEXT.split()
        said = espeak_voices.synthesise(" ".join(words[2 * i :] + words[: 2 * i]), voice, VoiceStyle(150 + 6 * i)).sound.mono(RATE)
        out.append((said / max(float(np.sqrt(np.mean(said**2))), 1e-6)).astype(np.float32))
    return tuple(out)


def noise(kind: str, count: int, random: np.random.Generator) -> np.ndarray:
    """`count` samples of a noise of any level: float64 [count].

    Raises:
        InvalidInput: no such noise.
    """
    exponents = {"white": 0.0, "pink": 1.0, "brown": 2.0}
    if kind in exponents:
        return _coloured(count, exponents[kind], random)
    if kind == "hum":
        base, time = float(random.choice((50.0, 60.0))), np.arange(count) / RATE
        tones = [random.uniform(0.1, 1) / n * np.sin(2 * np.pi * base * n * time + random.uniform(0, 6.28)) for n in range(1, 9)]
        return np.sum(tones, 0) + 20 * _coloured(count, 1.0, random) / np.sqrt(RATE)
    if kind != "babble":
        raise InvalidInput(f"noise {kind!r} is not known", "use one of " + ", ".join(NOISES))
    out = np.zeros(count)
    for i in random.permutation(len(_talkers()))[: int(random.integers(3, 7))]:
        talker = _talkers()[i]
        out += random.uniform(0.4, 1) * np.resize(np.roll(talker, int(random.integers(len(talker)))), count)
    return out


def _through_microphone(samples: np.ndarray, wander_db: float, low_cut_hz: float, random: np.random.Generator) -> np.ndarray:
    """A response that wanders smoothly over the octaves and falls below the cut, without delay."""
    size = scipy.fft.next_fast_len(len(samples), real=True)
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    octaves = np.log2(np.maximum(hertz, 60) / 60)
    points = np.linspace(0, octaves[-1], _CURVE_POINTS)
    gain = 10 ** (np.interp(octaves, points, random.normal(0, wander_db, _CURVE_POINTS)) / 20)
    if low_cut_hz:
        gain = gain / np.sqrt(1 + (low_cut_hz / np.maximum(hertz, 1)) ** 4)
    return np.fft.irfft(np.fft.rfft(samples, size) * gain, size)[: len(samples)]
