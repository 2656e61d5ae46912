"""What is put on a line by the timeline: keys, events, pins, instructions, take clips, layers, markers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.core.curves import Key
from engine.core.errors import InvalidInput
from engine.project.addresses import curve_at, is_camera, limits_at, rest_at
from engine.project.document import LineDoc, new_id
from engine.project.edits import PutPart, RemovePart, SetKey
from engine.project.key_edits import changed_keys, put_keys
from engine.project.parts import LAYER_TRACK, Blink, Gaze, Instruction, Layer, Marker, Part, Pin, TakeClip
from engine.project.stage import CAMERA_TRACK, shot_fields
from studio.timeline import verbs
from studio.timeline.lane import track_of_part
from studio.timeline.titles import translate

if TYPE_CHECKING:
    from studio.timeline.editing import Editor

_CLIP_S = 1.5  # length of a new clip, where there is room


def _no_pose(_: float) -> dict[str, float]:
    return {}


class Adding:
    """Adds things to the current line; each is selected then.

    Args:
        editor: whose line and selection.
    """

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self.pose_at: Callable[[float], dict[str, float]] = _no_pose  # channel values of the performance at a time

    def key(self, track: str, time_s: float, value: float | None = None) -> None:
        """A key on a curve; on it where no value is given."""
        line = self._editor.may_change(track)
        if line is None:
            return
        document = self._editor.session.document
        curve = curve_at(document, line.id, track)
        if value is None:
            rest = rest_at(document, track) if is_camera(track) else 1.0 if track == "intensity" else 0.0
            value = float(curve.evaluate(time_s)) if curve.keys else rest
        low, high = limits_at(document, line.id, track)
        near = curve.index_near(time_s)
        value = min(max(value, low), high)
        key = Key(time_s, value) if near < 0 else replace(curve.keys[near], value=value)
        self._editor.session.apply(SetKey(line.id, track, key))
        self._editor.selection.select([(track, key.time_s)])

    def set_tangent(self, tangent: str) -> None:
        """Give the selected keys a tangent."""
        editor = self._editor
        line = editor.line()
        if line is None:
            return
        found, held = verbs.without_locked(line, editor.found())
        if held:
            editor.refuse_locked(held)
        if found.keys:
            name = "Change tangents"
            editor.session.apply(changed_keys(editor.session.document, line.id, found.keys, lambda k: replace(k, tangent=tangent), name))

    def set_value(self, track: str, time_s: float, value: float) -> None:
        """Give one key a value."""
        line = self._editor.may_change(track)
        if line is None:
            return
        document = self._editor.session.document
        low, high = limits_at(document, line.id, track)
        curve = curve_at(document, line.id, track)
        i = curve.index_near(time_s)
        if i >= 0:
            self._editor.session.apply(SetKey(line.id, track, replace(curve.keys[i], value=min(max(value, low), high))))

    def camera(self, time_s: float) -> None:
        """A key of every number of the camera, as it is there."""
        line = self._editor.may_change("camera")
        if line is None:
            return
        document = self._editor.session.document
        shot = document.stage.shot_at(line.start_s + time_s)
        keys = {CAMERA_TRACK + name: [Key(time_s, getattr(shot, name))] for name in shot_fields()}
        self._editor.session.apply(put_keys(document, line.id, keys, "Change camera keys"))
        self._editor.selection.select([(track, time_s) for track in keys])

    def blink(self, time_s: float) -> None:
        """A blink."""
        self._put("blinks", Blink(new_id(), time_s), "Add blink")

    def gaze(self, time_s: float, yaw_rad: float = 0.0, pitch_rad: float = 0.0) -> None:
        """A gaze target, by default the viewer."""
        self._put("gazes", Gaze(new_id(), time_s, yaw_rad, pitch_rad), "Add gaze target")

    def turn_gazes(self, yaw_rad: float, pitch_rad: float) -> None:
        """Let the selected gaze targets look elsewhere."""
        editor = self._editor
        line = editor.may_change("events")
        if line is None:
            return
        scope = editor.scope(line)
        wanted = {i for kind, i in editor.selection.parts if kind == "gazes"}
        new = tuple(replace(g, yaw_rad=yaw_rad, pitch_rad=pitch_rad) if g.id in wanted else g for g in scope.parts("gazes"))
        from engine.project.edits import SetParts

        editor.session.apply(SetParts(line.id, "gazes", new))

    def marker(self, time_s: float) -> str:
        """A marker; its id."""
        count = len(self._editor.content.parts_of("markers")) + 1
        name = translate("Timeline", "Marker {}").format(count)
        return self._put("markers", Marker(new_id(), time_s, name), "Add marker")

    def pin(self, time_s: float) -> str:
        """A pin that holds the face as it is at a time; its id."""
        values = self.pose_at(time_s)
        if not values:
            self._editor.say(translate("Timeline", "Nothing is performed here yet: wait a moment, then pin it"))
            return ""
        return self._put("pins", Pin(new_id(), time_s, values), "Add pin")

    def instruction(self, time_s: float, text: str) -> str:
        """An instruction for a stretch: from in to out where both are set around it, else a moment and a half; its id."""
        span = self._span(time_s)
        if span is None:
            return ""
        return self._put("instructions", Instruction(new_id(), text, *span), "Add instruction")

    def take_clip(self, take_id: str, time_s: float, regions: tuple[str, ...] = ()) -> str:
        """A stretch in which a take plays; its id."""
        span = self._span(time_s)
        if span is None:
            return ""
        return self._put("take_clips", TakeClip(new_id(), take_id, *span, regions), "Place take")

    def layer(self, name: str = "") -> str:
        """An edit layer on top, which new channel keys go to; its id."""
        editor = self._editor
        line = editor.line()
        if line is None:
            return ""
        made = Layer(new_id(), name or translate("Timeline", "Layer {}").format(len(line.layers) + 1))
        if editor.session.apply(PutPart(line.id, made)):
            editor.selection.select(parts=[("layers", made.id)])
            editor.selection.set_active_layer(made.id)
        return made.id

    def channel(self, layer_id: str, name: str) -> None:
        """A curve on a layer, begun with a key at the playhead."""
        self.key(f"{LAYER_TRACK}{layer_id}/{name}", self._editor.time_s)

    def remove_part(self, kind: str, part_id: str) -> None:
        """Take one part away."""
        line = self._editor.may_change(track_of_part(kind, part_id))
        if line is not None:
            self._editor.session.apply(RemovePart(line.id, kind, part_id))

    def replaced(self, part: Part, kind: str) -> None:
        """Put a part in the place of the one with its id."""
        line = self._editor.may_change(track_of_part(kind, part.id))
        if line is not None:
            self._apply(line, part, kind)

    def _apply(self, line: LineDoc, part: Part, kind: str, name: str = "") -> bool:
        try:
            edit = verbs.put_part(self._editor.scope(line), part, kind, name)
        except InvalidInput as error:  # an instruction that is too long
            self._editor.say(str(error))
            return False
        return bool(self._editor.session.apply(edit))

    def _put(self, kind: str, part: Part, name: str) -> str:
        line = self._editor.may_change(track_of_part(kind, part.id))
        if line is None:
            return ""
        if not self._apply(line, part, kind, name):
            return ""
        self._editor.selection.select(parts=[(kind, part.id)])
        return part.id

    def _span(self, time_s: float) -> tuple[float, float] | None:
        line: LineDoc | None = self._editor.session.line
        duration_s = self._editor.content.axis.duration_s
        if line is None or duration_s <= 0:
            return None
        if line.in_s is not None and line.out_s is not None and line.in_s <= time_s <= line.out_s:
            return line.in_s, line.out_s
        start_s = min(time_s, max(0.0, duration_s - min(_CLIP_S, duration_s)))
        return start_s, min(start_s + _CLIP_S, duration_s)


def degrees(yaw: float, pitch: float) -> tuple[float, float]:
    """Radians of two angles in degrees."""
    return math.radians(yaw), math.radians(pitch)
