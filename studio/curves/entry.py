"""Times as people type them: timecode, frames or seconds."""

from __future__ import annotations

import re
from fractions import Fraction

from engine.core.errors import InvalidInput
from engine.core.timing import frame_time

_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)"
_SECONDS = re.compile(rf"({_NUMBER})\s*s")
_FRAMES = re.compile(r"(\d+)\s*f")
_TIMECODE = re.compile(r"(?:(?:(\d+):)?(\d+):)?(\d+)[:;](\d+)")


def parse_time(text: str, rate: Fraction, unit: str) -> float:
    """Seconds from `1.5 s`, `45 f`, `00:00:01:15`, or a bare number in the unit in which times are shown.

    Args:
        text: what was typed.
        rate: frames per second.
        unit: `seconds`, or else bare numbers are frames.

    Raises:
        InvalidInput: none of these.
    """
    text = text.strip().lower()
    if found := _SECONDS.fullmatch(text):
        return _number(found[1])
    if found := _FRAMES.fullmatch(text):
        return frame_time(int(found[1]), rate)
    if found := _TIMECODE.fullmatch(text):
        return _timecode(found, rate, drop=";" in text)
    if unit == "seconds" and re.fullmatch(_NUMBER, text):
        return _number(text)
    if unit != "seconds" and text.isdigit():
        return frame_time(int(text), rate)
    raise InvalidInput(f"{text!r} is no time", "type it as 00:00:01:15, 45 f or 1.5 s")


def parse_value(text: str) -> float:
    """A number, with a point or a comma.

    Raises:
        InvalidInput: it is none.
    """
    if re.fullmatch(_NUMBER, text.strip()):
        return _number(text.strip())
    raise InvalidInput(f"{text!r} is no number", "type a value such as 0.75")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _timecode(found: re.Match[str], rate: Fraction, drop: bool) -> float:
    """The inverse of `engine.core.timing.timecode` (SMPTE ST 12-1)."""
    hours, minutes, seconds, frames = (int(part or 0) for part in found.groups())
    nominal = round(rate)
    count = (hours * 3600 + minutes * 60 + seconds) * nominal + frames
    if drop and rate.denominator == 1001 and nominal in (30, 60):
        minute = hours * 60 + minutes
        count -= nominal // 15 * (minute - minute // 10)
    return frame_time(count, rate)
