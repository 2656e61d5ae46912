"""Where on the line a film lies: found by its sound, where that is the same sentence as the line's."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.core.jobs import Job
from studio.capture import aligning
from studio.capture.capturer import QUICK, Capturer, Reference
from studio.conductor import Conductor
from studio.jobs import Jobs, Task


class Placing(QObject):
    """Finds the place of the current line's film by sound.

    Args:
        capturer: has the film, and moves it.
        conductor: has the line's sound.
        jobs: does the work.

    Signals:
        found(path, start_s): the film's sound is heard on the line from there on; it lies elsewhere now.
        told(text): what came of a search that a person wanted.
    """

    found = Signal(object, float)
    told = Signal(str)

    def __init__(self, capturer: Capturer, conductor: Conductor, jobs: Jobs) -> None:
        super().__init__(capturer)
        self._capturer, self._conductor, self._jobs = capturer, conductor, jobs

    @property
    def able(self) -> bool:
        """True where there are a film and a sound to compare."""
        return self._capturer.reference is not None and self._conductor.sound is not None

    def search(self, move: bool) -> None:
        """Compare the sounds.

        Args:
            move: lay the film there at once and say so; else `found` tells where it lies elsewhere.
        """
        reference, line = self._capturer.reference, self._conductor.sound
        if reference is None or line is None:
            return

        def work(job: Job) -> aligning.Alignment | None:
            from engine.capturing import has_sound
            from engine.speech.files import open_sound

            if not has_sound(reference.path):
                return None
            sound = open_sound(reference.path)
            begun = aligning.find(sound, line, job)
            return aligning.Alignment(begun.start_s - sound.origin_s, begun.likeness) if begun is not None else None

        def done(begun: aligning.Alignment | None) -> None:
            now = self._capturer.reference
            if now is not None and now.path == reference.path:
                self._on_found(now, begun, move)

        self._jobs.submit(Task(QUICK, self.tr("Comparing the sounds"), "align", visible=move), work, done)

    def _on_found(self, reference: Reference, begun: aligning.Alignment | None, move: bool) -> None:
        if begun is None:
            if move:
                self.told.emit(self.tr("Its sound is not heard on this line: another sentence, or none. Type where the video begins."))
        elif move:
            self._capturer.move_reference(begun.start_s)
            self.told.emit(self.tr("Aligned by sound: the video begins at {seconds:.2f} s.").format(seconds=begun.start_s))
        elif abs(begun.start_s - reference.start_s) > aligning.HOP_S:
            self.found.emit(reference.path, begun.start_s)
