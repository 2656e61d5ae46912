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
    height, width = pixels.shape[:2]
    kind = pixels[..., 3].astype(np.int16)
    across = np.abs(np.diff(kind, axis=1)) > STEP
    down = np.abs(np.diff(kind, axis=0)) > STEP
    edge = np.zeros((height, width), bool)
    edge[:, 1:] |= across
    edge[:, :-1] |= across
    edge[1:] |= down
    edge[:-1] |= down
    edge[:_REACH] = edge[-_REACH:] = edge[:, :_REACH] = edge[:, -_REACH:] = False
    at = np.flatnonzero(edge)
    if not len(at):
        return
    packed = pixels.view(np.uint32).ravel()
    axis = np.arange(-_REACH, _REACH + 1)
    near = packed[at[:, None] + (axis[:, None] * width + axis[None]).ravel()].view(np.uint8).reshape(len(at), -1, 4)  # [E, 25, 4]
    kinds = near[..., 3].astype(np.int16)
    middle = (kinds.max(1) + kinds.min(1)) // 2
    front = (kinds > middle[:, None]) * _WEIGHT  # [E, 25]
    share = front.sum(1)
    colour = near[..., :3].astype(np.float32)
    in_front = np.einsum("ek,ekc->ec", front, colour) / np.maximum(share, 1e-4)[:, None]
    behind = np.einsum("ek,ekc->ec", _WEIGHT - front, colour) / np.maximum(1 - share, 1e-4)[:, None]
    cover = np.clip(0.5 + (share - 0.5) * _WIDTH, 0, 1)[:, None]
    # Each side keeps the pixel's own colour as far as it is on that side, so that only the edge itself is softened.
    own = colour[:, _WEIGHT.size // 2]
    on_front = (kinds[:, _WEIGHT.size // 2] > middle)[:, None]
    mixed = np.where(on_front, cover * own + (1 - cover) * behind, cover * in_front + (1 - cover) * own)
    pixels.reshape(-1, 4)[at, :3] = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
