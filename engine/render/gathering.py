"""The passes of a picture, averaged in linear light; and what is seen through in two pictures before black and white."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_STEPS = 1 << 14  # of linear light on the way back to bytes
_LEAST_ALPHA = 1 / 255


def _linear(srgb: NDArray[Any]) -> NDArray[np.float32]:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _srgb(light: NDArray[Any]) -> NDArray[np.float32]:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055).astype(np.float32)


_TO_LIGHT = _linear(np.arange(256, dtype=np.float32) / 255)
_TO_BYTES = np.asarray(255 * _srgb(np.arange(_STEPS) / (_STEPS - 1)) + 0.5, np.uint8)


class Gathering:
    """A mean of pictures in linear light.

    Args:
        size: width and height in pixels.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._sum = np.zeros((size[1], size[0], 4), np.float32)
        self._part = np.empty_like(self._sum)
        self._count = 0

    def add(self, pixels: NDArray[np.uint8]) -> None:
        """One more picture, sRGB uint8 [H, W, 4]; its alpha is not looked at."""
        np.take(_TO_LIGHT, pixels, out=self._part, mode="clip")
        self._sum += self._part
        self._count += 1

    def light(self) -> NDArray[np.float32]:
        """The mean, linear float32 [H, W, 3]."""
        return self._sum[..., :3] / np.float32(max(1, self._count))


def to_bytes(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Linear light 0 to 1 as sRGB bytes."""
    return _TO_BYTES[(np.clip(light, 0, 1) * (_STEPS - 1) + 0.5).astype(np.int32)]


def straight_alpha(on_black: NDArray[np.uint8], on_white: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """One picture before black and before white, as colour and alpha that is not multiplied in.

    Args:
        on_black: sRGB uint8 [H, W, 3 or more].
        on_white: as `on_black`.

    Returns:
        uint8 [H, W, 4]; put over either ground as sRGB values are usually mixed, it gives the two again.
    """
    black = on_black[..., :3].astype(np.float32) / 255
    white = on_white[..., :3].astype(np.float32) / 255
    return _joined(black, 1 - (white - black).mean(-1))


def straight_alpha_of_light(on_black: NDArray[np.float32], on_white: NDArray[np.float32]) -> NDArray[np.uint8]:
    """As `straight_alpha`, of linear light float32 [H, W, 3]: alpha is how much of a pixel is covered."""
    alpha = np.clip(1 - (on_white - on_black).mean(-1), 0, 1)
    out = np.empty((*alpha.shape, 4), np.uint8)
    out[..., :3] = to_bytes(on_black / np.maximum(alpha, _LEAST_ALPHA)[..., None])
    out[..., 3] = np.round(255 * alpha)
    return out


def _joined(black: NDArray[Any], alpha: NDArray[Any]) -> NDArray[np.uint8]:
    alpha = np.clip(alpha, 0, 1)
    out = np.empty((*alpha.shape, 4), np.uint8)
    out[..., :3] = np.round(255 * np.clip(black / np.maximum(alpha, _LEAST_ALPHA)[..., None], 0, 1))
    out[..., 3] = np.round(255 * alpha)
    return out
