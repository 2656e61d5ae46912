"""The camera while it is on: its pictures, the face followed in them for the avatar, and the take that is written.

Three threads: one reads, one follows the face in the newest picture and lets older ones go, one writes the take and lets none go.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject, QSize, Signal

from engine.avatars.tracking.settings import CaptureSettings
from engine.core.errors import EngineError, InvalidInput
from studio.capture.door import Door, Lens, LivePose, Rgb
from studio.capture.reader import image_of
from studio.capture.writing import Microphone, TakeWriter

log = logging.getLogger(__name__)
_SHOW_S = 1 / 31  # between two pictures for the eye
# Between threads of Python while a face is followed: tracking and drawing both let go of Python hundreds of times a picture, and each time wait as
# long as this to have it again. At a millisecond a picture takes three times as long as its work.
_SWITCH_S = 1e-4
_JOIN_S = 15.0  # when the window closes, a device that hangs is left to itself after this long


class CameraFeed(QObject):
    """One camera.

    Args:
        door: the engine's tracking.

    Signals:
        started(size): pictures come.
        pictured(image, size, time_s): a picture for the eye, its size before scaling, and when it was taken.
        posed(pose): a `LivePose`, of the newest picture.
        stopped(): it is off.
        failed(error): it could not be had, or went away; it is off.
        trouble(error): it goes on without the avatar following, or without the microphone.
    """

    started = Signal(tuple)
    pictured = Signal(object, tuple, float)
    posed = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    trouble = Signal(object)
    _ended = Signal(object, object)
    _usual_s: ClassVar[float] = 0.0  # between threads, while none is on
    _live: ClassVar[set[CameraFeed]] = set()  # that are on, in all windows

    def __init__(self, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.door = door
        self.within = QSize(640, 480)  # of the pictures for the eye, device pixels
        self.settings = CaptureSettings()
        self._run: _Run | None = None
        self._before: _Run | None = None  # on its way to its end
        self._ended.connect(self._on_ended)

    @property
    def running(self) -> bool:
        """True while the camera is on."""
        return self._run is not None

    @property
    def recording(self) -> bool:
        """True while a take is written."""
        return self._run is not None and self._run.writer is not None

    @property
    def writer(self) -> TakeWriter | None:
        """The take that is written; None while none is."""
        return self._run.writer if self._run is not None else None

    @property
    def pose(self) -> LivePose | None:
        """The face of the newest picture."""
        return self._run.pose if self._run is not None else None

    def start(self, key: str) -> None:
        """Switch a camera on; `started` or `failed` tells."""
        self.stop()
        self._run = _Run(self, key, self._before)
        self._hurry(True)
        self._run.start()

    def stop(self) -> None:
        """Switch it off, without waiting for the device."""
        run, self._run = self._run, None
        if run is not None:
            run.end()
            self._before = run
            self._hurry(False)
            self.stopped.emit()

    def _hurry(self, on: bool) -> None:
        """Let threads take turns faster while any camera is on."""
        live = CameraFeed._live
        if not live:
            CameraFeed._usual_s = sys.getswitchinterval()
        (live.add if on else live.discard)(self)
        sys.setswitchinterval(_SWITCH_S if live else CameraFeed._usual_s)

    def close(self) -> None:
        """Switch it off and wait until the device is given back."""
        self.stop()
        if self._before is not None:
            self._before.wait(_JOIN_S)

    def adjust(self, settings: CaptureSettings) -> None:
        """Another neutral face, gain and range from the next picture on."""
        self.settings = settings

    def record(self, path: Path, microphone: Microphone | None) -> None:
        """Write a take from the next picture on.

        Raises:
            InvalidInput: the camera is off.
        """
        if self._run is None:
            raise InvalidInput(self.tr("the camera is off"), self.tr("switch it on first"))
        self._run.writer = TakeWriter(path, self._run.size, microphone)

    def end_take(self) -> TakeWriter | None:
        """End the take; gives the writer, which the caller closes, or None where none was at work."""
        if self._run is None:
            return None
        writer, self._run.writer = self._run.writer, None
        return writer

    def _on_ended(self, run: _Run, error: object) -> None:
        """The reading thread has come to an end by itself."""
        if run is self._run:
            self.failed.emit(error)  # first: who hears it ends the take
            self.stop()


class _Run:
    """A camera from on to off; it waits for the one before to be off."""

    def __init__(self, feed: CameraFeed, key: str, before: _Run | None) -> None:
        self._feed, self._key, self._before = feed, key, before
        self.size = (640, 480)
        self.writer: TakeWriter | None = None
        self.pose: LivePose | None = None
        self._newest: tuple[Rgb, float] | None = None
        self._wake = threading.Condition()
        self._over = False
        self._threads = [threading.Thread(target=do, name=name, daemon=True) for do, name in ((self._read, "camera"), (self._follow, "camera face"))]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let the threads end."""
        with self._wake:
            self._over = True
            self._wake.notify_all()

    def wait(self, seconds: float) -> None:
        """Until they have."""
        for thread in self._threads:
            thread.join(seconds)

    def _read(self) -> None:
        if self._before is not None:
            self._before.wait(_JOIN_S)
            self._before = None
        try:
            lens = self._feed.door.open_camera(self._key)
        except EngineError as error:
            self._end(error)
            return
        try:
            self.size = lens.size
            self._feed.started.emit(lens.size)
            self._look(lens)
        except EngineError as error:
            self._end(error)
        finally:
            lens.close()

    def _look(self, lens: Lens) -> None:
        shown_s = 0.0
        while not self._over:
            rgb, time_s = lens.read()
            writer = self.writer
            if writer is not None:
                writer.put(rgb, time_s)
            with self._wake:
                self._newest = (rgb, time_s)
                self._wake.notify_all()
            now_s = time.monotonic()
            if now_s - shown_s >= _SHOW_S:
                shown_s = now_s
                self._feed.pictured.emit(image_of(rgb, self._feed.within), lens.size, time_s)

    def _follow(self) -> None:
        """The avatar's: where no face can be followed, the camera goes on without."""
        try:
            settings = self._feed.settings
            actor = self._feed.door.actor(settings)
            while (newest := self._take()) is not None:
                if self._feed.settings is not settings:
                    settings = self._feed.settings
                    actor.adjust(settings)
                self.pose = replace(actor.push(*newest), time_s=newest[1])
                self._feed.posed.emit(self.pose)
        except EngineError as error:
            if not self._over:
                self._feed.trouble.emit(error)

    def _take(self) -> tuple[Rgb, float] | None:
        with self._wake:
            self._wake.wait_for(lambda: self._over or self._newest is not None)
            newest, self._newest = self._newest, None
            return None if self._over else newest

    def _end(self, error: EngineError) -> None:
        if not self._over:
            self._feed._ended.emit(self, error)
