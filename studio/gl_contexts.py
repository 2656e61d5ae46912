"""GL contexts made by Qt, for systems without EGL (macOS, Windows). The engine is handed the factory; it never imports Qt."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext, QSurfaceFormat

from engine.core.errors import EngineError

SURFACES = 4  # contexts at a time: the viewport's two, an export's, a screenshot's
_REMEDY = "bring the graphics driver up to date, then run `vivavoce doctor`"
_free: list[QOffscreenSurface] = []
_lock = threading.Lock()
_application: QGuiApplication | None = None


def _form() -> QSurfaceFormat:
    form = QSurfaceFormat()
    form.setVersion(2, 1)
    form.setProfile(QSurfaceFormat.OpenGLContextProfile.CompatibilityProfile)
    form.setDepthBufferSize(24)
    return form


class QtContext:
    """A GL context on a surface nobody sees; made and used on one thread.

    Raises:
        EngineError: the driver gives none.
    """

    def __init__(self) -> None:
        with _lock:
            if not _free:
                raise EngineError("no surface is left to draw off screen", "close an export that is under way")
            self._surface: QOffscreenSurface | None = _free.pop()
        self._context = QOpenGLContext()
        self._context.setFormat(_form())
        if not self._context.create():
            self.close()
            raise EngineError("the graphics driver gives no OpenGL context off screen", _REMEDY)

    @contextlib.contextmanager
    def current(self) -> Iterator[None]:
        """Current on this thread inside the `with`; what was current before comes back after it.

        Raises:
            EngineError: it is in use on another thread, or closed.
        """
        before = QOpenGLContext.currentContext()
        surface = before.surface() if before is not None else None
        if self._surface is None or not self._context.makeCurrent(self._surface):
            raise EngineError("the OpenGL context cannot be used here", _REMEDY)
        try:
            yield
        finally:
            self._context.doneCurrent()
            if before is not None and surface is not None:
                before.makeCurrent(surface)

    def close(self) -> None:
        """Give the surface back."""
        with _lock:
            if self._surface is not None:
                _free.append(self._surface)
            self._surface = None


def register(force: bool = False) -> None:
    """Hand the engine our contexts where the system has no EGL. Call on the main thread, which alone may make surfaces.

    Args:
        force: also where there is EGL.
    """
    global _application
    if sys.platform.startswith("linux") and not force:
        return
    if QCoreApplication.instance() is None:
        _application = QGuiApplication(sys.argv[:1])
    while len(_free) < SURFACES:
        surface = QOffscreenSurface()
        surface.setFormat(_form())
        surface.create()
        _free.append(surface)
    from engine.render.offscreen import use_contexts

    use_contexts(QtContext)
