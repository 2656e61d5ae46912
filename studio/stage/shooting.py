"""The camera of the document as animators move it: its shot where nothing is keyed, its keys where something is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from engine.core.curves import Curve, Key
from engine.core.timing import frame_time, nearest_frame
from engine.project.change import Composite
from engine.project.edits import SetStage
from engine.project.stage import SHOT_LIMITS, Background, Shot, Stage, shot_fields
from engine.project.storage import ProjectFile
from studio.panels.keybox import BETWEEN, KEYED, NO_KEYS
from studio.playback.player import Player
from studio.session import Session
from studio.stage.backing import drawn_stage

CHANGE, FRAME, KEY, KEYS = "Change camera", "Frame", "Change camera key", "Change camera keys"  # titles of steps
SAME_S = 1e-4  # a key this near to the playhead is at it


class Shooting(QObject):
    """Sets the camera at the playhead.

    What has no keys is set for the whole scene. What has keys becomes a key at the playhead with auto-key; without, the whole
    curve moves so that it has the value there. Auto-key also begins keys where there are none.

    Args:
        session: the document.
        player: where the playhead is in the current line.

    Signals:
        auto_changed(on): auto-key was switched.
    """

    auto_changed = Signal(bool)

    def __init__(self, session: Session, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.player = session, player
        self._auto = False
        self._drawn: tuple[ProjectFile | None, Background, Background] | None = None  # project, background, what is drawn of it
        self._base: tuple[Stage, float] | None = None  # the stage and the time when a drag began

    @property
    def auto(self) -> bool:
        """True while a number that is set becomes a key."""
        return self._auto

    def set_auto(self, on: bool) -> None:
        """Set keys, or shots and whole curves."""
        if on != self._auto:
            self._auto = on
            self.auto_changed.emit(on)

    # What there is.

    @property
    def stage(self) -> Stage:
        """As the document has it."""
        return self.session.document.stage

    @property
    def drawn_stage(self) -> Stage:
        """The same as it can be drawn: its picture by its full path, or a gradient where that is missing."""
        project, background = self.session.project, self.stage.background
        if self._drawn is None or self._drawn[0] is not project or self._drawn[1] is not background:
            self._drawn = (project, background, drawn_stage(self.session).background)
        return replace(self.stage, background=self._drawn[2]) if self._drawn[2] is not background else self.stage

    def look_again(self) -> None:
        """The picture's file may have come or gone."""
        self._drawn = None

    @property
    def dragging(self) -> bool:
        """True between `begin` and `end`."""
        return self._base is not None and self.session.history.dragging

    def scene_time(self, frame: int) -> float:
        """The time in the scene of a frame of the current line, seconds."""
        line = self.session.line
        return (line.start_s if line is not None else 0.0) + frame_time(frame, self.session.document.settings.rate)

    @property
    def time_s(self) -> float:
        """Where a key goes, seconds of the scene: the frame at the playhead; while a drag lasts, the one at which it began."""
        if self._base is not None and self.dragging:
            return self._base[1]
        return self.scene_time(nearest_frame(self.player.position_s, self.session.document.settings.rate))

    @property
    def shot(self) -> Shot:
        """The camera at the playhead."""
        return self.stage.shot_at(self.time_s)

    @property
    def shot_before(self) -> Shot:
        """The same; while a drag lasts, as it was when it began."""
        return self._base[0].shot_at(self._base[1]) if self._base is not None and self.dragging else self.shot

    def keys_of(self, name: str) -> Curve:
        """The keys of one of its numbers, in the scene's time."""
        return self.stage.camera.get(name, Curve())

    def state(self, name: str) -> str:
        """Whether a number has a key at the playhead, keys elsewhere, or none."""
        curve = self.keys_of(name)
        if not curve.keys:
            return NO_KEYS
        return KEYED if curve.index_near(self.time_s, SAME_S) >= 0 else BETWEEN

    # Setting it.

    def begin(self, name: str) -> None:
        """All that is set until `end` is one step."""
        base = (self.stage, self.time_s)
        self.session.begin_drag(name)
        self._base = base

    def end(self, keep: bool = True) -> None:
        """The drag is over; without `keep` it is taken back."""
        if self._base is not None:
            self._base = None
            self.session.end_drag(keep)

    def put(self, values: dict[str, float], name: str = CHANGE, key: bool = False) -> None:
        """Set numbers of the camera; one step outside a drag, or part of the one just made if that was of the same numbers.

        Args:
            values: by name of the field of `Shot`; held within its limits.
            name: of the step; only `CHANGE` goes on with the one before.
            key: as keys, also without auto-key.
        """
        if not self.session.read_only:
            merge = "camera" if self.dragging else f"camera {' '.join(sorted(values))}" if name == CHANGE else ""
            self.session.apply(Composite((SetStage(self._with(values, key or self._auto)),), name, merge))

    def _with(self, values: dict[str, float], key: bool) -> Stage:
        stage = self._base[0] if self._base is not None and self.dragging else self.stage
        camera, shot, time_s = dict(stage.camera), stage.shot, self.time_s
        for name, value in values.items():
            low, high = SHOT_LIMITS[name]
            value = min(max(value, low), high)
            curve = camera.get(name, Curve())
            if key:
                camera[name] = _keyed(curve, time_s, value)
            elif curve.keys:
                shift = value - float(curve.evaluate(time_s))
                camera[name] = Curve(tuple(replace(k, value=min(max(k.value + shift, low), high)) for k in curve.keys))
            else:
                shot = replace(shot, **{name: value})
        return replace(stage, shot=shot, camera=camera)

    # Keys.

    def toggle_key(self, name: str) -> None:
        """A key of one number at the playhead, or none there any more."""
        if self.session.read_only:
            return
        at = self.keys_of(name).index_near(self.time_s, SAME_S)
        if at < 0:
            self.put({name: getattr(self.shot, name)}, KEY, key=True)
            return
        curve = self.keys_of(name)
        left = Curve(tuple(k for i, k in enumerate(curve.keys) if i != at))
        camera = {n: c for n, c in self.stage.camera.items() if n != name}
        shot = self.stage.shot
        if left.keys:
            camera[name] = left
        else:  # what it was with its last key
            shot = replace(shot, **{name: curve.keys[at].value})
        self.session.apply(Composite((SetStage(replace(self.stage, shot=shot, camera=camera)),), KEY))

    def key_all(self) -> None:
        """A key of every number at the playhead."""
        shot = self.shot
        self.put({name: getattr(shot, name) for name in shot_fields()}, KEYS, key=True)

    def go_key(self, direction: int, name: str = "") -> None:
        """To the key before or after the playhead; of one number, or of any."""
        line = self.session.line
        start_s = line.start_s if line is not None else 0.0
        curves = [self.keys_of(name)] if name else list(self.stage.camera.values())
        times = [k.time_s for c in curves for k in c.keys if (k.time_s - self.time_s) * direction > SAME_S]
        times = [t - start_s for t in times if -SAME_S <= t - start_s <= self.player.duration_s + SAME_S]
        if times:
            self.player.seek(max(0.0, min(times) if direction > 0 else max(times)))


def _keyed(curve: Curve, time_s: float, value: float) -> Curve:
    """A curve with a key; one that is there keeps its tangents."""
    at = curve.index_near(time_s, SAME_S)
    if at >= 0:
        return Curve(tuple(replace(k, value=value) if i == at else k for i, k in enumerate(curve.keys)))
    return Curve.from_keys((*curve.keys, Key(time_s, value)))
