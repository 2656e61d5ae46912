"""Where the background's picture is, for a session's project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.project.media import stored_path
from engine.project.stage import Stage
from studio.session import Session


def stored(session: Session, path: Path) -> str:
    """A picture's path as the document keeps it."""
    return session.project.media.stored(path) if session.project is not None else stored_path(path, None)


def is_missing(session: Session) -> bool:
    """True where the background is to show a picture that is nowhere."""
    picture = session.document.stage.background.picture
    if session.document.stage.background.kind != "picture" or picture is None:
        return False
    return session.project.media.find(picture) is None if session.project is not None else not Path(picture.path).is_file()


def drawn_stage(session: Session) -> Stage:
    """The stage as it is drawn: with the picture's full path, or a gradient in the place of one that is missing."""
    if session.project is not None:
        return session.project.media.staged(session.document)[0]
    stage = session.document.stage
    return replace(stage, background=replace(stage.background, kind="gradient")) if is_missing(session) else stage
