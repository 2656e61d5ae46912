"""What was edited on one reading of a line, carried over to another: times follow their phonemes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from engine.core.curves import Curve
from engine.project.lines import LineDoc
from engine.project.parts import moved
from engine.project.tracks import PhonemeTrack, retimer


def time_map(old: PhonemeTrack, new: PhonemeTrack) -> Callable[[float], float]:
    """A rising map of times from one reading to the other, exact at the boundaries of phonemes both have."""
    pairs = {0.0: 0.0, old.duration_s: new.duration_s}
    for block in SequenceMatcher(None, old.labels, new.labels, autojunk=False).get_matching_blocks():
        for k in range(block.size + 1 if block.size else 0):
            pairs[old.bounds_s[block.a + k]] = new.bounds_s[block.b + k]
    rising: list[tuple[float, float]] = []
    for a, b in sorted(pairs.items()):
        if not rising or b > rising[-1][1]:
            rising.append((a, b))
    rising[-1] = (old.duration_s, new.duration_s)
    inside = retimer(tuple(a for a, _ in rising), tuple(b for _, b in rising))
    return lambda time_s: inside(time_s) if time_s <= old.duration_s else time_s - old.duration_s + new.duration_s


def carried(line: LineDoc, new: PhonemeTrack) -> LineDoc:
    """The line with all that is edited on it moved to where its phonemes are in `new`; its own phonemes stay."""
    assert line.phonemes is not None
    to = time_map(line.phonemes, new)

    def curve(old: Curve) -> Curve:
        return Curve.from_keys(replace(k, time_s=to(k.time_s)) for k in old.keys)

    layers = tuple(replace(layer, curves={n: curve(c) for n, c in layer.curves.items()}) for layer in line.layers)
    points: dict[str, Any] = {name: tuple(moved(p, to(p.time_s) - p.time_s) for p in getattr(line, name) or ()) for name in ("pins", "markers")}
    return replace(line, emotions={n: curve(c) for n, c in line.emotions.items()}, intensity=curve(line.intensity), layers=layers, **points)
