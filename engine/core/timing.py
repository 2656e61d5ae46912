"""Time: rational frame rates, frames and seconds, timecode.

Frame `n` of a clip at rate `r` stands for time `n / r` seconds from the line's first sample. Rates are `Fraction`s, so that
29.97 is 30000/1001 and an hour of it does not drift.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from engine.core.errors import InvalidInput

DEFAULT_RATE = Fraction(30)
# What people type for the NTSC rates, and what they mean by it.
_NTSC = {"23.976": (24000, 1001), "23.98": (24000, 1001), "29.97": (30000, 1001), "47.952": (48000, 1001), "59.94": (60000, 1001), "119.88": (120000, 1001)}
_RATE = re.compile(r"\d{1,12}(\.\d{1,20})?|\d{1,12}/\d{1,12}")
_FINEST = 1_000_000  # largest denominator: films keep time in 32 bits


def parse_rate(text: str) -> Fraction:
    """Frames per second from `30`, `30000/1001` or `29.97`; finer than millionths it is rounded.

    Raises:
        InvalidInput: not a number, or outside 1 to 240.
    """
    text = text.strip()
    try:
        rate = Fraction(*_NTSC[text]) if text in _NTSC else Fraction(text if _RATE.fullmatch(text) else 0).limit_denominator(_FINEST)
    except (ValueError, ZeroDivisionError):
        rate = Fraction(0)
    if not 1 <= rate <= 240:
        raise InvalidInput(f"frame rate {text!r} is not a number from 1 to 240", "give it as 30 or 30000/1001")
    return rate


def frame_time(frame: int, rate: Fraction) -> float:
    """Seconds at which frame `frame` stands."""
    return float(Fraction(frame) / rate)


def frame_count(duration_s: float, rate: Fraction) -> int:
    """Number of frames that cover `duration_s` seconds: every frame starts before the end, at least one."""
    frames = duration_s * rate.numerator / rate.denominator
    return max(1, math.ceil(frames - 1e-6))


def nearest_frame(time_s: float, rate: Fraction) -> int:
    """The frame whose time is nearest to `time_s`."""
    return math.floor(time_s * rate.numerator / rate.denominator + 0.5)


def frame_at(time_s: float, rate: Fraction) -> int:
    """The frame on screen at `time_s`: the last whose time is not after it."""
    return math.floor(time_s * rate.numerator / rate.denominator + 1e-6)


def timecode(frame: int, rate: Fraction) -> str:
    """`HH:MM:SS:FF`, drop-frame with `;` at 30000/1001 and 60000/1001 (SMPTE ST 12-1)."""
    nominal = round(rate)
    drop = rate.denominator == 1001 and nominal in (30, 60)
    if drop:
        dropped = nominal // 15
        per_ten = nominal * 600 - 9 * dropped
        tens, rest = divmod(frame, per_ten)
        minutes = max(0, (rest - dropped) // (nominal * 60 - dropped)) if rest >= nominal * 60 else 0
        frame += dropped * (9 * tens + minutes)
    seconds, frames = divmod(frame, nominal)
    separator = ";" if drop else ":"
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{frames:02d}"
