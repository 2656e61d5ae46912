"""What is selected: shared by the timeline, the curve editor and the inspector. View state, never undone, never stored."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QObject, Signal

from engine.core.curves import Curve
from engine.project.addresses import camera_curves
from engine.project.change import Change
from studio.session import Session

KeyAt = tuple[str, float]  # address of a track, time of a key
PartAt = tuple[str, str]  # kind (`pins`, `layers`, ...) and id


class Selection(QObject):
    """Keys, parts, phonemes and tracks that are selected on the current line.

    What an undo or another edit removes leaves the selection by itself.

    Signals:
        changed(): any of it.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._keys: frozenset[KeyAt] = frozenset()
        self._parts: frozenset[PartAt] = frozenset()
        self._phonemes: frozenset[int] = frozenset()
        self._tracks: frozenset[str] = frozenset()
        self._active_layer = ""
        session.changed.connect(self._on_changed)
        session.line_changed.connect(self.clear)

    @property
    def keys(self) -> frozenset[KeyAt]:
        """Selected keys."""
        return self._keys

    @property
    def parts(self) -> frozenset[PartAt]:
        """Selected parts."""
        return self._parts

    @property
    def phonemes(self) -> frozenset[int]:
        """Indices of selected phonemes."""
        return self._phonemes

    @property
    def tracks(self) -> frozenset[str]:
        """Addresses of selected tracks."""
        return self._tracks

    @property
    def active_layer(self) -> str:
        """Id of the layer that new channel keys go to; "" where there is none yet."""
        return self._active_layer

    @property
    def empty(self) -> bool:
        """True if neither keys nor parts nor phonemes are selected."""
        return not (self._keys or self._parts or self._phonemes)

    def select(
        self,
        keys: Iterable[KeyAt] | None = None,
        parts: Iterable[PartAt] | None = None,
        phonemes: Iterable[int] | None = None,
        add: bool = False,
    ) -> None:
        """Select these instead of what was, or besides it; None stands for none of a kind."""
        new = (frozenset(keys or ()), frozenset(parts or ()), frozenset(phonemes or ()))
        old = (self._keys, self._parts, self._phonemes)
        if add:
            new = (old[0] | new[0], old[1] | new[1], old[2] | new[2])
        if new != old:
            self._keys, self._parts, self._phonemes = new
            self.changed.emit()

    def toggle(self, keys: Iterable[KeyAt] = (), parts: Iterable[PartAt] = (), phonemes: Iterable[int] = ()) -> None:
        """Select what of these was not selected, and the other way round."""
        self.select(self._keys ^ frozenset(keys), self._parts ^ frozenset(parts), self._phonemes ^ frozenset(phonemes))

    def select_tracks(self, tracks: Iterable[str]) -> None:
        """Select tracks, such as those the curve editor shows."""
        new = frozenset(tracks)
        if new != self._tracks:
            self._tracks = new
            self.changed.emit()

    def set_active_layer(self, layer_id: str) -> None:
        """New channel keys go to this layer."""
        if layer_id != self._active_layer:
            self._active_layer = layer_id
            self.changed.emit()

    def clear(self) -> None:
        """Nothing is selected, no layer is active."""
        had = not self.empty or self._tracks or self._active_layer
        self._keys, self._parts, self._phonemes, self._tracks, self._active_layer = frozenset(), frozenset(), frozenset(), frozenset(), ""
        if had:
            self.changed.emit()

    def _on_changed(self, change: Change) -> None:
        line = self._session.line
        if line is None or (self.empty and not self._active_layer):
            return
        keys = self._keys
        if change.concerns("emotions", "intensity", "layers", "line", "stage"):
            camera = camera_curves(self._session.document, line.id)
            known = set(line.tracks_with_keys()) | set(camera)
            keys = frozenset((track, t) for track, t in keys if track in known and _has_key(camera.get(track) or line.curve(track), t))
        parts = frozenset((kind, part_id) for kind, part_id in self._parts if line.has_part(kind, part_id))
        phonemes = frozenset(i for i in self._phonemes if line.phonemes is not None and i < len(line.phonemes))
        layer = self._active_layer if line.has_part("layers", self._active_layer) else ""
        new = (keys, parts, phonemes, layer)
        if new != (self._keys, self._parts, self._phonemes, self._active_layer):
            self._keys, self._parts, self._phonemes, self._active_layer = new
            self.changed.emit()


def _has_key(curve: Curve, time_s: float) -> bool:
    at = int(np.searchsorted(curve.times_s, time_s))
    return at < len(curve.keys) and curve.keys[at].time_s == time_s
