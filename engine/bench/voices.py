"""The stage's voices: whether the labels of each sit on its sound, and which are not here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.bench.figure import Figure
from engine.training.stage import festival, voices, words
from engine.training.stage.sitting import sitting

SENTENCES, SEED = 15, 7


def figures() -> Iterator[Figure]:
    """One line for each voice: milliseconds by which its labels would have to move to explain the sound best."""
    found = voices.available()
    for entry in found.entries:
        rng = np.random.default_rng(SEED)
        said = sitting([voices.speak(entry, words.sentence(entry.language, rng), rng) for _ in range(SENTENCES)])
        levels = f"pauses {said.pause_db:.0f}, closures {said.closure_db:.0f} dB against vowels"
        hiss = f"hiss of s {said.sibilant_db:+.0f}, of m {said.nasal_high_db:+.0f} dB"
        share = f"explains {said.explained:.3f} of the spectrum, {said.explained_best:.3f} at best"
        yield Figure(f"voices.{entry.label}", abs(said.offset_ms), "ms", "<= 10", f"{said.phones} labels; {levels}; {hiss}; {share}")
    for label, reason in found.left_out:
        yield Figure(f"voices.{label}", None, "ms", "", f"left out: {reason}")
    festival.close()
