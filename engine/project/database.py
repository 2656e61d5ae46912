"""The SQLite connection of a project: durable transactions, and errors in words a person can use.

A rollback journal, not a write-ahead log: with a log the last edits live in a second file until a checkpoint, and shared memory
rules out network drives; so at any moment NAME.viva alone holds every committed edit, and a copy of it is a copy of the
work. `journal_mode=TRUNCATE` with `synchronous=FULL` also syncs the end of each commit, which `DELETE` would not. On
closing, SQLite's own file is taken away: one file remains.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from engine.core.errors import EngineError, InvalidInput, OutputError

BUSY_TIMEOUT_S = 5.0  # a reader holds the file for milliseconds
SYNCHRONOUS = "FULL"  # a commit is on the disk before it returns; the tests, which lose no power, turn it off


class Database:
    """One open file. Safe to use from several threads.

    Args:
        path: the file, which must exist unless `create`.
        read_only: why nothing may be written; `""` to write.
        create: make the file.
        shown: the file that errors name, where `path` is a temporary one.

    Raises:
        InvalidInput: not an SQLite file, or a damaged one.
        OutputError: it cannot be opened.
    """

    def __init__(self, path: Path, read_only: str = "", create: bool = False, shown: Path | None = None) -> None:
        self.path = path
        self._shown = shown or path
        self.read_only = read_only
        self._mutex = threading.RLock()
        self._writing = False
        mode = "rwc" if create else "ro" if read_only else "rw"
        with self.errors():
            self.connection = sqlite3.connect(
                _uri(path) + f"?mode={mode}", timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, uri=True
            )  # fmt: skip
        try:
            with self.errors():
                self.connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
                self.connection.execute("PRAGMA trusted_schema = OFF")
                self.connection.execute("PRAGMA schema_version").fetchone()  # reads the header, rolls an interrupted commit back
        except BaseException:
            self.connection.close()
            raise

    def start_writing(self) -> None:
        """Choose how commits are made; only once the file is known to be ours, for the choice may be written to it."""
        with self.errors():
            self.connection.execute("PRAGMA journal_mode = TRUNCATE")
        self._writing = True

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All statements of the block are committed and on the disk when it ends, or none is.

        Raises:
            OutputError: read-only, or the disk is full, gone or moved. The file is as before.
        """
        if self.read_only:
            raise OutputError(f"{self.path.name} is open for reading only: {self.read_only}", "save it under another name to change it")
        with self._mutex, self.errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            InvalidInput: the file is damaged.
        """
        with self._mutex, self.errors():
            return self.connection.execute(sql, values).fetchall()

    @contextmanager
    def errors(self, shown: Path | None = None) -> Iterator[None]:
        """SQLite's errors in the block as ours, naming `shown` or this file."""
        try:
            yield
        except sqlite3.Error as error:
            raise translated(error, shown or self._shown) from error
        except UnicodeDecodeError as error:  # what a damaged schema holds in place of text, in the message about it
            raise damaged(shown or self._shown, "malformed database schema") from error

    def give_space_back(self) -> None:
        """Make the file as small as what is in it.

        Raises:
            OutputError: the disk is full.
        """
        with self._mutex, self.errors():
            # Only executescript steps a statement without columns to its end.
            self.connection.executescript("PRAGMA incremental_vacuum")

    def copy_to(self, path: Path, shown: Path) -> None:
        """The whole file as a new one, which may not be on the disk yet when this returns; errors name `shown`.

        Raises:
            OutputError: it cannot be written.
        """
        with self._mutex, self.errors(shown):
            self.connection.execute("VACUUM INTO ?", (str(path),))

    def into_memory(self) -> None:
        """Go on with a copy in memory, to upgrade what may not be written."""
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        with self._mutex, self.errors():
            self.connection.backup(copy)
        self.connection.close()
        self.connection = copy

    def close(self) -> None:
        """Close the file; nothing but it is left."""
        with self._mutex:
            try:
                if self._writing:
                    self.connection.execute("PRAGMA journal_mode = DELETE")
            except sqlite3.Error:
                pass  # the empty file stays; it does no harm
            finally:
                self.connection.close()


def journal_file(path: Path) -> Path:
    """SQLite's rollback journal of a file."""
    return path.with_name(path.name + "-journal")


def sync_folder(folder: Path) -> None:
    """Put a rename in `folder` on the disk; a no-op where folders cannot be synced."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some network drives refuse
    finally:
        os.close(descriptor)


def translated(error: sqlite3.Error, path: Path) -> Exception:
    """An SQLite error in a person's words; the error itself where it is our fault."""
    code = getattr(error, "sqlite_errorcode", 0)
    kind = code & 0xFF
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "unsupported file format" in str(error):
        return damaged(path, str(error))
    found: EngineError | None = None
    if kind == sqlite3.SQLITE_FULL:
        found = OutputError(f"the disk is full while writing {path}", "free some space; nothing that was saved is lost")
    elif kind == sqlite3.SQLITE_IOERR:
        found = OutputError(f"{path} cannot be read or written ({error})", "see that its drive is there and has space")
    elif code == sqlite3.SQLITE_READONLY_DBMOVED:
        found = OutputError(f"{path} was moved or deleted while it was open", "move it back, or save under another name")
    elif kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        found = OutputError(f"{path} cannot be opened or written ({error})", "see that you may write the file and its folder")
    elif kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        found = OutputError(f"another program keeps {path} busy", "close it and try again")
    return found or error


def damaged(path: Path, why: str) -> InvalidInput:
    """What to say of a file that is no project or not whole any more."""
    return InvalidInput(f"{path} is not a Viva Voce project or is damaged ({why})", "open a backup of it; the file was left as it is")


def _uri(path: Path) -> str:
    """A file's URI as SQLite reads it: drive letters after a third slash, server names after two more."""
    name = path.as_posix()
    return "file://" + quote(name if name.startswith("/") else "/" + name)
