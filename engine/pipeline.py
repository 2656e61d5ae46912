"""From the document to motion: the one road that the window, the command line and Python share.

Each stage is cached by the content it depends on, so a change of an emotion recomputes the performance but not the speech
analysis, and the same document and seed give the same bytes wherever they are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.curves import Curve
from engine.core.ears import AUTO
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.kept import Kept
from engine.core.motion import MotionClip, pack_motion, unpack_motion
from engine.project.document import Document, LineDoc, Media, Settings, Typed, new_document, new_id
from engine.project.edits import AddLine, SetAnalysis
from engine.project.media import MediaFinder, MissingMedia, stored_path
from engine.project.parts import Blink, Gaze, Take
from engine.project.stage import Stage
from engine.project.tracks import PhonemeTrack, words_from_array, words_to_array
from engine.speech import features, line
from engine.speech.closures import CLOSURE_DTYPE, lip_closures
from engine.speech.features import Prosody
from engine.speech.files import Sound, open_sound
from engine.speech.line import Line
from engine.speech.voices import find_voice, synthesise
from engine.systems import inputs, liveliness, performer
from engine.systems.compositing import Composer, composite_key
from engine.systems.inputs import digest, line_key, performance_key, stale, take_inputs
from engine.systems.judging import judge
from engine.systems.visemes import Table

OnPart = Callable[[int, NDArray[np.float32], NDArray[np.float32]], None]
KEPT = 24  # results of each stage that stay in memory,
KEPT_BYTES = 16 << 20  # and how large they may be together: ten minutes take 4.5 MB
SAME_LENGTH_S = 0.05  # another encoding of the same recording differs by less


@dataclass(frozen=True, eq=False)
class Performance:
    """What becomes of a line at a frame rate.

    Args:
        final: the motion that is seen.
        base: the same without the edit layers, the very same clip where there are none.
        blinks: that are played, whoever set them.
        gazes: that are played, whoever set them.
        notices: what a person should know of it.
    """

    final: MotionClip
    base: MotionClip
    blinks: tuple[Blink, ...]
    gazes: tuple[Gaze, ...]
    notices: tuple[str, ...] = ()

    @property
    def nbytes(self) -> int:
        """Memory it takes, about."""
        return self.final.values.nbytes + (self.base.values.nbytes if self.base is not self.final else 0)


class LinePipeline:
    """Computes lines and their motion for one project.

    Args:
        media: where the project's sounds are: its `MediaFinder`, the folder that relative paths start from, or None for the
            current folder.
    """

    def __init__(self, media: MediaFinder | Path | None = None) -> None:
        self._media = media
        self._sounds: Kept[Sound] = Kept(KEPT)
        self._prosody: Kept[Prosody] = Kept(KEPT)
        self._lines: Kept[Line] = Kept(KEPT)
        self._speech: Kept[performer.Speech] = Kept(4)
        self._lives: Kept[liveliness.Life] = Kept(8)
        self._performing: Kept[performer.Performing] = Kept(KEPT // 4, KEPT_BYTES, lambda p: p.nbytes)
        self._performances: Kept[Performance] = Kept(KEPT, KEPT_BYTES, lambda p: p.nbytes)
        self._takes: Kept[MotionClip] = Kept(KEPT, 4 * KEPT_BYTES, lambda clip: clip.values.nbytes)
        # Small pieces, by their content: sampled curves, and what held the lips in a block of frames.
        self._samples: Kept[NDArray[np.float64]] = Kept(1024, KEPT_BYTES // 4, lambda values: values.nbytes)
        self._held: Kept[NDArray[np.float32]] = Kept(16384, KEPT_BYTES // 2, lambda values: values.nbytes)

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
            raise MissingMedia(f"the sound {path} is missing", "put it back, or replace the line's sound")
        return path

    def staged(self, document: Document) -> tuple[Stage, tuple[str, ...]]:
        """The stage as it can be drawn here, its picture by its full path, and what is to be said of it."""
        if isinstance(self._media, MediaFinder):
            return self._media.staged(document)
        background = document.stage.background
        if self._media is None or background.picture is None:
            return document.stage, ()
        picture = replace(background.picture, path=str(self._media / background.picture.path))
        return replace(document.stage, background=replace(background, picture=picture)), ()

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
            spoken = line.analyse(self.sound(line_doc, job), line_doc.transcript or None, line_doc.language, job, line_doc.ears)
        self._prosody.get(("prosody", spoken.sound.digest), lambda: spoken.prosody)
        return spoken

    def analysis_edit(self, line_doc: LineDoc, analysed: Line) -> SetAnalysis:
        """The edit that stores an analysis in the document."""
        closures = np.full((len(analysed.phonemes), 2), np.nan)
        rows: NDArray[np.int32] = analysed.closures["phoneme"]
        for column, side in enumerate(("start_s", "end_s")):
            times_s: NDArray[np.float64] = analysed.closures[side]
            closures[rows, column] = times_s
        track = PhonemeTrack.from_array(analysed.phonemes, closures)
        return SetAnalysis(line_doc.id, words_from_array(analysed.words), track, analysed.method, analysed.notices)

    def line(self, line_doc: LineDoc, job: Job = SILENT) -> Line:
        """The line as the document has it; analysed first where it has no phonemes yet.

        Raises:
            InvalidInput: the sound cannot be used, or is no longer the one that the phonemes were found in.
            Cancelled: the job was cancelled.
        """
        place = str(self.place(line_doc.source)) if isinstance(line_doc.source, Media) else ""
        key = (place, line_key(line_doc))
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
        phonemes["end_s"][-1] = max(sound.duration_s, float(phonemes["start_s"][-1]))  # a hair of rounding between file and track
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

    def motion(self, line_doc: LineDoc, rate: Fraction, job: Job = SILENT, visemes: Table | None = None) -> MotionClip:
        """The line's motion at a frame rate, as it is seen.

        Raises:
            InvalidInput: the sound cannot be used.
            Cancelled: the job was cancelled.
        """
        return self.performance(line_doc, rate, job, visemes=visemes).final

    def performance(
        self,
        line_doc: LineDoc,
        rate: Fraction,
        job: Job = SILENT,
        near_s: float | None = None,
        on_part: OnPart | None = None,
        visemes: Table | None = None,
    ) -> Performance:
        """The line's performance at a frame rate, with what the animator laid over it.

        Args:
            line_doc: of the document.
            rate: frames per second.
            job: progress and cancelling.
            near_s: what lies around this time is worked out first; None for from the start.
            on_part: told of each stretch as it is there, on this thread: its first frame, its final values and its values
                without edit layers, both float32 [N, 63]. Not called for a performance that is kept already.
            visemes: the character's, in the place of ours.

        Raises:
            InvalidInput: the sound cannot be used.
            Cancelled: the job was cancelled.
        """
        live = (performance_key(line_doc), rate, digest(visemes or {}))
        key = (live, composite_key(line_doc))
        return self._performances.get(key, lambda: self._perform(line_doc, rate, visemes or {}, live, _Progress(job, near_s, on_part)))

    def _perform(self, line_doc: LineDoc, rate: Fraction, visemes: Table, key: Hashable, progress: _Progress) -> Performance:
        acting = self._performing.get(key, lambda: self._acting(line_doc, rate, visemes, progress.job.part(0.0, 0.5)))
        takes, notices = self._taken(line_doc)
        composer = Composer(line_doc, rate, len(acting), takes, acting.frames, lambda curve: self._sampled(curve, len(acting), rate))
        final = np.empty((len(acting), len(CHANNELS)), np.float32)
        base: NDArray[np.float32] | None = None
        job = progress.job.part(0.5, 1.0)
        for done, start in enumerate(progress.order(len(acting), rate)):
            job.report(done * performer.BLOCK, len(acting), "performing")
            stop = min(start + performer.BLOCK, len(acting))
            seen, below = composer.frames(start, stop)
            final[start:stop] = seen
            if below is not seen:
                base = np.empty_like(final) if base is None else base
                base[start:stop] = below
            if progress.on_part is not None:
                progress.on_part(start, final[start:stop], final[start:stop] if base is None else base[start:stop])
        clip = MotionClip(final, rate)
        return Performance(clip, clip if base is None else MotionClip(base, rate), acting.blinks, acting.gazes, notices)

    def _acting(self, line_doc: LineDoc, rate: Fraction, visemes: Table, job: Job) -> performer.Performing:
        """The live performance, not worked out yet."""
        spoken = self.line(line_doc, job.part(0.0, 0.8))
        strengths = line_doc.phonemes.strengths if line_doc.phonemes is not None else None
        key = (line_key(line_doc), rate)
        speech_key = (key, digest(strengths), digest(visemes))
        speech = self._speech.get(speech_key, lambda: performer.speak(spoken, rate, strengths, visemes, job.part(0.8, 1.0)))
        life = self._lives.get((key, line_doc.seed), lambda: liveliness.live(spoken, speech.times_s, line_doc.seed, job))
        sample = lambda curve: self._sampled(curve, len(speech.times_s), rate)  # noqa: E731
        return performer.Performing(speech, life, inputs.direction(line_doc, speech.times_s, sample), self._held)

    def _sampled(self, curve: Curve, count: int, rate: Fraction) -> NDArray[np.float64]:
        times = lambda: np.arange(count, dtype=np.float64) * rate.denominator / rate.numerator  # noqa: E731
        return self._samples.get((digest(curve), count, rate), lambda: curve.evaluate(times()))

    def _taken(self, line_doc: LineDoc) -> tuple[dict[str, MotionClip], tuple[str, ...]]:
        """Motion of the takes that play by their ids, and what is to be said of those that cannot be had."""
        found, notices = {}, []
        playing = {clip.take_id for clip in line_doc.take_clips}
        for take in line_doc.takes:
            if take.id not in playing:
                continue
            try:
                found[take.id] = self.take_motion(take)
            except InvalidInput as error:
                notices.append(f"take {take.name!r} does not play, the live performance does instead: {error}")
        return found, tuple(notices)

    # Takes.

    def take_motion(self, take: Take) -> MotionClip:
        """The motion of a take.

        Raises:
            InvalidInput: it is not in the project, or damaged.
        """
        return self._takes.get(take.motion, lambda: self._unpacked(take))

    def _unpacked(self, take: Take) -> MotionClip:
        data = self._media.blob(take.motion) if isinstance(self._media, MediaFinder) and take.motion else None
        if data is None:
            raise InvalidInput(f"the project holds no motion of take {take.name!r}", "make the take again")
        return unpack_motion(data)

    def take(self, line_doc: LineDoc, rate: Fraction, seed: int, name: str, job: Job = SILENT, visemes: Table | None = None) -> tuple[Take, bytes]:
        """Perform the line with a seed, as a take to be kept.

        Returns:
            The take, and the bytes of its motion, which belong into the project's blobs as a `take`.

        Raises:
            InvalidInput: the sound cannot be used.
            Cancelled: the job was cancelled.
        """
        seeded = replace(line_doc, seed=seed)
        live = (performance_key(seeded), rate, digest(visemes or {}))
        acting = self._performing.get(live, lambda: self._acting(seeded, rate, visemes or {}, job.part(0.0, 0.4)))
        clip = acting.clip(job.part(0.4, 0.8))
        data = pack_motion(clip)
        motion = hashlib.sha256(data).hexdigest()
        self._takes.put(motion, clip)
        score = judge(clip, self.line(seeded, job.part(0.8, 0.9)), acting.blinks)
        return Take(new_id(), name, performer.NAME, seed, dict(line_doc.amounts), motion, take_inputs(line_doc), score), data

    def brought_take(self, clip: MotionClip, name: str, source: str) -> tuple[Take, bytes]:
        """Motion that was made elsewhere, captured for instance, as a take to be kept.

        Args:
            clip: native channels.
            name: of the take.
            source: where the motion comes from.

        Returns:
            The take, and the bytes of its motion, which belong into the project's blobs as a `take`; here it plays without them.
        """
        data = pack_motion(clip)
        motion = hashlib.sha256(data).hexdigest()
        self._takes.put(motion, clip)
        return Take(new_id(), name, source, motion=motion), data

    def stale(self, line_doc: LineDoc, take: Take) -> bool:
        """True if a take is older than what it was made from."""
        return stale(line_doc, take)


@dataclass(frozen=True, eq=False)
class _Progress:
    """How a performance is delivered."""

    job: Job
    near_s: float | None
    on_part: OnPart | None

    def order(self, count: int, rate: Fraction) -> list[int]:
        """First frames of the blocks of `count` frames: the one at the playhead, then the nearest."""
        starts = list(range(0, count, performer.BLOCK))
        if self.near_s is None:
            return starts
        frame = min(max(int(self.near_s * float(rate) + 1e-6), 0), count - 1)
        here = frame - frame % performer.BLOCK
        # What comes next is wanted sooner than what was.
        return sorted(starts, key=lambda start: start - here if start >= here else 2 * (here - start) + 1)


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


def recorded_line(sound: Sound, transcript: str = "", language: str = "en", folder: Path | None = None, ears: str = AUTO) -> LineDoc:
    """A new line of a recording, named after its file.

    Args:
        sound: opened from a file.
        transcript: what is said, if known.
        language: of the speech.
        folder: of the project, which the path is stored relative to.
        ears: who listens without a transcript.

    Raises:
        InvalidInput: the sound does not come from a file, or there are no such ears.
    """
    if sound.path is None:
        raise InvalidInput("this sound has no file", "write it with write_wav first")
    media = Media(stored_path(sound.path, folder), sound.digest, sound.duration_s, sound.sample_rate)
    return LineDoc(new_id(), sound.path.stem, media, transcript=transcript, language=language, ears=ears)


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
