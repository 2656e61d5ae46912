"""Media that lie elsewhere: taken into the project, or looked for in a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from engine.core.errors import InvalidInput, OutputError
from engine.core.jobs import SILENT, Job
from engine.project.document import Document, Media
from engine.project.media import MediaState, PictureState
from engine.project.storage import ProjectFile

MOST_FILES = 200_000  # that a search looks at
DEEPEST = 16  # folders below the one that is searched
MOST_BYTES = 64 << 30  # that a search reads to compare contents
SAME_LENGTH_S = 0.05  # another encoding of the same recording differs by less
_CHUNK = 1 << 20
_ROOM = 64 << 20  # bytes of the disk that are left free


@dataclass(frozen=True)
class Collected:
    """What was taken into the project.

    Args:
        files: how many are new in it.
        size: their bytes.
        left: those that could not be: missing, or another file under the name.
    """

    files: int = 0
    size: int = 0
    left: tuple[MediaState | PictureState, ...] = ()


def collect(project: ProjectFile, document: Document, job: Job = SILENT) -> Collected:
    """Take every sound of a document, and the picture behind the characters, into the project's file; what is in it already stays as it is.

    Recordings stay where they are, too, and are used from there while they are found.

    Args:
        project: open for writing.
        document: whose lines.
        job: progress and cancelling; what was taken in until then stays.

    Raises:
        OutputError: read-only, or too little space on its disk; nothing was taken in then.
        InvalidInput: a file that cannot be read.
        Cancelled: the job was cancelled.
    """
    if project.read_only:
        raise OutputError(f"{project.path.name} is open for reading only: {project.read_only}", "save it under another name, and collect there")
    picture = project.media.picture(document)
    every: list[MediaState | PictureState] = [*project.media.report(document), *(() if picture is None else (picture,))]
    report = [state for state in every if not project.blobs.has(state.media.sha256)]
    found = {state.media.sha256: state for state in report if state.path is not None}
    sizes = {digest: state.path.stat().st_size for digest, state in found.items() if state.path is not None}
    total, free = sum(sizes.values()), shutil.disk_usage(project.folder).free
    if total + _ROOM > free:
        raise OutputError(f"the media have {total / 2**20:,.0f} MB and the disk of {project.path.name} {free / 2**20:,.0f} MB", "free some space")
    left = {state.media.sha256: state for state in report if state.path is None}
    files = size = done = 0
    for digest, state in found.items():
        assert state.path is not None
        label = f"collecting {state.path.name}"
        if file_hash(state.path, _report(job, 2 * done, 2 * total, label)) == digest:
            project.blobs.put_file(state.path, "media", on_bytes=_report(job, 2 * done + sizes[digest], 2 * total, label))
            files, size = files + 1, size + sizes[digest]
        else:
            left[digest] = replace(state, state="replaced")
        done += sizes[digest]
    job.report(1, 1, "collected")
    return Collected(files, size, tuple(left.values()))


def _report(job: Job, done: float, total: float, label: str) -> Callable[[int], None]:
    return lambda size: job.report(done + size, max(total, 1), label)


def file_hash(path: Path, on_bytes: Callable[[int], None]) -> str:
    """SHA-256 of a file, hexadecimal; `on_bytes` is told how many were read, and may raise to stop.

    Raises:
        InvalidInput: the file cannot be read.
    """
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while data := file.read(_CHUNK):
                digest.update(data)
                size += len(data)
                on_bytes(size)
    except OSError as error:
        raise InvalidInput(f"the file {path} cannot be read ({error.strerror})", "see that the file is there and may be read") from error
    return digest.hexdigest()


# Looking for media.


@dataclass(frozen=True)
class Found:
    """A file that a search found for a sound.

    Args:
        media: what was wanted.
        path: where it is.
        same: True for the same bytes; False for another file of its name and length.
    """

    media: Media
    path: Path
    same: bool


def search_folder(
    folder: Path, wanted: Sequence[Media], job: Job = SILENT, duration_of: Callable[[Path], float | None] | None = None
) -> tuple[Found, ...]:  # fmt: skip
    """Look for sounds in a folder and those in it: by content, and where that is nowhere, by name and length.

    Files of the wanted names are read first, then all others of the same kind. Links to folders are not followed.

    Args:
        folder: where to look.
        wanted: what is missing.
        job: progress and cancelling.
        duration_of: length of a file's sound in seconds, None for none; without it only contents count.

    Returns:
        At most one file for each of `wanted`, in their order.

    Raises:
        InvalidInput: the folder cannot be read.
        Cancelled: the job was cancelled.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder that can be read", "see that its drive is there")
    names = {name_of(media).casefold() for media in wanted}
    kinds = {PurePosixPath(name).suffix for name in names}
    files = [path for path in _walk(folder, job) if path.suffix.casefold() in kinds]
    files.sort(key=lambda p: p.name.casefold() not in names)
    found = _by_content(files, {m.sha256: m for m in wanted}, job)
    if duration_of is not None:
        _by_name(files, [m for m in wanted if m.sha256 not in found], duration_of, found, job)
    return tuple(found[m.sha256] for m in {m.sha256: m for m in wanted}.values() if m.sha256 in found)


def name_of(media: Media) -> str:
    """A sound's file name; its path may be of another system."""
    return media.path.replace("\\", "/").rsplit("/", 1)[-1]


def _by_content(files: list[Path], wanted: dict[str, Media], job: Job) -> dict[str, Found]:
    found: dict[str, Found] = {}
    read = 0
    for number, path in enumerate(files):
        if len(found) == len(wanted) or read > MOST_BYTES:
            break
        label = f"comparing {path.name}"
        job.report(number, len(files), label)
        try:
            read += path.stat().st_size
            digest = file_hash(path, lambda _, n=number, words=label: job.report(n, len(files), words))  # type: ignore[misc]
        except (InvalidInput, OSError):
            continue  # what cannot be read is not what is looked for
        if digest in wanted and digest not in found:
            found[digest] = Found(wanted[digest], path, True)
    return found


def _by_name(files: list[Path], wanted: list[Media], duration_of: Callable[[Path], float | None], found: dict[str, Found], job: Job) -> None:
    for media in wanted:
        for path in files:
            job.check()
            if path.name.casefold() != name_of(media).casefold():
                continue
            length_s = duration_of(path)
            if length_s is not None and abs(length_s - media.duration_s) <= SAME_LENGTH_S:
                found[media.sha256] = Found(media, path, False)
                break


def _walk(folder: Path, job: Job) -> Iterator[Path]:
    """Files in a folder and those in it, breadth first; what may not be read is passed over."""
    level, seen = [folder], 0
    for _ in range(DEEPEST + 1):
        below: list[Path] = []
        for each in level:
            job.report(0, 0, f"looking in {each.name or each}")
            try:
                with os.scandir(each) as entries:
                    for entry in entries:
                        seen += 1
                        if seen > MOST_FILES:
                            return
                        if entry.is_dir(follow_symlinks=False):
                            below.append(Path(entry.path))
                        elif entry.is_file():
                            yield Path(entry.path)
            except OSError:
                continue
        if not below:
            return
        level = below
