"""What lies over the lanes and changes faster than they do: playhead, box, snap line, a note beside the pointer, what is hovered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRect
from PySide6.QtWidgets import QWidget

from studio.timeline.axis import TimeAxis
from studio.timeline.lane import Content, Hit
from studio.timeline.stack import HEADER_PX, Stack


@dataclass(frozen=True)
class Overlay:
    """What changes faster than the lanes.

    Args:
        position_s: of the playhead.
        box: of a box selection, in the widget.
        snap_s: time that a drag has snapped to.
        hovered: what is under the pointer, with its lane's name.
        header: name of the lane whose header is under the pointer, and what of it.
        note: words beside the pointer while dragging, and where.
        drop_s: time of a cut under the pointer.
    """

    position_s: float = 0.0
    box: QRect | None = None
    snap_s: float | None = None
    hovered: tuple[str, Hit] | None = None
    header: tuple[str, str] = ("", "")
    note: tuple[str, QPointF] | None = None


class Overlaid(QWidget):
    """A widget with lanes and an overlay; a change of the overlay updates no more than it covers."""

    content: Content
    stack: Stack
    overlay: Overlay

    @property
    def axis(self) -> TimeAxis:
        """The part in view."""
        return self.content.axis

    @property
    def position_s(self) -> float:
        """Where the playhead is drawn."""
        return self.overlay.position_s

    def show_box(self, box: QRect | None) -> None:
        """The box of a selection."""
        self.overlay = replace(self.overlay, box=box)
        self.update()

    def show_snap(self, time_s: float | None) -> None:
        """The line at what a drag has snapped to."""
        old = self.overlay.snap_s
        self.overlay = replace(self.overlay, snap_s=time_s)
        for time in (old, time_s):
            if time is not None and old != time_s:
                self.update(HEADER_PX + round(self.axis.x(time)) - 2, 0, 5, self.height())

    def show_note(self, text: str, point: QPointF | None = None) -> None:
        """Words beside the pointer; "" for none."""
        old = self.overlay.note
        self.overlay = replace(self.overlay, note=(text, point) if text and point is not None else None)
        for note in (old, self.overlay.note):
            if note is not None:
                self.update(round(note[1].x()) - 330, round(note[1].y()) - 50, 660, 70)

    def show_hover(self, hovered: tuple[str, Hit] | None, header: tuple[str, str] = ("", "")) -> None:
        """What is under the pointer."""
        if (hovered, header) != (self.overlay.hovered, self.overlay.header):
            names = {n for h in (self.overlay.hovered, hovered) if h is not None for n in (h[0],)} | {self.overlay.header[0], header[0]}
            self.overlay = replace(self.overlay, hovered=hovered, header=header)
            for name in names:
                place = self.stack.place(name)
                if place is not None:
                    self.update(0, place.top, self.width(), place.height)
