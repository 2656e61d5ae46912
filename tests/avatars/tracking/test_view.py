"""Turns, lenses and the first guess of a pose."""

from __future__ import annotations

import torch

from engine.avatars.tracking.view import Lens, axis_angle, rigid, turned


def test_a_turn_there_and_back() -> None:
    angles = torch.tensor([[0.3, -0.7, 0.2], [0.0, 0.0, 0.0], [1e-5, 0.0, 0.0], [-1.2, 1.1, 0.9]], dtype=torch.float64)
    torch.testing.assert_close(axis_angle(turned(angles)), angles, atol=1e-7, rtol=0)


def test_a_head_that_looks_to_its_left_turns_to_the_pictures_right() -> None:
    nose = turned(torch.tensor([0.0, 0.4, 0.0])) @ torch.tensor([0.0, 0.0, 0.1])
    assert Lens(800.0, (320.0, 240.0)).project(nose + torch.tensor([0.0, 0.0, -1.0]))[0] > 320.0


def test_slope_is_the_change_of_the_projection() -> None:
    lens, at = Lens(700.0, (320.0, 240.0)), torch.tensor([0.05, -0.08, -0.9], dtype=torch.float64)
    step = 1e-6 * torch.eye(3, dtype=torch.float64)
    numeric = (lens.project(at + step) - lens.project(at - step)).T / 2e-6
    torch.testing.assert_close(lens.slope(at), numeric, atol=1e-4, rtol=1e-6)


def test_rigid_finds_turn_scale_and_shift() -> None:
    rest = torch.randn(20, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    turn = turned(torch.tensor([[0.2, 0.5, -0.1]], dtype=torch.float64))
    seen = 3.0 * rest @ turn[0].T + torch.tensor([1.0, 2.0, 3.0])
    seen[3] += 50.0
    weight = torch.ones(20, dtype=torch.float64)
    weight[3] = 0.0
    found, scale, shift = rigid(seen[None], rest, weight)
    torch.testing.assert_close(found, turn)
    torch.testing.assert_close(scale, torch.tensor([3.0], dtype=torch.float64))
    torch.testing.assert_close(shift[0], torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64))
