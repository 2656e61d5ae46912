"""What every test gets: a home of its own, no network, few threads, seeds; a short sound; the recordings where they are.

The environment is set when this file is imported, before Qt, torch or the product are.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import os
import random
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import stage

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # "" where one process runs all tests
# The files that take longest, begun first: none of them is what the other processes wait for at the end. Of the first few, one draws:
# it makes the shaders ready.
LONGEST = (
    "test_house.py", "studio/test_window.py", "speech/test_aligner.py", "test_bootstrap.py", "test_cli.py", "render/test_offscreen.py",
    "studio/test_viewport.py", "studio/test_export_dialog.py", "studio/test_stage_view.py", "studio/test_launch.py", "test_console.py",
    "studio/test_importing.py", "test_doctor.py", "studio/test_queue.py", "test_pipeline_performance.py", "render/test_stage.py",
    "studio/test_viewport_handles.py", "studio/test_people_verbs.py", "studio/test_comfort_keys.py", "studio/test_transport.py",
    "studio/test_conductor.py", "studio/test_relink.py", "studio/test_panels.py", "training/test_loop.py", "studio/test_timeline_window.py",
)  # fmt: skip
THREADS = 1 if WORKER else 2

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = str(THREADS) if WORKER else os.environ.get(_name, str(THREADS))
# The one thing of the person's that tests may use: what the set-up fetched.
os.environ.setdefault("VIVAVOCE_LANDMARKS", str(importlib.import_module("engine.avatars.tracking.models").folder()))
_home = Path(tempfile.mkdtemp(prefix="vivavoce-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.setdefault("MESA_SHADER_CACHE_DIR", str(_home / "shaders"))  # the first process's, for all of them: each shader is made ready once
for _name, _folder in {
    "HOME": "", "USERPROFILE": "", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state",
    "APPDATA": "config", "LOCALAPPDATA": "cache", "VIVAVOCE_CACHE": "vivavoce-cache",
}.items():  # fmt: skip
    (_home / _folder).mkdir(exist_ok=True)
    os.environ[_name] = str(_home / _folder)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if WORKER not in ("", "gw0") and "VIVAVOCE_TEST_DISPLAY" in os.environ and sys.platform == "linux":
    # A display and a sound sink of its own: two windows cannot both have the focus, nor two clocks one sound card.
    _stage = contextlib.ExitStack()
    _env = dict(os.environ)
    _stage.enter_context(stage.servers(_env))
    os.environ.update(_env)
    atexit.register(_stage.close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes take one file after another, the longest come first."""
    if WORKER:
        ranks = {REPOSITORY / "tests" / name: rank for rank, name in enumerate(LONGEST)}
        items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections beyond this machine fail: nothing we ship may need one."""
    connect = socket.socket.connect

    def local_only(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"a test tried to connect to {host}; tests have no network")
        connect(self, address)

    socket.socket.connect = local_only  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _seeded_and_few_threads() -> None:
    random.seed(1)
    np.random.seed(1)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(1)
        if torch.get_num_threads() != THREADS:
            torch.set_num_threads(THREADS)


@pytest.fixture(scope="module", autouse=True)
def _windows_let_go() -> Iterator[None]:
    """What the windows of a file of tests have left is let go: opening a project freezes all there is (`gc.freeze`), for good where nobody unfreezes."""
    yield
    if gc.get_freeze_count():  # a look at all there is takes half a second, which files without windows need not pay
        gc.unfreeze()
        gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)  # a process runs some thousand tests: what is free goes back to the system


@pytest.fixture(autouse=True)
def _settings_apart(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> None:
    """Every window test starts from settings nobody has touched."""
    if not _is_window_test(request.node):
        return
    from PySide6.QtCore import QSettings

    folder = str(tmp_path_factory.mktemp("settings"))
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        for form in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(form, scope, folder)


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A killed process loses nothing the system has taken; only lost power would, and no test does that."""
    if "synchronous" not in request.node.name:
        monkeypatch.setattr(importlib.import_module("engine.project.database"), "SYNCHRONOUS", "OFF")


@pytest.fixture(autouse=True)
def _nothing_left_running(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A window test that leaves a QThread, a pool's work or a thread behind fails: on a user's machine that is a crash at exit."""
    if not _is_window_test(request.node):
        yield
        return
    from PySide6.QtCore import QThread, QThreadPool
    from PySide6.QtWidgets import QApplication

    started: list[QThread] = []
    start = QThread.start

    def remember(self: QThread, *args: Any) -> None:
        started.append(self)
        start(self, *args)

    monkeypatch.setattr(QThread, "start", remember)
    before = set(threading.enumerate())
    yield
    for widget in QApplication.topLevelWidgets() if QApplication.instance() is not None else ():
        widget.hide()  # a dialog left open would take the next test's keys
    pool_idle = QThreadPool.globalInstance().waitForDone(5000)
    running = [type(thread).__name__ for thread in started if _runs(thread)]
    threads = [thread.name for thread in set(threading.enumerate()) - before if not thread.daemon and thread.is_alive()]
    assert pool_idle and not running and not threads, f"left running: pool idle {pool_idle}, QThreads {running}, threads {threads}"


def _is_window_test(node: pytest.Item) -> bool:
    return "studio" in Path(node.path).relative_to(REPOSITORY).parts or "qtbot" in getattr(node, "fixturenames", ())


def _runs(thread: Any) -> bool:
    try:
        return bool(thread.isRunning() and not thread.wait(2000))
    except RuntimeError:  # its C++ side is gone, so it has ended
        return False


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of the real recordings; the test is skipped in a checkout without them."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the recordings of ../shared/data are not here (a user's checkout has none)")
    return SHARED_DATA


@pytest.fixture(scope="session")
def has_display() -> bool:
    """True where the stage has given the tests an X display."""
    return os.environ.get("VIVAVOCE_TEST_DISPLAY") == "1"


@pytest.fixture(scope="session")
def has_sound() -> bool:
    """True where the stage has given the tests a sound sink that keeps time."""
    return os.environ.get("VIVAVOCE_TEST_SOUND") == "1"


@pytest.fixture(scope="session")
def sample_line(repository: Path) -> Path:
    """The sample line we ship: 9 s of speech, its text beside it in line.txt."""
    return repository / "assets" / "projects" / "sample" / "line.flac"


@pytest.fixture(scope="session")
def syllables() -> tuple[np.ndarray, int]:
    """A short synthetic sound, samples float32 [S] and rate: 0.2 s of silence, three voiced syllables at 120 Hz, silence."""
    rate = 16000
    t = np.arange(int(1.4 * rate)) / rate
    voice = sum(np.sin(2 * np.pi * 120 * k * t) / k for k in range(1, 20))
    loudness = np.clip(np.sin(2 * np.pi * 3 * (t - 0.2)), 0, None) * ((t > 0.2) & (t < 1.2))
    return (0.15 * voice * loudness).astype(np.float32), rate
