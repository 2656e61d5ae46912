"""The process that decodes speech: requests on stdin, replies on stdout, so that no window waits for pocketsphinx.

pocketsphinx holds Python's lock while it works and can end the process on odd input; both stay in here. A message is a JSON
header and raw samples: two little-endian uint32 lengths, the header, the samples (16 kHz int16 mono).
"""

from __future__ import annotations

import base64
import itertools
import json
import math
import os
import signal
import struct
import sys
from collections import Counter
from pathlib import Path
from typing import IO, Any

import numpy as np

from engine.speech.posteriors import evidence, posteriors, read_costs

_LENGTHS = struct.Struct("<II")
FRAME_S = 0.01
_ALIGNING: dict[str, Any] = {"bestpath": False, "beam": 1e-100, "pbeam": 1e-100, "wbeam": 1e-80, "loglevel": "FATAL"}
# The later passes trust the sound more than the model's own weights (8.5, 9.5) do: the mouth follows phones, not words.
_RECOGNISING: dict[str, Any] = {"fwdflatlw": 5.5, "bestpathlw": 6.0, "loglevel": "FATAL"}
_ALLPHONE: dict[str, Any] = {"allphone_ci": True, "lw": 1.0, "beam": 1e-200, "pbeam": 1e-200, "loglevel": "FATAL"}
FILLERS = ("SIL", "+NSN+", "+SPN+")
_LOG_BASE = math.log(1.0001)
_WORST_SCORE = -1e6


def write_message(stream: IO[bytes], header: dict[str, Any], pcm: bytes = b"") -> None:
    """Send one message and flush."""
    text = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(text), len(pcm)))
    stream.write(text)
    stream.write(pcm)
    stream.flush()


def read_message(stream: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None when the other side has gone."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header_bytes, pcm_bytes = _LENGTHS.unpack(lengths)
    header, pcm = stream.read(header_bytes), stream.read(pcm_bytes)
    if len(header) < header_bytes or len(pcm) < pcm_bytes:
        return None
    return json.loads(header), pcm


class Decoders:
    """The searches, each made when first needed.

    Args:
        scratch: an empty folder for files that pocketsphinx reads and writes.
    """

    def __init__(self, scratch: Path) -> None:
        self._made: dict[str, Any] = {}
        self._transcript = ""
        self._scratch = scratch

    def _decoder(self, kind: str) -> Any:
        from pocketsphinx import Decoder, get_model_path

        if kind not in self._made:
            if kind == "align":
                self._made[kind] = Decoder(lm=None, **_ALIGNING)
            elif kind == "recognise":
                self._made[kind] = Decoder(**_RECOGNISING)
            else:
                phones = get_model_path("en-us/en-us-phone.lm.bin")
                self._made[kind] = Decoder(lm=None, allphone=phones, senlogdir=str(self._scratch), **_ALLPHONE)
        return self._made[kind]

    def answer(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        """Do one request; a search that finds nothing gives {"failed": reason}."""
        calls = {"lookup": self._lookup, "align": self._align, "recognise": self._recognise, "allphone": self._allphone, "follow": self._follow}
        try:
            return calls[request["op"]](request, pcm)
        except (RuntimeError, ValueError) as error:
            return {"failed": str(error) or type(error).__name__}

    def _lookup(self, request: dict[str, Any], _: bytes) -> dict[str, Any]:
        """The first pronunciation of each word, None for words that the dictionary lacks."""
        decoder = self._decoder("align")
        return {"pronunciations": {word: decoder.lookup_word(word) for word in request["words"]}}

    def _align(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        """Phones of given words, and how well they fit beside what phones alone would have fitted."""
        decoder = self._decoder("align")
        for word, ways in request.get("pronunciations", {}).items():
            if decoder.lookup_word(word) is None:
                for name, phones in variants(word, ways):
                    decoder.add_word(name, phones, True)
        reply = self._aligned(request["words"], pcm)
        if request.get("judge") and "failed" not in reply and mean_score(reply["words"]) < request["judge"]:
            reply |= self._allphone(request, pcm)
        return reply

    def _aligned(self, words: list[str], pcm: bytes) -> dict[str, Any]:
        decoder = self._decoder("align")
        decoder.set_align_text(" ".join(words))
        self._pass(decoder, pcm)
        if decoder.hyp() is None:
            return {"failed": "the words do not fit the sound"}
        decoder.set_alignment()
        self._pass(decoder, pcm)
        alignment = decoder.get_alignment()
        if alignment is None:
            return {"failed": "the phones cannot be aligned"}
        words_found = [[word.name, word.start, word.duration, [[p.name, p.start, p.duration, p.score] for p in word]] for word in alignment]
        return {"words": words_found}

    @staticmethod
    def _pass(decoder: Any, pcm: bytes) -> None:
        decoder.start_utt()
        try:
            # The whole stretch at once: its mean is taken off the cepstra, which a live feed can only guess.
            decoder.process_raw(pcm, full_utt=True)
        finally:
            decoder.end_utt()

    def _heard(self, decoder: Any, pcm: bytes) -> list[list[Any]]:
        """[word, first frame, last frame] of a search for words; fillers left out."""
        self._pass(decoder, pcm)
        if decoder.hyp() is None:
            return []
        return [[s.word.split("(")[0], s.start_frame, s.end_frame] for s in decoder.seg() if s.word[0] not in "<["]

    def _recognise(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        """Words by the language model, aligned anew with all their pronunciations, and phones alone beside them."""
        reply = self._allphone(request, pcm)
        heard = self._heard(self._decoder("recognise"), pcm)
        return {**reply, **self._aligned([word for word, _, _ in heard], pcm)} if heard else reply

    def _allphone(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        """Phones alone; for "allphone" and "recognise" also how probable each is in each frame."""
        decoder = self._decoder("allphone")
        self._pass(decoder, pcm)
        log = max(self._scratch.glob("*.sen"))
        try:
            reply: dict[str, Any] = {"phones": self._phones(decoder)}
            if request["op"] != "align":
                samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32767.0
                likely = posteriors(evidence(read_costs(log), samples, reply["phones"]))
                reply["likely"] = base64.b64encode(np.round(likely * 255).astype(np.uint8).tobytes()).decode()
            return reply
        finally:
            log.unlink()

    @staticmethod
    def _phones(decoder: Any) -> list[list[Any]]:
        # Scores come as 1.0001 to their power; a sum over a phone can be too small for a float.
        scores = [(s, math.log(s.ascore) / _LOG_BASE if s.ascore > 0 else _WORST_SCORE) for s in decoder.seg()]
        return [[s.word, s.start_frame, s.end_frame - s.start_frame + 1, score] for s, score in scores]

    def _follow(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        """Which words of a transcript are heard: a search whose language is the transcript's own word pairs."""
        if self._transcript != request["key"]:
            self._made.pop("follow", None)
            self._made["follow"] = self._follower(request["words"], request["pronunciations"])
            self._transcript = request["key"]
        return {"heard": self._heard(self._made["follow"], pcm)}

    def _follower(self, words: list[str], pronunciations: dict[str, list[str]]) -> Any:
        from pocketsphinx import Decoder

        known = self._decoder("align")
        dictionary, model = self._scratch / "words.dict", self._scratch / "words.lm"
        lines = []
        for word in sorted(set(words)):
            ways = pronunciations.get(word) or all_pronunciations(known, word)
            lines += [f"{name} {phones}" for name, phones in variants(word, ways)]
        dictionary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        model.write_text(word_pair_model(words), encoding="utf-8")
        return Decoder(lm=str(model), dict=str(dictionary), loglevel="FATAL")


def variants(word: str, ways: list[str]) -> list[tuple[str, str]]:
    """(dictionary name, phones) of a word's pronunciations: `word`, `word(2)`, ..."""
    return [(word if i == 0 else f"{word}({i + 1})", phones) for i, phones in enumerate(ways)]


def all_pronunciations(decoder: Any, word: str) -> list[str]:
    """Every pronunciation of a word in a decoder's dictionary."""
    ways: list[str] = []
    while (phones := decoder.lookup_word(variants(word, [*ways, ""])[-1][0])) is not None:
        ways.append(phones)
    return ways


def mean_score(words: list[list[Any]]) -> float:
    """Acoustic score a frame of aligned words, fillers left out; 0 is the best there is."""
    phones = [phone for word in words for phone in word[3] if phone[0] not in FILLERS]
    return sum(phone[3] for phone in phones) / max(sum(phone[2] for phone in phones), 1)


def word_pair_model(words: list[str]) -> str:
    """A bigram model of one text in ARPA form: mostly its own word pairs, any of its words with a small share.

    Args:
        words: the text, at least one word.
    """
    pairs: dict[str, dict[str, int]] = {}
    for left, right in itertools.pairwise(words):
        pairs.setdefault(left, {}).setdefault(right, 0)
        pairs[left][right] += 1
    counts = Counter(words)
    # An utterance may start and end at any word.
    singles = {word: 0.9 * count / len(words) for word, count in counts.items()} | {"</s>": 0.1}
    rows = [f"{math.log10(share):.4f} {word} {math.log10(0.2):.4f}" for word, share in singles.items()]
    rows.append("-99 <s> 0")
    doubles = [f"{math.log10(0.8 * count / sum(after.values())):.4f} {left} {right}" for left, after in pairs.items() for right, count in after.items()]
    head = f"\\data\\\nngram 1={len(rows)}\nngram 2={len(doubles)}\n\n\\1-grams:\n"
    return head + "\n".join(rows) + "\n\n\\2-grams:\n" + "\n".join(doubles) + "\n\n\\end\\\n"


def serve(scratch: str) -> None:
    """Answer requests until stdin closes.

    Args:
        scratch: an empty folder; the one who starts the process removes it.
    """
    # Ctrl-C reaches the whole group; the parent decides what becomes of us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever C code prints must not reach the pipe.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    decoders = Decoders(Path(scratch))
    while (message := read_message(requests)) is not None:
        write_message(replies, decoders.answer(*message))
