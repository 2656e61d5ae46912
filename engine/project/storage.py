"""The project's file `NAME.viva`: the document, its journal and its blobs in one SQLite database.

Every step is committed to the disk before `History.apply` returns, so a killed process loses nothing it acknowledged. Opening
reads the nearest snapshot of the document and replays the steps after it.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from engine.core.errors import EngineError, InvalidInput, OutputError
from engine.core.output import replacing
from engine.project import lock, records
from engine.project.blobs import BlobStore
from engine.project.database import Database, damaged, journal_file, sync_folder
from engine.project.document import Document
from engine.project.history import Journal, MemoryJournal, Step
from engine.project.media import MediaFinder

log = logging.getLogger(__name__)
SUFFIX = ".viva"
# Steps to replay on opening: a step takes about a millisecond, a snapshot of a large document a tenth of a second, which is
# better spent while nobody is waiting.
SNAPSHOT_STEPS = 1000
TIDY_STEPS = 50
_SNAPSHOTS_KEPT = 3
_HOMES_KEPT = 8


@dataclass
class _State:
    """What is read from the file at every step, kept in memory."""

    cursor: int
    count: int
    clean: int | None
    snapshots: list[int]


class ProjectFile:
    """One open project; it is the journal of its history: `History(project.document, project)`.

    Made by `create` and `open`. Where somebody else has the file open, or it may not be written, it is opened for reading:
    `read_only` says why, `holder` who. `recovery` is a sentence for the person where the last session did not end well.
    `document` is the document at the journal's cursor, `blobs` and `media` the bytes and the sounds that belong to it.
    """

    def __init__(self, database: Database, held: lock.ProjectLock | None, holder: lock.Holder | None) -> None:
        self._database = database
        self._lock = held
        self.holder = holder
        self.recovery = ""
        self._state = self._read_state()
        self.document = self._load()
        self.blobs = BlobStore(database)
        self.media = MediaFinder(self.folder, self._homes(), self.blobs)

    @classmethod
    def create(cls, path: Path, document: Document, journal: Journal | None = None, overwrite: bool = False) -> ProjectFile:
        """A new file with `document` and, where its journal is given, its whole past and future.

        The paths of its media become relative to the file's folder, so the project's `document` may differ from the one given.

        Raises:
            OutputError: the file exists and `overwrite` is False, somebody has it open, or it cannot be written. Nothing is left.
        """
        path = _resolved(path)
        held = _take(path, overwrite)
        try:
            with replacing(path) as temporary:
                records.write_new(temporary, path, document, journal or MemoryJournal())
                _settle(path)
            sync_folder(path.parent)
            return cls._open_locked(path, held)
        except BaseException:
            held.release()
            raise

    @classmethod
    def open(cls, path: Path, to_write: bool = True) -> ProjectFile:
        """Open a project, for writing where that is possible.

        Args:
            path: the file.
            to_write: False leaves the lock to whoever wants to write, and the file as it is.

        Raises:
            InvalidInput: missing, no project, damaged, or from a newer version. The file stays as it is.
            OutputError: it can be opened neither for writing nor for reading.
        """
        path = _resolved(path)
        if not path.is_file():
            raise InvalidInput(f"there is no project {path}", "give a file, not a folder" if path.is_dir() else "see that the name is right")
        if not os.access(path, os.W_OK):
            return cls._open_to_read(path, lock.Refusal("the file is write-protected"))
        if not to_write and not _has_journal(path):  # an interrupted commit can only be taken back by a writer
            return cls._open_to_read(path, lock.Refusal("it was asked for so"))
        held = lock.acquire(path)
        if isinstance(held, lock.Refusal):
            return cls._open_to_read(path, held)
        try:
            return cls._open_locked(path, held)
        except OutputError as error:
            held.release()
            return cls._open_to_read(path, lock.Refusal(error.what))
        except BaseException:
            held.release()
            raise

    @classmethod
    def _open_locked(cls, path: Path, held: lock.ProjectLock) -> ProjectFile:
        interrupted = _has_journal(path)
        database = Database(path)
        try:
            records.open_schema(database)
            project = cls(database, held, None)
            project._begin_session(interrupted)
        except sqlite3.OperationalError as error:  # a table or a column is not there
            database.close()
            raise damaged(path, str(error)) from error
        except BaseException:
            database.close()
            raise
        return project

    @classmethod
    def _open_to_read(cls, path: Path, refusal: lock.Refusal) -> ProjectFile:
        database = Database(path, refusal.reason)
        try:
            records.open_schema(database)
            return cls(database, None, refusal.holder)
        except sqlite3.OperationalError as error:
            database.close()
            raise damaged(path, str(error)) from error
        except BaseException:
            database.close()
            raise

    def __enter__(self) -> ProjectFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @property
    def folder(self) -> Path:
        """Its folder, to which media paths are relative."""
        return self.path.parent

    @property
    def read_only(self) -> str:
        """Why nothing may be written; `""` where it may."""
        return self._database.read_only

    def close(self) -> None:
        """End the session: one file is left, without a lock. Closing twice does no harm."""
        if self._lock is not None:
            # The journal holds everything already: a full disk here costs only time at the next opening.
            with suppress(EngineError):
                self.tidy(0)
            with suppress(EngineError), self._database.transaction() as connection:
                records.write_meta(connection, session="")
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def tidy(self, steps: int = TIDY_STEPS) -> bool:
        """To be called while nobody is waiting: make the next opening quick if more than `steps` steps were made since the last time.

        Returns:
            True if something was written.

        Raises:
            OutputError: the disk is full.
        """
        if self.read_only or min(abs(p - self.cursor) for p in self._state.snapshots) <= steps:
            return False
        with self._database.transaction():
            snapshots = self._write_snapshot(self._state.snapshots, self.cursor, self.document)
        self._state.snapshots = snapshots
        return True

    def save_as(self, path: Path, overwrite: bool = False) -> ProjectFile:
        """The whole project, undo steps and blobs with it, as another file, open; this one stays open too.

        Works from a project open for reading. Media paths are made relative to the new folder.

        Raises:
            OutputError: as for `create`.
        """
        path = _resolved(path)
        if path == self.path:
            raise OutputError(f"{path} is the project's own file", "give another name")
        held = _take(path, overwrite)
        try:
            with replacing(path) as temporary:
                self._database.copy_to(temporary, path)
                records.finish_copy(temporary, path, self.media.moved_to(path.parent))
                _settle(path)
            sync_folder(path.parent)
            return self._open_locked(path, held)
        except BaseException:
            held.release()
            raise

    # The journal of a history.

    @property
    def count(self) -> int:
        """Steps kept, undone ones included."""
        return self._state.count

    @property
    def cursor(self) -> int:
        """Steps that are done."""
        return self._state.cursor

    @property
    def clean(self) -> int | None:
        """The cursor at which the person last saved; None where undo and redo no longer lead there."""
        return self._state.clean

    def step(self, index: int) -> Step:
        """The step at `index`.

        Raises:
            InvalidInput: its row is damaged.
        """
        return records.read_step(self._database, index)

    def title(self, index: int) -> str:
        """What step `index` is called."""
        rows = self._database.rows("SELECT title FROM journal WHERE position = ?", index)
        return str(rows[0][0]) if rows else ""

    def append(self, step: Step, document: Document) -> None:
        """Drop the undone steps and keep `step`, which leads to `document`; on the disk when this returns.

        Raises:
            OutputError: it cannot be written; the file is as before.
        """
        clean = self.clean if self.clean is not None and self.clean <= self.cursor else None
        self._put_step(self.cursor, step, document, clean)

    def replace_last(self, step: Step, document: Document) -> None:
        """Keep `step` instead of the last one done.

        Raises:
            OutputError: it cannot be written; the file is as before.
        """
        self._put_step(self.cursor - 1, step, document, self.clean if self.clean != self.cursor else None)

    def _put_step(self, position: int, step: Step, document: Document, clean: int | None) -> None:
        row = records.journal_row(position, step)
        kept = [p for p in self._state.snapshots if p <= position]
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM journal WHERE position >= ?", (position,))
            connection.execute("DELETE FROM snapshots WHERE position > ?", (position,))
            connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", row)
            snapshots = self._snapshot_if_due(kept, position + 1, document)
            records.write_meta(connection, cursor=position + 1, clean=clean)
        self._state = _State(position + 1, position + 1, clean, snapshots)
        self.document = document

    def move(self, cursor: int, document: Document) -> None:
        """Remember how many steps are done; `document` is what they lead to.

        Raises:
            OutputError: it cannot be written; the file is as before.
        """
        with self._database.transaction() as connection:
            snapshots = self._snapshot_if_due(self._state.snapshots, cursor, document)
            records.write_meta(connection, cursor=cursor)
        self._state = _State(cursor, self.count, self.clean, snapshots)
        self.document = document

    def set_clean(self) -> None:
        """Remember the cursor as saved.

        Raises:
            OutputError: it cannot be written.
        """
        with self._database.transaction() as connection:
            records.write_meta(connection, clean=self.cursor)
        self._state.clean = self.cursor

    def _snapshot_if_due(self, snapshots: list[int], cursor: int, document: Document) -> list[int]:
        """The snapshots there are, after one was written if none is near the cursor. Inside a transaction."""
        if snapshots and min(abs(p - cursor) for p in snapshots) < SNAPSHOT_STEPS:
            return snapshots
        return self._write_snapshot(snapshots, cursor, document)

    def _write_snapshot(self, snapshots: list[int], cursor: int, document: Document) -> list[int]:
        """The snapshots there are after one more; of the others the nearest stay, should this one be damaged. Inside a transaction."""
        kept = sorted(snapshots, key=lambda p: abs(p - cursor))[: _SNAPSHOTS_KEPT - 1]
        connection = self._database.connection
        connection.executemany("DELETE FROM snapshots WHERE position = ?", [(p,) for p in snapshots if p not in kept])
        connection.execute("INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?)", records.snapshot_row(cursor, document))
        return sorted({*kept, cursor})

    # Reading and the session.

    def _meta(self, key: str) -> str:
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else ""

    def _homes(self) -> tuple[Path, ...]:
        """The folders the file was in before; none where that cannot be read: they only help to find moved sounds."""
        try:
            return tuple(Path(p) for p in json.loads(self._meta("homes") or "[]"))
        except (ValueError, TypeError):
            return ()

    def _read_state(self) -> _State:
        try:
            cursor, clean = int(self._meta("cursor")), self._meta("clean")
            (count,) = self._database.rows("SELECT COALESCE(MAX(position) + 1, 0) FROM journal")[0]
            snapshots = [int(row[0]) for row in self._database.rows("SELECT position FROM snapshots ORDER BY position")]
            state = _State(cursor, int(count), int(clean) if clean else None, snapshots)
        except (ValueError, TypeError) as error:
            raise damaged(self.path, "its cursor or a snapshot's place cannot be read") from error
        if not 0 <= state.cursor <= state.count:
            raise damaged(self.path, f"its cursor is at {state.cursor} of {state.count} steps")
        return state

    def _load(self) -> Document:
        """The document at the cursor: from the nearest snapshot that is whole, forward or back."""
        for position in sorted(self._state.snapshots, key=lambda p: abs(p - self.cursor)):
            document = records.read_snapshot(self._database, position)
            if document is None:
                log.warning("a snapshot in %s is damaged; using another", self.path)
                continue
            for index in range(position, self.cursor):
                document = self.step(index).edit.apply(document).document
            for index in range(position - 1, self.cursor - 1, -1):
                document = self.step(index).inverse.apply(document).document
            return document
        raise damaged(self.path, "no snapshot of the document is whole")

    def _begin_session(self, interrupted: bool) -> None:
        """Note that this process works on the file; say so if the last one that did never finished."""
        before = self._meta("session")
        if before:
            self.recovery = self._report(lock.Holder.from_text(before), interrupted)
        homes = list(dict.fromkeys([str(self.folder), *map(str, self.media.homes)]))[:_HOMES_KEPT]
        self.blobs.drop_unfinished()
        with self._database.transaction() as connection:
            records.write_meta(connection, session=lock.this_process().to_text(), homes=json.dumps(homes))

    def _report(self, who: lock.Holder, interrupted: bool) -> str:
        replayed = self.cursor - max((p for p in self._state.snapshots if p <= self.cursor), default=0)
        last = f'the last of them "{self.title(self.cursor - 1)}"' if self.cursor else "none had been made"
        text = f"{self.path.name} was not closed properly by {who}. All {self.cursor} steps are there, {last}"
        text += f"; {replayed} were recovered from the journal." if replayed else "."
        return text + (" A step that was being written when it ended was taken back." if interrupted else "")


def _resolved(path: Path) -> Path:
    return Path(path).expanduser().resolve()


def _has_journal(path: Path) -> bool:
    """Whether a commit is under way or was interrupted."""
    return journal_file(path).exists() and journal_file(path).stat().st_size > 0


def _take(path: Path, overwrite: bool) -> lock.ProjectLock:
    """The lock of a file about to be made."""
    if not path.parent.is_dir():
        raise OutputError(f"the folder {path.parent} for {path.name} does not exist", "make it first or choose another")
    if path.exists() and not overwrite:
        raise OutputError(f"{path} exists already", "choose another name or allow it to be replaced")
    held = lock.acquire(path)
    if isinstance(held, lock.Refusal):
        raise OutputError(f"{path} cannot be written: {held.reason}", "choose another name or folder")
    return held


def _settle(path: Path) -> None:
    """Before a file is replaced: an interrupted commit's journal beside it would be played into the new one."""
    if not journal_file(path).exists():
        return
    if path.is_file():
        with suppress(EngineError):
            Database(path).close()
    journal_file(path).unlink(missing_ok=True)
