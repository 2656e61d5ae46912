"""What `vivavoce bench capture_window` says: `python -m studio.measure_capture` prints one figure a line, as JSON.

A film of a talking face stands in for the camera of a new user's window, at its own pace and the window's usual size; the avatar follows. A picture's lag
runs from when the camera gave it until a picture of the viewport with its very values is on screen: painted, and given to the display.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from engine.core.channels import CHANNELS
from studio.launch import display_trouble
from studio.measure_editor import figure, until

if TYPE_CHECKING:
    from studio.capture.door import LivePose
    from studio.viewport.worker import Request
    from studio.window import MainWindow

CLIPS = 8  # of three seconds each
SETTLE_S, MEASURE_S = 6.0, 15.0  # who it is becomes known and how finely can be drawn is found; then it counts
_BEAT_MS = 5
_PATIENCE_S = 120.0


def main() -> int:
    """Print the figures; the exit status."""
    if display_trouble() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from engine.avatars.tracking.models import folder as landmarks
    from engine.bench.capture import write_talk
    from studio.app import SWITCH_S, make_application

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "talk.mp4"
        write_talk(film, CLIPS)
        os.environ["VIVAVOCE_LANDMARKS"] = str(landmarks())  # these a new user has too
        os.environ |= {"VIVAVOCE_CACHE": folder, "VIVAVOCE_CONFIG": folder, "XDG_CONFIG_HOME": folder}  # a new user's window
        app = make_application()
        sys.setswitchinterval(SWITCH_S)
        from studio.window import MainWindow

        window = MainWindow([], True)
        window.files.ask_unsaved = lambda: "discard"
        window.show()
        painted: list[bool] = []
        window.viewport.painted.connect(lambda: painted.append(True))
        until(lambda: bool(painted) and bool(window.viewport.drawn_with), _PATIENCE_S)
        window.show_capture()
        until(lambda: not window.jobs.tasks, _PATIENCE_S)  # small pictures are drawn once
        for row in followed(window, film):
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()
        window.close()
        app.processEvents()
    return 0


@dataclass
class Watch:
    """Notes what comes on screen, and whether the window's thread is awake.

    Args:
        names: channels that the camera drives.
    """

    names: tuple[str, ...]
    on: bool = False
    poses: int = 0
    pictures: int = 0  # of the camera, painted beside
    lags_s: list[float] = field(default_factory=list)
    sizes: list[tuple[float, str]] = field(default_factory=list)  # scale and level of each painted picture
    longest_s: float = 0.0
    _taken: dict[bytes, float] = field(default_factory=dict)  # when the picture of these values was taken
    _last_s: float = 0.0

    def __post_init__(self) -> None:
        self._columns = [CHANNELS.index(name) for name in self.names]

    def pose(self, pose: LivePose) -> None:
        """A face was followed."""
        if pose.values is not None:
            self.poses += self.on
            self._taken[pose.values[self._columns].astype(np.float32).tobytes()] = pose.time_s

    def painted(self, request: Request) -> None:
        """A picture of the viewport was painted; it is on screen once the event that painted it is over."""
        taken_s = self._taken.pop(request.values[self._columns].tobytes(), None)
        if taken_s is not None and self.on:
            self.sizes.append((request.fineness.scale, request.fineness.level))
            QTimer.singleShot(0, lambda: self.lags_s.append(time.monotonic() - taken_s))

    def beat(self) -> None:
        """The window's thread is awake."""
        now_s = time.monotonic()
        if self.on and self._last_s:
            self.longest_s = max(self.longest_s, now_s - self._last_s)
        self._last_s = now_s


def followed(window: MainWindow, film: Path) -> Iterator[dict[str, object]]:
    """The avatar follows a film's face."""
    from engine.avatars.thinning import channels_of
    from engine.avatars.tracking.cameras import STAND_IN

    made = window.capture
    watch = Watch(tuple(channels_of(made.capturer.profile.regions)))
    made.feed.posed.connect(watch.pose)
    window.viewport.presenting.painted.connect(watch.painted)
    heart = QTimer()
    heart.timeout.connect(watch.beat)
    heart.start(_BEAT_MS)
    trouble: list[object] = []
    for told in (made.feed.trouble, made.feed.failed):
        told.connect(trouble.append)
    made.recorder.switch_on(f"{STAND_IN}{film}")
    until(lambda: bool(trouble) or (made.feed.pose is not None and made.feed.pose.values is not None), _PATIENCE_S)
    if trouble:
        yield figure("capture.window.lag", None, "ms", "<= 100", str(trouble[0]))
        return
    _wait(SETTLE_S)
    watch.on = True
    began_s, busy_s = time.monotonic(), time.process_time()
    _wait(MEASURE_S)
    watch.on = False
    took_s, busy_s = time.monotonic() - began_s, time.process_time() - busy_s
    made.recorder.switch_off()
    yield from figures(watch, took_s, busy_s, window.viewport.drawn_with)


def _wait(seconds: float) -> None:
    """Let the window live, without a look at it every millisecond."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def figures(watch: Watch, took_s: float, busy_s: float, drawn_with: str) -> Iterator[dict[str, object]]:
    """What was noted in a time."""
    load = f"load {os.getloadavg()[0]:.1f}, " if hasattr(os, "getloadavg") else ""
    where = f"{took_s:.0f} s, {load}{drawn_with}"
    if not watch.lags_s:
        yield figure("capture.window.lag", None, "ms", "<= 100", f"no face came on screen; {where}")
        return
    lags = 1000.0 * np.array(watch.lags_s)
    drawn = ", ".join(f"{watch.sizes.count(size)} at {size[1]} {size[0]:g}" for size in sorted(set(watch.sizes), reverse=True))
    note = f"from the camera to the screen, median; 95 % within {np.percentile(lags, 95):.0f}, worst {lags.max():.0f}"
    yield figure("capture.window.lag", round(float(np.median(lags)), 1), "ms", "<= 100", f"{note}; {where}")
    yield figure("capture.window.lag_p95", round(float(np.percentile(lags, 95)), 1), "ms", "<= 100", where)
    yield figure("capture.window.pictures", round(len(watch.lags_s) / took_s, 1), "1/s", ">= 20", f"painted with a new face; {drawn}")
    yield figure("capture.window.poses", round(watch.poses / took_s, 1), "1/s", ">= 20", "faces followed; the camera gives 25 a second")
    yield figure("capture.window.longest_wait", round(1000.0 * watch.longest_s, 1), "ms", "", "longest time the window's thread was busy")
    yield figure("capture.window.processor", round(busy_s / took_s, 2), "cores", "", f"processor time of all threads in a second; {where}")


if __name__ == "__main__":
    sys.exit(main())
