"""Small pictures of people, drawn beside the window and kept in the cache by what is seen in them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.core import assets
from engine.core.jobs import Job
from engine.core.person import Person
from engine.project import codec
from studio.jobs import Jobs, Task
from studio.panels.thumbnails import as_png

log = logging.getLogger(__name__)
_FOLDER = "people"
_MOST_KEPT = 600  # pictures in the cache's folder


@lru_cache(maxsize=1)
def _drawn_with() -> str:
    """Changes with what draws, so that old pictures are not found."""
    folder = Path(__file__).resolve().parents[2] / "engine" / "render" / "shaders"
    found = [*sorted(folder.glob("*")), *sorted((assets.root() / "heads").glob("*"))]
    return hashlib.sha256("".join(f"{p.name}{p.stat().st_size}{p.stat().st_mtime_ns}" for p in found).encode()).hexdigest()


@lru_cache(maxsize=1024)
def key_of(person: Person) -> str:
    """By which a person's picture is found; a name is not seen."""
    text = codec.dumps(codec.encode(replace(person, name="x"))) + _drawn_with()
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Portraits(QObject):
    """Has pictures drawn that somebody wants to see, a batch at a time, once it is allowed to.

    Args:
        jobs: does the drawing.

    Signals:
        arrived(): pictures are there.
    """

    arrived = Signal()
    _drawn = Signal(str, object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._jobs = jobs
        self._there: dict[str, QPixmap] = {}
        self._wanted: dict[str, Person] = {}
        self._busy = self.useless = False
        self._allowed = False
        self._drawn.connect(self._on_drawn)

    @classmethod
    def of(cls, jobs: Jobs) -> Portraits:
        """The one of a window, which all its views share."""
        found = jobs.findChild(Portraits)
        return found if isinstance(found, Portraits) else cls(jobs)

    def picture(self, person: Person) -> QPixmap | None:
        """A person's picture; where it is not there yet it is drawn, and `arrived` tells."""
        key = key_of(person)
        found = self._there.get(key)
        if found is None and key not in self._wanted and self._allowed and not self.useless:
            self._wanted[key] = person
            self._begin()
        return found

    def allow(self) -> None:
        """Draw from now on: the viewport's first picture is on screen, and the machine free for less."""
        if not self._allowed:
            self._allowed = True
            self.arrived.emit()

    def png(self, person: Person) -> bytes | None:
        """The bytes of a person's picture where it is there."""
        found = self.picture(person)
        return as_png(found.toImage()) if found is not None else None

    def _begin(self) -> None:
        if self._busy or not self._wanted:
            return
        self._busy = True
        batch = dict(self._wanted)
        tell: Callable[[str, object], object] = self._drawn.emit
        task = Task("thumbnails", self.tr("Drawing people"), visible=False)
        self._jobs.submit(task, lambda job: _fetch(batch, job, tell), lambda _: self._on_done(batch), self._on_failed)

    def _on_drawn(self, key: str, image: QImage) -> None:
        self._there[key] = QPixmap.fromImage(image)
        self._wanted.pop(key, None)
        self.arrived.emit()

    def _on_done(self, batch: dict[str, Person]) -> None:
        self._busy = False
        for key in batch:
            self._wanted.pop(key, None)
        self._begin()

    def _on_failed(self, error: BaseException) -> None:
        # Without GL there are no pictures anywhere, and the viewport says so: the panels show names.
        log.info("no pictures of people: %s", error)
        self._busy, self.useless = False, True
        self._wanted.clear()


def _fetch(batch: dict[str, Person], job: Job, tell: Callable[[str, object], object]) -> None:
    """Pictures from the cache, the others drawn; `tell` gets each."""
    folder = assets.user_cache() / _FOLDER
    missing = {}
    for key, person in batch.items():
        job.check()
        image = QImage(str(folder / f"{key}.png"))
        if image.isNull():
            missing[key] = person
        else:
            tell(key, image)
    if not missing:
        return
    from engine.avatars.portrait import portraits

    for key, pixels in zip(missing, portraits(list(missing.values()), job=job), strict=True):
        height, width = pixels.shape[:2]
        image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
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
