"""Bake the garments into `assets/heads/garments.npz`: the chart of the bust, and for each style its pieces, how much light reaches them and which skin
they hide.

    python packaging/bake_garments.py

Run it after `bake_look.py`. Everything is made here from the head's shape; needs GL for the light.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from ada_parts import Array
from garment_chart import COLUMNS, ROW_VALUES, Chart, build, frames
from garment_cut import Cutter, Piece
from garment_styles import STYLES
from garment_tailored import STYLES as TAILORED
from look_light import seen_light, smooth_normals
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from engine.head import ada

OUT = Path(__file__).resolve().parents[1] / "assets" / "heads" / "garments.npz"
UV_STEPS = 32767.0  # of a metre, from one metre before 0
SHADED_BELOW_M = -0.07  # no garment darkens skin above
HIDDEN_M = 0.036  # from a neckline inward to where skin is not drawn


def joined(pieces: list[Piece]) -> dict[str, NDArray]:
    """All pieces of a garment as one list of points."""
    parts: dict[str, list[NDArray]] = {k: [] for k in ("place", "offset", "uv", "kind", "stiff", "edge", "triangles")}
    count = 0
    for piece in pieces:
        size = piece.rows.size
        parts["place"].append(np.stack([piece.rows, piece.columns], -1).reshape(-1, 2))
        parts["offset"].append(piece.offset.reshape(-1, 3))
        parts["uv"].append(piece.uv.reshape(-1, 2))
        parts["kind"].append(np.full(size, piece.kind))
        parts["stiff"].append(piece.stiff.ravel())
        parts["edge"].append(piece.edge.ravel())
        parts["triangles"].append(piece.triangles() + count)
        count += size
    return {k: np.concatenate(v) for k, v in parts.items()}


def points_of(garment: dict[str, NDArray], cut: Cutter) -> Array:
    """The garment's points on Ada, metres [P, 3]."""
    rows, columns = garment["place"].T
    out = cut.at(rows, columns)
    for k, direction in enumerate(frames(cut.points)):
        out = out + garment["offset"][:, k : k + 1] * cut.sample(direction, rows, columns)
    return out


def hidden(points: Array, garment: dict[str, NDArray], cut: Cutter) -> NDArray[np.bool_]:
    """Which of the head's skin vertices lie under the garment, well inside its edge."""
    head = ada.load()
    skin = head.vertices[head.span("skin")].astype(float)
    rows = np.repeat(ROW_VALUES[:, None], COLUMNS, 1).ravel()
    _, near = cKDTree(cut.points.reshape(-1, 3)).query(skin)
    column = near % COLUMNS
    top = np.full(COLUMNS, np.inf)
    own = garment["place"]
    np.minimum.at(top, np.mod(np.rint(own[:, 1]).astype(int), COLUMNS), own[:, 0])
    limit = cut.below(top, np.full(COLUMNS, HIDDEN_M), np.arange(COLUMNS))
    inside = (rows[near] > limit[column]) & (np.linalg.norm(skin - cut.points.reshape(-1, 3)[near], axis=1) < 0.03)
    return inside


def light_of(points: Array, triangles: NDArray[np.int64], head_points: Array, head_faces: NDArray[np.int64]) -> NDArray[np.float32]:
    """What reaches the garment's points, float32 [P, 10]."""
    faces = np.concatenate([triangles, head_faces + len(points)])
    _, first, same = np.unique(np.round(points, 5), axis=0, return_index=True, return_inverse=True)  # seams are in both panels
    normals = smooth_normals(points, first[same][triangles])[first[same]]
    return seen_light(points, faces, np.concatenate([points, head_points]), normals)


def shade_of(points: Array, triangles: NDArray[np.int64], hides: NDArray[np.bool_], bare: Array) -> NDArray[np.uint8]:
    """What is left of the light from everywhere on the head's skin beside a garment, 255 for all, [V of the skin].

    Args:
        points: of the garment, [P, 3].
        triangles: of the garment.
        hides: [V] what is not drawn.
        bare: light from everywhere on the skin without it, [V]; 0 where it does not matter.
    """
    skin, faces, normals = skin_of()
    near = np.flatnonzero((bare > 0) & ~hides)
    both = np.concatenate([triangles, faces + len(points)])
    light = seen_light(skin[near], both, np.concatenate([points, skin]), normals[near])[:, 9]
    out = np.full(len(skin), 255, np.uint8)
    out[near] = np.rint(255 * np.clip(light / np.maximum(bare[near], 0.02), 0, 1))
    return out


def skin_of() -> tuple[Array, NDArray[np.int64], Array]:
    """Points, triangles and normals of the head's skin."""
    head = ada.load()
    skin, faces = head.vertices[head.span("skin")].astype(float), head.faces[head.face_part == ada.PARTS.index("skin")]
    return skin, faces, smooth_normals(skin, faces)


def sparse_of(chart: Chart) -> dict[str, NDArray]:
    """The chart's weights as rows of a sparse matrix."""
    flat = chart.weights.reshape(-1, chart.weights.shape[-1])
    row, column = np.nonzero(flat)
    return {
        "chart_start": np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(flat)))]).astype(np.int32),
        "chart_vertex": column.astype(np.uint16),
        "chart_weight": flat[row, column].astype(np.float32),
        "chart_constant": chart.constant.reshape(-1, 3).astype(np.float32),
        "chart_push": chart.push.ravel().astype(np.float32),
        "chart_rows": ROW_VALUES.astype(np.float32),
    }


def main() -> None:
    """Bake."""
    head = ada.load()
    chart = build()
    cut = Cutter(chart.at(head))
    body = np.isin(head.face_part, [ada.PARTS.index("skin")])
    out: dict[str, NDArray] = sparse_of(chart) | {"skin_vertices": np.int64(head.part_start[1])}
    skin, faces, normals = skin_of()
    bust = np.flatnonzero(skin[:, 1] < SHADED_BELOW_M)
    bare = np.zeros(len(skin))
    bare[bust] = seen_light(skin[bust], faces, skin, normals[bust])[:, 9]
    for name, make in (STYLES | TAILORED).items():
        garment = joined(make(cut))
        points = points_of(garment, cut)
        light = light_of(points, garment["triangles"], head.vertices.astype(float), head.faces[body])
        half = {key: garment[key].astype(np.float16) for key in ("offset", "stiff", "edge")} | {"light": light.astype(np.float16)}
        whole = {
            "uv": np.rint((garment["uv"] + 1) * UV_STEPS).astype(np.uint16),
            "place": garment["place"].astype(np.float32),
            "kind": garment["kind"].astype(np.uint8),
            "triangles": garment["triangles"].astype(np.uint16),
        }
        hides = hidden(points, garment, cut)
        skin_data = {"hidden": np.packbits(hides), "shade": shade_of(points, garment["triangles"], hides, bare)}
        for key, value in (half | whole | skin_data).items():
            out[f"{name}_{key}"] = value
        print(f"{name}: {len(points)} points, {len(garment['triangles'])} triangles")
    np.savez_compressed(OUT, **out)
    print(f"{OUT.name}: {OUT.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
