"""The decoding processes as seen from the engine: start, share out, cancel, restart."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from engine.core.errors import Cancelled
from engine.core.jobs import SILENT, Job
from engine.speech.sphinx_worker import Decoders, read_message, write_message

SAMPLE_RATE = 16000
WORKERS = 2
_POLL_S = 0.05


@dataclass(frozen=True)
class Request:
    """One piece of decoding.

    Args:
        op: "lookup", "align", "recognise", "allphone" or "follow".
        samples: float32 [S] at 16 kHz, in [-1, 1].
        options: what the operation needs besides (words, pronunciations, judge, key).
    """

    op: str
    samples: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    options: dict[str, Any] = field(default_factory=dict)

    def header(self) -> dict[str, Any]:
        """The message's JSON part."""
        return {"op": self.op, **self.options}

    def pcm(self) -> bytes:
        """The samples as the decoder takes them."""
        samples = (np.clip(self.samples, -1.0, 1.0) * 32767.0).astype("<i2")
        return bytes(samples.tobytes())


class _Process:
    """One decoding process; started when first asked, again after a crash."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        self._scratch = tempfile.TemporaryDirectory(prefix="vivavoce-", ignore_cleanup_errors=True)
        code = f"import sys; sys.path.insert(0, {root!r}); from engine.speech.sphinx_worker import serve; serve({self._scratch.name!r})"
        return subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Two processes share the machine already.
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, request: Request) -> dict[str, Any]:
        """The reply; {"failed": ...} when the process died of the request."""
        if self._child is None or self._child.poll() is not None:
            self.stop()
            self._child = self._start()
        child = self._child
        assert child.stdin is not None and child.stdout is not None  # both are pipes
        try:
            write_message(child.stdin, request.header(), request.pcm())
            reply = read_message(child.stdout)
        except (OSError, ValueError):
            reply = None
        if reply is None:
            self.stop()
            return {"failed": "the decoder stopped"}
        return reply[0]

    def stop(self) -> None:
        """End the process; a request under way fails."""
        child, self._child = self._child, None
        scratch, self._scratch = self._scratch, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # unsent bytes of a killed request
                        continue
        if scratch is not None:
            scratch.cleanup()


class _InProcess:
    """The same in this process: in a frozen program there is no interpreter to start."""

    def __init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="vivavoce-", ignore_cleanup_errors=True)
        self._decoders = Decoders(Path(self._scratch.name))

    def ask(self, request: Request) -> dict[str, Any]:
        return self._decoders.answer(request.header(), request.pcm())

    def stop(self) -> None:
        """No process to end; the scratch folder goes with the program."""


class _Pool:
    """Workers that stay warm between lines; free ones are shared by every caller."""

    def __init__(self) -> None:
        frozen = getattr(sys, "frozen", False)
        self._free: list[_Process | _InProcess] = [_InProcess()] if frozen else [_Process() for _ in range(WORKERS)]
        self._condition = threading.Condition()

    def take(self, job: Job) -> _Process | _InProcess:
        with self._condition:
            while not self._free:
                job.check()
                self._condition.wait(_POLL_S)
            return self._free.pop(0)

    def give(self, worker: _Process | _InProcess) -> None:
        with self._condition:
            # The warmest first.
            self._free.insert(0, worker)
            self._condition.notify()

    def close(self) -> None:
        with self._condition:
            for worker in self._free:
                worker.stop()


_pool = _Pool()
atexit.register(_pool.close)


def _ask(request: Request, job: Job, active: set[_Process | _InProcess]) -> dict[str, Any]:
    worker = _pool.take(job)
    active.add(worker)
    try:
        return worker.ask(request)
    finally:
        active.discard(worker)
        _pool.give(worker)


def run(requests: Iterable[Request], job: Job = SILENT, workers: int = WORKERS) -> Iterator[dict[str, Any]]:
    """Replies in the order of the requests, up to `workers` at a time; requests are drawn as they are needed.

    Args:
        requests: may be a generator: no more than `workers` + 1 are held.
        job: checked twenty times a second; cancelling ends the processes at work.
        workers: 1 or 2.

    Yields:
        the reply to each request; {"failed": reason} where the decoder found nothing or broke.

    Raises:
        Cancelled: the job was cancelled.
    """
    active: set[_Process | _InProcess] = set()
    pending: deque[Future[dict[str, Any]]] = deque()
    source = iter(requests)
    with ThreadPoolExecutor(workers, thread_name_prefix="decoding") as threads:
        try:
            while True:
                while len(pending) <= workers and (request := next(source, None)) is not None:
                    pending.append(threads.submit(_ask, request, job, active))
                if not pending:
                    return
                while not wait([pending[0]], timeout=_POLL_S).done:
                    job.check()
                job.check()
                yield pending.popleft().result()
        except (Cancelled, GeneratorExit, KeyboardInterrupt):
            for future in pending:
                future.cancel()
            for worker in list(active):
                worker.stop()
            raise


def ask(request: Request, job: Job = SILENT) -> dict[str, Any]:
    """The reply to one request; see `run`."""
    return next(run([request], job, workers=1))


def warm_up() -> None:
    """Start one process ahead of need, so that the first line does not wait for it."""
    ask(Request("lookup", options={"words": []}))
