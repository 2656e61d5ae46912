"""Smooth edges in software drawing, where several samples per pixel take twice the time: only the pixels at an edge are touched.

The renderer leaves in alpha which kind of thing a pixel shows. Where that changes, the boundary is found again as the middle line of
the blurred kinds, and the pixel is mixed from what lies on either side by how much of it the boundary leaves to each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STEP = 30  # alpha steps of 255 that make an edge
_SIGMA = 1.1  # pixels; wide enough that a staircase becomes a line, narrow enough that lips and lids keep their corners
_REACH = 2


def _kernel() -> NDArray[np.float32]:
    axis = np.arange(-_REACH, _REACH + 1)
    weight = np.exp(-0.5 * (axis[:, None] ** 2 + axis[None] ** 2) / _SIGMA**2).ravel()
    return (weight / weight.sum()).astype(np.float32)


_WEIGHT = _kernel()
_WIDTH = np.float32(_SIGMA * np.sqrt(2 * np.pi))  # a straight edge, blurred, crosses one half with slope 1 / _WIDTH


def smooth_edges(pixels: NDArray[np.uint8]) -> None:
    """Smooth the edges of a drawn picture in place.

    Args:
        pixels: uint8 [H, W, 4], C-contiguous; alpha says what a pixel shows.
    """
    width = pixels.shape[1]
    at = np.flatnonzero(_edges(np.ascontiguousarray(pixels[..., 3])))
    if not len(at):
        return
    packed = pixels.view(np.uint32).ravel()
    axis = np.arange(-_REACH, _REACH + 1)
    near = packed[at[:, None] + (axis[:, None] * width + axis[None]).ravel()].view(np.uint8).reshape(len(at), -1, 4)  # [E, 25, 4]
    kinds, colour = np.ascontiguousarray(near[..., 3]), near[..., :3].astype(np.float32)
    own = _WEIGHT.size // 2
    high, low = kinds.max(1), kinds.min(1)
    front = kinds > (low + (high - low) // 2)[:, None]  # [E, 25]
    on_front, share = front[:, own], front @ _WEIGHT
    beyond = ((front != on_front[:, None]) * _WEIGHT)[:, None] @ colour
    beyond = beyond[:, 0] / np.maximum(np.where(on_front, 1 - share, share), 1e-4)[:, None]
    cover = np.clip(0.5 + (share - 0.5) * _WIDTH, 0, 1)
    # Each side keeps the pixel's own colour as far as it is on that side, so that only the edge itself is softened.
    kept = np.where(on_front, cover, 1 - cover)[:, None]
    mixed = kept * colour[:, own] + (1 - kept) * beyond
    pixels.reshape(-1, 4)[at, :3] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)


def _edges(kind: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels on either side of a change of kind, away from the picture's border, bool [H, W]."""
    out = np.zeros(kind.shape, bool)
    for one, other in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        changes = np.maximum(kind[one], kind[other]) - np.minimum(kind[one], kind[other]) > STEP
        out[one] |= changes
        out[other] |= changes
    out[:_REACH] = out[-_REACH:] = out[:, :_REACH] = out[:, -_REACH:] = False
    return out
