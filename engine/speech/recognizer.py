"""Speech without a transcript: words by a language model, or phones alone where words would be wrong.

Two listen: pocketsphinx, which knows English words, and the speech encoder (`heard`), which knows sounds of any language.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.core.ears import AUTO, ENCODER, POCKETSPHINX
from engine.core.jobs import SILENT, Job
from engine.speech import heard, remembered, sphinx
from engine.speech.files import Sound
from engine.speech.found import Found, is_filler, joined, misfit, segment
from engine.speech.pieces import Piece
from engine.speech.posteriors import SYMBOLS
from engine.speech.revision import OF_ENCODER, OF_PHONES, OF_WORDS, revised
from engine.speech.sphinx import Request

if TYPE_CHECKING:
    from engine.speech.encoder import Encoder

# Of `found.misfit`: English words that fit worse are guesses, and phones alone are nearer to what the mouth does.
_MISFIT_LIMIT = 2.0
# Of `heard.mended`; chosen partly on emur_ae, which `vivavoce bench` scores.
_MISHEARD = -2.5


@dataclass(frozen=True)
class Recognition:
    """What was heard.

    Args:
        found: phonemes and words.
        worded_s: seconds of sound in which words were trusted.
        phones_s: seconds in which only pocketsphinx's phones were.
        encoder_s: seconds in which only the encoder's were.
    """

    found: Found
    worded_s: float = 0.0
    phones_s: float = 0.0
    encoder_s: float = 0.0

    @property
    def method(self) -> str:
        """What carries most of it: "recognition" for words, "encoder" or "allphone" for phones of either."""
        seconds = {"recognition": self.worded_s, "encoder": self.encoder_s, "allphone": self.phones_s}
        return max(seconds, key=lambda name: seconds[name]) if any(seconds.values()) else "allphone"


def found_phones(phones: Sequence[Sequence[Any]]) -> Found:
    """Phonemes of an "allphone" reply."""
    return Found(tuple(segment(symbol, start, frames, -1) for symbol, start, frames, _ in phones if not is_filler(symbol)))


def _recognised(words: Sequence[Sequence[Any]]) -> Found:
    said = [(name.split("(")[0].rstrip("."), phones) for name, _, _, phones in words if not is_filler(phones[0][0])]
    segments = tuple(segment(p, s, d, i) for i, (_, phones) in enumerate(said) for p, s, d, _ in phones)
    return Found(segments, tuple(name for name, _ in said))


@dataclass(frozen=True)
class _Heard:
    """One piece: what was found, and by whom, as a field of `Recognition`."""

    found: Found
    by: str


def _by_pocketsphinx(reply: dict[str, Any], samples: np.ndarray) -> _Heard:
    """Words if they fit, else phones."""
    phones = reply.get("phones", [])
    likely = np.frombuffer(base64.b64decode(reply.get("likely", "")), np.uint8).reshape(-1, len(SYMBOLS)).astype(np.float32) / 255
    if _fits(reply):
        return _Heard(revised(_recognised(reply["words"]), likely, OF_WORDS).sharpened(samples), "worded_s")
    return _Heard(revised(found_phones(phones), likely, OF_PHONES).sharpened(samples), "phones_s")


def _by_both(reply: dict[str, Any], samples: np.ndarray, encoder: Encoder | None) -> _Heard:
    """Words if they fit, mended by the encoder; else what the encoder hears."""
    evidence = heard.listen(samples, encoder)
    if not _fits(reply):
        return _Heard(heard.found_phones(evidence), "encoder_s")
    found = revised(_recognised(reply["words"]), heard.shut_phones(evidence), OF_ENCODER).sharpened(samples)
    return _Heard(heard.mended(found, evidence, _MISHEARD), "worded_s")


def _fits(reply: dict[str, Any]) -> bool:
    return "words" in reply and misfit(reply["words"], reply.get("phones", [])) <= _MISFIT_LIMIT


def recognise(sound: Sound, pieces: Sequence[Piece], language: str, job: Job = SILENT, ears: str = AUTO, encoder: Encoder | None = None) -> Recognition:
    """Find the phonemes of speech of which nothing is known.

    Args:
        sound: the recording.
        pieces: the stretches to listen to.
        language: tag; pocketsphinx finds words in English alone, elsewhere phones by the English model's sounds.
        job: progress and cancelling.
        ears: who listens. "auto" has English words found by pocketsphinx and mended by the encoder, and other languages heard by
            the encoder alone, which is what measures best (`vivavoce bench ears`); where there is no encoder, pocketsphinx hears all.
        encoder: None for ours.

    Raises:
        MissingAsset: the encoder is asked for and not there.
        Cancelled: the job was cancelled.
    """
    english = language.split("-")[0] == "en"
    if ears == AUTO and encoder is None and not heard.available():
        ears = POCKETSPHINX
    if ears == ENCODER or (ears == AUTO and not english):
        return Recognition(heard.hear(sound, pieces, job, encoder), encoder_s=sum(piece.duration_s for piece in pieces))
    op = "recognise" if english else "allphone"
    parts: list[Found] = []
    seconds = dict.fromkeys(("worded_s", "phones_s", "encoder_s"), 0.0)
    long = sum(piece.duration_s for piece in pieces) >= remembered.LONG_S
    answers = (remembered.replies if long else sphinx.run)((Request(op, piece.samples(sound)) for piece in pieces), job)
    for i, reply in enumerate(answers):
        samples = pieces[i].samples(sound)
        one = _by_pocketsphinx(reply, samples) if ears == POCKETSPHINX else _by_both(reply, samples, encoder)
        parts.append(one.found.shifted(pieces[i].start_s))
        seconds[one.by] += pieces[i].duration_s
        job.report(i + 1, len(pieces), "recognising speech")
    return Recognition(joined(parts), **seconds)
