"""Keeps the reference picture with the playhead: asks for the nearest frame, shows it with its points, looks for faces when it rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.core.errors import EngineError, MissingAsset
from studio.capture.capturer import Capturer, Reference
from studio.capture.door import Choice, FoundFace
from studio.capture.reader import FilmFrame, FilmReader
from studio.capture.reference import ReferenceView
from studio.faults import words
from studio.playback.player import Player

_REST_MS = 250  # after which a picture that stays is looked at for faces


class Following(QObject):
    """Shows the current line's film.

    Args:
        capturer: says which film.
        player: says when.
        view: where.

    Signals:
        shown_changed(on): there is a film to show, or none any more.
        told(text): what is known of the faces in the film, for the panel; "" for nothing.
        model_missing(missing): faces cannot be found before the model is there; or they can, again.
    """

    shown_changed = Signal(bool)
    told = Signal(str)
    model_missing = Signal(bool)

    def __init__(self, capturer: Capturer, player: Player, view: ReferenceView) -> None:
        super().__init__(view)
        self._capturer, self._player, self._view = capturer, player, view
        self._reader: FilmReader | None = None
        self._left: list[FilmReader] = []  # on their way to their end
        self._reference: Reference | None = None
        self._frame: FilmFrame | None = None
        self._asked: tuple[float, int, int] | None = None
        self._held = False  # the camera has the view
        self._looking = True  # faces are looked for where the film was not captured
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        capturer.reference_changed.connect(self._on_reference)
        capturer.captured.connect(lambda _: self._on_captured())
        capturer.recalled.connect(self._again)
        capturer.faces_found.connect(self._on_faces)
        capturer.refused.connect(self._on_refused)
        capturer.fetched.connect(self._on_fetched)
        player.moved.connect(lambda _: self._ask())
        player.playing_changed.connect(lambda playing: None if playing else self._rest.start())
        view.resized.connect(self._ask)
        view.face_chosen.connect(self._on_chosen)

    # The film.

    @property
    def film_s(self) -> float | None:
        """The time of the picture on screen, of the film; None where none is."""
        return self._frame.time_s if self._frame is not None and not self._held else None

    def hold(self, held: bool) -> None:
        """Leave the view to the camera, or take it back."""
        if held != self._held:
            self._held = held
            self._view.show_faces(())
            if held:
                self._view.say("")
            else:
                self._again()

    def close(self) -> None:
        """End the threads, and wait for them."""
        self._leave()
        for reader in self._left:
            reader.wait()
        self._left.clear()

    def _leave(self) -> None:
        """Be done with the film that is open; its thread ends when it has decoded what it is at."""
        if self._reader is not None:
            self._reader.end()
            self._left = [*(reader for reader in self._left if reader.alive), self._reader]
            self._reader = None

    def _on_reference(self) -> None:
        reference = self._capturer.reference
        before, self._reference = self._reference, reference
        if reference is None or before is None or before.path != reference.path:
            self._leave()
            self._frame, self._looking = None, True
            self._view.show_faces(())
            self._view.say("")
            self.told.emit("")
            if reference is not None:
                self._open(reference)
            elif not self._held:
                self._view.show_picture(None, (1, 1))
            self.shown_changed.emit(reference is not None)
        self._asked = None
        self._ask()

    def _open(self, reference: Reference) -> None:
        reader = self._reader = FilmReader(self._capturer.door, reference.path, self)
        reader.shown.connect(lambda frame: self._on_shown(reader, frame))
        reader.failed.connect(lambda error: self._on_failed(reader, error))
        if not self._held:
            self._view.show_picture(None, (1, 1))
            self._view.set_caption(reference.path.name)

    def _ask(self) -> None:
        """The picture at the playhead, once for each place of it and of the view."""
        reference, size = self._reference, self._view.wanted
        if self._reader is None or reference is None or self._held or not self._view.isVisible():
            return
        wanted = (max(0.0, self._player.frame * float(1 / self._player.rate) - reference.start_s), size.width(), size.height())
        if wanted != self._asked:
            self._asked = wanted
            self._reader.ask(wanted[0], size)

    def _again(self) -> None:
        self._asked = None
        self._ask()

    def _on_captured(self) -> None:
        """The picture with its points; that a face was found, and which was meant, needs no words any more."""
        self._view.show_faces(())
        self.told.emit("")
        self._again()

    def _on_shown(self, reader: FilmReader, frame: FilmFrame) -> None:
        if reader is not self._reader or self._held:
            return
        self._frame = frame
        self._view.say("")
        self._view.show_picture(frame.image, frame.size, self._capturer.points_at(frame.time_s))
        if self._reference is not None:
            self._view.set_caption(self._reference.path.name)
        if not self._player.playing:
            self._rest.start()

    def _on_failed(self, reader: FilmReader, error: EngineError) -> None:
        if reader is self._reader and not self._held:
            what, remedy, _ = words(error)
            self._view.say(f"{what} {remedy}")

    # Faces.

    def _on_rest(self) -> None:
        """Look for faces in a film that was not captured yet."""
        if self._frame is None or self._held or self._player.playing or not self._looking or self._capturer.choice is not None:
            return
        if self._capturer.points_at(self._frame.time_s) is None:
            self._capturer.look_for_faces(self._frame.time_s)

    def _on_faces(self, faces: tuple[FoundFace, ...]) -> None:
        if self._held or self._frame is None:
            return
        if len(faces) == 1:
            self._view.show_picture(self._view.image, self._frame.size, faces[0].points)
            self.told.emit(self.tr("A face is found."))
        elif faces:
            self.told.emit(self.tr("{count} faces: click the one to capture in the picture.").format(count=len(faces)))
        else:
            self.told.emit(self.tr("No face in this picture. Go to one where the face is seen from the front."))
        self._view.show_faces(faces if len(faces) > 1 else ())

    def _on_refused(self, error: BaseException) -> None:
        what, remedy, _ = words(error)
        if isinstance(error, MissingAsset):
            self._looking = False  # said once
            what = self.tr("The model that finds faces is not on this machine yet: 36 MB, to be had once over a network.")
            remedy = ""
            self.model_missing.emit(True)
        self.told.emit(f"{what} {remedy}".strip())

    def _on_fetched(self) -> None:
        """The model is there: look again."""
        self._looking = True
        self.model_missing.emit(False)
        self.told.emit("")
        self._on_rest()

    def _on_chosen(self, index: int) -> None:
        if self._frame is None or not 0 <= index < len(self._view.faces):
            return
        left, top, right, bottom = self._view.faces[index].box
        self._capturer.choice = Choice(self._frame.time_s, (left + right) / 2, (top + bottom) / 2)
        self._view.show_faces(self._view.faces, index)
        self.told.emit(self.tr("This face will be captured."))
