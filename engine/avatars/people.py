"""The people there are: those that come with the product, and the user's own."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from engine.avatars.axes import by_name
from engine.avatars.chance import random_person
from engine.avatars.file import SUFFIX, Avatar, read, write
from engine.core import assets
from engine.core.errors import EngineError, InvalidInput, MissingAsset, OutputError
from engine.core.person import Person
from engine.project.document import Character
from engine.project.stage import Placement

log = logging.getLogger(__name__)
ADA = "ada"
_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST_STEM = 60
_PLACES_M = (0.0, 0.44, -0.44, 0.88, -0.88, 1.32, -1.32, 1.76, -1.76, 2.2, -2.2, 2.64)  # where newcomers stand, from left to right
_ROOM_M = 0.3  # between two who stand side by side


def _folder() -> Path | None:
    try:
        return assets.path("people")
    except MissingAsset:
        return None


def _built_in() -> tuple[str, ...]:
    folder = _folder()
    found = sorted(p.stem for p in folder.glob(f"*{SUFFIX}")) if folder is not None else []
    return (ADA, *(name for name in found if name != ADA))


BUILT_IN: tuple[str, ...] = _built_in()


def library() -> Path:
    """The folder of the user's own people; it may not be there yet."""
    return assets.user_config() / "people"


def own() -> list[Path]:
    """Files of the user's own people, by name."""
    folder = library()
    try:
        return sorted((p for p in folder.iterdir() if p.suffix.lower() == SUFFIX and p.is_file()), key=lambda p: p.name.lower())
    except OSError:  # not there, or not to be looked at
        return []


@lru_cache(maxsize=64)
def built_in(name: str) -> Avatar:
    """Somebody who comes with the product.

    Raises:
        InvalidInput: nobody of that name.
        MissingAsset: their file is gone.
    """
    key = name.strip().lower()
    if key not in BUILT_IN:
        raise InvalidInput(f"there is nobody called {name!r} among the people that come with Viva Voce", "use one of " + ", ".join(BUILT_IN))
    folder = _folder()
    file = folder / f"{key}{SUFFIX}" if folder is not None else None
    if file is None or not file.exists():
        if key == ADA:
            return Avatar(Person())
        raise MissingAsset(f"the person {key} is not in {assets.root()}", "install Viva Voce again with pip or run bootstrap.py")
    return read(file)


def named(name: str) -> Person:
    """Somebody who comes with the product, by name.

    Raises:
        InvalidInput: nobody of that name.
        MissingAsset: their file is gone.
    """
    return built_in(name).person


def person_of(character: Character) -> Person:
    """How a character looks: as it was made, or as its avatar comes; without what is not known here (see `unknown`)."""
    if character.person is not None:
        return drawable(character.person)
    try:
        return named(character.avatar)
    except EngineError as error:
        log.debug("%s", error)
        return Person()


@lru_cache(maxsize=256)
def drawable(person: Person) -> Person:
    """The person without axes that this version's head does not have, and with the others in its range."""
    known = by_name()
    shape = {name: max(value, known[name].low) for name, value in person.shape.items() if name in known}
    return person if shape == person.shape else replace(person, shape=shape)


def unknown(characters: tuple[Character, ...]) -> tuple[str, ...]:
    """What characters ask for and is not known here, in words for a notice: avatars, and axes of their shape."""
    out = []
    for c in characters:
        if c.person is None and c.avatar.strip().lower() not in BUILT_IN:
            out.append(f"{c.name} asks for the avatar {c.avatar!r}, which is not known here, and is shown as Ada")
        elif c.person is not None and drawable(c.person) != c.person:
            axes = sorted(set(c.person.shape) - set(drawable(c.person).shape))
            out.append(f"the shape of {c.name} has what is not known here ({', '.join(axes[:5]) or 'values out of range'}), and is shown without")
    return tuple(out)


def newcomer(characters: Sequence[Character], character_id: str) -> Character:
    """Somebody who is not there yet, beside those who are: the next built-in person, or one by chance when all are taken.

    Args:
        characters: who is there.
        character_id: of the new one.
    """
    there = {c.avatar.strip().lower() for c in characters if c.person is None}
    faces = {person_of(c) for c in characters}
    avatar = next((name for name in BUILT_IN if name not in there and named(name) not in faces), "")
    person = None if avatar else random_person(len(characters))
    name = named(avatar).name if avatar else random_person(len(characters)).name
    called, number = name, 2
    while called in {c.name for c in characters}:
        called, number = f"{name} {number}", number + 1
    taken = [c.placement.x for c in characters]
    x = next(x for x in _PLACES_M if all(abs(x - other) > _ROOM_M for other in taken) or x == _PLACES_M[-1])
    return Character(character_id, called, avatar or ADA, person=person, placement=Placement(x=x))


def find(name: str) -> Avatar:
    """Somebody by name, the user's own before those that come with the product, or by the name of an avatar file.

    Raises:
        InvalidInput: nobody of that name, or a file that is not as it must be.
        MissingAsset: their file is gone.
    """
    path = Path(name).expanduser()
    if path.suffix.lower() == SUFFIX:
        return read(path)
    key = name.strip().lower()
    for file in own():
        if file.stem.lower() == key:
            return read(file)
    if key in BUILT_IN:
        return built_in(key)
    known = [*BUILT_IN, *(file.stem for file in own())]
    raise InvalidInput(f"avatar {name!r} is not known", f"use one of {', '.join(known)}, or the name of a {SUFFIX} file")


def stem_of(name: str) -> str:
    """A file's name for a person, without the suffix."""
    return _UNSAFE.sub("-", name.strip()).strip("-")[:_LONGEST_STEM].strip("-").lower() or "person"


def keep(avatar: Avatar, stem: str = "") -> Path:
    """Put somebody into the user's library, under a name that is not taken; an equal one that is there already is left.

    Args:
        avatar: who.
        stem: name of the file without its suffix; made from the person's name where not given.

    Returns:
        The file.

    Raises:
        OutputError: the library cannot be written.
    """
    folder = library()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"the folder {folder} for your own people cannot be made ({error.strerror})", "see that you may write there") from error
    stem = stem_of(stem or avatar.person.name)
    taken = {file.stem.lower(): file for file in own()}
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        if name not in taken and name not in BUILT_IN:
            break
        if name in taken and _same(taken[name], avatar.person):
            return taken[name]
        number += 1
    path = folder / f"{name}{SUFFIX}"
    write(path, avatar.person, avatar.thumbnail, avatar.notes, avatar.offsets)
    return path


def _same(file: Path, person: Person) -> bool:
    try:
        return read(file).person == person
    except EngineError:
        return False
