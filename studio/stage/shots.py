"""The shot of the document as a camera of the renderer, and back; framings by name."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import numpy as np

from engine import staging
from engine.project.stage import SHOT_LIMITS, Shot
from studio.panels.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.render.camera import Camera

FILM_MM = 24.0  # height of the film that focal lengths are told for
_DIGITS = 6  # of numbers that come out of a camera: what is less is noise of the angles' units

# Framings by name, with their titles.
FRAMINGS: dict[str, str] = {
    "front": QT_TRANSLATE_NOOP("Framing", "Front"), "three-quarter": QT_TRANSLATE_NOOP("Framing", "Three-quarter"),
    "profile": QT_TRANSLATE_NOOP("Framing", "Profile"), "wide": QT_TRANSLATE_NOOP("Framing", "Wide"), "close": QT_TRANSLATE_NOOP("Framing", "Close-up"),
    "mouth": QT_TRANSLATE_NOOP("Framing", "Mouth"), "eyes": QT_TRANSLATE_NOOP("Framing", "Eyes"),
}  # fmt: skip


def focal_mm(fov_rad: float) -> float:
    """Focal length on 24 x 36 mm film of a vertical angle of view."""
    return FILM_MM / 2 / math.tan(fov_rad / 2)


def camera_of(shot: Shot) -> Camera:
    """The renderer's camera for a shot."""
    from engine.render.camera import Camera

    return Camera.of(shot)


def shot_of(camera: Camera, like: Shot) -> Shot:
    """The shot that a camera takes, within what a shot can be; a number that is what it was stays so to the bit.

    Args:
        camera: any.
        like: the shot before.
    """
    camera = _about_the_shots_target(camera)
    given = {
        "yaw": math.degrees(math.remainder(camera.yaw_rad, math.tau)), "pitch": math.degrees(camera.pitch_rad),
        "roll": math.degrees(camera.roll_rad), "distance": camera.distance_m, "right": camera.pan_m[0], "up": camera.pan_m[1],
        "focal": focal_mm(camera.fov_rad),
    }  # fmt: skip
    return replace(like, **{n: kept(n, v, getattr(like, n)) for n, v in given.items()})


def _about_the_shots_target(camera: Camera) -> Camera:
    """The same view with a shift of the picture in the place of another target."""
    from engine.render.camera import TARGET

    if camera.target == TARGET:
        return camera
    across = camera.axes @ (np.array(camera.target, np.float64) - np.array(TARGET))
    pan = (camera.pan_m[0] + float(across[0]), camera.pan_m[1] + float(across[1]))
    return replace(camera, target=TARGET, pan_m=pan, distance_m=camera.distance_m + float(across[2]))


def kept(name: str, value: float, before: float) -> float:
    """A number of a shot, within its limits; as it was where it differs by noise alone."""
    low, high = SHOT_LIMITS[name]
    value = round(min(max(value, low), high), _DIGITS)
    return before if abs(value - before) < 10**-_DIGITS else value


def framed(name: str, now: Shot) -> Shot:
    """A framing by name; of one with two sides the other, where the first is what there is now. The lens stays, the head as large."""
    made = staging.FRAMINGS[name]
    made = replace(made, focal=now.focal, distance=within("distance", made.distance * now.focal / made.focal))
    if made == now and made.yaw:
        made = replace(made, yaw=-made.yaw, right=-made.right)
    return made


def within(name: str, value: float) -> float:
    """A number of a shot, within its limits."""
    low, high = SHOT_LIMITS[name]
    return min(max(value, low), high)


def differences(new: Shot, old: Shot) -> dict[str, float]:
    """The numbers of a shot that another has differently."""
    return {f.name: getattr(new, f.name) for f in fields(Shot) if getattr(new, f.name) != getattr(old, f.name)}
