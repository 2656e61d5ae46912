"""Batches on their way to the network: made ahead on a thread of their own, moved to the device."""

from __future__ import annotations

import dataclasses
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import torch

from engine.core.errors import Cancelled
from engine.core.jobs import Job

_WAIT_S = 0.2  # between looks at whether somebody asked to stop


def to_device(batch: Any, device: torch.device) -> Any:
    """A batch with its tensors and numpy arrays as tensors on `device`; whatever else is in it stays as it is."""
    if isinstance(batch, np.ndarray):
        return to_device(torch.from_numpy(batch), device)
    if isinstance(batch, torch.Tensor):
        # A Mac's GPU would read memory that may be freed meanwhile; CUDA sees to that itself.
        return batch.to(device, non_blocking=device.type == "cuda")
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, tuple) and hasattr(batch, "_fields"):
        return type(batch)(*(to_device(value, device) for value in batch))
    if isinstance(batch, (tuple, list)):
        return type(batch)(to_device(value, device) for value in batch)
    if dataclasses.is_dataclass(batch) and not isinstance(batch, type):
        return dataclasses.replace(batch, **{f.name: to_device(getattr(batch, f.name), device) for f in dataclasses.fields(batch) if f.init})
    return batch


class Feed:
    """The batches of an iterator in their order, up to `ahead` of them made before they are asked for.

    Args:
        make: gives the iterator; called on the thread that draws from it.
        ahead: how many; 0 makes each when it is asked for, on the asking thread.
        job: asked while waiting whether to stop.
    """

    def __init__(self, make: Callable[[], Iterator[Any]], ahead: int, job: Job) -> None:
        self._make, self._job = make, job
        self._stop = threading.Event()
        self._ready: queue.Queue[tuple[bool, Any]] = queue.Queue(max(1, ahead))
        self._own = make() if ahead == 0 else None
        self._thread = None if ahead == 0 else threading.Thread(target=self._run, name="batches", daemon=True)
        if self._thread is not None:
            self._thread.start()

    def __enter__(self) -> Feed:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def next(self) -> Any:
        """The next batch.

        Raises:
            Cancelled: somebody asked to stop.
            StopIteration: there are no more.
        """
        if self._own is not None:
            return next(self._own)
        while True:
            self._job.check()
            with suppress(queue.Empty):
                there, value = self._ready.get(timeout=_WAIT_S)
                if there:
                    return value
                raise value

    def _run(self) -> None:
        try:
            for batch in self._make():
                if not self._put((True, batch)):
                    return
            self._put((False, StopIteration()))
        except (Exception, Cancelled) as error:  # noqa: BLE001  handed to whoever waits for the batch, and raised there
            self._put((False, error))

    def _put(self, item: tuple[bool, Any]) -> bool:
        while not self._stop.is_set():
            with suppress(queue.Full):
                self._ready.put(item, timeout=_WAIT_S)
                return True
        return False
