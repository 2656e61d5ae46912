"""The process that decodes speech: requests on stdin, replies on stdout, so that no window waits for pocketsphinx.

pocketsphinx holds Python's lock while it works and can end the process on odd input; both stay in here. A message is a JSON
header and raw samples: two little-endian uint32 lengths, the header, the samples (16 kHz int16 mono).
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from typing import IO, Any

_LENGTHS = struct.Struct("<II")
# The model hears frames of 25.6 ms every 10 ms; its boundaries come this much early (stack.md, and measured here on emur_ae).
FRAME_S = 0.01
_SEARCH: dict[str, Any] = {"bestpath": False, "beam": 1e-100, "pbeam": 1e-100, "wbeam": 1e-80, "loglevel": "FATAL"}


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
    """The searches, each made when first needed."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def _decoder(self, kind: str) -> Any:
        from pocketsphinx import Decoder, get_model_path

        if kind not in self._made:
            if kind == "align":
                self._made[kind] = Decoder(lm=None, **_SEARCH)
            elif kind == "decode":
                self._made[kind] = Decoder(loglevel="FATAL")
            else:
                phones = get_model_path("en-us/en-us-phone.lm.bin")
                self._made[kind] = Decoder(lm=None, allphone=phones, allphone_ci=True, lw=1.0, beam=1e-20, pbeam=1e-20, loglevel="FATAL")
        return self._made[kind]

    def answer(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        """Do one request; a search that finds nothing gives {"failed": reason}."""
        calls = {"missing": self._missing, "align": self._align, "decode": self._decode, "allphone": self._allphone}
        try:
            return calls[request["op"]](request, pcm)
        except (RuntimeError, ValueError) as error:
            return {"failed": str(error) or type(error).__name__}

    def _missing(self, request: dict[str, Any], _: bytes) -> dict[str, Any]:
        decoder = self._decoder("align")
        return {"missing": [word for word in request["words"] if decoder.lookup_word(word) is None]}

    def _align(self, request: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        decoder = self._decoder("align")
        for word, phones in request.get("pronunciations", {}).items():
            if decoder.lookup_word(word) is None:
                decoder.add_word(word, phones, True)
        decoder.set_align_text(" ".join(request["words"]))
        self._pass(decoder, pcm)
        if decoder.hyp() is None:
            return {"failed": "the words do not fit the sound"}
        return self._states(decoder, pcm)

    def _states(self, decoder: Any, pcm: bytes) -> dict[str, Any]:
        """Align the phones of the search's last answer."""
        decoder.set_alignment()
        self._pass(decoder, pcm)
        alignment = decoder.get_alignment()
        if alignment is None:
            return {"failed": "the phones cannot be aligned"}
        return {
            "words": [
                [word.name, word.start, word.duration, [[p.name, p.start, p.duration, p.score] for p in word]]
                for word in alignment
            ]
        }  # fmt: skip

    @staticmethod
    def _pass(decoder: Any, pcm: bytes) -> None:
        decoder.start_utt()
        try:
            # The whole stretch at once: its mean is taken off the cepstra, which a live feed can only guess.
            decoder.process_raw(pcm, full_utt=True)
        finally:
            decoder.end_utt()

    def _decode(self, _: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        decoder = self._decoder("decode")
        decoder.activate_search()
        self._pass(decoder, pcm)
        if decoder.hyp() is None:
            return {"failed": "no words were heard"}
        confidence = [[s.word, s.start_frame, s.end_frame, decoder.logmath.exp(s.prob)] for s in decoder.seg()]
        return {**self._states(decoder, pcm), "confidence": confidence}

    def _allphone(self, _: dict[str, Any], pcm: bytes) -> dict[str, Any]:
        decoder = self._decoder("allphone")
        self._pass(decoder, pcm)
        return {"phones": [[s.word, s.start_frame, s.end_frame - s.start_frame + 1, s.ascore] for s in decoder.seg()]}


def serve() -> None:
    """Answer requests until stdin closes."""
    # Ctrl-C reaches the whole group; the parent decides what becomes of us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever C code prints must not reach the pipe.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    decoders = Decoders()
    while (message := read_message(requests)) is not None:
        write_message(replies, decoders.answer(*message))
