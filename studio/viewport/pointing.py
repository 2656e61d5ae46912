"""The mouse over the viewport: it moves the camera, or takes a handle and gives values to what listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.core.channels import INDEX, mirror
from studio.viewport.handles import HANDLES, Grab
from studio.viewport.landmarks import NAMES
from studio.viewport.overlay import HandleOverlay

if TYPE_CHECKING:
    from studio.viewport.view import Viewport

ORBIT_RAD_PER_PX = 0.008
DOLLY_PER_NOTCH = 0.9
_LINGER_MS = 700  # for which the picture keeps a value that was dragged, until it comes back in new motion
_MIRROR_KEY = Qt.Key.Key_X
CLICK_PX = 3.0  # a press that moves less is a click
_CAPTION_LEAST = 0.005


class Pointing(QObject):
    """What the mouse does in a viewport.

    Signals:
        handle_dragged(name, values, phase): a handle is dragged: channel values (of the finished motion) by name, and `begin`, `move`,
            `end` or `cancel`. `reset`: its channels are to be as they were performed.
        clicked(point): the left button was pressed and let go beside the handles, at a point of the viewport.
        picked(point): the same while a point is picked; None if it is not any more.
    """

    handle_dragged = Signal(str, dict, str)
    clicked = Signal(QPointF)
    picked = Signal(object)

    def __init__(self, viewport: Viewport, overlay: HandleOverlay) -> None:
        super().__init__(viewport)
        self._viewport, self._overlay = viewport, overlay
        self._last = QPointF()
        self._grab: Grab | None = None
        self._from = QPointF()
        self._pressed: QPointF | None = None  # of the left button, until it is dragged
        self._held = Qt.MouseButton.NoButton  # which button began to move the camera
        self.picking = False  # the next click picks a point
        self._mirror_held = False
        self.pinned = False  # the handles stay while the pointer is away
        self._linger = QTimer(self)
        self._linger.setSingleShot(True)
        self._linger.setInterval(_LINGER_MS)
        self._linger.timeout.connect(lambda: viewport.override({}))

    @property
    def dragging(self) -> bool:
        """True while a handle is held."""
        return self._grab is not None

    @property
    def busy(self) -> bool:
        """True while Escape has something to take back."""
        return self.dragging or self.picking or self._viewport.looking.moving

    def pin(self, on: bool) -> None:
        """Keep the handles in view, or show them only under the pointer."""
        self.pinned = on
        self.show_handles(self._viewport.underMouse())

    def show_handles(self, near: bool) -> None:
        """Show or hide the handles."""
        view = self._viewport
        wanted = self.dragging or self.pinned or (near and not view.playing)
        there = wanted and view.performed and view.compare_mode in ("", "flip") and not view.flipped
        if there and not self._overlay.isVisible():
            self._overlay.show()
            view.place_handles()
        elif not there and self._overlay.isVisible():
            self._overlay.hide()
            self._overlay.hover("")

    # Buttons and keys.

    def press(self, event: QMouseEvent) -> None:
        """Take a handle, or begin to move the camera; with Alt always the camera."""
        self._last = event.position()
        if self.picking and event.button() == Qt.MouseButton.LeftButton:
            self.end_picking(event.position())
            return
        plain = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.button() == Qt.MouseButton.LeftButton and plain and self._overlay.isVisible():
            name = self._overlay.at(event.position())
            if name:
                self._take(name, event.position())
        if self._grab is None:
            self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton and plain else None
            self._held = event.button()
            self._viewport.looking.press()

    def move(self, event: QMouseEvent) -> None:
        """Drag the handle, or move the camera: left orbits, middle pans, right dollies; with Alt too."""
        delta = event.position() - self._last
        self._last = event.position()
        if self._grab is not None:
            self._drag(event)
        elif event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position())
        elif self._pressed is not None and (event.position() - self._pressed).manhattanLength() < CLICK_PX:
            return
        else:
            self._pressed = None
            self._move_camera(event.buttons(), delta)

    def release(self, event: QMouseEvent) -> None:
        """Let the handle go: what it did is one step."""
        if self._grab is None and (event.buttons() == Qt.MouseButton.NoButton or event.button() == self._held):
            self._viewport.looking.end()
        if event.button() == Qt.MouseButton.LeftButton:
            pressed, self._pressed = self._pressed, None
            self._let_go("end")
            self._hover(event.position())
            if pressed is not None:
                self.clicked.emit(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Take back what a handle's channels were given; beside the handles, the default view."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        name = self._overlay.at(event.position()) if self._overlay.isVisible() else ""
        if name:
            channels = HANDLES[name].channels
            both = (*channels, *(mirror(c) for c in channels)) if self._mirrored(event.modifiers()) and HANDLES[name].paired else channels
            self.handle_dragged.emit(name, dict.fromkeys(both, 0.0), "reset")
        else:
            self._viewport.reset_camera()

    def key(self, event: QKeyEvent, down: bool) -> bool:
        """True for a key that means something here: Escape takes a drag back."""
        if event.key() == Qt.Key.Key_Escape and down and self.dragging:
            self._let_go("cancel")
            return True
        if event.key() == Qt.Key.Key_Escape and down and self.picking:
            self.end_picking()
            return True
        if event.key() == Qt.Key.Key_Escape and down and self._viewport.looking.end(keep=False):
            self._viewport.camera_moved()
            return True
        return False

    def begin_picking(self) -> None:
        """The next click picks a point; Escape leaves it."""
        self.picking = True
        self._viewport.setCursor(Qt.CursorShape.CrossCursor)
        self._viewport.setFocus()

    def end_picking(self, point: QPointF | None = None) -> None:
        """A point was picked, or none."""
        if self.picking:
            self.picking = False
            self._viewport.setCursor(Qt.CursorShape.ArrowCursor)
            self.picked.emit(point)

    def watch_keys(self, window: QObject) -> None:
        """Know whether X is held, wherever the keys of a window go."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch X go down and up; it is not taken."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self._mirror_held = False
        elif isinstance(event, QKeyEvent) and event.key() == _MIRROR_KEY and not event.isAutoRepeat():
            self._mirror_held = event.type() != QEvent.Type.KeyRelease
        return False

    # Handles.

    def _mirrored(self, modifiers: Qt.KeyboardModifier) -> bool:
        return self._mirror_held or bool(modifiers & Qt.KeyboardModifier.ControlModifier)

    def _take(self, name: str, point: QPointF) -> None:
        view = self._viewport
        places, camera = view.places, view.camera
        if places is None or camera is None or not view.moves:
            return
        self._linger.stop()
        view.override({})
        size = (view.framing.rect.width(), view.framing.rect.height())
        self._grab = Grab(HANDLES[name], places.points[NAMES.index(name)], view.values.copy(), view.moves, camera, size)
        self._from = point
        self.handle_dragged.emit(name, {}, "begin")
        self._hover(point)

    def _drag(self, event: QMouseEvent) -> None:
        assert self._grab is not None
        way = event.position() - self._from
        roll = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        values = self._grab.values((way.x(), way.y()), roll, self._mirrored(event.modifiers()))
        self._viewport.override(values)
        self._overlay.hover(self._grab.handle.name, _caption(values, self._grab))
        self.handle_dragged.emit(self._grab.handle.name, values, "move")

    def _let_go(self, phase: str) -> None:
        if self._grab is None:
            return
        name, self._grab = self._grab.handle.name, None
        if phase == "cancel":
            self._viewport.override({})
        else:
            self._linger.start()
        self.handle_dragged.emit(name, {}, phase)

    def _hover(self, point: QPointF) -> None:
        self.show_handles(True)
        name = self._grab.handle.name if self._grab is not None else self._overlay.at(point) if self._overlay.isVisible() else ""
        self._overlay.hover(name)
        usual = Qt.CursorShape.CrossCursor if self.picking else Qt.CursorShape.ArrowCursor
        self._viewport.setCursor(Qt.CursorShape.PointingHandCursor if name and not self.picking else usual)
        self._viewport.setToolTip(_tip(name))

    def _move_camera(self, buttons: Qt.MouseButton, delta: QPointF) -> None:
        view, camera = self._viewport, self._viewport.camera
        if camera is None:
            return
        if buttons & Qt.MouseButton.LeftButton:
            camera = camera.orbited(-delta.x() * ORBIT_RAD_PER_PX, delta.y() * ORBIT_RAD_PER_PX)
        elif buttons & Qt.MouseButton.MiddleButton:
            height = max(1, view.framing.rect.height())
            camera = camera.panned(delta.x() / height, -delta.y() / height)
        elif buttons & Qt.MouseButton.RightButton:
            camera = camera.dollied(float(np.exp((delta.y() - delta.x()) * 0.006)))
        view.looking.move(camera)
        view.camera_moved()


def _caption(values: dict[str, float], grab: Grab) -> str:
    """The channels that a drag changes most, with their values."""
    changed = sorted(values, key=lambda c: -abs(values[c] - float(grab.start[INDEX[c]])))[:2]
    return "   ".join(f"{c} {values[c]:.2f}" for c in changed if abs(values[c] - float(grab.start[INDEX[c]])) >= _CAPTION_LEAST)


def _tip(name: str) -> str:
    if not name or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return ""
    tips = [QCoreApplication.translate("Handles", "Drag to key it at the playhead; double-click takes the edit back")]
    if name == "head":
        tips.append(QCoreApplication.translate("Handles", "Shift tilts the head"))
    elif HANDLES[name].paired:
        tips.append(QCoreApplication.translate("Handles", "Hold Ctrl or X for both sides"))
    return "<br>".join(tips)
