"""Forced alignment: a sound and what is said in it -> phonemes and words with times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.core.jobs import SILENT, Job
from engine.speech import sphinx
from engine.speech.boundaries import refine
from engine.speech.normalise import SpokenText
from engine.speech.phonemes import PAUSE, features, from_arpabet, to_arpabet
from engine.speech.pronunciation import arpabet_of_word, ipa_of_word
from engine.speech.sphinx_worker import FRAME_S

# The model's boundaries come this much early: it hears 25.6 ms frames and marks their start.
OFFSET_S = 0.0075


@dataclass(frozen=True)
class Segment:
    """One phoneme found in a sound: IPA, seconds, and the index of its token (-1 for none)."""

    label: str
    start_s: float
    end_s: float
    token: int


@dataclass(frozen=True)
class AlignedPiece:
    """What an alignment found in one stretch.

    Args:
        segments: phonemes in order, pauses left out.
        score: mean acoustic score a frame of speech; near 0 is a good fit.
    """

    segments: tuple[Segment, ...]
    score: float


@dataclass(frozen=True)
class _Entry:
    """A word as the decoder gets it: its name there, its token, and the IPA labels that its symbols stand for."""

    name: str
    token: int
    groups: tuple[tuple[str, int], ...] = ()


def _english_entries(spoken: SpokenText, first: int, last: int) -> tuple[list[_Entry], dict[str, str]]:
    words = [(token, word) for token in range(first, last) for word in spoken.spoken[token]]
    missing = set(sphinx.ask(sphinx.Request("missing", options={"words": sorted({w for _, w in words})}))["missing"])
    added = {word: " ".join(arpabet_of_word(word)) for word in missing}
    entries = [_Entry(word, token) for token, word in words if word not in missing or added[word]]
    return entries, {word: phones for word, phones in added.items() if phones}


def _foreign_entries(spoken: SpokenText, first: int, last: int, language: str) -> tuple[list[_Entry], dict[str, str]]:
    """Words of any language in the English model's nearest symbols; the IPA labels come back after the alignment."""
    entries: list[_Entry] = []
    added: dict[str, str] = {}
    for token in range(first, last):
        for word in spoken.spoken[token]:
            labels = ipa_of_word(word, language)
            groups = tuple((label, len(to_arpabet(label))) for label in labels)
            symbols = [name for label in labels for name in to_arpabet(label)]
            if not symbols:
                continue
            name = "x" + "_".join(symbols).lower()
            added[name] = " ".join(symbols)
            entries.append(_Entry(name, token, groups))
    return entries, added


def _relabel(phones: Sequence[Sequence[Any]], groups: tuple[tuple[str, int], ...]) -> list[tuple[str, float, float]]:
    """The word's own IPA labels over the times of the symbols that stood for them."""
    out = []
    at = 0
    for label, count in groups:
        run = phones[at : at + count]
        at += count
        if run:
            out.append((label, run[0][1] * FRAME_S, (run[-1][1] + run[-1][2]) * FRAME_S))
    return out


def align_piece(samples: np.ndarray, spoken: SpokenText, span: tuple[int, int], language: str, job: Job = SILENT, sharpen: bool = True) -> AlignedPiece | None:
    """Align tokens `span[0]` to `span[1]` with a stretch of sound; None where they cannot be made to fit.

    Args:
        samples: float32 [S] at 16 kHz, up to about a minute.
        spoken: the normalised transcript.
        span: first token and one past the last.
        language: tag.
        job: cancelled within a tenth of a second.
        sharpen: move the boundaries to where the sound changes.
    """
    english = language.split("-")[0] == "en"
    entries, added = _english_entries(spoken, *span) if english else _foreign_entries(spoken, *span, language)
    if not entries:
        return None
    options = {"words": [entry.name for entry in entries], "pronunciations": added}
    reply = sphinx.ask(sphinx.Request("align", samples, options), job)
    if "failed" in reply:
        return None
    piece = _piece(reply["words"], entries)
    return replace(piece, segments=sharpened(piece.segments, samples)) if piece is not None and sharpen else piece


def _piece(words: list[list[Any]], entries: list[_Entry]) -> AlignedPiece | None:
    segments: list[Segment] = []
    frames, score = 0, 0.0
    at = 0
    for name, _, _, phones in words:
        if from_arpabet(phones[0][0]) == PAUSE:
            continue
        if at >= len(entries) or name.split("(")[0] != entries[at].name:
            return None
        entry = entries[at]
        at += 1
        rows = _relabel(phones, entry.groups) if entry.groups else [(from_arpabet(p), s * FRAME_S, (s + d) * FRAME_S) for p, s, d, _ in phones]
        segments += [Segment(label, start + OFFSET_S, end + OFFSET_S, entry.token) for label, start, end in rows]
        frames += sum(p[2] for p in phones)
        score += sum(p[3] for p in phones)
    return AlignedPiece(tuple(segments), score / frames) if at == len(entries) and frames else None


def sharpened(segments: Sequence[Segment], samples: np.ndarray) -> tuple[Segment, ...]:
    """The segments with boundaries moved to where the sound changes; see `boundaries.refine`.

    Args:
        segments: in order.
        samples: float32 [S] at 16 kHz, in which the times are.
    """
    rows = refine([(s.label, s.start_s, s.end_s) for s in segments], samples)
    return tuple(replace(s, start_s=start, end_s=end) for s, (_, start, end) in zip(segments, rows, strict=True))


def syllable_count(labels: Sequence[str]) -> int:
    """Syllable peaks among labels."""
    return sum(features(label).syllabic for label in labels)
