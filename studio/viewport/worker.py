"""The thread that poses and draws the head, so that the window stays awake. It keeps one request waiting: the newest."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from engine.core.channels import HEAD, indices
from engine.core.errors import EngineError
from studio.viewport.landmarks import Landmarks, Places
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
        count: of the frame along the way and through loops in a playback; None outside one.
        playback: which playback it belongs to.
        other: channel values [63] of the motion to compare with; None to compare nothing.
        compare: `side` to draw the other beside it, `difference` to draw how far apart they are.
        asked_s: when, by the performance counter.
    """

    values: NDArray[np.float32]
    camera: Camera
    size: tuple[int, int]
    fineness: Fineness = FULL
    frame: int = -1
    count: int | None = None
    playback: int = 0
    other: NDArray[np.float32] | None = None
    compare: str = ""
    asked_s: float = field(default_factory=time.perf_counter)

    @property
    def playing(self) -> bool:
        """True for a frame of a playback."""
        return self.count is not None


@dataclass(frozen=True, eq=False)
class Picture:
    """One picture made.

    Args:
        request: what was asked for.
        image: at the size asked for; None where the widget draws by itself.
        prepared: what the widget's renderer draws; None where the image is there.
        took_s: to make it.
        places: where the handles are.
        apart_mm: how far the two motions are apart where it is most; 0 where they are not compared.
    """

    request: Request
    image: QImage | None
    prepared: Frame | None
    took_s: float = 0.0
    places: Places | None = None
    apart_mm: float = 0.0


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
        self.moves: dict[str, NDArray[np.float32]] = {}  # of the handles, by channel; there once it has started
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
        self.moves = artist.moves
        self.started.emit(artist.description)
        while (request := self._take()) is not None:
            began = time.perf_counter()
            picture = artist.draw(request)
            self.drawn.emit(replace(picture, took_s=time.perf_counter() - began))


class _Artist:
    """What the worker's thread owns: the rig and an off-screen renderer for each number of samples."""

    def __init__(self, prepare: Prepare | None) -> None:
        import torch

        from engine.head.rig import HeadRig

        self._no_grad = torch.no_grad
        self._prepare = prepare
        self._rig = HeadRig()
        self._offscreen: dict[int, Offscreen] = {}
        self._landmarks = Landmarks(self._rig.asset)
        self._heat: Offscreen | None = None
        self.moves = self._landmarks.moves
        self.description = "" if prepare is not None else self._with(1, (64, 64)).description

    def _with(self, samples: int, size: tuple[int, int]) -> Offscreen:
        from engine.render.offscreen import Offscreen

        found = self._offscreen.get(samples)
        if found is None:
            found = self._offscreen[samples] = Offscreen(*size, samples=samples)
        elif found.size != size:
            found.resize(*size)
        return found

    def draw(self, request: Request) -> Picture:
        """A picture, or what a GL widget's renderer draws."""
        both = _both(request)
        with self._no_grad():
            posed = self._rig.pose(both).numpy()
        vertices, places = posed[0], self._landmarks(posed[0])
        if self._prepare is not None:
            return Picture(request, None, self._prepare(vertices, request.camera), places=places)
        size = _clamped(request.size, request.fineness.scale)
        apart_mm = 0.0
        if request.compare == "side" and len(posed) > 1:
            half = ((size[0] + 1) // 2, size[1])
            offscreen = self._with(request.fineness.samples, half)
            pixels = np.concatenate([offscreen.render(v, request.camera) for v in posed], 1)[:, : size[0]]
        elif request.compare == "difference" and len(posed) > 1:
            pixels, apart_mm = self._difference(posed, request, size)
        else:
            pixels = self._with(request.fineness.samples, size).render(vertices, request.camera)
        return Picture(request, _image(pixels, request.size), None, places=places, apart_mm=apart_mm)

    def _difference(self, posed: NDArray[np.float32], request: Request, size: tuple[int, int]) -> tuple[NDArray[np.uint8], float]:
        from engine.render.heat import heat_offscreen, render_heat

        if self._heat is None:
            self._heat = heat_offscreen(*size)
        elif self._heat.size != size:
            self._heat.resize(*size)
        return render_heat(self._heat, posed[0], posed[1], request.camera)

    def close(self) -> None:
        """Give the contexts back."""
        for offscreen in (*self._offscreen.values(), *((self._heat,) if self._heat is not None else ())):
            offscreen.close()


def _both(request: Request) -> NDArray[np.float32]:
    """Channel values to pose, [1 or 2, 63]. Where the difference is drawn the heads are held alike: it would be all that is seen."""
    if request.other is None:
        return request.values[None]
    both = np.stack([request.values, request.other])
    if request.compare == "difference":
        head = indices(HEAD)
        both[1, head] = both[0, head]
    return both


def _clamped(size: tuple[int, int], scale: float) -> tuple[int, int]:
    width, height = (max(16, min(4096, round(side * scale))) for side in size)
    return width, height


def _image(pixels: NDArray[np.uint8], size: tuple[int, int]) -> QImage:
    """Scaled and in the screen's own format here: for the window's thread a copy is left to do."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, width * 3, QImage.Format.Format_RGB888).convertToFormat(QImage.Format.Format_RGB32)
    if (width, height) != size:
        image = image.scaled(*size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image
