"""Setting a value the way an animator means it: at the playhead with auto-key, over the whole curve without.

Sliders, the emotion wheel and the handles in the viewport all come here, so that a value set in one is a key in the others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.core.channels import CHANNELS
from engine.core.curves import Curve, Key
from engine.core.timing import frame_time, nearest_frame
from engine.project.change import Composite, Edit
from engine.project.document import LineDoc, new_id, value_limits
from engine.project.edits import PutPart, SetCurve, SetKey
from engine.project.parts import EMOTION_TRACK, LAYER_TRACK, Layer
from studio.playback.player import Player
from studio.selection import Selection
from studio.session import Session

if TYPE_CHECKING:
    from studio.recording import Recorder


class Keying(QObject):
    """Turns values into keys.

    Signals:
        auto_changed(on): auto-key was switched.
        value_set(track, value): a person set a value, for a recorder that listens.
    """

    auto_changed = Signal(bool)
    value_set = Signal(str, float)

    def __init__(self, session: Session, player: Player, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._player, self._selection = session, player, selection
        self._auto = True
        self._drag_line: LineDoc | None = None
        self._drag_s = 0.0
        self._new_layer = ""
        self._handed_on = False
        self.recorder: Recorder | None = None  # takes what is set while it records

    @property
    def auto(self) -> bool:
        """True while a value set becomes a key at the playhead."""
        return self._auto

    def set_auto(self, on: bool) -> None:
        """Key at the playhead, or shift whole curves."""
        if on != self._auto:
            self._auto = on
            self.auto_changed.emit(on)

    @property
    def time_s(self) -> float:
        """Where a key goes: the frame at the playhead; while a drag lasts, the one at which it began."""
        if self._drag_line is not None:
            return self._drag_s
        rate = self._session.document.settings.rate
        return frame_time(nearest_frame(self._player.position_s, rate), rate)

    def value(self, track: str) -> float:
        """A track's value at the playhead; of `channels/NAME` the active layer's."""
        line = self._session.line
        if line is None:
            return 0.0
        address = self.address(track)
        curve = line.curve(address) if address and not (address.startswith(LAYER_TRACK) and not self._has_layer(line, address)) else Curve()
        if not curve.keys:
            return 1.0 if track == "intensity" else 0.0
        return float(curve.evaluate(self.time_s))

    def address(self, track: str) -> str:
        """A track's address; a bare channel or `amounts/NAME` is meant on the active layer, "" where there is none."""
        if track in CHANNELS or track.startswith("amounts/"):
            layer = self._selection.active_layer or self._new_layer
            return f"{LAYER_TRACK}{layer}/{track}" if layer else ""
        return track

    def begin(self, name: str = "") -> None:
        """A drag begins: all values set until `end` are one step. While a performance is recorded the recorder makes it one."""
        self._handed_on = self.recorder is not None and self.recorder.active
        if self._handed_on:
            return
        self._drag_s = self.time_s
        self._session.begin_drag(name)
        self._drag_line = self._session.line

    def end(self, keep: bool = True) -> None:
        """The drag is over; without `keep` it is taken back."""
        if self._handed_on:
            self._handed_on = False
            if self.recorder is not None:
                self.recorder.let_go()
            return
        self._drag_line, made = None, self._new_layer
        self._session.end_drag(keep)
        self._new_layer = ""
        line = self._session.line
        if made and line is not None and line.has_part("layers", made):
            self._selection.set_active_layer(made)

    def set_value(self, track: str, value: float) -> None:
        """Set one value; see `set_values`."""
        self.set_values({track: value})

    def set_values(self, values: dict[str, float], key: bool = False, instead: bool = False) -> None:
        """Set values at the playhead, as one step outside a drag.

        With auto-key each becomes a key there; without, the whole curve moves so that it has the value there. Bare channels
        go to the active layer, and to a new one, "Edits", where none is active. What is locked stays.

        Args:
            values: by track: `emotions/happy`, `intensity`, `layers/ID/jawOpen`, `jawOpen`, `amounts/head`.
            key: set keys, also without auto-key.
            instead: in a drag, in the place of all that was set in it before, whichever tracks that were.
        """
        line = self._session.line
        if line is None or self._session.read_only or (self._drag_line is None and self._recorded(line, values)):
            return
        edits = self._edits(self._drag_line if self._drag_line is not None else line, values, key or self._auto)
        if not edits and not instead:
            return
        own_step = self._drag_line is None
        merge_key = "values" if instead else "values " + " ".join(sorted(values))
        self._session.apply(edits[0] if len(edits) == 1 and not instead else Composite(tuple(edits), "Set values", merge_key))
        if own_step and self._new_layer:
            self._selection.set_active_layer(self._new_layer)
            self._new_layer = ""
        for track, value in values.items():
            self.value_set.emit(self.address(track) or track, value)

    def _recorded(self, line: LineDoc, values: dict[str, float]) -> bool:
        """True if the recorder took the values, which then are no keys yet; it gets a layer for channels first."""
        recorder = self.recorder
        if recorder is None or not recorder.active:
            return False
        if any(not self.address(track) for track in values):
            recorder.begin()
            layer = Layer(new_id(), "Edits")
            self._session.apply(PutPart(line.id, layer))
            self._selection.set_active_layer(layer.id)
        taken = [recorder.feed(self.address(track), value) for track, value in values.items()]
        return all(taken)

    def _edits(self, line: LineDoc, values: dict[str, float], key: bool) -> list[Edit]:
        edits: list[Edit] = []
        on_layer = [t for t in values if t in CHANNELS or t.startswith("amounts/")]
        if on_layer and not self._selection.active_layer:
            self._new_layer = self._new_layer or new_id()
            edits.append(PutPart(line.id, Layer(self._new_layer, "Edits")))
        for track, value in values.items():
            address = self.address(track)
            if self._locked(line, address):
                continue
            edits.append(self._edit(line, address, value, key))
        return edits

    def _edit(self, line: LineDoc, address: str, value: float, key: bool) -> Edit:
        known = not address.startswith(LAYER_TRACK) or self._has_layer(line, address)
        curve = line.curve(address) if known else Curve()
        low, high = value_limits(line, address) if known else (-150.0, 150.0)
        value = min(max(value, low), high)
        if key or not curve.keys:
            # The first key of an emotion without auto-key is its level everywhere: where it stands does not matter.
            near = next((k for k in curve.keys if abs(k.time_s - self.time_s) < 1e-6), None)
            return SetKey(line.id, address, Key(self.time_s, value) if near is None else replace(near, time_s=self.time_s, value=value))
        shift = value - float(curve.evaluate(self.time_s))
        return SetCurve(line.id, address, Curve(tuple(replace(k, value=min(max(k.value + shift, low), high)) for k in curve.keys)))

    def _has_layer(self, line: LineDoc, address: str) -> bool:
        return line.has_part("layers", address.split("/")[1])

    def _locked(self, line: LineDoc, address: str) -> bool:
        if address.startswith(LAYER_TRACK):
            return self._has_layer(line, address) and line.layer(address.split("/")[1]).lock
        return line.track_state(address).lock or (address.startswith(EMOTION_TRACK) and line.track_state("emotions").lock)
