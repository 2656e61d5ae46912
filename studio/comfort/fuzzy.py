"""How well a few typed letters fit a phrase: for the command palette."""

from __future__ import annotations

import unicodedata

_START, _RUN, _GAP = 8.0, 5.0, 0.1  # for a letter at the start of a word, one right after the last, and each letter skipped


def folded(text: str) -> str:
    """Without case and accents, so that `u` finds `Ü`."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def score(query: str, phrase: str) -> float | None:
    """How well a query fits; None where its letters are not all in the phrase, in this order. More is better.

    Args:
        query: what was typed; words of it may stand in any order.
        phrase: what is searched.
    """
    parts, target = folded(query).split(), folded(phrase)
    total = 0.0
    for part in parts:
        found = _best(part, target)
        if found is None:
            return None
        total += found
    return total - 0.01 * len(target)


def _best(part: str, target: str) -> float | None:
    """The best way to find the letters of one word, from each place its first letter stands at."""
    best: float | None = None
    begin = target.find(part[0])
    while begin >= 0:
        found = _from(part, target, begin)
        if found is not None and (best is None or found > best):
            best = found
        begin = target.find(part[0], begin + 1)
    return best


def _from(part: str, target: str, begin: int) -> float | None:
    total, last = 0.0, begin - 1
    for i, letter in enumerate(part):
        at = begin if i == 0 else target.find(letter, last + 1)
        if at < 0:
            return None
        starts = at == 0 or not target[at - 1].isalnum()
        total += 1.0 + (_START if starts else 0.0) + (_RUN if i and at == last + 1 else 0.0) - _GAP * (at - last - 1)
        last = at
    return total
