"""Second thoughts on p, b and m: recognised phonemes against the probability of shut lips in each frame.

A word that was misheard takes its bilabials with it, and of all phonemes these are the ones an eye checks. Where the network of
`posteriors` is sure that the lips are open, a bilabial becomes the likeliest other consonant; where it is sure that they are shut
and no bilabial is near, the consonant there becomes one, or one is put in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.speech.found import OFFSET_S, Found, Segment
from engine.speech.phonemes import features, from_arpabet, is_bilabial
from engine.speech.posteriors import INDEX, SYMBOLS
from engine.speech.sphinx_worker import FRAME_S

_SHUT = np.array([INDEX[name] for name in ("P", "B", "M")])
_OPEN_CONSONANTS = np.array([i for i, name in enumerate(SYMBOLS) if features(from_arpabet(name)).kind == "consonant" and i not in _SHUT])
# Shorter stretches are noise; a bilabial this near is the same one.
_LEAST_FRAMES, _NEAR_S = 3, 0.04
_LIKELY = 0.5
# Share of a stretch that a consonant must cover to be the one that was misheard.
_COVERED = 0.3


@dataclass(frozen=True)
class Doubt:
    """When to change one's mind.

    Args:
        drop: a bilabial whose best three frames together are less probable than this is none.
        add: a stretch that reaches this probability is one.
    """

    drop: float
    add: float


# Words are right more often than phones alone. Chosen on shared/data without emur_ae.
OF_WORDS, OF_PHONES, OF_ENCODER = Doubt(0.04, 0.75), Doubt(0.25, 0.6), Doubt(0.08, 0.6)


def _frames(segment: Segment, count: int, margin: int = 0) -> slice:
    first = round((segment.start_s - OFFSET_S) / FRAME_S) - margin
    last = round((segment.end_s - OFFSET_S) / FRAME_S) + margin
    first = min(max(first, 0), max(count - 1, 0))
    return slice(first, max(min(last, count), first + 1))


def _peak(shut: np.ndarray) -> float:
    return float(np.convolve(shut, np.ones(3) / 3, mode="same").max()) if len(shut) else 0.0


def _dropped(segments: list[Segment], likely: np.ndarray, drop: float) -> list[Segment]:
    shut = likely[:, _SHUT].sum(1)
    out = []
    for segment in segments:
        if is_bilabial(segment.label) and _peak(shut[_frames(segment, len(shut), 2)]) < drop:
            best = _OPEN_CONSONANTS[likely[_frames(segment, len(shut))][:, _OPEN_CONSONANTS].mean(0).argmax()]
            segment = replace(segment, label=from_arpabet(SYMBOLS[best]))
        out.append(segment)
    return out


def _stretches(mask: np.ndarray) -> list[tuple[int, int]]:
    edge = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return list(zip(edge[::2].tolist(), edge[1::2].tolist(), strict=True))


def _put_in(segments: list[Segment], label: str, start_s: float, end_s: float) -> list[Segment]:
    """The segments with a bilabial at a stretch: in place of the consonant there, or cut into what is there."""

    def overlap(segment: Segment) -> float:
        return min(segment.end_s, end_s) - max(segment.start_s, start_s)

    consonants = [i for i, s in enumerate(segments) if features(s.label).kind == "consonant" and overlap(s) >= _COVERED * (end_s - start_s)]
    if consonants:
        at = max(consonants, key=lambda i: overlap(segments[i]))
        return [*segments[:at], replace(segments[at], label=label), *segments[at + 1 :]]
    word = next((s.word for s in segments if overlap(s) > 0), -1)
    out: list[Segment] = []
    for segment in segments:
        if overlap(segment) <= 0:
            out.append(segment)
            continue
        for start, end in ((segment.start_s, min(segment.end_s, start_s)), (max(segment.start_s, end_s), segment.end_s)):
            if end - start > 2 * FRAME_S:
                out.append(replace(segment, start_s=start, end_s=end))
    return sorted([*out, Segment(label, start_s, end_s, word)], key=lambda s: s.start_s)


def revised(found: Found, likely: np.ndarray, doubt: Doubt) -> Found:
    """Recognised phonemes with doubtful bilabials changed.

    Args:
        found: of one stretch of sound.
        likely: float32 [T, 40], from `posteriors.posteriors` for the same stretch.
        doubt: how sure the network must be.
    """
    if not len(likely):
        return found
    segments = _dropped(list(found.segments), likely, doubt.drop)
    shut = likely[:, _SHUT].sum(1)
    for first, last in _stretches(shut > _LIKELY):
        start_s, end_s = first * FRAME_S + OFFSET_S, last * FRAME_S + OFFSET_S
        near = any(is_bilabial(s.label) and s.start_s < end_s + _NEAR_S and s.end_s > start_s - _NEAR_S for s in segments)
        beside_speech = any(s.start_s < end_s + _NEAR_S and s.end_s > start_s - _NEAR_S for s in segments)
        if last - first >= _LEAST_FRAMES and shut[first:last].max() > doubt.add and beside_speech and not near:
            label = from_arpabet(SYMBOLS[_SHUT[likely[first:last][:, _SHUT].mean(0).argmax()]])
            segments = _put_in(segments, label, start_s, end_s)
    return replace(found, segments=tuple(segments))
