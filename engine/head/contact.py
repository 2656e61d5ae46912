"""Whether a posed face passes through itself, measured on its triangles: eyes through lids, teeth through lips, lips and lids that do not meet.

Everything is measured on the face in its own frame (`HeadRig.shape`), against the channels' own eyes and teeth, and not by what the rig believes it
corrected: triangles are sampled between their vertices, teeth between theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.core.channels import ARKIT, AUX, CHANNELS, INDEX
from engine.head import eyeball
from engine.head.ada import PARTS, HeadAsset
from engine.head.barriers import SIDES
from engine.head.rig import HeadRig

Array = NDArray[np.float32]

_LIDS_REACH = 1.2  # of the eyeball's radius
_ROUND_TEETH_M, _BEHIND_TEETH_M, _TIP_M, _LEAST_DEPTH_M = 0.020, 0.025, 0.010, 0.005
POSES, SEED = 200, 20261121
_PAIRS = (
    "eyeBlink+eyeWide", "eyeBlink+eyeSquint", "eyeSquint+eyeWide", "eyeBlink+browDown", "eyeBlink+browOuterUp", "eyeBlink+cheekSquint", "eyeWide+browDown",
    "eyeBlink+eyeLookUp", "eyeBlink+eyeLookDown", "eyeBlink+eyeLookIn", "eyeBlink+eyeLookOut", "eyeWide+eyeLookUp", "eyeWide+eyeLookDown",
    "eyeSquint+eyeLookIn", "eyeSquint+eyeLookOut", "eyeLookUp+eyeLookDown", "jawOpen+mouthClose", "mouthSmile+mouthFrown", "mouthPucker+mouthStretch",
    "mouthFunnel+mouthPress", "mouthFunnel+mouthClose", "mouthPucker+mouthSmile", "mouthRollLower+mouthRollUpper", "mouthRollLower+jawOpen",
    "mouthRollUpper+jawOpen", "mouthRollLower+mouthLowerDown", "mouthRollUpper+mouthUpperUp", "mouthShrugLower+mouthShrugUpper",
    "mouthShrugLower+mouthRollLower", "mouthShrugUpper+mouthRollUpper", "mouthPress+mouthRollLower", "mouthPress+mouthStretch", "mouthPress+jawOpen",
    "mouthUpperUp+mouthLowerDown", "mouthUpperUp+mouthPress", "mouthLowerDown+mouthShrugLower", "mouthDimple+mouthPucker", "mouthStretch+mouthFunnel",
    "jawForward+mouthRollLower", "jawForward+mouthRollUpper", "jawForward+mouthPress", "jawForward+jawOpen", "jawLeft+jawRight", "jawLeft+jawOpen",
    "jawRight+mouthLeft", "jawLeft+mouthRight", "mouthLeft+mouthRight", "mouthLeft+mouthPress", "noseSneer+mouthRollUpper", "cheekPuff+mouthPress",
    "cheekPuff+mouthPucker", "tongueOut+mouthClose", "tongueOut+mouthPress", "tongueOut+jawOpen", "tongueOut+mouthFunnel",
    "tongueTipForward+mouthClose", "tongueTipForward+jawOpen", "tongueTipUp+tongueOut", "jawForward+mouthShrugUpper", "mouthFrown+mouthRollLower",
)  # fmt: skip


def stress_poses(count: int = POSES, seed: int = SEED) -> Array:
    """Poses that ask too much of a face, float32 [count, 63]: every channel at 1, pairs that pull against each other, random corners of the cube."""
    rows = [{name: 1.0} for name in CHANNELS if not name.startswith("head")]
    rows += [{name: 1.0 for part in pair.split("+") for name in CHANNELS if name in (part, part + "Left", part + "Right")} for pair in _PAIRS]
    out = np.zeros((count, len(CHANNELS)), np.float32)
    for i, row in enumerate(rows[:count]):
        out[i, [INDEX[name] for name in row]] = 1.0
    if count > len(rows):
        random = np.random.default_rng(seed)
        free = [INDEX[name] for name in (*ARKIT, *AUX)]
        out[len(rows) :, free] = random.random((count - len(rows), len(free))) < 0.5
    return out


@dataclass(frozen=True, eq=False)
class Contact:
    """What was measured of T poses, millimetres [T] each; 0 where all is well.

    Args:
        eyes: how deep the outside of a lid lies in the eyeball or its cornea.
        teeth: how far a tooth stands out of the lips' or the face's outside.
        tongue: how far the tongue stands out of a face whose lips the channels close; nan in poses that do not.
        lip_gap: the widest opening between lips that the channels close; nan in poses that do not.
        lip_overlap: how far the lips pass each other.
        lid_gap: the widest opening between lids whose blink is 1; nan in poses without.
    """

    eyes: Array
    teeth: Array
    tongue: Array
    lip_gap: Array
    lip_overlap: Array
    lid_gap: Array


def _lattice(steps: int) -> Array:
    """Barycentric coordinates [P, 3] of an even lattice over a triangle."""
    rows = [(i, j, steps - i - j) for i in range(steps + 1) for j in range(steps + 1 - i)]
    return (np.array(rows) / steps).astype(np.float32)


class Gauge:
    """Measures the poses of one rig.

    Args:
        rig: poses all of a head.
    """

    def __init__(self, rig: HeadRig) -> None:
        self.rig = rig
        head = self.head = rig.asset
        skin = head.faces[head.face_part == 0]
        lining = np.zeros(len(head.vertices), bool)
        for vertices in head.lining.values():
            lining[vertices] = True
        inside = lining[skin].any(1)
        p = head.vertices
        self._lids = {
            side: skin[~inside & (np.linalg.norm(p[skin] - head.joints[f"eye_{side}"], axis=-1).min(1) < 2 * head.eye_radius_m)] for side in ("left", "right")
        }
        teeth = p[head.span("teeth_upper").start : head.span("teeth_lower").stop]
        low, high = teeth.min(0) - _ROUND_TEETH_M, teeth.max(0) + _ROUND_TEETH_M
        near = ((p[skin] > low) & (p[skin] < high)).all(-1).any(1)
        self._outside = skin[near & ~inside]
        self._teeth = np.concatenate([_front(head, jaw) for jaw in ("upper", "lower")])
        self._behind_m = float(teeth[:, 2].min()) - _BEHIND_TEETH_M

    def __call__(self, values: Array) -> Contact:
        """Measures channel values [T, 63]."""
        with torch.no_grad():
            v = self.rig.values(values)
            shape = self.rig.shape(v)
            sealed = (self.rig.seal(v) > 0.999).numpy()
            blinks = {side: values[:, INDEX[f"eyeBlink{side.capitalize()}"]] >= 1.0 for side in SIDES}
            gazes = {side: self.rig.gaze(v, side)[:, :, 2].numpy() for side in blinks}
            lips = self.rig.openings(shape, "lips").numpy() * 1000
            lids = {side: self.rig.openings(shape, f"lids_{side}").numpy() * 1000 for side in blinks}
        points = shape.numpy()
        teeth = np.array([self._mouth(p) for p in points], np.float32).reshape(-1, 2) * 1000
        shut = np.stack([np.where(blinks[side], lids[side].max(1), np.nan) for side in blinks])
        return Contact(
            eyes=np.stack([self._eye(points, side, gazes[side]) for side in gazes]).max(0),
            teeth=teeth[:, 0],
            tongue=np.where(sealed, teeth[:, 1], np.nan),
            lip_gap=np.where(sealed, np.maximum(lips.max(1), 0), np.nan),
            lip_overlap=np.maximum(-lips.min(1), 0),
            lid_gap=np.fmax(shut[0], shut[1]),
        )

    def _eye(self, points: Array, side: str, gaze: Array) -> Array:
        """How deep the lids lie in one eye, millimetres [T]."""
        centre = self.head.joints[f"eye_{side}"]
        radius = eyeball.radius_m(self.head, side)
        corners = points[:, self._lids[side]] - centre  # [T, F, 3, 3]
        near = np.linalg.norm(corners, axis=-1).min((0, 2)) < radius * _LIDS_REACH
        offset = np.einsum("pk,tfkc->tfpc", _lattice(4), corners[:, near])
        distance = np.linalg.norm(offset, axis=-1)
        cosine = np.einsum("tfpc,tc->tfp", offset, gaze) / distance
        surface = eyeball.height(cosine) * (radius / eyeball.RADIUS_MM)
        return np.maximum((surface - distance).reshape(len(points), -1).max(1, initial=0.0), 0.0) * 1000

    def _mouth(self, points: Array) -> tuple[float, float]:
        """How far teeth and the tongue stand out of the face, metres, of one pose [V, 3]."""
        teeth = np.einsum("pk,fkc->fpc", _lattice(3), points[self._teeth]).reshape(-1, 3)
        tongue = points[self.head.span("tongue")]
        at = np.concatenate([teeth, tongue[tongue[:, 2] > teeth[:, 2].max() - _TIP_M]])
        out = np.maximum(self._out_of(points[self._outside], at), 0.0)
        return float(out[: len(teeth)].max()), float(out[len(teeth) :].max(initial=0.0))

    def _out_of(self, triangles: Array, at: Array) -> Array:
        """How far points [S, 3] lie before the foremost of these triangles [F, 3, 3] on the ray from behind the teeth, metres; -inf without one.

        Only triangles that face forward count.
        """
        flat = lambda p: (p[..., 0] / np.maximum(p[..., 2] - self._behind_m, 1e-3), p[..., 1], p[..., 2] - self._behind_m)  # noqa: E731
        (tu, ty, tz), (u, y, z) = flat(triangles), flat(at)
        near = (
            (tz.min(1) > _LEAST_DEPTH_M)
            & (_area(tu, ty) > 1e-9)
            & (tu.max(1) > u.min())
            & (tu.min(1) < u.max())
            & (ty.max(1) > y.min())
            & (ty.min(1) < y.max())
        )
        tu, ty, tz = tu[near], ty[near], tz[near]
        area = _area(tu, ty)
        # Barycentric coordinates of every point in every triangle; depth along a ray is linear in 1 / depth for planes, near enough in depth here.
        w0 = ((tu[:, 1] - u[:, None]) * (ty[:, 2] - y[:, None]) - (tu[:, 2] - u[:, None]) * (ty[:, 1] - y[:, None])) / area
        w1 = ((tu[:, 2] - u[:, None]) * (ty[:, 0] - y[:, None]) - (tu[:, 0] - u[:, None]) * (ty[:, 2] - y[:, None])) / area
        w2 = 1.0 - w0 - w1
        hit = (w0 >= 0) & (w1 >= 0) & (w2 >= 0)
        depth = np.where(hit, w0 * tz[:, 0] + w1 * tz[:, 1] + w2 * tz[:, 2], -np.inf).max(1, initial=-np.inf)
        return np.where(np.isfinite(depth), (z - depth) * np.sqrt(1 + u**2), -np.inf)


def _area(u: Array, y: Array) -> Array:
    """Signed area (twice) of triangles in the plane of rays, positive where they face forward, [F]."""
    return (u[:, 1] - u[:, 0]) * (y[:, 2] - y[:, 0]) - (u[:, 2] - u[:, 0]) * (y[:, 1] - y[:, 0])


def _front(head: HeadAsset, jaw: str) -> NDArray[np.int64]:
    """Triangles [F, 3] of the front of one row of teeth."""
    faces = head.faces[head.face_part == PARTS.index(f"teeth_{jaw}")]
    p = head.vertices[faces]
    normal = np.cross(p[:, 1] - p[:, 0], p[:, 2] - p[:, 0])
    return faces[np.abs(normal[:, 1]) < 0.4 * np.linalg.norm(normal, axis=1)]
