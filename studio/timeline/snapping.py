"""What a dragged thing snaps to: frames, and near them keys, phonemes, markers, the playhead, edges of clips."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import numpy as np

from engine.core.timing import frame_time, nearest_frame
from studio.timeline.lane import Content, Found

SNAP_PX = 7.0
_NEAR_TRACKS = 64  # keys are looked at near the pointer only


class Snapper:
    """Times that attract, around what is dragged.

    Args:
        content: what is shown.
        found: what is dragged, which does not attract itself.
        position_s: the playhead's.
        frames: snap to frames where nothing else is near.
    """

    def __init__(self, content: Content, found: Found, position_s: float, frames: bool = True) -> None:
        self._content, self._frames = content, frames
        self._line = content.line  # as it is when the drag begins: what is dragged must not attract itself
        self._camera = content.camera
        self._own: dict[str, set[float]] = {}
        for track, time_s in found.keys:
            self._own.setdefault(track, set()).add(time_s)
        self._fixed = np.unique(np.array([t for t in self._times(found, position_s) if t >= 0.0] or [0.0]))

    def _times(self, found: Found, position_s: float) -> list[float]:
        content, line = self._content, self._content.line
        times = [0.0, content.axis.duration_s, position_s]
        if line is None:
            return times
        if line.phonemes is not None and not found.phonemes:
            times += line.phonemes.bounds_s
        times += [t for t in (line.in_s, line.out_s) if t is not None]
        for kind in ("markers", "pins", "blinks", "gazes"):
            times += [p.time_s for p in content.parts_of(kind) if (kind, p.id) not in found.parts]
        for kind in ("instructions", "take_clips", "layers"):
            for part in content.parts_of(kind):
                if (kind, part.id) not in found.parts:
                    times += [part.start_s] + ([] if part.end_s is None else [part.end_s])
        return times

    def snap(self, time_s: float) -> tuple[float, float | None]:
        """The time to go to, and the one that attracted, None where it was a frame or nothing."""
        reach = SNAP_PX / self._content.axis.px_per_s
        near = self._near(time_s, reach)
        if near is not None:
            return near, near
        if not self._frames:
            return time_s, None
        rate = self._content.rate
        return frame_time(nearest_frame(time_s, rate), rate), None

    def _near(self, time_s: float, reach: float) -> float | None:
        first, last = bisect_left(self._fixed, time_s - reach), bisect_right(self._fixed, time_s + reach)
        candidates = [float(t) for t in self._fixed[first:last]]
        line = self._line
        if line is not None:
            every = [(t, line.curve(t)) for t in line.tracks_with_keys()[:_NEAR_TRACKS]]
            for track, curve in (*every, *self._camera.items()):
                own = self._own.get(track, ())
                candidates += [t for t in (curve.keys[i].time_s for i in curve.indices_between(time_s - reach, time_s + reach)) if t not in own]
        return min(candidates, key=lambda t: abs(t - time_s), default=None)
