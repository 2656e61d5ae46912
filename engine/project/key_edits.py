"""Edits of several keys on several curves at once: moved, scaled, set, removed, pasted. Each is one undo step, and merges in a drag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput
from engine.project.addresses import curve_at, limits_at
from engine.project.change import Composite, Edit
from engine.project.document import Document
from engine.project.edits import SAME_KEY_S, SpliceKeys

KeyAt = tuple[str, float]  # address of a track, time of a key


def move_keys(document: Document, line_id: str, keys: Iterable[KeyAt], delta_s: float, delta_value: float = 0.0) -> Composite:
    """Keys moved in time and value; those they meet give way, values are held within their track's limits.

    In a drag give the keys as they were when it began, and the document as it was then.

    Raises:
        InvalidInput: a key is not there.
    """
    return changed_keys(document, line_id, keys, lambda k: replace(k, time_s=k.time_s + delta_s, value=k.value + delta_value), "Move keys")


def scale_keys(document: Document, line_id: str, keys: Iterable[KeyAt], about: tuple[float, float], factors: tuple[float, float]) -> Composite:
    """Keys scaled about a time (seconds) and a value, by a factor each; slopes follow.

    Raises:
        InvalidInput: a key is not there, or the factor of time is not positive.
    """
    (time_s, value), (in_time, in_value) = about, factors
    if not in_time > 0.0:
        raise InvalidInput(f"keys cannot be scaled by {in_time:g} in time", "give a positive factor, or reverse them")

    def scaled(key: Key) -> Key:
        slopes = {n: getattr(key, n) * in_value / in_time for n in ("in_slope", "out_slope")}
        return replace(key, time_s=time_s + (key.time_s - time_s) * in_time, value=value + (key.value - value) * in_value, **slopes)

    return changed_keys(document, line_id, keys, scaled, "Scale keys")


def changed_keys(document: Document, line_id: str, keys: Iterable[KeyAt], change: Callable[[Key], Key], name: str) -> Composite:
    """Keys passed through `change`; a key that lands on another replaces it, nothing leaves the line's start or the track's limits.

    Args:
        document: as it is before.
        line_id: the line.
        keys: which, by track and time.
        change: gives the new key.
        name: of the step.

    Raises:
        InvalidInput: a key is not there.
    """
    edits: list[Edit] = []
    for track, times in by_track(keys).items():
        low, high = limits_at(document, line_id, track)
        curve = curve_at(document, line_id, track)
        found = [_key_at(curve, track, t) for t in times]
        new: dict[float, Key] = {}
        for key in found:
            to = change(key)
            to = replace(to, time_s=max(to.time_s, 0.0), value=min(max(to.value, low), high))
            new[to.time_s] = to
        edits.append(splice(line_id, track, curve, [k.time_s for k in found], list(new.values())))
    return Composite(tuple(edits), name, f"keys {line_id} {name}")


def remove_keys(line_id: str, keys: Iterable[KeyAt]) -> Composite:
    """Keys taken away, on all their tracks."""
    return Composite(tuple(SpliceKeys(line_id, track, tuple(times)) for track, times in by_track(keys).items()), "Remove keys")


def put_keys(document: Document, line_id: str, keys: dict[str, list[Key]], name: str = "Paste keys", over: bool = False) -> Composite:
    """Keys put on tracks; those at their times give way, with `over` all between the first and the last.

    Args:
        document: as it is before.
        line_id: the line.
        keys: by track; values are held within its limits.
        name: of the step.
        over: what lies between is replaced too.
    """
    edits: list[Edit] = []
    for track, given in keys.items():
        if not given:
            continue
        low, high = limits_at(document, line_id, track)
        new = [replace(k, value=min(max(k.value, low), high)) for k in given]
        curve = curve_at(document, line_id, track)
        first, last = min(k.time_s for k in new) - SAME_KEY_S, max(k.time_s for k in new) + SAME_KEY_S
        gone = [k.time_s for k in curve.keys if first <= k.time_s <= last] if over else []
        edits.append(splice(line_id, track, curve, gone, new))
    return Composite(tuple(edits), name, f"keys {line_id} {name}")


def splice(line_id: str, track: str, curve: Curve, gone: list[float], new: list[Key]) -> SpliceKeys:
    """The edit that takes keys at exactly these times away and puts others in, which replace what lies at their times."""
    covered = {t for key in new for t in _near(curve, key.time_s)}
    return SpliceKeys(line_id, track, tuple(sorted({*gone, *covered})), tuple(sorted(new, key=lambda k: k.time_s)))


def by_track(keys: Iterable[KeyAt]) -> dict[str, list[float]]:
    """Times of keys by their track, in order."""
    found: dict[str, list[float]] = defaultdict(list)
    for track, time_s in keys:
        found[track].append(time_s)
    return {track: sorted(times) for track, times in sorted(found.items())}


def _near(curve: Curve, time_s: float) -> list[float]:
    """Times of the curve's keys that count as being at `time_s`."""
    low, high = np.searchsorted(curve.times_s, (time_s - SAME_KEY_S, time_s + SAME_KEY_S))
    return [k.time_s for k in curve.keys[low : high + 1] if abs(k.time_s - time_s) <= SAME_KEY_S]


def _key_at(curve: Curve, track: str, time_s: float) -> Key:
    low = int(np.searchsorted(curve.times_s, time_s - SAME_KEY_S))
    if low < len(curve.keys) and abs(curve.keys[low].time_s - time_s) <= SAME_KEY_S:
        return curve.keys[low]
    raise InvalidInput(f"{track} has no key at {time_s:g} s", "it may have been moved or removed")
