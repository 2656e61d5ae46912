"""How a living face moves by chance: blinks, gaze, head, breath and the ups and downs of an expression, as random processes.

The performer's own life is one plausible take of a line. The stage needs the whole range of people and moments, so each
performance first draws a `Temperament`, and every behaviour is a process with the statistics that the literature reports, which
`statistics` measures again on what came out.

Sources, by process:
    blinks: 26 a minute in conversation, 17 at rest, with large differences between people (Bentivoglio et al. 1997, Movement Disorders
        12); intervals are log-normal (Garcia et al. 2011); they fall on the ends of phrases (Nakano and Kitazawa 2010); they come with
        large gaze shifts (Evinger et al. 1994); closing is about twice as quick as opening (VanderWerf et al. 2003).
    gaze: a speaker looks at the partner 41 % of the time, a listener 75 % (Argyle and Cook 1976); to 77 % and 95 % in Lee, Badler and
        Badler 2002 (Eyes Alive), who also give how far and where eyes go, and how long they stay away (0.93 s speaking, 0.43 s
        listening). A speaker looks away as a phrase begins and back as it ends (Kendon 1967). Saccades last 21 ms and 2.2 ms more
        a degree (Bahill, Clark and Stark 1975; Carpenter 1988).
    head: moves nearly all the time while speaking and seldom otherwise, in slow (0.2 to 1.8 Hz), ordinary (1.8 to 3.7 Hz) and rapid
        (3.7 to 7 Hz) movements; wide linear shifts begin phrases, rapid ones fall on stress (Hadar et al. 1983, 1984). Its
        pitch goes with the voice's (Yehia, Kuratate and Vatikiotis-Bateson 2002; Munhall et al. 2004).
    breath: 16.6 a minute at rest with 42 % of it drawn in (Tobin et al. 1983); speakers breathe in quickly at the ends of
        phrases, deeper before longer ones (Winkworth et al. 1995).
    expression: single expressions last half a second to four seconds (Ekman and Friesen 1982; Frank, Ekman and Friesen 1993).

Sizes of head movement in each band, and all spreads between people that no source is given for, are choices of ours.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.project.parts import Blink, Gaze
from engine.speech.line import Line
from engine.systems.liveliness import BLINK_CLOSE_S, BLINK_HOLD_S, BLINK_OPEN_S

Array = NDArray[np.float64]
BLINKS_SPEAKING, BLINKS_LISTENING = 26.0, 17.0  # a minute
GAZE_SPEAKING, GAZE_LISTENING = (0.41, 0.77), (0.75, 0.95)  # share of time at the partner
AWAY_SPEAKING_S, AWAY_LISTENING_S = (0.93, 0.80), (0.43, 0.24)  # mean and deviation of one look away
AWAY_DEG, LEAST_AWAY_DEG, MOST_AWAY_DEG = 6.9, 4.0, 22.0
BANDS_HZ = ((0.2, 1.8), (1.8, 3.7), (3.7, 7.0))  # slow, ordinary, rapid
BREATHS, DRAWN_SHARE = (16.6, 2.8), 0.42  # a minute: mean and deviation between people; of a quiet breath
EXPRESSION_S = (0.5, 4.0)
REFRACTORY_S = 0.45  # from one blink's start to the next one's
# Probability of each direction of a look away, from the character's right round by up, every 45 degrees (Lee et al. 2002, table 1).
_DIRECTIONS = np.array([15.54, 6.46, 17.69, 7.44, 16.80, 7.89, 20.38, 7.79]) / 99.99
# Root mean square in each band while speaking, degrees: nod, turn, tilt.
_SIZES_DEG = np.array([[1.5, 1.9, 1.1], [0.42, 0.34, 0.24], [0.10, 0.07, 0.05]])
_STILL = 0.06  # of that where nobody speaks
_SWAY_MM = np.array([1.4, 0.6, 1.1])


@dataclass(frozen=True)
class Temperament:
    """What one person is like in one performance.

    Args:
        blinks: a minute.
        gaze: share of time that the eyes are at the partner.
        head: factor on all head movement.
        brows: factor on brow movement with stress.
        breaths: a minute at rest.
        lips: how far the lips are shaped in speech; people hyper- and hypo-articulate (Lindblom 1990).
        jaw: how far the jaw is opened in speech.
        mood: deviation of the logarithm of an expression's strength over time.
        bursts: expressions a minute that stand out of the mood.
    """

    blinks: float
    gaze: float
    head: float
    brows: float
    breaths: float
    lips: float
    jaw: float
    mood: float
    bursts: float

    @classmethod
    def draw(cls, rng: np.random.Generator, listening: bool = False) -> Temperament:
        """Somebody by chance."""
        rate = BLINKS_LISTENING if listening else BLINKS_SPEAKING
        low, high = GAZE_LISTENING if listening else GAZE_SPEAKING
        return cls(
            blinks=rate * float(np.clip(rng.lognormal(-0.06, 0.35), 0.35, 2.2)), gaze=float(rng.uniform(low, high)),
            head=float(np.clip(rng.lognormal(-0.05, 0.35), 0.4, 1.8)), brows=float(np.clip(rng.lognormal(-0.05, 0.4), 0.3, 1.8)),
            breaths=float(np.clip(rng.normal(*BREATHS), 9.0, 26.0)),
            lips=float(np.clip(rng.normal(1.0, 0.13), 0.65, 1.35)), jaw=float(np.clip(rng.normal(1.0, 0.15), 0.6, 1.4)),
            mood=float(rng.uniform(0.08, 0.22)), bursts=float(rng.uniform(4.0, 14.0)),
        )  # fmt: skip


def wander(rng: np.random.Generator, count: int, step_s: float, time_s: float) -> Array:
    """An Ornstein-Uhlenbeck process of unit deviation, float64 [count]: it forgets within `time_s`."""
    kept = math.exp(-step_s / time_s)
    drawn = rng.normal(0.0, 1.0, count)
    drawn[1:] *= math.sqrt(1.0 - kept * kept)
    out = drawn.tolist()
    for i in range(1, count):
        out[i] += kept * out[i - 1]
    return np.array(out)


def band(rng: np.random.Generator, count: int, step_s: float, low_hz: float, high_hz: float, columns: int) -> Array:
    """Gaussian noise of unit deviation whose power falls with frequency inside a band and is nothing outside, float64 [count, columns]."""
    length = 1 << max(8, int(count + 2.0 / step_s - 1).bit_length())  # as long for every short line, so that slow waves fit
    hz = np.fft.rfftfreq(length, step_s)
    inside = (hz >= low_hz) & (hz < high_hz)
    size = np.where(inside, 1.0 / np.maximum(hz, low_hz), 0.0)
    drawn = rng.normal(0.0, 1.0, (2, len(hz), columns))
    noise = np.fft.irfft((drawn[0] + 1j * drawn[1]) * size[:, None], length, axis=0)
    # By what is expected of it, not by itself: a short piece of a slow wave is no wave of full size.
    expected = math.sqrt(4.0 * float(np.square(size).sum())) / length
    first = int(rng.integers(0, length - count + 1))
    return noise[first : first + count] / max(expected, 1e-12)


# --- eyes --------------------------------------------------------------------------------------------------------------------------


def gazes(rng: np.random.Generator, line: Line, who: Temperament, listening: bool = False) -> tuple[Gaze, ...]:
    """Where the eyes go: at the partner's eyes and mouth by turns, and away for moments.

    Args:
        rng: its own.
        line: that is spoken, or listened to.
        who: by whom.
        listening: they listen.

    Returns:
        In order of time; directions relative to the partner.
    """
    end_s = line.sound.duration_s
    mean, deviation = AWAY_LISTENING_S if listening else AWAY_SPEAKING_S
    stay_s = mean * who.gaze / (1.0 - who.gaze)
    # In the steady state a line begins at the partner or away by how much time goes to each.
    marks: list[tuple[float, float, float]] = []
    now, away = 0.0, bool(rng.random() > who.gaze)
    begins = line.prosody.phrases[:, 0]
    while now < end_s:
        if away:
            length = float(np.clip(_lognormal(rng, mean, deviation), 0.15, 4.0))
            marks.append((now, *_aside(rng)))
        else:
            length = float(np.clip(_lognormal(rng, stay_s, 0.8 * stay_s), 0.3, 15.0))
            length = length if listening else _drawn_to(rng, now, length, begins)
            marks += _fixations(rng, now, now + length)
        now, away = now + length, not away
    return tuple(Gaze(f"g{i}", when, yaw, pitch) for i, (when, yaw, pitch) in enumerate(marks) if when < end_s)


def _lognormal(rng: np.random.Generator, mean: float, deviation: float) -> float:
    spread = math.log(1.0 + (deviation / mean) ** 2)
    return float(rng.lognormal(math.log(mean) - spread / 2, math.sqrt(spread)))


def _drawn_to(rng: np.random.Generator, now: float, length: float, begins: Array) -> float:
    """The length of a look at the partner, ended at the beginning of a phrase where one is near and chance will."""
    near = begins[np.abs(begins - (now + length)) < 0.5 * min(length, 1.6)]
    return max(0.3, float(near[0]) - now + float(rng.normal(-0.1, 0.12))) if len(near) and rng.random() < 0.7 else length


def _aside(rng: np.random.Generator) -> tuple[float, float]:
    """Yaw and pitch of a look away, radians: exponential in size, mostly level or straight up and down."""
    size = math.radians(float(np.clip(LEAST_AWAY_DEG + rng.exponential(AWAY_DEG), LEAST_AWAY_DEG, MOST_AWAY_DEG)))
    angle = math.radians(45.0 * int(rng.choice(8, p=_DIRECTIONS / _DIRECTIONS.sum())) + float(rng.normal(0.0, 9.0)))
    return -size * math.cos(angle), -0.8 * size * math.sin(angle)


def _fixations(rng: np.random.Generator, start_s: float, end_s: float) -> list[tuple[float, float, float]]:
    """Eyes that go over a face within arm's length: left eye, right eye, mouth (Yarbus 1967), each for about 0.6 s (Rogers et al. 2018)."""
    places = ((0.026, -0.006), (-0.026, -0.006), (0.0, 0.048))
    out, at = [], int(rng.integers(0, 3))
    while start_s < end_s:
        yaw, pitch = places[at]
        out.append((start_s, yaw + float(rng.normal(0.0, 0.006)), pitch + float(rng.normal(0.0, 0.006))))
        at = int((at + rng.integers(1, 3)) % 3) if rng.random() < 0.6 else at
        start_s += float(np.clip(_lognormal(rng, 0.62, 0.45), 0.18, 3.0))
    return out


def blinks(
    rng: np.random.Generator, line: Line, who: Temperament, looks: tuple[Gaze, ...], rate: Callable[[float], float], after_s: tuple[float, float]
) -> tuple[Blink, ...]:
    """When the eyes blink.

    Args:
        rng: its own.
        line: that is spoken or listened to, whose phrases end.
        who: how often.
        looks: of the eyes, which bring some.
        rate: factor on how many at a time in seconds, by emotion and as asked for.
        after_s: how long after a phrase's end, at least and at most: listeners follow the speaker.
    """
    end_s = line.sound.duration_s
    often = min(0.8, 0.5 * who.blinks / BLINKS_SPEAKING)
    ends = line.prosody.phrases[:, 1]
    events = [float(p) + float(rng.uniform(*after_s)) for p in ends if rng.random() < often]
    evoked, likely = _with_gaze(rng, looks)
    events += evoked
    expected = often * float((ends + sum(after_s) / 2 < end_s).sum()) + likely
    others = max(0.3 * who.blinks, who.blinks - 60.0 * expected / max(end_s, 2.0))
    now = -float(rng.uniform(6.0, 12.0))  # long before the line, so that its beginning is a moment like any other
    while now < end_s:
        now += float(np.clip(_lognormal(rng, 60.0 / others, 0.75 * 60.0 / others), 0.5, 30.0)) / max(1.0, rate(max(now, 0.0)))
        events.append(now)
    found: list[Blink] = []
    last = -1.0
    for start in sorted(e for e in events if 0.1 < e < end_s):
        if rng.random() >= rate(start) or start - last < REFRACTORY_S:
            continue
        last = start
        slow = float(np.clip(rng.lognormal(0.05, 0.16), 0.75, 1.6))
        found.append(Blink(f"b{len(found)}", start + BLINK_CLOSE_S * slow, 1.0, BLINK_HOLD_S + (BLINK_CLOSE_S + BLINK_OPEN_S) * slow))
    return tuple(found)


def _with_gaze(rng: np.random.Generator, looks: tuple[Gaze, ...]) -> tuple[list[float], float]:
    """Starts of blinks that come with gaze shifts, the likelier the larger; and how many are to be expected."""
    out, likely, yaw, pitch = [], 0.0, 0.0, 0.0
    for look in looks:
        degrees = math.degrees(math.hypot(look.yaw_rad - yaw, look.pitch_rad - pitch))
        chance = 0.30 / (1.0 + math.exp(-(degrees - 17.0) / 4.0))
        likely += chance
        if rng.random() < chance:
            out.append(look.time_s - 0.02)
        yaw, pitch = look.yaw_rad, look.pitch_rad
    return out, likely


# --- head --------------------------------------------------------------------------------------------------------------------------


def speaking(line: Line, times_s: Array, fade_s: float = 0.25) -> Array:
    """How far somebody speaks, 0 to 1, float64 [T]: a phrase counts a little before it begins and after it ends."""
    out = np.zeros(len(times_s))
    for start, end in line.prosody.phrases:
        inside = np.minimum((times_s - start) / fade_s + 1.0, (end - times_s) / fade_s + 1.0)
        out = np.maximum(out, np.clip(inside, 0.0, 1.0))
    return out * out * (3.0 - 2.0 * out)


def head(rng: np.random.Generator, line: Line, times_s: Array, who: Temperament, active: Array) -> tuple[Array, Array, Array]:
    """Rotation with speech, rotation at rest (radians), and position at rest (millimetres), each [T, 3].

    Args:
        rng: its own.
        line: its phrases, accents and pitch.
        times_s: float64 [T], evenly spaced.
        who: how much.
        active: how far they are in movement, 0 to 1 [T].
    """
    count, step_s = len(times_s), float(times_s[1] - times_s[0]) if len(times_s) > 1 else 1 / 30
    gate = (_STILL + (1.0 - _STILL) * active)[:, None]
    moving = sum(gate * _SIZES_DEG[i] * band(rng, count, step_s, low, high, 3) for i, (low, high) in enumerate(BANDS_HZ))
    moving[:, 0] -= 1.1 * float(rng.uniform(0.2, 1.3)) * _voice_pitch(line, times_s)  # the head goes up with the voice
    moving += _accents(rng, line, times_s)
    resting = np.radians(band(rng, count, step_s, 0.03, 0.2, 3) * np.array([0.9, 1.3, 0.8]) * who.head)
    sway = band(rng, count, step_s, 0.05, 0.4, 3) * _SWAY_MM * who.head
    return np.radians(moving) * who.head, resting, sway


def _voice_pitch(line: Line, times_s: Array) -> Array:
    """The voice's pitch over time, smoothed over a quarter of a second, in deviations; 0 where there is none: float64 [T]."""
    pitch = line.prosody.pitch_hz
    voiced = pitch > 0
    if voiced.sum() < 20:
        return np.zeros(len(times_s))
    tone = np.log2(pitch[voiced].astype(np.float64))
    height = np.zeros(len(pitch))
    height[voiced] = np.clip((tone - np.median(tone)) / max(float(tone.std()), 0.03), -2.5, 2.5)
    window = np.hanning(27)[1:-1] / np.hanning(27).sum()
    return np.interp(times_s, line.prosody.times_s, np.convolve(height, window, "same")[: len(height)])


def _accents(rng: np.random.Generator, line: Line, times_s: Array) -> Array:
    """Quick nods on stressed syllables and the wide shift with which a phrase begins, degrees [T, 3]."""
    out = np.zeros((len(times_s), 3))
    for accent in line.prosody.accents:
        if rng.random() < 0.15 + 0.55 * accent["strength"]:
            size = 2.6 * (0.3 + float(accent["strength"])) * float(rng.uniform(0.3, 1.1))
            width = float(rng.uniform(0.10, 0.17))
            shape = np.exp(-0.5 * ((times_s - float(accent["time_s"]) - float(rng.uniform(-0.02, 0.08))) / width) ** 2)
            out += size * shape[:, None] * np.array([1.0, float(rng.normal(0.0, 0.3)), float(rng.normal(0.0, 0.2))])
    pose = np.zeros(3)
    for start, _ in line.prosody.phrases:
        goal = rng.normal(0.0, 1.0, 3) * np.array([1.1, 2.4, 1.3])
        length = float(rng.uniform(0.4, 0.9))
        x = np.clip((times_s - (start - 0.25)) / length, 0.0, 1.0)
        out += (x**3 * (10.0 + x * (6.0 * x - 15.0)))[:, None] * (goal - pose)
        pose = goal
    return out


# --- breath and expression ---------------------------------------------------------------------------------------------------------


def breath(rng: np.random.Generator, line: Line, times_s: Array, who: Temperament, listening: bool = False) -> Array:
    """Breath, 0 out to 1 the deepest in, float64 [T]: quiet waves, or quick deep ones before phrases that are given out while speaking."""
    end_s = float(times_s[-1])
    phrases = [] if listening else [(float(a), float(b)) for a, b in line.prosody.phrases]
    at_once = bool(phrases) and phrases[0][0] < 0.3  # the breath was drawn before the line began
    cycle_s = 60.0 / who.breaths
    begun_s = 0.01 if phrases else cycle_s * float(rng.random())
    keys: list[tuple[float, float]] = [(-begun_s, float(rng.uniform(0.5, 0.8) if at_once else rng.uniform(0.2, 0.3)))]
    for start, end in [*phrases, (end_s + cycle_s, end_s + cycle_s)]:
        drawn_s = float(np.clip(_lognormal(rng, 0.6, 0.2), 0.3, 1.1))
        while start - keys[-1][0] > cycle_s + drawn_s:
            length = cycle_s * float(np.clip(rng.normal(1.0, 0.14), 0.6, 1.5))
            begin = keys[-1][0]
            keys += [(begin + DRAWN_SHARE * length, float(rng.uniform(0.5, 0.68))), (begin + length, float(rng.uniform(0.15, 0.25)))]
        if start > end_s:
            break
        if start - keys[-1][0] > 0.15:
            deep = float(np.clip(0.4 + 0.13 * (end - start) + rng.normal(0.0, 0.05), 0.35, 1.0))
            keys += [(max(keys[-1][0] + 0.02, start - drawn_s), keys[-1][1]), (start, deep)]
        keys.append((end, max(0.1, keys[-1][1] - 0.12 * (end - start) - 0.06)))
    at, value = np.array([k[0] for k in keys]), np.array([k[1] for k in keys])
    i = np.clip(np.searchsorted(at, times_s, side="right") - 1, 0, len(at) - 2)
    x = np.clip((times_s - at[i]) / np.maximum(at[i + 1] - at[i], 1e-6), 0.0, 1.0)
    return value[i] + (value[i + 1] - value[i]) * x * x * (3.0 - 2.0 * x)


def ups_and_downs(rng: np.random.Generator, times_s: Array, who: Temperament) -> Array:
    """Factor on an expression over time, float64 [T], of mean 1: a mood that wanders, and expressions that stand out of it."""
    count, step_s = len(times_s), float(times_s[1] - times_s[0]) if len(times_s) > 1 else 1 / 30
    mood = np.exp(who.mood * wander(rng, count, step_s, 1.8) - 0.5 * who.mood**2)
    out = 0.82 * mood
    now = float(rng.exponential(60.0 / who.bursts))
    while now < times_s[-1]:
        length = float(np.clip(_lognormal(rng, 1.5, 0.9), *EXPRESSION_S))
        x = np.clip((times_s - now) / length, 0.0, 1.0)
        out += float(rng.uniform(0.25, 0.7)) * np.sin(np.pi * x**0.7) ** 2  # quicker to come than to go
        now += length + float(rng.exponential(60.0 / who.bursts))
    return out * (1.0 / max(float(out.mean()), 1e-6)) ** 0.5
