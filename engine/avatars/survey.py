"""A first look at a video before it is tracked: whether a face is there, whose, how large, which way up, in what light; told before hours are spent.

Some pictures spread over the video are looked at by the detector alone, so this takes a second or two however long the video is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.landmarks import Face
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job

LOOKS, MORE_LOOKS, MOST_LOOKS = 9, 32, 360  # pictures; the others only where no face is in the first
DARK = 45.0  # of 255, the face's middle brightness
SMALL_PX = 64.0  # of the face's width
SIDE_EYES = (33, 263)  # outer corners of the right and the left eye
_RIVAL = 0.6  # of the largest face: as large as this, another one may be meant
_FLAT = 0.72  # share of neighbouring pixels of the very same colour, from which on a face looks drawn
_LONG_S = 600.0  # a video in which a face may be for a short while only
_SAME_PLACE = 0.75  # of a face's size: nearer than this it is the same person in two pictures

Picture = NDArray[np.uint8]
FindFaces = Callable[[Picture], Sequence[Face]]


@dataclass(frozen=True)
class Survey:
    """What a first look told.

    Args:
        quarters: clockwise quarter turns by which the face is turned in the picture: 0 upright, 2 upside down.
        width_px: of the face, middle of the looks.
        faces: how many people were seen at once, at most.
        seen: in how many of the pictures looked at there was a face.
        looks: pictures looked at.
        notices: what a person should know before they wait.
    """

    quarters: int
    width_px: float
    faces: int
    seen: int
    looks: int
    notices: tuple[str, ...] = ()


@dataclass
class _Looks:
    """What the looks brought."""

    faces: list[tuple[Face, ...]] = field(default_factory=list)
    light: list[float] = field(default_factory=list)
    flat: list[float] = field(default_factory=list)

    def add(self, picture: Picture, found: Sequence[Face]) -> None:
        """One picture and its faces, the largest or the one that is meant first."""
        self.faces.append(tuple(found))
        region = _inside(picture, found[0]) if found else picture
        self.light.append(float(region.mean()))
        if found:
            self.flat.append(flatness(region))

    @property
    def main(self) -> list[Face]:
        """The largest face of each picture that has one."""
        return [faces[0] for faces in self.faces if faces]


def times_to_look(duration_s: float, most: int = LOOKS) -> list[float]:
    """Times spread over a video, seconds: the middles of equal parts, from the middle of the whole outwards."""
    count = max(1, min(most, int(duration_s * 4)))
    middles = [(k + 0.5) * duration_s / count for k in range(count)]
    return sorted(middles, key=lambda t: abs(t - duration_s / 2))


def survey(
    picture_at: Callable[[float], Picture], duration_s: float, find: FindFaces, name: str, chosen: tuple[float, float] | None = None, job: Job = SILENT
) -> Survey:
    """Look at some pictures of a video.

    Args:
        picture_at: the picture at a time, uint8 [H, W, 3].
        duration_s: of the video.
        find: all faces of a picture, the largest first.
        name: of the video, for messages.
        chosen: point (x, y) of the face that is meant, picture pixels.
        job: progress and cancelling.

    Raises:
        InvalidInput: there is no face, or the chosen point is outside the picture.
        Cancelled: the job was cancelled.
    """
    looks = _Looks()
    size = (0, 0)
    for most in (LOOKS, MORE_LOOKS, MOST_LOOKS if duration_s > _LONG_S else 0):
        if most <= len(looks.faces):
            break
        for done, time_s in enumerate(times_to_look(duration_s, most)):
            job.report(done, most, "looking for a face")
            picture = picture_at(time_s)
            size = (picture.shape[1], picture.shape[0])
            _check_point(chosen, size)
            faces = find(picture)
            looks.add(picture, faces if chosen is None else sorted(faces, key=lambda face: float(np.hypot(*(face.middle - np.array(chosen))))))
        if looks.main:
            break
    if not looks.main:
        raise _nobody(name, size, looks)
    main = looks.main
    quarters = int(np.round(np.median([_upright_turn(face) for face in main]) / (np.pi / 2))) % 4
    width_px = float(np.median([float(np.hypot(*np.ptp(face.points[:, :2], axis=0)) / np.sqrt(2)) for face in main]))
    most = max(len(faces) for faces in looks.faces)
    return Survey(quarters, width_px, most, len(main), len(looks.faces), tuple(_notices(looks, quarters, width_px, chosen)))


def flatness(region: Picture) -> float:
    """Share of pixels whose right neighbour has the very same colour: a camera's noise leaves few, a drawing's areas are made of them."""
    if region.shape[1] < 2:
        return 0.0
    return float((region[:, 1:] == region[:, :-1]).all(-1).mean())


def _notices(looks: _Looks, quarters: int, width_px: float, chosen: tuple[float, float] | None) -> list[str]:
    out = []
    seen, of = len(looks.main), len(looks.faces)
    if quarters:
        way = {1: "lies on its side", 2: "is upside down", 3: "lies on its side"}[quarters]
        out.append(f"the face {way}: it is turned upright")
    if seen < 0.7 * of:
        out.append(f"a face is in {seen} of {of} pictures looked at: what it does where it is away is a guess")
    if width_px < SMALL_PX:
        out.append(f"the face is only {width_px:.0f} pixels wide: lips and lids are rough below {SMALL_PX:.0f}, film it closer")
    light = float(np.median(looks.light))
    if light < DARK:
        out.append(f"the face is dark ({light:.0f} of 255): more light makes lids and lips surer")
    if looks.flat and float(np.median(looks.flat)) > _FLAT:
        out.append("the face looks drawn: the tracker learned from photographs, so check what it makes of it")
    rivals = _rivals(looks)
    if rivals and chosen is None:
        places = ", ".join(f"{face.middle[0]:.0f},{face.middle[1]:.0f}" for face in rivals)
        out.append(f"{len(rivals)} faces are seen (at {places}): the largest is followed, --face X,Y chooses another")
    return out


def _rivals(looks: _Looks) -> tuple[Face, ...]:
    """The faces of the picture with most of them that are large enough to be meant; none where only one is."""
    crowded = max(looks.faces, key=lambda faces: sum(face.size >= _RIVAL * faces[0].size for face in faces) if faces else 0)
    large = tuple(face for face in crowded if face.size >= _RIVAL * crowded[0].size)
    return large if len(large) > 1 else ()


def _inside(picture: Picture, face: Face) -> Picture:
    """The part of a picture inside a face's box, at least two pixels wide."""
    height, width = picture.shape[:2]
    left, top, right, bottom = (int(v) for v in face.box)
    x, y = min(max(left, 0), width - 2), min(max(top, 0), height - 2)
    return picture[y : max(bottom, y + 2), x : max(right, x + 2)]


def _upright_turn(face: Face) -> float:
    """How far the face is turned clockwise in the picture, radians in -pi to pi."""
    right, left = face.points[SIDE_EYES[0], :2], face.points[SIDE_EYES[1], :2]
    return float(np.arctan2(left[1] - right[1], left[0] - right[0]))


def _check_point(chosen: tuple[float, float] | None, size: tuple[int, int]) -> None:
    if chosen is not None and not (0 <= chosen[0] < size[0] and 0 <= chosen[1] < size[1]):
        raise InvalidInput(f"the point {chosen[0]:g},{chosen[1]:g} lies outside the picture of {size[0]}x{size[1]} pixels", "give X,Y of the face in pixels")


def _nobody(name: str, size: tuple[int, int], looks: _Looks) -> InvalidInput:
    light = float(np.median(looks.light))
    what = f"no face is seen in {name} ({len(looks.faces)} pictures of {size[0]}x{size[1]} looked at)"
    if light < DARK:
        return InvalidInput(f"{what}: they are dark ({light:.0f} of 255)", "film it with more light, or brighten it")
    return InvalidInput(what, f"give a video of one person seen from the front, the face at least {SMALL_PX:.0f} pixels wide")
