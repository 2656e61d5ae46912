"""How well a face is captured: against frames labelled by hand, against the sound's closures, and against our own people whose motion is known.

The recordings are every seventh clip of `video/grid_s1` by name, which nothing was made from. Labels: `engine.bench.face_labels`.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engine.avatars.capture import capture as captured_of
from engine.avatars.capture import fitted
from engine.avatars.closures import closures as pressed
from engine.avatars.tracking import models
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.settings import CaptureSettings
from engine.avatars.watching import watch
from engine.bench import capture_known
from engine.bench.face_labels import PARTS, Labelled, Points, distances, eye_distance, points_of, read_labels
from engine.bench.figure import Figure, data_folder
from engine.core.errors import EngineError, InvalidInput
from engine.export.mp4 import write_mp4
from engine.speech.closure_score import closed_frames, closure_counts, closure_figures, labels_of
from engine.speech.files import open_sound
from engine.speech.line import analyse
from engine.training.captures import Clip, clips_of, shut_frames, text_beside

LEAST_SHARE, OF_REPEATS = 0.03, 1.5  # of the eyes' distance; of how far two people are apart
SIZE = (640, 480)
_NO_DATA = "no recordings: set VIVAVOCE_DATA to a folder with video/grid_s1"


def figures() -> Iterator[Figure]:
    """Every figure of capturing."""
    lacking = models.absent()
    if lacking:
        yield Figure("capture.lips.error", None, "px", "", f"the landmark models are not on this machine ({', '.join(lacking)})")
        return
    for part in (labelled, closures, speed, late, capture_known.round_trip):
        try:
            yield from part()
        except EngineError as error:
            yield Figure(f"capture.{part.__name__}", None, "", "", str(error))


def folder() -> Path:
    """Where the recordings are.

    Raises:
        InvalidInput: they are not on this machine.
    """
    data = data_folder()
    found = None if data is None else data / "video" / "grid_s1"
    if found is None or not found.is_dir():
        raise InvalidInput(_NO_DATA)
    return found


def held_clips() -> list[Clip]:
    """The held-out clips.

    Raises:
        InvalidInput: they are not on this machine.
    """
    where = folder()
    return [Clip(path, text_beside(path)) for name in clips_of(where)[1] for path in [where / f"{name}.mpg"]]


# Points.


@dataclass(frozen=True, eq=False)
class Looked:
    """A labelled frame as we see it.

    Args:
        frame: with its labels.
        points: of the mesh, [468, 3] picture pixels.
        shut: whether the capture has the lips closed.
    """

    frame: Labelled
    points: NDArray[np.float32]
    shut: bool


def looked_at() -> list[Looked]:
    """Every labelled frame as the capture of its whole clip has it.

    Raises:
        InvalidInput: the recordings or the labels are not on this machine, or a face was not seen.
    """
    by_clip: dict[str, list[Labelled]] = defaultdict(list)
    for frame in read_labels():
        by_clip[frame.clip].append(frame)
    out = []
    for clip, frames in by_clip.items():
        watched = watch(open_video(folder() / f"{clip}.mpg"))
        track, found = watched.track(on_hair=True), fitted(watched, CaptureSettings())  # points as they are shown
        for frame in frames:
            if not track.found[frame.frame]:
                raise InvalidInput(f"no face is seen in picture {frame.frame} of {clip}")
            out.append(Looked(frame, track.points[frame.frame], bool(found.closed[frame.frame])))
    return out


def labelled() -> Iterator[Figure]:
    """How far the points of lips, lids, brows and jaw are from where two people put them.

    Beside it the same without what is constant of each point, as it was found on the frames of the other clips: a brow's hair ends where it ends,
    which a capture measures once in a face at rest; what is left is how well its moves are followed.
    """
    seen = looked_at()
    eyes = float(np.mean([each.frame.eye_distance for each in seen]))
    ours = [points_of(each.points, each.frame.mean) for each in seen]
    means = [each.frame.mean for each in seen]
    steadied = without_constant(ours, means, [each.frame.clip for each in seen])
    for part, names in PARTS.items():
        repeat = float(np.mean([distances(each.frame.first.points, each.frame.second.points)[name] for each in seen for name in names]))
        goal = f"<= {max(LEAST_SHARE * eyes, OF_REPEATS * repeat):.3g}"
        note = f"mean of {len(seen)} frames, eyes {eyes:.1f} px apart; two people {repeat:.2f} px apart"
        for kind, points in (("error", ours), ("error_of_moves", steadied)):
            off = [distances(point, mean)[name] for point, mean in zip(points, means, strict=True) for name in names]
            yield Figure(f"capture.{part}.{kind}", float(np.mean(off)), "px", goal, note)
    agreed = [each for each in seen if each.frame.lips_closed is not None]
    right = sum(each.shut == each.frame.lips_closed for each in agreed)
    yield Figure("capture.lips_closed.agreement", right / max(len(agreed), 1), "", ">= 0.95", f"{right} of {len(agreed)} frames on which two people agree")


def without_constant(ours: Sequence[Points], labels: Sequence[Points], clips: Sequence[str]) -> list[Points]:
    """Our points less what they are off by on average, in shares of the eyes' distance, on the frames of all other clips."""
    off = [{name: (label[name] - point[name]) / eye_distance(label) for name in label} for point, label in zip(ours, labels, strict=True)]
    out = []
    for point, label, clip in zip(ours, labels, clips, strict=True):
        others = [each for each, name in zip(off, clips, strict=True) if name != clip]
        out.append({name: point[name] + eye_distance(label) * np.mean([each[name] for each in others], axis=0) for name in label})
    return out


# Sound.


def closures() -> Iterator[Figure]:
    """Whether the p, b and m that are seen and those of the aligned sound tell of each other, over the held-out clips; and all lips that are seen shut.

    Lips also meet in a w or an r, and stay shut into and out of silence: `engine.avatars.closures` tells those apart.
    """
    clips = held_clips()
    counts = {"event_f1": np.zeros(7, np.int64), "any_shut.event_f1": np.zeros(7, np.int64)}
    for clip in clips:
        sound, watched = open_sound(clip.path), watch(open_video(clip.path))
        start_s = watched.video.origin_s - sound.origin_s
        labels = labels_of(analyse(sound, clip.text).phonemes)
        seen = np.array([(each.start_s + start_s, each.end_s + start_s) for each in pressed(watched.track())]).reshape(-1, 2)
        counts["event_f1"] += closure_counts(labels, closed_frames(seen, sound.duration_s))
        counts["any_shut.event_f1"] += closure_counts(labels, shut_frames(fitted(watched, CaptureSettings()), start_s, sound.duration_s))
    for name, count in counts.items():
        event, frame = closure_figures(count)
        note = f"{len(clips)} clips, {count[1]} of {count[0]} bilabials met, {count[3]} of {count[2]} closures right; frames {frame:.3f}"
        yield Figure(f"capture.closures.{name}", event, "", ">= 0.9" if name == "event_f1" else "", note)


# Speed.


def speed() -> Iterator[Figure]:
    """Pictures a second of looking, tracking and fitting together, from a file of 640 x 480; the best of two."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "talk.mp4"
        count = write_talk(path)
        taken, used = [], []
        for _ in range(2):
            start, busy = time.perf_counter(), time.process_time()
            captured_of(path, fresh=True)
            taken.append(time.perf_counter() - start)
            used.append(time.process_time() - busy)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    note = f"{count} pictures on {cores} cores; the other run {count / max(taken):.1f}, processor time {1000 * min(used) / count:.1f} ms a picture"
    yield Figure("capture.speed", count / min(taken), "fps", ">= 30", note)


def late() -> Iterator[Figure]:
    """How late a live capture is."""
    yield from capture_known.live(write_talk)


def write_talk(path: Path, clips: int = 10) -> int:
    """Write some clips one after another as one film of 640 x 480 without sound; how many pictures it has.

    Raises:
        InvalidInput: the recordings are not on this machine.
    """
    videos = [open_video(clip.path) for clip in clips_of(folder())[0][:clips]]
    count = sum(len(video) for video in videos)
    write_mp4(path, (enlarged(picture) for video in videos for _, _, picture in video), SIZE, videos[0].rate, None, count)
    return count


def enlarged(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture as large as fits into 640 x 480, black beside it."""
    height, width = picture.shape[:2]
    scale = min(SIZE[0] / width, SIZE[1] / height)
    inner = (round(width * scale), round(height * scale))
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24").reformat(*inner, format="rgb24", interpolation="BICUBIC")
    out = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    left, top = (SIZE[0] - inner[0]) // 2, (SIZE[1] - inner[1]) // 2
    out[top : top + inner[1], left : left + inner[0]] = frame.to_ndarray()
    return out
