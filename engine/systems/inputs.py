"""What a line's performance depends on: hashes of it for caches and takes, and the line's document as directions to the performer.

No torch here: the window asks whether a take is older than its inputs.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.curves import Curve
from engine.core.emotion import EMOTIONS
from engine.project import codec
from engine.project.lines import LineDoc, Media
from engine.project.parts import AMOUNT_TRACK, AMOUNTS, EMOTION_TRACK, INTENSITY_TRACK, LAYER_TRACK, Blink, Gaze, Layer, Take
from engine.project.tracks import PhonemeTrack

Sampler = Callable[[Curve], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Direction:
    """What is asked of the performer.

    Args:
        levels: emotion vectors float32 [T, 7] in 0 to 1.
        amounts: by name, float64 [T] in 0 to 2.
        seed: 64-bit; the same seed gives the same motion.
        blinks: exactly these; None for the performer's own.
        gazes: exactly these; None for the performer's own.
    """

    levels: NDArray[np.float32]
    amounts: dict[str, NDArray[np.float64]]
    seed: int = 0
    blinks: tuple[Blink, ...] | None = None
    gazes: tuple[Gaze, ...] | None = None


_REMEMBERED = 128  # hashes of large objects
_remembered: OrderedDict[int, tuple[Any, str]] = OrderedDict()
_lock = threading.Lock()


def digest(value: Any) -> str:
    """A hash of a document's value: equal values have equal ones. That of a large object is worked out once for it."""
    large = isinstance(value, (Curve, PhonemeTrack)) or (isinstance(value, tuple) and len(value) > 16)
    if not large:
        return _hashed(value)
    with _lock:
        found = _remembered.get(id(value))
        if found is not None and found[0] is value:
            _remembered.move_to_end(id(value))
            return found[1]
    made = _hashed(value)
    with _lock:
        _remembered[id(value)] = (value, made)  # the object is held, so its id stays its own
        while len(_remembered) > _REMEMBERED:
            _remembered.popitem(last=False)
    return made


def _hashed(value: Any) -> str:
    if isinstance(value, Curve):
        stepped = bytes(key.tangent == "stepped" for key in value.keys)
        shape = b"".join(part.tobytes() for part in (value.times_s, value.values, *value.slopes()))
        return hashlib.sha256(shape + stepped).hexdigest()
    return hashlib.sha256(codec.dumps(codec.encode(value)).encode()).hexdigest()


def line_key(line: LineDoc) -> str:
    """A hash of what the pipeline's `Line` depends on: sound by its content, text, words, phonemes, closures."""
    track = line.phonemes
    found = None if track is None else [digest(track.labels), digest(track.bounds_s), digest(track.closures)]
    return digest([_source(line), line.transcript, line.language, digest(line.words), found, line.method, list(line.notices)])


def performance_key(line: LineDoc, seeded: bool = True) -> str:
    """A hash of all that the live performance of a line depends on; not of what is laid over it.

    Args:
        line: of the document.
        seeded: whether its seed counts.
    """
    track = line.phonemes
    events = not line.track_state("events").mute
    parts = [
        line_key(line),
        None if track is None or track.strengths is None else digest(track.strengths),
        {name: digest(curve) for name, curve in line.emotions.items() if plays(line, name)},
        digest(line.intensity) if line.intensity.keys and not line.track_state(INTENSITY_TRACK).mute else None,
        line.amounts,
        line.seed if seeded else None,
        None if line.blinks is None else [[b.time_s, b.strength, b.length_s] for b in line.blinks],
        None if line.gazes is None else [[g.time_s, g.yaw_rad, g.pitch_rad] for g in line.gazes],
        [events, line.track_state("phonemes").mute],
        [[layer_span(layer), {name: digest(curve) for name, curve in curves.items()}] for layer, curves in active(line, performers=True)],
    ]
    return digest(parts)


def take_inputs(line: LineDoc) -> str:
    """The fingerprint that a take made from the line now carries: everything but the seed, which the take has itself."""
    return performance_key(line, seeded=False)


def stale(line: LineDoc, take: Take) -> bool:
    """True if a take is older than what it was made from. An imported one, made from nothing here, never is."""
    return bool(take.inputs) and take.inputs != take_inputs(line)


def _source(line: LineDoc) -> Any:
    return ["media", line.source.sha256] if isinstance(line.source, Media) else ["typed", line.source.text, line.source.voice]


# --- switches ----------------------------------------------------------------------------------------------------------------------


def plays(line: LineDoc, name: str) -> bool:
    """True unless an emotion's track is muted, or another one is soloed."""
    if line.track_state(EMOTION_TRACK + name).mute:
        return False
    soloed = [other for other in EMOTIONS if line.track_state(EMOTION_TRACK + other).solo]
    return not soloed or name in soloed


def active(line: LineDoc, performers: bool) -> list[tuple[Layer, dict[str, Curve]]]:
    """Layers that do something, bottom to top, each with those of its curves that do.

    Args:
        line: of the document.
        performers: the curves that direct the performer (`emotions/NAME`, `amounts/NAME`); else those of channels.
    """
    if line.track_state("layers").mute:
        return []
    state = lambda layer: line.track_state(LAYER_TRACK + layer.id)  # noqa: E731
    soloed = [layer.id for layer in line.layers if layer.solo or state(layer).solo]
    found = []
    for layer in line.layers:
        if layer.mute or state(layer).mute or layer.weight <= 0.0 or (soloed and layer.id not in soloed):
            continue
        switches = {name: line.track_state(f"{LAYER_TRACK}{layer.id}/{name}") for name in layer.curves}
        alone = [name for name, switch in switches.items() if switch.solo]
        names = [n for n in layer.curves if not switches[n].mute and (not alone or n in alone) and ("/" in n) == performers]
        if names:
            found.append((layer, {n: layer.curves[n] for n in names}))
    return found


def layer_span(layer: Layer) -> list[Any]:
    """All of a layer that decides how much its curves count."""
    return [layer.mode, layer.weight, layer.start_s, layer.end_s, layer.fade_s]


def layer_weight(layer: Layer, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much a layer counts at all times of a line, 0 to its weight, float64 [T].

    It comes and goes smoothly inside its span, but not at the line's own ends.
    """
    out = np.full(len(times_s), layer.weight)
    end_s = float(times_s[-1])
    last = end_s if layer.end_s is None else layer.end_s
    if layer.start_s > 0.0:
        out *= ramp(times_s, layer.start_s, layer.start_s + min(layer.fade_s, (last - layer.start_s) / 2))
    if layer.end_s is not None and layer.end_s < end_s:
        out *= 1.0 - ramp(times_s, last - min(layer.fade_s, (last - max(layer.start_s, 0.0)) / 2), last)
    return out


def ramp(times_s: NDArray[np.float64], begin_s: float, end_s: float) -> NDArray[np.float64]:
    """A smooth rise from 0 at `begin_s` to 1 at `end_s`, float64 [T]; a step where they are the same."""
    if end_s - begin_s < 1e-9:
        return (times_s >= begin_s - 1e-9).astype(np.float64)
    x = np.clip((times_s - begin_s) / (end_s - begin_s), 0.0, 1.0)
    return x * x * (3.0 - 2.0 * x)


# --- directions --------------------------------------------------------------------------------------------------------------------


def levels(line: LineDoc, times_s: NDArray[np.float64], sample: Sampler) -> NDArray[np.float32]:
    """Emotion vectors that the line asks for, float32 [T, 7] in 0 to 1: its curves, layers and overall intensity.

    Args:
        line: of the document.
        times_s: float64 [T].
        sample: values of a curve at those times.
    """
    out = np.zeros((len(times_s), len(EMOTIONS)))
    for i, name in enumerate(EMOTIONS):
        if name in line.emotions:
            out[:, i] = np.clip(sample(line.emotions[name]), 0.0, 1.0)
    _add_layers(line, times_s, sample, {EMOTION_TRACK + name: out[:, i] for i, name in enumerate(EMOTIONS)})
    if line.intensity.keys and not line.track_state(INTENSITY_TRACK).mute:
        out *= np.clip(sample(line.intensity), 0.0, 2.0)[:, None]
    for i, name in enumerate(EMOTIONS):
        if not plays(line, name):
            out[:, i] = 0.0
    return np.clip(out, 0.0, 1.0).astype(np.float32)


def amounts(line: LineDoc, times_s: NDArray[np.float64], sample: Sampler) -> dict[str, NDArray[np.float64]]:
    """Amounts that the line asks for by name, float64 [T] each in 0 to 2."""
    out = {name: np.full(len(times_s), line.amounts[name]) for name in AMOUNTS}
    _add_layers(line, times_s, sample, {AMOUNT_TRACK + name: values for name, values in out.items()})
    if line.track_state("phonemes").mute:
        out["lips"][:] = out["jaw"][:] = 0.0
    return {name: np.clip(values, 0.0, 2.0) for name, values in out.items()}


def _add_layers(line: LineDoc, times_s: NDArray[np.float64], sample: Sampler, driven: dict[str, NDArray[np.float64]]) -> None:
    """Add what layers say of the performer's inputs, in place: even an override layer adds, for what it would replace is not its own."""
    for layer, curves in active(line, performers=True):
        weight = layer_weight(layer, times_s)
        for name, curve in curves.items():
            if name in driven:
                driven[name] += weight * sample(curve)


def direction(line: LineDoc, times_s: NDArray[np.float64], sample: Sampler) -> Direction:
    """What a line's document asks of the performer.

    Args:
        line: of the document.
        times_s: of the frames, float64 [T].
        sample: values of a curve at those times.
    """
    silent = line.track_state("events").mute  # eyes that neither blink nor move
    blinks, gazes = ((), ()) if silent else (line.blinks, line.gazes)
    return Direction(levels(line, times_s, sample), amounts(line, times_s, sample), line.seed, blinks, gazes)
