"""What the window's capture actions do, and how the parts of capturing are put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QFileDialog, QMainWindow, QSplitter

from engine.core.errors import EngineError
from studio.capture.capturer import Capturer
from studio.capture.door import Door
from studio.capture.face_recorder import FaceRecorder
from studio.capture.feed import CameraFeed
from studio.capture.films import marked
from studio.capture.following import Following
from studio.capture.opening import Opening
from studio.capture.panel import CapturePanel
from studio.capture.placing import Placing
from studio.capture.profile import Profile
from studio.capture.reference import ReferenceView
from studio.capture.tracking import EngineDoor
from studio.panels.docks import desk_of
from studio.session import VIDEOS

if TYPE_CHECKING:
    from studio.window import MainWindow

_SHOWN, _POINTS = "capture/reference", "capture/points"


@dataclass
class Capture:
    """The parts of capturing in one window.

    Args:
        door: the engine's tracking.
        capturer: makes layers of films.
        opening: opens videos.
        feed: the camera.
        placing: where on the line the film lies.
        following: keeps the film with the playhead.
        view: the picture beside the viewport.
        recorder: takes with the camera.
        panel: its controls.
        dock: where they are.
    """

    door: Door
    capturer: Capturer
    opening: Opening
    feed: CameraFeed
    placing: Placing
    following: Following
    view: ReferenceView
    recorder: FaceRecorder
    panel: CapturePanel
    dock: QDockWidget

    def close(self) -> None:
        """End all threads."""
        self.recorder.close()
        self.following.close()


class CaptureCommands(QMainWindow):
    """Capturing from videos and cameras."""

    capture: Capture
    actions_by_name: dict[str, QAction]

    def capture_video(self) -> None:
        """Ask for a video and show it beside the avatar, ready to be captured."""
        window: MainWindow = self  # type: ignore[assignment]
        kinds = QCoreApplication.translate("CaptureCommands", "Videos ({endings});;All files (*)").format(endings=" ".join(f"*{e}" for e in VIDEOS))
        title = QCoreApplication.translate("CaptureCommands", "Capture from Video")
        name, _ = QFileDialog.getOpenFileName(self, title, window.preferences.folder(), kinds)
        if name:
            self.show_capture()
            window.files.take_video(Path(name))

    def capture_now(self) -> None:
        """Capture the reference film."""
        _try(self, self.capture.capturer.capture)

    def show_capture(self) -> None:
        """Bring the panel to the front."""
        self.capture.dock.show()
        self.capture.dock.raise_()

    def record_face(self) -> None:
        """The camera on; while it is on, begin a take or end it."""
        self.show_capture()
        section, recorder = self.capture.panel.camera, self.capture.recorder
        if recorder.state == "off":
            if section.key is None:
                section.look()
            else:
                recorder.switch_on(section.key)
        elif recorder.state in ("counting", "recording"):
            recorder.end()
        elif recorder.state == "live":
            _try(self, lambda: recorder.record(int(section.count.currentData()), section.microphone.isChecked()))

    def neutral_face(self) -> None:
        """Take the face in the picture as the face at rest."""
        capture = self.capture
        film_s = capture.following.film_s
        done = capture.recorder.neutral() if capture.feed.running else film_s is not None and capture.capturer.neutral_from(film_s)
        window: MainWindow = self  # type: ignore[assignment]
        window.say(
            QCoreApplication.translate("CaptureCommands", "This face is the face at rest now")
            if done
            else QCoreApplication.translate("CaptureCommands", "There is no tracked face in the picture: capture the video first, or switch the camera on")
        )

    def show_reference(self, on: bool) -> None:
        """The reference picture beside the viewport, or not."""
        window: MainWindow = self  # type: ignore[assignment]
        window.preferences.put(_SHOWN, on)
        _place(window)

    def show_points(self, on: bool) -> None:
        """The tracked points over it, or not."""
        window: MainWindow = self  # type: ignore[assignment]
        window.preferences.put(_POINTS, on)
        self.capture.view.bar.points.setChecked(on)


def _try(window: CaptureCommands, do: object) -> None:
    try:
        do()  # type: ignore[operator]
    except EngineError as error:
        window.faults.show(error)  # type: ignore[attr-defined]


def add(window: MainWindow, beside: QSplitter, door: Door | None = None) -> Capture:
    """Make the parts of capturing in a window.

    Args:
        window: whose.
        beside: where the viewport is; the reference picture comes to its left.
        door: the engine's tracking, or another in its place.
    """
    door = door if door is not None else EngineDoor()
    desk = desk_of(window)
    view = ReferenceView()
    beside.insertWidget(0, view)
    view.hide()
    capturer = Capturer(door, window.session, window.jobs, Profile(window))
    opening = Opening(capturer, window.session, window.conductor, window.jobs)
    following = Following(capturer, window.player, view)
    feed = CameraFeed(door, window)
    recorder = FaceRecorder(desk, feed, (capturer, opening), following, view, window.viewport)
    panel = CapturePanel(desk, capturer)
    dock = window._dock("Capture", panel, Qt.DockWidgetArea.LeftDockWidgetArea)
    window.tabifyDockWidget(window.docks[0], dock)
    window.docks[0].raise_()
    window.capture = Capture(door, capturer, opening, feed, Placing(capturer, window.conductor, window.jobs), following, view, recorder, panel, dock)
    return window.capture


def connect(window: MainWindow) -> None:
    """Connect them with the rest of the window."""
    made, actions = window.capture, window.actions_by_name
    made.panel.video_wanted.connect(window.capture_video)
    made.panel.capture_wanted.connect(window.capture_now)
    made.capturer.notices.connect(lambda text: window.banner.tell("capture", text, "info"))
    made.opening.offered.connect(lambda path: _offer_sound(window, path))
    made.opening.offered.connect(lambda _: made.placing.search(move=False))
    made.panel.video.align_wanted.connect(lambda: made.placing.search(move=True))
    made.placing.told.connect(made.panel.video.tell)
    made.placing.found.connect(lambda path, start_s: _offer_place(window, path, start_s))
    made.capturer.captured.connect(window.selection.set_active_layer)
    made.following.told.connect(made.panel.video.tell)
    made.following.model_missing.connect(made.panel.video.fetch.setVisible)
    made.following.shown_changed.connect(lambda _: _place(window))
    made.view.bar.points.toggled.connect(actions["show_points"].setChecked)
    made.view.bar.closed.connect(lambda: _on_closed(window))
    made.view.bar.neutral_wanted.connect(window.neutral_face)
    made.panel.tuning.neutral.clicked.connect(lambda _=False: window.neutral_face())
    camera, recorder = made.panel.camera, made.recorder
    camera.switched.connect(lambda on: recorder.switch_on(camera.key or "") if on else recorder.switch_off())
    camera.record_wanted.connect(window.record_face)
    camera.delay_changed.connect(lambda seconds: setattr(recorder, "delay_s", seconds))
    camera.mirrored.connect(lambda on: setattr(recorder, "mirrored", on))
    recorder.delay_s, recorder.mirrored = camera.delay_s, camera.mirror.isChecked()
    made.feed.started.connect(lambda _: window.viewport.set_live(True))
    made.feed.stopped.connect(lambda: window.viewport.set_live(False))
    recorder.state_changed.connect(lambda: _on_state(window))
    recorder.told.connect(camera.tell)
    recorder.failed.connect(window.faults.show)
    recorder.model_missing.connect(made.panel.video.fetch.show)
    window.session.project_opening.connect(lambda another: QTimer.singleShot(0, window, lambda: _tell_of_takes(window)) if another else None)
    QTimer.singleShot(0, window, lambda: _tell_of_takes(window))
    actions["show_points"].setChecked(window.preferences.flag(_POINTS, True))
    actions["show_reference"].setChecked(window.preferences.flag(_SHOWN, True))
    made.view.bar.points.setChecked(actions["show_points"].isChecked())


def _on_state(window: MainWindow) -> None:
    window.capture.panel.camera.show_state(window.capture.recorder.state)
    _place(window)


def _tell_of_takes(window: MainWindow) -> None:
    """Takes that were recorded when the studio ended, or whose curves were not made yet: nothing of them is lost."""
    left = () if window.capture.recorder.state in ("counting", "recording") else marked(window.session)
    if left:
        names = ", ".join(path.name for path in left)
        text = QCoreApplication.translate("CaptureCommands", "Recorded, but not captured when the studio ended: {names}. It is in {folder}.")
        show = QCoreApplication.translate("CaptureCommands", "Show It")
        window.banner.tell("takes", text.format(names=names, folder=left[0].parent), "info", (show, lambda: window.files.take_video(left[-1])))


def _offer_sound(window: MainWindow, path: Path) -> None:
    """A video beside a line that is there: its sound may be a line, too."""
    text = QCoreApplication.translate("CaptureCommands", "{name} is shown beside this line, from the playhead on.").format(name=path.name)
    own = QCoreApplication.translate("CaptureCommands", "Open Its Sound as a New Line")
    window.banner.tell("capture", text, "info", (own, lambda: window.conductor.add_sound(path)))


def _offer_place(window: MainWindow, path: Path, start_s: float) -> None:
    """The sentence of a video beside this line is heard elsewhere on it."""
    text = QCoreApplication.translate("CaptureCommands", "{name} is shown beside this line. Its sound is heard from {seconds:.2f} s on.")
    align = QCoreApplication.translate("CaptureCommands", "Align by Sound")
    own = QCoreApplication.translate("CaptureCommands", "Open Its Sound as a New Line")
    actions = ((align, lambda: window.capture.capturer.move_reference(start_s)), (own, lambda: window.conductor.add_sound(path)))
    window.banner.tell("capture", text.format(name=path.name, seconds=start_s), "info", *actions)


def _on_closed(window: MainWindow) -> None:
    """The cross in the picture's corner: the camera off, or the film hidden."""
    if window.capture.recorder.state != "off":
        window.capture.recorder.switch_off()
    else:
        window.actions_by_name["show_reference"].setChecked(False)


def _place(window: MainWindow) -> None:
    """Show the reference picture where there is one and it is wanted; the camera always is."""
    made = window.capture
    film = made.capturer.reference is not None and window.actions_by_name["show_reference"].isChecked()
    made.view.setVisible(film or made.recorder.state != "off")
