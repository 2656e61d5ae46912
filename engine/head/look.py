"""How Ada looks: the mesh that is drawn, how much light reaches it, and what is painted on the eyes.

Baked by `packaging/bake_look.py` from the head's shape; `engine.head.skin` has what skin is painted of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import av
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from engine.core import assets
from engine.core.errors import InvalidInput, MissingAsset
from engine.head import ada
from engine.head.ada import HeadAsset

MATERIALS: tuple[str, ...] = ("skin", "scalp", "torso", "mouth", "teeth", "gums", "tongue")
TEXTURES: tuple[str, ...] = ("eye",)


@dataclass(frozen=True, eq=False)
class LightChange:
    """How the light on some points changes from rest to a pose.

    Args:
        rows: int64 [R] of the lit points.
        change: float32 [R, 10].
    """

    rows: NDArray[np.int64]
    change: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Tangents:
    """Two directions along the surface at P points, as sums of all points.

    Args:
        points: int64 [P].
        first: sparse float32 [P, G].
        second: sparse float32 [P, G], to the left of the first seen from outside.
    """

    points: NDArray[np.int64]
    first: sparse.csr_matrix
    second: sparse.csr_matrix

    def normals(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Unit normals float32 [P, 3] for all points [G, 3]; zero where the surface has none."""
        u, v = self.first @ points, self.second @ points
        out = np.empty_like(u)
        out[:, 0] = u[:, 1] * v[:, 2] - u[:, 2] * v[:, 1]
        out[:, 1] = u[:, 2] * v[:, 0] - u[:, 0] * v[:, 2]
        out[:, 2] = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
        out /= np.sqrt(np.einsum("vk,vk->v", out, out))[:, None] + 1e-12
        return out


@dataclass(frozen=True, eq=False)
class Look:
    """What the renderer draws of a head: G points, of which N render vertices are made.

    Args:
        head: the head it belongs to.
        blend: sparse float32 [G, V]; points are weighted sums of the head's vertices.
        extra: float32 [G, 4] what a material needs to know of a point, at rest.
        source: int64 [N], the point of each render vertex.
        uv: float32 [N, 2], origin at the lower left.
        triangles: uint16 [M, 3] into the render vertices, by material.
        light_points: int64 [L] points whose surroundings are known.
        light: float32 [L, 10] at rest: nine harmonics of what each sees, and its share of ambient light.
        mouth_open: change with the mouth open.
        eyes_shut: change with the eyes shut.
        tangents: where normals are known from neighbours; None for none.
        fine: the skin, the mouth and the tongue are subdivided.
        skin_start: the point of the head's first vertex; those of the other vertices of its skin follow it.
    """

    head: HeadAsset
    blend: sparse.csr_matrix
    extra: NDArray[np.float32]
    source: NDArray[np.int64]
    uv: NDArray[np.float32]
    triangles: dict[str, NDArray[np.uint16]]
    light_points: NDArray[np.int64]
    light: NDArray[np.float32]
    mouth_open: LightChange
    eyes_shut: LightChange
    tangents: Tangents | None = None
    fine: bool = False
    skin_start: int = 0

    def on(self, head: HeadAsset) -> Look:
        """The same look on a head of another shape; cheap, everything but the head is shared.

        Raises:
            InvalidInput: the head has other vertices.
        """
        if head.vertices.shape != self.head.vertices.shape or head.part_start != self.head.part_start:
            raise InvalidInput("this head is not of the look's topology", "shape it with engine.head.shape")
        return replace(self, head=head)

    def points_of(self, material: str) -> NDArray[np.int64]:
        """Points that a material uses, ascending.

        Raises:
            InvalidInput: no such material.
        """
        if material not in self.triangles:
            raise InvalidInput(f"the look has no material {material!r}", "use one of " + ", ".join(MATERIALS))
        return np.unique(self.source[self.triangles[material]])

    def surface(self, given: bool = True) -> NDArray[np.int64]:
        """Triangles [F, 3] into the points, whose smooth normals are wanted.

        Args:
            given: False without those whose normals `tangents` gives.
        """
        kept = [self.source[self.triangles[m].astype(np.int64)] for m in self.triangles]
        if not given and self.tangents is not None:
            kept = [faces for faces in kept if not np.isin(faces[0], self.tangents.points).any()]
        faces = np.concatenate(kept)
        _, first = np.unique(np.sort(faces, 1), axis=0, return_index=True)  # skin under the top's edge is in both
        return faces[np.sort(first)]


def picture(name: str) -> NDArray[np.uint8]:
    """One of `TEXTURES`, uint8 [H, W, 3], first row at the bottom.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    file = assets.path(f"heads/ada_{name}.jpg")
    try:
        with av.open(str(file)) as container:
            frame = next(container.decode(video=0))
            return np.ascontiguousarray(frame.to_ndarray(format="rgb24")[::-1])
    except (av.FFmpegError, StopIteration) as error:
        raise MissingAsset(f"the texture {file} cannot be read ({error})", "install Viva Voce again") from error


@lru_cache(maxsize=2)
def load(fine: bool = False) -> Look:
    """Ada's look, cached.

    Args:
        fine: True with the skin, the mouth and the tongue subdivided, for smooth outlines.

    Raises:
        MissingAsset: a file is not there or damaged, or belongs to another head.
    """
    if fine:
        from engine.head.look_fine import refine  # which needs `Look`

        return refine(load(False))
    head = ada.load()
    file = assets.path("heads/ada_look.npz")
    try:
        with np.load(file, allow_pickle=False) as archive:
            a = {key: archive[key] for key in archive.files}
    except (OSError, ValueError) as error:
        raise MissingAsset(f"the look {file} cannot be read ({error})", "install Viva Voce again") from error
    if int(a["head_vertices"]) != len(head.vertices):
        raise MissingAsset(f"the look {file} belongs to another head", "run packaging/bake_look.py after packaging/bake_ada.py")
    shape = (len(a["blend_start"]) - 1, len(head.vertices))
    return Look(
        head=head,
        blend=sparse.csr_matrix((a["blend_weight"], a["blend_vertex"].astype(np.int32), a["blend_start"]), shape),
        extra=a["extra"],
        source=a["source"].astype(np.int64),
        uv=a["uv"],
        triangles={m: a[f"triangles_{m}"] for m in MATERIALS if f"triangles_{m}" in a},
        light_points=a["light_point"].astype(np.int64),
        light=a["light_rest"].astype(np.float32),
        mouth_open=LightChange(a["light_open_row"].astype(np.int64), a["light_open"].astype(np.float32)),
        eyes_shut=LightChange(a["light_shut_row"].astype(np.int64), a["light_shut"].astype(np.float32)),
    )
