"""Wav2vec 2.0 and HuBERT from a person's own files, as frame tokens in place of our encoder's.

Their folder is `engine.core.assets.user_models()`; `vivavoce doctor` says where it is and what lies in it. Nothing is downloaded. Tokens are at
50 Hz: token n stands for 20 ms from n / 50 s on, as our encoder's do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.core import assets, cards
from engine.core.errors import InvalidInput, MissingAsset
from engine.core.jobs import SILENT, Job
from engine.speech.tokens import RATE, TOKENS_PER_S, FrameTokens

if TYPE_CHECKING:
    from engine.speech.foreign_net import ForeignNet

HOP = RATE // TOKENS_PER_S
# The transformer's cost grows with the square of what it hears at once: longer sound is heard in pieces that overlap.
PIECE_S, AROUND_S = 20.0, 4.0
_LEAST = 1e-7  # added to the variance
_SUFFIXES = (".pt", ".safetensors", ".bin")


def found() -> tuple[Path, ...]:
    """The models that lie in the person's folder, by name: folders, and single torch or safetensors files."""
    folder = assets.user_models()
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        return ()
    return tuple(path for path in inside if not path.name.startswith(".") and (path.is_dir() or path.suffix in _SUFFIXES))


def find(name: str) -> Path:
    """The model of a name in the person's folder, or at a path.

    Raises:
        MissingAsset: there is none.
    """
    for path in found():
        if name in (path.name, path.stem):
            return path
    path = Path(name)
    if path.exists():
        return path
    there = ", ".join(path.stem if path.is_file() else path.name for path in found()) or "nothing"
    raise MissingAsset(f"there is no model {name!r}", f"put its files into {assets.user_models()} (there is {there}), or give their path")


class ForeignEncoder:
    """One network with its weights, on the CPU.

    Args:
        net: the network.
        name: of the model.
        digest: SHA-256 of its weights' file.
    """

    def __init__(self, net: ForeignNet, name: str, digest: str) -> None:
        self._net, self.name, self.digest = net, name, digest

    @classmethod
    def load(cls, name: str) -> ForeignEncoder:
        """The encoder of a name in the person's folder, or at a path.

        Raises:
            MissingAsset: there is none.
            InvalidInput: its files are damaged or of another network.
        """
        from engine.speech import foreign_files
        from engine.speech.foreign_net import ForeignNet

        path = find(name)
        config, weights = foreign_files.read(path)
        file = foreign_files.weights_file(path)
        if config.hop != HOP:
            raise InvalidInput(f"{file} gives a frame for {config.hop} samples", f"use a model with one for {HOP}, as the released ones have")
        import torch

        with torch.device("meta"):  # first weights that nobody needs are not drawn
            net = ForeignNet(config)
        wanted = {key: tuple(value.shape) for key, value in net.state_dict().items()}
        cards.check_shapes(file, wanted, {key: tuple(value.shape) for key, value in weights.items()}, "use the config that belongs to these weights")
        net.load_state_dict(weights, assign=True)
        return cls(net.eval(), path.stem if path.is_file() else path.name, cards.sha256_of(file))

    @property
    def width(self) -> int:
        """D of the tokens."""
        return self._net.config.width

    @property
    def layers(self) -> int:
        """Layers of the transformer."""
        return self._net.config.layers

    def encode(self, samples: NDArray[np.float32], layer: int | None = None, job: Job = SILENT) -> FrameTokens:
        """The tokens of a sound.

        Args:
            samples: float32 [S] at 16 kHz, full scale 1.
            layer: which layer's output, 1 to `layers`; the last one without.
            job: reports each piece.

        Raises:
            InvalidInput: the samples are not [S], or there is no such layer.
            Cancelled: somebody asked to stop.
        """
        if samples.ndim != 1:
            raise InvalidInput(f"samples must be [S], got {list(samples.shape)}", "mix the channels to one")
        samples = self._levelled(samples.astype(np.float32))
        count = -(-len(samples) // HOP)
        piece, around = int(PIECE_S * RATE) // HOP, int(AROUND_S * RATE) // HOP
        values = np.zeros((count, self.width), np.float32)
        starts = range(0, count, piece) if count > piece + 2 * around else range(min(count, 1))
        for done, start in enumerate(starts):
            job.report(done, len(starts), "listening")
            stop = count if len(starts) == 1 else min(count, start + piece)
            first, last = max(0, start - around), min(count, stop + around)
            heard = self._hear(samples[first * HOP : last * HOP], last - first, layer)
            values[start:stop] = heard[start - first : stop - first]
        return FrameTokens(values, self.name, self.digest if layer is None else f"{self.digest}/{layer}")

    def _levelled(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The sound as the network was trained to hear it: the whole of it at mean 0 and variance 1, or as it is."""
        if not self._net.config.whole or not len(samples):
            return samples
        return ((samples - samples.mean(dtype=np.float64)) / np.sqrt(samples.var(dtype=np.float64) + _LEAST)).astype(np.float32)

    def _hear(self, samples: NDArray[np.float32], count: int, layer: int | None) -> NDArray[np.float32]:
        """`count` tokens: silence around the sound puts each frame's middle into the middle of its token's 20 ms."""
        import torch

        before = (self._net.config.reach - HOP) // 2
        padded = np.zeros((count - 1) * HOP + self._net.config.reach, np.float32)
        padded[before : before + len(samples)] = samples[: len(padded) - before]
        out: NDArray[np.float32] = self._net(torch.from_numpy(padded)[None], layer)[0].numpy()
        return out
