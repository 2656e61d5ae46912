"""What everybody does who is not worked on: performed beside the window, for the viewport to show the whole scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from engine.core.channels import CHANNELS
from engine.core.errors import EngineError
from engine.core.jobs import Job
from engine.core.motion import MotionClip
from engine.project.change import Change
from engine.project.document import Document
from studio.conductor import Conductor
from studio.jobs import Jobs, Task
from studio.session import Session

_QUIET_MS = 900  # without changes, before the scene is performed: the line that is worked on comes first
_TOPICS = (
    "character", "media", "transcript", "words", "phonemes", "emotions", "amounts", "seed", "settings", "intensity", "events", "pins", "takes", "layers",
    "placing", "tracks", "visemes", "line",
)  # fmt: skip


class Ensemble(QObject):
    """Keeps the others' motion up to date, where there are several characters.

    Args:
        session: the document.
        conductor: has the pipeline.
        jobs: do the work.

    Signals:
        changed(): there is other motion.
    """

    changed = Signal()

    def __init__(self, session: Session, conductor: Conductor, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._conductor, self._jobs = session, conductor, jobs
        self._motions: dict[str, MotionClip] = {}
        self._asked: tuple[object, ...] = ()  # what the motions depend on
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self._perform)
        session.changed.connect(self._on_changed)
        session.line_changed.connect(self._later)
        session.project_changed.connect(self._forget)

    def values(self, character_id: str, time_s: float) -> NDArray[np.float32]:
        """A character's channel values [63] at a time of the scene, seconds; at rest where nothing is performed (yet)."""
        motion = self._motions.get(character_id)
        if motion is None or not len(motion):
            return np.zeros(len(CHANNELS), np.float32)
        frame = round(time_s * motion.rate.numerator / motion.rate.denominator)
        row: NDArray[np.float32] = motion.values[min(max(frame, 0), len(motion) - 1)]
        return row

    def _on_changed(self, change: Change) -> None:
        if change.concerns(*_TOPICS):
            self._later()

    def _later(self) -> None:
        if self._inputs() != self._asked:
            self._timer.start()

    def _forget(self) -> None:
        self._motions, self._asked = {}, ()
        self._later()

    def _inputs(self) -> tuple[object, ...]:
        """What the others' motion depends on; nothing where nobody else is there or nobody speaks."""
        document, line = self._session.document, self._session.line
        if len(document.characters) < 2 or line is None or not line.analysed:
            return ()
        lead = document.character_of(line.id)
        others = tuple((c.id, tuple(map(id, c.lines)), tuple(c.visemes)) for c in document.characters if c is not lead)
        return (document.id, document.settings.rate, lead.id, *others)

    def _perform(self) -> None:
        inputs = self._inputs()
        if inputs == self._asked:
            return
        self._asked = inputs
        self._kept = self._session.document  # holds the lines whose identities are compared
        if not inputs:
            self._put({})
            return
        document, pipeline = self._session.document, self._conductor.pipeline

        def work(job: Job) -> dict[str, MotionClip]:
            return _motions(document, pipeline(), job)

        def failed(_error: BaseException) -> None:
            """A line that cannot be performed says so where it is worked on: here the others rest."""
            self._put({})

        self._jobs.submit(Task("ensemble", self.tr("Performing the others"), "ensemble", visible=False), work, self._put, failed)

    def _put(self, motions: dict[str, MotionClip]) -> None:
        self._motions = motions
        self.changed.emit()


def _motions(document: Document, pipeline: object, job: Job) -> dict[str, MotionClip]:
    """Everybody's motion over the scene, by id, as it is exported; runs on a lane."""
    from engine.pipeline import LinePipeline
    from engine.scene import scene

    assert isinstance(pipeline, LinePipeline)
    try:
        return scene(document, pipeline, None, job).motions
    except EngineError:  # told where that line is worked on
        return {}
