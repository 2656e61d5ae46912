"""The rig: channel values to vertices, in torch, batched, differentiable, on any device.

Blendshapes add up; then lips and lids are made to meet where they must and to part where they would interpenetrate
(`barriers`), lips are kept in front of the teeth and lids outside the eyeballs, eyes turn about their centres, and neck and head are skinned.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.core.channels import CHANNELS, INDEX
from engine.core.errors import InvalidInput
from engine.head import ada
from engine.head.ada import HeadAsset
from engine.head.barriers import SIDES, Barriers, Wanted, one_thread, smooth

_Bone = tuple[Tensor, Tensor]

# How far the eyes turn at 1, radians: the range in which ARKit's look coefficients reach 1.
LOOK_SIDE_RAD, LOOK_UP_RAD, LOOK_DOWN_RAD = math.radians(28), math.radians(20), math.radians(24)
TONGUE_OUT = ("tongueOut", "tongueTipForward")  # the channels that put the tongue out of the mouth
NECK_SHARE = 0.4  # of the head's rotation that the neck below it makes
LEAST_JAW = 0.03  # jawOpen below which mouthClose alone decides whether the lips are sealed
_COLUMNS_OF_GAP = 0.5  # the middle half of the mouth


def _rotation(axis_angle: Tensor) -> Tensor:
    """Rotation matrices [T, 3, 3] of axis-angle vectors [T, 3] (Rodrigues)."""
    angle = axis_angle.square().sum(-1).add(1e-16).sqrt()[:, None, None]
    x, y, z = axis_angle.unbind(-1)
    zero = torch.zeros_like(x)
    k = torch.stack([zero, -z, y, z, zero, -x, -y, x, zero], -1).view(-1, 3, 3)
    return torch.eye(3, device=k.device, dtype=k.dtype) + torch.sin(angle) / angle * k + (1 - torch.cos(angle)) / angle.square() * (k @ k)


class _Bones:
    """Applies neck, head and eyes to the face: most of it is carried by one bone alone."""

    def __init__(self, weights: NDArray[np.float32], device: torch.device) -> None:
        eyes = [np.flatnonzero(weights[:, 3 + i] > 0.5) for i in range(2)]
        mixed = np.flatnonzero((weights[:, 2] < 1.0) & (weights[:, 3:].max(1) <= 0.5))
        parts = [mixed, *eyes]
        self._counts = [len(p) for p in parts]
        self._rows = torch.from_numpy(np.concatenate(parts)).to(device)
        self._weights = torch.from_numpy(np.ascontiguousarray(weights[mixed, :3].T)).to(device)  # [3, M] of torso, neck, head

    def skin(self, face: Tensor, neck: _Bone, head: _Bone, eyes: list[_Bone]) -> Tensor:
        """Posed vertices [T, 3, V] of `face` [T, 3, V]; each bone as a rotation [T, 3, 3] and a move [T, 3]."""
        carried = lambda at, bone: torch.baddbmm(bone[1][:, :, None], bone[0], at)  # noqa: E731
        out = carried(face, head)
        if not len(self._rows):
            return out
        mixed, *balls = face.index_select(2, self._rows).split(self._counts, 2)
        torso_w, neck_w, head_w = self._weights
        moved = [torso_w * mixed + neck_w * carried(mixed, neck) + head_w * carried(mixed, head)]
        moved += [carried(ball, bone) for ball, bone in zip(balls, eyes, strict=True)]
        return out.index_copy(2, self._rows, torch.cat(moved, 2))


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
        row = torch.arange(count)
        if only is not None:
            row = torch.full((count,), -1, dtype=torch.int64)
            row[torch.from_numpy(np.asarray(only))] = torch.arange(len(only))
        chosen = slice(None) if only is None else np.asarray(only)
        self.vertex_count = count if only is None else len(only)
        self._rest = torch.from_numpy(np.ascontiguousarray(a.vertices[chosen].T).reshape(-1)).to(self.device)
        units = np.ascontiguousarray(a.units.transpose(0, 2, 1)[:, :, chosen])
        self._units = torch.from_numpy(units.reshape(len(a.unit_names), -1)).to(self.device)
        self._unit_columns = torch.tensor([INDEX[n] for n in a.unit_names], device=self.device)
        self._tongue_columns = [INDEX[n] for n in TONGUE_OUT]
        self._eye_centre = {side: torch.from_numpy(a.joints[f"eye_{side}"]).to(self.device) for side in SIDES}
        self._neck, self._head = (torch.from_numpy(a.joints[n]).to(self.device) for n in ("neck", "head"))
        self._bones = _Bones(a.skin_weights[chosen], self.device)
        self._barriers = Barriers(a, row, a.size * units[[a.unit_names.index(n) for n in TONGUE_OUT]], self.device)

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
        return self._face(self.values(values)).transpose(1, 2).contiguous()

    def _face(self, v: Tensor) -> Tensor:
        """As `shape`, as [T, 3, V]."""
        face = torch.addmm(self._rest, v[:, self._unit_columns], self._units, alpha=self.asset.size).view(len(v), 3, self.vertex_count)
        shut = {side: smooth(v[:, INDEX[f"eyeBlink{side.capitalize()}"]], 0.6) for side in SIDES}
        gaze = {side: self.gaze(v, side)[:, :, 2] for side in SIDES}
        return self._barriers.keep(face, Wanted(self.seal(v), shut, gaze, v[:, self._tongue_columns]))

    def seal(self, values: Tensor) -> Tensor:
        """How far the lips are held together, 0 to 1 [T]: mouthClose against jawOpen, as ARKit uses the pair."""
        ratio = values[:, INDEX["mouthClose"]] / values[:, INDEX["jawOpen"]].clamp_min(LEAST_JAW)
        return smooth(ratio, 0.5)

    def pose(self, values: Tensor | NDArray[np.float32]) -> Tensor:
        """Vertices of the posed head.

        Args:
            values: channel values [T, 63].

        Returns:
            float32 [T, V, 3], metres.

        Raises:
            InvalidInput: the wrong shape.
        """
        with one_thread():
            v = self.values(values)
            return self._skin(v, self._face(v)).transpose(1, 2).contiguous()

    def _skin(self, v: Tensor, face: Tensor) -> Tensor:
        """The head's joints applied to the face [T, 3, V]: metres [T, 3, V]."""
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
        return self._bones.skin(face, (neck, neck_move), (head, head_move), [(m, t[..., 0] + head_move) for m, t in eyes])

    def gaze(self, values: Tensor, side: str) -> Tensor:
        """Rotation of one eye in the head, [T, 3, 3]; `side` is `left` or `right`, the character's."""
        get = lambda name: values[:, INDEX[f"eyeLook{name}{side.capitalize()}"]]  # noqa: E731
        outward = 1.0 if side == "left" else -1.0
        yaw = outward * (get("Out") - get("In")) * LOOK_SIDE_RAD
        pitch = get("Down") * LOOK_DOWN_RAD - get("Up") * LOOK_UP_RAD
        zero = torch.zeros_like(yaw)
        return _rotation(torch.stack([zero, yaw, zero], -1)) @ _rotation(torch.stack([pitch, zero, zero], -1))

    def openings(self, shape: Tensor, seam: str) -> Tensor:
        """Signed openings of the `lips`, `lids_left` or `lids_right` at the columns of the seam; negative where the edges pass each other.

        Args:
            shape: of `shape`, [T, V, 3].
            seam: which.

        Returns:
            metres [T, C].

        Raises:
            InvalidInput: the rig poses only some of the seam.
        """
        meeting = self._barriers.meetings.get(seam)
        if meeting is None:
            raise InvalidInput(f"this rig poses no {seam}", "build it with only=None")
        return meeting.gap(shape[..., self._barriers.rows, 1])

    def lip_gap_mm(self, vertices: Tensor) -> Tensor:
        """Largest opening between the inner-lip contours over the middle half of the mouth, on posed vertices.

        Measured along the head's own up axis, which the upper teeth carry; 0 where the lips touch.

        Args:
            vertices: [T, V, 3] of `pose`, all of the head's vertices.

        Returns:
            millimetres [T].
        """
        if "lips" not in self._barriers.meetings:
            raise InvalidInput("this rig poses no lips", "build it with only=None")
        teeth = self.asset.span("teeth_upper")
        here, rest = vertices[:, teeth], torch.from_numpy(self.asset.vertices[teeth]).to(self.device)
        here, rest = here - here.mean(1, keepdim=True), rest - rest.mean(0)
        u, _, vh = torch.linalg.svd(rest.T @ here)  # Kabsch: the rotation that takes the rest teeth to the posed ones
        u = torch.cat([u[..., :2], u[..., 2:] * torch.det(u @ vh)[:, None, None]], -1)
        up = (u @ vh)[:, 1]  # rows of R^T: where the rest's Y axis points now
        rows = self._barriers.rows
        return self._middle_gap((vertices[:, rows] * up[:, None]).sum(-1))

    def _middle_gap(self, y: Tensor) -> Tensor:
        """Of heights [T, M] of the barriers' rows."""
        gap = self._barriers.meetings["lips"].gap(y)
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
        return self._rig._middle_gap(self._rig._face(self._rig.values(values))[:, 1, self._rig._barriers.rows])

    def mm(self, values: NDArray[np.float32], block: int = 4096) -> NDArray[np.float32]:
        """As a call, for long motion, in blocks of frames: float32 [T]."""
        with torch.no_grad(), one_thread():
            return np.concatenate([self(values[i : i + block]).cpu().numpy() for i in range(0, len(values), block)])
