"""Networks run by LiteRT, one thread, the same result every time; and the first of them, which sees where faces are.

Source: Bazarevsky et al., "BlazeFace: Sub-millisecond neural face detection on mobile GPUs" (2019); the numbers are those of MediaPipe's graph
`face_detection_short_range`.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.crops import Crop, around, shrunk, thinned
from engine.core.errors import MissingAsset

DETECTOR_SIDE = 128
POINTS, LID_POINTS, IRIS_POINTS = 468, 71, 5
# Mesh points at the outer and inner corner of each eye; the character's right eye is on the picture's left.
RIGHT_EYE, LEFT_EYE = (33, 133), (263, 362)
MESH_MARGIN = DETECTION_MARGIN = 1.5
_GREETING = b"XNNPACK delegate"
_STDERR = threading.Lock()  # one at a time may lead it elsewhere
_SURE = 0.5  # of a face's score
_OVERLAP = 0.3  # boxes that share more than this are one face


class Net:
    """One network in memory.

    Args:
        model: its file, or its content.

    Raises:
        MissingAsset: it cannot be loaded here.
    """

    def __init__(self, model: Path | bytes) -> None:
        try:
            from ai_edge_litert.interpreter import Interpreter
        except (ImportError, OSError) as error:
            raise MissingAsset(f"faces cannot be tracked without ai-edge-litert ({error})", "pip install ai-edge-litert, on a system it is made for") from error
        try:
            source = {"model_path": str(model)} if isinstance(model, Path) else {"model_content": model}
            with _ungreeted():
                self._net: Any = Interpreter(**source, num_threads=1)
                self._net.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise MissingAsset(f"a landmark model cannot be loaded ({error})", "run vivavoce doctor --fix") from error
        self._inputs = [detail["index"] for detail in self._net.get_input_details()]
        self._outputs = [detail["index"] for detail in self._net.get_output_details()]

    def run(self, values: list[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Its outputs for its inputs, in the model's order; a picture [side, side, 3] may do without the batch's axis."""
        for index, value in zip(self._inputs, values, strict=True):
            self._net.set_tensor(index, value[None] if value.ndim == 3 else value)
        self._net.invoke()
        return [self._net.get_tensor(index) for index in self._outputs]


@contextmanager
def _ungreeted() -> Iterator[None]:
    """LiteRT greets on stderr, past Python and with no way to switch it off, when its first network is made: that line is left out."""
    with _STDERR:
        try:
            kept = os.dup(2)
        except OSError:  # a windowed process without stderr
            yield
            return
        with tempfile.TemporaryFile() as said:
            os.dup2(said.fileno(), 2)
            try:
                yield
            finally:
                os.dup2(kept, 2)
                os.close(kept)
                said.seek(0)
                others = b"".join(line for line in said if _GREETING not in line)
                if others:
                    os.write(2, others)


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
        picture, step = thinned(picture, max(picture.shape[:2]) / DETECTOR_SIDE)
        height, width = picture.shape[:2]
        scale = DETECTOR_SIDE / max(height, width)
        small_w, small_h = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (DETECTOR_SIDE - small_w) // 2, (DETECTOR_SIDE - small_h) // 2
        seen = np.full((DETECTOR_SIDE, DETECTOR_SIDE, 3), -1.0, np.float32)
        seen[top : top + small_h, left : left + small_w] = shrunk(picture, small_w, small_h) / np.float32(127.5) - np.float32(1)
        regressed, classified = self._net.run([seen])
        scores = sigmoid(classified[0, :, 0])
        sure = np.flatnonzero(scores >= _SURE)
        raw = regressed[0, sure].reshape(-1, 8, 2) / np.float32(DETECTOR_SIDE)
        anchors = _anchors()[sure]
        half = raw[:, 1] / 2
        points = raw + anchors[:, None]
        points[:, 1] = points[:, 0] + half
        points[:, 0] = points[:, 0] - half
        to_picture = np.array([width * step / small_w, height * step / small_h], np.float32)
        points = (points * DETECTOR_SIDE - np.array([left, top], np.float32)) * to_picture
        return _merged(scores[sure], points)


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


def sigmoid(value: NDArray[np.float32]) -> NDArray[np.float32]:
    """From what a network says to a score from 0 to 1."""
    return (1 / (1 + np.exp(-np.clip(value, -80, 80)))).astype(np.float32)


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
