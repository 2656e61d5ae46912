"""The thread that poses and draws the characters, so that the window stays awake. It keeps one request waiting: the newest."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from engine.core.channels import HEAD, indices
from engine.core.errors import EngineError, InvalidInput
from engine.core.person import Person
from engine.project.stage import Background, Placement, Stage
from studio.viewport.landmarks import Landmarks, Places
from studio.viewport.quality import BEST, BEST_AFTER_S, BEST_S, FULL, Fineness

if TYPE_CHECKING:
    from engine.render.actor import Member, Prepared, View
    from engine.render.camera import Camera
    from engine.render.offscreen import Drawn, Offscreen

log = logging.getLogger(__name__)
Prepare = Callable[["list[Member]", "View"], "Prepared"]
_ADA = Person()


@dataclass(frozen=True, eq=False)
class Standing:
    """Somebody in the picture.

    Args:
        person: who.
        values: channel values [63].
        placement: where they stand.
    """

    person: Person
    values: NDArray[np.float32]
    placement: Placement = Placement()  # noqa: RUF009  frozen


@dataclass(frozen=True, eq=False)
class Request:
    """One picture asked for.

    Args:
        values: channel values [63] of the character that is worked on.
        camera: where from.
        size: width and height in device pixels at full fineness.
        fineness: how finely.
        frame: of the line; -1 for none.
        count: of the frame along the way and through loops in a playback; None outside one.
        playback: which playback it belongs to.
        other: channel values [63] of the motion to compare with; None to compare nothing.
        compare: `side` to draw the other beside it, `difference` to draw how far apart they are.
        person: who is worked on.
        placement: where they stand.
        others: everybody else in the picture; left out where two motions are compared.
        stage: light, background and lens; its camera is not looked at.
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
    person: Person = _ADA
    placement: Placement = Placement()  # noqa: RUF009  frozen
    others: tuple[Standing, ...] = ()
    stage: Stage = Stage()  # noqa: RUF009  frozen
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
        notices: what of it is not drawn as it was asked for, in words for a person.
    """

    request: Request
    image: QImage | None
    prepared: Prepared | None
    took_s: float = 0.0
    places: Places | None = None
    apart_mm: float = 0.0
    notices: tuple[str, ...] = ()


class PictureWorker(QObject):
    """Draws on a thread of its own.

    Args:
        prepare: for a GL widget that draws by itself: what its renderer does with the members of a picture before drawing. None to make
            pictures.

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
        self._last: Request | None = None
        self._stale = threading.Event()  # set once the picture that is being improved is out of date
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

    def _take(self, wait_s: float | None = None) -> Request | None:
        """The next request; None at the end, or when none comes within `wait_s` seconds."""
        with self._wake:
            self._wake.wait_for(lambda: self._ended or self._waiting is not None, wait_s)
            request, self._waiting = self._waiting, None
            return None if self._ended else request

    def _run(self) -> None:
        try:
            artist = _Artist(self._prepare)
            with ThreadPoolExecutor(1, "best picture") as improving:
                try:
                    self._serve(artist, improving)
                finally:
                    self._stale.set()
                    improving.shutdown()
                    artist.close()
        except EngineError as error:
            self.failed.emit(error)
        except Exception as error:  # the thread's last door: the window says that there is no picture, and why
            log.exception("the viewport's thread ended")
            self.failed.emit(error)

    def _serve(self, artist: _Artist, improving: ThreadPoolExecutor) -> None:
        self.moves = artist.moves
        self.started.emit(artist.description)
        if self._prepare is None:
            artist.late.add(FULL.level)
            improving.submit(self._warm, artist)
        better: Request | None = None  # the last one, drawn as finely as can be if nothing else is asked for
        while not self._ended:
            request = self._take(BEST_AFTER_S if better is not None else None)
            if request is None:
                if better is not None and not self._ended:
                    self._stale = threading.Event()
                    improving.submit(self._improve, artist, better, self._stale)
                better = None
                continue
            self._stale.set()
            self._last = request
            began = time.perf_counter()
            picture = artist.draw(request)
            self.moves = artist.moves
            took_s = time.perf_counter() - began
            self.drawn.emit(replace(picture, took_s=took_s))
            better = request if artist.worth_more(request, took_s) else None

    def _warm(self, artist: _Artist) -> None:
        """Make the renderer of still pictures while the first ones are drawn in draft, then draw the last one again."""
        try:
            artist.warm(FULL.level)
        except EngineError as error:  # the thread itself will meet it, and say so
            log.warning("no finer pictures: %s", error)
        artist.late.discard(FULL.level)
        with self._wake:
            if self._waiting is None and self._last is not None and self._last.fineness == FULL and not self._last.playing:
                self._waiting = self._last
                self._wake.notify()

    def _improve(self, artist: _Artist, request: Request, stale: threading.Event) -> None:
        """Beside the thread, which goes on with what is asked for meanwhile."""
        try:
            picture = artist.draw_best(request, stale.is_set)
        except EngineError as error:
            log.warning("no finer picture: %s", error)
            return
        if picture is not None and not stale.is_set():
            self.drawn.emit(picture)


class _Artist:
    """What the worker's thread owns: an off-screen renderer for each level."""

    def __init__(self, prepare: Prepare | None) -> None:
        import torch

        from engine.render.actor import Actor, Member, View

        self._no_grad = torch.no_grad
        self._actor_of, self._member, self._view = Actor.of, Member, View
        self._prepare = prepare
        self._offscreen: dict[str, Offscreen] = {}
        self._landmarks = Landmarks(self._actor_of(_ADA).head)
        self._heat: Offscreen | None = None
        self._best: Offscreen | None = None
        self.late: set[str] = set()  # levels whose renderers are being made: until then they are drawn in draft
        self._turned = (0.0, self._landmarks.moves)
        self.description = "" if prepare is not None else self._with("draft", (64, 64)).description

    @property
    def moves(self) -> dict[str, NDArray[np.float32]]:
        """Of the handles, by channel, in the scene's space."""
        return self._turned[1]

    def _with(self, level: str, size: tuple[int, int]) -> Offscreen:
        from engine.render.offscreen import Offscreen

        level = "draft" if level in self.late else level
        found = self._offscreen.get(level)
        if found is None:
            found = self._offscreen[level] = Offscreen(*size, level)
        elif found.size != size:
            found.resize(*size)
        return found

    def warm(self, level: str) -> None:
        """Make the renderer of a level, and have it ready for Ada; may run on another thread."""
        from engine.render.offscreen import Offscreen

        made = Offscreen(64, 64, level)
        made.render([self._member(self._actor_of(_ADA))], self._view())
        self._offscreen[level] = made

    def draw(self, request: Request) -> Picture:
        """A picture, or what a GL widget's renderer draws; of a stage whose background cannot be read, with a plain one and a notice."""
        try:
            return self._drawn(request)
        except InvalidInput as error:
            if request.stage.background.kind != "picture":
                raise
            ground = Background(colour=request.stage.background.colour, edge=request.stage.background.edge)
            picture = self._drawn(replace(request, stage=replace(request.stage, background=ground)))
            return replace(picture, request=request, notices=(*picture.notices, str(error)))

    def _drawn(self, request: Request) -> Picture:
        from engine.render.levels import shortfalls

        cast, places = self._cast(request)
        view = self._view(request.camera, request.stage, checks=True)
        if self._prepare is not None:
            return Picture(request, None, self._prepare(cast[:1] + cast[2:] if request.other is not None else cast, view), places=places)
        size = _clamped(request.size, request.fineness.scale)
        apart_mm, notices = 0.0, shortfalls(BEST.level, request.stage)
        if request.compare == "side" and request.other is not None:
            half = ((size[0] + 1) // 2, size[1])
            offscreen = self._with(request.fineness.level, half)
            pixels = np.concatenate([offscreen.render([member], view) for member in cast[:2]], 1)[:, : size[0]]
        elif request.compare == "difference" and request.other is not None:
            pixels, apart_mm = self._difference(cast, view, size)
        else:
            offscreen = self._with(request.fineness.level, size)
            pixels, notices = offscreen.render(cast, view), offscreen.notices + notices
        return Picture(request, _image(pixels, request.size), None, places=places, apart_mm=apart_mm, notices=notices)

    def worth_more(self, request: Request, took_s: float) -> bool:
        """True for a picture at rest that this machine draws better in a reasonable time."""
        if self._prepare is not None or request.fineness != FULL or request.playing or request.other is not None:
            return False
        from engine.render.levels import LEVELS

        return took_s * LEVELS[BEST.level].passes < BEST_S

    def draw_best(self, request: Request, stop: Callable[[], bool]) -> Picture | None:
        """The same picture as finely as can be, on another thread than the rest; None if it was stopped, or cannot be drawn."""
        from engine.render.offscreen import Offscreen

        cast, places = self._cast(request)
        size = _clamped(request.size, BEST.scale)
        if self._best is None:
            self._best = Offscreen(*size, BEST.level)
        elif self._best.size != size:
            self._best.resize(*size)
        offscreen = self._best
        try:
            prepared = offscreen.prepare(cast, self._view(request.camera, request.stage, checks=True))
            drawn: Drawn | None = offscreen.draw(prepared, stop=stop).result()
        except InvalidInput:  # its background; a notice has said so
            return None
        if drawn is None:
            return None
        image = _image(offscreen.finish(drawn), request.size)
        return Picture(replace(request, fineness=BEST), image, None, places=places, notices=offscreen.notices)

    def _cast(self, request: Request) -> tuple[list[Member], Places]:
        """Who is in the picture, the one that is worked on first, then the motion that it is compared with; and where its handles are."""
        actor = self._actor_of(request.person)
        both = _both(request)
        posed = actor.pose(both)
        cast = [self._member(actor, values, vertices, request.placement) for values, vertices in zip(both, posed, strict=True)]
        if len(cast) == 1:
            cast += [self._member(self._actor_of(other.person), other.values, None, other.placement) for other in request.others]
        first = cast[0]
        if self._turned[0] != request.placement.turn:
            self._turned = (request.placement.turn, {name: move @ first.turned.T for name, move in self._landmarks.moves.items()})
        return cast, self._landmarks(posed[0]).moved(first.turned, first.at)

    def _difference(self, cast: list[Member], view: View, size: tuple[int, int]) -> tuple[NDArray[np.uint8], float]:
        from engine.render.heat import heat_offscreen, render_heat

        if self._heat is None:
            self._heat = heat_offscreen(*size)
        elif self._heat.size != size:
            self._heat.resize(*size)
        return render_heat(self._heat, cast[0], cast[1], view)

    def close(self) -> None:
        """Give the contexts back."""
        for offscreen in (*self._offscreen.values(), self._heat, self._best):
            if offscreen is not None:
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
