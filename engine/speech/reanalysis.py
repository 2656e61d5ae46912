"""A stretch of a line analysed anew, the rest left as the animator has it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.project.lines import LineDoc
from engine.project.phoneme_edits import SpliceTrack, track_of
from engine.project.tracks import PhonemeTrack, Word, words_from_array
from engine.speech.files import Sound, sound_from_samples
from engine.speech.line import Line, analyse

RATE = 16000
LEAST_S = 0.1  # a shorter stretch says nothing


def reanalyse(line_doc: LineDoc, sound: Sound, start_s: float, end_s: float, job: Job = SILENT) -> SpliceTrack:
    """Find the phonemes between two times again, with the words there as the transcript where it has any.

    The stretch is widened to whole phonemes and words; its outer boundaries stay where they are.

    Args:
        line_doc: analysed before.
        sound: the line's.
        start_s: seconds of the line.
        end_s: seconds of the line.
        job: progress and cancelling.

    Returns:
        The edit that puts what was found in the place of what was there.

    Raises:
        InvalidInput: the line has no phonemes yet, or the stretch is shorter than a tenth of a second.
        Cancelled: the job was cancelled.
    """
    track = track_of(line_doc)
    words = line_doc.words or ()
    for word in words:
        if word.start_s < end_s and word.end_s > start_s:
            start_s, end_s = min(start_s, word.start_s), max(end_s, word.end_s)
    first, last = track.index_at(start_s + 1e-9), track.index_at(max(end_s - 1e-9, start_s))
    start_s, end_s = track.bounds_s[first], track.bounds_s[last + 1]
    if end_s - start_s < LEAST_S:
        raise InvalidInput(f"{start_s:.2f} to {end_s:.2f} s are too short to be analysed", "select a longer stretch")
    inside = [i for i, w in enumerate(words) if w.start_s >= start_s - 1e-6 and w.end_s <= end_s + 1e-6]
    low = inside[0] if inside else next((i for i, w in enumerate(words) if w.start_s >= end_s), len(words))
    text = " ".join(words[i].text for i in inside)
    piece = sound_from_samples(sound.read(start_s, end_s, RATE), RATE)
    found = analyse(piece, text or None, line_doc.language, job, line_doc.ears)
    part = _placed(found, start_s, end_s)
    said = tuple(Word(w.text, w.start_s + start_s, min(w.end_s + start_s, end_s)) for w in words_from_array(found.words))
    return SpliceTrack(
        line_doc.id, first, last + 1 - first, part.part(1, len(part) - 1) if start_s > 0 else part.part(0, len(part)), low, len(inside), said, False
    )


def _placed(found: Line, start_s: float, end_s: float) -> PhonemeTrack:
    """What was found, at its place in the line: one pause from the line's start to it, then it, to `end_s` exactly."""
    closures = np.full((len(found.phonemes), 2), np.nan)
    rows: NDArray[np.int32] = found.closures["phoneme"]
    for column, side in enumerate(("start_s", "end_s")):
        times_s: NDArray[np.float64] = found.closures[side]
        closures[rows, column] = times_s
    part = PhonemeTrack.from_array(found.phonemes, closures)
    bounds = [min(b + start_s, end_s) for b in part.bounds_s]
    bounds[0], bounds[-1] = start_s, end_s
    spans = tuple(None if s is None else (s[0] + start_s, s[1] + start_s) for s in part.closures or ())
    if start_s <= 0:
        return PhonemeTrack(part.labels, tuple(bounds), spans or None)
    return PhonemeTrack(("", *part.labels), (0.0, *bounds), (None, *spans) if spans else None)
