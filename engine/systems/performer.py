"""The performer: a line to a performance by rules one can read, and change. Always there, explainable, and the teacher of the learned systems.

`articulation` moves the mouth, `expressions` the emotions, `liveliness` everything else; the tables are in `visemes`.

What depends on neither emotion nor frame is worked out once for a line (`speak`, `liveliness.live`); the rest frame by frame, in
blocks that lie on one grid whoever asks, so that a range, a change and the whole line come out with the same bytes.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core import emotion
from engine.core.channels import AUX, CHANNELS, HEAD, INDEX, REGIONS, indices
from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.kept import Kept
from engine.core.motion import MotionClip
from engine.core.timing import frame_count
from engine.head.rig import LipGauge
from engine.speech.line import Line
from engine.systems import articulation, expressions, liveliness, visemes
from engine.systems.inputs import Direction

NAME = "performer"
BLOCK = 128  # frames
# What decides how far the lips are open before the eyes move, and what `hold_gap` moves.
_HEARD = indices((*(n for n in REGIONS["lips"] if n not in AUX), *REGIONS["cheeks and nose"]))
_HELD = indices(
    ("jawOpen", "mouthClose", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthPressLeft", "mouthPressRight", "mouthUpperUpLeft", "mouthUpperUpRight")
)
Frames = NDArray[np.float32]


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


@dataclass(frozen=True, eq=False)
class Speech:
    """What speech demands of the mouth, whatever else the face does.

    Args:
        line: that is spoken.
        rate: frames per second.
        times_s: float64 [T].
        articulators: float32 [T, A].
        least: smallest opening of the lips, millimetres float32 [T].
        largest: widest opening, millimetres float32 [T].
    """

    line: Line
    rate: Fraction
    times_s: NDArray[np.float64]
    articulators: Frames
    least: Frames
    largest: Frames


@lru_cache(maxsize=1)
def gauge() -> LipGauge:
    """Measures the lips of the head that will be shown."""
    return LipGauge()


def frame_times(line: Line, rate: Fraction) -> NDArray[np.float64]:
    """Times of the frames that cover a line, float64 [T]."""
    return np.arange(frame_count(line.sound.duration_s, rate), dtype=np.float64) * rate.denominator / rate.numerator


def speak(line: Line, rate: Fraction, strengths: Sequence[float] | None = None, table: visemes.Table | None = None, job: Job = SILENT) -> Speech:
    """What the line's phonemes demand of the mouth.

    Args:
        line: with phonemes.
        rate: frames per second.
        strengths: of each phoneme, 0 to 2; None for 1. Closures are closures at any strength.
        table: visemes in the place of ours, see `visemes.target_for`.
        job: progress and cancelling.

    Raises:
        InvalidInput: the table moves what is no articulator.
        Cancelled: the job was cancelled.
    """
    times_s = frame_times(line, rate)
    segments = articulation.segments_of(line, strengths, table)
    articulators = articulation.trajectories(line, segments, times_s, job)
    least, largest = articulation.wanted_gap(line, segments, times_s, rate)
    return Speech(line, rate, times_s, articulators, least, largest)


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
    speech = speak(line, rate, job=job)
    steady = {f.name: np.full(len(speech.times_s), getattr(amounts or Amounts(), f.name)) for f in fields(Amounts)}
    direction = Direction(emotion.sample(emotions or {}, speech.times_s), steady, seed)
    return Performing(speech, liveliness.live(line, speech.times_s, seed, job), direction).clip(job)


class Performing:
    """A performance that is worked out block by block, in any order.

    Args:
        speech: of the line.
        life: of the line and the direction's seed.
        direction: what is asked for.
        held: keeps what was costly, by its content, from one performance to the next.
    """

    def __init__(self, speech: Speech, life: liveliness.Life, direction: Direction, held: Kept[Frames] | None = None) -> None:
        self._speech, self._life, self._direction = speech, life, direction
        self._held: Kept[Frames] = Kept(1) if held is None else held
        self._lock = threading.Lock()
        times = speech.times_s
        self._intensity = self._envelope()
        amounts = direction.amounts
        if direction.blinks is None:
            rate = expressions.factor(self._intensity, "blink_rate")
            self.blinks = liveliness.blinks(speech.line, times, direction.seed, rate, amounts["blink"])
        else:
            self.blinks = direction.blinks
        self.gazes = life.gazes if direction.gazes is None else direction.gazes
        self._lids = liveliness.lids(times, self.blinks)
        self._target = liveliness.looking(times, self.gazes)
        self._values = np.empty((len(times), len(CHANNELS)), np.float32)
        self._done = np.zeros(math.ceil(len(times) / BLOCK), bool)

    def __len__(self) -> int:
        return len(self._values)

    @property
    def nbytes(self) -> int:
        """Memory it takes, about."""
        parts: list[NDArray[Any]] = [self._values, self._intensity, self._lids, self._target, self._direction.levels]
        return sum(part.nbytes for part in [*parts, *self._direction.amounts.values()])

    def frames(self, start: int, stop: int) -> Frames:
        """Frames `start` to `stop` (exclusive), float32 [stop - start, 63]; a view that must not be written to."""
        with self._lock:
            for index in range(start // BLOCK, -(-stop // BLOCK)):
                if not self._done[index]:
                    rows = slice(index * BLOCK, min((index + 1) * BLOCK, len(self)))
                    self._values[rows] = self._block(rows)
                    self._done[index] = True
        return self._values[start:stop]

    def clip(self, job: Job = SILENT) -> MotionClip:
        """The whole performance.

        Raises:
            Cancelled: the job was cancelled.
        """
        for start in range(0, len(self), BLOCK):
            job.report(start, len(self), "performing")
            self.frames(start, min(start + BLOCK, len(self)))
        return MotionClip(self._values, self._speech.rate)

    def _envelope(self) -> Frames:
        levels, step = self._direction.levels, float(1 / self._speech.rate)
        columns = []
        for i, name in enumerate(EMOTIONS):
            column = np.ascontiguousarray(levels[:, i])
            if not column.any():
                columns.append(np.zeros(len(column), np.float32))
                continue
            key = ("intensity", name, step, hashlib.blake2b(column.tobytes(), digest_size=16).digest())
            columns.append(self._held.get(key, lambda c=column, n=name: expressions.follow(c, n, step)))  # type: ignore[misc]
        return np.stack(columns, -1)

    def _block(self, rows: slice) -> Frames:
        intensity = self._intensity[rows]
        amounts = {name: values[rows] for name, values in self._direction.amounts.items()}
        values = self._mouth(rows, intensity, amounts)
        self._enliven(values, rows, intensity, amounts)
        return values

    def _mouth(self, rows: slice, intensity: Frames, amounts: dict[str, NDArray[np.float64]]) -> Frames:
        """Speech and expression together, with the lips held to what speech demands: float32 [B, 63]."""
        lips, jaw = amounts["lips"].astype(np.float32), amounts["jaw"].astype(np.float32)
        scale = np.repeat(lips[:, None], len(visemes.NAMES), 1)
        scale[:, visemes.COLUMN["jaw"]] = jaw
        for name in ("tip_up", "tip_forward", "body_up", "body_back"):
            scale[:, visemes.COLUMN[name]] = np.minimum(lips, 1.0)
        speech = visemes.to_channels(self._speech.articulators[rows] * scale)
        least, largest = self._speech.least[rows], self._speech.largest[rows]
        activity = np.clip(least / articulation.PARTED_MM, 0.0, 1.0)
        activity[largest == 0.0] = 1.0
        values = expressions.blend_with_speech(speech, expressions.pattern_channels(intensity), activity, expressions.factor(intensity, "jaw"))
        return self._hold(values, least * np.minimum(lips, 1.0), np.where(lips > 0.0, largest, np.float32(np.inf)))

    def _hold(self, values: Frames, least: Frames, largest: Frames) -> Frames:
        """`articulation.hold_gap`, by far the costliest step, kept by what decides it."""
        content = hashlib.blake2b(values[:, _HEARD].tobytes(), digest_size=16)
        content.update(least.tobytes())
        content.update(largest.tobytes())
        make = lambda: articulation.hold_gap(values, least, largest, gauge())[:, _HELD]  # noqa: E731
        values[:, _HELD] = self._held.get(("held", content.digest()), make)
        return values

    def _enliven(self, values: Frames, rows: slice, intensity: Frames, amounts: dict[str, NDArray[np.float64]]) -> None:
        """Add blinks, brows, head, gaze and breath to `values` [B, 63], in place."""
        life = self._life
        posture = expressions.posture(intensity)
        head = liveliness.head(life.pose[rows], life.drift[rows], life.sway[rows], expressions.factor(intensity, "movement"), amounts["head"])
        head += posture[:, :6] * np.minimum(amounts["head"], 1.0).astype(np.float32)[:, None]
        at = INDEX[HEAD[0]]
        values[:, at : at + 6] = head
        raised = np.clip(amounts["brows"].astype(np.float32) * expressions.factor(intensity, "brow_accent") * life.raised[rows], 0.0, 1.0)
        for name, share in (("browInnerUp", 0.75), ("browOuterUpLeft", 0.85), ("browOuterUpRight", 0.8)):
            values[:, INDEX[name]] = np.clip(values[:, INDEX[name]] + share * raised, 0.0, 1.0)
        looking = liveliness.gaze(self._target[rows], amounts["gaze"], head[:, :3])
        looking[:, 1] += posture[:, 6] * np.minimum(amounts["gaze"], 1.0).astype(np.float32) * liveliness.LOOK_DOWN_RAD
        liveliness.write_gaze(values, looking)
        lid = self._lids[rows]
        for side in ("Left", "Right"):
            blink, wide, squint = (INDEX[f"eye{n}{side}"] for n in ("Blink", "Wide", "Squint"))
            values[:, blink] = np.maximum(values[:, blink], lid)
            values[:, wide] *= 1.0 - lid
            values[:, squint] *= 1.0 - 0.7 * lid
        values[:, INDEX[AUX[-1]]] = np.clip(0.5 * amounts["breath"] * life.breath[rows], 0.0, 1.0)
