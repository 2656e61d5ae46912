"""Faces followed through pictures: 468 points, lids and irises of each frame, lost and found again, cuts noticed.

    tracker = Tracker(models())
    for index, time_s, rgb in video:
        seen = tracker.see(rgb, time_s)

A face is found by the detector and then followed by its own points: each frame's square is the one its points asked for in the frame before, and
is tried again where they ask for another. Nothing here knows the wall clock or draws a number: the same pictures give the same points.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking import crops
from engine.avatars.tracking.attention import AttentionMesh
from engine.avatars.tracking.crops import Crop
from engine.avatars.tracking.models import Models
from engine.avatars.tracking.nets import Detector, detection_crop, mesh_crop, roll

TURNS = (0, 1, 3, 2)  # quarter turns of the picture, clockwise, in which faces are looked for
_FACE, _NEW_FACE = 0.5, 0.99  # a mesh less sure than this is no face; no face that was not there before
_OTHERS = 6  # faces besides the followed one whose meshes are read, the largest ones
_MOVED = 0.06  # of a square: points that ask for one further away than this are read again in it
_TRIES = 3
_LOOK_EVERY = 10  # frames between two looks for other faces
_SAME = 0.35  # two faces that share more of the smaller one's box are one
_LOST_FRAMES, _RARELY, _LONG_LOST = 2, 8, 50  # so often a lost face is looked for in tiles and turned pictures too; and after so many frames
_NEAR = 4.0  # sizes of a face: who is nearer than this to the followed one may come before it
_MERGED, _JUMP = 0.3, 0.12  # sizes of a face: meshes nearer than this are of one; a mesh that moves by more leaves for another face
_TILE, _FINE_TILE, _LEAST_TILE = 0.6, 0.3, 128  # of the picture's shorter side; pixels
_THUMB = 48  # pixels, about, of a thumbnail's longer side; each is the mean of four in the picture
_CUT, _CUT_RATIO = 22.0, 3.5  # mean change of a thumbnail's pixels (of 255), and against the changes before


@dataclass(frozen=True, eq=False)
class Face:
    """One face in one picture; picture pixels, the character's left and right.

    Args:
        points: float32 [468, 3], z in the same scale (smaller is nearer).
        score: how sure it is that this is a face, 0 to 1.
        box: float32 [4], left, top, right, bottom of the points.
        lids: float32 [2 (left, right), 71, 2]: 0 to 8 the lower lid from the outer corner to the inner one, 9 to 15 the upper lid, then rings around.
        iris: float32 [2 (left, right), 5, 2], its middle, then its rim.
    """

    points: NDArray[np.float32]
    score: float
    box: NDArray[np.float32]
    lids: NDArray[np.float32]
    iris: NDArray[np.float32]

    @property
    def middle(self) -> NDArray[np.float32]:
        """Of its box: float32 [2]."""
        return (self.box[:2] + self.box[2:]) * np.float32(0.5)

    @property
    def size(self) -> float:
        """The longer side of its box, pixels."""
        return float((self.box[2:] - self.box[:2]).max())

    @property
    def roll(self) -> float:
        """Its turn in the picture, radians; positive is clockwise on the screen."""
        return roll(self.points)


@dataclass(frozen=True, eq=False)
class Seen:
    """What was seen in one picture.

    Args:
        faces: all faces known, the followed one first.
        followed: the face that is followed; None while it is lost.
        cut: the picture does not go on from the one before.
    """

    faces: tuple[Face, ...]
    followed: Face | None
    cut: bool = False


@dataclass
class _Memory:
    """What a tracker knows from the pictures before."""

    crop: Crop | None = None  # of the followed face
    last: Face | None = None
    lost: int = 0
    frames: int = 0
    others: list[Crop] = field(default_factory=list)
    near: list[Face] = field(default_factory=list)  # the faces of `others`
    strangers: list[Face] = field(default_factory=list)  # seen in this shot beside the followed one, as they were last
    thumb: NDArray[np.float32] | None = None
    change: float = 0.0


class Tracker:
    """Follows one face, and knows the others.

    Args:
        models: of `engine.avatars.tracking.models.models`.
        choose: a point of the picture (x, y), picture pixels: the face there, or the nearest to it, is followed; the largest without.
        others: read the meshes of other faces too.

    Raises:
        MissingAsset: a model cannot be loaded.
    """

    def __init__(self, models: Models, choose: tuple[float, float] | None = None, others: bool = True) -> None:
        self._detector, self._mesh = Detector(models.detector), AttentionMesh(models.mesh)
        self._others, self._chosen = others, choose
        self._memory = _Memory()

    def choose(self, x: float, y: float) -> None:
        """From the next picture on follow the face at a point, or the nearest to it."""
        self._chosen = (x, y)
        self._memory.crop, self._memory.others, self._memory.near = None, [], []

    def reset(self) -> None:
        """Forget what was seen: the next picture begins another clip."""
        self._memory = _Memory()

    def see(self, picture: NDArray[np.uint8], time_s: float = 0.0) -> Seen:
        """The faces of the next picture.

        Args:
            picture: uint8 [H, W, 3].
            time_s: of the picture; for callers' records.

        Raises:
            InvalidInput: it is no picture.
        """
        crops.check_picture(picture)
        memory = self._memory
        cut = self._is_cut(picture)
        if cut:
            memory.crop, memory.others, memory.near, memory.strangers, memory.lost = None, [], [], [], 0
        followed = self._read(picture, memory.crop) if memory.crop else None
        followed, others = self._parted(followed, [self._read(picture, crop) for crop in memory.others])
        known = ([followed] if followed else []) + _apart(others)
        looked = followed is None or memory.frames % _LOOK_EVERY == 0
        if looked:
            known = _apart(known + self._look(picture, thorough=followed is None and self._searches()))
            known = _apart(known + self._pointed(picture, known, self._chosen))
        followed = followed or self._pick(known)
        if looked:
            self._tell_strangers(followed, known)
        memory.frames += 1
        return self._remember(followed, known, cut)

    def find(self, picture: NDArray[np.uint8], at: tuple[float, float] | None = None) -> tuple[Face, ...]:
        """All faces of one picture by itself, the largest first.

        Args:
            picture: uint8 [H, W, 3].
            at: a point at which one is meant, which may be too small to be seen beside a larger one.

        Raises:
            InvalidInput: it is no picture.
        """
        crops.check_picture(picture)
        found = _apart(self._look(picture, thorough=True))
        return tuple(sorted(_apart(found + self._pointed(picture, found, at)), key=lambda face: -face.size))

    def _searches(self) -> bool:
        """Whether a lost face is looked for everywhere in this picture."""
        lost = self._memory.lost
        return lost % (_LOST_FRAMES if lost < _LONG_LOST else _RARELY) == 0

    def _parted(self, followed: Face | None, others: list[Face | None]) -> tuple[Face | None, list[Face]]:
        """The followed face and the others, where two of their meshes lie on one face: it is whose that moved less to be there; the other is hidden."""
        memory = self._memory
        kept = []
        for before, face in zip(memory.near, others, strict=True):
            if face is None:
                continue
            if followed is not None and memory.last is not None and _overlap(face.box, followed.box) >= _SAME:
                moved = _away(followed, memory.last)
                if moved > _away(face, before) and (moved > _JUMP or _away(face, followed) < _MERGED):
                    followed = None
                elif _away(face, followed) < _MERGED:
                    continue
            kept.append(face)
        if followed is None and memory.near:  # these are known to be others, wherever they go now
            far = [face for face in memory.strangers if memory.last is None or _away(face, memory.last) >= _NEAR]
            memory.strangers = far + [now or before for before, now in zip(memory.near, _again(memory.near, kept), strict=True)]
        return followed, kept

    def _remember(self, followed: Face | None, known: list[Face], cut: bool) -> Seen:
        memory = self._memory
        others = sorted((face for face in known if face is not followed), key=lambda face: -face.size)
        others = others[:_OTHERS]
        if not self._others:  # only who may come before the followed one
            others = [face for face in others if followed is not None and _away(face, followed) < _NEAR]
        memory.near, memory.others = others, [mesh_crop(face.points) for face in others]
        others = others if self._others else []
        memory.lost = 0 if followed else memory.lost + 1
        memory.crop = mesh_crop(followed.points) if followed else None
        if followed is None:
            return Seen(tuple(others), None, cut)
        memory.last, self._chosen = followed, None
        return Seen((followed, *others), followed, cut)

    def _read(self, picture: NDArray[np.uint8], crop: Crop) -> Face | None:
        """The face in a square, read again where its points ask for another square; None where there is none."""
        height, width = picture.shape[:2]
        for _ in range(_TRIES):
            found = self._mesh.read(picture, crop)
            if found.score < _FACE:
                return None
            wanted = mesh_crop(found.points)
            if crop.distance(wanted) <= _MOVED:
                break
            crop = wanted
        box = np.concatenate([found.points[:, :2].min(0), found.points[:, :2].max(0)])
        inside = 0 <= (box[0] + box[2]) / 2 < width and 0 <= (box[1] + box[3]) / 2 < height
        return Face(found.points, found.score, box, found.lids, found.iris) if inside else None

    def _look(self, picture: NDArray[np.uint8], thorough: bool) -> list[Face]:
        """Faces by the detector in the whole picture; if it shall be thorough, in the picture turned too, and in parts of it where that shows none."""
        found = self._detected(picture, 0, (0, 0))
        if not thorough:
            return found
        # An upside-down face may pass for an upright one with a mesh that is not sure: the way round that is surest is believed.
        ways = [found, *(self._detected(picture, turn, (0, 0)) for turn in TURNS[1:])]
        found = max(ways, key=lambda faces: max((face.score for face in faces), default=0.0))
        if found:
            return found
        height, width = picture.shape[:2]
        coarse = max(int(_TILE * min(height, width)), max(height, width) // 6, 16)
        fine = max(int(_FINE_TILE * min(height, width)), max(height, width) // 10, _LEAST_TILE)
        for side in (coarse, fine) if fine < min(0.8 * coarse, height, width) else (coarse,):
            for top in _starts(height, side):
                for left in _starts(width, side):
                    found += self._detected(picture[top : top + side, left : left + side], 0, (left, top), picture)
            if found:
                break
        return found

    def _pointed(self, picture: NDArray[np.uint8], known: list[Face], at: tuple[float, float] | None) -> list[Face]:
        """Faces around a point at which somebody is meant; none looked for where one is known there."""
        if at is None or any(_outside(face.box, *at) < 1 for face in known):
            return []
        height, width = picture.shape[:2]
        for share in (_TILE, _FINE_TILE):
            side = min(max(int(share * min(height, width)), _LEAST_TILE), height, width)
            left, top = (int(np.clip(middle - side / 2, 0, length - side)) for middle, length in zip(at, (width, height), strict=True))
            found = self._detected(picture[top : top + side, left : left + side], 0, (left, top), picture)
            if found:
                return found
        return []

    def _detected(self, part: NDArray[np.uint8], turn: int, corner: tuple[int, int], whole: NDArray[np.uint8] | None = None) -> list[Face]:
        """Faces in a part of a picture, seen after `turn` quarter turns clockwise."""
        found = []
        for _, points in self._detector.find(np.rot90(part, -turn)):
            crop = _turned_back(detection_crop(points), turn, part.shape[1], part.shape[0])
            crop = Crop(crop.x + corner[0], crop.y + corner[1], crop.size, crop.angle)
            face = self._read(part if whole is None else whole, crop)
            if face is not None and face.score >= _NEW_FACE:
                found.append(face)
        return found

    def _pick(self, known: list[Face]) -> Face | None:
        """The face to follow: the chosen one, else the one that was followed, else the largest; nobody who was there beside the one that was lost."""
        if self._chosen is not None:
            x, y = self._chosen
            return min(known, key=lambda face: _outside(face.box, x, y), default=None)
        strangers = {id(face) for face in _again(self._memory.strangers, known) if face is not None}
        known = [face for face in known if id(face) not in strangers]
        last = self._memory.last
        if last is not None:
            near = [face for face in known if np.hypot(*(face.middle - last.middle)) < last.size and 0.5 < face.size / last.size < 2]
            known = [min(near, key=lambda face: float(np.hypot(*(face.middle - last.middle))))] if near else known
        return max(known, key=lambda face: face.size, default=None)

    def _tell_strangers(self, followed: Face | None, known: list[Face]) -> None:
        """Remember who is there beside the followed face; while it is lost, where those went who were."""
        memory = self._memory
        if followed is not None:
            memory.strangers = [face for face in known if face is not followed]
            return
        memory.strangers = [now or before for before, now in zip(memory.strangers, _again(memory.strangers, known), strict=True)]

    def _is_cut(self, picture: NDArray[np.uint8]) -> bool:
        """Whether a picture is of another shot than the one before: it changes all over, and far more than pictures did."""
        memory = self._memory
        thumb = _thumb(picture)
        before, memory.thumb = memory.thumb, thumb
        if before is None or before.shape != thumb.shape:
            return before is not None
        change = float(np.abs(thumb - before).mean())
        cut = change > _CUT and change > _CUT_RATIO * memory.change
        memory.change = 0.7 * memory.change + 0.3 * change
        return cut


def _thumb(picture: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Lightness of a picture, very small."""
    step = max(1, max(picture.shape[:2]) // (2 * _THUMB))
    few = picture[step // 2 :: step, step // 2 :: step]
    few = few[: few.shape[0] // 2 * 2, : few.shape[1] // 2 * 2].astype(np.float32)
    out: NDArray[np.float32] = few.reshape(few.shape[0] // 2, 2, few.shape[1] // 2, 2, 3).mean((1, 3, 4))
    return out


def _starts(length: int, side: int) -> list[int]:
    """Where tiles of `side` begin, so that they cover a length and overlap by a quarter or more."""
    count = max(1, int(np.ceil((length - side) / (0.75 * side))) + 1)
    return [round(start) for start in np.linspace(0, length - side, count)]


def _turned_back(crop: Crop, turn: int, width: int, height: int) -> Crop:
    """A square of a picture that was turned clockwise by quarters, in the picture itself (`width` x `height`)."""
    x, y = {0: (crop.x, crop.y), 1: (crop.y, height - crop.x), 2: (width - crop.x, height - crop.y), 3: (width - crop.y, crop.x)}[turn]
    return Crop(x, y, crop.size, crop.angle - turn * np.pi / 2)


def _apart(faces: list[Face]) -> list[Face]:
    """Faces without those that are one with an earlier one."""
    kept: list[Face] = []
    for face in faces:
        if all(_overlap(face.box, other.box) < _SAME for other in kept):
            kept.append(face)
    return kept


def _again(before: list[Face], known: list[Face]) -> list[Face | None]:
    """Where faces of the picture before are now, by their places; each face is one of them at most."""
    out: list[Face | None] = []
    free = list(known)
    for face in before:
        best = max(free, key=lambda other: _overlap(face.box, other.box), default=None)
        found = best if best is not None and _overlap(face.box, best.box) >= _SAME else None
        free = [other for other in free if other is not found]
        out.append(found)
    return out


def _away(face: Face, other: Face) -> float:
    """How far apart two faces are, in sizes of the second."""
    return float(np.hypot(*(face.middle - other.middle))) / max(other.size, 1.0)


def _overlap(box: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The share of the smaller of two boxes that lies in the other."""
    inside = np.clip(np.minimum(box[2:], other[2:]) - np.maximum(box[:2], other[:2]), 0, None).prod()
    return float(inside / max(min((box[2:] - box[:2]).prod(), (other[2:] - other[:2]).prod()), 1e-6))


def _outside(box: NDArray[np.float32], x: float, y: float) -> float:
    """How far a point is from a box; inside, how far from its middle, as a share of a pixel."""
    across, down = max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3])
    away = float(np.hypot(across, down))
    return away if away else float(np.hypot((box[0] + box[2]) / 2 - x, (box[1] + box[3]) / 2 - y)) / 1e6
