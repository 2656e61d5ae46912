"""What `vivavoce bench editor` says: `python -m studio.measure_editor` prints one figure a line, as JSON.

A real window on a ten-minute line with twenty tracks of a thousand keys each: keys dragged by mouse, the playhead moved, the view
scrolled; then a key's way to the pose on screen, a minute performed anew while the window's heart is listened to; then a soak.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.core import assets
from engine.core.channels import ARKIT
from engine.core.curves import Curve, Key
from engine.core.emotion import EMOTIONS
from engine.project.document import Character, Document, LineDoc, Settings, new_id
from engine.project.edits import Edit, MoveKey, PutPart, RemoveKey, RemovePart, SetAmount, SetCurve, SetGain, SetInOut, SetKey, SetSeed
from engine.project.parts import Blink, Gaze, Layer, Marker, Part, Pin
from engine.project.storage import ProjectFile
from engine.project.tracks import PhonemeTrack
from studio.launch import display_trouble
from studio.timeline.curve_lanes import CurveLane
from studio.timeline.stack import HEADER_PX

if TYPE_CHECKING:
    from studio.window import MainWindow

LONG_S, MINUTE_S = 600.0, 60.0
TRACKS, KEYS = 20, 1000
MOVES = 240
POSES = 40
SOAK_EDITS = int(os.environ.get("VIVAVOCE_BENCH_SOAK", "100000"))
SOAK_PLAYED_S = 3600.0
_BEAT_MS = 5
_PATIENCE_S = 180.0


def main() -> int:
    """Print the figures; the exit status."""
    if display_trouble() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from studio.app import SWITCH_S, make_application

    names = sys.argv[1:] or ["redraw", "pose", "soak"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VIVAVOCE_CACHE": folder, "XDG_CONFIG_HOME": folder}  # a new user's window
        app = make_application()
        sys.setswitchinterval(SWITCH_S)
        for name in names:
            for row in {"redraw": redraw, "pose": pose, "soak": soak}[name](Path(folder)):
                sys.stdout.write(json.dumps(row) + "\n")
                sys.stdout.flush()
        app.processEvents()
    return 0


def figure(name: str, value: float | None, unit: str, goal: str, note: str) -> dict[str, object]:
    """One figure as `engine.bench.figure.Figure` takes it."""
    return {"name": name, "value": value, "unit": unit, "goal": goal, "note": note}


# --- what is measured on -------------------------------------------------------------------------------------------------------------


def long_project(folder: Path, length_s: float, tracks: int = TRACKS, keys: int = KEYS) -> Path:
    """A project of the sample line over and over: sound, phonemes, words; with so many curves of so many keys.

    Args:
        folder: for the project and its sound.
        length_s: of the line.
        tracks: curves, the seven emotions first, then channels on two layers.
        keys: on each.
    """
    from engine.pipeline import LinePipeline, alone, recorded_line
    from engine.speech.files import open_sound, sound_from_samples, write_wav

    work = LinePipeline()
    source = open_sound(assets.path("projects/sample/line.flac"))
    text = assets.path("projects/sample/line.txt").read_text(encoding="utf-8").strip()
    line = recorded_line(source, text)
    line = work.analysis_edit(line, work.analyse(line)).apply(alone(line)).document.line(line.id)
    assert line.phonemes is not None
    once = source.mono(16000)
    times = int(np.ceil(length_s / (len(once) / 16000)))
    sound_file = folder / "long.wav"
    write_wav(sound_file, sound_from_samples(np.tile(once, times)[: round(length_s * 16000)], 16000))
    found = recorded_line(open_sound(sound_file), text, folder=folder)
    whole = replace(found, phonemes=_tiled(line.phonemes, len(once) / 16000, times, length_s), words=(), method="alignment")
    return _saved(folder / "long.viva", _with_curves(whole, length_s, tracks, keys))


def _tiled(track: PhonemeTrack, period_s: float, times: int, length_s: float) -> PhonemeTrack:
    labels, bounds, closures = [], [0.0], []
    for turn in range(times):
        for i, label in enumerate(track.labels):
            end_s = min(track.bounds_s[i + 1] + turn * period_s, length_s)
            if end_s - bounds[-1] < 1e-3:
                continue
            labels.append(label)
            bounds.append(end_s)
            span = track.closures[i] if track.closures is not None else None
            closures.append(None if span is None else (span[0] + turn * period_s, span[1] + turn * period_s))
    bounds[-1] = length_s
    return PhonemeTrack(tuple(labels), tuple(bounds), tuple(closures))


def _with_curves(line: LineDoc, length_s: float, tracks: int, keys: int) -> LineDoc:
    numbers = np.random.default_rng(1)

    def curve(high: float) -> Curve:
        times = (np.arange(keys) + 0.5) * length_s / keys
        return Curve(tuple(Key(float(t), float(v)) for t, v in zip(times, numbers.uniform(0.0, high, keys), strict=True)))

    emotions = {name: curve(0.6) for name in EMOTIONS[:tracks]}
    rest = ARKIT[: max(0, tracks - len(emotions))]
    layers = tuple(Layer(f"layer{i}", f"Layer {i + 1}", curves={n: curve(0.2) for n in rest[i::2]}) for i in range(2)) if rest else ()
    return replace(line, emotions=emotions, layers=layers)


def _saved(path: Path, line: LineDoc) -> Path:
    path.unlink(missing_ok=True)
    ProjectFile.create(path, Document(new_id(), Settings(), (Character(new_id(), "Ada", "ada", (line,)),))).close()
    return path


# --- a window ------------------------------------------------------------------------------------------------------------------------


def until(ready: Callable[[], object], most_s: float = _PATIENCE_S) -> bool:
    """Let the window live until something is so; False where that took too long."""
    loop, end, timer = QEventLoop(), time.monotonic() + most_s, QTimer()
    timer.timeout.connect(lambda: loop.quit() if ready() or time.monotonic() > end else None)
    timer.start(1)
    loop.exec()
    timer.stop()
    return bool(ready())


def opened(path: Path, load: bool) -> tuple[MainWindow, float]:
    """A window with a project open, and seconds from asking for it to the timeline painted with its line."""
    from studio.window import MainWindow

    window = MainWindow(load=load)
    window.files.ask_unsaved = lambda: "discard"
    window.resize(1440, 900)
    window.show()
    until(lambda: window.painted_s is not None)
    if load:
        until(lambda: window.viewport.drawn_with)
    began = time.perf_counter()
    window.files.open_any(path)
    until(lambda: window.session.line is not None)
    window.timeline.repaint()
    return window, time.perf_counter() - began


class Heart:
    """Listens to the window's event loop: the longest time it did not beat."""

    def __init__(self) -> None:
        self.gaps_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append((now - self._last) * 1000.0 - _BEAT_MS)
        self._last = now

    def stop(self) -> float:
        """The longest wait, milliseconds."""
        self._timer.stop()
        return max(self.gaps_ms, default=0.0)


def _mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
    event = QMouseEvent(kind, at, widget.mapToGlobal(at.toPoint()).toPointF(), button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def _p95(values: list[float]) -> float:
    return float(np.percentile(values, 95))


# --- redrawing -----------------------------------------------------------------------------------------------------------------------


def redraw(folder: Path) -> Iterator[dict[str, object]]:
    """Opening, key drag, playhead and scrolling on ten minutes with twenty thousand keys."""
    path = long_project(folder, LONG_S)
    window, open_s = opened(path, load=False)
    where = f"{TRACKS} tracks of {KEYS} keys on {LONG_S / 60:.0f} minutes, window 1440 x 900"
    yield figure("editor.open", open_s, "s", "<= 1.5", f"from asking for the project to its timeline painted; {where}")
    timeline = window.timeline
    until(lambda: not window.jobs.tasks, 60.0)
    window.resize(1440, 1200)
    window.resizeDocks([window.docks[2]], [860], Qt.Orientation.Vertical)
    timeline.stack.set_folded([place.lane for place in timeline.stack.places], False)
    timeline.refresh()
    timeline.set_axis(replace(timeline.axis, px_per_s=20.0, start_s=280.0))
    timeline.repaint()
    taken = _drag_a_key(window)
    yield figure("editor.key_drag", _p95(taken), "ms", "<= 16", f"p95 of {len(taken)} mouse moves with redraw; worst {max(taken):.1f}; {where}")
    taken = _timed(lambda i: timeline.set_position(281.0 + i * 0.1), timeline)
    yield figure("editor.playhead", _p95(taken), "ms", "<= 16", f"p95 of {len(taken)} moves with redraw; worst {max(taken):.1f}")
    taken = _timed(lambda i: timeline.set_axis(timeline.axis.panned(7.0 if i % 80 < 40 else -7.0)), timeline)
    yield figure("editor.scroll", _p95(taken), "ms", "<= 16", f"p95 of {len(taken)} steps of 7 pixels with redraw; worst {max(taken):.1f}")
    window.close()


def _timed(step: Callable[[int], object], widget: QWidget) -> list[float]:
    taken = []
    for i in range(MOVES):
        began = time.perf_counter()
        step(i)
        widget.repaint()
        taken.append((time.perf_counter() - began) * 1000.0)
        QApplication.processEvents()
    return taken


def _drag_a_key(window: MainWindow) -> list[float]:
    """Milliseconds of each mouse move of a key dragged in the timeline, its edit and the redraw of all that shows it."""
    timeline = window.timeline
    line = window.session.line
    assert line is not None
    key = next(k for k in line.curve("emotions/happy").keys if k.time_s > timeline.axis.start_s + 10.0)
    lane_place = timeline.stack.place("emotions/happy")
    assert lane_place is not None and isinstance(lane_place.lane, CurveLane)
    y = lane_place.top + lane_place.lane.y(key.value, timeline.content, lane_place.height)
    place = QPoint(HEADER_PX + round(timeline.axis.x(key.time_s)), round(y))
    surface = timeline
    left = Qt.MouseButton.LeftButton
    _mouse(surface, QEvent.Type.MouseButtonPress, QPointF(place), left, left)
    taken = []
    for i in range(MOVES):
        to = QPointF(place + QPoint(i % 60 - 30 + 4, (i % 11) - 5))
        began = time.perf_counter()
        _mouse(surface, QEvent.Type.MouseMove, to, Qt.MouseButton.NoButton, left)
        surface.repaint()
        taken.append((time.perf_counter() - began) * 1000.0)
        QApplication.processEvents()
    before = window.session.cursor
    _mouse(surface, QEvent.Type.MouseButtonRelease, to, left, Qt.MouseButton.NoButton)
    assert window.session.cursor == before + 1, "the drag did not move the key"
    return taken


# --- from a key to the pose ------------------------------------------------------------------------------------------------------------


@dataclass
class _Poses:
    """Milliseconds from a key's edit to other motion at the playhead, and to its picture."""

    motion_ms: list[float]
    picture_ms: list[float]


def pose(folder: Path) -> Iterator[dict[str, object]]:
    """A key's way to the pose at the playhead on a ten-minute line; a minute performed anew."""
    for length_s, name in ((LONG_S, "ten minutes"), (MINUTE_S, "one minute")):
        path = long_project(folder, length_s, 7, 60)
        window, _ = opened(path, load=True)
        until(lambda window=window: window.conductor.performance is not None and not window.jobs.tasks)  # type: ignore[misc]
        poses = _poses(window, length_s)
        note = f"p95 of {len(poses.motion_ms)} keys moved, {name}; median {statistics.median(poses.motion_ms):.0f}, worst {max(poses.motion_ms):.0f}"
        yield figure(f"editor.key_to_pose.{round(length_s)}", _p95(poses.motion_ms), "ms", "<= 100", note)
        note = f"p95 until it is drawn; median {statistics.median(poses.picture_ms):.0f}; {window.viewport.drawn_with}"
        yield figure(f"editor.key_to_picture.{round(length_s)}", _p95(poses.picture_ms), "ms", "", note)
        if length_s == MINUTE_S:
            yield from _anew(window)
        window.close()


def _poses(window: MainWindow, length_s: float) -> _Poses:
    line = window.session.line
    assert line is not None
    found = _Poses([], [])
    numbers = random.Random(2)
    drawn: list[float] = []
    window.viewport.painted.connect(lambda: drawn.append(time.perf_counter()))
    for turn in range(POSES):
        at_s = numbers.uniform(5.0, length_s - 5.0)
        window.player.seek(at_s)
        until(lambda: False, 0.15)
        keys = window.session.line.curve("emotions/happy").keys  # type: ignore[union-attr]
        key = min(keys, key=lambda k: abs(k.time_s - at_s))
        frame = window.player.frame_of(window.player.position_s)
        old = window.conductor.motion.values[frame].copy()  # type: ignore[union-attr]
        changed: list[float] = []

        def look(frame: int = frame, old: np.ndarray = old, changed: list[float] = changed) -> None:
            motion = window.conductor.motion
            if motion is not None and not changed and not np.array_equal(motion.values[frame], old):
                changed.append(time.perf_counter())

        window.conductor.motion_changed.connect(look)
        drawn.clear()
        began = time.perf_counter()
        value = 0.95 if key.value < 0.5 else 0.05
        window.session.apply(MoveKey(line.id, "emotions/happy", key.time_s, replace(key, value=value)))
        ready = until(lambda: changed and any(t > changed[0] for t in drawn), 3.0)  # noqa: B023
        window.conductor.motion_changed.disconnect(look)
        if changed:
            found.motion_ms.append((changed[0] - began) * 1000.0)
        if ready and changed:
            found.picture_ms.append((next(t for t in drawn if t > changed[0]) - began) * 1000.0)
        if turn % 2:  # half of the time the work for the key before is still under way
            until(lambda: not window.jobs.tasks, 30.0)
    return found


def _anew(window: MainWindow) -> Iterator[dict[str, object]]:
    """Everything on a minute performed anew, in the background of a window that plays."""
    line = window.session.line
    assert line is not None
    window.player.set_looping(True)
    window.player.play()
    until(lambda: False, 2.0)
    taken, waits, dropped = [], [], []
    for turn in range(5):
        heart = Heart()
        before = window.player.statistics().dropped
        done: list[float] = []
        finish = lambda done=done: done.append(time.perf_counter())  # noqa: E731
        window.conductor.performed.connect(finish)
        began = time.perf_counter()
        keys = tuple(replace(k, value=0.2 + 0.15 * turn) for k in line.curve("emotions/happy").keys)
        window.session.apply(SetCurve(line.id, "emotions/happy", Curve(keys)))
        until(lambda: done, 60.0)  # noqa: B023
        window.conductor.performed.disconnect(finish)
        taken.append(done[0] - began if done else float("nan"))
        until(lambda: False, 0.5)
        waits.append(heart.stop())
        dropped.append(window.player.statistics().dropped - before)
    window.player.stop()
    yield figure(
        "editor.anew_60s", statistics.median(taken), "s", "<= 2", f"median of 5, worst {max(taken):.2f}; a curve of the whole minute changed, while it plays"
    )
    yield figure(
        "editor.longest_wait",
        max(waits),
        "ms",
        "<= 30",
        f"longest the window's event loop was held meanwhile; each of 5: {', '.join(f'{w:.0f}' for w in waits)}",
    )
    yield figure("editor.dropped", sum(dropped), "frames", "<= 0", "frames dropped by the playback meanwhile")


# --- a soak ---------------------------------------------------------------------------------------------------------------------------


def soak(folder: Path) -> Iterator[dict[str, object]]:
    """Random edits and an hour of played time in a window that performs them, and what its memory does."""
    window, _ = opened(long_project(folder, 10.0, 3, 20), load=True)
    until(lambda: window.conductor.performance is not None and not window.jobs.tasks)
    numbers = random.Random(3)
    rss: list[float] = []
    began = time.perf_counter()
    for turn in range(SOAK_EDITS):
        _one_edit(window, numbers)
        if turn % 20 == 0:
            window.player.seek((turn * SOAK_PLAYED_S / SOAK_EDITS) % 10.0)  # played time goes by as quickly as the edits
            QApplication.processEvents()
        if turn % max(1, SOAK_EDITS // 50) == 0:
            rss.append(_rss_mb())
    until(lambda: not window.jobs.tasks, 60.0)
    settled = rss[len(rss) // 10 :]  # after the caches have filled
    growth = max(settled[-3:]) - settled[0]
    took = time.perf_counter() - began
    note = f"{SOAK_EDITS} random edits, {SOAK_PLAYED_S / 60:.0f} minutes of played time, in {took:.0f} s; from {settled[0]:.0f} to {settled[-1]:.0f} MB"
    yield figure("editor.soak_growth", growth, "MB", "< 50", note)
    window.close()


def _one_edit(window: MainWindow, numbers: random.Random) -> None:
    session = window.session
    line = session.line
    if line is None or numbers.random() < 0.15:
        session.undo() if numbers.random() < 0.6 else session.redo()
        return
    track, at_s = numbers.choice([f"emotions/{n}" for n in EMOTIONS]), round(numbers.uniform(0.0, 9.9), 2)
    keys = line.curve(track).keys
    edits: list[Edit] = [SetAmount(line.id, "head", round(numbers.uniform(0, 2), 1)), SetSeed(line.id, numbers.randrange(50))]
    edits += [SetInOut(line.id, at_s, at_s + 0.1)]
    edits += [SetGain(line.id, round(numbers.uniform(-6, 6), 1)), SetKey(line.id, track, Key(at_s, numbers.random()))] * 2
    if len(keys) > 1:
        key = numbers.choice(keys)
        edits += [MoveKey(line.id, track, key.time_s, replace(key, value=numbers.random()))] * 4 + [RemoveKey(line.id, track, key.time_s)] * 2
    parts: list[Part] = [Marker(new_id(), at_s), Pin(new_id(), at_s, {"jawOpen": 0.3}), Blink(new_id(), at_s), Gaze(new_id(), at_s)]
    edits += [PutPart(line.id, part) for part in parts]
    for kind in ("markers", "pins", "blinks", "gazes"):
        held: tuple[Part, ...] = getattr(line, kind) or ()
        if len(held) > 5:
            edits += [RemovePart(line.id, kind, held[0].id)] * 4
    session.apply(numbers.choice(edits))


def _rss_mb() -> float:
    if sys.platform == "linux":
        rows = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(float(row.split()[1]) for row in rows if row.startswith("VmRSS")) / 1024.0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


if __name__ == "__main__":
    sys.exit(main())
