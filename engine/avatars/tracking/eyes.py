"""Where eyes look and how far they are open, from the points of lids and irises."""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.avatars.tracking.actor import Actor
from engine.avatars.tracking.solver import State
from engine.avatars.tracking.view import Lens, as_tensor
from engine.head.rig import LOOK_DOWN_RAD, LOOK_SIDE_RAD, LOOK_UP_RAD

_IRIS_AT = 0.93  # of the ball's radius: how far before its centre the iris lies
_OUTER, _INNER = 0, 8  # of the 71 points round an eye
_PAIRS = ((11, 3), (12, 4), (13, 5))  # upper over lower lid, in the middle of the eye
_SHUT = 0.10  # an eye that is open less, as a share of its width, does not show where it looks
_MOST_RAD = (math.radians(40), math.radians(32))
_MOST_OFF_RAD = math.radians(12)  # an eye that is measured to look further off does so
_CLOSED, _AWAKE = 0.07, 0.93  # opening of shut eyes; share of the usual opening at which a lid begins to fall
_BOTH = (0.12, 0.45)  # falls of one lid between which the other's is more and more believed to be a blink of both, and not a wink
_HALF, _WIDE = 0.5, 0.75  # of an eye's usual opening: a lid that is lower hides where it looks, one that is higher does not
_LOWERED = 0.3  # of its opening that an eye loses by looking all the way down
_OF_LOOK = (0.8, 0.5)  # of an eye's move to the side and up that is seen: so on pictures of our own people
_VERGENCE = 0.35  # of the measured difference between the eyes that is believed


def opening(lids: NDArray[np.floating]) -> NDArray[np.float64]:
    """How far eyes are open: of the middle of the eye, as a share of its width.

    Args:
        lids: [T, 2, 71, 2].

    Returns:
        float64 [T, 2]; NaN where lost.
    """
    width = np.linalg.norm(lids[:, :, _OUTER] - lids[:, :, _INNER], axis=-1)
    gaps = [np.linalg.norm(lids[:, :, up] - lids[:, :, low], axis=-1) for up, low in _PAIRS]
    return np.asarray(np.mean(gaps, 0) / np.maximum(width, 1e-6), np.float64)


def directions(actor: Actor, lens: Lens, state: State, iris: NDArray[np.floating], drift: Tensor) -> Tensor:
    """Where each eye looks, in the head: radians towards the character's left and up, [T, 2 (left, right), 2].

    Args:
        actor: whose eyes.
        lens: of the camera.
        state: how the head is held.
        iris: [T, 2, 5, 2] pixels.
        drift: [T, 2, 2] pixels by which the fitted corners of each eye miss the seen ones.
    """
    seen = as_tensor(iris[:, :, 0]) - drift  # [T, 2, 2]
    ray = torch.stack([
        (seen[..., 0] - lens.middle[0]) / lens.focal_px, (lens.middle[1] - seen[..., 1]) / lens.focal_px, -torch.ones_like(seen[..., 0]),
    ], -1)  # fmt: skip
    ray = ray / ray.norm(dim=-1, keepdim=True)
    back = state.turn.transpose(1, 2)
    ray = ray @ back.transpose(1, 2)
    origin = -(back @ state.shift[..., None])[..., 0]  # the camera, as the head sees it
    centre = as_tensor(actor.eyes)
    radius = actor.eye_radius * _IRIS_AT
    to_centre = centre - origin[:, None]
    along = (to_centre * ray).sum(-1)
    beside = to_centre.square().sum(-1) - along.square()
    depth = along - (radius**2 - beside).clamp_min(0.0).sqrt()
    at = origin[:, None] + depth[..., None] * ray - centre
    at = at / at.norm(dim=-1, keepdim=True)
    return torch.stack([torch.atan2(at[..., 0], at[..., 2]), torch.asin(at[..., 1].clamp(-1, 1))], -1)


def straight(seen: NDArray[np.floating], openings: NDArray[np.floating], state: State, at_home: bool) -> NDArray[np.float64]:
    """By how much the measured directions of an actor's eyes are off, [2, 2] radians: most look into the camera most of the time.

    Args:
        seen: [T, 2, 2] of `directions`.
        openings: [T, 2] of `opening`.
        state: how the head is held.
        at_home: how it is usually held counts as not turned.
    """
    camera = -(state.turn.transpose(1, 2) @ state.shift[..., None])[..., 0].numpy()
    towards = np.stack([np.arctan2(camera[:, 0], camera[:, 2]), np.arcsin(camera[:, 1] / np.linalg.norm(camera, axis=1))], 1)
    open_eyes = np.nan_to_num(openings) > 1.5 * _SHUT
    if not open_eyes.any(0).all():
        return np.zeros((2, 2))
    off = np.nanmedian(np.where(open_eyes[..., None], seen - towards[:, None], np.nan), 0)
    # A head that counts as not turned looks at the camera straight on.
    home = np.median(towards, 0) if at_home else np.zeros(2)
    return np.asarray(np.clip(off, -_MOST_OFF_RAD, _MOST_OFF_RAD) + home)


def together(seen: NDArray[np.floating], openings: NDArray[np.floating], actor: Actor) -> NDArray[np.float64]:
    """What both eyes do, from what each was seen to do: they look together, and little apart.

    Args:
        seen: [T, 2, 2] of `directions`.
        openings: [T, 2] of `opening`.
        actor: whose straight look counts as 0.

    Returns:
        [T, 2, 2] radians; NaN where neither eye shows it.
    """
    low, high = np.maximum(_HALF * actor.lids, _SHUT), np.maximum(_WIDE * actor.lids, 2.0 * _SHUT)
    sure = np.clip((np.nan_to_num(openings) - low) / (high - low), 0.0, 1.0)
    sure = np.where(np.isfinite(seen).all(-1), sure, 0.0)
    values = (np.nan_to_num(seen) - actor.gaze) / np.array(_OF_LOOK)
    total = sure.sum(1)
    mean = (values * sure[..., None]).sum(1) / np.maximum(total, 1e-6)[:, None]
    apart = np.where((sure > 0.5).all(1), (values[:, 0, 0] - values[:, 1, 0]) / 2 * _VERGENCE, 0.0)
    out = np.repeat(mean[:, None], 2, 1)
    out[:, 0, 0] += apart
    out[:, 1, 0] -= apart
    out = np.clip(out, -np.array(_MOST_RAD), np.array(_MOST_RAD))
    out[total <= 0.1] = np.nan
    return np.asarray(out)


def channels(look: NDArray[np.floating]) -> dict[str, NDArray[np.float64]]:
    """The eight look channels of directions [T, 2, 2]."""
    out: dict[str, NDArray[np.float64]] = {}
    for i, (side, outward) in enumerate((("Left", 1.0), ("Right", -1.0))):
        yaw, up = outward * look[:, i, 0], look[:, i, 1]
        for name, value in (("Out", yaw / LOOK_SIDE_RAD), ("In", -yaw / LOOK_SIDE_RAD), ("Up", up / LOOK_UP_RAD), ("Down", -up / LOOK_DOWN_RAD)):
            out[f"eyeLook{name}{side}"] = np.clip(value, 0.0, 1.0)
    return out


def blink(openings: NDArray[np.floating], look: NDArray[np.floating], actor: Actor) -> NDArray[np.float64]:
    """How far lids are shut, 0 to 1.

    Args:
        openings: [T, 2] of `opening`.
        look: [T, 2, 2] directions, radians: lids follow an eye that looks down, which is no blink.
        actor: whose eyes are usually as far open as `actor.lids`.

    Returns:
        float64 [T, 2].
    """
    down = np.clip(-look[..., 1] / LOOK_DOWN_RAD, 0.0, 1.0)
    awake = np.maximum(actor.lids * _AWAKE * (1.0 - _LOWERED * down), _CLOSED + 0.05)
    fall = np.clip((awake - np.nan_to_num(openings, nan=1.0)) / (awake - _CLOSED), 0.0, 1.0)
    less, more = fall.min(1, keepdims=True), fall.max(1, keepdims=True)
    # Lids that hang a little hang alike; a lid that stays up while the other falls winks.
    alike = np.where(more > _BOTH[1], np.clip((less - _BOTH[0]) / (_BOTH[1] - _BOTH[0]), 0.0, 1.0), 1.0)
    return np.asarray(fall + alike * ((less + more) / 2 - fall))
