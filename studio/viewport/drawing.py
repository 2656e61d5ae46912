"""When the viewport has what drawn: at once and coarsely while things move, in full when they rest, ahead of the clock while a line plays."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from studio.playback.player import Player
from studio.stage.framing import Framing
from studio.stage.looking import Looking
from studio.viewport.playout import Playout
from studio.viewport.presenting import Presenting
from studio.viewport.quality import FULL, Fineness, Quality
from studio.viewport.shown import Shown
from studio.viewport.worker import Picture, Request

_REST_MS = 120  # after the last change, the picture is drawn once more at full fineness
_LIVE_S = 0.04  # between pictures while something is dragged


class Drawing(QObject):
    """Asks the worker for pictures and says when one is due.

    Args:
        viewport: whose pixels are counted.
        player: says what frame it is.
        sight: from where it is seen, and in what frame.
        shown: what.
        presenting: where, and by whom.

    Signals:
        due(picture): this picture is to be on screen now.
        live_changed(fineness): how finely is drawn while somebody is followed live; None once nobody is.
    """

    due = Signal(object)
    live_changed = Signal(object)

    def __init__(self, viewport: QWidget, player: Player, sight: tuple[Looking, Framing], shown: Shown, presenting: Presenting) -> None:
        super().__init__(viewport)
        self._viewport, self._player, self._shown, self._presenting = viewport, player, shown, presenting
        self._looking, self._framing = sight
        self._asked: NDArray[np.float32] | None = None  # what is drawn or being drawn while nothing plays
        self._playout = Playout(player)
        self._playback = 0  # number of the last playback: pictures of one before come too late
        self._quality = Quality()
        self._live: Fineness | None = None  # what `live_changed` told last
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._on_rest)
        presenting.begun.connect(self._on_begun)
        presenting.drawn.connect(self._on_drawn)
        presenting.resized.connect(self.refresh)
        player.moved.connect(self._on_moved)

    @property
    def waiting(self) -> bool:
        """True while the last change is still to be drawn in full."""
        return self._rest.isActive()

    @property
    def live(self) -> Fineness | None:
        """How finely is drawn while somebody is followed live; None while nobody is."""
        return self._live

    def refresh(self) -> None:
        """Draw the position anew: at once as finely as keeps up, then in full."""
        if not self._player.playing:
            self._ask(self._quality.fineness)
            if self._live is None:
                self._rest.start()

    def set_live(self, on: bool) -> None:
        """Somebody is followed live from now on: no picture is drawn in full, the next would wait for it. Or nobody is any more."""
        if on == (self._live is not None):
            return
        self._quality = Quality()  # what keeps up beside the tracking, and then without, is to be found anew
        self._live = self._quality.fineness if on else None
        self.live_changed.emit(self._live)
        self._rest.stop()
        self.refresh()

    def follow(self) -> None:
        """Draw the position anew if the values there are others than those drawn last."""
        if self._asked is None or not np.array_equal(self._asked, self._shown.values(self._player.frame)):
            self.refresh()

    def stop(self) -> None:
        """Draw nothing more finely."""
        self._rest.stop()

    def belongs(self, request: Request) -> bool:
        """True for a frame of the playback that runs."""
        return request.playing and request.playback == self._playback

    def set_playing(self, playing: bool) -> None:
        """The line plays from here on, or goes on another way, or has stopped."""
        self._asked = None
        if playing:
            self._rest.stop()
            self._playback += 1
            self._playout.begin()
            self._pump()
        else:
            self.refresh()

    def _on_begun(self) -> None:
        self._rest.stop()
        self._ask(self._quality.fineness)

    def _on_rest(self) -> None:
        """Nothing has changed for a while: draw in full. Not while something is held: the hand's next move would wait for it."""
        shooting = self._looking.shooting
        if shooting is not None and shooting.session.history.dragging:
            self._rest.start()
        else:
            self._ask(FULL)

    def _on_moved(self, position_s: float) -> None:
        if self._player.playing:
            self._pump()
        else:
            self.refresh()

    def _ask(self, fineness: Fineness) -> None:
        if self._presenting.worker is not None and self._looking.camera() is not None and not self._player.playing:
            request = self._request(self._player.frame, fineness)
            self._asked = request.values
            self._presenting.worker.ask(request)

    def _request(self, frame: int, fineness: Fineness, count: int | None = None) -> Request:
        ratio, rect = self._viewport.devicePixelRatioF(), self._framing.rect
        size = (round(rect.width() * ratio), round(rect.height() * ratio))
        return self._shown.request(frame, size, fineness, count, self._playback)

    def _pump(self) -> None:
        """Show what is due, and have the next frame drawn."""
        picture = self._playout.due()
        if picture is not None:
            self.due.emit(picture)
        worker = self._presenting.worker
        if worker is None or self._looking.camera() is None or not worker.free:
            return
        wanted = self._playout.next_frame()
        if wanted is not None:
            worker.ask(self._request(wanted[1], self._quality.fineness, wanted[0]))

    def _on_drawn(self, picture: Picture) -> None:
        request = picture.request
        live = request.playing or request.fineness != FULL
        if live and not self._presenting.native:
            budget_s = float(1 / self._player.rate) if request.playing else _LIVE_S
            self._quality.note(request.fineness, picture.took_s, budget_s)
            if self._live not in (None, self._quality.fineness):
                self._live = self._quality.fineness
                self.live_changed.emit(self._live)
        if request.count is None:
            if not self._player.playing:
                self.due.emit(picture)
        elif self._player.playing and self.belongs(request):
            self._playout.arrived(request.count, picture, time.perf_counter() - request.asked_s)
            self._pump()
