"""From pictures of known faces to points on our head: where each is, how it moves with each channel, and how the landmarker errs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tracking_seen import SIDE, Seen

from engine.avatars.people import BUILT_IN, named
from engine.core.channels import ARKIT, INDEX, mirror
from engine.head import ada, identity
from engine.head.shape import head_of

NAMES = tuple(name for name in ARKIT if name != "tongueOut")
CORNERS = (33, 263)  # of the eyes, outer
_FAR = 0.01  # square of a distance, in eye distances, beyond which a point is an outlier
_MIDDLE_GAIN, _GAIN_SPREAD, _FREE_M = 0.6, 0.35, 0.0004  # of a point's move against the skin's, a priori
_BIAS_M, _NOISE_PX, _TURNS = 0.006, 1.5, 4
_MODES, _MOST_M = 20, 0.012
_FLIP = np.array([-1.0, 1.0, 1.0])


def places(seen: Seen, skin: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The place on the skin that is nearest to each point in all pictures: corners of a triangle [468, 3] and shares [468, 3]."""
    head = ada.load()
    count = skin.shape[1]
    lining = np.concatenate([head.lining["mouth"], head.lining["lids"]])
    hidden = np.zeros(count, bool)
    hidden[lining[lining < count]] = True
    eye = np.linalg.norm(seen.points[:, CORNERS[0]] - seen.points[:, CORNERS[1]], axis=1)
    error = np.zeros((seen.points.shape[1], count), np.float32)
    for picture, at, apart in zip(seen.points, skin, eye, strict=True):
        square = ((picture[:, None] - at[None]) ** 2).sum(-1) / apart**2
        error += np.minimum(square, _FAR)
    error[:, hidden] = np.inf
    nearest = error.argmin(1)
    faces = head.faces[(head.faces < count).all(1)]
    faces = faces[~hidden[faces].any(1)]
    vertex, share = np.zeros((len(nearest), 3), np.int64), np.zeros((len(nearest), 3), np.float32)
    for point, near in enumerate(nearest):
        best = np.inf
        for face in faces[(faces == near).any(1)]:
            corners, wanted = skin[:, face] / eye[:, None, None], seen.points[:, point] / eye[:, None]
            edges = np.stack([corners[:, 0] - corners[:, 2], corners[:, 1] - corners[:, 2]], -1).reshape(-1, 2)
            two = np.linalg.lstsq(edges, (wanted - corners[:, 2]).reshape(-1), rcond=None)[0]
            three = np.clip([two[0], two[1], 1.0 - two.sum()], 0.0, 1.0)
            three /= three.sum()
            off = float(((np.einsum("nki,k->ni", corners, three) - wanted) ** 2).sum())
            if off < best:
                best, vertex[point], share[point] = off, face, three
    return vertex, share


@dataclass(frozen=True, eq=False)
class Learnt:
    """What the pictures tell of the mesh's points.

    Args:
        response: float64 [C, 468, 3] metres, of `NAMES`.
        shift: float64 [468, 3] metres off the skin, mean of all people.
        left: float64 [N, 468, 2] pixels that neither explains.
    """

    response: NDArray[np.float64]
    shift: NDArray[np.float64]
    left: NDArray[np.float64]


def responses(seen: Seen, vertex: NDArray[np.int64], share: NDArray[np.float32]) -> Learnt:
    """How points move with each channel: a robust ridge regression over all pictures, each person's own offsets left free."""
    place = lambda values: np.einsum("lk,lkd->ld", share, values[vertex]).astype(np.float64)  # noqa: E731
    head = ada.load()
    skin = np.array([place(head.units[head.unit_names.index(name)]) for name in NAMES])
    people = [head_of(named(name)) for name in BUILT_IN]
    amount = seen.values[:, [INDEX[name] for name in NAMES]].astype(np.float64) * np.array([p.size for p in people])[seen.person][:, None]
    moved = np.einsum("nc,cld->nld", amount, skin)
    at = np.array([place(p.vertices) for p in people])[seen.person] + moved
    slope = _slopes(seen, at)
    wanted = seen.points - seen.projected(at, np.arange(len(at))) + np.einsum("nlij,nlj->nli", slope, moved)
    basis = np.concatenate([amount, np.eye(len(people))[seen.person]], 1)  # [N, C + P]
    response, bias, left = np.zeros_like(skin), np.zeros((len(people), *skin.shape[1:])), np.zeros_like(wanted)
    for point in range(skin.shape[1]):
        spread = np.concatenate([np.repeat(_FREE_M + _GAIN_SPREAD * np.linalg.norm(skin[:, point], axis=1), 3), np.full(3 * len(people), _BIAS_M)])
        usual = np.concatenate([_MIDDLE_GAIN * skin[:, point].ravel(), np.zeros(3 * len(people))])
        matrix = np.einsum("nd,nij->nidj", basis, slope[:, point]).reshape(2 * len(basis), -1)
        found, left[:, point] = _robust(matrix, wanted[:, point].reshape(-1), usual, spread)
        response[:, point], bias[:, point] = found[: 3 * len(NAMES)].reshape(-1, 3), found[3 * len(NAMES) :].reshape(-1, 3)
    return Learnt(response, bias.mean(0), left)


def _slopes(seen: Seen, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """How pixels move with points, [N, L, 2, 3]."""
    m = seen.clip.astype(np.float64)
    clip = np.einsum("nij,nlj->nli", m[:, :, :3], at) + m[:, None, :, 3]
    w = clip[..., 3:4]
    rows = [m[:, None, i, :3] / w - clip[..., i : i + 1] / w**2 * m[:, None, 3, :3] for i in (0, 1)]
    return np.stack([rows[0], -rows[1]], 2) * 0.5 * SIDE


def _robust(matrix: NDArray, wanted: NDArray, usual: NDArray, spread: NDArray) -> tuple[NDArray, NDArray]:
    weight = np.ones(len(wanted))
    for _ in range(_TURNS):
        normal = (matrix * weight[:, None]).T @ matrix / _NOISE_PX**2 + np.diag(1 / spread**2)
        found = np.linalg.solve(normal, (matrix * weight[:, None]).T @ wanted / _NOISE_PX**2 + usual / spread**2)
        left = (wanted - matrix @ found).reshape(-1, 2)
        size = np.linalg.norm(left, axis=1)
        weight = np.repeat(1 / np.maximum(1.0, size / (2 * np.median(size))), 2)
    return found, left


def pairs(at: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Of points [L, 3] the row of each one's mirror image, and whether the two agree on it."""
    other = np.array([int(((at - point) ** 2).sum(1).argmin()) for point in at * _FLIP])
    return other, other[other] == np.arange(len(at))


def mirrored(learnt: Learnt, other: NDArray[np.int64], sure: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Response and shift, made the same on both sides of the face."""
    rows = [NAMES.index(mirror(name)) for name in NAMES]
    response = np.where(sure[None, :, None], (learnt.response + learnt.response[rows][:, other] * _FLIP) / 2, learnt.response)
    return response, np.where(sure[:, None], (learnt.shift + learnt.shift[other] * _FLIP) / 2, learnt.shift)


def slips(seen: Seen, left: NDArray[np.float64], at: NDArray[np.float64], other: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The ways in which points err together, [S, L, 3] metres, and what is left of each, [L] metres.

    Args:
        seen: the pictures.
        left: [N, L, 2] pixels.
        at: [L, 3] where the points are on Ada.
        other: [L] the row of each one's mirror image.
    """
    eye_px = np.linalg.norm(seen.points[:, CORNERS[0]] - seen.points[:, CORNERS[1]], axis=1)
    front = np.abs(seen.angles[:, 0]) < 0.1
    metres = 2 * 0.18 / SIDE  # a pixel at the distance of the face, from the camera's usual place
    x, y = left[..., 0] * metres, -left[..., 1] * metres
    c, s = np.cos(seen.angles[:, 2])[:, None], np.sin(seen.angles[:, 2])[:, None]
    upright = np.clip(np.stack([c * x - s * y, s * x + c * y], -1), -_MOST_M, _MOST_M)
    # What turning, moving or resizing the head explains is no error of the points.
    rigid = np.zeros((6, len(at), 2))
    rigid[0, :, 0], rigid[1, :, 1] = 1.0, 1.0
    rigid[2], rigid[3] = np.stack([-at[:, 1], at[:, 0]], 1), at[:, :2]
    rigid[4, :, 0], rigid[5, :, 1] = at[:, 2], at[:, 2]
    q = np.linalg.qr(rigid.reshape(6, -1).T)[0]
    flat = upright.reshape(len(upright), -1)
    flat = flat - flat @ q @ q.T
    both = np.concatenate([flat, (flat.reshape(len(flat), -1, 2)[:, other] * [-1, 1]).reshape(len(flat), -1)])
    _, size, modes = np.linalg.svd(both, full_matrices=False)
    usual = size[:_MODES] / np.sqrt(len(both))
    out = np.zeros((_MODES, len(at), 3))
    out[:, :, :2] = (modes[:_MODES] * usual[:, None]).reshape(_MODES, -1, 2)
    rest = both - both @ modes[:_MODES].T @ modes[:_MODES]
    print(f"points err by {1000 * np.sqrt((both**2).sum(1).mean() / len(at)):.2f} mm, {1000 * np.sqrt((rest**2).sum(1).mean() / len(at)):.2f} mm of it alone")
    print(f"eyes are {np.median(eye_px[front]):.1f} pixels apart")
    return out, np.sqrt((rest.reshape(len(rest), -1, 2) ** 2).sum(-1).mean(0) / 2)


def axes(vertex: NDArray[np.int64], share: NDArray[np.float32]) -> tuple[list[str], NDArray[np.float32]]:
    """Identity axes that a face shows, and how points move with each, [A, L, 3] metres."""
    known = identity.load()
    names = [name for name, group in zip(known.names, known.groups, strict=True) if group not in ("Ears", "Neck")]
    usual = {name: float(known.default[known.index(name)]) for name in identity.ANCESTRIES}
    moves = []
    for name in names:
        if name in identity.ANCESTRIES:
            moved = (known.offset(usual | {name: usual[name] + 0.5}) - known.offset(usual)) / 0.5
        elif known.low[known.index(name)] < 0:
            moved = known.offset({name: 0.5}) - known.offset({name: -0.5})
        else:
            moved = known.offset({name: 0.5}) / 0.5
        moves.append(np.einsum("lk,lkd->ld", share, moved[vertex]))
    return names, np.array(moves, np.float32)
