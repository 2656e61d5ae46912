"""Captures performances out of videos: the current line's reference film, the capture as a job, and what can be changed of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from engine.avatars.tracking.settings import neutral_of
from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.project.change import Composite
from engine.project.document import LineDoc, Media
from engine.project.edits import PutPart
from engine.project.parts import Layer
from studio.capture import layers, store
from studio.capture.door import Choice, Door, FoundFace, Performed
from studio.capture.films import picture, unmark
from studio.capture.profile import Profile
from studio.jobs import Jobs, Task
from studio.session import VIDEOS, Session

LANE, QUICK = "capture", "camera"  # what takes as long as a film, and what does not wait for that
_CAPTURE = "capture"  # before the keys of captures
_MUCH_S = 0.1  # of a film, outside of its line: told
_SAME_S = 0.005


@dataclass(frozen=True)
class Reference:
    """A line's reference film.

    Args:
        path: the file.
        start_s: when its first picture is, seconds of the line.
    """

    path: Path
    start_s: float = 0.0


class Capturer(QObject):
    """The captures of one window.

    Args:
        door: the engine's tracking.
        session: gets the layers.
        jobs: does the work.
        profile: regions, neutral, gain and range.

    Signals:
        reference_changed(): the current line has another reference film, or none.
        captured(layer_id): a performance lies on a layer.
        retuned(layer_id): a captured layer was made anew from what was captured.
        faces_found(faces): in the picture that was looked at; `FoundFace`s.
        notices(text): what a person should know, in sentences; "" for nothing.
        refused(error): the faces could not be looked for.
        fetched(): the model that finds faces is there now.
        recalled(): what a layer was captured as is known again.
    """

    reference_changed = Signal()
    captured = Signal(str)
    retuned = Signal(str)
    faces_found = Signal(tuple)
    notices = Signal(str)
    refused = Signal(object)
    recalled = Signal()
    fetched = Signal()

    def __init__(self, door: Door, session: Session, jobs: Jobs, profile: Profile) -> None:
        super().__init__(session)
        self.door, self.profile = door, profile
        self._session, self._jobs = session, jobs
        self._references: dict[str, Reference] = {}  # by line, where a person chose one
        self._known: dict[str, Performed | None] = {}  # what was captured, by layer
        self.choice: Choice | None = None
        self._shown: Reference | None = None
        session.line_changed.connect(self._look)
        session.project_opening.connect(lambda another: self._leave() if another else None)
        session.changed.connect(lambda change: self._look() if change.concerns("layers", "media", "line") else None)

    # The reference film.

    @property
    def reference(self) -> Reference | None:
        """The current line's film: one chosen and not captured yet, else that of its captured layer that plays, else that of its own sound."""
        line = self._session.line
        if line is None:
            return None
        chosen, found = self._references.get(line.id), layers.captured(line)
        if chosen is not None and all(layers.film_of(layer) != chosen.path for layer in found):
            return chosen
        for layer in sorted(found, key=lambda each: each.mute):
            path = layers.film_of(layer)
            if path is not None and path.is_file():
                return Reference(path, layers.origin_s(layer))
        path = self.own_film(line)
        return Reference(path) if path is not None else None

    def own_film(self, line: LineDoc) -> Path | None:
        """The film whose sound a line is; None where that is no film."""
        if not isinstance(line.source, Media) or Path(line.source.path).suffix.lower() not in VIDEOS:
            return None
        project = self._session.project
        path = project.media.find(line.source) if project is not None else Path(line.source.path)
        return path if path is not None and path.is_file() else None

    def _look(self) -> None:
        """Tell if the current line's film is another one."""
        found = self.reference
        if found != self._shown:
            if found is None or self._shown is None or found.path != self._shown.path:
                self.choice = None
            self._shown = found
            self.reference_changed.emit()

    def move_reference(self, start_s: float) -> None:
        """Let the current line's film begin there; what was captured from it moves along, as one step.

        Args:
            start_s: when its first picture is, seconds of the line.
        """
        line, reference = self._session.line, self.reference
        if line is None or reference is None:
            return
        of_film = [layer for layer in layers.captured(line) if layers.film_of(layer) == reference.path and not layer.lock]
        if self.own_film(line) != reference.path:
            self._references[line.id] = replace(reference, start_s=start_s)
        edits = layers.begun_at(line, of_film, start_s)
        if edits:
            self._session.apply(Composite(tuple(edits), "Move capture"))
        least_s = max((layers.origin_s(layer) - layer.start_s for layer in of_film), default=start_s)
        if start_s < least_s - _SAME_S:
            self._shown = None  # what was typed is taken back
            text = self.tr("What was captured cannot begin before its line: {name} begins at {seconds:.2f} s. Capture it again to leave its beginning out.")
            self.notices.emit(text.format(name=reference.path.name, seconds=least_s))
        self._look()

    def set_reference(self, reference: Reference) -> None:
        """Give the current line a film."""
        line = self._session.line
        if line is not None:
            self._references[line.id] = reference
            self._look()

    # Faces.

    def look_for_faces(self, time_s: float) -> None:
        """Find the faces in the film's picture at a time of it; `faces_found` tells."""
        reference = self.reference
        if reference is None:
            return

        def work(job: Job) -> tuple[FoundFace, ...]:
            rgb = picture(self.door, reference.path, time_s)
            job.check()
            return self.door.faces(rgb)

        task = Task(QUICK, self.tr("Looking for faces"), "faces", visible=False, brief=True)
        self._jobs.submit(task, work, self.faces_found.emit, self.refused.emit)

    def fetch(self) -> None:
        """Get the model that finds faces; `fetched` tells."""
        self._jobs.submit(Task(LANE, self.tr("Getting the model that finds faces"), "fetch"), self.door.fetch, lambda _: self.fetched.emit())

    # Capturing.

    @property
    def task(self) -> Task | None:
        """The capture that is under way, the first where others wait; None where none is."""
        return next((task for task in self._jobs.tasks if task.key.startswith(_CAPTURE) and not task.replaced), None)

    def cancel(self) -> None:
        """Stop the capture that is under way; others that wait go on."""
        if self.task is not None:
            self.task.cancel()

    def _leave(self) -> None:
        """Another project opens: what is captured for this one is stopped, for its line is not there any more."""
        if self.task is not None:
            self.notices.emit(self.tr("Another project was opened: the capture was stopped. Started again there, it goes on where it was."))
        while self.task is not None:
            self.cancel()
        self._references.clear()

    def capture(self, name: str = "") -> None:
        """Put the performance in the reference film onto a new layer of the current line, as one step.

        Raises:
            InvalidInput: there is no line or no film.
        """
        line, reference = self._session.line, self.reference
        if line is None or reference is None:
            raise InvalidInput(self.tr("there is no video to capture from"), self.tr("drop a video here, or choose File ▸ Capture from Video…"))
        self._capture(line.id, reference, self.choice, name)

    def capture_take(self, line_id: str, reference: Reference, name: str) -> None:
        """Put what was recorded for a line onto a new layer of it, whichever line a person works on by now."""
        self._references[line_id] = reference
        self._look()
        self._capture(line_id, reference, None, name)

    def _capture(self, line_id: str, reference: Reference, choice: Choice | None, name: str) -> None:
        settings, door = self.profile.settings, self.door
        wanted = layers.Wanted(self.regions, self.profile.error)

        def work(job: Job) -> tuple[Layer, Performed, tuple[str, ...]]:
            performed = door.capture(reference.path, choice, job.part(0.0, 0.92))
            clip = door.adjusted(performed.raw, settings)
            layer, said = layers.layer_from(clip, wanted, reference.start_s, name or reference.path.stem, reference.path, job.part(0.92, 1.0))
            store.keep(layer.id, performed)
            return layer, performed, (*performed.notices, *said)

        task = Task(LANE, self.tr("Capturing {name}").format(name=reference.path.name), f"{_CAPTURE} {line_id} {reference.path}")
        self._jobs.submit(task, work, lambda found: self._put(line_id, reference, *found))

    def _put(self, line_id: str, reference: Reference, layer: Layer, performed: Performed, notices: tuple[str, ...]) -> None:
        document = self._session.document
        if not document.has_line(line_id):
            self.notices.emit(self.tr("The line that {name} was captured for is not there any more.").format(name=layer.name))
            return
        unmark(reference.path)
        self._known[layer.id] = performed
        line = document.line(line_id)
        if self._session.apply(Composite(tuple(layers.put(line, layer)), "Capture from video")):
            self._session.select(line_id)
            notices = (*notices, *self._outside(line, layer))
            self.notices.emit(" ".join(n[0].upper() + n[1:].rstrip(".") + "." for n in notices if n))
            self._look()
            self.captured.emit(layer.id)

    def _outside(self, line: LineDoc, layer: Layer) -> tuple[str, ...]:
        """What of a film is not seen, for it is before its line or after it."""
        told, start_s, length_s = [], layers.origin_s(layer), line.duration_s
        if start_s < -_MUCH_S:
            told.append(self.tr("the first {seconds:.1f} s of the video are before the line and are left out").format(seconds=-start_s))
        if length_s is not None and layer.end_s is not None and layer.end_s > length_s + _MUCH_S:
            text = self.tr("the video goes on for {seconds:.1f} s after the line's end, where it is not seen")
            told.append(text.format(seconds=layer.end_s - length_s))
        return tuple(told)

    # What was captured.

    def performed(self, layer_id: str) -> Performed | None:
        """What a layer was captured as; None where it is not known any more, or not yet: then it is looked for, and `recalled` tells."""
        if layer_id not in self._known:
            self._known[layer_id] = None
            task = Task(QUICK, self.tr("Reading the capture"), f"kept {layer_id}", visible=False)
            self._jobs.submit(task, lambda _: store.kept(layer_id), lambda found: self._on_kept(layer_id, found))
        return self._known[layer_id]

    def _on_kept(self, layer_id: str, found: Performed | None) -> None:
        if found is not None:
            self._known[layer_id] = found
            self.recalled.emit()

    @property
    def playing(self) -> Layer | None:
        """The captured layer of the current line that plays, the topmost; the latest where none does."""
        line = self._session.line
        found = layers.captured(line) if line is not None else []
        return next((layer for layer in found if not layer.mute), found[0] if found else None)

    def points_at(self, film_s: float) -> NDArray[np.float32] | None:
        """The tracked points [P, 2] in the reference film at a time of it; None where it was not captured, or no face was seen."""
        layer, reference = self.playing, self.reference
        if layer is None or reference is None or layers.film_of(layer) != reference.path:
            return None
        performed = self.performed(layer.id)
        if performed is None or not len(performed.times_s):
            return None
        at = int(np.argmin(np.abs(performed.times_s - film_s)))
        points: NDArray[np.float32] = performed.points[at]
        return points if np.isfinite(points[:1]).all() else None

    def retune(self, layer_id: str, regions: tuple[str, ...] = ()) -> None:
        """Make a captured layer anew with the neutral, gain and range of now, as one step; a drag's last state counts.

        Args:
            layer_id: which.
            regions: that it drives from now on; none for those it drives already.
        """
        line, performed = self._session.line, self.performed(layer_id)
        if line is None or performed is None or not line.has_part("layers", layer_id):
            return
        wanted = layers.Wanted(regions or layers.regions_of(line.layer(layer_id)), self.profile.error)
        before, settings, door = line.layer(layer_id), self.profile.settings, self.door
        film = layers.film_of(before)
        if film is None or before.lock:
            return
        start_s = layers.origin_s(before)

        def work(job: Job) -> Layer:
            return layers.layer_from(door.adjusted(performed.raw, settings), wanted, start_s, before.name, film, job)[0]

        def done(made: Layer) -> None:
            document = self._session.document
            if document.has_line(line.id) and document.line(line.id).has_part("layers", layer_id):
                now = document.line(line.id).layer(layer_id)
                if now.curves != made.curves:
                    self._session.apply(Composite((PutPart(line.id, replace(now, curves=made.curves)),), "Change capture"))
                self.retuned.emit(layer_id)

        self._jobs.submit(Task(QUICK, self.tr("Capturing {name}").format(name=before.name), "retune", patient=True, brief=True), work, done)

    def neutral_from(self, film_s: float) -> bool:
        """Take the face in the film at a time as the face at rest; False where it is not known there."""
        layer = self.playing
        performed = self.performed(layer.id) if layer is not None else None
        if layer is None or performed is None:
            return False
        self.set_neutral(neutral_of(performed.raw, min(film_s, performed.raw.duration_s)))
        return True

    def set_neutral(self, raw: dict[str, float]) -> None:
        """Take raw captured values as the face at rest; none of them for the tracker's own."""
        self.profile.set_neutral(raw)
        self.retune_playing()

    def retune_playing(self, regions: tuple[str, ...] = ()) -> None:
        """Make the captured layer that plays anew; see `retune`."""
        layer = self.playing
        if layer is not None:
            self.retune(layer.id, regions)

    @property
    def regions(self) -> tuple[str, ...]:
        """Those of the captured layer that plays, where they can be changed; else those for the next capture. At least one."""
        layer = self.playing
        own = layers.regions_of(layer) if layer is not None and self.performed(layer.id) is not None else ()
        return own or self.profile.regions

    def switch(self, layer_id: str) -> None:
        """Let a captured layer play in the place of those like it, or silence it, as one step."""
        line = self._session.line
        if line is not None and line.has_part("layers", layer_id):
            self._session.apply(Composite(tuple(layers.switched(line, line.layer(layer_id))), "Switch take"))
