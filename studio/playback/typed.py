"""A time as a person types it: timecode, frames or seconds, absolute or relative to the playhead."""

from __future__ import annotations

import re
from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from engine.core.errors import InvalidInput
from engine.core.timing import frame_time

_NUMBER = re.compile(r"(\d+(?:[.,]\d*)?|[.,]\d+)\s*(s|sec|ms|m|min|f|fr|)", re.IGNORECASE)
_CODE = re.compile(r"\d*(?:[:;.]\d*){1,3}")
_IN_S = {"s": 1.0, "sec": 1.0, "ms": 0.001, "m": 60.0, "min": 60.0}


def parse_time(text: str, rate: Fraction, unit: str = "timecode", now_s: float = 0.0) -> float:
    """Seconds that a typed time stands for.

    Args:
        text: `00:00:01:12`, `1:12` (seconds and frames), `36` (frames, or seconds where `unit` counts them), `36f`, `1.5s`, `250ms`,
            `2m`; with `+` or `-` before it a step from `now_s`.
        rate: frames per second.
        unit: what a bare number is: `timecode`, `frames` or `seconds`.
        now_s: the playhead.

    Raises:
        InvalidInput: nothing of these.
    """
    plain = text.strip()
    sign = {"+": 1, "-": -1}.get(plain[:1], 0)
    body = plain[1:].strip() if sign else plain
    time_s = _length(body, rate, unit)
    if time_s is None:
        remedy = QCoreApplication.translate("TypedTime", "type a timecode (00:01:12), frames (36f), seconds (1.5s), or a step (+10)")
        raise InvalidInput(QCoreApplication.translate("TypedTime", "“{text}” is no time").format(text=text.strip()), remedy)
    return now_s + sign * time_s if sign else time_s


def _length(text: str, rate: Fraction, unit: str) -> float | None:
    number = _NUMBER.fullmatch(text)
    if number is not None:
        value, kind = float(number[1].replace(",", ".")), number[2].lower()
        if kind in _IN_S:
            return value * _IN_S[kind]
        return value if not kind and unit == "seconds" else value * rate.denominator / rate.numerator
    if not _CODE.fullmatch(text) or not any(c.isdigit() for c in text):
        return None
    fields = [int(part or 0) for part in re.split(r"[:;.]", text)]
    hours, minutes, seconds, frames = [0] * (4 - len(fields)) + fields
    return _from_timecode(hours, minutes, seconds, frames, rate)


def _from_timecode(hours: int, minutes: int, seconds: int, frames: int, rate: Fraction) -> float:
    """The time of a timecode; at 29.97 and 59.94 frames a second it drops numbers, as `timing.timecode` writes it."""
    nominal = round(rate)
    minutes += 60 * hours + seconds // 60
    count = (60 * minutes + seconds % 60) * nominal + frames
    if rate.denominator == 1001 and nominal in (30, 60):
        count -= nominal // 15 * (minutes - minutes // 10)
    return frame_time(count, rate)
