"""A video of any length tracked in pieces, each kept in the user's cache: memory stays small, and what was interrupted goes on where it stopped.

Every piece begins with a tracker that has just watched the last pictures of the piece before, whether that was a moment or a week ago, so that a
track made in one go and one made in ten are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.avatars.survey import Survey, survey, times_to_look
from engine.avatars.tracking.brows import Brows, BrowWatcher
from engine.avatars.tracking.landmarks import Face, Tracker
from engine.avatars.tracking.models import Models, models
from engine.avatars.tracking.pictures import Picture, Video
from engine.avatars.tracking.tracing import traced_back
from engine.avatars.tracking.track import Recorder, Track
from engine.core import assets
from engine.core.errors import InvalidInput, OutputError
from engine.core.jobs import SILENT, Job
from engine.core.output import replacing

VERSION = 6  # of the pieces
PIECE = 1500  # pictures: a minute at 25 a second, 10 MB
WARM = 12  # pictures before a piece that its tracker sees first
KEPT_BYTES = 2 << 30  # of earlier tracks that stay in the cache
_FRAME_BYTES = 7200  # of a picture's points, about
_ROOM_BYTES = 256 << 20  # that stay free on the disk
_LONG_S = 600.0  # from here on it is told how long it will take
_IN_USE_S = 3600.0  # a track that was touched so lately may be another program's
_BROWS = "brows.npz"  # in the folder of a track
_ROWS = ("time_s", "points", "lids", "iris", "score")
Point = tuple[float, float]
Place = Point | tuple[float, float, float]  # (x, y) in the first picture that shows a face, or (time_s, x, y)


@dataclass(frozen=True, eq=False)
class Watched:
    """A video whose face was tracked.

    Args:
        video: the file.
        survey: what the first look told.
        pieces: files of its track, in order.
        begins: int64 [P + 1], number of the first picture of each piece, and the count of all.
        lost: share of the pictures in which the face was not seen.
        cuts: int64, numbers of the pictures that begin another shot.
        brows: where the actor's brow hair is; None where it does not stand out, or after a cut somebody else may be there.
    """

    video: Video
    survey: Survey
    pieces: tuple[Path, ...]
    begins: NDArray[np.int64]
    lost: float
    cuts: NDArray[np.int64]
    brows: Brows | None = None

    def __len__(self) -> int:
        """Pictures."""
        return int(self.begins[-1])

    @property
    def duration_s(self) -> float:
        """From the first picture to the end of the last."""
        return float(self.video.times[min(len(self), len(self.video)) - 1] + 1 / self.video.rate)

    @property
    def notices(self) -> tuple[str, ...]:
        """One sentence for each thing a person should know of it."""
        out = [*self.video.notices, *self.survey.notices]
        if len(self.cuts):
            at = ", ".join(f"{self.video.times[min(int(c), len(self.video) - 1)]:.1f}" for c in self.cuts[:6])
            more = " ..." if len(self.cuts) > 6 else ""
            out.append(f"{len(self.cuts)} cuts (at {at}{more} s): each shot is tracked by itself")
        if self.lost > 0.02:
            out.append(f"the face was not seen in {100 * self.lost:.0f} % of the pictures")
        if len(self) < len(self.video):
            out.append(f"{len(self.video) - len(self)} of {len(self.video)} pictures could not be read")
        return tuple(out)

    def track(self, start: int = 0, stop: int | None = None, on_hair: bool = False) -> Track:
        """The track of some pictures, the face upright.

        Args:
            start: number of the first picture.
            stop: one past the last; None for all to the end.
            on_hair: the mesh's brows lie on the actor's own hair, to be shown; a fit takes them as the landmarker has them.

        Raises:
            InvalidInput: a piece is damaged.
        """
        stop = len(self) if stop is None else min(stop, len(self))
        parts = []
        for path, (first, end) in zip(self.pieces, pairwise(self.begins.tolist()), strict=True):
            if first < stop and end > start:
                parts.append(cut(Track.load(path), max(start - first, 0), min(stop, end) - first))
        whole = joined(parts)
        if on_hair and self.brows is not None:
            whole = replace(whole, points=self.brows.moved(whole.points))
        return turned(whole, self.survey.quarters)

    def sample(self, count: int) -> Track:
        """About `count` pictures in which the face was seen, spread evenly over the video; all of them where there are no more."""
        step = max(1, len(self) // max(count, 1))
        parts = []
        for path, first in zip(self.pieces, self.begins[:-1].tolist(), strict=True):
            piece = Track.load(path)
            chosen = np.flatnonzero((np.arange(len(piece)) + first) % step == 0)
            parts.append(_rows(piece, chosen[piece.found[chosen]]))
        return turned(joined(parts), self.survey.quarters)


def watch(video: Video, choose: Place | None = None, fresh: bool = False, job: Job = SILENT) -> Watched:
    """Track the face of a video, or go on where that stopped.

    Args:
        video: of `open_video`.
        choose: point of the face that is meant, pixels: (x, y) of the first picture that shows one, or (time_s, x, y); the largest without.
        fresh: forget what is in the cache.
        job: progress and cancelling; finished pieces stay.

    Raises:
        MissingAsset: the landmark models are not on this machine.
        InvalidInput: no face is seen, or the video cannot be read.
        OutputError: the cache cannot hold the track.
        Cancelled: the job was cancelled.
    """
    known = models()
    folder = _opened(video, known, choose, fresh)
    tracker = Tracker(known, others=False)
    point = None if choose is None else choose[-2:]
    first_look = _surveyed(video, tracker, point, folder, job.part(0.0, 0.02))
    _check_room(folder, len(video))
    _track_pieces(video, tracker, choose, folder, job.part(0.02, 1.0))
    found = _watched(video, first_look, folder)
    _forget_old(folder.parent, folder)
    return found


def _opened(video: Video, known: Models, choose: Place | None, fresh: bool) -> Path:
    """The folder of this track, made where it is not there.

    Raises:
        InvalidInput: the video is not there any more.
        OutputError: the cache cannot be written.
    """
    try:
        state = video.path.stat()
    except OSError as error:
        raise InvalidInput(f"{video.path} cannot be read any more ({error.strerror})", "see that its disk is still there") from error
    try:
        root = assets.user_cache() / "capture"
        folder = root / _key(video, state, known, choose)
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{os.getpid()}.probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        what = f"what is tracked cannot be kept in the cache at {error.filename or 'its folder'} ({error.strerror})"
        raise OutputError(what, "set VIVAVOCE_CACHE to a folder you may write to") from error
    return folder


def _came(video: Video, tracker: Tracker, choose: Place | None, job: Job) -> tuple[int, Point] | None:
    """From which picture on, and from where, the chosen face is followed: before it, the largest is."""
    if choose is None:
        return None
    if len(choose) == 2:
        return 0, choose
    return traced_back(video, choose[0], choose[1:], tracker, job)


def _key(video: Video, state: os.stat_result, known: Models, choose: Place | None) -> str:
    """Name of the folder for a track: told by the file as it is now, the models, the stretch and the face."""
    what = [VERSION, PIECE, WARM, str(video.path.resolve()), state.st_size, state.st_mtime_ns, known.digest(), choose, video.skipped, len(video)]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:24]


def _surveyed(video: Video, tracker: Tracker, choose: Point | None, folder: Path, job: Job) -> Survey:
    path = folder / "survey.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Survey(**{**kept, "notices": tuple(kept["notices"])})
    except (OSError, ValueError, TypeError, KeyError):
        pass  # not looked at yet, or the file is damaged: look
    known = _pictures_of_looks(video) if len(video) <= PIECE else {}
    picture_at = lambda time_s: known[time_s] if time_s in known else video.frame_at(time_s)[2]  # noqa: E731
    find = lambda picture: tracker.find(picture, choose)  # noqa: E731
    found = survey(picture_at, video.duration_s, find, video.path.name, choose, job)
    _noted(path, found.__dict__)
    return found


def _pictures_of_looks(video: Video) -> dict[float, NDArray[np.uint8]]:
    """The pictures of the first looks by their times, from one reading: a short video is read sooner than sought in."""
    wanted = {int(np.searchsorted(video.times, time_s + 1e-6, side="right")) - 1: time_s for time_s in times_to_look(video.duration_s)}
    return {wanted[index]: picture for index, _, picture in video if index in wanted}


def _check_room(folder: Path, count: int) -> None:
    there = sum(path.stat().st_size for path in folder.glob("*.npz"))
    needed, free = count * _FRAME_BYTES - there, shutil.disk_usage(folder).free
    if needed + _ROOM_BYTES > free:
        what = f"the track of {count:,} pictures takes {needed / 2**20:,.0f} MB, {_ROOM_BYTES >> 20} MB must stay free, and"
        raise OutputError(f"{what} {free / 2**20:,.0f} MB are at {folder.parent}", "free some space, or set VIVAVOCE_CACHE to a folder on another disk")


def _track_pieces(video: Video, tracker: Tracker, choose: Place | None, folder: Path, job: Job) -> None:
    """Make the pieces that are not there yet."""
    done, ended = _whole(folder), _ended(folder)
    if ended is not None and done == -(-ended // PIECE):
        return
    came = _came(video, tracker, choose, job.part(0.0, 0.2))
    job = job.part(0.2, 1.0) if choose is not None and len(choose) == 3 else job
    pictures: Iterator[Picture] | None = None
    recent: list[Picture] = []
    middle = None if not done else _last_middle(folder, done)
    if middle is not None and came is not None and came[0] < done * PIECE:
        came = None  # the pieces that are there follow it already
    for number in range(done, max(1, -(-len(video) // PIECE))):
        first = number * PIECE
        if pictures is None:  # the first one made now: its tracker watches what came before
            pictures = video.frames(max(0, first - WARM))
            recent = list(islice(pictures, min(first, WARM)))
        tracker.reset()
        if middle is not None:
            tracker.choose(*middle)
        for _, time_s, picture in recent:
            tracker.see(picture, time_s)
        recorder = Recorder(video.size, video.rate)
        brows = BrowWatcher() if not number and (came is None or not came[0]) else None
        count = 0
        for index, time_s, picture in pictures:
            job.report(index, len(video), _told(video))
            if came is not None and index >= came[0]:
                tracker.choose(*came[1])
                came = None
            seen = tracker.see(picture, time_s)
            recorder.add(time_s, seen)
            if brows is not None and seen.followed is not None:
                brows.add(picture, seen.followed.points)
            recent = [*recent, (index, time_s, picture)][-WARM:]
            middle = _middle(seen.followed) if seen.followed is not None else middle
            count += 1
            if count == PIECE:
                break
        if count < PIECE:
            _check_there(video, first + count)
        if count:
            piece = recorder.track()
            hair = brows.found(piece.points[piece.found]) if brows is not None else None
            if hair is not None:
                hair.save(folder / _BROWS)
            piece.save(folder / _name(number))
        if count < PIECE:
            _noted(folder / "end.json", {"pictures": first + count})
            return
    _noted(folder / "end.json", {"pictures": len(video)})


def _check_there(video: Video, read: int) -> None:
    """Tell a damaged video, of which no more can be had, from one whose disk went away, which can be read again.

    Raises:
        InvalidInput: it went away.
    """
    if read >= len(video):
        return
    try:
        with video.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            file.read(1)
    except OSError as error:
        what = f"{video.path} went away after {read:,} of {len(video):,} pictures ({error.strerror})"
        raise InvalidInput(what, "bring its disk back and start again: it goes on from there") from error


def _noted(path: Path, values: dict[str, Any]) -> None:
    """A small file of a track, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(values), encoding="utf-8")


def _told(video: Video) -> str:
    """What is going on, in what a terminal's line has room for."""
    return f"tracking {video.duration_s / 60:.0f} min: may be stopped, goes on" if video.duration_s > _LONG_S else "tracking the face"


def _middle(face: Face) -> Point:
    return float(face.middle[0]), float(face.middle[1])


def _name(number: int) -> str:
    return f"piece-{number:05d}.npz"


def _whole(folder: Path) -> int:
    """Pieces that are there, from the first on without a gap; a damaged one and what follows is made again."""
    number = 0
    while (folder / _name(number)).is_file():
        try:
            Track.load(folder / _name(number))
        except InvalidInput:
            break
        number += 1
    return number


def _ended(folder: Path) -> int | None:
    """How many pictures there are, where all were tracked."""
    try:
        return int(json.loads((folder / "end.json").read_text(encoding="utf-8"))["pictures"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _last_middle(folder: Path, done: int) -> Point | None:
    """Where the face was when the last of `done` pieces lost sight of it or ended."""
    for number in range(done - 1, -1, -1):
        piece = Track.load(folder / _name(number))
        seen = np.flatnonzero(piece.found)
        if len(seen):
            points = piece.points[seen[-1], :, :2]
            x, y = (points.min(0) + points.max(0)) / 2
            return float(x), float(y)
    return None


def _watched(video: Video, first_look: Survey, folder: Path) -> Watched:
    pieces = tuple(folder / _name(number) for number in range(_whole(folder)))
    begins, cuts, lost = [0], [], 0
    for path in pieces:
        piece = Track.load(path)
        cuts += [begins[-1] + int(c) for c in piece.cuts]
        lost += int((~piece.found).sum())
        begins.append(begins[-1] + len(piece))
    if not begins[-1]:
        raise InvalidInput(f"no picture of {video.path.name} can be read", "convert it to another format, such as mp4")
    if lost == begins[-1]:
        raise InvalidInput(f"no face could be followed in {video.path.name}", "give a video of one person seen from the front")
    return Watched(
        video, first_look, pieces, np.array(begins, np.int64), lost / begins[-1], np.array(cuts, np.int64), None if cuts else Brows.load(folder / _BROWS)
    )


def _forget_old(root: Path, now: Path) -> None:
    """Drop the tracks that were used longest ago, where there are more than may stay; the one of now stays, and any that may be in use."""
    now.touch()
    size = _bytes(now)
    for used, folder in sorted(((_used(path), path) for path in root.iterdir() if path != now), reverse=True):
        size += _bytes(folder)
        if size > KEPT_BYTES and time.time() - used > _IN_USE_S:
            shutil.rmtree(folder, ignore_errors=True)


def _used(path: Path) -> float:
    """When a folder was touched; long ago where another program has just taken it away."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _bytes(folder: Path) -> int:
    """Of the files in a folder, as far as they are still there."""
    size = 0
    with suppress(OSError):
        for file in folder.iterdir():
            size += file.stat().st_size
    return size


# Tracks as values.


def joined(parts: Sequence[Track]) -> Track:
    """One track after another; at least one."""
    first = parts[0]
    begins = np.cumsum([0, *(len(part) for part in parts)])
    cuts = np.concatenate([part.cuts + begin for part, begin in zip(parts, begins[:-1], strict=True)]).astype(np.int64)
    time_s, points, lids, iris, score = (np.concatenate([getattr(part, name) for part in parts]) for name in _ROWS)
    notices = tuple(dict.fromkeys(notice for part in parts for notice in part.notices))
    return Track(time_s, points, lids, iris, score, cuts, first.size, first.fps, notices)


def cut(track: Track, start: int, stop: int) -> Track:
    """Pictures `start` to `stop` (exclusive)."""
    return _rows(track, np.arange(start, stop))


def _rows(track: Track, chosen: NDArray[np.int64]) -> Track:
    time_s, points, lids, iris, score = (getattr(track, name)[chosen] for name in _ROWS)
    cuts = np.flatnonzero(np.isin(chosen, track.cuts)).astype(np.int64)
    return Track(time_s, points, lids, iris, score, cuts, track.size, track.fps, track.notices)


def turned(track: Track, quarters: int) -> Track:
    """The track as in a picture turned anticlockwise by quarters."""
    for _ in range(quarters % 4):
        width, height = track.size
        points, lids, iris = (_quarter_turned(values, width) for values in (track.points, track.lids, track.iris))
        track = replace(track, points=points, lids=lids, iris=iris, size=(height, width))
    return track


def _quarter_turned(values: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    out = values.copy()
    out[..., 0], out[..., 1] = values[..., 1], width - values[..., 0]
    return out
