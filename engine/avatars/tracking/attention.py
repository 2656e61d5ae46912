"""468 points of one face with fine lips, lids and irises: Attention Mesh, whose file asks for operations that no runtime from PyPI has.

Those operations only cut a piece out of the network's picture of the face for each of mouth and eyes, and bring the points found there back. So the
file is taken apart at them: the trunk and the heads run as two networks, and what lies between is done here.

Source: Grishchenko et al., "Attention Mesh: High-fidelity face mesh prediction in real-time" (2020); MediaPipe's `face_landmark_with_attention`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.avatars.tracking.crops import Crop, sample
from engine.avatars.tracking.nets import POINTS, Net
from engine.core.errors import MissingAsset

SIDE = 192  # of the picture it sees
# Numbers of tensors in the file, which is known by its hash: picture; mesh in quarters of a pixel, picture of the face, is it a face.
_TRUNK_IN, _TRUNK_OUT = (0,), (191, 35, 710)
# Pieces for lips, right eye, left eye (the character's); lips, right lids, right iris, left lids, left iris in quarters of a piece's pixel.
_HEADS_IN, _HEADS_OUT = (199, 200, 201), (697, 700, 703, 704, 707)
_PLACES = (192, 193, 194)  # operations that say where the pieces lie
_PIECE, _QUARTER = 16, 4.0


@dataclass(frozen=True, eq=False)
class Reading:
    """What was read of one face; picture pixels.

    Args:
        points: float32 [468, 3], lips and lids refined; z in the same scale, smaller is nearer.
        lids: float32 [2 (left, right), 71, 2].
        iris: float32 [2 (left, right), 5, 2], its middle, then its rim.
        score: how sure it is that this is a face, 0 to 1.
    """

    points: NDArray[np.float32]
    lids: NDArray[np.float32]
    iris: NDArray[np.float32]
    score: float


@dataclass(frozen=True, eq=False)
class _Place:
    """Which piece of the face a head sees: around these mesh points, level with two of them."""

    points: NDArray[np.int64]
    start: int
    end: int
    scale: float

    def matrix(self, mesh: NDArray[np.float32]) -> NDArray[np.float32]:
        """From the piece's pixels to those of the picture of the face: float32 [2, 3]."""
        across = mesh[self.end] - mesh[self.start]
        angle = np.arctan2(across[1], across[0])
        cos, sin = np.cos(angle), np.sin(angle)
        axes = np.array([[cos, sin], [-sin, cos]])
        there = mesh[self.points] @ axes.T
        low, high = there.min(0), there.max(0)
        linear = axes.T * ((high - low) * self.scale / _PIECE)
        middle = axes.T @ ((low + high) / 2) - linear.sum(1) * (_PIECE / 2)
        return np.concatenate([linear, middle[:, None]], 1).astype(np.float32)


class AttentionMesh:
    """The network.

    Args:
        path: of `face_landmark_with_attention.tflite`.

    Raises:
        MissingAsset: it cannot be loaded here.
    """

    def __init__(self, path: Path) -> None:
        trunk, heads, self._places = _taken_apart(path)
        self._trunk, self._heads = Net(trunk), Net(heads)

    def read(self, picture: NDArray[np.uint8], crop: Crop) -> Reading:
        """The face in a square of a picture, uint8 [H, W, 3]."""
        mesh, features, flag = self._trunk.run([sample(picture, crop, SIDE) / np.float32(255)])
        points = mesh.reshape(POINTS, 3)
        matrices = [place.matrix(points[:, :2]) for place in self._places]
        found = self._heads.run([_piece(features[0], matrix)[None] for matrix in matrices])
        lips, *eyes = (there[0] @ matrices[at][:, :2].T + matrices[at][:, 2] * _QUARTER for there, at in zip(found, (0, 1, 1, 2, 2), strict=True))
        points = points * np.float32(_QUARTER)
        for place, refined in zip(self._places, (lips, eyes[0], eyes[2]), strict=True):
            points[place.points, :2] = refined
        lids, iris = np.stack([eyes[2], eyes[0]]), np.stack([eyes[3], eyes[1]])
        points, lids, iris = (crop.to_picture((value / SIDE).astype(np.float32)) for value in (points, lids, iris))
        # In double precision, which still tells 20 from 30.
        return Reading(points, lids, iris, 1 / (1 + math.exp(-float(np.clip(flag.item(), -80, 80)))))


def _piece(features: NDArray[np.float32], matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """A piece [16, 16, D] of the picture of the face [48, 48, D], bilinear, nothing beyond the middles of its outermost pixels."""
    side = features.shape[0]
    middles = (np.arange(_PIECE) + 0.5).astype(np.float32)
    x = matrix[0, 0] * middles[None] + matrix[0, 1] * middles[:, None] + (matrix[0, 2] - np.float32(0.5))
    y = matrix[1, 0] * middles[None] + matrix[1, 1] * middles[:, None] + (matrix[1, 2] - np.float32(0.5))
    inside = (x >= 0) & (x <= side - 1) & (y >= 0) & (y <= side - 1)
    left, top = np.clip(x, 0, side - 1.001).astype(np.int64), np.clip(y, 0, side - 1.001).astype(np.int64)
    across, down = (x - left).astype(np.float32)[..., None], (y - top).astype(np.float32)[..., None]
    upper = features[top, left] * (1 - across) + features[top, left + 1] * across
    lower = features[top + 1, left] * (1 - across) + features[top + 1, left + 1] * across
    out: NDArray[np.float32] = (upper * (1 - down) + lower * down) * inside[..., None]
    return out


@cache
def _taken_apart(path: Path) -> tuple[bytes, bytes, tuple[_Place, ...]]:
    """Trunk and heads as models of their own, and where the heads' pieces lie.

    Raises:
        MissingAsset: the file cannot be read here.
    """
    try:
        from ai_edge_litert import schema_py_generated as schema
        from flatbuffers import flexbuffers
    except (ImportError, OSError) as error:
        raise MissingAsset(f"faces cannot be tracked without ai-edge-litert ({error})", "pip install ai-edge-litert, on a system it is made for") from error
    content = path.read_bytes()
    whole = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0)).subgraphs[0]
    places = []
    for number in _PLACES:
        options: dict[str, Any] = flexbuffers.Loads(bytes(whole.operators[number].customOptions))
        points = np.array(options["subset_idxs"], np.int64)
        places.append(_Place(points, options["left_rotation_idx"], options["right_rotation_idx"], options["scale_x"]))
    return _part(schema, content, _TRUNK_IN, _TRUNK_OUT), _part(schema, content, _HEADS_IN, _HEADS_OUT), tuple(places)


def _part(schema: Any, content: bytes, inputs: tuple[int, ...], outputs: tuple[int, ...]) -> bytes:
    """A model of those operations that lead from tensors to others."""
    import flatbuffers

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(content, 0))
    graph = model.subgraphs[0]
    makers = {int(tensor): number for number, operator in enumerate(graph.operators) for tensor in operator.outputs}
    needed: set[int] = set()
    open_ends = list(outputs)
    while open_ends:
        tensor = open_ends.pop()
        number = makers.get(tensor)
        if tensor in inputs or number is None or number in needed:
            continue
        needed.add(number)
        open_ends += [int(source) for source in graph.operators[number].inputs if source >= 0]
    graph.operators = [graph.operators[number] for number in sorted(needed)]
    graph.inputs, graph.outputs = np.array(inputs, np.int32), np.array(outputs, np.int32)
    model.signatureDefs = None
    builder = flatbuffers.Builder(len(content))
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())
