"""Who is in a clip: the shape of their head and the lens of the camera, from frames in which they do different things."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.avatars.tracking import points
from engine.avatars.tracking.actor import Actor, somebody
from engine.avatars.tracking.solver import Face, State, first_guess, linear, solve_frames
from engine.avatars.tracking.view import Lens, as_tensor
from engine.core.jobs import Job
from engine.head import identity as axes_of_head

FOCALS = (0.9, 1.3, 1.9, 2.8, 4.2)  # in longer sides of the picture: from a phone's to a studio's
_USUAL_FOCAL, _FOCAL_SPREAD = 1.4, 0.5  # and the spread of its logarithm
_FEW, _MANY = 14, 36  # frames, to choose a lens and to find a shape
_ROUNDS_FEW, _ROUNDS_MANY = 2, 3
_AXIS = 0.35  # standard deviation of an axis
_OFFSET_M = 0.0025  # and of what no axis explains
_ROOM_FOR_AXES = 0.9  # axes beyond this are left to what is no axis


def chosen(found: NDArray[np.bool_], features: NDArray[np.floating], count: int) -> NDArray[np.int64]:
    """Frames that are as different as can be: each is the farthest from those before it, the first is the most usual.

    Args:
        found: bool [T] where a face was seen.
        features: [T, D].
        count: at most so many.
    """
    at = np.flatnonzero(found)
    f = np.asarray(features, np.float64)[at]
    middle = np.median(f, 0)
    # One bad frame is farther off than any good one.
    away = np.linalg.norm(f - middle, axis=1)
    kept = away <= np.percentile(away, 97)
    at, f, away = at[kept], f[kept], away[kept]
    picked = [int(away.argmin())]
    nearest = np.linalg.norm(f - f[picked[0]], axis=1)
    while len(picked) < min(count, len(at)):
        picked.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, np.linalg.norm(f - f[picked[-1]], axis=1))
    return np.sort(at[picked])


def shaped_actor(seen: NDArray[np.floating], order: NDArray[np.int64], size: tuple[int, int], job: Job) -> Actor:
    """The actor whose head and lens explain the points best.

    Args:
        seen: [T, 468, 3] of frames in which the face was found.
        order: rows of `seen` to use, in which every other is as different as can be.
        size: of the pictures.
        job: progress and cancelling.
    """
    baked = points.load()
    used = as_tensor(seen[:, baked.mesh])
    few = used[order[np.linspace(0, len(order) - 1, min(_FEW, len(order))).astype(int)]]
    costs = []
    for i, focal in enumerate(FOCALS):
        job.report(i, len(FOCALS) + _ROUNDS_MANY, "finding the lens")
        _, cost = _shaped(few, Lens.of(size, focal), _ROUNDS_FEW)
        costs.append(cost + 0.5 * (np.log(focal / _USUAL_FOCAL) / _FOCAL_SPREAD) ** 2)
    focal = FOCALS[int(np.argmin(costs))]
    job.report(len(FOCALS), len(FOCALS) + _ROUNDS_MANY, "finding the face's shape")
    actor, _ = _shaped(used[order[:_MANY]], Lens.of(size, focal), _ROUNDS_MANY)
    actor = replace(actor, focal=focal)
    return _with_offsets(actor, used[order[:_MANY]], Lens.of(size, focal))


def _shaped(seen: Tensor, lens: Lens, rounds: int) -> tuple[Actor, float]:
    """An actor by axes alone, and how badly it fits."""
    shape: dict[str, float] = {}
    actor = somebody(shape, 1.0)
    face = actor.face()
    state = first_guess(face, lens, seen)
    for _ in range(rounds):
        state, left = solve_frames(face, lens, seen[..., :2], state, turns=2)
        shape = _next_shape(face, lens, seen[..., :2], state, shape)
        actor = somebody(shape, 1.0)
        face = actor.face()
    state, left = solve_frames(face, lens, seen[..., :2], state, turns=2)
    values = np.array(list(shape.values()))
    cost = 0.5 * float(left.square().clamp_max(9.0).sum()) + 0.5 * float((values**2).sum()) / _AXIS**2
    return actor, cost


def _next_shape(face: Face, lens: Lens, seen: Tensor, state: State, shape: dict[str, float]) -> dict[str, float]:
    """One Gauss-Newton step of the axes, with what each frame does left free."""
    baked = points.load()
    basis = as_tensor(baked.axis)
    now = torch.tensor([shape.get(name, 0.0) for name in baked.axes], dtype=torch.float64)
    prior = torch.eye(len(now), dtype=torch.float64) / _AXIS**2
    matrix, right = prior.clone(), -(prior @ now)
    jacobian, left, own, slope = linear(face, lens, seen, state)
    by_axis = torch.einsum("tlij,alj->tlia", slope, basis).flatten(1, 2)
    inner = own + jacobian.transpose(1, 2) @ jacobian
    mixed = jacobian.transpose(1, 2) @ by_axis
    explained = torch.linalg.solve(inner, torch.cat([mixed, (jacobian.transpose(1, 2) @ left[..., None])], -1))
    matrix += (by_axis.transpose(1, 2) @ by_axis - mixed.transpose(1, 2) @ explained[..., :-1]).sum(0)
    right += ((by_axis.transpose(1, 2) @ left[..., None])[..., 0] - (mixed.transpose(1, 2) @ explained[..., -1:])[..., 0]).sum(0)
    step = torch.linalg.solve(matrix, right)
    low = torch.tensor([float(axes_of_head.load().low[axes_of_head.load().index(n)]) for n in baked.axes], dtype=torch.float64)
    values = (now + step).clamp(torch.maximum(low, torch.tensor(-_ROOM_FOR_AXES, dtype=torch.float64)), torch.tensor(_ROOM_FOR_AXES, dtype=torch.float64))
    return {name: float(v) for name, v in zip(baked.axes, values, strict=True) if abs(float(v)) > 1e-4}


def _with_offsets(actor: Actor, seen: Tensor, lens: Lens, rounds: int = 2) -> Actor:
    """The actor with the points moved by what no axis explains."""
    for _ in range(rounds):
        face = actor.face()
        state, _ = solve_frames(face, lens, seen[..., :2], first_guess(face, lens, seen), turns=4)
        _, left, _, slope = linear(face, lens, seen[..., :2], state)
        left = left.view(*seen.shape[:2], 2)
        matrix = torch.einsum("tlij,tlik->ljk", slope, slope)
        right = torch.einsum("tlij,tli->lj", slope, left)
        ridge = torch.eye(3, dtype=torch.float64) / _OFFSET_M**2
        offset = torch.linalg.solve(matrix + ridge, right)
        actor = replace(actor, rest=(actor.rest + offset.numpy()).astype(np.float32))
    return actor
