"""The likeliest sequence of phones under probabilities per frame: Viterbi's search with shortest lengths and a bigram of phones.

The bigram is weak on purpose: it tells noise from speech-like order and knows no words, so that the search works in any language. A
phone has a chain of states, one per frame of its shortest length, the last of which may be stayed in; so nothing flickers for a frame.

Source: Rabiner, "A tutorial on hidden Markov models", Proc. IEEE 77, 1989, III.B; a network's probabilities in such a search after
Bourlard and Morgan, "Connectionist Speech Recognition", 1994.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.speech.phonemes import PAUSE, features

_FLOOR = 1e-4  # of a probability: one frame that is sure of another phone does not end a phone
_REPORTED = 2000  # frames from one report to the next


@dataclass(frozen=True)
class SearchConfig:
    """How probabilities become phones.

    Args:
        order: how much the order of phones counts against the sound: the exponent of the bigram.
        change: natural logarithm paid for each new phone; more makes fewer and longer phones.
        least: shortest length of a phone in frames.
        least_pause: of a pause.
    """

    order: float = 0.2
    change: float = 1.0
    least: int = 3
    least_pause: int = 5

    def __post_init__(self) -> None:
        if self.order < 0 or self.change < 0 or min(self.least, self.least_pause) < 2:
            raise InvalidInput(f"the search {self} is not usable", "give an order and change of at least 0 and lengths from 2 frames on")


def least_frames(symbols: Sequence[str], config: SearchConfig) -> NDArray[np.int64]:
    """Shortest length of each phone in frames, int64 [P]: a tap is short, a pause is not."""
    lengths = [config.least_pause if s == PAUSE else 2 if features(s).manner == "tap" else config.least for s in symbols]
    return np.array(lengths, np.int64)


def search(
    likely: NDArray[np.float32], symbols: Sequence[str], pairs: NDArray[np.float32] | None = None, config: SearchConfig | None = None, job: Job = SILENT
) -> list[tuple[int, int, int]]:
    """The likeliest sequence of phones.

    Args:
        likely: probabilities, or what is proportional to them, float32 [T, P].
        symbols: of the columns, "" the pause.
        pairs: minus the natural logarithm of the probability of each phone after each other, float32 [P, P], rows before; None for no order.
        config: lengths and weights.
        job: cancelling.

    Returns:
        (column, first frame, last frame + 1) of each phone in order, covering all T frames without gaps.

    Raises:
        InvalidInput: the shapes do not fit.
        Cancelled: the job was cancelled.
    """
    config = config or SearchConfig()
    if likely.ndim != 2 or likely.shape[1] != len(symbols) or (pairs is not None and pairs.shape != (len(symbols), len(symbols))):
        got = f"{list(likely.shape)}" if pairs is None else f"{list(likely.shape)} and pairs {list(pairs.shape)}"
        raise InvalidInput(f"probabilities must be [T, {len(symbols)}], got {got}", "give one column per symbol, and a row and column of the pairs")
    if not len(likely):
        return []
    score = np.log(np.maximum(likely, _FLOOR))
    order = np.zeros((len(symbols), len(symbols)), np.float32) if pairs is None else pairs
    enter = config.order * order + config.change
    np.fill_diagonal(enter, np.inf)  # a phone follows itself by staying
    lengths = least_frames(symbols, config)
    return _traced(*_forward(score, enter, lengths, job), lengths)


def _forward(score: NDArray, enter: NDArray, lengths: NDArray, job: Job) -> tuple[NDArray, NDArray, NDArray]:
    """Scores in the last frame [L, P], and for each frame [T, P]: the phone before one that begins, whether a long one stayed.

    A phone enters at state L - its length, so every phone is in state L - 1 once it is long enough to end.
    """
    count, phones = score.shape
    longest = int(lengths.max())
    rows, entry = np.arange(phones), longest - lengths
    state = np.full((longest, phones), -np.inf, np.float32)
    state[entry, rows] = score[0]
    before = np.zeros((count, phones), np.int16)
    stayed = np.zeros((count, phones), bool)
    for t in range(1, count):
        if t % _REPORTED == 0:
            job.report(t, count, "hearing phonemes")
        stay = state[-1].copy()
        coming = stay[:, None] - enter  # [from, to]
        before[t] = coming.argmax(0)
        state[1:] = state[:-1]
        np.greater(stay, state[-1], out=stayed[t])
        np.maximum(state[-1], stay, out=state[-1])
        state[entry, rows] = coming[before[t], rows]
        state += score[t]
    return state, before, stayed


def _traced(state: NDArray, before: NDArray, stayed: NDArray, lengths: NDArray) -> list[tuple[int, int, int]]:
    """The way back from the best state of the last frame, where a phone may be cut short."""
    longest = len(state)
    k, phone = (int(i) for i in np.unravel_index(int(state.argmax()), state.shape))
    out: list[tuple[int, int, int]] = []
    end = t = len(before) - 1
    while t >= 0:
        if k == longest - 1 and stayed[t, phone]:
            t -= 1
        elif k > longest - int(lengths[phone]):
            k, t = k - 1, t - 1
        else:
            out.append((phone, t, end + 1))
            phone, k, end, t = int(before[t, phone]), longest - 1, t - 1, t - 1
    return out[::-1]
