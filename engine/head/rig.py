"""The rig: channel values to vertices, in torch, batched, differentiable, on any device.

Blendshapes add up; then lips and lids are made to meet where they must and to part where they would interpenetrate
(`_Seam`), lids are kept outside the eyeballs, eyes turn about their centres, and neck and head are skinned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.head import ada
from engine.head.ada import HeadAsset

# How far the eyes turn at 1, radians: the range in which ARKit's look coefficients reach 1.
LOOK_SIDE_RAD, LOOK_UP_RAD, LOOK_DOWN_RAD = math.radians(28), math.radians(20), math.radians(24)
NECK_SHARE = 0.4  # of the head's rotation that the neck below it makes
LEAST_JAW = 0.03  # jawOpen below which mouthClose alone decides whether the lips are sealed
LID_CLEARANCE_M = 0.0005
_COLUMNS_OF_GAP = 0.5  # the middle half of the mouth


class _Seam:
    """Closes or parts two edges along a seam: how far each column is open decides how far its neighbourhood moves."""

    def __init__(self, seam: ada.Seam, row: Tensor, upper_share: float, device: torch.device) -> None:
        as_index = lambda a: row[torch.from_numpy(a)].to(device)  # noqa: E731
        self.upper, self.lower = as_index(seam.upper), as_index(seam.lower)  # [R, C, 2]
        self.upper_t = torch.from_numpy(seam.upper_share).to(device)  # [R, C]
        self.lower_t = torch.from_numpy(seam.lower_share).to(device)
        rows = row[torch.from_numpy(seam.vertices)]
        kept = rows >= 0
        self.rows = rows[kept].to(device)  # [S]
        up, low = torch.from_numpy(seam.upper_field)[kept], torch.from_numpy(seam.lower_field)[kept]
        # Positive correction closes: the upper edge comes down, the lower goes up.
        self.field = ((1.0 - upper_share) * low - upper_share * up).T.contiguous().to(device)  # [C, S]

    def gap(self, y: Tensor) -> Tensor:
        """Signed opening of each column, metres [T, C]; y: heights [T, V]."""
        up = y[:, self.upper[..., 0]] * (1 - self.upper_t) + y[:, self.upper[..., 1]] * self.upper_t
        low = y[:, self.lower[..., 0]] * (1 - self.lower_t) + y[:, self.lower[..., 1]] * self.lower_t
        return up.amin(1) - low.amax(1)

    def correct(self, y: Tensor, seal: Tensor) -> Tensor:
        """Heights with the seam closed by `seal` [T] (0 as it is, 1 shut) and nowhere overlapping."""
        for _ in range(2):  # a second pass takes up what the loops beside the contact line leave
            gap = self.gap(y)
            wanted = gap.clamp_min(0.0) * (1.0 - seal[:, None])
            y = y.index_add(1, self.rows, (gap - wanted) @ self.field)
        return y


@contextmanager
def _one_thread() -> Iterator[None]:
    """Many small steps lose more by waiting for a second thread than they gain; the drawing beside them has a use for it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _rotation(axis_angle: Tensor) -> Tensor:
    """Rotation matrices [T, 3, 3] of axis-angle vectors [T, 3] (Rodrigues)."""
    angle = axis_angle.square().sum(-1).add(1e-16).sqrt()[:, None, None]
    x, y, z = axis_angle.unbind(-1)
    zero = torch.zeros_like(x)
    k = torch.stack([zero, -z, y, z, zero, -x, -y, x, zero], -1).view(-1, 3, 3)
    return torch.eye(3, device=k.device, dtype=k.dtype) + torch.sin(angle) / angle * k + (1 - torch.cos(angle)) / angle.square() * (k @ k)


def _smooth(x: Tensor, low: float) -> Tensor:
    t = ((x - low) / (1.0 - low)).clamp(0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


class HeadRig:
    """A posed head.

    Args:
        asset: the head's arrays (`engine.head.shape.head_of` gives a person's); Ada when None.
        device: torch device of the result.
        only: vertices to pose, for measures that need few; None for all. The rows of the result follow it.
    """

    def __init__(
        self,
        asset: HeadAsset | None = None,
        device: str | torch.device = "cpu",
        only: NDArray[np.int64] | None = None,
    ) -> None:
        self.asset = asset or ada.load()
        self.device = torch.device(device)
        a = self.asset
        count = len(a.vertices)
        rest = a.vertices
        chosen = np.arange(count) if only is None else np.asarray(only)
        row = torch.full((count,), -1, dtype=torch.int64)
        row[torch.from_numpy(chosen)] = torch.arange(len(chosen))
        self.vertex_count = len(chosen)
        self._rest = torch.from_numpy(rest[chosen]).to(self.device)
        self._units = torch.from_numpy(np.ascontiguousarray(a.units[:, chosen].transpose(0, 2, 1)).reshape(len(a.unit_names), -1)).to(self.device)
        self._unit_columns = torch.tensor([INDEX[n] for n in a.unit_names], device=self.device)
        self._weights = torch.from_numpy(a.skin_weights[chosen]).to(self.device)
        self._eye_centre = {side: torch.from_numpy(a.joints[f"eye_{side}"]).to(self.device) for side in ("left", "right")}
        self._neck, self._head = (torch.from_numpy(a.joints[n]).to(self.device) for n in ("neck", "head"))
        complete = {name: bool((row[torch.from_numpy(np.concatenate([s.upper.ravel(), s.lower.ravel()]))] >= 0).all()) for name, s in a.seams.items()}
        self._lips = _Seam(a.seams["lips"], row, 0.4, self.device) if complete["lips"] else None
        self._lids = {
            side: (_Seam(a.seams[f"lids_{side}"], row, 0.85, self.device), self._lid_limit(side, rest, chosen))
            for side in ("left", "right")
            if complete[f"lids_{side}"]
        }
        lash = np.arange(*a.span("lashes").indices(count)[:2])
        followed = row[torch.from_numpy(a.lash_follow)] >= 0
        has = (row[torch.from_numpy(lash)] >= 0) & followed
        self._lash = row[torch.from_numpy(lash)][has].to(self.device)
        self._lash_follow = row[torch.from_numpy(a.lash_follow)][has].to(self.device)

    def _lid_limit(self, side: str, rest: NDArray[np.float32], chosen: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """Rows of the lids of one eye and how near the eye's centre each may come, metres."""
        position = {int(v): i for i, v in enumerate(chosen)}
        vertices = [int(v) for v in self.asset.seams[f"lids_{side}"].vertices if int(v) in position]
        distance = np.linalg.norm(rest[vertices] - self._eye_centre[side].cpu().numpy(), axis=1)
        # The folds inside the lids lie nearer than the eyeball's surface already; they only may not sink further.
        least = np.minimum(self.asset.eye_radius_m + LID_CLEARANCE_M, distance)
        return torch.tensor([position[v] for v in vertices], device=self.device), torch.from_numpy(least.astype(np.float32)).to(self.device)

    def values(self, values: Tensor | NDArray[np.float32]) -> Tensor:
        """Channel values as a float32 tensor [T, 63] on the rig's device.

        Raises:
            InvalidInput: the wrong shape.
        """
        tensor = torch.as_tensor(values, dtype=torch.float32, device=self.device)
        if tensor.ndim != 2 or tensor.shape[1] != len(CHANNELS):
            raise InvalidInput(f"channel values must be [T, {len(CHANNELS)}], got {list(tensor.shape)}", "give every channel of engine.core.channels")
        return tensor

    def shape(self, values: Tensor | NDArray[np.float32]) -> Tensor:
        """The face in its own frame, before eyes and head turn: metres [T, V, 3]."""
        v = self.values(values)
        moved = (v[:, self._unit_columns] @ self._units).view(len(v), 3, self.vertex_count)
        x, y, z = (moved + self._rest.T).unbind(1)
        before = y
        if self._lips is not None:
            y = self._lips.correct(y, self.seal(v))
        for side, (seam, limit) in self._lids.items():
            blink = v[:, INDEX[f"eyeBlink{side.capitalize()}"]]
            y = seam.correct(y, _smooth(blink, 0.6))
            x, y, z = self._clear_eye(x, y, z, side, limit)
        if len(self._lash):
            y = y.index_add(1, self._lash, (y - before)[:, self._lash_follow])
        return torch.stack([x, y, z], -1)

    def seal(self, values: Tensor) -> Tensor:
        """How far the lips are held together, 0 to 1 [T]: mouthClose against jawOpen, as ARKit uses the pair."""
        ratio = values[:, INDEX["mouthClose"]] / values[:, INDEX["jawOpen"]].clamp_min(LEAST_JAW)
        return _smooth(ratio, 0.5)

    def _clear_eye(self, x: Tensor, y: Tensor, z: Tensor, side: str, limit: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Push lid vertices that sank into the eyeball back out along the radius."""
        rows, least = limit
        centre = self._eye_centre[side]
        offset = torch.stack([x[:, rows], y[:, rows], z[:, rows]], -1) - centre  # [T, S, 3]
        distance = offset.norm(dim=-1).clamp_min(1e-6)
        push = offset * ((least / distance).clamp_min(1.0) - 1.0)[..., None]
        return tuple(a.index_add(1, rows, push[..., k]) for k, a in enumerate((x, y, z)))  # type: ignore[return-value]

    def pose(self, values: Tensor | NDArray[np.float32]) -> Tensor:
        """Vertices of the posed head.

        Args:
            values: channel values [T, 63].

        Returns:
            float32 [T, V, 3], metres.

        Raises:
            InvalidInput: the wrong shape.
        """
        with _one_thread():
            v = self.values(values)
            return self._skin(v, self.shape(v))

    def _skin(self, v: Tensor, shape: Tensor) -> Tensor:
        """The head's joints applied to the face: metres [T, V, 3]."""
        turn = v[:, INDEX["headRotX"] : INDEX["headRotX"] + 3]
        shift = v[:, INDEX["headPosX"] : INDEX["headPosX"] + 3] / 1000.0
        head, neck = _rotation(turn), _rotation(turn * NECK_SHARE)
        # Each joint as p -> rotation @ p + move. The head turns fully about the top of the neck, wherever the neck put it.
        neck_move = self._neck - neck @ self._neck + shift * 0.5
        top = (neck @ self._head) + neck_move + shift * 0.5
        head_move = top - head @ self._head
        eyes = []
        for side in ("left", "right"):
            centre, gaze = self._eye_centre[side], self.gaze(v, side)
            eyes.append((head @ gaze, head @ (centre - gaze @ centre)[..., None]))
        eye = torch.eye(3, device=self.device).expand(len(v), 3, 3)
        still = torch.zeros_like(neck_move)
        rotations = torch.stack([eye, neck, head, eyes[0][0], eyes[1][0]], 1)  # [T, 5, 3, 3]
        moves = torch.stack([still, neck_move, head_move, eyes[0][1][..., 0] + head_move, eyes[1][1][..., 0] + head_move], 1)
        w = self._weights
        matrix = torch.einsum("vj,tjk->tvk", w, torch.cat([rotations.reshape(len(v), 5, 9), moves], -1))  # [T, V, 12]
        return (matrix[..., :9].reshape(len(v), -1, 3, 3) @ shape[..., None])[..., 0] + matrix[..., 9:]

    def gaze(self, values: Tensor, side: str) -> Tensor:
        """Rotation of one eye in the head, [T, 3, 3]; `side` is `left` or `right`, the character's."""
        get = lambda name: values[:, INDEX[f"eyeLook{name}{side.capitalize()}"]]  # noqa: E731
        outward = 1.0 if side == "left" else -1.0
        yaw = outward * (get("Out") - get("In")) * LOOK_SIDE_RAD
        pitch = get("Down") * LOOK_DOWN_RAD - get("Up") * LOOK_UP_RAD
        zero = torch.zeros_like(yaw)
        return _rotation(torch.stack([zero, yaw, zero], -1)) @ _rotation(torch.stack([pitch, zero, zero], -1))

    def lip_gap_mm(self, vertices: Tensor) -> Tensor:
        """Largest opening between the inner-lip contours over the middle half of the mouth, on posed vertices.

        Measured along the head's own up axis, which the upper teeth carry; 0 where the lips touch.

        Args:
            vertices: [T, V, 3] of `pose`, all of the head's vertices.

        Returns:
            millimetres [T].
        """
        if self._lips is None:
            raise InvalidInput("this rig poses no lips", "build it with only=None")
        teeth = self.asset.span("teeth_upper")
        here, rest = vertices[:, teeth], self._rest[teeth]
        here, rest = here - here.mean(1, keepdim=True), rest - rest.mean(0)
        u, _, vh = torch.linalg.svd(rest.T @ here)  # Kabsch: the rotation that takes the rest teeth to the posed ones
        u = torch.cat([u[..., :2], u[..., 2:] * torch.det(u @ vh)[:, None, None]], -1)
        up = (u @ vh)[:, 1]  # rows of R^T: where the rest's Y axis points now
        return self._middle_gap((vertices * up[:, None]).sum(-1))

    def _middle_gap(self, y: Tensor) -> Tensor:
        assert self._lips is not None
        gap = self._lips.gap(y)
        columns = gap.shape[1]
        edge = round(columns * (1 - _COLUMNS_OF_GAP) / 2)
        return gap[:, edge : columns - edge].amax(1).clamp_min(0.0) * 1000.0


class LipGauge:
    """Lip gap straight from channel values, fast: poses only the vertices of the lips.

    Args:
        asset: the head's arrays; Ada when None.
        device: torch device.
    """

    def __init__(self, asset: HeadAsset | None = None, device: str | torch.device = "cpu") -> None:
        asset = asset or ada.load()
        lips = asset.seams["lips"]
        needed = np.unique(np.concatenate([lips.upper.ravel(), lips.lower.ravel(), lips.vertices]))
        rings = np.unique(np.concatenate([lips.upper.ravel(), lips.lower.ravel()]))
        self._rig = HeadRig(asset, device, only=rings if len(rings) else needed)

    def __call__(self, values: Tensor | NDArray[np.float32]) -> Tensor:
        """Lip gap of channel values [T, 63]: millimetres [T], as `HeadRig.lip_gap_mm` measures it on posed vertices."""
        return self._rig._middle_gap(self._rig.shape(values)[..., 1])

    def mm(self, values: NDArray[np.float32], block: int = 4096) -> NDArray[np.float32]:
        """As a call, for long motion, in blocks of frames: float32 [T]."""
        with torch.no_grad(), _one_thread():
            return np.concatenate([self(values[i : i + block]).cpu().numpy() for i in range(0, len(values), block)])
