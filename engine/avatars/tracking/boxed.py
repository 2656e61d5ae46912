"""Least squares within bounds, many small problems at once."""

from __future__ import annotations

import torch
from torch import Tensor

_TURNS = 40  # of the set of unknowns that lie at their bounds
_PATIENCE = 3  # turns without fewer wrong ones, after which they change one at a time
_SLACK = 1e-9


def solve_boxed(matrix: Tensor, right: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """The x between `low` and `high` that makes x'Ax / 2 - b'x least, begun from 0 brought within the bounds.

    Args:
        matrix: A, symmetric and positive definite, [T, N, N].
        right: b, [T, N].
        low: [T, N]; minus infinity where there is no bound.
        high: [T, N].

    Returns:
        [T, N].

    Source: Portugal, Júdice and Vicente, A comparison of block pivoting and interior-point algorithms for linear least squares problems
        with nonnegative variables (1994), with upper bounds too; problems that are solved leave the batch.
    """
    out = torch.empty_like(right)
    left = torch.arange(len(right))
    # -1 at the lower bound, 1 at the upper, 0 free: what is at a bound now is likely to stay there.
    at = (high <= 0).to(torch.int8) - (low >= 0).to(torch.int8)
    fewest = torch.full((len(right),), right.shape[1] + 1)
    patience = torch.full((len(right),), _PATIENCE)
    for _ in range(_TURNS):
        x, slope = _held(matrix, right, low, high, at)
        wrong = ((at == 0) & ((x < low - _SLACK) | (x > high + _SLACK))) | ((at == -1) & (slope < -_SLACK)) | ((at == 1) & (slope > _SLACK))
        wrong &= low < high
        count = wrong.sum(1)
        out[left] = x
        going = count > 0
        if not going.any():
            break
        better = count < fewest
        fewest = torch.where(better, count, fewest)
        patience = torch.where(better, _PATIENCE, patience - 1)
        # One at a time, the last of them, cannot go round in circles.
        last = wrong & (wrong.flip(1).cumsum(1).flip(1) == 1)
        change = torch.where((patience >= 0)[:, None], wrong, last)
        bound = torch.where(x > high, 1, -1).to(at.dtype)
        at = torch.where(change, torch.where(at == 0, bound, 0).to(at.dtype), at)
        left, at, fewest, patience = left[going], at[going], fewest[going], patience[going]
        matrix, right, low, high = matrix[going], right[going], low[going], high[going]
    return out


def _held(matrix: Tensor, right: Tensor, low: Tensor, high: Tensor, at: Tensor) -> tuple[Tensor, Tensor]:
    """The solution with some unknowns at their bounds, and the slope there."""
    fixed = (at != 0) | (low >= high)
    free = (~fixed).to(matrix.dtype)
    held = torch.where(at == 1, high, low)
    held = torch.where(fixed, held, 0.0)
    reduced = matrix * free[:, :, None] * free[:, None, :] + torch.diag_embed(1 - free)
    wanted = (right - (matrix @ held[..., None])[..., 0]) * free + held
    x = torch.cholesky_solve(wanted[..., None], torch.linalg.cholesky(reduced))[..., 0]
    return x, (matrix @ x[..., None])[..., 0] - right
