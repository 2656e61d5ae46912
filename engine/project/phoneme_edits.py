"""Edits of the phoneme track. Words and closures follow the boundaries they hang on.

Each is worked out into a `SpliceTrack`, the one edit that touches the track; it is also every inverse.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from engine.core.errors import InvalidInput
from engine.project.change import Applied, Change, Edit
from engine.project.document import Document, LineDoc
from engine.project.tracks import PhonemeTrack, Span, TrackPart, Word, retimer

MIN_PHONEME_S = 0.005  # what a boundary leaves to its neighbours; a glottal pulse at 200 Hz
# A closure measured for one of these is still a closure when the label becomes another.
_SHUT = frozenset("pbm")


@dataclass(frozen=True)
class SpliceTrack(Edit):
    """Phonemes `first` to `first + count` replaced by `part`, words likewise. The inverse of every phoneme edit.

    Args:
        line_id: the line.
        first: first phoneme replaced.
        count: how many are replaced.
        part: what takes their place; its outer boundaries replace theirs.
        word_first: first word replaced.
        word_count: how many words are replaced.
        words: what takes their place.
        edited: the flag the track has afterwards.
    """

    line_id: str
    first: int
    count: int
    part: TrackPart
    word_first: int = 0
    word_count: int = 0
    words: tuple[Word, ...] = ()
    edited: bool = True
    label: ClassVar[str] = "Change phonemes"

    def apply(self, document: Document) -> Applied:
        """The document with the part put in."""
        line = document.line(self.line_id)
        track = track_of(line)
        if not 0 <= self.first <= self.first + self.count <= len(track):
            raise InvalidInput(f"phonemes {self.first} to {self.first + self.count} are not in a track of {len(track)}", "reload the line")
        old_part = track.part(self.first, self.count)
        new_track = track.spliced(self.first, self.count, self.part)
        words = line.words
        old_words: tuple[Word, ...] = ()
        if words is not None:
            old_words = words[self.word_first : self.word_first + self.word_count]
            words = words[: self.word_first] + self.words + words[self.word_first + self.word_count :]
        new_line = replace(line, phonemes=new_track, words=words, phonemes_edited=self.edited)
        inverse = SpliceTrack(
            self.line_id, self.first, len(self.part.labels), old_part, self.word_first, len(self.words), old_words, line.phonemes_edited
        )  # fmt: skip
        what = {"phonemes", "words"} if self.words != old_words else {"phonemes"}
        bounds = (*old_part.bounds_s, *self.part.bounds_s)
        return Applied(document.with_line(new_line), inverse, Change(frozenset(what), self.line_id, min(bounds), max(bounds)))


@dataclass(frozen=True)
class MoveBoundary(Edit):
    """The boundary before phoneme `index` moved to `time_s`, or as far as its neighbours allow.

    With `ripple` the boundaries after it move as far, up to the next pause, which gives or takes the time (the last phoneme
    where there is no pause): what was aligned beyond a pause stays in step with the sound.
    """

    line_id: str
    index: int
    time_s: float
    ripple: bool = False
    label: ClassVar[str] = "Move boundary"

    @property
    def merge_key(self) -> Hashable:
        """One drag of one boundary."""
        return ("MoveBoundary", self.line_id, self.index, self.ripple)

    def apply(self, document: Document) -> Applied:
        """The document with the boundary moved."""
        line = document.line(self.line_id)
        track = track_of(line)
        if not 1 <= self.index < len(track) or not math.isfinite(self.time_s):
            raise InvalidInput(f"boundary {self.index} cannot go to {self.time_s} s", f"boundaries 1 to {len(track) - 1} can move")
        last = self._absorber(track) if self.ripple else self.index
        bounds = track.bounds_s
        here = bounds[self.index]
        low = min(bounds[self.index - 1] + MIN_PHONEME_S, here)
        high = here + max(bounds[last + 1] - bounds[last] - MIN_PHONEME_S, 0.0)
        time_s = min(max(self.time_s, low), high)
        if time_s == here:
            return Applied(document, self, Change())
        shift_s = time_s - here
        moved = (time_s, *(b + shift_s for b in bounds[self.index + 1 : last + 1]))
        new = (bounds[self.index - 1], *moved, bounds[last + 1])
        if not all(a < b for a, b in itertools.pairwise(new)):
            return Applied(document, self, Change())
        return _resplice(document, line, self.index - 1, track.labels[self.index - 1 : last + 1], new)

    def _absorber(self, track: PhonemeTrack) -> int:
        """The phoneme that gives or takes the time: the first pause after the boundary, else the last phoneme."""
        return next((i for i in range(self.index, len(track)) if not track.labels[i]), len(track) - 1)


@dataclass(frozen=True)
class RelabelPhoneme(Edit):
    """Phoneme `index` called something else; `""` makes it a pause."""

    line_id: str
    index: int
    phoneme: str
    label: ClassVar[str] = "Relabel phoneme"

    def apply(self, document: Document) -> Applied:
        """The document with the phoneme relabelled."""
        track = track_of(document.line(self.line_id))
        check_phoneme(track, self.index)
        part = track.part(self.index, 1)
        if part.labels[0] == self.phoneme:
            return Applied(document, self, Change())
        closures = part.closures
        if closures is not None and not {part.labels[0], self.phoneme} <= _SHUT:
            closures = (None,)
        return SpliceTrack(self.line_id, self.index, 1, TrackPart((self.phoneme,), part.bounds_s, closures, part.strengths)).apply(document)


@dataclass(frozen=True)
class SplitPhoneme(Edit):
    """Phoneme `index` cut in two at `time_s`; the second half is labelled `phoneme`, or as the first where None."""

    line_id: str
    index: int
    time_s: float
    phoneme: str | None = None
    label: ClassVar[str] = "Split phoneme"

    def apply(self, document: Document) -> Applied:
        """The document with one phoneme more."""
        track = track_of(document.line(self.line_id))
        check_phoneme(track, self.index)
        start_s, end_s = track.bounds_s[self.index : self.index + 2]
        if not start_s + MIN_PHONEME_S <= self.time_s <= end_s - MIN_PHONEME_S:
            raise InvalidInput(f"a cut at {self.time_s:g} s leaves less than 5 ms of phoneme {self.index}", f"cut between {start_s:g} and {end_s:g} s")
        second = track.labels[self.index] if self.phoneme is None else self.phoneme
        closures: tuple[Span | None, ...] | None = None
        if track.closures is not None:
            halves = (_clipped(track.closures[self.index], -math.inf, self.time_s), _clipped(track.closures[self.index], self.time_s, math.inf))
            closures = (halves[0], halves[1] if second == track.labels[self.index] else None)
        strengths = None if track.strengths is None else (track.strengths[self.index],) * 2
        part = TrackPart((track.labels[self.index], second), (start_s, self.time_s, end_s), closures, strengths)
        return SpliceTrack(self.line_id, self.index, 1, part).apply(document)


@dataclass(frozen=True)
class MergePhonemes(Edit):
    """Phonemes `first` to `first + count` made one, labelled `phoneme`, or as the longest of them where None."""

    line_id: str
    first: int
    count: int = 2
    phoneme: str | None = None
    label: ClassVar[str] = "Merge phonemes"

    def apply(self, document: Document) -> Applied:
        """The document with fewer phonemes."""
        track = track_of(document.line(self.line_id))
        if self.count < 2:
            raise InvalidInput(f"{self.count} phonemes cannot be merged", "select two or more")
        check_phoneme(track, self.first)
        check_phoneme(track, self.first + self.count - 1)
        part = track.part(self.first, self.count)
        label = part.labels[int(np.argmax(np.diff(part.bounds_s)))] if self.phoneme is None else self.phoneme
        closures: tuple[Span | None, ...] | None = None
        if part.closures is not None:
            spans = [s for s, of in zip(part.closures, part.labels, strict=True) if s is not None and (of == label or {of, label} <= _SHUT)]
            closures = ((min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None,)
        strengths = None if part.strengths is None else (max(part.strengths),)
        merged = TrackPart((label,), (part.bounds_s[0], part.bounds_s[-1]), closures, strengths)
        return SpliceTrack(self.line_id, self.first, self.count, merged).apply(document)


@dataclass(frozen=True)
class SetPhonemeStrength(Edit):
    """How strongly phoneme `index` is articulated, 0 to 2."""

    line_id: str
    index: int
    value: float
    label: ClassVar[str] = "Change phoneme strength"

    @property
    def merge_key(self) -> Hashable:
        """One phoneme, dragged."""
        return ("SetPhonemeStrength", self.line_id, self.index)

    def apply(self, document: Document) -> Applied:
        """The document with the strength set."""
        track = track_of(document.line(self.line_id))
        check_phoneme(track, self.index)
        if track.strength(self.index) == self.value:
            return Applied(document, self, Change())
        part = replace(track.part(self.index, 1), strengths=(self.value,))
        return SpliceTrack(self.line_id, self.index, 1, part, edited=document.line(self.line_id).phonemes_edited).apply(document)


def track_of(line: LineDoc) -> PhonemeTrack:
    """The phonemes of a line.

    Raises:
        InvalidInput: it was not analysed yet.
    """
    if line.phonemes is None:
        raise InvalidInput(f"line {line.name!r} has no phonemes yet", "wait until it is analysed")
    return line.phonemes


def check_phoneme(track: PhonemeTrack, index: int) -> None:
    """Refuse an index outside the track.

    Raises:
        InvalidInput: it is.
    """
    if not 0 <= index < len(track):
        raise InvalidInput(f"there is no phoneme {index} in a track of {len(track)}", "reload the line")


def _resplice(document: Document, line: LineDoc, first: int, labels: tuple[str, ...], new_s: tuple[float, ...]) -> Applied:
    """Phonemes from `first` with new boundaries; closures in them and words that touch them follow."""
    track = track_of(line)
    old = track.part(first, len(labels))
    retime = retimer(old.bounds_s, new_s)
    closures = None
    if old.closures is not None:
        closures = tuple(None if s is None else (retime(s[0]), retime(s[1])) for s in old.closures)
    splice = SpliceTrack(line.id, first, len(labels), TrackPart(labels, new_s, closures, old.strengths))
    if line.words:
        near = [i for i, w in enumerate(line.words) if w.end_s >= old.bounds_s[0] and w.start_s <= old.bounds_s[-1]]
        if near:
            low, high = near[0], near[-1] + 1
            words = tuple(Word(w.text, retime(w.start_s), retime(w.end_s)) for w in line.words[low:high])
            splice = replace(splice, word_first=low, word_count=high - low, words=words)
    return splice.apply(document)


def _clipped(span: Span | None, low: float, high: float) -> Span | None:
    if span is None or span[0] >= high or span[1] <= low:
        return None
    return max(span[0], low), min(span[1], high)
