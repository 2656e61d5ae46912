"""The tables of a `.viva` file and how older files become today's.

To change them: raise `SCHEMA` (and `document.FORMAT` if the JSON changes), write one function that takes a file from the
number before to the new one, put it under the number before in `UPGRADES`, and commit a small file of the number before
to tests/project/fixtures.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable

from engine.project import codec

APPLICATION_ID = int.from_bytes(b"Viva", "big")  # in the file's header, for `file` and for us
SCHEMA = 4

TABLES = """
-- One row per fact about the file: cursor, clean, session, homes.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Every edit with its inverse; `position` counts from 0, meta.cursor says how many are done.
CREATE TABLE journal (
    position INTEGER PRIMARY KEY, title TEXT NOT NULL, edit TEXT NOT NULL, inverse TEXT NOT NULL,
    made_at REAL NOT NULL, check_sum INTEGER NOT NULL
);

-- The whole document after `position` steps, so that opening replays few of them.
CREATE TABLE snapshots (position INTEGER PRIMARY KEY, document TEXT NOT NULL, check_sum INTEGER NOT NULL);

-- Bytes by their SHA-256, in pieces: embedded media, takes, thumbnails, what was costly to compute.
CREATE TABLE blobs (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
    CHECK (size >= -1)  -- -1 while it is being put in
);
CREATE INDEX blobs_by_hash ON blobs (sha256);
CREATE INDEX blobs_by_name ON blobs (kind, name);
CREATE TABLE blob_parts (blob INTEGER NOT NULL REFERENCES blobs, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (blob, part));
"""


def _renumbered(connection: sqlite3.Connection, number: int) -> None:
    """Documents of a format that only has more fields, all with a value for what an older file does not say."""
    for position, text, check in connection.execute("SELECT position, document, check_sum FROM snapshots").fetchall():
        if zlib.crc32(text.encode()) == check:  # a damaged one stays so, and is passed over as before
            new = codec.dumps({**codec.loads(text), "format": number})
            connection.execute("UPDATE snapshots SET document = ?, check_sum = ? WHERE position = ?", (new, zlib.crc32(new.encode()), position))


# From schema n to n + 1, inside a transaction that also raises the number.
UPGRADES: dict[int, Callable[[sqlite3.Connection], None]] = {
    1: lambda c: _renumbered(c, 2),
    2: lambda c: _renumbered(c, 3),
    3: lambda c: _renumbered(c, 4),
}


def build(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file and mark it as ours."""
    # Space of dropped blobs can then be given back without rewriting the file.
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.executescript(TABLES)


def version(connection: sqlite3.Connection) -> int | None:
    """The schema of a file; None if it is no project."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number) if application == APPLICATION_ID and number >= 1 else None


def upgrade(connection: sqlite3.Connection, number: int) -> None:
    """Take a file from schema `number` to today's, one step after the other, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(number, SCHEMA):
            UPGRADES[step](connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
