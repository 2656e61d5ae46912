"""What graph and dope sheet share: the curves shown, the keys selected, and every way to change them. No widgets.

A change is a function from curve to curve (`engine.core.curve_ops`); the model finds which keys that exchanges and makes one
edit of it, so that each verb is one step to undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from engine.core import curve_ops
from engine.core.curves import Curve, Key
from engine.core.errors import EngineError
from engine.core.motion import MotionClip
from engine.core.timing import frame_time, nearest_frame
from engine.project.addresses import curve_at, is_camera, limits_at, rest_at
from engine.project.change import Change, Composite, Edit
from engine.project.document import Document, LineDoc
from engine.project.edits import SpliceKeys
from engine.project.key_edits import by_track
from engine.project.parts import EMOTION_TRACK, INTENSITY_TRACK, LAYER_TRACK
from engine.project.stage import Stage
from studio.curves.tracks import Track, tracks_of
from studio.playback.player import Player
from studio.selection import KeyAt, Selection
from studio.session import Session

TOPICS = ("stage", "emotions", "intensity", "layers", "tracks", "line", "settings", "media", "phonemes")
_REMEMBERED = 400  # states of curves
Operation = Callable[[Curve, list[float]], Curve]  # a curve and the times of its selected keys


class Remembered:
    """Which keys were selected when a curve was as it is: so that undo and redo bring the selection back too."""

    def __init__(self) -> None:
        self._times: dict[tuple[str, int], frozenset[float]] = {}
        self._last: dict[str, Curve] = {}

    def keep(self, track: str, curve: Curve, selected: frozenset[KeyAt]) -> None:
        """These keys are selected while a track has this curve."""
        self._times[track, hash(curve)] = frozenset(t for a, t in selected if a == track)
        self._last[track] = curve
        while len(self._times) > _REMEMBERED:
            self._times.pop(next(iter(self._times)))

    def recall(self, curve_of: Callable[[str], Curve]) -> set[KeyAt]:
        """The keys that were selected when the curves that have changed were as they are now."""
        out: set[KeyAt] = set()
        for track, last in self._last.items():
            curve = curve_of(track)
            if curve is not last:
                self._last[track] = curve
                out.update((track, t) for t in self._times.get((track, hash(curve)), ()))
        return out


class CurveModel(QObject):
    """The curves of the line a person works on.

    Signals:
        changed(): curves, tracks, their switches or what is visible.
        selected(): other keys or tracks are selected.
        noticed(text): something a person should know of.
    """

    changed = Signal()
    selected = Signal()
    noticed = Signal(str)

    def __init__(self, session: Session, player: Player, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.player, self.selection = session, player, selection
        self.ghost: MotionClip | None = None
        self.everything = False  # list channels without keys too
        self.only_selected = False  # show selected tracks alone
        self.normalised = False  # draw every curve against its own limits
        self.snap_frames = True
        self.snap_values = False
        self.unit = "timecode"
        self._hidden: set[str] = set()
        self._base: Document | None = None  # as it was when a drag began
        self._picked: frozenset[KeyAt] = frozenset()
        self._tracks: list[Track] | None = None
        # Worked out of a selection (and a line) that are held, to be known again.
        self._active: tuple[frozenset[KeyAt], frozenset[str], frozenset[str]] | None = None
        self._selected: tuple[frozenset[KeyAt], LineDoc | None, Stage, dict[str, list[Key]]] | None = None
        self._extent: tuple[LineDoc, float] | None = None
        self._remembered = Remembered()
        self._touched: set[str] = set()  # tracks changed since the drag began
        self._own = False  # a change of our own is on its way
        self._filmed: tuple[object, object] = (session.document.stage.camera, session.document.stage.shot)
        session.changed.connect(self._on_changed)
        session.line_changed.connect(self._on_line_changed)
        selection.changed.connect(self._on_selected)

    # What there is.

    @property
    def line(self) -> LineDoc | None:
        """The line a person works on."""
        return self.session.line

    @property
    def rate(self) -> Fraction:
        """Frames per second."""
        return self.session.document.settings.rate

    @property
    def duration_s(self) -> float:
        """Length of the line; where it is not known yet, as far as there are keys."""
        line = self.line
        return 0.0 if line is None else (line.duration_s or self.player.duration_s or self.extent_s)

    @property
    def extent_s(self) -> float:
        """As far as there is anything: the line's length, or its last key where a shorter sound has left it beyond."""
        line = self.line
        if line is None:
            return 0.0
        if self._extent is None or self._extent[0] is not line:
            last = [line.curve(t).keys[-1].time_s for t in line.tracks_with_keys()]
            self._extent = (line, max(last, default=0.0))
        return max(self._extent[1], line.duration_s or self.player.duration_s or 1.0)

    @property
    def tracks(self) -> list[Track]:
        """All that may be listed."""
        if self._tracks is None:
            self._tracks = tracks_of(self.line, self.everything) if self.line is not None else []
        return self._tracks

    def curve(self, address: str) -> Curve:
        """A curve as it stands."""
        line = self.line
        if line is None or (address.startswith(LAYER_TRACK) and not line.has_part("layers", address.split("/")[1])):
            return Curve()
        return curve_at(self.session.document, line.id, address)

    def visible(self, address: str) -> bool:
        """True unless a person hid it."""
        return address not in self._hidden

    def set_visible(self, addresses: Iterable[str], on: bool) -> None:
        """Show curves or hide them."""
        wanted = set(addresses)
        self._hidden = self._hidden - wanted if on else self._hidden | wanted
        self.changed.emit()

    def set_only_selected(self, on: bool) -> None:
        """Show the selected tracks alone, or all that are not hidden."""
        self.only_selected = on
        self.changed.emit()

    def set_normalised(self, on: bool) -> None:
        """Draw every curve against its own limits, or all against one axis."""
        self.normalised = on
        self.changed.emit()

    def factor(self, address: str) -> float:
        """By how much a track's values are multiplied where they are drawn."""
        return 1.0 / max(map(abs, self.limits(address))) if self.normalised else 1.0

    def set_everything(self, on: bool) -> None:
        """List the layers' channels without keys too."""
        self.everything, self._tracks = on, None
        self.changed.emit()

    def set_ghost(self, motion: MotionClip | None) -> None:
        """The performance beneath the layers, to be drawn behind their curves."""
        if motion is not self.ghost:
            self.ghost = motion
            self.changed.emit()

    def shown(self) -> list[Track]:
        """What the graph draws: curves with keys that are not hidden."""
        out = [t for t in self.tracks if t.address not in self._hidden and self.curve(t.address).keys]
        active = self.active
        return [t for t in out if t.address in active] if self.only_selected and active else out

    @property
    def active(self) -> frozenset[str]:
        """Addresses of tracks that are selected or have selected keys."""
        keys, tracks = self.selection.keys, self.selection.tracks
        if self._active is None or self._active[0] is not keys or self._active[1] is not tracks:
            self._active = (keys, tracks, tracks | {track for track, _ in keys})
        return self._active[2]

    def limits(self, address: str) -> tuple[float, float]:
        """Smallest and largest value of a track's keys."""
        line = self.line
        return limits_at(self.session.document, line.id, address) if line is not None else (0.0, 1.0)

    def rest_value(self, address: str) -> float:
        """What a track is worth without keys."""
        if is_camera(address):
            return rest_at(self.session.document, address)
        return 1.0 if address == INTENSITY_TRACK else 0.0

    def editable(self, address: str) -> bool:
        """True unless the track, its layer or the project is locked."""
        line = self.line
        if line is None or self.session.read_only:
            return False
        if address.startswith(LAYER_TRACK) and line.layer(address.split("/")[1]).lock:
            return False
        whole = "emotions" if address.startswith(EMOTION_TRACK) else address
        return not (line.track_state(address).lock or line.track_state(whole).lock)

    def acts(self, track: Track) -> bool:
        """False where the track or its layer is muted or locked: it is drawn fainter."""
        line = self.line
        if line is None or not self.editable(track.address) or line.track_state(track.address).mute:
            return False
        return not (track.group and line.layer(track.group).mute)

    def frame_time(self, time_s: float) -> float:
        """The time of the nearest frame."""
        return frame_time(nearest_frame(time_s, self.rate), self.rate)

    # What is selected.

    def selected_keys(self) -> dict[str, list[Key]]:
        """Selected keys by track, in order of time; not to be written to."""
        chosen, line, stage = self.selection.keys, self.line, self.session.document.stage
        if self._selected is not None and all(a is b for a, b in zip(self._selected, (chosen, line, stage), strict=False)):
            return self._selected[3]
        out: dict[str, list[Key]] = {}
        for track, times in by_track(chosen).items():
            curve = self.curve(track)
            found = [curve.keys[i] for i in curve_ops.chosen(curve, times)]
            if found:
                out[track] = found
        self._selected = (chosen, line, stage, out)
        return out

    def select(self, keys: Iterable[KeyAt], add: bool = False) -> None:
        """Select keys instead of what was, or besides it; those of locked tracks cannot be."""
        free: dict[str, bool] = {}
        wanted = [k for k in keys if free.setdefault(k[0], self.editable(k[0]))]
        self.selection.select(wanted, add=add)

    # Changing.

    @property
    def dragging(self) -> bool:
        """True between `begin_drag` and `end_drag`."""
        return self._base is not None

    @property
    def picked(self) -> frozenset[KeyAt]:
        """The keys that were selected when the drag began."""
        return self._picked if self.dragging else self.selection.keys

    def begin_drag(self, name: str) -> None:
        """All changes until `end_drag` are one step, each made on the line as it is now."""
        self._base, self._picked = self.session.document, self.selection.keys
        self._touched.clear()
        self.session.begin_drag(name)

    def base_curve(self, address: str) -> Curve:
        """A curve as it was when the drag began."""
        line = self.line
        return curve_at(self._base, line.id, address) if self._base is not None and line is not None else self.curve(address)

    def end_drag(self, keep: bool = True) -> None:
        """The drag is over; without `keep` all is as before."""
        picked, base, self._base = self._picked, self._base, None
        self.session.end_drag(keep)
        if not keep:
            self.selection.select(picked)
        elif base is not None:
            line = self.line
            self._remember({t: curve_at(base, line.id, t) for t in self._touched} if line is not None else {}, picked)
        self.changed.emit()

    def change_selected(self, name: str, operation: Operation, keep_picked: bool = True) -> bool:
        """Pass every curve with selected keys through an operation, as one step; what it makes of the keys is then selected.

        Args:
            name: of the step.
            operation: from a curve and the times of its selected keys to a curve.
            keep_picked: those selected that are left as they were stay selected too.

        Returns:
            True if anything changed.
        """
        return self.change_each(name, lambda _: operation, keep_picked)

    def change_each(self, name: str, operation_of: Callable[[str], Operation], keep_picked: bool = True) -> bool:
        """The same with an operation for each track, by its address."""
        try:
            new = self.job_of(operation_of)()
        except EngineError as error:
            self.session.failed.emit(error)
            return False
        return self.put(name, new, keep_picked=keep_picked)

    def job_of(self, operation_of: Callable[[str], Operation]) -> Callable[[], dict[str, Curve]]:
        """What works operations out for the selected keys, on any thread: it has all it needs.

        Calling it raises what an operation raises.
        """
        chosen = by_track(self.picked).items()
        curves = [(track, operation_of(track), self.base_curve(track), times) for track, times in chosen if self.editable(track)]
        return lambda: {track: operation(curve, times) for track, operation, curve, times in curves}

    def put(self, name: str, curves: dict[str, Curve], keep_picked: bool = True) -> bool:
        """Exchange curves by others, as one step.

        Args:
            name: of the step.
            curves: by address; values are held within their limits.
            keep_picked: of the keys selected those that are left stay selected, besides the new ones.

        Returns:
            True if anything changed.
        """
        line = self.line
        if line is None or self.session.read_only:
            return False
        edits: list[Edit] = []
        before = {track: self.base_curve(track) for track in curves}
        picked = self.picked
        kept = {k for k in picked if keep_picked and k[0] not in curves}
        for track, curve in curves.items():
            old, new = before[track], curve_ops.clamped(curve, *self.limits(track))
            old_ids, new_ids = {id(k) for k in old.keys}, {id(k) for k in new.keys}
            gone = tuple(k.time_s for k in old.keys if id(k) not in new_ids)
            add = tuple(k for k in new.keys if id(k) not in old_ids)
            if gone or add:
                edits.append(SpliceKeys(line.id, track, gone, add))
                self._touched.add(track)
            kept.update((track, k.time_s) for k in add)
            if keep_picked:
                left = set(new.times_s.tolist())
                kept.update((t, s) for t, s in picked if t == track and s in left)
        if not edits and not self.dragging:
            return False
        self._own = True
        self.session.apply(Composite(tuple(edits), name, f"curves {line.id} {name}" if self.dragging else ""))
        self._own = False
        self.selection.select(kept)
        if not self.dragging:
            self._remember(before, picked)
        return True

    def _remember(self, before: dict[str, Curve], picked: frozenset[KeyAt]) -> None:
        """What was selected before a step and after it, for undo and redo."""
        for track, curve in before.items():
            self._remembered.keep(track, curve, picked)
            self._remembered.keep(track, self.curve(track), self.selection.keys)

    # Following the document.

    def _on_changed(self, change: Change) -> None:
        filmed, self._filmed = self._filmed, (self.session.document.stage.camera, self.session.document.stage.shot)
        only_light = change.what == {"stage"} and all(a is b for a, b in zip(filmed, self._filmed, strict=True))
        if not change.concerns(*TOPICS) or only_light:
            return
        self._tracks = None
        if not self._own and not self.dragging and not self.session.history.dragging:
            recalled = self._remembered.recall(self.curve)
            if recalled:
                self.selection.select(recalled, add=True)
        self.changed.emit()

    def _on_line_changed(self) -> None:
        self._tracks = None
        self._hidden.clear()
        self._remembered = Remembered()
        self.changed.emit()

    def _on_selected(self) -> None:
        self.selected.emit()
