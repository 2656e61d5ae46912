"""How fast and how large: loading the head, animating, writing a film, memory of a long file, the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from engine import pipeline
from engine.bench.figure import Figure, timed
from engine.core import assets
from engine.export import outputs
from engine.head import ada
from engine.project.document import Settings, new_document
from engine.project.stage import Background
from engine.render.camera import Camera
from engine.render.offscreen import Offscreen
from engine.speech.files import Sound, open_sound, write_wav

LONG_MINUTES = float(os.environ.get("VIVAVOCE_BENCH_MINUTES", "60"))
_PEAK = """import resource, sys
from engine.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)"""
_WORKERS = 2  # processes of the recogniser beside ours


def _sample() -> tuple[Sound, str]:
    """The sample line and its text."""
    folder = assets.path("projects/sample")
    sound = next(p for p in sorted(folder.iterdir()) if p.suffix in (".flac", ".ogg", ".wav"))
    return open_sound(sound), (folder / "line.txt").read_text(encoding="utf-8")


def head() -> Iterator[Figure]:
    """Reading Ada from disk."""

    def load() -> None:
        ada.load.cache_clear()
        ada.load()

    yield from timed("head.load", load, "< 100", 0.001, "ms")


def animate() -> Iterator[Figure]:
    """Sound to npz, start-up apart, as a share of the sound's length."""
    sound, text = _sample()
    for name, transcript, goal in (("animate.text", text, "<= 0.15"), ("animate.no_text", "", "<= 0.5")):

        def work(transcript: str = transcript) -> None:
            with tempfile.TemporaryDirectory() as folder:
                _write(sound, transcript, [Path(folder) / "out.npz"], Fraction(30))

        yield from timed(name, work, goal, sound.duration_s, "x")


def _write(sound: Sound, transcript: str, paths: list[Path], rate: Fraction) -> None:
    line = pipeline.recorded_line(sound, transcript)
    work = pipeline.LinePipeline()
    document = pipeline.with_line(new_document(Settings(rate=rate)), line)
    outputs.write_all(outputs.Request(pipeline.analysed(work, document, line.id), work), paths)


def film() -> Iterator[Figure]:
    """MP4 at 512 px and 25 fps, as a share of its length: with the analysis of the sound, and picture and film alone."""
    sound, text = _sample()
    with tempfile.TemporaryDirectory() as folder:
        target = [Path(folder) / "out.mp4"]
        yield from timed("mp4.512", lambda: _write(sound, text, target, Fraction(25)), "<= 1", sound.duration_s, "x", 5)
        line = pipeline.recorded_line(sound, text)
        work = pipeline.LinePipeline()
        document = pipeline.analysed(work, pipeline.with_line(new_document(Settings(rate=Fraction(25))), line), line.id)
        request = outputs.Request(document, work)
        yield from timed("mp4.512.picture_only", lambda: outputs.write_all(request, target), "<= 1", sound.duration_s, "x", 5)


def film_levels() -> Iterator[Figure]:
    """What short films cost: at 512 px with straight alpha as a share of their length, and a frame of 1080p at each level."""
    sound, text = _sample()
    with tempfile.TemporaryDirectory() as folder:
        line = pipeline.recorded_line(sound, text)
        work = pipeline.LinePipeline()
        document = pipeline.analysed(work, pipeline.with_line(new_document(Settings(rate=Fraction(25))), line), line.id)
        clear = replace(document, stage=replace(document.stage, background=Background("transparent")))
        request = outputs.Request(clear, work, span_s=(1.0, 2.0))
        yield from timed("mov.512.alpha", lambda: outputs.write_all(request, [Path(folder) / "a.mov"]), "", 1.0, "x", 3)
        large = pipeline.with_settings(document, width=1920, height=1080)
        for level, count in (("standard", 6), ("high", 2), ("final", 1)):
            span_s = (1.0, 1.0 + count / 25)

            def draw(level: str = level, span_s: tuple[float, float] = span_s) -> None:
                outputs.write_all(outputs.Request(large, work, level, span_s), [Path(folder) / "a.mp4"])

            yield from timed(f"mp4.1080.{level}", draw, "", count, "s/frame", 2)


def frames() -> Iterator[Figure]:
    """One frame drawn and read back, vertices given."""
    vertices = ada.load().vertices
    for side in (512, 640):
        with Offscreen(side, side) as offscreen:
            yield from timed(f"frame.{side}", lambda o=offscreen: o.render(vertices, Camera.front()), "", 0.001, "ms", 20)  # type: ignore[misc]


def memory() -> Iterator[Figure]:
    """Most memory `animate` takes for a long file (VIVAVOCE_BENCH_MINUTES, 60 by default), and how long it needs."""
    if sys.platform == "win32":
        yield Figure("memory.long_file", None, "MB", "< 1500", "not measured on Windows")
        return
    sound, _ = _sample()
    with tempfile.TemporaryDirectory() as folder:
        once = np.concatenate([sound.mono(16000), np.zeros(8000, np.float32)])
        copies = int(LONG_MINUTES * 60 * 16000 / len(once)) + 1
        source = Path(folder) / "long.wav"
        write_wav(source, (once for _ in range(copies)), 16000)
        started = time.perf_counter()
        command = [sys.executable, "-c", _PEAK, "animate", str(source), "--quiet", "-o", str(Path(folder) / "long.npz")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        taken = time.perf_counter() - started
        if done.returncode:
            yield Figure("memory.long_file", None, "MB", "< 1500", done.stderr.strip()[-160:])
            return
        # ru_maxrss is in KiB on Linux, in bytes on macOS
        unit = 1024 if sys.platform != "darwin" else 1024 * 1024
        own, worker = (int(x) / unit for x in done.stdout.split()[-2:])
        note = f"{LONG_MINUTES:g} minutes without transcript, {taken:.0f} s; {own:.0f} MB and {_WORKERS} processes of at most {worker:.0f} MB"
        yield Figure("memory.long_file", own + _WORKERS * worker, "MB", "< 1500", note)


def window() -> Iterator[Figure]:
    """Start of the studio and 30 s of playback, measured by the studio itself in a process of its own."""
    yield from _of_the_studio("studio.measure", "window.start", "< 2")


def editor() -> Iterator[Figure]:
    """Redrawing, the way from a key to the pose, and a soak, measured by the studio itself."""
    yield from _of_the_studio("studio.measure_editor", "editor.open", "<= 1.5")


def people_panel() -> Iterator[Figure]:
    """From a slider of somebody's looks, and from a click in the gallery, to the picture; measured by the studio itself."""
    yield from _of_the_studio("studio.measure_people", "people.slider.shape", "< 50")


def capture_window() -> Iterator[Figure]:
    """From a camera's picture to the avatar that follows it on screen, in a window; measured by the studio itself."""
    yield from _of_the_studio("studio.measure_capture", "capture.window.lag", "<= 100")


def _of_the_studio(module: str, first: str, goal: str) -> Iterator[Figure]:
    with subprocess.Popen([sys.executable, "-m", module], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        found = 0
        for row in process.stdout:
            if row.startswith("{"):
                found += 1
                yield Figure(**json.loads(row))
        said = process.stderr.read()
    if process.returncode and not found:
        yield Figure(first, None, "", goal, said.strip()[-160:] or "the studio did not start")
    elif process.returncode:
        yield Figure(f"{module.rpartition('.')[2]}.rest", None, "", "", said.strip()[-160:])
