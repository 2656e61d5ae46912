from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studio import launch

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are asked for on Linux only")


def run(repository: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The script in a process of its own; an empty value takes a variable away."""
    env = {k: v for k, v in {**os.environ, **environment}.items() if v}
    return subprocess.run([sys.executable, "-m", "studio.launch", *arguments], cwd=repository, env=env, capture_output=True, text=True, timeout=60)


NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}


@LINUX
def test_without_a_display_it_says_what_to_do(repository: Path):
    done = run(repository, **NO_DISPLAY)
    assert done.returncode == 2 and done.stdout == ""
    assert "there is no display" in done.stderr and "xvfb-run" in done.stderr and "Traceback" not in done.stderr


@LINUX
@pytest.mark.parametrize("environment", [{"DISPLAY": ":7777"}, {"WAYLAND_DISPLAY": "wayland-77"}])
def test_a_display_that_does_not_answer_is_no_crash(repository: Path, environment: dict[str, str]):
    done = run(repository, **{**NO_DISPLAY, **environment})
    assert done.returncode == 2 and next(iter(environment.values())) in done.stderr and "Aborted" not in done.stderr


@LINUX
def test_a_missing_system_library_is_named(monkeypatch: pytest.MonkeyPatch):
    def refuse(name: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(launch.ctypes, "CDLL", refuse)
    trouble = launch._plugin_trouble("qxcb")
    assert trouble is not None and "libxcb-cursor.so.0 is missing" in trouble[0] and "bootstrap.py" in trouble[1]


def test_a_file_that_is_not_there_opens_no_window(repository: Path, tmp_path: Path):
    for name, words in ((tmp_path / "gone.viva", "there is no file"), (tmp_path / "gone.wav", "there is no file")):
        done = run(repository, str(name))
        assert done.returncode == 2 and words in done.stderr


def test_commands_run_without_qt(repository: Path):
    code = (
        "import sys; from studio import launch\n"
        "try: status = launch.main(['--help'])\n"
        "except SystemExit as end: status = end.code\n"
        "loaded = [m for m in sys.modules if m.startswith(('PySide6', 'torch', 'vispy'))]; print(status, loaded); sys.exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip().endswith("0 []"), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "window"),
    [([], True), (["a.viva"], True), (["A.WAV"], True), (["b.mp4"], True), (["animate", "a.wav"], False), (["--help"], False), (["doctor"], False)],
)
def test_what_opens_the_window_and_what_is_a_command(arguments: list[str], window: bool, monkeypatch: pytest.MonkeyPatch):
    from engine import cli

    monkeypatch.setattr(launch, "open_window", lambda files: ("window", files))
    monkeypatch.setattr(cli, "main", lambda given: ("command", given))
    what, given = launch.main(arguments)  # type: ignore[misc]
    assert (what == "window") == window and [str(g) for g in given] == arguments


def test_importing_the_studio_loads_nothing_heavy(repository: Path):
    code = (
        "import importlib, pkgutil, sys, studio\n"
        "for m in pkgutil.walk_packages(studio.__path__, 'studio.'): importlib.import_module(m.name)\n"
        "print(sorted({'torch', 'scipy', 'vispy', 'av', 'sounddevice', 'onnxruntime', 'soxr', 'pyqtgraph'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def _wait_for_the_window(child: subprocess.Popen[str]) -> None:
    """Until it listens to SIGTERM, which it does from just before it shows itself, and a little longer."""
    status = Path(f"/proc/{child.pid}/status")
    until = time.monotonic() + 60
    while status.exists() and time.monotonic() < until and child.poll() is None:
        caught = next((line for line in status.read_text().splitlines() if line.startswith("SigCgt:")), "SigCgt: 0")
        if int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            break
        time.sleep(0.1)
    time.sleep(1.0 if status.exists() else 2.5)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_window_in_order(repository: Path, own_cache: Path, number: signal.Signals):
    child = subprocess.Popen([sys.executable, "-m", "studio.launch"], cwd=repository, stderr=subprocess.PIPE, text=True, env={**os.environ})
    try:
        _wait_for_the_window(child)
        child.send_signal(number)
        errors = child.communicate(timeout=60)[1]
    finally:
        child.kill()
    assert child.returncode == 0 and "Traceback" not in errors, errors


def test_void_calls_do_not_lose_references(qapp):
    """PySide6 6.12.0 on Python 3.11 loses a reference to None at each and aborts after some thousands."""
    from PySide6.QtGui import QPainterPath

    path = QPainterPath()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        path.clear()
    assert abs(sys.getrefcount(None) - before) < 1000


def test_contexts_made_by_qt_draw_the_same_picture(qapp, has_display: bool):
    """What stands in for EGL on macOS and Windows, tried here where Qt can make a context."""
    if not has_display:
        pytest.skip("no display; tests/stage.py makes one")
    import numpy as np

    from engine.core.errors import EngineError
    from engine.render import offscreen
    from engine.render.camera import Camera
    from studio import gl_contexts

    before = offscreen._make_context
    values = np.zeros(63, np.float32)
    usual = offscreen.still(values, Camera(), (96, 96)).astype(int)
    gl_contexts.register(force=True)
    try:
        assert np.abs(offscreen.still(values, Camera(), (96, 96)).astype(int) - usual).mean() < 2.0
        made = [gl_contexts.QtContext() for _ in range(gl_contexts.SURFACES)]
        with pytest.raises(EngineError, match="no surface is left"):
            gl_contexts.QtContext()
        for context in made:
            context.close()
    finally:
        offscreen.use_contexts(before)
