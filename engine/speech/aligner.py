"""Forced alignment: a sound and what is said in it -> phonemes and words with times.

A short line is aligned whole. A long one, or one that does not fit, is first cut at its pauses; a decoder whose language is the
transcript's own word pairs hears each piece, what it heard is matched with the transcript, and each piece is aligned with its
own words. So an hour takes no more memory than a minute, and a wrong page of the transcript spoils only its own minutes.
Languages other than English are aligned with the English model through the nearest of its sounds, and get their own labels back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.core.jobs import SILENT, Job
from engine.speech import sphinx
from engine.speech.files import Sound
from engine.speech.found import Found, Segment, is_filler, joined, misfit, segment
from engine.speech.matching import match_words
from engine.speech.normalise import SpokenText
from engine.speech.phonemes import to_arpabet
from engine.speech.pieces import Piece, cut
from engine.speech.pronunciation import arpabet_of_word, ipa_of_word
from engine.speech.sphinx import Request

# A line up to this long is aligned whole; the search's memory grows with the square of the length.
WHOLE_S = 30.0
_LONGEST_GROUP_S = 45.0
# Short enough that a wrong sentence takes few right ones with it, long enough for the cepstral mean.
_PIECE_S = 4.0
# Limits of `misfit`: (where nothing else speaks for the words, where the transcript's own decoder heard them all). Measured on
# shared/data with transcripts swapped: right English 1.1 to 2.4 (eSpeak's voices 2.6 to 4.9), unrelated English from 4.3, right
# German through the English model 1.9 to 6.5, wrong German from 4.4; of right words 0.7 to 1 are heard, of wrong ones 0.1 to 0.45.
_MISFIT_ENGLISH, _MISFIT_OTHER = (3.0, 5.2), (3.4, 6.0)
_SHARE_NONE, _SHARE_ALL = 0.45, 0.75
# Words that score better than this a frame fit whatever phones alone would score: nothing else need be asked.
_SURE_SCORE = -16.0
# A transcript of which less is heard is another text.
_LEAST_HEARD = 0.25
# With more of the speech unaccounted for, the rest is chance.
_MOST_UNCOVERED = 0.6


@dataclass(frozen=True)
class Entry:
    """A word as the decoder gets it.

    Args:
        name: in the decoder's dictionary.
        token: index of the written word.
        groups: (IPA label, how many of the decoder's symbols stand for it); empty where the symbols are the answer.
    """

    name: str
    token: int
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Script:
    """A transcript made ready for the decoder.

    Args:
        spoken: the normalised text.
        entries: its words in order.
        pronunciations: of the words that the decoder's dictionary lacks.
        limits: of the misfit beyond which the words are not what is heard: with nothing else to go by, and where all were heard.
    """

    spoken: SpokenText
    entries: tuple[Entry, ...]
    pronunciations: dict[str, list[str]]
    limits: tuple[float, float]


@dataclass(frozen=True)
class Alignment:
    """What became of a transcript.

    Args:
        found: phonemes and words, in order of time.
        uncovered: stretches with speech that the transcript does not account for.
        unheard: how many of its written words were not found in the sound.
    """

    found: Found
    uncovered: tuple[Piece, ...] = ()
    unheard: int = 0


def prepare(spoken: SpokenText, language: str, job: Job = SILENT) -> Script:
    """Find a pronunciation for every word of a transcript.

    Args:
        spoken: the normalised text.
        language: tag, such as "en" or "de".
        job: cancelling.
    """
    if language.split("-")[0] == "en":
        entries, pronunciations = _english(spoken, job)
        return Script(spoken, tuple(entries), pronunciations, _MISFIT_ENGLISH)
    entries, pronunciations = _foreign(spoken, language)
    return Script(spoken, tuple(entries), pronunciations, _MISFIT_OTHER)


def _english(spoken: SpokenText, job: Job) -> tuple[list[Entry], dict[str, list[str]]]:
    readings = {token: (spoken.spoken[token], *others) for token, others in spoken.readings.items()}
    words = {word for said in spoken.spoken for word in said} | {word for ways in readings.values() for way in ways for word in way}
    known = sphinx.ask(Request("lookup", options={"words": sorted(words)}), job)["pronunciations"]
    added = {word: [" ".join(arpabet_of_word(word))] for word, phones in known.items() if phones is None}
    sounds = {word: phones or added[word][0] for word, phones in known.items()}
    entries: list[Entry] = []
    for token, said in enumerate(spoken.spoken):
        if token in readings:
            # One word to the decoder, with a pronunciation for each reading: it takes the one it hears.
            name = "n" + "_".join("".join(c for c in word if c.isalnum()) for word in said)
            added[name] = [" ".join(sounds[word] for word in way) for way in readings[token]]
            entries.append(Entry(name, token))
        else:
            entries += [Entry(word, token) for word in said if sounds[word]]
    return entries, {word: ways for word, ways in added.items() if ways[0]}


@lru_cache(maxsize=20000)
def _stand_ins(word: str, language: str) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """The decoder's symbols for a foreign word, and which of its own labels each run of them stands for."""
    symbols: list[str] = []
    groups: list[tuple[str, int]] = []
    for label in ipa_of_word(word, language):
        names = to_arpabet(label)
        symbols += names
        groups.append((label, len(names)))
    return tuple(symbols), tuple(groups)


def _foreign(spoken: SpokenText, language: str) -> tuple[list[Entry], dict[str, list[str]]]:
    entries: list[Entry] = []
    added: dict[str, list[str]] = {}
    for token, said in enumerate(spoken.spoken):
        for word in said:
            symbols, groups = _stand_ins(word, language)
            if symbols:
                name = "x" + "_".join(symbols).lower()
                added[name] = [" ".join(symbols)]
                entries.append(Entry(name, token, groups))
    return entries, added


def _relabelled(phones: Sequence[Sequence[Any]], groups: tuple[tuple[str, int], ...], word: int) -> Iterator[Segment]:
    """The word's own labels over the times of the symbols that stood for them."""
    at = 0
    for label, count in groups:
        run = phones[at : at + count]
        at += count
        if run:
            first, last = segment(run[0][0], run[0][1], run[0][2], word), segment(run[-1][0], run[-1][1], run[-1][2], word)
            yield Segment(label, first.start_s, last.end_s, word)


def found_words(words: Sequence[Sequence[Any]], entries: Sequence[Entry], tokens: Sequence[str]) -> Found | None:
    """What an "align" reply says of the entries it was asked for; None if it answers for other words."""
    segments: list[Segment] = []
    texts: list[str] = []
    at, last_token = 0, -1
    for name, _, _, phones in words:
        if is_filler(phones[0][0]):
            continue
        if at >= len(entries) or name.split("(")[0] != entries[at].name:
            return None
        entry = entries[at]
        at += 1
        if entry.token != last_token:
            texts.append(tokens[entry.token])
            last_token = entry.token
        word = len(texts) - 1
        segments += _relabelled(phones, entry.groups, word) if entry.groups else [segment(p, s, d, word) for p, s, d, _ in phones]
    return Found(tuple(segments), tuple(texts)) if at == len(entries) else None


def _request(script: Script, entries: Sequence[Entry], samples: np.ndarray) -> Request:
    names = [entry.name for entry in entries]
    pronunciations = {name: script.pronunciations[name] for name in set(names) if name in script.pronunciations}
    return Request("align", samples, {"words": names, "pronunciations": pronunciations, "judge": _SURE_SCORE})


def _accepted(reply: dict[str, Any], script: Script, entries: Sequence[Entry], samples: np.ndarray, share: float = 0.0) -> Found | None:
    """The aligned words, sharpened; None where they are not what is heard, judged by fit and by the share that was heard."""
    strict, lenient = script.limits
    limit = strict + (lenient - strict) * min(1.0, max(0.0, (share - _SHARE_NONE) / (_SHARE_ALL - _SHARE_NONE)))
    if "failed" in reply or misfit(reply["words"], reply.get("phones", ())) > limit:
        return None
    found = found_words(reply["words"], entries, script.spoken.tokens)
    return found.sharpened(samples) if found is not None else None


def align_piece(samples: np.ndarray, script: Script, job: Job = SILENT) -> Found | None:
    """Align a whole transcript with one stretch of sound; None where it does not fit.

    Args:
        samples: float32 [S] at 16 kHz, up to about half a minute.
        script: from `prepare`.
        job: cancelled within a tenth of a second.
    """
    if not script.entries:
        return None
    return _accepted(sphinx.ask(_request(script, script.entries, samples), job), script, script.entries, samples)


def align(sound: Sound, spans: np.ndarray, script: Script, job: Job = SILENT) -> Alignment | None:
    """Align a transcript with a recording of any length.

    Args:
        sound: the recording.
        spans: float64 [N, 2], where speech was found.
        script: from `prepare`.
        job: progress and cancelling.

    Returns:
        None where the transcript is not what is said.
    """
    if not script.entries or not len(spans):
        return None
    if sound.duration_s <= WHOLE_S:
        found = align_piece(sound.mono(sphinx.SAMPLE_RATE), script, job)
        if found is not None:
            return Alignment(found)
    return _align_long(sound, cut(sound, spans, wanted_s=_PIECE_S), script, job)


@dataclass(frozen=True)
class _Heard:
    """What the transcript's own decoder heard in one piece.

    Args:
        count: words heard.
        matched: (position among them, entry) of those that are the transcript's, in order.
    """

    count: int
    matched: tuple[tuple[int, int], ...]

    @property
    def tail(self) -> int:
        """Words heard after the last that was matched."""
        return self.count - 1 - self.matched[-1][0] if self.matched else self.count

    @property
    def head(self) -> int:
        """Words heard before the first that was matched."""
        return self.matched[0][0] if self.matched else self.count


def _follow(sound: Sound, pieces: Sequence[Piece], script: Script, job: Job) -> list[_Heard]:
    """Which entries are heard in which piece."""
    names = [entry.name for entry in script.entries]
    key = hashlib.sha256(repr((names, script.pronunciations)).encode()).hexdigest()
    options = {"key": key, "words": names, "pronunciations": script.pronunciations}
    heard: list[list[str]] = []
    for reply in sphinx.run((Request("follow", piece.samples(sound), options) for piece in pieces), job):
        heard.append([word for word, _, _ in reply.get("heard", [])])
        job.report(len(heard), len(pieces), "finding the transcript in the sound")
    pairs = match_words(names, [name for piece in heard for name in piece])
    out, at, pair = [], 0, 0
    for piece in heard:
        matched = []
        while pair < len(pairs) and pairs[pair][1] < at + len(piece):
            matched.append((pairs[pair][1] - at, pairs[pair][0]))
            pair += 1
        out.append(_Heard(len(piece), tuple(matched)))
        at += len(piece)
    return out


def _unspoken(heard: Sequence[_Heard], count: int) -> set[int]:
    """Entries between two that were heard next to each other, too many to have been missed there."""
    out: set[int] = set()
    entry, between = -1, 0
    for piece in heard:
        at = -1
        for position, index in piece.matched:
            between += position - at - 1
            if index - entry - 1 > 2 * between + 2:
                out |= set(range(entry + 1, index))
            entry, between, at = index, 0, position
        between += piece.count - at - 1
    if count - entry - 1 > 2 * between + 2:
        out |= set(range(entry + 1, count))
    return out


@dataclass(frozen=True)
class _Group:
    """Neighbouring pieces that are aligned together.

    Args:
        piece: from the start of the first to the end of the last.
        first: their first entry.
        last: one past their last.
        heard: words heard in them.
        matched: how many of those were the transcript's.
    """

    piece: Piece
    first: int
    last: int
    heard: int
    matched: int


def _groups(pieces: Sequence[Piece], heard: Sequence[_Heard], unspoken: set[int], count: int) -> list[_Group]:
    """Give every entry to a piece; pieces between which entries are in doubt are joined while that stays short."""
    groups: list[_Group] = []
    tail = 0
    for piece, what in zip(pieces, heard, strict=True):
        before = groups[-1].last if groups else 0
        if not what.matched:
            tail += what.count
            continue
        first, last = what.matched[0][1], what.matched[-1][1] + 1
        doubt = len(set(range(before, first)) - unspoken)
        if groups and doubt and piece.end_s - groups[-1].piece.start_s <= _LONGEST_GROUP_S:
            old = groups[-1]
            groups[-1] = _Group(Piece(old.piece.start_s, piece.end_s), old.first, last, old.heard + what.count, old.matched + len(what.matched))
        else:
            # Too long to join: what lies between is shared out as the unmatched words were heard.
            share = round((first - before) * tail / max(tail + what.head, 1)) if groups and doubt else 0
            if share:
                groups[-1] = replace(groups[-1], last=before + share)
            groups.append(_Group(piece, before + share, last, what.count, len(what.matched)))
        tail = what.tail
    if groups:
        groups[-1] = replace(groups[-1], last=count)
    return groups


def _align_long(sound: Sound, pieces: Sequence[Piece], script: Script, job: Job) -> Alignment | None:
    heard = _follow(sound, pieces, script, job.part(0.0, 0.7))
    matched = sum(len(piece.matched) for piece in heard)
    spoken = sum(piece.count for piece in heard)
    if not matched or matched < _LEAST_HEARD * min(len(script.entries), spoken):
        return None
    unspoken = _unspoken(heard, len(script.entries))
    wanted = []
    for group in _groups(pieces, heard, unspoken, len(script.entries)):
        entries = [script.entries[i] for i in range(group.first, group.last) if i not in unspoken]
        if entries:
            wanted.append((group.piece, entries, group.matched / max(group.heard, len(entries), 1)))
    parts: list[Found] = []
    covered: list[Piece] = []
    tokens: set[int] = set()
    requests = (_request(script, entries, piece.samples(sound)) for piece, entries, _ in wanted)
    for i, reply in enumerate(sphinx.run(requests, job)):
        piece, entries, share = wanted[i]
        found = _accepted(reply, script, entries, piece.samples(sound), share)
        if found is not None:
            parts.append(found.shifted(piece.start_s))
            covered.append(piece)
            tokens |= {entry.token for entry in entries}
        job.report(0.7 + 0.3 * (i + 1) / len(wanted), 1.0, "aligning the transcript")
    uncovered = tuple(p for p in pieces if not any(c.start_s - 1e-6 <= p.start_s and p.end_s <= c.end_s + 1e-6 for c in covered))
    if not parts or sum(p.duration_s for p in uncovered) > _MOST_UNCOVERED * sum(p.duration_s for p in pieces):
        return None
    return Alignment(joined(parts), uncovered, len(script.spoken.tokens) - len(tokens))
