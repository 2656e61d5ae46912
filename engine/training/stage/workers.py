"""Shards made by several processes: each takes the next one as it has done with the last, and ends when its parent does."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from engine.core.errors import EngineError, InvalidInput, MissingAsset, OutOfMemory, OutputError
from engine.core.jobs import SILENT, Job
from engine.training.stage.making import Place, make_shard
from engine.training.stage.manifest import Plan

MAX_WORKERS = 256
_KINDS: dict[str, type[EngineError]] = {kind.__name__: kind for kind in (InvalidInput, MissingAsset, OutputError, OutOfMemory)}
_STOP_S = 5.0


def make_shards(place: Place, plan: Plan, names: Sequence[str], workers: int, job: Job = SILENT) -> Iterator[str]:
    """Make shards, and say the name of each when it is there, in the order in which they come.

    Args:
        place: where it is.
        plan: of the corpus.
        names: which.
        workers: processes; 1 makes them in this one.
        job: cancelling.

    Raises:
        EngineError: what went wrong in any of them; the shards that are there stay.
        Cancelled: the job was cancelled.
    """
    if workers <= 1 or len(names) <= 1:
        for name in names:
            make_shard(place, plan, name, job)
            yield name
        return
    farm = _Farm(place, plan, min(workers, len(names)))
    try:
        yield from farm.work(list(names), job)
    finally:
        farm.stop()


class _Farm:
    """The processes of one run."""

    def __init__(self, place: Place, plan: Plan, count: int) -> None:
        context = multiprocessing.get_context("spawn")  # nothing of this process's threads and libraries is taken along
        self._processes, self._ends = [], []
        for _ in range(count):
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there, place, plan), daemon=True)
            process.start()
            there.close()  # so that the end of either side is seen by the other
            self._processes.append(process)
            self._ends.append(here)

    def work(self, names: list[str], job: Job) -> Iterator[str]:
        """Hand out the names, and say each that is done."""
        waiting = names[::-1]
        busy: dict[Any, str] = {}
        end: Any
        for end in self._ends:
            if waiting:
                busy[end] = waiting.pop()
                end.send(busy[end])
        while busy:
            job.check()
            for end in wait(list(busy), timeout=0.2):
                name = busy.pop(end)
                _receive(end, name)
                if waiting:
                    busy[end] = waiting.pop()
                    end.send(busy[end])
                yield name

    def stop(self) -> None:
        """End the processes: by closing their pipes, and by force where one does not see it."""
        for end in self._ends:
            end.close()
        for process in self._processes:
            process.terminate()
            process.join(_STOP_S)
            if process.is_alive():
                process.kill()
                process.join(_STOP_S)


def _receive(end: Any, name: str) -> None:
    """What a worker says of a shard.

    Raises:
        EngineError: it went wrong.
    """
    try:
        kind, what, remedy = end.recv()
    except (EOFError, OSError) as error:
        raise OutOfMemory(f"a worker ended while it made {name}", "use fewer --workers, and go on with --resume") from error
    if kind in _KINDS:
        raise _KINDS[kind](what, remedy)
    if kind:
        raise RuntimeError(f"{name}: {kind}: {what}")


def _serve(end: Connection, place: Place, plan: Plan) -> None:
    """The life of a worker: a name in, the shard made, what became of it out; the end when nobody listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent tells when to stop
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with suppress(EOFError, OSError):
        while True:
            name = end.recv()
            end.send(_attempt(place, plan, name))


def _attempt(place: Place, plan: Plan, name: str) -> tuple[str, str, str]:
    try:
        make_shard(place, plan, name)
    except EngineError as error:
        return type(error).__name__, error.what, error.remedy
    except MemoryError:
        return "OutOfMemory", f"there is not enough memory to make {name}", "use fewer --workers, and go on with --resume"
    except Exception as error:  # noqa: BLE001  the other process says it
        return "Exception", f"{type(error).__name__}: {error}", ""
    return "", "", ""
