"""From lines to the scene: what leaves the house is one stretch of motion, sound and phonemes, with the gaps between lines filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS, LIP
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.core.timing import frame_count
from engine.pipeline import LinePipeline
from engine.project.document import Document, LineDoc
from engine.speech.files import Sound, sound_from_samples
from engine.speech.line import Line, analyse
from engine.speech.phonemes import WORD_DTYPE, track
from engine.systems.performer import Amounts, perform

MIX_RATE = 48000
JOIN_S = 0.3  # over which one line's motion passes into the next, or into the resting face
_AT_ONCE_S = 600.0
_IS_LIP = np.isin(CHANNELS, LIP)
_Part = tuple[LineDoc, Line, MotionClip]


@dataclass(frozen=True, eq=False)
class Scene:
    """A stretch of the scene: motion, sound and phonemes from its own time 0.

    Args:
        motion: of the first character.
        sound: of all its lines; None where nothing is heard.
        phonemes: `PHONEME_DTYPE`, covering the stretch.
        words: `WORD_DTYPE`, in order of start, cut to the stretch.
        seed: of its first line.
        notices: what a person should know of it.
    """

    motion: MotionClip
    sound: Sound | None
    phonemes: np.ndarray
    words: np.ndarray
    seed: int
    notices: tuple[str, ...] = ()


def scene(document: Document, work: LinePipeline, span_s: tuple[float, float] | None = None, job: Job = SILENT) -> Scene:
    """All lines of a document's first character, each at its place.

    Args:
        document: with at least one line.
        work: computes the lines.
        span_s: the stretch of the scene in seconds; None for all of it.
        job: progress and cancelling.

    Raises:
        InvalidInput: no lines, a range outside the scene, or a sound that cannot be used.
        Cancelled: the job was cancelled.
    """
    rate = document.settings.rate
    lines = sorted((line_doc for character in document.characters[:1] for line_doc in character.lines), key=lambda d: d.start_s)
    if not lines:
        raise InvalidInput("the project has no lines", "open a sound or type a line first")
    share = 1.0 / len(lines)
    parts = [(d, work.line(d, job.part(i * share, (i + 0.8) * share)), work.motion(d, rate, job)) for i, d in enumerate(lines)]
    end_s = max(d.start_s + spoken.sound.duration_s for d, spoken, _ in parts)
    start_s, stop_s = (0.0, end_s) if span_s is None else span_s
    if start_s >= end_s:
        raise InvalidInput(f"the range {start_s:g}-{stop_s:g} s lies after the scene's end at {end_s:.2f} s", "give a range inside it")
    notices = _notices(document, parts)
    if stop_s > end_s + 0.5 / rate:
        notices = (*notices, f"the range was cut to the scene's end at {end_s:.2f} s")
    stop_s = min(stop_s, end_s)
    if len(parts) == 1 and parts[0][0].start_s == 0.0 and span_s is None:
        _, spoken, motion = parts[0]
        return Scene(motion, spoken.sound, spoken.phonemes, spoken.words, lines[0].seed, notices)
    phonemes = track(_rows(parts, "phonemes", start_s, stop_s), stop_s - start_s)
    words = np.array(_rows(parts, "words", start_s, stop_s), WORD_DTYPE)
    motion = _joined(parts, rate, start_s, stop_s)
    return Scene(motion, _mixed(parts, start_s, stop_s), phonemes, words, lines[0].seed, notices)


def _notices(document: Document, parts: list[_Part]) -> tuple[str, ...]:
    said = [f"{d.name}: {notice}" if len(parts) > 1 else notice for d, spoken, _ in parts for notice in spoken.notices]
    if any(character.lines for character in document.characters[1:]):
        said.append(f"only {document.characters[0].name} is shown, the first of {len(document.characters)} characters")
    return tuple(dict.fromkeys(said))


def _rows(parts: list[_Part], kind: str, start_s: float, stop_s: float) -> list[tuple[str, float, float]]:
    """(label, start, end) of every line's phonemes or words, in order of start, cut to the stretch and counted from its start."""
    name = "label" if kind == "phonemes" else "text"
    found = [(str(row[name]), row["start_s"] + d.start_s, row["end_s"] + d.start_s) for d, spoken, _ in parts for row in getattr(spoken, kind)]
    inside = [(label, max(a, start_s) - start_s, min(b, stop_s) - start_s) for label, a, b in found if label and b > start_s and a < stop_s]
    return sorted(inside, key=lambda row: row[1])


# --- motion ------------------------------------------------------------------------------------------------------------------------


def _joined(parts: list[_Part], rate: Fraction, start_s: float, stop_s: float) -> MotionClip:
    """The lines' motion one after another, the resting face between them.

    Where lines meet, head, eyes and brows pass over into the next within `JOIN_S`; the lips are the speaking line's alone
    to its last frame, for a closure stays a closure.
    """
    count = frame_count(stop_s - start_s, rate)
    times = start_s + np.arange(count, dtype=np.float64) * rate.denominator / rate.numerator
    spans = [(d.start_s, d.start_s + spoken.sound.duration_s) for d, spoken, _ in parts]
    wide, lips = _weights(times, spans, JOIN_S), _weights(times, spans, 0.0)
    out = np.zeros((count, len(CHANNELS)), np.float32)
    for i, (line_doc, _, clip) in enumerate(parts):
        seen = (wide[i] > 0) | (lips[i] > 0)
        out[seen] += np.where(_IS_LIP, lips[i, seen, None], wide[i, seen, None]) * clip.sample(times[seen] - line_doc.start_s)
    begin = 0.0
    for (line_doc, _, _), (start, end) in zip(parts, spans, strict=True):
        if start - begin > JOIN_S and begin < stop_s and start > start_s:
            gap = (times >= begin) & (times < start)
            left = 1.0 - np.where(_IS_LIP, lips[:, gap].sum(0)[:, None], wide[:, gap].sum(0)[:, None])
            out[gap] += left * _resting(start - begin, rate, line_doc).sample(times[gap] - begin)
        begin = max(begin, end)
    return MotionClip(out, rate)


def _resting(length_s: float, rate: Fraction, line_doc: LineDoc) -> MotionClip:
    """The face that waits for a line: it breathes, blinks and looks."""
    silence = sound_from_samples(np.zeros(max(1, round(length_s * 8000)), np.float32), 8000)
    return perform(analyse(silence), rate, None, Amounts(**line_doc.amounts), (line_doc.seed + 1) % 2**64)


def _weights(times: NDArray[np.float64], spans: list[tuple[float, float]], least_s: float) -> NDArray[np.float64]:
    """How much of each line is seen, float64 [lines, T], together 1 at most; passing from one to the next takes `least_s` at least."""
    out = np.ones((len(spans), len(times)))
    for i, (start, end) in enumerate(spans):
        before = spans[i - 1][1] if i else -np.inf
        after = spans[i + 1][0] if i + 1 < len(spans) else np.inf
        join, reach = _passing(before, start, least_s)
        out[i] *= _ramp(times, start - join - reach, start + reach)
        join, reach = _passing(end, after, least_s)
        last = min(end, after)  # where lines overlap the later one takes over, as its phonemes do
        out[i] *= 1.0 - _ramp(times, last - reach, last + join + reach)
    return out / np.maximum(out.sum(0), 1.0)


def _passing(end: float, start: float, least_s: float) -> tuple[float, float]:
    """How far the change between two lines goes into the gap, and beyond it on either side."""
    gap = max(start - end, 0.0)
    return min(gap, JOIN_S), max(least_s - gap, 0.0) / 2


def _ramp(times: NDArray[np.float64], begin: float, end: float) -> NDArray[np.float64]:
    if end <= begin:
        return (times >= begin - 1e-9).astype(np.float64)
    return np.clip((times - begin) / (end - begin), 0.0, 1.0)


# --- sound -------------------------------------------------------------------------------------------------------------------------


def _mixed(parts: list[_Part], start_s: float, stop_s: float) -> Sound:
    total = np.zeros(max(1, round((stop_s - start_s) * MIX_RATE)), np.float32)
    for line_doc, spoken, _ in parts:
        first = round(max(start_s - line_doc.start_s, 0.0) * MIX_RATE)
        last = round(min(stop_s - line_doc.start_s, spoken.sound.duration_s) * MIX_RATE)
        shift = round((line_doc.start_s - start_s) * MIX_RATE)
        for at, piece in _pieces(spoken.sound, first, last):
            place = max(0, at + shift)
            room = total[place : place + len(piece)]
            room += piece[: len(room)]
    return sound_from_samples(np.clip(total, -1.0, 1.0, out=total), MIX_RATE)


def _pieces(sound: Sound, first: int, last: int) -> Iterator[tuple[int, np.ndarray]]:
    """Samples `first` to `last` at `MIX_RATE` with their positions; a long stretch is streamed, so that it is in memory once."""
    if last - first <= _AT_ONCE_S * MIX_RATE:
        if last > first:
            yield first, sound.read(first / MIX_RATE, last / MIX_RATE, MIX_RATE)
        return
    at = 0
    for block in sound.blocks(MIX_RATE):
        if at >= last:
            return
        if at + len(block) > first:
            skip = max(0, first - at)
            yield at + skip, block[skip : last - at]
        at += len(block)
