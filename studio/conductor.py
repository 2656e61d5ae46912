"""From the document to what is seen and heard: asks for sound, waveform, analysis and motion of the current line, and hands them on.

Requests are snapshots of the line; a result that a newer request has overtaken is dropped. The engine is loaded on the first
request, on that request's thread.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.core.motion import MotionClip
from engine.core.timing import frame_count
from engine.project.change import Change, Composite, Edit, PutLine
from engine.project.document import ANALYSIS_PARTS, LineDoc, Media, Typed, line_fingerprint
from engine.project.edits import AddLine, RenameLine, ReplaceSound, ReplaceSource, SetAnalysis, SetTranscript
from studio.jobs import Jobs, Task
from studio.session import Session
from studio.timeline import waveform
from studio.timeline.waveform import Pyramid

if TYPE_CHECKING:
    from engine.pipeline import LinePipeline, Performance
    from engine.speech.files import Sound

GAP_S = 0.5  # between a new line and the one before it in the scene
_MOTION_TOPICS = (
    "media", "transcript", "words", "phonemes", "emotions", "amounts", "seed", "settings", "intensity", "events", "pins", "takes", "layers", "placing",
    "tracks", "visemes",
)  # fmt: skip
_DRAG_GAP_S = 0.04  # between two performances asked for while something is dragged
_POLITE_S = 0.02  # that a performance rests after each block while something is dragged
_PARTS_S = 0.1  # between two stretches of motion that are shown as they come


class Conductor(QObject):
    """Keeps the current line's sound, waveform and motion up to date.

    Signals:
        sound_changed(): another sound, or none; `sound` and `duration_s` tell.
        waveform_grew(pyramid): the waveform's levels, again and again while they fill.
        motion_changed(): other motion, or none, or a stretch of it is new; `motion` tells.
        performed(): a performance is complete; `performance` tells, None where there is none.
        state_changed(): work on the line began or ended; `state` tells.
        line_analysed(line_id): an analysis was stored.
        sound_opened(path): a recording became a line.
        speaker_changed(): another character is worked on; `speaker` tells.
    """

    sound_changed = Signal()
    waveform_grew = Signal(object)
    motion_changed = Signal()
    performed = Signal()
    state_changed = Signal()
    line_analysed = Signal(str)
    sound_opened = Signal(object)
    speaker_changed = Signal()
    _grown = Signal(str, object)
    _part = Signal(object, int, object)

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.jobs = jobs
        self.sound: Sound | None = None
        self.motion: MotionClip | None = None
        self.performance: Performance | None = None
        self.playhead: Callable[[], float] = lambda: 0.0  # what lies around it is performed first
        self._speaker = ""
        self._sound_of = ""  # the source whose sound is here or asked for
        self._opened: dict[str, int] = {}  # steps that opened lines, which their analysis belongs to
        self._pipelines = _Pipelines()
        session.project_opening.connect(self._on_project_opening)
        session.line_changed.connect(self._on_line_changed)
        session.changed.connect(self._on_changed)
        self._grown.connect(self._on_grown)
        self._part.connect(self._on_part)
        self._renewed_s = 0.0
        self._renewing = QTimer(self)
        self._renewing.setSingleShot(True)
        self._renewing.timeout.connect(self._refresh_motion_soon)

    @property
    def speaker(self) -> str:
        """Id of the character who is worked on and gets new lines; the first one where there is none with it."""
        return self._speaker

    @speaker.setter
    def speaker(self, character_id: str) -> None:
        if character_id != self._speaker:
            self._speaker = character_id
            self.speaker_changed.emit()

    @property
    def pipeline(self) -> Callable[[], LinePipeline]:
        """Gives the project's pipeline; call it on a lane, for it may load the engine."""
        return self._pipelines.current

    @property
    def duration_s(self) -> float:
        """Length of the current line; 0 where nobody knows it yet."""
        if self.sound is not None:
            return self.sound.duration_s
        line = self.session.line
        return (line.duration_s or 0.0) if line is not None else 0.0

    @property
    def state(self) -> str:
        """What the phoneme strip says where it is empty."""
        line = self.session.line
        if line is None or line.analysed:
            return ""
        if self.jobs.busy(f"analysis {line.id}"):
            return self.tr("Finding the phonemes…")
        return self.tr("Not analysed yet: Line ▸ Analyse Again")

    # Following the document.

    def _on_project_opening(self, another: bool) -> None:
        project = self.session.project
        self._pipelines.begin(project.media if project is not None else None)
        if another:
            self.jobs.cancel_lanes("open", "analysis")
            self._forget()

    def _on_line_changed(self) -> None:
        line = self.session.line
        if line is None:
            self._forget()
            return
        self._fetch_sound(line)
        self._refresh_motion(line)
        if not line.analysed and not self.session.read_only:
            self.analyse()
        self.state_changed.emit()

    def _on_changed(self, change: Change) -> None:
        line = self.session.line
        if line is None:
            return
        if change.concerns("media", line_id=line.id):
            self._fetch_sound(line)
        if change.concerns(*_MOTION_TOPICS, line_id=line.id):
            self._refresh_motion_soon()
            self.state_changed.emit()

    def _forget(self) -> None:
        for key in ("sound", "waveform", "motion"):
            self.jobs.cancel(key)
        self._sound_of = ""
        self.sound = None
        self.sound_changed.emit()
        self.waveform_grew.emit(None)
        self._set_motion(None)

    # Sound and waveform.

    def _fetch_sound(self, line: LineDoc) -> None:
        source = line_fingerprint(line, ("source",))
        if source == self._sound_of:
            return
        self._forget()
        self._sound_of = source
        pipeline = self.pipeline
        task = Task("media", self.tr("Opening the sound"), "sound", visible=False)
        self.jobs.submit(task, lambda job: pipeline().sound(line, job), lambda sound: self._on_sound(source, sound))

    def _on_sound(self, source: str, sound: Sound) -> None:
        if source != self._sound_of:
            return
        self.sound = sound
        self.sound_changed.emit()
        grow = lambda pyramid: self._grown.emit(source, pyramid)  # noqa: E731
        task = Task("waveform", self.tr("Drawing the waveform"), "waveform", visible=sound.duration_s > 60)
        self.jobs.submit(task, lambda job: waveform.build(sound, job, grow), lambda pyramid: self._on_grown(source, pyramid))

    def _on_grown(self, source: str, pyramid: Pyramid) -> None:
        if source == self._sound_of:
            self.waveform_grew.emit(pyramid)

    # Motion.

    def _refresh_motion_soon(self) -> None:
        """At once; in a drag not before the one before has had a moment, with what the line is then."""
        line = self.session.line
        if line is None or self._renewing.isActive():
            return
        wait_s = self._renewed_s + _DRAG_GAP_S - time.monotonic() if self.session.history.dragging else 0.0
        if wait_s > 0.0:
            self._renewing.start(round(wait_s * 1000) + 1)
        else:
            self._renewed_s = time.monotonic()
            self._refresh_motion(line)

    def _refresh_motion(self, line: LineDoc) -> None:
        # Where nothing may be stored, the pipeline analyses for itself.
        if not line.analysed and not self.session.read_only:
            self._set_motion(None)
            return
        document = self.session.document
        rate, visemes = document.settings.rate, document.character_of(line.id).visemes
        pipeline, near_s = self.pipeline, self.playhead()
        task = Task("motion", self.tr("Performing"), "motion", visible=(line.duration_s or 0.0) > 60, patient=True, brief=True)

        def work(job: Job) -> tuple[str, Performance]:
            count, last_s = 0, 0.0
            waiting: list[tuple[int, Any]] = []

            def on_part(start: int, final: Any, _base: Any) -> None:
                nonlocal count, last_s
                waiting.append((start, final.copy()))
                count += 1
                now = time.monotonic()
                if count == 1 or now - last_s > _PARTS_S:  # the first at once: it is what is on screen
                    last_s = now
                    self._part.emit((task, line.id, rate), len(waiting), tuple(waiting))
                    waiting.clear()
                if self.session.history.dragging:  # the hand comes first; what is on screen is there
                    time.sleep(_POLITE_S)

            return line.id, pipeline().performance(line, rate, job, near_s, on_part, visemes)

        self.jobs.submit(task, work, self._on_performance)

    def _on_part(self, of: tuple[Task, str, Fraction], _count: int, parts: tuple[tuple[int, Any], ...]) -> None:
        """Stretches of a performance under way: shown in the one that is on screen, where both are of one line."""
        task, line_id, rate = of
        line, motion = self.session.line, self.motion
        task.patient = False  # what is around the playhead is there: newer work need not wait for the rest
        if line is None or line.id != line_id or task.replaced:
            return
        if motion is None:
            motion = MotionClip(np.zeros((frame_count(self.duration_s, rate), len(CHANNELS)), np.float32), rate)
        if motion.rate != rate:
            return
        if any(start + len(values) > len(motion) for start, values in parts):
            return
        if not motion.values.flags.owndata or self.performance is not None:
            motion = replace(motion, values=motion.values.copy())  # what the pipeline keeps stays as it is
            self.performance = None
        for start, values in parts:
            motion.values[start : start + len(values)] = values
        self.motion = motion
        self.motion_changed.emit()

    def _on_performance(self, result: tuple[str, Performance]) -> None:
        line_id, performance = result
        line = self.session.line
        if line is not None and line.id == line_id:
            self.performance = performance
            self._set_motion(performance.final)
            self.performed.emit()

    def _set_motion(self, motion: MotionClip | None) -> None:
        if motion is None:
            self.jobs.cancel("motion")
            self.performance = None
            if self.motion is None:
                return
            self.motion = None
            self.performed.emit()
        self.motion = motion
        self.motion_changed.emit()

    # What a person asks for.

    def add_sound(self, path: Path, transcript: str = "") -> None:
        """Open a recording as a new line, and analyse it."""
        folder = self._folder
        language = self.session.document.settings.language

        def work(job: Job) -> LineDoc:
            from engine.pipeline import recorded_line
            from engine.speech.files import open_sound

            job.report(0, 0, f"opening {path.name}")
            return recorded_line(open_sound(path), transcript, language, folder)

        def done(line: LineDoc) -> None:
            if self._add_line(line):
                self.sound_opened.emit(path)

        self.jobs.submit(Task("open", self.tr("Opening {name}").format(name=path.name)), work, done)

    def add_sample(self) -> None:
        """Open the line that comes with the studio, performed."""
        pipeline = self.pipeline

        def work(job: Job) -> LineDoc:
            from engine.sample import sample_line

            return sample_line(pipeline(), job)

        self.jobs.submit(Task("open", self.tr("Opening the sample line")), work, self._add_line)

    def replace_sound(self, path: Path) -> None:
        """Give the current line another recording; the same one from another place keeps what was found in it."""
        line = self.session.line
        if line is None:
            return
        folder = self._folder

        pipeline = self.pipeline

        def work(job: Job) -> tuple[Media, SetAnalysis | None]:
            from engine.pipeline import recorded_line
            from engine.speech.files import open_sound

            job.report(0, 0, self.tr("opening {name}").format(name=path.name))
            source = recorded_line(open_sound(path), folder=folder).source
            assert isinstance(source, Media)
            if isinstance(line.source, Media) and line.source.sha256 == source.sha256:
                return source, None
            wanted = replace(line, source=source, transcript=line.text, words=None, phonemes=None)
            return source, pipeline().analysis_edit(wanted, pipeline().analyse(wanted, job))

        self.jobs.submit(Task("open", self.tr("Opening {name}").format(name=path.name)), work, lambda found: self._put_sound(line.id, *found))

    def _put_sound(self, line_id: str, source: Media, found: SetAnalysis | None) -> None:
        """The other recording, as one step: what was edited follows its phonemes."""
        if not self.session.document.has_line(line_id):
            return
        line = self.session.document.line(line_id)
        if found is None:
            self._sound_of = ""  # it is somewhere else now
            self.session.apply(Composite((PutLine(replace(line, source=source)),), "Replace sound"))
            return
        edit = ReplaceSound(line_id, source, found.words, found.phonemes, found.method, found.notices)
        text = (SetTranscript(line_id, line.text, line.language),) if isinstance(line.source, Typed) else ()
        self.session.apply(Composite((*text, edit), "Replace sound"))
        self.session.select(line_id)
        self.line_analysed.emit(line_id)

    def sound_moved(self) -> None:
        """The current line's sound is somewhere else now, or there again: read it anew."""
        line = self.session.line
        if line is None:
            return
        self._sound_of = ""
        self._fetch_sound(line)
        if line.analysed or self.session.read_only:
            self._refresh_motion(line)
        else:
            self.analyse()

    def reanalyse(self, start_s: float, end_s: float) -> None:
        """Find the phonemes between two times of the current line again."""
        line = self.session.line
        if line is None or not line.analysed:
            return
        pipeline, before = self.pipeline, line.phonemes

        def work(job: Job) -> Edit:
            from engine.speech.reanalysis import reanalyse

            return reanalyse(line, pipeline().sound(line, job), start_s, end_s, job)

        def done(edit: Edit) -> None:
            if self.session.document.has_line(line.id) and self.session.document.line(line.id).phonemes is before:
                self.session.apply(Composite((edit,), "Analyse selection"))

        self.jobs.submit(Task("analysis", self.tr("Analysing the selection"), f"analysis {line.id}"), work, done, self._on_analysis_failed)

    @property
    def _folder(self) -> Path | None:
        """The project's folder, to which the paths of its sounds are relative; none while it has no name."""
        return self.session.project.folder if self.session.project is not None and not self.session.untitled else None

    def add_text(self, text: str, voice: str) -> None:
        """Have a voice speak a text as a new line."""
        pipeline = self.pipeline

        def work(job: Job) -> LineDoc:
            from engine.pipeline import analysed, typed_line, with_line
            from engine.project.document import new_document

            line = typed_line(text, voice)
            return analysed(pipeline(), with_line(new_document(), line), line.id, job).line(line.id)

        self.jobs.submit(Task("open", self.tr("Speaking the text")), work, self._add_line)

    def _add_line(self, line: LineDoc) -> bool:
        lines = list(self.session.document.lines())
        start_s = max((each.start_s + (each.duration_s or 0.0) + GAP_S for each in lines), default=0.0)
        ids = [character.id for character in self.session.document.characters]
        added = self.session.apply(AddLine(self.speaker if self.speaker in ids else ids[0], replace(line, start_s=start_s)))
        if added:
            self._opened[line.id] = 0 if line.analysed else self.session.cursor
            self.session.select(line.id)
        return bool(added)

    def analyse(self, transcript: str | None = None, language: str | None = None, ears: str | None = None) -> None:
        """Find the current line's phonemes anew.

        Args:
            transcript: what is said; stored with the result as one step. None leaves the line's.
            language: of the speech; None leaves the line's.
            ears: who listens without a transcript; None leaves the line's.
        """
        line = self.session.line
        if line is None:
            return
        text = line.transcript if transcript is None else transcript
        wanted = replace(line, transcript=text, language=language or line.language, ears=ears or line.ears)
        before = line_fingerprint(line, ANALYSIS_PARTS)
        pipeline = self.pipeline

        def work(job: Job) -> SetAnalysis:
            return pipeline().analysis_edit(wanted, pipeline().analyse(wanted, job))

        task = Task("analysis", self.tr("Analysing {name}").format(name=line.name), f"analysis {line.id}")
        self.jobs.submit(task, work, lambda edit: self._store(line.id, before, wanted, edit), self._on_analysis_failed)
        self.state_changed.emit()

    def speak_again(self, text: str, voice: str) -> None:
        """Give the current typed line another text or voice, as one step."""
        line = self.session.line
        if line is None:
            return
        pipeline = self.pipeline

        def work(job: Job) -> Composite:
            from engine.pipeline import typed_line

            wanted = replace(typed_line(text, voice), id=line.id)
            found = pipeline().analysis_edit(wanted, pipeline().analyse(wanted, job))
            source, language = ReplaceSource(line.id, wanted.source), SetTranscript(line.id, line.transcript, wanted.language)
            return Composite((source, language, RenameLine(line.id, wanted.name), found), "Change text")

        before = line_fingerprint(line, ANALYSIS_PARTS)
        task = Task("analysis", self.tr("Speaking the text"), f"analysis {line.id}")
        self.jobs.submit(task, work, lambda edit: self._store(line.id, before, line, edit), self._on_analysis_failed)

    def _store(self, line_id: str, before: str, wanted: LineDoc, edit: Edit) -> None:
        document = self.session.document
        # Undone or changed meanwhile: what was found belongs to a line that is no more.
        if document.has_line(line_id) and line_fingerprint(document.line(line_id), ANALYSIS_PARTS) == before:
            line = document.line(line_id)
            told = (wanted.transcript, wanted.language, wanted.ears) != (line.transcript, line.language, line.ears)
            set_text = SetTranscript(line_id, wanted.transcript, wanted.language, wanted.ears)
            opened = self._opened.pop(line_id, 0)
            if told:
                self.session.apply(Composite((set_text, edit), "Apply transcript"))
            else:
                self.session.extend(edit, opened)
            self.line_analysed.emit(line_id)
        self.state_changed.emit()

    def _on_analysis_failed(self, error: BaseException) -> None:
        self.state_changed.emit()
        self.jobs.failed.emit(error, None)

    def import_textgrid(self, path: Path) -> None:
        """Take phonemes and words from a TextGrid, as one step.

        Raises:
            InvalidInput: no line to put them on, or a file that cannot be used.
        """
        from engine.project.tracks import PhonemeTrack, words_from_array
        from engine.speech.textgrid import read_textgrid, track_of

        line = self.session.line
        if line is None or not self.duration_s:
            raise InvalidInput(self.tr("there is no line to put the TextGrid on"), self.tr("open its sound first"))
        found = track_of(read_textgrid(path), self.duration_s)
        edit = SetAnalysis(line.id, words_from_array(found.words), PhonemeTrack.from_array(found.phonemes), "edited", found.notices)
        self.jobs.cancel(f"analysis {line.id}")  # what a person brings is not overwritten by what is still being found
        self.session.apply(Composite((edit,), "Import TextGrid"))
        self.line_analysed.emit(line.id)

    def export_textgrid(self, path: Path) -> None:
        """Write the current line's phonemes and words.

        Raises:
            InvalidInput: there are none.
            OutputError: the file cannot be written.
        """
        from engine.project.tracks import words_to_array
        from engine.speech.textgrid import grid_of, write_textgrid

        line = self.session.line
        if line is None or line.phonemes is None:
            raise InvalidInput(self.tr("this line has no phonemes yet"), self.tr("wait until it is analysed"))
        write_textgrid(path, grid_of(line.phonemes.array(), words_to_array(line.words or ()), line.phonemes.duration_s))


class _Pipelines:
    """The pipeline of the open project, made on the thread that first needs it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._media: Any = None
        self._made: LinePipeline | None = None

    def begin(self, media: Any) -> None:
        """Another project's sounds from now on."""
        with self._lock:
            self._media, self._made = media, None

    def current(self) -> LinePipeline:
        """The pipeline, loading the engine the first time."""
        with self._lock:
            if self._made is None:
                from engine.pipeline import LinePipeline

                self._made = LinePipeline(self._media)
            return self._made
