"""Small pictures that are drawn beside the window, a batch at a time, and kept in the cache by what is seen in them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.core import assets
from engine.core.jobs import Job
from studio.jobs import Jobs, Task

log = logging.getLogger(__name__)
_MOST_KEPT = 600  # pictures in a folder of the cache
Draw = Callable[[list[Any], Job], Iterable[QImage]]


@lru_cache(maxsize=1)
def drawn_with() -> bytes:
    """Changes with what draws, so that pictures of an older look are not found."""
    folder = Path(__file__).resolve().parents[2] / "engine" / "render" / "shaders"
    found = [*sorted(folder.glob("*")), *sorted((assets.root() / "heads").glob("*"))]
    return hashlib.sha256("".join(f"{p.name}{p.stat().st_size}{p.stat().st_mtime_ns}" for p in found).encode()).digest()


def key_of(seen: bytes) -> str:
    """By which the picture of what these bytes say is found."""
    return hashlib.sha256(seen + drawn_with()).hexdigest()[:32]


def as_png(image: QImage) -> bytes:
    """A picture's bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class SmallPictures(QObject):
    """Has pictures drawn that somebody wants to see.

    Args:
        jobs: does the drawing.
        folder: of the cache.
        draw: gives the pictures of a list of things, in its order, on a job's thread.
        parent: owns it.

    Signals:
        arrived(key): a picture is there.
    """

    arrived = Signal(str)
    _drawn = Signal(str, object)

    def __init__(self, jobs: Jobs, folder: str, draw: Draw, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._folder, self._draw = jobs, folder, draw
        self._there: dict[str, QPixmap] = {}
        self._wanted: dict[str, Any] = {}
        self._busy = self.useless = False
        self._drawn.connect(self._on_drawn)

    def title(self) -> str:
        """What the work is called."""
        raise NotImplementedError

    def ask(self, key: str, thing: Any) -> QPixmap | None:
        """The picture of a thing; where it is not there yet it is drawn, and `arrived` tells."""
        found = self._there.get(key)
        if found is None and key not in self._wanted and not self.useless:
            self._wanted[key] = thing
            self._begin()
        return found

    def _begin(self) -> None:
        if self._busy or not self._wanted:
            return
        self._busy = True
        batch = dict(self._wanted)
        tell: Callable[[str, object], object] = self._drawn.emit
        folder, draw = assets.user_cache() / self._folder, self._draw
        task = Task("thumbnails", self.title(), visible=False)
        self._jobs.submit(task, lambda job: _fetch(folder, batch, draw, job, tell), lambda _: self._on_done(batch), self._on_failed)

    def _on_drawn(self, key: str, image: QImage) -> None:
        self._there[key] = QPixmap.fromImage(image)
        self._wanted.pop(key, None)
        self.arrived.emit(key)

    def _on_done(self, batch: dict[str, Any]) -> None:
        self._busy = False
        for key in batch:
            self._wanted.pop(key, None)
        self._begin()

    def _on_failed(self, error: BaseException) -> None:
        # Without GL there are no pictures anywhere, and the viewport says so: the panels show names.
        log.info("no small pictures: %s", error)
        self._busy, self.useless = False, True
        self._wanted.clear()


def _fetch(folder: Path, batch: dict[str, Any], draw: Draw, job: Job, tell: Callable[[str, object], object]) -> None:
    """Pictures from the cache, the others drawn; `tell` gets each."""
    missing = {}
    for key, thing in batch.items():
        job.check()
        image = QImage(str(folder / f"{key}.png"))
        if image.isNull():
            missing[key] = thing
        else:
            tell(key, image)
    if not missing:
        return
    for key, image in zip(missing, draw(list(missing.values()), job), strict=True):
        tell(key, image)
        _keep(folder, key, image)


def _keep(folder: Path, key: str, image: QImage) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key}.png").write_bytes(as_png(image))
        kept = sorted(folder.glob("*.png"), key=lambda p: p.stat().st_mtime)
        for old in kept[: max(0, len(kept) - _MOST_KEPT)]:
            old.unlink(missing_ok=True)
    except OSError as error:  # a cache that cannot be written costs time, nothing else
        log.info("picture not kept: %s", error)
