"""Write the people that come with Viva Voce, `assets/people/NAME.viva-avatar`, and print how far apart they are.

    python packaging/make_people.py [--sheet SHEET.png]

Needs a GL for the thumbnails, as the product does.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from people_cast import cast
from PIL import Image

from engine.avatars.file import SUFFIX, write
from engine.avatars.portrait import portraits
from engine.bench.people import distances_mm
from engine.core.person import Person
from engine.render.actor import Actor, Member, View
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "people"
THUMBNAIL, NOTES = 192, "Made by packaging/make_people.py; the shapes are of MakeHuman's CC0 targets."


def png(picture: np.ndarray) -> bytes:
    """A picture as the bytes of a PNG file."""
    from io import BytesIO

    out = BytesIO()
    Image.fromarray(picture).save(out, "PNG", optimize=True)
    return out.getvalue()


def sheet(people: list[Person], side: int) -> np.ndarray:
    """Everybody from the front, three-quarter and in profile."""
    rows = []
    with Offscreen(side, side, "standard") as offscreen:
        for person in people:
            member = [Member(Actor.of(person))]
            rows.append([offscreen.render(member, View(camera)) for camera in (Camera.front(), Camera.three_quarter(), Camera.profile())])
    columns = [np.vstack(row) for row in rows]
    half = (len(columns) + 1) // 2
    return np.vstack([np.hstack(columns[:half]), np.hstack(columns[half:])])


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheet", type=Path, help="also draw everybody, larger, into this PNG")
    parser.add_argument("--side", type=int, default=300, help="pixels of each picture of the sheet")
    parser.add_argument("--only-sheet", action="store_true", help="write no files")
    options = parser.parse_args()
    people = cast()
    table = distances_mm(people)
    print("nearest to each, mm:")
    for i, person in enumerate(people):
        others = np.where(np.arange(len(people)) == i, np.inf, table[i])
        print(f"  {person.name:8s} {others.min():5.2f}  {people[int(others.argmin())].name}")
    if not options.only_sheet:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for person, picture in zip(people, portraits(people, THUMBNAIL, "high"), strict=True):
            write(FOLDER / f"{person.name.lower()}{SUFFIX}", person, png(picture), NOTES)
        print(sum(p.stat().st_size for p in FOLDER.glob(f"*{SUFFIX}")) // 1024, "KiB in", FOLDER)
    if options.sheet:
        Image.fromarray(sheet(people, options.side)).save(options.sheet)


if __name__ == "__main__":
    main()
