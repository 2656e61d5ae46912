"""Speech heard as it comes in: what the mouth does now, at most 100 ms behind the sound, for a live face.

    ears = LiveEars(rate=48000)
    for block in microphone:
        heard = ears.push(block)       # frames of 10 ms that are ready
    heard = ears.finish()

The encoder's streaming network says how probable each phone is; the probabilities are carried from frame to frame by the order and the
usual lengths of phones, looking back only, so that nothing waits for it. Pushed in any pieces or whole, the frames are the same.

Source: the forward recursion of Rabiner 1989, III.A, with the encoder's probabilities in the place of the observations'.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import soxr
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.speech.encoder import Encoder, Tokens
from engine.speech.heard import FRAME_S, TO_VISEMES, Evidence, HeardConfig, pair_costs, weighed
from engine.speech.melframes import RATE
from engine.speech.phonemes import PAUSE
from engine.speech.sounds import PHONE_INDEX, PHONES


@dataclass(frozen=True)
class LiveConfig:
    """How frames are carried.

    Args:
        heard: how the encoder's outputs are settled between them.
        stay_s: mean length of a phone.
        memory: how much what was heard before counts: 0 for each frame alone, 1 for the whole recursion.
        shut_on: probability at which the lips close.
        shut_off: probability below which they may part; lower, so that they do not flicker.
    """

    heard: HeardConfig = field(default_factory=HeardConfig)
    stay_s: float = 0.07
    memory: float = 0.5
    shut_on: float = 0.5
    shut_off: float = 0.35

    def __post_init__(self) -> None:
        if self.stay_s < FRAME_S or not 0 <= self.memory <= 1 or not 0 < self.shut_off <= self.shut_on < 1:
            raise InvalidInput(f"live ears {self} are not usable", "give a length of 10 ms or more, a memory of 0 to 1, and off <= on between 0 and 1")


@dataclass(frozen=True)
class LiveFrames:
    """Frames of 10 ms in order.

    Args:
        start_frame: the first one; frame n is centred at (n + 0.5) * 10 ms of the sound pushed.
        phones: float32 [N, P], probability of each of `sounds.PHONES`.
        visemes: float32 [N, 12], probability of each of `VISEME_CLASSES`.
        shut: bool [N], the lips are shut.
        jaw: float32 [N], openness, 0 to 1.
        rounding: float32 [N], of the lips, 0 to 1.
        level: float32 [N], loudness as in `Tokens.level`.
    """

    start_frame: int
    phones: NDArray[np.float32]
    visemes: NDArray[np.float32]
    shut: NDArray[np.bool_]
    jaw: NDArray[np.float32]
    rounding: NDArray[np.float32]
    level: NDArray[np.float32]

    @property
    def times_s(self) -> NDArray[np.float64]:
        """Their middles, float64 [N]."""
        return (self.start_frame + np.arange(len(self.phones), dtype=np.float64) + 0.5) * FRAME_S

    @property
    def labels(self) -> list[str]:
        """The likeliest phone of each, IPA, "" the pause."""
        return [PHONES[i] for i in self.phones.argmax(1)]


class LiveEars:
    """A run over sound that comes in pieces.

    Args:
        rate: samples per second of what is pushed; it is resampled to the encoder's rate.
        encoder: None for ours.
        config: how frames are carried.

    Raises:
        InvalidInput: a rate that is not positive.
        MissingAsset: the encoder is not there.
    """

    def __init__(self, rate: int = RATE, encoder: Encoder | None = None, config: LiveConfig | None = None) -> None:
        if rate <= 0:
            raise InvalidInput(f"the sound has {rate} samples a second", "give the microphone's rate, such as 48000")
        self._config = config or LiveConfig()
        self._resample = None if rate == RATE else soxr.ResampleStream(rate, RATE, 1, dtype="float32", quality="MQ")
        self._stream = (encoder or Encoder.load()).stream()
        leave = np.exp(-pair_costs())
        np.fill_diagonal(leave, 0.0)
        stay = 1.0 - FRAME_S / self._config.stay_s
        self._move = (1.0 - stay) * leave / leave.sum(1, keepdims=True) + stay * np.eye(len(PHONES))
        self._belief = np.zeros(len(PHONES))
        self._belief[PHONE_INDEX[PAUSE]] = 1.0
        self._shut = False

    def push(self, samples: NDArray[np.float32]) -> LiveFrames:
        """Frames that are ready.

        Args:
            samples: float32 [S], any number of them.
        """
        return self._heard(self._stream.push(self._at_our_rate(samples, False)))

    def finish(self) -> LiveFrames:
        """The frames that are left; the run ends here."""
        rest = self._at_our_rate(np.zeros(0, np.float32), True)
        first, last = self._heard(self._stream.push(rest)), self._heard(self._stream.finish())
        parts = {name: np.concatenate([getattr(first, name), getattr(last, name)]) for name in ("phones", "visemes", "shut", "jaw", "rounding", "level")}
        return LiveFrames(first.start_frame, **parts)

    def _at_our_rate(self, samples: NDArray[np.float32], last: bool) -> NDArray[np.float32]:
        if self._resample is None:
            return samples
        out: NDArray[np.float32] = self._resample.resample_chunk(np.asarray(samples, np.float32), last)
        return out

    def _heard(self, tokens: Tokens) -> LiveFrames:
        likely = weighed(Evidence(tokens.phones, tokens.visemes, tokens.closure), self._config.heard)
        phones = np.empty_like(likely)
        shut = np.zeros(len(likely), bool)
        for i, now in enumerate(likely):
            expected = self._belief @ self._move
            belief = now * expected**self._config.memory
            self._belief = belief / belief.sum()
            phones[i] = self._belief
        visemes = phones @ TO_VISEMES
        for i, closed in enumerate(visemes[:, 1]):
            self._shut = bool(closed >= (self._config.shut_off if self._shut else self._config.shut_on))
            shut[i] = self._shut
        return LiveFrames(tokens.start_frame, phones, visemes, shut, tokens.jaw, tokens.rounding, tokens.level)
