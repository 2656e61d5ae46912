"""Writing results: a file appears under its name only when it is complete."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.core.errors import OutputError


def check_target(path: Path) -> None:
    """Refuse early, before any long work, a place that cannot be written.

    Raises:
        OutputError: the folder is missing or read-only, or `path` is a folder.
    """
    folder = path.parent if str(path.parent) else Path()
    if not folder.is_dir():
        raise OutputError(f"the folder {folder} for {path.name} does not exist", "make it first or choose another")
    if path.is_dir():
        raise OutputError(f"{path} is a folder", "give a file name")
    probe = folder / f".{uuid.uuid4().hex[:12]}.probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(f"cannot write {path.name} in {folder} ({error.strerror})", "choose a folder you may write to") from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; moved onto `path` when the block ends well, removed when it does not.

    The suffix stays, so that writers which look at it work. Cancelling and faults leave nothing behind.

    Raises:
        OutputError: the disk is full or the folder cannot be written.
    """
    check_target(path)
    temporary = path.with_name(f".{path.stem[:80]}.{uuid.uuid4().hex[:8]}.part{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise OutputError(f"the disk is full while writing {path}", "free some space or choose another disk") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise OutputError(f"cannot write {path} ({error.strerror})", "choose a folder you may write to") from error
        raise
    finally:
        temporary.unlink(missing_ok=True)
