"""From posed vertices to what the GPU is given for one frame of one character: a pose, and a vertex buffer for each thing that is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.core.errors import InvalidInput
from engine.head.ada import Seam
from engine.head.lid_contact import LidContact
from engine.head.look import Look
from engine.render.shading import Normals, rotation

PARTED_MM = 0.15  # lips further apart let one look into the mouth
SIDES = ("left", "right")
Edges = tuple[NDArray[np.float32], NDArray[np.float32]]  # upper and lower, [C, 3] each


@dataclass(frozen=True, eq=False)
class Pose:
    """How one character's head is held, in the character's own space.

    Args:
        look: what is drawn of it.
        vertices: float32 [V, 3] metres, of the rig.
        values: float32 [63] channel values behind them; zeros where only vertices are known.
        head: float32 [3, 3]; what is rigid with the head is at `head @ at_rest + offset` now.
        offset: float32 [3] metres.
        eyes: float32 [3, 3] each, rotation of left and right eyeball.
        lips: the edges of the lips, millimetres in the head's own frame at rest (`in_head`).
        lids: the lids' edges by side, as `lips`.
        gap_mm: largest opening of the lips.
        shut: how far each eye has closed, 0 to 1, by side.
        lights: float32 [3, 3] unit directions to key, fill and rim lamp.
    """

    look: Look
    vertices: NDArray[np.float32]
    values: NDArray[np.float32]
    head: NDArray[np.float32]
    offset: NDArray[np.float32]
    eyes: tuple[NDArray[np.float32], NDArray[np.float32]]
    lips: Edges
    lids: dict[str, Edges]
    gap_mm: float
    shut: dict[str, float]
    lights: NDArray[np.float32]
    topology: Topology

    @property
    def parted(self) -> bool:
        """The lips let one look into the mouth."""
        return self.gap_mm > PARTED_MM

    @cached_property
    def points(self) -> NDArray[np.float32]:
        """The look's points, float32 [G, 3] metres."""
        out: NDArray[np.float32] = self.look.blend @ self.vertices
        head = self.look.head
        centres = np.stack([self.head @ head.joints[f"eye_{side}"] + self.offset for side in SIDES])
        self.topology.lids(out, head, centres, self.eyes)
        return out

    @cached_property
    def normals(self) -> NDArray[np.float32]:
        """Smooth unit normals of the look's points, float32 [G, 3]."""
        return self.topology.normals(self.points)

    @cached_property
    def vertex_normals(self) -> NDArray[np.float32]:
        """Smooth unit normals of the head's own vertices, float32 [V, 3]."""
        return self.topology.vertex_normals(self.vertices)

    def in_head(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Where points [P, 3] metres are in the head's own frame at rest, millimetres."""
        return np.asarray(((points - self.offset) @ self.head) * 1000.0, np.float32)

    def from_head(self, points_mm: NDArray[np.float32]) -> NDArray[np.float32]:
        """The way back from `in_head`, metres."""
        return np.asarray((points_mm / 1000.0) @ self.head.T + self.offset, np.float32)


@dataclass(frozen=True, eq=False)
class Frame:
    """One frame of one character, ready to draw.

    Args:
        pose: how the head is held.
        buffers: float32 [N, K] by name, what the makers made of it.
    """

    pose: Pose
    buffers: Mapping[str, NDArray[np.float32]]


class Maker(Protocol):
    """Makes one vertex buffer of a pose; runs without GL, on any thread."""

    def __call__(self, pose: Pose) -> NDArray[np.float32]:
        """The buffer, float32 [N, K]."""


class Topology:
    """What the triangles of a look say, whatever its shape, and how its lids keep off the eyeballs.

    Args:
        look: whose.
    """

    def __init__(self, look: Look) -> None:
        self.lids = LidContact(look)
        self._tangents = look.tangents
        self._points = Normals(look.surface(given=False), look.blend.shape[0])
        self._vertices = Normals(look.head.faces, len(look.head.vertices))

    def normals(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of the look's points [G, 3]: unit normals float32 [G, 3]."""
        out = self._points(points)
        if self._tangents is not None:
            out[self._tangents.points] = self._tangents.normals(points)
        return out

    def vertex_normals(self, vertices: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of the head's vertices [V, 3]: unit normals float32 [V, 3]."""
        return self._vertices(vertices)


class SeamEdges:
    """The two edges of a seam as points over its columns."""

    def __init__(self, seam: Seam) -> None:
        self._upper, self._lower = (_Edge(seam, side) for side in ("upper", "lower"))

    def __call__(self, vertices: NDArray[np.float32]) -> Edges:
        """Points [C, 3] of the upper and the lower edge."""
        return self._upper(vertices), self._lower(vertices)


class _Edge:
    """One edge of a seam: the innermost of the loops that line it."""

    def __init__(self, seam: Seam, side: str) -> None:
        pairs, share = getattr(seam, side), getattr(seam, f"{side}_share")  # [R, C, 2], [R, C]
        self._a, self._b, self._t = pairs[..., 0], pairs[..., 1], share[..., None].astype(np.float32)
        self._inner = np.argmin if side == "upper" else np.argmax
        self._columns = np.arange(pairs.shape[1])

    def __call__(self, vertices: NDArray[np.float32]) -> NDArray[np.float32]:
        loops = vertices[self._a] * (1 - self._t) + vertices[self._b] * self._t  # [R, C, 3]
        return loops[self._inner(loops[..., 1], axis=0), self._columns]


def opening(edges: Edges) -> float:
    """Largest opening between two edges, in their unit."""
    return float((edges[0][:, 1] - edges[1][:, 1]).max())


class Poser:
    """Finds out how a head is held from its vertices.

    Args:
        look: what is drawn of it.
        topology: of the look; made when None.
    """

    def __init__(self, look: Look, topology: Topology | None = None) -> None:
        self.look = look
        self.topology = topology or Topology(look)
        head = look.head
        count = len(head.vertices)
        self._rigid = np.arange(*head.span("teeth_upper").indices(count))
        self._balls = [np.arange(*head.span(f"eye_{side}").indices(count))[::3] for side in SIDES]
        self._lips = SeamEdges(head.seams["lips"])
        self._lids = {side: SeamEdges(head.seams[f"lids_{side}"]) for side in SIDES}
        self._rest_gap = {side: 1000 * opening(self._lids[side](head.vertices)) for side in SIDES}

    def __call__(self, vertices: NDArray[np.float32], values: NDArray[np.float32], lights: NDArray[np.float32]) -> Pose:
        """The pose.

        Args:
            vertices: posed head, float32 [V, 3] metres.
            values: channel values [63].
            lights: float32 [3, 3] unit directions to the lamps in the character's own space.

        Raises:
            InvalidInput: not this head's vertices.
        """
        rest = self.look.head.vertices
        v = np.ascontiguousarray(vertices, np.float32)
        if v.shape != rest.shape:
            raise InvalidInput(f"vertices must be {list(rest.shape)}, got {list(v.shape)}", "pose them with the rig of the renderer's head")
        turn = rotation(rest[self._rigid], v[self._rigid])
        offset = v[self._rigid].mean(0) - turn @ rest[self._rigid].mean(0)
        in_head = lambda p: ((p - offset) @ turn) * np.float32(1000)  # noqa: E731
        lips = tuple(in_head(edge) for edge in self._lips(v))
        lids = {side: tuple(in_head(edge) for edge in self._lids[side](v)) for side in SIDES}
        return Pose(
            look=self.look,
            vertices=v,
            values=np.asarray(values, np.float32),
            head=turn,
            offset=offset,
            eyes=tuple(rotation(rest[b], v[b]) for b in self._balls),  # type: ignore[arg-type]
            lips=lips,  # type: ignore[arg-type]
            lids=lids,  # type: ignore[arg-type]
            gap_mm=opening(lips),  # type: ignore[arg-type]
            shut={side: float(np.clip(1 - opening(lids[side]) / self._rest_gap[side], 0, 1)) for side in SIDES},  # type: ignore[arg-type]
            lights=np.asarray(lights, np.float32),
            topology=self.topology,
        )


class FrameMaker:
    """Makes frames of one character; holds nothing of GL and may run on another thread than the drawing.

    Args:
        poser: of its look.
        makers: of its vertex buffers, by name.
    """

    def __init__(self, poser: Poser, makers: Mapping[str, Maker]) -> None:
        self._poser = poser
        self._makers = dict(makers)

    def __call__(self, vertices: NDArray[np.float32], values: NDArray[np.float32], lights: NDArray[np.float32]) -> Frame:
        """Make a frame; arguments and errors as `Poser`'s."""
        pose = self._poser(vertices, values, lights)
        return Frame(pose, {name: make(pose) for name, make in self._makers.items()})
