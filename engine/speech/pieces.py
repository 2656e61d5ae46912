"""Cutting a recording at its pauses into pieces that a decoder can take whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.speech.files import Sound

RATE = 16000
# Sound kept around speech: the model wants to hear the pause before the first word.
_MARGIN_S = 0.5
_STEP_S = 0.01


@dataclass(frozen=True)
class Piece:
    """A stretch of the recording, in seconds."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Its length."""
        return self.end_s - self.start_s

    def samples(self, sound: Sound) -> np.ndarray:
        """float32 [S] at 16 kHz."""
        return sound.read(self.start_s, self.end_s, RATE)


def _quietest(sound: Sound, start_s: float, end_s: float) -> float:
    """The moment around which 60 ms are quietest, between two times."""
    samples = sound.read(start_s, end_s, RATE)
    step = round(_STEP_S * RATE)
    count = len(samples) // step
    if count < 8:
        return (start_s + end_s) / 2
    energy = (samples[: count * step].reshape(count, step) ** 2).sum(1)
    smooth = np.convolve(energy, np.ones(6), mode="valid")
    return start_s + (int(np.argmin(smooth)) + 3) * _STEP_S


def cut(sound: Sound, spans: np.ndarray, wanted_s: float = 8.0, longest_s: float = 20.0) -> list[Piece]:
    """Pieces that hold all speech, cut in pauses where there are any.

    Args:
        sound: the recording.
        spans: float64 [N, 2], where speech was found, in order.
        wanted_s: a piece ends at the first pause after this length.
        longest_s: no piece is longer; speech without a pause is cut where it is quietest.

    Returns:
        pieces in order without overlap; each has up to half a second around its speech.
    """
    runs: list[tuple[float, float]] = []
    for start, end in spans:
        start, end = float(start), float(end)
        if runs and end - runs[-1][0] <= longest_s and runs[-1][1] - runs[-1][0] < wanted_s:
            runs[-1] = (runs[-1][0], end)
            continue
        while end - start > longest_s:
            at = _quietest(sound, start + longest_s / 2, start + longest_s)
            runs.append((start, at))
            start = at
        runs.append((start, end))
    pieces = []
    for i, (start, end) in enumerate(runs):
        before = (runs[i - 1][1] + start) / 2 if i else 0.0
        after = (end + runs[i + 1][0]) / 2 if i + 1 < len(runs) else sound.duration_s
        pieces.append(Piece(max(start - _MARGIN_S, before), min(end + _MARGIN_S, after)))
    return pieces
