"""From where the viewport looks: through the document's camera, or freely without touching the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer, Signal

from engine.project.stage import Shot
from studio.stage import shots
from studio.stage.shooting import Shooting

if TYPE_CHECKING:
    from engine.render.camera import Camera

MOVE = str(QT_TRANSLATE_NOOP("Steps", "Move camera"))
_WHEEL_MS = 350  # turns of the wheel that follow each other within this are one step


class Looking(QObject):
    """Which camera the viewport has, and what moving it means.

    Through the document's camera a move changes the shot, one step for each drag; with the camera locked, or a project that may
    not be changed, it goes on as a free view. A free view changes nothing. Without a document all is free.

    Signals:
        changed(): another way of looking.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shooting: Shooting | None = None
        self._through = True
        self._locked = False
        self._free: Camera | None = None
        self._began = False  # between press and release
        self._last: tuple[Shot, Camera] | None = None  # one and the same camera for the same shot
        self._wheel = QTimer(self)
        self._wheel.setSingleShot(True)
        self._wheel.setInterval(_WHEEL_MS)
        self._wheel.timeout.connect(lambda: self.end())

    def attach(self, shooting: Shooting) -> None:
        """Look through the camera of a document."""
        self.shooting = shooting
        self.changed.emit()

    @property
    def through(self) -> bool:
        """True while it looks through the document's camera."""
        return self._through and self.shooting is not None

    @property
    def locked(self) -> bool:
        """True while moving the view leaves the document's camera where it is."""
        return self._locked

    def set_locked(self, on: bool) -> None:
        """Let moving the view change the shot, or not."""
        if on != self._locked:
            self._locked = on
            self.changed.emit()

    def camera(self, frame: int | None = None) -> Camera | None:
        """From where a frame of the current line is seen; None for the one at the playhead."""
        if not self.through or self.shooting is None:
            return self._free
        shot = self.shooting.shot if frame is None else self.shooting.stage.shot_at(self.shooting.scene_time(frame))
        if self._last is None or self._last[0] != shot:
            self._last = (shot, shots.camera_of(shot))
        return self._last[1]

    # Which.

    def look_through(self, on: bool) -> None:
        """Through the document's camera, or freely from where that is."""
        if on != self._through:
            self.end()
            self._free = self.camera()
            self._through = on
            self.changed.emit()

    def look_from(self, camera: Camera) -> None:
        """Freely, from here."""
        self.end()
        self._free = camera
        if self.through:
            self._through = False
            self.changed.emit()

    def settle(self) -> None:
        """Have a camera where there is no document."""
        if self._free is None:
            self._free = shots.camera_of(Shot())

    def take_shot(self) -> None:
        """Let the document's camera look from where the free view does, and look through it."""
        camera = self._free
        if self.shooting is not None and camera is not None and not self.through and not self.shooting.session.read_only:
            self._through = True
            now = self.shooting.shot
            self.shooting.put(shots.differences(shots.shot_of(camera, now), now), MOVE)
            self.changed.emit()

    # Moving.

    @property
    def moving(self) -> bool:
        """True while the document's camera is dragged."""
        return self._began and self.shooting is not None and self.shooting.dragging

    def press(self) -> None:
        """Moves from here on are one step, if there are any."""
        self.end()
        self._began = True

    def move(self, camera: Camera) -> None:
        """Look from here."""
        if self.through and (self._locked or self.shooting is None or self.shooting.session.read_only):
            self.look_from(camera)
        elif self.through and self.shooting is not None:
            self._shoot(self.shooting, camera)
        else:
            self._free = camera

    def turn_wheel(self, camera: Camera) -> None:
        """The same by the wheel, whose turns have no end but a pause."""
        if self.through and not self._began:
            self._began = True
        self.move(camera)
        if self._began and self.through:
            self._wheel.start()

    def reset(self) -> None:
        """The usual framing."""
        self.end()
        self.move(shots.camera_of(Shot()))

    def end(self, keep: bool = True) -> bool:
        """What was moved is one step, or none; True if a move was going on."""
        self._wheel.stop()
        was, self._began = self.moving, False
        if was and self.shooting is not None:
            self.shooting.end(keep)
        return was

    def _shoot(self, shooting: Shooting, camera: Camera) -> None:
        if self._began and not shooting.dragging:
            shooting.begin(MOVE)
        # Each step of a drag is made on the stage as it was when it began: it says all that has moved since.
        before = shooting.shot_before
        values = shots.differences(shots.shot_of(camera, before), before)
        if values or shooting.dragging:
            shooting.put(values, MOVE)
