"""Small pictures of poses."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap

from engine.core.jobs import SILENT, Job
from studio.jobs import Jobs
from studio.panels.small_pictures import SmallPictures, key_of

SIDE = 160  # pixels: sharp at twice the size it is shown at
Values = NDArray[np.float32]


def draw(poses: list[Values], job: Job = SILENT) -> Iterator[QImage]:
    """Pictures of poses of Ada, channel values [63] each; for a job's thread.

    Raises:
        EngineError: no GL here.
        Cancelled: the job was cancelled.
    """
    from engine.core.person import Person
    from engine.project.stage import Shot, Stage
    from engine.render.actor import Actor, Member, View
    from engine.render.offscreen import Offscreen

    actor, view = Actor.of(Person()), View.of(Stage(shot=Shot(distance=0.78)), 0.0)
    with Offscreen(SIDE, SIDE) as offscreen:
        for values in poses:
            job.check()
            pixels = offscreen.render([Member(actor, np.asarray(values, np.float32))], view)
            yield QImage(pixels.tobytes(), SIDE, SIDE, 3 * SIDE, QImage.Format.Format_RGB888).copy()


class Thumbnails(SmallPictures):
    """Has pictures of poses drawn that somebody wants to see.

    Args:
        jobs: does the drawing.
    """

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, "thumbnails", draw, parent)

    def title(self) -> str:
        """What the work is called."""
        return self.tr("Drawing thumbnails")

    def picture(self, values: Values) -> QPixmap | None:
        """A pose's picture; where it is not there yet it is drawn, and `arrived` tells."""
        values = np.array(values, np.float32)
        return self.ask(key_of(values.tobytes()), values)
