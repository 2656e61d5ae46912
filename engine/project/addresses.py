"""Curves by address, wherever they are kept: a line's own, and the camera's, which are the whole scene's.

A person edits the camera beside a line, so its keys are told in that line's time: `camera/yaw` of a line that starts at 2 s in
the scene has at 0 s what the scene has at 2 s. Keys before the line's start have negative times there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from engine.core.curves import Curve
from engine.core.errors import InvalidInput
from engine.project.document import Document, value_limits
from engine.project.stage import CAMERA_TRACK, SHOT_LIMITS, shot_fields


def is_camera(track: str) -> bool:
    """True for the address of one of the camera's numbers."""
    return track.startswith(CAMERA_TRACK)


def camera_field(track: str) -> str:
    """The number that an address such as `camera/yaw` names.

    Raises:
        InvalidInput: the camera has no such number.
    """
    name = track.removeprefix(CAMERA_TRACK)
    if name not in SHOT_LIMITS:
        raise InvalidInput(f"there is no track {track!r}", "use one of " + ", ".join(CAMERA_TRACK + n for n in SHOT_LIMITS))
    return name


def curve_at(document: Document, line_id: str, track: str) -> Curve:
    """The curve at an address in a line's time; without keys where there is none.

    Raises:
        InvalidInput: no such line or track.
    """
    line = document.line(line_id)
    if not is_camera(track):
        return line.curve(track)
    return _moved(document.stage.camera.get(camera_field(track), _NO_KEYS), -line.start_s)


def with_camera_curve(document: Document, line_id: str, track: str, curve: Curve) -> Document:
    """The document with one of the camera's curves replaced; keys that stay keep their times in the scene to the bit."""
    line, name = document.line(line_id), camera_field(track)
    old = document.stage.camera.get(name, _NO_KEYS)
    there = dict(zip(_moved(old, -line.start_s).keys, old.keys, strict=True))
    keys = [there[k] if k in there else replace(k, time_s=k.time_s + line.start_s) for k in curve.keys]
    camera = {n: c for n, c in document.stage.camera.items() if n != name}
    if keys:
        camera[name] = Curve.from_keys(keys)
    return replace(document, stage=replace(document.stage, camera=camera))


def limits_at(document: Document, line_id: str, track: str) -> tuple[float, float]:
    """Smallest and largest value a key at an address may have."""
    return SHOT_LIMITS[camera_field(track)] if is_camera(track) else value_limits(document.line(line_id), track)


def rest_at(document: Document, track: str) -> float:
    """What a number of the camera is worth without keys."""
    return float(getattr(document.stage.shot, camera_field(track)))


def camera_curves(document: Document, line_id: str) -> dict[str, Curve]:
    """The camera's curves that have keys, by address, in a line's time."""
    camera = document.stage.camera
    return {CAMERA_TRACK + n: curve_at(document, line_id, CAMERA_TRACK + n) for n in shot_fields() if n in camera and camera[n].keys}


_NO_KEYS = Curve()


@lru_cache(maxsize=64)
def _moved(curve: Curve, delta_s: float) -> Curve:
    """One and the same curve for the same question, so that views know it again."""
    return curve.moved(delta_s) if delta_s else curve
