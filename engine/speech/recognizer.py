"""Speech without a transcript: words by a language model, or phones alone where words would be wrong."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.core.ears import AUTO
from engine.core.jobs import SILENT, Job
from engine.speech import sphinx
from engine.speech.files import Sound
from engine.speech.found import Found, is_filler, joined, misfit, segment
from engine.speech.pieces import Piece
from engine.speech.posteriors import SYMBOLS
from engine.speech.revision import OF_PHONES, OF_WORDS, revised
from engine.speech.sphinx import Request

# Of `found.misfit`: English words that fit worse are guesses, and phones alone are nearer to what the mouth does.
_MISFIT_LIMIT = 2.0


@dataclass(frozen=True)
class Recognition:
    """What was heard.

    Args:
        found: phonemes and words.
        worded_s: seconds of sound in which words were trusted.
        phones_s: seconds in which only phones were.
    """

    found: Found
    worded_s: float
    phones_s: float

    @property
    def method(self) -> str:
        """ "recognition" where words carry most of it, else "allphone"."""
        return "recognition" if self.worded_s >= self.phones_s and self.worded_s > 0 else "allphone"


def found_phones(phones: Sequence[Sequence[Any]]) -> Found:
    """Phonemes of an "allphone" reply."""
    return Found(tuple(segment(symbol, start, frames, -1) for symbol, start, frames, _ in phones if not is_filler(symbol)))


def _recognised(words: Sequence[Sequence[Any]]) -> Found:
    said = [(name.split("(")[0].rstrip("."), phones) for name, _, _, phones in words if not is_filler(phones[0][0])]
    segments = tuple(segment(p, s, d, i) for i, (_, phones) in enumerate(said) for p, s, d, _ in phones)
    return Found(segments, tuple(name for name, _ in said))


def _best(reply: dict[str, Any], samples: np.ndarray) -> tuple[Found, bool]:
    """Words if they fit, else phones; and whether it is words."""
    phones = reply.get("phones", [])
    likely = np.frombuffer(base64.b64decode(reply.get("likely", "")), np.uint8).reshape(-1, len(SYMBOLS)).astype(np.float32) / 255
    if "words" in reply and misfit(reply["words"], phones) <= _MISFIT_LIMIT:
        return revised(_recognised(reply["words"]), likely, OF_WORDS).sharpened(samples), True
    return revised(found_phones(phones), likely, OF_PHONES).sharpened(samples), False


def recognise(sound: Sound, pieces: Sequence[Piece], language: str, job: Job = SILENT, ears: str = AUTO) -> Recognition:
    """Find the phonemes of speech of which nothing is known.

    Args:
        sound: the recording.
        pieces: the stretches to listen to.
        language: tag; words are found in English alone, elsewhere phones by the English model's sounds.
        job: progress and cancelling.
        ears: who listens, one of `EARS`.
    """
    op = "recognise" if language.split("-")[0] == "en" else "allphone"
    parts: list[Found] = []
    seconds = {True: 0.0, False: 0.0}
    for i, reply in enumerate(sphinx.run((Request(op, piece.samples(sound)) for piece in pieces), job)):
        found, worded = _best(reply, pieces[i].samples(sound))
        parts.append(found.shifted(pieces[i].start_s))
        seconds[worded] += pieces[i].duration_s
        job.report(i + 1, len(pieces), "recognising speech")
    return Recognition(joined(parts), seconds[True], seconds[False])
