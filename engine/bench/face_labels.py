"""Frames of faces labelled by hand, twice: what the tracker says of the same points, and how far it is off against how far two people are apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput

Points = dict[str, NDArray[np.float64]]
FILE = Path(__file__).resolve().parents[2] / "tests" / "avatars" / "tracking" / "labels.json"
# Points of the mesh, the character's left and right. Source: the canonical face model of MediaPipe (Apache-2.0).
_CORNER = {"right": 78, "left": 308}
_LIPS = {"lip_upper": 13, "lip_lower": 14}
_EYE = {"right": {"outer": 33, "inner": 133}, "left": {"outer": 263, "inner": 362}}
_LIDS = {  # from the outer corner to the inner
    "right": {"upper": (33, 246, 161, 160, 159, 158, 157, 173, 133), "lower": (33, 7, 163, 144, 145, 153, 154, 155, 133)},
    "left": {"upper": (263, 466, 388, 387, 386, 385, 384, 398, 362), "lower": (263, 249, 390, 373, 374, 380, 381, 382, 362)},
}
_BROW = {  # upper and lower edge
    "right": {"inner": (107, 55), "middle": (105, 52), "outer": (70, 46)},
    "left": {"inner": (336, 285), "middle": (334, 282), "outer": (300, 276)},
}
_CHIN = 152
_OUTLINE = {"right": (127, 234, 93, 132, 58, 172, 136, 150, 149), "left": (356, 454, 323, 361, 288, 397, 365, 379, 378)}
PARTS: dict[str, tuple[str, ...]] = {
    "lips": ("mouth_corner_right", "mouth_corner_left", "lip_upper", "lip_lower"),
    "lids": tuple(f"lid_{edge}_{side}" for side in ("right", "left") for edge in ("upper", "lower")),
    "brows": tuple(f"brow_{place}_{side}" for side in ("right", "left") for place in ("inner", "middle", "outer")),
    "jaw": ("chin", "jaw_right", "jaw_left"),
}


@dataclass(frozen=True, eq=False)
class Person:
    """What one person saw in a frame.

    Args:
        points: picture pixels by name.
        lips_closed: no opening shows over the middle half of the mouth.
        eyes_closed: of the right and the left eye.
    """

    points: Points
    lips_closed: bool
    eyes_closed: tuple[bool, bool]


@dataclass(frozen=True, eq=False)
class Labelled:
    """One labelled frame.

    Args:
        clip: name of the video.
        frame: number of its picture.
        first: what one person saw.
        second: what another saw.
    """

    clip: str
    frame: int
    first: Person
    second: Person

    @property
    def mean(self) -> Points:
        """The middle between the two people's points."""
        return {name: (point + self.second.points[name]) / 2 for name, point in self.first.points.items()}

    @property
    def eye_distance(self) -> float:
        """Between the middles of the eyes, pixels."""
        return eye_distance(self.mean)

    @property
    def lips_closed(self) -> bool | None:
        """Whether the lips are shut; None where the two do not agree."""
        return self.first.lips_closed if self.first.lips_closed == self.second.lips_closed else None


def read_labels(path: Path = FILE) -> list[Labelled]:
    """The labelled frames.

    Raises:
        InvalidInput: they are not there.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        names = read["names"]
        return [Labelled(row["clip"], int(row["frame"]), *(_person(names, row[who]) for who in ("a", "b"))) for row in read["frames"]]
    except (OSError, ValueError, KeyError) as error:
        raise InvalidInput(f"there are no labelled frames at {path} ({error})", "run this in a checkout") from error


def _person(names: list[str], row: dict[str, Any]) -> Person:
    places = np.array(row["points"], np.float64).reshape(len(names), 2)
    right, left = row["eyes_closed"]
    return Person(dict(zip(names, places, strict=True)), bool(row["lips_closed"]), (bool(right), bool(left)))


def eye_distance(points: Points) -> float:
    """Between the middles of the eyes' corners, pixels."""
    right, left = ((points[f"eye_outer_{side}"] + points[f"eye_inner_{side}"]) / 2 for side in ("right", "left"))
    return float(np.hypot(*(left - right)))


def points_of(points: NDArray[np.float32]) -> Points:
    """Where the tracker sees what people labelled: lids at the middle between the eye's corners, the outline at the height of the mouth.

    Args:
        points: of the mesh, float32 [468, 2 or more], picture pixels.
    """
    mesh = points[:, :2].astype(np.float64)
    out = {f"mouth_corner_{side}": mesh[at] for side, at in _CORNER.items()}
    out |= {name: mesh[at] for name, at in _LIPS.items()}
    for side in ("right", "left"):
        for place, at in _EYE[side].items():
            out[f"eye_{place}_{side}"] = mesh[at]
        out |= {f"lid_{edge}_{side}": _at_middle(mesh[list(ring)]) for edge, ring in _LIDS[side].items()}
        out |= {f"brow_{place}_{side}": mesh[list(pair)].mean(0) for place, pair in _BROW[side].items()}
    out["chin"] = mesh[_CHIN]
    for side, ring in _OUTLINE.items():
        out[f"jaw_{side}"] = _at_height(mesh[list(ring)], float(mesh[list(_CORNER.values()), 1].mean()))
    return out


def distances(first: Points, second: Points) -> dict[str, float]:
    """How far apart two sets of points are, by name, pixels; of the outline only sideways, for its height is the mouth's."""
    return {
        name: float(abs(first[name][0] - second[name][0]) if name.startswith("jaw_") else np.hypot(*(first[name] - second[name])))
        for names in PARTS.values() for name in names
    }  # fmt: skip


def _at_middle(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where a lid, from corner to corner, crosses the middle between them."""
    start, end = line[0], line[-1]
    along = (end - start) / max(float(np.hypot(*(end - start))), 1e-9)
    share = (line - start) @ along
    middle, order = float(share[-1]) / 2, np.argsort(share)
    return np.array([np.interp(middle, share[order], line[order, axis]) for axis in (0, 1)])


def _at_height(ring: NDArray[np.float64], y: float) -> NDArray[np.float64]:
    """Where an outline, from above down, crosses a height."""
    order = np.argsort(ring[:, 1])
    return np.array([np.interp(y, ring[order, 1], ring[order, 0]), y])
