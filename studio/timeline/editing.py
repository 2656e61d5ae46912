"""The verbs of the timeline on the current selection: each one undo step, each told in a word where it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from engine.core.errors import InvalidInput
from engine.core.timing import frame_time
from engine.project.addresses import is_camera, limits_at
from engine.project.change import Composite, Edit
from engine.project.document import LineDoc
from engine.project.edits import RelabelPhoneme, SetLayer, SetParts, SetPhonemeStrength, SetTrackState, SplitPhoneme
from engine.project.parts import LAYER_TRACK, TrackState
from studio.session import Session
from studio.timeline import clipboard, verbs
from studio.timeline.adding import Adding
from studio.timeline.lane import Found, is_locked
from studio.timeline.titles import track_title
from studio.timeline.verbs import Scope

if TYPE_CHECKING:
    from studio.playback.player import Player
    from studio.selection import Selection
    from studio.timeline.lane import Content


class Editor(QObject):
    """Changes the current line as a person asks in the timeline.

    Args:
        session: the project.
        player: where the playhead is.
        selection: what is worked on.
        content: what the timeline shows.
        say: tells a person something.
    """

    def __init__(self, session: Session, player: Player, selection: Selection, content: Content, say: Callable[[str], None]) -> None:
        super().__init__()
        self.session, self.player, self.selection, self.content, self.say = session, player, selection, content, say
        self.add = Adding(self)

    # What may be changed.

    def line(self) -> LineDoc | None:
        """The line, if it may be changed; a word why where it may not."""
        line = self.session.line
        if line is not None and self.session.read_only:
            self.say(self.tr("This project is open for reading only; save it under another name to change it"))
            return None
        return line

    def scope(self, line: LineDoc) -> Scope:
        """What verbs work on."""
        automatic = {"blinks": self.content.auto_blinks, "gazes": self.content.auto_gazes}
        return Scope(self.session.document, line.id, self.content.axis.duration_s or line.duration_s or 0.0, automatic)

    def found(self) -> Found:
        """What is selected."""
        return Found(self.selection.keys, self.selection.parts, self.selection.phonemes)

    def refuse_locked(self, track: str) -> None:
        """Say that a track is locked."""
        self.say(self.tr("{} is locked: click its padlock to change it").format(self.track_name(track)))

    def may_change(self, track: str) -> LineDoc | None:
        """The line, if a track of it may be changed."""
        line = self.line()
        if line is not None and is_locked(line, track):
            self.refuse_locked(track)
            return None
        return line

    def track_name(self, track: str) -> str:
        """What a person calls a track."""
        return track_title(track, self.session.line)

    def _free(self) -> tuple[LineDoc, Found] | None:
        """The line and what of the selection may be changed; a word on what may not."""
        line = self.line()
        if line is None:
            return None
        found, held = verbs.without_locked(line, self.found())
        if held:
            self.refuse_locked(held)
        return (line, found) if found != Found() else None

    # Of the selection.

    def delete(self) -> None:
        """Take away what is selected."""
        free = self._free()
        if free is None:
            return
        edit = verbs.remove(self.scope(free[0]), free[1])
        if edit.edits:
            self.session.apply(edit)
            self.selection.select()

    def copy(self) -> bool:
        """Put keys and parts on the clipboard; True if there was something."""
        line, found = self.session.line, Found(self.selection.keys, self.selection.parts)
        if line is None or found == Found():
            self.say(self.tr("Select keys or clips to copy"))
            return False
        data = QMimeData()
        text = clipboard.write(self.scope(line), found)
        data.setData(clipboard.MIME, text.encode())
        QGuiApplication.clipboard().setMimeData(data)
        self.say(self.tr("Copied {0} keys and {1} clips").format(len(found.keys), len(found.parts)))
        return True

    def cut(self) -> None:
        """Copy, then delete."""
        if self.line() is not None and self.copy():
            self.delete()

    def paste(self) -> None:
        """What was copied, at the playhead. What would lie beyond the line stays on the clipboard."""
        line = self.line()
        data = QGuiApplication.clipboard().mimeData()
        if line is None:
            return
        if data is None or not data.hasFormat(clipboard.MIME):
            self.say(self.tr("The clipboard holds nothing of a timeline"))
            return
        try:
            clip = clipboard.read(bytes(data.data(clipboard.MIME).data()).decode("utf-8", "replace"))
            pasted = clipboard.paste(self.scope(line), clip, self.time_s, self.selection.active_layer, self.selection.tracks)
        except InvalidInput as error:
            self.say(str(error))
            return
        if pasted.edit is not None:
            self.session.apply(pasted.edit)
            self.selection.select(pasted.found.keys, pasted.found.parts)
        self._tell_pasted(clip.count, pasted)

    def _tell_pasted(self, count: int, pasted: clipboard.Pasted) -> None:
        notes = []
        if pasted.outside:
            notes.append(self.tr("{0} of {1} lie beyond the end of the line and stay on the clipboard").format(pasted.outside, count))
        if pasted.locked:
            notes.append(self.tr("{0} of {1} belong on a locked track").format(pasted.locked, count))
        if pasted.homeless:
            notes.append(self.tr("{0} of {1} play a take that this line does not have").format(pasted.homeless, count))
        done = count - pasted.outside - pasted.locked - pasted.homeless
        self.say("; ".join([self.tr("Pasted {}").format(done) if done else self.tr("Nothing pasted"), *notes]))

    def duplicate(self) -> None:
        """Copies of what is selected right after it."""
        free = self._free()
        if free is None:
            return
        scope, found = self.scope(free[0]), Found(free[1].keys, free[1].parts)
        span = verbs.span_of(scope, found)
        if span is None:
            return
        delta_s = max(span[1] - span[0], 0.0) + (0.0 if self._clips_only(found) else frame_time(1, self.content.rate))
        if span[1] + delta_s > scope.duration_s + 1e-6:
            self.say(self.tr("There is no room for a copy before the end of the line"))
            return
        edit, after = verbs.copied(scope, found, delta_s, 0.0, {})
        self.session.apply(edit)
        self.selection.select(after.keys, after.parts)

    def _clips_only(self, found: Found) -> bool:
        return not found.keys and all(kind in ("instructions", "take_clips") for kind, _ in found.parts)

    def nudge(self, frames: int) -> None:
        """Move what is selected by frames."""
        free = self._free()
        if free is None:
            return
        scope, found = self.scope(free[0]), Found(free[1].keys, free[1].parts)
        delta_s = verbs.held_within(scope, found, frame_time(frames, self.content.rate))
        if delta_s == 0.0 or found == Found():
            return
        edit, after = verbs.move(scope, found, delta_s)
        self.session.apply(Composite(edit.edits, "Nudge"))
        self.selection.select(after.keys, after.parts)

    def raise_values(self, step: float) -> None:
        """Move the values of the selected keys by a share of their track's range."""
        free = self._free()
        if free is None or not free[1].keys:
            return
        found = Found(free[1].keys)
        if all(is_camera(track) for track, _ in found.keys):  # which are no levels from 0 to 1
            step *= min(high - low for low, high in (limits_at(self.session.document, free[0].id, track) for track, _ in found.keys)) / 4
        edit, after = verbs.move(self.scope(free[0]), found, 0.0, step)
        self.session.apply(Composite(edit.edits, "Change values"))
        self.selection.select(after.keys)

    def select_all(self) -> None:
        """Every key, event, clip, pin and marker."""
        line = self.session.line
        if line is None:
            return
        if self.selection.phonemes and not self.selection.keys and not self.selection.parts and line.phonemes is not None:
            self.selection.select(phonemes=range(len(line.phonemes)))
            return
        content, wanted = self.content, self.selection.tracks
        tracks = [t for t in content.tracks_with_keys() if not wanted or t in wanted or t.split("/")[0] in wanted]
        keys = [(t, k.time_s) for t in tracks for k in content.curve(t).keys if not is_camera(t) or 0.0 <= k.time_s <= content.axis.duration_s]
        kinds = ("blinks", "gazes", "instructions", "pins", "take_clips", "markers")
        chosen = self.selection.tracks
        parts = [(kind, p.id) for kind in kinds for p in getattr(line, kind) or () if not chosen or verbs.track_of_part(kind, p.id) in chosen]
        self.selection.select(keys, parts)

    # Phonemes.

    def split(self, time_s: float | None = None) -> None:
        """Cut the phoneme at a time, the playhead's where None."""
        line = self.may_change("phonemes")
        if line is None or line.phonemes is None:
            return
        time_s = self.player.position_s if time_s is None else time_s
        index = line.phonemes.index_at(time_s)
        if self.session.apply(SplitPhoneme(line.id, index, time_s)):
            self.selection.select(phonemes=[index, index + 1])

    def merge(self) -> None:
        """Make each run of selected phonemes one."""
        line = self.may_change("phonemes")
        if line is None:
            return
        edit = verbs.merged(line, self.selection.phonemes)
        if not edit.edits:
            self.say(self.tr("Select two or more neighbouring phonemes to merge"))
            return
        first = min(self.selection.phonemes)
        self.session.apply(edit)
        self.selection.select(phonemes=[first])

    def relabel(self, label: str) -> None:
        """Call the selected phonemes something else; "" makes pauses of them."""
        line = self.may_change("phonemes")
        if line is None or not self.selection.phonemes:
            return
        chosen = sorted(self.selection.phonemes)
        edits = tuple(RelabelPhoneme(line.id, i, label) for i in chosen)
        self.session.apply(edits[0] if len(edits) == 1 else Composite(edits, "Relabel phonemes"))

    def set_strength(self, value: float) -> None:
        """How strongly the selected phonemes are articulated."""
        line = self.may_change("phonemes")
        if line is None or not self.selection.phonemes:
            return
        edits = tuple(SetPhonemeStrength(line.id, i, value) for i in sorted(self.selection.phonemes))
        self.session.apply(Composite(edits, "Change phoneme strength"))

    # Tracks.

    def switch(self, track: str, letter: str) -> None:
        """Mute, solo or lock a track, or the other way round."""
        line = self.line()
        if line is None:
            return
        name = {"M": "mute", "S": "solo", "L": "lock"}[letter]
        owner = track.removeprefix(LAYER_TRACK)
        edit: Edit
        if track.startswith(LAYER_TRACK) and "/" not in owner:
            given: dict[str, Any] = {name: not getattr(line.layer(owner), name)}
            edit = SetLayer(line.id, owner, **given)
        else:
            state = line.track_state(track)
            values = {"mute": state.mute, "solo": state.solo, "lock": state.lock}
            values[name] = not values[name]
            edit = SetTrackState(line.id, track, TrackState(**values))
        self.session.apply(edit)

    def move_layer(self, layer_id: str, way: int) -> None:
        """Put a layer above or below its neighbour."""
        line = self.line()
        if line is None:
            return
        layers = list(line.layers)
        at = next(i for i, layer in enumerate(layers) if layer.id == layer_id)
        if 0 <= at + way < len(layers):
            layers[at], layers[at + way] = layers[at + way], layers[at]
            self.session.apply(Composite((SetParts(line.id, "layers", tuple(layers)),), "Move layer"))

    def set_automatic(self, kind: str, automatic: bool) -> None:
        """Leave blinks or gaze to the performer again, or make its own the line's."""
        line = self.may_change("events")
        if line is not None:
            self.session.apply(SetParts(line.id, kind, None if automatic else self.content.parts_of(kind)))

    @property
    def time_s(self) -> float:
        """The playhead, on its frame."""
        from engine.core.timing import nearest_frame

        return min(frame_time(nearest_frame(self.player.position_s, self.content.rate), self.content.rate), self.content.axis.duration_s)
