"""The performer: a line to a performance by rules one can read, and change. Always there, explainable, and the teacher of the learned systems.

`articulation` moves the mouth, `expressions` the emotions, `liveliness` everything else; the tables are in `visemes`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.core import emotion
from engine.core.channels import AUX, CHANNELS, HEAD, INDEX
from engine.core.curves import Curve
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.core.timing import frame_count
from engine.head.rig import LipGauge
from engine.speech.line import Line
from engine.systems import articulation, expressions, liveliness, visemes

NAME = "performer"


@dataclass(frozen=True)
class Amounts:
    """How much of each part, 0 none to 2 twice; each acts on its own channels.

    Args:
        lips: lip shapes (not the closures, which speech demands whenever lips > 0).
        jaw: opening of the jaw.
        blink: how many blinks.
        gaze: eye movement.
        brows: brow movement with stress.
        head: head movement.
        breath: breathing.
    """

    lips: float = 1.0
    jaw: float = 1.0
    blink: float = 1.0
    gaze: float = 1.0
    brows: float = 1.0
    head: float = 1.0
    breath: float = 1.0

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if not 0.0 <= value <= 2.0:
                raise InvalidInput(f"amount {f.name} = {value:g} is outside 0 to 2", "1 is the usual strength")


@lru_cache(maxsize=1)
def _gauge() -> LipGauge:
    return LipGauge()


def perform(
    line: Line,
    rate: Fraction,
    emotions: dict[str, Curve] | None = None,
    amounts: Amounts | None = None,
    seed: int = 0,
    job: Job = SILENT,
) -> MotionClip:
    """Perform a line.

    Args:
        line: with phonemes and prosody.
        rate: frames per second of the result.
        emotions: intensity curves 0 to 1 by MEAD name; None for neutral.
        amounts: of each part.
        seed: 64-bit; the same seed gives the same motion.
        job: progress and cancelling.

    Returns:
        Motion on the native channels that covers the line.

    Raises:
        Cancelled: the job was cancelled.
    """
    amounts = amounts or Amounts()
    count = frame_count(line.sound.duration_s, rate)
    times_s = np.arange(count, dtype=np.float64) * rate.denominator / rate.numerator
    intensity = expressions.envelope(emotion.sample(emotions or {}, times_s), float(1 / rate))
    values = _mouth(line, times_s, rate, intensity, amounts, job)
    _enliven(values, line, times_s, intensity, amounts, seed)
    return MotionClip(values, rate)


def _mouth(line: Line, times_s: NDArray[np.float64], rate: Fraction, intensity: NDArray[np.float32], amounts: Amounts, job: Job) -> NDArray[np.float32]:
    """Speech and expression together, with the lips held to what speech demands: float32 [T, 63]."""
    segments = articulation.segments_of(line)
    articulators = articulation.trajectories(line, segments, times_s, job)
    scale = np.full(len(visemes.NAMES), amounts.lips, np.float32)
    scale[visemes.COLUMN["jaw"]] = amounts.jaw
    for name in ("tip_up", "tip_forward", "body_up", "body_back"):
        scale[visemes.COLUMN[name]] = min(amounts.lips, 1.0)
    speech = visemes.to_channels(articulators * scale)
    least, largest = articulation.wanted_gap(line, segments, times_s, rate)
    activity = np.clip(least / articulation.PARTED_MM, 0.0, 1.0)
    activity[largest == 0.0] = 1.0
    values = expressions.blend_with_speech(speech, expressions.pattern_channels(intensity), activity, expressions.factor(intensity, "jaw"))
    if amounts.lips <= 0.0:
        return values
    return articulation.hold_gap(values, least * min(amounts.lips, 1.0), largest, _gauge())


def _enliven(values: NDArray[np.float32], line: Line, times_s: NDArray[np.float64], intensity: NDArray[np.float32], amounts: Amounts, seed: int) -> None:
    """Add blinks, brows, head, gaze and breath to `values` [T, 63], in place."""
    scene = liveliness.Scene(
        line,
        times_s,
        seed,
        blink_rate=expressions.factor(intensity, "blink_rate"),
        movement=expressions.factor(intensity, "movement"),
        brow_accent=expressions.factor(intensity, "brow_accent"),
    )
    posture = expressions.posture(intensity)
    head = liveliness.head(scene, amounts.head) + posture[:, :6] * min(amounts.head, 1.0)
    at = INDEX[HEAD[0]]
    values[:, at : at + 6] = head
    raised = liveliness.brows(scene, amounts.brows)
    for name, share in (("browInnerUp", 0.75), ("browOuterUpLeft", 0.85), ("browOuterUpRight", 0.8)):
        values[:, INDEX[name]] = np.clip(values[:, INDEX[name]] + share * raised, 0.0, 1.0)
    looking = liveliness.gaze(scene, amounts.gaze, head[:, :3])
    looking[:, 1] += posture[:, 6] * min(amounts.gaze, 1.0) * liveliness.LOOK_DOWN_RAD
    liveliness.write_gaze(values, looking)
    lid = liveliness.blinks(scene, amounts.blink)
    for side in ("Left", "Right"):
        blink, wide, squint = (INDEX[f"eye{n}{side}"] for n in ("Blink", "Wide", "Squint"))
        values[:, blink] = np.maximum(values[:, blink], lid)
        values[:, wide] *= 1.0 - lid
        values[:, squint] *= 1.0 - 0.7 * lid
    values[:, INDEX[AUX[-1]]] = liveliness.breath(scene, amounts.breath)
    assert values.shape[1] == len(CHANNELS)
