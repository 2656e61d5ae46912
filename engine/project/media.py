"""Where the sounds of a project are: paths stored relative to its folder, found again when either has moved."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from engine.core import assets
from engine.core.errors import InvalidInput
from engine.core.output import replacing
from engine.project.blobs import BlobStore
from engine.project.document import Document, Media
from engine.project.stage import Picture, Stage

_UP = 2  # folders up to which a neighbour still belongs to the project
_FIELDS = ({"path", "sha256", "duration_s", "sample_rate"}, {"path", "sha256"})  # of a sound, of a picture


class MissingMedia(InvalidInput):
    """A sound of the project is nowhere."""


@dataclass(frozen=True)
class MediaState:
    """What became of the sound of one line.

    Args:
        line_id: the line.
        media: as the document has it.
        path: where the sound is; None where it is missing.
        state: `found`, `missing`, `replaced` (another file under its name) or `embedded` (in the project itself).
    """

    line_id: str
    media: Media
    path: Path | None
    state: str


@dataclass(frozen=True)
class PictureState:
    """What became of the picture behind the characters.

    Args:
        media: as the document has it.
        path: where the file is; None where it is missing.
        state: `found`, `missing`, `replaced` or `embedded`, as of a sound.
    """

    media: Picture
    path: Path | None
    state: str


class MediaFinder:
    """Finds the sounds of one project.

    Args:
        folder: where the project's file is.
        homes: folders where it was before, the latest first: media that stayed behind are found there.
        blobs: sounds embedded in the project.
    """

    def __init__(self, folder: Path, homes: tuple[Path, ...], blobs: BlobStore) -> None:
        self.folder = folder
        self.homes = homes
        self._blobs = blobs

    def stored(self, path: Path) -> str:
        """A file's path as this project's document keeps it."""
        return stored_path(path, self.folder)

    def places(self, stored: str) -> list[Path]:
        """Where a stored path may lead: itself if absolute, else in the project's folder and in those before."""
        if is_absolute(stored):
            return [Path(stored)]
        return [Path(os.path.normpath(folder / stored)) for folder in (self.folder, *self.homes)]

    def find(self, media: Media | Picture) -> Path | None:
        """The file of a sound or a picture, unpacked from the project if it is embedded; None if it is nowhere."""
        return next((place for place in self.places(media.path) if place.is_file()), None) or self._unpacked(media)

    def require(self, media: Media) -> Path:
        """The file of a sound.

        Raises:
            MissingMedia: it is nowhere.
        """
        path = self.find(media)
        if path is None:
            raise MissingMedia(f"the sound {self.places(media.path)[0]} is missing", "put it back, or replace the line's sound")
        return path

    def blob(self, sha256: str) -> bytes | None:
        """Bytes kept in the project, such as a take's motion; None if they are not there or damaged."""
        return self._blobs.get(sha256)

    def report(self, document: Document, verify: bool = False) -> list[MediaState]:
        """What became of every line's sound.

        Args:
            document: whose lines.
            verify: compare the content too, which reads every file; else only look whether it is there.
        """
        report: list[MediaState] = []
        for line in document.lines():
            if not isinstance(line.source, Media):
                continue
            path = self.find(line.source)
            if path is None:
                state = "missing"
            elif path not in self.places(line.source.path):
                state = "embedded"
            else:
                state = "found" if not verify or file_digest(path) == line.source.sha256 else "replaced"
            report.append(MediaState(line.id, line.source, path, state))
        return report

    def moved_to(self, folder: Path) -> Callable[[str], str]:
        """What takes each stored path of this project to the one that a project in `folder` stores for the same file."""

        def move(stored: str) -> str:
            places = self.places(stored)
            place = next((p for p in places if p.is_file()), places[0])
            return stored_path(place, folder) if place.is_absolute() else stored  # else another system's absolute path

        return move

    def picture(self, document: Document) -> PictureState | None:
        """What became of the picture behind the characters; None where there is none."""
        picture = document.stage.background.picture
        if picture is None or document.stage.background.kind != "picture":
            return None
        path = self.find(picture)
        state = "missing" if path is None else "found" if path in self.places(picture.path) else "embedded"
        return PictureState(picture, path, state)

    def staged(self, document: Document) -> tuple[Stage, tuple[str, ...]]:
        """The stage as it can be drawn here, its picture by its full path, and what is to be said of it.

        Where the picture is missing, the background's gradient stands in for it.
        """
        stage, state = document.stage, self.picture(document)
        if state is None:
            return stage, ()
        if state.path is None:
            name = PurePosixPath(state.media.path).name
            return replace(stage, background=replace(stage.background, kind="gradient")), (f"the background picture {name} is missing: a gradient is shown",)
        return replace(stage, background=replace(stage.background, picture=Picture(str(state.path), state.media.sha256))), ()

    def _unpacked(self, media: Media | Picture) -> Path | None:
        if not self._blobs.has(media.sha256):
            return None
        folder = assets.user_cache() / "media"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / (media.sha256 + Path(media.path).suffix)
        if not path.is_file():
            with replacing(path) as temporary, temporary.open("wb") as file:
                for data in self._blobs.parts(media.sha256):
                    file.write(data)
        return path


def stored_path(path: Path, folder: Path | None) -> str:
    """A file's path as a document keeps it: relative where it lies in or near the project's folder, else absolute.

    Args:
        path: the file.
        folder: the project's folder; None for a project without a file.
    """
    full = Path(os.path.normpath(Path(path).absolute()))
    if folder is None or full.anchor != folder.anchor or os.path.commonpath((full, folder)) == full.anchor:
        return full.as_posix()
    relative = Path(os.path.relpath(full, folder))
    return full.as_posix() if relative.parts[: _UP + 1] == ("..",) * (_UP + 1) else relative.as_posix()


def absolute_to(folder: Path) -> Callable[[str], str]:
    """What takes the absolute paths of a document without a file to those a project in `folder` stores."""
    return lambda stored: stored_path(Path(stored), folder) if Path(stored).is_absolute() else stored


def is_absolute(stored: str) -> bool:
    """True for an absolute path of any system: a project may come from another one."""
    return PurePosixPath(stored).is_absolute() or PureWindowsPath(stored).is_absolute()


def rebased(value: Any, move: Callable[[str], str]) -> Any:
    """JSON values with the path of every `Media` and `Picture` in them passed through `move`."""
    if isinstance(value, list):
        return [rebased(v, move) for v in value]
    if not isinstance(value, dict):
        return value
    if value.keys() in _FIELDS:
        return {**value, "path": move(value["path"])}
    return {k: rebased(v, move) for k, v in value.items()}


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
