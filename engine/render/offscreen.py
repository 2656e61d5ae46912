"""Pictures without a window: for export, thumbnails, screenshots and where a GL widget shows nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.core.channels import CHANNELS
from engine.core.errors import InvalidInput
from engine.core.jobs import SILENT, Job
from engine.core.person import Person
from engine.project.stage import Placement, Stage
from engine.render import driver
from engine.render.actor import Actor, Member, Prepared, View
from engine.render.camera import Camera
from engine.render.edges import smooth_edges
from engine.render.egl import Context, EglContext
from engine.render.gathering import Gathering, straight_alpha, straight_alpha_of_light, to_bytes
from engine.render.gl import GLError, Target
from engine.render.ground import Rgb
from engine.render.levels import Level, level_of, lower, shortfalls
from engine.render.renderer import Renderer
from engine.render.sampling import Jitter, passes

SMALLEST, LARGEST = 16, 4096
BATCH = 16  # frames posed at once
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)

log = logging.getLogger(__name__)
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


@dataclass(frozen=True, eq=False)
class Drawn:
    """What a drawing thread leaves to be finished: one picture, or two for alpha, before black and before white; bottom row first.

    Args:
        pictures: raw pixels uint8 [H, W, 4] each, or linear light float32 [H, W, 3].
    """

    pictures: tuple[NDArray[Any], ...]


class Offscreen:
    """A renderer with a context, a framebuffer and a thread of its own, so that it stands beside whatever else draws; callable from any thread.

    Args:
        width: pixels, 16 to 4096.
        height: pixels, 16 to 4096.
        level: how finely, one of `levels.LEVELS` or a name of one.
        samples: samples per pixel for smooth edges; where the driver cannot, or for 1, edges are smoothed in the finished picture. None
            for the level's on a GPU and 1 in software, where more take twice the time.
        make: of the renderer.

    Attributes:
        level: as the driver draws it.
        notices: what of the wanted level this driver does not draw, in words for a person.
        description: version and renderer of the driver.
        software: it draws on the processor.

    Raises:
        InvalidInput: the size or the level.
        EngineError: no GL here; the message names the remedy.
    """

    def __init__(
        self,
        width: int,
        height: int,
        level: str | Level = "standard",
        samples: int | None = None,
        make: Callable[[Level], Any] = Renderer,
    ) -> None:
        check_size(width, height)
        self.size = (width, height)
        self.level = level_of(level)
        self.description = ""
        self.software = False
        self.notices: tuple[str, ...] = ()
        self._closed = False
        # One thread for all of it: the caller's may have another library's context current, which some drivers do not put aside.
        self._thread = ThreadPoolExecutor(1, "draw")
        try:
            self._thread.submit(self._start, _make_context, samples, make).result()
        except BaseException:
            self._thread.shutdown()
            self._closed = True
            raise

    def _start(self, make: Callable[[], Context], samples: int | None, make_renderer: Callable[[Level], Any]) -> None:
        with ExitStack() as owned:
            context = make()
            owned.callback(context.close)
            owned.enter_context(context.current())
            able = driver.measured()
            self.description, self.software = able.name, able.software
            self.level, self.notices = driver.fitting(self.level, able)
            self._renderer = self._made(make_renderer)
            owned.callback(lambda: self._renderer.close())
            self._target = Target(*self.size, (1 if self.software else self.level.samples) if samples is None else samples)
            owned.callback(lambda: self._target.close())
            self._owned = owned.pop_all()

    def _made(self, make: Callable[[Level], Any]) -> Any:
        """The renderer for the highest level that the driver takes."""
        while True:
            try:
                return make(self.level)
            except GLError as error:
                below = lower(self.level)
                if below is None:
                    raise
                log.warning("level %s: %s", self.level.name, error)
                self.notices += (f"this graphics driver cannot draw the level {self.level.name}; pictures have the level {below.name}",)
                self.level = below

    def __enter__(self) -> Offscreen:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def renderer(self) -> Any:
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

    def render(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera) -> NDArray[np.uint8]:
        """One picture.

        Args:
            members: who is in it; or posed vertices of Ada, float32 [V, 3] metres.
            view: from where and in what light; or a camera, for the usual light.

        Returns:
            uint8 [H, W, 3], sRGB, top row first.

        Raises:
            InvalidInput: not the actor's vertices, or closed.
        """
        return self.render_prepared(self.prepare(members, view))

    def prepare(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera) -> Prepared:
        """The part of `render` that needs no GL, on the calling thread."""
        out: Prepared = self._renderer.prepare(members, view)
        return out

    def render_alpha(self, members: Sequence[Member] | NDArray[np.float32], view: View | Camera) -> NDArray[np.uint8]:
        """One picture with alpha, for a stage whose background is transparent.

        Args:
            members: as `render` takes them.
            view: as `render` takes it.

        Returns:
            uint8 [H, W, 4], sRGB and alpha that is not multiplied in, top row first.

        Raises:
            InvalidInput: not the actor's vertices, or closed.
        """
        return self.finish(self.draw(self.prepare(members, view), alpha=True).result())

    def render_prepared(self, frame: Any) -> NDArray[np.uint8]:
        """As `render`, of what `prepare` gave."""
        return self.finish(self.draw(frame).result())

    def draw(self, frame: Any, alpha: bool = False, stop: Callable[[], bool] | None = None) -> Future[Any]:
        """Begin the part of `render`, or of `render_alpha`, that needs GL; it gives a `Drawn` for `finish`.

        Args:
            frame: of `prepare`.
            alpha: as `render_alpha`.
            stop: asked between passes; where it says True there will be None in place of a `Drawn`.

        Raises:
            InvalidInput: closed.
        """
        return self._submit(self._draw, frame, alpha, stop)

    def _draw(self, frame: Any, alpha: bool, stop: Callable[[], bool] | None) -> Drawn | None:
        grounds = (BLACK, WHITE) if alpha else (None,)
        jitters = passes(self.level.passes)
        if len(jitters) == 1:
            return Drawn(tuple(self._pass(frame, jitters[0], ground) for ground in grounds))
        gathered = tuple(Gathering(self.size) for _ in grounds)
        for jitter in jitters:
            if stop is not None and stop():
                return None
            for ground, gathering in zip(grounds, gathered, strict=True):
                gathering.add(self._pass(frame, jitter, ground))
        return Drawn(tuple(gathering.light() for gathering in gathered))

    def _pass(self, frame: Any, jitter: Jitter, ground: Rgb | None) -> NDArray[np.uint8]:
        self._target.bind()
        if isinstance(frame, Prepared):
            self._renderer.draw_prepared(frame, self.size, jitter, ground)
        else:
            self._renderer.draw_prepared(frame, self.size)
        return self._target.read()

    def finish(self, drawn: Drawn) -> NDArray[np.uint8]:
        """What `draw` gave, which is used up, as a picture; on the calling thread."""
        first = drawn.pictures[0]
        if first.dtype == np.uint8 and self.samples == 1:
            for pixels in drawn.pictures:
                smooth_edges(pixels)
        if len(drawn.pictures) == 2:
            join = straight_alpha if first.dtype == np.uint8 else straight_alpha_of_light
            return np.ascontiguousarray(join(*drawn.pictures)[::-1])
        return np.ascontiguousarray((first if first.dtype == np.uint8 else to_bytes(first))[::-1, :, :3])

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


@dataclass(frozen=True, eq=False)
class Role:
    """One character of a film.

    Args:
        actor: who.
        values: channel values [T, 63].
        placement: where they stand.

    Raises:
        InvalidInput: the shape of the values.
    """

    actor: Actor
    values: NDArray[np.float32]
    placement: Placement = Placement()  # noqa: RUF009  frozen

    def __post_init__(self) -> None:
        shape = np.shape(self.values)
        if len(shape) != 2 or shape[1] != len(CHANNELS):
            raise InvalidInput(f"channel values must be [T, {len(CHANNELS)}], got {list(shape)}", "give every channel of engine.core.channels")


def render_frames(
    cast: Sequence[Role],
    view_of_frame: Callable[[int], View],
    size: tuple[int, int],
    job: Job = SILENT,
    level: str | Level = "standard",
    alpha: bool = False,
    tell: Callable[[str], None] | None = None,
) -> Iterator[NDArray[np.uint8]]:
    """Pictures of a motion, one after another; the next are posed and drawn while the caller works on this one.

    Args:
        cast: who is in it, all for as many frames.
        view_of_frame: the view of each frame.
        size: width and height in pixels.
        job: asked before every frame whether to stop.
        level: how finely, one of `levels.LEVELS` or a name of one.
        alpha: give alpha too, for a transparent background.
        tell: is told, once each, what of the level or of the stage is not drawn here.

    Returns:
        an iterator of uint8 [H, W, 3], sRGB, top row first, or [H, W, 4] with alpha that is not multiplied in; close it to stop early.

    Raises:
        InvalidInput: no cast, its lengths differ, the size or the level.
        EngineError: no GL here (from the iterator).
        Cancelled: the job was cancelled (from the iterator).
    """
    check_size(*size)
    lengths = {len(role.values) for role in cast}
    if len(lengths) != 1:
        raise InvalidInput(f"the roles of a film are {sorted(lengths)} frames long", "give at least one role, and all for as many frames")
    return _frames(_Film(tuple(cast), view_of_frame, size, level_of(level), alpha, tell), job)


@dataclass(frozen=True, eq=False)
class _Film:
    cast: tuple[Role, ...]
    view_of_frame: Callable[[int], View]
    size: tuple[int, int]
    level: Level
    alpha: bool
    tell: Callable[[str], None] | None


def _frames(film: _Film, job: Job) -> Iterator[NDArray[np.uint8]]:
    cast = film.cast
    with Offscreen(*film.size, film.level) as offscreen, ThreadPoolExecutor(1, "pose") as poser:
        count = len(cast[0].values)
        for notice in offscreen.notices + (shortfalls(offscreen.level, film.view_of_frame(0).stage) if count else ()):
            if film.tell is not None:
                film.tell(notice)

        def posed(first: int) -> list[Prepared]:
            last = min(first + BATCH, count)
            vertices = [role.actor.pose(np.asarray(role.values[first:last], np.float32)) for role in cast]
            members = [
                [Member(role.actor, np.asarray(role.values[first + k], np.float32), v[k], role.placement) for role, v in zip(cast, vertices, strict=True)]
                for k in range(last - first)
            ]
            return [offscreen.prepare(shown, film.view_of_frame(first + k)) for k, shown in enumerate(members)]

        drawing: Future[Drawn] | None = None
        posing = poser.submit(posed, 0)
        for first in range(0, count, BATCH):
            frames = posing.result()
            if first + BATCH < count:
                posing = poser.submit(posed, first + BATCH)
            for frame in frames:
                job.check()
                before, drawing = drawing, offscreen.draw(frame, film.alpha)
                if before is not None:
                    yield offscreen.finish(before.result())
        if drawing is not None:
            yield offscreen.finish(drawing.result())


def still(
    values: NDArray[np.float32],
    camera: Camera | None,
    size: tuple[int, int],
    person: Person | None = None,
    stage: Stage | None = None,
    level: str | Level = "standard",
) -> NDArray[np.uint8]:
    """One picture of one pose, for thumbnails and screenshots.

    Args:
        values: channel values [63].
        camera: where from; the stage's when None.
        size: width and height in pixels.
        person: who; Ada when None.
        stage: light and background; the usual when None.
        level: how finely.

    Returns:
        uint8 [H, W, 3], sRGB, top row first.

    Raises:
        InvalidInput: the shape of `values`, the size or the level.
        EngineError: no GL here.
    """
    stage = stage or Stage()
    member = Member(Actor.of(person or Person()), np.asarray(values, np.float32))
    with Offscreen(*size, level) as offscreen:
        return offscreen.render([member], View(camera, stage) if camera is not None else View.of(stage))
