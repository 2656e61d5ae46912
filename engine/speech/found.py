"""What a search found in a stretch of sound: phonemes with times and the words they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.speech.boundaries import refine
from engine.speech.phonemes import from_arpabet
from engine.speech.sphinx_worker import FILLERS, FRAME_S, mean_score

# The model's boundaries come this much early: it hears 25.6 ms frames and marks their start (stack.md; measured here on emur_ae).
OFFSET_S = 0.0075
# Mean score a frame of phones alone on clear speech; -8.5 to -19 on shared/data.
BEST_FREE_SCORE = -8.5


@dataclass(frozen=True)
class Segment:
    """One phoneme: IPA, seconds, and the index of its word (-1 for none)."""

    label: str
    start_s: float
    end_s: float
    word: int


@dataclass(frozen=True)
class Found:
    """Phonemes of a stretch in order, pauses left out, and the words they index."""

    segments: tuple[Segment, ...] = ()
    words: tuple[str, ...] = ()

    def shifted(self, by_s: float) -> Found:
        """The same, later by some seconds."""
        return replace(self, segments=tuple(replace(s, start_s=s.start_s + by_s, end_s=s.end_s + by_s) for s in self.segments))

    def sharpened(self, samples: np.ndarray) -> Found:
        """The same with boundaries moved to where the sound changes; see `boundaries.refine`.

        Args:
            samples: float32 [S] at 16 kHz, in which the times are.
        """
        rows = refine([(s.label, s.start_s, s.end_s) for s in self.segments], samples)
        segments = tuple(replace(s, start_s=start, end_s=end) for s, (_, start, end) in zip(self.segments, rows, strict=True))
        return replace(self, segments=segments)


def joined(parts: Iterable[Found]) -> Found:
    """Several stretches, which may interleave, as one in order of time."""
    segments: list[Segment] = []
    words: list[str] = []
    for part in parts:
        segments += [replace(s, word=s.word + len(words) if s.word >= 0 else -1) for s in part.segments]
        words += part.words
    segments.sort(key=lambda s: s.start_s)
    order = {old: new for new, old in enumerate(dict.fromkeys(s.word for s in segments if s.word >= 0))}
    return Found(tuple(replace(s, word=order.get(s.word, -1)) for s in segments), tuple(words[old] for old in order))


def segment(symbol: str, start: int, frames: int, word: int) -> Segment:
    """A segment from the decoder's symbol and frames."""
    return Segment(from_arpabet(symbol), start * FRAME_S + OFFSET_S, (start + frames) * FRAME_S + OFFSET_S, word)


def is_filler(symbol: str) -> bool:
    """Whether a decoder's symbol stands for silence or noise."""
    return symbol in FILLERS


def misfit(words: Sequence[Sequence[Any]], phones: Sequence[Sequence[Any]]) -> float:
    """How much worse words fit the sound than phones alone do, as a ratio of their scores: near 1 is a good fit.

    Args:
        words: of an "align" reply.
        phones: of an "allphone" reply for the same sound; without any, the words are held against the best that phones reach.
    """
    free = [(frames, score) for symbol, _, frames, score in phones if not is_filler(symbol)]
    mean_free = sum(score for _, score in free) / sum(frames for frames, _ in free) if free else BEST_FREE_SCORE
    return mean_score([list(word) for word in words]) / min(mean_free, -1.0)
