"""The emotion vector: seven intensities from 0 to 1 per frame; all zero is neutral.

Source: READ Avatars 3.2 with the MEAD emotion names; MEAD's three recorded levels are 1/3, 2/3 and 1.
"""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput

EMOTIONS: tuple[str, ...] = ("angry", "contempt", "disgusted", "fear", "happy", "sad", "surprised")
_SPEC = re.compile(r"^\s*([A-Za-z]+)\s*:\s*([0-9.]+)\s*(?:@\s*([0-9.]+)\s*-\s*([0-9.]+)\s*)?$")
RAMP_S = 0.35  # onset and offset of a range given on the command line


def parse(spec: str) -> tuple[str, float, float, float]:
    """`NAME:LEVEL` or `NAME:LEVEL@START-END` (seconds) as (name, level, start_s, end_s); end is inf for the whole line.

    Raises:
        InvalidInput: malformed, an unknown emotion, a level outside 0 to 1, or an empty range.
    """
    found = _SPEC.match(spec)
    if not found:
        raise InvalidInput(f"emotion {spec!r} is not NAME:LEVEL or NAME:LEVEL@START-END", "for example happy:0.7@1.5-3")
    name = found[1].lower()
    if name not in EMOTIONS:
        raise InvalidInput(f"emotion {found[1]!r} is not known", "use one of " + ", ".join(EMOTIONS))
    try:
        level = float(found[2])
        start_s, end_s = (float(found[3]), float(found[4])) if found[3] else (0.0, math.inf)
    except ValueError:
        raise InvalidInput(f"emotion {spec!r} holds a number that cannot be read", "for example happy:0.7@1.5-3") from None
    if not 0.0 <= level <= 1.0:
        raise InvalidInput(f"emotion level {level:g} in {spec!r} is outside 0 to 1", "give a level such as 0.7")
    if not start_s < end_s:
        raise InvalidInput(f"the range {start_s:g}-{end_s:g} in {spec!r} is empty", "give START before END, in seconds")
    return name, level, start_s, end_s


def curves_from_specs(specs: list[str], duration_s: float) -> dict[str, Curve]:
    """Emotion curves from command-line specs; a range ramps in and out over `RAMP_S`.

    Several ranges of one emotion may follow each other; a later spec overwrites where they overlap.
    """
    curves: dict[str, Curve] = {}
    for spec in specs:
        name, level, start_s, end_s = parse(spec)
        if math.isinf(end_s):
            curves[name] = Curve((Key(0.0, level),))
            continue
        base = curves.get(name, Curve((Key(0.0, 0.0),)))
        before, after = float(base.evaluate(start_s - RAMP_S)), float(base.evaluate(end_s + RAMP_S))
        kept = [k for k in base.keys if k.time_s < start_s - RAMP_S or k.time_s > end_s + RAMP_S]
        end_s = min(end_s, max(duration_s, start_s + 0.01))
        middle = [Key(max(0.0, start_s - RAMP_S), before), Key(start_s, level), Key(end_s, level), Key(end_s + RAMP_S, after)]
        if start_s <= 0.0:
            middle = middle[1:]
        curves[name] = Curve.from_keys([*kept, *middle])
    return curves


def sample(curves: dict[str, Curve], times_s: NDArray[np.float64]) -> NDArray[np.float32]:
    """Emotion vectors at `times_s`: float32 [T, 7] in [0, 1], in the order of `EMOTIONS`."""
    out = np.zeros((len(times_s), len(EMOTIONS)), np.float32)
    for i, name in enumerate(EMOTIONS):
        if name in curves:
            out[:, i] = np.clip(curves[name].evaluate(times_s), 0.0, 1.0)
    return out
