"""From lines to the scene: what leaves the house is one stretch of motion, sound and phonemes, with the gaps between lines filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
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
TRIM_FADE_S = 0.005  # where a sound is cut inside, so that it does not click
_AT_ONCE_S = 600.0
_IS_LIP = np.isin(CHANNELS, LIP)


@dataclass(frozen=True, eq=False)
class _Part:
    """One line at its place."""

    doc: LineDoc
    line: Line
    motion: MotionClip

    @property
    def inside_s(self) -> tuple[float, float]:
        """What is left of it after trimming, seconds of the line."""
        length = self.line.sound.duration_s
        begin = min(self.doc.trim_start_s, length)
        return begin, max(begin, length if self.doc.trim_end_s is None else min(self.doc.trim_end_s, length))

    @property
    def span_s(self) -> tuple[float, float]:
        """The same in seconds of the scene."""
        begin, end = self.inside_s
        return self.doc.start_s + begin, self.doc.start_s + end

    @property
    def whole(self) -> bool:
        """True if it is heard as it was recorded."""
        return self.inside_s == (0.0, self.line.sound.duration_s) and self.doc.gain_db == 0.0


@dataclass(frozen=True, eq=False)
class Scene:
    """A stretch of the scene: motion, sound and phonemes from its own time 0.

    Args:
        motion: of the first character that speaks.
        sound: of everybody's lines; None where nothing is heard.
        phonemes: of the same character as `motion`: `PHONEME_DTYPE`, covering the stretch.
        words: of the same: `WORD_DTYPE`, in order of start, cut to the stretch.
        seed: of the same: of its first line.
        notices: what a person should know of it.
        motions: of everybody in the document, by the character's id; who has no line waits.
        start_s: where in the document's scene its own time 0 lies, seconds.
    """

    motion: MotionClip
    sound: Sound | None
    phonemes: np.ndarray
    words: np.ndarray
    seed: int
    notices: tuple[str, ...] = ()
    motions: dict[str, MotionClip] = field(default_factory=dict)
    start_s: float = 0.0


def scene(document: Document, work: LinePipeline, span_s: tuple[float, float] | None = None, job: Job = SILENT) -> Scene:
    """All lines of a document, each at its place, trimmed and at its level.

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
    cast, said = _performed(document, work, job)
    end_s = max(part.span_s[1] for parts in cast.values() for part in parts)
    start_s, stop_s = (0.0, end_s) if span_s is None else span_s
    if start_s >= end_s:
        raise InvalidInput(f"the range {start_s:g}-{stop_s:g} s lies after the scene's end at {end_s:.2f} s", "give a range inside it")
    notices = _notices(cast, said)
    if stop_s > end_s + 0.5 / rate:
        notices = (*notices, f"the range was cut to the scene's end at {end_s:.2f} s")
    stop_s = min(stop_s, end_s)
    shown, parts = next(iter(cast.items()))
    heard = _heard(cast)
    first = parts[0]
    if len(cast) == len(parts) == len(heard) == 1 and first.whole and first.doc.start_s == 0.0 and span_s is None:
        motions = _everybody(document, {shown: first.motion}, 0.0, end_s)
        return Scene(first.motion, first.line.sound, first.line.phonemes, first.line.words, first.doc.seed, notices, motions)
    phonemes = track(_rows(parts, "phonemes", start_s, stop_s), stop_s - start_s)
    words = np.array(_rows(parts, "words", start_s, stop_s), WORD_DTYPE)
    spoken = {who: _joined(each, rate, (start_s, stop_s), end_s) for who, each in cast.items()}
    motions = _everybody(document, spoken, start_s, end_s)
    return Scene(spoken[shown], _mixed(heard, start_s, stop_s), phonemes, words, first.doc.seed, notices, motions, start_s)


def _everybody(document: Document, spoken: dict[str, MotionClip], start_s: float, end_s: float) -> dict[str, MotionClip]:
    """Everybody's motion in the document's order: who does not speak waits through the scene, of which a range is a piece."""
    rate = document.settings.rate
    out: dict[str, MotionClip] = {}
    for index, character in enumerate(document.characters):
        own = spoken.get(character.id)
        if own is None:
            times = next(iter(spoken.values())).times_s + start_s
            own = MotionClip(waiting(end_s, rate, index).sample(times), rate)
        out[character.id] = own
    return out


def _performed(document: Document, work: LinePipeline, job: Job) -> tuple[dict[str, list[_Part]], list[tuple[LineDoc, str]]]:
    """Everybody's lines in order of start, by the character's id; and what is to be said of them."""
    rate = document.settings.rate
    count = sum(len(character.lines) for character in document.characters)
    if not count:
        raise InvalidInput("the project has no lines", "open a sound or type a line first")
    cast: dict[str, list[_Part]] = {}
    said: list[tuple[LineDoc, str]] = []
    done = 0
    for character in document.characters:
        for doc in sorted(character.lines, key=lambda d: d.start_s):
            line = work.line(doc, job.part(done / count, (done + 0.8) / count))
            found = work.performance(doc, rate, job.part((done + 0.8) / count, (done + 1) / count), visemes=character.visemes)
            cast.setdefault(character.id, []).append(_Part(doc, line, found.final))
            said += [(doc, notice) for notice in (*line.notices, *found.notices)]
            done += 1
    return cast, said


def _heard(cast: dict[str, list[_Part]]) -> list[_Part]:
    """The lines whose sound is neither muted nor silenced by another's solo."""
    parts = [part for each in cast.values() for part in each if not part.doc.track_state("sound").mute]
    return [part for part in parts if part.doc.track_state("sound").solo] or parts


def _notices(cast: dict[str, list[_Part]], said: list[tuple[LineDoc, str]]) -> tuple[str, ...]:
    several = sum(len(parts) for parts in cast.values()) > 1
    found = [f"{doc.name}: {notice}" if several else notice for doc, notice in said]
    return tuple(dict.fromkeys(found))


def _rows(parts: list[_Part], kind: str, start_s: float, stop_s: float) -> list[tuple[str, float, float]]:
    """(label, start, end) of every line's phonemes or words, in order of start, cut to the stretch and counted from its start."""
    name = "label" if kind == "phonemes" else "text"
    found: list[tuple[str, float, float]] = []
    for part in parts:
        begin, end = max(part.span_s[0], start_s), min(part.span_s[1], stop_s)
        rows = [(str(row[name]), row["start_s"] + part.doc.start_s, row["end_s"] + part.doc.start_s) for row in getattr(part.line, kind)]
        found += [(label, max(a, begin) - start_s, min(b, end) - start_s) for label, a, b in rows if label and b > begin and a < end]
    return sorted(found, key=lambda row: row[1])


# --- motion ------------------------------------------------------------------------------------------------------------------------


def _joined(parts: list[_Part], rate: Fraction, stretch_s: tuple[float, float], end_s: float) -> MotionClip:
    """The lines' motion one after another, the resting face between them and to the scene's end.

    Where lines meet, head, eyes and brows pass over into the next within `JOIN_S`; the lips are the speaking line's alone
    to its last frame, for a closure stays a closure.
    """
    start_s, stop_s = stretch_s
    count = frame_count(stop_s - start_s, rate)
    times = start_s + np.arange(count, dtype=np.float64) * rate.denominator / rate.numerator
    spans = [part.span_s for part in parts]
    wide, lips = _weights(times, spans, JOIN_S), _weights(times, spans, 0.0)
    out = np.zeros((count, len(CHANNELS)), np.float32)
    for i, part in enumerate(parts):
        seen = (wide[i] > 0) | (lips[i] > 0)
        out[seen] += np.where(_IS_LIP, lips[i, seen, None], wide[i, seen, None]) * part.motion.sample(times[seen] - part.doc.start_s)
    begin = 0.0
    waits = [(part.doc, start, end) for part, (start, end) in zip(parts, spans, strict=True)]
    for doc, start, end in [*waits, (parts[-1].doc, end_s, end_s)]:  # while others speak after its last line it waits, too
        if start - begin > JOIN_S and begin < stop_s and start > start_s:
            gap = (times >= begin) & (times < start)
            left = 1.0 - np.where(_IS_LIP, lips[:, gap].sum(0)[:, None], wide[:, gap].sum(0)[:, None])
            out[gap] += left * _resting(start - begin, rate, doc).sample(times[gap] - begin)
        begin = max(begin, end)
    return MotionClip(out, rate)


def _resting(length_s: float, rate: Fraction, line_doc: LineDoc) -> MotionClip:
    """The face that waits for a line, in the manner of that line."""
    return waiting(length_s, rate, line_doc.seed, Amounts(**line_doc.amounts))


def waiting(length_s: float, rate: Fraction, seed: int = 0, amounts: Amounts = Amounts()) -> MotionClip:  # noqa: B008  frozen
    """A face that says nothing: it breathes, blinks and looks.

    Args:
        length_s: how long, seconds.
        rate: frames a second.
        seed: another gives other blinks.
        amounts: how much of what.
    """
    silence = sound_from_samples(np.zeros(max(1, round(length_s * 8000)), np.float32), 8000)
    return perform(analyse(silence), rate, None, amounts, (seed + 1) % 2**64)


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


def _mixed(parts: list[_Part], start_s: float, stop_s: float) -> Sound | None:
    if not parts:
        return None
    total = np.zeros(max(1, round((stop_s - start_s) * MIX_RATE)), np.float32)
    for part in parts:
        begin, end = part.inside_s
        first = round(max(start_s - part.doc.start_s, begin) * MIX_RATE)
        last = round(min(stop_s - part.doc.start_s, end) * MIX_RATE)
        shift = round((part.doc.start_s - start_s) * MIX_RATE)
        for at, piece in _pieces(part.line.sound, first, last):
            place = max(0, at + shift)
            room = total[place : place + len(piece)]
            room += (piece * _level(part, at, len(piece)))[: len(room)]
    return sound_from_samples(np.clip(total, -1.0, 1.0, out=total), MIX_RATE)


def _level(part: _Part, first: int, count: int) -> NDArray[np.float32] | np.float32:
    """Factor on `count` samples of a line from `first` on: its gain, and silence coming and going where it is trimmed."""
    gain = np.float32(10.0 ** (part.doc.gain_db / 20.0))
    begin, end = part.inside_s
    cut_in, cut_out = begin > 0.0, end < part.line.sound.duration_s
    if not cut_in and not cut_out:
        return gain
    at = (first + np.arange(count)) / MIX_RATE
    level = np.ones(count)
    if cut_in:
        level *= np.clip((at - begin) / TRIM_FADE_S, 0.0, 1.0)
    if cut_out:
        level *= np.clip((end - at) / TRIM_FADE_S, 0.0, 1.0)
    return gain * level.astype(np.float32)


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
