"""Small pictures of people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from PySide6.QtGui import QImage, QPixmap

from engine.core.jobs import Job
from engine.core.person import Person
from engine.project import codec
from studio.jobs import Jobs
from studio.panels import small_pictures
from studio.panels.small_pictures import SmallPictures, as_png


@lru_cache(maxsize=1024)
def key_of(person: Person) -> str:
    """By which a person's picture is found; a name is not seen."""
    return small_pictures.key_of(codec.dumps(codec.encode(replace(person, name="x"))).encode())


def draw(people: list[Person], job: Job) -> Iterator[QImage]:
    """Pictures of people; for a job's thread.

    Raises:
        EngineError: no GL here.
        Cancelled: the job was cancelled.
    """
    from engine.avatars.portrait import portraits

    for pixels in portraits(people, job=job):
        height, width = pixels.shape[:2]
        yield QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


class Portraits(SmallPictures):
    """Has pictures of people drawn that somebody wants to see, once it is allowed to.

    Args:
        jobs: does the drawing, and owns it.

    Signals:
        arrived(key): a picture is there; with no key when drawing is allowed: ask again.
    """

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, "people", draw, jobs)
        self._allowed = False

    @classmethod
    def of(cls, jobs: Jobs) -> Portraits:
        """The one of a window, which all its views share."""
        found = jobs.findChild(Portraits)
        return found if isinstance(found, Portraits) else cls(jobs)

    def title(self) -> str:
        """What the work is called."""
        return self.tr("Drawing people")

    def picture(self, person: Person) -> QPixmap | None:
        """A person's picture; where it is not there yet it is drawn, and `arrived` tells."""
        key = key_of(person)
        return self.ask(key, person) if self._allowed else self._there.get(key)

    def allow(self) -> None:
        """Draw from now on: the viewport's first picture is on screen, and the machine free for less."""
        if not self._allowed:
            self._allowed = True
            self.arrived.emit("")

    def png(self, person: Person) -> bytes | None:
        """The bytes of a person's picture where it is there."""
        found = self.picture(person)
        return as_png(found.toImage()) if found is not None else None
