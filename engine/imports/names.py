"""The names that other programs give to the rig's channels: ARKit's in any capitals, with sides before or after, with prefixes."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.core.channels import CHANNELS

_PLAIN = re.compile(r"[^a-z0-9]+")
_LEAST = 7  # letters of an alias that may be the end of a longer name


def channel_of(name: str) -> str | None:
    """The rig's channel that a name of another program means; None for none.

    Known are `jawOpen`, `JawOpen`, `jaw_open`, `eyeBlink_L`, `L_eyeBlink`, `left_eye_blink`, `head.jawOpen`, `Face_ARKit_jawOpen`.
    """
    plain = _PLAIN.sub("", name.lower())
    known = _aliases()
    if plain in known:
        return known[plain]
    last = _PLAIN.sub("", re.split(r"[.:|/]", name)[-1].lower())
    if last in known:
        return known[last]
    ends = [alias for alias in known if len(alias) >= _LEAST and plain.endswith(alias)]
    return known[max(ends, key=len)] if ends else None


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    out = {channel.lower(): channel for channel in CHANNELS}
    for channel in CHANNELS:
        for side, letter in (("Left", "l"), ("Right", "r")):
            if channel.endswith(side):
                stem = channel.removesuffix(side).lower()
                for alias in (stem + letter, letter + stem, side.lower() + stem):
                    out.setdefault(alias, channel)
    return out
