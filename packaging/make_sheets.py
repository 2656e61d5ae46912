"""Contact sheets of the people, into `docs/`: all of them, one with every emotion at three intensities, close-ups, the lights, hair and clothes.

    .venv/bin/python packaging/make_sheets.py [NAME ...]

Needs no display: Qt's off-screen platform stands in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from make_pictures import DOCS, INK, PAPER, ROOT, image
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QPainter

from engine.avatars import people as avatars
from engine.core.channels import CHANNELS, INDEX
from engine.core.emotion import EMOTIONS
from engine.core.person import CLOTHING_STYLES, HAIR_STYLES, Clothing, Hair, Person
from engine.project.stage import LIGHTS, Background, Lens, Lighting, Placement, Shot, Stage
from engine.render.actor import Actor, Member, View
from engine.render.offscreen import Offscreen
from engine.systems import expressions
from studio.app import make_application

Tile = tuple[Person, dict[str, float], Stage, str]
CLOSE = Stage(shot=Shot(yaw=16.0, distance=0.66, focal=85.0))


def values_of(channels: dict[str, float]) -> np.ndarray:
    """Channel values [63]."""
    out = np.zeros(len(CHANNELS), np.float32)
    for name, value in channels.items():
        out[INDEX[name]] = value
    return out


def sheet(tiles: Sequence[Tile], columns: int, side: int, level: str = "standard") -> QImage:
    """Pictures in rows, each drawn at twice its size, with a label in the corner."""
    rows = -(-len(tiles) // columns)
    out = QImage(columns * side, rows * side, QImage.Format.Format_RGB888)
    out.fill(PAPER)
    painter = QPainter(out)
    painter.setFont(QFont("DejaVu Sans", 9))
    with Offscreen(2 * side, 2 * side, level=level) as offscreen:
        for i, (person, channels, stage, label) in enumerate(tiles):
            picture = image(offscreen.render([Member(Actor.of(person), values_of(channels))], View.of(stage, 0.0)))
            x, y = (i % columns) * side, (i // columns) * side
            painter.drawImage(x, y, picture.scaled(side, side, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation))
            painter.setPen(INK)
            painter.drawText(x + 8, y + side - 8, label)
    painter.end()
    return out


def people() -> QImage:
    """Everybody built in, at rest."""
    everybody = [avatars.named(name) for name in avatars.BUILT_IN]
    return sheet([(p, {}, Stage(shot=Shot(yaw=14.0, distance=0.85)), p.name) for p in everybody], 6, 230)


def expression(emotion: str, level: float) -> dict[str, float]:
    """The channels of an emotion at an intensity."""
    intensity = np.zeros((1, len(EMOTIONS)), np.float32)
    if emotion in EMOTIONS:
        intensity[0, EMOTIONS.index(emotion)] = level
    values = expressions.pattern_channels(intensity)[0]
    posture = expressions.posture(intensity)[0]
    values[INDEX["headRotX"] : INDEX["headPosZ"] + 1] = posture[:6]
    return {name: float(values[INDEX[name]]) for name in CHANNELS}


def intensities() -> QImage:
    """Eight emotions at three intensities."""
    names = ("neutral", *EMOTIONS)
    tiles: list[Tile] = [(Person(), expression(name, level), CLOSE, f"{name} {level:.2g}") for level in (1 / 3, 2 / 3, 1.0) for name in names]
    return sheet(tiles, len(names), 190)


def closeups() -> QImage:
    """Eye and mouth, from near."""
    eye = Stage(shot=Shot(distance=0.30, up=0.028, right=0.032))
    side = Stage(shot=Shot(distance=0.30, up=0.028, right=0.0, yaw=42.0))
    mouth = Stage(shot=Shot(distance=0.34, up=-0.032))
    smile = {"mouthSmileLeft": 0.8, "mouthSmileRight": 0.8, "cheekSquintLeft": 0.5, "cheekSquintRight": 0.5, "jawOpen": 0.22}
    half = {"eyeBlinkLeft": 0.5, "eyeBlinkRight": 0.5, "eyeLookDownLeft": 0.6, "eyeLookDownRight": 0.6}
    aside = {"eyeLookOutLeft": 0.8, "eyeLookInRight": 0.8}
    wide = {"jawOpen": 0.7, "tongueBodyUp": 0.2}
    th = {"jawOpen": 0.14, "tongueTipForward": 0.8, "tongueTipUp": 0.25}
    frown = {"browDownLeft": 0.9, "browDownRight": 0.9, "noseSneerLeft": 0.6, "noseSneerRight": 0.6}
    surprise = {"browInnerUp": 0.9, "browOuterUpLeft": 0.9, "browOuterUpRight": 0.9, "eyeWideLeft": 0.7, "eyeWideRight": 0.7}
    brow = Stage(shot=Shot(distance=0.42, up=0.05))
    second = avatars.named(avatars.BUILT_IN[1])
    return sheet(
        [
            (Person(), {}, eye, "at rest"), (Person(), aside, eye, "looking aside"), (Person(), half, eye, "half shut"), (second, {}, side, "from the side"),
            (Person(), smile, mouth, "smile"), (Person(), wide, mouth, "open"), (Person(), th, mouth, "θ"), (second, smile, mouth, second.name),
            (Person(), surprise, brow, "brows up"), (Person(), frown, brow, "frown"), (second, surprise, brow, second.name), (second, frown, brow, second.name),
        ],
        4, 330,
    )  # fmt: skip


def lights() -> QImage:
    """The lights, on two people."""
    tiles: list[Tile] = []
    for person in (Person(), avatars.named(avatars.BUILT_IN[-1])):
        tiles += [(person, {}, Stage(Lighting(name), Background("surroundings"), shot=Shot(yaw=20.0, distance=0.8)), name) for name in LIGHTS]
    return sheet(tiles, len(LIGHTS), 230, "high")


def styles() -> QImage:
    """Hair and clothes."""
    worn = [c for c in CLOTHING_STYLES if c != "none"]
    colours = ((0.10, 0.08, 0.07), (0.30, 0.19, 0.11), (0.55, 0.38, 0.20), (0.36, 0.15, 0.07), (0.72, 0.70, 0.68))
    tiles: list[Tile] = []
    for i, style in enumerate(HAIR_STYLES):
        clothes = Clothing(worn[i % len(worn)], colour=((0.16, 0.33, 0.37), (0.42, 0.13, 0.14), (0.24, 0.25, 0.29), (0.55, 0.52, 0.45))[i % 4])
        person = replace(Person(), hair=Hair(style, colours[i % len(colours)]), clothing=clothes)
        tiles.append((person, {}, Stage(shot=Shot(yaw=-24.0, distance=1.25, focal=70.0)), f"{style}, {clothes.style}"))
    return sheet(tiles, 4, 330)


def together() -> QImage:
    """Three people in one picture, at a window."""
    places = (
        ("omar", Placement(x=-0.29, z=-0.12, turn=28.0)),
        ("mei", Placement(x=0.02, z=0.04, turn=6.0)),
        ("brigid", Placement(x=0.31, z=-0.1, turn=-30.0)),
    )
    faces = ({}, expression("happy", 0.6), expression("contempt", 0.3))
    cast = [Member(Actor.of(avatars.named(name)), values_of(face), placement=place) for (name, place), face in zip(places, faces, strict=True)]
    stage = Stage(Lighting("window"), Background("surroundings"), Lens(True, 2.0), Shot(distance=1.5, focal=85.0, up=0.015))
    with Offscreen(1280, 640, level="high") as offscreen:
        return image(offscreen.render(cast, View.of(stage, 0.0)))


SHEETS = {"together": together, "people": people, "intensities": intensities, "closeups": closeups, "lights": lights, "styles": styles}


def main() -> None:
    """Make the sheets named, or all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_application()
    for name in sys.argv[1:] or SHEETS:
        path = DOCS / f"{name}.jpg"
        SHEETS[name]().save(str(path), "JPG", 86)
        print(path.relative_to(ROOT), path.stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main()
