"""Opens videos to be captured from: beside the current line, or as a line of their own with their sound, or silence where they have none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from studio.capture.capturer import Capturer, Reference
from studio.capture.films import SILENT, captures_folder, has_picture, unused
from studio.conductor import Conductor
from studio.jobs import Jobs, Task
from studio.session import Session

LONG_S = 20 * 60.0  # films from this length on are told of before they are captured
_SILENT_RATE = 16000
_SILENT_BLOCK_S = 10.0


class Opening(QObject):
    """The videos that one window opens.

    Args:
        capturer: gets them.
        session: has the line they are shown beside.
        conductor: opens sounds.
        jobs: does the work.

    Signals:
        offered(path): the sound of this video, which was shown beside a line that is there, might be a line of its own.
    """

    offered = Signal(object)

    def __init__(self, capturer: Capturer, session: Session, conductor: Conductor, jobs: Jobs) -> None:
        super().__init__(capturer)
        self._capturer, self._session, self._conductor, self._jobs = capturer, session, conductor, jobs
        self._waiting: dict[Path, Path] = {}  # films whose sounds, or silent ones in their place, are being opened
        self._captured_soon: set[Path] = set()  # of these, takes that are captured as soon as they are lines
        conductor.sound_opened.connect(self._on_sound_opened)
        session.project_opening.connect(lambda another: self._forget() if another else None)

    def _forget(self) -> None:
        self._waiting.clear()
        self._captured_soon.clear()

    def take_video(self, path: Path, start_s: float) -> None:
        """Make a video the reference film of the current line; without a line, its sound becomes one. One without a picture is opened as sound.

        Args:
            path: the file.
            start_s: when its first picture is, seconds of the current line.
        """

        def work(job: Job) -> tuple[bool, float] | None:
            job.report(0, 0, self.tr("opening {name}").format(name=path.name))
            try:
                film = self._capturer.door.open_film(path)
            except InvalidInput:
                if has_picture(path):
                    raise
                return None
            try:
                return film.sound, film.duration_s
            finally:
                film.close()

        task = Task("open", self.tr("Opening {name}").format(name=path.name))
        self._jobs.submit(task, work, lambda found: self._on_video(path, start_s, found))

    def take_film_as_line(self, path: Path, sound: bool) -> None:
        """Make a recorded take a line of its own, with its sound or a silent one, and capture it."""
        self._captured_soon.add(path)
        if sound:
            self._waiting[path] = path
            self._conductor.add_sound(path)
        else:
            self.take_video(path, 0.0)

    def _on_video(self, path: Path, start_s: float, found: tuple[bool, float] | None) -> None:
        if found is None:
            self._conductor.add_sound(path)
            return
        sound, duration_s = found
        taken = path in self._captured_soon  # a take whose microphone heard nothing may have an empty track
        if duration_s > LONG_S:
            text = self.tr("{name} is {minutes:.0f} minutes long: capturing it takes about as long. It can be cancelled, and goes on from there later.")
            self._capturer.notices.emit(text.format(name=path.name, minutes=duration_s / 60))
        if self._session.line is not None and not taken:
            self._capturer.set_reference(Reference(path, start_s))
            if sound and self._capturer.own_film(self._session.line) != path:
                self.offered.emit(path)
        elif sound and not taken:
            self._waiting[path] = path
            self._conductor.add_sound(path)
        else:
            self._add_silence(path, duration_s)

    def _add_silence(self, path: Path, duration_s: float) -> None:
        """A line of silence as long as a film without sound."""

        def work(job: Job) -> Path:
            from engine.speech.files import write_wav

            silent = unused(captures_folder(self._session), path.stem, SILENT)
            blocks = (np.zeros(round(min(_SILENT_BLOCK_S, duration_s - at) * _SILENT_RATE), np.float32) for at in np.arange(0, duration_s, _SILENT_BLOCK_S))
            write_wav(silent, blocks, _SILENT_RATE, job)
            return silent

        def done(silent: Path) -> None:
            self._waiting[silent] = path
            self._capturer.notices.emit(self.tr("{name} has no sound: its line is silent.").format(name=path.name))
            self._conductor.add_sound(silent)

        self._jobs.submit(Task("open", self.tr("Opening {name}").format(name=path.name)), work, done)

    def _on_sound_opened(self, path: Path) -> None:
        film = self._waiting.pop(path, None)
        if film is not None:
            self._capturer.set_reference(Reference(film))
        if film in self._captured_soon:
            self._captured_soon.discard(film)
            self._capturer.capture(film.stem.capitalize())
