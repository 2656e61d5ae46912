"""Bake Ada's look into `assets/heads/`: `ada_look.npz` (render mesh, soft shadows) and `ada_eye.jpg`.

    python packaging/bake_look.py [--only mesh|paint]

Run it after `bake_ada.py`. Everything is made here from the head's shape and seeded noise; no photograph is used. Needs Pillow.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from look_eye import eye_picture
from look_light import seen_light, smooth_normals
from look_mesh import Mesh, build
from numpy.typing import NDArray
from PIL import Image
from scipy import sparse

from engine.core.channels import CHANNELS, INDEX
from engine.head import ada
from engine.head.rig import HeadRig

ASSETS = Path(__file__).resolve().parents[1] / "assets" / "heads"
SHADED = ("skin", "mouth", "scalp", "torso")
POSES: dict[str, dict[str, float]] = {
    "rest": {},
    "open": {"jawOpen": 0.55, "mouthLowerDownLeft": 0.3, "mouthLowerDownRight": 0.3, "mouthUpperUpLeft": 0.3, "mouthUpperUpRight": 0.3},
    "shut": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0},
}
LEAST_CHANGE = 0.03


def points_of(mesh: Mesh) -> sparse.csr_matrix:
    """The mesh's points as a sparse matrix [G, V] on the head's vertices."""
    return sparse.csr_matrix((np.concatenate(mesh.weights), (np.concatenate(mesh.rows), np.concatenate(mesh.columns))), (mesh.count, len(mesh.head.vertices)))


def posed(**values: float) -> NDArray[np.float64]:
    """The head's vertices for some channel values."""
    row = np.zeros((1, len(CHANNELS)), np.float32)
    for name, value in values.items():
        row[0, INDEX[name]] = value
    return HeadRig().pose(row)[0].numpy().astype(np.float64)


def bake_light(mesh: Mesh, blend: sparse.csr_matrix) -> dict[str, NDArray]:
    """Visibility at rest, and how it changes with the mouth open and the eyes shut."""
    shaded = np.unique(np.concatenate([mesh.triangles[m].ravel() for m in SHADED]))
    smooth = np.concatenate([mesh.triangles[m] for m in SHADED])
    eyes = mesh.head.faces[np.isin(mesh.head.face_part, [ada.PARTS.index(f"eye_{side}") for side in ("left", "right")])]
    blocking = np.concatenate([smooth, mesh.triangles["teeth"], eyes + mesh.count])
    found = {}
    for name, pose in POSES.items():
        vertices = posed(**pose)
        points = blend @ vertices
        normals = smooth_normals(points, smooth)[shaded]
        found[name] = seen_light(points[shaded], blocking, np.concatenate([points, vertices]), normals)
    out: dict[str, NDArray] = {"light_point": shaded.astype(np.uint16), "light_rest": found["rest"].astype(np.float16)}
    rest = (blend @ mesh.head.vertices.astype(np.float64))[shaded]
    for name, near in (("open", rest[:, 1] < -0.02), ("shut", np.abs(rest[:, 1]) < 0.03)):
        change = found[name] - found["rest"]
        rows = np.flatnonzero((np.abs(change).max(1) > LEAST_CHANGE) & near & (rest[:, 1] > -0.16))
        out |= {f"light_{name}_row": rows.astype(np.uint16), f"light_{name}": change[rows].astype(np.float16)}
    return out


def render_vertices(mesh: Mesh) -> dict[str, NDArray]:
    """Points doubled where their texture coordinates differ, and triangles of these by material."""
    names = list(mesh.triangles)
    point = np.concatenate([mesh.triangles[n].ravel() for n in names])
    uv = np.concatenate([mesh.corner_uv[n].reshape(-1, 2) for n in names])
    material = np.repeat(np.arange(len(names)), [mesh.triangles[n].size for n in names])
    key = np.concatenate([material[:, None], point[:, None], np.round(uv * 65536)], 1).astype(np.int64)
    _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
    # In the order of first use, so that neighbours in the mesh are neighbours in memory.
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    index, first = rank[inverse.ravel()], first[order]
    out: dict[str, NDArray] = {"source": point[first].astype(np.uint16), "uv": uv[first].astype(np.float32)}
    ends = np.cumsum([mesh.triangles[n].size for n in names])
    for name, end in zip(names, ends, strict=True):
        out[f"triangles_{name}"] = index[end - mesh.triangles[name].size : end].reshape(-1, 3).astype(np.uint16)
    return out


def bake_mesh() -> None:
    """Write `ada_look.npz`."""
    head = ada.load()
    mesh = build(head, np.ones(len(head.vertices), bool))
    blend = points_of(mesh)
    arrays = {
        "blend_start": blend.indptr.astype(np.int32),
        "blend_vertex": blend.indices.astype(np.uint16),
        "blend_weight": blend.data.astype(np.float32),
        "head_vertices": np.int32(len(head.vertices)),
        "extra": np.concatenate(mesh.extra).astype(np.float32),
        **render_vertices(mesh),
        **bake_light(mesh, blend),
    }
    np.savez_compressed(ASSETS / "ada_look.npz", **arrays)
    counts = {k.removeprefix("triangles_"): len(v) for k, v in arrays.items() if k.startswith("triangles_")}
    print((ASSETS / "ada_look.npz").stat().st_size // 1024, "KiB,", mesh.count, "points,", len(arrays["source"]), "render vertices,", counts)


def save(name: str, picture: NDArray[np.uint8], quality: int) -> None:
    """Write a texture, its first row at the bottom."""
    Image.fromarray(picture[::-1]).save(ASSETS / name, quality=quality, subsampling=0, optimize=True)
    print(name, (ASSETS / name).stat().st_size // 1024, "KiB")


def bake_paint() -> None:
    """Write the eye's texture."""
    save("ada_eye.jpg", np.uint8(np.round(255 * eye_picture())), 93)


def main() -> None:
    """Bake what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=("mesh", "paint"))
    only = parser.parse_args().only
    if only != "paint":
        bake_mesh()
    if only != "mesh":
        bake_paint()


if __name__ == "__main__":
    main()
