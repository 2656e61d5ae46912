"""Files of films: where takes lie, whether there are pictures in one, what a line of one has to tell."""

from __future__ import annotations

from pathlib import Path

from engine.core.errors import EngineError
from engine.project.document import LineDoc, Media
from studio.capture.door import Door, Film, Rgb
from studio.session import Session

SILENT = ".silent.wav"  # how the sound of a film without one ends
_SOUND_ALONE = "the sound of a video file is used, not its picture"  # a line's notice that is not true here


def notices_of(line: LineDoc) -> tuple[str, ...]:
    """What a line has to tell, without what is otherwise here: the picture of a film is used, and silence was meant."""
    if isinstance(line.source, Media) and line.source.path.endswith(SILENT):
        return ()
    return tuple(notice for notice in line.notices if notice != _SOUND_ALONE)


def captures_folder(session: Session) -> Path:
    """Where films of takes are: beside the project, or in the cache while it has no name."""
    from engine.core import assets

    project = session.project
    folder = (assets.user_cache() if session.untitled or project is None else project.folder) / "captures"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(f"the folder {folder} cannot be made ({error.strerror})", "save the project where you may write") from error
    return folder


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
