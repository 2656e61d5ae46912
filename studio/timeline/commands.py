"""What the window's actions do in the timeline, and what the timeline needs of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from engine.core.channels import limits
from engine.core.timing import nearest_frame
from studio.jobs import Task
from studio.timeline import typing_in
from studio.timeline.titles import translate

if TYPE_CHECKING:
    from engine.core.jobs import Job
    from studio.conductor import Conductor
    from studio.settings import Preferences
    from studio.timeline.view import TimelineView
    from studio.window import MainWindow

_FOLLOW_ACTIONS = {"page": "follow_page", "smooth": "follow_smooth", "off": "follow_off"}


class TimelineCommands:
    """Editing actions: they work on the selection that all views share."""

    timeline: TimelineView
    conductor: Conductor
    preferences: Preferences
    actions_by_name: dict[str, QAction]

    def cut(self) -> None:
        """Copy what is selected and take it away."""
        self.timeline.editor.cut()

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        self.timeline.editor.copy()

    def paste(self) -> None:
        """What was copied, at the playhead."""
        self.timeline.editor.paste()

    def duplicate(self) -> None:
        """Copies of what is selected, right after it."""
        self.timeline.editor.duplicate()

    def delete_selection(self) -> None:
        """Take away what is selected."""
        self.timeline.editor.delete()

    def select_all(self) -> None:
        """Every key, event, clip, pin and marker; on the selected tracks, where there are some."""
        self.timeline.editor.select_all()

    def nudge_left(self) -> None:
        """What is selected a frame earlier."""
        self.timeline.editor.nudge(-1)

    def nudge_right(self) -> None:
        """A frame later."""
        self.timeline.editor.nudge(1)

    def nudge_far_left(self) -> None:
        """Ten frames earlier."""
        self.timeline.editor.nudge(-10)

    def nudge_far_right(self) -> None:
        """Ten frames later."""
        self.timeline.editor.nudge(10)

    def previous_key(self) -> None:
        """Select the key before the playhead, and go there."""
        self.timeline.hands.step_key(-1)

    def next_key(self) -> None:
        """The key after it."""
        self.timeline.hands.step_key(1)

    def split_phoneme(self) -> None:
        """Cut the phoneme at the playhead in two."""
        self.timeline.editor.split()

    def merge_phonemes(self) -> None:
        """Make the selected phonemes one."""
        self.timeline.editor.merge()

    def reanalyse_stretch(self) -> None:
        """Find the selected phonemes anew; without a selection what lies from in to out."""
        line, chosen = self.timeline.session.line, sorted(self.timeline.selection.phonemes)
        if line is None or line.phonemes is None:
            return
        if chosen:
            self.timeline.reanalyse_wanted.emit(line.phonemes.bounds_s[chosen[0]], line.phonemes.bounds_s[chosen[-1] + 1])
        elif line.in_s is not None and line.out_s is not None:
            self.timeline.reanalyse_wanted.emit(line.in_s, line.out_s)
        else:
            self.timeline.said.emit(translate("Timeline", "Select phonemes, or set in and out"))

    def add_marker(self) -> None:
        """A marker at the playhead."""
        self.timeline.editor.add.marker(self.timeline.editor.time_s)

    def add_pin(self) -> None:
        """Pin the face as it is at the playhead."""
        self.timeline.editor.add.pin(self.timeline.editor.time_s)

    def add_instruction(self) -> None:
        """Type an instruction from the playhead on."""
        self.timeline.reveal_track("instructions")
        typing_in.new_instruction(self.timeline, self.timeline.editor.time_s)

    def add_blink(self) -> None:
        """A blink at the playhead."""
        self.timeline.editor.add.blink(self.timeline.editor.time_s)

    def add_gaze(self) -> None:
        """A gaze target at the playhead."""
        self.timeline.editor.add.gaze(self.timeline.editor.time_s)

    def new_layer(self) -> None:
        """An edit layer on top."""
        self.timeline.editor.add.layer()

    def set_snapping(self, on: bool) -> None:
        """Whether what is dragged snaps."""
        self.timeline.set_snapping(on)
        self.preferences.put("timeline/snapping", on)

    def follow_page(self, on: bool) -> None:
        """The view turns the page where the playhead leaves it."""
        self._follow("page", on)

    def follow_smooth(self, on: bool) -> None:
        """The playhead stays in the middle."""
        self._follow("smooth", on)

    def follow_off(self, on: bool) -> None:
        """The view stays where it is."""
        self._follow("off", on)

    def _follow(self, mode: str, on: bool) -> None:
        if on:
            self.timeline.set_follow(mode)
            self.preferences.put("timeline/follow", mode)
        for each, name in _FOLLOW_ACTIONS.items():
            self.actions_by_name[name].setChecked(each == self.timeline.follow)


def connect(window: MainWindow) -> None:
    """Connect the timeline with the rest of a window, and bring back how it was set."""
    timeline, conductor = window.timeline, window.conductor
    timeline.said.connect(window.say)
    timeline.reanalyse_wanted.connect(conductor.reanalyse)
    timeline.keys_of = lambda name: window.actions_by_name[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    conductor.performed.connect(lambda: _show_performance(window))
    timeline.editor.add.pose_at = lambda time_s: _pose_at(window, time_s)
    window.actions_by_name["snap"].setChecked(window.preferences.flag("timeline/snapping", True))
    timeline.set_snapping(window.actions_by_name["snap"].isChecked())
    mode = window.preferences.text("timeline/follow", "page")
    timeline.set_follow(mode if mode in _FOLLOW_ACTIONS else "page")
    window.actions_by_name[_FOLLOW_ACTIONS[timeline.follow]].setChecked(True)


def _show_performance(window: MainWindow) -> None:
    """The performer's own events as ghosts, and which takes are older than their inputs."""
    line, performance, timeline = window.session.line, window.conductor.performance, window.timeline
    if line is None or performance is None:
        return
    content = timeline.content
    timeline.set_events(
        performance.blinks if line.blinks is None else content.auto_blinks, performance.gazes if line.gazes is None else content.auto_gazes
    )  # fmt: skip
    if not line.takes:
        timeline.set_stale(())
        return

    def work(_: Job) -> list[str]:
        from engine.systems.inputs import stale

        return [f"takes/{take.id}" for take in line.takes if stale(line, take)]

    window.jobs.submit(Task("stale", "Looking at the takes", "stale takes", visible=False), work, timeline.set_stale)


def _pose_at(window: MainWindow, time_s: float) -> dict[str, float]:
    """Channel values of the performance at a time, held within the rig's limits; none while there is no performance."""
    motion = window.conductor.motion
    if motion is None:
        return {}
    values = motion.values[min(max(nearest_frame(time_s, motion.rate), 0), len(motion) - 1)].tolist()
    return {name: min(max(value, limits(name)[0]), limits(name)[1]) for name, value in zip(motion.names, values, strict=True)}
