"""Levels of a recording gathered block by block: peak, clipping, and how its channels mix to one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_QUIET = 0.01  # peak of -40 dB
_CLIPPED_SHARE = 1e-5
_CANCEL = 0.05  # power of the mix over that of the loudest channel; 0.25 is a voice in one channel of two


class Levels:
    """Running levels of float32 [n, channels] blocks.

    Args:
        channels: channels of every block.
    """

    def __init__(self, channels: int) -> None:
        self.peak = 0.0
        self._samples = 0
        self._clipped = 0
        self._cross = np.zeros((channels, channels))

    def add(self, block: NDArray[np.float32]) -> None:
        """Take in one block."""
        if not len(block):
            return
        size = np.abs(block)
        self.peak = max(self.peak, float(size.max()))
        if self.peak > 0.98:
            # A flat top: three equal samples near full scale. A loud sine wave's crest is round.
            flat = (block[1:-1] == block[:-2]) & (block[1:-1] == block[2:]) & (size[1:-1] > 0.98)
            self._clipped += int(flat.sum())
        wide = block.astype(np.float64)
        self._cross += wide.T @ wide
        self._samples += block.size

    def notices(self, rate: int) -> list[str]:
        """What a person should know of the levels, one sentence each."""
        share = self._clipped / max(1, self._samples)
        if self.peak == 0.0:
            return ["the sound is silent: every sample is zero"]
        if self.peak < _QUIET:
            return [f"the sound is very quiet (peak {20 * np.log10(self.peak):.0f} dB): its levels are judged relative to its own loudness"]
        if share > _CLIPPED_SHARE:
            return [f"the sound is clipped: {max(0.01, 100 * share):.2g} % of its samples are cut off at full scale"]
        return []

    def mix(self, names: tuple[str, ...]) -> tuple[NDArray[np.float32], list[str]]:
        """Weights [channels] that mix to one channel, and what there is to say about it.

        Args:
            names: FFmpeg's channel names where known; LFE is left out of the mix.
        """
        count = len(self._cross)
        kept = np.array([not name.startswith("LFE") for name in names] or [True] * count, np.float64)
        if not kept.any():
            kept[:] = 1
        weights = kept / kept.sum()
        power = np.diag(self._cross) * kept
        mixed = float(weights @ self._cross @ weights)
        loudest = int(np.argmax(power))
        if count > 1 and mixed < _CANCEL * power[loudest] / count:
            alone = np.zeros(count)
            alone[loudest] = 1
            return alone.astype(np.float32), [f"the channels cancel each other when mixed: channel {loudest + 1} of {count} is used alone"]
        said = [f"{count} channels are mixed to one for analysis"] if count > 2 else []
        return weights.astype(np.float32), said
