"""Windows for the tests: a real one, with a home and a cache of its own, closed after the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from studio import app as studio_app
from studio.comfort import language
from studio.playback.clock import SilentClock
from studio.window import MainWindow
from tests.studio.activation import WAIT_MS, activate

if TYPE_CHECKING:
    from studio.curves.editor import CurveEditor
    from tests.studio.capture_scene import FakeDoor
    from tests.studio.timeline_scene import Scene

SMALL_PICTURES = ("thumbnails", "people")  # folders of the cache
TEXT = "Bob may buy a baby panda."
SPOKEN = "Hello, I'm Ada. Lend me your voice."  # in `spoken_file`


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], object]:
    """The application as the studio makes it, theme and all; in English, whatever the machine speaks."""

    def make(_arguments: list[str]) -> QApplication:
        app = studio_app.make_application()
        language.install(app, language.SOURCE)
        return app

    return make


@pytest.fixture(autouse=True)
def _clipboard_left_empty() -> Iterator[None]:
    """What a test copied must not reach the next one; Qt's offscreen platform crashes at exit with our data on its clipboard."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache nobody has used: untitled projects live there."""
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setenv("VIVAVOCE_CACHE", str(folder))
    return folder


@pytest.fixture
def editor(qtbot, own_cache: Path) -> Iterator[CurveEditor]:
    """The curve editor alone, on a line with emotions and layers."""
    from tests.studio.curve_scene import opened

    yield from opened(qtbot)


@pytest.fixture(scope="session")
def drawn_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small pictures of poses and people that windows have drawn: no test needs them drawn again, and they take longer than the rest."""
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture
def make_window(qtbot, own_cache: Path, drawn_before: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows; what is untitled in them is thrown away at the end."""
    shutil.copytree(drawn_before, own_cache, dirs_exist_ok=True)
    windows: list[MainWindow] = []

    def make(files: list[Path] | None = None, load: bool = False) -> MainWindow:
        window = MainWindow(files, load)
        windows.append(window)
        window.resize(1000, 700)
        window.show()
        qtbot.waitUntil(lambda: window.painted_s is not None, timeout=WAIT_MS)
        activate(qtbot, window)
        return window

    yield make
    for window in windows:
        window.files.ask_unsaved = lambda: "discard"
        window.faults.unwatch()
        for box in window.faults.open_boxes:
            box.reject()
        window.close()
        window.deleteLater()
    for name in SMALL_PICTURES:
        if (own_cache / name).is_dir():
            shutil.copytree(own_cache / name, drawn_before / name, dirs_exist_ok=True)


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    """A window that draws nothing and keeps a silent clock: quick."""
    made = make_window()
    made.player.set_clock(SilentClock("a test"))
    return made


@pytest.fixture
def drawing_window(make_window: Callable[..., MainWindow], qtbot) -> MainWindow:
    """A window whose head is on screen."""
    made = make_window()
    made.player.set_clock(SilentClock("a test"))
    made.viewport.start()
    qtbot.waitUntil(lambda: made.viewport.drawn_with != "" and made.stage.loading.isHidden(), timeout=WAIT_MS)
    return made


@pytest.fixture
def speak(qtbot) -> Callable[[MainWindow], None]:
    """Gives a window a typed line and waits until it is performed."""

    def do(window: MainWindow, text: str = TEXT) -> None:
        before = len(list(window.session.document.lines()))
        window.conductor.add_text(text, "en-us")
        qtbot.waitUntil(lambda: len(list(window.session.document.lines())) > before, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: window.conductor.motion is not None and window.conductor.sound is not None and not window.jobs.tasks, timeout=WAIT_MS)

    return do


@pytest.fixture(scope="session")
def spoken_file(tmp_path_factory: pytest.TempPathFactory, sample_line: Path) -> Path:
    """The first seconds of the sample line, in a folder with a space and an accent."""
    from engine.speech.files import open_sound, write_wav

    folder = tmp_path_factory.mktemp("sound") / "d'été à la mer"
    folder.mkdir()
    path = folder / "Ada 1.wav"
    write_wav(path, [open_sound(sample_line).read(0.0, 2.5, 16000)], 16000)
    return path


def pixels(image: QImage) -> np.ndarray:
    """An image as uint8 [H, W, 3]."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8, image.sizeInBytes()).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


@pytest.fixture
def scene(qtbot, own_cache: Path) -> Iterator[Scene]:
    """A timeline on a line with something of everything, in a window that has the focus."""
    from tests.studio.timeline_scene import Scene

    made = Scene()
    qtbot.addWidget(made.window)
    made.window.show()
    activate(qtbot, made.window)
    made.view.setFocus()
    yield made
    made.view.hands.cancel()
    made.session.close()


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> FakeDoor:
    """A made-up tracker and camera in the place of the real ones, for windows that are made after it."""
    from tests.studio.capture_scene import FakeDoor

    made = FakeDoor()
    monkeypatch.setattr("studio.capture.commands.EngineDoor", lambda: made)
    return made


@pytest.fixture
def capturing(door: FakeDoor, window: MainWindow) -> MainWindow:
    """A window before a made-up tracker, its capture panel in front."""
    window.show_capture()
    return window
