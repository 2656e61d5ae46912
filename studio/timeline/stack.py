"""Which lanes there are, how high each is, and which lies at a height of the widget. No painting here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect

from engine.project.parts import LAYER_TRACK, Layer
from engine.project.stage import CAMERA_TRACK, shot_fields
from studio.timeline.camera_lane import CameraLane
from studio.timeline.clip_lanes import InstructionLane, LayerLane, TakeLane
from studio.timeline.curve_lanes import CurveLane, emotion_lanes
from studio.timeline.lane import Content, Hit, Lane
from studio.timeline.part_lanes import EventLane, PinLane
from studio.timeline.ruler import RulerLane
from studio.timeline.speech_lanes import PhonemeLane, WaveLane, WordLane
from studio.timeline.titles import channel_title, track_title

HEADER_PX = 164
MOST_LANE_PX = 240


@dataclass(frozen=True)
class Place:
    """A lane and where it is in the widget.

    Args:
        lane: the lane.
        top: of it, pixels from the widget's top; may be out of sight.
        height: of it.
        folded: collapsed.
    """

    lane: Lane
    top: int
    height: int
    folded: bool

    def local(self, point: QPointF) -> QPointF:
        """A point of the widget in the lane's own coordinates."""
        return QPointF(point.x() - HEADER_PX, point.y() - self.top)


class Stack:
    """The lanes of the current line from top to bottom; the ruler stays where it is, the rest scrolls under it."""

    def __init__(self) -> None:
        self._heights: dict[str, int] = {}
        self._wanted: dict[str, int] = {}
        self._folded: dict[tuple[str, str], bool] = {}
        self._line_id = ""
        self.offset = 0
        self.size = (HEADER_PX + 100, 100)
        self.lanes: list[Lane] = [RulerLane("ruler", "")]
        self._places: list[Place] = []
        self.rebuild(Content())

    def rebuild(self, content: Content) -> None:
        """The lanes of what is shown now; heights and collapses are kept by name."""
        line = content.line
        self._line_id = line.id if line is not None else ""
        lanes = lanes_of(content)
        for lane in lanes:
            if (self._line_id, lane.name) not in self._folded:
                empty = isinstance(lane, CurveLane) and not lane.curve(content).keys
                self._folded[self._line_id, lane.name] = lane.folds_first or lane.drops or (empty and not lane.name.startswith(LAYER_TRACK))
        self._wanted = {lane.name: lane.wanted_px(content) for lane in lanes}
        hidden = {lane.name for lane in lanes if lane.drops and self.folded(lane)}
        self.lanes = [lane for lane in lanes if not any(lane.name != name and lane.name.startswith(name + "/") for name in hidden)]
        self._lay_out()

    def fits(self, content: Content) -> bool:
        """False where a lane wants another height than it has."""
        return all(self._wanted.get(lane.name) == lane.wanted_px(content) for lane in self.lanes)

    def resize(self, width: int, height: int) -> None:
        """The widget has another size."""
        self.size = (width, height)
        self._lay_out()

    def folded(self, lane: Lane) -> bool:
        """True if a lane is collapsed."""
        return bool(lane.folded_px or lane.drops) and self._folded.get((self._line_id, lane.name), False)

    def set_folded(self, lanes: list[Lane], folded: bool) -> None:
        """Collapse or expand lanes; call `rebuild` after."""
        for lane in lanes:
            self._folded[self._line_id, lane.name] = folded

    def set_height(self, lane: Lane, height: int) -> None:
        """Give a lane a height."""
        self._heights[lane.name] = min(max(height, lane.least_px), MOST_LANE_PX)
        self._lay_out()

    def height(self, lane: Lane) -> int:
        """Of a lane as it is now."""
        if lane.folded_px and self.folded(lane):
            return lane.folded_px
        return self._heights.get(lane.name, self._wanted.get(lane.name, lane.usual_px))

    def scroll_to(self, offset: int) -> bool:
        """Scroll to an offset from the top; True if that is another."""
        old = self.offset
        self.offset = min(max(offset, 0), self.hidden_px)
        if self.offset != old:
            self._lay_out()
        return self.offset != old

    @property
    def total_px(self) -> int:
        """Height of all lanes but the ruler."""
        return sum(self.height(lane) for lane in self.lanes[1:])

    @property
    def hidden_px(self) -> int:
        """How far the lanes can be scrolled."""
        return max(0, self.total_px - (self.size[1] - self.height(self.lanes[0])))

    def _lay_out(self) -> None:
        ruler = self.height(self.lanes[0])
        spare = max(0, self.size[1] - ruler - self.total_px)
        self.offset = min(self.offset, self.hidden_px)
        top = ruler - self.offset
        places = [Place(self.lanes[0], 0, ruler, False)]
        for lane in self.lanes[1:]:
            height = self.height(lane)
            if lane.flexible and lane.name not in self._heights:
                height += spare
            places.append(Place(lane, top, height, self.folded(lane)))
            top += height
        self._places = places

    # Where they are.

    @property
    def places(self) -> list[Place]:
        """Every lane with its place, the ruler first."""
        return self._places

    @property
    def visible(self) -> list[Place]:
        """The lanes in sight."""
        ruler = self._places[0].height
        return [p for p in self._places if p is self._places[0] or (p.top < self.size[1] and p.top + p.height > ruler)]

    def at(self, y: float) -> Place | None:
        """The lane at a height of the widget."""
        if y < self._places[0].height:
            return self._places[0]
        return next((p for p in self._places[1:] if p.top <= y < p.top + p.height), None)

    def place(self, name: str) -> Place | None:
        """The lane with a name; None where it is not shown."""
        return next((p for p in self._places if p.lane.name == name), None)

    def rect(self, name: str) -> QRect:
        """Where the lane with a name lies in the widget, without its header; empty where it is not shown."""
        place = self.place(name)
        return QRect() if place is None else QRect(HEADER_PX, place.top, self.size[0] - HEADER_PX, place.height)

    def hit(self, content: Content, point: QPointF) -> tuple[Place, Hit] | None:
        """What lies under a point of the lanes."""
        place = self.at(point.y())
        if place is None or point.x() < HEADER_PX - 4:
            return None
        return place, place.lane.hit(content, place.local(point), place.height, place.folded)


def lanes_of(content: Content) -> list[Lane]:
    """The lanes for a line, from top to bottom."""
    lanes: list[Lane] = [
        RulerLane("ruler", ""),
        WaveLane("sound", track_title("sound")),
        WordLane("words", track_title("words")),
        PhonemeLane("phonemes", track_title("phonemes")),
    ]
    if content.line is None:
        return lanes
    lanes += [EventLane("events", track_title("events")), *emotion_lanes()]
    lanes += [InstructionLane("instructions", track_title("instructions")), PinLane("pins", track_title("pins"))]
    lanes.append(TakeLane("takes", track_title("takes")))
    for layer in reversed(content.line.layers):
        lanes += [LayerLane(layer.id, layer.name), *_channels(layer)]
    camera = [CurveLane(CAMERA_TRACK + name, track_title(CAMERA_TRACK + name), indent=1) for name in shot_fields()]
    return [*lanes, CameraLane("camera", track_title("camera")), *camera]


def _channels(layer: Layer) -> list[CurveLane]:
    names = sorted(layer.curves)
    return [CurveLane(f"{LAYER_TRACK}{layer.id}/{name}", channel_title(name), indent=1) for name in names]
