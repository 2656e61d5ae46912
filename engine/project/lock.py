"""Who may write a project: a lock of the operating system on a small file beside it, which dies with its process.

The lock file carries the holder's name for others to read. A file left behind by a killed process is not a lock: the system
let go of it, and the next one to come takes it over.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# On Windows a locked byte cannot be read by others: lock one far behind the holder's name.
_LOCKED_BYTE = 1 << 30
_held: set[int] = set()  # descriptors to let go of in a forked child, or the lock would outlive its process


@dataclass(frozen=True)
class Holder:
    """The process that has a project open for writing."""

    pid: int = 0
    host: str = ""
    user: str = ""
    since: str = ""

    def __str__(self) -> str:
        if not self.pid:
            return "another process"
        return f"{self.user} on {self.host} (process {self.pid}, since {self.since})"

    def to_text(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> Holder:
        """The inverse of `to_text`; nobody in particular where the text says nothing."""
        try:
            data = json.loads(text)
            return cls(int(data["pid"]), str(data["host"]), str(data["user"]), str(data["since"]))
        except (ValueError, KeyError, TypeError):
            return cls()


def this_process() -> Holder:
    """This process, as others are to see it."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account for this user id, as in some containers
        user = f"user {os.getuid()}" if sys.platform != "win32" else "somebody"
    return Holder(os.getpid(), socket.gethostname(), user, time.strftime("%Y-%m-%d %H:%M"))


@dataclass(frozen=True)
class Refusal:
    """Why a project cannot be locked: somebody holds it, or the place has no locks."""

    reason: str
    holder: Holder | None = None


class ProjectLock:
    """A held lock; made by `acquire`."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        _held.add(descriptor)

    def release(self) -> None:
        """Let go and take the file away."""
        if self._descriptor < 0:
            return
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)
        _held.discard(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = -1
        if sys.platform == "win32":
            with suppress(OSError):  # an open file cannot be removed there: somebody is reading it
                self._path.unlink(missing_ok=True)


def lock_path(project: Path) -> Path:
    """The lock file of a project: hidden, beside it."""
    return project.with_name(f".{project.name}.lock")


def acquire(project: Path) -> ProjectLock | Refusal:
    """Take the lock of a project if it is free.

    Args:
        project: the project's file, resolved, so that every way to name it meets the same lock.
    """
    path = lock_path(project)
    for _ in range(100):
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        except PermissionError:
            if not _remove_dead(path):
                return _foreign(path)
            continue
        except OSError as error:
            return Refusal(f"the folder {path.parent} cannot be written ({error.strerror})")
        try:
            _lock(descriptor)
        except OSError as error:
            text = _read(descriptor)
            os.close(descriptor)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                holder = Holder.from_text(text)
                return Refusal(f"{holder} has it open", holder)
            return Refusal(f"the drive of {path.parent} offers no file locks ({error.strerror})")
        if _still_there(path, descriptor):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, this_process().to_text().encode())
            return ProjectLock(path, descriptor)
        os.close(descriptor)  # its holder took the file away between our opening and locking it
    return Refusal(f"the lock file {path.name} keeps changing")


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _read(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, 4096).decode(errors="replace")


def _still_there(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _remove_dead(path: Path) -> bool:
    """Take away a lock file that another user's killed process left; False if it is held or not ours to remove."""
    if sys.platform == "win32":
        return False
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        _lock(descriptor)
        path.unlink()
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _foreign(path: Path) -> Refusal:
    """Why a lock file that cannot be written is not ours."""
    try:
        holder = Holder.from_text(path.read_text(errors="replace"))
    except OSError:
        return Refusal(f"the folder {path.parent} cannot be written")
    return Refusal(f"{holder} has it open", holder)


def _let_go() -> None:
    for descriptor in _held:
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_let_go)
