"""How a head is held and what its face does in each frame, from the points seen of it: bounded least squares, many frames at once."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from engine.avatars.tracking.boxed import solve_boxed
from engine.avatars.tracking.view import Lens, crossing, rigid, turned

_OUTLIER = 2.5  # standard deviations beyond which a point counts for less (Huber)
_GRAZING = 0.35  # cosine between the skin and the line of sight below which a point counts for less
_LEAST = 0.02  # of the weight of what is turned away
_POSE_RIDGE = 1e-6
_MOST_SLIP = 4.0  # times as far as the landmarker usually errs
_POSE = 6  # unknowns of the head: turn and shift


@dataclass(frozen=True, eq=False)
class Face:
    """A face as the solver knows it; float32.

    Args:
        rest: [L, 3] points of the head at rest, metres.
        response: [C + S, L, 3] how channels move them, then how the landmarker errs, metres.
        channels: C.
        facing: [L, 3] unit vectors off the skin.
        sigma_m: [L] standard deviation of a point, metres.
        prior: [C + S, C + S] precision of channels and errors about 0.
        rare: [C + S] how much rarer a channel is for each 1 that it rises (an exponential prior): faces do few things at a time.
        steady: [L] how far a point stays where it is when the face moves, 0 to 1: for a first guess of the pose.
    """

    rest: Tensor
    response: Tensor
    channels: int
    facing: Tensor
    sigma_m: Tensor
    prior: Tensor
    rare: Tensor
    steady: Tensor


@dataclass(frozen=True, eq=False)
class State:
    """T frames of a face.

    Args:
        turn: [T, 3, 3].
        shift: [T, 3] metres; a point x of the head is at turn @ x + shift before the camera.
        amount: [T, C + S] of the channels, 0 to 1, and of the landmarker's errors.
    """

    turn: Tensor
    shift: Tensor
    amount: Tensor

    def at(self, face: Face) -> Tensor:
        """Points of the face before the camera, [T, L, 3]."""
        return (self.shaped(face)) @ self.turn.transpose(1, 2) + self.shift[:, None]

    def shaped(self, face: Face) -> Tensor:
        """Points of the face in its own frame, [T, L, 3]."""
        return face.rest + (self.amount @ face.response.flatten(1)).view(len(self.amount), *face.rest.shape)


def first_guess(face: Face, lens: Lens, points: Tensor) -> State:
    """From the landmarker's own idea of depth.

    Args:
        face: whose.
        lens: of the camera.
        points: [T, L, 3] of the mesh, pixels, z smaller is nearer.
    """
    seen = points * torch.tensor([1.0, -1.0, -1.0], dtype=points.dtype)
    turn, scale, middle = rigid(seen, face.rest, face.steady)
    depth = lens.focal_px / scale
    x = (middle[:, 0] - lens.middle[0]) / scale
    y = (middle[:, 1] + lens.middle[1]) / scale
    amount = torch.zeros(len(points), len(face.response), dtype=points.dtype)
    return State(turn, torch.stack([x, y, -depth], 1), amount)


def solve_frames(face: Face, lens: Lens, seen: Tensor, start: State, turns: int = 4, fixed: Tensor | None = None) -> tuple[State, Tensor]:
    """Head and channels of each frame, by Gauss-Newton steps with the channels held between 0 and 1.

    Args:
        face: whose.
        lens: of the camera.
        seen: [T, L, 2] pixels.
        start: where to begin.
        turns: steps.
        fixed: bool [C + S] channels that stay as in `start`.

    Returns:
        the state, and what is left of the points, [T, L, 2] in standard deviations.
    """
    state = start
    for turn in range(turns):
        state = _step(face, lens, seen, state, fixed, robust=turn > 0)
    return state, (seen - lens.project(state.at(face))) * weights(face, lens, state)[..., None]


def weights(face: Face, lens: Lens, state: State) -> Tensor:
    """Of each point [T, L], in 1 / pixels: exact points count for more, those that are turned away for less."""
    at = state.at(face)
    line = -at / at.norm(dim=-1, keepdim=True)
    cosine = ((face.facing @ state.turn.transpose(1, 2)) * line).sum(-1)
    seen = (cosine / _GRAZING).clamp(_LEAST, 1.0)
    return seen * (-state.shift[:, 2:3] / lens.focal_px) / face.sigma_m


def linear(face: Face, lens: Lens, seen: Tensor, state: State, robust: bool = True) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The problem about a state, in standard deviations of the points.

    Returns:
        how points move with turn, shift and channels [T, 2L, 6 + C]; what is left of them [T, 2L]; the precision a priori of those unknowns
        [T, 6 + C, 6 + C]; how points move with a shift in the head's own frame [T, L, 2, 3].
    """
    frames, channels = state.amount.shape
    turned_at = state.shaped(face) @ state.turn.transpose(1, 2)
    at = turned_at + state.shift[:, None]
    weight = weights(face, lens, state)
    away = seen - lens.project(at)
    if robust:
        size = away.norm(dim=-1) * weight
        weight = weight * (_OUTLIER / size.clamp_min(_OUTLIER)).sqrt()
    left = away * weight[..., None]
    slope = lens.slope(at) * weight[..., None, None]  # [T, L, 2, 3]
    by_turn = slope @ -crossing(turned_at)
    own = slope @ state.turn[:, None]
    by_amount = torch.einsum("tlij,clj->tlic", own, face.response)
    jacobian = torch.cat([by_turn, slope, by_amount], -1).flatten(1, 2)
    prior = torch.zeros(_POSE + channels, _POSE + channels, dtype=seen.dtype)
    prior[_POSE:, _POSE:] = face.prior
    prior[range(_POSE), range(_POSE)] = _POSE_RIDGE
    return jacobian, left.flatten(1), prior.expand(frames, -1, -1), own


def _step(face: Face, lens: Lens, seen: Tensor, state: State, fixed: Tensor | None, robust: bool) -> State:
    frames = len(state.amount)
    jacobian, left, prior, _ = linear(face, lens, seen, state, robust)
    matrix = jacobian.transpose(1, 2) @ jacobian + prior
    right = (jacobian.transpose(1, 2) @ left[..., None])[..., 0]
    right[:, _POSE:] -= state.amount @ face.prior + face.rare
    endless = torch.full((frames, _POSE), torch.inf, dtype=seen.dtype)
    least = torch.zeros(len(face.response), dtype=seen.dtype)
    least[face.channels :] = -_MOST_SLIP
    most = torch.ones_like(least)
    most[face.channels :] = _MOST_SLIP
    low, high = least - state.amount, most - state.amount
    if fixed is not None:
        low, high = torch.where(fixed, 0.0, low), torch.where(fixed, 0.0, high)
    bounds = torch.cat([-endless, low], 1).double(), torch.cat([endless, high], 1).double()
    step = solve_boxed(matrix.double(), right.double(), *bounds).clamp(*bounds).to(seen.dtype)
    return State(
        turn=turned(step[:, :3]) @ state.turn,
        shift=state.shift + step[:, 3:_POSE],
        amount=torch.minimum(torch.maximum(state.amount + step[:, _POSE:], least), most),
    )
