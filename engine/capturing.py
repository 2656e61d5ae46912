"""A captured performance as a line of a document: the video's own sound, and the motion on a layer above what is performed to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine import pipeline
from engine.avatars.thinning import TOLERANCE, TooManyKeys, regions_of, thinned
from engine.core.channels import REGIONS
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.core.timing import frame_count
from engine.pipeline import LinePipeline
from engine.project.document import Document, new_id
from engine.project.parts import TakeClip, TrackState
from engine.speech import decoding
from engine.speech.files import Sound, open_sound, write_wav

SYSTEM = "capture"
SILENT_RATE = 8000  # of the silence that stands in for a sound that is not there
_BLOCK_S = 10.0
_SHORT_S = 0.1  # by which a sound may end before its picture


@dataclass(frozen=True)
class Wanted:
    """What is to become of captured motion.

    Args:
        name: of line and layer, such as the video's.
        regions: of the face that are captured; the others are performed to the sound. None of them: all.
        tolerance: of the keys, in coefficients.
        transcript: what is said, if known.
        language: of the speech.
        ears: who listens without a transcript.
    """

    name: str
    regions: tuple[str, ...] = ()
    tolerance: float = TOLERANCE
    transcript: str = ""
    language: str = "en"
    ears: str = "auto"


@dataclass(frozen=True, eq=False)
class Placed:
    """A document with a captured performance.

    Args:
        document: with one line more, not analysed yet.
        line_id: of it.
        keys: of its layer; 0 where it became a take.
        carried: what a project keeps inside: kinds of blobs with their bytes or files, as `engine.export.outputs.Request` takes them.
        notices: what a person should know of it.
    """

    document: Document
    line_id: str
    keys: int
    carried: tuple[tuple[str, bytes | Path], ...]
    notices: tuple[str, ...]


def has_sound(video: Path) -> bool:
    """True if a video file has a sound track.

    Raises:
        InvalidInput: it cannot be read.
    """
    with decoding.opened(video) as container:
        return bool(container.streams.audio)


@dataclass(frozen=True, eq=False)
class Heard:
    """The sound that goes with a picture.

    Args:
        sound: from a file.
        start_s: when the first picture is seen, seconds from the sound's sample 0; negative where the picture begins first.
        made: whether the file was made for it, and belongs into a project that is written.
        silent: whether there is nothing to be heard.
        notices: what a person should know of it.
    """

    sound: Sound
    start_s: float = 0.0
    made: bool = False
    silent: bool = False
    notices: tuple[str, ...] = ()


def sound_of(video: Path | None, begin_s: float, length_s: float, made: Path, job: Job = SILENT, part: bool = False) -> Heard:
    """The sound that goes with a picture: the video's own, or one made to its length.

    Args:
        video: the file; None for a camera.
        begin_s: when its first picture is seen, by the file's clock.
        length_s: how long the picture is, seconds.
        made: .wav file to write where a sound has to be made: silence, or the video's sound with silence after it.
        job: progress and cancelling.
        part: the picture is a stretch of the video: so much of the sound is taken.

    Raises:
        InvalidInput: the sound cannot be read.
        OutputError: the folder cannot be written.
        Cancelled: the job was cancelled.
    """
    if video is None or not has_sound(video):
        write_wav(made, _silence(length_s, SILENT_RATE), SILENT_RATE, job)
        said = () if video is None else ("the video has no sound: what is not captured of the face waits in silence",)
        return Heard(open_sound(made), 0.0, True, True, said)
    sound = open_sound(video)
    told = tuple(notice for notice in sound.notices if "not its picture" not in notice)
    start_s = begin_s - sound.origin_s
    if part:
        write_wav(made, _stretch(sound, start_s, start_s + length_s), sound.sample_rate, job)
        return Heard(open_sound(made), 0.0, True, notices=told)
    missing_s = start_s + length_s - sound.duration_s
    if missing_s <= _SHORT_S:
        return Heard(sound, start_s, notices=told)
    write_wav(made, _lengthened(sound, missing_s), sound.sample_rate, job)
    return Heard(open_sound(made), start_s, True, notices=(*told, f"the sound ends {missing_s:.2f} s before the picture: silence follows it"))


def _silence(seconds: float, rate: int) -> Iterator[NDArray[np.float32]]:
    left = max(1, round(seconds * rate))
    while left > 0:
        yield np.zeros(min(left, 10 * rate), np.float32)
        left -= 10 * rate


def _stretch(sound: Sound, start_s: float, stop_s: float) -> Iterator[NDArray[np.float32]]:
    while start_s < stop_s:
        end_s = min(start_s + _BLOCK_S, stop_s)
        yield sound.read(start_s, end_s, sound.sample_rate)
        start_s = end_s


def _lengthened(sound: Sound, seconds: float) -> Iterator[NDArray[np.float32]]:
    yield from sound.blocks()
    yield from _silence(seconds, sound.sample_rate)


def placed(document: Document, work: LinePipeline, clip: MotionClip, heard: Heard, wanted: Wanted, job: Job = SILENT) -> Placed:
    """A document with a line of the sound, on which captured motion plays.

    Motion that would be more keys than a layer may have becomes a take: the same motion, without keys.

    Args:
        document: to add the line to, for its first character.
        work: that will compute it.
        clip: captured, native channels.
        heard: the sound.
        wanted: what is to become of it.
        job: progress and cancelling.

    Raises:
        InvalidInput: an unknown region, or nothing plays.
        Cancelled: the job was cancelled.
    """
    sound, start_s, regions = heard.sound, heard.start_s, regions_of(wanted.regions)
    states = {"sound": TrackState(mute=True)} if heard.silent else {}
    line = replace(pipeline.recorded_line(sound, wanted.transcript, wanted.language, ears=wanted.ears), name=wanted.name, track_states=states)
    carried: list[tuple[str, bytes | Path]] = [("media", sound.path)] if heard.made and sound.path is not None else []
    try:
        found = thinned(clip, start_s, wanted.name, regions, wanted.tolerance, job)
    except TooManyKeys:
        take, data = work.brought_take(_on_the_line(clip, start_s, sound.duration_s), wanted.name, SYSTEM)
        whole = () if regions == tuple(REGIONS) else regions
        line = replace(line, takes=(take,), take_clips=(TakeClip(new_id(), take.id, max(start_s, 0.0), sound.duration_s, whole, 0.0),))
        return Placed(pipeline.with_line(document, line), line.id, 0, (*carried, ("take", data)), ("too long for keys: the capture is a take of its line",))
    layer = found.layer
    to_the_end = layer.end_s is not None and layer.end_s > sound.duration_s - 1.5 / float(clip.rate)
    layer = replace(layer, end_s=None if to_the_end else layer.end_s, fade_s=0.0 if layer.start_s < _SHORT_S else layer.fade_s)
    return Placed(pipeline.with_line(document, replace(line, layers=(layer,))), line.id, found.keys, tuple(carried), found.notices)


def _on_the_line(clip: MotionClip, start_s: float, duration_s: float) -> MotionClip:
    """The motion from the line's start to its end; what lies outside the clip holds its nearest frame."""
    count = frame_count(duration_s, clip.rate)
    times = np.arange(count, dtype=np.float64) * clip.rate.denominator / clip.rate.numerator
    return MotionClip(clip.sample(times - start_s), clip.rate, clip.names)
