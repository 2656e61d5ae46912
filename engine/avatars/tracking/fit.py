"""From points to performance: who it is, once a clip, then what head and face do in each frame, many frames at once.

actor = identity(track)
captured = solve(track, actor)
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import torch
from numpy.typing import NDArray

from engine.avatars import closures
from engine.avatars.tracking import eyes, mouth, points
from engine.avatars.tracking.actor import Actor
from engine.avatars.tracking.frames import measured
from engine.avatars.tracking.identity import chosen, shaped_actor
from engine.avatars.tracking.settings import CaptureSettings, adjusted
from engine.avatars.tracking.smooth import over_blinks, smooth
from engine.avatars.tracking.track import Track
from engine.avatars.tracking.view import axis_angle
from engine.core.channels import INDEX
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.motion import MotionClip
from engine.head.barriers import one_thread

LEAST_FRAMES = 1
_SAMPLE = 60  # frames that an actor is found from
_AT_ONCE = 48  # frames that are solved together
_AT_HOME_RAD = math.radians(25)  # a head that is usually turned further means it; less is how the camera stands, or a bias
_LOST_S = 0.5  # a face that is away longer is told of


@dataclass(frozen=True, eq=False)
class Captured:
    """What a face did.

    Args:
        clip: as the settings want it, 63 channels at the track's rate; its first frame is the track's first.
        raw: as measured, calmed, before neutral, range and gain.
        confidence: float32 [T] 0 to 1; 0 where the face was lost.
        gap: float32 [T] opening between the lips as seen, as a share of the distance between the outer corners of the eyes.
        closed: bool [T] the picture shows closed lips; of those, `engine.avatars.closures.held_shut` are played shut.
        notices: one sentence for each thing a person should know.
    """

    clip: MotionClip
    raw: MotionClip
    confidence: NDArray[np.float32]
    gap: NDArray[np.float32]
    closed: NDArray[np.bool_]
    notices: tuple[str, ...] = ()


def identity(track: Track, settings: CaptureSettings | None = None, job: Job = SILENT) -> Actor:
    """Who is in a clip.

    Args:
        track: of one face; its frames need not follow each other.
        settings: not needed for it yet, taken so that all steps are called alike.
        job: progress and cancelling.

    Raises:
        InvalidInput: no face in it.
        Cancelled: the job was cancelled.
    """
    found = track.found & np.isfinite(track.points).all((1, 2))
    if found.sum() < LEAST_FRAMES:
        raise InvalidInput("no face was seen in this video", "use one in which a face is seen from the front, or choose another face")
    with one_thread(), torch.no_grad():
        order = chosen(found, _features(track), _SAMPLE)
        actor = shaped_actor(track.points[order], np.arange(len(order)), track.size, job)
        return _at_home(track, actor, order)


def _features(track: Track) -> NDArray[np.float64]:
    """By what frames differ: points without place and size."""
    p = track.points[:, points.load().mesh, :2].astype(np.float64)
    middle = p.mean(1, keepdims=True)
    spread = np.sqrt(((p - middle) ** 2).sum(-1).mean(1))
    return np.asarray(((p - middle) / np.maximum(spread, 1e-6)[:, None, None]).reshape(len(p), -1))


def _at_home(track: Track, actor: Actor, order: NDArray[np.int64]) -> Actor:
    """The actor with where they usually are, how they look straight on, how far their eyes are open and how their lips close."""
    found = np.flatnonzero(track.found)
    sample = np.unique(np.concatenate([order, found[np.linspace(0, len(found) - 1, min(200, len(found))).astype(int)]]))
    seen = _part(track, sample)
    first = measured(seen, actor)
    shift = np.median(first.state.shift.numpy(), 0).astype(np.float32)
    usual = axis_angle(first.state.turn).median(0).values
    at_home = bool(usual.norm() < _AT_HOME_RAD)
    straight = eyes.straight(first.look, first.openings, first.state, at_home)
    turn = usual.numpy() if at_home else np.zeros(3)
    lids = np.nanpercentile(first.openings, 65, axis=0)
    return replace(
        actor, home_turn=turn.astype(np.float32), home_shift=shift, gaze=straight.astype(np.float32), lids=np.nan_to_num(lids, nan=0.3).astype(np.float32),
        lips=mouth.closed_level(mouth.gaps(track.points[found])),
    )  # fmt: skip


def _part(track: Track, rows: NDArray[np.int64]) -> Track:
    cut = {name: getattr(track, name)[rows] for name in ("time_s", "points", "lids", "iris", "score")}
    return replace(track, **cut, cuts=np.zeros(0, np.int64))


def solve(track: Track, actor: Actor, settings: CaptureSettings | None = None, job: Job = SILENT) -> Captured:
    """What head and face do in a track.

    Args:
        track: of the actor's face.
        actor: of `identity`.
        settings: how to play it; the usual ones without.
        job: progress and cancelling.

    Returns:
        As many frames as fit between the track's first and last picture at its rate, both counted.

    Raises:
        InvalidInput: no face in it.
        Cancelled: the job was cancelled.
    """
    settings = settings or CaptureSettings()
    found = np.flatnonzero(track.found & np.isfinite(track.points).all((1, 2)))
    if not len(found):
        raise InvalidInput("no face was seen in this video", "use one in which a face is seen from the front, or choose another face")
    values = np.zeros((len(track), len(INDEX)), np.float64)
    sure = np.zeros(len(track))
    with one_thread(), torch.no_grad():
        for start in range(0, len(found), _AT_ONCE):
            job.report(start, len(found), "fitting the face")
            rows = found[start : start + _AT_ONCE]
            one = measured(_part(track, rows), actor)
            values[rows], sure[rows] = one.channels(actor), one.trust(track.score[rows])
    gap = np.full(len(track), np.nan)
    gap[found] = mouth.gaps(track.points[found])
    return _captured(track, actor, settings, (values, sure, gap))


def _captured(track: Track, actor: Actor, settings: CaptureSettings, seen: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]) -> Captured:
    """Regular, calmed, lips closed where they were seen closed."""
    values, sure, gap = seen
    times = regular_times(track.time_s, track.fps)
    pieces = np.split(np.arange(len(track)), track.cuts[(track.cuts > 0) & (track.cuts < len(track))])
    calm, trust, gaps = (np.zeros((len(times), *x.shape[1:])) for x in (values, sure, gap))
    for rows in pieces:
        if not len(rows):
            continue
        begin = track.time_s[rows[0]] if rows[0] else -np.inf
        end = track.time_s[rows[-1] + 1] if rows[-1] + 1 < len(track) else np.inf
        at = np.flatnonzero((times >= begin - 1e-9) & (times < end - 1e-9))
        if len(at):
            known = rows[sure[rows] > 0]
            values[known] = over_blinks(values[known], track.time_s[known])
            here = sampled(track.time_s[rows], sure[rows] > 0, (values[rows], sure[rows], gap[rows]), times[at])
            calm[at] = smooth(here[0], here[1], float(track.fps), settings.smoothing)
            trust[at], gaps[at] = here[1], here[2]
    closed = mouth.closed(gaps, actor.lips, trust > 0)
    if settings.snap:
        shut = closures.held_shut(closed, times, track)
        calm = mouth.snapped(calm, gaps, shut, actor, narrow=closed & ~shut)
    raw = MotionClip(mouth.limited(calm), track.fps)
    return Captured(
        clip=adjusted(raw, settings), raw=raw, confidence=trust.astype(np.float32), gap=gaps.astype(np.float32), closed=closed,
        notices=(*track.notices, *_told(trust, track.fps)),
    )  # fmt: skip


def regular_times(time_s: NDArray[np.float64], fps: Fraction) -> NDArray[np.float64]:
    """Times of a clip's frames from the first picture to the last."""
    count = max(1, round((float(time_s[-1]) - float(time_s[0])) * float(fps)) + 1)
    return np.asarray(float(time_s[0]) + np.arange(count) * fps.denominator / fps.numerator)


def sampled(
    time_s: NDArray[np.float64], seen: NDArray[np.bool_], columns: tuple[NDArray[np.float64], ...], at_s: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    """Columns [T] or [T, K] at other times, linear between frames that were seen; the second, how sure each is, at all frames."""
    out = []
    for i, column in enumerate(columns):
        use = np.ones(len(seen), bool) if i == 1 or not seen.any() else seen
        flat = np.nan_to_num(column[use]).reshape(use.sum(), -1)
        out.append(np.stack([np.interp(at_s, time_s[use], c) for c in flat.T], 1).reshape(len(at_s), *column.shape[1:]))
    return tuple(out)


def _told(trust: NDArray[np.float64], fps: Fraction) -> tuple[str, ...]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (trust <= 0).astype(int), [0]])))
    longest = (edges[1::2] - edges[::2]).max() if len(edges) else 0
    seconds = float(longest / fps)
    if seconds < _LOST_S:
        return ()
    return (f"the face was away for up to {seconds:.1f} s; it moves on in a straight line there",)
