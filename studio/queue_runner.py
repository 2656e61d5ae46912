"""Renders the jobs of the render queue one after another beside the window, and keeps what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.core.output import check_target
from engine.project.document import Document
from engine.project.parts import RenderJob
from engine.staging import only
from studio.conductor import Conductor
from studio.faults import words
from studio.jobs import Jobs, Task


@dataclass
class State:
    """What became of a job.

    Args:
        kind: `waiting`, `running`, `done`, `failed`, `cancelled`, or "" for nothing yet.
        words: of its progress, result or fault.
        share: 0 to 1 of it is done.
        task: that does it.
    """

    kind: str = ""
    words: str = ""
    share: float = 0.0
    task: Task | None = None


class QueueRunner(QObject):
    """What renders, and what became of what rendered.

    Signals:
        changed(job_id): of one job.
    """

    changed = Signal(str)

    def __init__(self, conductor: Conductor, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conductor = conductor
        self._jobs = jobs
        self._states: dict[str, State] = {}
        jobs.changed.connect(self._on_jobs)

    @property
    def busy(self) -> bool:
        """True while something renders or waits to."""
        return any(s.kind in ("waiting", "running") for s in self._states.values())

    def state(self, job_id: str) -> State:
        """What became of a job."""
        return self._states.get(job_id, State())

    def run(self, document: Document, queue: tuple[RenderJob, ...]) -> None:
        """Render what is not done yet, as the document is now; all again where everything is done."""
        if self.busy:
            return
        for job in [job for job in queue if self.state(job.id).kind != "done"] or list(queue):
            self._submit(document, job)

    def _submit(self, document: Document, job: RenderJob) -> None:
        pipeline = self._conductor.pipeline

        def work(running: Job) -> float:
            from engine.export.outputs import Request, write_all

            wanted, span_s, stage_s = chosen(document, job)
            check_target(Path(job.path))
            return write_all(Request(wanted, pipeline(), job.quality, span_s, stage_s=stage_s), [Path(job.path)], running)

        task = Task("export", self.tr("Rendering {name}").format(name=job.name), f"queue {job.id}")
        self._states[job.id] = State("waiting", task=task)
        self._jobs.submit(task, work, lambda seconds: self._on_done(job.id, task, seconds), lambda error: self._on_failed(job.id, task, error))
        self.changed.emit(job.id)

    def stop(self) -> None:
        """Stop what renders and what waits; nothing half-written stays."""
        for job_id in list(self._states):
            self.stop_job(job_id)

    def stop_job(self, job_id: str) -> None:
        """Stop one job, if it renders or waits."""
        state = self.state(job_id)
        if state.kind in ("waiting", "running") and state.task is not None:
            self._end(job_id, state.task, State("cancelled"))
            state.task.cancel()

    def forget(self, job_id: str) -> None:
        """The job is another one now."""
        self.stop_job(job_id)
        self._states.pop(job_id, None)

    def keep(self, job_ids: Iterable[str]) -> None:
        """Stop and forget all jobs but these."""
        known = set(job_ids)
        for job_id in [i for i in self._states if i not in known]:
            self.forget(job_id)

    def _on_jobs(self) -> None:
        for job_id, state in list(self._states.items()):
            if state.task is None or state.kind not in ("waiting", "running"):
                continue
            if state.task.replaced:  # somebody stopped it elsewhere
                self._end(job_id, state.task, State("cancelled"))
            elif state.task.running and (state.kind, state.share) != ("running", state.task.done):
                state.kind, state.share, state.words = "running", state.task.done, state.task.label
                self.changed.emit(job_id)

    def _on_done(self, job_id: str, task: Task, seconds: float) -> None:
        self._end(job_id, task, State("done", self.tr("Done: {seconds:.2f} s").format(seconds=seconds), 1.0))

    def _on_failed(self, job_id: str, task: Task, error: BaseException) -> None:
        self._end(job_id, task, State("failed", " ".join(words(error)[:2]).strip()))

    def _end(self, job_id: str, task: Task, state: State) -> None:
        if self.state(job_id).task is task:
            self._states[job_id] = state
            self.changed.emit(job_id)


def chosen(document: Document, job: RenderJob) -> tuple[Document, tuple[float, float] | None, float]:
    """What a job renders: a document in which its line alone is spoken, or the scene; the stretch of it in seconds, None for all; where in the
    stage's time it begins.

    Raises:
        InvalidInput: its line was removed.
    """
    document = replace(document, settings=replace(document.settings, width=job.width, height=job.height))
    stage_s = 0.0
    if job.line_id:
        if not document.has_line(job.line_id):
            what = QCoreApplication.translate("QueueRunner", "the line of this job was removed")
            raise InvalidInput(what, QCoreApplication.translate("QueueRunner", "undo that, or take the job out of the queue"))
        stage_s = document.line(job.line_id).start_s
        document = only(document, job.line_id)
    if job.start_s <= 0.0 and job.end_s is None:
        return document, None, stage_s
    end_s = job.end_s
    if end_s is None:
        end_s = max((each.start_s + (each.duration_s or 0.0) for each in document.lines()), default=0.0)
    return document, (max(0.0, job.start_s), max(end_s, job.start_s + 1e-3)), stage_s
