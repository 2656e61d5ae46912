"""Speech without a transcript: words by a language model, or phones alone where words would be wrong."""

from __future__ import annotations

import numpy as np

from engine.core.jobs import SILENT, Job
from engine.speech import sphinx
from engine.speech.aligner import OFFSET_S, Segment
from engine.speech.phonemes import PAUSE, from_arpabet
from engine.speech.sphinx_worker import FRAME_S


def recognise_piece(samples: np.ndarray, job: Job = SILENT) -> tuple[list[Segment], list[str]] | None:
    """Words by the English language model, then their phones; None when nothing was heard.

    Args:
        samples: float32 [S] at 16 kHz, up to about half a minute.
        job: cancelled within a tenth of a second.

    Returns:
        phonemes, whose tokens index the words, and the words.
    """
    reply = sphinx.ask(sphinx.Request("decode", samples), job)
    if "failed" in reply:
        return None
    segments: list[Segment] = []
    words: list[str] = []
    for name, _, _, phones in reply["words"]:
        if from_arpabet(phones[0][0]) == PAUSE:
            continue
        segments += [Segment(from_arpabet(p), s * FRAME_S + OFFSET_S, (s + d) * FRAME_S + OFFSET_S, len(words)) for p, s, d, _ in phones]
        words.append(name.split("(")[0])
    return (segments, words) if segments else None


def allphone_piece(samples: np.ndarray, job: Job = SILENT) -> list[Segment]:
    """Phones alone, for any language, in the English model's symbols.

    Args:
        samples: float32 [S] at 16 kHz.
        job: cancelled within a tenth of a second.
    """
    reply = sphinx.ask(sphinx.Request("allphone", samples), job)
    rows = [(from_arpabet(p), s * FRAME_S + OFFSET_S, (s + d) * FRAME_S + OFFSET_S) for p, s, d, _ in reply.get("phones", [])]
    return [Segment(label, start, end, -1) for label, start, end in rows if label != PAUSE]
