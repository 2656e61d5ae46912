"""Emotion heard in a voice: how probable each of MEAD's emotions is along a line, how strong, how pleasant and how excited it sounds.

Stretches of two seconds are judged every half second, by how it is said alone: no words, no language, nothing of the voice's other lines.

Source: valence and arousal of the emotions are pleasure and arousal as rated by Russell and Mehrabian, "Evidence for a Three-Factor Theory of
Emotions", Journal of Research in Personality 11, 1977; probabilities are calibrated by one temperature (Guo et al., ICML 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from engine.core import cards
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.speech.files import Sound
from engine.speech.mood_cues import Cues, cues, features
from engine.speech.pitch import FRAME_RATE

CLASSES: tuple[str, ...] = ("angry", "disgusted", "fear", "happy", "sad", "neutral", "bored")
HEARD = CLASSES[:6]  # boredom is trained on as something else to be, and is none of MEAD's
CLIP = 4.0  # deviations beyond which a feature tells nothing more
WINDOW_S, HOP_S = 2.0, 0.5
LEAST_SPEECH_S = 0.3  # in a stretch, for anything to be heard
# Pleasure and arousal, -1 to 1.
FEELINGS: dict[str, tuple[float, float]] = {
    "angry": (-0.51, 0.59), "disgusted": (-0.60, 0.35), "fear": (-0.64, 0.60), "happy": (0.81, 0.51), "sad": (-0.63, -0.27), "neutral": (0.0, 0.0),
    "bored": (-0.65, -0.62),
}  # fmt: skip
_SPEECH_DB = 25.0  # below a line's own level it is no speech
_QUIETEST_DB = -65.0  # nor is anything below this
_SURE_S = 1.0  # speech that a judgement needs to be as sure as it can be


@dataclass(frozen=True, eq=False)
class MoodTrack:
    """The emotion heard along a line; row t is of the stretch around `times_s[t]`.

    Args:
        times_s: float64 [T], rising, `HOP_S` apart.
        probabilities: float32 [T, 7] in the order of `EMOTIONS`; contempt and surprise, which were not trained on, are 0. What is missing to 1
            is neutral.
        intensity: float32 [T], how much emotion there is, 0 to 1: the probability of any.
        valence: float32 [T], how pleasant, -1 to 1.
        arousal: float32 [T], how excited, -1 to 1.
        confidence: float32 [T], probability that the likeliest is right, less where there is little speech; 0 in pauses.
    """

    times_s: NDArray[np.float64]
    probabilities: NDArray[np.float32]
    intensity: NDArray[np.float32]
    valence: NDArray[np.float32]
    arousal: NDArray[np.float32]
    confidence: NDArray[np.float32]

    @property
    def heard(self) -> bool:
        """True if there was speech to judge."""
        return bool((self.confidence > 0).any())

    def strongest(self) -> tuple[str, float]:
        """What the line is as a whole, "neutral" included, and its mean probability, each stretch as much as it is sure."""
        if not self.heard:
            return "neutral", 0.0
        mean = np.average(self.probabilities, axis=0, weights=self.confidence)
        names, values = (*EMOTIONS, "neutral"), [*mean.tolist(), 1.0 - float(mean.sum())]
        best = int(np.argmax(values))
        return names[best], values[best]

    def means(self) -> dict[str, float]:
        """Intensity, valence, arousal and confidence of the line as a whole, over the stretches with speech."""
        where = self.confidence > 0
        rows = {"intensity": self.intensity, "valence": self.valence, "arousal": self.arousal, "confidence": self.confidence}
        return {name: float(row[where].mean()) if where.any() else 0.0 for name, row in rows.items()}


@dataclass(frozen=True, eq=False)
class MoodModel:
    """Trained weights and what computes with them.

    Args:
        weights: by name, see `engine.speech.mood_net.MoodNet`.
        temperature: of the softmax.
    """

    weights: dict[str, NDArray[np.float32]]
    temperature: float

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores of the classes.

        Args:
            features: float32 [B, F].

        Returns:
            float32 [B, len(CLASSES)].

        Raises:
            InvalidInput: as many features as there should be, there are not.
        """
        w = self.weights
        if features.ndim != 2 or features.shape[1] != len(w["mean"]):
            raise InvalidInput(f"features must be [B, {len(w['mean'])}], got {list(features.shape)}", "give rows of `mood_cues.features`")
        x = np.clip((features - w["mean"]) / w["scale"], -CLIP, CLIP)
        hidden = np.maximum(x @ w["inner"] + w["inner_bias"], 0.0)  # [M, B, H]
        out: NDArray[np.float32] = (hidden @ w["outer"] + x @ w["past"] + w["outer_bias"]).mean(axis=0).astype(np.float32)
        return out

    def probabilities(self, scores: NDArray[np.float32]) -> NDArray[np.float64]:
        """Calibrated probabilities of the classes whose scores are given, [B, n], each row summing to 1."""
        z = scores.astype(np.float64) / self.temperature
        raised = np.exp(z - z.max(axis=1, keepdims=True))
        out: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
        return out


@lru_cache(maxsize=1)
def model() -> MoodModel:
    """The model that comes with Viva Voce.

    Raises:
        MissingAsset: a file of it is not there.
        InvalidInput: it is damaged, or its card is of other weights.
    """
    path, config, _ = cards.shipped("mood")
    return MoodModel(load_file(path), temperature_of(config))


def temperature_of(config: dict[str, Any]) -> float:
    """The temperature in a model's config.

    Raises:
        InvalidInput: there is none, or it is no positive number.
    """
    value = config.get("temperature")
    if not isinstance(value, (int, float)) or not 0.0 < value < 100.0:
        raise InvalidInput(f"the config of the mood model has the temperature {value!r}", "install Viva Voce again")
    return float(value)


def listen(sound: Sound, job: Job = SILENT) -> MoodTrack:
    """Hear the emotion of a recording of any length.

    Args:
        sound: speech of one person.
        job: reports how far it is.

    Raises:
        Cancelled: the job was cancelled.
        MissingAsset: the model is not there.
        InvalidInput: the model is damaged.
    """
    trained = model()
    measured = cues(sound, job.part(0.0, 0.9))
    spans = windows(len(measured.values))
    rows = np.zeros((len(spans), len(trained.weights["mean"])), np.float32)
    spoken_s = _spoken_s(measured, spans)
    for i in np.flatnonzero(spoken_s >= LEAST_SPEECH_S):
        rows[i] = features(measured.between(*spans[i]))
        job.report(0.9 + 0.1 * float(i) / len(spans), 1.0, "listening for emotion")
    times_s = np.array([(start + stop) / 2 / FRAME_RATE for start, stop in spans])
    return judged(trained, rows, times_s, spoken_s)


def windows(frames: int) -> list[tuple[int, int]]:
    """First frame and end of every stretch to be judged, of a recording of so many frames of 10 ms."""
    size, hop = round(WINDOW_S * FRAME_RATE), round(HOP_S * FRAME_RATE)
    if frames <= size:
        return [(0, frames)]
    starts = list(range(0, frames - size, hop))
    return [(start, start + size) for start in [*starts, frames - size]]


def judged(trained: MoodModel, rows: NDArray[np.float32], times_s: NDArray[np.float64], spoken_s: NDArray[np.float64]) -> MoodTrack:
    """A track from what sums up each stretch.

    Args:
        trained: the model.
        rows: float32 [T, F] features.
        times_s: float64 [T], middle of each stretch.
        spoken_s: float64 [T], speech in each, seconds; where it is less than `LEAST_SPEECH_S` nothing is heard.
    """
    scores = trained.scores(rows)
    heard = spoken_s >= LEAST_SPEECH_S
    every = trained.probabilities(scores)  # with boredom, which is unpleasant and calm
    feelings = every @ np.array([FEELINGS[name] for name in CLASSES])
    known = trained.probabilities(scores[:, : len(HEARD)])
    out = np.zeros((len(rows), len(EMOTIONS)), np.float32)
    for i, name in enumerate(HEARD):
        if name in EMOTIONS:
            out[:, EMOTIONS.index(name)] = known[:, i]
    out[~heard] = 0.0
    sure = known.max(axis=1) * np.clip(spoken_s / _SURE_S, 0.0, 1.0)

    def row(values: NDArray[np.float64]) -> NDArray[np.float32]:
        return np.where(heard, values, 0.0).astype(np.float32)

    return MoodTrack(times_s, out, row(out.sum(axis=1)), row(feelings[:, 0]), row(feelings[:, 1]), row(sure))


def _spoken_s(measured: Cues, spans: list[tuple[int, int]]) -> NDArray[np.float64]:
    """Seconds of speech in each stretch: voiced or near it, and near the recording's own level."""
    level = measured["level"]
    voiced = ~np.isnan(measured["pitch"])
    if not voiced.any():
        return np.zeros(len(spans))
    typical = float(np.median(level[voiced]))
    speech = voiced & (level > max(typical - _SPEECH_DB, _QUIETEST_DB))
    total = np.concatenate([[0], np.cumsum(speech)])
    return np.array([(total[stop] - total[start]) / FRAME_RATE for start, stop in spans], np.float64)
