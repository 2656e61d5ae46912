"""A face that somebody pointed at in the middle of a video, followed back to where it came in: from there on it is followed as usual."""

from __future__ import annotations

from itertools import islice

from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.pictures import Video
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job

_AT_ONCE = 48  # pictures in memory: they are decoded forwards and looked at backwards
_MISSED = 5  # pictures in a row without the face, after which it was not there yet


def traced_back(video: Video, time_s: float, point: tuple[float, float], tracker: Tracker, job: Job = SILENT) -> tuple[int, tuple[float, float]]:
    """Where a face came in: at the beginning of its shot, or when it came into the picture.

    Args:
        video: of `open_video`.
        time_s: when it was pointed at.
        point: x and y of it then, picture pixels.
        tracker: is reset, before and after.
        job: reports how far back it is; may be cancelled.

    Returns:
        Number of the first picture of its shot that shows it, and the middle of its box there: what `Tracker.choose` takes.

    Raises:
        InvalidInput: no face is seen at that time.
        Cancelled: somebody asked to stop.
    """
    tracker.reset()
    tracker.choose(*point)
    last = video.frame_at(time_s)[0]
    came: tuple[int, tuple[float, float]] | None = None
    missed, stop, going = 0, last + 1, True
    while going and stop > 0:
        start = max(0, stop - _AT_ONCE)
        for number, _, picture in reversed(list(islice(video.frames(start), stop - start))):
            job.report(last - number, last + 1, "following the face back")
            seen = tracker.see(picture)
            if seen.followed is not None and not (seen.cut and came):
                missed, came = 0, (number, (float(seen.followed.middle[0]), float(seen.followed.middle[1])))
            else:
                missed += 1
            going = came is not None and missed < _MISSED and not seen.cut
            if not going:
                break
        stop = start
    tracker.reset()
    if came is None:
        raise InvalidInput(f"no face is seen in {video.path.name} at {time_s:.2f} s", "point at a face in a picture that shows one")
    return came
