"""Takes in what other programs wrote: motion onto a layer, subtitles and texts as lines; and the project's media into its file.

Each is read on a lane and arrives as one step that can be undone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.project.change import Composite
from engine.project.document import LineDoc
from engine.project.edits import AddLine
from engine.project.part_edits import PutPart
from engine.project.parts import Layer
from studio.conductor import GAP_S, Conductor
from studio.jobs import Jobs, Task
from studio.session import Session

if TYPE_CHECKING:
    from engine.imports.text import Script
    from engine.project.collect import Collected

LANE = "open"
ImportedLayer = tuple[Layer, tuple[str, ...]]


class Importer(QObject):
    """The imports of one window.

    Signals:
        layer_added(layer_id): motion lies on a layer of the current line.
        notices(text): what a person should know of what was read, in sentences; "" for nothing.
        collected(what): media were taken into the project, as `Collected`.
    """

    layer_added = Signal(str)
    notices = Signal(str)
    collected = Signal(object)

    def __init__(self, session: Session, conductor: Conductor, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._conductor = conductor
        self._jobs = jobs

    # Motion.

    def motion(self, path: Path, start_s: float) -> None:
        """Put a file's motion onto a new layer of the current line.

        Args:
            path: `.npz`, `.csv` or `.glb`.
            start_s: when its first frame plays, seconds of the line.

        Raises:
            InvalidInput: there is no line.
        """
        line = self._session.line
        if line is None:
            raise InvalidInput(self.tr("there is no line to put the motion on"), self.tr("open its sound or type a line first"))

        def work(job: Job) -> ImportedLayer:
            from engine.imports.motion import fitted_layer, read_motion

            return fitted_layer(read_motion(path, job.part(0.0, 0.3)), start_s, path.stem[:80] or path.name[:80], job.part(0.3, 1.0))

        task = Task(LANE, self.tr("Importing {name}").format(name=path.name))
        self._jobs.submit(task, work, lambda found: self._put_layer(line.id, *found))

    def _put_layer(self, line_id: str, layer: Layer, notices: tuple[str, ...]) -> None:
        if not self._session.document.has_line(line_id):
            return
        if self._session.apply(Composite((PutPart(line_id, layer),), "Import motion")):
            self._session.select(line_id)
            length_s = self._session.document.line(line_id).duration_s
            if length_s is not None and layer.end_s is not None and layer.end_s > length_s + 0.05:
                text = self.tr("the motion goes on for {seconds:.2f} s after the line's end, where it is not seen")
                notices = (*notices, text.format(seconds=layer.end_s - length_s))
            self._tell(notices)
            self.layer_added.emit(layer.id)

    # Lines.

    def script(self, path: Path) -> None:
        """Speak every subtitle or paragraph of a file as a line of its own, as one step."""
        pipeline, language = self._conductor.pipeline, self._session.document.settings.language

        def work(job: Job) -> tuple[Script, tuple[LineDoc, ...]]:
            from engine.imports.text import read_script
            from engine.pipeline import analysed, typed_line, with_line
            from engine.project.document import new_document
            from engine.speech.voices import DEFAULT_VOICE

            script = read_script(path)
            voice = DEFAULT_VOICE if DEFAULT_VOICE.split("-")[0] == language.split("-")[0].lower() else language
            lines = []
            for number, cue in enumerate(script.cues):
                part = job.part(number / len(script.cues), (number + 1) / len(script.cues))
                part.report(0, 1, self.tr("speaking line {number} of {count}").format(number=number + 1, count=len(script.cues)))
                line = typed_line(cue.text, voice)
                lines.append(analysed(pipeline(), with_line(new_document(), line), line.id, part).line(line.id))
            return script, tuple(lines)

        self._jobs.submit(Task(LANE, self.tr("Importing {name}").format(name=path.name)), work, lambda found: self._add_lines(*found))

    def _add_lines(self, script: Script, lines: tuple[LineDoc, ...]) -> None:
        document = self._session.document
        at = max((each.start_s + (each.duration_s or 0.0) + GAP_S for each in document.lines()), default=0.0)
        character, edits, late = document.characters[0].id, [], 0
        for cue, line in zip(script.cues, lines, strict=True):
            # Subtitles have times of the scene; paragraphs follow what is there, one after another.
            late += cue.end_s is not None and (line.duration_s or 0.0) > cue.end_s - (cue.start_s or 0.0)
            edits.append(AddLine(character, replace(line, start_s=at if cue.start_s is None else cue.start_s)))
            at += (line.duration_s or 0.0) + GAP_S
        if self._session.apply(Composite(tuple(edits), "Import lines")):
            self._session.select(lines[0].id)
            told = (self.tr("{count} lines take longer to say than their subtitles stay").format(count=late),) if late else ()
            self._tell((*script.notices, *told))

    # Media.

    def collect(self) -> None:
        """Take all media into the project's file.

        Raises:
            InvalidInput: the project has no file yet.
        """
        project, document = self._session.project, self._session.document
        if project is None or self._session.untitled:
            raise InvalidInput(self.tr("this project has no name yet"), self.tr("save it first: its media are collected into its file"))

        def work(job: Job) -> Collected:
            from engine.project.collect import collect

            return collect(project, document, job)

        self._jobs.submit(Task("media", self.tr("Collecting media"), "collect"), work, self.collected.emit)

    def _tell(self, notices: tuple[str, ...]) -> None:
        self.notices.emit(" ".join(n[0].upper() + n[1:] + "." for n in notices if n))
