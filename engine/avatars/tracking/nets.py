"""The networks that see faces: where in a picture, and their points in a square around one. One thread, the same result every time.

Source: MediaPipe's graphs `face_detection_short_range`, `face_landmark_front` and `iris_landmark_left_and_right` (Apache-2.0), whose numbers these are.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.crops import Crop, around, sample, shrunk
from engine.core.errors import MissingAsset

DETECTOR_SIDE, MESH_SIDE, IRIS_SIDE = 128, 192, 64
POINTS, LID_POINTS, IRIS_POINTS = 468, 71, 5
# Mesh points at the outer and inner corner of each eye; the character's right eye is on the picture's left.
RIGHT_EYE, LEFT_EYE = (33, 133), (263, 362)
MESH_MARGIN, IRIS_MARGIN, DETECTION_MARGIN = 1.5, 2.3, 1.5
_SURE = 0.5  # of a face's score
_OVERLAP = 0.3  # boxes that share more than this are one face


class Net:
    """One network in memory.

    Args:
        path: its file.

    Raises:
        MissingAsset: it cannot be loaded here.
    """

    def __init__(self, path: Path) -> None:
        try:
            from ai_edge_litert.interpreter import Interpreter
        except (ImportError, OSError) as error:
            raise MissingAsset(f"faces cannot be tracked without ai-edge-litert ({error})", "pip install ai-edge-litert, on a system it is made for") from error
        try:
            self._net: Any = Interpreter(model_path=str(path), num_threads=1)
            self._net.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise MissingAsset(f"the landmark model {path} cannot be loaded ({error})", "run vivavoce doctor --fix") from error
        self._input = self._net.get_input_details()[0]["index"]
        self._outputs = {detail["name"]: detail["index"] for detail in self._net.get_output_details()}

    def __call__(self, picture: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
        """The outputs by name for one picture [side, side, 3]."""
        self._net.set_tensor(self._input, picture[None])
        self._net.invoke()
        return {name: self._net.get_tensor(index) for name, index in self._outputs.items()}


class Detector:
    """Faces in a picture: BlazeFace for short range.

    Args:
        path: of `face_detection_short_range.tflite`.
    """

    def __init__(self, path: Path) -> None:
        self._net = Net(path)

    def find(self, picture: NDArray[np.uint8]) -> list[tuple[float, NDArray[np.float32]]]:
        """Faces, the surest first.

        Args:
            picture: uint8 [H, W, 3].

        Returns:
            For each its score and float32 [8, 2] in picture pixels: left top and right bottom of its box, then right eye, left eye, nose, mouth,
            right ear, left ear (the character's).
        """
        height, width = picture.shape[:2]
        scale = DETECTOR_SIDE / max(height, width)
        small_w, small_h = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (DETECTOR_SIDE - small_w) // 2, (DETECTOR_SIDE - small_h) // 2
        seen = np.full((DETECTOR_SIDE, DETECTOR_SIDE, 3), -1.0, np.float32)
        seen[top : top + small_h, left : left + small_w] = shrunk(picture, small_w, small_h) / np.float32(127.5) - np.float32(1)
        out = self._net(seen)
        scores = (1 / (1 + np.exp(-np.clip(out["classificators"][0, :, 0], -80, 80)))).astype(np.float32)
        sure = np.flatnonzero(scores >= _SURE)
        raw = out["regressors"][0, sure].reshape(-1, 8, 2) / np.float32(DETECTOR_SIDE)
        anchors = _anchors()[sure]
        half = raw[:, 1] / 2
        points = raw + anchors[:, None]
        points[:, 1] = points[:, 0] + half
        points[:, 0] = points[:, 0] - half
        to_picture = np.array([width / small_w, height / small_h], np.float32)
        points = (points * DETECTOR_SIDE - np.array([left, top], np.float32)) * to_picture
        return _merged(scores[sure], points)


class Mesh:
    """The 468 points of one face.

    Args:
        path: of `face_landmark.tflite`.
    """

    def __init__(self, path: Path) -> None:
        self._net = Net(path)

    def read(self, picture: NDArray[np.uint8], crop: Crop) -> tuple[NDArray[np.float32], float]:
        """Points [468, 3] in picture pixels (z in the same scale, smaller is nearer), and how sure it is that this is a face, 0 to 1."""
        out = self._net(sample(picture, crop, MESH_SIDE) / np.float32(255))
        values = sorted(out.values(), key=np.size)
        points = values[1].reshape(POINTS, 3) / np.float32(MESH_SIDE)
        return crop.to_picture(points), float(1 / (1 + np.exp(-values[0].item())))


class Iris:
    """Lids and iris of an eye.

    Args:
        path: of `iris_landmark.tflite`.
    """

    def __init__(self, path: Path) -> None:
        self._net = Net(path)

    def read(self, picture: NDArray[np.uint8], points: NDArray[np.float32], left: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Lids [71, 2] and iris [5, 2] (middle, then its rim) in picture pixels.

        Args:
            picture: uint8 [H, W, 3].
            points: of the face's mesh, [468, 3].
            left: the character's left eye. The network knows right ones; a left one is shown to it in a mirror.
        """
        crop = around(points[list(LEFT_EYE if left else RIGHT_EYE)], roll(points), IRIS_MARGIN)
        seen = sample(picture, crop, IRIS_SIDE) / np.float32(255)
        out = self._net(np.ascontiguousarray(seen[:, ::-1]) if left else seen)
        found = [out[name].reshape(-1, 3)[:, :2] / np.float32(IRIS_SIDE) for name in ("output_eyes_contours_and_brows", "output_iris")]
        if left:
            found = [np.stack([1 - there[:, 0], there[:, 1]], 1) for there in found]
        return crop.to_picture(found[0]), crop.to_picture(found[1])


def roll(points: NDArray[np.float32]) -> float:
    """The turn of a face's mesh in the picture, radians: from the outer corner of its right eye to that of its left."""
    across = points[LEFT_EYE[0], :2] - points[RIGHT_EYE[0], :2]
    return float(np.arctan2(across[1], across[0]))


def mesh_crop(points: NDArray[np.float32]) -> Crop:
    """The square in which the mesh of a face is looked for next, from where it was."""
    return around(points, roll(points), MESH_MARGIN)


def detection_crop(found: NDArray[np.float32]) -> Crop:
    """The square in which the mesh of a face is looked for, from what the detector found [8, 2]."""
    across = found[3] - found[2]
    centre, size = (found[0] + found[1]) / 2, (found[1] - found[0]).max()
    return Crop(float(centre[0]), float(centre[1]), float(max(size, 1.0) * DETECTION_MARGIN), float(np.arctan2(across[1], across[0])))


@cache
def _anchors() -> NDArray[np.float32]:
    """Middles of the detector's 896 anchors, 0 to 1: two for each of 16 x 16 places, six for each of 8 x 8."""
    grids = []
    for cells, each in ((16, 2), (8, 6)):
        y, x = np.divmod(np.arange(cells * cells), cells)
        grids.append(np.repeat((np.stack([x, y], 1) + 0.5) / cells, each, axis=0))
    return np.concatenate(grids).astype(np.float32)


def _merged(scores: NDArray[np.float32], points: NDArray[np.float32]) -> list[tuple[float, NDArray[np.float32]]]:
    """One face where several boxes lie over each other: their mean, weighted by their scores."""
    faces = []
    left = np.argsort(-scores, kind="stable")
    while len(left):
        same = _shares(points[left[0]], points[left]) > _OVERLAP
        same[0] = True
        group = left[same]
        weights = scores[group][:, None, None]
        faces.append((float(scores[left[0]]), (points[group] * weights).sum(0) / weights.sum()))
        left = left[~same]
    return faces


def _shares(box: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intersection over union of a box [2 or more, 2] with others [N, 2 or more, 2]."""
    inside = np.clip(np.minimum(box[1], others[:, 1]) - np.maximum(box[0], others[:, 0]), 0, None).prod(1)
    areas = (others[:, 1] - others[:, 0]).prod(1) + (box[1] - box[0]).prod()
    return inside / np.maximum(areas - inside, np.float32(1e-9))
