"""The identity axes of a head: MakeHuman's shape targets under names, groups and titles a person finds their way by."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from ada_source import Source

SEXES, AGES, ANCESTRIES, AMOUNTS = ("female", "male"), ("child", "young", "old"), ("african", "asian", "caucasian"), ("min", "average", "max")
PERSON = {
    "sex": "Woman to man", "age": "Age", "weight": "Weight", "muscle": "Muscle",
    "african": "African ancestry", "asian": "Asian ancestry", "caucasian": "European ancestry",
}  # fmt: skip
TWO_SIDED = ("age", "weight", "muscle")
# The targets of each axis: negative end, positive end. The sides of one word that MakeHuman uses for several directions get names of their own.
ENDS = {("decr", "incr"): "", ("down", "up"): "", ("in", "out"): "", ("backward", "forward"): "", ("concave", "convex"): "", ("compress", "uncompress"): "",
        ("pointed", "triangle"): "", ("square", "round"): "", ("l", "r"): ""}  # fmt: skip
DIRECTION = {"up": "-vert", "out": "-horiz", "forward": "-depth", "convex": "-curve", "triangle": "-point", "round": "-round"}
DIRECTED = ("trans", "eyefold", "shape")  # their last word needs the direction
# Below the bust, or the same as another axis.
LEFT_OUT = ("asymm-breast", "asymm-trunk", "measure-neck-height")
# name (of both sides without l- and r-): group, title
TITLES: dict[str, tuple[str, str]] = {
    name: (group, title)
    for group, rows in {
        "Face": {
            "head-age": "Younger or older", "head-fat": "Fullness", "head-scale-horiz": "Width", "head-scale-vert": "Length", "head-scale-depth": "Depth",
            "head-back-scale-depth": "Back of the head", "head-angle": "Slant of the profile", "head-oval": "Oval", "head-round": "Square or round",
            "head-rectangular": "Rectangular", "head-diamond": "Diamond", "head-triangular": "Triangular",
            "head-invertedtriangular": "Heart shaped",
        },
        "Forehead": {"forehead-nubian": "Height of the crown", "forehead-scale-vert": "Height", "forehead-temple": "Temples", "forehead-trans": "Bulge"},
        "Brows": {"eyebrows-angle": "Slant", "eyebrows-trans-vert": "Height", "eyebrows-trans-depth": "Ridge"},
        "Eyes": {
            "eye-scale": "Size", "eye-trans-horiz": "Distance", "eye-trans-vert": "Height", "eye-height1": "Opening at the inner corner",
            "eye-height2": "Opening in the middle", "eye-height3": "Opening at the outer corner", "eye-corner1": "Inner corner",
            "eye-corner2": "Outer corner", "eye-push1": "Inner corner outward", "eye-push2": "Outer corner outward", "eye-epicanthus": "Epicanthic fold",
            "eye-eyefold-vert": "Height of the lid fold", "eye-eyefold-curve": "Curve of the lid fold", "eye-eyefold-angle": "Slant of the lid fold",
            "eye-bag": "Bags", "eye-bag-trans": "Bags outward", "eye-bag-height": "Height of the bags",
        },
        "Nose": {
            "nose-scale-vert": "Length", "nose-scale-horiz": "Width", "nose-scale-depth": "Depth", "nose-volume": "Volume", "nose-width1": "Width at the top",
            "nose-width2": "Width in the middle", "nose-width3": "Width at the nostrils", "nose-hump": "Hump", "nose-curve": "Curve of the bridge",
            "nose-greek": "Straight from the forehead", "nose-point": "Tip up or down", "nose-point-width": "Width of the tip", "nose-base": "Base",
            "nose-flaring": "Flare of the nostrils", "nose-nostrils-angle": "Slant of the nostrils", "nose-nostrils-width": "Width of the nostrils",
            "nose-septumangle": "Slant of the septum", "nose-compression": "Prominence of the bridge", "nose-trans-vert": "Height",
            "nose-trans-depth": "Forward",
            "nose-trans-horiz": "Sideways",
        },
        "Mouth": {
            "mouth-scale-horiz": "Width", "mouth-scale-vert": "Fullness of the lips", "mouth-scale-depth": "Depth of the lips", "mouth-trans-vert": "Height",
            "mouth-trans-depth": "Forward", "mouth-trans-horiz": "Sideways", "mouth-angles": "Corners", "mouth-upperlip-height": "Height of the upper lip",
            "mouth-upperlip-width": "Width of the upper lip", "mouth-upperlip-volume": "Volume of the upper lip",
            "mouth-upperlip-middle": "Middle of the upper lip", "mouth-upperlip-ext": "Sides of the upper lip",
            "mouth-lowerlip-height": "Height of the lower lip", "mouth-lowerlip-width": "Width of the lower lip",
            "mouth-lowerlip-volume": "Volume of the lower lip", "mouth-lowerlip-middle": "Middle of the lower lip",
            "mouth-lowerlip-ext": "Sides of the lower lip", "mouth-cupidsbow": "Cupid's bow", "mouth-cupidsbow-width": "Width of the Cupid's bow",
            "mouth-philtrum-volume": "Groove under the nose", "mouth-dimples": "Dimples", "mouth-laugh-lines": "Laugh lines",
        },
        "Cheeks": {"cheek-bones": "Cheekbones", "cheek-inner": "Inner cheeks", "cheek-trans": "Height", "cheek-volume": "Fullness"},
        "Chin": {
            "chin-height": "Height", "chin-width": "Width", "chin-prominent": "Forward", "chin-prognathism": "Jaw forward", "chin-bones": "Angle of the jaw",
            "chin-jaw-drop": "Jowls", "chin-cleft": "Cleft", "chin-triangle": "Pointed",
        },
        "Ears": {
            "ear-scale": "Size", "ear-scale-vert": "Height", "ear-scale-depth": "Depth", "ear-wing": "Standing off", "ear-flap": "Flap",
            "ear-lobe": "Lobe", "ear-rot": "Tilt", "ear-trans-vert": "Up", "ear-trans-depth": "Forward",
            "ear-shape-point": "Pointed or broad", "ear-shape-round": "Square or round",
        },
        "Neck": {
            "neck-scale-horiz": "Width", "neck-scale-depth": "Depth", "neck-scale-vert": "Length", "neck-back-scale-depth": "Nape",
            "neck-double": "Double chin", "neck-trans-vert": "Up", "neck-trans-depth": "Forward", "neck-trans-horiz": "Sideways",
            "measure-neck-circ": "Girth", "head-trans-vert": "Head up", "head-trans-depth": "Head forward", "head-trans-horiz": "Head sideways",
        },
        "Asymmetry": {
            "asym-brown-1": "Brow higher on one side", "asym-brown-2": "Forehead sideways", "asym-cheek-1": "Cheek fuller on one side",
            "asym-cheek-2": "Cheek higher on one side", "asym-ear-1": "Ear higher on one side", "asym-ear-2": "Ear stands off on one side",
            "asym-ear-3": "Lobe longer on one side", "asym-ear-4": "Ear further back on one side", "asym-eye-1": "Eyes sideways",
            "asym-eye-2": "Eye higher on one side", "asym-eye-3": "Inner corner nearer on one side", "asym-eye-4": "Outer corner higher on one side",
            "asym-eye-5": "Upper lid of the left eye", "asym-eye-6": "Upper lid of the right eye", "asym-eye-7": "Lower lids",
            "asym-eye-8": "Inner corner higher on one side", "asym-jaw-1": "Jaw wider on one side", "asym-jaw-2": "Jaw higher on one side",
            "asym-jaw-3": "Jaw sideways", "asym-mouth-1": "Mouth slanted", "asym-mouth-2": "Mouth sideways", "asym-nose-1": "Nose sideways",
            "asym-nose-2": "Nostril higher on one side", "asym-nose-3": "Septum sideways", "asym-nose-4": "Bridge sideways",
            "asym-temple-1": "Temples sideways", "asym-temple-2": "Temple higher on one side", "asym-top-1": "Crown sideways",
            "asym-top-2": "Side of the skull",
        },
    }.items()
    for name, title in rows.items()
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Axis:
    """One local axis: its names and its displacements of the base mesh at -1 (None where it has one side) and at 1."""

    name: str
    group: str
    title: str
    mirror: str
    negative: np.ndarray | None
    positive: np.ndarray


def axis_name(stem: str, positive: str) -> str:
    """The name of an axis: the stem, with the direction where the stem has several."""
    if stem.endswith("eye-bag") and positive == "out":
        return stem + "-trans"
    directed = stem == "head" or (stem.endswith(DIRECTED) and not stem.endswith(("forehead-trans", "cheek-trans")))
    return stem + DIRECTION.get(positive, "") if directed else stem


def local_axes(source: Source) -> list[Axis]:
    """The face's shape targets as axes, in the order of `TITLES`; the left side before the right.

    Raises:
        SystemExit: a target without a title, which is new in the data.
    """
    found: dict[str, Axis] = {}
    files = source.face_targets()
    for name in files:
        stem, _, end = name.rpartition("-")
        pair = next((p for p in ENDS if end in p and f"{stem}-{p[0]}" in files and f"{stem}-{p[1]}" in files), None)
        if name.startswith(LEFT_OUT) or (pair and end == pair[0]):
            continue
        full = axis_name(stem, pair[1]) if pair else name
        bare = full[2:] if full.startswith(("l-", "r-")) else full
        if bare not in TITLES:
            raise SystemExit(f"the target {name} has no title: add {bare!r} to ada_axes.TITLES")
        other = "" if bare == full else {"l": "r", "r": "l"}[full[0]] + full[1:]
        negative = source.target(files[f"{stem}-{pair[0]}"]) if pair else None
        found[full] = Axis(full, *TITLES[bare], other, negative, source.target(files[name]))
    order = list(TITLES)
    return sorted(found.values(), key=lambda a: (order.index(a.name.removeprefix("l-").removeprefix("r-")), a.name))


def macro_targets(source: Source) -> Iterator[np.ndarray]:
    """MakeHuman's macro targets: for each sex and age those of the ancestries, then muscle by weight; 72 displacements [V, 3]."""
    folder = source.folder / "mpfb2/targets/macrodetails"
    for sex, age in itertools.product(SEXES, AGES):
        for ancestry in ANCESTRIES:
            yield source.target(folder / f"{ancestry}-{sex}-{age}.target.gz")
        for muscle, weight in itertools.product(AMOUNTS, AMOUNTS):
            yield source.target(folder / f"universal-{sex}-{age}-{muscle}muscle-{weight}weight.target.gz")
