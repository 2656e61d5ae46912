"""Bytes inside a project, addressed by their content: embedded media, takes, thumbnails, results that were costly."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from engine.core.errors import EngineError, InvalidInput
from engine.project.database import Database

log = logging.getLogger(__name__)
PART_BYTES = 4 << 20  # a part is held in memory; SQLite itself takes no blob over 1 GB


class BlobStore:
    """The blobs of one project.

    A blob has a kind (`media`, `take`, `thumbnail`, `cache`), by which it can be dropped, and may have a name, by which a
    cache finds it again: the fingerprint of what it was computed from.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, data: bytes, kind: str, name: str = "") -> str:
        """Keep `data`; the same bytes of one kind and name are kept once.

        Returns:
            Their SHA-256, hexadecimal.

        Raises:
            OutputError: the project is read-only, or the disk is full.
        """
        parts = (data[i : i + PART_BYTES] for i in range(0, len(data), PART_BYTES))
        return self._put(parts, kind, name, hashlib.sha256(data).hexdigest())

    def put_file(self, path: Path, kind: str, name: str = "", on_bytes: Callable[[int], None] | None = None) -> str:
        """Keep the bytes of a file, of any length, without holding them in memory.

        `on_bytes` is told how many were written, and may raise to stop: nothing is kept then.

        Raises:
            InvalidInput: the file cannot be read.
            OutputError: the project is read-only, or the disk is full.
        """
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                return self._put(_told(iter(lambda: file.read(PART_BYTES), b""), on_bytes), kind, name, digest)
        except OSError as error:
            raise InvalidInput(f"{path} cannot be read ({error.strerror})", "see that the file is there and may be read") from error

    def _put(self, parts: Iterable[bytes], kind: str, name: str, digest: str) -> str:
        if self._database.rows("SELECT 1 FROM blobs WHERE kind = ? AND sha256 = ? AND name = ? AND size >= 0", kind, digest, name):
            return digest
        # Part by part, so that a long file does not keep an edit from being committed in between; visible once complete.
        with self._database.transaction() as connection:
            blob = connection.execute("INSERT INTO blobs (kind, sha256, name, size) VALUES (?, ?, ?, -1)", (kind, digest, name)).lastrowid
        size = 0
        try:
            for number, data in enumerate(parts):
                with self._database.transaction() as connection:
                    connection.execute("INSERT INTO blob_parts VALUES (?, ?, ?)", (blob, number, data))
                size += len(data)
            with self._database.transaction() as connection:
                connection.execute("UPDATE blobs SET size = ? WHERE id = ?", (size, blob))
        except BaseException:
            with suppress(EngineError), self._database.transaction() as connection:
                _delete(connection, [blob])
            raise
        return digest

    def has(self, sha256: str) -> bool:
        """True if bytes with this hash are kept."""
        return bool(self._database.rows("SELECT 1 FROM blobs WHERE sha256 = ? AND size >= 0 LIMIT 1", sha256))

    def find(self, kind: str, name: str) -> str | None:
        """Hash of the blob last kept under a name; None if there is none."""
        rows = self._database.rows("SELECT sha256 FROM blobs WHERE kind = ? AND name = ? AND size >= 0 ORDER BY id DESC LIMIT 1", kind, name)
        return str(rows[0][0]) if rows else None

    def get(self, sha256: str) -> bytes | None:
        """The bytes with this hash; None if they are not kept, or no longer what they were."""
        if not self.has(sha256):
            return None
        data = b"".join(self.parts(sha256))
        if hashlib.sha256(data).hexdigest() != sha256:
            log.warning("the blob %s in %s is damaged", sha256, self._database.path)
            return None
        return data

    def parts(self, sha256: str) -> Iterator[bytes]:
        """The bytes with this hash, piece by piece; nothing if they are not kept."""
        rows = self._database.rows("SELECT id FROM blobs WHERE sha256 = ? AND size >= 0 LIMIT 1", sha256)
        for number in range(self._count(rows[0][0]) if rows else 0):
            yield self._database.rows("SELECT data FROM blob_parts WHERE blob = ? AND part = ?", rows[0][0], number)[0][0]

    def _count(self, blob: int) -> int:
        return int(self._database.rows("SELECT COUNT(*) FROM blob_parts WHERE blob = ?", blob)[0][0])

    def sizes(self) -> dict[str, int]:
        """Bytes kept, by kind."""
        return {str(kind): int(size) for kind, size in self._database.rows("SELECT kind, SUM(size) FROM blobs WHERE size >= 0 GROUP BY kind")}

    def drop(self, kind: str, keep: Iterable[str] = ()) -> int:
        """Forget all blobs of a kind but those whose hashes are in `keep`, and give their space back.

        Returns:
            Bytes forgotten.

        Raises:
            OutputError: the project is read-only.
        """
        kept = set(keep)
        with self._database.transaction() as connection:
            gone = [row for row in connection.execute("SELECT id, sha256, size FROM blobs WHERE kind = ? AND size >= 0", (kind,)) if row[1] not in kept]
            _delete(connection, [row[0] for row in gone])
        self._database.give_space_back()
        return sum(int(row[2]) for row in gone)

    def drop_unfinished(self) -> None:
        """Forget what a killed process had half put in.

        Raises:
            OutputError: the project is read-only.
        """
        unfinished = [row[0] for row in self._database.rows("SELECT id FROM blobs WHERE size < 0")]
        if unfinished:
            with self._database.transaction() as connection:
                _delete(connection, unfinished)
            self._database.give_space_back()


def _told(parts: Iterable[bytes], on_bytes: Callable[[int], None] | None) -> Iterator[bytes]:
    size = 0
    for data in parts:
        size += len(data)
        if on_bytes is not None:
            on_bytes(size)
        yield data


def _delete(connection: sqlite3.Connection, blobs: list[int | None]) -> None:
    connection.executemany("DELETE FROM blob_parts WHERE blob = ?", [(blob,) for blob in blobs])
    connection.executemany("DELETE FROM blobs WHERE id = ?", [(blob,) for blob in blobs])
