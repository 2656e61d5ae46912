"""Progress and cancelling: one call, `job.report`, does both.

A long function takes a `Job` and calls `job.report(done, total, label)`; the call raises `Cancelled` once somebody has
asked for it. The caller decides what a report does: a bar on stderr, a signal to the window, nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.core.errors import Cancelled

ReportCallback = Callable[[float, float, str], None]


class Job:
    """One piece of long work that reports its progress and can be cancelled from any thread.

    Args:
        on_report: called with (done, total, label) on the thread that does the work; None for silence.
    """

    def __init__(self, on_report: ReportCallback | None = None) -> None:
        self._on_report = on_report
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """True once `cancel` was called."""
        return self._cancel.is_set()

    def check(self) -> None:
        """Raise `Cancelled` if somebody asked to stop."""
        if self._cancel.is_set():
            raise Cancelled

    def report(self, done: float, total: float, label: str = "") -> None:
        """Say how far the work is; `total` of 0 means not known.

        Raises:
            Cancelled: `cancel` was called.
        """
        self.check()
        if self._on_report is not None:
            self._on_report(done, total, label)

    def part(self, start: float, stop: float) -> Job:
        """A job for a sub-task whose progress fills `start` to `stop` (0 to 1) of this one."""
        return _Part(self, start, stop)


class _Part(Job):
    def __init__(self, whole: Job, start: float, stop: float) -> None:
        super().__init__()
        self._whole, self._start, self._span = whole, start, stop - start

    def cancel(self) -> None:
        self._whole.cancel()

    @property
    def cancelled(self) -> bool:
        return self._whole.cancelled

    def check(self) -> None:
        self._whole.check()

    def report(self, done: float, total: float, label: str = "") -> None:
        share = done / total if total else 0.0
        self._whole.report(self._start + self._span * share, 1.0, label)


SILENT = Job()
