"""Bake the hair styles into `assets/heads/`: `hair_STYLE.npz` and the pictures `hair_strands.jpg` and `hair_coils.jpg`.

    python packaging/groom_bake.py [STYLE ...]

Run it after `bake_ada.py`. Everything is grown here on the head's shape from seeded noise; no photograph is used. Needs Pillow.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from ada_parts import SKULL_CENTRE, Array, smoothstep
from groom_cards import HALF_STEP_M, SOFT, STEP_M
from groom_coils import coil_picture
from groom_paint import strand_picture
from groom_scalp import Scalp, hair_height, map_points, map_uv, unit, vertex_normals
from groom_styles import STYLES, Style
from look_light import seen_light
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.spatial import cKDTree

from engine.head import ada

ASSETS = Path(__file__).resolve().parents[1] / "assets" / "heads"
MAP_SIDE = 512
ANCHORS = 360
PARTING_M = 0.0018
SHELL_BEYOND_M = 0.014  # how far the shell reaches past the hairline, where it has faded
MOST_LIFT_M, LIFT_STEP_M = 0.022, 6e-5
PICTURES = {"strands": (strand_picture, 88), "coils": (coil_picture, 76)}  # and their quality as JPEG
TONES = 15  # steps of the scalp's streaks, which would not compress otherwise


def anchors() -> NDArray[np.int64]:
    """Head vertices, evenly spread over what hair lies on, denser on the skull."""
    head = ada.load()
    skin = head.vertices[head.span("skin")].astype(np.float64)
    outside = ~((np.abs(skin[:, 0]) < 0.05) & (skin[:, 2] > -0.08) & (skin[:, 2] < 0.0) & (np.abs(skin[:, 1] + 0.03) < 0.055))
    outside &= (head.masks["eyelids"][: len(skin)] < 0.1) & (head.masks["lips"][: len(skin)] < 0.1) & (head.masks["mouth"][: len(skin)] < 0.5)
    pool = np.flatnonzero(outside)
    # Distances count more on the skull, less on ears and chest.
    weight = np.where(head.masks["scalp"][pool] > 0.3, 1.0, np.where(head.masks["torso"][pool] > 0.3, 0.4, 0.55))
    distance, chosen = np.full(len(pool), np.inf), [0]
    for _ in range(ANCHORS - 1):
        distance = np.minimum(distance, np.linalg.norm(skin[pool] - skin[pool[chosen[-1]]], axis=1))
        chosen.append(int(np.argmax(distance * weight)))
    return np.sort(pool[chosen])


def shell(scalp: Scalp, line: str) -> dict[str, NDArray]:
    """The skin's triangles under the hair and where they lie in the scalp's map."""
    head = scalp.head
    skin = head.vertices[head.span("skin")].astype(np.float64)
    faces = head.faces[head.face_part == 0]
    hairy = (hair_height(skin, line) > -SHELL_BEYOND_M) & (head.masks["ears"][: len(skin)] < 0.5) & (np.linalg.norm(skin - SKULL_CENTRE, axis=1) > 0.06)
    kept = faces[hairy[faces].all(1)]
    rows = np.unique(kept)
    triangles = np.searchsorted(rows, kept)
    return {"shell_vertex": rows.astype(np.uint16), "shell_triangles": triangles.astype(np.uint16), "shell_uv": np.float32(map_uv(skin[rows]))}


def streaks(scalp: Scalp, roots: Array, tips: Array, points: Array) -> Array:
    """Noise drawn out along the hair over the scalp's map, 0 to 1 [MAP_SIDE, MAP_SIDE]: roots and tips of short first steps [N, 3]."""
    _, near = cKDTree(roots).query(points, k=6)
    step = unit((tips - roots)[near].mean(1))
    uv, moved = map_uv(points), map_uv(points + 0.002 * step)
    slope = (moved - uv).reshape(MAP_SIDE, MAP_SIDE, 2)
    slope /= np.maximum(np.linalg.norm(slope, axis=-1, keepdims=True), 1e-9)
    rng = np.random.default_rng(8)
    grain = gaussian_filter(rng.standard_normal((MAP_SIDE, MAP_SIDE)), 0.6, mode="wrap")
    rows, columns = np.meshgrid(np.arange(MAP_SIDE, dtype=float), np.arange(MAP_SIDE, dtype=float), indexing="ij")
    total = np.zeros_like(grain)
    for sign in (1, -1):
        r, c = rows.copy(), columns.copy()
        for _ in range(12):
            total += map_coordinates(grain, [r, c], order=1, mode="wrap")
            at = [np.clip(r, 0, MAP_SIDE - 1).astype(int), np.clip(c, 0, MAP_SIDE - 1).astype(int)]
            r, c = r + sign * slope[at[0], at[1], 1], c + sign * slope[at[0], at[1], 0]
    return np.clip(0.5 + 0.25 * total / total.std(), 0, 1)


def scalp_picture(scalp: Scalp, style: Style, roots: Array, tips: Array) -> NDArray[np.uint8]:
    """Cover and tone of the scalp under the hair, uint8 [MAP_SIDE, MAP_SIDE, 2]."""
    points = map_points(scalp, MAP_SIDE)
    tone = streaks(scalp, roots, tips, points)
    height = hair_height(points, style.line).reshape(MAP_SIDE, MAP_SIDE)
    cover = style.shell * smoothstep(height + 0.375 * style.fade_m * (tone - 0.5), -0.0005, style.fade_m)
    if style.parting is not None:
        seen = cKDTree(style.parting[:, [0, 2]]).query(points[:, [0, 2]])[0]
        back = style.parting[-1, 2]
        bare = (points[:, 1] > 0.03) * np.exp(-((seen / PARTING_M) ** 2)) * smoothstep(points[:, 2], back - 0.005, back + 0.02)
        cover = cover * (1 - 0.75 * bare.reshape(cover.shape))
    axis = (np.arange(MAP_SIDE) + 0.5) / MAP_SIDE * 2 - 1
    empty = (np.hypot(axis[:, None], axis) > 1) | (cover < 0.004)
    picture = np.stack([np.where(empty, 0, cover), np.where(empty, 0.5, np.round(TONES * tone) / TONES)], -1)
    return np.round(255 * picture).astype(np.uint8)


def shade(scalp: Scalp, centre: Array, half: Array, start: NDArray) -> NDArray[np.uint8]:
    """Share of the surroundings that each of the skin's vertices sees past the hair, uint8 [V]."""
    points = scalp.head.vertices[scalp.head.span("skin")].astype(float)
    normals = vertex_normals(points, scalp.head.faces[scalp.head.face_part == 0])
    solid = np.linalg.norm(half, axis=1) > 0
    first = np.ones(len(centre), bool)
    first[start[1:] - 1] = False  # the last station of each ribbon begins nothing
    a = 2 * np.flatnonzero(first & solid)
    triangles = np.concatenate([np.stack([a, a + 1, a + 3], -1), np.stack([a, a + 3, a + 2], -1)])
    corners = np.stack([centre - 0.8 * half, centre + 0.8 * half], 1).reshape(-1, 3)
    seen = seen_light(points, triangles, corners, normals)[:, 9]
    return np.round(255 * np.clip(seen, 0, 1)).astype(np.uint8)


def lift(scalp: Scalp, centre: Array, normal: Array, start: NDArray, rooted: NDArray[np.bool_]) -> Array:
    """How far stations [S] move along their normals with volume: by a share of their height over the skin, metres; those of `rooted` [R] keep their roots."""
    height, out = scalp.near(centre)
    first = np.repeat(centre[start[:-1]], np.diff(start), axis=0)
    reach = np.clip(height, 0, MOST_LIFT_M)
    reach = np.where(np.repeat(rooted, np.diff(start)), np.minimum(reach, 0.6 * np.linalg.norm(centre - first, axis=1)), reach)
    return 0.5 * reach * np.clip((normal * out).sum(1), 0, 1)


def bake(name: str, scalp: Scalp) -> None:
    """Write one style."""
    style = STYLES[name](scalp)
    packed = style.ribbons.packed(style.torso)
    centre, start = packed["centre"].astype(float) * STEP_M, packed["start"]
    if 2 * len(centre) > 65535:
        raise SystemExit(f"{name} has {len(centre)} stations: two vertices each are more than 16 bits can number")
    ribbon = packed["kind"] != SOFT
    ribbon |= packed["width"] == 0
    coil = ribbon & (packed["width"] > 0)
    first, second = centre[start[:-1][ribbon]], centre[start[:-1][ribbon] + 1]
    arrays = {
        **packed,
        **shell(scalp, style.line),
        "shell_map": scalp_picture(scalp, style, first, second),
        "lift": np.round(lift(scalp, centre, packed["normal"] / 127, start, ~coil) / LIFT_STEP_M).astype(np.uint8),
        "anchor": anchors().astype(np.uint16),
        "shade": shade(scalp, centre, packed["half"] * HALF_STEP_M, start),
    }
    np.savez_compressed(ASSETS / f"hair_{name}.npz", **arrays)
    triangles = 2 * int((np.diff(start) - 1).sum())
    size = (ASSETS / f"hair_{name}.npz").stat().st_size // 1024
    print(f"{name}: {size} KiB, {int(ribbon.sum())} ribbons, {int((~ribbon).sum())} hairs, {triangles} triangles")


def main() -> None:
    """Bake what was asked for, everything by default."""
    names = sys.argv[1:] or [*PICTURES, *STYLES]
    for name, (paint, quality) in PICTURES.items():
        if name in names:
            file = ASSETS / f"hair_{name}.jpg"
            Image.fromarray(np.uint8(np.round(255 * paint()))[::-1]).save(file, quality=quality, subsampling=0, optimize=True)
            print(file.name, file.stat().st_size // 1024, "KiB")
    scalp = Scalp.of(ada.load())
    for name in names:
        if name not in PICTURES:
            bake(name, scalp)


if __name__ == "__main__":
    main()
