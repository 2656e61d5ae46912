"""Pictures without a window: for export, thumbnails, screenshots and where a GL widget shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.head.look import Look
from engine.head.rig import HeadRig
from engine.render.camera import Camera
from engine.render.edges import smooth_edges
from engine.render.egl import Context, EglContext
from engine.render.frame import Frame
from engine.render.gl import Target, describe
from engine.render.renderer import Renderer

SMALLEST, LARGEST = 16, 4096
BATCH = 16  # frames posed at once
_SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "swrast", "gdi generic")

_T = TypeVar("_T")
_make_context: Callable[[], Context] = EglContext


def use_contexts(make: Callable[[], Context]) -> None:
    """Take GL contexts from `make` from now on: for systems without EGL, where the studio's helper makes them with Qt.

    `make` and all of the context's own methods run on the thread that draws, one for each `Offscreen`.
    """
    global _make_context
    _make_context = make


def check_size(width: int, height: int) -> None:
    """Refuse a picture size that cannot be drawn.

    Raises:
        InvalidInput: a side outside 16 to 4096 pixels.
    """
    for name, side in (("width", width), ("height", height)):
        if not SMALLEST <= side <= LARGEST:
            raise InvalidInput(f"the picture's {name} is {side} pixels", f"give {SMALLEST} to {LARGEST}")


class Offscreen:
    """A renderer with a context, a framebuffer and a thread of its own, so that it stands beside whatever else draws; callable from any thread.

    Args:
        width: pixels, 16 to 4096.
        height: pixels, 16 to 4096.
        samples: samples per pixel for smooth edges; where the driver cannot, or for 1, edges are smoothed in the finished picture. None
            for 4 on a GPU and 1 in software, where more take twice the time.
        appearance: what to draw; Ada's look when None.
        make: of the renderer.

    Raises:
        InvalidInput: the size.
        EngineError: no GL here; the message names the remedy.
    """

    def __init__(
        self,
        width: int,
        height: int,
        samples: int | None = None,
        appearance: Look | None = None,
        make: Callable[[Look | None], Renderer] = Renderer,
    ) -> None:
        check_size(width, height)
        self.size = (width, height)
        self.description = ""
        self._closed = False
        # One thread for all of it: the caller's may have another library's context current, which some drivers do not put aside.
        self._thread = ThreadPoolExecutor(1, "draw")
        try:
            self._thread.submit(self._start, _make_context, samples, lambda: make(appearance)).result()
        except BaseException:
            self._thread.shutdown()
            self._closed = True
            raise

    def _start(self, make: Callable[[], Context], samples: int | None, make_renderer: Callable[[], Renderer]) -> None:
        with ExitStack() as owned:
            context = make()
            owned.callback(context.close)
            owned.enter_context(context.current())
            self.description = describe()
            software = any(name in self.description.lower() for name in _SOFTWARE)
            self._target = Target(*self.size, (1 if software else 4) if samples is None else samples)
            owned.callback(lambda: self._target.close())
            self._renderer = make_renderer()
            owned.callback(self._renderer.close)
            self._owned = owned.pop_all()

    def __enter__(self) -> Offscreen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def renderer(self) -> Renderer:
        """What draws; only its parts that need no GL may be used."""
        return self._renderer

    @property
    def samples(self) -> int:
        """Samples per pixel that the driver gave."""
        return self._target.samples

    def resize(self, width: int, height: int) -> None:
        """Draw at another size from now on.

        Raises:
            InvalidInput: the size, or closed.
        """
        check_size(width, height)
        self._submit(self._resize, (width, height)).result()

    def _resize(self, size: tuple[int, int]) -> None:
        if size != self.size:
            target = Target(*size, self._target.samples)
            self._target.close()
            self._target, self.size = target, size

    def render(self, vertices: NDArray[np.float32], camera: Camera) -> NDArray[np.uint8]:
        """One picture.

        Args:
            vertices: posed head, float32 [V, 3] metres.
            camera: where from.

        Returns:
            uint8 [H, W, 3], sRGB, top row first.

        Raises:
            InvalidInput: not this head's vertices, or closed.
        """
        return self.render_prepared(self.prepare(vertices, camera))

    def prepare(self, vertices: NDArray[np.float32], camera: Camera) -> Frame:
        """The part of `render` that needs no GL, on the calling thread."""
        return self._renderer.prepare(vertices, camera)

    def render_prepared(self, frame: Frame) -> NDArray[np.uint8]:
        """As `render`, of what `prepare` gave."""
        return self.finish(self.draw(frame).result())

    def draw(self, frame: Frame) -> Future[NDArray[np.uint8]]:
        """Begin the part of `render` that needs GL; gives raw pixels uint8 [H, W, 4], bottom row first, for `finish`.

        Raises:
            InvalidInput: closed.
        """
        return self._submit(self._draw, frame)

    def _draw(self, frame: Frame) -> NDArray[np.uint8]:
        self._target.bind()
        self._renderer.draw_prepared(frame, self.size)
        return self._target.read()

    def finish(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Raw pixels of `draw`, which are used up, to a picture, on the calling thread."""
        if self.samples == 1:
            smooth_edges(pixels)
        return np.ascontiguousarray(pixels[::-1, :, :3])

    def _submit(self, work: Callable[..., _T], *arguments: Any) -> Future[_T]:
        if self._closed:
            raise InvalidInput("this off-screen renderer was closed", "make another")
        return self._thread.submit(work, *arguments)

    def close(self) -> None:
        """Give everything back; may be called again."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._owned.close)
            self._thread.shutdown()


def render_frames(
    values: NDArray[np.float32], rig: HeadRig, camera: Camera, size: tuple[int, int], job: Job = SILENT, samples: int | None = None
) -> Iterator[NDArray[np.uint8]]:
    """Pictures of a motion, one after another; the next are posed and drawn while the caller works on this one.

    Args:
        values: channel values [T, 63].
        rig: poses them.
        camera: where from.
        size: width and height in pixels.
        job: asked before every frame whether to stop.
        samples: per pixel, as `Offscreen` takes them.

    Returns:
        an iterator of uint8 [H, W, 3], sRGB, top row first; close it to stop early.

    Raises:
        InvalidInput: the shape of `values` or the size.
        EngineError: no GL here (from the iterator).
        Cancelled: the job was cancelled (from the iterator).
    """
    check_size(*size)
    values = np.asarray(values, np.float32)
    if values.ndim != 2 or values.shape[1] != len(CHANNELS):
        raise InvalidInput(f"channel values must be [T, {len(CHANNELS)}], got {list(values.shape)}", "give every channel of engine.core.channels")
    return _frames(values, rig, camera, size, job, samples)


def _frames(values: NDArray[np.float32], rig: HeadRig, camera: Camera, size: tuple[int, int], job: Job, samples: int | None) -> Iterator[NDArray[np.uint8]]:
    with Offscreen(*size, samples) as offscreen, ThreadPoolExecutor(1, "pose") as poser:

        def posed(first: int) -> list[Frame]:
            with torch.no_grad():
                vertices = rig.pose(values[first : first + BATCH]).cpu().numpy()
            return [offscreen.prepare(v, camera) for v in vertices]

        drawing: Future[NDArray[np.uint8]] | None = None
        posing = poser.submit(posed, 0)
        for first in range(0, len(values), BATCH):
            frames = posing.result()
            if first + BATCH < len(values):
                posing = poser.submit(posed, first + BATCH)
            for frame in frames:
                job.check()
                before, drawing = drawing, offscreen.draw(frame)
                if before is not None:
                    yield offscreen.finish(before.result())
        if drawing is not None:
            yield offscreen.finish(drawing.result())


def still(values: NDArray[np.float32], camera: Camera, size: tuple[int, int], rig: HeadRig | None = None) -> NDArray[np.uint8]:
    """One picture of one pose, for thumbnails and screenshots.

    Args:
        values: channel values [63].
        camera: where from.
        size: width and height in pixels.
        rig: poses them; Ada's when None.

    Returns:
        uint8 [H, W, 3], sRGB, top row first.

    Raises:
        InvalidInput: the shape of `values` or the size.
        EngineError: no GL here.
    """
    values = np.asarray(values, np.float32)
    if values.shape != (len(CHANNELS),):
        raise InvalidInput(f"channel values must be [{len(CHANNELS)}], got {list(values.shape)}", "give every channel of engine.core.channels")
    with torch.no_grad():
        vertices = (rig or HeadRig()).pose(values[None])[0].cpu().numpy()
    with Offscreen(*size) as offscreen:
        return offscreen.render(vertices, camera)
