"""One spoken sentence with everything that is known of it: what every part of the stage hands to the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.speech.closures import lip_closures
from engine.speech.files import Sound, sound_from_samples
from engine.speech.phonemes import WORD_DTYPE, check_track

RATE = 16000
NEUTRAL = "neutral"
LEVELS = 3


@dataclass(frozen=True)
class Spoken:
    """A sentence, its sound and its exact times.

    Args:
        samples: float32 [S] at `RATE`, mono, full scale 1.
        phones: `PHONEME_DTYPE`, IPA of `engine.speech.phonemes`, "" for pauses, covering the whole sound without gaps.
        words: `WORD_DTYPE` [W], in order.
        text: what is said, as written.
        language: tag such as "en-us" or "cs".
        voice: engine and voice, such as "espeak:en-us+f3", "flite:slt" or "festival:cmu_us_slt_arctic_hts".
        emotion: one of `engine.core.emotion.EMOTIONS`, or "neutral".
        level: 0 for neutral, 1 to 3 as MEAD's three recorded levels.
    """

    samples: np.ndarray
    phones: np.ndarray
    words: np.ndarray
    text: str
    language: str
    voice: str
    emotion: str = NEUTRAL
    level: int = 0

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            raise InvalidInput(f"samples must be float32 [S], got {self.samples.dtype} {list(self.samples.shape)}", "give mono sound at 16 kHz")
        check_track(self.phones, self.duration_s)
        if self.words.dtype != WORD_DTYPE:
            raise InvalidInput(f"words must be an array of {WORD_DTYPE}, got {self.words.dtype}", "build it with phonemes.WORD_DTYPE")
        if self.emotion not in (NEUTRAL, *EMOTIONS):
            raise InvalidInput(f"emotion {self.emotion!r} is not known", "use neutral or one of " + ", ".join(EMOTIONS))
        if not 0 <= self.level <= LEVELS or (self.level == 0) != (self.emotion == NEUTRAL):
            raise InvalidInput(f"level {self.level} does not go with {self.emotion}", f"give 0 to neutral and 1 to {LEVELS} to an emotion")

    @property
    def duration_s(self) -> float:
        """Length of the sound in seconds."""
        return len(self.samples) / RATE

    @property
    def engine(self) -> str:
        """The synthesiser: "espeak", "flite" or "festival"; "real" for a recording."""
        return self.voice.partition(":")[0]

    @property
    def sound(self) -> Sound:
        """The samples as a `Sound`."""
        return sound_from_samples(self.samples, RATE)

    def frames(self, hop_s: float = 0.01) -> np.ndarray:
        """Index into `phones` at the middle of each frame: int64 [T], T = floor(duration / hop)."""
        middles = (np.arange(int(self.duration_s / hop_s + 1e-9)) + 0.5) * hop_s
        return np.clip(np.searchsorted(self.phones["end_s"], middles, "right"), 0, len(self.phones) - 1)

    def closures(self) -> list[tuple[float, float]]:
        """Seconds in which the lips are shut: a nasal as long as it lasts, a stop until its burst, which its label goes past.

        Found in the sound by `engine.speech.closures`, so take it before rooms and noise.
        """
        found = lip_closures(self.phones, self.sound)
        return [(float(row["start_s"]), float(row["end_s"])) for row in found]
