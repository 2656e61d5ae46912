"""Bounded least squares against SciPy's, which does one at a time."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.optimize import lsq_linear

from engine.avatars.tracking.boxed import solve_boxed


def _problems(count: int, size: int, seed: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(count, size // 2, size))
    rows[..., 1] = rows[..., 0] + 0.05 * rng.normal(size=rows.shape[:2])  # two unknowns that do nearly the same
    matrix = torch.from_numpy(rows.transpose(0, 2, 1) @ rows + 0.3 * np.eye(size))
    right = torch.from_numpy(3.0 * rng.normal(size=(count, size)))
    low = torch.from_numpy(np.where(np.arange(size) < 3, -np.inf, -rng.random((count, size))))
    return matrix, right, low, low.clamp_min(-1.0) + 1.0


@pytest.mark.parametrize("seed", range(3))
def test_same_as_scipy(seed: int) -> None:
    matrix, right, low, high = _problems(4, 24, seed)
    low[:, 5], high[:, 5] = 0.0, 0.0  # one that may not move
    got = solve_boxed(matrix, right, low, high)
    for i in range(4):
        root = np.linalg.cholesky(matrix[i].numpy()).T
        free = [j for j in range(24) if j != 5]
        wanted = np.linalg.solve(root.T, right[i].numpy())
        best = lsq_linear(root[:, free], wanted, (low[i, free].numpy(), high[i, free].numpy()), tol=1e-13).x
        np.testing.assert_allclose(got[i, free].numpy(), best, atol=1e-5)
        assert got[i, 5] == 0.0


def test_a_batch_is_its_problems_one_by_one() -> None:
    matrix, right, low, high = _problems(5, 16, 7)
    together = solve_boxed(matrix, right, low, high)
    for i in range(5):
        alone = solve_boxed(matrix[i : i + 1], right[i : i + 1], low[i : i + 1], high[i : i + 1])
        torch.testing.assert_close(together[i : i + 1], alone, atol=1e-9, rtol=0)
