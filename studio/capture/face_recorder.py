"""Records a person's face, take by take: camera on, count-in, the take on disk, then its curves on a layer; the avatar follows meanwhile."""

from __future__ import annotations

import time
from collections import deque
from fractions import Fraction
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from engine.avatars.thinning import channels_of
from engine.avatars.tracking.settings import neutral_of
from engine.core.channels import CHANNELS
from engine.core.errors import EngineError, InvalidInput, MissingAsset
from engine.core.motion import MotionClip
from studio.capture.capturer import QUICK, Capturer, Reference
from studio.capture.door import LivePose
from studio.capture.feed import CameraFeed
from studio.capture.films import captures_folder, mark, unmark
from studio.capture.following import Following
from studio.capture.opening import Opening
from studio.capture.reference import ReferenceView
from studio.capture.writing import Microphone, Take, TakeWriter
from studio.faults import words
from studio.jobs import Task
from studio.panels.desk import Desk
from studio.viewport.view import Viewport

COUNTS = (0, 1, 2, 3, 5)  # seconds of a count-in
USUAL_DELAY_S = 0.04  # from the light to the picture: a camera's exposure and transfer
_LOST_S = 0.7  # without a face, after which it is said
_BEAT_MS = 1000
_NEUTRAL_POSES = 8  # the last ones, whose medians are a face at rest: a single one trembles


class FaceRecorder(QObject):
    """The camera's part of one window.

    Args:
        desk: the line, the player, the jobs.
        feed: the camera.
        makers: make layers, and lines, of takes.
        following: gives the view to the camera and takes it back.
        view: shows the camera's pictures.
        viewport: whose avatar follows.

    Signals:
        state_changed(): `state` is another.
        told(text): what is to be known now; "" for nothing.
        model_missing(): the avatar cannot follow before the model that finds faces is there.
        failed(error): something could not be done; what was recorded is kept.
    """

    state_changed = Signal()
    told = Signal(str)
    failed = Signal(object)
    model_missing = Signal()

    def __init__(
        self, desk: Desk, feed: CameraFeed, makers: tuple[Capturer, Opening], following: Following, view: ReferenceView, viewport: Viewport
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._desk, self._feed, (self._capturer, self._opening) = desk, feed, makers
        capturer = self._capturer
        self._following, self._view, self._viewport = following, view, viewport
        self.state = "off"  # starting, live, counting, recording
        self.delay_s = USUAL_DELAY_S
        self.mirrored = False
        self._key = ""
        self._microphone: Microphone | None = None
        self._with_microphone = False
        self.left = 0
        self.offsets: list[float] = []  # where the take's film begins on the line, as each picture tells it
        self._face_s = 0.0
        self._raw: deque[NDArray[np.float32]] = deque(maxlen=_NEUTRAL_POSES)
        self._from_s: float | None = None  # where on the line the take began
        self._here_s = 0.0  # where it was at the last picture
        self._line_id: str | None = None  # whose take it is; None where it becomes a line of its own
        self._project = 0  # how many were opened
        self._kept: list[Take] = []  # that are being completed
        self._count = QTimer(self)
        self._count.setInterval(_BEAT_MS)
        self._count.timeout.connect(self._on_beat)
        feed.started.connect(self._on_started)
        feed.pictured.connect(self._on_picture)
        feed.posed.connect(self._on_pose)
        feed.failed.connect(self._on_failed)
        feed.stopped.connect(self._on_stopped)
        feed.trouble.connect(self._on_trouble)
        capturer.profile.changed.connect(lambda: feed.adjust(capturer.profile.settings))
        desk.session.project_opening.connect(lambda another: self._on_another_project() if another else None)
        desk.player.playing_changed.connect(lambda playing: None if playing else self._on_line_ended())
        view.resized.connect(self._on_resized)
        capturer.fetched.connect(self._on_fetched)
        feed.adjust(capturer.profile.settings)

    def _on_resized(self) -> None:
        self._feed.within = self._view.wanted

    def _go(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit()

    # The camera.

    def switch_on(self, key: str) -> None:
        """Show what a camera sees, and let the avatar follow."""
        self._key = key
        self._following.hold(True)
        self._view.say(self.tr("Opening the camera…"))
        self._view.set_caption("")
        self.told.emit("")
        self._go("starting")
        self._feed.within = self._view.wanted
        self._feed.start(key)

    def switch_off(self) -> None:
        """The camera off; a take that is recorded ends and is kept."""
        self.end()
        self._feed.stop()

    def close(self) -> None:
        """End everything; a take that is recorded, or not quite on the disk yet, stays as a whole file."""
        self._count.stop()
        writer = self._feed.end_take()
        if writer is not None:
            self._kept.append(self._take(writer))
        for take in self._kept:
            take.close()
        self._feed.close()
        if self._microphone is not None:
            self._microphone.close()

    def _on_started(self, _size: tuple[int, int]) -> None:
        self._face_s = time.monotonic()
        self._raw.clear()
        self._view.say("")
        self._go("live")

    def _on_picture(self, image: QImage, size: tuple[int, int], time_s: float) -> None:
        if self.state == "off":
            return
        pose = self._feed.pose
        face = pose.face if pose is not None else None
        self._view.show_picture(image, size, face.points if face is not None else None, self.mirrored)
        if self.state == "recording":
            self._note(time_s)

    def _note(self, time_s: float) -> None:
        """How long the take is, and where on the line."""
        writer = self._feed.writer
        if writer is None:
            return
        if writer.error is not None:
            self.end()
            return
        if writer.first_s is None:
            return
        self._view.show_recording(writer.length_s)
        if self._desk.player.playing:
            here_s, before_s, self._here_s = self._desk.player.position_s, self._here_s, self._desk.player.position_s
            if here_s < before_s:  # the loop has begun again: that is the end of the take
                self.end()
                return
            self.offsets.append(here_s - (time.monotonic() - time_s) - (time_s - writer.first_s))

    def _on_pose(self, pose: LivePose) -> None:
        if self.state == "off":
            return
        now_s = time.monotonic()
        if pose.raw is not None:
            self._raw.append(pose.raw)
        if pose.values is not None:
            self._face_s = now_s
            names = channels_of(self._capturer.profile.regions)
            self._viewport.override({name: float(pose.values[CHANNELS.index(name)]) for name in names})
        if self.state in ("live", "recording"):
            self._view.say(self.tr("No face is seen: turn to the camera, and to the light.") if now_s - self._face_s > _LOST_S else "")

    def neutral(self) -> bool:
        """Take the face in front of the camera as the face at rest; False where none is seen."""
        if not self._raw:
            return False
        raw = MotionClip(np.stack(self._raw).astype(np.float32), Fraction(30))
        self._capturer.set_neutral(neutral_of(raw, 0.0, raw.duration_s))
        return True

    # A take.

    def record(self, count_s: int, microphone: bool) -> None:
        """Count in, then record a take.

        Args:
            count_s: seconds before it begins.
            microphone: its sound becomes a line of its own; else the current line plays, and the take is a layer on it.

        Raises:
            InvalidInput: the camera is off, or nothing may be changed.
        """
        if self.state != "live":
            raise InvalidInput(self.tr("the camera is off"), self.tr("switch it on first"))
        if self._desk.read_only:
            raise InvalidInput(self._desk.read_only, self.tr("save it under another name first"))
        self._with_microphone = microphone
        self.left = count_s
        self.told.emit("")
        if not microphone:
            self._begin_count()
            return
        self._go("counting")
        task = Task(QUICK, self.tr("Opening the microphone"), "microphone", visible=False)
        self._desk.jobs.submit(task, lambda _: Microphone(), self._on_microphone, self._on_no_microphone)

    def _on_microphone(self, microphone: Microphone) -> None:
        if self.state != "counting":
            microphone.close()
            return
        self._microphone = microphone
        self._begin_count()

    def _on_no_microphone(self, error: BaseException) -> None:
        self._go("live" if self._feed.running else "off")
        self.failed.emit(error)

    def _begin_count(self) -> None:
        self._go("counting")
        self._view.say("")
        self._view.show_count(self.left)
        if self.left:
            self._count.start()
        else:
            self._begin()

    def _on_beat(self) -> None:
        self.left -= 1
        self._view.show_count(max(0, self.left))
        if self.left <= 0:
            self._count.stop()
            self._begin()

    def _begin(self) -> None:
        try:
            path = self._free_path()
            self._feed.record(path, self._microphone)
            mark(path)
        except EngineError as error:
            self.end()
            self.failed.emit(error)
            return
        self.offsets = []
        line = self._desk.line
        self._line_id = line.id if line is not None and not self._with_microphone else None
        if self._line_id is not None:
            self._desk.player.set_speed(1.0)
            self._desk.player.play()
            self._from_s = self._here_s = self._desk.player.position_s
        self._view.show_recording(0.0)
        self._go("recording")

    def _free_path(self) -> Path:
        folder = captures_folder(self._desk.session)
        number = 1
        while (path := folder / f"face {number:03d}.mkv").exists():
            number += 1
        return path

    def _on_line_ended(self) -> None:
        if self.state == "recording" and self._line_id is not None:
            self.end()

    def _on_another_project(self) -> None:
        self.end()
        self._project += 1

    def end(self) -> None:
        """End the count-in, or the take, whose curves come onto a layer."""
        self._count.stop()
        self._view.show_count(0)
        self._view.show_recording(None)
        if self.state not in ("counting", "recording"):
            return
        self._go("live" if self._feed.running else "off")
        self._desk.player.stop()
        writer = self._feed.end_take()
        if writer is not None:
            take = self._take(writer)
            self._kept.append(take)
            self._desk.jobs.submit(Task(QUICK, self.tr("Keeping the take")), lambda _: take.close(), lambda _: self._keep(take))
        elif self._microphone is not None:
            microphone, self._microphone = self._microphone, None
            self._desk.jobs.submit(Task(QUICK, self.tr("Keeping the take"), visible=False), lambda _: microphone.close())
        if self._from_s is not None:  # the next take begins where this one did
            self._desk.player.seek(self._from_s)
            self._from_s = None

    def _take(self, writer: TakeWriter) -> Take:
        """What was written until now, and where it belongs."""
        microphone, self._microphone = self._microphone, None
        start_s = median(self.offsets) - self.delay_s if self.offsets else self._from_s or 0.0
        return Take(writer, microphone, self._project, self._line_id, start_s)

    def _keep(self, take: Take) -> None:
        """What was recorded becomes a layer."""
        self._kept.remove(take)
        writer = take.writer
        if writer.error is not None:
            self.failed.emit(writer.error)
        if not writer.frames:
            writer.path.unlink(missing_ok=True)
            unmark(writer.path)
            self.told.emit(self.tr("Nothing was recorded."))
            return
        if writer.lost:
            self.told.emit(self.tr("{count} pictures were lost: the drive was too slow.").format(count=writer.lost))
        if take.project != self._project or (take.line_id is not None and not self._desk.session.document.has_line(take.line_id)):
            text = self.tr("The line that {name} was recorded for is not open any more. The film is kept, and can be captured from: {path}")
            unmark(writer.path)
            self._capturer.notices.emit(text.format(name=writer.path.stem, path=writer.path))
        elif take.line_id is None:
            self._opening.take_film_as_line(writer.path, writer.heard)
        else:
            self._capturer.capture_take(take.line_id, Reference(writer.path, take.start_s), writer.path.stem.capitalize())

    # What goes wrong.

    def _on_failed(self, error: EngineError) -> None:
        """The camera could not be had, or went away."""
        recording = self.state == "recording"
        self.end()
        self.failed.emit(error)
        if recording:
            self.told.emit(self.tr("What was recorded until then is kept."))

    def _on_trouble(self, error: EngineError) -> None:
        what, remedy, _ = words(error)
        if isinstance(error, MissingAsset):
            what, remedy = self.tr("The avatar cannot follow before the model that finds faces is there: choose Get the Model above."), ""
            self.model_missing.emit()
        self.told.emit(f"{what} {remedy}".strip())

    def _on_fetched(self) -> None:
        """The model is there: the avatar follows."""
        if self.state == "live":
            self._feed.stop()
            self.switch_on(self._key)

    def _on_stopped(self) -> None:
        self._viewport.override({})
        self._view.show_recording(None)
        self._view.say("")
        self._following.hold(False)
        self._go("off")
