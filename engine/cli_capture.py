"""`vivavoce capture`: the face in a video or before a camera becomes motion of ours, in any file that `animate` writes."""

from __future__ import annotations

import argparse
import math
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine import staging
from engine.arguments import outputs_of, range_of, size_of, text_of
from engine.console import tell_result, warn
from engine.core.errors import InvalidInput
from engine.core.jobs import Job
from engine.core.output import check_apart, check_storable
from engine.core.timing import parse_rate

_POINT = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[,x]\s*(\d+(?:\.\d+)?)\s*(?:@\s*(\d+(?:\.\d+)?)\s*)?$")
_TOLD_EARLY = 3000  # pictures from which on notices come before the fitting
_LEAST_PICTURES = 5
_MOST_SECONDS = 1800.0  # of a camera: what it shows is in memory
Add = Callable[[argparse.ArgumentParser], None]


def add(commands: Any, options: Sequence[Add], suffixes: Sequence[str]) -> None:
    """Add the command to the parser's.

    Args:
        commands: of the parser.
        options: that it shares with other commands: of listening, of the picture, of reporting.
        suffixes: of the files it writes.
    """
    capture = commands.add_parser("capture", help="take a performance from a face in a video, or before a camera")
    capture.add_argument("video", nargs="?", metavar="VIDEO", help="a video file with a face; its sound goes along")
    capture.add_argument("--camera", metavar="N|NAME", help="record from a camera instead: 0 for the first one")
    capture.add_argument("--seconds", default="10", metavar="S", help="how long to record from the camera (10)")
    capture.add_argument("--range", metavar="IN-OUT", help="seconds of the video to capture, such as 65-80.5 (all of it)")
    capture.add_argument("--face", metavar="X,Y[@T]", help="whose, where several are seen: a point of the picture in pixels, T seconds in (the largest face)")
    capture.add_argument("--neutral", metavar="T|IN-OUT", help="seconds at which the face is at rest, which all else is measured from (found by itself)")
    capture.add_argument("--regions", default="", metavar="a,b", help="lips, brows, eyes, cheeks, head: only these; the others follow the sound (all)")
    capture.add_argument("--gain", action="append", default=[], metavar="CHANNEL:0-4", help="play a channel stronger or weaker, such as jawOpen:1.2")
    capture.add_argument("--smoothing", default="1", metavar="0-3", help="how much trembling is taken out (1)")
    capture.add_argument("--tolerance", default="0.01", metavar="E", help="largest error of the keys, of a coefficient (0.01)")
    capture.add_argument("--fresh", action="store_true", help="track anew, though this video was tracked before")
    capture.add_argument("--fps", default=None, metavar="RATE", help="30, 25, 30000/1001, 29.97 ... (the video's)")
    capture.add_argument("--avatar", default="ada", metavar="NAME|FILE", help="who plays it: `vivavoce avatar list`, or a .viva-avatar file (ada)")
    capture.add_argument("--size", default="512", metavar="512|1920x1080", help="of the picture in pixels (512)")
    for each in options:
        each(capture)
    capture.add_argument("-o", "--output", action="append", required=True, metavar="OUT", help="file to write, its suffix says what: " + " ".join(suffixes))
    capture.set_defaults(suffixes=tuple(suffixes))


@dataclass(frozen=True)
class _Asked:
    """The options, checked before anything is done."""

    video: Path | None
    camera: str
    seconds: float
    outputs: list[Path]
    range_s: tuple[float, float] | None
    face: tuple[float, float] | tuple[float, float, float] | None
    regions: tuple[str, ...]
    tolerance: float
    rate: Fraction | None
    size: tuple[int, int]
    stage: staging.Staging
    cast: Callable[[Any], Any]
    settings: Any
    neutral: tuple[float, float | None] | None
    transcript: str
    notices: tuple[str, ...]


def run(args: argparse.Namespace, job: Job) -> int:
    """Run the command; its exit status.

    Raises:
        EngineError: what is wrong, and the remedy.
    """
    asked = _asked(args)
    with tempfile.TemporaryDirectory(prefix="vivavoce-", ignore_cleanup_errors=True) as folder:
        told: set[str] = set()
        result = _captured(args, asked, Path(folder), told, job)
    for notice in result["notices"]:
        if notice not in told:
            warn(f"note: {notice}")
    tell_result(result, [_summary(result)], args.json)
    return 0


def _asked(args: argparse.Namespace) -> _Asked:
    from engine.avatars.thinning import regions_of

    if (args.video is None) == (args.camera is None):
        raise InvalidInput("capture takes a VIDEO or a --camera", "give one of them, such as `vivavoce capture talk.mp4 -o talk.viva`")
    if args.camera is not None and args.range is not None:
        raise InvalidInput("--range is of a VIDEO, and a --camera records from now on", "say with --seconds how long")
    video = None if args.video is None else Path(args.video)
    outputs = outputs_of(args.output, args.suffixes)
    range_s, neutral = range_of(args.range), _neutral(args.neutral)
    if range_s is not None and neutral is not None and not range_s[0] <= neutral[0] < range_s[1]:
        raise InvalidInput(f"--neutral {neutral[0]:g} lies outside of --range {range_s[0]:g}-{range_s[1]:g}", "give a time in it at which the face is at rest")
    transcript, read = "", [] if video is None else [video]
    notices: tuple[str, ...] = ()
    if args.transcript is not None:
        given = text_of(args.transcript)
        transcript, notices = given.text.strip(), given.notices
        read += [] if given.path is None else [given.path]
    check_apart(outputs, read)
    if any(path.suffix.lower() == ".viva" for path in outputs):
        for name in (*outputs, *read):
            check_storable(str(name.absolute()))
    return _Asked(
        video, args.camera or "", _number("--seconds", args.seconds, 0.5, _MOST_SECONDS), outputs, range_s, point_of(args.face),
        regions_of(args.regions.replace(";", ",").split(",")), _number("--tolerance", args.tolerance, 1e-4, 0.2),
        None if args.fps is None else parse_rate(args.fps), size_of(args.size), staging.staging_of(args), staging.casting(args.avatar),
        _settings(args), neutral, transcript, tuple(notices),
    )  # fmt: skip


def _captured(args: argparse.Namespace, asked: _Asked, folder: Path, told: set[str], job: Job) -> dict[str, Any]:
    """Capture, and write every output; `told` takes the notices that were given early."""
    from engine import capturing, pipeline
    from engine.avatars.capture import at_rest
    from engine.avatars.tracking.models import models
    from engine.export import outputs
    from engine.project.document import Settings, new_document

    models()  # where they are not there, that is said before anything is opened
    first_s = 0.0 if asked.range_s is None else asked.range_s[0]
    begin_s, found, name = _from_camera(asked, job.part(0.0, 0.6)) if asked.video is None else _from_video(asked, args.fresh, told, job.part(0.0, 0.6))
    if asked.neutral is not None:
        start_s, stop_s = asked.neutral
        found = at_rest(found, asked.settings, start_s - first_s, None if stop_s is None else stop_s - first_s)
    clip = found.clip
    heard = capturing.sound_of(asked.video, begin_s, clip.duration_s, folder / f"{name}.wav", job.part(0.6, 0.62), asked.range_s is not None)
    rate = asked.rate or min(max(clip.rate, Fraction(1)), Fraction(240))
    width, height = asked.size
    work = pipeline.LinePipeline()
    document = asked.cast(new_document(Settings(rate=rate, width=width, height=height, language=args.language)))
    wanted = capturing.Wanted(name, asked.regions, asked.tolerance, asked.transcript, args.language, args.ears)
    placed = capturing.placed(staging.staged(document, asked.stage), work, clip, heard, wanted, job.part(0.62, 0.65))
    analysed = pipeline.analysed(work, placed.document, placed.line_id, job.part(0.65, 0.7))
    request = outputs.Request(analysed, work, args.quality, system=capturing.SYSTEM, carried=placed.carried)
    written = outputs.write_files(request, asked.outputs, job.part(0.7, 1.0))
    line = analysed.line(placed.line_id)
    notices = (*asked.notices, *found.notices, *heard.notices, *placed.notices, *line.notices, *written.notices)
    of_silence = line.notices if heard.silent else ()  # a silence that was made needs no words
    return {
        "written": [str(path) for path in written.files], "duration_s": round(written.duration_s, 3), "pictures": len(clip), "rate": str(clip.rate),
        "seen": round(float((found.confidence > 0).mean()), 4), "confidence": round(float(found.confidence.mean()), 4), "keys": placed.keys,
        "closed": round(float(found.closed.mean()), 4), "regions": list(asked.regions), "method": line.method,
        "notices": [notice for notice in dict.fromkeys(notices) if "not its picture" not in notice and notice not in of_silence],
    }  # fmt: skip


def _from_video(asked: _Asked, fresh: bool, told: set[str], job: Job) -> tuple[float, Any, str]:
    """When the first picture is seen by the file's clock, what was captured, and a name for it."""
    from engine.avatars.capture import fitted
    from engine.avatars.tracking.pictures import open_video
    from engine.avatars.watching import watch

    assert asked.video is not None
    job.report(0.0, 1.0, "reading the video")
    video = open_video(asked.video)
    if asked.neutral is not None and asked.neutral[0] >= video.duration_s:
        raise InvalidInput(f"--neutral {asked.neutral[0]:g} lies after the video's end at {video.duration_s:.2f} s", "give a time at which the face is at rest")
    chosen = asked.face
    if asked.range_s is not None:
        video = video.between(*asked.range_s)
        chosen = chosen if chosen is None or len(chosen) == 2 else (max(chosen[0] - asked.range_s[0], 0.0), *chosen[1:])
    watched = watch(video, chosen, fresh, job.part(0.0, 0.8))
    for notice in watched.survey.notices if len(watched) > _TOLD_EARLY else ():
        warn(f"note: {notice}")
        told.add(notice)
    return video.origin_s, fitted(watched, asked.settings, job.part(0.8, 1.0)), asked.video.stem


def _from_camera(asked: _Asked, job: Job) -> tuple[float, Any, str]:
    """As `_from_video`, of what a camera shows for some seconds; what came before it is unplugged is kept."""
    from engine.avatars.tracking.cameras import CameraLost, open_camera
    from engine.avatars.tracking.fit import identity, solve
    from engine.avatars.tracking.landmarks import Tracker
    from engine.avatars.tracking.models import models
    from engine.avatars.tracking.track import Recorder

    tracker = Tracker(models(), None if asked.face is None else asked.face[-2:], others=False)
    told: tuple[str, ...] = ()
    with open_camera(asked.camera) as camera:
        recorder = Recorder(camera.size, camera.rate)
        seconds, there = 0.0, True
        try:
            for _, seconds, picture in camera:
                job.report(min(seconds, asked.seconds), asked.seconds, "recording: act now" if there else "no face is seen: come before it")
                if seconds >= asked.seconds:
                    break
                seen = tracker.see(picture, seconds)
                there = seen.followed is not None
                recorder.add(seconds, seen)
        except CameraLost as error:
            told = (f"{error.what} after {seconds:.1f} s: what was recorded until then is kept",)
        if camera.dropped:
            told = (*told, f"{camera.dropped} pictures of the camera were left out: this machine is too slow for all of them")
    track = recorder.track(told)
    if len(track) < _LEAST_PICTURES:
        raise InvalidInput(f"the camera showed {len(track)} pictures", "record for longer, and see that the camera stays plugged in")
    if not track.found.any():
        light = "come before it in good light, the face at least 64 pixels wide"
        raise InvalidInput(f"the camera showed no face in {len(track)} pictures of {track.size[0]}x{track.size[1]}", light)
    found = solve(track, identity(track, asked.settings), asked.settings, job)
    return 0.0, found, f"camera {asked.camera}".replace("/", "_").replace(":", "_")


def _settings(args: argparse.Namespace) -> Any:
    """How to play what was captured.

    Raises:
        InvalidInput: a gain or a smoothing that cannot be.
    """
    from engine.avatars.tracking.settings import CaptureSettings

    gains = {}
    for spec in args.gain:
        name, colon, value = spec.partition(":")
        if not colon:
            raise InvalidInput(f"--gain {spec!r} is not CHANNEL:NUMBER", "for example jawOpen:1.2")
        gains[name.strip()] = _number(f"--gain {name}", value, 0.0, 4.0)
    return CaptureSettings(gains=gains, smoothing=_number("--smoothing", args.smoothing, 0.0, 3.0))


def point_of(text: str | None) -> tuple[float, float] | tuple[float, float, float] | None:
    """A point (x, y) of the picture from `X,Y`, or (time_s, x, y) from `X,Y@T`.

    Raises:
        InvalidInput: it is none.
    """
    if text is None:
        return None
    found = _POINT.match(text)
    if found is None:
        raise InvalidInput(f"--face {text!r} is not X,Y in pixels of the picture", "give it as 320,180, or 320,180@12.5: the middle of the face that is meant")
    x, y = float(found[1]), float(found[2])
    return (x, y) if found[3] is None else (float(found[3]), x, y)


def _neutral(text: str | None) -> tuple[float, float | None] | None:
    """When the face is at rest, from `T` or `IN-OUT`."""
    if text is None:
        return None
    return range_of(text) if "-" in text.strip().lstrip("-") else (_number("--neutral", text, 0.0, 1e6), None)


def _number(option: str, text: str, low: float, high: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise InvalidInput(f"{option} {text!r} is not a number from {low:g} to {high:g}", "give one of them")
    return value


def _summary(result: dict[str, Any]) -> str:
    names = result["written"]
    shown = names if len(names) <= 12 else [*names[:6], f"... ({len(names)} files) ...", names[-1]]
    kept = f"{result['keys']:,} keys" if result["keys"] else "a take"
    return f"wrote {', '.join(shown)}: {result['duration_s']:.2f} s, face seen in {100 * result['seen']:.0f} % of {result['pictures']} pictures, {kept}"
