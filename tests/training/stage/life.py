"""Lines to perform without a voice: phrases and accents where a test puts them."""

from __future__ import annotations

import numpy as np

from engine.speech.features import ACCENT_DTYPE, Prosody
from engine.speech.files import sound_from_samples
from engine.speech.line import Line
from engine.speech.phonemes import WORD_DTYPE, track


def talk(length_s: float, phrases: list[tuple[float, float]], pitch_hz: float = 120.0) -> Line:
    """A line with these phrases, an accent in the middle of each, and a voice that falls over it."""
    count = int(length_s * 100)
    at = (np.arange(count) + 0.5) / 100
    pitch = np.zeros(count, np.float32)
    accents = []
    for start, end in phrases:
        inside = (at >= start) & (at < end)
        pitch[inside] = pitch_hz * (1.15 - 0.3 * (at[inside] - start) / (end - start))
        accents.append(((start + end) / 2, 0.8))
    empty = np.zeros(count, np.float32)
    prosody = Prosody(pitch, (pitch > 0).astype(np.float32), empty, empty, np.array(accents, ACCENT_DTYPE), np.array(phrases).reshape(-1, 2))
    sound = sound_from_samples(np.zeros(int(length_s * 8000), np.float32), 8000)
    return Line(sound, track([("a", a, b) for a, b in phrases], sound.duration_s), np.zeros(0, WORD_DTYPE), prosody)


def minutes(count: int) -> Line:
    """A long talk: phrases of two seconds, half a second apart."""
    return talk(60.0 * count, [(2.5 * i + 0.5, 2.5 * i + 2.5) for i in range(int(24 * count))])
