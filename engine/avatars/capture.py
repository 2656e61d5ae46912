"""The whole way from a video to motion: looked at, tracked in pieces, an actor found once, and every stretch fitted in bounded memory.

A long video is fitted in stretches that overlap, of which the middles are kept: smoothing does not reach as far as the overlap.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.avatars.tracking.actor import Actor
from engine.avatars.tracking.fit import Captured, identity, solve
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.settings import CaptureSettings, adjusted, neutral_of
from engine.avatars.tracking.track import Track
from engine.avatars.watching import Place, Watched, watch
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip

AT_ONCE = 9000  # pictures that are fitted together: 60 MB of points
MARGIN_S = 2.0  # of a stretch to either side, which is fitted and not used
_MOMENT_S = 0.125  # to either side of a time that is given as rest
LOOKS = 600  # pictures that an actor is found from
_TRACKING, _ACTOR = 0.7, 0.75  # of the work


def capture(path: Path, settings: CaptureSettings | None = None, job: Job = SILENT, choose: Place | None = None, fresh: bool = False) -> Captured:
    """The motion of the face in a video. What was tracked stays in the cache: with other settings it is there in a moment, and an interrupted one goes on.

    Args:
        path: of the video.
        settings: how to play it; the usual ones without.
        job: progress and cancelling.
        choose: whose face: a point (x, y) of the picture, or (time_s, x, y); the largest without.
        fresh: track anew.

    Raises:
        MissingAsset: the landmark models are not on this machine.
        InvalidInput: no video, or no face in it.
        OutputError: the cache cannot hold the track.
        Cancelled: the job was cancelled.
    """
    watched = watch(open_video(path), choose, fresh, job.part(0.0, _TRACKING))
    return fitted(watched, settings or CaptureSettings(), job.part(_TRACKING, 1.0))


def track_of(path: Path, choose: Place | None = None, job: Job = SILENT) -> Track:
    """The points of the face in a video, upright, from the cache where they are there already.

    Raises:
        MissingAsset: the landmark models are not on this machine.
        InvalidInput: no video, or no face in it.
        Cancelled: the job was cancelled.
    """
    return watch(open_video(path), choose, job=job).track()


def fitted(watched: Watched, settings: CaptureSettings, job: Job = SILENT) -> Captured:
    """Motion from a tracked video.

    Args:
        watched: the video.
        settings: how to play it.
        job: progress and cancelling.

    Raises:
        InvalidInput: the face was seen in too little of it.
        Cancelled: the job was cancelled.
    """
    if len(watched) <= AT_ONCE:
        track = watched.track()
        actor = identity(track, settings, job.part(0.0, 0.2))
        found = solve(track, actor, settings, job.part(0.2, 1.0))
        return replace(found, notices=tuple(dict.fromkeys((*watched.notices, *found.notices))))
    actor = identity(watched.sample(LOOKS), settings, job.part(0.0, 0.1))
    return _in_stretches(watched, actor, settings, job.part(0.1, 1.0))


def at_rest(found: Captured, settings: CaptureSettings, start_s: float, stop_s: float | None = None) -> Captured:
    """The same capture, with what the face does at a time taken for its rest.

    Args:
        found: of `capture` or `fitted`.
        settings: how to play it otherwise.
        start_s: when the face is at rest, seconds of the video.
        stop_s: until when; a moment round `start_s` without.

    Raises:
        InvalidInput: the video is not there then, or the face is not seen.
    """
    neutral = neutral_of(found.raw, start_s, stop_s)
    first, last = (start_s - _MOMENT_S, start_s + _MOMENT_S) if stop_s is None else (start_s, stop_s)
    inside = (found.raw.times_s >= first) & (found.raw.times_s <= last)
    if not (found.confidence[inside] > 0).any():
        raise InvalidInput(f"the face is not seen at {start_s:g} s", "choose a time at which it is seen, and at rest")
    return replace(found, clip=adjusted(found.raw, replace(settings, neutral=neutral)))


def _in_stretches(watched: Watched, actor: Actor, settings: CaptureSettings, job: Job) -> Captured:
    """Fitted stretch by stretch; every frame from the stretch in whose middle it lies."""
    rate = watched.video.rate
    margin, total = round(MARGIN_S * float(rate)), len(watched)
    times = watched.video.times
    parts: list[Captured] = []
    for start in range(0, total, AT_ONCE):
        stop = min(start + AT_ONCE, total)
        stretch = watched.track(max(start - margin, 0), min(stop + margin, total))
        part = solve(stretch, actor, settings, job.part(start / total, stop / total))
        end_s = float(times[stop]) if stop < total else watched.duration_s
        parts.append(_middle(part, float(stretch.time_s[0]), float(times[start]), end_s))
    notices = tuple(dict.fromkeys((*watched.notices, *(notice for part in parts for notice in part.notices))))
    clip, raw = (MotionClip(np.concatenate([getattr(part, name).values for part in parts]), rate) for name in ("clip", "raw"))
    return replace(
        parts[0], clip=clip, raw=raw, confidence=np.concatenate([part.confidence for part in parts]), gap=np.concatenate([part.gap for part in parts]),
        closed=np.concatenate([part.closed for part in parts]), notices=notices,
    )  # fmt: skip


def _middle(part: Captured, begin_s: float, start_s: float, end_s: float) -> Captured:
    """The frames from `start_s` up to `end_s` of a stretch that begins at `begin_s`, on the frames of the whole."""
    rate = float(part.clip.rate)
    first, last = round(start_s * rate), round(end_s * rate)
    at = np.clip(np.round(np.arange(first, last) - begin_s * rate).astype(np.int64), 0, len(part.clip) - 1)
    clip, raw = (replace(one, values=one.values[at]) for one in (part.clip, part.raw))
    return replace(part, clip=clip, raw=raw, confidence=part.confidence[at], gap=part.gap[at], closed=part.closed[at])
