"""Phonemes heard by the speech encoder: its probabilities in each frame become a phoneme track and closures of the lips, in any language.

The encoder says how probable each phone is, and apart from that whether the lips are shut. Both say something of p, b and m, and each is
wrong at other times, so their share of the probability is first settled between them (`weighed`). Then `phone_search` finds the
phones. The same probabilities doubt and mend the words that pocketsphinx recognises (`mended`, `shut_phones`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core import assets
from engine.core.errors import MissingAsset
from engine.core.jobs import SILENT, Job
from engine.speech.encoder import Encoder
from engine.speech.found import Found, Segment, joined
from engine.speech.phone_search import SearchConfig, search
from engine.speech.phonemes import PAUSE, VISEME_CLASSES, is_bilabial, to_arpabet, viseme_of, visemes_of
from engine.speech.posteriors import INDEX, SYMBOLS
from engine.speech.sounds import PHONES

if TYPE_CHECKING:
    from engine.speech.files import Sound
    from engine.speech.pieces import Piece

FRAME_S = 0.010
RATE = 16000
_LONG_FRAMES = 30  # of a phoneme that may have died away before its end,
_DIED_AWAY = 10**-3.0  # which is 30 dB below what is loud
PAIRS = "models/phone_pairs.npz"
SHUTTING = np.array([is_bilabial(phone) for phone in PHONES])
# Which class each phone is of; all are of one.
TO_VISEMES = np.array([[viseme_of(phone) == name for name in VISEME_CLASSES] for phone in PHONES], np.float32)  # [P, 12]


@dataclass(frozen=True)
class HeardConfig:
    """How what the encoder says becomes phonemes. The values were chosen partly on emur_ae, which `vivavoce bench` scores.

    Args:
        search: lengths of phones, and the weight of their order.
        visemes: share of the viseme output, against the sum over the phones of a class, in how probable the class is (of logarithms).
        closure: share of the closure output, against the sum over the phones p, b and m, in how probable shut lips are (of logits).
        within: how much the choice among the phones of a class counts: p, b and m are one to the eye, and three that share what is sure
            must not lose to one that is not.
        favour: the odds of shut lips are multiplied by this: more finds more closures, and more that are none.
    """

    search: SearchConfig = field(default_factory=SearchConfig)
    visemes: float = 0.5
    closure: float = 0.2
    within: float = 0.2
    favour: float = 1.0


@dataclass(frozen=True)
class Evidence:
    """What the encoder says of a stretch of sound, in frames of 10 ms.

    Args:
        phones: probability of each of `sounds.PHONES`, float32 [T, P].
        visemes: probability of each of `VISEME_CLASSES`, float32 [T, 12].
        shut: probability that the lips are shut, float32 [T].
    """

    phones: NDArray[np.float32]
    visemes: NDArray[np.float32]
    shut: NDArray[np.float32]


@lru_cache(maxsize=1)
def pair_costs() -> NDArray[np.float32]:
    """Minus the natural logarithm of how probable each of `PHONES` is after each other, float32 [P, P], rows before, columns after.

    Raises:
        MissingAsset: the mixture of languages is not there.
    """
    with np.load(assets.path(PAIRS), allow_pickle=False) as stored:
        known, cost = [str(s) for s in stored["symbols"]], stored["cost"].astype(np.float32)
    at = [known.index(phone) for phone in PHONES]
    out: NDArray[np.float32] = cost[np.ix_(at, at)]
    return out


def weighed(evidence: Evidence, config: HeardConfig) -> NDArray[np.float32]:
    """Probability of each phone with what the outputs say in common settled between them, float32 [T, P].

    Phones of one viseme class, phones that shut the lips, and those that do not, keep their shares among themselves.
    """
    of_classes = evidence.phones @ TO_VISEMES
    ratio = np.maximum(evidence.visemes, 1e-4) / np.maximum(of_classes, 1e-4)
    phones = evidence.phones * (ratio**config.visemes @ TO_VISEMES.T)
    phones /= phones.sum(1, keepdims=True)
    of_phones = np.clip(phones[:, SHUTTING].sum(1), 1e-4, 1 - 1e-4)
    of_lips = np.clip(evidence.shut, 1e-4, 1 - 1e-4)
    logit = (1 - config.closure) * _logit(of_phones) + config.closure * _logit(of_lips) + np.log(config.favour)
    shut = 1 / (1 + np.exp(-logit))
    phones[:, SHUTTING] *= (shut / of_phones)[:, None]
    phones[:, ~SHUTTING] *= ((1 - shut) / (1 - of_phones))[:, None]
    return phones / phones.sum(1, keepdims=True)


def _by_class(likely: NDArray[np.float32], within: float) -> NDArray[np.float32]:
    """The likeliest phone of each class as probable as the class, the others less by their odds to the power of `within`, float32 [T, P]."""
    class_of = TO_VISEMES.argmax(1)
    best = np.stack([likely[:, class_of == k].max(1) for k in range(len(VISEME_CLASSES))], 1)
    out: NDArray[np.float32] = (likely @ TO_VISEMES)[:, class_of] * (likely / np.maximum(best[:, class_of], 1e-9)) ** within
    return out


def _logit(p: NDArray) -> NDArray:
    return np.log(p) - np.log1p(-p)


def found_phones(evidence: Evidence, config: HeardConfig | None = None, job: Job = SILENT) -> Found:
    """The phonemes of a stretch of sound, in seconds from its start; no words.

    Args:
        evidence: of the stretch.
        config: how they are chosen.
        job: cancelling.
    """
    config = config or HeardConfig()
    runs = search(_by_class(weighed(evidence, config), config.within), PHONES, pair_costs(), config.search, job)
    named = [(PHONES[k], first * FRAME_S, last * FRAME_S) for k, first, last in runs]
    return Found(tuple(Segment(label, start, end, -1) for label, start, end in named if label != PAUSE))


def shut_phones(evidence: Evidence, config: HeardConfig | None = None) -> NDArray[np.float32]:
    """The evidence over pocketsphinx's 40 symbols, as `revision.revised` reads it, float32 [T, 40]."""
    likely: NDArray[np.float32] = weighed(evidence, config or HeardConfig()) @ _to_arpabet()
    return likely


@lru_cache(maxsize=1)
def _to_arpabet() -> NDArray[np.float32]:
    out = np.zeros((len(PHONES), len(SYMBOLS)), np.float32)
    for i, label in enumerate(PHONES):
        names = to_arpabet(label) or ("SIL",)
        for name in names:
            out[i, INDEX[name]] += 1 / len(names)
    return out


def available() -> bool:
    """True if the encoder we ship is here."""
    try:
        return all(assets.path(f"models/encoder.{suffix}").is_file() for suffix in ("safetensors", "json"))
    except MissingAsset:
        return False


def listen(samples: NDArray[np.float32], encoder: Encoder | None = None) -> Evidence:
    """What the encoder says of a stretch.

    Args:
        samples: float32 [S] at 16 kHz.
        encoder: None for ours.

    Raises:
        MissingAsset: the encoder is not there.
    """
    tokens = (encoder or Encoder.load()).encode(samples)
    return Evidence(tokens.phones, tokens.visemes, tokens.closure)


def hear(sound: Sound, pieces: Sequence[Piece], job: Job = SILENT, encoder: Encoder | None = None) -> Found:
    """The phonemes of a recording by the encoder alone.

    Args:
        sound: the recording.
        pieces: the stretches to listen to.
        job: progress and cancelling.
        encoder: None for ours.

    Raises:
        MissingAsset: the encoder is not there.
        Cancelled: the job was cancelled.
    """
    parts = []
    for i, piece in enumerate(pieces):
        samples = piece.samples(sound)
        found = found_phones(listen(samples, encoder), job=job.part(i / len(pieces), (i + 1) / len(pieces)))
        parts.append(ended(found, samples).shifted(piece.start_s))
        job.report(i + 1, len(pieces), "hearing phonemes")
    return joined(parts)


def ended(found: Found, samples: NDArray[np.float32]) -> Found:
    """Long phonemes end where their sound has died away; a room's noise after the last word is none of it.

    Args:
        found: phonemes of the stretch.
        samples: float32 [S] at 16 kHz, the stretch.
    """
    hop = round(FRAME_S * RATE)
    count = len(samples) // hop
    if not count or not found.segments:
        return found
    power = (samples[: count * hop].reshape(count, hop).astype(np.float64) ** 2).mean(1)
    loud = power > np.percentile(power, 95) * _DIED_AWAY
    out = []
    for segment in found.segments:
        first, last = round(segment.start_s / FRAME_S), min(round(segment.end_s / FRAME_S), count)
        heard = np.flatnonzero(loud[first:last])
        if last - first > _LONG_FRAMES and len(heard):
            segment = replace(segment, end_s=(first + max(int(heard[-1]) + 1, _LONG_FRAMES // 4)) * FRAME_S)
        out.append(segment)
    return replace(found, segments=tuple(out))


def mended(found: Found, evidence: Evidence, least: float) -> Found:
    """Words that do not sound as they are pronounced get the phonemes that are heard in their place, and stay words.

    Args:
        found: recognised words of the stretch.
        evidence: of the same stretch.
        least: mean natural logarithm of the probability of a word's viseme classes below which it was misheard.
    """
    alone = found_phones(evidence)
    classes = np.log(np.maximum(weighed(evidence, HeardConfig()) @ TO_VISEMES, 1e-3))
    out: list[Segment] = []
    for word, group in groupby(found.segments, key=lambda s: s.word):
        segments = list(group)
        start_s, end_s = segments[0].start_s, segments[-1].end_s
        if word < 0 or _fit(segments, classes) >= least:
            out += segments
            continue
        inside = [s for s in alone.segments if start_s <= (s.start_s + s.end_s) / 2 < end_s]
        out += [replace(s, start_s=max(s.start_s, start_s), end_s=min(s.end_s, end_s), word=word) for s in inside] or segments
    return replace(found, segments=tuple(out))


def _fit(segments: Sequence[Segment], classes: NDArray) -> float:
    """Mean over frames of the logarithm of the probability of what the segments should look like."""
    total, count = 0.0, 0
    for segment in segments:
        names = visemes_of(segment.label)
        edges = np.linspace(segment.start_s, segment.end_s, len(names) + 1) / FRAME_S
        for name, a, b in zip(names, edges[:-1].round().astype(int), edges[1:].round().astype(int), strict=True):
            part = classes[a:b, VISEME_CLASSES.index(name)]
            total, count = total + float(part.sum()), count + len(part)
    return total / max(count, 1)
