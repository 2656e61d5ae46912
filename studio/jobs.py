"""Long work beside the window: snapshot, run, apply.

The main thread builds a request that nobody changes any more, a lane's thread computes, the main thread gets the result. Each lane
has one thread. Work with a key takes the place of older work with that key: what waits is dropped, what runs is asked to stop, and its
result is not delivered. Faults and cancelling come back to the main thread too: nothing is lost in a thread.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.core.errors import Cancelled
from engine.core.jobs import Job
from studio.comfort.names import at_work

log = logging.getLogger(__name__)
REPORT_S = 0.05  # between two reports of progress that reach the window
PATIENCE_S = 0.4  # how long patient work may have run to be left to finish when newer work waits
Work = Callable[[Job], Any]


@dataclass(eq=False)
class Task:
    """One piece of work under way.

    Args:
        lane: whose thread does it.
        label: what a person reads.
        key: newer work with the same key takes its place; "" for none.
        visible: shown in the status bar.
        brief: not told of before it has run for a while.
        patient: when newer work comes while this runs, and has not run for long, it may finish and its result is delivered: a
            slider that is dragged would else show nothing until it rests.
    """

    lane: str
    label: str
    key: str = ""
    visible: bool = True
    patient: bool = False
    brief: bool = False
    job: Job = field(default_factory=Job)
    done: float = 0.0  # 0 to 1; below 0 where nobody knows
    replaced: bool = False
    began: float = 0.0  # 0 until it runs

    @property
    def running(self) -> bool:
        """True once its lane works on it."""
        return self.began > 0

    def cancel(self) -> None:
        """Ask it to stop; nothing is delivered."""
        self.replaced = True
        self.job.cancel()


class Jobs(QObject):
    """All lanes of one window.

    Signals:
        changed(): a task began, moved on or ended; `tasks` tells.
        failed(error, task): a task ended with a fault nobody else took.
        ended(task, error): a task came to its own end; None where it did what it was to do.
    """

    changed = Signal()
    failed = Signal(object, object)
    ended = Signal(object, object)
    _reported = Signal(object, float, str)
    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: list[Task] = []
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._outcomes: dict[Task, tuple[Callable[[Any], object] | None, Callable[[BaseException], None] | None]] = {}
        self._waiting: dict[str, tuple[Task, Work]] = {}
        self._closed = False
        self._reported.connect(self._on_reported)
        self._ended.connect(self._on_ended)

    def submit(
        self,
        task: Task,
        work: Work,
        on_result: Callable[[Any], object] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> Task:
        """Have work done.

        Args:
            task: what it is.
            work: called with the task's job on the lane's thread; it touches nothing that the main thread changes.
            on_result: called with what it returns, on the main thread; not for work that was cancelled or replaced.
            on_error: called with what it raised instead of `failed`; not for cancelling.
        """
        if self._closed:
            return task
        last = 0.0

        def report(done: float, total: float, label: str) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= REPORT_S:
                last = now
                self._reported.emit(task, done / total if total else -1.0, label)

        task.job = Job(report)
        self._outcomes[task] = (on_result, on_error)
        if task.key and self._make_room(task):
            self._waiting[task.key] = (task, work)
        else:
            self._start(task, work)
        return task

    def _make_room(self, task: Task) -> bool:
        """Take older work with the task's key out of the way; True if the task has to wait for work that may finish."""
        dropped = self._waiting.pop(task.key, None)
        if dropped is not None:
            self._outcomes.pop(dropped[0], None)
        wait = False
        for other in self.tasks:
            if other.key == task.key:
                if other.patient and time.monotonic() - (other.began or time.monotonic()) < PATIENCE_S:
                    wait = True
                else:
                    other.cancel()
        return wait

    def _start(self, task: Task, work: Work) -> None:
        lane = self._lanes.get(task.lane)
        if lane is None:
            lane = self._lanes[task.lane] = ThreadPoolExecutor(1, thread_name_prefix=f"studio {task.lane}")
        self.tasks.append(task)

        def run() -> Any:
            task.began = time.monotonic()
            task.job.check()
            return work(task.job)

        lane.submit(run).add_done_callback(lambda future: self._ended.emit(task, future))
        self.changed.emit()

    def cancel(self, key: str = "") -> None:
        """Stop everything, or what has a key; nothing of it is delivered."""
        for task in [*self.tasks, *(t for t, _ in self._waiting.values())]:
            if not key or task.key == key:
                task.cancel()
        for waiting in [k for k in self._waiting if not key or k == key]:
            self._outcomes.pop(self._waiting.pop(waiting)[0], None)

    def cancel_lanes(self, *lanes: str) -> None:
        """Stop all that these lanes have to do."""
        for task in [*self.tasks, *(t for t, _ in self._waiting.values())]:
            if task.lane in lanes:
                task.cancel()

    def close(self) -> None:
        """Stop everything and wait for the threads."""
        self._closed = True
        self.cancel()
        for lane in self._lanes.values():
            lane.shutdown(wait=True, cancel_futures=True)
        self._outcomes.clear()
        self.tasks.clear()

    def busy(self, key: str) -> bool:
        """True if work with a key is under way."""
        return any(t.key == key for t in self.tasks) or key in self._waiting

    @property
    def shown(self) -> Task | None:
        """The task that the status bar tells of: the one that runs, the oldest first; patient ones once they have run for a while.

        A performance is renewed with every key that is dragged: told at once, the bar would flicker, and the window with it.
        """
        now = time.monotonic()
        visible = [t for t in self.tasks if t.visible and not t.replaced and not (t.brief and now - (t.began or now) < PATIENCE_S)]
        return next((t for t in visible if t.running), visible[0] if visible else None)

    def _on_reported(self, task: Task, done: float, label: str) -> None:
        task.done = done
        if label:
            task.label = at_work(label)
        self.changed.emit()

    def _on_ended(self, task: Task, future: Future[Any]) -> None:
        if task in self.tasks:
            self.tasks.remove(task)
        on_result, on_error = self._outcomes.pop(task, (None, None))
        waiting = self._waiting.pop(task.key, None) if task.key else None
        if waiting is not None and not self._closed:
            self._start(*waiting)
        if not self._closed and not task.replaced:
            self._deliver(task, future, on_result, on_error)
        if not self._closed:
            self.changed.emit()

    def _deliver(
        self, task: Task, future: Future[Any], on_result: Callable[[Any], object] | None, on_error: Callable[[BaseException], None] | None
    ) -> None:  # fmt: skip
        try:
            error = future.exception()
        except CancelledError:
            return
        if isinstance(error, Cancelled):
            return
        self.ended.emit(task, error)
        if error is None:
            if on_result is not None:
                on_result(future.result())
            return
        log.info("%s failed", task.label, exc_info=error)
        if on_error is not None:
            on_error(error)
        else:
            self.failed.emit(error, task)
