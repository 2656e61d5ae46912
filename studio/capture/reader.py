"""The thread that decodes a reference film, so that the window never waits for it. It keeps one request waiting: the newest."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from engine.core.errors import EngineError
from studio.capture.door import Door, Film, Rgb

log = logging.getLogger(__name__)
_KEPT_BYTES = 48 << 20  # of pictures shown last: going to and fro shows them at once
_JOIN_S = 10.0
_PLACES = 1000  # parts of a second by which kept pictures are found


@dataclass(frozen=True, eq=False)
class FilmFrame:
    """A picture of the film.

    Args:
        image: scaled to where it is shown.
        time_s: of the film, its own.
        size: of the film's pictures, pixels.
    """

    image: QImage
    time_s: float
    size: tuple[int, int]


def image_of(rgb: Rgb, within: QSize | None = None) -> QImage:
    """A picture [H, W, 3] as an image of its own, scaled into a size where that is smaller."""
    pixels = np.ascontiguousarray(rgb)
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    if within is not None and not within.isEmpty() and (width > within.width() or height > within.height()):
        return image.scaled(within, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image.copy()


class FilmReader(QObject):
    """Decodes one film on a thread of its own.

    Args:
        door: opens it.
        path: the file.

    Signals:
        opened(film): it can be read; its facts alone may be looked at.
        shown(frame): a `FilmFrame`, the one nearest to the time asked for last.
        failed(error): it cannot be read, or no further.
    """

    opened = Signal(object)
    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, door: Door, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._door = door
        self._wake = threading.Condition()
        self._waiting: tuple[float, QSize] | None = None
        self._ended = False
        self._kept: OrderedDict[tuple[int, int, int], FilmFrame] = OrderedDict()
        self._thread = threading.Thread(target=self._run, name="reference film", daemon=True)
        self._thread.start()

    def ask(self, time_s: float, within: QSize) -> None:
        """Show the picture nearest to a time, for a place of this size in device pixels; what was asked before is dropped."""
        with self._wake:
            self._waiting = (time_s, within)
            self._wake.notify()

    @property
    def alive(self) -> bool:
        """False once the thread has ended."""
        return self._thread.is_alive()

    def end(self) -> None:
        """Let the thread give the file back and end."""
        with self._wake:
            self._ended = True
            self._wake.notify()

    def wait(self) -> None:
        """Until it has; not for one that cannot be brought to it."""
        self._thread.join(_JOIN_S)

    def _take(self) -> tuple[float, QSize] | None:
        with self._wake:
            self._wake.wait_for(lambda: self._ended or self._waiting is not None)
            wanted, self._waiting = self._waiting, None
            return None if self._ended else wanted

    def _run(self) -> None:
        try:
            film = self._door.open_film(self.path)
        except EngineError as error:
            self.failed.emit(error)
            return
        try:
            self.opened.emit(film)
            while (wanted := self._take()) is not None:
                self.shown.emit(self._frame(film, *wanted))
        except EngineError as error:
            self.failed.emit(error)
        finally:
            film.close()

    def _frame(self, film: Film, time_s: float, within: QSize) -> FilmFrame:
        key = (round(time_s * _PLACES), within.width(), within.height())
        found = self._kept.get(key)
        if found is None:
            at_s, rgb = film.frame_at(time_s)
            found = self._kept[key] = FilmFrame(image_of(rgb, within), at_s, film.size)
            room = max(1, _KEPT_BYTES // max(1, found.image.sizeInBytes()))
            while len(self._kept) > room:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return found
