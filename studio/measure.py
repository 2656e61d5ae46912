"""What `vivavoce bench` says of the window: `python -m studio.measure` prints one figure a line, as JSON.

Measured in processes of their own: the time from a process's start to the window on screen, and a playback of the sample line.
Without a display Qt's off-screen platform stands in for one, and it is said.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication

from engine.core import assets
from studio.launch import display_trouble

PLAY_S = 30.0
STARTS = 5
_READY_S = 120.0
_BEAT_MS = 10


def main() -> int:
    """Print the figures; the exit status."""
    environment = dict(os.environ)
    if display_trouble() is not None:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    starts = [_child("start", environment) for _ in range(STARTS + 1)]
    if any(not s for s in starts):
        sys.stderr.write("the window did not come up\n")
        return 1
    warm = sorted(s["painted_s"] for s in starts[1:])
    note = f"process start to first paint, worst of {STARTS} {warm[-1]:.2f} s, first {starts[0]['painted_s']:.2f} s, {starts[0]['platform']}"
    _print("window.start", warm[len(warm) // 2], "s", "< 2", note)
    played = _child("play", environment)
    if not played:
        sys.stderr.write("the sample line did not play\n")
        return 1
    where = f"{played['played_s']:.0f} s of the sample line in a loop, {played['clock']}; {played['drawn_with']}"
    _print("playback.offset", played["offset_p95_ms"], "ms", "<= 20", f"p95 of sound against picture; median {played['offset_ms']:.1f} ms; {where}")
    _print("playback.dropped", played["dropped"], "frames", "", f"of {played['shown'] + played['dropped']}; {where}")
    _print("window.longest_wait", played["longest_ms"], "ms", "", "longest time the window's thread was busy while playing")
    return 0


def _print(name: str, value: float, unit: str, goal: str, note: str) -> None:
    sys.stdout.write(json.dumps({"name": name, "value": value, "unit": unit, "goal": goal, "note": note}) + "\n")


def _child(what: str, environment: dict[str, str]) -> dict[str, Any]:
    """What a process of its own found; nothing if it failed."""
    command = [sys.executable, "-m", "studio.measure", what, str(time.time())]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    rows = [row for row in done.stdout.splitlines() if row.startswith("{")]
    if done.returncode or not rows:
        sys.stderr.write(done.stderr[-400:])
        return {}
    found: dict[str, Any] = json.loads(rows[-1])
    return found


def _until(ready: Any, most_s: float = _READY_S) -> bool:
    """Let the window live until something is so; False where that took too long."""
    loop = QEventLoop()
    end = time.monotonic() + most_s
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if ready() or time.monotonic() > end else None)
    timer.start(_BEAT_MS)
    loop.exec()
    timer.stop()
    return bool(ready())


def _start(began: float) -> dict[str, Any]:
    from studio.app import make_application
    from studio.window import MainWindow

    app = make_application()
    window = MainWindow(load=False)
    window.show()
    _until(lambda: window.painted_s is not None)
    app.processEvents()
    painted_s = time.time() - began
    window.close()
    return {"painted_s": painted_s, "platform": QGuiApplication.platformName()}


def _play() -> dict[str, Any]:
    from studio.app import SWITCH_S, make_application
    from studio.window import MainWindow

    app = make_application()
    sys.setswitchinterval(SWITCH_S)
    window = MainWindow()
    window.files.ask_unsaved = lambda: "discard"
    window.show()
    text = assets.path("projects/sample/line.txt").read_text(encoding="utf-8").strip()
    window.conductor.add_sound(assets.path("projects/sample/line.flac"), text)
    ready = _until(lambda: window.conductor.motion is not None and window.viewport.drawn_with and not window.jobs.tasks)
    longest = 0.0
    last = time.monotonic()

    def beat() -> None:
        nonlocal longest, last
        now = time.monotonic()
        longest, last = max(longest, now - last), now

    if ready:
        window.player.set_looping(True)
        window.player.play()
        # The first second finds how finely this machine can draw in time.
        _until(lambda: False, 3.0)
        window.player.stop()
        window.player.go_home()
        window.player.play()
        heart = QTimer()
        heart.timeout.connect(beat)
        heart.start(_BEAT_MS)
        last = time.monotonic()
        _until(lambda: False, PLAY_S)
        window.player.stop()
        heart.stop()
    found = window.player.statistics()
    drawn_with = window.viewport.drawn_with.split(", ", 1)[-1]
    window.close()
    app.processEvents()
    return {**vars(found), "drawn_with": drawn_with, "longest_ms": longest * 1000} if ready else {}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        result = _start(float(sys.argv[2])) if sys.argv[1] == "start" else _play()
        sys.stdout.write(json.dumps(result) + "\n")
        sys.exit(0 if result else 1)
    sys.exit(main())
