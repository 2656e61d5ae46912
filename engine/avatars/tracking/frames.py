"""Measuring frames: the points of each, as values of the rig's channels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.avatars.tracking import eyes, points
from engine.avatars.tracking.actor import GAZE, Actor
from engine.avatars.tracking.solver import Face, State, first_guess, solve_frames
from engine.avatars.tracking.track import Track
from engine.avatars.tracking.view import Lens, as_tensor, axis_angle, turned
from engine.core.channels import INDEX
from engine.head.rig import NECK_SHARE

_COARSE, _FINE = 3, 2  # steps before and after the gaze is known
_NOD = 0.76  # of a nod is seen: so on pictures of all our own people, by the landmarker's depth too
_BAD = 3.0  # mean distance of points, in standard deviations, at which a fit is worth half


@dataclass(frozen=True, eq=False)
class Measured:
    """T frames, as measured.

    Args:
        state: of the head and the channels that move points.
        look: float64 [T, 2, 2] of `eyes.directions`.
        both: float64 [T, 2, 2] of `eyes.together`; NaN where the eyes are shut.
        openings: float64 [T, 2] of `eyes.opening`.
        misfit: float64 [T] mean distance of the points from the fit, in standard deviations.
    """

    state: State
    look: NDArray[np.float64]
    both: NDArray[np.float64]
    openings: NDArray[np.float64]
    misfit: NDArray[np.float64]

    def channels(self, actor: Actor) -> NDArray[np.float64]:
        """Values of all 63 channels, [T, 63]."""
        baked = points.load()
        out = np.zeros((len(self.both), len(INDEX)))
        out[:, [INDEX[name] for name in baked.names]] = self.state.amount[:, : len(baked.names)].numpy()
        look = held(self.both)
        for name, value in eyes.channels(look).items():
            out[:, INDEX[name]] = value
        out[:, [INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]]] = eyes.blink(self.openings, look, actor)
        first = INDEX["headRotX"]
        out[:, first : first + 6] = head_channels(self.state, actor)
        return out

    def trust(self, score: NDArray[np.floating]) -> NDArray[np.float64]:
        """How sure each frame is, 0 to 1, by the landmarker's score and by how well the face fits."""
        return np.asarray(np.clip(score, 0.0, 1.0) / (1.0 + (self.misfit / _BAD) ** 2))


def measured(track: Track, actor: Actor, start: State | None = None, face: Face | None = None) -> Measured:
    """Frames in all of which the face was found.

    Args:
        track: those frames.
        actor: whose face.
        start: a state near by, for frames that come one after another; without, the landmarker's depth gives a first guess.
        face: of the actor, where it is at hand.
    """
    baked, lens = points.load(), actor.lens(track.size)
    face = face or actor.face()
    seen = as_tensor(track.points[:, baked.mesh])
    gaze = torch.tensor([name in GAZE for name in baked.names] + [False] * len(baked.slip))
    state = start or first_guess(face, lens, seen)
    state, _ = solve_frames(face, lens, seen[..., :2], state, _COARSE if start is None else 1, gaze)
    look = _look(track, actor, lens, state, face)
    openings = eyes.opening(track.lids)
    both = eyes.together(look, openings, actor)
    amount = state.amount.clone()
    for name, value in eyes.channels(held(both)).items():
        amount[:, baked.names.index(name)] = as_tensor(value)
    state, left = solve_frames(face, lens, seen[..., :2], State(state.turn, state.shift, amount), _FINE if start is None else 1, gaze)
    return Measured(state, look, both, openings, left.norm(dim=-1).mean(1).numpy())


def _look(track: Track, actor: Actor, lens: Lens, state: State, face: Face) -> NDArray[np.float64]:
    baked = points.load()
    fitted = lens.project(state.at(face))
    drift = []
    for side in ("left", "right"):
        rows = baked.at(points.CORNERS[side])
        drift.append((as_tensor(track.points[:, list(points.CORNERS[side]), :2]) - fitted[:, rows]).mean(1))
    return np.asarray(eyes.directions(actor, lens, state, track.iris, torch.stack(drift, 1)).numpy())


def held(both: NDArray[np.floating]) -> NDArray[np.float64]:
    """Directions [T, 2, 2] with the nearest known ones where eyes are shut; straight on where none is known."""
    known = np.isfinite(both).all((1, 2))
    if not known.any():
        return np.zeros(both.shape)
    at = np.arange(len(both))
    flat = both.reshape(len(both), -1)
    return np.stack([np.interp(at, at[known], column[known]) for column in flat.T], 1).reshape(both.shape)


def head_channels(state: State, actor: Actor) -> NDArray[np.float64]:
    """Turn (radians) and place (millimetres) of the head as the rig has them, [T, 6]: the neck takes its share."""
    home = turned(as_tensor(actor.home_turn))
    turn = home.T @ state.turn
    shift = (state.shift - as_tensor(actor.home_shift)) @ home
    angle = axis_angle(turn) * torch.tensor([1.0 / _NOD, 1.0, 1.0])
    turn = turned(angle)
    neck, head = as_tensor(actor.joints)
    bent = turned(angle * NECK_SHARE)
    place = shift + (turn @ head) - (bent @ (head - neck)) - neck
    return np.asarray(torch.cat([angle, place * 1000.0], 1).numpy())
