"""What the skin of any person is painted of: the baked maps, and the numbers that a person's looks stand for.

Baked by `packaging/bake_skin.py`. Two absorbers colour the skin, melanin and the blood's hemoglobin: reflectance falls exponentially with the
density of each, in linear RGB.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from engine.core import assets
from engine.core.errors import MissingAsset
from engine.core.person import Colour, Person

# Pictures of three planes each, and what their bytes from 0 to 1 stand for.
MAPS: tuple[str, ...] = ("colour", "marks", "zones", "surface", "relief", "folds_a", "folds_b")
MELANIN_FROM, MELANIN_RANGE = -0.30, 1.0
BLOOD_FROM, BLOOD_RANGE = -0.30, 1.6
RELIEF_SLOPE, FOLD_SLOPE, HOLLOW_MM = 0.8, 1.0, 0.5  # at 1
SOFT_SIDE = 1024  # pixels of the maps that hold nothing finer

FAIREST: tuple[float, ...] = (0.655, 0.408, 0.306)  # linear reflectance without melanin, with the usual blood
DEEPEST: tuple[float, ...] = (0.028, 0.015, 0.010)  # what no melanin takes away
MELANIN: tuple[float, ...] = (1.00, 1.17, 1.28)  # absorption per unit of density
BLOOD: tuple[float, ...] = (0.10, 0.52, 0.44)
MOST_MELANIN = 2.35

# How far hair darkens the skin it stands on: by style of the beard, (between the hairs, at their roots); of the hair.
_BEARD: dict[str, tuple[float, float]] = {"none": (0.0, 0.0), "shadow": (0.36, 0.45), "stubble": (0.30, 0.75), "moustache": (0.58, 0.5), "goatee": (0.58, 0.5),
                                          "short": (0.60, 0.6), "full": (0.72, 0.5)}  # fmt: skip
_ROOTS: dict[str, float] = {"none": 0.06, "cap": 0.70, "short": 0.82}
_OTHER_ROOTS = 0.88


def picture(name: str, side: int | None = None) -> NDArray[np.uint8]:
    """One of `MAPS`, uint8 [H, W, 3], first row at the bottom.

    Args:
        name: of the map.
        side: of the result, pixels; as it was baked when None or when that is smaller.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    file = assets.path(f"heads/skin_{name}.jpg")
    try:
        with av.open(str(file)) as container:
            frame = next(container.decode(video=0))
            if side is not None and side < frame.width:
                frame = frame.reformat(width=side, height=side, format="rgb24", interpolation="AREA")
            return np.ascontiguousarray(frame.to_ndarray(format="rgb24")[::-1])
    except (av.FFmpegError, StopIteration) as error:
        raise MissingAsset(f"the texture {file} cannot be read ({error})", "install Viva Voce again") from error


def relief_picture(side: int) -> NDArray[np.uint8]:
    """Slopes across and up, the pores' own shade, and how deep folds lie: uint8 [side, side, 4], first row at the bottom."""
    fine, folds = picture("relief", side), np.maximum(picture("folds_a", side), picture("folds_b", side))
    times = len(fine) // len(folds)
    deep = folds[..., 2:] if times == 1 else folds[..., 2:].repeat(times, 0).repeat(times, 1)
    return np.concatenate([fine, deep], -1)


def folds_picture() -> NDArray[np.uint8]:
    """Slopes across and up of both layers of folds: uint8 [H, W, 4], first row at the bottom."""
    return np.concatenate([picture("folds_a")[..., :2], picture("folds_b")[..., :2]], -1)


@lru_cache(maxsize=1)
def _hair_masks() -> dict[str, NDArray[np.uint8]]:
    file = assets.path("heads/skin_hair.npz")
    try:
        with np.load(file, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError) as error:
        raise MissingAsset(f"the masks {file} cannot be read ({error})", "install Viva Voce again") from error


def _sized(mask: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """A square mask at another size, smoothly."""
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(mask), format="gray")
    return np.ascontiguousarray(frame.reformat(width=side, height=side, interpolation="BICUBIC").to_ndarray())


def hair_shades(brow: str, beard: str, side: int) -> NDArray[np.uint8]:
    """How densely brow and beard stand for these styles, in the first two planes: uint8 [side, side, 4], first row at the bottom.

    Raises:
        MissingAsset: the file is not there or damaged.
    """
    masks = _hair_masks()
    out = np.zeros((side, side, 4), np.uint8)
    for plane, name in enumerate((f"brow_{brow}", f"beard_{beard}")):
        if name in masks:
            out[..., plane] = _sized(masks[name], side)
    return out


def paint_maps(side: int) -> dict[str, NDArray[np.uint8]]:
    """What skin is painted from, uint8 [H, W, 4] by name, first row at the bottom.

    Args:
        side: of the paint, pixels; what is soft comes with `SOFT_SIDE` at most, the last is a tile.

    Raises:
        MissingAsset: a file is not there or damaged.
    """
    small = min(side, SOFT_SIDE)
    colour, marks, zones, surface = picture("colour", side), picture("marks", small), picture("zones", small), picture("surface", small)
    masks = _hair_masks()
    return {
        "colour": np.concatenate([colour, _sized(surface[..., 0], side)[..., None]], -1),  # melanin, blood, lips, gloss
        "marks": np.concatenate([marks[..., :2], surface[..., 1:]], -1),  # freckles, spots, thin flesh, line of lashes
        "zones": np.concatenate([zones, _sized(masks["roots"], small)[..., None]], -1),  # eye shadow, blush, rings, hair of the head
        "follicle": np.repeat(masks["follicles"][..., None], 4, -1),
    }


def linear(colour: Colour) -> NDArray[np.float32]:
    """An sRGB colour as linear light, float32 [3]."""
    c = np.asarray(colour, np.float32)
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4).astype(np.float32)


def melanin_density(tone: float) -> float:
    """Melanin of a tone from 0, the fairest, to 1: even steps look even."""
    return MOST_MELANIN * tone * (0.26 + 0.74 * tone)


def base_colour(warmth: float) -> NDArray[np.float32]:
    """Linear reflectance of skin without melanin, float32 [3], by undertone."""
    warm = warmth - 0.5
    return np.array(FAIREST, np.float32) * np.array([1.0 + 0.02 * warm, 1.0 + 0.07 * warm, 1.0 - 0.26 * warm], np.float32)


def skin_colour(person: Person) -> NDArray[np.float32]:
    """Linear reflectance of a person's plain skin, float32 [3]: for swatches and for what is seen through it."""
    density = np.exp(-melanin_density(person.skin.tone) * np.array(MELANIN, np.float32))
    return np.asarray(DEEPEST + (base_colour(person.skin.warmth) - DEEPEST) * density, np.float32)


def paint_uniforms(person: Person) -> dict[str, Any]:
    """What `paint.frag` is told of a person, by uniform."""
    skin = person.skin
    hair = linear(person.hair.colour) * (1 - person.hair.grey) + 0.35 * person.hair.grey
    brow, beard = (hair if colour is None else linear(colour) for colour in (person.brows.colour, person.beard.colour))
    even, dots = _BEARD[person.beard.style]
    grown = (0.4 + person.beard.density) * even, min((0.4 + person.beard.density) * dots, 1.0)
    return {
        "fairest": base_colour(skin.warmth),
        "deepest": DEEPEST,
        "melanin_taken": MELANIN,
        "blood_taken": BLOOD,
        "coded": (MELANIN_FROM, MELANIN_RANGE, BLOOD_FROM, BLOOD_RANGE),
        "tone": melanin_density(skin.tone),
        "red": (skin.redness, skin.blush, skin.lips, skin.tired),
        "marked": (skin.freckles, skin.spots),
        "shine": skin.shine,
        "aged": skin.lines,
        "lipstick": (*linear(skin.lip_colour), skin.lipstick),
        "eye_shadow": (*linear(skin.eye_shadow_colour), skin.eye_shadow),
        "brow": (*brow, 0.25 + 0.5 * person.brows.density),
        "beard": (*beard, grown[0]),
        "beard_dots": grown[1],
        "roots": (*hair, _ROOTS.get(person.hair.style, _OTHER_ROOTS)),
    }


def painted(person: Person) -> tuple[object, ...]:
    """What of a person the paint depends on: equal for persons whose skin is painted alike."""
    return person.skin, person.brows, person.beard, person.hair.colour, person.hair.grey, person.hair.style
