"""The search for phones: against trying every sequence, lengths, order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.core.errors import InvalidInput
from engine.speech.phone_search import SearchConfig, least_frames, search

SYMBOLS = ("", "a", "m")


def _random(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    likely = random.dirichlet(np.full(len(SYMBOLS), 0.6), count).astype(np.float32)
    return likely, random.uniform(0.1, 3.0, (len(SYMBOLS), len(SYMBOLS))).astype(np.float32)


def _best(likely: np.ndarray, pairs: np.ndarray, config: SearchConfig) -> list[tuple[int, int, int]]:
    """The best of all labellings, the slow way."""
    score, least = np.log(np.maximum(likely, 1e-4)), least_frames(SYMBOLS, config)
    best, found = -np.inf, []
    for labels in itertools.product(range(len(SYMBOLS)), repeat=len(likely)):
        runs = [(k, len(list(g))) for k, g in itertools.groupby(labels)]
        if any(length < least[k] for k, length in runs[:-1]):
            continue
        total = sum(score[t, k] for t, k in enumerate(labels))
        total -= sum(config.order * pairs[a, b] + config.change for (a, _), (b, _) in itertools.pairwise(runs))
        if total > best:
            ends = list(itertools.accumulate(length for _, length in runs))
            best, found = total, [(k, end - length, end) for (k, length), end in zip(runs, ends, strict=True)]
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_what_trying_everything_finds(seed: int) -> None:
    likely, pairs = _random(9, seed)
    config = SearchConfig(order=0.7, change=0.2, least=2, least_pause=3)
    assert search(likely, SYMBOLS, pairs, config) == _best(likely, pairs, config)


def test_phones_cover_the_time_and_keep_their_lengths() -> None:
    likely, pairs = _random(400, 9)
    found = search(likely, SYMBOLS, pairs, SearchConfig(change=0.0))
    assert found[0][1] == 0 and found[-1][2] == 400 and len(found) > 20
    for (a, _, end), (b, start, _) in itertools.pairwise(found):
        assert end == start and a != b
    assert all(end - start >= (5 if SYMBOLS[k] == "" else 3) for k, start, end in found[:-1])


def test_order_and_change_count() -> None:
    likely, pairs = _random(300, 3)
    few, many = (len(search(likely, SYMBOLS, pairs, SearchConfig(change=c))) for c in (6.0, 0.0))
    assert few < many
    pairs = np.full((3, 3), 0.1, np.float32)
    pairs[1, 2] = 1000.0  # never m after a
    found = [k for k, _, _ in search(likely, SYMBOLS, pairs, SearchConfig(order=1.0, change=0.0))]
    assert (1, 2) not in set(itertools.pairwise(found)) and (2, 1) in set(itertools.pairwise(found))


def test_what_does_not_fit_is_refused() -> None:
    assert search(np.zeros((0, 3), np.float32), SYMBOLS) == []
    assert search(np.full((1, 3), 1 / 3, np.float32), SYMBOLS)[0][1:] == (0, 1)
    with pytest.raises(InvalidInput, match=r"\[T, 3\]"):
        search(np.zeros((5, 4), np.float32), SYMBOLS)
    with pytest.raises(InvalidInput, match="lengths from 2"):
        SearchConfig(least=1)
