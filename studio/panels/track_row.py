"""A level that shows and sets a curve at the playhead."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from engine.core.curves import Curve
from engine.project.edits import RemoveKey
from engine.project.parts import LAYER_TRACK
from studio.panels.desk import Desk
from studio.panels.levels import BETWEEN, KEYED, NAME_PX, NO_KEYS, Level, LevelRow

SAME_S = 1e-3  # a key this near the playhead is at it


class TrackRow(LevelRow):
    """Edits one track through the keying.

    Args:
        desk: what it works with.
        track: `emotions/happy`, `intensity`, or a bare channel of the active layer.
        level: what it is.
        keys: as of `LevelRow`.
        also: further values to set with each value, such as the other side's; by track.
    """

    def __init__(
        self,
        desk: Desk,
        track: str,
        level: Level,
        keys: str = "full",
        name_px: int = NAME_PX,
        also: Callable[[str, float], dict[str, float]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(level, (lambda: desk.session.cursor, desk.session.undo), keys, name_px, parent)
        self.track = track
        self._desk = desk
        self._also = also
        self._title = self.tr("Change {name}").format(name=level.name.lower() if track.startswith("emotions/") else level.name)
        self.began.connect(self._on_began)
        self.changed.connect(self._on_set)
        self.ended.connect(desk.keying.end)
        self.previous_key.connect(lambda: self._go(-1))
        self.next_key.connect(lambda: self._go(1))
        self.key_toggled.connect(self._on_toggled)

    @property
    def curve(self) -> Curve:
        """The track's curve; without keys where there is none."""
        line, address = self._desk.line, self._desk.keying.address(self.track)
        if line is None or not address or (address.startswith(LAYER_TRACK) and not line.has_part("layers", address.split("/")[1])):
            return Curve()
        return line.curve(address)

    def refresh(self) -> None:
        """Show the value and the keys at the playhead."""
        self.set_reason(self._desk.locked(self.track))
        self.show_playhead()

    def show_playhead(self) -> None:
        """Show the value there, and whether it has a key."""
        curve, time_s = self.curve, self._desk.keying.time_s
        if not curve.keys:
            self.set_keys(NO_KEYS)
            value = self.level.usual
        else:
            self.set_keys(KEYED if curve.index_near(time_s, SAME_S) >= 0 else BETWEEN)
            value = float(curve.evaluate(time_s))
        if not self.dragging:
            self.set_value(value)

    def _on_began(self) -> None:
        self._desk.keying.begin(self._title)

    def _on_set(self, value: float) -> None:
        values = {self.track: value}
        if self._also is not None:
            values.update(self._also(self.track, value))
        keying = self._desk.keying
        if self.dragging:
            keying.set_values(values)
        else:
            keying.begin(self._title)
            keying.set_values(values)
            keying.end()

    def _go(self, direction: int) -> None:
        here = self._desk.keying.time_s
        times = [k.time_s for k in self.curve.keys if (k.time_s - here) * direction > SAME_S]
        if times:
            self._desk.player.seek(min(times) if direction > 0 else max(times))

    def _on_toggled(self) -> None:
        line, keying, curve = self._desk.line, self._desk.keying, self.curve
        if line is None or self._desk.locked(self.track):
            return
        at = curve.index_near(keying.time_s, SAME_S)
        if at >= 0:
            self._desk.session.apply(RemoveKey(line.id, keying.address(self.track), curve.keys[at].time_s))
        else:
            keying.set_values({self.track: self.value}, key=True)
