"""What the decoder said of the pieces of a long recording, kept in the cache: hours of listening that were interrupted go on where they were.

A piece is known by its sound and by what was asked of it, so another cut, language or recogniser asks anew. Raise `VERSION` when
`sphinx_worker` answers otherwise than before.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine.core import assets
from engine.core.errors import OutputError
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing
from engine.speech import sphinx
from engine.speech.sphinx import Request

VERSION = 1
LONG_S = 120.0  # of speech: less is listened to again in a moment
MOST_BYTES = 128 * 2**20  # of all that is kept; the oldest goes first
_FOLDER, _SUFFIX = "listening", ".json.z"


def replies(requests: Iterable[Request], job: Job = SILENT) -> Iterator[dict[str, Any]]:
    """As `sphinx.run`, with what was asked before taken from the cache.

    Args:
        requests: may be a generator.
        job: cancelling; what was heard until then stays.

    Yields:
        the reply to each request, in order.

    Raises:
        Cancelled: the job was cancelled.
    """
    try:
        folder = assets.user_cache() / _FOLDER
        folder.mkdir(exist_ok=True)
        _forget(folder)
    except OSError:  # a cache that cannot be written: everything is listened to
        yield from sphinx.run(requests, job)
        return
    waiting: deque[Path | dict[str, Any]] = deque()

    def unknown() -> Iterator[Request]:
        for request in requests:
            path = folder / f"{_key(request)}{_SUFFIX}"
            known = _read(path)
            waiting.append(path if known is None else known)
            if known is None:
                yield request

    for reply in sphinx.run(unknown(), job):
        while isinstance(known := waiting.popleft(), dict):
            yield known
        _keep(known, reply)
        yield reply
    yield from (known for known in waiting if isinstance(known, dict))


def _key(request: Request) -> str:
    asked = json.dumps([VERSION, version("pocketsphinx"), request.header()], sort_keys=True)
    return hashlib.sha256(asked.encode() + request.pcm()).hexdigest()


def _read(path: Path) -> dict[str, Any] | None:
    """A kept reply; None where there is none, or a damaged one."""
    try:
        reply = json.loads(zlib.decompress(path.read_bytes()))
    except (OSError, zlib.error, ValueError):
        return None
    return reply if isinstance(reply, dict) else None


def _keep(path: Path, reply: dict[str, Any]) -> None:
    if "failed" in reply:
        return
    with suppress(OSError, OutputError), replacing(path) as temporary:  # a full disk: it is listened to again next time
        temporary.write_bytes(zlib.compress(json.dumps(reply).encode(), 1))


def _forget(folder: Path) -> None:
    """Remove the oldest replies where there are too many."""
    found = []
    for path in folder.glob(f"*{_SUFFIX}"):
        with suppress(OSError):  # another program's sweep
            facts = path.stat()
            found.append((facts.st_mtime, facts.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= MOST_BYTES:
            return
        with suppress(OSError):
            path.unlink()
        total -= size
