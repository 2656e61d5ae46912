"""What a living face does besides speaking: blinks, gaze, brows, head movement, breath. Seeded, each from its own stream."""

from __future__ import annotations

import itertools
import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import INDEX
from engine.core.jobs import SILENT, Job
from engine.head.rig import LOOK_DOWN_RAD, LOOK_SIDE_RAD, LOOK_UP_RAD
from engine.project.parts import Blink, Gaze
from engine.speech.line import Line

Array = NDArray[np.float32]
BLINK_MEAN_S = 3.6  # 17 a minute at rest; ends of phrases bring those who talk to 26 (Bentivoglio et al. 1997)
BLINK_CLOSE_S, BLINK_HOLD_S, BLINK_OPEN_S = 0.075, 0.035, 0.16  # VanderWerf et al. 2003
BLINK_STRETCH_S = 12.0
NOD_RAD = 0.055
SACCADE_S, SACCADE_S_PER_DEGREE = 0.021, 0.0022  # Bahill, Clark and Stark 1975; Carpenter 1988


@dataclass(frozen=True, eq=False)
class Life:
    """What lives in a line whatever its emotions: everything random but the blinks, at strength 1.

    Args:
        pose: head rotation with phrases and stress, radians float64 [T, 3].
        drift: head rotation that is always there, radians [T, 3].
        sway: head position that is always there, millimetres [T, 3].
        raised: brow raise on stress, float32 [T].
        breath: float64 [T].
        gazes: where the eyes look relative to the viewer, in order of time.
    """

    pose: NDArray[np.float64]
    drift: NDArray[np.float64]
    sway: NDArray[np.float64]
    raised: Array
    breath: NDArray[np.float64]
    gazes: tuple[Gaze, ...]


def live(line: Line, times_s: NDArray[np.float64], seed: int, job: Job = SILENT) -> Life:
    """The life of a line.

    Args:
        line: its phrases, accents and pauses.
        times_s: float64 [T].
        seed: of the performance.
        job: cancelling.

    Raises:
        Cancelled: the job was cancelled.
    """
    pose, drift, sway = _head(line, times_s, seed)
    job.check()
    raised = _brows(line, times_s, seed)
    job.check()
    return Life(pose, drift, sway, raised, _breath(line, times_s, seed), _gazes(line, float(times_s[-1]), seed))


def _stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one behaviour, independent of every other's."""
    return np.random.default_rng(np.random.SeedSequence([seed & 0xFFFFFFFF, seed >> 32, zlib.crc32(name.encode())]))


def _ease(x: NDArray) -> NDArray:
    """Minimum-jerk step from 0 to 1 (Flash and Hogan 1985)."""
    x = np.clip(x, 0.0, 1.0)
    return x * x * x * (10.0 + x * (6.0 * x - 15.0))


def _bump(times_s: NDArray[np.float64], peak_s: float, rise_s: float, fall_s: float) -> tuple[slice, NDArray]:
    """A smooth rise to 1 at `peak_s` and back: the frames it touches, and its values there."""
    low, high = np.searchsorted(times_s, (peak_s - rise_s, peak_s + fall_s))
    t = times_s[low:high]
    return slice(int(low), int(high)), np.where(t < peak_s, _ease((t - peak_s + rise_s) / rise_s), 1.0 - _ease((t - peak_s) / fall_s))


def _steps(times_s: NDArray[np.float64], moves: list[tuple[float, float, NDArray]], width: int) -> NDArray:
    """Sum of smooth steps, each (start_s, length_s, change [width]) and held ever after: [T, width]."""
    out, jump = np.zeros((len(times_s), width)), np.zeros((len(times_s) + 1, width))
    for start, length, change in moves:
        low, high = np.searchsorted(times_s, (start, start + length))
        out[low:high] += _ease((times_s[low:high] - start) / length)[:, None] * change
        jump[high] += change
    return out + np.cumsum(jump[:-1], axis=0)


# --- eyes --------------------------------------------------------------------------------------------------------------------------


def blinks(line: Line, times_s: NDArray[np.float64], seed: int, rate: NDArray, amount: NDArray) -> tuple[Blink, ...]:
    """The blinks of a performance: spontaneous ones, and many of the ends of phrases.

    Each stretch of `BLINK_STRETCH_S` draws its own, so that a change at one place leaves the blinks of all others.

    Args:
        line: its phrases.
        times_s: float64 [T].
        seed: of the performance.
        rate: factor on how many, by emotion [T].
        amount: factor on how many, as asked for [T].
    """
    end = float(times_s[-1])
    at = lambda values, time: float(values[min(int(np.searchsorted(times_s, time)), len(values) - 1)])  # noqa: E731
    pace = lambda time: at(amount, min(time, end)) * at(rate, min(time, end))  # noqa: E731
    if not amount.any():
        return ()
    ends = line.prosody.phrases[:, 1]
    last = -1.0
    found: list[Blink] = []
    for number in range(int(end / BLINK_STRETCH_S) + 1):
        begin = number * BLINK_STRETCH_S
        close = begin + BLINK_STRETCH_S if begin + BLINK_STRETCH_S <= end else end + 1.0
        random = _stream(seed, f"blink {number}" if number else "blink")
        events = [
            float(phrase) + random.uniform(-0.05, 0.18)
            for phrase in ends[(ends >= begin) & (ends < begin + BLINK_STRETCH_S)]
            if random.random() < min(0.95, 0.6 * at(amount, min(float(phrase), end)))
        ]
        # The line starts with open eyes; later on one is somewhere between two blinks.
        events += _spontaneous(random, begin + random.uniform(0.4, 4.4 if number else 2.2), close, pace)
        for start in sorted(events):
            if start - last < 0.55:
                continue
            last = start
            slow = random.uniform(0.9, 1.3)
            found.append(Blink(f"auto{len(found)}", start + BLINK_CLOSE_S * slow, 1.0, BLINK_HOLD_S + (BLINK_CLOSE_S + BLINK_OPEN_S) * slow))
    return tuple(found)


def _spontaneous(random: np.random.Generator, when: float, close: float, pace: Callable[[float], float]) -> list[float]:
    """When spontaneous blinks start from `when` to before `close`, seconds."""
    events = []
    while when < close:
        often = pace(when)
        if often <= 0.0:
            when += 0.25
            continue
        events.append(when)
        when += float(np.clip(random.lognormal(np.log(BLINK_MEAN_S * 0.85), 0.55), 0.5, 14.0)) / max(often, 0.05)
    return events


def lids(times_s: NDArray[np.float64], events: tuple[Blink, ...]) -> Array:
    """Lid closure 0 to 1 of blinks, float32 [T]."""
    out = np.zeros(len(times_s), np.float32)
    for blink in events:
        hold = min(BLINK_HOLD_S, 0.14 * blink.length_s)
        slow = (blink.length_s - hold) / (BLINK_CLOSE_S + BLINK_OPEN_S)
        full = blink.time_s
        start = full - BLINK_CLOSE_S * slow
        low, high = np.searchsorted(times_s, (start, full + hold + BLINK_OPEN_S * slow))
        t = times_s[low:high]
        lid = np.minimum(_ease((t - start) / (BLINK_CLOSE_S * slow)), 1.0 - _ease((t - full - hold) / (BLINK_OPEN_S * slow)))
        out[low:high] = np.maximum(out[low:high], blink.strength * lid)
        nearest = int(np.clip(np.searchsorted(times_s, full + hold / 2), 0, len(out) - 1))
        if abs(times_s[nearest] - full) < 0.08:
            out[nearest] = max(out[nearest], blink.strength)  # at a low frame rate, too, one frame shows the eye shut
    return out


def _gazes(line: Line, end_s: float, seed: int) -> tuple[Gaze, ...]:
    """Where the eyes of a performance go.

    They jump a little from one point of the viewer's face to another, and look away now and then, mostly at the start of a
    phrase (Kendon 1967; Lee et al. 2002, Eyes Alive).
    """
    random = _stream(seed, "gaze")
    marks: list[tuple[float, float, float]] = []
    when = random.uniform(0.3, 1.2)
    while when < end_s:
        marks.append((when, random.normal(0.0, 0.017), random.normal(0.004, 0.010)))
        when += float(np.clip(random.exponential(0.85), 0.22, 3.0))
    away = []
    for start, _ in line.prosody.phrases:
        if start > 0.5 and random.random() < 0.3:
            length, side = random.uniform(0.5, 1.1), random.choice([-1.0, 1.0])
            away.append((start - 0.25, start - 0.25 + length, side * random.uniform(0.10, 0.24), random.uniform(-0.08, 0.12)))
    edges = np.array([(a, b + 0.1) for a, b, _, _ in away]).reshape(-1, 2)
    marks = [m for m in marks if not ((edges[:, 0] <= m[0]) & (m[0] < edges[:, 1])).any()]
    for a, b, yaw, pitch in away:
        marks += [(a, yaw, pitch), (b, 0.0, 0.0)]
    marks.sort()
    return tuple(Gaze(f"auto{i}", float(when), float(yaw), float(pitch)) for i, (when, yaw, pitch) in enumerate(marks))


def looking(times_s: NDArray[np.float64], targets: tuple[Gaze, ...]) -> NDArray[np.float64]:
    """Where the eyes are while they jump from target to target, yaw and pitch in radians [T, 2]; at the viewer before the first.

    The farther a jump the longer it takes, along the main sequence.
    """
    at = [(-1.0, 0.0, 0.0), *((g.time_s, g.yaw_rad, g.pitch_rad) for g in targets)]
    moves = [(when, np.array([y1 - y0, p1 - p0])) for (_, y0, p0), (when, y1, p1) in itertools.pairwise(at)]
    return _steps(times_s, [(when, SACCADE_S + SACCADE_S_PER_DEGREE * math.degrees(math.hypot(*way)), way) for when, way in moves], 2)


def gaze(target: NDArray, amount: NDArray, head_rad: NDArray) -> Array:
    """Where the eyes point relative to the head, yaw and pitch in radians [T, 2], +yaw to the character's left, +pitch down.

    The eyes hold the viewer while the head moves (vestibulo-ocular reflex).

    Args:
        target: relative to the viewer, of `looking` [T, 2].
        amount: of eye movement [T].
        head_rad: head rotation [T, 3].
    """
    hold = -head_rad[:, [1, 0]] * 0.9
    return np.clip(amount[:, None] * target + np.minimum(amount, 1.0).astype(np.float32)[:, None] * hold, -0.45, 0.45).astype(np.float32)


def write_gaze(values: Array, gaze_rad: Array) -> None:
    """Add gaze [T, 2] to the eight look channels of `values` [T, 63], in place; the upper lids follow the eyes."""
    yaw, pitch = gaze_rad[:, 0], gaze_rad[:, 1]
    left, right = np.maximum(yaw, 0.0) / LOOK_SIDE_RAD, np.maximum(-yaw, 0.0) / LOOK_SIDE_RAD
    down, up = np.maximum(pitch, 0.0) / LOOK_DOWN_RAD, np.maximum(-pitch, 0.0) / LOOK_UP_RAD
    for name, value in {
        "eyeLookOutLeft": left, "eyeLookInRight": left, "eyeLookInLeft": right, "eyeLookOutRight": right,
        "eyeLookDownLeft": down, "eyeLookDownRight": down, "eyeLookUpLeft": up, "eyeLookUpRight": up,
    }.items():  # fmt: skip
        values[:, INDEX[name]] = np.clip(values[:, INDEX[name]] + value, 0.0, 1.0)


# --- brows, breath, head -----------------------------------------------------------------------------------------------------------


def _brows(line: Line, times_s: NDArray[np.float64], seed: int) -> Array:
    """Brow raise on stressed syllables, and a slow one over some phrases: float32 [T]."""
    out = np.zeros(len(times_s), np.float32)
    random = _stream(seed, "brows")
    for accent in line.prosody.accents:
        take, scale = random.random(), random.uniform(0.7, 1.15)
        if accent["strength"] < 0.35 or take > 0.35 + 0.5 * accent["strength"]:
            continue
        where, shape = _bump(times_s, float(accent["time_s"]) - 0.03, 0.16, random.uniform(0.28, 0.5))
        out[where] = np.maximum(out[where], 0.42 * accent["strength"] * scale * shape)
    for start, end in line.prosody.phrases:
        if random.random() < 0.3 and end - start > 0.6:
            where, shape = _bump(times_s, start + 0.25, 0.4, 0.7 * (end - start))
            out[where] = out[where] + 0.14 * shape
    return out


def _breath(line: Line, times_s: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Breath 0 (out) to 1 (the deepest in) [T]: drawn in the pause before each phrase, given out while speaking; slow waves in silence."""
    phrases = [(float(a), float(b)) for a, b in line.prosody.phrases]
    keys: list[tuple[float, float]] = []
    random = _stream(seed, "breath")
    end_s = float(times_s[-1])
    at = 0.0
    keys.append((0.0, 0.35))
    for start, end in [*phrases, (end_s + 1.0, end_s + 1.0)]:
        pause = start - at
        if pause > 5.0 or not phrases:  # quiet breathing, 15 a minute
            when = at + 0.3
            while when < start - (2.5 if phrases else 0.0):
                keys += [(when, 0.2), (when + 1.5, random.uniform(0.55, 0.7))]
                when += random.uniform(3.6, 4.4)
        if start <= end_s:
            drawn = float(np.clip(0.35 + 0.16 * (end - start), 0.4, 0.95)) if pause > 0.18 or not keys[1:] else keys[-1][1]
            if pause > 0.18:
                keys.append((max(at + 0.05, start - min(0.6, pause)), min(keys[-1][1], 0.4)))
            keys += [(start, drawn), (max(end, start + 0.05), max(0.12, drawn - 0.11 * (end - start) - 0.05))]
        at = end
    keys.sort(key=lambda k: k[0])
    t, v = np.array([k[0] for k in keys]), np.array([k[1] for k in keys])
    i = np.clip(np.searchsorted(t, times_s, side="right") - 1, 0, len(t) - 2) if len(t) > 1 else np.zeros(len(times_s), int)
    j = np.minimum(i + 1, len(t) - 1)
    share = _ease((times_s - t[i]) / np.maximum(t[j] - t[i], 1e-6))
    return v[i] + (v[j] - v[i]) * share


def _drift(random: np.random.Generator, times_s: NDArray[np.float64], slowest_hz: float, fastest_hz: float, waves: int = 5) -> NDArray:
    """Smooth noise of about unit deviation: sines of random phase, weaker when faster."""
    out = np.zeros(len(times_s))
    for hz in np.geomspace(slowest_hz, fastest_hz, waves):
        out += np.sin(2 * np.pi * (hz * random.uniform(0.85, 1.15) * times_s + random.random())) * (slowest_hz / hz) ** 0.6
    return out / np.sqrt(waves / 2)


def _head(line: Line, times_s: NDArray[np.float64], seed: int) -> tuple[NDArray, NDArray, NDArray]:
    """Pose, drift and sway of the head, each [T, 3]: a pose for each phrase, nods on stress, and what never rests.

    Nods precede or coincide with accents (Hadar et al. 1983; Munhall et al. 2004).
    """
    t = times_s
    random = _stream(seed, "head")
    now = np.zeros(3)
    moves: list[tuple[float, float, NDArray]] = []
    sinks: list[tuple[slice, NDArray]] = []
    for start, end in line.prosody.phrases:
        goal = random.normal(0.0, 1.0, 3) * np.array([0.022, 0.05, 0.028])
        goal[1] = np.clip(goal[1], -0.11, 0.11)
        moves.append((start - 0.18, random.uniform(0.45, 0.8), goal - now))
        now = goal
        where, shape = _bump(t, end - 0.05, min(0.5, 0.5 * (end - start)), 0.55)  # the head sinks at the end of a phrase
        sinks.append((where, 0.025 * random.uniform(0.4, 1.2) * shape))
    pose = _steps(t, moves, 3)
    for where, shape in sinks:
        pose[where, 0] += shape
    for accent in line.prosody.accents:
        if random.random() < 0.25 + 0.6 * accent["strength"]:
            where, shape = _bump(t, float(accent["time_s"]) + random.uniform(-0.02, 0.07), 0.17, random.uniform(0.25, 0.42))
            size = NOD_RAD * (0.3 + accent["strength"]) * random.uniform(0.5, 1.1)
            pose[where, 0] += size * shape
            pose[where, 1] += size * random.normal(0.0, 0.35) * shape
            pose[where, 2] += size * random.normal(0.0, 0.2) * shape
    still = np.stack([_drift(random, t, 0.11, 0.8) for _ in range(3)], -1) * np.array([0.0045, 0.0065, 0.004])
    sway = np.stack([_drift(random, t, 0.07, 0.35, 3) for _ in range(3)], -1) * np.array([1.1, 0.5, 0.9])
    return pose, still, sway


def head(pose: NDArray, drift: NDArray, sway: NDArray, movement: NDArray, amount: NDArray) -> Array:
    """Head rotation (radians) and position (millimetres), float32 [T, 6].

    Args:
        pose: of `Life` [T, 3].
        drift: of `Life` [T, 3].
        sway: of `Life` [T, 3].
        movement: factor on the pose, by emotion [T].
        amount: of all head movement [T].
    """
    amount = amount[:, None]
    rotation = (pose * movement[:, None] + drift) * amount
    # The head turns about the top of the neck: turning carries its middle along.
    carried = np.stack([rotation[:, 1] * 22.0, -np.abs(rotation[:, 0]) * 8.0, rotation[:, 0] * 30.0], -1)
    position = amount * (sway + carried / np.maximum(amount, 1e-6) * 0.5)
    return np.concatenate([rotation, position], -1).astype(np.float32)
