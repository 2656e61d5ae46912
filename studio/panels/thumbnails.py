"""Small pictures of poses, drawn beside the window and kept in the cache."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.core import assets
from engine.core.jobs import SILENT, Job
from studio.jobs import Jobs, Task

log = logging.getLogger(__name__)
SIDE = 160  # pixels: sharp at twice the size it is shown at
_LOOK = b"2"  # changes with how Ada looks, so that old pictures are not found
Values = NDArray[np.float32]


def key_of(values: Values) -> str:
    """By which a pose's picture is found."""
    return hashlib.sha256(np.ascontiguousarray(values, np.float32).tobytes() + _LOOK).hexdigest()[:32]


def draw(poses: list[Values], job: Job = SILENT) -> list[QImage]:
    """Pictures of poses, channel values [63] each; for a job's thread.

    Raises:
        EngineError: no GL here.
        Cancelled: the job was cancelled.
    """
    import torch

    from engine.head.rig import HeadRig
    from engine.render.camera import Camera
    from engine.render.offscreen import Offscreen

    camera, rig, out = Camera.front().dollied(0.74), HeadRig(), []
    with Offscreen(SIDE, SIDE) as offscreen, torch.no_grad():
        for values in poses:
            job.check()
            vertices = rig.pose(np.asarray(values, np.float32)[None])[0].cpu().numpy()
            pixels = np.ascontiguousarray(offscreen.render(vertices, camera))
            out.append(QImage(pixels.tobytes(), SIDE, SIDE, 3 * SIDE, QImage.Format.Format_RGB888).copy())
    return out


def as_png(image: QImage) -> bytes:
    """A picture's bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


class Thumbnails(QObject):
    """Has pictures drawn that somebody wants to see, a batch at a time.

    Args:
        jobs: does the drawing.

    Signals:
        arrived(key): a picture is there.
    """

    arrived = Signal(str)
    _drawn = Signal(str, object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._there: dict[str, QPixmap] = {}
        self._wanted: dict[str, Values] = {}
        self._busy = self._useless = False
        self._drawn.connect(self._on_drawn)

    def picture(self, values: Values) -> QPixmap | None:
        """A pose's picture; where it is not there yet it is drawn, and `arrived` tells."""
        key = key_of(values)
        found = self._there.get(key)
        if found is None and key not in self._wanted and not self._useless:
            self._wanted[key] = np.array(values, np.float32)
            self._begin()
        return found

    def _begin(self) -> None:
        if self._busy or not self._wanted:
            return
        self._busy = True
        batch = dict(self._wanted)
        tell: Callable[[str, object], object] = self._drawn.emit
        task = Task("thumbnails", self.tr("Drawing thumbnails"), visible=False)
        self._jobs.submit(task, lambda job: _fetch(batch, job, tell), lambda _: self._on_done(batch), self._on_failed)

    def _on_drawn(self, key: str, image: QImage) -> None:
        self._there[key] = QPixmap.fromImage(image)
        self._wanted.pop(key, None)
        self.arrived.emit(key)

    def _on_done(self, batch: dict[str, Values]) -> None:
        self._busy = False
        for key in batch:
            self._wanted.pop(key, None)
        self._begin()

    def _on_failed(self, error: BaseException) -> None:
        # Without GL there are no pictures anywhere, and the viewport says so: the panels show names.
        log.info("no thumbnails: %s", error)
        self._busy, self._useless = False, True
        self._wanted.clear()


def _fetch(batch: dict[str, Values], job: Job, tell: Callable[[str, object], object]) -> None:
    """Pictures from the cache, the others drawn; `tell` gets each."""
    folder = assets.user_cache() / "thumbnails"
    missing = {}
    for key, values in batch.items():
        job.check()
        image = QImage(str(folder / f"{key}.png"))
        if image.isNull():
            missing[key] = values
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
    except OSError as error:  # a cache that cannot be written costs time, nothing else
        log.info("thumbnail not kept: %s", error)
