"""Writing results: a file appears under its name only when it is complete."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.core.errors import OutputError

LEFTOVER_S = 3600.0  # an unfinished file that nobody has written to for so long was left by a killed process
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE)
_written: list[Path] = []
_UNFINISHED = re.compile(r"\.[0-9a-z_]{8}\.part(\.\w+)?$")


def check_target(path: Path) -> None:
    """Refuse early, before any long work, a place that cannot be written; take away what a killed process left there.

    Raises:
        OutputError: the folder is missing or read-only, or `path` is a folder, a device, write-protected or too long a name.
    """
    target = _checked(path)
    with suppress(OSError):  # another user's leftovers, or a folder that may not be listed: they do no harm
        for leftover in _leftovers(target):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` to write to; moved onto `path` when the block ends well, removed when it does not.

    The suffix stays, so that writers which look at it work. A symbolic link stays a link: what it leads to is replaced.
    Cancelling and faults leave nothing behind.

    Raises:
        OutputError: the disk is full or the folder cannot be written.
    """
    target = _checked(path)
    temporary = unfinished(target)
    try:
        with writing(path):
            yield temporary
            temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the file system refuses while `path` is written, in a person's words.

    Raises:
        OutputError: the disk is full or gone, or the folder cannot be written.
    """
    _written.append(path)
    try:
        yield
    except OSError as error:
        said = _said(error, path)
        if said is None:
            raise
        raise said from error
    finally:
        _written.remove(path)


def being_written() -> bool:
    """Whether something unfinished is on the disk, so that this process must not end without tidying up."""
    return bool(_written)


def check_apart(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Refuse to write onto a file that is read: a recording cannot be had again.

    Raises:
        OutputError: an output is one of the inputs, by whatever name.
    """
    sources = list(inputs)
    for target in outputs:
        for source in sources:
            with suppress(OSError):  # one is not there
                if target.samefile(source):
                    raise OutputError(f"{target} is read for this and would be overwritten", "give the result another name")


def check_storable(name: str) -> None:
    """Refuse a file's name that a project or another text cannot hold.

    Raises:
        OutputError: it is not text.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raise OutputError(f"the name {name!a} holds bytes that are not UTF-8, which a project cannot store", "rename the file or its folder") from None


def unfinished(target: Path) -> Path:
    """A hidden name beside `target` that `check_target` knows as unfinished."""
    return target.with_name(f".{target.stem[:40]}.{uuid.uuid4().hex[:8]}.part{target.suffix}")


def _checked(path: Path) -> Path:
    """The file that will be written, links followed.

    Raises:
        OutputError: it cannot be.
    """
    with writing(path):
        target = Path(os.path.realpath(path))
        probe = target.parent / f".{uuid.uuid4().hex[:12]}.probe"
        if not _is(target.parent, stat.S_ISDIR):
            raise OutputError(f"the folder {path.parent} for {path.name} does not exist", "make it first or choose another")
        if _is(target, stat.S_ISDIR):
            raise OutputError(f"{path} is a folder", "give a file name")
        if _is(target, lambda mode: not stat.S_ISREG(mode)):
            raise OutputError(f"{path} is no regular file", "give the name of a file")
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(f"{path} is write-protected", "choose another name, or give yourself the right to write it")
        try:
            probe.touch()
        finally:
            probe.unlink(missing_ok=True)
    return target


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether `path` is there and its mode is of a kind; a place that cannot be looked at is an `OSError`."""
    try:
        return kind(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _said(error: OSError, path: Path) -> OutputError | None:
    """What an error of the file system means for writing `path`; None where it means something else."""
    if error.errno in _FULL:
        return OutputError(f"the disk is full while writing {path}", "free some space or choose another disk")
    if error.errno in _FORBIDDEN:
        return OutputError(f"cannot write {path} ({error.strerror})", "choose a folder you may write to")
    if error.errno == errno.ENAMETOOLONG:
        return OutputError(f"the name {path.name[:60]}... is too long for this disk ({len(os.fsencode(path.name))} bytes)", "choose a shorter one")
    if error.errno in _GONE:
        return OutputError(f"cannot write {path} ({error.strerror})", "see that its folder and its disk are still there")
    return None


def _leftovers(target: Path) -> Iterator[Path]:
    """What earlier writers of `target` left unfinished and no longer write to."""
    for path in target.parent.iterdir():
        if path.name.startswith(f".{target.stem[:40]}.") and _UNFINISHED.search(path.name):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > LEFTOVER_S:
                    yield path
