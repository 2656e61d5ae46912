"""Speech on the mouth: phonemes and prosody to lip, jaw and tongue channels, by coarticulation and hard constraints.

Two steps. `trajectories` blends the targets of neighbouring phonemes by dominance. `hold_gap` then sees to what speech demands: the
lips shut exactly for the closure of p, b and m whatever else the face does, parted where a sound needs it, and meeting f
and v at the teeth.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import INDEX
from engine.core.jobs import SILENT, Job
from engine.head.rig import LEAST_JAW, LipGauge
from engine.speech.line import Line
from engine.speech.phonemes import features
from engine.systems.visemes import COLUMN, NAMES, REACH_AFTER_S, REACH_BEFORE_S, Table, Target, target_for

SHORT_PAUSE_S = 0.22  # through a shorter pause the mouth does not come to rest
OPENING_LEAD_S = 0.11  # the mouth opens this long before speech starts
CLOSING_LAG_S = 0.12  # and is at rest this long after it ends
WINDOW = 4.5  # reaches after which a dominance no longer counts
SHUT_MM = 1.0  # the opening below which lips count as shut
LOUDNESS_GAIN = 0.02  # of the jaw per decibel
OPENNESS_GAIN, OPENNESS_GAIN_UNSURE = 0.08, 0.2  # of the jaw per deviation of how open the sound is
APPROACH_S, OPENING_MM_S = 0.06, 90.0  # how the lips come to and leave a narrow opening
PARTED_MM = 1.9  # the least opening within speech outside closures


@dataclass(frozen=True, eq=False)
class Segments:
    """Phonemes taken apart into steady segments: one per part of a diphthong or affricate.

    Args:
        label: the simple IPA labels, S of them.
        start_s: float64 [S].
        end_s: float64 [S].
        stress: float32 [S], 0 to 1.
        strength: float32 [S], 0 to 2: how strongly each is articulated.
        target: of each.
    """

    label: tuple[str, ...]
    start_s: NDArray[np.float64]
    end_s: NDArray[np.float64]
    stress: NDArray[np.float32]
    strength: NDArray[np.float32]
    target: tuple[Target, ...]


def segments_of(line: Line, strengths: Sequence[float] | None = None, table: Table | None = None) -> Segments:
    """Steady segments of a line; short pauses are dropped, so that the mouth passes over them.

    Args:
        line: with phonemes.
        strengths: of each phoneme, 0 to 2; None for 1.
        table: an animator's visemes over ours, see `visemes.target_for`.

    Raises:
        InvalidInput: the table moves what is no articulator.
    """
    rows: list[tuple[str, float, float, float, float, Target]] = []
    for i, (label, start, end) in enumerate(line.phonemes.tolist()):
        if not label and end - start < SHORT_PAUSE_S and 0 < i < len(line.phonemes) - 1:
            continue
        parts = features(label).parts or (features(label),)
        # The first part of a diphthong is the longer one; the stop of an affricate and its fricative share evenly.
        shares = (0.58, 0.42) if len(parts) == 2 and parts[0].kind == "vowel" else (1 / len(parts),) * len(parts)
        edges = [start + (end - start) * share for share in itertools.accumulate(shares, initial=0.0)]
        strength = 1.0 if strengths is None or not label else strengths[i]
        stress = float(line.stress[i]) / 2.0
        rows += [(p.label, a, b, stress, strength, target_for(p.label, label, table)) for p, a, b in zip(parts, edges, edges[1:], strict=False)]
    label, start_s, end_s, stress_of, strength_of, target = zip(*rows, strict=True)
    return Segments(label, np.array(start_s), np.array(end_s), np.array(stress_of, np.float32), np.array(strength_of, np.float32), target)


def _rest_edges(segments: Segments) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Start and end of each segment as the mouth sees them: rest begins a little late and ends early."""
    start, end = segments.start_s.copy(), segments.end_s.copy()
    for i, label in enumerate(segments.label):
        if label:
            continue
        length = end[i] - start[i]
        if i > 0:
            start[i] += min(0.25 * CLOSING_LAG_S, 0.2 * length)
        if i + 1 < len(segments.label):
            end[i] -= min(0.4 * OPENING_LEAD_S, 0.2 * length)
    return start, end


def trajectories(line: Line, segments: Segments, times_s: NDArray[np.float64], job: Job = SILENT) -> NDArray[np.float32]:
    """Articulator values over time by dominance blending.

    Args:
        line: for loudness.
        segments: of the line.
        times_s: float64 [T], rising.
        job: progress and cancelling.

    Returns:
        float32 [T, A] in 0 to 1, in the order of `visemes.NAMES`.
    """
    weight = np.full((len(times_s), len(NAMES)), 1e-6, np.float32)
    total = np.zeros((len(times_s), len(NAMES)), np.float32)
    start, end = _rest_edges(segments)
    far_before, far_after = WINDOW * float(REACH_BEFORE_S.max()), WINDOW * float(REACH_AFTER_S.max())
    low = np.searchsorted(times_s, start - far_before)
    high = np.searchsorted(times_s, end + far_after)
    for i, label in enumerate(segments.label):
        if i % 512 == 0:
            job.report(i, len(segments.label), "shaping the mouth")
        target, strength = segments.target[i], segments.strength[i]
        value = target.value * strength
        if label and features(label).kind == "vowel":
            # Short vowels fall short of their target (Lindblom 1963); loud and stressed ones go beyond it.
            reached = 1.0 - 0.45 * np.exp(-(end[i] - start[i]) / 0.055)
            value[COLUMN["jaw"]] *= reached * (1.0 + 0.18 * segments.stress[i])
        t = times_s[low[i] : high[i], None]
        before, after = np.maximum(start[i] - t, 0.0), np.maximum(t - end[i], 0.0)
        dominance = strength * target.dominance * np.exp(-(before / REACH_BEFORE_S) - (after / REACH_AFTER_S))
        if not label:  # rest is absolute inside a pause: nothing quivers
            dominance = np.where((before + after) <= 0.0, 40.0, dominance)
        weight[low[i] : high[i]] += dominance
        total[low[i] : high[i]] += dominance * value
    out: NDArray[np.float32] = (total / weight).astype(np.float32)
    out[:, COLUMN["jaw"]] *= _loudness(line, times_s)
    return _settle(out, segments, start, end, times_s)


def _settle(values: NDArray[np.float32], segments: Segments, start: NDArray, end: NDArray, times_s: NDArray) -> NDArray[np.float32]:
    """Exactly at rest inside pauses, with a smooth way in and out."""
    for i, label in enumerate(segments.label):
        if label:
            continue
        a, b = (start[i] if i else -np.inf), (end[i] if i + 1 < len(segments.label) else np.inf)
        low, high = np.searchsorted(times_s, (a, b))
        t = times_s[low:high]
        ramp = np.clip(1.0 - np.minimum((t - a) / (0.75 * CLOSING_LAG_S), (b - t) / (0.6 * OPENING_LEAD_S)), 0.0, 1.0)
        into = values[max(low - 1, 0)] if low else np.zeros_like(values[0])
        out_of = values[min(high, len(values) - 1)] if high < len(values) else np.zeros_like(values[0])
        nearer_start = ((t - a) / CLOSING_LAG_S < (b - t) / OPENING_LEAD_S)[:, None]
        edge = np.where(nearer_start, into, out_of)
        ease = (ramp * ramp * (3 - 2 * ramp))[:, None]
        values[low:high] = edge * ease
    return values


def _loudness(line: Line, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
    """Jaw factor over time, float32 [T]: louder speech is articulated wider (Schulman 1989), and vowels that sound open are.

    The less sure the phonemes, the more the sound itself has a say.
    """
    prosody = line.prosody
    if not len(prosody.energy_db):
        return np.ones(len(times_s), np.float32)
    window = np.hanning(9)[1:-1] / np.hanning(9).sum()
    loud = np.convolve(np.pad(prosody.energy_db.astype(np.float64), 3, mode="edge"), window, "valid")
    centres = (np.arange(len(loud)) + 0.5) / 100
    factor = np.clip(1.0 + LOUDNESS_GAIN * np.interp(times_s, centres, loud), 0.5, 1.3)
    if len(prosody.openness):
        gain = OPENNESS_GAIN_UNSURE if line.method in ("allphone", "recognition", "encoder") else OPENNESS_GAIN
        factor *= 1.0 + gain * np.interp(times_s, centres, prosody.openness)
    return factor.astype(np.float32)


def wanted_gap(line: Line, segments: Segments, times_s: NDArray[np.float64], rate: Fraction) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Least and largest lip opening per frame that speech allows, millimetres: two float32 [T].

    The largest is 0 in a closure; the frames beside it get the opening at which a straight line between frames crosses `SHUT_MM`
    at the closure's true edge, so that 30 frames a second hold closures more precisely than a frame.
    """
    least, largest = np.zeros(len(times_s), np.float32), np.full(len(times_s), np.inf, np.float32)
    start, end = segments.start_s, segments.end_s
    near = np.searchsorted(times_s, (start - 0.5 * OPENING_LEAD_S, end + 0.3 * CLOSING_LAG_S)).T.tolist()
    inside = np.searchsorted(times_s, (start, end)).T.tolist()
    reached = np.searchsorted(times_s, (start - APPROACH_S, end + APPROACH_S)).T.tolist()
    for i, label in enumerate(segments.label):
        if not label:
            continue
        around = least[near[i][0] : near[i][1]]
        np.maximum(around, PARTED_MM * 0.6, out=around)
        target = segments.target[i]
        parted = max(PARTED_MM, target.gap_mm) if target.most_mm > PARTED_MM + 0.5 else target.gap_mm
        least[inside[i][0] : inside[i][1]] = parted * min(float(segments.strength[i]), 1.0)
        if np.isfinite(target.most_mm):
            low, high = reached[i]
            outside = np.maximum(np.maximum(start[i] - times_s[low:high], times_s[low:high] - end[i]), 0.0)
            largest[low:high] = np.minimum(largest[low:high], target.most_mm + OPENING_MM_S * outside)
    step = float(1 / rate)
    for closure in line.closures:
        a, b = float(closure["start_s"]), float(closure["end_s"])
        low, high = (int(x) for x in np.searchsorted(times_s, (a, b)))
        if low == high:  # between two frames: the nearer one holds it
            low = int(np.clip(round((a + b) / 2 / step), 0, len(times_s) - 1))
            high = low + 1
        largest[low:high] = 0.0
        for k, outside in ((low - 1, a - (low - 1) * step), (high, high * step - b)):
            if 0 <= k < len(times_s):
                crossing = SHUT_MM / max(1.0 - min(max(outside, 0.0), 0.97 * step) / step, 0.03)
                largest[k] = min(largest[k], max(crossing, SHUT_MM * 1.02))
    return np.minimum(least, largest), largest


def hold_gap(values: NDArray[np.float32], least: NDArray[np.float32], largest: NDArray[np.float32], gauge: LipGauge) -> NDArray[np.float32]:
    """Channel values whose lip opening lies between `least` and `largest`.

    Too wide is drawn shut with mouthClose, which at jawOpen's value seals the lips under any expression; too narrow is
    parted by the lips themselves.

    Args:
        values: float32 [T, 63].
        least: millimetres [T].
        largest: millimetres [T].
        gauge: measures the opening on the head that will be shown.

    Returns:
        float32 [T, 63].
    """
    out = values.copy()
    gap = gauge.mm(out)
    narrow = np.flatnonzero(gap < least - 0.05)
    if len(narrow):
        out[narrow] = _search(out[narrow], least[narrow], gauge, _part, rising=True)
    gap = gauge.mm(out)
    wide = np.flatnonzero(gap > largest + 0.02)
    if len(wide):
        out[wide] = _search(out[wide], largest[wide], gauge, _close, rising=False)
    return out


def _part(values: NDArray[np.float32], amount: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lips parted by `amount` 0 to 1: the lower lip down, the upper up, what seals them undone."""
    out = values.copy()
    for names, strength in ((("mouthLowerDownLeft", "mouthLowerDownRight"), 0.7), (("mouthUpperUpLeft", "mouthUpperUpRight"), 0.3)):
        for name in names:
            out[:, INDEX[name]] = np.minimum(1.0, out[:, INDEX[name]] + strength * amount)
    for name in ("mouthPressLeft", "mouthPressRight", "mouthClose"):
        out[:, INDEX[name]] *= 1.0 - np.minimum(1.0, 3.0 * amount)
    out[:, INDEX["jawOpen"]] = np.maximum(out[:, INDEX["jawOpen"]], 0.06 * amount)
    return out


def _close(values: NDArray[np.float32], amount: NDArray[np.float32]) -> NDArray[np.float32]:
    """mouthClose at `amount` of what seals the lips."""
    out = values.copy()
    jaw = np.maximum(out[:, INDEX["jawOpen"]], LEAST_JAW)
    out[:, INDEX["mouthClose"]] = np.maximum(out[:, INDEX["mouthClose"]], jaw * amount)
    return out


def _search(values: NDArray[np.float32], goal_mm: NDArray[np.float32], gauge: LipGauge, change, rising: bool, steps: int = 9) -> NDArray[np.float32]:
    """Bisection per frame for the amount of `change` at which the opening is `goal_mm`."""
    low, high = np.zeros(len(values), np.float32), np.ones(len(values), np.float32)
    for _ in range(steps):
        middle = (low + high) / 2
        more = (gauge.mm(change(values, middle)) < goal_mm) == rising
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    found: NDArray[np.float32] = change(values, high)
    return found
