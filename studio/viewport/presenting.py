"""What brings pictures on screen: the thread that makes them, and the widget that paints them or draws by itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from studio.stage.framing import Framing
from studio.viewport.presenters import GLView, PixelView, is_software
from studio.viewport.worker import PictureWorker

if TYPE_CHECKING:
    from engine.render.renderer import Renderer

_NO_WINDOW_GL = ("offscreen", "minimal", "vnc", "linuxfb")
_NATIVE_WITHIN_MS = 1500  # a GL widget that is not there by then does not come
PRESENTERS = ("auto", "native", "pixels")


def _wanted() -> str:
    """One of `PRESENTERS`."""
    wanted = os.environ.get("VIVAVOCE_PRESENTER", "auto")
    return "pixels" if QGuiApplication.platformName() in _NO_WINDOW_GL else wanted if wanted in PRESENTERS else "auto"


class Presenting(QObject):
    """Chooses who draws: the graphics card into the window, or a thread whose pictures are painted.

    Args:
        viewport: the widget to fill.
        framing: which part of it.

    Signals:
        described(text): what draws, for the status bar.
        failed(error): nothing can be drawn here.
        begun(): another worker is there, which has drawn nothing yet.
        drawn(picture): a picture is made.
        painted(request): a picture came on screen for the first time.
        resized(): another size is wanted.
    """

    described = Signal(str)
    failed = Signal(object)
    begun = Signal()
    drawn = Signal(object)
    painted = Signal(object)
    resized = Signal()

    def __init__(self, viewport: QWidget, framing: Framing) -> None:
        super().__init__(viewport)
        self._viewport, self._framing = viewport, framing
        self._apart = False  # two pictures at once
        self.drawn_with = ""
        self.worker: PictureWorker | None = None
        self.view: PixelView | GLView = PixelView(viewport)
        self._adopt(self.view)

    @property
    def native(self) -> bool:
        """True if a GL widget draws by itself."""
        return isinstance(self.view, GLView)

    def start(self) -> None:
        """Load the renderer."""
        if _wanted() == "native":
            self._go_native()
        else:
            self._start_worker()

    def close(self) -> None:
        """End the worker."""
        if self.worker is not None:
            self.worker.close()
            self.worker = None

    def place(self) -> None:
        """Put the picture where the framing has it."""
        rect = self._framing.rect
        if self.view.geometry() != rect:
            self.view.setGeometry(rect)

    def set_apart(self, apart: bool) -> None:
        """Two pictures at once, which are drawn off screen, whatever shows one; or one again."""
        if apart == self._apart:
            return
        self._apart = apart
        if self.worker is None:
            return
        if apart:
            if self.native:
                self._go_pixels()
        elif _wanted() == "native" or (_wanted() == "auto" and self.drawn_with and not is_software(self.drawn_with)):
            self._go_native()

    def _start_worker(self, renderer: Renderer | None = None) -> None:
        self.close()
        worker = PictureWorker(renderer.prepare if renderer is not None else None, self)
        worker.drawn.connect(self.drawn)
        worker.started.connect(self._on_started)
        worker.failed.connect(self.failed)
        self.worker = worker
        worker.start()
        self.begun.emit()

    def _on_started(self, description: str) -> None:
        if not description:
            return
        self.drawn_with = description
        self.described.emit(description)
        if _wanted() == "auto" and not is_software(description) and not self._apart:
            self._go_native()

    def _go_native(self) -> None:
        """Let the graphics card draw into the window."""
        view = GLView(self._viewport)
        view.ready.connect(self._on_native_ready)
        view.failed.connect(lambda _: self._go_pixels())
        self._adopt(view)
        QTimer.singleShot(_NATIVE_WITHIN_MS, self, lambda: self._go_pixels() if self.view is view and not view.isValid() else None)

    def _on_native_ready(self, renderer: Renderer) -> None:
        self._start_worker(renderer)
        self.drawn_with = self.drawn_with or QCoreApplication.translate("Viewport", "the graphics card")
        self.described.emit(self.drawn_with)

    def _go_pixels(self) -> None:
        self._adopt(PixelView(self._viewport))
        self._start_worker()

    def _adopt(self, view: PixelView | GLView) -> None:
        if view is not self.view:
            self.view.hide()
            self.view.deleteLater()
        self.view = view
        view.setGeometry(self._framing.rect)
        view.show()
        view.lower()
        view.painted.connect(self.painted)
        view.resized.connect(self.resized)
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
