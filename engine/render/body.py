"""The buffer that most parts of a head are drawn from: points, normals, the light that reaches them, and creases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.head.look import LightChange, Look
from engine.head.wrinkles import Creases
from engine.render.frame import Pose
from engine.render.shading import harmonics

_OPEN_MM = 9.0  # the mouth counts as open

# Of the buffer that changes every frame, then of the one that stays: attributes in the order of their locations.
BODY_WIDTHS, STATIC_WIDTHS = (3, 3, 4, 2), (2, 4)
BODY_ATTRIBUTES = ("position", "normal", "light", "crease", "uv", "extra")


class BodyMaker:
    """Makes the body buffer, float32 [N, 12]: position, normal, light (of key, fill and rim lamp and of the surroundings), crease.

    Args:
        look: what is drawn.
    """

    def __init__(self, look: Look) -> None:
        self._look = look
        self._creases = Creases(look)
        head = look.head
        torso = look.blend @ head.skin_weights[:, 0]
        self._in_head = (1 - torso[look.light_points]).astype(np.float32)[:, None]
        self._on_torso = np.flatnonzero(self._in_head[:, 0] < 1)
        self._on_left = (look.blend @ head.vertices[:, 0])[look.light_points] > 0

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer of a pose."""
        light = np.zeros((len(pose.points), 4), np.float32)
        light[self._look.light_points] = self._surroundings(pose)
        return np.concatenate([pose.points, pose.normals, light, self._creases(pose.values)], 1, dtype=np.float32)[self._look.source]

    def _surroundings(self, pose: Pose) -> NDArray[np.float32]:
        """Shadow of key, fill and rim light and share of ambient light at the lit points, float32 [L, 4]."""
        look = self._look
        known = look.light.copy()
        opened = float(np.clip(pose.gap_mm / _OPEN_MM, 0, 1))
        if opened > 0:
            known[look.mouth_open.rows] += opened * look.mouth_open.change
        if max(pose.shut.values()) > 0.02:
            known[look.eyes_shut.rows] += self._shut_share(look.eyes_shut, pose.shut) * look.eyes_shut.change
        on_head, on_torso = harmonics(pose.lights @ pose.head), harmonics(pose.lights)
        # Not a matrix product: its threads would wait for one another longer than this takes.
        out = np.empty((len(known), 4), np.float32)
        np.einsum("lk,dk->ld", known[:, :9], on_head, out=out[:, :3])
        still = self._on_torso
        away = 1 - self._in_head[still]
        out[still, :3] += away * (np.einsum("lk,dk->ld", known[still, :9], on_torso) - out[still, :3])
        out[:, 3] = known[:, 9]
        return out

    def _shut_share(self, change: LightChange, shut: dict[str, float]) -> NDArray[np.float32]:
        return np.where(self._on_left[change.rows], shut["left"], shut["right"]).astype(np.float32)[:, None]
