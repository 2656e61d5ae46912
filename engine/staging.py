"""Who is seen and how, from words of the command line: people, light, background and camera, set in a document."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.core.errors import InvalidInput
from engine.core.person import Colour
from engine.project.document import Document
from engine.project.media import file_digest
from engine.project.stage import BACKGROUNDS, LIGHTS, SHOT_LIMITS, Background, Picture, Shot, Stage

FRAMINGS: dict[str, Shot] = {
    "front": Shot(),
    "three-quarter": Shot(yaw=38.0, pitch=4.0),
    "profile": Shot(yaw=90.0, right=0.03),
    "close": Shot(distance=0.76),
    "eyes": Shot(distance=0.36, up=0.026),
    "mouth": Shot(distance=0.38, up=-0.035),
    "wide": Shot(distance=1.78, up=-0.05),
}
COLOURS: dict[str, Colour] = {
    "black": (0.0, 0.0, 0.0), "white": (1.0, 1.0, 1.0), "grey": (0.5, 0.5, 0.5), "gray": (0.5, 0.5, 0.5), "red": (1.0, 0.0, 0.0),
    "green": (0.0, 0.69, 0.25), "blue": (0.0, 0.28, 0.73),
}  # fmt: skip
_HEX = re.compile(r"^#([0-9a-f]{3}|[0-9a-f]{6})$", re.IGNORECASE)
_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff")


@dataclass(frozen=True)
class Staging:
    """What was asked for; None leaves what the document has.

    Args:
        light: a preset.
        background: what is behind.
        focal: millimetres.
        framing: name of one.
    """

    light: str | None = None
    background: Background | None = None
    focal: float | None = None
    framing: str | None = None

    def on(self, stage: Stage) -> Stage:
        """The stage with it. A framing takes the place of the camera's keys; another lens keeps heads as large as they are."""
        if self.light is not None:
            stage = replace(stage, lighting=replace(stage.lighting, preset=self.light))
        if self.background is not None:
            stage = replace(stage, background=self.background)
        if self.framing is not None:
            stage = replace(stage, shot=FRAMINGS[self.framing], camera={})
        return stage if self.focal is None else _through(stage, self.focal)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the stage."""
    parser.add_argument("--light", metavar="NAME", help=" ".join(LIGHTS))
    parser.add_argument(
        "--background",
        metavar="KIND|COLOUR|FILE",
        help="gradient, surroundings or transparent (for .mov and .png), a colour such as black or #1a2b3c, or a picture file",
    )
    parser.add_argument("--focal", metavar="MM", help="of the lens, 14 to 300")
    parser.add_argument("--framing", metavar="NAME", help=" ".join(FRAMINGS))


def staging_of(args: argparse.Namespace) -> Staging:
    """The options of `add_options`, checked.

    Raises:
        InvalidInput: a name that is not known, a number outside its range, or a picture that is not there.
    """
    return Staging(
        _known("light", args.light, tuple(LIGHTS)),
        None if args.background is None else background_of(args.background),
        None if args.focal is None else focal_of(args.focal),
        _known("framing", args.framing, tuple(FRAMINGS)),
    )


def staged(document: Document, staging: Staging) -> Document:
    """The document with its stage so."""
    return replace(document, stage=staging.on(document.stage))


def only(document: Document, line_id: str) -> Document:
    """The document with one line alone, from the scene's time 0 on; all the others are there and say nothing.

    Raises:
        InvalidInput: there is no such line.
    """
    line = replace(document.line(line_id), start_s=0.0)
    speaker = document.character_of(line_id).id
    return replace(document, characters=tuple(replace(c, lines=(line,) if c.id == speaker else ()) for c in document.characters))


def casting(name: str) -> Callable[[Document], Document]:
    """What gives a document's first character somebody's looks and name.

    Args:
        name: of somebody, or of an avatar file.

    Raises:
        InvalidInput: nobody of that name, or a file that is not as it must be.
    """
    from engine.avatars.people import BUILT_IN, find, named

    person, key = find(name).person, name.strip().lower()
    as_it_comes = key in BUILT_IN and person == named(key)

    def cast(document: Document) -> Document:
        first = replace(document.characters[0], name=person.name, avatar=key if as_it_comes else document.settings.avatar)
        return document.with_character(first if as_it_comes else replace(first, person=person))

    return cast


def background_of(text: str) -> Background:
    """A background from a kind, a colour or the name of a picture file.

    Raises:
        InvalidInput: none of these.
    """
    word = text.strip().lower()
    if word in BACKGROUNDS and word not in ("picture", "colour"):
        return Background(word)
    if word in COLOURS:
        return Background("colour", COLOURS[word])
    found = _HEX.match(word)
    if found:
        digits = found[1] if len(found[1]) == 6 else "".join(2 * d for d in found[1])
        return Background("colour", (int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255))
    path = Path(text).expanduser()
    if path.suffix.lower() in _PICTURES:
        return Background("picture", picture=_picture(path))
    raise InvalidInput(
        f"the background {text!r} is not known", f"give gradient, surroundings, transparent, a colour ({' '.join(COLOURS)}, #1a2b3c) or a picture file"
    )


def _picture(path: Path) -> Picture:
    try:
        return Picture(str(path.absolute()), file_digest(path))
    except OSError as error:
        raise InvalidInput(f"the picture {path} cannot be read ({error.strerror})", "check its name") from error


def focal_of(text: str) -> float:
    """A focal length in millimetres.

    Raises:
        InvalidInput: not a number from 14 to 300.
    """
    low, high = SHOT_LIMITS["focal"]
    try:
        value = float(text.strip().lower().removesuffix("mm"))
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise InvalidInput(f"--focal {text!r} is not a number from {low:g} to {high:g}", "give millimetres such as 85")
    return value


def _through(stage: Stage, focal: float) -> Stage:
    low, high = SHOT_LIMITS["distance"]
    distance = min(max(stage.shot.distance * focal / stage.shot.focal, low), high)
    keys = {name: curve for name, curve in stage.camera.items() if name != "focal"}
    return replace(stage, shot=replace(stage.shot, focal=focal, distance=distance), camera=keys)


def _known(what: str, name: str | None, known: tuple[str, ...]) -> str | None:
    if name is None:
        return None
    word = name.strip().lower().replace("_", "-")
    if word not in known:
        raise InvalidInput(f"the {what} {name!r} is not known", "use one of " + ", ".join(known))
    return word
