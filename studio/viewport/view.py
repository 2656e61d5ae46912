"""The viewport: shows the head at the player's position, from a camera that the mouse moves."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.core.channels import CHANNELS, INDEX
from engine.core.motion import MotionClip
from engine.core.person import Person
from studio import theme
from studio.playback.player import Player
from studio.stage.framing import Framing
from studio.stage.looking import Looking
from studio.viewport.company import seen
from studio.viewport.comparing import CompareOverlay
from studio.viewport.landmarks import Places
from studio.viewport.overlay import HandleOverlay
from studio.viewport.playout import Playout
from studio.viewport.pointing import DOLLY_PER_NOTCH, Pointing
from studio.viewport.presenters import GLView, PixelView, is_software
from studio.viewport.quality import FULL, Fineness, Quality
from studio.viewport.worker import Picture, PictureWorker, Request

if TYPE_CHECKING:
    from engine.render.camera import Camera
    from engine.render.renderer import Renderer

_REST_MS = 120  # after the last change, the picture is drawn once more at full fineness
_LIVE_S = 0.04  # between pictures while something is dragged
_NO_WINDOW_GL = ("offscreen", "minimal", "vnc", "linuxfb")
PRESENTERS = ("auto", "native", "pixels")
COMPARE_MODES = ("flip", "side", "difference")


class Viewport(QWidget):
    """Shows the head.

    Signals:
        described(text): what draws, for the status bar.
        failed(error): nothing can be drawn here.
        first_picture(): the head is on screen.
        painted(): another picture is.
        handle_dragged(name, values, phase): see `Pointing`.
        compare_changed(): another way of comparing, or none.
        noticed(notices): what is not drawn as it was asked for, in words for a person; none where all is.
    """

    described = Signal(str)
    failed = Signal(object)
    first_picture = Signal()
    painted = Signal()
    handle_dragged = Signal(str, dict, str)
    compare_changed = Signal()
    noticed = Signal(tuple)

    def __init__(self, player: Player, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._motion: MotionClip | None = None
        self._other: MotionClip | None = None  # B, to compare with
        self._compare = ""
        self._flipped = False
        self._override: dict[str, float] = {}
        self._asked: NDArray[np.float32] | None = None  # what is drawn or being drawn while nothing plays
        self.places: Places | None = None
        self.looking = Looking(self)
        self._worker: PictureWorker | None = None
        self._playout = Playout(player)
        self._playback = 0  # number of the last playback: pictures of one before come too late
        self._quality = Quality()
        self._shown_once = False
        self._notices: tuple[str, ...] = ()
        self._instead: dict[str, Person] = {}
        self.drawn_with = ""
        self.ensemble: Callable[[str, float], NDArray[np.float32]] | None = None  # what the others do at a time of the scene
        self.speaker: Callable[[], str] = lambda: ""  # id of the character who is worked on where there is no line
        self.setObjectName("viewport")
        self.setAccessibleName(self.tr("Viewport"))
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.framing = Framing(self)
        self.handles = HandleOverlay(self)
        self.comparing = CompareOverlay(self)
        self.pointing = Pointing(self, self.handles)
        self.pointing.handle_dragged.connect(self.handle_dragged)
        self.setMouseTracking(True)
        self._view: PixelView | GLView = PixelView(self)
        self._adopt_view(self._view)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self.framing.changed.connect(self._on_framed)
        self.looking.changed.connect(self._on_framed)
        player.moved.connect(self._on_moved)
        player.playing_changed.connect(self._on_playing_changed)
        player.course_changed.connect(lambda: self._on_playing_changed(player.playing))

    # Starting and ending.

    def start(self) -> None:
        """Load the renderer; call once the window is on screen."""
        self.looking.settle()
        if self._wanted() == "native":
            self._go_native()
        else:
            self._start_worker()

    def close_renderer(self) -> None:
        """End the worker."""
        self._rest.stop()
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    @staticmethod
    def _wanted() -> str:
        wanted = os.environ.get("VIVAVOCE_PRESENTER", "auto")
        return "pixels" if QGuiApplication.platformName() in _NO_WINDOW_GL else wanted if wanted in PRESENTERS else "auto"

    def _start_worker(self, renderer: Renderer | None = None) -> None:
        self.close_renderer()
        worker = PictureWorker(renderer.prepare if renderer is not None else None, self)
        worker.drawn.connect(self._on_drawn)
        worker.started.connect(self._on_started)
        worker.failed.connect(self.failed)
        self._worker = worker
        worker.start()
        self._ask(self._quality.fineness)

    def _on_started(self, description: str) -> None:
        if not description:
            return
        self.drawn_with = description
        self.described.emit(description)
        if self._wanted() == "auto" and not is_software(description) and self._compare in ("", "flip"):
            self._go_native()

    def _go_native(self) -> None:
        """Let the graphics card draw into the window."""
        view = GLView(self)
        view.ready.connect(self._on_native_ready)
        view.failed.connect(lambda _: self._go_pixels())
        self._adopt_view(view)
        QTimer.singleShot(1500, self, lambda: self._go_pixels() if self._view is view and not view.isValid() else None)

    def _on_native_ready(self, renderer: Renderer) -> None:
        self._start_worker(renderer)
        self.drawn_with = self.drawn_with or self.tr("the graphics card")
        self.described.emit(self.drawn_with)

    def _go_pixels(self) -> None:
        self._adopt_view(PixelView(self))
        self._start_worker()

    def _adopt_view(self, view: PixelView | GLView) -> None:
        if view is not self._view:
            self._view.hide()
            self._view.deleteLater()
        self._view = view
        view.setGeometry(self.framing.rect)
        view.show()
        view.lower()
        view.painted.connect(self._on_painted)
        view.resized.connect(self.refresh)
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # What is shown.

    @property
    def native(self) -> bool:
        """True if a GL widget draws by itself."""
        return isinstance(self._view, GLView)

    @property
    def camera(self) -> Camera | None:
        """Where the picture at the playhead is taken from; None until the engine is loaded."""
        return self.looking.camera()

    @property
    def moves(self) -> dict[str, NDArray[np.float32]]:
        """Metres per unit of each channel at each handle, [H, 3] by channel; nothing until the engine is loaded."""
        return self._worker.moves if self._worker is not None else {}

    @property
    def performed(self) -> bool:
        """True if there is motion to show."""
        return self._motion is not None

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
        return self._values(self._player.frame)

    def set_motion(self, motion: MotionClip | None) -> None:
        """Show this motion; the face at rest where there is none. May be called often: a frame that stays as it was is not drawn again."""
        came_or_went = (motion is None) != (self._motion is None)
        self._motion = motion
        if self._override and not self.pointing.dragging:
            self._override = {}
        if came_or_went:
            self.pointing.show_handles(self.underMouse())
        if self._asked is None or not np.array_equal(self._asked, self.values):
            self.refresh()

    def override(self, values: dict[str, float]) -> None:
        """Show these channel values in the place of the motion's, until it brings them itself; none to show the motion."""
        if values != self._override:
            self._override = values
            self.refresh()

    # Comparing.

    @property
    def compare_mode(self) -> str:
        """`flip`, `side` or `difference`; "" where nothing is compared."""
        return self._compare

    @property
    def other(self) -> MotionClip | None:
        """Motion B."""
        return self._other

    @property
    def flipped(self) -> bool:
        """True while B is shown in the place of A."""
        return self._flipped

    def set_compare(self, motion_b: MotionClip | None, mode: str = "flip", names: tuple[str, str] = ("A", "B")) -> None:
        """Compare the motion with another one.

        Args:
            motion_b: at the project's rate; None to compare nothing.
            mode: one of `COMPARE_MODES`.
            names: what is written on the two.
        """
        before = self._compare
        self._other, self._compare = motion_b, mode if motion_b is not None and mode in COMPARE_MODES else ""
        self._flipped = False
        self.comparing.show_mode(self._compare, names)
        self.framing.set_filled(self._compare == "side")
        self.pointing.show_handles(self.underMouse())
        if (before in ("side", "difference")) != (self._compare in ("side", "difference")) and self._worker is not None:
            self._present_again()
        self.refresh()
        self.compare_changed.emit()

    def flip(self, to_b: bool | None = None) -> None:
        """Show B in the place of A, or A again; None for the one that is not shown."""
        if self._compare == "flip":
            self._flipped = not self._flipped if to_b is None else to_b
            self.comparing.show_flipped(self._flipped)
            self.pointing.show_handles(self.underMouse())
            self.refresh()

    def _present_again(self) -> None:
        """Two pictures at once are drawn off screen, whatever shows one."""
        if self._compare in ("side", "difference"):
            if self.native:
                self._go_pixels()
        elif self._wanted() == "native" or (self._wanted() == "auto" and self.drawn_with and not is_software(self.drawn_with)):
            self._go_native()

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
        rect = self.framing.rect
        if self._view.geometry() != rect:
            self._view.setGeometry(rect)
        self.comparing.setGeometry(rect)
        self.update()
        self.camera_moved()

    def refresh(self) -> None:
        """Draw the position anew: at once as finely as keeps up, then in full."""
        if not self._player.playing:
            self._ask(self._quality.fineness)
            self._rest.start()

    def _values(self, frame: int) -> NDArray[np.float32]:
        shown = self._other if self._flipped else self._motion
        values = _row(shown, frame)
        if self._override and not self._flipped:
            for name, value in self._override.items():
                values[INDEX[name]] = value
        return values

    def _request(self, frame: int, fineness: Fineness, count: int | None = None) -> Request:
        camera = self.looking.camera(frame)
        assert camera is not None
        ratio, rect = self.devicePixelRatioF(), self.framing.rect
        size = (round(rect.width() * ratio), round(rect.height() * ratio))
        two = self._compare in ("side", "difference")
        other = _row(self._other, frame) if two else None
        compare = self._compare if two else ""
        return Request(self._values(frame), camera, size, fineness, frame, count, self._playback, other, compare, **self._company(frame))

    def others_values(self, character_id: str, frame: int) -> NDArray[np.float32]:
        """Channel values [63] of somebody who is not worked on, at a frame of the current line."""
        shooting = self.looking.shooting
        time_s = shooting.scene_time(frame) if shooting is not None else 0.0
        return self.ensemble(character_id, time_s) if self.ensemble is not None else np.zeros(len(CHANNELS), np.float32)

    def _company(self, frame: int) -> dict[str, Any]:
        """Who is in the picture, and on what stage; Ada alone without a document."""
        shooting = self.looking.shooting
        if shooting is None:
            return {}
        line = shooting.session.line
        line_id = line.id if line is not None else ""
        who = seen(shooting.session.document, line_id, self.speaker(), self._instead, lambda other: self.others_values(other, frame))
        return {**who, "stage": shooting.drawn_stage}

    def show_instead(self, people: dict[str, Person]) -> None:
        """Let these be seen in the place of characters, by id, whatever the document says; none to show those of the document."""
        if people != self._instead:
            self._instead = people
            self.refresh()

    def _on_rest(self) -> None:
        """Nothing has changed for a while: draw in full. Not while something is held: the hand's next move would wait for it."""
        shooting = self.looking.shooting
        if shooting is not None and shooting.session.history.dragging:
            self._rest.start()
        else:
            self._ask(FULL)

    def _ask(self, fineness: Fineness) -> None:
        if self._worker is not None and self.camera is not None and not self._player.playing:
            request = self._request(self._player.frame, fineness)
            self._asked = request.values
            self._worker.ask(request)

    # Playing.

    def _on_moved(self, position_s: float) -> None:
        if self._player.playing:
            self._pump()
        else:
            self.refresh()

    def _on_playing_changed(self, playing: bool) -> None:
        self.pointing.show_handles(self.underMouse())
        self._asked = None
        if playing:
            self._rest.stop()
            self._playback += 1
            self._playout.begin()
            self._pump()
        else:
            self.refresh()

    def _pump(self) -> None:
        """Show what is due, and have the next frame drawn."""
        picture = self._playout.due()
        if picture is not None:
            self._show(picture)
        if self._worker is None or self.camera is None or not self._worker.free:
            return
        wanted = self._playout.next_frame()
        if wanted is not None:
            self._worker.ask(self._request(wanted[1], self._quality.fineness, wanted[0]))

    def _on_drawn(self, picture: Picture) -> None:
        request = picture.request
        live = request.playing or request.fineness != FULL
        if live and not self.native:
            budget_s = float(1 / self._player.rate) if request.playing else _LIVE_S
            self._quality.note(request.fineness, picture.took_s, budget_s)
        if request.count is None:
            if not self._player.playing:
                self._show(picture)
        elif self._player.playing and request.playback == self._playback:
            self._playout.arrived(request.count, picture, time.perf_counter() - request.asked_s)
            self._pump()

    def _show(self, picture: Picture) -> None:
        self._view.show_picture(picture)
        self.places = picture.places
        self.comparing.show_apart(picture.apart_mm)
        if picture.notices != self._notices:
            self._notices = picture.notices
            self.noticed.emit(picture.notices)
        if self.handles.isVisible():
            self.place_handles()

    def place_handles(self) -> None:
        """Put the handles where the head on screen has them."""
        self.handles.place(self.places, self.camera, self.framing.rect)

    def _on_painted(self, request: Request) -> None:
        if request.playing and request.playback == self._playback:
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


def _row(motion: MotionClip | None, frame: int) -> NDArray[np.float32]:
    """Channel values of a frame; the face at rest where there is no motion."""
    if motion is None:
        return np.zeros(len(CHANNELS), np.float32)
    row: NDArray[np.float32] = motion.values[min(frame, len(motion) - 1)].copy()  # motion that arrives is written into
    return row
