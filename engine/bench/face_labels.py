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
_CORNER = {"right": 61, "left": 291}  # where the line between the lips ends: the inner corners of the mesh lie on that line, short of its ends
_LIPS = {"lip_upper": 13, "lip_lower": 14}
_EYE = {"right": {"outer": 33, "inner": 133}, "left": {"outer": 263, "inner": 362}}
_LIDS = {  # from the outer corner to the inner
    "right": {"upper": (33, 246, 161, 160, 159, 158, 157, 173, 133), "lower": (33, 7, 163, 144, 145, 153, 154, 155, 133)},
    "left": {"upper": (263, 466, 388, 387, 386, 385, 384, 398, 362), "lower": (263, 249, 390, 373, 374, 380, 381, 382, 362)},
}
_BROW = {  # pairs of its upper and lower edge, from the outer end to the inner
    "right": ((70, 46), (63, 53), (105, 52), (66, 65), (107, 55)),
    "left": ((300, 276), (293, 283), (334, 282), (296, 295), (336, 285)),
}
# How far below the mesh's lids the edges of the lids lie, as a share of the eyes' distance: measured on pictures of our own twelve people, whose edges
# are known, by packaging/measure_label_points.py (upper -0.014, standard deviation 0.009; lower 0.049, 0.011).
_LID_BELOW = {"upper": -0.014, "lower": 0.049}
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


def points_of(points: NDArray[np.float32], like: Points | None = None) -> Points:
    """Where the tracker sees what people labelled.

    Args:
        points: of the mesh, float32 [468, 2 or more], picture pixels.
        like: where people put them: lids are read above and below the middle of the eye as they see it, the outline at their height of the mouth;
            without, at ours.
    """
    mesh = points[:, :2].astype(np.float64)
    out = {f"mouth_corner_{side}": mesh[at] for side, at in _CORNER.items()}
    out |= {name: mesh[at] for name, at in _LIPS.items()}
    for side in ("right", "left"):
        out |= {f"eye_{place}_{side}": mesh[at] for place, at in _EYE[side].items()}
        line = np.array([mesh[list(pair)].mean(0) for pair in _BROW[side]])
        out[f"brow_outer_{side}"], out[f"brow_middle_{side}"], out[f"brow_inner_{side}"] = line[0], half_way(line), line[-1]
    across = out["eye_outer_left"] - out["eye_outer_right"]
    down = np.array([-across[1], across[0]]) / np.hypot(*across) * eye_distance(out)
    for side in ("right", "left"):
        for edge, ring in _LIDS[side].items():
            name, line = f"lid_{edge}_{side}", mesh[list(ring)] + _LID_BELOW[edge] * down
            out[name] = _where(line, 0, float(line[[0, -1], 0].mean()) if like is None else float(like[name][0]))
    out["chin"] = mesh[_CHIN]
    for side, outline in _OUTLINE.items():
        name = f"jaw_{side}"
        out[name] = _where(mesh[list(outline)], 1, float(mesh[list(_CORNER.values()), 1].mean()) if like is None else float(like[name][1]))
    return out


def half_way(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """The middle of a line [N, 2] along its length."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    return np.array([np.interp(along[-1] / 2, along, line[:, axis]) for axis in (0, 1)])


def distances(first: Points, second: Points) -> dict[str, float]:
    """How far apart two sets of points are, by name, pixels.

    Of lids only up and down, for they are read at the middle of the eye; of the outline only sideways, for it is read at the height of the mouth.
    """
    return {name: _distance(name, first[name] - second[name]) for names in PARTS.values() for name in names}


def _distance(name: str, off: NDArray[np.float64]) -> float:
    return abs(float(off[1])) if name.startswith("lid_") else abs(float(off[0])) if name.startswith("jaw_") else float(np.hypot(*off))


def _where(line: NDArray[np.float64], axis: int, value: float) -> NDArray[np.float64]:
    """The point at which a line [N, 2] has a value of x (axis 0) or y (1)."""
    order = np.argsort(line[:, axis])
    return np.array([np.interp(value, line[order, axis], line[order, other]) if other != axis else value for other in (0, 1)])
