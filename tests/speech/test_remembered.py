"""What the decoder said of a long recording is kept: an interrupted listening goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.core.errors import Cancelled
from engine.core.jobs import SILENT, Job
from engine.speech import remembered, sphinx
from engine.speech.sphinx import Request


class Decoder:
    """Stands in for the decoding processes: answers with the number of samples, and counts."""

    def __init__(self, dies_after: int | None = None) -> None:
        self.asked: list[int] = []
        self.dies_after = dies_after

    def run(self, requests: Iterable[Request], job: Job = SILENT) -> Iterator[dict[str, Any]]:
        """As `sphinx.run`, one piece ahead."""
        ahead: list[Request] = []
        for request in requests:
            ahead.append(request)
            if len(ahead) == 2:
                yield self._answer(ahead.pop(0))
        while ahead:
            yield self._answer(ahead.pop(0))

    def _answer(self, request: Request) -> dict[str, Any]:
        if self.dies_after is not None and len(self.asked) >= self.dies_after:
            raise Cancelled
        self.asked.append(len(request.samples))
        return {"failed": "silence"} if len(request.samples) == 13 else {"words": [len(request.samples)]}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_CACHE", str(tmp_path))
    return tmp_path / "listening"


def pieces(*lengths: int, op: str = "recognise") -> Iterator[Request]:
    return (Request(op, np.linspace(-1, 1, length, dtype=np.float32)) for length in lengths)


def heard(decoder: Decoder, monkeypatch: pytest.MonkeyPatch, *lengths: int, op: str = "recognise") -> list[Any]:
    monkeypatch.setattr(sphinx, "run", decoder.run)
    return [reply.get("words", [None])[0] for reply in remembered.replies(pieces(*lengths, op=op))]


def test_an_interrupted_listening_goes_on_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Cancelled):
        heard(Decoder(dies_after=3), monkeypatch, 10, 20, 30, 40, 50)
    again = Decoder()
    assert heard(again, monkeypatch, 5, 10, 20, 7, 30, 40, 50) == [5, 10, 20, 7, 30, 40, 50]
    assert again.asked == [5, 7, 40, 50]
    third = Decoder()
    assert heard(third, monkeypatch, 50, 10) == [50, 10]
    assert third.asked == []


def test_another_question_failures_and_damaged_replies_are_asked_again(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    heard(Decoder(), monkeypatch, 10, 13)
    other = Decoder()
    heard(other, monkeypatch, 10, 13, op="allphone")
    assert other.asked == [10, 13]
    for path in cache.iterdir():
        path.write_bytes(path.read_bytes()[:-4])
    again = Decoder()
    assert heard(again, monkeypatch, 10, 13) == [10, None]
    assert again.asked == [10, 13]


def test_the_oldest_go_and_a_cache_that_is_no_folder_does_no_harm(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    heard(Decoder(), monkeypatch, 10, 20)
    monkeypatch.setattr(remembered, "MOST_BYTES", 0)
    decoder = Decoder()
    heard(decoder, monkeypatch, 30)
    assert len(list(cache.iterdir())) == 1
    next(cache.iterdir()).unlink()
    cache.rmdir()
    cache.write_text("in the way")
    assert heard(Decoder(), monkeypatch, 10) == [10]
