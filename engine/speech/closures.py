"""When the lips are shut: the closure of p, b, m and their kin, found in the sound within the aligned phoneme."""

from __future__ import annotations

import numpy as np

from engine.speech.files import Sound
from engine.speech.phonemes import is_bilabial

CLOSURE_DTYPE = np.dtype([("phoneme", "i4"), ("start_s", "f8"), ("end_s", "f8")])


def lip_closures(phonemes: np.ndarray, sound: Sound) -> np.ndarray:
    """The stretch in which each bilabial of a track has the lips shut.

    Args:
        phonemes: `PHONEME_DTYPE`.
        sound: the line's sound.

    Returns:
        `CLOSURE_DTYPE` [C], in order; `phoneme` indexes the track.
    """
    rows = [(i, p["start_s"], p["end_s"]) for i, p in enumerate(phonemes) if is_bilabial(str(p["label"]))]
    return np.array(rows, dtype=CLOSURE_DTYPE)
