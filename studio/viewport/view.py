"""The viewport: shows the head at the player's position, from a camera that the mouse moves."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from engine.core.channels import CHANNELS
from engine.core.motion import MotionClip
from studio.playback.player import Player
from studio.viewport.playout import Playout
from studio.viewport.presenters import GLView, PixelView, is_software
from studio.viewport.quality import FULL, Fineness, Quality
from studio.viewport.worker import Picture, PictureWorker, Request

if TYPE_CHECKING:
    from engine.render.camera import Camera
    from engine.render.renderer import Renderer

ORBIT_RAD_PER_PX = 0.008
DOLLY_PER_NOTCH = 0.9
_REST_MS = 120  # after the last change, the picture is drawn once more at full fineness
_LIVE_S = 0.04  # between pictures while something is dragged
_NO_WINDOW_GL = ("offscreen", "minimal", "vnc", "linuxfb")
PRESENTERS = ("auto", "native", "pixels")


class Viewport(QWidget):
    """Shows the head.

    Signals:
        described(text): what draws, for the status bar.
        failed(error): nothing can be drawn here.
        first_picture(): the head is on screen.
        painted(): another picture is.
    """

    described = Signal(str)
    failed = Signal(object)
    first_picture = Signal()
    painted = Signal()

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._motion: MotionClip | None = None
        self._camera: Camera | None = None
        self._worker: PictureWorker | None = None
        self._playout = Playout(player)
        self._playback = 0  # number of the last playback: pictures of one before come too late
        self._quality = Quality()
        self._last = QPointF()
        self._shown_once = False
        self.drawn_with = ""
        self.setObjectName("viewport")
        self.setAccessibleName("Viewport")
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._view: PixelView | GLView = PixelView(self)
        self._adopt_view(self._view)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(lambda: self._ask(FULL))
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing_changed)
        player.course_changed.connect(lambda: self._on_playing_changed(player.playing))

    # Starting and ending.

    def start(self) -> None:
        """Load the renderer; call once the window is on screen."""
        from engine.render.camera import Camera

        self._camera = self._camera or Camera.front()
        if self._wanted() == "native":
            self._go_native()
        else:
            self._start_worker()

    def close_renderer(self) -> None:
        """End the worker."""
        self._rest.stop()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    @staticmethod
    def _wanted() -> str:
        wanted = os.environ.get("VIVAVOCE_PRESENTER", "auto")
        return "pixels" if QGuiApplication.platformName() in _NO_WINDOW_GL else wanted if wanted in PRESENTERS else "auto"

    def _start_worker(self, renderer: Renderer | None = None) -> None:
        self.close_renderer()
        worker = PictureWorker(renderer.prepare if renderer is not None else None, self)
        worker.drawn.connect(self._on_drawn)
        worker.started.connect(self._on_started)
        worker.failed.connect(self.failed)
        self._worker = worker
        worker.start()
        self._ask(self._quality.fineness)

    def _on_started(self, description: str) -> None:
        if not description:
            return
        self.drawn_with = description
        self.described.emit(description)
        if self._wanted() == "auto" and not is_software(description):
            self._go_native()

    def _go_native(self) -> None:
        """Let the graphics card draw into the window."""
        view = GLView(self)
        view.ready.connect(self._on_native_ready)
        view.failed.connect(lambda _: self._go_pixels())
        self._adopt_view(view)
        QTimer.singleShot(1500, lambda: None if view.isValid() or self._view is not view else self._go_pixels())

    def _on_native_ready(self, renderer: Renderer) -> None:
        self._start_worker(renderer)
        self.drawn_with = self.drawn_with or "the graphics card"
        self.described.emit(self.drawn_with)

    def _go_pixels(self) -> None:
        self._adopt_view(PixelView(self))
        self._start_worker()

    def _adopt_view(self, view: PixelView | GLView) -> None:
        if view is not self._view:
            self._layout.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
        self._view = view
        self._layout.addWidget(view)
        view.lower()
        view.painted.connect(self._on_painted)
        view.resized.connect(self.refresh)
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # What is shown.

    @property
    def native(self) -> bool:
        """True if a GL widget draws by itself."""
        return isinstance(self._view, GLView)

    @property
    def camera(self) -> Camera | None:
        """Where the picture is taken from; None until the engine is loaded."""
        return self._camera

    def set_motion(self, motion: MotionClip | None) -> None:
        """Show this motion; the face at rest where there is none."""
        self._motion = motion
        self.refresh()

    def set_camera(self, camera: Camera) -> None:
        """Look from here."""
        self._camera = camera
        self.refresh()

    def reset_camera(self) -> None:
        """The default view."""
        if self._camera is not None:
            self.set_camera(self._camera.reset())

    def refresh(self) -> None:
        """Draw the position anew: at once as finely as keeps up, then in full."""
        if not self._player.playing:
            self._ask(self._quality.fineness)
            self._rest.start()

    def _values(self, frame: int) -> np.ndarray:
        if self._motion is None:
            return np.zeros(len(CHANNELS), np.float32)
        return self._motion.values[min(frame, len(self._motion) - 1)]

    def _request(self, frame: int, fineness: Fineness, count: int = -1) -> Request:
        assert self._camera is not None
        ratio = self.devicePixelRatioF()
        size = (round(self.width() * ratio), round(self.height() * ratio))
        return Request(self._values(frame), self._camera, size, fineness, frame, count, self._playback)

    def _ask(self, fineness: Fineness) -> None:
        if self._worker is not None and self._camera is not None and not self._player.playing:
            self._worker.ask(self._request(self._player.frame, fineness))

    # Playing.

    def _on_moved(self, position_s: float) -> None:
        if self._player.playing:
            self._pump()
        else:
            self.refresh()

    def _on_playing_changed(self, playing: bool) -> None:
        if playing:
            self._rest.stop()
            self._playback += 1
            self._playout.begin()
            self._pump()
        else:
            self.refresh()

    def _pump(self) -> None:
        """Show what is due, and have the next frame drawn."""
        picture = self._playout.due()
        if picture is not None:
            self._view.show_picture(picture)
        if self._worker is None or self._camera is None or not self._worker.free:
            return
        wanted = self._playout.next_frame()
        if wanted is not None:
            self._worker.ask(self._request(wanted[1], self._quality.fineness, wanted[0]))

    def _on_drawn(self, picture: Picture) -> None:
        request = picture.request
        live = request.playing or request.fineness != FULL
        if live and not self.native:
            budget_s = float(1 / self._player.rate) if request.playing else _LIVE_S
            self._quality.note(request.fineness, picture.took_s, budget_s)
        if not request.playing:
            if not self._player.playing:
                self._view.show_picture(picture)
        elif self._player.playing and request.playback == self._playback:
            self._playout.arrived(request.count, picture, time.perf_counter() - request.asked_s)
            self._pump()

    def _on_painted(self, request: Request) -> None:
        if request.playing and request.playback == self._playback:
            self._player.note_shown(request.frame)
        if not self._shown_once:
            self._shown_once = True
            self.first_picture.emit()
        self.painted.emit()

    # The mouse.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to orbit, pan or dolly."""
        self._last = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Left orbits, middle pans, right dollies; with Alt too."""
        delta = event.position() - self._last
        self._last = event.position()
        if self._camera is None:
            return
        buttons = event.buttons()
        if buttons & Qt.MouseButton.LeftButton:
            self.set_camera(self._camera.orbited(-delta.x() * ORBIT_RAD_PER_PX, delta.y() * ORBIT_RAD_PER_PX))
        elif buttons & Qt.MouseButton.MiddleButton:
            height = max(1, self.height())
            self.set_camera(self._camera.panned(delta.x() / height, -delta.y() / height))
        elif buttons & Qt.MouseButton.RightButton:
            self.set_camera(self._camera.dollied(float(np.exp((delta.y() - delta.x()) * 0.006))))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The default view."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_camera()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Dolly."""
        if self._camera is not None:
            self.set_camera(self._camera.dollied(DOLLY_PER_NOTCH ** (event.angleDelta().y() / 120)))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw at the new size."""
        super().resizeEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Draw for another screen's pixels."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.refresh()
