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

# In longer sides of the picture, between a phone's 0.9 and a studio's 3: points of a face that turns little do not tell it, and what a wrong one
# changes is taken up by the distance and by the shape.
FOCAL = 1.7
_FRAMES, _ROUNDS = 36, 3
_AXIS = 0.35  # standard deviation of an axis
_OFFSET_M = 0.0025  # and of what no axis explains
_AT_REST = 1e-3  # of a channel
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
    job.report(0, 1, "finding the face's shape")
    lens = Lens.of(size, FOCAL)
    actor = _shaped(used[order[:_FRAMES]], lens, _ROUNDS)
    return _with_offsets(actor, used[order[:_FRAMES]], lens)


def _shaped(seen: Tensor, lens: Lens, rounds: int) -> Actor:
    """An actor by axes alone."""
    shape: dict[str, float] = {}
    actor = somebody(shape, FOCAL)
    face = actor.face()
    state = first_guess(face, lens, seen)
    for _ in range(rounds):
        state, _ = solve_frames(face, lens, seen[..., :2], state, turns=2)
        shape = _next_shape(face, lens, seen[..., :2], state, shape)
        actor = somebody(shape, FOCAL)
        face = actor.face()
    return actor


def _next_shape(face: Face, lens: Lens, seen: Tensor, state: State, shape: dict[str, float]) -> dict[str, float]:
    """One Gauss-Newton step of the axes, with what each frame does left free."""
    baked = points.load()
    basis = as_tensor(baked.axis)
    now = torch.tensor([shape.get(name, 0.0) for name in baked.axes], dtype=torch.float32)
    prior = torch.eye(len(now), dtype=torch.float32) / _AXIS**2
    matrix, right = prior.clone(), -(prior @ now)
    jacobian, left, own, slope = linear(face, lens, seen, state)
    by_axis = torch.einsum("tlij,alj->tlia", slope, basis).flatten(1, 2)
    inner = (own + jacobian.transpose(1, 2) @ jacobian).double()
    mixed = jacobian.transpose(1, 2) @ by_axis
    explained = torch.linalg.solve(inner, torch.cat([mixed, (jacobian.transpose(1, 2) @ left[..., None])], -1).double()).to(seen.dtype)
    matrix += (by_axis.transpose(1, 2) @ by_axis - mixed.transpose(1, 2) @ explained[..., :-1]).sum(0)
    right += ((by_axis.transpose(1, 2) @ left[..., None])[..., 0] - (mixed.transpose(1, 2) @ explained[..., -1:])[..., 0]).sum(0)
    step = torch.linalg.solve(matrix.double(), right.double()).to(seen.dtype)
    low = torch.tensor([float(axes_of_head.load().low[axes_of_head.load().index(n)]) for n in baked.axes], dtype=torch.float32)
    values = (now + step).clamp(torch.maximum(low, torch.tensor(-_ROOM_FOR_AXES, dtype=torch.float32)), torch.tensor(_ROOM_FOR_AXES, dtype=torch.float32))
    return {name: float(v) for name, v in zip(baked.axes, values, strict=True) if abs(float(v)) > 1e-4}


def _with_offsets(actor: Actor, seen: Tensor, lens: Lens, rounds: int = 3) -> Actor:
    """The actor with the points moved by what no axis explains.

    Offsets are found together with what each frame does, so that what all frames show alike is who somebody is and not what they do; but a
    channel that is at rest in a frame cannot fall below it, which is what tells a mouth that is often open from one that is low.
    """
    state = None
    for _ in range(rounds):
        face = actor.face()
        state, _ = solve_frames(face, lens, seen[..., :2], state or first_guess(face, lens, seen), turns=4 if state is None else 2)
        jacobian, left, prior, own = linear(face, lens, seen[..., :2], state)
        free = torch.ones(jacobian.shape[0], jacobian.shape[2], dtype=torch.bool)
        free[:, -len(face.response) :] = (state.amount > _AT_REST) | (torch.arange(len(face.response)) >= face.channels)
        actor = replace(actor, rest=(actor.rest + _offsets(jacobian * free[:, None], left, prior, own, state, free)).astype(np.float32))
    return actor


def _offsets(jacobian: Tensor, left: Tensor, prior: Tensor, own: Tensor, state: State, free: Tensor) -> NDArray[np.float32]:
    """The step of all points' offsets [L, 3] with the free unknowns of every frame eliminated."""
    frames, count = own.shape[:2]
    unknowns = jacobian.shape[2]
    by_point = jacobian.view(frames, count, 2, unknowns)
    mixed = torch.einsum("tlis,tlij->tslj", by_point, own).reshape(frames, unknowns, -1).double()
    held = torch.diag_embed((~free).double())
    both = (free[:, :, None] & free[:, None, :]).double()
    inner = (jacobian.transpose(1, 2) @ jacobian).double() + prior * both + held
    amount = torch.cat([torch.zeros(frames, unknowns - state.amount.shape[1]), state.amount], 1)
    pull = (jacobian.transpose(1, 2) @ left[..., None])[..., 0].double() - (prior @ amount[..., None])[..., 0] * free
    explained = torch.linalg.solve(inner, torch.cat([mixed, pull[..., None]], -1))
    matrix = torch.block_diag(*torch.einsum("tlij,tlik->ljk", own, own).double())
    matrix += torch.eye(3 * count, dtype=torch.float64) / _OFFSET_M**2 - (mixed.transpose(1, 2) @ explained[..., :-1]).sum(0)
    right = torch.einsum("tlij,tli->lj", own, left.view(frames, count, 2)).reshape(-1).double() - (mixed.transpose(1, 2) @ explained[..., -1:])[..., 0].sum(0)
    return torch.linalg.solve(matrix, right).view(count, 3).float().numpy()
