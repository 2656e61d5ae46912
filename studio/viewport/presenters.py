"""The two ways a picture comes on screen: pixels painted by a plain widget, or drawn by a GL widget itself."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent, QSurfaceFormat
from PySide6.QtOpenGLWidgets import QOpenGLWidget
from PySide6.QtWidgets import QWidget

from engine.core.errors import EngineError
from studio import theme
from studio.viewport.worker import Picture, Request

if TYPE_CHECKING:
    from engine.render.renderer import Renderer

_BACKGROUND = "#2a2b2e"  # about what the renderer draws at its edges, until there is a picture
_SAMPLES = 4
_SLOW_S, _PATIENCE = 0.05, 8  # a picture that takes longer is slow; so many in a row, and they are drawn less finely
_SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swr", "software", "microsoft basic render")


def is_software(description: str) -> bool:
    """True for a GL that draws on the processor: it must not do so on the window's thread."""
    return any(name in description.lower() for name in _SOFTWARE)


class PixelView(QWidget):
    """Paints pictures made elsewhere.

    Signals:
        painted(request): a picture came on screen for the first time.
        resized(): another size is wanted.
    """

    painted = Signal(object)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pixelView")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._image: QImage | None = None
        self._new: Request | None = None

    @property
    def image(self) -> QImage | None:
        """What is on screen."""
        return self._image

    def show_picture(self, picture: Picture) -> None:
        """Put a picture on screen."""
        if picture.image is None:
            return
        self._image = picture.image
        self._new = picture.request
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture over the whole widget."""
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(self.rect(), QColor(_BACKGROUND))
            return
        painter.drawImage(QRect(0, 0, self.width(), self.height()), self._image)
        painter.end()
        if self._new is not None:
            request, self._new = self._new, None
            self.painted.emit(request)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new size."""
        self.resized.emit()


class GLView(QOpenGLWidget):
    """Draws prepared frames with the graphics card.

    Signals:
        painted(request): a picture came on screen for the first time.
        resized(): another size is wanted.
        ready(renderer): it can prepare frames now.
        failed(error): the driver refused.
    """

    painted = Signal(object)
    resized = Signal()
    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glView")
        form = QSurfaceFormat()
        form.setVersion(2, 1)
        form.setProfile(QSurfaceFormat.OpenGLContextProfile.CompatibilityProfile)
        form.setDepthBufferSize(24)
        form.setSamples(_SAMPLES)
        self.setFormat(form)
        self._renderer: Renderer | None = None
        self._picture: Picture | None = None
        self._new: Request | None = None
        self._level = "standard"
        self._able: Any = None
        self._began_s = 0.0
        self._slow = 0  # pictures in a row that took too long
        self.frameSwapped.connect(self._on_swapped)

    def initializeGL(self) -> None:
        """Make the renderer in the widget's context."""
        from engine.render.driver import measured

        self._able = measured()
        self._level = "standard" if self._able.software else "high"
        if self._make():
            self.context().aboutToBeDestroyed.connect(self._on_context_gone)

    def _make(self) -> bool:
        """The renderer for the level; False where the driver refuses it."""
        from engine.render.driver import fitting
        from engine.render.levels import LEVELS
        from engine.render.renderer import Renderer

        if self._renderer is not None:
            self._renderer.close()
        self._renderer = self._picture = None
        try:
            self._renderer = Renderer(fitting(LEVELS[self._level], self._able)[0])
        except EngineError as error:
            self.failed.emit(error)
            return False
        self.ready.emit(self._renderer)
        return True

    def _on_context_gone(self) -> None:
        self.makeCurrent()
        if self._renderer is not None:
            self._renderer.close()
            self._renderer = None
        self.doneCurrent()

    def show_picture(self, picture: Picture) -> None:
        """Draw this from now on."""
        if picture.prepared is None:
            return
        self._picture = picture
        self._new = picture.request
        self.update()

    def paintGL(self) -> None:
        """Draw the frame."""
        picture = self._picture
        if self._renderer is None or picture is None or picture.prepared is None:
            functions: Any = self.context().functions()
            colour = theme.colour(_BACKGROUND)
            functions.glClearColor(colour.redF(), colour.greenF(), colour.blueF(), 1.0)
            functions.glClear(0x4000)
            return
        ratio = self.devicePixelRatioF()
        self._began_s = time.perf_counter()
        try:
            self._renderer.draw_prepared(picture.prepared, (round(self.width() * ratio), round(self.height() * ratio)))
        except EngineError as error:
            self.failed.emit(error)

    def _coarser(self) -> None:
        """A level down after several pictures that took too long."""
        below = {"high": "standard", "standard": "draft"}.get(self._level)
        if below is not None:
            self._level, self._slow = below, 0
            self.makeCurrent()
            self._make()
            self.doneCurrent()

    def _on_swapped(self) -> None:
        if self._began_s:
            took_s, self._began_s = time.perf_counter() - self._began_s, 0.0
            self._slow = self._slow + 1 if took_s > _SLOW_S else 0
            if self._slow >= _PATIENCE:
                self._coarser()
        if self._new is not None:
            request, self._new = self._new, None
            self.painted.emit(request)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Nothing has to be asked for: the widget draws at its size."""
        super().resizeEvent(event)
        self.resized.emit()
