"""Performances for the stage: a spoken sentence and an instruction to motion, by the performer, with a life of chance.

What the instruction says is read by `engine.systems.instruction` and played as the studio plays it: emotions and amounts direct the
performer, channels are laid over what it does. The lips then still do what speech demands of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, INDEX, REGIONS, limits
from engine.core.emotion import EMOTIONS
from engine.project.parts import AMOUNT_TRACK, AMOUNTS, EMOTION_TRACK, Blink, Gaze
from engine.speech import features
from engine.speech.line import Line, with_phonemes
from engine.speech.phonemes import track
from engine.systems import articulation, expressions, liveliness, performer
from engine.systems.inputs import Direction
from engine.systems.instruction import Reading
from engine.systems.performer import Performing, Speech
from engine.training.stage import processes
from engine.training.stage.processes import Temperament
from engine.training.stage.spoken import Spoken

RATE = Fraction(30)
BLINK_AFTER_S = (-0.05, 0.2)  # a speaker's own blinks, about the end of a phrase
_MOUTH = frozenset((*REGIONS["lips"], *REGIONS["cheeks and nose"]))
_LOW, _HIGH = (np.array([limits(name)[side] for name in CHANNELS], np.float32) for side in (0, 1))
Frames = NDArray[np.float32]
Times = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Performed:
    """Motion, and what it was made from.

    Args:
        channels: float32 [T, 63] at `RATE`.
        levels: emotion vectors that were asked of the face, float32 [T, 7].
        blinks: of the eyes.
        gazes: of the eyes, relative to the partner.
    """

    channels: Frames
    levels: Frames
    blinks: tuple[Blink, ...]
    gazes: tuple[Gaze, ...]


def line_of(spoken: Spoken) -> Line:
    """The sentence as the performer takes it: with prosody, stress and the closures of its lips."""
    sound = spoken.sound
    bare = Line(sound, track([], sound.duration_s), spoken.words, features.prosody(sound), spoken.text, spoken.language)
    return replace(with_phonemes(bare, spoken.phones), method="voice")


@dataclass(frozen=True, eq=False)
class Asked:
    """What a reading asks of the performer at the frames of a line.

    Args:
        levels: emotion vectors float32 [T, 7].
        amounts: by name, float64 [T] in 0 to 2.
        channels: what is added to each channel that it moves, by name, float32 [T].
    """

    levels: Frames
    amounts: dict[str, Times]
    channels: dict[str, Frames]

    @classmethod
    def of(cls, reading: Reading, times_s: Times) -> Asked:
        """A reading at these times."""
        levels = np.zeros((len(times_s), len(EMOTIONS)))
        amounts = {name: np.ones(len(times_s)) for name in AMOUNTS}
        channels: dict[str, Frames] = {}
        for name, curve in reading.curves.items():
            values = curve.evaluate(times_s)
            if name.startswith(EMOTION_TRACK):
                levels[:, EMOTIONS.index(name.removeprefix(EMOTION_TRACK))] = np.clip(values, 0.0, 1.0)
            elif name.startswith(AMOUNT_TRACK):
                amounts[name.removeprefix(AMOUNT_TRACK)] = np.clip(1.0 + values, 0.0, 2.0)
            else:
                channels[name] = values.astype(np.float32)
        return cls(levels.astype(np.float32), amounts, channels)


def perform(line: Line, reading: Reading, rng: np.random.Generator, who: Temperament | None = None) -> Performed:
    """Perform a line as an instruction has it, by somebody drawn by chance.

    Args:
        line: of `line_of`.
        reading: of the instruction, over the line's whole length.
        rng: of this performance; each behaviour takes a stream of its own from it.
        who: performs; None draws somebody.
    """
    people, moods, eyes, lids, neck, lungs, brows = rng.spawn(7)
    who = who or Temperament.draw(people)
    speech = performer.speak(line, RATE)
    times = speech.times_s
    asked = Asked.of(reading, times)
    levels = np.clip(asked.levels * processes.ups_and_downs(moods, times, who)[:, None], 0.0, 1.0).astype(np.float32)
    gazes = processes.gazes(eyes, line, who)
    rate = expressions.factor(levels, "blink_rate") * asked.amounts["blink"]
    blinks = processes.blinks(lids, line, who, gazes, lambda t: float(rate[min(int(t * RATE), len(rate) - 1)]), BLINK_AFTER_S)
    pose, drift, sway = processes.head(neck, line, times, who, processes.speaking(line, times))
    raised = liveliness.live(line, times, int(brows.integers(1 << 62))).raised * np.float32(who.brows)
    life = liveliness.Life(pose, drift, sway, raised, processes.breath(lungs, line, times, who), gazes)
    amounts = {**asked.amounts, "lips": np.clip(asked.amounts["lips"] * who.lips, 0.0, 2.0), "jaw": np.clip(asked.amounts["jaw"] * who.jaw, 0.0, 2.0)}
    motion = Performing(speech, life, Direction(levels, amounts, 0, blinks, gazes)).clip().values
    return Performed(laid_over(motion, asked.channels, speech), levels, blinks, gazes)


def laid_over(motion: Frames, channels: dict[str, Frames], speech: Speech) -> Frames:
    """Motion [T, 63] with channels added, inside their limits; the lips still meet and part as speech has it."""
    if not channels:
        return motion
    out = motion.copy()
    for name, values in channels.items():
        out[:, INDEX[name]] += values
    out = np.clip(out, _LOW, _HIGH)
    if _MOUTH.isdisjoint(channels):
        return out
    return articulation.hold_gap(out, speech.least, speech.largest, performer.gauge())
