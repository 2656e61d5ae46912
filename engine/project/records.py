"""The rows of a project's file, and whole files made of them under a temporary name."""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from engine.core.errors import InvalidInput
from engine.project import codec, media, schema
from engine.project.change import Edit
from engine.project.database import Database, damaged, journal_file
from engine.project.document import Document, export_json, import_json
from engine.project.history import Journal, Step


def check_sum(*texts: str) -> int:
    """CRC-32 of the texts of one row: a flipped bit in a text is otherwise read as if nothing were."""
    return zlib.crc32("\0".join(texts).encode())


def journal_row(position: int, step: Step) -> tuple[int, str, str, str, float, int]:
    """A step as a row of the journal."""
    edit, inverse = codec.dumps(step.edit.to_json()), codec.dumps(step.inverse.to_json())
    return position, step.title, edit, inverse, time.time(), check_sum(edit, inverse)


def read_step(database: Database, position: int) -> Step:
    """The step at `position` of the journal.

    Raises:
        InvalidInput: its row is missing or damaged.
    """
    rows = database.rows("SELECT edit, inverse, check_sum FROM journal WHERE position = ?", position)
    if not rows or check_sum(rows[0][0], rows[0][1]) != rows[0][2]:
        raise damaged(database.path, f"step {position + 1} of the journal cannot be read")
    return Step(Edit.from_json(codec.loads(rows[0][0])), Edit.from_json(codec.loads(rows[0][1])))


def snapshot_row(position: int, document: Document) -> tuple[int, str, int]:
    """A document as a row of the snapshots."""
    text = export_json(document)
    return position, text, check_sum(text)


def read_snapshot(database: Database, position: int) -> Document | None:
    """The document kept at `position`; None if it is damaged."""
    rows = database.rows("SELECT document, check_sum FROM snapshots WHERE position = ?", position)
    return import_json(rows[0][0]) if rows and check_sum(rows[0][0]) == rows[0][1] else None


def write_meta(connection: sqlite3.Connection, **values: object) -> None:
    """Facts about the file, inside a transaction; None is stored as `""`."""
    rows = [(key, "" if value is None else str(value)) for key, value in values.items()]
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def write_new(path: Path, target: Path, document: Document, journal: Journal) -> None:
    """A complete project at a temporary name, to be moved to `target`, on the disk when this returns.

    Raises:
        OutputError: it cannot be written; nothing but `path` itself is left for the caller to remove.
    """
    database = Database(path, create=True, shown=target)
    try:
        with database.errors():
            schema.build(database.connection)
        with database.transaction() as connection:
            for index in range(journal.count):
                connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", journal_row(index, journal.step(index)))
            connection.execute("INSERT INTO snapshots VALUES (?, ?, ?)", snapshot_row(journal.cursor, document))
            write_meta(connection, cursor=journal.cursor, clean=journal.cursor, session="", homes="[]")
            rebase(connection, media.absolute_to(target.parent))
    finally:
        database.close()
        journal_file(path).unlink(missing_ok=True)


def finish_copy(path: Path, target: Path, move: Callable[[str], str]) -> None:
    """A copy at a temporary name made the file of a session that has not begun: paths of its place at `target`, all on the disk.

    Raises:
        OutputError: it cannot be written; nothing but `path` itself is left for the caller to remove.
    """
    database = Database(path, shown=target)
    try:
        with database.transaction() as connection:
            rebase(connection, move)
            (cursor,) = connection.execute("SELECT value FROM meta WHERE key = 'cursor'").fetchone()
            write_meta(connection, clean=cursor, session="", homes="[]")
    finally:
        database.close()
        journal_file(path).unlink(missing_ok=True)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def rebase(connection: sqlite3.Connection, move: Callable[[str], str]) -> None:
    """Every media path in the journal and the snapshots passed through `move`, inside a transaction."""

    def moved(text: str) -> str:
        return codec.dumps(media.rebased(codec.loads(text), move))

    for position, text in connection.execute("SELECT position, document FROM snapshots WHERE document LIKE '%\"sha256\"%'").fetchall():
        new = moved(text)
        connection.execute("UPDATE snapshots SET document = ?, check_sum = ? WHERE position = ?", (new, check_sum(new), position))
    found = connection.execute("SELECT position FROM journal WHERE edit LIKE '%\"sha256\"%' OR inverse LIKE '%\"sha256\"%'").fetchall()
    for (position,) in found:
        edit, inverse = (moved(t) for t in connection.execute("SELECT edit, inverse FROM journal WHERE position = ?", (position,)).fetchone())
        values = (edit, inverse, check_sum(edit, inverse), position)
        connection.execute("UPDATE journal SET edit = ?, inverse = ?, check_sum = ? WHERE position = ?", values)


def open_schema(database: Database) -> None:
    """Refuse what is no project or newer than us, bring what is older up to date, and make ready for writing.

    Raises:
        InvalidInput: refused; the file is as before.
    """
    with database.errors():
        number = schema.version(database.connection)
        if number is None:
            raise damaged(database.path, "its header is another's" if database.path.stat().st_size else "it is empty")
        if number > schema.SCHEMA:
            raise InvalidInput(
                f"{database.path} was saved by a newer version of Viva Voce (format {number}, this one reads up to {schema.SCHEMA})",
                "install the newer version; the file was left as it is",
            )
        if number < schema.SCHEMA and database.read_only:
            database.into_memory()
        if not database.read_only:
            database.start_writing()
        if number < schema.SCHEMA:
            schema.upgrade(database.connection, number)
