"""From the document to motion: the one road that the window, the command line and Python share.

Each stage is cached by the content it depends on, so a change of an emotion recomputes the performance but not the speech
analysis, and the same document and seed give the same bytes wherever they are asked for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.project.document import Document, LineDoc, Media, Settings, Typed, line_fingerprint, new_document, new_id
from engine.project.edits import AddLine, SetAnalysis
from engine.project.media import MediaFinder, stored_path
from engine.project.tracks import PhonemeTrack, words_from_array, words_to_array
from engine.speech import features, line
from engine.speech.closures import CLOSURE_DTYPE, lip_closures
from engine.speech.files import Sound, open_sound
from engine.speech.line import Line
from engine.speech.voices import find_voice, synthesise
from engine.systems.performer import Amounts, perform

_T = TypeVar("_T")
KEPT = 24  # results of each stage that stay in memory
LINE_PARTS = ("source", "transcript", "language", "words", "phonemes", "method", "notices")  # what a `Line` depends on
SAME_LENGTH_S = 0.05  # another encoding of the same recording differs by less


class _Cache:
    """The last few results by key; one thread computes a key, the others wait for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.RLock()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            value: _T = self._kept[key]
            return value


class LinePipeline:
    """Computes lines and their motion for one project.

    Args:
        media: where the project's sounds are: its `MediaFinder`, the folder that relative paths start from, or None for the
            current folder.
    """

    def __init__(self, media: MediaFinder | Path | None = None) -> None:
        self._media = media
        self._sounds, self._prosody, self._lines, self._motion = _Cache(), _Cache(), _Cache(), _Cache()

    def sound(self, line_doc: LineDoc, job: Job = SILENT) -> Sound:
        """The line's recording, or its text spoken by its voice.

        Raises:
            InvalidInput: the file is missing or cannot be used, or there is no such voice.
            Cancelled: the job was cancelled.
        """
        source = line_doc.source
        if isinstance(source, Typed):
            return self._sounds.get(("typed", source.text, source.voice), lambda: synthesise(source.text, source.voice, None, job).sound)
        path = self.place(source)
        return self._sounds.get(("file", str(path), source.sha256), lambda: open_sound(path))

    def place(self, media: Media) -> Path:
        """Where a recording is.

        Raises:
            InvalidInput: it is missing.
        """
        if isinstance(self._media, MediaFinder):
            return self._media.require(media)
        path = Path(media.path) if self._media is None else self._media / media.path
        if not path.is_file():
            raise InvalidInput(f"the sound {path} is missing", "put it back, or replace the line's sound")
        return path

    def analyse(self, line_doc: LineDoc, job: Job = SILENT) -> Line:
        """Find the line's phonemes and words from its sound and text, whatever the document holds of them.

        Raises:
            InvalidInput: the sound cannot be used, or there is no such language or voice.
            Cancelled: the job was cancelled.
        """
        source = line_doc.source
        if isinstance(source, Typed):
            spoken = line.speak(source.text, source.voice, job)
            self._sounds.get(("typed", source.text, source.voice), lambda: spoken.sound)
        else:
            spoken = line.analyse(self.sound(line_doc, job), line_doc.transcript or None, line_doc.language, job)
        self._prosody.get(("prosody", spoken.sound.digest), lambda: spoken.prosody)
        return spoken

    def analysis_edit(self, line_doc: LineDoc, analysed: Line) -> SetAnalysis:
        """The edit that stores an analysis in the document."""
        closures = np.full((len(analysed.phonemes), 2), np.nan)
        closures[analysed.closures["phoneme"], 0] = analysed.closures["start_s"]
        closures[analysed.closures["phoneme"], 1] = analysed.closures["end_s"]
        track = PhonemeTrack.from_array(analysed.phonemes, closures)
        return SetAnalysis(line_doc.id, words_from_array(analysed.words), track, analysed.method, analysed.notices)

    def line(self, line_doc: LineDoc, job: Job = SILENT) -> Line:
        """The line as the document has it; analysed first where it has no phonemes yet.

        Raises:
            InvalidInput: the sound cannot be used, or is no longer the one that the phonemes were found in.
            Cancelled: the job was cancelled.
        """
        place = str(self.place(line_doc.source)) if isinstance(line_doc.source, Media) else ""
        key = (place, line_fingerprint(line_doc, LINE_PARTS))
        return self._lines.get(key, lambda: self._line(line_doc, job))

    def _line(self, line_doc: LineDoc, job: Job) -> Line:
        given = line_doc
        if line_doc.phonemes is None:
            edit = self.analysis_edit(line_doc, self.analyse(line_doc, job))
            line_doc = edit.apply(alone(line_doc)).document.line(line_doc.id)
        assert line_doc.phonemes is not None
        sound = self.sound(line_doc, job)
        track, words = line_doc.phonemes, words_to_array(line_doc.words or ())
        phonemes = track.array()
        replaced = _replaced(given, sound)
        phonemes["end_s"][-1] = max(sound.duration_s, phonemes["start_s"][-1])  # a hair of rounding between file and track
        base = self._prosody.get(("prosody", sound.digest), lambda: features.prosody(sound, job))
        prosody = features.add_phrasing(base, phonemes, words)
        language = find_voice(line_doc.source.voice).language if isinstance(line_doc.source, Typed) else line_doc.language
        return Line(
            sound=sound,
            phonemes=phonemes,
            words=words,
            prosody=prosody,
            transcript=line_doc.text,
            language=language,
            method=line_doc.method,
            notices=(*line_doc.notices, *replaced),
            closures=lip_closures(phonemes, sound) if track.closures is None else _closures(track),
        )

    def motion(self, line_doc: LineDoc, rate: Fraction, job: Job = SILENT) -> MotionClip:
        """The line's performance at a frame rate.

        Raises:
            InvalidInput: the sound cannot be used.
            Cancelled: the job was cancelled.
        """
        key = (line_fingerprint(line_doc), rate)
        return self._motion.get(key, lambda: self._perform(line_doc, rate, job))

    def _perform(self, line_doc: LineDoc, rate: Fraction, job: Job) -> MotionClip:
        spoken = self.line(line_doc, job.part(0.0, 0.8))
        return perform(spoken, rate, line_doc.emotions, Amounts(**line_doc.amounts), line_doc.seed, job.part(0.8, 1.0))


def _replaced(line_doc: LineDoc, sound: Sound) -> tuple[str, ...]:
    """A notice where the file is not the one that the phonemes were found in.

    Raises:
        InvalidInput: the phonemes cannot belong to it.
    """
    source, track = line_doc.source, line_doc.phonemes
    if isinstance(source, Typed) or source.sha256 == sound.digest or track is None:
        return ()
    if abs(sound.duration_s - track.duration_s) > SAME_LENGTH_S:
        what = f"the sound {sound.path} was replaced: it is {sound.duration_s:.2f} s long and the line's phonemes {track.duration_s:.2f} s"
        raise InvalidInput(what, "put the earlier file back, or open the sound as a new line")
    return (f"the sound {sound.name} has changed since its phonemes were found",)


def _closures(track: PhonemeTrack) -> np.ndarray:
    rows = [(i, span[0], span[1]) for i, span in enumerate(track.closures or ()) if span is not None]
    return np.array(rows, CLOSURE_DTYPE)


def alone(line_doc: LineDoc, settings: Settings | None = None) -> Document:
    """A document that holds nothing but this line, at its start."""
    return with_line(new_document(settings), replace(line_doc, start_s=0.0))


def recorded_line(sound: Sound, transcript: str = "", language: str = "en", folder: Path | None = None) -> LineDoc:
    """A new line of a recording, named after its file.

    Args:
        sound: opened from a file.
        transcript: what is said, if known.
        language: of the speech.
        folder: of the project, which the path is stored relative to.

    Raises:
        InvalidInput: the sound does not come from a file.
    """
    if sound.path is None:
        raise InvalidInput("this sound has no file", "write it with write_wav first")
    media = Media(stored_path(sound.path, folder), sound.digest, sound.duration_s, sound.sample_rate)
    return LineDoc(new_id(), sound.path.stem, media, transcript=transcript, language=language)


def typed_line(text: str, voice: str = "en-us") -> LineDoc:
    """A new line of typed text, named after its first words.

    Raises:
        InvalidInput: there is no such voice.
    """
    name = " ".join(text.split()[:5])[:40] or "Line"
    found = find_voice(voice)
    return LineDoc(new_id(), name, Typed(text, voice), language=found.language)


def with_line(document: Document, line_doc: LineDoc) -> Document:
    """A document with one more line, given to its first character."""
    return AddLine(document.characters[0].id, line_doc).apply(document).document


def analysed(pipeline: LinePipeline, document: Document, line_id: str, job: Job = SILENT) -> Document:
    """The document with one line's analysis stored.

    Raises:
        InvalidInput: the sound cannot be used.
        Cancelled: the job was cancelled.
    """
    line_doc = document.line(line_id)
    return pipeline.analysis_edit(line_doc, pipeline.analyse(line_doc, job)).apply(document).document


def with_settings(document: Document, **settings: Any) -> Document:
    """The document with some of its settings replaced."""
    return replace(document, settings=replace(document.settings, **settings))
