"""The head of a person: Ada's arrays, moved along the identity axes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray

from engine.core.person import Person
from engine.head import ada, identity
from engine.head.ada import HeadAsset, Seam
from engine.head.barriers import SIDES, Barriers, Meeting, Wanted, one_thread

_KEPT = 32  # heads in memory
_CHIN_M = 0.005  # of `Arch.slack_m`: skin that is this far from the lips' line
_TEETH_SCALE = (0.75, 1.0)
_APART_M = 0.0003  # between the lips before and behind their line of contact
_CUT_M = 1e-6  # vertices this near the lowest are the edge at which the bust ends


def head_of(person: Person) -> HeadAsset:
    """The head in a person's shape, cached; of equal shapes the same object, of the shape {} Ada's own.

    Raises:
        InvalidInput: an unknown axis or a value outside its range.
        MissingAsset: a file is not there or damaged.
    """
    return _shaped(tuple(sorted(person.shape.items()))) if person.shape else ada.load()


@lru_cache(maxsize=_KEPT)
def _shaped(shape: tuple[tuple[str, float], ...]) -> HeadAsset:
    head = ada.load()
    moves = identity.load().moves(dict(shape))
    if not moves.vertices.any():
        return head
    joints = {name: point + moves.joints[name] for name, point in head.joints.items()}
    vertices = head.vertices + moves.vertices
    cut = np.flatnonzero(head.vertices[:, 1] <= head.vertices[:, 1].min() + _CUT_M)
    vertices[cut, 1] = vertices[cut, 1].min()  # the bust ends in a level edge, never above Ada's
    vertices[cut, 1] = np.minimum(vertices[cut, 1], head.vertices[:, 1].min())
    _fit_teeth(vertices, head)
    size = _spread(vertices[head.held]) / _spread(head.vertices[head.held])
    radius = head.eye_radius_m * (1.0 + float(np.mean(list(moves.growth.values()))))
    shaped = replace(head, vertices=vertices, joints=joints, size=size, eye_radius_m=radius)
    return replace(shaped, vertices=_in_contact(shaped))


def _fit_teeth(vertices: NDArray[np.float32], head: HeadAsset) -> None:
    """Make teeth and tongue, in place, no larger than a narrow jaw holds: about the edge of the front teeth, which stays."""
    jaw = head.held[np.abs(head.arches["lower"].slack_m) > _CHIN_M]
    jaw = jaw[~np.isin(jaw, head.lining["mouth"])]
    lower, upper = head.span("teeth_lower"), head.span("teeth_upper")
    narrower = vertices[jaw, 0].std() / head.vertices[jaw, 0].std() * head.vertices[lower, 0].std() / vertices[lower, 0].std()
    scale = float(np.clip(narrower, *_TEETH_SCALE))
    if scale < 1.0:
        mouth = slice(upper.start, head.span("tongue").stop)
        edge = upper.start + int(np.argmax(head.vertices[upper, 2] - head.vertices[upper, 1]))  # the lowest of the foremost
        vertices[mouth] = vertices[edge] + np.float32(scale) * (vertices[mouth] - vertices[edge])


def _meeting_at_the_line(head: HeadAsset) -> NDArray[np.float32]:
    """The vertices with lips that touch along the line of contact first; some shapes' lips would touch before it and show what lies behind."""
    seam, out = head.seams["lips"], head.vertices.copy()
    meeting = _at_the_line(seam, len(out))
    out[:, 1] = meeting.correct(torch.from_numpy(out[None, :, 1]), torch.ones(1))[0].numpy()
    height = lambda pairs, share: out[pairs[..., 0], 1] * (1 - share) + out[pairs[..., 1], 1] * share  # noqa: E731
    gap = height(seam.upper[1:], seam.upper_share[1:]) - height(seam.lower[1:], seam.lower_share[1:])  # [R - 1, C]
    apart = np.repeat(np.maximum(_APART_M - gap, 0.0)[..., None], 2, -1) / 2
    for pairs, sign in ((seam.upper[1:], 1.0), (seam.lower[1:], -1.0)):
        move = np.zeros(len(out), np.float32)
        np.maximum.at(move, pairs.ravel(), apart.ravel())
        out[:, 1] += sign * move
    return out


@lru_cache(maxsize=4)
def _at_the_line(seam: Seam, count: int) -> Meeting:
    """What closes the lips along their line of contact alone, among `count` vertices."""
    line = replace(seam, upper=seam.upper[:1], lower=seam.lower[:1], upper_share=seam.upper_share[:1], lower_share=seam.lower_share[:1])
    return Meeting(line, torch.arange(count), 0.4, 3, torch.device("cpu"))


def _in_contact(head: HeadAsset) -> NDArray[np.float32]:
    """The vertices at rest with lips that just touch, in front of the teeth, and lids that fit the eyes."""
    count = len(head.vertices)
    with one_thread(), torch.no_grad():
        barriers = Barriers(head, torch.arange(count), np.zeros((1, 3, count), np.float32), torch.device("cpu"))
        one, ahead = torch.ones(1), torch.tensor([[0.0, 0.0, 1.0]])
        wanted = Wanted(seal=one, shut=dict.fromkeys(SIDES, 0 * one), gaze=dict.fromkeys(SIDES, ahead), tongue=torch.zeros(1, 1))
        face = torch.from_numpy(np.ascontiguousarray(_meeting_at_the_line(head).T))[None]
        face = barriers.keep(face, wanted)
    return np.ascontiguousarray(face[0].T.numpy())


def _spread(points: NDArray[np.float32]) -> float:
    """How far points lie from their middle, metres."""
    return float(np.sqrt(points.var(0).sum()))


def eyeball(vertices: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Centre [3] and radius, metres, of an eyeball's vertices, of which the first and the last are its poles."""
    front, back = vertices[0], vertices[-1]
    return (front + back) / 2, float(np.linalg.norm(front - back) / 2)
