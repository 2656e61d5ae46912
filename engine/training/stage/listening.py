"""The other person of a two-person scene: listens to a line, nods, smiles back, and follows with eyes and head.

Sources:
    nods: where the speaker's pitch stays low for 110 ms, 700 ms later, if they had spoken for 700 ms and none came in the last
        800 ms (Ward and Tsukahara 2000); and on pauses (Hadar, Steiner and Clifford Rose 1985). An American listener's head answers
        about every 22.5 s, a Japanese one's every 5.6 s (Maynard 1986, 1987). Nods are quick, 2.6 to 6.5 Hz (Hale et al. 2020), and later
        cycles of one are smaller (Mori, Den and Jokinen 2025).
    head: slow movement (0.2 to 1.1 Hz) mirrors the speaker's about 0.6 s late (Hale et al. 2020); otherwise it is nearly still
        (Hadar et al. 1983).
    face: a smile is answered after 0.3 to 0.4 s at the earliest (Dimberg and Thunberg 1998); joy is mirrored, sadness in part, anger and
        disgust hardly (Hess and Fischer 2013).
    eyes: 75 % at the speaker (Argyle and Cook 1976); blinks follow the speaker's pauses by 0.25 to 0.5 s (Nakano and Kitazawa 2010).

How many of the places for a nod are taken by whom, and how strongly feelings are mirrored, are choices of ours.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import INDEX
from engine.core.emotion import EMOTIONS
from engine.speech.features import ACCENT_DTYPE, Prosody
from engine.speech.files import sound_from_samples
from engine.speech.line import Line
from engine.speech.phonemes import WORD_DTYPE, track
from engine.systems import expressions, liveliness, performer
from engine.systems.inputs import AMOUNTS, Direction
from engine.systems.performer import Performing
from engine.training.stage import processes
from engine.training.stage.performed import RATE, Performed
from engine.training.stage.processes import Temperament

BLINK_AFTER_S = (0.25, 0.5)
LOW_QUANTILE, LOW_S, SPOKEN_S, APART_S, WAIT_S = 0.26, 0.11, 0.7, 0.8, 0.7
NODS_HZ = (2.6, 4.2)
MIRROR_LATE_S, MIRROR_GAIN = 0.6, (0.08, 0.35)
# How far each emotion of the speaker is answered, and by which: (answer, least, most).
_ANSWERS: dict[str, tuple[str, float, float]] = {
    "happy": ("happy", 0.25, 0.75), "sad": ("sad", 0.1, 0.45), "surprised": ("surprised", 0.15, 0.5), "fear": ("fear", 0.05, 0.35),
    "angry": ("fear", 0.0, 0.2), "disgusted": ("disgusted", 0.0, 0.25), "contempt": ("happy", 0.0, 0.2),
}  # fmt: skip
Times = NDArray[np.float64]


def cues(line: Line) -> list[float]:
    """Times at which a listener may answer, seconds in order: low stretches of the voice, and the ends of phrases."""
    pitch, hop_s = line.prosody.pitch_hz, 0.01
    voiced = pitch > 0
    found: list[float] = []
    if voiced.sum() > 50:
        low = voiced & (pitch < np.quantile(pitch[voiced], LOW_QUANTILE))
        run = 0
        for i, is_low in enumerate(low.tolist()):
            run = run + 1 if is_low else 0
            if run == round(LOW_S / hop_s) and _spoken_before(line, i * hop_s) >= SPOKEN_S:
                found.append(i * hop_s + WAIT_S)
    found += [float(end) + 0.25 for _, end in line.prosody.phrases]
    kept: list[float] = []
    for when in sorted(found):
        if not kept or when - kept[-1] >= APART_S:
            kept.append(when)
    return kept


def _spoken_before(line: Line, time_s: float) -> float:
    """Seconds of the phrase up to a moment; 0 in a pause."""
    return next((time_s - float(start) for start, end in line.prosody.phrases if start <= time_s <= end), 0.0)


def nods(rng: np.random.Generator, line: Line, times_s: Times) -> tuple[Times, list[float]]:
    """Head rotation about X by nodding, radians [T], and when nods begin."""
    out = np.zeros(len(times_s))
    share = float(rng.beta(1.4, 2.2))  # some nod at everything, some hardly
    begun = []
    for when in cues(line):
        if rng.random() >= share:
            continue
        when += float(rng.normal(0.0, 0.12))
        count, hz = int(rng.choice((1, 2, 3, 4), p=(0.45, 0.3, 0.17, 0.08))), float(rng.uniform(*NODS_HZ))
        size = math.radians(float(np.clip(rng.lognormal(math.log(3.2), 0.45), 1.2, 9.0)))
        for cycle in range(count):
            x = (times_s - when) * hz - cycle
            inside = (x > 0.0) & (x < 1.0)
            out[inside] += size * 0.72**cycle * np.sin(np.pi * x[inside]) ** 2
        begun.append(when)
    return out, begun


def answered(rng: np.random.Generator, levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the face answers to the speaker's emotions [T, 7]: float32 [T, 7], later and weaker."""
    out = np.zeros(levels.shape, np.float32)
    late = round(float(rng.uniform(0.35, 1.0)) * float(RATE))
    for name, (answer, least, most) in _ANSWERS.items():
        gain = np.float32(rng.uniform(least, most))
        heard = levels[:, EMOTIONS.index(name)]
        if heard.any():
            # Over a second or so, as one comes to see what the other feels.
            seen = np.concatenate([np.full(late, np.float32(0.3) * heard[0], np.float32), heard])[: len(heard)]
            out[:, EMOTIONS.index(answer)] = np.maximum(out[:, EMOTIONS.index(answer)], gain * seen)
    return out


def listen(speaker: Line, motion: Performed, rng: np.random.Generator) -> Performed:
    """Somebody who listens to a line.

    Args:
        speaker: the line.
        motion: of who says it, whose face is answered.
        rng: of this performance.
    """
    people, moods, eyes, lids, neck, lungs, nodding = rng.spawn(7)
    who = Temperament.draw(people, listening=True)
    line = _silent(speaker)
    speech = performer.speak(line, RATE)
    times = speech.times_s
    levels = np.clip(answered(moods, motion.levels) * processes.ups_and_downs(moods, times, who)[:, None], 0.0, 1.0).astype(np.float32)
    gazes = processes.gazes(eyes, speaker, who, listening=True)
    rate = expressions.factor(levels, "blink_rate")
    blinks = processes.blinks(lids, speaker, who, gazes, lambda t: float(rate[min(int(t * RATE), len(rate) - 1)]), BLINK_AFTER_S)
    pose, drift, sway = processes.head(neck, line, times, who, np.zeros(len(times)))
    nod, _ = nods(nodding, speaker, times)
    pose[:, 0] += nod
    pose += float(neck.uniform(*MIRROR_GAIN)) * _mirrored(motion.channels, times)
    life = liveliness.Life(pose, drift, sway, np.zeros(len(times), np.float32), processes.breath(lungs, line, times, who, listening=True), gazes)
    direction = Direction(levels, {name: np.ones(len(times)) for name in AMOUNTS}, 0, blinks, gazes)
    return Performed(Performing(speech, life, direction).clip().values, levels, blinks, gazes)


def _mirrored(channels: NDArray[np.float32], times_s: Times) -> Times:
    """The speaker's slow head rotation as somebody opposite mirrors it, late: radians [T, 3]."""
    at = INDEX["headRotX"]
    turned = channels[:, at : at + 3].astype(np.float64)
    turned -= turned.mean(0)
    late = np.stack([np.interp(times_s - MIRROR_LATE_S, times_s, column) for column in turned.T], -1)
    kept = math.exp(-1.0 / (float(RATE) * 0.22))  # lets through what is slower than 1.1 Hz or so, with the delay that is left of 0.6 s
    state, out = late[0].copy(), np.empty_like(late)
    for i, row in enumerate(late):
        state = kept * state + (1.0 - kept) * row
        out[i] = state
    return out * np.array([1.0, -1.0, -1.0])


def _silent(speaker: Line) -> Line:
    """A line as long as another in which nothing is said."""
    sound = sound_from_samples(np.zeros(speaker.sound.frames, np.float32), speaker.sound.sample_rate)
    empty = np.zeros(0, np.float32)
    prosody = Prosody(empty, empty, empty, empty, np.zeros(0, ACCENT_DTYPE), np.zeros((0, 2)))
    return Line(sound, track([], sound.duration_s), np.zeros(0, WORD_DTYPE), prosody)
