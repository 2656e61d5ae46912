"""Bake what the skin of any person is painted of into `assets/heads/skin_*`: densities, zones, relief, folds and where hair shades it.

    python packaging/bake_skin.py [--only colour|folds|relief|hair]

Everything is made here from Ada's shape and seeded noise; no photograph is used. Needs Pillow.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import look_skin_colour as colour
import look_skin_folds as folds
import look_skin_hair as hair
import numpy as np
from look_map import SIDE, Face, Map, outer_face, texture_uv
from look_skin_relief import relief
from PIL import Image
from scipy.interpolate import LinearNDInterpolator
from scipy.ndimage import gaussian_filter, grey_closing

from engine.head import ada, wrinkles
from engine.head.skin import BLOOD_FROM, BLOOD_RANGE, FOLD_SLOPE, HOLLOW_MM, MELANIN_FROM, MELANIN_RANGE, RELIEF_SLOPE

ASSETS = Path(__file__).resolve().parents[1] / "assets" / "heads"
SOFT = 4  # times fewer pixels for what is soft
HAIR_SIDE = 512


def save(name: str, planes: list[Map], quality: int = 90) -> None:
    """Write three planes in 0 to 1, their first row at the bottom."""
    picture = np.uint8(np.round(255 * np.clip(np.stack(planes, -1), 0, 1)))[::-1]
    Image.fromarray(picture).save(ASSETS / f"skin_{name}.jpg", quality=quality, subsampling=0, optimize=True)
    print(f"skin_{name}.jpg", (ASSETS / f"skin_{name}.jpg").stat().st_size // 1024, "KiB")


def ears_of(face: Face) -> Map:
    """1 on the ears, soft at the edge."""
    head = ada.load()
    skin = head.vertices[head.span("skin")].astype(np.float64)
    mask, outside = head.masks["ears"][: len(skin)], np.abs(skin[:, 0]) > 0.045
    side = len(face.x)
    at = (np.arange(side) + 0.5) / side
    found = LinearNDInterpolator(texture_uv(skin[outside]), mask[outside], fill_value=0.0)(np.stack(np.meshgrid(at, at), -1))
    filled = grey_closing(np.clip(found, 0, 1), size=side // 24)  # what lies behind the ear shows through its holes
    return np.float32(gaussian_filter(filled, side / 400))


def bake_colour(face: Face) -> None:
    """Densities, marks and zones."""
    head, soft = ada.load(), face.reduced(SOFT)
    ears, lips = ears_of(soft), colour.lip_mask(face)
    loops = (1000 * head.vertices[getattr(head.seams["lids_left"], edge)[0, :, 0]].astype(np.float64) for edge in ("upper", "lower"))
    dark, pink = colour.lash_line(face, *(face.flat(loop) for loop in loops))
    pigment, vessels = colour.mottling(face)
    pigment += face.grown(colour.melanin(soft, ears))
    vessels += face.grown(colour.blood(soft, ears)) + 0.75 * pink
    meet = colour.where_lips_meet(face, 1000 * head.vertices[head.seams["lips"].upper[0, :, 0]].astype(np.float64))
    pigment = pigment * (1 - pink) - 0.18 * pink + (0.42 * meet - 0.012 * colour.lip_lines(SIDE)) * lips
    inner = 0.40 * meet - 0.10 * face.spot((0, -68.5), (13, 3.0)) - 0.03 * colour.lip_lines(SIDE)
    vessels = vessels * (1 - lips) + lips * (inner + 0.3 * vessels)
    save("colour", [(pigment - MELANIN_FROM) / MELANIN_RANGE, (vessels - BLOOD_FROM) / BLOOD_RANGE, lips])
    half = face.reduced(2)
    spots = colour.spots(half)
    save("marks", [colour.freckles(half), spots, spots], 90)
    zones = colour.zones(soft)
    save("zones", [half.grown(zones[..., k]) for k in range(3)])
    surface = colour.surface(half, ears_of(half), colour.lip_mask(half))
    save("surface", [surface[..., 0], surface[..., 1], dark.reshape(SIDE // 2, 2, SIDE // 2, 2).mean((1, 3))])


def bake_relief(face: Face) -> None:
    """Pores, grain and lip lines."""
    height, shade = relief(face, colour.lip_mask(face), face.grown(ears_of(face.reduced(SOFT))))
    slope = folds.slopes(height, face) / RELIEF_SLOPE
    save("relief", [0.5 + 0.5 * slope[..., 0], 0.5 + 0.5 * slope[..., 1], shade], 86)


def bake_folds(face: Face) -> None:
    """Folds in two layers, each with how far its ground lies below what is beside it."""
    half = face.reduced(2)
    layer = {name.removesuffix("_left").removesuffix("_right").removesuffix("_middle"): k for name, k in zip(wrinkles.GROUPS, wrinkles.LAYER_OF, strict=True)}
    for number, name in enumerate(("folds_a", "folds_b")):
        height = np.sum([draw(half) for kind, draw in folds.KINDS.items() if layer[kind] == number], 0)
        slope = folds.slopes(height, half) / FOLD_SLOPE
        save(name, [0.5 + 0.5 * slope[..., 0], 0.5 + 0.5 * slope[..., 1], folds.hollow(height, half) / HOLLOW_MM], 92)


def bake_hair(face: Face) -> None:
    """Where brows, beards and roots shade the skin."""
    small = face.reduced(SIDE // HAIR_SIDE)
    at = (small.x, small.y, small.z)
    masks = {f"brow_{style}": hair.brow_shade(style, *at) for style in hair.BROWS}
    masks |= {f"beard_{style}": hair.beard_shade(style, *at) for style in hair.BEARDS}
    masks = {name: gaussian_filter(mask, 1.6 if name.startswith("beard") else 0.7) for name, mask in masks.items()}
    masks |= {"roots": hair.root_shade(*at), "follicles": colour.follicles()}
    np.savez_compressed(ASSETS / "skin_hair.npz", **{name: np.uint8(np.round(255 * np.clip(mask, 0, 1))) for name, mask in masks.items()})
    print("skin_hair.npz", (ASSETS / "skin_hair.npz").stat().st_size // 1024, "KiB")


BAKES: dict[str, Callable[[Face], None]] = {"colour": bake_colour, "relief": bake_relief, "folds": bake_folds, "hair": bake_hair}


def main() -> None:
    """Bake what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=tuple(BAKES))
    only = parser.parse_args().only
    face = outer_face(ada.load())
    for name, bake in BAKES.items():
        if only in (None, name):
            bake(face)


if __name__ == "__main__":
    main()
