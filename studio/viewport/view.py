"""The viewport: shows the head at the player's position, from a camera that the mouse moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.core.motion import MotionClip
from engine.core.person import Person
from studio import theme
from studio.playback.player import Player
from studio.stage.framing import Framing
from studio.stage.looking import Looking
from studio.viewport.comparing import CompareOverlay
from studio.viewport.drawing import Drawing
from studio.viewport.landmarks import Places
from studio.viewport.overlay import HandleOverlay
from studio.viewport.pointing import DOLLY_PER_NOTCH, Pointing
from studio.viewport.presenting import Presenting
from studio.viewport.shown import Shown
from studio.viewport.worker import Picture, Request

if TYPE_CHECKING:
    from engine.render.camera import Camera


class Viewport(QWidget):
    """Shows the head: `shown` says what, `looking` and `framing` from where, `drawing` when, `presenting` with what; `pointing` is the mouse.

    Signals:
        described(text): what draws, for the status bar.
        failed(error): nothing can be drawn here.
        first_picture(): the head is on screen.
        painted(): another picture is.
        handle_dragged(name, values, phase): see `Pointing`.
        compare_changed(): another way of comparing, or none.
        live_changed(fineness): how finely is drawn while somebody is followed live; None once nobody is.
        noticed(notices): what is not drawn as it was asked for, in words for a person; none where all is.
    """

    described = Signal(str)
    failed = Signal(object)
    first_picture = Signal()
    painted = Signal()
    handle_dragged = Signal(str, dict, str)
    compare_changed = Signal()
    live_changed = Signal(object)
    noticed = Signal(tuple)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._shown_once = False
        self._notices: tuple[str, ...] = ()
        self.places: Places | None = None
        self.setObjectName("viewport")
        self.setAccessibleName(self.tr("Viewport"))
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setMouseTracking(True)
        self.looking = Looking(self)
        self.framing = Framing(self)
        self.shown = Shown(self.looking)
        self.handles = HandleOverlay(self)
        self.comparing = CompareOverlay(self)
        self.pointing = Pointing(self, self.handles)
        self.presenting = Presenting(self, self.framing)
        self.drawing = Drawing(self, player, (self.looking, self.framing), self.shown, self.presenting)
        self._connect()

    def _connect(self) -> None:
        self.pointing.handle_dragged.connect(self.handle_dragged)
        self.presenting.described.connect(self.described)
        self.presenting.failed.connect(self.failed)
        self.presenting.painted.connect(self._on_painted)
        self.drawing.due.connect(self._on_due)
        self.drawing.live_changed.connect(self.live_changed)
        self.framing.changed.connect(self._on_framed)
        self.looking.changed.connect(self._on_framed)
        self._player.playing_changed.connect(self._on_playing_changed)
        self._player.course_changed.connect(lambda: self._on_playing_changed(self._player.playing))

    # Starting and ending.

    def start(self) -> None:
        """Load the renderer; call once the window is on screen."""
        self.looking.settle()
        self.presenting.start()

    def close_renderer(self) -> None:
        """End the worker."""
        self.drawing.stop()
        self.presenting.close()

    # What is shown.

    @property
    def drawn_with(self) -> str:
        """What draws; "" until it is known."""
        return self.presenting.drawn_with

    @property
    def native(self) -> bool:
        """True if a GL widget draws by itself."""
        return self.presenting.native

    @property
    def moves(self) -> dict[str, NDArray[np.float32]]:
        """Metres per unit of each channel at each handle, [H, 3] by channel; nothing until the engine is loaded."""
        return self.presenting.worker.moves if self.presenting.worker is not None else {}

    @property
    def performed(self) -> bool:
        """True if there is motion to show."""
        return self.shown.motion is not None

    @property
    def playing(self) -> bool:
        """True while a line plays."""
        return self._player.playing

    @property
    def frame(self) -> int:
        """Of the current line, on screen now."""
        return self._player.frame

    @property
    def values(self) -> NDArray[np.float32]:
        """Channel values [63] on screen now."""
        return self.shown.values(self._player.frame)

    def set_motion(self, motion: MotionClip | None) -> None:
        """Show this motion; the face at rest where there is none. May be called often: a frame that stays as it was is not drawn again."""
        came_or_went = (motion is None) != (self.shown.motion is None)
        self.shown.motion = motion
        if self.shown.override and not self.pointing.dragging:
            self.shown.override = {}
        if came_or_went:
            self.pointing.show_handles(self.underMouse())
        self.drawing.follow()

    def override(self, values: dict[str, float]) -> None:
        """Show these channel values in the place of the motion's, until it brings them itself; none to show the motion."""
        if values != self.shown.override:
            self.shown.override = values
            self.refresh()

    def set_live(self, on: bool) -> None:
        """Draw so that the picture keeps up with somebody who is followed live, however coarsely; or as usual again."""
        self.drawing.set_live(on)

    def show_instead(self, people: dict[str, Person]) -> None:
        """Let these be seen in the place of characters, by id, whatever the document says; none to show those of the document."""
        if people != self.shown.instead:
            self.shown.instead = people
            self.refresh()

    def refresh(self) -> None:
        """Draw the position anew: at once as finely as keeps up, then in full."""
        self.drawing.refresh()

    # Comparing.

    @property
    def compare_mode(self) -> str:
        """`flip`, `side` or `difference`; "" where nothing is compared."""
        return self.shown.compare

    @property
    def other(self) -> MotionClip | None:
        """Motion B."""
        return self.shown.other

    @property
    def flipped(self) -> bool:
        """True while B is shown in the place of A."""
        return self.shown.flipped

    def set_compare(self, motion_b: MotionClip | None, mode: str = "flip", names: tuple[str, str] = ("A", "B")) -> None:
        """Compare the motion with another one.

        Args:
            motion_b: at the project's rate; None to compare nothing.
            mode: one of `COMPARE_MODES`.
            names: what is written on the two.
        """
        self.shown.set_compare(motion_b, mode)
        self.comparing.show_mode(self.shown.compare, names)
        self.framing.set_filled(self.shown.compare == "side")
        self.pointing.show_handles(self.underMouse())
        self.presenting.set_apart(self.shown.two)
        self.refresh()
        self.compare_changed.emit()

    def flip(self, to_b: bool | None = None) -> None:
        """Show B in the place of A, or A again; None for the one that is not shown."""
        if self.shown.compare == "flip":
            self.shown.flipped = not self.shown.flipped if to_b is None else to_b
            self.comparing.show_flipped(self.shown.flipped)
            self.pointing.show_handles(self.underMouse())
            self.refresh()

    # The camera.

    @property
    def camera(self) -> Camera | None:
        """Where the picture at the playhead is taken from; None until the engine is loaded."""
        return self.looking.camera()

    def set_camera(self, camera: Camera) -> None:
        """Look from here, freely: the document's camera stays where it is."""
        self.looking.look_from(camera)
        self.camera_moved()

    def camera_moved(self) -> None:
        """The view is from elsewhere."""
        self.place_handles()
        self.refresh()

    def reset_camera(self) -> None:
        """The usual framing; of the document's camera while the view looks through it."""
        if self.looking.camera() is not None:
            self.looking.reset()
            self.camera_moved()

    def _on_framed(self) -> None:
        """The picture has another place, or another camera."""
        self.presenting.place()
        self.comparing.setGeometry(self.framing.rect)
        self.update()
        self.camera_moved()

    def place_handles(self) -> None:
        """Put the handles where the head on screen has them."""
        self.handles.place(self.places, self.camera, self.framing.rect)

    # Pictures.

    def _on_playing_changed(self, playing: bool) -> None:
        self.pointing.show_handles(self.underMouse())
        self.drawing.set_playing(playing)

    def _on_due(self, picture: Picture) -> None:
        self.presenting.view.show_picture(picture)
        self.places = picture.places
        self.comparing.show_apart(picture.apart_mm)
        if picture.notices != self._notices:
            self._notices = picture.notices
            self.noticed.emit(picture.notices)
        if self.handles.isVisible():
            self.place_handles()

    def _on_painted(self, request: Request) -> None:
        if self.drawing.belongs(request):
            self._player.note_shown(request.frame)
        if not self._shown_once:
            self._shown_once = True
            self.first_picture.emit()
        self.painted.emit()

    # The mouse and the keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a handle, or begin to orbit, pan or dolly."""
        self.pointing.press(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it, or move the camera."""
        self.pointing.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        self.pointing.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Reset a handle, or the view."""
        self.pointing.double_click(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The handles come."""
        self.pointing.show_handles(True)

    def leaveEvent(self, event: QEvent) -> None:
        """The handles go."""
        self.pointing.show_handles(False)

    def event(self, event: QEvent) -> bool:
        """Escape is no shortcut of the window while something is dragged or picked."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.pointing.busy:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a drag."""
        if not self.pointing.key(event, True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Keys of a drag."""
        if not self.pointing.key(event, False):
            super().keyReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Dolly."""
        camera = self.camera
        if camera is not None:
            self.looking.turn_wheel(camera.dollied(DOLLY_PER_NOTCH ** (event.angleDelta().y() / 120)))
            self.camera_moved()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw at the new size."""
        super().resizeEvent(event)
        self.handles.setGeometry(self.rect())
        self.framing.resize(self.size())
        self._on_framed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is outside the picture's frame."""
        QPainter(self).fillRect(event.rect(), QColor(theme.GROOVE))

    def changeEvent(self, event: QEvent) -> None:
        """Draw for another screen's pixels."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.refresh()
