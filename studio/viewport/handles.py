"""What the handles over the picture do: a drag in pixels becomes values of the rig's channels. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QT_TRANSLATE_NOOP

from engine.core.channels import INDEX, limits, mirror
from studio.viewport.landmarks import GAZE_AHEAD_M, NAMES, projected

if TYPE_CHECKING:
    from engine.render.camera import Camera

_LOOK_RAD = (0.489, 0.349, 0.419)  # the eyes' turn at 1: to the side, up, down (`engine.head.rig`)
# Metres by which the forehead moves per radian: it turns about the top of the neck, and the neck makes its share below.
_HEAD_MOVES = {"headRotX": (0.0, -0.119, 0.136), "headRotY": (0.119, 0.0, 0.0), "headRotZ": (-0.136, 0.0, 0.0)}
_RIDGE_PX = 6.0  # a channel that moves the handle less than this in the picture hardly counts


@dataclass(frozen=True)
class Axis:
    """Channels that move a handle one way, and those that move it the other.

    Args:
        plus: raised by a drag along the first one's movement.
        minus: raised by a drag against it; where there are none, `plus` falls.
    """

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Handle:
    """One handle.

    Args:
        name: out of `landmarks.NAMES`.
        title: for people, in English.
        axes: what it moves.
        paired: it has a partner on the other side, which may be moved with it.
    """

    name: str
    title: str
    axes: tuple[Axis, ...]
    paired: bool = False

    @property
    def channels(self) -> tuple[str, ...]:
        """All channels it moves."""
        return tuple(dict.fromkeys(c for axis in self.axes for c in (*axis.plus, *axis.minus)))


def _brows(side: str, part: str) -> tuple[Axis, ...]:
    return (Axis(("browInnerUp",) if part == "inner" else (f"browOuterUp{side}",), (f"browDown{side}",)),)


def _corner(side: str) -> tuple[Axis, ...]:
    return (Axis((f"mouthSmile{side}",), (f"mouthFrown{side}",)), Axis((f"mouthStretch{side}",), ("mouthPucker",)))


_TITLES = {
    "head": QT_TRANSLATE_NOOP("Handles", "Head"),
    "gaze": QT_TRANSLATE_NOOP("Handles", "Gaze"),
    "jaw": QT_TRANSLATE_NOOP("Handles", "Jaw"),
    "brow_inner_left": QT_TRANSLATE_NOOP("Handles", "Inner brow, left"),
    "brow_inner_right": QT_TRANSLATE_NOOP("Handles", "Inner brow, right"),
    "brow_outer_left": QT_TRANSLATE_NOOP("Handles", "Outer brow, left"),
    "brow_outer_right": QT_TRANSLATE_NOOP("Handles", "Outer brow, right"),
    "lip_corner_left": QT_TRANSLATE_NOOP("Handles", "Lip corner, left"),
    "lip_corner_right": QT_TRANSLATE_NOOP("Handles", "Lip corner, right"),
}
_GAZE = (
    Axis(("eyeLookOutLeft", "eyeLookInRight"), ("eyeLookInLeft", "eyeLookOutRight")),
    Axis(("eyeLookUpLeft", "eyeLookUpRight"), ("eyeLookDownLeft", "eyeLookDownRight")),
)
_AXES: dict[str, tuple[Axis, ...]] = {
    "head": (Axis(("headRotY",)), Axis(("headRotX",)), Axis(("headRotZ",))),
    "gaze": _GAZE,
    "jaw": (Axis(("jawOpen",)), Axis(("jawLeft",), ("jawRight",)), Axis(("jawForward",))),
    **{f"brow_{part}_{side.lower()}": _brows(side, part) for part in ("inner", "outer") for side in ("Left", "Right")},
    **{f"lip_corner_{side.lower()}": _corner(side) for side in ("Left", "Right")},
}
HANDLES: dict[str, Handle] = {name: Handle(name, str(_TITLES[name]), _AXES[name], name.endswith(("left", "right"))) for name in NAMES}


@dataclass(frozen=True, eq=False)
class Grab:
    """A handle that is held: what is needed to turn the pointer's way into values.

    Args:
        handle: which.
        point: float32 [3] where it was when it was taken.
        start: channel values [63] then.
        moves: metres per unit of each channel at each handle, [H, 3] by channel (`Landmarks.moves`).
        camera: from where it is seen.
        size: of the picture on screen, pixels.
    """

    handle: Handle
    point: NDArray[np.float32]
    start: NDArray[np.float32]
    moves: Mapping[str, NDArray[np.float32]]
    camera: Camera
    size: tuple[int, int]

    def values(self, drag: tuple[float, float], roll: bool = False, mirrored: bool = False) -> dict[str, float]:
        """Values that take the handle along.

        Args:
            drag: of the pointer since it was taken, pixels to the right and down.
            roll: the head tilts instead of turning.
            mirrored: the other side does the same.

        Returns:
            Values of the channels that the handle moves, within their limits, by name.
        """
        axes = self.handle.axes
        if self.handle.name == "head":
            axes = axes[2:] if roll else axes[:2]
        amounts = self._looks(drag) if self.handle.name == "gaze" else self._amounts(drag, axes)
        changes: dict[str, float] = {} if self.handle.name != "head" else dict.fromkeys(self.handle.channels, 0.0)
        for axis, amount in zip(axes, amounts, strict=True):
            for channel, change in self._shared(axis, amount).items():
                changes[channel] = changes.get(channel, 0.0) + change
        if mirrored and self.handle.paired:
            changes.update({mirror(c): change for c, change in changes.items()})
        return {c: _held(c, float(self.start[INDEX[c]]) + change) for c, change in changes.items()}

    def _px_per_m(self) -> float:
        shifted = np.stack([self.point, self.point + 0.01 * self.camera.axes[1]])
        a, b = projected(shifted, self.camera, self.size)
        return float(np.linalg.norm(b - a)) * 100.0

    def _looks(self, drag: tuple[float, float]) -> list[float]:
        """Turns of the eyes to the side and up, in units of their channels."""
        right, up = drag[0] / self._px_per_m(), -drag[1] / self._px_per_m()
        way = right * self.camera.axes[0] + up * self.camera.axes[1]
        side, height = float(way[0]) / GAZE_AHEAD_M, float(way[1]) / GAZE_AHEAD_M
        return [side / _LOOK_RAD[0], height / _LOOK_RAD[1 if height > 0 else 2]]

    def _amounts(self, drag: tuple[float, float], axes: tuple[Axis, ...]) -> list[float]:
        """How far along each axis: the smallest changes that bring the handle to the pointer."""
        ways = np.stack([self._way(axis.plus[0]) for axis in axes], 1)  # [2, N]
        inverse = ways.T @ np.linalg.inv(ways @ ways.T + _RIDGE_PX**2 * np.eye(2))
        amounts = inverse @ np.array(drag)
        for k, axis in enumerate(axes):
            if amounts[k] < 0 and axis.minus:
                there, back = (float(np.linalg.norm(self._way(c))) for c in (axis.plus[0], axis.minus[0]))
                amounts[k] *= min(there / max(back, _RIDGE_PX), 4.0)
        return [float(a) for a in amounts]

    def _way(self, channel: str) -> NDArray[np.float32]:
        """Pixels [2] by which the handle moves while a channel goes from 0 to 1."""
        move = np.array(_HEAD_MOVES[channel]) if channel in _HEAD_MOVES else self.moves[channel][NAMES.index(self.handle.name)]
        a, b = projected(np.stack([self.point, self.point + move]), self.camera, self.size)
        way: NDArray[np.float32] = b - a
        return way

    def _shared(self, axis: Axis, amount: float) -> dict[str, float]:
        """Changes of an axis's channels: what pulls the other way is let go first."""
        if not axis.minus:
            return dict.fromkeys(axis.plus, amount)
        up, down = (axis.plus, axis.minus) if amount >= 0 else (axis.minus, axis.plus)
        let_go = min(abs(amount), float(np.mean([self.start[INDEX[c]] for c in down])))
        return {**dict.fromkeys(down, -let_go), **dict.fromkeys(up, abs(amount) - let_go)}


def _held(channel: str, value: float) -> float:
    low, high = limits(channel)
    return min(max(value, low), high)
