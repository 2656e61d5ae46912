"""Keeps skin in front of the teeth, which may move with the jaw; in torch, batched and differentiable."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.head import ada

_FREE = -0.9  # metres; what is kept farther behind the teeth than this is not kept at all
_PAIR_SHARE, _PAIR_MOST_M = 0.8, 0.001  # an edge has to stay this much farther off than its ends: it is stretched when it comes near
# Skin stretched over the lower teeth gives way so far, then the teeth do; how near it may come to them then; what counts as stretched.
_GIVES_WAY_M, _BARELY_M, _STRETCHED_M, _FULL_SLACK_M, _MOST_HELD_BACK = 0.003, 0.0022, 0.005, 0.010, 0.25


class _Skin(NamedTuple):
    """What a row of teeth asks of skin points, [S] each: how far in front of it, the height of its edge there, how far beyond it still holds."""

    kept: Tensor
    edge: Tensor
    slack: Tensor


class _Frame(NamedTuple):
    """Matrix [T, 3, 3] and origin [T, 3, 1] that take points to where the table's teeth are, by a least-squares fit; the matrix's inverse."""

    matrix: Tensor
    origin: Tensor
    inverse: Tensor


class _Lacking(NamedTuple):
    """How much points [T, S] lack to what is asked of them, metres; in which direction they lie; how deep the teeth are there."""

    need: Tensor
    direction: Tensor
    front: Tensor


class Arch:
    """Keeps skin in front of one row of teeth, which may move with the jaw.

    Args:
        arch: the baked table.
        teeth: the row's vertices at rest, as they are in the head that is posed, float32 [N, 3].
        skin: what has to stay in front, at rest, float32 [S, 3]. What is stretched over the teeth may at least come as near as it is there.
        rows: int64 [S] of the skin in the posed vertices.
        device: of the result.
    """

    def __init__(self, arch: ada.Arch, teeth: NDArray[np.float32], skin: NDArray[np.float32], rows: Tensor, device: torch.device) -> None:
        self.rows = rows
        self._points = torch.from_numpy(np.ascontiguousarray(skin.T)).to(device)[None]
        self._fit = torch.from_numpy(arch.fit).to(device)  # [4, N]
        self._table = torch.from_numpy(arch.depth.ravel()).to(device)
        self._size, self._arch = arch.depth.shape, arch
        self._skin = _Skin(*(torch.from_numpy(x).to(device) for x in (arch.kept, arch.edge_m, arch.slack_m)))
        self._rest = self._frame(torch.from_numpy(teeth).to(device)[None])
        self._skin = self._relaxed(self._points, self._skin)
        self._pairs: tuple[Tensor, _Skin] | None = None

    def hold_pairs(self, pairs: Tensor) -> None:
        """Also keep the middles of edges in front: int64 [E, 2] into the skin."""
        middle = _Skin(*(x[pairs].mean(1) for x in self._skin))
        middle = middle._replace(kept=middle.kept + (_PAIR_SHARE * middle.kept).clamp_max(_PAIR_MOST_M))
        self._pairs = pairs, self._relaxed(self._points[..., pairs].mean(-1), middle)

    def _relaxed(self, points: Tensor, skin: _Skin) -> _Skin:
        """What is asked of stretched skin, no more than it has at rest [1, 3, S]."""
        lacking = self._lacking(points, self._rest, skin)
        over = lacking.need[0].clamp_min(0.0) * (1.0 + lacking.direction[0].square()).sqrt()
        return skin._replace(kept=torch.where(skin.slack != 0.0, skin.kept - over, skin.kept))

    def _frame(self, teeth: Tensor) -> _Frame:
        affine = self._fit @ teeth  # [T, 4, 3]: teeth as they are = table's teeth @ affine[:3] + affine[3]
        return _Frame(torch.linalg.inv(affine[:, :3]).transpose(1, 2), affine[:, 3, :, None], affine[:, :3].transpose(1, 2))

    def push(self, points: Tensor, teeth: Tensor | None) -> Tensor:
        """How far skin points have to move, aside and forward, metres [T, 3, S].

        Args:
            points: [T, 3, S] skin.
            teeth: [T, N, 3] as posed; None where they are at rest.
        """
        frame = self._rest if teeth is None else self._frame(teeth)
        push = self._out(points, frame, self._skin)
        if self._pairs is not None:
            pairs, skin = self._pairs
            more = self._out((points + push)[..., pairs].mean(-1), frame, skin)  # [T, 3, E]
            for end in (0, 1):
                # Where several edges want a vertex moved, the one that wants most has it.
                least = torch.zeros_like(push).scatter_reduce(2, pairs[:, end].expand_as(more), more, "amin")
                most = torch.zeros_like(push).scatter_reduce(2, pairs[:, end].expand_as(more), more, "amax")
                push = push + least + most
        return push

    def hold_back(self, points: Tensor, teeth: Tensor) -> Tensor:
        """How far the teeth have to move to stay behind skin that is stretched over them farther than it gives way: metres [T, N, 3].

        They draw nearer to a centre behind them, which nobody sees: skin is stretched so far over shut lips only.
        """
        frame = self._frame(teeth)
        share = torch.zeros(len(points), device=points.device)
        pairs, middle = self._pairs if self._pairs is not None else (None, None)
        for at, skin in ((points, self._skin), (points[..., pairs].mean(-1), middle)) if middle is not None else ():
            assert skin is not None
            stretched = skin.slack.abs() > _STRETCHED_M
            lacking = self._lacking(at, frame, skin._replace(kept=torch.where(stretched, skin.kept.clamp_max(_BARELY_M), -1.0)))
            share = torch.maximum(share, (lacking.need / lacking.front.clamp_min(0.02)).amax(1))
        inner = frame.matrix @ (teeth.transpose(1, 2) - frame.origin)
        inner = torch.stack([inner[:, 0], torch.zeros_like(inner[:, 1]), inner[:, 2] - self._arch.centre_m], 1)
        return -(frame.inverse @ inner * share.clamp_max(_MOST_HELD_BACK)[:, None, None]).transpose(1, 2)

    def _out(self, points: Tensor, frame: _Frame, skin: _Skin) -> Tensor:
        lacking = self._lacking(points, frame, skin)
        most = _GIVES_WAY_M + (1.0 - skin.slack.abs() / _FULL_SLACK_M).clamp_min(0.0)
        forward = most * (lacking.need.clamp_min(0.0) / most).tanh() / frame.matrix[:, 2, 2, None]
        return torch.stack([lacking.direction * forward, torch.zeros_like(forward), forward], 1)

    def _lacking(self, points: Tensor, frame: _Frame, skin: _Skin) -> _Lacking:
        at = frame.matrix @ (points - frame.origin)
        depth = (at[:, 2] - self._arch.centre_m).clamp_min(0.005)
        direction = at[:, 0] / depth
        beyond = torch.minimum(torch.maximum(at[:, 1] - skin.edge, skin.slack.clamp_max(0.0)), skin.slack.clamp_min(0.0))
        front = self.depth(direction, at[:, 1] - beyond)
        need = front + skin.kept / (1.0 + direction.square()).sqrt() - depth
        return _Lacking(torch.where(skin.kept > _FREE, need, -1.0), direction, front)

    def depth(self, direction: Tensor, height: Tensor) -> Tensor:
        """The front of the teeth by direction and height, both [T, S], metres before the table's centre."""
        columns, heights = self._size
        u = ((direction - self._arch.direction0) / self._arch.direction_step).clamp(0.0, columns - 1.001)
        h = ((height - self._arch.low_m) / self._arch.height_step_m).clamp(0.0, heights - 1.001)
        i, j = u.floor(), h.floor()
        a, b = u - i, h - j
        k = (i * heights + j).long()
        t = self._table
        left = t[k] * (1 - b) + t[k + 1] * b
        right = t[k + heights] * (1 - b) + t[k + heights + 1] * b
        return left * (1 - a) + right * a
