"""Frame tokens of a sound: what an encoder hears, 50 times a second, by our encoder or by one of a person's own in its place.

Token n stands for the 20 ms from n / 50 s on, whichever encoder it is from; whoever needs another rate resamples. What depends on tokens keeps
their `name` and `hash`, and refuses others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job

OURS = "ours"
RATE = 16000
TOKENS_PER_S = 50


@dataclass(frozen=True)
class FrameTokens:
    """What an encoder says of a sound.

    Args:
        values: float32 [T, D] at 50 Hz, T = ceil(S / 320).
        name: of the encoder.
        hash: of its weights, and of the layer where it is not the last.
    """

    values: NDArray[np.float32]
    name: str
    hash: str

    def check(self, name: str, digest: str) -> None:
        """Refuse these tokens where those of another encoder are wanted.

        Raises:
            InvalidInput: they are not from the encoder of this name and hash.
        """
        if (self.name, self.hash) != (name, digest):
            what = f"the tokens are from encoder {self.name!r} ({self.hash[:12]}), those of {name!r} ({digest[:12]}) are wanted"
            raise InvalidInput(what, "hear the sound with that encoder")


def encoders() -> tuple[str, ...]:
    """The names there are: ours, then a person's own."""
    from engine.speech import foreign

    return (OURS, *(path.stem if path.is_file() else path.name for path in foreign.found()))


def frame_tokens(samples: NDArray[np.float32], encoder: str = OURS, layer: int | None = None, job: Job = SILENT) -> FrameTokens:
    """The tokens of a sound.

    Args:
        samples: float32 [S] at 16 kHz, full scale 1.
        encoder: "ours", or the name or path of a wav2vec 2.0 or HuBERT model.
        layer: of such a model, whose output is taken; the last one without. Ours has none to choose.
        job: may be cancelled.

    Raises:
        MissingAsset: there is no such encoder.
        InvalidInput: its files are damaged, or the samples are not [S], or there is no such layer.
        Cancelled: somebody asked to stop.
    """
    if encoder != OURS:
        from engine.speech.foreign import ForeignEncoder

        return ForeignEncoder.load(encoder).encode(samples, layer, job)
    if layer is not None:
        raise InvalidInput(f"our encoder has no layer {layer} to choose", "leave the layer out")
    from engine.speech.encoder import Encoder

    job.check()
    found = Encoder.load().encode(samples)
    return FrameTokens(np.asarray(found.values, np.float32), found.name, found.hash)
