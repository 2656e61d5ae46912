"""Capturing our own people, whose motion is known, there and back; and how late a live capture is, with a film in the place of a camera."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.avatars.capture import capture as captured_of
from engine.avatars.people import named
from engine.avatars.tracking.cameras import STAND_IN, CameraLost, open_camera
from engine.avatars.tracking.fit import Captured, identity, solve
from engine.avatars.tracking.landmarks import Tracker
from engine.avatars.tracking.live import LiveCapture
from engine.avatars.tracking.models import models
from engine.avatars.tracking.pictures import open_video
from engine.avatars.tracking.track import Recorder, Track
from engine.bench.figure import Figure
from engine.core.channels import CHANNELS, INDEX
from engine.head.rig import LipGauge
from engine.render.actor import Actor, View
from engine.render.offscreen import Role, render_frames

PEOPLE = ("ada", "henrik", "mei")  # the fit's priors were chosen with these in view
OTHERS = ("amara", "brigid", "kenji")  # and not with these
RATE = Fraction(25)
_FRAMES, _SIDE = 150, 480
_NAP_S = 0.002
_LAGS_S = np.arange(0.0, 0.201, 0.005)
# What may be off: mean absolute error of coefficients, of the lips' gap in millimetres, of the head in degrees.
TOLERANCES = {"jaw": 0.08, "lips": 1.5, "brows": 0.15, "blink": 0.1, "head": 2.0}


def known_motion(frames: int = _FRAMES, apart: bool = False) -> NDArray[np.float32]:
    """Channel values float32 [T, 63] in which jaw, lips, brows, lids, eyes and head each go ways of their own, from rest.

    Args:
        frames: T.
        apart: inner brows, each outer brow and a frown go ways of their own too.
    """
    t = np.arange(frames, dtype=np.float32) / float(RATE)
    out = np.zeros((frames, len(CHANNELS)), np.float32)
    wave = lambda hz, phase=0.0: 0.5 - 0.5 * np.cos(2 * np.pi * hz * t + phase)  # noqa: E731
    put = {
        "jawOpen": 0.35 * wave(1.7) * (wave(0.4) > 0.2), "mouthFunnel": 0.4 * wave(0.5) * (wave(0.17) > 0.6), "browInnerUp": 0.8 * wave(0.31),
        "headRotY": 0.25 * np.sin(2 * np.pi * t / 3), "headRotX": 0.12 * np.sin(np.pi * t), "headRotZ": 0.08 * np.sin(2 * np.pi * t / 6),
    }  # fmt: skip
    for side in ("Left", "Right"):
        put[f"mouthSmile{side}"] = 0.6 * wave(0.23) * (wave(0.23) > 0.3)
        put[f"browOuterUp{side}"] = 0.7 * wave(0.31)
        put[f"eyeBlink{side}"] = np.clip(1.0 - np.abs((t % 1.3) - 0.65) / 0.14, 0.0, 1.0)
    if apart:
        put |= {"browOuterUpLeft": 0.7 * wave(0.43), "browOuterUpRight": 0.7 * wave(0.27, 1.0) * (wave(0.27, 1.0) > 0.3)}
        put |= {f"browDown{side}": 0.6 * wave(0.37, 2.0) * (wave(0.31) < 0.2) for side in ("Left", "Right")}
    for name, values in put.items():
        out[:, INDEX[name]] = values
    return out


def there_and_back(name: str, values: NDArray[np.float32]) -> Captured:
    """What is captured of one of our people who moves so; pictures go to the tracker as they are drawn."""
    tracker, recorder = Tracker(models(), others=False), Recorder((_SIDE, _SIDE), RATE)
    role = Role(Actor.of(named(name)), values)
    for number, picture in enumerate(render_frames([role], lambda frame: View(), (_SIDE, _SIDE), level="draft")):
        recorder.add(number / float(RATE), tracker.see(picture))
    track = recorder.track()
    return solve(track, identity(track))


def round_trip() -> Iterator[Figure]:
    """Mean absolute error of what comes back, over three people; and over three others whose brows move apart."""
    yield from _errors(PEOPLE, known_motion(), "round_trip", ("browInnerUp", "browOuterUpLeft", "browOuterUpRight"))
    every_brow = tuple(name for name in CHANNELS if name.startswith("brow"))
    yield from _errors(OTHERS, known_motion(apart=True), "round_trip_others", every_brow)


def _errors(people: tuple[str, ...], values: NDArray[np.float32], title: str, brows: tuple[str, ...]) -> Iterator[Figure]:
    gauge = LipGauge()
    off: dict[str, list[float]] = {part: [] for part in TOLERANCES}
    for name in people:
        got = there_and_back(name, values).clip.values
        mean = lambda *names, got=got: float(np.mean([np.abs(got[:, INDEX[n]] - values[:, INDEX[n]]).mean() for n in names]))  # noqa: E731
        off["jaw"].append(mean("jawOpen"))
        off["lips"].append(float(np.abs(gauge.mm(got) - gauge.mm(values)).mean()))
        off["brows"].append(mean(*brows))
        off["blink"].append(mean("eyeBlinkLeft", "eyeBlinkRight"))
        off["head"].append(float(np.degrees(mean("headRotX", "headRotY", "headRotZ"))))
    for part, errors in off.items():
        note = f"{_FRAMES} pictures of {_SIDE} x {_SIDE}: " + ", ".join(f"{who} {e:.3g}" for who, e in zip(people, errors, strict=True))
        unit = {"lips": "mm", "head": "deg"}.get(part, "")
        yield Figure(f"capture.{title}.{part}", float(np.mean(errors)), unit, f"<= {TOLERANCES[part]:g}", note)


def live(write_talk: Callable[[Path, int], int]) -> Iterator[Figure]:
    """How late a picture's values are: from when it was taken until they are there, and what calming adds; a film of 640 x 480 plays in real time.

    Args:
        write_talk: writes the film of some clips.
    """
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "talk.mp4"
        write_talk(path, 3)
        actor = identity(_beginning(path))
        watching = LiveCapture(actor)
        ages, used, times, rows = [], [], [], []
        with open_camera(f"{STAND_IN}{path}") as camera, suppress(CameraLost):  # a film that ends is a camera that goes away
            while True:
                picture = camera.latest()  # as the studio: what came meanwhile is left out
                if picture is None:
                    time.sleep(_NAP_S)
                    continue
                busy = time.process_time()
                values = watching.push(picture[2], picture[1])
                used.append(time.process_time() - busy)
                ages.append(camera.age_s(picture))
                if values is not None:
                    times.append(picture[1])
                    rows.append(values)
        calm = captured_of(path, fresh=True).clip
    late_s = float(np.percentile(ages[5:], 95))
    calming_s = calming(np.array(times), np.array(rows), calm.sample(np.array(times)))
    note = f"{len(ages)} pictures; median {1000 * float(np.median(ages)):.0f} ms; processor time {1000 * float(np.median(used)):.0f} ms a picture"
    yield Figure("capture.live.lag", 1000 * late_s, "ms", "<= 100", f"95 % of pictures are done sooner; {note}")
    yield Figure("capture.live.calming", 1000 * calming_s, "ms", "", "by which live jaw and head trail those of the film captured as a whole")
    yield Figure("capture.live.whole", 1000 * (late_s + calming_s), "ms", "<= 100", "both together")


def calming(times: NDArray[np.float64], live_values: NDArray[np.float32], whole: NDArray[np.float32]) -> float:
    """By how many seconds live values trail, where they agree best.

    Args:
        times: [T] rising.
        live_values: [T, 63].
        whole: the same captured without lag, [T, 63].
    """
    found = []
    for name in ("jawOpen", "headRotX", "headRotY"):
        a, b = live_values[:, INDEX[name]].astype(np.float64), whole[:, INDEX[name]].astype(np.float64)
        if np.ptp(b) > 1e-3:
            scores = [np.corrcoef(np.interp(times + lag, times, a), b)[0, 1] for lag in _LAGS_S]
            found.append(float(_LAGS_S[int(np.argmax(scores))]))
    return float(np.mean(found)) if found else 0.0


def _beginning(path: Path, count: int = 60) -> Track:
    """The track of a film's first pictures."""
    video = open_video(path)
    tracker, recorder = Tracker(models(), others=False), Recorder(video.size, video.rate)
    for index, time_s, picture in video:
        if index >= count:
            break
        recorder.add(time_s, tracker.see(picture, time_s))
    return recorder.track()
