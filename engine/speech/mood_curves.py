"""From what was heard to what is played: a few keys on a line's emotion curves, for the animator to go on from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.project.change import Composite
from engine.project.document import emotion_track
from engine.project.edits import SetCurve
from engine.speech.mood import MoodTrack

MOST = 3  # emotions on one line
PLAYED = 0.85  # level of an emotion that is certain: the highest recorded level of MEAD is 1, and acting it all the time is too much
TOLERANCE = 0.12  # of the keys against what was heard, which is not known better
_DOUBT, _BELIEF = 0.2, 0.5  # probabilities below which nothing is played, and above which all of it is
_LEAST = 0.12  # a curve that never comes higher is none
_SMOOTH = np.array([0.25, 0.5, 0.25])
_BREATH_S = 0.4  # over which a level goes and comes where a pause is too long to be held through
_LONG_PAUSE_S = 2.0
_START_S = 1.5  # a line whose first stretch is judged before begins with it


def propose(track: MoodTrack) -> dict[str, Curve]:
    """Emotion curves by name for what was heard; few keys, none for what was hardly there.

    Args:
        track: from `listen`.

    Returns:
        At most `MOST` curves, the strongest first; empty where nothing but neutral speech was heard.
    """
    if not track.heard:
        return {}
    times_s, levels = _levels(track)
    curves = {}
    for i in np.argsort(-levels.mean(axis=0), kind="stable")[:MOST]:
        curve = _curve(times_s, levels[:, i])
        if max(key.value for key in curve.keys) >= _LEAST:
            curves[EMOTIONS[i]] = curve
    return curves


def proposal(line_id: str, curves: dict[str, Curve]) -> Composite:
    """One step that puts these on a line in the place of all emotion keys it has.

    Args:
        line_id: the line.
        curves: from `propose`.
    """
    return Composite(tuple(SetCurve(line_id, emotion_track(name), curves.get(name, Curve())) for name in EMOTIONS), "Listen for emotion")


def told(track: MoodTrack, curves: dict[str, Curve]) -> dict[str, Any]:
    """What was heard and what is proposed, as plain values for JSON.

    Args:
        track: from `listen`.
        curves: from `propose`.
    """
    name, probability = track.strongest()
    return {
        "strongest": name, "probability": round(probability, 3), **{key: round(value, 3) for key, value in track.means().items()},
        "keys": {emotion: [[key.time_s, key.value] for key in curve.keys] for emotion, curve in curves.items()},
    }  # fmt: skip


def _levels(track: MoodTrack) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times [T] and levels to play [T, 7]; short pauses are bridged, through long ones the face comes to rest."""
    heard = np.flatnonzero(track.confidence > 0)
    values = track.probabilities[heard].astype(np.float64)
    belief = np.clip((values - _DOUBT) / (_BELIEF - _DOUBT), 0.0, 1.0)
    values = PLAYED * values * belief**2 * (3.0 - 2.0 * belief)
    times_s = track.times_s[heard]
    breaks = np.flatnonzero(np.diff(times_s) > _LONG_PAUSE_S) + 1
    parts = [(t, _smoothed(v)) for t, v in zip(np.split(times_s, breaks), np.split(values, breaks), strict=True)]
    rest = np.zeros((1, len(EMOTIONS)))
    out_t, out_v = [parts[0][0]], [parts[0][1]]
    for times, part in parts[1:]:
        before, after = float(out_t[-1][-1]), float(times[0])
        out_t += [np.array([before + _BREATH_S, after - _BREATH_S]), times]
        out_v += [np.repeat(rest, 2, axis=0), part]
    return np.concatenate(out_t), np.concatenate(out_v)


def _smoothed(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows averaged with their neighbours, [T, 7]."""
    padded = np.pad(values, ((1, 1), (0, 0)), mode="edge")
    out: NDArray[np.float64] = sum(weight * padded[i : i + len(values)] for i, weight in enumerate(_SMOOTH))  # type: ignore[assignment]
    return out


def _curve(times_s: NDArray[np.float64], levels: NDArray[np.float64]) -> Curve:
    """Keys where the level turns, on hundredths, with tangents that do not overshoot."""
    keys = [Key(round(float(times_s[i]), 2), round(min(max(float(levels[i]), 0.0), 1.0), 2)) for i in _turns(times_s, levels)]
    if keys[0].time_s < _START_S:  # a line begins as its first second is
        keys[0] = Key(0.0, keys[0].value)
    if all(abs(key.value - keys[0].value) <= TOLERANCE for key in keys):
        return Curve((Key(0.0, round(float(np.median(levels)), 2)),))
    return Curve.from_keys(keys)


def _turns(times_s: NDArray[np.float64], levels: NDArray[np.float64]) -> list[int]:
    """The fewest samples, roughly, through which straight lines stay within `TOLERANCE` (Ramer 1972; Douglas and Peucker 1973)."""
    kept, todo = {0, len(levels) - 1}, [(0, len(levels) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        off = np.abs(levels[first : last + 1] - np.interp(times_s[first : last + 1], times_s[[first, last]], levels[[first, last]]))
        worst = first + int(off.argmax())
        if off.max() > TOLERANCE:
            kept.add(worst)
            todo += [(first, worst), (worst, last)]
    return sorted(kept)
