"""The phoneme track and the words of one line, as immutable values.

Times are seconds of the line (float64), from its first sample.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput

PHONEME_DTYPE = np.dtype([("label", "U8"), ("start_s", "f8"), ("end_s", "f8")])
WORD_DTYPE = np.dtype([("text", "U48"), ("start_s", "f8"), ("end_s", "f8")])
Span = tuple[float, float]
# A segment shorter than this is noise of the arithmetic; a gap up to a millisecond is rounding of a file's decimals.
_NOTHING_S, _ROUNDING_S = 1e-6, 1e-3


@dataclass(frozen=True)
class Word:
    """One word and when it is spoken."""

    text: str
    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start_s) and math.isfinite(self.end_s) and self.start_s <= self.end_s):
            raise InvalidInput(f"the word {self.text!r} runs from {self.start_s} to {self.end_s} s", "give a start before its end")

    def to_json(self) -> list[Any]:
        """As a plain list, for storage."""
        return [self.text, self.start_s, self.end_s]

    @classmethod
    def from_json(cls, row: list[Any]) -> Word:
        """The inverse of `to_json`."""
        text, start_s, end_s = row
        return cls(str(text), float(start_s), float(end_s))


def words_from_array(words: NDArray[Any]) -> tuple[Word, ...]:
    """Words from a structured array (text, start_s, end_s)."""
    return tuple(Word(str(w["text"]), float(w["start_s"]), float(w["end_s"])) for w in words)


def words_to_array(words: Iterable[Word]) -> NDArray[Any]:
    """Words as a structured array of `WORD_DTYPE`."""
    return np.array([(w.text, w.start_s, w.end_s) for w in words], WORD_DTYPE)


@dataclass(frozen=True)
class PhonemeTrack:
    """Phonemes without gaps from 0 to the end of the line; neighbours share their boundary.

    Args:
        labels: L labels of at most 8 characters, IPA; `""` is a pause.
        bounds_s: L + 1 rising times; phoneme i runs from `bounds_s[i]` to `bounds_s[i + 1]`, and `bounds_s[0]` is 0.
        closures: per phoneme the span in which the lips (or the constriction) are shut, None where it has none; or None
            for the whole track where nobody measured them.
        strengths: per phoneme how strongly it is articulated, 0 to 2; None where all are 1.
    """

    labels: tuple[str, ...]
    bounds_s: tuple[float, ...]
    closures: tuple[Span | None, ...] | None = None
    strengths: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if not self.labels or len(self.bounds_s) != len(self.labels) + 1:
            raise InvalidInput(f"{len(self.labels)} phonemes need one boundary more, got {len(self.bounds_s)}", "give labels and their shared boundaries")
        if self.bounds_s[0] != 0.0:
            raise InvalidInput(f"the phonemes start at {self.bounds_s[0]:g} s, not at 0", "put a pause before the first")
        for index, (a, b) in enumerate(itertools.pairwise(self.bounds_s)):
            if not a < b < math.inf:
                raise InvalidInput(f"phoneme {index} ({self.labels[index]!r}) runs from {a} to {b} s", "give boundaries that rise")
        long = next((s for s in self.labels if len(s) > 8), None)
        if long is not None:
            raise InvalidInput(f"the phoneme label {long!r} is longer than 8 characters", "use one IPA symbol")
        if self.closures is not None:
            self._check_closures(self.closures)
        if self.strengths is not None:
            self._check_strengths(self.strengths)

    def _check_strengths(self, strengths: tuple[float, ...]) -> None:
        if len(strengths) != len(self.labels):
            raise InvalidInput(f"{len(self.labels)} phonemes have {len(strengths)} strengths", "give one for each")
        wrong = next((v for v in strengths if not 0.0 <= v <= 2.0), None)
        if wrong is not None:
            raise InvalidInput(f"a phoneme's strength is {wrong:g}, outside 0 to 2", "1 is the usual strength")
        if all(v == 1.0 for v in strengths):
            object.__setattr__(self, "strengths", None)  # one normal form

    def strength(self, index: int) -> float:
        """How strongly phoneme `index` is articulated, 0 to 2."""
        return 1.0 if self.strengths is None else self.strengths[index]

    def _check_closures(self, closures: tuple[Span | None, ...]) -> None:
        if len(closures) != len(self.labels):
            raise InvalidInput(f"{len(self.labels)} phonemes have {len(closures)} closures", "give one span or None for each")
        for span in closures:
            if span is not None and not (-math.inf < span[0] <= span[1] < math.inf):
                raise InvalidInput(f"a closure runs from {span[0]} to {span[1]} s", "give a start before its end")

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def duration_s(self) -> float:
        """End of the last phoneme."""
        return self.bounds_s[-1]

    @property
    def start_s(self) -> tuple[float, ...]:
        """Start of each phoneme."""
        return self.bounds_s[:-1]

    @property
    def end_s(self) -> tuple[float, ...]:
        """End of each phoneme."""
        return self.bounds_s[1:]

    def index_at(self, time_s: float) -> int:
        """The phoneme that sounds at `time_s`; the first or last outside the line."""
        return min(max(bisect_right(self.bounds_s, time_s) - 1, 0), len(self) - 1)

    def array(self) -> NDArray[Any]:
        """The track as a structured array of `PHONEME_DTYPE`."""
        out = np.empty(len(self), PHONEME_DTYPE)
        out["label"], out["start_s"], out["end_s"] = self.labels, self.start_s, self.end_s
        return out

    def closure_array(self) -> NDArray[np.float64]:
        """Closures as float64 [L, 2], NaN where a phoneme has none."""
        spans = self.closures or (None,) * len(self)
        return np.array([(math.nan, math.nan) if s is None else s for s in spans], np.float64)

    @classmethod
    def from_array(cls, phonemes: NDArray[Any], closures: NDArray[np.float64] | None = None) -> PhonemeTrack:
        """A track from a structured array and, if measured, closures [L, 2] with NaN for none.

        Phonemes shorter than a microsecond are dropped; gaps up to a millisecond are closed.

        Raises:
            InvalidInput: larger gaps, overlaps, nothing left, or closures of another length.
        """
        if closures is not None and np.shape(closures) != (len(phonemes), 2):
            raise InvalidInput(f"closures must be [{len(phonemes)}, 2], got {list(np.shape(closures))}", "give one span per phoneme, NaN for none")
        labels: list[str] = []
        bounds = [0.0]
        spans: list[Span | None] = []
        for i, row in enumerate(phonemes):
            start_s, end_s = float(row["start_s"]), float(row["end_s"])
            if not abs(start_s - bounds[-1]) <= _ROUNDING_S:
                raise InvalidInput(f"phoneme {i} starts at {start_s:g} s, the one before ends at {bounds[-1]:g} s", "close gaps with pauses, labelled ''")
            if end_s - bounds[-1] < _NOTHING_S:
                continue
            labels.append(str(row["label"]))
            bounds.append(end_s)
            if closures is not None:
                a, b = float(closures[i][0]), float(closures[i][1])
                spans.append(None if math.isnan(a) or math.isnan(b) else (a, b))
        return cls(tuple(labels), tuple(bounds), tuple(spans) if closures is not None else None)

    def spliced(self, first: int, count: int, part: TrackPart) -> PhonemeTrack:
        """The track with `count` phonemes from `first` replaced by `part`, whose outer boundaries replace theirs.

        Closures of the part count only where the track has them measured; a part without strengths has the usual one.
        """
        closures, strengths = self.closures, self.strengths
        if closures is not None:
            closures = closures[:first] + (part.closures or (None,) * len(part.labels)) + closures[first + count :]
        if strengths is not None or part.strengths is not None:
            strengths = strengths or (1.0,) * len(self)
            strengths = strengths[:first] + (part.strengths or (1.0,) * len(part.labels)) + strengths[first + count :]
        return PhonemeTrack(
            self.labels[:first] + part.labels + self.labels[first + count :],
            self.bounds_s[:first] + part.bounds_s + self.bounds_s[first + count + 1 :],
            closures,
            strengths,
        )

    def part(self, first: int, count: int) -> TrackPart:
        """The `count` phonemes from `first`, as `spliced` takes them."""
        closures = None if self.closures is None else self.closures[first : first + count]
        strengths = None if self.strengths is None else self.strengths[first : first + count]
        return TrackPart(self.labels[first : first + count], self.bounds_s[first : first + count + 1], closures, strengths)

    def to_json(self) -> dict[str, Any]:
        """Columns as plain lists, for storage."""
        return _columns(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PhonemeTrack:
        """The inverse of `to_json`."""
        return cls(*_from_columns(data))


@dataclass(frozen=True)
class TrackPart:
    """Neighbouring phonemes cut from a track: labels, one boundary more, closures, strengths."""

    labels: tuple[str, ...]
    bounds_s: tuple[float, ...]
    closures: tuple[Span | None, ...] | None = None
    strengths: tuple[float, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Columns as plain lists, for storage."""
        return _columns(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TrackPart:
        """The inverse of `to_json`."""
        return cls(*_from_columns(data))


def retimer(old_s: tuple[float, ...], new_s: tuple[float, ...]) -> Callable[[float], float]:
    """A map of times that takes boundary `old_s[i]` to `new_s[i]` exactly, linear between, and leaves the rest alone."""

    def retime(time_s: float) -> float:
        if not old_s[0] <= time_s <= old_s[-1]:
            return time_s
        i = min(bisect_right(old_s, time_s) - 1, len(old_s) - 2)
        if old_s[i] == new_s[i] and old_s[i + 1] == new_s[i + 1]:
            return time_s
        if time_s == old_s[i + 1]:
            return new_s[i + 1]
        return new_s[i] + (time_s - old_s[i]) / (old_s[i + 1] - old_s[i]) * (new_s[i + 1] - new_s[i])

    return retime


def _columns(track: PhonemeTrack | TrackPart) -> dict[str, Any]:
    closures = None if track.closures is None else [None if s is None else list(s) for s in track.closures]
    strengths = None if track.strengths is None else list(track.strengths)
    return {"labels": list(track.labels), "bounds_s": list(track.bounds_s), "closures": closures, "strengths": strengths}


def _from_columns(data: dict[str, Any]) -> tuple[tuple[str, ...], tuple[float, ...], tuple[Span | None, ...] | None, tuple[float, ...] | None]:
    spans = data["closures"]
    closures = None if spans is None else tuple(None if s is None else (float(s[0]), float(s[1])) for s in spans)
    found = data.get("strengths")  # files of format 1 have none
    strengths = None if found is None else tuple(float(v) for v in found)
    return tuple(str(s) for s in data["labels"]), tuple(float(t) for t in data["bounds_s"]), closures, strengths
