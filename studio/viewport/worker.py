"""The thread that poses and draws the head, so that the window stays awake. It keeps one request waiting: the newest."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from engine.core.errors import EngineError
from studio.viewport.quality import FULL, Fineness

if TYPE_CHECKING:
    from engine.render.camera import Camera
    from engine.render.frame import Frame
    from engine.render.offscreen import Offscreen

log = logging.getLogger(__name__)
Prepare = Callable[[NDArray[np.float32], "Camera"], "Frame"]


@dataclass(frozen=True, eq=False)
class Request:
    """One picture asked for.

    Args:
        values: channel values [63].
        camera: where from.
        size: width and height in device pixels at full fineness.
        fineness: how finely.
        frame: of the line; -1 for none.
        count: of the frame through loops in a playback; -1 outside one.
        playback: which playback it belongs to.
        asked_s: when, by the performance counter.
    """

    values: NDArray[np.float32]
    camera: Camera
    size: tuple[int, int]
    fineness: Fineness = FULL
    frame: int = -1
    count: int = -1
    playback: int = 0
    asked_s: float = field(default_factory=time.perf_counter)

    @property
    def playing(self) -> bool:
        """True for a frame of a playback."""
        return self.count >= 0


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture made.

    Args:
        request: what was asked for.
        image: at the size asked for; None where the widget draws by itself.
        prepared: what the widget's renderer draws; None where the image is there.
        took_s: to make it.
    """

    request: Request
    image: QImage | None
    prepared: Frame | None
    took_s: float


class PictureWorker(QObject):
    """Draws on a thread of its own.

    Args:
        prepare: for a GL widget that draws by itself: what its renderer does to posed vertices before drawing. None to make pictures.

    Signals:
        drawn(picture): in the order of the requests.
        started(description): the renderer is there, and what it draws with.
        failed(error): there is no renderer; nothing will be drawn.
    """

    drawn = Signal(object)
    started = Signal(str)
    failed = Signal(object)

    def __init__(self, prepare: Prepare | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prepare = prepare
        self._wake = threading.Condition()
        self._waiting: Request | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="viewport", daemon=True)

    def start(self) -> None:
        """Load the engine and be ready."""
        self._thread.start()

    def close(self) -> None:
        """End the thread and give the GL context back."""
        with self._wake:
            self._ended = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def free(self) -> bool:
        """True if a request made now replaces none."""
        return self._waiting is None

    def ask(self, request: Request) -> None:
        """Draw this next, in place of what waits."""
        with self._wake:
            self._waiting = request
            self._wake.notify()

    def _take(self) -> Request | None:
        with self._wake:
            self._wake.wait_for(lambda: self._ended or self._waiting is not None)
            request, self._waiting = self._waiting, None
            return None if self._ended else request

    def _run(self) -> None:
        try:
            artist = _Artist(self._prepare)
            try:
                self._serve(artist)
            finally:
                artist.close()
        except EngineError as error:
            self.failed.emit(error)
        except Exception as error:  # the thread's last door: the window says that there is no picture, and why
            log.exception("the viewport's thread ended")
            self.failed.emit(error)

    def _serve(self, artist: _Artist) -> None:
        self.started.emit(artist.description)
        while (request := self._take()) is not None:
            began = time.perf_counter()
            image, prepared = artist.draw(request)
            self.drawn.emit(Picture(request, image, prepared, time.perf_counter() - began))


class _Artist:
    """What the worker's thread owns: the rig and an off-screen renderer for each number of samples."""

    def __init__(self, prepare: Prepare | None) -> None:
        import torch

        from engine.head.rig import HeadRig

        self._no_grad = torch.no_grad
        self._prepare = prepare
        self._rig = HeadRig()
        self._offscreen: dict[int, Offscreen] = {}
        self.description = "" if prepare is not None else self._with(1, (64, 64)).description

    def _with(self, samples: int, size: tuple[int, int]) -> Offscreen:
        from engine.render.offscreen import Offscreen

        found = self._offscreen.get(samples)
        if found is None:
            found = self._offscreen[samples] = Offscreen(*size, samples=samples)
        elif found.size != size:
            found.resize(*size)
        return found

    def draw(self, request: Request) -> tuple[QImage | None, Frame | None]:
        """An image, or what a GL widget's renderer draws."""
        with self._no_grad():
            vertices = self._rig.pose(request.values[None])[0].numpy()
        if self._prepare is not None:
            return None, self._prepare(vertices, request.camera)
        width, height = (max(16, min(4096, round(side * request.fineness.scale))) for side in request.size)
        pixels = self._with(request.fineness.samples, (width, height)).render(vertices, request.camera)
        # Scaled and in the screen's own format here: for the window's thread a copy is left to do.
        image = QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)
        if (width, height) != request.size:
            image = image.scaled(*request.size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        return image, None

    def close(self) -> None:
        """Give the contexts back."""
        for offscreen in self._offscreen.values():
            offscreen.close()
