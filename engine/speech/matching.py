"""Finding a transcript's words in what a decoder heard: which word was heard where."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

import numpy as np

_BLOCK_CELLS = 4_000_000


def _unique_runs(left: Sequence[str], right: Sequence[str], length: int) -> list[tuple[int, int]]:
    """Positions of word runs that occur once in each sequence, the longest set in the same order (patience)."""

    def once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
        runs = [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
        counts = Counter(runs)
        return {run: i for i, run in enumerate(runs) if counts[run] == 1}

    there = once(right)
    pairs = [(i, there[run]) for run, i in sorted(once(left).items(), key=lambda item: item[1]) if run in there]
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(j)
            last.append(index)
        else:
            tails[at], last[at] = j, index
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _block(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Equal words of the cheapest edit path between two short sequences."""
    n, m = len(left), len(right)
    if not n or not m or n * m > _BLOCK_CELLS:
        return []
    names = {word: i for i, word in enumerate({*left, *right})}
    a, b = np.array([names[w] for w in left]), np.array([names[w] for w in right])
    ramp = np.arange(m + 1)
    cost = np.zeros((n + 1, m + 1), np.int32)
    cost[0] = ramp
    for i in range(1, n + 1):
        # A substitution costs as much as an insertion and a deletion: only equal words pair up.
        best = np.minimum(cost[i - 1] + 1, np.concatenate([[i], cost[i - 1, :-1] + 2 * (b != a[i - 1])]))
        cost[i] = np.minimum.accumulate(best - ramp) + ramp
    pairs = []
    i, j = n, m
    while i and j:
        if a[i - 1] == b[j - 1] and cost[i, j] == cost[i - 1, j - 1]:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def match_words(said: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of equal words in order, for transcripts of any length.

    Args:
        said: the words of the transcript.
        heard: the words a decoder found.
    """
    anchors: list[tuple[int, int]] = []
    for i, j in _unique_runs(said, heard, 3):
        anchors += [(i + k, j + k) for k in range(3) if not anchors or (i + k > anchors[-1][0] and j + k > anchors[-1][1])]
    pairs: list[tuple[int, int]] = []
    at_i, at_j = 0, 0
    for i, j in [*anchors, (len(said), len(heard))]:
        pairs += [(at_i + x, at_j + y) for x, y in _block(said[at_i:i], heard[at_j:j])]
        if i < len(said):
            pairs.append((i, j))
        at_i, at_j = i + 1, j + 1
    return pairs
