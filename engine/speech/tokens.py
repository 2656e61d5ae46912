"""Frame tokens of a sound: what an encoder hears, 50 times a second, by our encoder or by one of a person's own in its place.

Token n stands for the 20 ms from n / 50 s on, whichever encoder it is from; whoever needs another rate resamples. What depends on tokens keeps
their `name` and `hash`, and refuses others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing

OURS = "ours"
RATE = 16000
TOKENS_PER_S = 50


@dataclass(frozen=True)
class FrameTokens:
    """What an encoder says of a sound.

    Args:
        values: float32 [T, D] at 50 Hz, T = ceil(S / 320).
        name: of the encoder.
        hash: of its weights, and of the layer where it is not the last, and of the way it listens where that is not the usual one.
        columns: what each of the D is, such as "viseme PBM"; empty where nobody can say.
    """

    values: NDArray[np.float32]
    name: str
    hash: str
    columns: tuple[str, ...] = ()

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


def write(path: Path, tokens: FrameTokens) -> None:
    """Write tokens and what they are from; loads with `numpy.load(path, allow_pickle=False)`. The same tokens give the same bytes.

    Holds `values` float32 [T, D], `columns` [D] or empty, `encoder`, `hash` and `tokens_per_s`.

    Args:
        path: ends in .npz.
        tokens: of a sound.

    Raises:
        OutputError: the folder cannot be written or the disk is full.
    """
    columns, name, digest = (np.array(text, np.str_) for text in (tokens.columns, tokens.name, tokens.hash))
    rate = np.int64(TOKENS_PER_S)
    with replacing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, values=tokens.values, columns=columns, encoder=name, hash=digest, tokens_per_s=rate)


def frame_tokens(samples: NDArray[np.float32], encoder: str = OURS, layer: int | None = None, job: Job = SILENT, streaming: bool = False) -> FrameTokens:
    """The tokens of a sound.

    Args:
        samples: float32 [S] at 16 kHz, full scale 1.
        encoder: "ours", or the name or path of a wav2vec 2.0 or HuBERT model.
        layer: of such a model, whose output is taken; the last one without. Ours has none to choose.
        job: may be cancelled.
        streaming: what our encoder says live, looking at most 100 ms ahead, instead of what it says of a whole recording.

    Raises:
        MissingAsset: there is no such encoder.
        InvalidInput: its files are damaged, or the samples are not [S], or there is no such layer, or it cannot listen live.
        Cancelled: somebody asked to stop.
    """
    if encoder != OURS:
        if streaming:
            raise InvalidInput(f"the encoder {encoder!r} hears whole recordings only", "leave streaming out, or use ours")
        from engine.speech.foreign import ForeignEncoder

        return ForeignEncoder.load(encoder).encode(samples, layer, job)
    if layer is not None:
        raise InvalidInput(f"our encoder has no layer {layer} to choose", "leave the layer out")
    from engine.speech.encoder import Encoder

    job.check()
    found = Encoder.load().encode(samples, ahead=not streaming)
    return FrameTokens(np.asarray(found.values, np.float32), found.name, f"{found.hash}/streaming" if streaming else found.hash, found.names)
