"""Files of films: where takes lie, whether there are pictures in one, what a line of one has to tell."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from engine.core.errors import EngineError
from engine.project.document import LineDoc, Media
from studio.capture.door import Door, Film, Rgb
from studio.session import Session

_MARK = ".to-capture"  # after the name of a take
SILENT = ".silent.wav"  # how the sound of a film without one ends
_SOUND_ALONE = "the sound of a video file is used, not its picture"  # a line's notice that is not true here


def notices_of(line: LineDoc) -> tuple[str, ...]:
    """What a line has to tell, without what is otherwise here: the picture of a film is used, and silence was meant."""
    if isinstance(line.source, Media) and line.source.path.endswith(SILENT):
        return ()
    return tuple(notice for notice in line.notices if notice != _SOUND_ALONE)


def captures_folder(session: Session) -> Path:
    """Where films of takes are: beside the project, or in the cache while it has no name; made where it is not there."""
    folder = _captures_folder(session)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"the folder {folder} cannot be made ({error.strerror})", "save the project where you may write") from error
    return folder


def _captures_folder(session: Session) -> Path:
    from engine.core import assets

    project = session.project
    return (assets.user_cache() if session.untitled or project is None else project.folder) / "captures"


def mark(film: Path) -> None:
    """Note beside a take that its curves are still to be made: should the studio end before, the next one tells of it."""
    with suppress(OSError):  # a drive that takes no note will hardly take the film, which is told
        film.with_name(film.name + _MARK).touch()


def unmark(film: Path) -> None:
    """Take that note away."""
    with suppress(OSError):
        film.with_name(film.name + _MARK).unlink(missing_ok=True)


def marked(session: Session) -> tuple[Path, ...]:
    """Takes whose curves were still to be made when the studio ended; their notes are taken away."""
    notes = sorted(_captures_folder(session).glob("*" + _MARK))
    films = tuple(note.with_name(note.name.removesuffix(_MARK)) for note in notes)
    for film in films:
        unmark(film)
    return tuple(film for film in films if film.is_file() and film.stat().st_size)


def unused(folder: Path, stem: str, ending: str) -> Path:
    """A file that is not there yet: another film's of the same name stays as it is."""
    path, number = folder / f"{stem}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem} {number}{ending}"
    return path


def has_picture(path: Path) -> bool:
    """True for a file with moving pictures in it, whatever else is wrong with it."""
    import av

    try:
        with av.open(str(path)) as container:
            return any(s.type == "video" and not (s.disposition & s.disposition.attached_pic) for s in container.streams)
    except (OSError, ValueError):  # PyAV's own errors are both
        return True


def picture(door: Door, path: Path, time_s: float) -> Rgb:
    """The picture of a film nearest to a time of it; on a worker's thread."""
    film: Film = door.open_film(path)
    try:
        return film.frame_at(time_s)[1]
    finally:
        film.close()
