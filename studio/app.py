"""The Qt application: theme, signals, the window's life from start to end."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from studio import gl_contexts, icons, theme
from studio.comfort import language
from studio.settings import Preferences
from studio.window import MainWindow

log = logging.getLogger("studio")
SWITCH_S = 0.001  # between threads of Python: the usual 5 ms would make the window's thread late for a frame
_NOISE = ("propagateSizeHints", "XDG_RUNTIME_DIR")


def _on_qt_message(kind: object, context: object, text: str) -> None:
    if not any(noise in text for noise in _NOISE):
        log.warning("Qt: %s", text)


def make_application() -> QApplication:
    """The application with our theme; the one there is, if there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    qInstallMessageHandler(_on_qt_message)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Viva Voce")
    app.setOrganizationName("Viva Voce")
    app.setDesktopFileName("vivavoce")
    preferences = Preferences()
    language.install(app, preferences.text("look/language", language.SYSTEM))
    theme.apply(app, preferences.text("look/theme", "dark"))
    app.setWindowIcon(icons.icon("app"))
    return app


def run(files: list[Path]) -> int:
    """Open the window, and return its exit status when it is closed."""
    logging.basicConfig(level=os.environ.get("VIVAVOCE_LOG", "WARNING").upper(), format="%(levelname)s %(name)s: %(message)s")
    sys.setswitchinterval(SWITCH_S)
    app = make_application()
    gl_contexts.register()
    window = MainWindow(files)
    window.faults.watch()
    with _ctrl_c(window):
        window.show()
        status = app.exec()
    window.faults.unwatch()
    window.deleteLater()
    return status


@contextlib.contextmanager
def _ctrl_c(window: MainWindow) -> Iterator[None]:
    """Ctrl-C in the terminal ends the window as closing it does, keeping an untitled project for the next start."""

    def end(number: int, frame: object) -> None:
        window.files.keep_untitled = True
        QTimer.singleShot(0, window.close)

    before = {s: signal.signal(s, end) for s in (signal.SIGINT, signal.SIGTERM)}
    # Python looks at signals only between its own instructions: let it have some.
    heartbeat = QTimer()
    heartbeat.start(200)
    heartbeat.timeout.connect(lambda: None)
    try:
        yield
    finally:
        heartbeat.stop()
        for number, handler in before.items():
            signal.signal(number, handler)
