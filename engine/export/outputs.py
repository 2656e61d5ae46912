"""One request, any files: the suffix says what is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine import scene
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.output import check_apart, check_storable, replacing
from engine.export import clips, pictures
from engine.export.mov import write_mov
from engine.export.mp4 import write_mp4
from engine.export.png import numbered, write_sequence
from engine.head.rig import LipGauge
from engine.pipeline import LinePipeline
from engine.project.document import Document, Media
from engine.project.storage import ProjectFile
from engine.render.camera import Camera
from engine.scene import Scene
from engine.speech.files import write_wav
from engine.speech.line import Line
from engine.speech.textgrid import grid_of, write_textgrid
from engine.systems import performer

PICTURES: tuple[str, ...] = (".mp4", ".mov", ".png")


@dataclass(frozen=True, eq=False)
class Request:
    """What to write files of.

    Args:
        document: the project, analysed or not.
        work: computes its lines.
        quality: of pictures, one of `engine.render.levels.LEVELS`.
        span_s: stretch of the scene in seconds; None for all.
        camera: where from; the stage's own, with its keys, when None.
        stage_s: time of the stage, seconds, at the beginning of the document's scene: where a line stood that is written alone.
        tell: is told what of the pictures cannot be drawn here; set by `write_files`.
        system: that the motion is said to be of.
        carried: what a project that is written keeps inside: kinds of blobs (`take`, `media`) with their bytes or files.
    """

    document: Document
    work: LinePipeline
    quality: str = "standard"
    span_s: tuple[float, float] | None = None
    camera: Camera | None = None
    stage_s: float = 0.0
    tell: Callable[[str], None] | None = None
    system: str = performer.NAME
    carried: tuple[tuple[str, bytes | Path], ...] = ()


@dataclass(frozen=True)
class Written:
    """What was written.

    Args:
        duration_s: length in seconds.
        files: every file, each picture of a sequence too.
        notices: what a person should know of it.
    """

    duration_s: float
    files: tuple[Path, ...]
    notices: tuple[str, ...]


def write_all(request: Request, paths: list[Path], job: Job = SILENT) -> float:
    """As `write_files`; the length of what was written, seconds."""
    return write_files(request, paths, job).duration_s


def write_files(request: Request, paths: list[Path], job: Job = SILENT) -> Written:
    """Write every file of `paths`.

    Args:
        request: of what.
        paths: their suffixes say in which form: .mp4 .mov .png .npz .csv .TextGrid .wav .viva.
        job: progress and cancelling.

    Raises:
        InvalidInput: an unknown suffix, or nothing to write.
        OutputError: a file cannot be written, or is one of the project's own recordings.
        Cancelled: the job was cancelled; what was complete stays, nothing half-written does.
    """
    for path in paths:
        if path.suffix.lower() not in _WRITERS:
            raise InvalidInput(f"cannot write {path.name}: the suffix {path.suffix!r} is not known", "use one of " + " ".join(_WRITERS))
    check_apart(paths, _recordings(request))
    told: dict[str, None] = {}
    request = replace(request, tell=lambda notice: told.update({notice: None}))
    drawn = [p for p in paths if p.suffix.lower() in PICTURES]
    found = scene.scene(request.document, request.work, request.span_s, job.part(0.0, 0.2 if drawn else 0.9))
    # Data first: it is quick, and there even if somebody stops the film.
    done = 0.2 if drawn else 0.9
    for path in sorted(paths, key=lambda p: p in drawn):
        share = (1.0 - done) / max(1, len(drawn)) if path in drawn else 0.0
        _WRITERS[path.suffix.lower()](path, request, found, job.part(done, done + share))
        done += share if len(drawn) > 1 else 0.0
    said = pictures.notices(request.document, {p.suffix.lower() for p in drawn}) if drawn else ()
    return Written(found.motion.duration_s, tuple(files_of(paths, len(found.motion))), (*found.notices, *said, *told))


def _recordings(request: Request) -> Iterator[Path]:
    for line in request.document.lines():
        with suppress(InvalidInput):  # a missing one cannot be overwritten
            if isinstance(line.source, Media):
                yield request.work.place(line.source)


def files_of(paths: Iterable[Path], frames: int) -> Iterator[Path]:
    """The files that stand behind `paths`: a .png is a numbered sequence."""
    for path in paths:
        yield from (numbered(path, n) for n in range(frames)) if path.suffix.lower() == ".png" else (path,)


def _film(path: Path, request: Request, found: Scene, job: Job) -> None:
    settings = request.document.settings
    frames = _frames(request, found, False, job)
    write_mp4(path, frames, (settings.width, settings.height), found.motion.rate, found.sound, len(found.motion), job)


def _quicktime(path: Path, request: Request, found: Scene, job: Job) -> None:
    settings, alpha = request.document.settings, pictures.sees_through(request.document)
    frames = _frames(request, found, alpha, job)
    write_mov(path, frames, (settings.width, settings.height), found.motion.rate, found.sound, len(found.motion), job, alpha=alpha)


def _pictures(path: Path, request: Request, found: Scene, job: Job) -> None:
    frames = _frames(request, found, pictures.sees_through(request.document), job)
    write_sequence(path, frames, len(found.motion), job)


def _frames(request: Request, found: Scene, alpha: bool, job: Job) -> Iterator[NDArray[np.uint8]]:
    stage, missing = request.work.staged(request.document)
    if request.tell is not None:
        for notice in missing:
            request.tell(notice)
    document = replace(request.document, stage=stage)
    return pictures.frames(document, found, request.quality, job, camera=request.camera, stage_s=request.stage_s, alpha=alpha, tell=request.tell)


def lip_gap_mm(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lip opening of channel values [T, 63] on Ada, millimetres [T]."""
    return LipGauge().mm(values)


def _npz(path: Path, request: Request, found: Scene, job: Job) -> None:
    job.report(0, 1, "writing motion")
    rate = found.sound.sample_rate if found.sound else 0
    clips.write_npz(path, found.motion, lip_gap_mm(found.motion.values), found.phonemes, found.seed, request.system, rate)


def _csv(path: Path, request: Request, found: Scene, job: Job) -> None:
    job.report(0, 1, "writing motion")
    clips.write_csv(path, found.motion)


def _textgrid(path: Path, request: Request, found: Scene, job: Job) -> None:
    write_textgrid(path, grid_of(found.phonemes, found.words, float(found.phonemes["end_s"][-1])))


def _wav(path: Path, request: Request, found: Scene, job: Job) -> None:
    if found.sound is None:
        raise InvalidInput("there is no sound to write", "add a line with sound")
    write_wav(path, found.sound, None, job)


def _viva(path: Path, request: Request, found: Scene, job: Job) -> None:
    for name in (str(path.absolute()), *(line.source.path for line in request.document.lines() if isinstance(line.source, Media))):
        check_storable(name)
    with ProjectFile.create(path.absolute(), request.document, overwrite=True) as project:
        for kind, data in request.carried:
            job.report(0, 1, "putting what was made into the project")
            if isinstance(data, Path):
                project.blobs.put_file(data, kind)
            else:
                project.blobs.put(data, kind)


def write_phonemes(path: Path, line: Line) -> None:
    """Phonemes and words of a line as a Praat TextGrid or as JSON, by suffix."""
    if path.suffix.lower() == ".textgrid":
        write_textgrid(path, grid_of(line.phonemes, line.words, line.sound.duration_s))
        return
    record = {
        "duration_s": line.sound.duration_s, "language": line.language, "method": line.method, "transcript": line.transcript, "notices": list(line.notices),
        "phonemes": [[str(p["label"]), float(p["start_s"]), float(p["end_s"])] for p in line.phonemes],
        "words": [[str(w["text"]), float(w["start_s"]), float(w["end_s"])] for w in line.words],
    }  # fmt: skip
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_WRITERS: dict[str, Callable[[Path, Request, Scene, Job], None]] = {
    ".mp4": _film, ".mov": _quicktime, ".png": _pictures, ".npz": _npz, ".csv": _csv, ".textgrid": _textgrid, ".wav": _wav, ".viva": _viva,
}  # fmt: skip
